//! Writes the challenge workbook: what the meeting reads, then empty cells for what it decides.

use std::collections::HashMap;

use jiff::civil::Date;

use super::contract::{CHALLENGE_COLUMNS, ChallengeField, FORM, NEWEST_FORM, ROUND, SHEET, START, TABLE_NAME, WRITTEN};
use super::sheet::print;
use super::worth::ChallengeQuestion;
use crate::analysis::{Analysis, CriterionSummary, Due, sentences};
use crate::core::ids::CriterionId;
use crate::core::words;
use crate::documents::NOT_FOR_INSPECTORS;
use crate::form::{Rating, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::intake::moderation::Moderation;
use crate::record::MeetingOutcome;
use crate::round::Round;
use crate::theme::Theme;
use crate::workbook::contract::{Caption, Paper};
use crate::workbook::write::{Cell, ColumnChoices, FillInSheet, HiddenSheet, TableSheet, TableWorkbook, WriteError};

/// The notes on the first sheet.
const NOTES: [&str; 8] = [
    "The sheet Challenge has one row for each agency and statement. Answers worth asking about come first. The columns Why look here first and What to ask say why.",
    "Fill in the white cells for the answers that you look at, and leave the others empty. An empty row means that nobody looked at that answer.",
    "Upheld needs a name and a date. Changed needs the rating that you agreed, the reason, who agreed it and when. Not agreed needs a reason, a name and a date: both views are kept, and the agency's own rating counts.",
    "The self-rating is the agency's own and is never changed here. If the agency changes it later, the row is open to challenge again.",
    "Several people can fill in a copy each. Put all copies into the folder challenge/. If two copies decide an answer differently, neither counts until you make them the same.",
    "Reading the returns or making the presentation (`jtai collect`, `jtai report`) also reads this workbook and puts it on record. A row that you change replaces what it said before. A row that you empty takes nothing back: you are asked about it.",
    "This workbook is for filling in on screen. To read on paper, print the page on each agency in challenge/leaders-only/scrutineer.pdf.",
    "Write nothing about one child: no name, date of birth or case number. Such a cell is not read.",
];

/// What the workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct PackSource<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The answers.
    pub analysis: &'a Analysis,
    /// The rows, those worth challenging first.
    pub questions: &'a [ChallengeQuestion<'a>],
    /// The day of the run.
    pub made_on: Date,
}

/// Writes the workbook.
///
/// # Errors
///
/// When the table is larger than a sheet.
pub fn workbook(source: PackSource<'_>) -> Result<Vec<u8>, WriteError> {
    let PackSource { theme, round, analysis, questions, made_on } = source;
    let summaries: HashMap<&CriterionId, &CriterionSummary> =
        analysis.numbers.criteria.iter().map(|summary| (&summary.criterion.id, summary)).collect();
    let rows: Vec<Vec<Cell>> = questions.iter().map(|question| row(source, &summaries, question)).collect();
    let hidden = questions.iter().zip(&rows).map(|(one, cells)| as_written(source, one.answer, cells)).collect();
    let sheet = TableSheet {
        name: SHEET,
        title: format!("Challenge: {}", theme.title),
        lead: format!("Made on {}. Fill in the white cells, from Outcome on.", words::date(made_on)),
        caption: Caption {
            name: TABLE_NAME,
            alt_text: "One row for each agency and statement, those worth asking about first, with cells to fill in",
            has_filters: true,
        },
        headers: CHALLENGE_COLUMNS.iter().map(|column| (column.header.to_string(), column.width)).collect(),
        rows,
        // Ref, agency and self-rating stay in sight while the meeting scrolls to the cells to fill in.
        frozen: 3,
        choices: choices(),
        chart: None,
    };
    let workbook = TableWorkbook {
        title: format!("Challenge: {}", theme.title),
        subject: &theme.title,
        paper: Paper { marking: &round.marking, owner: &round.partnership, audience: NOT_FOR_INSPECTORS },
        made_on,
        properties: vec![(ROUND, round.id().as_str()), (FORM, NEWEST_FORM)],
        fill_in: Some(start(source)),
        sheets: vec![sheet],
        hidden: Some(HiddenSheet { name: WRITTEN, rows: hidden }),
    };
    workbook.to_bytes()
}

/// The first sheet: how to fill in the other one, and which agencies are not in it.
fn start(source: PackSource<'_>) -> FillInSheet {
    let first = source.questions.iter().filter(|question| !question.signs.is_empty()).count();
    let missing: Vec<&str> = source
        .analysis
        .numbers
        .agencies
        .iter()
        .filter(|agency| agency.counts.asked > 0 && !agency.is_returned)
        .map(|agency| agency.name.as_str())
        .collect();
    let missing = match missing.as_slice() {
        [] => String::new(),
        names => format!(" Not returned, so not included: {}.", words::list(names)),
    };
    let day = words::date(source.made_on);
    let rows = words::count(source.questions.len(), "answer");
    FillInSheet {
        name: START,
        title: "The challenge meeting",
        lead: format!("Made on {day}: {rows}, {first} of them worth asking about first.{missing}"),
        notes: &NOTES,
        fields: Vec::new(),
    }
}

