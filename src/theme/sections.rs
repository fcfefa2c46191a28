//! Splits a theme's file at its headers, so that one part can be rewritten and every other byte stays.

/// The kind of a section of a theme's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// The keys before the first header.
    Head,
    /// `[[area]]`.
    Area,
    /// `[[area.criterion]]`.
    Criterion,
    /// `[source]` or one of its pieces.
    Source,
    /// Anything else: `[framework]`, `[[term]]`.
    Other,
}

/// A header with the comments directly above it and the lines under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'t> {
    /// Its kind.
    pub kind: SectionKind,
    /// Its text, with its line breaks.
    pub text: &'t str,
}

/// The sections of a theme's file, in order. Joined together they are the whole text again.
pub fn sections(text: &str) -> Vec<Section<'_>> {
    // Line by line and not with a TOML parser, which does not say which comments belong to which header.
    let mut starts: Vec<(usize, SectionKind)> = vec![(0, SectionKind::Head)];
    // Comments directly above a header belong to it, so that they move with it. A blank line ends that.
    let mut comments: Option<usize> = None;
    let mut open: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if open.is_none() {
            match header(words) {
                Some(name) => starts.push((comments.take().unwrap_or(at), kind(name))),
                None if words.starts_with('#') => comments = comments.or(Some(at)),
                None => comments = None,
            }
        }
        open = still_open(open, words);
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let spans = starts.iter().zip(ends);
    spans.map(|((start, kind), end)| Section { kind: *kind, text: &text[*start..end] }).collect()
}

/// The text of the areas and their statements in a theme's file, and nothing else.
pub fn areas_text(text: &str) -> String {
    let of_areas = |section: &Section<'_>| matches!(section.kind, SectionKind::Area | SectionKind::Criterion);
    sections(text).into_iter().filter(of_areas).map(|section| section.text).collect()
}

/// The name in a header, as in `area.criterion`; `None` for any other line.
fn header(line: &str) -> Option<&str> {
    let line = line.split('#').next().unwrap_or_default().trim_end();
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let name = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name).trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    // Inside a list over several lines, "[1, 2]" may be a line too: a header never begins with a digit.
    (is_name && !name.starts_with(|c: char| c.is_ascii_digit())).then_some(name)
}

fn kind(name: &str) -> SectionKind {
    match name {
        "area" => SectionKind::Area,
        "area.criterion" => SectionKind::Criterion,
        "source" | "source.piece" => SectionKind::Source,
        _ => SectionKind::Other,
    }
}

/// The mark that ends a multi-line text that is still open after this line; `None` where none is open.
fn still_open<'m>(open: Option<&'m str>, line: &str) -> Option<&'m str> {
    match open {
        Some(mark) if line.matches(mark).count() % 2 == 1 => None,
        Some(mark) => Some(mark),
        None => ["\"\"\"", "'''"].into_iter().find(|mark| line.matches(mark).count() % 2 == 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_apart_at_its_headers_and_nothing_is_lost() {
        let text = "format = 1\n\n# Terms.\n[[term]]\nterm = \"\"\"\n[[area]]\n\"\"\"\n\n# Mine.\n[[area]]\nid = \"1\"\n[[area.criterion]]\nid = \"A\"\n\
                    prompts = [\n  \"x\",\n]\n[source]\nfile = \"f\"\n[[source.piece]]\ntext = \"t\"\n";
        let found = sections(text);
        let kinds: Vec<SectionKind> = found.iter().map(|section| section.kind).collect();
        use SectionKind::{Area, Criterion, Head, Other, Source};
        assert_eq!(kinds, [Head, Other, Area, Criterion, Source, Source]);
        assert_eq!(found.iter().map(|section| section.text).collect::<String>(), text);
        assert!(found[2].text.starts_with("# Mine."), "{:?}", found[2]);
        assert!(areas_text(text).ends_with("]\n"), "{}", areas_text(text));
    }
}
