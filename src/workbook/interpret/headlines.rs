//! Reads an agency's own headlines row by row, with the findings about them. The sheet is optional: an empty row is not a finding.

use super::asked::AskedTable;
use super::file_findings::{FileFindings, cells_of, in_cell, quoted_cells};
use super::short_table::ShortTable;
use super::texts::{TextPlace, report_error, report_struck_out, stated};
use crate::core::finding::{Code, Subject};
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{HeadlineColumn, HeadlineSlot};
use crate::response::HeadlineEntry;
use crate::workbook::contract::{IN_SHORT_SHEET, KindReading, LONGEST_HEADLINE, headline_kind};
use crate::workbook::file::book::{At, Value, cell_name};

/// How many lines of one kind are read. Any more are reported together.
const MOST_OF_KIND: u32 = 20;

/// A row of the table.
#[derive(Clone, Copy)]
struct LineRow<'a> {
    asked: &'a AskedTable<'a>,
    table: &'a ShortTable<'a>,
    row: u32,
    slot: HeadlineSlot,
}

impl<'a> LineRow<'a> {
    fn value(&self, key: HeadlineColumn) -> Option<&'a Value> {
        self.table.column(key).and_then(|at| self.table.sheet.value(self.row, at))
    }

    fn cell(&self, key: HeadlineColumn) -> String {
        self.table.column(key).map_or(String::new(), |at| cell_name(self.row, at))
    }

    /// The cell of a column with its text, as the subject of a finding.
    fn subject(&self, key: HeadlineColumn) -> Subject {
        let at = self.table.column(key).unwrap_or_default();
        self.table.subject((self.row, at), self.value(key).map(in_cell).unwrap_or_default())
    }

    fn agency(&self) -> &'a str {
        &self.asked.agency.name
    }
}

/// Reads every row of the table of headlines.
pub(super) fn entries(asked: &AskedTable<'_>, notes: &mut FileFindings) -> Vec<HeadlineEntry> {
    let Some(table) = asked.short else { return Vec::new() };
    report_rows_of_no_kind(asked, table, notes);
    let rows = table.rows.iter().filter(|(_, slot)| slot.number <= MOST_OF_KIND);
    rows.map(|(row, slot)| entry(LineRow { asked, table, row: *row, slot: *slot }, notes)).collect()
}

/// Reports what is written in rows whose kind is lost, and in rows beyond the most that are read.
fn report_rows_of_no_kind(asked: &AskedTable<'_>, table: &ShortTable<'_>, notes: &mut FileFindings) {
    let is_read = |row: u32| table.rows.get(&row).is_some_and(|slot| slot.number <= MOST_OF_KIND);
    let cells = table.sheet.cells.iter().filter(|(at, value)| table.has(**at) && !is_read(at.0) && !value.is_blank());
    let cells: Vec<(At, &Value)> = cells.map(|(at, value)| (*at, value)).collect();
    let Some((at, _)) = cells.first() else { return };
    let found = format!(
        "{} written in rows of this table that are not read as lines in short: {}",
        words::are(cells.len(), "cell"),
        quoted_cells(&cells)
    );
    let place = notes.cell(&table.sheet.name, at.0, at.1);
    notes.add_elsewhere(place, cells_of(&table.sheet.name, &cells), found, asked.agency);
}

fn entry(line: LineRow<'_>, notes: &mut FileFindings) -> HeadlineEntry {
    report_kind(line, notes);
    let written = text(line, HeadlineColumn::Line, notes);
    let reference = text(line, HeadlineColumn::Ref, notes);
    let asked = line.asked;
    let named = asked.expected.index.by_ref(reference.text());
    // A statement that only other agencies were asked does not count: this agency has no rating to show beside the line.
    let own = named.and_then(|id| asked.criteria.iter().find(|criterion| criterion.id == *id));
    let entry = HeadlineEntry {
        slot: line.slot,
        criterion: own.map(|criterion| criterion.id.clone()),
        reference,
        line: written,
        sheet: line.table.sheet.name.clone(),
        cell: line.cell(HeadlineColumn::Line),
        reference_cell: line.cell(HeadlineColumn::Ref),
        taken: None,
    };
    report_line(line, &entry, notes);
    report_reference(line, &entry, notes);
    entry
}

