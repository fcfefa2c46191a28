//! The days on which workbooks were sent, from lists of earlier versions. They go into the record once; now `jtai sent` notes such days.

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Remedy};
use crate::core::quoting::quote;
use crate::core::words;
use crate::record::{Entry, NewEntry, Record, Sent, SentWhat};
use crate::round::{Agency, AgencyField};

/// What a list says of workbooks that were sent, compared with the record.
#[derive(Debug, Default)]
pub struct SentInList {
    /// What people are told.
    pub findings: Vec<Finding>,
    /// What is added to the record.
    pub entries: Vec<NewEntry>,
    /// Whether something could not be taken over: a day still to come, or a return code that no workbook has.
    pub is_left: bool,
}

/// Compares what a list, or an entry `[[agency]]`, says of workbooks that were sent with the record. Where they differ, the record counts.
pub fn sent_in_list(record: &Record, agencies: &[Agency], today: Date) -> SentInList {
    let mut sent = SentInList::default();
    let mut taken: Vec<&Agency> = Vec::new();
    for agency in agencies {
        let Some(day) = agency.sent_on else { continue };
        if day > today {
            // A different finding asks about it, and it goes into the record once it is corrected.
            sent.is_left = true;
        } else if is_on_record(record, agency, day) {
            sent.findings.extend(differs(record, agency, day));
        } else if let Some(return_code) = code(record, agency, day) {
            // The entry has the day from the list, and not today, as the day of what it records.
            let entry = Entry::Sent(Sent { return_code, ..Sent::workbook(&agency.id, day) });
            sent.entries.push(NewEntry { on: Some(day), ..NewEntry::from(entry) });
            taken.push(agency);
        } else {
            sent.is_left = true;
            sent.findings.push(no_such_code(agency));
        }
    }
    sent.findings.extend(taken_over(&taken));
    sent
}

/// Whether the record already has the day on which the workbook in the list was sent, or a later one.
fn is_on_record(record: &Record, agency: &Agency, day: Date) -> bool {
    let Some(last) = record.sent_to(&agency.id, SentWhat::Workbook).max() else { return false };
    // The list may mean a later issue, whose sending the record does not have yet.
    let meant = record.issued_to(&agency.id).iter().rev().find(|one| one.written_on <= day);
    let is_new = meant.is_some_and(|one| {
        let is_named = agency.sent_code.is_empty() || agency.sent_code == one.issued.return_code;
        one.sent_on.is_none() && is_named
    });
    !(is_new && day > last)
}

/// The return code of the workbook that an agency was sent: empty where the record has no workbook of the agency; `None` where the list
/// names a code that none of them has.
fn code(record: &Record, agency: &Agency, day: Date) -> Option<String> {
    let issued = record.issued_to(&agency.id);
    if issued.is_empty() || agency.sent_code.is_empty() {
        let workbook = record.workbook_sent_on(&agency.id, day);
        return Some(workbook.map_or(String::new(), |workbook| workbook.issued.return_code.clone()));
    }
    issued.iter().any(|one| one.issued.return_code == agency.sent_code).then(|| agency.sent_code.clone())
}

/// A finding where the record says something different.
fn differs(record: &Record, agency: &Agency, day: Date) -> Option<Finding> {
    let noted: Vec<(Date, &str)> = record
        .issued_to(&agency.id)
        .iter()
        .flat_map(|one| one.sent_on.iter().chain(&one.other_days).map(|day| (*day, one.issued.return_code.as_str())))
        .collect();
    let is_same = match agency.sent_code.as_str() {
        "" => record.sent_to(&agency.id, SentWhat::Workbook).any(|noted| noted == day),
        code => noted.contains(&(day, code)),
    };
    if is_same {
        return None;
    }
    let said = |(day, code): &(Date, &str)| format!("{} ({code})", words::date(*day));
    let on_record = match noted.iter().map(said).collect::<Vec<_>>() {
        none if none.is_empty() => "a different day".to_string(),
        days => words::list(&days),
    };
    let (id, name) = (&agency.id, &agency.name);
    let found = match agency.sent_code.as_str() {
        "" => format!("the list says that {name} was sent its workbook on {}; ", words::date(day)),
        code => format!("the list says that {name} was sent its workbook on {} ({code}); ", words::date(day)),
    };
    let found = format!("{found}the record says {on_record}, and the record counts");
    let with_code = match agency.sent_code.as_str() {
        "" => String::new(),
        code => format!(" --code {code}"),
    };
    let remedy = Remedy::typed(
        format!("delete it here; if it is right, note it with `jtai sent {id} --on {day}{with_code}`"),
        "delete it there; if it is right, note under Messages that you sent it, and when",
    );
    let finding = Finding::new(Code::SentDiffers, agency.place.at(AgencyField::SentOn), found.as_str(), "", remedy);
    Some(finding.about(id).naming(found))
}

fn no_such_code(agency: &Agency) -> Finding {
    let found =
        format!("no workbook of {} has the code that is under Code sent, {}", agency.name, quote(&agency.sent_code));
    let remedy = "correct it, or empty the cell; until then the day in this row is not recorded";
    let place = agency.place.at(AgencyField::SentCode);
    let finding = Finding::new(Code::DateOdd, place, found, "a code from issued/index.csv", remedy);
    finding.about(&agency.id).naming(agency.sent_code.as_str())
}

/// A finding that says for how many agencies the record now has what the list said.
fn taken_over(agencies: &[&Agency]) -> Option<Finding> {
    let first = agencies.first()?;
    let found = format!(
        "the record now has the day on which the workbook was sent, for {}",
        words::count(agencies.len(), "agency")
    );
    let remedy = Remedy::typed(
        "nothing; note the next one with `jtai sent`, and delete the column Sent on if you like",
        "nothing; note under Messages when you sent the next one, and delete the column Sent on if you like",
    );
    let place = first.place.at(AgencyField::SentOn);
    Some(Finding::new(Code::ListChanged, place, found.as_str(), "", remedy).naming(found))
}
