//! `choices.xlsx` of a round: read where it stands, written where it does not.

use jiff::civil::Date;

use super::{Failure, Prepared, disk};
use crate::analysis::Analysis;
use crate::choices::{self, Choices, Sheet};
use crate::commands::fault::OrFault;
use crate::commands::open::OpenRound;
use crate::core::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::deck::{self, Deck, Length};
use crate::export;
use crate::guard::{self, Job};
use crate::round::Folder;
use crate::workbook::book::At;
use crate::workbook::scan;

/// What the officer wrote; nothing where there is no file.
///
/// # Errors
///
/// When the file cannot be read: without it, the presentation would say something else than was chosen.
pub fn read(open: &OpenRound, analysis: &Analysis, today: Date) -> Result<Checked<Choices>, Failure> {
    let folder = &open.folder;
    let path = folder.choices();
    if !path.exists() {
        return Ok(Checked { output: Choices::default(), findings: Vec::new() });
    }
    let remedy = "put back a copy, or move the file away, and the rule picks again";
    let refuse = |found: String| Failure::one(Code::WorkbookUnreadable, &path, found, remedy);
    let bytes = disk::read(&path)?;
    let kind = scan::kind(&bytes).map_err(|refusal| refuse(refusal.to_string()))?;
    let book = guard::read_one(Job { kind, bytes, cleared: given(analysis) }).map_err(Failure::no_reader)?;
    // Nobody approves a presentation before there are workbooks to answer.
    let earliest = open.round.issued_on.unwrap_or(Date::MIN);
    let mut checked = choices::read(&book.map_err(refuse)?, [earliest, today]);
    checked.findings.extend(opened_elsewhere(folder));
    Ok(checked)
}

/// That the file is open in a program, which may hold choices that are not saved.
fn opened_elsewhere(folder: &Folder) -> Option<Diagnostic> {
    let lock = disk::lock_beside(&folder.choices())?;
    let found = "this file is open in a program: what is not saved there is not on the slides";
    let remedy = format!(
        "save and close it there, and run jtai report again; if it is open nowhere, delete {}",
        folder.name_of(&lock)
    );
    Some(Diagnostic::new(Code::ChoiceUnread, Place::file(choices::FILE), found, "", remedy))
}

/// The cells that jtai fills: Refs and names beside one another can look like a date of birth, and what agencies wrote was looked at
/// when it was read.
fn given(analysis: &Analysis) -> Vec<(String, At)> {
    let most =
        [analysis.strengths.len(), analysis.worries.len(), analysis.disagreements.len(), deck::keys(analysis).len()];
    // Rows can be moved and others put between them.
    let last = 2 * most.into_iter().max().unwrap_or(0) + 50;
    let last = u32::try_from(last).unwrap_or(u32::MAX);
    let of = |sheet: Sheet| {
        let columns = (0u32..).zip(sheet.columns()).filter(|(_, column)| !column.is_input);
        columns.flat_map(move |(at, _)| (0..last).map(move |row| (sheet.name().to_string(), (row, at))))
    };
    Sheet::ALL.into_iter().flat_map(of).collect()
}

/// Writes the file, once.
///
/// # Errors
///
/// When it cannot be written.
pub fn write(prepared: &Prepared) -> Result<(), Failure> {
    let open = &prepared.collected.open;
    let path = open.folder.choices();
    if path.exists() {
        return Ok(());
    }
    let deck: Deck = prepared.deck(Length::Full);
    let source = export::choices::Source {
        theme: &open.opened.theme,
        round: &open.round,
        analysis: &prepared.analysis,
        deck: &deck,
        made_on: prepared.today,
    };
    disk::write(&path, &export::choices::choices(source).or_fault()?)
}
