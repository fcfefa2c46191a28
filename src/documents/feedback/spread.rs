//! The partnership's ratings of a statement, if one agency may see them.
//!
//! An agency knows its own rating, so it can take that away from a spread and learn from what is left. The rule is therefore stricter
//! than "at least four ratings":
//!
//! 1. There are at least four ratings. Without its own, an agency then sees at least three others and cannot tell whose each is.
//! 2. The others are not all the same. If they are, their number does not help: "3 others, all Green" gives each of them away.
//! 3. Nothing else is shown from which a hidden spread could be worked out: no sum over an area or all statements, no number of ratings
//!    or agencies asked, no middle rating, and no question that counts others (`questions` applies the same rule).
//! 4. The spread counts self-ratings only. Beside ratings after challenge, the difference would show one agency's change.
//!
//! It does not protect against agencies that compare their papers, or against last week's paper beside today's: the difference is
//! whoever returned in between. So the command says to send the papers once all returns are in.

use crate::analysis::Counts;
use crate::form::Rating;
use crate::intake::answers::AnswerState;

/// A spread needs at least this many ratings.
pub(super) const FEWEST_RATINGS: usize = 4;

/// How many agencies rate a statement Red, Amber and Green, including the agency itself; `None` if it may not see that. `own` is its
/// answer.
pub(super) fn spread(counts: &Counts, own: AnswerState) -> Option<[usize; 3]> {
    let all = Rating::ALL.map(|rating| counts.rated_as(rating));
    let others = Rating::ALL.map(|rating| {
        let is_own = own == AnswerState::Rated(rating);
        counts.rated_as(rating) - usize::from(is_own)
    });
    let kinds = others.iter().filter(|count| **count > 0).count();
    (counts.rated() >= FEWEST_RATINGS && kinds > 1).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ratings: [usize; 3], own: AnswerState, is_shown: bool) {
        let [red, amber, green] = ratings;
        let counts = Counts { asked: red + amber + green, red, amber, green, ..Counts::default() };
        assert_eq!(spread(&counts, own), is_shown.then_some(ratings), "{ratings:?} {own:?}");
    }

    #[test]
    fn no_agency_learns_what_a_different_one_rated() {
        let (red, green) = (AnswerState::Rated(Rating::Red), AnswerState::Rated(Rating::Green));
        // Fewer than four ratings.
        check([1, 1, 1], red, false);
        check([0, 0, 0], AnswerState::Blank, false);
        // The others are all alike, however many they are.
        check([1, 0, 3], red, false);
        check([1, 0, 30], red, false);
        check([0, 0, 5], green, false);
        check([0, 5, 0], AnswerState::NotApplicable, false);
        // Four, and the others differ.
        check([1, 1, 2], red, true);
        check([2, 0, 2], red, true);
        check([1, 0, 3], green, true);
        check([1, 0, 3], AnswerState::Blank, true);
    }
}
