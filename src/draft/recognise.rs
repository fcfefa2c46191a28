//! The pieces of a document in, what is to become of each out.

use super::blocks::{Block, BlockKind, RowParts};
use super::lay_out;
use super::plan::DraftPlan;
use crate::theme::{PieceFate, SourcePiece, ThemeSource};

/// The longest statement, in characters.
const LONGEST_STATEMENT: usize = 2_000;

/// What is to become of each piece.
pub(super) fn plan(file: &str, sha256: String, blocks: &[Block]) -> DraftPlan {
    let mut plan = DraftPlan::default();
    plan.source = ThemeSource { file: file.to_string(), sha256, pieces: Vec::new() };
    let mut area = String::new();
    for block in blocks.iter().filter(|block| !block.text.trim().is_empty()) {
        let piece = |fate: PieceFate| SourcePiece::new(block.place.clone(), block.text.clone(), fate);
        let left_out = |why: &str| SourcePiece { why: why.into(), ..piece(PieceFate::LeftOut) };
        let new = match &block.kind {
            BlockKind::Heading(_) => piece(PieceFate::Area),
            _ if block.text.chars().count() > LONGEST_STATEMENT => {
                left_out("longer than the 2,000 characters of a statement")
            }
            BlockKind::Item(0) => piece(PieceFate::Statement),
            BlockKind::Item(_) => piece(PieceFate::GoesOn),
            BlockKind::Row(parts) => {
                if !parts.area.trim().is_empty() && parts.area != area {
                    area = parts.area.clone();
                    let place = format!("{}, its area", block.place);
                    plan.source.pieces.push(SourcePiece::new(place, area.clone(), PieceFate::Area));
                    plan.parts.push(RowParts::default());
                }
                piece(PieceFate::Statement)
            }
            BlockKind::Paragraph => left_out("no list item and no heading of one"),
            BlockKind::Aside => left_out("not part of the page's content"),
        };
        let new = SourcePiece { doubt: block.doubts.join("; "), ..new };
        plan.source.pieces.push(new);
        plan.parts.push(if let BlockKind::Row(parts) = &block.kind { parts.clone() } else { RowParts::default() });
    }
    leave_out_empty_headings(&mut plan.source);
    say_why_groups(&mut plan);
    plan
}

fn leave_out_empty_headings(source: &mut ThemeSource) {
    for at in source.open_pieces() {
        if source.pieces[at].fate == PieceFate::Area {
            source.pieces[at].fate = PieceFate::LeftOut;
            source.pieces[at].why = "a heading with no statement under it".into();
        }
    }
}

/// Notes why groups are suggested, where no table names them.
fn say_why_groups(plan: &mut DraftPlan) {
    for statement in plan.source.wordings().statements {
        let named = lay_out::table_groups(&plan.parts[statement.piece]);
        if !named.everyone && named.named.is_empty() {
            plan.source.pieces[statement.piece].groups_why = super::suggest::asked(&statement.wording).1;
        }
    }
}
