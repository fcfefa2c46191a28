//! `jtai collect`: reads everything in `returns/` and says what it found.

mod returns;

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::disk::{Found, OutputSet};
use super::{Failure, Outcome, Said, disk, open, say};
use crate::analysis::{self, Numbers};
use crate::diagnostic::{self, Code, Diagnostic, Place, Severity, quote};
use crate::export;
use crate::fields::nearest;
use crate::ids::AgencyId;
use crate::ratings::Ratings;
use crate::response::{Response, ReturnFile};
use crate::round::record::Record;
use crate::round::{Agency, AgencyStatus, Cleared, Folder};
use crate::settle;
use crate::words;
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
    /// The files looked at.
    files: Vec<ReturnFile>,
    /// What was issued to whom.
    pub issued: Record,
    /// The log of returns as it stood.
    log: String,
    /// When each file was first seen, by its name.
    pub first_seen: HashMap<String, Date>,
    /// When the first return of each agency was seen: a corrected one is not late for having been asked for.
    pub arrived: HashMap<AgencyId, Date>,
}

/// Collects, and writes the log of returns and the findings.
pub fn run(dir: &Path, today: Date) -> Result<Said, Failure> {
    let mut collected = collect(dir, today)?;
    collected.log_returns(today)?;
    let mut set = OutputSet::part(collected.open.folder.report());
    set.add(FINDINGS, export::csv::data(&export::data::findings(&collected.findings)));
    set.add(FINDINGS_BOOK, collected.findings_book(today)?);
    let written = set.write()?;
    collected.add(written.findings.iter().cloned());
    let findings = collected.open.folder.report().join(written.name_of(FINDINGS_BOOK));
    Ok(collected.said(&findings))
}

/// Reads every file in `returns/`, settles which counts, and works out the numbers. Writes nothing.
///
/// # Errors
///
/// When the round cannot be opened. No single return is an error: it is a finding.
pub fn collect(dir: &Path, today: Date) -> Result<Collected, Failure> {
    let open = open::round(dir)?;
    let issued = open::record(&open.folder)?;
    let (found, mut findings) = disk::files_under(&open.folder.returns());
    for finding in &mut findings {
        finding.place.file = shown_name(&open.folder, Path::new(&finding.place.file));
    }
    let (files, skipped): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|found| !is_system_file(&found.path));
    findings.extend(skipped.iter().map(|found| skipped_finding(&open.folder, found)));
    findings.extend(files.iter().filter_map(|file| held_back_name(&shown_name(&open.folder, &file.path))));
    let (mut responses, mut seen) = (Vec::new(), Vec::new());
    for read in returns::read(&open, &issued, &files, today)? {
        responses.extend(read.checked.output);
        findings.extend(read.checked.findings);
        seen.extend(read.seen);
    }
    let log_text = log_of(&open.folder)?;
    let log = export::csv::read_log(&log_text);
    let first_seen = first_seen(&log, &seen, today);
    let arrived = arrived(&responses, &first_seen);
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
    findings.extend(changed_here(&log, &seen));
    findings.extend(unmatched_entries(&open, &files));
    findings.extend(vain_clearances(&open, &seen, today));
    findings.extend(open.round.sent_to_come(today));
    findings.extend(missing(&open, &settled.output, today));
    let (theme, round) = (&open.opened.theme, &open.round);
    let ratings = Ratings::from_responses(theme, round, &settled.output).map_err(Failure::internal)?;
    let numbers = analysis::count(theme, round, &settled.output, &ratings).map_err(Failure::internal)?;
    findings.splice(0..0, open.findings.iter().cloned());
    diagnostic::number(&mut findings);
    let responses = settled.output;
    Ok(Collected {
        open,
        responses,
        ratings,
        numbers,
        findings,
        issued,
        log: log_text,
        files: seen,
        first_seen,
        arrived,
    })
}

/// What was seen in `returns/` by earlier runs, as text.
fn log_of(folder: &Folder) -> Result<String, Failure> {
    let path = folder.returns_log();
    Ok(if path.is_file() { disk::read_text(&path)? } else { String::new() })
}

/// When the first return of each agency was first seen.
fn arrived(responses: &[Response], first_seen: &HashMap<String, Date>) -> HashMap<AgencyId, Date> {
    let mut arrived: HashMap<AgencyId, Date> = HashMap::new();
    for response in responses {
        let Some(seen) = first_seen.get(&response.file.name) else { continue };
        let first = arrived.entry(response.agency.clone()).or_insert(*seen);
        *first = (*first).min(*seen);
    }
    arrived
}

/// When each file was first seen, under its name or with its bytes.
fn first_seen(log: &[export::csv::LogRow], files: &[ReturnFile], today: Date) -> HashMap<String, Date> {
    let mut earliest: HashMap<&str, Date> = HashMap::new();
    for row in log {
        for (sign, date) in [&row.file, &row.sha256].into_iter().zip([row.first_seen; 2]) {
            let Some(date) = date else { continue };
            let known = earliest.entry(sign.as_str()).or_insert(date);
            *known = (*known).min(date);
        }
    }
    let of = |file: &ReturnFile| {
        let known = [&file.name, &file.sha256].into_iter().filter_map(|sign| earliest.get(sign.as_str()));
        (file.name.clone(), known.min().copied().unwrap_or(today))
    };
    files.iter().map(of).collect()
}

/// Files that are not as they were when they were first seen: somebody saved them again in `returns/`.
fn changed_here(log: &[export::csv::LogRow], seen: &[ReturnFile]) -> Vec<Diagnostic> {
    let mut known: HashMap<&str, Vec<&export::csv::LogRow>> = HashMap::new();
    log.iter().for_each(|row| known.entry(&row.file).or_default().push(row));
    let finding = |seen: &ReturnFile| {
        let first = known.get(seen.name.as_str())?.iter().find(|row| row.sha256 != seen.sha256)?;
        let since = first.first_seen.map_or(String::new(), |date| format!(" on {}", words::date(date)));
        let found = format!("this file changed here after it was first seen{since}");
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

/// Files that programs and systems leave in folders; they hold no answers.
fn is_system_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let starts = disk::LOCK_MARKS.iter().chain(&["._"]).any(|start| name.starts_with(start));
    starts || name.ends_with(".tmp") || matches!(name.as_str(), "desktop.ini" | "thumbs.db" | ".ds_store" | ".gitkeep")
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
            use Code::{NotAWorkbook, ReturnEmpty, ReturnUndecided, TableMissing, WorkbookUnreadable};
            matches!(finding.code, ReturnUndecided | TableMissing | ReturnEmpty | NotAWorkbook | WorkbookUnreadable)
        };
        self.findings.iter().filter(about).any(unsettled)
    }

    /// The findings as a workbook.
    pub fn findings_book(&self, today: Date) -> Result<Vec<u8>, Failure> {
        export::findings::findings(&self.findings, &self.open.round, today).map_err(Failure::internal)
    }

    /// Adds the files that were not seen before to the log, which is only ever added to.
    pub fn log_returns(&self, today: Date) -> Result<(), Failure> {
        let added = export::csv::log_lines(&self.log, today, &self.files);
        if added.is_empty() { Ok(()) } else { disk::append(&self.open.folder.returns_log(), &added) }
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
