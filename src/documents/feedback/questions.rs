//! The questions that an agency is asked at the meeting, put to the agency itself: what the scrutineer's page asks, without anything that
//! quotes, names or counts a different agency.

use crate::analysis::{Prompt, PromptKind};
use crate::core::words;

/// What to ask an agency; `None` where the question is about others whose ratings it may not see.
pub(super) fn to_agency(prompt: &Prompt, sees_others: bool) -> Option<String> {
    let question = match prompt.kind {
        PromptKind::RedWithoutAction => {
            "You rate yourself Red and do not say what needs to happen. What will change, and who leads?"
        }
        PromptKind::RedActionAfterFieldwork => {
            "Your action is due after fieldwork starts. What changes for children before then?"
        }
        PromptKind::MayIdentifyChild => {
            "We hold back a text of yours, because it may identify a child. Is it out of the file that you sent?"
        }
        PromptKind::ApprovalMissing => "Who answers for your ratings?",
        // That there are such ratings is what the spread says, so it is asked only where that is shown.
        PromptKind::TwoStepsApart if !sees_others => return None,
        PromptKind::TwoStepsApart => {
            "Agencies are as far apart here as Green and Red. What do you see that others may not, and what may they see?"
        }
        PromptKind::NotApplicableThoughNamed => {
            "This is asked of agencies such as yours by name. What makes it not applicable to you?"
        }
        // Asked because of a partner's words, which are the partner's.
        PromptKind::NotApplicableThoughPartner => "You say that this does not apply to you. What makes it so?",
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
        PromptKind::SameRating => "You give one rating throughout. Of which are you least sure?",
        PromptKind::SameText => "You write the same in every row. Is it about each statement?",
    };
    Some(question.to_string())
}

/// "Your action has no role that leads and no date. Who leads and by when?"
fn of_action(prompt: &Prompt) -> String {
    let with: Vec<&str> = prompt.lacks.iter().map(|lack| lack.words()).collect();
    let asks: Vec<&str> = prompt.lacks.iter().map(|lack| lack.question()).collect();
    format!("Your action has {}. {}?", words::list(&with), words::capitalised(words::list(&asks).as_str()))
}
