//! Reads the files in `returns/`. Each is read once: its kind is told by its content, a worker reads its cells, then it is interpreted.

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

/// The result of reading one file.
pub(crate) struct ReadFile {
    /// What it said, with what was noticed.
    pub checked: Checked<Option<Response>>,
    /// The file, where its bytes could be read.
    pub seen: Option<ReturnFile>,
}

/// The files to read, and how.
#[derive(Clone, Copy)]
struct FilesToRead<'a> {
    files: &'a [Found],
    /// The agency that the officer says it is from; `None` where nobody says.
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
    read_files(open, record, decisions, FilesToRead { files, owner: None, is_repair: false }, surroundings)
}

fn read_files(
    open: &OpenRound,
    record: &Record,
    decisions: &Decisions<'_>,
    to_read: FilesToRead<'_>,
    surroundings: Surroundings<'_>,
) -> Result<Vec<ReadFile>, Failure> {
    let files = to_read.files;
    let today = surroundings.today();
    let index = RoundIndex::new(&open.round, &open.opened.theme);
    let forgotten = record.forgotten().map(|(gone, day)| (gone.print.clone(), (day, gone.agency.clone()))).collect();
    // The interpretation of a workbook depends on the round, the theme and its cells only. So the cache of interpretations has the hash of
    // round and theme in its name.
    let print = sha256_hex(format!("{:?} {:?}", open.round, open.opened.theme).as_bytes());
    let (books, answers) = (Cache::of_books(&open.folder), Cache::of_answers(&open.folder, &print));
    let reader = Reader { open, index: &index, record, decisions, to_read, forgotten, today, books, answers };
    let progress = surroundings.progress;
    progress.begin(files.len());
    // Set when the returns read so far use more memory than `MEMORY_IN_ALL`. Files are not read after that, and the action fails.
    let is_full = AtomicBool::new(false);
    // `Err` is no failure here: it is a result for which no worker is needed.
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
        let found = "together, the files in returns/ need more than 4 GB of memory, so none of them was used";
        let remedy = "move out the files that are not returns, then run this again";
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

/// Reads a single file from anywhere, as far as it can be read, to copy its answers into a fresh workbook.
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
    let to_read = FilesToRead { files: std::slice::from_ref(&found), owner, is_repair: true };
    let mut read = read_files(open, record, &decisions, to_read, surroundings)?;
    read.pop().ok_or_else(Failure::of_fault)
}

/// The agency that sent a file of this name before.
fn sender_on_record(record: &Record, name: &str) -> Option<AgencyId> {
    record.senders().find(|(received, ..)| received.file == name).map(|(_, agency, _)| agency.clone())
}

/// A file that was not read because memory is full. The action then fails as a whole.
fn not_read(reader: &Reader<'_>, file: &Found) -> Box<ReadFile> {
    let name = shown_name(&reader.open.folder, &file.path);
    refused(&name, None, Code::MemoryShort, "was not read".into(), "")
}

/// A file's name in messages and data. A name that may identify a child is held back: 8 digits of its hash stand in for it.
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

/// The finding that a file's name is held back.
pub(super) fn held_back_name(name: &str) -> Option<Finding> {
    let found = "the name of this file may identify a child, and is held back";
    let remedy = "rename the file in returns/ so that it does not";
    let finding =
        || Finding::new(Code::TextHeldBack, Place::file(name), found, "a name without it", remedy).naming(name);
    name.contains(HELD_BACK).then(finding)
}

/// Everything that a file is read with.
struct Reader<'a> {
    open: &'a OpenRound,
    index: &'a RoundIndex,
    record: &'a Record,
    decisions: &'a Decisions<'a>,
    to_read: FilesToRead<'a>,
    /// When each forgotten return was forgotten, and its agency, keyed by [`Forgotten::print_of`] its SHA-256.
    forgotten: HashMap<String, (Date, Option<AgencyId>)>,
    today: Date,
    /// The cells of workbooks that were read before.
    books: Cache,
    /// The interpretations of workbooks that were read before.
    answers: Cache,
}

