//! Takes an earlier `choices.xlsx` apart for its renewal: what jtai wrote, what the officer wrote, what cannot be carried over.
//!
//! Whatever is not known as jtai's own counts as the officer's, so that a renewal loses nothing.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::contract::{
    self, AGENCY, BY_RULE, ChoicesColumn, ChoicesSheet, EARLIER, EARLIER_COLUMNS, HAD_WRITTEN, Holds, MADE_ON, MIND,
    ORDER, OWN_LINE, OWN_WORDS, PRINT_COLUMNS, PRINTS, REF, SINCE, SLIDE, START, START_FIELDS,
};
use super::offers::{self, RowPrint, plain};
use super::sheets::{self, FoundTable};
use crate::core::words;
use crate::core::written::Written;
use crate::form::Rating;
use crate::workbook::contract::fold;
use crate::workbook::file::book::{At, Book, Sheet, Value, cell_name};
use crate::workbook::write::Cell;

/// Every mark under [`SINCE`] begins with one of these. Any other text there is the officer's.
pub(super) const MARKS: [&str; 3] = ["new", "changed", "no longer"];

/// The word on the hidden sheet, in place of the rule's number, for a row that stays only because the officer wrote in it.
const KEPT: &str = "kept";

/// The most texts outside the white cells that are listed. A file with more is somebody's own workbook, which is not renewed.
const MOST_OWN: usize = 300;

