//! Plain English for messages: counts with their nouns, lists, dates; and slugs for file names.

use jiff::civil::Date;

/// A number with its noun: "1 return", "3 returns", "no returns".
pub fn count(n: usize, noun: &str) -> String {
    match n {
        0 => format!("no {}", plural(noun)),
        1 => format!("1 {noun}"),
        n => format!("{} {}", number(n), plural(noun)),
    }
}

/// A number as people write large ones: "50,000".
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let head = Some(head.to_string()).filter(|head| !head.is_empty());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// A number with its noun and verb: "1 action is", "3 actions are".
pub fn are(n: usize, noun: &str) -> String {
    format!("{} {}", count(n, noun), if n == 1 { "is" } else { "are" })
}

/// The singular or plural of a noun for a number, without the number.
pub fn noun(n: usize, noun: &str) -> String {
    if n == 1 { noun.to_string() } else { plural(noun) }
}

/// The plural of a noun, as far as this tool's nouns need it: agency, day, finding, statement.
fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// "a", "a and b", "a, b and c".
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_string(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Like [`list`], but counts the items after the first `most`: "a, b and 12 more".
pub fn list_of_first<T: AsRef<str>>(items: &[T], most: usize) -> String {
    if items.len() <= most {
        return list(items);
    }
    let mut first: Vec<String> = items[..most].iter().map(|item| item.as_ref().to_string()).collect();
    first.push(format!("{} more", number(items.len() - most)));
    list(&first)
}

/// Cuts a text to at most `most` characters: its first words and "…".
///
/// No cut text ends in a comma or in a little word, as in "Schools and…". Only a first word that is too long is cut inside the word.
pub fn cut_at_word(text: &str, most: usize) -> String {
    const LITTLE: [&str; 14] =
        ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "or", "that", "the", "to"];
    if text.chars().count() <= most {
        return text.to_string();
    }
    let room = most.saturating_sub(1);
    let mut kept: Vec<&str> = Vec::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + usize::from(!kept.is_empty());
        if length > room {
            break;
        }
        kept.push(word);
    }
    while kept.len() > 1 && kept.last().is_some_and(|last| LITTLE.contains(&last.to_lowercase().as_str())) {
        kept.pop();
    }
    let cut = match kept.is_empty() {
        true => text.trim_start().chars().take(room).collect(),
        false => kept.join(" "),
    };
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', '-', '–', '(', ' ']))
}

/// "12 September 2026".
pub fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "24 November to 9 December 2026", or one date where both are the same.
pub fn date_span(first: Date, last: Date) -> String {
    if first == last {
        return date(last);
    }
    if first.year() == last.year() {
        return format!("{} to {}", first.strftime("%-d %B"), date(last));
    }
    format!("{} to {}", date(first), date(last))
}

/// Whole days from one date to a later one; negative when `to` is before `from`.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// How far away a date is from today: "in 3 days", "today", "5 days ago".
pub fn days_away(today: Date, date: Date) -> String {
    match days_between(today, date) {
        0 => "today".to_string(),
        ahead if ahead > 0 => format!("in {}", count(ahead.unsigned_abs() as usize, "day")),
        ago => format!("{} ago", count(ago.unsigned_abs() as usize, "day")),
    }
}

/// Reads a date as people in England write it, day first, or as 2027-01-31; `None` for anything else.
///
/// Two-digit years are 2000 to 2068 and 1969 to 1999, as `strptime` has them.
pub fn read_date(text: &str) -> Option<Date> {
    const FORMS: [&str; 13] = [
        "%Y-%m-%d",
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%d %B %Y",
        "%d %b %Y",
        "%A %d %B %Y",
        "%a %d %B %Y",
        "%d-%b-%Y",
        "%d/%m/%y",
        "%d.%m.%y",
        "%d-%b-%y",
        "%d %b %y",
    ];
    // `%Y` also takes "26" and reads it as the year 26, so years before 1900 are dropped and the forms with `%y` get their turn.
    let is_meant = |date: &Date| (1900..=9999).contains(&date.year());
    let plain = without_ordinals(text.trim());
    let read = |form: &&str| Date::strptime(form, &plain).ok().filter(is_meant);
    FORMS.iter().find_map(read)
}

