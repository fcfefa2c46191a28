//! What stands under every list of agencies, and paths as they can be typed.

use std::fmt::Write;
use std::path::Path;

use crate::app::collect::{RatedAnswers, Totals};
use crate::core::quoting::as_typed;
use crate::core::words;

/// "11 of 12 agencies returned; 82 of 95 answers rated, 2 not applicable, 2 blank, ..."
pub(super) fn totals(totals: &Totals) -> String {
    let Totals { agencies_returned, agencies_asked, answers } = totals;
    let mut text =
        format!("\n{agencies_returned} of {agencies_asked} {} returned", words::noun(*agencies_asked, "agency"));
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
    text
}

/// "7 of 9"; of each basis apart, as in "20 of 24 and 8 of 8".
pub(super) fn rated(answers: &[RatedAnswers]) -> String {
    let said: Vec<String> = answers.iter().map(|of| format!("{} of {}", of.rated, of.asked)).collect();
    if said.is_empty() { "0 of 0".into() } else { words::list(&said) }
}

/// A path as it can be typed after a command: in double quotes where it holds a blank.
pub(super) fn typed(path: &Path) -> String {
    as_typed(&path.display().to_string())
}
