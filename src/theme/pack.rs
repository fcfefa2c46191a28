//! A theme as a whole, and the fingerprint of its wording.

use std::collections::BTreeSet;

use super::criterion::{Area, Basis, Criterion, Term, fingerprint};
use super::group::Group;
use super::source::ThemeSource;
use crate::core::ids::{CriterionId, ThemeId};
use crate::core::words;
use crate::form::Rating;
use jiff::civil::Date;

/// How far to trust a pack's wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Shipped with the program as a start, to be checked against the published framework.
    Starter,
    /// Made from a document. `issue` refuses it until a named person has checked it.
    Draft,
    /// Written and kept by a partnership.
    Own,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 3] = [Status::Starter, Status::Draft, Status::Own];

    /// The word in a pack.
    pub fn key(self) -> &'static str {
        match self {
            Status::Starter => "starter",
            Status::Draft => "draft",
            Status::Own => "own",
        }
    }
}

/// The order of the three columns for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnOrder {
    /// Working well, worried about, needs to happen: the order of the partnership guidance.
    WorkingWellFirst,
    /// Worried about first: the method's standard order.
    WorriedFirst,
}

impl ColumnOrder {
    /// Both orders.
    pub const ALL: [ColumnOrder; 2] = [ColumnOrder::WorkingWellFirst, ColumnOrder::WorriedFirst];

    /// The word in files.
    pub fn key(self) -> &'static str {
        match self {
            ColumnOrder::WorkingWellFirst => "working-well-first",
            ColumnOrder::WorriedFirst => "worried-first",
        }
    }
}

/// The published framework that a pack is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The day it was published; `None` where only a month or nothing is known.
    pub published: Option<Date>,
}

/// What Red, Amber, Green and Not applicable mean in this theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Definitions {
    /// What Red means.
    pub red: String,
    /// What Amber means.
    pub amber: String,
    /// What Green means.
    pub green: String,
    /// What Not applicable means.
    pub not_applicable: String,
}

impl Definitions {
    /// What a rating means in this theme.
    pub fn meaning(&self, rating: Rating) -> &str {
        match rating {
            Rating::Red => &self.red,
            Rating::Amber => &self.amber,
            Rating::Green => &self.green,
        }
    }
}

impl Default for Definitions {
    /// Suggested definitions in our own words. They ask for the difference made to children, because inspectors look for
    /// outcomes and not only for compliance (ADCS briefing on the first joint targeted area inspections, 2016).
    // They are part of the fingerprint. Rewording one tells every issued round whose theme has no [ratings] that its theme has changed.
    fn default() -> Definitions {
        Definitions {
            red: "We do not do this, or it is weak enough to leave children at risk; action is urgent.".into(),
            amber: "We do this in part, or not consistently, or cannot yet show the difference it makes; \
                    actions are in hand."
                .into(),
            green:
                "We do this consistently, we can show evidence, and we can show what difference it makes to children."
                    .into(),
            not_applicable: "This does not apply to our agency; we say why.".into(),
        }
    }
}

/// What an inspection looks at.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// The theme in words, as in "Children who are victims of domestic abuse".
    pub title: String,
    /// Which run of this theme it is, where there was more than one; `None` otherwise.
    pub run: Option<i64>,
    /// How far to trust the wording.
    pub status: Status,
    /// True once inspections on this theme have ended.
    pub is_retired: bool,
    /// The children that inspections look at most closely, as in "children aged 7 to 15"; empty where the framework does not say.
    pub age_focus: String,
    /// How complete the pack is, in a sentence or two.
    pub completeness: String,
    /// Who checked the wording against the published framework; empty until somebody has.
    pub checked_by: String,
    /// When it was checked; `None` until it has been.
    pub checked_on: Option<Date>,
    /// The published framework.
    pub framework: Framework,
    /// The groups that this theme's inspections look at.
    pub groups_in_scope: Vec<Group>,
    /// The bases that the pack recommends agencies rate; statements of other bases are for information.
    pub rate: Vec<Basis>,
    /// The order of the three columns that the pack recommends.
    pub column_order: ColumnOrder,
    /// What the ratings mean.
    pub definitions: Definitions,
    /// Terms that the workbook explains.
    pub glossary: Vec<Term>,
    /// The areas, in order.
    pub areas: Vec<Area>,
    /// The document it was made from; `None` for a theme written by hand.
    pub source: Option<ThemeSource>,
    /// The fingerprints from when the theme was frozen into a round; `None` in a pack.
    pub as_issued: Option<AsIssued>,
}

/// The fingerprints of a theme at the time its workbooks were issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsIssued {
    /// That of the whole theme: [`Theme::fingerprint`].
    pub fingerprint: String,
    /// That of each criterion: [`Criterion::fingerprint`].
    pub criteria: Vec<(CriterionId, String)>,
}

/// How a theme differs from what was issued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Criteria that were not issued.
    pub added: Vec<CriterionId>,
    /// Criteria that were issued and are no longer in the theme.
    pub dropped: Vec<CriterionId>,
    /// Criteria whose wording, basis, groups or source changed.
    pub reworded: Vec<CriterionId>,
}

/// Criteria whose short names need work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShortNameGaps {
    /// Criteria without a short name: slides show the first words of the statement.
    pub missing: Vec<CriterionId>,
    /// Criteria with the same short name as an earlier criterion.
    pub repeated: Vec<CriterionId>,
}

