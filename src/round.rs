//! A round: one theme, one partnership, its agencies, a deadline. Its settings are in `round.toml`.

mod folder;
mod agency;
mod agencies;
mod short_name;
mod settings;
mod read;
mod agency_entries;
mod write;

pub use agency::{Agency, AgencyField, AgencyPlace, AgencyStatus};
pub use settings::{Branding, Cleared, ReturnEntry, Round};

pub use agencies::{LONGEST_ID, check_agencies};
pub use agency_entries::without_agencies;
pub use folder::{AGENCIES_FILE, CHOICES_FILE, Folder, ROUND_FILE};
pub use read::{read, read_with};
pub use write::as_toml;
pub use write::in_this_format;
