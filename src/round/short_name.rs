//! Short names for agencies, where the full name has no room.
//!
//! A short name comes from the list, else it is made from the full name as a colleague would shorten it: "Exampleshire Hospitals NHS Trust"
//! is "Hospitals" among agencies of Exampleshire. The id is never shown as a name: it is for files.

use std::collections::{BTreeMap, BTreeSet};

use super::agency::{Agency, LONGEST_SHORT};
use crate::core::words::{capitalised, cut_at_word};
use crate::theme::Group;

/// The short names of a round's agencies, in their order, each with at most 20 characters.
///
/// A short name in the list is used as it is. The names that are made differ from those and from each other: if two full names would give
/// the same short one, both are shortened less.
pub(super) fn short_names(agencies: &[Agency], partnership: &str) -> Vec<String> {
    let place = place_of(partnership);
    let offered: Vec<Vec<String>> = agencies.iter().map(|agency| offers(agency, &place)).collect();
    let mut chosen = vec![0; offered.len()];
    let name = |chosen: &[usize], at: usize| offered[at][chosen[at]].as_str();
    // Each round lengthens the names that are alike. Twice as many rounds as there are lengths: a longer name may in turn equal a third.
    for _ in 0..2 * offered.iter().map(Vec::len).max().unwrap_or(0) {
        let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in 0..offered.len() {
            alike.entry(name(&chosen, at).to_lowercase()).or_default().push(at);
        }
        for at in alike.into_values().filter(|alike| alike.len() > 1).flatten() {
            chosen[at] = (chosen[at] + 1).min(offered[at].len() - 1);
        }
    }
    let is_written: Vec<bool> = agencies.iter().map(|agency| !agency.short.is_empty()).collect();
    numbered((0..offered.len()).map(|at| (name(&chosen, at).to_string(), is_written[at])).collect())
}

/// The short names that an agency can have, the shortest first. If the list gives one, it is the only one.
fn offers(agency: &Agency, place: &[String]) -> Vec<String> {
    if !agency.short.is_empty() {
        return vec![cut_at_word(&agency.short, LONGEST_SHORT)];
    }
    let whole: Vec<&str> = agency.name.split_whitespace().collect();
    let local = trimmed(without_place(&whole, place));
    let plain = trimmed(without_organisation(&local));
    let is_long = plain.join(" ").chars().count() > LONGEST_SHORT;
    let subject = subject(&plain, agency.group);
    let is_subject = subject.is_some_and(|subject| subject.split(' ').count() == plain.len());
    let first = match agency.group {
        // The name is only a place and a kind of organisation, as "Exampleshire County Council".
        Group::Council if plain.is_empty() => Some(capitalised(agency.group.words())),
        Group::Leaders if is_long => Some(capitalised(agency.group.words())),
        _ if is_long || is_subject => subject.map(capitalised),
        _ => None,
    };
    let longer: [&[&str]; 3] = if plain.is_empty() { [&whole, &local, &whole] } else { [&plain, &local, &whole] };
    let mut offers: Vec<String> = first.into_iter().chain(longer.map(fitted)).chain(end_of(&whole)).collect();
    // A police unit for schools cannot be "Schools", because that is what people call the schools themselves.
    offers.retain(|offer| !offer.is_empty() && !is_word_of_others(offer, agency.group));
    offers.dedup_by_key(|offer| offer.to_lowercase());
    if offers.is_empty() {
        // The agency has no name, which is a fault in the list. Until it is put right, the group's name is the best there is.
        offers.push(capitalised(agency.group.words()));
    }
    offers
}

/// The abbreviations that people in the field use.
const ABBREVIATIONS: [(&[&str], &str); 2] =
    [(&["nhs", "foundation", "trust"], "NHS FT"), (&["mental", "health"], "MH")];

