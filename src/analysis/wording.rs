//! What can be told of a text by its form alone.

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

#[cfg(test)]
mod tests {
    use super::*;

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
