//! Finds the self-assessment table in a workbook, with the meaning of each column.

use super::file_findings::{cells_of, quoted_cells};
use std::collections::BTreeSet;

use super::file_findings::FileFindings;
use super::identity;
use super::index::{Expected, RoundIndex};
use crate::core::finding::{Code, Subject};
use crate::core::quoting::quote;
use crate::core::words;
use crate::form::ColumnKey;
use crate::workbook::contract::{
    self, COLUMNS, Column, EntryKind, Format, HeaderKind, SELF_ASSESSMENT_SHEET, fold, is_label,
};
use crate::workbook::file::book::{At, Book, Sheet, Value};

/// A header row must name at least this many columns of the contract. Fewer could be a row of text with some of the words.
const FEWEST_HEADERS: usize = 4;

/// The same in a repair, where an agency's own table may have little more than a rating and a text.
const FEWEST_IN_REPAIR: usize = 2;

/// The most sheets that a finding names.
const MOST_SHEETS: usize = 20;

/// The table of a return.
pub(super) struct AnswerTable<'b> {
    /// The sheet that it is on.
    pub sheet: &'b Sheet,
    /// The row of its headers, counted from 0.
    pub header_row: u32,
    /// The columns that were found, counted from 0.
    pub columns: Vec<(ColumnKey, u32)>,
}

impl AnswerTable<'_> {
    /// Whether a column has no header at all. One with a header that was not issued is reported as a column.
    pub(super) fn is_outside(&self, column: u32) -> bool {
        self.sheet.value(self.header_row, column).is_none()
    }

    /// The columns to fill in.
    fn entered_columns(&self) -> Vec<(ColumnKey, u32)> {
        let entered = COLUMNS.iter().filter(|column| column.entry != EntryKind::Given);
        entered.filter_map(|column| Some((column.key, self.column(column.key)?))).collect()
    }

    /// Whether anything is filled in.
    fn is_filled(&self) -> bool {
        let columns = self.entered_columns();
        let is_entered = |at: u32| columns.iter().any(|(_, column)| *column == at);
        let below = self.sheet.cells.range((self.header_row + 1, 0)..);
        below.into_iter().any(|((_, column), value)| !value.is_blank() && is_entered(*column))
    }

    /// The filled cells as Ref (or statement), column and folded text, to compare two copies in which rows may have been moved.
    fn entries(&self) -> BTreeSet<(String, ColumnKey, String)> {
        let key = |row: u32| {
            let text = |key| self.column(key).and_then(|at| self.sheet.value(row, at)).map(Value::text);
            fold(&text(ColumnKey::Ref).or_else(|| text(ColumnKey::Statement)).unwrap_or_default())
        };
        let columns = self.entered_columns();
        let rows = self.sheet.rows().into_iter().filter(|(row, _)| *row > self.header_row);
        let cells = rows.flat_map(|(row, _)| columns.iter().map(move |(column, at)| (row, *column, *at)));
        cells
            .filter_map(|(row, column, at)| Some((key(row), column, fold(&self.sheet.value(row, at)?.text()))))
            .collect()
    }

    /// How many cells are filled in.
    fn filled(&self) -> usize {
        self.entries().len()
    }

    /// Whether everything filled in here is filled in there too.
    fn says_the_same(&self, other: &AnswerTable<'_>) -> bool {
        self.entries().is_subset(&other.entries())
    }

    /// The place of a column; `None` when it is missing.
    pub(super) fn column(&self, key: ColumnKey) -> Option<u32> {
        self.columns.iter().find(|(known, _)| *known == key).map(|(_, column)| *column)
    }
}

