//! How the partnership rates a statement, where one agency may see it.
//!
//! An agency knows its own rating, so what it can learn is what is left when that is taken away. The rule, which is stricter than
//! "not under four ratings":
//!
//! 1. There are at least four ratings. Without its own, an agency then sees three others at least, and cannot tell whose each is.
//! 2. The others are not all alike. Where they are, their number does not matter: "3 others, all Green" says what each of them is.
//! 3. Nothing else is shown from which a spread that is left out could be worked out: no sum over an area or over all statements, no
//!    number of ratings or of agencies asked, no middle rating, and no question that counts others (`questions` asks the same rule).
//! 4. The spread is of self-ratings. Those after challenge are not beside it, because the difference would be one agency's change.
//!
//! It does not protect against agencies that put their papers together, or against a paper of last week beside one of today: what
//! differs is who came in between. So the command says to send them once all returns are in.

use crate::analysis::Counts;
use crate::form::Rating;
use crate::intake::answers::AnswerState;

/// The fewest ratings of which a spread is shown.
pub(super) const FEWEST_RATINGS: usize = 4;

/// How many rate a statement Red, Amber and Green, the agency itself among them; `None` where it may not see that. `own` is its answer.
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
