//! What is new since findings were last shown. It is for the screen only, and never part of a report.
//!
//! The hashes of the findings that were shown are in `.jtai/`. If they are lost, every finding counts as new.

use std::collections::HashSet;
use std::path::Path;

use crate::app::machine::disk;
use crate::core::finding::{Finding, Reference};
use crate::intake::decisions::fitting::is_about_own_file;
use crate::round::Folder;

/// The file in `.jtai/` with what was shown last: a hash a line.
const SHOWN: &str = "shown-findings.txt";

/// What is new among findings.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// Whether to list all findings, because none were shown before or all were asked for.
    pub shows_all: bool,
    /// The indices of the new ones in the list of findings.
    pub new: Vec<usize>,
    /// How many of those that were shown last are gone.
    pub closed: usize,
}

/// The file in `.jtai/` with findings about files that jtai wrote: a hash and a sentence on each line. Only the command that wrote the file
/// can notice them, so `explain` has to read them from here.
const OF_OWN_FILES: &str = "findings-of-own-files.txt";

/// Keeps the findings about files that a command wrote, for `explain` and `settle`. After a command that writes only a part of the outputs,
/// those of the last report stay.
pub(super) fn keep_of_own_files(round: &Path, findings: &[Finding], is_whole: bool) {
    let line = |finding: &Finding| {
        let reference = finding.reference.as_ref().filter(|_| is_about_own_file(finding))?;
        let said = format!("{}: {}", finding.place, finding.found);
        let said = if finding.remedy.is_empty() { said } else { format!("{said}; {}", finding.remedy) };
        Some(format!("{} {}\n", reference.hash, said.replace('\n', " ")))
    };
    let path = Folder::new(round).cache().join(OF_OWN_FILES);
    let before = if is_whole { String::new() } else { disk::read_text(&path).unwrap_or_default() };
    let new = findings.iter().filter_map(line).filter(|line| !before.contains(line.as_str()));
    let lines: String = new.collect::<String>() + &before;
    // If it cannot be written, `explain` knows less later. That must not stop the command.
    let _ = disk::make_folder(&Folder::new(round).cache()).and_then(|()| disk::write(&path, lines.as_bytes()));
}

/// The finding about a file that jtai wrote, by its reference, in words.
pub(super) fn said_of_own_file(folder: &Folder, reference: &str) -> Option<String> {
    let text = disk::read_text(&folder.cache().join(OF_OWN_FILES)).ok()?;
    let is_it = |hash: &str| Reference::of_hash(hash).is_some_and(|known| known.is(reference));
    text.lines().filter_map(|line| line.split_once(' ')).find(|(hash, _)| is_it(hash)).map(|(_, said)| said.to_string())
}

/// What is new among the findings of a round. All of them are noted as shown.
pub(super) fn since_last_shown(round: &Path, findings: &[Finding], wants_all: bool) -> News {
    let path = Folder::new(round).cache().join(SHOWN);
    let before = disk::read_text(&path).ok();
    let hash = |finding: &Finding| {
        let reference = finding.reference.as_ref()?;
        // A finding that has been settled since, or replied to, is news again.
        let settled = finding.settled.as_ref().map_or(String::new(), |settled| format!(" {}", settled.decision.key()));
        Some(format!("{}{settled} {}", reference.hash, finding.replied.len()))
    };
    let now: Vec<Option<String>> = findings.iter().map(hash).collect();
    let lines: Vec<&str> = now.iter().flatten().map(String::as_str).collect();
    // If it cannot be written, the same findings are new again next time.
    let _ =
        disk::make_folder(&Folder::new(round).cache()).and_then(|()| disk::write(&path, lines.join("\n").as_bytes()));
    let Some(before) = before else { return News { shows_all: true, ..News::default() } };
    let shown: HashSet<&str> = before.lines().collect();
    // A finding without a reference cannot be recognised, so it always counts as new.
    let is_new = |hash: &Option<String>| hash.as_deref().is_none_or(|hash| !shown.contains(hash));
    let here: HashSet<&str> = lines.iter().copied().collect();
    News {
        shows_all: wants_all,
        new: now.iter().enumerate().filter(|(_, hash)| is_new(hash)).map(|(at, _)| at).collect(),
        closed: shown.iter().filter(|hash| !here.contains(*hash)).count(),
    }
}
