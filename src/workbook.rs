//! The workbook that an agency fills in. Its writer and its reader meet in the contract, and nowhere else.

pub mod contract;
pub mod file;
pub mod write;
pub mod interpret;
