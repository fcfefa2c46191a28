//! Writes the messages that go back to agencies, for the officer to look at and send: a workbook with questions about a return, a receipt
//! for a clean one, or a reminder if none has come.

mod receipt;
mod back;

use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect;
use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::disk::OutputSet;
use crate::app::machine::surroundings::Surroundings;
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::intake::progress::Goes;
use crate::message::{self, MessageKind};
use crate::round::Round;

pub(super) use back::{Back, BackWishes};

/// What goes back.
#[derive(Debug, Serialize)]
pub(crate) struct QueriesOutcome {
    /// How many messages there are of each kind.
    #[serde(flatten)]
    pub counts: MessageCounts,
    /// Messages that are not written, because the same was sent already or a message about a change goes first.
    pub not_again: Vec<NotAgain>,
    /// Files that are new, or changed.
    pub new: Vec<String>,
    /// Files that are as before.
    pub unchanged: Vec<String>,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// What was noticed while the files were written.
    #[serde(skip)]
    pub findings: Vec<Finding>,
    /// Whether a finding about the round asks something of the officer.
    #[serde(skip)]
    pub asks_something: bool,
    /// The folder with the messages.
    #[serde(skip)]
    pub folder: PathBuf,
    /// The page with all of them.
    #[serde(skip)]
    pub page: PathBuf,
    /// The folder for what comes back.
    #[serde(skip)]
    pub returns: PathBuf,
    /// The round's folder, as it was given.
    #[serde(skip)]
    pub round: PathBuf,
}

/// How many messages there are of each kind.
#[derive(Debug, Default, Serialize)]
pub(crate) struct MessageCounts {
    /// Workbooks with questions.
    pub queries: usize,
    /// Receipts for clean returns.
    pub receipts: usize,
    /// Reminders.
    pub reminders: usize,
}

impl MessageCounts {
    fn add(&mut self, kind: MessageKind) {
        match kind {
            MessageKind::Query => self.queries += 1,
            MessageKind::Receipt => self.receipts += 1,
            MessageKind::Reminder => self.reminders += 1,
            MessageKind::Covering | MessageKind::Change | MessageKind::Feedback => {}
        }
    }

    /// Whether nothing goes back.
    pub(crate) fn is_none(&self) -> bool {
        self.queries + self.receipts + self.reminders == 0
    }

    /// "12 messages: 2 with questions, 9 receipts and 1 reminder".
    pub(crate) fn words(&self) -> String {
        let parts = [
            (self.queries, format!("{} with questions", words::number(self.queries))),
            (self.receipts, words::count(self.receipts, "receipt")),
            (self.reminders, words::count(self.reminders, "reminder")),
        ];
        let said: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
        let all = words::count(self.queries + self.receipts + self.reminders, "message");
        if said.is_empty() { all } else { format!("{all}: {}", words::list(&said)) }
    }
}

/// A message that is not written, because the same was sent already or a different one goes first.
#[derive(Debug, Serialize)]
pub(crate) struct NotAgain {
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// Why not.
    #[serde(flatten)]
    pub why: WhyNotAgain,
}

/// Why a message is not written.
#[derive(Debug, Serialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub(crate) enum WhyNotAgain {
    /// The questions were sent, and a reply is asked for by a day still to come.
    Questions {
        /// When they were sent.
        sent_on: Date,
        /// By when a reply is asked for.
        reply_by: Date,
    },
    /// The receipt was sent.
    Receipt {
        /// When.
        sent_on: Date,
    },
    /// It was written to a short time ago.
    Reminder {
        /// When.
        sent_on: Date,
    },
    /// The message about a change goes first.
    Change,
    /// The same, and `jtai issue` has yet to write it.
    UnwrittenChange,
}

impl WhyNotAgain {
    fn new(goes: Goes) -> Option<WhyNotAgain> {
        match goes {
            Goes::QuestionsSent { on, by, .. } => Some(WhyNotAgain::Questions { sent_on: on, reply_by: by }),
            Goes::ReceiptSent { on } => Some(WhyNotAgain::Receipt { sent_on: on }),
            Goes::ReminderSent { on } => Some(WhyNotAgain::Reminder { sent_on: on }),
            Goes::Change => Some(WhyNotAgain::Change),
            Goes::UnwrittenChange => Some(WhyNotAgain::UnwrittenChange),
            Goes::Nothing | Goes::Questions { .. } | Goes::Receipt | Goes::Reminder => None,
        }
    }
}

