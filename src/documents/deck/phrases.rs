//! Phrases that several slides share.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::super::inputs::DocumentInputs;
use super::super::names::short_ref;
use super::super::picks::Agreement;
use super::{measure, room};
use crate::analysis::trace::Trace;
use crate::analysis::{Action, Analysis, Due, Headline, OwnWorry, sentences};
use crate::core::due::Precision;
use crate::core::finding::Place;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::{privacy, words};
use crate::form::{ActionProgress, HeadlineKind, TextKind};
use crate::intake::answers::AnswerRow;
use crate::theme::{Basis, Criterion};

/// The bases with statements that no agency was asked, each with those statements.
pub(super) fn put_to_nobody(inputs: DocumentInputs<'_>) -> Vec<(Basis, Vec<&Criterion>)> {
    let all = inputs.round.put_to_nobody(inputs.theme);
    let of = |basis: Basis| (basis, all.iter().copied().filter(|criterion| criterion.basis == basis).collect());
    let of_each = Basis::ALL.into_iter().map(of);
    of_each.filter(|(_, unasked): &(Basis, Vec<&Criterion>)| !unasked.is_empty()).collect()
}

/// Shown beside words from a return without a recorded approval.
pub(super) const NOT_APPROVED: &str = "not approved yet";

/// Whether an approval of an agency's return is recorded.
pub(super) fn is_approved(inputs: DocumentInputs<'_>, agency: &AgencyId) -> bool {
    inputs.analysis.numbers.agency(agency).is_some_and(|agency| agency.is_approval_recorded)
}

/// The most statements put to nobody that are named one by one.
const MOST_UNASKED_NAMED: usize = 12;

/// "3 of 11 statements of official scope were put to nobody: 4.1, 7.4 and 7.5.", a sentence for each basis; empty if every statement was
/// asked of somebody.
pub(super) fn nobody_asked(inputs: DocumentInputs<'_>) -> String {
    let said = |(basis, unasked): &(Basis, Vec<&Criterion>)| {
        let all = inputs.theme.criteria().filter(|(_, criterion)| criterion.basis == *basis).count();
        let refs: Vec<&str> = unasked.iter().map(|criterion| short_ref(inputs, &criterion.id)).collect();
        let was = if unasked.len() == 1 { "was" } else { "were" };
        let refs = words::list_of_first(&refs, MOST_UNASKED_NAMED);
        format!("{} of {} {was} put to nobody: {refs}.", unasked.len(), basis.count(all))
    };
    put_to_nobody(inputs).iter().map(said).collect::<Vec<_>>().join(" ")
}

/// The trace of the statements put to nobody. It leads to the theme, because no return has them.
pub(super) fn trace_of_nobody_asked(inputs: DocumentInputs<'_>) -> Trace {
    let add = |trace: Trace, (basis, unasked): (Basis, Vec<&Criterion>)| {
        let places = unasked.iter().map(|criterion| Place::file(format!("theme.toml, {}", criterion.id))).collect();
        trace.written(&format!("Put to nobody, {}", basis.name()), places)
    };
    put_to_nobody(inputs).into_iter().fold(Trace::default(), add)
}

/// When an action is due, in words, as of `today`; for an action of the round before, with the progress that the agency reports.
pub fn due(due: &Due, progress: Option<ActionProgress>, today: Date) -> String {
    match (due, progress) {
        (Due::On(due), Some(progress)) => format!("{}: {}, the agency says", due.words(), in_lower_case(progress)),
        (Due::On(due), None) if due.day < today => {
            format!("{}: date has passed; progress not reported", due.words())
        }
        (Due::On(due), None) => due.words(),
        (Due::AsWritten(text), Some(progress)) => format!("“{text}”: {}, the agency says", in_lower_case(progress)),
        (Due::AsWritten(text), None) => format!("“{text}”"),
        (Due::NoDate, Some(progress)) => format!("no date: {}, the agency says", in_lower_case(progress)),
        (Due::NoDate, None) => "no date yet".into(),
    }
}

fn in_lower_case(progress: ActionProgress) -> String {
    words::uncapitalised(progress.word())
}

/// The name of a part of the story: with ", continued" on all slides but its first; empty stays empty.
pub(super) fn continued(section: &str, at: usize) -> String {
    if at == 0 || section.is_empty() { section.to_string() } else { format!("{section}, continued") }
}

/// Why an action cannot be shown yet; `None` if it can. The agency's own short line is held together with the full words, because it says
/// the same about the agency that they name.
pub(super) fn held(inputs: DocumentInputs<'_>, action: &Action) -> Option<&'static str> {
    match action.may_identify {
        _ if inputs.picks.lets_show_action(action) => None,
        Some(_) => Some("Held for a person to look at first"),
        None => Some("Held until the agency it names is asked"),
    }
}

/// How many of these actions are held and why, for each basis separately; empty if none is.
pub(super) fn held_of(inputs: DocumentInputs<'_>, all: &[&Action]) -> Vec<String> {
    let held: Vec<&Action> = all.iter().copied().filter(|action| held(inputs, action).is_some()).collect();
    let (of_child, named): (Vec<&Action>, Vec<&Action>) =
        held.into_iter().partition(|action| action.may_identify.is_some());
    let asked = if named.len() == 1 {
        "held until the agency it names is asked"
    } else {
        "held until the agencies they name are asked"
    };
    let reasons = [(of_child, "held for a person to look at first"), (named, asked)];
    let some = reasons.into_iter().filter(|(held, _)| !held.is_empty());
    some.map(|(held, why)| format!("{} {why}", actions_are(inputs, &held))).collect()
}

/// "5 actions are", or with each basis separately: "4 actions on official scope and 1 on lines of enquiry are".
pub(super) fn actions_are(inputs: DocumentInputs<'_>, all: &[&Action]) -> String {
    let on = all.iter().map(|action| &action.criterion);
    let is = if all.len() == 1 { "is" } else { "are" };
    format!("{} {is}", sentences::on_each_basis(&inputs.analysis.numbers, "action", on))
}

/// A headline that counts actions of each basis separately: "Actions proposed: 40 on official scope (2 due before fieldwork) and 20 on lines
/// of enquiry (none)". Each entry has its kind, how many there are, and how many are `what`, which is left out if it takes a third line.
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

/// The trace of the actions that are held.
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
        .not_here()
}

