//! Removes a return from everything that jtai wrote. The officer deletes the file itself.
//!
//! Its cells in the cache, its entries in the record, and every output that may have its words are removed; the next run makes the outputs
//! again. One entry stays, with its agency and the day it was first seen.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect::shown_name;
use crate::app::failure::Failure;
use crate::app::machine::{cache, disk};
use crate::app::record::{self, Addition};
use crate::app::{lines, open};
use crate::core::finding::{self, Code, Finding, Place, Remedy};
use crate::core::hash::sha256_hex;
use crate::core::names::RelativeName;
use crate::core::written::HELD_BACK;
use crate::record::{Entry, Forgotten, NewEntry, Received, Record, sign_of_a_child};
use crate::round::Folder;

/// The return to forget, who decided it and why.
#[derive(Debug, Clone, PartialEq)]
pub struct ForgetWishes {
    /// The file's name as messages give it, as in `returns/police.xlsx`.
    pub file: String,
    /// Who decided it, as typed; the round's officer where nobody is named.
    pub by: Option<String>,
    /// Why; empty where nothing is said.
    pub why: String,
    /// The round's folder.
    pub round: PathBuf,
}

/// A return that was forgotten.
#[derive(Debug, Serialize)]
pub(crate) struct ForgetOutcome {
    /// The file's name.
    pub file: String,
    /// How many files of this name there were, by their contents.
    pub contents: usize,
    /// How many outputs were removed, to be made again.
    pub outputs_removed: usize,
    /// What the officer should look into.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// Whether the cache had anything in it, which is now removed.
    #[serde(skip)]
    pub cache_cleared: bool,
    /// The round's folder.
    #[serde(skip)]
    pub round: PathBuf,
}

/// Removes what is known of one return.
///
/// # Errors
///
/// When the file is still there, no return of this name is on record, the reason may identify a child, or something cannot be removed.
pub(super) fn forget(wishes: &ForgetWishes, today: Date) -> Result<ForgetOutcome, Failure> {
    let (open, on_record) = open::round(&wishes.round, today)?;
    let (folder, round) = (&open.folder, &open.round);
    let name = name(&wishes.file, folder)?;
    let who = record::who(round, wishes.by.as_deref());
    if who.by.is_empty() {
        let found = "nobody is named as deciding this";
        let remedy = Remedy::typed(
            "add --by \"YOUR NAME\", and --why if you like; or fill in `officer` in round.toml",
            "say who decides",
        );
        return Err(Failure::one(Code::ValueInvalid, Path::new("--by"), found, remedy));
    }
    if let Some(sign) = sign_of_a_child(&[&who.by, &wishes.why]) {
        let found = format!("the name or the reason has {} in it, and is kept for a long time", sign.words());
        return Err(Failure::one(Code::TextHeldBack, Path::new("--why"), found, "leave out anything about a child"));
    }
    let returns = returns(&on_record.record, &name);
    if returns.is_empty() {
        let found = "no return with this name is on record";
        let remedy = "write its name as jtai shows it, as in returns/police.xlsx";
        return Err(Failure::one(Code::FileUnreadable, Path::new(&name), found, remedy));
    }
    check_is_gone(folder, &returns)?;
    // The record comes last. If something cannot be removed, the return is still on record and the command can be run again.
    let cache = cache::forget(folder)?;
    let (mut removed, mut left) = (Vec::new(), Vec::new());
    for outputs in [folder.report(), folder.queries(), folder.scrutineer_pages(), folder.feedback()] {
        let cleared = disk::remove_outputs(&outputs)?;
        removed.extend(cleared.removed);
        left.extend(cleared.left);
    }
    let forgotten = |(received, first_day): &(Received, Date)| {
        let (agency, print) = (received.agency.clone(), Forgotten::print_of(&received.sha256));
        let what = Forgotten { agency, first_day: *first_day, print, why: wishes.why.trim().to_string() };
        NewEntry::from(Entry::Forgotten(what))
    };
    let entries = returns.iter().map(forgotten).collect();
    let note = on_record.add(Addition { command: "forget", who, on: today, entries })?;
    // Opened again, because the record now has the entry above, and what was brought over from an earlier version. What is about the
    // return goes from both.
    record::open(folder, today)?.forget(&HashSet::new())?;
    Ok(ForgetOutcome {
        file: name,
        contents: returns.len(),
        outputs_removed: removed.len(),
        findings: to_look_into(folder, &left),
        note,
        cache_cleared: cache,
        round: folder.root().to_path_buf(),
    })
}

