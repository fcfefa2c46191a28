//! Chooses which return counts where an agency sent several.
//!
//! The rules, in this order:
//!
//! 1. A person's decision (`jtai settle --counts`), then a `[[return]]` entry in `round.toml`.
//! 2. A return with an approval, in the workbook or settled, before one without.
//! 3. The newest, by the time of saving in the document, else the file's own. A workbook with questions is newer than the return that it
//!    answers.
//!
//! The same bytes twice are one return. Where two have different answers and nothing says which is newer, neither counts until a person
//! decides.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::core::finding::{Checked, Code, Finding, Place, Remedy, WrittenCell};
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::StartField;
use crate::intake::changes;
use crate::intake::corrections::{self, AskedCells};
use crate::intake::decisions::Decisions;
use crate::intake::order::SavedOrder;
use crate::intake::saved::{saved_at, saved_on, saved_words};
use crate::response::{Answer, Response};
use crate::round::{Agency, Round};
use crate::workbook::contract;

/// Chooses at most one response for each agency, in the round's order, and names every other one in a finding.
pub fn select(
    round: &Round,
    decisions: &Decisions<'_>,
    asked: &AskedCells<'_>,
    responses: Vec<Response>,
) -> Checked<Vec<Response>> {
    let mut findings = Vec::new();
    let mut output = Vec::new();
    let mut by_agency: HashMap<AgencyId, Vec<Response>> = HashMap::new();
    for response in responses {
        by_agency.entry(response.agency.clone()).or_default().push(response);
    }
    for agency in &round.agencies {
        let of_agency = by_agency.remove(&agency.id).unwrap_or_default();
        output.extend(select_one(round, decisions, asked, agency, of_agency, &mut findings));
    }
    Checked { output, findings }
}

/// What to do where nothing says which return counts: for the command line, and for a page.
const UNDECIDED: (&str, &str) = (
    "say which one counts with `jtai settle`, this reference and --counts; until then none of them does",
    "say which one counts; until then none of them does",
);

fn select_one(
    round: &Round,
    decisions: &Decisions<'_>,
    asked: &AskedCells<'_>,
    agency: &Agency,
    responses: Vec<Response>,
    findings: &mut Vec<Finding>,
) -> Option<Response> {
    let mut candidates = without_copies(agency, responses, findings);
    let order = SavedOrder::new(&candidates, asked);
    let is_in_settings = |response: &Response| {
        round.returns.iter().any(|entry| entry.file == response.file.name && entry.agency.is_some())
    };
    let is_chosen = |response: &Response| decisions.counts(&response.file.sha256) || is_in_settings(response);
    // The record decides before round.toml does.
    let rank = |response: &Response| {
        let is_decided = decisions.counts(&response.file.sha256);
        (is_decided, is_chosen(response), response.is_approval_recorded(), order.time(response))
    };
    candidates.sort_by_key(|response| std::cmp::Reverse(rank(response)));
    let mut candidates = candidates.into_iter();
    let mut chosen = candidates.next()?;
    let others: Vec<Response> = candidates.collect();
    let rivals: Vec<&Response> =
        others.iter().filter(|other| rank(&chosen) == rank(other) && differ(&chosen, other)).collect();
    if !rivals.is_empty() {
        let names: Vec<&str> = std::iter::once(&chosen)
            .chain(rivals.iter().copied())
            .map(|response| response.file.name.as_str())
            .collect();
        let found = format!(
            "{} sent {} with different answers and nothing says which is newer",
            agency.name,
            words::list(&names)
        );
        let remedy = Remedy::typed(UNDECIDED.0, UNDECIDED.1);
        // A finding for each file, because a person settles the finding of the file that should count.
        let each = std::iter::once(&chosen).chain(rivals);
        findings.extend(each.map(|response| finding(Code::ReturnUndecided, response, found.clone(), remedy.clone())));
        return None;
    }
    // A later, unsigned workbook with questions can correct a return that counts by its sign-off, but not one that a person chose.
    let is_decided = is_chosen(&chosen);
    let decided_on = decisions.counts_since(&chosen.file.sha256);
    let corrects = |other: &&Response| {
        let is_unsigned = other.questions.is_some() && !other.is_approval_recorded();
        chosen.is_approval_recorded() && !is_decided && is_unsigned && order.time(other) > order.time(&chosen)
    };
    let (mut unsigned, others): (Vec<&Response>, Vec<&Response>) = others.iter().partition(corrects);
    unsigned.sort_by_key(|response| order.time(response));
    // Nearly every agency sent one return, and nothing is taken into it.
    let as_approved = (!unsigned.is_empty()).then(|| chosen.clone());
    let mut noticed = Vec::new();
    for (later, approved) in unsigned.iter().filter_map(|later| Some((later, as_approved.as_ref()?))) {
        noticed.extend(corrections::take(agency, &mut chosen, approved, later, asked, decisions));
    }
    for other in &others {
        // A return that was already here when somebody decided was part of that decision, and asks for no new one.
        let is_known = decided_on.is_some_and(|on| asked.first_seen(&other.file.sha256).is_some_and(|seen| seen <= on));
        report_superseded(
            agency,
            &chosen,
            other,
            ReturnChoice { is_chosen: is_decided, is_known, order: &order },
            &mut noticed,
        );
    }
    let returns: Vec<&Response> =
        std::iter::once(as_approved.as_ref().unwrap_or(&chosen)).chain(unsigned).chain(others).collect();
    noticed.extend(changes::replaced(&chosen, &returns, &noticed));
    findings.extend(noticed);
    Some(chosen)
}

