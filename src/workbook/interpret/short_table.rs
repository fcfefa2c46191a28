//! Finds the table of an agency's own headlines in a workbook. It is optional, and workbooks before version 1.3 have no such sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::file_findings::{FileFindings, cells_of, quoted_cells};
use crate::core::finding::{Code, Subject, WrittenCell};
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{HeadlineCell, HeadlineColumn, HeadlineKind, HeadlineSlot};
use crate::workbook::contract::{EXAMPLE_REF, IN_SHORT_SHEET, SHEETS, fold, headline_column, headline_kind, is_label};
use crate::workbook::file::book::{At, Book, Sheet, Value, cell_name};

/// The table on one sheet.
pub(super) struct ShortTable<'b> {
    /// The sheet.
    pub sheet: &'b Sheet,
    /// The row of its headers, counted from 0.
    pub header_row: u32,
    /// The columns that were found, counted from 0.
    pub columns: Vec<(HeadlineColumn, u32)>,
    /// The rows whose kind is known, counted from 0.
    pub rows: BTreeMap<u32, HeadlineSlot>,
}

/// The table that is read, with its copies.
pub(super) struct ShortTables<'b> {
    /// The one that is read.
    pub chosen: ShortTable<'b>,
    /// Copies, which are not read.
    pub copies: Vec<ShortTable<'b>>,
}

impl<'b> ShortTable<'b> {
    /// Where a column is; `None` where it is missing.
    pub(super) fn column(&self, key: HeadlineColumn) -> Option<u32> {
        self.columns.iter().find(|(known, _)| *known == key).map(|(_, at)| *at)
    }

    /// Whether a cell is under one of the headers.
    pub(super) fn has(&self, (row, column): At) -> bool {
        row > self.header_row && self.columns.iter().any(|(_, at)| *at == column)
    }

    /// The headline cell at a place; `None` beside the table, and in a row whose kind is not known.
    pub(super) fn cell(&self, (row, column): At) -> Option<HeadlineCell> {
        let slot = self.rows.get(&row)?;
        let (key, _) = self.columns.iter().find(|(_, at)| *at == column)?;
        Some(HeadlineCell { slot: *slot, column: *key })
    }

    /// A cell as the subject of a finding.
    pub(super) fn subject(&self, at: At, written: Written) -> Subject {
        let field = self.cell(at).map(Into::into);
        let cell = cell_name(at.0, at.1);
        Subject::of_cell(WrittenCell { sheet: self.sheet.name.clone(), cell, field, written })
    }

    /// The filled cells of the columns that the agency fills in.
    pub(super) fn filled(&self) -> Vec<(At, &'b Value)> {
        let is_entered = |at: &At| self.has(*at) && self.column(HeadlineColumn::Kind) != Some(at.1);
        let cells = self.sheet.cells.iter().filter(|(at, value)| is_entered(at) && !value.is_blank());
        cells.map(|(at, value)| (*at, value)).collect()
    }

    /// The filled cells as slot, column and folded text, to compare two copies.
    fn entries(&self) -> BTreeSet<(Option<HeadlineCell>, String)> {
        self.filled().into_iter().map(|(at, value)| (self.cell(at), fold(&value.text()))).collect()
    }

