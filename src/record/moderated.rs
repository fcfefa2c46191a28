//! What a challenge meeting said about an agency's answer: one row of a challenge workbook.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::Rating;

/// The outcome of a challenge for one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingOutcome {
    /// The self-rating is right.
    Upheld,
    /// The agency and the meeting agreed on a different rating.
    Changed,
    /// They did not agree: both views are kept, and the self-rating counts.
    NotAgreed,
}

impl MeetingOutcome {
    /// Every outcome, in the order of the list in the workbook.
    pub const ALL: [MeetingOutcome; 3] = [MeetingOutcome::Upheld, MeetingOutcome::Changed, MeetingOutcome::NotAgreed];

    /// The word in data.
    pub fn key(self) -> &'static str {
        match self {
            MeetingOutcome::Upheld => "upheld",
            MeetingOutcome::Changed => "changed",
            MeetingOutcome::NotAgreed => "not_agreed",
        }
    }

    /// The word that people choose and read.
    pub fn words(self) -> &'static str {
        match self {
            MeetingOutcome::Upheld => "Upheld",
            MeetingOutcome::Changed => "Changed",
            MeetingOutcome::NotAgreed => "Not agreed",
        }
    }
}

/// What a row of a challenge workbook says about one answer. It quotes no agency's words, and changes no self-rating.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moderated {
    /// The agency.
    pub agency: AgencyId,
    /// The statement.
    pub criterion: CriterionId,
    /// The workbook, as messages name it. File, agency and statement identify the row, so that a changed row replaces what it said before.
    pub file: String,
    /// The self-rating that was challenged, as in `green` or `not_applicable`. The decision applies to no other rating, so it lapses if the
    /// agency changes its answer.
    pub challenged: String,
    /// What was decided; `None` if the row only has notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<MeetingDecision>,
    /// What else the meeting noted.
    #[serde(default, skip_serializing_if = "MeetingNotes::is_empty")]
    pub notes: MeetingNotes,
}

/// What was decided about one answer, by whom, when and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MeetingDecision {
    /// The outcome.
    pub outcome: MeetingOutcome,
    /// The rating that was agreed, or, if none was agreed, the meeting's own view. `None` if the self-rating is upheld or there is no view.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_key",
        deserialize_with = "from_key"
    )]
    pub rating: Option<Rating>,
    /// Why; empty only if the self-rating is upheld.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Who agreed it, as typed.
    pub by: String,
    /// When.
    pub on: Date,
}

/// In the record's files a rating is written as its key, as in `amber`.
fn as_key<S: Serializer>(rating: &Option<Rating>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(rating.map_or("", Rating::key))
}

fn from_key<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Rating>, D::Error> {
    let key = String::deserialize(from)?;
    let rating = Rating::from_key(&key);
    rating.map(Some).ok_or_else(|| de::Error::custom(format!("{key:?} is not a rating")))
}

/// In words, as "changed to Amber by S Example on 16 December 2026: no audit since March".
impl std::fmt::Display for MeetingDecision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&words::uncapitalised(self.outcome.words()))?;
        // A view without agreement is named as the meeting's, so that nobody takes it for the rating that counts.
        match (self.outcome, self.rating) {
            (MeetingOutcome::Changed, Some(rating)) => write!(f, " to {}", rating.word())?,
            (MeetingOutcome::NotAgreed, Some(rating)) => write!(f, " (the meeting's view is {})", rating.word())?,
            _ => {}
        }
        write!(f, " by {} on {}", self.by, words::date(self.on))?;
        if self.why.is_empty() { Ok(()) } else { write!(f, ": {}", self.why) }
    }
}

/// What a meeting noted beside its decision. Each note is as typed, a date as `2027-01-31`; empty if nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MeetingNotes {
    /// What the agency will do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub will_do: String,
    /// Who will do it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// When it is looked at again.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub review_on: String,
    /// Evidence that is not the agency's own: an audit, a survey, what children say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub independent_evidence: String,
    /// What evidence was seen.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub evidence_seen: String,
    /// By whom.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub seen_by: String,
    /// When.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub seen_on: String,
    /// Who saw it differently, and why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dissent: String,
}

impl MeetingNotes {
    /// Every note with its label, in the order of the workbook's columns.
    pub fn named(&self) -> [(&'static str, &str); 8] {
        [
            ("What the agency will do", &self.will_do),
            ("Who will do it", &self.owner),
            ("Review on", &self.review_on),
            ("Independent evidence", &self.independent_evidence),
            ("Evidence seen", &self.evidence_seen),
            ("Seen by", &self.seen_by),
            ("Seen on", &self.seen_on),
            ("Who saw it differently, and why", &self.dissent),
        ]
    }

    /// Every note with its label, with dates in words.
    pub fn shown(&self) -> [(&'static str, String); 8] {
        let shown = |text: &str| text.parse().map_or_else(|_| text.to_string(), words::date);
        self.named().map(|(label, text)| (label, shown(text)))
    }

    /// Every note, to be filled in, in the same order.
    pub fn all_mut(&mut self) -> [&mut String; 8] {
        [
            &mut self.will_do,
            &mut self.owner,
            &mut self.review_on,
            &mut self.independent_evidence,
            &mut self.evidence_seen,
            &mut self.seen_by,
            &mut self.seen_on,
            &mut self.dissent,
        ]
    }

    /// Whether nothing is noted.
    pub fn is_empty(&self) -> bool {
        self.named().iter().all(|(_, text)| text.is_empty())
    }
}
