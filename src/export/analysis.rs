//! `analysis.xlsx`: the numbers and the answers for the officer, as real tables to sort and pick by, with native charts beside the
//! numbers they draw. For the business unit, leaders and the scrutineer; not for inspectors.

mod numbers;
mod words;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use crate::analysis::Analysis;
use crate::core::diagnostic::Diagnostic;
use crate::core::words as english;
use crate::round::Round;
use crate::theme::Theme;
use crate::workbook::sheets::cells::Cell;
use crate::workbook::sheets::{self, Caption, Paper};

/// What the workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The numbers.
    pub analysis: &'a Analysis,
    /// Everything noticed.
    pub findings: &'a [Diagnostic],
    /// The date of the run.
    pub made_on: Date,
    /// The code of the data.
    pub run: &'a str,
}

/// Whom the workbooks of a report are not for.
pub(super) const AUDIENCE: &str = "Not for inspectors";

/// One sheet: a title, a line under it, and a table.
struct Sheet {
    name: &'static str,
    title: String,
    lead: String,
    caption: Caption<'static>,
    headers: Vec<(String, f64)>,
    rows: Vec<Vec<Cell>>,
    /// How many columns stay in sight.
    frozen: u16,
}

/// Writes the workbook.
///
/// # Errors
///
/// When a table is larger than a sheet.
pub fn analysis(source: Source<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(source)?);
    let areas = numbers::areas(source);
    write(workbook.add_worksheet(), source, &areas)?;
    workbook.worksheet_from_index(0)?.insert_chart(
        sheets::last_row(areas.rows.len()) + 2,
        0,
        &numbers::chart(&areas, "Ratings by area", 1),
    )?;
    let statements = numbers::statements(source);
    write(workbook.add_worksheet(), source, &statements)?;
    workbook.worksheet_from_index(1)?.insert_chart(
        sheets::last_row(statements.rows.len()) + 2,
        0,
        &numbers::chart(&statements, "Ratings by statement", 0),
    )?;
    write(workbook.add_worksheet(), source, &numbers::heatmap(source))?;
    for sheet in [
        words::answers(source),
        words::actions(source),
        words::disagreements(source),
        words::prompts(source),
        words::findings(source),
        words::method(source),
    ] {
        write(workbook.add_worksheet(), source, &sheet)?;
    }
    workbook.save_to_buffer()
}

fn write(sheet: &mut Worksheet, source: Source<'_>, content: &Sheet) -> Result<(), XlsxError> {
    let paper = Paper { marking: &source.round.marking, owner: &source.round.partnership, audience: AUDIENCE };
    sheet.set_name(content.name)?;
    let lead = if content.rows.is_empty() { format!("There is none. {}", content.lead) } else { content.lead.clone() };
    sheets::heads(sheet, &content.title, &sheets::marked(paper, &lead))?;
    let headers: Vec<(&str, f64)> = content.headers.iter().map(|(name, width)| (name.as_str(), *width)).collect();
    let width = sheets::plain_table(sheet, &content.caption, &headers, &content.rows)?;
    sheet.set_freeze_panes(sheets::HEADER_ROW + 1, content.frozen)?;
    sheets::print_set_up(sheet, paper, &content.title);
    sheets::print_on_one_width(sheet, width)
}

fn properties(source: Source<'_>) -> Result<DocProperties, XlsxError> {
    let title = format!("Analysis: {}", source.theme.title);
    let properties = sheets::properties(&title, &source.theme.title, &source.round.partnership, source.made_on)?;
    Ok(properties.set_custom_property("jtai-run", source.run))
}

/// "Run K7Q2, made on 14 December 2026."
fn made(source: Source<'_>) -> String {
    format!("Run {}, made on {}.", source.run, english::date(source.made_on))
}

/// Headers with their least widths in characters.
fn headers(named: &[(&str, f64)]) -> Vec<(String, f64)> {
    named.iter().map(|(name, width)| (name.to_string(), *width)).collect()
}
