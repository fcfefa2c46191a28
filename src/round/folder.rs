//! The paths of files in a round's folder. Nothing here touches the disk.

use crate::core::ids::AgencyId;
use std::path::{Path, PathBuf};

/// What follows the agency's id in the name of an issued workbook, before the number of the issue and the ending.
const ISSUED_SUFFIX: &str = " self-assessment";

/// The name of the file with the officer's choices.
pub const CHOICES_FILE: &str = "choices.xlsx";

/// The name of the list of agencies.
pub const AGENCIES_FILE: &str = "agencies.xlsx";

/// The name of the settings.
pub const ROUND_FILE: &str = "round.toml";

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

    /// Theme, partnership, dates, marking.
    pub fn round_toml(&self) -> PathBuf {
        self.root.join(ROUND_FILE)
    }

    /// The list of agencies, which is the officer's.
    pub fn agencies(&self) -> PathBuf {
        self.root.join(AGENCIES_FILE)
    }

    /// The theme as issued, frozen with its fingerprint.
    pub fn theme_toml(&self) -> PathBuf {
        self.root.join("theme.toml")
    }

    /// The workbooks that go out.
    pub fn issued(&self) -> PathBuf {
        self.root.join("issued")
    }

    /// What people did and decided. Files are only ever added.
    pub fn record(&self) -> PathBuf {
        self.root.join("record")
    }

    /// Where an earlier version noted the workbooks that it issued. They are moved into [`Folder::record`].
    pub fn earlier_record(&self) -> PathBuf {
        self.issued().join("record.json")
    }

    /// The name of one issue of an agency's workbook inside [`Folder::issued`]: `police self-assessment.xlsx`, and from the
    /// second on `police self-assessment 2.xlsx`.
    pub fn workbook_name(agency: &AgencyId, issue: u32) -> String {
        // The first has no number, because nearly every agency only ever has one.
        if issue > 1 {
            format!("{agency}{ISSUED_SUFFIX} {issue}.xlsx")
        } else {
            format!("{agency}{ISSUED_SUFFIX}.xlsx")
        }
    }

    /// What comes back; never modified.
    pub fn returns(&self) -> PathBuf {
        self.root.join("returns")
    }

    /// Where an earlier version noted the files in `returns/`. They are moved into [`Folder::record`].
    pub fn earlier_returns_log(&self) -> PathBuf {
        self.root.join("returns-log.csv")
    }

    /// Workbooks and messages that go back to agencies.
    pub fn queries(&self) -> PathBuf {
        self.root.join("queries")
    }

    /// The officer's choices for the presentation.
    pub fn choices(&self) -> PathBuf {
        self.root.join(CHOICES_FILE)
    }

    /// Workbooks for the challenge meeting, read back from here.
    pub fn challenge(&self) -> PathBuf {
        self.root.join("challenge")
    }

    /// The pages for the scrutineer, which only leaders see.
    pub fn scrutineer_pages(&self) -> PathBuf {
        self.challenge().join("leaders-only")
    }

    /// What agencies answered in the round before, in a round that goes on from one.
    pub fn previous_answers(&self) -> PathBuf {
        self.root.join("previous").join("answers.json")
    }

    /// Fresh workbooks with answers copied from damaged files.
    pub fn repaired(&self) -> PathBuf {
        self.root.join("repaired")
    }

    /// What agencies get back after challenge: a paper and a message each.
    pub fn feedback(&self) -> PathBuf {
        self.root.join("feedback")
    }

    /// Presentations that were kept under a name.
    pub fn kept(&self) -> PathBuf {
        self.root.join("kept")
    }

    /// The cache, the lock and notes of what was last shown. It can be deleted without losing anything of the round.
    pub fn cache(&self) -> PathBuf {
        self.root.join(".jtai")
    }

    /// Everything that `report` writes.
    pub fn report(&self) -> PathBuf {
        self.root.join("report")
    }

    /// The description of the report's data, which also tells which presentation was made.
    pub fn report_schema(&self) -> PathBuf {
        self.report().join("data").join("schema.json")
    }

    /// A file's name in messages and data: relative to the round's folder, with `/` between folders. A file outside it has its whole path.
    pub fn name_of(&self, path: &Path) -> String {
        let Ok(relative) = path.strip_prefix(&self.root) else { return path.display().to_string() };
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }
}
