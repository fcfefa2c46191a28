//! Writes the workbook that one agency receives: theme, round and agency in, `.xlsx` bytes out.
//!
//! One mechanism writes every workbook that goes out; answers to carry in are an argument. Nothing is written as a formula
//! but the count of rated rows, so that no statement or name can become one.

mod self_assessment;
mod sheets;
mod styles;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::layout::{FORMAT, MetadataKey, return_code};
use crate::response::Answer;
use crate::round::{Agency, Round};
use crate::theme::{Area, Criterion, Theme};

/// Everything that one workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The agency that receives the workbook.
    pub agency: &'a Agency,
    /// When it is issued; the creation date inside the file.
    pub issued_on: Date,
    /// Answers to carry in; empty for a fresh workbook.
    pub answers: &'a [Answer],
}

impl<'a> Issue<'a> {
    /// The statements to rate.
    fn statements(&self) -> Vec<(&'a Area, &'a Criterion)> {
        self.round.statements(self.theme, self.agency)
    }

    /// The visible return code.
    fn return_code(&self) -> String {
        return_code(self.round.id(), &self.agency.id)
    }

    /// The identity of this workbook, as its metadata sheet and its document properties hold it.
    fn metadata(&self) -> [(MetadataKey, String); 6] {
        MetadataKey::ALL.map(|key| {
            let value = match key {
                MetadataKey::Format => FORMAT.to_string(),
                MetadataKey::Round => self.round.id().to_string(),
                MetadataKey::Theme => self.theme.id.to_string(),
                MetadataKey::Fingerprint => self.theme.fingerprint(),
                MetadataKey::Agency => self.agency.id.to_string(),
                MetadataKey::ReturnCode => self.return_code(),
            };
            (key, value)
        })
    }
}

/// A workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook for {agency} could not be written: {cause}")]
pub struct IssueError {
    agency: String,
    cause: XlsxError,
}

/// Writes one workbook.
///
/// # Errors
///
/// When a text is longer than a cell holds: 32,767 characters.
pub fn issue(issue: &Issue<'_>) -> Result<Vec<u8>, IssueError> {
    write(issue).map_err(|cause| IssueError { agency: issue.agency.name.clone(), cause })
}

fn write(issue: &Issue<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(issue)?);
    sheets::start(workbook.add_worksheet(), issue)?;
    self_assessment::write(workbook.add_worksheet(), issue)?;
    sheets::example(workbook.add_worksheet(), issue)?;
    sheets::sources(workbook.add_worksheet(), issue)?;
    sheets::metadata(workbook.add_worksheet(), issue)?;
    workbook.save_to_buffer()
}

fn properties(issue: &Issue<'_>) -> Result<DocProperties, XlsxError> {
    let date = issue.issued_on;
    // Years outside Excel's calendar cannot come from `round.toml` of a real round, and 1900 keeps the bytes stable.
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let created = ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs())?;
    let mut properties = DocProperties::new()
        .set_title(format!("Self-assessment of {}", issue.agency.name))
        .set_subject(&issue.theme.title)
        .set_author(&issue.round.partnership)
        .set_creation_datetime(&created)
        .set_custom_property("Language", "en-GB");
    for (key, value) in issue.metadata() {
        properties = properties.set_custom_property(key.name(), value.as_str());
    }
    Ok(properties)
}
