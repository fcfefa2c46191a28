//! What is on every sheet and page: the protective marking, whose workbook it is, whom it is not for.

use crate::workbook::contract::sheets::START_SHEET;

/// What stands on every page of a workbook.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// The protective marking; empty for none.
    pub marking: &'a str,
    /// Whose workbook it is, in the foot of every page.
    pub owner: &'a str,
    /// Whom it is not for, as in "Not for inspectors"; empty where it is for all who get it.
    pub audience: &'a str,
}

impl Paper<'_> {
    /// The marking and the audience with this between them.
    pub fn shown(self, between: &str) -> String {
        [self.marking, self.audience].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
    }
}

/// A line that begins with the round's marking and the audience. The marking stands in a cell of every sheet, because a screen reader may pass
/// over what is only in the header of the page.
pub fn marked(paper: Paper<'_>, text: &str) -> String {
    let shown = paper.shown(" · ");
    if shown.is_empty() { text.to_string() } else { format!("{shown} · {text}") }
}

/// What is over the table of an issued sheet, each text with its column: the title, the link back to the first sheet, and the line beside it,
/// which began in the first column in version 1.3 of the contract and before.
pub(super) fn heads(paper: Paper<'_>, title: &str, lead: &str) -> [(u32, String); 4] {
    let lead = marked(paper, lead);
    [(0, title.to_string()), (0, START_SHEET.to_string()), (1, lead.clone()), (0, lead)]
}

/// A table's name and what a screen reader says of it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// The name of the Excel table.
    pub name: &'a str,
    /// The alternative text.
    pub alt_text: &'a str,
    /// Whether its headers have filters, to sort and pick by.
    pub has_filters: bool,
}
