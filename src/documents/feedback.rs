//! What one agency gets back: its own ratings beside the partnership's, what the challenge meeting said of them, the questions put to it,
//! its actions.
//!
//! It goes to that agency alone. It has only the agency's own answers, counts from which no other agency's rating can be worked out
//! (`feedback/spread.rs` says how), and what the meeting wrote about this agency. A meeting note that names a different agency is left
//! out, and the officer is told.

mod spread;
mod questions;

use std::collections::HashMap;

use jiff::civil::Date;

use super::cover::{Cover, cover};
use super::deck::due as due_words;
use super::inputs::DocumentInputs;
use super::names::{short_ref, short_statement};
use super::scrutineer::{AskedAnswer, MOST_ROWS};
use crate::analysis::{Action, AgencySummary, AreaSummary, Counts, Names, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::intake::moderation::{ChallengeStanding, Moderation};
use crate::record::{MeetingDecision, MeetingOutcome};
use questions::to_agency;
use spread::spread;

/// Shown instead of a meeting note that names a different agency.
const NAMES_ANOTHER: &str = "This names a different agency, so we do not repeat it here. Please ask us.";

/// The paper for one agency.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackPaper {
    /// What every page says.
    pub cover: Cover,
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Whom to ask.
    pub contact: String,
    /// That its return is here, and who approved it.
    pub received: String,
    /// Its ratings, area by area.
    pub areas: Vec<FeedbackArea>,
    /// What the meeting said of its answers.
    pub outcomes: Vec<FeedbackOutcome>,
    /// The same counted, as in "1 changed and 2 upheld"; empty if nothing is decided.
    pub decided: String,
    /// The questions for the meeting.
    pub questions: Vec<FeedbackQuestion>,
    /// What needs to happen.
    pub actions: Vec<FeedbackAction>,
    /// The statements whose meeting notes are left out because they name a different agency. For the officer; the paper does not show it.
    pub left_out: Vec<CriterionId>,
}

/// The agency's ratings in one area, of one basis.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackArea {
    /// The area's heading.
    pub title: String,
    /// The agency's own ratings in it, counted.
    pub counted: String,
    /// A row for each statement.
    pub rows: Vec<FeedbackRow>,
}

/// The agency's rating of one statement, beside the partnership's.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackRow {
    /// The statement's id.
    pub reference: String,
    /// The statement.
    pub statement: String,
    /// The agency's own answer.
    pub own: ShownState,
    /// Its state after challenge; `None` if that is the same.
    pub after: Option<ShownState>,
    /// How many agencies rate it Red, Amber and Green; `None` if that would show how another agency rates itself.
    pub spread: Option<[usize; 3]>,
}

/// An answer's state, as the rating's key and in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownState {
    /// The rating's key; empty if the state is not a rating.
    pub rating: &'static str,
    /// The state in words.
    pub words: &'static str,
}

impl From<AnswerState> for ShownState {
    fn from(state: AnswerState) -> ShownState {
        ShownState { rating: state.rating_key(), words: state.words() }
    }
}

/// What the meeting said of one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackOutcome {
    /// The statement's Ref and short name.
    pub statement: String,
    /// The agency's own answer.
    pub own: ShownState,
    /// The outcome in words.
    pub outcome: String,
    /// The result, why, who agreed it and when, a line each.
    pub lines: Vec<String>,
}

/// A question for the meeting, with every statement that it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackQuestion {
    /// What to ask.
    pub question: String,
    /// The statements by Ref and short name, each with the agency's own answer.
    pub statements: Vec<(String, ShownState)>,
}

/// What needs to happen on one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackAction {
    /// The statement's Ref and short name.
    pub statement: String,
    /// What needs to happen.
    pub what: String,
    /// Who leads.
    pub lead: String,
    /// By when, and whether that has passed.
    pub due: String,
    /// Whether it is proposed, agreed, or noted at the meeting.
    pub state: String,
}

