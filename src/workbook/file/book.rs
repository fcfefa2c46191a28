//! A workbook as plain data: its sheets and their filled cells, whatever program saved it in whatever format.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::limits;
use crate::core::due::DueDay;
use crate::core::privacy::Sign;
use crate::core::words;
use crate::core::written::{HELD_BACK, Written};
use crate::form::Rating;
use crate::workbook::contract;

/// What the text of an unreadable value begins with.
const UNREADABLE_MARK: &str = "[unreadable: ";

/// Whether a text is one of our own marks, for what was held back or could not be read, and nothing else. A mark comes back in workbooks
/// that were made from what we wrote, and is not an answer. If an agency wrote words beside it, the text is the agency's.
pub fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text == HELD_BACK || (text.starts_with(UNREADABLE_MARK) && text.find(']') == Some(text.len() - 1))
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A text, exactly as it is stored.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A date. A time of day is dropped.
    Date(Date),
    /// A spreadsheet error such as `#REF!`.
    Error(String),
    /// Something that could not be read, in words that say what it was. It is never treated as an empty cell.
    Unreadable(String),
    /// A text that may identify a child. Nothing of it is kept.
    HeldBack,
}

impl Value {
    /// The value as text, the way a person would write it down: dates as `2027-01-31`.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) | Value::Error(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Unreadable(reason) => Written::Unreadable(reason.clone()).shown().into_owned(),
            Value::HeldBack => HELD_BACK.to_string(),
        }
    }

    /// The date in a cell, stored as a date or written out as text; `None` for anything else. A number is not a date: its format would say
    /// so.
    pub fn date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            Value::Text(text) => words::read_date(text),
            Value::Number(_) | Value::Truth(_) | Value::Error(_) | Value::Unreadable(_) | Value::HeldBack => None,
        }
    }

    /// The day by which something is due, from a date, a month or a season; `None` for anything else.
    pub fn due(&self) -> Option<DueDay> {
        match self {
            Value::Text(text) => DueDay::read(text),
            _ => self.date().map(DueDay::from),
        }
    }

    /// Whether it is a text of white space only, which counts as an empty cell.
    pub fn is_blank(&self) -> bool {
        matches!(self, Value::Text(text) if text.trim().is_empty())
    }
}

/// The fill colour of a cell. White and "no fill" are not a [`Fill`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fill {
    /// Red, green and blue as `0xRRGGBB`.
    Rgb(u32),
    /// A colour of the document's theme or of an old palette. It is not resolved: it is a colour, but it cannot be read as a rating.
    Other,
}

impl Fill {
    /// The rating that the colour is read as; `None` for any other colour.
    pub fn rating(self) -> Option<Rating> {
        match self {
            Fill::Rgb(rgb) => contract::rating_of_fill(rgb),
            Fill::Other => None,
        }
    }
}

/// A row and column, both counted from 0.
pub type At = (u32, u32);

/// The content of a sheet other than its values, as far as the file format has it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extras {
    /// Whether the sheet is hidden.
    pub is_hidden: bool,
    /// Hidden rows with something in them.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns.
    pub hidden_columns: BTreeSet<u32>,
    /// Merged cells, each as its first and last cell. Where both are the same, the cell is covered by another (OpenDocument says it of each
    /// cell).
    pub merged: Vec<(At, At)>,
    /// The fills of empty cells, and of other cells those that could stand for a rating.
    pub fills: BTreeMap<At, Fill>,
    /// The cells whose text is struck out, whole or in part.
    pub struck: BTreeSet<At>,
    /// The notes that people put on cells.
    pub notes: BTreeMap<At, Written>,
    /// The texts of boxes over the cells, with the titles of charts.
    pub boxes: Vec<Written>,
    /// The texts in the headers and footers of its printed pages: left, centre and right separately.
    pub page_texts: Vec<Written>,
    /// The cells whose format hides their value.
    pub unseen: BTreeSet<At>,
    /// Blocks of cells that a conditional format can colour even when they are empty, each as its first and last cell.
    pub coloured_by_rule: Vec<(At, At)>,
    /// How many pictures and embedded files are over the cells.
    pub pictures: usize,
    /// The addresses that cells link to.
    pub links: BTreeMap<At, Written>,
}

impl Extras {
    /// Whether a merged cell covers this one.
    pub fn is_covered(&self, at: At) -> bool {
        self.merged.iter().any(|(first, last)| {
            let is_inside = (first.0..=last.0).contains(&at.0) && (first.1..=last.1).contains(&at.1);
            is_inside && (at != *first || first == last)
        })
    }
}

