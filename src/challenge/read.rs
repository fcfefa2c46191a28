//! Reads what the rows of a challenge workbook say, with findings for everything that cannot be read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::contract::{CHALLENGE_COLUMNS, ChallengeField, ROUND, SHEET};
use super::rows::SheetRow;
use super::sheet::{self, ChallengeColumnsFound, WrittenRow, columns, print, written};
use crate::core::fields::nearest;
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy;
use crate::core::quoting::quote;
use crate::core::words;
use crate::record::{MeetingDecision, MeetingNotes};
use crate::response::SelfRating;
use crate::round::{Agency, Round};
use crate::theme::Theme;
use crate::workbook::contract::{self, fold};
use crate::workbook::file::book::{Book, Sheet, Value};

/// Which answer a row is about.
pub type RowKey = (AgencyId, CriterionId);

/// What a row says.
#[derive(Debug, Clone, PartialEq)]
pub enum RowSays {
    /// Nothing: nobody has looked at the answer.
    Nothing,
    /// A decision, or notes, or both.
    Filled(Option<MeetingDecision>, Box<MeetingNotes>),
    /// Something that cannot count as it is, for which there is a finding. What is on record stays.
    Faulty,
}

/// A row of a challenge workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct ChallengeRow {
    /// The place of its first cell.
    pub place: Place,
    /// The self-rating when the workbook was written, by its key.
    pub challenged: String,
    /// What it says.
    pub says: RowSays,
}

/// A challenge workbook as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadWorkbook {
    /// Its rows, by what they are about.
    pub rows: BTreeMap<RowKey, ChallengeRow>,
    /// The rows that it was written with, each with its self-rating at that time.
    pub written: Vec<(RowKey, String)>,
    /// Whether nothing was filled in and no given cell was changed. Only such a workbook may be written again.
    pub is_untouched: bool,
}

/// Reads the workbook with this file name. `days` are the first day on which a meeting can have been, and today. The output is `None` for a
/// file that is not a challenge workbook of this round.
pub fn read(book: &Book, file: &str, theme: &Theme, round: &Round, days: [Date; 2]) -> Checked<Option<ReadWorkbook>> {
    let refuse = |finding: Finding| Checked { output: None, findings: vec![finding.naming(file)] };
    // A file without the property is read too: a program that saved it may have dropped the property.
    if book.properties.get(ROUND).is_some_and(|id| id.as_str() != round.id().as_str()) {
        let found = "this workbook belongs to a different round, so it was not read";
        let remedy = "move it to the folder challenge/ of that round";
        return refuse(Finding::new(Code::RoundOther, Place::file(file), found, "", remedy));
    }
    let of_file = sheet::sheet(book, SHEET).and_then(|sheet| Some((sheet, columns(sheet)?)));
    let Some((sheet, found)) = of_file else {
        let found = format!("this workbook has no sheet {} with its row of headers, so it was not read", quote(SHEET));
        let remedy = "put the sheet back as it was written, or move the file out of challenge/";
        return refuse(Finding::new(Code::ChallengeUnread, Place::file(file), found, "", remedy));
    };
    let written = written(book);
    let by_names = written.iter().map(|row| ((fold(row.criterion.as_str()), fold(&row.name)), row)).collect();
    let reader = RowReader { file, round, theme, found: &found, by_names, days };
    let mut findings = reader.columns_gone();
    let mut rows: BTreeMap<RowKey, ChallengeRow> = BTreeMap::new();
    let below = sheet.rows().into_iter().map(|(row, _)| row).filter(|row| *row > found.header_row);
    let mut is_untouched = true;
    for row in below {
        let mut row = SheetRow { file, sheet, found: &found, held: &book.held, row, about: None };
        let Some((key, read)) = reader.row(&mut row, &mut findings) else {
            is_untouched &= !row.is_filled();
            continue;
        };
        is_untouched &= read.says == RowSays::Nothing;
        if let Some(before) = rows.get_mut(&key) {
            merge(before, read, &row, &mut findings);
        } else {
            rows.insert(key, read);
        }
    }
    // A deleted row is a change too, although the rows that are left are as they were.
    is_untouched &= findings.is_empty() && rows.len() == written.len() && is_as_written(sheet, &found, &written);
    let written = written.into_iter().map(|row| ((row.agency, row.criterion), row.challenged)).collect();
    Checked { output: Some(ReadWorkbook { rows, written, is_untouched }), findings }
}

