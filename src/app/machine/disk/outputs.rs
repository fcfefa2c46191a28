//! Sets of outputs, written together. A file that a person changed is never replaced: the new one goes beside it.
//!
//! Where the system can exchange two folders in one step, the folder always has either the whole old set or the whole new one. Elsewhere
//! the new files are prepared in a sub-folder, the manifest says so, and they replace the old ones one after the other. If the program is
//! stopped in between, the next command does the rest ([`finish`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::exchange;
use super::files::{
    check_no_link, check_replaceable, fault, files_under, inside, is_leftover, make_folder, write, write_synced,
};
use super::manifest::{MANIFEST, Manifest, read_manifest};
use crate::app::failure::Failure;
use crate::core::finding::{Code, Finding, Place};
use crate::core::hash::sha256_hex;
use crate::core::names::RelativeName;
use crate::core::quoting::quote;
/// The sub-folder in which new files are prepared.
const READY: &str = ".jtai-ready";

/// Files that are written together: all of them or none.
#[derive(Debug)]
pub(crate) struct OutputSet {
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    clears_others: bool,
    /// Whether two folders can be exchanged in one step here.
    exchanges: bool,
}

/// The result of writing a set.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct WrittenOutputs {
    /// The files that were written or replaced, by their names in the folder.
    pub new: Vec<String>,
    /// The files that were there already with the same bytes.
    pub unchanged: Vec<String>,
    /// The name each file was written under, keyed by the name it was meant to have. They differ if a person had changed the file.
    pub names: BTreeMap<String, String>,
    /// What the officer should know.
    pub findings: Vec<Finding>,
}

impl WrittenOutputs {
    /// The name that a file was written under.
    pub(crate) fn name_of(&self, wanted: &str) -> String {
        self.names.get(wanted).cloned().unwrap_or_else(|| wanted.to_string())
    }
}

impl OutputSet {
    /// A whole set: files of an earlier run that are no longer part of it are removed, unless somebody changed them.
    pub(crate) fn whole(folder: PathBuf) -> OutputSet {
        OutputSet { folder, files: BTreeMap::new(), clears_others: true, exchanges: exchange::IS_KNOWN }
    }

    /// A part of a set: other files of the folder stay.
    pub(crate) fn part(folder: PathBuf) -> OutputSet {
        OutputSet { clears_others: false, ..OutputSet::whole(folder) }
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
        finish(&self.folder)?;
        clear_leftovers(&self.folder);
        let (before, findings) = read_manifest(&self.folder);
        let mut manifest = Manifest { files: BTreeMap::new(), before: before.last_written(), is_replacing: false };
        if !self.clears_others {
            manifest.files.clone_from(&before.files);
        }
        let mut written = WrittenOutputs { findings, ..WrittenOutputs::default() };
        let mut pending: Vec<(RelativeName, &[u8])> = Vec::new();
        for (wanted, bytes) in &self.files {
            let hash = sha256_hex(bytes);
            let name = self.free_name(&self.checked(wanted)?, &hash, &before, &mut written)?;
            let path = inside(&self.folder, &name)?;
            if hash_of(&path).as_deref() == Some(&hash) {
                written.unchanged.push(name.to_string());
            } else {
                check_replaceable(&path)?;
                pending.push((name.clone(), bytes.as_slice()));
                written.new.push(name.to_string());
            }
            written.names.insert(wanted.clone(), name.to_string());
            manifest.files.insert(name, hash);
        }
        self.replace(&before, manifest, &pending)?;
        Ok(written)
    }

    /// Puts the files in their places: all in one step where the system can, else one after the other.
    fn replace(&self, before: &Manifest, manifest: Manifest, pending: &[(RelativeName, &[u8])]) -> Result<(), Failure> {
        if pending.is_empty() && before.files == manifest.files && !before.is_replacing {
            return Ok(());
        }
        let done = Manifest { before: BTreeMap::new(), ..manifest.clone() };
        if self.exchanges && self.replace_at_once(before, &done, pending).is_ok() {
            return Ok(());
        }
        // The disk may be full, the drive may have no hard links, or the system no exchange. The other way works, or its error says why
        // not.
        remove_beside(&self.folder).map_err(|error| fault(Code::OutputUnwritable, &self.folder, &error))?;
        self.replace_in_turn(before, &manifest, pending)
    }

