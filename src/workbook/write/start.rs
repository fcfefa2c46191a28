//! Writes the first sheet.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime};
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::page;
use super::styles::{bold_row_height, row_height, styles};
use crate::form::{ColumnKey, Rating, StartField};
use crate::response::SelfRating;
use crate::workbook::contract::{
    self, Issue, LinkTo, PROGRESS_LABEL, SELF_ASSESSMENT_SHEET, START_SHEET, StartLine, start_lines,
};

/// The widths of the two columns, in characters.
const WIDTHS: [f64; 2] = [30.0, 104.0];

/// The height of a line in points.
fn height(line: &StartLine) -> f64 {
    let of = |label: &str, text: &str| bold_row_height(&[(label, WIDTHS[0])]).max(row_height(&[(text, WIDTHS[1])]));
    match line {
        StartLine::Title(_) => 26.0,
        StartLine::Marking(_) => 20.0,
        StartLine::Heading(_) => 30.0,
        StartLine::Link(to, text) => of(to.name(), text),
        StartLine::Paragraph(label, text) => of(label, text),
        StartLine::Meaning(rating, text) => of(rating.word(), text),
        StartLine::Given(field, text) => of(field.label(), text),
        StartLine::Progress => of(PROGRESS_LABEL, ""),
        StartLine::Entry(field, text) => of(field.label(), text),
    }
}

/// The heights of the sheet's rows, in points, from its texts.
pub(super) fn heights(issue: &Issue<'_>) -> Vec<f64> {
    start_lines(issue).iter().map(height).collect()
}

/// Writes the sheet with rows of these heights.
pub(super) fn write(sheet: &mut Worksheet, issue: &Issue<'_>, heights: &[f64]) -> Result<(), XlsxError> {
    sheet.set_name(START_SHEET)?;
    for (at, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    let lines = start_lines(issue);
    let sign_off = (0u32..).zip(&lines).find(|(_, line)| line.is_sign_off()).map_or(0, |(row, _)| row);
    for ((row, line), height) in (0u32..).zip(&lines).zip(heights) {
        sheet.set_row_height(row, *height)?;
        write_line(sheet, row, line, sign_off, issue)?;
    }
    page::protect(sheet);
    // A workbook with questions opens at the questions, which are its first sheet.
    sheet.set_active(issue.questions.is_empty());
    page::print_set_up(sheet, issue.paper(), "");
    sheet.set_portrait();
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

/// Writes a line; `sign_off` is the row in which the sign-off begins.
fn write_line(
    sheet: &mut Worksheet,
    row: u32,
    line: &StartLine,
    sign_off: u32,
    issue: &Issue<'_>,
) -> Result<(), XlsxError> {
    let looks = styles();
    if let StartLine::Link(to, text) = line {
        let (to_sheet, to_row) = match to {
            LinkTo::Sheet(name) => (*name, 0),
            LinkTo::SignOff => (START_SHEET, sign_off),
        };
        page::link(sheet, (row, 0), to_sheet, to_row, to.name())?;
        return sheet.write_string_with_format(row, 1, *text, &looks.body).map(drop);
    }
    let mut pair = |label: &str, label_look: &Format, text: &str, look: &Format| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, label, label_look)?;
        sheet.write_string_with_format(row, 1, text, look).map(drop)
    };
    match line {
        StartLine::Title(text) => sheet.write_string_with_format(row, 0, text, &looks.title).map(drop),
        StartLine::Marking(text) => sheet.write_string_with_format(row, 0, text, &looks.marking).map(drop),
        StartLine::Heading(text) => sheet.write_string_with_format(row, 0, *text, &looks.heading).map(drop),
        StartLine::Paragraph(label, text) => pair(label, &looks.strong, text, &looks.body),
        StartLine::Meaning(rating, text) => pair(rating.word(), &looks.rated[*rating as usize], text, &looks.body),
        StartLine::Given(field, text) => pair(field.label(), &looks.label, text, &looks.given),
        StartLine::Link(..) => Ok(()),
        StartLine::Progress => write_progress(sheet, row, issue),
        StartLine::Entry(field, carried) => write_entry(sheet, row, *field, carried),
    }
}

/// The title of a field's input message: its label without what is in brackets. Excel allows 32 characters.
fn input_title(field: StartField) -> &'static str {
    field.label().split_once(" (").map_or(field.label(), |(name, _)| name)
}

/// Writes a label, and beside it a cell for the agency to fill in, with what is carried in.
fn write_entry(sheet: &mut Worksheet, row: u32, field: StartField, carried: &str) -> Result<(), XlsxError> {
    let is_date = field == StartField::ApprovedOn;
    let look = if is_date { &styles().input_date } else { &styles().input };
    sheet.write_string_with_format(row, 0, field.label(), &styles().label)?;
    match carried {
        "" => sheet.write_blank(row, 1, look)?,
        text => sheet.write_string_with_format(row, 1, text, look)?,
    };
    let said = match field {
        StartField::SpeaksFor => "A number, as in 31. Leave it empty if you answer for your own organisation only.",
        StartField::SpeaksForOf => "For example: 42 schools, or 9 teams.",
        StartField::AskedBy => "For example: a survey in November, by the education safeguarding adviser.",
        StartField::CompletedBy => "Who filled this in: name and role, as in A Sample, safeguarding lead.",
        StartField::ApprovedBy => {
            "The senior person who answers for these ratings: name and role. Not the person who filled them in."
        }
        _ => "",
    };
    if !said.is_empty() {
        let message = DataValidation::new().set_input_title(input_title(field))?.set_input_message(said)?;
        sheet.add_data_validation(row, 1, row, 1, &message)?;
    }
    if is_date {
        let check = DataValidation::new()
            .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2020, 1, 1)?))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not a date")?
            .set_error_message("Please write the date of approval, as in 09/12/2026. Keep what you wrote?")?
            .set_input_title(input_title(field))?
            .set_input_message("A date, as in 09/12/2026.")?;
        sheet.add_data_validation(row, 1, row, 1, &check)?;
    }
    Ok(())
}

/// Writes how many rows are rated, as a formula: the only one outside the sheet to print.
fn write_progress(sheet: &mut Worksheet, row: u32, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let columns = contract::columns(issue.round);
    let at = columns.iter().position(|column| column.key == ColumnKey::Rating).unwrap_or_default();
    let letter = rust_xlsxwriter::utility::column_number_to_name(at as u16);
    let asked = issue.statements().len();
    let (first, last) = (page::HEADER_ROW + 2, page::last_row(asked) + 1);
    let of = |rating: SelfRating| {
        let word = contract::rating_word(rating);
        format!("COUNTIF('{SELF_ASSESSMENT_SHEET}'!{letter}{first}:{letter}{last},\"{word}\")")
    };
    let rated = Rating::ALL.map(|rating| of(SelfRating::Rated(rating))).join("+");
    let formula = format!("={rated}&\" of {asked} rated, \"&{}&\" not applicable\"", of(SelfRating::NotApplicable));
    // Viewers that do not calculate, such as a preview in an e-mail program, show the stored result: so it counts what is carried in.
    let count = |is: fn(SelfRating) -> bool| issue.answers.iter().filter(|answer| is(answer.rating)).count();
    let result = format!(
        "{} of {asked} rated, {} not applicable",
        count(|rating| matches!(rating, SelfRating::Rated(_))),
        count(|rating| rating == SelfRating::NotApplicable)
    );
    sheet.write_string_with_format(row, 0, PROGRESS_LABEL, &styles().label)?;
    sheet.write_formula_with_format(row, 1, Formula::new(formula).set_result(result), &styles().given)?;
    Ok(())
}
