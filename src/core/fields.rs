//! Reads a TOML file one key at a time, so that every fault is found in one run and has its line and column.
//!
//! Serde stops at a file's first fault; an officer who edits a theme by hand needs them all. So the text is parsed into a
//! tree with places ([`toml::de::DeTable`]) and walked here. Each getter notes its key as known, reports what is wrong
//! with the value, and returns a stand-in. [`Fields::finish`] reports the keys that no getter asked for.

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::core::finding::{Code, Finding, Place, Spot};
use crate::core::quoting::{printable, quote};
use crate::core::words;

/// A TOML text with its name in messages and the findings gathered while it is read.
#[derive(Debug)]
pub struct TomlText<'a> {
    file: &'a str,
    text: &'a str,
    /// The byte at which each line begins.
    line_starts: Vec<usize>,
    findings: RefCell<Vec<Finding>>,
}

impl<'a> TomlText<'a> {
    /// A text and the name that messages give it.
    pub fn new(file: &'a str, text: &'a str) -> TomlText<'a> {
        // The parser counts bytes after a byte-order mark, so it is given none.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        TomlText { file, text, line_starts, findings: RefCell::new(Vec::new()) }
    }

    /// Parses the text, reports every place where it is not TOML, and passes its keys to `read`.
    ///
    /// The readable rest of a broken file is still read, so that one stray quote does not hide the other faults.
    pub fn read<T>(self, read: impl FnOnce(Fields<'_>) -> T) -> (T, Vec<Finding>) {
        let source = self;
        let (table, errors) = DeTable::parse_recoverable(source.text);
        for error in errors {
            let place = source.place(&error.span().unwrap_or(0..0));
            let found = format!("this is not TOML: {}", error.message().replace('\n', "; "));
            let remedy = match source.line_at(&place).contains('\\') {
                true => "write / for each \\: inside double quotes a backslash has a special meaning",
                false => "correct this line: texts are in double quotes",
            };
            source.note(Code::TomlSyntax, place, found, "", remedy);
        }
        let span = table.span();
        let output =
            read(Fields { source: &source, table: table.get_ref(), span, name: String::new(), known: Vec::new() });
        (output, source.findings.into_inner())
    }

    fn note(&self, code: Code, place: Place, found: String, expected: &str, remedy: &str) {
        // In a settings file a finding is about a key and its value, which is what it says.
        let finding = Finding::new(code, place, found.as_str(), expected, remedy).naming(found.as_str());
        self.findings.borrow_mut().push(finding);
    }

    /// The text of the line that a place names.
    fn line_at(&self, place: &Place) -> &str {
        let Spot::Line(line, _) = place.spot else { return "" };
        self.text.lines().nth(line - 1).unwrap_or_default()
    }

    /// Line and column, counted from 1, of the start of a span of bytes.
    fn place(&self, span: &Range<usize>) -> Place {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = self.line_starts.partition_point(|start| *start <= before.len());
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        Place::line(self.file, line, before[start..].chars().count() + 1)
    }
}

/// Whether a workbook can store a character: XML 1.0, production 2, excludes most control characters.
pub fn is_storable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its line and column.
    pub place: Place,
}