    /// Makes the whole folder ready beside itself and exchanges the two.
    fn replace_at_once(&self, before: &Manifest, now: &Manifest, pending: &[(RelativeName, &[u8])]) -> io::Result<()> {
        let mut but: BTreeSet<PathBuf> = pending.iter().map(|(name, _)| name.path_in(&self.folder)).collect();
        but.insert(self.folder.join(MANIFEST));
        but.extend(self.stale(before, now));
        let ready = exchange::make_ready(&self.folder, &but)?;
        let manifest = now.text();
        let files = pending.iter().map(|(name, bytes)| (name.path_in(&ready), *bytes));
        write_synced(files.chain([(ready.join(MANIFEST), manifest.as_bytes())])).map_err(|(_, error)| error)?;
        exchange::exchange(&ready, &self.folder)?;
        // The old contents are in the folder beside it now. If they cannot be removed, the next command does it.
        let _ = remove_beside(&self.folder);
        Ok(())
    }

    /// Prepares the new files inside the folder, says so in the manifest, and puts them in their places. Meanwhile the manifest has the
    /// hashes of both sets: if the program is stopped, no file is taken for one that a person changed.
    fn replace_in_turn(
        &self,
        before: &Manifest,
        now: &Manifest,
        pending: &[(RelativeName, &[u8])],
    ) -> Result<(), Failure> {
        let path = self.folder.join(MANIFEST);
        let ready = self.folder.join(READY);
        write_synced(pending.iter().map(|(name, bytes)| (name.path_in(&ready), *bytes))).map_err(|(path, error)| {
            let _ = fs::remove_dir_all(&ready);
            fault(Code::OutputUnwritable, &path, &error)
        })?;
        let begun = Manifest { is_replacing: true, ..now.clone() };
        write(&path, begun.text().as_bytes())?;
        let names: Vec<&RelativeName> = pending.iter().map(|(name, _)| name).collect();
        if let Err(failure) = put_in_place(&self.folder, &names) {
            write(&path, before.text().as_bytes())?;
            let _ = fs::remove_dir_all(&ready);
            return Err(failure);
        }
        // A file that cannot be removed is out of date, but does no harm: the manifest no longer names it.
        self.stale(before, now).into_iter().for_each(|stale| _ = fs::remove_file(stale));
        end(&self.folder, now)
    }

    /// The name of an output, checked: it is made from ids that people write in theme files and lists.
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
        let Some(standing) = hash_of(&path) else {
            // Either nothing is there, or it cannot be read, as a folder or a locked file: then this refuses.
            check_replaceable(&path)?;
            return Ok(name.clone());
        };
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

    /// The files of an earlier run that the set no longer has, and that nobody changed.
    fn stale(&self, before: &Manifest, now: &Manifest) -> Vec<PathBuf> {
        if !self.clears_others {
            return Vec::new();
        }
        stale(&self.folder, before, now)
    }
}

fn stale(folder: &Path, before: &Manifest, now: &Manifest) -> Vec<PathBuf> {
    let known = before.last_written();
    let gone = known.keys().filter(|name| !now.files.contains_key(*name));
    let is_ours = |(name, path): &(&RelativeName, PathBuf)| hash_of(path).is_some_and(|hash| before.wrote(name, &hash));
    let placed = gone.filter_map(|name| Some((name, inside(folder, name).ok()?)));
    placed.filter(is_ours).map(|(_, path)| path).collect()
}

/// Removes the folder beside one: a new set that was not finished, or the old set after an exchange. Only a whole set has a manifest, which
/// is written last. From a whole set, files that somebody saved at the moment of the exchange are taken over first.
fn remove_beside(folder: &Path) -> io::Result<()> {
    let old = exchange::ready_beside(folder);
    if check_no_link(&old).is_err() || !old.is_dir() {
        return Ok(());
    }
    if !old.join(MANIFEST).is_file() || !folder.is_dir() {
        return exchange::remove(&old);
    }
    let (manifest, _) = read_manifest(&old);
    for found in files_under(&old).0 {
        let Ok(name) = found.path.strip_prefix(&old) else { continue };
        let (here, hash) = (folder.join(name), hash_of(&found.path));
        let known = RelativeName::new(&name.to_string_lossy().replace('\\', "/")).ok();
        let is_ours = known.is_some_and(|known| {
            known.as_str() == MANIFEST || hash.as_ref().is_some_and(|hash| manifest.wrote(&known, hash))
        });
        let is_here = exchange::is_one_file(&found.path, &here) || (hash.is_some() && hash == hash_of(&here));
        if is_ours || is_here || is_leftover(&found.path) {
            continue;
        }
        let mut free = name.to_string_lossy().into_owned();
        while folder.join(&free).exists() {
            free = beside(&free);
        }
        fs::create_dir_all(folder.join(&free).parent().unwrap_or(folder))?;
        fs::rename(&found.path, folder.join(&free))?;
    }
    exchange::remove(&old)
}

