//! What agencies and statements are called on a slide, where their full names have no room.

use super::inputs::DocumentInputs;
use crate::core::ids::{AgencyId, CriterionId};

/// An agency's short name by its id.
pub(super) fn short_agency(inputs: DocumentInputs<'_>, id: &AgencyId) -> String {
    inputs.analysis.numbers.agency(id).map_or_else(|| id.to_string(), |agency| agency.short_name.clone())
}

/// A statement's short name by its id.
pub(super) fn short_statement(inputs: DocumentInputs<'_>, id: &CriterionId) -> String {
    inputs.theme.criterion(id).map_or_else(|| id.to_string(), |(_, criterion)| criterion.short_name())
}

/// A Ref without the letters that all Refs of its theme begin with: "2.1" of "DA24-2.1".
pub(super) fn short_ref(id: &CriterionId) -> &str {
    id.as_str().rsplit_once('-').map_or(id.as_str(), |(_, number)| number)
}
