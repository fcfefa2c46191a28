//! What agencies answered in the round before.
//!
//! It is written once, when the later round is made, and never changed. These answers are carried into workbooks, returns are compared with
//! them, and so are the ratings of the two rounds. They are self-ratings only: what a challenge meeting agreed stays in its own round.

mod answers;
mod carried;
mod file;

pub use answers::{PreviousAgency, PreviousAnswer, PreviousHeadline, PreviousRound, PreviousStatement};
pub use carried::{CarriedAnswer, CarriedHeadline, CarriedReturn};
pub use file::{PreviousFault, as_json, from_json};