/// A name that fits: as it is, else with the field's abbreviations, else without its kind of organisation, else cut at a word.
fn fitted(words: &[&str]) -> String {
    let has_room = |name: &String| name.chars().count() <= LONGEST_SHORT;
    // Measured after its first letter is made a capital, which can make it longer: the capital of "ŉ" is two letters.
    let whole = capitalised(&words.join(" "));
    if has_room(&whole) {
        return whole;
    }
    let short = abbreviated(words);
    let is_kind = |word: &&String| ["nhs", "nhs ft", "trust"].contains(&folded(word).as_str());
    let kinds = short.iter().rev().take_while(is_kind).count();
    let offered = [capitalised(&short.join(" ")), capitalised(&short[..short.len() - kinds].join(" "))];
    let named = |name: &String| has_room(name) && !name.is_empty();
    offered.iter().find(|name| named(name)).cloned().unwrap_or_else(|| cut_at_word(&offered[0], LONGEST_SHORT))
}

fn abbreviated(words: &[&str]) -> Vec<String> {
    let mut short = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let is_here = |(long, _): &&(&[&str], &str)| {
            words.len() - at >= long.len() && words[at..].iter().zip(*long).all(|(word, long)| folded(word) == *long)
        };
        match ABBREVIATIONS.iter().find(is_here) {
            Some((long, abbreviation)) => {
                short.push(abbreviation.to_string());
                at += long.len();
            }
            None => {
                short.push(words[at].to_string());
                at += 1;
            }
        }
    }
    short
}

/// Whether people would take a name for an agency of a different group.
fn is_word_of_others(name: &str, group: Group) -> bool {
    let name = name.to_lowercase();
    let is_subject =
        SUBJECTS.iter().any(|(subject, groups)| *subject == name && !groups.is_empty() && !groups.contains(&group));
    is_subject || Group::ALL.into_iter().any(|other| other != group && other.words() == name)
}

/// Adds numbers to names that are still the same, as for two agencies with one name.
fn numbered(names: Vec<(String, bool)>) -> Vec<String> {
    let mut taken: BTreeSet<String> =
        names.iter().filter(|(_, is_written)| *is_written).map(|(name, _)| name.to_lowercase()).collect();
    let all: BTreeSet<String> = names.iter().map(|(name, _)| name.to_lowercase()).collect();
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    let mut unique = |name: String| {
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        let number = next.entry(name.to_lowercase()).or_insert(1);
        loop {
            *number += 1;
            let end = format!(" {number}");
            let with_number = format!("{}{end}", cut_at_word(&name, LONGEST_SHORT - end.len()));
            if !all.contains(&with_number.to_lowercase()) && taken.insert(with_number.to_lowercase()) {
                return with_number;
            }
        }
    };
    names.into_iter().map(|(name, is_written)| if is_written { name } else { unique(name) }).collect()
}

/// A word in the form in which words are compared.
fn folded(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'")
}

/// The place in a partnership's name, as folded words: what comes before "Safeguarding Children Partnership", or after "for".
fn place_of(partnership: &str) -> Vec<String> {
    const KINDS: [&str; 15] = [
        "safeguarding",
        "children",
        "children's",
        "child",
        "adults",
        "local",
        "multi-agency",
        "multiagency",
        "community",
        "strategic",
        "joint",
        "statutory",
        "partnership",
        "partners",
        "board",
    ];
    let words: Vec<String> = partnership.split_whitespace().map(folded).filter(|word| word != "the").collect();
    let is_kind = |word: &String| KINDS.contains(&word.as_str());
    let before: Vec<String> = words.iter().take_while(|word| !is_kind(word)).cloned().collect();
    let place = match words.iter().rposition(|word| ["for", "of", "in"].contains(&word.as_str())) {
        Some(at) if before.is_empty() => words[at + 1..].to_vec(),
        _ => before,
    };
    // The partnership of the City of York has agencies named after York.
    match place.iter().rposition(|word| word == "of") {
        Some(at) if place[..at].iter().all(|word| STYLES.contains(&word.as_str())) => place[at + 1..].to_vec(),
        _ => place,
    }
}

