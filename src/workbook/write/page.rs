//! The common parts of the sheets that jtai writes: title and marking, tables, protection, page set-up.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ProtectionOptions, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::cells::{Cell, excel_date};
use super::styles::{bold_row_height, fitting_width, row_height, styles, width_of_word};
use crate::workbook::contract::{Caption, Paper, START_SHEET};

/// The row of a table's headers, from 0. Title and marking are above it.
pub(super) const HEADER_ROW: u32 = 2;

/// The least height of a table's header row in points: two lines.
const HEADER_PT: f64 = 34.0;

/// The longest header or footer of a printed page, in characters. Excel's limit is 255.
const LONGEST_HEADER: usize = 250;

/// The document properties of every workbook. The date is given, so that the same content gives the same bytes whenever it is written.
///
/// # Errors
///
/// When the date is outside Excel's calendar.
pub(super) fn properties(title: &str, subject: &str, author: &str, made_on: Date) -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author(author)
        .set_creation_datetime(&excel_date(made_on)?)
        .set_custom_property("Language", "en-GB"))
}

/// The title in A1 and the line under it.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn heads(sheet: &mut Worksheet, title: &str, subtitle: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, title, &styles().title)?;
    sheet.write_string_with_format(1, 0, subtitle, &styles().marking)?;
    sheet.set_row_height(0, 26)?;
    sheet.set_row_height(1, 20)?;
    Ok(())
}

/// The same for a sheet of an agency's workbook, with a link back to the first sheet before the line.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn heads_with_link(sheet: &mut Worksheet, title: &str, subtitle: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, title, &styles().title)?;
    link(sheet, (1, 0), START_SHEET, 0, START_SHEET)?;
    sheet.write_string_with_format(1, 1, subtitle, &styles().marking)?;
    sheet.set_row_height(0, 26)?;
    sheet.set_row_height(1, 20)?;
    Ok(())
}

/// Writes a link to a row (from 0) of a sheet of the same workbook.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn link(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    to: &str,
    to_row: u32,
    text: &str,
) -> Result<(), XlsxError> {
    let url = Url::new(format!("internal:'{to}'!A{}", to_row + 1)).set_text(text);
    sheet.write_url_with_format(row, column, url, &styles().link).map(drop)
}

/// Makes an Excel table of the rows under [`HEADER_ROW`], whose cells are written already. Headers come with the widths of their columns.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn table(
    sheet: &mut Worksheet,
    caption: &Caption<'_>,
    headers: &[(&str, f64)],
    rows: usize,
) -> Result<(), XlsxError> {
    let columns: Vec<TableColumn> = headers
        .iter()
        .map(|(header, _)| TableColumn::new().set_header(*header).set_header_format(&styles().header))
        .collect();
    let table = Table::new()
        .set_name(caption.name)
        .set_alt_text(caption.alt_text)
        .set_style(TableStyle::None)
        .set_autofilter(caption.has_filters)
        .set_columns(&columns);
    sheet.set_row_height(HEADER_ROW, bold_row_height(headers).max(HEADER_PT))?;
    let last_column = u16::try_from(headers.len()).unwrap_or(u16::MAX) - 1;
    // Excel does not accept a table without a row.
    sheet.add_table(HEADER_ROW, 0, last_row(rows.max(1)), last_column, &table)?;
    Ok(())
}

/// The last row (from 0) of a table with this many rows.
pub(super) fn last_row(rows: usize) -> u32 {
    HEADER_ROW + u32::try_from(rows).unwrap_or(u32::MAX - HEADER_ROW)
}

/// Writes a table whose rows are tall enough for their texts, and returns its width in characters. Headers come with their least widths in
/// characters.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn plain_table(
    sheet: &mut Worksheet,
    caption: &Caption<'_>,
    headers: &[(&str, f64)],
    rows: &[Vec<Cell>],
) -> Result<f64, XlsxError> {
    let shown: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
    let widths: Vec<f64> = (0..).zip(headers).map(|(at, (_, least))| width(&shown, at, *least)).collect();
    for (at, width) in (0u16..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    for (row, cells) in (HEADER_ROW + 1..).zip(rows) {
        for (at, cell) in (0u16..).zip(cells) {
            cell.write(sheet, row, at)?;
        }
    }
    for (row, texts) in (HEADER_ROW + 1..).zip(&shown) {
        let texts: Vec<(&str, f64)> = texts.iter().zip(&widths).map(|(text, width)| (text.as_str(), *width)).collect();
        sheet.set_row_height(row, row_height(&texts))?;
    }
    let names: Vec<(&str, f64)> = headers.iter().zip(&widths).map(|((header, _), width)| (*header, *width)).collect();
    table(sheet, caption, &names, rows.len())?;
    Ok(widths.iter().sum())
}

/// The width of a column in characters: wide enough for the Refs of the first one, and for the longest text of any other.
fn width(rows: &[Vec<String>], at: usize, least: f64) -> f64 {
    let texts = rows.iter().filter_map(|row| row.get(at));
    let needed = texts.map(|text| if at == 0 { width_of_word(text).min(40.0) } else { fitting_width(text, least) });
    needed.fold(least, f64::max)
}

/// The formula for the number of lines that a cell's text takes, at this many characters a line: its length, and its line breaks.
pub(super) fn lines_of(cell: &str, characters: u32) -> String {
    format!("LEN({cell})/{characters}+LEN({cell})-LEN(SUBSTITUTE({cell},CHAR(10),\"\"))")
}

/// Protects a sheet without a password: against slips, not against people. Widths and heights may be changed.
pub(super) fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
}

/// Sets a page up: A4 landscape, the marking at head and foot, the sheet's subject, its owner, page numbers.
pub(super) fn print_set_up(sheet: &mut Worksheet, paper: Paper<'_>, subject: &str) {
    // In a header an ampersand begins a code, so one in a text is doubled.
    let plain = |text: &str| text.replace('&', "&&");
    let with_left = |left: &str, rest: String| {
        let room = LONGEST_HEADER.saturating_sub(rest.chars().count() + 2);
        // The marking and the page number are needed whole, so the subject or the owner is shortened.
        let mut left = left.to_string();
        while plain(&left).chars().count() > room {
            left = left.chars().take(left.chars().count().saturating_sub(10)).collect::<String>() + "…";
        }
        format!("&L{}{rest}", plain(&left))
    };
    let marking = plain(&paper.shown(". "));
    sheet.set_landscape();
    // 9 is A4 and 8, below, A3 (ECMA-376 part 1, 18.3.1.63).
    sheet.set_paper_size(9);
    sheet.set_print_center_horizontally(true);
    // Over, then down: the parts of one row are on consecutive pages.
    sheet.set_page_order(false);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.25, 0.25);
    sheet.set_header(with_left(subject, format!("&C{marking}")));
    sheet.set_footer(with_left(paper.owner, format!("&C{marking}&RPage &P of &N")));
}

/// The widest table that is still read on A4, in characters; a wider one is set up for A3.
const WIDEST_ON_A4: f64 = 220.0;

/// Prints a table of this width (in characters) on the width of one page, with its header row on every page.
///
/// # Errors
///
/// When a text, a name or a place is beyond Excel's limits.
pub(super) fn print_on_one_width(sheet: &mut Worksheet, width: f64) -> Result<(), XlsxError> {
    if width > WIDEST_ON_A4 {
        sheet.set_paper_size(8);
    }
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    Ok(())
}
