//! Reads the rows of a list into agencies, with every fault named at its cell.

use jiff::civil::Date;

use super::contract::{COLUMNS, ListColumn, SHEET, column, column_of, group_choice, group_of, status_of};
use super::identify::identify;
use crate::core::fields::nearest;
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::record::Record;
use crate::round::{Agency, AgencyField, AgencyPlace, check_agencies};
use crate::theme::Group;
use crate::workbook::contract::fold;
use crate::workbook::file::book::{Book, Sheet, Value, cell_name};

/// A list of agencies, with the file that it is from.
#[derive(Debug, Clone, Copy)]
pub struct ListSource<'a> {
    /// The file, as messages name it.
    pub file: &'a str,
    /// Its cells.
    pub sheet: &'a Sheet,
    /// The line number of each row, where the file is a text such as CSV.
    pub lines: Option<&'a [usize]>,
}

impl ListSource<'_> {
    fn whole(&self) -> Place {
        match self.lines {
            Some(_) => Place::file(self.file),
            None => Place::sheet(self.file, &self.sheet.name),
        }
    }

    fn place(&self, row: u32, column: u32) -> Place {
        match self.lines {
            Some(lines) => Place::line(self.file, lines.get(row as usize).copied().unwrap_or(1), column as usize + 1),
            None => Place::cell(self.file, &self.sheet.name, cell_name(row, column)),
        }
    }
}

/// The known columns of a list, each with its place on the sheet.
type KnownColumns = Vec<(AgencyField, u32)>;

/// The sheet with the list: the one with the right name, or else the first with known headers.
pub fn sheet_of(book: &Book) -> Option<&Sheet> {
    let named = book.sheets.iter().find(|sheet| fold(&sheet.name) == fold(SHEET));
    named.or_else(|| book.sheets.iter().find(|sheet| header_row(sheet).is_some()))
}

/// The row of headers: the first one in which at least two headers are known. One alone may be a word in a note above the list.
fn header_row(sheet: &Sheet) -> Option<u32> {
    let fields = |cells: &[(u32, &Value)]| -> Vec<AgencyField> {
        cells.iter().filter_map(|(_, value)| column_of(&value.text())).map(|column| column.field).collect()
    };
    let is_it = |cells: &[(u32, &Value)]| fields(cells).len() > 1;
    sheet.rows().into_iter().find(|(_, cells)| is_it(cells)).map(|(row, _)| row)
}

/// Reads a list. An agency without an id gets the one that the record has for it, or else one made from its name.
pub fn read(source: ListSource<'_>, record: &Record) -> Checked<Vec<Agency>> {
    let mut findings = Vec::new();
    let Some(header) = header_row(source.sheet) else {
        let found =
            if source.sheet.rows().is_empty() { "the list is empty" } else { "no row has the headers of a list" };
        findings.push(list_fault(source.whole(), found));
        return Checked { output: Vec::new(), findings };
    };
    let columns = columns(source, header, &mut findings);
    // Without a needed column every row would have the same fault, so the rows are not read.
    if COLUMNS.iter().any(|column| column.is_needed && !columns.iter().any(|(field, _)| *field == column.field)) {
        return Checked { output: Vec::new(), findings };
    }
    let rows = source.sheet.rows().into_iter().filter(|(row, _)| *row > header);
    let mut agencies = Vec::new();
    for (row, cells) in rows {
        let row = ListRow { source, row, columns: &columns };
        findings.extend(row.stray(header, &cells));
        // A row of notes beside the list is not an agency.
        if columns.iter().any(|(field, _)| row.value(*field).is_some()) {
            agencies.extend(row.agency(&mut findings));
        }
    }
    // Where rows were refused, their own findings say more than this one.
    if agencies.is_empty() && findings.iter().all(|finding| finding.code == Code::ListColumnUnread) {
        findings.push(list_fault(source.whole(), "the list has headers but no agency under them"));
    }
    findings.extend(identify(&mut agencies, record));
    findings.extend(check_agencies(&agencies));
    Checked { output: agencies, findings }
}

