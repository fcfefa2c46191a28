//! Where agencies see the same thing differently.
//!
//! The list has every statement whose ratings are not all the same. Those that some rate Green and some Red come first; then by lower
//! agreement; then by id.

use super::counts::Counts;
use super::summaries::CriterionSummary;
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};

/// One statement that agencies rate differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// The statement.
    pub criterion: CriterionId,
    /// Its counts.
    pub counts: Counts,
    /// The lowest rating given, and the first agency in the round's order that gave it.
    pub lowest: (Rating, AgencyId),
    /// The highest rating given, and the first agency that gave it.
    pub highest: (Rating, AgencyId),
}

impl Disagreement {
    /// Whether some rate it Green and some Red.
    pub fn is_two_steps_apart(&self) -> bool {
        (self.lowest.0, self.highest.0) == (Rating::Red, Rating::Green)
    }

    /// How many agencies gave the most common rating.
    pub fn alike(&self) -> usize {
        Rating::ALL.map(|rating| self.counts.rated_as(rating)).into_iter().max().unwrap_or(0)
    }
}

/// Every statement that is rated differently, in the order of the rule.
pub(super) fn disagreements(criteria: &[CriterionSummary], answers: &[AnswerRow]) -> Vec<Disagreement> {
    let mut found: Vec<(Disagreement, Option<f64>)> =
        criteria.iter().filter_map(|summary| Some((disagreement(summary, answers)?, summary.agreement))).collect();
    found.sort_by(|(a, agreed_a), (b, agreed_b)| {
        let order = b.is_two_steps_apart().cmp(&a.is_two_steps_apart());
        let agreed = agreed_a.unwrap_or(1.0).total_cmp(&agreed_b.unwrap_or(1.0));
        order.then(agreed).then_with(|| a.criterion.cmp(&b.criterion))
    });
    found.into_iter().map(|(disagreement, _)| disagreement).collect()
}

fn disagreement(summary: &CriterionSummary, answers: &[AnswerRow]) -> Option<Disagreement> {
    let given: Vec<Rating> = Rating::ALL.into_iter().filter(|rating| summary.counts.rated_as(*rating) > 0).collect();
    let (low, high) = (*given.first()?, *given.last()?);
    let who = |rating: Rating| {
        let is_it = |answer: &&AnswerRow| {
            answer.criterion == summary.criterion.id && answer.state == AnswerState::Rated(rating)
        };
        answers.iter().find(is_it).map(|answer| (rating, answer.agency.clone()))
    };
    if low == high {
        return None;
    }
    Some(Disagreement {
        criterion: summary.criterion.id.clone(),
        counts: summary.counts,
        lowest: who(low)?,
        highest: who(high)?,
    })
}