/// One table of a TOML file.
#[derive(Debug)]
pub struct Fields<'a> {
    source: &'a TomlText<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    /// The table's name in messages: empty for the file itself, else `[[area]]` or `[framework]`.
    name: String,
    /// The keys that a getter has asked for, whether or not they are there.
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The place where the table begins.
    pub fn place(&self) -> Place {
        self.source.place(&self.span)
    }

    /// Adds a finding of the caller's own.
    pub fn note(&self, code: Code, place: Place, found: impl Into<String>, expected: &str, remedy: &str) {
        self.source.note(code, place, found.into(), expected, remedy);
    }

    /// Adds a finding that was made elsewhere.
    pub fn add(&self, finding: Finding) {
        self.source.findings.borrow_mut().push(finding);
    }

    /// Checks `format`, the version that every file begins with.
    pub fn format(&mut self, known: i64) {
        let place = self.place();
        match self.optional_number("format") {
            Some(format) if format == known => {}
            Some(other) => {
                let expected = format!("{known}, the only format so far");
                let remedy = format!("write format = {known}, or use a newer jtai");
                self.note(Code::ValueInvalid, place, format!("`format` is {other}"), &expected, &remedy);
            }
            None => self.missing("format"),
        }
    }

    /// Checks `format` where this program reads every version up to `last`.
    pub fn format_up_to(&mut self, last: i64) {
        let place = self.place();
        match self.optional_number("format") {
            Some(format) if (1..=last).contains(&format) => {}
            Some(other) => {
                let expected = format!("1 to {last}");
                self.note(Code::ValueInvalid, place, format!("`format` is {other}"), &expected, "use a newer jtai");
            }
            None => self.missing("format"),
        }
    }

    /// A text that must be there and not be empty; where it is missing, the stand-in is an empty text.
    pub fn text(&mut self, key: &'static str) -> Placed<String> {
        let place = self.place();
        match self.optional_text(key) {
            Some(text) if !text.value.trim().is_empty() => text,
            Some(empty) => {
                let found = format!("`{key}` is empty");
                self.note(Code::ValueInvalid, empty.place.clone(), found, "some text", "fill it in");
                empty
            }
            None => {
                if !self.has(key) {
                    self.missing(key);
                }
                Placed { value: String::new(), place }
            }
        }
    }

    /// A text that may be left out; empty when it is.
    pub fn text_or_empty(&mut self, key: &'static str) -> String {
        self.optional_text(key).map(|text| text.value).unwrap_or_default()
    }

    /// A text that may be left out, with its place.
    pub fn optional_text(&mut self, key: &'static str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(self.placed(key, text, value.span())),
            _ => self.wrong_type(key, value, "text in double quotes"),
        }
    }

    /// A text on one line that may be left out; empty when it is.
    pub fn line(&mut self, key: &'static str) -> String {
        let Some(text) = self.optional_text(key) else { return String::new() };
        if text.value.contains(['\n', '\r']) {
            let found = format!("`{key}` has a line break");
            self.note(Code::ValueInvalid, text.place, found, "a text on one line", "put it on one line");
        }
        text.value
    }

    /// A text with its place; a character that no workbook can store is reported.
    fn placed(&self, key: &str, text: &str, span: Range<usize>) -> Placed<String> {
        let place = self.source.place(&span);
        if let Some(bad) = text.chars().find(|c| !is_storable(*c)) {
            let found = format!("`{key}` has an invisible character, U+{:04X}", bad as u32);
            let remedy = "take it out: it often comes with text pasted from Word or a mail program";
            self.note(Code::ValueInvalid, place.clone(), found, "letters, digits, punctuation and line breaks", remedy);
        }
        Placed { value: text.to_string(), place }
    }

    /// The name of a file, with `/` for `\`.
    pub fn file_name(&mut self, key: &'static str) -> String {
        let Placed { value, place } = self.text(key);
        // TOML turns "returns\new.xlsx" in double quotes into a line break, and "\t" into a tab. A control character is the sign of that.
        if value.contains(char::is_control) {
            let found = format!("`{key}` is {}, which is not the name of a file", quote(&value));
            self.note(
                Code::ValueInvalid,
                place,
                found,
                "a name, as in returns/scan 3.xlsx",
                "write / for each \\ in it",
            );
        }
        value.replace('\\', "/")
    }

    /// A list of texts; empty when it is left out.
    pub fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let expected = "a list of texts, as in [\"LA\", \"POL\"]";
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong_type(key, value, expected).unwrap_or_default();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(self.placed(key, text, item.span())),
                _ => {
                    let _: Option<()> = self.wrong_type(key, item, expected);
                }
            }
        }
        texts
    }

    /// One of a few known words; `None` when it is left out, or when it is not one of them, which is reported.
    pub fn word<T: Copy>(&mut self, key: &'static str, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        let written = self.optional_text(key)?;
        self.known_word(key, &written, all, name)
    }

    /// A list of known words; any other word is reported and left out.
    pub fn words<T: Copy>(&mut self, key: &'static str, all: &[T], name: fn(T) -> &'static str) -> Vec<T> {
        let written = self.texts(key);
        written.iter().filter_map(|written| self.known_word(key, written, all, name)).collect()
    }

    fn known_word<T: Copy>(
        &self,
        key: &str,
        written: &Placed<String>,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|item| name(*item) == written.value);
        if found.is_none() {
            let known: Vec<&str> = all.iter().map(|item| name(*item)).collect();
            let remedy = match nearest(&written.value, &known) {
                Some(word) => format!("did you mean \"{word}\"?"),
                None => "choose one of them".to_string(),
            };
            let found = format!("`{key}` has {}", quote(&written.value));
            self.note(
                Code::ValueInvalid,
                written.place.clone(),
                found,
                &format!("one of {}", known.join(", ")),
                &remedy,
            );
        }
        found
    }

    /// Every text of the table with its key, in the order of the keys. For tables whose keys are data.
    pub fn all_texts(&mut self) -> Vec<(String, String)> {
        let text = |value: &Spanned<DeValue<'_>>| value.get_ref().as_str().unwrap_or_default().to_string();
        self.table.iter().map(|(key, value)| (key.get_ref().to_string(), text(value))).collect()
    }

    /// A whole number that may be left out.
    pub fn optional_number(&mut self, key: &'static str) -> Option<i64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        number.or_else(|| self.wrong_type(key, value, "a whole number"))
    }

    /// True or false; `None` when it is left out.
    pub fn optional_bool(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        value.get_ref().as_bool().or_else(|| self.wrong_type(key, value, "true or false, without quotes"))
    }

    /// A date that must be there.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        self.optional_date(key)
    }

    /// A date that may be left out, with or without quotes. 3/4/2027 is refused, because it could be two days.
    pub fn optional_date(&mut self, key: &'static str) -> Option<Date> {
        let value = self.get(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(written) if written.time.is_none() => written.to_string().parse().ok(),
            DeValue::String(written) => {
                words::read_date(written).filter(|date| !words::is_read_day_first(written, *date))
            }
            _ => None,
        };
        date.or_else(|| self.wrong_type(key, value, "a date, as in 2026-12-11"))
    }

    /// A table under a key, as in `[framework]`; `None` when it is left out.
    pub fn optional_table(&mut self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(self.inside(table, value.span(), format!("[{key}]"))),
            _ => self.wrong_type(key, value, "a table"),
        }
    }

    /// The tables under a key, as in `[[area]]`, in file order; empty when there are none.
    pub fn tables(&mut self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let expected = "tables, each headed in double square brackets";
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong_type(key, value, expected).unwrap_or_default();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.inside(table, item.span(), format!("[[{key}]]"))),
                _ => {
                    let _: Option<()> = self.wrong_type(key, item, expected);
                }
            }
        }
        tables
    }

    /// Reports every key that no getter asked for, and suggests the nearest known one.
    pub fn finish(self) {
        for key in self.table.keys() {
            let written: &str = key.get_ref();
            if self.known.contains(&written) {
                continue;
            }
            let remedy = match nearest(written, &self.known) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "take it out".to_string(),
            };
            let found = format!("`{written}` is not a valid key in {}", self.owner());
            let expected = format!("one of {}", self.known.join(", "));
            self.note(Code::KeyUnknown, self.source.place(&key.span()), found, &expected, &remedy);
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn inside(&self, table: &'a DeTable<'a>, span: Range<usize>, name: String) -> Fields<'a> {
        Fields { source: self.source, table, span, name, known: Vec::new() }
    }

    fn owner(&self) -> String {
        if self.name.is_empty() { "this file".to_string() } else { self.name.clone() }
    }

    /// Whether the table has a key.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports that a key is missing.
    pub fn missing(&self, key: &str) {
        let found = format!("{} has no `{key}`", self.owner());
        self.note(Code::KeyMissing, self.place(), found, &format!("`{key}`"), "add it");
    }

    fn wrong_type<T>(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> Option<T> {
        let written = self.source.text.get(value.span()).unwrap_or_default();
        // Only the first line, because the value may be a long list.
        let found = format!("`{key}` is {}", printable(written.lines().next().unwrap_or_default()));
        self.note(Code::ValueInvalid, self.source.place(&value.span()), found, expected, "write it in that form");
        None
    }
}

