//! The display rules of the measures, as sentences that every output uses.

use super::challenged::ShownRatings;
use super::counts::Counts;
use super::disagreements::Disagreement;
use super::groups::{GroupCounts, SHOWN_APART};
use super::measures::FEWEST_FOR_A_MIDDLE;
use super::measures::Position;
use super::round_summary::Numbers;
use super::summaries::{AreaSummary, BasisSummary, CriterionSummary};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::form::Rating;
use crate::theme::Basis;
use std::collections::BTreeMap;

/// "2 Red, 5 Amber, 4 Green".
pub fn counts(counts: &Counts) -> String {
    format!("{} Red, {} Amber, {} Green", counts.red, counts.amber, counts.green)
}

/// All ratings given, in lower case so that a sentence can begin or continue with it: "of 15 ratings, 3 are Red, 5 Amber and 7 Green".
pub fn of_ratings(counts: &Counts) -> String {
    let is = |n: usize| if n == 1 { "is" } else { "are" };
    let only =
        Rating::ALL.into_iter().find(|rating| counts.rated_as(*rating) == counts.rated()).map_or("", Rating::word);
    let Counts { red, amber, green, .. } = *counts;
    match (counts.rated(), red) {
        (0, _) => "nothing is rated yet".into(),
        (1, _) => format!("the one rating given is {only}"),
        (rated, 0) => format!("of {rated} ratings, none is Red, {amber} {} Amber and {green} Green", is(amber)),
        (rated, _) => format!("of {rated} ratings, {red} {} Red, {amber} Amber and {green} Green", is(red)),
    }
}

/// How many agencies rate themselves Green on a statement: "1 of 10 agencies rates itself Green on joint assessment; not rated: 2 not
/// returned". If every rating is Red, it says so instead. For ratings after challenge it says "are Green", because not all of them are what
/// the agencies rate themselves.
pub fn green_on(counts: &Counts, short: &str, ratings: ShownRatings) -> String {
    let rated = words::count(counts.rated(), "agency");
    // "None of 3 rates itself Green" would hide that all of them are Red.
    let is_all_red = counts.red == counts.rated();
    let (who, is_one, rating) = match counts.green {
        _ if is_all_red => (format!("All {rated}"), false, Rating::Red),
        0 => (format!("None of {rated}"), true, Rating::Green),
        green => (format!("{green} of {rated}"), green == 1, Rating::Green),
    };
    let rest = match not_rated(counts).as_slice() {
        [] => String::new(),
        said => format!("; not rated: {}", words::list(said)),
    };
    let (short, rating) = (words::in_sentence(short), rating.word());
    // "Rates itself Green on each agency's front door" would sound as if it rated the others' front doors.
    let said = match (is_of_each_agency(&short), is_one) {
        (is_of_each, is_one) if ratings == ShownRatings::AsChallenged => {
            let short = if is_of_each { format!("“{short}”") } else { short };
            format!("{} {rating} on {short}", if is_one { "is" } else { "are" })
        }
        (true, true) => format!("rates its part of “{short}” {rating}"),
        (true, false) => format!("rate their part of “{short}” {rating}"),
        (false, true) => format!("rates itself {rating} on {short}"),
        (false, false) => format!("rate themselves {rating} on {short}"),
    };
    format!("{who} {said}{rest}")
}

/// Whether a statement's short name speaks of agencies, as in "each agency's front door".
fn is_of_each_agency(short: &str) -> bool {
    let short = short.to_lowercase().replace('’', "'");
    short.starts_with("each ") || short.contains("agency's") || short.contains("agencies'")
}

