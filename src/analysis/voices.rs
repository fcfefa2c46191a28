//! The agencies' own words on what is working well and what worries them, in the order of a stated rule.
//!
//! Statements are sorted first: those with three ratings or more before others; then, for strengths, by best middle rating, larger share of
//! Green, greater agreement and id; for worries, by worst middle rating, larger share of Red, and then the same. A strength is from an
//! agency that rates itself Green and names evidence; a worry is from one that rates itself Red or Amber. Under each statement they are in
//! the round's order.
//!
//! The texts are then sorted again, keeping that order among equals. Worries under Red come before those under Amber. Official statements
//! come before lines of enquiry. A strength without a worry on the same statement comes before one with. A text with a result, as in
//! "12 of 20", comes before one without.
//!
//! The rule passes over two kinds of text: one that names another agency or its group, until the officer says that this agency was asked,
//! and one with a sign that it may be about one child.
//!
//! A Green with a worry of the same agency on the same statement carries that worry: whoever shows one shows both.

use crate::intake::answers::AnswerRow;
use std::cmp::Reverse;

use aho_corasick::{AhoCorasick, Match};

use super::counts::Counts;
use super::measures::FEWEST_FOR_A_MIDDLE;

use super::summaries::{CriterionSummary, basis_of_each};
use super::wording::has_result;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy::{self, WeakSign};
use crate::form::{Rating, TextKind};
use crate::intake::answers::AnswerState;
use crate::round::Round;
use crate::theme::Group;

/// One agency's words on one statement, with that agency's own rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The statement.
    pub criterion: CriterionId,
    /// The agency.
    pub agency: AgencyId,
    /// Its own rating of that statement.
    pub rating: Rating,
    /// Its words, as written.
    pub words: String,
    /// The statement's counts.
    pub counts: Counts,
    /// Whether it names another agency of the round, or another group.
    pub names_another: bool,
    /// The sign that it may be about one child, if there is one: the rule passes it over.
    pub may_identify: Option<WeakSign>,
    /// The agency's worry on the same statement, if this is a strength; `None` if there is none.
    pub own_worry: Option<OwnWorry>,
}

/// An agency's worry on a statement that it rates Green.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnWorry {
    /// Its words, as written.
    pub words: String,
    /// Whether they name another agency of the round, or another group.
    names_another: bool,
    /// The sign that they may be about one child, if there is one: the rule never puts them on a slide.
    pub may_identify: Option<WeakSign>,
}

impl Voice {
    /// The column it comes from.
    pub fn kind(&self) -> TextKind {
        if self.rating == Rating::Green { TextKind::WorkingWell } else { TextKind::WorriedAbout }
    }

    /// Whether the officer must check it first: it, or the worry shown with it, names another agency.
    pub fn needs_check(&self) -> bool {
        self.names_another || self.own_worry.as_ref().is_some_and(|worry| worry.names_another)
    }

    /// Whether the worry that must be shown with it can be shown; true if there is none.
    pub fn can_be_shown_whole(&self, is_checked: bool) -> bool {
        self.own_worry.as_ref().is_none_or(|worry| worry.may_identify.is_none() && (is_checked || !worry.names_another))
    }

    /// Whether the rule may put it on a slide. `is_checked` says that the officer has asked the agencies that it names.
    pub fn is_for_rule(&self, is_checked: bool) -> bool {
        (is_checked || !self.names_another) && self.may_identify.is_none() && self.can_be_shown_whole(is_checked)
    }
}