/// Refuses while a file with the same bytes is still among the returns under a different name: the record knows returns by their bytes, and
/// would forget both.
fn check_is_gone(folder: &Folder, returns: &[(Received, Date)]) -> Result<(), Failure> {
    for file in disk::files_under(&folder.returns()).0 {
        let is_it = |(received, _): &(Received, Date)| {
            // The size first, because hashing every return takes long.
            received.bytes == file.bytes
                && disk::read(&file.path).is_ok_and(|bytes| sha256_hex(&bytes) == received.sha256)
        };
        if returns.iter().any(is_it) {
            let name = shown_name(folder, &file.path);
            let found = "this is the same file under a different name, and would be forgotten with it";
            let remedy = "delete it too, or move it out of returns/, then run the command again";
            return Err(Failure::one(Code::FileUnreadable, Path::new(&name), found, remedy));
        }
    }
    Ok(())
}

/// The files that came in under a name, one for each content, with the day it was first seen.
fn returns(record: &Record, name: &str) -> Vec<(Received, Date)> {
    let mut returns: Vec<(Received, Date)> = Vec::new();
    for (received, day) in record.received().filter(|(received, _)| received.file == name) {
        match returns.iter_mut().find(|(known, _)| known.sha256 == received.sha256) {
            Some((_, first)) => *first = (*first).min(day),
            None => returns.push((received.clone(), day)),
        }
    }
    returns
}

/// The name of a file as messages show it. The file must be gone.
fn name(file: &str, folder: &Folder) -> Result<String, Failure> {
    match typed_name(file)? {
        TypedName::Held(name) => Ok(name),
        TypedName::Name(name) => {
            let path = name.path_in(folder.root());
            // The record, and messages, have a name that may identify a child in its held-back form.
            let shown = shown_name(folder, &path);
            if path.exists() {
                let found = "this file is still in the round's folder";
                let remedy = "delete it, or move it out of returns/, then run the command again";
                return Err(Failure::one(Code::FileUnreadable, Path::new(&shown), found, remedy));
            }
            Ok(shown)
        }
    }
}

/// What was typed: a file's name, or the form in which a name that may identify a child is shown.
enum TypedName {
    Name(RelativeName),
    Held(String),
}

fn typed_name(file: &str) -> Result<TypedName, Failure> {
    if file.contains(HELD_BACK) {
        return Ok(TypedName::Held(file.to_string()));
    }
    RelativeName::typed(file).map(TypedName::Name).map_err(|fault| {
        let found = format!("this is not the name of a file in the round's folder: {fault}");
        let remedy = "write it as jtai shows it, as in returns/police.xlsx";
        Failure::one(Code::NameUnsafe, Path::new(file), found, remedy)
    })
}

/// Findings about files that may still have the words of the return: outputs that somebody changed, and what people wrote or kept.
fn to_look_into(folder: &Folder, left: &[PathBuf]) -> Vec<Finding> {
    let changed = |path: &PathBuf| {
        let found = "somebody changed this output, so it was left; it may say what the return said";
        finding(folder, path, found, "look into it, and delete it if it does")
    };
    let mut findings: Vec<Finding> = left.iter().map(changed).collect();
    findings.extend(may_hold_it(folder).iter().map(|path| {
        let found = "this was made from answers and is kept; it may say what the return said";
        finding(folder, path, found, "look into it, and take out what is from the return")
    }));
    finding::number(&mut findings);
    findings
}

fn finding(folder: &Folder, path: &Path, found: &str, remedy: &str) -> Finding {
    let name = folder.name_of(path);
    Finding::new(Code::OutputChanged, Place::file(name.as_str()), found, "", remedy).naming(name)
}

/// Other files that may have the words of a return: choices and older copies of them, kept presentations, what went to the challenge
/// meeting or back to agencies, and the answers that later rounds in the folders beside this one took over.
fn may_hold_it(folder: &Folder) -> Vec<PathBuf> {
    let own = ["kept", "challenge", "feedback", "previous", "repaired"].map(|name| folder.root().join(name));
    let choices = disk::files_in(folder.root()).into_iter().filter(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        name.starts_with("choices") && name.ends_with(".xlsx")
    });
    let beside = folder.root().canonicalize().ok().and_then(|root| root.parent().map(Path::to_path_buf));
    let later = beside.map(|beside| disk::folders_in(&beside)).unwrap_or_default().into_iter();
    let later = later.map(|round| round.join("previous")).filter(|previous| previous.is_dir());
    let mut all: Vec<PathBuf> = choices.chain(own.into_iter().filter(|path| path.exists())).collect();
    let is_own = |path: &PathBuf| path.canonicalize().ok() == folder.root().join("previous").canonicalize().ok();
    all.extend(later.filter(|path| !is_own(path)));
    all
}
