//! What a leader or the independent scrutineer may want to ask: signs in the answers, each with its place. Never for inspectors. A sign
//! does not mean that an answer is wrong.

use crate::intake::answers::{AnswerRow, SourceCell};
use std::collections::HashMap;

use super::actions::{Action, Due, Timing};
use super::change::{ChangeKind, ChangeRow, RoundChange};
use super::disagreements::Disagreement;
use super::pairs::Partners;
use super::round_summary::Numbers;
use super::sentences;
use super::summaries::AgencySummary;
use super::wording::{has_result, says_how_many, speaks_of_sample};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::core::written::Written;
use crate::form::{Rating, TextKind};
use crate::intake::answers::AnswerState;
use crate::round::Round;
use crate::theme::{Group, Theme};

/// With fewer rows than this, the same rating or text in all of them is not a sign.
const FEWEST_ROWS: usize = 4;

/// What kind of prompt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PromptKind {
    /// Red, and nothing needs to happen.
    RedWithoutAction,
    /// Red, and what needs to happen is due after fieldwork starts.
    RedActionAfterFieldwork,
    /// A text that may identify a child was held back.
    MayIdentifyChild,
    /// A return without an approval.
    ApprovalMissing,
    /// Some agencies rate it Green and some Red.
    TwoStepsApart,
    /// Not applicable, though the statement names the agency's group.
    NotApplicableThoughNamed,
    /// Not applicable, though a partner's words on the statement mention the agency.
    NotApplicableThoughPartner,
    /// Green, and no evidence is named.
    GreenWithoutEvidence,
    /// Green, and a worry is stated.
    GreenWithWorry,
    /// Rated higher than in the round before, with its evidence in the same words.
    HigherWithoutNewEvidence,
    /// A sample is named, but no text of the answer says how large it was.
    SampleWithoutSize,
    /// The evidence is the scrutineer's own report.
    EvidenceOfScrutineer,
    /// An action that lacks a role or a date.
    ActionIncomplete,
    /// The same rating in every row.
    SameRating,
    /// The same text in every row.
    SameText,
}

impl PromptKind {
    /// Every kind, in the order of the list.
    pub const ALL: [PromptKind; 15] = [
        PromptKind::RedWithoutAction,
        PromptKind::RedActionAfterFieldwork,
        PromptKind::MayIdentifyChild,
        PromptKind::ApprovalMissing,
        PromptKind::TwoStepsApart,
        PromptKind::NotApplicableThoughNamed,
        PromptKind::NotApplicableThoughPartner,
        PromptKind::GreenWithoutEvidence,
        PromptKind::GreenWithWorry,
        PromptKind::HigherWithoutNewEvidence,
        PromptKind::SampleWithoutSize,
        PromptKind::EvidenceOfScrutineer,
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
            PromptKind::NotApplicableThoughPartner => "Not applicable, though a partner writes about it",
            PromptKind::RedWithoutAction => "Red with no action",
            PromptKind::RedActionAfterFieldwork => "Red, with an action after fieldwork",
            PromptKind::GreenWithoutEvidence => "Green with no evidence",
            PromptKind::GreenWithWorry => "Green with a worry",
            PromptKind::HigherWithoutNewEvidence => "Higher with no new evidence",
            PromptKind::SampleWithoutSize => "A sample of unknown size",
            PromptKind::EvidenceOfScrutineer => "The scrutineer's own report as evidence",
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
    /// The agency it is for; `None` if it is for several.
    pub agency: Option<AgencyId>,
    /// The statement it is about; `None` if it is about the whole return.
    pub criterion: Option<CriterionId>,
    /// The cell it comes from; empty if it is about more than one.
    pub source: SourceCell,
    /// What to ask.
    pub wording: String,
    /// The question alone, for pages that show the agency and the statement beside it.
    pub question: String,
    /// What an action lacks; empty for any other kind of prompt.
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
    /// What the action has instead, to follow "with".
    pub fn words(self) -> &'static str {
        match self {
            Lack::Lead => "no role that leads",
            Lack::ReadableDate => "a date that cannot be read",
            Lack::Date => "no date",
        }
    }

    /// What to ask for it.
    pub fn question(self) -> &'static str {
        match self {
            Lack::Lead => "who leads",
            Lack::ReadableDate => "which date is meant",
            Lack::Date => "by when",
        }
    }
}

