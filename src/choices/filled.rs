//! Reads the rows of a table in which the officer wrote something, with findings for what cannot be read.

use jiff::civil::Date;

use super::contract::{self, BY_WHEN, ChoicesColumn, ChoicesSheet, LEAD, ORDER, WHOLE, WORDING, YES};
use super::sheets::{self, FoundTable};
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::quoting::quote;
use crate::core::words;
use crate::round::CHOICES_FILE;
use crate::workbook::contract::fold;
use crate::workbook::file::book::{Book, Value, cell_name};

/// A row with something in it: its place on the sheet, and its cells by the headers of their columns.
pub(super) struct FilledRow<'b> {
    /// Its sheet.
    pub sheet: &'static str,
    row: u32,
    /// What is in the row under each header, by its column; `None` in an empty cell.
    cells: Vec<(&'static str, u32, Option<&'b Value>)>,
}

impl FilledRow<'_> {
    fn cell(&self, header: &str) -> Option<(u32, Option<&Value>)> {
        self.cells.iter().find(|(known, ..)| *known == header).map(|(_, column, value)| (*column, *value))
    }

    /// The text under a header; empty where it cannot be read.
    pub(super) fn text(&self, header: &str) -> String {
        let text = self.cell(header).and_then(|(_, value)| value).filter(|value| sheets::is_legible(value));
        text.map(|value| value.text().trim().to_string()).unwrap_or_default()
    }

    /// Whether the cell is empty. One whose text is held back or cannot be read is not: it has its own finding.
    pub(super) fn is_empty(&self, header: &str) -> bool {
        self.cell(header).and_then(|(_, value)| value).is_none_or(|value| value.text().trim().is_empty())
    }

    /// Whether the table has a column of this header.
    pub(super) fn has(&self, header: &str) -> bool {
        self.cell(header).is_some()
    }

    /// The place of the cell under a header; that of the row's first cell where the header is gone.
    pub(super) fn place(&self, header: &str) -> Place {
        let column = self.cell(header).map_or(0, |(column, _)| column);
        Place::cell(CHOICES_FILE, self.sheet, cell_name(self.row, column))
    }

    /// The date under a header; `None`, with a finding, where what is written there is not a date.
    pub(super) fn date(&self, header: &str, findings: &mut Vec<Finding>) -> Option<Date> {
        let (_, value) = self.cell(header)?;
        let value = value.filter(|value| sheets::is_legible(value) && !value.is_blank())?;
        let date = value.date();
        if date.is_none() {
            findings.push(unread(self.place(header), &value.text(), "a date, as in 31/1/2027"));
        }
        date
    }

    /// Whether Yes is under a header, with a finding where it is any other word.
    pub(super) fn is_yes(&self, header: &str, findings: &mut Vec<Finding>) -> bool {
        let said = self.text(header);
        let is_yes = fold(&said) == fold(YES);
        if !is_yes && !said.is_empty() {
            findings.push(unread(self.place(header), &said, "Yes, or an empty cell"));
        }
        is_yes
    }

    /// The texts under these headers, all of which the row needs. `None` where one is missing, with a finding for each empty cell.
    pub(super) fn all<const N: usize>(
        &self,
        needed: [(&str, &str); N],
        findings: &mut Vec<Finding>,
    ) -> Option<[String; N]> {
        for (header, expected) in needed {
            // A text that is held back or cannot be read already has its own finding.
            findings.extend(self.is_empty(header).then(|| unread(self.place(header), "", expected)));
        }
        let texts = needed.map(|(header, _)| self.text(header));
        texts.iter().all(|text| !text.is_empty()).then_some(texts)
    }
}

