//! A picture with what it says in words, its data where a program can draw it again.

use super::mark::Mark;
use crate::analysis::ChangeKind;
use crate::form::Rating;
use crate::style::palette::{self, Swatch};

/// The width in points of a chart that has a slide to itself: what lies between the margins.
pub const FULL_WIDTH_PT: i32 = 888;

/// The width in points of a chart that leaves a column for figures beside it.
pub const SIDE_WIDTH_PT: i32 = 660;

/// One picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The stem of its file's name, as in `areas` or `heatmap-2`.
    pub name: String,
    /// The message, as a headline.
    pub title: String,
    /// What is counted.
    pub subtitle: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// The numbers it draws, where it is bars: for formats that have charts of their own.
    pub bars: Option<Bars>,
    /// Its width in points.
    pub width_pt: i32,
    /// Its height in points.
    pub height_pt: i32,
    /// What is drawn, in its order.
    pub(super) marks: Vec<Mark>,
}

/// The numbers of a picture of stacked bars, for formats that have charts of their own, and where they stand in the drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What all bars come to, over them; empty for nothing.
    pub heading: String,
    /// The bars, from the top.
    pub rows: Vec<Bar>,
    /// What each bar is made of, from the left.
    pub series: Vec<Series>,
    /// How many the longest bar has, of all pages of the picture: every bar is as long as what it counts.
    pub longest: usize,
    /// What the looks of the bars mean.
    pub key: String,
    /// Where the bars with their labels begin and end, in points from the left.
    pub frame_pt: (i32, i32),
    /// The room for each bar's counts behind the longest bar, in points; 0 where they are not there.
    pub behind_pt: i32,
    /// How much of that is for the labels, in points; 0 where the statements beside the bars say what they are about.
    pub labels_pt: i32,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is about: an area, a statement's Ref, an agency.
    pub label: String,
    /// The statement that it is about with its Ref, as it is drawn; empty where it is about several.
    pub statement: String,
    /// What is said of it, under the statement; empty for nothing.
    pub sentence: String,
    /// How many ratings of each colour it has, for where its parts have no room for that; empty where it has none.
    pub counts: String,
    /// How many answers are not in, where they stand behind the bar; `None` where they are part of it.
    pub not_in: Option<usize>,
    /// What is said behind the bar, as in "2 n/a".
    pub beside: String,
    /// The height of its row in points.
    pub height_pt: i32,
}

/// One part of each bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it counts.
    pub kind: SeriesKind,
    /// How many there are in each bar.
    pub values: Vec<usize>,
}

/// What a part of a bar counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesKind {
    /// Ratings of one colour.
    Rating(Rating),
    /// Statements rated.
    Rated,
    /// Statements taken as not applicable.
    NotApplicable,
    /// Statements not answered.
    NotAnswered,
    /// Ratings beside those of the round before: higher, the same, or lower.
    Change(ChangeKind),
}

impl SeriesKind {
    /// The words that people read.
    pub fn words(self) -> &'static str {
        match self {
            SeriesKind::Rating(rating) => rating.word(),
            SeriesKind::Rated => "Rated",
            SeriesKind::NotApplicable => "Not applicable",
            SeriesKind::NotAnswered => "Not answered",
            SeriesKind::Change(kind) => kind.words(),
        }
    }
}

/// `areas`, or `areas-page-2` for the second page of several.
pub(super) fn page_name(name: &str, page: usize, pages: usize) -> String {
    if pages == 1 { name.to_string() } else { format!("{name}-page-{}", page + 1) }
}

/// The look of ratings beside those of the round before, and the letter that tells it where colours are not seen. None is the colour of a
/// rating, and none says good or bad.
pub fn change_look(kind: ChangeKind) -> (Swatch, &'static str) {
    match kind {
        ChangeKind::Higher => (Swatch { fill: palette::NAVY, ink: palette::WHITE }, "H"),
        ChangeKind::Same => (Swatch { fill: palette::LINE, ink: palette::INK }, "S"),
        ChangeKind::Lower => (Swatch { fill: palette::ORANGE, ink: palette::INK }, "L"),
        ChangeKind::NewlyRated | ChangeKind::NoLongerRated => (Swatch { fill: palette::WHITE, ink: palette::INK }, ""),
    }
}
