//! What stands on an issued workbook's sheets outside the table. Whatever else a return holds there was written by somebody, and
//! no report shows it.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use super::super::book::{Book, Sheet, Value};
use super::super::issue::{Issue, texts_of_pages, texts_of_start};
use super::super::layout::{
    METADATA_SHEET, PROGRESS_LABEL, QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, SHEETS, START_SHEET, StartField, fold,
    is_label,
};
use super::table::Table;
use super::{Expected, Notes, elsewhere};
use crate::diagnostic::quote;
use crate::round::{Agency, Round};
use crate::theme::{Group, Theme};
use crate::words;

/// How many columns the sheet of questions has: what stands in them is what was asked.
const QUESTION_COLUMNS: u32 = 3;

/// Texts as they were issued. Most come back as they are; programs may change blanks and line breaks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Printed {
    exact: HashSet<String>,
    /// The same folded; made when it is first asked for.
    folded: OnceLock<HashSet<String>>,
}

impl Printed {
    fn of(texts: Vec<String>) -> Printed {
        Printed { exact: texts.into_iter().collect(), folded: OnceLock::new() }
    }

    fn holds(&self, text: &str) -> bool {
        self.exact.contains(text)
    }

    fn holds_folded(&self, text: &str) -> bool {
        self.folded.get_or_init(|| self.exact.iter().map(|text| fold(text)).collect()).contains(&fold(text))
    }
}

/// What is printed on the sheets to look things up in, for each group of the round.
pub(super) fn of_groups(round: &Round, theme: &Theme) -> BTreeMap<Group, Printed> {
    let mut groups = BTreeMap::new();
    for agency in &round.agencies {
        groups
            .entry(agency.group)
            .or_insert_with(|| Printed::of(texts_of_pages(&Issue::fresh(theme, round, agency, 1))));
    }
    groups
}

/// Reports what was written over the table and on the other issued sheets, one finding a sheet.
pub(super) fn report(book: &Book, table: &Table<'_>, expected: Expected<'_>, agency: &Agency, notes: &mut Notes) {
    let Some(pages) = expected.known.pages.get(&agency.group) else { return };
    let mut texts = texts_of_start(&Issue::fresh(expected.theme, expected.round, agency, 1));
    let issued = expected.issued.iter().flat_map(|book| &book.sheets).flat_map(|sheet| sheet.cells.values());
    texts.extend(issued.map(Value::text));
    let start = Printed::of(texts);
    for sheet in &book.sheets {
        let is = |name: &str| is_label(&sheet.name, name);
        let is_table = sheet.name == table.sheet.name;
        let is_other = !is_table && (is(SELF_ASSESSMENT_SHEET) || !SHEETS.iter().any(|name| is(name)));
        if is_other || is(METADATA_SHEET) {
            continue;
        }
        let given = if is(START_SHEET) { beside_labels(sheet) } else { HashSet::new() };
        let has_questions = is(QUESTIONS_SHEET);
        let is_ours = |at: (u32, u32), value: &Value| {
            let is_question = has_questions && at.1 < QUESTION_COLUMNS;
            let is_cell_of_table = is_table && at.0 >= table.header_row;
            let text = value.text();
            is_question
                || is_cell_of_table
                || given.contains(&at)
                || [pages, &start].iter().any(|printed| printed.holds(&text))
                || [pages, &start].iter().any(|printed| printed.holds_folded(&text))
        };
        let others: Vec<_> =
            sheet.cells.iter().filter(|(at, value)| !value.is_blank() && !is_ours(**at, value)).collect();
        if let Some(((row, column), value)) = others.first() {
            let cells = words::count(others.len(), "cell");
            let verb = if others.len() == 1 { "holds" } else { "hold" };
            let found = format!("{cells} {verb} what was not issued, first {}", quote(&value.text()));
            elsewhere::add(notes, notes.cell(&sheet.name, *row, *column), found, agency);
        }
    }
}

/// The cells beside labels of the first sheet whose texts are read or told elsewhere: the fields, and the count of rated rows.
fn beside_labels(sheet: &Sheet) -> HashSet<(u32, u32)> {
    let is_known = |text: &str| {
        StartField::ALL.iter().map(|field| field.label()).chain([PROGRESS_LABEL]).any(|label| is_label(text, label))
    };
    let beside = |(row, cells): (u32, Vec<(u32, &Value)>)| {
        let [(_, label), (column, _), ..] = cells.as_slice() else { return None };
        matches!(label, Value::Text(text) if is_known(text)).then_some((row, *column))
    };
    sheet.rows().into_iter().filter_map(beside).collect()
}
