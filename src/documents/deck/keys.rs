//! Which slides a deck can have, and which it always has.

use super::super::inputs::Length;
use super::super::picks::Picks;
use super::super::slide_key::SlideKey;
use crate::analysis::Analysis;

/// The slides that cannot be left out: what it is, who is not in the picture, what all ratings are, and how it was counted.
pub const ALWAYS_SHOWN: [SlideKey; 4] = [SlideKey::Title, SlideKey::Who, SlideKey::Picture, SlideKey::Method];

/// Every slide that a full deck of these answers can have, in the order of the story.
pub fn keys(analysis: &Analysis) -> Vec<SlideKey> {
    let story = [
        SlideKey::WorkingWell,
        SlideKey::WorriedAbout,
        SlideKey::SeenDifferently,
        SlideKey::NeedsToHappen,
        SlideKey::Context,
        SlideKey::Method,
    ];
    let areas = analysis.numbers.areas.iter().map(|area| SlideKey::Area(area.id.clone()));
    [SlideKey::Title, SlideKey::Who, SlideKey::Picture].into_iter().chain(areas).chain(story).collect()
}

/// Whether a presentation of this length has a slide, were it not left out: a short one has no pages of areas, and without lines there
/// is none for local context.
pub fn has_slide(picks: &Picks, length: Length, key: &SlideKey) -> bool {
    match key {
        SlideKey::Area(_) => length == Length::Full,
        SlideKey::Context => !picks.context.is_empty() || !picks.known_issues.is_empty(),
        _ => true,
    }
}
