//! What one return said: plain data, with the cell that each answer stands in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::core::due::DueDay;
use crate::core::finding::Settlement;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, HeadlineSlot, Rating, StartField, TextKind};

/// What stands in a rating cell of a return. That there is no return is not one of these: see [`crate::intake::answers::AnswerState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// The texts beside a rating, one of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Texts([Written; TextKind::ALL.len()]);

impl Texts {
    /// One of the texts.
    pub fn get(&self, kind: TextKind) -> &Written {
        &self.0[kind as usize]
    }

    /// One of the texts where there is one that may be shown; else empty.
    pub fn text(&self, kind: TextKind) -> &str {
        self.get(kind).text()
    }

    /// One of the texts as outputs have it: in brackets why it cannot be shown, where it cannot.
    pub fn shown(&self, kind: TextKind) -> Cow<'_, str> {
        self.get(kind).shown()
    }

    /// The same with another text of one kind.
    pub fn with(mut self, kind: TextKind, written: impl Into<Written>) -> Texts {
        self.set(kind, written);
        self
    }

    /// Puts a text in the place of the one of its kind.
    pub fn set(&mut self, kind: TextKind, written: impl Into<Written>) {
        self.0[kind as usize] = written.into();
    }

    /// Every text, in the order of the columns as issued.
    pub fn all(&self) -> impl Iterator<Item = (TextKind, &Written)> {
        TextKind::ALL.into_iter().zip(&self.0)
    }

    /// Whether nothing at all is written.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Written::is_nothing)
    }
}

/// The letters of the column that each text is in, as in `G`; empty where a return has no such column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextColumns([String; TextKind::ALL.len()]);

impl TextColumns {
    /// The letters of one column.
    pub fn get(&self, kind: TextKind) -> &str {
        &self.0[kind as usize]
    }

    /// The cell of a text in a row, counted from 1; empty where there is no such column.
    pub fn cell(&self, kind: TextKind, row: u32) -> String {
        let letters = self.get(kind);
        if letters.is_empty() { String::new() } else { format!("{letters}{row}") }
    }

    /// Says where a column is.
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
    /// The date that its text says when the action is due; `None` where it says none that is understood.
    pub action_due: Option<DueDay>,
    /// The sheet it stands in.
    pub sheet: String,
    /// The row it stands in, from 1.
    pub row: u32,
    /// The cell of the rating, as in `D7`.
    pub cell: String,
    /// Whether the agency says beside the row that the answer of the round before is still right; `None` where it says neither.
    pub still_right: Option<bool>,
    /// What became of an answer that was carried in; `None` where none was.
    pub recheck: Option<Recheck>,
    /// Whether its action is that of the round before, and the agency says that it is done or dropped: nothing is proposed any more.
    pub is_action_over: bool,
    /// How the action of the round before has gone; `None` where the agency does not say, or the round goes on from none.
    pub progress: Option<ActionProgress>,
    /// The cells that were taken from a later workbook of the agency's, by their columns.
    pub taken: BTreeMap<ColumnKey, TakenCell>,
}

/// What became of an answer that was carried in from the round before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recheck {
    /// The agency changed it.
    Changed,
    /// The agency said that it is still right: beside the row, or with its sign-off.
    Confirmed,
    /// Neither. It counts as blank.
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
    /// The cell, as in `D7`.
    pub cell: String,
}

/// One row of the table in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadlineEntry {
    /// Which line it is.
    pub slot: HeadlineSlot,
    /// What is written under Ref, to the letter.
    pub reference: Written,
    /// The statement that it names; `None` where it names none that the agency was asked.
    pub criterion: Option<CriterionId>,
    /// The line, whole.
    pub line: Written,
    /// The sheet it is on.
    pub sheet: String,
    /// The cell of the line, as in `C4`.
    pub cell: String,
    /// The cell of the Ref; empty where the table has no such column.
    pub reference_cell: String,
    /// Where the line is, where it was taken from a later workbook than the rest of the return.
    pub taken: Option<TakenCell>,
}

impl HeadlineEntry {
    /// Whether nothing is written in the row.
    pub fn is_empty(&self) -> bool {
        self.reference.is_nothing() && self.line.is_nothing()
    }

    /// Whether two rows say the same about the same kind of thing; blanks and line ends, which programs change, aside.
    pub fn says_the_same(&self, other: &HeadlineEntry) -> bool {
        let is_same_statement = match (&self.criterion, &other.criterion) {
            (None, None) => self.reference.is_same(&other.reference),
            (one, another) => one == another,
        };
        self.slot.kind == other.slot.kind && is_same_statement && self.line.is_same(&other.line)
    }
}

/// What was taken from a later workbook that nobody signed off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    /// The file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The day on which it was saved; `None` where it does not say.
    pub on: Option<Date>,
    /// How many cells.
    pub cells: usize,
}

/// For whom the answers of a return speak, as the agency wrote it: every part may be empty.
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
    /// The references of the findings that the question asked about, as in `F-3HK6Q2`.
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
    /// When the document says it was last saved, as in `2026-12-03T10:15:00Z`; `None` where it does not say.
    pub saved: Option<String>,
    /// For whom its answers speak.
    pub speaks_for: SpeaksFor,
    /// Who completed it; empty when not stated.
    pub completed_by: String,
    /// Who approved it; empty when not stated.
    pub approved_by: String,
    /// When it was approved; `None` when not stated or not a date.
    pub approved_on: Option<Date>,
    /// The decision by which it is approved, where the approval is not from the workbook; `None` where it is, or there is none.
    pub approval_settled: Option<Settlement>,
    /// Where the name and the date of the approval stand, as sheet and cell.
    pub approval_cells: Vec<(String, String)>,
    /// The references of the questions that it asked, where it is a workbook with questions on an earlier return; `None` for any other.
    pub questions: Option<Vec<String>>,
    /// What the agency replied to them.
    pub replies: Vec<Reply>,
    /// The letters of the column that each text stands in, as in `G`; empty where the return has no such column.
    pub columns: TextColumns,
    /// The answers, one a statement asked that has a row, in the order of the theme.
    pub answers: Vec<Answer>,
    /// The rows of the table in short, in its order, those too in which nothing is written; none where the return has no such table.
    pub headlines: Vec<HeadlineEntry>,
    /// The later workbooks of which cells were taken and not approved, the earliest first.
    pub corrections: Vec<Corrections>,
}

impl Response {
    /// Whether somebody's approval is recorded, with a date.
    pub fn is_approval_recorded(&self) -> bool {
        !self.approved_by.is_empty() && self.approved_on.is_some()
    }

    /// The cell of one column of an answer, as in `G7`; empty where the return has no such column.
    pub fn cell_of(&self, answer: &Answer, column: ColumnKey) -> String {
        column.text().map_or_else(|| answer.cell.clone(), |kind| self.columns.cell(kind, answer.row))
    }

    /// The lines in short, and the Refs, that say something.
    pub fn written_headlines(&self) -> impl Iterator<Item = &HeadlineEntry> {
        self.headlines.iter().filter(|entry| !entry.is_empty())
    }

    /// The answer to a statement; `None` when the return has no row for it.
    pub fn answer(&self, criterion: &CriterionId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.criterion == *criterion)
    }
}