/// Changes the number under a key of a text's first table, and nothing else. `None` where it already is that number, or the text has no
/// such key or is not TOML.
pub fn with_number(text: &str, key: &str, number: i64) -> Option<String> {
    // The number is replaced at its place in the text, because writing the table again would lose comments and line ends.
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let table = DeTable::parse(&text[start..]).ok()?;
    let value = table.get_ref().get(key)?;
    let now = value.get_ref().as_integer()?;
    if i64::from_str_radix(now.as_str(), now.radix()).is_ok_and(|now| now == number) {
        return None;
    }
    let span = value.span();
    Some(format!("{}{number}{}", &text[..start + span.start], &text[start + span.end..]))
}

/// The spans, in bytes, of the tables under a key of a text's first table: the header of each, and each of its keys with its value. Where
/// the list is written in brackets, the span of the whole list. Empty where there is no such key, or the text is not TOML.
pub fn spans_of_tables(text: &str, key: &str) -> Vec<Range<usize>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let text = &text[start..];
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let Some((name, value)) = table.get_ref().get_key_value(key) else { return Vec::new() };
    let is_header = |span: &Range<usize>| text.get(span.clone()).is_some_and(|written| written.starts_with("[["));
    let mut spans = Vec::new();
    for item in value.get_ref().as_array().map(|items| items.iter()).into_iter().flatten() {
        let Some(table) = item.get_ref().as_table().filter(|_| is_header(&item.span())) else { continue };
        spans.push(item.span());
        spans.extend(table.iter().map(|(key, value)| key.span().start..value.span().end));
    }
    if spans.is_empty() {
        spans.push(name.span().start..value.span().end);
    }
    spans.into_iter().map(|span| span.start + start..span.end + start).collect()
}

