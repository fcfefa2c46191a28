//! Every text of an issued workbook, with its sheet and its column. The reader tells an agency's own writing from ours by these lists.
//!
//! A text that is reworded stays here in its earlier wording: workbooks that went out with it still come back. So whoever changes a
//! text adds the old one beside `earlier_texts` or `texts_before_rewording`. A text that only changes with the columns of the table needs
//! nothing: [`earlier_tables`] has them.

use super::example;
use super::issue::Issue;
use super::paper::{heads, marked};
use super::print_page;
use super::reference::{earlier_guidance, earlier_questions_leads, earlier_sources, questions_page, reference_pages};
use super::reference_page::ReferencePage;
use super::short;
use super::start;
use crate::core::words;
use crate::workbook::contract::columns::{Column, EntryKind, columns, earlier_tables};
use crate::workbook::contract::sheets::{
    EXAMPLE_SHEET, IN_SHORT_SHEET, PRINT_SHEET, QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, SOURCES_SHEET, START_SHEET,
};

/// A text as it is issued: its sheet, its column counted from 0, and its words.
pub type IssuedText = (&'static str, u32, String);

/// Every text on the sheets to look things up in, which agencies of one group share.
pub fn texts_of_reference(issue: &Issue<'_>) -> Vec<IssuedText> {
    let example = example::further_texts(issue).into_iter().map(|(column, text)| (EXAMPLE_SHEET, column, text));
    let sources = earlier_sources(issue).into_iter().map(|(column, text)| (SOURCES_SHEET, column, text));
    let pages = reference_pages(issue).into_iter().chain(earlier_guidance(issue));
    pages.flat_map(|page| texts_of(&page, issue)).chain(example).chain(sources).collect()
}

/// Every text that differs between agencies: those of the first sheet, over the table, of the sheets `In short` and `To print`, and around
/// questions.
pub fn texts_of_start(issue: &Issue<'_>) -> Vec<IssuedText> {
    let start = start::texts(issue)
        .into_iter()
        .chain(start::texts_with_questions())
        // In such a round an agency without earlier answers has a fresh workbook, and the others a re-check: both are known.
        .chain(if issue.round.goes_on_from.is_some() { start::texts_of_recheck(issue) } else { Vec::new() })
        .map(|(column, text)| (START_SHEET, column, text));
    let heads = heads(issue.paper(), &table_title(issue), &table_lead(issue));
    let heads = heads.into_iter().map(|(column, text)| (SELF_ASSESSMENT_SHEET, column, text));
    let print = print_page::texts(issue).into_iter().map(|(column, text)| (PRINT_SHEET, column, text));
    let earlier_questions =
        earlier_questions_leads(issue).map(|lead| (QUESTIONS_SHEET, 0, marked(issue.paper(), &lead)));
    let questions = texts_of(&questions_page(issue), issue);
    let short = short::texts(issue).into_iter().map(|(column, text)| (IN_SHORT_SHEET, column, text));
    let earlier = start::earlier_texts(issue).into_iter().chain(start::texts_before_rewording(issue));
    let earlier = earlier.map(|(column, text)| (START_SHEET, column, text));
    let earlier = earlier.chain(earlier_leads(issue));
    start.chain(heads).chain(print).chain(earlier).chain(short).chain(questions).chain(earlier_questions).collect()
}

fn texts_of(page: &ReferencePage, issue: &Issue<'_>) -> Vec<IssuedText> {
    page.texts(issue).map(|(column, text)| (page.sheet, column, text)).collect()
}

/// The texts over the table: the title, and the line under it with the marking.
pub fn table_heads(issue: &Issue<'_>) -> [String; 2] {
    [table_title(issue), marked(issue.paper(), &table_lead(issue))]
}

fn table_title(issue: &Issue<'_>) -> String {
    format!("{}: {}", issue.agency.name, issue.theme.title)
}

/// The line over the table: what to do, by when, and where to find a text that is longer than Excel can show in a row.
fn table_lead(issue: &Issue<'_>) -> String {
    lead_of(issue, &columns(issue.round))
}

fn lead_of(issue: &Issue<'_>, table: &[&Column]) -> String {
    let (to_do, by) = (to_do(table), words::date(issue.return_by));
    format!("{to_do} Return by {by}. A striped cell has more text than a row can show: see the sheet {PRINT_SHEET}.")
}

/// The line over the table in every earlier wording, and of every earlier table: with fewer columns, its last letter was another.
fn earlier_leads(issue: &Issue<'_>) -> Vec<IssuedText> {
    let by = words::date(issue.return_by);
    let mut leads = vec![(0, format!("Fill in the white cells. Return by {by}."))];
    for table in earlier_tables(issue.round) {
        let to_do = to_do(&table);
        leads.push((0, format!("{to_do} Return by {by}.")));
        // As version 1.5 of the contract first had it.
        leads.push((
            1,
            format!(
                "{to_do} Return by {by}. A striped cell has more in it than a row can show: the sheet {PRINT_SHEET} has it whole."
            ),
        ));
        leads.push((1, lead_of(issue, &table)));
    }
    let marked = |(column, lead): (u32, String)| (SELF_ASSESSMENT_SHEET, column, marked(issue.paper(), &lead));
    leads.into_iter().map(marked).collect()
}

fn to_do(table: &[&Column]) -> String {
    let given = table.iter().take_while(|column| column.entry == EntryKind::Given).count();
    // A table has fewer columns than there are letters.
    let letter = |at: usize| char::from(b'A' + u8::try_from(at).unwrap_or(25));
    format!("Fill in columns {} to {}.", letter(given), letter(table.len() - 1))
}
