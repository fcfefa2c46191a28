//! The items that a slide's layout places, each drawn as a shape or a table.

use super::shapes::Shapes;
use super::xml::{self, PlacedTableCell, TextAlign, TextLook, paragraph, run};
use crate::documents::deck::layout::{
    Across, CellMark, FramePt, Item, Line, PlacedCell, PlacedItem, PlacedTable, Words,
};
use crate::form::Rating;
use crate::style::marks::{self, MarkShape};
use crate::style::palette;

/// The width for a mark at the left of a cell with words, in points.
const MARK_INSET_PT: f32 = 9.0;

/// The size of the word that a mark is drawn over, in points: as wide as the mark at most.
const COVERED_PT: f32 = 6.0;

pub(super) fn draw(shapes: &mut Shapes, placed: &[PlacedItem]) {
    for PlacedItem { frame, item } in placed {
        match item {
            Item::Text(words) => text(shapes, *frame, words),
            Item::Panel(colour) => shapes.add(|id| xml::panel(id, "Ground", *frame, *colour)),
            Item::Outline => shapes.add(|id| xml::outline(id, *frame)),
            Item::Arrow => shapes.add(|id| xml::arrow(id, *frame, palette::NAVY)),
            Item::Mark(rating) => mark(shapes, *frame, *rating, rating.word()),
            Item::Segment { rating, words } => segment(shapes, *frame, *rating, words),
            Item::Table(table) => self::table(shapes, *frame, table),
        }
    }
}

fn look(line: &Line) -> TextLook {
    TextLook { size_pt: line.size_pt, is_bold: line.is_bold, ink: line.ink, ground: None }
}

fn align(across: Across) -> TextAlign {
    match across {
        Across::Left => TextAlign::Left,
        Across::Middle => TextAlign::Centre,
        Across::Right => TextAlign::Right,
    }
}

fn paragraphs(lines: &[Line], across: Across) -> String {
    lines.iter().map(|line| paragraph(&run(&line.text, look(line)), align(across), 0.0)).collect()
}

fn text(shapes: &mut Shapes, frame: FramePt, words: &Words) {
    let said = paragraphs(&words.paragraphs, words.align);
    match words.is_middle {
        true => shapes.add(|id| xml::middle_text(id, "Text", frame, &said)),
        false => shapes.text("Text", frame, &said),
    }
}

fn mark(shapes: &mut Shapes, frame: FramePt, rating: Rating, alt: &str) {
    let swatch = palette::rating(rating);
    let shape = match marks::shape(rating) {
        MarkShape::Square => "rect",
        MarkShape::Diamond => "diamond",
        MarkShape::Circle => "ellipse",
    };
    // A diamond has less room for its letter than a square of the same size, so it is drawn larger.
    let grown = if marks::shape(rating) == MarkShape::Diamond { 2.0 } else { 0.0 };
    let [left, top, width, height] = frame;
    let frame = [left - grown, top - grown, width + 2.0 * grown, height + 2.0 * grown];
    let letter = TextLook { size_pt: 11.0, is_bold: true, ink: swatch.ink, ground: None };
    let said = paragraph(&run(rating.letter(), letter), TextAlign::Centre, 0.0);
    shapes.add(|id| xml::mark(id, frame, shape, swatch.fill, &said, alt));
}

fn segment(shapes: &mut Shapes, frame: FramePt, rating: Rating, words: &str) {
    let swatch = palette::rating(rating);
    let look = TextLook { size_pt: 14.0, is_bold: true, ink: swatch.ink, ground: None };
    let said = if words.is_empty() { String::new() } else { paragraph(&run(words, look), TextAlign::Centre, 0.0) };
    shapes.add(|id| xml::mark(id, frame, "rect", swatch.fill, &said, rating.word()));
}

fn table(shapes: &mut Shapes, [left, top, width, height]: FramePt, table: &PlacedTable) {
    let cell = |cell: &PlacedCell| {
        let covered = cell.mark != CellMark::None && cell.is_mark_alone();
        // The word stays in the cell for screen readers and searches, small enough to be hidden by the mark.
        let size_pt = if covered { COVERED_PT } else { cell.line.size_pt };
        let line = Line { size_pt, ..cell.line.clone() };
        let inset =
            if cell.mark != CellMark::None && !covered { 2.0 * MARK_INSET_PT + table.mark_pt } else { table.inset_pt };
        PlacedTableCell {
            paragraphs: paragraphs(&[line], cell.align),
            ground: cell.ground,
            left_pt: inset,
            right_pt: table.inset_pt,
            is_turned: cell.is_turned,
            is_low: cell.is_low,
            is_ruled: table.is_ruled,
        }
    };
    let rows: Vec<(f32, Vec<PlacedTableCell>)> = table
        .heights_pt
        .iter()
        .zip(&table.rows)
        .map(|(height, cells)| (*height, cells.iter().map(cell).collect()))
        .collect();
    shapes.add(|id| xml::placed_table(id, [left, top, width, height], &table.alt, &table.widths_pt, &rows));
    // A table cell cannot have a shape in it, so marks are drawn over cells whose words say the same.
    let (mut row_top, size) = (top, table.mark_pt);
    for (height, cells) in table.heights_pt.iter().zip(&table.rows) {
        let mut cell_left = left;
        for (width, cell) in table.widths_pt.iter().zip(cells) {
            let x = match cell.is_mark_alone() {
                true => cell_left + (width - size) / 2.0,
                false => cell_left + MARK_INSET_PT,
            };
            let frame = [x, row_top + (height - size) / 2.0, size, size];
            match cell.mark {
                CellMark::None => {}
                CellMark::Rating(rating) => mark(shapes, frame, rating, ""),
                CellMark::NotIn => shapes.add(|id| xml::outline(id, frame)),
            }
            cell_left += width;
        }
        row_top += height;
    }
}
