//! What a filled workbook means: a [`Book`] in, a [`Response`] with its findings out.
//!
//! Sheets, columns and rows are found by what they are (name, header, Ref), never by position. Nothing written becomes
//! "blank": what cannot be read is quoted and asked about, with its cell.

mod elsewhere;
mod identity;
mod printed;
mod rows;
mod table;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::book::{Book, Value, cell_name};
use super::layout::{self, QUESTIONS_SHEET, START_SHEET, fold, is_label};
use crate::core::diagnostic::{Checked, Code, Diagnostic, Place, Subject, Written, WrittenCell, quote};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy::HELD_BACK;
use crate::core::words;
use crate::form::{Field, StartField};
use crate::response::{Response, ReturnFile, SelfRating};
use crate::round::{Agency, Round};
use crate::theme::{Group, Theme};
use printed::Printed;

/// What a return is read against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The round that the return should belong to.
    pub round: &'a Round,
    /// The theme as frozen in that round.
    pub theme: &'a Theme,
    /// What that round knows.
    pub known: &'a Known,
    /// The workbooks as they were issued to the agency, where the round may have changed since; none where that is not asked yet.
    pub issued: &'a [Book],
}

/// What a round's returns are looked up in. Made once for a round, because a round can have thousands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// The place in the round of each agency: by return code, by id, and by name folded.
    codes: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    names: HashMap<String, usize>,
    /// The criteria by their ids in lower case, and by their statements folded.
    refs: HashMap<String, CriterionId>,
    statements: HashMap<String, CriterionId>,
    /// What is printed on the sheets to look things up in, by group.
    pages: BTreeMap<Group, Printed>,
}

impl Known {
    /// What a round and its theme know.
    pub fn of(round: &Round, theme: &Theme) -> Known {
        let agencies = || round.agencies.iter().enumerate();
        let codes = |(at, agency): (usize, &Agency)| {
            layout::return_codes(round.id(), &agency.id).map(move |code| (code, at)).collect::<Vec<_>>()
        };
        let criteria = || theme.criteria().map(|(_, criterion)| criterion);
        Known {
            codes: agencies().flat_map(codes).collect(),
            ids: agencies().map(|(at, agency)| (agency.id.to_string(), at)).collect(),
            names: agencies().map(|(at, agency)| (fold(&agency.name), at)).collect(),
            refs: criteria().map(|criterion| (criterion.id.as_str().to_lowercase(), criterion.id.clone())).collect(),
            statements: criteria().map(|criterion| (fold(&criterion.text), criterion.id.clone())).collect(),
            pages: printed::of_groups(round, theme),
        }
    }

    /// The criterion with this id, whatever its case and the blanks around it.
    fn by_ref(&self, text: &str) -> Option<&CriterionId> {
        if text.len() > 100 { None } else { self.refs.get(&text.trim().to_lowercase()) }
    }

    /// The criterion with these words.
    fn by_words(&self, text: &str) -> Option<&CriterionId> {
        self.statements.get(&fold(text))
    }

    /// The agency of a code; `None` for a code of another round.
    fn by_code<'r>(&self, code: &str, round: &'r Round) -> Option<&'r Agency> {
        self.codes.get(code).and_then(|at| round.agencies.get(*at))
    }

    /// The agency with this id.
    fn by_id<'r>(&self, id: &str, round: &'r Round) -> Option<&'r Agency> {
        self.ids.get(id).and_then(|at| round.agencies.get(*at))
    }

    /// The agency whose id stands in a file's name or in the name of its sub-folder; the longest id where several do and each stands
    /// inside the longest.
    pub fn in_name<'r>(&self, file: &str, round: &'r Round) -> Option<&'r Agency> {
        let inside = file.split_once('/').map_or(file, |(_, inside)| inside);
        let slug = words::slug(inside);
        let words: Vec<&str> = slug.split('-').collect();
        let runs = (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)));
        let mut found: Vec<&Agency> =
            runs.filter_map(|(from, to)| self.by_id(&words[from..to].join("-"), round)).collect();
        found.sort_by_key(|agency| std::cmp::Reverse(agency.id.as_str().len()));
        let (longest, rest) = found.split_first()?;
        rest.iter().all(|other| longest.id.as_str().contains(other.id.as_str())).then_some(*longest)
    }

    /// The agency of this name, whatever its case and punctuation.
    fn by_name<'r>(&self, name: &str, round: &'r Round) -> Option<&'r Agency> {
        self.names.get(&fold(name)).and_then(|at| round.agencies.get(*at))
    }
}

