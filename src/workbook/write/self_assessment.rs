//! Writes the sheet with the table: a row for each statement, a column for each entry of the contract's columns.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Note, Worksheet, XlsxError,
};

use super::input_messages;
use super::page::{self, HEADER_ROW};
use super::styles::{self, RowPlace, styles};
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ColumnKey, Rating};
use crate::response::{Answer, SelfRating};
use crate::theme::{Area, Basis, Criterion};
use crate::workbook::contract::{
    self, Caption, Column, EntryKind, Issue, QUESTION_NOTE, Question, RATING_WORDS, SELF_ASSESSMENT_SHEET, TABLE,
    table_heads,
};

/// The length of a text above which Excel asks whether to keep it, in characters. It never stops anybody.
const LONG_TEXT: u32 = 600;

/// How many columns stay in sight: Ref and statement.
const STAY_IN_SIGHT: u16 = 2;

/// The height of a row in points until somebody writes in it: ten lines, enough for an answer of the 250 characters that the guide asks
/// for.
const ROOM_FOR_AN_ANSWER_PT: f64 = 151.0;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let columns = contract::columns(issue.round);
    let statements = issue.statements();
    sheet.set_name(SELF_ASSESSMENT_SHEET)?;
    let [title, subtitle] = table_heads(issue);
    page::heads_with_link(sheet, &title, &subtitle)?;
    let widths: Vec<f64> = columns.iter().map(|column| width(column, &statements)).collect();
    let (mut areas, mut last_area) = (0, None);
    for (row, (area, criterion)) in (HEADER_ROW + 1..).zip(&statements) {
        let is_first = last_area != Some(&area.id);
        areas += u32::from(is_first);
        last_area = Some(&area.id);
        let place = RowPlace { is_first, is_even: areas % 2 == 0 };
        write_row(sheet, row, place, (&columns, &widths), (area, criterion), issue)?;
    }
    for ((at, column), width) in (0u16..).zip(&columns).zip(&widths) {
        sheet.set_column_width(at, *width)?;
        guide(sheet, issue, column, at)?;
        mark_long_texts(sheet, column, (at, *width), statements.len())?;
    }
    let headers: Vec<(&str, f64)> =
        columns.iter().zip(&widths).map(|(column, width)| (column.header, *width)).collect();
    let alt_text = format!(
        "Self-assessment of {}: one row for each statement, with a rating to choose and columns to write in",
        issue.agency.name
    );
    page::table(sheet, &Caption { name: TABLE, alt_text: &alt_text, has_filters: false }, &headers, statements.len())?;
    // Ref and statement stay in sight while somebody writes beside them. More frozen columns would leave no room at 200 % zoom.
    sheet.set_freeze_panes(HEADER_ROW + 1, STAY_IN_SIGHT)?;
    page::protect(sheet);
    page::print_set_up(sheet, issue.paper(), &format!("Self-assessment: {}", issue.theme.title));
    print_on_one_page_width(sheet)
}

/// The width of a column in characters: wide enough for every Ref, and for the longest statement.
fn width(column: &Column, statements: &[(&Area, &Criterion)]) -> f64 {
    let needed = statements.iter().map(|(_, criterion)| match column.key {
        ColumnKey::Ref => styles::width_of_word(criterion.id.as_str()).min(40.0),
        ColumnKey::Statement => styles::fitting_width(&criterion.text, column.width_chars),
        _ => column.width_chars,
    });
    needed.fold(column.width_chars, f64::max)
}

fn carried<'a>(issue: &Issue<'a>, criterion: &Criterion) -> Option<&'a Answer> {
    issue.answers.iter().find(|answer| answer.criterion == criterion.id)
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    place: RowPlace,
    (columns, widths): (&[&Column], &[f64]),
    (area, criterion): (&Area, &Criterion),
    issue: &Issue<'_>,
) -> Result<(), XlsxError> {
    let looks = styles().row(place);
    let questions: Vec<&Question> =
        issue.questions.iter().filter(|question| question.statement.as_ref() == Some(&criterion.id)).collect();
    let answer = carried(issue, criterion);
    let is_new = issue.is_recheck() && answer.is_none();
    let area_text = area_text(area, criterion, is_new, &questions);
    let mut texts = Vec::with_capacity(columns.len());
    for ((at, column), width) in (0u16..).zip(columns).zip(widths) {
        let text = match column.key {
            ColumnKey::Ref => criterion.id.as_str(),
            ColumnKey::Area => &area_text,
            ColumnKey::Statement => &criterion.text,
            // A text that is held back or could not be read is left empty. The cell is marked, because there is a question about it.
            _ => answer.and_then(|answer| contract::entered(answer, column.key)).map_or("", Written::text),
        };
        let look = match column.entry {
            EntryKind::Given => &looks.given,
            EntryKind::Rating => &looks.rating,
            EntryKind::Text | EntryKind::Short | EntryKind::Choice(_) => &looks.text,
            EntryKind::Date => &looks.date,
        };
        let asked = questions.iter().find(|question| question.column.unwrap_or(ColumnKey::Area) == column.key);
        match asked {
            None => write_cell(sheet, (row, at), column, text, look)?,
            Some(question) => {
                write_cell(sheet, (row, at), column, text, &styles::in_question(look.clone()))?;
                let note = Note::new(format!("{QUESTION_NOTE}{}", question.to_do));
                let note = note.set_author(&issue.round.partnership).add_author_prefix(false);
                sheet.insert_note(row, at, &note)?;
            }
        }
        texts.push((text, *width));
    }
    sheet.set_row_height(row, styles::row_height(&texts).max(ROOM_FOR_AN_ANSWER_PT))?;
    Ok(())
}

