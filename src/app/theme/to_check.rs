//! The workbook to check a draft with: written beside the draft, and read back with a person's corrections.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::theme::own::{ThemeCorrectOutcome, own, save};
use crate::core::finding::{Checked, Code, Severity};
use crate::draft::{self, SheetReadBack};
use crate::theme::{self, Theme};
use crate::workbook::file::book::Book;

/// The workbook of a theme as it is now: its name and its bytes.
///
/// # Errors
///
/// When there is no such theme, or it cannot be written.
pub(crate) fn workbook_to_check(id: &str, today: Date) -> Result<(String, Vec<u8>), Failure> {
    let (theme, ..) = own(id)?;
    Ok((draft::file_name(id), draft::workbook_to_check(&theme, today).or_fault()?))
}

/// Writes the workbook beside the theme's file. The only file it may replace is the one that was just read back: any other may have
/// somebody's work in it.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn write_beside(
    theme: &Theme,
    file: &Path,
    taken_back: Option<&Path>,
    today: Date,
) -> Result<PathBuf, Failure> {
    let bytes = draft::workbook_to_check(theme, today).or_fault()?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let wanted = folder.join(draft::file_name(theme.id.as_str()));
    let is_same = |path: &Path| taken_back.is_some_and(|taken| is_one_file(taken, path));
    // "(2)" and so on, as file managers name copies.
    let numbered = (2..).map(|n| folder.join(draft::file_name(&format!("{} ({n})", theme.id))));
    let free = std::iter::once(wanted).chain(numbered).find(|path| !path.exists() || is_same(path));
    let path = free.unwrap_or_else(|| folder.join(draft::file_name(theme.id.as_str())));
    disk::write(&path, &bytes)?;
    Ok(path)
}

fn is_one_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one))
}

/// Reads a workbook to check and puts its corrections into the theme. Then the workbook is written again, unless it has cells that could
/// not be understood: they can be corrected only in the file as it is.
///
/// # Errors
///
/// When its theme is not in `./themes` or has a fault, or corrections come without a name; then nothing was written.
pub(super) fn take_back(
    book: &Book,
    name: &str,
    file: Option<&Path>,
    today: Date,
) -> Result<ThemeCorrectOutcome, Failure> {
    let id = draft::theme_of(book).unwrap_or_default();
    let (theme, theme_file, text) = own(&id)?;
    let Checked { output: read, findings: unread } = draft::read_back(book, name, &theme);
    let SheetReadBack { corrections, by, checked_by, checked_on } = read;
    let corrected = corrections.pieces.len();
    let renewed = if corrections.is_empty() {
        text
    } else if by.is_empty() {
        let remedy = "write your name on the first sheet, save, and give the file again";
        return Err(Failure::one(Code::DraftRefused, Path::new(name), "it does not say who corrected it", remedy));
    } else {
        draft::corrected((&text, &theme), &corrections, &by, today)
            .map_err(|error| Failure::one(Code::DraftRefused, Path::new(name), error.found, error.remedy))?
    };
    let renewed = if checked_by.is_empty() {
        renewed
    } else {
        with_check(&theme_file, &id, renewed, (&checked_by, checked_on.unwrap_or(today)), today)
    };
    let mut outcome = save(&theme_file, &id, &renewed, corrected, today)?;
    // Also if the theme is checked: a later change in the same file has to be told from the check that is in it.
    if unread.is_empty() {
        let theme = theme::read(&theme_file.display().to_string(), &id, &renewed).output;
        outcome.sheet = Some(write_beside(&theme, &theme_file, file, today)?);
    }
    outcome.is_check_withdrawn = theme.is_checked() && outcome.checked_by.is_empty();
    outcome.is_check_open = !checked_by.is_empty() && outcome.checked_by.is_empty();
    outcome.findings.extend(unread);
    Ok(outcome)
}

/// The text with the check noted in it, or unchanged if something has to be done first. The caller reports what that is.
fn with_check(file: &Path, id: &str, text: String, (by, on): (&str, Date), today: Date) -> String {
    let checked = draft::checked_text(&text, by, on);
    let read = theme::read(&file.display().to_string(), id, &checked);
    let has_fault = read.findings.iter().any(|finding| finding.severity() == Severity::MustFix);
    let is_ready = theme::not_ready(&read.output, "", today).is_empty();
    if is_ready && !has_fault { checked } else { text }
}
