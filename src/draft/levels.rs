//! How high the headings of a text are, which has no styles: those that are set alike are of one level.

use super::blocks::{Block, BlockKind};
use super::headings::kind_of_part;

/// How a heading is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingStyle {
    /// With as many signs as it is deep, as in Markdown.
    Sharps(u8),
    /// "Part 2: What we look at".
    Part,
    /// "2. Leadership", "2.1 Finding children": how many points its number has inside.
    Numbered(u8),
    /// "LEADERSHIP".
    Capitals,
    /// "Area 3: Prevention".
    Labelled,
    /// Nothing but short and set off.
    Plain,
    /// A row of a table.
    InTable,
}

impl HeadingStyle {
    /// The level among other styles, from 1, where nothing else says it.
    fn rank(self) -> u8 {
        match self {
            HeadingStyle::Sharps(depth) => depth,
            HeadingStyle::Part => 1,
            HeadingStyle::Numbered(points) => 2 + points.min(3),
            HeadingStyle::Capitals => 2,
            HeadingStyle::Labelled => 6,
            HeadingStyle::Plain => 7,
            HeadingStyle::InTable => 8,
        }
    }
}

/// Sets the levels of the headings of a text. The style that names parts of a document ("Introduction", "How we will inspect") is the
/// highest: in some texts these have numbers and the areas none, in others it is the other way round.
pub(super) fn levels(blocks: &mut [Block], styles: &[HeadingStyle]) {
    let headings: Vec<&mut Block> =
        blocks.iter_mut().filter(|block| matches!(block.kind, BlockKind::Heading(_))).collect();
    // Annexes follow the parts and may be set in any way.
    let is_annex = |text: &str| ["annex", "appendix"].iter().any(|label| text.to_lowercase().starts_with(label));
    let names_part: Vec<bool> =
        headings.iter().map(|heading| kind_of_part(&heading.text).is_some() && !is_annex(&heading.text)).collect();
    let count = |style: HeadingStyle| {
        styles.iter().zip(&names_part).filter(|(other, is_part)| **other == style && **is_part).count()
    };
    let mut distinct: Vec<HeadingStyle> = Vec::new();
    for style in styles {
        if !distinct.contains(style) {
            distinct.push(*style);
        }
    }
    let highest =
        distinct.into_iter().max_by_key(|style| (count(*style), 8 - style.rank())).filter(|style| count(*style) > 0);
    for (heading, style) in headings.into_iter().zip(styles) {
        heading.kind = BlockKind::Heading(match highest {
            Some(highest) if highest == *style && !matches!(style, HeadingStyle::Sharps(_)) => 1,
            _ => 1 + style.rank(),
        });
    }
}
