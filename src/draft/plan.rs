//! What is to become of each piece of a document: all of them, in their order.

use jiff::civil::Date;

use super::blocks::RowParts;
use crate::theme::ThemeSource;

/// The plan of a draft.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct DraftPlan {
    /// The pieces, each with its fate.
    pub source: ThemeSource,
    /// What a table says of each piece beside its words; empty for pieces that are not from one.
    pub parts: Vec<RowParts>,
    /// What the document says of itself.
    pub framework: FoundFramework,
}

/// What a document says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FoundFramework {
    /// Its title; empty where it has none.
    pub title: String,
    /// Who published it; empty where it does not say.
    pub publisher: String,
    /// When; `None` where it names no day.
    pub published: Option<Date>,
}