/// Lays out a paper for every agency that returned. `asked` is the same list that the scrutineer's pages are made from.
pub fn feedback(inputs: DocumentInputs<'_>, asked: &[AskedAnswer<'_>]) -> Vec<FeedbackPaper> {
    let names = Names::new(inputs.round);
    // Sorted by agency once: to search all answers for each paper would take too long in a round of a thousand agencies.
    let mut own: HashMap<&AgencyId, OwnAnswers<'_>> = HashMap::new();
    for answer in &inputs.analysis.answers {
        own.entry(&answer.agency).or_default().answers.push(answer);
    }
    for one in asked {
        own.entry(&one.answer.agency).or_default().asked.push(one);
    }
    for action in &inputs.analysis.actions {
        own.entry(&action.agency).or_default().actions.push(action);
    }
    let paper = |agency: &AgencySummary| {
        let own = own.get(&agency.id)?;
        Some(PaperOf { inputs, names: &names, agency, own }.paper())
    };
    // An agency that has not returned has nothing to be told about; reminders go to it instead.
    inputs.analysis.numbers.agencies.iter().filter(|agency| agency.is_returned).filter_map(paper).collect()
}

/// Everything that comes from one agency.
#[derive(Default)]
struct OwnAnswers<'a> {
    answers: Vec<&'a AnswerRow>,
    asked: Vec<&'a AskedAnswer<'a>>,
    actions: Vec<&'a Action>,
}

/// What a paper is made from. Its answers are the agency's own: no other agency's answer can get into the paper.
struct PaperOf<'a> {
    inputs: DocumentInputs<'a>,
    names: &'a Names<'a>,
    agency: &'a AgencySummary,
    own: &'a OwnAnswers<'a>,
}

