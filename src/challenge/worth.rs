//! Which answers are worth challenging first, and what to ask about each.
//!
//! Order: a Red with no action, or one dated after fieldwork; ratings two steps apart, at either end; then any other sign in the answer,
//! in the order of the kinds of prompts; then the rest. Inside each, by statement and then agency, in the theme's and the round's order.

use std::collections::{BTreeSet, HashMap};

use crate::analysis::{Analysis, Prompt, PromptKind};
use crate::core::ids::{AgencyId, CriterionId};
use crate::documents::quoted::is_asked;
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};

/// An answer with what is worth asking about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChallengeQuestion<'a> {
    /// The answer.
    pub answer: &'a AnswerRow,
    /// The signs in it, in a few words each, the gravest first.
    pub signs: Vec<&'static str>,
    /// What to ask.
    pub questions: Vec<&'a str>,
}

/// Every answer that came in, worth challenging first; `quoted` are those that the presentation quotes.
pub fn worth_asking<'a>(
    analysis: &'a Analysis,
    quoted: &BTreeSet<(CriterionId, AgencyId)>,
) -> Vec<ChallengeQuestion<'a>> {
    let mut of_answer: HashMap<(&AgencyId, &CriterionId), Vec<&Prompt>> = HashMap::new();
    let mut of_statement: HashMap<&CriterionId, &Prompt> = HashMap::new();
    for prompt in &analysis.prompts {
        match (&prompt.agency, &prompt.criterion) {
            (Some(agency), Some(criterion)) => of_answer.entry((agency, criterion)).or_default().push(prompt),
            (None, Some(criterion)) => _ = of_statement.entry(criterion).or_insert(prompt),
            _ => {}
        }
    }
    let places: HashMap<&CriterionId, usize> =
        (0..).zip(&analysis.numbers.criteria).map(|(at, summary): (usize, _)| (&summary.criterion.id, at)).collect();
    let returned = analysis.answers.iter().filter(|answer| answer.state != AnswerState::Missing);
    let mut all: Vec<(usize, Option<&usize>, ChallengeQuestion<'_>)> = returned
        .map(|answer| {
            let own = of_answer.get(&(&answer.agency, &answer.criterion)).into_iter().flatten().copied();
            let is_at_an_end = matches!(answer.state, AnswerState::Rated(Rating::Red | Rating::Green));
            let apart = of_statement.get(&answer.criterion).copied().filter(|_| is_at_an_end);
            let mut prompts: Vec<&Prompt> = own.chain(apart).collect();
            prompts.sort_by_key(|prompt| rank(prompt.kind));
            let first = prompts.first().map_or(usize::MAX, |prompt| rank(prompt.kind));
            let mut signs: Vec<&'static str> = prompts.iter().map(|prompt| prompt.kind.words()).collect();
            signs.dedup();
            let questions =
                prompts.iter().filter(|prompt| is_asked(prompt, quoted)).map(|one| one.wording.as_str()).collect();
            (first, places.get(&answer.criterion), ChallengeQuestion { answer, signs, questions })
        })
        .collect();
    // Sorting is stable: agencies keep the round's order.
    all.sort_by_key(|(first, place, _)| (*first, *place));
    all.into_iter().map(|(.., question)| question).collect()
}

/// The place of a kind among what is worth asking first: after a Red without an action in time, ratings that are two steps apart.
fn rank(kind: PromptKind) -> usize {
    let at = PromptKind::ALL.iter().position(|known| *known == kind).unwrap_or(PromptKind::ALL.len());
    match kind {
        PromptKind::RedWithoutAction => 0,
        PromptKind::RedActionAfterFieldwork => 1,
        PromptKind::TwoStepsApart => 2,
        _ => at + 3,
    }
}
