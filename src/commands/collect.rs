//! `jtai collect`: reads everything in `returns/` and says what it found.

mod returns;

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::disk::{Found, OutputSet};
use super::fault::OrFault;
use super::record::{self, Addition, RoundRecord};
use super::{Failure, Outcome, Said, disk, open, say};
use crate::analysis::{self, Numbers};
use crate::core::diagnostic::{self, Code, Diagnostic, Place, Severity, quote};
use crate::core::fields::nearest;
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::export;
use crate::ratings::Ratings;
use crate::record::{Entry, NewEntry, Received, Record, Recorded};
use crate::response::{Response, ReturnFile};
use crate::round::{Agency, AgencyStatus, Cleared, Folder};
use crate::settle;
use crate::workbook::scan::position;
use returns::held_back_name;
pub use returns::shown_name;

/// The name of the findings in a round's report folder.
pub const FINDINGS: &str = "data/findings.csv";

/// The same as a workbook to work through.
pub const FINDINGS_BOOK: &str = "findings.xlsx";

/// A round with what its returns say.
#[derive(Debug)]
pub struct Collected {
    /// The round.
    pub open: open::OpenRound,
    /// One response an agency at most, in the round's order.
    pub responses: Vec<Response>,
    /// The long table.
    pub ratings: Ratings,
    /// What it amounts to.
    pub numbers: Numbers,
    /// Everything noticed.
    pub findings: Vec<Diagnostic>,
    /// The files looked at, each with the agency it is from where that is known.
    files: Vec<(ReturnFile, Option<AgencyId>)>,
    /// What people did and decided.
    pub record: RoundRecord,
    /// When each file was first seen, by its name.
    pub first_seen: HashMap<String, Date>,
    /// When the first return of each agency was seen: a corrected one is not late for having been asked for.
    pub arrived: HashMap<AgencyId, Date>,
}

/// Collects, and writes the findings, and on record which files were seen for the first time.
pub fn run(dir: &Path, today: Date) -> Result<Said, Failure> {
    let mut collected = collect(dir, today)?;
    let note = collected.note("collect", today, Vec::new())?;
    let mut set = OutputSet::part(collected.open.folder.report());
    set.add(FINDINGS, export::csv::data(&export::data::findings(&collected.findings)));
    set.add(FINDINGS_BOOK, collected.findings_book(today)?);
    let written = set.write()?;
    collected.add(written.findings.iter().cloned());
    let findings = collected.open.folder.report().join(written.name_of(FINDINGS_BOOK));
    Ok(collected.said(&findings).after(note))
}

/// Reads every file in `returns/`, settles which counts, and works out the numbers. Writes nothing.
///
/// # Errors
///
/// When the round cannot be opened. No single return is an error: it is a finding.
pub fn collect(dir: &Path, today: Date) -> Result<Collected, Failure> {
    let open = open::round(dir)?;
    let record = record::open(&open.folder, today)?;
    let (found, mut findings) = disk::files_under(&open.folder.returns());
    for finding in &mut findings {
        finding.place.file = shown_name(&open.folder, Path::new(&finding.place.file));
    }
    let (files, skipped): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| !disk::is_system_file(&found.path));
    findings.extend(record.findings());
    findings.extend(skipped.iter().map(|found| skipped_finding(&open.folder, found)));
    findings.extend(files.iter().filter_map(|file| held_back_name(&shown_name(&open.folder, &file.path))));
    let (mut responses, mut seen) = (Vec::new(), Vec::new());
    for read in returns::read(&open, &record.record, &files, today)? {
        responses.extend(read.checked.output);
        findings.extend(read.checked.findings);
        seen.extend(read.seen);
    }
    let first_seen = first_seen(&record.record, &seen, today);
    let arrived = arrived(&responses, &first_seen, &record.record);
    let owners: HashMap<String, AgencyId> =
        responses.iter().map(|response| (response.file.name.clone(), response.agency.clone())).collect();
    let settled = settle::settle(&open.round, responses);
    // What an older return got wrong is no question any more once a newer one counts.
    let is_over = |file: &str| {
        let superseded = |finding: &Diagnostic| {
            matches!(
                finding.code,
                Code::ReturnSuperseded | Code::QuestionsAnswered | Code::ReturnUnapproved | Code::ReturnTwice
            )
        };
        settled.findings.iter().any(|finding| superseded(finding) && finding.place.file == file)
    };
    // A text that may name a child is a question as long as its file is here.
    findings.retain(|finding| finding.code == Code::TextHeldBack || !is_over(&finding.place.file));
    findings.extend(settled.findings.iter().cloned());
    findings
        .extend(settled.output.iter().flat_map(|response| settle::odd_approval(response, open.round.issued_on, today)));
    findings.extend(changed_here(&record.record, &seen));
    findings.extend(unmatched_entries(&open, &files));
    findings.extend(vain_clearances(&open, &seen, today));
    findings.extend(open.round.sent_to_come(today));
    findings.extend(missing(&open, &settled.output, today));
    let (theme, round) = (&open.opened.theme, &open.round);
    let ratings = Ratings::from_responses(theme, round, &settled.output).or_fault()?;
    let numbers = analysis::count(theme, round, &settled.output, &ratings).or_fault()?;
    findings.splice(0..0, open.findings.iter().cloned());
    diagnostic::number(&mut findings);
    let responses = settled.output;
    Ok(Collected {
        open,
        responses,
        ratings,
        numbers,
        findings,
        record,
        files: seen.into_iter().map(|file| (file.clone(), owners.get(&file.name).cloned())).collect(),
        first_seen,
        arrived,
    })
}

