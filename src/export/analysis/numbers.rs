//! The sheets of numbers: by area, by statement, and agencies by statements.

use std::collections::HashMap;

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLine, ChartSolidFill, ChartType, Color};

use super::{Sheet, Source, headers, made};
use crate::analysis::{AgencySummary, Counts, CriterionSummary, sentences};
use crate::palette;
use crate::ratings::State;
use crate::response::Rating;
use crate::theme::Group;
use crate::workbook::sheets::cells::Cell;
use crate::workbook::sheets::{self, Caption};

/// The width of a column of counts, in characters.
const COUNT_WIDTH: f64 = 13.0;

fn counts(counts: &Counts) -> Vec<Cell> {
    counts.named().map(|(_, n)| Cell::from(n)).to_vec()
}

fn headers_of_counts() -> Vec<(String, f64)> {
    headers(&Counts::default().named().map(|(name, _)| (name, COUNT_WIDTH)))
}

/// Counts by area, all statements first.
pub(super) fn areas(source: Source<'_>) -> Sheet {
    let analysis = source.analysis;
    let row = |title: &str, of: &Counts| [vec![Cell::from(title)], counts(of)].concat();
    let mut rows = vec![row("All statements", &analysis.numbers.overall)];
    rows.extend(analysis.numbers.areas.iter().map(|area| row(&area.title, &area.counts)));
    let mut named = headers(&[("Area", 44.0)]);
    named.extend(headers_of_counts());
    Sheet {
        name: "Summary",
        title: format!("Summary: {}", source.theme.title),
        lead: format!(
            "{} {} {}",
            made(source),
            analysis.numbers.reconciliation.workbooks(),
            analysis.numbers.reconciliation.answers()
        ),
        caption: Caption { name: "Summary", alt_text: "What the answers hold, one row an area", has_filters: true },
        headers: named,
        rows,
        frozen: 1,
    }
}

/// Counts by statement, with what may be said of them.
pub(super) fn statements(source: Source<'_>) -> Sheet {
    let analysis = source.analysis;
    let name = |id: &crate::core::ids::AgencyId| {
        analysis.numbers.agency(id).map_or(id.to_string(), |agency| agency.name.clone())
    };
    let row = |summary: &CriterionSummary| {
        let criterion = &summary.criterion;
        let area =
            analysis.numbers.areas.iter().find(|area| area.id == summary.area).map_or("", |area| area.title.as_str());
        let one = analysis.disagreements.iter().find(|one| one.criterion == criterion.id);
        let mut row = vec![Cell::from(criterion.id.as_str())];
        row.extend(counts(&summary.counts));
        row.extend([
            Cell::from(sentences::both(&summary.counts, summary.position)),
            Cell::from(once_each(summary)),
            Cell::from(partners(summary)),
            Cell::from(one.map_or_else(|| sentences::alike(&summary.counts), |one| sentences::how_alike(one, name))),
            Cell::from(area),
            Cell::from(criterion.text.as_str()),
            Cell::from(criterion.basis.words()),
        ]);
        row
    };
    let mut named = headers(&[("Ref", 12.0)]);
    named.extend(headers_of_counts());
    named.extend(headers(&[
        ("What may be said", 44.0),
        ("If each group counted once", 30.0),
        ("Council, police and health apart", 40.0),
        ("How alike", 40.0),
        ("Area", 26.0),
        ("Statement", 54.0),
        ("What it is", 30.0),
    ]));
    Sheet {
        name: "Statements",
        title: "Every statement, with its counts".into(),
        lead: "The middle rating is the lower median; it is not said for fewer than three ratings.".into(),
        caption: Caption {
            name: "Statements",
            alt_text: "Counts and middle ratings, one row a statement",
            has_filters: true,
        },
        headers: named,
        rows: analysis.numbers.criteria.iter().map(row).collect(),
        frozen: 1,
    }
}

/// The middle rating when each group counts once, or why it is not said.
fn once_each(summary: &CriterionSummary) -> String {
    match sentences::once_each(summary) {
        said if !said.is_empty() => said,
        _ if summary.counts.rated() < sentences::FEWEST_FOR_A_MIDDLE => "Too few ratings for a middle".into(),
        _ => "No difference".into(),
    }
}

fn partners(summary: &CriterionSummary) -> String {
    let said = sentences::partners(&summary.groups);
    if said.is_empty() { "None of them is asked".into() } else { said }
}

/// Every agency's rating of every statement: the word on its colour, or the state in words.
pub(super) fn heatmap(source: Source<'_>) -> Sheet {
    let analysis = source.analysis;
    let known: HashMap<_, State> =
        analysis.answers.iter().map(|answer| ((&answer.agency, &answer.criterion), answer.state)).collect();
    let cell = |state: Option<&State>| match state {
        Some(State::Rated(rating)) => Cell::Rated(*rating),
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
    Sheet {
        name: "Agencies by statements",
        title: "Every agency's own rating of its own part".into(),
        lead: "No agency is ranked: the order is the round's.".into(),
        caption: Caption {
            name: "AgenciesByStatements",
            alt_text: "Every rating, one row an agency and one column a statement",
            has_filters: true,
        },
        headers: named,
        rows: analysis.numbers.agencies.iter().filter(|agency| agency.counts.asked > 0).map(row).collect(),
        frozen: 1,
    }
}

/// The height of a bar with its gap, and what a chart takes beside its bars, in pixels.
const BAR_PX: (u32, u32) = (34, 120);

/// Red, Amber and Green of each row of a sheet as bars on one another, drawn from the sheet's own cells; its first rows can be left
/// out.
pub(super) fn chart(sheet: &Sheet, title: &str, left_out: u32) -> Chart {
    let (first, last) = (sheets::HEADER_ROW + 1 + left_out, sheets::last_row(sheet.rows.len()));
    let mut chart = Chart::new(ChartType::BarStacked);
    for rating in Rating::ALL {
        let header = rating.word();
        let Some(at) = sheet.headers.iter().position(|(name, _)| name == header) else { continue };
        let column = at as u16;
        let look = palette::rating(rating);
        let outline = ChartLine::new().set_color(color(palette::INK)).set_width(0.75).clone();
        let mut font = ChartFont::new();
        font.set_color(color(look.ink)).set_bold();
        // The letter beside the count, for those who see no colour. A count of none is not labelled.
        let label = ChartDataLabel::new()
            .show_value()
            .set_num_format(format!("\"{} \"0;;;", rating.letter()))
            .set_font(&font)
            .to_owned();
        chart
            .add_series()
            .set_name((sheet.name, sheets::HEADER_ROW, column))
            .set_categories((sheet.name, first, 0, last, 0))
            .set_values((sheet.name, first, column, last, column))
            .set_format(
                ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color(look.fill))).set_line(&outline),
            )
            .set_overlap(100)
            .set_gap(40)
            .set_data_label(&label);
    }
    chart.title().set_name(title);
    let faint = ChartLine::new().set_color(color(palette::LINE)).set_width(0.5).clone();
    chart.x_axis().set_name("Ratings given").set_major_gridlines(true).set_major_gridlines_line(&faint);
    // The first row stands on top, as in the table.
    chart.y_axis().set_reverse();
    let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX / BAR_PX.0 - BAR_PX.1);
    chart.set_width(900).set_height(rows.min(100) * BAR_PX.0 + BAR_PX.1);
    chart.set_alt_text(format!("{title}: the counts under Red, Amber and Green in the table above, as bars"));
    chart
}

fn color(colour: palette::Colour) -> Color {
    Color::RGB(colour.0)
}
