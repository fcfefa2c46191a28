//! The long table: one row an agency and criterion issued, always, returned or not. Responses in, a polars frame out.

use std::collections::HashMap;

use polars::prelude::{Column, DataFrame, PolarsError, StringChunked};

use crate::core::ids::AgencyId;
use crate::response::{Answer, Rating, Response, SelfRating};
use crate::round::{Agency, Round};
use crate::theme::{Area, Criterion, Theme};

/// The columns, in the order of `ratings.csv`. Later ones are added at the end; none is renamed. All hold text.
pub const COLUMNS: [&str; 26] = [
    "round_id",
    "theme_id",
    "theme_fingerprint",
    "agency_id",
    "agency_name",
    "agency_group",
    "area_id",
    "area_title",
    "criterion_id",
    "criterion_text",
    "basis",
    "return_status",
    "self_state",
    "self_rating",
    "self_rating_as_written",
    "working_well",
    "worried_about",
    "needs_to_happen",
    "action_lead",
    "action_due",
    "evidence",
    "not_applicable_reason",
    "source_file",
    "source_sha256",
    "source_sheet",
    "source_cell",
];

/// What is known of one agency's answer to one criterion. Only [`State::Rated`] is a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Rated.
    Rated(Rating),
    /// The agency says that it does not apply.
    NotApplicable,
    /// Returned, not rated.
    Blank,
    /// Something is written that is no rating.
    Unreadable,
    /// There is no return.
    Missing,
}

impl State {
    /// The word under `self_state`.
    pub fn key(self) -> &'static str {
        match self {
            State::Rated(_) => "rated",
            State::NotApplicable => "not_applicable",
            State::Blank => "blank",
            State::Unreadable => "unreadable",
            State::Missing => "missing",
        }
    }

    /// The state as people read it: the rating's word, or what stands in for one.
    pub fn words(self) -> &'static str {
        match self {
            State::Rated(rating) => rating.word(),
            State::NotApplicable => "Not applicable",
            State::Blank => "Blank",
            State::Unreadable => "Unreadable",
            State::Missing => "Not returned",
        }
    }

    /// The word under `self_rating`: empty for every state but rated.
    pub fn rating_key(self) -> &'static str {
        match self {
            State::Rated(rating) => rating.key(),
            State::NotApplicable | State::Blank | State::Unreadable | State::Missing => "",
        }
    }

    fn from_keys(state: &str, rating: &str) -> State {
        match (state, Rating::from_key(rating)) {
            ("rated", Some(rating)) => State::Rated(rating),
            ("not_applicable", _) => State::NotApplicable,
            ("blank", _) => State::Blank,
            ("missing", _) => State::Missing,
            _ => State::Unreadable,
        }
    }

    fn of(response: Option<&Response>, answer: Option<&Answer>) -> State {
        match (response, answer.map(|answer| answer.rating)) {
            (None, _) => State::Missing,
            (Some(_), None | Some(SelfRating::Blank)) => State::Blank,
            (Some(_), Some(SelfRating::Rated(rating))) => State::Rated(rating),
            (Some(_), Some(SelfRating::NotApplicable)) => State::NotApplicable,
            (Some(_), Some(SelfRating::Unreadable)) => State::Unreadable,
        }
    }
}

/// The table could not be made or read.
#[derive(Debug, thiserror::Error)]
#[error("the table of ratings could not be worked with: {0}")]
pub struct TableError(#[from] PolarsError);

/// The long table.
#[derive(Debug, Clone)]
pub struct Ratings {
    frame: DataFrame,
}

/// One row of the table, as far as analysis needs it. Texts are empty where nothing was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a> {
    /// The agency's id.
    pub agency_id: &'a str,
    /// The criterion's id.
    pub criterion_id: &'a str,
    /// What is known of the answer.
    pub state: State,
    /// The rating cell to the letter.
    pub as_written: &'a str,
    /// What is working well.
    pub working_well: &'a str,
    /// What the agency is worried about.
    pub worried_about: &'a str,
    /// What needs to happen.
    pub needs_to_happen: &'a str,
    /// The role that will lead.
    pub action_lead: &'a str,
    /// By when: `2027-01-31`, or as written where that is no date.
    pub action_due: &'a str,
    /// The evidence and where it is kept.
    pub evidence: &'a str,
    /// Why the statement does not apply.
    pub not_applicable_reason: &'a str,
    /// The file that the answer comes from; empty when there is none.
    pub source_file: &'a str,
    /// The sheet of the rating in it.
    pub source_sheet: &'a str,
    /// The cell of the rating in it.
    pub source_cell: &'a str,
}

