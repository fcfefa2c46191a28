//! The record of a round.
//!
//! One plain-text file for each command that recorded something, named by its day and its content, and never changed afterwards. So
//! copies of a round that people keep alike can each be added to and put together file by file: equal entries are one, an entry is
//! taken back only by another that names it, and where two contradict each other neither counts until a person settles it. Time never
//! decides. An entry quotes no agency's words.

mod entry;
mod file;
mod legacy;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;
use crate::core::words;

pub use entry::{
    AskedFinding, Entry, EntryId, Forgotten, Issued, LeftList, ListedAgency, NewEntry, QuestionsAsked, Received,
    Recorded, Sent, SentWhat, TakenBack, Who, sign_of_a_child,
};
pub use file::{FileFault, RecordFile, as_file, read};
pub use legacy::issued_by_an_earlier_program;

/// What to do about a file of the record that cannot be used.
const PUT_BACK: &str = "put the file back from a copy";

/// The record of a round.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Every entry that stands, by its id.
    entries: BTreeMap<EntryId, Recorded>,
    /// The files, as they are.
    files: Vec<RecordFile>,
    /// What was issued to each agency, the first issue first.
    workbooks: BTreeMap<AgencyId, Vec<IssuedWorkbook>>,
    /// What was noticed.
    findings: Vec<Finding>,
}

/// A workbook as the record has it.
#[derive(Debug, Clone, PartialEq)]
pub struct IssuedWorkbook {
    /// The workbook as it was last written under its code.
    pub issued: Issued,
    /// When it was last written.
    pub written_on: Date,
    /// The entries that say so, which a later one takes back.
    pub ids: Vec<EntryId>,
    /// When it was first noted as sent; `None` for one that was not.
    pub sent_on: Option<Date>,
    /// The other days on which copies of the round say that it was sent; none in the usual case.
    pub other_days: Vec<Date>,
    /// The entries that say when it was sent.
    pub sent_ids: Vec<EntryId>,
    /// Whether two different workbooks were issued under its code.
    pub is_contradicted: bool,
}

/// What is to become of a file of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The file as it is named now.
    pub name: String,
    /// What takes its place; `None` where nothing is left of it.
    pub instead: Option<(RelativeName, String)>,
}

impl Record {
    /// The record that is in these files, each with its name and bytes, and in what an earlier program wrote.
    pub fn from_files(files: &[(String, Vec<u8>)], earlier: &[NewEntry], today: Date) -> Record {
        let mut record = Record::default();
        let mut seen = HashSet::new();
        // Whose of two equal entries stands must not depend on the order in which a disk lists files.
        let mut files: Vec<&(String, Vec<u8>)> = files.iter().collect();
        files.sort();
        for (name, bytes) in files {
            match read(name, bytes) {
                Ok(file) => {
                    if file.is_copy || !seen.insert(bytes) {
                        record.findings.push(copied(name));
                    }
                    record.files.push(file);
                }
                Err(fault) => record.findings.push(unusable(name, fault)),
            }
        }
        let mut all: Vec<Recorded> = record.files.iter().flat_map(|file| file.entries.clone()).collect();
        if !earlier.is_empty() {
            let (name, text) = as_file(today, "brought over", &Who::default(), earlier);
            // OK because what was just written is read.
            all.extend(read(name.as_str(), text.as_bytes()).map(|file| file.entries).unwrap_or_default());
        }
        let prints: HashSet<String> = all.iter().filter_map(forgotten_print).collect();
        all.retain(|recorded| !is_forgotten(recorded, &prints));
        let replaced: HashSet<EntryId> = all.iter().flat_map(|recorded| recorded.replaces.clone()).collect();
        all.retain(|recorded| !replaced.contains(&recorded.id));
        record.entries = all.into_iter().map(|recorded| (recorded.id.clone(), recorded)).collect();
        record.workbooks = workbooks(&record.entries, &contradicted(&record.entries));
        let contradictions: Vec<Finding> =
            record.workbooks.values().flat_map(|all| contradiction(all).into_iter().chain(days_differ(all))).collect();
        record.findings.extend(contradictions);
        record
    }

    /// What was noticed in the record: files that are damaged, copies, contradictions.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether something in it cannot be used, so that no workbook may be issued: a code could come to stand for two.
    pub fn is_damaged(&self) -> bool {
        self.findings.iter().any(|finding| finding.code == Code::RecordDamaged)
    }

    /// Every entry that stands.
    pub fn entries(&self) -> impl Iterator<Item = &Recorded> {
        self.entries.values()
    }

