//! The things that a number counts, each with the cell that it is in.

use serde::Serialize;

use crate::analysis::trace::Counted;
use crate::analysis::{Analysis, Headline, sentences};
use crate::app::report::Prepared;
use crate::core::finding::Finding;
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::{ActionProgress, Rating, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState, SourceCell};
use crate::intake::moderation::Moderation;

/// A thing that is counted.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum CountedThing {
    /// An answer that is counted by its rating.
    Answer {
        /// The agency.
        agency: AgencyId,
        /// The statement.
        criterion: CriterionId,
        /// Its state, as in data.
        state: &'static str,
        /// The same in words.
        #[serde(skip)]
        words: &'static str,
        /// The rating, where there is one.
        rating: &'static str,
        /// What is written in the cell.
        as_written: String,
        /// The decision that changed how it is read.
        #[serde(skip_serializing_if = "Option::is_none")]
        settled: Option<String>,
        /// How its challenge ended, in words. The state and the rating above are the agency's own.
        #[serde(skip_serializing_if = "Option::is_none")]
        challenge: Option<String>,
        /// The rating after challenge, where that is a different one.
        #[serde(skip_serializing_if = "Option::is_none")]
        rating_after: Option<&'static str>,
        /// Where it is.
        #[serde(flatten)]
        source: CellLine,
    },
    /// One of an answer's texts.
    Text {
        /// The agency.
        agency: AgencyId,
        /// The statement.
        criterion: CriterionId,
        /// The text.
        text: String,
        /// Where it is.
        #[serde(flatten)]
        source: CellLine,
    },
    /// A rating and that of the round before.
    Change {
        /// The agency.
        agency: AgencyId,
        /// The statement.
        criterion: CriterionId,
        /// How it changed, as in data.
        change: &'static str,
        /// The rating then; empty where there was none.
        previous_rating: &'static str,
        /// The rating now; empty where there is none.
        rating: &'static str,
        /// Both in words: "Amber, then Green".
        #[serde(skip)]
        words: String,
        /// Where the rating of now is.
        #[serde(flatten)]
        source: CellLine,
        /// Where that of then is: its file is in the folder of the round before.
        previous: CellLine,
    },
    /// An action of the round before.
    ActionSince {
        /// The agency.
        agency: AgencyId,
        /// The statement.
        criterion: CriterionId,
        /// What was to happen.
        action: String,
        /// How it has gone, as the agency says; empty where it does not say.
        progress: &'static str,
        /// The same in words.
        #[serde(skip)]
        words: &'static str,
        /// Where the rating beside it is now.
        #[serde(flatten)]
        source: CellLine,
        /// Where that of then is: its file is in the folder of the round before.
        previous: CellLine,
    },
    /// A line of an agency's own.
    Line {
        /// The agency.
        agency: AgencyId,
        /// The line.
        line: String,
        /// Where it is.
        #[serde(flatten)]
        source: CellLine,
    },
    /// An agency's approval.
    Approval {
        /// The agency.
        agency: AgencyId,
        /// The cells of the name and the date.
        approval: Vec<CellLine>,
    },
    /// Something that was noticed.
    Finding(#[serde(serialize_with = "as_text")] Box<Finding>),
    /// Something that is in no cell, in words.
    Words(String),
}

fn as_text<S: serde::Serializer>(finding: &Finding, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(finding)
}

/// A cell in a file.
#[derive(Debug, Serialize)]
pub(crate) struct CellLine {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
}

impl From<SourceCell> for CellLine {
    fn from(source: SourceCell) -> CellLine {
        CellLine { file: source.file, sheet: source.sheet, cell: source.cell }
    }
}

