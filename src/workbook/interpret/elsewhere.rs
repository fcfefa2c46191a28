//! Reports what an agency wrote outside the cells that were issued for answers. It does not count as an answer, so somebody has to look at
//! it.

use std::collections::BTreeSet;

use super::asked::AskedTable;
use super::file_findings::{FileFindings, cells_of, in_cell, quoted_cells};
use super::short_table::{ShortTable, ShortTables};
use super::table::AnswerTable;
use crate::core::finding::{Code, Subject, WrittenCell};
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::round::Agency;
use crate::workbook::contract::{QUESTION_NOTE, SELF_ASSESSMENT_SHEET, SHEETS, is_label};
use crate::workbook::file::book::{At, Book, Remark, Sheet, Value, cell_name, column_name};

/// Reports cells beside the table and sheets that were not issued. Rows under the table are the table's own matter.
pub(super) fn report(
    book: &Book,
    table: &AnswerTable<'_>,
    short: Option<&ShortTables<'_>>,
    asked: &AskedTable<'_>,
    notes: &mut FileFindings,
) {
    let agency = asked.agency;
    report_beside(table, agency, notes);
    report_hidden(&SeenTable::of_answers(table), asked, agency, notes);
    // The sheet is optional: if it is hidden and empty, nothing is lost.
    for short in short.iter().map(|tables| &tables.chosen).filter(|short| !short.filled().is_empty()) {
        report_hidden(&SeenTable::in_short(short), asked, agency, notes);
    }
    report_notes(book, asked, agency, notes);
    report_boxes(book, agency, notes);
    report_page_texts(book, asked, agency, notes);
    report_pictures(book, agency, notes);
    report_links(book, table, asked, agency, notes);
    report_remarks(book, notes);
    report_other_sheets(book, table, short, agency, notes);
}

fn report_beside(table: &AnswerTable<'_>, agency: &Agency, notes: &mut FileFindings) {
    let is_beside = |row: u32, column: u32| row > table.header_row && table.is_outside(column);
    let cells = table.sheet.cells.iter().filter(|(_, value)| !value.is_blank());
    let beside: Vec<((u32, u32), &Value)> =
        cells.filter(|((row, column), _)| is_beside(*row, *column)).map(|(at, value)| (*at, value)).collect();
    let Some((at, _)) = beside.first() else { return };
    let place = notes.cell(&table.sheet.name, at.0, at.1);
    let found = format!("{} written beside the table: {}", words::are(beside.len(), "cell"), quoted_cells(&beside));
    notes.add_elsewhere(place, cells_of(&table.sheet.name, &beside), found, agency);
}

fn report_notes(book: &Book, asked: &AskedTable<'_>, agency: &Agency, notes: &mut FileFindings) {
    for sheet in &book.sheets {
        // A note that is held back has a finding already, and our own notes come back with every workbook of questions.
        let is_told = |note: &Written| note.is_said() && !note.text().starts_with(QUESTION_NOTE);
        for (at, note) in sheet.extras.notes.iter().filter(|(_, note)| is_told(note)) {
            let found = format!("there is a note on this cell: {}", quote(note.text()));
            let remedy =
                format!("read it in the file; if it is an answer, ask {} to write it in the cells", agency.name);
            let subject = asked.subject_of(sheet, *at, note.clone());
            notes.add_here(
                Code::NoteOnCell,
                subject,
                found,
                "answers in the cells; a note does not count as one",
                remedy,
            );
        }
    }
}

fn report_boxes(book: &Book, agency: &Agency, notes: &mut FileFindings) {
    let boxes = book.sheets.iter().flat_map(|sheet| sheet.extras.boxes.iter().map(move |text| (sheet, text)));
    for (sheet, text) in boxes.filter(|(_, text)| text.is_said()) {
        let found = format!("there is a text box over the cells of this sheet: {}", quote(text.text()));
        let over = WrittenCell { sheet: sheet.name.clone(), cell: String::new(), field: None, written: text.clone() };
        notes.add_elsewhere(notes.sheet(&sheet.name), Subject::of_cell(over), found, agency);
    }
}

