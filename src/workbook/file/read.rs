//! Reads the cells of a workbook of any format: bytes in, a [`Book`] out. No other file uses calamine, which comments here call "the
//! reader".
//!
//! `.xlsx` is streamed cell by cell and never read as a dense range, because a file of 2 KB can claim a range of 10 GB. A cell that cannot
//! be read and a formula that was never calculated become [`Value::Unreadable`]; neither may look like an empty cell.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, SheetType, WorkbookProperties, Xls, XlsOptions, Xlsx};
use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use super::biff::{self, BiffFault, SheetKind, Walked, WalkedSheet, WalkedValue};
use super::book::{self, At, Book, Sheet, Value};
use super::limits;
use super::scan::{self, FileKind, Look, Untrusted};
use super::unmarked;
use crate::core::privacy::{self};
use crate::core::written::{HELD_BACK, Written};
use crate::workbook::contract::{COLUMNS, PRINT_SHEET, RECHECK_COLUMNS, SELF_ASSESSMENT_SHEET, is_label};

/// Why a workbook cannot be read, in words that follow "the workbook cannot be read:".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// It cannot be trusted.
    #[error("{0}")]
    Untrusted(Untrusted),
    /// It asks for a password.
    #[error("it is password protected")]
    Protected,
    /// The reader broke on it.
    #[error("the file is damaged")]
    Broken,
    /// The reader refused it. What the reader says is for us and not for an officer.
    #[error("the file is damaged or not whole")]
    Damaged,
    /// It has no sheet.
    #[error("it has no sheet")]
    NoSheet,
    /// It has more filled cells than [`limits::CELLS`].
    #[error("it has more than 5 million filled cells")]
    TooManyCells,
    /// It is an `.xls` in which no cell was found.
    #[error("no cell of this older workbook could be read")]
    NoCell,
    /// Reading it took longer than this many seconds.
    #[error("reading it takes more than {0} seconds")]
    TooSlow(u64),
    /// Reading it needs more than this many MB, or breaks the process that reads.
    #[error("reading it needs more than {0} MB of memory, or breaks the reader")]
    TooLarge(u64),
}

/// Checks a workbook and reads every sheet. Texts that may identify a child are held back, except in the cells that a named person cleared.
///
/// # Errors
///
/// When the file cannot be trusted, is damaged or has no sheet. A panic of the reader on a damaged file is one of these errors.
pub fn read(kind: FileKind, bytes: &[u8], cleared: &[(String, At)]) -> Result<Book, ReadError> {
    // The check comes first, because the reader trusts the sizes that a file claims and passes over what it does not understand.
    let look = scan::look(kind, bytes).map_err(ReadError::Untrusted)?;
    // A damaged file can still make the reader panic. That is a fault of the file, and the other returns must be read.
    let attempt = panic::catch_unwind(AssertUnwindSafe(|| match kind {
        FileKind::Xlsx => xlsx(look.inflated.as_deref().unwrap_or(bytes), &look),
        FileKind::Xls => xls(bytes),
        FileKind::Ods => ods(bytes),
    }));
    let mut book = attempt.unwrap_or(Err(ReadError::Broken))?;
    if book.sheets.is_empty() {
        return Err(ReadError::NoSheet);
    }
    // In this order: what is held back is decided on the values as they finally are.
    put_right(&mut book, look);
    book.sheets.iter_mut().for_each(|sheet| name_misfits(sheet, kind));
    hold_back(&mut book, cleared);
    Ok(book)
}

/// Replaces texts that are not an agency's words: our own marks, texts longer than any cell can have, and errors, which the reader of
/// OpenDocument gives as texts.
fn name_misfits(sheet: &mut Sheet, kind: FileKind) {
    for value in sheet.cells.values_mut() {
        let Value::Text(text) = value else { continue };
        if book::is_mark(text) {
            // It came back in a workbook with questions, or somebody pasted it. It says what jtai did and is not the agency's answer.
            *value = Value::Unreadable("a mark that jtai put there, not an answer".into());
            continue;
        }
        let length = text.chars().count();
        if length > limits::TEXT {
            // Enough to find the text in the file; the whole of it would fill a page of findings.
            let start: String = text.chars().take(60).collect();
            *value = Value::Unreadable(format!(
                "a text of {length} characters, more than a cell can hold, beginning {start:?}"
            ));
        } else if kind == FileKind::Ods && is_error(text) {
            *value = Value::Error(std::mem::take(text));
        }
    }
}

