//! One finding: what was noticed, and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::code::{Code, Severity};
use super::place::Place;
use super::reference::Reference;
use super::settlement::Settlement;
use super::subject::{RepliedText, Subject, WrittenCell};
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Field;

/// What to do about a finding. The advice may differ between the command line and a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    typed: String,
    on_page: Option<String>,
}

impl Remedy {
    /// What to do where commands are typed, and what to do on a page instead.
    pub fn typed(typed: impl Into<String>, on_page: impl Into<String>) -> Remedy {
        Remedy { typed: typed.into(), on_page: Some(on_page.into()) }
    }
}

/// Advice that is the same on the command line and on a page.
impl<T: Into<String>> From<T> for Remedy {
    fn from(text: T) -> Remedy {
        Remedy { typed: text.into(), on_page: None }
    }
}

/// One thing the tool noticed, in the officer's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
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
    /// Its reference; `None` until [`number`](super::number) has seen all findings of the run.
    pub reference: Option<Reference>,
    /// The agency's replies to it, the latest last.
    pub replied: Vec<RepliedText>,
    /// What a person decided about it; `None` while it is open.
    pub settled: Option<Settlement>,
    /// What to do on a page, where that differs from the remedy.
    #[serde(default)]
    pub on_page: Option<String>,
}

impl Finding {
    /// A finding with an empty subject: the methods below fill it in.
    pub fn new(
        code: Code,
        place: Place,
        found: impl Into<String>,
        expected: impl Into<String>,
        remedy: impl Into<Remedy>,
    ) -> Finding {
        let (found, expected) = (found.into(), expected.into());
        let Remedy { typed: remedy, on_page } = remedy.into();
        Finding {
            code,
            place,
            subject: Subject::default(),
            found,
            expected,
            remedy,
            reference: None,
            replied: Vec::new(),
            settled: None,
            on_page,
        }
    }

    /// The same finding, about this agency.
    pub fn about(mut self, agency: &AgencyId) -> Finding {
        self.subject.agency = Some(agency.clone());
        self
    }

    /// The same finding, about this statement.
    pub fn on(mut self, criterion: &CriterionId) -> Finding {
        self.subject.criterion = Some(criterion.clone());
        self
    }

    /// The same finding, about this column of the table or this field of the first sheet.
    pub fn in_field(mut self, field: impl Into<Field>) -> Finding {
        self.subject.field = Some(field.into());
        self
    }

    /// The same finding, about a file with this SHA-256 of 64 hexadecimal digits.
    pub fn of_file(mut self, sha256: &str) -> Finding {
        self.subject.sha256 = Some(sha256.to_string());
        self
    }

    /// The same finding, about a text that is not in a cell: a value, a file's name, an id. References are made from it, so it must be the
    /// same in every run.
    pub fn naming(mut self, written: impl Into<String>) -> Finding {
        self.subject.written = written.into();
        self
    }

    /// The same finding, about these cells.
    pub fn with_cells(mut self, cells: Vec<WrittenCell>) -> Finding {
        self.subject.cells = cells;
        self
    }

    /// What to do, for somebody on a page.
    pub fn advice_on_page(&self) -> &str {
        self.on_page.as_deref().unwrap_or(&self.remedy)
    }

    /// The severity now: for information once it is settled.
    pub fn severity(&self) -> Severity {
        if self.settled.is_some() { Severity::Information } else { self.code.severity() }
    }

    /// Its reference, as in `F-3HK6Q2`; empty until it has one.
    pub fn reference_text(&self) -> String {
        self.reference.as_ref().map_or(String::new(), ToString::to_string)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.found)?;
        if !self.expected.is_empty() && self.settled.is_none() {
            write!(f, "; expected {}", self.expected)?;
        }
        match &self.settled {
            Some(settlement) => write!(f, "; {settlement}")?,
            None if self.remedy.is_empty() => {}
            None => write!(f, "; {}", self.remedy)?,
        }
        match &self.reference {
            Some(reference) => write!(f, " ({reference})"),
            None => Ok(()),
        }
    }
}

/// A value with everything that was noticed while it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checked<T> {
    /// The value.
    pub output: T,
    /// What was noticed, in that order.
    pub findings: Vec<Finding>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::quoting::quote;

    #[test]
    fn a_message_has_place_found_expected_and_remedy() {
        let place = Place::cell("police.xlsx", "Self-assessment", "D7");
        let finding = Finding::new(
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
}
