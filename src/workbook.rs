//! The workbook that goes out and comes back: its contract ([`layout`]), the writer ([`issue`], on [`sheets`]), a first look at a file
//! ([`scan`]), the reader of cells ([`read`]) and of meaning ([`interpret`]), and what makes a workbook the same workbook ([`fingerprint`]).

pub mod issue;
pub mod layout;
pub mod sheets;

pub mod book;
pub mod fingerprint;
pub mod interpret;
pub mod read;
pub mod scan;
