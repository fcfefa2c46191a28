//! Which slide shows what, in plain data: every word, every number on every slide. It goes before inspectors.

pub mod one_page;
mod slide;
mod keys;
mod presenting;
pub mod measure;
mod room;
mod phrases;
mod tables;
mod voices;
mod signs;
mod ratings_map;
mod plan;
mod pictures;
mod texts;
mod story;
mod shown;
pub mod layout;

use super::cover::cover;
use super::inputs::DocumentInputs;

pub use keys::{ALWAYS_SHOWN, SHOWN_ON_REQUEST, has_slide, keys};
pub use phrases::due;
pub use presenting::PresenterNotes;
pub use ratings_map::every_rating;
pub use slide::{Body, Deck, Figure, Front, Grid, GridCell, Header, Paragraph, Quote, Slide};
pub use story::against_the_rule;
use story::{chosen, story};
pub use texts::{RedText, red_texts};

use crate::analysis::Voice;

pub use shown::code;

/// Lays out the deck: the story in its order, without the slides that were left out, and with the officer's own.
pub fn deck(inputs: DocumentInputs<'_>) -> Deck {
    Deck { cover: cover(inputs), slides: chosen(inputs, story(inputs)) }
}

/// Whether an agency's words, or others in their place, have room on a slide.
pub fn has_quote_room(voice: &Voice, words: &str) -> bool {
    // Whose words they are takes up to two lines more, and a headline of the officer's another.
    let of = Quote { words: words.into(), ..voices::blank(voice) };
    measure::quote(&of, measure::WIDTH_PT) + 2 * measure::height(1) + measure::HEADLINE_LINE_PT
        <= voices::room_under("")
}

/// Whether a headline has room on a slide: two lines.
pub fn has_headline_room(headline: &str) -> bool {
    measure::headline_lines(headline) <= measure::MOST_HEADLINE_LINES
}
