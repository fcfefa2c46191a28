//! What people decided about findings and files, looked up by what it is about.

pub mod fitting;
mod cells;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::core::finding::{self, Code, Decision, Finding, Place, Remedy, Settlement};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::record::{Record, Settled};
use crate::response::{Response, ReturnFile};
use crate::round::{Cleared, Round};

/// The decisions of a round that count.
#[derive(Debug, Default)]
pub struct Decisions<'r> {
    by_subject: HashMap<&'r str, Vec<(&'r Settled, Settlement)>>,
    by_file: HashMap<&'r str, Vec<(&'r Settled, Settlement)>>,
    /// The cells that `round.toml` clears.
    in_settings: &'r [Cleared],
}

impl<'r> Decisions<'r> {
    /// Those of a record, with the cells that `round.toml` clears.
    pub fn new(record: &'r Record, round: &'r Round) -> Decisions<'r> {
        let mut decisions = Decisions { in_settings: &round.cleared, ..Decisions::default() };
        for (settled, recorded) in record.settled() {
            let settlement = recorded.settlement(settled);
            if is_about_a_file(settled) {
                decisions.by_file.entry(&settled.sha256).or_default().push((settled, settlement.clone()));
            }
            decisions.by_subject.entry(&settled.hash).or_default().push((settled, settlement));
        }
        decisions
    }

    /// The decision to leave a whole file out; `None` where there is none.
    pub fn set_aside(&self, sha256: &str) -> Option<(&'r Settled, &Settlement)> {
        self.of_file(sha256).find(|(settled, _)| settled.decision == Decision::SetAside)
    }

    /// Whose the file is by somebody's decision.
    pub fn owner(&self, sha256: &str) -> Option<&'r AgencyId> {
        self.of_file(sha256).find_map(|(settled, _)| match &settled.decision {
            Decision::From { agency } => Some(agency),
            _ => None,
        })
    }

    /// Whether somebody decided that this return counts.
    pub fn counts(&self, sha256: &str) -> bool {
        self.of_file(sha256).any(|(settled, _)| settled.decision == Decision::Counts)
    }

    /// The day on which somebody decided that this return counts; `None` where nobody did.
    pub fn counts_since(&self, sha256: &str) -> Option<Date> {
        let decided = self.of_file(sha256).filter(|(settled, _)| settled.decision == Decision::Counts);
        decided.map(|(_, settlement)| settlement.on).max()
    }

    /// Notes the approvals that somebody settled on the returns that they were given for.
    pub fn approve(&self, responses: &mut [Response]) {
        for response in responses {
            let Some((approver, on, settlement)) = self.approval(&response.file.sha256) else { continue };
            response.approved_by = approver.to_string();
            response.approved_on = Some(on);
            response.approval_settled = Some(settlement.clone());
            // Whatever is in the sign-off's cells is not what was approved by.
            response.approval_cells.clear();
        }
    }

    /// Who approved a return and when, by somebody's decision.
    fn approval(&self, sha256: &str) -> Option<(&'r str, Date, &Settlement)> {
        self.of_file(sha256).find_map(|(settled, settlement)| match &settled.decision {
            Decision::Approved { approver, approved_on } => Some((approver.as_str(), *approved_on, settlement)),
            _ => None,
        })
    }

    /// What was decided about a finding that is not numbered yet.
    pub fn on(&self, finding: &Finding) -> Option<&Settlement> {
        self.on_hash(&finding::hash(finding), finding)
    }

    /// The cells of a file whose text was held back and may be read, by their sheets.
    pub fn cleared(&self, sha256: &str) -> impl Iterator<Item = (&'r str, &'r str)> {
        let accepted = self.of_file(sha256).filter(|(settled, _)| settled.decision == Decision::Accept);
        accepted.map(|(settled, _)| (settled.sheet.as_str(), settled.cell.as_str()))
    }

    fn of_file(&self, sha256: &str) -> impl Iterator<Item = (&'r Settled, &Settlement)> {
        self.by_file.get(sha256).into_iter().flatten().map(|(settled, settlement)| (*settled, settlement))
    }

    /// Notes on each finding what was decided about it. The findings must be numbered.
    pub fn settle(&self, findings: &mut [Finding]) {
        for finding in findings.iter_mut().filter(|finding| finding.settled.is_none()) {
            let Some(reference) = &finding.reference else { continue };
            let on_record = self.on_hash(&reference.hash, finding).or_else(|| self.by_approval(finding)).cloned();
            finding.settled = on_record.or_else(|| self.cleared_in_settings(finding));
        }
        cells::settle(findings);
    }

    fn on_hash(&self, hash: &str, finding: &Finding) -> Option<&Settlement> {
        let holds = |(settled, _): &&(&Settled, Settlement)| !settled.this_file_only || is_same_place(settled, finding);
        let about = self.by_subject.get(hash);
        about.into_iter().flatten().find(holds).map(|(_, settlement)| settlement)
    }

    /// The approval that somebody settled, for whatever is wrong with the sign-off of its file.
    fn by_approval(&self, finding: &Finding) -> Option<&Settlement> {
        let sha256 = finding.subject.sha256.as_deref().filter(|_| fitting::is_about_sign_off(finding))?;
        self.approval(sha256).map(|(.., settlement)| settlement)
    }

    /// What an entry `[[cleared]]` decided about a text that was held back.
    fn cleared_in_settings(&self, finding: &Finding) -> Option<Settlement> {
        let ([only], Code::TextHeldBack) = (finding.subject.cells.as_slice(), finding.code) else { return None };
        let sha256 = finding.subject.sha256.as_deref()?;
        let is_it = |cleared: &&Cleared| {
            let is_same_cell = cleared.sheet.eq_ignore_ascii_case(&only.sheet) && cleared.cell == only.cell;
            is_same_cell && cleared.file == finding.place.file && sha256.starts_with(&cleared.sha256)
        };
        let cleared = self.in_settings.iter().find(is_it).filter(|cleared| !cleared.by.trim().is_empty())?;
        let why = "cleared in round.toml".to_string();
        Some(Settlement { decision: Decision::Accept, by: cleared.by.clone(), on: cleared.on?, why })
    }

    /// Cells that decisions on two findings in them read differently, as copies of a round can that were added to apart.
    pub fn differing(&self, findings: &[Finding]) -> Vec<Finding> {
        let decided = |finding: &Finding| {
            let settlement = finding.reference.as_ref().and_then(|own| self.on_hash(&own.hash, finding));
            settlement.filter(|settlement| matches!(settlement.decision, Decision::ReadAs { .. })).cloned()
        };
        cells::differing(findings, decided)
    }

    /// Files that are read otherwise than they say, because somebody decided so.
    pub fn about_files(&self, files: &[ReturnFile]) -> Vec<Finding> {
        let of_file = |file: &'_ ReturnFile| -> Vec<Finding> {
            let decided = self.of_file(&file.sha256);
            let is_shown = |decision: &Decision| matches!(decision, Decision::Counts | Decision::From { .. });
            let decided = decided.filter(|(settled, _)| is_shown(&settled.decision));
            decided.map(|(settled, settlement)| decided_on(file, settled, settlement)).collect()
        };
        files.iter().flat_map(of_file).collect()
    }

    /// Decisions about something in the returns that is not there any more: what it was has changed, or its file is gone.
    pub fn lapsed(&self, findings: &[Finding], files: &[ReturnFile]) -> Vec<Finding> {
        self.lapsed_of(findings, files, false)
    }

    /// The same about something that only a report notices.
    pub fn lapsed_of_report(&self, findings: &[Finding]) -> Vec<Finding> {
        self.lapsed_of(findings, &[], true)
    }

    fn lapsed_of(&self, findings: &[Finding], files: &[ReturnFile], of_report: bool) -> Vec<Finding> {
        let here: HashSet<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
        let open: HashSet<&str> =
            findings.iter().filter_map(|finding| Some(finding.reference.as_ref()?.hash.as_str())).collect();
        let is_lapsed = |(settled, _): &&(&Settled, Settlement)| {
            let is_of_file_here = is_about_a_file(settled) && here.contains(settled.sha256.as_str());
            settled.of_report == of_report && !is_of_file_here && !open.contains(settled.hash.as_str())
        };
        let mut lapsed: Vec<&(&Settled, Settlement)> = self.by_subject.values().flatten().filter(is_lapsed).collect();
        lapsed.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        lapsed.into_iter().map(|(settled, settlement)| lapse(settled, settlement)).collect()
    }
}