/// Finds the table: on the sheet of the issued name, or else on any sheet that has its headers and statements.
pub(super) fn find<'b>(book: &'b Book, expected: Expected<'_>, notes: &mut FileFindings) -> Option<AnswerTable<'b>> {
    let index = expected.index;
    let candidates: Vec<AnswerTable<'b>> = book.sheets.iter().filter_map(|sheet| table_in(sheet, expected)).collect();
    let is_named = |table: &AnswerTable<'_>| is_label(&table.sheet.name, SELF_ASSESSMENT_SHEET);
    // The sheet of the issued name, unless nothing is filled in there and something is on a copy.
    let named = candidates.iter().position(is_named).unwrap_or(0);
    let filled = candidates.iter().position(AnswerTable::is_filled);
    let chosen = filled.filter(|_| candidates.get(named).is_some_and(|table| !table.is_filled())).unwrap_or(named);
    let mut candidates = candidates.into_iter().enumerate().collect::<Vec<_>>();
    if candidates.is_empty() {
        let sheets: Vec<String> = book.sheets.iter().map(|sheet| quote(&sheet.name)).collect();
        let found = format!(
            "none of its sheets has the self-assessment table; they are {}",
            words::list_of_first(&sheets, MOST_SHEETS)
        );
        let remedy =
            "check that this is the workbook that was issued; if it is, ask for it to be sent again".to_string();
        let expected = format!("a sheet \"{SELF_ASSESSMENT_SHEET}\"");
        notes.add(Code::TableMissing, notes.file(), Subject::default(), found, &expected, remedy);
        return None;
    }
    let (_, table) = candidates.remove(chosen);
    if !is_named(&table) {
        let found = format!("the table is on the sheet {}", quote(&table.sheet.name));
        let remedy = "check that this is the table the agency means".to_string();
        let expected = format!("the sheet \"{SELF_ASSESSMENT_SHEET}\"");
        notes.add(
            Code::SheetRenamed,
            notes.sheet(&table.sheet.name),
            about_sheet(&table.sheet.name),
            found,
            &expected,
            remedy,
        );
    }
    for (_, copy) in candidates {
        let filled = copy.filled();
        let found = format!("the sheet {} has a second copy of the table, which was not read", quote(&copy.sheet.name));
        let (code, found) = match filled {
            0 => (Code::SheetCopied, format!("{found}; nothing is filled in there")),
            n if copy.says_the_same(&table) => (
                Code::SheetCopied,
                format!("{found}; what is filled in there ({}) is the same", words::count(n, "cell")),
            ),
            n => (
                Code::SheetsDiffer,
                format!("{found}; what is filled in there ({}) is not the same", words::count(n, "cell")),
            ),
        };
        let remedy = "ask the agency which one it means, and for one file with one table".to_string();
        notes.add(code, notes.sheet(&copy.sheet.name), about_sheet(&copy.sheet.name), found, "one table", remedy);
    }
    report_missing_columns(&table, identity::version(book), notes);
    report_other_columns(&table, index, notes);
    Some(table)
}

/// A finding about a sheet as a whole.
fn about_sheet(sheet: &str) -> Subject {
    Subject { written: sheet.to_string(), ..Subject::default() }
}

fn table_in<'b>(sheet: &'b Sheet, expected: Expected<'_>) -> Option<AnswerTable<'b>> {
    let index = expected.index;
    let fewest = if expected.is_repair { FEWEST_IN_REPAIR } else { FEWEST_HEADERS };
    let rows = sheet.rows();
    let (header_row, columns) = rows.iter().filter(|(_, cells)| cells.len() >= fewest).find_map(|(row, cells)| {
        let columns = columns_in(cells, expected);
        let has_rating = columns.iter().any(|(key, _)| *key == ColumnKey::Rating);
        // Without a rating it can be another of our sheets: guidance has a Ref and a statement too.
        (has_rating && columns.len() >= fewest).then_some((*row, columns))
    })?;
    let below = rows.iter().filter(|(row, _)| *row > header_row).flat_map(|(_, cells)| cells);
    let has_statement = below.into_iter().any(|(_, value)| {
        matches!(value, Value::Text(text) if index.by_ref(text).is_some() || index.by_words(text).is_some())
    });
    // In a repair the number of a Ref alone names a statement: see `AskedTable::criterion_of`.
    let has_statement = has_statement || expected.is_repair && columns.iter().any(|(key, _)| *key == ColumnKey::Ref);
    has_statement.then_some(AnswerTable { sheet, header_row, columns })
}

