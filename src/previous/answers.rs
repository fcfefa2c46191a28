//! The answers of the round before, as plain data.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::core::ids::{AgencyId, CriterionId, RoundId};
use crate::form::{ColumnKey, HeadlineSlot};
use crate::response::{SelfRating, SpeaksFor};
use crate::round::Agency;
use crate::theme::Criterion;

/// A round that a later one goes on from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousRound {
    /// Its id.
    pub round: RoundId,
    /// When its returns were due.
    pub deadline: Date,
    /// The oldest and the newest day on which an answer in it was approved; `None` where no approval is recorded.
    pub approved: Option<(Date, Date)>,
    /// Every statement that it asked, in its order.
    pub statements: Vec<PreviousStatement>,
    /// Every agency that returned, in its order.
    pub agencies: Vec<PreviousAgency>,
}

/// A statement as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousStatement {
    /// Its id.
    pub criterion: CriterionId,
    /// The statement in full.
    pub text: String,
    /// The print of its wording: [`Criterion::wording`].
    pub wording: String,
}

/// What one agency returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousAgency {
    /// Its id then.
    pub id: AgencyId,
    /// Its name then.
    pub name: String,
    /// The file it returned, relative to the folder of the round before.
    pub file: String,
    /// The SHA-256 of that file.
    pub sha256: String,
    /// For whom its answers spoke.
    pub speaks_for: SpeaksFor,
    /// Its answers.
    pub answers: Vec<PreviousAnswer>,
    /// Its lines in short.
    pub headlines: Vec<PreviousHeadline>,
}

/// One answer, as it counted: with what people had settled about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousAnswer {
    /// The statement.
    pub criterion: CriterionId,
    /// The self-rating.
    pub rating: SelfRating,
    /// The texts beside it, by their columns; those that may be shown.
    pub texts: BTreeMap<ColumnKey, String>,
    /// The sheet it is on.
    pub sheet: String,
    /// The cell of the rating.
    pub cell: String,
}

impl PreviousAnswer {
    /// One of the texts; empty where nothing was written.
    pub fn text(&self, column: ColumnKey) -> &str {
        self.texts.get(&column).map_or("", String::as_str)
    }
}

/// One line in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousHeadline {
    /// Which line it is.
    pub slot: HeadlineSlot,
    /// The statement that it shortens; `None` where it named none.
    pub criterion: Option<CriterionId>,
    /// The line.
    pub line: String,
}

impl PreviousRound {
    /// The day that its answers are of: the last on which one was approved, else the deadline.
    pub fn as_at(&self) -> Date {
        self.approved.map_or(self.deadline, |(_, newest)| newest)
    }

    /// What an agency was in the round before: itself, or those that the list says it was. More than one where agencies merged.
    pub fn earlier(&self, agency: &Agency) -> impl Iterator<Item = &PreviousAgency> {
        let was: &[AgencyId] =
            if agency.previously.is_empty() { std::slice::from_ref(&agency.id) } else { &agency.previously };
        was.iter().filter_map(|id| self.agencies.iter().find(|earlier| earlier.id == *id))
    }

    /// Whether a statement was asked in these words.
    pub fn asked_as(&self, criterion: &Criterion) -> bool {
        self.statement(&criterion.id).is_some_and(|statement| statement.wording == criterion.wording())
    }

    /// A statement as it was asked; `None` where it was not.
    pub fn statement(&self, id: &CriterionId) -> Option<&PreviousStatement> {
        self.statements.iter().find(|statement| statement.criterion == *id)
    }

    /// The answer that one of today's can be compared with: of the same agency, on the same statement in the same words. `None` for an
    /// agency that several merged into: nobody gave that answer.
    pub fn matched(&self, agency: &Agency, criterion: &Criterion) -> Option<(&PreviousAgency, &PreviousAnswer)> {
        let mut earlier = self.earlier(agency);
        let (only, None) = (earlier.next()?, earlier.next()) else { return None };
        let answer = only.answers.iter().find(|answer| answer.criterion == criterion.id)?;
        self.asked_as(criterion).then_some((only, answer))
    }
}
