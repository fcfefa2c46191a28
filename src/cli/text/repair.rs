//! `jtai repair`: what was carried over into the fresh workbook, and what was not.

use std::fmt::Write;

use crate::app::repair::RepairOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &RepairOutcome) -> String {
    let mut text = format!("A fresh workbook for {}: {}\n\nCarried over:\n", outcome.name, outcome.workbook.display());
    for carried in &outcome.carried {
        let _ = writeln!(text, "  {} ({}): {}", carried.criterion, carried.from, words::list(&carried.columns));
    }
    if outcome.headlines > 0 {
        let _ = writeln!(text, "  {}", words::count(outcome.headlines, "line in short"));
    }
    if !outcome.empty.is_empty() {
        let _ = writeln!(text, "Nothing was found on {}.", words::list(&outcome.empty));
    }
    text.push_str(&findings(&outcome.findings, ""));
    let _ = writeln!(
        text,
        "\nNext: compare it with the file, then send it to {} to check and to sign off. The sign-off is not carried over. The file \
         itself is unchanged.",
        outcome.name
    );
    text
}
