//! Writes a workbook for each agency that is asked something, with a message to send it with.
//!
//! A second run writes what has changed. The record says what was issued and sent, so that a return code never belongs to two workbooks.

mod compare;
mod agency;

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::disk;
use crate::app::machine::disk::{OutputSet, WrittenOutputs};
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::open::{self, OpenRound};
use crate::app::record::{self, Addition, RoundRecord};
use crate::app::theme::gate;
use crate::core::finding::{self, Code, Finding, Place};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::export;
use crate::export::csv::IssuedLine;
use crate::intake::decisions::Decisions;
use crate::message::{self, Message, MessageKind};
use crate::record::{Addressed, Entry, Issued, IssuedWorkbook, ListedAgency, NewEntry, Record};
use crate::round::{Agency, AgencyField, Folder, ROUND_FILE, Round};
use crate::theme::Status;
use crate::workbook::write::RoundWriter;
use agency::{ReadyWorkbook, RoundToIssue, WorkbookState};

pub(super) use agency::change_file;

/// The comment over what is written under a theme when its workbooks are issued.
pub(crate) const FROZEN_NOTE: &str =
    "# Written when the workbooks were issued, so that a change of wording is noticed and named.";

/// The list of issued workbooks, for people.
const INDEX: &str = "index.csv";

/// What `issue` wrote.
#[derive(Debug, Serialize)]
pub(crate) struct IssueOutcome {
    /// Workbooks that were written for the first time, by their files' names.
    pub new: Vec<String>,
    /// Those that were written again under the same code.
    pub rewritten: Vec<String>,
    /// Those that were reissued under a new code.
    pub reissued: Vec<String>,
    /// Those that are again as they were sent, because their unsent new issue was taken back.
    pub taken_back: Vec<String>,
    /// Those that are unchanged.
    pub unchanged: Vec<String>,
    /// How many messages with a workbook there are to send.
    pub messages: usize,
    /// How many messages without one there are to send, about a new date or to a new contact.
    pub changes: usize,
    /// What the officer should know.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// The folder that they are in.
    #[serde(skip)]
    pub issued: PathBuf,
    /// The page with the messages.
    #[serde(skip)]
    pub page: PathBuf,
    /// The folder for what comes back.
    #[serde(skip)]
    pub returns: PathBuf,
    /// The round's folder.
    #[serde(skip)]
    pub round: PathBuf,
}

/// What a run is going to write.
pub(crate) struct Plan {
    open: OpenRound,
    on_record: RoundRecord,
    ready: Vec<ReadyWorkbook>,
    /// What was issued to agencies that are asked nothing now, with the files that are still there.
    no_longer_asked: Vec<(IssuedWorkbook, Vec<u8>)>,
    /// What the officer should know.
    pub findings: Vec<Finding>,
}