/// Whether every given cell is as it was written, with no notes on cells and no text beside the table.
fn is_as_written(sheet: &Sheet, found: &ChallengeColumnsFound, written: &[WrittenRow]) -> bool {
    let prints: BTreeSet<&str> = written.iter().map(|row| row.print.as_str()).collect();
    let given = CHALLENGE_COLUMNS.iter().map(|column| column.field).filter(|field| !field.is_input());
    let text = |row: u32, field| {
        let value = found.at(field).and_then(|column| sheet.value(row, column));
        value.map_or(String::new(), Value::text)
    };
    let rows = sheet.rows();
    let mut below = rows.iter().filter(|(row, _)| *row > found.header_row);
    let is_ours = |column: &u32| found.columns.iter().any(|(_, at)| at == column);
    sheet.extras.notes.is_empty()
        && below.all(|(row, cells)| {
            let print = print(given.clone().map(|field| text(*row, field)));
            prints.contains(print.as_str()) && cells.iter().all(|(column, _)| is_ours(column))
        })
}

/// Merges a second row about the same answer into the first. An empty row says nothing. If two filled rows differ, neither counts, because
/// nothing tells which one is right.
fn merge(before: &mut ChallengeRow, read: ChallengeRow, row: &SheetRow<'_>, findings: &mut Vec<Finding>) {
    if read.says == RowSays::Nothing || read.says == before.says {
        return;
    }
    if before.says == RowSays::Nothing {
        *before = read;
        return;
    }
    let found = format!("this answer has two rows that differ: this one and the one at {}", before.place.cell_name());
    let remedy = "delete the one that is wrong; until then neither counts, and what is on record stays";
    findings.push(row.fault(Code::ChallengeContradicts, ChallengeField::Ref, found, "one row an answer", remedy));
    before.says = RowSays::Faulty;
}

struct RowReader<'a> {
    file: &'a str,
    round: &'a Round,
    theme: &'a Theme,
    found: &'a ChallengeColumnsFound,
    /// The rows as jtai wrote them, by statement and agency name, both folded.
    by_names: HashMap<(String, String), &'a WrittenRow>,
    days: [Date; 2],
}

