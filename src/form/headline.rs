//! An agency's own headlines (sheet `In short`): their kinds and columns, and the slot of each line.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a headline is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HeadlineKind {
    /// What is working well.
    WorkingWell,
    /// What the agency is worried about.
    WorriedAbout,
    /// What needs to happen.
    NeedsToHappen,
    /// What children and families tell the agency.
    ChildrenAndFamilies,
}

impl HeadlineKind {
    /// Every kind, in the default order of the sheet.
    pub const ALL: [HeadlineKind; 4] = [
        HeadlineKind::WorkingWell,
        HeadlineKind::WorriedAbout,
        HeadlineKind::NeedsToHappen,
        HeadlineKind::ChildrenAndFamilies,
    ];

    /// The word in data and in the record. It never changes.
    pub fn key(self) -> &'static str {
        match self {
            HeadlineKind::WorkingWell => "working_well",
            HeadlineKind::WorriedAbout => "worried_about",
            HeadlineKind::NeedsToHappen => "needs_to_happen",
            HeadlineKind::ChildrenAndFamilies => "children_and_families",
        }
    }

    /// How many lines of the kind the sheet has room for. An agency that adds more is read all the same.
    pub fn lines(self) -> u32 {
        match self {
            HeadlineKind::WorkingWell | HeadlineKind::WorriedAbout | HeadlineKind::NeedsToHappen => 3,
            HeadlineKind::ChildrenAndFamilies => 2,
        }
    }

    /// Whether a line of the kind shortens what is written beside a statement. What children and families say may belong to no statement.
    pub fn is_of_statement(self) -> bool {
        self != HeadlineKind::ChildrenAndFamilies
    }
}

/// A column of the table of headlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HeadlineColumn {
    /// What the line is about.
    Kind,
    /// The statement that it shortens.
    Ref,
    /// The line.
    Line,
}

impl HeadlineColumn {
    /// Every column, in the order of the sheet.
    pub const ALL: [HeadlineColumn; 3] = [HeadlineColumn::Kind, HeadlineColumn::Ref, HeadlineColumn::Line];

    /// The column's name in references. It never changes, because references are hashes over it.
    pub fn key(self) -> &'static str {
        match self {
            HeadlineColumn::Kind => "headline_kind",
            HeadlineColumn::Ref => "headline_ref",
            HeadlineColumn::Line => "headline_line",
        }
    }
}

/// The place of a headline: its kind, and whether it is the first, the second or a later line of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HeadlineSlot {
    /// Its kind.
    pub kind: HeadlineKind,
    /// Its number within the kind, from 1.
    pub number: u32,
}

impl HeadlineSlot {
    /// The slots of a kind that the sheet has room for.
    pub fn of_kind(kind: HeadlineKind) -> impl Iterator<Item = HeadlineSlot> {
        (1..=kind.lines()).map(move |number| HeadlineSlot { kind, number })
    }
}

impl fmt::Display for HeadlineSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.key(), self.number)
    }
}

impl From<HeadlineSlot> for String {
    fn from(slot: HeadlineSlot) -> String {
        slot.to_string()
    }
}

impl TryFrom<String> for HeadlineSlot {
    type Error = String;

    fn try_from(text: String) -> Result<HeadlineSlot, String> {
        let slot = || {
            let (kind, number) = text.split_once(' ')?;
            let kind = HeadlineKind::ALL.into_iter().find(|known| known.key() == kind)?;
            Some(HeadlineSlot { kind, number: number.parse().ok()? })
        };
        slot().ok_or_else(|| format!("{text:?} is not the name of a line in short"))
    }
}

/// A cell of the table of headlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HeadlineCell {
    /// Its line.
    pub slot: HeadlineSlot,
    /// Its column.
    pub column: HeadlineColumn,
}
