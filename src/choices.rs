//! What the officer chooses for the presentation: `choices.xlsx`, written from the answers, read at every report.
//!
//! Its contract is stated once, in `contract`; [`read()`] reads it, [`resolve()`] holds it against the answers. Nothing is chosen in an
//! untouched file: the stated rule then picks, and slides say so. What is chosen survives every run; what no longer fits the answers is a
//! finding and does not stand on a slide.
//!
//! When the answers change what there is to choose from ([`offer_changes`]), the file is written again with everything that the officer
//! wrote in it ([`workbook`] of an [`earlier()`] file).

mod contract;
mod entry;
mod sheets;
mod filled;
mod read;
mod resolve;
mod offers;
mod earlier;
mod edit;
mod layout;
mod renewal;
mod write;
mod checks;

pub use checks::{moved, not_approved};
pub use contract::{ChoicesSheet, Holds};
pub use earlier::{EarlierChoices, earlier};
pub use edit::{CellEdit, FormCell, FormRow, FormSheet, LONGEST_TEXT, edited, rows, unix};
pub use entry::{Choice, Choices};
pub use offers::ChoicesSource;
pub use read::read;
pub use renewal::{OfferChanges, offer_changes};
pub use resolve::resolve;
pub use sheets::cells_given;
pub use write::workbook;
