//! `kept/`: presentations that were kept under a name, to compare a refreshed one with.

use std::path::PathBuf;

use super::files::{DECK, DECK_PPTX};
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::core::finding::Code;
use crate::core::names;
use crate::core::words;
use crate::documents::kept::Kept;
use crate::round::Folder;

/// What a presentation said, beside its two files.
const KEPT: &str = "kept.json";

/// The presentation that was kept last.
///
/// # Errors
///
/// When one of them cannot be read: changes would be counted from another.
pub(super) fn newest(folder: &Folder) -> Result<Option<Kept>, Failure> {
    let mut newest: Option<Kept> = None;
    let (found, _) = disk::files_under(&folder.kept());
    for file in found.iter().filter(|file| file.path.file_name().is_some_and(|name| name == KEPT)) {
        let kept = Kept::read(&disk::read_text(&file.path)?).ok_or_else(|| {
            let remedy = "move its folder away, or put the file back from a copy";
            Failure::one(Code::RecordDamaged, &file.path, "this record of a kept presentation is damaged", remedy)
        })?;
        if newest.as_ref().is_none_or(|known| known.number < kept.number) {
            newest = Some(kept);
        }
    }
    Ok(newest)
}

/// The folder of a name, which must be free.
///
/// # Errors
///
/// When the name has no letter or digit, is one that Windows keeps for a device, or something is kept under it.
pub(super) fn place(folder: &Folder, name: &str) -> Result<PathBuf, Failure> {
    let slug = words::slug(name);
    let path = folder.kept().join(&slug);
    if slug.is_empty() {
        let remedy = "name it in letters, as in --keep announcement";
        return Err(Failure::one(Code::ValueInvalid, &folder.kept(), "this name has no letter or digit", remedy));
    }
    if names::is_device(&slug) {
        let remedy = "choose a different name, as in --keep announcement";
        return Err(Failure::one(Code::ValueInvalid, &path, "Windows keeps this name for itself", remedy));
    }
    disk::check_no_link(&folder.kept())?;
    disk::check_no_link(&path)?;
    if path.exists() {
        let remedy = "choose a different name: what was kept is never replaced";
        return Err(Failure::one(Code::ValueInvalid, &path, "something is kept under this name", remedy));
    }
    Ok(path)
}

/// Keeps a presentation.
///
/// # Errors
///
/// When its folder cannot be written.
pub(super) fn keep(path: &std::path::Path, kept: &Kept, deck: &[u8], pptx: &[u8]) -> Result<(), Failure> {
    disk::make_folder(path)?;
    disk::write(&path.join(DECK), deck)?;
    disk::write(&path.join(DECK_PPTX), pptx)?;
    // Last: a folder without it was not finished, and is compared with nothing.
    disk::write(&path.join(KEPT), kept.write().as_bytes())
}