    /// The files that were first seen in `returns/`, each with the day.
    pub fn received(&self) -> impl Iterator<Item = (&Received, Date)> {
        self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Received(received) => Some((received, recorded.on)),
            _ => None,
        })
    }

    /// What was asked of agencies, each with the day.
    pub fn asked(&self) -> impl Iterator<Item = (&QuestionsAsked, Date)> {
        self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Asked(asked) => Some((asked, recorded.on)),
            _ => None,
        })
    }

    /// The returns that were forgotten, each with the day.
    pub fn forgotten(&self) -> impl Iterator<Item = (&Forgotten, Date)> {
        self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Forgotten(forgotten) => Some((forgotten, recorded.on)),
            _ => None,
        })
    }

    /// Every workbook that was issued, the first issue of an agency first; agencies in the order of their ids.
    pub fn issued(&self) -> impl Iterator<Item = &IssuedWorkbook> {
        self.workbooks.values().flatten()
    }

    /// What was issued to an agency, the first issue first.
    pub fn issued_to(&self, agency: &AgencyId) -> &[IssuedWorkbook] {
        self.workbooks.get(agency).map_or(&[], Vec::as_slice)
    }

    /// The highest number that a workbook of an agency ever had, taken back or not; 0 where none was issued. A later one gets the next.
    pub fn highest_issue(&self, agency: &AgencyId) -> u32 {
        let all = self.files.iter().flat_map(|file| &file.entries).chain(self.entries.values());
        let number = |recorded: &Recorded| match &recorded.entry {
            Entry::Issued(issued) if issued.agency == *agency => Some(issued.issue),
            _ => None,
        };
        all.filter_map(number).max().unwrap_or(0)
    }

    /// Whether another workbook than this was ever issued under its code: one with other statements, written over since.
    pub fn was_another(&self, issued: &Issued) -> bool {
        let all = self.files.iter().flat_map(|file| &file.entries).chain(self.entries.values());
        all.filter_map(|recorded| match &recorded.entry {
            Entry::Issued(other) if other.agency == issued.agency && other.issue == issued.issue => Some(other),
            _ => None,
        })
        .any(|other| !other.fingerprint.is_empty() && other.fingerprint != issued.fingerprint)
    }

    /// The files that hold entries about returns that were forgotten: a synced copy brought them back, or they are to go now.
    pub fn to_forget(&self, more: &HashSet<String>) -> Vec<Rewrite> {
        let mut prints: HashSet<String> =
            self.files.iter().flat_map(|file| &file.entries).filter_map(forgotten_print).collect();
        prints.extend(more.iter().map(|sha256| Forgotten::print_of(sha256)));
        let holds = |file: &&RecordFile| file.entries.iter().any(|recorded| is_forgotten(recorded, &prints));
        let rewrite = |file: &RecordFile| Rewrite {
            name: file.name.clone(),
            instead: file.without(|recorded| is_forgotten(recorded, &prints)),
        };
        self.files.iter().filter(holds).map(rewrite).collect()
    }
}

/// The questions that standing entries answer differently: none of those answers counts.
fn contradicted(entries: &BTreeMap<EntryId, Recorded>) -> BTreeSet<String> {
    let mut answers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (question, answer) in entries.values().filter_map(|recorded| recorded.entry.claim()) {
        answers.entry(question).or_default().insert(answer);
    }
    answers.into_iter().filter(|(_, answers)| answers.len() > 1).map(|(question, _)| question).collect()
}

