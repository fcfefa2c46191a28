//! `choices.xlsx` of a round on the disk: read, written if there is none, and renewed when the answers change what it offers.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::app::failure::Failure;
use crate::app::machine::cache::Cache;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::guard::{self, Job, StartError};
use crate::app::open::OpenRound;
use crate::choices::{self, Choices, ChoicesSource, EarlierChoices, OfferChanges};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::hash::sha256_hex;
use crate::core::words;
use crate::documents::deck;
use crate::round::{CHOICES_FILE, Folder};
use crate::workbook::file::book::Book;
use crate::workbook::file::scan;

/// A file of choices that was read.
#[derive(Debug, Clone)]
pub(super) struct ChoicesFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its cells.
    pub book: Book,
    /// What the officer chose in it.
    pub chosen: Choices,
}

/// What the officer chose; `None` if there is no file.
///
/// # Errors
///
/// When the file cannot be read: without it, the presentation would not say what was chosen.
pub(super) fn read(
    open: &OpenRound,
    analysis: &Analysis,
    today: Date,
) -> Result<Checked<Option<ChoicesFile>>, Failure> {
    let path = open.folder.choices();
    if !path.exists() {
        return Ok(Checked { output: None, findings: Vec::new() });
    }
    let Checked { output, mut findings } = read_bytes(open, &path, disk::read(&path)?, analysis, today)?;
    findings.extend(opened_elsewhere(&open.folder));
    Ok(Checked { output: Some(output), findings })
}

/// Reads a file of choices whose bytes are in memory; the path is what it is called.
pub(super) fn read_bytes(
    open: &OpenRound,
    path: &Path,
    bytes: Vec<u8>,
    analysis: &Analysis,
    today: Date,
) -> Result<Checked<ChoicesFile>, Failure> {
    let remedy = "put back a copy; or move the file away, and jtai chooses by its rule again";
    let refuse = |found: String| Failure::one(Code::WorkbookUnreadable, path, found, remedy);
    let kind = scan::kind(&bytes).map_err(|refusal| refuse(refusal.to_string()))?;
    // The same file is read by every report, by every page of choices, and more than once by some: its cells are kept, as those of returns are.
    let (kept, sha256) = (Cache::of_books(&open.folder), sha256_hex(&bytes));
    let read = |cleared: Vec<(String, (u32, u32))>| -> Result<Book, Failure> {
        let key = Cache::key(&sha256, &cleared);
        if let Some(book) = kept.get(&key) {
            return Ok(book);
        }
        let job = Job { kind, bytes: bytes.clone(), cleared };
        let book =
            guard::read_one(job).map_err(StartError::into_failure)?.map_err(|error| refuse(error.to_string()))?;
        kept.put(&key, &book);
        Ok(book)
    };
    let cleared = choices::cells_given(most_rows(analysis), None);
    let mut book = read(cleared.clone())?;
    // In a file of an earlier form, or if somebody moved columns, our own text is in different cells, and would be held back there.
    let own = choices::cells_given(most_rows(analysis), Some(&book));
    if own != cleared {
        book = read(own)?;
    }
    let Checked { output: chosen, findings } = chosen_in(open, &book, today);
    Ok(Checked { output: ChoicesFile { bytes, book, chosen }, findings })
}

/// What the officer chose, by the cells of the file.
pub(super) fn chosen_in(open: &OpenRound, book: &Book, today: Date) -> Checked<Choices> {
    // No presentation can have been approved before the workbooks were issued: an earlier date is a slip of the pen.
    let earliest = open.round.issued_on.unwrap_or(Date::MIN);
    choices::read(book, [earliest, today])
}

/// The finding that the file is open in a program, which may have unsaved choices.
fn opened_elsewhere(folder: &Folder) -> Option<Finding> {
    let lock = disk::lock_beside(&folder.choices())?;
    let found = "this file is open in a program: choices that are not saved there are not on the slides";
    let remedy = format!(
        "save and close it there, and run jtai report again; if nobody has it open, delete {}",
        folder.name_of(&lock)
    );
    Some(Finding::new(Code::ChoiceUnread, Place::file(CHOICES_FILE), found, "", remedy))
}

