//! The day-one presentation as plain data: every word and number on every slide. Inspectors see it.

pub mod one_page;
mod slide;
mod keys;
mod presenting;
pub mod measure;
mod room;
mod phrases;
mod tables;
mod signs;
mod voices;
mod ratings_map;
mod plan;
mod pictures;
mod texts;
mod our_area;
mod changed;
mod statements;
mod story;
mod shown;
mod items;
pub mod layout;

use super::cover::cover;
use super::inputs::DocumentInputs;
use super::picks::{ChildrensLine, ContextFigure, Picked, PickedAction};

pub use keys::{SHOWN_ON_REQUEST, has_slide, is_always_shown, keys};
pub use phrases::due;
pub use plan::MOST_ACTIONS;
pub use presenting::PresenterNotes;
pub use ratings_map::every_rating;
pub use room::MOST_FIGURES;
pub use slide::{Body, Deck, Figure, Front, Grid, GridCell, Header, Paragraph, Quote, Slide};
pub use story::against_the_rule;
use story::{chosen, story};
pub use texts::{RedText, red_texts};

use crate::analysis::Analysis;

pub use shown::{code, code_of_picks};

/// Lays out the deck: the story in order, without the slides the officer left out and with those the officer added.
pub fn deck(inputs: DocumentInputs<'_>) -> Deck {
    let slides = chosen(inputs, story(inputs)).into_iter();
    let slides =
        slides.map(|slide| Slide { ratings: keys::which_ratings(&inputs.analysis.numbers, &slide.key), ..slide });
    Deck { cover: cover(inputs), slides: slides.collect() }
}

/// Whether chosen words fit a slide, together with what goes under them.
pub fn has_quote_room(picked: &Picked) -> bool {
    voices::has_room(picked)
}

/// Whether a chosen action fits the page of what needs to happen.
pub fn has_action_room(analysis: &Analysis, picked: &PickedAction) -> bool {
    plan::has_room(analysis, picked)
}

/// Whether a figure fits the page of our area.
pub fn has_figure_room(figure: &ContextFigure) -> bool {
    figure.has_room()
}

/// Whether something that children told the partnership fits its page.
pub fn has_childrens_room(line: &ChildrensLine) -> bool {
    our_area::of_officer(line).has_room()
}

/// Whether a headline fits a slide: at most two lines.
pub fn has_headline_room(headline: &str) -> bool {
    measure::headline_lines(headline) <= measure::MOST_HEADLINE_LINES
}