/// The text of the area's cell. It also says that a statement is a line of enquiry, that nothing is carried in, and which columns of the
/// row we ask about: so a row says in words what the marks on its cells show.
fn area_text(area: &Area, criterion: &Criterion, is_new: bool, questions: &[&Question]) -> String {
    let mut text = match criterion.basis {
        Basis::LineOfEnquiry => format!("{} (line of enquiry, not an official criterion)", area.title),
        Basis::Criterion | Basis::Scope | Basis::Reported => area.title.clone(),
    };
    if is_new {
        text.push_str("\n\nThere is no answer from last time.");
    }
    if !questions.is_empty() {
        let header = |key| Some(contract::column(key).name());
        let named: Vec<&str> =
            questions.iter().map(|question| question.column.and_then(header).unwrap_or("this row")).collect();
        text.push_str(&format!("\n\nQuestion on: {}", words::list(&named)));
    }
    text
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    column: &Column,
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, at, look)?;
    } else if column.entry == EntryKind::Date
        // Only a date that our own reader would write: the library's parser takes "end of January: not before" for a time of day.
        && words::read_date(text).is_some_and(|date| date.to_string() == text)
        && let Ok(date) = ExcelDateTime::parse_from_str(text)
    {
        sheet.write_datetime_with_format(row, at, &date, look)?;
    } else {
        sheet.write_string_with_format(row, at, text, look)?;
    }
    Ok(())
}

/// Writes the list, date check, length check and input messages of one column. Consecutive rows with the same message share one check.
fn guide(sheet: &mut Worksheet, issue: &Issue<'_>, column: &Column, at: u16) -> Result<(), XlsxError> {
    let is_given = column.entry == EntryKind::Given;
    if is_given && column.key != ColumnKey::Statement {
        return Ok(());
    }
    let statements = issue.statements();
    let message = |criterion| input_messages::input(column, issue.theme, criterion, issue.agency.group);
    let messages: Vec<String> = statements.iter().map(|(_, criterion)| message(criterion)).collect();
    // A given cell is not checked. It only has a message for whoever selects it.
    let check = match is_given {
        true => DataValidation::new().allow_any_value().set_input_title(contract::MEANING_HEADER)?,
        false => check(column)?.set_input_title(column.name())?,
    };
    let mut first = HEADER_ROW + 1;
    for run in messages.chunk_by(|a, b| a == b) {
        let last = first + run.len() as u32 - 1;
        if !(is_given && run[0].is_empty()) {
            sheet.add_data_validation(first, at, last, at, &check.clone().set_input_message(&run[0])?)?;
        }
        first = last + 1;
    }
    if column.entry == EntryKind::Rating {
        for rating in Rating::ALL {
            let rule = ConditionalFormatCellRule::EqualTo(contract::rating_word(SelfRating::Rated(rating)));
            let look = ConditionalFormatCell::new().set_rule(rule).set_format(styles::chosen(rating));
            sheet.add_conditional_format(HEADER_ROW + 1, at, page::last_row(statements.len()), at, &look)?;
        }
    }
    Ok(())
}

/// Adds stripes to cells whose text is longer than the tallest row can show: without them nobody would see that a text goes on.
fn mark_long_texts(
    sheet: &mut Worksheet,
    column: &Column,
    (at, width): (u16, f64),
    rows: usize,
) -> Result<(), XlsxError> {
    if column.entry != EntryKind::Text {
        return Ok(());
    }
    let (lines, characters) = styles::room(width);
    let cell = format!("{}{}", rust_xlsxwriter::utility::column_number_to_name(at), HEADER_ROW + 2);
    let rule = format!("={}>{lines}", page::lines_of(&cell, characters));
    let look = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(styles::longer_than_a_row());
    sheet.add_conditional_format(HEADER_ROW + 1, at, page::last_row(rows), at, &look)?;
    Ok(())
}

/// What is checked when a cell is filled in. Each check asks and none stops: what does not fit a check can still be an answer, and the
/// reader asks about it.
fn check(column: &Column) -> Result<DataValidation, XlsxError> {
    let check = DataValidation::new().set_error_style(DataValidationErrorStyle::Warning);
    match column.entry {
        EntryKind::Rating => {
            let words: Vec<&str> = RATING_WORDS.iter().map(|(_, word, _)| *word).collect();
            check
                .allow_list_strings(&words)?
                .set_error_title("Not one of the four ratings")?
                .set_error_message("Choose Red, Amber, Green or Not applicable from the list.")
        }
        EntryKind::Choice(words) => check
            .allow_list_strings(words)?
            .set_error_title("Not one of the choices")?
            .set_error_message(format!("Choose {} from the list, or leave it empty.", words::list(words))),
        // A date before 2020 is a slip of the year.
        EntryKind::Date => check
            .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2020, 1, 1)?))
            .set_error_title("Not a date")?
            .set_error_message("Please write a date, as in 31/01/2027, so that the action can be followed up. Keep what you wrote?"),
        EntryKind::Given | EntryKind::Text | EntryKind::Short => check
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(LONG_TEXT))
            .set_error_title("A long answer")?
            .set_error_message("More than 600 characters will not fit on a slide, and a row shows about 800. Nothing is cut off, and the sheet To print shows more. Keep it?"),
    }
}

/// Prints all columns on the width of one A4 page, so that a statement and everything written about it are on one page. No row is split
/// over two pages. The body text of 11 points is printed at a little over 7.
///
/// # Errors
///
/// When a place is beyond Excel's limits.
pub(super) fn print_on_one_page_width(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    Ok(())
}
