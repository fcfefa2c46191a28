//! What needs to happen, as entries with their role and date. Proposed is not agreed.
//!
//! Order: what follows from a Red rating first, then Amber, then Green, then the rest; in each, the earlier date first and no date last;
//! then the theme's and the round's order.

use jiff::civil::Date;

use super::AnswerSummary;
use crate::ratings::State;
use crate::response::Rating;
use crate::round::AgencyId;
use crate::theme::CriterionId;

/// By when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// On this date.
    On(Date),
    /// Something is written that is no date.
    AsWritten(String),
    /// Nothing is written.
    NoDate,
}

impl Due {
    /// Reads what the long table holds: a date as `2027-01-31`, or the cell's own words.
    pub fn read(text: &str) -> Due {
        // The long table has every date that was understood as 2027-01-31; 20270131 is a number that nobody understood.
        let date = if text.contains('-') { text.parse().ok() } else { None };
        match date {
            Some(date) => Due::On(date),
            None if text.trim().is_empty() => Due::NoDate,
            None => Due::AsWritten(text.to_string()),
        }
    }
}

/// One action that an agency proposes.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The agency that proposes it.
    pub agency: AgencyId,
    /// The statement it belongs to.
    pub criterion: CriterionId,
    /// The agency's own rating of that statement; `None` where it gave none.
    pub rating: Option<Rating>,
    /// What needs to happen, as written.
    pub what: String,
    /// The role that will lead; empty when none is named.
    pub lead: String,
    /// By when.
    pub due: Due,
}

/// Every answer that says what needs to happen.
pub(super) fn actions(answers: &[AnswerSummary]) -> Vec<Action> {
    let action = |answer: &AnswerSummary| Action {
        agency: answer.agency.clone(),
        criterion: answer.criterion.clone(),
        rating: match answer.state {
            State::Rated(rating) => Some(rating),
            State::NotApplicable | State::Blank | State::Unreadable | State::Missing => None,
        },
        what: answer.needs_to_happen.clone(),
        lead: answer.action_lead.clone(),
        due: answer.action_due.clone(),
    };
    let mut actions: Vec<Action> =
        answers.iter().filter(|answer| !answer.needs_to_happen.trim().is_empty()).map(action).collect();
    actions.sort_by_key(|action| {
        let date = match action.due {
            Due::On(date) => Some(date),
            Due::AsWritten(_) | Due::NoDate => None,
        };
        (action.rating.map_or(3, |rating| rating as u8), date.is_none(), date)
    });
    actions
}
