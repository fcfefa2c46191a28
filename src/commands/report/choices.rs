//! `choices.xlsx` of a round: read where it stands, written where it does not.

use jiff::civil::Date;

use super::{Failure, Prepared, disk};
use crate::choices::{self, Choices};
use crate::deck::{Deck, Length};
use crate::diagnostic::{Checked, Code};
use crate::export;
use crate::guard::{self, Job};
use crate::round::Folder;
use crate::workbook::scan;

/// What the officer wrote; nothing where there is no file.
///
/// # Errors
///
/// When the file cannot be read: without it, the presentation would say something else than was chosen.
pub fn read(folder: &Folder, today: Date) -> Result<Checked<Choices>, Failure> {
    let path = folder.choices();
    if !path.is_file() {
        return Ok(Checked { output: Choices::default(), findings: Vec::new() });
    }
    let remedy = "put back a copy, or move the file away, and the rule picks again";
    let refuse = |found: String| Failure::one(Code::WorkbookUnreadable, &path, found, remedy);
    let bytes = disk::read(&path)?;
    let kind = scan::kind(&bytes).map_err(|refusal| refuse(refusal.to_string()))?;
    let book = guard::read_one(Job { kind, bytes, cleared: Vec::new() }).map_err(Failure::internal)?;
    Ok(choices::read(&book.map_err(refuse)?, today))
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
    disk::write(&path, &export::choices::choices(source).map_err(Failure::internal)?)
}
