//! The tables of `report/data/` before they are written: column names, and rows of texts. [`schema`](super::schema) describes each column.
//! Numbers are in the form in which they are written, and an empty text means no value.

use crate::analysis::challenged::rating_after;
use crate::analysis::{
    Action, AgencySummary, Analysis, ChangeRow, Counts, CriterionSummary, Due, Headline, RoundChange, Timing,
};
use crate::core::finding::{Finding, Place, Settlement};
use crate::documents::{Agreement, PickedAction, Picks};
use crate::form::{Rating, StartField, TextKind};
use std::collections::HashMap;

use crate::core::ids::{AgencyId, CriterionId};
use crate::intake::also_written::{self, WrittenBeside};
use crate::intake::answers::{AnswerRow, AnswerState, SourceCell};
use crate::intake::moderation::Moderation;
use crate::round::{Agency, Round};
use crate::theme::{Area, Criterion, Theme};

/// One table.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// The stem of its file names.
    pub name: &'static str,
    /// The names of its columns. New ones go at the end, and none is ever renamed.
    pub columns: Vec<&'static str>,
    /// Its rows, each as wide as the columns.
    pub rows: Vec<Vec<String>>,
}

/// The columns of `criteria`.
pub const CRITERIA: [&str; 17] = [
    "criterion_id",
    "area_id",
    "asked",
    "rated",
    "red",
    "amber",
    "green",
    "not_applicable",
    "blank",
    "unreadable",
    "missing",
    "position",
    "position_low",
    "position_high",
    "firm",
    "agreement",
    "position_once_each",
];

/// The columns of `agencies`. None of them has contacts.
pub const AGENCIES: [&str; 25] = [
    "round_id",
    "agency_id",
    "agency_name",
    "agency_group",
    "due_on",
    "return_status",
    "asked",
    "rated",
    "red",
    "amber",
    "green",
    "not_applicable",
    "blank",
    "unreadable",
    "missing",
    "approval_recorded",
    "approved_on",
    "source_file",
    "settled_by",
    "settled_on",
    "settled_why",
    "speaks_for",
    "speaks_for_of",
    "asked_by",
    "basis",
];

/// The columns of `actions`.
pub const ACTIONS: [&str; 25] = [
    "round_id",
    "action_id",
    "agency_id",
    "agency_name",
    "area_id",
    "criterion_id",
    "self_rating",
    "needs_to_happen",
    "lines",
    "action_lead",
    "lead_named",
    "action_due",
    "due_date",
    "date_named",
    "timing",
    "source_file",
    "source_sheet",
    "source_cell",
    "proposed_by",
    "slide_order",
    "slide_wording",
    "slide_lead",
    "slide_due",
    "agreed_by",
    "agreed_on",
];

/// The columns of `headlines`.
pub const HEADLINES: [&str; 8] =
    ["agency_id", "kind", "criterion_id", "line", "rating", "source_file", "source_sheet", "source_cell"];

/// The columns of `change`.
pub const CHANGE: [&str; 11] = [
    "agency_id",
    "criterion_id",
    "previous_rating",
    "rating",
    "change",
    "source_file",
    "source_sheet",
    "source_cell",
    "previous_source_file",
    "previous_source_sheet",
    "previous_source_cell",
];

/// The columns of `findings`.
pub const FINDINGS: [&str; 15] = [
    "code",
    "severity",
    "agency_id",
    "file",
    "sheet",
    "cell",
    "found",
    "expected",
    "remedy",
    "reference",
    "criterion_id",
    "settled_as",
    "settled_by",
    "settled_on",
    "settled_why",
];

/// The columns of `also_written`.
pub const ALSO_WRITTEN: [&str; 11] = [
    "agency_id",
    "criterion_id",
    "written_place",
    "text",
    "source_file",
    "source_sheet",
    "source_cell",
    "reference",
    "settled_as",
    "settled_by",
    "settled_on",
];

