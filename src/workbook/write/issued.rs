//! Writes the workbook that one agency receives: theme, round and agency in, `.xlsx` bytes out.
//!
//! This writes every workbook for an agency, fresh or not: answers to carry in are an argument. The only formulas are the count of rated
//! rows and the cells of the sheet to print. Everything else is written as text, so that no statement or name (`=1+1`, `@MARAC`) can become
//! a formula.

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::growing_rows::{COMPRESSION, with_growing_rows};
use super::{in_short, page, reference, self_assessment, start, to_print};
use crate::workbook::contract::{Issue, METADATA_SHEET, questions_page, reference_pages};

/// A workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook for {agency} could not be written: {cause}")]
pub struct IssueError {
    agency: String,
    cause: Box<dyn std::error::Error + Send + Sync>,
}

impl IssueError {
    pub(super) fn caused_by(issue: &Issue<'_>, cause: impl std::error::Error + Send + Sync + 'static) -> IssueError {
        IssueError { agency: issue.agency.name.clone(), cause: Box::new(cause) }
    }
}

/// Writes one workbook.
///
/// # Errors
///
/// When a text is longer than a cell can hold: 32,767 characters.
pub fn issued_workbook(issue: &Issue<'_>) -> Result<Vec<u8>, IssueError> {
    lay_out(issue, &start::heights(issue))
}

/// Writes a workbook whose first sheet has rows of these heights. [`RoundWriter`](super::round_writer::RoundWriter) gives the heights of
/// the real texts here while it writes marks in their place.
pub(super) fn lay_out(issue: &Issue<'_>, heights: &[f64]) -> Result<Vec<u8>, IssueError> {
    let workbook = write_sheets(issue, heights).map_err(|cause| IssueError::caused_by(issue, cause))?;
    // The self-assessment comes after the first sheet, and after the questions where there are any.
    let sheet = if issue.questions.is_empty() { 2 } else { 3 };
    with_growing_rows(workbook, sheet).map_err(|cause| IssueError::caused_by(issue, cause))
}

fn write_sheets(issue: &Issue<'_>, heights: &[f64]) -> Result<Vec<u8>, XlsxError> {
    // The sheets are added in the order of the contract's `SHEETS`.
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.set_properties(&properties(issue)?);
    if !issue.questions.is_empty() {
        reference::write(&questions_page(issue), workbook.add_worksheet(), issue)?;
    }
    start::write(workbook.add_worksheet(), issue, heights)?;
    self_assessment::write(workbook.add_worksheet(), issue)?;
    in_short::write(workbook.add_worksheet(), issue)?;
    to_print::write(workbook.add_worksheet(), issue)?;
    for page in reference_pages(issue) {
        reference::write(&page, workbook.add_worksheet(), issue)?;
    }
    metadata(workbook.add_worksheet(), issue)?;
    workbook.save_to_buffer()
}

/// Writes the metadata sheet, with one row for each key. "Very hidden" means that Excel's menus do not show it.
fn metadata(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(METADATA_SHEET)?;
    for (row, (key, value)) in (0u32..).zip(issue.metadata()) {
        sheet.write_string(row, 0, key.name())?;
        sheet.write_string(row, 1, value)?;
    }
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 60)?;
    sheet.protect();
    sheet.set_very_hidden(true);
    Ok(())
}

fn properties(issue: &Issue<'_>) -> Result<DocProperties, XlsxError> {
    let title = format!("Self-assessment of {}", issue.agency.name);
    let (subject, author) = (&issue.theme.title, &issue.round.partnership);
    let mut properties = page::properties(&title, subject, author, issue.round.issue_date())?;
    for (key, value) in issue.metadata() {
        properties = properties.set_custom_property(key.name(), value.as_str());
    }
    Ok(properties)
}
