//! What a text's own list of contents tells of its headings: which of them it names, and how deep.

use std::collections::HashMap;

use super::furniture::entry_key;
use super::headings::{PartKind, kind_of_part};
use super::marks::{LineMark, marked};
use super::reasons;
use super::text_rows::TextRow;

/// The deepest entry that is told from those above it.
const DEEPEST: u8 = 6;

/// The entries of a list of contents.
#[derive(Debug, Default)]
pub(super) struct ListedHeadings {
    /// How deep each entry is, by its words.
    depths: HashMap<String, u8>,
    /// How many lines the list has.
    entries: usize,
}

impl ListedHeadings {
    /// The entries among the lines of a text.
    pub(super) fn in_rows(rows: &[TextRow<'_>], reasons: &[Option<&'static str>]) -> ListedHeadings {
        let is_entry = |(row, reason): &(&TextRow<'_>, &Option<&'static str>)| {
            **reason == Some(reasons::CONTENTS) && kind_of_part(row.words) != Some(PartKind::Contents)
        };
        let entries: Vec<&TextRow<'_>> = rows.iter().zip(reasons).filter(is_entry).map(|(row, _)| row).collect();
        let indents = steps(entries.iter().map(|row| row.indent).collect());
        let depth = |row: &TextRow<'_>| {
            let indent = indents.iter().rposition(|from| row.indent >= *from).unwrap_or_default();
            let points = match marked(row.words) {
                Some((LineMark::Number(number), _)) => number.matches('.').count(),
                _ => 0,
            };
            u8::try_from(indent.max(points)).unwrap_or(DEEPEST).min(DEEPEST)
        };
        let mut depths = HashMap::new();
        for (at, row) in entries.iter().enumerate() {
            // A long entry runs over two lines, the second of which has the number of the page.
            if let Some(next) = entries.get(at + 1).filter(|next| next.line == row.line + 1) {
                depths.entry(key(&format!("{} {}", row.words, next.words))).or_insert(depth(row));
            }
        }
        for row in &entries {
            depths.insert(key(row.words), depth(row));
        }
        ListedHeadings { depths, entries: entries.len() }
    }

    /// How deep a heading is in the list; `None` where the list does not name it.
    pub(super) fn depth(&self, heading: &str) -> Option<u8> {
        self.depths.get(&key(heading)).copied()
    }

    /// How deep the headings are that the list leaves out: under all that it names.
    pub(super) fn below(&self) -> u8 {
        1 + self.depths.values().max().copied().unwrap_or_default()
    }

    /// Whether it is a list of the headings of this text: most of its entries are among them.
    pub(super) fn names<'h>(&self, headings: impl Iterator<Item = &'h str>) -> bool {
        let found = headings.filter(|heading| self.depth(heading).is_some()).count();
        found > 1 && 2 * found > self.entries
    }
}

/// Where the indents of each depth begin. Numbers that are set to the right differ by one.
fn steps(mut indents: Vec<usize>) -> Vec<usize> {
    indents.sort_unstable();
    let mut steps: Vec<usize> = Vec::new();
    let mut last = None;
    for indent in indents {
        if last.is_none_or(|last| indent > last + 1) {
            steps.push(indent);
        }
        last = Some(indent);
    }
    steps
}

/// The words that an entry and its heading share, whatever number each has.
fn key(words: &str) -> String {
    entry_key(words).trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::furniture;
    use super::super::text_rows::rows;
    use super::*;

    #[test]
    fn a_list_of_contents_tells_how_deep_headings_are() {
        let text = "Contents\nPart A: About .... 2\n   9.  Scope .... 2\n  10.  Words that we use and\n       explain .... 3\nPart B: What counts .... 4\n";
        let rows = rows(text);
        let listed = ListedHeadings::in_rows(&rows, &furniture::reasons(&rows));
        let depths =
            ["Part A: About", "Scope", "Words that we use", "Part B: What counts"].map(|one| listed.depth(one));
        assert_eq!(depths, [Some(0), Some(1), None, Some(0)]);
        assert!(listed.names(["Part A: About", "Scope", "Part B: What counts"].into_iter()));
        assert!(!listed.names(["Part A: About", "Help"].into_iter()));
    }
}
