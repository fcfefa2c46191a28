//! Finds the self-assessment table in a workbook, and what each of its columns is.

use super::super::book::{Book, Sheet, Value};
use super::super::layout::{self, COLUMNS, ColumnKey, HeaderKind, SELF_ASSESSMENT_SHEET, is_label};
use super::{Known, Notes};
use crate::diagnostic::{Code, quote};
use crate::words;

/// A header row must name at least this many columns of the contract, so that a sentence with one of its words is none.
const FEWEST_HEADERS: usize = 4;

/// The table of a return.
pub(super) struct Table<'b> {
    /// The sheet it stands in.
    pub sheet: &'b Sheet,
    /// The row of its headers, counted from 0.
    pub header_row: u32,
    /// The columns that were found, counted from 0.
    pub columns: Vec<(ColumnKey, u32)>,
}

impl Table<'_> {
    /// Whether a column holds neither an entry of the contract nor anything under a header of its own.
    pub fn is_outside(&self, column: u32) -> bool {
        self.sheet.value(self.header_row, column).is_none()
    }

    /// Where a column stands; `None` when it is missing.
    pub fn column(&self, key: ColumnKey) -> Option<u32> {
        self.columns.iter().find(|(known, _)| *known == key).map(|(_, column)| *column)
    }
}

/// Finds the table: on the sheet of the issued name, else on one that has its headers and statements.
pub(super) fn find<'b>(book: &'b Book, known: &Known, notes: &mut Notes) -> Option<Table<'b>> {
    let candidates: Vec<Table<'b>> = book.sheets.iter().filter_map(|sheet| table_in(sheet, known)).collect();
    let is_named = |table: &Table<'_>| is_label(&table.sheet.name, SELF_ASSESSMENT_SHEET);
    let chosen = candidates.iter().position(is_named).unwrap_or(0);
    let mut candidates = candidates.into_iter().enumerate().collect::<Vec<_>>();
    if candidates.is_empty() {
        let sheets: Vec<String> = book.sheets.iter().map(|sheet| quote(&sheet.name)).collect();
        let found = format!("no sheet holds the self-assessment table; the sheets are {}", words::list(&sheets));
        let remedy = "check that this is the workbook that was issued; if it is, ask for it again".to_string();
        notes.add(Code::TableMissing, notes.file(), found, &format!("a sheet \"{SELF_ASSESSMENT_SHEET}\""), remedy);
        return None;
    }
    let (_, table) = candidates.remove(chosen);
    if !is_named(&table) {
        let found = format!("the table stands on the sheet {}", quote(&table.sheet.name));
        let remedy = "check that it is the one the agency means".to_string();
        notes.add(
            Code::SheetRenamed,
            notes.sheet(&table.sheet.name),
            found,
            &format!("the sheet \"{SELF_ASSESSMENT_SHEET}\""),
            remedy,
        );
    }
    for (_, copy) in candidates {
        let found =
            format!("the sheet {} holds a second copy of the table, which was left aside", quote(&copy.sheet.name));
        let remedy = "check that nothing was filled in only there".to_string();
        notes.add(Code::SheetCopied, notes.sheet(&copy.sheet.name), found, "one table", remedy);
    }
    report_columns(&table, notes);
    Some(table)
}

fn table_in<'b>(sheet: &'b Sheet, known: &Known) -> Option<Table<'b>> {
    let rows = sheet.rows();
    let (header_row, columns) =
        rows.iter().filter(|(_, cells)| cells.len() >= FEWEST_HEADERS).find_map(|(row, cells)| {
            let columns = columns_in(cells);
            let has_rating = columns.iter().any(|(key, _)| *key == ColumnKey::Rating);
            (has_rating && columns.len() >= FEWEST_HEADERS).then_some((*row, columns))
        })?;
    let below = rows.iter().filter(|(row, _)| *row > header_row).flat_map(|(_, cells)| cells);
    let has_statement = below.into_iter().any(|(_, value)| {
        matches!(value, Value::Text(text) if known.by_ref(text).is_some() || known.by_words(text).is_some())
    });
    has_statement.then_some(Table { sheet, header_row, columns })
}

/// What the cells of a row name as headers: the issued ones first, and a synonym only for what is still missing, so that an
/// added "Date" does not pass for "By when".
fn columns_in(cells: &[(u32, &Value)]) -> Vec<(ColumnKey, u32)> {
    let headers: Vec<(u32, ColumnKey, HeaderKind)> = cells
        .iter()
        .filter_map(|(column, value)| match value {
            Value::Text(text) => layout::header(text).map(|(key, kind)| (*column, key, kind)),
            _ => None,
        })
        .collect();
    let mut columns: Vec<(ColumnKey, u32)> = Vec::new();
    for wanted in [HeaderKind::Own, HeaderKind::Synonym] {
        for (column, key, _) in headers.iter().filter(|(.., kind)| *kind == wanted) {
            if !columns.iter().any(|(known, at)| known == key || at == column) {
                columns.push((*key, *column));
            }
        }
    }
    columns
}

fn report_columns(table: &Table<'_>, notes: &mut Notes) {
    let missing: Vec<String> =
        COLUMNS.iter().filter(|column| table.column(column.key).is_none()).map(|column| quote(column.header)).collect();
    if !missing.is_empty() {
        let found = format!("the table has no column {}", words::list(&missing));
        let remedy = "ask the agency what became of it; what it held is not in this file".to_string();
        notes.add(Code::ColumnMissing, notes.sheet(&table.sheet.name), found, "every column that was issued", remedy);
    }
    let header_cells = table.sheet.cells.range((table.header_row, 0)..(table.header_row + 1, 0));
    for ((row, column), value) in header_cells.filter(|(_, value)| !value.is_blank()) {
        if table.columns.iter().any(|(_, known)| known == column) {
            continue;
        }
        let below = table.sheet.cells.keys().filter(|(other, at)| at == column && other > row).count();
        let found = format!(
            "the column {} is none that was issued; {} under it {} in no report",
            quote(&value.text()),
            words::count(below, "cell"),
            if below == 1 { "is" } else { "are" }
        );
        let remedy = "read it in the file, and ask the agency to move what matters into the columns issued".to_string();
        notes.add(
            Code::ColumnUnknown,
            notes.cell(&table.sheet.name, *row, *column),
            found,
            "only the columns issued",
            remedy,
        );
    }
}
