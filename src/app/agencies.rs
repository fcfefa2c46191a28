//! The list of agencies on the disk. Every command reads it; jtai writes it once, and from then on it is the officer's.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use crate::agencies::{self, ListPaper, ListSource};
use crate::app::failure::Failure;
use crate::app::machine::cache::Cache;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::guard::{self, Job, StartError};
use crate::core::fields::nearest;
use crate::core::finding::{Checked, Code, Finding, Place, Severity};
use crate::core::hash::sha256_hex;
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::HELD_BACK;
use crate::draft;
use crate::record::Record;
use crate::round::{AGENCIES_FILE, Agency, AgencyField, Folder, Round};
use crate::workbook::file::book::{Book, Sheet, Value};
use crate::workbook::file::read::ReadError;
use crate::workbook::file::scan;

/// The name, in messages, of a list that was typed on a page.
const TYPED: &str = "Agencies";

/// What to do about a list that cannot be read.
const PUT_BACK: &str = "save it again as .xlsx, or put back a copy";

/// The agencies of a round's list; `None` if there is no list yet, because an earlier version kept them in `round.toml`.
///
/// # Errors
///
/// When the list cannot be read, or has a fault: wrong workbooks would go out.
pub(super) fn read(folder: &Folder, record: &Record) -> Result<Option<Checked<Vec<Agency>>>, Failure> {
    let path = folder.agencies();
    // Not `exists`, which follows links: a broken link is a fault, and must not look like a round without a list.
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let book = book(folder, &path)?;
    let Some(sheet) = agencies::sheet_of(&book) else {
        let found = "no sheet has the headers of a list of agencies";
        return Err(Failure::one(Code::AgencyList, Path::new(AGENCIES_FILE), found, "put back a copy"));
    };
    let source = ListSource { file: AGENCIES_FILE, sheet, lines: None };
    let mut checked = agencies::read(source, record);
    if checked.findings.iter().any(is_in_the_way) {
        return Err(Failure::new(checked.findings));
    }
    checked.findings.extend(opened_elsewhere(folder));
    Ok(Some(checked))
}

/// The agencies that are named, each by its id or its name.
///
/// # Errors
///
/// When one of them is not in the round.
pub(super) fn named_agencies<'r>(named: &[String], agencies: &'r [Agency]) -> Result<Vec<&'r Agency>, Failure> {
    let known: Vec<&str> = agencies.iter().map(|agency| agency.id.as_str()).collect();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for name in named {
        // By name too: an officer knows agencies by their names, and many ids were made by jtai.
        let is_it = |agency: &&Agency| {
            agency.id.as_str().eq_ignore_ascii_case(name.trim()) || agency.name.eq_ignore_ascii_case(name.trim())
        };
        match agencies.iter().find(is_it) {
            Some(agency) => found.push(agency),
            None => {
                let said = format!("{} is not an agency of this round", quote(name));
                let remedy = match nearest(name, &known) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("the agencies are: {}", words::list_of_first(&known, 12)),
                };
                faults.push(Finding::new(Code::ReferenceUnknown, Place::file(name), said, "", remedy));
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(Failure::new(faults)) }
}

/// Whether it must be put right before anything is done. A text that is held back is only left out.
pub(super) fn is_in_the_way(finding: &Finding) -> bool {
    finding.severity() == Severity::MustFix && finding.code != Code::TextHeldBack
}

/// The cells of the list, from the round's cache where the same file was read before.
fn book(folder: &Folder, path: &Path) -> Result<Book, Failure> {
    let refuse = |found: String| Failure::one(Code::WorkbookUnreadable, path, found, PUT_BACK);
    let bytes = disk::read(path)?;
    let kind = scan::kind(&bytes).map_err(|refusal| refuse(refusal.found))?;
    // The list's own cells are read without holding anything back. If somebody puts the same file into returns/, it must not be found under
    // this key, so the key names a cell that only this reading has.
    let key = Cache::key(&sha256_hex(&bytes), &[(AGENCIES_FILE.to_string(), (0, 0))]);
    let cache = Cache::of_books(folder);
    if let Some(book) = cache.get(&key) {
        return Ok(book);
    }
    let answer = guard::read_one(Job { kind, bytes, cleared: agencies::cells_of_list() });
    let book = unread(path, answer.map_err(StartError::into_failure)?)?;
    cache.put(&key, &book);
    Ok(book)
}

fn unread(path: &Path, answer: Result<Book, ReadError>) -> Result<Book, Failure> {
    answer.map_err(|why| {
        Failure::one(Code::WorkbookUnreadable, path, format!("the workbook cannot be read: {why}"), PUT_BACK)
    })
}

/// The finding that the list is open in a program, which may have unsaved changes.
fn opened_elsewhere(folder: &Folder) -> Option<Finding> {
    let lock = disk::lock_beside(&folder.agencies())?;
    let found = "this file is open in a program: changes that are not saved there are not read";
    let remedy = format!(
        "save and close it there, and run the command again; if nobody has it open, delete {}",
        folder.name_of(&lock)
    );
    Some(Finding::new(Code::ListOpen, Place::file(AGENCIES_FILE), found, "", remedy))
}

