//! What a presentation said when it was kept, and what changed since: leaders see it before they show a refreshed one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Deck, Made, agency_name};
use crate::ratings::State;
use crate::response::Rating;
use crate::round::AgencyId;
use crate::words;

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    format: u32,
    /// The name under which it was kept.
    pub name: String,
    /// The day on which it was made.
    pub made_on: Date,
    /// The code of its data.
    pub run: String,
    /// Whether it was approved, and by whom; empty where it was a draft.
    pub approved: String,
    /// The headline of each slide, by the slide's key.
    headlines: BTreeMap<String, String>,
    /// Every answer as the word of its state and rating, by agency and statement.
    answers: BTreeMap<String, BTreeMap<String, String>>,
}

impl Kept {
    /// What a deck says now, to be kept under a name.
    pub fn of(name: &str, made: Made<'_>, deck: &Deck) -> Kept {
        Kept {
            format: 1,
            name: name.to_string(),
            made_on: made.made_on,
            run: made.run.to_string(),
            approved: deck.cover.approved.clone(),
            headlines: headlines(deck),
            answers: answers(made),
        }
    }

    /// Reads what was kept; `None` where the text is none of ours.
    pub fn read(json: &str) -> Option<Kept> {
        serde_json::from_str(json).ok()
    }

    /// As text.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts and dates are JSON") + "\n"
    }

    /// What is another now, a line each; empty where nothing is.
    pub fn changes(&self, made: Made<'_>, deck: &Deck) -> Vec<String> {
        let now = answers(made);
        let mut lines = self.who(made, &now);
        lines.extend(self.ratings(made, &now));
        for (key, headline) in headlines(deck) {
            match self.headlines.get(&key) {
                Some(before) if *before != headline => {
                    lines.push(format!("Headline: “{headline}”; it was “{before}”."))
                }
                Some(_) => {}
                None => lines.push(format!("A slide that was not there: “{headline}”.")),
            }
        }
        let shown = headlines(deck);
        let gone = self.headlines.iter().filter(|(key, _)| !shown.contains_key(*key));
        lines.extend(gone.map(|(_, headline)| format!("A slide that is no longer there: “{headline}”.")));
        lines
    }

    /// The agencies that answered since, and those whose answers are no longer here.
    fn who(&self, made: Made<'_>, now: &BTreeMap<String, BTreeMap<String, String>>) -> Vec<String> {
        let is_in = |answers: &BTreeMap<String, BTreeMap<String, String>>, agency: &String| {
            answers.get(agency).is_some_and(|of| of.values().any(|state| state != State::Missing.words()))
        };
        let names = |agencies: Vec<&String>| -> String {
            words::list(
                &agencies.iter().map(|id| agency_name(made.analysis, &AgencyId((*id).clone()))).collect::<Vec<_>>(),
            )
        };
        let come: Vec<&String> =
            now.keys().filter(|agency| is_in(now, agency) && !is_in(&self.answers, agency)).collect();
        let gone: Vec<&String> =
            self.answers.keys().filter(|agency| is_in(&self.answers, agency) && !is_in(now, agency)).collect();
        let mut lines = Vec::new();
        if !come.is_empty() {
            lines.push(format!("Answered since: {}.", names(come)));
        }
        if !gone.is_empty() {
            lines.push(format!("Answers that are no longer here: {}.", names(gone)));
        }
        lines
    }

    /// Answers of agencies that had answered before and that are another now.
    fn ratings(&self, made: Made<'_>, now: &BTreeMap<String, BTreeMap<String, String>>) -> Vec<String> {
        let (mut higher, mut lower, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (agency, of) in now {
            for (criterion, state) in of {
                let Some(before) = self.answers.get(agency).and_then(|of| of.get(criterion)) else { continue };
                if before == state || before == State::Missing.words() || state == State::Missing.words() {
                    continue;
                }
                let line = format!(
                    "{} on {criterion}: {state}; it was {before}.",
                    agency_name(made.analysis, &AgencyId(agency.clone()))
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
                "{} rated higher than before, {} lower, {} otherwise another.",
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

fn headlines(deck: &Deck) -> BTreeMap<String, String> {
    deck.slides.iter().map(|slide| (slide.key.clone(), slide.headline.clone())).collect()
}

fn answers(made: Made<'_>) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut answers: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for answer in &made.analysis.answers {
        let of = answers.entry(answer.agency.to_string()).or_default();
        of.insert(answer.criterion.to_string(), answer.state.words().to_string());
    }
    answers
}