fn list_fault(place: Place, found: &str) -> Finding {
    let needed: Vec<&str> = COLUMNS.iter().filter(|column| column.is_needed).map(|column| column.header).collect();
    let expected = format!("a row with the headers {} and a row for each agency", words::list(&needed));
    Finding::new(Code::AgencyList, place, found, expected, "fill the list in").naming(found)
}

/// The columns by their headers. A header that resembles a missing one is a fault; any other unknown column is the officer's own.
fn columns(source: ListSource<'_>, header: u32, findings: &mut Vec<Finding>) -> KnownColumns {
    let mut columns = KnownColumns::new();
    let mut unknown = Vec::new();
    for (at, value) in source.sheet.cells.range((header, 0)..(header + 1, 0)).map(|((_, at), value)| (*at, value)) {
        match column_of(&value.text()) {
            Some(known) if columns.iter().any(|(field, _)| *field == known.field) => {
                let found = format!("{} has the same meaning as an earlier column", quote(&value.text()));
                let expected = format!("one column {}", quote(known.header));
                findings.push(header_fault(source.place(header, at), found, &expected, "rename or delete one of them"));
            }
            Some(known) => columns.push((known.field, at)),
            None if value.is_blank() => {}
            None => unknown.push((at, value.text())),
        }
    }
    let missing: Vec<&ListColumn> =
        COLUMNS.iter().filter(|column| !columns.iter().any(|(field, _)| *field == column.field)).collect();
    // Only a column that is missing can be meant by an unknown header.
    let names: Vec<&str> = missing.iter().map(|column| column.header).collect();
    for (at, written) in unknown {
        let place = source.place(header, at);
        findings.push(match nearest(&written, &names) {
            Some(name) => {
                let found = format!("{} is not a column of an agency list", quote(&written));
                header_fault(
                    place,
                    found,
                    "",
                    &format!("did you mean {}? Rename it, or give it a clearly different name", quote(name)),
                )
            }
            None => {
                let found = format!("the column {} is not read", quote(&written));
                Finding::new(Code::ListColumnUnread, place, found, "", "nothing, if it is for your own use")
                    .naming(written)
            }
        });
    }
    for column in missing.into_iter().filter(|column| column.is_needed) {
        let found = format!("the list has no column {}", quote(column.header));
        let remedy = match column.field {
            AgencyField::Contact | AgencyField::Email => "add the column; its cells may be empty where nobody is named",
            _ => "add the column",
        };
        findings.push(header_fault(source.place(header, 0), found, "", remedy));
    }
    columns
}

fn header_fault(place: Place, found: String, expected: &str, remedy: &str) -> Finding {
    Finding::new(Code::AgencyList, place, found.as_str(), expected, remedy).naming(found)
}

/// A row of the list.
struct ListRow<'a> {
    source: ListSource<'a>,
    row: u32,
    columns: &'a KnownColumns,
}

