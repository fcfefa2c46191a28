//! What a presentation said when it was kept, and what has changed since. Leaders read it before they show a new version.

mod prints;

pub use prints::{InputChange, InputPrints};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::cover::agency_name;
use super::deck::{Body, Deck, Quote, Slide};
use super::inputs::{DocumentInputs, Length};
use crate::core::ids::AgencyId;
use crate::core::{hash, words};
use crate::form::Rating;
use crate::intake::answers::AnswerState;

/// The version of the file format.
const FORMAT: u32 = 1;

/// A presentation as it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    format: u32,
    /// The name under which it was kept.
    pub name: String,
    /// The day on which it was made.
    pub made_on: Date,
    /// The code of its data.
    pub run: String,
    /// Whether it was approved, and by whom; empty if it was a draft.
    pub approved: String,
    /// Its number among the presentations kept in the round, from 1.
    pub number: usize,
    /// How many slides it had: short or full.
    length: String,
    /// The headline of each slide, by the slide's key.
    headlines: BTreeMap<String, String>,
    /// The quotations on its slides, each with its agency and statement.
    quotations: BTreeSet<String>,
    /// A hash of everything that each agency wrote beside its rating, by agency and statement.
    texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Every answer as the word of its state and rating, by agency and statement.
    answers: BTreeMap<String, BTreeMap<String, String>>,
    /// What it was made from; `None` if an earlier version of the program kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made_from: Option<InputPrints>,
}

impl Kept {
    /// What a deck says now, to be kept under a name.
    pub fn new(name: &str, number: usize, inputs: DocumentInputs<'_>, deck: &Deck) -> Kept {
        Kept {
            format: FORMAT,
            number,
            length: inputs.length.key().to_string(),
            quotations: quotations(deck),
            texts: texts(inputs),
            name: name.to_string(),
            made_on: inputs.made_on,
            run: inputs.run.to_string(),
            approved: deck.cover.approved.clone(),
            headlines: headlines(deck),
            answers: answers(inputs),
            made_from: None,
        }
    }

    /// The same with what it was made from.
    pub fn made_from(self, prints: InputPrints) -> Kept {
        Kept { made_from: Some(prints), ..self }
    }

    /// Which inputs have changed since it was kept, given the present ones; `None` if an earlier version of the program kept it, which did not
    /// note its inputs.
    pub fn moved_on(&self, now: &InputPrints) -> Option<Vec<InputChange>> {
        self.made_from.as_ref().map(|before| before.changes(now))
    }

    /// Its length; `None` if this version of the program has no such length.
    pub fn length(&self) -> Option<Length> {
        Length::ALL.into_iter().find(|length| length.key() == self.length)
    }

    /// Reads what was kept; `None` if the text is not in this format.
    pub fn read(json: &str) -> Option<Kept> {
        serde_json::from_str(json).ok().filter(|kept: &Kept| kept.format == FORMAT)
    }

