//! Lines of a text that can be headings, by their words alone.

use super::levels::HeadingStyle;
use super::marks::marked;
use crate::theme::{is_labelled, without_note_marks};

/// The longest line that can be a heading, in characters.
pub(super) const LONGEST_HEADING: usize = 90;

/// Whether words are short and end as no sentence does.
pub(super) fn is_heading_like(words: &str) -> bool {
    words.chars().count() <= LONGEST_HEADING
        && words.split_whitespace().count() <= 14
        && !without_note_marks(words).trim_end().ends_with(['.', ';', ',', ':', '!', '–', '—'])
        && !words.contains(". ")
        && words.chars().any(char::is_alphabetic)
}

/// Whether a line is the title of an annex, as in "Annex B: words that we use".
pub(super) fn begins_annex(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let is_annex = parts.next().is_some_and(|word| matches!(word.to_lowercase().as_str(), "annex" | "appendix"));
    let mark = parts.next().unwrap_or_default();
    let letter = mark.trim_end_matches([':', '.', '-', '–']);
    let is_lettered =
        letter.chars().count() == 1 && letter.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    // "Annex A sets out the criteria" is a sentence.
    let is_set_off = letter.len() < mark.len() || parts.next().is_none_or(|word| matches!(word, "–" | "-" | ":"));
    is_annex && is_lettered && is_set_off && is_heading_like(words)
}

/// A line that says itself that it is a heading: "AREA ONE", "Area 3: Prevention".
pub(super) fn says_heading(words: &str) -> Option<HeadingStyle> {
    if words.chars().count() > LONGEST_HEADING || words.ends_with(['.', ';', ',']) || marked(words).is_some() {
        return None;
    }
    let mut parts = words.splitn(3, char::is_whitespace);
    let first = parts.next().unwrap_or_default().to_lowercase();
    let number = parts.next().unwrap_or_default().trim_end_matches([':', '.', '-', '–']);
    let is_label = matches!(
        first.as_str(),
        "area"
            | "section"
            | "part"
            | "standard"
            | "theme"
            | "domain"
            | "chapter"
            | "criterion"
            | "priority"
            | "principle"
    );
    let is_number = (1..=3).contains(&number.chars().count())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, 'A'..='Z' | 'i' | 'v' | 'x'));
    if is_label && is_number {
        return Some(match first.as_str() {
            "part" => HeadingStyle::Part(0),
            "chapter" => HeadingStyle::Part(1),
            "section" => HeadingStyle::Part(2),
            _ => HeadingStyle::Labelled,
        });
    }
    // Annexes and sections are set as the parts of their document are, and not as areas are.
    let is_part = matches!(first.as_str(), "annex" | "appendix" | "part" | "section" | "chapter");
    if !is_part && is_labelled(words) && words.contains([':', '–', '—']) {
        return Some(HeadingStyle::Labelled);
    }
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    (letters().count() >= 4 && letters().all(char::is_uppercase)).then_some(HeadingStyle::Capitals)
}

/// Whether one number follows another in its list: "2" after "1", "1.3" after "1.2".
pub(super) fn is_next_number(one: &str, next: &str) -> bool {
    let split = |number: &str| {
        let (before, last) = number.rsplit_once('.').unwrap_or(("", number));
        (before.to_string(), last.parse::<usize>().unwrap_or_default())
    };
    let ((before, one), (next_before, next)) = (split(one), split(next));
    before == next_before && next == one + 1
}
