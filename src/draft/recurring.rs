//! Headings that come again in each area, as "What good looks like" does: they say what is under them, and the one above names the area.

use std::collections::HashMap;

use super::blocks::{Block, BlockKind};
use super::headings::{PartKind, kind_of_part};
use super::parts::DocumentPart;
use super::reasons;
use super::statements::Becomes;
use crate::theme::PieceFate;

/// Makes areas of the headings over those that come again and say that what is under them is evaluated.
pub(super) fn name_areas(parts: &[DocumentPart], blocks: &[Block], became: &mut [Becomes]) {
    let key = |at: usize| blocks[at].text.to_lowercase();
    let headings: Vec<usize> = parts.iter().filter_map(|part| part.heading).collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    headings.iter().for_each(|at| *times.entry(key(*at)).or_default() += 1);
    let recurs = |at: usize| times.get(&key(at)).is_some_and(|times| *times > 1);
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut last = None;
    for at in headings {
        if !recurs(at) {
            last = Some(at);
        } else if became[at].fate == PieceFate::Area && kind_of_part(&blocks[at].text) == Some(PartKind::Evaluated) {
            above.extend(last.map(|last| (last, at)));
        }
    }
    // Two of them under one heading are areas that are called alike.
    let is_alone = above.windows(2).all(|pair| pair[0].0 != pair[1].0);
    if above.len() < 2 || !is_alone {
        return;
    }
    for (area, inside) in above {
        became[area] = Becomes::new(PieceFate::Area);
        became[inside] = Becomes::left_out(reasons::INSIDE_AREA);
        // What is said before it is about the area.
        for at in (area + 1..inside).filter(|at| blocks[*at].kind == BlockKind::Paragraph) {
            became[at] = Becomes::left_out(reasons::AROUND);
        }
    }
}
