//! Writes the sheets to look things up in.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cells::Cell;
use super::page::{self, HEADER_ROW};
use super::self_assessment::print_on_one_page_width;
use super::styles::{row_height, styles};
use crate::form::ColumnKey;
use crate::response::SelfRating;
use crate::workbook::contract::{
    self, Column, EXAMPLE_RATINGS, EXAMPLE_SHEET, Issue, QUESTION_COLUMNS, QUESTIONS_SHEET, ReferencePage,
    example_in_short, marked,
};

/// Writes a page.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn write(page_of: &ReferencePage, sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let ReferencePage { sheet: name, title, lead, caption, headers, rows } = page_of;
    sheet.set_name(*name)?;
    page::heads_with_link(sheet, title, &marked(issue.paper(), lead))?;
    let cells: Vec<Vec<Cell>> =
        rows.iter().map(|row| row.iter().map(|text| Cell::from(text.as_str())).collect()).collect();
    let width = page::plain_table(sheet, caption, headers, &cells)?;
    page::protect(sheet);
    page::print_set_up(sheet, issue.paper(), title);
    if *name == QUESTIONS_SHEET {
        // What cannot be put right in the table can be said here; whatever is written is shown to the business unit.
        for row in (HEADER_ROW + 1..).take(rows.len()) {
            sheet.write_blank(row, QUESTION_COLUMNS, &styles().input)?;
        }
    }
    if *name == EXAMPLE_SHEET {
        return finish_example(sheet, issue);
    }
    // A long table to look things up in: its headers stay in sight and on every printed page.
    sheet.set_freeze_panes(HEADER_ROW + 1, 1)?;
    page::print_on_one_width(sheet, width)
}

/// Gives the example's ratings their colours, and sets its page up as that of the self-assessment.
fn finish_example(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let columns = contract::columns(issue.round);
    let at = columns.iter().position(|column| column.key == ColumnKey::Rating).unwrap_or_default() as u16;
    for (row, rating) in (HEADER_ROW + 1..).zip(EXAMPLE_RATINGS) {
        if let SelfRating::Rated(rating) = rating {
            sheet.write_string_with_format(row, at, rating.word(), &styles().rated[rating as usize])?;
        }
    }
    write_example_in_short(sheet, page::last_row(EXAMPLE_RATINGS.len()) + 2, &columns, issue)?;
    print_on_one_page_width(sheet)
}

/// Writes the headlines of the example's first answer, from this row on.
fn write_example_in_short(
    sheet: &mut Worksheet,
    first: u32,
    columns: &[&Column],
    issue: &Issue<'_>,
) -> Result<(), XlsxError> {
    let (heading, rows) = example_in_short(issue.agency.group);
    let looks = styles();
    sheet.write_string_with_format(first, 0, heading, &looks.marking)?;
    sheet.set_row_height(first, 20)?;
    for (row, texts) in (first + 1..).zip(rows) {
        let look = if row == first + 1 { &looks.header } else { &looks.given };
        for (at, text) in (0u16..).zip(texts) {
            sheet.write_string_with_format(row, at, text, look)?;
        }
        let shown: Vec<(&str, f64)> = texts.into_iter().zip(columns.iter().map(|column| column.width_chars)).collect();
        sheet.set_row_height(row, row_height(&shown))?;
    }
    Ok(())
}
