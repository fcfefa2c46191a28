//! What needs to happen, as entries with their role and date. Proposed is not agreed.
//!
//! Order: what follows from a Red rating first, then Amber, then Green, then the rest; in each, the earlier date first and no date last;
//! then the theme's and the round's order.

use jiff::civil::Date;

use super::{AnswerSummary, Source};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy::is_said;
use crate::form::TextKind;
use crate::ratings::State;
use crate::round::Round;

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

/// When an action is due, as seen from the inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timing {
    /// Before the first day of fieldwork.
    BeforeFieldwork,
    /// On the first day of fieldwork or later.
    AfterFieldwork,
    /// It has a date, and no inspection is notified yet.
    FieldworkUnknown,
    /// Something is written for its date that is none.
    DateUnreadable,
    /// It has no date.
    Undated,
}

impl Timing {
    /// The word in `actions.csv`.
    pub fn key(self) -> &'static str {
        match self {
            Timing::BeforeFieldwork => "before_fieldwork",
            Timing::AfterFieldwork => "after_fieldwork",
            Timing::FieldworkUnknown => "fieldwork_unknown",
            Timing::DateUnreadable => "date_unreadable",
            Timing::Undated => "undated",
        }
    }

    /// The words that people read.
    pub fn words(self) -> &'static str {
        match self {
            Timing::BeforeFieldwork => "before fieldwork",
            Timing::AfterFieldwork => "after fieldwork starts",
            Timing::FieldworkUnknown => "fieldwork not announced",
            Timing::DateUnreadable => "the date cannot be read",
            Timing::Undated => "no date",
        }
    }

    fn of(due: &Due, round: &Round) -> Timing {
        match (due, round.fieldwork_starts) {
            (Due::On(date), Some(start)) if *date < start => Timing::BeforeFieldwork,
            (Due::On(_), Some(_)) => Timing::AfterFieldwork,
            (Due::On(_), None) => Timing::FieldworkUnknown,
            (Due::AsWritten(_), _) => Timing::DateUnreadable,
            (Due::NoDate, _) => Timing::Undated,
        }
    }
}

/// One action that an agency proposes: one cell, however many lines it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The agency that proposes it.
    pub agency: AgencyId,
    /// The statement it belongs to.
    pub criterion: CriterionId,
    /// The agency's own answer to that statement.
    pub state: State,
    /// What needs to happen, as written.
    pub what: String,
    /// The role that will lead; empty when none is named.
    pub lead: String,
    /// By when.
    pub due: Due,
    /// When that is, as seen from the inspection.
    pub timing: Timing,
    /// Where it stands.
    pub source: Source,
    /// Where the role that leads stands, or should.
    pub lead_source: Source,
    /// Where the date stands, or should.
    pub due_source: Source,
}

impl Action {
    /// Whether a role that leads is named.
    pub fn has_lead(&self) -> bool {
        is_said(&self.lead)
    }

    /// Whether there is a date.
    pub fn has_date(&self) -> bool {
        matches!(self.due, Due::On(_))
    }

    /// The lines of the entry, without the marks that people begin them with.
    pub fn lines(&self) -> Vec<&str> {
        self.what.lines().map(without_mark).filter(|line| !line.is_empty()).collect()
    }
}

/// A line without a bullet, or a number with a point or bracket, before it.
fn without_mark(line: &str) -> &str {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix(['•', '◦', '▪', '‣', '*', '-', '–', '—', '·']) {
        return rest.trim_start();
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered =
        line[digits..].strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' ') && (1..3).contains(&digits));
    numbered.map_or(line, str::trim_start)
}

/// Every answer that says what needs to happen.
pub(super) fn actions(round: &Round, answers: &[AnswerSummary]) -> Vec<Action> {
    let action = |answer: &AnswerSummary| Action {
        agency: answer.agency.clone(),
        criterion: answer.criterion.clone(),
        state: answer.state,
        what: answer.texts.needs_to_happen.clone(),
        lead: answer.texts.action_lead.clone(),
        due: answer.action_due.clone(),
        timing: Timing::of(&answer.action_due, round),
        source: answer.source_of(TextKind::NeedsToHappen),
        lead_source: answer.source_of(TextKind::ActionLead),
        due_source: answer.source_of(TextKind::ActionDue),
    };
    let mut actions: Vec<Action> =
        answers.iter().filter(|answer| is_said(&answer.texts.needs_to_happen)).map(action).collect();
    actions.sort_by_key(|action| {
        let date = match action.due {
            Due::On(date) => Some(date),
            Due::AsWritten(_) | Due::NoDate => None,
        };
        (urgency(action.state), date.is_none(), date)
    });
    actions
}

/// Red first, then Amber, then Green, then the rest.
fn urgency(state: State) -> u8 {
    match state {
        State::Rated(rating) => rating as u8,
        State::NotApplicable | State::Blank | State::Unreadable | State::Missing => u8::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_three_bullets_is_three_lines() {
        for (line, said) in
            [("• Train staff", "Train staff"), ("- a", "a"), ("2. b", "b"), ("10) c", "c"), ("2027 plan", "2027 plan")]
        {
            assert_eq!(without_mark(line), said);
        }
    }
}
