//! Every word that people are shown, as plain data.
//!
//! Audiences that never mix: the [`deck`] goes before inspectors; [`briefing`] with [`annex`] are for leaders only, come after it and may
//! quote it; so are the pages for the [`scrutineer`]. The deck names neither. The papers of [`feedback`] go to one agency each, and have
//! nothing in them that is for leaders, or is a different agency's.

mod slide_key;
mod picks;
mod inputs;
mod cover;
mod names;
mod table;
mod challenged;
mod changed;
pub mod deck;
pub mod quoted;
pub mod kept;
pub mod briefing;
pub mod annex;
pub mod agency_annex;
pub mod scrutineer;
pub mod feedback;
pub mod checks;

pub use cover::{Cover, agency_name, reference};
pub use inputs::{AnnexScope, DocumentInputs, Length, MOST_IN_FULL};
pub use picks::{Added, Agreement, Approval, ChildrensLine, ContextFigure, Picked, PickedAction, Picks};
pub use slide_key::SlideKey;
pub use table::DocumentTable;

/// Whom everything but the deck is not for, as pages and sheets say it.
pub const NOT_FOR_INSPECTORS: &str = "Not for inspectors";
