//! Makes readable wordings from pieces of a document: a lead-in with its point as one sentence, an area's title without its number, a
//! statement without its footnote marks.

use crate::core::words;

/// Joins a lead-in and its point into one sentence.
pub(super) fn led(lead_in: &str, point: &str) -> String {
    let lead =
        lead_in.trim().trim_end_matches([':', '…', '–', '—', '-', ' ', '\u{a0}']).trim_end_matches("...").trim_end();
    let point = point.trim().trim_start_matches(['…', '.']).trim_start();
    format!("{lead} {}", in_sentence(&ended(point)))
}

/// Words as they continue a sentence: the first letter is made small, unless the word is a name or an abbreviation.
fn in_sentence(words: &str) -> String {
    // "Working" is for "Working Together to Safeguard Children", "Prevent" for the duty of that name, "Signs" for Signs of Safety.
    const NAMES: [&str; 13] = [
        "Ofsted",
        "Cafcass",
        "Working",
        "England",
        "English",
        "Wales",
        "Britain",
        "British",
        "Prevent",
        "Parliament",
        "Crown",
        "Signs",
        "Claire's",
    ];
    let first = words.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
    let is_plain = first.chars().skip(1).all(|c| !c.is_uppercase()) && first != "I" && !NAMES.contains(&first);
    if is_plain { words::uncapitalised(words) } else { words.to_string() }
}

/// Removes what ends a point of a list: "; and", ";", ",".
pub(super) fn ended(words: &str) -> String {
    let mut rest = words.trim();
    for joint in ["and", "or", "and/or"] {
        if let Some(before) = rest.strip_suffix(joint)
            && let Some(before) = before.trim_end().strip_suffix([';', ','])
        {
            rest = before;
            break;
        }
    }
    // A text that is only such a mark is kept, because a statement cannot be empty.
    match rest.trim_end_matches([';', ',', ' ', '\u{a0}']) {
        "" => words.trim().to_string(),
        rest => rest.to_string(),
    }
}

/// Appends the words that continue a text. Parts of a list are separated with "; ", unless the text already ends in punctuation.
pub(super) fn go_on(words: &mut String, more: &str, is_list: bool) {
    words.truncate(words.trim_end().len());
    let is_set_off = !is_list || words.ends_with([':', ';', ',', '.', '?', '!']);
    words.push_str(if is_set_off { " " } else { "; " });
    words.push_str(more.trim_start());
}

/// Labels before the title of an area, as in "Theme 1:" and "Section two –". They belong to the order of the document and not to the title.
const LABELS: [&str; 22] = [
    "area",
    "section",
    "part",
    "standard",
    "theme",
    "domain",
    "chapter",
    "criterion",
    "priority",
    "principle",
    "topic",
    "strand",
    "annex",
    "appendix",
    "question",
    "enquiry",
    "inquiry",
    "outcome",
    "objective",
    "aim",
    "pillar",
    "focus",
];

/// The most words before the number of a label, as in "Key line of enquiry 1".
const LONGEST_LABEL: usize = 4;

/// Numbers as words.
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The title of an area without the number or numbered label before it. A title that is nothing else is kept.
pub(super) fn titled(heading: &str) -> String {
    let heading = without_note_marks(heading);
    let heading = heading.trim().trim_end_matches(':').trim_end();
    let rest = unlabelled(heading).unwrap_or_else(|| unnumbered(heading));
    let rest = rest.trim_start_matches([':', '.', '–', '—', '-', '|', ' ', '\u{a0}', '\t']);
    if rest.chars().any(char::is_alphabetic) { rest.to_string() } else { heading.to_string() }
}

/// "Theme 1: Noticing the child" without "Theme 1". `None` where there is no such label, or where its number is followed by a word in small
/// letters with no mark between.
fn unlabelled(heading: &str) -> Option<&str> {
    let (words, rest) = label_words(heading)?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | '–' | '—')).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let number = number.trim_end_matches(['.', ')', '-']);
    let is_letters = number.len() <= 4 && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'i' | 'v' | 'x'));
    let is_number = is_figures(number)
        || is_letters
        || number.len() == 1 && number.chars().all(char::is_alphabetic)
        || NUMBERS.contains(&number.to_lowercase().as_str());
    // "Part of the plan" and "Standard 2 schools" are titles.
    let has_mark = after.trim_start().starts_with([':', '–', '—', '-', '|']) || rest[..end].ends_with(['.', ')', '-']);
    let begins_anew = after.trim_start().starts_with(char::is_uppercase) && number.to_lowercase() != "a";
    // A longer label is one only where a mark ends it: "The aim 1 Corinthians" is a title.
    let is_ended = has_mark || begins_anew && words <= 2;
    (!number.is_empty() && is_number && is_ended).then_some(after)
}

