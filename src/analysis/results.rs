//! Everything that charts, documents and data say about one round.

use super::actions::Action;
use super::disagreements::Disagreement;
use super::headlines::Headline;
use super::prompts::Prompt;
use super::round_summary::Numbers;
use super::voices::Voice;
use crate::intake::answers::AnswerRow;

/// Everything that charts, deck and data say about one round.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The numbers.
    pub numbers: Numbers,
    /// Every answer, agencies in the round's order and criteria in the theme's.
    pub answers: Vec<AnswerRow>,
    /// What is working well, in the order of the stated rule, which `analysis/voices.rs` states.
    pub strengths: Vec<Voice>,
    /// What agencies are worried about, in the order of the stated rule.
    pub worries: Vec<Voice>,
    /// Agencies' own headlines, in the round's order, by kind and then as they wrote them.
    pub headlines: Vec<Headline>,
    /// Where agencies see the same thing differently, in the order of the stated rule, which `analysis/disagreements.rs` states.
    pub disagreements: Vec<Disagreement>,
    /// What needs to happen, in the order of the stated rule, which `analysis/actions.rs` states.
    pub actions: Vec<Action>,
    /// What leaders and the scrutineer may want to ask. For them only.
    pub prompts: Vec<Prompt>,
}
