//! The mark of a rating: its shape, letter and colour. Any one of the three is enough, so nothing is lost in grey print or to colour
//! blindness.

use super::fonts::{self, FAMILY, Weight};
use super::palette::{self, Swatch};
use crate::form::Rating;

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkShape {
    /// Red.
    Square,
    /// Amber.
    Diamond,
    /// Green.
    Circle,
}

/// The shape of a rating's mark.
pub fn shape(rating: Rating) -> MarkShape {
    match rating {
        Rating::Red => MarkShape::Square,
        Rating::Amber => MarkShape::Diamond,
        Rating::Green => MarkShape::Circle,
    }
}

/// The mark as a drawing of 24 by 24 points, for a document with our fonts embedded.
pub fn svg(rating: Rating) -> String {
    let text = format!(
        "<text x=\"12\" y=\"16.6\" text-anchor=\"middle\" font-family=\"{FAMILY}\" font-size=\"13\" font-weight=\"bold\" \
         fill=\"{}\">{}</text>",
        palette::rating(rating).ink.hex(),
        rating.letter()
    );
    drawing(rating, &text)
}

/// The same with its letter as an outline, for a page that a browser draws.
pub fn outlined_svg(rating: Rating) -> String {
    let letter = rating.letter().to_string();
    let left = 12.0 - fonts::width(&letter, 13.0, Weight::Bold) / 2.0;
    let path = fonts::outlines(&letter, (left, 16.6), 13.0, Weight::Bold);
    drawing(rating, &format!("<path fill=\"{}\" d=\"{path}\"/>", palette::rating(rating).ink.hex()))
}

/// The shape with what is in it.
fn drawing(rating: Rating, inside: &str) -> String {
    let Swatch { fill, .. } = palette::rating(rating);
    let look = format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"", fill.hex(), palette::INK.hex());
    let shape = match shape(rating) {
        MarkShape::Square => format!("<rect x=\"1.5\" y=\"1.5\" width=\"21\" height=\"21\" {look}/>"),
        MarkShape::Diamond => format!("<polygon points=\"12,0.5 23.5,12 12,23.5 0.5,12\" {look}/>"),
        MarkShape::Circle => format!("<circle cx=\"12\" cy=\"12\" r=\"11\" {look}/>"),
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24\" height=\"24\" viewBox=\"0 0 24 24\">{shape}{inside}</svg>"
    )
}

/// The dashed box of an answer that is not in, as a drawing of 24 by 24 points.
pub fn not_in_svg() -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24\" height=\"24\" viewBox=\"0 0 24 24\"><rect x=\"2\" y=\"2\" width=\"20\" \
         height=\"20\" fill=\"none\" stroke=\"{}\" stroke-width=\"1\" stroke-dasharray=\"2.5 2\"/></svg>",
        palette::GREY.hex()
    )
}