/// The rows of a sheet's table in which the officer filled in at least one cell.
pub(super) fn rows<'b>(book: &'b Book, sheet: ChoicesSheet, findings: &mut Vec<Finding>) -> Vec<FilledRow<'b>> {
    let form = contract::form(book);
    let Some(found) = sheets::sheet(book, sheet.name()) else {
        if !sheet.is_needed(form) {
            return Vec::new();
        }
        findings.push(missing(Place::sheet(CHOICES_FILE, sheet.name()), "this sheet is gone, and its choices with it"));
        return Vec::new();
    };
    let Some(FoundTable { header_row, columns }) = sheets::table(found, sheet.columns()) else {
        findings.push(missing(
            Place::sheet(CHOICES_FILE, sheet.name()),
            "this sheet has no row of headers, so nothing on it was read",
        ));
        return Vec::new();
    };
    let is_gone =
        |column: &&ChoicesColumn| column.is_needed(form) && !columns.iter().any(|(header, _)| *header == column.header);
    for column in sheet.columns().iter().filter(is_gone) {
        let found = format!("the column {} is gone", quote(column.header));
        findings.push(missing(Place::sheet(CHOICES_FILE, sheet.name()), found));
    }
    let inputs: Vec<&str> =
        sheet.columns().iter().filter(|column| column.is_input).map(|column| column.header).collect();
    let row = |(row, _): &(u32, _)| FilledRow {
        sheet: sheet.name(),
        row: *row,
        cells: columns.iter().map(|(header, at)| (*header, *at, found.value(*row, *at))).collect(),
    };
    let below: Vec<FilledRow<'_>> = found.rows().iter().filter(|(row, _)| *row > header_row).map(row).collect();
    for row in &below {
        for header in &inputs {
            let value = row.cell(header).and_then(|(_, value)| value);
            if let Some(value @ (Value::Error(_) | Value::Unreadable(_))) = value {
                findings.push(unread(row.place(header), &value.text(), "what was written there"));
            }
        }
    }
    below.into_iter().filter(|row| inputs.iter().any(|header| !row.text(header).is_empty())).collect()
}

/// The rows with a number under [`ORDER`], in the order of the numbers; then the others. Wording without a number becomes a finding.
pub(super) fn in_order<'r, 'b>(
    rows: &'r [FilledRow<'b>],
    findings: &mut Vec<Finding>,
) -> (Vec<&'r FilledRow<'b>>, Vec<&'r FilledRow<'b>>) {
    let mut numbered: Vec<(u32, &FilledRow<'_>)> = Vec::new();
    let mut rest = Vec::new();
    for row in rows {
        let written = row.text(ORDER);
        match written.parse::<u32>() {
            Ok(order) if order > 0 => numbered.push((order, row)),
            _ => {
                findings.extend(match written.as_str() {
                    "" => without_number(row),
                    written => Some(unread(row.place(ORDER), written, "a whole number from 1")),
                });
                rest.push(row);
            }
        }
    }
    numbered.sort_by_key(|(order, row)| (*order, row.row));
    for pair in numbered.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let found = format!("the number {} is used twice, so the order of the rows decides", pair[0].0);
        let place = pair[1].1.place(ORDER);
        let finding = Finding::new(Code::ChoiceUnread, place, found, "each number once", "renumber them");
        findings.push(finding.naming(format!("{} {}", pair[1].1.sheet, pair[1].0)));
    }
    (numbered.into_iter().map(|(_, row)| row).collect(), rest)
}

/// A finding where a row has words for a slide but no number. Whatever else can be written in a row counts without one.
fn without_number(row: &FilledRow<'_>) -> Option<Finding> {
    let kinds = [(WORDING, "a wording"), (WHOLE, "whole words"), (LEAD, "who leads"), (BY_WHEN, "a date")];
    let is_there = |(header, _): &&(&str, &str)| !row.text(header).is_empty();
    let (header, _) = kinds.iter().find(is_there)?;
    let what: Vec<&str> = kinds.iter().filter(is_there).map(|(_, what)| *what).collect();
    let it = if what.len() == 1 && *header != WHOLE { "it is" } else { "they are" };
    let found = format!("{} for the slide but no number, so {it} not on the slide", words::list(&what));
    let finding = Finding::new(Code::ChoiceUnread, row.place(header), found, "a number beside it", "write one");
    Some(finding.naming(format!("{} {}", row.sheet, row.text(header))))
}

/// A finding about a cell that is empty or cannot be understood.
pub(super) fn unread(place: Place, written: &str, expected: &str) -> Finding {
    let found = if written.is_empty() {
        "this cell is empty".to_string()
    } else {
        format!("{} cannot be understood here", quote(written))
    };
    let remedy = "correct it, or empty the row; until then it is not used";
    let about = format!("{} {written} {expected}", place.sheet_name());
    Finding::new(Code::ChoiceUnread, place, found, expected, remedy).naming(about)
}

pub(super) fn missing(place: Place, found: impl Into<String>) -> Finding {
    let remedy = Remedy::typed(
        "put it back; or move the file away and run `jtai report` for a new one",
        "put it back; or move the file away and make the presentation, which writes a new one",
    );
    let found = found.into();
    let about = format!("{} {found}", place.sheet_name());
    Finding::new(Code::ChoiceUnread, place, found, "the sheets and columns as written", remedy).naming(about)
}
