//! The lines of a text that hold words, with what is around them.

/// A line of a text.
#[derive(Debug, Clone)]
pub(super) struct TextRow<'t> {
    /// Its number in the text, from 1.
    pub line: usize,
    /// Its words without the blanks around them; empty for a blank line.
    pub words: &'t str,
    /// How far it is indented, in characters.
    pub indent: usize,
    /// Whether a blank line or the end of a page is before it.
    pub follows_blank: bool,
    /// Whether a blank line or the end of a page is after it.
    pub precedes_blank: bool,
    /// Whether it is the first of a page.
    pub begins_page: bool,
}

/// The lines of a text that hold words.
pub(super) fn rows(text: &str) -> Vec<TextRow<'_>> {
    let mut rows: Vec<TextRow<'_>> = Vec::new();
    let (mut follows_blank, mut begins_page) = (true, false);
    for (at, line) in text.lines().enumerate() {
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{c}' || c == '\u{feff}');
        begins_page |= line.contains('\u{c}');
        if line.contains('\u{c}') || words.is_empty() {
            follows_blank = true;
            if let Some(last) = rows.last_mut() {
                last.precedes_blank = true;
            }
        }
        if words.is_empty() {
            continue;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        rows.push(TextRow { line: at + 1, words, indent, follows_blank, precedes_blank: false, begins_page });
        (follows_blank, begins_page) = (false, false);
    }
    if let Some(last) = rows.last_mut() {
        last.precedes_blank = true;
    }
    rows
}
