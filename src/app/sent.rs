//! Records what was sent to agencies, and when.

use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

use crate::app::agencies::named_agencies;
use crate::app::failure::Failure;
use crate::app::feedback::feedback_file;
use crate::app::issue::change_file;
use crate::app::machine::disk::{self, LastHashes};
use crate::app::open::{self, OpenRound};
use crate::app::queries::message_file;
use crate::app::record::{self, Addition};
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::message::MessageKind;
pub(crate) use crate::record::SentWhat;
use crate::record::{Entry, NewEntry, QuestionsAsked, Record, Recorded, Sent};
use crate::round::{Agency, Folder};

/// The request.
#[derive(Debug, Clone, PartialEq)]
pub struct SentWishes {
    /// The agencies' ids; if empty, all agencies with something of this kind to send.
    pub agencies: Vec<String>,
    /// What was sent.
    pub what: SentWhat,
    /// The return code of the workbook that was sent, if there are several; without it, the day tells which.
    pub code: Option<String>,
    /// When it was sent; the day of the command if not given.
    pub on: Option<Date>,
    /// The round's folder.
    pub round: PathBuf,
}

/// What was noted.
#[derive(Debug, Serialize)]
pub(crate) struct SentOutcome {
    /// What was sent.
    pub what: SentWhat,
    /// When.
    pub on: Date,
    /// The agencies that it was sent to.
    pub agencies: Vec<AgencyId>,
    /// Their names.
    #[serde(skip)]
    pub names: Vec<String>,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// The round's folder.
    #[serde(skip)]
    pub round: PathBuf,
}

/// Notes it.
///
/// # Errors
///
/// When an agency is unknown, nothing of this kind can have been sent to it, or the day is in the future. Then nothing is noted.
pub(super) fn sent(wishes: &SentWishes, today: Date) -> Result<SentOutcome, Failure> {
    let (open, on_record) = open::round(&wishes.round, today)?;
    let OpenRound { folder, round, .. } = &open;
    let on = wishes.on.unwrap_or(today);
    if on > today {
        let found = format!("{} is still to come", words::date(on));
        let remedy = Remedy::typed(
            "give the day on which it was sent, as in --on 2026-12-09",
            "give the day on which it was sent",
        );
        return Err(Failure::new(vec![Finding::new(Code::DateOdd, Place::file("--on"), found, "", remedy)]));
    }
    let sending = Sending {
        folder,
        issued: disk::last_hashes(&folder.issued()),
        written: disk::last_hashes(&folder.queries()),
        feedback: disk::last_hashes(&folder.feedback()),
        record: &on_record.record,
        what: wishes.what,
        code: wishes.code.as_deref(),
        on,
    };
    let agencies: Vec<&Agency> = match wishes.agencies.as_slice() {
        [] => round.agencies.iter().filter(|agency| sending.is_waiting(agency)).collect(),
        named => named_agencies(named, &round.agencies)?,
    };
    let not_ready = agencies.iter().filter(|agency| !sending.is_ready(agency));
    let mut faults: Vec<Finding> = not_ready.map(|agency| sending.nothing_to_send(agency)).collect();
    faults.extend(agencies.iter().filter_map(|agency| sending.asked_later(agency)));
    faults.extend(sending.code_fault(&agencies));
    if !faults.is_empty() {
        return Err(Failure::new(faults));
    }
    let entries = agencies.iter().map(|agency| sending.entry(agency)).collect();
    let who = record::who(round, None);
    let note = open.add(&on_record, Addition { command: "sent", who, on: today, entries })?;
    Ok(SentOutcome {
        what: wishes.what,
        on,
        agencies: agencies.iter().map(|agency| agency.id.clone()).collect(),
        names: agencies.iter().map(|agency| agency.name.clone()).collect(),
        note,
        round: wishes.round.clone(),
    })
}

/// What is sent, with what is known about it.
struct Sending<'a> {
    folder: &'a Folder,
    /// The files that the last `jtai issue` wrote.
    issued: LastHashes,
    /// The files that the last `jtai queries` wrote.
    written: LastHashes,
    /// The files that the last `jtai challenge` wrote for agencies.
    feedback: LastHashes,
    record: &'a Record,
    what: SentWhat,
    /// The return code of the workbook that was sent, as typed.
    code: Option<&'a str>,
    on: Date,
}