/// What prompts are made from.
pub(super) struct PromptInputs<'a> {
    pub theme: &'a Theme,
    pub round: &'a Round,
    pub agencies: &'a [AgencySummary],
    pub answers: &'a [AnswerRow],
    pub actions: &'a [Action],
    pub disagreements: &'a [Disagreement],
}

/// Every prompt, sorted by kind, then in the order of the round and the theme.
pub(super) fn prompts(inputs: &PromptInputs<'_>) -> Vec<Prompt> {
    let names = inputs.names();
    let named: HashMap<&CriterionId, &[Group]> =
        inputs.theme.criteria().map(|(_, criterion)| (&criterion.id, criterion.asked.named.as_slice())).collect();
    let groups: HashMap<&AgencyId, Group> =
        inputs.round.agencies.iter().map(|agency| (&agency.id, agency.group)).collect();
    let name = |id: &'_ AgencyId| names.get(id).copied().unwrap_or_default();
    let partners = Partners::new(inputs.round, inputs.answers);
    let apart = |one: &Disagreement| inputs.apart(one, &partners, &names);
    let mut prompts: Vec<Prompt> = inputs.disagreements.iter().filter_map(apart).collect();
    for agency in inputs.agencies.iter().filter(|agency| agency.is_returned) {
        prompts.extend(of_return(agency));
    }
    for rows in inputs.answers.chunk_by(|a, b| a.agency == b.agency) {
        let (agency, name) = (&rows[0].agency, name(&rows[0].agency));
        let is_named = |id: &CriterionId| {
            groups.get(agency).zip(named.get(id)).is_some_and(|(group, named)| named.contains(group))
        };
        prompts.extend(rows.iter().flat_map(|answer| of_answer(is_named(&answer.criterion), name, answer)));
        let not_applicable = rows.iter().filter(|answer| answer.state == AnswerState::NotApplicable);
        prompts.extend(not_applicable.filter_map(|answer| {
            let partner = partners.speaks_of(answer)?.by;
            Some(though_partner(name, names.get(&partner.agency).copied().unwrap_or_default(), answer))
        }));
        prompts.extend(of_rows(name, rows));
    }
    prompts.extend(inputs.actions.iter().filter_map(|action| incomplete(name(&action.agency), action)));
    prompts.extend(inputs.actions.iter().filter_map(|action| after_fieldwork(name(&action.agency), action)));
    // The order of `PromptKind` is the order of the list, so the sort must be stable and the enum must keep its order.
    prompts.sort_by_key(|prompt| prompt.kind);
    prompts
}

impl<'a> PromptInputs<'a> {
    /// The agencies' names by their ids.
    fn names(&self) -> HashMap<&'a AgencyId, &'a str> {
        self.agencies.iter().map(|agency| (&agency.id, agency.name.as_str())).collect()
    }

    fn short_name(&self, id: &AgencyId) -> String {
        let agency = self.agencies.iter().find(|agency| agency.id == *id);
        agency.map_or(id.to_string(), |agency| agency.short_name.clone())
    }