/// Ends a replacement one by one: the manifest has the new set only, and the prepared files are removed.
fn end(folder: &Path, now: &Manifest) -> Result<(), Failure> {
    let done = Manifest { before: BTreeMap::new(), is_replacing: false, ..now.clone() };
    write(&folder.join(MANIFEST), done.text().as_bytes())?;
    // If the empty folder cannot be removed, the next command does it.
    let _ = fs::remove_dir_all(folder.join(READY));
    Ok(())
}

/// Whether a command was stopped while it wrote a folder of outputs.
pub(crate) fn is_begun(folder: &Path) -> bool {
    let beside = [exchange::ready_beside(folder), folder.join(READY)];
    beside.iter().any(|path| path.exists()) || read_manifest(folder).0.is_replacing
}

/// Finishes what a stopped command had begun in a folder of outputs, and reports it. If it had not yet begun to replace files, what it had
/// prepared is removed.
///
/// # Errors
///
/// When a file cannot be put in its place.
pub(crate) fn finish(folder: &Path) -> Result<Option<Finding>, Failure> {
    if check_no_link(folder).is_err() {
        return Ok(None);
    }
    remove_beside(folder).map_err(|error| fault(Code::OutputUnwritable, folder, &error))?;
    if !folder.is_dir() || check_no_link(&folder.join(READY)).is_err() {
        return Ok(None);
    }
    let ready = folder.join(READY);
    let (manifest, _) = read_manifest(folder);
    if !manifest.is_replacing {
        // A folder that cannot be removed is looked at again by the next command.
        let _ = fs::remove_dir_all(ready);
        return Ok(None);
    }
    let is_ready = |(name, hash): &(&RelativeName, &String)| {
        let standing = inside(folder, name).ok().and_then(|path| hash_of(&path));
        let is_ours = standing.is_none_or(|standing| manifest.wrote(name, &standing));
        is_ours && inside(&ready, name).ok().and_then(|path| hash_of(&path)).as_ref() == Some(hash)
    };
    let names: Vec<&RelativeName> = manifest.files.iter().filter(is_ready).map(|(name, _)| name).collect();
    put_in_place(folder, &names)?;
    let now = Manifest { files: manifest.files.clone(), before: BTreeMap::new(), is_replacing: false };
    stale(folder, &manifest, &now).into_iter().for_each(|stale| _ = fs::remove_file(stale));
    end(folder, &now)?;
    let found = "an earlier command was stopped while it replaced files here; they are all in their places now";
    Ok(Some(Finding::new(Code::OutputFinished, Place::file(folder.display().to_string()), found, "", "")))
}

/// The result of removing the outputs of a folder.
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

/// The SHA-256 of each output as jtai last wrote it, even if somebody has changed or moved the file since.
#[derive(Debug)]
pub(crate) struct LastHashes(BTreeMap<RelativeName, String>);

impl LastHashes {
    /// The hash of the output with this name, or of the one beside it if somebody had changed the file; `None` if the last run did not
    /// write it.
    pub(crate) fn hash_of(&self, name: &str) -> Option<&str> {
        let own = |name: &str| self.0.get(&RelativeName::new(name).ok()?).map(String::as_str);
        own(&beside(name)).or_else(|| own(name))
    }
}

/// The hashes of what the last run wrote into a folder of outputs.
pub(crate) fn last_hashes(folder: &Path) -> LastHashes {
    LastHashes(read_manifest(folder).0.files)
}