/// Whether a text is what spreadsheet programs show for an error.
fn is_error(text: &str) -> bool {
    let text = text.trim();
    let is_numbered = text.strip_prefix("Err:").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    is_numbered || matches!(text, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
}

/// Replaces every text that may identify a child: in cells, notes, links, boxes, page headers and names of sheets. Nothing after this sees
/// it.
fn hold_back(book: &mut Book, cleared: &[(String, At)]) {
    for (at, sheet) in book.sheets.iter_mut().enumerate() {
        if let Some(sign) = unmarked::sign(&sheet.name) {
            sheet.name = format!("{HELD_BACK} sheet {}", at + 1);
            book.held.push((sheet.name.clone(), None, sign));
        }
        let of_sheet = cleared.iter().filter(|(name, _)| name.eq_ignore_ascii_case(&sheet.name));
        let here: HashSet<At> = of_sheet.map(|(_, cell)| *cell).collect();
        let is_cleared = |at: &At| here.contains(at);
        book.cleared.extend(signs_on_cleared(sheet, &here));
        let signs = signs_in(&sheet.cells, &is_cleared);
        for (at, sign) in &signs {
            sheet.cells.insert(*at, Value::HeldBack);
            book.held.push((sheet.name.clone(), Some(*at), *sign));
        }
        let notes = sheet.extras.notes.iter_mut().map(|(at, note)| (Some(*at), note));
        let links = sheet.extras.links.iter_mut().map(|(at, link)| (Some(*at), link));
        let over = sheet.extras.boxes.iter_mut().chain(&mut sheet.extras.page_texts);
        let boxes = over.map(|text| (None, text));
        for (at, text) in notes.chain(links).chain(boxes).filter(|(at, _)| !at.as_ref().is_some_and(is_cleared)) {
            if let Some(sign) = unmarked::sign(text.text()) {
                *text = Written::HeldBack;
                book.held.push((sheet.name.clone(), at, sign));
            }
        }
    }
}

/// The cells of a sheet that were cleared and have such a sign, in their text or in a note. They are listed so that the decision has its
/// finding.
fn signs_on_cleared(sheet: &Sheet, cleared: &HashSet<At>) -> Vec<(String, At, privacy::Sign)> {
    if cleared.is_empty() {
        return Vec::new();
    }
    let mut signs = signs_in(&sheet.cells, &|_: &At| false);
    for (at, note) in &sheet.extras.notes {
        if let Some(sign) = privacy::sign(note.text()) {
            signs.entry(*at).or_insert(sign);
        }
    }
    signs.retain(|at, _| cleared.contains(at));
    signs.into_iter().map(|(at, sign)| (sheet.name.clone(), at, sign)).collect()
}

/// The cells that may identify a child. One may do so alone, or together with the one or two cells to its left (a label with a date of
/// birth, a number in three pieces). A name beside a cell that does so alone is held back with it.
fn signs_in(cells: &BTreeMap<At, Value>, is_cleared: &impl Fn(&At) -> bool) -> BTreeMap<At, privacy::Sign> {
    let mut signs = BTreeMap::new();
    let mut before: Vec<Beside<'_>> = Vec::new();
    for (at, value) in cells {
        let text = match value {
            Value::Text(text) => Cow::Borrowed(text.as_str()),
            Value::Date(date) => Cow::Owned(date.strftime("%d/%m/%Y").to_string()),
            value => Cow::Owned(value.text()),
        };
        let alone = if is_cleared(at) { None } else { unmarked::sign(&text) };
        signs.extend(alone.map(|sign| (*at, sign)));
        before.retain(|left| left.at.0 == at.0);
        // A long text is an answer: joined with the cell beside it, it would show signs that are not there.
        if text.len() > LONGEST_OF_PAIR || is_cleared(at) {
            before.clear();
            continue;
        }
        if let Some(left) = before.last() {
            let beside = match (alone, left.sign) {
                (None, None) => None,
                (Some(sign), None) => privacy::has_name(&left.words).then_some((left.at, sign)),
                (None, Some(sign)) => privacy::has_name(&text).then_some((*at, sign)),
                (Some(_), Some(_)) => None,
            };
            signs.extend(beside);
        }
        before.push(Beside { at: *at, has_number: privacy::has_number(&text), words: text, sign: alone });
        // Two cells first: a number in three pieces is looked for only where two say nothing.
        for length in [2, 3] {
            let Some(run) = before.len().checked_sub(length).map(|from| &before[from..]) else { break };
            if run.iter().any(|cell| signs.contains_key(&cell.at)) {
                break;
            }
            // Two cells without a number have none together.
            if !run.iter().any(|cell| cell.has_number) {
                continue;
            }
            let words: Vec<&str> = run.iter().map(|cell| &*cell.words).collect();
            let sign = unmarked::sign(&words.join(" "));
            if let Some(sign) = sign.filter(|sign| length == 2 || *sign == privacy::Sign::NhsNumber) {
                signs.extend(run.iter().map(|cell| (cell.at, sign)));
            }
        }
        if before.len() > 2 {
            before.remove(0);
        }
    }
    signs
}

/// A cell that is read together with those beside it.
struct Beside<'c> {
    at: At,
    words: Cow<'c, str>,
    /// The sign that it has alone.
    sign: Option<privacy::Sign>,
    has_number: bool,
}

