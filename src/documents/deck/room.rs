//! How many words fit on the pages that are drawn from placed items: on a card, in a row of actions, in a map.

use super::super::picks::ContextFigure;
use super::measure::{self, CLAIM_PT, HEADLINE_PT, LABEL_PT, NOTE_PT, TEXT_PT};
use super::one_page::{AreaNames, Card, PlanRow, ToldCard};
use crate::style::fonts::{self, Weight};

/// The width of one of three columns, in points.
pub(super) const COLUMN_PT: f32 = 280.0;

/// The gap between two columns, in points.
pub(super) const BETWEEN_PT: f32 = 24.0;

/// The space at a card's left, with room for a rating's mark, and at its right, in points.
pub(super) const CARD_INSET_PT: (f32, f32) = (42.0, 10.0);

/// The space at the left of a card without a mark, in points.
pub(super) const PLAIN_INSET_PT: f32 = 12.0;

/// The gap between two cards, in points.
pub(super) const CARD_GAP_PT: f32 = 10.0;

/// The height of a column's heading, in points.
pub(super) const COLUMN_HEAD_PT: f32 = 32.0;

/// The height of the bar of all answers under the cards, and the space around it, in points.
pub(super) const OVERALL_PT: (f32, f32) = (25.0, 20.0);

/// The height of a card without its claim, in points: the line under it, and the padding.
pub(super) const CARD_REST_PT: f32 = 36.0;

/// The gap over each text under a claim, in points.
pub(super) const EVIDENCE_GAP_PT: f32 = 5.0;

/// The height of a line of text, as a multiple of its font size: 1.362 from ascender to descender of Noto Sans, less the 0.09 that
/// `deck.typ` takes off.
const LINE: f32 = 1.27;

/// The widths of the columns of actions, in points: what, who leads, by when; the second set has a column for who agreed it.
pub(super) const PLAN_PT: [f32; 3] = [544.0, 232.0, 112.0];
pub(super) const AGREED_PLAN_PT: [f32; 4] = [410.0, 200.0, 104.0, 174.0];

/// The space beside a cell's words, and the same with a rating's mark before them, in points.
const CELL_INSET_PT: f32 = 16.0;
const MARK_ROOM_PT: f32 = CELL_INSET_PT + 32.0;

/// The most rows of a map on one page: with agencies as columns, and with sectors, whose names are shorter and leave more height.
pub(super) const MOST_MAP_ROWS: usize = 13;
pub(super) const MOST_SECTOR_ROWS: usize = 16;

/// The height of a card with `rows` cards in a column that starts at `top`, in points.
pub(super) fn card_height(rows: usize, top: f32) -> f32 {
    let room = measure::FOOT_TOP_PT - OVERALL_PT.0 - OVERALL_PT.1 - top - COLUMN_HEAD_PT;
    (room - CARD_GAP_PT * (rows - 1) as f32) / rows as f32
}

/// The height for a claim with `rows` cards in a column, in points. It reckons with a headline of two lines, so that what fits does not
/// depend on the headline.
fn claim_room(rows: usize) -> f32 {
    card_height(rows, measure::CONTENT_TOP_PT + measure::HEADLINE_LINE_PT as f32) - CARD_REST_PT
}

/// The height of a text at a size, in points.
pub(super) fn text_height(text: &str, size_pt: f32, width_pt: f32) -> f32 {
    measure::lines_at(text, size_pt, width_pt) as f32 * size_pt * LINE
}

/// The size of all claims on a page with `rows` cards in a column: large, unless one of them would take more than two lines or not fit its
/// card.
pub(super) fn claim_size<'c>(rows: usize, mut claims: impl Iterator<Item = &'c Card>) -> f32 {
    let is_short = |card: &Card| measure::lines_bold(&card.claim, CLAIM_PT, card.room_pt()) <= 2;
    let has_room =
        |card: &Card| card.claim_height(CLAIM_PT) + card.evidence_pt() + card.under_more_pt() <= claim_room(rows);
    if claims.all(|card| is_short(card) && has_room(card)) { CLAIM_PT } else { TEXT_PT }
}

