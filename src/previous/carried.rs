//! What is carried into an agency's new workbook from the round before, and whether a return still has it unchanged.

use super::answers::{PreviousAgency, PreviousAnswer, PreviousRound};
use crate::core::ids::CriterionId;
use crate::core::written::Written;
use crate::form::{ColumnKey, HeadlineSlot, TextKind};
use crate::response::{Answer, HeadlineEntry, SelfRating, SpeaksFor, Texts};
use crate::round::Agency;
use crate::theme::Criterion;

/// What is carried into one agency's new workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CarriedReturn {
    /// The answers, at most one for each statement.
    pub answers: Vec<CarriedAnswer>,
    /// The lines in short.
    pub headlines: Vec<CarriedHeadline>,
    /// Whom the answers spoke for; `None` if nothing is carried in, or several agencies merged.
    pub speaks_for: Option<SpeaksFor>,
}

/// An answer that is carried in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedAnswer {
    /// The statement.
    pub criterion: CriterionId,
    /// The rating; blank if there was none that could be read, or if agencies that merged gave different ones.
    pub rating: SelfRating,
    /// The texts beside it.
    pub texts: Texts,
}

/// A line in short that is carried in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedHeadline {
    /// Which line it is.
    pub slot: HeadlineSlot,
    /// The statement that it summarises.
    pub criterion: Option<CriterionId>,
    /// The line.
    pub line: Written,
}

impl CarriedAnswer {
    /// Whether a row of a return still says what was carried in. Spaces and line ends do not matter, because programs change them.
    pub fn is_unchanged(&self, answer: &Answer) -> bool {
        let is_same_text = |kind: TextKind| {
            self.texts.get(kind).is_same(answer.texts.get(kind)) && !answer.taken.contains_key(&kind.column())
        };
        self.rating == answer.rating && TextKind::ALL.into_iter().all(is_same_text)
    }
}

impl CarriedHeadline {
    /// Whether a short line of a return still says what was carried in.
    pub fn is_unchanged(&self, entry: &HeadlineEntry) -> bool {
        self.slot == entry.slot && self.criterion == entry.criterion && self.line.is_same(&entry.line)
    }
}

impl CarriedReturn {
    /// The answer that is carried in for a statement.
    pub fn answer(&self, criterion: &CriterionId) -> Option<&CarriedAnswer> {
        self.answers.iter().find(|answer| answer.criterion == *criterion)
    }

    /// The short line that is carried in.
    pub fn headline(&self, slot: HeadlineSlot) -> Option<&CarriedHeadline> {
        self.headlines.iter().find(|headline| headline.slot == slot)
    }

    /// Whether nothing is carried in.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.headlines.is_empty()
    }
}

impl PreviousRound {
    /// What is carried into an agency's workbook: its answers to statements that are asked in the same words. A statement with new wording
    /// starts empty, because the old answer may not fit it.
    pub fn carried(&self, agency: &Agency, statements: &[&Criterion]) -> CarriedReturn {
        let earlier: Vec<&PreviousAgency> = self.earlier(agency).collect();
        let same: Vec<&Criterion> = statements.iter().copied().filter(|criterion| self.asked_as(criterion)).collect();
        let answers = same.iter().filter_map(|criterion| carried_answer(&earlier, criterion)).collect();
        // The sheet has no room for the short lines of two agencies, and only the agency itself may choose among them.
        let (headlines, speaks_for) = match earlier[..] {
            [only] => (headlines(only, &same), Some(only.speaks_for.clone())),
            _ => (Vec::new(), None),
        };
        CarriedReturn { answers, headlines, speaks_for }
    }
}

fn headlines(earlier: &PreviousAgency, same: &[&Criterion]) -> Vec<CarriedHeadline> {
    // A short line names its statement. If that is no longer asked, or has new wording, the line would point to nothing.
    let is_here =
        |id: &Option<CriterionId>| id.as_ref().is_none_or(|id| same.iter().any(|criterion| criterion.id == *id));
    let lines = earlier.headlines.iter().filter(|headline| is_here(&headline.criterion));
    let carried = lines.map(|headline| CarriedHeadline {
        slot: headline.slot,
        criterion: headline.criterion.clone(),
        line: headline.line.as_str().into(),
    });
    carried.collect()
}

fn carried_answer(earlier: &[&PreviousAgency], criterion: &Criterion) -> Option<CarriedAnswer> {
    let answer = |agency: &&'_ PreviousAgency| -> Option<_> {
        let answer = agency.answers.iter().find(|answer| answer.criterion == criterion.id)?;
        Some((agency.name.clone(), answer.clone()))
    };
    let answers: Vec<(String, PreviousAnswer)> = earlier.iter().filter_map(answer).collect();
    let (_, first) = answers.first()?;
    let is_alike = answers.iter().all(|(_, other)| other.rating == first.rating);
    // If merged agencies rated differently, nobody has given the merged agency's rating yet.
    let rating = match first.rating {
        SelfRating::Rated(_) | SelfRating::NotApplicable if is_alike => first.rating,
        _ => SelfRating::Blank,
    };
    let texts =
        TextKind::ALL.into_iter().fold(Texts::default(), |texts, kind| texts.with(kind, text(&answers, kind.column())));
    let is_something = rating != SelfRating::Blank || !texts.is_empty();
    is_something.then(|| CarriedAnswer { criterion: criterion.id.clone(), rating, texts })
}

/// The text for a merged or unchanged agency. A single text is carried in as it is. Different texts of merged agencies are put one below
/// the other, each with its agency's name.
fn text(answers: &[(String, PreviousAnswer)], column: ColumnKey) -> String {
    let said: Vec<(&str, &str)> = answers
        .iter()
        .map(|(name, answer)| (name.as_str(), answer.text(column)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    match said[..] {
        [(_, only)] => only.to_string(),
        [(_, first), ..] if said.iter().all(|(_, text)| *text == first) => first.to_string(),
        _ => said.iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("\n"),
    }
}
