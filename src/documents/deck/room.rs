//! How much room the pages that are drawn whole have for words: what a card, a row of actions and a map can hold.

use super::measure::{self, CLAIM_PT, LABEL_PT, TEXT_PT};
use super::one_page::{Card, PlanRow};
use crate::style::fonts::{self, Weight};

/// The width of one of three columns, in points.
pub(super) const COLUMN_PT: f32 = 280.0;

/// What a card leaves at its left for the mark of a rating, and at its right, in points.
pub(super) const CARD_INSET_PT: (f32, f32) = (42.0, 10.0);

/// What a card without a mark leaves at its left, in points.
pub(super) const PLAIN_INSET_PT: f32 = 12.0;

/// What is between two cards, in points.
pub(super) const CARD_GAP_PT: f32 = 10.0;

/// What a column has over its cards, in points.
pub(super) const COLUMN_HEAD_PT: f32 = 32.0;

/// The bar of all answers under the cards, and what is before and after it, in points.
pub(super) const OVERALL_PT: (f32, f32) = (25.0, 20.0);

/// What a card has beside the words of its claim, in points: the line under them, and what is over and under both.
pub(super) const CARD_REST_PT: f32 = 36.0;

/// The height of a line of text, in parts of its size.
const LINE: f32 = 1.27;

/// The widths of the columns of actions, in points: what, who leads, by when, agreed.
pub(super) const PLAN_PT: [f32; 4] = [430.0, 232.0, 112.0, 114.0];

/// What a cell leaves beside its words, and what the mark of a rating takes before them, in points.
const CELL_INSET_PT: f32 = 16.0;
const MARK_ROOM_PT: f32 = CELL_INSET_PT + 32.0;

/// The most rows of a map on one page.
pub(super) const MOST_MAP_ROWS: usize = 13;

/// The height of a card where so many are one under another, under a headline that ends at this height, in points.
pub(super) fn card_height(rows: usize, top: f32) -> f32 {
    let room = measure::FOOT_TOP_PT - OVERALL_PT.0 - OVERALL_PT.1 - top - COLUMN_HEAD_PT;
    (room - CARD_GAP_PT * (rows - 1) as f32) / rows as f32
}

/// The room for the words of a claim where so many cards are one under another, under a headline of two lines, in points.
fn claim_room(rows: usize) -> f32 {
    card_height(rows, measure::CONTENT_TOP_PT + measure::HEADLINE_LINE_PT as f32) - CARD_REST_PT
}

/// The size of the claims on a page: large, unless one takes more than two lines.
pub(super) fn claim_size<'c>(mut claims: impl Iterator<Item = &'c Card>) -> f32 {
    let is_short = |card: &Card| measure::lines_bold(&card.claim, CLAIM_PT, card.room_pt()) <= 2;
    if claims.all(is_short) { CLAIM_PT } else { TEXT_PT }
}

/// A line under a claim that has room on its card: as it is, else the first of the shorter ones that has.
pub(super) fn one_line(said: &str, shorter: &[&str]) -> String {
    let room = COLUMN_PT - PLAIN_INSET_PT - CARD_INSET_PT.1;
    let fits = |text: &&str| fonts::width(text, LABEL_PT, Weight::Regular) <= room;
    std::iter::once(&said).chain(shorter).copied().find(fits).unwrap_or_default().to_string()
}

impl Card {
    /// What is free at the left of its words, in points.
    pub(super) fn inset_pt(&self) -> f32 {
        if self.rating.is_some() { CARD_INSET_PT.0 } else { PLAIN_INSET_PT }
    }

    /// The width of its words, in points.
    fn room_pt(&self) -> f32 {
        COLUMN_PT - self.inset_pt() - CARD_INSET_PT.1
    }

    /// Whether its words have room, at the size of text, on a card of which so many are one under another.
    pub(super) fn has_room(&self, rows: usize) -> bool {
        let lines = match self.is_own_line {
            true => measure::lines_bold(&self.claim, TEXT_PT, self.room_pt()),
            false => measure::lines_at(&self.claim, TEXT_PT, self.room_pt()),
        };
        lines as f32 * TEXT_PT * LINE <= claim_room(rows)
    }
}

impl PlanRow {
    /// The size of its words in a column of this width: smaller where they take two lines.
    pub(super) fn size_pt(&self, width_pt: f32) -> f32 {
        if measure::lines_at(&self.what, TEXT_PT, width_pt - MARK_ROOM_PT) <= 1 { TEXT_PT } else { LABEL_PT }
    }

    /// Whether it has room: two lines of words, of who leads, and of date at most.
    pub(super) fn has_room(&self) -> bool {
        let [what, lead, by, _] = PLAN_PT;
        measure::lines_at(&self.what, LABEL_PT, what - MARK_ROOM_PT) <= 2
            && measure::lines_at(&self.lead, LABEL_PT, lead - CELL_INSET_PT) <= 2
            && measure::lines_at(&self.by, LABEL_PT, by - CELL_INSET_PT) <= 2
    }
}
