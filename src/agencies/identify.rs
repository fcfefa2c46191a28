//! Identifies the agency in each row of the list: by its id, then its name, then its e-mail address, as the record knows them.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::core::finding::{Code, Finding};
use crate::core::ids::AgencyId;
use crate::core::names;
use crate::core::quoting::quote;
use crate::core::words;
use crate::record::{Entry, ListedAgency, Record};
use crate::round::{Agency, AgencyField, LONGEST_ID};
use crate::workbook::contract::fold;

/// What the record has to know an agency again by.
struct KnownAgency<'r> {
    /// Its name, folded.
    name: String,
    /// The hash of its e-mail address; empty where it had none.
    email: &'r str,
}

/// Gives each agency its id, with a finding where it had to be inferred. An id must not change while workbooks are out, because return
/// codes have it in them.
pub(super) fn identify(agencies: &mut [Agency], record: &Record) -> Vec<Finding> {
    let known = known_agencies(record);
    // Ids that are written in the list come first, wherever they are in it, so that no row above is given one of them.
    let mut taken: HashSet<AgencyId> =
        agencies.iter().filter(|agency| !agency.id.as_str().is_empty()).map(|agency| agency.id.clone()).collect();
    let mut findings = Vec::new();
    by_name(agencies, &known, record, &mut taken, &mut findings);
    by_email(agencies, &known, &mut taken, &mut findings);
    made_from_name(agencies, &known, &mut taken, &mut findings);
    findings
}

/// How many rows have a name, folded.
fn count_of_names(agencies: &[Agency]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    agencies.iter().for_each(|agency| *counts.entry(fold(&agency.name)).or_default() += 1);
    counts
}

/// Identifies agencies whose id is empty or new by their name, if only one agency had that name and only one row has it.
fn by_name(
    agencies: &mut [Agency],
    known: &BTreeMap<AgencyId, KnownAgency<'_>>,
    record: &Record,
    taken: &mut HashSet<AgencyId>,
    findings: &mut Vec<Finding>,
) {
    let mut of_name: HashMap<&str, Vec<&AgencyId>> = HashMap::new();
    for (id, known) in known.iter().filter(|(id, _)| !taken.contains(*id)) {
        of_name.entry(known.name.as_str()).or_default().push(id);
    }
    let counts = count_of_names(agencies);
    for agency in agencies.iter_mut().filter(|agency| !known.contains_key(&agency.id)) {
        let name = fold(&agency.name);
        let Some([id]) = of_name.get(name.as_str()).map(Vec::as_slice) else { continue };
        // With two rows of one name, nothing tells which of them is the agency that is known.
        if counts.get(&name) != Some(&1) {
            continue;
        }
        let has_own = !agency.id.as_str().is_empty();
        // Until a workbook is issued, the officer may still choose a different id.
        if has_own && record.issued_to(id).is_empty() {
            continue;
        }
        findings.extend(has_own.then(|| id_kept(agency, id)));
        taken.insert((*id).clone());
        agency.id = (*id).clone();
    }
}

/// Every agency that was ever in the list, by the record, including those that left.
fn known_agencies(record: &Record) -> BTreeMap<AgencyId, KnownAgency<'_>> {
    let mut known = BTreeMap::new();
    for recorded in record.entries() {
        match &recorded.entry {
            Entry::Listed(ListedAgency { agency, name, email, .. }) => {
                known.insert(agency.clone(), KnownAgency { name: fold(name), email });
            }
            Entry::LeftList(left) => {
                known.entry(left.agency.clone()).or_insert(KnownAgency { name: fold(&left.name), email: "" });
            }
            _ => {}
        }
    }
    known
}

/// Identifies agencies without an id and with a new name by their e-mail address, if only one agency had it and only one row has it. This
/// is a guess, so a finding says so.
fn by_email(
    agencies: &mut [Agency],
    known: &BTreeMap<AgencyId, KnownAgency<'_>>,
    taken: &mut HashSet<AgencyId>,
    findings: &mut Vec<Finding>,
) {
    let prints: Vec<String> = agencies.iter().map(|agency| ListedAgency::email_print(&agency.email)).collect();
    for (agency, print) in agencies.iter_mut().zip(&prints).filter(|(agency, _)| agency.id.as_str().is_empty()) {
        let mut of_address = known.iter().filter(|(id, known)| known.email == print && !taken.contains(*id));
        // A shared address, such as that of a council's front desk, tells no agency.
        let (Some((id, _)), None) = (of_address.next(), of_address.next()) else { continue };
        if print.is_empty() || prints.iter().filter(|other| *other == print).count() > 1 {
            continue;
        }
        let found =
            format!("{} has the e-mail address of the agency {id}, so it is taken to be that agency", agency.name);
        let remedy = "nothing, if only its name changed; if it is a different agency, write a new id into its row";
        let place = agency.place.at(AgencyField::Email);
        findings
            .push(Finding::new(Code::AgencyFromEmail, place, found, "", remedy).about(id).naming(agency.name.as_str()));
        taken.insert(id.clone());
        agency.id = id.clone();
    }
}

/// Makes ids for new agencies that have none.
fn made_from_name(
    agencies: &mut [Agency],
    known: &BTreeMap<AgencyId, KnownAgency<'_>>,
    taken: &mut HashSet<AgencyId>,
    findings: &mut Vec<Finding>,
) {
    let counts = count_of_names(agencies);
    for agency in agencies.iter_mut().filter(|agency| agency.id.as_str().is_empty() && !agency.name.is_empty()) {
        if counts.get(&fold(&agency.name)).is_some_and(|count| *count > 1) {
            let found = format!("{} is in the list more than once, and this row has no id", quote(&agency.name));
            let place = agency.place.at(AgencyField::Id);
            let remedy = "delete the extra row, or give each row its own id";
            findings.push(
                Finding::new(Code::IdTwice, place, found, "one row an agency", remedy).naming(agency.name.as_str()),
            );
        }
        // Four characters stay free for a number, as in `schools-12`.
        let slug: String = words::slug(&agency.name).chars().take(LONGEST_ID - 4).collect();
        let slug = slug.trim_matches('-');
        if slug.is_empty() {
            let found = format!("no id can be made from the name {}", quote(&agency.name));
            let place = agency.place.at(AgencyField::Id);
            findings.push(Finding::new(Code::ValueInvalid, place, found, "an id, as in acute-trust", "write one"));
            continue;
        }
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.to_string()).chain(numbered).map(AgencyId);
        // The id of an agency that left is not used again: its workbooks may still come back. Windows allows no file called after a device,
        // such as CON.
        let is_free = |id: &AgencyId| !taken.contains(id) && !known.contains_key(id) && !names::is_device(id.as_str());
        let id = free.into_iter().find(is_free);
        agency.id = id.unwrap_or(AgencyId(slug.to_string()));
        taken.insert(agency.id.clone());
    }
}

fn id_kept(agency: &Agency, id: &AgencyId) -> Finding {
    let found =
        format!("the workbooks of {} have the id {id}, so {} is not used", agency.name, quote(agency.id.as_str()));
    let remedy =
        format!("write {id} back, or leave the cell empty; if it is a different agency, give it a different name");
    Finding::new(Code::AgencyIdKept, agency.place.at(AgencyField::Id), found, "", remedy).about(id)
}
