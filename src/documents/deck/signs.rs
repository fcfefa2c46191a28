//! Signs of Safety on one page: what is working well, what agencies are worried about, and what needs to happen, three cards each.
//!
//! A worry and the action that answers it share a row. The rule takes agencies' words whole or not at all, one a statement, different
//! agencies before a second of the same, and worries under the worst rating alone: an Amber worry never takes the place of a Red one.

use super::super::inputs::DocumentInputs;
use super::super::names::{short_agency, short_ref, short_statement};
use super::super::picks::Picked;
use super::super::slide_key::SlideKey;
use super::one_page::{Card, Signs, SignsBar, SignsColumn};
use super::phrases::due;
use super::room;
use super::slide::{Body, Slide};
use crate::analysis::trace::Trace;
use crate::analysis::wording::has_result;
use crate::analysis::{Action, BasisSummary, Headline, Numbers, Voice, pick_outs, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::HeadlineKind;

/// How many cards a column can have, the most first: whole quotations may need more room than a third of the page.
const ROWS: [usize; 3] = [3, 2, 1];

/// The slide.
pub(super) fn signs(inputs: DocumentInputs<'_>) -> Slide {
    let analysis = inputs.analysis;
    let PageCards { rows, strengths, worries } = PageCards::new(inputs);
    let answers = worries.iter().map(|worry| Some(answer(inputs, worry, rows))).collect();
    let [strengths, worries] = [strengths, worries].map(|cards| cards.into_iter().map(Some).collect::<Vec<_>>());
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
    let signs = Signs { claim_pt: room::claim_size(all), bars: bars(&analysis.numbers), columns, rows };
    let (headline, trace) = headline(inputs);
    Slide {
        key: SlideKey::SignsOfSafety,
        section: "Our self-assessment on one page".into(),
        headline: inputs.headline(&SlideKey::SignsOfSafety, headline),
        body: Body::Signs(signs),
        trace: trace.whole(analysis),
    }
}

/// All answers, or those of each basis apart.
fn bars(numbers: &Numbers) -> Vec<SignsBar> {
    let is_one = numbers.bases.len() == 1;
    let bar = |of: &BasisSummary| SignsBar {
        counts: of.counts,
        lead: match is_one {
            true => format!("{} of {} rated", of.counts.rated(), words::count(of.counts.asked, "answer")),
            false => {
                format!("{}: {} of {} rated", words::capitalised(of.basis.name()), of.counts.rated(), of.counts.asked)
            }
        },
        beside: match sentences::not_rated(&of.counts).as_slice() {
            [] => String::new(),
            // Three bases and more are two on a line, where only the number has room.
            _ if numbers.bases.len() > 2 => format!("{} not rated", of.counts.asked - of.counts.rated()),
            not_rated => format!("Not rated: {}", words::list(not_rated)),
        },
    };
    numbers.bases.iter().map(bar).collect()
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
        None => (words::capitalised(&sentences::of_each_basis(numbers, sentences::of_ratings)), Trace::default()),
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
struct PageCards {
    rows: usize,
    strengths: Vec<Card>,
    worries: Vec<Card>,
}

impl PageCards {
    /// As many cards one under another as there are words that fit them: of the ways that show as many words, the one with more rows.
    fn new(inputs: DocumentInputs<'_>) -> PageCards {
        let (picks, analysis) = (inputs.picks, inputs.analysis);
        let strengths = match &picks.strengths {
            Some(picked) => Offered::Picked(chosen(inputs, picked, HeadlineKind::WorkingWell)),
            None => Offered::ByRule(offered(inputs, &analysis.strengths, HeadlineKind::WorkingWell)),
        };
        let worries = match &picks.worries {
            Some(picked) => Offered::Picked(chosen(inputs, picked, HeadlineKind::WorriedAbout)),
            None => Offered::ByRule(offered(inputs, &analysis.worries, HeadlineKind::WorriedAbout)),
        };
        let of = |rows: usize| PageCards { rows, strengths: strengths.cards(rows), worries: worries.cards(rows) };
        let shown = |cards: &PageCards| cards.strengths.len() + cards.worries.len();
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

/// What a column can show, in its order.
enum Offered {
    /// What the officer picked: all that has room.
    Picked(Vec<Card>),
    /// What the rule picks from.
    ByRule(Vec<Card>),
}

impl Offered {
    /// The cards where so many are one under another. The rule takes one a statement, and different agencies before a second of the same.
    fn cards(&self, rows: usize) -> Vec<Card> {
        let fitting =
            |cards: &[Card]| -> Vec<Card> { cards.iter().filter(|card| card.has_room(rows)).cloned().collect() };
        let cards = match self {
            Offered::Picked(cards) => return fitting(cards).into_iter().take(rows).collect(),
            Offered::ByRule(cards) => fitting(cards),
        };
        let mut shown: Vec<Card> = Vec::new();
        for is_second_of_agency in [false, true] {
            for card in &cards {
                let is_new_statement = shown.iter().all(|other| other.criterion != card.criterion);
                let is_new_agency = shown.iter().all(|other| other.agency != card.agency);
                if shown.len() < rows && is_new_statement && (is_second_of_agency || is_new_agency) {
                    shown.push(card.clone());
                }
            }
        }
        shown
    }
}

/// What the rule picks from: agencies' own lines, those with a result first, then what they wrote, all under the leading rating alone. What
/// has no room here is on the slides about worries.
fn offered(inputs: DocumentInputs<'_>, voices: &[Voice], kind: HeadlineKind) -> Vec<Card> {
    let Some(leading) = voices.first().map(|voice| voice.rating) else { return Vec::new() };
    // A line is a strength, or a worry, where what the agency wrote on its statement is one.
    let voice_of = |line: &Headline| {
        let is_it = |voice: &&Voice| Some(&voice.criterion) == line.criterion.as_ref() && voice.agency == line.agency;
        voices.iter().filter(|voice| voice.rating == leading).find(is_it)
    };
    let lines = inputs.analysis.headlines.iter().filter(|line| line.kind == kind && line.is_for_rule());
    let mut lines: Vec<(&Headline, &Voice)> = lines.filter_map(|line| Some((line, voice_of(line)?))).collect();
    // A worry that is answered comes before one that is not: both are counted among the actions.
    let is_answered = |line: &Headline| {
        let is_it =
            |action: &Action| Some(&action.criterion) == line.criterion.as_ref() && action.agency == line.agency;
        kind != HeadlineKind::WorriedAbout || inputs.analysis.actions.iter().any(is_it)
    };
    lines.sort_by_key(|(line, _)| (!is_answered(line), !has_result(&line.line)));
    let own = lines.into_iter().map(|(line, voice)| card(inputs, voice, &line.line));
    let whole = voices.iter().filter(|voice| voice.rating == leading && voice.is_for_rule());
    own.chain(whole.map(|voice| card(inputs, voice, ""))).collect()
}

/// What the officer picked: in the officer's words where there are some, else in the agency's own line, else as it wrote it.
fn chosen(inputs: DocumentInputs<'_>, picked: &[Picked], kind: HeadlineKind) -> Vec<Card> {
    let one = |one: &Picked| {
        let line = own_line(inputs, kind, &one.voice.criterion, &one.voice.agency);
        let wording = if one.wording.is_empty() { line.unwrap_or_default() } else { &one.wording };
        card(inputs, &one.voice, wording)
    };
    picked.iter().map(one).collect()
}

/// An agency's own line on a statement; `None` where it wrote none, or one that a person must look at first.
pub(super) fn own_line<'a>(
    inputs: DocumentInputs<'a>,
    kind: HeadlineKind,
    criterion: &CriterionId,
    agency: &AgencyId,
) -> Option<&'a str> {
    let is_it = |line: &&Headline| {
        line.kind == kind && line.criterion.as_ref() == Some(criterion) && line.agency == *agency && line.is_for_rule()
    };
    inputs.analysis.headlines.iter().find(is_it).map(|line| line.line.as_str())
}

fn card(inputs: DocumentInputs<'_>, voice: &Voice, line: &str) -> Card {
    let is_own_line = !line.is_empty();
    Card {
        rating: Some(voice.rating),
        claim: if is_own_line { line.to_string() } else { format!("“{}”", voice.words) },
        is_own_line,
        is_answer: false,
        criterion: voice.criterion.clone(),
        agency: voice.agency.clone(),
        under: format!("{} · {}", short_agency(inputs, &voice.agency), short_ref(&voice.criterion)),
    }
}

/// The action of the agency on the statement of a worry.
fn answer(inputs: DocumentInputs<'_>, worry: &Card, rows: usize) -> Card {
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
        return card("No action proposed yet".into(), true, short_agency(inputs, &worry.agency));
    };
    let lead = action.lead_on_slide("no role named yet");
    let by = due(&action.due, inputs.made_on);
    let under = room::one_line(&format!("{lead} · {by}"), &[&by]);
    if action.may_identify.is_some() {
        return card("Held for a person to look at first".into(), true, under);
    }
    let own = own_line(inputs, HeadlineKind::NeedsToHappen, &worry.criterion, &worry.agency);
    if let Some(own) = own.map(|line| card(line.to_string(), true, under.clone())).filter(|own| own.has_room(rows)) {
        return own;
    }
    let lines = action.lines();
    let whole = card(format!("“{}”", lines.join("; ")), false, under.clone());
    // Several tasks in one cell: the first, with how many more there are.
    let first = lines.first().filter(|_| lines.len() > 1);
    let first = first.map(|first| card(format!("“{first}” and {} more", lines.len() - 1), false, under.clone()));
    let shown = std::iter::once(whole).chain(first).find(|card| card.has_room(rows));
    shown.unwrap_or_else(|| card("Proposed, and too long for this page".into(), true, under))
}

/// The worries that the page shows, in its order: whose each is, and on which statement.
pub(super) fn worries_shown(inputs: DocumentInputs<'_>) -> Vec<(CriterionId, AgencyId)> {
    PageCards::new(inputs).worries.into_iter().map(|card| (card.criterion, card.agency)).collect()
}