/// Works out what there is to issue. Writes nothing.
///
/// # Errors
///
/// When the round or its theme cannot be issued as they are, the record is damaged, or a workbook or a message cannot be made.
pub(crate) fn plan(dir: &Path, today: Date) -> Result<Plan, Failure> {
    let (open, on_record) = open::round(dir, today)?;
    let (folder, round, opened) = (&open.folder, &open.round, &open.opened);
    let mut findings = open.findings.clone();
    let theme = &opened.theme;
    if theme.status == Status::Draft && !theme.is_checked() {
        let found = "this theme is a draft that no named person has checked";
        let remedy = "compare it with the published framework, then fill in checked_by and checked_on";
        return Err(Failure::one(Code::ThemeUnchecked, &folder.theme_toml(), found, remedy));
    }
    // Only before the first issue: a theme whose workbooks are out already must stay usable when a new version of jtai checks more.
    if theme.as_issued.is_none() {
        gate(theme, &folder.theme_toml(), today)?;
    }
    let to_come = round.sent_to_come(today);
    if !to_come.is_empty() {
        return Err(Failure::new(to_come));
    }
    findings.extend(round.deadline_over(today));
    findings.extend(round.coverage(theme));
    findings.extend(addresses(round));
    let template = open::template(folder, MessageKind::Covering)?;
    let record = &on_record.record;
    // Without all of the record, a code could be given to a second workbook.
    if record.is_damaged() {
        return Err(Failure::new(record.findings().to_vec()));
    }
    findings.extend(on_record.findings());
    let change_template = open::template(folder, MessageKind::Change)?;
    let returned = record.senders().map(|(_, agency, _)| agency).collect();
    let to_issue = RoundToIssue {
        folder,
        round,
        theme,
        previous: open.previous.as_ref(),
        template: &template,
        change_template: &change_template,
        returned,
        record,
        today,
    };
    let asked: Vec<&Agency> =
        round.agencies.iter().filter(|agency| !round.statements(theme, agency).is_empty()).collect();
    let writer = RoundWriter::new(theme, round);
    let ready: Vec<ReadyWorkbook> =
        asked.par_iter().map(|agency| to_issue.ready(&writer, agency)).collect::<Result<_, Failure>>()?;
    let no_longer_asked = no_longer_asked(folder, record, &asked)?;
    findings.extend(ready.iter().flat_map(|ready| ready.findings.clone()));
    findings.extend(no_longer_asked.iter().map(|(one, _)| no_longer_asked_finding(folder, &one.issued)));
    finding::number(&mut findings);
    Decisions::new(record, round).settle(&mut findings);
    Ok(Plan { open, on_record, ready, no_longer_asked, findings })
}

/// A message to send, as it would be written now.
pub(crate) struct GoingOut {
    /// The agency.
    pub agency: AgencyId,
    /// Whether it goes with a workbook, and does not say a change alone.
    pub is_with_workbook: bool,
    /// The message.
    pub message: Message,
    /// Its file in `issued/`.
    pub file: String,
    /// The file as it would be written.
    pub bytes: Vec<u8>,
}

impl Plan {
    /// The messages that go out, as they would be written now.
    ///
    /// # Errors
    ///
    /// When memory cannot be written to.
    pub(crate) fn going_out(&self) -> Result<Vec<GoingOut>, Failure> {
        let mut messages = Vec::new();
        for ready in &self.ready {
            let agency = &ready.last().agency;
            let carrying = ready.message.as_ref().map(|message| {
                let file = format!("{}.eml", ready.last().file.as_str().trim_end_matches(".xlsx"));
                (message, file, ready.workbook.as_slice(), true)
            });
            let change = ready.change.as_ref().map(|message| (message, change_file(agency), &[][..], false));
            for (message, file, workbook, is_with_workbook) in carrying.into_iter().chain(change) {
                let bytes = export::eml::draft(message, workbook).or_fault()?;
                let (agency, message) = (agency.clone(), message.clone());
                messages.push(GoingOut { agency, is_with_workbook, message, file, bytes });
            }
        }
        Ok(messages)
    }
}

/// Writes the workbooks and messages, and freezes the theme in the round with its fingerprint.
///
/// # Errors
///
/// As [`plan`], and when a file cannot be written; then the workbooks are as they were.
pub(super) fn issue(dir: &Path, surroundings: Surroundings<'_>) -> Result<IssueOutcome, Failure> {
    let today = surroundings.today();
    let Plan { open, on_record, ready, no_longer_asked, mut findings } = plan(dir, today)?;
    surroundings.go_on()?;
    let (folder, round, opened) = (&open.folder, &open.round, &open.opened);
    // Checked first, because the theme's file is written last and must not fail then.
    disk::check_replaceable(&folder.theme_toml())?;
    let set = set(folder, round, &ready, &no_longer_asked)?;
    // The files first and the record after them: if writing fails, nothing is on record and the next run writes it all. The other way
    // round, the record would name workbooks that do not exist.
    let written = set.write()?;
    let addressed = addressed(round, &on_record.record, &ready);
    let entries = ready.iter().flat_map(|ready| ready.entries.clone()).chain(addressed).collect();
    let addition = Addition { command: "issue", who: record::who(round, None), on: today, entries };
    let note = open.add(&on_record, addition)?;
    // Last of all: a theme with fingerprints counts as issued, and may no longer be reworded.
    if opened.theme.as_issued.is_none() {
        disk::write(&folder.theme_toml(), frozen(opened).as_bytes())?;
    }
    findings.extend(written.findings.iter().cloned());
    finding::number(&mut findings);
    Decisions::new(&on_record.record, round).settle(&mut findings);
    Ok(outcome(folder, &ready, &written, findings, note))
}

