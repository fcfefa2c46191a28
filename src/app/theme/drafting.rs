//! Drafts: made from a document, looked at, corrected, and checked by a named person. Pages give bytes and commands give a path; the rest
//! is the same.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::{disk, guard};
use crate::app::theme::own::{DraftFolder, ThemeCorrectOutcome, new_id, own, save, version};
use crate::app::theme::to_check;
use crate::core::finding::{Code, Finding, Remedy};
use crate::draft::{self, DraftSource};
use crate::theme::{self, TEMPLATE, Theme};
use crate::workbook::file::book::{At, Book};
use crate::workbook::file::read::ReadError;
use crate::workbook::file::scan;

pub(crate) use crate::draft::{
    Correction, Draft, DraftCorrections, FrameworkDetails, LeftOutReason, PieceInHand, StatementInHand,
};
pub(crate) use crate::theme::{AskedOf, Group, PieceFate};

/// Where the document comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftFrom {
    /// A file.
    File(PathBuf),
    /// An upload or pasted text: its name, as in "pasted.txt", and its bytes.
    Bytes(String, Vec<u8>),
}

/// The request.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftWishes {
    /// The document.
    pub from: DraftFrom,
    /// The id of the new theme.
    pub id: String,
    /// The theme's title.
    pub title: String,
    /// Where it goes.
    pub into: DraftFolder,
}

/// A draft that was written.
#[derive(Debug)]
pub(crate) struct ThemeDraftOutcome {
    /// Its file.
    pub file: PathBuf,
    /// The workbook to check it with.
    pub sheet: PathBuf,
    /// What is in it, what is unsure, what was left out.
    pub draft: Draft,
    /// What a check of it finds.
    pub findings: Vec<Finding>,
}

#[derive(Serialize)]
struct DraftLine<'a> {
    file: String,
    to_check: String,
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
            to_check: self.sheet.display().to_string(),
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

/// The result of drafting from a file.
#[derive(Debug)]
pub(crate) enum Drafted {
    /// A new draft.
    New(Box<ThemeDraftOutcome>),
    /// The file was a workbook to check, and its corrections are made.
    Corrected(ThemeCorrectOutcome),
}

