//! What the officer chose, held against the answers as they are now.

use super::entry::{Choice, Choices, OwnSlide};
use crate::analysis::{Analysis, Voice};
use crate::core::fields::nearest;
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::ids::CriterionId;
use crate::core::quoting::quote;
use crate::documents::SlideKey;
use crate::documents::deck;
use crate::documents::{Added, Picked, Picks};

/// Holds the choices against the answers: what fits goes on, and what does not is named. Nothing that no longer fits stands on a slide.
pub fn resolve(choices: &Choices, analysis: &Analysis) -> Checked<Picks> {
    let mut findings = Vec::new();
    let keys = deck::keys(analysis);
    let mut picks = Picks {
        approval: choices.approval.clone(),
        strengths: voices(
            &choices.strengths,
            &analysis.strengths,
            analysis,
            "a Green with evidence named",
            &mut findings,
        ),
        worries: voices(
            &choices.worries,
            &analysis.worries,
            analysis,
            "a worry with a Red or Amber rating",
            &mut findings,
        ),
        differences: differences(choices, analysis, &mut findings),
        context: choices.context.clone(),
        known_issues: choices.known_issues.clone(),
        ..Picks::default()
    };
    for (key, place) in &choices.left_out {
        if deck::ALWAYS_SHOWN.iter().any(|shown| is_called(shown, key)) {
            let found = format!(
                "{} cannot be left out: what it is, who is not in the picture, what all ratings are and how it was counted are always shown",
                quote(key)
            );
            findings.push(unfit(place.clone(), found, "an empty cell", "take the Yes away"));
        } else if let Some(key) = key_of_slide(key, place, &keys, &mut findings) {
            picks.left_out.insert(key);
        }
    }
    for (key, place) in &choices.shown {
        match key_of_slide(key, place, &keys, &mut findings) {
            Some(key) if deck::SHOWN_ON_REQUEST.contains(&key) => {
                picks.shown.insert(key);
            }
            Some(key) => {
                let found = format!("{} is shown unless you leave it out", quote(&key.to_string()));
                findings.push(unfit(place.clone(), found, "an empty cell", "take the Yes away"));
            }
            None => {}
        }
    }
    for (key, headline, place) in &choices.headlines {
        if !deck::has_headline_room(headline) {
            let found = format!("{} takes more than two lines, so the rule's headline is used", quote(headline));
            findings.push(unfit(place.clone(), found, "two lines at most", "shorten it"));
        } else if let Some(key) = key_of_slide(key, place, &keys, &mut findings) {
            picks.headlines.insert(key, headline.clone());
        }
    }
    picks.added = own_slides(&choices.added, &keys, &mut findings);
    Checked { output: picks, findings }
}

/// The officer's own slides that have room; one without is left out. One that is meant to follow a slide that there is not goes where there
/// is room for it.
fn own_slides(all: &[OwnSlide], keys: &[SlideKey], findings: &mut Vec<Finding>) -> Vec<Added> {
    let mut fitting = Vec::new();
    for added in all {
        let OwnSlide { title, text, after, place, after_place } = added.clone();
        let after = if after.is_empty() { None } else { key_of_slide(&after, &after_place, keys, findings) };
        let slide = Added { title, text, after, place, after_place };
        if deck::has_headline_room(&slide.title) {
            fitting.push(slide);
            continue;
        }
        let found = format!("{} takes more than two lines", quote(&slide.title));
        let remedy = "shorten it; until then the slide is left out";
        findings.push(unfit(added.place.clone(), found, "a title of two lines at most", remedy));
    }
    fitting
}

fn is_called(slide: &SlideKey, written: &str) -> bool {
    slide.to_string().eq_ignore_ascii_case(written)
}

/// The slide that is meant by what the officer wrote; a finding where there is none.
fn key_of_slide(key: &str, place: &Place, keys: &[SlideKey], findings: &mut Vec<Finding>) -> Option<SlideKey> {
    let found = keys.iter().find(|known| is_called(known, key)).cloned();
    if found.is_none() {
        let what = format!("{} is not a slide of this presentation", quote(key));
        findings.push(unfit(place.clone(), what, "a name from the sheet Slides", "correct it"));
    }
    found
}

