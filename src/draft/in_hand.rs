//! A draft as a person looks at it: the pieces of its source in order, and what became of each.

use jiff::civil::Date;

use super::reasons;
use crate::theme::{AskedOf, PieceFate, Theme};

/// A piece of the source with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PieceInHand {
    /// Where it stands in the source.
    pub place: String,
    /// Its words as published.
    pub text: String,
    /// What became of it.
    pub fate: PieceFate,
    /// The title of the area that it is in or begins; empty for none.
    pub area: String,
    /// The statement that begins with it.
    pub statement: Option<StatementInHand>,
    /// The piece that it is joined to, counted from 0: the lead-in before a point, or what it goes on from.
    pub joined_to: Option<usize>,
    /// Why it is left out; empty unless it is.
    pub why: String,
    /// Who says that it is rightly left out, and when; `None` until somebody has.
    pub left_out_by: Option<(String, Option<Date>)>,
    /// Whether a person has to decide about it before workbooks are issued.
    pub is_open: bool,
    /// What to look at; empty for nothing.
    pub doubt: String,
    /// Whether it is left out as a part of the page or the document and not of what it says: navigation, contents, page feet.
    pub is_furniture: bool,
}

/// The reasons for which parts of a page or a document are left out, whatever it says.
const FURNITURE: [&str; 4] = [reasons::NAVIGATION, reasons::CONTENTS, reasons::PAGE_FOOT, reasons::PUBLISHING];

/// A statement with what a person can correct.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementInHand {
    /// Its id.
    pub id: String,
    /// Its wording.
    pub wording: String,
    /// Its wording as published.
    pub published: String,
    /// Whom it is asked of.
    pub asked: AskedOf,
    /// Why these groups are suggested; empty once a person chose them.
    pub groups_why: String,
    /// Its short name; empty for none.
    pub short: String,
}

impl StatementInHand {
    /// Whether its wording is that of the source, to the letter.
    pub fn is_as_published(&self) -> bool {
        self.wording == self.published
    }
}

/// A reason for which pieces are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutReason {
    /// The reason.
    pub why: String,
    /// The pieces, counted from 0.
    pub pieces: Vec<usize>,
    /// How many of them nobody has said yet that they should be.
    pub open: usize,
}

/// The pieces of a theme's source; none where it does not say what it was made from.
pub fn pieces_in_hand(theme: &Theme) -> Vec<PieceInHand> {
    let Some(source) = &theme.source else { return Vec::new() };
    let made = source.wordings();
    let open = source.open_pieces();
    let piece = |(at, piece): (usize, &crate::theme::SourcePiece)| {
        let published = made.statements.iter().find(|statement| statement.piece == at);
        let found = theme.criteria().find(|(_, criterion)| !piece.id.is_empty() && criterion.id.as_str() == piece.id);
        let statement = published.zip(found).map(|(published, (_, criterion))| StatementInHand {
            id: criterion.id.to_string(),
            wording: criterion.text.clone(),
            published: published.wording.clone(),
            asked: criterion.asked.clone(),
            groups_why: piece.groups_why.clone(),
            short: criterion.short.clone(),
        });
        let begun = theme.areas.iter().find(|area| piece.fate == PieceFate::Area && area.id.as_str() == piece.id);
        let area = begun.or(found.map(|(area, _)| area)).map(|area| area.title.clone()).unwrap_or_default();
        let is_lost = piece.fate.is_statement() && statement.is_none();
        PieceInHand {
            place: piece.place.clone(),
            text: piece.text.clone(),
            fate: piece.fate,
            area,
            statement,
            joined_to: made.goes_on_from[at].or(published.and_then(|published| published.lead_ins.last().copied())),
            why: piece.why.clone(),
            left_out_by: (!piece.left_out_by.is_empty()).then(|| (piece.left_out_by.clone(), piece.left_out_on)),
            is_open: open.contains(&at) || is_lost,
            doubt: piece.doubt.clone(),
            is_furniture: piece.fate == PieceFate::LeftOut && FURNITURE.contains(&piece.why.as_str()),
        }
    };
    source.pieces.iter().enumerate().map(piece).collect()
}

/// The reasons for which pieces are left out, in the order in which they come first.
pub fn left_out_reasons(pieces: &[PieceInHand]) -> Vec<LeftOutReason> {
    let mut reasons: Vec<LeftOutReason> = Vec::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.fate == PieceFate::LeftOut) {
        let known = reasons.iter().position(|reason| reason.why == piece.why).unwrap_or_else(|| {
            reasons.push(LeftOutReason { why: piece.why.clone(), pieces: Vec::new(), open: 0 });
            reasons.len() - 1
        });
        reasons[known].pieces.push(at);
        reasons[known].open += usize::from(piece.left_out_by.is_none());
    }
    reasons
}
