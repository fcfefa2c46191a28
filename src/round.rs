//! One benchmarking exercise: one theme, one partnership, a list of agencies, a deadline. What `round.toml` says.

mod folder;
mod agency;
mod agencies;
mod settings;
mod read;
mod write;

pub use agency::{Agency, AgencyStatus};
pub use settings::{Branding, Cleared, ReturnEntry, Round};

pub use agencies::{ListRow, agencies};
pub use folder::{CHOICES_FILE, Folder};
pub use read::read;
pub use write::as_toml;
pub use write::in_this_format;
