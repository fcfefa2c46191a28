//! The files of a round that a page offers: what jtai wrote, what came back, and what the officer fills in. No other file can be had from a
//! page. A page asks for a file by a hash, which is looked up in this list, so that no path in an address is ever opened.

use std::path::{Path, PathBuf};

use crate::app::collect::{Collected, gather, shown_name};
use crate::app::failure::Failure;
use crate::app::machine::surroundings::Surroundings;
use crate::app::machine::{browser, disk};
use crate::core::finding::{Code, Finding, Severity};
use crate::core::hash::sha256_hex;
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;
use crate::message::{MessageKind, MessageTemplate};
use crate::response::ReturnFile;
use crate::round::{AGENCIES_FILE, CHOICES_FILE, Folder};

/// How many hexadecimal digits of a hash are a file's key.
const KEY_LENGTH: usize = 16;

/// The name of the list of agencies, in the round's folder.
pub(crate) const AGENCIES: &str = AGENCIES_FILE;

/// The name of what is chosen for the presentation.
pub(crate) const CHOICES: &str = CHOICES_FILE;

/// A file that a page offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfferedFile {
    /// Its key in addresses.
    pub key: String,
    /// Its name in the round's folder, as it may be shown.
    pub shown: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// Whether it can be opened in its program from here.
    pub is_opened: bool,
    path: PathBuf,
}

/// A return in the round's folder.
#[derive(Debug)]
pub(crate) struct ReturnLine {
    /// The key of its file in addresses.
    pub key: String,
    /// Its name, as it may be shown.
    pub shown: String,
    /// The agency; empty where it is not known.
    pub agency: String,
    /// The agency's id; empty where it is not known.
    pub agency_id: String,
    /// Whether it is the return that counts for its agency.
    pub counts: bool,
    /// Why it does not count, in words; empty where it does.
    pub why_not: String,
    /// How many findings about it are open.
    pub open: usize,
}

/// The files of a round, folder by folder.
pub(crate) fn list(round: &Path) -> Vec<OfferedFile> {
    let folder = Folder::new(round);
    let folders = [
        folder.report(),
        folder.issued(),
        folder.queries(),
        folder.returns(),
        folder.repaired(),
        folder.challenge(),
        folder.feedback(),
        folder.kept(),
    ];
    let mut files: Vec<PathBuf> = disk::files_in(folder.root());
    let is_offered = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_template = MessageKind::ALL.iter().any(|kind| name == MessageTemplate::file_name(*kind));
        // Older copies of choices too: they are the officer's to compare with, and to delete.
        name == AGENCIES_FILE || is_template || name.starts_with("choices") && name.ends_with(".xlsx")
    };
    files.retain(is_offered);
    // A folder that is a link is left out: what is in it may not belong to the round.
    let whole = folders.iter().filter(|folder| disk::check_no_link(folder).is_ok() && folder.is_dir());
    files.extend(whole.flat_map(|folder| disk::files_under(folder).0).map(|found| found.path));
    // Manifests are for jtai only.
    files.retain(|path| !disk::is_system_file(path) && !disk::is_leftover(path) && !path.ends_with(disk::MANIFEST));
    files.into_iter().map(|path| offered(&folder, path)).collect()
}

fn offered(folder: &Folder, path: PathBuf) -> OfferedFile {
    let shown = shown_name(folder, &path);
    OfferedFile {
        key: key_of(&shown),
        bytes: std::fs::metadata(&path).map_or(0, |metadata| metadata.len()),
        is_opened: browser::is_opened(&folder.name_of(&path)),
        shown,
        path,
    }
}

fn key_of(name: &str) -> String {
    let mut key = sha256_hex(name.as_bytes());
    key.truncate(KEY_LENGTH);
    key
}

/// The file with this key. Its path is checked again, because it may have become a link since it was listed.
fn find(round: &Path, key: &str) -> Result<(OfferedFile, PathBuf), Failure> {
    let folder = Folder::new(round);
    let gone = || {
        let remedy = "load the page with the files again";
        Failure::one(Code::FileUnreadable, Path::new("The file"), "it is no longer here", remedy)
    };
    let file = list(round).into_iter().find(|file| file.key == key).ok_or_else(gone)?;
    let name = RelativeName::new(&folder.name_of(&file.path)).map_err(|_| gone())?;
    let path = disk::inside(folder.root(), &name)?;
    Ok((file, path))
}

