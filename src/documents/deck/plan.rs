//! What needs to happen: when actions are due, and the first six, those that answer the worries shown before any other.

use jiff::civil::Date;

use super::super::inputs::DocumentInputs;
use super::super::names::short_agency;
use super::super::picks::PickedAction;
use super::super::slide_key::SlideKey;
use super::one_page::{ActionPlan, Month, PlanRow, Strip};
use super::signs;
use super::slide::{Body, Slide};
use crate::analysis::trace::Trace;
use crate::analysis::{Action, Due, pick_outs};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::{HeadlineKind, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState};

/// The most actions on the page.
const MOST_ROWS: usize = 6;

/// The most months in the strip: what comes later is one bar.
const MOST_MONTHS: usize = 8;

/// The slide.
pub(super) fn plan(inputs: DocumentInputs<'_>) -> Slide {
    let analysis = inputs.analysis;
    let all: Vec<&Action> = analysis.actions.iter().collect();
    let (rows, is_chosen) = rows(inputs, &all);
    let shown = rows.len();
    let before = all.iter().filter(|action| is_before_fieldwork(inputs, action)).count();
    let headline = headline(inputs, all.len(), before);
    let without = pick_outs::reds_without_action(analysis);
    let plan = ActionPlan {
        alt: "Actions proposed, with the role that leads and the date".into(),
        strip: strip(inputs, &all),
        rows,
        note: format!("{} {}", note(shown, all.len(), without, is_chosen), held(&all)).trim_end().to_string(),
    };
    Slide {
        key: SlideKey::NeedsToHappen,
        section: "What needs to happen".into(),
        headline: inputs.headline(&SlideKey::NeedsToHappen, headline),
        trace: trace(inputs, &plan),
        body: Body::Plan(plan),
    }
}

fn is_before_fieldwork(inputs: DocumentInputs<'_>, action: &Action) -> bool {
    match (&action.due, inputs.round.fieldwork_starts) {
        (Due::On(due), Some(start)) => due.day < start,
        _ => false,
    }
}

fn headline(inputs: DocumentInputs<'_>, all: usize, before: usize) -> String {
    let dated = inputs.analysis.actions.iter().filter(|action| action.has_date()).count();
    let is = |n: usize| if n == 1 { "is" } else { "are" };
    match (all, inputs.round.fieldwork_starts) {
        (0, _) => "No action is proposed yet".into(),
        (1, Some(_)) => format!("1 action is proposed{}", if before == 1 { ", due before fieldwork" } else { "" }),
        (all, Some(_)) => format!("{all} actions are proposed: {before} {} due before fieldwork", is(before)),
        (1, None) => "1 action is proposed".into(),
        (all, None) if dated == all => format!("{all} actions are proposed, each with a date"),
        (all, None) => format!("{all} actions are proposed, {dated} with a date"),
    }
}

fn note(shown: usize, all: usize, without: usize, is_chosen: bool) -> String {
    if all == 0 {
        return reds(without);
    }
    let which = match is_chosen {
        true => "Chosen by the partnership.",
        false => {
            "First those that answer the worries shown, then for Red ratings, by date. Proposed by the agency named; not yet agreed by \
             the partnership."
        }
    };
    let mark = if shown > 0 { " The mark is the rating that the action answers." } else { "" };
    let of = if shown < all { format!("{shown} of {all} actions. ") } else { String::new() };
    format!("{of}{which}{mark} {}", reds(without)).trim_end().to_string()
}

/// How many actions no slide shows before a person has looked at them.
fn held(all: &[&Action]) -> String {
    match all.iter().filter(|action| action.may_identify.is_some()).count() {
        0 => String::new(),
        n => format!("{} held for a person to look at first.", words::capitalised(&words::are(n, "action"))),
    }
}

fn reds(without: usize) -> String {
    match without {
        0 => String::new(),
        1 => "1 Red rating has no action yet.".into(),
        n => format!("{n} Red ratings have no action yet."),
    }
}

/// The first actions, and whether the officer chose them.
fn rows(inputs: DocumentInputs<'_>, all: &[&Action]) -> (Vec<PlanRow>, bool) {
    if let Some(picked) = &inputs.picks.actions {
        let rows = picked.iter().map(|one| chosen(inputs, one)).filter(PlanRow::has_room);
        return (rows.take(MOST_ROWS).collect(), true);
    }
    let worries = signs::worries_shown(inputs);
    let answers = |place: &(CriterionId, AgencyId)| {
        all.iter().find(|action| action.criterion == place.0 && action.agency == place.1).copied()
    };
    let mut order: Vec<&Action> = worries.iter().filter_map(answers).collect();
    for action in all {
        if !order.iter().any(|known| known.criterion == action.criterion && known.agency == action.agency) {
            order.push(action);
        }
    }
    let rows = order.into_iter().filter(|action| action.may_identify.is_none()).map(|action| in_short(inputs, action));
    (rows.filter(PlanRow::has_room).take(MOST_ROWS).collect(), false)
}

fn row(inputs: DocumentInputs<'_>, action: &Action) -> PlanRow {
    let agency = short_agency(inputs, &action.agency);
    let lead = match action.has_lead() {
        true => format!("{}, {agency}", action.lead_on_slide("")),
        false => format!("No role named yet, {agency}"),
    };
    PlanRow {
        rating: match action.state {
            AnswerState::Rated(rating) => Some(rating),
            _ => None,
        },
        what: action.lines().join("; "),
        lead,
        by: by(&action.due),
        agreed: String::new(),
        criterion: action.criterion.clone(),
        agency: action.agency.clone(),
    }
}