/// The columns that the cells of a row name as headers. The issued headers are taken first, and a synonym only for a column that is still
/// missing: a column "Date" that somebody added must not be taken for "By when".
fn columns_in(cells: &[(u32, &Value)], expected: Expected<'_>) -> Vec<(ColumnKey, u32)> {
    let index = expected.index;
    let likely = |text: &str| {
        let key = if expected.is_repair { contract::likely_header(text) } else { None };
        Some((key?, HeaderKind::Likely))
    };
    let headers: Vec<(u32, ColumnKey, HeaderKind)> = cells
        .iter()
        .filter_map(|(column, value)| match value {
            Value::Text(text) => header(text, index).or_else(|| likely(text)).map(|(key, kind)| (*column, key, kind)),
            _ => None,
        })
        .collect();
    let mut columns: Vec<(ColumnKey, u32)> = Vec::new();
    for wanted in [HeaderKind::Own, HeaderKind::Synonym, HeaderKind::Likely] {
        for (column, key, _) in headers.iter().filter(|(.., kind)| *kind == wanted) {
            if !columns.iter().any(|(known, at)| known == key || at == column) {
                columns.push((*key, *column));
            }
        }
    }
    columns
}

/// The column that a text names as a header of this round's table. The columns of a re-check count only in a round that follows an earlier
/// one.
fn header(text: &str, index: &RoundIndex) -> Option<(ColumnKey, HeaderKind)> {
    contract::header(text).filter(|(key, _)| index.goes_on || !ColumnKey::RECHECK.contains(key))
}

/// Reports the columns that were issued and are not there. `version` is that of the workbook. If it is lost, the workbook is taken for the
/// oldest that it could be, which is as old as the newest of its columns.
fn report_missing_columns(table: &AnswerTable<'_>, version: Option<Format>, notes: &mut FileFindings) {
    let version = version.or_else(|| table.columns.iter().map(|(key, _)| contract::column(*key).since).max());
    let was_issued = |column: &&Column| version.is_some_and(|version| column.since <= version);
    for column in COLUMNS.iter().filter(was_issued).filter(|column| table.column(column.key).is_none()) {
        let found = format!("the table has no column {}", quote(column.name()));
        let remedy = "ask the agency what happened to it; it may have a different header".to_string();
        let subject = Subject::default().in_field(column.key);
        let expected = "every column that was issued";
        notes.add(Code::ColumnMissing, notes.sheet(&table.sheet.name), subject, found, expected, remedy);
    }
}

/// Reports the columns that were not issued, or are there twice.
fn report_other_columns(table: &AnswerTable<'_>, index: &RoundIndex, notes: &mut FileFindings) {
    let header_cells = table.sheet.cells.range((table.header_row, 0)..(table.header_row + 1, 0));
    for ((row, column), value) in header_cells.filter(|(_, value)| !value.is_blank()) {
        if table.columns.iter().any(|(_, known)| known == column) {
            continue;
        }
        let cells =
            table.sheet.cells.iter().filter(|((other, at), value)| at == column && other > row && !value.is_blank());
        let below: Vec<(At, &Value)> = cells.map(|(at, value)| (*at, value)).collect();
        let is_double = matches!(value, Value::Text(text) if header(text, index).is_some());
        let is = if is_double { "is there twice" } else { "was not issued" };
        let found = match below.len() {
            0 => format!("the column {} {is}; nothing is under it", quote(&value.text())),
            n => format!(
                "the column {} {is}; {} under it {} not count as {}: {}",
                quote(&value.text()),
                words::count(n, "cell"),
                if n == 1 { "does" } else { "do" },
                if n == 1 { "an answer" } else { "answers" },
                quoted_cells(&below)
            ),
        };
        let remedy = "read it in the file, and ask the agency to move what matters into the columns that were issued"
            .to_string();
        let place = notes.cell(&table.sheet.name, *row, *column);
        let subject = Subject { written: value.text(), ..cells_of(&table.sheet.name, &below) };
        notes.add(Code::ColumnUnknown, place, subject, found, "only the columns that were issued", remedy);
    }
}