    fn on(sheet: &'b Sheet) -> Option<ShortTable<'b>> {
        let rows = sheet.rows();
        let (header_row, columns) = rows.iter().find_map(|(row, cells)| {
            let columns = columns_in(cells);
            let has = |key| columns.iter().any(|(known, _)| *known == key);
            (has(HeadlineColumn::Kind) && has(HeadlineColumn::Line)).then_some((*row, columns))
        })?;
        let mut table = ShortTable { sheet, header_row, columns, rows: BTreeMap::new() };
        let mut counted = [0; HeadlineKind::ALL.len()];
        let kind_at = table.column(HeadlineColumn::Kind)?;
        for (row, _) in rows.iter().filter(|(row, _)| *row > header_row) {
            let Some(Value::Text(text)) = sheet.value(*row, kind_at) else { continue };
            let Some(kind) = headline_kind(text).map(|reading| reading.kind()) else { continue };
            // Rows may have been sorted or added, so the number of a line is its place among those of its kind.
            counted[kind as usize] += 1;
            table.rows.insert(*row, HeadlineSlot { kind, number: counted[kind as usize] });
        }
        // The worked example has the same headers. It must not be read as headlines, on whatever sheet somebody pasted it.
        let reference = table.column(HeadlineColumn::Ref);
        let is_example =
            |row: &u32| reference.and_then(|at| sheet.value(*row, at)).is_some_and(|value| value.text() == EXAMPLE_REF);
        (!table.rows.is_empty() && !table.rows.keys().any(is_example)).then_some(table)
    }
}

fn columns_in(cells: &[(u32, &Value)]) -> Vec<(HeadlineColumn, u32)> {
    let mut columns: Vec<(HeadlineColumn, u32)> = Vec::new();
    for (at, value) in cells {
        let Value::Text(text) = value else { continue };
        if let Some(key) = headline_column(text).filter(|key| !columns.iter().any(|(known, _)| known == key)) {
            columns.push((key, *at));
        }
    }
    columns
}

/// Finds the table. The sheet of the issued name counts, unless it is empty and a copy is filled in; without such a sheet, any that has the
/// headers and kinds. Copies in which something is written are reported.
pub(super) fn find<'b>(book: &'b Book, notes: &mut FileFindings) -> Option<ShortTables<'b>> {
    let is_for_it = |sheet: &&Sheet| {
        let issued = SHEETS.into_iter().find(|name| is_label(&sheet.name, name));
        // Not our other sheets: the worked example shows such a table.
        issued.is_none_or(|name| name == IN_SHORT_SHEET)
    };
    let mut tables: Vec<ShortTable<'b>> = book.sheets.iter().filter(is_for_it).filter_map(ShortTable::on).collect();
    let is_named = |table: &ShortTable<'_>| is_label(&table.sheet.name, IN_SHORT_SHEET);
    let is_filled = |table: &ShortTable<'_>| !table.filled().is_empty();
    let named = tables.iter().position(is_named).unwrap_or(0);
    let filled = tables.iter().position(is_filled);
    let chosen = filled.filter(|_| tables.get(named).is_some_and(|table| !is_filled(table))).unwrap_or(named);
    if tables.is_empty() {
        return None;
    }
    let (chosen, copies) = (tables.remove(chosen), tables);
    if !is_named(&chosen) && is_filled(&chosen) {
        let name = &chosen.sheet.name;
        let found = format!("the lines in short are on the sheet {}", quote(name));
        let remedy = "check that these are the lines the agency means".to_string();
        let expected = format!("the sheet \"{IN_SHORT_SHEET}\"");
        notes.add(Code::SheetRenamed, notes.sheet(name), about_sheet(name), found, &expected, remedy);
    }
    copies.iter().for_each(|copy| report_copy(copy, &chosen, notes));
    Some(ShortTables { chosen, copies })
}

fn report_copy(copy: &ShortTable<'_>, chosen: &ShortTable<'_>, notes: &mut FileFindings) {
    let filled = copy.filled();
    if filled.is_empty() {
        return;
    }
    let name = &copy.sheet.name;
    let found = format!("the sheet {} has a second copy of the lines in short, which was not read", quote(name));
    let (code, found, cells) = match copy.entries().is_subset(&chosen.entries()) {
        true => (Code::SheetCopied, format!("{found}; what is written there is the same"), Subject::default()),
        false => {
            let what = words::are(filled.len(), "cell");
            let found = format!("{found}; {what} written there: {}", quoted_cells(&filled));
            (Code::SheetsDiffer, found, cells_of(name, &filled))
        }
    };
    let remedy = "ask the agency which one it means, and for one file with one table".to_string();
    let subject = Subject { written: name.clone(), ..cells };
    notes.add(code, notes.sheet(name), subject, found, "one table of lines in short", remedy);
}

/// A finding about a sheet as a whole.
fn about_sheet(sheet: &str) -> Subject {
    Subject { written: sheet.to_string(), ..Subject::default() }
}
