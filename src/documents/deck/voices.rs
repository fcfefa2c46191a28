//! The slides with agencies' own words: strengths and worries.

use std::collections::HashSet;

use super::super::cover::agency_name;
use super::super::inputs::DocumentInputs;
use super::super::names::short_ref;
use super::super::picks::Picked;
use super::super::slide_key::SlideKey;
use super::measure;
use super::one_page::Card;
use super::phrases::{
    NOT_APPROVED, ShownText, continued, due, held, is_approved, no_action, own_worry, trace_of_shown,
};
use super::signs;
use super::slide::{Body, Quote, Slide};

use crate::analysis::trace::Trace;
use crate::analysis::{Action, AreaSummary, BasisSummary, CriterionSummary, ShownRatings, Voice, sentences};
use crate::chart::Chart;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::{HeadlineKind, Rating, TextKind};
use crate::intake::answers::AnswerRow;
use crate::intake::answers::AnswerState;
use crate::style::paging;

/// Who chose the quotations on a slide, said on each.
const BY_RULE: &str = "Picked by a rule (see Method).";
const BY_OFFICER: &str = "Chosen by the partnership.";

/// The most quotations that the rule puts on a slide.
const MOST_QUOTES: usize = 4;

/// The height left for the note under quotations, in points.
const NOTE_PT: usize = 24;

/// The same where the rule picks: its note takes two lines.
const RULE_NOTE_PT: usize = 52;

/// The tallest quotation that the rule picks, in points, so that there is room for others.
const MOST_OF_ONE_PT: usize = 190;

/// The gap between a chart and the quotations under it, in points.
const UNDER_CHART_PT: usize = 22;

/// What a slide of quotations is made from.
struct QuoteSlides<'a> {
    key: SlideKey,
    section: &'static str,
    headline: String,
    all: &'a [Voice],
    picked: Option<&'a Vec<Picked>>,
    kind: TextKind,
    question: HeadlineKind,
}

pub(super) fn strengths(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let analysis = inputs.analysis;
    let bases = analysis.numbers.bases.as_slice();
    let is_evidenced = |answer: &&AnswerRow| {
        answer.state == AnswerState::Rated(Rating::Green) && answer.texts.get(TextKind::Evidence).is_said()
    };
    let evidenced = analysis.answers.iter().filter(is_evidenced).count();
    let headline = match bases {
        _ if bases.iter().all(|of| of.counts.green == 0) => none_is(inputs, Rating::Green) + " yet",
        [only] => format!(
            "{} of {} ratings are Green; {evidenced} of them name{} evidence",
            only.counts.green,
            only.counts.rated(),
            if evidenced == 1 { "s" } else { "" }
        ),
        several => format!("Green: {}", of_ratings_on(several, Rating::Green)),
    };
    let trace =
        Trace::default()
            .whole(analysis)
            .texts(analysis, "Green with evidence named", TextKind::Evidence, |answer| is_evidenced(&answer));
    let said = QuoteSlides {
        key: SlideKey::WorkingWell,
        section: "What is working well",
        headline,
        all: &analysis.strengths,
        picked: inputs.picks.strengths.as_ref(),
        kind: TextKind::WorkingWell,
        question: HeadlineKind::WorkingWell,
    };
    slides(inputs, said, trace)
}

/// The worries on the slides about worries, by statement and agency; none if those slides are left out.
pub(super) fn worries_shown(inputs: DocumentInputs<'_>) -> Vec<(CriterionId, AgencyId)> {
    if inputs.picks.left_out.contains(&SlideKey::WorriedAbout) {
        return Vec::new();
    }
    let slides = worries(inputs);
    slides.iter().flat_map(Slide::quotes).map(|quote| (quote.criterion.clone(), quote.agency.clone())).collect()
}

/// "No agency rates itself Red".
fn none_is(inputs: DocumentInputs<'_>, rating: Rating) -> String {
    match inputs.analysis.numbers.ratings {
        ShownRatings::Own => format!("No agency rates itself {}", rating.word()),
        ShownRatings::AsChallenged => format!("No rating is {}", rating.word()),
    }
}

/// "5 of 12 ratings on official scope and 2 of 4 on lines of enquiry".
fn of_ratings_on(bases: &[BasisSummary], rating: Rating) -> String {
    let said = |(at, of): (usize, &BasisSummary)| {
        let noun = if at == 0 { " ratings" } else { "" };
        format!("{} of {}{noun} on {}", of.counts.rated_as(rating), of.counts.rated(), of.basis.name())
    };
    words::list(&bases.iter().enumerate().map(said).collect::<Vec<_>>())
}

