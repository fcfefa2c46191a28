//! The sheet with the table: one row a statement, one column an entry of the contract's `COLUMNS`.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationErrorStyle, DataValidationRule,
    ExcelDateTime, Format, ProtectionOptions, Table, TableColumn, TableStyle, Worksheet, XlsxError,
};

use super::{Issue, styles};
use crate::response::{Answer, Rating, SelfRating};
use crate::theme::{Area, Basis, Criterion};
use crate::workbook::layout::{self, Column, ColumnKey, Entry, RATING_WORDS, SELF_ASSESSMENT_SHEET, TABLE};

/// The row of the headers, counted from 0: title and marking stand above.
pub const HEADER_ROW: u32 = 2;

/// The text length past which Excel asks whether it is meant, in characters. Never a stop.
const LONG_TEXT: u32 = 600;

/// The least height of a row in points: eight lines, which hold an answer of the 250 characters that the guide asks for.
const ROOM_FOR_AN_ANSWER_PT: f64 = 122.0;

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let columns = layout::columns(issue.round.column_order);
    let statements = issue.statements();
    sheet.set_name(SELF_ASSESSMENT_SHEET)?;
    super::sheets::heads(sheet, &format!("{}: {}", issue.agency.name, issue.theme.title), &subtitle(issue))?;
    for (at, (area, criterion)) in statements.iter().enumerate() {
        let is_first = at == 0 || statements[at - 1].0.id != area.id;
        let row = HEADER_ROW + 1 + at as u32;
        write_row(sheet, row, &columns, area, criterion, carried(issue, criterion), is_first)?;
    }
    let last_row = HEADER_ROW + statements.len() as u32;
    for (at, column) in (0u16..).zip(&columns) {
        sheet.set_column_width(at, column.width_chars)?;
        guide(sheet, column, at, last_row)?;
    }
    let headers: Vec<TableColumn> = columns
        .iter()
        .map(|column| TableColumn::new().set_header(column.header).set_header_format(styles::header()))
        .collect();
    let table = Table::new()
        .set_name(TABLE)
        .set_alt_text_title(format!("Self-assessment of {}", issue.agency.name))
        .set_alt_text("One row for each statement; choose a rating and write beside it.")
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_columns(&headers);
    sheet.add_table(HEADER_ROW, 0, last_row, columns.len() as u16 - 1, &table)?;
    sheet.set_row_height(HEADER_ROW, 34)?;
    set_up_page(sheet, issue, &columns)?;
    Ok(())
}

fn subtitle(issue: &Issue<'_>) -> String {
    let due = crate::words::date(issue.round.due(issue.agency));
    super::sheets::marked(issue, &format!("Fill in the white cells. Return by {due}."))
}

fn carried<'a>(issue: &Issue<'a>, criterion: &Criterion) -> Option<&'a Answer> {
    issue.answers.iter().find(|answer| answer.criterion == criterion.id)
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[&Column],
    area: &Area,
    criterion: &Criterion,
    answer: Option<&Answer>,
    is_first_of_area: bool,
) -> Result<(), XlsxError> {
    let mut texts = Vec::new();
    for (at, column) in (0u16..).zip(columns) {
        let text = cell_text(column.key, area, criterion, answer);
        let mut format = match column.entry {
            Entry::Given => styles::given(),
            Entry::Rating => styles::input().set_bold(),
            Entry::Text | Entry::Short => styles::input(),
            Entry::Date => styles::input_date(),
        };
        if is_first_of_area {
            format = styles::first_of_area(format);
        }
        write_cell(sheet, row, at, column, &text, &format)?;
        texts.push((text, column.width_chars));
    }
    let texts: Vec<(&str, f64)> = texts.iter().map(|(text, width)| (text.as_str(), *width)).collect();
    sheet.set_row_height(row, styles::row_height(&texts).max(ROOM_FOR_AN_ANSWER_PT))?;
    Ok(())
}

/// What a cell says: the statement's own words, or the answer carried in.
fn cell_text(key: ColumnKey, area: &Area, criterion: &Criterion, answer: Option<&Answer>) -> String {
    match key {
        ColumnKey::Ref => criterion.id.to_string(),
        ColumnKey::Area if criterion.basis == Basis::LineOfEnquiry => {
            format!("{} (line of enquiry, not an official criterion)", area.title)
        }
        ColumnKey::Area => area.title.clone(),
        ColumnKey::Statement => criterion.text.clone(),
        _ => answer.and_then(|answer| layout::entered(answer, key)).unwrap_or_default().to_string(),
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    column: &Column,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, at, format)?;
        return Ok(());
    }
    if column.entry == Entry::Date
        && let Ok(date) = ExcelDateTime::parse_from_str(text)
    {
        sheet.write_datetime_with_format(row, at, &date, format)?;
        return Ok(());
    }
    sheet.write_string_with_format(row, at, text, format)?;
    Ok(())
}

/// The list, the date check, the length guide and the input message of one column.
fn guide(sheet: &mut Worksheet, column: &Column, at: u16, last_row: u32) -> Result<(), XlsxError> {
    let validation = DataValidation::new();
    let validation = match column.entry {
        Entry::Given => return Ok(()),
        Entry::Rating => {
            let words: Vec<&str> = RATING_WORDS.iter().map(|(_, word, _)| *word).collect();
            validation
                .allow_list_strings(&words)?
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("Not one of the four ratings")?
                .set_error_message("Choose Red, Amber, Green or Not applicable from the list.")?
        }
        Entry::Date => validation
            .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2020, 1, 1)?))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not a date")?
            .set_error_message("A date, as in 31/01/2027, can be sorted and chased. Keep what you wrote?")?,
        Entry::Text | Entry::Short => validation
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(LONG_TEXT))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("A long answer")?
            .set_error_message("More than 600 characters will not fit on a slide, but nothing is cut. Keep it?")?,
    };
    let validation = validation.set_input_title(column.header)?.set_input_message(column.prompt)?;
    sheet.add_data_validation(HEADER_ROW + 1, at, last_row, at, &validation)?;
    if column.entry == Entry::Rating {
        for rating in Rating::ALL {
            let rule = ConditionalFormatCellRule::EqualTo(layout::rating_word(SelfRating::Rated(rating)));
            let look = ConditionalFormatCell::new().set_rule(rule).set_format(styles::rated(rating));
            sheet.add_conditional_format(HEADER_ROW + 1, at, last_row, at, &look)?;
        }
    }
    Ok(())
}

/// From the Ref to the last of the three columns on the first page width, the rest on the second with the Ref repeated, at a
/// scale that prints the body text at 8 points. All eleven columns on one width of A4 come out near 4 points.
pub fn print_on_two_widths(sheet: &mut Worksheet, columns: &[&Column]) -> Result<(), XlsxError> {
    let first_page = columns.iter().position(|column| column.key == ColumnKey::ActionLead).unwrap_or(columns.len());
    sheet.set_print_scale(73);
    sheet.set_vertical_page_breaks(&[first_page as u32])?;
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_repeat_columns(0, 0)?;
    Ok(())
}

/// Frozen headers, protection without a password, and a page set-up for the person who approves on paper.
fn set_up_page(sheet: &mut Worksheet, issue: &Issue<'_>, columns: &[&Column]) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(HEADER_ROW + 1, 1)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    super::sheets::print_set_up(sheet, issue);
    print_on_two_widths(sheet, columns)
}
