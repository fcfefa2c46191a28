//! Ratings compared with the round before, by area: how many are higher, the same, lower. No agency can be made out, so none is ranked.

use super::canvas::{self, LABEL_PT, LINE_PT, NOTE_PT, note};
use super::mark::{Align, Mark};
use super::picture::{Bar, Bars, Chart, SIDE_WIDTH_PT, Series, SeriesKind, change_look, page_name};
use crate::analysis::{Analysis, AreaChange, ChangeKind, RoundChange, change_words};
use crate::core::words;
use crate::style::fonts::{self, Weight};
use crate::style::paging;
use crate::theme::Basis;

/// The kinds that are drawn, in the order of a bar.
const DRAWN: [ChangeKind; 3] = [ChangeKind::Higher, ChangeKind::Same, ChangeKind::Lower];

/// The tallest drawing, without its key, that fits a slide between a headline of two lines and a note, in points.
const TALLEST_PT: usize = 270;

/// Where bars begin, and how long the longest is, in points.
const BARS_PT: i32 = 190;
const LONGEST_PT: i32 = 360;

/// The height of a bar, the height of the line under it with its gap, and the gap between rows, in points.
const BAR_PT: i32 = 18;
const UNDER_PT: i32 = 14;
const ROW_GAP_PT: i32 = 7;

/// The space beside a label, and the gap between the parts of a bar, in points.
const LABEL_ROOM_PT: i32 = 8;
const GAP_PT: i32 = 2;

/// One area with its label in lines.
struct AreaBar<'a> {
    area: &'a AreaChange,
    label: Vec<String>,
}

impl AreaBar<'_> {
    fn height(&self) -> i32 {
        (self.label.len() as i32 * LINE_PT).max(BAR_PT + UNDER_PT) + ROW_GAP_PT
    }
}

/// Draws change by area, for each basis, on as many drawings as it needs. Areas where nothing can be compared have no bar; the note counts
/// them as not compared.
pub fn changed(analysis: &Analysis) -> Vec<Vec<Chart>> {
    let Some(change) = &analysis.change else { return Vec::new() };
    let longest = change.areas.iter().map(|area| area.counts.compared()).max().unwrap_or(0).max(1);
    change.bases.iter().map(|(basis, _)| of_basis(change, *basis, longest)).collect()
}

fn of_basis(change: &RoundChange, basis: Basis, longest: usize) -> Vec<Chart> {
    let is_here = |area: &&AreaChange| area.basis == basis && area.counts.compared() > 0;
    let bar = |area| AreaBar {
        area,
        label: fonts::wrap(&area.short_title, LABEL_PT, Weight::Regular, (BARS_PT - LABEL_ROOM_PT) as f32),
    };
    let bars: Vec<AreaBar<'_>> = change.areas.iter().filter(is_here).map(bar).collect();
    let name = match change.bases.len() {
        1 => "change".to_string(),
        _ => format!("change-{}", words::slug(basis.name())),
    };
    let title = change_words::headline(change);
    let pages = paging::level(bars, TALLEST_PT, |bar| bar.height() as usize);
    let count = pages.len();
    let page = |(at, bars): (usize, Vec<AreaBar<'_>>)| {
        let mut marks = Vec::new();
        let mut top = 0;
        for bar in &bars {
            marks.extend(draw(bar, top, longest));
            top += bar.height();
        }
        let key = key(&change.since);
        marks.push(note(0, top + 12, &key));
        let alt = alt_text(&bars, &change.since);
        let heads =
            canvas::Heads { title: &title, subtitle: "Self-ratings: each agency's now, compared with then", alt: &alt };
        let chart = canvas::chart(page_name(&name, at, count), (SIDE_WIDTH_PT, top + 24), marks, heads);
        Chart { bars: Some(native(&bars, longest, key)), ..chart }
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// The key of a bar.
fn key(since: &str) -> String {
    format!(
        "H higher · S the same · L lower than in {since}. A bar is as long as its number of ratings in both rounds."
    )
}

fn draw(bar: &AreaBar<'_>, top: i32, longest: usize) -> Vec<Mark> {
    let counts = &bar.area.counts;
    let middle = top + bar.height() / 2;
    let mut marks = canvas::lines(0, middle, &bar.label, Weight::Regular, Align::Left, LABEL_PT);
    let bar_top = middle - (BAR_PT + UNDER_PT) / 2;
    let at = |ratings: usize| BARS_PT + LONGEST_PT * ratings as i32 / longest as i32;
    let mut before = 0;
    for kind in DRAWN.into_iter().filter(|kind| counts.count(*kind) > 0) {
        let (swatch, letter) = change_look(kind);
        let after = before + counts.count(kind);
        let (left, right) = (at(before), at(after));
        let width = (right - left - GAP_PT).max(2);
        marks.push(Mark::Segment([left, bar_top, width, BAR_PT], swatch.fill));
        let n = counts.count(kind);
        let labels = [(format!("{letter} {n}"), LABEL_PT), (format!("{letter}{n}"), NOTE_PT)];
        let fits = |(text, size): &(String, f32)| fonts::width(text, *size, Weight::Bold) + 2.0 <= width as f32;
        // If neither label fits, the line under the bar still has the number.
        if let Some((text, size)) = labels.into_iter().find(fits) {
            let (x, y) = (left + width / 2, bar_top + BAR_PT / 2);
            marks.push(Mark::Label(x, y, text, size, Weight::Bold, Align::Centre, swatch.ink));
        }
        before = after;
    }
    marks.push(note(BARS_PT, bar_top + BAR_PT + UNDER_PT / 2 + 1, counts.words()));
    if counts.not_compared() > 0 {
        let text = format!("{} not compared", counts.not_compared());
        marks.push(note(BARS_PT + LONGEST_PT + LABEL_ROOM_PT, bar_top + BAR_PT / 2, text));
    }
    marks
}

/// The same numbers for native charts.
fn native(bars: &[AreaBar<'_>], longest: usize, key: String) -> Bars {
    let row = |bar: &AreaBar<'_>| Bar {
        label: bar.area.short_title.clone(),
        statement: String::new(),
        sentence: String::new(),
        counts: bar.area.counts.words(),
        not_in: None,
        beside: match bar.area.counts.not_compared() {
            0 => String::new(),
            n => format!("{n} not compared"),
        },
        height_pt: bar.height(),
    };
    let series = |kind| Series {
        kind: SeriesKind::Change(kind),
        values: bars.iter().map(|bar| bar.area.counts.count(kind)).collect(),
    };
    Bars {
        heading: String::new(),
        rows: bars.iter().map(row).collect(),
        series: DRAWN.map(series).to_vec(),
        longest,
        key,
        frame_pt: (0, BARS_PT + LONGEST_PT),
        behind_pt: 0,
        labels_pt: BARS_PT - LABEL_ROOM_PT,
    }
}

fn alt_text(bars: &[AreaBar<'_>], since: &str) -> String {
    let row = |bar: &AreaBar<'_>| {
        let rest = match bar.area.counts.not_compared() {
            0 => String::new(),
            n => format!(", {n} not compared"),
        };
        format!("{}: {}{rest}", bar.area.title, bar.area.counts.words())
    };
    format!("Bars of ratings by area, compared with {since}. {}.", bars.iter().map(row).collect::<Vec<_>>().join(". "))
}