impl PaperOf<'_> {
    fn paper(&self) -> FeedbackPaper {
        let PaperOf { inputs, agency, own, .. } = self;
        let areas = inputs.analysis.numbers.areas.iter().map(|area| self.area(area));
        FeedbackPaper {
            cover: cover(*inputs),
            agency: agency.id.clone(),
            name: agency.name.clone(),
            contact: inputs.round.contact.clone(),
            received: received(agency),
            areas: areas.filter(|area| !area.rows.is_empty()).collect(),
            outcomes: own.answers.iter().filter_map(|answer| self.outcome(answer)).collect(),
            decided: decided(&own.answers),
            questions: self.questions(),
            actions: self.actions(),
            left_out: self.left_out(),
        }
    }

    fn name(&self, criterion: &CriterionId) -> String {
        format!("{} {}", short_ref(self.inputs, criterion), short_statement(self.inputs, criterion))
    }

    fn area(&self, area: &AreaSummary) -> FeedbackArea {
        let (mut counts, mut rows) = (Counts::default(), Vec::new());
        for summary in self.inputs.analysis.numbers.criteria_of(area) {
            let own = self.own.answers.iter().find(|answer| answer.criterion == summary.criterion.id);
            let Some(answer) = own else { continue };
            counts.count_one(answer.state);
            rows.push(FeedbackRow {
                reference: summary.criterion.id.to_string(),
                statement: summary.criterion.text.clone(),
                own: answer.state.into(),
                after: Some(answer.state_after()).filter(|after| *after != answer.state).map(ShownState::from),
                spread: spread(&summary.counts, answer.state),
            });
        }
        let not_rated = sentences::not_rated(&counts);
        let counted: Vec<String> = std::iter::once(sentences::counts(&counts)).chain(not_rated).collect();
        FeedbackArea { title: area.title.clone(), counted: counted.join(", "), rows }
    }

    /// Whether the agency may see how others rate a statement.
    fn sees_others(&self, answer: &AnswerRow) -> bool {
        let all = &self.inputs.analysis.numbers.criteria;
        let summary = all.iter().find(|summary| summary.criterion.id == answer.criterion);
        summary.is_some_and(|summary| spread(&summary.counts, answer.state).is_some())
    }

    /// The questions of the scrutineer's page, in its order; a question to several answers appears once.
    ///
    /// Answers are cut off at the same number as there, so that the agency and the scrutineer come to the meeting with the same questions.
    fn questions(&self) -> Vec<FeedbackQuestion> {
        let mut questions: Vec<FeedbackQuestion> = Vec::new();
        for one in self.own.asked.iter().filter(|one| !one.question.is_empty()).take(MOST_ROWS) {
            let sees_others = self.sees_others(one.answer);
            let statement = (self.name(&one.answer.criterion), ShownState::from(one.answer.state));
            for question in one.prompts.iter().filter_map(|prompt| to_agency(prompt, sees_others)) {
                match questions.iter_mut().find(|known| known.question == question) {
                    Some(known) if known.statements.contains(&statement) => {}
                    Some(known) => known.statements.push(statement.clone()),
                    None => questions.push(FeedbackQuestion { question, statements: vec![statement.clone()] }),
                }
            }
        }
        questions
    }

    fn outcome(&self, answer: &AnswerRow) -> Option<FeedbackOutcome> {
        let (outcome, lines) = match &answer.moderation.as_ref()?.standing {
            ChallengeStanding::Noted => return None,
            ChallengeStanding::Decided(decision) => {
                (outcome_words(decision, answer), self.decision_lines(decision, answer))
            }
            ChallengeStanding::Reopened => (
                "Open again".into(),
                vec!["Your rating changed after the meeting, so the decision no longer counts. We will look at it again.".into()],
            ),
            ChallengeStanding::Contradicted => (
                "Not clear yet".into(),
                vec!["Our notes of the meeting do not agree, so we are asking those who were there. Until then your own rating counts.".into()],
            ),
        };
        Some(FeedbackOutcome { statement: self.name(&answer.criterion), own: answer.state.into(), outcome, lines })
    }

    fn decision_lines(&self, decision: &MeetingDecision, answer: &AnswerRow) -> Vec<String> {
        let mut lines = Vec::new();
        if decision.outcome == MeetingOutcome::NotAgreed {
            let view = decision.rating.map_or("that it is not right".to_string(), |rating| rating.word().to_string());
            let own = answer.state.words();
            lines.push(format!(
                "Your view: {own}. The meeting's view: {view}. Both are kept, and your own rating counts."
            ));
        }
        if !decision.why.trim().is_empty() {
            lines.push(format!("Why: {}", self.repeatable(&decision.why)));
        }
        let on = words::date(decision.on);
        let noted = if decision.outcome == MeetingOutcome::NotAgreed { "Noted" } else { "Agreed" };
        lines.push(match self.names_another(&decision.by) {
            true => format!("{noted} on {on}. Please ask us by whom."),
            false => format!("{noted} by {} on {on}.", decision.by.trim()),
        });
        lines
    }

    /// The actions the agency proposes, then those it promised at the meeting.
    fn actions(&self) -> Vec<FeedbackAction> {
        let picks = self.inputs.picks;
        let proposed = self.own.actions.iter().map(|action| FeedbackAction {
            statement: self.name(&action.criterion),
            what: action.what.trim().to_string(),
            lead: action.lead_or("No role named yet").into_owned(),
            due: words::capitalised(&due_to_agency(action, self.inputs.made_on)),
            state: match picks.agreement(action) {
                Some(agreed) => format!("Agreed by the partnership on {}", words::date(agreed.on)),
                None => "Proposed by you".into(),
            },
        });
        let noted = self.own.answers.iter().filter_map(|answer| {
            let notes = &answer.moderation.as_ref()?.notes;
            let shown = |text: &str| text.parse().map_or_else(|_| text.to_string(), words::date);
            let or =
                |text: &str, nothing: &str| if text.is_empty() { nothing.to_string() } else { self.repeatable(text) };
            (!notes.will_do.is_empty()).then(|| FeedbackAction {
                statement: self.name(&answer.criterion),
                what: self.repeatable(&notes.will_do),
                lead: or(&notes.owner, "No role named yet"),
                due: match notes.review_on.as_str() {
                    "" => "No date yet".into(),
                    day => format!("To be looked at again on {}", shown(day)),
                },
                state: "Noted at the challenge meeting".into(),
            })
        });
        proposed.chain(noted).collect()
    }

    /// Whether a text names a different agency: by its full name, its short name, or the name of its group.
    fn names_another(&self, text: &str) -> bool {
        let others = self.inputs.analysis.numbers.agencies.iter().filter(|other| other.id != self.agency.id);
        let is_own = |short: &str| short.eq_ignore_ascii_case(&self.agency.short_name);
        let mut shorts = others.map(|other| other.short_name.as_str()).filter(|short| !is_own(short));
        self.names.name_another(&self.agency.id, text) || shorts.any(|short| has_words(text, short))
    }

    /// A meeting note, or [`NAMES_ANOTHER`] if it names a different agency.
    fn repeatable(&self, text: &str) -> String {
        if self.names_another(text) { NAMES_ANOTHER.into() } else { text.trim().to_string() }
    }

    fn left_out(&self) -> Vec<CriterionId> {
        let is_left_out = |answer: &&&AnswerRow| {
            let Some(moderation) = &answer.moderation else { return false };
            let decision = moderation.decision();
            let texts = [&moderation.notes.will_do, &moderation.notes.owner].map(String::as_str);
            let of_decision = decision.into_iter().flat_map(|decision| [decision.why.as_str(), decision.by.as_str()]);
            texts.into_iter().chain(of_decision).any(|text| self.names_another(text))
        };
        self.own.answers.iter().filter(is_left_out).map(|answer| answer.criterion.clone()).collect()
    }
}

