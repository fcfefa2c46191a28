//! The cell formats of workbooks, with the height that a row of wrapped text needs.

use std::sync::LazyLock;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern, FormatUnderline};

use crate::form::Rating;
use crate::style::fonts::{self, Weight};
use crate::style::palette::{self, Swatch};

/// The size of body text in points. The Analysis Function's checklist for accessible spreadsheets asks for a clear sans serif font.
pub(super) const BODY_PT: f64 = 11.0;

/// The height of a line of body text in points, with its leading.
const LINE_PT: f64 = 14.5;

/// Space above and below the text of a row, in points.
const PADDING_PT: f64 = 6.0;

/// The tallest row that Excel allows, in points.
const TALLEST_PT: f64 = 409.0;

/// The width of one unit of a column's width, in points: Excel counts 7 pixels for a character, at 96 pixels an inch.
const CHARACTER_PT: f64 = 5.25;

/// The average width of a character of English prose in Arial of the body size, in points, with room for lines that wrap early.
const PROSE_CHARACTER_PT: f64 = 5.4;

/// The part of a column's width that the indent and the cell's margins take, in points.
const MARGINS_PT: f64 = 10.0;

/// The width of Arial in relation to Noto Sans: measured as 0.94 to 0.96 for English prose. The larger is used, so that rows are rather too
/// tall.
const ARIAL_TO_NOTO: f64 = 0.96;

/// The widest column of statements, in characters. At this width 2,000 characters fit the tallest row.
const WIDEST: f64 = 90.0;

/// Every cell format. They are made once, because a format is a large value and a workbook has hundreds of cells.
pub(super) struct Styles {
    /// Body text, wrapped, at the top of its cell.
    pub body: Format,
    /// Body text in bold.
    pub strong: Format,
    /// A sheet's title in A1.
    pub title: Format,
    /// A heading inside a sheet.
    pub heading: Format,
    /// The protective marking, and the line under a title.
    pub marking: Format,
    /// A link to a place of the same workbook.
    pub link: Format,
    /// A label beside a value.
    pub label: Format,
    /// A value that was written when the workbook was issued.
    pub given: Format,
    /// A number.
    pub number: Format,
    /// A percentage.
    pub share: Format,
    /// A link to a sheet, in a table.
    pub listed_link: Format,
    /// A date that is given.
    pub date: Format,
    /// Something that is wrong: red and bold.
    pub alarm: Format,
    /// A cell for the agency to fill in: white, with a dark outline, unlocked.
    pub input: Format,
    /// The same, where what is typed stays text.
    pub input_as_typed: Format,
    /// A cell for a date.
    pub input_date: Format,
    /// The header row of a table.
    pub header: Format,
    /// A rating in the list of what ratings mean: Red, Amber, Green.
    pub rated: [Format; 3],
    /// The cells of the table's rows, by [`RowPlace::at`].
    rows: [RowStyles; 4],
}

/// The looks of the cells of one row of the table.
pub(super) struct RowStyles {
    /// What was written when the workbook was issued.
    pub given: Format,
    /// A text to fill in.
    pub text: Format,
    /// A rating to choose.
    pub rating: Format,
    /// A date to fill in.
    pub date: Format,
}

/// The place of a row among the areas. A new area is shown by a heavier line, for those who see no colour, and by a darker shade of the
/// given cells of every second area.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowPlace {
    /// Whether it is the first row of its area.
    pub is_first: bool,
    /// Whether its area is the second, the fourth and so on.
    pub is_even: bool,
}

impl RowPlace {
    fn at(self) -> usize {
        // The order in which `every_look` makes the four.
        usize::from(self.is_first) + 2 * usize::from(self.is_even)
    }
}

impl Styles {
    /// The looks of a row of the table.
    pub(super) fn row(&self, row: RowPlace) -> &RowStyles {
        &self.rows[row.at()]
    }
}

/// Every look.
pub(super) fn styles() -> &'static Styles {
    static STYLES: LazyLock<Styles> = LazyLock::new(every_look);
    &STYLES
}

fn every_look() -> Styles {
    let body = body();
    let navy = || body.clone().set_bold().set_font_color(color(palette::NAVY)).unset_text_wrap();
    let given = shaded(body.clone(), palette::PALE);
    let input = body
        .clone()
        .set_indent(1)
        .set_border(FormatBorder::Thin)
        .set_border_color(color(palette::GREY))
        .set_background_color(color(palette::WHITE))
        .set_unlocked();
    let input_as_typed = input.clone().set_num_format("@");
    let input_date = input.clone().set_num_format("dd/mm/yyyy");
    let row = |at: usize| {
        let row = RowPlace { is_first: at & 1 == 1, is_even: at & 2 == 2 };
        let fill = if row.is_even { palette::PALE_DARKER } else { palette::PALE };
        let look = |format: Format| if row.is_first { first_of_area(format) } else { format };
        RowStyles {
            given: look(shaded(body.clone(), fill)),
            text: look(input.clone()),
            rating: look(input.clone().set_bold()),
            date: look(input_date.clone()),
        }
    };
    let paragraph = body.clone().set_indent(1);
    Styles {
        strong: paragraph.clone().set_bold(),
        title: navy().set_font_size(16),
        heading: navy().set_font_size(13).set_align(FormatAlign::Bottom),
        marking: body.clone().set_bold().unset_text_wrap(),
        link: paragraph
            .clone()
            .unset_text_wrap()
            .set_underline(FormatUnderline::Single)
            .set_font_color(color(palette::NAVY)),
        label: shaded(body.clone().set_bold(), palette::PALE),
        number: given.clone().set_align(FormatAlign::Right).set_num_format("0"),
        share: given.clone().set_align(FormatAlign::Right).set_num_format("0%"),
        listed_link: given.clone().set_font_color(color(palette::NAVY)).set_underline(FormatUnderline::Single),
        date: given.clone().set_num_format("dd/mm/yyyy"),
        alarm: given.clone().set_bold().set_font_color(color(palette::ALARM)),
        header: shaded(body.clone().set_bold().set_font_color(color(palette::WHITE)), palette::NAVY),
        rated: Rating::ALL.map(|rating| {
            let Swatch { fill, ink } = palette::rating(rating);
            shaded(body.clone().set_bold().set_font_color(color(ink)), fill)
        }),
        rows: std::array::from_fn(row),
        given,
        input,
        input_as_typed,
        input_date,
        body: paragraph,
    }
}

