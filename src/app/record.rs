//! The record of a round on the disk: read as a whole, added to, and upgraded from what an earlier version kept elsewhere.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::core::finding::{Code, Finding};
use crate::core::hash::sha256_hex;
use crate::core::names::RelativeName;
use crate::export;
use crate::record::{self, Entry, NewEntry, Received, Record, Rewrite, Who, issued_by_an_earlier_program};
use crate::round::{self, Folder, Round};
use crate::workbook::file::{read, scan};
use crate::workbook::interpret::fingerprint;

/// The note when a round of an earlier version is upgraded.
const BROUGHT_OVER: &str = "This round was made by an earlier version of jtai. Its notes are now in record/, and round.toml says format = 2. \
                            If the presentation was approved, it must be approved again under its new code.";

/// The record of a round, with what an earlier version noted elsewhere.
#[derive(Debug)]
pub(crate) struct RoundRecord {
    /// The record, what was noted elsewhere included.
    pub record: Record,
    folder: Folder,
    /// The files of `record/`, by their names.
    files: Vec<(String, Vec<u8>)>,
    /// What an earlier version noted, as entries that are not in `record/` yet.
    earlier: Vec<NewEntry>,
    /// The files that have those notes.
    earlier_files: Vec<PathBuf>,
    /// Files and folders that could not be read.
    faults: Vec<Finding>,
}

/// What a command adds to the record, and as whom.
#[derive(Debug)]
pub(crate) struct Addition<'a> {
    /// The command.
    pub command: &'a str,
    /// Who ran it.
    pub who: Who,
    /// The day.
    pub on: Date,
    /// What it did.
    pub entries: Vec<NewEntry>,
}

/// Reads the record of a round. Writes nothing.
///
/// # Errors
///
/// When an earlier version's notes about issued workbooks cannot be read: without them, one code could be given to two workbooks.
pub(super) fn open(folder: &Folder, today: Date) -> Result<RoundRecord, Failure> {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    if folder.record().exists() {
        disk::check_no_link(&folder.record())?;
        let (found, unread) = disk::files_under(&folder.record());
        faults.extend(unread);
        for file in found.iter().filter(|file| !disk::is_system_file(&file.path) && !disk::is_leftover(&file.path)) {
            match disk::read(&file.path) {
                Ok(bytes) => files.push((name_in(&folder.record(), &file.path), bytes)),
                Err(failure) => faults.extend(failure.findings),
            }
        }
    }
    let (mut earlier, mut earlier_files) = (Vec::new(), Vec::new());
    for (path, read) in
        [(folder.earlier_record(), earlier_issued as Earlier), (folder.earlier_returns_log(), earlier_log)]
    {
        if path.is_file() {
            earlier.extend(read(folder, &path)?);
            earlier_files.push(path);
        }
    }
    let record = Record::from_files(&files, &earlier, today);
    Ok(RoundRecord { record, folder: folder.clone(), files, earlier, earlier_files, faults })
}

/// A function that reads the notes of an earlier version from a file.
type Earlier = fn(&Folder, &Path) -> Result<Vec<NewEntry>, Failure>;

fn earlier_issued(folder: &Folder, path: &Path) -> Result<Vec<NewEntry>, Failure> {
    let fingerprint = |file: &RelativeName, sha256: &str| {
        let bytes = disk::read(&disk::inside(&folder.issued(), file).ok()?).ok()?;
        // If somebody changed the file, it no longer tells what was asked in the workbook that was sent.
        if sha256_hex(&bytes) != sha256 {
            return None;
        }
        fingerprint::of_book(&read::read(scan::kind(&bytes).ok()?, &bytes, &[]).ok()?)
    };
    issued_by_an_earlier_program(&disk::read_text(path)?, fingerprint).ok_or_else(|| {
        let found = "the record of what was issued is damaged";
        let remedy = "put the file back from a copy; or, if nothing was sent yet, delete it and issue again";
        Failure::one(Code::RecordDamaged, Path::new(&folder.name_of(path)), found, remedy)
    })
}

