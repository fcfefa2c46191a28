//! Finds a name or initials with a child's age.

use std::sync::LazyLock;

use super::names::{FirstName, first_names, is_abbreviation, is_name, is_no_name, is_staff};
use super::patterns::{AGE, OLD, Pattern};

/// An age directly after a name: ", 14,", "(13)", "aged nine", "is 15", "who is nearly 12", "/8/".
static AGE_BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?ix) ^ (?:\s*\p{{L}}[\p{{L}}'’\-]*){{0,2}}? (?:'s)? ['\x22”]?
          (?: [\s,.…(\[:;\-]* (?: (?:who|she|he|they)(?:'s)? \b | \b(?:is|was|were|are|at|now|then|just|only|about|nearly|almost|still|turned|turns|both|will\s+be|currently|male|female|m|f|boy|girl|a|an|the) \b | [\s,(] | (?:yr?|year)\s?\d{{1,2}}\b )* \s*
                (?: (?:aged?|age\s+is|age\s+of)\s*[:\-]?\s* {AGE} \b | \b{AGE} {OLD} | \b{AGE}\s*(?:years?|yrs?|months?|mths?|weeks?|wks?)\s*(?:[,).;\-]|$) )
            | \s*[(\[\-,/]+\s* (?: (?:both|male|female|m|f|boy|girl|now|then|nearly|almost|just|only|yr?\s?\d{{1,2}}|year\s\d{{1,2}}) [\s,]+ )* {AGE} \s*(?:[)\],;./\-]|$)
            | ,?\s+ (?:who\s+)? (?:is|was|turned|turns|will\s+be) \s+ (?:now\s+|just\s+|only\s+|about\s+|nearly\s+|almost\s+|still\s+)* {AGE} \s* (?:[,.;)]|$|(?:and|but|when|at|so|next|now|in|on|says|said|goes|who)\b)
            | (?:'s|\s*[.…]+\s*(?:he|she)'s|,?\s+who's) \s+ (?:now\s+|just\s+|only\s+|nearly\s+)? {AGE} \b
            | \s+ (?:turned|turns) \s+ {AGE} \b
            | \s+1?\d\s*(?:and|&|,)\s+(?-i:\p{{Lu}}\p{{Ll}})
            | ,?\s+ (?:a\s+|the\s+)?(?:boy|girl|child|lad|baby)\s+of\s+{AGE}\b
            | \s*[(,]+\s* {AGE}\s+and\s+a\s+half
            | [\s,(\-]* (?:\d{{1,2}})\s*[/]?\s*(?:yo|y/o|y\.o|yrs?|m|f)\b )"
    ))
});

/// Words after an age that make it a range or a group of ages, and so not one person's.
static RANGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)^\s*(?:to\s+(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)\b)|and\s+(?:over|above|under|up)\b|or\s+(?:over|under|above|older|younger)\b|-\s*\d|\+|plus\b|%|per\s|of\s+\d|-?year-olds\b|year\s+olds\b)",
    )
});

/// An age directly before a name: "12-year-old Tyler", "a girl of nine, Ellie", "aged 7, Kai".
static AGE_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?ix) \b (?: {AGE} {OLD} | aged?\s*[:\-]?\s*{AGE}\b | (?:boy|girl|child|baby|son|daughter)\s+of\s+{AGE}\b | \bat\s+{AGE}\b | \bage\s+of\s+{AGE}\b )
          (?: [\s,:;(\-]* (?: (?:boy|girl|child|son|daughter|pupil|student|baby|twin|male|female|lad|brother|sister|sibling|young\s+person|called|named|name|is|was|and|of|the|a|his|her) \b )? )* $"
    ))
});

/// Initials: two or three capitals, with or without dots, or a single capital.
static INITIALS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\b(?:\p{Lu}\.\s?\p{Lu}(?:['’-]\p{Lu})?\.?(?:\s?\p{Lu}\b\.?)?|\p{Lu}{2,3}\b|\p{Lu}\b)")
});

/// An age in years directly after initials, between commas or brackets.
static IN_YEARS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(r"(?i)^\s*[,(]\s*(?:aged?\s+)?{AGE}\s*(?:yrs?|years?)\s*(?:old)?\s*[,);.]"))
});

/// "He" or "she" with an age.
static SHE_IS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?i)\b(?:he|she)(?:'s|\s+(?:is|was|turned|has\s+turned))\s+(?:now\s+|just\s+|only\s+)?{AGE}\s*(?:[.,;)!]|$|(?:years?|weeks?|months?|days?)\b|and\b|but\b|now\b)"
    ))
});

/// A child who is "called" or "named" something. An age is looked for in the same sentence.
static CALLED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b(?i:boy|girl|child|baby|teenager|son|daughter|pupil|young\s+person|lad|toddler|infant)\b[^.\n]{0,20}?\b(?i:called|named|name\s+of)\s+\p{Lu}\p{L}+",
    )
});

/// The age of one person, anywhere in a sentence.
static AGED: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"(?i)\b(?:aged?\s*[:\-]?\s*{AGE}\b|{AGE}{OLD})")));

/// Two words with capitals and an age in words such as "aged" or "years old". It finds names that are not on the list.
static WORDS_AND_AGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"\b(\p{{Lu}}\p{{Ll}}+)\s(\p{{Lu}}[\p{{L}}'’\-]+)\s*[,(\-]*\s*(?i:aged\s+{AGE}\b|{AGE}[\s\-]*(?:years?|yrs?)[\s\-]*old\b)"
    ))
});