/// The longest text that is read together with the one beside it, in bytes.
const LONGEST_OF_PAIR: usize = 60;

/// Adds what the check found to the reader's sheets, and replaces the values that the reader misreads.
fn put_right(book: &mut Book, look: Look) {
    book.remarks = look.remarks;
    for seen in look.sheets {
        if let Some(sheet) = book.sheets.iter_mut().find(|sheet| sheet.name == seen.name) {
            sheet.extras = seen.extras;
            sheet.cells.extend(seen.overrides);
        }
    }
}

fn xlsx(bytes: &[u8], look: &Look) -> Result<Book, ReadError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    // Properties help to tell whose a workbook is. They are one sign of several, so damaged ones do not stop the reading.
    let properties = workbook.workbook_properties().unwrap_or_default();
    let mut sheets = Vec::new();
    // One budget for all sheets: it limits the memory of the whole workbook.
    let mut budget = limits::CELLS;
    for name in worksheet_names(workbook.sheets_metadata()) {
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(fault)?;
        let known = look.sheets.iter().find(|sheet| sheet.name == name).map_or(0, |sheet| sheet.faults);
        let mut sheet = Sheet { name, ..Sheet::default() };
        let (mut last, mut faults) = (None, 0);
        loop {
            let (at, value) = match reader.next_cell_with_formula() {
                Ok(None) => break,
                Ok(Some(cell)) => {
                    last = Some(cell.pos);
                    if cell.formula.as_ref().is_some_and(|formula| repeats(&sheet.name, formula)) {
                        continue;
                    }
                    (cell.pos, streamed_value(&cell.value).or_else(|| cell.formula.map(never_calculated)))
                }
                Err(error) => {
                    faults += 1;
                    if faults > limits::FAULTS {
                        return Err(fault(error));
                    }
                    // The check has found this cell already and has a value for it.
                    if faults <= known {
                        continue;
                    }
                    // The reader does not say which cell it failed on. Cells are in order, so it is the one after the last.
                    let (row, column) = last.ok_or_else(|| fault(&error))?;
                    last = Some((row, column + 1));
                    ((row, column + 1), Some(Value::Unreadable(error.to_string())))
                }
            };
            if let Some(value) = value {
                budget = budget.checked_sub(1).ok_or(ReadError::TooManyCells)?;
                sheet.cells.insert(at, value);
            }
        }
        sheets.push(sheet);
    }
    Ok(book(sheets, properties))
}

/// Whether a formula is one of ours on the sheet to print, which only repeat the self-assessment. Nobody wrote its result, and a program
/// that does not calculate leaves an old one in the file, so it is not read. A formula of any other shape is the agency's own.
fn repeats(sheet: &str, formula: &str) -> bool {
    if !is_label(sheet, PRINT_SHEET) || !formula.contains(SELF_ASSESSMENT_SHEET) {
        return false;
    }
    // OpenDocument writes `of:=IF(…`.
    let plain = formula.trim_start_matches("of:").trim_start_matches('=');
    let is_answer = plain.starts_with("IF(") && !plain.contains('&');
    // The label of a box: the column's name and, behind it, the note on a text that is longer than the box.
    let name = plain.strip_prefix('"').and_then(|rest| rest.split_once("\"&IF(")).map(|(name, _)| name);
    is_answer
        || name.is_some_and(|name| {
            COLUMNS.iter().chain(&RECHECK_COLUMNS).any(|column| [column.header, column.name()].contains(&name))
        })
}

