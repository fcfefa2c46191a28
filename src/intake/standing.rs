//! Says how far each agency is: returned, owing, declined, or waiting for a person to settle something.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::core::finding::{Code, Finding, Place, Remedy, Severity};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::core::working_days::working_days_after;
use crate::response::Response;
use crate::round::{Agency, AgencyStatus, Round};
use crate::theme::Theme;

/// How far an agency is with its return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No statement applies to it.
    AskedNothing,
    /// It returned, and nothing in its return must be fixed or checked.
    Clean,
    /// It returned, with this many things to fix or check.
    WithQueries(usize),
    /// Something came back, and a person must settle what counts.
    Unsettled,
    /// It returned, and its return is no longer here.
    Gone {
        /// Whether a person settled that, or removed the return with `jtai forget`.
        is_settled: bool,
    },
    /// It will not take part.
    Declined,
    /// No workbook was issued to it.
    NotIssued,
    /// It has not returned. The number is days past its due date, 0 before it.
    Owes(usize),
}

/// What went out to an agency and came back from it, whether or not it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssuedAndReturned {
    /// Whether a workbook was issued to it.
    pub is_issued: bool,
    /// When its first return came; `None` where none ever did.
    pub returned_on: Option<Date>,
}

impl Standing {
    /// Works it out from the return that counts and the findings about the agency. `asked` is how many statements it is asked.
    pub fn new(
        round: &Round,
        agency: &Agency,
        asked: usize,
        response: Option<&Response>,
        so_far: IssuedAndReturned,
        findings: &[&Finding],
        today: Date,
    ) -> Standing {
        let queries = findings.iter().filter(|finding| finding.severity() != Severity::Information).count();
        match (response.is_some(), agency.status) {
            // Before anything else, because such a file may turn out to be this agency's return.
            (_, _) if findings.iter().any(|finding| is_claimed(finding)) => Standing::Unsettled,
            (true, _) if queries == 0 => Standing::Clean,
            (true, _) => Standing::WithQueries(queries),
            (false, _) if findings.iter().any(|finding| leaves_unsettled(finding)) => Standing::Unsettled,
            (false, _) if asked == 0 => Standing::AskedNothing,
            (false, Some(AgencyStatus::Declined)) => Standing::Declined,
            // A file that was set aside is not a lost return: the agency still owes one that counts.
            (false, _) if so_far.returned_on.is_some() && !findings.iter().any(|finding| is_left_out(finding)) => {
                Standing::Gone { is_settled: !findings.iter().any(|finding| is_gone(finding)) }
            }
            (false, _) if !so_far.is_issued => Standing::NotIssued,
            (false, _) => Standing::Owes(days_after(round.due(agency), today).unwrap_or(0)),
        }
    }

    /// Whether a return counts for it.
    pub fn is_returned(self) -> bool {
        matches!(self, Standing::Clean | Standing::WithQueries(_))
    }

    /// The key in data.
    pub fn key(self) -> &'static str {
        match self {
            Standing::AskedNothing => "asked_nothing",
            Standing::Clean => "clean",
            Standing::WithQueries(_) => "with_queries",
            Standing::Unsettled => "unsettled",
            Standing::Gone { .. } => "gone",
            Standing::Declined => "declined",
            Standing::NotIssued => "not_issued",
            Standing::Owes(_) => "missing",
        }
    }
}

/// Whether an agency sent something that does not count yet, so that it neither returned nor owes.
pub fn is_unsettled<'f>(findings: impl IntoIterator<Item = &'f Finding>, agency: &Agency) -> bool {
    findings.into_iter().filter(|finding| is_about(finding, &agency.id)).any(leaves_unsettled)
}

/// Whether a finding is about an agency, or about a file that may be its own.
pub fn is_about(finding: &Finding, agency: &AgencyId) -> bool {
    finding.subject.agency.as_ref() == Some(agency) || finding.subject.claimed_by.contains(agency)
}

/// Whether there is a file that may be from this agency or from a different one, and nobody has settled whose it is.
pub fn is_claimed_for<'f>(findings: impl IntoIterator<Item = &'f Finding>, agency: &Agency) -> bool {
    findings.into_iter().any(|finding| is_claimed(finding) && is_about(finding, &agency.id))
}

/// Whether a finding says that a file may be from either of two agencies, and nobody has settled which. Until then neither is written to.
fn is_claimed(finding: &Finding) -> bool {
    !finding.subject.claimed_by.is_empty() && finding.settled.is_none()
}