/// The workbooks of each agency. Entries that say the same of one workbook are one; the latest is the file as it is now.
fn workbooks(
    entries: &BTreeMap<EntryId, Recorded>,
    contradicted: &BTreeSet<String>,
) -> BTreeMap<AgencyId, Vec<IssuedWorkbook>> {
    let mut sent: BTreeMap<(&AgencyId, &str), Vec<(&EntryId, Date)>> = BTreeMap::new();
    for Recorded { id, entry, .. } in entries.values() {
        if let Entry::Sent(Sent { agency, return_code, day, .. }) = entry {
            sent.entry((agency, return_code)).or_default().push((id, *day));
        }
    }
    let mut workbooks: BTreeMap<(&AgencyId, u32), IssuedWorkbook> = BTreeMap::new();
    for Recorded { id, on, entry, .. } in entries.values() {
        let Entry::Issued(issued) = entry else { continue };
        let is_contradicted = entry.claim().is_some_and(|(question, _)| contradicted.contains(&question));
        let workbook = workbooks.entry((&issued.agency, issued.issue)).or_insert_with(|| IssuedWorkbook {
            issued: issued.clone(),
            written_on: *on,
            ids: Vec::new(),
            sent_on: None,
            other_days: Vec::new(),
            sent_ids: Vec::new(),
            is_contradicted,
        });
        if *on > workbook.written_on {
            (workbook.issued, workbook.written_on) = (issued.clone(), *on);
        }
        workbook.is_contradicted |= is_contradicted;
        workbook.ids.push(id.clone());
        let sent = sent.get(&(&issued.agency, issued.return_code.as_str()));
        let days: BTreeSet<Date> = sent.iter().flat_map(|sent| sent.iter().map(|(_, day)| *day)).collect();
        let mut days = days.into_iter();
        workbook.sent_on = days.next();
        workbook.other_days = days.collect();
        workbook.sent_ids = sent.iter().flat_map(|sent| sent.iter().map(|(id, _)| (*id).clone())).collect();
    }
    let mut by_agency: BTreeMap<AgencyId, Vec<IssuedWorkbook>> = BTreeMap::new();
    for ((agency, _), workbook) in workbooks {
        by_agency.entry(agency.clone()).or_default().push(workbook);
    }
    by_agency
}

fn forgotten_print(recorded: &Recorded) -> Option<String> {
    match &recorded.entry {
        Entry::Forgotten(forgotten) => Some(forgotten.print.clone()),
        _ => None,
    }
}

fn is_forgotten(recorded: &Recorded, prints: &HashSet<String>) -> bool {
    recorded.entry.about_files().into_iter().any(|sha256| prints.contains(&Forgotten::print_of(sha256)))
}

fn place(name: &str) -> Place {
    Place::file(format!("record/{name}"))
}

fn copied(name: &str) -> Finding {
    let found = "this is a copy of a file of the record, which a program that keeps folders alike may have made";
    Finding::new(Code::RecordCopied, place(name), found, "", "nothing is lost by it; you may delete the copy")
        .naming(name)
}

fn unusable(name: &str, fault: FileFault) -> Finding {
    let (code, found, remedy) = match fault {
        FileFault::Foreign => {
            (Code::FileSkipped, "this is not a file of the record, and was not read", "move it to another folder")
        }
        FileFault::Changed => {
            (Code::RecordDamaged, "this file of the record is not as it was written, and was not used", PUT_BACK)
        }
        FileFault::Newer => (
            Code::RecordDamaged,
            "a newer jtai wrote this file of the record, and it was not used",
            "use the newer jtai",
        ),
    };
    Finding::new(code, place(name), found, "", remedy).naming(name)
}

/// That an agency's last workbook is two; an earlier one is settled by the later, which has a code of its own.
fn contradiction(workbooks: &[IssuedWorkbook]) -> Option<Finding> {
    let workbook = workbooks.last().filter(|last| last.is_contradicted)?;
    let Issued { name, return_code, agency, .. } = &workbook.issued;
    let found = format!(
        "two different workbooks were issued to {name} under the return code {return_code}, the last on {}; neither counts",
        words::date(workbook.written_on)
    );
    let remedy = "run `jtai issue`: it writes a workbook with a code of its own, to send in their place";
    let finding = Finding::new(Code::RecordContradicts, Place::file("record"), found, "one workbook a code", remedy);
    Some(finding.about(agency).naming(return_code.as_str()))
}

/// Workbooks that were sent on one day by one copy of the round, and on another by another. That they were sent counts; the day does not.
fn days_differ(workbooks: &[IssuedWorkbook]) -> Vec<Finding> {
    let finding = |workbook: &IssuedWorkbook| {
        let Issued { name, return_code, agency, .. } = &workbook.issued;
        let days: Vec<String> =
            workbook.sent_on.iter().chain(&workbook.other_days).map(|day| words::date(*day)).collect();
        let found = format!(
            "the workbook of {name} with the return code {return_code} is noted as sent on {}",
            words::list(&days)
        );
        let remedy = "write the right day under Sent on in agencies.xlsx, and run `jtai issue`";
        let finding = Finding::new(Code::RecordContradicts, Place::file("record"), found, "one day", remedy);
        finding.about(agency).naming(format!("sent {return_code}"))
    };
    workbooks.iter().filter(|workbook| !workbook.other_days.is_empty()).map(finding).collect()
}

#[cfg(test)]
mod tests;
