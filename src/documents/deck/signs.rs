//! Signs of Safety on one page: what is working well, what agencies are worried about, and what needs to happen, three cards each.
//!
//! A worry and the action that answers it share a row. The rule takes agencies' words in full or not at all, one for each statement, and
//! gives each agency a card before any gets a second. The first worry is on the statement in the headline, if one can be shown. Then come
//! those under the worst rating: an Amber worry may fill an empty place, but never takes the place of a Red one.
//! If the officer writes a claim, the agency's own words are under it. If an agency that is Green has a worry on the same statement, the
//! worry is under its strength.

use super::super::inputs::DocumentInputs;
use super::super::names::{short_agency, short_ref, short_statement};
use super::super::picks::Picked;
use super::super::slide_key::SlideKey;
use super::one_page::{Card, Signs, SignsBar, SignsColumn};
use super::phrases::{NOT_APPROVED, ShownText, held, is_approved, no_action, own_worry, short_due, trace_of_shown};
use super::room;
use super::slide::{Body, Slide};
use crate::analysis::trace::Trace;
use crate::analysis::wording::has_result;
use crate::analysis::{Action, BasisSummary, Headline, Numbers, Voice, pick_outs, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::HeadlineKind;

/// How many cards a column can have, the most first: full quotations may need more room than a third of the page.
const ROWS: [usize; 3] = [3, 2, 1];

/// The slide.
pub(super) fn signs(inputs: DocumentInputs<'_>) -> Slide {
    let analysis = inputs.analysis;
    let PageCards { rows, strengths, worries } = PageCards::new(inputs);
    let answers = worries.iter().map(|worry| Some(answer(inputs, worry, rows))).collect();
    let [strengths, worries] = [strengths, worries].map(|cards| cards.into_iter().map(Some).collect::<Vec<_>>());
    let notes = [
        few(strengths.len(), analysis.strengths.len(), "No Green rating names its evidence yet."),
        match few(worries.len(), analysis.worries.len(), "No agency has written what it is worried about.") {
            said if worries.is_empty() && !analysis.worries.is_empty() => {
                format!("{said} What we are worried about has a page of its own.")
            }
            said => said,
        },
        no_answers(inputs, worries.len()),
    ];
    let [well, worried, happen] = notes;
    let columns = [
        SignsColumn { heading: "What is working well", cards: strengths, note: well },
        SignsColumn { heading: "What are we worried about", cards: worries, note: worried },
        SignsColumn { heading: "What needs to happen", cards: answers, note: happen },
    ];
    let all = columns.iter().flat_map(|column| column.cards.iter().flatten());
    let signs = Signs { claim_pt: room::claim_size(rows, all), bars: bars(&analysis.numbers), columns, rows };
    let (headline, trace) = headline(inputs);
    let kinds = [HeadlineKind::WorkingWell, HeadlineKind::WorriedAbout, HeadlineKind::NeedsToHappen];
    let add = |trace: Trace, (kind, column): (HeadlineKind, &SignsColumn)| {
        let cards = column.cards.iter().flatten();
        let shown: Vec<ShownText> = cards.map(|card| (&card.agency, &card.criterion, card.claim.as_str())).collect();
        trace.and(trace_of_shown(analysis, kind, &shown))
    };
    let shown = kinds.into_iter().zip(&signs.columns).fold(Trace::default(), add);
    Slide {
        ratings: String::new(),
        key: SlideKey::SignsOfSafety,
        section: "Our self-assessment on one page".into(),
        headline: inputs.headline(&SlideKey::SignsOfSafety, headline),
        body: Body::Signs(signs),
        trace: trace.whole(analysis).and(shown),
    }
}

/// A bar of all answers, or one for each basis.
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
            // Beside bars of several bases only the number has room.
            _ if !is_one => format!("{} not rated", of.counts.asked - of.counts.rated()),
            not_rated => format!("Not rated: {}", words::list(not_rated)),
        },
    };
    numbers.bases.iter().map(bar).collect()
}

