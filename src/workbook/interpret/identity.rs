//! Tells which agency a workbook is from: by an officer's decision, or else by the signs in the workbook, or else by the name of the file.

use super::file_findings::{FileFindings, start_subject, start_value};
use super::index::Expected;
use crate::core::finding::{Code, Remedy, Subject};
use crate::core::quoting::quote;
use crate::core::words;
use crate::form::StartField;
use crate::round::Agency;
use crate::workbook::contract::{CodeReading, FORMAT, Format, METADATA_SHEET, MetadataKey, read_return_code};
use crate::workbook::file::book::Book;

/// The agency that a workbook is from; `None`, with a finding, when it belongs to a different round or nothing tells whose it is.
pub(super) fn agency<'r>(book: &Book, expected: Expected<'r>, notes: &mut FileFindings) -> Option<&'r Agency> {
    let round = expected.round;
    let entry = round.returns.iter().find(|entry| entry.file == notes.file).and_then(|entry| entry.agency.as_ref());
    // The record decides before round.toml does.
    if let Some(settled) = expected.owner.or(entry).and_then(|id| round.agency(id)) {
        return Some(settled);
    }
    // An officer's decision above skips these checks: somebody has looked at the file.
    if is_newer(book, notes) || is_of_another_round(book, expected, notes) {
        return None;
    }
    let signs = signs(book, expected, notes);
    let by_name = expected.index.in_name(&notes.file, expected.round);
    match (signs.first(), by_name) {
        (Some((_, agency)), by_name) => {
            report_disagreement(agency, &signs, by_name, notes);
            report_other_name(book, agency, expected, notes);
            Some(agency)
        }
        (None, Some(agency)) => {
            let found = format!("nothing in this workbook says whose it is; its file name points to {}", agency.name);
            let remedy = Remedy::typed(
                format!("if it is not from {}, say whose it is with `jtai settle` and --from", agency.name),
                format!("if it is not from {}, say whose it is", agency.name),
            );
            notes.add(Code::AgencyFromName, notes.file(), Subject::default(), found, "", remedy);
            Some(agency)
        }
        (None, None) => {
            let found = "nothing says which agency this workbook is from".to_string();
            let remedy = Remedy::typed(
                "say whose it is with `jtai settle` and --from, or leave it out with --set-aside",
                "say whose it is, or leave it out",
            );
            let expected = "a return code, or an agency's id in the file's name";
            notes.add(Code::AgencyUnknown, notes.file(), Subject::default(), found, expected, remedy);
            None
        }
    }
}

/// A piece of identity, from the metadata sheet and from the custom properties.
fn metadata(book: &Book, key: MetadataKey) -> [Option<String>; 2] {
    let sheet = book.sheets.iter().find(|sheet| sheet.name == METADATA_SHEET);
    let row = sheet.and_then(|sheet| sheet.rows().into_iter().find(|(_, cells)| cells[0].1.text() == key.name()));
    let in_sheet = row.and_then(|(_, cells)| cells.get(1).map(|(_, value)| value.text()));
    [in_sheet, book.properties.get(key.name()).cloned()]
}

/// The return code that the workbook was issued under; `None` where its metadata has none.
pub fn return_code(book: &Book) -> Option<String> {
    metadata(book, MetadataKey::ReturnCode).into_iter().flatten().next()
}

/// Whether the workbook went out with questions on an earlier return.
pub(super) fn asks_questions(book: &Book) -> bool {
    metadata(book, MetadataKey::Questions).into_iter().flatten().next().is_some()
}

/// The version of the contract that the workbook was issued in; `None` where its metadata is lost.
pub(super) fn version(book: &Book) -> Option<Format> {
    metadata(book, MetadataKey::Format).into_iter().flatten().find_map(|text| Format::parse(&text))
}

/// Whether the workbook has a version of the contract that this program cannot read. A newer minor version only adds, so it is read, with a
/// finding.
fn is_newer(book: &Book, notes: &mut FileFindings) -> bool {
    let Some(newer) = version(book).filter(|format| *format > FORMAT) else { return false };
    let is_refused = newer.major > FORMAT.major;
    let code = if is_refused { Code::FormatUnknown } else { Code::FormatNewer };
    let found = format!("this workbook was issued by a newer jtai, in version {newer} of the format");
    let remedy = "use that newer jtai".to_string();
    let subject = Subject { written: newer.to_string(), ..Subject::default() };
    notes.add(code, notes.file(), subject, found, &format!("version {FORMAT} or older"), remedy);
    is_refused
}

