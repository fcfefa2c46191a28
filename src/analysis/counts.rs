//! How many answers are in which state, by area, statement, agency, group.

use std::collections::HashMap;
use std::iter::Sum;
use std::ops::Add;

use polars::prelude::{Column, DataFrame, PolarsError};

use crate::core::ids::{AgencyId, CriterionId};
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::round::{Agency, Round};
use crate::theme::Theme;

/// Counts of answers by state. Always, `asked = rated + not_applicable + blank + unreadable + missing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Answers asked.
    pub asked: usize,
    /// Rated Red.
    pub red: usize,
    /// Rated Amber.
    pub amber: usize,
    /// Rated Green.
    pub green: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Returned, not rated.
    pub blank: usize,
    /// What is written is not a rating.
    pub unreadable: usize,
    /// No return.
    pub missing: usize,
}

impl Counts {
    /// Every count with the name that people read, in the fixed order of tables.
    pub fn named(&self) -> [(&'static str, usize); 9] {
        let Counts { asked, red, amber, green, not_applicable, blank, unreadable, missing } = *self;
        [
            ("Asked", asked),
            ("Rated", self.rated()),
            ("Red", red),
            ("Amber", amber),
            ("Green", green),
            ("Not applicable", not_applicable),
            ("Blank", blank),
            ("Unreadable", unreadable),
            ("Not returned", missing),
        ]
    }

    /// Red, Amber and Green together: the total that shares are taken of.
    pub fn rated(&self) -> usize {
        self.red + self.amber + self.green
    }

    /// Blank, unreadable and missing together: answers that could still become any rating.
    pub fn unanswered(&self) -> usize {
        self.blank + self.unreadable + self.missing
    }

    /// Counts one more answer, in this state.
    pub fn count_one(&mut self, state: AnswerState) {
        self.asked += 1;
        *self.cell_mut(state) += 1;
    }

    /// The count of answers in this state.
    pub(super) fn cell_mut(&mut self, state: AnswerState) -> &mut usize {
        match state {
            AnswerState::Rated(Rating::Red) => &mut self.red,
            AnswerState::Rated(Rating::Amber) => &mut self.amber,
            AnswerState::Rated(Rating::Green) => &mut self.green,
            AnswerState::NotApplicable => &mut self.not_applicable,
            AnswerState::Blank => &mut self.blank,
            AnswerState::Unreadable => &mut self.unreadable,
            AnswerState::Missing => &mut self.missing,
        }
    }

    /// How many have this rating.
    pub fn rated_as(&self, rating: Rating) -> usize {
        match rating {
            Rating::Red => self.red,
            Rating::Amber => self.amber,
            Rating::Green => self.green,
        }
    }
}

impl Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            asked: self.asked + other.asked,
            red: self.red + other.red,
            amber: self.amber + other.amber,
            green: self.green + other.green,
            not_applicable: self.not_applicable + other.not_applicable,
            blank: self.blank + other.blank,
            unreadable: self.unreadable + other.unreadable,
            missing: self.missing + other.missing,
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), Add::add)
    }
}

/// The answers could not be grouped.
#[derive(Debug, thiserror::Error)]
#[error("the answers could not be counted: {0}")]
pub struct CountError(#[from] PolarsError);

/// Every state of an answer; its index is its number in the table that polars groups.
const STATES: [AnswerState; 7] = [
    AnswerState::Rated(Rating::Red),
    AnswerState::Rated(Rating::Amber),
    AnswerState::Rated(Rating::Green),
    AnswerState::NotApplicable,
    AnswerState::Blank,
    AnswerState::Unreadable,
    AnswerState::Missing,
];

/// The answers as a table of small numbers: the indices of area, criterion, agency, group and basis, and the state.
pub(super) struct CountTable {
    frame: DataFrame,
}

/// A column to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountBy {
    /// The area, by its place in the theme.
    Area,
    /// The criterion, by its place in the theme.
    Criterion,
    /// The agency, by its place in the round.
    Agency,
    /// The agency's group, by its place in the fixed order of groups.
    Group,
    /// The basis of the criterion, by its place in the fixed order of bases.
    Basis,
}

