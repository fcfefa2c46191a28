//! Finds dates of birth, in figures, in words and in sentences.

use std::sync::LazyLock;

use super::names::{NAME_WORDS, is_listed_name};
use super::patterns::{AGE, DAY, MONTH, Pattern, YEAR};

/// A date in any form that people write: 03/02/2014, 2014-02-03, 3rd of February 2014, February 3, 2014, 03022014, the third of
/// February twenty fourteen.
fn date() -> String {
    format!(
        r"(?: \d{{1,2}}[/.\-\ ]{{1,2}}\d{{1,2}}[/.\-\ ]{{1,2}}\d{{2,4}} | \d{{4}}[/.\-\ ]\d{{1,2}}[/.\-\ ]\d{{1,2}} | \b\d{{8}}\b | \b\d{{6}}\b
        | (?i:\b\d{{1,2}}\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s?\d{{2,4}})
        | (?i:{DAY}[\s,.\-/]*(?:day\s+)?(?:of\s+)?{MONTH}[\s,.\-/]*(?:in\s+)?{YEAR}) | (?i:{MONTH}[\s,.\-/]*(?:the\s+)?{DAY}[\s,.\-/]+{YEAR})
        | (?i:(?:early\s+|late\s+|mid[\s\-]+)?{MONTH}[\s,.\-/]*(?:of\s+)?(?:19|20)\d{{2}}) )"
    )
}

/// A day of a month without its year.
fn day_of_month() -> String {
    format!(r"(?: (?i:{DAY}[\s\-]*(?:of\s+)?{MONTH}) | (?i:{MONTH}[\s\-]*(?:the\s+)?{DAY}) | \d{{1,2}}[/.]\d{{1,2}} )")
}

/// A date from 2006 to 2022, in figures or with a month's name: years in which today's children were born.
const RECENT: &str = r"(?: \d{1,2}[/.\-]\d{1,2}[/.\-](?:20)?(?:0[6-9]|1\d|2[0-2])\b
    | \d{1,2}(?:st|nd|rd|th)?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+20(?:0[6-9]|1\d|2[0-2])\b )";

/// A date, or digits that can only be one, after a label for the date of birth.
static LABELLED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?x) (?i:\b(?: d[./]?\s?o[./]?\s?b[./]?s?\b | d\s+of\s+b\b | year\s+of\s+birth | dates?[\s\-]+of[\s\-]+birth | birth\s*(?:date|day)s? | bday | birth\s+(?:was\s+)?registered | birth\s+certificate ))
          (?: [^\d\n;]{{0,70}} (?: \b\d (?: [\s/.\-]{{1,3}} \d ){{5,9}}\b | {date} ) )",
        date = date()
    ))
});

/// A date after a word for being born.
static BORN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?x) (?i:\bborn\b | \bcame\s+into\s+the\s+world\b | \bbecame\s+(?:a\s+)?baby\b | \bgave\s+birth\b | \bbaby\s+(?:came|arrived)\b | \b(?:baby|twins?|infant|child)\s+(?:was\s+|were\s+)?(?:delivered|arrived)\b) ([^.;\n]{{0,36}}?) (?: \b{date} | (?i:{FEAST}) )",
        date = date()
    ))
});

/// "A New Year's Day baby, 2016".
static FEAST_BABY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(r"(?i)\bbaby\b[^.\n]{{0,20}}{FEAST}|{FEAST_NAME}\s+baby\b[^.\n]{{0,12}}20\d{{2}}"))
});

/// A named day without its year.
const FEAST_NAME: &str =
    r"(?:halloween|(?:christmas|boxing|new\s+year'?s|valentine'?s|bonfire|easter)\s+(?:day|eve|night))";

/// A child with a date directly after: "Younger child, 03.02.2018, was".
static CHILD_AND_DATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?x) (?i:\b(?:younger|older|elder|youngest|eldest|oldest|middle|second|third|first|this|male|female)\s+(?:child|boy|girl|sibling|twin|one|son|daughter)) \s*[,(\-]\s* {RECENT}"
    ))
});

/// A named day with its year, which people write instead of a date.
const FEAST: &str = r"(?:halloween|(?:christmas|boxing|new\s+year'?s|valentine'?s|bonfire|easter|st\.?\s+\w+'?s)\s+(?:day|eve|night|sunday|monday))\s*(?:baby)?\s*,?\s*(?:in\s+)?20\d{2}";

/// A birth cut short to its letter: "(b 5/5/11)".
static SHORT_BORN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"[(,]\s*[Bb]\.?\s*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}"));

