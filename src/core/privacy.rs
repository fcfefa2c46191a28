//! Text that may name a child goes nowhere: its signs, and the words that stand in its place until a named person clears it.
//!
//! A benchmarking return should hold nothing about one child. Nothing here decides that a text does: it only sees signs that a
//! person must look at.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// Why a text is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// Ten digits with the check digit of an NHS number.
    NhsNumber,
    /// A date of birth.
    DateOfBirth,
    /// A case or record number beside what looks like a name.
    NumberBesideName,
    /// A unique pupil number.
    PupilNumber,
}

impl Sign {
    /// The sign in words, without what was written.
    pub fn words(self) -> &'static str {
        match self {
            Sign::NhsNumber => "what looks like an NHS number",
            Sign::DateOfBirth => "what looks like a date of birth",
            Sign::NumberBesideName => "a case or record number beside what looks like a name",
            Sign::PupilNumber => "what looks like a unique pupil number",
        }
    }
}

/// The first sign that a text may identify a child; `None` for nearly every text.
pub fn sign(text: &str) -> Option<Sign> {
    // Every sign has digits: most texts are done with here.
    let text = &*plain_digits(text);
    if text.bytes().filter(u8::is_ascii_digit).count() < 4 {
        return None;
    }
    if has_nhs_number(text) {
        return Some(Sign::NhsNumber);
    }
    let has_name = |dated: &Regex| dated.captures_iter(text).any(|found| is_name(&found));
    if BIRTH.is_match(text) || AGE_AND_DATE.is_match(text) || has_name(&NAME_AND_DATE) || has_name(&DATE_AND_NAME) {
        return Some(Sign::DateOfBirth);
    }
    if PUPIL_NUMBER.is_match(text) {
        return Some(Sign::PupilNumber);
    }
    let is_beside = || NAME_AND_NUMBER.captures_iter(text).any(|name| is_name(&name));
    (has_number_beside_name(text) || is_beside()).then_some(Sign::NumberBesideName)
}

/// Whether a text holds what looks like a person's name: beside a sign in the next cell it is held back too.
pub fn has_name(text: &str) -> bool {
    NAME.captures_iter(text).any(|found| is_name(&found))
}

/// A date in any form that people write: 03/02/2014, 2014-02-03, 3rd of February 2014, February 3, 2014, 03022014.
const DATE: &str = r"(?: \d{1,2}[/.\-\ ]\d{1,2}[/.\-\ ]\d{2,4} | \d{4}[/.\-]\d{1,2}[/.\-]\d{1,2} | \b\d{8}\b
    | \d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{2,4}
    | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4} )";

/// A date of the years in which today's children were born, in figures or with a month's name.
const RECENT: &str = r"(?: \d{1,2}[/.\-]\d{1,2}[/.\-](?:20)?(?:0[6-9]|1\d|2[0-2])\b
    | \d{1,2}(?:st|nd|rd|th)?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+20(?:0[6-9]|1\d|2[0-2])\b )";

/// Two words with capitals, hyphens and apostrophes in them too, or a word and an initial, or two initials.
const NAME_WORDS: &str = r"\b(\p{Lu}(?:[\p{L}'’]|-\p{Lu})+|\p{Lu}\.)\s?(\p{Lu}(?:[\p{L}'’]|-\p{Lu})+|\p{Lu}\b\.?)";

/// A date after a word for birth.
static BIRTH: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b";
    let word = r"\b(?: d\.?\s?o\.?\s?b\b\.? | date\s+of\s+birth | birth\s*(?:date|day) | born )";
    compiled(&format!(r"(?ix) {word} (?: [\s:=(–—,.\-] | is\b | on\b | the\b | {day} )* {DATE}"))
});

/// An age with a date beside it.
static AGE_AND_DATE: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"(?x) (?: \baged\s+\d{{1,2}} | \bb\. ) [\s,:(–-]{{1,4}} {RECENT}")));

/// A date of a child's years right behind what looks like a name, and right before one.
static NAME_AND_DATE: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"(?x) {NAME_WORDS} [\s,:(–—-]{{1,4}} {RECENT}")));
static DATE_AND_NAME: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"(?x) {RECENT} [\s,:)–—-]{{1,4}} {NAME_WORDS}")));

