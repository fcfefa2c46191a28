//! What a finding is about, as data.

use serde::{Deserialize, Serialize};

use crate::core::ids::{AgencyId, CriterionId};
use crate::core::written::Written;
use crate::form::Field;

/// What a finding is about: each part where it is known. A finding's sentence is made from it, and questions, references, decisions
/// and data read it, never the sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Subject {
    /// The agency; `None` where it is about no agency or an unknown one.
    pub agency: Option<AgencyId>,
    /// The SHA-256 of the return it was found in, 64 hexadecimal digits; its name is the finding's place. `None` outside returns.
    pub sha256: Option<String>,
    /// The statement; `None` where it is about the return, a sheet, or no statement asked.
    pub criterion: Option<CriterionId>,
    /// The column of the table, or the field of the first sheet; `None` for a whole row, or outside both.
    pub field: Option<Field>,
    /// The cells, each with what is written in it; none where it is about no cell, or about so many that they are only counted.
    pub cells: Vec<WrittenCell>,
    /// How many more cells it is about than are listed: of a block of thousands the first ones are.
    pub more_cells: usize,
    /// Other agencies of the round that signs in the file name as its own, where they disagree; none otherwise.
    pub claimed_by: Vec<AgencyId>,
    /// What was written, where no cell holds it: a name, a value of a settings file. Empty otherwise.
    pub written: String,
}

/// A cell with what is written in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WrittenCell {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, as people write it: `D7`; empty for a text that lies over the sheet.
    pub cell: String,
    /// Which column or field it is, where it is one.
    pub field: Option<Field>,
    /// What is written in it.
    pub written: Written,
}

/// What an agency replied, with the file that it is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RepliedText {
    /// The file, relative to the round's folder.
    pub file: String,
    /// The cell for the reply, and the reply.
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