/// Makes a draft in `./themes` from a document, or takes a workbook to check back with its corrections.
///
/// # Errors
///
/// When the id is not one, is taken, or nothing can be drafted from the document; then nothing was written. As [`to_check::take_back`]
/// for a workbook to check.
pub(crate) fn draft(wishes: &DraftWishes, today: Date) -> Result<Drafted, Failure> {
    let (name, bytes, file) = match &wishes.from {
        DraftFrom::File(file) => {
            // A bad id is reported before a large document is read. A workbook to check comes without an id, because it names its theme.
            if !wishes.id.is_empty() {
                new_id(&wishes.id, wishes.into)?;
            }
            (name_of(file), disk::read(file)?, Some(file.as_path()))
        }
        DraftFrom::Bytes(name, bytes) => (name.clone(), bytes.clone(), None),
    };
    let refused = |found: String, remedy: &str| Failure::one(Code::DraftRefused, Path::new(&name), found, remedy);
    let book = book(&bytes).map_err(|found| refused(found, "save it again as .xlsx"))?;
    if let Some(book) = &book
        && draft::theme_of(book).is_some()
    {
        return to_check::take_back(book, &name, file, today).map(Drafted::Corrected);
    }
    if wishes.id.is_empty() {
        let remedy = "give the new theme an id and a title, as in --id neglect-2027 --title \"Neglect\"";
        return Err(refused("this is not a workbook to check, so a new draft would be made from it".into(), remedy));
    }
    let (id, path) = new_id(&wishes.id, wishes.into)?;
    if wishes.title.trim().is_empty() {
        let remedy =
            Remedy::typed("say what the theme is called, as in --title \"Neglect\"", "say what the theme is called");
        return Err(Failure::one(Code::ValueInvalid, Path::new("--title"), "the theme has no title", remedy));
    }
    let source = DraftSource { file: &name, bytes: &bytes, book: book.as_ref() };
    let draft = draft::draft(source, &id, &wishes.title).map_err(|error| refused(error.found, &error.remedy))?;
    let checked = theme::read(&path.display().to_string(), id.as_str(), &draft.toml);
    disk::make_folder(&wishes.into.path())?;
    disk::write(&path, draft.toml.as_bytes())?;
    let sheet = to_check::write_beside(&checked.output, &path, None, today)?;
    Ok(Drafted::New(Box::new(ThemeDraftOutcome { file: path, sheet, draft, findings: checked.findings })))
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The cells of a workbook; `None` for bytes that are not a workbook.
fn book(bytes: &[u8]) -> Result<Option<Book>, String> {
    let Ok(kind) = scan::kind(bytes) else { return Ok(None) };
    let read = |cleared: Vec<(String, At)>| {
        let job = guard::Job { kind, bytes: bytes.to_vec(), cleared };
        let answer = guard::read_one(job).map_err(|error| error.to_string())?;
        answer.map_err(|why: ReadError| format!("the workbook cannot be read: {why}"))
    };
    let book = read(Vec::new())?;
    // Frameworks are published, and write about children without naming any. A text that looks as if it named one must not be held back,
    // or a statement would be lost.
    let is_whole = book.held.is_empty();
    Ok(Some(if is_whole { book } else { read(draft::cells_to_read(&book))? }))
}

/// A draft as a person looks at it.
#[derive(Debug)]
pub(crate) struct DraftInHand {
    /// The theme.
    pub theme: Theme,
    /// Its file.
    pub file: PathBuf,
    /// The version of the file. Corrections name the version that they were made in.
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

/// Corrections of a draft by a named person.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectWishes {
    /// The theme's id.
    pub id: String,
    /// The version of the file that they were made in; `None` if that does not matter.
    pub version: Option<String>,
    /// What is corrected.
    pub corrections: DraftCorrections,
    /// Who corrects it.
    pub by: String,
}

/// Corrects a draft. If any correction cannot be used, nothing is written.
///
/// # Errors
///
/// When there is no such draft, when somebody changed it after the corrections were made, or when one of them does not fit it.
pub(crate) fn correct(wishes: &CorrectWishes, today: Date) -> Result<ThemeCorrectOutcome, Failure> {
    let (theme, file, text) = own(&wishes.id)?;
    if wishes.version.as_ref().is_some_and(|seen| *seen != version(&text)) {
        let remedy = "look at it as it is now, and correct it again";
        return Err(Failure::one(Code::DraftRefused, &file, "somebody changed this theme since you opened it", remedy));
    }
    let renewed = draft::corrected((&text, &theme), &wishes.corrections, &wishes.by, today)
        .map_err(|error| Failure::one(Code::DraftRefused, &file, error.found, error.remedy))?;
    save(&file, &wishes.id, &renewed, wishes.corrections.pieces.len(), today)
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
        return Err(Failure::one(Code::ThemeUnchecked, &file, "no name is given for who checked it", remedy));
    }
    let renewed = draft::checked_text(&text, by, on);
    let read = theme::read(&file.display().to_string(), id, &renewed);
    // Checked on the text with the check in it: the date of a check can itself be a fault.
    let findings = theme::not_ready(&read.output, &file.display().to_string(), today);
    if !findings.is_empty() {
        return Err(Failure::new(findings));
    }
    save(&file, id, &renewed, 0, today)
}

/// A theme to write by hand.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeNewOutcome {
    /// Its file.
    pub file: PathBuf,
}

/// Writes the commented example as a theme with this id, to be changed.
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

/// Checks that workbooks can be issued from a theme for the first time.
pub(crate) fn gate(theme: &Theme, file: &Path, today: Date) -> Result<(), Failure> {
    let findings = theme::not_ready(theme, &file.display().to_string(), today);
    if findings.is_empty() { Ok(()) } else { Err(Failure::new(findings)) }
}