impl Ratings {
    /// Makes the table: agencies in the round's order, criteria in the theme's. At most one response an agency.
    ///
    /// # Errors
    ///
    /// When polars cannot hold the table.
    pub fn from_responses(theme: &Theme, round: &Round, responses: &[Response]) -> Result<Ratings, TableError> {
        let constants = [round.id().to_string(), theme.id.to_string(), theme.fingerprint()];
        // Borrowed texts, and one column at a time made into polars' own: a country's schools must fit.
        let mut columns: Vec<Vec<&str>> = vec![Vec::new(); COLUMNS.len()];
        let responses: HashMap<&AgencyId, &Response> =
            responses.iter().map(|response| (&response.agency, response)).collect();
        for agency in &round.agencies {
            let response = responses.get(&agency.id).copied();
            for (area, criterion) in round.statements(theme, agency) {
                let cells = cells(&constants, agency, area, criterion, response);
                for (column, cell) in columns.iter_mut().zip(cells) {
                    column.push(cell);
                }
            }
        }
        let column = |(name, cells): (&&str, Vec<&str>)| Column::new((*name).into(), cells);
        let columns: Vec<Column> = COLUMNS.iter().zip(columns).map(column).collect();
        Ok(Ratings { frame: DataFrame::new_infer_height(columns)? })
    }

    /// The frame, for the analysis and the table exporters.
    pub fn frame(&self) -> &DataFrame {
        &self.frame
    }

    /// Every row, in order.
    ///
    /// # Errors
    ///
    /// When the frame lacks a column, which one made by [`Ratings::from_responses`] never does.
    pub fn rows(&self) -> Result<Vec<Row<'_>>, TableError> {
        let text = |name: &str| -> Result<&StringChunked, TableError> { Ok(self.frame.column(name)?.str()?) };
        let columns = [
            text("agency_id")?,
            text("criterion_id")?,
            text("self_state")?,
            text("self_rating")?,
            text("self_rating_as_written")?,
            text("working_well")?,
            text("worried_about")?,
            text("needs_to_happen")?,
            text("action_lead")?,
            text("action_due")?,
            text("evidence")?,
            text("not_applicable_reason")?,
            text("source_file")?,
            text("source_sheet")?,
            text("source_cell")?,
        ];
        let row = |at: usize| {
            let [agency_id, criterion_id, state, rating, as_written, working_well, worried_about, rest @ ..] =
                columns.map(|column| column.get(at).unwrap_or_default());
            let [needs_to_happen, action_lead, action_due, evidence, not_applicable_reason, rest @ ..] = rest;
            let [source_file, source_sheet, source_cell] = rest;
            Row {
                agency_id,
                criterion_id,
                state: State::from_keys(state, rating),
                as_written,
                working_well,
                worried_about,
                needs_to_happen,
                action_lead,
                action_due,
                evidence,
                not_applicable_reason,
                source_file,
                source_sheet,
                source_cell,
            }
        };
        Ok((0..self.frame.height()).map(row).collect())
    }
}

/// The cells of one row, in the order of [`COLUMNS`].
fn cells<'a>(
    constants: &'a [String; 3],
    agency: &'a Agency,
    area: &'a Area,
    criterion: &'a Criterion,
    response: Option<&'a Response>,
) -> [&'a str; 26] {
    let answer = response.and_then(|response| response.answer(&criterion.id));
    let state = State::of(response, answer);
    let said = |text: fn(&'a Answer) -> &'a String| answer.map_or("", |answer| text(answer));
    let file = |text: fn(&'a Response) -> &'a String| response.map_or("", |response| text(response));
    let [round_id, theme_id, fingerprint] = constants;
    [
        round_id,
        theme_id,
        fingerprint,
        agency.id.as_str(),
        &agency.name,
        agency.group.code(),
        area.id.as_str(),
        &area.title,
        criterion.id.as_str(),
        &criterion.text,
        criterion.basis.letter(),
        if response.is_some() { "returned" } else { "missing" },
        state.key(),
        state.rating_key(),
        said(|answer| &answer.as_written),
        said(|answer| &answer.texts.working_well),
        said(|answer| &answer.texts.worried_about),
        said(|answer| &answer.texts.needs_to_happen),
        said(|answer| &answer.texts.action_lead),
        said(|answer| &answer.texts.action_due),
        said(|answer| &answer.texts.evidence),
        said(|answer| &answer.texts.not_applicable_reason),
        file(|response| &response.file.name),
        file(|response| &response.file.sha256),
        said(|answer| &answer.sheet),
        said(|answer| &answer.cell),
    ]
}
