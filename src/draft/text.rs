//! Pasted text, and text out of a PDF: lines in, pieces out. A line that is no new piece goes on with the one before it.

use super::blocks::{Block, BlockKind, ListPlace};
use super::footnotes;
use super::lead_ins::ends_open;
use super::levels::{HeadingStyle, levels};
use super::listed::ListedHeadings;
use super::marks::{LineMark, MarkPlaces, TypedBullets, is_bare_mark, marked};
use super::reasons;
use super::table;
use super::text_headings::{HeadingLines, heading_at};
use super::text_lines::TextLines;
use super::text_rows::TextRow;
use super::wrapped::join;

/// Decodes a text: by its byte-order mark, else UTF-8, else the Windows code page of western Europe, in which every byte means
/// something, so that no letter is lost.
pub fn decode(bytes: &[u8]) -> String {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]) {
        Some(text) => text.into_owned(),
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The most lines of a list without bullets that are looked at from one of them.
const LONGEST_LOST_LIST: usize = 100;

/// A text while its lines become pieces.
struct TextWalk<'t> {
    lines: TextLines<'t>,
    blocks: Vec<Block>,
    /// The styles of the headings, in order.
    styles: Vec<HeadingStyle>,
    /// The bullets in the open list.
    bullets: TypedBullets,
    marks: MarkPlaces,
    /// The piece that a next line may go on with.
    open: Option<usize>,
}

/// The pieces of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = TextLines::of_text(text);
    let numbers = footnotes::numbers(&lines.rows);
    let mut walk = TextWalk {
        lines,
        blocks: Vec::new(),
        styles: Vec::new(),
        bullets: TypedBullets::default(),
        marks: MarkPlaces::default(),
        open: None,
    };
    let mut at = 0;
    while at < walk.lines.rows.len() {
        at += walk.row(at);
    }
    let listed = ListedHeadings::in_rows(&walk.lines.rows, &walk.lines.reasons);
    levels(&mut walk.blocks, &walk.styles, &listed);
    for block in &mut walk.blocks {
        block.text = footnotes::bracketed(&block.text, &numbers);
    }
    walk.blocks
}

