//! Lays out the rows of a renewed file: what there is to choose from now, with what the officer had written beside each.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::contract::{
    AGENCY, AGREED_BY, AGREED_ON, BY_RULE, ChoicesColumn, ChoicesSheet, ORDER, OWN_DATE, OWN_LEAD, OWN_LINE, OWN_WORDS,
    SINCE, WHOLE, WORDING,
};
use super::earlier::{EarlierChoices, EarlierRow, ListedText};
use super::entry::ActionTerms;
use super::offers::{self, ChoicesSource, Offer, RowPrint, offers, plain, shown};
use crate::core::words;
use crate::workbook::write::Cell;

/// A row as it is written.
#[derive(Debug)]
pub(super) struct LaidRow {
    /// Its cells under the headers of its sheet.
    pub cells: Vec<Cell>,
    /// Its hash; `None` where the officer writes the whole row.
    pub print: Option<RowPrint>,
    /// Whether it stays only for what the officer wrote in it.
    pub is_kept: bool,
}

/// How many empty rows a sheet has for rows that the officer writes whole.
fn empty_rows(sheet: ChoicesSheet) -> usize {
    match sheet {
        ChoicesSheet::Context => 20,
        ChoicesSheet::Figures => 4,
        ChoicesSheet::Children => 10,
        ChoicesSheet::Added => 8,
        ChoicesSheet::Actions => 6,
        ChoicesSheet::Strengths | ChoicesSheet::Worries | ChoicesSheet::Differences | ChoicesSheet::Slides => 0,
    }
}

/// The fewest empty rows under those that are filled in.
const FEWEST_EMPTY: usize = 5;

/// The rows of a sheet.
pub(super) fn rows(sheet: ChoicesSheet, source: ChoicesSource<'_>, earlier: Option<&EarlierChoices>) -> Vec<LaidRow> {
    let (own, filled): (Vec<_>, Vec<_>) = filled_in(sheet, earlier).into_iter().partition(|row| row.is_own());
    let offered = offered_rows(sheet, source, earlier, &filled);
    offered.into_iter().chain(own_rows(sheet, &own)).collect()
}

fn filled_in(sheet: ChoicesSheet, earlier: Option<&EarlierChoices>) -> Vec<&EarlierRow> {
    let rows = earlier.into_iter().flat_map(|earlier| &earlier.rows);
    rows.filter(|row| row.sheet == sheet && row.is_filled_in()).collect()
}

/// The rows that the officer writes whole, in their order, with empty ones under them.
fn own_rows(sheet: ChoicesSheet, filled: &[&EarlierRow]) -> Vec<LaidRow> {
    let empty_rows = empty_rows(sheet);
    let empty = empty_rows.saturating_sub(filled.len()).max(FEWEST_EMPTY.min(empty_rows));
    let cell = |column: &ChoicesColumn| if column.is_input { offers::empty(column) } else { Cell::from("") };
    let empty = vec![sheet.columns().iter().map(cell).collect::<Vec<Cell>>(); empty];
    let rows = filled.iter().map(|row| kept_cells(row)).chain(empty);
    rows.map(|cells| LaidRow { cells, print: None, is_kept: false }).collect()
}

/// The rows to choose from, in their order. If an agency changed words that the officer had chosen, the row with the old words stays above
/// the row with the new ones: a choice must never move to words that nobody has looked at. A filled row whose words are gone stays at the
/// end.
fn offered_rows(
    sheet: ChoicesSheet,
    source: ChoicesSource<'_>,
    earlier: Option<&EarlierChoices>,
    filled: &[&EarlierRow],
) -> Vec<LaidRow> {
    let marks = earlier.map(|earlier| Marks::new(earlier, source.made_on));
    let mut rows = Vec::new();
    let mut placed: HashSet<usize> = HashSet::new();
    for offer in offers(sheet, source) {
        let of_key = filled.iter().copied().enumerate().filter(|(_, row)| row.print.key == offer.print.key);
        let (fitting, changed): (Vec<_>, Vec<_>) = of_key.partition(|(_, row)| {
            has_same_words(row, &offer) && has_same_line(row, &offer) && has_same_terms(row, &offer)
        });
        placed.extend(fitting.iter().chain(&changed).map(|(at, _)| *at));
        rows.extend(changed.iter().map(|(_, row)| kept(row, no_longer_as(row, &offer))));
        let mark = marks.as_ref().map_or("", |marks| marks.of_row(&offer.print));
        rows.push(laid(sheet, &offer, fitting.first().map(|(_, row)| *row), mark));
        // Two rows chose the same answer. Reading asks about that, so both stay until the officer has decided.
        rows.extend(fitting.iter().skip(1).map(|(_, row)| kept(row, &row.text(SINCE))));
    }
    let rest = filled.iter().enumerate().filter(|(at, _)| !placed.contains(at));
    rows.extend(rest.map(|(_, row)| kept(row, no_longer(sheet))));
    rows
}

/// Whether a filled row is about the words that are offered now. Only agencies' words are compared: a statement or a slide is chosen
/// whatever it says.
fn has_same_words(row: &EarlierRow, offer: &Offer) -> bool {
    let words = plain(&row.text(OWN_WORDS));
    !row.sheet.key().contains(&AGENCY) || words.is_empty() || words == plain(&shown(row.sheet, &offer.cells, OWN_WORDS))
}

