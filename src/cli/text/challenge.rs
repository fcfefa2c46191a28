//! `jtai challenge`: what to fill in, what is on record so far, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::challenge::ChallengeOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &ChallengeOutcome) -> String {
    let ChallengeOutcome { workbook, rows, first, filled, pages, so_far, folder, feedback, .. } = outcome;
    let mut text = match workbook {
        Some(path) => format!(
            "{}\n  {} to look at, {first} of them worth asking about first\n",
            path.display(),
            words::count(*rows, "answer")
        ),
        None if filled.is_empty() => "No agency has returned yet, so there is nothing to challenge.\n".to_string(),
        None => "Every answer already has a row in a workbook that somebody has filled in, so there is no new one.\n"
            .to_string(),
    };
    let _ = writeln!(text, "{}\n  a page for each agency; not for inspectors", pages.display());
    if feedback.papers > 0 {
        let papers = words::count(feedback.papers, "agency");
        let _ = writeln!(
            text,
            "{}\n  feedback for {papers}, one paper each; nothing is sent until you send it",
            feedback.page.display()
        );
    }
    if !feedback.left_out.is_empty() {
        let _ = writeln!(
            text,
            "  left out of it, because the meeting's note names a different agency: {}",
            words::list(&feedback.left_out)
        );
    }
    if !filled.is_empty() {
        let _ = writeln!(text, "Left unchanged: {}", words::list(filled));
    }
    if !so_far.is_empty() {
        let _ = writeln!(text, "\nOn record: {so_far}.");
    }
    text.push_str(&findings(&outcome.findings, ""));
    let _ = writeln!(
        text,
        "\nNext: fill in the white cells, in one copy or several, and put every copy into {}. Then run\n  jtai report {}",
        folder.display(),
        typed(&outcome.round)
    );
    text
}