/// Whether a finding says that something came back that does not count yet.
fn leaves_unsettled(finding: &Finding) -> bool {
    use Code::{NotAWorkbook, ReturnEmpty, ReturnForgotten, ReturnUndecided, TableMissing, WorkbookUnreadable};
    let is_of_kind = matches!(
        finding.code,
        ReturnUndecided | TableMissing | ReturnEmpty | NotAWorkbook | WorkbookUnreadable | ReturnForgotten
    );
    is_claimed(finding) || (is_of_kind && finding.settled.is_none())
}

/// Whether a finding says that a return is no longer here, and nobody settled it.
fn is_gone(finding: &Finding) -> bool {
    finding.code == Code::ReturnGone && finding.settled.is_none()
}

/// Whether a finding says that a file is left out.
pub fn is_left_out(finding: &Finding) -> bool {
    finding.code == Code::ReturnSetAside
}

/// Days from one date to a later one; `None` where it is not later.
pub fn days_after(due: Date, day: Date) -> Option<usize> {
    let days = words::days_between(due, day);
    (days > 0).then_some(days.unsigned_abs() as usize)
}

/// A reminder goes out at the earliest this many days before the return is due.
const REMIND_DAYS_BEFORE: i32 = 7;

/// Whether an agency is reminded of a return that is due on a day.
pub fn is_reminded(due: Date, today: Date) -> bool {
    words::days_between(today, due) <= REMIND_DAYS_BEFORE
}

/// The working days between a reminder, or news of a change, and the next reminder.
const DAYS_LEFT_ALONE: usize = 3;

/// Whether an agency that was already written to is reminded again: after some working days, or at once when its return becomes late.
pub fn is_reminded_again(due: Date, written_to: Date, today: Date) -> bool {
    (written_to <= due && due < today) || today >= working_days_after(written_to, DAYS_LEFT_ALONE)
}

/// A finding for each agency that is asked something and has no return that counts.
pub fn missing(
    theme: &Theme,
    round: &Round,
    responses: &[Response],
    findings: &[Finding],
    arrived: &HashMap<AgencyId, Date>,
    today: Date,
) -> Vec<Finding> {
    let returned: HashSet<&AgencyId> = responses.iter().map(|response| &response.agency).collect();
    let is_missing = |agency: &&Agency| {
        let is_asked = !round.statements(theme, agency).is_empty();
        is_asked && !returned.contains(&agency.id)
    };
    let is_without_return = |agency: &Agency| {
        let mut own = findings.iter().filter(|finding| finding.subject.agency.as_ref() == Some(&agency.id));
        arrived.contains_key(&agency.id) && !own.any(is_left_out)
    };
    let finding = |agency: &Agency| {
        let due = round.due(agency);
        let is_due = if due < today { "was due" } else { "is due" };
        let (name, agency_due, due) = (&agency.name, due, words::date(due));
        let (found, remedy) = match agency.status {
            // First, because an agency that declined or was reminded may still have sent something.
            _ if is_unsettled(findings, agency) => (
                format!("what {name} sent does not count yet; its workbook {is_due} {due}"),
                Remedy::from("settle what it sent; until then its answers are shown as not returned"),
            ),
            Some(AgencyStatus::Declined) => {
                (format!("{name} declined"), "nothing to do; its answers are shown as not returned".into())
            }
            _ if is_without_return(agency) => (
                format!("the return from {name} came on {} and is no longer here", words::date(arrived[&agency.id])),
                "ask for it again if it should count; until then its answers are shown as not returned".into(),
            ),
            _ if !is_reminded(agency_due, today) => (
                format!("{name} has not returned its workbook, which {is_due} {due}"),
                Remedy::typed(
                    "wait for it; `jtai queries` writes a reminder in the last week before that day",
                    "wait for it; in the last week before that day there is a reminder under Messages",
                ),
            ),
            _ => (
                format!("{name} has not returned its workbook, which {is_due} {due}"),
                Remedy::typed(
                    "`jtai queries` writes a reminder; until then its answers are shown as not returned",
                    "there is a reminder under Messages; until then its answers are shown as not returned",
                ),
            ),
        };
        Finding::new(Code::ReturnMissing, Place::file("returns"), found, "", remedy).about(&agency.id)
    };
    round.agencies.iter().filter(is_missing).map(finding).collect()
}
