//! A draft made from a document, looked at, corrected, and checked by a named person. A page gives bytes, a command line a path; what
//! happens to them is the same.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::app::failure::Failure;
use crate::app::machine::{disk, guard};
use crate::app::{lines, open};
use crate::core::fields::nearest;
use crate::core::finding::{Code, Finding, Place, Remedy, Severity};
use crate::core::hash;
use crate::core::ids::ThemeId;
use crate::core::quoting::quote;
use crate::draft::{self, DraftSource};
use crate::theme::{self, TEMPLATE, Theme};
use crate::workbook::file::book::Book;
use crate::workbook::file::read::ReadError;
use crate::workbook::file::scan;

pub(crate) use crate::draft::{
    Correction, Draft, DraftCorrections, FrameworkDetails, LeftOutReason, PieceInHand, StatementInHand,
};
pub(crate) use crate::theme::{AskedOf, Group, PieceFate};

/// Where the document comes from.
#[derive(Debug, Clone)]
pub enum DraftFrom {
    /// A file.
    File(PathBuf),
    /// An upload or pasted text: its name, as in "pasted.txt", and its bytes.
    Bytes(String, Vec<u8>),
}

/// A draft that is wanted.
#[derive(Debug, Clone)]
pub struct DraftWishes {
    /// The document.
    pub from: DraftFrom,
    /// The id of the new theme.
    pub id: String,
    /// The theme in words.
    pub title: String,
    /// Where it goes.
    pub into: DraftFolder,
}

/// Where a new theme goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftFolder {
    /// Into `./themes`, as a command is run in a folder.
    Here,
    /// Into the folder for what is made on pages.
    Home,
}

impl DraftFolder {
    fn path(self) -> PathBuf {
        match self {
            DraftFolder::Here => open::themes_here(),
            DraftFolder::Home => open::themes_at_home(),
        }
    }
}

/// A draft that was written.
#[derive(Debug)]
pub(crate) struct ThemeDraftOutcome {
    /// Its file.
    pub file: PathBuf,
    /// The theme's id.
    pub id: ThemeId,
    /// What it holds, what is unsure, what was left out.
    pub draft: Draft,
    /// What a check of it finds.
    pub findings: Vec<Finding>,
}

#[derive(Serialize)]
struct DraftLine<'a> {
    file: String,
    statements: usize,
    areas: usize,
    unsure: &'a [String],
    left_out: Vec<LeftOutLine<'a>>,
    #[serde(serialize_with = "lines::findings")]
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct LeftOutLine<'a> {
    place: &'a str,
    why: &'a str,
    text: &'a str,
}

impl Serialize for ThemeDraftOutcome {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let left_out = self.draft.left_out.iter();
        let line = DraftLine {
            file: self.file.display().to_string(),
            statements: self.draft.statements,
            areas: self.draft.areas,
            unsure: &self.draft.unsure,
            left_out: left_out
                .map(|left| LeftOutLine { place: &left.place, why: &left.why, text: &left.text })
                .collect(),
            findings: &self.findings,
        };
        line.serialize(to)
    }
}

/// The id of a new theme, with the file that it gets.
///
/// # Errors
///
/// When it cannot be the id of a theme, or there is one of this id already.
fn new_id(id: &str, into: DraftFolder) -> Result<(ThemeId, PathBuf), Failure> {
    let Some(id) = ThemeId::parse(id) else {
        let found = format!("{} cannot be the id of a theme", quote(id));
        let remedy = Remedy::typed(
            "use 1 to 80 of a-z, 0-9 and -, as in --id neglect-2027",
            "use 1 to 80 of a-z, 0-9 and -, as in neglect-2027",
        );
        return Err(Failure::one(Code::ValueInvalid, Path::new("--id"), found, remedy));
    };
    let taken = file_of(&id);
    if let Some(path) = taken {
        let remedy = Remedy::typed("choose a different --id, or move the file away", "choose a different id");
        return Err(Failure::one(Code::OutputUnwritable, &path, "there is a theme of this id already", remedy));
    }
    let path = into.path().join(format!("{id}.toml"));
    Ok((id, path))
}

