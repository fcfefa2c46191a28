//! The pieces of a document in, what is to become of each out.
//!
//! Parts that are not evaluated are left out whole, each for its reason. In those that are, a heading with statements under it is an
//! area, a lead-in goes before each point of its list, and what is neither is left out.

use super::blocks::{Block, BlockKind, RowParts};
use super::lay_out;
use super::parts::{self, DocumentPart, Holding};
use super::plan::{DraftPlan, FoundFramework};
use super::reasons;
use super::statements::{self, Becomes};
use super::suggest;
use crate::core::words;
use crate::theme::{PieceFate, SourcePiece, ThemeSource};

/// The longest statement, in characters.
const LONGEST_STATEMENT: usize = 2_000;

/// What is to become of each piece.
pub(super) fn plan(file: &str, sha256: String, blocks: Vec<Block>) -> DraftPlan {
    let blocks: Vec<Block> = blocks.into_iter().filter(|block| !block.text.trim().is_empty()).collect();
    let found = parts::parts(&blocks);
    let title = parts::title(&blocks, &found);
    let has_lists = blocks.iter().any(|block| matches!(block.kind, BlockKind::Item(_) | BlockKind::Row(_)));
    let mut became: Vec<Becomes> = vec![Becomes::left_out(reasons::AROUND); blocks.len()];
    for part in &found {
        if let Some(heading) = part.heading {
            became[heading] = heading_becomes(part, title);
        }
        part_becomes(part, &blocks, has_lists, &mut became[part.from..part.to]);
    }
    for (block, became) in blocks.iter().zip(&mut became) {
        match block.kind {
            BlockKind::Aside(why) => *became = Becomes::left_out(why),
            _ if block.text.chars().count() > LONGEST_STATEMENT && became.fate != PieceFate::LeftOut => {
                *became = Becomes::left_out(reasons::TOO_LONG);
            }
            _ => {}
        }
    }
    let framework = framework(&blocks, title);
    let mut plan = in_order(file, sha256, &blocks, became);
    plan.framework = framework;
    leave_out_headings(&mut plan.source, &found);
    say_why_groups(&mut plan);
    plan
}

fn heading_becomes(part: &DocumentPart, title: Option<usize>) -> Becomes {
    match part.holds {
        _ if part.heading == title => Becomes::left_out(reasons::TITLE),
        Holding::Evaluated | Holding::MayBeEvaluated => Becomes::of(PieceFate::Area),
        Holding::Introduction => Becomes::left_out(reasons::INTRODUCTION),
        Holding::Procedure => Becomes::left_out(reasons::PROCEDURE),
        Holding::Outside => Becomes::left_out(reasons::OUTSIDE),
    }
}

fn part_becomes(part: &DocumentPart, blocks: &[Block], has_lists: bool, became: &mut [Becomes]) {
    let blocks = &blocks[part.from..part.to];
    let why = match part.holds {
        Holding::Evaluated => return statements::become_of(blocks, true, became),
        Holding::MayBeEvaluated if has_lists => return statements::become_of(blocks, false, became),
        Holding::MayBeEvaluated => reasons::AROUND,
        Holding::Introduction => reasons::INTRODUCTION,
        Holding::Procedure => reasons::PROCEDURE,
        // What is before the first heading is on its way to what is evaluated.
        Holding::Outside if part.heading.is_none() => reasons::INTRODUCTION,
        Holding::Outside => reasons::OUTSIDE,
    };
    for (block, became) in blocks.iter().zip(became) {
        *became = match &block.kind {
            // A table with one statement a row says itself what it is.
            BlockKind::Row(row) if !row.area.is_empty() || !row.reference.is_empty() => {
                Becomes::of(PieceFate::Statement)
            }
            _ if super::furniture::is_publishing(&block.text) => Becomes::left_out(reasons::PUBLISHING),
            _ => Becomes::left_out(why),
        };
    }
}

