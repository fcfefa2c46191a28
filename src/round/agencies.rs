//! Checks the agencies of a round, wherever they are written: ids, names, e-mail addresses.

use std::collections::HashMap;

use super::agency::{Agency, AgencyField, LONGEST_SHORT, looks_like_email};
use crate::core::fields::is_storable;
use crate::core::finding::{Code, Finding, Place};
use crate::core::names;
use crate::core::quoting::quote;

/// The longest name of an agency, in characters.
const LONGEST_NAME: usize = 150;

/// The longest id of an agency, in characters: file names are made from it.
pub const LONGEST_ID: usize = 40;

/// Findings about the agencies of a round.
pub fn check_agencies(agencies: &[Agency]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut ids, mut addresses): (HashMap<&str, &Agency>, HashMap<String, &Agency>) = Default::default();
    for agency in agencies {
        findings.extend([id(agency), name(agency), short(agency), texts(agency)].into_iter().flatten());
        if let Some(first) = ids.get(agency.id.as_str()).filter(|first| !first.id.as_str().is_empty()) {
            findings.push(id_twice(agency, first));
        }
        // Case does not matter in addresses as people use them.
        let address = agency.email.to_lowercase();
        findings.extend(email(agency, addresses.get(&address).copied()));
        ids.entry(agency.id.as_str()).or_insert(agency);
        addresses.entry(address).or_insert(agency);
    }
    findings
}

fn invalid(place: Place, found: impl Into<String>, expected: &str, remedy: &str) -> Option<Finding> {
    let found = found.into();
    Some(Finding::new(Code::ValueInvalid, place, found.as_str(), expected, remedy).naming(found))
}

fn id(agency: &Agency) -> Option<Finding> {
    let id = agency.id.as_str();
    // There is no id, and none could be made from the name: that has its own finding already.
    if id.is_empty() {
        return None;
    }
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_good = (1..=LONGEST_ID).contains(&id.len())
        && !id.starts_with('-')
        && id.chars().all(is_plain)
        && !names::is_device(id);
    if is_good {
        return None;
    }
    let expected =
        "1 to 40 of a-z, 0-9 and -, beginning with a letter or digit, and not a name that Windows keeps for itself";
    let remedy = "choose an id such as acute-trust";
    invalid(agency.place.at(AgencyField::Id), format!("{} is not a valid agency id", quote(id)), expected, remedy)
}

fn name(agency: &Agency) -> Option<Finding> {
    let place = || agency.place.at(AgencyField::Name);
    if agency.name.trim().is_empty() {
        let remedy = "write the name as it should be on the workbook";
        return invalid(place(), "the agency has no name", "its name", remedy);
    }
    let length = agency.name.chars().count();
    if length <= LONGEST_NAME {
        return None;
    }
    let found = format!("the name of {} has {length} characters", quote(agency.id.as_str()));
    invalid(place(), found, &format!("at most {LONGEST_NAME}, so that every page has room for it"), "shorten it")
}

fn short(agency: &Agency) -> Option<Finding> {
    let length = agency.short.chars().count();
    if length <= LONGEST_SHORT {
        return None;
    }
    let found = format!("the short name {} has {length} characters, so it is cut", quote(&agency.short));
    let expected = format!("at most {LONGEST_SHORT}, so that pictures have room for it");
    let place = agency.place.at(AgencyField::Short);
    let finding = Finding::new(Code::ShortNameLong, place, found, expected, "shorten it");
    Some(finding.about(&agency.id).naming(agency.short.as_str()))
}

/// The finding about a character that cannot be stored in a workbook, or a line break.
fn texts(agency: &Agency) -> Option<Finding> {
    let texts = [
        (AgencyField::Name, &agency.name),
        (AgencyField::Short, &agency.short),
        (AgencyField::Contact, &agency.contact),
        (AgencyField::Email, &agency.email),
        (AgencyField::Deputy, &agency.deputy),
        (AgencyField::ApproverRole, &agency.approver_role),
        (AgencyField::Note, &agency.note),
    ];
    let is_bad = |c: &char| !is_storable(*c) || matches!(c, '\n' | '\r');
    let (field, bad) = texts.iter().find_map(|(field, text)| Some((*field, text.chars().find(is_bad)?)))?;
    let id = quote(agency.id.as_str());
    let found = format!("{id} has the character U+{:04X} in one of its texts", u32::from(bad));
    let remedy = "take it out: it often comes with text pasted from Word or a mail program";
    invalid(agency.place.at(field), found, "texts on one line", remedy)
}

fn id_twice(agency: &Agency, first: &Agency) -> Finding {
    let first = first.place.at(AgencyField::Id);
    let found = format!("the agency id {} is used a second time; first at {first}", quote(agency.id.as_str()));
    let place = agency.place.at(AgencyField::Id);
    Finding::new(Code::IdTwice, place, found, "one row for each agency", "give one of them a different id")
        .about(&agency.id)
}

fn email(agency: &Agency, earlier: Option<&Agency>) -> Option<Finding> {
    let email = agency.email.as_str();
    if email.is_empty() {
        return None;
    }
    let place = agency.place.at(AgencyField::Email);
    if !looks_like_email(email) {
        let found = format!("{} does not look like an e-mail address", quote(email));
        let finding = Finding::new(Code::EmailMalformed, place, found, "as in name@example.org", "correct it");
        return Some(finding.about(&agency.id).naming(email));
    }
    let found = format!("{} is also the address of {}", quote(email), earlier?.name);
    let remedy = "make sure that each workbook goes to the right agency";
    Some(Finding::new(Code::EmailShared, place, found, "", remedy).about(&agency.id).naming(email))
}
