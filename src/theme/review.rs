//! Reads a theme as a colleague would, and lists what that colleague would ask about, with its line. None of it is a fault of the file.

use std::collections::BTreeSet;

use super::criterion::{Area, Criterion};
use super::navigation::looks_like_navigation;
use super::pack::Theme;
use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::CriterionId;
use crate::core::quoting::quote;
use crate::core::words;

/// With more statements than this, an area probably lacks a heading.
const MOST_OF_AREA: usize = 29;

/// In a theme with more statements than this, an area with a single one is probably a slip. A smaller theme may just be a beginning.
const MORE_THAN_A_BEGINNING: usize = 4;

/// The most words in a statement that people can rate without reading it twice.
const MOST_WORDS: usize = 70;

/// What a colleague would ask about. `file` is the theme file's name in messages, and `text` its content.
pub fn review(theme: &Theme, file: &str, text: &str) -> Vec<Finding> {
    let review = Review { theme, file, text };
    let mut findings = Vec::new();
    for area in &theme.areas {
        review.area(area, &mut findings);
        area.criteria.iter().for_each(|criterion| review.statement(criterion, &mut findings));
    }
    review.duplicates(&mut findings);
    findings
}

struct Review<'a> {
    theme: &'a Theme,
    file: &'a str,
    text: &'a str,
}

impl Review<'_> {
    /// The line with an id; the whole file where the line is not in a form that we write.
    fn place(&self, id: &str) -> Place {
        let is_it = |line: &str| {
            let value = line.trim().strip_prefix("id").map(|rest| rest.trim_start().trim_start_matches('=').trim());
            value.is_some_and(|value| value.trim_matches(['"', '\'']) == id || value.starts_with(&format!("\"{id}\"")))
        };
        match self.text.lines().position(is_it) {
            Some(at) => Place::line(self.file, at + 1, 1),
            None => Place::file(self.file),
        }
    }

    fn of_area(&self, area: &Area, found: String, remedy: &str) -> Finding {
        let place = self.place(area.id.as_str());
        Finding::new(Code::ThemeDoubtful, place, found, "", remedy).naming(area.id.as_str())
    }

    fn of_statement(&self, criterion: &Criterion, found: &str, remedy: &str) -> Finding {
        let found = format!("statement {}: {found}", criterion.id);
        let place = self.place(criterion.id.as_str());
        Finding::new(Code::ThemeDoubtful, place, found, "", remedy).on(&criterion.id)
    }

    fn area(&self, area: &Area, findings: &mut Vec<Finding>) {
        let count = area.criteria.len();
        let title = quote(&area.title);
        if looks_like_navigation(&area.title) {
            let found = format!("area {} is called {title}, which looks like navigation from a web page", area.id);
            findings.push(self.of_area(area, found, "take it out, with anything under it that is not a statement"));
        }
        let is_many = self.theme.criteria().count() > MORE_THAN_A_BEGINNING;
        if count == 1 && is_many {
            let found = format!("area {} ({title}) has one statement", area.id);
            findings.push(self.of_area(
                area,
                found,
                "move the statement to a different area, or leave it if the framework has it this way",
            ));
        }
        if count > MOST_OF_AREA {
            let found = format!("area {} ({title}) has {count} statements", area.id);
            findings.push(self.of_area(area, found, "check whether a heading was missed, and split the area there"));
        }
    }

    fn statement(&self, criterion: &Criterion, findings: &mut Vec<Finding>) {
        let text = criterion.text.trim();
        if let Some(why) = why_not_a_sentence(text) {
            let remedy = "join it to the words it belongs with, or reword it so that it can be rated";
            findings.push(self.of_statement(criterion, &format!("{} is not a sentence: {why}", quote(text)), remedy));
        }
        if let Some(why) = why_more_than_one(text) {
            let remedy = "split it if an agency could rate the parts differently";
            findings.push(self.of_statement(criterion, &format!("{why}: {}", quote(text)), remedy));
        }
        for group in criterion.means.keys().filter(|group| !criterion.asked.includes(**group)) {
            let found = format!("it says what it means for {}, and that group is not asked", group.words());
            findings.push(self.of_statement(criterion, &found, "take the line out, or ask that group too"));
        }
        for id in self.unknown_repeats(criterion) {
            let found = format!("it repeats {id}, and this theme has no such statement");
            findings.push(self.of_statement(criterion, &found, "correct the id in `repeats`, or take it out"));
        }
        if let Some(why) = self.why_asked_of_nobody(criterion) {
            findings.push(self.of_statement(criterion, &why, "name the groups that are to rate it"));
        }
        if let Some(name) = authority(text) {
            let found = format!("it names {name}, so it reads as if it were about one area: {}", quote(text));
            findings.push(self.of_statement(criterion, &found, "reword it without the name"));
        }
        for letters in self.unexplained(text) {
            let found = format!("{letters} is not explained, and people elsewhere may not know it");
            findings.push(self.of_statement(criterion, &found, "explain it in a [[term]], or write it out"));
        }
    }

    /// Ids in `repeats` that have this theme's prefix and are not in it. An id with a different prefix may be in a pack that a round
    /// includes, which is not known here.
    fn unknown_repeats<'c>(&self, criterion: &'c Criterion) -> impl Iterator<Item = &'c CriterionId> {
        let family = |id: &CriterionId| id.as_str().split('-').next().unwrap_or_default().to_string();
        let own = family(&criterion.id);
        criterion.repeats.iter().filter(move |id| family(id) == own && self.theme.criterion(id).is_none())
    }

    fn why_asked_of_nobody(&self, criterion: &Criterion) -> Option<String> {
        let asked = &criterion.asked;
        if !asked.everyone && asked.named.is_empty() {
            return Some("nobody is asked to rate it".into());
        }
        let scope = &self.theme.groups_in_scope;
        let is_outside = !asked.everyone && !scope.is_empty() && !asked.named.iter().any(|group| scope.contains(group));
        is_outside.then(|| format!("only groups outside `groups_in_scope` are asked to rate it: {}", asked.codes()))
    }

    /// Statements that say the same as an earlier one.
    fn duplicates(&self, findings: &mut Vec<Finding>) {
        let all: Vec<(&Criterion, BTreeSet<String>)> =
            self.theme.criteria().map(|(_, criterion)| (criterion, word_set(&criterion.text))).collect();
        for (at, (criterion, own)) in all.iter().enumerate() {
            let is_known = |other: &Criterion| criterion.repeats.contains(&other.id);
            let first = all[..at].iter().find(|(other, words)| !is_known(other) && are_alike(own, words));
            if let Some((first, _)) = first {
                let found = format!("it says the same as statement {}: {}", first.id, quote(&criterion.text));
                findings.push(self.of_statement(criterion, &found, "leave one of them out"));
            }
        }
    }

    /// Abbreviations in a statement that the theme does not explain.
    fn unexplained(&self, text: &str) -> Vec<String> {
        let is_letters = |word: &&str| {
            let letters = word.trim_end_matches('s');
            (2..=7).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase())
        };
        let is_known = |word: &str| {
            let bare = word.trim_end_matches('s');
            KNOWN_LETTERS.contains(&bare) || self.theme.glossary.iter().any(|term| term.term.contains(bare))
        };
        let words = text.split(|c: char| !c.is_alphanumeric());
        let mut found: Vec<String> =
            words.filter(is_letters).filter(|word| !is_known(word)).map(str::to_string).collect();
        // In a statement all in capitals, every word would look like an abbreviation.
        found.retain(|_| text.chars().any(char::is_lowercase));
        found.dedup();
        found
    }
}

