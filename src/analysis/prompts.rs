//! What a leader or the independent scrutineer may want to ask: signs in the answers themselves, each with its place. For them only,
//! never for inspectors; none says that an answer is wrong.

use crate::intake::answers::{AnswerRow, SourceCell};
use std::collections::HashMap;

use super::actions::{Action, Due};
use super::disagreements::Disagreement;
use super::sentences;
use super::summaries::AgencySummary;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::core::written::Written;
use crate::form::{Rating, TextKind};
use crate::intake::answers::AnswerState;
use crate::round::Round;
use crate::theme::{Group, Theme};

/// An agency with fewer rows than this can well have said the same in all of them.
const FEWEST_ROWS: usize = 4;

/// What kind of prompt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PromptKind {
    /// A text that may identify a child was held back.
    MayIdentifyChild,
    /// A return without an approval.
    ApprovalMissing,
    /// Some agencies rate it Green and some Red.
    TwoStepsApart,
    /// Not applicable, where the statement names the agency's group.
    NotApplicableThoughNamed,
    /// Red, and nothing needs to happen.
    RedWithoutAction,
    /// Green, and no evidence is named.
    GreenWithoutEvidence,
    /// Green, and a worry is stated.
    GreenWithWorry,
    /// An action that lacks a role or a date.
    ActionIncomplete,
    /// The same rating in every row.
    SameRating,
    /// The same text in every row.
    SameText,
}

impl PromptKind {
    /// Every kind, in the order of the list.
    pub const ALL: [PromptKind; 10] = [
        PromptKind::MayIdentifyChild,
        PromptKind::ApprovalMissing,
        PromptKind::TwoStepsApart,
        PromptKind::NotApplicableThoughNamed,
        PromptKind::RedWithoutAction,
        PromptKind::GreenWithoutEvidence,
        PromptKind::GreenWithWorry,
        PromptKind::ActionIncomplete,
        PromptKind::SameRating,
        PromptKind::SameText,
    ];

    /// The kind in a few words.
    pub fn words(self) -> &'static str {
        match self {
            PromptKind::MayIdentifyChild => "May identify a child",
            PromptKind::ApprovalMissing => "No approval recorded",
            PromptKind::TwoStepsApart => "Green and Red on one statement",
            PromptKind::NotApplicableThoughNamed => "Not applicable, though named",
            PromptKind::RedWithoutAction => "Red with no action",
            PromptKind::GreenWithoutEvidence => "Green with no evidence",
            PromptKind::GreenWithWorry => "Green with a worry",
            PromptKind::ActionIncomplete => "Action without role or date",
            PromptKind::SameRating => "One rating throughout",
            PromptKind::SameText => "One text throughout",
        }
    }
}

/// One prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Its kind.
    pub kind: PromptKind,
    /// The agency it is for; `None` where it is for several.
    pub agency: Option<AgencyId>,
    /// The statement it is about; `None` where it is about the whole return.
    pub criterion: Option<CriterionId>,
    /// The cell that it comes from; empty where it is about more than one.
    pub source: SourceCell,
    /// What to ask.
    pub wording: String,
    /// What an action lacks; empty for a prompt of another kind.
    pub lacks: Vec<Lack>,
}

/// What an action lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// A role that leads.
    Lead,
    /// A date that can be read: something else is written.
    ReadableDate,
    /// A date.
    Date,
}

impl Lack {
    /// What there is instead, after "with".
    pub(super) fn words(self) -> &'static str {
        match self {
            Lack::Lead => "no role that leads",
            Lack::ReadableDate => "a date that cannot be read",
            Lack::Date => "no date",
        }
    }

    /// What to ask for it.
    pub(super) fn question(self) -> &'static str {
        match self {
            Lack::Lead => "who leads",
            Lack::ReadableDate => "which date is meant",
            Lack::Date => "by when",
        }
    }
}

/// What prompts are made from.
pub(super) struct Grounds<'a> {
    pub theme: &'a Theme,
    pub round: &'a Round,
    pub agencies: &'a [AgencySummary],
    pub answers: &'a [AnswerRow],
    pub actions: &'a [Action],
    pub disagreements: &'a [Disagreement],
}

