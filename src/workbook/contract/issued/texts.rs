//! Every text of an issued workbook with its sheet and its column, for whoever must know it from an agency's writing.

use super::issue::Issue;
use super::paper::marked;
use super::reference::{ReferencePage, questions_page, reference_pages};
use super::start;
use crate::core::words;
use crate::workbook::contract::sheets::{SELF_ASSESSMENT_SHEET, START_SHEET};

/// A text as it is issued: its sheet, its column counted from 0, and its words.
pub type IssuedText = (&'static str, u32, String);

/// Every text on the sheets to look things up in, which agencies of one group share.
pub fn texts_of_reference(issue: &Issue<'_>) -> Vec<IssuedText> {
    let mut pages = reference_pages(issue);
    pages.push(questions_page(issue));
    let of = |page: &ReferencePage| {
        let sheet = page.sheet;
        page.texts(issue).map(move |(column, text)| (sheet, column, text)).collect::<Vec<_>>()
    };
    pages.iter().flat_map(of).collect()
}

/// Every text of the first sheet, and what stands over the table: an agency's own.
pub fn texts_of_start(issue: &Issue<'_>) -> Vec<IssuedText> {
    let start = start::texts(issue).into_iter().map(|(column, text)| (START_SHEET, column, text));
    let heads = table_heads(issue).into_iter().map(|text| (SELF_ASSESSMENT_SHEET, 0, text));
    start.chain(heads).collect()
}

/// What stands over the table.
pub fn table_heads(issue: &Issue<'_>) -> [String; 2] {
    let due = words::date(issue.round.due(issue.agency));
    let subtitle = marked(issue.paper(), &format!("Fill in the white cells. Return by {due}."));
    [format!("{}: {}", issue.agency.name, issue.theme.title), subtitle]
}