impl<'a> ListRow<'a> {
    fn value(&self, field: AgencyField) -> Option<&'a Value> {
        let at = self.columns.iter().find(|(known, _)| *known == field)?.1;
        self.source.sheet.value(self.row, at)
    }

    /// The text of a cell on one line; empty, with a finding, where the cell is held back or cannot be read.
    fn text(&self, field: AgencyField, findings: &mut Vec<Finding>) -> String {
        let Some(value) = self.value(field) else { return String::new() };
        match value {
            Value::HeldBack => {
                let found = "this cell may identify a child, and is not read";
                let remedy = "take out what is about a child, or write it differently";
                findings.push(Finding::new(
                    Code::TextHeldBack,
                    self.place().at(field),
                    found,
                    "words about an agency",
                    remedy,
                ));
                String::new()
            }
            Value::Error(_) | Value::Unreadable(_) => {
                self.refuse(field, "this cell cannot be read", column(field).help, "write it again", findings);
                String::new()
            }
            value => {
                let text = value.text();
                // Cells that were pasted from Word or a web page have line breaks and no-break spaces in names.
                let is_break = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}');
                text.split(is_break).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn date(&self, field: AgencyField, findings: &mut Vec<Finding>) -> Option<Date> {
        let value = self.value(field)?;
        let date = value.date();
        match date {
            None => self.refuse(field, "is not a date", "a date, as in 18/12/2026", "write it as a date", findings),
            Some(date) if words::is_read_day_first(&value.text(), date) => {
                let found = format!("{} is read as {}", quote(&value.text()), words::date(date));
                let finding = Finding::new(
                    Code::DateDayFirst,
                    self.place().at(field),
                    found,
                    "",
                    "correct it if you mean a different day",
                );
                findings.push(finding.naming(value.text()));
            }
            Some(_) => {}
        }
        date
    }

    /// Adds a finding that a cell has something that is not valid there.
    fn refuse(&self, field: AgencyField, what: &str, expected: &str, remedy: &str, findings: &mut Vec<Finding>) {
        let written = self.value(field).map(|value| value.text()).unwrap_or_default();
        // "is not a date" needs what was written before it; other wordings are whole sentences.
        let found = if what.starts_with("is ") { format!("{} {what}", quote(&written)) } else { what.to_string() };
        let finding = Finding::new(Code::ValueInvalid, self.place().at(field), found, expected, remedy);
        findings.push(finding.naming(format!("{} {written}", column(field).header)));
    }

    fn place(&self) -> AgencyPlace {
        let first = self.columns.iter().map(|(_, at)| *at).min().unwrap_or(0);
        AgencyPlace {
            row: self.source.place(self.row, first),
            cells: self.columns.iter().map(|(field, at)| (*field, self.source.place(self.row, *at))).collect(),
        }
    }

    /// The agency of the row; `None`, with a finding, where its group is not known.
    fn agency(&self, findings: &mut Vec<Finding>) -> Option<Agency> {
        let mut text = |field| self.text(field, findings);
        let (id, name, contact, email) =
            (text(AgencyField::Id), text(AgencyField::Name), text(AgencyField::Contact), text(AgencyField::Email));
        let (deputy, approver_role) = (text(AgencyField::Deputy), text(AgencyField::ApproverRole));
        let short = text(AgencyField::Short);
        let (sent_code, note) = (text(AgencyField::SentCode), text(AgencyField::Note));
        let previously = text(AgencyField::Previously);
        let previously = previously.split([',', ';']).map(str::trim).filter(|id| !id.is_empty());
        let previously = previously.map(|id| AgencyId(id.to_string())).collect();
        let (written_group, written_status) = (text(AgencyField::Group), text(AgencyField::Status));
        let group = group_of(&written_group);
        if group.is_none() {
            let known = Group::ALL.map(group_choice).join("; ");
            let what = if written_group.is_empty() { "the agency has no group" } else { "is not a group" };
            self.refuse(AgencyField::Group, what, &format!("one of {known}"), "choose the agency's group", findings);
        }
        let status = status_of(&written_status);
        if status.is_none() && !written_status.is_empty() {
            self.refuse(
                AgencyField::Status,
                "is not a status",
                "declined, extended or an empty cell",
                "choose one",
                findings,
            );
        }
        findings.extend(self.struck_out(&name));
        let (due, sent_on) = (self.date(AgencyField::Due, findings), self.date(AgencyField::SentOn, findings));
        Some(Agency {
            id: AgencyId(id),
            name,
            short,
            group: group?,
            contact,
            email,
            deputy,
            approver_role,
            due,
            sent_on,
            sent_code,
            status,
            note,
            previously,
            place: self.place(),
        })
    }

    /// A finding where an agency's name is struck out, which may mean that the agency left.
    fn struck_out(&self, name: &str) -> Option<Finding> {
        let at = self.columns.iter().find(|(field, _)| *field == AgencyField::Name)?.1;
        self.source.sheet.extras.struck.contains(&(self.row, at)).then(|| {
            let found = format!("{} is struck out but still in the round", quote(name));
            let remedy = "delete its row if it left; if not, remove the strikethrough";
            Finding::new(Code::TextStruckOut, self.place().at(AgencyField::Name), found, "", remedy).naming(name)
        })
    }

    /// A finding where a cell of the row is to the right of every header.
    fn stray(&self, header: u32, cells: &[(u32, &Value)]) -> Option<Finding> {
        let last = self.source.sheet.cells.range((header, 0)..(header + 1, 0)).map(|((_, at), _)| *at).max()?;
        let (at, value) = cells.iter().find(|(at, _)| *at > last)?;
        let found = format!("{} has no header above it", quote(&value.text()));
        let (expected, remedy) = match self.source.lines {
            Some(_) => {
                ("as many cells as headers", "give its column a header, or put a text that has commas in double quotes")
            }
            None => ("nothing beside the list", "give its column a header, or delete it"),
        };
        let finding = Finding::new(Code::ValueInvalid, self.source.place(self.row, *at), found, expected, remedy);
        Some(finding.naming(value.text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_list(lines: &[&str], expected: &[(Code, usize)]) {
        let mut sheet = Sheet::default();
        for (row, line) in (0u32..).zip(lines) {
            for (column, cell) in (0u32..).zip(line.split(',')).filter(|(_, cell)| !cell.is_empty()) {
                sheet.cells.insert((row, column), Value::Text(cell.to_string()));
            }
        }
        let numbers: Vec<usize> = (1..=lines.len()).collect();
        let source = ListSource { file: "agencies.csv", sheet: &sheet, lines: Some(&numbers) };
        let found: Vec<(Code, usize)> = read(source, &Record::default())
            .findings
            .iter()
            .map(|finding| match finding.place.spot {
                crate::core::finding::Spot::Line(line, _) => (finding.code, line),
                _ => (finding.code, 0),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_good_list_in_any_column_order_has_no_fault() {
        check_list(&["Name,ID,Group,E-mail,contact", "Police,police,pol,p@example.org,A"], &[]);
        check_list(&["Organisation,Type,Contact email,lead", "Police,police,p@example.org,A"], &[]);
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        check_list(
            &[
                "id,name,group,contact,email",
                "police,Police,POL,A,a@example.org",
                "police,Police two,POL,A,b@example.org",
                "Acute Trust,Acute,HLT,A,A@example.org",
                "nul,,HLT,A,not an address",
                "schools,Schools,SCH,A,",
            ],
            &[
                (Code::ValueInvalid, 6),
                (Code::IdTwice, 3),
                (Code::ValueInvalid, 4),
                (Code::EmailShared, 4),
                (Code::ValueInvalid, 5),
                (Code::ValueInvalid, 5),
                (Code::EmailMalformed, 5),
            ],
        );
        check_list(&[], &[(Code::AgencyList, 0)]);
        check_list(&["id,name,group,contact,email"], &[(Code::AgencyList, 0)]);
    }

    #[test]
    fn cells_that_hold_no_text_and_names_that_are_struck_out_are_named_with_their_cells() {
        let mut sheet = Sheet { name: "Sheet1".into(), ..Sheet::default() };
        let header = ["Agency", "Group", "Contact", "E-mail", "Due", "Note"].map(|text| Value::Text(text.into()));
        let row = [
            Value::Text("Police".into()),
            Value::Text("POL".into()),
            Value::HeldBack,
            Value::Error("#REF!".into()),
            Value::Text("3/4/27".into()),
            Value::Number(7.0),
        ];
        for (row, cells) in (3u32..).zip([header, row]) {
            sheet.cells.extend((0u32..).zip(cells).map(|(column, value)| ((row, column), value)));
        }
        sheet.extras.struck.insert((4, 0));
        let source = ListSource { file: "a.xlsx", sheet: &sheet, lines: None };
        let Checked { output, findings } = read(source, &Record::default());
        assert_eq!((output[0].id.as_str(), output[0].note.as_str()), ("police", "7"));
        assert_eq!(output[0].due, Some(jiff::civil::date(2027, 4, 3)));
        let found: Vec<(Code, String)> =
            findings.iter().map(|finding| (finding.code, finding.place.cell_name())).collect();
        let expected = [
            (Code::TextHeldBack, "C5"),
            (Code::ValueInvalid, "D5"),
            (Code::TextStruckOut, "A5"),
            (Code::DateDayFirst, "E5"),
        ];
        assert_eq!(found, expected.map(|(code, cell)| (code, cell.to_string())));
    }
}