/// Every prompt, by kind, and in each in the round's and the theme's order.
pub(super) fn prompts(grounds: &Grounds<'_>) -> Vec<Prompt> {
    let names = grounds.names();
    let named: HashMap<&CriterionId, &[Group]> =
        grounds.theme.criteria().map(|(_, criterion)| (&criterion.id, criterion.asked.named.as_slice())).collect();
    let groups: HashMap<&AgencyId, Group> =
        grounds.round.agencies.iter().map(|agency| (&agency.id, agency.group)).collect();
    let name = |id: &'_ AgencyId| names.get(id).copied().unwrap_or_default();
    let mut prompts: Vec<Prompt> = grounds.disagreements.iter().filter_map(|one| grounds.apart(one, &names)).collect();
    for agency in grounds.agencies.iter().filter(|agency| agency.is_returned) {
        prompts.extend(of_return(agency));
    }
    for rows in grounds.answers.chunk_by(|a, b| a.agency == b.agency) {
        let (agency, name) = (&rows[0].agency, name(&rows[0].agency));
        let is_named = |id: &CriterionId| {
            groups.get(agency).zip(named.get(id)).is_some_and(|(group, named)| named.contains(group))
        };
        prompts.extend(rows.iter().flat_map(|answer| of_answer(is_named(&answer.criterion), name, answer)));
        prompts.extend(of_rows(name, rows));
    }
    prompts.extend(grounds.actions.iter().filter_map(|action| incomplete(name(&action.agency), action)));
    prompts.sort_by_key(|prompt| prompt.kind);
    prompts
}

impl<'a> Grounds<'a> {
    /// The agencies' names by their ids.
    fn names(&self) -> HashMap<&'a AgencyId, &'a str> {
        self.agencies.iter().map(|agency| (&agency.id, agency.name.as_str())).collect()
    }

    fn apart(&self, one: &Disagreement, names: &HashMap<&AgencyId, &str>) -> Option<Prompt> {
        if !one.is_two_steps_apart() {
            return None;
        }
        let wording = format!(
            "{} Red and {} Green on {} ({}): what do those that rate it Green see that the others do not, and the other way round?",
            one.counts.red,
            one.counts.green,
            one.criterion,
            sentences::ends(one, |id| names.get(id).copied().unwrap_or_default().to_string()),
        );
        Some(Prompt {
            kind: PromptKind::TwoStepsApart,
            agency: None,
            criterion: Some(one.criterion.clone()),
            source: SourceCell::default(),
            wording,
            lacks: Vec::new(),
        })
    }
}

fn of_return(agency: &AgencySummary) -> Option<Prompt> {
    let wording = format!("{} has recorded no approval: who answers for its ratings?", agency.name);
    let (sheet, cell) = agency.approval_cells.first().cloned().unwrap_or_default();
    (!agency.is_approval_recorded).then(|| Prompt {
        kind: PromptKind::ApprovalMissing,
        agency: Some(agency.id.clone()),
        criterion: None,
        source: SourceCell { file: agency.source_file.clone(), sheet, cell },
        wording,
        lacks: Vec::new(),
    })
}

