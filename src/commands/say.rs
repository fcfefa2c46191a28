//! How results are said on a screen: tables, findings, totals. Without colour, so that nothing is lost where there is none.

use std::fmt::Write;
use std::path::Path;

use comfy_table::{ContentArrangement, Table, presets};

use crate::core::diagnostic::{Diagnostic, Severity};
use crate::core::ids::AgencyId;
use crate::core::words;

/// The most findings of one severity that the screen lists; the rest are in `findings.csv`.
const MOST_LISTED: usize = 20;

/// A table with a header row, as wide as its content.
pub fn table(headers: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(headers.to_vec());
    for row in rows {
        table.add_row(row.clone());
    }
    // The preset leaves a blank before each line and blanks behind it.
    let lines = table.to_string();
    lines.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The findings under a heading for each severity, the gravest first; nothing when there are none.
pub fn findings(findings: &[Diagnostic], where_all: &str) -> String {
    let mut text = String::new();
    for severity in [Severity::MustFix, Severity::PleaseCheck, Severity::Information] {
        let of_severity: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.severity() == severity).collect();
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

/// A path as it can be typed after a command: in double quotes where it holds a blank.
pub fn typed(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}

/// The findings for machines.
pub fn findings_json(findings: &[Diagnostic]) -> serde_json::Value {
    let one = |finding: &Diagnostic| {
        serde_json::json!({
            "code": finding.code.name(),
            "severity": finding.severity().key(),
            "agency": finding.subject.agency.as_ref().map(AgencyId::as_str),
            "file": finding.place.file,
            "sheet": finding.place.sheet_name(),
            "cell": finding.place.cell_name(),
            "found": finding.found,
            "expected": finding.expected,
            "remedy": finding.remedy,
            "reference": finding.reference_text(),
        })
    };
    findings.iter().map(one).collect()
}

/// What stopped a command, for the error stream.
pub fn failure(findings: &[Diagnostic]) -> String {
    let mut text = "jtai: nothing was done\n".to_string();
    for finding in findings {
        let _ = writeln!(text, "  {finding}");
    }
    text
}
