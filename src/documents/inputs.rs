//! The inputs of a report's documents.

use jiff::civil::Date;

use super::picks::Picks;
use super::slide_key::SlideKey;
use crate::analysis::Analysis;
use crate::chart::Charts;
use crate::core::finding::{Finding, Reference};
use crate::round::Round;
use crate::style::brand::Brand;
use crate::theme::Theme;

/// How many slides a deck has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// What fits into twenty minutes.
    Short,
    /// With a page for each area as well, and everything on as many pages as it needs.
    Full,
}

impl Length {
    /// Both lengths.
    pub const ALL: [Length; 2] = [Length::Short, Length::Full];

    /// The word that people type.
    pub fn key(self) -> &'static str {
        match self {
            Length::Short => "short",
            Length::Full => "full",
        }
    }
}

/// The most agencies of a round whose annex has every answer in full. With more it has thousands of pages, which take minutes and
/// gigabytes to lay out and which nobody turns; a thousand agencies wrote 16,000 answers.
pub const MOST_IN_FULL: usize = 100;

/// How much an annex has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnnexScope {
    /// Every answer in full.
    Full,
    /// What has room in a large round, and which files have the rest.
    Short,
    /// The answers of one agency, which has this name.
    Agency(String),
}

/// What the documents of one report are made from.
#[derive(Debug, Clone, Copy)]
pub struct DocumentInputs<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The numbers of the ratings that the slides show.
    pub analysis: &'a Analysis,
    /// The numbers of the self-ratings: the same, unless the slides show the ratings as challenged.
    pub own: &'a Analysis,
    /// The pictures.
    pub charts: &'a Charts,
    /// What the officer chose, without choices that no longer fit the answers.
    pub picks: &'a Picks,
    /// How many slides.
    pub length: Length,
    /// The partnership's own look.
    pub brand: &'a Brand,
    /// Everything noticed in the returns.
    pub findings: &'a [Finding],
    /// The open questions to agencies, each by the first finding that it asks about.
    pub open_questions: &'a [Reference],
    /// The date of the run.
    pub made_on: Date,
    /// Whether the annex has every answer in full and a map of every rating. If not, it says which files have them.
    pub is_annex_full: bool,
    /// The code of the presentation, from [`code`](super::deck::code); empty until that is worked out.
    pub run: &'a str,
}

impl<'a> DocumentInputs<'a> {
    /// The same inputs with the self-ratings, whichever ratings the slides show.
    pub fn of_own(self) -> DocumentInputs<'a> {
        DocumentInputs { analysis: self.own, ..self }
    }

    /// Where a document sends its reader for what does not fit in it: the annex, or a workbook of the report where the annex is short.
    pub(super) fn in_annex_or(&self, annex: &str, workbook: &str) -> String {
        if self.is_annex_full { annex.into() } else { workbook.into() }
    }

    /// The headline of a slide: the officer's if there is one, else the rule's.
    pub(super) fn headline(&self, key: &SlideKey, by_rule: String) -> String {
        self.picks.headlines.get(key).cloned().unwrap_or(by_rule)
    }
}
