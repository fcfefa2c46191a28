//! Cells of tables with their types: numbers and dates that Excel can calculate with, ratings with their word and colour, cells to fill in.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Url, Worksheet, XlsxError};

use super::styles::styles;
use crate::form::Rating;

/// The longest text that is written, in characters: under Excel's limit of 32,767, with room for the note that it was cut.
const LONGEST: usize = 32_000;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text, wrapped.
    Text(String),
    /// A whole number.
    Number(usize),
    /// A part and its whole, shown as a percentage; a dash where the whole is 0.
    Share(usize, usize),
    /// A link to a sheet of the same workbook, with the sheet's name as its text.
    Link(&'static str),
    /// A date.
    Date(Date),
    /// A rating.
    Rated(Rating),
    /// Text in red and bold: something is wrong.
    Alarm(String),
    /// A cell to be filled in, with what is in it so far.
    Input(String),
    /// The same with the format "text", so that what is typed stays as it is: "12%" does not become a number, nor "March 2026" a day.
    InputAsTyped(String),
    /// A cell to be filled in, with a number in it.
    InputNumber(f64),
    /// A cell for a date to be filled in, with the date so far.
    InputDate(Option<Date>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        Cell::Number(number)
    }
}

impl Cell {
    /// The text that the cell shows, to measure the width of its column and the height of its row.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Alarm(text) | Cell::Input(text) | Cell::InputAsTyped(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::InputNumber(number) => number.to_string(),
            Cell::Share(..) => "100%".to_string(),
            Cell::Link(sheet) => (*sheet).to_string(),
            Cell::Date(_) | Cell::InputDate(_) => "31/12/2026".to_string(),
            Cell::Rated(rating) => rating.word().to_string(),
        }
    }

    /// Writes the cell.
    ///
    /// # Errors
    ///
    /// When the text is longer than a cell can hold: 32,767 characters.
    pub fn write(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<(), XlsxError> {
        let looks = styles();
        match self {
            Cell::Text(text) => write_text(sheet, (row, column), text, &looks.given),
            Cell::Alarm(text) => write_text(sheet, (row, column), text, &looks.alarm),
            Cell::Input(text) if text.is_empty() => sheet.write_blank(row, column, &looks.input).map(drop),
            Cell::Input(text) => write_text(sheet, (row, column), text, &looks.input),
            Cell::InputAsTyped(text) if text.is_empty() => {
                sheet.write_blank(row, column, &looks.input_as_typed).map(drop)
            }
            Cell::InputAsTyped(text) => write_text(sheet, (row, column), text, &looks.input_as_typed),
            Cell::Number(number) => {
                sheet.write_number_with_format(row, column, *number as f64, &looks.number).map(drop)
            }
            Cell::Share(_, 0) => write_text(sheet, (row, column), "–", &looks.number),
            Cell::Share(n, of) => {
                sheet.write_number_with_format(row, column, *n as f64 / *of as f64, &looks.share).map(drop)
            }
            Cell::Link(name) => {
                let place = Url::new(format!("internal:'{name}'!A1"));
                sheet.write_url_with_options(row, column, place, *name, "", Some(&looks.listed_link)).map(drop)
            }
            Cell::InputNumber(number) => sheet.write_number_with_format(row, column, *number, &looks.input).map(drop),
            Cell::InputDate(None) => sheet.write_blank(row, column, &looks.input_date).map(drop),
            Cell::InputDate(Some(date)) => write_date(sheet, (row, column), *date, [&looks.input_date, &looks.input]),
            Cell::Date(date) => write_date(sheet, (row, column), *date, [&looks.date, &looks.given]),
            Cell::Rated(rating) => {
                let look = &looks.rated[*rating as usize];
                sheet.write_string_with_format(row, column, rating.word(), look).map(drop)
            }
        }
    }
}

/// Writes a date with the first of two looks. A date before 1900 is not in Excel's calendar, and is written as text with the second.
fn write_date(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    date: Date,
    looks: [&Format; 2],
) -> Result<(), XlsxError> {
    match excel_date(date) {
        Ok(date_time) => sheet.write_datetime_with_format(row, column, &date_time, looks[0]).map(drop),
        Err(_) => write_text(sheet, (row, column), &date.to_string(), looks[1]),
    }
}

/// Writes a text. If it is longer than a cell can hold it is cut, and the cell says so; the data have it in full.
fn write_text(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, look: &Format) -> Result<(), XlsxError> {
    match text.char_indices().nth(LONGEST) {
        None => sheet.write_string_with_format(row, column, text, look).map(drop),
        Some((at, _)) => {
            let begun = format!("{} [cut here: the whole text is in report/data/]", &text[..at]);
            sheet.write_string_with_format(row, column, begun, look).map(drop)
        }
    }
}

/// A date as Excel stores it.
///
/// # Errors
///
/// When it is outside Excel's calendar, which begins in 1900.
pub(super) fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs())
}
