//! The cache of a round in its `.jtai/`, so that a workbook is not read twice. One file has the cells of each workbook, by the hash of its
//! file. Another has their interpretations, for as long as the round and its theme do not change.
//!
//! Texts that may identify a child are held back before anything comes here. The exceptions are the list of agencies, whose cells are the
//! officer's own, and what jtai itself wrote into the file of choices. Entries are only ever appended; an entry that a kill left half
//! written is cut off. A new build of jtai starts with an empty cache, because it may read the same cells differently.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::failure::Failure;
use crate::app::machine::{disk, lock};
use crate::core::hash::{sha256, sha256_hex};
use crate::round::Folder;
use crate::workbook::file::book::At;

/// The length of an entry's head in bytes: its key, the SHA-256 of its body, and the length of its body.
const HEAD: usize = 32 + 32 + 8;

/// How many hexadecimal digits of a hash tell one build or round from another.
const PRINT_DIGITS: usize = 16;

/// The cache of one round. If it cannot be opened or written, only time is lost.
#[derive(Debug)]
pub(crate) struct Cache {
    file: Option<Mutex<File>>,
    entries: Entries,
}

/// Where the body of each entry begins and how long it is, in bytes, by its key.
type Entries = HashMap<[u8; 32], (u64, u64)>;

impl Cache {
    /// The cells of a round's workbooks, as read by this build of the program. Files of other builds are removed.
    pub(crate) fn of_books(folder: &Folder) -> Cache {
        Cache::open(folder, "books-", &build())
    }

    /// The interpretations by this build of the program, for a round and a theme with this hash. Files of others are removed.
    pub(crate) fn of_answers(folder: &Folder, print: &str) -> Cache {
        let mut print = sha256_hex(format!("{} {print}", build()).as_bytes());
        print.truncate(PRINT_DIGITS);
        Cache::open(folder, "answers-", &print)
    }

    fn open(folder: &Folder, kind: &str, print: &str) -> Cache {
        let all = folder.cache();
        if disk::check_no_link(&all).is_err() {
            return Cache { file: None, entries: HashMap::new() };
        }
        let name = format!("{kind}{print}");
        for entry in fs::read_dir(&all).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(kind) && *entry.file_name() != *name {
                // A file that cannot be removed is out of date, and is never opened.
                let _ = fs::remove_file(entry.path());
            }
        }
        let opened = disk::make_folder(&all).ok().and_then(|()| open(&all.join(name)).ok());
        match opened {
            Some((file, entries)) => Cache { file: Some(Mutex::new(file)), entries },
            None => Cache { file: None, entries: HashMap::new() },
        }
    }

    /// The key of a file's cells: its hash, and the cells whose text is not held back, which change what is read.
    pub(crate) fn key(sha256_hex: &str, cleared: &[(String, At)]) -> [u8; 32] {
        sha256(format!("{sha256_hex} {cleared:?}").as_bytes())
    }

    /// The value under a key; `None` if there is none, or it is damaged.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: &[u8; 32]) -> Option<T> {
        let (start, length) = *self.entries.get(key)?;
        let mut file = self.file.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        // The 40 bytes before a body are its SHA-256 and its length.
        file.seek(SeekFrom::Start(start - 40)).ok()?;
        let mut bytes = vec![0; usize::try_from(length).ok()? + 40];
        file.read_exact(&mut bytes).ok()?;
        drop(file);
        let (check, body) = (&bytes[..32], &bytes[40..]);
        if sha256(body) != check { None } else { rmp_serde::from_slice(body).ok() }
    }

    /// Adds a value.
    pub(crate) fn put(&self, key: &[u8; 32], read: &impl Serialize) {
        let (Some(file), Ok(body)) = (&self.file, rmp_serde::to_vec(read)) else { return };
        let mut entry = Vec::with_capacity(HEAD + body.len());
        entry.extend(key);
        entry.extend(sha256(&body));
        entry.extend((body.len() as u64).to_le_bytes());
        entry.extend(&body);
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        // An entry that is cut short here, as by a full disk, is removed by the next `open`.
        let _ = file.seek(SeekFrom::End(0)).and_then(|_| file.write_all(&entry));
    }
}

/// Removes everything in `.jtai/` except the lock of this command, and returns whether there was anything.
///
/// # Errors
///
/// When the folder is a link, or something in it cannot be removed.
pub(crate) fn forget(folder: &Folder) -> Result<bool, Failure> {
    let all = folder.cache();
    disk::check_no_link(&all)?;
    let is_lock = |path: &Path| path.file_name().is_some_and(|name| name == lock::LOCK || name == lock::HOLDER);
    let kept: Vec<_> = disk::files_under(&all).0.into_iter().filter(|found| !is_lock(&found.path)).collect();
    kept.iter().try_for_each(|found| disk::remove(&found.path))?;
    Ok(!kept.is_empty())
}

/// Opens the file and finds its entries, up to the last whole one.
fn open(path: &Path) -> io::Result<(File, Entries)> {
    let mut file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
    let end = file.metadata()?.len();
    let (mut entries, mut at) = (HashMap::new(), 0);
    while at + HEAD as u64 <= end {
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head)?;
        let (key, length) = (&head[..32], &head[64..]);
        let length = u64::from_le_bytes(length.try_into().map_err(io::Error::other)?);
        let next = (at + HEAD as u64).saturating_add(length);
        if next > end {
            break;
        }
        entries.insert(key.try_into().map_err(io::Error::other)?, (at + HEAD as u64, length));
        at = next;
    }
    file.set_len(at)?;
    Ok((file, entries))
}

/// An id of this build of the program, from the size and the time of its file.
fn build() -> String {
    let metadata = std::env::current_exe().and_then(fs::metadata);
    let of = |metadata: fs::Metadata| {
        let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        format!("{} {:?}", metadata.len(), time)
    };
    let mut print = sha256_hex(metadata.map_or_else(|_| env!("CARGO_PKG_VERSION").to_string(), of).as_bytes());
    print.truncate(PRINT_DIGITS);
    print
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::file::book::Book;

    fn book(saved: &str) -> Book {
        Book { saved: Some(saved.into()), ..Book::default() }
    }

    #[test]
    fn what_was_kept_is_found_again_and_a_cut_entry_is_read_anew() {
        let round = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(round.path());
        let keys = [Cache::key("a", &[]), Cache::key("b", &[]), Cache::key("a", &[("Sheet".into(), (1, 2))])];
        let cache = Cache::of_books(&folder);
        assert_eq!(cache.get::<Book>(&keys[0]), None);
        cache.put(&keys[0], &book("one"));
        cache.put(&keys[1], &book("two"));
        drop(cache);
        let cache = Cache::of_books(&folder);
        assert_eq!(
            (cache.get(&keys[0]), cache.get(&keys[1]), cache.get::<Book>(&keys[2])),
            (Some(book("one")), Some(book("two")), None)
        );
        drop(cache);
        let file = fs::read_dir(folder.cache()).expect("a folder").next().expect("a file").expect("an entry").path();
        let bytes = fs::read(&file).expect("readable");
        fs::write(&file, &bytes[..bytes.len() - 1]).expect("cut");
        let cache = Cache::of_books(&folder);
        assert_eq!((cache.get(&keys[0]), cache.get::<Book>(&keys[1])), (Some(book("one")), None));
        cache.put(&keys[1], &book("three"));
        assert_eq!(Cache::of_books(&folder).get(&keys[1]), Some(book("three")));
    }
}
