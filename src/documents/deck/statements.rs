//! The statements by Ref and short name. Other slides use one or the other, so inspectors need both in one place.

use super::super::inputs::DocumentInputs;
use super::super::slide_key::SlideKey;
use super::measure;
use super::one_page::{AreaNames, StatementNames};
use super::phrases::{continued, put_to_nobody, trace_of_nobody_asked};
use super::room::{BETWEEN_AREAS_PT, names_width, refs_width};
use super::slide::{Body, Slide};
use crate::analysis::AreaSummary;
use crate::style::paging;
use crate::theme::{Basis, Criterion};

/// The fewest and the most columns on a page.
const FEWEST_COLUMNS: usize = 2;
const MOST_COLUMNS: usize = 3;

/// The fewest statements at the foot of a column when their area continues in the next one.
const FEWEST_TOGETHER: usize = 2;

/// The slides: every statement that is asked, under its area, on as many pages as they need.
pub(super) fn statements(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let headline = inputs.headline(&SlideKey::Statements, "Every statement, by its Ref and its short name".into());
    let asked = inputs.analysis.numbers.areas.iter().map(|area| names(inputs, area));
    let areas: Vec<AreaNames> = asked.chain(unasked(inputs)).collect();
    let refs_pt = refs_width(areas.iter().flat_map(|area| &area.rows).map(|(reference, _)| reference.as_str()));
    let room = measure::room_under(&headline) as f32;
    // Two wide columns if everything fits, else three.
    let wide = columns(areas.clone(), (refs_pt, names_width(FEWEST_COLUMNS)), room);
    let columns = match wide.len() <= FEWEST_COLUMNS {
        true => wide,
        false => columns(areas, (refs_pt, names_width(MOST_COLUMNS)), room),
    };
    // Columns are spread evenly, so that no page is nearly empty.
    let on_a_page = columns.len().div_ceil(columns.len().div_ceil(MOST_COLUMNS).max(1)).max(1);
    let width_pt = names_width(on_a_page);
    let slide = |(at, columns): (usize, &[Vec<AreaNames>])| Slide {
        ratings: String::new(),
        key: SlideKey::Statements,
        section: continued("The statements", at),
        headline: headline.clone(),
        body: Body::Statements(StatementNames { width_pt, refs_pt, columns: columns.to_vec() }),
        trace: trace_of_nobody_asked(inputs),
    };
    columns.chunks(on_a_page).enumerate().map(slide).collect()
}

/// The statements of an area, titled with the basis if the theme has several.
fn names(inputs: DocumentInputs<'_>, area: &AreaSummary) -> AreaNames {
    let numbers = &inputs.analysis.numbers;
    let heading = inputs.theme.areas.iter().find(|one| one.id == area.id).map_or(&area.title, |one| &one.short_title);
    let title = match numbers.bases.len() {
        1 => heading.clone(),
        _ => format!("{heading} ({})", area.basis.name()),
    };
    let rows = numbers.criteria_of(area).map(|one| (one.criterion.id.to_string(), one.criterion.short_name()));
    AreaNames { title, rows: rows.collect() }
}

/// The statements that were put to nobody, each basis separately.
fn unasked(inputs: DocumentInputs<'_>) -> Vec<AreaNames> {
    let of_basis = |(basis, unasked): (Basis, Vec<&Criterion>)| {
        let rows = unasked.iter().map(|criterion| (criterion.id.to_string(), criterion.short_name()));
        AreaNames { title: format!("Put to nobody ({})", basis.name()), rows: rows.collect() }
    };
    put_to_nobody(inputs).into_iter().map(of_basis).collect()
}

/// The areas in columns. Each area stays in one column, unless splitting areas saves a page.
fn columns(areas: Vec<AreaNames>, (refs_pt, width_pt): (f32, f32), room: f32) -> Vec<Vec<AreaNames>> {
    let height = |area: &AreaNames| area.height(refs_pt, width_pt).ceil() as usize;
    // Each area's height includes the gap under it, which the last one in a column does not need.
    let room = (room + BETWEEN_AREAS_PT) as usize;
    let split = split(&areas, room, height);
    let pages = |columns: &[Vec<AreaNames>]| columns.len().div_ceil(MOST_COLUMNS);
    if areas.iter().any(|area| height(area) > room) {
        return split;
    }
    let whole = paging::level(areas, room, height);
    if pages(&split) < pages(&whole) { split } else { whole }
}

/// The areas in as few columns as possible: one that does not fit continues in the next column, under its heading.
fn split(areas: &[AreaNames], room: usize, height: impl Fn(&AreaNames) -> usize) -> Vec<Vec<AreaNames>> {
    let mut columns: Vec<Vec<AreaNames>> = vec![Vec::new()];
    let mut used = 0;
    for area in areas {
        let mut rest = area.clone();
        loop {
            let begun = |rows: usize| AreaNames { title: rest.title.clone(), rows: rest.rows[..rows].to_vec() };
            let fitting = (1..=rest.rows.len()).rev().find(|rows| used + height(&begun(*rows)) <= room);
            let is_new_column = used == 0;
            // A row taller than a column still gets one, or this would never end. No single row is left over for the next column.
            let rows = match fitting.unwrap_or(usize::from(is_new_column)) {
                rows if rest.rows.len() - rows == 1 && rows > FEWEST_TOGETHER => rows - 1,
                rows => rows,
            };
            if rows == rest.rows.len() {
                used += height(&rest);
                columns.last_mut().expect("there is always one").push(rest);
                break;
            }
            if rows >= FEWEST_TOGETHER || is_new_column {
                let begun = begun(rows);
                // An area can continue more than once, and says so only once.
                let title = begun.title.trim_end_matches(", continued").to_string();
                rest = AreaNames { title: continued(&title, 1), rows: rest.rows.split_off(rows) };
                columns.last_mut().expect("there is always one").push(begun);
            }
            columns.push(Vec::new());
            used = 0;
        }
    }
    columns.retain(|column| !column.is_empty());
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(title: &str, rows: usize) -> AreaNames {
        let row = |at: usize| (format!("DA24-{at}"), format!("Statement number {at}"));
        AreaNames { title: title.into(), rows: (1..=rows).map(row).collect() }
    }

    /// How many statements of which area each column has.
    #[track_caller]
    fn check(areas: &[usize], expected: &[&[(&str, usize)]]) {
        let areas: Vec<AreaNames> =
            ("ABCDEFGH".chars()).zip(areas).map(|(name, rows)| area(&name.to_string(), *rows)).collect();
        let columns = columns(areas, (80.0, names_width(MOST_COLUMNS)), 414.0);
        let shown: Vec<Vec<(&str, usize)>> = columns
            .iter()
            .map(|column| column.iter().map(|area| (area.title.as_str(), area.rows.len())).collect())
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn areas_stay_whole_unless_that_takes_a_page_more() {
        check(&[1, 3, 3, 2, 1, 1], &[&[("A", 1), ("B", 3), ("C", 3)], &[("D", 2), ("E", 1), ("F", 1)]]);
        // 46 statements on one page.
        check(
            &[10, 8, 6, 9, 7, 6],
            &[
                &[("A", 10), ("B", 6)],
                &[("B, continued", 2), ("C", 6), ("D", 7)],
                &[("D, continued", 2), ("E", 7), ("F", 6)],
            ],
        );
        check(&[40], &[&[("A", 18)], &[("A, continued", 18)], &[("A, continued", 4)]]);
    }
}
