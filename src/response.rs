//! What one return said: plain data, with the cell that each answer stands in.

use crate::core::ids::{AgencyId, CriterionId};
use crate::form::TextKind;
use jiff::civil::Date;

/// Red, Amber or Green, in that order: Red is the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Not done, or weak enough to leave children at risk.
    Red,
    /// Done in part, or its difference cannot yet be shown.
    Amber,
    /// Done consistently, with evidence and a difference to show.
    Green,
}

impl Rating {
    /// The ratings in their fixed order.
    pub const ALL: [Rating; 3] = [Rating::Red, Rating::Amber, Rating::Green];

    /// The word in data: `red`, `amber` or `green`.
    pub fn key(self) -> &'static str {
        match self {
            Rating::Red => "red",
            Rating::Amber => "amber",
            Rating::Green => "green",
        }
    }

    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Rating::Red => "Red",
            Rating::Amber => "Amber",
            Rating::Green => "Green",
        }
    }

    /// The letter in charts.
    pub fn letter(self) -> &'static str {
        match self {
            Rating::Red => "R",
            Rating::Amber => "A",
            Rating::Green => "G",
        }
    }

    /// The rating with this key.
    pub fn from_key(key: &str) -> Option<Rating> {
        Rating::ALL.into_iter().find(|rating| rating.key() == key)
    }
}

/// What stands in a rating cell of a return. That there is no return is not one of these: see [`crate::ratings::State`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfRating {
    /// A rating.
    Rated(Rating),
    /// The agency says that the statement does not apply to it.
    NotApplicable,
    /// Nothing is written.
    Blank,
    /// Something is written that is no rating.
    Unreadable,
}

/// The texts beside a rating, each as written and empty where nothing is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// What is working well.
    pub working_well: String,
    /// What the agency is worried about.
    pub worried_about: String,
    /// What needs to happen.
    pub needs_to_happen: String,
    /// The role that will lead.
    pub action_lead: String,
    /// By when: a date as `2027-01-31` where the cell holds one, else as written.
    pub action_due: String,
    /// The evidence and where it is kept.
    pub evidence: String,
    /// Why the statement does not apply.
    pub not_applicable_reason: String,
}

impl Texts {
    /// One of the texts.
    pub fn get(&self, kind: TextKind) -> &str {
        match kind {
            TextKind::WorkingWell => &self.working_well,
            TextKind::WorriedAbout => &self.worried_about,
            TextKind::NeedsToHappen => &self.needs_to_happen,
            TextKind::ActionLead => &self.action_lead,
            TextKind::ActionDue => &self.action_due,
            TextKind::Evidence => &self.evidence,
            TextKind::NotApplicableReason => &self.not_applicable_reason,
        }
    }

    /// One of the texts, to be written.
    pub fn get_mut(&mut self, kind: TextKind) -> &mut String {
        match kind {
            TextKind::WorkingWell => &mut self.working_well,
            TextKind::WorriedAbout => &mut self.worried_about,
            TextKind::NeedsToHappen => &mut self.needs_to_happen,
            TextKind::ActionLead => &mut self.action_lead,
            TextKind::ActionDue => &mut self.action_due,
            TextKind::Evidence => &mut self.evidence,
            TextKind::NotApplicableReason => &mut self.not_applicable_reason,
        }
    }

    /// Whether anything at all is written.
    pub fn is_empty(&self) -> bool {
        *self == Texts::default()
    }
}

/// One row of a return.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The statement it answers.
    pub criterion: CriterionId,
    /// The rating.
    pub rating: SelfRating,
    /// What stands in the rating cell, to the letter.
    pub as_written: String,
    /// The texts beside it.
    pub texts: Texts,
    /// The sheet it stands in.
    pub sheet: String,
    /// The cell of the rating, as in `D7`.
    pub cell: String,
}

/// The file that a return came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFile {
    /// Relative to the round's folder, with `/` between folders.
    pub name: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// When the file was last changed on disk, in seconds since 1970 in UTC; `None` where the system does not say.
    pub changed: Option<i64>,
    /// How large it is, in bytes.
    pub bytes: usize,
}

/// What one return said.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The agency whose return it is.
    pub agency: AgencyId,
    /// The file it came in.
    pub file: ReturnFile,
    /// When the document says it was last saved, as in `2026-12-03T10:15:00Z`; `None` where it does not say.
    pub saved: Option<String>,
    /// Who completed it; empty when not stated.
    pub completed_by: String,
    /// Who approved it; empty when not stated.
    pub approved_by: String,
    /// When it was approved; `None` when not stated or not a date.
    pub approved_on: Option<Date>,
    /// Where the name and the date of the approval stand, as sheet and cell.
    pub approval_cells: Vec<(String, String)>,
    /// Whether it is a workbook with questions on an earlier return, sent back.
    pub answers_questions: bool,
    /// The letters of the column that each text stands in, as in `G`; empty where the return has no such column.
    pub columns: Texts,
    /// The answers, one a statement asked that has a row, in the order of the theme.
    pub answers: Vec<Answer>,
}

impl Response {
    /// Whether somebody's approval is recorded, with a date.
    pub fn is_approval_recorded(&self) -> bool {
        !self.approved_by.is_empty() && self.approved_on.is_some()
    }

    /// The answer to a statement; `None` when the return has no row for it.
    pub fn answer(&self, criterion: &CriterionId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.criterion == *criterion)
    }
}

/// The cell in the row of another one, in a column of these letters: `G7` for `D7` and `G`; empty where either is unknown.
pub fn cell_beside(cell: &str, letters: &str) -> String {
    let row = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if letters.is_empty() || row.is_empty() { String::new() } else { format!("{letters}{row}") }
}