/// Reads one return. The output is `None` when the workbook is of another round, no agency can be told, or it has no table;
/// a finding then says so.
pub fn interpret(book: &Book, file: ReturnFile, expected: Expected<'_>) -> Checked<Option<Response>> {
    let (name, sha256) = (file.name.clone(), file.sha256.clone());
    let mut notes = Notes { file: name, sha256, agency: None, findings: Vec::new() };
    let output = response(book, file, expected, &mut notes);
    Checked { output, findings: notes.findings }
}

fn response(book: &Book, file: ReturnFile, expected: Expected<'_>, notes: &mut Notes) -> Option<Response> {
    let agency = identity::agency(book, expected, notes);
    // What was noticed on the way to the agency is about it as well.
    notes.agency = agency.map(|agency| agency.id.clone());
    notes.findings.iter_mut().for_each(|finding| finding.subject.agency.clone_from(&notes.agency));
    let sender = agency.map_or("whoever sent it", |agency| &agency.name);
    let Some(agency) = agency else {
        report_held_back(book, None, sender, notes);
        return None;
    };
    let Some(table) = table::find(book, expected.known, notes) else {
        report_held_back(book, None, sender, notes);
        return None;
    };
    let asked = rows::Asked::of(&table, expected, agency);
    report_held_back(book, Some(&asked), sender, notes);
    let answers = rows::answers(&asked, notes);
    elsewhere::report(book, &table, &asked, agency, notes);
    printed::report(book, &table, expected, agency, notes);
    if answers.iter().all(|answer| answer.rating == SelfRating::Blank && answer.texts.is_empty()) {
        // One finding, not one for each row.
        notes.findings.retain(|finding| finding.code != Code::RatingBlank);
        let found =
            format!("the workbook of {} came back with nothing filled in, so it counts as no return", agency.name);
        let remedy = format!("ask {} for the filled one", agency.name);
        notes.add(Code::ReturnEmpty, notes.file(), Subject::default(), found, "answers", remedy);
        return None;
    }
    let signed = |field| start_value(book, field);
    let text = |field, notes: &mut Notes| {
        signed(field).map(|(cell, value)| name_in(field, cell, value, agency, notes)).unwrap_or_default()
    };
    let response = Response {
        agency: agency.id.clone(),
        file,
        saved: book.saved.clone(),
        completed_by: text(StartField::CompletedBy, notes),
        approved_by: text(StartField::ApprovedBy, notes),
        approved_on: signed(StartField::ApprovedOn).and_then(|(cell, value)| approval_date(cell, value, agency, notes)),
        approval_cells: [StartField::ApprovedBy, StartField::ApprovedOn]
            .into_iter()
            .filter_map(|field| signed(field).map(|(cell, _)| cell))
            .collect(),
        answers_questions: book.sheets.iter().any(|sheet| is_label(&sheet.name, QUESTIONS_SHEET)),
        columns: rows::columns(&table),
        answers,
    };
    if !response.is_approval_recorded() {
        let found = format!("no approval is recorded in the return of {}", agency.name);
        let expected = "a name and a date in the sign-off";
        let remedy = format!("ask {} who approved it and when", agency.name);
        let subject = Subject::default().in_field(StartField::ApprovedBy);
        notes.add(Code::ApprovalMissing, notes.sheet(START_SHEET), subject, found, expected, remedy);
    }
    Some(response)
}

/// Texts that may identify a child: their places only. Nothing of what was written is kept, not even as a print.
fn report_held_back(book: &Book, asked: Option<&rows::Asked<'_>>, sender: &str, notes: &mut Notes) {
    for (sheet, at, sign) in &book.held {
        let (place, what) = match at {
            Some((row, column)) => (notes.cell(sheet, *row, *column), "this cell holds"),
            None => (notes.sheet(sheet), "the name of this sheet, or a box on it, holds"),
        };
        let answer = at.zip(asked).and_then(|(at, asked)| asked.held_back(sheet, at));
        let subject = answer.unwrap_or_else(|| match at {
            Some((row, column)) => Subject::of_cell(WrittenCell {
                sheet: sheet.clone(),
                cell: cell_name(*row, *column),
                field: start_field(book, sheet, &cell_name(*row, *column)),
                written: Written::HeldBack,
            }),
            None => Subject::default(),
        });
        let found = format!("{what} {}, and is held back from everything", sign.words());
        let remedy = format!(
            "look at it in the file; ask {sender} to take it out, or, if it names no child, write a [[cleared]] entry in round.toml \
             with file, sheet, cell, sha256 = \"{:.12}\", by and on",
            notes.sha256
        );
        // Outside the table and the sign-off, the sheet is all that tells one such cell from another.
        let about = match subject.field {
            Some(_) => sign.words().to_string(),
            None => format!("{} on {sheet}", sign.words()),
        };
        let subject = Subject { written: about, ..subject };
        notes.add(Code::TextHeldBack, place, subject, found, "nothing about one child", remedy);
    }
}

