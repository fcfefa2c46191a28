//! Exchanges two folders in one step, where the system can. Whenever the program is stopped, one of the two is there whole.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where a folder's next contents are prepared. It is beside the folder, because an exchange works only on one drive. After the exchange
/// the old contents are there.
pub(super) fn ready_beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    folder.with_file_name(format!(".jtai-{name}.next"))
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether two names are of one file.
#[cfg(unix)]
pub(super) fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let print = |path: &Path| fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino()));
    matches!((print(one), print(other)), (Ok(one), Ok(other)) if one == other)
}

/// Folders are never exchanged here, so nothing has two names.
#[cfg(not(unix))]
pub(super) fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}

/// Prepares a second folder with everything in `folder` except the files in `but`. The files are hard links, not copies: no file that
/// stays is written again.
///
/// # Errors
///
/// When there is a link or a device in the folder, or the drive has no hard links.
pub(super) fn make_ready(folder: &Path, but: &BTreeSet<PathBuf>) -> io::Result<PathBuf> {
    let ready = ready_beside(folder);
    remove(&ready)?;
    link_all(folder, &ready, but)?;
    Ok(ready)
}

fn link_all(from: &Path, to: &Path, but: &BTreeSet<PathBuf>) -> io::Result<()> {
    fs::create_dir(to)?;
    // A folder that colleagues can open must stay open to them after the exchange.
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

/// Whether the system can exchange two folders in one step. A single drive may still not support it.
pub(super) const IS_KNOWN: bool = cfg!(any(target_os = "linux", target_vendor = "apple"));

/// Exchanges two folders in one step; an error where the system cannot, and then nothing is changed.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Always an error: Windows cannot do this.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