/// What is kept of a file while a worker reads it.
struct FileBeingRead {
    file: ReturnFile,
    key: [u8; 32],
}

impl Reader<'_> {
    /// A job for a worker; or the result, if it is known without reading the file.
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
        // By its size on the disk, before anything is read into memory.
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
        // Before anything of the file is looked at: a forgotten return must not come back through the cache.
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
        // Not for a repair, which also reads tables that are laid out differently: the cache has what ordinary reading gives.
        if let Some(known) = self.answers.get(&self.answers_key(&kept)).filter(|_| !self.to_read.is_repair) {
            return Err(Box::new(with_file(known, kept.file)));
        }
        if let Some(why) = self.books.get::<ReadError>(&refusal_key(&kept.key)) {
            return Err(unreadable(&kept.file, &why));
        }
        match self.books.get(&kept.key) {
            Some(book) => Err(self.understood(kept, &book)),
            None => Ok((Job { kind, bytes, cleared }, kept)),
        }
    }

    /// The agency that sent a file of this name, as round.toml says, else as the record says.
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

    /// The workbooks that were issued to an agency and are still in the round's folder. If it filled in a different agency's workbook, that
    /// one too: its printed text must not be taken for something the agency wrote.
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
                // A malicious workbook can take half a minute to be refused, and every page reads the returns.
                if is_lasting(&why) {
                    self.books.put(&refusal_key(&kept.key), &why);
                }
                unreadable(&kept.file, &why)
            }
        }
    }

    fn understood(&self, kept: FileBeingRead, book: &Book) -> Box<ReadFile> {
        let (round, theme) = (&self.open.round, &self.open.opened.theme);
        let owner = self.to_read.owner.or_else(|| self.decisions.owner(&kept.file.sha256));
        let is_repair = self.to_read.is_repair;
        let expected = Expected { round, theme, index: self.index, issued: &[], owner, is_repair };
        let mut checked = interpret(book, kept.file.clone(), expected);
        let elsewhere = checked.findings.iter().find(|finding| finding.code == Code::WrittenElsewhere);
        if let Some(agency) = elsewhere.and_then(|finding| finding.subject.agency.clone()) {
            // The round may have changed since the workbook was sent. Text that was printed in it then looks like the agency's own, so it
            // is interpreted again beside what was issued. That depends on files in issued/, so it is not cached.
            let issued = self.issued_to(&agency, book);
            checked = interpret(book, kept.file.clone(), Expected { issued: &issued, ..expected });
        } else if !is_repair {
            self.answers.put(&self.answers_key(&kept), &checked);
        }
        Box::new(ReadFile { checked, seen: Some(kept.file) })
    }

    /// The key of a file's interpretation: its cells, its name, and the agency that a person said it is from.
    fn answers_key(&self, kept: &FileBeingRead) -> [u8; 32] {
        let owner = self.decisions.owner(&kept.file.sha256);
        sha256(format!("{:?} {} {owner:?}", kept.key, kept.file.name).as_bytes())
    }
}

/// The cache key for the reason why a file cannot be read.
fn refusal_key(key: &[u8; 32]) -> [u8; 32] {
    sha256(format!("refused {key:?}").as_bytes())
}

/// Whether a refusal may be cached. Time and memory may be enough tomorrow, and a reason can quote the name of a sheet, which may identify
/// a child.
fn is_lasting(why: &ReadError) -> bool {
    !matches!(why, ReadError::TooSlow(_) | ReadError::TooLarge(_)) && privacy::sign(&why.to_string()).is_none()
}

fn unreadable(file: &ReturnFile, why: &ReadError) -> Box<ReadFile> {
    let remedy = "open it in a spreadsheet program, save it again as .xlsx, or ask for a fresh copy";
    let found = format!("the workbook cannot be read: {why}");
    refused(&file.name, Some(file), Code::WorkbookUnreadable, found, remedy)
}

/// The cached interpretation of a file with these bytes and this name.
fn with_file(mut checked: Checked<Option<Response>>, file: ReturnFile) -> ReadFile {
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

/// A forgotten return that is back in the folder. It is not read, so that forgetting is never undone unnoticed.
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
