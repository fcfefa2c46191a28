//! The facts in a receipt: the file that counts, what was taken from later ones, and what still needs a sign-off.

use crate::analysis::sentences;
use crate::app::collect::Collected;
use crate::core::finding::{Code, Decision, Finding};
use crate::core::words;
use crate::core::written::HELD_BACK;
use crate::form::{ColumnKey, Field};
use crate::intake::saved;
use crate::message::MessageDetails;
use crate::response::{Answer, Corrections, Response, TakenCell};
use crate::workbook::contract;

/// The facts for the message. `findings` are those about the agency.
pub(super) fn details(collected: &Collected, findings: &[&Finding], response: &Response) -> MessageDetails {
    let counts = collected.numbers.agency(&response.agency).map(|summary| summary.counts).unwrap_or_default();
    let came_in = |sha256: &str| collected.came_in(sha256).map_or(String::new(), words::date);
    // Short lines have no column, so they are named by their label.
    let short = response.headlines.iter().filter_map(|entry| Some((entry, entry.taken.as_ref()?)));
    let short = short.map(|(entry, taken)| format!("- {} ({})", entry.slot.kind.label(), at(&taken.cell, &taken.file)));
    let changes: Vec<&Finding> =
        findings.iter().copied().filter(|finding| is_settled_change(finding, response)).collect();
    let taken = response
        .answers
        .iter()
        .flat_map(|answer| answer.taken.iter().map(|(key, cell)| taken_line(answer, *key, cell, &changes)))
        .chain(short);
    let corrected: Vec<String> = unsigned(findings, response)
        .map(|one| {
            // The name may be held back, and must not be in a message.
            let file = known_name(&one.file).unwrap_or("the file");
            format!("{file} (came in on {})", came_in(&one.sha256))
        })
        .collect();
    let recorded = findings.iter().filter_map(|finding| recorded_line(finding, response));
    let not_taken = changes.iter().filter(|finding| !counts_now(finding)).map(|finding| not_taken_line(finding));
    MessageDetails {
        file: known_name(&response.file.name).unwrap_or_default().to_string(),
        received: came_in(&response.file.sha256),
        saved: saved::saved_words(response),
        counted: sentences::counted(&counts),
        approved: match response.approved_on {
            Some(on) if response.is_approval_recorded() => words::date(on),
            _ => String::new(),
        },
        told: if response.approval_settled.is_some() { "as you told us".to_string() } else { String::new() },
        approver: if response.is_approval_recorded() { response.approved_by.clone() } else { String::new() },
        corrected: words::list(&corrected),
        taken: taken.collect::<Vec<_>>().join("\n"),
        not_taken: not_taken.collect::<Vec<_>>().join("\n"),
        recorded: recorded.collect::<Vec<_>>().join("\n"),
        ..MessageDetails::default()
    }
}

/// The corrections that await approval: the agency did not sign them off, and the officer did not settle that they count all the same.
pub(super) fn unsigned<'r>(
    findings: &'r [&'r Finding],
    response: &'r Response,
) -> impl Iterator<Item = &'r Corrections> {
    let is_settled = |one: &Corrections| {
        findings.iter().any(|finding| {
            finding.code == Code::CorrectionsTaken
                && finding.settled.is_some()
                && finding.subject.sha256.as_deref() == Some(one.sha256.as_str())
        })
    };
    response.corrections.iter().filter(move |one| !is_settled(one))
}

/// Whether a finding is about a change that the agency made unasked, and the officer has settled it.
fn is_settled_change(finding: &Finding, response: &Response) -> bool {
    let is_own = finding.subject.agency.as_ref() == Some(&response.agency);
    is_own && finding.code == Code::ChangeUnapproved && finding.settled.is_some()
}

fn counts_now(finding: &Finding) -> bool {
    finding.settled.as_ref().is_some_and(|settlement| settlement.decision == Decision::ChangeCounts)
}

