//! Findings on a screen. Without colour, so that nothing is lost where there is none.

use std::fmt::Write;

use crate::core::finding::{Finding, Severity};
use crate::core::words;

/// The most findings of one severity that the screen lists; the rest are in `findings.csv`.
const MOST_LISTED: usize = 20;

/// The findings under a heading for each severity, the gravest first; nothing when there are none.
pub(super) fn findings(findings: &[Finding], where_all: &str) -> String {
    let mut text = String::new();
    for severity in [Severity::MustFix, Severity::PleaseCheck, Severity::Information] {
        let of_severity: Vec<&Finding> = findings.iter().filter(|finding| finding.severity() == severity).collect();
        if of_severity.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{} ({})", words::capitalised(severity.words()), of_severity.len());
        for finding in of_severity.iter().take(MOST_LISTED) {
            let _ = writeln!(text, "  {finding}");
        }
        if of_severity.len() > MOST_LISTED {
            let _ = writeln!(text, "  and {} more{where_all}", of_severity.len() - MOST_LISTED);
        }
    }
    text
}

/// What stopped a command, for the error stream.
pub(super) fn failure(findings: &[Finding]) -> String {
    let mut text = "jtai: nothing was done\n".to_string();
    for finding in findings {
        let _ = writeln!(text, "  {finding}");
    }
    text
}
