//! Phrases that several slides share.

use std::collections::HashMap;

use jiff::civil::Date;

use super::super::inputs::DocumentInputs;
use super::super::picks::Agreement;
use super::measure;
use crate::analysis::trace::Trace;
use crate::analysis::{Action, Analysis, Due, Headline, OwnWorry, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::{HeadlineKind, TextKind};
use crate::intake::answers::AnswerRow;

/// By when, in words, as on the day of the run.
pub fn due(due: &Due, today: Date) -> String {
    match due {
        Due::On(due) if due.day < today => format!("{}: date has passed; progress not reported", due.words()),
        Due::On(due) => due.words(),
        Due::AsWritten(text) => format!("“{text}”"),
        Due::NoDate => "no date yet".into(),
    }
}

/// The name of a part of the story on its first and its later slides; nothing stays nothing.
pub(super) fn continued(section: &str, at: usize) -> String {
    if at == 0 || section.is_empty() { section.to_string() } else { format!("{section}, continued") }
}

/// An agency's own line on a statement; `None` where it wrote none, or one that a person must look at first.
pub(super) fn own_line<'a>(
    analysis: &'a Analysis,
    kind: HeadlineKind,
    criterion: &CriterionId,
    agency: &AgencyId,
) -> Option<&'a str> {
    let is_it = |line: &&Headline| {
        line.kind == kind && line.criterion.as_ref() == Some(criterion) && line.agency == *agency && line.is_for_rule()
    };
    analysis.headlines.iter().find(is_it).map(|line| line.line.as_str())
}

/// The agency's own line in place of an action that waits for the agency that it names; `None` where it does not wait, or has no line.
pub(super) fn line_instead<'a>(inputs: DocumentInputs<'a>, action: &Action) -> Option<&'a str> {
    if action.may_identify.is_some() || inputs.picks.lets_show_action(action) {
        return None;
    }
    own_line(inputs.analysis, HeadlineKind::NeedsToHappen, &action.criterion, &action.agency)
}

/// Why an action is not shown until a person has looked at it; `None` where it can be, in its words or in the agency's own line.
pub(super) fn held(inputs: DocumentInputs<'_>, action: &Action) -> Option<&'static str> {
    match action.may_identify {
        _ if inputs.picks.lets_show_action(action) || line_instead(inputs, action).is_some() => None,
        Some(_) => Some("Held for a person to look at first"),
        None => Some("Held until the agency that it names is asked"),
    }
}

/// How many of these actions are held, and for what, on each basis apart; empty where none is.
pub(super) fn held_of(inputs: DocumentInputs<'_>, all: &[&Action]) -> Vec<String> {
    let held: Vec<&Action> = all.iter().copied().filter(|action| held(inputs, action).is_some()).collect();
    let (of_child, named): (Vec<&Action>, Vec<&Action>) =
        held.into_iter().partition(|action| action.may_identify.is_some());
    let asked = if named.len() == 1 {
        "held until the agency that it names is asked"
    } else {
        "held until the agencies that they name are asked"
    };
    let reasons = [(of_child, "held for a person to look at first"), (named, asked)];
    let some = reasons.into_iter().filter(|(held, _)| !held.is_empty());
    some.map(|(held, why)| format!("{} {why}", actions_are(inputs, &held))).collect()
}

/// "5 actions are", or on each basis apart: "4 actions on official scope and 1 on lines of enquiry are".
pub(super) fn actions_are(inputs: DocumentInputs<'_>, all: &[&Action]) -> String {
    let on = all.iter().map(|action| &action.criterion);
    let is = if all.len() == 1 { "is" } else { "are" };
    format!("{} {is}", sentences::on_each_basis(&inputs.analysis.numbers, "action", on))
}

/// What a headline says of actions where they are never added up: "Actions proposed: 40 on official scope (2 due before fieldwork) and 20 on
/// lines of enquiry (none)". Of each kind how many there are, and how many of them are so; without the latter where that takes too long.
pub(super) fn actions_apart(counted: &[(String, usize, usize)], what: &str) -> String {
    let said = |is_so: bool| {
        let one = |(at, (on, all, so)): (usize, &(String, usize, usize))| match (is_so, at, so) {
            (false, ..) => format!("{all} {on}"),
            (true, 0, 0) => format!("{all} {on} (none {what})"),
            (true, 0, so) => format!("{all} {on} ({so} {what})"),
            (true, _, 0) => format!("{all} {on} (none)"),
            (true, _, so) => format!("{all} {on} ({so})"),
        };
        format!("Actions proposed: {}", words::list(&counted.iter().enumerate().map(one).collect::<Vec<_>>()))
    };
    let long = said(true);
    if measure::headline_lines(&long) <= measure::MOST_HEADLINE_LINES { long } else { said(false) }
}

/// The numbers of the same.
pub(super) fn trace_of_held(inputs: DocumentInputs<'_>) -> Trace {
    let analysis = inputs.analysis;
    let all = analysis.actions.iter().filter(|action| held(inputs, action).is_some());
    let all: HashMap<(&AgencyId, &CriterionId), bool> =
        all.map(|action| ((&action.agency, &action.criterion), action.may_identify.is_some())).collect();
    let is_held = |answer: &AnswerRow, is_of_child| all.get(&(&answer.agency, &answer.criterion)) == Some(&is_of_child);
    let what = TextKind::NeedsToHappen;
    Trace::default()
        .texts(analysis, "Actions held for a person to look at first", what, |answer| is_held(answer, true))
        .texts(analysis, "Actions held until the agency named is asked", what, |answer| is_held(answer, false))
}

/// An agency's worry on a statement that it rates Green: in its own line where there is one, else as it wrote it.
pub(super) fn own_worry(worry: &OwnWorry, line: Option<&str>) -> String {
    match (worry.may_identify, line) {
        (_, Some(line)) => format!("Worried about: {line}"),
        (None, None) => format!("Worried about: “{}”", worry.words),
        (Some(_), None) => "Worried about: held for a person to look at first.".into(),
    }
}

/// "3 Dec 2026".
pub(super) fn short_date(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// That an action is agreed, and when; empty where nobody has agreed it.
pub(super) fn agreed(inputs: DocumentInputs<'_>, action: &Action) -> String {
    inputs.picks.agreement(action).map_or(String::new(), agreed_on)
}

/// "Agreed by the partnership, 3 Dec 2026".
pub(super) fn agreed_on(agreement: &Agreement) -> String {
    format!("Agreed by the partnership, {}", short_date(agreement.on))
}
