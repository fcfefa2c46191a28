//! The slide master and its layouts: where each placeholder is, and the partnership's colours.
//!
//! Slides take positions and fonts from their layout, so that a partnership can apply its own template in PowerPoint. Positions are filled
//! into the layouts here, because the PDF uses the same ones and they are defined once.

use super::xml::{BoxPt, PAGE_PT, transform};
use crate::documents::Cover;
use crate::documents::deck::layout;
use crate::documents::deck::measure::{
    FOOT_TOP_PT, HEADLINE_LINE_PT, HEADLINE_TOP_PT, MARGIN_PT, MOST_HEADLINE_LINES, WIDTH_PT, content_top,
};

/// The width of the coloured part of the first slide, in points.
pub(super) const PANEL_PT: f32 = 557.0;

/// The space at the left of the first slide's panel, and the width beside it, in points.
const FRONT_LEFT_PT: f32 = 44.0;
const FRONT_WIDTH_PT: f32 = 470.0;

/// A template of the master with its places and colours.
pub(super) fn filled(template: &str, cover: &Cover) -> String {
    let mut filled = template.to_string();
    for (mark, place) in places() {
        filled = filled.replace(&format!("@{mark}@"), &transform(place, "a"));
    }
    let hex = |colour: crate::style::palette::Colour| colour.hex().trim_start_matches('#').to_string();
    filled.replace("@BRAND@", &hex(cover.brand.colour)).replace("@SECOND@", &hex(cover.brand.second))
}

/// The place of each placeholder, by its mark in the templates.
fn places() -> [(&'static str, BoxPt); 12] {
    let (left, top) = MARGIN_PT;
    let [owner, marking, state] = layout::foot_frames();
    // The title is as tall as two lines on every slide; content under a headline of one line overlaps its empty second line.
    let headline = (HEADLINE_LINE_PT * MOST_HEADLINE_LINES) as f32;
    let content = content_top("");
    [
        ("TITLE", [left, HEADLINE_TOP_PT, WIDTH_PT, headline]),
        ("SECTION", [left, top, WIDTH_PT, 20.0]),
        ("CONTENT", [left, content, WIDTH_PT, FOOT_TOP_PT - content]),
        ("OWNER", owner),
        ("MARKING", marking),
        ("STATE", state),
        ("NUMBER", [left + WIDTH_PT - 22.0, FOOT_TOP_PT, 22.0, 16.0]),
        ("GROUND", [0.0, 0.0, PANEL_PT, PAGE_PT.1]),
        ("FRONT_TITLE", [FRONT_LEFT_PT, 150.0, FRONT_WIDTH_PT, 180.0]),
        ("FRONT_MARKING", [FRONT_LEFT_PT, 40.0, 300.0, 24.0]),
        ("FRONT_SUBTITLE", [FRONT_LEFT_PT, 340.0, FRONT_WIDTH_PT, 56.0]),
        ("FRONT_STATE", [PANEL_PT - 144.0, 40.0, 100.0, 24.0]),
    ]
}
