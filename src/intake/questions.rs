//! Turns findings about a return into questions to its agency, in the agency's own terms.
//!
//! Findings speak to the officer; questions speak to the person who filled the workbook in. A finding that the agency can do
//! nothing about gives no question. Each cell is asked about once, however much was noticed in it, and all questions about a row are
//! together.

mod wording;

use std::collections::HashMap;

use crate::core::finding::{Code, Finding, WrittenCell};
use crate::core::ids::CriterionId;
use crate::core::written::Written;
use crate::form::{ColumnKey, Field, HeadlineCell, HeadlineColumn, StartField};
use crate::intake::selection::UNSIGNED_NEWER;
use crate::intake::still_open::is_beside_table;
use crate::response::Response;
use crate::workbook::contract::{self, EntryKind, Question, SELF_ASSESSMENT_SHEET, Wrote};
use wording::to_do;

/// The order of questions: what the analysis cannot do without comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    RatingMissing,
    RatingInDoubt,
    Approval,
    AnswerMissing,
    Other,
    Date,
}

impl Urgency {
    fn new(finding: &Finding) -> Urgency {
        let is_rating = finding.subject.field == Some(Field::Column(ColumnKey::Rating));
        let is_sign_off = matches!(finding.subject.field, Some(Field::Start(field)) if field.is_entered());
        match finding.code {
            Code::RatingBlank | Code::RowMissing | Code::CarriedNotRight => Urgency::RatingMissing,
            Code::RowTwice | Code::SheetsDiffer => Urgency::RatingInDoubt,
            _ if is_rating => Urgency::RatingInDoubt,
            Code::ReturnUnapproved | Code::ChangeUnapproved | Code::CarriedUnconfirmed => Urgency::Approval,
            _ if is_sign_off => Urgency::Approval,
            Code::ReasonMissing | Code::EvidenceMissing | Code::ColumnMissing | Code::AnswerOnlyInOlder => {
                Urgency::AnswerMissing
            }
            Code::DateUnreadable => Urgency::Date,
            _ => Urgency::Other,
        }
    }
}

/// A question with the findings that it is about.
#[derive(Debug, Clone)]
pub struct AskedQuestion<'f> {
    /// The question.
    pub question: Question,
    /// The findings.
    pub findings: Vec<&'f Finding>,
    urgency: Urgency,
}

/// The questions about the return that counts, the most urgent first.
pub fn questions<'f>(response: &Response, findings: &[&'f Finding]) -> Vec<AskedQuestion<'f>> {
    let mut asked: Vec<AskedQuestion<'f>> = Vec::new();
    let mut known: HashMap<CellAskedAbout, usize> = HashMap::new();
    for finding in findings {
        let Some(question) = question(response, finding) else { continue };
        let urgency = Urgency::new(finding);
        // Findings without a known cell cannot be joined, so each is a question of its own.
        let same = CellAskedAbout::new(&question, finding).map(|cell| *known.entry(cell).or_insert(asked.len()));
        match same.and_then(|at| asked.get_mut(at)) {
            Some(earlier) => earlier.join(question, finding, urgency),
            None => asked.push(AskedQuestion { question, findings: vec![*finding], urgency }),
        }
    }
    in_order(response, asked)
}

/// Sorts by urgency, keeps everything about a row together, and otherwise follows the order of the table.
fn in_order<'f>(response: &Response, mut asked: Vec<AskedQuestion<'f>>) -> Vec<AskedQuestion<'f>> {
    let mut of_row: HashMap<CriterionId, Urgency> = HashMap::new();
    for question in &asked {
        if let Some(statement) = &question.question.statement {
            let urgency = of_row.entry(statement.clone()).or_insert(question.urgency);
            *urgency = (*urgency).min(question.urgency);
        }
    }
    let rows: HashMap<&CriterionId, usize> =
        response.answers.iter().enumerate().map(|(at, answer)| (&answer.criterion, at)).collect();
    // Sorting is stable: questions about no row, or about one that the return does not have, come last in the order they were found.
    asked.sort_by_cached_key(|question| {
        let statement = question.question.statement.as_ref();
        let urgency = statement.and_then(|statement| of_row.get(statement)).copied().unwrap_or(question.urgency);
        let row = statement.and_then(|statement| rows.get(statement)).copied().unwrap_or(rows.len());
        (urgency, row, statement.cloned(), question.urgency)
    });
    asked
}

/// A cell that a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct CellAskedAbout {
    statement: Option<CriterionId>,
    field: Option<Field>,
    sheet: String,
    cell: String,
}

