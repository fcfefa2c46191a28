//! A plain table, as the annex and the briefing have them.

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
