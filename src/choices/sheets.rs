//! A table on a sheet of `choices.xlsx`, found by its headers and not by its place.

use super::contract::ChoicesColumn;
use crate::workbook::contract::fold;
use crate::workbook::file::book::{Book, Sheet, Value};

/// Where a table is on its sheet.
#[derive(Debug)]
pub(super) struct FoundTable {
    /// The row of its headers, counted from 0.
    pub header_row: u32,
    /// The headers that are there, each with its column.
    pub columns: Vec<(&'static str, u32)>,
}

impl FoundTable {
    /// The header of a column; `None` where somebody added the column.
    pub(super) fn header(&self, column: u32) -> Option<&'static str> {
        self.columns.iter().find(|(_, at)| *at == column).map(|(header, _)| *header)
    }
}

/// The table of a sheet; `None` where no row has at least two of its headers.
pub(super) fn table(sheet: &Sheet, columns: &'static [ChoicesColumn]) -> Option<FoundTable> {
    sheet.rows().iter().find_map(|(header_row, cells)| {
        let known = |text: String| columns.iter().find(|column| fold(column.header) == fold(&text));
        let columns: Vec<(&'static str, u32)> =
            cells.iter().filter_map(|(at, value)| known(value.text()).map(|column| (column.header, *at))).collect();
        (columns.len() > 1).then_some(FoundTable { header_row: *header_row, columns })
    })
}

/// The sheet of a name.
pub(super) fn sheet<'b>(book: &'b Book, name: &str) -> Option<&'b Sheet> {
    book.sheets.iter().find(|sheet| fold(&sheet.name) == fold(name))
}

/// Whether a cell holds what somebody wrote: not a text that is held back, an error of the spreadsheet or what could not be read.
pub(super) fn is_legible(value: &Value) -> bool {
    !matches!(value, Value::HeldBack | Value::Error(_) | Value::Unreadable(_))
}