/// The shortest beginning by which a text of ours is known when a program has cut it to fit the page, in bytes.
const SHORTEST_START: usize = 12;

/// Reports what somebody wrote in the header or footer of a page. Ours have the sheet's title, the marking, the agency and the page number.
///
/// They cannot be compared whole, because programs cut them short when they save.
fn report_page_texts(book: &Book, asked: &AskedTable<'_>, agency: &Agency, notes: &mut FileFindings) {
    let issued = asked.expected.issued.iter().flat_map(|book| &book.sheets);
    let printed: Vec<&str> = issued.flat_map(|sheet| &sheet.extras.page_texts).map(Written::text).collect();
    for sheet in &book.sheets {
        // The first three rows have the title, the marking and the headers.
        let heads: Vec<String> = sheet.cells.range(..(3, 0)).map(|(_, value)| value.text()).collect();
        // A text is ours if nothing is left of it without the texts that we print there and the page number.
        let is_ours = |text: &str| {
            let known =
                heads.iter().map(String::as_str).chain(asked.names()).chain(SHEETS).chain(printed.iter().copied());
            let known: Vec<&str> = known.filter(|known| !known.is_empty()).collect();
            let cut = text.trim_end_matches('…').trim();
            let is_start = cut.len() >= SHORTEST_START && known.iter().any(|known| known.starts_with(cut));
            let is_whole = known.iter().any(|known| known.eq_ignore_ascii_case(cut));
            let is_all_known = || {
                // A name of up to three letters is part of many words.
                let long = known.iter().filter(|known| known.chars().count() > 3);
                let rest = long.fold(text.to_lowercase(), |rest, known| rest.replace(&known.to_lowercase(), " "));
                let letters: String = rest.chars().filter(|c| c.is_alphabetic()).collect();
                matches!(letters.as_str(), "" | "page" | "pageof")
            };
            is_start || is_whole || is_all_known()
        };
        for text in sheet.extras.page_texts.iter().filter(|text| text.is_said() && !is_ours(text.text())) {
            let found = format!("the header or footer of this sheet's printed pages says {}", quote(text.text()));
            let page =
                WrittenCell { sheet: sheet.name.clone(), cell: String::new(), field: None, written: text.clone() };
            notes.add_elsewhere(notes.sheet(&sheet.name), Subject::of_cell(page), found, agency);
        }
    }
}

fn report_pictures(book: &Book, agency: &Agency, notes: &mut FileFindings) {
    for sheet in book.sheets.iter().filter(|sheet| sheet.extras.pictures > 0) {
        let count = sheet.extras.pictures;
        let is = if count == 1 { "is" } else { "are" };
        let found =
            format!("{} or embedded {} {is} on this sheet", words::count(count, "picture"), words::noun(count, "file"));
        notes.add_elsewhere(notes.sheet(&sheet.name), named(sheet.name.clone()), found, agency);
    }
}

fn report_other_sheets(
    book: &Book,
    table: &AnswerTable<'_>,
    short: Option<&ShortTables<'_>>,
    agency: &Agency,
    notes: &mut FileFindings,
) {
    // The table's own sheet is the one that was found. A second sheet of that name is a copy.
    let is_issued =
        |name: &str| SHEETS.iter().filter(|known| **known != SELF_ASSESSMENT_SHEET).any(|known| is_label(name, known));
    // Copies of the table, and of the table of headlines, have findings of their own.
    let copies: Vec<String> = notes
        .findings
        .iter()
        .filter(|finding| matches!(finding.code, Code::SheetCopied | Code::SheetsDiffer))
        .map(|finding| finding.place.sheet_name().to_string())
        .collect();
    let of_short = |tables: &ShortTables<'_>, name: &str| {
        tables.chosen.sheet.name == name || tables.copies.iter().any(|copy| copy.sheet.name == name)
    };
    let is_read = |name: &str| name == table.sheet.name || short.is_some_and(|tables| of_short(tables, name));
    let is_other = |name: &str| !is_issued(name) && !is_read(name) && !copies.iter().any(|copy| copy == name);
    for sheet in book.sheets.iter().filter(|sheet| is_other(&sheet.name)) {
        let cells = sheet.cells.iter().filter(|(_, value)| !value.is_blank());
        let filled: Vec<(At, &Value)> = cells.map(|(at, value)| (*at, value)).collect();
        if !filled.is_empty() {
            let found = format!(
                "{} written on the sheet {}, which was not issued: {}",
                words::are(filled.len(), "cell"),
                quote(&sheet.name),
                quoted_cells(&filled)
            );
            notes.add_elsewhere(notes.sheet(&sheet.name), cells_of(&sheet.name, &filled), found, agency);
        }
    }
}