/// Reads a list from anywhere, `.csv` or a workbook, told apart by content.
///
/// # Errors
///
/// When the file cannot be read.
pub(super) fn read_any(path: &Path) -> Result<Checked<Vec<Agency>>, Failure> {
    read_bytes(path, disk::read(path)?)
}

/// Reads a list that was uploaded; `path` is only its name in messages.
///
/// # Errors
///
/// When the file cannot be read.
pub(super) fn read_bytes(path: &Path, bytes: Vec<u8>) -> Result<Checked<Vec<Agency>>, Failure> {
    let file = path.display().to_string();
    // An empty record: no agency of a new round is known yet.
    let record = Record::default();
    match scan::kind(&bytes) {
        Ok(kind) => {
            let job = Job { kind, bytes, cleared: agencies::cells_of_list() };
            let book = unread(path, guard::read_one(job).map_err(StartError::into_failure)?)?;
            let nothing = Sheet::default();
            // A list that somebody else made need not have our headers. Its first sheet is read, and the finding says what is missing.
            let sheet = agencies::sheet_of(&book).or(book.sheets.first()).unwrap_or(&nothing);
            Ok(agencies::read(ListSource { file: &file, sheet, lines: None }, &record))
        }
        Err(scan::Refusal { is_text: true, .. }) => {
            let (sheet, lines) = sheet_of_text(&bytes);
            Ok(agencies::read(ListSource { file: &file, sheet: &sheet, lines: Some(&lines) }, &record))
        }
        Err(refusal) => Err(Failure::one(Code::AgencyList, path, refusal.found, "save the list as .csv or .xlsx")),
    }
}

/// Reads agencies that were typed: a name, a group, a contact and an e-mail address each.
pub(super) fn read_rows(rows: &[[String; 4]]) -> Checked<Vec<Agency>> {
    let headers = [AgencyField::Name, AgencyField::Group, AgencyField::Contact, AgencyField::Email]
        .map(|field| agencies::header(field).to_string());
    let mut sheet = Sheet::default();
    for (row, cells) in (0u32..).zip(std::iter::once(&headers).chain(rows)) {
        for (column, text) in (0u32..).zip(cells).filter(|(_, text)| !text.trim().is_empty()) {
            sheet.cells.insert((row, column), Value::Text(text.clone()));
        }
    }
    // The page numbers its rows from 1 below the headers, so line 0 is the header row.
    let lines: Vec<usize> = (0..=rows.len()).collect();
    agencies::read(ListSource { file: TYPED, sheet: &sheet, lines: Some(&lines) }, &Record::default())
}

/// Reads agencies that were pasted from a spreadsheet, with a first row of headers or, without one, in the order of the form.
pub(super) fn read_pasted(text: &str) -> Checked<Vec<Agency>> {
    let (sheet, lines) = sheet_of_text(text.as_bytes());
    let first = (0u32..8).filter_map(|column| sheet.cells.get(&(0, column)));
    let name = agencies::header(AgencyField::Name);
    let is_header = |cell: &Value| matches!(cell, Value::Text(text) if text.trim().eq_ignore_ascii_case(name));
    if first.into_iter().any(is_header) {
        return agencies::read(ListSource { file: TYPED, sheet: &sheet, lines: Some(&lines) }, &Record::default());
    }
    let cell = |row: u32, column: u32| match sheet.cells.get(&(row, column)) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let rows: Vec<[String; 4]> = (0u32..).take(lines.len()).map(|row| [0, 1, 2, 3].map(|at| cell(row, at))).collect();
    read_rows(&rows)
}

/// A list of text as cells, with the line of each row.
fn sheet_of_text(bytes: &[u8]) -> (Sheet, Vec<usize>) {
    let (mut sheet, mut lines) = (Sheet::default(), Vec::new());
    // Empty lines are no rows, so a row's number does not tell the line that a finding has to name.
    for (row, (line, cells)) in (0u32..).zip(draft::csv_rows(&draft::decode(bytes))) {
        lines.push(line);
        for (column, text) in (0u32..).zip(cells).filter(|(_, text)| !text.trim().is_empty()) {
            sheet.cells.insert((row, column), Value::Text(text));
        }
    }
    (sheet, lines)
}

/// Writes the list of a round.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn write(folder: &Folder, round: &Round, agencies: &[Agency], today: Date) -> Result<(), Failure> {
    let goes_on = round.goes_on_from.is_some();
    let paper = ListPaper { partnership: &round.partnership, marking: &round.marking, made_on: today, goes_on };
    disk::write(&folder.agencies(), &agencies::workbook(agencies, paper).or_fault()?)
}

/// The agencies with a return in the round's folder, by the record. A file whose name is held back cannot be looked up and counts as there.
pub(super) fn returned(folder: &Folder, record: &Record) -> BTreeSet<AgencyId> {
    let is_there = |file: &str| {
        let path = RelativeName::new(file).ok().map(|name| name.path_in(folder.root()));
        file.contains(HELD_BACK) || path.is_some_and(|path| path.is_file())
    };
    let received = record.senders().filter(|(received, ..)| is_there(&received.file));
    received.map(|(_, agency, _)| agency.clone()).collect()
}
