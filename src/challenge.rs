//! The workbook for the challenge meeting: one row for each answer, those worth asking about first.
//!
//! Its sheets and columns are defined in `contract`. [`workbook`] writes it from the answers; [`read()`] reads it; [`recorded`] compares
//! what was read with the record. A filled row becomes an entry of the record, which counts from then on. A row that changes takes back
//! what it said before. A row that is emptied or deleted takes nothing back: a finding asks about it.

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
