//! Short names of agencies and statements, for slides where the full names have no room.

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

/// A Ref without the letters that all Refs of its theme share: "2.1" for "DA24-2.1". If the theme has different letters the Ref is kept
/// in full, because "GEN-1.1" and "FD-1.1" would look the same.
pub(super) fn short_ref<'i>(inputs: DocumentInputs<'_>, id: &'i CriterionId) -> &'i str {
    let Some((letters, number)) = id.as_str().rsplit_once('-') else { return id.as_str() };
    let has_letters = |other: &CriterionId| other.as_str().rsplit_once('-').is_some_and(|(own, _)| own == letters);
    let is_same = inputs.theme.criteria().all(|(_, criterion)| has_letters(&criterion.id));
    if is_same { number } else { id.as_str() }
}