impl TextWalk<'_> {
    /// Takes a line, and says how many lines were taken with it.
    fn row(&mut self, at: usize) -> usize {
        let row = self.lines.rows[at].clone();
        if let Some(reason) = self.lines.reasons[at] {
            self.push(&row, BlockKind::Aside(reason), row.words);
            return 1;
        }
        if let Some(lines) = self.table(at) {
            return lines;
        }
        if is_bare_mark(row.words) && self.lines.next(at).is_some_and(|next| self.lines.rows[next].line <= row.line + 2)
        {
            return self.bare_mark(at);
        }
        if self.lines.are_led[at] {
            self.begin(&row, BlockKind::Item(ListPlace::bullet(0)), row.words);
            return 1;
        }
        if let Some(HeadingLines { style, words, count }) = heading_at(&self.lines, at, self.open.is_some()) {
            self.bullets = TypedBullets::default();
            self.open = None;
            self.styles.push(style);
            self.push(&row, BlockKind::Heading(1), &words);
            return count;
        }
        match marked(row.words) {
            Some((LineMark::Bullet(sign), words)) => {
                let depth = self.bullets.depth(sign, row.indent);
                self.begin(&row, BlockKind::Item(ListPlace::bullet(depth)), words);
            }
            Some((LineMark::Number(number), words)) => {
                self.bullets = TypedBullets::default();
                let depth = u8::try_from(number.matches('.').count()).unwrap_or(0);
                self.begin(&row, BlockKind::Item(ListPlace::number(depth)), words);
            }
            Some((mark @ LineMark::Letter(_), words)) => {
                self.bullets = TypedBullets::default();
                let place = self.marks.place(&mark);
                self.begin(&row, BlockKind::Item(place), words);
            }
            None if self.is_lost_point(at) || self.is_in_lost_list(at) => {
                self.begin(&row, BlockKind::Item(ListPlace::bullet(0)), row.words)
            }
            None if self.goes_on(at) => self.go_on(&row),
            None => {
                self.bullets = TypedBullets::default();
                self.begin(&row, BlockKind::Paragraph, row.words);
            }
        }
        1
    }

    /// A table whose cells are parted by tabs, under a line that names its columns. A cell that goes on in the rows below is missing
    /// in them.
    fn table(&mut self, at: usize) -> Option<usize> {
        let cells = |row: &TextRow<'_>| row.words.split('\t').map(|cell| cell.trim().to_string()).collect::<Vec<_>>();
        let head = cells(&self.lines.rows[at]);
        if !table::is_header(&head) {
            return None;
        }
        let is_on = |at: &usize| self.lines.reasons[*at].is_some() || self.lines.rows[*at].words.contains('\t');
        let on: Vec<usize> = (at + 1..self.lines.rows.len()).take_while(is_on).collect();
        let last = on.iter().rfind(|at| self.lines.reasons[**at].is_none()).copied()?;
        let mut rows = Vec::new();
        for at in at..=last {
            let row = self.lines.rows[at].clone();
            if let Some(reason) = self.lines.reasons[at] {
                self.push(&row, BlockKind::Aside(reason), row.words);
                continue;
            }
            let mut cells = cells(&row);
            let missing = head.len().saturating_sub(cells.len());
            cells.splice(0..0, std::iter::repeat_n(String::new(), missing));
            rows.push((row.line, cells));
        }
        let blocks = table::rows(rows, "line");
        let headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))).count();
        self.styles.extend(std::iter::repeat_n(HeadingStyle::InTable, headings));
        self.blocks.extend(blocks);
        (self.open, self.bullets) = (None, TypedBullets::default());
        Some(last + 1 - at)
    }

    /// A bullet or a number alone on its line, with the line after it: so it comes out of many a PDF.
    fn bare_mark(&mut self, at: usize) -> usize {
        let (row, next) = (self.lines.rows[at].clone(), self.lines.rows[at + 1].clone());
        if self.lines.reasons[at + 1].is_some() || marked(next.words).is_some() {
            self.push(&row, BlockKind::Aside(reasons::PAGE_FOOT), row.words);
            return 1;
        }
        let sign = row.words.chars().next().unwrap_or('•');
        let place = if sign.is_ascii_digit() {
            self.bullets = TypedBullets::default();
            ListPlace::number(row.words.trim_end_matches('.').matches('.').count() as u8)
        } else {
            ListPlace::bullet(self.bullets.depth(sign, row.indent))
        };
        self.begin(&row, BlockKind::Item(place), next.words);
        2
    }

    fn push(&mut self, row: &TextRow<'_>, kind: BlockKind, words: &str) {
        self.blocks.push(Block::new(format!("line {}", row.line), kind, words));
    }

    fn begin(&mut self, row: &TextRow<'_>, kind: BlockKind, words: &str) {
        self.open = Some(self.blocks.len());
        self.push(row, kind, words);
    }

    /// Whether a line is a point of a list that lost its bullets: it begins small after a colon or a semicolon.
    fn is_lost_point(&self, at: usize) -> bool {
        let row = &self.lines.rows[at];
        let Some(open) = self.open.map(|open| &self.blocks[open]) else { return false };
        let text = open.text.trim_end_matches(" and").trim_end_matches(" or");
        let is_after_mark = text.ends_with(';') || (ends_open(text) && row.follows_blank);
        let is_after_point = row.follows_blank
            && matches!(open.kind, BlockKind::Item(ListPlace { is_numbered: false, .. }))
            && self.bullets.is_empty()
            && !open.text.ends_with('.');
        !is_joint(row.words) && row.words.starts_with(char::is_lowercase) && (is_after_mark || is_after_point)
    }

    /// Whether a line is in a list that lost its bullets and its blank lines, too: after a colon, lines that all begin small, each so
    /// short that it was not the end of the line that parts it from the next.
    fn is_in_lost_list(&self, at: usize) -> bool {
        let is_small = |row: &TextRow<'_>| row.words.starts_with(char::is_lowercase) && marked(row.words).is_none();
        let mut first = at;
        while first > at.saturating_sub(LONGEST_LOST_LIST)
            && is_small(&self.lines.rows[first])
            && !self.lines.rows[first].follows_blank
            && self.lines.reasons[first].is_none()
        {
            first -= 1;
        }
        // The colon is before the list, with a blank line or without.
        let opens = |at: usize| ends_open(self.lines.rows[at].words);
        if is_small(&self.lines.rows[first]) {
            match first.checked_sub(1).filter(|before| opens(*before)) {
                Some(before) => first = before,
                None => return false,
            }
        }
        if !opens(first) {
            return false;
        }
        let list: Vec<usize> = (first + 1..self.lines.rows.len())
            .take(2 * LONGEST_LOST_LIST)
            .take_while(|row| {
                is_small(&self.lines.rows[*row]) && (*row == first + 1 || !self.lines.rows[*row].follows_blank)
            })
            .collect();
        list.len() > 1
            && list.contains(&at)
            && list.windows(2).all(|pair| self.lines.is_broken_by_hand(pair[0], pair[1]))
    }

    /// Whether a line goes on with the open piece: nothing parts them, or a page ended in the middle of a sentence.
    fn goes_on(&self, at: usize) -> bool {
        let row = &self.lines.rows[at];
        let Some(open) = self.open else { return false };
        if self.lines.are_paragraphs {
            return is_joint(row.words);
        }
        let is_sentence_open = !self.blocks[open].text.ends_with(['.', ':', ';', '?', '!']);
        let parted = row.follows_blank || self.lines.reasons[..at].last().is_some_and(Option::is_some);
        let begins_large = row.words.trim_start_matches(['“', '"', '‘']).starts_with(char::is_uppercase);
        let is_by_hand = at > 0 && self.lines.is_broken_by_hand(at - 1, at);
        // Somebody's words after a sentence that ended are not part of it.
        if !is_sentence_open && row.words.starts_with(['“', '‘']) && self.lines.is_indented_anew(at) {
            return false;
        }
        if !parted && !is_sentence_open && begins_large && at > 0 && (!self.lines.is_wrapped || is_by_hand) {
            return false;
        }
        // The last point of a list often has no full stop. What begins large on a line of its own is not part of it.
        if !parted && begins_large && is_by_hand && self.blocks[open].kind.is_in_list() && self.begins_sentence(at) {
            return false;
        }
        !parted || (is_sentence_open && row.words.starts_with(char::is_lowercase))
    }

    /// Whether a line is the first of a sentence or of words that lead a list in, and not a name in the middle of one.
    fn begins_sentence(&self, at: usize) -> bool {
        let lines = self.lines.rows[at..].iter().take(4);
        let mut ends = lines.take_while(|row| marked(row.words).is_none()).map(|row| row.words);
        ends.any(|words| words.ends_with(['.', ':', '?']))
    }

    fn go_on(&mut self, row: &TextRow<'_>) {
        let Some(open) = self.open else { return };
        let block = &mut self.blocks[open];
        join(&mut block.text, row.words, &self.lines.words);
        // A line that goes on begins small; one that begins with a capital may be something else.
        if row.words.starts_with(char::is_uppercase) && block.text.len() > row.words.len() && row.follows_blank {
            block.doubts.push(format!("line {}: joined to the line above it: {}", row.line, row.words));
        }
    }
}

