//! The spread of ratings on each statement: a box for each agency under the rating that it gave, with the code of its group.

use super::canvas::{self, LABEL_PT, LINE_PT, note};
use super::mark::{Align, Mark};
use super::picture::{Chart, FULL_WIDTH_PT, page_name};
use crate::analysis::{Analysis, CriterionSummary, GroupCounts, sentences};
use crate::core::words;
use crate::form::Rating;
use crate::style::fonts::{self, Weight};
use crate::style::paging;
use crate::style::palette::{self, Swatch};

/// The tallest drawing, without its headings and key, that fits a slide, in points.
const TALLEST_PT: usize = 340;

/// Where the columns of ratings begin, their width, and where the column of what is not rated begins, in points.
const FIRST_PT: i32 = 200;
const COLUMN_PT: i32 = 198;
const BESIDE_PT: i32 = FIRST_PT + 3 * COLUMN_PT;

/// The width and height of a box with the gap after it, in points.
const BOX_PT: (i32, i32) = (32, 18);

/// How many boxes fit on a line.
const ON_A_LINE: usize = (COLUMN_PT / BOX_PT.0) as usize;

/// The height of a line of what is not rated, in points.
const NOTE_PT: i32 = 14;

/// The height of the headings, in points.
const HEADINGS_PT: i32 = 24;

/// Draws the spread, on as many drawings as it needs.
pub fn spread(analysis: &Analysis) -> Vec<Chart> {
    let rows: Vec<&CriterionSummary> = analysis.numbers.criteria.iter().collect();
    let pages = paging::level(rows, TALLEST_PT, |summary| height_of(summary) as usize);
    let count = pages.len();
    let title = sentences::spread_headline(&analysis.numbers);
    let page = |(at, rows): (usize, Vec<&CriterionSummary>)| {
        let mut marks = headings();
        let mut top = HEADINGS_PT;
        for summary in &rows {
            marks.push(Mark::Line((0, top), (FULL_WIDTH_PT, top)));
            marks.extend(row(summary, top));
            top += height_of(summary);
        }
        let key = fonts::wrap(&key(&rows), 11.0, Weight::Regular, FULL_WIDTH_PT as f32);
        marks.push(Mark::Line((0, top), (FULL_WIDTH_PT, top)));
        marks.extend((0..).zip(&key).map(|(at, line)| note(0, top + 12 + NOTE_PT * at, line)));
        let ratings = analysis.numbers.which_ratings(None);
        let (subtitle, alt) = (
            format!("{ratings}. Each box is an agency of the group named in it"),
            format!("{ratings}. {}", alt_text(&rows)),
        );
        let heads = canvas::Heads { title: &title, subtitle: &subtitle, alt: &alt };
        canvas::chart(
            page_name("spread", at, count),
            (FULL_WIDTH_PT, top + 10 + NOTE_PT * key.len() as i32),
            marks,
            heads,
        )
    };
    pages.into_iter().enumerate().map(page).collect()
}

fn headings() -> Vec<Mark> {
    let mut marks: Vec<Mark> =
        (0..).zip(Rating::ALL).map(|(at, rating)| heading(FIRST_PT + COLUMN_PT * at, rating.word())).collect();
    marks.push(heading(BESIDE_PT, "Not rated"));
    marks
}

fn heading(x: i32, text: &str) -> Mark {
    Mark::Label(x, HEADINGS_PT / 2 - 2, text.into(), LABEL_PT, Weight::Bold, Align::Left, palette::INK)
}

/// The statement's Ref with as much of its area as fits under it, its boxes, and what is not rated.
fn row(summary: &CriterionSummary, top: i32) -> Vec<Mark> {
    let first = top + 4 + BOX_PT.1 / 2;
    let mut marks = vec![Mark::Label(
        0,
        first,
        summary.criterion.id.to_string(),
        LABEL_PT,
        Weight::Bold,
        Align::Left,
        palette::INK,
    )];
    let counts = sentences::counts(&summary.counts);
    marks.push(note(0, first + LINE_PT, counts));
    for (at, rating) in (0..).zip(Rating::ALL) {
        let left = FIRST_PT + COLUMN_PT * at;
        for (place, code) in codes(&summary.groups, rating).into_iter().enumerate() {
            let (line, column) = (place / ON_A_LINE, place % ON_A_LINE);
            let corner = (left + BOX_PT.0 * column as i32, top + 4 + BOX_PT.1 * line as i32);
            marks.extend(one(corner, code, rating));
        }
    }
    for (at, text) in (0..).zip(sentences::not_rated(&summary.counts)) {
        marks.push(note(BESIDE_PT, first + NOTE_PT * at, text));
    }
    marks
}

/// One agency's box.
fn one((left, top): (i32, i32), code: &str, rating: Rating) -> [Mark; 2] {
    let Swatch { fill, ink } = palette::rating(rating);
    let place = [left, top, BOX_PT.0 - 4, BOX_PT.1 - 3];
    let (x, y) = (left + place[2] / 2, top + place[3] / 2);
    [Mark::Segment(place, fill), Mark::Label(x, y, code.into(), 11.0, Weight::Bold, Align::Centre, ink)]
}

/// The codes of the groups of the agencies that gave a rating, in the fixed order of groups, one for each agency.
fn codes(groups: &[GroupCounts], rating: Rating) -> Vec<&'static str> {
    groups.iter().flat_map(|group| std::iter::repeat_n(group.group.code(), group.counts.rated_as(rating))).collect()
}

/// The height of a statement's row: as many lines of boxes as its fullest column needs, and room for two lines of text.
fn height_of(summary: &CriterionSummary) -> i32 {
    let most = Rating::ALL.map(|rating| summary.counts.rated_as(rating)).into_iter().max().unwrap_or(0);
    let boxes = most.div_ceil(ON_A_LINE) as i32 * BOX_PT.1;
    let beside = sentences::not_rated(&summary.counts).len() as i32 * NOTE_PT;
    boxes.max(2 * LINE_PT).max(beside) + 10
}

/// The key of the group codes that are drawn.
fn key(rows: &[&CriterionSummary]) -> String {
    let mut groups: Vec<_> = rows.iter().flat_map(|summary| &summary.groups).map(|group| group.group).collect();
    groups.sort();
    groups.dedup();
    groups.iter().map(|group| format!("{} {}", group.code(), group.words())).collect::<Vec<_>>().join(" · ")
}

fn alt_text(rows: &[&CriterionSummary]) -> String {
    let of = |summary: &CriterionSummary, rating: Rating| {
        let groups = summary.groups.iter().filter(|group| group.counts.rated_as(rating) > 0);
        let said: Vec<String> =
            groups.map(|group| format!("{} {}", group.counts.rated_as(rating), group.group.words())).collect();
        format!("{}: {}", rating.word(), if said.is_empty() { "none".into() } else { words::list(&said) })
    };
    let row = |summary: &&CriterionSummary| {
        let said = Rating::ALL.map(|rating| of(summary, rating));
        format!("{}: {}", summary.criterion.id, said.join("; "))
    };
    format!("Agencies by the rating that they gave. {}.", rows.iter().map(row).collect::<Vec<_>>().join(". "))
}
