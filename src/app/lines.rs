//! Findings in JSON, for other programs.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::core::finding::{Finding, Settlement, Severity};
use crate::core::ids::AgencyId;

/// One finding. Its field names never change: other people's programs read them.
#[derive(Debug, Serialize)]
struct FindingLine<'a> {
    code: &'static str,
    severity: &'static str,
    agency: Option<&'a str>,
    file: &'a str,
    sheet: &'a str,
    cell: String,
    found: &'a str,
    expected: &'a str,
    remedy: &'a str,
    reference: String,
    /// What was decided, by whom, when, why.
    #[serde(skip_serializing_if = "Option::is_none")]
    settled: Option<SettledLine<'a>>,
}

/// A decision on a finding.
#[derive(Debug, Serialize)]
struct SettledLine<'a> {
    r#as: String,
    by: &'a str,
    on: Date,
    why: &'a str,
}

impl<'a> SettledLine<'a> {
    fn new(settlement: &'a Settlement) -> SettledLine<'a> {
        let Settlement { decision, by, on, why } = settlement;
        SettledLine { r#as: decision.key(), by, on: *on, why }
    }
}

/// Writes findings as a list of objects.
///
/// # Errors
///
/// As the serializer.
pub(super) fn findings<S: Serializer>(findings: &[Finding], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(findings.iter().map(|finding| FindingLine {
        code: finding.code.name(),
        severity: finding.code.severity().key(),
        agency: finding.subject.agency.as_ref().map(AgencyId::as_str),
        file: &finding.place.file,
        sheet: finding.place.sheet_name(),
        cell: finding.place.cell_name(),
        found: &finding.found,
        expected: &finding.expected,
        remedy: &finding.remedy,
        reference: finding.reference_text(),
        settled: finding.settled.as_ref().map(SettledLine::new),
    }))
}

/// Whether any finding asks something of the officer.
pub(super) fn ask_something(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() != Severity::Information)
}
