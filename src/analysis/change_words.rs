//! Sentences about change since the round before, which every output uses. They say higher and lower, never better or worse: what a change
//! means for children is for people to say.

use super::change::{ActionSince, ChangeCounts, ChangeKind, RoundChange};
use super::round_summary::Numbers;
use crate::core::words;
use crate::form::ActionProgress;
use crate::theme::Basis;

/// How many ratings are higher and lower: "9 of 41 ratings are higher than in November 2026; 2 are lower". If there are several bases, each
/// separately.
pub fn headline(change: &RoundChange) -> String {
    let since = &change.since;
    match change.bases.as_slice() {
        [] => nothing_compared(since),
        [(_, counts)] => one_headline(counts, since),
        several if several.iter().all(|(_, counts)| counts.compared() == 0) => nothing_compared(since),
        several => {
            let said = several.iter().enumerate().map(|(at, (basis, counts))| {
                let noun =
                    if at == 0 { format!(" {}", words::noun(counts.compared(), "rating")) } else { String::new() };
                let (higher, lower) = (counts.count(ChangeKind::Higher), counts.count(ChangeKind::Lower));
                format!("{higher} of {}{noun} on {} ({} lower)", counts.compared(), basis.name(), none_or(lower))
            });
            format!("Higher than in {since}: {}", words::list(&said.collect::<Vec<_>>()))
        }
    }
}

fn nothing_compared(since: &str) -> String {
    format!("No rating can be compared with {since} yet")
}

fn one_headline(counts: &ChangeCounts, since: &str) -> String {
    let (higher, lower) = (counts.count(ChangeKind::Higher), counts.count(ChangeKind::Lower));
    match counts.compared() {
        0 => nothing_compared(since),
        1 if higher + lower == 0 => format!("The one comparable rating is the same as in {since}"),
        all if higher + lower == 0 => format!("All {all} comparable ratings are the same as in {since}"),
        all => {
            let first = if higher == 0 { "None".to_string() } else { higher.to_string() };
            let noun = words::noun(all, "rating");
            format!(
                "{first} of {all} {noun} {} higher than in {since}; {} {} lower",
                is(higher.max(1)),
                none_or(lower),
                is(lower.max(1))
            )
        }
    }
}

fn is(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

fn none_or(n: usize) -> String {
    if n == 0 { "none".into() } else { n.to_string() }
}

/// How many earlier actions have which progress, by the agencies' own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProgressCounts {
    /// All earlier actions that can be followed up.
    pub all: usize,
    /// The number with each kind of progress, in the order of [`ActionProgress::ALL`].
    pub by_kind: [usize; ActionProgress::ALL.len()],
}

impl ProgressCounts {
    /// The counts of these actions.
    pub fn new<'a>(actions: impl Iterator<Item = &'a ActionSince>) -> ProgressCounts {
        actions.fold(ProgressCounts::default(), |mut counts, action| {
            counts.all += 1;
            if let Some(progress) = action.progress {
                counts.by_kind[progress as usize] += 1;
            }
            counts
        })
    }

    /// How many no agency has reported on.
    pub fn not_said(&self) -> usize {
        self.all - self.by_kind.iter().sum::<usize>()
    }

    /// "5 are done, 4 on track, 2 delayed, 1 dropped", without those that nobody has reported on.
    fn words(&self) -> String {
        let kinds = ActionProgress::ALL.into_iter().zip(self.by_kind).filter(|(_, count)| *count > 0);
        let said = kinds.enumerate().map(|(at, (progress, count))| {
            let are = if at == 0 { format!("{} ", is(count)) } else { String::new() };
            format!("{count} {are}{}", words::uncapitalised(progress.word()))
        });
        said.collect::<Vec<_>>().join(", ")
    }
}

