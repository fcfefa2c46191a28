//! The slides that are tables: what needs to happen, and where agencies see the same thing differently.

use std::collections::{HashMap, HashSet};

use super::super::cover::agency_name;
use super::super::inputs::DocumentInputs;
use super::super::slide_key::SlideKey;
use super::measure;
use super::phrases::{actions_apart, actions_are, agreed, continued, due, held, held_of, trace_of_held};
use super::slide::{Body, Grid, GridCell, Header, Slide};
use crate::analysis::trace::Trace;
use crate::analysis::{Action, AgencySummary, BasisSummary, CriterionSummary, Disagreement, Due, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::{Rating, TextKind};
use crate::intake::answers::AnswerRow;
use crate::intake::answers::AnswerState;
use crate::style::paging;
use crate::theme::Group;

/// The widths that the column of statements can have on the slide of differences, in points.
const STATEMENT_WIDTHS_PT: [f32; 2] = [350.0, 260.0];

/// The most slides of actions, and of differences that the rule lists: in a short deck, and in a full one.
const MOST_SLIDES: [usize; 2] = [1, 3];

fn header(text: &str, width_pt: f32) -> Header {
    Header { text: text.into(), width_pt, rating: None }
}

/// What needs to happen, in agencies' words, on at most [`MOST_SLIDES`]; the rest is in the annex. There is no slide if no action is
/// proposed.
pub(super) fn actions(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let all = &inputs.analysis.actions;
    if all.is_empty() {
        return Vec::new();
    }
    let headers = [
        header("What", 408.0),
        header("Which role leads, where", 260.0),
        header("By when", 120.0),
        header("Ref", 100.0),
    ];
    let headline = inputs.headline(&SlideKey::NeedsToHappen, actions_headline(inputs));
    let reasons = held_of(inputs, &all.iter().collect::<Vec<_>>());
    let taken = measure::header_row(&headers) + measure::note(&actions_note(inputs, &all[..1], &[], &reasons));
    let room = measure::room_under(&headline).saturating_sub(taken);
    let is_fitting = |row: &Vec<GridCell>| measure::row(&headers, row) <= room;
    let rows: Vec<(&Action, Vec<GridCell>)> = all
        .iter()
        .filter(|action| held(inputs, action).is_none())
        .map(|action| (action, action_row(inputs, action)))
        .collect();
    let (fitting, too_long): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, row)| is_fitting(row));
    let mut pages = paging::filled(fitting, room, |(_, row)| measure::row(&headers, row));
    pages.truncate(MOST_SLIDES[inputs.length as usize]);
    let shown: Vec<Action> = pages.iter().flatten().map(|(action, _)| (*action).clone()).collect();
    let too_long: Vec<&Action> = too_long.iter().map(|(action, _)| *action).collect();
    let note = actions_note(inputs, &shown, &too_long, &reasons);
    let trace = trace_of_actions(inputs, &shown, &too_long);
    if pages.is_empty() {
        pages.push(Vec::new());
    }
    let slide = |(at, rows): (usize, Vec<(&Action, Vec<GridCell>)>)| Slide {
        ratings: String::new(),
        key: SlideKey::NeedsToHappen,
        section: continued("What needs to happen", at),
        headline: headline.clone(),
        body: Body::Grid(Grid {
            alt: "Actions proposed, with the role that leads, the date and the statement".into(),
            headers: headers.to_vec(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            note: note.clone(),
        }),
        trace: trace.clone(),
    };
    pages.into_iter().enumerate().map(slide).collect()
}

fn actions_headline(inputs: DocumentInputs<'_>) -> String {
    let all = &inputs.analysis.actions;
    let numbers = &inputs.analysis.numbers;
    let dated = all.iter().filter(|action| action.has_date()).count();
    if numbers.bases.len() > 1 {
        let bases = numbers.basis_of_each();
        let counted = |of: &BasisSummary| {
            let here = all.iter().filter(|action| bases.get(&action.criterion) == Some(&of.basis));
            let dated = here.clone().filter(|action| action.has_date()).count();
            (format!("on {}", of.basis.name()), here.count(), dated)
        };
        return actions_apart(&numbers.bases.iter().map(counted).collect::<Vec<_>>(), "with a date");
    }
    match all.len() {
        n if dated == n => format!("{} proposed, each with a date", words::are(n, "action")),
        n => {
            format!("{} proposed; {dated} {} a date", words::are(n, "action"), if dated == 1 { "has" } else { "have" })
        }
    }
}

