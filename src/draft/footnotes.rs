//! Notes at the foot of a page, and the marks in the text that lead to them.

use std::collections::BTreeSet;

use super::text_rows::TextRow;

/// Signs that lead to a note.
const SIGNS: [char; 3] = ['*', '†', '‡'];

/// Which lines are notes: each begins with a mark that a word further up ends with.
pub(super) fn note_lines(rows: &[TextRow<'_>]) -> Vec<bool> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut are_notes = vec![false; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let is_after_note = at > 0 && are_notes[at - 1] && !row.follows_blank;
        // Where no blank line is before it, a sentence or the words that lead a list in have to end there.
        let is_set_off = row.follows_blank || is_after_note || at > 0 && is_after_end(rows, at);
        let is_begun = is_set_off && begins(row.words).is_some_and(|mark| known.contains(&mark));
        are_notes[at] = is_begun || is_after_note;
        if !are_notes[at] {
            known.extend(marks(row.words));
            known.extend(lone_mark(rows, at));
        }
    }
    are_notes
}

/// The figures that lead to notes: only those whose note is there.
pub(super) fn numbers(rows: &[TextRow<'_>]) -> BTreeSet<String> {
    let are_notes = note_lines(rows);
    let begun = rows.iter().zip(&are_notes).filter(|(_, is_note)| **is_note).filter_map(|(row, _)| begins(row.words));
    begun.filter(|mark| mark.starts_with(|c: char| c.is_ascii_digit())).collect()
}

/// A text with each figure that leads to a note in brackets, so that it is no part of its word.
pub(super) fn bracketed(text: &str, numbers: &BTreeSet<String>) -> String {
    if numbers.is_empty() {
        return text.to_string();
    }
    let words: Vec<String> = text
        .split(' ')
        .map(|word| match raised(word) {
            Some((from, to)) if numbers.contains(&word[from..to]) => {
                format!("{}[{}]{}", &word[..from], &word[from..to], &word[to..])
            }
            _ => word.to_string(),
        })
        .collect();
    words.join(" ")
}

/// Whether the line before can be the last before a note: it ends, or has room for the mark.
fn is_after_end(rows: &[TextRow<'_>], at: usize) -> bool {
    let before = rows[at - 1].words;
    before.ends_with(['.', ':', ';', '?', '!']) || rows[at].words.chars().count() > before.chars().count() + 8
}

/// The number of a note alone on its line, in the middle of a sentence: so a raised figure comes out of many a PDF.
fn lone_mark(rows: &[TextRow<'_>], at: usize) -> Option<String> {
    let row = &rows[at];
    let is_number = (1..=2).contains(&row.words.len()) && row.words.chars().all(|c| c.is_ascii_digit());
    let is_in_sentence = at > 0
        && !rows[at - 1].words.ends_with(['.', ':', ';', '?', '!'])
        && rows.get(at + 1).is_some_and(|next| next.words.starts_with(char::is_lowercase));
    (is_number && is_in_sentence).then(|| row.words.to_string())
}

/// The mark that a note begins with.
fn begins(words: &str) -> Option<String> {
    let (mark, rest) = words.split_once(char::is_whitespace)?;
    let is_sign = mark.chars().count() == 1 && mark.starts_with(SIGNS);
    let is_number = (1..=2).contains(&mark.len()) && mark.chars().all(|c| c.is_ascii_digit());
    let is_text = rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '‘' | '"' | '“'));
    ((is_sign || is_number) && is_text).then(|| mark.to_string())
}

/// The marks that words of a line end with.
fn marks(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in words.split_whitespace() {
        if let Some((from, to)) = raised(word) {
            found.push(word[from..to].to_string());
        }
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')']);
        let sign = bare.chars().last().filter(|sign| SIGNS.contains(sign) && bare.chars().count() > 1);
        found.extend(sign.map(String::from));
    }
    found
}

/// Where a figure begins and ends that follows the letters of a word, as in "status2" or "responsibility.1".
fn raised(word: &str) -> Option<(usize, usize)> {
    let end = word.trim_end_matches(['.', ',', ';', ':', ')']).len();
    let from = word[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let before = word[..from].trim_end_matches(['.', ',', ';', ':', ')', '’', '\'']);
    let is_word = before.chars().count() >= 3 && before.ends_with(char::is_lowercase);
    (is_word && (1..=2).contains(&(end - from))).then_some((from, end))
}

#[cfg(test)]
mod tests {
    use super::super::text_rows::rows;
    use super::*;

    #[test]
    fn a_note_begins_with_a_mark_that_is_in_the_text() {
        let text = "By status2 alone or restraint*;\n\n1 Purpose\n\n2 Status means order\nor not.\n* Restraint here is\nholding.\n\n* Next\n";
        let rows = rows(text);
        assert_eq!(note_lines(&rows), [false, false, true, true, true, true, true]);
        assert_eq!(bracketed("By status2 alone, 2 times, x2.", &numbers(&rows)), "By status[2] alone, 2 times, x2.");
    }
}
