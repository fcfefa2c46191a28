//! How a text from a file is quoted, so that it can drive no terminal.

/// Text from a file, made safe to print on a terminal: control and direction-changing characters are shown as escapes.
pub fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => safe.push_str("\\n"),
            '\t' => safe.push_str("\\t"),
            c if c.is_control() || turns_direction(c) => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
    }
    safe
}

/// Whether a character turns the direction of what follows it: among other words it would turn those as well.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Quotes what a file says for a message: safe to print, and cut with `…` after 80 characters.
pub fn quote(text: &str) -> String {
    const LONGEST: usize = 80;
    let shown: String = text.chars().take(LONGEST).collect();
    let cut = if text.chars().count() > LONGEST { "…" } else { "" };
    format!("\"{}{cut}\"", printable(&shown))
}

/// An argument as it can be typed after a command: in double quotes where it holds a blank. A backslash at its end, which would take the
/// closing quote for a character on Windows, is left out: a folder is the same without.
pub fn as_typed(argument: &str) -> String {
    let is_quoted = argument.contains(char::is_whitespace);
    if is_quoted { format!("\"{}\"", argument.trim_end_matches('\\')) } else { argument.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_can_be_typed_again() {
        for (argument, typed) in
            [("my-round", "my-round"), ("C:\\", "C:\\"), ("C:\\my round\\", "\"C:\\my round\""), ("a é", "\"a é\"")]
        {
            assert_eq!(as_typed(argument), typed);
        }
    }

    #[test]
    fn quoted_text_cannot_drive_a_terminal() {
        assert_eq!(quote("a\u{1b}[31mred\n\u{202e}x"), "\"a\\u{1b}[31mred\\n\\u{202e}x\"");
        assert_eq!(quote(&"x".repeat(81)), format!("\"{}…\"", "x".repeat(80)));
    }
}
