//! Stacked shares: a band a row, Red, Amber and Green in their fixed order, what is not answered outlined beside it.

use super::canvas::{self, LABEL_PT, LINE_PT, label, note};
use super::mark::{Align, Mark};
use super::picture::{Bar, Bars, Chart, FULL_WIDTH_PT, SIDE_WIDTH_PT, Series, SeriesKind, page_name};
use crate::analysis::{Analysis, AreaSummary, Counts, sentences};
use crate::core::words;
use crate::form::Rating;
use crate::style::fonts::{self, Weight};
use crate::style::{paging, palette};

/// The tallest drawing that a slide has room for under a headline of two lines, without its key, in points.
const TALLEST_PT: usize = 330;

/// The most lines of a statement beside its band.
const MOST_LABEL_LINES: usize = 8;

/// The height of a band, in points.
const BAND_PT: i32 = 26;

/// The height of a line of the sentence under a band, in points.
const SENTENCE_LINE_PT: i32 = 14;

/// What a segment leaves beside its label, in points.
const LABEL_ROOM_PT: i32 = 8;

/// What is left between segments, in points.
const GAP_PT: i32 = 3;

/// One row of the drawing.
struct Band {
    /// A short name, for formats that have charts of their own.
    name: String,
    /// The statement; empty for areas.
    statement: String,
    /// What is said of it, on one line; empty for areas.
    said: String,
    label: Vec<String>,
    weight: Weight,
    counts: Counts,
    /// What is said under the band; none for areas.
    sentence: Vec<String>,
}

/// Where the columns of a drawing stand, in points.
struct Columns {
    band: i32,
    band_width: i32,
    unanswered: i32,
    width: i32,
}

/// The overall picture by area, with all statements together on top.
pub fn areas(analysis: &Analysis) -> Vec<Chart> {
    let columns = Columns { band: 230, band_width: 310, unanswered: 548, width: SIDE_WIDTH_PT };
    let band = |area: &AreaSummary| Band {
        name: area.short_title.clone(),
        statement: String::new(),
        said: String::new(),
        label: fonts::wrap(&area.short_title, LABEL_PT, Weight::Regular, 222.0),
        weight: Weight::Regular,
        counts: area.counts,
        sentence: Vec::new(),
    };
    let all = Band {
        name: "All statements".into(),
        statement: String::new(),
        said: String::new(),
        label: vec!["All statements".into()],
        weight: Weight::Bold,
        counts: analysis.numbers.overall,
        sentence: Vec::new(),
    };
    let bands: Vec<Band> = std::iter::once(all).chain(analysis.numbers.areas.iter().map(band)).collect();
    let title = words::capitalised(&sentences::of_ratings(&analysis.numbers.overall));
    let described = analysis.numbers.areas.iter().map(|area| (area.title.as_str(), area.counts));
    let alt = alt_text("by area", std::iter::once(("All statements", analysis.numbers.overall)).chain(described));
    charts("areas", &title, &alt, bands, &columns)
}

/// One area's statements; the area's place in the theme, from 0, names the files.
pub fn criteria(analysis: &Analysis, at: usize, area: &AreaSummary) -> Vec<Chart> {
    let columns = Columns { band: 440, band_width: 340, unanswered: 788, width: FULL_WIDTH_PT };
    let summaries: Vec<_> = analysis.numbers.criteria_of(&area.id).collect();
    let bands: Vec<Band> = summaries
        .iter()
        .map(|summary| Band {
            name: summary.criterion.id.to_string(),
            statement: summary.criterion.text.clone(),
            said: sentences::of_statement(summary),
            label: statement_label(&summary.criterion.text, summary.criterion.id.as_str()),
            weight: Weight::Regular,
            counts: summary.counts,
            sentence: fonts::wrap(&sentences::of_statement(summary), 11.0, Weight::Regular, 425.0),
        })
        .collect();
    let title = format!("{}: {}", area.title, sentences::of_ratings(&area.counts));
    let alt = alt_text("by statement", summaries.iter().map(|s| (s.criterion.id.as_str(), s.counts)));
    charts(&format!("area-{:02}", at + 1), &title, &alt, bands, &columns)
}

/// A statement with its Ref. One that is longer than a slide has room for is begun, and the annex has it in full.
fn statement_label(text: &str, id: &str) -> Vec<String> {
    let wrap = |text: &str| fonts::wrap(text, LABEL_PT, Weight::Regular, 422.0);
    let lines = wrap(&format!("{text} ({id})"));
    if lines.len() <= MOST_LABEL_LINES {
        return lines;
    }
    let mut begun = wrap(text);
    begun.truncate(MOST_LABEL_LINES - 1);
    begun.push(format!("… ({id})"));
    begun
}

fn alt_text<'a>(by: &str, rows: impl Iterator<Item = (&'a str, Counts)>) -> String {
    let row = |(name, counts): (&str, Counts)| {
        let mut text = format!("{name}: {} Red, {} Amber, {} Green", counts.red, counts.amber, counts.green);
        if counts.not_applicable > 0 {
            text.push_str(&format!(", {} not applicable", counts.not_applicable));
        }
        if counts.unanswered() > 0 {
            text.push_str(&format!(", {} not answered", counts.unanswered()));
        }
        text
    };
    format!("Stacked bars of ratings {by}. {}.", rows.map(row).collect::<Vec<_>>().join(". "))
}

fn row_height(band: &Band) -> i32 {
    (band.label.len() as i32 * LINE_PT).max(drawn_height(band)) + 9
}

/// The height of a band with the sentence under it.
fn drawn_height(band: &Band) -> i32 {
    match band.sentence.len() as i32 {
        0 => BAND_PT,
        lines => BAND_PT + 3 + lines * SENTENCE_LINE_PT,
    }
}

