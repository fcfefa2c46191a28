//! Pasted text, and text out of a PDF: lines in, pieces out. A line that is no new piece goes on with the one before it.

use std::collections::HashSet;

use super::blocks::{Block, BlockKind, ListPlace};
use super::footnotes;
use super::furniture;
use super::heading_lines::{LONGEST_HEADING, is_heading_like, is_next_number, says_heading};
use super::headings::kind_of_part;
use super::lead_ins::{ends_open, is_unfinished};
use super::levels::{HeadingStyle, levels};
use super::marks::{LineMark, MarkPlaces, TypedBullets, is_bare_mark, marked};
use super::reasons;
use super::table;
use super::text_rows::{self, TextRow};
use super::wrapped::{join, whole_words};
use crate::theme::without_note_marks;

/// The longest heading over two lines, in characters.
const LONGEST_TWO_LINES: usize = 150;

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
    rows: Vec<TextRow<'t>>,
    reasons: Vec<Option<&'static str>>,
    /// Every word of the text in lower case, to tell a hyphen that parts a word at the end of a line from one that belongs to it.
    words: HashSet<String>,
    /// How wide the text runs, in characters.
    width: usize,
    /// Whether sentences run over the ends of lines.
    is_wrapped: bool,
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
    let rows = text_rows::rows(text);
    let reasons = furniture::reasons(&rows);
    let words = whole_words(&rows, &reasons);
    let numbers = footnotes::numbers(&rows);
    let width = rows.iter().map(|row| row.words.chars().count() + row.indent).filter(|width| *width < 140).max();
    let mut walk = TextWalk {
        width: width.unwrap_or(80),
        is_wrapped: is_wrapped(&rows, &reasons),
        reasons,
        words,
        rows,
        blocks: Vec::new(),
        styles: Vec::new(),
        bullets: TypedBullets::default(),
        marks: MarkPlaces::default(),
        open: None,
    };
    let mut at = 0;
    while at < walk.rows.len() {
        at += walk.row(at);
    }
    levels(&mut walk.blocks, &walk.styles);
    for block in &mut walk.blocks {
        block.text = footnotes::bracketed(&block.text, &numbers);
    }
    walk.blocks
}

/// Whether sentences of a text run over the ends of its lines: a line ends in one that goes on small in the next. Where none does, each
/// line is a paragraph.
fn is_wrapped(rows: &[TextRow<'_>], reasons: &[Option<&'static str>]) -> bool {
    rows.windows(2).zip(reasons.windows(2)).any(|(rows, reasons)| {
        let is_content = reasons.iter().all(Option::is_none) && !rows[1].follows_blank;
        let is_open = !rows[0].words.ends_with(['.', ':', ';', '?', '!']);
        is_content && is_open && rows[1].words.starts_with(char::is_lowercase) && marked(rows[1].words).is_none()
    })
}

