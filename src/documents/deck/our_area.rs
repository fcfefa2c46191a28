//! Slides that do not come from ratings: our area in figures and lines, and what children told agencies and the partnership.

use std::collections::BTreeSet;

use super::super::inputs::{DocumentInputs, Length};
use super::super::names::{short_agency, short_ref};
use super::super::picks::{ChildrensLine, ContextFigure};
use super::super::slide_key::SlideKey;
use super::measure;
use super::one_page::{LinesColumn, OurArea, ToldCard};
use super::phrases::{NOT_APPROVED, continued, is_approved};
use super::room;
use super::slide::{Body, Paragraph, Slide};
use super::texts;
use crate::analysis::Headline;
use crate::analysis::trace::Trace;
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::style::paging;

/// The headings of the two kinds of lines, and of one line of each.
const HEADINGS: [(&str, &str); 2] = [("Local context", "Local context"), ("Known issues", "Known issue")];

/// Figures, local context and known issues, as the officer wrote them; no slide if there are none. Lines that do not fit under the figures
/// continue on further slides.
pub(super) fn context(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let picks = inputs.picks;
    let lines = [&picks.context, &picks.known_issues];
    if picks.figures.is_empty() && lines.iter().all(|lines| lines.is_empty()) {
        return Vec::new();
    }
    let headline = match picks.known_issues.len() {
        0 => "Our local context".to_string(),
        n => format!("Our local context, and {} that we know of", words::count(n, "issue")),
    };
    let headline = inputs.headline(&SlideKey::Context, headline);
    let columns = lines.iter().filter(|lines| !lines.is_empty()).count();
    let room = measure::room_under(&headline) as f32 - room::figures_height(&picks.figures) - room::COLUMN_HEAD_PT;
    let mut area = OurArea { figures: picks.figures.iter().map(for_reading).collect(), columns: Vec::new() };
    let mut rest: Vec<Paragraph> = Vec::new();
    for ((heading, one), lines) in HEADINGS.into_iter().zip(lines) {
        let fitting = fitting(lines, room::lines_width(columns), room);
        rest.extend(lines[fitting..].iter().flat_map(|line| texts::pieces(one, line)));
        if fitting > 0 {
            area.columns.push(LinesColumn { heading, lines: lines[..fitting].to_vec() });
        }
    }
    let places = picks.figures.iter().map(|figure| figure.place.clone()).collect();
    let trace = Trace::default().written("Figures of local context", places);
    let is_first = !area.figures.is_empty() || !area.columns.is_empty();
    let first = Slide {
        ratings: String::new(),
        key: SlideKey::Context,
        section: "Our area".into(),
        headline: headline.clone(),
        body: Body::Context(area),
        trace: trace.clone(),
    };
    let mut slides: Vec<Slide> = if is_first { vec![first] } else { Vec::new() };
    if !rest.is_empty() {
        slides.extend(texts::slides((SlideKey::Context, "Our area", &headline), rest, &trace));
    }
    for (at, slide) in slides.iter_mut().enumerate() {
        slide.section = continued("Our area", at);
    }
    slides
}

/// A figure as people read it: "12480" is "12,480", and 2026-09-30 is 30 September 2026.
fn for_reading(figure: &ContextFigure) -> ContextFigure {
    let date = figure.date.trim().parse().map_or_else(|_| figure.date.clone(), words::date);
    ContextFigure { figure: in_thousands(&figure.figure), date, ..figure.clone() }
}

/// A number needs this many digits to be grouped in thousands: four digits may be a year.
const FEWEST_DIGITS: usize = 5;

fn in_thousands(figure: &str) -> String {
    if figure.len() < FEWEST_DIGITS || !figure.bytes().all(|byte| byte.is_ascii_digit()) {
        return figure.to_string();
    }
    let first = figure.len() % 3;
    let (head, rest) = figure.split_at(first);
    let parts = rest.as_bytes().chunks(3).map(|part| String::from_utf8_lossy(part).into_owned());
    let head = Some(head.to_string()).filter(|head| !head.is_empty());
    head.into_iter().chain(parts).collect::<Vec<_>>().join(",")
}

/// How many lines fit in a column, from the first.
fn fitting(lines: &[String], width: f32, room: f32) -> usize {
    let mut used = 0.0;
    let fits = |line: &&String| {
        used += room::line_height(line, width);
        used <= room
    };
    lines.iter().take_while(fits).count()
}