/// One word with a capital and one person's age after or before it. It finds names that are not on the list.
static WORD_AND_AGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"\b(\p{{Lu}}\p{{Ll}}+)(?:,?\s+(?i:(?:is|was)\s+an?\s+{AGE}[\s\-]+years?[\s\-]+old\b|who\s+(?:is|was|turned)\s+(?:only\s+|nearly\s+|just\s+)?{AGE}\b|who\s+is\s+{AGE}\b|aged\s+{AGE}\b|age\s+{AGE}\b)|,\s+(?i:{AGE}),\s)(?P<behind>.{{0,12}})|\b(?i:{AGE}[\s\-]+years?[\s\-]+old)\s+(\p{{Lu}}\p{{Ll}}+)"
    ))
});

/// Words that begin sentences about the ages of many.
const OF_MANY: &[&str] =
    &["everyone", "anyone", "someone", "those", "all", "any", "people", "cohort", "age", "aged", "year", "young"];

/// A filled-in form, as in "Name: ... Age: 9".
static FORM: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?ix) \b(?:child|name|pupil|subject|initials|yp) \s*[:=\-]\s* [^.\n:]{{1,40}}? \b age[d]? \s*[:=\-]?\s* {AGE} \b"
    ))
});

/// How every age in words begins.
const NUMBERS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twel", "thir", "fif"];

/// Whether a text has a name, or initials, with a child's age.
pub(super) fn has_name_with_age(text: &str) -> bool {
    let has_number = || {
        let lower = text.to_lowercase();
        NUMBERS.iter().any(|number| lower.contains(number))
    };
    (text.bytes().any(|byte| byte.is_ascii_digit()) || has_number())
        && (first_names(text).any(|name| is_aged(text, name))
            || initials_aged(text)
            || ANY.is_match(text) && (called_aged(text) || words_aged(text)))
}

fn is_aged(text: &str, name: FirstName) -> bool {
    // "Mark 12" is an order as often as a name, so a name that is also a word counts only with "age" or "old".
    let is_said = |age: &str| !name.is_word || age.to_lowercase().contains("age") || age.to_lowercase().contains("old");
    !is_staff(text, name) && (is_aged_behind(&text[name.end..], is_said) || is_aged_before(&text[..name.start]))
}

fn is_aged_behind(rest: &str, is_said: impl Fn(&str) -> bool) -> bool {
    AGE_BEHIND.find(rest).is_some_and(|age| {
        let is_closed = age.as_str().ends_with([')', ']', ',', ';', '.']);
        // The number may be the beginning of a date, a share or an amount.
        let goes_on =
            age.as_str().ends_with(['.', '/', '-', ',']) && rest[age.end()..].starts_with(|c: char| c.is_ascii_digit());
        is_said(age.as_str()) && !goes_on && (is_closed || !RANGE.is_match(&rest[age.end()..]))
    })
}

fn is_aged_before(before: &str) -> bool {
    let from = before.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    AGE_BEFORE.is_match(&before[from..])
}

fn initials_aged(text: &str) -> bool {
    INITIALS.find_iter(text).any(|found| {
        let initials = found.as_str().trim();
        let is_dotted = initials.contains('.');
        let rest = &text[found.start() + initials.len()..];
        if !is_dotted && is_abbreviation(initials) {
            // An abbreviation of the field counts as initials only with an age in years: "CP, 9 years old,".
            return IN_YEARS.is_match(rest);
        }
        let says_age =
            |age: &str| ["age", "old", "yo", "y/o", "yr"].iter().any(|word| age.to_lowercase().contains(word));
        // A single letter needs "age" or "old". Two letters also count where punctuation or "is" sets the age apart.
        let is_set_off =
            |age: &str| initials.chars().count() == 2 && (age.contains([',', '-', '/']) || age.contains(" is "));
        let is_said = |age: &str| is_dotted || says_age(age) || is_set_off(age);
        is_aged_behind(rest, is_said) || (initials.len() > 1 && is_aged_before(&text[..found.start()]))
    })
}

/// What everybody has one of whose age is said without a first name.
static ANY: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::any_of(&[&FORM, &SHE_IS, &CALLED, &WORDS_AND_AGE, &WORD_AND_AGE]));

fn called_aged(text: &str) -> bool {
    FORM.is_match(text)
        || (SHE_IS.is_match(text) && first_names(text).any(|name| !name.is_word))
        || text.split(['.', '\n']).any(|sentence| CALLED.is_match(sentence) && AGED.is_match(sentence))
}

fn words_aged(text: &str) -> bool {
    let is_singular = |word: &str| {
        let word = word.to_lowercase();
        !word.ends_with('s') && !OF_MANY.contains(&word.as_str()) && !is_no_name(&word)
    };
    let is_of_one = |found: regex::Captures<'_>| {
        let is_group = found.name("behind").is_some_and(|behind| RANGE.is_match(behind.as_str()));
        !is_group && found.get(1).or_else(|| found.get(3)).is_some_and(|word| is_singular(word.as_str()))
    };
    WORDS_AND_AGE.captures_iter(text).any(|found| is_name(&found)) || WORD_AND_AGE.captures_iter(text).any(is_of_one)
}
