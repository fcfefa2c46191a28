//! Finds the table on a sheet of `choices.xlsx` by its headers, wherever it is; and says which of its cells are jtai's own.

use super::contract::{ChoicesColumn, ChoicesSheet, EARLIER, EARLIER_COLUMNS, HAD_WRITTEN, PRINT_COLUMNS, PRINTS};
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
        // One known header alone may be a word in a title or a note.
        (columns.len() > 1).then_some(FoundTable { header_row: *header_row, columns })
    })
}

/// The sheet with this name.
pub(super) fn sheet<'b>(book: &'b Book, name: &str) -> Option<&'b Sheet> {
    book.sheets.iter().find(|sheet| fold(&sheet.name) == fold(name))
}

/// Whether a cell can be read: its text is not held back, and it is not an error value or damaged.
pub(super) fn is_legible(value: &Value) -> bool {
    !matches!(value, Value::HeldBack | Value::Error(_) | Value::Unreadable(_))
}

/// The cells that jtai fills, as sheet, row and column counted from 0, for tables of up to this many rows. They are not searched for signs
/// of a child: a Ref beside a name can look like a date of birth, and what agencies wrote was searched when it was read. With a book, its
/// own tables say where the columns are, because people move them and earlier forms have them elsewhere; without one, those of a new file.
pub fn cells_given(most_rows: usize, of: Option<&Book>) -> Vec<(String, (u32, u32))> {
    // Twice the rows and some more: people move rows and put others between them.
    let last = u32::try_from(2 * most_rows + 50).unwrap_or(u32::MAX);
    let of_columns = |sheet: &'static str, columns: Vec<u32>, last: u32| {
        columns.into_iter().flat_map(move |at| (0..last).map(move |row| (sheet.to_string(), (row, at))))
    };
    let given = |sheet: &str, columns: &'static [ChoicesColumn], is_given: fn(&ChoicesColumn) -> bool| -> Vec<u32> {
        let found = of.and_then(|book| table(self::sheet(book, sheet)?, columns));
        let at = |(at, column): (u32, &ChoicesColumn)| match &found {
            Some(found) => found.columns.iter().find(|(header, _)| *header == column.header).map(|(_, at)| *at),
            None => Some(at),
        };
        (0u32..).zip(columns).filter(|(_, column)| is_given(column)).filter_map(at).collect()
    };
    let tables = ChoicesSheet::ALL.into_iter().flat_map(|sheet| {
        of_columns(sheet.name(), given(sheet.name(), sheet.columns(), |column| !column.is_input), last)
    });
    let earlier = given(EARLIER, &EARLIER_COLUMNS, |column| column.header != HAD_WRITTEN);
    let listed = of_columns(EARLIER, earlier, last);
    // The hidden sheet has a row for each row of every table.
    let prints = of_columns(PRINTS, (0..PRINT_COLUMNS).collect(), last.saturating_mul(2));
    tables.chain(listed).chain(prints).collect()
}