pub(super) fn worries(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let bases = inputs.analysis.numbers.bases.as_slice();
    let red = inputs.analysis.numbers.criteria.iter().filter(|summary| summary.counts.red > 0).count();
    let headline = match bases {
        _ if bases.iter().all(|of| of.counts.red == 0) => none_is(inputs, Rating::Red),
        [only] if only.counts.red == 1 => "1 rating is Red".to_string(),
        [only] => format!("{} ratings are Red, on {}", only.counts.red, words::count(red, "statement")),
        several => {
            let first = several[0].counts.red;
            format!("{} {} Red", of_ratings_on(several, Rating::Red), if first == 1 { "is" } else { "are" })
        }
    };
    let trace = Trace::default().whole(inputs.analysis).statements(
        inputs.analysis,
        "Statements that some rate Red",
        |summary| summary.counts.red > 0,
    );
    let said = QuoteSlides {
        key: SlideKey::WorriedAbout,
        section: "What we are worried about",
        headline,
        all: &inputs.analysis.worries,
        picked: inputs.picks.worries.as_ref(),
        kind: TextKind::WorriedAbout,
        question: HeadlineKind::WorriedAbout,
    };
    slides(inputs, said, trace)
}

/// The quotations: chosen ones on as many slides as they need, those the rule picks on one. A quotation too long for a slide is left to the
/// annex, because a slide never shows part of what an agency wrote.
fn slides(inputs: DocumentInputs<'_>, said: QuoteSlides<'_>, trace: Trace) -> Vec<Slide> {
    let headline = inputs.headline(&said.key, said.headline.clone());
    let room = room_under(&headline);
    let pages = match said.picked {
        Some(picked) => {
            let quotes = picked.iter().map(|picked| chosen(inputs, picked));
            let fitting: Vec<Quote> = quotes.filter(|quote| measure::quote(quote, measure::WIDTH_PT) <= room).collect();
            paging::level(fitting, room, |quote| measure::quote(quote, measure::WIDTH_PT))
        }
        None => vec![by_rule(inputs, said.question, &headline)],
    };
    let shown: usize = pages.iter().map(Vec::len).sum();
    let on_slides: HashSet<(&CriterionId, &AgencyId)> =
        pages.iter().flatten().map(|quote| (&quote.criterion, &quote.agency)).collect();
    let left: HashSet<(&CriterionId, &AgencyId)> = said
        .all
        .iter()
        .map(|voice| (&voice.criterion, &voice.agency))
        .filter(|place| !on_slides.contains(place))
        .collect();
    let is_left = |answer: &AnswerRow| left.contains(&(&answer.criterion, &answer.agency));
    let is_red = |answer: &AnswerRow| answer.state == AnswerState::Rated(Rating::Red);
    let all: HashSet<(&CriterionId, &AgencyId)> =
        said.all.iter().map(|voice| (&voice.criterion, &voice.agency)).collect();
    let left_out = Trace::default()
        .texts(inputs.analysis, "Texts that could be here", said.kind, |answer| {
            all.contains(&(&answer.criterion, &answer.agency))
        })
        .texts(inputs.analysis, "Texts that could be here and are not shown", said.kind, is_left)
        .texts(inputs.analysis, "Of these, under a Red rating", said.kind, |answer| is_left(answer) && is_red(answer))
        .not_here();
    let mut trace = trace.and(left_out).and(trace_of_quotes(inputs, said.question, pages.iter().flatten()));
    for quote in pages.iter().flatten().filter(|quote| quote.rating != Rating::Green) {
        let others = |answer: &AnswerRow| {
            answer.criterion == quote.criterion && answer.agency != quote.agency && answer.proposes()
        };
        let what = format!("Actions that other agencies propose on {}", short_ref(inputs, &quote.criterion));
        trace = trace.texts_of(inputs.analysis, &what, TextKind::NeedsToHappen, others);
    }
    for criterion in criteria(&pages) {
        trace = trace.counts(inputs.analysis, criterion.as_str(), |answer| answer.criterion == *criterion);
    }
    let also_red = also_red(inputs, said.kind, &pages);
    let note = note(inputs, &said, (shown, &also_red), |voice| left.contains(&(&voice.criterion, &voice.agency)));
    // If no words fit, an empty slide still says how many there are. If there are none at all, there is no slide.
    let empty = if pages.iter().all(Vec::is_empty) && left.is_empty() {
        return Vec::new();
    } else if pages.is_empty() {
        vec![Vec::new()]
    } else {
        Vec::new()
    };
    let slide = |(at, quotes): (usize, Vec<Quote>)| Slide {
        ratings: String::new(),
        key: said.key.clone(),
        section: continued(said.section, at),
        headline: headline.clone(),
        body: Body::Voices { quotes, note: note.clone() },
        trace: trace.clone(),
    };
    pages.into_iter().chain(empty).enumerate().map(slide).collect()
}