/// The agency and the statement of an action.
type ActionPlace<'a> = (&'a AgencyId, &'a CriterionId);

fn key(action: &Action) -> ActionPlace<'_> {
    (&action.agency, &action.criterion)
}

/// The trace of actions: proposed, dated, not shown here, too long.
fn trace_of_actions(inputs: DocumentInputs<'_>, shown: &[Action], too_long: &[&Action]) -> Trace {
    let all = inputs.analysis.actions.iter();
    let known: HashMap<ActionPlace<'_>, &Action> = all.map(|action| (key(action), action)).collect();
    let (shown, too_long): (HashSet<ActionPlace<'_>>, HashSet<ActionPlace<'_>>) =
        (shown.iter().map(key).collect(), too_long.iter().copied().map(key).collect());
    let action = |answer: &AnswerRow| known.get(&(&answer.agency, &answer.criterion)).copied();
    let is_in =
        |list: &HashSet<ActionPlace<'_>>, answer: &AnswerRow| list.contains(&(&answer.agency, &answer.criterion));
    let (what, by_when) = (TextKind::NeedsToHappen, TextKind::ActionDue);
    Trace::default()
        .texts(inputs.analysis, "Actions proposed", what, |answer| action(answer).is_some())
        .texts(inputs.analysis, "Actions with a date", by_when, |answer| action(answer).is_some_and(Action::has_date))
        .texts(inputs.analysis, "Actions that are not shown here", what, |answer| {
            action(answer).is_some() && !is_in(&shown, answer)
        })
        .texts(inputs.analysis, "Actions too long for a slide", what, |answer| is_in(&too_long, answer))
        .and(trace_of_held(inputs))
}

/// The note under actions: their order, whose they are, and what is not shown.
fn actions_note(inputs: DocumentInputs<'_>, shown: &[Action], too_long: &[&Action], held: &[String]) -> String {
    let all = &inputs.analysis.actions;
    let is_agreed = all.iter().any(|action| inputs.picks.agreement(action).is_some());
    let agreed =
        if is_agreed { "agreed by the partnership where it says so" } else { "not yet agreed by the partnership" };
    let rule = format!(
        "For Red ratings first, then Amber, then Green; in each, by date. Proposed by the agency named; {agreed}."
    );
    let long = (!too_long.is_empty()).then(|| format!("{} too long for a slide", actions_are(inputs, too_long)));
    let why: Vec<String> = long.into_iter().chain(held.iter().cloned()).collect();
    let why = if why.is_empty() { String::new() } else { format!(": {}", words::list(&why)) };
    let shown_here: HashSet<ActionPlace<'_>> = shown.iter().map(key).collect();
    let left: Vec<&Action> = all.iter().filter(|action| !shown_here.contains(&key(action))).collect();
    match (shown.len(), left.len()) {
        (0, _) => format!("{} not shown here{why}.", words::capitalised(&actions_are(inputs, &left))),
        (_, 0) => rule,
        (_, n) if inputs.analysis.numbers.bases.len() < 2 => {
            format!("{rule} {n} more {} not shown here{why}.", if n == 1 { "is" } else { "are" })
        }
        _ => format!("{rule} {} not shown here{why}.", words::capitalised(&actions_are(inputs, &left))),
    }
}

fn action_row(inputs: DocumentInputs<'_>, action: &Action) -> Vec<GridCell> {
    let (lead, by) = (inputs.picks.lead(action, "no role named yet"), inputs.picks.due(action));
    let agency = agency_name(inputs.analysis, &action.agency);
    let wording = inputs.picks.of_action(action).map(|picked| picked.wording.as_str()).filter(|own| !own.is_empty());
    let agreed = match agreed(inputs, action) {
        nobody if nobody.is_empty() => nobody,
        agreed => format!("Agreed: {agreed}"),
    };
    vec![
        GridCell::from(wording.unwrap_or(&action.what)),
        GridCell { text: lead, under: agency, is_strong: !action.has_lead() },
        GridCell { text: due(&by, action.progress, inputs.made_on), under: agreed, is_strong: by == Due::NoDate },
        GridCell { text: action.criterion.to_string(), under: action.state.words().to_string(), is_strong: false },
    ]
}

