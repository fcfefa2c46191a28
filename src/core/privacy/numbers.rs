//! Finds numbers that belong to one person: NHS and CHI numbers, unique pupil numbers, National Insurance numbers, hospital numbers.

use std::sync::LazyLock;

use super::patterns::Pattern;
use super::sign::Sign;

/// Digits with at most three blanks or marks between two of them.
static DIGITS: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"\d+(?:[\s.\-_,()/]{1,3}\d+)*"));

/// The words before a number that say it is an NHS number or a CHI number.
static NHS_LABEL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) \b(?: (?:n\.?h\.?s\.?|chi) [\s.\-]* (?: no | number | num | nr | id | ref | \# ) \b | chi\b | community\s+health\s+index\b ) [^\d\n]{0,40} ",
    )
});

/// An NHS or CHI number with words between its digits, as somebody reads it out.
static READ_OUT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?i)\b(?:nhs|chi)\s+(?:no|number|num)\b[^\d\n]{0,40}\d(?:[\s,.\-]*(?:and\s+)?(?:then\s+)?\d){9}\b")
});

/// An NHS number in words. Nine words are enough, because "double" and "treble" are several digits.
static SPOKEN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)(?:\b(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble)\b[\s,\-]*){9,}",
    )
});

/// A CHI number with its label after it.
static CHI_BEHIND: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\b\d(?:[\s\-/.]{0,2}\d){9}[\s,(\-:]{0,3}chi\b"));

/// A unique pupil number: a letter and twelve figures, the last of which can be a letter (Department for Education, "Unique pupil
/// numbers: guide").
static PUPIL_NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"\b([A-HJ-NP-RT-Z])([ \-./]{0,2}(?:\d[ \-./]{0,2}){11}[\dA-HJ-NP-RT-Z])\b"));
static PUPIL_LABEL: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\b(?:upn|unique\s+pupil\s+number)\b[^\d\n]{0,14}\d(?:[ \-./]{0,2}\d){9,}"));

/// Two letters, six digits and one of A to D (HM Revenue & Customs, "National Insurance Manual", NIM39110).
static INSURANCE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"\b([A-CEGHJ-PRSTW-Z][A-CEGHJ-NPR-TW-Z]|QQ|[a-ceghj-prstw-z][a-ceghj-npr-tw-z]|qq)[ \-]{0,2}\d(?:[ \-]{0,2}\d){5}[ \-]{0,2}[A-Da-d]\b",
    )
});

/// Two-letter words that come before other numbers and are not the prefix of a National Insurance number.
const SHORT_WORDS: &[&str] =
    &["in", "on", "of", "at", "to", "by", "is", "as", "an", "we", "no", "up", "or", "so", "if", "do", "be", "it", "us"];

static INSURANCE_LABEL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) \b(?: nino | (?:n\.?i\.? | national\s+insurance) \s* (?: no | number | \# ) ) \b [^\d\n]{0,12} \d (?: \d{5} | \d [\s\-./]{1,2}\d\d [\s\-./]{1,2}\d\d | (?:[\s\-]\d){5} )",
    )
});

/// A number after words that say it is a patient's.
static HOSPITAL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) \b(?: (?: hosp(?:ital)? | patient | pt | clinic | unit | dist(?:rict)? | epr | medical\s+records? ) \.? \s* (?: record \s* )?
            (?: no | number | num | nr | id | ref ) (?: \.? \s* (?: no | number ) )? | h/n | mrn (?:\s*(?:no|number))? | (?:rio|emis|systmone)\s*(?:no|number|id) | pas (?:\s*(?:no|number|id))? ) \b \.?
          \s* (?: is | was | [:\#=] )? \s* [(\[]? [a-z]{0,3} [\s\-/]? (\d (?: [\s\-]? \d ){4,11}) [a-z]? \b",
    )
});

/// The fewest digits of any number of a person, that of a hospital.
const FEWEST_DIGITS: usize = 5;

/// The fewest digits of the numbers of ten and more.
const TEN: usize = 10;

/// What every number has one of but those of ten digits and more.
static ANY_SHORT: LazyLock<Pattern> = LazyLock::new(|| Pattern::any_of(&[&INSURANCE, &INSURANCE_LABEL, &HOSPITAL]));

