//! Files in, sets of files out. An output is whole or absent; what a person changed since is left, and the new one goes beside it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use tempfile::TempPath;

use super::Failure;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::hash::sha256_hex;

/// The record of what was written, in each folder of outputs.
const MANIFEST: &str = "manifest.json";

/// The start of a temporary file's name; what a killed run left under it is cleared by the next.
const TEMPORARY: &str = ".jtai-";

/// What the names of lock files begin with: of Microsoft Office, and of LibreOffice, which puts a `#` behind too.
pub const LOCK_MARKS: [&str; 2] = ["~$", ".~lock."];

/// The lock file that a program has put beside a file that it has open; `None` where there is none.
pub fn lock_beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy();
    let [office, libre] = LOCK_MARKS;
    let names = [format!("{office}{name}"), format!("{libre}{name}#")];
    names.iter().map(|name| path.with_file_name(name)).find(|lock| lock.exists())
}

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| fault(Code::FileUnreadable, path, &error))
}

/// Reads a whole file of UTF-8 text.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|_| {
        let remedy = "save it as UTF-8 text: in Notepad, Save as, Encoding UTF-8";
        Failure::one(Code::FileUnreadable, path, "the file is not UTF-8 text", remedy)
    })
}

/// A file found in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// When it was last changed, in seconds since 1970; `None` where the system does not say.
    pub changed: Option<i64>,
    /// How large it is, in bytes.
    pub bytes: u64,
}

/// Every plain file under a folder, sub-folders too, in the order of their names; and what could not be looked into, links
/// among it: they are not followed, because they can lead in circles or out of the round.
pub fn files_under(folder: &Path) -> (Vec<Found>, Vec<Diagnostic>) {
    let (mut files, mut faults, mut folders) = (Vec::new(), Vec::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                faults.extend(fault(Code::FileUnreadable, &folder, &error).findings);
                continue;
            }
        };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => files.push(found(&entry)),
                _ => {
                    let remedy = "put the file itself into the folder";
                    let what = "this is a link or a device and no file, and was not read";
                    faults.extend(Failure::one(Code::FileUnreadable, &entry.path(), what, remedy).findings);
                }
            }
        }
    }
    files.sort();
    (files, faults)
}

fn found(entry: &fs::DirEntry) -> Found {
    let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
    Found { changed: changed(entry), path: entry.path(), bytes }
}

fn changed(entry: &fs::DirEntry) -> Option<i64> {
    let time = entry.metadata().ok()?.modified().ok()?;
    i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| fault(Code::OutputUnwritable, path, &error))
}

/// Adds text to the end of a file, which is made if it is not there.
pub fn append(path: &Path, text: &str) -> Result<(), Failure> {
    let written =
        File::options().create(true).append(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| fault(Code::OutputUnwritable, path, &error))
}

/// Writes one file whole: beside its place first, then by one renaming.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    check_replaceable(path)?;
    let part = write_part(path, bytes)?;
    part.persist(path).map(drop).map_err(|error| fault(Code::OutputUnwritable, path, &error.error))
}

/// Writes one file whole, unless it holds these bytes already.
pub fn write_changed(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|standing| standing == bytes) { Ok(()) } else { write(path, bytes) }
}

/// Files that are written together: all of them or none.
#[derive(Debug)]
pub struct OutputSet {
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    clears_others: bool,
}

/// What became of a set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    /// The files that were written or replaced, by their names in the folder.
    pub new: Vec<String>,
    /// The files that stood there already with the same bytes.
    pub unchanged: Vec<String>,
    /// The name that each file got, by the name it was to have: another one where a person changed what stood there.
    pub names: BTreeMap<String, String>,
    /// What the officer should know.
    pub findings: Vec<Diagnostic>,
}

impl Written {
    /// The name that a file got.
    pub fn name_of(&self, wanted: &str) -> String {
        self.names.get(wanted).cloned().unwrap_or_else(|| wanted.to_string())
    }
}

impl OutputSet {
    /// A whole set: files of an earlier run that are no longer part of it are removed, unless somebody changed them.
    pub fn whole(folder: PathBuf) -> OutputSet {
        OutputSet { folder, files: BTreeMap::new(), clears_others: true }
    }

    /// A part of a set: other files of the folder stay.
    pub fn part(folder: PathBuf) -> OutputSet {
        OutputSet { folder, files: BTreeMap::new(), clears_others: false }
    }

