//! Lines of a text that are not its content: page numbers, what is on every page, lists of contents, navigation, details of publication.

use std::collections::HashMap;

use super::footnotes;
use super::headings::{PartKind, kind_of_part};
use super::marks::marked;
use super::reasons;
use super::text_rows::TextRow;
use crate::theme::looks_like_navigation;

/// Whether a line begins small, directly under another: the last word of a sentence can be "home", as the name of a link can.
fn goes_on(row: &TextRow<'_>) -> bool {
    !row.follows_blank && row.words.starts_with(char::is_lowercase)
}

/// Why each line is not content; `None` for one that is.
pub(super) fn reasons(rows: &[TextRow<'_>]) -> Vec<Option<&'static str>> {
    let contents = contents(rows);
    let are_notes = footnotes::note_lines(rows);
    let mut times: HashMap<String, usize> = HashMap::new();
    rows.iter().for_each(|row| *times.entry(without_figures(row.words)).or_default() += 1);
    let reason = |(at, row): (usize, &TextRow<'_>)| {
        if contents[at] {
            Some(reasons::CONTENTS)
        } else if are_notes[at] {
            Some(reasons::NOTE)
        } else if looks_like_navigation(row.words) && !goes_on(row) {
            Some(reasons::NAVIGATION)
        } else if is_page_number(row.words) || is_on_pages((rows, &contents), at, &times) {
            Some(reasons::PAGE_FOOT)
        } else if is_publishing(row.words) {
            Some(reasons::PUBLISHING)
        } else {
            None
        }
    };
    rows.iter().enumerate().map(reason).collect()
}

/// A page number: "4", "Page 4", "Page 4 of 12", "- 4 -".
fn is_page_number(words: &str) -> bool {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let words: Vec<&str> = words.split([' ', '|', '/', '-', '–']).filter(|word| !word.is_empty()).collect();
    let has_number = words.iter().any(|word| is_number(word));
    let mut rest = words.iter().filter(|word| !is_number(word));
    has_number
        && words.len() <= 4
        && rest.all(|word| matches!(word.to_lowercase().as_str(), "page" | "of" | "p" | "p."))
}

/// A text with each number made the same, so that the feet of two pages are equal.
fn without_figures(words: &str) -> String {
    let mut folded = String::new();
    for c in words.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        let is_again = c == '#' && folded.ends_with('#') || c.is_whitespace() && folded.ends_with(' ');
        if !is_again {
            folded.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    folded
}

/// Whether a line ends as a sentence or a part of a list does; heads and feet of pages do not.
fn is_ended(words: &str) -> bool {
    words.ends_with(['.', ':', ';', ',', '?', '!']) || words.ends_with("; and") || words.ends_with("; or")
}

/// Words after which a number belongs to them.
const NUMBERED: [&str; 17] = [
    "annex", "appendix", "area", "chapter", "domain", "figure", "grade", "level", "part", "phase", "section", "stage",
    "standard", "step", "table", "theme", "tier",
];

/// Whether a line is at the head or the foot of pages.
fn is_on_pages((rows, contents): (&[TextRow<'_>], &[bool]), at: usize, times: &HashMap<String, usize>) -> bool {
    let row = &rows[at];
    if is_ended(row.words) || row.words.chars().count() > 120 || is_bulleted(row.words) {
        return false;
    }
    let is_alone = row.follows_blank || row.precedes_blank;
    let before_list = rows.get(at + 1).is_some_and(|next| marked(next.words).is_some());
    // The words over a line with a colon are the beginning of a lead-in, however often a document uses them.
    if !row.precedes_blank && rows.get(at + 1).is_some_and(|next| next.words.ends_with(':') && !next.begins_page) {
        return false;
    }
    let folded = without_figures(row.words);
    let count = times.get(&folded).copied().unwrap_or_default();
    let is_repeated = count >= 3 && (!before_list || follows_page_foot(rows, at, times));
    if is_repeated || count >= 2 && is_alone && is_at_page_end(rows, at) {
        return true;
    }
    // The end of a point, as in "what help there is after 18".
    if row.words.starts_with(char::is_lowercase) {
        return false;
    }
    // "Guidance for inspectors  2", "2  Guidance for inspectors".
    let pieces: Vec<&str> = row.words.split_whitespace().collect();
    let is_number = |word: &str| word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit());
    let [first, .., before_last, last] = pieces.as_slice() else { return is_cut_title(rows, contents, at) };
    let label = before_last.to_lowercase();
    let ends_numbered = is_number(last) && !NUMBERED.contains(&label.as_str()) && !is_month_or_unit(&label);
    let begins_numbered = is_number(first) && row.words.contains("  ") && !before_list;
    if ends_numbered && (is_alone || count >= 2) || begins_numbered && is_alone && count >= 2 {
        return true;
    }
    is_cut_title(rows, contents, at)
}

/// Whether the line before is the foot of a page: the same words with a different number are on others, too.
fn follows_page_foot(rows: &[TextRow<'_>], at: usize, times: &HashMap<String, usize>) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &rows[before]) else { return false };
    let is_numbered = before.words.ends_with(|c: char| c.is_ascii_digit()) && !is_bulleted(before.words);
    is_numbered && times.get(&without_figures(before.words)).is_some_and(|count| *count >= 3)
}

/// Whether a line is at the end or the beginning of a page, as its number or the break after it shows.
fn is_at_page_end(rows: &[TextRow<'_>], at: usize) -> bool {
    let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| rows.get(near));
    let next = [at + 1, at + 2].into_iter().filter_map(|next| rows.get(next));
    rows[at].begins_page
        || near.into_iter().any(|row| is_page_number(row.words))
        || next.into_iter().any(|row| row.begins_page)
}

fn is_bulleted(words: &str) -> bool {
    marked(words)
        .is_some_and(|(mark, _)| matches!(mark, super::marks::LineMark::Bullet(_) | super::marks::LineMark::Letter(_)))
}

fn is_month_or_unit(word: &str) -> bool {
    const WORDS: [&str; 12] =
        ["age", "ages", "to", "and", "aged", "under", "over", "of", "year", "key", "within", "than"];
    WORDS.contains(&word) || crate::core::words::read_date(&format!("1 {word} 2026")).is_some()
}

/// Whether a line repeats the beginning of a heading further up, as running heads do, cut where the page has no more room.
fn is_cut_title(rows: &[TextRow<'_>], contents: &[bool], at: usize) -> bool {
    const FEWEST: usize = 20;
    let row = &rows[at];
    let is_alone = row.begins_page
        || row.follows_blank && (row.precedes_blank || rows.get(at + 1).is_some_and(|next| next.precedes_blank));
    // A title runs over two lines where a running head has it on one.
    let is_begun = |title: usize| {
        let own = rows[title].words;
        let is_cut = own.len() > row.words.len() && own.starts_with(row.words);
        let next = rows.get(title + 1).filter(|next| title + 1 < at && !next.follows_blank);
        // A hyphen at the end of the first line may be followed by a blank here and by none there.
        let close = |text: &str| text.split_whitespace().collect::<String>();
        let is_joined = next.is_some_and(|next| {
            row.words.len() > own.len() && close(&format!("{own}{}", next.words)).starts_with(&close(row.words))
        });
        !is_ended(own) && (is_cut || is_joined)
    };
    // A heading is the beginning of its own entry in the list of contents.
    let is_begun_above = || (0..at.min(40)).any(|title| !contents[title] && is_begun(title));
    row.words.chars().count() >= FEWEST && is_alone && marked(row.words).is_none() && is_begun_above()
}

/// Which lines are a list of contents, with its heading.
fn contents(rows: &[TextRow<'_>]) -> Vec<bool> {
    let mut is_listed = vec![false; rows.len()];
    let keys: Vec<String> = rows.iter().map(|row| entry_key(row.words)).collect();
    let last: HashMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (key.as_str(), at)).collect();
    let mut at = 0;
    while at < rows.len() {
        is_listed[at] |= has_leader(rows[at].words);
        if kind_of_part(rows[at].words) == Some(PartKind::Contents) {
            let recurs = |entry: usize| last.get(keys[entry].as_str()).is_some_and(|last| *last > entry);
            let mut next = at + 1;
            // A title wrapped over two lines is two entries of which none comes again; those between do.
            while next < rows.len() && (has_leader(rows[next].words) || recurs(next) || ends_with_page(rows, next)) {
                next += 1;
            }
            if next > at + 1 {
                is_listed[at..next].fill(true);
            }
            at = next;
        } else {
            at += 1;
        }
    }
    is_listed
}

/// An entry ends with a page's number, and the next entry with the same or a later one.
fn ends_with_page(rows: &[TextRow<'_>], at: usize) -> bool {
    let page = |row: &TextRow<'_>| -> Option<usize> {
        let (before, last) = row.words.rsplit_once(char::is_whitespace)?;
        (!before.trim().is_empty() && last.len() <= 3).then(|| last.parse().ok()).flatten()
    };
    let Some(this) = page(&rows[at]) else { return false };
    let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| page(rows.get(near)?));
    near.into_iter().any(|near| near.abs_diff(this) <= 40)
}

/// "Introduction ........ 3".
fn has_leader(words: &str) -> bool {
    (words.contains("....") || words.contains(". . .") || words.contains("……"))
        && words.ends_with(|c: char| c.is_ascii_digit())
}

/// What an entry of a list of contents and the heading that it leads to have in common.
pub(super) fn entry_key(words: &str) -> String {
    let words = marked(words).map_or(words, |(_, rest)| rest);
    let folded = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '…' | '\t'));
    folded.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Details of publication, by what a line begins with, in lower case.
const PUBLISHING: [&str; 26] = [
    "published ",
    "published:",
    "publication date",
    "publishing information",
    "last updated",
    "updated ",
    "updated:",
    "first published",
    "date of issue",
    "issued ",
    "version ",
    "reference number",
    "reference no",
    "ref:",
    "isbn",
    "from: ",
    "applies to england",
    "applies to:",
    "crown copyright",
    "(c) crown",
    "© crown",
    "this publication is ",
    "this document is available",
    "to view this licence",
    "you may re-use",
    "age group:",
];

/// Those of them that a number follows: a day, or that of a version.
const DATED: [&str; 5] = ["published ", "last updated", "updated ", "issued ", "version "];

/// Whether a line says when and how the document was published.
pub(super) fn is_publishing(words: &str) -> bool {
    let folded = words.to_lowercase();
    let is_begun = PUBLISHING.iter().any(|beginning| folded.starts_with(beginning));
    // "Version control of plans" can be rated.
    let is_dated =
        !DATED.iter().any(|beginning| folded.starts_with(beginning)) || folded.contains(|c: char| c.is_ascii_digit());
    let names_licence = folded.contains("open government licence") || folded.contains("crown copyright");
    // "Published plans are shared" is a sentence of its own.
    let is_short = words.split_whitespace().count() <= 12 && (!words.ends_with('.') || folded.contains("20"));
    (is_begun && is_dated && is_short) || names_licence
}

#[cfg(test)]
mod tests {
    use super::super::text_rows::rows;
    use super::*;

    #[test]
    fn what_is_on_pages_is_told_from_what_is_said() {
        let text = "Inspection of help for carers\n\nContents\n1. Introduction\n2. What we look at\n\n1. Introduction\n\nFor all.\n\n\
                    2. What we look at\n\nAgencies:\n• ask in time\nGuidance for inspectors  2\n\nAgencies:\n• act\nGuidance for inspectors  3\n\
                    \nAgencies:\n• tell\n\nInspection of help for ca\n\nPublished 4 May 2027\nStage 2\n";
        let rows = rows(text);
        let left: Vec<(&str, &str)> =
            rows.iter().zip(reasons(&rows)).filter_map(|(row, reason)| Some((row.words, reason?))).collect();
        let expected = [
            ("Contents", reasons::CONTENTS),
            ("1. Introduction", reasons::CONTENTS),
            ("2. What we look at", reasons::CONTENTS),
            ("Guidance for inspectors  2", reasons::PAGE_FOOT),
            ("Guidance for inspectors  3", reasons::PAGE_FOOT),
            ("Inspection of help for ca", reasons::PAGE_FOOT),
            ("Published 4 May 2027", reasons::PUBLISHING),
        ];
        assert_eq!(left, expected);
    }
}