/// Findings about agencies without an address, and a round without a contact: messages then cannot say where to write.
fn addresses(round: &Round) -> Vec<Finding> {
    let mut findings = Vec::new();
    if round.contact.is_empty() {
        let found = "the round names nobody whom agencies can ask, so workbooks and messages say \"the business unit\" without an address";
        findings.push(Finding::new(Code::AddressMissing, Place::file(ROUND_FILE), found, "", "fill in `contact`"));
    }
    for agency in round.agencies.iter().filter(|agency| !agency.has_email()) {
        let found = format!("{} has no e-mail address, so its message has none", agency.name);
        let place = agency.place.at(AgencyField::Email);
        let finding = Finding::new(Code::AddressMissing, place, found, "", "fill it in, or send the workbook by hand");
        findings.push(finding.about(&agency.id));
    }
    findings
}

/// What was issued to agencies that are asked nothing now, with the files that are still there.
fn no_longer_asked(
    folder: &Folder,
    record: &Record,
    asked: &[&Agency],
) -> Result<Vec<(IssuedWorkbook, Vec<u8>)>, Failure> {
    let asked: HashSet<&AgencyId> = asked.iter().map(|agency| &agency.id).collect();
    let mut no_longer_asked = Vec::new();
    for one in record.issued().filter(|one| !asked.contains(&one.issued.agency)) {
        let path = disk::inside(&folder.issued(), &one.issued.file)?;
        if path.is_file() {
            no_longer_asked.push((one.clone(), disk::read(&path)?));
        }
    }
    Ok(no_longer_asked)
}

fn no_longer_asked_finding(folder: &Folder, one: &Issued) -> Finding {
    let place = Place::file(folder.name_of(&one.file.path_in(&folder.issued())));
    let found = format!(
        "this workbook was issued to {}, which is no longer asked anything in this round; it was left",
        one.name
    );
    let remedy = "put the agency back into agencies.xlsx under the same id, or delete the file if it was never sent";
    Finding::new(Code::WorkbookOrphaned, place, found, "", remedy).naming(one.return_code.as_str())
}

/// The entries for due dates and contacts that differ from those of the last run.
fn addressed(round: &Round, record: &Record, ready: &[ReadyWorkbook]) -> Vec<NewEntry> {
    let entry = |ready: &ReadyWorkbook| {
        let agency = round.agency(&ready.last().agency)?;
        let contact = ListedAgency::contact_print(&agency.contact, &agency.email);
        let now = Addressed { agency: agency.id.clone(), due: round.due(agency), contact };
        let before = record.addressed(&agency.id);
        let is_new = before.is_none_or(|(before, _)| *before != now);
        let replaces = before.map(|(_, recorded)| recorded.id.clone()).into_iter().collect();
        is_new.then(|| NewEntry { replaces, ..NewEntry::from(Entry::Addressed(now)) })
    };
    ready.iter().filter_map(entry).collect()
}