    /// Adds a file. Its name is relative to the folder, with `/` between folders.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// Writes the set.
    pub fn write(self) -> Result<Written, Failure> {
        make_folder(&self.folder)?;
        clear_leftovers(&self.folder);
        let before = read_manifest(&self.folder);
        let mut manifest = Manifest { files: BTreeMap::new(), before: before.known(), ..Manifest::new() };
        if !self.clears_others {
            manifest.files.clone_from(&before.files);
        }
        let mut written = Written::default();
        let mut pending: Vec<(PathBuf, TempPath)> = Vec::new();
        for (wanted, bytes) in &self.files {
            let hash = sha256_hex(bytes);
            let name = self.free_name(wanted, &hash, &before, &mut written);
            let path = self.path(&name);
            if hash_of(&path).as_deref() == Some(&hash) {
                written.unchanged.push(name.clone());
            } else {
                check_replaceable(&path)?;
                pending.push((path.clone(), write_part(&path, bytes)?));
                written.new.push(name.clone());
            }
            manifest.files.insert(name.clone(), hash);
            written.names.insert(wanted.clone(), name);
        }
        self.replace(&before, manifest, pending)?;
        Ok(written)
    }

    /// Puts the files in their places. The manifest goes first and holds the hashes of both sets, so that a kill between two
    /// renamings leaves nothing that the next run would take for a person's change; last, it holds the new set alone.
    fn replace(
        &self,
        before: &Manifest,
        mut manifest: Manifest,
        pending: Vec<(PathBuf, TempPath)>,
    ) -> Result<(), Failure> {
        let path = self.path(MANIFEST);
        if pending.is_empty() && before.files == manifest.files && before.before.is_empty() {
            return Ok(());
        }
        write(&path, manifest.text().as_bytes())?;
        if let Err(failure) = replace_all(pending) {
            write(&path, before.text().as_bytes())?;
            return Err(failure);
        }
        if self.clears_others {
            self.clear_stale(before, &manifest);
        }
        manifest.before.clear();
        write(&path, manifest.text().as_bytes())
    }

    fn path(&self, name: &str) -> PathBuf {
        name.split('/').fold(self.folder.clone(), |path, part| path.join(part))
    }

    /// The name to write under: another one where a person changed the file that stands there.
    fn free_name(&self, name: &str, hash: &str, before: &Manifest, written: &mut Written) -> String {
        let Some(standing) = hash_of(&self.path(name)) else { return name.to_string() };
        if standing == hash || before.wrote(name, &standing) {
            return name.to_string();
        }
        let beside = beside(name);
        let found = format!("this file was changed after it was written, so the new one stands beside it as {beside}");
        let place = Place::file(self.path(name).display().to_string());
        let remedy = "keep the one you want, and delete or rename the other";
        written.findings.push(Diagnostic::new(Code::OutputChanged, place, found, "", remedy));
        self.free_name(&beside, hash, before, written)
    }

    fn clear_stale(&self, before: &Manifest, now: &Manifest) {
        for name in before.known().keys().filter(|name| !now.files.contains_key(*name)) {
            if hash_of(&self.path(name)).is_some_and(|hash| before.wrote(name, &hash)) {
                // A file that cannot be removed is only out of date; the manifest no longer names it.
                let _ = fs::remove_file(self.path(name));
            }
        }
    }
}

/// What became of a folder of outputs.
#[derive(Debug, Default)]
pub struct Cleared {
    /// The files that were removed.
    pub removed: Vec<PathBuf>,
    /// The files that somebody changed, and that were left.
    pub left: Vec<PathBuf>,
}

/// Removes the outputs of a folder as they were written, and its manifest; what somebody changed stays.
pub fn remove_outputs(folder: &Path) -> Result<Cleared, Failure> {
    let manifest = read_manifest(folder);
    let mut cleared = Cleared::default();
    for found in files_under(folder).0 {
        let name = found.path.strip_prefix(folder).unwrap_or(&found.path);
        let parts: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let is_ours = hash_of(&found.path).is_some_and(|hash| manifest.wrote(&parts.join("/"), &hash));
        if parts.join("/") == MANIFEST {
            continue;
        }
        if is_ours {
            fs::remove_file(&found.path).map_err(|error| fault(Code::OutputUnwritable, &found.path, &error))?;
            cleared.removed.push(found.path);
        } else {
            cleared.left.push(found.path);
        }
    }
    let path = folder.join(MANIFEST);
    if cleared.left.is_empty() && path.is_file() {
        fs::remove_file(&path).map_err(|error| fault(Code::OutputUnwritable, &path, &error))?;
    }
    Ok(cleared)
}