/// A unique pupil number: a letter and twelve figures (Department for Education, "Unique pupil numbers: guide").
static PUPIL_NUMBER: LazyLock<Regex> = LazyLock::new(|| compiled(r"\b[A-HJ-NP-RT-Z]\d{12}\b"));

/// Runs of digits with no more than three blanks or marks between two of them, of any kind but a slash.
static DIGITS: LazyLock<Regex> = LazyLock::new(|| compiled(&format!(r"\d+(?:{BETWEEN}\d+)*")));
const BETWEEN: &str = r"[\s.\-–—_,·()\u{200b}\u{200c}\u{200d}\u{2060}\u{ad}]{1,3}";

/// A name with a number of six to nine digits right behind it, in brackets or not.
static NAME_AND_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"{NAME_WORDS},?\s*[(:\[]?\s*\d{{6,9}}\b")));

/// A number after a word for a record of one person.
static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?ix) \b (?: case | client | record | person | pupil | patient | hospital | custody | upn | lcs | mosaic )
          \s* (?: file\s*)? (?: id | no | nos | number | num | ref | reference )? \.? \s* [:\#]? \s* [a-z]{0,4}\d[\d/\-]{3,}",
    )
});

/// What looks like a name.
static NAME: LazyLock<Regex> = LazyLock::new(|| compiled(NAME_WORDS));

/// How far from a number a name may stand, in bytes.
const BESIDE: usize = 60;

/// Words with capitals that are parts of no child's name.
const NO_NAMES: &[&str] = &[
    "mash",
    "qa",
    "cse",
    "agm",
    "iopc",
    "plan",
    "strategy",
    "report",
    "reports",
    "meeting",
    "minutes",
    "policy",
    "training",
    "paper",
    "version",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "the",
    "this",
    "our",
    "we",
    "in",
    "of",
    "child",
    "children",
    "children's",
    "family",
    "families",
    "social",
    "care",
    "police",
    "health",
    "board",
    "council",
    "trust",
    "school",
    "schools",
    "service",
    "services",
    "team",
    "act",
    "early",
    "help",
    "case",
    "record",
    "audit",
    "dip",
    "sample",
    "review",
    "panel",
    "hub",
    "head",
    "board's",
    "safeguarding",
    "partnership",
    "integrated",
    "hospital",
];

fn compiled(pattern: &str) -> Regex {
    // OK because the patterns are part of the program: the tests use each.
    Regex::new(pattern).expect("a pattern of ours compiles")
}

/// Whether a run of digits holds an NHS number: groups that follow one another with ten digits together, each of three or more, as
/// people group them; dates have groups of two.
fn has_nhs_number(text: &str) -> bool {
    DIGITS.find_iter(text).any(|found| {
        let groups: Vec<&str> = found.as_str().split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
        let runs = (0..groups.len()).flat_map(|from| (from + 1..=groups.len()).map(move |to| (from, to)));
        runs.map(|(from, to)| &groups[from..to])
            .filter(|run| run.iter().all(|group| group.len() >= 3))
            .any(|run| is_nhs_number(&run.concat()))
    })
}

/// The modulus 11 check of the NHS Data Dictionary, "NHS NUMBER": the first nine digits weighted 10 down to 2.
fn is_nhs_number(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == digits[9]
}

/// Whether two words with capitals can be a name.
fn is_name(capture: &regex::Captures<'_>) -> bool {
    let word = |at: usize| capture.get(at).map_or(String::new(), |part| part.as_str().to_lowercase());
    !NO_NAMES.contains(&word(1).as_str()) && !NO_NAMES.contains(&word(2).as_str())
}

/// The text with digits of full width as plain ones.
fn plain_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '\u{ff10}'..='\u{ff19}' => char::from(b'0' + (c as u32 - 0xff10) as u8),
        c => c,
    };
    Cow::Owned(text.chars().map(plain).collect())
}

fn has_number_beside_name(text: &str) -> bool {
    RECORD.find_iter(text).any(|found| {
        let from = floor(text, found.start().saturating_sub(BESIDE));
        let to = floor(text, (found.end() + BESIDE).min(text.len()));
        let (before, after) = (&text[from..found.start()], &text[found.end()..to]);
        NAME.captures_iter(before).any(|name| is_name(&name)) || NAME.captures_iter(after).any(|name| is_name(&name))
    })
}

