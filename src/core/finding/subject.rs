//! What a finding is about, as data.

use serde::{Deserialize, Serialize};

use crate::core::ids::{AgencyId, CriterionId};
use crate::core::written::Written;
use crate::form::Field;

/// What a finding is about, each part where it is known. Sentences, questions, references, decisions and data are all made from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Subject {
    /// The agency; `None` where there is none or it is unknown.
    pub agency: Option<AgencyId>,
    /// The SHA-256 of the return it was found in, 64 hexadecimal digits; `None` outside returns. The file's name is in the finding's place.
    pub sha256: Option<String>,
    /// The statement; `None` where it is about the return, a sheet, or a statement that was not asked.
    pub criterion: Option<CriterionId>,
    /// The column of the table, or the field of the first sheet; `None` for a whole row, or outside both.
    pub field: Option<Field>,
    /// The cells, each with its text; empty where it is about no cell, or about so many that they are only counted.
    pub cells: Vec<WrittenCell>,
    /// How many cells it is about besides those listed: only the first cells of a large block are.
    pub more_cells: usize,
    /// Other agencies that signs in the file point to, where the signs disagree; empty otherwise.
    pub claimed_by: Vec<AgencyId>,
    /// The text it is about where that is not in a cell: a name, a value of a settings file, a key that tells kinds apart. Else empty.
    pub written: String,
}

/// A cell with what is written in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WrittenCell {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, as people write it: `D7`; empty for a text in a shape on top of the sheet.
    pub cell: String,
    /// The column or field that the cell belongs to; `None` for a cell outside both.
    pub field: Option<Field>,
    /// What is written in it.
    pub written: Written,
}

/// An agency's reply, with its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RepliedText {
    /// The file, relative to the round's folder.
    pub file: String,
    /// The cell with the reply.
    pub cell: WrittenCell,
}

impl Subject {
    /// One cell of a return.
    pub fn of_cell(cell: WrittenCell) -> Subject {
        Subject { field: cell.field, cells: vec![cell], ..Subject::default() }
    }

    /// The same, about this statement.
    pub fn on(mut self, criterion: &CriterionId) -> Subject {
        self.criterion = Some(criterion.clone());
        self
    }

    /// The same, about this column or field.
    pub fn in_field(mut self, field: impl Into<Field>) -> Subject {
        self.field = Some(field.into());
        self
    }

    /// The same, about these cells.
    pub fn with_cells(mut self, cells: Vec<WrittenCell>) -> Subject {
        self.cells = cells;
        self
    }
}