/// A formula whose result was never stored. Something is written in the cell, but its value is not known.
fn never_calculated(formula: String) -> Value {
    Value::Unreadable(format!("the formula {formula}, never calculated"))
}

fn xls(bytes: &[u8]) -> Result<Book, ReadError> {
    let walked = biff::walk(bytes).map_err(|fault| match fault {
        BiffFault::Protected => ReadError::Protected,
        BiffFault::Damaged(_) => ReadError::Damaged,
        BiffFault::Untrusted(why) => ReadError::Untrusted(Untrusted::new(why)),
    })?;
    let mut options = XlsOptions::default();
    // Texts of Excel 97 and later are UTF-16, whatever the file's CODEPAGE record claims. For Excel 95 the walk knows the right code page.
    options.force_codepage = Some(walked.code_page);
    let mut workbook = Xls::new_with_options(Cursor::new(&*walked.alone), options).map_err(fault)?;
    let properties = workbook.workbook_properties().unwrap_or_default();
    let sheets = ranges(&mut workbook)?;
    if !is_as_walked(&sheets, &walked) {
        return Err(ReadError::Damaged);
    }
    if sheets.iter().all(|(sheet, _)| sheet.cells.is_empty()) {
        return Err(ReadError::NoCell);
    }
    Ok(book(without_repeated(sheets), properties))
}

/// Whether the reader saw exactly the cells that the walk saw. Two independent readings that agree are the proof that no damaged byte
/// changed an answer.
fn is_as_walked(sheets: &[(Sheet, Vec<At>)], walked: &Walked) -> bool {
    let grids: Vec<&WalkedSheet> = walked.sheets.iter().filter(|sheet| sheet.kind == SheetKind::Grid).collect();
    grids.len() == sheets.len() && grids.iter().zip(sheets).all(|(grid, (sheet, _))| is_sheet_as_walked(sheet, grid))
}

fn is_sheet_as_walked(sheet: &Sheet, walked: &WalkedSheet) -> bool {
    let is_filled = |seen: &WalkedValue| !matches!(seen, WalkedValue::Text(text) if text.is_empty());
    let seen: BTreeMap<At, &WalkedValue> = walked
        .cells
        .iter()
        .filter(|(_, seen)| is_filled(seen))
        .map(|((row, column), seen)| ((u32::from(*row), u32::from(*column)), seen))
        .collect();
    // The walk sees an empty text where a formula was never calculated; the reader's value for it comes from its formula.
    let is_beside = |(at, value): &(&At, &Value)| !seen.contains_key(*at) && !matches!(value, Value::Unreadable(_));
    !sheet.cells.iter().any(|cell| is_beside(&cell))
        && seen.iter().all(|(at, seen)| sheet.cells.get(at).is_some_and(|value| is_same(value, seen)))
}

/// Whether a value is what the walk saw. The reader turns a number into a date by the format of its cell, which the walk does not do.
fn is_same(value: &Value, seen: &WalkedValue) -> bool {
    match (value, seen) {
        (Value::Text(text), WalkedValue::Text(other)) => **text == **other,
        (Value::Number(number), WalkedValue::Number(other)) => number == other,
        (Value::Date(_) | Value::Unreadable(_), WalkedValue::Number(_)) => true,
        (Value::Truth(truth), WalkedValue::Truth(other)) => truth == other,
        (Value::Error(_), WalkedValue::Error(_)) => true,
        _ => false,
    }
}

fn ods(bytes: &[u8]) -> Result<Book, ReadError> {
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(fault)?;
    let properties = workbook.workbook_properties().unwrap_or_default();
    let sheets = ranges(&mut workbook)?;
    Ok(book(without_repeated(sheets), properties))
}

