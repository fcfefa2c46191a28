//! Whose answers in full a report has beside the annex.

use super::files;
use crate::app::agencies::named_agencies;
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::open::OpenRound;
use crate::core::ids::AgencyId;
use crate::round::Agency;

/// What is typed for an annex with every answer, however many agencies there are.
pub(crate) const EVERY_ANSWER: &str = "all";

/// Which annexes a report has.
#[derive(Debug, PartialEq)]
pub(super) struct WishedAnnexes {
    /// Whether the annex was asked for with every answer in it.
    pub is_full: bool,
    /// The agencies with an annex of their own, in the round's order: those asked for now, and those whose annex is there already, so that
    /// none is left out of date or taken away. Deleting its file ends that.
    pub agencies: Vec<AgencyId>,
}

/// What was asked for, held against the round.
///
/// # Errors
///
/// When an agency is named that is not in the round.
pub(super) fn wished(named: &[String], open: &OpenRound) -> Result<WishedAnnexes, Failure> {
    let (full, named): (Vec<String>, Vec<String>) =
        named.iter().cloned().partition(|name| name.trim().eq_ignore_ascii_case(EVERY_ANSWER));
    let named = named_agencies(&named, &open.round.agencies)?;
    let report = open.folder.report();
    let is_there = |agency: &Agency| {
        let path = files::agency_annex(&agency.id).split('/').fold(report.clone(), |path, part| path.join(part));
        disk::check_no_link(&path).is_ok() && path.is_file()
    };
    let is_wished = |agency: &&Agency| named.contains(agency) || is_there(agency);
    let agencies = open.round.agencies.iter().filter(is_wished).map(|agency| agency.id.clone()).collect();
    Ok(WishedAnnexes { is_full: !full.is_empty(), agencies })
}
