//! The decisions that fit a finding, as data. `jtai settle` shows how to type each; a page has a button for each.

use std::path::Path;

use crate::app::collect::{Collected, gather};
use crate::app::failure::Failure;
use crate::app::machine::surroundings::Surroundings;
use crate::app::report::prepare;
use crate::core::finding::Finding;
use crate::intake::decisions::fitting::possible;
use crate::round::Agency;

pub(crate) use crate::intake::decisions::fitting::DecisionKind;

/// A decision that fits a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfferedDecision {
    /// Its kind.
    pub kind: DecisionKind,
    /// How it may be typed, as in `--as Amber`.
    pub typed: String,
    /// What it then means.
    pub meaning: &'static str,
}

/// A finding with what can be decided about it.
#[derive(Debug)]
pub(crate) struct OfferedFinding {
    /// The finding.
    pub finding: Finding,
    /// The agency's name; empty where it is about none.
    pub agency: String,
    /// The decisions that fit; none if it has to be put right in its file.
    pub offers: Vec<OfferedDecision>,
    /// The statements that a text can be put to, each by its id and its words.
    pub statements: Vec<(String, String)>,
    /// The agencies of the round, each by its id and its name.
    pub agencies: Vec<(String, String)>,
}

/// The decisions that fit a finding.
pub(crate) fn offers(collected: &Collected, finding: &Finding) -> Vec<OfferedDecision> {
    let (statement, agency) = examples(collected, finding);
    let offer = |kind: DecisionKind| {
        let (typed, meaning) = kind.example(finding, &statement, &agency);
        OfferedDecision { kind, typed, meaning }
    };
    possible(finding).into_iter().map(offer).collect()
}

/// A statement and an agency for examples of what to type: the finding's own if it has them.
fn examples(collected: &Collected, finding: &Finding) -> (String, String) {
    let open = &collected.open;
    // Any agency will do for an example of what to type.
    let agency = agency_of(collected, finding).or_else(|| open.round.agencies.first());
    let asked = agency.and_then(|agency| open.round.statements(&open.opened.theme, agency).into_iter().next());
    let statement = finding.subject.criterion.as_ref().or_else(|| asked.map(|(_, criterion)| &criterion.id));
    let name = |id: Option<String>| id.unwrap_or_default();
    (name(statement.map(ToString::to_string)), name(agency.map(|agency| agency.id.to_string())))
}

fn agency_of<'c>(collected: &'c Collected, finding: &Finding) -> Option<&'c Agency> {
    finding.subject.agency.as_ref().and_then(|id| collected.open.round.agency(id))
}

/// Every finding of a round, also those that only a report makes, each with the decisions that fit. Writes nothing.
///
/// # Errors
///
/// When the round cannot be opened.
pub(crate) fn list(round: &Path, surroundings: Surroundings<'_>) -> Result<Vec<OfferedFinding>, Failure> {
    let mut collected = match prepare(round, surroundings) {
        Ok(prepared) => prepared.with_all_lengths().collected,
        // If no report can be made now, `jtai report` says why. The findings of the returns are here all the same.
        Err(_) => gather(round, surroundings)?,
    };
    let coverage = collected.coverage();
    collected.add(coverage);
    let offered = |finding: &Finding| OfferedFinding {
        finding: finding.clone(),
        agency: agency_of(&collected, finding).map_or(String::new(), |agency| agency.name.clone()),
        offers: offers(&collected, finding),
        statements: statements(&collected, finding),
        agencies: collected.open.round.agencies.iter().map(|one| (one.id.to_string(), one.name.clone())).collect(),
    };
    Ok(collected.findings.iter().map(offered).collect())
}

/// The statements that the finding's agency was asked.
fn statements(collected: &Collected, finding: &Finding) -> Vec<(String, String)> {
    let Some(agency) = agency_of(collected, finding) else { return Vec::new() };
    let asked = collected.open.round.statements(&collected.open.opened.theme, agency);
    asked.into_iter().map(|(_, criterion)| (criterion.id.to_string(), criterion.text.clone())).collect()
}