/// The columns of `ratings` that go into a dataset of many rounds: without words, contacts or file names.
pub const DATASET: [&str; 13] = [
    "round_id",
    "theme_id",
    "theme_fingerprint",
    "agency_id",
    "agency_name",
    "agency_group",
    "area_id",
    "criterion_id",
    "criterion_text",
    "basis",
    "return_status",
    "self_state",
    "self_rating",
];

/// The columns of `ratings` before its texts.
const BEFORE_TEXTS: [&str; 15] = [
    "round_id",
    "theme_id",
    "theme_fingerprint",
    "agency_id",
    "agency_name",
    "agency_group",
    "area_id",
    "area_title",
    "criterion_id",
    "criterion_text",
    "basis",
    "return_status",
    "self_state",
    "self_rating",
    "self_rating_as_written",
];

/// The columns of `ratings` that say where an answer is.
const SOURCE: [&str; 4] = ["source_file", "source_sha256", "source_sheet", "source_cell"];

/// The kinds of text whose columns come before [`SOURCE`]: the original ones. Columns that came later are at the end.
const FIRST_TEXTS: [TextKind; 7] = [
    TextKind::WorkingWell,
    TextKind::WorriedAbout,
    TextKind::NeedsToHappen,
    TextKind::ActionLead,
    TextKind::ActionDue,
    TextKind::Evidence,
    TextKind::NotApplicableReason,
];

/// The kinds of text that were added later, whose columns come after [`SOURCE`].
fn later_texts() -> impl Iterator<Item = TextKind> {
    TextKind::ALL.into_iter().filter(|kind| !FIRST_TEXTS.contains(kind))
}

/// The columns of `ratings` that say who decided how a rating is read.
const SETTLED: [&str; 3] = ["settled_by", "settled_on", "settled_why"];

/// The columns of `ratings` with the result of the challenge and the rating after it.
const CHALLENGED: [&str; 6] =
    ["challenge_outcome", "moderated_rating", "moderation_reason", "moderated_by", "moderated_on", "rating"];

/// The columns of `ratings`, with one for each kind of text that a workbook asks for.
pub fn ratings_columns() -> Vec<&'static str> {
    let first = FIRST_TEXTS.iter().map(|kind| kind.key());
    BEFORE_TEXTS
        .into_iter()
        .chain(first)
        .chain(SOURCE)
        .chain(later_texts().map(|kind| kind.key()))
        .chain(SETTLED)
        .chain(["action_due_precision"])
        .chain(CHALLENGED)
        .collect()
}

/// `ratings`: one row for each agency and criterion issued.
pub fn ratings(theme: &Theme, round: &Round, answers: &[AnswerRow]) -> Data {
    let fingerprint = theme.fingerprint();
    let agencies: HashMap<&AgencyId, &Agency> = round.agencies.iter().map(|agency| (&agency.id, agency)).collect();
    let criteria: HashMap<&CriterionId, (&Area, &Criterion)> =
        theme.criteria().map(|(area, criterion)| (&criterion.id, (area, criterion))).collect();
    let row = |answer: &AnswerRow| {
        let (agency, (area, criterion)) = (agencies[&answer.agency], criteria[&answer.criterion]);
        let status = if answer.state == AnswerState::Missing { "missing" } else { "returned" };
        let mut cells = vec![round.id().to_string(), theme.id.to_string(), fingerprint.clone()];
        cells.extend([agency.id.to_string(), agency.name.clone(), agency.group.code().into()]);
        cells.extend([area.id.to_string(), area.title.clone(), criterion.id.to_string(), criterion.text.clone()]);
        cells.extend(
            [criterion.basis.letter(), status, answer.state.key(), answer.state.rating_key()].map(String::from),
        );
        cells.push(answer.as_written.shown().into_owned());
        cells.extend(FIRST_TEXTS.iter().map(|kind| match (kind, answer.action_due) {
            // A date that was read is in one form, whatever the agency wrote; anything else is as written.
            (TextKind::ActionDue, Some(due)) => due.day.to_string(),
            _ => answer.texts.shown(*kind).into_owned(),
        }));
        let SourceCell { file, sheet, cell } = &answer.source;
        cells.extend([file.clone(), answer.sha256.to_string(), sheet.clone(), cell.clone()]);
        cells.extend(later_texts().map(|kind| answer.texts.shown(kind).into_owned()));
        cells.extend(settled(answer.settled.as_ref()));
        cells.push(answer.action_due.map_or(String::new(), |due| due.precision.key().to_string()));
        cells.extend(challenged(answer));
        cells
    };
    Data { name: "ratings", columns: ratings_columns(), rows: answers.iter().map(row).collect() }
}

