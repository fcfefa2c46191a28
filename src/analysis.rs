//! Numbers that mean something: the long table in, plain data out. Every figure that people see is a field of [`Analysis`].
//!
//! Red, Amber and Green are an order and not a scale, so there are counts, shares and middles here and no mean that people
//! see; no overall score, no ranking of agencies, no predicted grade.

mod actions;
mod counts;
mod disagreements;
mod groups;
mod measures;
mod prompts;
mod reconciliation;
pub mod sentences;
pub mod trace;
mod voices;

use std::collections::HashMap;
use std::sync::Arc;

use crate::core::ids::{AgencyId, AreaId, CriterionId};
use crate::form::TextKind;
use crate::ratings::{Ratings, State, TableError};
use crate::response::{self, Rating, Response, Texts};
use crate::round::{Agency, Round};
use crate::theme::{Criterion, Group, Theme};

pub use actions::{Action, Due, Timing};
pub use counts::Counts;
pub use disagreements::Disagreement;
pub use groups::{GroupCounts, SHOWN_APART, once_each};
pub use measures::{Position, agreement, position};
pub use prompts::{Prompt, PromptKind};
pub use reconciliation::Reconciliation;
pub use voices::Voice;

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

/// Everything that charts, deck and data say about one round.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The numbers.
    pub numbers: Numbers,
    /// Every answer, agencies in the round's order and criteria in the theme's.
    pub answers: Vec<AnswerSummary>,
    /// What is working well, in the order of the stated rule, which `analysis/voices.rs` states.
    pub strengths: Vec<Voice>,
    /// What agencies are worried about, in the order of the stated rule.
    pub worries: Vec<Voice>,
    /// Where agencies see the same thing differently, in the order of the stated rule, which `analysis/disagreements.rs` states.
    pub disagreements: Vec<Disagreement>,
    /// What needs to happen, in the order of the stated rule, which `analysis/actions.rs` states.
    pub actions: Vec<Action>,
    /// What leaders and the scrutineer may want to ask. For them only.
    pub prompts: Vec<Prompt>,
}

/// One area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaSummary {
    /// Its id.
    pub id: AreaId,
    /// Its heading.
    pub title: String,
    /// Its heading for charts.
    pub short_title: String,
    /// Its cells.
    pub counts: Counts,
}

/// One criterion over all agencies asked.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionSummary {
    /// The criterion, with its statement, basis and source.
    pub criterion: Criterion,
    /// Its area.
    pub area: AreaId,
    /// Its cells.
    pub counts: Counts,
    /// The same by group of agencies, in the fixed order of groups; only those asked.
    pub groups: Vec<GroupCounts>,
    /// Its middle rating with its bounds; `None` when nobody rated it.
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
    /// Its group's code.
    pub group: &'static str,
    /// Its cells.
    pub counts: Counts,
    /// Whether a return counts for it.
    pub is_returned: bool,
    /// Whether approval is recorded in that return.
    pub is_approval_recorded: bool,
    /// When it was approved; `None` where no date is recorded.
    pub approved_on: Option<jiff::civil::Date>,
    /// Where that approval stands: the sheet, and the cells of the name and the date.
    pub approval_cells: Vec<(String, String)>,
    /// The file of the return that counts, relative to the round's folder; empty where none does.
    pub source_file: String,
    /// The letters of the column that each text stands in, in that file.
    pub columns: Arc<Texts>,
}

/// One agency's answer to one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSummary {
    /// The agency.
    pub agency: AgencyId,
    /// The criterion.
    pub criterion: CriterionId,
    /// What is known of the answer.
    pub state: State,
    /// The rating cell to the letter.
    pub as_written: String,
    /// The texts beside it, as written.
    pub texts: Texts,
    /// By when, as a date or as written.
    pub action_due: Due,
    /// Where the rating stands.
    pub source: Source,
    /// The letters of the column that each text stands in, shared by the answers of a return.
    pub columns: Arc<Texts>,
}

/// The cell that an answer comes from. All is empty when there is no return; the cell is where the return has no row for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Source {
    /// The file, relative to the round's folder.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell: of the rating, where nothing else is said.
    pub cell: String,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [&self.file, &self.sheet, &self.cell].map(String::as_str);
        f.write_str(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
    }
}

impl AgencySummary {
    /// The cells of the approval's name and date.
    pub fn approval_sources(&self) -> impl Iterator<Item = Source> {
        let source = |(sheet, cell): &(String, String)| Source {
            file: self.source_file.clone(),
            sheet: sheet.clone(),
            cell: cell.clone(),
        };
        self.approval_cells.iter().map(source)
    }
}

impl AnswerSummary {
    /// Everything that the agency wrote, the rating first, each with its kind; `None` is the rating.
    pub fn written(&self) -> impl Iterator<Item = (Option<TextKind>, &str)> {
        let texts = TextKind::ALL.into_iter().map(|kind| (Some(kind), self.texts.get(kind)));
        std::iter::once((None, self.as_written.as_str())).chain(texts)
    }

    /// Where one of the texts stands: the row of the rating in the column of the text. The cell is empty where the return has none.
    pub fn source_of(&self, kind: TextKind) -> Source {
        let cell = response::cell_beside(&self.source.cell, self.columns.get(kind));
        Source { cell, ..self.source.clone() }
    }
}

