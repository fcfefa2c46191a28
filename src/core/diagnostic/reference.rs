//! What a finding is called: the same in every run while what it is about is the same.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Subject};
use crate::core::hash::{code, sha256};

/// How many characters follow `F-`. With six, two of a thousand findings share one in 1 round of 2,000; they are then numbered.
const LENGTH: usize = 6;

/// The form that the hash is made from. A change of the form would change every reference, and takes a new number.
const FORM: &str = "finding 1";

/// What a finding is called, as in `F-3HK6Q2`; where several in a run would be called the same, from the second on `F-3HK6Q2-2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// The SHA-256 of what the finding is about, 64 hexadecimal digits.
    pub hash: String,
    /// The six characters, of [`code`]'s alphabet.
    pub short: String,
    /// Which of the findings that are called the same it is, counted from 1.
    pub number: usize,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "F-{}", self.short)?;
        if self.number > 1 { write!(f, "-{}", self.number) } else { Ok(()) }
    }
}

impl Reference {
    /// The reference for a full hash of 64 hexadecimal digits, as the record keeps it; `None` for any other text. It is the first of those
    /// that are called the same.
    pub fn of_hash(hash: &str) -> Option<Reference> {
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hash.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Reference { hash: hash.to_string(), short: code(&bytes, LENGTH), number: 1 })
    }

    /// Whether a text has the form of a reference, of a finding that there is or not.
    pub fn is_meant(text: &str) -> bool {
        let text = bare(text).to_ascii_uppercase();
        let Some(rest) = text.strip_prefix("F-") else { return false };
        let (short, number) = rest.split_once('-').unwrap_or((rest, "1"));
        let is_short = short.len() == LENGTH && short.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_short && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether a text as typed is this reference, in whatever case, with the letters that are mistaken for digits.
    pub fn is(&self, text: &str) -> bool {
        let plain = |text: &str| bare(text).to_uppercase().replace('O', "0").replace(['I', 'L'], "1");
        plain(text) == plain(&self.to_string())
    }
}

/// A reference without the brackets that it is printed in.
fn bare(text: &str) -> &str {
    text.trim().trim_start_matches('(').trim_end_matches(')')
}

/// Gives each finding its reference. Made from the code, the agency, the statement, the column and the text as written; the file's hash
/// only where no agency is known; never the file's name or the cell, so that a return may be renamed and its rows sorted. Those that
/// are called the same are numbered, by the hash of their files and then as they were noticed. Findings about no return can be added
/// later and numbered again: the first ones keep what they are called.
pub fn number(findings: &mut [Diagnostic]) {
    let hashes: Vec<[u8; 32]> = findings.iter().map(|finding| sha256(&form(finding))).collect();
    let mut by_short: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, hash) in hashes.iter().enumerate() {
        by_short.entry(code(hash, LENGTH)).or_default().push(at);
    }
    for (short, mut same) in by_short {
        // Sorting is stable: those that stand in one file stay as they were noticed.
        same.sort_by(|a, b| {
            (&hashes[*a], &findings[*a].subject.sha256).cmp(&(&hashes[*b], &findings[*b].subject.sha256))
        });
        for (number, at) in (1..).zip(same) {
            let hash = hashes[at].iter().map(|byte| format!("{byte:02x}")).collect();
            findings[at].reference = Some(Reference { hash, short: short.clone(), number });
        }
    }
}

/// What the hash is made from: each part behind its length, so that no two subjects run together into one.
fn form(finding: &Diagnostic) -> Vec<u8> {
    let Subject { agency, sha256, criterion, field, cells, written } = &finding.subject;
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
    form
}

/// A text without its blanks and line ends, which programs change when they save a workbook.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Place, WrittenCell};
    use super::*;
    use crate::core::ids::{AgencyId, CriterionId};
    use crate::form::ColumnKey;

    fn cell(cell: &str, written: &str) -> WrittenCell {
        WrittenCell { sheet: "S".into(), cell: cell.into(), field: None, written: written.into() }
    }

    fn finding(file: &str, at: &str, written: &str) -> Diagnostic {
        Diagnostic::new(Code::RatingUnreadable, Place::cell(file, "S", at), "", "", "")
            .about(&AgencyId("police".into()))
            .on(&CriterionId("T-1.1".into()))
            .in_field(ColumnKey::Rating)
            .with_cells(vec![cell(at, written)])
            .of_file(file)
    }

    fn called(findings: &[Diagnostic]) -> Vec<String> {
        let mut findings = findings.to_vec();
        number(&mut findings);
        findings.iter().map(Diagnostic::reference_text).collect()
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
            Diagnostic { code: Code::CellError, ..finding("a.xlsx", "D4", "Amber/Green") },
        ];
        for other in others {
            assert_ne!(called(std::slice::from_ref(&other)), one, "{other:?}");
        }
    }

    #[test]
    fn the_file_matters_only_where_no_agency_is_known() {
        let unknown = |sha256: &str| {
            called(&[Diagnostic::new(Code::AgencyUnknown, Place::file("x"), "", "", "").of_file(sha256)])
        };
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

    #[test]
    fn a_reference_is_understood_as_people_type_it() {
        let reference = Reference { hash: String::new(), short: "10HK6Q".into(), number: 2 };
        assert!(reference.is("(F-10HK6Q-2)") && Reference::is_meant("(F-10HK6Q)"));
        assert!(reference.is(" f-lohk6q-2 ") && !reference.is("F-10HK6Q"));
        assert!(Reference::is_meant("f-3hk6q2") && Reference::is_meant("F-3HK6Q2-12"));
        for text in ["F-1.1", "F-", "fire", "F-3HK6Q2-", "F-3HK6Q2-x", "FD-7.1"] {
            assert!(!Reference::is_meant(text), "{text}");
        }
    }
}
