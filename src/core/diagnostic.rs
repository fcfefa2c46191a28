//! What the tool noticed in a file: a [`Diagnostic`] with its place, what was found, what was expected and what to do, and with what it
//! is about as data.
//!
//! Findings travel with the value they are about, in [`Checked`]; only a command decides whether to go on. Nothing reads a finding's
//! sentence: whoever needs to know what it is about asks its [`Subject`].

mod code;
mod reference;
mod subject;

use std::fmt;

use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Field;

pub use code::{Code, Severity};
pub use reference::{Reference, number};
pub use subject::{Subject, Written, WrittenCell};

/// Where in a file something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The file as a whole.
    Whole,
    /// A line and column of a text file, both counted from 1.
    Line(usize, usize),
    /// A sheet of a workbook.
    Sheet(String),
    /// A cell of a sheet, as people write it: `D7`.
    Cell(String, String),
}

/// A file and a spot in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the officer knows it: relative to the round's folder, with `/` between folders.
    pub file: String,
    /// Where in the file.
    pub spot: Spot,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Whole }
    }

    /// A line and column of a text file, counted from 1.
    pub fn line(file: impl Into<String>, line: usize, column: usize) -> Place {
        Place { file: file.into(), spot: Spot::Line(line, column) }
    }

    /// A sheet of a workbook.
    pub fn sheet(file: impl Into<String>, sheet: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Sheet(sheet.into()) }
    }

    /// A cell of a sheet.
    pub fn cell(file: impl Into<String>, sheet: impl Into<String>, cell: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Cell(sheet.into(), cell.into()) }
    }

    /// The sheet's name; empty where the place names none.
    pub fn sheet_name(&self) -> &str {
        match &self.spot {
            Spot::Sheet(sheet) | Spot::Cell(sheet, _) => sheet,
            Spot::Whole | Spot::Line(..) => "",
        }
    }

    /// The cell, as in `D7`; for a text file `line 3, column 9`; empty where the place names neither.
    pub fn cell_name(&self) -> String {
        match &self.spot {
            Spot::Cell(_, cell) => cell.clone(),
            Spot::Line(line, column) => format!("line {line}, column {column}"),
            Spot::Whole | Spot::Sheet(_) => String::new(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names come from people's files and may hold anything.
        let file = printable(&self.file);
        match &self.spot {
            Spot::Whole => f.write_str(&file),
            Spot::Line(line, column) => write!(f, "{file}, line {line}, column {column}"),
            Spot::Sheet(sheet) => write!(f, "{file}, sheet {}", printable(sheet)),
            Spot::Cell(sheet, cell) => write!(f, "{file}, sheet {}, cell {cell}", printable(sheet)),
        }
    }
}

/// One thing the tool noticed, in the officer's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// Where it was found.
    pub place: Place,
    /// What it is about.
    pub subject: Subject,
    /// What was found, with the file's own words in double quotes.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
    /// What to do.
    pub remedy: String,
    /// What it is called from run to run; `None` until [`number`] has seen all findings of the run.
    pub reference: Option<Reference>,
}

impl Diagnostic {
    /// A finding about nothing in particular.
    pub fn new(
        code: Code,
        place: Place,
        found: impl Into<String>,
        expected: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Diagnostic {
        let (found, expected, remedy) = (found.into(), expected.into(), remedy.into());
        Diagnostic { code, place, subject: Subject::default(), found, expected, remedy, reference: None }
    }

    /// The same finding, about this agency.
    pub fn about(mut self, agency: &AgencyId) -> Diagnostic {
        self.subject.agency = Some(agency.clone());
        self
    }

    /// The same finding, about this statement.
    pub fn on(mut self, criterion: &CriterionId) -> Diagnostic {
        self.subject.criterion = Some(criterion.clone());
        self
    }

    /// The same finding, about this column of the table or this field of the first sheet.
    pub fn in_field(mut self, field: impl Into<Field>) -> Diagnostic {
        self.subject.field = Some(field.into());
        self
    }

    /// The same finding, about a file with this SHA-256 of 64 hexadecimal digits.
    pub fn of_file(mut self, sha256: &str) -> Diagnostic {
        self.subject.sha256 = Some(sha256.to_string());
        self
    }

    /// The same finding, about this text where no cell holds it: a value, a file's name, an id.
    pub fn naming(mut self, written: impl Into<String>) -> Diagnostic {
        self.subject.written = written.into();
        self
    }

    /// The same finding, about these cells.
    pub fn with_cells(mut self, cells: Vec<WrittenCell>) -> Diagnostic {
        self.subject.cells = cells;
        self
    }

    /// How much this finding asks of the officer.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What it is called, as in `F-3HK6Q2`; empty until it has a reference.
    pub fn reference_text(&self) -> String {
        self.reference.as_ref().map_or(String::new(), ToString::to_string)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.found)?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected)?;
        }
        if !self.remedy.is_empty() {
            write!(f, "; {}", self.remedy)?;
        }
        match &self.reference {
            Some(reference) => write!(f, " ({reference})"),
            None => Ok(()),
        }
    }
}

/// A value together with everything noticed while it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked<T> {
    /// The value.
    pub output: T,
    /// What was noticed, in the order in which it was.
    pub findings: Vec<Diagnostic>,
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_place_found_expected_and_remedy() {
        let place = Place::cell("police.xlsx", "Self-assessment", "D7");
        let finding = Diagnostic::new(
            Code::RatingUnreadable,
            place,
            format!("{} is two ratings", quote("Amber/Green")),
            "one of Red, Amber, Green, Not applicable",
            "ask Exampleshire Police to choose one",
        );
        assert_eq!(
            finding.to_string(),
            "police.xlsx, sheet Self-assessment, cell D7: \"Amber/Green\" is two ratings; \
             expected one of Red, Amber, Green, Not applicable; ask Exampleshire Police to choose one"
        );
    }

    #[test]
    fn quoted_text_cannot_drive_a_terminal() {
        assert_eq!(quote("a\u{1b}[31mred\n\u{202e}x"), "\"a\\u{1b}[31mred\\n\\u{202e}x\"");
        assert_eq!(quote(&"x".repeat(81)), format!("\"{}…\"", "x".repeat(80)));
    }
}
