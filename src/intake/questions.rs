//! What an agency is asked about its return: findings in, questions in the agency's own terms out.
//!
//! Findings speak to the officer; questions speak to the person who filled the workbook in. A finding that the agency can do
//! nothing about asks nothing.

use crate::core::finding::{Code, Finding, WrittenCell};
use crate::core::written::Written;
use crate::form::{ColumnKey, Field};
use crate::intake::selection::OddApproval;
use crate::response::Response;
use crate::workbook::contract::{self, EntryKind, Question, Wrote};

/// What an agency can do about a finding; `None` for a finding that asks it nothing.
fn to_do(finding: &Finding) -> Option<String> {
    let subject = &finding.subject;
    let text = match finding.code {
        Code::RatingUnreadable => "Choose one of Red, Amber, Green or Not applicable.",
        Code::RatingFromColour => {
            let colour = &subject.written;
            return Some(format!("The cell has a colour and no word. We read it as {colour}. Please choose the word."));
        }
        Code::ColourWithoutWord => "The cell has a colour and no word. Please choose the word.",
        Code::ReasonMissing => "Please say briefly why this does not apply to you.",
        Code::DateUnreadable => "Give a date, as in 31/01/2027.",
        Code::CellError if matches!(subject.cells.as_slice(), [only] if matches!(only.written, Written::Unreadable(_))) => {
            "Please write what you meant."
        }
        Code::CellError => "The cell holds an error. Please write what you meant.",
        Code::RowMissing => "This row was deleted in your file. Please answer the statement here.",
        Code::RowTwice => "This statement was answered twice. Please leave the answer that counts.",
        Code::RowUnknown => "Which statement is this about? If none, tell us to leave it out.",
        Code::RowReworded => {
            "The Ref or the statement of this row is not as we sent it. Please check that your answers are in the right row."
        }
        Code::WrittenElsewhere | Code::ColumnUnknown => {
            "This is outside the cells to fill in and is in no report. Please put what matters beside its statement."
        }
        Code::NoteOnCell => "Notes are not in any report. Please put what matters into the cell.",
        Code::WrittenHidden if subject.cells.is_empty() => {
            let hidden = &subject.written;
            return Some(format!("Hidden in your file: {hidden}. Please check that what is there says what you mean."));
        }
        Code::WrittenHidden => "This cell is merged with others in your file. Please check that it says what you mean.",
        Code::TextStruckOut => "This is struck out. Please take out what no longer holds, and leave what does.",
        Code::ColourAgainstWord => {
            let colour = &subject.written;
            return Some(format!("The cell has the colour of {colour}. Please choose the word that is meant."));
        }
        Code::RatingQualified => {
            "We read the word and not what follows it. Please choose the word, and say the rest beside it."
        }
        Code::SheetsDiffer => "Your file holds the table twice. Please check that everything you mean is here.",
        Code::IdentityDisagrees => "Your file names a different organisation. Please tell us whose answers these are.",
        Code::ReturnUnapproved => {
            "You sent a newer return without a sign-off, so the earlier one counts. Please check the answers here and sign them off."
        }
        Code::ColumnMissing => "This column is missing from your file. Please fill it in here.",
        Code::TextInvisible => "The text holds characters that cannot be seen. Please check what it says.",
        Code::TextHeldBack => {
            let sign = &subject.written;
            return Some(format!("It holds {sign}. Please write it again without anything that may identify a child."));
        }
        Code::TextMayIdentify => return Some(without_child(&subject.written)),
        Code::ApprovalOdd => odd_approval(&subject.written),
        Code::AnswerOnlyInOlder => {
            "Your earlier return says this and the newer one does not. Please say which is meant."
        }
        _ => return None,
    };
    Some(text.to_string())
}

/// What an agency can do about a text that may be about one child.
fn without_child(sign: &str) -> String {
    format!(
        "It has {sign}. Please write it again so that nobody can tell which child is meant, or say that it is about none."
    )
}

/// What an agency can do about an odd approval, by the kind that the finding is about.
fn odd_approval(kind: &str) -> &'static str {
    match OddApproval::of_key(kind) {
        Some(OddApproval::SamePerson) => {
            "The same person completed it and approved it. Please ask someone else to approve it."
        }
        Some(OddApproval::ToCome) => "The date of approval is still to come. Please check it, and sign it again.",
        Some(OddApproval::BeforeIssue) => {
            "It was approved before we sent the workbook. Please check the date, and sign it again."
        }
        Some(OddApproval::SavedLater) | None => {
            "The workbook was saved again after it was approved. Please check that the approval holds, and sign it again."
        }
    }
}

