//! Everything that charts, documents and data say about one round.

use super::actions::Action;
use super::change::RoundChange;
use super::disagreements::Disagreement;
use super::headlines::Headline;
use super::prompts::Prompt;
use super::round_summary::Numbers;
use super::voices::Voice;
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::HeadlineKind;
use crate::intake::answers::AnswerRow;

/// Everything that charts, deck and data say about one round.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The numbers.
    pub numbers: Numbers,
    /// Every answer, agencies in the round's order and criteria in the theme's.
    pub answers: Vec<AnswerRow>,
    /// What is working well, in the order of the rule in `analysis/voices.rs`.
    pub strengths: Vec<Voice>,
    /// What agencies are worried about, in the order of the same rule.
    pub worries: Vec<Voice>,
    /// Agencies' own headlines, in the round's order, by kind and then as they wrote them.
    pub headlines: Vec<Headline>,
    /// Where agencies see the same thing differently, in the order of the rule in `analysis/disagreements.rs`.
    pub disagreements: Vec<Disagreement>,
    /// What needs to happen, in the order of the rule in `analysis/actions.rs`.
    pub actions: Vec<Action>,
    /// What leaders and the scrutineer may want to ask. Never for inspectors.
    pub prompts: Vec<Prompt>,
    /// Change since the round before; `None` in a round that follows no other.
    pub change: Option<RoundChange>,
}

impl Analysis {
    /// An agency's own line on a statement; `None` if it wrote none, or one that a person must look at first.
    pub fn own_line(&self, kind: HeadlineKind, criterion: &CriterionId, agency: &AgencyId) -> Option<&str> {
        let is_it = |line: &&Headline| {
            line.kind == kind
                && line.criterion.as_ref() == Some(criterion)
                && line.agency == *agency
                && line.is_for_rule()
        };
        self.headlines.iter().find(is_it).map(|line| line.line.as_str())
    }
}
