//! Reads the files of `returns/`: each once, its kind told by its content, its cells read by a worker, its meaning made out.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::app::machine::cache::Cache;
use crate::app::machine::disk::{self, Found};
use crate::app::machine::guard::{self, Job, StartError};
use crate::app::machine::surroundings::Surroundings;
use crate::app::open::OpenRound;
use crate::core::finding::{Checked, Code, Finding, Place, Settlement};
use crate::core::hash::{sha256, sha256_hex};
use crate::core::ids::AgencyId;
use crate::core::privacy;
use crate::core::words;
use crate::core::written::HELD_BACK;
use crate::intake::decisions::Decisions;
use crate::record::{Forgotten, IssuedWorkbook, Record};
use crate::response::{Response, ReturnFile};
use crate::round::{Cleared, Folder};
use crate::workbook::file::book::{At, Book};
use crate::workbook::file::read::ReadError;
use crate::workbook::file::{book, limits, read, scan};
use crate::workbook::interpret::{Expected, RoundIndex, interpret, return_code};

/// What became of one file.
pub(crate) struct ReadFile {
    /// What it said, with what was noticed.
    pub checked: Checked<Option<Response>>,
    /// The file, where its bytes could be read.
    pub seen: Option<ReturnFile>,
}

/// What is to be read.
#[derive(Clone, Copy)]
struct Sought<'a> {
    files: &'a [Found],
    /// Whose it is, as somebody says now; `None` where nobody does.
    owner: Option<&'a AgencyId>,
    /// Whether a table that is laid out differently is read as far as it can be.
    is_repair: bool,
}

/// Reads every file, several at a time, in the order of their names.
pub(super) fn read(
    open: &OpenRound,
    record: &Record,
    decisions: &Decisions<'_>,
    files: &[Found],
    surroundings: Surroundings<'_>,
) -> Result<Vec<ReadFile>, Failure> {
    read_sought(open, record, decisions, Sought { files, owner: None, is_repair: false }, surroundings)
}

fn read_sought(
    open: &OpenRound,
    record: &Record,
    decisions: &Decisions<'_>,
    sought: Sought<'_>,
    surroundings: Surroundings<'_>,
) -> Result<Vec<ReadFile>, Failure> {
    let files = sought.files;
    let today = surroundings.today();
    let index = RoundIndex::new(&open.round, &open.opened.theme);
    let forgotten = record.forgotten().map(|(gone, day)| (gone.print.clone(), (day, gone.agency.clone()))).collect();
    // What is understood of a workbook is made from these and its cells, and from nothing else.
    let print = sha256_hex(format!("{:?} {:?}", open.round, open.opened.theme).as_bytes());
    let (books, answers) = (Cache::of_books(&open.folder), Cache::of_answers(&open.folder, &print));
    let reader = Reader { open, index: &index, record, decisions, sought, forgotten, today, books, answers };
    let progress = surroundings.progress;
    progress.begin(files.len());
    // Set once, and only ever looked at: what is read already is as large as this machine should hold.
    let is_full = AtomicBool::new(false);
    let load = |at: usize| match is_full.load(Ordering::Relaxed) {
        true => Err(not_read(&reader, &files[at])),
        false => reader.load(&files[at]),
    };
    let each = |kept: FileBeingRead, answer: Result<Book, ReadError>| {
        let read = reader.finish(kept, answer);
        progress.step();
        if guard::memory_in_use() > limits::MEMORY_IN_ALL {
            is_full.store(true, Ordering::Relaxed);
        }
        read
    };
    let read = guard::run(files.len(), || progress.is_stopped(), load, each).map_err(StartError::into_failure)?;
    progress.end();
    if is_full.into_inner() {
        let found = "the files in returns/ need more memory than 4 GB together, so nothing was made of them";
        let remedy = "move out what is not a return, then run this again";
        return Err(Failure::one(Code::MemoryShort, &open.folder.returns(), found, remedy));
    }
    let mut read: Vec<ReadFile> = read.into_iter().map(|read| *read).collect();
    // A file that cannot be read may still say in its name whose it is.
    for finding in read.iter_mut().flat_map(|read| &mut read.checked.findings) {
        if matches!(finding.code, Code::NotAWorkbook | Code::WorkbookUnreadable) {
            let by_name = index.in_name(&finding.place.file, &open.round).map(|agency| agency.id.clone());
            finding.subject.agency = by_name.or_else(|| sender_on_record(record, &finding.place.file));
        }
    }
    Ok(read)
}