/// Whether a date was written in figures that could also mean a different day: 3/4/27 is 3 April here and 4 March in America.
pub fn is_read_day_first(text: &str, date: Date) -> bool {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
    let [first, second, _] = parts.as_slice() else { return false };
    let is_it = |part: &str, number: i8| part.trim().parse() == Ok(number);
    is_it(first, date.day()) && is_it(second, date.month()) && date.day() <= 12 && date.day() != date.month()
}

/// "1st of December, 2026" as "1 December 2026".
fn without_ordinals(text: &str) -> String {
    let plain = |word: &str| {
        let word = word.trim_end_matches(',');
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let is_day = |digits: &&str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.filter(is_day).unwrap_or(word).to_string()
    };
    let words = text.split_whitespace().map(plain).filter(|word| word != "of");
    words.collect::<Vec<_>>().join(" ")
}

/// A slug of lower-case letters, digits and single hyphens, which is safe in a file name on every system.
///
/// Letters of other alphabets are transliterated. A text without letters or digits gives an empty slug.
pub fn slug(text: &str) -> String {
    slug::slugify(text)
}

/// A name inside a sentence: its first letter is made small, unless it begins an abbreviation.
pub fn in_sentence(name: &str) -> String {
    let is_abbreviation = name.chars().take(2).filter(|c| c.is_uppercase()).count() == 2;
    if is_abbreviation { name.to_string() } else { uncapitalised(name) }
}

/// The first letter made small; the rest as it is.
pub fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The first letter made a capital; the rest as it is.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(count(0, "return"), "no returns");
        assert_eq!(count(1, "agency"), "1 agency");
        assert_eq!(count(3, "agency"), "3 agencies");
        assert_eq!(count(2, "day"), "2 days");
    }

    #[test]
    fn lists_and_dates_read_as_people_write_them() {
        assert_eq!(list(&["police", "schools", "probation"]), "police, schools and probation");
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(date(day(2026, 9, 12)), "12 September 2026");
        assert_eq!(date_span(day(2026, 11, 24), day(2026, 12, 9)), "24 November to 9 December 2026");
        assert_eq!(days_away(day(2026, 12, 14), day(2026, 12, 11)), "3 days ago");
        assert_eq!(days_away(day(2026, 12, 10), day(2026, 12, 11)), "in 1 day");
    }

    #[test]
    fn a_text_is_cut_at_a_word_and_never_after_a_little_one() {
        for (text, most, cut) in [
            ("Prevention", 10, "Prevention"),
            ("Schools and early years", 20, "Schools and early…"),
            ("Schools and early years", 14, "Schools…"),
            ("Police, health and schools", 10, "Police…"),
            ("Antidisestablishmentarianism", 8, "Antidis…"),
            ("  ", 1, "…"),
            ("", 1, ""),
        ] {
            assert_eq!(cut_at_word(text, most), cut, "{text}");
        }
    }

    #[test]
    fn dates_are_read_day_first_and_never_guessed() {
        assert_eq!(read_date("31/01/2027"), Some(day(2027, 1, 31)));
        assert_eq!(read_date("Thursday 1st of  December, 2027"), None);
        for written in [
            "1st December 2026",
            "Tuesday, 1st of December 2026",
            "1 dec 2026",
            "1 December, 2026",
            "1-Dec-26",
            "01-Dec-2026",
            "Tue 1 December 2026",
        ] {
            assert_eq!(read_date(written), Some(day(2026, 12, 1)), "{written}");
        }
        assert_eq!(read_date("3/2/2027"), Some(day(2027, 2, 3)));
        assert_eq!(read_date("31/01/27"), Some(day(2027, 1, 31)));
        assert_eq!(read_date(" 31 January 2027 "), Some(day(2027, 1, 31)));
        assert_eq!(read_date("1 Feb 2027"), Some(day(2027, 2, 1)));
        for text in ["January 2027", "asap", "31/02/2027", "Q1", "2027", "20270131", "", "31/01/027", "27-01-31"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn slugs_are_safe_in_file_names() {
        assert_eq!(slug("  Ynys Môn: Children's  Partnership! "), "ynys-mon-children-s-partnership");
        assert_eq!(slug("!!"), "");
    }
}
