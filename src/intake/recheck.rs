//! Compares each return with the answers that were carried into it from the round before: confirmed, changed, or neither.
//!
//! An answer that nobody confirmed or changed counts as blank: an agency is not taken to repeat what it did not repeat.

use jiff::civil::Date;
use serde::Serialize;

use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::CriterionId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, HeadlineCell, HeadlineColumn, HeadlineKind, StartField, TextKind};
use crate::previous::{CarriedAnswer, CarriedReturn, PreviousRound};
use crate::response::{Answer, HeadlineEntry, Recheck, Response, SelfRating, Texts};
use crate::round::Round;
use crate::theme::{Criterion, Theme};
use crate::workbook::contract::{SELF_ASSESSMENT_SHEET, START_SHEET, column};

/// The most statements that a finding names.
const MOST_NAMED: usize = 12;

/// How many of an agency's carried answers it changed, confirmed or left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RecheckCounts {
    /// Changed by the agency.
    pub changed: usize,
    /// Confirmed by the agency.
    pub confirmed: usize,
    /// Neither changed nor confirmed.
    pub open: usize,
}

impl RecheckCounts {
    /// Counts the answers of one return; `None` where nothing was carried in.
    pub fn new(response: &Response) -> Option<RecheckCounts> {
        let count = |recheck| response.answers.iter().filter(|answer| answer.recheck == Some(recheck)).count();
        let counts = RecheckCounts {
            changed: count(Recheck::Changed),
            confirmed: count(Recheck::Confirmed),
            open: count(Recheck::Open),
        };
        (counts != RecheckCounts::default()).then_some(counts)
    }

    /// All carried answers, whatever became of them.
    pub fn all(self) -> usize {
        self.changed + self.confirmed + self.open
    }
}

/// Compares every return with what was carried into its workbook. Takes out the answers that were neither confirmed nor changed, so that
/// they count as blank, and gives the findings that ask about them.
pub fn hold_against(
    previous: &PreviousRound,
    theme: &Theme,
    round: &Round,
    responses: &mut [Response],
    today: Date,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for response in responses {
        let Some(agency) = round.agency(&response.agency) else { continue };
        let statements: Vec<&Criterion> =
            round.statements(theme, agency).into_iter().map(|(_, criterion)| criterion).collect();
        let carried = previous.carried(agency, &statements);
        findings.extend(recheck_one(&carried, &agency.name, response, today));
    }
    findings
}

fn recheck_one(carried: &CarriedReturn, agency: &str, response: &mut Response, today: Date) -> Vec<Finding> {
    // The sign-off sheet says so: signing confirms every answer from last time that was not changed.
    let is_signed = response.is_approval_recorded();
    let mut not_right = Vec::new();
    for answer in &mut response.answers {
        let Some(earlier) = carried.answer(&answer.criterion) else { continue };
        let recheck = match answer.still_right {
            // A changed answer is a new answer, whatever the agency chose under "Still right?".
            _ if !earlier.is_unchanged(answer) => Recheck::Changed,
            Some(false) => Recheck::Open,
            Some(true) => Recheck::Confirmed,
            None if is_signed => Recheck::Confirmed,
            None => Recheck::Open,
        };
        answer.recheck = Some(recheck);
        // Before the answer is emptied below: this compares its texts with last time's.
        answer.is_action_over = is_over(earlier, answer);
        if recheck == Recheck::Open {
            not_right.extend((answer.still_right == Some(false)).then(|| answer.clone()));
            take_out(answer);
        }
    }
    let (lines, stale) = take_out_headlines(carried, response, is_signed);
    let findings = not_right.iter().map(|answer| left_as_it_was(answer, agency, response));
    let unsaid = without_progress(carried, agency, response, today);
    findings
        .chain(stale_lines(&stale, agency, response))
        .chain(unsaid)
        .chain(unconfirmed(agency, response, lines))
        .collect()
}

