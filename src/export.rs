//! One file a format: tables or the deck in, bytes out.

pub mod analysis;
pub mod choices;
pub mod csv;
pub mod data;
pub mod eml;
pub mod findings;
pub mod parquet;
pub mod pdf;
pub mod pptx;
pub mod schema;