/// Where agencies see the same thing differently: the first statements, with who gave which rating; the rest is in the annex.
pub(super) fn differences(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let analysis = inputs.analysis;
    let headline = inputs.headline(&SlideKey::SeenDifferently, sentences::spread_headline(&analysis.numbers));
    let chosen: Vec<&Disagreement> = match &inputs.picks.differences {
        Some(ids) => {
            ids.iter().filter_map(|id| analysis.disagreements.iter().find(|one| one.criterion == *id)).collect()
        }
        None => analysis.disagreements.iter().collect(),
    };
    let summary =
        |one: &Disagreement| analysis.numbers.criteria.iter().find(|summary| summary.criterion.id == one.criterion);
    let chosen: Vec<&CriterionSummary> = chosen.into_iter().filter_map(summary).collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    let note_room = measure::note(&differences_note(inputs, &chosen[..1]));
    let room = measure::room_under(&headline).saturating_sub(note_room);
    // Long statements need a wide first column, long lists of agencies a narrow one. Take the width that shows more on the first slide.
    let [wide, narrow] = STATEMENT_WIDTHS_PT.map(|width| laid_out(&chosen, width, room));
    let first = |(_, pages): &LaidOut<'_>| pages.first().map_or(0, Vec::len);
    let (headers, mut pages) = if first(&narrow) > first(&wide) { narrow } else { wide };
    if inputs.picks.differences.is_none() {
        pages.truncate(MOST_SLIDES[inputs.length as usize]);
    }
    if pages.is_empty() {
        pages.push(Vec::new());
    }
    let shown: Vec<&CriterionSummary> = pages.iter().flatten().map(|(summary, _)| *summary).collect();
    let note = differences_note(inputs, &shown);
    let trace = trace_of_differences(inputs, &shown);
    let slide = |(at, rows): (usize, Vec<(&CriterionSummary, Vec<GridCell>)>)| Slide {
        ratings: String::new(),
        key: SlideKey::SeenDifferently,
        section: continued("Where we see it differently", at),
        headline: headline.clone(),
        body: Body::Grid(Grid {
            alt: "Statements that agencies rate differently, with the groups of agencies that gave each rating".into(),
            headers: headers.clone(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            note: note.clone(),
        }),
        trace: trace.clone(),
    };
    pages.into_iter().enumerate().map(slide).collect()
}

/// The headers of a table of differences, and its rows page by page.
type LaidOut<'a> = (Vec<Header>, Vec<Vec<(&'a CriterionSummary, Vec<GridCell>)>>);

/// The table with a first column of this width; a row too tall for a slide is left out.
fn laid_out<'a>(chosen: &[&'a CriterionSummary], width_pt: f32, room: usize) -> LaidOut<'a> {
    let mut headers = vec![header("Statement", width_pt)];
    let rest = (measure::WIDTH_PT - width_pt) / Rating::ALL.len() as f32;
    headers.extend(Rating::ALL.map(|rating| Header {
        text: rating.word().into(),
        width_pt: rest,
        rating: Some(rating),
    }));
    let room = room.saturating_sub(measure::header_row(&headers));
    let rows = chosen.iter().map(|summary| (*summary, difference_row(summary)));
    let fitting: Vec<_> = rows.filter(|(_, row)| measure::row(&headers, row) <= room).collect();
    let pages = paging::filled(fitting, room, |(_, row)| measure::row(&headers, row));
    (headers, pages)
}

fn difference_row(summary: &CriterionSummary) -> Vec<GridCell> {
    let criterion = &summary.criterion;
    let mut row = vec![GridCell { text: criterion.text.clone(), under: criterion.id.to_string(), is_strong: false }];
    row.extend(Rating::ALL.map(|rating| GridCell::from(who(summary, rating))));
    row
}

/// The groups of agencies that gave a rating, as in "Police; health (2)".
fn who(summary: &CriterionSummary, rating: Rating) -> String {
    let named = |group: &crate::analysis::GroupCounts| match group.counts.rated_as(rating) {
        0 => None,
        1 => Some(group.group.words().to_string()),
        n => Some(format!("{} ({n})", group.group.words())),
    };
    let groups: Vec<String> = summary.groups.iter().filter_map(named).collect();
    if groups.is_empty() { "–".into() } else { words::capitalised(&groups.join("; ")) }
}

