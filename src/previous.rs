//! What agencies answered in the round before, as it goes on in this one.
//!
//! It is written once, when the later round is made, and never changed afterwards. Workbooks carry it in, returns are held against it, and
//! change between the two rounds is worked out from it. Self-ratings only: what
//! a challenge meeting agreed stays in the round whose meeting it was.

mod answers;
mod carried;
mod file;

pub use answers::{PreviousAgency, PreviousAnswer, PreviousHeadline, PreviousRound, PreviousStatement};
pub use carried::{CarriedAnswer, CarriedHeadline, CarriedReturn};
pub use file::{PreviousFault, as_json, from_json};
