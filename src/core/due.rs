//! A due date, as exactly as it was written: a day, a month or a season.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words;

/// How exactly a due date was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Precision {
    /// The day itself.
    Day,
    /// A month, taken as its last day.
    Month,
    /// A season, taken as the last day of its third month.
    Season,
}

impl Precision {
    /// The key in data.
    pub fn key(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Season => "season",
        }
    }
}

/// A due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DueDay {
    /// The day; the last day for a month or a season.
    pub day: Date,
    /// How exactly it was given.
    pub precision: Precision,
}

/// The seasons, each with its last month. Winter is not among them: "winter 2027" may end in 2027 or 2028, so the agency is asked.
const SEASONS: [(&str, i8); 3] = [("spring", 5), ("summer", 8), ("autumn", 11)];

impl From<Date> for DueDay {
    fn from(day: Date) -> DueDay {
        DueDay { day, precision: Precision::Day }
    }
}

impl DueDay {
    /// Reads a date, or a month or season with its year, with or without "by" or "end of" before it; `None` for anything else. Quarters and
    /// terms are not read, because they begin in different months for different agencies.
    pub fn read(text: &str) -> Option<DueDay> {
        if let Some(day) = words::read_date(text) {
            return Some(day.into());
        }
        let plain = text.trim().trim_end_matches('.').to_lowercase();
        let mut plain = plain.as_str();
        for before in ["by ", "the ", "end ", "of "] {
            plain = plain.strip_prefix(before).unwrap_or(plain).trim_start();
        }
        let at = plain.find([' ', '-', '/'])?;
        let (word, year) = (&plain[..at], &plain[at + 1..]);
        // A two-digit year is read only in "Mar-27". "March 31" and "5-10" are as likely a day without a year.
        let may_be_short = !plain[at..].starts_with(' ') && word.chars().all(char::is_alphabetic);
        let year: i16 = match year.trim() {
            short if short.len() == 2 && may_be_short => 2000 + short.parse::<i16>().ok()?,
            long => long.parse().ok().filter(|year| (1900..=9999).contains(year))?,
        };
        let season = SEASONS.iter().find(|(season, _)| *season == word);
        let (month, precision) = match season {
            Some((_, last)) => (*last, Precision::Season),
            None => (month(word)?, Precision::Month),
        };
        let first = Date::new(year, month, 1).ok()?;
        Some(DueDay { day: first.last_of_month(), precision })
    }

    /// The date as it was given: "31 March 2027", "March 2027", "spring 2027".
    pub fn words(self) -> String {
        match self.precision {
            Precision::Day => words::date(self.day),
            Precision::Month => self.day.strftime("%B %Y").to_string(),
            Precision::Season => {
                let name = SEASONS.iter().find(|(_, last)| *last == self.day.month()).map_or("", |(name, _)| name);
                format!("{name} {}", self.day.year())
            }
        }
    }
}

/// The number of a month, from its name, the first three letters of its name, or figures.
fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
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
    ];
    let named = NAMES.iter().position(|name| {
        *name == word || (word.len() == 3 && name.starts_with(word)) || (word == "sept" && *name == "september")
    });
    let number = word.parse::<i8>().ok().filter(|number| (1..=12).contains(number));
    named.and_then(|at| i8::try_from(at + 1).ok()).or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Precision, &str)>) {
        let read = DueDay::read(text).map(|due| (due.day.to_string(), due.precision, due.words()));
        let expected = expected.map(|(day, precision, words)| (day.to_string(), precision, words.to_string()));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn a_day_is_read_as_exactly_as_it_is_written() {
        check("31/03/2027", Some(("2027-03-31", Precision::Day, "31 March 2027")));
        for text in ["March 2027", "by end of March 2027", "Mar 2027", "end March 2027.", "03/2027", "Mar-27"] {
            check(text, Some(("2027-03-31", Precision::Month, "March 2027")));
        }
        check("by the end of February 2028", Some(("2028-02-29", Precision::Month, "February 2028")));
        check("spring 2027", Some(("2027-05-31", Precision::Season, "spring 2027")));
        for text in [
            "Q1 2027",
            "winter 2027",
            "spring term 2027",
            "March",
            "2027",
            "soon",
            "quarter 3 2027",
            "by March 31",
            "May 20",
            "5-10",
        ] {
            check(text, None);
        }
    }
}
