//! What headlines pick out by counting: the area with most Green, the area with most Red, the statement with least Green.
//!
//! They go by the share of ratings given, and need three ratings or more, because fewer say too little. If areas tie for first place none is
//! picked; of statements that tie, the theme's first is. Official statements come before lines of enquiry.

use super::counts::Counts;
use super::measures::FEWEST_FOR_A_MIDDLE;
use super::results::Analysis;
use super::round_summary::Numbers;
use super::summaries::{AreaSummary, CriterionSummary};
use crate::core::ids::CriterionId;
use crate::form::{Rating, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::theme::Basis;

/// The area of a basis with the largest share of this rating; `None` if no area has any, or two tie.
pub fn area_with_most(numbers: &Numbers, basis: Basis, rating: Rating) -> Option<&AreaSummary> {
    let of_basis = numbers.areas.iter().filter(|area| area.basis == basis);
    let rated = of_basis.filter(|area| is_enough(&area.counts) && area.counts.rated_as(rating) > 0);
    let most = rated.clone().max_by(|a, b| by_share(&a.counts, &b.counts, rating))?;
    let is_as_much = |area: &&AreaSummary| by_share(&area.counts, &most.counts, rating).is_eq();
    (rated.filter(is_as_much).count() == 1).then_some(most)
}

/// The statement with the smallest share of Green; on a tie, the one with more Red. `None` if every rating is Green.
pub fn least_green(numbers: &Numbers) -> Option<&CriterionSummary> {
    let is_open =
        |summary: &&CriterionSummary| is_enough(&summary.counts) && summary.counts.green < summary.counts.rated();
    let first = numbers.criteria.iter().filter(is_open).map(|summary| summary.criterion.basis).min()?;
    let of_first = numbers.criteria.iter().filter(is_open).filter(|summary| summary.criterion.basis == first);
    of_first.min_by(|a, b| {
        let (a, b) = (&a.counts, &b.counts);
        by_share(a, b, Rating::Green).then(by_share(b, a, Rating::Red))
    })
}

/// Whether an answer is Red and has no action: neither its row nor the agency's own lines say what needs to happen, or its action of the
/// round before is done or dropped.
pub fn is_red_without_action(answer: &AnswerRow) -> bool {
    let says_nothing = answer.texts.get(TextKind::NeedsToHappen).is_nothing() && answer.action_in_short.is_none();
    answer.state == AnswerState::Rated(Rating::Red) && (says_nothing || answer.is_action_over)
}

/// Whether an answer is Green and its evidence is empty. Evidence that is held back still counts as evidence.
pub fn is_green_without_evidence(answer: &AnswerRow) -> bool {
    answer.state == AnswerState::Rated(Rating::Green) && answer.texts.get(TextKind::Evidence).is_nothing()
}

/// The statements of Red answers without an action, one for each answer.
pub fn reds_without_action(analysis: &Analysis) -> Vec<&CriterionId> {
    analysis.answers.iter().filter(|answer| is_red_without_action(answer)).map(|answer| &answer.criterion).collect()
}

fn is_enough(counts: &Counts) -> bool {
    counts.rated() >= FEWEST_FOR_A_MIDDLE
}

fn by_share(a: &Counts, b: &Counts, rating: Rating) -> std::cmp::Ordering {
    // Cross-multiplied, so that equal shares are equal: 1 of 3 and 2 of 6.
    (a.rated_as(rating) * b.rated()).cmp(&(b.rated_as(rating) * a.rated()))
}
