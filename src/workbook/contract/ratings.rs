//! What people write for a rating, and what they write when they have nothing to say: the tables that are understood.

use crate::form::Rating;
use crate::response::SelfRating;

/// The answers that the rating list offers, each with everything else that is understood as it, in lower case.
/// What is not here is quoted and asked about, never guessed.
pub const RATING_WORDS: [(SelfRating, &str, &[&str]); 4] = [
    (SelfRating::Rated(Rating::Red), "Red", &["r", "red rated", "rated red", "rag red", "🔴", "🟥"]),
    (
        SelfRating::Rated(Rating::Amber),
        "Amber",
        &["a", "amber rated", "rated amber", "rag amber", "🟠", "🟡", "🟧", "🟨"],
    ),
    (SelfRating::Rated(Rating::Green), "Green", &["g", "green rated", "rated green", "rag green", "🟢", "🟩"]),
    (
        SelfRating::NotApplicable,
        "Not applicable",
        &["n/a", "n.a.", "n.a", "na", "n / a", "not applicable to us", "not relevant"],
    ),
];

/// What stands between a rating and a remark behind it: `Green - in place`, `Amber: see evidence`.
const REMARK_MARKS: [&str; 6] = [" - ", " – ", " — ", ": ", "; ", ", "];

/// Words behind a rating that take it back or make it two: with one of them it is asked about.
const DOUBTS: [&str; 14] = [
    "red", "amber", "green", "not", "but", "or", "?", "moving", "towards", "nearly", "almost", "some", "partly",
    "except",
];

/// What a text in the rating column means, whatever its case and the blanks around it. Only white space is nothing; anything
/// else that is not understood is unreadable. A remark behind a rating is left out of it, unless it casts doubt on it.
pub fn rating(written: &str) -> SelfRating {
    let folded = folded(written);
    if folded.is_empty() {
        return SelfRating::Blank;
    }
    let with_remark = || {
        // The first mark of any kind: what stands before it must be a whole word of the list, not a letter.
        let (at, mark) = REMARK_MARKS.iter().filter_map(|mark| Some((folded.find(mark)?, mark))).min()?;
        let (word, remark) = (&folded[..at], &folded[at + mark.len()..]);
        let has_doubt = remark.contains('?')
            || remark.contains('/')
            || remark.split(|c: char| !c.is_alphanumeric()).any(|word| DOUBTS.contains(&word));
        if word.len() < 3 || has_doubt { None } else { understood(word) }
    };
    plain(&folded).or_else(with_remark).unwrap_or(SelfRating::Unreadable)
}

/// Whether a text is a word of the list and nothing else: what stands behind a word may take it back, whatever the list of doubts holds.
pub fn is_plain_rating(written: &str) -> bool {
    plain(&folded(written)).is_some()
}

fn folded(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The rating that a folded text is the word of, with points in it or without.
fn plain(folded: &str) -> Option<SelfRating> {
    understood(folded).or_else(|| understood(&folded.replace('.', "")))
}

fn understood(folded: &str) -> Option<SelfRating> {
    let text = folded.trim_end_matches('.');
    let is_it = |word: &str, others: &[&str]| word.to_lowercase() == text || others.contains(&text);
    RATING_WORDS.iter().find(|(_, word, others)| is_it(word, others)).map(|(rating, ..)| *rating)
}

/// The fills that are understood as a rating where no word is written: the workbook's own colours, and those that spreadsheet
/// programs offer first as red, amber and green. Any other colour is asked about.
pub const RATING_FILLS: [(Rating, &[u32]); 3] = [
    (Rating::Red, &[0x942514, 0xFF0000, 0xC00000, 0xFF4B4B, 0xC9211E]),
    (Rating::Amber, &[0xFFBF47, 0xFFC000, 0xFFBF00, 0xFF9900, 0xFFA500, 0xFF8000, 0xED7D31]),
    (Rating::Green, &[0x00703C, 0x00B050, 0x008000, 0x92D050, 0x00FF00, 0x70AD47, 0x00A933]),
];

/// The rating that a fill is understood as; `None` for any other colour.
pub fn rating_of_fill(rgb: u32) -> Option<Rating> {
    RATING_FILLS.iter().find(|(_, fills)| fills.contains(&rgb)).map(|(rating, _)| *rating)
}

/// What people write in a text column when they have nothing to say, folded: it counts as nothing stated.
pub(super) const PLACEHOLDERS: [&str; 18] = [
    "none",
    "n/a",
    "na",
    "n a",
    "nil",
    "tbc",
    "tba",
    "tbd",
    "to be confirmed",
    "as above",
    "see above",
    "ditto",
    "-",
    "x",
    "not applicable",
    "nothing",
    "no comment",
    "none identified",
];

/// Whether a text says only that there is nothing to say.
pub fn is_placeholder(text: &str) -> bool {
    let plain = text.trim().trim_end_matches('.').to_lowercase();
    let is_dashes =
        !plain.is_empty() && plain.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '…' | '/' | '*' | '"'));
    is_dashes || PLACEHOLDERS.contains(&plain.as_str())
}

/// Words in the place of an approver's name that say that nobody approved it yet, in lower case.
const NOT_YET: [&str; 6] = ["pending", "awaiting", "to be approved", "to be confirmed", "will be", "not yet"];

/// Whether a text in the place of a name says that there is none yet.
pub fn is_no_name(text: &str) -> bool {
    let plain = text.trim().to_lowercase();
    is_placeholder(text) || !plain.chars().any(char::is_alphanumeric) || NOT_YET.iter().any(|word| plain.contains(word))
}

/// The word that the rating list offers for an answer; empty for blank and unreadable, which it does not offer.
pub fn rating_word(rating: SelfRating) -> &'static str {
    RATING_WORDS.iter().find(|(known, ..)| *known == rating).map_or("", |(_, word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_understood_or_unreadable_and_never_guessed() {
        for (written, meant) in [
            ("Green", SelfRating::Rated(Rating::Green)),
            (" GREEN\u{a0}", SelfRating::Rated(Rating::Green)),
            ("r", SelfRating::Rated(Rating::Red)),
            ("N/A", SelfRating::NotApplicable),
            ("n.a.", SelfRating::NotApplicable),
            ("not  applicable", SelfRating::NotApplicable),
            ("Green - in place", SelfRating::Rated(Rating::Green)),
            ("AMBER: see the evidence", SelfRating::Rated(Rating::Amber)),
            ("Red.", SelfRating::Rated(Rating::Red)),
            ("🟢", SelfRating::Rated(Rating::Green)),
            (" \u{a0}\n", SelfRating::Blank),
        ] {
            assert_eq!(rating(written), meant, "{written:?}");
        }
        for written in [
            "Green - but not at night",
            "Amber - moving to green",
            "Green, nearly",
            "A - see notes",
            "Green: ?",
            "none",
            "x",
            "Amber/Green",
            "Amber Green",
            "Green?",
            "A-",
            "G-",
            "2",
            "#REF!",
            "-",
            "amber-ish",
            "Red Amber",
            "?",
        ] {
            assert_eq!(rating(written), SelfRating::Unreadable, "{written:?}");
        }
    }
}