/// The headline: the statement with the smallest share of Green.
fn headline(inputs: DocumentInputs<'_>) -> (String, Trace) {
    let numbers = &inputs.analysis.numbers;
    match pick_outs::least_green(numbers) {
        Some(summary) => {
            let id = &summary.criterion.id;
            let short = short_statement(inputs, id);
            let trace = Trace::default().counts(inputs.analysis, id.as_str(), |answer| answer.criterion == *id);
            (sentences::green_on(&summary.counts, &short, inputs.analysis.numbers.ratings), trace)
        }
        None => (words::capitalised(&sentences::of_each_basis(numbers, sentences::of_ratings)), Trace::default()),
    }
}

/// The text of a column without cards; empty if it has some.
fn few(shown: usize, all: usize, none: &str) -> String {
    match (shown, all) {
        (_, 0) => none.to_string(),
        (0, _) => "No agency's words are ready for this page.".into(),
        _ => String::new(),
    }
}

/// The text of the column of actions when no worry is shown that they could answer.
fn no_answers(inputs: DocumentInputs<'_>, worries: usize) -> String {
    let actions = inputs.analysis.actions.len() + inputs.picks.own_actions().count();
    match (worries, actions) {
        (0, 0) => "No action is proposed yet.".into(),
        (0, _) => "What is proposed is on a page of its own.".into(),
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
    /// Picks the number of rows that shows most words; of equal choices, the one with more rows.
    fn new(inputs: DocumentInputs<'_>) -> PageCards {
        let (picks, analysis) = (inputs.picks, inputs.analysis);
        // An agency's words under a claim must fit with this many rows: as many as the fuller column has, and two at most.
        let most = [&picks.strengths, &picks.worries].map(|picked| picked.as_ref().map_or(ROWS[0], Vec::len));
        let wanted = most.into_iter().max().unwrap_or(ROWS[0]).clamp(1, 2);
        let strengths = match &picks.strengths {
            Some(picked) => OfferedCards::Picked(chosen(inputs, picked, HeadlineKind::WorkingWell, wanted)),
            None => OfferedCards::ByRule(offered(inputs, &analysis.strengths, HeadlineKind::WorkingWell)),
        };
        let worries = match &picks.worries {
            Some(picked) => OfferedCards::Picked(chosen(inputs, picked, HeadlineKind::WorriedAbout, wanted)),
            None => OfferedCards::ByRule(offered(inputs, &analysis.worries, HeadlineKind::WorriedAbout)),
        };
        let of = |rows: usize| PageCards { rows, strengths: strengths.cards(rows), worries: worries.cards(rows) };
        // The layouts are compared by what the officer put first, then by whether the worry in the headline is shown, then by how many cards
        // are under the worst rating, and only then by how many there are.
        let picked_out = pick_outs::least_green(&analysis.numbers).map(|summary| &summary.criterion.id);
        let shown = |cards: &PageCards| {
            let first = strengths.first_that_fit(cards.rows) + worries.first_that_fit(cards.rows);
            let is_picked_out = |card: &Card| Some(&card.criterion) == picked_out && cards.rows > 1;
            let leading = cards.strengths.len() + worries.leading(&cards.worries);
            let all = cards.strengths.len() + cards.worries.len();
            (first, cards.worries.iter().any(is_picked_out), leading, all)
        };
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
enum OfferedCards<'a> {
    /// What the officer picked: everything that fits is shown.
    Picked(Vec<Card>),
    /// What the rule picks from.
    ByRule(Vec<OfferedVoice<'a>>),
}

impl OfferedCards<'_> {
    /// How many of the officer's picks fit with `rows` cards in a column, counted up to the first that does not.
    fn first_that_fit(&self, rows: usize) -> usize {
        match self {
            OfferedCards::Picked(cards) => cards.iter().take(rows).take_while(|card| card.has_room(rows)).count(),
            OfferedCards::ByRule(_) => 0,
        }
    }

    /// How many of the cards shown are under the worst rating that any card has.
    fn leading(&self, shown: &[Card]) -> usize {
        let worst = match self {
            OfferedCards::Picked(all) => all.iter().map(|card| card.rating).min(),
            OfferedCards::ByRule(all) => all.iter().map(|one| Some(one.voice.rating)).min(),
        };
        shown.iter().filter(|card| Some(card.rating) == worst).count()
    }

    /// The cards to show with `rows` cards in a column. The rule takes one for each statement, and under each rating gives each agency one
    /// before any gets a second. If no card under the worst rating fits, none is shown: a better rating must not take its place.
    fn cards(&self, rows: usize) -> Vec<Card> {
        let offered = match self {
            OfferedCards::Picked(cards) => {
                return cards.iter().filter(|card| card.has_room(rows)).take(rows).cloned().collect();
            }
            OfferedCards::ByRule(offered) => offered,
        };
        let mut shown: Vec<Card> = Vec::new();
        let mut next = 0;
        // Words are laid out only when it is their turn: a large round offers thousands, and a page takes three.
        while shown.len() < rows && next < offered.len() {
            let Some(first) = (next..offered.len()).find(|at| offered[*at].card().has_room(rows)) else { break };
            let rating = offered[first].voice.rating;
            let has_other = |at: &usize| offered[*at].voice.rating != rating && offered[*at].card().has_room(rows);
            next = (first..offered.len()).find(has_other).unwrap_or(offered.len());
            for (is_second_of_agency, at) in
                [false, true].into_iter().flat_map(|second| (first..next).map(move |at| (second, at)))
            {
                let one = &offered[at];
                let is_new_statement = shown.iter().all(|other| other.criterion != one.voice.criterion);
                let is_new_agency = shown.iter().all(|other| other.agency != one.voice.agency);
                if shown.len() == rows
                    || !is_new_statement
                    || (!is_second_of_agency && !is_new_agency)
                    || one.voice.rating != rating
                {
                    continue;
                }
                let card = one.card();
                // Agencies copy from each other; the same words are shown once.
                if shown.iter().all(|other| other.claim != card.claim) && card.has_room(rows) {
                    shown.push(card);
                }
            }
        }
        if self.leading(&shown) == 0 {
            shown.clear();
        }
        shown
    }
}

/// Words that the rule can pick: an answer, in the agency's own line where that is not empty.
struct OfferedVoice<'a> {
    inputs: DocumentInputs<'a>,
    voice: &'a Voice,
    line: &'a str,
}

impl OfferedVoice<'_> {
    fn card(&self) -> Card {
        card(self.inputs, self.voice, self.line)
    }
}