fn body() -> Format {
    Format::new()
        .set_font_name("Arial")
        .set_font_size(BODY_PT)
        .set_font_color(color(palette::INK))
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Left)
}

/// The format of a rating cell once a rating is chosen. The word stays in the cell, so the colour is not needed to read it.
pub(super) fn chosen(rating: Rating) -> Format {
    let Swatch { fill, ink } = palette::rating(rating);
    Format::new().set_background_color(color(fill)).set_font_color(color(ink)).set_bold()
}

/// The format of a cell whose text is longer than a row can show: stripes, which are seen without colour.
pub(super) fn longer_than_a_row() -> Format {
    Format::new().set_pattern(FormatPattern::LightUp).set_foreground_color(color(palette::LINE))
}

/// How many lines of body text the tallest row can show, and how many characters fit a line of a column of this width.
pub(super) fn room(width: f64) -> (u32, u32) {
    (lines_in(TALLEST_PT), characters_a_line(width))
}

/// How many lines of body text a row of this height shows.
pub(super) fn lines_in(height: f64) -> u32 {
    ((height - PADDING_PT) / LINE_PT) as u32
}

/// How many characters of English prose fit a line of a column of this width, in characters of the body font.
pub(super) fn characters_a_line(width: f64) -> u32 {
    ((width * CHARACTER_PT - MARGINS_PT) / PROSE_CHARACTER_PT) as u32
}

/// The format of a cell that we ask about: a heavy outline and pale yellow. The reader knows this yellow again: it is not a rating.
pub(super) fn in_question(format: Format) -> Format {
    format
        .set_border(FormatBorder::Thick)
        .set_border_color(color(palette::QUESTION))
        .set_pattern(FormatPattern::Solid)
        .set_background_color(color(palette::QUESTION_GROUND))
}

/// The height in points of a row that must show these texts, each in a column of a width in characters.
///
/// The height is set from measured text, because a program that is left to choose it lets wrapped rows overlap (seen in LibreOffice). Arial
/// is not inside this program, so the text is measured in Noto Sans and scaled.
pub(super) fn row_height(texts: &[(&str, f64)]) -> f64 {
    needed_height(texts, Weight::Regular).min(TALLEST_PT)
}

/// The same for a row of bold texts.
pub(super) fn bold_row_height(texts: &[(&str, f64)]) -> f64 {
    needed_height(texts, Weight::Bold).min(TALLEST_PT)
}

fn needed_height(texts: &[(&str, f64)], weight: Weight) -> f64 {
    let lines = |(text, width): &(&str, f64)| {
        let room = (width * CHARACTER_PT - MARGINS_PT).max(20.0) / ARIAL_TO_NOTO;
        fonts::lines(text, BODY_PT as f32, weight, room as f32)
    };
    let most = texts.iter().map(lines).max().unwrap_or(1).max(1);
    most as f64 * LINE_PT + PADDING_PT
}

/// The width in characters of a column for a text: `least`, or more where the text would need a taller row than Excel allows.
pub(super) fn fitting_width(text: &str, least: f64) -> f64 {
    let fits = |width: &f64| needed_height(&[(text, *width)], Weight::Regular) <= TALLEST_PT;
    let wider = std::iter::successors(Some(least), |width| Some(width + 10.0)).take_while(|width| *width <= WIDEST);
    wider.into_iter().find(fits).unwrap_or(WIDEST)
}

/// The width in characters of a column that holds this word on one line.
pub(super) fn width_of_word(word: &str) -> f64 {
    (f64::from(fonts::width(word, BODY_PT as f32, Weight::Regular)) + MARGINS_PT) / CHARACTER_PT
}

fn first_of_area(format: Format) -> Format {
    format.set_border_top(FormatBorder::Medium).set_border_top_color(color(palette::NAVY))
}

fn shaded(format: Format, fill: palette::Colour) -> Format {
    format
        .set_indent(1)
        .set_border(FormatBorder::Thin)
        .set_border_color(color(palette::LINE))
        .set_pattern(FormatPattern::Solid)
        .set_background_color(color(fill))
}

fn color(colour: palette::Colour) -> Color {
    Color::RGB(colour.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_grow_with_the_text_that_wraps_most() {
        let height = |lines: f64| lines * LINE_PT + PADDING_PT;
        assert_eq!(row_height(&[("", 20.0)]), height(1.0));
        assert_eq!(row_height(&[("one\n\ntwo", 20.0)]), height(3.0));
        assert_eq!(row_height(&[("short", 20.0), ("one two three four", 10.0)]), height(3.0));
        assert_eq!(fitting_width("short", 31.0), 31.0);
        let longest = "Agencies act together and quickly. ".repeat(57);
        assert!(row_height(&[(&longest, fitting_width(&longest, 31.0))]) < TALLEST_PT);
        let word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
        assert!(row_height(&[(word, 10.0)]) >= height(8.0));
        assert_eq!(row_height(&[(&"many words ".repeat(400), 20.0)]), TALLEST_PT);
    }
}
