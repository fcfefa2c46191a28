//! A workbook as plain data: its sheets and the cells that hold something, whatever program saved it in whatever format.

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

/// Whether a text is a mark of ours and nothing else: it stands for what was held back or could not be read. Words of an agency's beside
/// a mark are its own.
pub fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text == HELD_BACK || (text.starts_with(UNREADABLE_MARK) && text.find(']') == Some(text.len() - 1))
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A text, just as it is stored.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A date; a time of day is left out.
    Date(Date),
    /// A spreadsheet error such as `#REF!`.
    Error(String),
    /// Something that the reader could not make out, with the reason.
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

    /// The date that a cell holds, as a date or written out; `None` for anything else.
    pub fn date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            Value::Text(text) => words::read_date(text),
            Value::Number(_) | Value::Truth(_) | Value::Error(_) | Value::Unreadable(_) | Value::HeldBack => None,
        }
    }

    /// The day by which something is due, where a cell says one: a date, a month or a season.
    pub fn due(&self) -> Option<DueDay> {
        match self {
            Value::Text(text) => DueDay::read(text),
            _ => self.date().map(DueDay::from),
        }
    }

    /// Whether it is a text of blanks only, which counts as nothing.
    pub fn is_blank(&self) -> bool {
        matches!(self, Value::Text(text) if text.trim().is_empty())
    }
}

/// A colour that somebody gave a cell; white and none are not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fill {
    /// Red, green and blue as `0xRRGGBB`.
    Rgb(u32),
    /// A colour of the document's theme or of an old palette, which is not worked out.
    Other,
}

impl Fill {
    /// The rating that the colour is understood as; `None` for any other colour.
    pub fn rating(self) -> Option<Rating> {
        match self {
            Fill::Rgb(rgb) => contract::rating_of_fill(rgb),
            Fill::Other => None,
        }
    }
}

/// A row and column, both counted from 0.
pub type At = (u32, u32);

/// What a sheet says beside its values, as far as the format tells it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extras {
    /// Whether the sheet is hidden.
    pub is_hidden: bool,
    /// Hidden rows that hold something.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns.
    pub hidden_columns: BTreeSet<u32>,
    /// Merged cells, each as its first and last one; a single cell is one that another covers.
    pub merged: Vec<(At, At)>,
    /// The fills of cells that hold nothing, and those fills of others that could stand for a rating.
    pub fills: BTreeMap<At, Fill>,
    /// The cells whose text is struck out, whole or in part.
    pub struck: BTreeSet<At>,
    /// The notes that people put on cells.
    pub notes: BTreeMap<At, Written>,
    /// The texts of boxes that lie over the cells, and the titles of charts.
    pub boxes: Vec<Written>,
    /// The texts at the head and the foot of its printed pages, each part by itself.
    pub page_texts: Vec<Written>,
    /// The cells whose format shows nothing of what they hold.
    pub unseen: BTreeSet<At>,
    /// Blocks of cells, each as its first and last one, that a rule can colour though they hold nothing.
    pub coloured_by_rule: Vec<(At, At)>,
    /// How many pictures and embedded files lie over the cells.
    pub pictures: usize,
    /// The addresses that cells lead to.
    pub links: BTreeMap<At, Written>,
}

impl Extras {
    /// Whether another cell covers this one.
    pub fn is_covered(&self, at: At) -> bool {
        self.merged.iter().any(|(first, last)| {
            let is_inside = (first.0..=last.0).contains(&at.0) && (first.1..=last.1).contains(&at.1);
            is_inside && (at != *first || first == last)
        })
    }
}

/// Something about a file that matters beside its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// It holds macros, which are never run.
    Macros,
    /// It refers to other workbooks, which are never opened.
    ExternalLinks,
    /// A part that holds no cell is damaged.
    DamagedPart(String),
    /// It is of a format of which notes, hidden rows, merged cells and colours are not told.
    OlderFormat,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The cells that hold something, by row and column, both counted from 0.
    pub cells: BTreeMap<At, Value>,
    /// What it says beside its values.
    pub extras: Extras,
}

impl Sheet {
    /// What a cell holds; `None` where it holds nothing or blanks.
    pub fn value(&self, row: u32, column: u32) -> Option<&Value> {
        self.cells.get(&(row, column)).filter(|value| !value.is_blank())
    }

    /// The cell of a label and the value in the next filled cell to its right, with that cell's place; `None` where there is no such label.
    pub fn beside(&self, label: &str) -> Option<Option<(At, &Value)>> {
        let filled = || self.cells.iter().filter(|(_, value)| !value.is_blank());
        let is_it = |value: &Value| matches!(value, Value::Text(text) if contract::is_label(text, label));
        let labels: Vec<At> = filled().filter(|(_, value)| is_it(value)).map(|(at, _)| *at).collect();
        let beside = |(row, column): &At| {
            let mut right = self.cells.range((*row, column + 1)..(row + 1, 0)).filter(|(_, value)| !value.is_blank());
            right.next().map(|(at, value)| (*at, value))
        };
        (!labels.is_empty()).then(|| labels.iter().find_map(beside))
    }

    /// The rows that hold something, each with its cells by column.
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

    /// The rows that hold something, each with its number counted from 0 and its cells as texts from the first column on.
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
    /// What matters beside the cells.
    pub remarks: Vec<Remark>,
    /// The texts that were held back, each with its sheet and cell; no cell for the sheet's name and for boxes over its cells.
    pub held: Vec<(String, Option<At>, Sign)>,
    /// The cells with such a text that a named person cleared, each with its sheet: they are read as they are.
    pub cleared: Vec<(String, At, Sign)>,
}

/// A cell's name as people write it: row 6 and column 3, counted from 0, are `D7`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// A column's name as people write it: column 3, counted from 0, is `D`.
pub fn column_name(column: u32) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}

/// A cell's name as row and column, both counted from 0; `None` outside the grid.
pub fn position(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
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
