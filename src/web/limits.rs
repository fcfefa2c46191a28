//! Every limit of the pages, in one table.

use std::time::Duration;

/// Connections at once: 500 uploads each get an answer, and few systems give a process more than 1,024 files.
pub(super) const CONNECTIONS: usize = 640;

/// How long the head of a request may take to come in.
pub(super) const HEAD: Duration = Duration::from_secs(10);

/// How long an open request may take to end once the program stops.
pub(super) const ENDING: Duration = Duration::from_secs(5);

/// The largest form without files, in bytes.
pub(super) const FORM: usize = 256 * 1024;

/// The largest form with a list of agencies, in bytes.
pub(super) const LIST_FORM: usize = 8 * 1024 * 1024;

/// The largest form of choices, or of a draft: a large one has some thousand cells.
pub(super) const FORM_OF_CHOICES: usize = 4 * 1024 * 1024;

/// The largest form that is sent to an address.
pub(super) fn form(path: &str) -> usize {
    if path.contains("/choices/") || path.ends_with("/draft") { FORM_OF_CHOICES } else { FORM }
}

/// How long a form without files may take to come in.
pub(super) const FORM_TIME: Duration = Duration::from_secs(30);

/// The largest file that is taken in, in bytes.
pub(super) const FILE: u64 = 64 * 1024 * 1024;

/// All files of one upload, in bytes.
pub(super) const UPLOAD: usize = 512 * 1024 * 1024;

/// Files in one upload.
pub(super) const FILES: usize = 200;

/// Uploads at once.
pub(super) const UPLOADS: usize = 4;

/// How long a stretch of an upload may take to come in.
pub(super) const STALL: Duration = Duration::from_secs(30);

/// How much of a file comes in as one stretch, in bytes: what the slowest drive that is worth waiting for gives a browser in that time.
pub(super) const STRETCH: usize = 64 * 1024;

/// How much of an upload that is too large is read and thrown away, in bytes: a browser that is cut off while it sends shows no answer.
pub(super) const THROWN_AWAY: u64 = 64 * 1024 * 1024;

/// How long that may take.
pub(super) const THROWING_AWAY: Duration = Duration::from_secs(10);

/// Minutes without a request after which the program stops.
pub(super) const IDLE_MINUTES: u64 = 4 * 60;

/// Sessions that are open at once: the oldest ends when there are more.
pub(super) const SESSIONS: usize = 32;

/// Presentations that are kept drawn, at some megabytes each.
pub(super) const DECKS: usize = 4;

/// Actions that are remembered when they have ended.
pub(super) const TASKS: usize = 40;

/// Slides that are kept drawn from choices that are not saved.
pub(super) const PREVIEWS: usize = 16;
