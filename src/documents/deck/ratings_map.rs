//! Every rating on one page: statements against agencies under their sectors. It shows every agency's rating, so inspectors see it only if
//! the officer asks for it.

use std::collections::HashMap;

use super::super::inputs::DocumentInputs;
use super::super::names::short_ref;
use super::super::slide_key::SlideKey;
use super::one_page::{MapCell, MapRow, RatingsMap};
use super::phrases::continued;
use super::room;
use super::slide::{Body, Slide};
use crate::analysis::trace::Trace;
use crate::analysis::{AgencySummary, Counts, CriterionSummary, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::theme::Group;

/// The most agencies with a column each; with more, each sector has a column.
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
    let agencies = agencies(inputs);
    let is_by_sector = agencies.len() > MOST_AGENCIES;
    let map = map(inputs, &agencies, &answers(inputs), is_by_sector);
    let headline = inputs.headline(&SlideKey::EveryRating, sentences::spread_headline(&analysis.numbers));
    let trace = Trace::default()
        .statements(analysis, "Statements that some rate Green and some Red", CriterionSummary::is_apart)
        .statements(analysis, "Statements", |_| true)
        .counts_each(analysis, |answer| Some(answer.criterion.as_str()));
    let slide = |(at, rows): (usize, &[MapRow])| Slide {
        ratings: String::new(),
        key: SlideKey::EveryRating,
        section: continued("Every rating on one page", at),
        headline: headline.clone(),
        body: Body::Map(RatingsMap { rows: rows.to_vec(), ..map.clone() }),
        trace: trace.clone(),
    };
    // Rows are spread evenly, so that no page is nearly empty.
    let most = if is_by_sector { room::MOST_SECTOR_ROWS } else { room::MOST_MAP_ROWS };
    let pages = map.rows.len().div_ceil(most).max(1);
    map.rows.chunks(map.rows.len().div_ceil(pages).max(1)).enumerate().map(slide).collect()
}

/// Every rating of every agency, on as many maps as it takes with `most_columns` agencies on each. For leaders.
pub fn every_rating(inputs: DocumentInputs<'_>, most_columns: usize) -> Vec<RatingsMap> {
    let (agencies, answers) = (agencies(inputs), answers(inputs));
    let maps = agencies.len().div_ceil(most_columns).max(1);
    let of_each = agencies.len().div_ceil(maps).max(1);
    agencies.chunks(of_each).map(|agencies| map(inputs, agencies, &answers, false)).collect()
}

/// The agencies that are asked, by group, and in each in the round's order.
fn agencies(inputs: DocumentInputs<'_>) -> Vec<&AgencySummary> {
    let asked = inputs.analysis.numbers.agencies.iter().filter(|agency| agency.counts.asked > 0);
    let mut agencies: Vec<&AgencySummary> = asked.collect();
    // Sorting is stable: within a group agencies stay in the round's order.
    agencies.sort_by_key(|agency| Group::ALL.iter().position(|group| group.code() == agency.group));
    agencies
}

/// The state of every answer by agency and statement, so that a cell is found without a search.
type States<'a> = HashMap<(&'a AgencyId, &'a CriterionId), AnswerState>;

fn answers<'a>(inputs: DocumentInputs<'a>) -> States<'a> {
    let place = |answer: &'a AnswerRow| ((&answer.agency, &answer.criterion), answer.state);
    inputs.analysis.answers.iter().map(place).collect()
}

fn map(
    inputs: DocumentInputs<'_>,
    agencies: &[&AgencySummary],
    answers: &States<'_>,
    is_by_sector: bool,
) -> RatingsMap {
    let sectors = sectors(agencies);
    let columns = match is_by_sector {
        true => sectors.iter().map(|(name, count)| format!("{name} ({count})")).collect(),
        false => agencies.iter().map(|agency| agency.short_name.clone()).collect(),
    };
    let row = |summary: &CriterionSummary| MapRow {
        reference: short_ref(inputs, &summary.criterion.id).to_string(),
        ..row(summary, agencies, answers, is_by_sector)
    };
    RatingsMap {
        alt: format!("Statements, with each agency's rating. {}", inputs.analysis.numbers.which_ratings(None)),
        sectors: if is_by_sector { Vec::new() } else { sectors },
        columns,
        rows: inputs.analysis.numbers.criteria.iter().map(row).collect(),
        key: key(is_by_sector).into(),
    }
}

fn key(is_by_sector: bool) -> &'static str {
    match is_by_sector {
        true => "How many agencies of each sector are Red (R), Amber (A), Green (G). Agencies are not ranked.",
        false => {
            "Square Red · diamond Amber · circle Green · dashed not in · empty not asked. Each agency rates its own part, and \
             agencies are not ranked."
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

fn row(summary: &CriterionSummary, agencies: &[&AgencySummary], answers: &States<'_>, is_by_sector: bool) -> MapRow {
    let criterion = &summary.criterion;
    let of = |agency: &AgencySummary| answers.get(&(&agency.id, &criterion.id)).copied();
    let cells = match is_by_sector {
        false => agencies.iter().map(|agency| cell(of(agency))).collect(),
        true => agencies
            .chunk_by(|a, b| sector(a.group) == sector(b.group))
            .map(|alike| MapCell::Counts(counted(alike.iter().filter_map(|agency| of(agency)))))
            .collect(),
    };
    let Counts { red, amber, green, .. } = summary.counts;
    MapRow { name: criterion.short_name(), reference: criterion.id.to_string(), cells, counts: [red, amber, green] }
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

/// "1 R 2 A 4 G", without zeros; "–" if nothing is rated, empty if nobody was asked.
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