/// Reads one file by itself, wherever it is, as far as it can be read: for a fresh workbook that its agency checks.
///
/// # Errors
///
/// When it cannot be looked at, or no reader can be started.
pub(crate) fn read_alone(
    open: &OpenRound,
    record: &Record,
    file: &Path,
    owner: Option<&AgencyId>,
    surroundings: Surroundings<'_>,
) -> Result<ReadFile, Failure> {
    let found = disk::found(file)?;
    let decisions = Decisions::new(record, &open.round);
    let sought = Sought { files: std::slice::from_ref(&found), owner, is_repair: true };
    let mut read = read_sought(open, record, &decisions, sought, surroundings)?;
    read.pop().ok_or_else(Failure::of_fault)
}

/// The agency of which a file of this name came before.
fn sender_on_record(record: &Record, name: &str) -> Option<AgencyId> {
    record.senders().find(|(received, ..)| received.file == name).map(|(_, agency, _)| agency.clone())
}

/// A file that is left unread because memory is full; the action ends with it.
fn not_read(reader: &Reader<'_>, file: &Found) -> Box<ReadFile> {
    let name = shown_name(&reader.open.folder, &file.path);
    refused(&name, None, Code::MemoryShort, "was not read".into(), "")
}

/// A file's name in messages and data. One that may identify a child is held back itself.
pub(crate) fn shown_name(folder: &Folder, path: &Path) -> String {
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
pub(super) fn held_back_name(name: &str) -> Option<Finding> {
    let found = "the name of this file may identify a child, and is held back";
    let remedy = "rename the file in returns/ without it";
    let finding =
        || Finding::new(Code::TextHeldBack, Place::file(name), found, "a name without it", remedy).naming(name);
    name.contains(HELD_BACK).then(finding)
}

/// What every file is read against.
struct Reader<'a> {
    open: &'a OpenRound,
    index: &'a RoundIndex,
    record: &'a Record,
    decisions: &'a Decisions<'a>,
    sought: Sought<'a>,
    /// When each return was forgotten, and whose it was, by the print of its hash.
    forgotten: HashMap<String, (Date, Option<AgencyId>)>,
    today: Date,
    /// The cells of what was read before.
    books: Cache,
    /// What was understood of it.
    answers: Cache,
}

/// What is kept of a file while a worker reads it.
struct FileBeingRead {
    file: ReturnFile,
    key: [u8; 32],
}

