//! The words that are understood as a rating, and those that say that there is nothing to say.

use crate::form::Rating;
use crate::response::SelfRating;

/// The answers that the rating list offers, each with the other words that are understood as it, in lower case.
/// What is not in the table is quoted and asked about. Nothing is guessed: a wrong guess would be a rating that nobody gave.
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

/// What separates a rating from a remark behind it: `Green - in place`, `Amber: see evidence`. Blanks are part of the marks, so that `A-`
/// and `amber-ish` are not ratings with a remark.
const REMARK_MARKS: [&str; 6] = [" - ", " – ", " — ", ": ", "; ", ", "];

/// Words in a remark that may take the rating back, or make it two. With one of them the whole text is asked about.
const DOUBTS: [&str; 14] = [
    "red", "amber", "green", "not", "but", "or", "?", "moving", "towards", "nearly", "almost", "some", "partly",
    "except",
];

/// The rating that a text means, whatever its case and the blanks around it. Only white space is blank; any other text that is not
/// understood is unreadable. A remark behind a rating is left out, unless it casts doubt on the rating.
pub fn rating(written: &str) -> SelfRating {
    let folded = folded(written);
    if folded.is_empty() {
        return SelfRating::Blank;
    }
    let with_remark = || {
        // What comes before the first mark must be a whole word of the list: "A - see notes" may begin a sentence.
        let (at, mark) = REMARK_MARKS.iter().filter_map(|mark| Some((folded.find(mark)?, mark))).min()?;
        let (word, remark) = (&folded[..at], &folded[at + mark.len()..]);
        let has_doubt = remark.contains('?')
            || remark.contains('/')
            || remark.split(|c: char| !c.is_alphanumeric()).any(|word| DOUBTS.contains(&word));
        // Shorter words are letters, such as `A`.
        if word.len() < 3 || has_doubt { None } else { understood(word) }
    };
    plain(&folded).or_else(with_remark).unwrap_or(SelfRating::Unreadable)
}

/// Whether a text is a word of the list and nothing else. Any remark may take the rating back in words that the list of doubts does not
/// have, so a rating with one is reported.
pub fn is_plain_rating(written: &str) -> bool {
    plain(&folded(written)).is_some()
}

fn folded(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The rating of a folded text, with full stops in it (`n.a`) or without.
fn plain(folded: &str) -> Option<SelfRating> {
    understood(folded).or_else(|| understood(&folded.replace('.', "")))
}

fn understood(folded: &str) -> Option<SelfRating> {
    let text = folded.trim_end_matches('.');
    let is_it = |word: &str, others: &[&str]| word.to_lowercase() == text || others.contains(&text);
    RATING_WORDS.iter().find(|(_, word, others)| is_it(word, others)).map(|(rating, ..)| *rating)
}

/// The fills that are understood as a rating where no word is written: the workbook's own colours, and the reds, ambers and greens that
/// spreadsheet programs offer first. Yellow is not one of them. Any other colour is asked about.
pub const RATING_FILLS: [(Rating, &[u32]); 3] = [
    (Rating::Red, &[0x942514, 0xFF0000, 0xC00000, 0xFF4B4B, 0xC9211E]),
    (Rating::Amber, &[0xFFBF47, 0xFFC000, 0xFFBF00, 0xFF9900, 0xFFA500, 0xFF8000, 0xED7D31]),
    (Rating::Green, &[0x00703C, 0x00B050, 0x008000, 0x92D050, 0x00FF00, 0x70AD47, 0x00A933]),
];

/// The rating of a fill; `None` for any other colour.
pub fn rating_of_fill(rgb: u32) -> Option<Rating> {
    RATING_FILLS.iter().find(|(_, fills)| fills.contains(&rgb)).map(|(rating, _)| *rating)
}

/// What people write in a text column when they have nothing to say, folded. It counts as an empty cell.
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

/// Whether a text only says that there is nothing to say.
pub fn is_placeholder(text: &str) -> bool {
    let plain = text.trim().trim_end_matches('.').to_lowercase();
    let is_dashes =
        !plain.is_empty() && plain.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '…' | '/' | '*' | '"'));
    is_dashes || PLACEHOLDERS.contains(&plain.as_str())
}

/// Words in place of an approver's name that mean that nobody has approved it yet, in lower case.
const NOT_YET: [&str; 6] = ["pending", "awaiting", "to be approved", "to be confirmed", "will be", "not yet"];

/// Whether a text in place of a name means that there is no name yet.
pub fn is_no_name(text: &str) -> bool {
    let words = text.to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Whole words: "Will Beaumont" is a name.
    let plain = format!(" {} ", words.join(" "));
    is_placeholder(text) || words.is_empty() || NOT_YET.iter().any(|not_yet| plain.contains(&format!(" {not_yet} ")))
}

/// The word of the rating list for an answer; empty for blank and unreadable, which are not in the list.
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
