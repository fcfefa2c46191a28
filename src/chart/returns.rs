//! Who returned, and how completely: a box for each statement asked, filled when it is rated.

use super::canvas::{self, Align, Mark, label, note};
use super::{Bar, Bars, Chart, FULL_WIDTH_PT, Series, SeriesKind, page_name};
use crate::analysis::{AgencySummary, Analysis};
use crate::fonts::{self, Weight};
use crate::palette;
use crate::words;

/// The tallest drawing that its slide has room for, without its key, in points: twelve agencies with names of one line.
const TALLEST_PT: i32 = 240;

/// More statements than this are drawn as one bar and not as boxes.
const MOST_BOXES: i32 = 25;

/// The height of a box, in points.
const BOX_PT: i32 = 14;

/// The least height of a row, in points.
const ROW_PT: i32 = 20;

/// Where the boxes begin and how much room they have, in points.
const BOXES_PT: (i32, i32) = (360, 152);

/// Where the words beside the boxes begin, in points.
const WORDS_PT: i32 = 524;

/// Draws who returned, on as many drawings as it needs.
pub fn returns(analysis: &Analysis) -> Vec<Chart> {
    let asked: Vec<&AgencySummary> =
        analysis.numbers.agencies.iter().filter(|agency| agency.counts.asked > 0).collect();
    let most = asked.iter().map(|agency| agency.counts.asked).max().unwrap_or(1) as i32;
    let title =
        format!("{} of {} {} answered", analysis.numbers.returned(), asked.len(), words::noun(asked.len(), "agency"));
    let named = asked.into_iter().map(|agency| (agency, name_lines(agency))).collect();
    let pages = super::pages(named, |(_, name)| height_of(name), TALLEST_PT);
    let count = pages.len();
    let page = |(at, rows): (usize, Vec<(&AgencySummary, Vec<String>)>)| {
        let mut marks = Vec::new();
        let mut top = 0;
        for (agency, name) in &rows {
            marks.extend(row(agency, name, top + height_of(name) / 2, most));
            top += height_of(name);
        }
        let key = if most <= MOST_BOXES {
            "A box a statement asked. Filled: rated. – not applicable. Dashed: not answered."
        } else {
            "Filled: rated. Dashed: not answered. What is left of the longest bar: not applicable, or not asked."
        };
        marks.push(note(0, top + 12, key));
        let alt = alt_text(rows.iter().map(|(agency, _)| *agency));
        let heads = canvas::Heads { title: &title, subtitle: "Statements rated, of those asked", alt: &alt };
        let chart = canvas::chart(page_name("returns", at, count), (FULL_WIDTH_PT, top + 22), marks, heads);
        Chart { bars: Some(bars(rows.iter().map(|(agency, _)| *agency))), ..chart }
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// The same numbers for formats that have charts of their own; what is not as hoped stands behind the name.
fn bars<'a>(agencies: impl Iterator<Item = &'a AgencySummary>) -> Bars {
    let agencies: Vec<&AgencySummary> = agencies.collect();
    let row = |agency: &&AgencySummary| {
        let aside = match (agency.is_returned, agency.is_approval_recorded) {
            (false, _) => " (no return yet)",
            (true, false) => " (no approval recorded)",
            (true, true) => "",
        };
        Bar { label: format!("{}{aside}", agency.name), statement: String::new(), sentence: String::new() }
    };
    let series = |kind, count: fn(&AgencySummary) -> usize| Series {
        kind,
        values: agencies.iter().map(|agency| count(agency)).collect(),
    };
    let series = vec![
        series(SeriesKind::Rated, |agency| agency.counts.rated()),
        series(SeriesKind::NotApplicable, |agency| agency.counts.not_applicable),
        series(SeriesKind::NotAnswered, |agency| agency.counts.unanswered()),
    ];
    Bars { rows: agencies.iter().map(row).collect(), series, is_share: false }
}

fn name_lines(agency: &AgencySummary) -> Vec<String> {
    fonts::wrap(&agency.name, canvas::LABEL_PT, Weight::Regular, (BOXES_PT.0 - 10) as f32)
}

fn height_of(name: &[String]) -> i32 {
    (name.len() as i32 * canvas::LINE_PT + 5).max(ROW_PT)
}

fn row(agency: &AgencySummary, name: &[String], middle: i32, most: i32) -> Vec<Mark> {
    let mut marks = canvas::lines(0, middle, name, Weight::Regular, Align::Left, canvas::LABEL_PT);
    marks.extend(if most <= MOST_BOXES { boxes(agency, middle, most) } else { bar(agency, middle, most) });
    marks.push(note(WORDS_PT, middle, words_beside(agency)));
    marks
}

/// A box for each statement asked.
fn boxes(agency: &AgencySummary, middle: i32, most: i32) -> Vec<Mark> {
    let step = (BOXES_PT.1 / most.max(1)).min(18);
    let (rated, not_applicable) = (agency.counts.rated(), agency.counts.not_applicable);
    let one = |at: usize| {
        let place = [BOXES_PT.0 + step * at as i32, middle - BOX_PT / 2, step - 3, BOX_PT];
        match at {
            at if at < rated => Mark::Segment(place, palette::NAVY),
            at if at < rated + not_applicable => label(place[0] + place[2] / 2, middle, "–", Align::Centre),
            _ => Mark::Outline(place),
        }
    };
    (0..agency.counts.asked).map(one).collect()
}

/// One bar, where boxes would be too small to count.
fn bar(agency: &AgencySummary, middle: i32, most: i32) -> Vec<Mark> {
    let width = |n: usize| BOXES_PT.1 * n as i32 / most.max(1);
    let rated = width(agency.counts.rated());
    let open = width(agency.counts.unanswered());
    let top = middle - BOX_PT / 2;
    let mut marks = Vec::new();
    if rated > 0 {
        marks.push(Mark::Segment([BOXES_PT.0, top, rated, BOX_PT], palette::NAVY));
    }
    if open > 0 {
        marks.push(Mark::Outline([BOXES_PT.0 + rated + 3, top, open, BOX_PT]));
    }
    marks
}

/// "8 of 9 rated, approval recorded", or that there is no return.
fn words_beside(agency: &AgencySummary) -> String {
    if !agency.is_returned {
        return "no return yet".into();
    }
    let approval = if agency.is_approval_recorded { "approval recorded" } else { "no approval recorded" };
    format!("{} of {} rated; {approval}", agency.counts.rated(), agency.counts.asked)
}

fn alt_text<'a>(agencies: impl Iterator<Item = &'a AgencySummary>) -> String {
    let row = |agency: &AgencySummary| format!("{}: {}", agency.name, words_beside(agency));
    format!("Who returned, and how completely. {}.", agencies.map(row).collect::<Vec<_>>().join(". "))
}