impl RowReader<'_> {
    /// The columns to fill in that are gone.
    fn columns_gone(&self) -> Vec<Finding> {
        let gone = CHALLENGE_COLUMNS
            .iter()
            .filter(|column| column.field.is_input() || column.field == ChallengeField::SelfRating);
        let gone = gone.filter(|column| self.found.at(column.field).is_none());
        gone.map(|column| {
            let found = format!("the column {} is gone, so nothing in it was read", quote(column.header));
            let place = Place::sheet(self.file, SHEET);
            let finding = Finding::new(Code::ChallengeUnread, place, found, "the columns as written", "put it back");
            finding.naming(format!("{} {}", self.file, column.header))
        })
        .collect()
    }

    /// One row; `None` where it is about no answer that the round asks for.
    fn row(&self, row: &mut SheetRow<'_>, findings: &mut Vec<Finding>) -> Option<(RowKey, ChallengeRow)> {
        let (reference, agency) = (row.text(ChallengeField::Ref), row.text(ChallengeField::Agency));
        let as_written = self.by_names.get(&(fold(&reference), fold(&agency))).copied();
        let Some(key) = self.key(&reference, &agency, as_written) else {
            findings.extend(row.is_filled().then(|| self.unknown(row, &reference, &agency)));
            return None;
        };
        row.about = Some(key.clone());
        let shown = row.text(ChallengeField::SelfRating);
        let challenged = as_written.map_or_else(|| challenged_key(&shown), |written| written.challenged.clone());
        if !shown.is_empty()
            && challenged_key(&shown) != challenged
            && row.found.at(ChallengeField::SelfRating).is_some()
        {
            findings.push(self.edited(row, &shown, &challenged));
        }
        let says = match row.filled(&challenged, self.days, findings) {
            Ok(None) => RowSays::Nothing,
            Ok(Some((None, notes))) if notes.is_empty() => RowSays::Nothing,
            Ok(Some((decision, notes))) => RowSays::Filled(decision, Box::new(notes)),
            Err(_) => RowSays::Faulty,
        };
        Some((key, ChallengeRow { place: row.place(ChallengeField::Ref), challenged, says }))
    }

    /// The answer that a row is about: as jtai wrote the row, or else by the names that somebody typed. The first also finds an agency that
    /// has a new name since.
    fn key(&self, reference: &str, agency: &str, as_written: Option<&WrittenRow>) -> Option<RowKey> {
        let is_it = |one: &&Agency| fold(&one.name) == fold(agency) || fold(one.id.as_str()) == fold(agency);
        let named = || self.round.agencies.iter().find(is_it);
        let agency = as_written.and_then(|row| self.round.agency(&row.agency)).or_else(named)?;
        let statements = self.round.statements(self.theme, agency);
        let (_, criterion) = statements.iter().find(|(_, asked)| fold(asked.id.as_str()) == fold(reference))?;
        Some((agency.id.clone(), criterion.id.clone()))
    }

    /// A finding about a filled row for an answer that the round does not ask for.
    fn unknown(&self, row: &SheetRow<'_>, reference: &str, agency: &str) -> Finding {
        // These columns are not searched for signs of a child when the file is read, so text that somebody typed into them must not be
        // quoted unseen.
        let shown =
            |text: &str| if privacy::sign(text).is_some() { "what is written there".into() } else { quote(text) };
        let names: Vec<&str> = self.round.agencies.iter().map(|agency| agency.name.as_str()).collect();
        let is_agency = names.iter().any(|name| fold(name) == fold(agency))
            || self.round.agencies.iter().any(|one| fold(one.id.as_str()) == fold(agency));
        let (field, found, near) = if is_agency {
            let found = format!("{} is not a statement that this agency was asked", shown(reference));
            (ChallengeField::Ref, found, None)
        } else {
            (
                ChallengeField::Agency,
                format!("{} is not an agency of this round", shown(agency)),
                nearest(agency, &names),
            )
        };
        let remedy = match near {
            Some(near) => format!("did you mean {near}? Until you correct it, the row does not count"),
            None => "correct it; until then the row does not count".to_string(),
        };
        row.fault(
            Code::ChallengeUnknown,
            field,
            found,
            "a statement and an agency as in the workbook that was written",
            &remedy,
        )
    }

    /// A finding where somebody changed the self-rating in a row.
    fn edited(&self, row: &SheetRow<'_>, shown: &str, challenged: &str) -> Finding {
        let is = match contract::rating(shown) {
            SelfRating::Unreadable => "something else".to_string(),
            rating => contract::rating_word(rating).to_string(),
        };
        let was = words::capitalised(&challenged.replace('_', " "));
        let found = format!("the self-rating here says {is}, and it was {was} when this workbook was written");
        let remedy = "put it back: a self-rating is the agency's own and is not changed here. Write a different rating under Moderated rating";
        row.fault(Code::ChallengeEdited, ChallengeField::SelfRating, found, &was, remedy)
    }
}

/// The key of a self-rating as a cell shows it.
fn challenged_key(shown: &str) -> String {
    match contract::rating(shown) {
        SelfRating::Rated(rating) => rating.key(),
        SelfRating::NotApplicable => "not_applicable",
        SelfRating::Blank => "blank",
        SelfRating::Unreadable if fold(shown) == "blank" => "blank",
        SelfRating::Unreadable => "unreadable",
    }
    .to_string()
}
