//! A workbook of tables, from plain data: what is on it is decided elsewhere, how it looks here.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLine, ChartSolidFill, ChartType, Color, DataValidation,
    Workbook, Worksheet, XlsxError,
};

use super::cells::Cell;
use super::page::{self, HEADER_ROW};
use super::same_bytes::as_on_every_system;
use super::styles::{row_height, styles};
use crate::form::Rating;
use crate::style::palette;
use crate::workbook::contract::{Caption, Paper, marked};

/// A workbook could not be written: something in it is past what Excel holds.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written: {0}")]
pub struct WriteError(#[from] XlsxError);

/// A workbook of tables.
#[derive(Debug)]
pub struct TableWorkbook<'a> {
    /// The title in its properties.
    pub title: String,
    /// What it is about, in its properties.
    pub subject: &'a str,
    /// What is on every sheet. Its owner is the author, too.
    pub paper: Paper<'a>,
    /// The date of the run, the only one in the file.
    pub made_on: Date,
    /// Further properties, by their names.
    pub properties: Vec<(&'static str, &'a str)>,
    /// A first sheet with cells to fill in.
    pub fill_in: Option<FillInSheet>,
    /// The sheets with tables.
    pub sheets: Vec<TableSheet>,
    /// A very-hidden sheet for the program alone.
    pub hidden: Option<HiddenSheet>,
}

/// A sheet that nobody sees: texts in rows, from the first cell on.
#[derive(Debug)]
pub struct HiddenSheet {
    /// The sheet's name.
    pub name: &'static str,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A sheet with a title, a line under it, and a table.
#[derive(Debug)]
pub struct TableSheet {
    /// The sheet's name.
    pub name: &'static str,
    /// The title.
    pub title: String,
    /// The line under it, without the marking.
    pub lead: String,
    /// The name of the table, and what a screen reader says of it.
    pub caption: Caption<'static>,
    /// The headers with their least widths in characters.
    pub headers: Vec<(String, f64)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many columns stay in sight.
    pub frozen: u16,
    /// The columns in whose cells something can be chosen.
    pub choices: Vec<ColumnChoices>,
    /// A chart of the rows under the table.
    pub chart: Option<BarChart>,
}

/// What can be chosen in the cells of a column.
#[derive(Debug)]
pub struct ColumnChoices {
    /// The column, counted from 0.
    pub column: u16,
    /// What can be chosen: together at most 255 characters.
    pub choices: Vec<String>,
    /// Whether a spreadsheet program refuses whatever else is typed.
    pub is_strict: bool,
}

/// The Red, Amber and Green of each row of a sheet as bars, each as long as its number of ratings, drawn by Excel from the sheet's own cells.
#[derive(Debug, Clone, Copy)]
pub struct BarChart {
    /// Its title.
    pub title: &'static str,
    /// How many of the first rows are left out.
    pub left_out: u32,
    /// The column that says what each bar is about, counted from 0.
    pub labels: u16,
    /// How many ratings the longest bar has.
    pub longest: usize,
}

/// A sheet with notes to read, and cells to fill in under them.
#[derive(Debug)]
pub struct FillInSheet {
    /// The sheet's name.
    pub name: &'static str,
    /// The title.
    pub title: &'static str,
    /// The line under it, without the marking.
    pub lead: String,
    /// The notes, numbered from 1.
    pub notes: &'static [&'static str],
    /// The cells to fill in.
    pub fields: Vec<FillInField>,
}

/// A cell to fill in, with its label.
#[derive(Debug)]
pub struct FillInField {
    /// The label.
    pub label: &'static str,
    /// Whether a date goes there.
    pub is_date: bool,
    /// What can be chosen there; empty where anything is written.
    pub choices: &'static [&'static str],
    /// What is in it so far; `None` for nothing.
    pub written: Option<Cell>,
}

/// The widths of a sheet to fill in, in characters: labels, then notes.
const FILL_IN_WIDTHS: [f64; 2] = [44.0, 90.0];

/// The height of the row of a cell to fill in, in points: two lines.
const FIELD_PT: f64 = 34.0;

impl TableWorkbook<'_> {
    /// Writes the workbook.
    ///
    /// # Errors
    ///
    /// When a table is larger than a sheet, or a text longer than a cell holds.
    pub fn to_bytes(&self) -> Result<Vec<u8>, WriteError> {
        let mut workbook = Workbook::new();
        let mut properties = page::properties(&self.title, self.subject, self.paper.owner, self.made_on)?;
        for (name, value) in &self.properties {
            properties = properties.set_custom_property(*name, *value);
        }
        workbook.set_properties(&properties);
        if let Some(sheet) = &self.fill_in {
            write_fill_in(workbook.add_worksheet(), sheet, self.paper)?;
        }
        for sheet in &self.sheets {
            write_table(workbook.add_worksheet(), sheet, self.paper)?;
        }
        if let Some(sheet) = &self.hidden {
            write_hidden(workbook.add_worksheet(), sheet)?;
        }
        Ok(as_on_every_system(workbook.save_to_buffer()?))
    }
}

