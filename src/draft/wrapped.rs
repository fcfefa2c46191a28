//! The letters and words of a text, whatever its bytes are and wherever its lines end.

use std::collections::HashSet;

use super::text_rows::TextRow;

/// Letters that a PDF has as one sign, with what they are.
const LIGATURES: [(char, &str); 7] =
    [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];

/// A text with each letter on its own, as it is typed.
pub(super) fn without_ligatures(text: String) -> String {
    if !text.contains(|c: char| LIGATURES.iter().any(|(sign, _)| *sign == c)) {
        return text;
    }
    LIGATURES.iter().fold(text, |text, (sign, letters)| text.replace(*sign, letters))
}

/// Every word of a text, without the parts of those that the end of a line parts. What is on every page stands between two such parts.
pub(super) fn whole_words(rows: &[TextRow<'_>], reasons: &[Option<&'static str>]) -> HashSet<String> {
    let mut known = HashSet::new();
    let mut is_parted = false;
    for (row, reason) in rows.iter().zip(reasons) {
        let mut words: Vec<&str> =
            row.words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let ends_parted = row.words.ends_with(['-', '\u{2010}', '\u{ad}']);
        if reason.is_none() {
            if is_parted && !words.is_empty() {
                words.remove(0);
            }
            is_parted = ends_parted;
        }
        if ends_parted {
            words.pop();
        }
        known.extend(words.into_iter().map(str::to_lowercase));
    }
    known
}

/// Parts of words that keep their hyphen.
const HYPHENATED: [&str; 24] = [
    "multi", "long", "short", "well", "co", "cross", "self", "non", "inter", "full", "part", "high", "low", "day",
    "one", "two", "face", "follow", "up", "front", "child", "decision", "trauma", "age",
];

/// Those of them that long words begin with, too, as "interpreter" does: what follows has to be a word of the text.
const ALSO_BEGINS_WORDS: [&str; 9] = ["inter", "co", "non", "part", "up", "front", "age", "one", "day"];

/// Puts the words of the next line after those before. A hyphen at the end stays where it belongs to the word.
pub(super) fn join(words: &mut String, next: &str, known: &HashSet<String>) {
    let hyphen = ['-', '\u{2010}', '\u{ad}'];
    let Some(stem) = words.strip_suffix(hyphen).filter(|stem| stem.ends_with(char::is_alphabetic)) else {
        words.push(' ');
        words.push_str(next);
        return;
    };
    let before = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let after = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let is_whole = known.contains(&format!("{before}{after}"));
    let is_prefix = HYPHENATED.contains(&before.as_str())
        && (known.contains(&after) || !ALSO_BEGINS_WORDS.contains(&before.as_str()));
    let is_compound = is_prefix || (known.contains(&after) && after.len() > 3 && before.len() > 3);
    let parts_word = words.ends_with('\u{ad}') || is_whole || !is_compound;
    if parts_word && next.starts_with(char::is_lowercase) {
        words.truncate(stem.len());
    }
    words.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_stays_where_it_belongs_to_the_word() {
        let known: HashSet<String> = ["agency".to_string()].into();
        let joined = |words: &str, next: &str| {
            let mut words = words.to_string();
            join(&mut words, next, &known);
            words
        };
        assert_eq!(joined("with an inter-", "preter"), "with an interpreter");
        assert_eq!(joined("by inter-", "agency teams"), "by inter-agency teams");
        assert_eq!(joined("by multi-", "disciplinary teams"), "by multi-disciplinary teams");
        assert_eq!(without_ligatures("ﬁnd oﬃcers".into()), "find officers");
    }
}