/// What became of the actions of the round before, a sentence for each basis: "Of 12 actions proposed in November 2026, agencies say 5 are
/// done, 4 on track, 2 delayed, 1 dropped." Empty if none was proposed.
pub fn progress(change: &RoundChange, numbers: &Numbers) -> Vec<String> {
    let of_basis = |basis: &Basis| {
        let counts = ProgressCounts::new(change.actions_of(numbers, *basis));
        let on = if change.bases.len() > 1 { format!(" on {}", basis.name()) } else { String::new() };
        let proposed = format!("{} proposed in {}{on}", words::count(counts.all, "action"), change.since);
        match (counts.all, counts.not_said()) {
            (0, _) => None,
            (all, not_said) if all == not_said => Some(format!(
                "Agencies have not said yet how the {proposed} {} gone.",
                if all == 1 { "has" } else { "have" }
            )),
            (_, 0) => Some(format!("Of {proposed}, agencies say {}.", counts.words())),
            (_, n) => Some(format!("Of {proposed}, agencies say {}; they have not said for {n}.", counts.words())),
        }
    };
    change.bases.iter().filter_map(|(basis, _)| of_basis(basis)).collect()
}

/// What is counted, and what is not compared, for each basis separately: "Counted: agencies' own ratings, where the same agency rated the
/// same statement, in the same words, both times. Of 95 answers, 54 are not compared: 12 not returned yet, 42 on new statements."
pub fn what_is_counted(change: &RoundChange) -> String {
    let counted = "Counted: agencies' own ratings, where the same agency rated the same statement, in the same words, both times.";
    let of_basis = |(basis, counts): &(Basis, ChangeCounts)| {
        let on = if change.bases.len() > 1 { format!(" on {}", basis.name()) } else { String::new() };
        let asked = format!("{}{on}", words::count(counts.asked(), "answer"));
        match counts.not_compared() {
            0 => format!("All {asked} are compared."),
            n => format!("Of {asked}, {n} {} not compared: {}.", is(n), counts.not_compared_words().join(", ")),
        }
    };
    let said: Vec<String> = change.bases.iter().map(of_basis).collect();
    format!("{counted} {}", said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn change(bases: &[(Basis, [usize; 5])]) -> RoundChange {
        let counts = |(basis, of): &(Basis, [usize; 5])| (*basis, ChangeCounts::of_changes(*of));
        RoundChange {
            round: crate::core::ids::RoundId("r".into()),
            as_at: date(2026, 11, 20),
            since: "November 2026".into(),
            rows: Vec::new(),
            unmatched: Vec::new(),
            bases: bases.iter().map(counts).collect(),
            areas: Vec::new(),
            listed: Default::default(),
            actions: Vec::new(),
        }
    }

    #[test]
    fn a_headline_counts_and_never_says_improved() {
        let scope = Basis::Scope;
        for (counts, said) in [
            ([9, 30, 2, 0, 0], "9 of 41 ratings are higher than in November 2026; 2 are lower"),
            ([1, 30, 1, 0, 0], "1 of 32 ratings is higher than in November 2026; 1 is lower"),
            ([0, 30, 2, 0, 0], "None of 32 ratings is higher than in November 2026; 2 are lower"),
            ([3, 0, 0, 5, 0], "3 of 3 ratings are higher than in November 2026; none is lower"),
            ([0, 30, 0, 2, 1], "All 30 comparable ratings are the same as in November 2026"),
            ([0, 1, 0, 2, 1], "The one comparable rating is the same as in November 2026"),
            ([0, 0, 0, 2, 1], "No rating can be compared with November 2026 yet"),
        ] {
            assert_eq!(headline(&change(&[(scope, counts)])), said);
        }
        let both = change(&[(scope, [9, 30, 2, 0, 0]), (Basis::LineOfEnquiry, [1, 3, 0, 0, 0])]);
        let said = "Higher than in November 2026: 9 of 41 ratings on official scope (2 lower) and 1 of 4 on lines of enquiry (none lower)";
        assert_eq!(headline(&both), said);
    }

    #[test]
    fn progress_is_what_agencies_say() {
        let counts = ProgressCounts { all: 12, by_kind: [5, 4, 2, 1] };
        assert_eq!((counts.words().as_str(), counts.not_said()), ("5 are done, 4 on track, 2 delayed, 1 dropped", 0));
        let counts = ProgressCounts { all: 3, by_kind: [0, 1, 0, 0] };
        assert_eq!((counts.words().as_str(), counts.not_said()), ("1 is on track", 2));
    }
}