/// The request.
#[derive(Debug, Clone, PartialEq)]
pub struct QueriesWishes {
    /// The round's folder.
    pub round: PathBuf,
    /// By when agencies are asked to reply; `None` for five working days.
    pub reply_by: Option<Date>,
    /// Whether to write again what was sent already.
    pub again: bool,
}

/// Collects, then writes the messages. Those of an earlier run that are out of date are removed.
pub(super) fn queries(wishes: &QueriesWishes, surroundings: Surroundings<'_>) -> Result<QueriesOutcome, Failure> {
    let today = surroundings.today();
    let collected = collect::gather(&wishes.round, surroundings)?;
    if collected.record.record.is_damaged() {
        // With a part of the record missing, a workbook could be sent under a code that a different one has.
        return Err(Failure::new(collected.record.record.findings().to_vec()));
    }
    let mut set = OutputSet::whole(collected.open.folder.queries());
    let (mut messages, mut counts, mut entries, mut not_again) =
        (Vec::new(), MessageCounts::default(), Vec::new(), Vec::new());
    let mut last_reply = None;
    let wanted = BackWishes { today, reply_by: wishes.reply_by, again: wishes.again };
    for back in Back::all(&collected, wanted) {
        let goes = back.goes();
        let (agency, name) = (&back.agency.id, &back.agency.name);
        not_again.extend(WhyNotAgain::new(goes).map(|why| NotAgain {
            agency: agency.clone(),
            name: name.clone(),
            why,
        }));
        let Some(draft) = back.draft(goes)? else { continue };
        last_reply = last_reply.max(Some(back.reply_by()).filter(|_| draft.kind == MessageKind::Query));
        let eml = draft.eml()?;
        entries.extend(back.on_record(&draft, &eml));
        counts.add(draft.kind);
        set.add(message_file(agency, draft.kind), eml);
        // The workbook also as a file, for an officer whose mail program does not open drafts.
        if draft.kind == MessageKind::Query {
            set.add(&draft.message.attachment, draft.workbook);
        }
        messages.push(draft.message);
    }
    // Only questions ask for a reply by a day.
    let late = (counts.queries > 0).then(|| after_fieldwork(&collected.open.round, last_reply)).flatten();
    let lead = lead(&counts, &not_again);
    set.add(message::PAGE, message::page(&collected.open.round, "Messages that go back to agencies", &lead, &messages));
    surroundings.go_on()?;
    let mut written = set.write()?;
    written.findings.extend(late);
    // After the files: questions that were never written must not be on record as asked.
    let note = collected.note("queries", today, entries)?;
    let folder = collected.open.folder.queries();
    Ok(QueriesOutcome {
        counts,
        not_again,
        page: folder.join(written.name_of(message::PAGE)),
        folder,
        returns: collected.open.folder.returns(),
        round: wishes.round.clone(),
        new: written.new,
        unchanged: written.unchanged,
        note,
        asks_something: lines::ask_something(&collected.findings) || lines::ask_something(&written.findings),
        findings: written.findings,
    })
}

/// The name of a message that goes back, in `queries/`.
pub(super) fn message_file(agency: &AgencyId, kind: MessageKind) -> String {
    format!("{agency} {}.eml", kind.key())
}

/// The finding that replies are asked for by a day that is too late for the presentation.
fn after_fieldwork(round: &Round, reply_by: Option<Date>) -> Option<Finding> {
    let (by, fieldwork) = (reply_by?, round.fieldwork_starts?);
    let found = format!(
        "agencies are asked to reply by {}, but fieldwork starts on {}",
        words::date(by),
        words::date(fieldwork)
    );
    let remedy = Remedy::typed("give an earlier day with --reply-by", "choose an earlier day");
    (by >= fieldwork).then(|| Finding::new(Code::DateOdd, Place::file("queries"), found, "", remedy))
}

/// The first paragraph of the page of messages: how many there are, and how many more were sent before.
fn lead(counts: &MessageCounts, not_again: &[NotAgain]) -> String {
    let sent =
        not_again.iter().filter(|one| !matches!(one.why, WhyNotAgain::Change | WhyNotAgain::UnwrittenChange)).count();
    let sent = match sent {
        0 => String::new(),
        1 => " 1 more is not here, because it was sent already.".to_string(),
        n => format!(" {} more are not here, because they were sent already.", words::number(n)),
    };
    format!("{}.{sent}", words::capitalised(&counts.words()))
}
