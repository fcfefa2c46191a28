//! Prompts of one kind together, so that a leader reads each question once, with all agencies it is for.

use std::collections::HashMap;

use super::prompts::{Lack, Prompt, PromptKind};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;

/// Prompts that ask the same.
#[derive(Debug, Clone, PartialEq)]
pub struct PromptGroup<'a> {
    /// Their kind.
    pub kind: PromptKind,
    /// What to ask all of them.
    pub wording: String,
    /// The prompts, in their order.
    pub prompts: Vec<&'a Prompt>,
}

/// Groups prompts that ask the same. A group takes the place of its first prompt; `name` gives the names of agencies.
pub fn grouped<'a>(prompts: &[&'a Prompt], name: impl Fn(&AgencyId) -> String) -> Vec<PromptGroup<'a>> {
    let mut groups: Vec<PromptGroup<'a>> = Vec::new();
    for &prompt in prompts {
        let is_same = |group: &&mut PromptGroup<'a>| {
            group.kind == prompt.kind && group.prompts[0].lacks == prompt.lacks && asks_the_same(prompt.kind)
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.prompts.push(prompt),
            None => {
                groups.push(PromptGroup { kind: prompt.kind, wording: prompt.wording.clone(), prompts: vec![prompt] });
            }
        }
    }
    for group in groups.iter_mut().filter(|group| group.prompts.len() > 1) {
        group.wording = wording(group, &name);
    }
    groups
}

/// Whether prompts of this kind differ only in agency and statement. Prompts of other kinds each say something of their own.
fn asks_the_same(kind: PromptKind) -> bool {
    !matches!(
        kind,
        PromptKind::TwoStepsApart
            | PromptKind::SameRating
            | PromptKind::SameText
            | PromptKind::NotApplicableThoughPartner
    )
}

/// The most agencies that one prompt names. A thousand would fill pages, and `analysis.xlsx` has a row for each.
const MOST_AGENCIES_NAMED: usize = 100;

/// What to ask of several.
fn wording(group: &PromptGroup<'_>, name: &impl Fn(&AgencyId) -> String) -> String {
    let mut about: Vec<(&AgencyId, Vec<&CriterionId>)> = Vec::new();
    let mut places: HashMap<&AgencyId, usize> = HashMap::new();
    for prompt in &group.prompts {
        let Some(agency) = &prompt.agency else { continue };
        let place = *places.entry(agency).or_insert(about.len());
        if place == about.len() {
            about.push((agency, Vec::new()));
        }
        about[place].1.extend(&prompt.criterion);
    }
    for (_, statements) in &mut about {
        // Two texts of one answer may be held back.
        statements.dedup();
    }
    let who = |(agency, statements): &(&AgencyId, Vec<&CriterionId>)| match statements.as_slice() {
        [] => name(agency),
        statements => {
            let ids: Vec<&str> = statements.iter().map(|id| id.as_str()).collect();
            format!("{} on {}", name(agency), words::list(&ids))
        }
    };
    let (says, question) = asked(group.kind, &group.prompts[0].lacks, about.len() == 1);
    match about.as_slice() {
        [(agency, statements)] => {
            let ids: Vec<&str> = statements.iter().map(|id| id.as_str()).collect();
            let on = if ids.is_empty() { String::new() } else { format!(" on {}", words::list(&ids)) };
            format!("{} {says}{on}: {question}?", name(agency))
        }
        several => {
            let mut all: Vec<String> = several.iter().take(MOST_AGENCIES_NAMED).map(who).collect();
            if let Some(more) = several.len().checked_sub(MOST_AGENCIES_NAMED).filter(|more| *more > 0) {
                all.push(format!("and {} more", words::number(more)));
            }
            let question = words::capitalised(&question);
            format!("{} {says}: {}. {question}?", words::count(several.len(), "agency"), all.join("; "))
        }
    }
}

