//! The questions that an agency is asked about its return.

use crate::core::ids::CriterionId;
use crate::core::quoting::turns_direction;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ColumnKey, HeadlineCell};

/// A question to an agency about its return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The references of the findings behind it, such as `F-3HK6Q2`.
    pub references: Vec<String>,
    /// The statement it is about; `None` for the return as a whole.
    pub statement: Option<CriterionId>,
    /// The column it is about; `None` for the row as a whole.
    pub column: Option<ColumnKey>,
    /// The cell of the table of headlines that it is about; `None` for any other question.
    pub headline: Option<HeadlineCell>,
    /// Where, in the agency's words.
    pub place: String,
    /// What the agency wrote there.
    pub wrote: Wrote,
    /// What it is asked to do.
    pub to_do: String,
}

/// What an agency wrote in the place that a question is about. Quotations are exact and whole; what cannot be quoted is described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrote {
    /// The question is not about a text.
    Unsaid,
    /// The cell is empty.
    Nothing,
    /// There is no such row or column in the return.
    Absent,
    /// There is a note on the cell. It may be meant for colleagues only, so it is not quoted.
    Note,
    /// A text, exact and whole.
    Text(String),
    /// Several cells, each with its name and its text.
    Cells {
        /// The first of them.
        cells: Vec<(String, Written)>,
        /// How many more there are.
        more: usize,
    },
    /// A text that may identify a child. Nobody sees it.
    HeldBack,
    /// Something that could not be read, and why.
    Unreadable(String),
}

/// The longest text that is quoted in a sentence or a list, in characters. Of a longer text only the length is given: half a quotation
/// could change what the agency said.
const LONGEST_QUOTED: usize = 600;

impl Wrote {
    /// What the sheet of questions shows: the text of one cell as it is, or a line for each of several cells.
    pub fn in_cell(&self) -> String {
        match self {
            Wrote::Unsaid => String::new(),
            Wrote::Nothing => "Nothing".into(),
            Wrote::Absent => "Not in your file".into(),
            Wrote::Note => "A note on the cell".into(),
            Wrote::Text(text) => text.clone(),
            Wrote::Cells { cells, more } => quoted_cells(cells, *more).join("\n"),
            Wrote::HeldBack => "Removed, because it may identify a child".into(),
            Wrote::Unreadable(why) => format!("We could not read it: {why}"),
        }
    }

    /// A sentence for a message; empty where there is nothing to say.
    pub fn in_sentence(&self) -> String {
        match self {
            Wrote::Unsaid | Wrote::Absent | Wrote::Note | Wrote::Nothing | Wrote::HeldBack => String::new(),
            Wrote::Text(text) => format!("You wrote {}.", quoted(text)),
            Wrote::Cells { cells, more } => format!("You wrote {}.", words::list(&quoted_cells(cells, *more))),
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

/// A text in quotation marks, never cut. A long one is described by its length. So is one with characters that turn the direction of
/// writing: they would turn the words around the quotation too.
fn quoted(text: &str) -> String {
    match text.chars().count() {
        long if long > LONGEST_QUOTED => format!("a text of {long} characters"),
        length if text.chars().any(turns_direction) => {
            format!("a text of {length} characters, some of which cannot be seen")
        }
        _ => format!("\"{text}\""),
    }
}