/// Whether the action is the one proposed last time, and is done or dropped.
fn is_over(earlier: &CarriedAnswer, answer: &Answer) -> bool {
    let is_ended = matches!(answer.progress, Some(ActionProgress::Done | ActionProgress::Dropped));
    is_ended && is_same_text(earlier, answer, TextKind::NeedsToHappen)
}

fn is_same_text(earlier: &CarriedAnswer, answer: &Answer, kind: TextKind) -> bool {
    earlier.texts.get(kind).is_same(answer.texts.get(kind))
}

/// The column that a kind of line in short sums up; `None` for one that sums up no column.
fn text_of(kind: HeadlineKind) -> Option<TextKind> {
    match kind {
        HeadlineKind::WorkingWell => Some(TextKind::WorkingWell),
        HeadlineKind::WorriedAbout => Some(TextKind::WorriedAbout),
        HeadlineKind::NeedsToHappen => Some(TextKind::NeedsToHappen),
        HeadlineKind::ChildrenAndFamilies => None,
    }
}

/// Empties an answer of a return. Nothing is lost: the words are still in the round before and in the file.
fn take_out(answer: &mut Answer) {
    answer.rating = SelfRating::Blank;
    answer.as_written = Written::Nothing;
    answer.texts = Texts::default();
    answer.action_due = None;
}

/// Empties lines in short that are as they were carried in. Where nobody signed, all of them: gives how many. Where somebody signed, only
/// those whose answer in the table has changed or whose action is over: gives which.
fn take_out_headlines(
    carried: &CarriedReturn,
    response: &mut Response,
    is_signed: bool,
) -> (usize, Vec<HeadlineEntry>) {
    let (mut lines, mut stale) = (0, Vec::new());
    let Response { answers, headlines, .. } = response;
    for entry in headlines {
        let Some(earlier) = carried.headline(entry.slot).filter(|earlier| earlier.is_unchanged(entry)) else {
            continue;
        };
        let row = earlier.criterion.as_ref().and_then(|id| {
            Some((
                carried.answer(id)?,
                answers.iter().find(|answer| answer.criterion == *id)?,
                text_of(entry.slot.kind)?,
            ))
        });
        let is_stale = row.is_some_and(|(before, now, kind)| {
            let is_action = kind == TextKind::NeedsToHappen;
            !is_same_text(before, now, kind) || (is_action && now.is_action_over)
        });
        if is_signed && !is_stale {
            continue;
        }
        if is_signed {
            stale.push(entry.clone())
        } else {
            lines += 1
        }
        (entry.line, entry.reference, entry.criterion) = (Written::Nothing, Written::Nothing, None);
    }
    (lines, stale)
}

/// A finding for each line in short from last time whose answer in the table is different now.
fn stale_lines(stale: &[HeadlineEntry], agency: &str, response: &Response) -> Vec<Finding> {
    let finding = |entry: &HeadlineEntry| {
        let of = entry.criterion.as_ref().map_or(String::new(), |id| format!(" on {id}"));
        let found = format!(
            "the line in short{of} is from last time, and the answer that it sums up has changed: {}; it is left out",
            quote(entry.line.text())
        );
        let place = Place::cell(&response.file.name, &entry.sheet, entry.cell.clone());
        let remedy = format!("ask {agency} for a new line; the answer in the table counts without one");
        let cell = HeadlineCell { slot: entry.slot, column: HeadlineColumn::Line };
        let finding = Finding::new(Code::CarriedLineStale, place, found, "a line that is right now", remedy);
        about(finding, response).in_field(cell).naming(entry.line.text())
    };
    stale.iter().map(finding).collect()
}