/// Whether a line only joins two points.
fn is_joint(words: &str) -> bool {
    matches!(words, "and" | "or" | "and/or")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let kind = |kind: &BlockKind| match kind {
            BlockKind::Heading(_) => "heading",
            BlockKind::Item(ListPlace { depth: 0, is_numbered: true }) => "number",
            BlockKind::Item(ListPlace { depth: 0, .. }) => "bullet",
            BlockKind::Item(_) => "nested",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Row(_) | BlockKind::Aside(_) => "other",
        };
        let blocks = blocks(text);
        let found: Vec<(&str, &str, &str)> =
            blocks.iter().map(|block| (block.place.as_str(), kind(&block.kind), block.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_numbered_list_under_numbered_headings() {
        check(
            "Intro words that end.\n\n1. Leadership\n1.1 Leaders know\nwhat is going on.\n1.2 Leaders act.\n",
            &[
                ("line 1", "paragraph", "Intro words that end."),
                ("line 3", "heading", "Leadership"),
                ("line 4", "nested", "Leaders know what is going on."),
                ("line 6", "nested", "Leaders act."),
            ],
        );
    }

    #[test]
    fn where_no_line_goes_on_in_the_next_each_is_a_paragraph() {
        check(
            "What we look at\n\nChildren are asked where they were.\nInterviews are offered within three days.\n",
            &[
                ("line 1", "heading", "What we look at"),
                ("line 3", "paragraph", "Children are asked where they were."),
                ("line 4", "paragraph", "Interviews are offered within three days."),
            ],
        );
    }

    #[test]
    fn bullets_with_nested_bullets_under_a_plain_heading() {
        check(
            "Practice\n• Children are seen:\n   ◦ alone\n   ◦ in time\n• Plans say what will change.\n\nSee page 4.\n",
            &[
                ("line 1", "heading", "Practice"),
                ("line 2", "bullet", "Children are seen:"),
                ("line 3", "nested", "alone"),
                ("line 4", "nested", "in time"),
                ("line 5", "bullet", "Plans say what will change."),
                ("line 7", "paragraph", "See page 4."),
            ],
        );
    }

    #[test]
    fn what_is_on_every_page_breaks_no_statement_and_becomes_none() {
        check(
            "AREA ONE\n1. Children are\nPage 4 of 12\n4\nseen alone.\no for this, too\nArea 2: Prevention\n- Help comes early.\n",
            &[
                ("line 1", "heading", "AREA ONE"),
                ("line 2", "number", "Children are seen alone."),
                ("line 3", "other", "Page 4 of 12"),
                ("line 4", "other", "4"),
                ("line 6", "bullet", "for this, too"),
                ("line 7", "heading", "Area 2: Prevention"),
                ("line 8", "bullet", "Help comes early."),
            ],
        );
    }

    #[test]
    fn hyphens_at_the_end_of_lines_go_where_they_part_a_word() {
        check(
            "Practice\n• Agencies share infor-\nmation in multi-\nagency meetings, and well-\nbeing is noted.\n■\nPlans change.\n",
            &[
                ("line 1", "heading", "Practice"),
                ("line 2", "bullet", "Agencies share information in multi-agency meetings, and well-being is noted."),
                ("line 6", "nested", "Plans change."),
            ],
        );
    }

    #[test]
    fn a_page_that_ends_in_a_sentence_and_points_without_bullets() {
        check(
            "What we look at\n\nAgencies:\n\nask early;\n\ntell others.\n\n• Plans say\n\nPage 3\n\nwhat changes.\n",
            &[
                ("line 1", "heading", "What we look at"),
                ("line 3", "paragraph", "Agencies:"),
                ("line 5", "bullet", "ask early;"),
                ("line 7", "bullet", "tell others."),
                ("line 9", "bullet", "Plans say what changes."),
                ("line 11", "other", "Page 3"),
            ],
        );
    }

    #[test]
    fn text_of_windows_and_of_notepad_is_decoded() {
        assert_eq!(decode(b"\xef\xbb\xbfcaf\xc3\xa9"), "café");
        assert_eq!(decode(b"child\x92s caf\xe9"), "child’s café");
        assert_eq!(decode(b"\xff\xfea\x00\xe9\x00"), "aé");
    }
}