/// Which area is most often Green and which most often Red, as in "Most often Green: Prevention, 6 of 10 ratings; most often Red: Help, 3
/// of 12".
pub fn areas_apart(green: Option<&AreaSummary>, red: Option<&AreaSummary>) -> Option<String> {
    let said = |(at, (area, rating)): (usize, (&AreaSummary, Rating))| {
        let (so, rated) = (area.counts.rated_as(rating), area.counts.rated());
        let noun = if at == 0 { " ratings" } else { "" };
        format!("most often {}: {}, {so} of {rated}{noun}", rating.word(), area.short_title)
    };
    let areas = [(green, Rating::Green), (red, Rating::Red)];
    let areas = areas.into_iter().filter_map(|(area, rating)| Some((area?, rating)));
    let parts: Vec<String> = areas.enumerate().map(said).collect();
    (!parts.is_empty()).then(|| words::capitalised(&parts.join("; ")))
}

/// What `said` makes of all ratings: once if there is one basis, else for each basis, as in "official scope: 5 of 12; lines of enquiry: 2 of
/// 4". Official scope and lines of enquiry are never added up.
pub fn of_each_basis(numbers: &Numbers, said: impl Fn(&Counts) -> String) -> String {
    match numbers.bases.as_slice() {
        [] => said(&Counts::default()),
        [only] => said(&only.counts),
        several => {
            let said = |of: &BasisSummary| format!("{}: {}", of.basis.name(), said(&of.counts));
            several.iter().map(said).collect::<Vec<_>>().join("; ")
        }
    }
}

/// How many things there are, given the statement of each: "5 actions", or with each basis separately, "4 actions on official scope and 1 on
/// lines of enquiry". A basis without any is not named.
pub fn on_each_basis<'a>(numbers: &Numbers, noun: &str, on: impl IntoIterator<Item = &'a CriterionId>) -> String {
    let counted = by_basis(numbers, on);
    match counted.as_slice() {
        _ if numbers.bases.len() < 2 => words::count(counted.iter().map(|(_, n)| n).sum(), noun),
        [] => words::count(0, noun),
        several => {
            let said = |(at, (basis, n)): (usize, &(Basis, usize))| match at {
                0 => format!("{} on {}", words::count(*n, noun), basis.name()),
                _ => format!("{} on {}", words::number(*n), basis.name()),
            };
            words::list(&several.iter().enumerate().map(said).collect::<Vec<_>>())
        }
    }
}

/// How many of all things are these, given the statement of each: "5 of 52 worries", or with each basis separately, "4 of 40 worries on
/// official scope and 1 of 12 on lines of enquiry".
pub fn of_all_on_each_basis<'a>(
    numbers: &Numbers,
    noun: &str,
    these: impl IntoIterator<Item = &'a CriterionId>,
    all: impl IntoIterator<Item = &'a CriterionId>,
) -> String {
    let (these, all) = (by_basis(numbers, these), by_basis(numbers, all));
    let said = |(at, (basis, n)): (usize, &(Basis, usize))| {
        let of_these = these.iter().find(|(known, _)| known == basis).map_or(0, |(_, n)| *n);
        let noun = if at == 0 { format!(" {}", words::noun(*n, noun)) } else { String::new() };
        let on = if all.len() > 1 { format!(" on {}", basis.name()) } else { String::new() };
        format!("{of_these} of {n}{noun}{on}")
    };
    words::list(&all.iter().enumerate().map(said).collect::<Vec<_>>())
}

/// How many of these statements are of each basis, in the order of bases, without zeros.
pub fn by_basis<'a>(numbers: &Numbers, on: impl IntoIterator<Item = &'a CriterionId>) -> Vec<(Basis, usize)> {
    let bases = numbers.basis_of_each();
    let mut counted: BTreeMap<Basis, usize> = BTreeMap::new();
    on.into_iter().filter_map(|id| bases.get(id)).for_each(|basis| *counted.entry(*basis).or_default() += 1);
    counted.into_iter().collect()
}

/// How many statements agencies rate: "11 statements", or with each basis separately, "6 statements of official scope and 4 lines of
/// enquiry".
pub fn statements(numbers: &Numbers) -> String {
    match numbers.bases.as_slice() {
        [] | [_] => words::count(numbers.criteria.len(), "statement"),
        several => words::list(&several.iter().map(|of| of.basis.count(of.statements)).collect::<Vec<_>>()),
    }
}

