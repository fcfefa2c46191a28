//! Writes the workbook that one agency receives: theme, round and agency in, `.xlsx` bytes out.
//!
//! One mechanism writes every workbook that goes out; answers to carry in are an argument. Nothing is written as a formula
//! but the count of rated rows, so that no statement or name can become one.

mod input_messages;
mod press;
mod reference;
mod self_assessment;
mod start;

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

pub use press::Press;

use super::layout::{FORMAT, METADATA_SHEET, MetadataKey, SELF_ASSESSMENT_SHEET, START_SHEET, return_code};
use super::sheets::{self, Paper};
use crate::core::diagnostic::{Written, turns_direction};
use crate::core::ids::CriterionId;
use crate::core::words;
use crate::form::ColumnKey;
use crate::response::Answer;
use crate::round::{Agency, Round};
use crate::theme::{Area, Criterion, Theme};

/// How hard the parts are compressed, from 0 to 9. The lowest takes a third off the time for a tenth of the size.
const COMPRESSION: u8 = 1;

/// Everything that one workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The agency that receives the workbook.
    pub agency: &'a Agency,
    /// Which issue of the agency's workbook it is, counted from 1. A later one has a return code of its own.
    pub number: u32,
    /// Answers to carry in; empty for a fresh workbook.
    pub answers: &'a [Answer],
    /// What is asked about them; empty for a fresh workbook.
    pub questions: &'a [Question],
}

/// Something that an agency is asked about its return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What the finding behind it is called, as in `F-3HK6Q2`.
    pub reference: String,
    /// The statement it is about; `None` for the return as a whole.
    pub statement: Option<CriterionId>,
    /// The column it is about; `None` for the row as a whole.
    pub column: Option<ColumnKey>,
    /// Where, in the agency's words.
    pub place: String,
    /// What the agency wrote there.
    pub wrote: Wrote,
    /// What it is asked to do.
    pub to_do: String,
}

/// What an agency wrote where it is asked about something. A quotation is exact and whole; what cannot be quoted is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrote {
    /// The question is not about a text.
    Unsaid,
    /// The cell is empty.
    Nothing,
    /// There is no such row or column in the return.
    Absent,
    /// A note that lies on the cell, which is no part of its text.
    Note(String),
    /// A text, whole and to the letter.
    Text(String),
    /// Several cells: what each is called, and what is written in it.
    Cells {
        /// The first of them.
        cells: Vec<(String, Written)>,
        /// How many more there are.
        more: usize,
    },
    /// A text that may identify a child, and that nobody sees.
    HeldBack,
    /// Something that could not be read, and why.
    Unreadable(String),
}

/// The longest text that is quoted among others or in a message, in characters; the length of a longer one is given.
const LONGEST_QUOTED: usize = 600;

impl Wrote {
    /// What the sheet of questions says: a text of one cell as it is, several cells a line each.
    pub fn in_cell(&self) -> String {
        match self {
            Wrote::Unsaid => "See your file".into(),
            Wrote::Nothing => "Nothing".into(),
            Wrote::Absent => "Not in your file".into(),
            Wrote::Note(text) => format!("In a note on the cell: {}", quoted(text)),
            Wrote::Text(text) => text.clone(),
            Wrote::Cells { cells, more } => quoted_cells(cells, *more).join("\n"),
            Wrote::HeldBack => "Removed, because it may identify a child".into(),
            Wrote::Unreadable(why) => format!("We could not read it: {why}"),
        }
    }

    /// What a message says, as a sentence; empty where there is nothing to say.
    pub fn in_sentence(&self) -> String {
        match self {
            Wrote::Unsaid | Wrote::Absent => String::new(),
            Wrote::Note(text) => format!("A note on the cell says {}.", quoted(text)),
            Wrote::Nothing => "You wrote nothing.".into(),
            Wrote::Text(text) => format!("You wrote {}.", quoted(text)),
            Wrote::Cells { cells, more } => format!("You wrote {}.", words::list(&quoted_cells(cells, *more))),
            Wrote::HeldBack => "We removed a text that may identify a child.".into(),
            Wrote::Unreadable(why) => format!("We could not read it: {why}."),
        }
    }
}

fn quoted_cells(cells: &[(String, Written)], more: usize) -> Vec<String> {
    let more = (more > 0).then(|| format!("{} more, in your file", words::count(more, "cell")));
    cells.iter().map(quoted_cell).chain(more).collect()
}

fn quoted_cell((name, written): &(String, Written)) -> String {
    let text = match written {
        Written::Nothing => "nothing".to_string(),
        Written::Text(text) => quoted(text),
        Written::HeldBack => "a text that may identify a child, which we removed".to_string(),
        Written::Unreadable(why) => format!("something we could not read ({why})"),
    };
    if name.is_empty() { text } else { format!("{name}: {text}") }
}

