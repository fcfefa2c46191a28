//! Reads and writes files. A file is written whole or not at all, and never through a link.

mod files;
mod exchange;
mod manifest;
mod outputs;

pub(crate) use files::{
    Found, LOCK_MARKS, PartFile, check_no_link, check_replaceable, files_in, files_under, folders_in, found, inside,
    is_leftover, is_system_file, lock_beside, make_folder, read, read_text, remove, write, write_changed,
};
pub(crate) use manifest::MANIFEST;
pub(crate) use outputs::{
    LastHashes, OutputSet, WrittenOutputs, finish, is_begun, last_hashes, remove_outputs, written_last,
};
