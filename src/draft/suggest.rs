//! What can be suggested of a statement from its wording alone: whom to ask, and a short name. A person decides.

use crate::core::words;
use crate::theme::{AskedOf, Criterion, Group};

/// Words for everybody at once: a statement about them is asked of all, whoever else it names.
const EVERYBODY: [&str; 12] = [
    "agencies",
    "agency",
    "partners",
    "partnership",
    "partnerships",
    "practitioners",
    "professionals",
    "leaders",
    "staff",
    "everyone",
    "services",
    "multi-agency",
];

/// How many words after the first agency another one still belongs to the same list of them.
const LIST_OF_AGENCIES: usize = 8;

/// Whom to ask, and why. Everyone, unless the statement is about an agency that it names.
pub(super) fn asked(wording: &str) -> (AskedOf, String) {
    let everyone = |why: &str| (AskedOf { everyone: true, named: Vec::new() }, why.to_string());
    let folded = folded_words(wording);
    let named = named_groups(&folded);
    let Some((first, _)) = named.first() else { return everyone("the wording names no agency") };
    let everybody = folded.iter().position(|word| EVERYBODY.contains(&word.as_str()));
    // "Social care services" are an agency; "agencies and the police" are all of them.
    if everybody.is_some_and(|at| at < *first) {
        return everyone("the wording is about all agencies");
    }
    let listed: Vec<Group> =
        named.iter().filter(|(at, _)| at - first <= LIST_OF_AGENCIES).map(|(_, group)| *group).collect();
    let mut groups: Vec<Group> = Group::ALL.into_iter().filter(|group| listed.contains(group)).collect();
    groups.dedup();
    let names: Vec<&str> = groups.iter().map(|group| group.words()).collect();
    let why = format!("the wording names {}", words::list(&names));
    (AskedOf { everyone: false, named: groups }, why)
}

/// The words of a text in lower case, without the signs around them.
fn folded_words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// The groups whose agencies a text names, each with the place of the word.
fn named_groups(folded: &[String]) -> Vec<(usize, Group)> {
    let mut named = Vec::new();
    for at in 0..folded.len() {
        for group in Group::ALL {
            let called = group.called().iter().chain(extra_names(group));
            let is_here = |name: &&'static str| {
                let words: Vec<&str> = name.split(' ').collect();
                folded[at..].len() >= words.len() && words.iter().zip(&folded[at..]).all(|(one, other)| one == other)
            };
            if called.into_iter().any(is_here) {
                named.push((at, group));
            }
        }
    }
    named
}

/// Further words that frameworks use of the agencies of a group.
fn extra_names(group: Group) -> &'static [&'static str] {
    match group {
        Group::Council => &["local authorities", "housing", "early help", "councils", "children's social care"],
        Group::Police => &["officers", "police's"],
        Group::Health => {
            &["nhs", "health services", "health professionals", "school nurses", "paediatricians", "camhs"]
        }
        Group::Probation => &["the probation service"],
        Group::YouthJustice => &["youth offending"],
        Group::Education => &["school", "teachers", "early years"],
        Group::Voluntary => &["voluntary organisations", "charity", "voluntary and community"],
        Group::Leaders => &[],
    }
}

/// Words that a name does not end with.
const NOT_LAST: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "because", "by", "every", "for", "from", "has", "have", "how", "in",
    "into", "is", "of", "on", "or", "so", "that", "the", "their", "them", "they", "to", "what", "when", "whether",
    "who", "with",
];

/// A short name from the first words of what a statement is about; empty where it has none.
pub(super) fn short_name(text: &str) -> String {
    let bare = text.trim().trim_end_matches(['.', ';', ',', ':']);
    let mut name = String::new();
    for word in bare.split_whitespace() {
        let length = name.chars().count() + usize::from(!name.is_empty()) + word.chars().count();
        if length > Criterion::LONGEST_SHORT {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
        // A clause that ends here is a name.
        if word.ends_with([',', ';', ':', '.']) && name.split(' ').count() > 2 {
            break;
        }
    }
    if name.chars().count() < bare.chars().count() {
        while let Some((before, last)) = name.rsplit_once(' ') {
            let last = last.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if !NOT_LAST.contains(&last.as_str()) {
                break;
            }
            name = before.to_string();
        }
    }
    words::capitalised(name.trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wording: &str, codes: &str) {
        assert_eq!(asked(wording).0.codes(), codes, "{wording}");
    }

    #[test]
    fn groups_are_suggested_where_the_wording_is_about_an_agency_that_it_names() {
        check("Police record who else lives in the house.", "POL");
        check("Schools, health visitors and the police hear of it by morning.", "POL, HLT, EDU");
        check("Inspectors will evaluate whether GPs ask who looks after whom", "HLT");
        check("Agencies tell the police promptly.", "ALL");
        check("Young carers are offered an assessment.", "ALL");
    }

    #[test]
    fn a_short_name_is_whole_words_and_ends_with_one_that_says_something() {
        assert_eq!(short_name("ask every adult with a long-term illness who looks after them"), "Ask every adult");
        assert_eq!(short_name("Children are seen alone."), "Children are seen alone");
        assert_eq!(short_name("Staff, and those who know, act early"), "Staff, and those who know");
    }
}
