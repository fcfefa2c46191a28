//! Which agency a workbook is from: by the officer's word, else by the workbook's own signs, else by the file's name.

use super::super::book::Book;
use super::super::layout::{
    CodeReading, FORMAT, Format, METADATA_SHEET, MetadataKey, StartField, read_return_code, return_code,
};
use super::{Notes, start_value};
use crate::diagnostic::{Code, quote};
use crate::round::{Agency, AgencyId, Round};
use crate::words;

/// The agency that a workbook is from; `None`, with a finding, when it is of another round or nothing tells.
pub(super) fn agency<'r>(book: &Book, round: &'r Round, notes: &mut Notes) -> Option<&'r Agency> {
    let entry = round.returns.iter().find(|entry| entry.file == notes.file).and_then(|entry| entry.agency.as_ref());
    if let Some(settled) = entry.and_then(|id| round.agency(id)) {
        return Some(settled);
    }
    check_format(book, notes);
    if is_of_another_round(book, round, notes) {
        return None;
    }
    let signs = signs(book, round, notes);
    let by_name = by_name(&notes.file, round);
    match (signs.first(), by_name) {
        (Some((_, agency)), by_name) => {
            report_disagreement(agency, &signs, by_name, notes);
            Some(agency)
        }
        (None, Some(agency)) => {
            let found = format!("nothing in this workbook says whose it is; its name points to {}", agency.name);
            let remedy = format!("if it is not from {}, add a [[return]] entry to round.toml", agency.name);
            notes.add(Code::AgencyFromName, notes.file(), found, "", remedy);
            Some(agency)
        }
        (None, None) => {
            let found = "nothing says which agency this workbook is from".to_string();
            let remedy = "add a [[return]] entry with this file and the agency's id to round.toml".to_string();
            notes.add(
                Code::AgencyUnknown,
                notes.file(),
                found,
                "a return code, or an agency's id in the file's name",
                remedy,
            );
            None
        }
    }
}

/// A piece of identity from the metadata sheet, and from the custom properties.
fn metadata(book: &Book, key: MetadataKey) -> [Option<String>; 2] {
    let sheet = book.sheets.iter().find(|sheet| sheet.name == METADATA_SHEET);
    let row = sheet.and_then(|sheet| sheet.rows().into_iter().find(|(_, cells)| cells[0].1.text() == key.name()));
    let in_sheet = row.and_then(|(_, cells)| cells.get(1).map(|(_, value)| value.text()));
    [in_sheet, book.properties.get(key.name()).cloned()]
}

fn check_format(book: &Book, notes: &mut Notes) {
    let written = metadata(book, MetadataKey::Format).into_iter().flatten().find_map(|text| Format::parse(&text));
    if let Some(newer) = written.filter(|format| *format > FORMAT) {
        let found = format!("this workbook follows version {newer} of the contract");
        let remedy = "use the newer jtai that issued it".to_string();
        notes.add(Code::FormatNewer, notes.file(), found, &format!("version {FORMAT} or older"), remedy);
    }
}

fn is_of_another_round(book: &Book, round: &Round, notes: &mut Notes) -> bool {
    let ours = round.id();
    let other = metadata(book, MetadataKey::Round).into_iter().flatten().find(|id| id != ours.as_str());
    if let Some(other) = &other {
        let found = format!("this workbook belongs to another round, {}", quote(other));
        let remedy = "ask for the workbook of this round, or move the file to the round it belongs to".to_string();
        notes.add(Code::RoundOther, notes.file(), found, &format!("round {ours}"), remedy);
    }
    other.is_some()
}

/// Every sign in the workbook that names an agency of the round, the surest first.
fn signs<'r>(book: &Book, round: &'r Round, notes: &mut Notes) -> Vec<(&'static str, &'r Agency)> {
    let mut signs = Vec::new();
    let [in_sheet, in_properties] = metadata(book, MetadataKey::Agency);
    for (sign, id) in [("the hidden sheet", in_sheet), ("the document properties", in_properties)] {
        if let Some(agency) = id.and_then(|id| round.agency(&AgencyId(id))) {
            signs.push((sign, agency));
        }
    }
    if let Some(((sheet, cell), value)) = start_value(book, StartField::ReturnCode) {
        match read_return_code(&value.text()) {
            CodeReading::Good(code) => {
                let by_code = round.agencies.iter().find(|agency| return_code(&round.id(), &agency.id) == code);
                signs.extend(by_code.map(|agency| ("the return code", agency)));
            }
            CodeReading::Mistyped => {
                let found = format!("{} is a return code with a slip in it", quote(&value.text()));
                let place = crate::diagnostic::Place::cell(&notes.file, sheet, cell);
                let remedy = "check which agency sent this file".to_string();
                notes.add(Code::IdentityDisagrees, place, found, "the code as issued", remedy);
            }
            CodeReading::None => {}
        }
    }
    signs
}

fn report_disagreement(agency: &Agency, signs: &[(&str, &Agency)], by_name: Option<&Agency>, notes: &mut Notes) {
    let named = by_name.map(|agency| ("the file's name", agency));
    let others: Vec<String> = signs
        .iter()
        .copied()
        .chain(named)
        .filter(|(_, other)| other.id != agency.id)
        .map(|(sign, other)| format!("{sign} says {}", other.name))
        .collect();
    if !others.is_empty() {
        let found = format!("this workbook was issued to {}, but {}", agency.name, words::list(&others));
        let remedy = "check who sent it; settle it with a [[return]] entry in round.toml".to_string();
        notes.add(Code::IdentityDisagrees, notes.file(), found, "one agency", remedy);
    }
}

/// The agency whose id stands in the file's name or in the name of its sub-folder; the longest id where several do.
fn by_name<'r>(file: &str, round: &'r Round) -> Option<&'r Agency> {
    let inside = file.split_once('/').map_or(file, |(_, inside)| inside);
    let name = format!("-{}-", words::slug(inside));
    let mut found: Vec<&Agency> =
        round.agencies.iter().filter(|agency| name.contains(&format!("-{}-", agency.id))).collect();
    found.sort_by_key(|agency| std::cmp::Reverse(agency.id.as_str().len()));
    match found.as_slice() {
        [] => None,
        [only] => Some(only),
        [longest, rest @ ..] => {
            rest.iter().all(|other| longest.id.as_str().contains(other.id.as_str())).then_some(*longest)
        }
    }
}
