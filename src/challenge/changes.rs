//! What the challenge workbooks say, held against the record: what is to be recorded, and what is on record and in no row any more.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{ReadWorkbook, RowKey, RowSays};
use crate::core::finding::{Checked, Code, Finding, Place, Remedy};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::record::{Entry, EntryId, Moderated, NewEntry, Record, Recorded};
use crate::round::Round;

/// A workbook of the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct ChallengeFile {
    /// Its name, as messages give it.
    pub name: String,
    /// What is in it; `None` where it is there and cannot be read: then nothing of it is taken for gone.
    pub workbook: Option<ReadWorkbook>,
}

/// What a row said before: entries that stand, by the row's file and what it is about.
type StandingRows<'r> = BTreeMap<(&'r str, RowKey), Vec<(&'r Moderated, &'r Recorded)>>;

/// The entries to record, and what is asked about: rows that were emptied, rows and files that are gone. A row that changed takes back
/// what it said before; nothing else takes anything back.
pub fn recorded(files: &[ChallengeFile], record: &Record, round: &Round) -> Checked<Vec<NewEntry>> {
    let mut standing: StandingRows<'_> = BTreeMap::new();
    for (moderated, recorded) in record.moderated() {
        let key = (moderated.agency.clone(), moderated.criterion.clone());
        standing.entry((moderated.file.as_str(), key)).or_default().push((moderated, recorded));
    }
    let mut holding = HoldingDecision { files, record, round, standing, entries: Vec::new(), findings: Vec::new() };
    for file in files {
        for (key, row) in file.workbook.iter().flat_map(|workbook| &workbook.rows) {
            if let RowSays::Filled(decision, notes) = &row.says {
                let (agency, criterion) = key.clone();
                let (file, challenged) = (file.name.clone(), row.challenged.clone());
                let (decision, notes) = (decision.clone(), (**notes).clone());
                holding.add(Moderated { agency, criterion, file, challenged, decision, notes });
            }
        }
    }
    holding.ask_about_rows();
    holding.ask_about_files();
    holding.ask_about_deleted_rows();
    Checked { output: holding.entries, findings: holding.findings }
}

struct HoldingDecision<'a> {
    files: &'a [ChallengeFile],
    record: &'a Record,
    round: &'a Round,
    standing: StandingRows<'a>,
    entries: Vec<NewEntry>,
    findings: Vec<Finding>,
}

/// Whether two rows say the same, whichever file they are in.
fn say_the_same(one: &Moderated, other: &Moderated) -> bool {
    (&one.challenged, &one.decision, &one.notes) == (&other.challenged, &other.decision, &other.notes)
}

impl<'a> HoldingDecision<'a> {
    fn file(&self, name: &str) -> Option<&'a ChallengeFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// What a row that is there says; `None` where there is no such row.
    fn says(&self, file: &str, key: &RowKey) -> Option<&'a RowSays> {
        let row = self.file(file)?.workbook.as_ref()?.rows.get(key)?;
        Some(&row.says)
    }

    /// Notes what a row says, unless the record has it from that row.
    fn add(&mut self, new: Moderated) {
        let key = (new.agency.clone(), new.criterion.clone());
        let before = self.standing.get(&(new.file.as_str(), key.clone())).map_or(&[][..], Vec::as_slice);
        if before.iter().any(|(moderated, _)| say_the_same(moderated, &new)) {
            return;
        }
        let mut replaces: BTreeSet<EntryId> = before.iter().map(|(_, recorded)| recorded.id.clone()).collect();
        // A file that was renamed says the same under its new name.
        let is_moved = |file: &str, all: &[(&Moderated, &Recorded)]| {
            self.file(file).is_none() && all.iter().all(|(moderated, _)| say_the_same(moderated, &new))
        };
        let moved = self.standing.iter().filter(|((file, other), all)| *other == key && is_moved(file, all));
        replaces.extend(moved.flat_map(|(_, all)| all.iter().map(|(_, recorded)| recorded.id.clone())));
        let entry = Entry::Moderated(new);
        replaces.extend(self.record.took_back(&entry));
        self.entries.push(NewEntry { on: None, replaces: replaces.into_iter().collect(), entry });
    }

    /// Whether a row of some file says what an entry says, or an entry was taken back just now.
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

    /// Rows on record, in files that are there and can be read, that say nothing now, are deleted, or say something else.
    fn ask_about_rows(&mut self) {
        let mut findings = Vec::new();
        for ((file, key), all) in &self.standing {
            let is_read = self.file(file).is_some_and(|file| file.workbook.is_some());
            let why = match self.says(file, key) {
                _ if !is_read => continue,
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

    /// Files that are gone, of which something is on record that no other file says.
    fn ask_about_files(&mut self) {
        let mut gone: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
        for ((file, _), all) in self.standing.iter().filter(|((file, _), _)| self.file(file).is_none()) {
            for (_, recorded) in all.iter().filter(|(moderated, recorded)| !self.is_said(moderated, recorded)) {
                gone.entry(file).or_default().push(recorded.id.clone());
            }
        }
        let asked = gone.into_iter().map(|(file, ids)| {
            let rows = words::count(ids.len(), "row");
            let found = format!("this file is gone, and the record has {rows} of it, which still count");
            asked(file, found, &ids)
        });
        self.findings.extend(asked);
    }

    /// Rows that were written, are in no file any more, and have nothing on record.
    fn ask_about_deleted_rows(&mut self) {
        let mut written: BTreeMap<&RowKey, &str> = BTreeMap::new();
        let mut here: BTreeSet<&RowKey> = BTreeSet::new();
        for (file, workbook) in self.files.iter().filter_map(|file| Some((file, file.workbook.as_ref()?))) {
            written.extend(workbook.written.iter().map(|(key, _)| (key, file.name.as_str())));
            here.extend(workbook.rows.keys());
        }
        here.extend(self.standing.keys().map(|(_, key)| key));
        let asked_now = |key: &RowKey| self.round.agency(&key.0).is_some();
        let gone = written.into_iter().filter(|(key, _)| !here.contains(key) && asked_now(key));
        let finding = |((agency, criterion), file): (&RowKey, &str)| {
            let found =
                format!("the row of {} on {criterion} was deleted, and nothing on it is on record", self.name(agency));
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

/// A finding that asks whether what these entries say still counts.
fn asked(file: &str, found: String, ids: &[EntryId]) -> Finding {
    let remedy =
        "put it back; or settle this: accept it and the record counts as it is, set it aside and it is taken back";
    let ids: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
    Finding::new(Code::ChallengeEmptied, Place::file(file), found, "", remedy).naming(ids.join(" "))
}