/// Each thing that a number counts. An answer is always shown as the agency gave it, with the outcome of its challenge beside it, even if
/// the ratings after challenge are counted.
pub(super) fn counted_things(prepared: &Prepared, shown: &Analysis, counted: &Counted) -> Vec<CountedThing> {
    let analysis = &prepared.analysis;
    let numbers = &shown.numbers;
    match counted {
        Counted::Answers(places) => places.iter().map(|at| counted_answer(&analysis.answers[*at])).collect(),
        Counted::Texts(kind, places) => {
            let text = |at: &usize| {
                let answer = &analysis.answers[*at];
                CountedThing::Text {
                    agency: answer.agency.clone(),
                    criterion: answer.criterion.clone(),
                    text: match kind {
                        // A short line of the agency is proposed if its answer says nothing: see `AnswerRow::proposed`.
                        TextKind::NeedsToHappen => answer.proposed().into_owned(),
                        kind => answer.texts.shown(*kind).into_owned(),
                    },
                    source: match kind {
                        TextKind::NeedsToHappen => answer.proposed_at().into(),
                        kind => answer.source_of(*kind).into(),
                    },
                }
            };
            places.iter().map(text).collect()
        }
        Counted::Changes(_) | Counted::ActionsSince(_) => counted_change(analysis, counted),
        Counted::Lines(places) => {
            let line = |at: &usize| {
                let Headline { agency, line, source, .. } = &analysis.headlines[*at];
                CountedThing::Line { agency: agency.clone(), line: line.clone(), source: source.clone().into() }
            };
            places.iter().map(line).collect()
        }
        Counted::Approvals(places) => {
            let approval = |at: &usize| {
                let agency = &numbers.agencies[*at];
                let approval = agency.approval_sources().map(CellLine::from).collect();
                CountedThing::Approval { agency: agency.id.clone(), approval }
            };
            places.iter().map(approval).collect()
        }
        Counted::Statements(places) => {
            let words = |at: &usize| {
                let summary = &numbers.criteria[*at];
                CountedThing::Words(format!("{}: {}", summary.criterion.id, sentences::sum(&summary.counts)))
            };
            places.iter().map(words).collect()
        }
        Counted::Agencies(places) => {
            let words = |at: &usize| {
                let agency = &numbers.agencies[*at];
                let file = if agency.source_file.is_empty() { "no return" } else { &agency.source_file };
                CountedThing::Words(format!("{}: {file}", agency.name))
            };
            places.iter().map(words).collect()
        }
        Counted::Written(places) => places.iter().map(|place| CountedThing::Words(place.to_string())).collect(),
        Counted::Findings(places) => {
            let finding = |at: &usize| CountedThing::Finding(Box::new(prepared.collected.findings[*at].clone()));
            places.iter().map(finding).collect()
        }
    }
}

/// The ratings with those of the round before, or the actions of the round before.
fn counted_change(analysis: &Analysis, counted: &Counted) -> Vec<CountedThing> {
    let Some(change) = &analysis.change else { return Vec::new() };
    let key = |rating: Option<Rating>| rating.map_or("", Rating::key);
    let word = |rating: Option<Rating>| rating.map_or("not rated", Rating::word);
    match counted {
        Counted::Changes(places) => {
            let of = |at: &usize| {
                let row = &change.rows[*at];
                CountedThing::Change {
                    agency: row.agency.clone(),
                    criterion: row.criterion.clone(),
                    change: row.kind.key(),
                    previous_rating: key(row.previous),
                    rating: key(row.rating),
                    words: format!("{} in {}, {} now", word(row.previous), change.since, word(row.rating)),
                    source: row.source.clone().into(),
                    previous: row.previous_source.clone().into(),
                }
            };
            places.iter().map(of).collect()
        }
        Counted::ActionsSince(places) => {
            let of = |at: &usize| {
                let action = &change.actions[*at];
                CountedThing::ActionSince {
                    agency: action.agency.clone(),
                    criterion: action.criterion.clone(),
                    action: action.what.clone(),
                    progress: action.progress.map_or("", ActionProgress::key),
                    words: action.progress.map_or("nothing said about it", ActionProgress::word),
                    source: analysis.answers[action.answer].source.clone().into(),
                    previous: action.previous_source.clone().into(),
                }
            };
            places.iter().map(of).collect()
        }
        _ => Vec::new(),
    }
}

fn counted_answer(answer: &AnswerRow) -> CountedThing {
    CountedThing::Answer {
        agency: answer.agency.clone(),
        criterion: answer.criterion.clone(),
        state: answer.state.key(),
        words: answer.state.words(),
        rating: answer.state.rating_key(),
        as_written: answer.as_written.shown().into_owned(),
        settled: answer.settled.as_ref().map(ToString::to_string),
        challenge: answer.moderation.as_ref().map(Moderation::words),
        rating_after: Some(answer.state_after()).filter(|after| *after != answer.state).map(AnswerState::rating_key),
        source: answer.source.clone().into(),
    }
}
