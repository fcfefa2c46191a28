//! Reads the files of `returns/`: each once, its kind told by its content, its cells read by a worker, its meaning made out.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;

use indicatif::{ProgressBar, ProgressStyle};

use super::super::cache::Cache;
use super::super::disk::Found;
use super::super::{Failure, disk, open};
use crate::core::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::core::hash::sha256_hex;
use crate::core::ids::AgencyId;
use crate::core::privacy::{self, HELD_BACK};
use crate::core::words;
use crate::guard::{self, Job};
use crate::record::{Forgotten, Record};
use crate::response::{Response, ReturnFile};
use crate::round::{Cleared, Folder};
use crate::workbook::book::{At, Book};
use crate::workbook::interpret::{Expected, Known, interpret};
use crate::workbook::{self, scan};

/// What became of one file.
pub struct Read {
    /// What it said, with what was noticed.
    pub checked: Checked<Option<Response>>,
    /// The file, where its bytes could be read.
    pub seen: Option<ReturnFile>,
}

/// Reads every file, several at a time, in the order of their names.
pub fn read(open: &open::OpenRound, record: &Record, files: &[Found], today: Date) -> Result<Vec<Read>, Failure> {
    let known = Known::of(&open.round, &open.opened.theme);
    let forgotten = record.forgotten().map(|(gone, day)| (gone.print.clone(), (day, gone.agency.clone()))).collect();
    let desk = Desk { open, known: &known, record, forgotten, today, cache: Cache::open(&open.folder) };
    let bar = progress(files.len());
    let load = |at: usize| desk.load(&files[at]);
    let each = |kept: Kept, answer: Result<Book, String>| {
        let read = desk.finish(kept, answer);
        bar.inc(1);
        read
    };
    let read = guard::run(files.len(), load, each).map_err(Failure::no_reader)?;
    bar.finish_and_clear();
    let mut read: Vec<Read> = read.into_iter().map(|read| *read).collect();
    // A file that cannot be read may still say in its name whose it is.
    for finding in read.iter_mut().flat_map(|read| &mut read.checked.findings) {
        if matches!(finding.code, Code::NotAWorkbook | Code::WorkbookUnreadable) {
            let agency = known.in_name(&finding.place.file, &open.round);
            finding.subject.agency = agency.map(|agency| agency.id.clone());
        }
    }
    Ok(read)
}

