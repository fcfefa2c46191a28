//! The colours, in one place, with the contrast that each pair must have.
//!
//! Colours other than those of the ratings are from the palette of the Analysis Function's guidance on charts.

use crate::form::Rating;

/// A colour as `0xRRGGBB`, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u32);

impl Colour {
    /// The colour as `#RRGGBB`.
    pub fn hex(self) -> String {
        format!("#{:06X}", self.0)
    }

    /// Red, green and blue, 0 to 255 each.
    pub fn rgb(self) -> (u8, u8, u8) {
        let [_, red, green, blue] = self.0.to_be_bytes();
        (red, green, blue)
    }

    /// The contrast with another colour, from 1 (none) to 21 (black on white): WCAG 2.2, "contrast ratio".
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The relative luminance, from 0 to 1: WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        // `libm` and not `std`, whose powers may differ in the last digit from one system to another.
        let linear = |value: u8| {
            let share = f64::from(value) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        };
        let (red, green, blue) = self.rgb();
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

/// A fill and the colour of text on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swatch {
    /// The fill.
    pub fill: Colour,
    /// Text and letters on the fill.
    pub ink: Colour,
}

/// Text.
pub const INK: Colour = Colour(0x0B0C0C);
/// Secondary text, and outlines of cells without a rating.
pub const GREY: Colour = Colour(0x505A5F);
/// The background of given cells and cards.
pub const PALE: Colour = Colour(0xF3F2F1);
/// The background of given cells in every second area.
pub const PALE_DARKER: Colour = Colour(0xE1E6EB);
/// Fine lines that carry no meaning.
pub const LINE: Colour = Colour(0xB1B4B6);
/// Text that warns that something is wrong; the colour is never the only sign.
pub const ALARM: Colour = Colour(0x942514);
/// The outline of a cell in question.
pub const QUESTION: Colour = Colour(0x801650);
/// The background of a cell in question.
pub const QUESTION_GROUND: Colour = Colour(0xFFF7BF);
/// The background.
pub const WHITE: Colour = Colour(0xFFFFFF);
/// Ratings that are lower than in the round before.
pub const ORANGE: Colour = Colour(0xF46A25);
/// Headings, headers and figures.
pub const NAVY: Colour = Colour(0x12436D);

/// The colours of a rating. They are never the only sign of it: every cell and segment has a word or letter too.
pub fn rating(rating: Rating) -> Swatch {
    match rating {
        Rating::Red => Swatch { fill: Colour(0x942514), ink: WHITE },
        Rating::Amber => Swatch { fill: Colour(0xFFBF47), ink: INK },
        Rating::Green => Swatch { fill: Colour(0x00703C), ink: WHITE },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_the_published_one() {
        // WCAG 2.2: black on white is 21 to 1; #767676 on white is the lightest grey that passes 4.5.
        assert!((Colour(0).contrast(WHITE) - 21.0).abs() < 1e-9);
        assert!((Colour(0x767676).contrast(WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn text_has_a_contrast_of_4_5_and_outlines_of_3() {
        for pair in Rating::ALL.map(rating) {
            assert!(pair.ink.contrast(pair.fill) >= 4.5, "{pair:?}");
            // The outline tells a segment from the page where its fill does not: amber on white is only 1.6 to 1.
            assert!(
                pair.fill.contrast(WHITE) >= 3.0 || INK.contrast(WHITE) >= 3.0 && INK.contrast(pair.fill) >= 3.0,
                "{pair:?}"
            );
        }
        for (text, ground) in [
            (INK, WHITE),
            (INK, PALE),
            (GREY, WHITE),
            (GREY, PALE),
            (NAVY, WHITE),
            (NAVY, PALE),
            (WHITE, NAVY),
            (INK, PALE_DARKER),
            (INK, QUESTION_GROUND),
            (QUESTION, QUESTION_GROUND),
            (INK, ORANGE),
            (INK, LINE),
        ] {
            assert!(text.contrast(ground) >= 4.5, "{} on {}", text.hex(), ground.hex());
        }
    }
}
