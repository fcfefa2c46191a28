//! Compares what the officer chose with the answers as they are now.

use std::collections::BTreeSet;

use super::entry::{ActionChoice, ActionTerms, Choice, Choices, OwnSlide};
use crate::analysis::{Action, Analysis, ShownRatings, Voice};
use crate::core::fields::nearest;
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::quoting::quote;
use crate::core::words;
use crate::documents::SlideKey;
use crate::documents::deck;
use crate::documents::{Added, Agreement, ChildrensLine, ContextFigure, Picked, PickedAction, Picks};
use crate::form::{HeadlineKind, TextKind};

/// Compares the choices with the answers. What still fits is kept; what no longer fits is left out of the slides, with a finding.
pub fn resolve(choices: &Choices, analysis: &Analysis) -> Checked<Picks> {
    let mut findings = Vec::new();
    let mut picks = Picks {
        approval: choices.approval.clone(),
        differences: differences(choices, analysis, &mut findings),
        context: choices.context.clone(),
        known_issues: choices.known_issues.clone(),
        figures: figures(choices, &mut findings),
        children: childrens_lines(choices, &mut findings),
        ..Picks::default()
    };
    let expected = "a Green with evidence named";
    let strengths = Choosable { kind: TextKind::WorkingWell, all: &analysis.strengths, expected };
    picks.strengths = strengths.voices(&choices.strengths, analysis, &mut picks.checked, &mut findings);
    let expected = "a worry with a Red or Amber rating";
    let worries = Choosable { kind: TextKind::WorriedAbout, all: &analysis.worries, expected };
    picks.worries = worries.voices(&choices.worries, analysis, &mut picks.checked, &mut findings);
    pick_actions(&mut picks, choices, analysis, &mut findings);
    pick_slides(&mut picks, choices, analysis, &mut findings);
    findings.extend(not_challenged(choices, analysis));
    Checked { output: picks, findings }
}

/// A finding where ratings after challenge were chosen, but the meeting has not looked at any answer yet.
fn not_challenged(choices: &Choices, analysis: &Analysis) -> Option<Finding> {
    let place = choices.as_challenged.clone()?;
    let found = "no answer has been looked at in challenge yet, so slides show the self-ratings".to_string();
    let expected = "a decision of the challenge meeting on record";
    let remedy = "fill in the challenge workbook first, or write Self-ratings here";
    let is_own = analysis.numbers.ratings == ShownRatings::Own;
    is_own.then(|| unfit(place, found, expected, remedy))
}

/// Takes over what is said of slides: left out, shown on request, own headlines, own slides.
fn pick_slides(picks: &mut Picks, choices: &Choices, analysis: &Analysis, findings: &mut Vec<Finding>) {
    let keys = deck::keys(analysis);
    for (key, place) in &choices.left_out {
        if keys.iter().any(|known| deck::is_always_shown(known) && is_called(known, key)) {
            let found = format!(
                "{} cannot be left out: the title, who has not returned, all ratings and how they were counted are always shown",
                quote(key)
            );
            findings.push(unfit(place.clone(), found, "an empty cell", "delete the Yes"));
        } else if let Some(key) = key_of_slide(key, place, &keys, findings) {
            picks.left_out.insert(key);
        }
    }
    for (key, place) in &choices.shown {
        match key_of_slide(key, place, &keys, findings) {
            Some(key) if deck::SHOWN_ON_REQUEST.contains(&key) => {
                picks.shown.insert(key);
            }
            Some(key) => {
                let found = format!("{} is shown unless you leave it out", quote(&key.to_string()));
                findings.push(unfit(place.clone(), found, "an empty cell", "delete the Yes"));
            }
            None => {}
        }
    }
    for (key, headline, place) in &choices.headlines {
        if !deck::has_headline_room(headline) {
            let found = format!("{} takes more than two lines, so the rule's headline is used", quote(headline));
            findings.push(unfit(place.clone(), found, "two lines at most", "shorten it"));
        } else if let Some(key) = key_of_slide(key, place, &keys, findings) {
            picks.headlines.insert(key, headline.clone());
        }
    }
    picks.added = own_slides(&choices.added, &keys, findings);
}

