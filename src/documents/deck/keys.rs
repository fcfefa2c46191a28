//! The slides that a deck can have, and those it always has.

use super::super::inputs::Length;
use super::super::picks::Picks;
use super::super::slide_key::SlideKey;
use crate::analysis::{Analysis, Headline, Numbers, SELF_RATINGS, pick_outs};

/// Whether a slide cannot be left out: without these four nobody can tell what the presentation is, who is missing, what all ratings are,
/// and how they were counted.
pub fn is_always_shown(key: &SlideKey) -> bool {
    matches!(key, SlideKey::Title | SlideKey::Who | SlideKey::Picture(_) | SlideKey::Method)
}

/// The slides shown only if the officer asks for them: this one shows every rating of every agency.
pub const SHOWN_ON_REQUEST: [SlideKey; 1] = [SlideKey::EveryRating];

/// Every slide that a full deck of these answers can have, in the order of the story.
pub fn keys(analysis: &Analysis) -> Vec<SlideKey> {
    // The order must be that of `story.rs`, which lays the slides out; this list is for choosing, and must be quick.
    let areas = analysis.numbers.areas.iter().map(|area| SlideKey::of_area(&analysis.numbers, area));
    let before = [SlideKey::Title, SlideKey::Context];
    let changed = analysis.change.iter().map(|_| SlideKey::ChangedSince);
    let pictures = match analysis.numbers.bases.as_slice() {
        [] => vec![SlideKey::Picture(None)],
        bases => bases.iter().map(|of| SlideKey::of_picture(&analysis.numbers, of.basis)).collect(),
    };
    let after = [
        SlideKey::EveryRating,
        SlideKey::WorkingWell,
        SlideKey::WorriedAbout,
        SlideKey::NeedsToHappen,
        SlideKey::ChildrenToldUs,
        SlideKey::SeenDifferently,
        SlideKey::Who,
        SlideKey::Method,
        SlideKey::Statements,
    ];
    let signs = [SlideKey::SignsOfSafety];
    before.into_iter().chain(changed).chain(signs).chain(pictures).chain(areas).chain(after).collect()
}

/// Whether a presentation of this length has a slide, before the officer leaves any out. A short one has no pages on areas, on what is
/// working well or on differences. A slide with nothing on it does not appear, and every rating is shown only if the officer asks for it.
pub fn has_slide(analysis: &Analysis, picks: &Picks, length: Length, key: &SlideKey) -> bool {
    let is_full = length == Length::Full;
    match key {
        SlideKey::Area(..) => is_full,
        SlideKey::WorkingWell => is_full && !analysis.strengths.is_empty(),
        SlideKey::SeenDifferently => is_full && !analysis.disagreements.is_empty(),
        SlideKey::EveryRating => picks.shown.contains(key),
        SlideKey::Context => picks.has_context() || !picks.known_issues.is_empty(),
        SlideKey::ChangedSince => analysis.change.is_some(),
        SlideKey::WorriedAbout => !analysis.worries.is_empty(),
        SlideKey::NeedsToHappen => {
            let actions = analysis.actions.len() + picks.own_actions().count();
            actions > 0 || !pick_outs::reds_without_action(analysis).is_empty()
        }
        SlideKey::ChildrenToldUs => {
            !picks.children.is_empty() || analysis.headlines.iter().any(Headline::is_shown_of_children)
        }
        SlideKey::Title | SlideKey::SignsOfSafety | SlideKey::Picture(_) | SlideKey::Who => true,
        SlideKey::Method | SlideKey::Statements | SlideKey::Own(_) => true,
    }
}

/// Which ratings a slide shows, in words; empty if it shows none.
pub(super) fn which_ratings(numbers: &Numbers, key: &SlideKey) -> String {
    match key {
        SlideKey::Picture(basis) => {
            let first = || numbers.bases.first().map(|of| of.basis);
            numbers.which_ratings(basis.or_else(first))
        }
        SlideKey::Area(..) => {
            let area = numbers.areas.iter().find(|area| SlideKey::of_area(numbers, area) == *key);
            numbers.which_ratings(area.map(|area| area.basis))
        }
        SlideKey::SignsOfSafety
        | SlideKey::EveryRating
        | SlideKey::WorkingWell
        | SlideKey::WorriedAbout
        | SlideKey::NeedsToHappen
        | SlideKey::SeenDifferently
        | SlideKey::Who => numbers.which_ratings(None),
        // Change always compares self-ratings: a stricter meeting is not a change for children.
        SlideKey::ChangedSince => SELF_RATINGS.into(),
        SlideKey::Title | SlideKey::Context | SlideKey::ChildrenToldUs => String::new(),
        SlideKey::Method | SlideKey::Statements | SlideKey::Own(_) => String::new(),
    }
}
