//! `kept/`: presentations that were kept under a name, to compare a refreshed one with.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::files::{DECK, DECK_PPTX};
use super::prepare::Prepared;
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::chart::Charts;
use crate::core::finding::{Code, Finding};
use crate::core::names;
use crate::core::words;
use crate::documents::Length;
use crate::documents::kept::{InputChange, InputPrints, Kept};
use crate::round::Folder;

/// The file that says what a kept presentation showed, beside its PDF and PowerPoint files.
const KEPT: &str = "kept.json";

/// The presentation that was kept last.
///
/// # Errors
///
/// When any of them cannot be read: it might be the newest, and changes would be counted from an older one.
pub(super) fn newest(folder: &Folder) -> Result<Option<Kept>, Failure> {
    let mut newest: Option<Kept> = None;
    for path in records(folder) {
        let kept = read(&path)?;
        // By number, because several can be kept on one day.
        if newest.as_ref().is_none_or(|known| known.number < kept.number) {
            newest = Some(kept);
        }
    }
    Ok(newest)
}

/// What was kept, the newest last, with findings about what cannot be read.
pub(crate) fn all(folder: &Folder) -> (Vec<Kept>, Vec<Finding>) {
    let (mut all, mut unread) = (Vec::new(), Vec::new());
    for path in records(folder) {
        match read(&path) {
            Ok(kept) => all.push(kept),
            Err(failure) => unread.extend(failure.findings),
        }
    }
    all.sort_by_key(|kept| kept.number);
    (all, unread)
}

/// The [`KEPT`] files of a round.
fn records(folder: &Folder) -> Vec<PathBuf> {
    let (found, _) = disk::files_under(&folder.kept());
    let paths = found.into_iter().map(|file| file.path);
    paths.filter(|path| path.file_name().is_some_and(|name| name == KEPT)).collect()
}

fn read(path: &Path) -> Result<Kept, Failure> {
    Kept::read(&disk::read_text(path)?).ok_or_else(|| {
        let remedy = "move its folder away, or put the file back from a copy";
        Failure::one(Code::RecordDamaged, path, "this record of a kept presentation is damaged", remedy)
    })
}

/// A presentation that was kept, and what has changed since.
#[derive(Debug, Serialize)]
pub(crate) struct KeptLine {
    /// The name that it was kept under.
    pub name: String,
    /// The day on which it was made.
    pub made_on: jiff::civil::Date,
    /// The code at the foot of its slides.
    pub run: String,
    /// What has changed since; `None` if that is not known.
    #[serde(serialize_with = "in_words")]
    pub moved_on: Option<Vec<InputChange>>,
    /// Whether a presentation of the same length would show the same now; `None` where that is not known.
    pub shows_the_same: Option<bool>,
}

fn in_words<S: serde::Serializer>(changes: &Option<Vec<InputChange>>, to: S) -> Result<S::Ok, S::Error> {
    let words: Option<Vec<String>> = changes.as_ref().map(|all| all.iter().map(InputChange::words).collect());
    words.serialize(to)
}

impl KeptLine {
    /// Compares a kept presentation with what the round has now; `now` is `None` if that cannot be worked out.
    pub(crate) fn new(kept: &Kept, now: Option<&Prepared>) -> KeptLine {
        KeptLine {
            name: kept.name.clone(),
            made_on: kept.made_on,
            run: kept.run.clone(),
            moved_on: now.and_then(|now| kept.moved_on(&prints(now))),
            shows_the_same: now.zip(kept.length()).map(|(now, length)| now.code(length) == kept.run),
        }
    }
}

/// The inputs of a presentation made now, as hashes.
pub(super) fn prints(prepared: &Prepared) -> InputPrints {
    let settled = prepared.collected.record.record.settled().map(|(_, recorded)| recorded.id.0.clone()).collect();
    // Charts and length are not among the inputs that are compared, so any will do.
    let charts = Charts::default();
    InputPrints::new(prepared.inputs(Length::Short, "", &charts), settled, env!("CARGO_PKG_VERSION"))
}

/// The folder for a name. It must not exist yet.
///
/// # Errors
///
/// When the name has no letter or digit, is one that Windows keeps for a device, or something is kept under it.
pub(super) fn place(folder: &Folder, name: &str) -> Result<PathBuf, Failure> {
    let slug = words::slug(name);
    let path = folder.kept().join(&slug);
    if slug.is_empty() {
        let remedy = "use letters or digits, as in --keep announcement";
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
        return Err(Failure::one(Code::ValueInvalid, &path, "a presentation is already kept under this name", remedy));
    }
    Ok(path)
}

/// Keeps a presentation.
///
/// # Errors
///
/// When its folder cannot be written.
pub(super) fn keep(path: &Path, kept: &Kept, deck: &[u8], pptx: &[u8]) -> Result<(), Failure> {
    disk::make_folder(path)?;
    disk::write(&path.join(DECK), deck)?;
    disk::write(&path.join(DECK_PPTX), pptx)?;
    // Last, because a folder without it was not finished, and is ignored.
    disk::write(&path.join(KEPT), kept.write().as_bytes())
}
