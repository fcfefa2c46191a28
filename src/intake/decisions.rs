//! Looks up what people decided about findings and files.

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

/// The decisions that are in force in a round.
#[derive(Debug, Default)]
pub struct Decisions<'r> {
    /// By the hash of the finding's subject, 64 hexadecimal digits.
    by_subject: HashMap<&'r str, Vec<(&'r Settled, Settlement)>>,
    /// Those that change how a file is read, by its SHA-256.
    by_file: HashMap<&'r str, Vec<(&'r Settled, Settlement)>>,
    /// The cells that `round.toml` clears.
    in_settings: &'r [Cleared],
}

impl<'r> Decisions<'r> {
    /// Collects the decisions on record, and the cells that `round.toml` clears.
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

    /// The agency that somebody decided a file is from; `None` where nobody did.
    pub fn owner(&self, sha256: &str) -> Option<&'r AgencyId> {
        self.of_file(sha256).find_map(|(settled, _)| match &settled.decision {
            Decision::From { agency } => Some(agency),
            _ => None,
        })
    }

    /// Whether somebody decided that the return with this SHA-256 counts.
    pub fn counts(&self, sha256: &str) -> bool {
        self.of_file(sha256).any(|(settled, _)| settled.decision == Decision::Counts)
    }

    /// The day on which somebody decided that this return counts; `None` where nobody did.
    pub fn counts_since(&self, sha256: &str) -> Option<Date> {
        let decided = self.of_file(sha256).filter(|(settled, _)| settled.decision == Decision::Counts);
        decided.map(|(_, settlement)| settlement.on).max()
    }

    /// Enters the approvals that somebody settled into the returns they are for.
    pub fn approve(&self, responses: &mut [Response]) {
        for response in responses {
            let Some((approver, on, settlement)) = self.approval(&response.file.sha256) else { continue };
            response.approved_by = approver.to_string();
            response.approved_on = Some(on);
            response.approval_settled = Some(settlement.clone());
            // The approval was given outside the workbook, so the sign-off's cells must not be quoted as its source.
            response.approval_cells.clear();
        }
    }

    /// Who approved a return and when, as somebody settled it.
    fn approval(&self, sha256: &str) -> Option<(&'r str, Date, &Settlement)> {
        self.of_file(sha256).find_map(|(settled, settlement)| match &settled.decision {
            Decision::Approved { approver, approved_on } => Some((approver.as_str(), *approved_on, settlement)),
            _ => None,
        })
    }

    /// The decision about a finding that has no reference yet; `None` where there is none.
    pub fn on(&self, finding: &Finding) -> Option<&Settlement> {
        self.on_hash(&finding::hash(finding), finding)
    }

    /// The cells of a file whose held-back text somebody cleared: sheet and cell.
    pub fn cleared(&self, sha256: &str) -> impl Iterator<Item = (&'r str, &'r str)> {
        let accepted = self.of_file(sha256).filter(|(settled, _)| settled.decision == Decision::Accept);
        accepted.map(|(settled, _)| (settled.sheet.as_str(), settled.cell.as_str()))
    }

    fn of_file(&self, sha256: &str) -> impl Iterator<Item = (&'r Settled, &Settlement)> {
        self.by_file.get(sha256).into_iter().flatten().map(|(settled, settlement)| (*settled, settlement))
    }

    /// Notes on each finding what was decided about it. The findings must have their references.
    pub fn settle(&self, findings: &mut [Finding]) {
        for finding in findings.iter_mut().filter(|finding| finding.settled.is_none()) {
            let Some(reference) = &finding.reference else { continue };
            // A decision on the finding itself comes before an approval of its file, and the record before `round.toml`.
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

    /// The approval that somebody settled for the file of a finding about the sign-off: it settles that finding too.
    fn by_approval(&self, finding: &Finding) -> Option<&Settlement> {
        let sha256 = finding.subject.sha256.as_deref().filter(|_| fitting::is_about_sign_off(finding))?;
        self.approval(sha256).map(|(.., settlement)| settlement)
    }

    /// The clearance of a held-back text by a `[[cleared]]` entry in `round.toml`.
    fn cleared_in_settings(&self, finding: &Finding) -> Option<Settlement> {
        let ([only], Code::TextHeldBack) = (finding.subject.cells.as_slice(), finding.code) else { return None };
        let sha256 = finding.subject.sha256.as_deref()?;
        let is_it = |cleared: &&Cleared| {
            let is_same_cell = cleared.sheet.eq_ignore_ascii_case(&only.sheet) && cleared.cell == only.cell;
            is_same_cell && cleared.file == finding.place.file && sha256.starts_with(&cleared.sha256)
        };
        // An entry without a name or a day clears nothing: the record must say who looked, and when.
        let cleared = self.in_settings.iter().find(is_it).filter(|cleared| !cleared.by.trim().is_empty())?;
        let why = "cleared in round.toml".to_string();
        Some(Settlement { decision: Decision::Accept, by: cleared.by.clone(), on: cleared.on?, why })
    }

    /// A finding for each cell that two decisions read differently. This happens when two copies of a round were worked on apart.
    pub fn differing(&self, findings: &[Finding]) -> Vec<Finding> {
        let decided = |finding: &Finding| {
            let settlement = finding.reference.as_ref().and_then(|own| self.on_hash(&own.hash, finding));
            settlement.filter(|settlement| matches!(settlement.decision, Decision::ReadAs { .. })).cloned()
        };
        cells::differing(findings, decided)
    }

    /// A finding for each file that counts, or is read as from a certain agency, because somebody decided so.
    pub fn about_files(&self, files: &[ReturnFile]) -> Vec<Finding> {
        let of_file = |file: &'_ ReturnFile| -> Vec<Finding> {
            let decided = self.of_file(&file.sha256);
            let is_shown = |decision: &Decision| matches!(decision, Decision::Counts | Decision::From { .. });
            let decided = decided.filter(|(settled, _)| is_shown(&settled.decision));
            decided.map(|(settled, settlement)| decided_on(file, settled, settlement)).collect()
        };
        files.iter().flat_map(of_file).collect()
    }

    /// A finding for each decision about something that is no longer in the returns: the text changed, or its file is gone.
    pub fn lapsed(&self, findings: &[Finding], files: &[ReturnFile]) -> Vec<Finding> {
        self.lapsed_of(findings, files, false)
    }

    /// The same for decisions about what only a report notices. Other commands would call every one of them lapsed.
    pub fn lapsed_of_report(&self, findings: &[Finding]) -> Vec<Finding> {
        self.lapsed_of(findings, &[], true)
    }

    fn lapsed_of(&self, findings: &[Finding], files: &[ReturnFile], of_report: bool) -> Vec<Finding> {
        let here: HashSet<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
        let open: HashSet<&str> =
            findings.iter().filter_map(|finding| Some(finding.reference.as_ref()?.hash.as_str())).collect();
        let is_lapsed = |(settled, _): &&(&Settled, Settlement)| {
            // A decision about a file removes the finding that it was made on. It has not lapsed while the file is here.
            let is_of_file_here = is_about_a_file(settled) && here.contains(settled.sha256.as_str());
            settled.of_report == of_report && !is_of_file_here && !open.contains(settled.hash.as_str())
        };
        let mut lapsed: Vec<&(&Settled, Settlement)> = self.by_subject.values().flatten().filter(is_lapsed).collect();
        lapsed.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        lapsed.into_iter().map(|(settled, settlement)| lapse(settled, settlement)).collect()
    }
}

/// Whether a decision applies to a finding.
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

/// Whether a decision changes how a file is read, beyond closing a finding.
fn is_about_a_file(settled: &Settled) -> bool {
    // Accepting a held-back text clears one cell of the file, so the file is read differently from then on.
    settled.whole_file || (settled.decision == Decision::Accept && settled.this_file_only && !settled.cell.is_empty())
}

/// Whether a decision for one file, or one cell of it, is about the place of a finding.
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
    let found = format!("this file is read as you decided under {}", settled.reference);
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
        "{} was {decision} by {by} on {}; what it was about has since changed or gone, so the decision no longer applies",
        settled.reference,
        words::date(*on)
    );
    let remedy = Remedy::typed(
        "what is written now has a finding of its own; to stop this message, take the old decision back with --withdraw",
        "what is written now has a finding of its own",
    );
    let mut finding = Finding::new(Code::DecisionLapsed, Place::file("record"), found, "", remedy);
    finding.subject.agency.clone_from(&settled.agency);
    finding.naming(format!("{} {}", settled.hash, decision.key()))
}
