//! A [`Finding`] is something the tool noticed in a file: where, what was found, what was expected, what to do.
//!
//! Findings are returned with the value they are about, in [`Checked`]; only an action decides whether to go on. No code reads a finding's
//! sentence: what it is about is data, in its [`Subject`].

mod code;
mod place;
mod subject;
mod reference;
mod settlement;
mod entry;
mod numbering;

pub use code::{Code, Severity};
pub use entry::{Checked, Finding, Remedy};
pub use numbering::{hash, number};
pub use place::{Place, Spot};
pub use reference::Reference;
pub use settlement::{Decision, ReadAs, Settlement};
pub use subject::{RepliedText, Subject, WrittenCell};
