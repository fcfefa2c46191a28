//! A lock on a round, so that one command at a time writes into it. It is a lock of the operating system, which releases it when a command
//! is killed.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use jiff::Zoned;

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::core::finding::Code;
use crate::core::quoting::printable;
use crate::round::{self, Folder};

/// How long a command waits for another to end: most end at once.
const WAIT: Duration = Duration::from_secs(5);

/// How often it looks.
const STEP: Duration = Duration::from_millis(50);

/// The file that is locked, in the round's `.jtai/`. Nothing is written into it: Windows lets nobody read a locked file.
pub(crate) const LOCK: &str = "lock";

/// The file that says who holds the lock.
pub(crate) const HOLDER: &str = "lock-holder.txt";

/// Runs an action that writes into a round, while no other command does. The action is told whether that is certain: it is not on a drive
/// without locks.
///
/// # Errors
///
/// When another command still works on the round after a moment, with what it is and since when; and as the action.
pub(crate) fn hold<T>(
    round: &Path,
    command: &str,
    action: impl FnOnce(bool) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let folder = Folder::new(round);
    // If the folder is not a round, the command itself says what is wrong.
    let Some(file) = folder.round_toml().is_file().then(|| open(&folder)).flatten() else { return action(false) };
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if waited < WAIT => {
                thread::sleep(STEP);
                waited += STEP;
            }
            Err(TryLockError::WouldBlock) => return Err(busy(&folder)),
            // Some network drives have no locks. Refusing to work there would help nobody.
            Err(TryLockError::Error(_)) => return action(false),
        }
    }
    // Only for the message to others, so an error here does not matter.
    let _ = fs::write(folder.cache().join(HOLDER), holder(&folder, command));
    let done = action(true);
    let _ = fs::remove_file(folder.cache().join(HOLDER));
    // Closing the file releases the lock, so it must stay open until here.
    drop(file);
    done
}

/// Runs an action only if no other command works on the round and the round can be written into.
///
/// # Errors
///
/// As the action.
pub(crate) fn hold_if_free(
    round: &Path,
    command: &str,
    action: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let folder = Folder::new(round);
    let Some(file) = folder.round_toml().is_file().then(|| open(&folder)).flatten() else { return Ok(()) };
    if file.try_lock().is_err() {
        return Ok(());
    }
    let _ = fs::write(folder.cache().join(HOLDER), holder(&folder, command));
    let done = action();
    let _ = fs::remove_file(folder.cache().join(HOLDER));
    drop(file);
    done
}

/// The file to lock; `None` where it cannot be made, as on a drive that can only be read.
fn open(folder: &Folder) -> Option<File> {
    disk::check_no_link(&folder.cache()).ok()?;
    fs::create_dir_all(folder.cache()).ok()?;
    let path = folder.cache().join(LOCK);
    disk::check_no_link(&path).ok()?;
    File::options().create(true).truncate(false).write(true).open(path).ok()
}

/// What others are told about this command: its name, the officer that the round names, and when it started.
fn holder(folder: &Folder, command: &str) -> String {
    let text = fs::read_to_string(folder.round_toml()).unwrap_or_default();
    let officer = round::read("round.toml", &text).output.map(|round| round.officer).unwrap_or_default();
    let by = if officer.is_empty() { String::new() } else { format!(" of {officer}") };
    format!("jtai {command}{by}, started at {}", Zoned::now().strftime("%H:%M"))
}

fn busy(folder: &Folder) -> Failure {
    let holder = fs::read_to_string(folder.cache().join(HOLDER)).unwrap_or_default();
    let holder = if holder.trim().is_empty() { "another jtai".to_string() } else { printable(holder.trim()) };
    let found = format!("{holder}, is still working on this round");
    let found =
        if holder == "another jtai" { "another jtai is still working on this round".to_string() } else { found };
    Failure::one(Code::RoundBusy, folder.root(), found, "wait until it is done, and run this again")
}
