//! The sheets of numbers: by area, by statement, and agencies by statements.

use crate::workbook::contract::Caption;
use crate::workbook::write::{BarChart, Cell, TableSheet};
use std::collections::HashMap;

use super::inputs::{AnalysisInputs, area_of, headers, run_line};
use crate::analysis::{AgencySummary, BasisSummary, Counts, CriterionSummary, sentences};
use crate::core::words;
use crate::form::Rating;
use crate::intake::answers::AnswerState;
use crate::theme::{Basis, Group};

/// The width of a column of counts, in characters.
const COUNT_WIDTH: f64 = 13.0;

/// The width of a column of percentages, in characters.
const SHARE_WIDTH: f64 = 9.0;

/// The counts, with the share of the ratings given beside each rating.
fn counts(counts: &Counts) -> Vec<Cell> {
    let cells = |(name, n): (&'static str, usize)| match is_rating(name) {
        true => vec![Cell::from(n), Cell::Share(n, counts.rated())],
        false => vec![Cell::from(n)],
    };
    counts.named().into_iter().flat_map(cells).collect()
}

fn headers_of_counts() -> Vec<(String, f64)> {
    let named = |(name, _): (&'static str, usize)| match is_rating(name) {
        true => vec![(name.to_string(), COUNT_WIDTH), (format!("{name} %"), SHARE_WIDTH)],
        false => vec![(name.to_string(), COUNT_WIDTH)],
    };
    Counts::default().named().into_iter().flat_map(named).collect()
}

fn is_rating(name: &str) -> bool {
    Rating::ALL.into_iter().any(|rating| rating.word() == name)
}

/// The most ratings that any of these has.
fn longest<'c>(counts: impl Iterator<Item = &'c Counts>) -> usize {
    counts.map(Counts::rated).max().unwrap_or(0)
}

/// Counts by area, with all statements first; with several bases, a row for each, because official scope and lines of enquiry are never
/// added up.
pub(super) fn areas(inputs: AnalysisInputs<'_>) -> TableSheet {
    let numbers = &inputs.analysis.numbers;
    let row = |title: &str, basis: Basis, of: &Counts| {
        [vec![Cell::from(title), Cell::from(words::capitalised(basis.name()))], counts(of)].concat()
    };
    let is_one = numbers.bases.len() == 1;
    let all = |of: &BasisSummary| match is_one {
        true => row("All statements", of.basis, &of.counts),
        false => row(&format!("All: {}", of.basis.name()), of.basis, &of.counts),
    };
    let mut rows: Vec<Vec<Cell>> = numbers.bases.iter().map(all).collect();
    rows.extend(numbers.areas.iter().map(|area| row(&area.title, area.basis, &area.counts)));
    let mut named = headers(&[("Area", 44.0), ("What it is", 26.0)]);
    named.extend(headers_of_counts());
    TableSheet {
        name: "Summary",
        title: format!("Summary: {}", inputs.theme.title),
        lead: format!("{} {} {}", run_line(inputs), numbers.reconciliation.workbooks(), sentences::answers(numbers)),
        caption: Caption { name: "Summary", alt_text: "Counts of answers, one row for each area", has_filters: true },
        headers: named,
        rows,
        frozen: 1,
        choices: Vec::new(),
        chart: Some(BarChart {
            title: "Ratings by area",
            left_out: numbers.bases.len() as u32,
            labels: 0,
            longest: longest(numbers.areas.iter().map(|area| &area.counts)),
        }),
    }
}