/// The words for kinds of councils before "of" and their place.
const STYLES: [&str; 7] = ["london", "royal", "metropolitan", "borough", "city", "county", "district"];

/// The words without the place, the words that lead up to it ("in", "London Borough of"), and a neighbouring place that shares the agency.
fn without_place<'w>(words: &[&'w str], place: &[String]) -> Vec<&'w str> {
    let folded_words: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let found = folded_words.windows(place.len().max(1)).position(|window| window == place);
    let Some(found) = found.filter(|_| !place.is_empty()) else { return words.to_vec() };
    let is_and = |at: usize| words.get(at).is_some_and(|word| ["and", "&"].contains(word));
    let is_name = |at: usize| words.get(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    let (mut start, mut end) = (found, found + place.len());
    if is_and(end) && is_name(end + 1) && !words[end - 1].ends_with(',') {
        end += 2;
    } else if start == 2 && is_and(1) && is_name(0) {
        start = 0;
    }
    let ties = ["of", "in", "for", "across", "-", "–"];
    if start > 0 && ties.contains(&words[start - 1]) {
        start -= 1;
        while start > 0 && STYLES.contains(&folded_words[start - 1].as_str()) {
            start -= 1;
        }
    }
    [&words[..start], &words[end..]].concat()
}

/// The words without those that only say what kind of organisation it is. An integrated care board becomes "ICB", as everybody calls it.
fn without_organisation<'w>(words: &[&'w str]) -> Vec<&'w str> {
    const KINDS: [&str; 17] = [
        "nhs",
        "trust",
        "foundation",
        "service",
        "services",
        "limited",
        "ltd",
        "cic",
        "plc",
        "forum",
        "delivery",
        "unit",
        "team",
        "department",
        "directorate",
        "organisation",
        "executive",
    ];
    let folded_words: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let is_at = |at: usize, phrase: &[&str]| {
        phrase.iter().enumerate().all(|(next, word)| folded_words.get(at + next).is_some_and(|known| known == word))
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let is_council = folded_words[at] == "council" && (at == 0 || STYLES.contains(&folded_words[at - 1].as_str()));
        // "Services" stays after a possessive: people say "Children's services".
        let is_owned = kept.last().is_some_and(|last| folded(last).ends_with("'s") || folded(last).ends_with("s'"));
        if is_at(at, &["integrated", "care", "board"]) {
            kept.push("ICB");
            at += 3;
        } else if is_at(at, &["safeguarding", "children", "partnership"]) {
            kept.push(words[at + 2]);
            at += 3;
        } else {
            if is_council {
                while kept.last().is_some_and(|last| STYLES.contains(&folded(last).as_str())) {
                    kept.pop();
                }
            } else if !KINDS.contains(&folded_words[at].as_str()) || is_owned {
                kept.push(words[at]);
            }
            at += 1;
        }
    }
    kept
}

/// The words without punctuation and small words at either end.
fn trimmed(mut words: Vec<&str>) -> Vec<&str> {
    let is_loose = |word: &&str| {
        let folded = folded(word);
        folded.is_empty() || ["and", "of", "for", "in", "the"].contains(&folded.as_str())
    };
    while words.last().is_some_and(is_loose) {
        words.pop();
    }
    let first = words.iter().position(|word| !is_loose(word)).unwrap_or(words.len());
    words.drain(..first);
    let last = words.len().saturating_sub(1);
    if let Some(word) = words.get_mut(last) {
        *word = word.trim_end_matches([',', ';', ':', '.']);
    }
    words
}

