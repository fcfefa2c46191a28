//! The list of agencies: `agencies.xlsx`, written when a round is made, the officer's from then on, read at every command.
//!
//! Its contract is stated once, in `contract`; [`read()`] reads a list, whoever wrote it; [`changes()`] holds it against what the record
//! says of it. The record knows the ids that were made from names, because the list is never written again.

mod contract;
mod identify;
mod read;
mod changes;
mod sent;
mod write;

pub use changes::{ListChanges, changes};
pub use contract::{cells_of_list, header};
pub use read::{ListSource, read, sheet_of};
pub use sent::{SentInList, sent_in_list};
pub use write::{ListPaper, workbook};
