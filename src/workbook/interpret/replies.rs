//! Reads the sheet of questions when it comes back: the questions that it asked, with the agency's reply to each.

use std::collections::HashSet;

use super::file_findings::in_cell;
use crate::core::finding::Reference;
use crate::response::Reply;
use crate::workbook::contract::{QUESTION_HEADERS, is_label};
use crate::workbook::file::book::{At, Book, Sheet, Value, cell_name};

/// The list of questions on a sheet.
pub(super) struct QuestionList<'b> {
    sheet: &'b Sheet,
    /// The column of each header.
    columns: [u32; QUESTION_HEADERS.len()],
    /// The rows with a question, each with the references of its findings.
    rows: Vec<(u32, Vec<String>)>,
}

impl<'b> QuestionList<'b> {
    /// Finds the list in a workbook by its headers, on whichever sheet it is; `None` where there is none.
    pub(super) fn find(book: &'b Book) -> Option<QuestionList<'b>> {
        book.sheets.iter().find_map(QuestionList::on)
    }

    fn on(sheet: &'b Sheet) -> Option<QuestionList<'b>> {
        let rows = sheet.rows();
        let (header_row, columns): (u32, [u32; QUESTION_HEADERS.len()]) = rows.iter().find_map(|(row, cells)| {
            let is_it = |value: &Value, header: &str| matches!(value, Value::Text(text) if is_label(text, header));
            let at = |header: &str| cells.iter().find(|(_, value)| is_it(value, header)).map(|(column, _)| *column);
            let found: Vec<u32> = QUESTION_HEADERS.iter().filter_map(|header| at(header)).collect();
            Some((*row, found.try_into().ok()?))
        })?;
        let [reference_column, ..] = columns;
        let question = |(row, _): &(u32, Vec<(u32, &Value)>)| {
            let text = sheet.value(*row, reference_column)?.text();
            let references: Vec<String> = text.split_whitespace().map(str::to_string).collect();
            let is_question = *row > header_row && !references.is_empty();
            // A row without references is not one of ours: somebody wrote under the list, and `printed` reports it.
            (is_question && references.iter().all(|text| Reference::is_meant(text))).then_some((*row, references))
        };
        Some(QuestionList { sheet, columns, rows: rows.iter().filter_map(question).collect() })
    }

    /// The name of its sheet.
    pub(super) fn sheet_name(&self) -> &str {
        &self.sheet.name
    }

    /// The references of its questions.
    pub(super) fn references(&self) -> Vec<String> {
        self.rows.iter().flat_map(|(_, references)| references.clone()).collect()
    }

    /// The cells of its questions and replies.
    pub(super) fn cells(&self) -> HashSet<At> {
        self.rows.iter().flat_map(|(row, _)| self.columns.map(|column| (*row, column))).collect()
    }

    /// The replies.
    pub(super) fn replies(&self) -> Vec<Reply> {
        let [.., reply_column] = self.columns;
        let reply = |(row, references): &(u32, Vec<String>)| {
            let value = self.sheet.value(*row, reply_column)?;
            let (sheet, cell) = (self.sheet.name.clone(), cell_name(*row, reply_column));
            Some(Reply { references: references.clone(), written: in_cell(value), sheet, cell })
        };
        self.rows.iter().filter_map(reply).collect()
    }
}
