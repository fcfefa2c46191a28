//! `jtai forget FILE`: takes a return out of everything that jtai wrote. The file itself is the officer's to delete.
//!
//! What was read of it, its line in the log, and every output that can hold its words go; outputs are made again by the next run.

use std::fmt::Write;
use std::path::Path;

use super::collect::shown_name;
use super::{Failure, Outcome, Said, disk, open, say};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::export;
use crate::names::RelativeName;
use crate::privacy::HELD_BACK;
use crate::round::Folder;
use crate::words;

/// Removes what is known of one return. `file` is its name as messages give it, as in `returns/police.xlsx`.
pub fn run(file: &str, dir: &Path) -> Result<Said, Failure> {
    let open::OpenRound { folder, .. } = open::round(dir)?;
    let name = match typed_name(file)? {
        Typed::Held(name) => name,
        Typed::Name(name) => {
            let path = name.path_in(folder.root());
            // A name that is held back stands in the log, and in what is said here, in its other form.
            let shown = shown_name(&folder, &path);
            if path.exists() {
                let found = "this file is still in the round's folder";
                let remedy = "delete it, or move it out of returns/, then run the command again";
                return Err(Failure::one(Code::FileUnreadable, Path::new(&shown), found, remedy));
            }
            shown
        }
    };
    let path = folder.returns_log();
    let log = if path.is_file() { disk::read_text(&path)? } else { String::new() };
    let (kept, lines) = export::csv::log_without(&log, &name);
    if lines == 0 {
        let found = "no return of this name is in returns-log.csv";
        let remedy = "write its name as the log has it, as in returns/police.xlsx";
        return Err(Failure::one(Code::FileUnreadable, &path, found, remedy));
    }
    let cache = disk::remove_folder(&folder.cache())?;
    let (mut removed, mut left) = (Vec::new(), Vec::new());
    for outputs in [folder.report(), folder.queries()] {
        let cleared = disk::remove_outputs(&outputs)?;
        removed.extend(cleared.removed);
        left.extend(cleared.left);
    }
    disk::write(&path, kept.as_bytes())?;
    Ok(said(&folder, &name, lines, cache, removed.len(), &left))
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

fn said(folder: &Folder, name: &str, lines: usize, cache: bool, removed: usize, left: &[std::path::PathBuf]) -> Said {
    let mut text = format!(
        "Forgotten: {name}. {} of the log taken out; what was kept of returns {}; {} removed, to be made again.\n",
        words::capitalised(&words::count(lines, "line")),
        if cache { "cleared" } else { "was clear already" },
        words::count(removed, "output")
    );
    let finding = |path: &std::path::PathBuf| {
        let found = "somebody changed this output, so it was left; it may hold what the return said";
        let place = Place::file(folder.name_of(path));
        Diagnostic::new(Code::OutputChanged, place, found, "", "look into it, and delete it if it does")
    };
    let mut findings: Vec<Diagnostic> = left.iter().map(finding).collect();
    // What people wrote or wanted kept is theirs to look into.
    let kept = [folder.choices(), folder.kept()].into_iter().filter(|path| path.exists()).map(|path| {
        let found = "this was made from answers and is kept; it may hold what the return said";
        let place = Place::file(folder.name_of(&path));
        Diagnostic::new(Code::OutputChanged, place, found, "", "look into it, and take out what is from the return")
    });
    findings.extend(kept);
    text.push_str(&say::findings(&findings, ""));
    let _ = writeln!(
        text,
        "\nNot in jtai's hands: copies of outputs elsewhere, and messages that were sent.\nNext: jtai report {}",
        say::typed(folder.root())
    );
    let json = serde_json::json!({
        "file": name, "log_lines": lines, "outputs_removed": removed, "findings": say::findings_json(&findings),
    });
    Said { text, json, outcome: Outcome::of(&findings) }
}
