//! How much room a text takes on a slide of 960 by 540 points, measured with the font that draws it.

use super::slide::{GridCell, Header, Paragraph, Quote, Slide};
use crate::chart::{FULL_WIDTH_PT, SIDE_WIDTH_PT};
use crate::core::words;
use crate::style::fonts::{self, Weight};

/// The size of a slide's headline, in points.
pub const HEADLINE_PT: f32 = 28.0;

/// The size of a large figure, in points, if it fits.
const FIGURE_PT: f32 = 28.0;

/// The gap between a chart and the figures beside it, with the line before a figure, in points.
pub(super) const FIGURE_INSET_PT: f32 = 36.0;

/// The size of a slide's text, in points.
pub const TEXT_PT: f32 = 16.0;

/// The size of claims, in points.
pub const CLAIM_PT: f32 = 20.0;

/// The size of evidence and labels, in points.
pub const LABEL_PT: f32 = 14.0;

/// The size of notes, of the foot, and of turned heads of columns, in points.
pub const NOTE_PT: f32 = 11.0;

/// Where the content of a slide begins at the left, in points.
pub const LEFT_PT: f32 = MARGIN_PT.0;

/// Where the headline begins, in points from the top.
pub const HEADLINE_TOP_PT: f32 = 42.0;

/// Where what is under a headline of one line begins, in points from the top.
pub(super) const CONTENT_TOP_PT: f32 = 90.0;

/// Where the foot begins, in points from the top.
pub const FOOT_TOP_PT: f32 = 514.0;

/// The width of a slide's content, in points.
pub const WIDTH_PT: f32 = FULL_WIDTH_PT as f32;

/// The width of one of two things side by side, in points.
pub const HALF_WIDTH_PT: f32 = (WIDTH_PT - GUTTER_PT) / 2.0;

/// The left and the top margin of a page, in points.
pub const MARGIN_PT: (f32, f32) = (36.0, 20.0);

/// The gap between two things side by side, in points.
pub const GUTTER_PT: f32 = 14.0;

/// The gap between one card and the next below it, in points.
pub const CARD_GAP_PT: usize = 8;

/// The space on both sides of a card's text, in points, with 4 more because the font on the page may be a little wider than measured.
const CARD_INSET_PT: f32 = 24.0 + 4.0;

/// The height of a card without the lines of its words, in points: the line with the rating, its padding, and the gap under it.
const CARD_HEAD_PT: usize = 44;

/// The gap between the words of a card and each text under them, in points.
pub(super) const UNDER_GAP_PT: usize = 8;

/// The height left under a headline of one line, in points.
const UNDER_HEADLINE_PT: usize = 414;

/// The height of a line of a headline, in points.
pub const HEADLINE_LINE_PT: usize = 36;

/// The most lines of a headline.
pub const MOST_HEADLINE_LINES: usize = 2;

/// The space beside a cell's text, both sides together, in points.
const CELL_INSET_PT: f32 = 16.0;

/// The height of lines of text with their leading, in points: the 16-point font needs 20.3 points a line, as the PDF sets it.
pub fn height(lines: usize) -> usize {
    (lines * 203).div_ceil(10)
}

/// The most lines of text in a room of this height.
pub fn lines_in(room_pt: usize) -> usize {
    room_pt * 10 / 203
}

/// The lines that a text takes at a given size.
pub fn lines_at(text: &str, size_pt: f32, width_pt: f32) -> usize {
    fonts::wrapped(text, size_pt, Weight::Regular, width_pt)
}

/// The lines that a bold text takes.
pub fn lines_bold(text: &str, size_pt: f32, width_pt: f32) -> usize {
    fonts::wrapped(text, size_pt, Weight::Bold, width_pt)
}

/// The lines that a text takes.
pub fn lines(text: &str, width_pt: f32) -> usize {
    fonts::wrapped(text, TEXT_PT, Weight::Regular, width_pt)
}

/// The width of a line that text can count on, in tenths of a point: a tenth is allowed for the word that did not fit at its end.
pub const LINE_ROOM: usize = (WIDTH_PT as usize) * 9;

