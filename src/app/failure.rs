//! The failure of an action: why nothing was done.

use std::path::Path;

use serde::{Serialize, Serializer};

use crate::app::lines;
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::quoting::quote;

/// Why nothing was done: one or more findings, each with place and remedy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    /// What is in the way, each with its place and what to do.
    pub findings: Vec<Finding>,
    /// The place in the program's code, if this is a bug.
    pub(super) fault: Option<String>,
}

impl Failure {
    /// A failure with these findings.
    pub(super) fn new(findings: Vec<Finding>) -> Failure {
        Failure { findings, fault: None }
    }

    /// A bug in the program, at this place in its code.
    pub(super) fn fault(place: String) -> Failure {
        Failure { findings: Vec::new(), fault: Some(place) }
    }

    /// A bug in the program whose place is not known, as when one of its threads ended without an answer.
    pub(crate) fn of_fault() -> Failure {
        let remedy = "try it again; if it happens again, tell whoever looks after jtai for you";
        Failure::one(Code::Internal, Path::new("jtai"), "stopped because of a fault in the program", remedy)
    }

    /// Somebody stopped the action before it wrote anything.
    pub(super) fn stopped() -> Failure {
        let found = "you stopped it, and nothing was written";
        Failure::one(Code::Internal, Path::new("jtai"), found, "start it again when you want it")
    }

    /// Somebody stopped the action when some of it was done.
    pub(super) fn stopped_after(found: &str, remedy: &str) -> Failure {
        Failure::one(Code::Internal, Path::new("jtai"), found, remedy)
    }

    /// Something was typed that is not a date.
    pub(crate) fn not_a_day(typed: &str) -> Failure {
        let found = format!("{} is not a date", quote(typed));
        Failure::one(Code::DateOdd, Path::new("The day"), found, "write it as 2026-12-11")
    }

    /// A form was sent without a decision.
    pub(crate) fn not_decided(found: impl Into<String>, remedy: impl Into<Remedy>) -> Failure {
        Failure::one(Code::ValueInvalid, Path::new("Your decision"), found, remedy)
    }

    /// A failure with one finding, about a file or an argument.
    pub(super) fn one(code: Code, path: &Path, found: impl Into<String>, remedy: impl Into<Remedy>) -> Failure {
        let name = path.display().to_string();
        Failure::new(vec![Finding::new(code, Place::file(name.as_str()), found, "", remedy).naming(name)])
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        lines::findings(&self.findings, to)
    }
}
