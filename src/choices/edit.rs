//! A sheet of `choices.xlsx` as a form on a page: its rows with the cells to fill in, and the file with some of these cells changed.
//!
//! A form names a row by what it is about and not by its place. So what was typed finds its row again, even if the file was renewed
//! meanwhile.

use std::collections::HashMap;

use super::contract::{
    APPROVED_RUN, BY_RULE, ChoicesColumn, ChoicesSheet, Holds, MIND, RATINGS, SINCE, START, START_FIELDS,
};
use super::earlier::{EarlierChoices, EarlierRow, earlier};
use super::sheets;
use crate::core::words;
use crate::workbook::contract::is_label;
use crate::workbook::file::book::{At, Book, Sheet, Value, position};

/// A sheet with cells to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSheet {
    /// A sheet with a table.
    Table(ChoicesSheet),
    /// The first sheet, with who approved the presentation.
    Approval,
}

/// The key of the one row of the first sheet.
const APPROVAL_ROW: &str = "approval";

/// The prefix of the keys of rows that the officer writes whole; their number follows.
const OWN_ROW: &str = "own";

/// How many empty rows a form has for rows of the officer's own.
const EMPTY_ROWS: u32 = 3;

/// The most characters that a page takes into a cell. Excel's own limit is 32,767.
pub const LONGEST_TEXT: usize = 30_000;

/// The width in characters from which a column is for sentences.
const LONG_WIDTH: f64 = 50.0;

/// A row of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormRow {
    /// Its key in the form.
    pub key: String,
    /// Its row on the sheet, counted from 0; for an empty row, where it would go.
    pub row: u32,
    /// Whether the officer writes all of it.
    pub is_own: bool,
    /// What jtai wrote in it, each with its label; empty cells are left out.
    pub given: Vec<(&'static str, String)>,
    /// The cells to fill in.
    pub cells: Vec<FormCell>,
}

/// A cell to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct FormCell {
    /// What it is called.
    pub label: &'static str,
    /// What to know before filling it in; empty where the label says enough.
    pub hint: &'static str,
    /// What goes into it.
    pub holds: Holds,
    /// Whether it has room for sentences.
    pub is_long: bool,
    /// What is in it; empty where it cannot be shown.
    pub text: String,
    at: At,
}

/// What somebody typed into a cell of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEdit {
    /// The key of its row.
    pub row: String,
    /// The place of the cell among those of its row, counted from 0.
    pub cell: usize,
    /// What was in it when the form was made.
    pub before: String,
    /// What was typed into it.
    pub typed: String,
}

impl FormSheet {
    /// Every sheet, in the order of the work: what to say first, who approved it last.
    pub fn all() -> Vec<FormSheet> {
        ChoicesSheet::ALL.into_iter().map(FormSheet::Table).chain([FormSheet::Approval]).collect()
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            FormSheet::Table(sheet) => sheet.name(),
            FormSheet::Approval => START,
        }
    }

    /// What to do on it.
    pub fn lead(self) -> &'static str {
        match self {
            FormSheet::Table(sheet) => sheet.lead(),
            FormSheet::Approval => {
                "Name here who approved the presentation, with the date and its code. Until then, and while a finding is left to fix, \
                 every page says DRAFT. When an answer or a choice changes, the code changes, and it is a draft again. Write the code of \
                 the presentation that was approved. If both the short and the full one were, write both, with a comma between."
            }
        }
    }
}

