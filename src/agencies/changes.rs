//! What changed in the list since the record last noted it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::record::{Entry, EntryId, LeftList, ListedAgency, NewEntry, Record};
use crate::round::{AGENCIES_FILE, Agency, AgencyField};

/// What changed, for people and for the record.
#[derive(Debug, Default)]
pub struct ListChanges {
    /// The changes, for people.
    pub findings: Vec<Finding>,
    /// The changes, for the record. Only a command that writes adds them.
    pub entries: Vec<NewEntry>,
}

/// What the record has of an agency.
#[derive(Default)]
struct Before<'r> {
    /// What the list said; more than once where two copies of the round read two lists.
    listed: Vec<&'r ListedAgency>,
    /// The name under which it left.
    left: Option<&'r str>,
    /// The entries that say so.
    ids: Vec<EntryId>,
}

/// Compares the list with the record. The agencies in `returned` have a return in the round's folder.
pub fn changes(record: &Record, agencies: &[Agency], returned: &BTreeSet<AgencyId>, today: Date) -> ListChanges {
    let before = before(record);
    // In the first list that is recorded everything is new, so nothing is worth saying.
    let is_first = before.is_empty();
    let mut changes = ListChanges::default();
    for agency in agencies {
        let now = listed(agency);
        let known = before.get(&agency.id);
        // Two copies of a round may have read two lists. An agency that is as either of them said has not changed.
        if known.is_some_and(|known| known.listed.contains(&&now)) {
            continue;
        }
        let was = known.and_then(|known| known.listed.first().copied());
        if !is_first {
            changes.findings.extend(differences(agency, was, known.and_then(|known| known.left)));
        }
        let is_new_date = was.is_none_or(|was| was.due != agency.due);
        // Where workbooks went out before lists were recorded, a date in the past is an old one and not a slip.
        if is_new_date && !(is_first && record.issued().next().is_some()) {
            changes.findings.extend(in_the_past(agency, today));
        }
        let replaces = known.map_or(Vec::new(), |known| known.ids.clone());
        changes.entries.push(NewEntry { replaces, ..NewEntry::from(Entry::Listed(now)) });
    }
    let here: BTreeSet<&AgencyId> = agencies.iter().map(|agency| &agency.id).collect();
    for (id, known) in before.iter().filter(|(id, _)| !here.contains(*id)) {
        let name = known.listed.first().map(|listed| listed.name.as_str()).or(known.left).unwrap_or_default();
        // This is asked as long as the return is in the folder, and not only on the day on which the row went.
        if returned.contains(*id) {
            changes.findings.push(gone_and_returned(id, name));
        } else if !known.listed.is_empty() {
            changes.findings.push(gone(id, name));
        }
        if !known.listed.is_empty() {
            let left = LeftList { agency: (*id).clone(), name: name.to_string() };
            changes.entries.push(NewEntry { replaces: known.ids.clone(), ..NewEntry::from(Entry::LeftList(left)) });
        }
    }
    changes
}

fn listed(agency: &Agency) -> ListedAgency {
    ListedAgency {
        agency: agency.id.clone(),
        name: agency.name.clone(),
        group: agency.group.code().to_string(),
        due: agency.due,
        contact: ListedAgency::contact_print(&agency.contact, &agency.email),
        email: ListedAgency::email_print(&agency.email),
    }
}

fn before(record: &Record) -> BTreeMap<&AgencyId, Before<'_>> {
    let mut before: BTreeMap<&AgencyId, Before<'_>> = BTreeMap::new();
    for recorded in record.entries() {
        let (agency, listed, left) = match &recorded.entry {
            Entry::Listed(listed) => (&listed.agency, Some(listed), None),
            Entry::LeftList(left) => (&left.agency, None, Some(left.name.as_str())),
            _ => continue,
        };
        let known = before.entry(agency).or_default();
        known.listed.extend(listed);
        known.left = known.left.or(left);
        known.ids.push(recorded.id.clone());
    }
    before
}

/// A finding for each thing that changed about an agency.
fn differences(agency: &Agency, was: Option<&ListedAgency>, left: Option<&str>) -> Vec<Finding> {
    let name = &agency.name;
    let finding = |field: AgencyField, found: String, remedy: Remedy| {
        let finding = Finding::new(Code::ListChanged, agency.place.at(field), found.as_str(), "", remedy);
        finding.about(&agency.id).naming(found)
    };
    let Some(was) = was else {
        let found = match left {
            Some(_) => format!("{name} is back in the list"),
            None => format!("{name} is new in the list"),
        };
        return vec![finding(
            AgencyField::Name,
            found,
            Remedy::typed("`jtai issue` writes its workbook", "write the workbooks, and it gets one"),
        )];
    };
    let mut findings = Vec::new();
    if was.name != *name {
        let found = format!("{} is now called {name}", was.name);
        findings.push(finding(AgencyField::Name, found, "nothing; a workbook that is out still counts".into()));
    }
    if was.group != agency.group.code() {
        let found = format!("the group of {name} was {} and is {}", was.group, agency.group.code());
        let remedy = Remedy::typed(
            "`jtai issue` writes a new workbook if it is asked different statements now",
            "write the workbooks, and it gets a new one if it is asked different statements now",
        );
        findings.push(finding(AgencyField::Group, found, remedy));
    }
    // The record has only a hash of the contact, so it can say that the contact changed but not from whom.
    if was.contact != ListedAgency::contact_print(&agency.contact, &agency.email) {
        let found = format!("{name} has a new contact or e-mail address");
        findings.push(finding(
            AgencyField::Contact,
            found,
            Remedy::typed(
                "messages go to them from now on; `jtai issue` writes to them where the workbook has not come back",
                "messages go to them from now on; if the workbook has not come back, write the workbooks, which makes a message to them",
            ),
        ));
    }
    if was.due != agency.due {
        let said = |due: Option<Date>| due.map_or("the round's deadline".to_string(), words::date);
        let found = format!("{name} was due on {} and is due on {}", said(was.due), said(agency.due));
        findings.push(finding(
            AgencyField::Due,
            found,
            Remedy::typed(
                "`jtai issue` writes a message that says so, where one is needed",
                "write the workbooks, which makes a message that says so where one is needed",
            ),
        ));
    }
    findings
}

/// A finding where an agency's own due date is new and already in the past.
fn in_the_past(agency: &Agency, today: Date) -> Option<Finding> {
    let due = agency.due.filter(|due| *due < today)?;
    let found = format!("the due date of {}, {}, is in the past", agency.name, words::date(due));
    let place = agency.place.at(AgencyField::Due);
    // The finding has no agency as its subject, or the agency would be asked about the officer's slip.
    let finding = Finding::new(Code::DateOdd, place, found, "a day to come", "correct it if you mean a different day");
    Some(finding.naming(format!("{} {due}", agency.id)))
}

fn gone(id: &AgencyId, name: &str) -> Finding {
    let found = format!("{name} is no longer in the list");
    let remedy = format!("nothing, if it left; if not, put its row back with the id {id}");
    let place = Place::file(AGENCIES_FILE);
    Finding::new(Code::ListChanged, place, found.as_str(), "", remedy).about(id).naming(found)
}

fn gone_and_returned(id: &AgencyId, name: &str) -> Finding {
    let found = format!("{name} is no longer in the list, so the workbook that it returned does not count");
    let remedy = format!("put its row back with the id {id}; or, if it left, take its return out of returns/ as well");
    Finding::new(Code::AgencyGone, Place::file(AGENCIES_FILE), found, "its row", remedy).about(id)
}
