//! Finds entries of the record that contradict each other, as when two copies of a round were added to separately. A person decides which
//! is right, never the order in time.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, EntryId, Issued, Recorded, Settled};
use super::issued::IssuedWorkbook;
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::ids::AgencyId;
use crate::core::words;

/// The questions that entries answer differently, so that none of the answers counts.
pub(super) fn questions(entries: &BTreeMap<EntryId, Recorded>) -> BTreeSet<String> {
    let mut answers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (question, answer) in entries.values().filter_map(|recorded| recorded.entry.claim()) {
        answers.entry(question).or_default().insert(answer);
    }
    answers.into_iter().filter(|(_, answers)| answers.len() > 1).map(|(question, _)| question).collect()
}

/// A finding for each contradiction, and for each workbook that is noted as sent on different days.
pub(super) fn findings<'r>(
    workbooks: &BTreeMap<AgencyId, Vec<IssuedWorkbook>>,
    entries: impl Iterator<Item = &'r Recorded>,
    questions: &BTreeSet<String>,
) -> Vec<Finding> {
    let of_workbooks = workbooks.values().flat_map(|all| two_issued(all).into_iter().chain(days_differ(all)));
    of_workbooks.chain(decisions_differ(entries, questions)).collect()
}

/// Findings about different decisions on the same finding.
fn decisions_differ<'r>(entries: impl Iterator<Item = &'r Recorded>, questions: &BTreeSet<String>) -> Vec<Finding> {
    let mut differing: BTreeMap<String, Vec<(&Settled, &Recorded)>> = BTreeMap::new();
    for recorded in entries.filter(|recorded| recorded.entry.is_one_of(questions)) {
        if let Entry::Settled(settled) = &recorded.entry {
            // By question, so that decisions on different findings about the same file are compared too.
            differing.entry(settled.claim().0).or_default().push((settled, recorded));
        }
    }
    let finding = |decisions: Vec<(&Settled, &Recorded)>| {
        let said: Vec<String> = decisions
            .iter()
            .map(|(settled, recorded)| {
                format!("{} by {} on {}", settled.decision, recorded.by, words::date(recorded.on))
            })
            .collect();
        let (first, _) = decisions.first()?;
        let found = format!("decisions on {} differ: {}; none of them counts", first.reference, words::list(&said));
        let remedy = Remedy::typed(
            "settle it again with `jtai settle`: the new decision replaces them all",
            "decide about it again: the new decision replaces them all",
        );
        let place = Place::file("record");
        let mut finding = Finding::new(Code::RecordContradicts, place, found, "one decision", remedy);
        finding.subject.agency.clone_from(&first.agency);
        Some(finding.naming(format!("settled {}", first.hash)))
    };
    differing.into_values().filter_map(finding).collect()
}

/// The finding that two workbooks have the code of an agency's last one. An earlier one does not matter any more: a later one, with its own
/// code, has replaced it.
fn two_issued(workbooks: &[IssuedWorkbook]) -> Option<Finding> {
    let workbook = workbooks.last().filter(|last| last.is_contradicted)?;
    let Issued { name, return_code, agency, .. } = &workbook.issued;
    let found = format!(
        "two different workbooks were issued to {name} under the return code {return_code}, the last on {}; neither counts",
        words::date(workbook.written_on)
    );
    let remedy = Remedy::typed(
        "run `jtai issue`: it writes a workbook with a code of its own, to send in their place",
        "write the workbooks: you get one with a code of its own, to send in their place",
    );
    let finding =
        Finding::new(Code::RecordContradicts, Place::file("record"), found, "one workbook for each code", remedy);
    Some(finding.about(agency).naming(return_code.as_str()))
}

/// Findings about workbooks that copies of the round note as sent on different days. They count as sent all the same.
fn days_differ(workbooks: &[IssuedWorkbook]) -> Vec<Finding> {
    let finding = |workbook: &IssuedWorkbook| {
        let Issued { name, return_code, agency, .. } = &workbook.issued;
        let days: Vec<String> =
            workbook.sent_on.iter().chain(&workbook.other_days).map(|day| words::date(*day)).collect();
        let found = format!(
            "the workbook of {name} with the return code {return_code} is noted as sent on {}",
            words::list(&days)
        );
        let remedy = Remedy::typed(
            format!("say which with `jtai sent {agency} --on DAY`, as in --on 2026-12-09"),
            "say under Messages on which day you sent it",
        );
        let finding = Finding::new(Code::RecordContradicts, Place::file("record"), found, "one day", remedy);
        finding.about(agency).naming(format!("sent {return_code}"))
    };
    workbooks.iter().filter(|workbook| !workbook.other_days.is_empty()).map(finding).collect()
}
