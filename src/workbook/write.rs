//! Writes every workbook that jtai makes. No other room uses the library behind it (`rust_xlsxwriter`).

mod styles;
mod cells;
mod page;
mod input_messages;
mod start;
mod self_assessment;
mod in_short;
mod to_print;
mod reference;
mod same_bytes;
mod growing_rows;
mod issued;
mod round_writer;
mod tables;
mod chart_data;

pub use cells::Cell;
pub use chart_data::chart_data;
pub use issued::{IssueError, issued_workbook};
pub use round_writer::RoundWriter;
pub use same_bytes::as_on_every_system;
pub use tables::{
    BarChart, ColumnChoices, FillInField, FillInSheet, HiddenSheet, TableSheet, TableWorkbook, WriteError,
};
