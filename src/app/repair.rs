//! Copies the answers in a damaged, outdated or rearranged file into a fresh workbook for its agency.
//!
//! The file itself is not changed. The outcome lists what was carried over and what was not.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::app::collect::{ReadFile, read_alone};
use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::disk::OutputSet;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::open;
use crate::core::finding::{self, Code, Finding};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::written::Written;
use crate::form::ColumnKey;
use crate::response::{Answer, Response};
use crate::round::Agency;
use crate::workbook::contract::{self, EntryKind, Issue};
use crate::workbook::write::issued_workbook;

/// The file to copy from.
#[derive(Debug, Clone, PartialEq)]
pub struct RepairWishes {
    /// The file.
    pub file: PathBuf,
    /// The agency that it is from, if the file does not say.
    pub agency: Option<String>,
    /// The round's folder.
    pub round: PathBuf,
}

/// The fresh workbook, and what was carried over.
#[derive(Debug, Serialize)]
pub(crate) struct RepairOutcome {
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// The workbook.
    pub workbook: PathBuf,
    /// Its name in the round's folder.
    #[serde(skip)]
    pub in_round: String,
    /// What was carried over, an entry for each statement.
    pub carried: Vec<CarriedOver>,
    /// How many lines in short were carried over.
    pub headlines: usize,
    /// The statements on which the file says nothing.
    pub empty: Vec<CriterionId>,
    /// Findings about the file, also about what could not be carried over.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
}

/// What was carried over on one statement.
#[derive(Debug, Serialize)]
pub(crate) struct CarriedOver {
    /// The statement.
    pub criterion: CriterionId,
    /// The columns, by their headers.
    pub columns: Vec<&'static str>,
    /// The cell of the rating in the file.
    pub from: String,
}

/// Writes the workbook into `repaired/`.
///
/// # Errors
///
/// When the round or the file cannot be read, its agency cannot be told, or nothing in it answers a statement.
pub(super) fn repair(wishes: &RepairWishes, surroundings: Surroundings<'_>) -> Result<RepairOutcome, Failure> {
    let today = surroundings.today();
    let (open, record) = open::round(&wishes.round, today)?;
    let (theme, round) = (&open.opened.theme, &open.round);
    let owner = wishes.agency.as_deref().map(|id| agency_of(round, id)).transpose()?;
    let ReadFile { checked, .. } = read_alone(&open, &record.record, &wishes.file, owner, surroundings)?;
    let mut findings = checked.findings;
    let Some(response) = checked.output else {
        // The usual remedy is an entry in round.toml, but this command has an option for it.
        for finding in findings.iter_mut().filter(|finding| finding.code == Code::AgencyUnknown) {
            (finding.remedy, finding.on_page) =
                ("name the agency with --from and its id".to_string(), Some("say which agency it is from".to_string()));
        }
        finding::number(&mut findings);
        return Err(Failure::new(findings));
    };
    // OK because a response is of an agency of the round: see `interpret`.
    let agency = round.agency(&response.agency).ok_or_else(Failure::of_fault)?;
    // Under the code of the last issue, so that what the agency sends back is read as its return.
    let number = record.record.issued_to(&agency.id).last().map_or(1, |last| last.issued.issue);
    let fresh = Issue::fresh(theme, round, agency, number);
    let answers: Vec<Answer> = response.answers.iter().map(without_what_cannot_be_carried).collect();
    let filled =
        Issue { answers: &answers, headlines: &response.headlines, speaks_for: Some(&response.speaks_for), ..fresh };
    let workbook = issued_workbook(&filled).or_fault()?;
    surroundings.go_on()?;
    let name = format!("{} repaired.xlsx", agency.id);
    let mut set = OutputSet::part(open.folder.repaired());
    set.add(name.as_str(), workbook);
    let written = set.write()?;
    findings.extend(written.findings.iter().cloned());
    finding::number(&mut findings);
    let path = open.folder.repaired().join(written.name_of(&name));
    Ok(RepairOutcome {
        in_round: open.folder.name_of(&path),
        agency: agency.id.clone(),
        name: agency.name.clone(),
        workbook: path,
        carried: answers.iter().filter_map(carried_over).collect(),
        headlines: response.written_headlines().count(),
        empty: empty(&filled, &response),
        findings,
    })
}

fn agency_of<'r>(round: &'r crate::round::Round, id: &str) -> Result<&'r AgencyId, Failure> {
    let known = round.agency(&AgencyId(id.to_string()));
    known.map(|agency: &Agency| &agency.id).ok_or_else(|| {
        let remedy = "agencies.xlsx has the id of each agency, and so has `jtai status --json`";
        let found = format!("{id} is not the id of an agency in this round");
        Failure::one(Code::ReferenceUnknown, Path::new(id), found, remedy)
    })
}

/// An answer as it goes into a fresh workbook. A rating that is held back or unreadable is left out, so that the agency writes it again.
fn without_what_cannot_be_carried(answer: &Answer) -> Answer {
    let mut answer = answer.clone();
    if !matches!(answer.as_written, Written::Text(_)) {
        answer.as_written = Written::Nothing;
    }
    answer
}

fn carried_over(answer: &Answer) -> Option<CarriedOver> {
    let is_carried = |key: ColumnKey| contract::entered(answer, key).is_some_and(Written::is_said);
    let entered = contract::COLUMNS.iter().filter(|column| column.entry != EntryKind::Given);
    let columns: Vec<&str> = entered.filter(|column| is_carried(column.key)).map(contract::Column::name).collect();
    let from = answer.cell.clone();
    (!columns.is_empty()).then(|| CarriedOver { criterion: answer.criterion.clone(), columns, from })
}

/// The statements that the agency is asked and on which nothing was carried over.
fn empty(issue: &Issue<'_>, response: &Response) -> Vec<CriterionId> {
    let is_said = |id: &CriterionId| response.answer(id).is_some_and(|answer| carried_over(answer).is_some());
    let asked = issue.statements().into_iter().map(|(_, criterion)| criterion.id.clone());
    asked.filter(|id| !is_said(id)).collect()
}
