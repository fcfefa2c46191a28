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

/// An argument as it can be typed after a command, in the shell of this system: in double quotes where it holds a blank; on Unix in
/// single ones where it holds a sign that means something inside double quotes, too. A backslash at its end, which would take the closing
/// quote for a character on Windows, is left out there: a folder is the same without.
pub fn as_typed(argument: &str) -> String {
    as_typed_in(argument, cfg!(windows))
}

fn as_typed_in(argument: &str, is_windows: bool) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./\\:=@%+,~".contains(c) && (is_windows || c != '\\');
    if !argument.is_empty() && argument.chars().all(is_plain) {
        return argument.to_string();
    }
    if is_windows {
        return format!("\"{}\"", argument.trim_end_matches('\\'));
    }
    if !argument.contains(['$', '`', '"', '\\', '!']) {
        return format!("\"{argument}\"");
    }
    format!("'{}'", argument.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_is_quoted_for_the_shell_at_hand() {
        for (argument, unix, windows) in [
            ("themes/a-2027.toml", "themes/a-2027.toml", "themes/a-2027.toml"),
            ("a to check.xlsx", "\"a to check.xlsx\"", "\"a to check.xlsx\""),
            ("r&d (1).txt", "\"r&d (1).txt\"", "\"r&d (1).txt\""),
            ("cost $5 it's.txt", "'cost $5 it'\\''s.txt'", "\"cost $5 it's.txt\""),
            ("C:\\my round\\", "'C:\\my round\\'", "\"C:\\my round\""),
            ("", "\"\"", "\"\""),
        ] {
            assert_eq!((as_typed_in(argument, false).as_str(), as_typed_in(argument, true).as_str()), (unix, windows));
        }
    }

    #[test]
    fn quoted_text_cannot_drive_a_terminal() {
        assert_eq!(quote("a\u{1b}[31mred\n\u{202e}x"), "\"a\\u{1b}[31mred\\n\\u{202e}x\"");
        assert_eq!(quote(&"x".repeat(81)), format!("\"{}…\"", "x".repeat(80)));
    }
}
