//! Headings of a text that marks none: by their numbers, their words, and what is around them.

use super::heading_lines::{LONGEST_HEADING, begins_annex, is_heading_like, is_next_number, says_heading};
use super::headings::kind_of_part;
use super::lead_ins::is_unfinished;
use super::levels::HeadingStyle;
use super::marks::{LineMark, is_bare_mark, marked};
use super::text_lines::TextLines;
use crate::theme::without_note_marks;

/// The longest heading over two lines, in characters.
const LONGEST_TWO_LINES: usize = 150;

/// A heading of a text.
pub(super) struct HeadingLines {
    pub style: HeadingStyle,
    /// Its words without its number.
    pub words: String,
    /// How many lines it has.
    pub count: usize,
}

/// The heading that begins at a line; `None` where none does. `is_open`: whether a piece is open that the line may go on with.
pub(super) fn heading_at(lines: &TextLines<'_>, at: usize, is_open: bool) -> Option<HeadingLines> {
    HeadingFinder { lines, is_open }.heading(at)
}

/// What tells a heading.
#[derive(Clone, Copy)]
struct HeadingFinder<'t> {
    lines: &'t TextLines<'t>,
    is_open: bool,
}

impl HeadingFinder<'_> {
    /// The heading that begins at a line; `None` where none does.
    fn heading(self, at: usize) -> Option<HeadingLines> {
        let row = &self.lines.rows[at];
        if let Some(style) = self.heading_style(at) {
            let words = match marked(row.words) {
                Some((LineMark::Number(_), words)) => words,
                _ if matches!(style, HeadingStyle::Numbered(_)) => {
                    row.words.trim_start_matches(|c: char| c.is_ascii_digit()).trim()
                }
                _ => row.words.trim_start_matches('#').trim(),
            };
            if style == HeadingStyle::Labelled && self.goes_on_below(at) {
                return Some(HeadingLines { style, words: self.lines.joined(at, 2), count: 2 });
            }
            return Some(HeadingLines { style, words: words.to_string(), count: 1 });
        }
        if self.lines.are_paragraphs {
            return self.heads_series(at).filter(|count| *count == 1).map(|count| self.plain(at, count));
        }
        self.numbered_over_lines(at)
            .or_else(|| self.is_two_line_heading(at).then(|| self.plain(at, 2)))
            .or_else(|| self.heads_series(at).map(|count| self.plain(at, count)))
    }

    fn plain(self, at: usize, count: usize) -> HeadingLines {
        HeadingLines { style: HeadingStyle::Plain, words: self.lines.joined(at, count), count }
    }

    /// Whether a heading with a label goes on in the line below, as a long question does.
    fn goes_on_below(self, at: usize) -> bool {
        let next =
            self.lines.rows.get(at + 1).filter(|next| !next.follows_blank && self.lines.reasons[at + 1].is_none());
        let is_open = !self.lines.are_paragraphs && !self.lines.rows[at].words.ends_with(['?', '.', ':']);
        is_open && next.is_some_and(|next| next.words.starts_with(char::is_lowercase) && marked(next.words).is_none())
    }

    /// A numbered heading that goes on in the lines after it, with its own numbers under it: "2. How well do agencies know the children
    /// whose / home is not safe?" before "2.1".
    fn numbered_over_lines(self, at: usize) -> Option<HeadingLines> {
        let (LineMark::Number(number), _) = marked(self.lines.rows[at].words)? else { return None };
        let goes_on = |next: &usize| {
            let row = &self.lines.rows[*next];
            !row.follows_blank && self.lines.reasons[*next].is_none() && marked(row.words).is_none()
        };
        let count = 1 + (at + 1..self.lines.rows.len()).take_while(goes_on).count();
        let (LineMark::Number(below), _) = marked(self.lines.rows[self.lines.next(at + count - 1)?].words)? else {
            return None;
        };
        let words = self.lines.joined(at, count);
        let (_, words) = marked(&words)?;
        let is_title = words.chars().count() <= LONGEST_TWO_LINES && !words.ends_with(['.', ':', ';', ',']);
        let is_over = count > 1 && below.starts_with(&format!("{number}."));
        let style = HeadingStyle::Numbered(number.matches('.').count() as u8);
        (is_title && is_over).then(|| HeadingLines { style, words: words.to_string(), count })
    }

    /// How many lines with nothing around them are the heading of a new series of numbers: those before "B1" or "2.1".
    fn heads_series(self, at: usize) -> Option<usize> {
        let is_line = |at: usize| {
            let row = self.lines.rows.get(at).filter(|_| self.lines.reasons[at].is_none());
            row.is_some_and(|row| marked(row.words).is_none() && is_heading_like(row.words))
        };
        let begins_series = |at: usize| {
            let row = self.lines.rows.get(at).filter(|_| self.lines.reasons[at].is_none());
            matches!(row.and_then(|row| marked(row.words)), Some((LineMark::Number(number), _))
                if number == "1.1" || number.ends_with(".1") || number.len() == 2 && number.ends_with('1') && !number.starts_with(|c: char| c.is_ascii_digit()))
        };
        if !is_line(at) || !self.lines.rows[at].words.starts_with(char::is_uppercase) {
            return None;
        }
        if begins_series(at + 1) {
            return Some(1);
        }
        let is_second = is_line(at + 1) && self.lines.is_broken_by_hand(at, at + 1) && begins_series(at + 2);
        is_second.then_some(2)
    }

    fn heading_style(self, at: usize) -> Option<HeadingStyle> {
        let row = &self.lines.rows[at];
        let sharps = row.words.chars().take_while(|c| *c == '#').count();
        if sharps > 0 {
            return Some(HeadingStyle::Sharps(sharps.min(6) as u8));
        }
        if begins_annex(row.words) {
            return Some(HeadingStyle::Plain);
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
    fn is_bare_numbered_heading(self, at: usize) -> bool {
        let row = &self.lines.rows[at];
        let Some((number, words)) = row.words.split_once(' ') else { return false };
        let is_number = number.len() <= 2 && number.chars().all(|c| c.is_ascii_digit());
        let is_set_off =
            row.follows_blank || at == 0 || self.lines.reasons[at - 1].is_some() || self.is_last_line(at - 1);
        let is_title = is_heading_like(words) && words.starts_with(char::is_uppercase);
        is_number && is_title && is_set_off && kind_of_part(words).is_some()
    }

    /// A numbered line is a heading when it is short and the next numbered line does not go on counting from it at once.
    fn is_numbered_heading(self, at: usize, number: &str, words: &str) -> bool {
        let Some(next) = self.lines.next(at) else { return false };
        let after = marked(self.lines.rows[next].words);
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
        let is_whole = self.lines.rows[at].precedes_blank
            || after.is_some()
            || self.lines.rows[next].words.starts_with(char::is_uppercase);
        let counts_on = matches!(&after, Some((LineMark::Number(other), _)) if is_next_number(number, other));
        let leads_in = matches!(&after, Some((LineMark::Bullet(_) | LineMark::Letter(_), words)) if words.starts_with(char::is_lowercase));
        is_whole && !counts_on && !leads_in && !self.is_counted_to(at, number) && words.split_whitespace().count() <= 10
    }

    /// Whether the line of content before has the number before: then this one is in a list.
    fn is_counted_to(self, at: usize, number: &str) -> bool {
        let before = self.lines.before(at).and_then(|before| marked(self.lines.rows[before].words));
        matches!(before, Some((LineMark::Number(other), words)) if is_next_number(&other, number) && !is_heading_like(words))
            && self.lines.rows[at].words.split_whitespace().count() > 6
    }

    /// A short line with no full stop, set off from what is around it.
    fn is_plain_heading(self, at: usize) -> bool {
        let row = &self.lines.rows[at];
        if !is_heading_like(row.words) || !row.words.starts_with(char::is_uppercase) {
            return false;
        }
        let Some(next) = self.lines.next(at) else { return false };
        let after = marked(self.lines.rows[next].words);
        let heads = after.is_some()
            || is_bare_mark(self.lines.rows[next].words)
            || self.lines.rows[next].words.starts_with(char::is_uppercase)
            || row.precedes_blank;
        if let Some((LineMark::Bullet(_), words)) = &after
            && words.starts_with(char::is_lowercase)
            && (row.words.split_whitespace().count() > 5 || is_unfinished(row.words))
        {
            return false;
        }
        let before = self.lines.before(at);
        // A last line of a bullet without a full stop runs on from the line before it.
        let is_set_off = row.follows_blank
            || self.lines.are_paragraphs
            || before.is_none_or(|before| self.is_last_line(before))
            || self.lines.reasons[..at].last().is_some_and(Option::is_some);
        let runs_on = |before: usize| {
            let words = self.lines.rows[before].words;
            !self.lines.are_paragraphs
                && !words.ends_with(['.', ':', ';', '?', '!'])
                && self.lines.is_full(before)
                && self.is_open
                && !row.follows_blank
        };
        heads && is_set_off && !before.is_some_and(runs_on)
    }

    /// Whether the line after this one cannot go on from it.
    fn is_last_line(self, at: usize) -> bool {
        let words = self.lines.rows[at].words;
        words.ends_with(['.', ':', ';', '?', '!']) || !self.is_open || !self.lines.is_full(at)
    }

    /// A heading that runs over two lines, with nothing above and below.
    fn is_two_line_heading(self, at: usize) -> bool {
        let Some(next) = self.lines.rows.get(at + 1).filter(|_| self.lines.reasons[at + 1].is_none()) else {
            return false;
        };
        let row = &self.lines.rows[at];
        let is_line = |words: &str| {
            // The number of a note can be right after the full stop, as in "involved.2".
            let bare = without_note_marks(words);
            let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit());
            marked(words).is_none() && !bare.ends_with(['.', ';', ',', ':', '!', '–', '—']) && !words.contains(". ")
        };
        // Below a title may be the day of its publication.
        let is_end = next.precedes_blank || self.lines.reasons.get(at + 2).is_some_and(Option::is_some);
        let is_block = row.follows_blank && !row.precedes_blank && is_end;
        let length = row.words.chars().count() + next.words.chars().count();
        is_block
            && is_line(row.words)
            && is_line(next.words)
            && length <= LONGEST_TWO_LINES
            && row.words.starts_with(char::is_uppercase)
            // What follows a heading is not the rest of a sentence.
            && self.lines.next(at + 1).is_none_or(|after| !self.lines.rows[after].words.starts_with(char::is_lowercase))
    }
}