/// Abbreviations that everybody in the field knows.
const KNOWN_LETTERS: [&str; 18] = [
    "GP", "NHS", "UK", "HM", "JTAI", "SEND", "IT", "ID", "CCTV", "LGBT", "BSL", "ADHD", "A&E", "AE", "CAMHS", "EU",
    "HMI", "RAG",
];

/// Words that no complete statement ends with.
const UNFINISHED: [&str; 20] = [
    "a", "and", "are", "because", "by", "for", "from", "how", "in", "is", "of", "or", "that", "the", "they", "to",
    "whether", "which", "who", "with",
];

/// Verbs. A short text without any of them, and without a word with the ending of a verb, has nothing to rate in it.
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "do",
    "does",
    "can",
    "could",
    "will",
    "would",
    "should",
    "must",
    "may",
    "act",
    "agree",
    "ask",
    "bring",
    "build",
    "challenge",
    "change",
    "check",
    "come",
    "consider",
    "cover",
    "feel",
    "find",
    "follow",
    "get",
    "give",
    "go",
    "hear",
    "help",
    "hold",
    "identify",
    "improve",
    "include",
    "involve",
    "keep",
    "know",
    "lead",
    "learn",
    "listen",
    "look",
    "make",
    "meet",
    "need",
    "notice",
    "offer",
    "plan",
    "prevent",
    "promote",
    "protect",
    "provide",
    "put",
    "reach",
    "receive",
    "recognise",
    "record",
    "reduce",
    "respond",
    "review",
    "safeguard",
    "say",
    "see",
    "seek",
    "set",
    "share",
    "show",
    "speak",
    "spend",
    "stay",
    "support",
    "take",
    "talk",
    "tell",
    "think",
    "train",
    "understand",
    "use",
    "want",
    "work",
    "write",
    "evaluate",
    "assess",
    "ensure",
    "enable",
    "develop",
    "deliver",
    "monitor",
];

