//! What every stage speaks with: ids, names of files, plain English, hashes, findings with what they are about, the values of TOML files,
//! and the signs that a text may name a child.

pub mod words;
pub mod hash;
pub mod names;
pub mod ids;
pub mod diagnostic;
pub mod fields;
pub mod privacy;
