//! Signs of Safety on one page: what is working well, what agencies are worried about, and what needs to happen, three cards each.
//!
//! A worry and the action that answers it share a row. The rule takes agencies' words whole or not at all, one a statement, different
//! agencies before a second of the same, and worries under the worst rating alone: an Amber worry never takes the place of a Red one.

use super::super::inputs::DocumentInputs;
use super::super::names::{short_agency, short_ref, short_statement};
use super::super::picks::Picked;
use super::super::slide_key::SlideKey;
use super::one_page::{Card, Signs, SignsColumn};
use super::phrases::due;
use super::room;
use super::slide::{Body, Slide};
use crate::analysis::trace::Trace;
use crate::analysis::{Action, Voice, pick_outs, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;

/// How many cards a column can have, the most first: whole quotations may need more room than a third of the page.
const ROWS: [usize; 3] = [3, 2, 1];

/// The slide.
pub(super) fn signs(inputs: DocumentInputs<'_>) -> Slide {
    let analysis = inputs.analysis;
    let PageCards { rows, strengths, worries } = PageCards::new(inputs);
    let answers = worries.iter().map(|(voice, _)| answer(inputs, voice, rows)).collect();
    let only = |cards: Vec<(&Voice, Card)>| cards.into_iter().map(|(_, card)| Some(card)).collect::<Vec<_>>();
    let (strengths, worries) = (only(strengths), only(worries));
    let notes = [
        few(strengths.len(), analysis.strengths.len(), "No Green rating has evidence named with it yet.", "strength"),
        few(worries.len(), analysis.worries.len(), "No agency has written what it is worried about.", "worry"),
        String::new(),
    ];
    let [well, worried, happen] = notes;
    let columns = [
        SignsColumn { heading: "What is working well", cards: strengths, note: well },
        SignsColumn { heading: "What are we worried about", cards: worries, note: worried },
        SignsColumn { heading: "What needs to happen", cards: answers, note: happen },
    ];
    let all = columns.iter().flat_map(|column| column.cards.iter().flatten());
    let counts = analysis.numbers.overall;
    let signs = Signs {
        claim_pt: room::claim_size(all),
        lead: format!("{} of {} rated", counts.rated(), words::count(counts.asked, "answer")),
        beside: match sentences::not_rated(&counts).as_slice() {
            [] => String::new(),
            not_rated => format!("Not rated: {}", words::list(not_rated)),
        },
        counts,
        columns,
        rows,
    };
    let (headline, trace) = headline(inputs);
    Slide {
        key: SlideKey::SignsOfSafety,
        section: "Our self-assessment on one page".into(),
        headline: inputs.headline(&SlideKey::SignsOfSafety, headline),
        body: Body::Signs(signs),
        trace: trace.counts(analysis, "all statements", |_| true),
    }
}

/// What stands out: the statement with least Green.
fn headline(inputs: DocumentInputs<'_>) -> (String, Trace) {
    let numbers = &inputs.analysis.numbers;
    match pick_outs::least_green(numbers) {
        Some(summary) => {
            let id = &summary.criterion.id;
            let short = short_statement(inputs, id);
            let trace = Trace::default().counts(inputs.analysis, id.as_str(), |answer| answer.criterion == *id);
            (sentences::green_on(&summary.counts, &short), trace)
        }
        None => (words::capitalised(&sentences::of_ratings(&numbers.overall)), Trace::default()),
    }
}

/// What is said where a column has few cards.
fn few(shown: usize, all: usize, none: &str, noun: &str) -> String {
    match (shown, all) {
        (_, 0) => none.to_string(),
        (0, all) => format!("{} too long for this page.", words::capitalised(&words::are(all, noun))),
        _ => String::new(),
    }
}

/// The cards of both kinds of words.
struct PageCards<'a> {
    rows: usize,
    strengths: Vec<(&'a Voice, Card)>,
    worries: Vec<(&'a Voice, Card)>,
}

impl<'a> PageCards<'a> {
    /// As many cards one under another as there are words that fit them: of the ways that show as many words, the one with more rows.
    fn new(inputs: DocumentInputs<'a>) -> PageCards<'a> {
        let (picks, analysis) = (inputs.picks, inputs.analysis);
        let of = |rows: usize| PageCards {
            rows,
            strengths: cards(inputs, picks.strengths.as_deref(), &analysis.strengths, rows),
            worries: cards(inputs, picks.worries.as_deref(), &analysis.worries, rows),
        };
        let shown = |cards: &PageCards<'_>| cards.strengths.len() + cards.worries.len();
        let mut best = of(ROWS[0]);
        for rows in &ROWS[1..] {
            let other = of(*rows);
            if shown(&other) > shown(&best) {
                best = other;
            }
        }
        best
    }
}

/// The cards of one kind of words: those that the officer picked, else those that the rule picks.
fn cards<'a>(
    inputs: DocumentInputs<'a>,
    picked: Option<&'a [Picked]>,
    all: &'a [Voice],
    rows: usize,
) -> Vec<(&'a Voice, Card)> {
    match picked {
        Some(picked) => {
            let cards = picked.iter().map(|one| (&one.voice, card(inputs, &one.voice, &one.wording)));
            cards.filter(|(_, card)| card.has_room(rows)).take(rows).collect()
        }
        // Words under the worst rating alone: what has no room there is on the slides about worries.
        None => {
            all.chunk_by(|a, b| a.rating == b.rating).next().map_or(Vec::new(), |alike| by_rule(inputs, alike, rows))
        }
    }
}

/// What the rule picks from words under one rating: one a statement, different agencies before a second of the same.
fn by_rule<'a>(inputs: DocumentInputs<'a>, all: &'a [Voice], rows: usize) -> Vec<(&'a Voice, Card)> {
    let mut shown: Vec<(&Voice, Card)> = Vec::new();
    let fitting = all.iter().filter(|voice| voice.is_for_rule()).map(|voice| (voice, card(inputs, voice, "")));
    let fitting: Vec<(&Voice, Card)> = fitting.filter(|(_, card)| card.has_room(rows)).collect();
    for is_second_of_agency in [false, true] {
        for (voice, card) in &fitting {
            let is_new_statement = shown.iter().all(|(other, _)| other.criterion != voice.criterion);
            let is_new_agency = shown.iter().all(|(other, _)| other.agency != voice.agency);
            if shown.len() < rows && is_new_statement && (is_second_of_agency || is_new_agency) {
                shown.push((*voice, card.clone()));
            }
        }
    }
    shown
}

fn card(inputs: DocumentInputs<'_>, voice: &Voice, wording: &str) -> Card {
    let is_own_line = !wording.is_empty();
    Card {
        rating: Some(voice.rating),
        claim: if is_own_line { wording.to_string() } else { format!("“{}”", voice.words) },
        is_own_line,
        is_answer: false,
        criterion: voice.criterion.clone(),
        agency: voice.agency.clone(),
        under: format!("{} · {}", short_agency(inputs, &voice.agency), short_ref(&voice.criterion)),
    }
}

/// The action of the agency on the statement of a worry.
fn answer(inputs: DocumentInputs<'_>, worry: &Voice, rows: usize) -> Option<Card> {
    let is_it = |action: &&Action| action.agency == worry.agency && action.criterion == worry.criterion;
    let action = inputs.analysis.actions.iter().find(is_it);
    let card = |claim: String, is_own_line, under: String| Card {
        rating: None,
        claim,
        is_own_line,
        is_answer: true,
        criterion: worry.criterion.clone(),
        agency: worry.agency.clone(),
        under,
    };
    let Some(action) = action else {
        return Some(card("No action proposed yet".into(), true, short_agency(inputs, &worry.agency)));
    };
    let lead = action.lead_on_slide("no role named yet");
    let by = due(&action.due, inputs.made_on);
    let under = room::one_line(&format!("{lead} · {by}"), &[&by]);
    if action.may_identify.is_some() {
        return Some(card("Held for a person to look at first".into(), true, under));
    }
    let whole = card(format!("“{}”", action.lines().join("; ")), false, under.clone());
    if whole.has_room(rows) {
        return Some(whole);
    }
    // Several tasks in one cell: the first, with how many more there are.
    let lines = action.lines();
    let first = lines
        .first()
        .filter(|_| lines.len() > 1)
        .map(|first| card(format!("“{first}” and {} more", lines.len() - 1), false, under.clone()));
    let first = first.filter(|card| card.has_room(rows));
    Some(first.unwrap_or_else(|| card("Proposed, and too long for this page".into(), true, under)))
}

/// The worries that the page shows, in its order: whose each is, and on which statement.
pub(super) fn worries_shown(inputs: DocumentInputs<'_>) -> Vec<(CriterionId, AgencyId)> {
    PageCards::new(inputs).worries.into_iter().map(|(_, card)| (card.criterion, card.agency)).collect()
}
