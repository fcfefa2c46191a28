//! Sets of outputs. An output is whole or absent; what a person changed since is left, and the new one goes beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::TempPath;

use super::files::{
    check_no_link, check_replaceable, fault, files_under, inside, is_leftover, make_folder, write, write_part,
};
use crate::app::failure::Failure;
use crate::core::finding::{Code, Finding, Place};
use crate::core::hash::sha256_hex;
use crate::core::names::RelativeName;
use crate::core::quoting::quote;

/// The record of what was written, in each folder of outputs.
const MANIFEST: &str = "manifest.json";

/// Files that are written together: all of them or none.
#[derive(Debug)]
pub(crate) struct OutputSet {
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    clears_others: bool,
}

/// What became of a set.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct WrittenOutputs {
    /// The files that were written or replaced, by their names in the folder.
    pub new: Vec<String>,
    /// The files that stood there already with the same bytes.
    pub unchanged: Vec<String>,
    /// The name each file was written under, by the name it was meant to have: a different one where a person had changed the file.
    pub names: BTreeMap<String, String>,
    /// What the officer should know.
    pub findings: Vec<Finding>,
}

impl WrittenOutputs {
    /// The name that a file got.
    pub(crate) fn name_of(&self, wanted: &str) -> String {
        self.names.get(wanted).cloned().unwrap_or_else(|| wanted.to_string())
    }
}

impl OutputSet {
    /// A whole set: files of an earlier run that are no longer part of it are removed, unless somebody changed them.
    pub(crate) fn whole(folder: PathBuf) -> OutputSet {
        OutputSet { folder, files: BTreeMap::new(), clears_others: true }
    }

    /// A part of a set: other files of the folder stay.
    pub(crate) fn part(folder: PathBuf) -> OutputSet {
        OutputSet { folder, files: BTreeMap::new(), clears_others: false }
    }

    /// Adds a file. Its name is relative to the folder, with `/` between folders.
    pub(crate) fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// Writes the set.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or replaced, or a name would lead out of the folder; then nothing was written.
    pub(crate) fn write(self) -> Result<WrittenOutputs, Failure> {
        check_no_link(&self.folder)?;
        make_folder(&self.folder)?;
        clear_leftovers(&self.folder);
        let (before, findings) = read_manifest(&self.folder);
        let mut manifest = Manifest { files: BTreeMap::new(), before: before.last_written() };
        if !self.clears_others {
            manifest.files.clone_from(&before.files);
        }
        let mut written = WrittenOutputs { findings, ..WrittenOutputs::default() };
        let mut pending: Vec<(PathBuf, TempPath)> = Vec::new();
        for (wanted, bytes) in &self.files {
            let hash = sha256_hex(bytes);
            let name = self.free_name(&self.checked(wanted)?, &hash, &before, &mut written)?;
            let path = inside(&self.folder, &name)?;
            if hash_of(&path).as_deref() == Some(&hash) {
                written.unchanged.push(name.to_string());
            } else {
                check_replaceable(&path)?;
                pending.push((path.clone(), write_part(&path, bytes)?));
                written.new.push(name.to_string());
            }
            written.names.insert(wanted.clone(), name.to_string());
            manifest.files.insert(name, hash);
        }
        self.replace(&before, manifest, pending)?;
        Ok(written)
    }

    /// Puts the files in their places. The manifest goes first and holds the hashes of both sets, so that a kill between two
    /// renamings leaves nothing that the next run would take for a person's change; last, it holds the new set alone.
    fn replace(
        &self,
        before: &Manifest,
        mut manifest: Manifest,
        pending: Vec<(PathBuf, TempPath)>,
    ) -> Result<(), Failure> {
        let path = self.folder.join(MANIFEST);
        if pending.is_empty() && before.files == manifest.files && before.before.is_empty() {
            return Ok(());
        }
        write(&path, manifest.text().as_bytes())?;
        if let Err(failure) = replace_all(pending) {
            write(&path, before.text().as_bytes())?;
            return Err(failure);
        }
        if self.clears_others {
            self.clear_stale(before, &manifest);
        }
        manifest.before.clear();
        write(&path, manifest.text().as_bytes())
    }