/// What is working well. A strength needs a Green with evidence.
pub(super) fn strengths(names: &Names<'_>, criteria: &[CriterionSummary], answers: &[AnswerRow]) -> Vec<Voice> {
    let mut order: Vec<&CriterionSummary> = criteria.iter().filter(|summary| summary.position.is_some()).collect();
    order.sort_by_key(|summary| {
        let middle = summary.position.map(|position| position.middle);
        (
            has_no_middle(summary),
            Reverse(middle),
            Reverse(share(summary, Rating::Green)),
            Reverse(alike(summary)),
            summary.criterion.id.clone(),
        )
    });
    let has_evidence = |answer: &&AnswerRow| answer.texts.get(TextKind::Evidence).is_said();
    let of = |summary: &&CriterionSummary| {
        quotations(names, summary, answers, &[Rating::Green], has_evidence, TextKind::WorkingWell)
    };
    let mut voices: Vec<Voice> = order.iter().flat_map(of).collect();
    // Sorting is stable: within each key the order of statements stays.
    let bases = basis_of_each(criteria);
    voices.sort_by_key(|voice| (bases.get(&voice.criterion), voice.own_worry.is_some(), !has_result(&voice.words)));
    voices
}

/// The worry of an agency that rates itself Green on the same statement.
fn own_worry(names: &Names<'_>, answer: &AnswerRow) -> Option<OwnWorry> {
    let words = answer.texts.text(TextKind::WorriedAbout);
    let is_stated = answer.state == AnswerState::Rated(Rating::Green) && !words.trim().is_empty();
    is_stated.then(|| OwnWorry {
        words: words.to_string(),
        names_another: names.name_another(&answer.agency, words),
        may_identify: privacy::weak_sign(words),
    })
}

/// What agencies are worried about.
pub(super) fn worries(names: &Names<'_>, criteria: &[CriterionSummary], answers: &[AnswerRow]) -> Vec<Voice> {
    let mut order: Vec<&CriterionSummary> = criteria.iter().filter(|summary| summary.position.is_some()).collect();
    order.sort_by_key(|summary| {
        let middle = summary.position.map(|position| position.middle);
        (
            has_no_middle(summary),
            middle,
            Reverse(share(summary, Rating::Red)),
            Reverse(alike(summary)),
            summary.criterion.id.clone(),
        )
    });
    let of = |summary: &&CriterionSummary| {
        quotations(names, summary, answers, &[Rating::Red, Rating::Amber], |_| true, TextKind::WorriedAbout)
    };
    let mut voices: Vec<Voice> = order.iter().flat_map(of).collect();
    let bases = basis_of_each(criteria);
    voices.sort_by_key(|voice| (voice.rating, bases.get(&voice.criterion), !has_result(&voice.words)));
    voices
}

/// Whether there are too few ratings for a middle rating.
fn has_no_middle(summary: &CriterionSummary) -> bool {
    summary.counts.rated() < FEWEST_FOR_A_MIDDLE
}

/// A share in whole millionths, because floats have no total order.
fn share(summary: &CriterionSummary, rating: Rating) -> usize {
    summary.counts.rated_as(rating) * 1_000_000 / summary.counts.rated().max(1)
}

/// Agreement in whole millionths. `None` (fewer than two ratings) sorts last.
fn alike(summary: &CriterionSummary) -> Option<u64> {
    summary.agreement.map(|agreement| (agreement * 1e6).round() as u64)
}

fn quotations(
    names: &Names<'_>,
    summary: &CriterionSummary,
    answers: &[AnswerRow],
    ratings: &[Rating],
    is_eligible: impl Fn(&&AnswerRow) -> bool,
    kind: TextKind,
) -> Vec<Voice> {
    let mut voices = Vec::new();
    for rating in ratings {
        let rated = answers
            .iter()
            .filter(|answer| answer.criterion == summary.criterion.id && answer.state == AnswerState::Rated(*rating))
            .filter(|answer| answer.texts.get(kind).is_said())
            .filter(&is_eligible);
        voices.extend(rated.map(|answer| Voice {
            criterion: summary.criterion.id.clone(),
            agency: answer.agency.clone(),
            rating: *rating,
            words: answer.texts.text(kind).to_string(),
            counts: summary.counts,
            names_another: names.name_another(&answer.agency, answer.texts.text(kind)),
            may_identify: privacy::weak_sign(answer.texts.text(kind)),
            own_worry: own_worry(names, answer),
        }));
    }
    voices
}