/// The usual words for what agencies do, each with the groups whose agencies people call that. No group means any.
const SUBJECTS: [(&str, &[Group]); 20] = [
    ("adult social care", &[Group::Council]),
    ("social care", &[Group::Council]),
    ("early help", &[Group::Council, Group::Voluntary]),
    ("mental health", &[Group::Health, Group::Voluntary]),
    ("public health", &[Group::Council, Group::Health]),
    ("community health", &[Group::Health]),
    ("youth justice", &[Group::YouthJustice]),
    ("domestic abuse", &[]),
    ("sexual violence", &[]),
    ("drug and alcohol", &[]),
    ("substance misuse", &[]),
    ("primary care", &[Group::Health]),
    ("fire and rescue", &[]),
    ("health visiting", &[Group::Health, Group::Council]),
    ("school nursing", &[Group::Health, Group::Council]),
    ("housing", &[]),
    ("hospitals", &[Group::Health]),
    ("ambulance", &[Group::Health]),
    ("schools", &[Group::Education]),
    ("early years", &[Group::Education, Group::Council]),
];

/// What an agency does, if its name says so: "early help" for "early help and family hubs". Never what people call agencies of other
/// groups.
fn subject(words: &[&str], group: Group) -> Option<&'static str> {
    let folded_words: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let is_its = |groups: &[Group]| groups.is_empty() || groups.contains(&group);
    let found = SUBJECTS.into_iter().find(|(subject, groups)| {
        let wanted: Vec<&str> = subject.split(' ').collect();
        is_its(groups) && folded_words.windows(wanted.len()).any(|window| window == wanted)
    });
    found.map(|(subject, _)| subject)
}