/// What children and families tell agencies, in the agencies' own lines, and what children told the partnership, each with its source; no
/// slide if there is nothing.
pub(super) fn children(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let lines: Vec<&Headline> = inputs.analysis.headlines.iter().filter(|line| line.is_shown_of_children()).collect();
    let agencies: BTreeSet<&AgencyId> = lines.iter().map(|line| &line.agency).collect();
    let own = &inputs.picks.children;
    let who = words::count(agencies.len(), "agency");
    let headline = match (agencies.len(), own.len()) {
        (0, 0) => return Vec::new(),
        (0, _) => "What children told us".to_string(),
        (_, 0) => format!(
            "{} what children and families tell {}",
            if agencies.len() == 1 { format!("{who} says") } else { format!("{who} say") },
            if agencies.len() == 1 { "it" } else { "them" }
        ),
        _ => "What children and families told us".to_string(),
    };
    let headline = inputs.headline(&SlideKey::ChildrenToldUs, headline);
    let of_agency = |line: &&Headline| {
        let statement = line.criterion.as_ref().map_or(String::new(), |id| format!(" · {}", short_ref(inputs, id)));
        let approval = if is_approved(inputs, &line.agency) { String::new() } else { format!(" · {NOT_APPROVED}") };
        ToldCard { line: line.line.clone(), source: short_agency(inputs, &line.agency) + &statement + &approval }
    };
    let cards: Vec<ToldCard> = own.iter().map(of_officer).chain(lines.iter().map(of_agency)).collect();
    let trace = Trace::default()
        .agencies(inputs.analysis, "Agencies that say what children and families tell them", |agency| {
            agencies.contains(&agency.id)
        })
        .lines(inputs.analysis, "Own lines shown here, children and families", Headline::is_shown_of_children)
        .written("Lines of the partnership's own", own.iter().map(|line| line.place.clone()).collect());
    // Agencies' lines may be what families say; only the officer's lines are from children alone.
    let section = if agencies.is_empty() { "What children told us" } else { "What children and families told us" };
    let room = measure::room_under(&headline);
    let height = |card: &ToldCard| card.height().ceil() as usize;
    let pages = match inputs.length {
        // Agencies copy lines from each other. A short deck has one page for them, so equal lines share a card.
        Length::Short => vec![on_one_page(merged(cards), room, height)],
        Length::Full => paging::level(cards, room, height),
    };
    let slide = |(at, cards): (usize, Vec<ToldCard>)| Slide {
        ratings: String::new(),
        key: SlideKey::ChildrenToldUs,
        section: continued(section, at),
        headline: headline.clone(),
        body: Body::Told(cards),
        trace: trace.clone(),
    };
    pages.into_iter().enumerate().map(slide).collect()
}

/// Merges cards with the same line into one that names all their sources.
fn merged(cards: Vec<ToldCard>) -> Vec<ToldCard> {
    let mut merged: Vec<(ToldCard, Vec<String>)> = Vec::new();
    for card in cards {
        match merged.iter_mut().find(|(other, _)| other.line == card.line) {
            Some((_, sources)) => sources.push(card.source),
            None => {
                let sources = vec![card.source.clone()];
                merged.push((card, sources));
            }
        }
    }
    let named = |(card, sources): (ToldCard, Vec<String>)| {
        let source = match sources.len() {
            n if n > MOST_NAMED => format!("{}; and {} more", sources[..MOST_NAMED - 1].join("; "), n - MOST_NAMED + 1),
            _ => sources.join("; "),
        };
        ToldCard { source, ..card }
    };
    merged.into_iter().map(named).collect()
}

/// The most sources that a merged card names.
const MOST_NAMED: usize = 3;

/// The cards that fit one page, with a last card that counts the others.
fn on_one_page(mut cards: Vec<ToldCard>, room: usize, height: impl Fn(&ToldCard) -> usize) -> Vec<ToldCard> {
    let (all, mut shown) = (cards.len(), cards.len());
    // The card that counts the others takes room too, so cards are dropped until all fit together.
    while cards.iter().map(&height).sum::<usize>() > room && shown > 1 {
        shown -= 1;
        cards.truncate(shown);
        let (left, is) = (all - shown, if all - shown == 1 { "line is" } else { "lines are" });
        cards.push(ToldCard { line: format!("{left} more {is} not shown here."), source: String::new() });
    }
    cards
}

/// A line of the officer's own on a card.
pub(super) fn of_officer(line: &ChildrensLine) -> ToldCard {
    ToldCard { line: line.line.clone(), source: line.source.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_people_read_them() {
        for (figure, said) in [("12480", "12,480"), ("2026", "2026"), ("1234567", "1,234,567"), ("4 in 9", "4 in 9")] {
            assert_eq!(in_thousands(figure), said);
        }
    }

    #[test]
    fn what_is_the_same_is_on_one_card_and_what_has_no_room_is_counted() {
        let card = |line: &str, source: &str| ToldCard { line: line.into(), source: source.into() };
        let cards = merged(vec![card("Listen", "Schools"), card("Ask", "Police"), card("Listen", "Health")]);
        assert_eq!(cards, [card("Listen", "Schools; Health"), card("Ask", "Police")]);
        let many = (0..9).map(|at| card(&at.to_string(), "")).collect();
        let shown = on_one_page(many, 50, |_| 10);
        assert_eq!((shown.len(), shown[4].line.as_str()), (5, "5 more lines are not shown here."));
    }
}
