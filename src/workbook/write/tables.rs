//! Writes workbooks of tables from plain data. Their content is decided elsewhere, their look here.

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

/// A workbook could not be written, because something in it is beyond Excel's limits.
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
    /// The marking of every sheet. Its owner is the author of the workbook too.
    pub paper: Paper<'a>,
    /// The date of the run, the only one in the file.
    pub made_on: Date,
    /// More document properties, by name.
    pub properties: Vec<(&'static str, &'a str)>,
    /// A first sheet with cells to fill in.
    pub fill_in: Option<FillInSheet>,
    /// The sheets with tables.
    pub sheets: Vec<TableSheet>,
    /// A very-hidden sheet, for the program only.
    pub hidden: Option<HiddenSheet>,
}

/// A very-hidden sheet: rows of texts, from the first cell on.
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
    /// The name and the description of the table.
    pub caption: Caption<'static>,
    /// The headers with their least widths in characters.
    pub headers: Vec<(String, f64)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many columns stay in sight.
    pub frozen: u16,
    /// The columns with lists to choose from.
    pub choices: Vec<ColumnChoices>,
    /// A chart of the rows under the table.
    pub chart: Option<BarChart>,
}

/// The list to choose from in the cells of a column.
#[derive(Debug)]
pub struct ColumnChoices {
    /// The column, counted from 0.
    pub column: u16,
    /// The choices. Excel allows 255 characters for all of them together.
    pub choices: Vec<String>,
    /// Whether a spreadsheet program refuses any other text.
    pub is_strict: bool,
}

/// A chart of the Red, Amber and Green of each row of a sheet. Excel draws it from the sheet's own cells, each bar as long as its number of
/// ratings.
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
    /// The choices; empty where anything can be written.
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
    /// When a table is larger than a sheet, or a text longer than a cell can hold.
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

/// The longest title that has room beside the marking at the head of a printed page, in characters.
const LONGEST_BESIDE_MARKING: usize = 45;

/// A title as it is printed at the head of each page. One that would run into the marking goes on a line of its own.
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
    // The notes and the cells to sign are on one page, so that whoever signs has read them.
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

/// The height of a bar with its gap, and the height of a chart without its bars, in pixels.
const BAR_PX: (u32, u32) = (34, 120);

/// The chart of a sheet's rows.
fn chart(sheet: &TableSheet, of: BarChart) -> Chart {
    let (first, last) = (HEADER_ROW + 1 + of.left_out, page::last_row(sheet.rows.len()));
    let mut chart = Chart::new(ChartType::BarStacked);
    for rating in Rating::ALL {
        let header = rating.word();
        // The column is found by its header, so that the sheet can get more columns.
        let Some(at) = sheet.headers.iter().position(|(name, _)| name == header) else { continue };
        let column = at as u16;
        let look = palette::rating(rating);
        let outline = ChartLine::new().set_color(color(palette::INK)).set_width(0.75).clone();
        let mut font = ChartFont::new();
        font.set_color(color(look.ink)).set_bold();
        // The label has the rating's letter before the count, for those who see no colour. The empty sections of the format hide a count of
        // 0.
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
