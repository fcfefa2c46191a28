//! The counts of a round, without any words.

use super::challenged::{ChallengedNumbers, ShownRatings, of_challenge};
use super::counts::Counts;
use super::reconciliation::Reconciliation;
use super::summaries::{self, AgencySummary, AreaSummary, BasisSummary, CriterionSummary};
use crate::core::ids::{AgencyId, CriterionId};
use crate::theme::Basis;
use std::collections::HashMap;

/// The words on slides and pictures for ratings that agencies gave themselves.
pub const SELF_RATINGS: &str = "Self-ratings";

/// The counts of a round, without any words: what `collect` and `status` report.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// Which ratings are counted. [`Numbers::challenged`] has both, always.
    pub ratings: ShownRatings,
    /// All answers asked, including those of agencies that have not returned: for how much came back. Ratings on several bases are never
    /// added up; [`Numbers::bases`] has them.
    pub overall: Counts,
    /// The same by basis, in the fixed order of bases; only bases that were asked about.
    pub bases: Vec<BasisSummary>,
    /// By area, in the theme's order, without areas that nobody was asked about.
    pub areas: Vec<AreaSummary>,
    /// By criterion, in the theme's order; only those asked of at least one agency.
    pub criteria: Vec<CriterionSummary>,
    /// By agency, in the round's order.
    pub agencies: Vec<AgencySummary>,
    /// The figures before and after challenge, by basis; empty if no challenge is on record.
    pub challenged: Vec<ChallengedNumbers>,
    /// Whether everything that was issued is accounted for.
    pub reconciliation: Reconciliation,
}

impl Numbers {
    /// Which ratings are counted, as slides and charts say it: "Self-ratings", or "After challenge: 20 looked at, 3 changed"; `of` limits the
    /// figures to one basis.
    pub fn which_ratings(&self, of: Option<Basis>) -> String {
        if self.ratings == ShownRatings::Own {
            return SELF_RATINGS.into();
        }
        let here = self.challenged.iter().filter(|one| of.is_none_or(|basis| basis == one.basis));
        let here: Vec<ChallengedNumbers> = here.copied().collect();
        let said = |one: &ChallengedNumbers| format!("{} looked at, {} changed", one.looked_at(), one.changed());
        format!("After challenge: {}", of_challenge(&here, said))
    }

    /// Whether a challenge has looked at any answer.
    pub fn is_challenged(&self) -> bool {
        self.challenged.iter().any(|of| of.looked_at() > 0)
    }

    /// The summary of the agency with this id.
    pub fn agency(&self, id: &AgencyId) -> Option<&AgencySummary> {
        self.agencies.iter().find(|agency| agency.id == *id)
    }

    /// The criteria that an area's summary counts.
    pub fn criteria_of<'a>(&'a self, area: &'a AreaSummary) -> impl Iterator<Item = &'a CriterionSummary> {
        self.criteria.iter().filter(|summary| summary.area == area.id && summary.criterion.basis == area.basis)
    }

    /// The basis of each criterion that is asked.
    pub fn basis_of_each(&self) -> HashMap<&CriterionId, Basis> {
        summaries::basis_of_each(&self.criteria)
    }

    /// The number of agencies with a return that counts.
    pub fn returned(&self) -> usize {
        self.agencies.iter().filter(|agency| agency.is_returned).count()
    }

    /// The number of agencies that were asked something.
    pub fn asked(&self) -> usize {
        self.agencies.iter().filter(|agency| agency.counts.asked > 0).count()
    }
}
