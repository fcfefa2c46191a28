//! `jtai collect`: a line an agency, totals, findings.

use super::totals::{rated, totals};
use crate::app::collect::{AgencyLine, CollectOutcome};
use crate::cli::findings::{brief, findings};
use crate::cli::tables::table;

/// The text.
pub(super) fn text(outcome: &CollectOutcome) -> String {
    let rows: Vec<Vec<String>> = outcome.agencies.iter().map(row).collect();
    if !outcome.news.shows_all {
        return brief(&outcome.findings, &outcome.news) + &totals(&outcome.totals);
    }
    let headers = ["Agency", "Returned", "Rated", "Must fix", "Please check", "Approval recorded"];
    let mut text = table(&headers, &rows);
    text.push_str(&totals(&outcome.totals));
    text.push_str(&findings(&outcome.findings, &format!("; all are in {}", outcome.findings_book.display())));
    text
}

fn row(agency: &AgencyLine) -> Vec<String> {
    let count = |n: usize| if n == 0 { "-".to_string() } else { n.to_string() };
    let approval = match (agency.returned, agency.approval_recorded) {
        (true, true) => "yes",
        (true, false) => "no",
        (false, _) => "-",
    };
    vec![
        agency.name.clone(),
        if agency.returned { "yes" } else { "no" }.into(),
        rated(&agency.answers),
        count(agency.must_fix),
        count(agency.please_check),
        approval.into(),
    ]
}