fn write_table(sheet: &mut Worksheet, of: &TableSheet, paper: Paper<'_>) -> Result<(), XlsxError> {
    sheet.set_name(of.name)?;
    page::heads(sheet, &of.title, &marked(paper, &of.lead))?;
    let headers: Vec<(&str, f64)> = of.headers.iter().map(|(name, width)| (name.as_str(), *width)).collect();
    let width = page::plain_table(sheet, &of.caption, &headers, &of.rows)?;
    for ColumnChoices { column, choices, is_strict } in &of.choices {
        let list = DataValidation::new().allow_list_strings(choices)?.show_error_message(*is_strict);
        sheet.add_data_validation(HEADER_ROW + 1, *column, page::last_row(of.rows.len().max(1)), *column, &list)?;
    }
    sheet.set_freeze_panes(HEADER_ROW + 1, of.frozen)?;
    page::print_set_up(sheet, paper, &printed_title(&of.title));
    page::print_on_one_width(sheet, width)?;
    if let Some(of_rows) = of.chart {
        sheet.insert_chart(page::last_row(of.rows.len()) + 2, 0, &chart(of, of_rows))?;
    }
    Ok(())
}

/// The longest title that is beside the marking at the head of a printed page, in characters.
const LONGEST_BESIDE_MARKING: usize = 45;

/// A title as it is printed at the head of each page: under the marking where it would run into it.
fn printed_title(title: &str) -> String {
    if title.chars().count() > LONGEST_BESIDE_MARKING { format!("\n{title}") } else { title.to_string() }
}

fn write_fill_in(sheet: &mut Worksheet, of: &FillInSheet, paper: Paper<'_>) -> Result<(), XlsxError> {
    let looks = styles();
    let [labels, notes] = FILL_IN_WIDTHS;
    sheet.set_name(of.name)?;
    page::heads(sheet, of.title, &marked(paper, &of.lead))?;
    sheet.set_column_width(0, labels)?.set_column_width(1, notes)?;
    let first = HEADER_ROW + 1;
    for (at, note) in (0u32..).zip(of.notes) {
        sheet.write_string_with_format(first + at, 0, format!("Note {}", at + 1), &looks.label)?;
        sheet.write_string_with_format(first + at, 1, *note, &looks.body)?;
        sheet.set_row_height(first + at, row_height(&[(*note, notes)]))?;
    }
    let first = first + of.notes.len() as u32 + 1;
    for (row, field) in (first..).zip(&of.fields) {
        sheet.write_string_with_format(row, 0, field.label, &looks.label)?;
        sheet.set_row_height(row, FIELD_PT)?;
        match &field.written {
            Some(cell) => cell.write(sheet, row, 1)?,
            None => _ = sheet.write_blank(row, 1, if field.is_date { &looks.input_date } else { &looks.input })?,
        }
    }
    for (row, field) in (first..).zip(&of.fields).filter(|(_, field)| !field.choices.is_empty()) {
        let list = DataValidation::new().allow_list_strings(field.choices)?;
        sheet.add_data_validation(row, 1, row, 1, &list)?;
    }
    page::print_set_up(sheet, paper, of.title);
    // What is signed is on one page with what is to be read first.
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

fn write_hidden(sheet: &mut Worksheet, of: &HiddenSheet) -> Result<(), XlsxError> {
    sheet.set_name(of.name)?;
    for (row, texts) in (0u32..).zip(&of.rows) {
        for (column, text) in (0u16..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text.as_str())?;
        }
    }
    sheet.set_very_hidden(true);
    Ok(())
}

/// The height of a bar with its gap, and what a chart takes beside its bars, in pixels.
const BAR_PX: (u32, u32) = (34, 120);

/// The chart of a sheet's rows.
fn chart(sheet: &TableSheet, of: BarChart) -> Chart {
    let (first, last) = (HEADER_ROW + 1 + of.left_out, page::last_row(sheet.rows.len()));
    let mut chart = Chart::new(ChartType::BarStacked);
    for rating in Rating::ALL {
        let header = rating.word();
        let Some(at) = sheet.headers.iter().position(|(name, _)| name == header) else { continue };
        let column = at as u16;
        let look = palette::rating(rating);
        let outline = ChartLine::new().set_color(color(palette::INK)).set_width(0.75).clone();
        let mut font = ChartFont::new();
        font.set_color(color(look.ink)).set_bold();
        // The letter beside the count, for those who see no colour. A count of none is not labelled.
        let label = ChartDataLabel::new()
            .show_value()
            .set_num_format(format!("\"{} \"0;;;", rating.letter()))
            .set_font(&font)
            .to_owned();
        chart
            .add_series()
            .set_name((sheet.name, HEADER_ROW, column))
            .set_categories((sheet.name, first, of.labels, last, of.labels))
            .set_values((sheet.name, first, column, last, column))
            .set_format(
                ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color(look.fill))).set_line(&outline),
            )
            .set_overlap(100)
            .set_gap(40)
            .set_data_label(&label);
    }
    chart.title().set_name(of.title);
    let faint = ChartLine::new().set_color(color(palette::LINE)).set_width(0.5).clone();
    let axis = chart.x_axis();
    axis.set_name("Ratings given").set_major_gridlines(true).set_major_gridlines_line(&faint);
    axis.set_min(0.0).set_max(of.longest.max(1) as f64);
    // The first row is on top, as in the table.
    chart.y_axis().set_reverse();
    let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX / BAR_PX.0 - BAR_PX.1);
    chart.set_width(900).set_height(rows.min(100) * BAR_PX.0 + BAR_PX.1);
    chart.set_alt_text(format!("{}: the counts under Red, Amber and Green in the table above, as bars", of.title));
    chart
}

fn color(colour: palette::Colour) -> Color {
    Color::RGB(colour.0)
}