fn differ(a: &Response, b: &Response) -> bool {
    let essence = |response: &Response| -> Vec<_> {
        response
            .answers
            .iter()
            .map(|answer| (answer.criterion.clone(), answer.rating, answer.as_written.clone(), answer.texts.clone()))
            .collect()
    };
    let lines = |response: &Response| -> Vec<_> {
        response.written_headlines().map(|entry| (entry.slot, entry.reference.clone(), entry.line.clone())).collect()
    };
    essence(a) != essence(b) || lines(a) != lines(b)
}

/// Marks a finding about an answer that only a newer, unsigned return has. Never reword it: references are made from it.
pub const UNSIGNED_NEWER: &str = "in a newer return that is not signed off";

fn without_copies(agency: &Agency, responses: Vec<Response>, findings: &mut Vec<Finding>) -> Vec<Response> {
    let mut kept: Vec<Response> = Vec::new();
    for response in responses {
        match kept.iter().find(|first| first.file.sha256 == response.file.sha256) {
            Some(first) => {
                let found = format!("this is the same file as {} from {}", first.file.name, agency.name);
                findings.push(finding(Code::ReturnTwice, &response, found, "nothing to do"));
            }
            None => kept.push(response),
        }
    }
    kept
}

/// Why one return counts and the other does not.
struct ReturnChoice<'a> {
    /// Whether a person decided it.
    is_chosen: bool,
    /// Whether the other return was already here when that person decided.
    is_known: bool,
    /// When each was saved.
    order: &'a SavedOrder,
}

