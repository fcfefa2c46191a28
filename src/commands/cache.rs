//! What was read once is not read again: each workbook's cells by the hash of its file, in the round's `.jtai/`.
//!
//! Texts that may identify a child were held back before anything came here. An entry that is not whole is read anew, and a jtai
//! that was built anew starts with an empty cache.

use std::fs;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use super::disk;
use crate::hash::{sha256, sha256_hex};
use crate::round::Folder;
use crate::workbook::book::{At, Book};

/// The cache of one round.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// A round's cache for this build of the program; what others left is cleared.
    pub fn open(folder: &Folder) -> Cache {
        let all = folder.cache();
        let own = format!("books-{}", build());
        for entry in fs::read_dir(&all).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with("books-") && *entry.file_name() != *own {
                // What cannot be removed is only out of date.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let cache = Cache { folder: all.join(own) };
        // A cache that cannot be made loses only time.
        let _ = disk::make_folder(&cache.folder);
        cache
    }

    /// The place of a file's cells: by its hash, and by the cells that were cleared, which are read as they are.
    pub fn place(&self, sha256: &str, cleared: &[(String, At)]) -> PathBuf {
        let cleared = if cleared.is_empty() {
            String::new()
        } else {
            format!("-{:.16}", sha256_hex(format!("{cleared:?}").as_bytes()))
        };
        self.folder.join(format!("{sha256}{cleared}"))
    }
}

/// What stands at a place; `None` where nothing whole does.
pub fn get(place: &PathBuf) -> Option<Book> {
    let bytes = fs::read(place).ok()?;
    let (body, check) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
    if sha256(body) != check {
        return None;
    }
    rmp_serde::from_slice(body).ok()
}

/// Keeps what was read. A cache that cannot be written loses only time.
pub fn put(place: &PathBuf, book: &Book) {
    if let Ok(mut body) = rmp_serde::to_vec(book) {
        body.extend(sha256(&body));
        let _ = fs::write(place, body);
    }
}

/// What tells this build of the program from another: its file's size and time.
fn build() -> String {
    let metadata = std::env::current_exe().and_then(fs::metadata);
    let of = |metadata: fs::Metadata| {
        let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        format!("{} {:?}", metadata.len(), time)
    };
    let mut print = sha256_hex(metadata.map_or_else(|_| env!("CARGO_PKG_VERSION").to_string(), of).as_bytes());
    print.truncate(16);
    print
}
