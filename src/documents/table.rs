//! The plain table of the annex and the briefing.

use crate::core::words;

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

/// The most rows of a table in an annex that is not full.
pub(super) const MOST_ROWS: usize = 200;

impl DocumentTable {
    /// The same, or without rows.
    pub(super) fn only_if(self, is_wanted: bool) -> DocumentTable {
        let rows = if is_wanted { self.rows } else { Vec::new() };
        DocumentTable { rows, ..self }
    }

    /// The first rows, with how many more there are and which file has them; all of them in an annex that is full.
    pub(super) fn begun_unless(mut self, is_full: bool, file: &str) -> DocumentTable {
        if let Some(more) = self.rows.len().checked_sub(MOST_ROWS).filter(|more| *more > 0 && !is_full) {
            self.rows.truncate(MOST_ROWS);
            let mut last = vec![String::new(); self.headers.len()];
            last[0] = format!("and {} more", words::number(more));
            last[self.headers.len() - 1] = format!("in {file}");
            self.rows.push(last);
        }
        self
    }
}

/// The same of several tables.
pub(super) fn begun_unless(is_full: bool, tables: Vec<DocumentTable>, file: &str) -> Vec<DocumentTable> {
    tables.into_iter().map(|table| table.begun_unless(is_full, file)).collect()
}