/// Whether a decision holds for a finding.
fn holds_for(settled: &Settled, finding: &Finding) -> bool {
    let is_same = finding.reference.as_ref().is_some_and(|reference| reference.hash == settled.hash);
    is_same && (!settled.this_file_only || is_same_place(settled, finding))
}

/// Whether a finding is settled by a decision: one on it, one on another finding in its cell, or the approval of its file.
pub fn settles(settled: &Settled, finding: &Finding, findings: &[Finding]) -> bool {
    let is_same_file = finding.subject.sha256.as_deref() == Some(settled.sha256.as_str());
    let is_by_other = match settled.decision {
        Decision::Approved { .. } => is_same_file && fitting::is_about_sign_off(finding),
        Decision::ReadAs { .. } => {
            findings.iter().any(|other| cells::is_same(other, finding) && holds_for(settled, other))
        }
        _ => false,
    };
    is_by_other || holds_for(settled, finding)
}

/// Whether a decision changes how a file is read, and not only what is said of a finding.
fn is_about_a_file(settled: &Settled) -> bool {
    // A text that was held back and may be read is one of its cells.
    settled.whole_file || (settled.decision == Decision::Accept && settled.this_file_only && !settled.cell.is_empty())
}

/// Whether a decision for one file, or one cell of it, is about where a finding is.
fn is_same_place(settled: &Settled, finding: &Finding) -> bool {
    let subject = &finding.subject;
    let is_same_cell = match subject.cells.as_slice() {
        _ if settled.cell.is_empty() => true,
        [only] => only.sheet == settled.sheet && only.cell == settled.cell,
        _ => false,
    };
    subject.sha256.as_deref() == Some(settled.sha256.as_str()) && is_same_cell
}