/// Removes a folder that can be made again, and says whether there was one.
pub fn remove_folder(folder: &Path) -> Result<bool, Failure> {
    if !folder.is_dir() {
        return Ok(false);
    }
    fs::remove_dir_all(folder).map(|()| true).map_err(|error| fault(Code::OutputUnwritable, folder, &error))
}

/// `deck.pdf` becomes `deck (new).pdf`.
fn beside(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => format!("{stem} (new).{ending}"),
        _ => format!("{name} (new)"),
    }
}

fn hash_of(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| sha256_hex(&bytes))
}

/// What a folder's manifest holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    note: String,
    /// SHA-256 of each file as it was written, by its name in the folder.
    files: BTreeMap<String, String>,
    /// The same of the run before, while a set is being replaced; empty otherwise.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    before: BTreeMap<String, String>,
}

impl Manifest {
    fn new() -> Manifest {
        let note = "SHA-256 of each file as jtai wrote it; a file changed since is never overwritten".to_string();
        Manifest { format: 1, note, ..Manifest::default() }
    }

    /// Whether jtai wrote these bytes under this name.
    fn wrote(&self, name: &str, hash: &str) -> bool {
        [&self.files, &self.before].iter().any(|files| files.get(name).is_some_and(|known| known == hash))
    }

    /// Every file that may stand in the folder.
    fn known(&self) -> BTreeMap<String, String> {
        let mut known = self.before.clone();
        known.extend(self.files.clone());
        known
    }

    fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts and a number are JSON") + "\n"
    }
}

/// The files that an earlier run wrote; none where there is no manifest or it cannot be read, so that all are left alone.
fn read_manifest(folder: &Path) -> Manifest {
    let text = fs::read_to_string(folder.join(MANIFEST)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_else(|_| Manifest::new())
}

/// A file that is read-only, or open in a program that locks it, is not replaced behind anybody's back.
pub fn check_replaceable(path: &Path) -> Result<(), Failure> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    if metadata.is_dir() {
        return Err(Failure::one(
            Code::OutputUnwritable,
            path,
            "a folder stands where a file should go",
            "rename the folder",
        ));
    }
    if metadata.permissions().readonly() {
        let remedy = "take the read-only mark off, or move the file away; then run the command again";
        return Err(Failure::one(Code::OutputUnwritable, path, "the file is read-only", remedy));
    }
    File::options().write(true).open(path).map(drop).map_err(|error| fault(Code::OutputUnwritable, path, &error))
}

fn write_part(path: &Path, bytes: &[u8]) -> Result<TempPath, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let part = || -> io::Result<TempPath> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY).suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut part = builder.tempfile_in(folder)?;
        part.write_all(bytes)?;
        part.as_file().sync_all()?;
        // Closed here: a set can be of more files than may be open at once.
        Ok(part.into_temp_path())
    };
    part().map_err(|error| fault(Code::OutputUnwritable, folder, &error))
}

/// Puts every file in its place; when one cannot be, those before it go back to what they were.
fn replace_all(pending: Vec<(PathBuf, TempPath)>) -> Result<(), Failure> {
    let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for (path, part) in pending {
        let before = fs::read(&path).ok();
        if let Err(error) = part.persist(&path) {
            for (path, before) in done.into_iter().rev() {
                // Best effort: the failure that is reported is the first one.
                let _ = match before {
                    Some(bytes) => write(&path, &bytes).map_err(drop),
                    None => fs::remove_file(&path).map_err(drop),
                };
            }
            return Err(fault(Code::OutputUnwritable, &path, &error.error));
        }
        done.push((path, before));
    }
    Ok(())
}

/// Removes the temporary files that a killed run left in a folder of outputs.
fn clear_leftovers(folder: &Path) {
    let is_leftover = |name: &OsStr| {
        let name = name.to_string_lossy();
        name.starts_with(TEMPORARY) && name.ends_with(".part")
    };
    for found in files_under(folder).0 {
        if found.path.file_name().is_some_and(is_leftover) {
            let _ = fs::remove_file(found.path);
        }
    }
}

