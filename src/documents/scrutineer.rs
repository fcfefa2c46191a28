//! A page on each agency for the independent scrutineer: whom its answers speak for, who approved them, and what could be held against
//! each rating. For leaders only.
//!
//! Answers worth asking about have a row each, the most serious first; the others are listed with their ratings under the table, so that
//! an ordinary agency fits on one page. A text that is too long is cut at a word; the challenge workbook has it in full.

use super::cover::{Cover, cover};
use super::inputs::DocumentInputs;
use super::names::{short_agency, short_ref, short_statement};
use crate::analysis::pairs::{Contrary, Partners};
use crate::analysis::wording::{first_result, first_year};
use crate::analysis::{AgencySummary, Due, Prompt};
use crate::core::words;
use crate::form::{Rating, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::intake::moderation::Moderation;

/// The longest excerpt of a text, in characters, by the most rows that a page has: more rows leave less room for each.
const LONGEST: [(usize, usize); 3] = [(4, 220), (6, 140), (usize::MAX, 100)];

/// The most answers that have a row; more that are worth asking about are only counted.
pub(super) const MOST_ROWS: usize = 8;

/// An answer worth asking about, as the page is given it.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedAnswer<'a> {
    /// The answer.
    pub answer: &'a AnswerRow,
    /// What to ask about it; empty if nothing in it raises a question.
    pub question: String,
    /// The prompts behind the question.
    pub prompts: Vec<&'a Prompt>,
}

/// The pages. For leaders only.
#[derive(Debug, Clone, PartialEq)]
pub struct ScrutineerPages {
    /// What every page says.
    pub cover: Cover,
    /// One an agency that returned, in the round's order.
    pub pages: Vec<ScrutineerPage>,
    /// The agencies that have not returned; empty if all have.
    pub missing: String,
}

/// One agency's page.
#[derive(Debug, Clone, PartialEq)]
pub struct ScrutineerPage {
    /// The agency's name.
    pub agency: String,
    /// For whom its answers speak.
    pub speaks_for: String,
    /// Who approved them.
    pub approved: String,
    /// The answers with something to ask.
    pub rows: Vec<ScrutineerRow>,
    /// How many more there are, in words; empty if all have a row.
    pub more: String,
    /// The answers without anything to ask, each with its rating and the others'.
    pub rest: String,
}

/// One answer on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct ScrutineerRow {
    /// The statement's id and its short name.
    pub statement: String,
    /// The rating's key; empty if it is not a rating.
    pub rating: &'static str,
    /// The state in words.
    pub state: String,
    /// What is on record of its challenge; empty if nobody looked at it.
    pub challenged: String,
    /// How the other agencies rate it.
    pub others: String,
    /// Its evidence.
    pub evidence: String,
    /// The date that its evidence names.
    pub dated: String,
    /// Its result for children.
    pub result: String,
    /// Its worry.
    pub worry: String,
    /// What it will do, and by when.
    pub action: String,
    /// A partner's words that contradict it.
    pub partner: String,
    /// The question to ask.
    pub question: String,
}

/// Lays the pages out. `asked` is in order, the most worth asking first; answers without a question are listed under the table.
pub fn scrutineer(inputs: DocumentInputs<'_>, asked: &[AskedAnswer<'_>]) -> ScrutineerPages {
    let partners = Partners::new(inputs.round, &inputs.analysis.answers);
    let agencies = &inputs.analysis.numbers.agencies;
    let missing: Vec<&str> = agencies
        .iter()
        .filter(|agency| agency.counts.asked > 0 && !agency.is_returned)
        .map(|agency| agency.name.as_str())
        .collect();
    ScrutineerPages {
        cover: cover(inputs),
        pages: agencies
            .iter()
            .filter(|agency| agency.is_returned)
            .map(|agency| page(inputs, &partners, agency, asked))
            .collect(),
        missing: words::list(&missing),
    }
}

