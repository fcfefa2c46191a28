//! Makes one typed answer for every agency and statement that was issued, returned or not.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::moderation::Moderation;
use crate::core::due::DueDay;
use crate::core::finding::{Decision, Finding, ReadAs, Settlement, Subject};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, Field, HeadlineKind, Rating, TextKind};
use crate::record::MeetingOutcome;
use crate::response::{Answer, HeadlineEntry, Response, SelfRating, TakenCell, TextColumns, Texts};
use crate::round::Round;
use crate::theme::Theme;

/// The state of one agency's answer to one criterion. Only [`AnswerState::Rated`] is a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// Rated.
    Rated(Rating),
    /// The agency says that it does not apply.
    NotApplicable,
    /// Returned, not rated.
    Blank,
    /// Something is written that is not a rating.
    Unreadable,
    /// There is no return.
    Missing,
}

impl AnswerState {
    /// The value in the data column `self_state`.
    pub fn key(self) -> &'static str {
        match self {
            AnswerState::Rated(_) => "rated",
            AnswerState::NotApplicable => "not_applicable",
            AnswerState::Blank => "blank",
            AnswerState::Unreadable => "unreadable",
            AnswerState::Missing => "missing",
        }
    }

    /// The state as people read it: the rating, or a word in its place.
    pub fn words(self) -> &'static str {
        match self {
            AnswerState::Rated(rating) => rating.word(),
            AnswerState::NotApplicable => "Not applicable",
            AnswerState::Blank => "Blank",
            AnswerState::Unreadable => "Unreadable",
            AnswerState::Missing => "Not returned",
        }
    }

    /// The value in the data column `self_rating`: empty for every state except rated.
    pub fn rating_key(self) -> &'static str {
        match self {
            AnswerState::Rated(rating) => rating.key(),
            AnswerState::NotApplicable | AnswerState::Blank | AnswerState::Unreadable | AnswerState::Missing => "",
        }
    }

    /// The key by which a challenge notes the self-rating that it saw: the rating's key, else the state's.
    pub fn challenged_key(self) -> &'static str {
        match self {
            AnswerState::Rated(rating) => rating.key(),
            other => other.key(),
        }
    }

    fn from_rating(rating: SelfRating) -> AnswerState {
        match rating {
            SelfRating::Rated(rating) => AnswerState::Rated(rating),
            SelfRating::NotApplicable => AnswerState::NotApplicable,
            SelfRating::Blank => AnswerState::Blank,
            SelfRating::Unreadable => AnswerState::Unreadable,
        }
    }
}

/// The cell that an answer comes from. All three are empty without a return; the cell is empty where the return has no row for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SourceCell {
    /// The file, relative to the round's folder.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell: that of the rating unless documented otherwise.
    pub cell: String,
}

impl SourceCell {
    fn taken(taken: &TakenCell) -> SourceCell {
        let TakenCell { file, sheet, cell, .. } = taken.clone();
        SourceCell { file, sheet, cell }
    }
}

impl std::fmt::Display for SourceCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [&self.file, &self.sheet, &self.cell].map(String::as_str);
        f.write_str(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
    }
}

