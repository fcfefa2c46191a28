//! The slides that hold agencies' own words: strengths, worries, and what needs to happen.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{ActionRow, Body, Made, Quote, Slide, agency_name};
use crate::analysis::trace::Trace;
use crate::analysis::{Action, AnswerSummary, AreaSummary, Due, Voice, sentences};
use crate::fonts::{self, Weight};
use crate::privacy::is_said;
use crate::ratings::State;
use crate::response::{Rating, TextKind};
use crate::words;

/// How quotations come to stand on a slide, said on each.
const CHOSEN: &str = "Picked by a stated rule, for the partnership to confirm.";

/// The most quotations on a slide of quotations.
const MOST_QUOTES: usize = 3;

/// The room for them together, and the most that one may take so that others find a place, in points.
const QUOTES_ROOM_PT: (usize, usize) = (310, 130);

/// The width of a quotation there, in points.
const QUOTE_WIDTH_PT: f32 = 740.0;

/// The width of one of two quotations side by side, in points.
const HALF_WIDTH_PT: f32 = 350.0;

/// The height of a line of text on a slide, in points.
const LINE_PT: usize = 21;

/// What is left of a slide under its headline, in points.
const UNDER_HEADLINE_PT: i32 = 326;

/// The room for actions on a slide, in points.
const ACTIONS_ROOM_PT: usize = 276;

/// The most slides of actions.
const MOST_ACTION_SLIDES: usize = 2;

/// The widths of what needs to happen, of the role that leads and of the date, in points.
const ACTION_WIDTHS_PT: [f32; 3] = [320.0, 214.0, 98.0];

pub(super) fn strengths(made: Made<'_>) -> Slide {
    let analysis = made.analysis;
    let (green, rated) = (analysis.numbers.overall.green, analysis.numbers.overall.rated());
    let is_evidenced =
        |answer: &&AnswerSummary| answer.state == State::Rated(Rating::Green) && is_said(&answer.texts.evidence);
    let evidenced = analysis.answers.iter().filter(is_evidenced).count();
    let headline = match green {
        0 => "No agency rates itself Green yet".to_string(),
        _ => format!(
            "{green} of {rated} ratings are Green; {evidenced} of them name{} evidence",
            if evidenced == 1 { "s" } else { "" }
        ),
    };
    let trace = Trace::default().counts(analysis, "all statements", |_| true).texts(
        analysis,
        "Green with evidence named",
        TextKind::Evidence,
        |answer| is_evidenced(&answer),
    );
    let said =
        Said { section: "What is working well", headline, voices: &analysis.strengths, kind: TextKind::WorkingWell };
    voices(made, said, trace)
}

pub(super) fn worries(made: Made<'_>) -> Slide {
    let red = made.analysis.numbers.criteria.iter().filter(|summary| summary.counts.red > 0).count();
    let headline = match made.analysis.numbers.overall.red {
        0 => "No agency rates itself Red".to_string(),
        1 => "1 rating is Red".to_string(),
        n => format!("{n} ratings are Red, on {}", words::count(red, "statement")),
    };
    let trace = Trace::default().counts(made.analysis, "all statements", |_| true).statements(
        made.analysis,
        "Statements that some rate Red",
        |summary| summary.counts.red > 0,
    );
    let voices_of = &made.analysis.worries;
    let said = Said { section: "What we are worried about", headline, voices: voices_of, kind: TextKind::WorriedAbout };
    voices(made, said, trace)
}

/// What a slide of quotations says.
struct Said<'a> {
    section: &'static str,
    headline: String,
    voices: &'a [Voice],
    kind: TextKind,
}