/// Whether the agency's own line is as it was, if that is what the officer chose. In a file of a form without lines nobody chose one.
fn has_same_line(row: &EarlierRow, offer: &Offer) -> bool {
    let is_filled_in = |header| !row.text(header).trim().is_empty();
    let is_chosen = is_filled_in(ORDER) && !is_filled_in(WORDING) && !is_filled_in(WHOLE);
    !is_chosen || !row.has_lines || plain(&row.text(OWN_LINE)) == plain(&shown(row.sheet, &offer.cells, OWN_LINE))
}

/// Whether the lead and the date are as they were, if the partnership agreed the action: they were agreed together with the words.
fn has_same_terms(row: &EarlierRow, offer: &Offer) -> bool {
    let is_agreed = [AGREED_BY, AGREED_ON].iter().any(|header| !row.text(header).trim().is_empty());
    let now = |header| shown(row.sheet, &offer.cells, header);
    let before = ActionTerms { lead: row.text(OWN_LEAD), date: row.text(OWN_DATE) };
    !is_agreed || before.changes(&ActionTerms { lead: now(OWN_LEAD), date: now(OWN_DATE) }).is_empty()
}

/// A row to choose from, with what was filled in and its mark.
fn laid(sheet: ChoicesSheet, offer: &Offer, filled: Option<&EarlierRow>, mark: &str) -> LaidRow {
    let cell = |(column, cell): (&ChoicesColumn, &Cell)| match filled {
        Some(row) if column.is_input => row.cell(column),
        None if column.is_input => offers::empty(column),
        _ if column.header == SINCE => Cell::from(mark),
        _ => cell.clone(),
    };
    let cells = sheet.columns().iter().zip(&offer.cells).map(cell).collect();
    LaidRow { cells, print: Some(offer.print.clone()), is_kept: false }
}

/// The mark of a row that stays for what was written in it: no agency says this now, or it is not offered.
fn no_longer(sheet: ChoicesSheet) -> &'static str {
    if sheet.key().contains(&AGENCY) { "no longer in the returns" } else { "no longer offered" }
}

/// The mark of such a row whose answer is still offered, with different words, a different line or different terms.
fn no_longer_as(row: &EarlierRow, offer: &Offer) -> &'static str {
    match (has_same_words(row, offer), has_same_line(row, offer)) {
        (false, _) => no_longer(row.sheet),
        (true, false) => "no longer its own line",
        (true, true) => "no longer as it was agreed",
    }
}

/// A row that stays as it was because the officer wrote in it.
fn kept(row: &EarlierRow, mark: &str) -> LaidRow {
    let mut cells = kept_cells(row);
    for (column, cell) in row.sheet.columns().iter().zip(&mut cells) {
        match column.header {
            SINCE => *cell = Cell::from(mark),
            // The rule picks only among what the agencies say now.
            BY_RULE => *cell = Cell::from(""),
            _ => {}
        }
    }
    LaidRow { cells, print: Some(row.print.clone()), is_kept: true }
}

fn kept_cells(row: &EarlierRow) -> Vec<Cell> {
    row.sheet.columns().iter().map(|column| row.cell(column)).collect()
}

/// The marks of rows: new, changed, or the mark that a row already had.
struct Marks<'e> {
    offered: HashMap<&'e str, &'e RowPrint>,
    before: HashMap<(String, String), String>,
    /// The version of the earlier file's form.
    form: u32,
    /// The mark of a new row, then that of a changed one.
    now: [String; 2],
}

impl<'e> Marks<'e> {
    fn new(earlier: &'e EarlierChoices, today: Date) -> Marks<'e> {
        let now = ["new", "changed"].map(|what| since(what, earlier, today));
        Marks { offered: earlier.offered_by_key(), before: earlier.marks(), form: earlier.form, now }
    }

    fn of_row(&self, print: &RowPrint) -> &str {
        let [new, changed] = &self.now;
        match self.offered.get(print.key.as_str()) {
            // On a sheet that came with a newer form, every row is new, so a mark would say nothing.
            None if !print.sheet.is_needed(self.form) => "",
            None => new,
            Some(before) if before.contents != print.contents => changed,
            Some(_) => self.before.get(&(print.key.clone(), print.contents.clone())).map_or("", String::as_str),
        }
    }
}

/// "new since 9 December"; with the year where it is not this one.
fn since(what: &str, earlier: &EarlierChoices, today: Date) -> String {
    match earlier.made_on {
        Some(day) => format!("{what} since {}", short_day(day, today)),
        None => what.to_string(),
    }
}

/// "9 December"; with the year where it is not this one.
pub(super) fn short_day(day: Date, today: Date) -> String {
    let form = if day.year() == today.year() { "%-d %B" } else { "%-d %B %Y" };
    day.strftime(form).to_string()
}

/// The list of what has no place on the other sheets: what was listed before, then the rows that are gone, with what the officer had
/// written in each. An agency's words are not repeated there: it may have had a reason to take them back.
pub(super) fn listed(source: ChoicesSource<'_>, earlier: &EarlierChoices) -> Vec<ListedText> {
    let now: HashSet<String> =
        ChoicesSheet::ALL.into_iter().flat_map(|sheet| offers(sheet, source)).map(|offer| offer.print.key).collect();
    let day = earlier.made_on.map_or(String::new(), |day| short_day(day, source.made_on));
    let gone = earlier.offered.iter().filter(|print| !now.contains(&print.key));
    let listed = |print: &RowPrint| {
        let row = earlier.rows.iter().find(|row| row.print.key == print.key)?;
        let what = words::capitalised(no_longer(row.sheet));
        Some(row.listed(&what, row.filled_in().collect::<Vec<_>>().join("; "), day.clone()))
    };
    earlier.listed.iter().cloned().chain(gone.filter_map(listed)).collect()
}
