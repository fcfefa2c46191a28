//! What a headline picks out, by counting: the area with most Green and the one with most Red, the statement with least Green.
//!
//! By share of ratings given, and only where there are three or more: fewer say little. Of areas that share the first place none is picked
//! out; of two statements alike the theme's first is taken. Official statements come before what inspectors looked at elsewhere.

use super::counts::Counts;
use super::measures::FEWEST_FOR_A_MIDDLE;
use super::results::Analysis;
use super::round_summary::Numbers;
use super::summaries::{AreaSummary, CriterionSummary};
use crate::core::ids::CriterionId;
use crate::form::{Rating, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::theme::Basis;

/// The area of a basis of which the largest share is rated so; `None` where none is, or two share the first place.
pub fn area_with_most(numbers: &Numbers, basis: Basis, rating: Rating) -> Option<&AreaSummary> {
    let of_basis = numbers.areas.iter().filter(|area| area.basis == basis);
    let rated = of_basis.filter(|area| is_enough(&area.counts) && area.counts.rated_as(rating) > 0);
    let most = rated.clone().max_by(|a, b| by_share(&a.counts, &b.counts, rating))?;
    let is_as_much = |area: &&AreaSummary| by_share(&area.counts, &most.counts, rating).is_eq();
    (rated.filter(is_as_much).count() == 1).then_some(most)
}

/// The statement of which the smallest share is rated Green, of two alike the one with more Red; `None` where every rating is Green.
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

/// Whether an answer is rated Red and says nothing of what needs to happen, in its row or in the agency's own lines; or its action of the
/// round before is done or dropped.
pub fn is_red_without_action(answer: &AnswerRow) -> bool {
    let says_nothing = answer.texts.get(TextKind::NeedsToHappen).is_nothing() && answer.action_in_short.is_none();
    answer.state == AnswerState::Rated(Rating::Red) && (says_nothing || answer.is_action_over)
}

/// Whether an answer is rated Green and nothing is written as its evidence; what is written and held back is evidence all the same.
pub fn is_green_without_evidence(answer: &AnswerRow) -> bool {
    answer.state == AnswerState::Rated(Rating::Green) && answer.texts.get(TextKind::Evidence).is_nothing()
}

/// The statements of the answers that are rated Red and say nothing of what needs to happen, one for each such answer.
pub fn reds_without_action(analysis: &Analysis) -> Vec<&CriterionId> {
    analysis.answers.iter().filter(|answer| is_red_without_action(answer)).map(|answer| &answer.criterion).collect()
}

fn is_enough(counts: &Counts) -> bool {
    counts.rated() >= FEWEST_FOR_A_MIDDLE
}

fn by_share(a: &Counts, b: &Counts, rating: Rating) -> std::cmp::Ordering {
    (a.rated_as(rating) * b.rated()).cmp(&(b.rated_as(rating) * a.rated()))
}
