//! The lines of a text together: which are content, how wide they run, which words they hold.

use std::collections::HashSet;

use super::furniture;
use super::led_lines::{are_paragraphs, led_lines};
use super::marks::marked;
use super::text_rows::{self, TextRow};
use super::wrapped::{join, whole_words};

/// The lines of a text, with what only all of them tell.
pub(super) struct TextLines<'t> {
    pub rows: Vec<TextRow<'t>>,
    /// Why a line is not part of the content, for each line.
    pub reasons: Vec<Option<&'static str>>,
    /// Every word of the text in lower case, to tell a hyphen that parts a word at the end of a line from one that belongs to it.
    pub words: HashSet<String>,
    /// How wide the text runs, in characters.
    pub width: usize,
    /// Whether sentences run over the ends of lines.
    pub is_wrapped: bool,
    /// Whether each line is a paragraph, as its length shows.
    pub are_paragraphs: bool,
    /// Which lines are points without a bullet.
    pub are_led: Vec<bool>,
}

/// Lines longer than this are paragraphs, and say nothing about how wide a text runs.
const WIDEST: usize = 140;

impl TextLines<'_> {
    /// The lines of a text.
    pub(super) fn of_text(text: &str) -> TextLines<'_> {
        let rows = text_rows::rows(text);
        let reasons = furniture::reasons(&rows);
        let words = whole_words(&rows, &reasons);
        let widths = rows.iter().map(|row| row.words.chars().count() + row.indent).filter(|width| *width < WIDEST);
        let are_paragraphs = are_paragraphs(&rows);
        let are_led = if are_paragraphs { led_lines(&rows, &reasons) } else { vec![false; rows.len()] };
        TextLines {
            width: widths.max().unwrap_or(80),
            is_wrapped: !are_paragraphs && is_wrapped(&rows, &reasons),
            are_paragraphs,
            are_led,
            reasons,
            words,
            rows,
        }
    }

    /// The next line that is content.
    pub(super) fn next(&self, at: usize) -> Option<usize> {
        (at + 1..self.rows.len()).find(|next| self.reasons[*next].is_none())
    }

    /// The line of content before.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|before| self.reasons[*before].is_none())
    }

    /// The words of several lines.
    pub(super) fn joined(&self, at: usize, count: usize) -> String {
        let mut words = self.rows[at].words.to_string();
        self.rows[at + 1..at + count].iter().for_each(|next| join(&mut words, next.words, &self.words));
        words
    }

    /// Whether a line is about as long as lines of the text are.
    pub(super) fn is_full(&self, at: usize) -> bool {
        let row = &self.rows[at];
        10 * (row.words.chars().count() + row.indent) >= 8 * self.width
    }

    /// Whether a line is indented in a different way from the line before it.
    pub(super) fn is_indented_anew(&self, at: usize) -> bool {
        at > 0 && self.rows[at].indent.abs_diff(self.rows[at - 1].indent) > 1
    }

    /// Whether the first word of a line would have had room on the line before it: then no end of a line parts them.
    pub(super) fn is_broken_by_hand(&self, before: usize, at: usize) -> bool {
        let first_word = self.rows[at].words.split_whitespace().next().unwrap_or_default();
        let row = &self.rows[before];
        let length = row.indent + row.words.chars().count() + 1 + first_word.chars().count();
        10 * length < 9 * self.width
    }
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
