//! What goes into an agency's new workbook from the round before, and whether a return still has it as it went out.

use super::answers::{PreviousAgency, PreviousAnswer, PreviousRound};
use crate::core::ids::CriterionId;
use crate::core::written::Written;
use crate::form::{ColumnKey, HeadlineSlot, TextKind};
use crate::response::{Answer, HeadlineEntry, SelfRating, SpeaksFor, Texts};
use crate::round::Agency;
use crate::theme::Criterion;

/// What one agency's new workbook has in it when it goes out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CarriedReturn {
    /// The answers, one a statement at most.
    pub answers: Vec<CarriedAnswer>,
    /// The lines in short.
    pub headlines: Vec<CarriedHeadline>,
    /// For whom the answers spoke; `None` where nothing is carried, or several agencies merged.
    pub speaks_for: Option<SpeaksFor>,
}

/// An answer that is carried in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedAnswer {
    /// The statement.
    pub criterion: CriterionId,
    /// The rating: blank where there was none that could be read, or where agencies that merged gave different ones.
    pub rating: SelfRating,
    /// The texts beside it.
    pub texts: Texts,
}

/// A line in short that is carried in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedHeadline {
    /// Which line it is.
    pub slot: HeadlineSlot,
    /// The statement that it shortens.
    pub criterion: Option<CriterionId>,
    /// The line.
    pub line: Written,
}

impl CarriedAnswer {
    /// Whether a row of a return says what was carried in; blanks and line ends, which programs change, aside.
    pub fn is_unchanged(&self, answer: &Answer) -> bool {
        let is_same_text = |kind: TextKind| {
            self.texts.get(kind).is_same(answer.texts.get(kind)) && !answer.taken.contains_key(&kind.column())
        };
        self.rating == answer.rating && TextKind::ALL.into_iter().all(is_same_text)
    }
}

impl CarriedHeadline {
    /// Whether a line of a return says what was carried in.
    pub fn is_unchanged(&self, entry: &HeadlineEntry) -> bool {
        self.slot == entry.slot && self.criterion == entry.criterion && self.line.is_same(&entry.line)
    }
}

impl CarriedReturn {
    /// The answer that is carried to a statement.
    pub fn answer(&self, criterion: &CriterionId) -> Option<&CarriedAnswer> {
        self.answers.iter().find(|answer| answer.criterion == *criterion)
    }

    /// The line in short that is carried.
    pub fn headline(&self, slot: HeadlineSlot) -> Option<&CarriedHeadline> {
        self.headlines.iter().find(|headline| headline.slot == slot)
    }

    /// Whether nothing is carried in.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.headlines.is_empty()
    }
}

impl PreviousRound {
    /// What goes into an agency's workbook: its answers to the statements that it is asked in the same words. A statement in new words
    /// starts empty.
    pub fn carried(&self, agency: &Agency, statements: &[&Criterion]) -> CarriedReturn {
        let earlier: Vec<&PreviousAgency> = self.earlier(agency).collect();
        let same: Vec<&Criterion> = statements.iter().copied().filter(|criterion| self.asked_as(criterion)).collect();
        let answers = same.iter().filter_map(|criterion| carried_answer(&earlier, criterion)).collect();
        // There is no room for the lines of two agencies, and nobody else may choose among them.
        let (headlines, speaks_for) = match earlier[..] {
            [only] => (headlines(only, &same), Some(only.speaks_for.clone())),
            _ => (Vec::new(), None),
        };
        CarriedReturn { answers, headlines, speaks_for }
    }
}

fn headlines(earlier: &PreviousAgency, same: &[&Criterion]) -> Vec<CarriedHeadline> {
    // A line on a statement that is not asked any more, or in new words, would point to nothing.
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
    let rating = match first.rating {
        SelfRating::Rated(_) | SelfRating::NotApplicable if is_alike => first.rating,
        _ => SelfRating::Blank,
    };
    let texts =
        TextKind::ALL.into_iter().fold(Texts::default(), |texts, kind| texts.with(kind, text(&answers, kind.column())));
    let is_something = rating != SelfRating::Blank || !texts.is_empty();
    is_something.then(|| CarriedAnswer { criterion: criterion.id.clone(), rating, texts })
}

/// The text of one agency as it was; those of several that merged under each other, each with whose it was.
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