/// Searches texts for all agency and group names of a round at once: a round can have thousands.
pub struct Names<'r> {
    round: &'r Round,
    /// The group of each group name that is searched for, in the order of the patterns after the agencies.
    called: Vec<Group>,
    search: AhoCorasick,
}

impl<'r> Names<'r> {
    /// The names of a round.
    pub fn new(round: &'r Round) -> Names<'r> {
        let is_here = |group: &Group| round.agencies.iter().any(|agency| agency.group == *group);
        let groups = Group::ALL.into_iter().filter(is_here);
        let called: Vec<(Group, &str)> =
            groups.flat_map(|group| group.called().iter().map(move |word| (group, *word))).collect();
        let names = round.agencies.iter().map(|agency| folded(&agency.name));
        let names = names.chain(called.iter().map(|(_, word)| word.to_string()));
        // OK because aho-corasick refuses only above thousands of millions of letters, which no `round.toml` has.
        let search = AhoCorasick::new(names).expect("fewer names than the search can hold");
        Names { round, called: called.into_iter().map(|(group, _)| group).collect(), search }
    }

    /// Whether a text of one agency names another agency, or another group.
    pub fn name_another(&self, speaker: &AgencyId, words: &str) -> bool {
        let own = self.group(speaker);
        self.any(words, |called| match called {
            Called::Group(group) => Some(group) != own,
            Called::Agency(agency) => agency != speaker,
        })
    }

    /// Every agency and group that a text calls by name.
    pub(super) fn called_in(&self, words: &str) -> Vec<Called<'r>> {
        let mut all = Vec::new();
        self.any(words, |called| {
            all.push(called);
            false
        });
        all
    }

    fn group(&self, agency: &AgencyId) -> Option<Group> {
        self.round.agencies.iter().find(|one| one.id == *agency).map(|one| one.group)
    }

    /// Whether `is_meant` accepts any whole name found in a text.
    fn any(&self, words: &str, mut is_meant: impl FnMut(Called<'r>) -> bool) -> bool {
        let words = folded(words);
        let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_whole = |found: &Match| {
            !is_part(words[..found.start()].chars().next_back()) && !is_part(words[found.end()..].chars().next())
        };
        let called = |found: Match| match found.pattern().as_usize().checked_sub(self.round.agencies.len()) {
            Some(at) => Called::Group(self.called[at]),
            None => Called::Agency(&self.round.agencies[found.pattern().as_usize()].id),
        };
        self.search.find_overlapping_iter(&words).filter(is_whole).any(|found| is_meant(called(found)))
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called<'r> {
    /// One agency.
    Agency(&'r AgencyId),
    /// Those of a group.
    Group(Group),
}

/// A text in lower case and with straight apostrophes, so that names are found however they are typed.
fn folded(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::round;

    #[test]
    fn a_text_that_names_another_agency_is_seen_whatever_it_is_called() {
        let mut text =
            "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\n\
                        rate = [\"C\"]\n"
                .to_string();
        for (id, name, group) in [
            ("police", "Exampleshire Police", "POL"),
            ("schools", "Schools’ Forum", "EDU"),
            ("council", "Exampleshire Council", "LA"),
        ] {
            text += &format!("[[agency]]\nid = \"{id}\"\nname = \"{name}\"\ngroup = \"{group}\"\n");
        }
        let round = round::read("round.toml", &text).output.expect("a round");
        let names = Names::new(&round);
        let by = |speaker: &str, words: &str| names.name_another(&AgencyId(speaker.into()), words);
        assert!(by("schools", "Police notices come too late."));
        assert!(by("police", "EXAMPLESHIRE COUNCIL'S team is short of staff"));
        assert!(by("council", "the Schools' Forum has not met"));
        assert!(by("police", "Referrals to children’s services wait"));
        assert!(!by("police", "Our police officers ask the child."));
        assert!(!by("council", "Policing is not ours, and hospitals are not in this round."));
    }
}