/// The cells of the words of quotations.
fn trace_of_quotes<'q>(
    inputs: DocumentInputs<'_>,
    question: HeadlineKind,
    quotes: impl Iterator<Item = &'q Quote>,
) -> Trace {
    let shown: Vec<ShownText> = quotes.map(|quote| (&quote.agency, &quote.criterion, quote.words.as_str())).collect();
    trace_of_shown(inputs.analysis, question, &shown)
}

/// The statements of the quotations, each once, in order.
fn criteria(pages: &[Vec<Quote>]) -> Vec<&CriterionId> {
    let mut seen = HashSet::new();
    pages.iter().flatten().map(|quote| &quote.criterion).filter(|id| seen.insert(*id)).collect()
}

/// The most other Red statements that are named: of the first basis, and of each further one.
const MOST_RED_NAMED: [usize; 2] = [15, 5];

/// " Also Red: 1.1, 2.1 and 4.1.": the statements that some agency rates Red and that have no worry here, each basis separately; empty if
/// there are none.
fn also_red(inputs: DocumentInputs<'_>, kind: TextKind, pages: &[Vec<Quote>]) -> String {
    let shown: HashSet<&CriterionId> = pages.iter().flatten().map(|quote| &quote.criterion).collect();
    let red = inputs.analysis.numbers.criteria.iter().filter(|summary| summary.counts.red > 0);
    let red: Vec<&CriterionSummary> = red.filter(|summary| !shown.contains(&summary.criterion.id)).collect();
    if kind != TextKind::WorriedAbout || red.is_empty() || shown.is_empty() {
        return String::new();
    }
    let bases = &inputs.analysis.numbers.bases;
    let of_basis = |(at, of): (usize, &BasisSummary)| {
        let here = red.iter().filter(|summary| summary.criterion.basis == of.basis);
        let refs: Vec<&str> = here.map(|summary| short_ref(inputs, &summary.criterion.id)).collect();
        let on = if bases.len() > 1 { format!("on {}, ", of.basis.name()) } else { String::new() };
        (!refs.is_empty()).then(|| format!("{on}{}", words::list_of_first(&refs, MOST_RED_NAMED[at.min(1)])))
    };
    format!(" Also Red: {}.", bases.iter().enumerate().filter_map(of_basis).collect::<Vec<_>>().join("; "))
}

/// The note: who chose the quotations, which other statements are Red, and how many texts are not shown.
fn note(
    inputs: DocumentInputs<'_>,
    said: &QuoteSlides<'_>,
    (shown, also_red): (usize, &str),
    is_left: impl Fn(&Voice) -> bool,
) -> String {
    let by = match said.picked {
        Some(_) => BY_OFFICER,
        None => BY_RULE,
    };
    let numbers = &inputs.analysis.numbers;
    let here = || said.all.iter().filter(|voice| !is_left(voice)).map(|voice| &voice.criterion);
    let all = || said.all.iter().map(|voice| &voice.criterion);
    let (noun, under) = match said.kind {
        TextKind::WorriedAbout => ("worry", "under Red and Amber"),
        _ => ("strength", "with evidence"),
    };
    match (shown, all().count() - here().count()) {
        (0, 0) => "No words to quote here.".to_string(),
        (0, left) => {
            let (all, is) = (sentences::on_each_basis(numbers, noun, all()), if left == 1 { "is" } else { "are" });
            format!("{} {is} not shown here: too long for a slide, or not chosen.", words::capitalised(&all))
        }
        (_, 0) => format!("{by}{also_red}"),
        _ => {
            let some = sentences::of_all_on_each_basis(numbers, noun, here(), all());
            format!("{by}{also_red} Shown here: {some}, {under}.")
        }
    }
}

/// The room for quotations under a headline, in points.
fn room_under(headline: &str) -> usize {
    measure::room_under(headline).saturating_sub(NOTE_PT)
}

