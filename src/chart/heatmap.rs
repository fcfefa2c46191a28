//! Statements by agencies: every answer as a letter in its cell, agencies in the round's order and never ranked.

use crate::intake::answers::AnswerRow;
use std::collections::HashMap;

use super::canvas::{self, answer_cell, note};
use super::mark::{Align, Mark};
use super::picture::{Chart, FULL_WIDTH_PT, page_name};
use crate::analysis::{AgencySummary, Analysis, CriterionSummary, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::style::fonts::{self, Weight};

/// The most agencies on one drawing.
const MOST_COLUMNS: usize = 12;

/// The most statements on one drawing.
const MOST_ROWS: usize = 11;

/// The width of the column of Refs, in points.
const REF_PT: i32 = 62;

/// The height of a row and of its cells, in points.
const ROW_PT: i32 = 24;

/// The size of the agencies' headings, in points.
const HEADING_PT: f32 = 11.0;

/// Draws the heatmap, on as many drawings as it needs.
pub fn heatmap(analysis: &Analysis) -> Vec<Chart> {
    let asked: Vec<&AgencySummary> =
        analysis.numbers.agencies.iter().filter(|agency| agency.counts.asked > 0).collect();
    let blocks: Vec<(&[CriterionSummary], &[&AgencySummary])> = analysis
        .numbers
        .criteria
        .chunks(MOST_ROWS)
        .flat_map(|rows| asked.chunks(MOST_COLUMNS).map(move |columns| (rows, columns)))
        .collect();
    let pages = blocks.len();
    let answers = answers(analysis);
    blocks
        .iter()
        .enumerate()
        .map(|(at, (rows, columns))| block(analysis, &answers, rows, columns, page_name("heatmap", at, pages)))
        .collect()
}

fn block(
    analysis: &Analysis,
    answers: &Answers<'_>,
    rows: &[CriterionSummary],
    agencies: &[&AgencySummary],
    name: String,
) -> Chart {
    let column_width = ((FULL_WIDTH_PT - REF_PT) / agencies.len().max(1) as i32).min(70);
    let headings: Vec<Vec<String>> = agencies.iter().map(|agency| heading(agency, column_width)).collect();
    let heading_height = headings.iter().map(Vec::len).max().unwrap_or(1) as i32 * 13 + 8;
    let mut marks = Vec::new();
    for (at, lines) in headings.iter().enumerate() {
        let x = REF_PT + column_width * at as i32 + column_width / 2;
        let middle = heading_height - 8 - (lines.len() as i32 * 13) / 2;
        marks.extend(canvas::lines(x, middle, lines, Weight::Regular, Align::Centre, HEADING_PT));
    }
    for (at, summary) in rows.iter().enumerate() {
        let top = heading_height + ROW_PT * at as i32;
        marks.push(Mark::Line((0, top), (REF_PT + column_width * agencies.len() as i32, top)));
        let id = summary.criterion.id.to_string();
        marks.extend(canvas::lines(0, top + ROW_PT / 2, &[id], Weight::Regular, Align::Left, 11.0));
        for (column, agency) in agencies.iter().enumerate() {
            if let Some(answer) = answers.get(&(&agency.id, &summary.criterion.id)) {
                let left = REF_PT + column_width * column as i32 + column_width / 2 - 15;
                marks.extend(answer_cell([left, top + 3, 30, ROW_PT - 6], answer.state));
            }
        }
    }
    let height_pt = heading_height + ROW_PT * rows.len() as i32 + 24;
    let legend =
        "R Red · A Amber · G Green · – not applicable · dashed: not answered · ? unreadable · empty: not asked";
    marks.push(note(0, height_pt - 10, legend));
    let ratings = analysis.numbers.which_ratings(None);
    let (title, alt) = (sentences::spread_headline(&analysis.numbers), alt_text(answers, rows, agencies));
    let heads = canvas::Heads {
        title: &title,
        subtitle: &format!("{ratings}. Each agency's rating of its own part. Not for inspectors"),
        alt: &format!("{ratings}. {alt}"),
    };
    canvas::chart(name, (FULL_WIDTH_PT, height_pt), marks, heads)
}

/// Every answer by agency and statement, so that a cell is found without a search.
type Answers<'a> = HashMap<(&'a AgencyId, &'a CriterionId), &'a AnswerRow>;

fn answers(analysis: &Analysis) -> Answers<'_> {
    analysis.answers.iter().map(|answer| ((&answer.agency, &answer.criterion), answer)).collect()
}

/// The agency's short name on a few lines: full names are too long for a column.
fn heading(agency: &AgencySummary, width: i32) -> Vec<String> {
    fonts::wrap(&agency.short_name, HEADING_PT, Weight::Regular, (width - 1) as f32)
}

fn alt_text(answers: &Answers<'_>, rows: &[CriterionSummary], agencies: &[&AgencySummary]) -> String {
    let row = |summary: &CriterionSummary| {
        let answers: Vec<String> = agencies
            .iter()
            .filter_map(|agency| {
                Some(format!(
                    "{} {}",
                    agency.short_name,
                    answers.get(&(&agency.id, &summary.criterion.id))?.state.words()
                ))
            })
            .collect();
        format!("{}: {}", summary.criterion.id, answers.join(", "))
    };
    format!("Ratings by statement and agency. {}.", rows.iter().map(row).collect::<Vec<_>>().join(". "))
}
