//! Where things lie in a round's folder. Paths only; nothing here looks at the disk.

use std::path::{Path, PathBuf};

use super::AgencyId;

/// What follows the agency's id in the name of an issued workbook.
pub const ISSUED_SUFFIX: &str = " self-assessment.xlsx";

/// The folder of one round.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The round in this folder.
    pub fn new(root: impl Into<PathBuf>) -> Folder {
        Folder { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Theme, partnership, agencies, dates, marking.
    pub fn round_toml(&self) -> PathBuf {
        self.root.join("round.toml")
    }

    /// The theme as issued, frozen with its fingerprint.
    pub fn theme_toml(&self) -> PathBuf {
        self.root.join("theme.toml")
    }

    /// The workbooks that go out.
    pub fn issued(&self) -> PathBuf {
        self.root.join("issued")
    }

    /// The name of one agency's workbook inside [`Folder::issued`].
    pub fn workbook_name(agency: &AgencyId) -> String {
        format!("{agency}{ISSUED_SUFFIX}")
    }

    /// What comes back; never modified.
    pub fn returns(&self) -> PathBuf {
        self.root.join("returns")
    }

    /// When each file in `returns/` was first seen, with its hash; only ever added to.
    pub fn returns_log(&self) -> PathBuf {
        self.root.join("returns-log.csv")
    }

    /// Everything that `report` writes.
    pub fn report(&self) -> PathBuf {
        self.root.join("report")
    }

    /// A file's name in messages and data: relative to the round's folder, with `/` between folders.
    pub fn name_of(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }
}