/// The last words of a long name that fit, for names that begin with the same words; without small words at the start. `None` if even the
/// last word is too long.
fn end_of(words: &[&str]) -> Option<String> {
    let mut end = String::new();
    for word in words.iter().rev() {
        let longer = if end.is_empty() { word.to_string() } else { format!("{word} {end}") };
        if longer.chars().count() > LONGEST_SHORT {
            break;
        }
        end = longer;
    }
    let is_shorter = !end.is_empty() && end.split(' ').count() < words.len();
    let end = trimmed(end.split(' ').collect()).join(" ");
    Some(cut_at_word(&capitalised(&end), LONGEST_SHORT)).filter(|end| is_shorter && !end.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::core::finding::Place;
    use crate::core::ids::AgencyId;
    use crate::round::agency::AgencyPlace;

    const PARTNERSHIP: &str = "Exampleshire Safeguarding Children Partnership";

    fn agency(group: Group, name: &str) -> Agency {
        Agency {
            id: AgencyId("an-id".into()),
            name: name.into(),
            short: String::new(),
            group,
            contact: String::new(),
            email: String::new(),
            deputy: String::new(),
            approver_role: String::new(),
            due: None,
            sent_on: None,
            sent_code: String::new(),
            status: None,
            note: String::new(),
            previously: Vec::new(),
            place: AgencyPlace::of_entry(Place::file("agencies.xlsx")),
        }
    }

    #[track_caller]
    fn check(partnership: &str, listed: &[(Group, &str, &str)]) {
        let agencies: Vec<Agency> = listed.iter().map(|(group, name, _)| agency(*group, name)).collect();
        let expected: Vec<&str> = listed.iter().map(|(_, _, short)| *short).collect();
        assert_eq!(short_names(&agencies, partnership), expected);
    }

    #[test]
    fn agencies_are_called_what_a_colleague_would_call_them() {
        use Group::{Council, Education, Health, Leaders, Police, Probation, Voluntary, YouthJustice};
        check(
            PARTNERSHIP,
            &[
                (Council, "Exampleshire Council children's social care", "Social care"),
                (Council, "Exampleshire Council early help and family hubs", "Early help"),
                (Council, "Northtown Borough Council housing", "Northtown housing"),
                (Council, "Exampleshire County Council", "Council"),
                (Police, "Exampleshire Police", "Police"),
                (Health, "NHS Exampleshire and Northshire Integrated Care Board", "ICB"),
                (Health, "Exampleshire Hospitals NHS Trust", "Hospitals"),
                (Health, "Exampleshire Community Health NHS Trust", "Community health"),
                (Health, "Exampleshire Mental Health NHS Foundation Trust", "Mental health"),
                (Probation, "Probation Service, Exampleshire delivery unit", "Probation"),
                (YouthJustice, "Exampleshire Youth Justice Service", "Youth justice"),
                (Education, "Exampleshire Schools and Early Years Forum", "Schools"),
                (Voluntary, "Samplehaven Domestic Abuse Service", "Domestic abuse"),
                (Voluntary, "Refugee Council", "Refugee Council"),
                (Voluntary, "Women's Aid in Exampleshire", "Women's Aid"),
                (Leaders, "Exampleshire Safeguarding Children Partnership executive", "Partnership"),
            ],
        );
        check(
            "City of York and District Safeguarding Partnership",
            &[(Council, "City of York and District Council", "Council"), (Police, "York Police", "York Police")],
        );
        check(
            "The Safeguarding Children Partnership for Sample Town",
            &[
                (Council, "London Borough of Sample Town, Children\u{2019}s Services", "Children\u{2019}s Services"),
                (Health, "Sample Town Ambulance Service", "Ambulance"),
                (Council, "Sample Town Council", "Council"),
            ],
        );
    }

    #[test]
    fn no_agency_takes_what_another_group_is_called() {
        use Group::{Council, Education, Police, Voluntary};
        check(
            PARTNERSHIP,
            &[
                (Police, "Exampleshire Police Schools and Young People Unit", "Police Schools…"),
                (Police, "Schools Unit", "Schools Unit"),
                (Education, "Exampleshire Schools and Early Years Forum", "Schools"),
                (Council, "Exampleshire Council youth justice and prevention", "Youth justice…"),
                (Voluntary, "Police Service", "Police Service"),
            ],
        );
    }

    #[test]
    fn agencies_that_would_be_called_the_same_keep_more_of_their_names() {
        use Group::{Education, Health, Police};
        check(
            PARTNERSHIP,
            &[
                (Health, "Exampleshire Hospitals NHS Trust", "Hospitals NHS Trust"),
                (Health, "Exampleshire Hospitals NHS Foundation Trust", "Hospitals NHS FT"),
                (Health, "Northern Mental Health NHS Trust", "Northern MH"),
                (Health, "Southern Mental Health NHS Trust", "Southern MH"),
                (Police, "Exampleshire Police", "Police"),
                (Police, "Northshire Police", "Northshire Police"),
                (Education, "Exampleshire Federation of Primary Schools North", "Schools North"),
                (Education, "Exampleshire Federation of Primary Schools South", "Schools South"),
                (Education, "One School", "One School"),
                (Education, "One School", "One School 2"),
                (Education, "Anextraordinarilylongname", "Anextraordinarilylo…"),
                (Education, "", "Education"),
            ],
        );
    }

    #[test]
    fn what_the_list_gives_is_taken_and_others_give_way_to_it() {
        let written = |name: &str, short: &str| Agency { short: short.into(), ..agency(Group::Police, name) };
        let agencies = [
            agency(Group::Police, "Exampleshire Police"),
            written("Northshire Constabulary", "Police"),
            written("Westshire Constabulary", "The police of all Westshire"),
        ];
        assert_eq!(short_names(&agencies, PARTNERSHIP), ["Exampleshire Police", "Police", "The police of all…"]);
    }

    proptest! {
        #[test]
        fn every_agency_has_a_short_name_of_its_own_whatever_it_is_called(
            names in prop::collection::vec("((Exampleshire|NHS|Trust|Council|and|of|Police|[a-zA-Z,]{1,24}|\\PC{0,3}) ?){0,6}", 0..12),
        ) {
            let agencies: Vec<Agency> = names.iter().map(|name| agency(Group::Health, name)).collect();
            let short = short_names(&agencies, PARTNERSHIP);
            prop_assert_eq!(short.len(), agencies.len());
            prop_assert!(short.iter().all(|name| (1..=LONGEST_SHORT).contains(&name.chars().count())), "{:?}", short);
            let unique: BTreeSet<String> = short.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(unique.len(), short.len(), "{:?}", short);
        }
    }
}
