//! Compares the challenge workbooks with the record: what is new and must be recorded, what is on record but no longer in any row.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{ReadWorkbook, RowKey, RowSays};
use crate::core::finding::{Checked, Code, Finding, Place, Remedy};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::record::{Entry, EntryId, Moderated, NewEntry, Record, Recorded};
use crate::round::Round;

/// A workbook in the folder `challenge/`.
#[derive(Debug, Clone, PartialEq)]
pub struct ChallengeFile {
    /// Its name, as messages give it.
    pub name: String,
    /// What is in it; `None` where it cannot be read. Then none of its rows counts as deleted.
    pub workbook: Option<ReadWorkbook>,
}

/// The entries that count now, by the file and the answer of the row that they came from.
type StandingRows<'r> = BTreeMap<(&'r str, RowKey), Vec<(&'r Moderated, &'r Recorded)>>;

/// The entries to record, with findings for rows that were emptied and for rows and files that are gone. A row that changed takes back what
/// it said before; nothing else takes anything back.
pub fn recorded(files: &[ChallengeFile], record: &Record, round: &Round) -> Checked<Vec<NewEntry>> {
    let mut standing: StandingRows<'_> = BTreeMap::new();
    for (moderated, recorded) in record.moderated() {
        let key = (moderated.agency.clone(), moderated.criterion.clone());
        standing.entry((moderated.file.as_str(), key)).or_default().push((moderated, recorded));
    }
    let mut comparison = RecordComparison { files, record, round, standing, entries: Vec::new(), findings: Vec::new() };
    for file in files {
        for (key, row) in file.workbook.iter().flat_map(|workbook| &workbook.rows) {
            if let RowSays::Filled(decision, notes) = &row.says {
                let (agency, criterion) = key.clone();
                let (file, challenged) = (file.name.clone(), row.challenged.clone());
                let (decision, notes) = (decision.clone(), (**notes).clone());
                comparison.add(Moderated { agency, criterion, file, challenged, decision, notes });
            }
        }
    }
    comparison.ask_about_rows();
    comparison.ask_about_files();
    comparison.ask_about_deleted_rows();
    Checked { output: comparison.entries, findings: comparison.findings }
}

/// The comparison of what the files say with what the record says.
struct RecordComparison<'a> {
    files: &'a [ChallengeFile],
    record: &'a Record,
    round: &'a Round,
    standing: StandingRows<'a>,
    entries: Vec<NewEntry>,
    findings: Vec<Finding>,
}

/// Whether two entries say the same, whichever file they are from.
fn say_the_same(one: &Moderated, other: &Moderated) -> bool {
    (&one.challenged, &one.decision, &one.notes) == (&other.challenged, &other.decision, &other.notes)
}

