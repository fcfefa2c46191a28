//! The marking of every sheet and page: the protective marking, the workbook's owner, its audience.

use crate::workbook::contract::sheets::START_SHEET;

/// What is on every page of a workbook.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// The protective marking; empty for none.
    pub marking: &'a str,
    /// Whose workbook it is, for the footer of every page.
    pub owner: &'a str,
    /// A limit on who may see it, such as "Not for inspectors"; empty for none.
    pub audience: &'a str,
}

impl Paper<'_> {
    /// The marking and the audience, joined by `between`.
    pub fn shown(self, between: &str) -> String {
        [self.marking, self.audience].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
    }
}

/// A line that begins with the round's marking and the audience. The marking is in a cell of every sheet, because a screen reader may skip
/// what is only in the page header.
pub fn marked(paper: Paper<'_>, text: &str) -> String {
    let shown = paper.shown(" · ");
    if shown.is_empty() { text.to_string() } else { format!("{shown} · {text}") }
}

/// The texts over the table of an issued sheet, each with its column: the title, the link back to the first sheet, and the line beside it.
/// In version 1.3 of the contract and before, that line was in the first column, so it is listed for both.
pub(super) fn heads(paper: Paper<'_>, title: &str, lead: &str) -> [(u32, String); 4] {
    let lead = marked(paper, lead);
    [(0, title.to_string()), (0, START_SHEET.to_string()), (1, lead.clone()), (0, lead)]
}

/// A table's name and its description for screen readers.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// The name of the Excel table.
    pub name: &'a str,
    /// The alternative text.
    pub alt_text: &'a str,
    /// Whether its headers have filter buttons.
    pub has_filters: bool,
}
