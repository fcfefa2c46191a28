//! The workbook that an agency fills in. The contract is all that its writer and its reader share.

pub mod contract;
pub mod file;
pub mod write;
pub mod interpret;