/// Counts by statement, with sentences that may be used.
pub(super) fn statements(inputs: AnalysisInputs<'_>) -> TableSheet {
    let analysis = inputs.analysis;
    let name = |id: &crate::core::ids::AgencyId| {
        analysis.numbers.agency(id).map_or(id.to_string(), |agency| agency.name.clone())
    };
    let row = |summary: &CriterionSummary| {
        let criterion = &summary.criterion;
        let area = area_of(inputs, &criterion.id);
        let one = analysis.disagreements.iter().find(|one| one.criterion == criterion.id);
        let mut row = vec![Cell::from(criterion.id.as_str()), Cell::from(criterion.short_name()), Cell::from(area)];
        row.extend(counts(&summary.counts));
        row.extend([
            Cell::from(sentences::both(&summary.counts, summary.position)),
            Cell::from(once_each(summary)),
            Cell::from(partners(summary)),
            Cell::from(one.map_or_else(|| sentences::alike(&summary.counts), |one| sentences::how_alike(one, name))),
            Cell::from(criterion.basis.words()),
            Cell::from(criterion.text.as_str()),
        ]);
        row
    };
    let mut named = headers(&[("Ref", 12.0), ("Statement", 28.0), ("Area", 26.0)]);
    named.extend(headers_of_counts());
    named.extend(headers(&[
        ("What may be said", 44.0),
        ("If each group counted once", 30.0),
        ("Council, police and health apart", 40.0),
        ("How alike", 40.0),
        ("What it is", 30.0),
        ("Statement in full", 54.0),
    ]));
    TableSheet {
        name: "Statements",
        title: "Every statement, with its counts".into(),
        lead: "The middle rating is the lower median. It is not given for fewer than three ratings.".into(),
        caption: Caption {
            name: "Statements",
            alt_text: "Counts and middle ratings, one row for each statement",
            has_filters: true,
        },
        headers: named,
        rows: analysis.numbers.criteria.iter().map(row).collect(),
        frozen: 2,
        choices: Vec::new(),
        chart: Some(BarChart {
            title: "Ratings by statement",
            left_out: 0,
            labels: 1,
            longest: longest(analysis.numbers.criteria.iter().map(|summary| &summary.counts)),
        }),
    }
}

/// The middle rating when each group counts once, or why it is not said.
fn once_each(summary: &CriterionSummary) -> String {
    match sentences::once_each(summary) {
        said if !said.is_empty() => said,
        _ if summary.counts.rated() < crate::analysis::FEWEST_FOR_A_MIDDLE => "Too few ratings for a middle".into(),
        _ => "No difference".into(),
    }
}

fn partners(summary: &CriterionSummary) -> String {
    let said = sentences::partners(&summary.groups);
    if said.is_empty() { "None of them is asked".into() } else { said }
}

/// Every agency's rating of every statement: the word on its colour, or the state in words.
pub(super) fn heatmap(inputs: AnalysisInputs<'_>) -> TableSheet {
    let analysis = inputs.analysis;
    let known: HashMap<_, AnswerState> =
        analysis.answers.iter().map(|answer| ((&answer.agency, &answer.criterion), answer.state)).collect();
    let cell = |state: Option<&AnswerState>| match state {
        Some(AnswerState::Rated(rating)) => Cell::Rated(*rating),
        Some(other) => Cell::from(other.words()),
        None => Cell::from("Not asked"),
    };
    let row = |agency: &AgencySummary| {
        let mut row = vec![Cell::from(agency.name.as_str())];
        row.push(Cell::from(Group::from_code(agency.group).map_or(agency.group, Group::words)));
        row.extend(
            analysis.numbers.criteria.iter().map(|summary| cell(known.get(&(&agency.id, &summary.criterion.id)))),
        );
        row
    };
    let mut named = headers(&[("Agency", 40.0), ("Group", 24.0)]);
    named.extend(analysis.numbers.criteria.iter().map(|summary| (summary.criterion.id.to_string(), 15.0)));
    TableSheet {
        name: "Agencies by statements",
        title: "Each agency's rating of its own part".into(),
        lead: "Agencies are in the round's order. They are not ranked.".into(),
        caption: Caption {
            name: "AgenciesByStatements",
            alt_text: "Every rating, one row for each agency and one column for each statement",
            has_filters: true,
        },
        headers: named,
        rows: analysis.numbers.agencies.iter().filter(|agency| agency.counts.asked > 0).map(row).collect(),
        frozen: 1,
        choices: Vec::new(),
        chart: None,
    }
}
