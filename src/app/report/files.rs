//! The names of a report's files, relative to its folder.

use crate::core::ids::AgencyId;

/// The presentation.
pub(super) const DECK: &str = "deck.pdf";

/// The same for PowerPoint.
pub(super) const DECK_PPTX: &str = "deck.pptx";

/// What only leaders see.
pub(super) const LEADERS_ONLY: &str = "leaders-only";

/// The annex.
pub(super) const ANNEX: &str = "leaders-only/annex.pdf";

/// The annex of one agency, named as its workbook is: `police annex.pdf`.
pub(super) fn agency_annex(agency: &AgencyId) -> String {
    format!("{LEADERS_ONLY}/{agency} annex.pdf")
}

/// The briefing.
pub(super) const BRIEFING: &str = "leaders-only/briefing.pdf";

/// The workbook of numbers.
pub(super) const ANALYSIS_BOOK: &str = "analysis.xlsx";

/// The table of ratings.
pub(super) const RATINGS: &str = "data/ratings.csv";

/// The description of the data, with the code and the state of the presentation.
pub(super) const SCHEMA: &str = "data/schema.json";
