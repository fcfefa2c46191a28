//! The messages that are ready to send, for the officer to look at first. Writes nothing.

use std::path::Path;

use crate::app::collect::Collected;
use crate::app::failure::Failure;
use crate::app::feedback::{feedback_file, feedback_message, paper_file};
use crate::app::files;
use crate::app::issue::{self, GoingOut};
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::queries::{Back, BackWishes, message_file};
use crate::app::{collect, sent};
use crate::core::hash::sha256_hex;
use crate::core::names::RelativeName;
use crate::documents::feedback::decided;
use crate::export;
use crate::intake::answers::AnswerRow;
use crate::message::{Message, MessageKind};
use crate::round::Folder;

pub(crate) use sent::SentWhat;

/// A message to look at and send.
#[derive(Debug)]
pub(crate) struct OfferedMessage {
    /// The agency's id.
    pub agency: String,
    /// Its kind, to note it under once it is sent.
    pub what: SentWhat,
    /// The message.
    pub message: Message,
    /// The key of its file in addresses; `None` if there is no file, or the message would be written differently now.
    pub file: Option<String>,
}

/// The messages of a round, with its agencies.
#[derive(Debug)]
pub(crate) struct OfferedMessages {
    /// The messages, those that go back first.
    pub all: Vec<OfferedMessage>,
    /// The agencies in the round's order, each by its id and its name.
    pub agencies: Vec<(String, String)>,
}

/// The messages of a round.
///
/// # Errors
///
/// When the round cannot be opened, or a message's text cannot be filled in.
pub(crate) fn list(round: &Path, surroundings: Surroundings<'_>) -> Result<OfferedMessages, Failure> {
    let (folder, today) = (Folder::new(round), surroundings.today());
    let collected = collect::gather(round, surroundings)?;
    let mut messages = Vec::new();
    for back in Back::all(&collected, BackWishes { today, reply_by: None, again: false }) {
        let Some(draft) = back.draft(back.goes())? else { continue };
        let what = match draft.kind {
            MessageKind::Query => SentWhat::Questions,
            MessageKind::Receipt => SentWhat::Receipt,
            MessageKind::Reminder => SentWhat::Reminder,
            MessageKind::Covering => SentWhat::Workbook,
            MessageKind::Change => SentWhat::Change,
            MessageKind::Feedback => SentWhat::Feedback,
        };
        let file = message_file(&back.agency.id, draft.kind);
        let file = as_written(&folder, "queries", &file, &draft.eml()?);
        messages.push(OfferedMessage { agency: back.agency.id.to_string(), what, message: draft.message, file });
    }
    for GoingOut { agency, is_with_workbook, message, file, bytes } in issue::plan(round, today)?.going_out()? {
        let what = if is_with_workbook { SentWhat::Workbook } else { SentWhat::Change };
        let file = as_written(&folder, "issued", &file, &bytes);
        messages.push(OfferedMessage { agency: agency.to_string(), what, message, file });
    }
    messages.extend(feedback(&collected)?);
    let round = &collected.open.round;
    let agencies = round.agencies.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    Ok(OfferedMessages { all: messages, agencies })
}

/// The messages with feedback that were written and not yet sent. An agency without a paper has none. If a message would say something
/// different now, it has no file: `jtai challenge` has to write it again first.
fn feedback(collected: &Collected) -> Result<Vec<OfferedMessage>, Failure> {
    let folder = &collected.open.folder;
    let mut messages = Vec::new();
    for agency in &collected.open.round.agencies {
        let paper = disk::written_last(&folder.feedback(), &paper_file(&agency.id));
        if disk::check_no_link(&paper).is_err() || !paper.is_file() {
            continue;
        }
        let own: Vec<&AnswerRow> = collected.answers.iter().filter(|answer| answer.agency == agency.id).collect();
        let message = feedback_message(collected, agency, decided(&own))?;
        let draft = export::eml::draft(&message, &disk::read(&paper)?).or_fault()?;
        let record = &collected.record.record;
        // By its hash: feedback that says something different since is a new message, even on the same day.
        if record.draft_sent(&agency.id, SentWhat::Feedback, &sha256_hex(&draft)).is_some() {
            continue;
        }
        let file = as_written(folder, "feedback", &feedback_file(&agency.id), &draft);
        messages.push(OfferedMessage { agency: agency.id.to_string(), what: SentWhat::Feedback, message, file });
    }
    Ok(messages)
}

/// The key of a message's file in addresses, if the file has these bytes.
fn as_written(folder: &Folder, inside: &str, file: &str, bytes: &[u8]) -> Option<String> {
    let name = RelativeName::new(&format!("{inside}/{file}")).ok()?;
    let path = disk::inside(folder.root(), &name).ok().filter(|path| path.is_file())?;
    (disk::read(&path).ok()? == bytes).then(|| files::key_of_name(name.as_str()))
}
