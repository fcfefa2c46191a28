//! The findings of one file, as they are noted while it is read.

use crate::core::finding::{Code, Finding, Place, Subject, WrittenCell};
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{Field, StartField};
use crate::round::Agency;
use crate::workbook::contract::{START_SHEET, is_label};
use crate::workbook::file::book::{At, Book, Value, cell_name};

/// The findings of one file while it is read.
pub(super) struct FileFindings {
    pub file: String,
    pub sha256: String,
    pub agency: Option<AgencyId>,
    pub findings: Vec<Finding>,
}

impl FileFindings {
    /// Adds a finding about something in the file; whose it is, and which file, is known here.
    pub(super) fn add(
        &mut self,
        code: Code,
        place: Place,
        subject: Subject,
        found: String,
        expected: &str,
        remedy: String,
    ) {
        let mut finding = Finding::new(code, place, found, expected, remedy);
        finding.subject = Subject { agency: self.agency.clone(), sha256: Some(self.sha256.clone()), ..subject };
        self.findings.push(finding);
    }

    /// Adds a finding about the one cell of its subject.
    pub(super) fn add_here(&mut self, code: Code, subject: Subject, found: String, expected: &str, remedy: String) {
        let place = match subject.cells.first() {
            Some(cell) => Place::cell(&self.file, &cell.sheet, &cell.cell),
            None => self.file(),
        };
        self.add(code, place, subject, found, expected, remedy);
    }

    /// Adds a finding about something that no report shows.
    pub(super) fn add_elsewhere(&mut self, place: Place, subject: Subject, found: String, agency: &Agency) {
        let remedy =
            format!("read it in the file; if it is an answer, ask {} to put it beside its statement", agency.name);
        let expected = "answers in the white cells; what stands elsewhere is in no report";
        self.add(Code::WrittenElsewhere, place, subject, found, expected, remedy);
    }

    pub(super) fn file(&self) -> Place {
        Place::file(&self.file)
    }

    pub(super) fn sheet(&self, sheet: &str) -> Place {
        Place::sheet(&self.file, sheet)
    }

    pub(super) fn cell(&self, sheet: &str, row: u32, column: u32) -> Place {
        Place::cell(&self.file, sheet, cell_name(row, column))
    }
}

/// A field of the first sheet with what is written beside its label.
pub(super) fn start_subject(field: StartField, (sheet, cell): (String, String), value: &Value) -> Subject {
    Subject::of_cell(WrittenCell { sheet, cell, field: Some(field.into()), written: in_cell(value) })
}

/// What is written in a cell that holds this.
pub(super) fn in_cell(value: &Value) -> Written {
    match value {
        Value::Unreadable(why) => Written::Unreadable(why.clone()),
        Value::HeldBack => Written::HeldBack,
        _ => Written::from(value.text().as_str()),
    }
}

/// The value beside a label of the first sheet, with its cell's name; on any sheet when the first one was renamed.
pub(super) fn start_value(book: &Book, field: StartField) -> Option<((String, String), &Value)> {
    let label = field.label();
    let named = book.sheets.iter().filter(|sheet| is_label(&sheet.name, START_SHEET));
    let others = book.sheets.iter().filter(|sheet| !is_label(&sheet.name, START_SHEET));
    named.chain(others).find_map(|sheet| {
        let ((row, column), value) = sheet.beside(label)??;
        Some(((sheet.name.clone(), cell_name(row, column)), value))
    })
}

/// The field of the first sheet that a cell holds; `None` for any other cell.
pub(super) fn start_field(book: &Book, sheet: &str, cell: &str) -> Option<Field> {
    let is_it = |field: &StartField| {
        start_value(book, *field).is_some_and(|((at_sheet, at_cell), _)| at_sheet == sheet && at_cell == cell)
    };
    StartField::ALL.into_iter().find(is_it).map(Field::from)
}

/// The most cells whose texts one finding quotes.
const MOST_QUOTED: usize = 8;

/// Cells with their texts: `D9 "a", D10 "b" and 3 more`.
pub(super) fn quoted_cells(cells: &[(At, &Value)]) -> String {
    let named = |(at, value): &(At, &Value)| format!("{} {}", cell_name(at.0, at.1), quote(&value.text()));
    let mut texts: Vec<String> = cells.iter().take(MOST_QUOTED).map(named).collect();
    if cells.len() > MOST_QUOTED {
        texts.push(format!("{} more", cells.len() - MOST_QUOTED));
    }
    words::list(&texts)
}

/// Cells of a sheet as what a finding is about.
pub(super) fn cells_of(sheet: &str, cells: &[(At, &Value)]) -> Subject {
    let cell = |(at, value): &(At, &Value)| WrittenCell {
        sheet: sheet.to_string(),
        cell: cell_name(at.0, at.1),
        field: None,
        written: in_cell(value),
    };
    Subject::default().with_cells(cells.iter().map(cell).collect())
}
