//! Single files, read and written.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tempfile::{NamedTempFile, TempPath};

use crate::app::failure::Failure;
use crate::core::finding::{Code, Finding};
use crate::core::names::RelativeName;

/// The start of a temporary file's name. The next run removes those that a killed run left.
const TEMPORARY: &str = ".jtai-";

/// What the names of lock files begin with: of Microsoft Office, and of LibreOffice, which puts a `#` behind too.
pub(crate) const LOCK_MARKS: [&str; 2] = ["~$", ".~lock."];

/// The lock file that an office program puts beside a file while it is open; `None` if there is none.
pub(crate) fn lock_beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy();
    let [office, libre] = LOCK_MARKS;
    let names = [format!("{office}{name}"), format!("{libre}{name}#")];
    names.iter().map(|name| path.with_file_name(name)).find(|lock| lock.exists())
}

/// Whether a file is one that programs and systems leave in folders, which has nothing of a round in it.
pub(crate) fn is_system_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    // "._" begins the names of files in which macOS keeps attributes on drives of other systems.
    let starts = LOCK_MARKS.iter().chain(&["._"]).any(|start| name.starts_with(start));
    starts || name.ends_with(".tmp") || matches!(name.as_str(), "desktop.ini" | "thumbs.db" | ".ds_store" | ".gitkeep")
}

/// Whether a file is a temporary one that a killed run left.
pub(crate) fn is_leftover(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with(TEMPORARY) && name.ends_with(".part")
}

/// The most that is read of a file, in bytes: far more than any file of a round has, and far less than a machine's memory.
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// Reads a whole file. Refuses a device, which may never end, and a file larger than [`LARGEST_FILE`].
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: io::Error| fault(Code::FileUnreadable, path, &error);
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() && !metadata.is_dir() {
        let found = "this is a device, not a file, and was not read";
        return Err(Failure::one(Code::FileUnreadable, path, found, "put the file itself here"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    // One byte more than allowed, to notice a file that is too large without reading all of it. Its size in the metadata may be wrong.
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let found = "the file is larger than 512 MB, and was not read";
        return Err(Failure::one(Code::FileUnreadable, path, found, "check that it is the file you mean"));
    }
    Ok(bytes)
}

/// Reads a whole file of UTF-8 text.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|_| {
        let remedy = "save it as UTF-8 text: in Notepad, Save as, Encoding UTF-8";
        Failure::one(Code::FileUnreadable, path, "the file is not UTF-8 text", remedy)
    })
}

/// A file found in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// When it was last changed, in seconds since 1970; `None` where the system does not say.
    pub changed: Option<i64>,
    /// How large it is, in bytes.
    pub bytes: u64,
}

/// Every plain file under a folder and its sub-folders, in the order of their names, with a finding for each thing that was not looked
/// into. Links are among those: they can lead in circles or out of the round.
pub(crate) fn files_under(folder: &Path) -> (Vec<Found>, Vec<Finding>) {
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
                Ok(kind) if kind.is_file() => files.push(found_there(entry.path(), entry.metadata().ok().as_ref())),
                _ => {
                    let remedy = "put the file itself into the folder";
                    let what = "this is a link or a device, not a file, and was not read";
                    faults.extend(Failure::one(Code::FileUnreadable, &entry.path(), what, remedy).findings);
                }
            }
        }
    }
    files.sort();
    (files, faults)
}

/// The file at a path that somebody typed.
///
/// # Errors
///
/// When it is not there, or is a folder.
pub(crate) fn found(path: &Path) -> Result<Found, Failure> {
    let metadata = fs::metadata(path).map_err(|error| fault(Code::FileUnreadable, path, &error))?;
    if !metadata.is_file() {
        let remedy = "name the file itself";
        return Err(Failure::one(Code::FileUnreadable, path, "this is a folder or a device, and not a file", remedy));
    }
    Ok(found_there(path.to_path_buf(), Some(&metadata)))
}

fn found_there(path: PathBuf, metadata: Option<&fs::Metadata>) -> Found {
    Found { changed: metadata.and_then(changed), path, bytes: metadata.map_or(0, fs::Metadata::len) }
}

fn changed(metadata: &fs::Metadata) -> Option<i64> {
    i64::try_from(metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// Refuses a link: what is written through one goes elsewhere.
///
/// # Errors
///
/// When something is there and is a link.
pub(crate) fn check_no_link(path: &Path) -> Result<(), Failure> {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink()) {
        return Ok(());
    }
    let remedy = "put the folder or the file itself here, and run the command again";
    Err(Failure::one(Code::NameUnsafe, path, "this is a link, and nothing is written through a link", remedy))
}

/// The path of a name in a folder.
///
/// # Errors
///
/// When the folder itself, the file, or a folder on the way to it is a link.
pub(crate) fn inside(folder: &Path, name: &RelativeName) -> Result<PathBuf, Failure> {
    check_no_link(folder)?;
    let mut path = folder.to_path_buf();
    for part in name.parts() {
        path.push(part);
        check_no_link(&path)?;
    }
    Ok(path)
}

/// The plain files of a folder itself, in the order of their names.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    entries_in(folder, fs::FileType::is_file)
}

