//! What a return is read against: the round, the theme, where their ids and words are looked up.

use super::issued_texts::{self, IssuedTexts};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::round::{Agency, Round};
use crate::theme::{Group, Theme};
use crate::workbook::contract;
use crate::workbook::contract::fold;
use crate::workbook::file::book::Book;
use std::collections::{BTreeMap, HashMap};

/// What a return is read against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The round that the return should belong to.
    pub round: &'a Round,
    /// The theme as frozen in that round.
    pub theme: &'a Theme,
    /// What that round knows.
    pub index: &'a RoundIndex,
    /// The workbooks as they were issued to the agency, where the round may have changed since; none where that is not asked yet.
    pub issued: &'a [Book],
    /// Whose the file is by somebody's decision; `None` where nobody decided.
    pub owner: Option<&'a AgencyId>,
    /// Whether it is read for a fresh workbook that its agency checks: then a table that is laid out differently is read as far as its
    /// headers can be made out.
    pub is_repair: bool,
}

/// What a round's returns are looked up in. Made once for a round, because a round can have thousands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoundIndex {
    /// Whether the round goes on from an earlier one, so that its table has two columns more.
    pub(super) goes_on: bool,
    /// The place in the round of each agency: by return code, by id, and by name folded.
    codes: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    names: HashMap<String, usize>,
    /// The criteria by their ids in lower case, and by their statements folded.
    refs: HashMap<String, CriterionId>,
    statements: HashMap<String, CriterionId>,
    /// What is printed on the sheets to look things up in, by group.
    pub(super) pages: BTreeMap<Group, IssuedTexts>,
}

impl RoundIndex {
    /// What a round and its theme know.
    pub fn new(round: &Round, theme: &Theme) -> RoundIndex {
        let agencies = || round.agencies.iter().enumerate();
        let codes = |(at, agency): (usize, &Agency)| {
            contract::return_codes(round.id(), &agency.id).map(move |code| (code, at)).collect::<Vec<_>>()
        };
        let criteria = || theme.criteria().map(|(_, criterion)| criterion);
        RoundIndex {
            goes_on: round.goes_on_from.is_some(),
            codes: agencies().flat_map(codes).collect(),
            ids: agencies().map(|(at, agency)| (agency.id.to_string(), at)).collect(),
            names: agencies().map(|(at, agency)| (fold(&agency.name), at)).collect(),
            refs: criteria().map(|criterion| (criterion.id.as_str().to_lowercase(), criterion.id.clone())).collect(),
            statements: criteria().map(|criterion| (fold(&criterion.text), criterion.id.clone())).collect(),
            pages: issued_texts::of_groups(round, theme),
        }
    }

    /// The criterion with this id, whatever its case and the blanks around it.
    pub fn by_ref(&self, text: &str) -> Option<&CriterionId> {
        if text.len() > 100 { None } else { self.refs.get(&text.trim().to_lowercase()) }
    }

    /// The criterion with these words.
    pub fn by_words(&self, text: &str) -> Option<&CriterionId> {
        self.statements.get(&fold(text))
    }

    /// The agency of a code; `None` for a code of another round.
    pub fn by_code<'r>(&self, code: &str, round: &'r Round) -> Option<&'r Agency> {
        self.codes.get(code).and_then(|at| round.agencies.get(*at))
    }

    /// The agency with this id.
    pub fn by_id<'r>(&self, id: &str, round: &'r Round) -> Option<&'r Agency> {
        self.ids.get(id).and_then(|at| round.agencies.get(*at))
    }

    /// The agency whose id stands in a file's name or in the name of its sub-folder; the longest id where several do and each stands
    /// inside the longest.
    pub fn in_name<'r>(&self, file: &str, round: &'r Round) -> Option<&'r Agency> {
        let inside = file.split_once('/').map_or(file, |(_, inside)| inside);
        let slug = words::slug(inside);
        let words: Vec<&str> = slug.split('-').collect();
        let runs = (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)));
        let mut found: Vec<&Agency> =
            runs.filter_map(|(from, to)| self.by_id(&words[from..to].join("-"), round)).collect();
        found.sort_by_key(|agency| std::cmp::Reverse(agency.id.as_str().len()));
        let (longest, rest) = found.split_first()?;
        rest.iter().all(|other| longest.id.as_str().contains(other.id.as_str())).then_some(*longest)
    }

    /// The agency of this name, whatever its case and punctuation.
    pub fn by_name<'r>(&self, name: &str, round: &'r Round) -> Option<&'r Agency> {
        self.names.get(&fold(name)).and_then(|at| round.agencies.get(*at))
    }
}