fn decided_on(file: &ReturnFile, settled: &Settled, settlement: &Settlement) -> Finding {
    let found = format!("this file is read as you decided on {}", settled.reference);
    let mut finding = Finding::new(Code::ReturnDecided, Place::file(&file.name), found, "", "");
    finding.subject.agency = match &settled.decision {
        Decision::From { agency } => Some(agency.clone()),
        _ => settled.agency.clone(),
    };
    finding.settled = Some(settlement.clone());
    finding.of_file(&file.sha256).naming(format!("{} {}", settled.hash, settled.decision.key()))
}

fn lapse(settled: &Settled, settlement: &Settlement) -> Finding {
    let Settlement { decision, by, on, .. } = settlement;
    let found = format!(
        "{} was {decision} by {by} on {}; what it was about has changed since, or is gone, so the decision no longer holds",
        settled.reference,
        words::date(*on)
    );
    let remedy = Remedy::typed(
        "what is written now is listed by itself; take the old decision back with --withdraw, and this is said no more",
        "what is written now is listed by itself",
    );
    let mut finding = Finding::new(Code::DecisionLapsed, Place::file("record"), found, "", remedy);
    finding.subject.agency.clone_from(&settled.agency);
    finding.naming(format!("{} {}", settled.hash, decision.key()))
}