fn report_superseded(
    agency: &Agency,
    chosen: &Response,
    other: &Response,
    choice: ReturnChoice<'_>,
    findings: &mut Vec<Finding>,
) {
    let ReturnChoice { is_chosen, is_known, order } = choice;
    let is_same = !differ(chosen, other);
    let is_newer = !is_chosen && !is_same && order.time(other) > order.time(chosen);
    let why = if is_chosen {
        "because you decided so"
    } else if is_same {
        "and has the same answers"
    } else if chosen.is_approval_recorded() && !other.is_approval_recorded() {
        "because it has approval recorded"
    } else if saved_at(chosen).is_some() && saved_at(other).is_some() {
        "because it was saved later"
    } else {
        "because its file here is the newer one; the documents do not say when they were saved"
    };
    let also = format!("{} also sent {}, which counts {why}", agency.name, chosen.file.name);
    let (code, found, remedy) = if is_newer {
        let remedy = Remedy::typed(
            "ask for the newer one with its sign-off filled in; if the agency tells you who approved it, settle the finding that no approval is recorded; if it should count as it is, say so with `jtai settle` and --counts",
            "ask for the newer one with its sign-off filled in; if the agency tells you who approved it, enter that under the finding that no approval is recorded; if it should count as it is, say so here",
        );
        (Code::ReturnUnapproved, also, remedy)
    } else if chosen.questions.is_some() && !is_chosen && !is_same {
        let clock = match order.is_corrected(chosen) {
            true => format!(
                "; the file says that it was saved on {}, before the questions were written, so that computer's clock was wrong",
                saved_words(chosen)
            ),
            false => String::new(),
        };
        let found =
            format!("{} sent back the workbook with questions, {}, which counts{clock}", agency.name, chosen.file.name);
        (Code::QuestionsAnswered, found, "nothing to do".into())
    } else if is_known || is_same {
        (Code::ReturnNotCounted, also, "nothing to do".into())
    } else if !is_chosen && chosen.is_approval_recorded() && order.time(chosen) > order.time(other) {
        // A newer return with a sign-off needs no decision: the agency clearly meant to replace the older one.
        (Code::ReturnNotCounted, also, should_count())
    } else {
        (Code::ReturnSuperseded, also, should_count())
    };
    findings.push(finding(code, other, found, remedy));
    report_lost(agency, chosen, other, is_newer, findings);
}

fn should_count() -> Remedy {
    Remedy::typed(
        "if this one should count, say so with `jtai settle` and --counts",
        "if this one should count, say so here",
    )
}

/// Notes the answers that only the return that does not count has. `is_newer` says whether that return is the newer of the two.
fn report_lost(agency: &Agency, chosen: &Response, other: &Response, is_newer: bool, findings: &mut Vec<Finding>) {
    for answer in &other.answers {
        let lost = only_in(other, answer, chosen.answer(&answer.criterion));
        if !lost.is_empty() {
            let headers: Vec<String> = lost.iter().map(|(column, _)| quote(column.name())).collect();
            let found = format!(
                "only this return has {} for {}; {} does not",
                words::list(&headers),
                answer.criterion,
                chosen.file.name
            );
            let cell = lost.first().map_or(&answer.cell, |(_, cell)| &cell.cell);
            let place = Place::cell(&other.file.name, &answer.sheet, cell);
            // A return on an earlier form of the workbook could not say it.
            let has_column =
                |column: &contract::Column| column.key.text().is_none_or(|kind| !chosen.columns.get(kind).is_empty());
            let remedy = match lost.iter().any(|(column, _)| has_column(column)) {
                true => format!("ask {} whether it meant to take this out", agency.name),
                false => {
                    format!("the one that counts has no such column; ask {} whether this should count", agency.name)
                }
            };
            let mut finding = Finding::new(Code::AnswerOnlyInOlder, place, found, "", remedy)
                .about(&agency.id)
                .of_file(&other.file.sha256)
                .on(&answer.criterion);
            if let [(column, _)] = lost.as_slice() {
                finding = finding.in_field(column.key);
            }
            if is_newer {
                finding = finding.naming(UNSIGNED_NEWER);
            }
            findings.push(finding.with_cells(lost.into_iter().map(|(_, cell)| cell).collect()));
        }
    }
}

/// The columns that `answer` fills and `other` leaves empty, each with its cell and what is written there.
fn only_in(of: &Response, answer: &Answer, other: Option<&Answer>) -> Vec<(&'static contract::Column, WrittenCell)> {
    let is_lost = |column: &&contract::Column| {
        changes::says(answer, column.key) && !other.is_some_and(|other| changes::says(other, column.key))
    };
    let cell = |column: &'static contract::Column| {
        let cell = match column.key.text() {
            Some(kind) => of.columns.cell(kind, answer.row),
            None => answer.cell.clone(),
        };
        let written = contract::entered(answer, column.key).cloned().unwrap_or_default();
        (column, WrittenCell { sheet: answer.sheet.clone(), cell, field: Some(column.key.into()), written })
    };
    contract::COLUMNS.iter().filter(is_lost).map(cell).collect()
}