/// The chosen words that can still stand on a slide; `None` where there are none.
fn voices(
    chosen: &[Choice],
    eligible: &[Voice],
    analysis: &Analysis,
    expected: &str,
    findings: &mut Vec<Finding>,
) -> Option<Vec<Picked>> {
    let name = |voice: &Voice| analysis.numbers.agency(&voice.agency).map_or("", |agency| agency.name.as_str());
    let mut picked: Vec<Picked> = Vec::new();
    for choice in chosen {
        let is_it = |voice: &&Voice| {
            voice.criterion.as_str().eq_ignore_ascii_case(&choice.reference)
                && name(voice).to_lowercase() == choice.agency.to_lowercase()
        };
        let of = format!("the answer of {} to {}", quote(&choice.agency), quote(&choice.reference));
        if let Some(finding) = unknown(choice, analysis) {
            findings.push(finding);
            continue;
        }
        let mut refuse = |place: &Place, found: String, expected: &str, remedy: &str| {
            findings.push(unfit(place.clone(), found, expected, remedy));
        };
        let Some(voice) = eligible.iter().find(is_it) else {
            refuse(
                &choice.place,
                format!("{of} can no longer be chosen here"),
                expected,
                "choose a different one, or ask the agency",
            );
            continue;
        };
        if picked.iter().any(|other| other.voice == *voice) {
            refuse(&choice.place, format!("{of} is chosen twice"), "each answer once", "take one of the numbers away");
            continue;
        }
        if !choice.own_words.is_empty() && same(&choice.own_words) != same(&voice.words) {
            let found = format!(
                "the words of {} on {} changed after they were chosen",
                quote(&choice.agency),
                choice.reference
            );
            let remedy =
                "look at the new words, and at your wording; then number the row of the new words and empty this one";
            let found = format!("{found}, so they are not on the slide");
            refuse(&choice.words_place, found, "the words as they were", remedy);
            continue;
        }
        let shown = if choice.wording.is_empty() { &voice.words } else { &choice.wording };
        if !deck::has_quote_room(voice, shown) {
            refuse(
                &choice.place,
                format!("{of} is too long for a slide, so it is in the annex only"),
                "a slide of text at most",
                "write a shorter wording beside it",
            );
            continue;
        }
        picked.push(Picked { voice: voice.clone(), wording: choice.wording.clone() });
    }
    // Where nothing that was chosen can stand, the rule picks, and the slide says so.
    if picked.is_empty() { None } else { Some(picked) }
}

/// What a row names that there is not: a Ref or an agency, as a slip of the pen or a cell that was emptied.
fn unknown(choice: &Choice, analysis: &Analysis) -> Option<Finding> {
    let refs: Vec<&str> = analysis.numbers.criteria.iter().map(|summary| summary.criterion.id.as_str()).collect();
    let names: Vec<&str> = analysis.numbers.agencies.iter().map(|agency| agency.name.as_str()).collect();
    let among = |what: &str, written: &str, place: &Place, known: &[&str]| {
        if known.iter().any(|one| one.to_lowercase() == written.to_lowercase()) {
            return None;
        }
        let found = match written {
            "" => format!("the {what} of this row is gone"),
            _ if what == "agency" => format!("{} is not an agency of this round", quote(written)),
            _ => format!("{} is not a {what} of this round", quote(written)),
        };
        let remedy = match nearest(written, known).filter(|_| !written.is_empty()) {
            Some(near) => format!("did you mean {near}?"),
            None => "put back what was there".into(),
        };
        Some(unfit(place.clone(), found, "what was there before", &remedy))
    };
    among("Ref", &choice.reference, &choice.reference_place, &refs)
        .or_else(|| among("agency", &choice.agency, &choice.agency_place, &names))
}

/// A text without its blanks: programs that save a workbook change them.
fn same(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn differences(choices: &Choices, analysis: &Analysis, findings: &mut Vec<Finding>) -> Option<Vec<CriterionId>> {
    let mut picked = Vec::new();
    for (reference, place) in &choices.differences {
        let is_it = |id: &CriterionId| id.as_str().eq_ignore_ascii_case(reference);
        match analysis.disagreements.iter().find(|one| is_it(&one.criterion)) {
            Some(one) if picked.contains(&one.criterion) => {
                let found = format!("{} is chosen twice", quote(reference));
                findings.push(unfit(place.clone(), found, "each statement once", "take one of the numbers away"));
            }
            Some(one) => picked.push(one.criterion.clone()),
            None if reference.is_empty() => {
                let found = "the Ref of this row is gone".to_string();
                findings.push(unfit(place.clone(), found, "a Ref", "put it back"));
            }
            None => {
                let found = format!("{} is not rated differently now", quote(reference));
                findings.push(unfit(
                    place.clone(),
                    found,
                    "a statement that agencies rate differently",
                    "choose a different one",
                ));
            }
        }
    }
    if picked.is_empty() { None } else { Some(picked) }
}

fn unfit(place: Place, found: String, expected: &str, remedy: &str) -> Finding {
    // What is found names the choice: the answer, the slide or the words.
    let about = format!("{} {found}", place.sheet_name());
    Finding::new(Code::ChoiceUnfit, place, found, expected, remedy).naming(about)
}
