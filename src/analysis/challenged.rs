//! The figures before and after challenge, for each basis separately, always with how many answers were looked at.

use super::counts::Counts;
use super::summaries::BasisSummary;
use crate::core::words;
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::intake::moderation::ChallengeStanding;
use crate::record::MeetingOutcome;
use crate::theme::Basis;

/// Which ratings numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShownRatings {
    /// Those that agencies gave themselves.
    #[default]
    Own,
    /// Those after challenge: the rating that the meeting agreed, if it is different.
    AsChallenged,
}

/// The result of the challenge on the statements of one basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChallengedNumbers {
    /// The basis.
    pub basis: Basis,
    /// The answers that were returned, and could be looked at.
    pub answers: usize,
    /// How many were upheld.
    pub upheld: usize,
    /// How many were changed to a lower rating.
    pub lower: usize,
    /// How many were changed to a higher rating.
    pub higher: usize,
    /// How many were changed from something that is not a rating.
    pub newly_rated: usize,
    /// On how many the agency and the meeting did not agree, so that the self-rating counts.
    pub not_agreed: usize,
    /// How many are open again, because the self-rating changed after its challenge.
    pub reopened: usize,
    /// How many are decided differently in two places, so that nothing counts.
    pub contradicted: usize,
    /// The self-ratings.
    pub before: Counts,
    /// The ratings after challenge.
    pub after: Counts,
}

impl ChallengedNumbers {
    /// How many were looked at, with a decision that counts.
    pub fn looked_at(&self) -> usize {
        self.upheld + self.changed() + self.not_agreed
    }

    /// How many were changed.
    pub fn changed(&self) -> usize {
        self.lower + self.higher + self.newly_rated
    }

    /// "20 looked at, 3 changed (2 rated lower, 1 higher), 1 not agreed".
    pub fn words(&self) -> String {
        let moved: Vec<String> =
            [(self.lower, "rated lower"), (self.higher, "rated higher"), (self.newly_rated, "not rated before")]
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{count} {what}"))
                .collect();
        let moved = if moved.is_empty() { String::new() } else { format!(" ({})", moved.join(", ")) };
        let mut said = format!("{} looked at, {} changed{moved}", self.looked_at(), self.changed());
        let rest = [
            (self.not_agreed, "not agreed"),
            (self.reopened, "open again"),
            (self.contradicted, "decided differently in two places"),
        ];
        for (count, what) in rest.into_iter().filter(|(count, _)| *count > 0) {
            said += &format!(", {count} {what}");
        }
        said
    }

    /// The ratings before and after: "before challenge: 2 Red, 5 Amber, 4 Green; after challenge: 20 looked at, 3 changed: 3 Red, 6 Amber,
    /// 2 Green".
    pub fn before_and_after(&self) -> String {
        let ratings = |counts: &Counts| format!("{} Red, {} Amber, {} Green", counts.red, counts.amber, counts.green);
        let (before, after) = (ratings(&self.before), ratings(&self.after));
        format!("before challenge: {before}; after challenge: {}: {after}", self.words())
    }
}

/// The figures of each basis, in order; empty if no challenge is on record.
pub(super) fn challenged(
    bases: &[BasisSummary],
    answers: &[AnswerRow],
    basis_of: impl Fn(&AnswerRow) -> Option<Basis>,
) -> Vec<ChallengedNumbers> {
    // Notes alone are not a challenge: without any decision there are no figures to show.
    let is_decided =
        |answer: &AnswerRow| answer.moderation.as_ref().is_some_and(|one| one.standing != ChallengeStanding::Noted);
    if !answers.iter().any(is_decided) {
        return Vec::new();
    }
    let of_basis = |of: &BasisSummary| {
        let mut numbers = ChallengedNumbers {
            basis: of.basis,
            answers: of.counts.asked - of.counts.missing,
            upheld: 0,
            lower: 0,
            higher: 0,
            newly_rated: 0,
            not_agreed: 0,
            reopened: 0,
            contradicted: 0,
            before: of.counts,
            after: of.counts,
        };
        answers.iter().filter(|answer| basis_of(answer) == Some(of.basis)).for_each(|answer| numbers.add(answer));
        numbers
    };
    bases.iter().map(of_basis).collect()
}

impl ChallengedNumbers {
    fn add(&mut self, answer: &AnswerRow) {
        let Some(moderation) = &answer.moderation else { return };
        match &moderation.standing {
            ChallengeStanding::Noted => {}
            ChallengeStanding::Reopened => self.reopened += 1,
            ChallengeStanding::Contradicted => self.contradicted += 1,
            ChallengeStanding::Decided(decision) => match decision.outcome {
                MeetingOutcome::Upheld => self.upheld += 1,
                MeetingOutcome::NotAgreed => self.not_agreed += 1,
                MeetingOutcome::Changed => self.change(answer.state, answer.state_after()),
            },
        }
    }

    fn change(&mut self, from: AnswerState, to: AnswerState) {
        let rating = |state: AnswerState| match state {
            AnswerState::Rated(rating) => Some(rating),
            _ => None,
        };
        let moved = match (rating(from), rating(to)) {
            (Some(before), Some(after)) if after < before => &mut self.lower,
            (Some(_), _) => &mut self.higher,
            (None, _) => &mut self.newly_rated,
        };
        *moved += 1;
        *self.after.cell_mut(from) -= 1;
        *self.after.cell_mut(to) += 1;
    }
}

/// The answers after challenge. Only the state of changed answers differs; the decision stays with each answer.
pub(super) fn after_challenge(answers: &[AnswerRow]) -> Vec<AnswerRow> {
    answers.iter().map(|answer| AnswerRow { state: answer.state_after(), ..answer.clone() }).collect()
}

/// What `said` makes of the figures: once if there is one basis, else for each basis with its name.
pub fn of_challenge(numbers: &[ChallengedNumbers], said: impl Fn(&ChallengedNumbers) -> String) -> String {
    match numbers {
        [only] => said(only),
        several => several.iter().map(|of| format!("{}: {}", of.basis.name(), said(of))).collect::<Vec<_>>().join("; "),
    }
}

/// The movement of a rating, as in "Green to Amber"; empty if it did not move.
pub fn movement(answer: &AnswerRow) -> String {
    match answer.state_after() {
        after if after == answer.state => String::new(),
        after => format!("{} to {}", answer.state.words(), after.words()),
    }
}

/// The outcome of an answer's challenge, as people read it: "Changed", "Open again"; empty if nobody looked at it.
pub fn outcome_words(answer: &AnswerRow) -> String {
    let Some(moderation) = &answer.moderation else { return String::new() };
    match &moderation.standing {
        ChallengeStanding::Decided(decision) => decision.outcome.words().to_string(),
        _ => words::capitalised(&moderation.words()),
    }
}

/// The rating after challenge; `None` if the state is not a rating.
pub fn rating_after(answer: &AnswerRow) -> Option<Rating> {
    match answer.state_after() {
        AnswerState::Rated(rating) => Some(rating),
        _ => None,
    }
}