/// The width of a text on one line, in tenths of a point; a line break takes the rest of its line.
pub fn advance(text: &str) -> usize {
    let width = (fonts::width(text, TEXT_PT, Weight::Regular) * 10.0).ceil() as usize;
    if text.ends_with('\n') { width.div_ceil(LINE_ROOM).max(1) * LINE_ROOM } else { width }
}

/// The line over a headline: the part of the story, and which ratings are shown. If both do not fit, the part of the story is cut.
pub fn over_headline(slide: &Slide) -> String {
    if slide.ratings.is_empty() {
        return slide.section.clone();
    }
    let line = |section: &str| format!("{section} · {}", slide.ratings);
    let whole = slide.section.chars().count();
    let cut = (1..=whole).rev().map(|longest| words::cut_at_word(&slide.section, longest));
    let fits = |section: &String| fonts::width(&line(section), LABEL_PT, Weight::Bold) <= WIDTH_PT;
    cut.into_iter().find(fits).map_or_else(|| slide.ratings.clone(), |section| line(&section))
}

/// The lines that a headline takes.
pub fn headline_lines(headline: &str) -> usize {
    fonts::wrapped(headline, HEADLINE_PT, Weight::Bold, WIDTH_PT)
}

/// The size of the partnership's name on the first slide, in points: smaller if it is long.
pub fn name_size(name: &str) -> f32 {
    if name.chars().count() > 60 { TEXT_PT } else { CLAIM_PT }
}

/// The size of a large figure, in points: smaller if it would not fit one line beside a chart.
pub fn figure_size(value: &str) -> f32 {
    let room = WIDTH_PT - SIDE_WIDTH_PT as f32 - FIGURE_INSET_PT;
    let width = fonts::width(value, FIGURE_PT, Weight::Bold);
    if width <= room { FIGURE_PT } else { (FIGURE_PT * room / width).floor() }
}

/// Where the content of a slide begins under its headline, in points from the top.
pub fn content_top(headline: &str) -> f32 {
    CONTENT_TOP_PT + ((headline_lines(headline).max(1) - 1) * HEADLINE_LINE_PT) as f32
}

/// The height left under a headline, in points.
pub fn room_under(headline: &str) -> usize {
    UNDER_HEADLINE_PT.saturating_sub((headline_lines(headline).max(1) - 1) * HEADLINE_LINE_PT)
}

/// The height of a quotation on a card of this width, in points: its words with the agency's name, the line above them, and its padding.
pub fn quote(quote: &Quote, width_pt: f32) -> usize {
    let room = width_pt - CARD_INSET_PT;
    let heading = format!("{} {} {}", quote.rating.word(), quote.heading(), quote.details());
    // The rating's chip is about 20 points wider than its word.
    let heading = fonts::wrapped(&heading, TEXT_PT, Weight::Bold, room - 20.0).max(1);
    let words = lines(&format!("{} {}", quote.shown(), quote.said_by), room);
    let under: usize = quote.under.iter().map(|text| height(lines(text, room)) + UNDER_GAP_PT).sum();
    height(words + heading - 1) + under + CARD_HEAD_PT
}

/// The height of a paragraph under its heading, in points.
pub fn paragraph(one: &Paragraph) -> usize {
    height(lines(&format!("{} {}", one.lead(), one.text), WIDTH_PT)) + 4
}

/// The height of a note under what a slide shows, in points.
pub fn note(text: &str) -> usize {
    if text.is_empty() { 0 } else { height(lines(text, WIDTH_PT)) + 11 }
}

/// The height of a table's header row, in points.
pub fn header_row(headers: &[Header]) -> usize {
    let of = |header: &Header| fonts::wrapped(&header.text, TEXT_PT, Weight::Bold, header.width_pt - CELL_INSET_PT);
    headers.iter().map(of).max().map_or(0, height) + 4
}

/// The height of a row of a table, in points.
pub fn row(headers: &[Header], cells: &[GridCell]) -> usize {
    let of = |(header, cell): (&Header, &GridCell)| {
        let width = header.width_pt - CELL_INSET_PT;
        let under = if cell.under.is_empty() { 0 } else { lines(&cell.under, width) };
        lines(&cell.text, width) + under
    };
    height(headers.iter().zip(cells).map(of).max().unwrap_or(1).max(1)) + 4
}
