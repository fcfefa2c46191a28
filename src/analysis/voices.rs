//! The agencies' own words on what is working well and what worries them, in the order of a stated rule.
//!
//! Statements come in this order: those with three ratings or more first; then for strengths the best middle rating, the
//! larger share of Green, the greater agreement and the id; for worries the worst middle rating, the larger share of Red,
//! and then the same. Under each statement come the words of the agencies that rate themselves Green and name evidence (a
//! strength), or that rate themselves Red, then Amber (a worry), in the round's order. A text that names another agency of
//! the round is marked: the rule passes it over, because that agency was not asked.

use std::cmp::Reverse;

use aho_corasick::AhoCorasick;

use super::sentences::FEWEST_FOR_A_MIDDLE;
use super::{AnswerSummary, Counts, CriterionSummary};
use crate::privacy::is_said;
use crate::ratings::State;
use crate::response::Rating;
use crate::round::{AgencyId, Round};
use crate::theme::CriterionId;

/// One agency's words on one statement, with that agency's own rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The statement.
    pub criterion: CriterionId,
    /// The agency.
    pub agency: AgencyId,
    /// Its own rating of that statement.
    pub rating: Rating,
    /// Its words, as written.
    pub words: String,
    /// What the statement's cells hold.
    pub counts: Counts,
    /// Whether it names another agency of the round, which was not asked.
    pub names_another: bool,
}

/// What is working well. A strength needs a Green with evidence.
pub(super) fn strengths(names: &Names<'_>, criteria: &[CriterionSummary], answers: &[AnswerSummary]) -> Vec<Voice> {
    let mut order: Vec<&CriterionSummary> = criteria.iter().filter(|summary| summary.position.is_some()).collect();
    order.sort_by_key(|summary| {
        let middle = summary.position.map(|position| position.middle);
        (
            has_no_middle(summary),
            Reverse(middle),
            Reverse(share(summary, Rating::Green)),
            Reverse(alike(summary)),
            summary.criterion.id.clone(),
        )
    });
    let has_evidence = |answer: &&AnswerSummary| is_said(&answer.texts.evidence);
    let of = |summary: &&CriterionSummary| {
        quotations(names, summary, answers, &[Rating::Green], has_evidence, |answer| &answer.texts.working_well)
    };
    order.iter().flat_map(of).collect()
}

/// What agencies are worried about.
pub(super) fn worries(names: &Names<'_>, criteria: &[CriterionSummary], answers: &[AnswerSummary]) -> Vec<Voice> {
    let mut order: Vec<&CriterionSummary> = criteria.iter().filter(|summary| summary.position.is_some()).collect();
    order.sort_by_key(|summary| {
        let middle = summary.position.map(|position| position.middle);
        (
            has_no_middle(summary),
            middle,
            Reverse(share(summary, Rating::Red)),
            Reverse(alike(summary)),
            summary.criterion.id.clone(),
        )
    });
    let of = |summary: &&CriterionSummary| {
        quotations(
            names,
            summary,
            answers,
            &[Rating::Red, Rating::Amber],
            |_| true,
            |answer| &answer.texts.worried_about,
        )
    };
    order.iter().flat_map(of).collect()
}

/// Too few ratings for a middle that people are shown.
fn has_no_middle(summary: &CriterionSummary) -> bool {
    summary.counts.rated() < FEWEST_FOR_A_MIDDLE
}

/// A share as whole millionths, so that it can be ordered.
fn share(summary: &CriterionSummary, rating: Rating) -> usize {
    summary.counts.of(rating) * 1_000_000 / summary.counts.rated().max(1)
}

/// Agreement as whole millionths; none, which is one rating or fewer, comes last.
fn alike(summary: &CriterionSummary) -> Option<u64> {
    summary.agreement.map(|agreement| (agreement * 1e6).round() as u64)
}

fn quotations(
    names: &Names<'_>,
    summary: &CriterionSummary,
    answers: &[AnswerSummary],
    ratings: &[Rating],
    is_eligible: impl Fn(&&AnswerSummary) -> bool,
    words: fn(&AnswerSummary) -> &String,
) -> Vec<Voice> {
    let mut voices = Vec::new();
    for rating in ratings {
        let rated = answers
            .iter()
            .filter(|answer| answer.criterion == summary.criterion.id && answer.state == State::Rated(*rating))
            .filter(|answer| is_said(words(answer)))
            .filter(&is_eligible);
        voices.extend(rated.map(|answer| Voice {
            criterion: summary.criterion.id.clone(),
            agency: answer.agency.clone(),
            rating: *rating,
            words: words(answer).clone(),
            counts: summary.counts,
            names_another: names.name_another(&answer.agency, words(answer)),
        }));
    }
    voices
}

/// The names of a round's agencies, looked for all at once: a round can have thousands.
pub(super) struct Names<'r> {
    round: &'r Round,
    search: AhoCorasick,
}

impl<'r> Names<'r> {
    pub(super) fn of(round: &'r Round) -> Names<'r> {
        let names = round.agencies.iter().map(|agency| agency.name.to_lowercase());
        // OK because the search holds thousands of millions of letters before it refuses, and `round.toml` does not.
        Names { round, search: AhoCorasick::new(names).expect("fewer names than the search can hold") }
    }

    /// Whether a text of one agency names another.
    fn name_another(&self, speaker: &AgencyId, words: &str) -> bool {
        let words = words.to_lowercase();
        let mut named = self.search.find_overlapping_iter(&words);
        named.any(|name| self.round.agencies[name.pattern().as_usize()].id != *speaker)
    }
}