/// A failure of the disk in the officer's words.
fn fault(code: Code, path: &Path, error: &io::Error) -> Failure {
    let (found, remedy) = match (error.kind(), error.raw_os_error()) {
        // Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
        (_, Some(32 | 33)) if cfg!(windows) => {
            ("it is open in another program".to_string(), "close it there, then run the command again")
        }
        // Windows: ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING.
        (_, Some(362)) if cfg!(windows) => {
            ("it is not downloaded".to_string(), "choose Always keep on this device, then run the command again")
        }
        (io::ErrorKind::NotFound, _) => ("it is not there".to_string(), "check the name and the folder"),
        (io::ErrorKind::PermissionDenied, _) => (
            "you may not open or change it".to_string(),
            "check that you have access to it, and that no other program holds it",
        ),
        (io::ErrorKind::IsADirectory, _) => ("it is a folder".to_string(), "name a file"),
        (io::ErrorKind::NotADirectory, _) => ("a file stands where a folder should be".to_string(), "check the path"),
        (io::ErrorKind::StorageFull, _) => ("the disk is full".to_string(), "make room, then run the command again"),
        _ => (format!("the system says: {error}"), "mend that, then run the command again"),
    };
    Failure::one(code, path, found, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(folder: &Path, files: &[(&str, &str)]) -> Result<Written, Failure> {
        let mut set = OutputSet::whole(folder.to_path_buf());
        for (name, text) in files {
            set.add(*name, *text);
        }
        set.write()
    }

    fn text(path: PathBuf) -> String {
        fs::read_to_string(path).unwrap_or_else(|_| "(absent)".into())
    }

    #[test]
    fn a_file_that_a_person_changed_is_left_and_the_new_one_goes_beside() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        set(folder.path(), &[("a/deck.pdf", "one")]).expect("written");
        assert_eq!(set(folder.path(), &[("a/deck.pdf", "two")]).expect("written").new, ["a/deck.pdf"]);
        fs::write(at("a/deck.pdf"), "mine").expect("changed by a person");
        let written = set(folder.path(), &[("a/deck.pdf", "three")]).expect("written");
        assert_eq!(written.new, ["a/deck (new).pdf"]);
        assert_eq!(written.findings[0].code, Code::OutputChanged);
        assert_eq!((text(at("a/deck.pdf")), text(at("a/deck (new).pdf"))), ("mine".into(), "three".into()));
        set(folder.path(), &[("a/deck.pdf", "four")]).expect("written");
        assert_eq!((text(at("a/deck.pdf")), text(at("a/deck (new).pdf"))), ("mine".into(), "four".into()));
    }

    #[test]
    fn one_file_that_cannot_be_replaced_keeps_the_whole_set_as_it_was() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        set(folder.path(), &[("a.csv", "one"), ("b.csv", "one")]).expect("written");
        let mut permissions = fs::metadata(at("b.csv")).expect("there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(at("b.csv"), permissions).expect("made read-only");
        let failure = set(folder.path(), &[("a.csv", "two"), ("b.csv", "two")]).expect_err("b.csv is read-only");
        assert!(failure.text().contains("the file is read-only"), "{}", failure.text());
        assert_eq!((text(at("a.csv")), text(at("b.csv"))), ("one".into(), "one".into()));
        let names: Vec<PathBuf> = files_under(folder.path()).0.into_iter().map(|found| found.path).collect();
        assert_eq!(names, [at("a.csv"), at("b.csv"), at(MANIFEST)]);
    }

    #[test]
    fn what_is_no_longer_part_of_the_set_goes_and_what_a_kill_left_is_cleared() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        set(folder.path(), &[("old.svg", "x"), ("kept.svg", "x")]).expect("written");
        fs::write(at("kept.svg"), "mine").expect("changed by a person");
        fs::write(at(".jtai-abc.part"), "half").expect("left by a kill");
        let again = set(folder.path(), &[("new.svg", "y")]).expect("written");
        assert_eq!(again.new, ["new.svg"]);
        assert_eq!((text(at("old.svg")), text(at("kept.svg"))), ("(absent)".into(), "mine".into()));
        assert_eq!(text(at(".jtai-abc.part")), "(absent)");
        let same = set(folder.path(), &[("new.svg", "y")]).expect("written");
        assert_eq!((same.new.len(), same.unchanged), (0, vec!["new.svg".to_string()]));
    }
}
