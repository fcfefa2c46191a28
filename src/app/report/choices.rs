//! `choices.xlsx` of a round on the disk: read where it is, written where it is not.

use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::guard::{self, Job, StartError};
use crate::app::open::OpenRound;
use crate::choices::{self, Choices, ChoicesSource};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::documents::deck;
use crate::round::{CHOICES_FILE, Folder};
use crate::workbook::file::scan;

/// What the officer wrote; nothing where there is no file.
///
/// # Errors
///
/// When the file cannot be read: without it, the presentation would say something else than was chosen.
pub(super) fn read(open: &OpenRound, analysis: &Analysis, today: Date) -> Result<Checked<Choices>, Failure> {
    let folder = &open.folder;
    let path = folder.choices();
    if !path.exists() {
        return Ok(Checked { output: Choices::default(), findings: Vec::new() });
    }
    let remedy = "put back a copy, or move the file away, and the rule picks again";
    let refuse = |found: String| Failure::one(Code::WorkbookUnreadable, &path, found, remedy);
    let bytes = disk::read(&path)?;
    let kind = scan::kind(&bytes).map_err(|refusal| refuse(refusal.to_string()))?;
    let book = guard::read_one(Job { kind, bytes, cleared: choices::cells_given(most_rows(analysis)) })
        .map_err(StartError::into_failure)?;
    // Nobody approves a presentation before there are workbooks to answer.
    let earliest = open.round.issued_on.unwrap_or(Date::MIN);
    let mut checked = choices::read(&book.map_err(|error| refuse(error.to_string()))?, [earliest, today]);
    checked.findings.extend(opened_elsewhere(folder));
    Ok(checked)
}

/// That the file is open in a program, which may hold choices that are not saved.
fn opened_elsewhere(folder: &Folder) -> Option<Finding> {
    let lock = disk::lock_beside(&folder.choices())?;
    let found = "this file is open in a program: what is not saved there is not on the slides";
    let remedy = format!(
        "save and close it there, and run jtai report again; if it is open nowhere, delete {}",
        folder.name_of(&lock)
    );
    Some(Finding::new(Code::ChoiceUnread, Place::file(CHOICES_FILE), found, "", remedy))
}

/// The most rows that a sheet of choices has.
fn most_rows(analysis: &Analysis) -> usize {
    let counts =
        [analysis.strengths.len(), analysis.worries.len(), analysis.disagreements.len(), deck::keys(analysis).len()];
    counts.into_iter().max().unwrap_or(0)
}

/// Writes the file, once.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn write_once(folder: &Folder, source: ChoicesSource<'_>) -> Result<(), Failure> {
    let path = folder.choices();
    if path.exists() {
        return Ok(());
    }
    disk::write(&path, &choices::workbook(source).or_fault()?)
}