/// A text in its marks, never cut: of a long one its length is given instead, and one that would turn the words around it is not quoted.
fn quoted(text: &str) -> String {
    match text.chars().count() {
        long if long > LONGEST_QUOTED => format!("a text of {long} characters"),
        length if text.chars().any(turns_direction) => {
            format!("a text of {length} characters, some of which cannot be seen")
        }
        _ => format!("\"{text}\""),
    }
}

impl<'a> Issue<'a> {
    /// A fresh workbook: nothing carried in, nothing asked.
    pub fn fresh(theme: &'a Theme, round: &'a Round, agency: &'a Agency, number: u32) -> Issue<'a> {
        Issue { theme, round, agency, number, answers: &[], questions: &[] }
    }

    /// What stands on every page.
    fn paper(&self) -> Paper<'a> {
        Paper { marking: &self.round.marking, owner: &self.agency.name, audience: "" }
    }

    /// The statements to rate.
    fn statements(&self) -> Vec<(&'a Area, &'a Criterion)> {
        self.round.statements(self.theme, self.agency)
    }

    /// Whether the theme has anything that helps to answer one of the statements.
    fn has_guidance(&self) -> bool {
        self.statements().iter().any(|(_, criterion)| criterion.has_guidance())
    }

    /// Whether the theme explains words of the field.
    fn has_glossary(&self) -> bool {
        !self.theme.glossary.is_empty()
    }

    /// The visible return code.
    pub fn return_code(&self) -> String {
        return_code(self.round.id(), &self.agency.id, self.number)
    }

    /// The identity of this workbook, as its metadata sheet and its document properties hold it.
    fn metadata(&self) -> [(MetadataKey, String); 7] {
        MetadataKey::ALL.map(|key| {
            let value = match key {
                MetadataKey::Format => FORMAT.to_string(),
                MetadataKey::Round => self.round.id().to_string(),
                MetadataKey::Theme => self.theme.id.to_string(),
                MetadataKey::Fingerprint => self.theme.fingerprint(),
                MetadataKey::Agency => self.agency.id.to_string(),
                MetadataKey::ReturnCode => self.return_code(),
                MetadataKey::Issue => self.number.to_string(),
            };
            (key, value)
        })
    }
}

/// A text as it is issued: its sheet, its column counted from 0, and its words.
pub type Printed = (&'static str, u32, String);

/// Every text on the sheets to look things up in, which agencies of one group share.
pub fn texts_of_pages(issue: &Issue<'_>) -> Vec<Printed> {
    let mut pages = reference::pages(issue);
    pages.push(reference::questions(issue));
    let of = |page: &reference::Page| {
        let sheet = page.sheet;
        page.texts(issue).map(move |(column, text)| (sheet, column, text)).collect::<Vec<_>>()
    };
    pages.iter().flat_map(of).collect()
}

/// Every text of the first sheet, and what stands over the table: an agency's own.
pub fn texts_of_start(issue: &Issue<'_>) -> Vec<Printed> {
    let start = start::texts(issue).into_iter().map(|(column, text)| (START_SHEET, column, text));
    let heads = self_assessment::heads(issue).into_iter().map(|text| (SELF_ASSESSMENT_SHEET, 0, text));
    start.chain(heads).collect()
}

/// A workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook for {agency} could not be written: {cause}")]
pub struct IssueError {
    agency: String,
    cause: Box<dyn std::error::Error + Send + Sync>,
}

impl IssueError {
    fn of(issue: &Issue<'_>, cause: impl std::error::Error + Send + Sync + 'static) -> IssueError {
        IssueError { agency: issue.agency.name.clone(), cause: Box::new(cause) }
    }
}

/// Writes one workbook.
///
/// # Errors
///
/// When a text is longer than a cell holds: 32,767 characters.
pub fn issue(issue: &Issue<'_>) -> Result<Vec<u8>, IssueError> {
    write(issue, &start::heights(issue)).map_err(|cause| IssueError::of(issue, cause))
}

/// Writes a workbook whose first sheet has rows of these heights.
fn write(issue: &Issue<'_>, heights: &[f64]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.set_properties(&properties(issue)?);
    if !issue.questions.is_empty() {
        reference::questions(issue).write(workbook.add_worksheet(), issue)?;
    }
    start::write(workbook.add_worksheet(), issue, heights)?;
    self_assessment::write(workbook.add_worksheet(), issue)?;
    for page in reference::pages(issue) {
        page.write(workbook.add_worksheet(), issue)?;
    }
    metadata(workbook.add_worksheet(), issue)?;
    workbook.save_to_buffer()
}

/// Writes the very-hidden sheet: one row a key of the metadata.
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
    let mut properties = sheets::properties(&title, subject, author, issue.round.issue_date())?;
    for (key, value) in issue.metadata() {
        properties = properties.set_custom_property(key.name(), value.as_str());
    }
    Ok(properties)
}