/// Why a text is not a sentence; `None` where it may be one.
fn why_not_a_sentence(text: &str) -> Option<&'static str> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').to_lowercase())
        .collect();
    let last = words.last().map(String::as_str).unwrap_or_default();
    if looks_like_navigation(text) {
        return Some("it looks like navigation from a web page");
    }
    if text.starts_with(|c: char| c.is_lowercase()) {
        return Some("it begins with a small letter, so the words before it are missing");
    }
    if text.ends_with([':', ',', ';', '–']) || (!text.ends_with(['.', '?']) && UNFINISHED.contains(&last)) {
        return Some("its end is missing");
    }
    if words.len() < 3 {
        return Some("it is too short to say what is to be rated");
    }
    // In "The quality of plans", "plans" is a noun: after such a little word a verb form does not count.
    let is_noun = |at: usize| {
        let before = at.checked_sub(1).map(|before| words[before].as_str()).unwrap_or_default();
        ["of", "the", "for", "a", "an", "their", "its", "in", "on"].contains(&before)
    };
    let is_verb = |(at, word): (usize, &String)| !is_noun(at) && has_verb_form(word);
    // A text of ten words or more nearly always has a verb, even if it is not on the list.
    (words.len() < 10 && !words.iter().enumerate().any(is_verb)).then_some("it does not say what is done")
}

/// Whether a word can be a verb, by the list and by its ending.
fn has_verb_form(word: &str) -> bool {
    VERBS.contains(&word)
        || (word.len() > 4 && word.ends_with("ed"))
        || word.ends_with("n't")
        || (word.len() > 3 && word.ends_with('s') && VERBS.contains(&word.trim_end_matches('s')))
}

/// Why a text is more than one statement; `None` where it is one.
fn why_more_than_one(text: &str) -> Option<String> {
    // A part with fewer words than this is an addition such as "Always.", and not a second statement.
    const FEWEST: usize = 6;
    let long = |parts: Vec<&str>| parts.iter().filter(|part| part.split_whitespace().count() >= FEWEST).count();
    let sentences = long(text.split_inclusive(". ").collect());
    let parts = long(text.split("; ").collect());
    let words = text.split_whitespace().count();
    if sentences > 1 {
        return Some(format!("it is {sentences} sentences"));
    }
    if parts > 1 {
        return Some(format!("it has {parts} parts with semicolons between them"));
    }
    (words > MOST_WORDS).then(|| format!("it has {words} words"))
}

fn word_set(text: &str) -> BTreeSet<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2 || word.starts_with(|c: char| c.is_ascii_digit()));
    words.map(str::to_lowercase).collect()
}

/// Whether two statements have nearly all their words in common.
fn are_alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let common = one.intersection(other).count();
    let all = one.union(other).count();
    all > 0 && 100 * common >= 88 * all
}

/// The authorities and police areas of England, a line each.
const AUTHORITIES: &str = include_str!("authorities.txt");

/// Names that are also ordinary words or surnames. At the beginning of a sentence, where any word has a capital, they do not count.
const ALSO_WORDS: [&str; 5] = ["Reading", "Bury", "Sutton", "Derby", "Durham"];

/// The authority that a text names, the longest where several fit; `None` where it names none.
fn authority(text: &str) -> Option<&'static str> {
    let folded = format!(" {} ", text.replace(|c: char| !c.is_alphanumeric() && c != '-', " "));
    let is_named = |name: &&&str| {
        let at = folded.find(&format!(" {name} "));
        at.is_some_and(|at| at > 0 || !ALSO_WORDS.contains(*name))
    };
    let names: Vec<&'static str> = AUTHORITIES.lines().filter(|name| !name.is_empty()).collect();
    names.iter().filter(is_named).max_by_key(|name| name.len()).copied()
}

/// The sentence for readers of the theme about the statements that a statement repeats; `None` where it repeats none.
pub fn repeats_words(criterion: &Criterion) -> Option<String> {
    let ids: Vec<&str> = criterion.repeats.iter().map(CriterionId::as_str).collect();
    let (first, rest) = ids.split_first()?;
    let others = if rest.is_empty() { first.to_string() } else { format!("one of {}", words::list(&ids)) };
    Some(format!("Agencies that are asked {others} read this one for information only, because it asks the same."))
}

/// The heading over this many findings: "3 things that a colleague would ask about".
pub fn review_heading(count: usize) -> String {
    format!("{} that a colleague would ask about", words::count(count, "thing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_sentence_is_told_from_what_is() {
        for text in [
            "ask early",
            "Practice with children:",
            "Print this page",
            "Leaders",
            "The quality of plans",
            "Leaders know that",
        ] {
            assert!(why_not_a_sentence(text).is_some(), "{text}");
        }
        for text in [
            "Children are seen alone.",
            "Agencies act together when a child first needs them",
            "GPs ask.  They listen.",
        ] {
            assert_eq!(why_not_a_sentence(text), None, "{text}");
        }
    }

    #[test]
    fn two_statements_and_names_are_seen() {
        assert!(
            why_more_than_one(
                "Children are seen alone by somebody they know. Leaders know how many of them were seen."
            )
            .is_some()
        );
        assert_eq!(why_more_than_one("Children are seen alone. Always."), None);
        assert_eq!(authority("The hub in Rochdale answers within a day."), Some("Rochdale"));
        assert_eq!(authority("Blackburn with Darwen has a team."), Some("Blackburn with Darwen"));
        assert_eq!(authority("Reading is taught early."), None);
        assert_eq!(authority("Agencies in Reading act."), Some("Reading"));
    }
}
