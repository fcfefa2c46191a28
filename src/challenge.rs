//! The workbook for the challenge meeting: one row an answer, written with what is worth asking first, read back row by row.
//!
//! Its contract is stated once, in `contract`. [`workbook`] writes it from the answers, [`read()`] reads it, [`recorded`] holds what was
//! read against the record. A filled row becomes an entry of the record, which decides from then on: a row that changes takes back what it
//! said before, one that is emptied or gone takes back nothing and is asked about.

mod contract;
mod worth;
mod sheet;
mod rows;
mod read;
mod changes;
mod write;

pub use changes::{ChallengeFile, recorded};
pub use contract::{CHALLENGE_COLUMNS, ChallengeColumn, ChallengeField};
pub use read::{ChallengeRow, ReadWorkbook, RowKey, RowSays, read};
pub use sheet::cells_given;
pub use worth::{ChallengeQuestion, worth_asking};
pub use write::{PackSource, workbook};
