//! Reads the cell formats of an `.xlsx`, as far as they matter to an answer: fill, strike-through, hidden values, percentages, amounts of
//! money.

use quick_xml::events::{BytesStart, Event};

use super::super::book::{Fill, Value};
use super::super::limits;
use super::package::{Package, PartFault};
use super::xml::{attribute, local, walk};

/// One cell format.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct CellFormat {
    /// The fill; `None` for none and for white.
    pub fill: Option<Fill>,
    /// Whether the text is struck out.
    pub is_struck: bool,
    /// How a number is shown.
    pub shown: Shown,
    /// Whether the format hides the value, number or text.
    pub is_unseen: bool,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Plain,
    /// As a percentage: 0.8 as 80%.
    Percent,
    /// With the sign of a currency before it.
    Money(char),
}

impl Shown {
    /// The value as people see it, with all its digits; `None` where they see the number itself.
    pub(super) fn value(self, number: f64) -> Option<Value> {
        match self {
            Shown::Plain => None,
            // Rounding to nine decimal places removes the error of binary fractions (0.1 + 0.2) and nothing that anybody writes.
            Shown::Percent => Some(Value::Text(format!("{}%", (number * 1e11).round() / 1e9))),
            Shown::Money(sign) => Some(Value::Text(format!("{sign}{number}"))),
        }
    }
}

/// Reads the cell formats, in the order of their indices.
pub(super) fn formats(package: &mut Package<'_>, part: &str) -> Result<Vec<CellFormat>, PartFault> {
    let mut styles = CellStyles::default();
    package.part(part, |source| {
        walk(source, limits::STYLES, |event, _| {
            match event {
                Event::Start(start) => styles.open(start, true),
                Event::Empty(start) => styles.open(start, false),
                Event::End(end) if SECTIONS.contains(&local(end.name().as_ref())) => styles.section.clear(),
                _ => {}
            }
            Ok(())
        })
    })?;
    Ok(styles.formats)
}

/// The sections of the part. The differential formats (`dxfs`) have fills and fonts too, which must not be counted: cells refer to fills
/// and fonts by number.
const SECTIONS: [&str; 5] = ["numFmts", "fonts", "fills", "cellXfs", "dxfs"];

#[derive(Default)]
struct CellStyles {
    section: String,
    /// The number formats of the workbook, by their ids.
    shown: Vec<(usize, Shown)>,
    /// The ids of number formats that hide the value.
    unseen: Vec<usize>,
    struck: Vec<bool>,
    fills: Vec<Option<Fill>>,
    is_solid: bool,
    formats: Vec<CellFormat>,
}

impl CellStyles {
    fn open(&mut self, start: &BytesStart<'_>, has_content: bool) {
        let number = |name: &str| attribute(start, name).and_then(|text| text.parse::<usize>().ok());
        match (self.section.as_str(), local(start.name().as_ref())) {
            (_, section) if has_content && SECTIONS.contains(&section) => self.section = section.to_string(),
            ("numFmts", "numFmt") => {
                let code = attribute(start, "formatCode").unwrap_or_default();
                let shown = shown(&code);
                self.unseen.extend(number("numFmtId").filter(|_| shows_nothing(&code)));
                self.shown.extend(number("numFmtId").map(|id| (id, shown)));
            }
            ("fonts", "font") => self.struck.push(false),
            ("fonts", "strike") => {
                if let Some(last) = self.struck.last_mut() {
                    *last = is_on(start);
                }
            }
            ("fills", "fill") => self.fills.push(None),
            ("fills", "patternFill") => self.is_solid = attribute(start, "patternType").as_deref() == Some("solid"),
            ("fills", "fgColor") if self.is_solid => {
                if let Some(last) = self.fills.last_mut() {
                    *last = fill(attribute(start, "rgb"), attribute(start, "indexed"));
                }
            }
            ("cellXfs", "xf") => {
                let fill = number("fillId").and_then(|at| self.fills.get(at).copied().flatten());
                let is_struck = number("fontId").and_then(|at| self.struck.get(at).copied()).unwrap_or(false);
                let shown = number("numFmtId").map_or(Shown::Plain, |id| self.number_format(id));
                let is_unseen = number("numFmtId").is_some_and(|id| self.unseen.contains(&id));
                self.formats.push(CellFormat { fill, is_struck, shown, is_unseen });
            }
            _ => {}
        }
    }

    fn number_format(&self, id: usize) -> Shown {
        /// The two percentages among the built-in formats, which a file need not list (ECMA-376 part 1, 18.8.30).
        const PERCENT: [usize; 2] = [9, 10];
        let own = self.shown.iter().find(|(known, _)| *known == id).map(|(_, shown)| *shown);
        own.unwrap_or(if PERCENT.contains(&id) { Shown::Percent } else { Shown::Plain })
    }
}

/// How a format's code shows a number. A sign in quotation marks or behind a backslash is text.
fn shown(code: &str) -> Shown {
    let mut is_quoted = false;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\\' => drop(chars.next()),
            '%' if !is_quoted => return Shown::Percent,
            '£' | '€' => return Shown::Money(c),
            _ => {}
        }
    }
    Shown::Plain
}

/// Whether a format's code hides everything: `;;;` has nothing for positive, negative and zero numbers, and nothing for texts.
fn shows_nothing(code: &str) -> bool {
    let code = code.trim();
    code.len() >= 3 && code.bytes().all(|byte| byte == b';')
}

/// Whether an element that is a switch is on: `<strike/>` is, `<strike val="0"/>` is not.
pub(super) fn is_on(start: &BytesStart<'_>) -> bool {
    attribute(start, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "none"))
}

/// A fill from its colour: red, green and blue, or a number in Excel's old palette. Any other colour (of the document's theme) is
/// [`Fill::Other`].
fn fill(rgb: Option<String>, indexed: Option<String>) -> Option<Fill> {
    const WHITE: u32 = 0xFF_FFFF;
    // The first two digits are opacity, which spreadsheet programs ignore.
    let from_rgb = rgb.and_then(|text| u32::from_str_radix(&text, 16).ok()).map(|colour| colour & WHITE);
    // Excel's palette since 1997, as far as people pick Red, Amber and Green from it.
    let from_index = indexed.and_then(|text| text.parse::<u32>().ok()).and_then(|index| match index {
        1 | 9 | 64 | 65 => Some(WHITE),
        2 | 10 => Some(0xFF_0000),
        3 | 11 => Some(0x00_FF00),
        5 | 13 => Some(0xFF_FF00),
        17 => Some(0x00_8000),
        51 => Some(0xFF_CC00),
        52 => Some(0xFF_9900),
        _ => None,
    });
    match from_rgb.or(from_index) {
        Some(WHITE) => None,
        Some(colour) => Some(Fill::Rgb(colour)),
        None => Some(Fill::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_people_see_them() {
        let said = |code: &str, number: f64| shown(code).value(number).map(|value| value.text());
        assert_eq!(said("0%", 0.8).as_deref(), Some("80%"));
        assert_eq!(said("0.00%", 0.1 + 0.2).as_deref(), Some("30%"));
        assert_eq!(said("0.0%", 0.8049).as_deref(), Some("80.49%"));
        assert_eq!(said("[$£-809]#,##0.00", 1200.0).as_deref(), Some("£1200"));
        assert!(shows_nothing(";;;") && !shows_nothing(";;") && !shows_nothing("0;;;"));
        for code in ["General", "0.00", r"0\%", "0\"%\"", "dd/mm/yyyy"] {
            assert_eq!(said(code, 0.8), None, "{code}");
        }
    }
}