/// "95 answers asked = 82 rated + 2 not applicable + 2 blank + 8 not returned.", for each basis separately, without zeros.
pub fn answers(numbers: &Numbers) -> String {
    let said = of_each_basis(numbers, |all| {
        let parts: Vec<String> = std::iter::once(format!("{} rated", all.rated())).chain(not_rated(all)).collect();
        format!("{} asked = {}", words::count(all.asked, "answer"), parts.join(" + "))
    });
    format!("{}.", words::capitalised(&said))
}

/// The counts that are not ratings, as in "2 not applicable", "8 not returned": without zeros, in a fixed order.
pub fn not_rated(counts: &Counts) -> Vec<String> {
    let parts = [
        (counts.not_applicable, "not applicable"),
        (counts.blank, "blank"),
        (counts.unreadable, "unreadable"),
        (counts.missing, "not returned"),
    ];
    parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect()
}

/// The counts of one return, as in "7 rated, 1 not applicable, nothing missing".
pub fn counted(counts: &Counts) -> String {
    let mut parts = vec![format!("{} rated", counts.rated())];
    parts.extend(not_rated(counts));
    if counts.blank + counts.unreadable + counts.missing == 0 {
        parts.push("nothing missing".to_string());
    }
    parts.join(", ")
}

/// The middle rating with its counts; for fewer than three ratings, who has rated it and how.
pub fn middle(all: &Counts, position: Option<Position>) -> String {
    match position {
        Some(position) if all.rated() >= FEWEST_FOR_A_MIDDLE => {
            format!("Middle rating: {} ({}).", position.middle.word(), counts(all))
        }
        Some(_) => {
            let given: Vec<String> = Rating::ALL
                .into_iter()
                .filter(|rating| all.rated_as(*rating) > 0)
                .flat_map(|rating| std::iter::repeat_n(rating.word().to_string(), all.rated_as(rating)))
                .collect();
            let have = if all.rated() == 1 { "has" } else { "have" };
            format!(
                "{} of {} {have} rated it: {}.",
                all.rated(),
                words::count(all.asked, "agency"),
                words::list(&given)
            )
        }
        None => "Nobody has rated it yet.".into(),
    }
}

/// Whether the answers not in could move the middle rating; empty if all are in or there is no middle rating.
pub fn movable(counts: &Counts, position: Option<Position>) -> String {
    let Some(position) = position.filter(|_| counts.unanswered() > 0 && counts.rated() >= FEWEST_FOR_A_MIDDLE) else {
        return String::new();
    };
    let answers = match counts.unanswered() {
        1 => "The 1 answer not in".to_string(),
        n => format!("The {n} answers not in"),
    };
    let ends: Vec<&str> =
        [position.low, position.high].into_iter().filter(|end| *end != position.middle).map(Rating::word).collect();
    match ends.as_slice() {
        [] => format!("{answers} could not move the middle rating."),
        ends => format!("{answers} could move it to {}.", ends.join(" or ")),
    }
}

/// Both sentences: the middle rating with its counts, and what could move it.
pub fn both(counts: &Counts, position: Option<Position>) -> String {
    format!("{} {}", middle(counts, position), movable(counts, position)).trim_end().to_string()
}