/// The pieces with their fates. A row of a table that names its area has a piece for it.
fn in_order(file: &str, sha256: String, blocks: &[Block], became: Vec<Becomes>) -> DraftPlan {
    let mut plan = DraftPlan {
        source: ThemeSource { file: file.to_string(), sha256, pieces: Vec::new() },
        ..DraftPlan::default()
    };
    let mut area = String::new();
    for (block, became) in blocks.iter().zip(became) {
        let parts = if let BlockKind::Row(parts) = &block.kind { parts.clone() } else { RowParts::default() };
        if became.fate == PieceFate::Statement && !parts.area.trim().is_empty() && parts.area != area {
            area = parts.area.clone();
            let place = format!("{}, its area", block.place);
            plan.source.pieces.push(SourcePiece::new(place, area.clone(), PieceFate::Area));
            plan.parts.push(RowParts::default());
        }
        if became.fate == PieceFate::Area {
            area = block.text.clone();
        }
        let doubts: Vec<&str> = block.doubts.iter().map(String::as_str).chain(became.doubt).collect();
        let piece = SourcePiece::new(block.place.clone(), block.text.clone(), became.fate);
        plan.source.pieces.push(SourcePiece { why: became.why.to_string(), doubt: doubts.join("; "), ..piece });
        plan.parts.push(parts);
    }
    plan
}

/// Headings with no statement under them are no areas.
fn leave_out_headings(source: &mut ThemeSource, parts: &[DocumentPart]) {
    let mut open = source.open_pieces();
    open.retain(|at| source.pieces[*at].fate == PieceFate::Area);
    for at in open {
        let next = source.pieces[at + 1..].iter().find(|piece| piece.fate != PieceFate::LeftOut);
        let is_over = parts.len() > 2 && next.is_some_and(|next| next.fate == PieceFate::Area);
        let piece = &mut source.pieces[at];
        piece.fate = PieceFate::LeftOut;
        piece.why = if is_over { reasons::OVER_HEADINGS } else { reasons::EMPTY_HEADING }.into();
    }
    // A lead-in whose list came to nothing leads nothing in.
    for at in source.open_pieces() {
        let piece = &mut source.pieces[at];
        if piece.fate != PieceFate::LeftOut {
            piece.fate = PieceFate::LeftOut;
            piece.why = reasons::AROUND.into();
        }
    }
}

/// Notes why groups are suggested, where no table names them.
fn say_why_groups(plan: &mut DraftPlan) {
    for statement in plan.source.wordings().statements {
        let named = lay_out::table_groups(&plan.parts[statement.piece]);
        if !named.everyone && named.named.is_empty() {
            plan.source.pieces[statement.piece].groups_why = suggest::asked(&statement.wording).1;
        }
    }
}

/// Who publishes frameworks, as documents name them.
const PUBLISHERS: [&str; 6] = [
    "Ofsted",
    "Care Quality Commission",
    "HMICFRS",
    "HM Inspectorate of Probation",
    "HMI Probation",
    "Department for Education",
];

/// What the document says of itself before its first statements.
fn framework(blocks: &[Block], title: Option<usize>) -> FoundFramework {
    let mut found = FoundFramework {
        title: title.map(|title| blocks[title].text.clone()).unwrap_or_default(),
        ..FoundFramework::default()
    };
    for block in blocks.iter().filter(|block| super::furniture::is_publishing(&block.text)) {
        let folded = block.text.to_lowercase();
        let after =
            ["published on", "published:", "published", "publication date:", "first published:", "first published"]
                .iter()
                .find_map(|words| {
                    folded.starts_with(words).then(|| block.text[words.len()..].trim_start_matches([':', ' ']))
                });
        let date = after.and_then(|after| {
            let day: Vec<&str> = after.split_whitespace().take(3).collect();
            words::read_date(day.join(" ").trim_end_matches(['.', ',']))
        });
        found.published = found.published.or(date);
    }
    let head = blocks.iter().take(40).filter(|block| block.text.starts_with("From") || block.text.contains("publish"));
    let names: Vec<String> = head.map(|block| block.text.clone()).collect();
    let named: Vec<&str> = PUBLISHERS.into_iter().filter(|name| names.iter().any(|text| text.contains(name))).collect();
    if !named.is_empty() {
        found.publisher = words::list(&named);
    }
    found
}