/// The result of the challenge. If nothing was agreed there is no moderated rating, and the rating is the agency's own.
fn challenged(answer: &AnswerRow) -> [String; 6] {
    let key = |rating: Option<Rating>| rating.map_or(String::new(), |rating| rating.key().to_string());
    let moderation = answer.moderation.as_ref();
    let decision = moderation.and_then(Moderation::decision);
    [
        moderation.map_or(String::new(), |moderation| moderation.key().to_string()),
        key(answer.moderated()),
        decision.map_or(String::new(), |decision| decision.why.clone()),
        decision.map_or(String::new(), |decision| decision.by.clone()),
        decision.map_or(String::new(), |decision| decision.on.to_string()),
        key(rating_after(answer)),
    ]
}

/// A table with only the columns that go into a dataset of many rounds, in their order.
pub fn for_dataset(ratings: &Data) -> Data {
    let at = |name: &str| ratings.columns.iter().position(|column| *column == name);
    let places: Vec<usize> = DATASET.iter().filter_map(|name| at(name)).collect();
    let row = |row: &Vec<String>| places.iter().map(|at| row[*at].clone()).collect();
    Data { name: ratings.name, columns: DATASET.to_vec(), rows: ratings.rows.iter().map(row).collect() }
}

/// `criteria`: one row for each criterion issued to at least one agency.
pub fn criteria(analysis: &Analysis) -> Data {
    Data {
        name: "criteria",
        columns: CRITERIA.to_vec(),
        rows: analysis.numbers.criteria.iter().map(criterion).collect(),
    }
}

fn criterion(summary: &CriterionSummary) -> Vec<String> {
    let position = summary.position;
    let key = |rating: Option<Rating>| rating.map_or(String::new(), |rating| rating.key().to_string());
    let mut cells = vec![summary.criterion.id.to_string(), summary.area.to_string()];
    cells.extend(numbers(&summary.counts));
    cells.push(key(position.map(|position| position.middle)));
    cells.push(key(position.map(|position| position.low)));
    cells.push(key(position.map(|position| position.high)));
    cells.push(position.is_some_and(|position| position.is_firm()).to_string());
    cells.push(summary.agreement.map_or(String::new(), |agreement| format!("{agreement:.4}")));
    cells.push(key(crate::analysis::once_each(&summary.groups)));
    cells
}

/// The counts, in the order of the columns.
fn numbers(counts: &Counts) -> [String; 9] {
    counts.named().map(|(_, n)| n.to_string())
}