/// The folders of a folder itself, in the order of their names.
pub(crate) fn folders_in(folder: &Path) -> Vec<PathBuf> {
    entries_in(folder, fs::FileType::is_dir)
}

fn entries_in(folder: &Path, is: fn(&fs::FileType) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let wanted = entries.filter(|entry| entry.file_type().is_ok_and(|kind| is(&kind)));
    let mut paths: Vec<PathBuf> = wanted.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| fault(Code::OutputUnwritable, path, &error))
}

/// Writes one file whole: under a temporary name first, then renamed into its place.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    check_replaceable(path)?;
    let part = write_part(path, bytes)?;
    part.persist(file_at_any_length(path)).map(drop).map_err(|error| fault(Code::OutputUnwritable, path, &error.error))
}

/// Writes one file whole, unless it has these bytes already. A sync program then sees no change.
pub(crate) fn write_changed(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|standing| standing == bytes) { Ok(()) } else { write(path, bytes) }
}

/// Checks that a file can be replaced: it is not read-only, and no program has it open and locked.
pub(crate) fn check_replaceable(path: &Path) -> Result<(), Failure> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    if metadata.is_dir() {
        return Err(Failure::one(
            Code::OutputUnwritable,
            path,
            "there is a folder where a file should go",
            "rename the folder",
        ));
    }
    if metadata.permissions().readonly() {
        let remedy = "remove the read-only mark, or move the file away; then run the command again";
        return Err(Failure::one(Code::OutputUnwritable, path, "the file is read-only", remedy));
    }
    let mut options = File::options();
    options.write(true);
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::access_mode(&mut options, REPLACES);
    options.open(path).map(drop).map_err(|error| fault(Code::OutputUnwritable, path, &error))
}

/// Windows: GENERIC_WRITE and DELETE. A program that has a file open usually lets others write to it but not remove it, and then it cannot
/// be replaced. Asking for DELETE here finds that out before anything is written.
#[cfg(windows)]
const REPLACES: u32 = 0x4000_0000 | 0x0001_0000;

pub(super) fn write_part(path: &Path, bytes: &[u8]) -> Result<TempPath, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let part = || -> io::Result<TempPath> {
        let mut part = temporary(folder)?;
        part.write_all(bytes)?;
        // Without this, a power cut after the renaming could leave an empty file under the final name.
        part.as_file().sync_all()?;
        // Closed here: a set can have more files than may be open at once.
        Ok(part.into_temp_path())
    };
    part().map_err(|error| fault(Code::OutputUnwritable, folder, &error))
}

/// Writes files, and then waits until all are on the disk: waiting for each in turn took longer than writing them. On an error it returns
/// the file that could not be written.
pub(super) fn write_synced<'b>(files: impl Iterator<Item = (PathBuf, &'b [u8])>) -> Result<(), (PathBuf, io::Error)> {
    let write = |(path, bytes): (PathBuf, &'b [u8])| match write_new(&path, bytes) {
        Ok(()) => Ok(path),
        Err(error) => Err((path, error)),
    };
    let written: Vec<PathBuf> = files.map(write).collect::<Result<_, _>>()?;
    // Opened again, because a set can have more files than may be open at once. Windows syncs only what is open for writing.
    let sync = |path: &Path| fs::File::options().write(true).open(path)?.sync_all();
    written.into_iter().try_for_each(|path| sync(&path).map_err(|error| (path, error)))
}

pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    // The file may be a hard link to one that stays: writing into it would change both.
    let _ = fs::remove_file(path);
    fs::File::create_new(path)?.write_all(bytes)
}

/// A file that comes in piece by piece. It has a temporary name until it is whole, and is removed if it never is.
#[derive(Debug)]
pub(crate) struct PartFile {
    /// `None` once it is whole: an upload can have more files than may be open at once.
    file: Option<File>,
    path: TempPath,
    /// The folder it is in, as people know it.
    folder: PathBuf,
}

