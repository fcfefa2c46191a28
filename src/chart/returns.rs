//! Who returned, and how completely: a box for each statement asked, filled when it is rated.

use super::canvas::{self, Align, Mark, label, note};
use super::{Chart, FULL_WIDTH_PT, page_name};
use crate::analysis::{AgencySummary, Analysis, Counts};
use crate::fonts::{self, Weight};
use crate::palette;
use crate::words;

/// The most agencies on one drawing.
const MOST_ROWS: usize = 12;

/// The least height of a row, in points.
const ROW_PT: i32 = 20;

/// Where the boxes begin and how much room they have, in points.
const BOXES_PT: (i32, i32) = (360, 152);

/// Where the words beside the boxes begin, in points.
const WORDS_PT: i32 = 524;

/// Draws who returned, on as many drawings as it needs.
pub fn returns(analysis: &Analysis) -> Vec<Chart> {
    let asked: Vec<&AgencySummary> = analysis.agencies.iter().filter(|agency| agency.counts.asked > 0).collect();
    let most = asked.iter().map(|agency| agency.counts.asked).max().unwrap_or(1) as i32;
    let title = format!("{} of {} answered", analysis.returned(), words::count(analysis.asked(), "agency"));
    let pages = asked.len().div_ceil(MOST_ROWS);
    let page = |(at, agencies): (usize, &[&AgencySummary])| {
        let mut marks = Vec::new();
        let mut top = 0;
        for agency in agencies {
            let name = fonts::wrap(&agency.name, canvas::LABEL_PT, Weight::Regular, (BOXES_PT.0 - 10) as f32);
            let height = (name.len() as i32 * canvas::LINE_PT + 5).max(ROW_PT);
            marks.extend(row(agency, &name, top + height / 2, most));
            top += height;
        }
        marks.push(note(
            0,
            top + 12,
            "A box a statement asked. Filled: rated. – not applicable. Dashed: not answered.",
        ));
        let alt = alt_text(agencies);
        Chart {
            name: page_name("returns", at, pages),
            title: title.clone(),
            subtitle: "Statements rated, of those asked".into(),
            svg: canvas::draw((FULL_WIDTH_PT, top + 22), &marks, &title, &alt),
            alt,
            width_pt: FULL_WIDTH_PT,
            height_pt: top + 22,
        }
    };
    asked.chunks(MOST_ROWS).enumerate().map(page).collect()
}

fn row(agency: &AgencySummary, name: &[String], middle: i32, most: i32) -> Vec<Mark> {
    let mut marks = canvas::lines(0, middle, name, Weight::Regular, Align::Left, canvas::LABEL_PT);
    let step = (BOXES_PT.1 / most.max(1)).clamp(3, 18);
    let (width, height) = ((step - 3).max(2), 14);
    let Counts { not_applicable, .. } = agency.counts;
    let rated = agency.counts.rated();
    for at in 0..agency.counts.asked {
        let place = [BOXES_PT.0 + step * at as i32, middle - height / 2, width, height];
        if at < rated {
            marks.push(Mark::Segment(place, palette::NAVY));
        } else if at < rated + not_applicable {
            marks.push(label(place[0] + width / 2, middle, "–", Align::Centre));
        } else {
            marks.push(Mark::Outline(place, true));
        }
    }
    marks.push(note(WORDS_PT, middle, words_beside(agency)));
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

fn alt_text(agencies: &[&AgencySummary]) -> String {
    let row = |agency: &&AgencySummary| format!("{}: {}", agency.name, words_beside(agency));
    format!("Who returned, and how completely. {}.", agencies.iter().map(row).collect::<Vec<_>>().join(". "))
}