/// All sentences about a statement's ratings: the middle rating with its counts, what could move it, whether it depends on a group with many
/// agencies, and council, police and health separately.
pub fn of_statement(summary: &CriterionSummary) -> String {
    let parts = [both(&summary.counts, summary.position), once_each(summary), partners(&summary.groups)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Council, police and health separately: "Statutory partners: council 1 Red; police 1 Green; health 1 Amber, 2 Green, 1 not returned."
/// Empty if none of them was asked.
pub fn partners(groups: &[GroupCounts]) -> String {
    let shown = groups.iter().filter(|group| SHOWN_APART.contains(&group.group));
    let said = |group: &GroupCounts| format!("{} {}", group.group.words(), given(&group.counts));
    let said: Vec<String> = shown.map(said).collect();
    if said.is_empty() { String::new() } else { format!("Statutory partners: {}.", said.join("; ")) }
}

/// The ratings of a few agencies and what is not rated, without zeros.
fn given(counts: &Counts) -> String {
    let rated = Rating::ALL.into_iter().filter(|rating| counts.rated_as(*rating) > 0);
    let mut parts: Vec<String> = rated.map(|rating| format!("{} {}", counts.rated_as(rating), rating.word())).collect();
    parts.extend(not_rated(counts));
    parts.join(", ")
}

/// A headline on how many statements some agencies rate Green and others Red.
pub fn spread_headline(numbers: &Numbers) -> String {
    let apart = |basis: Option<Basis>| {
        let of_basis = numbers.criteria.iter().filter(|summary| basis.is_none_or(|one| summary.criterion.basis == one));
        of_basis.filter(|summary| summary.is_apart()).count()
    };
    if apart(None) == 0 {
        return "No statement is rated Green by some and Red by others".into();
    }
    let on = match numbers.bases.as_slice() {
        [] | [_] => format!("{} of {}", apart(None), words::count(numbers.criteria.len(), "statement")),
        several => {
            let of = |of: &BasisSummary| format!("{} of {}", apart(Some(of.basis)), of.basis.count(of.statements));
            words::list(&several.iter().map(of).collect::<Vec<_>>())
        }
    };
    format!("On {on}, some are Green and others Red")
}

/// The middle rating if each group counted once; empty if it would be the same.
pub fn once_each(summary: &CriterionSummary) -> String {
    match summary.middle_once_each() {
        Some(middle) => {
            format!("If each group of agencies counted once, the middle rating would be {}.", middle.word())
        }
        None => String::new(),
    }
}

/// How much agencies agree: "5 of 7 gave the same rating; furthest apart: Police Green, Schools Red." Names come from `name`.
pub fn how_alike(one: &Disagreement, name: impl Fn(&AgencyId) -> String) -> String {
    let (alike, rated) = (one.alike(), one.counts.rated());
    let same = match alike {
        1 => format!("No two of {rated} gave the same rating"),
        _ => format!("{alike} of {rated} gave the same rating"),
    };
    format!("{same}; furthest apart{} {}.", if is_example(one) { ", for example:" } else { ":" }, ends(one, name))
}

/// The agencies that are furthest apart, as in "Police Green, Schools Red"; one at each end, in the round's order.
pub fn ends(one: &Disagreement, name: impl Fn(&AgencyId) -> String) -> String {
    let end = |(rating, agency): &(Rating, AgencyId)| format!("{} {}", name(agency), rating.word());
    format!("{}, {}", end(&one.highest), end(&one.lowest))
}

/// Whether several agencies gave the highest or the lowest rating, so that those named are only examples.
fn is_example(one: &Disagreement) -> bool {
    [one.lowest.0, one.highest.0].into_iter().any(|rating| one.counts.rated_as(rating) > 1)
}

/// Why a statement is not rated differently: "All 4 ratings are alike", "One agency rated it", "Nobody has rated it yet".
pub fn alike(counts: &Counts) -> String {
    match counts.rated() {
        0 => "Nobody has rated it yet".into(),
        1 => "One agency rated it".into(),
        n => format!("All {n} ratings are alike"),
    }
}

/// "9 asked = 2 Red + 3 Amber + 2 Green + 1 not applicable + 1 not returned".
pub fn sum(counts: &Counts) -> String {
    let rated = Rating::ALL.into_iter().filter(|rating| counts.rated_as(*rating) > 0);
    let mut parts: Vec<String> = rated.map(|rating| format!("{} {}", counts.rated_as(rating), rating.word())).collect();
    parts.extend(not_rated(counts));
    format!("{} asked = {}", counts.asked, if parts.is_empty() { "nothing".into() } else { parts.join(" + ") })
}

/// How the middle rating is found: "In order: 2 Red, 3 Amber, 2 Green; the 4th of 7 is the one in the middle."
pub fn in_order(counts: &Counts) -> String {
    let rated = counts.rated();
    if rated < FEWEST_FOR_A_MIDDLE {
        return String::new();
    }
    format!(
        "In order: {}. Number {} of {rated} is in the middle{}.",
        self::counts(counts),
        rated.div_ceil(2),
        if rated.is_multiple_of(2) { ", the lower of the two that share it" } else { "" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::position;
    use crate::theme::Group;

    #[track_caller]
    fn check(red: usize, amber: usize, green: usize, missing: usize, expected: &str) {
        let counts = Counts { asked: red + amber + green + missing, red, amber, green, missing, ..Counts::default() };
        let position = position(&counts);
        assert_eq!(both(&counts, position), expected);
    }

    #[test]
    fn a_middle_comes_with_its_counts_and_with_what_could_move_it() {
        check(2, 5, 4, 0, "Middle rating: Amber (2 Red, 5 Amber, 4 Green).");
        check(
            2,
            5,
            4,
            1,
            "Middle rating: Amber (2 Red, 5 Amber, 4 Green). The 1 answer not in could not move the middle rating.",
        );
        check(
            0,
            3,
            3,
            2,
            "Middle rating: Amber (0 Red, 3 Amber, 3 Green). The 2 answers not in could move it to Green.",
        );
        check(
            1,
            1,
            1,
            4,
            "Middle rating: Amber (1 Red, 1 Amber, 1 Green). The 4 answers not in could move it to Red or Green.",
        );
    }

    #[test]
    fn what_the_headline_says_of_a_statement_is_said_plainly() {
        let counts =
            |red, green, missing| Counts { asked: red + green + missing, red, green, missing, ..Counts::default() };
        for (counts, short, said) in [
            (counts(3, 0, 0), "Joint work", "All 3 agencies rate themselves Red on joint work"),
            (
                counts(3, 0, 1),
                "Joint work",
                "All 3 agencies rate themselves Red on joint work; not rated: 1 not returned",
            ),
            (
                counts(2, 1, 2),
                "Joint work",
                "1 of 3 agencies rates itself Green on joint work; not rated: 2 not returned",
            ),
            (
                counts(11, 3, 0),
                "Each agency's front door",
                "3 of 14 agencies rate their part of “each agency's front door” Green",
            ),
        ] {
            assert_eq!(green_on(&counts, short, ShownRatings::Own), said);
        }
    }

    #[test]
    fn groups_are_shown_apart_and_differences_named() {
        let group = |group, red, green, missing| {
            let counts = Counts { asked: red + green + missing, red, green, missing, ..Counts::default() };
            GroupCounts { group, counts }
        };
        let groups = [group(Group::Council, 1, 0, 0), group(Group::Health, 0, 2, 1), group(Group::Education, 9, 0, 0)];
        assert_eq!(partners(&groups), "Statutory partners: council 1 Red; health 2 Green, 1 not returned.");
        assert_eq!(partners(&groups[2..]), "");
        let agency = |id: &str| AgencyId(id.into());
        let one = |red, green| Disagreement {
            criterion: CriterionId("T-1".into()),
            counts: Counts { asked: red + green, red, green, ..Counts::default() },
            lowest: (Rating::Red, agency("schools")),
            highest: (Rating::Green, agency("police")),
        };
        let said = |one: &Disagreement| how_alike(one, |id| words::capitalised(id.as_str()));
        assert_eq!(
            said(&one(5, 2)),
            "5 of 7 gave the same rating; furthest apart, for example: Police Green, Schools Red."
        );
        assert_eq!(said(&one(1, 1)), "No two of 2 gave the same rating; furthest apart: Police Green, Schools Red.");
    }

    #[test]
    fn fewer_than_three_ratings_have_no_middle() {
        check(1, 0, 0, 1, "1 of 2 agencies has rated it: Red.");
        check(1, 0, 1, 1, "2 of 3 agencies have rated it: Red and Green.");
        check(0, 0, 1, 0, "1 of 1 agency has rated it: Green.");
        check(0, 0, 0, 2, "Nobody has rated it yet.");
    }
}