/// As "- DA24-1.1, Our rating: Green (cell D4 of police 2.xlsx)". A text is not quoted in the message: it might identify a child, and its
/// place is enough to find it.
fn taken_line(answer: &Answer, key: ColumnKey, cell: &TakenCell, changes: &[&Finding]) -> String {
    let rating = match key {
        ColumnKey::Rating => format!(": {}", answer.as_written.shown().trim()),
        ColumnKey::ActionDue => answer.action_due.map_or(String::new(), |due| format!(": {}", due.words())),
        _ => String::new(),
    };
    let is_it = |finding: &&&Finding| {
        let at = finding.subject.cells.first().map(|at| (at.sheet.as_str(), at.cell.as_str()));
        counts_now(finding)
            && finding.subject.sha256.as_deref() == Some(cell.sha256.as_str())
            && at == Some((cell.sheet.as_str(), cell.cell.as_str()))
    };
    let decided = changes.iter().find(is_it).and_then(|finding| finding.settled.as_ref());
    let decided = decided.map_or(String::new(), |settlement| {
        format!("; nobody signed this change off, and we decided on {} that it counts", words::date(settlement.on))
    });
    format!(
        "- {}, {}{rating} ({}){decided}",
        answer.criterion,
        contract::column(key).name(),
        at(&cell.cell, &cell.file)
    )
}

fn not_taken_line(finding: &Finding) -> String {
    let subject = &finding.subject;
    let criterion = subject.criterion.as_ref().map(|id| format!("{id}, ")).unwrap_or_default();
    let header = match subject.field {
        Some(Field::Column(key)) => contract::column(key).name(),
        Some(Field::Headline(cell)) => cell.slot.kind.label(),
        Some(Field::Start(_)) | None => "",
    };
    format!("- {criterion}{header} ({})", at(&finding.place.cell_name(), &finding.place.file))
}

/// How the officer settled an unclear cell, as "- DA24-1.1, Our rating: Amber (cell D4 of police.xlsx)".
fn recorded_line(finding: &Finding, response: &Response) -> Option<String> {
    let subject = &finding.subject;
    let settlement = finding.settled.as_ref().filter(|_| subject.agency.as_ref() == Some(&response.agency))?;
    let place = at(&finding.place.cell_name(), &finding.place.file);
    match (&settlement.decision, &subject.criterion, subject.field) {
        (Decision::ReadAs { value }, Some(criterion), Some(Field::Column(key))) => {
            Some(format!("- {criterion}, {}: {} ({place})", contract::column(key).name(), value.words()))
        }
        (Decision::SetAside, _, _) if finding.code == Code::TextHeldBack => Some(format!(
            "- What you wrote in {place} is left out, because it may identify a child; please delete your copies of it"
        )),
        // The reply is not quoted, as above.
        (Decision::Accept, criterion, field) if !finding.replied.is_empty() => {
            let replied = finding.replied.last()?;
            let of = criterion.as_ref().map(|id| format!("{id}, ")).unwrap_or_default();
            let what = match field {
                Some(Field::Column(key)) => contract::column(key).name(),
                Some(Field::Headline(cell)) => cell.slot.kind.label(),
                Some(Field::Start(field)) => field.label(),
                None => "your return",
            };
            let (sheet, reply) = (&replied.cell.sheet, at(&replied.cell.cell, &replied.file));
            Some(format!(
                "- {of}{what}: we have noted your reply (sheet {sheet}, {reply}), and the answer stays as it was"
            ))
        }
        (Decision::Accept, Some(criterion), Some(Field::Column(key))) => {
            let shown = match finding.code {
                Code::RatingBlank => "it is empty, so we show it as not answered",
                Code::RatingUnreadable | Code::ColourWithoutWord => "we cannot read it, so we show it as not answered",
                Code::DateUnreadable => "we cannot read it as a date, so we show what you wrote",
                _ => return None,
            };
            Some(format!("- {criterion}, {}: {shown} ({place})", contract::column(key).name()))
        }
        (Decision::PutTo { criterion }, _, _) => Some(format!("- What you wrote in {place} goes with {criterion}")),
        _ => None,
    }
}

fn at(cell: &str, file: &str) -> String {
    match known_name(file) {
        Some(name) => format!("cell {cell} of {name}"),
        None => format!("cell {cell}"),
    }
}

/// A file's name as the agency knows it, without our folders; `None` if it is held back.
pub(super) fn known_name(file: &str) -> Option<&str> {
    file.rsplit('/').next().filter(|name| !name.contains(HELD_BACK))
}
