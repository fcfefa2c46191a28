//! Finds the table by its headers, wherever it is on its sheet; says which cells are jtai's own; reads the hidden rows as jtai wrote them.

use super::contract::{CHALLENGE_COLUMNS, ChallengeField, SHEET, WRITTEN, WRITTEN_COLUMNS};
use crate::core::hash::sha256_hex;
use crate::core::ids::{AgencyId, CriterionId};
use crate::workbook::contract::fold;
use crate::workbook::file::book::{Book, Sheet};

/// Where the table is on its sheet.
#[derive(Debug)]
pub(super) struct ChallengeColumnsFound {
    /// The row of its headers, counted from 0.
    pub header_row: u32,
    /// The columns that were found, each with its place.
    pub columns: Vec<(ChallengeField, u32)>,
}

impl ChallengeColumnsFound {
    /// Where a column is; `None` where it is gone.
    pub(super) fn at(&self, field: ChallengeField) -> Option<u32> {
        self.columns.iter().find(|(known, _)| *known == field).map(|(_, at)| *at)
    }
}

/// The sheet with this name.
pub(super) fn sheet<'b>(book: &'b Book, name: &str) -> Option<&'b Sheet> {
    book.sheets.iter().find(|sheet| fold(&sheet.name) == fold(name))
}

/// The table; `None` where no row has the headers Ref and Agency, without which no row can be told.
pub(super) fn columns(sheet: &Sheet) -> Option<ChallengeColumnsFound> {
    sheet.rows().iter().find_map(|(header_row, cells)| {
        let field = |text: String| {
            let is_it = |header: &str| fold(header) == fold(&text);
            CHALLENGE_COLUMNS.iter().find(|column| is_it(column.header)).map(|column| column.field)
        };
        let columns: Vec<_> =
            cells.iter().filter_map(|(at, value)| field(value.text()).map(|field| (field, *at))).collect();
        let found = ChallengeColumnsFound { header_row: *header_row, columns };
        let is_table = [ChallengeField::Ref, ChallengeField::Agency].iter().all(|field| found.at(*field).is_some());
        is_table.then_some(found)
    })
}

/// A row as jtai wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenRow {
    pub agency: AgencyId,
    /// The agency's name at that time.
    pub name: String,
    pub criterion: CriterionId,
    /// The self-rating, by its key.
    pub challenged: String,
    /// The hash of its given cells.
    pub print: String,
}

/// The hexadecimal digits of a hash that are kept: enough to tell rows apart.
const PRINT_DIGITS: usize = 16;

/// The hash of a row's given cells, in the order of the columns. White space does not count, because programs save it differently.
pub(super) fn print(cells: impl Iterator<Item = String>) -> String {
    let plain = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut print = sha256_hex(cells.map(plain).collect::<Vec<_>>().join("\n").as_bytes());
    print.truncate(PRINT_DIGITS);
    print
}

/// The rows as jtai wrote them; none where the hidden sheet is gone.
pub(super) fn written(book: &Book) -> Vec<WrittenRow> {
    let rows = sheet(book, WRITTEN).map(Sheet::text_rows).unwrap_or_default();
    let row = |(_, texts): (u32, Vec<String>)| match texts.as_slice() {
        [agency, name, criterion, challenged, print] => Some(WrittenRow {
            agency: AgencyId(agency.clone()),
            name: name.clone(),
            criterion: CriterionId(criterion.clone()),
            challenged: challenged.clone(),
            print: print.clone(),
        }),
        _ => None,
    };
    rows.into_iter().filter_map(row).collect()
}

/// The cells that jtai fills, as sheet, row and column counted from 0, for a table of up to this many rows. They are not searched for signs
/// of a child: what agencies wrote was searched when it was read, and a Ref beside a name can look like a date of birth. With a book, its
/// own table says where the columns are.
pub fn cells_given(most_rows: usize, of: Option<&Book>) -> Vec<(String, (u32, u32))> {
    // Twice the rows and some more: people move rows and put others between them.
    let last = u32::try_from(2 * most_rows + 50).unwrap_or(u32::MAX);
    let found = of.and_then(|book| columns(sheet(book, SHEET)?));
    let given = |(at, column): (u32, &super::contract::ChallengeColumn)| match &found {
        _ if column.field.is_input() => None,
        Some(found) => found.at(column.field),
        None => Some(at),
    };
    let of_column = |sheet: &'static str, at: u32| (0..last).map(move |row| (sheet.to_string(), (row, at)));
    let table = (0u32..).zip(&CHALLENGE_COLUMNS).filter_map(given).flat_map(|at| of_column(SHEET, at));
    table.chain((0..WRITTEN_COLUMNS).flat_map(|at| of_column(WRITTEN, at))).collect()
}
