//! The name of each slide of the story.

use std::fmt;

use crate::analysis::{AreaSummary, Numbers};
use crate::core::ids::AreaId;
use crate::theme::Basis;

/// Which slide of the story one is, the same in every run; a slide and its continuations share one key. The variants are in the order of
/// their names, because the code of a presentation depends on that order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlideKey {
    /// An area: its statements of one basis, with the middle rating of each. The basis is `None` for the area's first basis. An area with
    /// several has a slide for each, because what is true of official statements is not true of lines of enquiry.
    Area(AreaId, Option<Basis>),
    /// What changed since the round before.
    ChangedSince,
    /// What children and families tell agencies.
    ChildrenToldUs,
    /// Local context and known issues.
    Context,
    /// Every rating on one page.
    EveryRating,
    /// How everything was counted.
    Method,
    /// The actions proposed.
    NeedsToHappen,
    /// A slide of the officer's own, counted from 1.
    Own(usize),
    /// All ratings of one basis on one page; `None` for the first basis.
    Picture(Option<Basis>),
    /// Where agencies rate a statement differently.
    SeenDifferently,
    /// Signs of Safety on one page.
    SignsOfSafety,
    /// The statements by Ref and short name, the last slide.
    Statements,
    /// The first slide.
    Title,
    /// Who returned, and who did not.
    Who,
    /// What is working well.
    WorkingWell,
    /// What agencies are worried about.
    WorriedAbout,
}

impl SlideKey {
    /// The slide of an area's statements of one basis.
    pub fn of_area(numbers: &Numbers, area: &AreaSummary) -> SlideKey {
        let first = numbers.areas.iter().find(|one| one.id == area.id);
        let is_first = first.is_none_or(|first| first.basis == area.basis);
        SlideKey::Area(area.id.clone(), (!is_first).then_some(area.basis))
    }

    /// The slide with all ratings on statements of one basis.
    pub fn of_picture(numbers: &Numbers, basis: Basis) -> SlideKey {
        let is_first = numbers.bases.first().is_none_or(|first| first.basis == basis);
        SlideKey::Picture((!is_first).then_some(basis))
    }

    /// Whether it is the slide of an area.
    pub fn is_area(&self) -> bool {
        matches!(self, SlideKey::Area(..))
    }
}

// Officers type these names into `choices.xlsx`, and kept presentations and the code contain them: none may change.
impl fmt::Display for SlideKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            SlideKey::Area(id, None) => return write!(to, "area-{id}"),
            SlideKey::Area(id, Some(basis)) => return write!(to, "area-{id}-{}", basis.name().replace(' ', "-")),
            SlideKey::Own(number) => return write!(to, "own-{number}"),
            SlideKey::ChangedSince => "changed-since",
            SlideKey::ChildrenToldUs => "children-told-us",
            SlideKey::Context => "context",
            SlideKey::EveryRating => "every-rating",
            SlideKey::Method => "method",
            SlideKey::NeedsToHappen => "needs-to-happen",
            SlideKey::Picture(None) => "picture",
            SlideKey::Picture(Some(basis)) => return write!(to, "picture-{}", basis.name().replace(' ', "-")),
            SlideKey::SeenDifferently => "seen-differently",
            SlideKey::SignsOfSafety => "signs-of-safety",
            SlideKey::Statements => "statements",
            SlideKey::Title => "title",
            SlideKey::Who => "who",
            SlideKey::WorkingWell => "working-well",
            SlideKey::WorriedAbout => "worried-about",
        };
        to.write_str(name)
    }
}