impl Reader<'_> {
    /// A file's bytes for a worker, or what is known of it without one.
    fn load(&self, found: &Found) -> Result<(Job, FileBeingRead), Box<ReadFile>> {
        let name = shown_name(&self.open.folder, &found.path);
        let is_set_aside = |entry: &&crate::round::ReturnEntry| entry.file == name && !entry.is_used;
        if self.open.round.returns.iter().any(|entry| is_set_aside(&entry)) {
            let place = Place::file(&name);
            let finding = Finding::new(Code::ReturnSetAside, place, "set aside in round.toml", "", "nothing to do");
            let mut finding = finding.naming(name.as_str());
            finding.subject.agency = self.sender_of(&name);
            return Err(Box::new(ReadFile { checked: Checked { output: None, findings: vec![finding] }, seen: None }));
        }
        if found.bytes > limits::FILE as u64 {
            let remedy = "take pictures out of it, or ask for a fresh copy";
            return Err(refused(&name, None, Code::NotAWorkbook, "the file is larger than 64 MB".into(), remedy));
        }
        let bytes = disk::read(&found.path).map_err(|mut failure| {
            failure.findings.iter_mut().for_each(|finding| finding.place = Place::file(&name));
            Box::new(ReadFile { checked: Checked { output: None, findings: failure.findings }, seen: None })
        })?;
        let file =
            ReturnFile { name: name.clone(), sha256: sha256_hex(&bytes), changed: found.changed, bytes: bytes.len() };
        if let Some((day, agency)) = self.forgotten.get(&Forgotten::print_of(&file.sha256)) {
            return Err(forgotten(&file, *day, agency.as_ref()));
        }
        if let Some((settled, settlement)) = self.decisions.set_aside(&file.sha256) {
            return Err(set_aside(&file, settled.agency.as_ref(), settlement));
        }
        let kind = scan::kind(&bytes)
            .map_err(|refusal| refused(&name, Some(&file), Code::NotAWorkbook, refusal.found, &refusal.remedy))?;
        let cleared = self.cleared(&file);
        let key = Cache::key(&file.sha256, &cleared);
        let kept = FileBeingRead { file, key };
        if let Some(known) = self.answers.get(&self.answers_key(&kept)).filter(|_| !self.sought.is_repair) {
            return Err(Box::new(of_this_file(known, kept.file)));
        }
        if let Some(why) = self.books.get::<ReadError>(&refusal_key(&kept.key)) {
            return Err(unreadable(&kept.file, &why));
        }
        match self.books.get(&kept.key) {
            Some(book) => Err(self.understood(kept, &book)),
            None => Ok((Job { kind, bytes, cleared }, kept)),
        }
    }

    /// The agency that sent a file of this name, as somebody said in round.toml, or as the record has it.
    fn sender_of(&self, name: &str) -> Option<AgencyId> {
        let said =
            self.open.round.returns.iter().find(|entry| entry.file == name).and_then(|entry| entry.agency.clone());
        said.or_else(|| sender_on_record(self.record, name))
    }

    /// The cells of a file that a named person cleared.
    fn cleared(&self, file: &ReturnFile) -> Vec<(String, At)> {
        let is_of_file = |cleared: &&Cleared| cleared.file == file.name && file.sha256.starts_with(&cleared.sha256);
        let of_file = self.open.round.cleared.iter().filter(is_of_file);
        let of_person =
            of_file.filter(|cleared| !cleared.by.trim().is_empty() && cleared.on.is_some_and(|on| on <= self.today));
        let in_settings = of_person.map(|cleared| (cleared.sheet.as_str(), cleared.cell.as_str()));
        let on_record = self.decisions.cleared(&file.sha256);
        in_settings
            .chain(on_record)
            .filter_map(|(sheet, cell)| Some((sheet.to_string(), book::position(cell)?)))
            .collect()
    }

    /// The workbooks that were issued to an agency and are still in the round's folder. Where it filled in another agency's workbook, that
    /// one too: what is printed there is nobody's writing.
    fn issued_to(&self, agency: &AgencyId, book: &Book) -> Vec<Book> {
        let code = return_code(book);
        let of_other = |one: &&IssuedWorkbook| {
            one.issued.agency != *agency && code.as_ref().is_some_and(|code| one.issued.return_code == *code)
        };
        let issued = self.record.issued_to(agency).iter().chain(self.record.issued().filter(of_other));
        let paths = issued.filter_map(|one| disk::inside(&self.open.folder.issued(), &one.issued.file).ok());
        let files = paths.filter_map(|path| disk::read(&path).ok());
        files.filter_map(|bytes| read::read(scan::kind(&bytes).ok()?, &bytes, &[]).ok()).collect()
    }

    fn finish(&self, kept: FileBeingRead, answer: Result<Book, ReadError>) -> Box<ReadFile> {
        match answer {
            Ok(book) => {
                self.books.put(&kept.key, &book);
                self.understood(kept, &book)
            }
            Err(why) => {
                // A workbook made to harm can take half a minute until it is refused, and every page asks.
                if is_lasting(&why) {
                    self.books.put(&refusal_key(&kept.key), &why);
                }
                unreadable(&kept.file, &why)
            }
        }
    }

    fn understood(&self, kept: FileBeingRead, book: &Book) -> Box<ReadFile> {
        let (round, theme) = (&self.open.round, &self.open.opened.theme);
        let owner = self.sought.owner.or_else(|| self.decisions.owner(&kept.file.sha256));
        let is_repair = self.sought.is_repair;
        let expected = Expected { round, theme, index: self.index, issued: &[], owner, is_repair };
        let mut checked = interpret(book, kept.file.clone(), expected);
        let elsewhere = checked.findings.iter().find(|finding| finding.code == Code::WrittenElsewhere);
        if let Some(agency) = elsewhere.and_then(|finding| finding.subject.agency.clone()) {
            // The round may have changed since the workbook went out: what was issued then is no agency's writing.
            let issued = self.issued_to(&agency, book);
            checked = interpret(book, kept.file.clone(), Expected { issued: &issued, ..expected });
        } else if !is_repair {
            self.answers.put(&self.answers_key(&kept), &checked);
        }
        Box::new(ReadFile { checked, seen: Some(kept.file) })
    }

    /// The key of what is understood of a file: its cells, its name, and the agency that a person said it is from.
    fn answers_key(&self, kept: &FileBeingRead) -> [u8; 32] {
        let owner = self.decisions.owner(&kept.file.sha256);
        sha256(format!("{:?} {} {owner:?}", kept.key, kept.file.name).as_bytes())
    }
}

