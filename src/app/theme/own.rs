//! Finds, opens and saves the user's own themes.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::{lines, open};
use crate::core::fields::nearest;
use crate::core::finding::{Code, Finding, Remedy, Severity};
use crate::core::hash;
use crate::core::ids::ThemeId;
use crate::core::quoting::quote;
use crate::theme::{self, Theme};

/// The id of a new theme, with its file.
///
/// # Errors
///
/// When the text cannot be the id of a theme, or there is already a theme with this id.
pub(super) fn new_id(id: &str, into: DraftFolder) -> Result<(ThemeId, PathBuf), Failure> {
    let Some(id) = ThemeId::parse(id) else {
        let found = format!("{} cannot be the id of a theme", quote(id));
        let remedy = Remedy::typed(
            "use 1 to 80 of a-z, 0-9 and -, as in --id neglect-2027",
            "use 1 to 80 of a-z, 0-9 and -, as in neglect-2027",
        );
        return Err(Failure::one(Code::ValueInvalid, Path::new("--id"), found, remedy));
    };
    // Both folders are looked at, because rounds name a theme by its id alone.
    if let Some(path) = file_of(&id) {
        let remedy = Remedy::typed("choose a different --id, or move the file away", "choose a different id");
        return Err(Failure::one(Code::OutputUnwritable, &path, "there is already a theme with this id", remedy));
    }
    let path = into.path().join(format!("{id}.toml"));
    Ok((id, path))
}

/// Where a new theme goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftFolder {
    /// `./themes`, for commands, which are run in a folder.
    Here,
    /// The folder for what is made on pages.
    Home,
}

impl DraftFolder {
    /// Both, in the order in which themes are looked for.
    const ALL: [DraftFolder; 2] = [DraftFolder::Here, DraftFolder::Home];

    /// The folder.
    pub(super) fn path(self) -> PathBuf {
        match self {
            DraftFolder::Here => open::themes_here(),
            DraftFolder::Home => open::themes_at_home(),
        }
    }
}

/// The file of one of the user's own themes; `None` if none has this id.
fn file_of(id: &ThemeId) -> Option<PathBuf> {
    let files = DraftFolder::ALL.map(|folder| folder.path().join(format!("{id}.toml")));
    files.into_iter().find(|path| path.is_file())
}

/// Whether there is already a theme with this id, built in or the user's own.
pub(crate) fn is_taken(id: &str) -> bool {
    theme::BUILT_IN.iter().any(|(known, _)| *known == id) || ThemeId::parse(id).is_some_and(|id| file_of(&id).is_some())
}

/// The version of a theme's text: the first 16 digits of its SHA-256.
pub(super) fn version(text: &str) -> String {
    hash::sha256_hex(text.as_bytes())[..16].to_string()
}

/// One of the user's own themes, with its file and text.
pub(super) fn own(id: &str) -> Result<(Theme, PathBuf, String), Failure> {
    let files = DraftFolder::ALL.into_iter().flat_map(|folder| disk::files_in(&folder.path()));
    let known: Vec<String> = files.map(|path| open::stem(&path)).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    // Parsed first: an id with a path in it would lead to files outside the folder.
    let Some(path) = ThemeId::parse(id).and_then(|id| file_of(&id)) else {
        let remedy = match nearest(id, &known) {
            Some(near) => format!("did you mean {near}?"),
            None => "make it first, from the published framework".to_string(),
        };
        return Err(Failure::one(Code::ThemeUnknown, Path::new(id), "no theme of yours has this id", remedy));
    };
    let text = disk::read_text(&path)?;
    let read = theme::read(&path.display().to_string(), id, &text);
    if read.findings.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(read.findings));
    }
    Ok((read.output, path, text))
}

/// The result of corrections, or of a check.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeCorrectOutcome {
    /// The theme's file.
    pub file: PathBuf,
    /// How many pieces were corrected.
    pub corrected: usize,
    /// How many statements it has now.
    pub statements: usize,
    /// In how many areas.
    pub areas: usize,
    /// Who has checked it; empty while nobody has.
    pub checked_by: String,
    /// The workbook to check, if it was written again.
    pub sheet: Option<PathBuf>,
    /// Whether it was checked before, and has changed since.
    pub is_check_withdrawn: bool,
    /// Whether somebody noted it as checked, but something has to be done first.
    pub is_check_open: bool,
    /// What has to be done before workbooks are issued.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
}

/// Writes a theme's text, unless it has a fault.
pub(super) fn save(
    file: &Path,
    id: &str,
    text: &str,
    corrected: usize,
    today: Date,
) -> Result<ThemeCorrectOutcome, Failure> {
    let name = file.display().to_string();
    let read = theme::read(&name, id, text);
    if read.findings.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(read.findings));
    }
    disk::write_changed(file, text.as_bytes())?;
    let theme = read.output;
    Ok(ThemeCorrectOutcome {
        file: file.to_path_buf(),
        corrected,
        statements: theme.criteria().count(),
        areas: theme.areas.len(),
        findings: theme::not_ready(&theme, &name, today),
        sheet: None,
        is_check_withdrawn: false,
        is_check_open: false,
        checked_by: if theme.is_checked() { theme.checked_by } else { String::new() },
    })
}
