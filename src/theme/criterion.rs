//! A criterion, which is one thing to be rated, with its basis and the area it is under.

use std::collections::BTreeMap;

use super::group::{AskedOf, Group};
use crate::core::hash;
use crate::core::ids::{AreaId, CriterionId};
use crate::core::words;
use crate::form::Rating;

/// The kind of statement that a criterion is, which decides what may be said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// `C`: an official evaluation criterion.
    Criterion,
    /// `S`: an official statement of what inspectors will evaluate.
    Scope,
    /// `R`: an official criterion, as a third party reports it.
    Reported,
    /// `L`: a line of enquiry, which is what inspectors looked at according to published letters. Never call it an official criterion.
    LineOfEnquiry,
}

impl Basis {
    /// Every basis, in the order of the packs.
    pub const ALL: [Basis; 4] = [Basis::Criterion, Basis::Scope, Basis::Reported, Basis::LineOfEnquiry];

    /// The letter in files: `C`, `S`, `R` or `L`.
    pub fn letter(self) -> &'static str {
        match self {
            Basis::Criterion => "C",
            Basis::Scope => "S",
            Basis::Reported => "R",
            Basis::LineOfEnquiry => "L",
        }
    }

    /// The basis in the words that are printed with each statement.
    pub fn words(self) -> &'static str {
        match self {
            Basis::Criterion => "Official evaluation criterion",
            Basis::Scope => "Official statement of what inspectors will evaluate",
            Basis::Reported => "Official criterion as reported by others",
            Basis::LineOfEnquiry => "Line of enquiry: what inspectors looked at elsewhere, not an official criterion",
        }
    }

    /// The basis in a few words, for slides and cells with little room.
    pub fn short_words(self) -> &'static str {
        match self {
            Basis::Criterion => "official criteria",
            Basis::Scope => "official scope",
            Basis::Reported => "criteria as reported by others",
            Basis::LineOfEnquiry => "lines of enquiry, not official criteria",
        }
    }

    /// The name for all statements of this basis, where they are counted apart from others.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Criterion => "official criteria",
            Basis::Scope => "official scope",
            Basis::Reported => "criteria reported by others",
            Basis::LineOfEnquiry => "lines of enquiry",
        }
    }

    /// A count of statements of this basis: "1 line of enquiry", "6 statements of official scope".
    pub fn count(self, n: usize) -> String {
        let criteria = if n == 1 { "criterion" } else { "criteria" };
        match self {
            Basis::Criterion => format!("{n} official {criteria}"),
            Basis::Scope => format!("{n} {} of official scope", words::noun(n, "statement")),
            Basis::Reported => format!("{n} {criteria} reported by others"),
            Basis::LineOfEnquiry => format!("{n} {} of enquiry", words::noun(n, "line")),
        }
    }

    /// The basis with this letter.
    pub fn from_letter(letter: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.letter() == letter)
    }
}

/// One thing to be rated. People see the word "statement"; "criterion" is printed only for [`Basis::Criterion`].
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// The statement in full: 1 to 2,000 characters.
    pub text: String,
    /// The pack's short name, at most [`Criterion::LONGEST_SHORT`] characters; empty where the pack gives none. To show a name, use
    /// [`Criterion::short_name`].
    pub short: String,
    /// What kind of statement it is.
    pub basis: Basis,
    /// The groups that are asked it.
    pub asked: AskedOf,
    /// Where the statement comes from.
    pub source: String,
    /// True where the wording is the pack writer's and not the source's own.
    pub paraphrase: bool,
    /// What Green looks like for this statement; empty where the pack does not say.
    pub green_looks_like: String,
    /// Questions that help agencies answer; empty where the pack has none.
    pub prompts: Vec<String>,
    /// What the ratings mean for this statement, where that differs from the theme's definitions.
    pub ratings: StatementRatings,
    /// What the statement means for one kind of agency, in one line; only for groups that would otherwise have to guess.
    pub means: BTreeMap<Group, String>,
    /// Statements that already ask the same. An agency that is asked one of them sees this one for information only.
    pub repeats: Vec<CriterionId>,
}

