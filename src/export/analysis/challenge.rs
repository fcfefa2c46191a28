//! The sheet of challenged answers: both ratings side by side, with movement.

use super::inputs::{AnalysisInputs, headers, statement};
use crate::analysis::ChallengedNumbers;
use crate::analysis::challenged::{movement, of_challenge, outcome_words};
use crate::core::words;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::record::MeetingNotes;
use crate::workbook::contract::Caption;
use crate::workbook::write::{Cell, TableSheet};

/// Every answer that a challenge looked at. The figures before and after are above the table.
pub(super) fn challenge(inputs: AnalysisInputs<'_>) -> TableSheet {
    let analysis = inputs.analysis;
    let numbers = &analysis.numbers.challenged;
    let lead = match numbers.as_slice() {
        [] => "No decision of a challenge meeting is on record.".to_string(),
        numbers => format!("{}.", words::capitalised(&of_challenge(numbers, ChallengedNumbers::before_and_after))),
    };
    let mut named = headers(&[
        ("Ref", 12.0),
        ("Statement", 28.0),
        ("Agency", 30.0),
        ("Self-rating", 14.0),
        ("After challenge", 14.0),
        ("Movement", 18.0),
        ("Outcome", 18.0),
        ("Reason", 44.0),
        ("Agreed by", 26.0),
        ("Date", 14.0),
        ("The meeting's view, not agreed", 20.0),
    ]);
    named.extend(MeetingNotes::default().named().map(|(label, _)| (label.to_string(), 30.0)));
    named.extend(headers(&[("File", 34.0)]));
    TableSheet {
        name: "Challenge",
        title: "What the challenge decided, with both ratings".into(),
        lead,
        caption: Caption {
            name: "ChallengeDecisions",
            alt_text: "Every answer that a challenge looked at, one row for each answer",
            has_filters: true,
        },
        headers: named,
        rows: analysis.answers.iter().filter_map(|answer| row(inputs, answer)).collect(),
        frozen: 3,
        choices: Vec::new(),
        chart: None,
    }
}

fn row(inputs: AnalysisInputs<'_>, answer: &AnswerRow) -> Option<Vec<Cell>> {
    let moderation = answer.moderation.as_ref()?;
    let decision = moderation.decision();
    let agency = inputs.analysis.numbers.agency(&answer.agency);
    let state = |state: AnswerState| match state {
        AnswerState::Rated(rating) => Cell::Rated(rating),
        other => Cell::from(other.words()),
    };
    let view = decision.and_then(|decision| decision.rating).filter(|_| moderation.changed_to().is_none());
    let mut row = vec![
        Cell::from(answer.criterion.as_str()),
        Cell::from(statement(inputs, &answer.criterion)),
        Cell::from(agency.map_or(answer.agency.to_string(), |agency| agency.name.clone())),
        state(answer.state),
        state(answer.state_after()),
        Cell::from(movement(answer)),
        Cell::from(outcome_words(answer)),
        Cell::from(decision.map_or("", |decision| &decision.why)),
        Cell::from(decision.map_or("", |decision| &decision.by)),
        decision.map_or(Cell::from(""), |decision| Cell::Date(decision.on)),
        view.map_or(Cell::from(""), Cell::Rated),
    ];
    row.extend(moderation.notes.shown().map(|(_, text)| Cell::from(text)));
    row.push(Cell::from(moderation.files.join(", ")));
    Some(row)
}
