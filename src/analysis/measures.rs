//! The measures of one criterion: its middle rating with bounds for answers not in, and the agreement of its ratings.

use super::counts::Counts;
use crate::form::Rating;

/// The middle rating of a criterion and how far the answers that are not in could move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The middle rating: the lower median on Red < Amber < Green. If two share the middle, the worse.
    pub middle: Rating,
    /// The middle rating if every missing, blank and unreadable answer were Red.
    pub low: Rating,
    /// The middle rating if every one of them were Green.
    pub high: Rating,
}

impl Position {
    /// Whether no answer that is not in could move the middle rating. People get this as a sentence, never as the word "firm".
    pub fn is_firm(&self) -> bool {
        self.low == self.high
    }
}

/// The middle rating with its bounds; `None` if nothing is rated.
///
/// The bounds are those of Manski (1990), "Nonparametric bounds on treatment effects", in their plainest form: unknown answers are
/// taken at their worst, then at their best. Not-applicable answers are trusted and left out of both.
pub fn position(counts: &Counts) -> Option<Position> {
    let Counts { red, amber, green, .. } = *counts;
    let unanswered = counts.unanswered();
    Some(Position {
        middle: lower_median(red, amber, green)?,
        low: lower_median(red + unanswered, amber, green)?,
        high: lower_median(red, amber, green + unanswered)?,
    })
}

/// Of n ratings in order, the one at place (n + 1) / 2, rounded down; `None` if there are none.
pub(super) fn lower_median(red: usize, amber: usize, green: usize) -> Option<Rating> {
    let place = (red + amber + green).div_ceil(2);
    match place {
        0 => None,
        place if place <= red => Some(Rating::Red),
        place if place <= red + amber => Some(Rating::Amber),
        _ => Some(Rating::Green),
    }
}

/// The consensus of the ratings: 1 if all are the same, 0 if they are split between Red and Green; `None` for fewer than two.
///
/// Tastle and Wierman (2007), "Consensus and dissention: a measure of ordinal dispersion", on the codes 1 to 3:
/// `1 + sum of p(i) * log2(1 - |i - mean| / 2)`. It uses a mean of codes, so people never see it: it is in the data and orders lists.
pub fn agreement(counts: &Counts) -> Option<f64> {
    let rated = counts.rated();
    if rated < 2 {
        return None;
    }
    let shares = [counts.red, counts.amber, counts.green].map(|n| n as f64 / rated as f64);
    let codes = [1.0, 2.0, 3.0];
    let mean: f64 = shares.iter().zip(codes).map(|(share, code)| share * code).sum();
    let term = |(share, code): (&f64, f64)| {
        // Without this, a share of 0 times a logarithm of minus infinity would be NaN. `libm` and not `std`, whose logarithms may differ in the
        // last digit from one system to another: the number is in the data.
        if *share == 0.0 { 0.0 } else { share * libm::log2(1.0 - (code - mean).abs() / 2.0) }
    };
    Some(1.0 + shares.iter().zip(codes).map(term).sum::<f64>())
}

/// With fewer ratings than this, a middle rating says too little to be shown.
pub const FEWEST_FOR_A_MIDDLE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use Rating::{Amber, Green, Red};

    fn counts(red: usize, amber: usize, green: usize, missing: usize) -> Counts {
        Counts { asked: red + amber + green + missing, red, amber, green, missing, ..Counts::default() }
    }

    #[track_caller]
    fn check(ratings: [usize; 3], missing: usize, expected: Option<(Rating, Rating, Rating)>) {
        let [red, amber, green] = ratings;
        let found = position(&counts(red, amber, green, missing)).map(|p| (p.middle, p.low, p.high));
        assert_eq!(found, expected);
    }

    #[test]
    fn the_middle_rating_is_the_lower_median() {
        check([2, 5, 4], 0, Some((Amber, Amber, Amber)));
        check([1, 0, 1], 0, Some((Red, Red, Red)));
        check([0, 1, 1], 0, Some((Amber, Amber, Amber)));
        check([0, 0, 1], 0, Some((Green, Green, Green)));
        check([0, 0, 0], 3, None);
    }

    #[test]
    fn answers_not_in_bound_it_from_both_sides() {
        check([2, 5, 4], 2, Some((Amber, Amber, Amber)));
        check([0, 3, 3], 1, Some((Amber, Amber, Green)));
        check([1, 1, 1], 4, Some((Amber, Red, Green)));
    }

    #[test]
    fn agreement_runs_from_split_to_alike() {
        assert_eq!(agreement(&counts(0, 4, 0, 0)), Some(1.0));
        assert_eq!(agreement(&counts(3, 0, 3, 0)), Some(0.0));
        assert_eq!(agreement(&counts(1, 0, 0, 9)), None);
        // By hand: mean 2.5; shares 0.5 each of Amber and Green, both half a step away: 1 + log2(0.75).
        let half = agreement(&counts(0, 2, 2, 0)).expect("four ratings");
        assert!((half - (1.0 + 0.75f64.log2())).abs() < 1e-12);
    }
}
