//! What needs to happen: when actions are due, and the first six of them: agreed ones, then those that answer the worries shown, then the
//! others, each by date.
//!
//! An action of the partnership's own, which no agency wrote, is marked as such and never counted among agencies' actions.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::super::inputs::DocumentInputs;
use super::super::names::short_statement;
use super::super::picks::{Agreement, PickedAction};
use super::super::slide_key::SlideKey;
use super::measure;
use super::one_page::{ActionPlan, Month, PlanRow, Strip};
use super::phrases::{
    NOT_APPROVED, ShownText, actions_apart, agreed, agreed_on, held, held_of, short_due, trace_of_held, trace_of_shown,
    which,
};
use super::slide::{Body, Slide};
use super::{room, signs, voices};
use crate::analysis::trace::Trace;
use crate::analysis::{Action, Analysis, BasisSummary, Due, pick_outs, sentences};
use crate::core::finding::Place;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::{ActionProgress, HeadlineKind, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState};

/// The most actions on the page.
pub const MOST_ACTIONS: usize = 6;

/// The most months in the strip: everything later is one bar.
const MOST_MONTHS: usize = 8;

/// An action with when it is due: an agency's, or one of the partnership's own.
struct DatedAction<'a> {
    /// The agency's; `None` for one of the partnership's own.
    action: Option<&'a Action>,
    due: Due,
    agreed: Option<&'a Agreement>,
}

impl DatedAction<'_> {
    fn day(&self) -> Option<Date> {
        match &self.due {
            Due::On(due) => Some(due.day),
            Due::AsWritten(_) | Due::NoDate => None,
        }
    }

    /// The progress that the agency reports, for an action of the round before.
    fn progress(&self) -> Option<ActionProgress> {
        self.action.and_then(|action| action.progress)
    }

    /// Whether nothing is left to do: the agency says that it is done or dropped.
    fn is_closed(&self) -> bool {
        self.progress().is_some_and(is_closed)
    }

    fn month(&self) -> Option<i32> {
        self.day().map(month_of)
    }
}

fn is_closed(progress: ActionProgress) -> bool {
    matches!(progress, ActionProgress::Done | ActionProgress::Dropped)
}