impl PartFile {
    /// A new one in a folder, which is made.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub(crate) fn new(folder: &Path) -> Result<PartFile, Failure> {
        make_folder(folder)?;
        let part = temporary(folder).map_err(|error| fault(Code::OutputUnwritable, folder, &error))?;
        let (file, path) = part.into_parts();
        Ok(PartFile { file: Some(file), path, folder: folder.to_path_buf() })
    }

    /// Adds a piece.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or is closed already.
    pub(crate) fn add(&mut self, piece: &[u8]) -> Result<(), Failure> {
        let closed = || io::Error::other("it is closed already");
        let written = self.file.as_mut().ok_or_else(closed).and_then(|file| file.write_all(piece));
        written.map_err(|error| fault(Code::OutputUnwritable, &self.folder, &error))
    }

    /// Nothing more comes.
    ///
    /// # Errors
    ///
    /// When what came cannot be written.
    pub(crate) fn close(&mut self) -> Result<(), Failure> {
        let synced = self.file.take().map_or(Ok(()), |file| file.sync_all());
        synced.map_err(|error| fault(Code::OutputUnwritable, &self.folder, &error))
    }

    /// Whether a file has the same bytes.
    pub(crate) fn is_same_as(&self, path: &Path) -> bool {
        let both = read(&self.path).and_then(|own| Ok((own, read(path)?)));
        both.is_ok_and(|(own, other)| own == other)
    }

    /// Gives it its name, where nothing has that name yet.
    ///
    /// # Errors
    ///
    /// When something has the name, or it cannot be written.
    pub(crate) fn place(mut self, path: &Path) -> Result<(), Failure> {
        self.close()?;
        make_folder(path.parent().unwrap_or(Path::new(".")))?;
        self.path
            .persist_noclobber(file_at_any_length(path))
            .map_err(|error| fault(Code::OutputUnwritable, path, &error.error))
    }
}

/// A new temporary file in a folder.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY).suffix(".part");
    // tempfile makes files that only their owner can read, but colleagues may share a round: leave it to the umask, as for any other file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(at_any_length(folder))
}

/// The longest path of a folder, in bytes, that leaves room for the name of any file of ours within the 260 characters of Windows.
const LONGEST_PLAIN_FOLDER: usize = 120;

/// A folder in the form that Windows accepts at any length. The standard library does this itself; the renaming of a temporary file does
/// not, and fails beyond 260 characters.
fn at_any_length(folder: &Path) -> PathBuf {
    let whole = || std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok();
    match cfg!(windows).then(whole).flatten().as_deref().and_then(Path::to_str) {
        Some(whole) if whole.len() > LONGEST_PLAIN_FOLDER => verbatim(whole).into(),
        _ => folder.to_path_buf(),
    }
}

/// An absolute Windows path in its verbatim form, `\\?\C:\…` or `\\?\UNC\server\…`.
fn verbatim(path: &str) -> String {
    match path.strip_prefix(r"\\") {
        Some(rest) if rest.starts_with(['?', '.']) => path.to_string(),
        Some(share) => format!(r"\\?\UNC\{share}"),
        None => format!(r"\\?\{path}"),
    }
}

/// The same of a file, which need not be there.
fn file_at_any_length(path: &Path) -> PathBuf {
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => at_any_length(folder).join(name),
        _ => path.to_path_buf(),
    }
}

/// Removes a file. One that is gone already is fine.
///
/// # Errors
///
/// When it cannot be removed.
pub(crate) fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault(Code::OutputUnwritable, path, &error)),
        _ => Ok(()),
    }
}

/// An error of the disk as a failure in the officer's words.
pub(super) fn fault(code: Code, path: &Path, error: &io::Error) -> Failure {
    let (found, remedy) = match (error.kind(), error.raw_os_error()) {
        // Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
        (_, Some(32 | 33)) if cfg!(windows) => {
            ("it is open in a program".to_string(), "close it there, then run the command again")
        }
        // Windows: ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING.
        (_, Some(362)) if cfg!(windows) => {
            ("it is not downloaded".to_string(), "choose Always keep on this device, then run the command again")
        }
        (io::ErrorKind::NotFound, _) => ("it is not there".to_string(), "check the name and the folder"),
        (io::ErrorKind::PermissionDenied, _) => (
            "you do not have permission to open or change it".to_string(),
            "check that you have access to it, and that no other program has it open",
        ),
        (io::ErrorKind::IsADirectory, _) => ("it is a folder".to_string(), "name a file"),
        (io::ErrorKind::NotADirectory, _) => ("there is a file where a folder should be".to_string(), "check the path"),
        (io::ErrorKind::StorageFull, _) => ("the disk is full".to_string(), "make room, then run the command again"),
        _ => (format!("the system says: {error}"), "put that right, then run the command again"),
    };
    Failure::one(code, path, found, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_takes_a_path_of_any_length_in_its_own_form() {
        for (path, form) in [
            (r"C:\my round", r"\\?\C:\my round"),
            (r"\\server\share\my round", r"\\?\UNC\server\share\my round"),
            (r"\\?\C:\my round", r"\\?\C:\my round"),
        ] {
            assert_eq!(verbatim(path), form);
        }
    }
}
