//! What an inspection looks at, read from one TOML file: a [`Theme`] holds [`Area`]s, an area [`Criterion`]s.
//!
//! A theme is data: a new one needs no Rust. `criteria/_template.toml` is the manual of its format.

mod group;
mod criterion;
mod pack;
mod built_in;
mod read;

pub use built_in::{BUILT_IN, TEMPLATE};
pub use criterion::{Area, Basis, Criterion, StatementRatings, Term};
pub use group::{AskedOf, Group};
pub use pack::{AsIssued, Changes, ColumnOrder, Definitions, Framework, ShortNameGaps, Status, Theme};

pub use read::read;
