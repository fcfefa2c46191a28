//! What an agency is asked about its return: findings in, questions in the agency's own terms out.
//!
//! Findings speak to the officer; questions speak to the person who filled the workbook in. A finding that the agency can do
//! nothing about asks nothing.

use crate::diagnostic::{Code, Diagnostic};
use crate::privacy::HELD_BACK;
use crate::response::{Answer, Response};
use crate::theme::{CriterionId, Theme};
use crate::workbook::issue::Question;
use crate::workbook::layout::{self, COLUMNS, ColumnKey, StartField};
use crate::workbook::scan::position;

/// What an agency can do about a finding, and the column that it is about; `None` for a finding that asks it nothing.
fn to_do(code: Code) -> Option<(&'static str, Option<ColumnKey>)> {
    let rating = Some(ColumnKey::Rating);
    Some(match code {
        Code::RatingUnreadable => ("Choose one of Red, Amber, Green or Not applicable.", rating),
        Code::RatingFromColour => ("We took the colour of the cell for the rating. Please choose the word.", rating),
        Code::ColourWithoutWord => ("The cell has a colour and no word. Please choose the word.", rating),
        Code::ReasonMissing => ("Say why this is no part of your work.", Some(ColumnKey::NotApplicableReason)),
        Code::DateUnreadable => ("Give a date, as in 31/01/2027.", Some(ColumnKey::ActionDue)),
        Code::CellError => ("The cell holds an error. Please write what you meant.", None),
        Code::RowMissing => ("Rows were deleted. Please answer the statements that are empty here.", None),
        Code::RowTwice => ("This statement was answered twice. Please leave the answer that counts.", rating),
        Code::RowUnknown => {
            ("This row belongs to no statement that you were asked. Please put it where it belongs.", None)
        }
        Code::RowReworded => {
            ("The Ref or the statement of this row was changed. Please check that the answer belongs here.", None)
        }
        Code::WrittenElsewhere | Code::ColumnUnknown => (
            "This stands outside the cells to fill in and is in no report. Please put what matters beside its statement.",
            None,
        ),
        Code::NoteOnCell => ("Notes on cells are in no report. Please put what matters into the cell.", None),
        Code::WrittenHidden => ("This is hidden in your file. Please check that it was meant to be sent.", None),
        Code::ColumnMissing => ("A column is missing from your file. Please fill it in here.", None),
        Code::TextInvisible => ("The text holds characters that cannot be seen. Please check what it says.", None),
        Code::TextHeldBack => ("This may identify a child and is shown to nobody. Please write it without.", None),
        Code::ApprovalOdd => ("Please check who approved the return, and when, on the first sheet.", None),
        Code::AnswerOnlyInOlder => {
            ("Your earlier return answers this and this one does not. Please say which is meant.", rating)
        }
        _ => return None,
    })
}

/// The questions on one return, in the order of its findings.
pub fn questions(response: &Response, findings: &[Diagnostic], theme: &Theme) -> Vec<Question> {
    let about = |finding: &&Diagnostic| finding.agency.as_deref() == Some(response.agency.as_str());
    findings.iter().filter(about).filter_map(|finding| question(response, finding, theme)).collect()
}

fn question(response: &Response, finding: &Diagnostic, theme: &Theme) -> Option<Question> {
    let (to_do, column) = to_do(finding.code)?;
    let answer = answer_of(response, finding);
    let statement = answer.map(|answer| answer.criterion.clone()).or_else(|| named(finding, theme));
    let header = column.and_then(|key| COLUMNS.iter().find(|column| column.key == key)).map(|column| column.header);
    let mut place: Vec<String> = statement.iter().map(|id| id.to_string()).collect();
    place.extend(header.map(str::to_string));
    let cell = finding.place.cell_name();
    if !cell.is_empty() {
        place.push(format!("in your file: sheet {}, cell {cell}", finding.place.sheet_name()));
    }
    if place.is_empty() {
        place.push("Your return".to_string());
    }
    let wrote = match (finding.code, answer, column) {
        (Code::TextHeldBack, ..) => HELD_BACK.to_string(),
        (Code::ApprovalOdd, ..) => format!("{}: {}", StartField::ApprovedBy.label(), response.approved_by),
        (_, Some(answer), Some(key)) => layout::entered(answer, key).unwrap_or_default().to_string(),
        _ => quoted(&finding.found),
    };
    Some(Question { statement, column, place: place.join(", "), wrote, to_do: to_do.to_string() })
}

/// The answer whose row a finding is about.
fn answer_of<'r>(response: &'r Response, finding: &Diagnostic) -> Option<&'r Answer> {
    let row = |cell: &str| position(cell).map(|(row, _)| row);
    let here = row(&finding.place.cell_name())?;
    let is_here = |answer: &&Answer| answer.sheet == finding.place.sheet_name() && row(&answer.cell) == Some(here);
    response.answers.iter().find(is_here)
}

/// The statement that a finding begins with, as in "DA24-1.1 has no row".
fn named(finding: &Diagnostic, theme: &Theme) -> Option<CriterionId> {
    let first = finding.found.split_whitespace().next()?.trim_end_matches(',');
    let id = CriterionId(first.to_string());
    theme.criterion(&id).map(|(_, criterion)| criterion.id.clone())
}

/// What a finding quotes, without its marks; empty where it quotes nothing.
fn quoted(found: &str) -> String {
    let mut parts = found.splitn(3, '"');
    parts.nth(1).unwrap_or_default().to_string()
}