/// A day without its year after a word that can only be about a person's birth.
static BIRTHDAY: LazyLock<Pattern> = LazyLock::new(|| {
    let day = day_of_month();
    Pattern::new(&format!(
        r"(?x) (?i:\b(?: birthday | bday | d\.?o\.?b\b\.? | (?:he|she|they|child|baby|boy|girl)\s+(?:was|were)\s+born ))
          (?: [\s:;=(,.'\-] | (?i:is|was|falls|on|the|in) \b )* {day}"
    ))
});

/// A date before a word for birth: 3 February 2014 (DOB).
static BEFORE_BIRTH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?x) (?:{}|{}) [\s,:(\-]{{0,4}} (?i:(?: is | was | being | as )\s+)? (?i:(?:his|her|their|the|child's|date)\s+)? (?i:(?:actual\s+)? (?: d\.?o\.?b\b | date\s+of\s+birth | birth\s*(?:date|day) ))",
        date(),
        day_of_month()
    ))
});

/// The day on which somebody reaches an age: "turns 16 on 3 March".
static COMES_OF_AGE: LazyLock<Pattern> = LazyLock::new(|| {
    let (date, day) = (date(), day_of_month());
    Pattern::new(&format!(
        r"(?x) (?i:\b(?: turn(?:s|ed|ing)?\s+{AGE} | (?:he|she|who|child|boy|girl|baby|son|daughter|twin|sister|brother)(?:'s|'ll)? \s+ (?:will\s+be\s+|is\s+|was\s+|be\s+|became\s+|becomes\s+|reach(?:es|ed)?\s+)? (?:aged?\s+)? {AGE}
            | (?:\d{{1,2}}(?:st|nd|rd|th)|first|fifth|tenth|eighteenth|sixteenth)\s+birthday )
          (?:\s+years\s+old)? [\s,(]+ (?:on|in)\s+ (?:the\s+)?) (?:{date}|{day}|(?i:{DAY}\s+of\s+(?:this|next)\s+[a-z]+))"
    ))
});

/// A date that is said of a child or of a birth: "shows him as 22/08/2008", "on birth, 15.09.24".
static THEIR_DATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?x) (?i:\b(?:him|her|he|she|child|boy|girl|baby)\s+(?:as|is|was|being)\s+ | \bbirth\s*[,:(-]\s* | \blive\s+birth\s+(?:on\s+)?) {RECENT_OR_NOW}"
    ))
});

/// A date from 2006 to 2029, in figures.
const RECENT_OR_NOW: &str = r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:20)?(?:0[6-9]|1\d|2\d)\b";

/// An age with a date beside it.
static AGE_AND_DATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(&format!(
        r"(?x) (?: \baged\s+\d{{1,2}} | \bb\. | (?i:\b(?:eldest|oldest|youngest|middle|little\s+one|boy|girl|baby|twin|son|daughter|brother|sister|sibling)) ) [\s,:(\-]{{1,4}} {RECENT}"
    ))
});

/// A date of a child's birth years directly after what looks like a name.
static NAME_AND_DATE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"(?x) {NAME_WORDS} [\s,:(\-]{{1,4}} {RECENT}")));
/// The same directly before one.
static DATE_AND_NAME: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(&format!(r"(?x) {RECENT} [\s,:)\-]{{1,4}} {NAME_WORDS}")));

/// Words between "born" and a date that make it nobody's birthday: "born out of", "born after".
static NOT_OF_ONE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)^\s*(?:of|out)\b|\b(?:after|before|since|between|from|until)\b"));

/// Words for many people, before "born".
static MANY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?:children|babies|infants|those|people|all|everyone|anyone|women|mothers|mums|parents|families)(?:\s+who)?\s+$",
    )
});

/// Things that people say are "born" or "turn" an age: a service, a project, a team.
static NOT_A_PERSON: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?:service|project|partnership|initiative|form|idea|team|hub|programme|pilot|model|approach|policy|strategy|network|group|board|charity|shop|centre|scheme|line|helpline|campaign|app|website|tool|forum|club)s?[\s,]+(?:\w+\s+){0,2}(?:born|turn(?:s|ed)|(?:is|was|will\s+be)\s+(?:\d|one|two|five|ten))\b",
    )
});

/// What every date of birth has one of.
static ANY: LazyLock<Pattern> = LazyLock::new(|| {
    let dated = [&NAME_AND_DATE, &DATE_AND_NAME, &CHILD_AND_DATE, &BEFORE_BIRTH, &AGE_AND_DATE, &THEIR_DATE];
    let of_person = [&LABELLED, &SHORT_BORN, &BORN, &BIRTHDAY, &COMES_OF_AGE, &FEAST_BABY];
    Pattern::any_of(&dated.into_iter().chain(of_person).map(|pattern| &**pattern).collect::<Vec<_>>())
});

/// Whether a text has a date of birth.
pub(super) fn has_birth(text: &str) -> bool {
    if !ANY.is_match(text) {
        return false;
    }
    let has_name = |dated: &Pattern| dated.captures_iter(text).any(|found| is_listed_name(&found));
    // "Born of an idea" is not about a child, and "children born after 1 May" is about every child.
    let is_born = |found: regex::Captures<'_>| {
        let before = &text[..found.get(0).map_or(0, |whole| whole.start())];
        !NOT_OF_ONE.is_match(&found[1]) && !MANY.is_match(before)
    };
    let of_person = || BORN.captures_iter(text).any(is_born) || BIRTHDAY.is_match(text) || COMES_OF_AGE.is_match(text);
    LABELLED.is_match(text)
        || SHORT_BORN.is_match(text)
        || (of_person() && !NOT_A_PERSON.is_match(text))
        || THEIR_DATE.is_match(text)
        || FEAST_BABY.is_match(text)
        || CHILD_AND_DATE.is_match(text)
        || BEFORE_BIRTH.is_match(text)
        || AGE_AND_DATE.is_match(text)
        || has_name(&NAME_AND_DATE)
        || has_name(&DATE_AND_NAME)
}