/// Every action, the partnership's own last.
fn all_actions(inputs: DocumentInputs<'_>) -> Vec<DatedAction<'_>> {
    let picks = inputs.picks;
    let of_agency =
        |action| DatedAction { action: Some(action), due: picks.due(action), agreed: picks.agreement(action) };
    let own = |own| DatedAction { action: None, due: own_due(own), agreed: own.agreed.as_ref() };
    inputs.analysis.actions.iter().map(of_agency).chain(picks.own_actions().map(own)).collect()
}

/// Groups of actions that must not be added up, each with a name in words. There is one group if agencies rate statements of one basis; else
/// one for each basis, and one for the partnership's own.
fn apart<'d, 'a>(inputs: DocumentInputs<'_>, all: &'d [DatedAction<'a>]) -> Vec<(String, Vec<&'d DatedAction<'a>>)> {
    let numbers = &inputs.analysis.numbers;
    if numbers.bases.len() < 2 {
        return vec![(String::new(), all.iter().collect())];
    }
    let bases = numbers.basis_of_each();
    let basis = |one: &DatedAction<'_>| one.action.and_then(|action| bases.get(&action.criterion).copied());
    let of_basis = |of: &BasisSummary| {
        let here = all.iter().filter(|one| basis(one) == Some(of.basis)).collect();
        (format!("on {}", of.basis.name()), here)
    };
    let own: Vec<&DatedAction<'_>> = all.iter().filter(|one| one.action.is_none()).collect();
    let own = Some(("of the partnership's own".to_string(), own)).filter(|(_, own)| !own.is_empty());
    numbers.bases.iter().map(of_basis).chain(own).collect()
}

fn own_due(own: &PickedAction) -> Due {
    own.by.map_or(Due::NoDate, |by| Due::On(by.into()))
}

/// The slide; `None` if no action is proposed and no Red waits for one.
pub(super) fn plan(inputs: DocumentInputs<'_>) -> Option<Slide> {
    let all = all_actions(inputs);
    if all.is_empty() && pick_outs::reds_without_action(inputs.analysis).is_empty() {
        return None;
    }
    let rows = rows(inputs);
    let headline = inputs.headline(&SlideKey::NeedsToHappen, headline(inputs, &all));
    let strip = strip(inputs, &all);
    let room = room::plan_note_lines(measure::content_top(&headline), strip.is_some(), rows.len());
    let plan = ActionPlan {
        alt: "Actions, with the role that leads and the date".into(),
        strip,
        note: note(inputs, &rows, &all, room),
        rows,
    };
    Some(Slide {
        ratings: String::new(),
        key: SlideKey::NeedsToHappen,
        section: "What needs to happen".into(),
        headline,
        trace: trace(inputs, &plan, &all),
        body: Body::Plan(plan),
    })
}

/// Whether it is due between today and fieldwork, and not done or dropped.
fn is_before_fieldwork(inputs: DocumentInputs<'_>, action: &DatedAction<'_>) -> bool {
    let is_to_come = |(day, start): (Date, Date)| day < start && day >= inputs.made_on;
    action.day().zip(inputs.round.fieldwork_starts).is_some_and(is_to_come) && !action.is_closed()
}

/// Whether its date has passed on the day of the run, and it is not done or dropped.
fn is_passed(inputs: DocumentInputs<'_>, action: &DatedAction<'_>) -> bool {
    action.day().is_some_and(|day| day < inputs.made_on) && !action.is_closed()
}

/// "19 are past their date".
fn are_passed(n: usize) -> String {
    if n == 1 { "1 is past its date".into() } else { format!("{n} are past their date") }
}

fn headline(inputs: DocumentInputs<'_>, all: &[DatedAction<'_>]) -> String {
    let agreed = all.iter().filter(|action| action.agreed.is_some()).count();
    let is = |n: usize| if n == 1 { "is" } else { "are" };
    if inputs.analysis.numbers.bases.len() > 1 && !all.is_empty() {
        return headline_apart(inputs, all, agreed > 0);
    }
    let dated = all.iter().filter(|action| action.day().is_some()).count();
    let before = all.iter().filter(|action| is_before_fieldwork(inputs, action)).count();
    let passed = all.iter().filter(|action| is_passed(inputs, action)).count();
    let and_passed = if passed == 0 { String::new() } else { format!("; {}", are_passed(passed)) };
    if agreed > 0 {
        let said = match all.len() {
            1 => "1 action is agreed by the partnership".into(),
            n if n == agreed => format!("All {n} actions are agreed by the partnership"),
            n => format!("{agreed} of {n} actions {} agreed by the partnership", is(agreed)),
        };
        return said + &and_passed;
    }
    let said = match (all.len(), inputs.round.fieldwork_starts) {
        (0, _) => "No action is proposed yet".into(),
        (1, Some(_)) => format!("1 action is proposed{}", if before == 1 { ", due before fieldwork" } else { "" }),
        (all, Some(_)) if passed > 0 => {
            return format!(
                "{all} actions are proposed: {}, {before} more {} due before fieldwork",
                are_passed(passed),
                is(before)
            );
        }
        (all, Some(_)) => format!("{all} actions are proposed: {before} {} due before fieldwork", is(before)),
        (1, None) => "1 action is proposed".into(),
        (all, None) if dated == all => format!("{all} actions are proposed, each with a date"),
        (all, None) => format!("{all} actions are proposed, {dated} with a date"),
    };
    said + &and_passed
}

/// The headline if agencies rate statements of several bases.
fn headline_apart(inputs: DocumentInputs<'_>, all: &[DatedAction<'_>], is_some_agreed: bool) -> String {
    let (what, is_so): (&str, &dyn Fn(&DatedAction<'_>) -> bool) = match inputs.round.fieldwork_starts {
        _ if is_some_agreed => ("agreed by the partnership", &|action| action.agreed.is_some()),
        Some(_) if all.iter().any(|action| is_passed(inputs, action)) => {
            ("still due before fieldwork", &|action| is_before_fieldwork(inputs, action))
        }
        Some(_) => ("due before fieldwork", &|action| is_before_fieldwork(inputs, action)),
        None => ("with a date", &|action| action.day().is_some()),
    };
    let counted = |(on, here): (String, Vec<&DatedAction<'_>>)| {
        let so = here.iter().filter(|action| is_so(action)).count();
        (on, here.len(), so)
    };
    let counted: Vec<(String, usize, usize)> = apart(inputs, all).into_iter().map(counted).collect();
    actions_apart(&counted, what)
}

/// The note under the actions: which are shown, whose they are, and what is held or missing. If it does not fit, sentences that explain the
/// table are dropped, the least needed first.
fn note(inputs: DocumentInputs<'_>, rows: &[PlanRow], all: &[DatedAction<'_>], room: usize) -> String {
    let picks = inputs.picks;
    // Each sentence with how soon it is dropped. One that says how many there are has 0 and always stays.
    let mut said: Vec<(u8, String)> = Vec::new();
    let shown = rows.len();
    if shown > 0 && shown < all.len() {
        said.push((0, shown_of(inputs, rows, all)));
    }
    if shown > 0 {
        said.push(match &picks.actions {
            Some(picked) => (0, chosen_note(picked)),
            None => (1, order_note(inputs, all)),
        });
        let is_some_agreed = all.iter().any(|action| action.agreed.is_some());
        said.push(match is_some_agreed {
            true => (1, "Agreed by the partnership where it says so, else proposed by the agency named.".into()),
            false => (1, "Proposed by the agency named, not agreed by the partnership.".into()),
        });
    }
    said.extend(passed_note(inputs, all));
    let of_agencies: Vec<&Action> = all.iter().filter_map(|action| action.action).collect();
    let held = held_of(inputs, &of_agencies).into_iter();
    said.extend(held.map(|held| (0, format!("{}.", words::capitalised(&held)))));
    let reds = pick_outs::reds_without_action(inputs.analysis);
    let has = if reds.len() == 1 { "has" } else { "have" };
    if !reds.is_empty() {
        let on = which(inputs, &reds);
        let reds = sentences::on_each_basis(&inputs.analysis.numbers, "Red rating", reds);
        said.push((0, format!("{reds} {has} no action yet{on}.")));
    }
    said.push((3, format!("As at {}.", words::date(inputs.made_on))));
    let joined = |most: u8| {
        let kept = said.iter().filter(|(soon, _)| *soon <= most).map(|(_, text)| text.as_str());
        kept.collect::<Vec<_>>().join(" ")
    };
    let fits = |text: &String| measure::lines_at(text, measure::NOTE_PT, measure::WIDTH_PT) <= room;
    (0..=4).rev().map(joined).find(fits).unwrap_or_else(|| joined(0))
}

