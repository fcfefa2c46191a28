//! What the officer chooses for the presentation, in `choices.xlsx`: written from the answers, read at every report.
//!
//! Its sheets and columns are defined in `contract`. [`read()`] reads it; [`resolve()`] compares it with the answers. Where nothing is
//! chosen, the rule that the slide Method states picks. A choice stays from run to run; one that no longer fits the answers becomes a
//! finding and is not shown.
//!
//! When the answers change what there is to choose from ([`offer_changes`]), the file is renewed: written again by [`workbook`], with
//! everything that the officer wrote in the [`earlier()`] one.

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
pub use read::{held_back, read};
pub use renewal::{OfferChanges, offer_changes};
pub use resolve::resolve;
pub use sheets::cells_given;
pub use write::workbook;