/// The file of a theme of the user's own; `None` where there is none of this id.
fn file_of(id: &ThemeId) -> Option<PathBuf> {
    let folders = [open::themes_here(), open::themes_at_home()];
    folders.into_iter().map(|folder| folder.join(format!("{id}.toml"))).find(|path| path.is_file())
}

/// Whether a theme of this id is there already, built in or the user's own.
pub(crate) fn is_taken(id: &str) -> bool {
    theme::BUILT_IN.iter().any(|(known, _)| *known == id) || ThemeId::parse(id).is_some_and(|id| file_of(&id).is_some())
}

/// Makes a draft from a document.
///
/// # Errors
///
/// When the id is not one, is taken, or nothing can be drafted from the document; then nothing was written.
pub(crate) fn draft(wishes: &DraftWishes) -> Result<ThemeDraftOutcome, Failure> {
    let (id, path) = new_id(&wishes.id, wishes.into)?;
    let (name, bytes) = match &wishes.from {
        DraftFrom::File(file) => (name_of(file), disk::read(file)?),
        DraftFrom::Bytes(name, bytes) => (name.clone(), bytes.clone()),
    };
    let refused = |found: String, remedy: &str| Failure::one(Code::DraftRefused, Path::new(&name), found, remedy);
    let book = book(&bytes).map_err(|found| refused(found, "save it again as .xlsx"))?;
    let source = DraftSource { file: &name, bytes: &bytes, book: book.as_ref() };
    let draft = draft::draft(source, &id, &wishes.title).map_err(|error| refused(error.found, &error.remedy))?;
    let checked = theme::read(&path.display().to_string(), id.as_str(), &draft.toml);
    disk::make_folder(&wishes.into.path())?;
    disk::write(&path, draft.toml.as_bytes())?;
    Ok(ThemeDraftOutcome { file: path, id, draft, findings: checked.findings })
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What a workbook holds; `None` for bytes that are not one.
fn book(bytes: &[u8]) -> Result<Option<Book>, String> {
    let Ok(kind) = scan::kind(bytes) else { return Ok(None) };
    let job = guard::Job { kind, bytes: bytes.to_vec(), cleared: Vec::new() };
    let found = |why: ReadError| format!("the workbook cannot be read: {why}");
    let answer = guard::read_one(job).map_err(|error| error.to_string())?;
    answer.map(Some).map_err(found)
}

/// A draft as a person looks at it.
#[derive(Debug)]
pub(crate) struct DraftInHand {
    /// The theme.
    pub theme: Theme,
    /// Its file.
    pub file: PathBuf,
    /// What tells the state of the file: corrections name the one that they were made in.
    pub version: String,
    /// The name of the document that it was made from.
    pub made_from: String,
    /// The pieces of the document in order, each with what became of it.
    pub pieces: Vec<PieceInHand>,
    /// The reasons for which pieces are left out.
    pub reasons: Vec<LeftOutReason>,
    /// What has to be done before workbooks are issued.
    pub findings: Vec<Finding>,
}

/// Opens a theme of `./themes` that was made from a document.
///
/// # Errors
///
/// When there is none of this id, it has a fault, or its file does not say what it was made from.
pub(crate) fn in_hand(id: &str, today: Date) -> Result<DraftInHand, Failure> {
    let (theme, file, text) = own(id)?;
    let Some(source) = &theme.source else {
        let remedy = "correct it in its file";
        let found = "this theme does not say what it was made from";
        return Err(Failure::one(Code::DraftRefused, &file, found, remedy));
    };
    let made_from = source.file.clone();
    let pieces = draft::pieces_in_hand(&theme);
    let reasons = draft::left_out_reasons(&pieces);
    let findings = theme::not_ready(&theme, &file.display().to_string(), today);
    Ok(DraftInHand { file, version: version(&text), made_from, pieces, reasons, findings, theme })
}

/// The SHA-256 of a theme's text, in short.
fn version(text: &str) -> String {
    hash::sha256_hex(text.as_bytes())[..16].to_string()
}

/// A theme of `./themes` with its file and text.
fn own(id: &str) -> Result<(Theme, PathBuf, String), Failure> {
    let folders = [open::themes_here(), open::themes_at_home()];
    let known: Vec<String> =
        folders.iter().flat_map(|folder| disk::files_in(folder)).map(|path| open::stem(&path)).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
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

/// Corrections of a draft by a named person.
#[derive(Debug, Clone)]
pub struct CorrectWishes {
    /// The theme's id.
    pub id: String,
    /// The state of the file that they were made in; `None` where that does not matter.
    pub version: Option<String>,
    /// What is corrected.
    pub corrections: DraftCorrections,
    /// Who corrects it.
    pub by: String,
}

/// What became of corrections, or of a check.
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
    /// What has to be done before workbooks are issued.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
}

/// Corrects a draft. Nothing is written where anything cannot be taken.
///
/// # Errors
///
/// When there is no such draft, it changed since the corrections were made, or one of them cannot be made.
pub(crate) fn correct(wishes: &CorrectWishes, today: Date) -> Result<ThemeCorrectOutcome, Failure> {
    let (theme, file, text) = own(&wishes.id)?;
    if wishes.version.as_ref().is_some_and(|seen| *seen != version(&text)) {
        let remedy = "look at it as it is now, and correct it again";
        return Err(Failure::one(Code::DraftRefused, &file, "somebody changed this theme since you opened it", remedy));
    }
    let renewed = draft::corrected((&text, &theme), &wishes.corrections, &wishes.by, today)
        .map_err(|error| Failure::one(Code::DraftRefused, &file, error.found, error.remedy))?;
    write(&file, &wishes.id, &renewed, wishes.corrections.pieces.len(), today)
}

/// Notes that a named person has compared a draft with the published framework, on a day.
///
/// # Errors
///
/// When there is no such draft, nobody is named, or something has to be done first; then nothing was written.
pub(crate) fn checked(id: &str, by: &str, on: Date, today: Date) -> Result<ThemeCorrectOutcome, Failure> {
    let (_, file, text) = own(id)?;
    if by.trim().is_empty() {
        let remedy = "say who compared it with the published framework";
        return Err(Failure::one(Code::ThemeUnchecked, &file, "nobody is named who checked it", remedy));
    }
    let renewed = draft::checked_text(&text, by, on);
    let read = theme::read(&file.display().to_string(), id, &renewed);
    let findings = theme::not_ready(&read.output, &file.display().to_string(), today);
    if !findings.is_empty() {
        return Err(Failure::new(findings));
    }
    write(&file, id, &renewed, 0, today)
}

/// Writes a theme's text, unless it has a fault.
fn write(file: &Path, id: &str, text: &str, corrected: usize, today: Date) -> Result<ThemeCorrectOutcome, Failure> {
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
        checked_by: if theme.is_checked() { theme.checked_by } else { String::new() },
    })
}

/// A theme to write by hand.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeNewOutcome {
    /// Its file.
    pub file: PathBuf,
}

/// Writes the manual of the format as a theme of this id, to be changed.
///
/// # Errors
///
/// When the id is not one or is taken; then nothing was written.
pub(crate) fn new(id: &str) -> Result<ThemeNewOutcome, Failure> {
    let (_, file) = new_id(id, DraftFolder::Here)?;
    disk::make_folder(&DraftFolder::Here.path())?;
    disk::write(&file, TEMPLATE.as_bytes())?;
    Ok(ThemeNewOutcome { file })
}

/// What stands in the way of issuing workbooks from a theme, where it was not issued yet.
pub(crate) fn gate(theme: &Theme, file: &Path, today: Date) -> Result<(), Failure> {
    let findings = theme::not_ready(theme, &file.display().to_string(), today);
    if findings.is_empty() { Ok(()) } else { Err(Failure::new(findings)) }
}

/// Where messages say that a theme is: its id, as a place.
pub(crate) fn place_of(id: &ThemeId) -> Place {
    let file = file_of(id).unwrap_or_else(|| open::themes_here().join(format!("{id}.toml")));
    Place::file(file.display().to_string())
}
