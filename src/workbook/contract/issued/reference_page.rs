//! The form of a sheet to look things up in: a title, a line under it, a table.

use super::issue::Issue;
use super::paper::{Caption, heads};

/// A sheet to look things up in, before it is written.
pub struct ReferencePage {
    /// The sheet's name.
    pub sheet: &'static str,
    /// The title over the table, without the marking.
    pub title: &'static str,
    /// The line under the title.
    pub lead: String,
    /// The name and the description of its table.
    pub caption: Caption<'static>,
    /// The headers with their least widths in characters.
    pub headers: Vec<(&'static str, f64)>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl ReferencePage {
    /// Every text of the page, each with its column.
    pub fn texts<'p>(&'p self, issue: &Issue<'_>) -> impl Iterator<Item = (u32, String)> + use<'p> {
        let heads = heads(issue.paper(), self.title, &self.lead);
        let headers = (0..).zip(&self.headers).map(|(at, (header, _))| (at, header.to_string()));
        heads.into_iter().chain(headers).chain(self.rows.iter().flat_map(|row| (0..).zip(row.iter().cloned())))
    }
}
