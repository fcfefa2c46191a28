//! `jtai round again`: what was carried over, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::round_again::AgainOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &AgainOutcome) -> String {
    let mut text = format!(
        "The next round: {}, returns due {}. Carried over: {} from {}.\n",
        words::count(outcome.agencies, "agency"),
        words::date(outcome.deadline),
        words::count(outcome.answers_carried, "answer"),
        words::count(outcome.agencies_carried, "agency")
    );
    if !outcome.not_returned.is_empty() {
        let _ = writeln!(
            text,
            "Nothing is carried over for {}: no return counted last time.",
            words::list(&outcome.not_returned)
        );
    }
    text.push_str(&findings(&outcome.findings, ""));
    let (list, settings, round) = (outcome.list.display(), outcome.settings.display(), typed(&outcome.folder));
    let _ = writeln!(
        text,
        "\nNext: check {list} and {settings}. If an agency merged or has a new ID, write its old one under ID last time. Then run\n  jtai issue {round}"
    );
    text
}
