//! Tables as CSV: UTF-8 with a byte-order mark, so that Excel shows accents; every field quoted.
//!
//! A text that a spreadsheet program would read as a formula gets a leading apostrophe (OWASP, "CSV Injection"); numbers stay numbers.
//! The Parquet files have every text as written.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use jiff::civil::Date;

use super::data::Data;
use crate::core::words;
use crate::record::{Issued, IssuedWorkbook};

/// The columns of `issued/index.csv`.
const ISSUED: [&str; 8] = ["agency_id", "agency", "file", "return_code", "email", "written_on", "sent_on", "sha256"];

/// A table of the data.
pub fn data(data: &Data) -> Vec<u8> {
    table(&data.columns, data.rows.iter().cloned())
}

/// A workbook that was issued, with the address it goes to.
#[derive(Debug, Clone, PartialEq)]
pub struct IssuedLine {
    /// The workbook.
    pub workbook: IssuedWorkbook,
    /// The address; empty if unknown.
    pub email: String,
}

/// `issued/index.csv`: one row for each workbook issued.
pub fn issued(lines: &[IssuedLine]) -> Vec<u8> {
    let row = |line: &IssuedLine| {
        let IssuedWorkbook { issued, written_on, sent_on, .. } = line.workbook.clone();
        let Issued { agency, name, file, return_code, sha256, .. } = issued;
        let sent_on = sent_on.map_or(String::new(), |date| date.to_string());
        vec![
            agency.to_string(),
            name,
            file.to_string(),
            return_code,
            line.email.clone(),
            written_on.to_string(),
            sent_on,
            sha256,
        ]
    };
    table(&ISSUED, lines.iter().map(row))
}

/// A row of the `returns-log.csv` of an earlier program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// When the file was first seen; `None` if the row does not say.
    pub first_seen: Option<Date>,
    /// The file's name.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Its size in bytes; 0 if the row does not say.
    pub bytes: u64,
}

/// Reads `returns-log.csv`.
pub fn read_log(log: &str) -> Vec<LogRow> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(log.trim_start_matches('\u{feff}').as_bytes());
    let row = |record: csv::StringRecord| {
        let cell = |at: usize| unguarded(record.get(at).unwrap_or_default());
        LogRow {
            first_seen: words::read_date(&cell(0)),
            file: cell(1),
            sha256: cell(2),
            bytes: cell(3).parse().unwrap_or(0),
        }
    };
    reader.records().flatten().map(row).collect()
}

/// An agency's own rating of a statement, as a report wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WrittenRating {
    /// The agency's id.
    pub agency: String,
    /// The statement's id.
    pub criterion: String,
    /// The rating's key; empty if there is none.
    pub rating: String,
}

/// Reads `ratings.csv` of an earlier report, by the names of its columns; `None` if a column is missing.
pub fn read_ratings(text: &str) -> Option<Vec<WrittenRating>> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().ok()?.clone();
    let at = |name: &str| headers.iter().position(|header| header == name);
    let [agency, criterion, rating] = [at("agency_id")?, at("criterion_id")?, at("self_rating")?];
    let row = |record: csv::StringRecord| {
        let cell = |at: usize| unguarded(record.get(at).unwrap_or_default());
        WrittenRating { agency: cell(agency), criterion: cell(criterion), rating: cell(rating) }
    };
    Some(reader.records().flatten().map(row).collect())
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
    // Every text is quoted and line ends are CRLF (RFC 4180), whatever system wrote the file.
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

/// Puts an apostrophe before a text that a spreadsheet program would read as a formula.
fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

fn unguarded(cell: &str) -> String {
    // Only the apostrophe that `guarded` put there: a text of its own may begin with one.
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
    fn ratings_are_read_by_the_names_of_their_columns() {
        let text = "\u{feff}\"self_rating\",\"criterion_id\",\"agency_id\"\r\n\"red\",\"DA24-1.1\",\"police\"\r\n";
        let red = WrittenRating { agency: "police".into(), criterion: "DA24-1.1".into(), rating: "red".into() };
        assert_eq!(read_ratings(text), Some(vec![red]));
        assert_eq!(read_ratings("agency_id,criterion_id\nx,y\n"), None);
        assert_eq!(read_ratings(""), None);
    }

    #[test]
    fn the_log_of_an_earlier_program_is_read() {
        let log = "\u{feff}\"first_seen\",\"file\",\"sha256\",\"bytes\"\r\n\"2026-12-01\",\"'-b.xlsx\",\"bb\",7\r\n";
        let row = LogRow { first_seen: Some(date(2026, 12, 1)), file: "-b.xlsx".into(), sha256: "bb".into(), bytes: 7 };
        assert_eq!(read_log(log), [row]);
        assert_eq!(read_log(""), []);
    }
}