/// What is odd about an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddApproval {
    /// The same person completed the return and approved it.
    SamePerson,
    /// The date of approval is in the future.
    ToCome,
    /// It was approved before the workbooks were issued.
    BeforeIssue,
    /// It was saved again after it was approved.
    SavedLater,
}

impl OddApproval {
    /// The word that a finding carries for it. Never reword it: references are made from it.
    fn key(self) -> &'static str {
        match self {
            OddApproval::SamePerson => "same person",
            OddApproval::ToCome => "to come",
            OddApproval::BeforeIssue => "before issue",
            OddApproval::SavedLater => "saved later",
        }
    }

    /// The kind with this key.
    pub fn of_key(key: &str) -> Option<OddApproval> {
        let all = [OddApproval::SamePerson, OddApproval::ToCome, OddApproval::BeforeIssue, OddApproval::SavedLater];
        all.into_iter().find(|odd| odd.key() == key)
    }
}

/// A finding for each thing that is odd about a return's approval; none where no approval is recorded.
pub fn odd_approval(response: &Response, issued_on: Option<Date>, today: Date) -> Vec<Finding> {
    let Some(approved_on) = response.approved_on.filter(|_| response.is_approval_recorded()) else { return Vec::new() };
    let mut odd = Vec::new();
    // People write the name first, then the role: "B Example, chief".
    let plain = |name: &str| {
        name.split([',', '(', '–', ';'])
            .next()
            .unwrap_or_default()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    if !response.completed_by.is_empty() && plain(&response.completed_by) == plain(&response.approved_by) {
        odd.push((OddApproval::SamePerson, format!("{} both completed and approved it", quote(&response.approved_by))));
    }
    let approved = format!("the approval is dated {}", words::date(approved_on));
    if approved_on > today {
        odd.push((OddApproval::ToCome, format!("{approved}, which is in the future")));
    }
    if let Some(issued_on) = issued_on.filter(|issued_on| approved_on < *issued_on) {
        let found = format!("{approved}, before the workbooks were issued on {}", words::date(issued_on));
        odd.push((OddApproval::BeforeIssue, found));
    }
    // A settled approval is for these very bytes, so a time of saving after its date means nothing.
    let is_settled = response.approval_settled.is_some();
    if let Some(saved_on) = saved_on(response).filter(|saved_on| *saved_on > approved_on && !is_settled) {
        let found =
            format!("it was saved on {}, after its approval on {}", words::date(saved_on), words::date(approved_on));
        odd.push((OddApproval::SavedLater, found));
    }
    let remedy = "ask whether the approval still applies to what is in the file";
    let of = |(kind, found): (OddApproval, String)| {
        let finding = finding(Code::ApprovalOdd, response, found, remedy);
        finding.in_field(StartField::ApprovedBy).with_cells(approval_cells(response, approved_on)).naming(kind.key())
    };
    odd.into_iter().map(of).collect()
}

/// The sign-off's cells, with who approved the return and when.
fn approval_cells(response: &Response, approved_on: Date) -> Vec<WrittenCell> {
    let fields = [StartField::ApprovedBy, StartField::ApprovedOn];
    let texts = [response.approved_by.clone(), approved_on.to_string()];
    let cell = |((field, text), (sheet, cell)): ((StartField, String), &(String, String))| WrittenCell {
        sheet: sheet.clone(),
        cell: cell.clone(),
        field: Some(field.into()),
        written: Written::Text(text),
    };
    fields.into_iter().zip(texts).zip(&response.approval_cells).map(cell).collect()
}

/// A finding about a return as a whole. It carries the file's hash, so that two returns from one agency have different references.
fn finding(code: Code, response: &Response, found: String, remedy: impl Into<Remedy>) -> Finding {
    let place = Place::file(&response.file.name);
    let finding = Finding::new(code, place, found, "", remedy).about(&response.agency);
    finding.of_file(&response.file.sha256).naming(response.file.sha256.as_str())
}
