//! Why nothing was done.

use std::path::Path;

use serde::{Serialize, Serializer};

use crate::app::lines;
use crate::core::finding::{Code, Finding, Place};

/// Why nothing was done: one or more findings, each with place and remedy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    /// What stands in the way, each with its place and what to do.
    pub findings: Vec<Finding>,
    /// Where in the program's code, when the program is at fault.
    pub(super) fault: Option<String>,
}

impl Failure {
    /// Because of these.
    pub(super) fn new(findings: Vec<Finding>) -> Failure {
        Failure { findings, fault: None }
    }

    /// The program is at fault, at this place in its code.
    pub(super) fn fault(place: String) -> Failure {
        Failure { findings: Vec::new(), fault: Some(place) }
    }

    /// Because of one thing, about a file or an argument.
    pub(super) fn one(code: Code, path: &Path, found: impl Into<String>, remedy: impl Into<String>) -> Failure {
        let name = path.display().to_string();
        Failure::new(vec![Finding::new(code, Place::file(name.as_str()), found, "", remedy).naming(name)])
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        lines::findings(&self.findings, to)
    }
}
