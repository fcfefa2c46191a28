//! A picture: its words, its marks, and its numbers for programs that draw charts of their own.

use super::mark::Mark;
use crate::analysis::ChangeKind;
use crate::form::Rating;
use crate::style::palette::{self, Swatch};

/// The width in points of a chart that has a slide to itself: everything between the margins.
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
    /// The numbers of its bars, for formats with native charts; `None` if it has no bars.
    pub bars: Option<Bars>,
    /// Its width in points.
    pub width_pt: i32,
    /// Its height in points.
    pub height_pt: i32,
    /// What is drawn, in its order.
    pub(super) marks: Vec<Mark>,
}

/// The numbers of a picture of stacked bars, for formats with native charts, with their places in the drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The total over the bars; empty for none.
    pub heading: String,
    /// The bars, from the top.
    pub rows: Vec<Bar>,
    /// What each bar is made of, from the left.
    pub series: Vec<Series>,
    /// The count of the longest bar on any page of the picture, so that all pages have one scale.
    pub longest: usize,
    /// The key.
    pub key: String,
    /// Where the bars with their labels begin and end, in points from the left.
    pub frame_pt: (i32, i32),
    /// The width for each bar's counts after the longest bar, in points; 0 if they are not there.
    pub behind_pt: i32,
    /// How much of that is for the labels, in points; 0 if there are statements beside the bars instead.
    pub labels_pt: i32,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is about: an area, a statement's Ref, an agency.
    pub label: String,
    /// Its statement with the Ref, as drawn; empty if it is about several.
    pub statement: String,
    /// The sentence under the statement; empty for none.
    pub sentence: String,
    /// Its counts by colour in words, for when its parts have no room for numbers; empty if it has none.
    pub counts: String,
    /// How many answers are not in, if that is shown after the bar; `None` if they are part of it.
    pub not_in: Option<usize>,
    /// The words after the bar, as in "2 n/a".
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
    /// Ratings that are higher, the same or lower than in the round before.
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

/// The colours of a kind of change, and its letter for those who do not see colours. None is the colour of a rating, so that none looks good
/// or bad.
pub fn change_look(kind: ChangeKind) -> (Swatch, &'static str) {
    match kind {
        ChangeKind::Higher => (Swatch { fill: palette::NAVY, ink: palette::WHITE }, "H"),
        ChangeKind::Same => (Swatch { fill: palette::LINE, ink: palette::INK }, "S"),
        ChangeKind::Lower => (Swatch { fill: palette::ORANGE, ink: palette::INK }, "L"),
        ChangeKind::NewlyRated | ChangeKind::NoLongerRated => (Swatch { fill: palette::WHITE, ink: palette::INK }, ""),
    }
}