/// The bands on as many drawings as they need.
fn charts(name: &str, title: &str, alt: &str, bands: Vec<Band>, columns: &Columns) -> Vec<Chart> {
    let pages = paging::level(bands, TALLEST_PT, |band| row_height(band) as usize);
    let count = pages.len();
    let page = |(at, bands): (usize, Vec<Band>)| {
        let mut marks = Vec::new();
        let mut top = 0;
        for band in &bands {
            let height = row_height(band);
            marks.extend(draw_band(band, top + height / 2, columns));
            top += height;
        }
        marks.push(note(0, top + 12, KEY));
        let heads = canvas::Heads { title, subtitle: "Each agency's rating of its own part", alt };
        let chart = canvas::chart(page_name(name, at, count), (columns.width, top + 24), marks, heads);
        Chart { bars: Some(bars(&bands, columns)), ..chart }
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// What the looks of a band mean.
const KEY: &str = "R Red · A Amber · G Green, of the ratings given. Dashed: how many are not in. n/a: not applicable.";

/// The same numbers for formats that have charts of their own.
fn bars(bands: &[Band], columns: &Columns) -> Bars {
    let row = |band: &Band| Bar {
        label: band.name.clone(),
        statement: if band.statement.is_empty() { String::new() } else { band.label.join(" ") },
        sentence: band.said.clone(),
        not_in: Some(band.counts.unanswered()).filter(|n| *n > 0),
        beside: not_applicable(&band.counts),
        height_pt: row_height(band),
    };
    let series = |rating| Series {
        kind: SeriesKind::Rating(rating),
        values: bands.iter().map(|band| band.counts.rated_as(rating)).collect(),
    };
    // A statement beside its band says what the band is about.
    let labels_pt = if bands.iter().all(|band| band.statement.is_empty()) { columns.band - LABEL_ROOM_PT } else { 0 };
    Bars {
        rows: bands.iter().map(row).collect(),
        series: Rating::ALL.map(series).to_vec(),
        is_share: true,
        key: KEY.into(),
        frame_pt: (columns.band - labels_pt, columns.band + columns.band_width),
        labels_pt,
    }
}

fn draw_band(band: &Band, row_middle: i32, columns: &Columns) -> Vec<Mark> {
    let mut marks = canvas::lines(0, row_middle, &band.label, band.weight, Align::Left, LABEL_PT);
    let top = row_middle - drawn_height(band) / 2;
    let middle = top + BAND_PT / 2;
    for (at, line) in (0i32..).zip(&band.sentence) {
        marks.push(note(columns.band, top + BAND_PT + 3 + at * SENTENCE_LINE_PT + SENTENCE_LINE_PT / 2, line));
    }
    let counts = &band.counts;
    let rated = counts.rated() as i32;
    let given: Vec<Rating> = Rating::ALL.into_iter().filter(|rating| counts.rated_as(*rating) > 0).collect();
    let room = columns.band_width - GAP_PT * (given.len() as i32 - 1).max(0);
    let mut left = columns.band;
    for (rating, width) in given.iter().zip(widths(counts, &given, room)) {
        let swatch = palette::rating(*rating);
        marks.push(Mark::Segment([left, top, width, BAND_PT], swatch.fill));
        let text = segment_label(*rating, counts);
        marks.push(Mark::Label(left + width / 2, middle, text, LABEL_PT, Weight::Bold, Align::Centre, swatch.ink));
        left += width + GAP_PT;
    }
    if rated == 0 {
        marks.push(note(columns.band, middle, "no ratings"));
    }
    marks.extend(beside(counts, middle, columns));
    marks
}

/// The letter and the count.
fn segment_label(rating: Rating, counts: &Counts) -> String {
    format!("{} {}", rating.letter(), counts.rated_as(rating))
}

/// The widths of the segments in points, together the room there is: each as its share, but wide enough for its label, which the
/// larger ones make room for.
fn widths(counts: &Counts, given: &[Rating], room: i32) -> Vec<i32> {
    let least = |rating: Rating| {
        fonts::width(&segment_label(rating, counts), LABEL_PT, Weight::Bold).ceil() as i32 + LABEL_ROOM_PT
    };
    let mut fixed: Vec<Option<i32>> = vec![None; given.len()];
    loop {
        let taken: i32 = fixed.iter().flatten().sum();
        let open: Vec<usize> = (0..given.len()).filter(|at| fixed[*at].is_none()).collect();
        let of_open: i32 = open.iter().map(|at| counts.rated_as(given[*at]) as i32).sum();
        let share = |at: usize| (room - taken) * counts.rated_as(given[at]) as i32 / of_open.max(1);
        match open.iter().copied().find(|at| share(*at) < least(given[*at])) {
            Some(small) => fixed[small] = Some(least(given[small])),
            None => return (0..given.len()).map(|at| fixed[at].unwrap_or_else(|| share(at))).collect(),
        }
    }
}

/// What is not rated, beside the bar: never inside it.
fn beside(counts: &Counts, middle: i32, columns: &Columns) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut left = columns.unanswered;
    if counts.unanswered() > 0 {
        let text = counts.unanswered().to_string();
        let width = (fonts::width(&text, LABEL_PT, Weight::Regular) as i32 + 12).max(22);
        marks.push(Mark::Outline([left, middle - BAND_PT / 2 + 2, width, BAND_PT - 4]));
        marks.push(label(left + width / 2, middle, text, Align::Centre));
        left += width + 8;
    }
    if counts.not_applicable > 0 {
        marks.push(note(left, middle, not_applicable(counts)));
    }
    marks
}

/// "2 n/a"; nothing for none.
fn not_applicable(counts: &Counts) -> String {
    if counts.not_applicable == 0 { String::new() } else { format!("{} n/a", counts.not_applicable) }
}
