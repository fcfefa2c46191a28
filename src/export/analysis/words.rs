//! The sheets of words: answers side by side, actions, disagreements, prompts, findings, method.

use super::inputs::{AnalysisInputs, area_of, headers, run_line, statement};
use std::collections::HashMap;

use crate::analysis::{Action, Disagreement, Due, FEWEST_FOR_A_MIDDLE, Prompt, sentences};
use crate::core::due::Precision;
use crate::core::ids::{AgencyId, CriterionId};
use crate::documents::quoted::{is_asked, only_counted};
use crate::form::TextKind;
use crate::intake::answers::{AnswerRow, AnswerState, SourceCell};
use crate::theme::Group;
use crate::workbook::contract::{self, Caption};
use crate::workbook::write::{Cell, TableSheet};

/// An agency's name by its id.
fn name(inputs: AnalysisInputs<'_>, id: &AgencyId) -> String {
    inputs.analysis.numbers.agency(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
}

fn state(state: AnswerState) -> Cell {
    match state {
        AnswerState::Rated(rating) => Cell::Rated(rating),
        other => Cell::from(other.words()),
    }
}

fn due(due: &Due) -> Cell {
    match due {
        // Only a day is a date in Excel; "spring 2027" would be shown as a day that nobody wrote.
        Due::On(due) if due.precision == Precision::Day => Cell::Date(due.day),
        Due::On(due) => Cell::from(due.words()),
        Due::AsWritten(text) => Cell::from(text.as_str()),
        Due::NoDate => Cell::from(""),
    }
}

/// Every answer, statement by statement, agencies side by side.
pub(super) fn answers(inputs: AnalysisInputs<'_>) -> TableSheet {
    let analysis = inputs.analysis;
    let text = |answer: &AnswerRow, kind: TextKind| match kind {
        TextKind::ActionDue => due(&Due::in_answer(answer)),
        _ => Cell::from(answer.texts.shown(kind).into_owned()),
    };
    let row = |answer: &AnswerRow| {
        let agency = analysis.numbers.agency(&answer.agency);
        let (short, group) = agency.map_or(("", ""), |agency| (agency.short_name.as_str(), agency.group));
        let group = Group::from_code(group).map_or(group, Group::words);
        let mut row = vec![
            Cell::from(answer.criterion.as_str()),
            Cell::from(statement(inputs, &answer.criterion)),
            Cell::from(name(inputs, &answer.agency)),
            Cell::from(short),
            Cell::from(group),
            Cell::from(area_of(inputs, &answer.criterion)),
            state(answer.state),
            Cell::from(answer.as_written.shown().into_owned()),
        ];
        row.extend(TextKind::ALL.map(|kind| text(answer, kind)));
        let SourceCell { file, sheet, cell } = &answer.source;
        row.extend([file, sheet, cell].map(|part| Cell::from(part.as_str())));
        row
    };
    let places: HashMap<_, usize> =
        analysis.numbers.criteria.iter().enumerate().map(|(at, summary)| (&summary.criterion.id, at)).collect();
    let mut ordered: Vec<&AnswerRow> = analysis.answers.iter().collect();
    // The agencies keep the round's order under each statement.
    ordered.sort_by_key(|answer| places.get(&answer.criterion).copied());
    let mut named = headers(&[
        ("Ref", 12.0),
        ("Statement", 28.0),
        ("Agency", 30.0),
        ("Short name", 20.0),
        ("Group", 16.0),
        ("Area", 26.0),
        ("Rating", 14.0),
        ("As written", 14.0),
    ]);
    named.extend(TextKind::ALL.map(|kind| {
        let column = contract::column(kind.column());
        (column.name().to_string(), column.data.map_or(column.width_chars, |data| data.width_chars))
    }));
    named.extend(headers(&[("File", 34.0), ("Sheet", 18.0), ("Cell", 8.0)]));
    TableSheet {
        name: "Answers",
        title: "Every answer, as the agency wrote it".into(),
        lead: "With the file, sheet and cell of each rating.".into(),
        caption: Caption {
            name: "Answers",
            alt_text: "Every answer, one row for each statement and agency",
            has_filters: true,
        },
        headers: named,
        rows: ordered.into_iter().map(row).collect(),
        frozen: 3,
        choices: Vec::new(),
        chart: None,
    }
}

pub(super) fn actions(inputs: AnalysisInputs<'_>) -> TableSheet {
    let row = |action: &Action| {
        vec![
            Cell::from(action.criterion.as_str()),
            Cell::from(statement(inputs, &action.criterion)),
            Cell::from(name(inputs, &action.agency)),
            state(action.state),
            Cell::from(action.what.as_str()),
            Cell::from(action.lines().len()),
            Cell::from(action.lead_or("No role named yet").as_ref()),
            match &action.due {
                Due::NoDate => Cell::from("No date yet"),
                other => due(other),
            },
            Cell::from(action.timing.words()),
            Cell::from(action.source.file.as_str()),
            Cell::from(action.source.sheet.as_str()),
            Cell::from(action.source.cell.as_str()),
        ]
    };
    TableSheet {
        name: "Actions",
        title: "What needs to happen".into(),
        lead: "Each is proposed by the agency named. No other agency has agreed it.".into(),
        caption: Caption {
            name: "Actions",
            alt_text: "Every action proposed, one row for each cell",
            has_filters: true,
        },
        headers: headers(&[
            ("Ref", 12.0),
            ("Statement", 28.0),
            ("Agency", 30.0),
            ("Own rating", 13.0),
            ("What needs to happen", 60.0),
            ("Lines", 8.0),
            ("Which role will lead", 28.0),
            ("By when", 16.0),
            ("When that is", 22.0),
            ("File", 34.0),
            ("Sheet", 18.0),
            ("Cell", 8.0),
        ]),
        rows: inputs.analysis.actions.iter().map(row).collect(),
        frozen: 2,
        choices: Vec::new(),
        chart: None,
    }
}

pub(super) fn disagreements(inputs: AnalysisInputs<'_>) -> TableSheet {
    let row = |one: &Disagreement| {
        let text = inputs.theme.criterion(&one.criterion).map_or("", |(_, criterion)| criterion.text.as_str());
        vec![
            Cell::from(one.criterion.as_str()),
            Cell::from(text),
            Cell::from(sentences::counts(&one.counts)),
            Cell::from(sentences::how_alike(one, |id| name(inputs, id))),
        ]
    };
    TableSheet {
        name: "Seen differently",
        title: "Where agencies see the same thing differently".into(),
        lead: "Shown first: where agencies differ most.".into(),
        caption: Caption {
            name: "SeenDifferently",
            alt_text: "Statements that are rated differently, one row for each statement",
            has_filters: true,
        },
        headers: headers(&[("Ref", 12.0), ("Statement", 60.0), ("Ratings", 26.0), ("How alike", 60.0)]),
        rows: inputs.analysis.disagreements.iter().map(row).collect(),
        frozen: 1,
        choices: Vec::new(),
        chart: None,
    }
}

pub(super) fn prompts(inputs: AnalysisInputs<'_>) -> TableSheet {
    let all = &inputs.analysis.prompts;
    let rest = only_counted(&inputs.analysis.numbers, all, inputs.quoted);
    let row = |prompt: &Prompt| {
        let about = |id: &CriterionId| (id.to_string(), statement(inputs, id));
        let (reference, short) =
            prompt.criterion.as_ref().map_or_else(|| ("–".into(), "The whole return".into()), about);
        vec![
            Cell::from(reference),
            Cell::from(short),
            Cell::from(prompt.agency.as_ref().map_or("Several".to_string(), |id| name(inputs, id))),
            Cell::from(prompt.kind.words()),
            Cell::from(prompt.wording.as_str()),
            Cell::from(prompt.source.to_string()),
        ]
    };
    TableSheet {
        name: "Prompts",
        title: "What leaders and the scrutineer may want to ask".into(),
        lead: format!("These are signs worth asking about. None of them means that an answer is wrong. {rest}")
            .trim_end()
            .to_string(),
        caption: Caption {
            name: "Prompts",
            alt_text: "Prompts for challenge, one row for each prompt",
            has_filters: true,
        },
        headers: headers(&[
            ("Ref", 12.0),
            ("Statement", 28.0),
            ("Agency", 30.0),
            ("Sign", 30.0),
            ("Prompt", 80.0),
            ("Where", 44.0),
        ]),
        rows: all.iter().filter(|prompt| is_asked(prompt, inputs.quoted)).map(row).collect(),
        frozen: 2,
        choices: Vec::new(),
        chart: None,
    }
}

/// How the numbers were made, and whether they add up; in red if they do not.
pub(super) fn method(inputs: AnalysisInputs<'_>) -> TableSheet {
    let sums = &inputs.analysis.numbers.reconciliation;
    let mut rows = vec![
        vec![Cell::from("This run"), Cell::from(run_line(inputs))],
        vec![Cell::from("Workbooks"), Cell::from(sums.workbooks())],
        vec![Cell::from("Answers"), Cell::from(sentences::answers(&inputs.analysis.numbers))],
        vec![
            Cell::from("Does it add up?"),
            match sums.faults.as_slice() {
                [] => Cell::from("Yes: the totals by area, statement, group and agency all match what was issued."),
                faults => Cell::Alarm(format!("No. Do not show these numbers: {}.", faults.join("; "))),
            },
        ],
    ];
    let fewest = format!(
        "The lower median of the ratings on Red < Amber < Green: of n in order, the one at place (n + 1) / 2, rounded down. Where two \
         share the middle, the worse. Not given for fewer than {FEWEST_FOR_A_MIDDLE} ratings."
    );
    let notes = [
        ("Rated", "Red, Amber and Green together. Shares are of these; everything else is shown beside them."),
        ("Middle rating", fewest.as_str()),
        (
            "What could move it",
            "The middle rating is found again with every blank, unreadable and missing answer as Red, then as Green (the bounds of Manski, \
             1990). Not applicable is trusted and left out.",
        ),
        (
            "If each group counted once",
            "The lower median of the groups' own middle ratings. Given where it differs from the middle rating of all agencies.",
        ),
        (
            "How alike",
            "How many gave the most common rating, and which two agencies are furthest apart. Lists are ordered by the consensus of Tastle and Wierman \
             (2007), which is in report/data/criteria.csv and nowhere else.",
        ),
        ("What is not here", "No average of colours, no overall score, no grade, no ranking of agencies."),
    ];
    rows.extend(notes.map(|(heading, text)| vec![Cell::from(heading), Cell::from(text)]));
    TableSheet {
        name: "Method",
        title: "How the numbers were made".into(),
        lead:
            "To see where a number comes from: jtai explain, with a Ref, an agency's id, or the code at the foot of a slide."
                .into(),
        caption: Caption {
            name: "Method",
            alt_text: "How the numbers were made, one row for each topic",
            has_filters: false,
        },
        headers: headers(&[("Topic", 30.0), ("What it is", 104.0)]),
        rows,
        frozen: 0,
        choices: Vec::new(),
        chart: None,
    }
}
