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
    /// The code of the presentation, from [`code`](super::deck::code); empty until that is worked out.
    pub run: &'a str,
}

impl<'a> DocumentInputs<'a> {
    /// The same inputs with the self-ratings, whichever ratings the slides show.
    pub fn of_own(self) -> DocumentInputs<'a> {
        DocumentInputs { analysis: self.own, ..self }
    }

    /// The headline of a slide: the officer's if there is one, else the rule's.
    pub(super) fn headline(&self, key: &SlideKey, by_rule: String) -> String {
        self.picks.headlines.get(key).cloned().unwrap_or(by_rule)
    }
}
