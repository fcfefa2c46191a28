//! `jtai settle`: what was decided, and how much is left.

use std::fmt::Write;

use super::totals::typed;
use crate::app::settle::SettleOutcome;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &SettleOutcome) -> String {
    let mut text = String::new();
    for finding in &outcome.settled {
        let _ = writeln!(text, "Settled: {finding}");
    }
    for reference in &outcome.withdrawn {
        let _ = writeln!(text, "Taken back: the decision on {reference}");
    }
    let _ = writeln!(
        text,
        "\nStill open: {} to fix, {} to check. The decision is on record; the agency's file is unchanged.\n\
         Next:\n  jtai report {2}\nTo take a decision back:\n  jtai settle REFERENCE {2} --withdraw --why \"...\"",
        words::number(outcome.must_fix),
        words::number(outcome.please_check),
        typed(&outcome.round)
    );
    text
}
