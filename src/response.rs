//! What one return says, as plain data, with the cell of each answer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::core::due::DueDay;
use crate::core::finding::Settlement;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, HeadlineSlot, Rating, StartField, TextKind};

/// What a rating cell of a return says. A missing return is not one of these: see [`crate::intake::answers::AnswerState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SelfRating {
    /// A rating.
    Rated(Rating),
    /// The agency says that the statement does not apply to it.
    NotApplicable,
    /// Nothing is written.
    Blank,
    /// Something is written that is not a rating.
    Unreadable,
}

/// The texts beside a rating, one of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Texts([Written; TextKind::ALL.len()]);

impl Texts {
    /// One of the texts.
    pub fn get(&self, kind: TextKind) -> &Written {
        &self.0[kind as usize]
    }

    /// One of the texts, if it can be shown; empty otherwise.
    pub fn text(&self, kind: TextKind) -> &str {
        self.get(kind).text()
    }

    /// One of the texts as outputs show it. If it cannot be shown, the reason in brackets.
    pub fn shown(&self, kind: TextKind) -> Cow<'_, str> {
        self.get(kind).shown()
    }

    /// The same texts with one of them replaced.
    pub fn with(mut self, kind: TextKind, written: impl Into<Written>) -> Texts {
        self.set(kind, written);
        self
    }

    /// Replaces the text of one kind.
    pub fn set(&mut self, kind: TextKind, written: impl Into<Written>) {
        self.0[kind as usize] = written.into();
    }

    /// Every text, in the order in which the columns are issued.
    pub fn all(&self) -> impl Iterator<Item = (TextKind, &Written)> {
        TextKind::ALL.into_iter().zip(&self.0)
    }

    /// Whether every text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Written::is_nothing)
    }
}

/// The column letters of each text, such as `G`; empty where a return has no such column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextColumns([String; TextKind::ALL.len()]);

impl TextColumns {
    /// The letters of one column.
    pub fn get(&self, kind: TextKind) -> &str {
        &self.0[kind as usize]
    }

    /// The cell of a text in a row (from 1); empty where there is no such column.
    pub fn cell(&self, kind: TextKind, row: u32) -> String {
        let letters = self.get(kind);
        if letters.is_empty() { String::new() } else { format!("{letters}{row}") }
    }

    /// Records the letters of a column.
    pub fn set(&mut self, kind: TextKind, letters: String) {
        self.0[kind as usize] = letters;
    }
}

/// One row of a return.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The statement it answers.
    pub criterion: CriterionId,
    /// The rating.
    pub rating: SelfRating,
    /// What is written in the rating cell, to the letter.
    pub as_written: Written,
    /// The texts beside it.
    pub texts: Texts,
    /// When the action is due, read from its text; `None` where the text has no date that is understood.
    pub action_due: Option<DueDay>,
    /// The sheet it is on.
    pub sheet: String,
    /// Its row, from 1.
    pub row: u32,
    /// The cell of the rating, such as `D7`.
    pub cell: String,
    /// Whether the agency says in the row that the answer from the previous round is still right; `None` where it does not say.
    pub still_right: Option<bool>,
    /// What happened to an answer that was carried in; `None` where none was.
    pub recheck: Option<Recheck>,
    /// Whether its action is still the one from the previous round, and the agency says that it is done or dropped. Such an action is not a
    /// proposal any more.
    pub is_action_over: bool,
    /// How the action from the previous round has gone; `None` where the agency does not say, or the round does not follow one.
    pub progress: Option<ActionProgress>,
    /// The cells that were taken from a later workbook of the agency, by column.
    pub taken: BTreeMap<ColumnKey, TakenCell>,
}

/// What happened to an answer that was carried in from the previous round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recheck {
    /// The agency changed it.
    Changed,
    /// The agency said that it is still right, in the row or with its sign-off.
    Confirmed,
    /// The agency neither changed nor confirmed it. It counts as blank.
    Open,
}

impl Answer {
    /// Whether it was carried in and the agency has neither confirmed nor changed it.
    pub fn is_carried_open(&self) -> bool {
        self.recheck == Some(Recheck::Open)
    }
}

/// A cell that was taken from a later workbook than the rest of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenCell {
    /// The later file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The sheet.
    pub sheet: String,
    /// The cell, such as `D7`.
    pub cell: String,
}

/// One row of the table of headlines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadlineEntry {
    /// Which line it is.
    pub slot: HeadlineSlot,
    /// What is written under Ref, exactly.
    pub reference: Written,
    /// The statement that it names; `None` where the agency was not asked a statement of that Ref.
    pub criterion: Option<CriterionId>,
    /// The line, whole.
    pub line: Written,
    /// The sheet it is on.
    pub sheet: String,
    /// The cell of the line, such as `C4`.
    pub cell: String,
    /// The cell of the Ref; empty where the table has no such column.
    pub reference_cell: String,
    /// The cell of the line, if it was taken from a later workbook than the rest of the return.
    pub taken: Option<TakenCell>,
}