/// An earlier file, taken apart.
#[derive(Debug, Default)]
pub struct EarlierChoices {
    /// The day on which it was made; `None` in files of an earlier version.
    pub(super) made_on: Option<Date>,
    /// The version of its form.
    pub(super) form: u32,
    /// The rows that it offered, in their order.
    pub(super) offered: Vec<RowPrint>,
    /// The rows of its tables that have anything in them.
    pub(super) rows: Vec<EarlierRow>,
    /// What is beside the labels of the first sheet.
    pub(super) approval: Vec<(&'static str, Cell)>,
    /// What is on its sheet [`EARLIER`], with what must be added to it.
    pub(super) listed: Vec<ListedText>,
    /// Why not all of it can be carried over; empty where it can.
    pub(super) obstacles: Vec<String>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct EarlierRow {
    /// Its sheet.
    pub sheet: ChoicesSheet,
    /// Its row on the sheet, counted from 0.
    pub row: u32,
    cells: Vec<(&'static str, u32, Value)>,
    /// Its hashes as it is now.
    pub print: RowPrint,
    /// Whether it is as jtai wrote it, apart from the cells to fill in.
    pub is_as_written: bool,
    /// Whether its table has agencies' own lines.
    pub has_lines: bool,
}

/// A row of the sheet [`EARLIER`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ListedText {
    /// Its texts, under the headers of [`EARLIER_COLUMNS`].
    pub texts: [String; 6],
}

impl ListedText {
    /// What the officer had written.
    pub(super) fn had_written(&self) -> &str {
        let at = EARLIER_COLUMNS.iter().position(|column| column.header == HAD_WRITTEN);
        at.map_or("", |at| self.texts[at].as_str())
    }
}

impl EarlierRow {
    /// What is written under a header and can be read.
    pub(super) fn text(&self, header: &str) -> String {
        let found = self.cells.iter().find(|(known, ..)| *known == header).map(|(.., value)| value);
        found.filter(|value| sheets::is_legible(value)).map(Value::text).unwrap_or_default()
    }

    /// Whether the officer filled in one of its cells.
    pub(super) fn is_filled_in(&self) -> bool {
        self.filled_in().next().is_some()
    }

    /// What the officer wrote into its cells.
    pub(super) fn filled_in(&self) -> impl Iterator<Item = String> {
        let inputs = self.sheet.columns().iter().filter(|column| column.is_input);
        inputs.map(|column| self.text(column.header)).filter(|text| !text.trim().is_empty())
    }

    /// Whether the officer wrote the whole row.
    pub(super) fn is_own(&self) -> bool {
        // On the sheet of actions, a row without Ref, agency and words is an action of the partnership's own.
        let names = self.sheet.key().iter().chain([&OWN_WORDS]);
        let is_of_actions = self.sheet == ChoicesSheet::Actions;
        self.sheet.key().is_empty() || is_of_actions && names.copied().all(|header| self.text(header).trim().is_empty())
    }

    /// The same cell in the renewed file.
    pub(super) fn cell(&self, column: &ChoicesColumn) -> Cell {
        let value = self.cells.iter().find(|(known, ..)| *known == column.header).map(|(.., value)| value);
        let value = value.filter(|value| sheets::is_legible(value));
        match value {
            _ if !column.is_input => given_cell(&value.map(Value::text).unwrap_or_default()),
            None => offers::empty(column),
            Some(Value::Number(number)) => Cell::InputNumber(*number),
            Some(Value::Date(date)) => Cell::InputDate(Some(*date)),
            Some(value) if column.holds == Holds::AsTyped => Cell::InputAsTyped(value.text()),
            // A number that is stored as text gets a warning triangle in Excel.
            Some(value) if column.header == ORDER => match value.text().trim().parse::<u32>() {
                Ok(number) => Cell::InputNumber(f64::from(number)),
                Err(_) => Cell::Input(value.text()),
            },
            Some(value) => Cell::Input(value.text()),
        }
    }

    /// The row as one of the sheet [`EARLIER`].
    pub(super) fn listed(&self, what: &str, written: String, since: String) -> ListedText {
        let reference = [REF, SLIDE].map(|header| self.text(header)).concat();
        let sheet = self.sheet.name().to_string();
        ListedText { texts: [what.to_string(), sheet, reference, self.text(AGENCY), written, since] }
    }
}

/// A cell that jtai filled in: a rating where the text is the word for one, so that it keeps its colour, else text.
fn given_cell(text: &str) -> Cell {
    match Rating::ALL.into_iter().find(|rating| rating.word() == text) {
        Some(rating) => Cell::Rated(rating),
        None => Cell::from(text),
    }
}

/// The row hashes on the hidden sheet.
struct Prints {
    offered: Vec<RowPrint>,
    /// Key and contents of every row, offered or kept.
    written: HashSet<(String, String)>,
}

impl Prints {
    fn has(&self, print: &RowPrint) -> bool {
        self.written.contains(&(print.key.clone(), print.contents.clone()))
    }
}

/// Takes an earlier file apart.
pub fn earlier(book: &Book) -> EarlierChoices {
    let prints = prints(book);
    let mut earlier = EarlierChoices {
        form: contract::form(book),
        made_on: book.properties.get(MADE_ON).and_then(|day| words::read_date(day)),
        approval: approval(book),
        listed: listed(book),
        obstacles: obstacles(book),
        ..EarlierChoices::default()
    };
    for sheet in ChoicesSheet::ALL {
        let found = sheets::sheet(book, sheet.name());
        let table = found.and_then(|found| Some((found, sheets::table(found, sheet.columns())?)));
        let Some((found, table)) = table else { continue };
        earlier.rows.extend(rows(sheet, found, &table, prints.as_ref()));
    }
    let written_over: Vec<ListedText> = earlier.rows.iter().flat_map(written_over).collect();
    earlier.list(written_over);
    let own: Vec<ListedText> = book.sheets.iter().flat_map(own_texts).collect();
    if own.len() > MOST_OWN {
        earlier.obstacles.push(format!("{} outside the cells to fill in", words::are(own.len(), "text")));
    }
    earlier.list(own.into_iter().take(MOST_OWN).collect());
    earlier.offered = match prints {
        Some(prints) => prints.offered,
        None => offered_rows(&earlier.rows),
    };
    earlier
}

/// What a file without the hidden sheet offered: its rows as they are.
fn offered_rows(rows: &[EarlierRow]) -> Vec<RowPrint> {
    let is_named = |row: &&EarlierRow| !row.sheet.key().is_empty() && !row.text(row.sheet.key()[0]).is_empty();
    rows.iter().filter(is_named).map(|row| row.print.clone()).collect()
}

fn prints(book: &Book) -> Option<Prints> {
    let (mut offered, mut written) = (Vec::new(), HashSet::new());
    for (_, texts) in sheets::sheet(book, PRINTS)?.text_rows() {
        let at = |column: usize| texts.get(column).cloned().unwrap_or_default();
        let Some(sheet) = ChoicesSheet::ALL.into_iter().find(|sheet| sheet.name() == at(0)) else { continue };
        let print = RowPrint { sheet, key: at(1), contents: at(2), by_rule: at(3) };
        written.insert((print.key.clone(), print.contents.clone()));
        if print.by_rule != KEPT {
            offered.push(print);
        }
    }
    Some(Prints { offered, written })
}

/// A row of the hidden sheet.
pub(super) fn print_row(print: &RowPrint, is_kept: bool) -> [String; PRINT_COLUMNS as usize] {
    let by_rule = if is_kept { KEPT } else { &print.by_rule };
    [print.sheet.name(), &print.key, &print.contents, by_rule].map(str::to_string)
}

fn rows(sheet: ChoicesSheet, found: &Sheet, table: &FoundTable, prints: Option<&Prints>) -> Vec<EarlierRow> {
    let row = |(row, cells): (u32, Vec<(u32, &Value)>)| {
        let known = cells.into_iter().filter_map(|(at, value)| Some((table.header(at)?, at, value.clone())));
        let mut row = EarlierRow {
            sheet,
            row,
            cells: known.collect(),
            print: RowPrint::new(sheet, |_| String::new()),
            is_as_written: true,
            has_lines: table.columns.iter().any(|(header, _)| *header == OWN_LINE),
        };
        row.print = RowPrint::new(sheet, |header| row.text(header));
        // Without the hidden sheet nobody can tell, so the row counts as jtai's own.
        row.is_as_written = prints.is_none_or(|prints| prints.has(&row.print));
        row
    };
    let below = found.rows().into_iter().filter(|(row, _)| *row > table.header_row);
    below.map(row).filter(|row| !row.cells.is_empty()).collect()
}

/// What somebody wrote over jtai's words in a row. A filled row with an agency's words is kept as it is, so only what would still be lost
/// is listed.
fn written_over(row: &EarlierRow) -> Vec<ListedText> {
    if row.sheet.key().is_empty() {
        return Vec::new();
    }
    let stays = row.is_filled_in() && row.sheet.key().contains(&AGENCY);
    let given = row.sheet.columns().iter().filter(|column| !column.is_input).map(|column| column.header);
    let is_lost = |header: &&str| ![BY_RULE, SINCE].contains(header) && (!stays || *header == MIND);
    let lost: Vec<(&str, String)> = given.filter(is_lost).map(|header| (header, row.text(header))).collect();
    let mut texts: Vec<(&str, String)> = Vec::new();
    if let Some((header, _)) = lost.iter().find(|(_, text)| !text.trim().is_empty()).filter(|_| !row.is_as_written) {
        let all = lost.iter().map(|(_, text)| text.as_str()).filter(|text| !text.trim().is_empty());
        texts.push((header, all.collect::<Vec<_>>().join(" | ")));
    }
    let (by_rule, since) = (row.text(BY_RULE), row.text(SINCE));
    // jtai writes only a number there.
    if !by_rule.chars().all(|c| c.is_ascii_digit()) {
        texts.push((BY_RULE, by_rule));
    }
    if !since.trim().is_empty() && !MARKS.iter().any(|mark| since.starts_with(mark)) {
        texts.push((SINCE, since));
    }
    let listed = |(header, text): (&str, String)| {
        let column = row.cells.iter().find(|(known, ..)| *known == header).map_or(0, |(_, at, _)| *at);
        row.listed(&own_text(Some((row.row, column))), text, String::new())
    };
    texts.into_iter().map(listed).collect()
}

/// The name of a text of the officer's own in the list.
fn own_text(at: Option<At>) -> String {
    match at {
        Some((row, column)) => format!("Your text in cell {}", cell_name(row, column)),
        None => "Your text in a box".to_string(),
    }
}

/// What is beside the labels of the first sheet.
fn approval(book: &Book) -> Vec<(&'static str, Cell)> {
    let Some(start) = sheets::sheet(book, START) else { return Vec::new() };
    let beside = |label: &'static str| {
        let (_, value) = start.beside(label)??;
        let cell = match value {
            Value::Date(date) => Cell::InputDate(Some(*date)),
            Value::Number(number) => Cell::InputNumber(*number),
            value if sheets::is_legible(value) => Cell::Input(value.text()),
            _ => return None,
        };
        Some((label, cell))
    };
    START_FIELDS.into_iter().filter_map(|(label, _)| beside(label)).collect()
}

/// What an earlier renewal listed in the file.
fn listed(book: &Book) -> Vec<ListedText> {
    let Some(found) = sheets::sheet(book, EARLIER) else { return Vec::new() };
    let Some(table) = sheets::table(found, &EARLIER_COLUMNS) else { return Vec::new() };
    let listed = |(_, cells): (u32, Vec<(u32, &Value)>)| {
        let text = |header: &str| {
            let cell = cells.iter().find(|(at, value)| table.header(*at) == Some(header) && sheets::is_legible(value));
            cell.map_or(String::new(), |(_, value)| value.text())
        };
        ListedText { texts: EARLIER_COLUMNS.each_ref().map(|column| text(column.header)) }
    };
    let below = found.rows().into_iter().filter(|(row, _)| *row > table.header_row);
    below.map(listed).filter(|listed| *listed != ListedText::default()).collect()
}

/// Every text on a sheet that is in no cell of ours: in columns and sheets that somebody added, in notes, links and boxes. A text beside a
/// row is listed with the row's Ref and agency.
fn own_texts(sheet: &Sheet) -> Vec<ListedText> {
    let table = columns_of(sheet).and_then(|columns| sheets::table(sheet, columns));
    let beside = |at: Option<At>, header: &str| {
        let (row, _) = at.zip(table.as_ref()).filter(|((row, _), table)| *row > table.header_row)?;
        let (_, column) = table.as_ref()?.columns.iter().find(|(known, _)| *known == header)?;
        sheet.value(row.0, *column).filter(|value| sheets::is_legible(value)).map(Value::text)
    };
    let listed = |at: Option<At>, text: String| {
        let [reference, agency] = [REF, AGENCY].map(|header| beside(at, header).unwrap_or_default());
        ListedText { texts: [own_text(at), sheet.name.clone(), reference, agency, text, String::new()] }
    };
    let is_own = cells_of_ours(sheet);
    let cells =
        sheet.cells.iter().filter(|(at, value)| !value.is_blank() && sheets::is_legible(value) && !is_own(**at));
    let cells = cells.map(|(at, value)| (Some(*at), value.text()));
    let over = |written: &Written| Some(written.text().to_string()).filter(|text| !text.trim().is_empty());
    let notes = sheet.extras.notes.iter().filter_map(|(at, note)| Some((Some(*at), over(note)?)));
    let links = sheet.extras.links.iter().filter_map(|(at, link)| Some((Some(*at), over(link)?)));
    let boxes = sheet.extras.boxes.iter().filter_map(|text| Some((None, over(text)?)));
    cells.chain(notes).chain(links).chain(boxes).map(|(at, text)| listed(at, text)).collect()
}

/// The columns of a sheet's table; `None` where the sheet has none of ours.
fn columns_of(sheet: &Sheet) -> Option<&'static [ChoicesColumn]> {
    let known = ChoicesSheet::ALL.into_iter().find(|known| fold(known.name()) == fold(&sheet.name));
    let listed = (fold(&sheet.name) == fold(EARLIER)).then_some(&EARLIER_COLUMNS[..]);
    known.map(ChoicesSheet::columns).or(listed)
}

