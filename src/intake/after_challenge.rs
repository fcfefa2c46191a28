//! Puts the decisions of challenge meetings beside the answers.
//!
//! All entries about an answer are taken together, whoever wrote them and in whatever order. Where two decide differently, neither counts,
//! and a finding names both.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::answers::AnswerRow;
use super::moderation::{ChallengeStanding, Moderation};
use crate::core::finding::{Code, Finding, Place, Remedy};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::record::{MeetingDecision, MeetingNotes, Moderated, Record};
use crate::round::Round;

/// Notes on each answer what its challenge decided, and gives a finding for each decision that does not count. Changes no self-rating.
pub fn put_to_answers(answers: &mut [AnswerRow], record: &Record, round: &Round) -> Vec<Finding> {
    let mut by_answer: BTreeMap<(&AgencyId, &CriterionId), Vec<&Moderated>> = BTreeMap::new();
    for (moderated, _) in record.moderated() {
        by_answer.entry((&moderated.agency, &moderated.criterion)).or_default().push(moderated);
    }
    // Entries come in the order of their files' names, which are hashes. Sorted, the same decisions always give the same sentences.
    by_answer.values_mut().for_each(|all| all.sort());
    let mut findings = Vec::new();
    for answer in answers.iter_mut() {
        let Some(all) = by_answer.get(&(&answer.agency, &answer.criterion)) else { continue };
        let name = round.agency(&answer.agency).map_or(answer.agency.as_str(), |agency| &agency.name);
        let (moderation, finding) = of_answer(answer, name, all);
        findings.extend(finding.map(|finding| finding.about(&answer.agency).on(&answer.criterion)));
        answer.moderation = moderation;
    }
    let asked: HashSet<(&AgencyId, &CriterionId)> =
        answers.iter().map(|answer| (&answer.agency, &answer.criterion)).collect();
    let unasked = by_answer.iter().filter(|(key, _)| !asked.contains(*key));
    findings.extend(unasked.filter_map(|((agency, criterion), all)| not_asked(agency, criterion, all)));
    findings
}

/// What was decided about one answer, from every row about it, with a finding where it does not count.
fn of_answer(answer: &AnswerRow, name: &str, all: &[&Moderated]) -> (Option<Moderation>, Option<Finding>) {
    let challenged = answer.state.challenged_key();
    // A decision is about the self-rating that the meeting saw. If the agency has changed its rating since, the decision no longer counts.
    let (now, before): (Vec<&Moderated>, Vec<&Moderated>) = all.iter().partition(|one| one.challenged == challenged);
    let decisions: BTreeSet<&MeetingDecision> = now.iter().filter_map(|one| one.decision.as_ref()).collect();
    let earlier: Vec<&&Moderated> = before.iter().filter(|one| one.decision.is_some()).collect();
    let moderation = |standing, of: &[&Moderated]| {
        let files: BTreeSet<&String> = of.iter().map(|one| &one.file).collect();
        Moderation { standing, notes: together(of), files: files.into_iter().cloned().collect() }
    };
    match decisions.iter().collect::<Vec<_>>().as_slice() {
        [only] => (Some(moderation(ChallengeStanding::Decided((**only).clone()), &now)), None),
        [] if !earlier.is_empty() => {
            (Some(moderation(ChallengeStanding::Reopened, all)), Some(reopened(answer, name, &earlier)))
        }
        [] if now.is_empty() => (None, None),
        [] => (Some(moderation(ChallengeStanding::Noted, &now)), Some(undecided(answer, name, &now))),
        _ => (Some(moderation(ChallengeStanding::Contradicted, &now)), Some(contradicted(answer, name, &now))),
    }
}

/// The notes of all rows together. Different notes under one heading are all kept, each once.
fn together(rows: &[&Moderated]) -> MeetingNotes {
    let mut notes = MeetingNotes::default();
    // `all_mut` and `named` have the notes in the same order.
    for (at, text) in notes.all_mut().into_iter().enumerate() {
        let said: BTreeSet<&str> =
            rows.iter().map(|row| row.notes.named()[at].1).filter(|text| !text.is_empty()).collect();
        *text = said.into_iter().collect::<Vec<_>>().join("\n");
    }
    notes
}

/// A list of what each row decided, with its file.
fn sides<'m>(rows: impl Iterator<Item = &'m Moderated>) -> String {
    let side = |row: &Moderated| row.decision.as_ref().map(|decision| format!("{decision} ({})", row.file));
    words::list(&rows.filter_map(side).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>())
}

fn file_of(rows: &[&Moderated]) -> Place {
    Place::file(rows.first().map_or("", |row| row.file.as_str()))
}

fn contradicted(answer: &AnswerRow, name: &str, rows: &[&Moderated]) -> Finding {
    let id = &answer.criterion;
    let said = sides(rows.iter().copied());
    let found = format!("the decisions about {name} on {id} differ: {said}; none of them counts");
    let remedy =
        "ask those who were there, and write the same in both rows; or empty one row, and say that you take it back";
    let finding = Finding::new(Code::ChallengeContradicts, file_of(rows), found, "one decision", remedy);
    finding.naming(said)
}

fn reopened(answer: &AnswerRow, name: &str, earlier: &[&&Moderated]) -> Finding {
    let id = &answer.criterion;
    let said = sides(earlier.iter().map(|row| **row));
    let was: BTreeSet<&str> = earlier.iter().map(|row| words_of(&row.challenged)).collect();
    let was = words::list(&was.into_iter().collect::<Vec<_>>());
    let found = format!(
        "{name} rated {id} {was} when it was challenged, and the answer is now {}: {said} no longer counts",
        answer.state.words()
    );
    let rows: Vec<&Moderated> = earlier.iter().map(|row| **row).collect();
    let remedy = Remedy::typed(
        "look at it again: `jtai challenge` writes a row for it",
        "look at it again, in a new row of a challenge workbook",
    );
    let finding = Finding::new(Code::ChallengeReopened, file_of(&rows), found, "", remedy);
    finding.naming(format!("{} {said}", answer.state.challenged_key()))
}

fn undecided(answer: &AnswerRow, name: &str, rows: &[&Moderated]) -> Finding {
    let found = format!("there are notes about {name} on {}, but no outcome", answer.criterion);
    let expected = "Upheld, Changed or Not agreed, with a name and a date";
    let remedy = "write the outcome; the notes are kept meanwhile";
    Finding::new(Code::ChallengeUnread, file_of(rows), found, expected, remedy).naming("no outcome")
}

/// A finding about a decision on an answer that the agency is no longer asked for.
fn not_asked(agency: &AgencyId, criterion: &CriterionId, all: &[&Moderated]) -> Option<Finding> {
    let said = Some(sides(all.iter().copied())).filter(|said| !said.is_empty())?;
    let found = format!("{agency} is not asked {criterion} now, so this does not count: {said}");
    let finding = Finding::new(Code::DecisionLapsed, file_of(all), found, "", "nothing to do; the record keeps it");
    Some(finding.about(agency).on(criterion).naming(said))
}

/// The words for a self-rating in an entry, where it is a key such as `not_applicable`.
fn words_of(challenged: &str) -> &str {
    match challenged {
        "red" => "Red",
        "amber" => "Amber",
        "green" => "Green",
        "not_applicable" => "Not applicable",
        "unreadable" => "Unreadable",
        _ => "Blank",
    }
}
