//! Points of lists that lost their bullets, in a text with one paragraph on each line: after a colon each line is a point.

use std::collections::HashSet;

use super::furniture::entry_key;
use super::heading_lines::says_heading;
use super::lead_ins::ends_open;
use super::marks::marked;
use super::reasons;
use super::text_rows::TextRow;

/// How long a line is that no text wraps at, in characters.
const LONGER_THAN_WRAPPED: usize = 150;

/// How many words such a line has; fewer are a table or an address.
const FEWEST_WORDS: usize = 15;

/// The most words of a line that is a heading after the points of a list, and not the last of them.
const LONGEST_TITLE: usize = 6;

/// Whether each line of a text is a paragraph: some are far longer than any width at which lines are wrapped.
pub(super) fn are_paragraphs(rows: &[TextRow<'_>]) -> bool {
    let is_prose = |row: &&TextRow<'_>| {
        row.words.chars().count() >= LONGER_THAN_WRAPPED
            && row.words.split_whitespace().count() >= FEWEST_WORDS
            && !row.words.contains(['\t', '|'])
            && !row.words.contains("   ")
    };
    rows.iter().filter(is_prose).count() > 1
}

/// Which lines are points without a bullet under words that lead them in, in a text with one paragraph a line.
pub(super) fn led_lines(rows: &[TextRow<'_>], reasons: &[Option<&'static str>]) -> Vec<bool> {
    let entries = rows.iter().zip(reasons).filter(|(_, reason)| **reason == Some(reasons::CONTENTS));
    let finder = LedLines { rows, reasons, entries: entries.map(|(row, _)| entry_key(row.words)).collect() };
    let mut are_led = vec![false; rows.len()];
    let mut at = 0;
    while at < rows.len() {
        let leads = reasons[at].is_none() && ends_open(rows[at].words) && says_heading(rows[at].words).is_none();
        let end = if leads { finder.list_end(at) } else { at + 1 };
        are_led[at + 1..end].fill(true);
        at = end;
    }
    are_led
}

fn is_small(row: &TextRow<'_>) -> bool {
    row.words.starts_with(char::is_lowercase)
}

/// What tells where a list without bullets ends.
struct LedLines<'t> {
    rows: &'t [TextRow<'t>],
    reasons: &'t [Option<&'static str>],
    /// The entries of the list of contents, which are headings.
    entries: HashSet<String>,
}

impl LedLines<'_> {
    /// Whether a line can be a point without a bullet.
    fn is_line(&self, at: usize) -> bool {
        let words = self.rows[at].words;
        let is_marked = marked(words).is_some() || words.contains('\t');
        self.reasons[at].is_none() && !is_marked && !self.entries.contains(&entry_key(words))
    }

    /// The line after the points that a line leads in.
    fn list_end(&self, lead: usize) -> usize {
        let (rows, from) = (self.rows, lead + 1);
        if from >= rows.len() || !self.is_line(from) {
            return from;
        }
        let block_end = (from..rows.len())
            .find(|at| !self.is_line(*at) || *at > from && rows[*at].follows_blank)
            .unwrap_or(rows.len());
        // Bullets right under a line make a heading or a lead-in of it.
        let is_closed =
            block_end == rows.len() || rows[block_end].follows_blank || marked(rows[block_end].words).is_none();
        if is_small(&rows[from]) {
            let small = (from..rows.len()).find(|at| !self.is_line(*at) || !is_small(&rows[*at]));
            let block = &rows[from..block_end];
            let leads_on = block.iter().any(|row| ends_open(row.words));
            // A name among points that begin small is one of them.
            let is_list = is_closed && rows[from].follows_blank && !leads_on;
            return small.unwrap_or(rows.len()).max(if is_list { block_end } else { from });
        }
        let is_led = is_closed && rows[lead].words.split_whitespace().count() > 2;
        if is_led { self.large_end(from, block_end) } else { from }
    }

    /// The line after points that begin large: they end alike, all as sentences do or none.
    fn large_end(&self, from: usize, block_end: usize) -> usize {
        let rows = self.rows;
        let is_ended = |at: usize| rows[at].words.ends_with(['.', '?']);
        let unlike = |at: &usize| ends_open(rows[*at].words) || is_ended(*at) != is_ended(from);
        let end = (from..block_end).find(unlike).unwrap_or(block_end);
        // Only the last point has the full stop of the sentence that the lead-in begins.
        let is_last_ended = end + 1 == block_end && is_ended(end) && end > from + 1;
        if is_last_ended || end == block_end {
            return if end - from > 1 { block_end } else { from };
        }
        // What comes next has a heading, which ends the list.
        let is_title = !is_ended(end - 1) && rows[end - 1].words.split_whitespace().count() <= LONGEST_TITLE;
        let end = end - usize::from(is_title);
        if end > from + 1 { end } else { from }
    }
}

#[cfg(test)]
mod tests {
    use super::super::text_rows::rows;
    use super::*;

    #[track_caller]
    fn check(text: &str, points: &[&str]) {
        let rows = rows(text);
        let led = led_lines(&rows, &vec![None; rows.len()]);
        let found: Vec<&str> = rows.iter().zip(led).filter(|(_, led)| *led).map(|(row, _)| row.words).collect();
        assert_eq!(found, points);
    }

    #[test]
    fn each_line_after_a_colon_is_a_point() {
        check(
            "They consider how:\n\nstaff ask\nGPs tell\nplans change\n\nHelp\n",
            &["staff ask", "GPs tell", "plans change"],
        );
        check("They consider how:\nstaff ask\nplans change\nHelp\nThis is text.\n", &["staff ask", "plans change"]);
        check("They ask whether:\n\nStaff ask\nPlans change\n\nHelp\n", &["Staff ask", "Plans change"]);
        check(
            "They ask whether:\nStaff ask\nPlans change in time and before it is too late\nHelp\nThey ask whether:\nCare comes\nAll eat\nMore\nThe end.\nIt is.\n",
            &["Staff ask", "Plans change in time and before it is too late", "Care comes", "All eat"],
        );
    }

    #[test]
    fn a_heading_with_its_text_after_a_colon_is_no_list() {
        check("The parts are these:\n\nHelp\nThis is text.\n", &[]);
        check("The parts are these:\n\nHelp\n• Staff ask.\n", &[]);
        check("From:\nThe inspectorates\nLondon\n", &[]);
    }
}
