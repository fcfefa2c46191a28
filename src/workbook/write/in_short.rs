//! Writes the sheet for an agency's own headlines, with one row for each line.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Note, Worksheet, XlsxError,
};

use super::page::{self, HEADER_ROW};
use super::styles::{self, RowPlace, styles};
use crate::form::{ColumnKey, HeadlineCell, HeadlineColumn, HeadlineKind};
use crate::workbook::contract::{
    self, HEADLINE_COLUMNS, IN_SHORT_SHEET, Issue, LONGEST_HEADLINE, QUESTION_NOTE, SELF_ASSESSMENT_SHEET, ShortPage,
    ShortRow, short_page,
};

/// The least height of a row in points: one line with room around it.
const ROOM_FOR_A_LINE_PT: f64 = 28.0;

/// Writes the sheet.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn write(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let ShortPage { heads: [title, lead], caption, rows } = short_page(issue);
    sheet.set_name(IN_SHORT_SHEET)?;
    page::heads_with_link(sheet, &title, &lead)?;
    for (at, column) in (0u16..).zip(&HEADLINE_COLUMNS) {
        sheet.set_column_width(at, column.width_chars)?;
    }
    for (row, line) in (HEADER_ROW + 1..).zip(&rows) {
        write_row(sheet, row, line, issue)?;
    }
    check_references(sheet, issue, rows.len())?;
    let mut first = HEADER_ROW + 1;
    // Each kind has a message of its own, so each gets a check of its own.
    for run in rows.chunk_by(|a, b| a.slot.kind == b.slot.kind) {
        let last = first + run.len() as u32 - 1;
        let at = HeadlineColumn::Line as u16;
        sheet.add_data_validation(first, at, last, at, &line_check(run[0].slot.kind)?)?;
        first = last + 1;
    }
    let headers = HEADLINE_COLUMNS.each_ref().map(|column| (column.header, column.width_chars));
    page::table(sheet, &caption, &headers, rows.len())?;
    sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    page::protect(sheet);
    page::print_set_up(sheet, issue.paper(), &title);
    page::print_on_one_width(sheet, HEADLINE_COLUMNS.iter().map(|column| column.width_chars).sum())
}

fn write_row(sheet: &mut Worksheet, row: u32, line: &ShortRow<'_>, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let ShortRow { slot, label, entry } = line;
    let place = RowPlace { is_first: slot.number == 1, is_even: slot.kind as usize % 2 == 1 };
    let looks = styles().row(place);
    let mut shown = Vec::with_capacity(HEADLINE_COLUMNS.len());
    for (at, column) in (0u16..).zip(&HEADLINE_COLUMNS) {
        let (text, look) = match column.key {
            HeadlineColumn::Kind => (label.as_str(), &looks.given),
            // A text that is held back or could not be read is left empty. The cell is marked, because there is a question about it.
            HeadlineColumn::Ref => (entry.map_or("", |entry| entry.reference.text()), &looks.text),
            HeadlineColumn::Line => (entry.map_or("", |entry| entry.line.text()), &looks.text),
        };
        let cell = HeadlineCell { slot: *slot, column: column.key };
        let asked = issue.questions.iter().find(|question| question.headline == Some(cell));
        let look = asked.map_or_else(|| look.clone(), |_| styles::in_question(look.clone()));
        match text.is_empty() {
            true => sheet.write_blank(row, at, &look)?,
            false => sheet.write_string_with_format(row, at, text, &look)?,
        };
        if let Some(question) = asked {
            let note = Note::new(format!("{QUESTION_NOTE}{}", question.to_do));
            let note = note.set_author(&issue.round.partnership).add_author_prefix(false);
            sheet.insert_note(row, at, &note)?;
        }
        shown.push((text, column.width_chars));
    }
    sheet.set_row_height(row, styles::row_height(&shown).max(ROOM_FOR_A_LINE_PT))?;
    Ok(())
}

/// A Ref is one of the agency's own statements. The list points at the cells of the self-assessment, because Excel takes at most 255
/// characters of a list that is written out.
fn check_references(sheet: &mut Worksheet, issue: &Issue<'_>, rows: usize) -> Result<(), XlsxError> {
    let columns = contract::columns(issue.round);
    let at = columns.iter().position(|column| column.key == ColumnKey::Ref).unwrap_or_default();
    let letter = rust_xlsxwriter::utility::column_number_to_name(at as u16);
    let (first, last) = (HEADER_ROW + 2, page::last_row(issue.statements().len().max(1)) + 1);
    let list = format!("='{SELF_ASSESSMENT_SHEET}'!${letter}${first}:${letter}${last}");
    let check = DataValidation::new()
        .allow_list_formula(Formula::new(list))
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Not one of your statements")?
        .set_error_message("Choose the Ref of one of your own statements from the list, or leave it empty.")?
        .set_input_title(HeadlineColumn::Ref.header())?
        .set_input_message(
            "Which statement this line comes from. Choose it from the list (Alt and the down arrow open it).",
        )?;
    let at = HeadlineColumn::Ref as u16;
    sheet.add_data_validation(HEADER_ROW + 1, at, page::last_row(rows), at, &check)?;
    Ok(())
}

/// Checks that a line has room on a slide. Unlike the checks of the self-assessment this one stops: a longer line could not be used, and
/// nothing is lost, because the long answer is on its own sheet.
fn line_check(kind: HeadlineKind) -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_text_length(DataValidationRule::LessThanOrEqualTo(LONGEST_HEADLINE as u32))
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(format!("Longer than {LONGEST_HEADLINE} characters"))?
        .set_error_message(format!(
            "A slide has room for {LONGEST_HEADLINE} characters. Please shorten the line; your longer answer stays on the sheet {SELF_ASSESSMENT_SHEET}."
        ))?
        .set_input_title(HeadlineColumn::Line.header())?
        .set_input_message(kind.prompt())
}
