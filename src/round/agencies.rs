//! The rows of an agency list in (from `.csv` or `.xlsx`), agencies out, with every fault of the list.

use std::collections::HashMap;

use jiff::civil::Date;

use super::agency::looks_like_email;
use super::agency::{Agency, AgencyStatus};
use crate::core::fields::{is_storable, nearest};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::core::{names, words};
use crate::theme::Group;

/// One row of a list, as cells of text, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// Where the row stands.
    pub place: Place,
    /// Its cells, from the first column on.
    pub cells: Vec<String>,
}

/// The longest name of an agency, in characters.
const LONGEST_NAME: usize = 150;

/// The columns that a list must have, in any order.
const REQUIRED: [&str; 5] = ["id", "name", "group", "contact", "email"];

/// The columns that a list may have.
const OPTIONAL: [&str; 6] = ["deputy", "approver_role", "due", "sent_on", "status", "note"];

/// Reads a list: the first row holds the headers, in any order and case.
pub fn agencies(file: &str, rows: &[ListRow]) -> Checked<Vec<Agency>> {
    let mut findings = Vec::new();
    let Some((header, rows)) = rows.split_first() else {
        findings.push(list_fault(file, "the list is empty".into()));
        return Checked { output: Vec::new(), findings };
    };
    let columns = columns(header, &mut findings);
    if REQUIRED.iter().any(|required| !columns.iter().any(|(name, _)| name == required)) {
        return Checked { output: Vec::new(), findings };
    }
    let rows = rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    let agencies: Vec<(Place, Agency)> = rows
        .filter_map(|row| Some((row.place.clone(), agency(row, &columns, header.cells.len(), &mut findings)?)))
        .collect();
    if agencies.is_empty() && findings.is_empty() {
        findings.push(list_fault(file, "the list has headers and no agency under them".into()));
    }
    findings.extend(check(&agencies));
    Checked { output: agencies.into_iter().map(|(_, agency)| agency).collect(), findings }
}

/// What is wrong among agencies, wherever they were written: ids, names that are missing, e-mail addresses.
pub(super) fn check(agencies: &[(Place, Agency)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut ids, mut addresses): (HashMap<&str, usize>, HashMap<String, usize>) = Default::default();
    for (at, (place, agency)) in agencies.iter().enumerate() {
        let id = agency.id.as_str();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 40 || id.starts_with('-') || !id.chars().all(is_plain) || names::is_device(id) {
            let found = format!("the agency id {}", quote(id));
            let expected = "1 to 40 of a-z, 0-9 and -, beginning with a letter or digit, and no name that Windows keeps for itself";
            findings.push(Finding::new(
                Code::ValueInvalid,
                place.clone(),
                found,
                expected,
                "choose an id as in acute-trust",
            ));
        }
        if agency.name.trim().is_empty() {
            let remedy = "write the name as it should stand on the workbook";
            findings.push(Finding::new(
                Code::ValueInvalid,
                place.clone(),
                "the agency has no name",
                "its name",
                remedy,
            ));
        }
        let texts = [&agency.name, &agency.contact, &agency.email, &agency.deputy, &agency.approver_role, &agency.note];
        let is_bad = |c: &char| !is_storable(*c) || matches!(c, '\n' | '\r');
        if let Some(bad) = texts.iter().find_map(|text| text.chars().find(is_bad)) {
            let found = format!("{} has the character U+{:04X} in one of its texts", quote(id), bad as u32);
            let remedy = "take it out: it often comes with text pasted from Word or a mail program";
            findings.push(Finding::new(Code::ValueInvalid, place.clone(), found, "texts on one line", remedy));
        }
        let length = agency.name.chars().count();
        if length > LONGEST_NAME {
            let found = format!("the name of {} has {length} characters", quote(id));
            let expected = format!("at most {LONGEST_NAME}, so that every page has room for it");
            findings.push(Finding::new(Code::ValueInvalid, place.clone(), found, expected, "shorten it"));
        }
        if let Some((first, _)) = ids.get(id).map(|first| &agencies[*first]) {
            let found = format!("the agency id {} is used a second time; first at {first}", quote(id));
            findings.push(Finding::new(
                Code::IdTwice,
                place.clone(),
                found,
                "one row an agency",
                "give one of them another id",
            ));
        }
        let address = agency.email.to_lowercase();
        let earlier = addresses.get(&address).map(|first| &agencies[*first].1);
        findings.extend(email(place, agency, earlier));
        ids.entry(id).or_insert(at);
        addresses.entry(address).or_insert(at);
    }
    findings
}

fn email(place: &Place, agency: &Agency, earlier: Option<&Agency>) -> Option<Finding> {
    let email = agency.email.as_str();
    if email.is_empty() {
        return None;
    }
    if !looks_like_email(email) {
        let found = format!("{} does not look like an e-mail address", quote(email));
        let finding = Finding::new(Code::EmailMalformed, place.clone(), found, "as in name@example.org", "correct it");
        return Some(finding.about(&agency.id).naming(email));
    }
    let found = format!("{} is also the address of {}", quote(email), earlier?.name);
    let remedy = "make sure that each workbook goes to the right agency";
    Some(Finding::new(Code::EmailShared, place.clone(), found, "", remedy).about(&agency.id).naming(email))
}