/// One agency's answer to one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    /// The agency.
    pub agency: AgencyId,
    /// The criterion.
    pub criterion: CriterionId,
    /// Its state.
    pub state: AnswerState,
    /// The text of the rating cell, unchanged.
    pub as_written: Written,
    /// The texts beside it, as written.
    pub texts: Texts,
    /// The date on which the action is due; `None` where none can be read.
    pub action_due: Option<DueDay>,
    /// Whether its action is the one from the round before and is done or dropped: nothing is proposed then.
    pub is_action_over: bool,
    /// How the action from the round before has gone; `None` where the agency does not say, or there is no round before.
    pub progress: Option<ActionProgress>,
    /// Whether it was carried over from the round before and neither confirmed nor changed. It counts as blank, which is not the same as a
    /// rating that the agency took back.
    pub is_carried_open: bool,
    /// The cell that the rating comes from. It may be in a later workbook with corrections.
    pub source: SourceCell,
    /// The rating's cell in the return that counts, which the texts come from.
    pub own_source: SourceCell,
    /// Its row, counted from 1; `None` where the return has none.
    pub row: Option<u32>,
    /// The SHA-256 of the file, shared by the answers of a return; empty without a return.
    pub sha256: Arc<str>,
    /// The letters of the column that each text is in, shared by the answers of a return.
    pub columns: Arc<TextColumns>,
    /// The cells that were taken from a later workbook, by column.
    pub taken: BTreeMap<ColumnKey, TakenCell>,
    /// The agency's own one-line summary of what needs to happen; `None` where there is none.
    pub action_in_short: Option<ActionInShort>,
    /// The decision that gave the rating, where it is not read as written; `None` where nobody decided.
    pub settled: Option<Settlement>,
    /// The decision that gave the date of the action.
    pub due_settled: Option<Settlement>,
    /// What the agency wrote elsewhere and somebody put to this statement.
    pub also: Vec<AlsoWritten>,
    /// The outcome of its challenge; `None` where it was not challenged. `state` stays the agency's own.
    pub moderation: Option<Moderation>,
}

/// An agency's own one-line summary of what needs to happen on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionInShort {
    /// The line.
    pub line: String,
    /// Its cell.
    pub source: SourceCell,
}

/// A text from outside the table that somebody put to a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct AlsoWritten {
    /// The text, as written.
    pub written: Written,
    /// Where it is.
    pub source: SourceCell,
    /// The decision.
    pub settlement: Settlement,
}

impl AnswerRow {
    /// Everything that the agency wrote in the row: the rating first, with `None` as its kind, then the texts.
    pub fn written(&self) -> impl Iterator<Item = (Option<TextKind>, &Written)> {
        let texts = self.texts.all().map(|(kind, text)| (Some(kind), text));
        std::iter::once((None, &self.as_written)).chain(texts)
    }

    /// The state after the challenge: the rating that was agreed where it was changed, else the agency's own.
    pub fn state_after(&self) -> AnswerState {
        self.moderation.as_ref().and_then(Moderation::changed_to).map_or(self.state, AnswerState::Rated)
    }

    /// The rating that the challenge agreed, which is the self-rating where that was upheld; `None` where nothing was agreed.
    pub fn moderated(&self) -> Option<Rating> {
        let moderation = self.moderation.as_ref()?;
        let upheld = || match (moderation.decision()?.outcome, self.state) {
            (MeetingOutcome::Upheld, AnswerState::Rated(rating)) => Some(rating),
            _ => None,
        };
        moderation.changed_to().or_else(upheld)
    }

    /// The agency's own line on what needs to happen, where the row itself has nothing.
    fn line_alone(&self) -> Option<&ActionInShort> {
        self.action_in_short.as_ref().filter(|_| self.texts.get(TextKind::NeedsToHappen).is_nothing())
    }

    /// Whether the agency says what needs to happen, in the row or in a line of its own. An action from the round before that is done or
    /// dropped does not count.
    pub fn proposes(&self) -> bool {
        !self.is_action_over && (self.texts.get(TextKind::NeedsToHappen).is_said() || self.line_alone().is_some())
    }

    /// What needs to happen, from the row, else from the agency's own line.
    pub fn proposed(&self) -> Cow<'_, str> {
        match self.line_alone() {
            Some(alone) => Cow::Borrowed(&alone.line),
            None => self.texts.shown(TextKind::NeedsToHappen),
        }
    }

    /// The cell that [`AnswerRow::proposed`] comes from.
    pub fn proposed_at(&self) -> SourceCell {
        self.line_alone().map_or_else(|| self.source_of(TextKind::NeedsToHappen), |alone| alone.source.clone())
    }

    /// The cell of one of the texts, in the rating's row. The cell is empty where the return has none.
    pub fn source_of(&self, kind: TextKind) -> SourceCell {
        if let Some(taken) = self.taken.get(&kind.column()) {
            return SourceCell::taken(taken);
        }
        let cell = self.row.map_or(String::new(), |row| self.columns.cell(kind, row));
        SourceCell { cell, ..self.own_source.clone() }
    }
}

