//! Findings as other programs get them.

use serde::{Serialize, Serializer};

use crate::core::finding::{Finding, Severity};
use crate::core::ids::AgencyId;

/// One finding. Names stay as they are: programs of others read them.
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
}

/// Writes findings as a list of objects.
///
/// # Errors
///
/// As the serializer.
pub(super) fn findings<S: Serializer>(findings: &[Finding], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(findings.iter().map(|finding| FindingLine {
        code: finding.code.name(),
        severity: finding.severity().key(),
        agency: finding.subject.agency.as_ref().map(AgencyId::as_str),
        file: &finding.place.file,
        sheet: finding.place.sheet_name(),
        cell: finding.place.cell_name(),
        found: &finding.found,
        expected: &finding.expected,
        remedy: &finding.remedy,
        reference: finding.reference_text(),
    }))
}

/// Whether any finding asks something of the officer.
pub(super) fn ask_something(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() != Severity::Information)
}
