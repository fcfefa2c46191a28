//! Gives each finding its reference.

use std::collections::HashMap;

use super::entry::Finding;
use super::reference::{LENGTH, Reference};
use super::subject::Subject;
use crate::core::hash::{code, sha256};

/// The version of what the hash is made from. Any change to it changes every reference, so decisions on record would find nothing: then
/// this number has to change too.
const FORM: &str = "finding 1";

/// Gives each finding its reference.
///
/// It is made from the code, the agency, the statement, the column and the text as written, and from the file's hash only where no agency
/// is known. It is never made from the file's name or the cell, so that a return may be renamed and its rows sorted.
///
/// Findings with the same reference are numbered, by the hash of their files and then in the order they were noticed. Findings about no
/// return can be added later and all numbered again: the earlier ones keep their references.
pub fn number(findings: &mut [Finding]) {
    let hashes: Vec<[u8; 32]> = findings.iter().map(|finding| sha256(&form(finding))).collect();
    let mut by_short: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, hash) in hashes.iter().enumerate() {
        by_short.entry(code(hash, LENGTH)).or_default().push(at);
    }
    for (short, mut same) in by_short {
        // Sorting is stable: findings in one file stay in the order they were noticed.
        same.sort_by(|a, b| {
            (&hashes[*a], &findings[*a].subject.sha256).cmp(&(&hashes[*b], &findings[*b].subject.sha256))
        });
        for (number, at) in (1..).zip(same) {
            findings[at].reference = Some(Reference { hash: hexadecimal(&hashes[at]), short: short.clone(), number });
        }
    }
}

/// The hash of a finding's subject, 64 hexadecimal digits: a decision about it can be looked up by this before all findings are numbered.
pub fn hash(finding: &Finding) -> String {
    hexadecimal(&sha256(&form(finding)))
}

fn hexadecimal(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that the hash is made from. Each part has its length before it, so that no two subjects give the same bytes.
fn form(finding: &Finding) -> Vec<u8> {
    // All fields are named, so that a new one does not compile until it is decided whether references depend on it. Which other agencies a
    // file points to is left out: `written` already has their names.
    let Subject { agency, sha256, criterion, field, cells, more_cells, claimed_by: _, written } = &finding.subject;
    let mut form = Vec::new();
    let mut add = |part: &str| {
        form.extend((part.len() as u64).to_le_bytes());
        form.extend(part.as_bytes());
    };
    add(FORM);
    add(finding.code.name());
    add(agency.as_ref().map_or("", |agency| agency.as_str()));
    add(if agency.is_none() { sha256.as_deref().unwrap_or_default() } else { "" });
    add(criterion.as_ref().map_or("", |criterion| criterion.as_str()));
    add(field.map_or("", |field| field.key()));
    cells.iter().map(|cell| cell.written.text()).chain([written.as_str()]).for_each(|text| add(&plain(text)));
    // This part came later. It adds nothing when it is zero, so that older references stay the same.
    if *more_cells > 0 {
        add(&more_cells.to_string());
    }
    form
}

/// A text without its blanks and line ends, which programs change when they save a workbook.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::code::Code;
    use super::super::place::Place;
    use super::super::subject::WrittenCell;
    use super::*;
    use crate::core::ids::{AgencyId, CriterionId};
    use crate::form::ColumnKey;

    fn cell(cell: &str, written: &str) -> WrittenCell {
        WrittenCell { sheet: "S".into(), cell: cell.into(), field: None, written: written.into() }
    }

    fn finding(file: &str, at: &str, written: &str) -> Finding {
        Finding::new(Code::RatingUnreadable, Place::cell(file, "S", at), "", "", "")
            .about(&AgencyId("police".into()))
            .on(&CriterionId("T-1.1".into()))
            .in_field(ColumnKey::Rating)
            .with_cells(vec![cell(at, written)])
            .of_file(file)
    }

    fn called(findings: &[Finding]) -> Vec<String> {
        let mut findings = findings.to_vec();
        number(&mut findings);
        findings.iter().map(Finding::reference_text).collect()
    }

    #[test]
    fn a_reference_is_of_what_the_finding_is_about_and_of_nothing_else() {
        let one = called(&[finding("a.xlsx", "D4", "Amber/Green")]);
        // Pinned: people note it, and the record keeps it.
        assert_eq!(one, ["F-VQKGR1"]);
        let mut findings = [finding("a.xlsx", "D4", "Amber/Green")];
        number(&mut findings);
        let reference = findings[0].reference.clone().expect("numbered");
        assert_eq!(Reference::of_hash(&reference.hash), Some(reference));
        assert_eq!(
            called(&[finding("b.xlsx", "E9", " Amber/Green\r\n")]),
            one,
            "the file, the cell and blanks do not matter"
        );
        let others = [
            finding("a.xlsx", "D4", "Amber"),
            finding("a.xlsx", "D4", "Amber/Green").about(&AgencyId("schools".into())),
            finding("a.xlsx", "D4", "Amber/Green").on(&CriterionId("T-1.2".into())),
            finding("a.xlsx", "D4", "Amber/Green").in_field(ColumnKey::ActionDue),
            Finding { code: Code::CellError, ..finding("a.xlsx", "D4", "Amber/Green") },
        ];
        for other in others {
            assert_ne!(called(std::slice::from_ref(&other)), one, "{other:?}");
        }
    }

    #[test]
    fn the_file_matters_only_where_no_agency_is_known() {
        let unknown =
            |sha256: &str| called(&[Finding::new(Code::AgencyUnknown, Place::file("x"), "", "", "").of_file(sha256)]);
        assert_ne!(unknown("aa"), unknown("bb"));
    }

    #[test]
    fn those_that_are_called_the_same_are_numbered_and_keep_their_numbers() {
        let (a, b) = (finding("a", "D4", "x"), finding("b", "D4", "x"));
        let names = called(&[b.clone(), a.clone()]);
        assert_eq!(names, [format!("{}-2", names[1]), names[1].clone()], "by the files' hashes, whatever their order");
        let mut findings = vec![a, b];
        number(&mut findings);
        let first = findings[0].reference_text();
        findings.push(finding("c", "D4", "x"));
        number(&mut findings);
        assert_eq!((findings[0].reference_text(), findings[2].reference_text()), (first.clone(), format!("{first}-3")));
    }
}
