//! The inputs of a kept presentation, as hashes: they tell whether it still says what is in the round, without making it again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::deck::code_of_picks;
use super::super::inputs::DocumentInputs;
use crate::core::words;
use crate::core::{hash, ids::AgencyId};
use crate::intake::answers::AnswerRow;
use crate::round::Round;

/// The inputs of a presentation, each as a hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputPrints {
    /// The SHA-256 of the files that count for each agency: its return, and what corrections were taken from.
    returns: BTreeMap<AgencyId, BTreeSet<String>>,
    /// What the officer chose, without the approval: an approval refers to the code, so it cannot be part of it.
    choices: String,
    /// The decisions that people made about findings, by the ids of their entries in the record.
    settled: BTreeSet<String>,
    /// What the challenge decided about each answer, by agency and statement.
    challenged: BTreeMap<String, String>,
    /// The agencies, with the names that slides use.
    agencies: String,
    /// The settings of the round that slides show.
    settings: String,
    /// The theme's fingerprint.
    theme: String,
    /// The program's version.
    program: String,
}

/// An input that has changed since a presentation was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputChange {
    /// Returns.
    Returns {
        /// Those whose bytes have changed.
        changed: usize,
        /// Those of agencies that had none.
        new: usize,
        /// Those that no longer count.
        gone: usize,
    },
    /// What the officer chose.
    Choices,
    /// Decisions about findings, and those of the challenge.
    Decisions {
        /// Those that are new.
        new: usize,
        /// Those that are different now.
        changed: usize,
        /// Those that were taken back.
        gone: usize,
    },
    /// Names or groups in the list of agencies, or who is in it.
    Agencies,
    /// Settings of the round.
    Settings,
    /// The theme.
    Theme,
    /// The program.
    Program {
        /// The version that it was made with.
        from: String,
        /// The version now.
        to: String,
    },
}

impl InputChange {
    /// What changed, in words: "2 returns changed, 1 is new".
    pub fn words(&self) -> String {
        match self {
            InputChange::Returns { changed, new, gone } => {
                counted("return", [(*changed, "changed"), (*new, "new"), (*gone, "no longer counted")])
            }
            InputChange::Decisions { new, changed, gone } => {
                counted("decision", [(*changed, "changed"), (*new, "new"), (*gone, "taken back")])
            }
            InputChange::Choices => "the choices changed".into(),
            InputChange::Agencies => "the list of agencies changed".into(),
            InputChange::Settings => "the settings of the round changed".into(),
            InputChange::Theme => "the theme changed".into(),
            InputChange::Program { from, to } => format!("it was made with jtai {from}, and this is {to}"),
        }
    }
}

/// "2 returns changed, 1 is new": how many of something there are of each kind; the first changed, the others are.
fn counted(noun: &str, kinds: [(usize, &str); 3]) -> String {
    let some = kinds.into_iter().filter(|(count, _)| *count > 0);
    let said = some.enumerate().map(|(at, (count, what))| {
        let counted = if at == 0 { words::count(count, noun) } else { count.to_string() };
        let is = match (what, count) {
            ("changed", _) => "",
            (_, 1) => "is ",
            _ => "are ",
        };
        format!("{counted} {is}{what}")
    });
    said.collect::<Vec<_>>().join(", ")
}

impl InputPrints {
    /// The hashes of the inputs as they are now. `settled` has the ids of the decisions on record; `program` is the program's version.
    pub fn new(inputs: DocumentInputs<'_>, settled: BTreeSet<String>, program: &str) -> InputPrints {
        let mut returns: BTreeMap<AgencyId, BTreeSet<String>> = BTreeMap::new();
        let mut challenged = BTreeMap::new();
        for answer in &inputs.analysis.answers {
            let files = std::iter::once(answer.sha256.to_string())
                .chain(answer.taken.values().map(|taken| taken.sha256.clone()));
            let files = files.filter(|sha256| !sha256.is_empty());
            files.for_each(|sha256| _ = returns.entry(answer.agency.clone()).or_default().insert(sha256));
            if let Some(print) = challenge(answer) {
                challenged.insert(format!("{}/{}", answer.agency, answer.criterion), print);
            }
        }
        InputPrints {
            returns,
            choices: code_of_picks(inputs.picks),
            settled,
            challenged,
            agencies: agencies(inputs.round),
            settings: settings(inputs.round),
            theme: inputs.theme.fingerprint(),
            program: program.to_string(),
        }
    }

