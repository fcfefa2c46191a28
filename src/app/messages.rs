//! The messages that there are to send, to look at before somebody sends them. Writes nothing.

use std::path::Path;

use crate::app::failure::Failure;
use crate::app::files;
use crate::app::issue::{self, GoingOut};
use crate::app::machine::disk;
use crate::app::machine::surroundings::Surroundings;
use crate::app::queries::{Back, BackWishes, message_file};
use crate::app::{collect, sent};
use crate::core::names::RelativeName;
use crate::message::{Message, MessageKind};
use crate::round::Folder;

pub(crate) use sent::SentWhat;

/// A message to look at and send.
#[derive(Debug)]
pub(crate) struct OfferedMessage {
    /// The agency's id.
    pub agency: String,
    /// What it is, as it is noted once it is sent.
    pub what: SentWhat,
    /// The message.
    pub message: Message,
    /// What its file is called in addresses; `None` where there is none, or it is not as it would be written now.
    pub file: Option<String>,
}

/// The messages of a round, and whom they can be to.
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
    let round = &collected.open.round;
    let agencies = round.agencies.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    Ok(OfferedMessages { all: messages, agencies })
}

/// What a message's file is called in addresses, where it holds these bytes.
fn as_written(folder: &Folder, inside: &str, file: &str, bytes: &[u8]) -> Option<String> {
    let name = RelativeName::new(&format!("{inside}/{file}")).ok()?;
    let path = disk::inside(folder.root(), &name).ok().filter(|path| path.is_file())?;
    (disk::read(&path).ok()? == bytes).then(|| files::key_of_name(name.as_str()))
}