fn earlier_log(_: &Folder, path: &Path) -> Result<Vec<NewEntry>, Failure> {
    let rows = export::csv::read_log(&disk::read_text(path)?);
    let entry = |row: export::csv::LogRow| {
        let received = Received { file: row.file, sha256: row.sha256, bytes: row.bytes, agency: None };
        Some(NewEntry { on: Some(row.first_seen?), ..NewEntry::from(Entry::Received(received)) })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// A file's name in the record's folder.
fn name_in(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

impl RoundRecord {
    /// Findings about the record and its folder.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Finding> {
        self.record.findings().iter().chain(&self.faults).cloned()
    }

    /// Treats these entries as if they were on record. The next command that writes puts them there.
    pub(super) fn bring_over(&mut self, entries: Vec<NewEntry>, today: Date) {
        if !entries.is_empty() {
            self.earlier.extend(entries);
            self.record = Record::from_files(&self.files, &self.earlier, today);
        }
    }

    /// The record as it will be with these entries added. Writes nothing.
    pub(super) fn with(&self, entries: &[NewEntry], today: Date) -> Record {
        let all: Vec<NewEntry> = self.earlier.iter().chain(entries).cloned().collect();
        Record::from_files(&self.files, &all, today)
    }

    /// Adds what a command did, leaving out what is on record already. Entries about a forgotten return that a synced copy brought back are
    /// removed, and a round of an earlier version is upgraded; then a note to show once is returned.
    ///
    /// # Errors
    ///
    /// When a file cannot be written. Files of the record that were written before that stay; each is whole.
    pub(crate) fn add(&self, addition: Addition<'_>) -> Result<Option<&'static str>, Failure> {
        let known: HashSet<&Entry> = self.record.entries().map(|recorded| &recorded.entry).collect();
        // An entry that takes others back is written even if it equals one on record, because the taking back is new.
        let is_new = |new: &&NewEntry| !new.replaces.is_empty() || !known.contains(&new.entry);
        let entries: Vec<NewEntry> = addition.entries.iter().filter(is_new).cloned().collect();
        self.forget(&HashSet::new())?;
        // In a file of its own, under nobody's name: whoever runs this command did none of it.
        if !self.earlier.is_empty() {
            self.write(&record::as_file(addition.on, "brought over", &Who::default(), &self.earlier))?;
        }
        if !entries.is_empty() {
            self.write(&record::as_file(addition.on, addition.command, &addition.who, &entries))?;
        }
        self.earlier_files.iter().try_for_each(|path| disk::remove(path))?;
        let path = self.folder.round_toml();
        match round::in_this_format(&disk::read_text(&path)?) {
            Some(text) => disk::write(&path, text.as_bytes()).map(|()| Some(BROUGHT_OVER)),
            None => Ok(None),
        }
    }

    /// Removes every entry about returns with these hashes from the record's files, and every entry about returns forgotten earlier.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or removed.
    pub(crate) fn forget(&self, sha256s: &HashSet<String>) -> Result<(), Failure> {
        // The new file first: a stop in between leaves two files with equal entries, which count once, and loses none.
        for Rewrite { name, instead } in self.record.to_forget(sha256s) {
            if let Some(file) = &instead {
                self.write(file)?;
            }
            disk::remove(&self.folder.record().join(&name))?;
        }
        Ok(())
    }

    fn write(&self, (name, text): &(RelativeName, String)) -> Result<(), Failure> {
        disk::make_folder(&self.folder.record())?;
        disk::write_changed(&disk::inside(&self.folder.record(), name)?, text.as_bytes())
    }
}

/// Who runs a command: the name that was typed, else the round's officer. The computer's account is kept beside it.
pub(super) fn who(round: &Round, by: Option<&str>) -> Who {
    let by = by.map(str::trim).filter(|by| !by.is_empty()).unwrap_or(&round.officer).to_string();
    // The first is Windows, the others are Unix.
    let account = ["USERNAME", "USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    Who { by, account: account.unwrap_or_default() }
}