/// The officer's own slides. One whose title is too long is left out. One that should follow a slide which does not exist comes before the
/// method.
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

/// The slide with the name that the officer wrote; a finding where there is none.
fn key_of_slide(key: &str, place: &Place, keys: &[SlideKey], findings: &mut Vec<Finding>) -> Option<SlideKey> {
    let found = keys.iter().find(|known| is_called(known, key)).cloned();
    if found.is_none() {
        let what = format!("{} is not a slide of this presentation", quote(key));
        findings.push(unfit(place.clone(), what, "a name from the sheet Slides", "correct it"));
    }
    found
}

/// An agency's words that can be chosen.
trait OfAnswer {
    /// Whose they are, on which statement.
    fn place(&self) -> (&AgencyId, &CriterionId);
    /// The words.
    fn words(&self) -> &str;
    /// Whether they name a different agency, which must be asked first.
    fn needs_check(&self) -> bool;
    /// The question that the agency's own line answers.
    fn question(&self) -> HeadlineKind;
}

impl OfAnswer for Voice {
    fn place(&self) -> (&AgencyId, &CriterionId) {
        (&self.agency, &self.criterion)
    }

    fn words(&self) -> &str {
        &self.words
    }

    fn needs_check(&self) -> bool {
        Voice::needs_check(self)
    }

    fn question(&self) -> HeadlineKind {
        match self.kind() {
            TextKind::WorkingWell => HeadlineKind::WorkingWell,
            _ => HeadlineKind::WorriedAbout,
        }
    }
}

impl OfAnswer for Action {
    fn place(&self) -> (&AgencyId, &CriterionId) {
        (&self.agency, &self.criterion)
    }

    fn words(&self) -> &str {
        &self.what
    }

    fn needs_check(&self) -> bool {
        self.names_another
    }

    fn question(&self) -> HeadlineKind {
        HeadlineKind::NeedsToHappen
    }
}

/// What can be chosen on a sheet of agencies' words.
struct Choosable<'a, T> {
    kind: TextKind,
    all: &'a [T],
    /// What can be chosen, in words.
    expected: &'static str,
}

/// The texts that were checked with the agencies that they name.
type CheckedTexts = BTreeSet<(AgencyId, CriterionId, TextKind)>;

impl<'a, T: OfAnswer> Choosable<'a, T> {
    /// The words that a row is about, as they are now; `None`, with a finding, where they cannot be on a slide.
    fn of_row(
        &self,
        choice: &Choice,
        analysis: &Analysis,
        checked: &mut CheckedTexts,
        findings: &mut Vec<Finding>,
    ) -> Option<&'a T> {
        if let Some(finding) = unknown(choice, analysis) {
            findings.push(finding);
            return None;
        }
        let name = |id: &AgencyId| analysis.numbers.agency(id).map_or("", |agency| agency.name.as_str());
        let is_it = |one: &&T| {
            let (agency, criterion) = one.place();
            criterion.as_str().eq_ignore_ascii_case(&choice.reference)
                && name(agency).to_lowercase() == choice.agency.to_lowercase()
        };
        let of = of_row(choice);
        let mut refuse = |place: &Place, found: String, expected: &str, remedy: &str| {
            findings.push(unfit(place.clone(), found, expected, remedy));
        };
        let Some(one) = self.all.iter().find(is_it) else {
            let found = format!("{of} can no longer be chosen here");
            refuse(&choice.place, found, self.expected, "choose a different one, or ask the agency");
            return None;
        };
        // If somebody emptied the cell with the words, nothing tells whether they changed.
        if !choice.own_words.is_empty() && same(&choice.own_words) != same(one.words()) {
            let who = format!("the words of {} on {}", quote(&choice.agency), choice.reference);
            let found = format!("{who} changed after they were chosen, so they are not on the slide");
            let remedy =
                "read the new words and your wording; then number the row with the new words and empty this one";
            refuse(&choice.words_place, found, "the words as they were", remedy);
            return None;
        }
        let (agency, criterion) = one.place();
        let line = analysis.own_line(one.question(), criterion, agency).unwrap_or_default();
        if choice.is_in_own_line() && choice.own_line.as_ref().is_some_and(|chosen| same(chosen) != same(line)) {
            let who = format!("the own line of {} on {}", quote(&choice.agency), choice.reference);
            let found = format!("{who} changed after it was chosen, so it is not on the slide");
            let remedy = "read the new line; then number the row that has it and empty this one";
            refuse(&choice.line_place, found, "the line as it was", remedy);
            return None;
        }
        if choice.is_checked {
            let (agency, criterion) = one.place();
            checked.insert((agency.clone(), criterion.clone(), self.kind));
        } else if choice.is_on_slide && one.needs_check() {
            let found = format!("{of} names a different agency, so it is not on the slide");
            let remedy = "check it with them, then write Yes here";
            refuse(&choice.checked_place, found, "Yes, once they were asked", remedy);
            return None;
        }
        Some(one)
    }
}

