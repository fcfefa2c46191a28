//! The record of a round: everything that people did or decided in it.
//!
//! Each command that records something writes one plain-text file, named by its day and its content, and never changed afterwards. So
//! copies of a round, as in synchronised folders, can each be added to and merged file by file. Equal entries count once. An entry is taken
//! back only by another that names it. If two contradict each other, neither counts until a person settles it; which of them is later never
//! decides. An entry quotes no agency's words.

mod moderated;
mod entry;
mod file;
mod legacy;
mod issued;
mod contradictions;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;

pub use entry::{
    Addressed, AskedFinding, Entry, EntryId, Forgotten, Issued, LeftList, ListedAgency, NewEntry, QuestionsAsked,
    Received, Recorded, Sent, SentWhat, Settled, TakenBack, Who, Withdrawn, sign_of_a_child,
};
pub use file::{FileFault, RecordFile, as_file, read};
pub use issued::IssuedWorkbook;
pub use legacy::issued_by_an_earlier_program;
pub use moderated::{MeetingDecision, MeetingNotes, MeetingOutcome, Moderated};

/// What to do about a file of the record that cannot be used.
const PUT_BACK: &str = "put the file back from a copy";

/// The record of a round.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Every entry that is not taken back, by its id.
    entries: BTreeMap<EntryId, Recorded>,
    /// The files, as they are.
    files: Vec<RecordFile>,
    /// What was issued to each agency, the first issue first.
    workbooks: BTreeMap<AgencyId, Vec<IssuedWorkbook>>,
    /// The questions that entries answer differently, so that none of the answers counts. See [`Entry::claim`].
    contradicted: BTreeSet<String>,
    /// Findings about the record itself.
    findings: Vec<Finding>,
}

/// A change to a file of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The file's name now.
    pub name: String,
    /// The file that replaces it; `None` if nothing is left of it.
    pub instead: Option<(RelativeName, String)>,
}

