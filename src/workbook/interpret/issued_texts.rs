//! The texts of issued workbooks, to tell an agency's own texts from them.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use crate::round::Round;
use crate::theme::{Group, Theme};
use crate::workbook::contract::{Issue, IssuedText, fold, texts_of_reference};

/// Texts as they were issued, by sheet and column but not by row, because rows get moved. Most come back unchanged, so they are compared
/// exactly first. Folding takes longer and catches those in which a program changed blanks or line breaks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct IssuedTexts {
    exact: HashSet<(&'static str, u32, String)>,
    /// The same, folded; made when it is first needed.
    folded: OnceLock<HashSet<(&'static str, u32, String)>>,
}

impl IssuedTexts {
    pub(super) fn new(texts: Vec<IssuedText>) -> IssuedTexts {
        IssuedTexts { exact: texts.into_iter().collect(), folded: OnceLock::new() }
    }

    pub(super) fn holds(&self, text: &IssuedText) -> bool {
        self.exact.contains(text)
    }

    pub(super) fn holds_folded(&self, (sheet, column, text): &IssuedText) -> bool {
        let fold_all = || self.exact.iter().map(|(sheet, column, text)| (*sheet, *column, fold(text))).collect();
        self.folded.get_or_init(fold_all).contains(&(*sheet, *column, fold(text)))
    }
}

/// The texts of the sheets to look things up in, for each group of the round.
pub(super) fn of_groups(round: &Round, theme: &Theme) -> BTreeMap<Group, IssuedTexts> {
    let mut groups = BTreeMap::new();
    for agency in &round.agencies {
        groups
            .entry(agency.group)
            .or_insert_with(|| IssuedTexts::new(texts_of_reference(&Issue::fresh(theme, round, agency, 1))));
    }
    groups
}