impl CriterionSummary {
    /// The middle rating when each group counts once, where that is another than the middle of all agencies and there are enough
    /// ratings to speak of one.
    pub fn middle_once_each(&self) -> Option<Rating> {
        let middle = self.position?.middle;
        let once = once_each(&self.groups)?;
        (once != middle && self.counts.rated() >= sentences::FEWEST_FOR_A_MIDDLE).then_some(once)
    }
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

/// Counts everything.
///
/// # Errors
///
/// When polars cannot group the table.
pub fn count(theme: &Theme, round: &Round, responses: &[Response], ratings: &Ratings) -> Result<Numbers, TableError> {
    let by_area = counts::by(ratings, "area_id")?;
    let by_agency: HashMap<String, Counts> = counts::by(ratings, "agency_id")?.into_iter().collect();
    let by_criterion = counts::by(ratings, "criterion_id")?;
    let by_group = counts::by_each(ratings, ["criterion_id", "agency_group"])?;
    let responses: HashMap<&AgencyId, &Response> =
        responses.iter().map(|response| (&response.agency, response)).collect();
    let agency = |agency: &Agency| {
        let counts = by_agency.get(agency.id.as_str()).copied().unwrap_or_default();
        agency_summary(agency, responses.get(&agency.id).copied(), counts)
    };
    let overall = by_area.iter().map(|(_, counts)| *counts).sum();
    let criteria = criteria(theme, &by_criterion, &by_group);
    let areas = areas(theme, &by_area);
    let agencies: Vec<AgencySummary> = round.agencies.iter().map(agency).collect();
    let reconciliation = reconciliation::reconcile(theme, round, overall, &areas, &criteria, &agencies);
    Ok(Numbers { overall, areas, criteria, agencies, reconciliation })
}

/// Works out everything that is said with the numbers.
///
/// # Errors
///
/// When the table lacks a column.
pub fn analyse(theme: &Theme, round: &Round, numbers: Numbers, ratings: &Ratings) -> Result<Analysis, TableError> {
    let Numbers { criteria, agencies, .. } = &numbers;
    let answers = answers(ratings, agencies)?;
    let names = voices::Names::of(round);
    let actions = actions::actions(round, &answers);
    let disagreements = disagreements::disagreements(criteria, &answers);
    let prompts = prompts::prompts(&prompts::Grounds {
        theme,
        round,
        agencies,
        answers: &answers,
        actions: &actions,
        disagreements: &disagreements,
    });
    Ok(Analysis {
        strengths: voices::strengths(&names, criteria, &answers),
        worries: voices::worries(&names, criteria, &answers),
        disagreements,
        actions,
        prompts,
        numbers,
        answers,
    })
}

fn areas(theme: &Theme, by_area: &[(String, Counts)]) -> Vec<AreaSummary> {
    let summary = |area: &crate::theme::Area| {
        let counts = counts::of(by_area, area.id.as_str())?;
        Some(AreaSummary {
            id: area.id.clone(),
            title: area.title.clone(),
            short_title: area.short_title.clone(),
            counts,
        })
    };
    theme.areas.iter().filter_map(summary).collect()
}

fn criteria(
    theme: &Theme,
    by_criterion: &[(String, Counts)],
    by_group: &[([String; 2], Counts)],
) -> Vec<CriterionSummary> {
    let groups = |id: &CriterionId| {
        let of = |group: Group| {
            let is_it = |([known, code], _): &&([String; 2], Counts)| known == id.as_str() && code == group.code();
            by_group.iter().find(is_it).map(|(_, counts)| GroupCounts { group, counts: *counts })
        };
        Group::ALL.into_iter().filter_map(of).collect()
    };
    let summary = |(area, criterion): (&crate::theme::Area, &Criterion)| {
        let counts = counts::of(by_criterion, criterion.id.as_str())?;
        Some(CriterionSummary {
            criterion: criterion.clone(),
            area: area.id.clone(),
            counts,
            groups: groups(&criterion.id),
            position: position(&counts),
            agreement: agreement(&counts),
        })
    };
    theme.criteria().filter_map(summary).collect()
}

fn agency_summary(agency: &Agency, response: Option<&Response>, counts: Counts) -> AgencySummary {
    AgencySummary {
        id: agency.id.clone(),
        name: agency.name.clone(),
        group: agency.group.code(),
        counts,
        is_returned: response.is_some(),
        is_approval_recorded: response.is_some_and(Response::is_approval_recorded),
        approved_on: response.and_then(|response| response.approved_on),
        approval_cells: response.map_or(Vec::new(), |response| response.approval_cells.clone()),
        columns: response.map_or_else(Arc::default, |response| Arc::new(response.columns.clone())),
        source_file: response.map_or(String::new(), |response| response.file.name.clone()),
    }
}

fn answers(ratings: &Ratings, agencies: &[AgencySummary]) -> Result<Vec<AnswerSummary>, TableError> {
    let columns: HashMap<&str, &Arc<Texts>> =
        agencies.iter().map(|agency| (agency.id.as_str(), &agency.columns)).collect();
    let answer = |row: crate::ratings::Row<'_>| AnswerSummary {
        agency: AgencyId(row.agency_id.to_string()),
        criterion: CriterionId(row.criterion_id.to_string()),
        state: row.state,
        as_written: row.as_written.to_string(),
        texts: Texts {
            working_well: row.working_well.to_string(),
            worried_about: row.worried_about.to_string(),
            needs_to_happen: row.needs_to_happen.to_string(),
            action_lead: row.action_lead.to_string(),
            action_due: row.action_due.to_string(),
            evidence: row.evidence.to_string(),
            not_applicable_reason: row.not_applicable_reason.to_string(),
        },
        action_due: Due::read(row.action_due),
        source: Source {
            file: row.source_file.to_string(),
            sheet: row.source_sheet.to_string(),
            cell: row.source_cell.to_string(),
        },
        columns: columns.get(row.agency_id).map(|columns| Arc::clone(columns)).unwrap_or_default(),
    };
    Ok(ratings.rows()?.into_iter().map(answer).collect())
}
