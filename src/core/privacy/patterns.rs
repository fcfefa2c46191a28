//! Pieces of patterns that several signs share.

use std::ops::Deref;
use std::sync::{LazyLock, OnceLock};

use regex::{Regex, RegexBuilder};

/// Months, whole or cut short.
pub(super) const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?";

/// A day of a month in figures or in words.
pub(super) const DAY: &str = r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)[\s\-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)";

/// A year in figures or in words.
pub(super) const YEAR: &str = r"(?:(?:19|20)\d{2}|'?\d{2}\b|two\s+thousand(?:\s+and)?(?:\s+[a-z]+(?:[\s\-][a-z]+)?)?|twenty[\s\-](?:oh[\s\-])?[a-z]+(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?)";

/// The age of a child or of somebody just grown up, 0 to 19, in figures or in words.
pub(super) const AGE: &str = r"(?:1?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";

/// Words after a number that make it an age.
pub(super) const OLD: &str = r"(?:[\s\-]*(?:years?|yrs?|months?|mths?|weeks?|wks?|days?)[\s\-]*(?:of\s+age|old\b)|[\s\-]*(?:y\.?/?o\.?|yrs?|m/o|mths?|months?|years?)\b)";

/// A pattern that is compiled when it is first looked for.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    /// Compiles a pattern in which digits, blanks and word boundaries are those of ASCII, and letters those of Latin scripts.
    ///
    /// That is enough because texts are made plain first (`plain.rs`), and patterns for every script take many times as long to compile.
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern with digits, blanks, words and their edges as in ASCII, and the letters of Latin scripts: texts are made plain before they
    /// are looked at, and patterns that know every script take many times as long to make.
    pub(super) fn new(pattern: &str) -> Pattern {
        let plain = [
            (
                r"\p{Lu}",
                r"[A-Z\u{c0}-\u{de}\u{10c}\u{10e}\u{110}\u{118}\u{130}\u{141}\u{143}\u{15a}\u{15e}\u{160}\u{16a}\u{17b}\u{17d}\u{218}\u{21a}]",
            ),
            (r"\p{Ll}", r"[a-z\u{df}-\u{ff}\u{101}-\u{24f}]"),
            (r"\p{L}", r"[A-Za-z\u{c0}-\u{24f}]"),
            (r"\d", "[0-9]"),
            (r"\s", r"[\x20\t\r\n]"),
            (r"\w", "[0-9A-Za-z_]"),
            (r"\b", r"(?-u:\b)"),
        ];
        let source = plain.iter().fold(pattern.to_string(), |pattern, (class, plain)| pattern.replace(class, plain));
        Pattern { source, compiled: OnceLock::new() }
    }

    /// What matches wherever at least one of these does. Nearly every text has none of twenty signs, and one pass over it says so.
    pub(super) fn any_of(patterns: &[&Pattern]) -> Pattern {
        let each: Vec<String> = patterns.iter().map(|pattern| format!("(?:{})", pattern.source)).collect();
        Pattern { source: each.join("|"), compiled: OnceLock::new() }
    }

    /// The same with the ends of lines as ends of the text: what matches wherever this does in a piece that ends with its line.
    pub(super) fn in_lines(self) -> Pattern {
        Pattern { source: format!("(?m:{})", self.source), compiled: OnceLock::new() }
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            let mut builder = RegexBuilder::new(&self.source);
            builder.size_limit(COMPILED).dfa_size_limit(STATES);
            // OK because the patterns are part of the program: the tests use each.
            builder.build().expect("a pattern of ours compiles")
        })
    }
}

/// The most memory of a compiled pattern, in bytes.
const COMPILED: usize = 64 << 20;

/// How much memory the states that texts lead to may take, in bytes. With too little they are thrown away and made again, and the search
/// goes on with a slower engine.
const STATES: usize = 4 << 20;

/// An end that is a year or a financial year, and not the number of a record.
static YEARS: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?:^|[^\d/\-])20\d{2}(?:[/\-](?:20)?\d{2})?$"));

/// Whether what looks like a record with its number ends in a year, as in "Case audit 2026/27".
pub(super) fn ends_in_year(text: &str) -> bool {
    YEARS.is_match(text)
}