/// A text as TOML writes it, with its quotes and escapes.
pub fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The known word nearest to a mistyped one; `None` where none is near enough to be meant.
///
/// Near enough is one slip for each three letters (a letter left out, added, changed, or two swapped), or a Jaro-Winkler
/// similarity above 0.85, which forgives a longer word its ending.
pub fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let written = written.to_lowercase();
    let slips = |word: &str| strsim::damerau_levenshtein(&written, &word.to_lowercase());
    let likeness = |word: &str| strsim::jaro_winkler(&written, &word.to_lowercase());
    let is_near = |word: &str| slips(word) <= written.chars().count().div_ceil(3).max(1) || likeness(word) > 0.85;
    let near = known.iter().copied().filter(|word| is_near(word));
    near.min_by(|a, b| slips(a).cmp(&slips(b)).then(likeness(b).total_cmp(&likeness(a))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let ((), findings) = TomlText::new("t.toml", text).read(|mut fields| {
            fields.text("title");
            fields.optional_date("day");
            fields.texts("groups");
            fields.finish();
        });
        let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_fault_is_reported_with_line_and_column() {
        check(
            "titel = \"x\"\nday = \"11/12/2026\"\ngroups = [\"LA\", 3]\n",
            &[
                "t.toml, line 1, column 1: this file has no `title`; expected `title`; add it",
                "t.toml, line 2, column 7: `day` is \"11/12/2026\"; expected a date, as in 2026-12-11; write it in that form",
                "t.toml, line 3, column 17: `groups` is 3; expected a list of texts, as in [\"LA\", \"POL\"]; write it in that form",
                "t.toml, line 1, column 1: `titel` is not a valid key in this file; expected one of title, day, groups; did you mean `title`?",
            ],
        );
    }

    #[test]
    fn a_number_is_changed_and_nothing_else() {
        let text = "\u{feff}# mine\r\nformat = 1 # one\r\nother = 1\r\n";
        assert_eq!(with_number(text, "format", 2), Some(text.replacen("= 1", "= 2", 1)));
        assert_eq!(with_number(text, "format", 1), None);
        assert_eq!(with_number("x = [", "format", 2), None);
        assert_eq!(with_number("format = \"1\"", "format", 2), None);
    }

    #[test]
    fn a_byte_order_mark_does_not_shift_columns() {
        check(
            "\u{feff}title = \"x\"\ncolour = 1\n",
            &[
                "t.toml, line 2, column 1: `colour` is not a valid key in this file; expected one of title, day, groups; take it out",
            ],
        );
    }
}