/// Everything that is in the folder after this run.
fn set(
    folder: &Folder,
    round: &Round,
    ready: &[ReadyWorkbook],
    no_longer_asked: &[(IssuedWorkbook, Vec<u8>)],
) -> Result<OutputSet, Failure> {
    let mut set = OutputSet::whole(folder.issued());
    for (one, bytes) in no_longer_asked {
        set.add(one.issued.file.as_str(), bytes.clone());
    }
    for ready in ready {
        for (file, bytes) in &ready.earlier {
            set.add(file.as_str(), bytes.clone());
        }
        if let Some(message) = &ready.message {
            let draft = export::eml::draft(message, &ready.workbook).or_fault()?;
            set.add(format!("{}.eml", ready.last().file.as_str().trim_end_matches(".xlsx")), draft);
        }
        if let Some(message) = &ready.change {
            set.add(change_file(&ready.last().agency), export::eml::draft(message, &[]).or_fault()?);
        }
        // A file that is kept has to be in the set too: whatever is not in a whole set is removed.
        set.add(ready.last().file.as_str(), ready.on_disk.as_ref().unwrap_or(&ready.workbook).clone());
    }
    set.add(INDEX, export::csv::issued(&index(round, ready, no_longer_asked)));
    let messages: Vec<Message> = ready.iter().filter_map(|ready| ready.message.clone()).collect();
    let changes: Vec<Message> = ready.iter().filter_map(|ready| ready.change.clone()).collect();
    let mut lead = match ready.len() - messages.len() {
        0 => format!("{} to send.", words::capitalised(&words::count(messages.len(), "message"))),
        others => format!(
            "{} to send. {} noted as sent, or for an agency that declined.",
            words::capitalised(&words::count(messages.len(), "message")),
            words::capitalised(&words::are(others, "other workbook"))
        ),
    };
    if !changes.is_empty() {
        let count = words::capitalised(&words::count(changes.len(), "message"));
        lead.push_str(&format!(" {count} more, without a workbook: a new date, or a new contact."));
    }
    let all: Vec<Message> = messages.into_iter().chain(changes).collect();
    set.add(message::PAGE, message::page(round, "Messages to send", &lead, &all));
    Ok(set)
}

/// What was issued, with the address that each agency has now.
fn index(round: &Round, ready: &[ReadyWorkbook], no_longer_asked: &[(IssuedWorkbook, Vec<u8>)]) -> Vec<IssuedLine> {
    let emails: HashMap<&AgencyId, &str> =
        round.agencies.iter().map(|agency| (&agency.id, agency.email.as_str())).collect();
    let issued = ready.iter().flat_map(|ready| &ready.issued).chain(no_longer_asked.iter().map(|(one, _)| one));
    let line = |workbook: &IssuedWorkbook| {
        let email = emails.get(&workbook.issued.agency).copied().unwrap_or_default().to_string();
        IssuedLine { workbook: workbook.clone(), email }
    };
    issued.map(line).collect()
}

/// The theme's text with its fingerprints under it.
fn frozen(opened: &open::Opened) -> String {
    let issued = opened.theme.freeze();
    let mut text =
        format!("{}\n\n{FROZEN_NOTE}\n[as_issued]\nfingerprint = \"{}\"\n", opened.text.trim_end(), issued.fingerprint);
    for (id, print) in issued.criteria {
        let _ = writeln!(text, "\"{id}\" = \"{print}\"");
    }
    text
}

fn outcome(
    folder: &Folder,
    ready: &[ReadyWorkbook],
    written: &WrittenOutputs,
    findings: Vec<Finding>,
    note: Option<&'static str>,
) -> IssueOutcome {
    let files = |state: WorkbookState| -> Vec<String> {
        let of_state = ready.iter().filter(|ready| ready.state == state);
        of_state.map(|ready| written.name_of(ready.last().file.as_str())).collect()
    };
    IssueOutcome {
        new: files(WorkbookState::New),
        rewritten: files(WorkbookState::Rewritten),
        reissued: files(WorkbookState::Again),
        taken_back: files(WorkbookState::TakenBack),
        unchanged: files(WorkbookState::Unchanged),
        messages: ready.iter().filter(|ready| ready.message.is_some()).count(),
        changes: ready.iter().filter(|ready| ready.change.is_some()).count(),
        findings,
        note,
        issued: folder.issued(),
        page: folder.issued().join(written.name_of(message::PAGE)),
        returns: folder.returns(),
        round: folder.root().to_path_buf(),
    }
}
