//! Which answers the presentation quotes. Only those are asked "Green with a worry: how are both true?", because inspectors will read
//! both. Asked of every such answer, it would be the same question many times over, so the rest are only counted.

use std::collections::BTreeSet;

use super::deck::Deck;
use crate::analysis::{Numbers, Prompt, PromptKind, sentences};
use crate::core::ids::{AgencyId, CriterionId};

/// The answers that a presentation quotes, in full or in the agency's own line.
pub fn quoted_answers(deck: &Deck) -> BTreeSet<(CriterionId, AgencyId)> {
    let of_slides =
        deck.slides.iter().flat_map(|slide| slide.quotes().iter().map(|quote| (&quote.criterion, &quote.agency)));
    // Only the first two columns: cards in the third are actions, and quote no strength or worry.
    let cards = deck.slides.iter().flat_map(|slide| slide.signs()).flat_map(|signs| &signs.columns[..2]);
    let of_cards = cards.flat_map(|column| &column.cards).flatten().map(|card| (&card.criterion, &card.agency));
    of_slides.chain(of_cards).map(|(criterion, agency)| (criterion.clone(), agency.clone())).collect()
}

/// Whether a prompt is asked, rather than only counted.
pub fn is_asked(prompt: &Prompt, quoted: &BTreeSet<(CriterionId, AgencyId)>) -> bool {
    let is_quoted = || {
        let answer = prompt.criterion.clone().zip(prompt.agency.clone());
        answer.is_some_and(|answer| quoted.contains(&answer))
    };
    prompt.kind != PromptKind::GreenWithWorry || is_quoted()
}

/// A sentence on how many answers have a sign but are not asked about; empty if there are none.
pub fn only_counted(numbers: &Numbers, prompts: &[Prompt], quoted: &BTreeSet<(CriterionId, AgencyId)>) -> String {
    let rest: Vec<&CriterionId> = prompts
        .iter()
        .filter(|prompt| !is_asked(prompt, quoted))
        .filter_map(|prompt| prompt.criterion.as_ref())
        .collect();
    if rest.is_empty() {
        return String::new();
    }
    let counted = sentences::on_each_basis(numbers, "more answer", rest);
    format!(
        "{counted}: Green, with a worry stated. The presentation does not quote them, so they are counted here and not listed one by one."
    )
}