/// What the rule picks. The words of the Signs of Safety page come first, in full if they fit, else in the agency's own line. Then comes one
/// quotation for each statement, the first that fits, under the worst rating that the rule may show. An Amber worry of the Signs of Safety
/// page comes after those under Red.
pub(super) fn by_rule(inputs: DocumentInputs<'_>, question: HeadlineKind, headline: &str) -> Vec<Quote> {
    let all = match question {
        HeadlineKind::WorkingWell => &inputs.analysis.strengths,
        _ => &inputs.analysis.worries,
    };
    let may_show = |voice: &Voice| inputs.picks.lets_rule_show(voice);
    let find = |card: &Card| all.iter().find(|voice| voice.criterion == card.criterion && voice.agency == card.agency);
    let first: Vec<(Card, &Voice)> = signs::cards_by_rule(inputs, question)
        .into_iter()
        .filter_map(|card| find(&card).map(|voice| (card, voice)))
        .collect();
    let ratings = first.iter().map(|(_, voice)| voice.rating);
    let Some(leading) = ratings.chain(all.iter().filter(|voice| may_show(voice)).map(|voice| voice.rating)).min()
    else {
        return Vec::new();
    };
    let room = measure::room_under(headline).saturating_sub(RULE_NOTE_PT);
    let leading: Vec<&Voice> = all.iter().filter(|voice| voice.rating == leading && may_show(voice)).collect();
    // If nothing fits within that limit, one long quotation may fill the slide.
    let offered = [MOST_OF_ONE_PT, room].map(|most| fitting(inputs, (&first, &leading), room, most));
    offered.into_iter().find(|quotes| !quotes.is_empty()).unwrap_or_default()
}

/// The words of the Signs of Safety page (`first`), then one quotation for each statement, in order, as many as fit `room`; none is taller
/// than `most`.
fn fitting(
    inputs: DocumentInputs<'_>,
    (first, rest): (&[(Card, &Voice)], &[&Voice]),
    room: usize,
    most: usize,
) -> Vec<Quote> {
    let tall = |quote: &Quote| measure::quote(quote, measure::WIDTH_PT);
    let mut quotes: Vec<Quote> = Vec::new();
    // Start with the short forms, then swap in full quotations while there is room.
    let whole = |voice: &Voice| {
        Some(quote(inputs, voice, "")).filter(|quote| inputs.picks.lets_rule_show(voice) && tall(quote) <= most)
    };
    let mut forms: Vec<[Option<Quote>; 2]> =
        first.iter().map(|(card, voice)| [in_line(inputs, card, voice), whole(voice)]).collect();
    let mut used: usize = forms.iter().filter_map(|[line, whole]| line.as_ref().or(whole.as_ref())).map(tall).sum();
    for form in &mut forms {
        if let [Some(line), Some(whole)] = &*form
            && used + tall(whole) - tall(line).min(tall(whole)) <= room
        {
            used = used + tall(whole) - tall(line);
            form[0] = None;
        }
    }
    let mut used = 0;
    let others = rest.iter().filter_map(|voice| whole(voice));
    let leading = rest.first().map(|voice| voice.rating);
    let first = forms.into_iter().filter_map(|[line, whole]| line.or(whole));
    let (first, last): (Vec<Quote>, Vec<Quote>) =
        first.partition(|quote| leading.is_none_or(|leading| quote.rating == leading));
    // Other quotations must not push out the words of the Signs of Safety page.
    let kept: usize = last.iter().map(tall).sum();
    // Measured only until there are enough: a round of a thousand agencies offers thousands.
    let before: Box<dyn Iterator<Item = Quote>> = Box::new(first.into_iter().chain(others));
    let last_of_all = last.len();
    let after: Box<dyn Iterator<Item = Quote>> = Box::new(last.into_iter());
    for (offered, room, kept) in [(before, room.saturating_sub(kept), last_of_all), (after, room, 0)] {
        for quote in offered {
            if quotes.len() + kept >= MOST_QUOTES {
                break;
            }
            let is_new = quotes.iter().all(|other| other.criterion != quote.criterion);
            if is_new && used + tall(&quote) <= room {
                used += tall(&quote);
                quotes.push(quote);
            }
        }
    }
    quotes
}

/// A card's words in the agency's own line, marked "in short"; `None` if the card quotes the full words.
fn in_line(inputs: DocumentInputs<'_>, card: &Card, voice: &Voice) -> Option<Quote> {
    let quote = quote(inputs, voice, "");
    let said_by = format!("{}, in short", quote.said_by);
    card.is_own_line.then(|| Quote { words: card.claim.clone(), said_by, ..quote })
}