/// Every answer, with what people decided about findings in it: agencies in the round's order, criteria in the theme's. `responses` has at
/// most one response for each agency.
pub fn answers(theme: &Theme, round: &Round, responses: &[Response], findings: &[Finding]) -> Vec<AnswerRow> {
    let decided = DecidedAnswers::new(findings);
    let responses: HashMap<&AgencyId, &Response> =
        responses.iter().map(|response| (&response.agency, response)).collect();
    let mut rows = Vec::new();
    for agency in &round.agencies {
        let response = responses.get(&agency.id).copied();
        let shared = SharedByReturn::new(response);
        for (_, criterion) in round.statements(theme, agency) {
            let answer = response.and_then(|response| response.answer(&criterion.id));
            let mut row = shared.row(&agency.id, &criterion.id, answer);
            decided.apply(&mut row);
            rows.push(row);
        }
    }
    rows
}

/// What people decided about answers, by agency and statement.
#[derive(Default)]
struct DecidedAnswers<'f> {
    by_answer: HashMap<(&'f AgencyId, &'f CriterionId), Vec<(&'f Finding, &'f Settlement)>>,
}

impl<'f> DecidedAnswers<'f> {
    fn new(findings: &'f [Finding]) -> DecidedAnswers<'f> {
        let mut decided = DecidedAnswers::default();
        for finding in findings {
            let (Some(settlement), Some(agency)) = (&finding.settled, &finding.subject.agency) else { continue };
            // Other decisions only close a finding, or were applied when the returns were read and selected.
            let criterion = match &settlement.decision {
                Decision::ReadAs { .. } | Decision::ChangeCounts => finding.subject.criterion.as_ref(),
                Decision::PutTo { criterion } => Some(criterion),
                _ => None,
            };
            if let Some(criterion) = criterion {
                decided.by_answer.entry((agency, criterion)).or_default().push((finding, settlement));
            }
        }
        decided
    }

    fn apply(&self, row: &mut AnswerRow) {
        // A decision about a return that no longer counts must not turn a missing answer into a rated one.
        if row.state == AnswerState::Missing {
            return;
        }
        for (finding, settlement) in self.by_answer.get(&(&row.agency, &row.criterion)).into_iter().flatten() {
            match &settlement.decision {
                Decision::ReadAs { value: ReadAs::Due(day) } => {
                    row.action_due = Some((*day).into());
                    row.due_settled = Some((*settlement).clone());
                }
                Decision::ReadAs { value: ReadAs::Rating(rating) } => {
                    row.state = AnswerState::Rated(*rating);
                    row.settled = Some((*settlement).clone());
                }
                Decision::ReadAs { value: ReadAs::NotApplicable } => {
                    row.state = AnswerState::NotApplicable;
                    row.settled = Some((*settlement).clone());
                }
                // The change was put into the return when it was selected. Only who decided it is added here.
                Decision::ChangeCounts if finding.subject.field == Some(Field::Column(ColumnKey::Rating)) => {
                    row.settled = Some((*settlement).clone());
                }
                Decision::PutTo { .. } => {
                    let new =
                        also_written(finding, settlement).filter(|new| !row.also.contains(new)).collect::<Vec<_>>();
                    row.also.extend(new);
                }
                _ => {}
            }
        }
    }
}

/// The texts of a finding that was put to a statement, each with its cell.
fn also_written<'f>(finding: &'f Finding, settlement: &'f Settlement) -> impl Iterator<Item = AlsoWritten> + 'f {
    let Subject { cells, .. } = &finding.subject;
    cells.iter().filter(|cell| cell.written.is_said()).map(|cell| AlsoWritten {
        written: cell.written.clone(),
        source: SourceCell { file: finding.place.file.clone(), sheet: cell.sheet.clone(), cell: cell.cell.clone() },
        settlement: settlement.clone(),
    })
}

/// The agency's own lines on what needs to happen: the first line for each statement.
fn actions_in_short(response: &Response) -> HashMap<&CriterionId, ActionInShort> {
    let mut lines = HashMap::new();
    let is_action = |entry: &&HeadlineEntry| entry.slot.kind == HeadlineKind::NeedsToHappen && entry.line.is_said();
    for entry in response.headlines.iter().filter(is_action) {
        let Some(criterion) = &entry.criterion else { continue };
        let file = response.file.name.clone();
        let own = || SourceCell { file, sheet: entry.sheet.clone(), cell: entry.cell.clone() };
        let source = entry.taken.as_ref().map_or_else(own, SourceCell::taken);
        let line = entry.line.text().trim().to_string();
        lines.entry(criterion).or_insert(ActionInShort { line, source });
    }
    lines
}

/// The parts that all answers of one return share.
struct SharedByReturn<'a> {
    /// The file's name; `None` without a return.
    file: Option<&'a str>,
    sha256: Arc<str>,
    columns: Arc<TextColumns>,
    /// The agency's own lines on what needs to happen, by statement.
    actions_in_short: HashMap<&'a CriterionId, ActionInShort>,
}

