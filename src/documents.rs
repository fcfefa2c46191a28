//! Every word that people are shown, as plain data.
//!
//! Audiences never mix. Inspectors see the [`deck`]. The [`briefing`], the [`annex`] and the pages for the [`scrutineer`] are for leaders
//! only: they are made from the deck and may quote it, and the deck uses none of them. Each [`feedback`] paper goes to one agency, and has
//! nothing in it that is for leaders or belongs to a different agency.

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

/// What every page and sheet says that inspectors must not see: everything but the deck.
pub const NOT_FOR_INSPECTORS: &str = "Not for inspectors";
