//! Numbers that mean something: typed answers in, plain data out. Every figure that people see is a field of [`Analysis`].
//!
//! Red, Amber and Green are an order, not a scale. So there are counts, shares and medians, and people never see a mean. There is no
//! overall score, no ranking of agencies and no predicted grade.

mod counts;
mod measures;
mod groups;
mod summaries;
pub mod challenged;
mod reconciliation;
mod round_summary;
mod disagreements;
pub mod wording;
mod voices;
pub mod pairs;
mod headlines;
mod actions;
pub mod sentences;
mod change;
pub mod change_words;
mod prompts;
mod prompt_groups;
mod results;
pub mod pick_outs;
pub mod trace;

pub use results::Analysis;
pub use round_summary::{Numbers, SELF_RATINGS};
pub use summaries::{AgencySummary, AreaSummary, BasisSummary, CriterionSummary};

use std::collections::HashMap;

use crate::core::ids::AgencyId;
use crate::intake::answers::AnswerRow;
use crate::previous::PreviousRound;
use crate::response::{Response, SpeaksFor};
use crate::round::{Agency, Round};
use crate::theme::{Area, Basis, Criterion, Group, Theme};

pub use actions::{Action, Due, Timing};
pub use challenged::{ChallengedNumbers, ShownRatings};
pub use change::{
    ActionSince, AreaChange, ChangeCounts, ChangeKind, ChangeRow, NotComparable, Reworded, RoundChange, Unmatched,
};
pub use change_words::ProgressCounts;
use counts::{CountBy, CountTable};
pub use counts::{CountError, Counts};
pub use disagreements::Disagreement;
pub use groups::{GroupCounts, SHOWN_APART, once_each};
pub use headlines::Headline;
pub use measures::{FEWEST_FOR_A_MIDDLE, Position, agreement, position};
pub use prompt_groups::{PromptGroup, grouped};
pub use prompts::{Lack, Prompt, PromptKind};
pub use reconciliation::{Reconciliation, sums_that_differ};
pub use voices::{Names, OwnWorry, Voice};

/// Counts the answers of a round.
///
/// # Errors
///
/// When polars cannot group the answers.
pub fn count(
    theme: &Theme,
    round: &Round,
    responses: &[Response],
    answers: &[AnswerRow],
) -> Result<Numbers, CountError> {
    let table = CountTable::new(theme, round, answers)?;
    let by_agency = table.by([CountBy::Agency])?;
    let by_agency_and_basis = table.by([CountBy::Agency, CountBy::Basis])?;
    let responses: HashMap<&AgencyId, &Response> =
        responses.iter().map(|response| (&response.agency, response)).collect();
    let short_names = round.short_names();
    let agency = |(at, agency): (usize, &Agency)| {
        let counts = by_agency.get(&[at]).copied().unwrap_or_default();
        let bases = bases(|basis| {
            let statements = round.statements(theme, agency);
            let statements = statements.iter().filter(|(_, criterion)| criterion.basis == basis).count();
            by_agency_and_basis.get(&[at, basis as usize]).map(|counts| (statements, *counts))
        });
        agency_summary(agency, short_names[at].clone(), responses.get(&agency.id).copied(), (counts, bases))
    };
    let areas = areas(theme, &table)?;
    // From the areas and not from the answers: reconciliation compares it with what was issued, which would show an area left out.
    let overall = areas.iter().map(|area| area.counts).sum();
    let criteria = criteria(theme, &table)?;
    let by_basis = table.by([CountBy::Basis])?;
    let bases = bases(|basis| {
        let statements = criteria.iter().filter(|summary| summary.criterion.basis == basis).count();
        by_basis.get(&[basis as usize]).map(|counts| (statements, *counts))
    });
    let agencies: Vec<AgencySummary> = round.agencies.iter().enumerate().map(agency).collect();
    let reconciliation = reconciliation::reconcile(theme, round, overall, &areas, &criteria, &agencies);
    let basis_of: HashMap<_, _> = theme.criteria().map(|(_, criterion)| (&criterion.id, criterion.basis)).collect();
    let challenged = challenged::challenged(&bases, answers, |answer| basis_of.get(&answer.criterion).copied());
    let ratings = ShownRatings::Own;
    Ok(Numbers { ratings, overall, bases, areas, criteria, agencies, challenged, reconciliation })
}

/// Works out everything that is said about the numbers.
pub fn analyse(
    theme: &Theme,
    round: &Round,
    numbers: Numbers,
    responses: &[Response],
    answers: Vec<AnswerRow>,
) -> Analysis {
    let Numbers { criteria, agencies, .. } = &numbers;
    let names = voices::Names::new(round);
    let actions = actions::actions(&names, round, &answers);
    let disagreements = disagreements::disagreements(criteria, &answers);
    let prompts = prompts::prompts(&prompts::PromptInputs {
        theme,
        round,
        agencies,
        answers: &answers,
        actions: &actions,
        disagreements: &disagreements,
    });
    Analysis {
        strengths: voices::strengths(&names, criteria, &answers),
        worries: voices::worries(&names, criteria, &answers),
        headlines: headlines::headlines(&names, round, responses, &answers),
        disagreements,
        actions,
        prompts,
        numbers,
        answers,
        change: None,
    }
}