fn differences_note(inputs: DocumentInputs<'_>, shown: &[&CriterionSummary]) -> String {
    let (numbers, all) = (&inputs.analysis.numbers, &inputs.analysis.disagreements);
    let order = match &inputs.picks.differences {
        Some(_) => "Chosen by the partnership.",
        None => "Shown first: where agencies differ most.",
    };
    let on = all.iter().map(|one| &one.criterion);
    match (shown.len(), all.len().saturating_sub(shown.len())) {
        (0, n) => {
            let statements = sentences::on_each_basis(numbers, "statement", on);
            format!("{} {} not shown here.", words::capitalised(&statements), if n == 1 { "is" } else { "are" })
        }
        (_, 0) => order.to_string(),
        (n, _) if numbers.bases.len() < 2 => {
            format!("{order} {n} of the {} statements rated differently.", all.len())
        }
        _ => {
            let here = |basis| shown.iter().filter(|summary| summary.criterion.basis == basis).count();
            let said = sentences::by_basis(numbers, on).into_iter();
            let said: Vec<String> =
                said.map(|(basis, n)| format!("{} of the {}", here(basis), basis.count(n))).collect();
            format!("{order} Of what is rated differently: {}.", words::list(&said))
        }
    }
}

fn trace_of_differences(inputs: DocumentInputs<'_>, shown: &[&CriterionSummary]) -> Trace {
    let analysis = inputs.analysis;
    let is_shown = |id: &CriterionId| shown.iter().any(|summary| summary.criterion.id == *id);
    let differs =
        |summary: &CriterionSummary| analysis.disagreements.iter().any(|one| one.criterion == summary.criterion.id);
    let mut trace = Trace::default()
        .statements(analysis, "Statements that some rate Green and some Red", CriterionSummary::is_apart)
        .statements(analysis, "Statements", |_| true)
        .statements(analysis, "Statements rated differently", differs)
        .statements(analysis, "Of these, here", |summary| is_shown(&summary.criterion.id));
    let groups: HashMap<_, &str> = analysis.numbers.agencies.iter().map(|agency| (&agency.id, agency.group)).collect();
    for summary in shown {
        for group in &summary.groups {
            for rating in Rating::ALL {
                let what = format!("{}, {}, {}", rating.word(), summary.criterion.id, group.group.words());
                trace = trace.answers(analysis, &what, |answer| {
                    answer.criterion == summary.criterion.id
                        && answer.state == AnswerState::Rated(rating)
                        && groups.get(&answer.agency) == Some(&group.group.code())
                });
            }
        }
    }
    trace
}

/// Who was asked and who returned, by group, for a deck without room for every agency. Agencies that have not returned are named if there
/// is room.
pub(super) fn by_group(inputs: DocumentInputs<'_>, headline: &str, note: String) -> (Grid, Trace) {
    let analysis = inputs.analysis;
    let headers =
        vec![header("Who", 310.0), header("Asked", 90.0), header("Returned", 120.0), header("Not returned", 368.0)];
    let mut trace = Trace::default();
    let (mut rows, mut counted) = (Vec::new(), Vec::new());
    for group in Group::ALL {
        let is_of = |agency: &AgencySummary| agency.group == group.code() && agency.counts.asked > 0;
        let of: Vec<&AgencySummary> = analysis.numbers.agencies.iter().filter(|agency| is_of(agency)).collect();
        if of.is_empty() {
            continue;
        }
        let missing: Vec<&str> =
            of.iter().filter(|agency| !agency.is_returned).map(|agency| agency.name.as_str()).collect();
        let open = match missing.len() {
            0 => "–".to_string(),
            n => n.to_string(),
        };
        let row = |open: String| {
            let first = words::capitalised(group.words());
            [first, of.len().to_string(), (of.len() - missing.len()).to_string(), open].map(GridCell::from).to_vec()
        };
        rows.push(row(if missing.is_empty() { open.clone() } else { words::list(&missing) }));
        counted.push(row(open));
        trace = trace
            .agencies(analysis, &format!("Asked, {}", group.words()), is_of)
            .agencies(analysis, &format!("Returned, {}", group.words()), |agency| is_of(agency) && agency.is_returned)
            .agencies(analysis, &format!("Not returned, {}", group.words()), |agency| {
                is_of(agency) && !agency.is_returned
            });
    }
    let taken = measure::header_row(&headers) + measure::note(&note);
    let room = measure::room_under(headline).saturating_sub(taken);
    let height = |row: &Vec<GridCell>| measure::row(&headers, row);
    // The longest lists of names are replaced by numbers first.
    while rows.iter().map(height).sum::<usize>() > room {
        // Longest by what it would save to count the agencies instead of naming them.
        let longest =
            (0..rows.len()).max_by_key(|at| height(&rows[*at]) - height(&counted[*at]).min(height(&rows[*at])));
        match longest.filter(|at| rows[*at] != counted[*at]) {
            Some(at) => rows[at] = counted[at].clone(),
            None => break,
        }
    }
    let alt = "How many agencies were asked and how many returned, by group".to_string();
    (Grid { alt, headers, rows, note }, trace)
}
