//! The limits of the pages, all in one place.

use std::time::Duration;

/// The most connections at once: enough that 500 uploads each get an answer, and below the 1,024 open files that many systems allow a
/// process.
pub(super) const CONNECTIONS: usize = 640;

/// How long the head of a request may take to arrive.
pub(super) const HEAD: Duration = Duration::from_secs(10);

/// How long open requests may take to finish once the program stops.
pub(super) const ENDING: Duration = Duration::from_secs(5);

/// The largest form without files, in bytes.
pub(super) const FORM: usize = 256 * 1024;

/// The largest form with a list of agencies, in bytes.
pub(super) const LIST_FORM: usize = 8 * 1024 * 1024;

/// The largest form of choices or of a draft, in bytes: a large one has some thousand cells.
pub(super) const FORM_OF_CHOICES: usize = 4 * 1024 * 1024;

/// The limit for a form without files that is sent to this address, in bytes.
pub(super) fn form(path: &str) -> usize {
    if path.contains("/choices/") || path.ends_with("/draft") { FORM_OF_CHOICES } else { FORM }
}

/// How long a form without files may take to arrive.
pub(super) const FORM_TIME: Duration = Duration::from_secs(30);

/// The largest file that is taken in, in bytes.
pub(super) const FILE: u64 = 64 * 1024 * 1024;

/// The largest upload, all its files together, in bytes.
pub(super) const UPLOAD: usize = 512 * 1024 * 1024;

/// The most files in one upload.
pub(super) const FILES: usize = 200;

/// The most uploads at once.
pub(super) const UPLOADS: usize = 4;

/// How long a stretch of an upload may take to arrive.
pub(super) const STALL: Duration = Duration::from_secs(30);

/// How much of a file is one stretch, in bytes: what the slowest drive worth waiting for gives a browser in that time.
pub(super) const STRETCH: usize = 64 * 1024;

/// How much of an upload that is too large is read and discarded, in bytes: a browser that is cut off while it sends shows a network error
/// and not our answer.
pub(super) const THROWN_AWAY: u64 = 64 * 1024 * 1024;

/// How long discarding may take.
pub(super) const THROWING_AWAY: Duration = Duration::from_secs(10);

/// Minutes without a request after which the program stops.
pub(super) const IDLE_MINUTES: u64 = 4 * 60;

/// The most sessions at once. When there are more, the oldest ends.
pub(super) const SESSIONS: usize = 32;

/// How many drawn presentations are kept. Each takes some megabytes.
pub(super) const DECKS: usize = 4;

/// How many finished actions are remembered.
pub(super) const TASKS: usize = 40;

/// How many slides drawn from unsaved choices are kept.
pub(super) const PREVIEWS: usize = 16;
