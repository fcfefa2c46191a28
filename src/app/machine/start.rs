//! Lets a second start find the jtai that already serves pages: by a lock of the operating system, its address in a file, and a file for
//! each one-time token. A second start connects to nothing, so a program that took over the port cannot answer it.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::app::machine::disk;
use crate::core::hash::sha256_hex;

/// How long a token opens the pages.
const TOKEN_LIVES: Duration = Duration::from_secs(5 * 60);

/// How often a second start looks for the address of the first, which may have started only a moment ago.
const LOOKS: usize = 100;

/// The time between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// The folder of this user for what is about this computer only, outside every round.
#[derive(Debug)]
pub(crate) struct StartPlace {
    /// `None` if there is no folder to write into. Then no second start can find this one.
    folder: Option<PathBuf>,
    /// Held while pages are served. The system releases it when the process ends, however that happens.
    _lock: Option<File>,
    /// The tokens, with where each leads, where no folder keeps them.
    tokens: Mutex<Vec<(String, String)>>,
    /// The folders of rounds, where no folder keeps them.
    rounds: Mutex<Vec<PathBuf>>,
}

/// The folder for rounds and themes that are made on a page: it need not be there.
pub(crate) fn home() -> PathBuf {
    dirs::document_dir().or_else(dirs::home_dir).unwrap_or_default().join("jtai")
}

/// What a start finds on this computer.
#[derive(Debug)]
pub(crate) enum Meeting {
    /// Nobody serves pages: this one does.
    First(StartPlace),
    /// One does, at this address, with the token to open it by.
    Later {
        /// Its address, with the token.
        address: String,
    },
}

/// Looks whether pages are served already. A second start adds the round to those of the first, and gets a token of its own.
pub(crate) fn meet(round: Option<&Path>, key: &str) -> Meeting {
    let Some(folder) = state_folder() else { return Meeting::First(StartPlace::new(None, None, round)) };
    let Ok(file) = private_file(&folder.join("lock")) else {
        return Meeting::First(StartPlace::new(None, None, round));
    };
    for _ in 0..LOOKS {
        match file.try_lock() {
            Ok(()) => {
                // Left by a server that was killed: nobody answers there.
                let _ = fs::remove_file(folder.join("address"));
                return Meeting::First(StartPlace::new(Some(folder), Some(file), round));
            }
            Err(TryLockError::WouldBlock) => {}
            // On a drive without locks: two servers are better than none.
            Err(TryLockError::Error(_)) => break,
        }
        if let Ok(address) = fs::read_to_string(folder.join("address")) {
            let other = StartPlace::new(Some(folder), None, round);
            let token = other.new_token(key);
            return Meeting::Later { address: format!("{}/start/{token}", address.trim()) };
        }
        thread::sleep(LOOK);
    }
    Meeting::First(StartPlace::new(None, None, round))
}

impl StartPlace {
    fn new(folder: Option<PathBuf>, lock: Option<File>, round: Option<&Path>) -> StartPlace {
        let place = StartPlace { folder, _lock: lock, tokens: Mutex::new(Vec::new()), rounds: Mutex::new(Vec::new()) };
        if let Some(round) = round {
            place.remember(round);
        }
        place
    }

    /// Whether another start finds this one.
    pub(crate) fn is_found(&self) -> bool {
        self.folder.is_some()
    }

    /// Notes where pages are served, as in `http://127.0.0.1:4711/…`.
    pub(crate) fn note_address(&self, address: &str) {
        if let Some(folder) = &self.folder {
            // Where it cannot be written, a second start serves pages of its own.
            let _ = write_private(&folder.join("address"), address);
        }
    }

    /// A new token, which leads to the page of this round, or to that of all rounds where the key is empty.
    pub(crate) fn new_token(&self, key: &str) -> String {
        let token = random_hex();
        // Only the hash is written down, so that nobody who can list the folder gets a token.
        let name = sha256_hex(token.as_bytes());
        let kept = self.folder.as_ref().is_some_and(|folder| {
            let tokens = folder.join("tokens");
            make_private(&tokens) && write_private(&tokens.join(&name), key).is_ok()
        });
        if !kept {
            self.tokens.lock().unwrap_or_else(PoisonError::into_inner).push((name, key.to_string()));
        }
        token
    }

    /// Uses up a token and returns where it leads; `None` if it is unknown, used or too old. If two requests come with the same token, one
    /// gets in: a file can be removed only once.
    pub(crate) fn use_up(&self, token: &str) -> Option<String> {
        let name = sha256_hex(token.as_bytes());
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = tokens.iter().position(|(known, _)| *known == name) {
            return Some(tokens.remove(at).1);
        }
        let path = self.folder.as_ref()?.join("tokens").join(name);
        let age = fs::metadata(&path).ok()?.modified().ok()?.elapsed().unwrap_or_default();
        let key = fs::read_to_string(&path).ok()?;
        fs::remove_file(&path).ok()?;
        (age <= TOKEN_LIVES).then_some(key)
    }

    /// The folders of the rounds that were opened on this computer, the latest first.
    pub(crate) fn rounds(&self) -> Vec<PathBuf> {
        let mut rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let text = self.folder.as_ref().and_then(|folder| fs::read_to_string(folder.join("rounds.txt")).ok());
        for line in text.unwrap_or_default().lines().rev() {
            let path = PathBuf::from(line);
            if !line.is_empty() && !rounds.contains(&path) {
                rounds.push(path);
            }
        }
        rounds
    }

    /// Keeps a round among those that were opened.
    pub(crate) fn remember(&self, round: &Path) {
        let mut rounds = self.rounds();
        rounds.retain(|known| known != round);
        rounds.reverse();
        rounds.push(round.to_path_buf());
        let text: String = rounds.iter().map(|path| format!("{}\n", path.display())).collect();
        let is_kept =
            self.folder.as_ref().is_some_and(|folder| write_private(&folder.join("rounds.txt"), &text).is_ok());
        if !is_kept {
            rounds.reverse();
            *self.rounds.lock().unwrap_or_else(PoisonError::into_inner) = rounds;
        }
    }
}

/// The folder, which only its user can read; `None` where there is no such folder.
fn state_folder() -> Option<PathBuf> {
    let folder = dirs::state_dir().or_else(dirs::data_local_dir)?.join("jtai");
    (disk::check_no_link(&folder).is_ok() && make_private(&folder)).then_some(folder)
}

/// Makes a folder that only its user can open, and says whether it is one.
fn make_private(folder: &Path) -> bool {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).is_ok() && is_private(folder)
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir() && metadata.permissions().mode() & 0o077 == 0)
}

/// On Windows the folder is in the user's profile and inherits its permissions.
#[cfg(not(unix))]
fn is_private(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a small file into this folder, first under a temporary name: another start may read it at any moment, and must not read half.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let part = path.with_file_name(format!("{}.part", random_hex()));
    private_file(&part)?.write_all(text.as_bytes())?;
    fs::rename(&part, path)
}

/// 32 random bytes as 64 hexadecimal digits.
pub(crate) fn random_hex() -> String {
    let mut bytes = [0; 32];
    // Rather stop than serve pages behind a token that somebody could guess.
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
