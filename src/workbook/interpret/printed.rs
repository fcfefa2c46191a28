//! Compares the sheets of a return, outside the table, with what was issued. Any other text there was written by somebody and is reported,
//! because it does not count as an answer.

use std::collections::HashSet;

use super::asked::AskedTable;
use super::file_findings::{FileFindings, cells_of, quoted_cells, start_value};
use super::index::Expected;
use super::issued_texts::IssuedTexts;
use super::replies::QuestionList;
use super::table::AnswerTable;
use crate::core::words;
use crate::form::{ColumnKey, StartField};
use crate::round::{Agency, Round};
use crate::workbook::contract::{
    self, EARLIER_QUESTION_COLUMNS, IN_SHORT_SHEET, Issue, IssuedText, METADATA_SHEET, PRINT_SHEET, PROGRESS_LABEL,
    QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, SHEETS, START_SHEET, fold, headline_column, is_label, texts_of_reference,
    texts_of_start,
};
use crate::workbook::file::book::{At, Book, Sheet, Value};

/// Reports what was written above the table and on the other issued sheets, with one finding for each sheet.
pub(super) fn report(
    book: &Book,
    asked: &AskedTable<'_>,
    questions: Option<&QuestionList<'_>>,
    notes: &mut FileFindings,
) {
    let AskedTable { table, expected, agency, short, .. } = *asked;
    let Some(pages) = expected.index.pages.get(&agency.group) else { return };
    // What this version would issue, what was printed for an earlier date or in earlier words, and the workbooks as they were really
    // issued: a return may come from any of them.
    let mut texts = texts_of_start(&Issue::fresh(expected.theme, expected.round, agency, 1));
    texts.extend(texts_for_its_own_date(book, expected, agency));
    texts.extend(texts_of_earlier_group(&texts, agency));
    texts.extend(expected.issued.iter().flat_map(|book| &book.sheets).flat_map(texts_of));
    let own = IssuedTexts::new(texts);
    for sheet in &book.sheets {
        let is_table = sheet.name == table.sheet.name;
        let short = short.filter(|short| short.sheet.name == sheet.name);
        let name = match (is_table, short) {
            (true, _) => Some(SELF_ASSESSMENT_SHEET),
            (false, Some(_)) => Some(IN_SHORT_SHEET),
            (false, None) => issued_name(sheet),
        };
        // The metadata sheet is read for the identity. A second sheet with the name of the table is reported as a copy.
        let Some(name) = name.filter(|name| *name != METADATA_SHEET && (is_table || *name != SELF_ASSESSMENT_SHEET))
        else {
            continue;
        };
        let entered = if name == START_SHEET { cells_to_fill_in(sheet) } else { HashSet::new() };
        let questions = match questions {
            Some(list) if list.sheet_name() == sheet.name => list.cells(),
            _ if name == QUESTIONS_SHEET => earlier_questions(sheet),
            _ => HashSet::new(),
        };
        let repeated = (name == PRINT_SHEET).then_some(Repeated { table, print: sheet });
        let is_ours = |at: At, value: &Value| {
            let is_known = (is_table && at.0 >= table.header_row)
                || short.is_some_and(|short| {
                    short.has(at) || at.0 == short.header_row && headline_column(&value.text()).is_some()
                })
                || entered.contains(&at)
                || questions.contains(&at);
            let text = (name, at.1, value.text());
            // The cheap comparisons come first: folding a text takes the longest.
            let printed = [pages, &own];
            is_known
                || printed.iter().any(|printed| printed.holds(&text))
                || repeated.as_ref().is_some_and(|repeated| repeated.holds(at, value))
                || printed.iter().any(|printed| printed.holds_folded(&text))
        };
        let others: Vec<(At, &Value)> = sheet
            .cells
            .iter()
            .filter(|(at, value)| !value.is_blank() && !is_ours(**at, value))
            .map(|(at, value)| (*at, value))
            .collect();
        report_sheet(sheet, &others, agency, notes);
    }
}

/// Reports the texts of a sheet that were not issued.
fn report_sheet(sheet: &Sheet, others: &[(At, &Value)], agency: &Agency, notes: &mut FileFindings) {
    let Some((at, _)) = others.first() else { return };
    let cells = words::count(others.len(), "cell");
    let verb = if others.len() == 1 { "has" } else { "have" };
    let found = format!("{cells} {verb} text that was not issued: {}", quoted_cells(others));
    let subject = cells_of(&sheet.name, others);
    notes.add_elsewhere(notes.cell(&sheet.name, at.0, at.1), subject, found, agency);
}