/// Adds change since the round before to an analysis, with the prompts about it.
pub fn compare(theme: &Theme, round: &Round, previous: &PreviousRound, analysis: Analysis) -> Analysis {
    let change = change::change(theme, round, &analysis.numbers, &analysis.answers, previous);
    with_change(change, analysis)
}

/// Adds change that is worked out already.
fn with_change(change: RoundChange, analysis: Analysis) -> Analysis {
    let mut actions = analysis.actions;
    let then: HashMap<_, _> = change.actions.iter().map(|then| ((&then.agency, &then.criterion), then)).collect();
    for action in &mut actions {
        action.progress = then.get(&(&action.agency, &action.criterion)).and_then(|then| then.progress_of(action));
    }
    let mut prompts = analysis.prompts;
    prompts.extend(prompts::of_change(&analysis.numbers, &analysis.answers, &change));
    prompts.sort_by_key(|prompt| prompt.kind);
    Analysis { actions, prompts, change: Some(change), ..analysis }
}

/// The analysis with ratings after challenge, made from the one with self-ratings; `None` if no answer was looked at.
///
/// # Errors
///
/// As [`count`].
pub fn as_challenged(
    theme: &Theme,
    round: &Round,
    own: &Analysis,
    responses: &[Response],
) -> Result<Option<Analysis>, CountError> {
    if !own.numbers.is_challenged() {
        return Ok(None);
    }
    let answers = challenged::after_challenge(&own.answers);
    // Only the self-ratings show what was looked at and changed: in `answers` the changes are already made.
    let challenged = own.numbers.challenged.clone();
    let numbers =
        Numbers { ratings: ShownRatings::AsChallenged, challenged, ..count(theme, round, responses, &answers)? };
    let analysis = analyse(theme, round, numbers, responses, answers);
    // Change compares self-ratings, whichever ratings are shown: a stricter meeting is not a change for children.
    Ok(Some(match &own.change {
        Some(change) => with_change(change.clone(), analysis),
        None => analysis,
    }))
}

fn areas(theme: &Theme, table: &CountTable) -> Result<Vec<AreaSummary>, CountError> {
    let by_area = table.by([CountBy::Area, CountBy::Basis])?;
    let of_area = |(at, area): (usize, &Area)| {
        let counted = bases(|basis| by_area.get(&[at, basis as usize]).map(|counts| (0, *counts)));
        let named = |title: &str, basis: Basis| match counted.len() {
            1 => title.to_string(),
            _ => format!("{title} ({})", basis.name()),
        };
        let summary = |of: &BasisSummary| AreaSummary {
            id: area.id.clone(),
            basis: of.basis,
            title: named(&area.title, of.basis),
            short_title: named(&area.short_title, of.basis),
            counts: of.counts,
        };
        counted.iter().map(summary).collect::<Vec<_>>()
    };
    Ok(theme.areas.iter().enumerate().flat_map(of_area).collect())
}

/// The bases that occur, in their fixed order, each with its number of statements and their counts.
fn bases(counted: impl Fn(Basis) -> Option<(usize, Counts)>) -> Vec<BasisSummary> {
    let summary = |basis: Basis| counted(basis).map(|(statements, counts)| BasisSummary { basis, statements, counts });
    Basis::ALL.into_iter().filter_map(summary).collect()
}

fn criteria(theme: &Theme, table: &CountTable) -> Result<Vec<CriterionSummary>, CountError> {
    let by_criterion = table.by([CountBy::Criterion])?;
    let by_group = table.by([CountBy::Criterion, CountBy::Group])?;
    let groups = |at: usize| {
        let of_group = |group: Group| {
            let counts = *by_group.get(&[at, group as usize])?;
            Some(GroupCounts { group, counts })
        };
        Group::ALL.into_iter().filter_map(of_group).collect()
    };
    let summary = |(at, (area, criterion)): (usize, (&Area, &Criterion))| {
        let counts = *by_criterion.get(&[at])?;
        Some(CriterionSummary {
            criterion: criterion.clone(),
            area: area.id.clone(),
            counts,
            groups: groups(at),
            position: position(&counts),
            agreement: agreement(&counts),
        })
    };
    Ok(theme.criteria().enumerate().filter_map(summary).collect())
}

fn agency_summary(
    agency: &Agency,
    short_name: String,
    response: Option<&Response>,
    (counts, bases): (Counts, Vec<BasisSummary>),
) -> AgencySummary {
    AgencySummary {
        id: agency.id.clone(),
        name: agency.name.clone(),
        short_name,
        group: agency.group.code(),
        counts,
        bases,
        is_returned: response.is_some(),
        speaks_for: response.map_or(SpeaksFor::default(), |response| response.speaks_for.clone()),
        is_approval_recorded: response.is_some_and(Response::is_approval_recorded),
        approved_by: response.map_or(String::new(), |response| response.approved_by.clone()),
        approved_on: response.and_then(|response| response.approved_on),
        approval_settled: response.and_then(|response| response.approval_settled.clone()),
        approval_cells: response.map_or(Vec::new(), |response| response.approval_cells.clone()),
        source_file: response.map_or(String::new(), |response| response.file.name.clone()),
    }
}
