//! The status of a round: what was sent, what came back, who has not returned, how long is left. Writes nothing.

use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect::{self, Collected, RatedAnswers, Totals};
use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::surroundings::Surroundings;
use crate::app::queries::{Back, BackWishes};
use crate::app::report::{self, Prepared, WrittenReport};
use crate::core::finding::{Code, Finding, Severity};
use crate::core::ids::{AgencyId, RoundId};
use crate::core::words;
use crate::documents::kept::Kept;
use crate::intake::progress::{Exchange, Whereabouts};
use crate::intake::recheck::RecheckCounts;
use crate::intake::standing::{IssuedAndReturned, days_after};
use crate::record::SentWhat;
use crate::response::Response;
use crate::round::{AGENCIES_FILE, AgencyStatus, Folder};

pub(crate) use crate::app::report::KeptLine;
pub(crate) use crate::intake::progress::{Goes, NextStep};
pub(crate) use crate::intake::standing::Standing;

/// The status of a round.
#[derive(Debug, Serialize)]
pub(crate) struct StatusOutcome {
    /// The round.
    pub round: RoundId,
    /// When returns are due.
    pub deadline: Date,
    /// The days until then; negative once it has passed.
    pub days_to_deadline: i32,
    /// The status of each agency, the most urgent first.
    pub agencies: Vec<StatusLine>,
    /// The partnership.
    pub partnership: String,
    /// The theme in words.
    pub theme: String,
    /// The first day of fieldwork, once it is known.
    pub fieldwork_starts: Option<Date>,
    /// The day of the run.
    pub today: Date,
    /// How much came back.
    pub totals: Totals,
    /// How many files in `returns/` cannot be used and are of no agency, while nobody has decided about them.
    pub files_of_nobody: usize,
    /// The presentation in `report/`, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presentation: Option<WrittenReport>,
    /// The presentations that were kept, the newest last, each with what has changed since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<KeptLine>,
    /// Findings about the list of agencies, also about changes in it, and about kept presentations that cannot be read.
    #[serde(serialize_with = "lines::findings")]
    pub list: Vec<Finding>,
    /// Everything noticed.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

/// The status of one agency.
#[derive(Debug, Serialize)]
pub(crate) struct StatusLine {
    /// The agency.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Its state.
    #[serde(rename = "state", serialize_with = "key")]
    pub standing: Standing,
    /// When its return is due.
    pub due: Date,
    /// When its workbook was sent; `None` where nobody noted it.
    pub sent_on: Option<Date>,
    /// When its first return was seen; `None` before that.
    pub returned_on: Option<Date>,
    /// Whether it has a date of its own.
    pub is_extended: bool,
    /// How many of its answers are rated, for each basis.
    pub answers: Vec<RatedAnswers>,
    /// What it did with its answers from the round before; `None` if nothing was carried in, or nothing has come back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recheck: Option<RecheckCounts>,
    /// Whether an approval is recorded in its return.
    pub approval_recorded: bool,
    /// When it was approved.
    pub approved_on: Option<Date>,
    /// Who settled that it is approved, if the approval is not in the workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_settled_by: Option<String>,
    /// The day of the corrections that await approval; `None` where there are none, or they do not say.
    pub corrections_on: Option<Date>,
    /// How many corrections await approval.
    pub corrections: usize,
    /// How many days after its due date its first return was seen; `None` for one in time.
    pub days_late: Option<usize>,
    /// How many findings it was asked about.
    pub questions_asked: usize,
    /// How many of them are answered.
    pub questions_answered: usize,
    /// How many findings about it are settled.
    pub settled: usize,
    /// By when it was asked to reply.
    pub reply_by: Option<Date>,
    /// When it was last reminded, as somebody noted.
    pub reminded_on: Option<Date>,
    /// When its receipt was sent, if nothing has changed since.
    pub receipt_sent_on: Option<Date>,
    /// What comes next.
    #[serde(serialize_with = "next_key")]
    pub next: NextStep,
    /// What `jtai queries` writes to it.
    #[serde(skip)]
    pub goes: Goes,
    /// Who answers for it.
    #[serde(skip)]
    pub contact: String,
    /// That person's address.
    #[serde(skip)]
    pub email: String,
}

fn key<S: serde::Serializer>(standing: &Standing, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(standing.key())
}

fn next_key<S: serde::Serializer>(next: &NextStep, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(next.key())
}

/// Collects, and works out the status.
pub(super) fn status(dir: &Path, surroundings: Surroundings<'_>) -> Result<StatusOutcome, Failure> {
    let today = surroundings.today();
    let (all_kept, unread) = report::all_kept(&Folder::new(dir));
    let collected = collect::gather(dir, surroundings)?;
    let (collected, kept) = match all_kept.is_empty() {
        true => (collected, Vec::new()),
        false => with_kept(collected, &all_kept, dir, surroundings)?,
    };
    let round = &collected.open.round;
    let of_list = collected.findings.iter().filter(|finding| finding.place.file == AGENCIES_FILE).cloned();
    let mut agencies = lines(&collected, today);
    // The most urgent first; sorting is stable, so that the rest stay in the round's order.
    agencies.sort_by_key(|line| line.next);
    Ok(StatusOutcome {
        round: round.id().clone(),
        deadline: round.deadline,
        days_to_deadline: words::days_between(today, round.deadline),
        agencies,
        partnership: round.partnership.clone(),
        theme: collected.open.opened.theme.title.clone(),
        fieldwork_starts: round.fieldwork_starts,
        today,
        totals: collected.totals(),
        files_of_nobody: collected.findings.iter().filter(|finding| is_about_nobodys_file(finding)).count(),
        presentation: report::written(&Folder::new(dir)),
        kept,
        list: of_list.chain(unread).collect(),
        findings: collected.findings,
    })
}

/// Whether a finding is about a file that somebody put among the returns, which is of no agency, and has to be put right.
fn is_about_nobodys_file(finding: &Finding) -> bool {
    let is_open = finding.settled.is_none() && finding.severity() == Severity::MustFix;
    is_open && finding.subject.agency.is_none() && finding.place.file.starts_with("returns/")
}

/// Compares each kept presentation with the one that would be made now. Returns what was collected as well.
fn with_kept(
    collected: Collected,
    kept: &[Kept],
    dir: &Path,
    surroundings: Surroundings<'_>,
) -> Result<(Collected, Vec<KeptLine>), Failure> {
    let lines = |now: Option<&Prepared>| kept.iter().map(|one| KeptLine::new(one, now)).collect();
    // `report` shows the findings about choices. They change nothing about the agencies, so `status` leaves them out.
    let findings = collected.findings.clone();
    match report::prepare_from(collected, surroundings.today()) {
        Ok(now) => {
            let lines = lines(Some(&now));
            let mut collected = now.collected;
            collected.findings = findings;
            Ok((collected, lines))
        }
        // Collected again, because `prepare_from` has consumed the first.
        Err(_) => Ok((collect::gather(dir, surroundings)?, lines(None))),
    }
}

fn lines(collected: &Collected, today: Date) -> Vec<StatusLine> {
    let backs = Back::all(collected, BackWishes { today, reply_by: None, again: false });
    backs.iter().map(|back| line(collected, back, today)).collect()
}

/// How many findings about an agency only the officer can deal with.
fn to_settle(back: &Back<'_>, goes: Goes) -> usize {
    // Once the agency is no longer asked about a finding, it is the officer's to settle.
    let is_asked = |finding: &&&Finding| {
        goes != Goes::Nothing
            && back.asked.iter().flat_map(|asked| &asked.findings).any(|asked| asked.reference == finding.reference)
    };
    let asks = |finding: &&&Finding| finding.severity() != Severity::Information && finding.replied.is_empty();
    back.findings.iter().filter(asks).filter(|finding| !is_asked(finding)).count()
}

/// Whether the officer settled that unsigned corrections count.
fn is_approval_settled(back: &Back<'_>) -> bool {
    back.findings.iter().any(|finding| finding.code == Code::CorrectionsTaken && finding.settled.is_some())
}

fn line(collected: &Collected, back: &Back<'_>, today: Date) -> StatusLine {
    let Back { agency, findings, .. } = back;
    let goes = back.goes();
    let (round, record) = (&collected.open.round, &collected.record.record);
    let due = round.due(agency);
    let summary = collected.numbers.agency(&agency.id);
    let asked = summary.map_or(0, |summary| summary.counts.asked);
    let response = back.response;
    let issued = record.issued_to(&agency.id);
    // Earlier versions noted that a workbook was sent, but not its code.
    let noted = record.sent_to(&agency.id, SentWhat::Workbook).max();
    let sent_on = issued.iter().rev().find_map(|one| one.sent_on).or(noted);
    let arrived = collected.arrivals.first_return.get(&agency.id).copied();
    let returned_on = response.and(arrived);
    let is_issued = !issued.is_empty() || noted.is_some();
    let so_far = IssuedAndReturned { is_issued, returned_on: arrived };
    let standing = Standing::new(round, agency, asked, response, so_far, findings, today);
    let exchange = Exchange::new(&back.sent, findings);
    let corrections = response.map_or(&[][..], |response| response.corrections.as_slice());
    let at = Whereabouts {
        standing,
        due,
        to_settle: to_settle(back, goes),
        is_sent: sent_on.is_some(),
        awaits_approval: !corrections.is_empty() && !is_approval_settled(back),
        goes,
    };
    let (reply_by, receipt_sent_on) = days_of(goes);
    StatusLine {
        id: agency.id.clone(),
        name: agency.name.clone(),
        standing,
        due,
        sent_on,
        returned_on,
        is_extended: agency.status == Some(AgencyStatus::Extended) || agency.due.is_some(),
        answers: summary.map(|summary| RatedAnswers::of_each(&summary.bases)).unwrap_or_default(),
        recheck: response.and_then(RecheckCounts::new),
        approval_recorded: response.is_some_and(Response::is_approval_recorded),
        approved_on: response
            .filter(|response| response.is_approval_recorded())
            .and_then(|response| response.approved_on),
        approval_settled_by: response
            .and_then(|response| response.approval_settled.as_ref())
            .map(|settlement| settlement.by.clone()),
        corrections_on: corrections.iter().filter_map(|one| one.on).max(),
        corrections: corrections.iter().map(|one| one.cells).sum(),
        days_late: returned_on.and_then(|seen| days_after(due, seen)),
        questions_asked: exchange.asked,
        questions_answered: exchange.answered,
        settled: exchange.settled,
        reply_by,
        reminded_on: record.sent_to(&agency.id, SentWhat::Reminder).max(),
        receipt_sent_on,
        goes,
        next: NextStep::new(at, &exchange),
        contact: agency.contact.clone(),
        email: agency.email.clone(),
    }
}

/// By when it was asked to reply, and when its receipt was sent.
fn days_of(goes: Goes) -> (Option<Date>, Option<Date>) {
    match goes {
        Goes::QuestionsSent { by, .. } | Goes::Questions { overdue: Some(by), .. } => (Some(by), None),
        Goes::ReceiptSent { on } => (None, Some(on)),
        _ => (None, None),
    }
}
