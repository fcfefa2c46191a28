//! The parts of a slide: words, numbers and pictures, but not how they are drawn.

use super::super::cover::Cover;
use super::super::slide_key::SlideKey;
use super::one_page::{ActionPlan, OurArea, RatingsMap, Signs, StatementNames, ToldCard};
use crate::analysis::trace::Trace;
use crate::chart::Chart;
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Rating;

/// The day-one presentation.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// What every page says.
    pub cover: Cover,
    /// The slides, in order.
    pub slides: Vec<Slide>,
}

/// One slide: one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// Which slide of the story it is.
    pub key: SlideKey,
    /// The part of the story, above the headline.
    pub section: String,
    /// Which ratings it shows, as in "Self-ratings"; empty if it shows none.
    pub ratings: String,
    /// The message.
    pub headline: String,
    /// The content under the headline.
    pub body: Body,
    /// Where its numbers come from.
    pub trace: Trace,
}

impl Slide {
    /// The quotations on it; none on a slide of another kind.
    pub fn quotes(&self) -> &[Quote] {
        match &self.body {
            Body::Voices { quotes, .. } | Body::Picture { quotes, .. } => quotes,
            _ => &[],
        }
    }

    /// Its table, if it has one that flows.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.body {
            Body::Grid(grid) => Some(grid),
            _ => None,
        }
    }

    /// Its actions, if it is the page of what needs to happen.
    pub fn plan(&self) -> Option<&ActionPlan> {
        match &self.body {
            Body::Plan(plan) => Some(plan),
            _ => None,
        }
    }

    /// Its cards, if it is Signs of Safety on one page.
    pub fn signs(&self) -> Option<&Signs> {
        match &self.body {
            Body::Signs(signs) => Some(signs),
            _ => None,
        }
    }
}

/// The content of a slide.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The first slide.
    Front(Front),
    /// A chart with figures beside it, or agencies' words under it.
    Picture {
        /// The chart.
        chart: Box<Chart>,
        /// Large figures beside the chart.
        figures: Vec<Figure>,
        /// Agencies' own words, under the chart.
        quotes: Vec<Quote>,
        /// A note under it.
        note: String,
    },
    /// Agencies' own words.
    Voices {
        /// The quotations.
        quotes: Vec<Quote>,
        /// How they were chosen, and how many are left.
        note: String,
    },
    /// A table: what needs to happen, where agencies differ.
    Grid(Grid),
    /// Paragraphs, each under its heading.
    Notes(Vec<Paragraph>),
    /// Signs of Safety on one page.
    Signs(Signs),
    /// Every rating on one page.
    Map(RatingsMap),
    /// When actions are due, and the first of them.
    Plan(ActionPlan),
    /// Local context: figures, lines, known issues.
    Context(OurArea),
    /// What children told us.
    Told(Vec<ToldCard>),
    /// The statements by Ref and short name.
    Statements(StatementNames),
}

/// What the first slide says beside theme and partnership.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Whose view this is, under the theme.
    pub subtitle: String,
    /// When it is shown.
    pub occasion: String,
    /// How many agencies returned, and how many statements there are.
    pub lines: Vec<String>,
    /// What the presentation is not: a grade.
    pub caution: String,
}

/// A table on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// A description for those who cannot see it.
    pub alt: String,
    /// The headers of its columns.
    pub headers: Vec<Header>,
    /// Its rows.
    pub rows: Vec<Vec<GridCell>>,
    /// A note under the table.
    pub note: String,
}

/// The header of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its words.
    pub text: String,
    /// The column's width in points.
    pub width_pt: f32,
    /// The rating whose colour it has, if the column is about one.
    pub rating: Option<Rating>,
}

/// A cell of a table on a slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GridCell {
    /// Its words.
    pub text: String,
    /// More words under them, in grey; empty for none.
    pub under: String,
    /// Whether it is bold.
    pub is_strong: bool,
}

impl From<&str> for GridCell {
    fn from(text: &str) -> GridCell {
        GridCell { text: text.to_string(), ..GridCell::default() }
    }
}

impl From<String> for GridCell {
    fn from(text: String) -> GridCell {
        GridCell { text, ..GridCell::default() }
    }
}

/// A paragraph under its heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// The heading.
    pub heading: String,
    /// The text.
    pub text: String,
    /// Whether it warns that something is wrong, and is set in red.
    pub is_alarm: bool,
}

impl Paragraph {
    /// The heading as it is printed before the text; empty for none.
    pub fn lead(&self) -> String {
        if self.heading.is_empty() { String::new() } else { format!("{}.", self.heading) }
    }
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
    /// The statement.
    pub criterion: CriterionId,
    /// The heading of the statement's area.
    pub area: String,
    /// What the words answer, as in "Working well"; empty if the whole slide is about that.
    pub question: &'static str,
    /// The words: as the agency wrote them, or as the officer put them for the slide.
    pub words: String,
    /// Whether they are the officer's words, which have no quotation marks.
    pub is_reworded: bool,
    /// Whose answer they are from.
    pub agency: AgencyId,
    /// The agency's name, with a remark if the words are not its own or not approved.
    pub said_by: String,
    /// The statement's counts, as in "2 Red, 5 Amber, 4 Green".
    pub counts: String,
    /// The paragraphs under the words: the agency's own words if those above are the officer's, its worry on the same statement if this is a
    /// strength, and what it proposes in answer to a worry.
    pub under: Vec<String>,
}

impl Quote {
    /// The words as printed: an agency's own in quotation marks, the officer's without.
    pub fn shown(&self) -> String {
        if self.is_reworded { self.words.clone() } else { format!("“{}”", self.words) }
    }

    /// The text after the heading: the statement, with its counts if the slide covers several areas.
    pub fn details(&self) -> String {
        if self.question.is_empty() {
            format!("{}: {}", self.criterion, self.counts)
        } else {
            self.criterion.to_string()
        }
    }

    /// The text beside the rating: the area, or the question if the slide is about one area.
    pub fn heading(&self) -> &str {
        if self.question.is_empty() { &self.area } else { self.question }
    }
}
