//! Removes the agencies from a `round.toml` of an earlier version, once they are in a list of their own.

use std::ops::Range;

use crate::core::fields::spans_of_tables;

/// The text without its `[[agency]]` entries; `None` if it has none. Comments and all other settings stay as they are.
pub fn without_agencies(text: &str) -> Option<String> {
    let mut cuts: Vec<Range<usize>> = spans_of_tables(text, "agency");
    cuts.sort_by_key(|cut| cut.start);
    if cuts.is_empty() {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let of_line: Vec<&Range<usize>> = cuts.iter().filter(|cut| cut.start < end && cut.end > start).collect();
        if of_line.is_empty() {
            // The blank lines before and after a removed entry become one.
            let is_second_blank =
                line.trim().is_empty() && (kept.is_empty() || kept.ends_with("\n\n") || kept.ends_with("\n\r\n"));
            if !is_second_blank {
                kept.push_str(line);
            }
            continue;
        }
        // A value can run over several lines, and a comment can follow it.
        let rest: String = line
            .char_indices()
            .filter(|(place, _)| !of_line.iter().any(|cut| cut.contains(&(start + place))))
            .map(|(_, c)| c)
            .collect();
        if rest.trim_start().starts_with('#') {
            kept.push_str(rest.trim_start());
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_taken_out_and_comments_stay() {
        let text = "# mine\r\nformat = 2\r\n\r\n[[agency]] # the first\r\nid = \"a\"\r\nname = \"\"\"A\r\nand B\"\"\"\r\ndue = 2026-12-18 # they asked\r\n\r\n\
                    # about b\r\n[[agency]]\r\nid = \"b\" \r\n\r\n# about a file\r\n[[return]]\r\nfile = \"x # [[agency]]\"\r\n\r\n[brand]\r\ncolour = \"\"\r\n";
        let expected = "# mine\r\nformat = 2\r\n\r\n# the first\r\n# they asked\r\n\r\n# about b\r\n\r\n# about a file\r\n[[return]]\r\nfile = \"x # [[agency]]\"\r\n\r\n\
                        [brand]\r\ncolour = \"\"\r\n";
        assert_eq!(without_agencies(text).as_deref(), Some(expected));
        assert_eq!(without_agencies(expected), None);
        assert_eq!(without_agencies("agency = [{ id = \"a\" }] # one\nx = 1"), Some("# one\nx = 1".into()));
        assert_eq!(without_agencies("x = ["), None);
    }
}
