//! The questions for the meeting, worded for the agency itself: those of the scrutineer's page, without anything that quotes, names or
//! counts a different agency.

use crate::analysis::{Prompt, PromptKind};
use crate::core::words;

/// What to ask an agency; `None` if the question is about others whose ratings it may not see.
pub(super) fn to_agency(prompt: &Prompt, sees_others: bool) -> Option<String> {
    let question = match prompt.kind {
        PromptKind::RedWithoutAction => {
            "You rate yourself Red and do not say what needs to happen. What will change, and who leads?"
        }
        PromptKind::RedActionAfterFieldwork => {
            "Your action is due after fieldwork starts. What changes for children before then?"
        }
        PromptKind::MayIdentifyChild => {
            "We have held back a text of yours because it may identify a child. Have you taken it out of the file?"
        }
        PromptKind::ApprovalMissing => "Who answers for your ratings?",
        // The question gives away that some are Red and some Green, so it is asked only where the spread is shown anyway.
        PromptKind::TwoStepsApart if !sees_others => return None,
        PromptKind::TwoStepsApart => {
            "Some agencies are Green here and others Red. What might you see that they do not, and what might they see?"
        }
        PromptKind::NotApplicableThoughNamed => {
            "This statement names agencies like yours. Why does it not apply to you?"
        }
        // It is asked because of what a partner wrote. Those words stay with the partner, so they are not mentioned here.
        PromptKind::NotApplicableThoughPartner => "You say that this does not apply to you. Why not?",
        PromptKind::GreenWithoutEvidence => {
            "You rate yourself Green and name no evidence. What could somebody else look at?"
        }
        PromptKind::GreenWithWorry => "You rate yourself Green and state a worry. How are both true?",
        PromptKind::HigherWithoutNewEvidence => {
            "You rate yourself higher than in the round before, and your evidence is the same as then. What shows the change?"
        }
        PromptKind::SampleWithoutSize => "How many were in your sample, and who chose them?",
        PromptKind::EvidenceOfScrutineer => "Your evidence is the scrutineer's own report. What evidence is your own?",
        PromptKind::ActionIncomplete => return Some(of_action(prompt)),
        PromptKind::SameRating => "You give the same rating throughout. Which are you least sure of?",
        PromptKind::SameText => "You write the same in every row. Is it true of each statement?",
    };
    Some(question.to_string())
}

/// "Your action has no role that leads and no date. Who leads and by when?"
fn of_action(prompt: &Prompt) -> String {
    let with: Vec<&str> = prompt.lacks.iter().map(|lack| lack.words()).collect();
    let asks: Vec<&str> = prompt.lacks.iter().map(|lack| lack.question()).collect();
    format!("Your action has {}. {}?", words::list(&with), words::capitalised(words::list(&asks).as_str()))
}