impl HeadlineEntry {
    /// Whether nothing is written in the row.
    pub fn is_empty(&self) -> bool {
        self.reference.is_nothing() && self.line.is_nothing()
    }

    /// Whether two rows say the same about the same statement. White space and line ends do not count: programs change them on saving.
    pub fn says_the_same(&self, other: &HeadlineEntry) -> bool {
        let is_same_statement = match (&self.criterion, &other.criterion) {
            (None, None) => self.reference.is_same(&other.reference),
            (one, another) => one == another,
        };
        self.slot.kind == other.slot.kind && is_same_statement && self.line.is_same(&other.line)
    }
}

/// The cells that were taken from a later workbook that nobody signed off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    /// The file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The day on which it was saved; `None` where it does not say.
    pub on: Option<Date>,
    /// How many cells were taken.
    pub cells: usize,
}

/// For whom the answers of a return speak, in the agency's own words. Every part may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SpeaksFor {
    /// For how many schools, teams or the like.
    pub how_many: String,
    /// Out of how many.
    pub out_of: String,
    /// How they were asked, or by whom.
    pub asked_by: String,
}

impl SpeaksFor {
    /// What is written in one of its fields; empty for any other field.
    pub fn text(&self, field: StartField) -> &str {
        match field {
            StartField::SpeaksFor => &self.how_many,
            StartField::SpeaksForOf => &self.out_of,
            StartField::AskedBy => &self.asked_by,
            _ => "",
        }
    }

    /// "31 of 42 schools"; empty where no number is written.
    pub fn number(&self) -> String {
        match (self.how_many.as_str(), self.out_of.as_str()) {
            ("", "") => String::new(),
            (how_many, "") => how_many.to_string(),
            ("", out_of) => format!("out of {out_of}"),
            (how_many, out_of) => format!("{how_many} of {out_of}"),
        }
    }

    /// "31 of 42 schools (how they were asked: a survey)"; empty where nothing is written.
    pub fn words(&self) -> String {
        let number = self.number();
        match self.asked_by.as_str() {
            "" => number,
            asked_by => format!("{number} (how they were asked: {asked_by})").trim_start().to_string(),
        }
    }
}

/// The file that a return came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// What an agency replied to a question, beside the answers themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The references of the findings that the question asked about, such as `F-3HK6Q2`.
    pub references: Vec<String>,
    /// The reply.
    pub written: Written,
    /// The sheet it is on.
    pub sheet: String,
    /// Its cell.
    pub cell: String,
}

/// What one return said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The agency whose return it is.
    pub agency: AgencyId,
    /// The file it came in.
    pub file: ReturnFile,
    /// When the document says it was last saved, such as `2026-12-03T10:15:00Z`; `None` where it does not say.
    pub saved: Option<String>,
    /// For whom its answers speak.
    pub speaks_for: SpeaksFor,
    /// Who completed it; empty when not stated.
    pub completed_by: String,
    /// Who approved it; empty when not stated.
    pub approved_by: String,
    /// When it was approved; `None` when not stated or not a date.
    pub approved_on: Option<Date>,
    /// The decision that approves it, where the approval is not in the workbook; `None` where it is, or there is no approval.
    pub approval_settled: Option<Settlement>,
    /// The cells with the name and the date of the approval, as sheet and cell.
    pub approval_cells: Vec<(String, String)>,
    /// The references of the questions that it asked, if it went out with questions on an earlier return; `None` for any other workbook.
    pub questions: Option<Vec<String>>,
    /// What the agency replied to them.
    pub replies: Vec<Reply>,
    /// The column letters of each text, such as `G`; empty where the return has no such column.
    pub columns: TextColumns,
    /// The answers, one for each statement asked that has a row, in the order of the theme.
    pub answers: Vec<Answer>,
    /// The rows of the table of headlines in its order, empty ones included; none where the return has no such table.
    pub headlines: Vec<HeadlineEntry>,
    /// The later workbooks from which cells were taken without approval, the earliest first.
    pub corrections: Vec<Corrections>,
}

impl Response {
    /// Whether an approval is recorded: a name and a date. One alone does not count.
    pub fn is_approval_recorded(&self) -> bool {
        !self.approved_by.is_empty() && self.approved_on.is_some()
    }

    /// The cell of an answer in one column, such as `G7`; empty where the return has no such column.
    pub fn cell_of(&self, answer: &Answer, column: ColumnKey) -> String {
        column.text().map_or_else(|| answer.cell.clone(), |kind| self.columns.cell(kind, answer.row))
    }

    /// The headline rows in which something is written.
    pub fn written_headlines(&self) -> impl Iterator<Item = &HeadlineEntry> {
        self.headlines.iter().filter(|entry| !entry.is_empty())
    }

    /// The answer to a statement; `None` when the return has no row for it.
    pub fn answer(&self, criterion: &CriterionId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.criterion == *criterion)
    }
}
