//! `jtai issue`: which workbooks were written, and what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::issue::IssueOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The most files that one line of the summary names.
const MOST_NAMED: usize = 4;

/// The text.
pub(super) fn text(outcome: &IssueOutcome) -> String {
    let new = words::count(outcome.new.len(), "new workbook");
    let mut text = words::capitalised(&format!("{new} in {}", outcome.issued.display()));
    for (files, what) in [
        (&outcome.rewritten, "written again"),
        (&outcome.reissued, "reissued under a new return code"),
        (&outcome.taken_back, "put back to what was sent"),
    ] {
        if !files.is_empty() {
            let _ = write!(text, ", {} {what} ({})", files.len(), named(files));
        }
    }
    if !outcome.unchanged.is_empty() {
        let _ = write!(text, ", {} unchanged", outcome.unchanged.len());
    }
    text.push_str(".\n");
    text.push_str(&findings(&outcome.findings, ""));
    if outcome.messages > 0 {
        let _ = writeln!(
            text,
            "\nNext: send {}. The .eml files open as drafts with the workbook attached. To copy the texts instead, open\n  {}\n\
             Once you have sent them, note it, so that the next `jtai issue` leaves them out:\n  jtai sent {}",
            words::count(outcome.messages, "message"),
            outcome.page.display(),
            typed(&outcome.round),
        );
    }
    if outcome.changes > 0 {
        let _ = writeln!(
            text,
            "\nAlso send {} without a workbook, about a new date or a new contact, to agencies that have their workbook and have not \
             returned it. Once you have sent them, note it:\n  jtai sent {} --what change",
            words::count(outcome.changes, "message"),
            typed(&outcome.round),
        );
    }
    let (returns, round) = (outcome.returns.display(), typed(&outcome.round));
    let _ = writeln!(text, "\nPut what comes back into {returns}, then run\n  jtai collect {round}");
    text
}

/// The first few files of a list.
fn named(files: &[String]) -> String {
    match files.len() {
        0..=MOST_NAMED => words::list(files),
        many => format!("{} and {} more", files[..MOST_NAMED].join(", "), many - MOST_NAMED),
    }
}
