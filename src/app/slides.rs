//! The presentation page by page, as a report would write it now, with where the numbers of each page come from. Writes nothing.

use std::path::Path;

use crate::app::explain::{self, ExplainedNumber};
use crate::app::failure::Failure;
use crate::app::files;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::report::{self, Length, ReadyReport};
use crate::core::ids::{AgencyId, CriterionId};
use crate::documents::deck::{self, Slide};
use crate::export;
use crate::round::Folder;

/// How the files in `report/` compare with the presentation as it would be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeckFiles {
    /// There are none.
    NotMade,
    /// They are the same.
    AsShown,
    /// They show the same numbers and words. Only whether they say DRAFT is different.
    OtherState,
    /// They show something different.
    Different,
}

/// The presentation, drawn.
#[derive(Debug)]
pub(crate) struct ShownDeck {
    /// The code at the foot of its pages.
    pub run: String,
    /// Why its pages say DRAFT; empty once it is approved.
    pub draft: String,
    /// Who approved it and when; empty while it is a draft.
    pub approved: String,
    /// How the files in `report/` compare with it.
    pub files: DeckFiles,
    /// The pages.
    pub pages: Vec<ShownPage>,
    /// The agencies of the round, each by its id and its name.
    pub agencies: Vec<(AgencyId, String)>,
    /// The statements, each by its id and its short name.
    pub statements: Vec<(CriterionId, String)>,
    /// The hash of the round's folders from before it was drawn. If it is different now, the presentation may be out of date.
    pub print: String,
}

/// One page.
#[derive(Debug)]
pub(crate) struct ShownPage {
    /// Its headline.
    pub headline: String,
    /// The part of the presentation that it is in.
    pub section: String,
    /// The page itself, as SVG.
    pub svg: String,
    /// Its numbers, each with the cells that it counts.
    pub numbers: Vec<ExplainedNumber>,
}

/// Draws the presentation.
///
/// # Errors
///
/// When the round cannot be opened, or the presentation cannot be drawn.
pub(crate) fn shown(round: &Path, length: Length, surroundings: Surroundings<'_>) -> Result<ShownDeck, Failure> {
    // Taken before anything is read. Taken afterwards, it would miss what changed while the presentation was drawn.
    let print = files::print(round);
    let ReadyReport { prepared, charts, run, .. } = report::ready(round, length, surroundings)?;
    let deck = deck::deck(prepared.inputs(length, &run, &charts));
    let svgs = export::pdf::pages(&deck).or_fault()?;
    let page = |(slide, svg): (&Slide, String)| ShownPage {
        headline: slide.headline.clone(),
        section: slide.section.clone(),
        svg,
        numbers: explain::of_slide(&prepared, slide),
    };
    let folder = Folder::new(round);
    let written = report::written(&folder);
    Ok(ShownDeck {
        files: match written {
            None => DeckFiles::NotMade,
            Some(written) if written.is_of(&deck.cover) => DeckFiles::AsShown,
            Some(written) if written.code == run => DeckFiles::OtherState,
            Some(_) => DeckFiles::Different,
        },
        draft: deck.cover.draft.clone(),
        approved: deck.cover.approved.clone(),
        agencies: prepared.collected.open.round.agencies.iter().map(|one| (one.id.clone(), one.name.clone())).collect(),
        statements: prepared
            .collected
            .open
            .opened
            .theme
            .criteria()
            .map(|(_, one)| (one.id.clone(), one.short_name()))
            .collect(),
        pages: deck.slides.iter().zip(svgs).map(page).collect(),
        run,
        print,
    })
}