impl Theme {
    /// Criteria whose short names need work. This is not a fault: a theme works without short names.
    pub fn short_name_gaps(&self) -> ShortNameGaps {
        let mut seen = BTreeSet::new();
        let mut gaps = ShortNameGaps::default();
        for (_, criterion) in self.criteria() {
            if criterion.short.is_empty() {
                gaps.missing.push(criterion.id.clone());
            } else if !seen.insert(criterion.short.to_lowercase()) {
                gaps.repeated.push(criterion.id.clone());
            }
        }
        gaps
    }

    /// Every criterion with its area, in order.
    pub fn criteria(&self) -> impl Iterator<Item = (&Area, &Criterion)> {
        self.areas.iter().flat_map(|area| area.criteria.iter().map(move |criterion| (area, criterion)))
    }

    /// The criterion with this id, and its area.
    pub fn criterion(&self, id: &CriterionId) -> Option<(&Area, &Criterion)> {
        self.criteria().find(|(_, criterion)| criterion.id == *id)
    }

    /// The statement that agencies of a group rate instead of `criterion`, which repeats it; `None` where they are asked no such statement
    /// of the rated bases.
    ///
    /// A statement that is itself a repetition is not taken: two that repeat each other would otherwise both be left out.
    pub fn asked_instead(&self, criterion: &Criterion, group: Group, rated: &[Basis]) -> Option<&Criterion> {
        let mut others = criterion.repeats.iter().filter_map(|id| self.criterion(id)).map(|(_, other)| other);
        let asks = |other: &&Criterion| {
            rated.contains(&other.basis) && other.asked.includes(group) && other.repeats.is_empty()
        };
        others.find(asks)
    }

    /// Whether agencies of a group rate a statement, where statements of these bases are rated.
    pub fn is_rated_by(&self, criterion: &Criterion, group: Group, rated: &[Basis]) -> bool {
        rated.contains(&criterion.basis)
            && criterion.asked.includes(group)
            && self.asked_instead(criterion, group, rated).is_none()
    }

    /// Whether a named person has checked the wording against the published framework, with a date.
    pub fn is_checked(&self) -> bool {
        !self.checked_by.trim().is_empty() && self.checked_on.is_some()
    }

    /// The notice on workbooks and presentations until the wording is checked; `None` once it is.
    pub fn notice(&self) -> Option<&'static str> {
        match self.status {
            _ if self.is_checked() => None,
            Status::Starter => Some("Starter wording, not yet checked against the published framework."),
            Status::Draft | Status::Own => Some("Wording not yet checked against the published framework."),
        }
    }

    /// A fingerprint of wording and structure, 16 hexadecimal digits. It changes with a statement, its basis or groups, an area or a
    /// rating's definition. It does not change with comments, short names, guidance, the check or the status, which may be edited during a
    /// round.
    pub fn fingerprint(&self) -> String {
        let mut parts: Vec<String> = vec![self.id.to_string(), self.title.clone()];
        // All fields are named, so that a new one does not compile until it is decided whether it belongs to the fingerprint.
        let Definitions { red, amber, green, not_applicable } = &self.definitions;
        parts.extend([red, amber, green, not_applicable].map(Clone::clone));
        for area in &self.areas {
            parts.extend([area.id.to_string(), area.title.clone()]);
            parts.extend(area.criteria.iter().flat_map(Criterion::parts));
        }
        fingerprint(&parts)
    }

    /// The fingerprints to write when the theme is frozen into a round.
    pub fn freeze(&self) -> AsIssued {
        let criteria = self.criteria().map(|(_, criterion)| (criterion.id.clone(), criterion.fingerprint()));
        AsIssued { fingerprint: self.fingerprint(), criteria: criteria.collect() }
    }

    /// How this theme differs from another state of itself.
    pub fn changes_since(&self, issued: &AsIssued) -> Changes {
        let now = self.freeze().criteria;
        let was = |id: &CriterionId| issued.criteria.iter().find(|(other, _)| other == id);
        let is_now = |id: &CriterionId| now.iter().any(|(other, _)| other == id);
        let ids = |criteria: Vec<&(CriterionId, String)>| criteria.into_iter().map(|(id, _)| id.clone()).collect();
        Changes {
            added: ids(now.iter().filter(|(id, _)| was(id).is_none()).collect()),
            dropped: ids(issued.criteria.iter().filter(|(id, _)| !is_now(id)).collect()),
            reworded: ids(now.iter().filter(|(id, print)| was(id).is_some_and(|(_, other)| other != print)).collect()),
        }
    }
}

impl Changes {
    /// Whether no criterion differs. The theme's title, areas or definitions still may.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// "added OWN-1.2; reworded OWN-1.1 and OWN-2.1", or what else can have changed.
    pub fn words(&self) -> String {
        let named = |what: &str, ids: &[CriterionId]| {
            let ids: Vec<&str> = ids.iter().map(CriterionId::as_str).collect();
            (!ids.is_empty()).then(|| format!("{what} {}", words::list(&ids)))
        };
        let said = [named("added", &self.added), named("dropped", &self.dropped), named("reworded", &self.reworded)];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if said.is_empty() { "its title, an area or a rating's definition changed".into() } else { said.join("; ") }
    }
}
