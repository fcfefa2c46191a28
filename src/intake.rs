//! Pulls the returns together: from responses to one typed answer for each statement that an agency was asked.

pub mod decisions;
pub mod arrivals;
pub mod entries;
pub mod saved;
pub mod corrections;
pub mod changes;
mod order;
pub mod selection;
pub mod recheck;
pub mod still_open;
pub mod evidence;
pub mod questions;
pub mod standing;
pub mod progress;
pub mod moderation;
pub mod answers;
pub mod after_challenge;
pub mod also_written;