impl CountBy {
    const ALL: [CountBy; 5] = [CountBy::Area, CountBy::Criterion, CountBy::Agency, CountBy::Group, CountBy::Basis];

    fn name(self) -> &'static str {
        match self {
            CountBy::Area => "area",
            CountBy::Criterion => "criterion",
            CountBy::Agency => "agency",
            CountBy::Group => "group",
            CountBy::Basis => "basis",
        }
    }
}

impl CountTable {
    /// The table of a round's answers.
    pub(super) fn new(theme: &Theme, round: &Round, answers: &[AnswerRow]) -> Result<CountTable, CountError> {
        let mut criteria: HashMap<&CriterionId, (u32, u32, u32)> = HashMap::new();
        for (at, area) in (0..).zip(&theme.areas) {
            for criterion in &area.criteria {
                criteria.insert(&criterion.id, (at, criteria.len() as u32, criterion.basis as u32));
            }
        }
        let agency = |(at, agency): (u32, &Agency)| (agency.id.clone(), (at, agency.group as u32));
        let agencies: HashMap<AgencyId, (u32, u32)> = (0..).zip(&round.agencies).map(agency).collect();
        let mut columns: [Vec<u32>; 5] = Default::default();
        let mut states: Vec<u32> = Vec::with_capacity(answers.len());
        for answer in answers {
            // OK to index: answers are made from this theme and this round, one for each agency and statement issued.
            let (area, criterion, basis) = criteria[&answer.criterion];
            let (agency, group) = agencies[&answer.agency];
            for (column, value) in columns.iter_mut().zip([area, criterion, agency, group, basis]) {
                column.push(value);
            }
            states.push(STATES.iter().position(|state| *state == answer.state).unwrap_or_default() as u32);
        }
        let named = CountBy::ALL.map(CountBy::name).into_iter().zip(columns).chain([(STATE, states)]);
        let columns = named.map(|(name, values)| Column::new(name.into(), values)).collect();
        Ok(CountTable { frame: DataFrame::new_infer_height(columns)? })
    }

    /// The counts under each combination of these columns that occurs.
    pub(super) fn by<const N: usize>(&self, columns: [CountBy; N]) -> Result<HashMap<[usize; N], Counts>, CountError> {
        let names = columns.map(CountBy::name);
        let mut counted: HashMap<[usize; N], Counts> = HashMap::new();
        let key = |places: &[usize]| std::array::from_fn(|column| places[column]);
        // `asked` is counted on its own and not summed from the states, so that reconciliation can compare the two.
        for (places, asked) in self.group_sizes(&names)? {
            counted.entry(key(&places)).or_default().asked = asked;
        }
        let with_state: Vec<&str> = names.into_iter().chain([STATE]).collect();
        for (places, count) in self.group_sizes(&with_state)? {
            let state = STATES[places[N]];
            *of_state(counted.entry(key(&places)).or_default(), state) = count;
        }
        Ok(counted)
    }

    /// How many rows there are of each combination of these columns that occurs.
    fn group_sizes(&self, names: &[&str]) -> Result<Vec<(Vec<usize>, usize)>, CountError> {
        let grouped = self.frame.group_by_stable(names.iter().copied())?;
        let keys = grouped.keys();
        let keys = keys.iter().map(Column::u32).collect::<Result<Vec<_>, _>>()?;
        let places = |at: usize| keys.iter().map(|key| key.get(at).unwrap_or_default() as usize).collect();
        Ok(grouped.get_groups().iter().enumerate().map(|(at, group)| (places(at), group.len())).collect())
    }
}

/// The column with an answer's state, by its index in [`STATES`].
const STATE: &str = "state";

/// The count of a state.
fn of_state(counts: &mut Counts, state: AnswerState) -> &mut usize {
    match state {
        AnswerState::Rated(Rating::Red) => &mut counts.red,
        AnswerState::Rated(Rating::Amber) => &mut counts.amber,
        AnswerState::Rated(Rating::Green) => &mut counts.green,
        AnswerState::NotApplicable => &mut counts.not_applicable,
        AnswerState::Blank => &mut counts.blank,
        AnswerState::Unreadable => &mut counts.unreadable,
        AnswerState::Missing => &mut counts.missing,
    }
}
