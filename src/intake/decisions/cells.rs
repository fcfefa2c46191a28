//! Makes a decision about one finding in a cell settle the cell's other findings: a cell is read as one value.

use std::collections::BTreeMap;

use super::fitting::{self, DecisionKind};
use crate::core::finding::{Code, Decision, Finding, Place, ReadAs, Remedy, Settlement};
use crate::core::ids::CriterionId;
use crate::core::words;
use crate::form::Field;

/// A cell of the table in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct AnswerCell<'f> {
    sha256: &'f str,
    criterion: &'f CriterionId,
    field: Field,
}

impl<'f> AnswerCell<'f> {
    fn new(finding: &'f Finding) -> Option<AnswerCell<'f>> {
        let subject = &finding.subject;
        let sha256 = subject.sha256.as_deref()?;
        Some(AnswerCell { sha256, criterion: subject.criterion.as_ref()?, field: subject.field? })
    }
}

/// Whether two findings are about the same cell of the table.
pub(super) fn is_same(a: &Finding, b: &Finding) -> bool {
    AnswerCell::new(a).is_some_and(|cell| AnswerCell::new(b) == Some(cell))
}

/// Settles the other findings in a cell by the value that one of them is read as. Where two are read as different values, none is settled.
pub(super) fn settle(findings: &mut [Finding]) {
    let mut readings: BTreeMap<AnswerCell<'_>, Vec<(ReadAs, usize)>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let decision = finding.settled.as_ref().map(|settled| &settled.decision);
        if let (Some(Decision::ReadAs { value }), Some(cell)) = (decision, AnswerCell::new(finding)) {
            readings.entry(cell).or_default().push((*value, at));
        }
    }
    let mut now: Vec<(usize, Option<Settlement>)> = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        let Some(read) = AnswerCell::new(finding).and_then(|cell| readings.get(&cell)) else { continue };
        let Some((value, first)) = read.first() else { continue };
        let settlement = findings[*first].settled.as_ref();
        // This happens after two copies of a round were merged. `differing` tells the officer.
        if read.iter().any(|(other, _)| other != value) {
            now.extend(read.iter().any(|(_, own)| *own == at).then_some((at, None)));
        } else if let Some(settlement) = settlement.filter(|_| finding.settled.is_none()) {
            // A finding that cannot be settled this way keeps waiting for a decision of its own.
            let is_fit = fitting::possible(finding).contains(&DecisionKind::new(&settlement.decision));
            now.extend(is_fit.then(|| (at, Some(settlement.clone()))));
        }
    }
    for (at, settled) in now {
        findings[at].settled = settled;
    }
}

/// A finding for each cell that two decisions read as different values. `decided` gives the decision on record.
pub(super) fn differing(findings: &[Finding], decided: impl Fn(&Finding) -> Option<Settlement>) -> Vec<Finding> {
    let mut readings: BTreeMap<AnswerCell<'_>, Vec<(&Finding, Settlement)>> = BTreeMap::new();
    for finding in findings {
        if let (Some(settlement), Some(cell)) = (decided(finding), AnswerCell::new(finding)) {
            readings.entry(cell).or_default().push((finding, settlement));
        }
    }
    let contradiction = |read: Vec<(&Finding, Settlement)>| {
        let (first, settlement) = read.first()?;
        read.iter().find(|(_, other)| other.decision != settlement.decision)?;
        let said = |(finding, settlement): &(&Finding, Settlement)| {
            let Settlement { decision, by, on, .. } = settlement;
            format!("{} {decision} by {by} on {}", finding.reference_text(), words::date(*on))
        };
        let said: Vec<String> = read.iter().map(said).collect();
        let found =
            format!("decisions about one cell, {}, differ: {}; none of them counts", first.place, words::list(&said));
        let remedy = Remedy::typed(
            "settle one of them again with `jtai settle`: the new decision replaces them all",
            "decide about one of them again: the new decision replaces them all",
        );
        let mut contradiction =
            Finding::new(Code::RecordContradicts, Place::file("record"), found, "one decision", remedy);
        contradiction.subject.agency.clone_from(&first.subject.agency);
        let hash = first.reference.as_ref().map_or("", |reference| reference.hash.as_str());
        Some(contradiction.naming(format!("settled {hash}")))
    };
    readings.into_values().filter_map(contradiction).collect()
}
