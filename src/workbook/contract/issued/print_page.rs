//! The content of the sheet `To print`, which has a page for each statement with everything written about it.

use super::issue::Issue;
use super::paper::{heads, marked};
use crate::workbook::contract::columns::{Column, columns};
use crate::workbook::contract::sheets::SELF_ASSESSMENT_SHEET;

const TITLE: &str = "To print: a page for each statement";

/// Added under a column's name where a text is longer than its box.
const LONGER: &str = "\n(longer than this box: the rest is on the sheet ";

/// The sheet before it is written.
pub struct PrintPage {
    /// The title, and the line under it with the marking.
    pub heads: [String; 2],
    /// The columns that are shown for each statement, in the order of the table.
    pub columns: Vec<&'static Column>,
}

/// The sheet.
pub fn print_page(issue: &Issue<'_>) -> PrintPage {
    PrintPage { heads: [TITLE.to_string(), marked(issue.paper(), &lead())], columns: columns(issue.round) }
}

fn lead() -> String {
    format!("Filled in from the sheet {SELF_ASSESSMENT_SHEET}. Please do not write here.")
}

fn lead_before_rewording() -> String {
    format!("Filled from the sheet {SELF_ASSESSMENT_SHEET}. Nothing is written here.")
}

/// The note beside a text that is longer than its box.
pub fn longer_than_its_box() -> String {
    format!("{LONGER}{SELF_ASSESSMENT_SHEET})")
}

/// Every text of the sheet that is not from the self-assessment, each with its column.
pub(super) fn texts(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let labels = print_page(issue).columns.into_iter().map(Column::name);
    let labels = labels.flat_map(|name| [name.to_string(), format!("{name}{}", longer_than_its_box())]);
    // The earlier line is still in workbooks that are out.
    let leads = [lead(), lead_before_rewording()];
    let heads = leads.iter().flat_map(|lead| heads(issue.paper(), TITLE, lead));
    heads.chain(labels.map(|text| (0, text))).collect()
}