    /// Writes it as JSON.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts and dates are JSON") + "\n"
    }

    /// What has changed, a line each; empty if nothing has.
    pub fn changes(&self, inputs: DocumentInputs<'_>, deck: &Deck) -> Vec<String> {
        let now = answers(inputs);
        let mut lines = self.who(inputs, &now);
        lines.extend(self.ratings(inputs, &now));
        lines.extend(self.words(inputs));
        let shown = headlines(deck);
        // A deck of the other length has different slides; that is not a change.
        let is_same_length = self.length == inputs.length.key();
        for (key, headline) in &shown {
            match self.headlines.get(key) {
                Some(before) if before != headline => lines.push(format!("Headline: “{headline}”; it was “{before}”.")),
                None if is_same_length => lines.push(format!("New slide: “{headline}”.")),
                Some(_) | None => {}
            }
        }
        let gone = self.headlines.iter().filter(|(key, _)| is_same_length && !shown.contains_key(*key));
        lines.extend(gone.map(|(_, headline)| format!("Slide no longer there: “{headline}”.")));
        if !is_same_length {
            lines.push(
                "The kept presentation has the other length, so new slides and slides no longer there are not listed."
                    .into(),
            );
        }
        let quotations = quotations(deck);
        lines.extend(quotations.difference(&self.quotations).map(|quotation| format!("Quoted now: {quotation}")));
        lines.extend(self.quotations.difference(&quotations).map(|quotation| format!("No longer quoted: {quotation}")));
        lines
    }

    /// Answers whose words have changed.
    fn words(&self, inputs: DocumentInputs<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        for (agency, of) in texts(inputs) {
            let changed = |(criterion, print): (&String, &String)| {
                let before = self.texts.get(&agency).and_then(|of| of.get(criterion));
                before.is_some_and(|before| before != print && !before.is_empty()).then(|| criterion.clone())
            };
            let changed: Vec<String> = of.iter().filter_map(changed).collect();
            if !changed.is_empty() {
                let name = agency_name(inputs.analysis, &AgencyId(agency));
                lines.push(format!("{name} changed what it wrote on {}.", words::list(&changed)));
            }
        }
        lines
    }

    /// The agencies that have returned since, and those whose answers no longer count.
    fn who(&self, inputs: DocumentInputs<'_>, now: &BTreeMap<String, BTreeMap<String, String>>) -> Vec<String> {
        let is_in = |answers: &BTreeMap<String, BTreeMap<String, String>>, agency: &String| {
            answers.get(agency).is_some_and(|of| of.values().any(|state| state != AnswerState::Missing.words()))
        };
        let names = |agencies: Vec<&String>| -> String {
            words::list(
                &agencies.iter().map(|id| agency_name(inputs.analysis, &AgencyId((*id).clone()))).collect::<Vec<_>>(),
            )
        };
        let come: Vec<&String> =
            now.keys().filter(|agency| is_in(now, agency) && !is_in(&self.answers, agency)).collect();
        let gone: Vec<&String> =
            self.answers.keys().filter(|agency| is_in(&self.answers, agency) && !is_in(now, agency)).collect();
        let mut lines = Vec::new();
        if !come.is_empty() {
            lines.push(format!("Returned since: {}.", names(come)));
        }
        if !gone.is_empty() {
            lines.push(format!("Answers no longer counted: {}.", names(gone)));
        }
        lines
    }

    /// Ratings that have changed, of agencies that had returned before.
    fn ratings(&self, inputs: DocumentInputs<'_>, now: &BTreeMap<String, BTreeMap<String, String>>) -> Vec<String> {
        let (mut higher, mut lower, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (agency, of) in now {
            for (criterion, state) in of {
                let Some(before) = self.answers.get(agency).and_then(|of| of.get(criterion)) else { continue };
                if before == state || before == AnswerState::Missing.words() || state == AnswerState::Missing.words() {
                    continue;
                }
                let line = format!(
                    "{} on {criterion}: {state}; it was {before}.",
                    agency_name(inputs.analysis, &AgencyId(agency.clone()))
                );
                match (rating(before), rating(state)) {
                    (Some(before), Some(now)) if now > before => higher.push(line),
                    (Some(_), Some(_)) => lower.push(line),
                    _ => others.push(line),
                }
            }
        }
        let mut lines = Vec::new();
        if higher.len() + lower.len() + others.len() > 0 {
            lines.push(format!(
                "{} rated higher than before, {} lower, {} changed in other ways.",
                words::capitalised(&words::are(higher.len(), "answer")),
                lower.len(),
                others.len()
            ));
        }
        lines.extend(higher.into_iter().chain(lower).chain(others));
        lines
    }
}

fn rating(words: &str) -> Option<Rating> {
    Rating::ALL.into_iter().find(|rating| rating.word() == words)
}

/// The quotations on the slides of words, as in "DA24-1.1, Exampleshire Police: “…”".
fn quotations(deck: &Deck) -> BTreeSet<String> {
    let is_of_voices = |slide: &&Slide| matches!(slide.body, Body::Voices { .. });
    let said = |quote: &Quote| format!("{}, {}: “{}”", quote.criterion, quote.said_by, quote.words);
    deck.slides.iter().filter(is_of_voices).flat_map(Slide::quotes).map(said).collect()
}

/// A hash of what each agency wrote beside each rating; empty if there is no return.
fn texts(inputs: DocumentInputs<'_>) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut prints: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for answer in &inputs.own.answers {
        let all: Vec<Cow<'_, str>> = answer.texts.all().map(|(_, written)| written.shown()).collect();
        let print = match answer.state {
            AnswerState::Missing => String::new(),
            _ => hash::short_code(all.join("\0").as_bytes()),
        };
        prints.entry(answer.agency.to_string()).or_default().insert(answer.criterion.to_string(), print);
    }
    prints
}

fn headlines(deck: &Deck) -> BTreeMap<String, String> {
    deck.slides.iter().map(|slide| (slide.key.to_string(), slide.headline.clone())).collect()
}

/// The state of every answer in words. Files that were kept have these words: if the words of a state change, every such answer of an old
/// file looks changed.
fn answers(inputs: DocumentInputs<'_>) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut answers: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    // Self-ratings, so that a switch to ratings after challenge does not read as if agencies had changed their answers.
    for answer in &inputs.own.answers {
        let of = answers.entry(answer.agency.to_string()).or_default();
        of.insert(answer.criterion.to_string(), answer.state.words().to_string());
    }
    answers
}
