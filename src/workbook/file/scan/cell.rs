//! One cell of an `.xlsx` as it is stored, with what the reader would turn into something else.

use quick_xml::events::Event;

use super::super::book::Value;
use super::super::limits;
use super::formats::CellFormat;
use super::rich::RichText;

/// The errors that the reader knows; it fails on any other.
const KNOWN_ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// A cell that is open.
#[derive(Debug, Default)]
pub(super) struct XlsxCell {
    /// Its row and column, counted from 0.
    pub at: (u32, u32),
    /// The kind of its value, as it is written; empty for a number.
    pub kind: String,
    /// Its format, by its index.
    pub style: usize,
    /// The content of its element `v`.
    pub value: Option<String>,
    /// Whether the cell names no place of its own.
    pub is_counted: bool,
    /// Whether a piece of a text of its own is struck out.
    pub is_struck: bool,
    /// Whether something in it is where no program puts it.
    is_odd: bool,
    /// The text of its own, if it has one.
    inline: Option<RichText>,
    has_formula: bool,
    /// The part of it that is open, and how deep elements are nested in it.
    inside: Inside,
    depth: usize,
}

/// The part of a cell that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Inside {
    #[default]
    Cell,
    Value,
    Formula,
    Inline,
}

impl XlsxCell {
    /// A cell that begins.
    pub(super) fn new(at: (u32, u32), kind: String, style: usize, is_counted: bool) -> XlsxCell {
        XlsxCell { at, kind, style, is_counted, ..XlsxCell::default() }
    }

    /// Takes the start of an element in it. The reader stops at one that it does not know there, or skips it with its content.
    pub(super) fn open(&mut self, name: &str, is_empty: bool) {
        let inside = match (self.inside, name) {
            (Inside::Cell, "v") => {
                self.is_odd |= self.value.is_some();
                self.value = Some(String::new());
                Inside::Value
            }
            (Inside::Cell, "f") => {
                self.has_formula = true;
                Inside::Formula
            }
            (Inside::Cell, "is") => {
                self.is_odd |= self.inline.is_some();
                self.inline = Some(RichText::default());
                Inside::Inline
            }
            (Inside::Inline, _) => {
                self.is_odd |= self.inline.as_mut().is_none_or(|text| !text.open(name, is_empty));
                Inside::Inline
            }
            (inside, _) => {
                self.is_odd = true;
                inside
            }
        };
        if !is_empty {
            self.inside = inside;
            self.depth += 1;
        }
    }

    /// Takes the end of an element; returns `true` at the end of the cell.
    pub(super) fn close(&mut self) -> bool {
        match self.depth {
            0 => return true,
            1 => self.inside = Inside::Cell,
            _ => self.inline.iter_mut().filter(|_| self.inside == Inside::Inline).for_each(RichText::close),
        }
        self.depth -= 1;
        false
    }

    /// Takes characters in it.
    pub(super) fn text(&mut self, text: &str) {
        match self.inside {
            Inside::Value => self.value.get_or_insert_default().push_str(text),
            Inside::Inline => self.is_odd |= self.inline.as_ref().is_none_or(|inline| !inline.holds(text)),
            Inside::Formula => {}
            Inside::Cell if text.trim().is_empty() => {}
            // Outside any element the reader ignores them. They are kept, so that the finding can quote them.
            Inside::Cell => {
                self.is_odd = true;
                self.value.get_or_insert_default().push_str(text);
            }
        }
    }

    /// Takes any other event. The reader takes only the first run of text of a number or an index: a comment, CDATA or a reference in it
    /// would end the value early (`1<!-- -->23` becomes 1).
    pub(super) fn other(&mut self, event: &Event<'_>) {
        // An entity in the text of a formula's result is text; anywhere else inside a value it is not.
        let is_text = matches!(event, Event::GeneralRef(_)) && self.kind == "str";
        let is_beside = matches!(event, Event::GeneralRef(_) | Event::CData(_));
        self.is_odd |= match self.inside {
            Inside::Value => !is_text,
            Inside::Cell => is_beside,
            Inside::Inline => is_beside && self.inline.as_ref().is_none_or(|inline| !inline.holds("&")),
            Inside::Formula => false,
        };
    }

    /// Whether there is anything in it.
    pub(super) fn is_filled(&self) -> bool {
        self.value.is_some() || self.inline.is_some() || self.has_formula || self.is_odd
    }

    /// A number as people see it, such as `80%`, if that is not the number itself.
    pub(super) fn shown(&self, format: CellFormat) -> Option<Value> {
        let number = self.value.as_deref().filter(|_| matches!(self.kind.as_str(), "" | "n"))?;
        format.shown.value(number.parse().ok()?)
    }

    /// The replacement for a value that the reader would misread; `None` for one that it reads right. `strings` is the number of shared
    /// strings in the file.
    pub(super) fn judged(&self, strings: usize) -> Option<Value> {
        if self.is_odd || (self.inline.is_some() && self.value.is_some()) {
            let value = self.value.as_deref().unwrap_or_default().trim();
            let what = if value.is_empty() { "a value".to_string() } else { format!("the value {value:?}") };
            return Some(unreadable(&format!("{what} that no spreadsheet program writes in this way")));
        }
        let value = self.value.as_deref()?;
        match self.kind.as_str() {
            // An index that is not a number is 0 to the reader, so the cell would have the first text of the file.
            "s" => {
                let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
                let index = is_number.then(|| value.parse::<usize>().ok()).flatten();
                let is_known = index.is_some_and(|index| index < strings);
                (!is_known).then(|| unreadable(&format!("the text number {value:?}, which this file does not have")))
            }
            // Without a kind, the reader takes what is not a number for a text. A formula that was never calculated may have an empty
            // value.
            "" | "n" => {
                let is_number = value.parse::<f64>().is_ok_and(f64::is_finite);
                let is_right = is_number || value.is_empty() && self.has_formula;
                (!is_right).then(|| unreadable(&format!("the number {value:?}")))
            }
            "b" => {
                let is_right = matches!(value, "0" | "1" | "true" | "false");
                (!is_right).then(|| unreadable(&format!("the truth value {value:?}")))
            }
            "e" => (!KNOWN_ERRORS.contains(&value)).then(|| Value::Error(value.to_string())),
            // The reader takes the text of such a cell from `is` only, and skips `v`.
            "inlineStr" => {
                Some(unreadable(&format!("the value {value:?} that no spreadsheet program writes in this way")))
            }
            "str" | "d" => {
                (value.chars().count() > limits::TEXT).then(|| unreadable("a text longer than a cell can hold"))
            }
            kind => Some(unreadable(&format!("a value of the unknown kind {kind:?}"))),
        }
    }
}

/// A value that cannot be read, with what it was.
pub(super) fn unreadable(what: &str) -> Value {
    Value::Unreadable(what.to_string())
}