fn columns(header: &ListRow, findings: &mut Vec<Finding>) -> Vec<(&'static str, usize)> {
    let known: Vec<&'static str> = REQUIRED.iter().chain(&OPTIONAL).copied().collect();
    let mut columns = Vec::new();
    for (at, cell) in header.cells.iter().enumerate() {
        let written = cell.trim().trim_start_matches('\u{feff}').to_lowercase().replace([' ', '-'], "_");
        if let Some(name) = known.iter().find(|name| **name == written) {
            columns.push((*name, at));
        } else if !written.is_empty() {
            let meant = nearest(&written, &known).map_or(String::new(), |name| format!("; did you mean \"{name}\"?"));
            let found = format!("{} is not a column of an agency list{meant}", quote(cell));
            let expected = format!("one of {}", words::list(&known));
            findings.push(Finding::new(
                Code::AgencyList,
                header.place.clone(),
                found,
                expected,
                "rename it or take it out",
            ));
        }
    }
    for required in REQUIRED.iter().filter(|required| !columns.iter().any(|(name, _)| name == *required)) {
        let found = format!("the first row has no column \"{required}\"");
        let expected = format!("the headers {}", words::list(&REQUIRED));
        findings.push(Finding::new(Code::AgencyList, header.place.clone(), found, expected, "add the column"));
    }
    columns
}

fn agency(
    row: &ListRow,
    columns: &[(&'static str, usize)],
    width: usize,
    findings: &mut Vec<Finding>,
) -> Option<Agency> {
    let cell = |name: &str| {
        let at = columns.iter().find(|(column, _)| *column == name).map(|(_, at)| *at);
        at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.trim())
    };
    let note = |findings: &mut Vec<Finding>, found: String, expected: &str, remedy: &str| {
        findings.push(Finding::new(Code::ValueInvalid, row.place.clone(), found, expected, remedy));
    };
    let extra = row.cells.iter().skip(width).find(|cell| !cell.trim().is_empty());
    if let Some(extra) = extra {
        let found = format!("{} stands under no header", quote(extra));
        note(
            findings,
            found,
            "as many cells as headers",
            "give its column a header, or put a text with commas in double quotes",
        );
    }
    let group = Group::from_code(cell("group"));
    if group.is_none() {
        let known = Group::ALL.map(Group::code);
        let expected = format!("one of {}", words::list(&known));
        note(findings, format!("{} is no group", quote(cell("group"))), &expected, "choose the agency's group");
    }
    let mut date = |name: &str| -> Option<Date> {
        let written = cell(name);
        let date = words::read_date(written);
        if date.is_none() && !written.is_empty() {
            note(
                findings,
                format!("{} is no date for `{name}`", quote(written)),
                "as in 2026-12-11",
                "write it in that form",
            );
        }
        date
    };
    let (due, sent_on) = (date("due"), date("sent_on"));
    let status = AgencyStatus::ALL.into_iter().find(|status| status.key() == cell("status"));
    if status.is_none() && !cell("status").is_empty() {
        note(
            findings,
            format!("{} is no status", quote(cell("status"))),
            "declined, extended or nothing",
            "choose one",
        );
    }
    Some(Agency {
        id: AgencyId(cell("id").to_string()),
        name: cell("name").to_string(),
        group: group?,
        contact: cell("contact").to_string(),
        email: cell("email").to_string(),
        deputy: cell("deputy").to_string(),
        approver_role: cell("approver_role").to_string(),
        due,
        sent_on,
        sent_code: String::new(),
        status,
        note: cell("note").to_string(),
    })
}

fn list_fault(file: &str, found: String) -> Finding {
    let expected = format!("a first row {} and a row for each agency", REQUIRED.join(","));
    Finding::new(Code::AgencyList, Place::file(file), found, expected, "fill the list in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_list(lines: &[&str], expected: &[(Code, usize)]) {
        let row = |(at, line): (usize, &&str)| ListRow {
            place: Place::line("agencies.csv", at + 1, 1),
            cells: line.split(',').map(str::to_string).collect(),
        };
        let rows: Vec<ListRow> = lines.iter().enumerate().map(row).collect();
        let found: Vec<(Code, usize)> = agencies("agencies.csv", &rows)
            .findings
            .iter()
            .map(|finding| match finding.place.spot {
                crate::core::finding::Spot::Line(line, _) => (finding.code, line),
                _ => (finding.code, 0),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_good_list_in_any_column_order_has_no_fault() {
        check_list(
            &["Name,ID,Group,E-mail,contact", "Police,police,pol,p@example.org,A"],
            &[(Code::AgencyList, 1), (Code::AgencyList, 1)],
        );
        check_list(&["Name,ID,Group,Email,contact", "Police,police,pol,p@example.org,A"], &[]);
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        check_list(
            &[
                "id,name,group,contact,email",
                "police,Police,POL,A,a@example.org",
                "police,Police two,POL,A,b@example.org",
                "Acute Trust,Acute,HLT,A,A@example.org",
                "nul,,HLT,A,not an address",
                "schools,Schools,SCH,A,",
            ],
            &[
                (Code::ValueInvalid, 6),
                (Code::IdTwice, 3),
                (Code::ValueInvalid, 4),
                (Code::EmailShared, 4),
                (Code::ValueInvalid, 5),
                (Code::ValueInvalid, 5),
                (Code::EmailMalformed, 5),
            ],
        );
        check_list(&[], &[(Code::AgencyList, 0)]);
        check_list(&["id,name,group,contact,email"], &[(Code::AgencyList, 0)]);
    }
}
