//! How high the headings of a text are, which has no styles: those that are set alike are of one level, except where its list of
//! contents names some of them only.

use super::blocks::{Block, BlockKind};
use super::headings::kind_of_part;
use super::listed::ListedHeadings;

/// How a heading is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingStyle {
    /// With as many signs as it is deep, as in Markdown.
    Sharps(u8),
    /// "Part 2: What we look at": 0 for a part, 1 for a chapter, 2 for a section.
    Part(u8),
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

/// More than any rank.
const RANKS: u8 = 16;

impl HeadingStyle {
    /// The level among other styles, from 1, where nothing else says it.
    fn rank(self) -> u8 {
        match self {
            HeadingStyle::Sharps(depth) => depth,
            HeadingStyle::Part(label) => 1 + label,
            HeadingStyle::Numbered(points) => 4 + points.min(3),
            HeadingStyle::Capitals => 4,
            HeadingStyle::Labelled => 8,
            HeadingStyle::Plain => 9,
            HeadingStyle::InTable => 10,
        }
    }
}

/// A heading of a text, as its level is looked for.
struct FoundHeading<'b> {
    /// Its place among the pieces.
    at: usize,
    style: HeadingStyle,
    words: &'b str,
    /// How deep the list of contents has it; 0 where there is none.
    depth: u8,
    /// Whether its words name a part of the document.
    names_part: bool,
}

/// Sets the levels of the headings of a text. What its list of contents tells goes first. Else the style that names parts of a document
/// ("Introduction", "How we will inspect") is the highest: in some texts these have numbers and the areas none, in others it is the
/// other way round.
pub(super) fn levels(blocks: &mut [Block], styles: &[HeadingStyle], listed: &ListedHeadings) {
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
    let places = (0..blocks.len()).filter(|at| is_heading(&blocks[*at]));
    let mut headings: Vec<FoundHeading<'_>> = places
        .zip(styles)
        .map(|(at, style)| FoundHeading {
            at,
            style: *style,
            words: blocks[at].text.as_str(),
            depth: 0,
            // Annexes follow the parts and may be set in any way.
            names_part: kind_of_part(&blocks[at].text).is_some() && !is_annex(&blocks[at].text),
        })
        .collect();
    take_depths(&mut headings, listed);
    // Signs say themselves how deep they are.
    let highest = highest(&headings, blocks).filter(|style| !matches!(style, HeadingStyle::Sharps(_)));
    let level = |heading: &FoundHeading<'_>| match highest {
        Some(highest) if heading.depth == 0 && highest == heading.style => 1,
        _ => 1 + RANKS * heading.depth + heading.style.rank(),
    };
    let levels: Vec<(usize, u8)> = headings.iter().map(|heading| (heading.at, level(heading))).collect();
    for (at, level) in levels {
        blocks[at].kind = BlockKind::Heading(level);
    }
}

fn is_annex(text: &str) -> bool {
    ["annex", "appendix"].iter().any(|label| text.to_lowercase().starts_with(label))
}

/// Takes how deep headings are from the list of contents. What comes before the first that it names is the title, and annexes are often
/// not in it. Others that it leaves out are under those that it names, unless they are set as one of them is.
fn take_depths(headings: &mut [FoundHeading<'_>], listed: &ListedHeadings) {
    let signs = |heading: &FoundHeading<'_>| matches!(heading.style, HeadingStyle::Sharps(_));
    if headings.iter().any(signs) || !listed.names(headings.iter().map(|heading| heading.words)) {
        return;
    }
    let depths: Vec<Option<u8>> = headings.iter().map(|heading| listed.depth(heading.words)).collect();
    let first = depths.iter().position(Option::is_some).unwrap_or_default();
    let set_alike = |style: HeadingStyle| {
        let is_told = !matches!(style, HeadingStyle::Plain | HeadingStyle::InTable);
        let alike = headings.iter().zip(&depths).filter(|(heading, _)| is_told && heading.style == style);
        alike.filter_map(|(_, depth)| *depth).min()
    };
    let found: Vec<u8> = headings
        .iter()
        .zip(&depths)
        .enumerate()
        .map(|(at, (heading, depth))| match depth {
            Some(depth) => *depth,
            None if at < first || is_annex(heading.words) => 0,
            None => set_alike(heading.style).unwrap_or(listed.below()),
        })
        .collect();
    headings.iter_mut().zip(found).for_each(|(heading, depth)| heading.depth = depth);
}

/// The style of the highest headings; `None` where no heading names a part.
fn highest(headings: &[FoundHeading<'_>], blocks: &[Block]) -> Option<HeadingStyle> {
    let outer: Vec<&FoundHeading<'_>> = headings.iter().filter(|heading| heading.depth == 0).collect();
    let naming = || outer.iter().filter(|heading| heading.names_part);
    let count = |style: HeadingStyle| naming().filter(|heading| heading.style == style).count();
    // What stands before the first part is the title.
    let first = naming().map(|heading| heading.at).next().unwrap_or_default();
    let follow = |above: HeadingStyle, below: HeadingStyle| {
        let is_empty = |from: usize, to: usize| !blocks[from + 1..to].iter().any(Block::is_content);
        outer.windows(2).any(|pair| {
            let is_pair = pair[0].style == above && pair[1].style == below;
            is_pair && pair[0].at >= first && is_empty(pair[0].at, pair[1].at)
        })
    };
    let begins = |style: HeadingStyle| outer.iter().find(|heading| heading.style == style).map(|heading| heading.at);
    let is_part = |style: HeadingStyle| matches!(style, HeadingStyle::Part(_));
    // A heading directly under another is below it. Parts that begin the document hold all that comes after.
    let is_under = |style: HeadingStyle, other: HeadingStyle| {
        let begins_it = is_part(other) && !is_part(style) && count(other) > 1 && begins(other) <= Some(first);
        follow(other, style) && !follow(style, other) || begins_it
    };
    let mut distinct: Vec<HeadingStyle> = Vec::new();
    for heading in &outer {
        if count(heading.style) > 0 && !distinct.contains(&heading.style) {
            distinct.push(heading.style);
        }
    }
    let is_highest = |style: &&HeadingStyle| !distinct.iter().any(|other| other != *style && is_under(**style, *other));
    let rated = |style: &&HeadingStyle| (count(**style), RANKS - style.rank());
    distinct.iter().filter(is_highest).max_by_key(rated).or(distinct.iter().max_by_key(rated)).copied()
}