/// The label of a column in a form, where its header alone would be too brief.
fn label(header: &'static str) -> &'static str {
    match header {
        BY_RULE => "Place by the rule",
        MIND => "Please note",
        SINCE => "Since the earlier file",
        header => header,
    }
}

/// What to know before filling in a field of the first sheet.
fn hint(label: &'static str) -> &'static str {
    match label {
        APPROVED_RUN => {
            "The number behind the dash is the slide's and is not needed: of K7Q2-3, write K7Q2. You can also copy the code from above."
        }
        RATINGS => "Empty means Self-ratings: the agencies' own. Each slide says which ratings it shows.",
        _ => "",
    }
}

/// The rows of a sheet in the rule's order, then the officer's own rows and some empty ones; none where the table is gone.
pub fn rows(book: &Book, of: FormSheet) -> Vec<FormRow> {
    match of {
        FormSheet::Approval => sheets::sheet(book, START).and_then(approval).into_iter().collect(),
        FormSheet::Table(sheet) => rows_of_table(book, sheet),
    }
}

fn approval(start: &Sheet) -> Option<FormRow> {
    let cell = |(label, holds): (&'static str, Holds)| {
        let beside = start.beside(label)?;
        let is_it = |value: &Value| matches!(value, Value::Text(text) if is_label(text, label));
        let (at, value) = match beside {
            Some((at, value)) => (at, Some(value)),
            // Nothing is written beside the label yet, so the cell is the one to its right.
            None => start.cells.iter().find(|(_, value)| is_it(value)).map(|((row, at), _)| ((*row, at + 1), None))?,
        };
        Some(FormCell { label, hint: hint(label), holds, is_long: false, text: shown(value), at })
    };
    let cells: Vec<FormCell> = START_FIELDS.into_iter().filter_map(cell).collect();
    let row = cells.first()?.at.0;
    Some(FormRow { key: APPROVAL_ROW.into(), row, is_own: true, given: Vec::new(), cells })
}

fn shown(value: Option<&Value>) -> String {
    value.filter(|value| sheets::is_legible(value)).map(Value::text).unwrap_or_default()
}

fn rows_of_table(book: &Book, sheet: ChoicesSheet) -> Vec<FormRow> {
    let found = sheets::sheet(book, sheet.name());
    let table = found.and_then(|found| Some((found, sheets::table(found, sheet.columns())?)));
    let Some((found, table)) = table else { return Vec::new() };
    let cells = |row: u32| -> Vec<FormCell> {
        let cell = |column: &ChoicesColumn| {
            let (_, at) = table.columns.iter().find(|(header, _)| *header == column.header)?;
            let text = shown(found.value(row, *at));
            let is_long = column.width >= LONG_WIDTH;
            Some(FormCell { label: column.header, hint: "", holds: column.holds, is_long, text, at: (row, *at) })
        };
        sheet.columns().iter().filter(|column| column.is_input).filter_map(cell).collect()
    };
    let all = earlier(book);
    let is_row = |row: &&EarlierRow| row.sheet == sheet && (!row.is_own() || row.is_filled_in());
    let (own, offered): (Vec<&EarlierRow>, Vec<&EarlierRow>) =
        all.rows.iter().filter(is_row).partition(|row| row.is_own());
    let mut times: HashMap<&str, usize> = HashMap::new();
    let in_order = in_the_rules_order(&all, offered);
    let mut rows: Vec<FormRow> = Vec::new();
    for row in in_order {
        // Two rows can be about one answer, the old words and the new ones. A number tells their keys apart.
        let time = times.entry(row.print.key.as_str()).or_default();
        let key = format!("{}.{time}", row.print.key);
        *time += 1;
        rows.push(FormRow { key, row: row.row, is_own: false, given: given(row), cells: cells(row.row) });
    }
    if all_own(sheet) {
        // Empty rows go below every filled cell of the sheet, so that nothing is written over.
        let last = found.cells.keys().map(|(row, _)| *row).max().unwrap_or(table.header_row).max(table.header_row);
        let places = own.iter().map(|row| row.row).chain((1..=EMPTY_ROWS).map(|more| last + more));
        let own_row = |(number, row): (usize, u32)| FormRow {
            key: format!("{OWN_ROW}.{number}"),
            row,
            is_own: true,
            given: Vec::new(),
            cells: cells(row),
        };
        rows.extend(places.enumerate().map(own_row));
    }
    rows
}

/// Whether a sheet has rows that the officer writes whole.
fn all_own(sheet: ChoicesSheet) -> bool {
    sheet.key().is_empty() || sheet == ChoicesSheet::Actions
}

/// Rows in the order in which the rule offers them, because somebody may have sorted the file.
fn in_the_rules_order<'e>(all: &EarlierChoices, mut rows: Vec<&'e EarlierRow>) -> Vec<&'e EarlierRow> {
    let places: HashMap<&str, usize> = (0..).zip(&all.offered).map(|(at, print)| (print.key.as_str(), at)).collect();
    rows.sort_by_key(|row| places.get(row.print.key.as_str()).copied().unwrap_or(usize::MAX));
    rows
}

fn given(row: &EarlierRow) -> Vec<(&'static str, String)> {
    let given = row.sheet.columns().iter().filter(|column| !column.is_input);
    let texts = given.map(|column| (label(column.header), row.text(column.header)));
    texts.filter(|(_, text)| !text.trim().is_empty()).collect()
}

impl FormCell {
    /// Whether it is the cell at this place, as people write it: `B12`.
    pub fn is_at(&self, name: &str) -> bool {
        position(name) == Some(self.at)
    }
}

impl CellEdit {
    /// Whether the cell was changed. Line ends are made alike first, because forms send CR LF.
    pub fn is_change(&self) -> bool {
        unix(&self.before) != unix(&self.typed)
    }

    /// The value for the cell; `None` empties it.
    fn value(&self, holds: Holds) -> Option<Value> {
        let text = unix(&self.typed);
        if text.trim().is_empty() {
            return None;
        }
        let day = (holds == Holds::Day).then(|| words::read_date(&text)).flatten();
        Some(day.map_or(Value::Text(text), Value::Date))
    }
}

/// A text with the line ends that workbooks have.
pub fn unix(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The file with these cells changed, as if somebody had done it in Excel; with the edits whose row or cell is not in the file.
pub fn edited<'e>(book: &Book, of: FormSheet, edits: &'e [CellEdit]) -> (Book, Vec<&'e CellEdit>) {
    let rows = rows(book, of);
    let mut book = book.clone();
    let mut unplaced = Vec::new();
    let sheet = book.sheets.iter_mut().find(|sheet| is_label(&sheet.name, of.name()));
    let Some(sheet) = sheet else { return (book, edits.iter().filter(|edit| edit.is_change()).collect()) };
    for edit in edits.iter().filter(|edit| edit.is_change()) {
        let row = rows.iter().find(|row| row.key == edit.row);
        let Some(cell) = row.and_then(|row| row.cells.get(edit.cell)) else {
            unplaced.push(edit);
            continue;
        };
        match edit.value(cell.holds) {
            Some(value) => sheet.cells.insert(cell.at, value),
            None => sheet.cells.remove(&cell.at),
        };
    }
    (book, unplaced)
}