/// A table in which nothing should be hidden.
struct SeenTable<'a> {
    sheet: &'a Sheet,
    header_row: u32,
    columns: Vec<u32>,
    /// The rows that matter where they are hidden; `None` for all.
    rows: Option<BTreeSet<u32>>,
}

impl<'a> SeenTable<'a> {
    fn of_answers(table: &AnswerTable<'a>) -> SeenTable<'a> {
        let columns = table.columns.iter().map(|(_, at)| *at).collect();
        SeenTable { sheet: table.sheet, header_row: table.header_row, columns, rows: None }
    }

    /// The table of headlines. Its empty rows may be hidden.
    fn in_short(table: &ShortTable<'a>) -> SeenTable<'a> {
        let columns = table.columns.iter().map(|(_, at)| *at).collect();
        let rows = table.filled().into_iter().map(|((row, _), _)| row).collect();
        SeenTable { sheet: table.sheet, header_row: table.header_row, columns, rows: Some(rows) }
    }

    fn counts_row(&self, row: u32) -> bool {
        self.rows.as_ref().is_none_or(|rows| rows.contains(&row))
    }

    fn written(&self, at: At) -> Written {
        self.sheet.value(at.0, at.1).map(in_cell).unwrap_or_default()
    }
}

/// Reports what is written in the table where nobody sees it: one finding for all hidden rows, one for all hidden columns, one for a hidden
/// sheet, one for each cell that is covered or whose format shows nothing.
fn report_hidden(table: &SeenTable<'_>, asked: &AskedTable<'_>, agency: &Agency, notes: &mut FileFindings) {
    let extras = &table.sheet.extras;
    let remedy = || format!("it was read; ask {} whether it was meant to be removed", agency.name);
    let expected = "answers that people can see";
    let subject = |at: At| asked.subject_of(table.sheet, at, table.written(at));
    let is_answer = |at: &At| at.0 > table.header_row && table.columns.contains(&at.1);
    for (first, last) in
        extras.merged.iter().filter(|(first, last)| first != last && (is_answer(first) || is_answer(last)))
    {
        let name = format!("{}:{}", cell_name(first.0, first.1), cell_name(last.0, last.1));
        let found = format!("the cells {name} are merged into one, so that only the first can hold an answer");
        let remedy = format!("ask {} which rows and columns the answer is for", agency.name);
        notes.add_here(Code::WrittenHidden, subject(*first), found, "a cell for each answer", remedy);
    }
    let is_hidden = |row: &&u32| **row > table.header_row && table.counts_row(**row);
    let rows: Vec<String> = extras.hidden_rows.iter().filter(is_hidden).map(|row| (row + 1).to_string()).collect();
    let place = notes.sheet(&table.sheet.name);
    if !rows.is_empty() {
        let found = format!(
            "{} hidden in the table: {}",
            words::are(rows.len(), "row"),
            words::list_of_first(&rows, MOST_NAMED)
        );
        let hidden = format!("{} {}", words::noun(rows.len(), "row"), words::list_of_first(&rows, MOST_NAMED));
        notes.add(Code::WrittenHidden, place.clone(), named(hidden), found, expected, remedy());
    }
    let mut columns: Vec<u32> = table.columns.iter().copied().filter(|at| extras.hidden_columns.contains(at)).collect();
    columns.sort_unstable();
    if !columns.is_empty() {
        let names: Vec<String> = columns.iter().map(|at| column_name(*at)).collect();
        let found = format!(
            "{} hidden in the table: {}",
            words::are(names.len(), "column"),
            words::list_of_first(&names, MOST_NAMED)
        );
        let hidden = format!("{} {}", words::noun(names.len(), "column"), words::list_of_first(&names, MOST_NAMED));
        notes.add(Code::WrittenHidden, place.clone(), named(hidden), found, expected, remedy());
    }
    if extras.is_hidden {
        let found = "the sheet with the table is hidden".to_string();
        notes.add(Code::WrittenHidden, place, named("the whole sheet".into()), found, expected, remedy());
    }
    let unseen = extras.unseen.iter().filter(|at| is_answer(at));
    for (at, value) in unseen.filter_map(|at| Some((at, table.sheet.value(at.0, at.1)?))) {
        let found = format!("the format of this cell hides what is in it: {}", quote(&value.text()));
        notes.add_here(Code::WrittenHidden, subject(*at), found, expected, remedy());
    }
    let cells = table.sheet.cells.iter().filter(|(at, value)| at.0 > table.header_row && !value.is_blank());
    for ((row, column), value) in cells.filter(|(at, _)| extras.is_covered(**at)) {
        let found = format!("a merged cell hides this one, which says {}", quote(&value.text()));
        notes.add_here(Code::WrittenHidden, subject((*row, *column)), found, expected, remedy());
    }
}

/// The most rows or columns that one finding names.
const MOST_NAMED: usize = 20;

/// The subject of a finding that is not about one cell.
fn named(written: String) -> Subject {
    Subject { written, ..Subject::default() }
}

/// Reports links, other than those on the texts of answers, which [`rows`](super::rows) keeps with the text.
fn report_links(
    book: &Book,
    table: &AnswerTable<'_>,
    asked: &AskedTable<'_>,
    agency: &Agency,
    notes: &mut FileFindings,
) {
    for sheet in &book.sheets {
        let is_kept = |at: &At| {
            let is_text = table.columns.iter().any(|(key, column)| *column == at.1 && key.text().is_some());
            sheet.name == table.sheet.name && at.0 > table.header_row && is_text && sheet.value(at.0, at.1).is_some()
        };
        for ((row, column), link) in sheet.extras.links.iter().filter(|(at, link)| link.is_said() && !is_kept(at)) {
            let found = format!("this cell links to {}", quote(link.text()));
            let subject = asked.subject_of(sheet, (*row, *column), link.clone());
            notes.add_elsewhere(notes.cell(&sheet.name, *row, *column), subject, found, agency);
        }
    }
}

/// Reports what matters about the file itself. Nobody has to do anything about it, so there is no remedy.
fn report_remarks(book: &Book, notes: &mut FileFindings) {
    for remark in &book.remarks {
        let found = match remark {
            Remark::Macros => "the workbook has macros, which were not run".to_string(),
            Remark::ExternalLinks => "the workbook refers to other workbooks, which were not opened".to_string(),
            Remark::DamagedPart(part) => {
                format!("the part {} of the file is damaged; there are no answers in it", quote(part))
            }
            Remark::OlderFormat => {
                "the workbook is in an older format (.xls): notes on cells, hidden rows and colours were not checked"
                    .to_string()
            }
        };
        let subject = Subject { written: remark_key(remark).to_string(), ..Subject::default() };
        notes.add(Code::FileRemark, notes.file(), subject, found, "", String::new());
    }
}

/// The text that a remark's reference is made from.
fn remark_key(remark: &Remark) -> &str {
    match remark {
        Remark::Macros => "macros",
        Remark::ExternalLinks => "external links",
        Remark::DamagedPart(part) => part,
        Remark::OlderFormat => "older format",
    }
}
