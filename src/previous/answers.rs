//! The answers of the round before, as plain data.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::core::ids::{AgencyId, CriterionId, RoundId};
use crate::form::{ColumnKey, HeadlineSlot};
use crate::response::{SelfRating, SpeaksFor};
use crate::round::Agency;
use crate::theme::Criterion;

/// An earlier round, as a later one keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousRound {
    /// Its id.
    pub round: RoundId,
    /// When its returns were due.
    pub deadline: Date,
    /// The first and the last day on which a return in it was approved; `None` if no approval is recorded.
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
    /// Whom its answers spoke for.
    pub speaks_for: SpeaksFor,
    /// Its answers.
    pub answers: Vec<PreviousAnswer>,
    /// Its lines in short.
    pub headlines: Vec<PreviousHeadline>,
}

/// An answer as it counted, after what people settled about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousAnswer {
    /// The statement.
    pub criterion: CriterionId,
    /// The self-rating.
    pub rating: SelfRating,
    /// The texts beside it, by column. Texts that were held back are not here.
    pub texts: BTreeMap<ColumnKey, String>,
    /// The sheet it is on.
    pub sheet: String,
    /// The cell of the rating.
    pub cell: String,
}

impl PreviousAnswer {
    /// One of the texts; empty if nothing was written.
    pub fn text(&self, column: ColumnKey) -> &str {
        self.texts.get(&column).map_or("", String::as_str)
    }
}

/// One line in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousHeadline {
    /// Which line it is.
    pub slot: HeadlineSlot,
    /// The statement that it summarises; `None` if it names none.
    pub criterion: Option<CriterionId>,
    /// The line.
    pub line: String,
}

impl PreviousRound {
    /// The day that its answers describe: the last day of an approval, else the deadline.
    pub fn as_at(&self) -> Date {
        self.approved.map_or(self.deadline, |(_, newest)| newest)
    }

    /// The agencies of the round before that are this agency now: those that the list names, else the one with its id. More than one if
    /// agencies merged.
    pub fn earlier(&self, agency: &Agency) -> impl Iterator<Item = &PreviousAgency> {
        let was: &[AgencyId] =
            if agency.previously.is_empty() { std::slice::from_ref(&agency.id) } else { &agency.previously };
        was.iter().filter_map(|id| self.agencies.iter().find(|earlier| earlier.id == *id))
    }

    /// Whether a statement was asked in these words.
    pub fn asked_as(&self, criterion: &Criterion) -> bool {
        self.statement(&criterion.id).is_some_and(|statement| statement.wording == criterion.wording())
    }

    /// A statement as it was asked; `None` if it was not.
    pub fn statement(&self, id: &CriterionId) -> Option<&PreviousStatement> {
        self.statements.iter().find(|statement| statement.criterion == *id)
    }

    /// The earlier answer that an answer of this round can be compared with: from the same agency, on the same statement in the same words.
    /// `None` for an agency that several merged into, because the merged agency gave no answer then.
    pub fn matched(&self, agency: &Agency, criterion: &Criterion) -> Option<(&PreviousAgency, &PreviousAnswer)> {
        let mut earlier = self.earlier(agency);
        // Exactly one: with two earlier agencies there are two answers, and neither is the merged agency's.
        let (only, None) = (earlier.next()?, earlier.next()) else { return None };
        let answer = only.answers.iter().find(|answer| answer.criterion == criterion.id)?;
        self.asked_as(criterion).then_some((only, answer))
    }
}