impl Sending<'_> {
    /// Whether there is something of this kind that can have been sent to an agency.
    fn is_ready(&self, agency: &Agency) -> bool {
        let message = |kind: MessageKind| {
            self.is_written(agency, kind) || self.record.sent_to(&agency.id, self.what).next().is_some()
        };
        match self.what {
            SentWhat::Workbook => !self.record.issued_to(&agency.id).is_empty(),
            SentWhat::Questions => self.record.asked().any(|(asked, _)| asked.agency == agency.id),
            SentWhat::Reminder => message(MessageKind::Reminder),
            SentWhat::Receipt => message(MessageKind::Receipt),
            SentWhat::Change | SentWhat::Feedback => self.draft(agency).is_some(),
        }
    }

    /// The SHA-256 of the draft, for kinds of messages of which the record keeps it; `None` for others, or if the last run wrote none.
    fn draft(&self, agency: &Agency) -> Option<&str> {
        match self.what {
            SentWhat::Change => self.issued.hash_of(&change_file(&agency.id)),
            SentWhat::Feedback => self.feedback.hash_of(&feedback_file(&agency.id)),
            // A file has come in since that day, so the draft that is there now is not the one that was sent.
            SentWhat::Receipt if self.has_come_since(agency) => None,
            SentWhat::Receipt => self.written.hash_of(&message_file(&agency.id, MessageKind::Receipt)),
            SentWhat::Questions => {
                self.asked(agency).map(|asked| asked.draft.as_str()).filter(|draft| !draft.is_empty())
            }
            SentWhat::Workbook | SentWhat::Reminder => None,
        }
    }

    /// The questions that were sent: the last ones written by that day. If several were written on it, the one in the folder.
    fn asked(&self, agency: &Agency) -> Option<&QuestionsAsked> {
        let ready = self.written.hash_of(&message_file(&agency.id, MessageKind::Query)).unwrap_or_default();
        let own = self.record.asked().filter(|(asked, day)| asked.agency == agency.id && *day <= self.on);
        own.max_by_key(|(asked, day)| (*day, asked.draft == ready)).map(|(asked, _)| asked)
    }

    fn has_come_since(&self, agency: &Agency) -> bool {
        self.record.senders().any(|(_, sender, day)| *sender == agency.id && day > self.on)
    }

    /// The finding that the questions were written after the day on which they are said to have been sent.
    fn asked_later(&self, agency: &Agency) -> Option<Finding> {
        let own = self.record.asked().filter(|(asked, _)| asked.agency == agency.id).map(|(_, day)| day);
        let written_on = own.min().filter(|day| self.what == SentWhat::Questions && *day > self.on)?;
        let found = format!("the questions to {} were written on {}", agency.name, words::date(written_on));
        let remedy = Remedy::typed("give that day or a later one as --on", "give that day or a later one");
        Some(Finding::new(Code::DateOdd, Place::file(agency.id.as_str()), found, "", remedy).about(&agency.id))
    }

    /// What is wrong with the return code that was typed. It only makes sense for a workbook to one agency.
    fn code_fault(&self, agencies: &[&Agency]) -> Option<Finding> {
        let code = self.code?;
        let (found, remedy) = match agencies {
            [agency] if self.what == SentWhat::Workbook => {
                let issued = self.record.issued_to(&agency.id);
                if issued.iter().any(|one| one.issued.return_code.eq_ignore_ascii_case(code)) {
                    return None;
                }
                let known: Vec<&str> = issued.iter().map(|one| one.issued.return_code.as_str()).collect();
                let found = format!("no workbook of {} has the return code {}", agency.name, quote(code));
                (found, Remedy::from(format!("use {}, as in issued/index.csv", known.join(" or "))))
            }
            _ => {
                let found = "a return code says which workbook was sent to one agency".to_string();
                (found, "name that agency, with --what workbook; or leave --code out".into())
            }
        };
        Some(Finding::new(Code::ValueInvalid, Place::file("--code"), found, "", remedy))
    }

    /// Whether something of this kind was written for an agency and is not noted as sent.
    fn is_waiting(&self, agency: &Agency) -> bool {
        let kind = match self.what {
            SentWhat::Workbook => return self.is_ready(agency) && !self.is_noted(agency),
            SentWhat::Reminder => MessageKind::Reminder,
            SentWhat::Questions if !self.is_written(agency, MessageKind::Query) => return false,
            SentWhat::Questions | SentWhat::Receipt | SentWhat::Change | SentWhat::Feedback => {
                let is_new = |draft| self.record.draft_sent(&agency.id, self.what, draft).is_none();
                return self.draft(agency).is_some_and(is_new);
            }
        };
        self.is_written(agency, kind) && !self.record.sent_to(&agency.id, self.what).any(|day| day == self.on)
    }

    fn is_written(&self, agency: &Agency, kind: MessageKind) -> bool {
        self.folder.queries().join(message_file(&agency.id, kind)).is_file()
    }

    /// Whether the workbook that was issued last is noted as sent.
    fn is_noted(&self, agency: &Agency) -> bool {
        self.record.issued_to(&agency.id).last().is_some_and(|last| last.sent_on.is_some())
    }

    fn entry(&self, agency: &Agency) -> NewEntry {
        let issued = self.record.issued_to(&agency.id);
        let named =
            self.code.and_then(|code| issued.iter().find(|one| one.issued.return_code.eq_ignore_ascii_case(code)));
        let meant = match self.what {
            SentWhat::Workbook => named.or(self.record.workbook_sent_on(&agency.id, self.on)),
            _ => issued.last(),
        };
        let sent = Sent {
            agency: agency.id.clone(),
            what: self.what,
            return_code: meant.map_or(String::new(), |one| one.issued.return_code.clone()),
            day: self.on,
            draft: self.draft(agency).unwrap_or_default().to_string(),
        };
        // A workbook is sent on one day, so a new day replaces the earlier note. A code that is typed says which of two was sent on a day,
        // so it replaces a note about the other one.
        let is_earlier = |recorded: &&Recorded| {
            let Entry::Sent(other) = &recorded.entry else { return false };
            let is_same_workbook = other.return_code == sent.return_code;
            self.what == SentWhat::Workbook
                && (other.what, &other.agency) == (self.what, &sent.agency)
                && (is_same_workbook && other.day != sent.day
                    || !is_same_workbook && named.is_some() && other.day == sent.day)
        };
        let replaces = self.record.entries().filter(is_earlier).map(|recorded| recorded.id.clone()).collect();
        // The entry has the day of sending, which may be before the day of the command.
        NewEntry { on: Some(self.on), replaces, entry: Entry::Sent(sent) }
    }

    fn nothing_to_send(&self, agency: &Agency) -> Finding {
        let (what, remedy) = match self.what {
            SentWhat::Workbook => ("a workbook", Remedy::typed("run `jtai issue` first", "write the workbooks first")),
            SentWhat::Questions => (
                "questions",
                Remedy::typed(
                    "run `jtai queries` first; where nothing is asked there is nothing to send",
                    "write the messages first; where nothing is asked there is nothing to send",
                ),
            ),
            SentWhat::Reminder => (
                "a reminder",
                Remedy::typed(
                    "run `jtai queries` first; an agency that has returned gets none",
                    "write the messages first; an agency that has returned gets none",
                ),
            ),
            SentWhat::Change => (
                "a message about a change",
                Remedy::typed(
                    "run `jtai issue` first: it writes one where a date or a contact changed",
                    "write the workbooks first: there is one where a date or a contact changed",
                ),
            ),
            SentWhat::Feedback => (
                "feedback",
                Remedy::typed(
                    "run `jtai challenge` first; an agency that has not returned gets none",
                    "write what the challenge meeting needs first; an agency that has not returned gets none",
                ),
            ),
            SentWhat::Receipt => (
                "a receipt",
                Remedy::typed(
                    "run `jtai queries` first; an agency with open questions gets none",
                    "write the messages first; an agency with open questions gets none",
                ),
            ),
        };
        let found = format!("{what} cannot have been sent to {}: none was written", agency.name);
        Finding::new(Code::ValueInvalid, Place::file(agency.id.as_str()), found, "", remedy).about(&agency.id)
    }
}
