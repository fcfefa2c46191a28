//! One typed answer for each agency and statement that was issued, always, returned or not.

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

/// What is known of one agency's answer to one criterion. Only [`AnswerState::Rated`] is a colour.
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
    /// The word under `self_state`.
    pub fn key(self) -> &'static str {
        match self {
            AnswerState::Rated(_) => "rated",
            AnswerState::NotApplicable => "not_applicable",
            AnswerState::Blank => "blank",
            AnswerState::Unreadable => "unreadable",
            AnswerState::Missing => "missing",
        }
    }

    /// The state as people read it: the rating's word, or what stands in for one.
    pub fn words(self) -> &'static str {
        match self {
            AnswerState::Rated(rating) => rating.word(),
            AnswerState::NotApplicable => "Not applicable",
            AnswerState::Blank => "Blank",
            AnswerState::Unreadable => "Unreadable",
            AnswerState::Missing => "Not returned",
        }
    }

    /// The word under `self_rating`: empty for every state but rated.
    pub fn rating_key(self) -> &'static str {
        match self {
            AnswerState::Rated(rating) => rating.key(),
            AnswerState::NotApplicable | AnswerState::Blank | AnswerState::Unreadable | AnswerState::Missing => "",
        }
    }

    /// The word under which a challenge notes the self-rating that it looked at: of a rating its key, else that of the state.
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

/// The cell that an answer comes from. All is empty when there is no return; the cell is where the return has no row for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SourceCell {
    /// The file, relative to the round's folder.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell: of the rating, where nothing else is said.
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
    /// What is known of the answer.
    pub state: AnswerState,
    /// What is written in the rating cell, to the letter.
    pub as_written: Written,
    /// The texts beside it, as written.
    pub texts: Texts,
    /// The date on which the action is due, where its text says one.
    pub action_due: Option<DueDay>,
    /// Whether its action is that of the round before and is done or dropped, so that nothing is proposed.
    pub is_action_over: bool,
    /// How the action of the round before has gone; `None` where the agency does not say, or the round goes on from none.
    pub progress: Option<ActionProgress>,
    /// Whether it was carried over from the round before and the agency has neither confirmed nor changed it: it counts as blank, and nobody
    /// took a rating back.
    pub is_carried_open: bool,
    /// Where the rating is.
    pub source: SourceCell,
    /// The same in the return that counts, from which the texts are.
    pub own_source: SourceCell,
    /// The row it is in, from 1; `None` where the return has none.
    pub row: Option<u32>,
    /// The SHA-256 of the file, shared by the answers of a return; empty when there is none.
    pub sha256: Arc<str>,
    /// The letters of the column that each text is in, shared by the answers of a return.
    pub columns: Arc<TextColumns>,
    /// The cells that were taken from a later workbook, by their columns.
    pub taken: BTreeMap<ColumnKey, TakenCell>,
    /// What needs to happen as a line of the agency's own says it; `None` where none does.
    pub action_in_short: Option<ActionInShort>,
    /// The decision by which the rating is read otherwise than it is written; `None` where nobody decided.
    pub settled: Option<Settlement>,
    /// The same of the date.
    pub due_settled: Option<Settlement>,
    /// What the agency wrote elsewhere and somebody put to this statement.
    pub also: Vec<AlsoWritten>,
    /// What its challenge came to; `None` where nobody looked at it. The state stays the agency's own.
    pub moderation: Option<Moderation>,
}

/// What needs to happen on a statement, in a line of the agency's own.
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
    /// Everything that the agency wrote, the rating first, each with its kind; `None` is the rating.
    pub fn written(&self) -> impl Iterator<Item = (Option<TextKind>, &Written)> {
        let texts = self.texts.all().map(|(kind, text)| (Some(kind), text));
        std::iter::once((None, &self.as_written)).chain(texts)
    }

    /// The answer as it is after its challenge: the rating that was agreed where one was, else the agency's own.
    pub fn state_after(&self) -> AnswerState {
        self.moderation.as_ref().and_then(Moderation::changed_to).map_or(self.state, AnswerState::Rated)
    }

    /// The rating that the challenge agreed: the self-rating where it was upheld. `None` where nothing was agreed.
    pub fn moderated(&self) -> Option<Rating> {
        let moderation = self.moderation.as_ref()?;
        let upheld = || match (moderation.decision()?.outcome, self.state) {
            (MeetingOutcome::Upheld, AnswerState::Rated(rating)) => Some(rating),
            _ => None,
        };
        moderation.changed_to().or_else(upheld)
    }

    /// The line of the agency's own that stands for what needs to happen, where the row says nothing of it.
    fn line_alone(&self) -> Option<&ActionInShort> {
        self.action_in_short.as_ref().filter(|_| self.texts.get(TextKind::NeedsToHappen).is_nothing())
    }

    /// Whether the agency says what needs to happen, in the row or in a line of its own. An action of the round before that is done or
    /// dropped proposes nothing.
    pub fn proposes(&self) -> bool {
        !self.is_action_over && (self.texts.get(TextKind::NeedsToHappen).is_said() || self.line_alone().is_some())
    }

    /// What needs to happen, as the row says it, else a line of the agency's own.
    pub fn proposed(&self) -> Cow<'_, str> {
        match self.line_alone() {
            Some(alone) => Cow::Borrowed(&alone.line),
            None => self.texts.shown(TextKind::NeedsToHappen),
        }
    }

    /// Where that is.
    pub fn proposed_at(&self) -> SourceCell {
        self.line_alone().map_or_else(|| self.source_of(TextKind::NeedsToHappen), |alone| alone.source.clone())
    }

    /// Where one of the texts is: the row of the rating in the column of the text. The cell is empty where the return has none.
    pub fn source_of(&self, kind: TextKind) -> SourceCell {
        if let Some(taken) = self.taken.get(&kind.column()) {
            return SourceCell::taken(taken);
        }
        let cell = self.row.map_or(String::new(), |row| self.columns.cell(kind, row));
        SourceCell { cell, ..self.own_source.clone() }
    }
}

/// Every answer: agencies in the round's order, criteria in the theme's, with what people decided about findings in it. At most one
/// response an agency.
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
        // Of an agency of which nothing counts there is no answer to read.
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
                // The answer is the return's own by now; who decided so stays with it.
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

/// The texts of a finding that were put to a statement, each with where it is.
fn also_written<'f>(finding: &'f Finding, settlement: &'f Settlement) -> impl Iterator<Item = AlsoWritten> + 'f {
    let Subject { cells, .. } = &finding.subject;
    cells.iter().filter(|cell| cell.written.is_said()).map(|cell| AlsoWritten {
        written: cell.written.clone(),
        source: SourceCell { file: finding.place.file.clone(), sheet: cell.sheet.clone(), cell: cell.cell.clone() },
        settlement: settlement.clone(),
    })
}

/// What needs to happen in lines of the agency's own, the first on each statement.
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

/// What the answers of one return have in common.
struct SharedByReturn<'a> {
    /// The file's name; `None` when there is no return.
    file: Option<&'a str>,
    sha256: Arc<str>,
    columns: Arc<TextColumns>,
    /// What needs to happen in lines of the agency's own, by statement.
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
