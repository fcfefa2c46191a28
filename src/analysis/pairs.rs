//! Which agencies write about each other: among agencies that rate a statement differently, the two whose words are about each other or
//! about the same thing.
//!
//! A text is about an agency if it names the agency or its group. Two texts are about the same thing if they share at least two words of
//! five letters or more. Only the first six letters of a word are compared, and words that nearly every answer has do not count.

use std::collections::{BTreeSet, HashMap};

use super::voices::{Called, Names};
use crate::core::ids::{AgencyId, CriterionId};
use crate::form::{Rating, TextKind};
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::round::Round;
use crate::theme::Group;

/// The fewest words that two texts share before they are taken to be about the same thing.
const FEWEST_SHARED: usize = 2;

/// The fewest letters of a word that is compared, and how many of its letters are: six make "assess" and "assessments" the same word.
const LETTERS: (usize, usize) = (5, 6);

/// The most answers to a statement that are compared word by word with one answer: a thousand agencies would make a million pairs for each
/// statement.
const MOST_COMPARED: usize = 60;

/// The texts that are looked at.
const KINDS: [TextKind; 3] = [TextKind::WorkingWell, TextKind::WorriedAbout, TextKind::NeedsToHappen];

/// Words that say nothing of what a text is about, by their first letters.
const COMMON: [&str; 29] = [
    "about", "after", "agenci", "agency", "almost", "always", "before", "being", "between", "child", "childr", "could",
    "every", "famili", "family", "first", "often", "other", "people", "servic", "since", "still", "their", "there",
    "these", "those", "under", "where", "which",
];

/// A partner's text that is about an answer or contradicts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrary<'a> {
    /// The partner's answer.
    pub by: &'a AnswerRow,
    /// Which of its texts.
    pub kind: TextKind,
}

/// An answer with what its texts are about.
struct Spoken<'a> {
    answer: &'a AnswerRow,
    /// The agencies and groups that each text names, in the order of [`KINDS`].
    called: [Vec<Called<'a>>; 3],
    /// The words of each.
    words: [BTreeSet<String>; 3],
}

impl Spoken<'_> {
    /// The words of what is working well and of what worries.
    fn words_of_both(&self) -> BTreeSet<&str> {
        self.words[..2].iter().flatten().map(String::as_str).collect()
    }

    fn shares(&self, at: usize, own: &BTreeSet<&str>) -> usize {
        self.words[at].iter().filter(|word| own.contains(word.as_str())).count()
    }
}

/// Two agencies: the one that rates a statement highest, and the one that rates it lowest.
pub type AgencyPair<'a> = (&'a AgencyId, &'a AgencyId);

/// The answers of a round, by statement, with what their texts are about.
pub struct Partners<'a> {
    groups: HashMap<&'a AgencyId, Group>,
    by_statement: HashMap<&'a CriterionId, Vec<Spoken<'a>>>,
}

