//! The looks of the issued workbook: fonts, fills and borders, and how tall a row of wrapped text must be.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

use crate::palette::{self, Swatch};
use crate::response::Rating;

/// Body text in points. The Analysis Function's checklist for accessible spreadsheets asks for a clear sans serif.
pub const BODY_PT: f64 = 11.0;

/// The height of a line of body text in points, with its leading.
const LINE_PT: f64 = 14.5;

/// Space above and below the text of a row, in points.
const PADDING_PT: f64 = 6.0;

/// The tallest row that Excel allows, in points.
const TALLEST_PT: f64 = 409.0;

/// Body text, wrapped, at the top of its cell.
pub fn body() -> Format {
    Format::new()
        .set_font_name("Arial")
        .set_font_size(BODY_PT)
        .set_font_color(color(palette::INK))
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Left)
}

/// A sheet's title in A1.
pub fn title() -> Format {
    body().set_font_size(16).set_bold().set_font_color(color(palette::NAVY)).unset_text_wrap()
}

/// A heading inside a sheet.
pub fn heading() -> Format {
    body().set_font_size(13).set_bold().set_font_color(color(palette::NAVY)).unset_text_wrap()
}

/// The protective marking.
pub fn marking() -> Format {
    body().set_bold().unset_text_wrap()
}

/// A label beside a value.
pub fn label() -> Format {
    bordered(body().set_bold()).set_background_color(color(palette::PALE))
}

/// A value that was written when the workbook was issued.
pub fn given() -> Format {
    bordered(body()).set_background_color(color(palette::PALE))
}

/// A cell for the agency to fill in: white, with a dark outline, unlocked.
pub fn input() -> Format {
    body().set_indent(1).set_border(FormatBorder::Thin).set_border_color(color(palette::GREY)).set_unlocked()
}

/// A cell for a date.
pub fn input_date() -> Format {
    input().set_num_format("dd/mm/yyyy")
}

/// The header row of a table.
pub fn header() -> Format {
    bordered(body().set_bold().set_font_color(color(palette::WHITE)))
        .set_background_color(color(palette::NAVY))
        .set_pattern(FormatPattern::Solid)
}

/// The first row of an area carries a heavier line, so that a change of area is seen without colour.
pub fn first_of_area(format: Format) -> Format {
    format.set_border_top(FormatBorder::Medium).set_border_top_color(color(palette::NAVY))
}

/// How a rating cell looks once a rating is chosen; the word stays in the cell.
pub fn rated(rating: Rating) -> Format {
    let Swatch { fill, ink } = palette::rating(rating);
    Format::new().set_background_color(color(fill)).set_font_color(color(ink)).set_bold()
}

/// The height in points of a row that must show these texts, each in a column of a width in characters.
///
/// A spreadsheet program that is left to choose overlaps wrapped rows (seen in LibreOffice), so the height is set. Words are
/// wrapped as the program will wrap them, at 9 in 10 of the width, because bold and wide letters take more than the average.
pub fn row_height(texts: &[(&str, f64)]) -> f64 {
    let lines = |(text, width): &(&str, f64)| wrapped_lines(text, (width * 0.9).max(4.0) as usize);
    let most = texts.iter().map(lines).max().unwrap_or(1).max(1);
    (most as f64 * LINE_PT + PADDING_PT).min(TALLEST_PT)
}

fn wrapped_lines(text: &str, width: usize) -> usize {
    text.lines().map(|line| lines_of(line, width)).sum()
}

fn lines_of(line: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        lines += used.saturating_sub(1) / width;
        used = if used > width { used % width } else { used };
    }
    lines
}

fn bordered(format: Format) -> Format {
    format.set_indent(1).set_border(FormatBorder::Thin).set_border_color(color(palette::LINE))
}

fn color(colour: palette::Colour) -> Color {
    Color::RGB(colour.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_grow_with_the_text_that_wraps_most() {
        assert_eq!(wrapped_lines("", 10), 0);
        assert_eq!(wrapped_lines("one two three", 7), 2);
        assert_eq!(wrapped_lines("one\n\ntwo", 10), 3);
        assert_eq!(wrapped_lines("a-very-long-word-indeed", 10), 3);
        assert_eq!(row_height(&[("short", 20.0), ("one two three four", 10.0)]), 3.0 * LINE_PT + PADDING_PT);
    }
}
