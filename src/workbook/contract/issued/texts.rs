//! Every text of an issued workbook with its sheet and its column, for whoever must know it from an agency's writing.

use super::example;
use super::issue::Issue;
use super::paper::marked;
use super::reference::{EARLIER_QUESTIONS_LEAD, questions_page, reference_pages};
use super::reference_page::ReferencePage;
use super::short;
use super::start;
use crate::core::words;
use crate::workbook::contract::columns::{EntryKind, columns};
use crate::workbook::contract::sheets::{
    EXAMPLE_SHEET, IN_SHORT_SHEET, QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, START_SHEET,
};

/// A text as it is issued: its sheet, its column counted from 0, and its words.
pub type IssuedText = (&'static str, u32, String);

/// Every text on the sheets to look things up in, which agencies of one group share.
pub fn texts_of_reference(issue: &Issue<'_>) -> Vec<IssuedText> {
    let example = example::further_texts(issue).into_iter().map(|(column, text)| (EXAMPLE_SHEET, column, text));
    reference_pages(issue).iter().flat_map(|page| texts_of(page, issue)).chain(example).collect()
}

/// Every text of the first sheet, what stands over the table, the sheet for lines in short, and what stands around questions: an agency's own.
pub fn texts_of_start(issue: &Issue<'_>) -> Vec<IssuedText> {
    let start = start::texts(issue).into_iter().map(|(column, text)| (START_SHEET, column, text));
    let heads = table_heads(issue).into_iter().map(|text| (SELF_ASSESSMENT_SHEET, 0, text));
    let earlier_lead = (QUESTIONS_SHEET, 0, marked(issue.paper(), EARLIER_QUESTIONS_LEAD));
    let questions = texts_of(&questions_page(issue), issue);
    let short = short::texts(issue).into_iter().map(|(column, text)| (IN_SHORT_SHEET, column, text));
    let earlier = start::earlier_texts(issue).into_iter().map(|(column, text)| (START_SHEET, column, text));
    let earlier = earlier.chain([(SELF_ASSESSMENT_SHEET, 0, heads_with(issue, "Fill in the white cells."))]);
    start.chain(heads).chain(earlier).chain(short).chain(questions).chain([earlier_lead]).collect()
}

fn texts_of(page: &ReferencePage, issue: &Issue<'_>) -> Vec<IssuedText> {
    page.texts(issue).map(|(column, text)| (page.sheet, column, text)).collect()
}

/// What stands over the table.
pub fn table_heads(issue: &Issue<'_>) -> [String; 2] {
    let columns = columns(issue.round.column_order);
    let given = columns.iter().take_while(|column| column.entry == EntryKind::Given).count();
    // There are fewer columns than letters.
    let letter = |at: usize| char::from(b'A' + u8::try_from(at).unwrap_or(25));
    let to_do = format!("Fill in columns {} to {}.", letter(given), letter(columns.len() - 1));
    [format!("{}: {}", issue.agency.name, issue.theme.title), heads_with(issue, &to_do)]
}

/// The line over the table: the marking, what to do, by when.
fn heads_with(issue: &Issue<'_>, to_do: &str) -> String {
    marked(issue.paper(), &format!("{to_do} Return by {}.", words::date(issue.return_by)))
}
