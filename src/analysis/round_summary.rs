//! The counts of a round, without any words.

use super::counts::Counts;
use super::reconciliation::Reconciliation;
use super::summaries::{AgencySummary, AreaSummary, CriterionSummary};
use crate::core::ids::{AgencyId, AreaId};

/// What the cells of a round come to, without any words: what `collect` and `status` say.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// All cells issued, missing agencies included.
    pub overall: Counts,
    /// By area, in the theme's order; areas of which nothing was asked are left out.
    pub areas: Vec<AreaSummary>,
    /// By criterion, in the theme's order; only those asked of at least one agency.
    pub criteria: Vec<CriterionSummary>,
    /// By agency, in the round's order.
    pub agencies: Vec<AgencySummary>,
    /// Whether everything that was issued is accounted for.
    pub reconciliation: Reconciliation,
}

impl Numbers {
    /// The agency with this id, as summed up here.
    pub fn agency(&self, id: &AgencyId) -> Option<&AgencySummary> {
        self.agencies.iter().find(|agency| agency.id == *id)
    }

    /// The criteria of an area.
    pub fn criteria_of<'a>(&'a self, area: &'a AreaId) -> impl Iterator<Item = &'a CriterionSummary> {
        self.criteria.iter().filter(move |summary| summary.area == *area)
    }

    /// The agencies of which a return counts.
    pub fn returned(&self) -> usize {
        self.agencies.iter().filter(|agency| agency.is_returned).count()
    }

    /// The agencies that were asked something.
    pub fn asked(&self) -> usize {
        self.agencies.iter().filter(|agency| agency.counts.asked > 0).count()
    }
}
