//! Findings on a screen. Colour is not used: logs, screen readers and old consoles would lose what it says.

use std::fmt::Write;

use crate::app::news::News;
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

/// The most findings under each heading of the short form. Six under three headings still fit on one screen.
const MOST_NEW: usize = 6;

/// The short form: what is new, what must be fixed, and counts for the rest. About ten lines on a usual day.
pub(super) fn brief(findings: &[Finding], news: &News) -> String {
    let mut new: Vec<&Finding> = news.new.iter().filter_map(|at| findings.get(*at)).collect();
    new.sort_by_key(|finding| finding.severity());
    let is_new = |finding: &Finding| new.iter().any(|new| std::ptr::eq(*new, finding));
    let must: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity() == Severity::MustFix && !is_new(finding)).collect();
    let (tasks, told): (Vec<&Finding>, Vec<&Finding>) =
        new.iter().partition(|finding| finding.severity() != Severity::Information);
    let mut text = if new.is_empty() { "Nothing new since the last time.\n".to_string() } else { String::new() };
    // What there is to do comes before what is only good to know.
    for (heading, listed) in
        [("New since the last time", tasks), ("Still to fix", must), ("New since the last time, for information", told)]
    {
        if !listed.is_empty() {
            let _ = writeln!(text, "{heading} ({})", words::number(listed.len()));
            list(&mut text, &listed);
        }
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let closed = if news.closed > 0 {
        format!("{} closed since then. ", words::capitalised(&words::count(news.closed, "finding")))
    } else {
        String::new()
    };
    let _ = writeln!(
        text,
        "{closed}Open: {} to fix, {} to check, {} for information. To see them all, add --all or open findings.xlsx.",
        words::number(count(Severity::MustFix)),
        words::number(count(Severity::PleaseCheck)),
        words::number(count(Severity::Information))
    );
    text
}

fn list(text: &mut String, findings: &[&Finding]) {
    // "and 1 more" would take the same line as the finding that it hides.
    let shown = if findings.len() > MOST_NEW + 1 { MOST_NEW } else { findings.len() };
    for finding in findings.iter().take(shown) {
        let _ = writeln!(text, "  {finding}");
    }
    if findings.len() > shown {
        let _ = writeln!(text, "  and {} more", findings.len() - shown);
    }
}

/// What stopped a command, for the error stream.
pub(super) fn failure(findings: &[Finding]) -> String {
    let mut text = "jtai: nothing was done\n".to_string();
    for finding in findings {
        let _ = writeln!(text, "  {finding}");
    }
    text
}
