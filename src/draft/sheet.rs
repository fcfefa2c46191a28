//! The workbook to check a draft with: the source on the left, what became of each piece on the right, cells to correct it. It goes out
//! beside the draft and comes back with a person's corrections; it is known by a hidden sheet, whatever its name is by then.

mod contract;
mod write;
mod read;

pub use contract::{cells_to_read, file_name, theme_of};
pub use read::{SheetReadBack, read_back};
pub use write::workbook_to_check;