/// A bar on the error stream, shown only on a terminal and only where there is something to wait for.
fn progress(files: usize) -> ProgressBar {
    if files < 50 {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("reading returns {bar:30} {pos} of {len}").unwrap_or(ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}

/// A file's name in messages and data. One that may identify a child is held back itself.
pub fn shown_name(folder: &Folder, path: &Path) -> String {
    let name = folder.name_of(path);
    match privacy::sign(&name) {
        None => name,
        Some(_) => {
            let inside = name.split('/').next().unwrap_or_default();
            format!("{inside}/{HELD_BACK} {:.8}", sha256_hex(name.as_bytes()))
        }
    }
}

/// That a file's name is held back.
pub fn held_back_name(name: &str) -> Option<Diagnostic> {
    let found = "the name of this file may identify a child, and is held back";
    let remedy = "rename the file in returns/ without it";
    let finding =
        || Diagnostic::new(Code::TextHeldBack, Place::file(name), found, "a name without it", remedy).naming(name);
    name.contains(HELD_BACK).then(finding)
}

/// What every file is read against.
struct Desk<'a> {
    open: &'a open::OpenRound,
    known: &'a Known,
    record: &'a Record,
    /// When each return was forgotten, and whose it was, by the print of its hash.
    forgotten: HashMap<String, (Date, Option<AgencyId>)>,
    today: Date,
    cache: Cache,
}

/// What is kept of a file while a worker reads it.
struct Kept {
    file: ReturnFile,
    key: [u8; 32],
}

impl Desk<'_> {
    /// A file's bytes for a worker, or what is known of it without one.
    fn load(&self, found: &Found) -> Result<(Job, Kept), Box<Read>> {
        let name = shown_name(&self.open.folder, &found.path);
        let is_set_aside = |entry: &&crate::round::ReturnEntry| entry.file == name && !entry.is_used;
        if self.open.round.returns.iter().any(|entry| is_set_aside(&entry)) {
            let place = Place::file(&name);
            let finding = Diagnostic::new(Code::ReturnSetAside, place, "set aside in round.toml", "", "nothing to do");
            let finding = finding.naming(name);
            return Err(Box::new(Read { checked: Checked { output: None, findings: vec![finding] }, seen: None }));
        }
        if found.bytes > scan::limits::FILE as u64 {
            let remedy = "take pictures out of it, or ask for a fresh copy";
            return Err(refused(&name, None, Code::NotAWorkbook, "the file is larger than 64 MB".into(), remedy));
        }
        let bytes = disk::read(&found.path).map_err(|mut failure| {
            failure.findings.iter_mut().for_each(|finding| finding.place = Place::file(&name));
            Box::new(Read { checked: Checked { output: None, findings: failure.findings }, seen: None })
        })?;
        let file =
            ReturnFile { name: name.clone(), sha256: sha256_hex(&bytes), changed: found.changed, bytes: bytes.len() };
        if let Some((day, agency)) = self.forgotten.get(&Forgotten::print_of(&file.sha256)) {
            return Err(forgotten(&file, *day, agency.as_ref()));
        }
        let kind = scan::kind(&bytes)
            .map_err(|refusal| refused(&name, Some(&file), Code::NotAWorkbook, refusal.found, &refusal.remedy))?;
        let cleared = self.cleared(&file);
        let key = Cache::key(&file.sha256, &cleared);
        let kept = Kept { file, key };
        match self.cache.get(&kept.key) {
            Some(book) => Err(self.understood(kept, &book)),
            None => Ok((Job { kind, bytes, cleared }, kept)),
        }
    }

    /// The cells of a file that a named person cleared.
    fn cleared(&self, file: &ReturnFile) -> Vec<(String, At)> {
        let is_of_file = |cleared: &&Cleared| cleared.file == file.name && file.sha256.starts_with(&cleared.sha256);
        let of_file = self.open.round.cleared.iter().filter(is_of_file);
        let of_person =
            of_file.filter(|cleared| !cleared.by.trim().is_empty() && cleared.on.is_some_and(|on| on <= self.today));
        of_person.filter_map(|cleared| Some((cleared.sheet.clone(), scan::position(&cleared.cell)?))).collect()
    }

    /// The workbooks that were issued to an agency, as far as they still stand in the round's folder.
    fn issued_to(&self, agency: &AgencyId) -> Vec<Book> {
        let issued = self.record.issued_to(agency).iter();
        let paths = issued.filter_map(|one| disk::inside(&self.open.folder.issued(), &one.issued.file).ok());
        let files = paths.filter_map(|path| disk::read(&path).ok());
        files.filter_map(|bytes| workbook::read::read(scan::kind(&bytes).ok()?, &bytes, &[]).ok()).collect()
    }

    fn finish(&self, kept: Kept, answer: Result<Book, String>) -> Box<Read> {
        match answer {
            Ok(book) => {
                self.cache.put(&kept.key, &book);
                self.understood(kept, &book)
            }
            Err(why) => {
                let remedy = "open it in a spreadsheet program, save it again as .xlsx, or ask for a fresh copy";
                let found = format!("the workbook cannot be read: {why}");
                refused(&kept.file.name, Some(&kept.file), Code::WorkbookUnreadable, found, remedy)
            }
        }
    }

    fn understood(&self, kept: Kept, book: &Book) -> Box<Read> {
        let (round, theme) = (&self.open.round, &self.open.opened.theme);
        let expected = Expected { round, theme, known: self.known, issued: &[] };
        let mut checked = interpret(book, kept.file.clone(), expected);
        let elsewhere = checked.findings.iter().find(|finding| finding.code == Code::WrittenElsewhere);
        if let Some(agency) = elsewhere.and_then(|finding| finding.subject.agency.clone()) {
            // The round may have changed since the workbook went out: what was issued then is no agency's writing.
            let issued = self.issued_to(&agency);
            checked = interpret(book, kept.file.clone(), Expected { issued: &issued, ..expected });
        }
        Box::new(Read { checked, seen: Some(kept.file) })
    }
}

/// A return that was forgotten and is here again: nothing of it is read, so that nothing undoes the forgetting in silence.
fn forgotten(file: &ReturnFile, day: Date, agency: Option<&AgencyId>) -> Box<Read> {
    let found = format!("this return was forgotten on {} and is here again; nothing in it was read", words::date(day));
    let remedy = "delete it; if it is to count after all, open it, save it and put the saved file here";
    let mut finding = Diagnostic::new(Code::ReturnForgotten, Place::file(&file.name), found, "", remedy);
    finding.subject.agency = agency.cloned();
    let findings = vec![finding.of_file(&file.sha256)];
    Box::new(Read { checked: Checked { output: None, findings }, seen: None })
}

fn refused(name: &str, seen: Option<&ReturnFile>, code: Code, what: String, remedy: &str) -> Box<Read> {
    let finding = Diagnostic::new(code, Place::file(name), what, "a workbook of this round", remedy);
    let finding = match seen {
        Some(file) => finding.of_file(&file.sha256),
        None => finding.naming(name),
    };
    Box::new(Read { checked: Checked { output: None, findings: vec![finding] }, seen: seen.cloned() })
}
