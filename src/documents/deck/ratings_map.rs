//! Every rating on one page: statements against agencies under their sectors. It names every agency's rating, so it goes before
//! inspectors only where the officer chooses it.

use super::super::inputs::DocumentInputs;
use super::super::names::short_ref;
use super::super::slide_key::SlideKey;
use super::one_page::{MapCell, MapRow, RatingsMap};
use super::phrases::continued;
use super::room;
use super::slide::{Body, Slide};
use crate::analysis::trace::Trace;
use crate::analysis::{AgencySummary, Counts, CriterionSummary, sentences};
use crate::form::Rating;
use crate::intake::answers::AnswerState;
use crate::theme::Group;

/// The most agencies that have a column each; of more, each sector has one.
const MOST_AGENCIES: usize = 14;

/// The sector that a group of agencies is shown under.
fn sector(group: &str) -> &'static str {
    match group {
        "LA" => "Council",
        "POL" => "Police",
        "HLT" => "Health",
        "PRB" | "YJS" => "Justice",
        _ => "Others",
    }
}

/// The map on as many pages as its statements need.
pub(super) fn ratings_map(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let analysis = inputs.analysis;
    let mut agencies: Vec<&AgencySummary> =
        analysis.numbers.agencies.iter().filter(|agency| agency.counts.asked > 0).collect();
    // Sorting is stable: within a group agencies stay in the round's order.
    agencies.sort_by_key(|agency| Group::ALL.iter().position(|group| group.code() == agency.group));
    let is_by_sector = agencies.len() > MOST_AGENCIES;
    let headline = inputs.headline(&SlideKey::EveryRating, sentences::spread_headline(&analysis.numbers));
    let trace = Trace::default()
        .statements(analysis, "Statements that some rate Green and some Red", |summary| {
            summary.counts.red > 0 && summary.counts.green > 0
        })
        .statements(analysis, "Statements", |_| true)
        .counts_each(analysis, |answer| Some(answer.criterion.as_str()));
    let rows: Vec<MapRow> =
        analysis.numbers.criteria.iter().map(|summary| row(inputs, summary, &agencies, is_by_sector)).collect();
    let sectors = sectors(&agencies);
    let columns: Vec<String> = match is_by_sector {
        true => sectors.iter().map(|(name, count)| format!("{name} ({count})")).collect(),
        false => agencies.iter().map(|agency| agency.short_name.clone()).collect(),
    };
    let slide = |(at, rows): (usize, &[MapRow])| Slide {
        key: SlideKey::EveryRating,
        section: continued("Every rating on one page", at),
        headline: headline.clone(),
        body: Body::Map(RatingsMap {
            alt: "Statements, with the rating that each agency gives itself".into(),
            sectors: if is_by_sector { Vec::new() } else { sectors.clone() },
            columns: columns.clone(),
            rows: rows.to_vec(),
            key: key(is_by_sector).into(),
        }),
        trace: trace.clone(),
    };
    // As many on each page, so that none is nearly empty.
    let pages = rows.len().div_ceil(room::MOST_MAP_ROWS).max(1);
    rows.chunks(rows.len().div_ceil(pages).max(1)).enumerate().map(slide).collect()
}

fn key(is_by_sector: bool) -> &'static str {
    match is_by_sector {
        true => {
            "How many agencies of each sector rate themselves Red (R), Amber (A), Green (G). Nothing is totalled by agency."
        }
        false => {
            "Square Red · diamond Amber · circle Green · dashed not in · empty not asked. Each agency rates its own part; nothing is \
             totalled by agency."
        }
    }
}

/// The sectors in their order, each with how many agencies it has.
fn sectors(agencies: &[&AgencySummary]) -> Vec<(String, usize)> {
    let mut sectors: Vec<(String, usize)> = Vec::new();
    for agency in agencies {
        let name = sector(agency.group);
        match sectors.last_mut() {
            Some((last, count)) if last == name => *count += 1,
            _ => sectors.push((name.to_string(), 1)),
        }
    }
    sectors
}

fn row(
    inputs: DocumentInputs<'_>,
    summary: &CriterionSummary,
    agencies: &[&AgencySummary],
    is_by_sector: bool,
) -> MapRow {
    let criterion = &summary.criterion;
    let of = |agency: &AgencySummary| {
        let is_it = |answer: &&crate::intake::answers::AnswerRow| {
            answer.agency == agency.id && answer.criterion == criterion.id
        };
        inputs.analysis.answers.iter().find(is_it).map(|answer| answer.state)
    };
    let cells = match is_by_sector {
        false => agencies.iter().map(|agency| cell(of(agency))).collect(),
        true => agencies
            .chunk_by(|a, b| sector(a.group) == sector(b.group))
            .map(|alike| MapCell::Counts(counted(alike.iter().filter_map(|agency| of(agency)))))
            .collect(),
    };
    let Counts { red, amber, green, .. } = summary.counts;
    MapRow {
        name: criterion.short_name(),
        reference: short_ref(&criterion.id).to_string(),
        cells,
        counts: [red, amber, green],
    }
}

fn cell(state: Option<AnswerState>) -> MapCell {
    match state {
        Some(AnswerState::Rated(rating)) => MapCell::Rated(rating),
        Some(AnswerState::NotApplicable) => MapCell::NotApplicable,
        Some(AnswerState::Blank) => MapCell::NotIn("blank"),
        Some(AnswerState::Unreadable) => MapCell::NotIn("unclear"),
        Some(AnswerState::Missing) => MapCell::NotIn("not in"),
        None => MapCell::NotAsked,
    }
}

/// "1 R 2 A 4 G", only what there is; "–" where nothing is rated.
fn counted(states: impl Iterator<Item = AnswerState>) -> String {
    let states: Vec<AnswerState> = states.collect();
    let of = |rating: Rating| match states.iter().filter(|state| **state == AnswerState::Rated(rating)).count() {
        0 => None,
        n => Some(format!("{n} {}", rating.letter())),
    };
    let said: Vec<String> = Rating::ALL.into_iter().filter_map(of).collect();
    match (said.is_empty(), states.is_empty()) {
        (false, _) => said.join(" "),
        (true, false) => "–".into(),
        (true, true) => String::new(),
    }
}