/// Words on a slide: the agency, the statement, and the words as printed.
pub(super) type ShownText<'a> = (&'a AgencyId, &'a CriterionId, &'a str);

/// The trace of the words on a slide: the cells of agencies' own lines, and of the answers that other words come from.
pub(super) fn trace_of_shown(analysis: &Analysis, question: HeadlineKind, shown: &[ShownText<'_>]) -> Trace {
    let is_line = |line: &Headline| {
        let is_it = |(agency, criterion, printed): &ShownText<'_>| {
            line.agency == **agency && line.criterion.as_ref() == Some(criterion) && line.line == *printed
        };
        line.kind == question && shown.iter().any(is_it)
    };
    let in_lines: HashSet<(&AgencyId, &CriterionId)> = analysis
        .headlines
        .iter()
        .filter(|line| is_line(line))
        .filter_map(|line| Some((&line.agency, line.criterion.as_ref()?)))
        .collect();
    let is_text = |answer: &AnswerRow| {
        let place = (&answer.agency, &answer.criterion);
        !in_lines.contains(&place) && shown.iter().any(|(agency, criterion, _)| (*agency, *criterion) == place)
    };
    let (kind, what) = match question {
        HeadlineKind::WorkingWell => (TextKind::WorkingWell, "working well"),
        HeadlineKind::WorriedAbout => (TextKind::WorriedAbout, "worried about"),
        HeadlineKind::NeedsToHappen => (TextKind::NeedsToHappen, "needs to happen"),
        HeadlineKind::ChildrenAndFamilies => return Trace::default(),
    };
    Trace::default().lines(analysis, &format!("Own lines shown here, {what}"), is_line).texts(
        analysis,
        &format!("Texts shown here, {what}"),
        kind,
        is_text,
    )
}

/// An agency's worry on a statement that it rates Green: its own short line if it wrote one, else its full words.
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

/// When an action is due, in short, as of `today`: "3 Dec 2026", "3 Dec 2026 (passed)"; with the progress an agency reports, "3 Dec 2026
/// (done)".
pub(super) fn short_due(due: &Due, progress: Option<ActionProgress>, today: Date) -> String {
    let is_passed = matches!(due, Due::On(due) if due.day < today);
    let said = match due {
        Due::On(due) if due.precision == Precision::Day => short_date(due.day),
        Due::On(due) => due.words(),
        Due::AsWritten(text) => format!("“{text}”"),
        Due::NoDate => "no date yet".into(),
    };
    match progress {
        Some(progress) => format!("{said} ({})", in_lower_case(progress)),
        None if is_passed => format!("{said} (passed)"),
        None => said,
    }
}

/// Who agreed an action for the partnership, and when; empty if nobody has.
pub(super) fn agreed(inputs: DocumentInputs<'_>, action: &Action) -> String {
    inputs.picks.agreement(action).map_or(String::new(), agreed_on)
}

/// "Executive, 3 Dec 2026"; "The partnership, 3 Dec 2026" if the text names a person, which no slide shows, or is too long.
pub(super) fn agreed_on(agreement: &Agreement) -> String {
    let on = short_date(agreement.on);
    let by = Some(format!("{}, {on}", agreement.by.trim())).filter(|_| !privacy::names_person(&agreement.by));
    by.filter(|said| room::has_agreed_room(said)).unwrap_or_else(|| format!("The partnership, {on}"))
}

/// The most statements that are named in brackets.
const MOST_NAMED: usize = 4;

/// The statements in brackets, each once, as in " (1.1, 3.2)"; empty if there are too many to name.
pub(super) fn which(inputs: DocumentInputs<'_>, on: &[&CriterionId]) -> String {
    let mut refs: Vec<&str> = Vec::new();
    for id in on {
        let reference = short_ref(inputs, id);
        if !refs.contains(&reference) {
            refs.push(reference);
        }
    }
    if refs.is_empty() || refs.len() > MOST_NAMED { String::new() } else { format!(" ({})", refs.join(", ")) }
}

/// That an agency proposes nothing on a statement, with what became of its action of the round before.
pub(super) fn no_action(inputs: DocumentInputs<'_>, agency: &AgencyId, criterion: &CriterionId) -> &'static str {
    let row = inputs.analysis.answers.iter().find(|row| row.agency == *agency && row.criterion == *criterion);
    match row.filter(|row| row.is_action_over).and_then(|row| row.progress) {
        Some(ActionProgress::Done) => "last time's action is done, and no new one is proposed yet",
        Some(_) => "last time's action was dropped, and no new one is proposed yet",
        None => "no action proposed yet",
    }
}
