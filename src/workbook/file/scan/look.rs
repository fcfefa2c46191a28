//! The result of a check: what the reader does not tell of a workbook, or gets wrong.

use super::super::book::{At, Extras, Remark, Value};
use std::collections::BTreeMap;

/// What a check found in a workbook.
#[derive(Debug, Default)]
pub struct Look {
    /// The sheets with cells, in order; empty for `.xls`, whose parts are not looked at one by one.
    pub sheets: Vec<SheetLook>,
    /// What people should know about the file.
    pub remarks: Vec<Remark>,
    /// The package with its parts inflated, for the reader; `None` where it is to read the file as it is.
    pub inflated: Option<Vec<u8>>,
}

/// What a check found in one sheet.
#[derive(Debug, Default)]
pub struct SheetLook {
    /// The sheet's name.
    pub name: String,
    /// What the reader does not tell.
    pub extras: Extras,
    /// The values that replace the reader's.
    pub overrides: BTreeMap<At, Value>,
    /// How many of them the reader may fail on. It then names no cell, so these must be told from new faults by counting.
    pub faults: usize,
    /// The cells with a link, each with the id of the relationship that has its address.
    pub links: BTreeMap<At, String>,
}
