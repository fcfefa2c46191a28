//! The outcome of one answer's challenge.

use crate::form::Rating;
use crate::record::{MeetingDecision, MeetingNotes, MeetingOutcome};

/// What became of the challenge of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChallengeStanding {
    /// It was looked at, and this was decided.
    Decided(MeetingDecision),
    /// There are notes, but no decision.
    Noted,
    /// The agency has since changed the self-rating that was challenged. Nothing counts until the answer is challenged again.
    Reopened,
    /// Two rows decide it differently. Neither counts until one of them is changed.
    Contradicted,
}

/// One answer's challenge. It never changes the self-rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderation {
    /// What became of it.
    pub standing: ChallengeStanding,
    /// The meeting's notes, from all rows with notes.
    pub notes: MeetingNotes,
    /// The challenge workbooks that it is from, as messages name them.
    pub files: Vec<String>,
}

impl Moderation {
    /// The decision; `None` where there is none that counts.
    pub fn decision(&self) -> Option<&MeetingDecision> {
        match &self.standing {
            ChallengeStanding::Decided(decision) => Some(decision),
            ChallengeStanding::Noted | ChallengeStanding::Reopened | ChallengeStanding::Contradicted => None,
        }
    }

    /// The key in data: `upheld`, `changed`, `not_agreed`, `reopened` or `contradicted`; empty where nothing was decided.
    pub fn key(&self) -> &'static str {
        match &self.standing {
            ChallengeStanding::Decided(decision) => decision.outcome.key(),
            ChallengeStanding::Noted => "",
            ChallengeStanding::Reopened => "reopened",
            ChallengeStanding::Contradicted => "contradicted",
        }
    }

    /// The rating agreed in place of the self-rating; `None` for every outcome except changed.
    pub fn changed_to(&self) -> Option<Rating> {
        self.decision().filter(|decision| decision.outcome == MeetingOutcome::Changed)?.rating
    }

    /// What became of it, as people read it.
    pub fn words(&self) -> String {
        match &self.standing {
            ChallengeStanding::Decided(decision) => decision.to_string(),
            ChallengeStanding::Noted => "notes only, nothing decided".into(),
            ChallengeStanding::Reopened => "open again: the self-rating changed after its challenge".into(),
            ChallengeStanding::Contradicted => "decided differently in two places; neither counts".into(),
        }
    }
}
