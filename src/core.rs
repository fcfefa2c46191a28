//! What every stage speaks with: ids, names of files, plain English, hashes, what is written in a cell, findings, the values of TOML
//! files, the signs that a text may name a child.

pub mod words;
pub mod hash;
pub mod names;
pub mod ids;
pub mod written;
pub mod privacy;
pub mod quoting;
pub mod finding;
pub mod fields;
