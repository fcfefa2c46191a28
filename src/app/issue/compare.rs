//! Compares two workbooks: whether they say the same to people, and in which fields they differ.

use crate::form::StartField;
use crate::workbook::contract::{METADATA_SHEET, START_SHEET};
use crate::workbook::file::book::Book;
use crate::workbook::file::{read, scan};

/// A field of the first sheet that has changed.
pub(super) struct FieldChange {
    /// The field.
    pub field: StartField,
    /// What it said.
    pub was: String,
    /// What it says now.
    pub now: String,
}

/// Whether a file that is there, if one is, says the same as a workbook made now.
pub(super) fn is_same(on_disk: Option<&[u8]>, fresh: &[u8]) -> bool {
    on_disk.is_some_and(|on_disk| on_disk == fresh) || is_same_content(on_disk, fresh)
}

/// Whether two workbooks have the same cells, even if their bytes differ: Excel may have saved one, or a newer jtai may write it
/// differently.
pub(super) fn is_same_content(on_disk: Option<&[u8]>, fresh: &[u8]) -> bool {
    let cells = |bytes: &[u8]| {
        contents(bytes).map(|book| book.sheets.into_iter().map(|s| (s.name, s.cells)).collect::<Vec<_>>())
    };
    on_disk.is_some_and(|on_disk| cells(on_disk).is_some_and(|was| Some(was) == cells(fresh)))
}

/// The sheets that people see; `None` if the workbook cannot be read.
pub(super) fn contents(bytes: &[u8]) -> Option<Book> {
    let mut book = read::read(scan::kind(bytes).ok()?, bytes, &[]).ok()?;
    // The very-hidden sheet is for jtai: a newer version may write it differently although people see the same workbook.
    book.sheets.retain(|sheet| sheet.name != METADATA_SHEET);
    Some(book)
}

/// The fields of the first sheet that differ.
pub(super) fn changes(on_disk: &[u8], fresh: &[u8]) -> Vec<FieldChange> {
    let (Some(was), Some(now)) = (contents(on_disk), contents(fresh)) else { return Vec::new() };
    let of = |book: &Book, label: &str| {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == START_SHEET)?;
        let row = sheet.cells.iter().find(|((_, column), value)| *column == 0 && value.text() == label)?.0.0;
        sheet.value(row, 1).map(|value| value.text())
    };
    let change = |field: StartField| {
        let label = field.label();
        let (was, now) = (of(&was, label).unwrap_or_default(), of(&now, label).unwrap_or_default());
        (was != now).then_some(FieldChange { field, was, now })
    };
    let fields = StartField::ALL.into_iter().filter(|field| !field.is_entered() && *field != StartField::ReturnCode);
    fields.filter_map(change).collect()
}