/// A strength and a worry on the statements of a chart, side by side under it. If both do not fit there is one across the slide: the strength
/// if most of the area's ratings are Green, else the worry; none if that does not fit either. If words were chosen, only those are used.
pub(super) fn of_area(
    inputs: DocumentInputs<'_>,
    area: &AreaSummary,
    chart: &Chart,
    headline: &str,
) -> (Vec<Quote>, String) {
    let is_chosen = inputs.picks.strengths.is_some() && inputs.picks.worries.is_some();
    let note = if is_chosen { String::new() } else { BY_RULE.to_string() };
    let taken = chart.height_pt.max(0) as usize + UNDER_CHART_PT + measure::note(&note);
    let room = measure::room_under(headline).saturating_sub(taken);
    let drawn: HashSet<&str> = chart.bars.iter().flat_map(|bars| &bars.rows).map(|row| row.label.as_str()).collect();
    let is_here = |voice: &Voice| drawn.contains(voice.criterion.as_str());
    let offered = |picked: Option<&Vec<Picked>>, voices: &[Voice], question: &'static str| -> Vec<Quote> {
        let asked = |quote: Quote| Quote { question, ..quote };
        match picked {
            Some(picked) => {
                picked.iter().filter(|one| is_here(&one.voice)).map(|one| asked(chosen(inputs, one))).collect()
            }
            None => {
                let may_show = |voice: &&Voice| is_here(voice) && inputs.picks.lets_rule_show(voice);
                // A worry under Amber is not shown where one under Red has no room.
                let leading = voices.iter().filter(may_show).map(|voice| voice.rating).min();
                let eligible = voices.iter().filter(may_show).filter(|voice| Some(voice.rating) == leading);
                eligible.map(|voice| quote(inputs, voice, question)).collect()
            }
        }
    };
    let strengths = offered(inputs.picks.strengths.as_ref(), &inputs.analysis.strengths, "Working well");
    let worries = offered(inputs.picks.worries.as_ref(), &inputs.analysis.worries, "Worried about");
    let leading = |quotes: &[Quote], width| quotes.iter().find(|quote| measure::quote(quote, width) <= room).cloned();
    if let (Some(strength), Some(worry)) =
        (leading(&strengths, measure::HALF_WIDTH_PT), leading(&worries, measure::HALF_WIDTH_PT))
    {
        return (vec![strength, worry], note);
    }
    let is_mostly_green = area.counts.green > area.counts.amber.max(area.counts.red);
    let quotes = if is_mostly_green { strengths } else { worries };
    match leading(&quotes, measure::WIDTH_PT) {
        Some(quote) => (vec![quote], note),
        None => (Vec::new(), String::new()),
    }
}

fn quote(inputs: DocumentInputs<'_>, voice: &Voice, question: &'static str) -> Quote {
    let area = inputs.theme.criterion(&voice.criterion).map_or("", |(area, _)| &area.title);
    let name = agency_name(inputs.analysis, &voice.agency);
    let name = name + &self_rating(inputs, voice);
    let said_by = if is_approved(inputs, &voice.agency) { name } else { format!("{name}, {NOT_APPROVED}") };
    let mut under = blank(voice).under;
    // A slide about worries has what answers each.
    if question.is_empty() && voice.rating != Rating::Green {
        under.push(answer(inputs, voice));
    }
    Quote { area: area.to_string(), question, said_by, under, ..blank(voice) }
}

/// ", self-rating Green": the agency's own rating, if the challenge changed the one its words are shown under; else empty.
fn self_rating(inputs: DocumentInputs<'_>, voice: &Voice) -> String {
    if inputs.analysis.numbers.ratings == ShownRatings::Own {
        return String::new();
    }
    let is_it = |answer: &&AnswerRow| answer.agency == voice.agency && answer.criterion == voice.criterion;
    let own = inputs.own.answers.iter().find(is_it).map(|answer| answer.state);
    let own = own.filter(|state| *state != AnswerState::Rated(voice.rating));
    own.map_or(String::new(), |state| format!(", self-rating {}", state.words()))
}

/// The longest proposal that is quoted under its worry, in characters; a longer one is on the slides about actions.
const LONGEST_ANSWER: usize = 170;