/// The most rows that a sheet of choices has.
fn most_rows(analysis: &Analysis) -> usize {
    let counts = [
        analysis.strengths.len(),
        analysis.worries.len(),
        analysis.actions.len(),
        analysis.disagreements.len(),
        deck::keys(analysis).len(),
    ];
    counts.into_iter().max().unwrap_or(0)
}

/// What to write into the file of choices.
pub(super) enum ChoicesPlan {
    /// Nothing: the file offers what there is to choose from.
    Leave,
    /// There is no file yet: these are its bytes.
    First(Vec<u8>),
    /// The answers changed what there is to choose from.
    Renew(Box<Renewal>),
}

/// A new file that is to replace an old one.
pub(super) struct Renewal {
    /// The old one as it was read.
    pub old: Vec<u8>,
    /// The new one, read back from its bytes.
    pub new: Checked<ChoicesFile>,
    changes: OfferChanges,
    /// Why the old one must be left; `None` if the new one has everything that the officer wrote and may replace it.
    pub left: Option<LeftBecause>,
}

impl ChoicesPlan {
    /// The file that will replace the one that was read; `None` if none will.
    pub(super) fn in_place(&self) -> Option<&Checked<ChoicesFile>> {
        match self {
            ChoicesPlan::Renew(renewal) if renewal.left.is_none() => Some(&renewal.new),
            ChoicesPlan::Leave | ChoicesPlan::First(_) | ChoicesPlan::Renew(_) => None,
        }
    }
}

/// Why a file is left where it is, and what to do about it.
pub(super) struct LeftBecause {
    /// What is in the way.
    pub found: String,
    remedy: &'static str,
}

/// Works out what to write. Nothing changes on the disk.
///
/// # Errors
///
/// When the new file cannot be made or read back.
pub(super) fn plan(
    open: &OpenRound,
    source: ChoicesSource<'_>,
    old: Option<&ChoicesFile>,
) -> Result<ChoicesPlan, Failure> {
    let Some(old) = old else { return Ok(ChoicesPlan::First(choices::workbook(source, None).or_fault()?)) };
    let earlier = choices::earlier(&old.book);
    let Some(changes) = choices::offer_changes(source, &earlier) else { return Ok(ChoicesPlan::Leave) };
    let bytes = choices::workbook(source, Some(&earlier)).or_fault()?;
    let path = open.folder.choices();
    // Read back, to know that everything the officer wrote is in it before it replaces the old file.
    let new = read_bytes(open, &path, bytes, source.analysis, source.made_on)?;
    let left = why_left(&path, old, &earlier, &new.output);
    Ok(ChoicesPlan::Renew(Box::new(Renewal { old: old.bytes.clone(), new, changes, left })))
}

fn why_left(path: &Path, old: &ChoicesFile, earlier: &EarlierChoices, new: &ChoicesFile) -> Option<LeftBecause> {
    const BY_HAND: &str = "copy what you need from one to the other, then give the one you keep the name choices.xlsx";
    if disk::lock_beside(path).is_some() {
        let remedy = "save and close it there, and run jtai report again";
        return Some(LeftBecause { found: "it is open in a program".into(), remedy });
    }
    if !earlier.obstacles().is_empty() {
        let found = format!("not all of it can be taken over ({})", words::list(earlier.obstacles()));
        return Some(LeftBecause { found, remedy: BY_HAND });
    }
    if !earlier.is_in(&old.chosen, &choices::earlier(&new.book), &new.chosen) {
        let found = "not all of your choices were read back from the new one".to_string();
        return Some(LeftBecause { found, remedy: BY_HAND });
    }
    why_not_replaceable(path, &old.bytes)
}

/// Why the file cannot be replaced: it is open or read-only, or somebody saved it after it was read. `None` if it can.
pub(super) fn why_not_replaceable(path: &Path, as_read: &[u8]) -> Option<LeftBecause> {
    let is_free = disk::check_no_link(path).is_ok() && disk::check_replaceable(path).is_ok();
    if is_free && disk::read(path).is_ok_and(|bytes| bytes == as_read) {
        return None;
    }
    let remedy = "close it where it is open, remove its read-only mark, and run jtai report again";
    Some(LeftBecause { found: "it cannot be replaced just now".into(), remedy })
}