impl TextWalk<'_> {
    /// Takes a line, and says how many lines were taken with it.
    fn row(&mut self, at: usize) -> usize {
        let row = self.rows[at].clone();
        if let Some(reason) = self.reasons[at] {
            self.push(&row, BlockKind::Aside(reason), row.words);
            return 1;
        }
        if let Some(lines) = self.table(at) {
            return lines;
        }
        if is_bare_mark(row.words) && self.next(at).is_some_and(|next| self.rows[next].line <= row.line + 2) {
            return self.bare_mark(at);
        }
        if let Some(lines) = self.heading(at) {
            return lines;
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
        let head = cells(&self.rows[at]);
        if !table::is_header(&head) {
            return None;
        }
        let is_on = |at: &usize| self.reasons[*at].is_some() || self.rows[*at].words.contains('\t');
        let on: Vec<usize> = (at + 1..self.rows.len()).take_while(is_on).collect();
        let last = on.iter().rfind(|at| self.reasons[**at].is_none()).copied()?;
        let mut rows = Vec::new();
        for at in at..=last {
            let row = self.rows[at].clone();
            if let Some(reason) = self.reasons[at] {
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
        let (row, next) = (self.rows[at].clone(), self.rows[at + 1].clone());
        if self.reasons[at + 1].is_some() || marked(next.words).is_some() {
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

    /// The next line that is content.
    fn next(&self, at: usize) -> Option<usize> {
        (at + 1..self.rows.len()).find(|next| self.reasons[*next].is_none())
    }

    /// The line of content before.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|before| self.reasons[*before].is_none())
    }

    /// Takes a heading of one line or two; `None` where the line is not one.
    fn heading(&mut self, at: usize) -> Option<usize> {
        let row = self.rows[at].clone();
        let (style, words, lines) = if let Some(style) = self.heading_style(at) {
            let words = match marked(row.words) {
                Some((LineMark::Number(_), words)) => words,
                _ if matches!(style, HeadingStyle::Numbered(_)) => {
                    row.words.trim_start_matches(|c: char| c.is_ascii_digit()).trim()
                }
                _ => row.words.trim_start_matches('#').trim(),
            };
            (style, words.to_string(), 1)
        } else if self.is_two_line_heading(at) {
            (HeadingStyle::Plain, self.lines(at, 2), 2)
        } else if let Some(lines) = self.heads_series(at) {
            (HeadingStyle::Plain, self.lines(at, lines), lines)
        } else {
            return None;
        };
        self.bullets = TypedBullets::default();
        self.open = None;
        self.styles.push(style);
        self.push(&row, BlockKind::Heading(1), &words);
        Some(lines)
    }

    /// The words of several lines.
    fn lines(&self, at: usize, count: usize) -> String {
        let mut words = self.rows[at].words.to_string();
        self.rows[at + 1..at + count].iter().for_each(|next| join(&mut words, next.words, &self.words));
        words
    }

    /// How many lines with nothing around them are the heading of a new series of numbers: those before "B1" or "2.1".
    fn heads_series(&self, at: usize) -> Option<usize> {
        let is_line = |at: usize| {
            let row = self.rows.get(at).filter(|_| self.reasons[at].is_none());
            row.is_some_and(|row| marked(row.words).is_none() && is_heading_like(row.words))
        };
        let begins_series = |at: usize| {
            let row = self.rows.get(at).filter(|_| self.reasons[at].is_none());
            matches!(row.and_then(|row| marked(row.words)), Some((LineMark::Number(number), _))
                if number == "1.1" || number.ends_with(".1") || number.len() == 2 && number.ends_with('1') && !number.starts_with(|c: char| c.is_ascii_digit()))
        };
        if !is_line(at) || !self.rows[at].words.starts_with(char::is_uppercase) {
            return None;
        }
        if begins_series(at + 1) {
            return Some(1);
        }
        let is_second = is_line(at + 1) && self.is_broken_by_hand(at, at + 1) && begins_series(at + 2);
        is_second.then_some(2)
    }

    fn heading_style(&self, at: usize) -> Option<HeadingStyle> {
        let row = &self.rows[at];
        let sharps = row.words.chars().take_while(|c| *c == '#').count();
        if sharps > 0 {
            return Some(HeadingStyle::Sharps(sharps.min(6) as u8));
        }
        if let Some(style) = says_heading(row.words) {
            return Some(style);
        }
        match marked(row.words) {
            Some((LineMark::Number(number), words)) => self
                .is_numbered_heading(at, &number, words)
                .then(|| HeadingStyle::Numbered(number.matches('.').count() as u8)),
            Some(_) => None,
            None if self.is_bare_numbered_heading(at) => Some(HeadingStyle::Numbered(0)),
            None => self.is_plain_heading(at).then_some(HeadingStyle::Plain),
        }
    }

    /// "2 Evaluation criteria": a number without a point, before words that name a part.
    fn is_bare_numbered_heading(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let Some((number, words)) = row.words.split_once(' ') else { return false };
        let is_number = number.len() <= 2 && number.chars().all(|c| c.is_ascii_digit());
        let is_set_off = row.follows_blank || at == 0 || self.reasons[at - 1].is_some() || self.is_last_line(at - 1);
        let is_title = is_heading_like(words) && words.starts_with(char::is_uppercase);
        is_number && is_title && is_set_off && kind_of_part(words).is_some()
    }

    /// A numbered line is a heading when it is short and the next numbered line does not go on counting from it at once.
    fn is_numbered_heading(&self, at: usize, number: &str, words: &str) -> bool {
        let Some(next) = self.next(at) else { return false };
        let after = marked(self.rows[next].words);
        if let Some((LineMark::Number(below), _)) = &after
            && below.starts_with(&format!("{number}."))
        {
            return words.chars().count() <= LONGEST_HEADING && !words.ends_with(':');
        }
        if !is_heading_like(words) {
            return false;
        }
        if kind_of_part(words).is_some() && words.split_whitespace().count() <= 8 {
            return true;
        }
        // The line before the next one goes on with this one where it is not set off.
        let is_whole =
            self.rows[at].precedes_blank || after.is_some() || self.rows[next].words.starts_with(char::is_uppercase);
        let counts_on = matches!(&after, Some((LineMark::Number(other), _)) if is_next_number(number, other));
        let leads_in = matches!(&after, Some((LineMark::Bullet(_) | LineMark::Letter(_), words)) if words.starts_with(char::is_lowercase));
        is_whole && !counts_on && !leads_in && !self.is_counted_to(at, number) && words.split_whitespace().count() <= 10
    }

    /// Whether the line of content before has the number before: then this one is in a list.
    fn is_counted_to(&self, at: usize, number: &str) -> bool {
        let before = self.before(at).and_then(|before| marked(self.rows[before].words));
        matches!(before, Some((LineMark::Number(other), words)) if is_next_number(&other, number) && !is_heading_like(words))
            && self.rows[at].words.split_whitespace().count() > 6
    }

    /// A short line with no full stop, set off from what is around it.
    fn is_plain_heading(&self, at: usize) -> bool {
        let row = &self.rows[at];
        if !is_heading_like(row.words) || !row.words.starts_with(char::is_uppercase) {
            return false;
        }
        let Some(next) = self.next(at) else { return false };
        let after = marked(self.rows[next].words);
        let heads = after.is_some()
            || is_bare_mark(self.rows[next].words)
            || self.rows[next].words.starts_with(char::is_uppercase)
            || row.precedes_blank;
        if let Some((LineMark::Bullet(_), words)) = &after
            && words.starts_with(char::is_lowercase)
            && (row.words.split_whitespace().count() > 5 || is_unfinished(row.words))
        {
            return false;
        }
        let before = self.before(at);
        // A last line of a bullet without a full stop runs on from the line before it.
        let is_set_off = row.follows_blank
            || before.is_none_or(|before| self.is_last_line(before))
            || self.reasons[..at].last().is_some_and(Option::is_some);
        let runs_on = |before: usize| {
            let words = self.rows[before].words;
            !words.ends_with(['.', ':', ';', '?', '!'])
                && self.is_full(before)
                && self.open.is_some()
                && !row.follows_blank
        };
        heads && is_set_off && !before.is_some_and(runs_on)
    }

    /// Whether the line after this one cannot go on from it.
    fn is_last_line(&self, at: usize) -> bool {
        let words = self.rows[at].words;
        words.ends_with(['.', ':', ';', '?', '!']) || self.open.is_none() || !self.is_full(at)
    }

    /// Whether a line is about as long as lines of the text are.
    fn is_full(&self, at: usize) -> bool {
        let row = &self.rows[at];
        10 * (row.words.chars().count() + row.indent) >= 8 * self.width
    }

    /// A heading that runs over two lines, with nothing above and below.
    fn is_two_line_heading(&self, at: usize) -> bool {
        let Some(next) = self.rows.get(at + 1).filter(|_| self.reasons[at + 1].is_none()) else { return false };
        let row = &self.rows[at];
        let is_line = |words: &str| {
            let bare = without_note_marks(words);
            marked(words).is_none() && !bare.ends_with(['.', ';', ',', ':', '!', '–', '—']) && !words.contains(". ")
        };
        // Below a title may be the day of its publication.
        let is_end = next.precedes_blank || self.reasons.get(at + 2).is_some_and(Option::is_some);
        let is_block = row.follows_blank && !row.precedes_blank && is_end;
        let length = row.words.chars().count() + next.words.chars().count();
        is_block
            && is_line(row.words)
            && is_line(next.words)
            && length <= LONGEST_TWO_LINES
            && row.words.starts_with(char::is_uppercase)
            // What follows a heading is not the rest of a sentence.
            && self.next(at + 1).is_none_or(|after| !self.rows[after].words.starts_with(char::is_lowercase))
    }

    /// Whether a line is a point of a list that lost its bullets: it begins small after a colon or a semicolon.
    fn is_lost_point(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let Some(open) = self.open.map(|open| &self.blocks[open]) else { return false };
        let text = open.text.trim_end_matches(" and").trim_end_matches(" or");
        let is_after_mark = text.ends_with(';') || (ends_open(text) && row.follows_blank);
        let is_after_point = row.follows_blank
            && matches!(open.kind, BlockKind::Item(ListPlace { is_numbered: false, .. }))
            && self.bullets.is_empty()
            && !open.text.ends_with('.');
        let is_joint = matches!(row.words, "and" | "or" | "and/or");
        !is_joint && row.words.starts_with(char::is_lowercase) && (is_after_mark || is_after_point)
    }

    /// Whether a line is in a list that lost its bullets and its blank lines, too: after a colon, lines that all begin small, each so
    /// short that it was not the end of the line that parts it from the next.
    fn is_in_lost_list(&self, at: usize) -> bool {
        let is_small = |row: &TextRow<'_>| row.words.starts_with(char::is_lowercase) && marked(row.words).is_none();
        let mut first = at;
        while first > at.saturating_sub(LONGEST_LOST_LIST)
            && is_small(&self.rows[first])
            && !self.rows[first].follows_blank
            && self.reasons[first].is_none()
        {
            first -= 1;
        }
        // The colon is before the list, with a blank line or without.
        let opens = |at: usize| ends_open(self.rows[at].words);
        if is_small(&self.rows[first]) {
            match first.checked_sub(1).filter(|before| opens(*before)) {
                Some(before) => first = before,
                None => return false,
            }
        }
        if !opens(first) {
            return false;
        }
        let list: Vec<usize> = (first + 1..self.rows.len())
            .take(2 * LONGEST_LOST_LIST)
            .take_while(|row| is_small(&self.rows[*row]) && (*row == first + 1 || !self.rows[*row].follows_blank))
            .collect();
        list.len() > 1 && list.contains(&at) && list.windows(2).all(|pair| self.is_broken_by_hand(pair[0], pair[1]))
    }

    /// Whether the first word of a line would have had room on the line before it: then no end of a line parts them.
    fn is_broken_by_hand(&self, before: usize, at: usize) -> bool {
        let first_word = self.rows[at].words.split_whitespace().next().unwrap_or_default();
        let row = &self.rows[before];
        let length = row.indent + row.words.chars().count() + 1 + first_word.chars().count();
        10 * length < 9 * self.width
    }

    /// Whether a line goes on with the open piece: nothing parts them, or a page ended in the middle of a sentence.
    fn goes_on(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let Some(open) = self.open else { return false };
        let is_sentence_open = !self.blocks[open].text.ends_with(['.', ':', ';', '?', '!']);
        let parted = row.follows_blank || self.reasons[..at].last().is_some_and(Option::is_some);
        let begins_anew = !is_sentence_open && row.words.starts_with(char::is_uppercase);
        if !parted && begins_anew && at > 0 && (!self.is_wrapped || self.is_broken_by_hand(at - 1, at)) {
            return false;
        }
        !parted || (is_sentence_open && row.words.starts_with(char::is_lowercase))
    }

    fn go_on(&mut self, row: &TextRow<'_>) {
        let Some(open) = self.open else { return };
        let block = &mut self.blocks[open];
        join(&mut block.text, row.words, &self.words);
        // A line that goes on begins small; one that begins with a capital may be something else.
        if row.words.starts_with(char::is_uppercase) && block.text.len() > row.words.len() && row.follows_blank {
            block.doubts.push(format!("line {}: joined to the line above it: {}", row.line, row.words));
        }
    }
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
