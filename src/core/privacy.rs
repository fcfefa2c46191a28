//! Finds signs that a text may identify a child.
//!
//! A benchmarking return should have nothing about one child in it. These patterns do not decide that a text has: a person must look. There
//! are two strengths. A text with a [`Sign`] is held back from everything until a named person clears it. A text with a [`WeakSign`] stays
//! in papers for leaders, and no rule puts it on a slide.
//!
//! They are patterns and not a model, so that the same text is held back in every run and on every machine, for a reason that fits in one
//! sentence.

mod sign;
mod patterns;
mod plain;
mod names;
mod numbers;
mod births;
mod ages;
mod weak;

pub use sign::{Sign, WeakSign};

use std::sync::LazyLock;

use names::{NAME_WORDS, has_listed_name, is_listed_name};
use patterns::{Pattern, ends_in_year};
use plain::plain;

/// The first sign that a text may identify a child; `None` for nearly every text.
pub fn sign(text: &str) -> Option<Sign> {
    let text = &*plain(text);
    // Every sign has a number, in figures or in words. This quick check settles most texts without the slow patterns.
    if !NUMBER.is_match(text) {
        return None;
    }
    if let Some(sign) = numbers::sign(text) {
        return Some(sign);
    }
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        let is_beside = || {
            let is_named = || NAME_AND_NUMBER.captures_iter(text).any(|name| is_listed_name(&name));
            ANY_NUMBER.is_match(text) && (has_number_beside_name(text) || is_named())
        };
        if births::has_birth(text) {
            return Some(Sign::DateOfBirth);
        }
        if is_beside() {
            return Some(Sign::NumberBesideName);
        }
    } else if births::has_birth(text) {
        return Some(Sign::DateOfBirth);
    }
    if ages::has_name_with_age(text) {
        return Some(Sign::NameWithAge);
    }
    weak::sign_beside_name(text)
}

/// Whether a text has a number, in figures or in words, as every [`Sign`] has. Texts with a blank between them have one where one of them
/// has.
pub fn has_number(text: &str) -> bool {
    NUMBER.is_match(&plain(text))
}

/// The first sign that a text may be about one child, of those for which it is not held back.
pub fn weak_sign(text: &str) -> Option<WeakSign> {
    weak::sign(&plain(text))
}

/// Whether a text names a person: a first name from the list, with a surname.
pub fn names_person(text: &str) -> bool {
    names::has_listed_name(text)
}

/// Whether a text has what looks like a person's name. A cell with one is held back too if the next cell has a sign.
pub fn has_name(text: &str) -> bool {
    names::has_name(text)
}

/// A number in figures or in words, cardinal or ordinal.
static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\d|\b(?i:zero|nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir\w+|fourteen|fif\w+|sixteen|seventeen|eighteen|nineteen|twent\w+|first|second|third|fourth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b",
    )
});

/// A name with a number of six to nine digits directly after it, in brackets or not.
static NAME_AND_NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"{NAME_WORDS}(?:,?\s+|\s*[(:\[]\s*)\d{{6,9}}\b")));

/// A number after a word for a person's record, or after the name of a system that services keep records in.
static RECORD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) \b (?: case | client | record | person | pupil | patient | hospital | custody | crime | incident | upn | lcs | mosaic | liquidlogic | childview | careworks | delius | oasys | athena | protocol | yoi | prison | pnc | northgate | (?:our|family)\s+ref(?:erence)? | eclipse
            | care\s?first | care\s?director | core\+? | datix | caredirector | niche | cpoms | ppn | ehm | marac | crn | ics | urn | merlin | refuge | referral | family | file )
          [\s(]* (?: file\s* | ppn\s* | incident\s* | episode\s* | occurrence\s* | log\s* )? (?: id | no | nos | number | num | ref | reference )? \.? \s* [:\#/]? \s* [a-z]{0,4}[\-/]?\d[\d/*\-]{3,}(?:/?[a-z]{1,2}\b)?",
    )
});

/// How far a name may be from a number, in bytes.
const BESIDE: usize = 60;

/// A reference, after which a first name is looked for.
static REFERENCE_OF: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\bref(?:erence)?\b\.?\s*:?\s*[a-z]{1,4}[/\-]\d{2,4}[/\-]?\d*[\s:,\-]+"));

/// What every number beside a name has one of.
static ANY_NUMBER: LazyLock<Pattern> = LazyLock::new(|| Pattern::any_of(&[&REFERENCE_OF, &RECORD, &NAME_AND_NUMBER]));

fn has_number_beside_name(text: &str) -> bool {
    let names_first =
        |at: usize| names::first_names(&text[at..]).next().is_some_and(|name| name.start == 0 && !name.is_word);
    if REFERENCE_OF.find_iter(text).any(|found| names_first(found.end())) {
        return true;
    }
    RECORD.find_iter(text).filter(|found| !ends_in_year(found.as_str())).any(|found| {
        let from = floor(text, found.start().saturating_sub(BESIDE));
        let to = floor(text, (found.end() + BESIDE).min(text.len()));
        let names_somebody = |part: &str| has_listed_name(part) || names::first_names(part).any(|name| !name.is_word);
        names_somebody(&text[from..found.start()]) || names_somebody(&text[found.end()..to])
    })
}

/// The nearest place at or before a byte where a character begins. A slice that begins inside a character would panic.
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
