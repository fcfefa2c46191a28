//! `jtai round new`: what was made, what to do next.

use std::fmt::Write;

use super::totals::typed;
use crate::app::round_new::RoundOutcome;
use crate::cli::findings::findings;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &RoundOutcome) -> String {
    let mut text = format!(
        "A round for {}: {}, returns due {}.\n",
        outcome.partnership,
        words::count(outcome.agencies, "agency"),
        words::date(outcome.deadline)
    );
    text.push_str(&findings(&outcome.findings, ""));
    let (settings, list, round) = (outcome.settings.display(), outcome.list.display(), typed(&outcome.folder));
    let (first, then) = if outcome.agencies == 0 { ("list the agencies in", "check ") } else { ("check", "") };
    let _ = writeln!(text, "\nNext: {first} {list} and {then}{settings}, then run\n  jtai issue {round}");
    text
}