/// Whether a cell of a sheet is one that jtai writes, or the officer fills in.
fn cells_of_ours(sheet: &Sheet) -> Box<dyn Fn(At) -> bool> {
    if fold(&sheet.name) == fold(PRINTS) {
        return Box::new(|_| true);
    }
    if fold(&sheet.name) == fold(START) {
        return cells_of_start(sheet);
    }
    let table = columns_of(sheet).and_then(|columns| sheets::table(sheet, columns));
    let Some(table) = table else { return Box::new(|_| false) };
    // Above the headers, only the first cells of the first two rows are ours: the title and the marking.
    Box::new(move |(row, column)| match row {
        row if row < table.header_row => column == 0 && row < 2,
        _ => table.header(column).is_some(),
    })
}

/// The same of the first sheet: title, marking, notes, the labels with what is beside them.
fn cells_of_start(sheet: &Sheet) -> Box<dyn Fn(At) -> bool> {
    let mut ours: Vec<At> = vec![(0, 0), (1, 0)];
    for (at, value) in sheet.cells.iter().filter(|((_, column), _)| *column == 0) {
        let text = value.text();
        let is_note = text.strip_prefix("Note ").is_some_and(|number| number.parse::<usize>().is_ok());
        let is_field = START_FIELDS.iter().any(|(label, _)| fold(label) == fold(&text));
        if is_note {
            ours.extend([*at, (at.0, 1)]);
        }
        if is_field {
            ours.push(*at);
        }
    }
    ours.extend(START_FIELDS.into_iter().filter_map(|(label, _)| Some(sheet.beside(label)??.0)));
    Box::new(move |at| ours.contains(&at))
}

