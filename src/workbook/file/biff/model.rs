//! The result of a walk over the records of an `.xls`.

use std::sync::Arc;

/// Shared texts of a workbook.
pub(super) const SHARED_STRINGS: usize = 2_000_000;
/// Filled cells of a workbook.
pub(super) const CELLS: usize = 5_000_000;
/// Sheets of a workbook.
pub(super) const SHEETS: usize = 1_024;

/// The row and column of a cell, both from 0.
pub(in crate::workbook::file) type WalkedAt = (u16, u16);

/// Why an `.xls` is refused, in words that follow "the workbook cannot be read:". What exactly is damaged is for tests and engineers;
/// officers are told that the file is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::workbook::file) enum BiffFault {
    /// It asks for a password.
    #[error("it is password protected")]
    Protected,
    /// A part of it is not what any program writes.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// It is whole, but cannot be read without losing something.
    #[error("{0}")]
    Untrusted(String),
}

pub(super) fn damaged(what: impl Into<String>) -> BiffFault {
    BiffFault::Damaged(what.into())
}

/// The value of a cell as the walk sees it. Blank cells are left out.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::workbook::file) enum WalkedValue {
    /// A text, perhaps an empty one.
    Text(Arc<str>),
    /// A number, which may be a date.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// An error, by its number.
    Error(u8),
}

/// The kind of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workbook::file) enum SheetKind {
    /// A sheet with cells, or a dialogue sheet.
    Grid,
    /// A sheet of old macros; its cells are not looked at.
    Macros,
    /// A chart.
    Chart,
    /// A module of Visual Basic.
    Module,
}

impl SheetKind {
    pub(super) fn from_list(number: u8) -> Option<SheetKind> {
        match number {
            0 => Some(SheetKind::Grid),
            1 => Some(SheetKind::Macros),
            2 => Some(SheetKind::Chart),
            6 => Some(SheetKind::Module),
            _ => None,
        }
    }

    pub(super) fn from_beginning(number: u16) -> Option<SheetKind> {
        match number {
            0x10 => Some(SheetKind::Grid),
            0x40 => Some(SheetKind::Macros),
            0x20 => Some(SheetKind::Chart),
            0x06 => Some(SheetKind::Module),
            _ => None,
        }
    }
}

/// A sheet as the walk saw it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::workbook::file) struct WalkedSheet {
    /// Its name.
    pub(in crate::workbook::file) name: String,
    /// What it is.
    pub(in crate::workbook::file) kind: SheetKind,
    /// Its filled cells, row by row; empty for a sheet that is not a grid.
    pub(in crate::workbook::file) cells: Vec<(WalkedAt, WalkedValue)>,
}

/// An `.xls` that is whole.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::workbook::file) struct Walked {
    /// Its sheets, in the order of their tabs.
    pub(in crate::workbook::file) sheets: Vec<WalkedSheet>,
    /// The code page that the reader must be told (`XlsOptions::force_codepage`), whatever the file claims.
    pub(in crate::workbook::file) code_page: u16,
    /// Whether its days count from 1904.
    pub(in crate::workbook::file) is_1904: bool,
    /// A new compound file for the reader, with nothing in it but the walked stream and the properties. In the original file the reader
    /// would take any stream with the name `Workbook`, even that of an embedded workbook, and would trust every chain of sectors.
    pub(in crate::workbook::file) alone: Vec<u8>,
}
