//! `jtai status`: where the exchange with each agency is, the most urgent first, and totals.

use std::fmt::Write;

use super::totals::totals;
use crate::app::status::{StatusLine, StatusOutcome};
use crate::app::status_words::{self as says, HowToWrite};
use crate::cli::findings::findings;
use crate::cli::tables::table;
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &StatusOutcome) -> String {
    let StatusOutcome { partnership, theme, deadline, today, fieldwork_starts, agencies, list, .. } = outcome;
    let mut text = format!(
        "{partnership}: {theme}\nDeadline {} ({})",
        words::date(*deadline),
        words::days_away(*today, *deadline)
    );
    if let Some(date) = fieldwork_starts {
        let _ = write!(text, ", fieldwork {} ({})", words::date(*date), words::days_away(*today, *date));
    }
    text.push_str("\n\n");
    let rows: Vec<Vec<String>> = agencies.iter().map(row).collect();
    text.push_str(&table(&["Agency", "Sent", "Returned", "Asked", "Approved", "Next"], &rows));
    text.push_str(&totals(&outcome.totals));
    let _ = writeln!(text, "{}", says::counts(agencies));
    if let Some(files) = says::files_of_nobody(outcome) {
        let _ = writeln!(text, "{files} `jtai collect` says what is wrong with them.");
    }
    if let Some(written) = &outcome.presentation {
        let _ =
            writeln!(text, "{} If anything has changed since, run `jtai report` again.", says::presentation(written));
    }
    if !outcome.kept.is_empty() {
        text.push_str("\nKept presentations:\n");
        outcome.kept.iter().for_each(|line| text.push_str(&format!("{}\n", says::kept(line))));
    }
    text.push_str(&findings(list, ""));
    text
}

fn row(line: &StatusLine) -> Vec<String> {
    let next = says::next(line, HowToWrite::Typed);
    vec![line.name.clone(), says::sent(line), says::returned(line), says::asked(line), says::approved(line), next]
}
