//! `jtai report`: totals, findings, where everything is.

use std::fmt::Write;
use std::path::PathBuf;

use super::totals::totals;
use crate::app::report::ReportOutcome;
use crate::cli::findings::{brief, findings};
use crate::core::words;

/// The text.
pub(super) fn text(outcome: &ReportOutcome) -> String {
    let mut text = totals(&outcome.totals);
    match outcome.news.shows_all {
        true => text.push_str(&findings(&outcome.findings, "; all are in the report's findings.xlsx")),
        false => text = brief(&outcome.findings, &outcome.news) + &text,
    }
    let _ = writeln!(text, "\n{:<24}{}, {}", "Code on the slides:", outcome.run, words::uncapitalised(&outcome.state));
    let places: [(&str, Option<&PathBuf>); 6] = [
        (if outcome.is_draft { "Not to hand over yet" } else { "To show and hand over" }, Some(&outcome.deck)),
        ("For leaders only", Some(&outcome.leaders_only)),
        ("Every answer in full", outcome.every_answer.as_ref()),
        ("To choose what is said", Some(&outcome.choices)),
        ("Kept", outcome.kept.as_ref()),
        ("In the dataset", outcome.dataset.as_ref()),
    ];
    for (what, path) in outcome.agency_annexes.iter().map(|path| ("Answers in full", path)) {
        let _ = writeln!(text, "{:<24}{}", format!("{what}:"), path.display());
    }
    for (what, path) in places.iter().filter_map(|(what, path)| Some((what, path.as_ref()?))) {
        let _ = writeln!(text, "{:<24}{}", format!("{what}:"), path.display());
    }
    text.trim_start().to_string()
}
