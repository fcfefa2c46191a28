//! Makes a text plain before signs are looked for: ASCII digits, one kind of hyphen and blank, no invisible characters.

use std::borrow::Cow;

/// The zeros of the scripts that people here may type digits in; the other nine follow each (Unicode, "Decimal digits").
const ZEROS: [u32; 17] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0xff10,
    0x1d7ce, 0x1d7e2, 0x1d7f6,
];

/// The text with plain digits, hyphens, blanks and apostrophes. Otherwise a soft hyphen inside an NHS number would hide it.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(plain_char).collect())
}

fn plain_char(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let digit = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero).filter(|digit| *digit < 10));
    if let Some(digit) = digit {
        return char::from_digit(digit, 10);
    }
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}' => Some('-'),
        '\u{2018}' | '\u{2019}' => Some('\''),
        '·' | '•' | '\u{2024}' | '．' => Some('.'),
        '／' | '\u{2044}' | '\u{2215}' => Some('/'),
        '：' => Some(':'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}