impl CellAskedAbout {
    fn new(question: &Question, finding: &Finding) -> Option<CellAskedAbout> {
        let field = finding.subject.field;
        let first = finding.subject.cells.first();
        let (sheet, cell) = first.map_or(("", ""), |cell| (cell.sheet.as_str(), cell.cell.as_str()));
        // A missing approval and the carried answers that wait for it need the same sign-off, so they are one question.
        let is_sign_off = matches!(finding.code, Code::ApprovalMissing | Code::CarriedUnconfirmed);
        let is_placed = is_sign_off || !cell.is_empty() || (question.statement.is_some() && question.column.is_some());
        // In the table, the same row and column is the same cell in any of the agency's files: rows may have moved.
        let is_in_table = question.statement.is_some() && question.column.is_some();
        let (sheet, cell) = if is_in_table { ("", "") } else { (sheet, cell) };
        is_placed.then(|| CellAskedAbout {
            statement: question.statement.clone(),
            field,
            sheet: sheet.to_string(),
            cell: cell.to_string(),
        })
    }
}

impl<'f> AskedQuestion<'f> {
    /// The columns of its row that one of its findings asks about. `None` in the list is the whole row; an empty list is no cell at all.
    pub fn columns(&self, finding: &Finding) -> Vec<Option<ColumnKey>> {
        let of_cells = || {
            let column = |cell: &WrittenCell| match cell.field {
                Some(Field::Column(key)) if contract::column(key).entry != EntryKind::Given => Some(Some(key)),
                _ => None,
            };
            finding.subject.cells.iter().filter_map(column).collect()
        };
        match (self.question.column, finding.code) {
            (Some(key), _) => vec![Some(key)],
            (None, Code::RowMissing | Code::RowTwice | Code::RowReworded | Code::CarriedNotRight) => vec![None],
            (None, _) => of_cells(),
        }
    }

    /// Asks about one more finding in the same cell.
    fn join(&mut self, other: Question, finding: &'f Finding, urgency: Urgency) {
        self.findings.push(finding);
        self.urgency = self.urgency.min(urgency);
        let Question { references, to_do, wrote, .. } = other;
        self.question.references.extend(references);
        // A question about the cell's colour already asks for the missing rating.
        if !self.question.to_do.contains(&to_do) && finding.code != Code::RatingBlank {
            self.question.to_do = format!("{} {to_do}", self.question.to_do);
        }
        // Where the return that counts has nothing in the cell, what a different file has there is quoted.
        if matches!(self.question.wrote, Wrote::Unsaid | Wrote::Nothing) && wrote != Wrote::Unsaid {
            self.question.wrote = wrote;
        }
    }
}

fn question(response: &Response, finding: &Finding) -> Option<Question> {
    let to_do = to_do(finding)?;
    // A finding that is settled is closed, and one with a reply waits for the officer.
    if finding.settled.is_some() || !finding.replied.is_empty() {
        return None;
    }
    // A file that does not count is asked about only for what no newer file can correct.
    let is_counted = finding.place.file == response.file.name;
    let is_taken = response.corrections.iter().any(|corrections| corrections.file == finding.place.file);
    // A text about a child has to leave every file. A sign-off that cannot be read was still meant as one.
    let is_of_other = matches!(
        finding.code,
        Code::AnswerOnlyInOlder | Code::ReturnUnapproved | Code::ChangeUnapproved | Code::TextHeldBack
    ) || is_unread_sign_off(finding)
        || is_beside_table(finding.code);
    // Once the agency has reworded a text about a child, the rest is for the officer.
    if finding.code == Code::TextHeldBack && !is_counted && is_reworded(response, finding) {
        return None;
    }
    if !is_counted && !is_taken && !is_of_other {
        return None;
    }
    // The receipt already says that corrections await approval.
    if finding.code == Code::ApprovalMissing && !is_counted {
        return None;
    }
    // An answer that was held back cannot be quoted, so there is no asking whether it was meant to go.
    let wrote = wrote(finding);
    if finding.code == Code::AnswerOnlyInOlder && wrote == Wrote::HeldBack {
        return None;
    }
    let subject = &finding.subject;
    let column = match subject.field {
        Some(Field::Column(key)) => Some(key).filter(|key| contract::column(*key).entry != EntryKind::Given),
        Some(Field::Start(_) | Field::Headline(_)) | None => None,
    };
    let headline = match subject.field {
        Some(Field::Headline(cell)) => Some(cell).filter(|cell| cell.column != HeadlineColumn::Kind),
        _ => None,
    };
    Some(Question {
        references: vec![finding.reference_text()],
        statement: subject.criterion.clone(),
        column,
        headline,
        place: place(finding, column, is_counted || is_taken),
        wrote,
        to_do,
    })
}

