//! `jtai queries`: how many messages there are, what to do next.

use std::fmt::Write;

use crate::app::queries::QueriesOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &QueriesOutcome) -> String {
    let mut text = format!("{} in {}", words::capitalised(&outcome.counts.words()), outcome.folder.display());
    let _ = writeln!(text, ": {} new, {} as before.", outcome.new.len(), outcome.unchanged.len());
    text.push_str(&findings(&outcome.findings, ""));
    if outcome.counts.is_none() {
        text.push_str("\nNothing goes back to agencies now.\n");
        return text;
    }
    let _ = writeln!(
        text,
        "\nNext: look at each message and send it. The .eml files open as drafts;\n  {}\nhas the same to copy. Put a corrected \
         workbook into {} beside the first: the newer one counts, and its questions are closed.",
        outcome.page.display(),
        outcome.returns.display()
    );
    text
}
