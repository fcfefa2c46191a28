//! What an agency is asked about its return: findings in, questions in the agency's own terms out.
//!
//! Findings speak to the officer; questions speak to the person who filled the workbook in. A finding that the agency can do
//! nothing about asks nothing.

use crate::diagnostic::{Code, Diagnostic};
use crate::privacy::HELD_BACK;
use crate::response::{Answer, Response};
use crate::theme::{ColumnOrder, CriterionId, Theme};
use crate::workbook::issue::Question;
use crate::workbook::layout::{self, COLUMNS, ColumnKey, Entry, StartField};
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
        Code::WrittenHidden => {
            ("This is hidden or merged in your file. Please check that it says what you mean.", None)
        }
        Code::TextStruckOut => ("This is struck out. Please take out what no longer holds, and leave what does.", None),
        Code::ColourAgainstWord => {
            ("The word and the colour of the cell differ. Please choose the word that is meant.", rating)
        }
        Code::RatingQualified => (
            "We read the word and not what stands behind it. Please choose the word, and say the rest beside it.",
            rating,
        ),
        Code::SheetsDiffer => {
            ("Your file holds the table twice. Please check that everything you mean stands here.", None)
        }
        Code::IdentityDisagrees => {
            ("Your file names another organisation. Please tell us whose answers these are.", None)
        }
        Code::ReturnUnapproved => (
            "You sent a newer return without a sign-off, so the earlier one counts. Please check the answers here and sign them off.",
            None,
        ),
        Code::ColumnMissing => ("A column is missing from your file. Please fill it in here.", None),
        Code::TextInvisible => ("The text holds characters that cannot be seen. Please check what it says.", None),
        Code::TextHeldBack => ("This may identify a child and is shown to nobody. Please write it without.", None),
        Code::ApprovalOdd => ("Please check who approved the return, and when, and sign it again.", None),
        Code::AnswerOnlyInOlder => {
            ("Your earlier return answers this and this one does not. Please say which is meant.", rating)
        }
        _ => return None,
    })
}

/// The questions on one return, in the order of its findings.
pub fn questions(response: &Response, findings: &[Diagnostic], theme: &Theme, order: ColumnOrder) -> Vec<Question> {
    let about = |finding: &&Diagnostic| finding.agency.as_deref() == Some(response.agency.as_str());
    findings.iter().filter(about).filter_map(|finding| question(response, finding, theme, order)).collect()
}

fn question(response: &Response, finding: &Diagnostic, theme: &Theme, order: ColumnOrder) -> Option<Question> {
    let (to_do, column) = to_do(finding.code)?;
    // What is in a file that does not count is no question, but for what only that file says.
    let is_counted = finding.place.file == response.file.name;
    if !is_counted && !matches!(finding.code, Code::AnswerOnlyInOlder | Code::ReturnUnapproved) {
        return None;
    }
    let answer = if is_counted { answer_of(response, finding) } else { None };
    let column = column_of(finding, answer, order).or(column).filter(|_| finding.code != Code::ReturnUnapproved);
    let statement = answer.map(|answer| answer.criterion.clone()).or_else(|| named(finding, theme));
    let header = column.and_then(|key| COLUMNS.iter().find(|column| column.key == key)).map(|column| column.header);
    let mut place: Vec<String> = statement.iter().map(|id| id.to_string()).collect();
    if answer.is_some() || statement.is_some() {
        place.extend(header.map(str::to_string));
    }
    let mut place = if place.is_empty() { "Your return".to_string() } else { place.join(", ") };
    match (finding.place.sheet_name(), finding.place.cell_name().as_str()) {
        ("", _) => {}
        (sheet, "") => place.push_str(&format!(" (sheet {sheet} of your file)")),
        (sheet, cell) => place.push_str(&format!(" (cell {cell} of sheet {sheet} in your file)")),
    }
    let wrote = match (finding.code, answer, column) {
        (Code::TextHeldBack, ..) => HELD_BACK.to_string(),
        // The odd thing itself, so that the agency knows what is asked.
        (Code::ApprovalOdd, ..) => {
            format!("{}: {}; {}", StartField::ApprovedBy.label(), response.approved_by, finding.found)
        }
        (Code::ColumnMissing | Code::ReturnUnapproved, ..) => String::new(),
        // What is not in the cell itself stands in the finding alone.
        (Code::NoteOnCell | Code::RowReworded, ..) => quoted(&finding.found),
        (Code::WrittenElsewhere | Code::ColumnUnknown | Code::RowUnknown, ..) => listed(&finding.found),
        (_, Some(answer), Some(key)) => layout::entered(answer, key).unwrap_or_default().to_string(),
        _ => quoted(&finding.found),
    };
    Some(Question { statement, column, place, wrote, to_do: to_do.to_string() })
}

/// The column that a finding's cell stands in, seen from the cell of the rating in the same row: the columns of a return as it was
/// issued stand in the order of the contract.
fn column_of(finding: &Diagnostic, answer: Option<&Answer>, order: ColumnOrder) -> Option<ColumnKey> {
    let columns = layout::columns(order);
    let (_, at) = position(&finding.place.cell_name())?;
    let (_, rating) = position(&answer?.cell)?;
    let first = columns.iter().position(|column| column.key == ColumnKey::Rating)?;
    let place = (first + at as usize).checked_sub(rating as usize)?;
    columns.get(place).filter(|column| column.entry != Entry::Given).map(|column| column.key)
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

/// The cells that a finding lists behind its colon, each with its text; what it quotes where it lists none.
fn listed(found: &str) -> String {
    match found.rsplit_once(": ").filter(|(_, list)| !list.starts_with('"') && list.contains('"')) {
        Some((_, list)) => list.to_string(),
        None => quoted(found),
    }
}

/// What a finding quotes, from its first mark to its last: a text may hold marks of its own. Empty where it quotes nothing.
fn quoted(found: &str) -> String {
    match (found.find('"'), found.rfind('"')) {
        (Some(first), Some(last)) if first < last => found[first + 1..last].to_string(),
        _ => String::new(),
    }
}