fn page(
    inputs: DocumentInputs<'_>,
    partners: &Partners<'_>,
    agency: &AgencySummary,
    asked: &[AskedAnswer<'_>],
) -> ScrutineerPage {
    let own = asked.iter().filter(|one| one.answer.agency == agency.id);
    let (with, without): (Vec<&AskedAnswer<'_>>, Vec<_>) = own.partition(|one| !one.question.is_empty());
    let speaks_for = Some(agency.speaks_for.words()).filter(|said| !said.is_empty());
    let rest = without.iter().map(|one| {
        let reference = short_ref(inputs, &one.answer.criterion);
        format!("{reference} {} (others: {})", one.answer.state.words(), others(inputs, one.answer))
    });
    let more = with.len().saturating_sub(MOST_ROWS);
    let longest =
        LONGEST.iter().find(|(rows, _)| with.len().min(MOST_ROWS) <= *rows).map_or(0, |(_, longest)| *longest);
    ScrutineerPage {
        agency: agency.name.clone(),
        speaks_for: speaks_for.map_or("It does not say whom its answers speak for.".into(), |said| {
            format!("Its answers speak for {}.", said.trim_end_matches('.'))
        }),
        approved: approved(agency),
        rows: with.iter().take(MOST_ROWS).map(|one| row(inputs, partners, one, longest)).collect(),
        more: match more {
            0 => String::new(),
            n => format!(
                "{} worth asking about: see the challenge workbook.",
                words::capitalised(&words::count(n, "more answer"))
            ),
        },
        rest: rest.collect::<Vec<_>>().join("; "),
    }
}

fn approved(agency: &AgencySummary) -> String {
    let by = agency.approved_by.trim();
    match (agency.is_approval_recorded, agency.approved_on) {
        (false, _) => "No approval is recorded.".into(),
        (true, Some(day)) => format!("Approval recorded: {by}, {}.", words::date(day)),
        (true, None) => format!("Approval recorded: {by}."),
    }
}

/// How the other agencies rate a statement: "1 Red, 3 Amber, 2 Green", or "no rating".
fn others(inputs: DocumentInputs<'_>, answer: &AnswerRow) -> String {
    let summary = inputs.analysis.numbers.criteria.iter().find(|summary| summary.criterion.id == answer.criterion);
    let counts = summary.map(|summary| summary.counts).unwrap_or_default();
    let of = |rating: Rating| {
        // The agency's own rating is beside it on the page, so it is taken out of the others'.
        let own = usize::from(answer.state == AnswerState::Rated(rating));
        (counts.rated_as(rating) - own, rating.word())
    };
    let said: Vec<String> =
        Rating::ALL.map(of).into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    if said.is_empty() { "no rating".into() } else { said.join(", ") }
}

fn row(inputs: DocumentInputs<'_>, partners: &Partners<'_>, one: &AskedAnswer<'_>, longest: usize) -> ScrutineerRow {
    let answer = one.answer;
    let evidence = answer.texts.shown(TextKind::Evidence);
    let is_applicable = answer.state != AnswerState::NotApplicable;
    // An agency to which the statement does not apply has no rating to contradict; a partner that mentions it is shown instead.
    let found = partners
        .contrary(answer)
        .or_else(|| Some(answer).filter(|_| !is_applicable).and_then(|one| partners.speaks_of(one)));
    ScrutineerRow {
        statement: format!("{} {}", short_ref(inputs, &answer.criterion), short_statement(inputs, &answer.criterion)),
        rating: answer.state.rating_key(),
        state: answer.state.words().to_string(),
        challenged: answer
            .moderation
            .as_ref()
            .map_or(String::new(), |one| excerpt(&words::capitalised(&Moderation::words(one)), longest)),
        others: others(inputs, answer),
        evidence: match answer.state {
            AnswerState::NotApplicable => {
                format!("Says why: {}", or_none(&answer.texts.shown(TextKind::NotApplicableReason), longest))
            }
            _ => or_none(&evidence, longest),
        },
        dated: if evidence.trim().is_empty() {
            String::new()
        } else {
            first_year(&evidence).map_or("No date in it".into(), |date| format!("Dated {date}"))
        },
        result: [TextKind::WorkingWell, TextKind::Evidence]
            .iter()
            .find_map(|kind| first_result(answer.texts.text(*kind)).map(|text| excerpt(text, longest)))
            .unwrap_or_else(|| "None named".into()),
        worry: or_none(&answer.texts.shown(TextKind::WorriedAbout), longest),
        action: action(answer, longest),
        partner: found.map_or(String::new(), |found| partner(inputs, found, longest)),
        question: one.question.clone(),
    }
}

/// What needs to happen, and by when.
fn action(answer: &AnswerRow, longest: usize) -> String {
    let what = answer.proposed();
    if what.trim().is_empty() {
        return "None named".into();
    }
    let due = match Due::in_answer(answer) {
        Due::On(due) => due.words(),
        Due::AsWritten(text) => text,
        Due::NoDate => "no date".into(),
    };
    format!("{} ({due})", excerpt(&what, longest))
}

/// A partner's words with its own rating.
fn partner(inputs: DocumentInputs<'_>, found: Contrary<'_>, longest: usize) -> String {
    let name = short_agency(inputs, &found.by.agency);
    format!("{name} ({}): “{}”", found.by.state.words(), excerpt(found.by.texts.text(found.kind), longest))
}

fn or_none(text: &str, longest: usize) -> String {
    if text.trim().is_empty() { "None named".into() } else { excerpt(text, longest) }
}

/// A text on one line, cut at a word if it is too long.
fn excerpt(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words::cut_at_word(&line, longest)
}