/// Whether a text contains these words as whole words, in upper or lower case.
fn has_words(text: &str, words: &str) -> bool {
    let (text, words) = (text.to_lowercase(), words.to_lowercase());
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_whole =
        |at: usize| !is_part(text[..at].chars().next_back()) && !is_part(text[at + words.len()..].chars().next());
    !words.is_empty() && text.match_indices(words.as_str()).any(|(at, _)| is_whole(at))
}

/// "We have your return, approved by A. Name, director, on 9 December 2026."
fn received(agency: &AgencySummary) -> String {
    let by = agency.approved_by.trim();
    match (agency.is_approval_recorded, agency.approved_on) {
        (false, _) => {
            "We have your return, but it records no approval. Please tell us who approved it, and when.".into()
        }
        (true, Some(day)) => format!("We have your return, approved by {by} on {}.", words::date(day)),
        (true, None) => format!("We have your return, approved by {by}."),
    }
}

/// "Changed to Amber", "Upheld: Green".
fn outcome_words(decision: &MeetingDecision, answer: &AnswerRow) -> String {
    let words = decision.outcome.words();
    match (decision.outcome, decision.rating.map(Rating::word)) {
        (MeetingOutcome::Changed, Some(rating)) => format!("{words} to {rating}"),
        (MeetingOutcome::Upheld, _) => format!("{words}: {}", answer.state.words()),
        _ => words.to_string(),
    }
}

/// Counts the decisions on an agency's answers, as in "1 changed and 2 upheld"; empty if there are none.
pub fn decided(answers: &[&AnswerRow]) -> String {
    let count = |outcome: MeetingOutcome| {
        let decision = |answer: &&AnswerRow| answer.moderation.as_ref().and_then(Moderation::decision).cloned();
        answers.iter().filter_map(decision).filter(|decision| decision.outcome == outcome).count()
    };
    let said: Vec<String> = MeetingOutcome::ALL
        .into_iter()
        .map(|outcome| (count(outcome), words::uncapitalised(outcome.words())))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    words::list(&said)
}

/// When an action is due, worded for the agency; for an action of the round before, with what the agency says of its progress.
fn due_to_agency(action: &Action, today: Date) -> String {
    match action.progress {
        Some(progress) => {
            // As on a day before any date: the agency has reported on it, so it is not told that the date has passed.
            let due = due_words(&action.due, None, Date::MIN);
            format!("{due} (you say: {})", words::uncapitalised(progress.word()))
        }
        // With today's date it says if the date has passed, because nobody has reported on it.
        None => due_words(&action.due, None, today),
    }
}