impl Choosable<'_, Voice> {
    /// The chosen words that can still be on a slide; `None` where there are none.
    fn voices(
        &self,
        chosen: &[Choice],
        analysis: &Analysis,
        checked: &mut CheckedTexts,
        findings: &mut Vec<Finding>,
    ) -> Option<Vec<Picked>> {
        let mut picked: Vec<Picked> = Vec::new();
        for choice in chosen {
            let Some(voice) = self.of_row(choice, analysis, checked, findings) else { continue };
            if !choice.is_on_slide {
                continue;
            }
            let of = of_row(choice);
            if picked.iter().any(|other| other.voice == *voice) {
                findings.push(twice(choice, &of));
                continue;
            }
            let one = Picked { voice: voice.clone(), wording: choice.wording.clone(), is_whole: choice.is_whole };
            if !deck::has_quote_room(&one) {
                findings.push(unfit(
                    choice.place.clone(),
                    format!("{of} is too long for a slide, so it is in the annex only"),
                    "one slide of text at most, for your wording and the agency's words together",
                    if choice.wording.is_empty() {
                        "choose a different one, or ask the agency for fewer words"
                    } else {
                        "write a shorter wording beside it"
                    },
                ));
                continue;
            }
            picked.push(one);
        }
        // If nothing that was chosen can be shown, the rule picks, and the slide says so.
        if picked.is_empty() { None } else { Some(picked) }
    }
}

/// What a row is about, in words.
fn of_row(choice: &Choice) -> String {
    format!("the answer of {} to {}", quote(&choice.agency), quote(&choice.reference))
}

fn twice(choice: &Choice, of: &str) -> Finding {
    unfit(choice.place.clone(), format!("{of} is chosen twice"), "each answer once", "delete one of the numbers")
}

/// Takes over the actions that were chosen, agreed or checked.
fn pick_actions(picks: &mut Picks, choices: &Choices, analysis: &Analysis, findings: &mut Vec<Finding>) {
    let expected = "an action that the agency proposes";
    let offered = Choosable { kind: TextKind::NeedsToHappen, all: &analysis.actions, expected };
    let mut picked: Vec<PickedAction> = Vec::new();
    for choice in &choices.actions {
        let ActionChoice { row, lead, by, .. } = choice;
        let is_own = choice.is_own();
        let action = match is_own {
            true => None,
            false => match offered.of_row(row, analysis, &mut picks.checked, findings) {
                Some(action) => Some(action.clone()),
                None => continue,
            },
        };
        let agreed = agreed(choice, action.as_ref(), findings);
        // An action can be agreed or checked without being on the slide.
        if !row.is_on_slide {
            picks.agreed.extend(action.zip(agreed));
            continue;
        }
        let (wording, lead, place) = (row.wording.clone(), lead.clone(), row.place.clone());
        let one = PickedAction { action, wording, is_whole: row.is_whole, lead, by: *by, agreed, place };
        if one.action.is_some() && picked.iter().any(|other| other.action == one.action) {
            findings.push(twice(row, &of_row(row)));
        } else if picked.len() == deck::MOST_ACTIONS {
            let found = format!("the slide has room for {} actions, and this is one more", words::number(picked.len()));
            findings.push(unfit(row.place.clone(), found, "six at most", "delete its number"));
        } else if deck::has_action_room(analysis, &one) {
            picked.push(one);
        } else {
            let what = if is_own { quote(&row.wording) } else { of_row(row) };
            let found = format!("{what} is too long for the slide, so it is not on it");
            let expected = "two lines at most of what will change, and of who leads";
            findings.push(unfit(row.place.clone(), found, expected, "write a shorter wording, or a shorter lead"));
        }
    }
    picks.actions = if picked.is_empty() { None } else { Some(picked) };
}

