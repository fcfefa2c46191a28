//! Decides which answers are worth challenging first, and what to ask about each.
//!
//! Order: a Red with no action, or one dated after fieldwork; ratings two steps apart, at either end; then any other sign in the answer,
//! in the order of the kinds of prompts; then the rest. Inside each, by statement and then agency, in the theme's and the round's order.

use std::collections::{BTreeSet, HashMap};

use crate::analysis::pairs::Partners;
use crate::analysis::{Analysis, Prompt, PromptKind};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::documents::quoted::is_asked;
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::round::Round;

/// An answer with what is worth asking about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChallengeQuestion<'a> {
    /// The answer.
    pub answer: &'a AnswerRow,
    /// Why it is worth looking at, in a few words each, the gravest first.
    pub signs: Vec<&'static str>,
    /// What to ask.
    pub questions: Vec<String>,
    /// The prompt behind each question.
    pub prompts: Vec<&'a Prompt>,
}

/// Every answer of agencies that returned, those worth challenging first. `quoted` are the answers that the presentation quotes.
pub fn worth_asking<'a>(
    round: &Round,
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
    let partners = Partners::new(round, &analysis.answers);
    let returned = analysis.answers.iter().filter(|answer| answer.state != AnswerState::Missing);
    let mut all: Vec<(usize, Option<&usize>, ChallengeQuestion<'_>)> = returned
        .map(|answer| {
            let own = of_answer.get(&(&answer.agency, &answer.criterion)).into_iter().flatten().copied();
            // Ratings two steps apart are asked about at either end, and not in the Amber answers between.
            let is_at_an_end = matches!(answer.state, AnswerState::Rated(Rating::Red | Rating::Green));
            let apart = of_statement.get(&answer.criterion).copied().filter(|_| is_at_an_end);
            let mut prompts: Vec<&Prompt> = own.chain(apart).collect();
            prompts.sort_by_key(|prompt| rank(prompt.kind));
            let first = prompts.first().map_or(usize::MAX, |prompt| rank(prompt.kind));
            let mut signs: Vec<&'static str> = prompts.iter().map(|prompt| prompt.kind.words()).collect();
            signs.dedup();
            prompts.retain(|prompt| is_asked(prompt, quoted));
            let questions = prompts.iter().map(|prompt| match prompt.kind {
                PromptKind::TwoStepsApart => apart_question(&partners, analysis, answer),
                _ => prompt.question.clone(),
            });
            let questions = questions.collect();
            (first, places.get(&answer.criterion), ChallengeQuestion { answer, signs, questions, prompts })
        })
        .collect();
    // Sorting is stable: agencies keep the round's order.
    all.sort_by_key(|(first, place, _)| (*first, *place));
    all.into_iter().map(|(.., question)| question).collect()
}

/// What to ask about an answer that is two steps from others. If a partner's words are about this agency or the same thing, the question
/// names that partner; or else it counts those who rate differently.
fn apart_question(partners: &Partners<'_>, analysis: &Analysis, answer: &AnswerRow) -> String {
    let other = if answer.state == AnswerState::Rated(Rating::Red) { Rating::Green } else { Rating::Red };
    if let Some(found) = partners.contrary_from(answer, other) {
        let agency = analysis.numbers.agency(&found.by.agency);
        let name = agency.map_or(found.by.agency.as_str(), |agency| &agency.short_name);
        return format!(
            "{name} rates this {} and writes about the same thing: what does each see that the other does not?",
            other.word()
        );
    }
    let summary = analysis.numbers.criteria.iter().find(|summary| summary.criterion.id == answer.criterion);
    let others = summary.map_or(0, |summary| summary.counts.rated_as(other));
    let (rate, see) = if others == 1 { ("rates", "does it see") } else { ("rate", "do they see") };
    let who = words::capitalised(&words::count(others, "agency"));
    format!("{who} {rate} this {}: what {see} that this agency does not?", other.word())
}

/// The rank of a kind of prompt, 0 first. Ratings that are two steps apart come straight after a Red without an action in time.
fn rank(kind: PromptKind) -> usize {
    let at = PromptKind::ALL.iter().position(|known| *known == kind).unwrap_or(PromptKind::ALL.len());
    match kind {
        PromptKind::RedWithoutAction => 0,
        PromptKind::RedActionAfterFieldwork => 1,
        PromptKind::TwoStepsApart => 2,
        _ => at + 3,
    }
}