/// How many words the label at the beginning of a heading has, with what follows them; `None` where there is none.
fn label_words(heading: &str) -> Option<(usize, &str)> {
    let mut rest = heading;
    for words in 1..=LONGEST_LABEL {
        let (word, after) = rest.split_once(char::is_whitespace)?;
        rest = after.trim_start();
        if LABELS.contains(&word.to_lowercase().as_str()) {
            // "Focus area 1": a label of two words that are each one.
            return label_words(rest).map(|(more, after)| (words + more, after)).or(Some((words, rest)));
        }
    }
    None
}

/// The label of a heading that has one with a number before its title, in lower case: "key question" of "Key question 2: Help".
pub fn label_of(heading: &str) -> Option<String> {
    let heading = heading.trim();
    unlabelled(heading)?;
    let (words, _) = label_words(heading)?;
    Some(heading.split_whitespace().take(words).collect::<Vec<_>>().join(" ").to_lowercase())
}

/// Whether a heading has a label with a number before its title, as in "Key line of enquiry 2: Help".
pub fn is_labelled(heading: &str) -> bool {
    unlabelled(heading.trim()).is_some()
}

/// "2.1 Finding children", "3) Help" and "B. Help" without the number or letter.
fn unnumbered(heading: &str) -> &str {
    let Some((mark, rest)) = heading.split_once(char::is_whitespace) else { return heading };
    let number = mark.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ':', ']']);
    let letter = number.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_letter = letter.len() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic());
    let is_marked = mark.len() > number.len();
    let is_reference = is_letter && number.len() > 1 && is_figures(&number[1..]);
    let begins_anew = rest.trim_start().starts_with(char::is_uppercase);
    let is_number = number.len() <= 8
        && (is_figures(number) && (is_marked || begins_anew || number.contains('.'))
            || is_letter && number.len() == 1 && is_marked
            || is_reference && begins_anew);
    if is_number { rest } else { heading }
}

/// Whether a word is figures with points between them, as in "2.1". A year, with its four figures, is not.
fn is_figures(word: &str) -> bool {
    word.split('.').all(|part| (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()))
}

/// Removes footnote marks: `[footnote 1]`, `[2]`, and `*`, `†` or superscript figures after a word.
pub fn without_note_marks(words: &str) -> String {
    let mut left = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let follows_word =
            left.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | '’' | '\'' | ')'));
        if follows_word && matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁴'..='⁹') {
            rest = &rest[c.len_utf8()..];
            continue;
        }
        if c == '['
            && let Some(end) = note_end(rest)
        {
            rest = &rest[end..];
            left.truncate(left.trim_end_matches(' ').len());
            continue;
        }
        left.push(c);
        rest = &rest[c.len_utf8()..];
    }
    // A text that is only such a mark is kept, because a statement cannot be empty.
    if left.chars().any(char::is_alphanumeric) { left } else { words.to_string() }
}

/// The length in bytes of a mark such as `[footnote 1]`, `[^1]` or `[12]` at the beginning of a text; `None` where there is none.
fn note_end(words: &str) -> Option<usize> {
    let end = words.chars().take(16).position(|c| c == ']').and_then(|_| words.find(']'))?;
    let inner = words[1..end].trim_start_matches(['^', ' ']).to_lowercase();
    let number = ["footnote", "endnote", "note"]
        .iter()
        .fold(inner.as_str(), |text, label| text.strip_prefix(label).unwrap_or(text));
    let number = number.trim();
    let is_number = (1..=3).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
    is_number.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_an_area_has_no_number() {
        for (heading, title) in [
            ("1. Knowing children", "Knowing children"),
            ("2.1 Finding children", "Finding children"),
            ("3 What we ask", "What we ask"),
            ("Theme 1: Noticing the child", "Noticing the child"),
            ("Section two – Help", "Help"),
            ("Annex A. Practice", "Practice"),
            ("Judgement area 2: Help", "Help"),
            ("Key workers 2027", "Key workers 2027"),
            ("B) Help:", "Help"),
            ("A1 Help", "Help"),
            ("Area 3", "Area 3"),
            ("AREA ONE", "AREA ONE"),
            ("Part of the plan", "Part of the plan"),
            ("Domain specific help", "Domain specific help"),
            ("16 and 17 year olds", "16 and 17 year olds"),
            ("2027 plans", "2027 plans"),
            ("A child's voice", "A child's voice"),
            ("Help for carers[footnote 2]", "Help for carers"),
        ] {
            assert_eq!(titled(heading), title, "{heading}");
        }
    }

    #[test]
    fn marks_of_notes_are_no_words_of_a_statement() {
        for (published, wording) in [
            ("Harm or restraint*; and", "Harm or restraint; and"),
            ("Held safely.†", "Held safely."),
            ("By status[footnote 2] alone.[^3]", "By status alone."),
            ("Homes [4] are seen²", "Homes are seen"),
            ("* A star before words [sic] stays", "* A star before words [sic] stays"),
        ] {
            assert_eq!(without_note_marks(published), wording);
        }
    }
}
