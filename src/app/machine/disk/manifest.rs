//! The manifest of a folder of outputs: which files jtai wrote, each with its hash.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::core::finding::{Code, Finding, Place};
use crate::core::names::RelativeName;
use crate::core::quoting::quote;

/// The name of the manifest, in each folder of outputs.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The manifest of a folder.
#[derive(Debug, Clone, Default)]
pub(super) struct Manifest {
    /// SHA-256 of each file as it was written, by its name in the folder.
    pub(super) files: BTreeMap<RelativeName, String>,
    /// The same of the run before, while a set is being replaced; empty otherwise.
    pub(super) before: BTreeMap<RelativeName, String>,
    /// Whether files are being put in their places one after the other; a stop leaves it so.
    pub(super) is_replacing: bool,
}

/// A manifest as text.
#[derive(Debug, Default, Serialize, Deserialize)]
struct ManifestText {
    format: u32,
    note: String,
    files: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    before: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_replacing: bool,
}

impl Manifest {
    /// Whether jtai wrote these bytes under this name.
    pub(super) fn wrote(&self, name: &RelativeName, hash: &str) -> bool {
        [&self.files, &self.before].iter().any(|files| files.get(name).is_some_and(|known| known == hash))
    }

    /// Every file that may be in the folder.
    pub(super) fn last_written(&self) -> BTreeMap<RelativeName, String> {
        let mut known = self.before.clone();
        known.extend(self.files.clone());
        known
    }

    pub(super) fn text(&self) -> String {
        let plain = |files: &BTreeMap<RelativeName, String>| {
            files.iter().map(|(name, hash)| (name.to_string(), hash.clone())).collect()
        };
        let text = ManifestText {
            format: 1,
            note: "SHA-256 of each file as jtai wrote it; a file changed since is never overwritten".into(),
            files: plain(&self.files),
            before: plain(&self.before),
            is_replacing: self.is_replacing,
        };
        serde_json::to_string_pretty(&text).expect("texts and a number are JSON") + "\n"
    }
}

/// The files that an earlier run wrote. Without a readable manifest there are none, so that every file counts as a person's and is left
/// alone. A name that leads out of the folder was not written by jtai: it is ignored, with a finding.
pub(super) fn read_manifest(folder: &Path) -> (Manifest, Vec<Finding>) {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let text: ManifestText = serde_json::from_str(&text).unwrap_or_default();
    let mut findings = Vec::new();
    let mut checked = |files: BTreeMap<String, String>| {
        let mut names = BTreeMap::new();
        for (name, hash) in files {
            match RelativeName::new(&name) {
                Ok(name) => _ = names.insert(name, hash),
                // The manifest says which files may be removed. A name that led out of the folder once deleted a return.
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
    let (files, before) = (checked(text.files), checked(text.before));
    // Earlier versions had no `is_replacing`: their manifest had `before` only while files were being replaced.
    let is_replacing = text.is_replacing || !before.is_empty();
    let manifest = Manifest { files, before, is_replacing };
    (manifest, findings)
}
