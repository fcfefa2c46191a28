//! Quotes texts from files so that they are safe in messages, and arguments so that they can be pasted into a shell.

/// Makes a text from a file safe to print on a terminal: control characters, and those that change the direction of text, become escapes.
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

/// Whether a character changes the direction of the text after it. Inside a message it would also turn the message's own words around.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Quotes a text from a file for a message: in double quotes, safe to print, cut with `…` after 80 characters.
pub fn quote(text: &str) -> String {
    const LONGEST: usize = 80;
    let shown: String = text.chars().take(LONGEST).collect();
    let cut = if text.chars().count() > LONGEST { "…" } else { "" };
    format!("\"{}{cut}\"", printable(&shown))
}

/// Quotes an argument for the shell of this system, where it needs quotes: in double quotes, or on Unix in single ones if it has a
/// character with a meaning inside double quotes.
///
/// On Windows a backslash at its end is dropped, because it would escape the closing quote. A folder is the same without it.
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
    // In an interactive shell `!` brings back an earlier command, even inside double quotes.
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