impl<'a> RecordComparison<'a> {
    fn file(&self, name: &str) -> Option<&'a ChallengeFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// What a row says; `None` where the file does not have it.
    fn says(&self, file: &str, key: &RowKey) -> Option<&'a RowSays> {
        let row = self.file(file)?.workbook.as_ref()?.rows.get(key)?;
        Some(&row.says)
    }

    /// Adds an entry for what a row says, unless the record already has it from that row.
    fn add(&mut self, new: Moderated) {
        let key = (new.agency.clone(), new.criterion.clone());
        let before = self.standing.get(&(new.file.as_str(), key.clone())).map_or(&[][..], Vec::as_slice);
        if before.iter().any(|(moderated, _)| say_the_same(moderated, &new)) {
            return;
        }
        let mut replaces: BTreeSet<EntryId> = before.iter().map(|(_, recorded)| recorded.id.clone()).collect();
        // A renamed file says the same under its new name: its entry moves there, or else the old name would be reported as gone.
        let is_moved = |file: &str, all: &[(&Moderated, &Recorded)]| {
            self.file(file).is_none() && all.iter().all(|(moderated, _)| say_the_same(moderated, &new))
        };
        let moved = self.standing.iter().filter(|((file, other), all)| *other == key && is_moved(file, all));
        replaces.extend(moved.flat_map(|(_, all)| all.iter().map(|(_, recorded)| recorded.id.clone())));
        let entry = Entry::Moderated(new);
        // If an entry that says just this was taken back before, naming what took it back makes this one a new entry.
        replaces.extend(self.record.took_back(&entry));
        self.entries.push(NewEntry { on: None, replaces: replaces.into_iter().collect(), entry });
    }

    /// Whether a row of any file says what an entry says, or a new entry takes that one back.
    fn is_said(&self, moderated: &Moderated, recorded: &Recorded) -> bool {
        let key = (moderated.agency.clone(), moderated.criterion.clone());
        let says_it = |file: &&ChallengeFile| {
            let row = file.workbook.as_ref().and_then(|workbook| workbook.rows.get(&key));
            row.is_some_and(|row| {
                row.challenged == moderated.challenged
                    && matches!(&row.says, RowSays::Filled(decision, notes) if *decision == moderated.decision && **notes == moderated.notes)
            })
        };
        self.entries.iter().any(|new| new.replaces.contains(&recorded.id))
            || self.files.iter().any(|file| says_it(&file))
    }

    fn name(&self, agency: &AgencyId) -> String {
        self.round.agency(agency).map_or(agency.to_string(), |agency| agency.name.clone())
    }

    /// Findings for entries whose row, in a file that can be read, is now empty, gone or says something different.
    fn ask_about_rows(&mut self) {
        let mut findings = Vec::new();
        for ((file, key), all) in &self.standing {
            let is_read = self.file(file).is_some_and(|file| file.workbook.is_some());
            let why = match self.says(file, key) {
                _ if !is_read => continue,
                // A faulty row has its own finding, and what is on record stays until it is corrected.
                Some(RowSays::Faulty) => continue,
                Some(RowSays::Nothing) => "its row is empty now",
                Some(RowSays::Filled(..)) => "its row says something different now",
                None => "its row is gone",
            };
            let gone: Vec<_> = all.iter().filter(|(moderated, recorded)| !self.is_said(moderated, recorded)).collect();
            for (moderated, recorded) in gone {
                let (name, id) = (self.name(&key.0), &key.1);
                let said = decision_words(moderated);
                let found = format!("{name} on {id} is on record as {said}; {why}, and the record still counts");
                let finding = asked(file, found, std::slice::from_ref(&recorded.id));
                findings.push(finding.about(&key.0).on(&key.1));
            }
        }
        self.findings.extend(findings);
    }

    /// Findings for files that are gone, where the record has something from them that no other file says.
    fn ask_about_files(&mut self) {
        let mut gone: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
        for ((file, _), all) in self.standing.iter().filter(|((file, _), _)| self.file(file).is_none()) {
            for (_, recorded) in all.iter().filter(|(moderated, recorded)| !self.is_said(moderated, recorded)) {
                gone.entry(file).or_default().push(recorded.id.clone());
            }
        }
        let asked = gone.into_iter().map(|(file, ids)| {
            let rows = words::count(ids.len(), "row");
            let found = format!("this file is gone, and what the record has from it still counts: {rows}");
            asked(file, found, &ids)
        });
        self.findings.extend(asked);
    }

    /// Findings for rows that jtai wrote, that are no longer in any file and have nothing on record.
    fn ask_about_deleted_rows(&mut self) {
        let mut written: BTreeMap<&RowKey, &str> = BTreeMap::new();
        let mut here: BTreeSet<&RowKey> = BTreeSet::new();
        for (file, workbook) in self.files.iter().filter_map(|file| Some((file, file.workbook.as_ref()?))) {
            written.extend(workbook.written.iter().map(|(key, _)| (key, file.name.as_str())));
            here.extend(workbook.rows.keys());
        }
        // A row with something on record is asked about by `ask_about_rows` or `ask_about_files`.
        here.extend(self.standing.keys().map(|(_, key)| key));
        let asked_now = |key: &RowKey| self.round.agency(&key.0).is_some();
        let gone = written.into_iter().filter(|(key, _)| !here.contains(key) && asked_now(key));
        let finding = |((agency, criterion), file): (&RowKey, &str)| {
            let found = format!(
                "the row of {} on {criterion} was deleted, and the record has nothing about it",
                self.name(agency)
            );
            let remedy = Remedy::typed(
                "undo that, or run `jtai challenge`, which writes it again",
                "undo that, or put back a copy of the workbook as it was written",
            );
            let finding = Finding::new(Code::ChallengeRowGone, Place::file(file), found, "", remedy);
            finding.about(agency).on(criterion).naming(file)
        };
        let findings: Vec<Finding> = gone.map(finding).collect();
        self.findings.extend(findings);
    }
}

fn decision_words(moderated: &Moderated) -> String {
    moderated.decision.as_ref().map_or("noted, with no decision".to_string(), ToString::to_string)
}

/// A finding that asks whether these entries still count.
fn asked(file: &str, found: String, ids: &[EntryId]) -> Finding {
    let remedy =
        "put it back; or settle this: accept it and the record counts as it is, set it aside and it is taken back";
    let ids: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
    Finding::new(Code::ChallengeEmptied, Place::file(file), found, "", remedy).naming(ids.join(" "))
}