/// The field of the first sheet that a cell holds; `None` for any other cell.
fn start_field(book: &Book, sheet: &str, cell: &str) -> Option<Field> {
    let is_it = |field: &StartField| {
        start_value(book, *field).is_some_and(|((at_sheet, at_cell), _)| at_sheet == sheet && at_cell == cell)
    };
    StartField::ALL.into_iter().find(is_it).map(Field::from)
}

/// The findings of one file while it is read.
struct Notes {
    file: String,
    sha256: String,
    agency: Option<AgencyId>,
    findings: Vec<Diagnostic>,
}

impl Notes {
    /// Adds a finding about something in the file; whose it is, and which file, is known here.
    fn add(&mut self, code: Code, place: Place, subject: Subject, found: String, expected: &str, remedy: String) {
        let mut finding = Diagnostic::new(code, place, found, expected, remedy);
        finding.subject = Subject { agency: self.agency.clone(), sha256: Some(self.sha256.clone()), ..subject };
        self.findings.push(finding);
    }

    /// Adds a finding about the one cell of its subject.
    fn add_here(&mut self, code: Code, subject: Subject, found: String, expected: &str, remedy: String) {
        let place = match subject.cells.first() {
            Some(cell) => Place::cell(&self.file, &cell.sheet, &cell.cell),
            None => self.file(),
        };
        self.add(code, place, subject, found, expected, remedy);
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

/// A field of the first sheet with what is written beside its label.
fn start_subject(field: StartField, (sheet, cell): (String, String), value: &Value) -> Subject {
    Subject::of_cell(WrittenCell { sheet, cell, field: Some(field.into()), written: written(value) })
}

/// What a value says, for a finding.
fn written(value: &Value) -> Written {
    match value {
        Value::Unreadable(why) => Written::Unreadable(why.clone()),
        Value::Text(text) if text.trim() == HELD_BACK => Written::HeldBack,
        _ => Written::from(value.text().as_str()),
    }
}

/// The value beside a label of the first sheet, with its cell's name; on any sheet when the first one was renamed.
fn start_value(book: &Book, field: StartField) -> Option<((String, String), &Value)> {
    let label = field.label();
    let named = book.sheets.iter().filter(|sheet| is_label(&sheet.name, START_SHEET));
    let others = book.sheets.iter().filter(|sheet| !is_label(&sheet.name, START_SHEET));
    named.chain(others).find_map(|sheet| {
        let ((row, column), value) = sheet.beside(label)??;
        Some(((sheet.name.clone(), cell_name(row, column)), value))
    })
}

/// A name in the sign-off; a spreadsheet error is not one.
fn name_in(field: StartField, cell: (String, String), value: &Value, agency: &Agency, notes: &mut Notes) -> String {
    let text = value.text();
    let code = match value {
        Value::Error(_) | Value::Unreadable(_) => Code::CellError,
        _ if layout::is_no_name(&text) => Code::Placeholder,
        _ => return text.trim().to_string(),
    };
    let found = format!("{} stands where a name should", quote(&text));
    let subject = start_subject(field, cell, value);
    notes.add_here(code, subject, found, "a name and a role", format!("ask {} for it", agency.name));
    String::new()
}

fn approval_date(cell: (String, String), value: &Value, agency: &Agency, notes: &mut Notes) -> Option<Date> {
    let date = value.date();
    if date.is_none() {
        let found = format!("{} is no date of approval", quote(&value.text()));
        let subject = start_subject(StartField::ApprovedOn, cell, value);
        let remedy = format!("ask {} for the date", agency.name);
        notes.add_here(Code::DateUnreadable, subject, found, "a date, as in 09/12/2026", remedy);
    }
    date
}
