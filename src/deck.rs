//! Which slide shows what, in plain data: every word and number on every slide and on every page of the annex.
//!
//! Two audiences that never mix: [`Deck`] goes before inspectors; [`Annex`] is for leaders only.

mod annex;
mod pictures;
mod voices;

use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::analysis::trace::Trace;
use crate::chart::{Chart, Charts};
use crate::diagnostic::Diagnostic;
use crate::hash;
use crate::ratings::State;
use crate::response::Rating;
use crate::round::Round;
use crate::theme::Theme;
use crate::words;

pub use annex::{Annex, AnnexAnswer, AnnexStatement, Table, annex};

/// The size of a slide's headline, in points.
const HEADLINE_PT: f32 = 24.0;

/// What every page of a document says about the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// The theme in words.
    pub title: String,
    /// The partnership's name.
    pub partnership: String,
    /// The protective marking; empty for none.
    pub marking: String,
    /// "Answers as at 24 November to 9 December 2026", or that no approval date is recorded.
    pub as_at: String,
    /// "Made on 14 December 2026".
    pub made_on: String,
    /// The notice about the theme's wording; empty once it is checked.
    pub notice: String,
    /// Why every page says DRAFT; empty once it does not.
    pub draft: String,
    /// The code of the data that the numbers were made from.
    pub run: String,
}

/// The day-one presentation.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// What stands on every page.
    pub cover: Cover,
    /// The slides, in order.
    pub slides: Vec<Slide>,
}

/// One slide: one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// The part of the story, above the headline.
    pub section: String,
    /// The message.
    pub headline: String,
    /// What carries it.
    pub body: Body,
    /// Where its numbers come from.
    pub trace: Trace,
}

/// What a slide holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The first slide: who took part.
    Title(Vec<String>),
    /// A chart with figures beside or under it.
    Picture {
        /// The chart.
        chart: Chart,
        /// Figures that stand out, beside the chart.
        figures: Vec<Figure>,
        /// Agencies' own words, under the chart.
        quotes: Vec<Quote>,
        /// What else must be said.
        note: String,
    },
    /// Agencies' own words.
    Voices {
        /// The quotations.
        quotes: Vec<Quote>,
        /// How they were chosen, and how many are left.
        note: String,
    },
    /// What needs to happen.
    Actions {
        /// The actions.
        rows: Vec<ActionRow>,
        /// What else must be said.
        note: String,
    },
    /// Paragraphs, each under its heading.
    Notes(Vec<Paragraph>),
}

/// A paragraph under its heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// The heading.
    pub heading: String,
    /// The text.
    pub text: String,
    /// Whether it says that something is wrong, and is set in red.
    pub is_alarm: bool,
}

/// A figure with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The figure, as in "82 of 95".
    pub value: String,
    /// What it counts.
    pub label: String,
}

/// One agency's words with that agency's own rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The rating.
    pub rating: Rating,
    /// The statement's id.
    pub reference: String,
    /// The heading of the statement's area.
    pub area: String,
    /// What the words answer, as in "Working well"; empty where the whole slide is about that.
    pub question: &'static str,
    /// The words, as written.
    pub words: String,
    /// The agency's name.
    pub agency: String,
    /// The statement's counts, as in "2 Red, 5 Amber, 4 Green".
    pub counts: String,
}

/// One proposed action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionRow {
    /// What needs to happen, as written.
    pub what: String,
    /// The agency that proposes it.
    pub agency: String,
    /// The role that will lead, or that none is named.
    pub lead: String,
    /// By when, or that there is no date.
    pub due: String,
    /// True when no date, or none that can be read, is given.
    pub is_undated: bool,
    /// The statement's id.
    pub reference: String,
}

/// What a deck and an annex are made from.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The numbers.
    pub analysis: &'a Analysis,
    /// The pictures.
    pub charts: &'a Charts,
    /// Everything noticed in the returns.
    pub findings: &'a [Diagnostic],
    /// The date of the run.
    pub made_on: Date,
    /// The code of the data, as [`run_code`] makes it.
    pub run: &'a str,
}

/// The code of the data that a report is made from: another one where any answer, cell or file is another. It does not hang on the day.
pub fn run_code(ratings_csv: &[u8]) -> String {
    hash::short_code(ratings_csv)
}

/// How long a run's code is, in characters.
pub const RUN_LENGTH: usize = 4;

/// What stands on a page for where its numbers come from: the run's code and the page's number, as in `K7Q2-4`.
pub fn reference(run: &str, page: usize) -> String {
    format!("{run}-{page}")
}

/// Lays out the deck.
pub fn deck(made: Made<'_>) -> Deck {
    let mut slides = vec![pictures::title(made)];
    slides.extend(pictures::who(made));
    slides.extend(pictures::whole(made));
    slides.extend(pictures::areas(made));
    slides.push(voices::strengths(made));
    slides.push(voices::worries(made));
    slides.extend(voices::actions(made));
    slides.push(pictures::method(made));
    Deck { cover: cover(made), slides }
}

fn cover(made: Made<'_>) -> Cover {
    Cover {
        title: made.theme.title.clone(),
        partnership: made.round.partnership.clone(),
        marking: made.round.marking.clone(),
        as_at: as_at(made.analysis),
        made_on: format!("Made on {}", words::date(made.made_on)),
        notice: made.theme.notice().unwrap_or_default().to_string(),
        draft: "Draft until a named person approves it.".into(),
        run: made.run.to_string(),
    }
}

/// The oldest and newest date on which the answers shown were approved.
fn as_at(analysis: &Analysis) -> String {
    let dates: Vec<Date> = analysis.numbers.agencies.iter().filter_map(|agency| agency.approved_on).collect();
    match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) => format!("Answers as at {}", words::date_span(*first, *last)),
        _ => "No return has a date of approval".into(),
    }
}

/// An agency's name by its id.
fn agency_name(analysis: &Analysis, id: &crate::round::AgencyId) -> String {
    analysis.numbers.agency(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
}

/// The state of an answer as a chip: its words, and the rating's key where it is one.
fn chip(state: State) -> (String, &'static str) {
    (state.words().to_string(), state.rating_key())
}
