//! Reads the headers and footers of the pages that a sheet is printed on.

/// The elements of page headers and footers, for odd, even and first pages.
pub(super) const PAGE_TEXTS: [&str; 6] =
    ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

/// The left, centre and right text of a page header or footer, without the codes for fonts and numbers (ECMA-376 part 1, 18.3.1.46).
pub(super) fn parts_of_page(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let last = parts.len() - 1;
        match (c, chars.peek().copied()) {
            ('&', Some('L' | 'C' | 'R')) => {
                chars.next();
                parts.push(String::new());
            }
            ('&', Some('"')) => {
                chars.next();
                chars.by_ref().find(|c| *c == '"');
            }
            // A colour: `K` and six characters.
            ('&', Some('K')) => drop(chars.by_ref().take(7).collect::<String>()),
            ('&', Some('&')) => parts[last].extend(chars.next()),
            // A size in points.
            ('&', Some(digit)) if digit.is_ascii_digit() => while chars.next_if(char::is_ascii_digit).is_some() {},
            ('&', Some(_)) => drop(chars.next()),
            (c, _) => parts[last].push(c),
        }
    }
    parts.into_iter().map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_for_place_letters_and_numbers_are_no_text() {
        assert_eq!(
            parts_of_page("&L&\"Arial,Bold\"&12We are Red on 2.1&CA && B&R&KFF0000Page &P of &N"),
            ["We are Red on 2.1", "A & B", "Page  of"]
        );
    }
}
