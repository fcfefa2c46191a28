//! The plain table of the annex and the briefing.

/// A plain table.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentTable {
    /// Its heading.
    pub title: String,
    /// Its column headers.
    pub headers: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}
