//! Writes the sheet to print, which has a page for each statement with everything written about it.
//!
//! Its cells repeat those of the self-assessment by formulas, so that an answer is written once. Its boxes are wide, because Excel makes no
//! row taller than 409 points: a long text in a narrow column of the self-assessment cannot be shown whole.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, Worksheet, XlsxError};

use super::page::{self, HEADER_ROW};
use super::styles::{self, row_height, styles};
use crate::core::written::Written;
use crate::form::{ColumnKey, Rating};
use crate::response::SelfRating;
use crate::theme::{Area, Criterion};
use crate::workbook::contract::{
    self, Column, EntryKind, Issue, PRINT_SHEET, PrintPage, SELF_ASSESSMENT_SHEET, longer_than_its_box, print_page,
};

/// The widths of the two columns, in characters: names, then boxes.
const WIDTHS: [f64; 2] = [24.0, 124.0];

/// The height of a page in points before it is scaled to the width of A4, without the two rows above the first page's table.
const PAGE_PT: f64 = 1_030.0;

/// The height of a row for a word, a date or a role, in points.
const LINE_PT: f64 = 22.0;

/// The height of the row for why a statement does not apply, in points: three lines.
const REASON_PT: f64 = 50.0;

/// The most characters of a text that are shown: far more than fit a box, and within what the result of a formula may have in every file
/// format.
const MOST_CHARACTERS: u32 = 4_000;

/// Writes the sheet.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn write(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let PrintPage { heads: [title, lead], columns } = print_page(issue);
    sheet.set_name(PRINT_SHEET)?;
    // What a formula shows until a program calculates it. The library's default is 0, which would look like an answer.
    sheet.set_formula_result_default("");
    page::heads_with_link(sheet, &title, &lead)?;
    for (at, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    let statements = issue.statements();
    let mut breaks = Vec::with_capacity(statements.len());
    let mut row = HEADER_ROW;
    for (from, (area, criterion)) in (HEADER_ROW + 2..).zip(&statements) {
        write_statement(sheet, row, (&columns, from), (area, criterion), issue)?;
        row += columns.len() as u32;
        breaks.push(row);
    }
    // The last page needs no break behind it.
    breaks.pop();
    for rating in Rating::ALL {
        let rule = ConditionalFormatCellRule::EqualTo(contract::rating_word(SelfRating::Rated(rating)));
        let look = ConditionalFormatCell::new().set_rule(rule).set_format(styles::chosen(rating));
        sheet.add_conditional_format(HEADER_ROW, 1, row.max(HEADER_ROW + 1), 1, &look)?;
    }
    page::protect(sheet);
    page::print_set_up(sheet, issue.paper(), "");
    sheet.set_portrait();
    // Fitted to one page in width. In height the page breaks decide.
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Writes a page, with a row for each column of the self-assessment. `from` is the statement's row there, from 1.
fn write_statement(
    sheet: &mut Worksheet,
    first: u32,
    (columns, from): (&[&'static Column], u32),
    (area, criterion): (&Area, &Criterion),
    issue: &Issue<'_>,
) -> Result<(), XlsxError> {
    let looks = styles();
    let statement = row_height(&[(criterion.text.as_str(), WIDTHS[1])]);
    let boxes = columns.iter().filter(|column| is_box(column)).count();
    // Beside the boxes there are the statement, the reason, and rows of a line.
    let others = columns.len() - boxes - 2;
    // Boxes share what the rest of the page leaves.
    let box_pt = (PAGE_PT - statement - REASON_PT - others as f64 * LINE_PT) / boxes as f64;
    let answer = issue.answers.iter().find(|answer| answer.criterion == criterion.id);
    for (row, (at, column)) in (first..).zip((0u16..).zip(columns)) {
        let written = answer.and_then(|answer| contract::entered(answer, column.key)).map_or("", Written::text);
        let (text, height) = match column.key {
            ColumnKey::Ref => (criterion.id.as_str(), LINE_PT),
            ColumnKey::Statement => (criterion.text.as_str(), statement),
            ColumnKey::Area => (area.title.as_str(), LINE_PT),
            ColumnKey::NotApplicableReason => (written, REASON_PT),
            _ if is_box(column) => (written, box_pt),
            _ => (written, LINE_PT),
        };
        let [name, shown]: [&Format; 2] = match (column.key, column.entry) {
            (ColumnKey::Ref, _) => [&looks.header, &looks.header],
            (_, EntryKind::Date) => [&looks.label, &looks.date],
            _ => [&looks.label, &looks.given],
        };
        let cell = format!("'{SELF_ASSESSMENT_SHEET}'!{}{from}", rust_xlsxwriter::utility::column_number_to_name(at));
        write_name(sheet, row, column, (&cell, height), name)?;
        let value = match column.entry {
            EntryKind::Text => format!("LEFT({cell},{MOST_CHARACTERS})"),
            _ => cell.clone(),
        };
        // Without the IF, a formula shows 0 for an empty cell.
        let formula = Formula::new(format!("=IF({cell}=\"\",\"\",{value})")).set_result(text);
        sheet.write_formula_with_format(row, 1, formula, shown)?;
        sheet.set_row_height(row, height)?;
    }
    Ok(())
}

/// Whether a column's texts get a box for long ones: why something does not apply is short.
fn is_box(column: &Column) -> bool {
    column.entry == EntryKind::Text && column.key != ColumnKey::NotApplicableReason
}

/// Writes the name of a column. For a column of texts it is a formula that adds a note where the text is longer than its box.
fn write_name(
    sheet: &mut Worksheet,
    row: u32,
    column: &Column,
    (cell, height): (&str, f64),
    look: &Format,
) -> Result<(), XlsxError> {
    if column.entry != EntryKind::Text {
        return sheet.write_string_with_format(row, 0, column.name(), look).map(drop);
    }
    let lines = page::lines_of(cell, styles::characters_a_line(WIDTHS[1]));
    let more = longer_than_its_box().replace('\n', "\"&CHAR(10)&\"");
    let room = styles::lines_in(height);
    let formula = format!("=\"{}\"&IF({lines}>{room},\"{more}\",\"\")", column.name());
    sheet.write_formula_with_format(row, 0, Formula::new(formula).set_result(column.name()), look).map(drop)
}