/// Something about a file as a whole that people should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// It has macros, which are never run.
    Macros,
    /// It refers to other workbooks, which are never opened.
    ExternalLinks,
    /// A part without cells is damaged.
    DamagedPart(String),
    /// It is an `.xls`, of which notes, hidden rows, merged cells and colours are not read.
    OlderFormat,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The filled cells, by row and column, both from 0.
    pub cells: BTreeMap<At, Value>,
    /// Its content other than values.
    pub extras: Extras,
}

impl Sheet {
    /// The value of a cell; `None` where it is empty or has only white space.
    pub fn value(&self, row: u32, column: u32) -> Option<&Value> {
        self.cells.get(&(row, column)).filter(|value| !value.is_blank())
    }

    /// The value beside a label, in the next filled cell to its right, with that cell's place. The outer `None` means that there is no such
    /// label, the inner one that nothing is beside it.
    pub fn beside(&self, label: &str) -> Option<Option<(At, &Value)>> {
        let filled = || self.cells.iter().filter(|(_, value)| !value.is_blank());
        let is_it = |value: &Value| matches!(value, Value::Text(text) if contract::is_label(text, label));
        let labels: Vec<At> = filled().filter(|(_, value)| is_it(value)).map(|(at, _)| *at).collect();
        let beside = |(row, column): &At| {
            let mut right = self.cells.range((*row, column + 1)..(row + 1, 0)).filter(|(_, value)| !value.is_blank());
            right.next().map(|(at, value)| (*at, value))
        };
        // The label may be there twice, for example in a copied block: the first one with something beside it counts.
        (!labels.is_empty()).then(|| labels.iter().find_map(beside))
    }

    /// The filled rows, each with its filled cells by column.
    pub fn rows(&self) -> Vec<(u32, Vec<(u32, &Value)>)> {
        let mut rows: Vec<(u32, Vec<(u32, &Value)>)> = Vec::new();
        for ((row, column), value) in self.cells.iter().filter(|(_, value)| !value.is_blank()) {
            match rows.last_mut() {
                Some((last, cells)) if last == row => cells.push((*column, value)),
                _ => rows.push((*row, vec![(*column, value)])),
            }
        }
        rows
    }

    /// The filled rows, each with its number (from 0) and its cells as texts from the first column on.
    pub fn text_rows(&self) -> Vec<(u32, Vec<String>)> {
        let texts = |(row, cells): (u32, Vec<(u32, &Value)>)| {
            let mut texts = Vec::new();
            for (column, value) in cells {
                texts.resize(column as usize + 1, String::new());
                texts[column as usize] = value.text();
            }
            (row, texts)
        };
        self.rows().into_iter().map(texts).collect()
    }
}

/// A whole workbook.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Book {
    /// The sheets, in the workbook's order.
    pub sheets: Vec<Sheet>,
    /// The custom document properties.
    pub properties: BTreeMap<String, String>,
    /// When the document says it was last saved; `None` where it does not say.
    pub saved: Option<String>,
    /// What people should know about the file.
    pub remarks: Vec<Remark>,
    /// The texts that were held back, each with its sheet and cell. The name of a sheet and a box over its cells have no cell.
    pub held: Vec<(String, Option<At>, Sign)>,
    /// The cells with such a text that a named person cleared, each with its sheet. They are read like any other.
    pub cleared: Vec<(String, At, Sign)>,
}

/// A cell's name: row 6 and column 3, both from 0, are `D7`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// A column's letters: column 3, from 0, is `D`.
pub fn column_name(column: u32) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}

/// Reads a cell's name as row and column, both from 0; `None` if it is not a cell of the grid.
pub fn position(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    // The lengths are checked before the arithmetic, so that no name can overflow it.
    if letters.is_empty() || letters.len() > 3 || number.len() > 7 || number.starts_with('0') {
        return None;
    }
    let mut column = 0u32;
    for letter in letters.bytes() {
        column = column * 26 + u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|at| *at < 26)?) + 1;
    }
    let row: u32 = number.parse().ok()?;
    (row <= limits::ROWS && column <= limits::COLUMNS).then_some((row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_mark_and_nothing_else_is_one() {
        let unreadable = Value::Unreadable("the number \"x\"".into()).text();
        for mark in [HELD_BACK, &unreadable, " [held back: may identify a child]\n"] {
            assert!(is_mark(mark), "{mark}");
        }
        for words in ["", "[our own]", "[held back: may identify a child] and more", "[unreadable: x] we meant [y]"] {
            assert!(!is_mark(words), "{words}");
        }
    }

    #[test]
    fn cells_are_named_as_people_name_them() {
        assert_eq!(cell_name(6, 3), "D7");
        assert_eq!(cell_name(0, 25), "Z1");
        assert_eq!(cell_name(9, 26), "AA10");
        assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
    }
}
