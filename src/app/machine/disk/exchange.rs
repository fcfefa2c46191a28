//! A folder put in the place of another in one step, where the system can: at every instant the whole of the one or of the other
//! stands there, whenever the program is stopped.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the name of a folder that is being made ready begins with, and what it ends with.
const READY: [&str; 2] = [".jtai-", ".next"];

/// Where a folder's next contents are made ready: beside it, so that they only have to be renamed.
pub(super) fn ready_beside(folder: &Path) -> PathBuf {
    let [start, end] = READY;
    let name = folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    folder.with_file_name(format!("{start}{name}{end}"))
}

/// Removes what a stopped command left of a folder that it was making ready, or of the one that it had replaced.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(ready_beside(folder)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes ready everything in a folder but the files named: the same files under a second name, not copies.
///
/// # Errors
///
/// When something in it is no plain file or folder, or the drive knows no second names.
pub(super) fn make_ready(folder: &Path, but: &BTreeSet<PathBuf>) -> io::Result<PathBuf> {
    clear(folder)?;
    let ready = ready_beside(folder);
    link_all(folder, &ready, but)?;
    Ok(ready)
}

fn link_all(from: &Path, to: &Path, but: &BTreeSet<PathBuf>) -> io::Result<()> {
    fs::create_dir(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let beside = to.join(entry.file_name());
        if kind.is_dir() {
            link_all(&path, &beside, but)?;
        } else if !kind.is_file() {
            return Err(io::Error::other("a link or a device"));
        } else if !but.contains(&path) {
            fs::hard_link(&path, &beside)?;
        }
    }
    Ok(())
}

/// Whether the system has a step that exchanges two folders. A drive may still not know it.
pub(super) const IS_KNOWN: bool = cfg!(any(target_os = "linux", target_vendor = "apple"));

/// Exchanges two folders in one step; an error where the system cannot, and then nothing is changed.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Windows has no such step.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