/// What the rule picks from, in order: worries on the statement in the headline; then by rating, the worst first. Under each rating official
/// statements come first, agencies' own lines before full quotations, a Green without a worry before one with, and words with a result
/// before others. What does not fit here is on the slides about worries.
fn offered<'a>(inputs: DocumentInputs<'a>, voices: &'a [Voice], kind: HeadlineKind) -> Vec<OfferedVoice<'a>> {
    let picks = inputs.picks;
    // A line counts as a strength or a worry only if the full answer it stands for may be shown.
    let voice_of = |line: &Headline| {
        let is_it = |voice: &&Voice| {
            Some(&voice.criterion) == line.criterion.as_ref()
                && voice.agency == line.agency
                && voice.can_be_shown_whole(picks.is_voice_checked(voice))
                // A worry that names another agency waits until that agency was asked, and so does its short line.
                && (picks.is_voice_checked(voice) || !voice.names_another || kind != HeadlineKind::WorriedAbout)
        };
        voices.iter().find(is_it)
    };
    let lines = inputs.analysis.headlines.iter().filter(|line| line.kind == kind && line.is_for_rule());
    let mut lines: Vec<(&Headline, &Voice)> = lines.filter_map(|line| Some((line, voice_of(line)?))).collect();
    let whole = voices.iter().filter(|voice| picks.lets_rule_show(voice));
    // A worry with an action comes before one without.
    let is_answered = |voice: &Voice| {
        let is_it = |action: &Action| action.criterion == voice.criterion && action.agency == voice.agency;
        kind != HeadlineKind::WorriedAbout || inputs.analysis.actions.iter().any(is_it)
    };
    lines.sort_by_key(|(line, voice)| (voice.own_worry.is_some(), !has_result(&line.line), !is_answered(voice)));
    let own = lines.into_iter().map(|(line, voice)| OfferedVoice { inputs, voice, line: &line.line });
    let mut all: Vec<OfferedVoice<'_>> =
        own.chain(whole.map(|voice| OfferedVoice { inputs, voice, line: "" })).collect();
    let picked_out = pick_outs::least_green(&inputs.analysis.numbers).map(|summary| &summary.criterion.id);
    let is_picked_out = |voice: &Voice| kind == HeadlineKind::WorriedAbout && Some(&voice.criterion) == picked_out;
    let basis = |voice: &Voice| inputs.theme.criterion(&voice.criterion).map(|(_, criterion)| criterion.basis);
    all.sort_by_cached_key(|one| (!is_picked_out(one.voice), one.voice.rating, basis(one.voice)));
    all
}

