//! Finds entries about single files in `round.toml` that have no effect.

use jiff::civil::Date;

use crate::core::fields::nearest;
use crate::core::finding::{Code, Finding, Place};
use crate::core::quoting::quote;
use crate::response::ReturnFile;
use crate::round::{Cleared, Round};
use crate::workbook::file::book::position;

/// A finding for each entry that names a file that is not there.
pub fn unmatched_entries(round: &Round, names: &[String]) -> Vec<Finding> {
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let entries = round.returns.iter().map(|entry| ("return", &entry.file));
    let cleared = round.cleared.iter().map(|entry| ("cleared", &entry.file));
    let unmatched = entries.chain(cleared).filter(|(_, file)| !names.contains(file));
    let finding = |(kind, file): (&str, &String)| {
        let found = format!("a [[{kind}]] entry names {}, and there is no such file", quote(file));
        let remedy = match nearest(file, &known) {
            Some(name) => format!("did you mean \"{name}\"?"),
            None => "write the file's name as it is in returns/, as in returns/scan 3.xlsx".to_string(),
        };
        let place = Place::file("round.toml");
        Finding::new(Code::EntryUnmatched, place, found, "a file in returns/", remedy).naming(format!("{kind} {file}"))
    };
    unmatched.map(finding).collect()
}

/// A finding for each `[[cleared]]` entry that clears nothing: the file has changed, the cell is not a cell, or the date is in the future.
pub fn vain_clearances(round: &Round, files: &[ReturnFile], today: Date) -> Vec<Finding> {
    // A clearance is for the very bytes that a person looked at, so a changed file needs a new look and a new entry.
    let finding = |entry: &Cleared| {
        let file = files.iter().find(|file| file.name == entry.file)?;
        // An entry may have only the first digits of the hash.
        let (found, remedy) = if !file.sha256.starts_with(&entry.sha256) {
            (
                "was written for a file that has changed since",
                "look at the file as it is now, and write the entry again",
            )
        } else if position(&entry.cell).is_none() {
            ("does not name a cell", "write one cell, as in E4; each cell needs an entry of its own")
        } else if entry.on.is_some_and(|on| on > today) {
            ("has a date in the future", "write the day on which somebody looked at the text")
        } else {
            return None;
        };
        let found =
            format!("a [[cleared]] entry for {}, cell {}, {found}; it clears nothing", entry.file, quote(&entry.cell));
        let finding = Finding::new(Code::EntryUnmatched, Place::file("round.toml"), found, "", remedy);
        Some(finding.naming(format!("{} {} {}", entry.file, entry.sheet, entry.cell)))
    };
    round.cleared.iter().filter_map(finding).collect()
}