/// The texts of a workbook that was issued when the round had a different due date. The workbook itself names that date.
fn texts_for_its_own_date(book: &Book, expected: Expected<'_>, agency: &Agency) -> Vec<IssuedText> {
    let named = start_value(book, StartField::ReturnBy).and_then(|(_, value)| value.date());
    let Some(date) = named.filter(|date| *date != expected.round.due(agency)) else { return Vec::new() };
    let round = Round { deadline: date, ..expected.round.clone() };
    let agency = Agency { due: None, ..agency.clone() };
    let issue = Issue::fresh(expected.theme, &round, &agency, 1);
    texts_of_start(&issue).into_iter().chain(texts_of_reference(&issue)).collect()
}

/// The name of the agency's group as earlier workbooks printed it, where that was different.
fn texts_of_earlier_group(texts: &[IssuedText], agency: &Agency) -> Vec<IssuedText> {
    let (now, earlier) = (agency.group.words(), agency.group.earlier_words());
    let is_group = |text: &&IssuedText| text.2 == words::capitalised(now);
    let printed = texts.iter().filter(is_group).filter(|_| now != earlier);
    printed.map(|(sheet, column, _)| (*sheet, *column, words::capitalised(earlier))).collect()
}

/// The sheet to print beside the table that it repeats, for a file that was saved with the results of its formulas and without the
/// formulas.
struct Repeated<'a> {
    table: &'a AnswerTable<'a>,
    print: &'a Sheet,
}

impl Repeated<'_> {
    /// Whether a cell of that sheet repeats its cell of the table, where it is read.
    fn holds(&self, at: At, value: &Value) -> bool {
        let text = fold(&value.text());
        let shown = self.cell_of(at).map(|known| fold(&known.text()));
        // The formulas show a long text up to a certain length: see `MOST_CHARACTERS` in `write/to_print.rs`.
        shown.is_some_and(|known| known == text || (text.len() >= LEAST_CUT && known.starts_with(&text)))
    }

    /// The cell of the table that a cell of the sheet repeats: found by the Ref of its block and the label beside it. The position does not
    /// tell, because people delete rows of the table.
    fn cell_of(&self, (row, column): At) -> Option<&Value> {
        let header = contract::column(ColumnKey::Ref).header;
        let is_ref = |at: &u32| self.print.value(*at, 0).is_some_and(|value| value.text() == header);
        let first = (0..=row).rev().find(is_ref).filter(|_| column == 1)?;
        let reference = self.print.value(first, 1)?.text();
        let label = self.print.value(row, 0)?.text();
        let (key, _) = contract::header(label.lines().next()?)?;
        let (refs, wanted) = (self.table.column(ColumnKey::Ref)?, self.table.column(key)?);
        let is_row = |(at, value): &(&At, &Value)| at.1 == refs && value.text() == reference;
        let (at, _) = self.table.sheet.cells.iter().find(is_row)?;
        self.table.sheet.value(at.0, wanted)
    }
}

/// The least length of a text that the sheet may show cut, in bytes. It is below the 4,000 characters that the formulas show, because
/// folding makes a text shorter.
const LEAST_CUT: usize = 3_900;

/// The name under which a sheet was issued; `None` for one that was not.
fn issued_name(sheet: &Sheet) -> Option<&'static str> {
    SHEETS.into_iter().find(|name| is_label(&sheet.name, name))
}

/// The texts of a sheet of an issued workbook.
fn texts_of(sheet: &Sheet) -> Vec<IssuedText> {
    let Some(name) = issued_name(sheet) else { return Vec::new() };
    sheet.cells.iter().map(|((_, column), value)| (name, *column, value.text())).collect()
}

/// The cells of the first sheet that are read or reported elsewhere: beside the labels of what the agency fills in, beside its name, and
/// beside the count of rated rows. Only the first cell with a label counts: a second one may be somebody's copy, with something written
/// beside it.
fn cells_to_fill_in(sheet: &Sheet) -> HashSet<At> {
    let fields = StartField::ALL.iter().filter(|field| field.is_entered() || **field == StartField::Agency);
    let labels: Vec<&str> = fields.map(|field| field.label()).chain([PROGRESS_LABEL]).collect();
    let mut met: HashSet<&str> = HashSet::new();
    let mut beside = HashSet::new();
    for (row, cells) in sheet.rows() {
        let [(_, Value::Text(text)), (column, _), ..] = cells.as_slice() else { continue };
        if let Some(label) = labels.iter().find(|label| is_label(text, label))
            && met.insert(label)
        {
            beside.insert((row, *column));
        }
    }
    beside
}

/// The cells of a sheet of questions from version 1.1 and before: whole rows, because that list had no column for replies.
fn earlier_questions(sheet: &Sheet) -> HashSet<At> {
    let columns = EARLIER_QUESTION_COLUMNS;
    let rows = sheet.rows().into_iter().filter(|(_, cells)| (0..columns).all(|at| cells.iter().any(|(c, _)| *c == at)));
    rows.flat_map(|(row, _)| (0..columns).map(move |column| (row, column))).collect()
}