/// Whether the line at the foot of a card without a mark takes two lines at most.
pub(super) fn is_two_lines(under: &str) -> bool {
    measure::lines_at(under, LABEL_PT, COLUMN_PT - PLAIN_INSET_PT - CARD_INSET_PT.1) <= 2
}

impl Card {
    /// The space at the left of its words, in points.
    pub(super) fn inset_pt(&self) -> f32 {
        if self.rating.is_some() { CARD_INSET_PT.0 } else { PLAIN_INSET_PT }
    }

    /// The width of its words, in points.
    fn room_pt(&self) -> f32 {
        COLUMN_PT - self.inset_pt() - CARD_INSET_PT.1
    }

    /// Whether its words fit at the size of text, with what is under them, with `rows` cards in a column.
    pub(super) fn has_room(&self, rows: usize) -> bool {
        let lines = match self.is_own_line {
            true => measure::lines_bold(&self.claim, TEXT_PT, self.room_pt()),
            false => measure::lines_at(&self.claim, TEXT_PT, self.room_pt()),
        };
        lines as f32 * TEXT_PT * LINE + self.evidence_pt() + self.under_more_pt() <= claim_room(rows)
    }

    /// The line at its foot: `said` if it fits, else the first of the shorter ones that fits, else the last.
    pub(super) fn under_line(&self, said: &str, shorter: &[String]) -> String {
        let fits = |text: &&str| fonts::width(text, LABEL_PT, Weight::Regular) <= self.room_pt();
        let all = || std::iter::once(said).chain(shorter.iter().map(String::as_str));
        all().find(fits).or(all().last()).unwrap_or_default().to_string()
    }

    /// The extra height if the line at its foot wraps, in points.
    pub(super) fn under_more_pt(&self) -> f32 {
        let lines = measure::lines_at(&self.under, LABEL_PT, self.room_pt()).max(1);
        (lines - 1) as f32 * LABEL_PT * LINE
    }

    /// The height of what is under its claim, in points.
    pub(super) fn evidence_pt(&self) -> f32 {
        let height = |text: &String| EVIDENCE_GAP_PT + text_height(text, LABEL_PT, self.room_pt());
        self.evidence.iter().map(height).sum()
    }

    /// The height of its claim at a size, in points.
    pub(super) fn claim_height(&self, size_pt: f32) -> f32 {
        let lines = match self.is_own_line || size_pt > TEXT_PT {
            true => measure::lines_bold(&self.claim, size_pt, self.room_pt()),
            false => measure::lines_at(&self.claim, size_pt, self.room_pt()),
        };
        lines as f32 * size_pt * LINE
    }
}

/// The height of the strip of months with what is under it, in points, and that of its bars at most.
pub(super) const STRIP_PT: (f32, f32) = (100.0, 54.0);

/// The heights of the header of actions and of a row, in points: under a headline of one line, and under one of two lines, which leaves a row
/// only the height that two lines need.
const PLAN_HEIGHTS_PT: [(f32, f32); 2] = [(30.0, 41.0), (26.0, 36.0)];

/// The gap over the note under the actions, in points.
pub(super) const PLAN_GAP_PT: f32 = 6.0;

/// The heights of the header of actions and of each row, in points, on a page whose content starts at `top`.
pub(super) fn plan_heights(top: f32, rows: usize) -> Vec<f32> {
    let (header, row) = PLAN_HEIGHTS_PT[usize::from(top > measure::CONTENT_TOP_PT)];
    std::iter::once(header).chain(std::iter::repeat_n(row, rows)).collect()
}

/// Where the actions begin on a page with a strip of months or without, in points from the top.
pub(super) fn plan_top(top: f32, has_strip: bool) -> f32 {
    if has_strip { top + STRIP_PT.0 + PLAN_GAP_PT } else { top }
}

