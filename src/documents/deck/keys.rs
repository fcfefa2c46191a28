//! Which slides a deck can have, and which it always has.

use super::super::inputs::Length;
use super::super::picks::Picks;
use super::super::slide_key::SlideKey;
use crate::analysis::Analysis;

/// The slides that cannot be left out: what it is, who is not in the picture, what all ratings are, and how it was counted.
pub const ALWAYS_SHOWN: [SlideKey; 4] = [SlideKey::Title, SlideKey::Who, SlideKey::Picture, SlideKey::Method];

/// The slides that are shown only where the officer says so: this one names every agency's every rating.
pub const SHOWN_ON_REQUEST: [SlideKey; 1] = [SlideKey::EveryRating];

/// Every slide that a full deck of these answers can have, in the order of the story.
pub fn keys(analysis: &Analysis) -> Vec<SlideKey> {
    // An area with statements of several bases has one place in the story.
    let areas = analysis.numbers.areas.chunk_by(|a, b| a.id == b.id);
    let areas = areas.map(|alike| SlideKey::Area(alike[0].id.clone()));
    let before = [SlideKey::Title, SlideKey::Context, SlideKey::SignsOfSafety, SlideKey::Picture];
    let after = [
        SlideKey::EveryRating,
        SlideKey::WorkingWell,
        SlideKey::WorriedAbout,
        SlideKey::NeedsToHappen,
        SlideKey::ChildrenToldUs,
        SlideKey::SeenDifferently,
        SlideKey::Who,
        SlideKey::Method,
    ];
    before.into_iter().chain(areas).chain(after).collect()
}

/// Whether a presentation of this length has a slide, were it not left out: a short one has no pages of areas, of what is working well
/// and of differences; without lines there is none for local context; and every rating is shown only where the officer says so.
pub fn has_slide(picks: &Picks, length: Length, key: &SlideKey) -> bool {
    match key {
        SlideKey::Area(_) | SlideKey::WorkingWell | SlideKey::SeenDifferently => length == Length::Full,
        SlideKey::EveryRating => picks.shown.contains(key),
        SlideKey::Context => !picks.context.is_empty() || !picks.known_issues.is_empty(),
        _ => true,
    }
}
