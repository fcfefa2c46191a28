//! The data that a return is read against: the round, the theme, an index of their ids and words.

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
    /// The index of that round.
    pub index: &'a RoundIndex,
    /// The agency's workbooks as they were issued, needed where the round may have changed since; empty where that does not matter yet.
    pub issued: &'a [Book],
    /// The agency that somebody decided the file is from; `None` where nobody did.
    pub owner: Option<&'a AgencyId>,
    /// Whether it is read to fill a fresh workbook, which its agency then checks. Only then are headers guessed in a table that is laid out
    /// differently.
    pub is_repair: bool,
}

/// The index for a round's returns. It is made once for the round, because a round can have thousands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoundIndex {
    /// Whether the round follows an earlier one, so that its table has two more columns.
    pub(super) goes_on: bool,
    /// The place in the round of each agency: by return code, by id, and by name folded.
    codes: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    names: HashMap<String, usize>,
    /// The criteria by their ids in lower case, and by their statements folded.
    refs: HashMap<String, CriterionId>,
    statements: HashMap<String, CriterionId>,
    /// The texts of the sheets to look things up in, by group: agencies of one group have the same.
    pub(super) pages: BTreeMap<Group, IssuedTexts>,
}

impl RoundIndex {
    /// Makes the index of a round and its theme.
    pub fn new(round: &Round, theme: &Theme) -> RoundIndex {
        let agencies = || round.agencies.iter().enumerate();
        // The codes of earlier issues count too: an agency may return the first workbook after it got a second.
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
        // No id is nearly as long, and the cell may have a whole page in it.
        if text.len() > 100 { None } else { self.refs.get(&text.trim().to_lowercase()) }
    }

    /// The criterion with this statement, compared as [`fold`] folds texts.
    pub fn by_words(&self, text: &str) -> Option<&CriterionId> {
        self.statements.get(&fold(text))
    }

    /// The agency of a return code; `None` for a code of a different round.
    pub fn by_code<'r>(&self, code: &str, round: &'r Round) -> Option<&'r Agency> {
        self.codes.get(code).and_then(|at| round.agencies.get(*at))
    }

    /// The agency with this id.
    pub fn by_id<'r>(&self, id: &str, round: &'r Round) -> Option<&'r Agency> {
        self.ids.get(id).and_then(|at| round.agencies.get(*at))
    }

    /// The agency whose id is in the name of a file or of its sub-folder. If there are several, the longest counts if it contains all the
    /// others, as `police-north` contains `police`; otherwise the name does not tell.
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
