//! Decides which issue of an agency's workbook is current, and whether a new one is needed.
//!
//! A workbook that was sent never gets different content under its code. It is reissued, under a new code, only if its statements changed
//! or it would belong to a different agency.

use std::collections::HashSet;

use jiff::civil::Date;

use super::compare::{FieldChange, changes, contents, is_same, is_same_content};
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::open::carried_in;
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::hash::sha256_hex;
use crate::core::ids::AgencyId;
use crate::core::names::RelativeName;
use crate::core::quoting::quote;
use crate::core::words;
use crate::export;
use crate::form::StartField;
use crate::intake::standing::days_after;
use crate::message::{self, Message, MessageDetails, MessageKind, MessageSubject, MessageTemplate};
use crate::previous::PreviousRound;
use crate::record::{Entry, Issued, IssuedWorkbook, NewEntry, Record, SentWhat, TakenBack};
use crate::round::{Agency, AgencyStatus, Folder, Round};
use crate::theme::Theme;
use crate::workbook::contract::{self, CarriedIn};
use crate::workbook::interpret::fingerprint;
use crate::workbook::write::RoundWriter;

/// A round with what is known of its workbooks.
pub(super) struct RoundToIssue<'a> {
    /// The round's folder.
    pub folder: &'a Folder,
    /// The round.
    pub round: &'a Round,
    /// The theme.
    pub theme: &'a Theme,
    /// What agencies answered in the round before; `None` in a round that does not go on from one.
    pub previous: Option<&'a PreviousRound>,
    /// The text of the messages that carry a workbook.
    pub template: &'a MessageTemplate,
    /// The text of the messages that say what changed since one was sent.
    pub change_template: &'a MessageTemplate,
    /// The agencies that have sent something back.
    pub returned: HashSet<&'a AgencyId>,
    /// What was issued before.
    pub record: &'a Record,
    /// The day of this run.
    pub today: Date,
}

/// What a run does with an agency's workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkbookState {
    /// It is written for the first time.
    New,
    /// It is left as it is.
    Unchanged,
    /// Written again under the same code: it was not sent yet.
    Rewritten,
    /// A new issue under a code of its own, because the one before was sent or changed by hand.
    Again,
    /// A new issue that was not sent was taken back, because the one before asks what the round asks again.
    TakenBack,
}

/// One agency's workbook, with the messages about it.
pub(super) struct ReadyWorkbook {
    /// What the run does with it.
    pub state: WorkbookState,
    /// Everything issued to the agency, this workbook last.
    pub issued: Vec<IssuedWorkbook>,
    /// What this run adds to the record.
    pub entries: Vec<NewEntry>,
    /// The workbook as jtai writes it.
    pub workbook: Vec<u8>,
    /// The file that is there already, if it is kept because it says the same, was sent, or was changed by a person.
    pub on_disk: Option<Vec<u8>>,
    /// The files of the issues before it.
    pub earlier: Vec<(RelativeName, Vec<u8>)>,
    /// The message to send the workbook with; `None` if it was sent, or the agency declined.
    pub message: Option<Message>,
    /// The message about a new date or to a new contact, if the workbook was sent and has not come back. Nothing is attached to it.
    pub change: Option<Message>,
    /// What the officer should know.
    pub findings: Vec<Finding>,
}

impl ReadyWorkbook {
    /// The workbook itself.
    pub(super) fn last(&self) -> &Issued {
        // OK because a workbook is ready only when it is among those issued: see `RoundToIssue::ready`.
        &self.issued.last().expect("the workbook").issued
    }
}

/// An agency's workbook while it is worked out.
struct AgencyIssue<'a> {
    to_issue: &'a RoundToIssue<'a>,
    writer: &'a RoundWriter<'a>,
    agency: &'a Agency,
    /// The fingerprint of what the round asks of the agency now.
    asked: String,
    issued: Vec<IssuedWorkbook>,
    entries: Vec<NewEntry>,
    /// The fields in which the workbook that was sent differs from the round now.
    changed: Vec<FieldChange>,
    findings: Vec<Finding>,
}

/// The state of the message that says what changed.
enum ChangeMessage {
    /// There is nothing to say.
    None,
    /// It is to be sent.
    ToSend(Message),
    /// It was sent, on this day.
    Sent(Date),
}

/// A workbook as jtai writes it, with the file in its place if that is kept.
struct WorkbookAsWritten {
    state: WorkbookState,
    workbook: Vec<u8>,
    on_disk: Option<Vec<u8>>,
}

