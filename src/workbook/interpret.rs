//! The reader of filled workbooks: a [`Book`] in, a [`Response`] with its findings out.
//!
//! Sheets, columns and rows are found by what they are (name, header, Ref), never by position, because people sort, move and copy them.
//! Nothing that somebody wrote becomes "blank": what cannot be read is quoted and asked about, with its cell.

mod issued_texts;
mod index;
mod file_findings;
mod identity;
mod table;
mod short_table;
mod asked;
mod texts;
mod stray;
mod rows;
mod headlines;
mod elsewhere;
mod replies;
mod printed;
mod speaks_for;
mod sign_off;
pub mod fingerprint;

use file_findings::{FileFindings, start_field};
pub use identity::return_code;
pub use index::{Expected, RoundIndex};
use replies::QuestionList;

use super::file::book::{Book, cell_name};
use crate::core::finding::{Checked, Code, Remedy, Subject, WrittenCell};
use crate::core::written::Written;
use crate::response::{Answer, HeadlineEntry, Response, ReturnFile, SelfRating};

/// Reads one return. The output is `None` when the workbook belongs to a different round, its agency cannot be told, it has no table, or
/// nothing is filled in; a finding then says so.
pub fn interpret(book: &Book, file: ReturnFile, expected: Expected<'_>) -> Checked<Option<Response>> {
    let mut notes = FileFindings::new(&file);
    let output = response(book, file, expected, &mut notes);
    Checked { output, findings: notes.into_listed() }
}

fn response(book: &Book, file: ReturnFile, expected: Expected<'_>, notes: &mut FileFindings) -> Option<Response> {
    let agency = identity::agency(book, expected, notes);
    // What was noticed before the agency was known is about it as well.
    notes.agency = agency.map(|agency| agency.id.clone());
    notes.findings.iter_mut().for_each(|finding| finding.subject.agency.clone_from(&notes.agency));
    let sender = agency.map_or("whoever sent it", |agency| &agency.name);
    let Some(agency) = agency else {
        report_held_back(book, None, sender, notes);
        return None;
    };
    let Some(table) = table::find(book, expected, notes) else {
        report_held_back(book, None, sender, notes);
        return None;
    };
    let short = short_table::find(book, notes);
    let asked = asked::AskedTable::new(&table, short.as_ref().map(|tables| &tables.chosen), expected, agency);
    // Before the answers: a text that is held back has its finding first, and the readers of cells skip it.
    report_held_back(book, Some(&asked), sender, notes);
    let answers = rows::answers(&asked, notes);
    let headlines = headlines::entries(&asked, notes);
    elsewhere::report(book, &table, short.as_ref(), &asked, notes);
    let questions = QuestionList::find(book).filter(|_| identity::asks_questions(book));
    printed::report(book, &asked, questions.as_ref(), notes);
    let is_blank = |answer: &Answer| answer.rating == SelfRating::Blank && answer.texts.is_empty();
    if answers.iter().all(is_blank) && headlines.iter().all(HeadlineEntry::is_empty) {
        // One finding about the workbook, and not one more for each row.
        notes.findings.retain(|finding| finding.code != Code::RatingBlank);
        let found =
            format!("{} sent its workbook back with nothing filled in, so it counts as not returned", agency.name);
        let remedy = format!("ask {} for the completed workbook", agency.name);
        notes.add(Code::ReturnEmpty, notes.file(), Subject::default(), found, "answers", remedy);
        return None;
    }
    // After `elsewhere` and `printed`: it takes an approval beside its cells from what they reported, and withdraws that finding.
    let sign_off = sign_off::read(book, expected.round, agency, notes);
    Some(Response {
        agency: agency.id.clone(),
        file,
        saved: book.saved.clone(),
        speaks_for: speaks_for::read(book, agency, notes),
        completed_by: sign_off.completed_by,
        approved_by: sign_off.approved_by,
        approved_on: sign_off.approved_on,
        approval_settled: None,
        approval_cells: sign_off.cells,
        questions: questions.as_ref().map(QuestionList::references),
        replies: questions.as_ref().map(QuestionList::replies).unwrap_or_default(),
        columns: rows::columns(&table),
        answers,
        headlines,
        corrections: Vec::new(),
    })
}

/// Reports texts that may identify a child, by their places only. Nothing of what was written is kept, not even a hash of it.
fn report_held_back(book: &Book, asked: Option<&asked::AskedTable<'_>>, sender: &str, notes: &mut FileFindings) {
    // A text that somebody cleared is listed too, so that the decision has its finding.
    let cleared = book.cleared.iter().map(|(sheet, at, sign)| (sheet, Some(*at), *sign));
    let held = book.held.iter().map(|(sheet, at, sign)| (sheet, *at, *sign));
    for (sheet, at, sign) in held.chain(cleared) {
        let (place, what) = match at {
            Some((row, column)) => (notes.cell(sheet, row, column), "this cell has"),
            None => (notes.sheet(sheet), "the name of this sheet, or a box on it, has"),
        };
        let answer = at.zip(asked).and_then(|(at, asked)| asked.held_back(sheet, at));
        let subject = answer.unwrap_or_else(|| match at {
            Some((row, column)) => Subject::of_cell(WrittenCell {
                sheet: sheet.clone(),
                cell: cell_name(row, column),
                field: start_field(book, sheet, &cell_name(row, column)),
                written: Written::HeldBack,
            }),
            None => Subject::default(),
        });
        let found = format!("{what} {}, so it is held back from everything", sign.words());
        let remedy = Remedy::typed(
            format!(
                "look at it in the file; ask {sender} to take it out, or, if it is not about a child, clear it with `jtai settle` and --accept"
            ),
            format!("look at it in the file; ask {sender} to take it out, or, if it is not about a child, say so here"),
        );
        // The reference of a finding is made from this. Outside the table and the sign-off, the sheet is all that tells two such cells
        // apart.
        let about = match subject.field {
            Some(_) => sign.words().to_string(),
            None => format!("{} on {sheet}", sign.words()),
        };
        let subject = Subject { written: about, ..subject };
        notes.add(Code::TextHeldBack, place, subject, found, "words that do not identify a child", remedy);
    }
}