/// Who agreed an action for the partnership, and when. `None`, with a finding, where the agency has since changed who leads or the date:
/// words, lead and date were agreed together.
fn agreed(choice: &ActionChoice, now: Option<&Action>, findings: &mut Vec<Finding>) -> Option<Agreement> {
    let agreed = choice.agreed.clone()?;
    let changes = match (&choice.terms, now) {
        (Some(terms), Some(now)) => terms.changes(&ActionTerms::new(now)),
        _ => Vec::new(),
    };
    if changes.is_empty() {
        return Some(agreed);
    }
    let said: Vec<String> = changes.iter().map(|(what, was, is)| format!("{what} was {was} and is {is}")).collect();
    let of = of_row(&choice.row);
    let found = format!("{of} changed after it was agreed: {}; so it is not shown as agreed", words::list(&said));
    let remedy = "if the partnership agrees it as it is now, write who and when in the row with what the agency says now; then \
                  empty these cells";
    findings.push(unfit(agreed.place, found, "the words, the lead and the date that were agreed", remedy));
    None
}

/// The figures of local context that the slide has room for, with findings for the others.
fn figures(choices: &Choices, findings: &mut Vec<Finding>) -> Vec<ContextFigure> {
    let mut fitting: Vec<ContextFigure> = Vec::new();
    for figure in &choices.figures {
        let what = quote(&figure.figure);
        if fitting.len() == deck::MOST_FIGURES {
            let found = format!("{what} is one more than the slide has room for, so it is not on it");
            findings.push(unfit(figure.place.clone(), found, "four figures at most", "delete one of them"));
        } else if deck::has_figure_room(figure) {
            fitting.push(figure.clone());
        } else {
            let found = format!("{what} is too long for the slide, or what is beside it is, so it is not on it");
            let expected = "a figure of a few characters, what it is in three lines, source and date in two";
            findings.push(unfit(figure.place.clone(), found, expected, "shorten it"));
        }
    }
    fitting
}

/// The lines about what children told the partnership that the slide has room for, with findings for the others.
fn childrens_lines(choices: &Choices, findings: &mut Vec<Finding>) -> Vec<ChildrensLine> {
    let mut fitting = Vec::new();
    for line in &choices.children {
        if deck::has_childrens_room(line) {
            fitting.push(line.clone());
            continue;
        }
        let found = format!("{} is too long for the slide, so it is not on it", quote(&line.line));
        findings.push(unfit(line.place.clone(), found, "half a slide at most", "shorten it"));
    }
    fitting
}

/// A finding where a row names a Ref or an agency that the round does not have: a typing mistake, or a cell that somebody emptied.
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

/// The words of a text, to compare: programs that save a workbook change the white space.
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
                findings.push(unfit(place.clone(), found, "each statement once", "delete one of the numbers"));
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
    // The reference is made from the words of the finding, because they name the choice: the answer, the slide or the text.
    let about = format!("{} {found}", place.sheet_name());
    Finding::new(Code::ChoiceUnfit, place, found, expected, remedy).naming(about)
}
