//! Writers, one file for each format: tables or documents in, bytes out.

pub mod data;
pub mod schema;
pub mod csv;
pub mod parquet;
pub mod findings;
pub mod analysis;
pub mod eml;
pub mod pdf;
pub mod pptx;