/// Why not all of a file can be carried over: a workbook written anew cannot have these.
fn obstacles(book: &Book) -> Vec<String> {
    let mut obstacles = Vec::new();
    if !book.held.is_empty() {
        obstacles.push("what may identify a child is held back".to_string());
    }
    let is_illegible = |value: &Value| matches!(value, Value::Error(_) | Value::Unreadable(_));
    for sheet in &book.sheets {
        if let Some((at, _)) = sheet.cells.iter().find(|(_, value)| is_illegible(value)) {
            let cell = cell_name(at.0, at.1);
            obstacles.push(format!("sheet {}, cell {cell} cannot be read", sheet.name));
        }
        if sheet.extras.pictures > 0 {
            obstacles.push(format!("sheet {} has {}", sheet.name, words::count(sheet.extras.pictures, "picture")));
        }
    }
    obstacles
}

impl EarlierChoices {
    /// Adds to the list what is not on it yet. A text outside the white cells is found at every renewal, and must be listed once.
    fn list(&mut self, more: Vec<ListedText>) {
        for listed in more {
            // The first text names a cell and the last one a day, so a text that moved would look new by them.
            if !self.listed.iter().any(|known| known.texts[1..5] == listed.texts[1..5]) {
                self.listed.push(listed);
            }
        }
    }

    /// The day on which the file was made; `None` in files of an earlier version.
    pub fn made_on(&self) -> Option<Date> {
        self.made_on
    }

    /// The rows that it offered, by their keys.
    pub(super) fn offered_by_key(&self) -> HashMap<&str, &RowPrint> {
        self.offered.iter().map(|print| (print.key.as_str(), print)).collect()
    }

    /// The marks of rows as jtai wrote them, by key and contents.
    pub(super) fn marks(&self) -> HashMap<(String, String), String> {
        let rows = self.rows.iter().filter(|row| row.is_as_written);
        rows.map(|row| ((row.print.key.clone(), row.print.contents.clone()), row.text(SINCE))).collect()
    }

    /// Everything that the officer wrote, with its white space made alike.
    pub(super) fn texts(&self) -> Vec<String> {
        let rows = self.rows.iter().flat_map(EarlierRow::filled_in);
        let approval = self.approval.iter().map(|(_, cell)| cell.shown());
        let listed = self.listed.iter().map(|listed| listed.had_written().to_string());
        let all = rows.chain(approval).chain(listed).map(|text| plain(&text));
        all.filter(|text| !text.is_empty()).collect()
    }
}