impl Record {
    /// The record in these files, each with its name and bytes, together with what an earlier version noted.
    pub fn from_files(files: &[(String, Vec<u8>)], earlier: &[NewEntry], today: Date) -> Record {
        let mut record = Record::default();
        let mut seen = HashSet::new();
        // Sorted, so that which of two equal entries is kept does not depend on the order in which a disk lists files.
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
            // OK because a file that was just made can be read.
            all.extend(read(name.as_str(), text.as_bytes()).map(|file| file.entries).unwrap_or_default());
        }
        // A synced copy may bring entries about a forgotten return back at any time. They are ignored here, and removed by the next
        // command.
        let prints: HashSet<String> = all.iter().filter_map(forgotten_print).collect();
        all.retain(|recorded| !is_forgotten(recorded, &prints));
        let replaced: HashSet<EntryId> = all.iter().flat_map(|recorded| recorded.replaces.clone()).collect();
        all.retain(|recorded| !replaced.contains(&recorded.id));
        record.entries = all.into_iter().map(|recorded| (recorded.id.clone(), recorded)).collect();
        record.contradicted = contradictions::questions(&record.entries);
        record.workbooks = issued::workbooks(&record.entries, &record.contradicted);
        let differing = contradictions::findings(&record.workbooks, record.entries(), &record.contradicted);
        record.findings.extend(differing);
        record
    }

    /// Findings about the record: damaged files, copies, contradictions.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether something in it cannot be used. Then no workbook may be issued, because its code may belong to a different one.
    pub fn is_damaged(&self) -> bool {
        self.findings.iter().any(|finding| finding.code == Code::RecordDamaged)
    }

    /// Every entry that is not taken back.
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

    /// The files that were first seen in `returns/` and whose agency is known, each with the agency and the day. If a person decided which
    /// agency a file is from, it counts as that agency's from the first day.
    pub fn senders(&self) -> impl Iterator<Item = (&Received, &AgencyId, Date)> {
        let decided: HashMap<&str, &AgencyId> = self.settled().filter_map(|(settled, _)| settled.owner()).collect();
        self.received().filter_map(move |(received, day)| {
            let agency = decided.get(received.sha256.as_str()).copied().or(received.agency.as_ref())?;
            Some((received, agency, day))
        })
    }

    /// The due date and contact of an agency at the last `jtai issue`, with their entry; `None` if none was recorded.
    pub fn addressed(&self, agency: &AgencyId) -> Option<(&Addressed, &Recorded)> {
        let of_agency = self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Addressed(addressed) if addressed.agency == *agency => Some((addressed, recorded)),
            _ => None,
        });
        of_agency.max_by_key(|(_, recorded)| recorded.on)
    }

    /// The questions that were written for agencies, each with the day.
    pub fn asked(&self) -> impl Iterator<Item = (&QuestionsAsked, Date)> {
        self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Asked(asked) => Some((asked, recorded.on)),
            _ => None,
        })
    }

    /// The messages of a kind that were sent to an agency.
    pub fn sent_of(&self, agency: &AgencyId, what: SentWhat) -> impl Iterator<Item = &Sent> {
        self.entries.values().filter_map(move |recorded| match &recorded.entry {
            Entry::Sent(sent) if sent.agency == *agency && sent.what == what => Some(sent),
            _ => None,
        })
    }

    /// The days on which messages of a kind were sent to an agency.
    pub fn sent_to(&self, agency: &AgencyId, what: SentWhat) -> impl Iterator<Item = Date> {
        self.sent_of(agency, what).map(|sent| sent.day)
    }

    /// When the draft with this SHA-256 was sent to an agency; `None` if nobody noted it.
    pub fn draft_sent(&self, agency: &AgencyId, what: SentWhat, draft: &str) -> Option<Date> {
        self.sent_of(agency, what).filter(|sent| sent.draft == draft).map(|sent| sent.day).max()
    }

    /// The returns that were forgotten, each with the day.
    pub fn forgotten(&self) -> impl Iterator<Item = (&Forgotten, Date)> {
        self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Forgotten(forgotten) => Some((forgotten, recorded.on)),
            _ => None,
        })
    }

    /// The decisions on findings that are not taken back and that no other contradicts, each with its record entry.
    pub fn settled(&self) -> impl Iterator<Item = (&Settled, &Recorded)> {
        self.all_settled().filter(|(_, recorded)| !recorded.entry.is_one_of(&self.contradicted))
    }

    /// Every decision on a finding that is not taken back, also those that contradict each other.
    pub fn all_settled(&self) -> impl Iterator<Item = (&Settled, &Recorded)> {
        self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Settled(settled) => Some((settled, recorded)),
            _ => None,
        })
    }

    /// The rows of challenge workbooks that are not taken back, each with its record entry.
    pub fn moderated(&self) -> impl Iterator<Item = (&Moderated, &Recorded)> {
        self.entries.values().filter_map(|recorded| match &recorded.entry {
            Entry::Moderated(moderated) => Some((moderated, recorded)),
            _ => None,
        })
    }

    /// The entries that took back one equal to this. An entry that records the same again replaces them. Otherwise, on the same day, it
    /// would have the id of the one that was taken back, and would not count.
    pub fn took_back(&self, entry: &Entry) -> Vec<EntryId> {
        let all = self.files.iter().flat_map(|file| &file.entries);
        let same: HashSet<&EntryId> = all.filter(|one| one.entry == *entry).map(|one| &one.id).collect();
        let takes_back = |recorded: &&Recorded| recorded.replaces.iter().any(|id| same.contains(id));
        self.entries.values().filter(takes_back).map(|recorded| recorded.id.clone()).collect()
    }

    /// Every workbook that was issued, the first issue of an agency first; agencies in the order of their ids.
    pub fn issued(&self) -> impl Iterator<Item = &IssuedWorkbook> {
        self.workbooks.values().flatten()
    }

    /// What was issued to an agency, the first issue first.
    pub fn issued_to(&self, agency: &AgencyId) -> &[IssuedWorkbook] {
        self.workbooks.get(agency).map_or(&[], Vec::as_slice)
    }

    /// The workbook that an agency was sent on a day: the last one written by then, or the last one if all were written later.
    pub fn workbook_sent_on(&self, agency: &AgencyId, day: Date) -> Option<&IssuedWorkbook> {
        let issued = self.issued_to(agency);
        issued.iter().rev().find(|one| one.written_on <= day).or(issued.last())
    }

    /// The highest issue number that an agency's workbook ever had, even if it was taken back; 0 if none was issued. A number is never used
    /// twice, because a return code must not belong to two workbooks.
    pub fn highest_issue(&self, agency: &AgencyId) -> u32 {
        let all = self.files.iter().flat_map(|file| &file.entries).chain(self.entries.values());
        let number = |recorded: &Recorded| match &recorded.entry {
            Entry::Issued(issued) if issued.agency == *agency => Some(issued.issue),
            _ => None,
        };
        all.filter_map(number).max().unwrap_or(0)
    }

    /// Whether a workbook with different statements was ever issued under the same code, and written over since.
    pub fn was_another(&self, issued: &Issued) -> bool {
        let all = self.files.iter().flat_map(|file| &file.entries).chain(self.entries.values());
        all.filter_map(|recorded| match &recorded.entry {
            Entry::Issued(other) if other.agency == issued.agency && other.issue == issued.issue => Some(other),
            _ => None,
        })
        .any(|other| !other.fingerprint.is_empty() && other.fingerprint != issued.fingerprint)
    }

    /// The changes to files that remove every entry about forgotten returns. `more` has the SHA-256 of returns to forget now; entries about
    /// others may have been brought back by a synced copy.
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
    let found = "this is a copy of a record file, which a program that synchronises folders may have made";
    Finding::new(Code::RecordCopied, place(name), found, "", "nothing is lost; you can delete the copy").naming(name)
}

fn unusable(name: &str, fault: FileFault) -> Finding {
    let (code, found, remedy) = match fault {
        FileFault::Foreign => {
            (Code::FileSkipped, "this is not a record file, and was not read", "move it to a different folder")
        }
        FileFault::Changed => {
            (Code::RecordDamaged, "this record file was changed after it was written, and was not used", PUT_BACK)
        }
        FileFault::Newer => (
            Code::RecordDamaged,
            "a newer version of jtai wrote this record file, and it was not used",
            "use that version of jtai",
        ),
    };
    Finding::new(code, place(name), found, "", remedy).naming(name)
}

#[cfg(test)]
mod tests;
