//! Answers of the round before that come back: confirmed, changed, or neither. Nobody is taken to say again what they did not.

use serde::Serialize;

use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::CriterionId;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ColumnKey, StartField};
use crate::previous::{CarriedReturn, PreviousRound};
use crate::response::{Answer, Recheck, Response, SelfRating, Texts};
use crate::round::Round;
use crate::theme::{Criterion, Theme};
use crate::workbook::contract::{START_SHEET, column};

/// The most statements that a finding names.
const MOST_NAMED: usize = 12;

/// How many of an agency's answers of the round before came back, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RecheckCounts {
    /// Changed by the agency.
    pub changed: usize,
    /// Confirmed by it.
    pub confirmed: usize,
    /// Neither.
    pub open: usize,
}

impl RecheckCounts {
    /// Those of one return; `None` where nothing was carried in.
    pub fn new(response: &Response) -> Option<RecheckCounts> {
        let count = |recheck| response.answers.iter().filter(|answer| answer.recheck == Some(recheck)).count();
        let counts = RecheckCounts {
            changed: count(Recheck::Changed),
            confirmed: count(Recheck::Confirmed),
            open: count(Recheck::Open),
        };
        (counts != RecheckCounts::default()).then_some(counts)
    }

    /// How many came back.
    pub fn all(self) -> usize {
        self.changed + self.confirmed + self.open
    }
}

/// Holds every return against what was carried into its workbook. What is neither confirmed nor changed is taken out of its answers, so
/// that it counts as blank, and is asked about.
pub fn hold_against(
    previous: &PreviousRound,
    theme: &Theme,
    round: &Round,
    responses: &mut [Response],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for response in responses {
        let Some(agency) = round.agency(&response.agency) else { continue };
        let statements: Vec<&Criterion> =
            round.statements(theme, agency).into_iter().map(|(_, criterion)| criterion).collect();
        let carried = previous.carried(agency, &statements);
        findings.extend(hold_one(&carried, &agency.name, response));
    }
    findings
}

fn hold_one(carried: &CarriedReturn, agency: &str, response: &mut Response) -> Vec<Finding> {
    // A sign-off is of all that is in the workbook.
    let is_signed = response.is_approval_recorded();
    let mut not_right = Vec::new();
    for answer in &mut response.answers {
        let Some(earlier) = carried.answer(&answer.criterion) else { continue };
        let recheck = match answer.still_right {
            _ if !earlier.is_unchanged(answer) => Recheck::Changed,
            Some(false) => Recheck::Open,
            Some(true) => Recheck::Confirmed,
            None if is_signed => Recheck::Confirmed,
            None => Recheck::Open,
        };
        answer.recheck = Some(recheck);
        if recheck == Recheck::Open {
            not_right.extend((answer.still_right == Some(false)).then(|| answer.clone()));
            take_out(answer);
        }
    }
    let lines = if is_signed { 0 } else { take_out_headlines(carried, response) };
    let findings = not_right.iter().map(|answer| left_as_it_was(answer, agency, response));
    findings.chain(unconfirmed(agency, response, lines)).collect()
}

/// Takes an answer out of a return. It is in the round before, and in the file.
fn take_out(answer: &mut Answer) {
    answer.rating = SelfRating::Blank;
    answer.as_written = Written::Nothing;
    answer.texts = Texts::default();
    answer.action_due = None;
}

/// Takes out the lines in short that are as they were carried in, and says how many.
fn take_out_headlines(carried: &CarriedReturn, response: &mut Response) -> usize {
    let mut lines = 0;
    for entry in &mut response.headlines {
        if carried.headline(entry.slot).is_some_and(|earlier| earlier.is_unchanged(entry)) {
            (entry.line, entry.reference, entry.criterion) = (Written::Nothing, Written::Nothing, None);
            lines += 1;
        }
    }
    lines
}

/// A row that is not right any more, by the agency's own word, and says the same as before.
fn left_as_it_was(answer: &Answer, agency: &str, response: &Response) -> Finding {
    let found = format!(
        "{agency} says that its answer to {} is not right any more, and left it as it was; it counts as blank",
        answer.criterion
    );
    let place = Place::cell(&response.file.name, &answer.sheet, answer.cell.clone());
    let remedy = format!("ask {agency} for the rating and the words that hold now");
    let finding = Finding::new(Code::CarriedNotRight, place, found, "a new answer", remedy);
    about(finding, response).on(&answer.criterion)
}

/// What nobody confirmed, a finding a return.
fn unconfirmed(agency: &str, response: &Response, lines: usize) -> Option<Finding> {
    let is_open = |answer: &&Answer| answer.is_carried_open() && answer.still_right.is_none();
    let open: Vec<&CriterionId> = response.answers.iter().filter(is_open).map(|answer| &answer.criterion).collect();
    if open.is_empty() && lines == 0 {
        return None;
    }
    let answers = (!open.is_empty()).then(|| words::count(open.len(), "answer"));
    let lines_in_short = (lines > 0).then(|| words::count(lines, "line in short"));
    let what: Vec<String> = answers.into_iter().chain(lines_in_short).collect();
    let named = if open.is_empty() { String::new() } else { format!(": {}", words::list_of_first(&open, MOST_NAMED)) };
    let is_one = open.len() + lines == 1;
    let found = format!(
        "{} of last time {} neither changed nor confirmed by {agency}, and {} as blank{named}",
        words::list(&what),
        if is_one { "is" } else { "are" },
        if is_one { "counts" } else { "count" }
    );
    let expected = format!("a name and a date in the sign-off, or Yes under {}", column(ColumnKey::StillRight).name());
    let remedy = format!("ask {agency} to confirm them; who signs off, on paper or by telephone, confirms them too");
    let place = Place::sheet(&response.file.name, START_SHEET);
    let finding = Finding::new(Code::CarriedUnconfirmed, place, found, expected, remedy);
    let finding = about(finding, response).in_field(StartField::ApprovedBy);
    // Which they are is part of what it is about: a decision on some of them is none on others.
    let ids: Vec<&str> = open.iter().map(|id| id.as_str()).collect();
    Some(finding.naming(format!("{} {lines}", ids.join(" "))))
}

fn about(finding: Finding, response: &Response) -> Finding {
    finding.about(&response.agency).of_file(&response.file.sha256)
}
