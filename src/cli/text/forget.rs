//! `jtai forget`: what is gone, what to look into, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::forget::ForgetOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &ForgetOutcome) -> String {
    let mut text = format!(
        "Forgotten: {} ({}). The record keeps only whose it was and the day it came. What was kept of returns {}; {} removed, to be \
         made again.\n",
        outcome.file,
        words::count(outcome.contents, "file"),
        if outcome.cache_cleared { "is cleared" } else { "was clear already" },
        words::are(outcome.outputs_removed, "output")
    );
    text.push_str(&findings(&outcome.findings, ""));
    let _ = writeln!(
        text,
        "\nWe cannot reach copies elsewhere, or messages that were sent. If a synced folder brings the return back, the next run takes it \
         out of the record again.\nNext, to make the outputs again:\n  jtai report {0}\n  jtai queries {0}",
        typed(&outcome.round)
    );
    text
}