/// Whether the cell of a finding has a readable text in the return that counts.
fn is_reworded(response: &Response, finding: &Finding) -> bool {
    let Some(Field::Column(key)) = finding.subject.field else { return false };
    let answer = finding.subject.criterion.as_ref().and_then(|criterion| response.answer(criterion));
    answer.and_then(|answer| contract::entered(answer, key)).is_some_and(Written::is_said)
}

/// The place in the agency's terms: statement and column, or the field of the first sheet, then the cell in the agency's own file.
fn place(finding: &Finding, column: Option<ColumnKey>, is_newest: bool) -> String {
    let subject = &finding.subject;
    let mut parts: Vec<String> = subject.criterion.iter().map(ToString::to_string).collect();
    match subject.field {
        // A question about several cells of the sign-off names each where it quotes it, so here the sign-off is enough.
        Some(Field::Start(field)) if is_sign_off(field) => parts.push("Your sign-off".to_string()),
        Some(Field::Start(field)) => parts.push(field.label().to_string()),
        Some(Field::Headline(HeadlineCell { slot, column })) => {
            parts.extend([slot.kind.label(), column.header()].map(str::to_string));
        }
        Some(Field::Column(_)) | None => parts.extend(column.map(|key| contract::column(key).name().to_string())),
    }
    let mut place = if parts.is_empty() { "Your return".to_string() } else { parts.join(", ") };
    // A finding about several cells names them where it quotes them.
    let (sheet, cell) = match subject.cells.as_slice() {
        [only] => (only.sheet.as_str(), only.cell.clone()),
        [] => (finding.place.sheet_name(), finding.place.cell_name()),
        [first, ..] => (first.sheet.as_str(), String::new()),
    };
    let is_newer =
        subject.written == UNSIGNED_NEWER || matches!(finding.code, Code::ReturnUnapproved | Code::ChangeUnapproved);
    let earlier = match (is_newest, is_newer) {
        (true, _) => "",
        (false, true) => " of your newer file",
        (false, false) => " of your earlier file",
    };
    match (sheet, cell.as_str()) {
        ("", _) => {}
        (SELF_ASSESSMENT_SHEET, "") if is_newest => {}
        (SELF_ASSESSMENT_SHEET, cell) if !cell.is_empty() => place.push_str(&format!(" (cell {cell}{earlier})")),
        (sheet, "") => place.push_str(&format!(" (sheet {sheet}{earlier})")),
        (sheet, cell) => place.push_str(&format!(" (sheet {sheet}, cell {cell}{earlier})")),
    }
    place
}

fn is_sign_off(field: StartField) -> bool {
    matches!(field, StartField::ApprovedBy | StartField::ApprovedOn)
}

/// Whether something is in the sign-off that could not be read.
fn is_unread_sign_off(finding: &Finding) -> bool {
    let is_in_sign_off = matches!(finding.subject.field, Some(Field::Start(field)) if is_sign_off(field));
    is_in_sign_off && matches!(finding.code, Code::DateUnreadable | Code::CellError | Code::Placeholder)
}

/// The quotation of what the agency wrote: exact and whole, or none at all.
fn wrote(finding: &Finding) -> Wrote {
    let subject = &finding.subject;
    match (finding.code, subject.cells.as_slice()) {
        (Code::TextHeldBack, _) => Wrote::HeldBack,
        (Code::RowMissing | Code::ColumnMissing, _) => Wrote::Absent,
        // A note may be for colleagues only: it is not quoted.
        (Code::NoteOnCell, _) => Wrote::Note,
        (Code::RatingBlank | Code::ReasonMissing | Code::EvidenceMissing, _) => Wrote::Nothing,
        (_, []) => Wrote::Unsaid,
        (_, [only]) => match &only.written {
            Written::Nothing => Wrote::Unsaid,
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

/// The most cells that one question quotes. The rest are only counted.
const MOST_QUOTED: usize = 8;

/// A cell with its text, for a question about several: "What is working well, E4" or "D9".
fn named(cell: &WrittenCell) -> (String, Written) {
    let header = cell.field.map_or("", contract::field_name);
    let parts: Vec<&str> = [header, cell.cell.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    (parts.join(", "), cell.written.clone())
}