fn of_answer(is_named: bool, name: &str, answer: &AnswerRow) -> Vec<Prompt> {
    let is_empty = |kind| answer.texts.get(kind).is_nothing();
    let at = |kind| answer.source_of(kind);
    let id = &answer.criterion;
    let mut found: Vec<(PromptKind, SourceCell, String)> = Vec::new();
    match answer.state {
        AnswerState::Rated(Rating::Green) => {
            if is_empty(TextKind::Evidence) {
                let wording = format!(
                    "{name} rates itself Green on {id} and names no evidence: what could somebody else look at?"
                );
                found.push((PromptKind::GreenWithoutEvidence, at(TextKind::Evidence), wording));
            }
            if !is_empty(TextKind::WorriedAbout) {
                let wording = format!("{name} rates itself Green on {id} and states a worry: how are both true?");
                found.push((PromptKind::GreenWithWorry, at(TextKind::WorriedAbout), wording));
            }
        }
        AnswerState::Rated(Rating::Red) if is_empty(TextKind::NeedsToHappen) => {
            let wording = format!(
                "{name} rates itself Red on {id} and does not say what needs to happen: what will change, and who leads?"
            );
            found.push((PromptKind::RedWithoutAction, at(TextKind::NeedsToHappen), wording));
        }
        AnswerState::NotApplicable if is_named => {
            let wording = format!(
                "{name} takes {id} as not applicable, and the statement is asked of its group by name: what makes it so?"
            );
            found.push((PromptKind::NotApplicableThoughNamed, answer.source.clone(), wording));
        }
        AnswerState::Rated(_)
        | AnswerState::NotApplicable
        | AnswerState::Blank
        | AnswerState::Unreadable
        | AnswerState::Missing => {}
    }
    for (kind, _) in answer.written().filter(|(_, text)| **text == Written::HeldBack) {
        let wording = format!(
            "A text of {name} on {id} is held back because it may identify a child: is it out of the file that was sent?"
        );
        found.push((PromptKind::MayIdentifyChild, kind.map_or_else(|| answer.source.clone(), at), wording));
    }
    let prompt = |(kind, source, wording)| Prompt {
        kind,
        agency: Some(answer.agency.clone()),
        criterion: Some(id.clone()),
        source,
        wording,
        lacks: Vec::new(),
    };
    found.into_iter().map(prompt).collect()
}

/// What is the same in every row of a return.
fn of_rows(name: &str, rows: &[AnswerRow]) -> Vec<Prompt> {
    let prompt = |kind, wording| Prompt {
        kind,
        agency: Some(rows[0].agency.clone()),
        criterion: None,
        source: SourceCell::default(),
        wording,
        lacks: Vec::new(),
    };
    let mut prompts = Vec::new();
    if rows.len() < FEWEST_ROWS {
        return prompts;
    }
    let all = words::count(rows.len(), "statement");
    if let AnswerState::Rated(rating) = rows[0].state
        && rows.iter().all(|row| row.state == rows[0].state)
    {
        let wording = format!("{name} rates itself {} on all {all}: of which is it least sure?", rating.word());
        prompts.push(prompt(PromptKind::SameRating, wording));
    }
    let columns = [
        ("what is working well", TextKind::WorkingWell),
        ("what it is worried about", TextKind::WorriedAbout),
        ("what needs to happen", TextKind::NeedsToHappen),
        ("its evidence", TextKind::Evidence),
    ];
    for (what, kind) in columns {
        let first = rows[0].texts.text(kind).trim();
        if !first.is_empty() && rows.iter().all(|row| row.texts.text(kind).trim() == first) {
            let wording = format!("{name} writes the same on {what} for all {all}: is it about each of them?");
            prompts.push(prompt(PromptKind::SameText, wording));
        }
    }
    prompts
}

fn incomplete(name: &str, action: &Action) -> Option<Prompt> {
    // What is lacking, and where it should be.
    let mut lacks: Vec<(Lack, &SourceCell)> = Vec::new();
    if !action.has_lead() {
        lacks.push((Lack::Lead, &action.lead_source));
    }
    match action.due {
        Due::On(_) => {}
        Due::AsWritten(_) => lacks.push((Lack::ReadableDate, &action.due_source)),
        Due::NoDate => lacks.push((Lack::Date, &action.due_source)),
    }
    let (_, source) = lacks.first()?;
    let with: Vec<&str> = lacks.iter().map(|(lack, _)| lack.words()).collect();
    let asks: Vec<&str> = lacks.iter().map(|(lack, _)| lack.question()).collect();
    Some(Prompt {
        kind: PromptKind::ActionIncomplete,
        agency: Some(action.agency.clone()),
        criterion: Some(action.criterion.clone()),
        source: (*source).clone(),
        wording: format!(
            "{name} names what needs to happen on {} with {}: {}?",
            action.criterion,
            words::list(&with),
            words::list(&asks)
        ),
        lacks: lacks.iter().map(|(lack, _)| *lack).collect(),
    })
}
