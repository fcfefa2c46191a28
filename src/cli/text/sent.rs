//! `jtai sent`: what was noted.

use super::totals::typed;
use crate::app::sent::SentOutcome;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &SentOutcome) -> String {
    let noted = match outcome.names.as_slice() {
        [] => format!("Nothing new to note: no {} waiting to be noted as sent.\n", outcome.what.words()),
        names => format!(
            "Noted: {} sent on {} to {}.\n",
            outcome.what.words(),
            words::date(outcome.on),
            words::list_of_first(names, 12)
        ),
    };
    format!("{noted}\nNext:\n  jtai status {}\n", typed(&outcome.round))
}