/// The sheets, each with the places of the cells that only repeat others. They are removed later, so that an `.xls` is compared with all
/// its cells.
fn ranges<'b, R>(workbook: &mut R) -> Result<Vec<(Sheet, Vec<At>)>, ReadError>
where
    R: Reader<Cursor<&'b [u8]>>,
    R::Error: std::fmt::Display,
{
    let mut sheets = Vec::new();
    for name in worksheet_names(workbook.sheets_metadata()) {
        let range = workbook.worksheet_range(&name).map_err(fault)?;
        let (top, left) = range.start().unwrap_or_default();
        // The positions of a range's cells count from its first used cell.
        let cells = range
            .used_cells()
            .filter_map(|(row, column, data)| Some(((top + row as u32, left + column as u32), stored_value(data)?)));
        let mut sheet = Sheet { name, cells: cells.collect(), ..Sheet::default() };
        let mut repeated = Vec::new();
        if let Ok(formulas) = workbook.worksheet_formula(&sheet.name) {
            let (top, left) = formulas.start().unwrap_or_default();
            for (row, column, formula) in formulas.used_cells().filter(|(.., formula)| !formula.is_empty()) {
                let at = (top + row as u32, left + column as u32);
                if repeats(&sheet.name, formula) {
                    repeated.push(at);
                }
                sheet.cells.entry(at).or_insert_with(|| never_calculated(formula.clone()));
            }
        }
        sheets.push((sheet, repeated));
    }
    Ok(sheets)
}

/// The sheets without the cells that repeat others.
fn without_repeated(sheets: Vec<(Sheet, Vec<At>)>) -> Vec<Sheet> {
    let without = |(mut sheet, repeated): (Sheet, Vec<At>)| {
        for at in repeated {
            sheet.cells.remove(&at);
        }
        sheet
    };
    sheets.into_iter().map(without).collect()
}

fn worksheet_names(sheets: &[calamine::Sheet]) -> Vec<String> {
    let is_grid = |sheet: &&calamine::Sheet| matches!(sheet.typ, SheetType::WorkSheet | SheetType::DialogSheet);
    sheets.iter().filter(is_grid).map(|sheet| sheet.name.clone()).collect()
}

fn book(sheets: Vec<Sheet>, properties: WorkbookProperties) -> Book {
    let saved = properties.modified.filter(|saved| !saved.trim().is_empty());
    Book { sheets, properties: properties.custom_properties.into_iter().collect(), saved, ..Book::default() }
}

fn streamed_value(data: &DataRef<'_>) -> Option<Value> {
    match data {
        DataRef::SharedString(text) => stored_text(text),
        other => stored_value(&Data::from(other.clone())),
    }
}

fn stored_value(data: &Data) -> Option<Value> {
    match data {
        Data::Empty => None,
        Data::String(text) => stored_text(text),
        Data::Int(number) => Some(Value::Number(*number as f64)),
        Data::Float(number) => Some(Value::Number(*number)),
        Data::Bool(truth) => Some(Value::Truth(*truth)),
        Data::DateTime(date) => Some(date_value(date)),
        Data::DateTimeIso(text) => Some(iso_date(text)),
        Data::DurationIso(text) => Some(Value::Text(text.clone())),
        Data::Error(error) => Some(Value::Error(error.to_string())),
    }
}

fn stored_text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_string()))
}

/// A serial number of Excel's calendar as a date. Number 60 is 29 February 1900, a day that never was: Excel keeps that error of Lotus
/// 1-2-3. A number outside the calendar is not a date.
fn date_value(date: &ExcelDateTime) -> Value {
    let serial = date.as_f64();
    // 2,958,465 is 31 December 9999, the last day of the calendar.
    if !date.is_datetime() || !(1.0..2_958_466.0).contains(&serial) || (60.0..61.0).contains(&serial) {
        let what = if (0.0..1.0).contains(&serial) {
            "a time of day without a date".into()
        } else {
            format!("the date number {serial}")
        };
        return Value::Unreadable(what);
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    match parts {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day)
            .map_or_else(|_| Value::Unreadable(format!("the date number {serial}")), Value::Date),
        _ => Value::Unreadable(format!("the date number {serial}")),
    }
}

/// A date of OpenDocument or ISO 8601. A time of day behind it is dropped; anything else stays the text that it is.
fn iso_date(text: &str) -> Value {
    let day = text.get(..10).unwrap_or(text);
    day.parse().map_or_else(|_| Value::Text(text.to_string()), Value::Date)
}

/// The reader's error in words for an officer: the file is protected, or it is damaged. The reader's own words are about its code.
fn fault(error: impl std::fmt::Display) -> ReadError {
    let is_protected = error.to_string().to_lowercase().contains("password");
    if is_protected { ReadError::Protected } else { ReadError::Damaged }
}