/// How many lines fit in the note under this many actions.
pub(super) fn plan_note_lines(top: f32, has_strip: bool, rows: usize) -> usize {
    let table: f32 = if rows == 0 { 0.0 } else { plan_heights(top, rows).iter().sum::<f32>() + PLAN_GAP_PT };
    let room = measure::FOOT_TOP_PT - 2.0 - plan_top(top, has_strip) - table;
    ((room / (NOTE_PT * LINE)) as usize).max(1)
}

/// Whether a text fits the column that says who agreed an action: two lines.
pub(super) fn has_agreed_room(text: &str) -> bool {
    measure::lines_at(text, LABEL_PT, AGREED_PLAN_PT[3] - CELL_INSET_PT) <= 2
}

impl PlanRow {
    /// The size of its words in a column of this width: smaller if they take two lines.
    pub(super) fn size_pt(&self, width_pt: f32) -> f32 {
        if measure::lines_at(&self.what, TEXT_PT, width_pt - MARK_ROOM_PT) <= 1 { TEXT_PT } else { LABEL_PT }
    }

    /// Whether it fits a row: at most two lines each for what, who leads and by when. Columns are narrower if some actions are agreed.
    pub(super) fn has_room(&self, is_agreed: bool) -> bool {
        let [what, lead, by] = match is_agreed {
            true => [AGREED_PLAN_PT[0], AGREED_PLAN_PT[1], AGREED_PLAN_PT[2]],
            false => PLAN_PT,
        };
        measure::lines_at(&self.what, LABEL_PT, what - MARK_ROOM_PT) <= 2
            && measure::lines_at(&self.lead, LABEL_PT, lead - CELL_INSET_PT) <= 2
            && measure::lines_at(&self.by, LABEL_PT, by - CELL_INSET_PT) <= 2
    }
}

/// The most figures of local context on the page.
pub const MOST_FIGURES: usize = 4;

/// The gap between two figures, or two columns of lines, in points.
pub(super) const BETWEEN_FIGURES_PT: f32 = 24.0;

/// The space over and under the words of a figure, in points.
pub(super) const FIGURE_INSET_PT: f32 = 12.0;

/// The most lines for what a figure is, and for its source and date.
const MOST_FIGURE_LINES: (usize, usize) = (3, 2);

/// The width of a figure on a page with this many, in points.
pub(super) fn figure_width(figures: usize) -> f32 {
    let columns = figures.clamp(2, MOST_FIGURES) as f32;
    (measure::WIDTH_PT - BETWEEN_FIGURES_PT * (columns - 1.0)) / columns
}

impl ContextFigure {
    /// Its source and date.
    pub(super) fn from(&self) -> String {
        format!("{}, {}", self.source, self.date)
    }

    /// Whether it fits beside three others.
    pub(super) fn has_room(&self) -> bool {
        let width = figure_width(MOST_FIGURES);
        measure::lines_bold(&self.figure, HEADLINE_PT, width) <= 1
            && measure::lines_at(&self.what, TEXT_PT, width) <= MOST_FIGURE_LINES.0
            && measure::lines_at(&self.from(), NOTE_PT, width) <= MOST_FIGURE_LINES.1
    }

    /// The heights of the figure, what it is, and where it comes from, in points.
    pub(super) fn heights(&self, width: f32) -> [f32; 3] {
        let what = text_height(&self.what, TEXT_PT, width);
        [HEADLINE_PT * LINE, what, text_height(&self.from(), NOTE_PT, width)]
    }
}

/// The height of a page's figures with the gap under them, in points.
pub(super) fn figures_height(figures: &[ContextFigure]) -> f32 {
    let width = figure_width(figures.len());
    let height = |figure: &ContextFigure| figure.heights(width).iter().sum::<f32>();
    match figures.iter().map(height).max_by(f32::total_cmp) {
        Some(tallest) => tallest + 2.0 * FIGURE_INSET_PT + FIGURES_GAP_PT,
        None => 0.0,
    }
}