/// `agencies`: one row for each agency of the round; for each basis if it was asked statements of several.
pub fn agencies(round: &Round, analysis: &Analysis) -> Data {
    let row = |agency: &AgencySummary, basis: &str, counts: &Counts| {
        let due = round.agency(&agency.id).map(|agency| round.due(agency).to_string());
        let status = if agency.is_returned { "returned" } else { "missing" };
        let mut cells = vec![round.id().to_string(), agency.id.to_string(), agency.name.clone(), agency.group.into()];
        cells.extend([due.unwrap_or_default(), status.into()]);
        cells.extend(numbers(counts));
        cells.push(agency.is_approval_recorded.to_string());
        cells.push(agency.approved_on.map_or(String::new(), |date| date.to_string()));
        cells.push(agency.source_file.clone());
        cells.extend(settled(agency.approval_settled.as_ref()));
        cells.extend(StartField::SPEAKS_FOR.map(|field| agency.speaks_for.text(field).to_string()));
        cells.push(basis.into());
        cells
    };
    let rows = |agency: &AgencySummary| match agency.bases.as_slice() {
        [] => vec![row(agency, "", &agency.counts)],
        bases => bases.iter().map(|of| row(agency, of.basis.letter(), &of.counts)).collect(),
    };
    Data {
        name: "agencies",
        columns: AGENCIES.to_vec(),
        rows: analysis.numbers.agencies.iter().flat_map(rows).collect(),
    }
}

/// `actions`: one row for each cell that says what needs to happen, in the order of `analysis/actions.rs`; then the partnership's own
/// actions, which no agency wrote.
pub fn actions(round: &Round, analysis: &Analysis, picks: &Picks) -> Data {
    let name =
        |action: &Action| analysis.numbers.agency(&action.agency).map_or(String::new(), |agency| agency.name.clone());
    let area = |action: &Action| {
        let summary = analysis.numbers.criteria.iter().find(|summary| summary.criterion.id == action.criterion);
        summary.map_or(String::new(), |summary| summary.area.to_string())
    };
    let row = |action: &Action| {
        let mut row = vec![
            round.id().to_string(),
            format!("{}/{}", action.agency, action.criterion),
            action.agency.to_string(),
            name(action),
            area(action),
            action.criterion.to_string(),
            action.state.rating_key().to_string(),
            action.what.clone(),
            action.lines().len().to_string(),
            action.lead.shown().into_owned(),
            action.has_lead().to_string(),
        ];
        row.extend(due(&action.due, round));
        let SourceCell { file, sheet, cell } = &action.source;
        row.extend([file.clone(), sheet.clone(), cell.clone(), "agency".into()]);
        row.extend(chosen(picks, picks.of_action(action), picks.agreement(action)));
        row
    };
    let own = picks.own_actions().enumerate().map(|(at, own)| own_action(round, picks, at, own));
    Data { name: "actions", columns: ACTIONS.to_vec(), rows: analysis.actions.iter().map(row).chain(own).collect() }
}

/// By when: as written, as a date, whether there is a date, and before or after fieldwork starts.
fn due(due: &Due, round: &Round) -> [String; 4] {
    let (written, date) = match due {
        Due::On(due) => (due.day.to_string(), due.day.to_string()),
        Due::AsWritten(text) => (text.clone(), String::new()),
        Due::NoDate => (String::new(), String::new()),
    };
    let is_dated = matches!(due, Due::On(_)).to_string();
    [written, date, is_dated, Timing::new(due, round).key().to_string()]
}

/// An action of the partnership's own, without an agency or a statement.
fn own_action(round: &Round, picks: &Picks, at: usize, own: &PickedAction) -> Vec<String> {
    let mut row = vec![round.id().to_string(), format!("partnership/{}", at + 1)];
    row.extend(std::iter::repeat_n(String::new(), 5));
    row.extend([own.wording.clone(), own.wording.lines().count().to_string(), own.lead.clone()]);
    row.push((!own.lead.is_empty()).to_string());
    row.extend(due(&own.by.map_or(Due::NoDate, |by| Due::On(by.into())), round));
    let Place { file, .. } = &own.place;
    row.extend([file.clone(), own.place.sheet_name().to_string(), own.place.cell_name(), "partnership".into()]);
    row.extend(chosen(picks, Some(own), own.agreed.as_ref()));
    row
}

