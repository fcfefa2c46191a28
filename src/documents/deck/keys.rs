//! What slides are called in the officer's choices.

use super::super::inputs::Length;
use super::super::picks::Picks;
use crate::analysis::Analysis;
use crate::core::ids::AreaId;

/// What the keys of areas' slides begin with.
pub const AREA_KEY: &str = "area-";

/// The key of the slides of an area.
pub fn area_key(id: &AreaId) -> String {
    format!("{AREA_KEY}{id}")
}

/// The key of the slides on local context.
pub const CONTEXT: &str = "context";

/// The key of the slides on method: they end the presentation, and none can be left out.
pub const METHOD: &str = "method";

/// The keys of the slides that cannot be left out: what it is, who is not in the picture, what all ratings are, and how it was counted.
pub const ALWAYS_SHOWN: [&str; 4] = ["title", "who", "picture", METHOD];

/// The key of every slide that a full deck of these answers can have.
pub fn keys(analysis: &Analysis) -> Vec<String> {
    let story = ["working-well", "worried-about", "seen-differently", "needs-to-happen", CONTEXT, METHOD];
    let areas = analysis.numbers.areas.iter().map(|area| area_key(&area.id));
    ["title", "who", "picture"].map(str::to_string).into_iter().chain(areas).chain(story.map(str::to_string)).collect()
}

/// Whether a presentation of this length has a slide, were it not left out: a short one has no pages of areas, and without lines there
/// is none for local context.
pub fn has_slide(picks: &Picks, length: Length, key: &str) -> bool {
    match key {
        key if key.starts_with(AREA_KEY) => length == Length::Full,
        CONTEXT => !picks.context.is_empty() || !picks.known_issues.is_empty(),
        _ => true,
    }
}