/// The gap under the figures of a page, in points.
const FIGURES_GAP_PT: f32 = 22.0;

/// The gap between two lines of local context, in points.
pub(super) const LINES_GAP_PT: f32 = 9.0;

/// The width of a column of lines, with this many columns, in points.
pub(super) fn lines_width(columns: usize) -> f32 {
    if columns > 1 { (measure::WIDTH_PT - BETWEEN_FIGURES_PT) / 2.0 } else { measure::WIDTH_PT }
}

/// The height of a line of local context in a column of this width, in points.
pub(super) fn line_height(line: &str, width: f32) -> f32 {
    text_height(line, TEXT_PT, width) + LINES_GAP_PT
}

/// The space at the sides of the words on a card with a child's line, and over and under them, in points.
pub(super) const TOLD_INSET_PT: (f32, f32) = (14.0, 7.0);

impl ToldCard {
    /// The heights of the line and of its source, in points.
    pub(super) fn heights(&self) -> [f32; 2] {
        let width = measure::WIDTH_PT - 2.0 * TOLD_INSET_PT.0;
        let line = measure::lines_bold(&self.line, CLAIM_PT, width) as f32 * CLAIM_PT * LINE;
        [line, text_height(&self.source, LABEL_PT, width)]
    }

    /// Its height with what is under it, in points.
    pub(super) fn height(&self) -> f32 {
        let [line, source] = self.heights();
        line + source + 2.0 * TOLD_INSET_PT.1 + CARD_GAP_PT
    }

    /// Whether it takes no more than half a page.
    pub(super) fn has_room(&self) -> bool {
        self.height() <= measure::room_under("") as f32 / 2.0
    }
}

/// The space at the left and the right of a cell with a Ref or a short name, in points.
pub(super) const NAMES_INSET_PT: f32 = 6.0;

/// The gap between two areas in a column, in points.
pub(super) const BETWEEN_AREAS_PT: f32 = 9.0;

/// The height of a row of short names without its lines, in points.
const NAMES_ROW_PT: f32 = 3.0;

/// The width of a column of short names, with this many columns but at least two, in points.
pub(super) fn names_width(columns: usize) -> f32 {
    let columns = columns.max(2) as f32;
    (measure::WIDTH_PT - BETWEEN_PT * (columns - 1.0)) / columns
}

/// The width for Refs, in points: enough for the longest, but at most 45% of a column, so that names have the rest.
pub(super) fn refs_width<'r>(refs: impl Iterator<Item = &'r str>) -> f32 {
    let longest = refs.map(|id| fonts::width(id, LABEL_PT, Weight::Regular)).fold(0.0, f32::max);
    // PowerPoint may draw with a font that is a little wider than ours.
    ((longest * 1.15).ceil() + 2.0 * NAMES_INSET_PT + 2.0).min(0.45 * COLUMN_PT)
}

impl AreaNames {
    /// The heights of its header and of its rows, in points, in a column of this width with Refs of that width.
    pub(super) fn heights(&self, refs_pt: f32, width_pt: f32) -> Vec<f32> {
        let (refs, names) = (refs_pt - 2.0 * NAMES_INSET_PT, width_pt - refs_pt - 2.0 * NAMES_INSET_PT);
        let tall = |lines: usize| lines.max(1) as f32 * LABEL_PT * LINE + NAMES_ROW_PT;
        let row = |(reference, name): &(String, String)| {
            tall(measure::lines_at(reference, LABEL_PT, refs).max(measure::lines_at(name, LABEL_PT, names)))
        };
        let header = tall(measure::lines_bold(&self.title, LABEL_PT, names)) + NAMES_ROW_PT;
        std::iter::once(header).chain(self.rows.iter().map(row)).collect()
    }

    /// Its height with what is under it, in points.
    pub(super) fn height(&self, refs_pt: f32, width_pt: f32) -> f32 {
        self.heights(refs_pt, width_pt).iter().sum::<f32>() + BETWEEN_AREAS_PT
    }
}
