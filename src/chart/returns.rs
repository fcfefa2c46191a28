//! Who returned, and how completely: a box for each statement asked, filled when it is rated.

use super::canvas::{self, note};
use super::mark::{Align, Mark};
use super::picture::{Bar, Bars, Chart, FULL_WIDTH_PT, Series, SeriesKind, page_name};
use crate::analysis::{AgencySummary, Analysis};
use crate::core::words;
use crate::style::fonts::{self, Weight};
use crate::style::{paging, palette};

/// The tallest drawing, without its key, that fits its slide, in points: twelve agencies with names on one line.
const TALLEST_PT: usize = 300;

/// With more statements than this, an agency has one bar instead of boxes.
const MOST_BOXES: i32 = 25;

/// The gap between boxes, and between the parts of a bar, in points.
const GAP_PT: i32 = 3;

/// The height of a box, in points.
const BOX_PT: i32 = 14;

/// The least height of a row, in points.
const ROW_PT: i32 = 25;

/// The room for an agency's name, in points.
const NAME_PT: i32 = BOXES_PT.0 - 10;

/// Where the boxes begin and how much room they have, in points.
const BOXES_PT: (i32, i32) = (400, 190);

/// Where the words beside the boxes begin, in points.
const WORDS_PT: i32 = 604;

/// Draws who returned, on as many drawings as it needs.
pub fn returns(analysis: &Analysis) -> Vec<Chart> {
    let asked: Vec<&AgencySummary> =
        analysis.numbers.agencies.iter().filter(|agency| agency.counts.asked > 0).collect();
    let most = asked.iter().map(|agency| agency.counts.asked).max().unwrap_or(1) as i32;
    let title =
        format!("{} of {} {} returned", analysis.numbers.returned(), asked.len(), words::noun(asked.len(), "agency"));
    let named = asked.into_iter().map(|agency| (agency, name_lines(agency))).collect();
    let pages = paging::level(named, TALLEST_PT, |(_, name)| height_of(name) as usize);
    let (count, key) = (pages.len(), key(analysis));
    let page = |(at, rows): (usize, Vec<(&AgencySummary, Vec<String>)>)| {
        let mut marks = Vec::new();
        let mut top = 0;
        for (agency, name) in &rows {
            marks.extend(row(agency, name, top + height_of(name) / 2, most));
            top += height_of(name);
        }
        marks.push(note(0, top + 12, &key));
        let alt = alt_text(rows.iter().map(|(agency, _)| *agency));
        let heads = canvas::Heads { title: &title, subtitle: "Statements rated, of those asked", alt: &alt };
        let chart = canvas::chart(page_name("returns", at, count), (FULL_WIDTH_PT, top + 22), marks, heads);
        Chart { bars: Some(bars(&rows, most as usize, &key)), ..chart }
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// The key of boxes and bars.
const KEY: &str = "The statements asked. Dark: rated. Grey: not applicable (n/a). Dashed: not in.";

/// The same, with which number belongs to which basis if there are several.
fn key(analysis: &Analysis) -> String {
    match analysis.numbers.bases.as_slice() {
        [] | [_] => KEY.to_string(),
        several => {
            let names: Vec<&str> = several.iter().map(|of| of.basis.name()).collect();
            format!("{KEY} Rated: {}, where an agency was asked both.", names.join(", then "))
        }
    }
}

/// The same numbers for native charts.
fn bars(rows: &[(&AgencySummary, Vec<String>)], longest: usize, key: &str) -> Bars {
    let row = |(agency, name): &(&AgencySummary, Vec<String>)| Bar {
        label: agency.name.clone(),
        statement: String::new(),
        sentence: String::new(),
        counts: String::new(),
        not_in: None,
        beside: words_beside(agency),
        height_pt: height_of(name),
    };
    let series = |kind, count: fn(&AgencySummary) -> usize| Series {
        kind,
        values: rows.iter().map(|(agency, _)| count(agency)).collect(),
    };
    let series = vec![
        series(SeriesKind::Rated, |agency| agency.counts.rated()),
        series(SeriesKind::NotApplicable, |agency| agency.counts.not_applicable),
        series(SeriesKind::NotAnswered, |agency| agency.counts.unanswered()),
    ];
    Bars {
        heading: String::new(),
        rows: rows.iter().map(row).collect(),
        series,
        longest,
        key: key.into(),
        frame_pt: (0, BOXES_PT.0 + BOXES_PT.1),
        behind_pt: 0,
        labels_pt: NAME_PT,
    }
}

fn name_lines(agency: &AgencySummary) -> Vec<String> {
    fonts::wrap(&agency.name, canvas::LABEL_PT, Weight::Regular, NAME_PT as f32)
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

/// A box for each statement asked. Those not answered share one box, because small dashed boxes next to each other look like one.
fn boxes(agency: &AgencySummary, middle: i32, most: i32) -> Vec<Mark> {
    let step = (BOXES_PT.1 / most.max(1)).min(18);
    let (rated, not_applicable) = (agency.counts.rated(), agency.counts.not_applicable);
    let place = |from: usize, to: usize| {
        [BOXES_PT.0 + step * from as i32, middle - BOX_PT / 2, step * (to - from) as i32 - GAP_PT, BOX_PT]
    };
    let filled = |at: usize| {
        let fill = if at < rated { palette::NAVY } else { palette::LINE };
        Mark::Segment(place(at, at + 1), fill)
    };
    let mut marks: Vec<Mark> = (0..rated + not_applicable).map(filled).collect();
    if agency.counts.unanswered() > 0 {
        marks.push(Mark::Outline(place(rated + not_applicable, agency.counts.asked)));
    }
    marks
}

/// One bar, for more statements than boxes can show, to the scale of the agency that was asked most.
fn bar(agency: &AgencySummary, middle: i32, most: i32) -> Vec<Mark> {
    let counts = &agency.counts;
    let at = |n: usize| BOXES_PT.0 + BOXES_PT.1 * n as i32 / most.max(1);
    let place = |from: usize, to: usize| [at(from), middle - BOX_PT / 2, (at(to) - at(from) - GAP_PT).max(2), BOX_PT];
    let (rated, answered) = (counts.rated(), counts.rated() + counts.not_applicable);
    let mut marks = Vec::new();
    if rated > 0 {
        marks.push(Mark::Segment(place(0, rated), palette::NAVY));
    }
    if answered > rated {
        marks.push(Mark::Segment(place(rated, answered), palette::LINE));
    }
    if counts.asked > answered {
        marks.push(Mark::Outline(place(answered, counts.asked)));
    }
    marks
}

/// "7 of 9 rated, 1 n/a; approval recorded", or that there is no return.
fn words_beside(agency: &AgencySummary) -> String {
    if !agency.is_returned {
        return "no return yet".into();
    }
    let approval = if agency.is_approval_recorded { "approval recorded" } else { "no approval recorded" };
    let not_applicable = match agency.counts.not_applicable {
        0 => String::new(),
        n => format!(", {n} n/a"),
    };
    format!("{} rated{not_applicable}; {approval}", agency.rated_of_asked())
}

fn alt_text<'a>(agencies: impl Iterator<Item = &'a AgencySummary>) -> String {
    let row = |agency: &AgencySummary| {
        format!("{}: {}", agency.name, words_beside(agency).replace(" n/a", " not applicable"))
    };
    format!("Who returned, and how completely. {}.", agencies.map(row).collect::<Vec<_>>().join(". "))
}
