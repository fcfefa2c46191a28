//! What is typed before the words of a line: a bullet of any kind, or a number.

use super::blocks::ListPlace;

/// What is typed before words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineMark {
    /// A bullet, by its sign.
    Bullet(char),
    /// A number in figures, as in "4" or "2.1".
    Number(String),
    /// A letter or a Roman number, as in "a" or "iv".
    Letter(String),
}

/// Signs that begin a point of a list where a blank follows. Signs of private use are those of symbol fonts.
const BULLETS: &str = "•◦▪●○■□◆◇▶►▸▹➢➤➔→⇒✓✔✗★☆·‣⁃∙‧⦁⬤◾◼◻❖–—−-*+§»›¤¨";

/// The mark of a line with the words after it; `None` where it has none.
pub(super) fn marked(words: &str) -> Option<(LineMark, &str)> {
    let words = words.trim();
    let mut chars = words.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let is_private = matches!(first, '\u{e000}'..='\u{f8ff}');
    if (BULLETS.contains(first) || is_private) && (rest.is_empty() || rest.starts_with(char::is_whitespace)) {
        return Some((LineMark::Bullet(first), rest.trim()));
    }
    // Some bullets are set close to their words; a dash before letters is part of a word.
    if ((BULLETS.contains(first) && !"–—−-*+§»›".contains(first)) || is_private)
        && rest.starts_with(char::is_alphabetic)
    {
        return Some((LineMark::Bullet(first), rest.trim()));
    }
    // Word's second-level bullet arrives as a small o.
    if let Some(rest) = words.strip_prefix("o ").or_else(|| words.strip_prefix("o\t")) {
        return Some((LineMark::Bullet('o'), rest.trim()));
    }
    numbered(words)
}

/// `1.`, `1.2`, `1)`, `(a)`, `iv.`, `[3]` before words.
fn numbered(words: &str) -> Option<(LineMark, &str)> {
    let (mark, rest) = words.split_once(char::is_whitespace)?;
    let inner = mark.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ':', ']']);
    let rest = rest.trim();
    if inner.is_empty() || rest.is_empty() {
        return None;
    }
    let is_marked = mark.len() > inner.len();
    let is_number =
        inner.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.chars().all(|c| c.is_ascii_digit()));
    if is_number && (is_marked || inner.contains('.') || has_wide_gap(words, mark)) {
        return Some((LineMark::Number(inner.to_string()), rest));
    }
    // "A1 Agencies…": a letter with a number before a sentence. "A4 paper" goes on small.
    let figures = inner.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or_default();
    let is_reference = !figures.is_empty()
        && figures.split('.').all(|part| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()));
    if is_reference && rest.starts_with(char::is_uppercase) {
        return Some((LineMark::Number(inner.to_string()), rest));
    }
    let is_roman = inner.len() <= 4 && inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let is_letter = inner.chars().count() == 1 && inner.chars().all(|c| c.is_ascii_lowercase());
    // "A. Smith" is a name, and "a (b)" a word.
    (is_marked && (is_roman || is_letter)).then(|| (LineMark::Letter(inner.to_string()), rest))
}

/// Whether a bare number is set off from its words by a tab or by several blanks, as numbered paragraphs of a PDF are.
fn has_wide_gap(words: &str, mark: &str) -> bool {
    let after = &words[mark.len()..];
    after.starts_with('\t') || after.starts_with("  ")
}

/// Where marked lines are in their list, one after the other: "(i)" after "(h)" is a letter, else a Roman number under the letters.
#[derive(Debug, Default)]
pub(super) struct MarkPlaces {
    /// The letter before.
    letter: String,
}

/// How deep points with letters are: under numbers with any points in them.
const LETTER_DEPTH: u8 = 9;

impl MarkPlaces {
    /// The place of a line with this mark, in the document's order.
    pub(super) fn place(&mut self, mark: &LineMark) -> ListPlace {
        match mark {
            LineMark::Bullet(_) => ListPlace::bullet(0),
            LineMark::Number(_) => {
                self.letter.clear();
                ListPlace::number(0)
            }
            LineMark::Letter(letter) => {
                let is_next = matches!((self.letter.as_str(), letter.as_str()), ("h", "i") | ("u", "v") | ("w", "x"));
                let is_roman = letter.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) && !is_next;
                if !is_roman {
                    self.letter.clone_from(letter);
                }
                ListPlace::number(LETTER_DEPTH + u8::from(is_roman))
            }
        }
    }
}

/// The signs and indents of the bullets in an open list, the outermost first.
#[derive(Debug, Default)]
pub(super) struct TypedBullets(Vec<(char, usize)>);

impl TypedBullets {
    /// How deep a bullet is: by its sign, and by its indent under one of the same sign.
    pub(super) fn depth(&mut self, sign: char, indent: usize) -> u8 {
        let known = self.0.iter().rposition(|(other, at)| *other == sign && indent <= at + 1);
        match known.or_else(|| self.0.iter().position(|(other, at)| *other == sign && indent < *at)) {
            Some(at) => self.0.truncate(at + 1),
            None => self.0.push((sign, indent)),
        }
        u8::try_from(self.0.len() - 1).unwrap_or(u8::MAX)
    }

    /// Whether no list is open.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a line is a bullet or a number with its point, and nothing else: its words are on the next line.
pub(super) fn is_bare_mark(words: &str) -> bool {
    let words = words.trim();
    let number = words.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty()
        && number.len() <= 6
        && number.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    is_number || matches!(marked(words), Some((LineMark::Bullet(_), ""))) || words == "o"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_of_many_kinds_are_marks_and_words_are_not() {
        for line in ["• Seen.", "•Seen.", "■\tSeen.", "– Seen.", "\u{f0b7} Seen.", "o Seen.", "➢ Seen.", "* Seen."]
        {
            assert!(matches!(marked(line), Some((LineMark::Bullet(_), "Seen."))), "{line}");
        }
        for (line, number) in [
            ("4. Seen.", "4"),
            ("2.1 Seen.", "2.1"),
            ("(3) Seen.", "3"),
            ("12)\tSeen.", "12"),
            ("7   Seen.", "7"),
            ("A1 Seen.", "A1"),
        ] {
            assert_eq!(marked(line), Some((LineMark::Number(number.into()), "Seen.")), "{line}");
        }
        for line in ["(a) Seen.", "iv. Seen.", "b) Seen."] {
            assert!(matches!(marked(line), Some((LineMark::Letter(_), "Seen."))), "{line}");
        }
        for line in ["Seen.", "5 days", "-term plans", "2026 was", "A. Smith", "a child", "*Seen*", "A4 paper"] {
            assert_eq!(marked(line), None, "{line}");
        }
    }
}
