//! What an inspection looks at, read from one TOML file: a [`Theme`] with its [`Area`]s, each with its [`Criterion`]s.
//!
//! A theme is data, so a new one needs no Rust. `criteria/_template.toml` is the manual of its format.

mod group;
mod criterion;
mod wording;
mod source;
mod pack;
mod built_in;
mod navigation;
mod sections;
mod gate;
mod review;
mod read_source;
mod read;

pub use built_in::{BUILT_IN, TEMPLATE};
pub use criterion::{Area, Basis, Criterion, StatementRatings, Term};
pub use gate::{TO_FILL_IN, not_ready};
pub use group::{AskedOf, Group};
pub use navigation::looks_like_navigation;
pub use pack::{AsIssued, Changes, ColumnOrder, Definitions, Framework, ShortNameGaps, Status, Theme};
pub use review::{repeats_words, review, review_heading};
pub use sections::{Section, SectionKind, areas_text, sections};
pub use source::{
    PieceFate, PublishedArea, PublishedStatement, PublishedWordings, SourcePiece, ThemeSource, wording_print,
};
pub use wording::{is_labelled, label_of, without_note_marks};

pub use read::read;
