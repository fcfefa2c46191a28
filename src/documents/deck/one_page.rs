//! The content of the pages that are drawn from placed items, as plain data: our area, Signs of Safety, every rating, what needs to
//! happen, what children told us, the statements.

use super::super::picks::ContextFigure;
use crate::analysis::Counts;
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Rating;

/// Signs of Safety on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Signs {
    /// Working well, worried about, needs to happen, in this order.
    pub columns: [SignsColumn; 3],
    /// How many rows of cards there are.
    pub rows: usize,
    /// The size of all claims, in points.
    pub claim_pt: f32,
    /// The bars under the cards: one of all answers, or one for each basis, because bases are never added up.
    pub bars: Vec<SignsBar>,
}

/// A bar of one row: all answers on statements of one basis.
#[derive(Debug, Clone, PartialEq)]
pub struct SignsBar {
    /// The answers.
    pub counts: Counts,
    /// How many of them are rated, in words.
    pub lead: String,
    /// What is not rated, in words; empty if everything is.
    pub beside: String,
}

/// A column of cards.
#[derive(Debug, Clone, PartialEq)]
pub struct SignsColumn {
    /// Its heading.
    pub heading: &'static str,
    /// Its cards, a row each; `None` for an empty place.
    pub cards: Vec<Option<Card>>,
    /// The text under the cards if there are fewer than three.
    pub note: String,
}

/// One agency's words on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The agency's own rating of the statement; `None` for an action.
    pub rating: Option<Rating>,
    /// The words.
    pub claim: String,
    /// Whether the words are a short line, the agency's or the officer's; if not, they are quoted from its answer.
    pub is_own_line: bool,
    /// The texts under the claim: the agency's own words if the claim is the officer's, and a worry on the same statement.
    pub evidence: Vec<String>,
    /// Whether it answers the worry in its row.
    pub is_answer: bool,
    /// The statement.
    pub criterion: CriterionId,
    /// The agency.
    pub agency: AgencyId,
    /// The agency and the statement; for an action, who leads and by when.
    pub under: String,
}

/// Every rating on one page, or on one of several.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingsMap {
    /// A description for those who cannot see it.
    pub alt: String,
    /// The sectors over the columns, each with how many columns it has.
    pub sectors: Vec<(String, usize)>,
    /// The columns: agencies, or sectors if there are too many agencies.
    pub columns: Vec<String>,
    /// A row for each statement.
    pub rows: Vec<MapRow>,
    /// What the marks mean.
    pub key: String,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRow {
    /// Its short name.
    pub name: String,
    /// Its Ref, without the letters of the theme.
    pub reference: String,
    /// A cell for each column.
    pub cells: Vec<MapCell>,
    /// How many ratings are Red, Amber, Green.
    pub counts: [usize; 3],
}

/// A cell of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapCell {
    /// A rating.
    Rated(Rating),
    /// Not applicable.
    NotApplicable,
    /// Asked, and not answered: why, in words.
    NotIn(&'static str),
    /// Not asked.
    NotAsked,
    /// The counts of a sector, as in "1 R 2 A".
    Counts(String),
}

/// What needs to happen.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionPlan {
    /// A description of the table for those who cannot see it.
    pub alt: String,
    /// When the actions are due; `None` if none is proposed.
    pub strip: Option<Strip>,
    /// The first actions.
    pub rows: Vec<PlanRow>,
    /// The note: which actions are shown, of how many.
    pub note: String,
}

/// How many actions are due in each month.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// What it counts.
    pub title: String,
    /// The months, then what comes later, then what has no date.
    pub months: Vec<Month>,
    /// The first day of fieldwork: how many months from the first it is, and its words; `None` if it is not known, or not in the strip.
    pub fieldwork: Option<(f32, String)>,
}

/// One bar of the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// "Jan", "later", "no date".
    pub label: String,
    /// How many actions are due; one number for each group of actions that is never added up with others.
    pub counts: Vec<usize>,
    /// Whether they have a date.
    pub is_dated: bool,
}

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// The rating that it answers; `None` if the statement is not rated.
    pub rating: Option<Rating>,
    /// What will change, in the agency's words or the officer's.
    pub what: String,
    /// Which role leads, of which agency.
    pub lead: String,
    /// By when.
    pub by: String,
    /// Who agreed it and when; empty if nobody has.
    pub agreed: String,
    /// The statement and the agency of the answer it is from; `None` for the partnership's own action, which no agency wrote.
    pub answer: Option<(CriterionId, AgencyId)>,
}

/// Our area: figures and lines; either may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct OurArea {
    /// The figures.
    pub figures: Vec<ContextFigure>,
    /// The lines under them.
    pub columns: Vec<LinesColumn>,
}

/// Lines under a heading.
#[derive(Debug, Clone, PartialEq)]
pub struct LinesColumn {
    /// The heading.
    pub heading: &'static str,
    /// The lines.
    pub lines: Vec<String>,
}

/// What children told somebody, on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldCard {
    /// The line, as written.
    pub line: String,
    /// The agency or other source it comes from.
    pub source: String,
}

/// The statements by Ref and short name: the page, or one of several.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementNames {
    /// The width of a column, in points.
    pub width_pt: f32,
    /// The width of the Refs in it, in points.
    pub refs_pt: f32,
    /// The columns, each with its areas from the top.
    pub columns: Vec<Vec<AreaNames>>,
}

/// The statements of one area, or those of them that a column has room for.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaNames {
    /// The area's heading.
    pub title: String,
    /// The Ref and the short name of each.
    pub rows: Vec<(String, String)>,
}