/// When the first return of each agency was first seen, one that was forgotten since included.
fn arrived(responses: &[Response], first_seen: &HashMap<String, Date>, record: &Record) -> HashMap<AgencyId, Date> {
    let here = responses.iter().filter_map(|response| {
        let seen = first_seen.get(&response.file.name)?;
        Some((&response.agency, *seen))
    });
    let forgotten = record.forgotten().filter_map(|(gone, _)| Some((gone.agency.as_ref()?, gone.first_day)));
    let mut arrived: HashMap<AgencyId, Date> = HashMap::new();
    for (agency, day) in here.chain(forgotten) {
        let first = arrived.entry(agency.clone()).or_insert(day);
        *first = (*first).min(day);
    }
    arrived
}

/// When each file was first seen, under its name or with its bytes.
fn first_seen(record: &Record, files: &[ReturnFile], today: Date) -> HashMap<String, Date> {
    let mut earliest: HashMap<&str, Date> = HashMap::new();
    for (received, day) in record.received() {
        for sign in [&received.file, &received.sha256] {
            let known = earliest.entry(sign.as_str()).or_insert(day);
            *known = (*known).min(day);
        }
    }
    let of = |file: &ReturnFile| {
        let known = [&file.name, &file.sha256].into_iter().filter_map(|sign| earliest.get(sign.as_str()));
        (file.name.clone(), known.min().copied().unwrap_or(today))
    };
    files.iter().map(of).collect()
}

/// Files that are not as they were when they were first seen: somebody saved them again in `returns/`.
fn changed_here(record: &Record, seen: &[ReturnFile]) -> Vec<Diagnostic> {
    let mut known: HashMap<&str, Vec<(&Received, Date)>> = HashMap::new();
    record.received().for_each(|(received, day)| known.entry(&received.file).or_default().push((received, day)));
    let finding = |seen: &ReturnFile| {
        let others = known.get(seen.name.as_str())?.iter().filter(|(first, _)| first.sha256 != seen.sha256);
        let (_, day) = others.min_by_key(|(_, day)| *day)?;
        let found = format!("this file changed here after it was first seen on {}", words::date(*day));
        let remedy = "if nobody meant to change it, put the file as it was sent back in its place";
        let place = Place::file(&seen.name);
        let finding = Diagnostic::new(Code::ReturnChangedHere, place, found, "a return as it came", remedy);
        Some(finding.of_file(&seen.sha256))
    };
    seen.iter().filter_map(finding).collect()
}

/// Entries of `round.toml` that settle nothing, because no file has their name.
fn unmatched_entries(open: &open::OpenRound, files: &[Found]) -> Vec<Diagnostic> {
    let names: Vec<String> = files.iter().map(|file| shown_name(&open.folder, &file.path)).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let entries = open.round.returns.iter().map(|entry| ("return", &entry.file));
    let cleared = open.round.cleared.iter().map(|entry| ("cleared", &entry.file));
    let unmatched = entries.chain(cleared).filter(|(_, file)| !names.contains(file));
    let finding = |(kind, file): (&str, &String)| {
        let found = format!("a [[{kind}]] entry names {}, and there is no such file", quote(file));
        let remedy = match nearest(file, &known) {
            Some(name) => format!("did you mean \"{name}\"?"),
            None => "write the file's name as it stands in returns/, as in returns/scan 3.xlsx".to_string(),
        };
        let place = Place::file("round.toml");
        Diagnostic::new(Code::EntryUnmatched, place, found, "a file in returns/", remedy)
            .naming(format!("{kind} {file}"))
    };
    unmatched.map(finding).collect()
}