/// One quotation a statement, in the order of the rule: the first whose words fit the slide. What fits none is in the
/// annex: a slide never shows a part of what an agency wrote.
fn voices(made: Made<'_>, said: Said<'_>, mut trace: Trace) -> Slide {
    let all = said.voices;
    let (room, most) = QUOTES_ROOM_PT;
    let mut quotes = fitting(made, all, room, most);
    if quotes.is_empty() {
        // One long quotation may have a slide to itself.
        quotes = fitting(made, all, room, room);
    }
    let more = all.len() - quotes.len();
    let in_annex = format!("{more} more {} in the annex.", if more == 1 { "is" } else { "are" });
    let note = match (quotes.len(), more) {
        (0, 0) => "No words to quote here: what agencies wrote is in the annex.".to_string(),
        (0, n) => {
            format!(
                "{} too long for a slide: {} in the annex.",
                words::capitalised(&words::are(n, "text")),
                if n == 1 { "it is" } else { "they are" }
            )
        }
        (_, 0) => CHOSEN.to_string(),
        _ => format!("{CHOSEN} {in_annex}"),
    };
    let known: HashMap<_, &Voice> = all.iter().map(|voice| ((&voice.agency, &voice.criterion), voice)).collect();
    let is_left = |answer: &AnswerSummary| {
        let voice = known.get(&(&answer.agency, &answer.criterion));
        voice.is_some_and(|voice| !quotes.contains(&quote(made, voice, "")))
    };
    trace = trace.texts(made.analysis, "Texts that could stand here and are in the annex", said.kind, is_left);
    for quoted in &quotes {
        trace = trace.counts(made.analysis, &quoted.reference, |answer| answer.criterion.as_str() == quoted.reference);
    }
    Slide { section: said.section.into(), headline: said.headline, body: Body::Voices { quotes, note }, trace }
}

/// One quotation a statement, in their order, that fit a room together, none taking more than its most.
fn fitting(made: Made<'_>, all: &[Voice], mut room: usize, most: usize) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for of_statement in all.chunk_by(|a, b| a.criterion == b.criterion) {
        let mut offered = of_statement.iter().map(|voice| quote(made, voice, ""));
        if let Some(quote) = offered.find(|quote| height(quote, QUOTE_WIDTH_PT) <= room.min(most)) {
            room -= height(&quote, QUOTE_WIDTH_PT);
            quotes.push(quote);
        }
        if quotes.len() == MOST_QUOTES {
            break;
        }
    }
    quotes
}

/// A strength and a worry of an area, side by side under its chart; where they do not both fit, one across the slide: the
/// strength if most of the area's ratings are Green, else the worry; none where neither does.
pub(super) fn of_area(made: Made<'_>, area: &AreaSummary, chart_height_pt: i32) -> Vec<Quote> {
    let room = (UNDER_HEADLINE_PT - chart_height_pt).max(0) as usize;
    let is_here = |voice: &&Voice| {
        made.analysis.numbers.criteria_of(&area.id).any(|summary| summary.criterion.id == voice.criterion)
    };
    let leading = |voices: &[Voice], question, width, room: usize| {
        let mut quotes = voices.iter().filter(is_here).map(|voice| quote(made, voice, question));
        quotes.find(|quote| height(quote, width) <= room)
    };
    let strength = |width, room| leading(&made.analysis.strengths, "Working well", width, room);
    let worry = |width, room| leading(&made.analysis.worries, "Worried about", width, room);
    if let (Some(strength), Some(worry)) = (strength(HALF_WIDTH_PT, room), worry(HALF_WIDTH_PT, room)) {
        return vec![strength, worry];
    }
    let is_mostly_green = area.counts.green > area.counts.amber.max(area.counts.red);
    let only = if is_mostly_green { strength(QUOTE_WIDTH_PT, room) } else { worry(QUOTE_WIDTH_PT, room) };
    only.into_iter().collect()
}

fn quote(made: Made<'_>, voice: &Voice, question: &'static str) -> Quote {
    let area = made.theme.criterion(&voice.criterion).map_or("", |(area, _)| &area.title);
    Quote {
        rating: voice.rating,
        reference: voice.criterion.to_string(),
        area: area.to_string(),
        question,
        words: voice.words.clone(),
        agency: agency_name(made.analysis, &voice.agency),
        counts: sentences::counts(&voice.counts),
    }
}

/// The height of a quotation in points: its words with the agency's name, the line above them, and its padding.
fn height(quote: &Quote, width_pt: f32) -> usize {
    let words =
        fonts::wrap(&format!("“{}” {}", quote.words, quote.agency), 16.0, Weight::Regular, width_pt - 24.0).len();
    (words + 1) * LINE_PT + 24
}

