//! `jtai demo`: what was made, what to look at, what to try.

use std::fmt::Write;

use super::totals::{totals, typed};
use crate::app::demo::DemoOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &DemoOutcome) -> String {
    let mut text = "A sample round for a fictional partnership, from criteria to presentation.\n\n".to_string();
    let steps = [
        format!("{} issued", words::count(outcome.workbooks, "workbook")),
        format!("{} came back", words::count(outcome.returns, "file")),
        format!("reported as on {}", words::date(outcome.today)),
    ];
    for (at, (what, path)) in (1..).zip(steps.iter().zip(&outcome.folders)) {
        let _ = writeln!(text, "  {at}. {what:<34} {}", path.display());
    }
    text.push_str(&totals(&outcome.totals));
    text.push_str(&findings(&outcome.findings, ""));
    text.push_str("\nLook at\n");
    for (path, what) in [
        (
            &outcome.deck,
            "the day-one presentation, to show and hand over; deck.pptx beside it is the same for PowerPoint",
        ),
        (&outcome.briefing, "for each slide what to say and what an inspector may ask, for leaders only"),
        (&outcome.annex, "every answer in full, and where each number comes from, for leaders only"),
        (&outcome.choices, "to choose what the presentation says, and to approve it"),
    ] {
        let _ = writeln!(text, "  {}\n      {what}", path.display());
    }
    let (dir, today) = (typed(&outcome.folder), outcome.today);
    let _ = write!(
        text,
        "\nThen\n  jtai collect {dir} --today {today}   what was noticed in the returns, and what to do about it\n  \
         jtai status {dir} --today {today}    who has returned, and who has not\n",
    );
    text
}