/// How many actions are past their date without a report on progress, each basis separately if there are several.
fn passed_note(inputs: DocumentInputs<'_>, all: &[DatedAction<'_>]) -> Option<(u8, String)> {
    let passed: Vec<DatedAction<'_>> = all_actions(inputs)
        .into_iter()
        .filter(|action| is_passed(inputs, action) && action.progress().is_none())
        .collect();
    match apart(inputs, &passed).as_slice() {
        _ if passed.is_empty() || all.is_empty() => None,
        [_] => Some((3, "Passed: no progress is reported.".into())),
        several => {
            let some = several.iter().filter(|(_, of)| !of.is_empty());
            let said: Vec<String> = some.map(|(on, of)| format!("{} {on}", of.len())).collect();
            Some((0, format!("Past their date: {}; progress is not reported.", words::list(&said))))
        }
    }
}

/// "6 of 60 actions.", or the same for each group of [`apart`].
fn shown_of(inputs: DocumentInputs<'_>, rows: &[PlanRow], all: &[DatedAction<'_>]) -> String {
    let is_here = |one: &&&DatedAction<'_>| match one.action {
        Some(action) => rows.iter().any(|row| row.is_of(action)),
        None => true,
    };
    let kinds = apart(inputs, all);
    match kinds.as_slice() {
        [_] => format!("{} of {} actions.", rows.len(), all.len()),
        kinds => {
            let said = |(on, of): &(String, Vec<&DatedAction<'_>>)| {
                format!("{} of {} {on}", of.iter().filter(is_here).count(), of.len())
            };
            format!("Shown: {}.", words::list(&kinds.iter().map(said).collect::<Vec<_>>()))
        }
    }
}

