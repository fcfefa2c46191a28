//! What is seen of a workbook beside its cells.

use super::super::book::{At, Extras, Remark, Value};
use std::collections::BTreeMap;

/// What a workbook says beside the values that the reader gives.
#[derive(Debug, Default)]
pub struct Look {
    /// The sheets with cells, in order; empty for `.xls`, whose parts are not looked at one by one.
    pub sheets: Vec<SheetLook>,
    /// What matters beside the cells.
    pub remarks: Vec<Remark>,
    /// The package with its parts inflated, for the reader; `None` where it is to read the file as it is.
    pub inflated: Option<Vec<u8>>,
}

/// What one sheet says beside the values that the reader gives.
#[derive(Debug, Default)]
pub struct SheetLook {
    /// The sheet's name.
    pub name: String,
    /// What the reader does not tell.
    pub extras: Extras,
    /// The values that take the place of the reader's.
    pub overrides: BTreeMap<At, Value>,
    /// How many of them the reader may fail on.
    pub faults: usize,
    /// The cells that lead somewhere, each with the id of the relationship that says where.
    pub links: BTreeMap<At, String>,
}
