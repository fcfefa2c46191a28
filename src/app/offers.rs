//! The decisions that fit a finding, as data, with what somebody needs to see who decides. `jtai settle` shows how to type each; a page has
//! a button for each.

use std::path::Path;

use crate::app::collect::{Collected, gather};
use crate::app::failure::Failure;
use crate::app::machine::surroundings::Surroundings;
use crate::app::report::prepare;
use crate::core::finding::Finding;
use crate::core::written::Written;
use crate::form::{ColumnKey, Field, TextKind};
use crate::intake::answers::AnswerRow;
use crate::intake::decisions::fitting::possible;
use crate::round::Agency;
use crate::workbook::contract;

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

/// One finding with what is around it in its return, and whom to ask about it.
#[derive(Debug)]
pub(crate) struct FindingInFull {
    /// The finding, with what can be decided about it.
    pub offered: OfferedFinding,
    /// The statement that it is about, by its id and its words; `None` where it is about none.
    pub statement: Option<(String, String)>,
    /// What else the agency wrote on that statement in the same file, each with the name of its column. Instead of what is held back it
    /// says so.
    pub beside: Vec<(&'static str, String)>,
    /// Who fills in the agency's workbook; empty where nobody is named.
    pub contact: String,
    /// That person's e-mail address; empty where there is none.
    pub email: String,
    /// The return that it is about, as it may be shown; `None` where it is about none that is here.
    pub file: Option<String>,
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

/// A round with every finding, also those that only a report makes, and every answer.
fn looked_at(round: &Path, surroundings: Surroundings<'_>) -> Result<(Collected, Vec<AnswerRow>), Failure> {
    let (mut collected, answers) = match prepare(round, surroundings) {
        Ok(prepared) => {
            let prepared = prepared.with_all_lengths();
            (prepared.collected, prepared.analysis.answers)
        }
        // If no report can be made now, `jtai report` says why. The findings of the returns are here all the same.
        Err(_) => {
            let mut collected = gather(round, surroundings)?;
            let answers = std::mem::take(&mut collected.answers);
            (collected, answers)
        }
    };
    let coverage = collected.coverage();
    collected.add(coverage);
    Ok((collected, answers))
}

/// Every finding of a round, also those that only a report makes, each with the decisions that fit. Writes nothing.
///
/// # Errors
///
/// When the round cannot be opened.
pub(crate) fn list(round: &Path, surroundings: Surroundings<'_>) -> Result<Vec<OfferedFinding>, Failure> {
    let (collected, _) = looked_at(round, surroundings)?;
    Ok(collected.findings.iter().map(|finding| offered(&collected, finding)).collect())
}

/// The finding with this reference; `None` if there is none now. Writes nothing.
///
/// # Errors
///
/// When the round cannot be opened.
pub(crate) fn find(
    round: &Path,
    reference: &str,
    surroundings: Surroundings<'_>,
) -> Result<Option<FindingInFull>, Failure> {
    let (collected, answers) = looked_at(round, surroundings)?;
    let is_it = |finding: &&Finding| finding.reference.as_ref().is_some_and(|own| own.is(reference));
    Ok(collected.findings.iter().find(is_it).map(|finding| in_full(&collected, &answers, finding)))
}

fn offered(collected: &Collected, finding: &Finding) -> OfferedFinding {
    OfferedFinding {
        finding: finding.clone(),
        agency: agency_of(collected, finding).map_or(String::new(), |agency| agency.name.clone()),
        offers: offers(collected, finding),
        statements: statements(collected, finding),
        agencies: collected.open.round.agencies.iter().map(|one| (one.id.to_string(), one.name.clone())).collect(),
    }
}

fn in_full(collected: &Collected, answers: &[AnswerRow], finding: &Finding) -> FindingInFull {
    let subject = &finding.subject;
    let agency = agency_of(collected, finding);
    let known = collected.open.opened.theme.criteria().map(|(_, criterion)| criterion);
    let statement = subject.criterion.as_ref().and_then(|id| known.into_iter().find(|known| known.id == *id));
    // What is in a different file of the agency is not beside it.
    let is_of_row = |answer: &&AnswerRow| {
        Some(&answer.agency) == subject.agency.as_ref()
            && Some(&answer.criterion) == subject.criterion.as_ref()
            && Some(&*answer.sha256) == subject.sha256.as_deref()
    };
    let answer = answers.iter().find(is_of_row);
    let file = collected.files().iter().map(|(file, _)| &file.name).find(|name| **name == finding.place.file);
    FindingInFull {
        offered: offered(collected, finding),
        statement: statement.map(|criterion| (criterion.id.to_string(), criterion.text.clone())),
        beside: answer.map(|answer| beside(answer, finding)).unwrap_or_default(),
        contact: agency.map_or(String::new(), |agency| agency.contact.clone()),
        email: agency.map_or(String::new(), |agency| agency.email.clone()),
        file: file.cloned(),
    }
}

/// What an agency wrote in a row, apart from the column that the finding is about.
fn beside(answer: &AnswerRow, finding: &Finding) -> Vec<(&'static str, String)> {
    let text = |(kind, written): (Option<TextKind>, &Written)| {
        let column = kind.map_or(ColumnKey::Rating, TextKind::column);
        let is_else = finding.subject.field != Some(Field::Column(column)) && !written.is_nothing();
        is_else.then(|| (contract::column(column).name(), written.shown().into_owned()))
    };
    answer.written().filter_map(text).collect()
}

/// The statements that the finding's agency was asked.
fn statements(collected: &Collected, finding: &Finding) -> Vec<(String, String)> {
    let Some(agency) = agency_of(collected, finding) else { return Vec::new() };
    let asked = collected.open.round.statements(&collected.open.opened.theme, agency);
    asked.into_iter().map(|(_, criterion)| (criterion.id.to_string(), criterion.text.clone())).collect()
}
