//! Answers of the round before that come back: confirmed, changed, or neither. Nobody is taken to say again what they did not.

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
    today: Date,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for response in responses {
        let Some(agency) = round.agency(&response.agency) else { continue };
        let statements: Vec<&Criterion> =
            round.statements(theme, agency).into_iter().map(|(_, criterion)| criterion).collect();
        let carried = previous.carried(agency, &statements);
        findings.extend(hold_one(&carried, &agency.name, response, today));
    }
    findings
}

fn hold_one(carried: &CarriedReturn, agency: &str, response: &mut Response, today: Date) -> Vec<Finding> {
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

/// Whether what needs to happen is what was proposed last time, and is done or will not be done.
fn is_over(earlier: &CarriedAnswer, answer: &Answer) -> bool {
    let is_ended = matches!(answer.progress, Some(ActionProgress::Done | ActionProgress::Dropped));
    is_ended && is_same_text(earlier, answer, TextKind::NeedsToHappen)
}

fn is_same_text(earlier: &CarriedAnswer, answer: &Answer, kind: TextKind) -> bool {
    earlier.texts.get(kind).is_same(answer.texts.get(kind))
}

/// The text beside a rating that a line in short is short for; `None` where it is for none.
fn text_of(kind: HeadlineKind) -> Option<TextKind> {
    match kind {
        HeadlineKind::WorkingWell => Some(TextKind::WorkingWell),
        HeadlineKind::WorriedAbout => Some(TextKind::WorriedAbout),
        HeadlineKind::NeedsToHappen => Some(TextKind::NeedsToHappen),
        HeadlineKind::ChildrenAndFamilies => None,
    }
}

/// Takes an answer out of a return. It is in the round before, and in the file.
fn take_out(answer: &mut Answer) {
    answer.rating = SelfRating::Blank;
    answer.as_written = Written::Nothing;
    answer.texts = Texts::default();
    answer.action_due = None;
}

/// Takes out the lines in short that are as they were carried in: where nobody signed, all of them; else those whose own words in the table
/// have changed, or whose action is over. Says how many of the first kind, and which of the second.
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

/// Lines in short of last time whose words in the table are different now, a finding each.
fn stale_lines(stale: &[HeadlineEntry], agency: &str, response: &Response) -> Vec<Finding> {
    let finding = |entry: &HeadlineEntry| {
        let of = entry.criterion.as_ref().map_or(String::new(), |id| format!(" on {id}"));
        let found = format!(
            "the line in short{of} is of last time, and what it is short for has changed: {}; it is left out",
            quote(entry.line.text())
        );
        let place = Place::cell(&response.file.name, &entry.sheet, entry.cell.clone());
        let remedy = format!("ask {agency} for a new line; the words in its table count without one");
        let cell = HeadlineCell { slot: entry.slot, column: HeadlineColumn::Line };
        let finding = Finding::new(Code::CarriedLineStale, place, found, "a line that says what holds now", remedy);
        about(finding, response).in_field(cell).naming(entry.line.text())
    };
    stale.iter().map(finding).collect()
}

/// Actions of last time whose date has passed and of which the agency does not say how they have gone, a finding a return.
fn without_progress(carried: &CarriedReturn, agency: &str, response: &Response, today: Date) -> Option<Finding> {
    let is_unsaid = |answer: &&Answer| {
        let is_last_times = carried.answer(&answer.criterion).is_some_and(|earlier| {
            earlier.texts.get(TextKind::NeedsToHappen).is_said()
                && is_same_text(earlier, answer, TextKind::NeedsToHappen)
        });
        let has_passed = answer.action_due.is_some_and(|due| due.day < today);
        is_last_times && has_passed && answer.progress.is_none() && !answer.is_carried_open()
    };
    let unsaid: Vec<&CriterionId> = response.answers.iter().filter(is_unsaid).map(|answer| &answer.criterion).collect();
    if unsaid.is_empty() {
        return None;
    }
    let found = format!(
        "{agency} does not say how {} of last time whose date has passed {} gone: {}",
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
    let lines_in_short = (lines > 0).then(|| words::count(lines, "short line"));
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