/// The questions on the return that counts, in the order of the findings about its agency, each with its finding.
pub fn questions<'f>(response: &Response, findings: &[&'f Finding]) -> Vec<(Question, &'f Finding)> {
    findings.iter().filter_map(|finding| Some((question(response, finding)?, *finding))).collect()
}

fn question(response: &Response, finding: &Finding) -> Option<Question> {
    let to_do = to_do(finding)?;
    // What is in a file that does not count is not asked about, but for what only that file says.
    let is_counted = finding.place.file == response.file.name;
    if !is_counted && !matches!(finding.code, Code::AnswerOnlyInOlder | Code::ReturnUnapproved) {
        return None;
    }
    // Of an answer that was held back there is nothing to ask about again.
    let wrote = wrote(finding);
    if finding.code == Code::AnswerOnlyInOlder && wrote == Wrote::HeldBack {
        return None;
    }
    let subject = &finding.subject;
    let column = match subject.field {
        Some(Field::Column(key)) => Some(key).filter(|key| contract::column(*key).entry != EntryKind::Given),
        Some(Field::Start(_)) | None => None,
    };
    Some(Question {
        reference: finding.reference_text(),
        statement: subject.criterion.clone(),
        column,
        place: place(finding, column, is_counted),
        wrote,
        to_do,
    })
}

/// Where it is, in the agency's terms: statement and column, or the field of the first sheet, and the cell in the agency's own file.
fn place(finding: &Finding, column: Option<ColumnKey>, is_counted: bool) -> String {
    let subject = &finding.subject;
    let mut parts: Vec<String> = subject.criterion.iter().map(ToString::to_string).collect();
    match subject.field {
        // Several cells of the sign-off are named where they are quoted.
        Some(Field::Start(_)) if subject.cells.len() > 1 => parts.push("Your sign-off".to_string()),
        Some(Field::Start(field)) => parts.push(field.label().to_string()),
        Some(Field::Column(_)) | None => parts.extend(column.map(|key| contract::column(key).header.to_string())),
    }
    let mut place = if parts.is_empty() { "Your return".to_string() } else { parts.join(", ") };
    let whose = if is_counted { "your file" } else { "your earlier file" };
    // A finding about several cells names them where it quotes them.
    let (sheet, cell) = match subject.cells.as_slice() {
        [only] => (only.sheet.as_str(), only.cell.clone()),
        [] => (finding.place.sheet_name(), finding.place.cell_name()),
        [first, ..] => (first.sheet.as_str(), String::new()),
    };
    match (sheet, cell.as_str()) {
        ("", _) => {}
        (sheet, "") => place.push_str(&format!(" (sheet {sheet} of {whose})")),
        (sheet, cell) => place.push_str(&format!(" (cell {cell} of sheet {sheet} in {whose})")),
    }
    place
}

/// What the agency wrote there: exact and whole, or not quoted at all.
fn wrote(finding: &Finding) -> Wrote {
    let subject = &finding.subject;
    match (finding.code, subject.cells.as_slice()) {
        (Code::TextHeldBack, _) => Wrote::HeldBack,
        (Code::RowMissing | Code::ColumnMissing, _) => Wrote::Absent,
        (Code::NoteOnCell, [only]) => Wrote::Note(only.written.text().to_string()),
        (_, []) if subject.field.is_some() => Wrote::Nothing,
        (_, []) => Wrote::Unsaid,
        (_, [only]) => match &only.written {
            Written::Nothing => Wrote::Nothing,
            Written::Text(text) => Wrote::Text(text.clone()),
            Written::HeldBack => Wrote::HeldBack,
            Written::Unreadable(why) => Wrote::Unreadable(why.clone()),
        },
        (_, cells) => {
            let shown: Vec<_> = cells.iter().take(MOST_QUOTED).map(named).collect();
            Wrote::Cells { more: cells.len() - shown.len() + subject.more_cells, cells: shown }
        }
    }
}

/// The most cells that one question quotes; the others are counted.
const MOST_QUOTED: usize = 8;

/// A cell with its text, for a question about several: "What is working well, E4" or "D9".
fn named(cell: &WrittenCell) -> (String, Written) {
    let header = match cell.field {
        Some(Field::Column(key)) => contract::column(key).header,
        Some(Field::Start(field)) => field.label(),
        None => "",
    };
    let parts: Vec<&str> = [header, cell.cell.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    (parts.join(", "), cell.written.clone())
}
