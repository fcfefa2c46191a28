//! What a filled workbook means: a [`Book`] in, a [`Response`] with its findings out.
//!
//! Sheets, columns and rows are found by what they are (name, header, Ref), never by position. Nothing written becomes
//! "blank": what cannot be read is quoted and asked about, with its cell.

mod identity;
mod rows;
mod table;

use jiff::civil::Date;

use super::book::{Book, Sheet, Value, cell_name};
use super::layout::{START_SHEET, StartField, fold};
use crate::diagnostic::{Checked, Code, Diagnostic, Place, quote};
use crate::response::{Response, ReturnFile};
use crate::round::{Agency, Round};
use crate::theme::Theme;

/// What a return is read against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The round that the return should belong to.
    pub round: &'a Round,
    /// The theme as frozen in that round.
    pub theme: &'a Theme,
}

/// Reads one return. The output is `None` when the workbook is of another round, no agency can be told, or it has no table;
/// a finding then says so.
pub fn interpret(book: &Book, file: ReturnFile, expected: Expected<'_>) -> Checked<Option<Response>> {
    let mut notes = Notes { file: file.name.clone(), agency: None, findings: Vec::new() };
    let output = response(book, file, expected, &mut notes);
    Checked { output, findings: notes.findings }
}

fn response(book: &Book, file: ReturnFile, expected: Expected<'_>, notes: &mut Notes) -> Option<Response> {
    let agency = identity::agency(book, expected.round, notes)?;
    notes.agency = Some(agency.id.to_string());
    let table = table::find(book, expected.theme, notes)?;
    let answers = rows::answers(&table, expected, agency, notes);
    let signed = |field| start_value(book, field);
    let text = |field| signed(field).map(|(_, value)| value.text().trim().to_string()).unwrap_or_default();
    let response = Response {
        agency: agency.id.clone(),
        file,
        saved: book.saved.clone(),
        completed_by: text(StartField::CompletedBy),
        approved_by: text(StartField::ApprovedBy),
        approved_on: signed(StartField::ApprovedOn)
            .and_then(|(cell, value)| approval_date(&cell, value, agency, notes)),
        answers,
    };
    if !response.is_approval_recorded() {
        let found = format!("no approval is recorded in the return of {}", agency.name);
        let expected = "a name and a date in the sign-off";
        let remedy = format!("ask {} who approved it and when", agency.name);
        notes.add(Code::ApprovalMissing, notes.sheet(START_SHEET), found, expected, remedy);
    }
    Some(response)
}

/// The findings of one file while it is read.
struct Notes {
    file: String,
    agency: Option<String>,
    findings: Vec<Diagnostic>,
}

impl Notes {
    fn add(&mut self, code: Code, place: Place, found: String, expected: &str, remedy: String) {
        let mut finding = Diagnostic::new(code, place, found, expected, remedy);
        finding.agency.clone_from(&self.agency);
        self.findings.push(finding);
    }

    fn file(&self) -> Place {
        Place::file(&self.file)
    }

    fn sheet(&self, sheet: &str) -> Place {
        Place::sheet(&self.file, sheet)
    }

    fn cell(&self, sheet: &str, row: u32, column: u32) -> Place {
        Place::cell(&self.file, sheet, cell_name(row, column))
    }
}

/// The value beside a label of the first sheet, with its cell's name; on any sheet when the first one was renamed.
fn start_value(book: &Book, field: StartField) -> Option<((String, String), &Value)> {
    let label = fold(field.label());
    let named = book.sheets.iter().filter(|sheet| fold(&sheet.name) == fold(START_SHEET));
    let others = book.sheets.iter().filter(|sheet| fold(&sheet.name) != fold(START_SHEET));
    named.chain(others).find_map(|sheet| labelled(sheet, &label))
}

fn labelled<'b>(sheet: &'b Sheet, label: &str) -> Option<((String, String), &'b Value)> {
    sheet.rows().into_iter().find_map(|(row, cells)| {
        let at = cells.iter().position(|(_, value)| fold(&value.text()) == label)?;
        let (column, value) = cells.get(at + 1)?;
        Some(((sheet.name.clone(), cell_name(row, *column)), *value))
    })
}

fn approval_date(cell: &(String, String), value: &Value, agency: &Agency, notes: &mut Notes) -> Option<Date> {
    let date = read_date(value);
    if date.is_none() {
        let place = Place::cell(&notes.file, &cell.0, &cell.1);
        let found = format!("{} is no date of approval", quote(&value.text()));
        let remedy = format!("ask {} for the date", agency.name);
        notes.add(Code::DateUnreadable, place, found, "a date, as in 09/12/2026", remedy);
    }
    date
}

/// A date as people in England write it, day first; `None` for anything else.
fn read_date(value: &Value) -> Option<Date> {
    const FORMS: [&str; 9] =
        ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%d/%m/%y", "%d.%m.%y"];
    match value {
        Value::Date(date) => Some(*date),
        Value::Text(text) => FORMS.iter().find_map(|form| Date::strptime(form, text.trim()).ok()),
        Value::Number(_) | Value::Truth(_) | Value::Error(_) | Value::Unreadable(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_day_first_and_never_guessed() {
        let read = |text: &str| read_date(&Value::Text(text.into()));
        assert_eq!(read("31/01/2027"), Some(date(2027, 1, 31)));
        assert_eq!(read("3/2/2027"), Some(date(2027, 2, 3)));
        assert_eq!(read(" 31 January 2027 "), Some(date(2027, 1, 31)));
        assert_eq!(read("1 Feb 2027"), Some(date(2027, 2, 1)));
        for text in ["January 2027", "asap", "31/02/2027", "Q1", "2027", ""] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read_date(&Value::Number(46_053.0)), None);
    }
}