    /// The name of an output, which is made from ids that people write in theme files and lists.
    fn checked(&self, name: &str) -> Result<RelativeName, Failure> {
        RelativeName::new(name).map_err(|fault| {
            let found = format!("{} cannot be the name of an output: {fault}", quote(name));
            let remedy =
                "give the agency or the area that it is named after a plain id, of letters, digits and hyphens";
            Failure::one(Code::NameUnsafe, &self.folder, found, remedy)
        })
    }

    /// The name to write under: a different one where a person changed the file that is there.
    fn free_name(
        &self,
        name: &RelativeName,
        hash: &str,
        before: &Manifest,
        written: &mut WrittenOutputs,
    ) -> Result<RelativeName, Failure> {
        let path = inside(&self.folder, name)?;
        let Some(standing) = hash_of(&path) else { return Ok(name.clone()) };
        if standing == hash || before.wrote(name, &standing) {
            return Ok(name.clone());
        }
        let beside = self.checked(&beside(name.as_str()))?;
        let found = format!("this file was changed after it was written, so the new one is beside it, as {beside}");
        let place = Place::file(path.display().to_string());
        let remedy = "keep the one you want, and delete or rename the other";
        let finding = Finding::new(Code::OutputChanged, place, found, "", remedy);
        written.findings.push(finding.naming(name.as_str()));
        self.free_name(&beside, hash, before, written)
    }

