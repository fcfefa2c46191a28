//! The slides in the order of the story.

use std::collections::HashSet;

use super::super::inputs::{DocumentInputs, Length};
use super::super::picks::Picks;
use super::super::slide_key::SlideKey;
use super::slide::Slide;
use super::{changed, our_area, pictures, plan, ratings_map, signs, statements, tables, texts, voices};

/// Every slide that the answers give, in the order of the story, before the officer leaves any out. `keys.rs` has the same order and
/// conditions.
pub(super) fn story(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let is_full = inputs.length == Length::Full;
    let mut slides = vec![pictures::title(inputs)];
    slides.extend(our_area::context(inputs));
    slides.extend(changed::changed(inputs));
    slides.push(signs::signs(inputs));
    slides.extend(pictures::whole(inputs));
    if is_full {
        slides.extend(pictures::areas(inputs));
    }
    if inputs.picks.shown.contains(&SlideKey::EveryRating) {
        slides.extend(ratings_map::ratings_map(inputs));
    }
    if is_full {
        slides.extend(voices::strengths(inputs));
    }
    slides.extend(voices::worries(inputs));
    slides.extend(plan::plan(inputs));
    if is_full {
        slides.extend(tables::actions(inputs));
    }
    slides.extend(our_area::children(inputs));
    if is_full {
        slides.extend(tables::differences(inputs));
    }
    slides.extend(pictures::who(inputs));
    slides.extend(texts::method(inputs));
    slides.extend(statements::statements(inputs));
    slides
}

/// The slides without those the officer left out, and with the officer's own slides, each after the slide it was meant for, or before the
/// method if that slide is not there.
pub(super) fn chosen(inputs: DocumentInputs<'_>, slides: Vec<Slide>) -> Vec<Slide> {
    let mut added = texts::added(inputs);
    let keys: Vec<SlideKey> = slides.iter().map(|slide| slide.key.clone()).collect();
    // The method and the statements end the presentation, so no slide goes after them.
    let ends = [SlideKey::Method, SlideKey::Statements];
    for (after, _) in &mut added {
        if !after.as_ref().is_some_and(|key| keys.contains(key) && !ends.contains(key)) {
            *after = None;
        }
    }
    let mut shown: Vec<Slide> = Vec::new();
    for (at, slide) in slides.into_iter().enumerate() {
        let (is_first, is_last) = (at == 0 || keys[at - 1] != keys[at], keys.get(at + 1) != Some(&keys[at]));
        if is_first && keys[at] == SlideKey::Method {
            shown.extend(added.extract_if(.., |(after, _)| after.is_none()).map(|(_, slide)| slide));
        }
        if !inputs.picks.left_out.contains(&keys[at]) {
            shown.push(slide);
        }
        if is_last {
            shown.extend(added.extract_if(.., |(after, _)| after.as_ref() == Some(&keys[at])).map(|(_, slide)| slide));
        }
    }
    shown
}

/// The officer's changes to what the rule gives, each as section, the rule's headline, and the officer's headline (`None` if the slide is
/// left out).
pub fn against_the_rule(inputs: DocumentInputs<'_>) -> Vec<(String, String, Option<String>)> {
    if inputs.picks.headlines.is_empty() && inputs.picks.left_out.is_empty() {
        return Vec::new();
    }
    // The rule's headlines are known only from the story laid out without the officer's.
    let picks = Picks { headlines: Default::default(), ..inputs.picks.clone() };
    let mut rows: Vec<(String, String, Option<String>)> = Vec::new();
    let mut seen: HashSet<SlideKey> = HashSet::new();
    for slide in story(DocumentInputs { picks: &picks, ..inputs }) {
        let chosen = match inputs.picks.headlines.get(&slide.key) {
            _ if inputs.picks.left_out.contains(&slide.key) => None,
            Some(headline) => Some(headline.clone()),
            None => continue,
        };
        if seen.insert(slide.key) {
            rows.push((slide.section, slide.headline, chosen));
        }
    }
    rows
}
