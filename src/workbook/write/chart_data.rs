//! Writes the small workbook inside a PowerPoint chart, which PowerPoint opens for "Edit data".

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, Workbook};

use super::cells::excel_date;
use super::same_bytes::as_on_every_system;
use super::tables::WriteError;

/// Writes a sheet `Sheet1` with the labels in the first column, and each series in a column under its name.
///
/// # Errors
///
/// When a label is longer than a cell can hold.
pub fn chart_data(labels: &[&str], series: &[(&str, &[usize])], made_on: Date) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel_date(made_on)?));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Sheet1")?;
    for (row, label) in (1u32..).zip(labels) {
        sheet.write_string(row, 0, *label)?;
    }
    for (column, (name, values)) in (1u16..).zip(series) {
        sheet.write_string(0, column, *name)?;
        for (row, value) in (1u32..).zip(*values) {
            sheet.write_number(row, column, *value as f64)?;
        }
    }
    Ok(as_on_every_system(workbook.save_to_buffer()?))
}