/// Reports words that somebody wrote behind the kind of a line.
fn report_kind(line: LineRow<'_>, notes: &mut FileFindings) {
    let key = HeadlineColumn::Kind;
    let Some(Value::Text(text)) = line.value(key) else { return };
    if matches!(headline_kind(text), Some(KindReading::Extended(_))) {
        let found = format!("the kind of this line was written over with {}", quote(text));
        let place = notes.cell(&line.table.sheet.name, line.row, line.table.column(key).unwrap_or_default());
        notes.add_elsewhere(place, line.subject(key), found, line.asked.agency);
    }
}

/// The text of a cell.
fn text(line: LineRow<'_>, key: HeadlineColumn, notes: &mut FileFindings) -> Written {
    let Some(value) = line.value(key) else { return Written::Nothing };
    let place = TextPlace { header: key.header(), subject: line.subject(key), agency: line.agency() };
    let at = line.table.column(key).unwrap_or_default();
    if line.table.sheet.extras.struck.contains(&(line.row, at)) {
        report_struck_out(Some(value), line.subject(key), line.agency(), notes);
    }
    if let Value::Error(_) | Value::Unreadable(_) = value {
        report_error(value, &place, notes);
        return in_cell(value);
    }
    stated(in_cell(value), &place, notes)
}

fn report_line(line: LineRow<'_>, entry: &HeadlineEntry, notes: &mut FileFindings) {
    let length = entry.line.text().trim().chars().count();
    if length > LONGEST_HEADLINE {
        let found = format!("this line in short has {length} characters: {}", quote(entry.line.text()));
        let remedy = format!("ask {} for a shorter line; until then it is kept whole", line.agency());
        let expected = format!("at most {LONGEST_HEADLINE} characters");
        notes.add_here(Code::HeadlineLong, line.subject(HeadlineColumn::Line), found, &expected, remedy);
    }
    if entry.slot.number > entry.slot.kind.lines() && !entry.line.is_nothing() {
        let found = format!("this is line {} under {}", entry.slot.number, quote(entry.slot.kind.label()));
        let remedy = "nothing to do: it is read like the others".to_string();
        let expected = format!("at most {}", words::count(entry.slot.kind.lines() as usize, "line"));
        notes.add_here(Code::HeadlineSurplus, line.subject(HeadlineColumn::Line), found, &expected, remedy);
    }
}

fn report_reference(line: LineRow<'_>, entry: &HeadlineEntry, notes: &mut FileFindings) {
    let reference = || line.subject(HeadlineColumn::Ref);
    if entry.reference.is_said() && entry.criterion.is_none() {
        let found =
            format!("{} is not the Ref of a statement that this agency is asked", quote(entry.reference.text()));
        let remedy = format!("ask {} which statement the line is about; until then it belongs to none", line.agency());
        let expected = "one of the agency's own statements, or an empty cell";
        notes.add_here(Code::HeadlineRefUnknown, reference(), found, expected, remedy);
    }
    let is_unplaced = entry.slot.kind.is_of_statement() && !entry.line.is_nothing() && entry.reference.is_nothing();
    if is_unplaced {
        let found = "this line in short has no Ref, so no rating can be shown beside it".to_string();
        let remedy = "nothing to do: the line is kept".to_string();
        let subject = line.subject(HeadlineColumn::Line);
        notes.add_here(Code::HeadlineUnplaced, subject, found, "the Ref of a statement", remedy);
    }
    if entry.line.is_nothing() && !entry.reference.is_nothing() {
        let found = format!(
            "{} is chosen on the sheet {IN_SHORT_SHEET}, but there is no line beside it",
            quote(&entry.reference.shown())
        );
        let remedy = "nothing to do".to_string();
        notes.add_here(Code::HeadlineUnwritten, reference(), found, "a line, or an empty row", remedy);
    }
}