/// Entries that clear nothing: another content of the file, a cell that is none, a day still to come.
fn vain_clearances(open: &open::OpenRound, files: &[ReturnFile], today: Date) -> Vec<Diagnostic> {
    let finding = |entry: &Cleared| {
        let file = files.iter().find(|file| file.name == entry.file)?;
        let (found, remedy) = if !file.sha256.starts_with(&entry.sha256) {
            ("was written for another content of the file", "look at the file as it is now, and write the entry again")
        } else if position(&entry.cell).is_none() {
            ("names no cell", "write one cell, as in E4; each has an entry of its own")
        } else if entry.on.is_some_and(|on| on > today) {
            ("is dated on a day still to come", "write the day on which somebody looked")
        } else {
            return None;
        };
        let found =
            format!("a [[cleared]] entry for {}, cell {}, {found}; it clears nothing", entry.file, quote(&entry.cell));
        let finding = Diagnostic::new(Code::EntryUnmatched, Place::file("round.toml"), found, "", remedy);
        Some(finding.naming(format!("{} {} {}", entry.file, entry.sheet, entry.cell)))
    };
    open.round.cleared.iter().filter_map(finding).collect()
}

fn skipped_finding(folder: &Folder, found: &Found) -> Diagnostic {
    let name = folder.name_of(&found.path);
    let (what, remedy) = if disk::LOCK_MARKS.iter().any(|mark| name.contains(mark)) {
        ("a lock file: somebody has the workbook open, and it may not be saved yet", "close it there and collect again")
    } else {
        ("a file of the system and no return", "nothing to do")
    };
    Diagnostic::new(Code::FileSkipped, Place::file(name.as_str()), what, "", remedy).naming(name)
}

fn missing(open: &open::OpenRound, responses: &[Response], today: Date) -> Vec<Diagnostic> {
    let returned: HashSet<&AgencyId> = responses.iter().map(|response| &response.agency).collect();
    let is_missing = |agency: &&Agency| {
        let is_asked = !open.round.statements(&open.opened.theme, agency).is_empty();
        is_asked && !returned.contains(&agency.id)
    };
    let finding = |agency: &Agency| {
        let due = open.round.due(agency);
        let is_due = if due < today { "it was due" } else { "it is due" };
        let found = format!("no return of {} counts; {is_due} {}", agency.name, words::date(due));
        let remedy = match agency.status {
            Some(AgencyStatus::Declined) => "it declined: its answers are shown as not returned",
            _ => "chase it, or report without it: its answers are shown as not returned",
        };
        Diagnostic::new(Code::ReturnMissing, Place::file("returns"), found, "", remedy).about(&agency.id)
    };
    open.round.agencies.iter().filter(is_missing).map(finding).collect()
}

