//! What needs to happen, as entries with their role and date. Proposed is not agreed.
//!
//! Actions for a Red rating come first, then Amber, Green and the rest; in each, by date with no date last; then in the order of the theme
//! and the round.

use std::borrow::Cow;

use super::voices::Names;
use crate::core::due::DueDay;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy::{self, WeakSign};
use crate::core::written::Written;
use crate::form::{ActionProgress, TextKind};
use crate::intake::answers::AnswerState;
use crate::intake::answers::{AnswerRow, SourceCell};
use crate::round::Round;

/// By when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// On this date.
    On(DueDay),
    /// What is written is not a date.
    AsWritten(String),
    /// Nothing is written.
    NoDate,
}

impl Due {
    /// When the action of an answer is due.
    pub fn in_answer(answer: &AnswerRow) -> Due {
        let written = answer.texts.get(TextKind::ActionDue);
        match answer.action_due {
            Some(date) => Due::On(date),
            None if written.is_nothing() => Due::NoDate,
            None => Due::AsWritten(written.shown().into_owned()),
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
    /// It has a date, but no inspection has been notified yet.
    FieldworkUnknown,
    /// What is written as its date cannot be read.
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

    /// The words that people read: they must also make sense after a number, as in "3 without a date".
    pub fn words(self) -> &'static str {
        match self {
            Timing::BeforeFieldwork => "before fieldwork",
            Timing::AfterFieldwork => "after fieldwork starts",
            Timing::FieldworkUnknown => "dated, with fieldwork not announced yet",
            Timing::DateUnreadable => "with a date that cannot be read",
            Timing::Undated => "without a date",
        }
    }

    /// The timing of something due then, in a round.
    pub fn new(due: &Due, round: &Round) -> Timing {
        match (due, round.fieldwork_starts) {
            (Due::On(due), Some(start)) if due.day < start => Timing::BeforeFieldwork,
            (Due::On(_), Some(_)) => Timing::AfterFieldwork,
            (Due::On(_), None) => Timing::FieldworkUnknown,
            (Due::AsWritten(_), _) => Timing::DateUnreadable,
            (Due::NoDate, _) => Timing::Undated,
        }
    }
}

/// What a slide says if an agency named a person instead of a role.
const ROLE_TO_COME: &str = "role to be confirmed";

/// One action that an agency proposes: one cell, however many lines it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The agency that proposes it.
    pub agency: AgencyId,
    /// The statement it belongs to.
    pub criterion: CriterionId,
    /// The agency's own answer to that statement.
    pub state: AnswerState,
    /// What needs to happen, as written.
    pub what: String,
    /// The role that will lead.
    pub lead: Written,
    /// The sign that it may be about one child, if there is one: no slide shows it then.
    pub may_identify: Option<WeakSign>,
    /// Whether it names another agency of the round, or another group.
    pub names_another: bool,
    /// By when.
    pub due: Due,
    /// When that is, as seen from the inspection.
    pub timing: Timing,
    /// The progress that the agency reports, if it is an action of the round before in the same words.
    pub progress: Option<ActionProgress>,
    /// Its cell.
    pub source: SourceCell,
    /// The cell for the role that leads, filled or not.
    pub lead_source: SourceCell,
    /// The cell for the date, filled or not.
    pub due_source: SourceCell,
}

impl Action {
    /// Whether the rule may put it on a slide. `is_checked` says that the officer has asked the agencies that it names.
    pub fn is_for_rule(&self, is_checked: bool) -> bool {
        self.may_identify.is_none() && (is_checked || !self.names_another)
    }

    /// Whether a role that leads is named.
    pub fn has_lead(&self) -> bool {
        self.lead.is_said()
    }

    /// The role that leads, or in brackets why it cannot be shown; `nobody` if none is named.
    pub fn lead_or<'a>(&'a self, nobody: &'a str) -> Cow<'a, str> {
        if self.lead.is_nothing() { Cow::Borrowed(nobody) } else { self.lead.shown() }
    }

    /// The same for a slide, which never shows a person's name.
    pub fn lead_on_slide<'a>(&'a self, nobody: &'a str) -> Cow<'a, str> {
        if privacy::names_person(self.lead.text()) { Cow::Borrowed(ROLE_TO_COME) } else { self.lead_or(nobody) }
    }

    /// Whether there is a date.
    pub fn has_date(&self) -> bool {
        matches!(self.due, Due::On(_))
    }

    /// The lines of the entry, without bullets and numbers.
    pub fn lines(&self) -> Vec<&str> {
        self.what.lines().map(without_mark).filter(|line| !line.is_empty()).collect()
    }
}

/// A line without its bullet, or its number with a full stop or bracket.
fn without_mark(line: &str) -> &str {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix(['•', '◦', '▪', '‣', '*', '-', '–', '—', '·']) {
        return rest.trim_start();
    }
    // At most two digits, and a blank after the mark: "2027. Then..." and "3.5 posts" do not begin with the number of a list.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered =
        line[digits..].strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' ') && (1..3).contains(&digits));
    numbered.map_or(line, str::trim_start)
}

/// The sign that an answer's action may be about one child: in what, who or when.
fn may_identify(answer: &AnswerRow) -> Option<WeakSign> {
    let of_action = [TextKind::ActionLead, TextKind::ActionDue].map(|kind| answer.texts.text(kind));
    privacy::weak_sign(&answer.proposed()).or_else(|| of_action.into_iter().find_map(privacy::weak_sign))
}

/// The actions: every answer that says what needs to happen, in its row or in the agency's own short line.
pub(super) fn actions(names: &Names<'_>, round: &Round, answers: &[AnswerRow]) -> Vec<Action> {
    let action = |answer: &AnswerRow| Action {
        agency: answer.agency.clone(),
        criterion: answer.criterion.clone(),
        state: answer.state,
        what: answer.proposed().into_owned(),
        lead: answer.texts.get(TextKind::ActionLead).clone(),
        may_identify: may_identify(answer),
        names_another: names.name_another(&answer.agency, &answer.proposed()),
        due: Due::in_answer(answer),
        timing: Timing::new(&Due::in_answer(answer), round),
        progress: None,
        source: answer.proposed_at(),
        lead_source: answer.source_of(TextKind::ActionLead),
        due_source: answer.source_of(TextKind::ActionDue),
    };
    let mut actions: Vec<Action> = answers.iter().filter(|answer| answer.proposes()).map(action).collect();
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
fn urgency(state: AnswerState) -> u8 {
    match state {
        AnswerState::Rated(rating) => rating as u8,
        AnswerState::NotApplicable | AnswerState::Blank | AnswerState::Unreadable | AnswerState::Missing => u8::MAX,
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
