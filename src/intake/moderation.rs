//! What the record has of one answer's challenge.

use crate::form::Rating;
use crate::record::{MeetingDecision, MeetingNotes, MeetingOutcome};

/// What became of the challenge of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChallengeStanding {
    /// It was looked at, and this was decided.
    Decided(MeetingDecision),
    /// Something was noted and nothing decided.
    Noted,
    /// It was decided about a self-rating that the agency has changed since: nothing counts until it is looked at again.
    Reopened,
    /// Two rows decide it differently: neither counts until one of them is changed.
    Contradicted,
}

/// One answer's challenge. It never changes the self-rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderation {
    /// What became of it.
    pub standing: ChallengeStanding,
    /// What the meeting noted, put together from all rows that note something.
    pub notes: MeetingNotes,
    /// The workbooks that say so, as messages name them.
    pub files: Vec<String>,
}

impl Moderation {
    /// What was decided; `None` where nothing is, or it does not count.
    pub fn decision(&self) -> Option<&MeetingDecision> {
        match &self.standing {
            ChallengeStanding::Decided(decision) => Some(decision),
            ChallengeStanding::Noted | ChallengeStanding::Reopened | ChallengeStanding::Contradicted => None,
        }
    }

    /// The word in data: `upheld`, `changed`, `not_agreed`, `reopened` or `contradicted`; empty where nothing was decided.
    pub fn key(&self) -> &'static str {
        match &self.standing {
            ChallengeStanding::Decided(decision) => decision.outcome.key(),
            ChallengeStanding::Noted => "",
            ChallengeStanding::Reopened => "reopened",
            ChallengeStanding::Contradicted => "contradicted",
        }
    }

    /// The rating that was agreed in place of the self-rating; `None` for every outcome but changed.
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
