//! Checks of the choices against the presentation that is made: its length, its code.

use crate::analysis::Analysis;
use crate::core::finding::{Code, Finding};
use crate::core::quoting::quote;
use crate::documents::deck;
use crate::documents::{Added, Approval, Length, Picks, SlideKey};

/// Findings for the officer's own slides that should follow a slide which a presentation of this length does not have.
pub fn moved(analysis: &Analysis, picks: &Picks, length: Length) -> Vec<Finding> {
    let has_slide = |key: &SlideKey| deck::has_slide(analysis, picks, length, key);
    let is_moved = |added: &&Added| added.after.as_ref().is_some_and(|key| !has_slide(key));
    let finding = |added: &Added| {
        let after = added.after.as_ref().map(ToString::to_string).unwrap_or_default();
        let found = format!("{} is not in this presentation, so your slide comes before the method", quote(&after));
        let expected = "a slide that this length has";
        let remedy = "name a different slide, or leave it";
        Finding::new(Code::ChoiceUnfit, added.after_place.clone(), found, expected, remedy).naming(added.title.as_str())
    };
    picks.added.iter().filter(is_moved).map(finding).collect()
}

/// A finding where the approval is not for this presentation: it is for different answers or choices, or for the other length, whose code
/// `other` gives.
pub fn not_approved(
    approval: &Approval,
    code: &str,
    length: Length,
    other: impl Fn(Length) -> String,
) -> Option<Finding> {
    if approval.runs.iter().any(|approved| approved == code) {
        return None;
    }
    let other = Length::ALL.into_iter().find(|one| *one != length && approval.runs.contains(&other(*one)));
    let codes = quote(&approval.runs.join(", "));
    let (found, remedy) = match other {
        Some(other) => (
            format!("{codes} is the code of the {} presentation, and this one is a draft", other.key()),
            "if this one was approved too, write both codes there, with a comma between; else leave it",
        ),
        None => (
            format!("{codes} is not the code of this presentation, so it is a draft"),
            "look at the presentation as it is now, then write the code of the one that was approved there",
        ),
    };
    let finding = Finding::new(Code::ChoiceUnfit, approval.place.clone(), found, code, remedy);
    Some(finding.naming(approval.runs.join(" ")))
}
