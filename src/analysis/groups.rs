//! Ratings by group of agencies, so that ten schools do not drown out one police force.

use super::counts::Counts;
use super::measures::{Position, lower_median, position};
use crate::form::Rating;
use crate::theme::Group;

/// The groups that are always shown separately: the three safeguarding partners in law (Children Act 2004, section 16E).
pub const SHOWN_APART: [Group; 3] = [Group::Council, Group::Police, Group::Health];

/// One group's counts for one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupCounts {
    /// The group.
    pub group: Group,
    /// The counts of its answers.
    pub counts: Counts,
}

impl GroupCounts {
    /// The middle rating of the group's own agencies with its bounds; `None` when none of them rated it.
    pub fn position(&self) -> Option<Position> {
        position(&self.counts)
    }
}

/// The middle rating if each group counts once: the lower median of the groups' own lower medians, over the groups that rated
/// anything; `None` if no group did.
pub fn once_each(groups: &[GroupCounts]) -> Option<Rating> {
    let middles: Vec<Rating> = groups.iter().filter_map(|group| Some(group.position()?.middle)).collect();
    let of = |rating: Rating| middles.iter().filter(|middle| **middle == rating).count();
    lower_median(of(Rating::Red), of(Rating::Amber), of(Rating::Green))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(group: Group, red: usize, amber: usize, green: usize) -> GroupCounts {
        let asked = red + amber + green;
        GroupCounts { group, counts: Counts { asked, red, amber, green, ..Counts::default() } }
    }

    #[test]
    fn each_group_counts_once() {
        // Seven agencies: the middle of all is Green. By group: Red, Amber, Green, of which the middle is Amber.
        let groups = [group(Group::Council, 1, 0, 0), group(Group::Police, 0, 1, 0), group(Group::Education, 0, 0, 5)];
        assert_eq!(once_each(&groups), Some(Rating::Amber));
        assert_eq!(once_each(&groups[1..]), Some(Rating::Amber));
        assert_eq!(once_each(&[group(Group::Council, 0, 0, 0)]), None);
    }
}
