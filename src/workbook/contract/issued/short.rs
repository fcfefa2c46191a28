//! The content of the sheet `In short`, for an agency's own headlines.

use super::issue::Issue;
use super::paper::{Caption, heads, marked};
use crate::form::{HeadlineCell, HeadlineColumn, HeadlineKind, HeadlineSlot};
use crate::response::HeadlineEntry;
use crate::workbook::contract::headlines::{HEADLINE_COLUMNS, headline_kinds};
use crate::workbook::contract::sheets::IN_SHORT_TABLE;

const TITLE: &str = "In short: your own headlines";

const LEAD: &str = "Optional, ten minutes. What should leaders remember? Shorten what you wrote; add nothing new.";

/// The line as version 1.5 of the contract first had it.
const EARLIER_LEAD: &str = "Optional, ten minutes. If leaders remember three things, what should they be? Nothing new: shorten what you wrote.";

/// The sheet before it is written.
pub struct ShortPage<'a> {
    /// What is over the table, the marking in it.
    pub heads: [String; 2],
    /// The name of its table, and what a screen reader says of it.
    pub caption: Caption<'static>,
    /// The rows.
    pub rows: Vec<ShortRow<'a>>,
}

/// A row of the table.
pub struct ShortRow<'a> {
    /// Which line it is.
    pub slot: HeadlineSlot,
    /// What its first cell says.
    pub label: String,
    /// What is carried in; `None` for a row that is empty so far.
    pub entry: Option<&'a HeadlineEntry>,
}

/// The sheet. If a return has more lines of a kind than there is room for, the workbook that goes back has a row for each: nothing that an
/// agency wrote may be missing from it.
pub fn short_page<'a>(issue: &Issue<'a>) -> ShortPage<'a> {
    let entry = |slot: HeadlineSlot| issue.headlines.iter().find(|entry| entry.slot == slot && !entry.is_empty());
    let row = |slot: HeadlineSlot| ShortRow { slot, label: label(slot, issue), entry: entry(slot) };
    let of_kind = |kind: HeadlineKind| {
        let written = issue.headlines.iter().filter(move |entry| entry.slot.kind == kind && !entry.is_empty());
        let last = written.map(|entry| entry.slot.number).max().unwrap_or(0).max(kind.lines());
        (1..=last).map(move |number| row(HeadlineSlot { kind, number }))
    };
    ShortPage {
        heads: [TITLE.to_string(), marked(issue.paper(), LEAD)],
        caption: Caption {
            name: IN_SHORT_TABLE,
            alt_text: "The agency's own headlines: one row a line, with the statement that it is from",
            has_filters: false,
        },
        rows: headline_kinds(issue.round.column_order).into_iter().flat_map(of_kind).collect(),
    }
}

/// The kind of a line, with the names of its cells that we ask about. So the row says in words what the marks on its cells show.
fn label(slot: HeadlineSlot, issue: &Issue<'_>) -> String {
    let is_asked = |column: &HeadlineColumn| {
        let cell = HeadlineCell { slot, column: *column };
        issue.questions.iter().any(|question| question.headline == Some(cell))
    };
    let asked: Vec<&str> = HeadlineColumn::ALL.into_iter().filter(is_asked).map(HeadlineColumn::header).collect();
    match asked.is_empty() {
        true => slot.kind.label().to_string(),
        false => slot.kind.label_asked(&asked.join(", ")),
    }
}

/// Every text of the sheet as it is issued, each with its column.
pub(super) fn texts(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let heads = [LEAD, EARLIER_LEAD].into_iter().flat_map(|lead| heads(issue.paper(), TITLE, lead));
    let headers = (0..).zip(&HEADLINE_COLUMNS).map(|(at, column)| (at, column.header.to_string()));
    let kinds = HeadlineKind::ALL.into_iter().map(|kind| (0, kind.label().to_string()));
    heads.chain(headers).chain(kinds).collect()
}