    /// What has changed from these inputs to those of `now`; empty if nothing has.
    pub fn changes(&self, now: &InputPrints) -> Vec<InputChange> {
        let (changed, new, gone) = differences(&self.returns, &now.returns);
        let of_returns = InputChange::Returns { changed, new, gone };
        let (of_challenge, new_of_challenge, gone_of_challenge) = differences(&self.challenged, &now.challenged);
        let new_decisions = now.settled.difference(&self.settled).count() + new_of_challenge;
        let gone_decisions = self.settled.difference(&now.settled).count() + gone_of_challenge;
        let of_decisions = InputChange::Decisions { new: new_decisions, changed: of_challenge, gone: gone_decisions };
        let of_program = InputChange::Program { from: self.program.clone(), to: now.program.clone() };
        let all = [
            (changed + new + gone > 0, of_returns),
            (of_challenge + new_decisions + gone_decisions > 0, of_decisions),
            (self.choices != now.choices, InputChange::Choices),
            (self.agencies != now.agencies, InputChange::Agencies),
            (self.settings != now.settings, InputChange::Settings),
            (self.theme != now.theme, InputChange::Theme),
            (self.program != now.program, of_program),
        ];
        all.into_iter().filter_map(|(is_so, change)| is_so.then_some(change)).collect()
    }
}

/// How many values are different, how many keys are new, how many are gone.
fn differences<K: Ord, V: PartialEq>(before: &BTreeMap<K, V>, now: &BTreeMap<K, V>) -> (usize, usize, usize) {
    let changed = now.iter().filter(|(key, value)| before.get(key).is_some_and(|known| known != *value)).count();
    let new = now.keys().filter(|key| !before.contains_key(key)).count();
    (changed, new, before.keys().filter(|key| !now.contains_key(key)).count())
}

/// What a challenge decided about an answer, in a form to compare; `None` if nothing is on record.
fn challenge(answer: &AnswerRow) -> Option<String> {
    let moderation = answer.moderation.as_ref()?;
    let decision = moderation.decision().map_or(String::new(), |decision| {
        let rating = decision.rating.map_or("", |rating| rating.key());
        // NUL cannot be in a cell, so texts cannot run into each other.
        [rating, &decision.by, &decision.on.to_string(), &decision.why].join("\0")
    });
    Some(print(&[moderation.key(), &decision]))
}

fn agencies(round: &Round) -> String {
    let named = round.agencies.iter().zip(round.short_names());
    let all: Vec<String> = named
        .map(|(agency, short)| [agency.id.as_str(), &agency.name, &short, agency.group.code()].join("\0"))
        .collect();
    print(&all)
}

fn settings(round: &Round) -> String {
    let fieldwork = round.fieldwork_starts.map_or(String::new(), |day| day.to_string());
    let logo = round.branding.logo.as_ref().map_or(String::new(), |logo| logo.to_string());
    print(&[
        &round.partnership,
        &round.marking,
        &round.deadline.to_string(),
        &fieldwork,
        &logo,
        &round.branding.colour,
        &round.branding.second_colour,
    ])
}

fn print<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    hash::sha256_hex(texts.join("\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(returns: &[(&str, &str)], settled: &[&str], program: &str) -> InputPrints {
        let of = |(agency, sha256): &(&str, &str)| (AgencyId((*agency).into()), BTreeSet::from([sha256.to_string()]));
        InputPrints {
            returns: returns.iter().map(of).collect(),
            choices: "A".into(),
            settled: settled.iter().map(|id| id.to_string()).collect(),
            challenged: BTreeMap::new(),
            agencies: String::new(),
            settings: String::new(),
            theme: String::new(),
            program: program.into(),
        }
    }

    #[test]
    fn what_moved_on_is_named_with_how_many_and_the_same_is_no_change() {
        let before = prints(&[("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")], &["x", "y"], "1.0.0");
        assert_eq!(before.changes(&before), []);
        let now = prints(&[("a", "1"), ("b", "9"), ("c", "8"), ("e", "5")], &["y", "z", "q"], "1.1.0");
        let said: Vec<String> = before.changes(&now).iter().map(InputChange::words).collect();
        let expected = [
            "2 returns changed, 1 is new, 1 is no longer counted",
            "2 decisions are new, 1 is taken back",
            "it was made with jtai 1.0.0, and this is 1.1.0",
        ];
        assert_eq!(said, expected);
    }
}