impl RoundToIssue<'_> {
    /// Works out an agency's workbook.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or the workbook or its message cannot be written.
    pub(super) fn ready(&self, writer: &RoundWriter<'_>, agency: &Agency) -> Result<ReadyWorkbook, Failure> {
        let mut issue = AgencyIssue {
            to_issue: self,
            writer,
            agency,
            asked: fingerprint::of_round(self.theme, self.round, agency),
            issued: self.record.issued_to(&agency.id).to_vec(),
            entries: Vec::new(),
            changed: Vec::new(),
            findings: Vec::new(),
        };
        let WorkbookAsWritten { state, workbook, on_disk } = issue.workbook()?;
        let earlier = issue.earlier()?;
        let (message, change) = (issue.message()?, issue.change()?);
        issue.findings.extend(issue.outdated(&change));
        let change = if let ChangeMessage::ToSend(message) = change { Some(message) } else { None };
        let AgencyIssue { issued, entries, findings, .. } = issue;
        Ok(ReadyWorkbook { state, issued, entries, workbook, on_disk, earlier, message, change, findings })
    }
}

impl AgencyIssue<'_> {
    /// Decides what to do with the agency's last workbook.
    fn workbook(&mut self) -> Result<WorkbookAsWritten, Failure> {
        let Some(last) = self.issued.last().cloned() else {
            // If a workbook was sent but the record does not say which, issue 1 is left free for it, so that this one has a different code.
            let sent_on = self.to_issue.record.sent_to(&self.agency.id, SentWhat::Workbook).max();
            let number = if sent_on.is_some() { 2 } else { 1 };
            self.findings.extend(sent_on.map(|sent_on| self.unknown(sent_on)));
            return self.add(number, WorkbookState::New);
        };
        let fresh = self.fresh(last.issued.issue)?;
        let on_disk = self.on_disk(&last.issued.file);
        let is_by_hand =
            on_disk.as_ref().is_some_and(|on_disk| sha256_hex(on_disk) != last.issued.sha256 && *on_disk != fresh);
        match last.sent_on {
            Some(sent_on) => self.sent(&last, sent_on, fresh, on_disk, is_by_hand),
            None => self.not_sent(&last, fresh, on_disk, is_by_hand),
        }
    }

    /// A workbook that was sent is kept, unless the round now asks something different.
    fn sent(
        &mut self,
        last: &IssuedWorkbook,
        sent_on: Date,
        fresh: Vec<u8>,
        on_disk: Option<Vec<u8>>,
        is_by_hand: bool,
    ) -> Result<WorkbookAsWritten, Failure> {
        let is_known = !last.issued.fingerprint.is_empty();
        let is_asked = !is_known || last.issued.fingerprint == self.asked;
        let is_doubtful = last.is_contradicted || self.may_be_another(last, sent_on);
        if !is_asked || is_doubtful {
            let finding = self.reissued(last, is_by_hand, is_doubtful, on_disk.as_deref());
            self.findings.push(finding);
            return self.again(WorkbookState::Again);
        }
        if sent_on < last.written_on {
            self.findings.push(self.before_it_was_written(last, sent_on));
        }
        match &on_disk {
            Some(on_disk) if is_by_hand && !is_same_content(Some(on_disk), &fresh) => {
                self.findings.push(self.by_hand(last));
            }
            Some(on_disk) if *on_disk != fresh => {
                self.changed = changes(on_disk, &fresh);
            }
            Some(_) => {}
            // Somebody removed the file. The same workbook can be written again: it asks the same under the same code.
            None => self.write_again(last, &fresh, last.written_on),
        }
        Ok(WorkbookAsWritten { state: WorkbookState::Unchanged, workbook: fresh, on_disk })
    }

    /// A workbook that was not sent is written again if the round has changed, unless a person changed the file.
    fn not_sent(
        &mut self,
        last: &IssuedWorkbook,
        fresh: Vec<u8>,
        on_disk: Option<Vec<u8>>,
        is_by_hand: bool,
    ) -> Result<WorkbookAsWritten, Failure> {
        let is_same = last.issued.sha256 == sha256_hex(&fresh) || is_same(on_disk.as_deref(), &fresh);
        if is_same && !last.is_contradicted {
            if is_by_hand && !is_same_content(on_disk.as_deref(), &fresh) {
                self.findings.push(self.by_hand(last));
            }
            // A run was stopped between writing the file and adding it to the record.
            if on_disk.as_ref() == Some(&fresh) && last.issued.sha256 != sha256_hex(&fresh) {
                self.write_again(last, &fresh, self.to_issue.today);
            }
            return Ok(WorkbookAsWritten { state: WorkbookState::Unchanged, workbook: fresh, on_disk });
        }
        if is_by_hand || last.is_contradicted {
            self.findings.push(self.reissued(last, is_by_hand, last.is_contradicted, None));
            return self.again(WorkbookState::Again);
        }
        if let Some(made) = self.taken_back(last)? {
            return Ok(made);
        }
        self.write_again(last, &fresh, self.to_issue.today);
        Ok(WorkbookAsWritten { state: WorkbookState::Rewritten, workbook: fresh, on_disk: None })
    }

    /// Whether the workbook that was sent may have asked something different from the one that has its code now.
    fn may_be_another(&self, last: &IssuedWorkbook, sent_on: Date) -> bool {
        sent_on < last.written_on && self.to_issue.record.was_another(&last.issued)
    }

    fn fresh(&self, number: u32) -> Result<Vec<u8>, Failure> {
        self.writer.issue(self.agency, number, &self.carried()).or_fault()
    }

    /// What goes into it from the round before.
    fn carried(&self) -> CarriedIn {
        let RoundToIssue { theme, round, previous, .. } = self.to_issue;
        previous.map(|previous| carried_in(previous, theme, round, self.agency)).unwrap_or_default()
    }

    fn on_disk(&self, file: &RelativeName) -> Option<Vec<u8>> {
        disk::inside(&self.to_issue.folder.issued(), file).and_then(|path| disk::read(&path)).ok()
    }

    /// Adds a new issue, under a code that the agency never had.
    fn again(&mut self, state: WorkbookState) -> Result<WorkbookAsWritten, Failure> {
        self.add(self.to_issue.record.highest_issue(&self.agency.id) + 1, state)
    }

    /// Adds an issue of the agency's workbook.
    fn add(&mut self, number: u32, state: WorkbookState) -> Result<WorkbookAsWritten, Failure> {
        if number > contract::MOST_ISSUES {
            let found =
                format!("{} was issued {} workbooks, and a round has no codes for more", self.agency.name, number - 1);
            let remedy = Remedy::typed("make a new round with `jtai round new`", "make a new round");
            return Err(Failure::one(Code::WorkbookReissued, &self.to_issue.folder.round_toml(), found, remedy));
        }
        let workbook = self.fresh(number)?;
        let file = Folder::workbook_name(&self.agency.id, number);
        // OK because an agency's id was checked when the round was read.
        let file = RelativeName::new(&file).expect("an id is a name");
        let return_code = contract::return_code(self.to_issue.round.id(), &self.agency.id, number);
        let noted = self.noted(number, file, return_code, &workbook, self.to_issue.today);
        self.entries.push(NewEntry::from(Entry::Issued(noted.issued.clone())));
        self.issued.push(noted);
        Ok(WorkbookAsWritten { state, workbook, on_disk: None })
    }

    /// Notes that the workbook is written again under its code. Its day is today, except for a workbook that was sent and is only put back:
    /// that keeps its day, so that it does not look as if it was sent before it was written.
    fn write_again(&mut self, last: &IssuedWorkbook, bytes: &[u8], written_on: Date) {
        let Issued { issue, file, return_code, .. } = last.issued.clone();
        self.issued.pop();
        let workbook = self.noted(issue, file, return_code, bytes, written_on);
        let replaces = last.ids.clone();
        let entry = Entry::Issued(workbook.issued.clone());
        self.entries.push(NewEntry { on: Some(written_on), replaces, ..NewEntry::from(entry) });
        self.issued.push(IssuedWorkbook { sent_on: last.sent_on, ..workbook });
    }

    /// A workbook with these bytes, for the list of those issued.
    fn noted(
        &self,
        issue: u32,
        file: RelativeName,
        return_code: String,
        bytes: &[u8],
        written_on: Date,
    ) -> IssuedWorkbook {
        let (agency, name) = (self.agency.id.clone(), self.agency.name.clone());
        let (sha256, fingerprint) = (sha256_hex(bytes), self.asked.clone());
        IssuedWorkbook {
            issued: Issued { agency, name, issue, return_code, file, sha256, fingerprint },
            written_on,
            ids: Vec::new(),
            sent_on: None,
            other_days: Vec::new(),
            sent_ids: Vec::new(),
            is_contradicted: false,
        }
    }

    /// Drops an unsent new issue if the one before it, which was sent, again asks what the round asks.
    fn taken_back(&mut self, last: &IssuedWorkbook) -> Result<Option<WorkbookAsWritten>, Failure> {
        let [.., before, _] = self.issued.as_slice() else { return Ok(None) };
        let is_wanted = before.sent_on.is_some()
            && before.issued.fingerprint == self.asked
            && last.issued.fingerprint != self.asked
            && !before.is_contradicted;
        let Some(on_disk) = self.on_disk(&before.issued.file).filter(|_| is_wanted) else { return Ok(None) };
        let fresh = self.fresh(before.issued.issue)?;
        let (agency, return_code) = (last.issued.agency.clone(), last.issued.return_code.clone());
        let entry = Entry::TakenBack(TakenBack { agency, return_code });
        self.entries.push(NewEntry { replaces: last.ids.clone(), ..NewEntry::from(entry) });
        self.issued.pop();
        Ok(Some(WorkbookAsWritten { state: WorkbookState::TakenBack, workbook: fresh, on_disk: Some(on_disk) }))
    }

    /// The files of the earlier issues, as they are on the disk.
    fn earlier(&self) -> Result<Vec<(RelativeName, Vec<u8>)>, Failure> {
        let before = &self.issued[..self.issued.len().saturating_sub(1)];
        let folder = self.to_issue.folder.issued();
        let mut files = Vec::new();
        for IssuedWorkbook { issued, .. } in before {
            let path = disk::inside(&folder, &issued.file)?;
            if path.is_file() {
                files.push((issued.file.clone(), disk::read(&path)?));
            }
        }
        Ok(files)
    }

    /// The message for the agency's last workbook; `None` once it was sent, and for an agency that declined.
    fn message(&self) -> Result<Option<Message>, Failure> {
        let (round, agency) = (self.to_issue.round, self.agency);
        let Some(IssuedWorkbook { issued, sent_on: None, .. }) = self.issued.last() else {
            return Ok(None);
        };
        if agency.status == Some(AgencyStatus::Declined) {
            return Ok(None);
        }
        let is_in_use = |one: &&IssuedWorkbook| one.sent_on.is_some() || !one.is_contradicted;
        let before = match self.issued.as_slice() {
            // The agency may have any earlier issue: name the one that was sent, else one that may have been.
            [before @ .., _] if !before.is_empty() => {
                let sent = before.iter().rev().find(|one| one.sent_on.is_some());
                sent.or(before.iter().rev().find(is_in_use)).map(|one| one.issued.return_code.clone())
            }
            // Sent before there was a record, so only its code can be worked out.
            _ => (issued.issue > 1).then(|| contract::return_code(round.id(), &agency.id, issued.issue - 1)),
        };
        let (file, code) = (issued.file.as_str(), issued.return_code.as_str());
        let about = MessageSubject { round, theme: self.to_issue.theme, agency, file, code };
        let extra = MessageDetails {
            replaces: before.unwrap_or_default(),
            carried: self.carried_words(),
            late: self.late(),
            ..MessageDetails::default()
        };
        let message = message::compose(MessageKind::Covering, self.to_issue.template, &about, &extra);
        message.map(Some).map_err(|fault| Failure::new(vec![*fault]))
    }

    /// How many answers of the round before are in the workbook, as "9 answers"; empty for none.
    fn carried_words(&self) -> String {
        match self.carried().answers.len() {
            0 => String::new(),
            answers => words::count(answers, "answer"),
        }
    }

    /// How late the return is, as "3 days"; empty before the day on which it is due.
    fn late(&self) -> String {
        let days = days_after(self.to_issue.round.due(self.agency), self.to_issue.today);
        days.map_or(String::new(), |days| words::count(days, "day"))
    }

    /// What a field said in the workbook that was sent, if it is different now.
    fn was(&self, field: StartField) -> Option<&str> {
        self.changed.iter().find(|change| change.field == field).map(|change| change.was.as_str())
    }

    /// Whether the agency is to be told what changed: a date or a contact, and nothing has come back.
    fn is_to_be_told(&self) -> bool {
        let is_new_contact = self.was(StartField::Contact).is_some() && !self.agency.contact.is_empty();
        (is_new_contact || self.was(StartField::ReturnBy).is_some())
            && self.agency.status != Some(AgencyStatus::Declined)
            && !self.to_issue.returned.contains(&self.agency.id)
    }

    /// The message to an agency that has its workbook and is to be told what changed.
    fn change(&self) -> Result<ChangeMessage, Failure> {
        let Some(IssuedWorkbook { issued, sent_on: Some(sent_on), .. }) = self.issued.last() else {
            return Ok(ChangeMessage::None);
        };
        if !self.is_to_be_told() {
            return Ok(ChangeMessage::None);
        }
        let contact_before = match self.was(StartField::Contact).filter(|_| !self.agency.contact.is_empty()) {
            Some("") => "your agency",
            before => before.unwrap_or_default(),
        };
        let RoundToIssue { round, theme, change_template, .. } = *self.to_issue;
        let about = MessageSubject { round, theme, agency: self.agency, file: "", code: issued.return_code.as_str() };
        let extra = MessageDetails {
            due_before: self.was(StartField::ReturnBy).unwrap_or_default().to_string(),
            contact_before: contact_before.to_string(),
            sent: words::date(*sent_on),
            late: self.late(),
            ..MessageDetails::default()
        };
        let message = message::compose(MessageKind::Change, change_template, &about, &extra)
            .map_err(|fault| Failure::new(vec![*fault]))?;
        // After the due date the same message has different words ("was due"). If the agency was told before that day, it has been told.
        let before = MessageDetails { late: String::new(), ..extra };
        let before = message::compose(MessageKind::Change, change_template, &about, &before)
            .map_err(|fault| Failure::new(vec![*fault]))?;
        let mut told_on = None;
        for known in [&message, &before] {
            let draft = export::eml::draft(known, &[]).or_fault()?;
            told_on =
                told_on.or(self.to_issue.record.draft_sent(&self.agency.id, SentWhat::Change, &sha256_hex(&draft)));
        }
        Ok(told_on.map_or(ChangeMessage::ToSend(message), ChangeMessage::Sent))
    }

    fn finding(&self, code: Code, file: &str, found: String, remedy: impl Into<Remedy>) -> Finding {
        let folder = self.to_issue.folder;
        let place = Place::file(folder.name_of(&folder.issued().join(file)));
        Finding::new(code, place, found, "", remedy).about(&self.agency.id).naming(file)
    }

    fn unknown(&self, sent_on: Date) -> Finding {
        let found = format!(
            "{} was sent a workbook on {}, but nothing here says which, so this one has a different return code",
            self.agency.name,
            words::date(sent_on)
        );
        let remedy = "put the folder record/ back from a copy, or send the new one".to_string();
        self.finding(Code::WorkbookReissued, "", found, remedy)
    }

    fn by_hand(&self, last: &IssuedWorkbook) -> Finding {
        let found = format!("the workbook for {} was changed here after it was written", self.agency.name);
        let remedy =
            "nothing, if that was intended; the message has the workbook attached as jtai wrote it".to_string();
        self.finding(Code::OutputChanged, last.issued.file.as_str(), found, remedy)
    }

    fn before_it_was_written(&self, last: &IssuedWorkbook, sent_on: Date) -> Finding {
        let found = format!(
            "{} was sent its workbook on {}, before this file was written on {}",
            self.agency.name,
            words::date(sent_on),
            words::date(last.written_on)
        );
        let remedy = Remedy::typed(
            format!(
                "correct the day with `jtai sent {} --on DAY`; until then this is taken for the workbook that was sent",
                self.agency.id
            ),
            "correct the day under Messages; until then this is taken for the workbook that was sent",
        );
        self.finding(Code::DateOdd, last.issued.file.as_str(), found, remedy)
    }

    /// The finding that the round has changed since the workbook was sent, as in its deadline. The workbook still counts.
    fn outdated(&self, change: &ChangeMessage) -> Option<Finding> {
        let last = self.issued.last()?;
        let sent_on = last.sent_on?;
        let said = |change: &FieldChange| {
            format!("{} was {} and is {}", quote(change.field.label()), quote(&change.was), quote(&change.now))
        };
        // A new date or contact no longer matters to an agency that has returned.
        let is_of_sending = |change: &&FieldChange| {
            let is_it = matches!(change.field, StartField::ReturnBy | StartField::Contact | StartField::Deputy);
            is_it && self.to_issue.returned.contains(&self.agency.id)
        };
        let changes: Vec<String> = self.changed.iter().filter(|change| !is_of_sending(change)).map(said).collect();
        let found = format!(
            "the round has changed since {} was sent this workbook on {}: {}; the workbook still counts",
            self.agency.name,
            words::date(sent_on),
            words::list(&changes)
        );
        let name = &self.agency.name;
        let remedy = match change {
            ChangeMessage::ToSend(_) => Remedy::typed(
                format!(
                    "send the message {}, and note it with `jtai sent {} --what change`; no new workbook is needed",
                    change_file(&self.agency.id),
                    self.agency.id
                ),
                "send the message about it, which is under Messages; no new workbook is needed",
            ),
            ChangeMessage::Sent(day) => format!("nothing more to do: {name} was told on {}", words::date(*day)).into(),
            ChangeMessage::None => format!("tell {name} if it matters to them; no new workbook is needed").into(),
        };
        if changes.is_empty() {
            return self.put_back(last);
        }
        Some(self.finding(Code::WorkbookOutdated, last.issued.file.as_str(), found, remedy))
    }

    /// The finding that an agency was told of a change that has been undone since.
    fn put_back(&self, last: &IssuedWorkbook) -> Option<Finding> {
        let told_on = self.to_issue.record.sent_to(&self.agency.id, SentWhat::Change).max()?;
        let is_about_this = last.sent_on.is_some_and(|sent_on| sent_on <= told_on);
        if !is_about_this || self.to_issue.returned.contains(&self.agency.id) {
            return None;
        }
        let name = &self.agency.name;
        let found = format!(
            "{name} was told of a change on {}, but the round again says what its workbook says",
            words::date(told_on)
        );
        let remedy = format!("tell {name} to go by its workbook again");
        Some(self.finding(Code::WorkbookOutdated, last.issued.file.as_str(), found, remedy))
    }

    /// The differences from the statements in the workbook that was sent, as in ` (DA24-2.2 is new; DA24-3.1 is not asked any more)`.
    fn asked_differently(&self, on_disk: Option<&[u8]>) -> String {
        const MOST_NAMED: usize = 8;
        let Some(was) = on_disk.and_then(contents).and_then(|book| fingerprint::statements_of_book(&book)) else {
            return String::new();
        };
        let now = self.to_issue.round.statements(self.to_issue.theme, self.agency);
        let is_asked = |id: &str| now.iter().any(|(_, criterion)| criterion.id.as_str() == id);
        let was_asked = |id: &str| was.iter().any(|(known, _)| known == id);
        let new: Vec<&str> =
            now.iter().map(|(_, criterion)| criterion.id.as_str()).filter(|id| !was_asked(id)).collect();
        let dropped: Vec<&str> = was.iter().map(|(id, _)| id.as_str()).filter(|id| !is_asked(id)).collect();
        let said = |ids: &[&str], what: &str| {
            let are = if ids.len() == 1 { "is" } else { "are" };
            (!ids.is_empty()).then(|| format!("{} {are} {what}", words::list_of_first(ids, MOST_NAMED)))
        };
        let parts: Vec<String> =
            [said(&new, "new"), said(&dropped, "not asked any more")].into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
    }

    fn reissued(&self, last: &IssuedWorkbook, is_by_hand: bool, is_doubtful: bool, sent: Option<&[u8]>) -> Finding {
        let Issued { return_code, file, .. } = &last.issued;
        let agency = &self.agency.name;
        let next = Folder::workbook_name(&self.agency.id, self.to_issue.record.highest_issue(&self.agency.id) + 1);
        let has_its_own = format!("a new issue, {next}, has its own return code");
        let found = match (last.sent_on, is_doubtful) {
            (_, true) if last.is_contradicted => {
                format!("two different workbooks have the return code {return_code}: {has_its_own}")
            }
            (Some(sent_on), true) => format!(
                "{agency} was sent a workbook on {}, before this file was written on {} with other statements: {has_its_own}",
                words::date(sent_on),
                words::date(last.written_on)
            ),
            (Some(sent_on), false) => format!(
                "the statements that {agency} is asked have changed since it was sent this workbook on {}{}; {has_its_own}, and the \
                 one sent ({return_code}) can still be read",
                words::date(sent_on),
                self.asked_differently(sent)
            ),
            (None, _) => {
                let why = if is_by_hand { "this file was changed by hand" } else { "this file may have been sent" };
                format!("{why} and the round has changed; {has_its_own}")
            }
        };
        let remedy = Remedy::typed(
            format!(
                "send {agency} the new one, and note it with `jtai sent {}`; or put the round back as it was",
                self.agency.id
            ),
            format!("send {agency} the new one, which is under Messages; or put the round back as it was"),
        );
        self.finding(Code::WorkbookReissued, file.as_str(), found, remedy)
    }
}

/// The file name of the message that says what changed.
pub(in crate::app) fn change_file(agency: &AgencyId) -> String {
    format!("{agency} {}.eml", MessageKind::Change.key())
}