/// The nearest place at or before a byte where a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_one_child_are_seen() {
        // 943 476 5919 is the example of the NHS Data Dictionary.
        for (text, expected) in [
            ("NHS number 943 476 5919", Sign::NhsNumber),
            ("see 9434765919.", Sign::NhsNumber),
            ("943.476.5919", Sign::NhsNumber),
            ("943 4765919", Sign::NhsNumber),
            ("943\n476\n5919", Sign::NhsNumber),
            ("943\u{a0}476\u{a0}5919", Sign::NhsNumber),
            ("９４３４７６５９１９", Sign::NhsNumber),
            ("b. 3 Feb 2014", Sign::DateOfBirth),
            ("J.S. (03.02.2014)", Sign::DateOfBirth),
            ("Jane Smithson 3 February 2014", Sign::DateOfBirth),
            ("a child aged 12, 03/02/2014", Sign::DateOfBirth),
            ("Jane Smithson (123456)", Sign::NumberBesideName),
            ("Child: Jane Smithson 123456", Sign::NumberBesideName),
            ("J. D., DOB 03/02/2014, was seen", Sign::DateOfBirth),
            ("a girl born on 3rd of February 2014", Sign::DateOfBirth),
            ("date of birth: 2014-02-03", Sign::DateOfBirth),
            ("Jamie Example (case number 123456)", Sign::NumberBesideName),
            ("LCS 1234567, Robin O’Example", Sign::NumberBesideName),
            ("Client ref AB12345: Sam T.", Sign::NumberBesideName),
            ("943_476_5919", Sign::NhsNumber),
            ("943  476  5919", Sign::NhsNumber),
            ("943,476,5919", Sign::NhsNumber),
            ("(943) 476 5919", Sign::NhsNumber),
            ("943·476·5919 and 943 – 476 – 5919", Sign::NhsNumber),
            ("943\u{200b}476\u{200b}5919", Sign::NhsNumber),
            ("9434765919/2", Sign::NhsNumber),
            ("in 2026 943 476 5919 twice", Sign::NhsNumber),
            ("JAMIE SMITHSON 03/02/2014", Sign::DateOfBirth),
            ("03/02/2014 Jamie Smithson", Sign::DateOfBirth),
            ("Jamie O'Neill-Smithson 03/02/2014", Sign::DateOfBirth),
            ("DOB 2014/02/03", Sign::DateOfBirth),
            ("DOB-03022014", Sign::DateOfBirth),
            ("DOB Feb 2014", Sign::DateOfBirth),
            ("born February 3, 2014", Sign::DateOfBirth),
            ("Born: Monday 3 February 2014", Sign::DateOfBirth),
            ("birth date: 03/02/2014", Sign::DateOfBirth),
            ("birthday 03/02/2014", Sign::DateOfBirth),
            ("DOB is the 3rd of February 2014", Sign::DateOfBirth),
            ("JAMIE SMITHSON case no 123456", Sign::NumberBesideName),
            ("Case number: 123456 – child J.S.", Sign::NumberBesideName),
            ("UPN H823299912001", Sign::PupilNumber),
        ] {
            assert_eq!(sign(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn ordinary_answers_are_not_held_back() {
        for text in [
            "Call us on 0117 496 0123 or 01632 960 001",
            "9434765918 has the wrong check digit",
            "In 2025-26 we audited 1234 cases; 943 of 4765 were late",
            "Crime figures: 100 200 3000",
            "The form was born of a review on 3 February 2014 by us",
            "Case number 123456 was audited",
            "Dip sample of case file 1234, Early Help",
            "Robin Sample, head of service, approved on 09/12/2026",
            "0000000000",
            "Exampleshire Police 123456 calls in the year",
            "Board paper 3 November 2026; Jane Smithson, chair, 3 November 2026",
            "Children Act 1989 and Working Together 2026",
            "MASH Audit 12/05/2021, QA Panel 3 March 2022",
            "Audits of 04/12/2026 and 05.12.2026 10:15",
            "2026-12-04 15:42",
        ] {
            assert_eq!(sign(text), None, "{text}");
        }
    }
}
