//! Where in a file something was found.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::core::quoting::printable;

/// Where in a file something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// The file as a whole.
    Whole,
    /// A line and column of a text file, both counted from 1.
    Line(usize, usize),
    /// A sheet of a workbook.
    Sheet(String),
    /// A cell of a sheet, as people write it: `D7`.
    Cell(String, String),
}

/// A file and a spot in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file as the officer knows it: relative to the round's folder, with `/` between folders.
    pub file: String,
    /// Where in the file.
    pub spot: Spot,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Whole }
    }

    /// A line and column of a text file, counted from 1.
    pub fn line(file: impl Into<String>, line: usize, column: usize) -> Place {
        Place { file: file.into(), spot: Spot::Line(line, column) }
    }

    /// A sheet of a workbook.
    pub fn sheet(file: impl Into<String>, sheet: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Sheet(sheet.into()) }
    }

    /// A cell of a sheet.
    pub fn cell(file: impl Into<String>, sheet: impl Into<String>, cell: impl Into<String>) -> Place {
        Place { file: file.into(), spot: Spot::Cell(sheet.into(), cell.into()) }
    }

    /// The sheet's name; empty where the place names none.
    pub fn sheet_name(&self) -> &str {
        match &self.spot {
            Spot::Sheet(sheet) | Spot::Cell(sheet, _) => sheet,
            Spot::Whole | Spot::Line(..) => "",
        }
    }

    /// The cell, as in `D7`; for a text file `line 3, column 9`; empty where the place names neither.
    pub fn cell_name(&self) -> String {
        match &self.spot {
            Spot::Cell(_, cell) => cell.clone(),
            Spot::Line(line, column) => format!("line {line}, column {column}"),
            Spot::Whole | Spot::Sheet(_) => String::new(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names come from people's files and may have control characters, which could drive a terminal.
        let file = printable(&self.file);
        match &self.spot {
            Spot::Whole => f.write_str(&file),
            Spot::Line(line, column) => write!(f, "{file}, line {line}, column {column}"),
            Spot::Sheet(sheet) => write!(f, "{file}, sheet {}", printable(sheet)),
            Spot::Cell(sheet, cell) => write!(f, "{file}, sheet {}, cell {cell}", printable(sheet)),
        }
    }
}