/// "; 2 other agencies propose actions on 3.3"; empty if none does.
fn of_others(inputs: DocumentInputs<'_>, worry: &Voice) -> String {
    let others = inputs.analysis.actions.iter().filter(|action| action.criterion == worry.criterion).count();
    let on = short_ref(inputs, &worry.criterion);
    match others {
        0 => String::new(),
        1 => format!("; 1 other agency proposes an action on {on}"),
        n => format!("; {n} other agencies propose actions on {on}"),
    }
}

/// What the agency proposes in answer to a worry, with who leads and by when.
fn answer(inputs: DocumentInputs<'_>, worry: &Voice) -> String {
    let is_it = |action: &&Action| action.agency == worry.agency && action.criterion == worry.criterion;
    let Some(action) = inputs.analysis.actions.iter().find(is_it) else {
        let none = no_action(inputs, &worry.agency, &worry.criterion);
        return format!("Needs to happen: {none}{}.", of_others(inputs, worry));
    };
    // The sign of a child may be in the words, the lead or the date, so none of the three is shown.
    if let Some(why) = held(inputs, action) {
        return format!("Needs to happen: {}.", words::uncapitalised(why));
    }
    let (lead, by) = (
        inputs.picks.lead(action, "no role named yet"),
        due(&inputs.picks.due(action), action.progress, inputs.made_on),
    );
    let picked = inputs.picks.of_action(action);
    let wording = picked.map(|picked| picked.wording.as_str()).filter(|own| !own.is_empty());
    // The same words as on the Signs of Safety page.
    let line = inputs.analysis.own_line(HeadlineKind::NeedsToHappen, &worry.criterion, &worry.agency);
    let line = line.filter(|_| !picked.is_some_and(|picked| picked.is_whole));
    let said = match (wording, line) {
        (Some(wording), _) => Some(format!("{wording}.")),
        (None, Some(line)) => Some(format!("“{line}”")),
        (None, None) => {
            Some(format!("“{}”", action.lines().join("; "))).filter(|_| action.what.chars().count() <= LONGEST_ANSWER)
        }
    };
    let said = said.unwrap_or_else(|| "an action is proposed.".into());
    format!("Needs to happen: {said} Lead: {lead}; {by}.")
}

/// A quotation with only what its voice says; the round and the theme add the rest.
fn blank(voice: &Voice) -> Quote {
    let under = voice.own_worry.iter().map(|worry| own_worry(worry, None)).collect();
    Quote {
        rating: voice.rating,
        criterion: voice.criterion.clone(),
        area: String::new(),
        question: "",
        words: voice.words.clone(),
        is_reworded: false,
        agency: voice.agency.clone(),
        said_by: String::new(),
        counts: sentences::counts(&voice.counts),
        under,
    }
}

/// Words that the officer chose; if the officer wrote a claim, the agency's own words are under it.
fn chosen(inputs: DocumentInputs<'_>, picked: &Picked) -> Quote {
    claimed(quote(inputs, &picked.voice, ""), picked)
}

/// The officer's claim with the agency's own words in full under it, or a line that says they are too long.
fn claimed(quote: Quote, picked: &Picked) -> Quote {
    if picked.wording.is_empty() {
        return quote;
    }
    let said_by = format!("{}, in the partnership's words", quote.said_by);
    let over = |own: String| {
        let under = std::iter::once(own).chain(quote.under.iter().cloned()).collect();
        let (words, said_by) = (picked.wording.clone(), said_by.clone());
        Quote { words, is_reworded: true, said_by, under, ..quote.clone() }
    };
    // They may identify a child, which is why the officer reworded them.
    if picked.voice.may_identify.is_some() {
        return over("Its own words are not shown here.".into());
    }
    let whole = over(format!("In its own words: “{}”", picked.voice.words));
    if fits(&whole) { whole } else { over("Its own words are too long for a slide.".into()) }
}

/// The lines kept free for the answer to a worry: its words, who leads, by when.
const ANSWER_LINES: usize = 3;

/// Whether chosen words fit a slide, together with what goes under them.
pub(super) fn has_room(picked: &Picked) -> bool {
    fits(&claimed(blank(&picked.voice), picked))
}

/// Whether a quotation fits a slide, with room kept for a headline of two lines, a long name and the answer to a worry.
fn fits(quote: &Quote) -> bool {
    let rest = 2 * measure::height(1) + measure::HEADLINE_LINE_PT;
    let is_worry = quote.rating != Rating::Green;
    let answer = if is_worry { measure::height(ANSWER_LINES) + measure::UNDER_GAP_PT } else { 0 };
    measure::quote(quote, measure::WIDTH_PT) + rest + answer <= room_under("")
}
