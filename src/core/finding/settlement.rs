//! A person's decision about a finding, with who, when and why.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::Rating;

/// A person's decision about a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Decision {
    /// It is right as it is. A held-back text may then be read, in this file only.
    Accept,
    /// The answer is read as this value. What was written is kept beside it.
    ReadAs {
        /// The value.
        value: ReadAs,
    },
    /// The text, or the whole file, is left out.
    SetAside,
    /// The text belongs to this statement.
    PutTo {
        /// The statement.
        criterion: CriterionId,
    },
    /// This return counts before any other of its agency.
    Counts,
    /// The change in this one cell counts, though nobody signed for it.
    ChangeCounts,
    /// The return is approved, as its agency said outside the workbook.
    Approved {
        /// Who approved it: a name, a role or both.
        approver: String,
        /// When.
        approved_on: Date,
    },
    /// The return is from this agency.
    From {
        /// The agency. It is `owner` in the record, because an entry also has the `agency` that the finding is about.
        #[serde(rename = "owner")]
        agency: AgencyId,
    },
}

/// The value that an answer is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ReadAs {
    /// A rating.
    Rating(Rating),
    /// The statement does not apply.
    NotApplicable,
    /// The day by which an action is due.
    Due(Date),
}

/// The word for a statement that does not apply, in the record and in data.
const NOT_APPLICABLE: &str = "not_applicable";

impl ReadAs {
    /// The value as people read it.
    pub fn words(self) -> String {
        match self {
            ReadAs::Rating(rating) => rating.word().to_string(),
            ReadAs::NotApplicable => "Not applicable".to_string(),
            ReadAs::Due(day) => words::date(day),
        }
    }
}

impl From<ReadAs> for String {
    fn from(value: ReadAs) -> String {
        match value {
            ReadAs::Rating(rating) => rating.key().to_string(),
            ReadAs::NotApplicable => NOT_APPLICABLE.to_string(),
            ReadAs::Due(day) => day.to_string(),
        }
    }
}

impl TryFrom<String> for ReadAs {
    type Error = String;

    fn try_from(text: String) -> Result<ReadAs, String> {
        let rating = Rating::from_key(&text).map(ReadAs::Rating);
        let not_applicable = (text == NOT_APPLICABLE).then_some(ReadAs::NotApplicable);
        let due = || text.parse().ok().map(ReadAs::Due);
        rating.or(not_applicable).or_else(due).ok_or_else(|| format!("{text:?} is not a rating or a date"))
    }
}

impl Decision {
    /// The decision in data, as in `as amber`. Never reword it: references are made from it.
    pub fn key(&self) -> String {
        match self {
            Decision::Accept => "accept".to_string(),
            Decision::ReadAs { value } => format!("as {}", String::from(*value)),
            Decision::SetAside => "set-aside".to_string(),
            Decision::PutTo { criterion } => format!("to {criterion}"),
            Decision::Counts => "counts".to_string(),
            Decision::ChangeCounts => "change counts".to_string(),
            Decision::Approved { approver, approved_on } => format!("approved on {approved_on} by {approver}"),
            Decision::From { agency } => format!("from {agency}"),
        }
    }
}

/// As people read it, as in "read as Amber".
impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Decision::Accept => f.write_str("accepted as it is"),
            Decision::ReadAs { value } => write!(f, "read as {}", value.words()),
            Decision::SetAside => f.write_str("set aside"),
            Decision::PutTo { criterion } => write!(f, "put to {criterion}"),
            Decision::Counts => f.write_str("chosen as the return that counts"),
            Decision::ChangeCounts => f.write_str("taken for this cell"),
            // "settled" keeps the approver apart from the person who settled it, whose name follows.
            Decision::Approved { approver, approved_on } => {
                write!(f, "taken as approved by {approver} on {}, settled", words::date(*approved_on))
            }
            Decision::From { agency } => write!(f, "taken as a return from {agency}"),
        }
    }
}

/// A decision with who made it, when and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Settlement {
    /// What was decided.
    pub decision: Decision,
    /// Who decided it, as typed.
    pub by: String,
    /// When.
    pub on: Date,
    /// Why.
    pub why: String,
}

/// As people read it, as in "read as Amber by M Hill on 9 December 2026: phoned the lead".
impl fmt::Display for Settlement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settlement { decision, by, on, why } = self;
        write!(f, "{decision} by {by} on {}: {why}", words::date(*on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_reads_as_a_person_would_say_it() {
        let settlement = Settlement {
            decision: Decision::ReadAs { value: ReadAs::Rating(Rating::Amber) },
            by: "M Hill".into(),
            on: Date::constant(2026, 12, 9),
            why: "phoned the lead".into(),
        };
        assert_eq!(settlement.to_string(), "read as Amber by M Hill on 9 December 2026: phoned the lead");
        assert_eq!(settlement.decision.key(), "as amber");
    }

    #[test]
    fn who_approved_is_told_from_who_settled_it() {
        let settlement = Settlement {
            decision: Decision::Approved {
                approver: "B Example, chief".into(),
                approved_on: Date::constant(2026, 12, 18),
            },
            by: "M Hill".into(),
            on: Date::constant(2026, 12, 21),
            why: "e-mail of 18 December".into(),
        };
        assert_eq!(
            settlement.to_string(),
            "taken as approved by B Example, chief on 18 December 2026, settled by M Hill on 21 December 2026: e-mail of 18 December"
        );
    }

    #[test]
    fn every_value_is_read_back_as_it_was_written() {
        let due = ReadAs::Due(Date::constant(2027, 4, 1));
        for value in Rating::ALL.map(ReadAs::Rating).into_iter().chain([ReadAs::NotApplicable, due]) {
            assert_eq!(ReadAs::try_from(String::from(value)), Ok(value));
        }
        assert!(ReadAs::try_from("purple".to_string()).is_err());
    }
}
