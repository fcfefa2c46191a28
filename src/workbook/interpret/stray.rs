//! Reports rows of the table that are missing, too many, or do not answer a statement that was asked.

use super::asked::AskedTable;
use super::file_findings::{FileFindings, cells_of, quoted_cells};
use crate::core::finding::{Code, Subject};
use crate::core::ids::CriterionId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::form::ColumnKey;
use crate::response::Answer;
use crate::theme::Criterion;
use crate::workbook::file::book::{At, Value};

/// From this many on, consecutive rows that do not answer a statement are one finding, so that somebody's own list under the table is
/// reported once.
const FEWEST_OF_BLOCK: usize = 6;

/// How many rows may answer one statement before the rest are reported together. Up to here each is joined to the first.
pub(super) const MOST_FOR_ONE_STATEMENT: usize = 20;

/// Reports rows for one statement beyond the most that are read.
pub(super) fn report_rows_too_many(
    asked: &AskedTable<'_>,
    criterion: &Criterion,
    rows: &[u32],
    notes: &mut FileFindings,
) {
    let cells: Vec<(At, &Value)> = rows.iter().flat_map(|row| asked.filled_in(*row)).collect();
    let (Some(row), Some((at, _))) = (rows.first(), cells.first()) else { return };
    let sheet = &asked.table.sheet.name;
    let found = format!(
        "{} is answered in {} after the first {MOST_FOR_ONE_STATEMENT}; {} written there: {}",
        criterion.id,
        words::count(rows.len(), "more row"),
        words::are(cells.len(), "cell"),
        quoted_cells(&cells)
    );
    let remedy = "look at them in the file, and ask the agency which row counts; until then these do not".to_string();
    let place = notes.cell(sheet, *row, at.1);
    let subject = cells_of(sheet, &cells).on(&criterion.id);
    notes.add(Code::RowUnknown, place, subject, found, "one row a statement", remedy);
}

/// Reports rows that do not answer a statement asked of this agency, if somebody wrote in them: each by itself, or a block of them
/// together.
pub(super) fn report_stray_rows(asked: &AskedTable<'_>, rows: &[u32], notes: &mut FileFindings) {
    let filled: Vec<(u32, Vec<(At, &Value)>)> =
        rows.iter().map(|row| (*row, asked.filled_in(*row))).filter(|(_, cells)| !cells.is_empty()).collect();
    for block in filled.chunk_by(|(above, _), (below, _)| above + 1 == *below) {
        if block.len() >= FEWEST_OF_BLOCK {
            report_block(asked, block, notes);
        } else {
            block.iter().for_each(|(row, cells)| report_stray_row(asked, *row, cells, notes));
        }
    }
}

fn report_block(asked: &AskedTable<'_>, block: &[(u32, Vec<(At, &Value)>)], notes: &mut FileFindings) {
    let [(first, _), .., (last, _)] = block else { return };
    let sheet = &asked.table.sheet.name;
    let cells: Vec<(At, &Value)> = block.iter().flat_map(|(_, cells)| cells.iter().copied()).collect();
    let rows = format!("rows {} to {}", words::number(*first as usize + 1), words::number(*last as usize + 1));
    let found = format!(
        "{rows} do not answer a statement that this agency is asked; {} written there: {}",
        words::are(cells.len(), "cell"),
        quoted_cells(&cells)
    );
    let remedy =
        "look at them in the file, and ask the agency which statements they belong to; until then they do not count";
    let place = notes.cell(sheet, *first, cells.first().map_or(0, |(at, _)| at.1));
    let subject = cells_of(sheet, &cells);
    notes.add(Code::RowUnknown, place, subject, found, "answers beside the statements issued", remedy);
}

fn report_stray_row(asked: &AskedTable<'_>, row: u32, cells: &[(At, &Value)], notes: &mut FileFindings) {
    let (table, expected) = (asked.table, asked.expected);
    let Some((at, _)) = cells.first() else { return };
    let written_ref = table.column(ColumnKey::Ref).and_then(|column| table.sheet.value(row, column)).map(Value::text);
    let known =
        written_ref.as_ref().filter(|id| expected.theme.criterion(&CriterionId(id.trim().to_string())).is_some());
    let whose = match (known, &written_ref) {
        (Some(id), _) => format!("{} is not asked of this agency", id.trim()),
        (None, Some(id)) => format!("{} is not a statement of this round", quote(id)),
        (None, None) => "this row has no Ref and no statement of this round".to_string(),
    };
    let found = format!("{whose}; {} written in the row: {}", words::are(cells.len(), "cell"), quoted_cells(cells));
    let remedy = "ask the agency which statement it belongs to; until then it does not count".to_string();
    let place = notes.cell(&table.sheet.name, row, at.1);
    let subject = cells_of(&table.sheet.name, cells);
    notes.add(Code::RowUnknown, place, subject, found, "answers beside the statements issued", remedy);
}

/// Reports statements that have no row. Each is its own finding, because each can be answered.
pub(super) fn report_missing_rows(asked: &AskedTable<'_>, found: &[(CriterionId, Answer)], notes: &mut FileFindings) {
    let is_missing = |criterion: &&&Criterion| !found.iter().any(|(id, _)| *id == criterion.id);
    for criterion in asked.criteria.iter().filter(is_missing) {
        let message = format!("{} has no row", criterion.id);
        let remedy = format!("ask {} for the row that was deleted", asked.agency.name);
        let subject = Subject::default().on(&criterion.id);
        let place = notes.sheet(&asked.table.sheet.name);
        notes.add(Code::RowMissing, place, subject, message, "a row for each statement issued", remedy);
    }
}