/// Whether anything in the workbook says that it belongs to a different round: its metadata, the round on its first sheet, or a good return
/// code that this round does not have. One sign is enough, because the same agencies are in many rounds.
fn is_of_another_round(book: &Book, expected: Expected<'_>, notes: &mut FileFindings) -> bool {
    let Expected { round, index, .. } = expected;
    let ours = round.id();
    let mut said: Vec<String> = metadata(book, MetadataKey::Round).into_iter().flatten().collect();
    said.extend(start_value(book, StartField::Round).map(|(_, value)| value.text().trim().to_string()));
    let other = said.into_iter().find(|id| id != ours.as_str());
    let code = start_value(book, StartField::ReturnCode).map(|(_, value)| read_return_code(&value.text()));
    let foreign = match code {
        Some(CodeReading::Good(code)) if index.by_code(&code, round).is_none() => Some(code),
        _ => None,
    };
    let (found, written) = match (other, foreign) {
        (Some(other), _) => (format!("this workbook belongs to a different round, {}", quote(&other)), other),
        (None, Some(code)) => (format!("the return code {code} is not one of this round's"), code),
        (None, None) => return false,
    };
    let remedy = "ask for the workbook of this round, or move the file to the round it belongs to".to_string();
    let subject = Subject { written, ..Subject::default() };
    notes.add(Code::RoundOther, notes.file(), subject, found, &format!("round {ours}"), remedy);
    true
}

/// Every sign in the workbook that names an agency of the round, the surest first. The hidden sheet comes before what people can type over.
fn signs<'r>(book: &Book, expected: Expected<'r>, notes: &mut FileFindings) -> Vec<(&'static str, &'r Agency)> {
    let Expected { round, index, .. } = expected;
    let mut signs = Vec::new();
    let [in_sheet, in_properties] = metadata(book, MetadataKey::Agency);
    for (sign, id) in [("the hidden sheet", in_sheet), ("the document properties", in_properties)] {
        if let Some(agency) = id.and_then(|id| index.by_id(&id, round)) {
            signs.push((sign, agency));
        }
    }
    if let Some((cell, value)) = start_value(book, StartField::ReturnCode) {
        match read_return_code(&value.text()) {
            CodeReading::Good(code) => {
                signs.extend(index.by_code(&code, round).map(|agency| ("the return code", agency)));
            }
            CodeReading::Mistyped => {
                let found = format!("{} is a return code with a typing mistake", quote(&value.text()));
                let subject = start_subject(StartField::ReturnCode, cell, value);
                let remedy = "check which agency sent this file".to_string();
                notes.add_here(Code::IdentityDisagrees, subject, found, "the code as issued", remedy);
            }
            CodeReading::None => {}
        }
    }
    if let Some((_, value)) = start_value(book, StartField::Agency) {
        // Last, because it is a cell that people can type over, and names are corrected during a round.
        let by_words = index.by_name(&value.text(), round);
        signs.extend(by_words.map(|agency| ("the name on the first sheet", agency)));
    }
    signs
}

fn report_disagreement(agency: &Agency, signs: &[(&str, &Agency)], by_name: Option<&Agency>, notes: &mut FileFindings) {
    let named = by_name.map(|agency| ("the file's name", agency));
    let disagree: Vec<(&str, &Agency)> =
        signs.iter().copied().chain(named).filter(|(_, other)| other.id != agency.id).collect();
    let others: Vec<String> = disagree.iter().map(|(sign, other)| format!("{sign} says {}", other.name)).collect();
    if !others.is_empty() {
        let found = format!("this workbook was issued to {}, but {}", agency.name, words::list(&others));
        let remedy = Remedy::typed(
            "check who sent it; say whose it is with `jtai settle` and --from",
            "check who sent it, and say whose it is",
        );
        let claimed_by = disagree.iter().map(|(_, other)| other.id.clone()).collect();
        let subject = Subject { written: words::list(&others), claimed_by, ..Subject::default() };
        notes.add(Code::IdentityDisagrees, notes.file(), subject, found, "one agency", remedy);
    }
}

/// Reports a name on the first sheet that no agency of the round has: the workbook may have been passed on to somebody else.
fn report_other_name(book: &Book, agency: &Agency, expected: Expected<'_>, notes: &mut FileFindings) {
    let Some((cell, value)) = start_value(book, StartField::Agency) else { return };
    let written = value.text();
    if expected.index.by_name(&written, expected.round).is_some() {
        return;
    }
    let found = format!("this workbook was issued to {}, but its first sheet names {}", agency.name, quote(&written));
    let remedy = Remedy::typed(
        "check whose answers these are; say so with `jtai settle` and --from, or --accept",
        "check whose answers these are, and say so",
    );
    let subject = start_subject(StartField::Agency, cell, value);
    notes.add_here(Code::IdentityDisagrees, subject, found, &agency.name, remedy);
}