/// What one agency or several do, and what to ask them.
fn asked(kind: PromptKind, lacks: &[Lack], is_one: bool) -> (String, String) {
    let of = |one: &str, several: &str| if is_one { one.to_string() } else { several.to_string() };
    match kind {
        PromptKind::MayIdentifyChild => (
            of(
                "has texts that are held back because they may identify a child",
                "have texts that are held back because they may identify a child",
            ),
            "have they been taken out of the files".into(),
        ),
        PromptKind::ApprovalMissing => {
            (of("has recorded no approval", "have recorded no approval"), "who answers for the ratings".into())
        }
        PromptKind::NotApplicableThoughNamed => (
            of(
                "says that statements that name its group are not applicable",
                "say that statements that name their group are not applicable",
            ),
            "why do they not apply".into(),
        ),
        PromptKind::RedWithoutAction => (
            of(
                "rates itself Red and does not say what needs to happen",
                "rate themselves Red and do not say what needs to happen",
            ),
            "what will change, and who leads".into(),
        ),
        PromptKind::GreenWithoutEvidence => (
            of("rates itself Green and names no evidence", "rate themselves Green and name no evidence"),
            "what could somebody else look at".into(),
        ),
        PromptKind::GreenWithWorry => (
            of("rates itself Green and states a worry", "rate themselves Green and state a worry"),
            "how are both true".into(),
        ),
        PromptKind::HigherWithoutNewEvidence | PromptKind::RedActionAfterFieldwork => {
            let ([one, several], question) = of_time(kind);
            (of(one, several), question.into())
        }
        PromptKind::SampleWithoutSize | PromptKind::EvidenceOfScrutineer => {
            let (what, question) = of_evidence(kind);
            (of(&format!("names {what}"), &format!("name {what}")), question.into())
        }
        PromptKind::ActionIncomplete => {
            let with: Vec<&str> = lacks.iter().map(|lack| lack.words()).collect();
            let asks: Vec<&str> = lacks.iter().map(|lack| lack.question()).collect();
            let says = of("has actions", "have actions");
            (format!("{says} with {}", words::list(&with)), words::list(&asks))
        }
        PromptKind::TwoStepsApart
        | PromptKind::SameRating
        | PromptKind::SameText
        | PromptKind::NotApplicableThoughPartner => Default::default(),
    }
}

/// The same for the kinds that compare with an earlier round or a later date: for one agency, for several, and the question.
fn of_time(kind: PromptKind) -> ([&'static str; 2], &'static str) {
    match kind {
        PromptKind::HigherWithoutNewEvidence => (
            [
                "rates itself higher than in the round before, with the same evidence,",
                "rate themselves higher than in the round before, with the same evidence",
            ],
            "what shows the change",
        ),
        _ => (
            [
                "rates itself Red, with an action that is due after fieldwork starts,",
                "rate themselves Red, with actions that are due after fieldwork starts",
            ],
            "what changes for children before then",
        ),
    }
}

/// What agencies name as evidence, and what to ask them.
fn of_evidence(kind: PromptKind) -> (&'static str, &'static str) {
    match kind {
        PromptKind::SampleWithoutSize => {
            ("a sample as evidence without saying how large it was", "how many, and who chose them")
        }
        _ => ("the scrutineer's own report as evidence", "what evidence is their own"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(kind: PromptKind, agency: &str, criterion: &str, lacks: &[Lack]) -> Prompt {
        Prompt {
            kind,
            agency: Some(AgencyId(agency.into())),
            criterion: Some(CriterionId(criterion.into())).filter(|id| !id.as_str().is_empty()),
            source: Default::default(),
            wording: format!("{agency} alone"),
            question: String::new(),
            lacks: lacks.to_vec(),
        }
    }

    #[test]
    fn what_asks_the_same_is_one_question_to_all_whom_it_is_for() {
        use PromptKind::{ActionIncomplete, ApprovalMissing, GreenWithWorry, RedWithoutAction, SameRating};
        let prompts = [
            prompt(ApprovalMissing, "police", "", &[]),
            prompt(ApprovalMissing, "schools", "", &[]),
            prompt(RedWithoutAction, "police", "T-1", &[]),
            prompt(GreenWithWorry, "police", "T-2", &[]),
            prompt(GreenWithWorry, "police", "T-3", &[]),
            prompt(ActionIncomplete, "police", "T-1", &[Lack::Lead]),
            prompt(ActionIncomplete, "police", "T-2", &[Lack::Lead, Lack::Date]),
            prompt(ActionIncomplete, "schools", "T-2", &[Lack::Lead]),
            prompt(ActionIncomplete, "schools", "T-3", &[Lack::Lead]),
            prompt(SameRating, "police", "", &[]),
            prompt(SameRating, "schools", "", &[]),
        ];
        let groups = grouped(&prompts.iter().collect::<Vec<_>>(), |id| words::capitalised(id.as_str()));
        let said: Vec<&str> = groups.iter().map(|group| group.wording.as_str()).collect();
        let expected = [
            "2 agencies have recorded no approval: Police; Schools. Who answers for the ratings?",
            "police alone",
            "Police rates itself Green and states a worry on T-2 and T-3: how are both true?",
            "2 agencies have actions with no role that leads: Police on T-1; Schools on T-2 and T-3. Who leads?",
            "police alone",
            "police alone",
            "schools alone",
        ];
        assert_eq!(said, expected);
        assert_eq!(groups.iter().map(|group| group.prompts.len()).sum::<usize>(), prompts.len());
    }
}
