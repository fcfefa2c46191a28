//! The counts by basis, area, statement and agency.

use super::counts::Counts;
use super::groups::{GroupCounts, once_each};
use super::measures::FEWEST_FOR_A_MIDDLE;
use super::measures::Position;
use crate::core::finding::Settlement;
use crate::core::ids::{AgencyId, AreaId, CriterionId};
use crate::core::words;
use crate::form::Rating;
use crate::intake::answers::SourceCell;
use crate::response::SpeaksFor;
use crate::theme::{Basis, Criterion};
use std::collections::HashMap;

/// The basis of each of these criteria.
pub(super) fn basis_of_each(criteria: &[CriterionSummary]) -> HashMap<&CriterionId, Basis> {
    criteria.iter().map(|summary| (&summary.criterion.id, summary.criterion.basis)).collect()
}

/// The statements of one basis together. Bases are never added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasisSummary {
    /// The basis.
    pub basis: Basis,
    /// How many statements of it are asked.
    pub statements: usize,
    /// The counts of their answers.
    pub counts: Counts,
}

/// One area's statements of one basis: an area with several bases has a summary for each.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaSummary {
    /// Its id.
    pub id: AreaId,
    /// The basis of the statements that are counted here.
    pub basis: Basis,
    /// Its heading, with the basis if the area has several.
    pub title: String,
    /// Its heading for charts.
    pub short_title: String,
    /// The counts of its answers.
    pub counts: Counts,
}

/// One criterion over all agencies asked.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionSummary {
    /// The criterion, with its statement, basis and source.
    pub criterion: Criterion,
    /// Its area.
    pub area: AreaId,
    /// The counts of its answers.
    pub counts: Counts,
    /// The same by group of agencies, in the fixed order of groups; only groups that were asked.
    pub groups: Vec<GroupCounts>,
    /// Its middle rating with its bounds; `None` if nobody rated it.
    pub position: Option<Position>,
    /// How alike its ratings are, from 0 to 1; `None` with fewer than two ratings. Never shown to people.
    pub agreement: Option<f64>,
}

/// One agency.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencySummary {
    /// Its id.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short_name: String,
    /// Its group's code.
    pub group: &'static str,
    /// The counts of its answers.
    pub counts: Counts,
    /// The same by basis, in the fixed order of bases; only bases that it was asked about.
    pub bases: Vec<BasisSummary>,
    /// Whether a return counts for it.
    pub is_returned: bool,
    /// Whom its answers speak for, as it wrote; empty if it does not say.
    pub speaks_for: SpeaksFor,
    /// Whether approval is recorded in that return.
    pub is_approval_recorded: bool,
    /// Who approved its return, as typed; empty if nobody is named.
    pub approved_by: String,
    /// When it was approved; `None` if no date is recorded.
    pub approved_on: Option<jiff::civil::Date>,
    /// The decision that approves it, if the approval is not from the workbook.
    pub approval_settled: Option<Settlement>,
    /// The cells of the approval's name and date, each with its sheet.
    pub approval_cells: Vec<(String, String)>,
    /// The file of the return that counts, relative to the round's folder; empty if there is none.
    pub source_file: String,
}

impl AgencySummary {
    /// How much of what it was asked is rated, as in "7 of 9"; with each basis separately, "20 of 24 and 8 of 8".
    pub fn rated_of_asked(&self) -> String {
        let said = self.bases.iter().map(|of| format!("{} of {}", of.counts.rated(), of.counts.asked));
        words::list(&said.collect::<Vec<_>>())
    }

    /// The cells of the approval's name and date.
    pub fn approval_sources(&self) -> impl Iterator<Item = SourceCell> {
        let source = |(sheet, cell): &(String, String)| SourceCell {
            file: self.source_file.clone(),
            sheet: sheet.clone(),
            cell: cell.clone(),
        };
        self.approval_cells.iter().map(source)
    }
}

impl CriterionSummary {
    /// Whether some agencies rate it Green and others Red.
    pub fn is_apart(&self) -> bool {
        self.counts.red > 0 && self.counts.green > 0
    }

    /// The middle rating if each group counted once; `None` if it is the same as that of all agencies, or there are too few ratings.
    pub fn middle_once_each(&self) -> Option<Rating> {
        let middle = self.position?.middle;
        let once = once_each(&self.groups)?;
        (once != middle && self.counts.rated() >= FEWEST_FOR_A_MIDDLE).then_some(once)
    }
}