/// What can be chosen from a list.
fn choices() -> Vec<ColumnChoices> {
    let of = |field: ChallengeField, words: Vec<String>| {
        let at = CHALLENGE_COLUMNS.iter().position(|column| column.field == field);
        at.and_then(|at| u16::try_from(at).ok()).map(|column| ColumnChoices { column, choices: words, is_strict: true })
    };
    let outcomes = MeetingOutcome::ALL.map(|outcome| outcome.words().to_string()).to_vec();
    let ratings = Rating::ALL.map(|rating| rating.word().to_string()).to_vec();
    [of(ChallengeField::Outcome, outcomes), of(ChallengeField::Moderated, ratings)].into_iter().flatten().collect()
}

/// A row of the hidden sheet, by which a row is known again when the workbook is read.
fn as_written(source: PackSource<'_>, answer: &AnswerRow, cells: &[Cell]) -> Vec<String> {
    let (agency, criterion) = (answer.agency.to_string(), answer.criterion.to_string());
    let given = CHALLENGE_COLUMNS.iter().zip(cells).filter(|(column, _)| !column.field.is_input());
    let print = print(given.map(|(_, cell)| cell.shown()));
    vec![agency, agency_name(source, answer), criterion, answer.state.challenged_key().to_string(), print]
}

fn agency_name(source: PackSource<'_>, answer: &AnswerRow) -> String {
    source.round.agency(&answer.agency).map_or(answer.agency.to_string(), |agency| agency.name.clone())
}

fn row(
    source: PackSource<'_>,
    summaries: &HashMap<&CriterionId, &CriterionSummary>,
    question: &ChallengeQuestion<'_>,
) -> Vec<Cell> {
    let answer = question.answer;
    let summary = summaries.get(&answer.criterion);
    let text = |kind| Cell::from(answer.texts.shown(kind).into_owned());
    let cell = |field: ChallengeField| match field {
        ChallengeField::Ref => Cell::from(answer.criterion.as_str()),
        ChallengeField::Agency => Cell::from(agency_name(source, answer)),
        ChallengeField::SelfRating => match answer.state {
            AnswerState::Rated(rating) => Cell::Rated(rating),
            other => Cell::from(other.words()),
        },
        ChallengeField::First => Cell::from(question.signs.join("; ")),
        ChallengeField::Ask => Cell::from(question.questions.join("\n")),
        ChallengeField::Statement => Cell::from(summary.map_or("", |summary| summary.criterion.text.as_str())),
        ChallengeField::WorkingWell => text(TextKind::WorkingWell),
        ChallengeField::WorriedAbout => text(TextKind::WorriedAbout),
        ChallengeField::NeedsToHappen => Cell::from(action(answer)),
        ChallengeField::Evidence => Cell::from(evidence(answer)),
        ChallengeField::Others => {
            Cell::from(summary.map_or(String::new(), |summary| sentences::counts(&summary.counts)))
        }
        ChallengeField::OnRecord => Cell::from(
            answer.moderation.as_ref().map_or(String::new(), |one| words::capitalised(&Moderation::words(one))),
        ),
        field if field.is_date() => Cell::InputDate(None),
        // As typed: Excel must not turn a reason such as "3-4" into a date.
        ChallengeField::Note(_) | ChallengeField::Reason | ChallengeField::AgreedBy => {
            Cell::InputAsTyped(String::new())
        }
        ChallengeField::Outcome | ChallengeField::Moderated | ChallengeField::AgreedOn => Cell::Input(String::new()),
    };
    CHALLENGE_COLUMNS.iter().map(|column| cell(column.field)).collect()
}

/// What needs to happen, with role and date; empty where nothing is proposed.
fn action(answer: &AnswerRow) -> String {
    let what = answer.proposed();
    if what.trim().is_empty() {
        return String::new();
    }
    let lead = answer.texts.shown(TextKind::ActionLead);
    let lead = if lead.trim().is_empty() { "no role named" } else { lead.trim() };
    let due = match Due::in_answer(answer) {
        Due::On(due) => due.words(),
        Due::AsWritten(text) => text,
        Due::NoDate => "no date".into(),
    };
    format!("{what}\n({lead}; {due})")
}

/// The evidence, or why the statement does not apply.
fn evidence(answer: &AnswerRow) -> String {
    let kind =
        if answer.state == AnswerState::NotApplicable { TextKind::NotApplicableReason } else { TextKind::Evidence };
    answer.texts.shown(kind).into_owned()
}