/// The same, in the agency's own line where what it wrote has no room.
fn in_short(inputs: DocumentInputs<'_>, action: &Action) -> PlanRow {
    let whole = row(inputs, action);
    let line = signs::own_line(inputs, HeadlineKind::NeedsToHappen, &action.criterion, &action.agency);
    match line {
        Some(line) if !whole.has_room() => PlanRow { what: line.to_string(), ..whole },
        _ => whole,
    }
}

/// An action that the officer chose, in the officer's words where there are some.
fn chosen(inputs: DocumentInputs<'_>, picked: &PickedAction) -> PlanRow {
    let plain = row(inputs, &picked.action);
    let or = |own: &str, plain: &str| if own.is_empty() { plain.to_string() } else { own.to_string() };
    PlanRow {
        what: or(&picked.wording, &plain.what),
        lead: or(&picked.lead, &plain.lead),
        by: picked.by.map_or(plain.by.clone(), short_date),
        agreed: picked.agreed.clone(),
        ..plain
    }
}

fn by(due: &Due) -> String {
    match due {
        Due::On(due) if due.precision == crate::core::due::Precision::Day => short_date(due.day),
        Due::On(due) => due.words(),
        Due::AsWritten(text) => format!("“{text}”"),
        Due::NoDate => "no date yet".into(),
    }
}

/// "8 Jan 2027".
fn short_date(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// A month by its year and number, in order.
fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

fn month_name(month: i32) -> String {
    // OK because a month is made from a date, and every month has a first day.
    let first = Date::new((month / 12) as i16, (month % 12 + 1) as i8, 1).expect("a month of a date");
    first.strftime("%b").to_string()
}

fn due_month(action: &Action) -> Option<i32> {
    match &action.due {
        Due::On(due) => Some(month_of(due.day)),
        _ => None,
    }
}

fn strip(inputs: DocumentInputs<'_>, all: &[&Action]) -> Option<Strip> {
    let first = all.iter().filter_map(|action| due_month(action)).min()?;
    let last = all.iter().filter_map(|action| due_month(action)).max()?;
    let end = last.min(first + MOST_MONTHS as i32 - 1);
    let count = |is_so: &dyn Fn(Option<i32>) -> bool| all.iter().filter(|action| is_so(due_month(action))).count();
    let dated =
        |month: i32| Month { label: month_name(month), count: count(&|due| due == Some(month)), is_dated: true };
    let mut months: Vec<Month> = (first..=end).map(dated).collect();
    let rest = [
        ("later", count(&|due| due.is_some_and(|month| month > end)), true),
        ("no date", count(&|due| due.is_none()), false),
    ];
    for (label, count, is_dated) in rest.into_iter().filter(|(_, count, _)| *count > 0) {
        months.push(Month { label: label.into(), count, is_dated });
    }
    let fieldwork = inputs.round.fieldwork_starts.filter(|day| (first..=end).contains(&month_of(*day)));
    let fieldwork = fieldwork.map(|day| {
        let part = (f32::from(day.day()) - 1.0) / f32::from(day.days_in_month());
        ((month_of(day) - first) as f32 + part, format!("fieldwork {}", day.strftime("%-d %b")))
    });
    let title = match all.len() {
        1 => "When it is due".to_string(),
        n => format!("When the {n} are due"),
    };
    Some(Strip { title, months, fieldwork })
}

/// The numbers of the page.
fn trace(inputs: DocumentInputs<'_>, plan: &ActionPlan) -> Trace {
    let analysis = inputs.analysis;
    let action = |answer: &AnswerRow| {
        let is_it = |action: &&Action| action.agency == answer.agency && action.criterion == answer.criterion;
        analysis.actions.iter().find(is_it)
    };
    let (what, by_when) = (TextKind::NeedsToHappen, TextKind::ActionDue);
    let mut trace = Trace::default()
        .texts(analysis, "Actions proposed", what, |answer| action(answer).is_some())
        .texts(analysis, "Actions with a date", by_when, |answer| action(answer).is_some_and(Action::has_date))
        .texts(analysis, "Actions due before fieldwork", by_when, |answer| {
            action(answer).is_some_and(|action| is_before_fieldwork(inputs, action))
        })
        .answers(analysis, "Red ratings without an action", pick_outs::is_red_without_action)
        .texts(analysis, "Actions held for a person to look at first", what, |answer| {
            action(answer).is_some_and(|action| action.may_identify.is_some())
        })
        .texts(analysis, "Of these, here", what, |answer| {
            plan.rows.iter().any(|row| row.agency == answer.agency && row.criterion == answer.criterion)
        });
    let first = analysis.actions.iter().filter_map(due_month).min().unwrap_or_default();
    for (at, month) in (0i32..).zip(plan.strip.iter().flat_map(|strip| &strip.months)) {
        let is_in = |action: &Action| match (month.label.as_str(), due_month(action)) {
            ("no date", due) => due.is_none(),
            ("later", due) => due.is_some_and(|due| due >= first + at),
            (_, due) => due == Some(first + at),
        };
        let label = format!("Actions due: {}", month.label);
        trace = trace.texts(analysis, &label, what, |answer| action(answer).is_some_and(&is_in));
    }
    trace
}