/// The file that was written last under a name, or beside it if somebody had changed it.
pub(crate) fn written_last(folder: &Path, name: &str) -> PathBuf {
    let beside = beside(name);
    if folder.join(&beside).is_file() { written_last(folder, &beside) } else { folder.join(name) }
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

/// Puts prepared files in their places. If one fails, those before it are put back as they were.
fn put_in_place(folder: &Path, names: &[&RelativeName]) -> Result<(), Failure> {
    let mut done: Vec<(&RelativeName, PathBuf, Option<Vec<u8>>)> = Vec::new();
    for name in names {
        let path = inside(folder, name)?;
        let before = fs::read(&path).ok();
        let put = || {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::rename(name.path_in(&folder.join(READY)), &path)
        };
        if let Err(error) = put() {
            for (name, path, before) in done.into_iter().rev() {
                // Best effort: the failure that is reported is the first one. What was ready is ready again, for the next command.
                let _ = fs::rename(&path, name.path_in(&folder.join(READY)));
                let _ = match before {
                    Some(bytes) => write(&path, &bytes).map_err(drop),
                    None => fs::remove_file(&path).map_err(drop),
                };
            }
            return Err(fault(Code::OutputUnwritable, &path, &error));
        }
        done.push((name, path, before));
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
    use super::super::files::write_new;
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

    /// A stop at any point of the slower way: before the manifest says so nothing has happened, and after that all of it does.
    #[test]
    fn what_was_begun_is_finished_and_what_was_not_is_cleared_away() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        let names = ["a.csv", "b/c.csv"].map(|name| RelativeName::new(name).expect("a name"));
        set(folder.path(), &[("a.csv", "one"), ("old.csv", "one")]).expect("written");
        let ready = |name: &RelativeName| write_new(&at(READY).join(name.as_str()), b"two").expect("made ready");
        names.iter().for_each(ready);
        assert_eq!(finish(folder.path()).expect("cleared"), None);
        assert_eq!(
            (text(at("a.csv")), text(at("b/c.csv")), at(READY).exists()),
            ("one".into(), "(absent)".into(), false)
        );

        names.iter().for_each(ready);
        let (before, _) = read_manifest(folder.path());
        let files = names.iter().map(|name| (name.clone(), sha256_hex(b"two"))).collect();
        let begun = Manifest { files, before: before.files, is_replacing: true };
        write(&at(MANIFEST), begun.text().as_bytes()).expect("said");
        put_in_place(folder.path(), &[&names[0]]).expect("the first of two");
        let finding = finish(folder.path()).expect("finished").expect("said so");
        assert_eq!(finding.code, Code::OutputFinished);
        assert_eq!((text(at("a.csv")), text(at("b/c.csv"))), ("two".into(), "two".into()));
        assert_eq!((text(at("old.csv")), at(READY).exists()), ("(absent)".into(), false));
        assert_eq!(finish(folder.path()).expect("nothing to do"), None);
    }

    /// What a person saves in the moment in which two folders change places is in the old one, and is not removed with it.
    #[cfg(unix)]
    #[test]
    fn what_was_saved_into_the_old_folder_is_taken_over() {
        let round = tempfile::tempdir().expect("a temporary folder");
        let folder = round.path().join("report");
        let at = |name: &str| folder.join(name);
        set(&folder, &[("a.csv", "one"), ("b.csv", "one")]).expect("written");
        fs::write(at("mine.txt"), "mine").expect("a person's");
        let old = exchange::make_ready(&folder, &BTreeSet::new()).expect("ready");
        fs::write(at("mine (new).txt"), "older").expect("a person's");
        fs::remove_file(old.join("mine.txt")).expect("removed");
        fs::write(old.join("mine.txt"), "mine, saved again").expect("as programs save: another file of the name");
        fs::write(old.join("notes.txt"), "new").expect("a person's");
        fs::write(at("a.csv"), "two").expect("ours");
        remove_beside(&folder).expect("removed");
        assert_eq!((text(at("mine (new).txt")), text(at("mine.txt"))), ("older".into(), "mine".into()));
        assert_eq!(text(at("mine (new) (new).txt")), "mine, saved again");
        assert_eq!((text(at("notes.txt")), text(at("a.csv"))), ("new".into(), "two".into()));
        assert!(!exchange::ready_beside(&folder).exists());
    }

    #[test]
    fn the_way_without_an_exchange_gives_the_same_folder() {
        let folders =
            [tempfile::tempdir().expect("a temporary folder"), tempfile::tempdir().expect("a temporary folder")];
        let write_both = |files: &[(&str, &str)]| {
            for (at, folder) in folders.iter().enumerate() {
                let mut set = OutputSet::whole(folder.path().to_path_buf());
                set.exchanges = at == 0;
                files.iter().for_each(|(name, text)| set.add(*name, *text));
                set.write().expect("written");
            }
        };
        write_both(&[("a.csv", "one"), ("b/old.csv", "one")]);
        folders.iter().for_each(|folder| fs::write(folder.path().join("mine.txt"), "mine").expect("a person's"));
        write_both(&[("a.csv", "two"), ("c/new.csv", "two")]);
        let tree = |folder: &Path| -> Vec<(PathBuf, String)> {
            let files = files_under(folder).0.into_iter();
            files
                .map(|found| (found.path.strip_prefix(folder).expect("in it").to_path_buf(), text(found.path.clone())))
                .collect()
        };
        assert_eq!(tree(folders[0].path()), tree(folders[1].path()));
        assert_eq!(tree(folders[0].path()).len(), 4);
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
