//! What an agency wrote outside the cells that were issued for it: no report shows it, so it is named.

use super::super::book::{Book, Value};
use super::super::layout::{SELF_ASSESSMENT_SHEET, SHEETS, fold};
use super::Notes;
use super::table::Table;
use crate::diagnostic::{Code, quote};
use crate::round::Agency;
use crate::words;

/// Reports cells beside the table and sheets that were not issued. Rows under the table are the table's own matter.
pub(super) fn report(book: &Book, table: &Table<'_>, agency: &Agency, notes: &mut Notes) {
    let is_beside = |row: u32, column: u32| row > table.header_row && table.is_outside(column);
    let cells = table.sheet.cells.iter().filter(|(_, value)| !value.is_blank());
    let beside: Vec<((u32, u32), &Value)> =
        cells.filter(|((row, column), _)| is_beside(*row, *column)).map(|(at, value)| (*at, value)).collect();
    if let Some(((row, column), value)) = beside.first() {
        let place = notes.cell(&table.sheet.name, *row, *column);
        let found =
            format!("{} written beside the table, first {}", words::are(beside.len(), "cell"), quote(&value.text()));
        add(notes, place, found, agency);
    }
    // The table's own sheet is the one that was found; another of its name is a copy.
    let issued: Vec<String> =
        SHEETS.iter().filter(|name| **name != SELF_ASSESSMENT_SHEET).map(|name| fold(name)).collect();
    for sheet in
        book.sheets.iter().filter(|sheet| !issued.contains(&fold(&sheet.name)) && sheet.name != table.sheet.name)
    {
        let filled = sheet.cells.values().filter(|value| !value.is_blank()).count();
        if filled > 0 {
            let found = format!(
                "{} written on the sheet {}, which was not issued",
                words::are(filled, "cell"),
                quote(&sheet.name)
            );
            add(notes, notes.sheet(&sheet.name), found, agency);
        }
    }
}

fn add(notes: &mut Notes, place: crate::diagnostic::Place, found: String, agency: &Agency) {
    let remedy = format!("read it in the file; if it is an answer, ask {} to put it beside its statement", agency.name);
    notes.add(
        Code::WrittenElsewhere,
        place,
        found,
        "answers in the white cells; what stands elsewhere is in no report",
        remedy,
    );
}
