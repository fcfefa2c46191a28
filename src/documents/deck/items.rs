//! The things that a layout places on a slide: text, panels, marks, bars and tables, each with its look.

use crate::form::Rating;
use crate::style::palette::{self, Colour};

/// A place on the page: left, top, width, height, in points.
pub type FramePt = [f32; 4];

/// A thing on a slide, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedItem {
    /// Where it is.
    pub frame: FramePt,
    /// What it is.
    pub item: Item,
}

/// A thing on a slide.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Lines of text, each of one look.
    Text(Words),
    /// A coloured rectangle, decoration only.
    Panel(Colour),
    /// A dashed outline, decoration only.
    Outline,
    /// A rating as its shape, letter and colour; its word for those who cannot see it.
    Mark(Rating),
    /// An arrow to the right, decoration only.
    Arrow,
    /// A part of a bar, with its words on it.
    Segment {
        /// Its rating.
        rating: Rating,
        /// The words on it; empty if they have no room.
        words: String,
    },
    /// A table whose first row is its header.
    Table(PlacedTable),
}

/// Lines of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The paragraphs, from the top.
    pub paragraphs: Vec<Line>,
    /// How they are aligned.
    pub align: Across,
    /// Whether they are in the middle of the height; else they begin at the top.
    pub is_middle: bool,
}

/// A paragraph of one look.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// The size of type, in points.
    pub size_pt: f32,
    /// Whether it is bold.
    pub is_bold: bool,
    /// The colour.
    pub ink: Colour,
}

/// How text is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// At the left.
    Left,
    /// In the middle.
    Middle,
    /// At the right.
    Right,
}

impl Across {
    /// The word for templates.
    pub fn key(self) -> &'static str {
        match self {
            Across::Left => "left",
            Across::Middle => "center",
            Across::Right => "right",
        }
    }
}

/// A table on a slide.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedTable {
    /// A description for those who cannot see it.
    pub alt: String,
    /// The widths of its columns, in points.
    pub widths_pt: Vec<f32>,
    /// The heights of its rows, in points, the header first.
    pub heights_pt: Vec<f32>,
    /// Its cells, row by row, the header first.
    pub rows: Vec<Vec<PlacedCell>>,
    /// The space at the left and the right of a cell's text, in points.
    pub inset_pt: f32,
    /// The size of the marks in its cells, in points.
    pub mark_pt: f32,
    /// Whether there is a fine line under each row.
    pub is_ruled: bool,
}

/// A cell of such a table.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedCell {
    /// Its text.
    pub line: Line,
    /// How it is aligned.
    pub align: Across,
    /// The colour behind it; `None` for the page's.
    pub ground: Option<Colour>,
    /// Whether the text is turned by a quarter and read from below.
    pub is_turned: bool,
    /// Whether the text is at the foot of its cell; else in the middle of its height.
    pub is_low: bool,
    /// What is drawn in it before the text.
    pub mark: CellMark,
}

/// What is drawn in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellMark {
    /// Nothing.
    None,
    /// A rating's mark. If the cell's text is only the rating's word, the mark is drawn over it.
    Rating(Rating),
    /// A dashed box: an answer that is not in. The cell's text says so.
    NotIn,
}

impl PlacedCell {
    pub(super) fn plain(text: &str, size_pt: f32, align: Across) -> PlacedCell {
        PlacedCell {
            line: Line::new(text, size_pt),
            align,
            ground: None,
            is_turned: false,
            is_low: false,
            mark: CellMark::None,
        }
    }

    pub(super) fn bold(self) -> PlacedCell {
        PlacedCell { line: self.line.bold(), ..self }
    }

    pub(super) fn grey(self) -> PlacedCell {
        PlacedCell { line: self.line.inked(palette::GREY), ..self }
    }

    /// Whether the mark says what the text does, so that the text is not shown beside it.
    pub fn is_mark_alone(&self) -> bool {
        match self.mark {
            CellMark::None => false,
            CellMark::Rating(rating) => self.line.text == rating.word(),
            CellMark::NotIn => true,
        }
    }
}

impl Line {
    pub(super) fn new(text: impl Into<String>, size_pt: f32) -> Line {
        Line { text: text.into(), size_pt, is_bold: false, ink: palette::INK }
    }

    pub(super) fn bold(self) -> Line {
        Line { is_bold: true, ..self }
    }

    pub(super) fn inked(self, ink: Colour) -> Line {
        Line { ink, ..self }
    }
}