/// An action on the slide: its place, words, lead and date there; and who agreed it, and when.
fn chosen(picks: &Picks, picked: Option<&PickedAction>, agreed: Option<&Agreement>) -> [String; 6] {
    let order = picked.and_then(|one| picks.actions.iter().flatten().position(|other| other == one));
    let text = |of: fn(&PickedAction) -> String| picked.map_or(String::new(), of);
    [
        order.map_or(String::new(), |at| (at + 1).to_string()),
        text(|one| one.wording.clone()),
        text(|one| one.lead.clone()),
        text(|one| one.by.map_or(String::new(), |by| by.to_string())),
        agreed.map_or(String::new(), |agreed| agreed.by.clone()),
        agreed.map_or(String::new(), |agreed| agreed.on.to_string()),
    ]
}

/// `headlines`: one row for each line of an agency's own, in the round's order.
pub fn headlines(analysis: &Analysis) -> Data {
    let row = |headline: &Headline| {
        vec![
            headline.agency.to_string(),
            headline.kind.key().to_string(),
            headline.criterion.as_ref().map_or(String::new(), ToString::to_string),
            headline.line.clone(),
            headline.rating.map_or("", Rating::key).to_string(),
            headline.source.file.clone(),
            headline.source.sheet.clone(),
            headline.source.cell.clone(),
        ]
    };
    Data { name: "headlines", columns: HEADLINES.to_vec(), rows: analysis.headlines.iter().map(row).collect() }
}

/// `change`: one row for each pair that is rated now or was rated in the round before.
pub fn change(change: &RoundChange) -> Data {
    let key = |rating: Option<Rating>| rating.map_or(String::new(), |rating| rating.key().to_string());
    let row = |row: &ChangeRow| {
        let mut cells = vec![row.agency.to_string(), row.criterion.to_string(), key(row.previous), key(row.rating)];
        cells.push(row.kind.key().to_string());
        for SourceCell { file, sheet, cell } in [&row.source, &row.previous_source] {
            cells.extend([file.clone(), sheet.clone(), cell.clone()]);
        }
        cells
    };
    Data { name: "change", columns: CHANGE.to_vec(), rows: change.rows.iter().map(row).collect() }
}

/// Who decided, when and why; empty if nobody did.
fn settled(settlement: Option<&Settlement>) -> [String; 3] {
    settlement.map_or_else(Default::default, |settlement| {
        [settlement.by.clone(), settlement.on.to_string(), settlement.why.clone()]
    })
}

/// `findings`: everything that was noticed.
pub fn findings(findings: &[Finding]) -> Data {
    let row = |finding: &Finding| {
        let mut row = vec![
            finding.code.name().to_string(),
            finding.code.severity().key().to_string(),
            finding.subject.agency.as_ref().map_or(String::new(), ToString::to_string),
            finding.place.file.clone(),
            finding.place.sheet_name().to_string(),
            finding.place.cell_name(),
            finding.found.clone(),
            finding.expected.clone(),
            finding.remedy.clone(),
            finding.reference_text(),
            finding.subject.criterion.as_ref().map_or(String::new(), ToString::to_string),
            finding.settled.as_ref().map_or(String::new(), |settlement| settlement.decision.key()),
        ];
        row.extend(settled(finding.settled.as_ref()));
        row
    };
    Data { name: "findings", columns: FINDINGS.to_vec(), rows: findings.iter().map(row).collect() }
}

/// `also_written`: what agencies wrote beside the answers that count, each text in full.
pub fn also_written(findings: &[Finding]) -> Data {
    let row = |beside: WrittenBeside<'_>| {
        let [by, on, _] = settled(beside.settled);
        vec![
            beside.agency.map_or(String::new(), ToString::to_string),
            beside.criterion.map_or(String::new(), ToString::to_string),
            beside.place.key().to_string(),
            beside.text.to_string(),
            beside.source.file,
            beside.source.sheet,
            beside.source.cell,
            beside.reference,
            beside.settled.map_or(String::new(), |settlement| settlement.decision.key()),
            by,
            on,
        ]
    };
    let rows = also_written::also_written(findings).into_iter().map(row).collect();
    Data { name: "also_written", columns: ALSO_WRITTEN.to_vec(), rows }
}