/// Writes what was planned. Returns a finding if the file was renewed.
///
/// # Errors
///
/// When a file cannot be written.
pub(super) fn carry_out(
    plan: ChoicesPlan,
    open: &OpenRound,
    analysis: &Analysis,
    today: Date,
) -> Result<Option<Finding>, Failure> {
    let path = open.folder.choices();
    match plan {
        ChoicesPlan::Leave => Ok(None),
        // A file that appeared in the meantime is the officer's.
        ChoicesPlan::First(_) if path.exists() => Ok(None),
        ChoicesPlan::First(bytes) => disk::write(&path, &bytes).map(|()| None),
        ChoicesPlan::Renew(renewal) => {
            let Renewal { old, new, changes, left } = *renewal;
            let new = new.output;
            match left.or_else(|| why_not_replaceable(&path, &old)) {
                None => replace(&open.folder, &old, &new.bytes, &changes, today).map(Some),
                Some(left) => write_beside(open, &new, &changes, &left, (analysis, today)).map(Some),
            }
        }
    }
}

/// Keeps the old file under a dated name, then puts the new one in its place.
fn replace(folder: &Folder, old: &[u8], new: &[u8], changes: &OfferChanges, today: Date) -> Result<Finding, Failure> {
    let kept = keep_old(folder, old, today)?;
    disk::write(&folder.choices(), new)?;
    let found = format!("renewed: {}; all your choices are kept", changes.words());
    let remedy =
        format!("what is new or changed is marked in the last column; the file as it was is {}", folder.name_of(&kept));
    Ok(Finding::new(Code::ChoicesRenewed, Place::file(CHOICES_FILE), found, "", remedy))
}

/// Writes the old file's bytes under a dated name beside it. A run that was stopped may have done so already; then that file serves.
pub(super) fn keep_old(folder: &Folder, old: &[u8], today: Date) -> Result<PathBuf, Failure> {
    let day = words::date(today);
    let numbered = (2..).map(|number| format!("before {day}, {number}"));
    let mut paths = std::iter::once(format!("before {day}")).chain(numbered).map(|name| beside(folder, &name));
    let is_free = |path: &PathBuf| !path.exists() || disk::read(path).is_ok_and(|bytes| bytes == old);
    let path = paths.find(is_free).unwrap_or_default();
    disk::write_changed(&path, old)?;
    Ok(path)
}

/// Leaves the old file and writes the new one beside it.
fn write_beside(
    open: &OpenRound,
    new: &ChoicesFile,
    changes: &OfferChanges,
    left: &LeftBecause,
    (analysis, today): (&Analysis, Date),
) -> Result<Finding, Failure> {
    let names = std::iter::once("new".to_string()).chain((2..).map(|number| format!("new {number}")));
    let mut paths = names.map(|name| beside(&open.folder, &name));
    let is_free = |path: &PathBuf| !path.exists() || has_nothing_else(open, path, new, (analysis, today));
    let path = paths.find(is_free).unwrap_or_default();
    disk::write_changed(&path, &new.bytes)?;
    let LeftBecause { found, remedy } = left;
    let name = open.folder.name_of(&path);
    let found = format!("{} since it was made; {found}, so it was left and the renewed one is {name}", changes.words());
    Ok(Finding::new(Code::ChoicesBeside, Place::file(CHOICES_FILE), found, "", *remedy))
}

/// Whether a file beside the choices can be overwritten: the new one has everything that the officer wrote in it, and nobody has it open.
fn has_nothing_else(open: &OpenRound, path: &Path, new: &ChoicesFile, (analysis, today): (&Analysis, Date)) -> bool {
    if disk::lock_beside(path).is_some() || disk::check_no_link(path).is_err() {
        return false;
    }
    let Ok(bytes) = disk::read(path) else { return false };
    read_bytes(open, path, bytes, analysis, today).is_ok_and(|Checked { output: standing, .. }| {
        let there = choices::earlier(&standing.book);
        there.obstacles().is_empty() && there.is_in(&standing.chosen, &choices::earlier(&new.book), &new.chosen)
    })
}

/// The path of a file beside `choices.xlsx`, with `what` in brackets in its name.
fn beside(folder: &Folder, what: &str) -> PathBuf {
    let path = folder.choices();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{stem} ({what}).xlsx"))
}