/// The order in which the rule shows actions, in words.
fn order_note(inputs: DocumentInputs<'_>, all: &[DatedAction<'_>]) -> String {
    let kinds = [
        (all.iter().any(|one| one.agreed.is_some()), "agreed"),
        (!worries_shown(inputs).is_empty(), "for the worries shown"),
        (inputs.round.fieldwork_starts.is_some(), "due before fieldwork"),
        (true, "for Reds"),
    ];
    let kinds: Vec<&str> = kinds.into_iter().filter_map(|(is_here, what)| is_here.then_some(what)).collect();
    format!("Picked: {}; by date.", kinds.join(", then "))
}

/// The worries that the presentation shows, those of the Signs of Safety page first, by statement and agency.
fn worries_shown(inputs: DocumentInputs<'_>) -> Vec<(CriterionId, AgencyId)> {
    let mut shown = signs::worries_shown(inputs);
    for place in voices::worries_shown(inputs) {
        if !shown.contains(&place) {
            shown.push(place);
        }
    }
    shown
}

/// The note on the officer's choice: how many actions are reworded, and how many no agency wrote.
fn chosen_note(picked: &[PickedAction]) -> String {
    let reworded = picked.iter().filter(|one| one.action.is_some() && !one.wording.is_empty()).count();
    let own = picked.iter().filter(|one| one.action.is_none()).count();
    let parts: Vec<String> = [(reworded, "in its words"), (own, "its own, which no agency wrote")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    match parts.as_slice() {
        [] => "Chosen by the partnership.".into(),
        parts => format!("Chosen by the partnership: {}.", words::list(parts)),
    }
}

/// The actions shown: those the officer numbered, then agreed ones without a number; else those the rule picks.
fn rows(inputs: DocumentInputs<'_>) -> Vec<PlanRow> {
    let picks = inputs.picks;
    let Some(picked) = &picks.actions else { return rows_by_rule(inputs) };
    let numbered = picked.iter().map(|one| chosen(inputs.analysis, one, inputs.made_on));
    let agreed = picks.agreed.iter().map(|(action, _)| action);
    let agreed = agreed.filter(|action| picks.of_action(action).is_none() && held(inputs, action).is_none());
    let agreed = agreed.map(|action| in_short(inputs, action)).filter(|row| row.has_room(true));
    numbered.chain(agreed).take(MOST_ACTIONS).collect()
}

/// What the rule shows. It takes the actions beside the worries of the Signs of Safety page, then agreed ones, those beside other worries
/// shown, those due before fieldwork, and the rest. The rows are then put in order: agreed ones first, and in both parts by date.
fn rows_by_rule(inputs: DocumentInputs<'_>) -> Vec<PlanRow> {
    let (analysis, picks) = (inputs.analysis, inputs.picks);
    let all = &analysis.actions;
    let place = |action: &Action| (action.criterion.clone(), action.agency.clone());
    let day = |action: &Action| if let Due::On(due) = picks.due(action) { Some(due.day) } else { None };
    let (first, worries) = (signs::worries_shown(inputs), worries_shown(inputs));
    let group = |action: &Action| match (day(action), inputs.round.fieldwork_starts) {
        // Done or dropped actions come last, even if agreed: nothing is left to do.
        _ if action.progress.is_some_and(is_closed) => 4,
        _ if picks.agreement(action).is_some() => 0,
        _ if worries.contains(&place(action)) => 1,
        (Some(day), Some(start)) if day < start => 2,
        _ => 3,
    };
    let mut order: Vec<&Action> = all.iter().filter(|action| held(inputs, action).is_none()).collect();
    let is_agreed = order.iter().any(|action| picks.agreement(action).is_some());
    order.sort_by_key(|action| (!first.contains(&place(action)), group(action)));
    // The same words from several agencies are shown once, unless they answer a worry that is shown.
    let mut said: HashSet<String> = HashSet::new();
    let row = |action: &&Action| {
        let is_answer = worries.contains(&place(action));
        let row = in_short(inputs, action);
        let row = if is_answer && !row.has_room(is_agreed) { begun(inputs, action, is_agreed) } else { row };
        let is_new = said.insert(row.what.clone());
        let key = (picks.agreement(action).is_none(), day(action).is_none(), day(action));
        (row.has_room(is_agreed) && (is_new || is_answer)).then_some((key, row))
    };
    let mut rows: Vec<_> = order.iter().filter_map(row).take(MOST_ACTIONS).collect();
    rows.sort_by_key(|(key, _)| *key);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A row for an action that does not fit: its first task and how many more there are, or only that an action is proposed.
fn begun(inputs: DocumentInputs<'_>, action: &Action, is_agreed: bool) -> PlanRow {
    let row = in_short(inputs, action);
    let lines = action.lines();
    let with_more = |first: &&str| PlanRow { what: format!("{first} and {} more", lines.len() - 1), ..row.clone() };
    let first = lines.first().filter(|_| lines.len() > 1).map(with_more).filter(|row| row.has_room(is_agreed));
    let short = short_statement(inputs, &action.criterion);
    let what = format!("An action on {}, too long for this page", words::in_sentence(&short));
    first.unwrap_or(PlanRow { what, ..row })
}

fn row(analysis: &Analysis, action: &Action, today: Date) -> PlanRow {
    let lead = match action.has_lead() {
        true => action.lead_on_slide("").into_owned(),
        false => "No role named yet".to_string(),
    };
    PlanRow {
        rating: match action.state {
            AnswerState::Rated(rating) => Some(rating),
            _ => None,
        },
        what: action.lines().join("; "),
        lead: with_agency(analysis, &lead, action),
        by: short_due(&action.due, action.progress, today),
        agreed: String::new(),
        answer: Some((action.criterion.clone(), action.agency.clone())),
    }
}

fn with_agency(analysis: &Analysis, lead: &str, action: &Action) -> String {
    let agency = analysis.numbers.agency(&action.agency);
    let name = agency.map_or(action.agency.as_str(), |agency| agency.short_name.as_str());
    match agency.is_none_or(|agency| agency.is_approval_recorded) {
        true => format!("{lead}, {name}"),
        false => format!("{lead}, {name} ({NOT_APPROVED})"),
    }
}

/// A row with who agreed the action, in the agency's own line if there is one.
fn in_short(inputs: DocumentInputs<'_>, action: &Action) -> PlanRow {
    PlanRow { agreed: agreed(inputs, action), ..in_own_line(inputs.analysis, action, inputs.made_on) }
}

fn in_own_line(analysis: &Analysis, action: &Action, today: Date) -> PlanRow {
    let whole = row(analysis, action, today);
    match analysis.own_line(HeadlineKind::NeedsToHappen, &action.criterion, &action.agency) {
        Some(line) => PlanRow { what: line.to_string(), ..whole },
        _ => whole,
    }
}

/// A row for an action that the officer chose, in the officer's words if there are any.
fn chosen(analysis: &Analysis, picked: &PickedAction, today: Date) -> PlanRow {
    let agreed = picked.agreed.as_ref().map_or(String::new(), agreed_on);
    let Some(action) = &picked.action else {
        let lead = if picked.lead.is_empty() { "No role named yet" } else { &picked.lead };
        return PlanRow {
            rating: None,
            what: format!("{} (the partnership's own)", picked.wording),
            lead: lead.to_string(),
            by: short_due(&own_due(picked), None, today),
            agreed,
            answer: None,
        };
    };
    let plain = if picked.is_whole { row(analysis, action, today) } else { in_own_line(analysis, action, today) };
    PlanRow {
        what: if picked.wording.is_empty() { plain.what.clone() } else { picked.wording.clone() },
        lead: if picked.lead.is_empty() { plain.lead.clone() } else { with_agency(analysis, &picked.lead, action) },
        by: picked.by.map_or(plain.by.clone(), |by| short_due(&Due::On(by.into()), action.progress, today)),
        agreed,
        ..plain
    }
}

/// Whether an action that the officer chose fits the page.
pub(super) fn has_room(analysis: &Analysis, picked: &PickedAction) -> bool {
    // As on a day after its date: "(passed)" is the longest form, and the choice must fit on every day.
    chosen(analysis, picked, Date::MAX).has_room(true)
}

/// A month as a number that counts up through the years.
fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

fn month_name(month: i32) -> String {
    // OK because a month is made from a date, and every month has a first day.
    let first = Date::new((month / 12) as i16, (month % 12 + 1) as i8, 1).expect("a month of a date");
    first.strftime("%b").to_string()
}

fn strip(inputs: DocumentInputs<'_>, all: &[DatedAction<'_>]) -> Option<Strip> {
    let first = all.iter().filter_map(DatedAction::month).min()?;
    let last = all.iter().filter_map(DatedAction::month).max()?;
    let end = last.min(first + MOST_MONTHS as i32 - 1);
    let kinds = apart(inputs, all);
    let counts = |is_so: &dyn Fn(Option<i32>) -> bool| -> Vec<usize> {
        kinds.iter().map(|(_, of)| of.iter().filter(|action| is_so(action.month())).count()).collect()
    };
    let dated =
        |month: i32| Month { label: month_name(month), counts: counts(&|due| due == Some(month)), is_dated: true };
    let mut months: Vec<Month> = (first..=end).map(dated).collect();
    // `trace` below finds these two bars by their labels.
    let rest = [
        ("later", counts(&|due| due.is_some_and(|month| month > end)), true),
        ("no day given", counts(&|due| due.is_none()), false),
    ];
    for (label, counts, is_dated) in rest.into_iter().filter(|(_, counts, _)| counts.iter().any(|n| *n > 0)) {
        months.push(Month { label: label.into(), counts, is_dated });
    }
    // The strip begins with the first action, so fieldwork may be before it or after its end.
    let fieldwork = inputs.round.fieldwork_starts.filter(|day| (first..=end).contains(&month_of(*day)));
    let fieldwork = fieldwork.map(|day| {
        let part = (f32::from(day.day()) - 1.0) / f32::from(day.days_in_month());
        ((month_of(day) - first) as f32 + part, format!("fieldwork {}", day.strftime("%-d %b")))
    });
    let title = match (kinds.as_slice(), all.len()) {
        ([_], 1) => "When it is due".to_string(),
        ([_], _) => "When they are due".to_string(),
        (several, _) => {
            let kinds: Vec<&str> = several.iter().map(|(on, _)| on.as_str()).collect();
            format!("When they are due: bars {}", kinds.join(", then "))
        }
    };
    Some(Strip { title, months, fieldwork })
}

/// The trace of the page: agencies' actions by their cells, the partnership's own by the officer's cells.
fn trace(inputs: DocumentInputs<'_>, plan: &ActionPlan, all: &[DatedAction<'_>]) -> Trace {
    let (analysis, picks) = (inputs.analysis, inputs.picks);
    let of_agencies = all.iter().filter_map(|one| Some(((&one.action?.agency, &one.action?.criterion), one)));
    let known: HashMap<(&AgencyId, &CriterionId), &DatedAction<'_>> = of_agencies.collect();
    let of = |answer: &AnswerRow| known.get(&(&answer.agency, &answer.criterion)).copied();
    let (what, by_when) = (TextKind::NeedsToHappen, TextKind::ActionDue);
    let own = |is_so: &dyn Fn(&PickedAction) -> bool| -> Vec<Place> {
        picks.own_actions().filter(|own| is_so(own)).map(|own| own.place.clone()).collect()
    };
    let mut trace = Trace::default()
        .texts(analysis, "Actions proposed", what, |answer| of(answer).is_some())
        .written("Actions of the partnership's own", own(&|_| true))
        .and(trace_of_agreed(inputs, all))
        .texts(analysis, "Actions with a date", by_when, |answer| of(answer).is_some_and(|one| one.day().is_some()))
        .texts(analysis, "Actions due before fieldwork", by_when, |answer| {
            of(answer).is_some_and(|one| is_before_fieldwork(inputs, one))
        })
        .texts(analysis, "Actions past their date", by_when, |answer| {
            of(answer).is_some_and(|one| is_passed(inputs, one))
        })
        .answers(analysis, "Red ratings without an action", pick_outs::is_red_without_action)
        .and(trace_of_held(inputs))
        .texts(analysis, "Of these, here", what, |answer| {
            of(answer).and_then(|one| one.action).is_some_and(|action| plan.rows.iter().any(|row| row.is_of(action)))
        });
    let shown =
        plan.rows.iter().filter_map(|row| row.answer.as_ref().map(|(id, agency)| (agency, id, row.what.as_str())));
    trace = trace.and(trace_of_shown(analysis, HeadlineKind::NeedsToHappen, &shown.collect::<Vec<ShownText>>()));
    let first = all.iter().filter_map(DatedAction::month).min().unwrap_or_default();
    for (at, month) in (0i32..).zip(plan.strip.iter().flat_map(|strip| &strip.months)) {
        let is_in = |due: Option<i32>| match (month.label.as_str(), due) {
            ("no day given", due) => due.is_none(),
            ("later", due) => due.is_some_and(|due| due >= first + at),
            (_, due) => due == Some(first + at),
        };
        let label = format!("Actions due: {}", month.label);
        trace = trace
            .texts(analysis, &label, what, |answer| of(answer).is_some_and(|one| is_in(one.month())))
            .written(&format!("{label}, the partnership's own"), own(&|own| is_in(own.by.map(month_of))));
    }
    trace
}

/// The trace of agreed actions, each basis separately: the cells that say so.
fn trace_of_agreed(inputs: DocumentInputs<'_>, all: &[DatedAction<'_>]) -> Trace {
    let add = |trace: Trace, (on, of): (String, Vec<&DatedAction<'_>>)| {
        let places = of.iter().filter_map(|one| one.agreed).map(|agreed| agreed.place.clone()).collect();
        trace.written(format!("Actions agreed by the partnership {on}").trim_end(), places)
    };
    apart(inputs, all).into_iter().fold(Trace::default(), add)
}

impl PlanRow {
    /// Whether it is this action of an agency's.
    fn is_of(&self, action: &Action) -> bool {
        let is_it =
            |(criterion, agency): &(CriterionId, AgencyId)| *criterion == action.criterion && *agency == action.agency;
        self.answer.as_ref().is_some_and(is_it)
    }
}
