//! The totals below every list of agencies, and paths as they can be typed.

use std::fmt::Write;
use std::path::Path;

use crate::app::collect::{RatedAnswers, Totals};
pub(super) use crate::app::status_words::rated;
use crate::core::quoting::as_typed;
use crate::core::words;

/// "11 of 12 agencies returned; 82 of 95 answers rated, 2 not applicable, 2 blank, ..."
pub(super) fn totals(totals: &Totals) -> String {
    let Totals { agencies_returned, agencies_asked, answers, challenge } = totals;
    let mut text =
        format!("\n{agencies_returned} of {agencies_asked} {} returned", words::noun(*agencies_asked, "agency"));
    // Ratings of different bases are never added together, so there is a count for each basis.
    for RatedAnswers { basis, rated, asked, not_rated } in answers {
        let _ = write!(text, "; {rated} of {asked} {} rated", words::noun(*asked, "answer"));
        if answers.len() > 1 {
            let _ = write!(text, " on {basis}");
        }
        for part in not_rated {
            let _ = write!(text, ", {part}");
        }
    }
    text.push_str(".\n");
    if !challenge.is_empty() {
        let _ = writeln!(text, "{}.", words::capitalised(challenge));
    }
    text
}

/// A path as it can be typed after a command: in double quotes if it has a space in it.
pub(super) fn typed(path: &Path) -> String {
    as_typed(&path.display().to_string())
}
