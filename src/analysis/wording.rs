//! What the form of a text tells, without understanding it: results, years, samples.

/// Whether a text has a result in it: "12 of 20", "93%", "80 per cent", "from 9 to 4".
pub fn has_result(text: &str) -> bool {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')).collect();
    let is_number = |word: &&str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
    let is_between = |three: &[&str]| {
        matches!(three[1].to_lowercase().as_str(), "of" | "to" | "in") && is_number(&three[0]) && is_number(&three[2])
    };
    let is_share = |two: &[&str]| is_number(&two[0]) && two[1].eq_ignore_ascii_case("per");
    words.windows(3).any(is_between)
        || words.windows(2).any(is_share)
        || words.iter().any(|word| word.ends_with('%') && is_number(word))
}

/// The first sentence of a text with a result in it; `None` if there is none.
pub fn first_result(text: &str) -> Option<&str> {
    text.split_inclusive(['.', '!', '\n']).map(str::trim).find(|part| has_result(part))
}

/// The first three letters of each month, which every abbreviation begins with.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn is_month(word: &str) -> bool {
    let word = word.to_lowercase();
    let names = [
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
    // "Sept" has four letters; longer words, such as "decided" or "marked", are not short forms of a month.
    names.contains(&word.as_str()) || (word.len() <= 4 && MONTHS.iter().any(|month| word.starts_with(month)))
}

fn is_year(word: &str) -> bool {
    let first = word.split(['-', '/', '–']).next().unwrap_or_default();
    first.len() == 4
        && (first.starts_with("19") || first.starts_with("20"))
        && first.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a text, without the punctuation around them.
fn bare_words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The first year that a text names, with the month before it if there is one: "October 2026", "2026-27"; `None` if there is no year.
pub fn first_year(text: &str) -> Option<String> {
    let words = bare_words(text);
    let at = words.iter().position(|word| is_year(word))?;
    match at.checked_sub(1).map(|before| words[before]).filter(|before| is_month(before)) {
        Some(month) => Some(format!("{month} {}", words[at])),
        None => Some(words[at].to_string()),
    }
}

/// Whether a text speaks of a sample.
pub fn speaks_of_sample(text: &str) -> bool {
    bare_words(text).iter().any(|word| word.to_lowercase().starts_with("sampl"))
}

/// Whether a text says how many of something there are: "20 plans", "11 of 30", "62 replies". Years, days of a month and quarters do not
/// count.
pub fn says_how_many(text: &str) -> bool {
    let words = bare_words(text);
    let is_number = |word: &str| word.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let is_of_a_date = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)];
        let beside: Vec<&str> = beside.into_iter().flatten().filter_map(|at| words.get(at).copied()).collect();
        beside
            .iter()
            .any(|word| is_month(word) || matches!(word.to_lowercase().as_str(), "quarter" | "section" | "version"))
    };
    let number =
        |(at, word): (usize, &&str)| is_number(word) && !is_year(word) && !word.contains('/') && !is_of_a_date(at);
    words.iter().enumerate().any(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_and_the_size_of_evidence_are_told_apart() {
        for (text, expected) in [
            ("Repeat plan analysis, November 2026, performance team folder", Some("November 2026")),
            ("Board minutes, July and October 2026, ICB site", Some("October 2026")),
            ("MASH performance report, quarter 2 2026-27", Some("2026-27")),
            ("on the shared drive", None),
        ] {
            assert_eq!(first_year(text).as_deref(), expected, "{text}");
        }
        for text in
            ["Supervision dip sample of 15 files, November 2026", "11 of 30 records", "62 replies, October 2026"]
        {
            assert!(says_how_many(text), "{text}");
        }
        for text in
            ["dip sample, November 2026", "sample of 3 November 2026", "quarter 2 2026-27", "a few files", "04/12/2026"]
        {
            assert!(!says_how_many(text), "{text}");
        }
        assert!(speaks_of_sample("we sampled 20 files") && !speaks_of_sample("an audit of 20"));
        let text = "Screening is daily. In October 18 of 20 were on time. More will follow.";
        assert_eq!(first_result(text), Some("In October 18 of 20 were on time."));
        assert_eq!(first_result("We talk to families."), None);
    }

    #[test]
    fn a_result_is_a_number_of_a_number_a_share_or_a_change() {
        for text in ["12 of 20 had no chronology", "on time: 93%", "80 per cent", "waits fell from 9 to 4 weeks"] {
            assert!(has_result(text), "{text}");
        }
        for text in ["since 2024", "children under 8", "all of them", "Team 4 of the service", ""] {
            assert!(!has_result(text), "{text}");
        }
    }
}
