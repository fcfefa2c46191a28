//! What all stages share: ids, findings, file names, cell texts, plain English.

pub mod words;
pub mod working_days;
pub mod due;
pub mod approval;
pub mod hash;
pub mod names;
pub mod ids;
pub mod written;
pub mod privacy;
pub mod quoting;
pub mod finding;
pub mod fields;
pub mod setting;
