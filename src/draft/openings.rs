//! What is said before the statements of an area, or under a heading over several areas, and states nothing.

use super::blocks::{Block, BlockKind};
use super::headings::{PartKind, kind_of_part};
use super::parts::{DocumentPart, Holding};
use super::reasons;
use super::statements::Becomes;
use crate::theme::PieceFate;

/// The most numbered paragraphs under a heading over areas that only introduce them.
const MOST_NUMBERED: usize = 2;

/// Leaves out what introduces areas: paragraphs under a heading that is over others with statements, and those between the heading of an
/// area and its lead-in where the areas are built alike. `areas` are those with labels: what is under headings inside them is theirs.
pub(super) fn leave_out(parts: &[DocumentPart], blocks: &[Block], areas: &[usize], became: &mut [Becomes]) {
    let introducing = (0..parts.len()).filter(|at| introduces(parts, *at, blocks, areas, became));
    let mut left_out: Vec<usize> = introducing.flat_map(|at| parts[at].from..parts[at].to).collect();
    let openings: Vec<Opening<'_>> = parts.iter().filter_map(|part| opening(part, blocks, became)).collect();
    if are_built_alike(&openings, became) {
        left_out.extend(openings.iter().flat_map(|opening| opening.before.iter().copied()));
    }
    for at in left_out {
        if became[at].fate != PieceFate::LeftOut {
            became[at] = Becomes::left_out(reasons::AROUND);
        }
    }
}

fn has_statement(part: &DocumentPart, became: &[Becomes]) -> bool {
    became[part.from..part.to].iter().any(|one| one.fate.is_statement() || one.fate == PieceFate::Point)
}

/// Whether what is under a heading only introduces the areas under it: it is in no list, and they have statements.
fn introduces(parts: &[DocumentPart], at: usize, blocks: &[Block], areas: &[usize], became: &[Becomes]) -> bool {
    let part = &parts[at];
    let Some(heading) = part.heading.filter(|heading| !areas.contains(heading)) else { return false };
    let content = || blocks[part.from..part.to].iter().filter(|block| block.is_content());
    let listed = content().filter(|block| !matches!(block.kind, BlockKind::Paragraph));
    let numbered = content().filter(|block| block.list_place().is_some_and(|place| place.is_numbered)).count();
    if part.holds != Holding::Evaluated || listed.count() > numbered || numbered > MOST_NUMBERED {
        return false;
    }
    let says = |heading: usize| kind_of_part(&blocks[heading].text) == Some(PartKind::Evaluated);
    // In a text whose headings are all alike, "What we evaluate" is over those after it.
    let is_over = |next: &&DocumentPart| {
        let is_beside = next.level == part.level && says(heading) && !next.heading.is_some_and(says);
        next.holds == Holding::Evaluated && (next.level > part.level || is_beside)
    };
    let is_over_areas = parts[at + 1..].iter().take_while(is_over).filter(|next| has_statement(next, became)).count();
    is_over_areas > 1
}

/// Paragraphs between the heading of an area and its first lead-in.
struct Opening<'b> {
    before: Vec<usize>,
    lead: &'b str,
}

fn opening<'b>(part: &DocumentPart, blocks: &'b [Block], became: &[Becomes]) -> Option<Opening<'b>> {
    part.heading?;
    let leads = |one: &Becomes| one.fate == PieceFate::LeadIn || one.why == reasons::ANNOUNCES;
    let lead = (part.from..part.to).find(|at| leads(&became[*at]))?;
    let before: Vec<usize> = (part.from..lead).filter(|at| blocks[*at].is_content()).collect();
    let are_words = before.iter().all(|at| blocks[*at].kind == BlockKind::Paragraph);
    are_words.then(|| Opening { before, lead: &blocks[lead].text })
}

/// Whether areas are built alike, each with a paragraph before its lead-in: then none of these states something, whoever it begins with.
/// They are alike if their lead-ins are the same, or if most of these paragraphs are left out already for other reasons.
fn are_built_alike(openings: &[Opening<'_>], became: &[Becomes]) -> bool {
    let with = openings.iter().filter(|opening| !opening.before.is_empty());
    let (mut count, mut explaining) = (0, 0);
    for opening in with {
        count += 1;
        explaining += usize::from(opening.before.iter().all(|at| became[*at].fate == PieceFate::LeftOut));
    }
    let is_usual = count > 1 && 10 * count >= 8 * openings.len();
    let first = openings.first().map(|opening| opening.lead);
    let same = openings.iter().filter(|opening| Some(opening.lead) == first).count();
    is_usual && (10 * same >= 8 * openings.len() || 2 * explaining > count)
}
