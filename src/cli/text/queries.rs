//! `jtai queries`: how many messages there are, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::queries::{MessageCounts, QueriesOutcome};
use crate::cli::findings::findings;
use crate::core::words;

/// The commands that note what was sent, one a line.
fn sent(outcome: &QueriesOutcome) -> String {
    let MessageCounts { queries, receipts, reminders } = outcome.counts;
    let kinds = [(queries, "questions"), (receipts, "receipt"), (reminders, "reminder")];
    let round = typed(&outcome.round);
    let written = kinds.iter().filter(|(count, _)| *count > 0);
    written.map(|(_, what)| format!("jtai sent {round} --what {what}")).collect::<Vec<_>>().join("\n  ")
}

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
        "\nNext: look at each message and send it. The .eml files open as drafts;\n  {}\nhas the same to copy. Then note what \
         you sent:\n  {}\nPut what comes back into {} beside the first file: what it answers is closed.",
        outcome.page.display(),
        sent(outcome),
        outcome.returns.display()
    );
    text
}
