//! What does not come from ratings: our area in figures and lines, and what children told agencies and the partnership.

use std::collections::BTreeSet;

use super::super::inputs::DocumentInputs;
use super::super::names::{short_agency, short_ref};
use super::super::picks::ChildrensLine;
use super::super::slide_key::SlideKey;
use super::measure;
use super::one_page::{LinesColumn, OurArea, ToldCard};
use super::phrases::continued;
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

/// Figures, local context and known issues, as the officer wrote them; no slide where there is none. Lines that have no room under the
/// figures go on.
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
    let mut area = OurArea { figures: picks.figures.clone(), columns: Vec::new() };
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

/// How many lines have room one under another, from the first on.
fn fitting(lines: &[String], width: f32, room: f32) -> usize {
    let mut used = 0.0;
    let fits = |line: &&String| {
        used += room::line_height(line, width);
        used <= room
    };
    lines.iter().take_while(fits).count()
}

/// What children and families tell agencies, in the agencies' own lines, and what children told the partnership, each with whose it is or
/// where it comes from; no slide where there is none.
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
        let statement = line.criterion.as_ref().map_or(String::new(), |id| format!(" · {}", short_ref(id)));
        ToldCard { line: line.line.clone(), source: short_agency(inputs, &line.agency) + &statement }
    };
    let cards: Vec<ToldCard> = own.iter().map(of_officer).chain(lines.iter().map(of_agency)).collect();
    let trace = Trace::default()
        .agencies(inputs.analysis, "Agencies that say what children and families tell them", |agency| {
            agencies.contains(&agency.id)
        })
        .written("Lines of the partnership's own", own.iter().map(|line| line.place.clone()).collect());
    let room = measure::room_under(&headline);
    let pages = paging::level(cards, room, |card| card.height().ceil() as usize);
    let slide = |(at, cards): (usize, Vec<ToldCard>)| Slide {
        key: SlideKey::ChildrenToldUs,
        section: continued("What children told us", at),
        headline: headline.clone(),
        body: Body::Told(cards),
        trace: trace.clone(),
    };
    pages.into_iter().enumerate().map(slide).collect()
}

/// A line of the officer's own on a card.
pub(super) fn of_officer(line: &ChildrensLine) -> ToldCard {
    ToldCard { line: line.line.clone(), source: line.source.clone() }
}