/// The officer's picks: under the officer's claim if there is one; else in the agency's own line, unless the officer wants the full words;
/// else in full.
fn chosen(inputs: DocumentInputs<'_>, picked: &[Picked], kind: HeadlineKind, rows: usize) -> Vec<Card> {
    let one = |one: &Picked| {
        if !one.wording.is_empty() {
            return claimed(inputs, one, rows);
        }
        let line = inputs.analysis.own_line(kind, &one.voice.criterion, &one.voice.agency);
        card(inputs, &one.voice, line.filter(|_| !one.is_whole).unwrap_or_default())
    };
    picked.iter().map(one).collect()
}

/// A card with the officer's claim, marked as "our words", and the agency's own words in full under it if they fit with `rows` cards in a
/// column.
fn claimed(inputs: DocumentInputs<'_>, picked: &Picked, rows: usize) -> Card {
    let card = card(inputs, &picked.voice, &picked.wording);
    let agency = short_agency(inputs, &picked.voice.agency);
    let reference = short_ref(inputs, &picked.voice.criterion);
    let whole = format!("In our words · {agency} · {reference}");
    let shorter = [format!("Our words · {agency} · {reference}"), format!("Our words · {agency}")];
    let under = card.under_line(&whole, &shorter);
    // Words that may be about one child are not shown under the claim either.
    let own = Some(format!("“{}”", picked.voice.words)).filter(|_| picked.voice.may_identify.is_none());
    let evidence = own.into_iter().chain(card.evidence.iter().cloned()).collect();
    let over = Card { evidence, under: under.clone(), ..card.clone() };
    if over.has_room(rows) { over } else { Card { under, ..card } }
}

fn card(inputs: DocumentInputs<'_>, voice: &Voice, line: &str) -> Card {
    let is_own_line = !line.is_empty();
    let short = inputs.analysis.own_line(HeadlineKind::WorriedAbout, &voice.criterion, &voice.agency);
    let card = Card {
        rating: Some(voice.rating),
        claim: if is_own_line { line.to_string() } else { format!("“{}”", voice.words) },
        is_own_line,
        evidence: voice.own_worry.iter().map(|worry| own_worry(worry, short)).collect(),
        is_answer: false,
        criterion: voice.criterion.clone(),
        agency: voice.agency.clone(),
        under: format!("{} · {}", short_agency(inputs, &voice.agency), short_ref(inputs, &voice.criterion)),
    };
    match is_approved(inputs, &voice.agency) {
        true => card,
        false => Card {
            under: card.under_line(
                &format!("{} · {NOT_APPROVED}", card.under),
                &[format!("{} · {NOT_APPROVED}", short_agency(inputs, &voice.agency))],
            ),
            ..card
        },
    }
}

