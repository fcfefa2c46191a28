//! Files that came in, checked and read into plain cells. Nothing here knows what a cell means.

pub mod limits;
pub mod book;
pub mod scan;
mod biff;
mod unmarked;
pub mod read;