impl Collected {
    /// Adds what a command noticed beside the returns.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.findings.extend(findings);
        diagnostic::number(&mut self.findings);
    }

    /// Whether an agency sent something that does not count yet, so that it neither returned nor owes.
    pub fn is_unsettled(&self, agency: &Agency) -> bool {
        let about = |finding: &&Diagnostic| finding.subject.agency.as_ref() == Some(&agency.id);
        let unsettled = |finding: &Diagnostic| {
            use Code::{NotAWorkbook, ReturnEmpty, ReturnForgotten, ReturnUndecided, TableMissing, WorkbookUnreadable};
            matches!(
                finding.code,
                ReturnUndecided | TableMissing | ReturnEmpty | NotAWorkbook | WorkbookUnreadable | ReturnForgotten
            )
        };
        self.findings.iter().filter(about).any(unsettled)
    }

    /// The findings as a workbook.
    pub fn findings_book(&self, today: Date) -> Result<Vec<u8>, Failure> {
        export::findings::findings(&self.findings, &self.open.round, today).or_fault()
    }

    /// Adds to the record the files that were not seen before, and what else a command did. Gives a line to say once.
    ///
    /// # Errors
    ///
    /// When the record cannot be added to.
    pub fn note(&self, command: &str, today: Date, more: Vec<NewEntry>) -> Result<Option<&'static str>, Failure> {
        let known: HashSet<(&str, &str)> =
            self.record.record.received().map(|(seen, _)| (seen.file.as_str(), seen.sha256.as_str())).collect();
        let new = self.files.iter().filter(|(file, _)| !known.contains(&(file.name.as_str(), file.sha256.as_str())));
        let entry = |(file, agency): &(ReturnFile, Option<AgencyId>)| {
            let (file, sha256, bytes) = (file.name.clone(), file.sha256.clone(), file.bytes as u64);
            NewEntry::from(Entry::Received(Received { file, sha256, bytes, agency: agency.clone() }))
        };
        let entries = new.map(entry).chain(self.owners_found()).chain(more).collect();
        let who = record::who(&self.open.round, None);
        self.record.add(Addition { command, who, on: today, entries })
    }

    /// Entries of files whose agency was not known when they were first seen, as in rounds of an earlier program, and is known now.
    fn owners_found(&self) -> Vec<NewEntry> {
        let owners: HashMap<(&str, &str), &AgencyId> = self
            .files
            .iter()
            .filter_map(|(file, agency)| Some(((file.name.as_str(), file.sha256.as_str()), agency.as_ref()?)))
            .collect();
        let found = |recorded: &Recorded| {
            let Entry::Received(received) = &recorded.entry else { return None };
            let owner = owners.get(&(received.file.as_str(), received.sha256.as_str()))?;
            let entry = Entry::Received(Received { agency: Some((*owner).clone()), ..received.clone() });
            let replaces = vec![recorded.id.clone()];
            received.agency.is_none().then_some(NewEntry { on: Some(recorded.on), replaces, entry })
        };
        self.record.record.entries().filter_map(found).collect()
    }

    /// What `collect` says: a line an agency, totals, findings.
    fn said(&self, findings_file: &Path) -> Said {
        let open = self.open_questions();
        let rows: Vec<Vec<String>> = self.numbers.agencies.iter().map(|agency| self.row(agency, &open)).collect();
        let headers = ["Agency", "Returned", "Rated", "Must fix", "Please check", "Approval recorded"];
        let mut text = say::table(&headers, &rows);
        text.push_str(&self.totals());
        text.push_str(&say::findings(&self.findings, &format!("; all are in {}", findings_file.display())));
        let json = serde_json::json!({
            "round": self.open.round.id().as_str(),
            "agencies": self.numbers.agencies.iter().map(|agency| self.row_json(agency)).collect::<Vec<_>>(),
            "findings": say::findings_json(&self.findings),
        });
        Said { text, json, outcome: Outcome::of(&self.findings) }
    }

    /// How many findings of each severity are about each agency.
    fn open_questions(&self) -> HashMap<(&str, Severity), usize> {
        let mut open = HashMap::new();
        for finding in &self.findings {
            if let Some(agency) = finding.subject.agency.as_ref().map(AgencyId::as_str) {
                *open.entry((agency, finding.severity())).or_default() += 1;
            }
        }
        open
    }

    fn row(&self, agency: &analysis::AgencySummary, open: &HashMap<(&str, Severity), usize>) -> Vec<String> {
        let of = |severity| open.get(&(agency.id.as_str(), severity)).map_or("-".to_string(), ToString::to_string);
        let returned = if agency.is_returned { "yes" } else { "no" };
        let approval = match (agency.is_returned, agency.is_approval_recorded) {
            (true, true) => "yes",
            (true, false) => "no",
            (false, _) => "-",
        };
        let rated = format!("{} of {}", agency.counts.rated(), agency.counts.asked);
        vec![
            agency.name.clone(),
            returned.into(),
            rated,
            of(Severity::MustFix),
            of(Severity::PleaseCheck),
            approval.into(),
        ]
    }

    fn row_json(&self, agency: &analysis::AgencySummary) -> serde_json::Value {
        serde_json::json!({
            "id": agency.id.as_str(), "name": agency.name, "returned": agency.is_returned,
            "rated": agency.counts.rated(), "asked": agency.counts.asked, "approval_recorded": agency.is_approval_recorded,
        })
    }

    /// "11 of 12 agencies returned; 82 of 95 answers rated, 2 not applicable, 2 blank, ..."
    pub fn totals(&self) -> String {
        let all = &self.numbers.overall;
        let (returned, asked) = (self.numbers.returned(), self.numbers.asked());
        let mut text = format!(
            "\n{returned} of {asked} {} returned; {} of {} {} rated",
            words::noun(asked, "agency"),
            all.rated(),
            all.asked,
            words::noun(all.asked, "answer")
        );
        for part in analysis::sentences::not_rated(all) {
            let _ = write!(text, ", {part}");
        }
        text.push_str(".\n");
        text
    }
}