/// The key under which it is kept why a file cannot be read.
fn refusal_key(key: &[u8; 32]) -> [u8; 32] {
    sha256(format!("refused {key:?}").as_bytes())
}

/// Whether a file is refused each time, and why may be kept: more time or memory may be there tomorrow, and a name in the file, as that of
/// a sheet, may be a child's.
fn is_lasting(why: &ReadError) -> bool {
    !matches!(why, ReadError::TooSlow(_) | ReadError::TooLarge(_)) && privacy::sign(&why.to_string()).is_none()
}

fn unreadable(file: &ReturnFile, why: &ReadError) -> Box<ReadFile> {
    let remedy = "open it in a spreadsheet program, save it again as .xlsx, or ask for a fresh copy";
    let found = format!("the workbook cannot be read: {why}");
    refused(&file.name, Some(file), Code::WorkbookUnreadable, found, remedy)
}

/// What was understood before of a file with these bytes and this name.
fn of_this_file(mut checked: Checked<Option<Response>>, file: ReturnFile) -> ReadFile {
    // It may have been saved again since, with the same bytes.
    if let Some(response) = &mut checked.output {
        response.file = file.clone();
    }
    ReadFile { checked, seen: Some(file) }
}

/// A file that somebody decided to leave out.
fn set_aside(file: &ReturnFile, agency: Option<&AgencyId>, settlement: &Settlement) -> Box<ReadFile> {
    let mut finding = Finding::new(Code::ReturnSetAside, Place::file(&file.name), "this file is left out", "", "");
    finding.subject.agency = agency.cloned();
    finding.settled = Some(settlement.clone());
    let findings = vec![finding.of_file(&file.sha256).naming(file.sha256.as_str())];
    Box::new(ReadFile { checked: Checked { output: None, findings }, seen: Some(file.clone()) })
}

/// A return that was forgotten and is here again: nothing of it is read, so that nothing undoes the forgetting in silence.
fn forgotten(file: &ReturnFile, day: Date, agency: Option<&AgencyId>) -> Box<ReadFile> {
    let found = format!("this return was forgotten on {} and is here again; nothing in it was read", words::date(day));
    let remedy = "delete it; if it is to count after all, open it, save it and put the saved file here";
    let mut finding = Finding::new(Code::ReturnForgotten, Place::file(&file.name), found, "", remedy);
    finding.subject.agency = agency.cloned();
    let findings = vec![finding.of_file(&file.sha256)];
    Box::new(ReadFile { checked: Checked { output: None, findings }, seen: None })
}

fn refused(name: &str, seen: Option<&ReturnFile>, code: Code, what: String, remedy: &str) -> Box<ReadFile> {
    let finding = Finding::new(code, Place::file(name), what, "a workbook of this round", remedy);
    let finding = match seen {
        Some(file) => finding.of_file(&file.sha256),
        None => finding.naming(name),
    };
    Box::new(ReadFile { checked: Checked { output: None, findings: vec![finding] }, seen: seen.cloned() })
}