    fn clear_stale(&self, before: &Manifest, now: &Manifest) {
        for name in before.last_written().keys().filter(|name| !now.files.contains_key(*name)) {
            let Ok(path) = inside(&self.folder, name) else { continue };
            if hash_of(&path).is_some_and(|hash| before.wrote(name, &hash)) {
                // A file that cannot be removed is only out of date; the manifest no longer names it.
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// What became of a folder of outputs.
#[derive(Debug, Default)]
pub(crate) struct RemovedOutputs {
    /// The files that were removed.
    pub removed: Vec<PathBuf>,
    /// The files that somebody changed, and that were left.
    pub left: Vec<PathBuf>,
}

/// Removes the outputs of a folder as they were written, and its manifest; what somebody changed stays.
///
/// # Errors
///
/// When the folder is a link, or one of its outputs cannot be removed.
pub(crate) fn remove_outputs(folder: &Path) -> Result<RemovedOutputs, Failure> {
    check_no_link(folder)?;
    let (manifest, _) = read_manifest(folder);
    let mut cleared = RemovedOutputs::default();
    for found in files_under(folder).0 {
        let name = found.path.strip_prefix(folder).unwrap_or(&found.path);
        let parts: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = RelativeName::new(&parts.join("/")).ok();
        if name.as_ref().is_some_and(|name| name.as_str() == MANIFEST) {
            continue;
        }
        let is_ours = |name: &RelativeName| hash_of(&found.path).is_some_and(|hash| manifest.wrote(name, &hash));
        if name.as_ref().is_some_and(is_ours) {
            fs::remove_file(&found.path).map_err(|error| fault(Code::OutputUnwritable, &found.path, &error))?;
            cleared.removed.push(found.path);
        } else {
            cleared.left.push(found.path);
        }
    }
    let path = folder.join(MANIFEST);
    if cleared.left.is_empty() && path.is_file() {
        fs::remove_file(&path).map_err(|error| fault(Code::OutputUnwritable, &path, &error))?;
    }
    Ok(cleared)
}

/// `deck.pdf` becomes `deck (new).pdf`.
fn beside(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => format!("{stem} (new).{ending}"),
        _ => format!("{name} (new)"),
    }
}

fn hash_of(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| sha256_hex(&bytes))
}

/// What a folder's manifest holds.
#[derive(Debug, Default)]
struct Manifest {
    /// SHA-256 of each file as it was written, by its name in the folder.
    files: BTreeMap<RelativeName, String>,
    /// The same of the run before, while a set is being replaced; empty otherwise.
    before: BTreeMap<RelativeName, String>,
}

/// A manifest as text.
#[derive(Debug, Default, Serialize, Deserialize)]
struct ManifestText {
    format: u32,
    note: String,
    files: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    before: BTreeMap<String, String>,
}

impl Manifest {
    /// Whether jtai wrote these bytes under this name.
    fn wrote(&self, name: &RelativeName, hash: &str) -> bool {
        [&self.files, &self.before].iter().any(|files| files.get(name).is_some_and(|known| known == hash))
    }

    /// Every file that may be in the folder.
    fn last_written(&self) -> BTreeMap<RelativeName, String> {
        let mut known = self.before.clone();
        known.extend(self.files.clone());
        known
    }

    fn text(&self) -> String {
        let plain = |files: &BTreeMap<RelativeName, String>| {
            files.iter().map(|(name, hash)| (name.to_string(), hash.clone())).collect()
        };
        let text = ManifestText {
            format: 1,
            note: "SHA-256 of each file as jtai wrote it; a file changed since is never overwritten".into(),
            files: plain(&self.files),
            before: plain(&self.before),
        };
        serde_json::to_string_pretty(&text).expect("texts and a number are JSON") + "\n"
    }
}

/// The files that an earlier run wrote. None, and so all are left alone, where there is no manifest or it cannot be read. A name that
/// leads out of the folder was not written by jtai: nothing is done with it, and the officer is told.
fn read_manifest(folder: &Path) -> (Manifest, Vec<Finding>) {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let text: ManifestText = serde_json::from_str(&text).unwrap_or_default();
    let mut findings = Vec::new();
    let mut checked = |files: BTreeMap<String, String>| {
        let mut names = BTreeMap::new();
        for (name, hash) in files {
            match RelativeName::new(&name) {
                Ok(name) => _ = names.insert(name, hash),
                Err(fault) => {
                    let found = format!(
                        "{} is not the name of an output here: {fault}; nothing was done with it",
                        quote(&name)
                    );
                    let remedy = "jtai did not write this name: ask who changed this file";
                    let place = Place::file(path.display().to_string());
                    let expected = "names inside this folder";
                    findings.push(Finding::new(Code::NameUnsafe, place, found, expected, remedy).naming(name));
                }
            }
        }
        names
    };
    let manifest = Manifest { files: checked(text.files), before: checked(text.before) };
    (manifest, findings)
}

/// Puts every file in its place; when one cannot be, those before it go back to what they were.
fn replace_all(pending: Vec<(PathBuf, TempPath)>) -> Result<(), Failure> {
    let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for (path, part) in pending {
        let before = fs::read(&path).ok();
        if let Err(error) = part.persist(&path) {
            for (path, before) in done.into_iter().rev() {
                // Best effort: the failure that is reported is the first one.
                let _ = match before {
                    Some(bytes) => write(&path, &bytes).map_err(drop),
                    None => fs::remove_file(&path).map_err(drop),
                };
            }
            return Err(fault(Code::OutputUnwritable, &path, &error.error));
        }
        done.push((path, before));
    }
    Ok(())
}

/// Removes the temporary files that a killed run left in a folder of outputs.
fn clear_leftovers(folder: &Path) {
    for found in files_under(folder).0 {
        if is_leftover(&found.path) {
            let _ = fs::remove_file(found.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(folder: &Path, files: &[(&str, &str)]) -> Result<WrittenOutputs, Failure> {
        let mut set = OutputSet::whole(folder.to_path_buf());
        for (name, text) in files {
            set.add(*name, *text);
        }
        set.write()
    }

    fn text(path: PathBuf) -> String {
        fs::read_to_string(path).unwrap_or_else(|_| "(absent)".into())
    }

    #[test]
    fn a_file_that_a_person_changed_is_left_and_the_new_one_goes_beside() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        set(folder.path(), &[("a/deck.pdf", "one")]).expect("written");
        assert_eq!(set(folder.path(), &[("a/deck.pdf", "two")]).expect("written").new, ["a/deck.pdf"]);
        fs::write(at("a/deck.pdf"), "mine").expect("changed by a person");
        let written = set(folder.path(), &[("a/deck.pdf", "three")]).expect("written");
        assert_eq!(written.new, ["a/deck (new).pdf"]);
        assert_eq!(written.findings[0].code, Code::OutputChanged);
        assert_eq!((text(at("a/deck.pdf")), text(at("a/deck (new).pdf"))), ("mine".into(), "three".into()));
        set(folder.path(), &[("a/deck.pdf", "four")]).expect("written");
        assert_eq!((text(at("a/deck.pdf")), text(at("a/deck (new).pdf"))), ("mine".into(), "four".into()));
    }

    #[test]
    fn one_file_that_cannot_be_replaced_keeps_the_whole_set_as_it_was() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        set(folder.path(), &[("a.csv", "one"), ("b.csv", "one")]).expect("written");
        let mut permissions = fs::metadata(at("b.csv")).expect("there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(at("b.csv"), permissions).expect("made read-only");
        let failure = set(folder.path(), &[("a.csv", "two"), ("b.csv", "two")]).expect_err("b.csv is read-only");
        assert!(failure.findings[0].found.contains("the file is read-only"), "{failure:?}");
        assert_eq!((text(at("a.csv")), text(at("b.csv"))), ("one".into(), "one".into()));
        let names: Vec<PathBuf> = files_under(folder.path()).0.into_iter().map(|found| found.path).collect();
        assert_eq!(names, [at("a.csv"), at("b.csv"), at(MANIFEST)]);
    }

    #[test]
    fn names_that_lead_out_of_the_folder_are_named_and_touch_nothing() {
        let round = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| round.path().join(name);
        make_folder(&at("returns")).expect("made");
        fs::write(at("returns/x.xlsx"), "a return").expect("written");
        set(&at("report"), &[("a.csv", "one")]).expect("written");
        let print = sha256_hex(b"a return");
        for name in ["../returns/x.xlsx", "a/../../returns/x.xlsx", at("returns/x.xlsx").to_str().expect("UTF-8")] {
            let text = serde_json::json!({ "format": 1, "note": "", "files": { name: print } });
            fs::write(at("report/manifest.json"), text.to_string()).expect("written");
            let written = set(&at("report"), &[("a.csv", "one")]).expect("written");
            assert_eq!(written.findings[0].code, Code::NameUnsafe, "{name}");
            fs::write(at("report/manifest.json"), text.to_string()).expect("written");
            remove_outputs(&at("report")).expect("removed");
            assert_eq!(text_at(&at("returns/x.xlsx")), "a return", "{name}");
        }
        set(&at("report"), &[("../b.csv", "one")]).expect_err("it leads out of the folder");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_or_removed_through_a_link() {
        let round = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| round.path().join(name);
        make_folder(&at("returns")).expect("made");
        fs::write(at("returns/x.xlsx"), "a return").expect("written");
        make_folder(&at("report")).expect("made");
        std::os::unix::fs::symlink(at("returns"), at("report/data")).expect("a link");
        std::os::unix::fs::symlink(at("returns"), at("queries")).expect("a link");
        let text = serde_json::json!({ "format": 1, "note": "", "files": { "data/x.xlsx": sha256_hex(b"a return") } });
        fs::write(at("report/manifest.json"), text.to_string()).expect("written");
        set(&at("report"), &[("a.csv", "one")]).expect("written");
        set(&at("report"), &[("data/x.xlsx", "ours")]).expect_err("a link is on the way");
        set(&at("queries"), &[("x.xlsx", "ours")]).expect_err("the folder is a link");
        remove_outputs(&at("queries")).expect_err("the folder is a link");
        assert_eq!(text_at(&at("returns/x.xlsx")), "a return");
    }

    fn text_at(path: &Path) -> String {
        fs::read_to_string(path).unwrap_or_else(|_| "(absent)".into())
    }

    #[test]
    fn what_is_no_longer_part_of_the_set_goes_and_what_a_kill_left_is_cleared() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        set(folder.path(), &[("old.svg", "x"), ("kept.svg", "x")]).expect("written");
        fs::write(at("kept.svg"), "mine").expect("changed by a person");
        fs::write(at(".jtai-abc.part"), "half").expect("left by a kill");
        let again = set(folder.path(), &[("new.svg", "y")]).expect("written");
        assert_eq!(again.new, ["new.svg"]);
        assert_eq!((text(at("old.svg")), text(at("kept.svg"))), ("(absent)".into(), "mine".into()));
        assert_eq!(text(at(".jtai-abc.part")), "(absent)");
        let same = set(folder.path(), &[("new.svg", "y")]).expect("written");
        assert_eq!((same.new.len(), same.unchanged), (0, vec!["new.svg".to_string()]));
    }
}
