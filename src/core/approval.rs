//! Reads who approved something and when, as people write it: in two cells or one line, with or without the year.

use jiff::civil::Date;

use super::words;

/// The days that an approval can be dated. They supply the year of a date written without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApprovalDays {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// A date as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadDay {
    /// The day.
    pub day: Date,
    /// Whether it was written without a year.
    pub is_year_assumed: bool,
}

/// Who approved something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy {
    /// A name, a role or both, as written.
    pub approver: String,
    /// When.
    pub on: ReadDay,
}

impl ApprovalDays {
    /// Whether a day is one of them.
    pub fn holds(self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Reads a date. One without a year is read only if exactly one year puts it among these days; `None` for anything else.
    pub fn read(self, text: &str) -> Option<ReadDay> {
        if let Some(day) = words::read_date(text) {
            return Some(ReadDay { day, is_year_assumed: false });
        }
        let plain = text.trim().trim_end_matches([',', '.']);
        // The year is added with the writer's own separator: "17/12" becomes "17/12/2026", and "17 Dec" becomes "17 Dec 2026".
        let between = plain.chars().find(|c| matches!(c, '/' | '.' | '-')).filter(|_| !plain.contains(' '));
        let with_year = |year: i16| words::read_date(&format!("{plain}{}{year}", between.unwrap_or(' ')));
        let meant = (self.first.year()..=self.last.year()).filter_map(with_year);
        let mut meant = meant.filter(|day| self.holds(*day));
        match (meant.next(), meant.next()) {
            (Some(day), None) => Some(ReadDay { day, is_year_assumed: true }),
            _ => None,
        }
    }

    /// Reads who and when from one line, as in "B Example, chief, 18 December 2026" or "18/12/2026: B Example"; `None` where either is
    /// missing, or the line may mean something else.
    pub fn read_line(self, text: &str) -> Option<SignedBy> {
        let cuts = || text.char_indices().filter(|(_, c)| is_between(*c)).map(|(at, c)| (at, at + c.len_utf8()));
        let approval = |date: &str, name: &str| {
            let on = self.read(date.trim_matches(|c| is_between(c) || c == '.'))?;
            Some(SignedBy { approver: name_in(name)?, on })
        };
        // The date is usually last. Cutting from the left finds the longest date: all of "18 December 2026", and never a part of it.
        let at_end = cuts().find_map(|(end, start)| approval(&text[start..], &text[..end]));
        at_end.or_else(|| cuts().rev().find_map(|(end, start)| approval(&text[..end], &text[start..])))
    }
}

/// Whether a character separates a name from a date.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '–' | '—' | '|')
}

/// Words before a date that are not part of a name.
const BEFORE_DATE: [&str; 4] = ["on", "dated", "date", "-"];

/// Words after which a date is one of several, or the end of a period: then the line is not an approval on one day.
const SEVERAL: [&str; 6] = ["to", "and", "or", "until", "by", "from"];

/// The name in the rest of a line, once its date is taken off; `None` where that rest may be part of the date.
fn name_in(text: &str) -> Option<String> {
    let mut name = text.trim_matches(|c| is_between(c) && c != ')');
    while let Some(rest) = BEFORE_DATE.iter().find_map(|word| without_last(name, word)) {
        name = rest.trim_end_matches(|c| is_between(c) && c != ')');
    }
    let last = name.rsplit(is_between).next().unwrap_or_default().to_lowercase();
    let is_of_date = last.chars().any(|c| c.is_ascii_digit()) || SEVERAL.contains(&last.as_str());
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (!is_of_date && letters > 1).then(|| name.to_string())
}

/// A text without its last word; `None` where the last word is a different one.
fn without_last<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let start = text.len().checked_sub(word.len()).filter(|start| text.is_char_boundary(*start))?;
    let (rest, last) = text.split_at(start);
    (last.eq_ignore_ascii_case(word) && rest.ends_with(is_between)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAYS: ApprovalDays = ApprovalDays { first: date(2026, 11, 23), last: date(2027, 3, 11) };

    #[test]
    fn a_date_without_a_year_is_of_the_round() {
        for text in
            ["17th Dec", "17 December", "Thursday 17th December", "17/12", "17.12.", "17-Dec", "17th of December,"]
        {
            let read = DAYS.read(text);
            assert_eq!(read, Some(ReadDay { day: date(2026, 12, 17), is_year_assumed: true }), "{text}");
        }
        assert_eq!(DAYS.read("5 January").map(|read| read.day), Some(date(2027, 1, 5)));
        assert_eq!(
            DAYS.read("17/12/2025"),
            Some(ReadDay { day: date(2025, 12, 17), is_year_assumed: false }),
            "as written"
        );
        for text in ["17 July", "December", "17", "soon", "", "12/17"] {
            assert_eq!(DAYS.read(text), None, "{text}");
        }
        let long = ApprovalDays { first: date(2026, 1, 1), last: date(2027, 12, 31) };
        assert_eq!(long.read("17 December"), None, "either year may be meant");
    }

    #[test]
    fn a_line_with_a_name_and_a_date_is_taken_apart() {
        for (text, name) in [
            ("B Example, chief, 18 December 2026", "B Example, chief"),
            ("Head of service, 18 December", "Head of service"),
            ("B Example 18/12/2026", "B Example"),
            ("B Example (chief) on Friday 18th December", "B Example (chief)"),
            ("B Example - 18 Dec 2026", "B Example"),
            ("B Example, dated: 18.12.26.", "B Example"),
            ("18/12/2026: B Example, chief", "B Example, chief"),
            ("B Example (18 December 2026)", "B Example"),
        ] {
            let read = DAYS.read_line(text).expect(text);
            assert_eq!((read.approver.as_str(), read.on.day), (name, date(2026, 12, 18)), "{text}");
        }
        for text in [
            "18 December 2026",
            "B Example",
            "B Example, soon",
            "1 to 18 December",
            "B Example 17/12/2026, 18/12/2026",
            "B Example, between 1 and 18 December",
            "",
        ] {
            assert_eq!(DAYS.read_line(text), None, "{text}");
        }
    }
}