/// The kind of the first such number in a text; `None` where there is none.
pub(super) fn sign(text: &str) -> Option<Sign> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < TEN {
        if SPOKEN.is_match(text) {
            return Some(Sign::NhsNumber);
        }
        if digits < FEWEST_DIGITS || !ANY_SHORT.is_match(text) {
            return None;
        }
    }
    if let Some(sign) = nhs_number(text) {
        return Some(sign);
    }
    if PUPIL_NUMBER.captures_iter(text).any(|found| is_pupil_number(&found)) || PUPIL_LABEL.is_match(text) {
        return Some(Sign::PupilNumber);
    }
    if INSURANCE.captures_iter(text).any(|found| !SHORT_WORDS.contains(&found[1].to_lowercase().as_str()))
        || INSURANCE_LABEL.is_match(text)
    {
        return Some(Sign::InsuranceNumber);
    }
    HOSPITAL.captures_iter(text).any(|found| !is_year(&found[1])).then_some(Sign::HospitalNumber)
}

/// Whether digits are a financial year: 2024-25.
fn is_year(digits: &str) -> bool {
    let plain: Vec<&str> = digits.split(['-', ' ']).collect();
    matches!(plain.as_slice(), [year, next] if year.len() == 4 && year.starts_with("20") && next.len() <= 4)
}

/// Whether a letter and figures are a pupil number: written in one piece, or with the right check letter. The guide's alphabet leaves out
/// I, O and S, and its weights are 2 to 13.
fn is_pupil_number(found: &regex::Captures<'_>) -> bool {
    const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";
    let figures: Vec<u32> =
        found[2].chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_digit(10).unwrap_or(0)).collect();
    let is_whole = found[2].chars().all(|c| c.is_ascii_alphanumeric());
    let sum: u32 = figures.iter().zip(2..).map(|(figure, weight)| figure * weight).sum();
    is_whole || LETTERS.chars().nth(sum as usize % LETTERS.len()) == found[1].chars().next()
}

fn nhs_number(text: &str) -> Option<Sign> {
    for found in DIGITS.find_iter(text) {
        let groups: Vec<&str> = found.as_str().split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
        // Ten digits, no single one set apart, count in any grouping with the right check digit: 999 744 31 60. Slashes and dots are how
        // references and dates are grouped.
        let is_whole = !found.as_str().contains(['/', '.'])
            && (groups.iter().all(|group| group.len() >= 2) || !found.as_str().contains([' ', '-']));
        if holds_nhs_number(&groups, has_one_mark(found.as_str())) || (is_whole && is_nhs_number(&groups.concat())) {
            return Some(Sign::NhsNumber);
        }
    }
    if READ_OUT.is_match(text) || SPOKEN.is_match(text) {
        return Some(Sign::NhsNumber);
    }
    if CHI_BEHIND.is_match(text) {
        return Some(Sign::ChiNumber);
    }
    // After a label, any ten digits count, whatever their grouping and even with a wrong check digit: people mistype a digit.
    for label in NHS_LABEL.find_iter(text) {
        let Some(digits) = DIGITS.find_at(text, label.end()).filter(|digits| digits.start() == label.end()) else {
            continue;
        };
        let groups = digits.as_str().split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
        let ends: Vec<usize> = groups
            .scan(0, |sum, group| {
                Some({
                    *sum += group.len();
                    *sum
                })
            })
            .collect();
        if ends.contains(&10) {
            let is_scottish = label.as_str().to_lowercase().starts_with('c');
            return Some(if is_scottish { Sign::ChiNumber } else { Sign::NhsNumber });
        }
    }
    None
}

/// Whether all digits have the same mark between them, and it is not a comma, which is how series of figures are written.
fn has_one_mark(run: &str) -> bool {
    let mut marks: Vec<&str> = run.split(|c: char| c.is_ascii_digit()).filter(|mark| !mark.is_empty()).collect();
    marks.dedup();
    marks.len() <= 1 && !run.contains(',')
}

/// Whether some successive groups are ten digits together with the right check digit, grouped as people group them: by three or more, in
/// pairs, or one by one. Dates and times are grouped differently.
fn holds_nhs_number(groups: &[&str], has_one_mark: bool) -> bool {
    let is_grouped = |run: &[&str]| {
        let all = |length: usize| run.iter().all(|group| group.len() == length);
        run.iter().all(|group| group.len() >= 3) || (has_one_mark && (all(2) || all(1)))
    };
    let runs = (0..groups.len()).flat_map(|from| (from + 1..=groups.len().min(from + 10)).map(move |to| (from, to)));
    runs.map(|(from, to)| &groups[from..to]).any(|run| is_grouped(run) && is_nhs_number(&run.concat()))
}

/// The modulus 11 check of the NHS Data Dictionary, "NHS NUMBER": the first nine digits weighted 10 down to 2.
fn is_nhs_number(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    // Ten equal digits always pass this check, so they are ruled out above.
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == digits[9]
}