impl<'a> Partners<'a> {
    /// Those of these answers.
    pub fn new(round: &'a Round, answers: &'a [AnswerRow]) -> Partners<'a> {
        let names = Names::new(round);
        let mut by_statement: HashMap<&CriterionId, Vec<Spoken<'_>>> = HashMap::new();
        for answer in answers.iter().filter(|answer| answer.state != AnswerState::Missing) {
            let called = KINDS.map(|kind| names.called_in(answer.texts.text(kind)));
            let words = KINDS.map(|kind| content_words(answer.texts.text(kind)));
            by_statement.entry(&answer.criterion).or_default().push(Spoken { answer, called, words });
        }
        let groups = round.agencies.iter().map(|agency| (&agency.id, agency.group)).collect();
        Partners { groups, by_statement }
    }

    fn on(&self, criterion: &CriterionId) -> &[Spoken<'a>] {
        self.by_statement.get(criterion).map_or(&[], Vec::as_slice)
    }

    /// Whether a text of a partner names this agency, or calls its group, which is not the partner's own.
    fn names(&self, by: &Spoken<'_>, at: usize, agency: &AgencyId) -> bool {
        let (group, own) = (self.groups.get(agency), self.groups.get(&by.answer.agency));
        by.called[at].iter().any(|called| match called {
            Called::Agency(called) => *called == agency,
            Called::Group(called) => Some(called) == group && group != own,
        })
    }

    /// A partner's text that contradicts an answer: a worry against a Green or an Amber, what works well against a Red. `None` if nobody who
    /// rates it differently writes about this agency or the same thing.
    pub fn contrary(&self, answer: &AnswerRow) -> Option<Contrary<'a>> {
        let AnswerState::Rated(rating) = answer.state else { return None };
        self.of_those(answer, |theirs| if rating == Rating::Red { theirs > rating } else { theirs < rating })
    }

    /// The same, only from partners that gave this rating.
    pub fn contrary_from(&self, answer: &AnswerRow, rating: Rating) -> Option<Contrary<'a>> {
        self.of_those(answer, |theirs| theirs == rating)
    }

    /// Among partners whose rating `is_so`, the text that is most about this agency or the same thing.
    fn of_those(&self, answer: &AnswerRow, is_so: impl Fn(Rating) -> bool) -> Option<Contrary<'a>> {
        // What contradicts a Red is what works well; what contradicts any other rating is a worry.
        let at = if answer.state == AnswerState::Rated(Rating::Red) { 0 } else { 1 };
        let all = self.on(&answer.criterion);
        let own = all.iter().find(|one| one.answer.agency == answer.agency)?.words_of_both();
        let is_one = |other: &&Spoken<'_>| matches!(other.answer.state, AnswerState::Rated(theirs) if is_so(theirs));
        let others = all.iter().filter(|other| other.answer.agency != answer.agency).filter(is_one);
        let mut best: Option<((bool, usize), &Spoken<'a>)> = None;
        for (place, other) in others.enumerate() {
            let names_it = self.names(other, at, &answer.agency);
            // A partner that names the agency is always compared, however many there are: such a text is rare and counts most.
            let shared = if names_it || place < MOST_COMPARED { other.shares(at, &own) } else { 0 };
            let score = (names_it, shared);
            // Of equal scores, the first in the round's order wins.
            if (names_it || shared >= FEWEST_SHARED) && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, other));
            }
        }
        best.map(|(_, other)| Contrary { by: other.answer, kind: KINDS[at] })
    }

    /// The agency with the highest and the one with the lowest rating whose words are most about each other or the same thing; `None` if no
    /// two are.
    pub fn pair(&self, criterion: &CriterionId, highest: Rating, lowest: Rating) -> Option<AgencyPair<'a>> {
        let rated = |rating| {
            let all = self.on(criterion).iter();
            all.filter(move |one| one.answer.state == AnswerState::Rated(rating)).take(MOST_COMPARED)
        };
        let speaks = |by: &Spoken<'_>, of: &Spoken<'_>| (0..2).any(|at| self.names(by, at, &of.answer.agency));
        let mut best: Option<((usize, usize), AgencyPair<'a>)> = None;
        for high in rated(highest) {
            let own = high.words_of_both();
            for low in rated(lowest) {
                let named = [speaks(high, low), speaks(low, high)].into_iter().filter(|speaks| *speaks).count();
                let score = (named, low.shares(1, &own));
                let is_enough = named > 0 || score.1 >= FEWEST_SHARED;
                if is_enough && best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, (&high.answer.agency, &low.answer.agency)));
                }
            }
        }
        best.map(|(_, pair)| pair)
    }

    /// The first partner's text that mentions this agency, for an answer that says the statement does not apply.
    pub fn speaks_of(&self, answer: &AnswerRow) -> Option<Contrary<'a>> {
        let others = self.on(&answer.criterion).iter().filter(|other| other.answer.agency != answer.agency);
        let places = others.flat_map(|other| (0..KINDS.len()).map(move |at| (other, at)));
        let mut named = places.filter(|(other, at)| self.names(other, *at, &answer.agency));
        named.next().map(|(other, at)| Contrary { by: other.answer, kind: KINDS[at] })
    }
}

/// The words that tell what a text is about.
fn content_words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= LETTERS.0);
    let first = words.map(|word| word.to_lowercase().chars().take(LETTERS.1).collect::<String>());
    first.filter(|word| !COMMON.contains(&word.as_str())).collect()
}
