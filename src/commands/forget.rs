//! `jtai forget FILE`: takes a return out of everything that jtai wrote. The file itself is the officer's to delete.
//!
//! What was read of it, the record's entries about it, and every output that can hold its words go; outputs are made again by the next
//! run. One entry stays: whose it was, and when it was first seen.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::collect::shown_name;
use super::record::{self, Addition};
use super::{Failure, Outcome, Said, cache, disk, open, say};
use crate::core::diagnostic::{self, Code, Diagnostic, Place};
use crate::core::hash::sha256_hex;
use crate::core::names::RelativeName;
use crate::core::privacy::HELD_BACK;
use crate::core::words;
use crate::record::{Entry, Forgotten, NewEntry, Received, Record, sign_of_a_child};
use crate::round::Folder;

/// What is forgotten, by whom and why.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The file's name as messages give it, as in `returns/police.xlsx`.
    pub file: &'a str,
    /// Who decided it, as typed; the round's officer where nobody is named.
    pub by: Option<&'a str>,
    /// Why; empty where nothing is said.
    pub why: &'a str,
}

/// Removes what is known of one return.
///
/// # Errors
///
/// When the file is still there, no return of this name is on record, the reason may identify a child, or something cannot be removed.
pub fn run(wish: Wish<'_>, dir: &Path, today: Date) -> Result<Said, Failure> {
    let open::OpenRound { folder, round, .. } = open::round(dir)?;
    let name = name(wish.file, &folder)?;
    let who = record::who(&round, wish.by);
    if who.by.is_empty() {
        let found = "a return is forgotten by somebody, and nobody is named";
        let remedy = "add --by \"YOUR NAME\", and --why if you like; or name `officer` in round.toml";
        return Err(Failure::one(Code::ValueInvalid, Path::new("--by"), found, remedy));
    }
    if let Some(sign) = sign_of_a_child(&[&who.by, wish.why]) {
        let found = format!("the name or the reason holds {}, and is kept for long", sign.words());
        return Err(Failure::one(
            Code::TextHeldBack,
            Path::new("--why"),
            found,
            "say it without anything about a child",
        ));
    }
    let on_record = record::open(&folder, today)?;
    let returns = returns(&on_record.record, &name);
    if returns.is_empty() {
        let found = "no return of this name is on record";
        let remedy = "write its name as messages have it, as in returns/police.xlsx";
        return Err(Failure::one(Code::FileUnreadable, Path::new(&name), found, remedy));
    }
    check_is_gone(&folder, &returns)?;
    let cache = cache::forget(&folder)?;
    let (mut removed, mut left) = (Vec::new(), Vec::new());
    for outputs in [folder.report(), folder.queries()] {
        let cleared = disk::remove_outputs(&outputs)?;
        removed.extend(cleared.removed);
        left.extend(cleared.left);
    }
    let forgotten = |(received, first_day): &(Received, Date)| {
        let (agency, print) = (received.agency.clone(), Forgotten::print_of(&received.sha256));
        let what = Forgotten { agency, first_day: *first_day, print, why: wish.why.trim().to_string() };
        NewEntry::from(Entry::Forgotten(what))
    };
    let entries = returns.iter().map(forgotten).collect();
    let note = on_record.add(Addition { command: "forget", who, on: today, entries })?;
    // What was brought over from an earlier program is in the record now, and goes with the rest.
    record::open(&folder, today)?.forget(&HashSet::new())?;
    Ok(said(&folder, &name, returns.len(), cache, removed.len(), &left).after(note))
}

/// Refuses while a file with one of these contents is still among the returns, under whatever name: it would be forgotten with the other.
fn check_is_gone(folder: &Folder, returns: &[(Received, Date)]) -> Result<(), Failure> {
    for file in disk::files_under(&folder.returns()).0 {
        let is_it = |(received, _): &(Received, Date)| {
            received.bytes == file.bytes
                && disk::read(&file.path).is_ok_and(|bytes| sha256_hex(&bytes) == received.sha256)
        };
        if returns.iter().any(is_it) {
            let name = shown_name(folder, &file.path);
            let found = "this is the same file under another name, and would be forgotten with it";
            let remedy = "delete it too, or move it out of returns/, then run the command again";
            return Err(Failure::one(Code::FileUnreadable, Path::new(&name), found, remedy));
        }
    }
    Ok(())
}

/// The contents that came under a name, each with the day on which it was first seen.
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

/// The name that messages give a file that was typed, which must be gone.
fn name(file: &str, folder: &Folder) -> Result<String, Failure> {
    match typed_name(file)? {
        Typed::Held(name) => Ok(name),
        Typed::Name(name) => {
            let path = name.path_in(folder.root());
            // A name that is held back is on record, and in what is said here, in its other form.
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
enum Typed {
    Name(RelativeName),
    Held(String),
}

fn typed_name(file: &str) -> Result<Typed, Failure> {
    if file.contains(HELD_BACK) {
        return Ok(Typed::Held(file.to_string()));
    }
    RelativeName::typed(file).map(Typed::Name).map_err(|fault| {
        let found = format!("this is not the name of a file in the round's folder: {fault}");
        let remedy = "write it as messages have it, as in returns/police.xlsx";
        Failure::one(Code::NameUnsafe, Path::new(file), found, remedy)
    })
}

fn said(folder: &Folder, name: &str, contents: usize, cache: bool, removed: usize, left: &[PathBuf]) -> Said {
    let mut text = format!(
        "Forgotten: {name} ({}). The record keeps only whose it was and the day it came. What was kept of returns {}; {} removed, to be \
         made again.\n",
        words::count(contents, "file"),
        if cache { "is cleared" } else { "was clear already" },
        words::are(removed, "output")
    );
    let changed = |path: &PathBuf| {
        let found = "somebody changed this output, so it was left; it may hold what the return said";
        finding(folder, path, found, "look into it, and delete it if it does")
    };
    let mut findings: Vec<Diagnostic> = left.iter().map(changed).collect();
    // What people wrote or wanted kept is theirs to look into.
    findings.extend(may_hold_it(folder).iter().map(|path| {
        let found = "this was made from answers and is kept; it may hold what the return said";
        finding(folder, path, found, "look into it, and take out what is from the return")
    }));
    diagnostic::number(&mut findings);
    text.push_str(&say::findings(&findings, ""));
    let _ = writeln!(
        text,
        "\nWe cannot reach copies elsewhere, or messages that were sent. If a synced folder brings the return back, the next run takes it \
         out of the record again.\nNext, to make the outputs again:\n  jtai report {0}\n  jtai queries {0}",
        say::typed(folder.root())
    );
    let json = serde_json::json!({
        "file": name, "contents": contents, "outputs_removed": removed, "findings": say::findings_json(&findings),
    });
    Said { text, json, outcome: Outcome::of(&findings) }
}

fn finding(folder: &Folder, path: &Path, found: &str, remedy: &str) -> Diagnostic {
    let name = folder.name_of(path);
    Diagnostic::new(Code::OutputChanged, Place::file(name.as_str()), found, "", remedy).naming(name)
}

/// Whatever else may hold the words of a return: choices, older ones too, what was kept, what went to the challenge meeting or back to
/// agencies, and what later rounds beside this one took over from it.
fn may_hold_it(folder: &Folder) -> Vec<PathBuf> {
    let own = ["kept", "challenge", "feedback", "previous"].map(|name| folder.root().join(name));
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
