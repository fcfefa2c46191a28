//! How many cells hold what, by any column of the long table.

use std::iter::Sum;
use std::ops::Add;

use polars::prelude::{DataFrame, DataType, IDX_DTYPE, IntoLazy, col, len, lit};

use crate::ratings::{Ratings, TableError};
use crate::response::Rating;

/// What the cells issued hold. `asked = rated + not_applicable + blank + unreadable + missing`, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Cells issued.
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
    /// Something written that is no rating.
    pub unreadable: usize,
    /// No return.
    pub missing: usize,
}

impl Counts {
    /// Every count under the name that people read, in the fixed order of tables: what was asked, what is rated, and what each is made
    /// of.
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

    /// Red, Amber and Green together: what shares are taken of.
    pub fn rated(&self) -> usize {
        self.red + self.amber + self.green
    }

    /// Blank, unreadable and missing together: what could still turn out as any rating.
    pub fn unanswered(&self) -> usize {
        self.blank + self.unreadable + self.missing
    }

    /// How many have this rating.
    pub fn of(&self, rating: Rating) -> usize {
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

/// Counts by the values of a column of the long table, in the order in which they first stand there.
pub(super) fn by(ratings: &Ratings, column: &str) -> Result<Vec<(String, Counts)>, TableError> {
    Ok(by_each(ratings, [column])?.into_iter().map(|([name], counts)| (name, counts)).collect())
}

/// Counts by the values of several columns together.
pub(super) fn by_each<const N: usize>(
    ratings: &Ratings,
    columns: [&str; N],
) -> Result<Vec<([String; N], Counts)>, TableError> {
    let state = |key: &str| col("self_state").eq(lit(key)).sum().cast(IDX_DTYPE).alias(key);
    let rating = |key: &str| col("self_rating").eq(lit(key)).sum().cast(IDX_DTYPE).alias(key);
    let table = ratings
        .frame()
        .clone()
        .lazy()
        .group_by_stable(columns.map(col))
        .agg([
            len().cast(IDX_DTYPE).alias("asked"),
            rating("red"),
            rating("amber"),
            rating("green"),
            state("not_applicable"),
            state("blank"),
            state("unreadable"),
            state("missing"),
        ])
        .collect()?;
    let mut names = Vec::new();
    for column in columns {
        names.push(table.column(column)?.cast(&DataType::String)?);
    }
    let name = |column: usize, at: usize| -> Result<String, TableError> {
        Ok(names[column].str()?.get(at).unwrap_or_default().to_string())
    };
    let row = |at: usize| {
        let mut key = std::array::from_fn(|_| String::new());
        for (column, part) in key.iter_mut().enumerate() {
            *part = name(column, at)?;
        }
        Ok((key, counts(&table, at)?))
    };
    (0..table.height()).map(row).collect()
}

fn counts(table: &DataFrame, at: usize) -> Result<Counts, TableError> {
    let count =
        |name: &str| -> Result<usize, TableError> { Ok(table.column(name)?.idx()?.get(at).unwrap_or(0) as usize) };
    Ok(Counts {
        asked: count("asked")?,
        red: count("red")?,
        amber: count("amber")?,
        green: count("green")?,
        not_applicable: count("not_applicable")?,
        blank: count("blank")?,
        unreadable: count("unreadable")?,
        missing: count("missing")?,
    })
}

/// The counts under one value; `None` where it does not occur.
pub(super) fn of(counts: &[(String, Counts)], value: &str) -> Option<Counts> {
    counts.iter().find(|(known, _)| known == value).map(|(_, counts)| *counts)
}