/// The card beside a worry: the same agency's action on the same statement.
fn answer(inputs: DocumentInputs<'_>, worry: &Card, rows: usize) -> Card {
    let is_it = |action: &&Action| action.agency == worry.agency && action.criterion == worry.criterion;
    let action = inputs.analysis.actions.iter().find(is_it);
    let card = |claim: String, is_own_line, under: String| Card {
        rating: None,
        claim,
        is_own_line,
        evidence: Vec::new(),
        is_answer: true,
        criterion: worry.criterion.clone(),
        agency: worry.agency.clone(),
        under,
    };
    let line = inputs.analysis.own_line(HeadlineKind::NeedsToHappen, &worry.criterion, &worry.agency);
    let Some(action) = action else {
        let none = words::capitalised(no_action(inputs, &worry.agency, &worry.criterion));
        return card(none, true, short_agency(inputs, &worry.agency));
    };
    // The sign of a child may be in the words, the lead or the date, so none of the three is shown.
    if let Some(why) = held(inputs, action) {
        return card(why.into(), true, short_agency(inputs, &worry.agency));
    }
    let by = short_due(&inputs.picks.due(action), action.progress, inputs.made_on);
    let under = format!("{} · {by}", inputs.picks.lead(action, "no role named yet"));
    let under =
        if room::is_two_lines(&under) { under } else { format!("{} · {by}", short_agency(inputs, &worry.agency)) };
    let picked = inputs.picks.of_action(action);
    let wording = picked.map(|picked| picked.wording.as_str()).filter(|own| !own.is_empty());
    let own = line.filter(|_| !picked.is_some_and(|picked| picked.is_whole));
    let short = wording.or(own).map(|line| card(line.to_string(), true, under.clone()));
    if let Some(own) = short.filter(|own| own.has_room(rows)) {
        return own;
    }
    let too_long = || card("Proposed, and too long for this page".into(), true, under.clone());
    // An action that the officer reworded is never shown in the agency's words instead.
    if wording.is_some() {
        return too_long();
    }
    let lines = action.lines();
    let whole = card(format!("“{}”", lines.join("; ")), false, under.clone());
    // One cell can have several tasks: then the first is shown, with how many more there are.
    let first = lines.first().filter(|_| lines.len() > 1);
    let first = first.map(|first| card(format!("“{first}” and {} more", lines.len() - 1), false, under.clone()));
    let shown = std::iter::once(whole).chain(first).find(|card| card.has_room(rows));
    shown.unwrap_or_else(too_long)
}

/// The strengths or worries that the page shows if the rule picks them, in order; none if the page is left out.
pub(super) fn cards_by_rule(inputs: DocumentInputs<'_>, kind: HeadlineKind) -> Vec<Card> {
    if inputs.picks.left_out.contains(&SlideKey::SignsOfSafety) {
        return Vec::new();
    }
    let mut picks = inputs.picks.clone();
    let chosen = if kind == HeadlineKind::WorkingWell { &mut picks.strengths } else { &mut picks.worries };
    *chosen = None;
    let cards = PageCards::new(DocumentInputs { picks: &picks, ..inputs });
    if kind == HeadlineKind::WorkingWell { cards.strengths } else { cards.worries }
}

/// The worries that the page shows, in order, by statement and agency.
pub(super) fn worries_shown(inputs: DocumentInputs<'_>) -> Vec<(CriterionId, AgencyId)> {
    PageCards::new(inputs).worries.into_iter().map(|card| (card.criterion, card.agency)).collect()
}
