//! `jtai forget`: what was removed, what to look into, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::forget::ForgetOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &ForgetOutcome) -> String {
    let mut text = format!(
        "Forgotten: {} ({}). The record keeps only the agency and the day it came. The working copy of the returns {}; {} removed, and \
         will be made again.\n",
        outcome.file,
        words::count(outcome.contents, "file"),
        if outcome.cache_cleared { "is cleared" } else { "was empty already" },
        words::are(outcome.outputs_removed, "output")
    );
    text.push_str(&findings(&outcome.findings, ""));
    let _ = writeln!(
        text,
        "\njtai cannot reach copies elsewhere, or messages that were sent. If a synced folder brings the return back, the next command \
         removes it from the record again.\nNext, to make the outputs again:\n  jtai report {0}\n  jtai queries {0}",
        typed(&outcome.round)
    );
    text
}