/// One finding for a return with actions from last time that are past their date, where the agency does not say how they have gone.
fn without_progress(carried: &CarriedReturn, agency: &str, response: &Response, today: Date) -> Option<Finding> {
    let is_unsaid = |answer: &&Answer| {
        let is_last_times = carried.answer(&answer.criterion).is_some_and(|earlier| {
            earlier.texts.get(TextKind::NeedsToHappen).is_said()
                && is_same_text(earlier, answer, TextKind::NeedsToHappen)
        });
        // An answer that is still open is asked about as a whole, so its action is not asked about here as well.
        let has_passed = answer.action_due.is_some_and(|due| due.day < today);
        is_last_times && has_passed && answer.progress.is_none() && !answer.is_carried_open()
    };
    let unsaid: Vec<&CriterionId> = response.answers.iter().filter(is_unsaid).map(|answer| &answer.criterion).collect();
    if unsaid.is_empty() {
        return None;
    }
    let found = format!(
        "{agency} does not say how {} from last time {} gone, though the date has passed: {}",
        words::count(unsaid.len(), "action"),
        if unsaid.len() == 1 { "has" } else { "have" },
        words::list_of_first(&unsaid, MOST_NAMED)
    );
    let expected = words::list(&ActionProgress::ALL.map(ActionProgress::word));
    let place = Place::sheet(&response.file.name, SELF_ASSESSMENT_SHEET);
    let remedy = format!("ask {agency}; until then slides say that progress is not reported");
    let finding = Finding::new(Code::ProgressUnsaid, place, found, expected, remedy);
    let ids: Vec<&str> = unsaid.iter().map(|id| id.as_str()).collect();
    Some(about(finding, response).naming(ids.join(", ")))
}

/// A finding about a row that the agency says is no longer right, and did not change.
fn left_as_it_was(answer: &Answer, agency: &str, response: &Response) -> Finding {
    let found = format!(
        "{agency} says that its answer to {} is no longer right, but did not change it; it counts as blank",
        answer.criterion
    );
    let place = Place::cell(&response.file.name, &answer.sheet, answer.cell.clone());
    let remedy = format!("ask {agency} for the rating and the words that are right now");
    let finding = Finding::new(Code::CarriedNotRight, place, found, "a new answer", remedy);
    about(finding, response).on(&answer.criterion)
}

/// One finding for a return with answers or lines from last time that nobody confirmed.
fn unconfirmed(agency: &str, response: &Response, lines: usize) -> Option<Finding> {
    let is_open = |answer: &&Answer| answer.is_carried_open() && answer.still_right.is_none();
    let open: Vec<&CriterionId> = response.answers.iter().filter(is_open).map(|answer| &answer.criterion).collect();
    if open.is_empty() && lines == 0 {
        return None;
    }
    let answers = (!open.is_empty()).then(|| words::count(open.len(), "answer"));
    let lines_in_short = match lines {
        0 => None,
        1 => Some("1 line in short".to_string()),
        n => Some(format!("{} lines in short", words::number(n))),
    };
    let what: Vec<String> = answers.into_iter().chain(lines_in_short).collect();
    let named = if open.is_empty() { String::new() } else { format!(": {}", words::list_of_first(&open, MOST_NAMED)) };
    let is_one = open.len() + lines == 1;
    let found = format!(
        "{agency} neither changed nor confirmed {} from last time, which {} as blank{named}",
        words::list(&what),
        if is_one { "counts" } else { "count" }
    );
    let expected = format!("a name and a date in the sign-off, or Yes under {}", column(ColumnKey::StillRight).name());
    let remedy = format!("ask {agency} to confirm them; a sign-off on paper or by telephone confirms them too");
    let place = Place::sheet(&response.file.name, START_SHEET);
    let finding = Finding::new(Code::CarriedUnconfirmed, place, found, expected, remedy);
    let finding = about(finding, response).in_field(StartField::ApprovedBy);
    // The ids are part of the subject, so that a decision about these answers does not settle a later finding about others.
    let ids: Vec<&str> = open.iter().map(|id| id.as_str()).collect();
    Some(finding.naming(format!("{} {lines}", ids.join(" "))))
}

fn about(finding: Finding, response: &Response) -> Finding {
    finding.about(&response.agency).of_file(&response.file.sha256)
}