/// What needs to happen, on two slides at most; the rest is in the annex.
pub(super) fn actions(made: Made<'_>) -> Vec<Slide> {
    let all = &made.analysis.actions;
    let dated = all.iter().filter(|action| matches!(action.due, Due::On(_))).count();
    let headline = match all.len() {
        0 => "No action is proposed yet".to_string(),
        n if dated == n => format!("{} proposed, each with a date", words::are(n, "action")),
        n => {
            format!("{} proposed; {dated} {} a date", words::are(n, "action"), if dated == 1 { "has" } else { "have" })
        }
    };
    let mut pages: Vec<Vec<ActionRow>> = vec![Vec::new()];
    let (mut used, mut too_long) = (0, 0);
    for row in all.iter().map(|action| row(made, action)) {
        let needed = height_of_row(&row);
        if needed > ACTIONS_ROOM_PT {
            too_long += 1;
            continue;
        }
        if used + needed > ACTIONS_ROOM_PT && used > 0 {
            if pages.len() == MOST_ACTION_SLIDES {
                break;
            }
            pages.push(Vec::new());
            used = 0;
        }
        used += needed;
        pages.last_mut().expect("there is a first page").push(row);
    }
    let shown: usize = pages.iter().map(Vec::len).sum();
    let trace = trace_of_actions(made, pages.iter().flatten().collect::<Vec<_>>().as_slice());
    let note = actions_note(all.len(), shown, too_long);
    let slide = |(at, rows): (usize, Vec<ActionRow>)| Slide {
        section: if at == 0 { "What needs to happen".into() } else { "What needs to happen, continued".into() },
        headline: headline.clone(),
        body: Body::Actions { rows, note: note.clone() },
        trace: trace.clone(),
    };
    pages.into_iter().enumerate().map(slide).collect()
}

/// The numbers of actions: proposed, dated, left for the annex, too long.
fn trace_of_actions(made: Made<'_>, shown: &[&ActionRow]) -> Trace {
    let all = made.analysis.actions.iter();
    let known: HashMap<_, &Action> = all.map(|action| ((&action.agency, &action.criterion), action)).collect();
    let action = |answer: &AnswerSummary| known.get(&(&answer.agency, &answer.criterion)).copied();
    let left =
        |answer: &AnswerSummary| action(answer).map(|action| row(made, action)).filter(|row| !shown.contains(&row));
    let (what, by_when) = (TextKind::NeedsToHappen, TextKind::ActionDue);
    Trace::default()
        .texts(made.analysis, "Actions proposed", what, |answer| action(answer).is_some())
        .texts(made.analysis, "Actions with a date", by_when, |answer| action(answer).is_some_and(Action::has_date))
        .texts(made.analysis, "Actions that are in the annex and not here", what, |answer| left(answer).is_some())
        .texts(made.analysis, "Actions too long for a slide", what, |answer| {
            left(answer).is_some_and(|row| height_of_row(&row) > ACTIONS_ROOM_PT)
        })
}

/// In which order actions stand, whose they are, and what is not here.
fn actions_note(all: usize, shown: usize, too_long: usize) -> String {
    let rule = "For Red ratings first, then Amber, then Green; in each, by date. Proposed by the agency named; not yet agreed \
                by the partnership.";
    let is = |n: usize| if n == 1 { "is" } else { "are" };
    match (shown, all - shown) {
        (0, 0) => String::new(),
        (0, n) => format!("{} in the annex: too long for a slide.", words::capitalised(&words::are(n, "action"))),
        (_, 0) => rule.to_string(),
        (_, n) if too_long > 0 => {
            format!("{rule} {n} more {} in the annex, {too_long} of them too long for a slide.", is(n))
        }
        (_, n) => format!("{rule} {n} more {} in the annex.", is(n)),
    }
}

fn row(made: Made<'_>, action: &Action) -> ActionRow {
    ActionRow {
        what: action.what.clone(),
        agency: agency_name(made.analysis, &action.agency),
        lead: if action.has_lead() { action.lead.clone() } else { "no role named yet".into() },
        due: due(&action.due, made.made_on),
        is_undated: !matches!(action.due, Due::On(_)),
        reference: action.criterion.to_string(),
    }
}

/// By when, in words, as on the day of the run.
pub(super) fn due(due: &Due, today: Date) -> String {
    match due {
        Due::On(date) if *date < today => format!("{}: date has passed; progress not reported", words::date(*date)),
        Due::On(date) => words::date(*date),
        Due::AsWritten(text) => format!("“{text}”"),
        Due::NoDate => "no date yet".into(),
    }
}

/// The height of a row of the table of actions, in points.
fn height_of_row(row: &ActionRow) -> usize {
    let [what, lead, due] = ACTION_WIDTHS_PT;
    let lines = |text: &str, width| fonts::wrap(text, 16.0, Weight::Regular, width).len();
    let who = lines(&row.lead, lead) + lines(&row.agency, lead);
    lines(&row.what, what).max(who).max(lines(&row.due, due)).max(2) * 20 + 12
}
