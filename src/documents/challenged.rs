//! The result of the challenge, for leaders: the figures before and after, and every decision. The presentation shows self-ratings,
//! unless the officer chose the ratings after challenge.

use super::cover::agency_name;
use super::inputs::DocumentInputs;
use super::table::DocumentTable;
use crate::analysis::challenged::{movement, of_challenge, outcome_words};
use crate::analysis::{ChallengedNumbers, Counts, ShownRatings};
use crate::core::words;
use crate::intake::answers::AnswerRow;

/// The title of the annex's table of decisions; the briefing refers to it.
const DECISIONS: &str = "What the challenge decided";

/// The most ratings that moved and are named one by one in the briefing.
const MOST_MOVED: usize = 8;

/// What the briefing says; nothing if no challenge is on record.
pub(super) fn lines(inputs: DocumentInputs<'_>) -> Vec<String> {
    let numbers = &inputs.own.numbers.challenged;
    if numbers.is_empty() {
        return Vec::new();
    }
    let said = of_challenge(numbers, ChallengedNumbers::before_and_after);
    let mut lines = vec![
        match inputs.analysis.numbers.ratings {
            ShownRatings::Own => {
                "The slides show the agencies' own ratings, as they were before challenge. Say so if you are asked."
            }
            ShownRatings::AsChallenged => {
                "The slides show the ratings after challenge, and say so. Have the agencies' own ratings to hand."
            }
        }
        .to_string(),
        format!("{}.", words::capitalised(&said)),
    ];
    let moved: Vec<&AnswerRow> =
        inputs.own.answers.iter().filter(|answer| answer.state_after() != answer.state).collect();
    let line = |answer: &&AnswerRow| {
        let decision = answer.moderation.as_ref()?.decision()?;
        let name = agency_name(inputs.own, &answer.agency);
        Some(format!("{} ({name}), {}: {decision}.", answer.criterion, movement(answer)))
    };
    lines.extend(moved.iter().take(MOST_MOVED).filter_map(line));
    if let Some(more) = moved.len().checked_sub(MOST_MOVED).filter(|more| *more > 0) {
        let place =
            inputs.in_annex_or(&format!("the annex, under “{DECISIONS}”"), "analysis.xlsx, on the sheet Challenge");
        lines.push(format!("{more} more are in {place}."));
    }
    lines
}

/// The annex's tables; none if no challenge is on record.
pub(super) fn tables(inputs: DocumentInputs<'_>) -> Vec<DocumentTable> {
    if inputs.own.numbers.challenged.is_empty() {
        return Vec::new();
    }
    // `annex.typ` tells the two apart by the number of columns.
    vec![figures(inputs), decisions(inputs)]
}

/// Ratings before and after, for each basis separately.
fn figures(inputs: DocumentInputs<'_>) -> DocumentTable {
    let numbers = &inputs.own.numbers.challenged;
    let named = |of: &ChallengedNumbers, what: &str| match numbers.len() {
        1 => words::capitalised(what),
        _ => format!("{}, {what}", words::capitalised(of.basis.name())),
    };
    let row = |name: String, looked_at: String, counts: &Counts| {
        vec![name, looked_at, counts.red.to_string(), counts.amber.to_string(), counts.green.to_string()]
    };
    let rows = numbers.iter().flat_map(|of| {
        let looked_at = format!("{} of {}", of.looked_at(), words::count(of.answers, "answer"));
        let changed = of.words();
        [
            row(named(of, "before challenge"), String::new(), &of.before),
            row(format!("{}: {changed}", named(of, "after challenge")), looked_at, &of.after),
        ]
    });
    DocumentTable {
        title: "Ratings before and after challenge".into(),
        headers: ["Ratings", "Looked at", "Red", "Amber", "Green"].map(str::to_string).to_vec(),
        rows: rows.collect(),
    }
}

/// Every answer that was looked at, with both ratings.
fn decisions(inputs: DocumentInputs<'_>) -> DocumentTable {
    let row = |answer: &AnswerRow| {
        let moderation = answer.moderation.as_ref()?;
        let after = answer.state_after();
        let decision = moderation.decision().map_or(String::new(), |one| words::capitalised(&one.to_string()));
        let notes: Vec<String> = moderation
            .notes
            .shown()
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| format!("{label}: {text}"))
            .collect();
        Some(vec![
            answer.criterion.to_string(),
            agency_name(inputs.own, &answer.agency),
            answer.state.words().to_string(),
            outcome_words(answer),
            if after == answer.state { "As before".into() } else { after.words().to_string() },
            [vec![decision], notes].concat().join("\n").trim().to_string(),
        ])
    };
    DocumentTable {
        title: DECISIONS.into(),
        headers: ["Ref", "Agency", "Self-rating", "Outcome", "After challenge", "Why, by whom, and what was noted"]
            .map(str::to_string)
            .to_vec(),
        rows: inputs.own.answers.iter().filter_map(row).collect(),
    }
}
