//! Pasted text: lines in, pieces out. A blank line ends a piece; a line that is no new piece goes on with the one before it.

use super::blocks::{Block, BlockKind};

/// The longest line that can be a heading, in characters.
const LONGEST_HEADING: usize = 90;

/// Decodes a text: by its byte-order mark, else UTF-8, else the Windows code page of western Europe, in which every byte means
/// something, so that no letter is lost.
pub fn decode(bytes: &[u8]) -> String {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]) {
        Some(text) => text.into_owned(),
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// A line as pasted text has them.
#[derive(Debug, PartialEq)]
enum TextLine<'a> {
    Blank,
    /// A numbered line: its number and the words after it.
    Numbered(&'a str, &'a str),
    /// A bulleted line: its indentation and the words after the bullet.
    Bulleted(usize, &'a str),
    Words(&'a str),
    /// A page number, or a line that stands on every page.
    Furniture(&'a str),
}

/// The pieces of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let times = |words: &str| lines.iter().filter(|line| line.trim() == words).count();
    let read: Vec<TextLine<'_>> = lines
        .iter()
        .map(|line| match line_of(line) {
            TextLine::Words(words) if is_furniture(words) || times(words) >= 3 => TextLine::Furniture(words),
            line => line,
        })
        .collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for (at, line) in read.iter().enumerate() {
        let place = format!("line {}", at + 1);
        let next = read[at + 1..].iter().find(|line| !matches!(line, TextLine::Blank | TextLine::Furniture(_)));
        let follows_blank = at == 0 || read[at - 1] == TextLine::Blank;
        let block = match line {
            TextLine::Blank => {
                is_open = false;
                continue;
            }
            // What stands on every page does not end the line that it interrupts.
            TextLine::Furniture(words) => {
                blocks.push(Block::new(place, BlockKind::Aside, words));
                continue;
            }
            TextLine::Numbered(number, words) if is_numbered_heading(number, words, next) => {
                Block::new(place, BlockKind::Heading(2), words)
            }
            TextLine::Numbered(_, words) => Block::new(place, BlockKind::Item(0), words),
            TextLine::Bulleted(indent, words) => {
                Block::new(place, BlockKind::Item(depth(&blocks, *indent, &read[..at])), words)
            }
            TextLine::Words(words) if is_open && !follows_blank && !is_heading(words, next, follows_blank) => {
                if let Some(last) = blocks.iter_mut().rev().find(|block| block.kind != BlockKind::Aside) {
                    last.text = format!("{} {}", last.text, words);
                    // A line that goes on begins small; one that begins with a capital may be something else.
                    if words.starts_with(char::is_uppercase) {
                        last.doubts.push(format!("{place}: joined to the line above it: {words}"));
                    }
                }
                continue;
            }
            TextLine::Words(words) if is_heading(words, next, follows_blank) => {
                Block::new(place, BlockKind::Heading(2), words)
            }
            TextLine::Words(words) => Block::new(place, BlockKind::Paragraph, words),
        };
        is_open = !matches!(block.kind, BlockKind::Heading(_));
        blocks.push(block);
    }
    blocks
}

/// A page number: "4", "Page 4", "Page 4 of 12".
fn is_furniture(words: &str) -> bool {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let mut rest = words.split_whitespace().filter(|word| !is_number(word));
    let has_number = words.split_whitespace().any(is_number);
    has_number && rest.all(|word| matches!(word.to_lowercase().as_str(), "page" | "of"))
}

/// A line that says itself that it is a heading: "AREA ONE", "Area 3: Prevention".
fn says_heading(words: &str) -> bool {
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    let is_capitals = letters().count() >= 4 && letters().all(char::is_uppercase);
    let mut parts = words.splitn(3, char::is_whitespace);
    let first = parts.next().unwrap_or_default().to_lowercase();
    let number = parts.next().unwrap_or_default().trim_end_matches([':', '.']);
    let is_numbered = matches!(first.as_str(), "area" | "section" | "part" | "standard" | "theme" | "domain")
        && !number.is_empty()
        && number.len() <= 3;
    let is_short = words.chars().count() <= LONGEST_HEADING && !words.ends_with(['.', ';', ',']);
    is_short && (is_capitals || is_numbered && number.chars().all(char::is_alphanumeric))
}

fn line_of(line: &str) -> TextLine<'_> {
    let words = line.trim();
    if words.is_empty() {
        return TextLine::Blank;
    }
    let indent = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    for bullet in ['•', '◦', '▪', '●', '○', '■', '·', '–', '-', '*', '+', '\u{f0b7}'] {
        if let Some(rest) = words.strip_prefix(bullet)
            && rest.starts_with(char::is_whitespace)
        {
            return TextLine::Bulleted(indent, rest.trim());
        }
    }
    // Word's second-level bullet arrives as a small o.
    if let Some(rest) = words.strip_prefix("o ") {
        return TextLine::Bulleted(indent + 4, rest.trim());
    }
    match numbered(words) {
        Some((number, rest)) => TextLine::Numbered(number, rest),
        None => TextLine::Words(words),
    }
}

/// "1.", "1.2", "1)", "(a)", "iv." before words.
fn numbered(words: &str) -> Option<(&str, &str)> {
    let (mark, rest) = words.split_once(char::is_whitespace)?;
    let inner = mark.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let is_number =
        inner.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.chars().all(|c| c.is_ascii_digit()));
    let is_letter = inner.len() <= 4 && (inner.len() == 1 || inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x')));
    let is_marked = mark.len() > inner.len();
    let is_listed = (is_number && (is_marked || inner.contains('.')))
        || (is_marked && is_letter && inner.chars().all(char::is_alphabetic));
    (is_listed && !rest.trim().is_empty()).then_some((inner, rest.trim()))
}

/// A numbered line is a heading when the next one is numbered below it: "1. Leadership" before "1.1 Leaders know...".
fn is_numbered_heading(number: &str, words: &str, next: Option<&TextLine<'_>>) -> bool {
    let is_short = words.chars().count() <= LONGEST_HEADING && !words.ends_with(['.', ';', ',']);
    match next {
        Some(TextLine::Numbered(below, _)) => below.starts_with(&format!("{number}.")),
        Some(TextLine::Bulleted(..)) => is_short && !words.ends_with(':'),
        _ => false,
    }
}

/// A short line with no full stop, after a blank line or a heading's marks, before something that it can head.
fn is_heading(words: &str, next: Option<&TextLine<'_>>, follows_blank: bool) -> bool {
    if words.starts_with('#') || says_heading(words) {
        return true;
    }
    let is_short = words.chars().count() <= LONGEST_HEADING && !words.ends_with(['.', ';', ',', ':', '?']);
    follows_blank && is_short && matches!(next, Some(TextLine::Numbered(..) | TextLine::Bulleted(..)))
}

/// How deep a bullet is nested: under a numbered line or a bullet that stands further left.
fn depth(blocks: &[Block], indent: usize, before: &[TextLine<'_>]) -> u8 {
    let above = blocks.iter().rev().find(|block| block.kind != BlockKind::Aside);
    let Some(Block { kind: BlockKind::Item(_), .. }) = above else { return 0 };
    let above = before.iter().rev().take_while(|line| **line != TextLine::Blank);
    let is_nested = above.into_iter().any(|line| match line {
        TextLine::Bulleted(other, _) => *other < indent,
        TextLine::Numbered(..) => indent > 0,
        TextLine::Blank | TextLine::Words(_) | TextLine::Furniture(_) => false,
    });
    u8::from(is_nested)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let kind = |kind: &BlockKind| match kind {
            BlockKind::Heading(_) => "heading",
            BlockKind::Item(0) => "item",
            BlockKind::Item(_) => "nested",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Row(_) | BlockKind::Aside => "other",
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
                ("line 4", "item", "Leaders know what is going on."),
                ("line 6", "item", "Leaders act."),
            ],
        );
    }

    #[test]
    fn bullets_with_nested_bullets_under_a_plain_heading() {
        check(
            "Practice\n• Children are seen:\n   ◦ alone\n   ◦ in time\n• Plans say what will change.\n\nSee page 4\n",
            &[
                ("line 1", "heading", "Practice"),
                ("line 2", "item", "Children are seen:"),
                ("line 3", "nested", "alone"),
                ("line 4", "nested", "in time"),
                ("line 5", "item", "Plans say what will change."),
                ("line 7", "paragraph", "See page 4"),
            ],
        );
    }

    #[test]
    fn what_stands_on_every_page_breaks_no_statement_and_becomes_none() {
        check(
            "AREA ONE\n1. Children are\nPage 4 of 12\n4\nseen alone.\no for this, too\nArea 2: Prevention\n- Help comes early.\n",
            &[
                ("line 1", "heading", "AREA ONE"),
                ("line 2", "item", "Children are seen alone."),
                ("line 3", "other", "Page 4 of 12"),
                ("line 4", "other", "4"),
                ("line 6", "nested", "for this, too"),
                ("line 7", "heading", "Area 2: Prevention"),
                ("line 8", "item", "Help comes early."),
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