impl<'a> SharedByReturn<'a> {
    fn new(response: Option<&'a Response>) -> SharedByReturn<'a> {
        SharedByReturn {
            file: response.map(|response| response.file.name.as_str()),
            sha256: response.map_or("", |response| &response.file.sha256).into(),
            columns: response.map_or_else(Arc::default, |response| Arc::new(response.columns.clone())),
            actions_in_short: response.map(actions_in_short).unwrap_or_default(),
        }
    }

    fn row(&self, agency: &AgencyId, criterion: &CriterionId, answer: Option<&Answer>) -> AnswerRow {
        let state = match (self.file, answer) {
            (None, _) => AnswerState::Missing,
            // A return that lacks the row was still returned: the answer is blank, and a finding about the row asks for it.
            (Some(_), None) => AnswerState::Blank,
            (Some(_), Some(answer)) => AnswerState::from_rating(answer.rating),
        };
        let place = |text: fn(&Answer) -> &String| answer.map_or(String::new(), |answer| text(answer).clone());
        let own_source = SourceCell {
            file: self.file.unwrap_or_default().to_string(),
            sheet: place(|answer| &answer.sheet),
            cell: place(|answer| &answer.cell),
        };
        let rating_taken = answer.and_then(|answer| answer.taken.get(&ColumnKey::Rating));
        AnswerRow {
            agency: agency.clone(),
            criterion: criterion.clone(),
            state,
            as_written: answer.map(|answer| answer.as_written.clone()).unwrap_or_default(),
            texts: answer.map(|answer| answer.texts.clone()).unwrap_or_default(),
            action_due: answer.and_then(|answer| answer.action_due),
            is_action_over: answer.is_some_and(|answer| answer.is_action_over),
            progress: answer.and_then(|answer| answer.progress),
            is_carried_open: answer.is_some_and(Answer::is_carried_open),
            source: rating_taken.map_or(own_source.clone(), SourceCell::taken),
            own_source,
            row: answer.map(|answer| answer.row),
            // Both `source` and `sha256` are of the file that the rating was taken from, so that they always name the same file.
            sha256: rating_taken.map_or(Arc::clone(&self.sha256), |taken| taken.sha256.as_str().into()),
            columns: Arc::clone(&self.columns),
            taken: answer.map(|answer| answer.taken.clone()).unwrap_or_default(),
            action_in_short: self.actions_in_short.get(criterion).cloned(),
            settled: None,
            due_settled: None,
            also: Vec::new(),
            moderation: None,
        }
    }
}