impl Criterion {
    /// The longest short name, in characters: a slide has room for this much beside a card or a row of marks.
    pub const LONGEST_SHORT: usize = 28;

    /// The name of the statement where there is no room for all of it: the pack's short name, else its first words. At most
    /// [`Criterion::LONGEST_SHORT`] characters.
    pub fn short_name(&self) -> String {
        let name = if self.short.is_empty() { &self.text } else { &self.short };
        words::cut_at_word(name, Criterion::LONGEST_SHORT)
    }

    /// The longest line on what a statement means for one group, in characters: the message on a cell has room for this much.
    pub const LONGEST_MEANING: usize = 160;

    /// What the statement means for agencies of this group; empty where the pack does not say.
    pub fn meaning_for(&self, group: Group) -> &str {
        self.means.get(&group).map_or("", String::as_str)
    }

    /// Whether the pack has anything that helps agencies of this group answer it.
    pub fn has_guidance_for(&self, group: Group) -> bool {
        let has_none = self.green_looks_like.is_empty() && self.prompts.is_empty() && self.ratings.is_empty();
        !(has_none && self.meaning_for(group).is_empty())
    }

    /// A fingerprint of one criterion, 16 hexadecimal digits. It changes with its wording, basis, groups, source, ratings or what it
    /// repeats. It does not change with its short name or its guidance, because what agencies are asked stays the same.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.parts())
    }

    /// A fingerprint of what an agency rates, 16 hexadecimal digits. It changes only with the statement's words or with what the ratings mean
    /// for it. Answers of two rounds are compared only where it is the same.
    pub fn wording(&self) -> String {
        let StatementRatings { red, amber, green } = &self.ratings;
        let words = [&self.text, red, amber, green].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        fingerprint(&words)
    }

    /// The texts that a fingerprint is made from.
    pub(super) fn parts(&self) -> Vec<String> {
        let StatementRatings { red, amber, green } = &self.ratings;
        let mut parts = vec![
            self.id.to_string(),
            self.text.clone(),
            self.basis.letter().into(),
            self.asked.codes(),
            self.source.clone(),
        ];
        parts.extend([red, amber, green].map(Clone::clone));
        // This came later. Most statements repeat none, and add nothing here, so that their earlier fingerprints still match.
        parts.extend(self.repeats.iter().map(CriterionId::to_string));
        parts
    }
}

/// What Red, Amber and Green mean for one statement; each empty where the theme's own definition applies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatementRatings {
    /// What Red means here.
    pub red: String,
    /// What Amber means here.
    pub amber: String,
    /// What Green means here.
    pub green: String,
}

impl StatementRatings {
    /// What a rating means for the statement; empty where the theme's own definition applies.
    pub fn meaning(&self, rating: Rating) -> &str {
        match rating {
            Rating::Red => &self.red,
            Rating::Amber => &self.amber,
            Rating::Green => &self.green,
        }
    }

    /// Whether the theme's own definitions apply to all three.
    pub fn is_empty(&self) -> bool {
        *self == StatementRatings::default()
    }
}

/// A term of the field with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words or the abbreviation.
    pub term: String,
    /// What it means, in plain words.
    pub meaning: String,
}

/// A heading over criteria.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// The heading.
    pub title: String,
    /// A shorter heading for charts, at most 40 characters; the heading itself where the pack gives none.
    pub short_title: String,
    /// The criteria under it, in the pack's order.
    pub criteria: Vec<Criterion>,
}

/// The first 16 hexadecimal digits of the SHA-256 of some texts.
pub(super) fn fingerprint(parts: &[String]) -> String {
    // Each part has its length before it, so that no two lists of parts give the same bytes.
    let parts: String = parts.iter().map(|part| format!("{} {part}", part.len())).collect();
    let mut hex = hash::sha256_hex(parts.as_bytes());
    hex.truncate(16);
    hex
}
