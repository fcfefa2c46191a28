//! Tables as CSV: UTF-8 with a byte-order mark, so that Excel shows accents; every field quoted.
//!
//! A text that a spreadsheet program would take for a formula gets a leading apostrophe (OWASP, "CSV Injection"); numbers
//! stay numbers. Parquet has every text as written.

use std::collections::HashSet;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use jiff::civil::Date;

use super::data::Data;
use crate::response::ReturnFile;
use crate::round::record::Issued;
use crate::words;

/// The columns of `issued/index.csv`.
const ISSUED: [&str; 8] = ["agency_id", "agency", "file", "return_code", "email", "written_on", "sent_on", "sha256"];

/// The columns of `returns-log.csv`.
const LOG: [&str; 4] = ["first_seen", "file", "sha256", "bytes"];

/// A table of the data.
pub fn data(data: &Data) -> Vec<u8> {
    table(data.columns, data.rows.iter().cloned())
}

/// `issued/index.csv`: one row a workbook that was issued.
pub fn issued(issued: &[Issued]) -> Vec<u8> {
    let row = |one: &Issued| {
        let Issued { agency, name, file, return_code, email, sha256, .. } = one.clone();
        let sent_on = one.sent_on.map_or(String::new(), |date| date.to_string());
        vec![agency, name, file, return_code, email, one.written_on.to_string(), sent_on, sha256]
    };
    table(&ISSUED, issued.iter().map(row))
}

/// A row of `returns-log.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// When the file was first seen; `None` where the row does not say.
    pub first_seen: Option<Date>,
    /// The file's name.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// Reads `returns-log.csv`.
pub fn read_log(log: &str) -> Vec<LogRow> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(log.trim_start_matches('\u{feff}').as_bytes());
    let row = |record: csv::StringRecord| {
        let cell = |at: usize| unguarded(record.get(at).unwrap_or_default());
        LogRow { first_seen: words::read_date(&cell(0)), file: cell(1), sha256: cell(2) }
    };
    reader.records().flatten().map(row).collect()
}

/// `returns-log.csv` without the rows of one file, and how many they were.
pub fn log_without(log: &str, file: &str) -> (String, usize) {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(log.trim_start_matches('\u{feff}').as_bytes());
    let (mut out, mut taken_out) = (writer(), 0);
    for record in reader.records().flatten() {
        let cells: Vec<String> = record.iter().map(unguarded).collect();
        if cells.get(1).is_some_and(|name| name == file) {
            taken_out += 1;
        } else if cells.len() == LOG.len() {
            write_row(&mut out, cells);
        }
    }
    (format!("\u{feff}{}", String::from_utf8_lossy(&finish(out))), taken_out)
}

/// The lines to add to `returns-log.csv` for files (name, SHA-256, bytes) that it does not hold yet; headers first in a new log.
pub fn log_lines(log: &str, today: Date, files: &[ReturnFile]) -> String {
    let known: HashSet<(String, String)> = read_log(log).into_iter().map(|row| (row.file, row.sha256)).collect();
    let new: Vec<Vec<String>> = files
        .iter()
        .filter(|file| !known.contains(&(file.name.clone(), file.sha256.clone())))
        .map(|file| vec![today.to_string(), file.name.clone(), file.sha256.clone(), file.bytes.to_string()])
        .collect();
    if new.is_empty() {
        return String::new();
    }
    let mut out = writer();
    if log.is_empty() {
        write_row(&mut out, LOG.map(String::from).to_vec());
    }
    new.into_iter().for_each(|row| write_row(&mut out, row));
    let text = String::from_utf8_lossy(&finish(out)).into_owned();
    if log.is_empty() { format!("\u{feff}{text}") } else { text }
}

fn table(headers: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = writer();
    write_row(&mut out, headers.iter().map(ToString::to_string).collect());
    rows.for_each(|row| write_row(&mut out, row));
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(finish(out));
    bytes
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).terminator(Terminator::CRLF).from_writer(Vec::new())
}

fn write_row(out: &mut Writer<Vec<u8>>, cells: Vec<String>) {
    let cells: Vec<String> = cells.into_iter().map(guarded).collect();
    // Writing to memory cannot fail, and every row has the width of its headers.
    out.write_record(&cells).expect("a row written to memory");
}

fn finish(out: Writer<Vec<u8>>) -> Vec<u8> {
    out.into_inner().expect("a table flushed to memory")
}

/// Puts an apostrophe before what a spreadsheet program would take for a formula.
fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

fn unguarded(cell: &str) -> String {
    let plain = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
    plain.unwrap_or(cell).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn text_that_looks_like_a_formula_is_kept_as_text() {
        let bytes = table(&["a", "b"], [vec!["=1+1".to_string(), "say \"no\"\nor yes".to_string()]].into_iter());
        assert_eq!(String::from_utf8_lossy(&bytes), "\u{feff}\"a\",\"b\"\r\n\"'=1+1\",\"say \"\"no\"\"\nor yes\"\r\n");
    }

    #[test]
    fn the_log_is_only_added_to() {
        let file =
            |name: &str, hash: &str| ReturnFile { name: name.into(), sha256: hash.into(), changed: None, bytes: 7 };
        let day = date(2026, 12, 1);
        let first = log_lines("", day, &[file("returns/a.xlsx", "aa"), file("-b.xlsx", "bb")]);
        assert_eq!(log_lines(&first, day, &[file("returns/a.xlsx", "aa"), file("-b.xlsx", "bb")]), "");
        let later = log_lines(&first, date(2026, 12, 2), &[file("returns/a.xlsx", "cc")]);
        assert_eq!(later, "\"2026-12-02\",\"returns/a.xlsx\",\"cc\",7\r\n");
    }
}