/// A file's own name and its bytes.
///
/// # Errors
///
/// When it is not there any more, or cannot be read.
pub(crate) fn read(round: &Path, key: &str) -> Result<(String, Vec<u8>), Failure> {
    let (file, path) = find(round, key)?;
    let name = file.shown.rsplit('/').next().unwrap_or_default().to_string();
    Ok((name, disk::read(&path)?))
}

/// Opens a file in its program.
///
/// # Errors
///
/// When it is not there any more, is of a kind that is not opened from here, or no program opens it.
pub(crate) fn open(round: &Path, key: &str) -> Result<(), Failure> {
    let (_, path) = find(round, key)?;
    browser::open_file(&path)
}

/// The key of a file of the round, by its name there.
pub(crate) fn key_of_name(name: &str) -> String {
    key_of(name)
}

/// The path of the file with this key, checked again as in [`find`].
///
/// # Errors
///
/// When it is not there any more.
pub(crate) fn path_of(round: &Path, key: &str) -> Result<PathBuf, Failure> {
    find(round, key).map(|(_, path)| path)
}

/// A hash over what people put into the round's folders, and which presentation is made. It changes when a file is added, removed or saved,
/// and when the presentation is made.
pub(crate) fn print(round: &Path) -> String {
    let folder = Folder::new(round);
    let (returns, _) = disk::files_under(&folder.returns());
    let (record, _) = disk::files_under(&folder.record());
    let (challenge, _) = disk::files_under(&folder.challenge());
    let mut text = String::new();
    let own = [folder.round_toml(), folder.theme_toml(), folder.agencies(), folder.choices(), folder.report_schema()];
    for path in own.iter().chain(returns.iter().chain(&record).chain(&challenge).map(|found| &found.path)) {
        let metadata = std::fs::metadata(path).ok();
        let changed = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        text.push_str(&format!("{} {changed:?} {:?}\n", path.display(), metadata.map(|metadata| metadata.len())));
    }
    key_of(&text)
}

/// The returns in the folder, each with its agency and whether it counts.
///
/// # Errors
///
/// When the round cannot be opened.
pub(crate) fn returns(round: &Path, surroundings: Surroundings<'_>) -> Result<Vec<ReturnLine>, Failure> {
    let collected = gather(round, surroundings)?;
    Ok(collected.files().iter().map(|(file, agency)| return_line(&collected, file, agency.as_ref())).collect())
}

fn return_line(collected: &Collected, file: &ReturnFile, agency: Option<&AgencyId>) -> ReturnLine {
    let agency = agency.and_then(|id| collected.open.round.agency(id));
    let is_about = |sha256: &Option<String>| sha256.as_deref() == Some(file.sha256.as_str());
    let open = collected.findings.iter().filter(|finding| {
        is_about(&finding.subject.sha256) && finding.severity() != Severity::Information && finding.settled.is_none()
    });
    ReturnLine {
        key: key_of(&file.name),
        shown: file.name.clone(),
        agency: agency.map_or(String::new(), |agency| agency.name.clone()),
        agency_id: agency.map_or(String::new(), |agency| agency.id.to_string()),
        counts: collected.responses.iter().any(|response| response.file.name == file.name),
        why_not: why_not(collected, file, agency.map(|agency| &agency.id)),
        open: open.count(),
    }
}

/// A return's name without `returns/`.
pub(crate) fn in_returns(name: &str) -> &str {
    name.strip_prefix("returns/").unwrap_or(name)
}

/// Why a return does not count; empty where it does.
fn why_not(collected: &Collected, file: &ReturnFile, agency: Option<&AgencyId>) -> String {
    if collected.responses.iter().any(|response| response.file.name == file.name) {
        return String::new();
    }
    let about = |finding: &&Finding| finding.subject.sha256.as_deref() == Some(file.sha256.as_str());
    let settled = collected.findings.iter().filter(about).find_map(|finding| finding.settled.as_ref());
    if let Some(settlement) = settled {
        return settlement.to_string();
    }
    let counts = collected.responses.iter().find(|response| Some(&response.agency) == agency);
    match (agency, counts) {
        (Some(_), Some(response)) => format!("{} counts for this agency", in_returns(&response.file.name)),
        (Some(_), None) => "what came back still has to be settled: see the findings".to_string(),
        (None, _) => "it cannot be read as a return of this round: see the findings".to_string(),
    }
}
