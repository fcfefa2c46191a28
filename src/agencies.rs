//! The list of agencies, `agencies.xlsx`: written once, when a round is made, then changed by the officer only.
//!
//! Its columns are defined in `contract`. [`read()`] reads a list, whoever wrote it, at every command; [`changes()`] compares it with what
//! the record says of it. jtai never writes the list again, so ids that it made from names are kept in the record.

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