    fn apart(&self, one: &Disagreement, partners: &Partners<'_>, names: &HashMap<&AgencyId, &str>) -> Option<Prompt> {
        if !one.is_two_steps_apart() {
            return None;
        }
        // Prefer two agencies whose words are about each other or the same thing: the first at each end may have nothing to discuss.
        let mut pair = one.clone();
        if let Some((high, low)) = partners.pair(&one.criterion, one.highest.0, one.lowest.0) {
            (pair.highest.1, pair.lowest.1) = (high.clone(), low.clone());
        }
        let wording = format!(
            "{} Red and {} Green on {} ({}): what do those that rate it Green see that the others do not, and the other way round?",
            one.counts.red,
            one.counts.green,
            one.criterion,
            sentences::ends(&pair, |id| names.get(id).copied().unwrap_or_default().to_string()),
        );
        Some(Prompt {
            kind: PromptKind::TwoStepsApart,
            agency: None,
            criterion: Some(one.criterion.clone()),
            source: SourceCell::default(),
            wording,
            question: format!(
                "{}: what does each see that the other does not?",
                sentences::ends(&pair, |id| self.short_name(id))
            ),
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
        question: "Who answers for its ratings?".into(),
        lacks: Vec::new(),
    })
}

/// A sign in an answer: its kind, where it is, what to ask, and the question alone.
type FoundSign = (PromptKind, SourceCell, String, &'static str);

fn of_answer(is_named: bool, name: &str, answer: &AnswerRow) -> Vec<Prompt> {
    let id = &answer.criterion;
    let mut found = of_rating(is_named, name, answer);
    found.extend(of_evidence(name, answer));
    for (kind, _) in answer.written().filter(|(_, text)| **text == Written::HeldBack) {
        let wording = format!(
            "A text from {name} on {id} is held back because it may identify a child: has it been taken out of the file?"
        );
        let at = kind.map_or_else(|| answer.source.clone(), |kind| answer.source_of(kind));
        let question = "A text is held back: has it been taken out of the file?";
        found.push((PromptKind::MayIdentifyChild, at, wording, question));
    }
    let prompt = |(kind, source, wording, question): FoundSign| Prompt {
        kind,
        agency: Some(answer.agency.clone()),
        criterion: Some(id.clone()),
        source,
        wording,
        question: question.to_string(),
        lacks: Vec::new(),
    };
    found.into_iter().map(prompt).collect()
}

/// Signs that do not fit an answer's rating.
fn of_rating(is_named: bool, name: &str, answer: &AnswerRow) -> Vec<FoundSign> {
    let is_empty = |kind| answer.texts.get(kind).is_nothing();
    let at = |kind| answer.source_of(kind);
    let id = &answer.criterion;
    let mut found: Vec<FoundSign> = Vec::new();
    match answer.state {
        AnswerState::Rated(Rating::Green) => {
            if is_empty(TextKind::Evidence) {
                let wording = format!(
                    "{name} rates itself Green on {id} and names no evidence: what could somebody else look at?"
                );
                let question = "What could somebody else look at?";
                found.push((PromptKind::GreenWithoutEvidence, at(TextKind::Evidence), wording, question));
            }
            if !is_empty(TextKind::WorriedAbout) {
                let wording = format!("{name} rates itself Green on {id} and states a worry: how are both true?");
                let question = "It is Green, and a worry is stated: how are both true?";
                found.push((PromptKind::GreenWithWorry, at(TextKind::WorriedAbout), wording, question));
            }
        }
        AnswerState::Rated(Rating::Red) if is_empty(TextKind::NeedsToHappen) => {
            let wording = format!(
                "{name} rates itself Red on {id} and does not say what needs to happen: what will change, and who leads?"
            );
            let question = "What will change, and who leads?";
            found.push((PromptKind::RedWithoutAction, at(TextKind::NeedsToHappen), wording, question));
        }
        AnswerState::NotApplicable if is_named => {
            let wording = format!(
                "{name} says that {id} is not applicable, but the statement names its group: why does it not apply?"
            );
            let question = "The statement names this group: why does it not apply?";
            found.push((PromptKind::NotApplicableThoughNamed, answer.source.clone(), wording, question));
        }
        AnswerState::Rated(_)
        | AnswerState::NotApplicable
        | AnswerState::Blank
        | AnswerState::Unreadable
        | AnswerState::Missing => {}
    }
    found
}

/// A sign in the evidence: a sample without its size, or the scrutineer's own report.
fn of_evidence(name: &str, answer: &AnswerRow) -> Option<FoundSign> {
    let (evidence, id) = (answer.texts.text(TextKind::Evidence), &answer.criterion);
    if !matches!(answer.state, AnswerState::Rated(_)) || evidence.trim().is_empty() {
        return None;
    }
    let source = answer.source_of(TextKind::Evidence);
    // The scrutineer is the reader of these prompts, and cannot take their own report as independent evidence.
    if evidence.to_lowercase().contains("scrutineer") {
        let wording =
            format!("{name} names the scrutineer's own report as evidence on {id}: what evidence is its own?");
        return Some((PromptKind::EvidenceOfScrutineer, source, wording, "What evidence is its own?"));
    }
    // The size may be in any of the texts, not only beside the word "sample".
    let texts = [TextKind::WorkingWell, TextKind::WorriedAbout, TextKind::Evidence].map(|kind| answer.texts.text(kind));
    let is_sized = texts.iter().any(|text| has_result(text) || says_how_many(text));
    (speaks_of_sample(evidence) && !is_sized).then(|| {
        let wording = format!(
            "{name} names a sample as evidence on {id} and does not say how large it was: how many, and who chose them?"
        );
        (PromptKind::SampleWithoutSize, source, wording, "How many were in the sample, and who chose them?")
    })
}

/// The prompt for an agency that says not applicable, though a partner's words on the statement mention it.
fn though_partner(name: &str, partner: &str, answer: &AnswerRow) -> Prompt {
    let id = &answer.criterion;
    Prompt {
        kind: PromptKind::NotApplicableThoughPartner,
        agency: Some(answer.agency.clone()),
        criterion: Some(id.clone()),
        source: answer.source.clone(),
        wording: format!(
            "{name} says that {id} is not applicable, but {partner} writes about it there: which is right?"
        ),
        question: format!("{partner} writes about this agency on the same statement: which is right?"),
        lacks: Vec::new(),
    }
}

/// The prompt for a Red whose action is due only after fieldwork starts.
fn after_fieldwork(name: &str, action: &Action) -> Option<Prompt> {
    let is_late = action.state == AnswerState::Rated(Rating::Red) && action.timing == Timing::AfterFieldwork;
    let Due::On(due) = action.due else { return None };
    is_late.then(|| Prompt {
        kind: PromptKind::RedActionAfterFieldwork,
        agency: Some(action.agency.clone()),
        criterion: Some(action.criterion.clone()),
        source: action.due_source.clone(),
        wording: format!(
            "{name} rates itself Red on {}, and its action is due after fieldwork starts ({}): what changes for children before then?",
            action.criterion,
            due.words()
        ),
        question: "The action is due after fieldwork starts: what changes for children before then?".into(),
        lacks: Vec::new(),
    })
}

/// The prompts about change: a higher rating with the same evidence as before.
pub(super) fn of_change(numbers: &Numbers, answers: &[AnswerRow], change: &RoundChange) -> Vec<Prompt> {
    let is_asked = |row: &&ChangeRow| row.kind == ChangeKind::Higher && row.has_same_evidence;
    let prompt = |row: &ChangeRow| {
        let name = numbers.agency(&row.agency).map_or(row.agency.as_str(), |agency| agency.name.as_str());
        let word = |rating: Option<Rating>| rating.map_or("", Rating::word);
        let (before, now, id, since) = (word(row.previous), word(row.rating), &row.criterion, &change.since);
        Prompt {
            kind: PromptKind::HigherWithoutNewEvidence,
            agency: Some(row.agency.clone()),
            criterion: Some(id.clone()),
            source: answers[row.answer].source_of(TextKind::Evidence),
            wording: format!(
                "{name} rates itself {now} on {id}, {before} in {since}, and its evidence is the same as then: what shows the change?"
            ),
            question: format!(
                "It was {before} in {since}, and the evidence is the same as then: what shows the change?"
            ),
            lacks: Vec::new(),
        }
    };
    change.rows.iter().filter(is_asked).map(prompt).collect()
}

/// The prompts for a return with the same rating or text in every row.
fn of_rows(name: &str, rows: &[AnswerRow]) -> Vec<Prompt> {
    let prompt = |kind, wording: String| Prompt {
        kind,
        agency: Some(rows[0].agency.clone()),
        criterion: None,
        source: SourceCell::default(),
        question: wording.clone(),
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
        let wording = format!("{name} rates itself {} on all {all}: which is it least sure of?", rating.word());
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
            let wording = format!("{name} writes the same on {what} for all {all}: is it true of each of them?");
            prompts.push(prompt(PromptKind::SameText, wording));
        }
    }
    prompts
}

fn incomplete(name: &str, action: &Action) -> Option<Prompt> {
    // What is lacking, with the cell where it should be.
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
        question: format!("The action has {}: {}?", words::list(&with), words::list(&asks)),
        wording: format!(
            "{name} has an action on {} with {}: {}?",
            action.criterion,
            words::list(&with),
            words::list(&asks)
        ),
        lacks: lacks.iter().map(|(lack, _)| *lack).collect(),
    })
}
