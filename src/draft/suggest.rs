//! What can be suggested of a statement from its wording alone: whom to ask, and a short name. A person decides.

use crate::core::words;
use crate::theme::{AskedOf, Criterion, Group};

/// Words for everybody at once: a statement about them is asked of all, whoever else it names.
const EVERYBODY: [&str; 11] = [
    "agencies",
    "agency",
    "partners",
    "partnership",
    "partnerships",
    "practitioners",
    "professionals",
    "staff",
    "everyone",
    "services",
    "multi-agency",
];

/// Words for those who lead the partnership: a statement about them is asked of everybody, and the partnership leads.
const LEADERS: [&str; 4] = ["leaders", "safeguarding partners", "partnership board", "governors"];

/// Words for the people of an agency that is named after them, as in "staff in special schools".
const STAFF: [&str; 8] =
    ["staff", "practitioners", "professionals", "workers", "officers", "teams", "managers", "nurses"];

/// How many words after the first agency another one still belongs to the same list of them.
const LIST_OF_AGENCIES: usize = 10;

/// How many words after an agency "and its partners" still belongs to it.
const WITH_PARTNERS: usize = 4;

/// Whom to ask, and why. Everyone, unless the statement is about an agency that it names.
pub(super) fn asked(wording: &str) -> (AskedOf, String) {
    let everyone = |why: &str| (AskedOf { everyone: true, named: Vec::new() }, why.to_string());
    let folded = folded_words(without_question(wording, &ASKED_HOW));
    let named = named_groups(&folded);
    let first = named.first().map(|(at, _)| *at);
    let is_before = |at: usize| first.is_none_or(|first| at < first);
    // They lead where they come before any agency, and nobody else is the subject before them.
    let everybody = folded.iter().position(|word| EVERYBODY.contains(&word.as_str()));
    let leaders = (0..folded.len()).find(|at| LEADERS.iter().any(|words| begins(&folded[*at..], words)));
    if leaders.is_some_and(|at| is_before(at) && everybody.is_none_or(|all| at <= all)) {
        return (AskedOf { everyone: true, named: vec![Group::Leaders] }, "the wording is about leaders".to_string());
    }
    let Some(first) = first else { return everyone("the wording names no agency") };
    // "Children in hospitals" is not about an agency; "staff in hospitals" is.
    let before = &folded[..first];
    let place = before.iter().rposition(|word| matches!(word.as_str(), "in" | "at" | "from" | "of" | "to" | "with"));
    let place = place.filter(|at| first - at <= 3);
    let is_of_staff = place.is_some_and(|at| at > 0 && STAFF.contains(&before[at - 1].as_str()));
    // "Social care services" are an agency; "agencies and the police" are all of them.
    if everybody.is_some_and(is_before) && !is_of_staff {
        return everyone("the wording is about all agencies");
    }
    if place.is_some() && !is_of_staff {
        return everyone("the wording names an agency only as a place or a partner");
    }
    let mut from_it_on = folded[first..].iter().take(1 + WITH_PARTNERS);
    if from_it_on.any(|word| matches!(word.as_str(), "partners" | "agencies" | "partnership")) {
        return everyone("the wording names an agency and its partners");
    }
    let listed: Vec<Group> =
        named.iter().filter(|(at, _)| at - first <= LIST_OF_AGENCIES).map(|(_, group)| *group).collect();
    let mut groups: Vec<Group> = Group::ALL.into_iter().filter(|group| listed.contains(group)).collect();
    groups.dedup();
    let names: Vec<&str> = groups.iter().map(|group| group.words()).collect();
    let why = format!("the wording names {}", words::list(&names));
    (AskedOf { everyone: false, named: groups }, why)
}

/// Whether words begin with these.
fn begins(folded: &[String], words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    folded.len() >= words.len() && words.iter().zip(folded).all(|(one, other)| one == other)
}

/// The words of a text in lower case, without the signs around them.
fn folded_words(text: &str) -> Vec<String> {
    let plain = |word: &str| bare_word(word).replace('’', "'");
    text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect()
}

/// The groups whose agencies a text names, each with the place of the word.
fn named_groups(folded: &[String]) -> Vec<(usize, Group)> {
    let mut named = Vec::new();
    for at in 0..folded.len() {
        for group in Group::ALL {
            let called = group.called().iter().chain(extra_names(group));
            let is_here = |name: &&'static str| begins(&folded[at..], name);
            if called.into_iter().any(is_here) {
                named.push((at, group));
            }
        }
    }
    // "Health" and "education" are agencies beside others in a list: "health and education as well as the police".
    if !named.is_empty() {
        let is_and = |at: Option<usize>| at.and_then(|at| folded.get(at)).is_some_and(|word| word == "and");
        for (word, group) in [("health", Group::Health), ("education", Group::Education)] {
            let listed = (0..folded.len())
                .filter(|at| folded[*at] == word && (is_and(Some(at + 1)) || is_and(at.checked_sub(1))));
            let near = |at: &usize| named.iter().any(|(other, _)| other.abs_diff(*at) <= LIST_OF_AGENCIES);
            let found: Vec<usize> = listed.filter(near).collect();
            named.extend(found.into_iter().map(|at| (at, group)));
        }
        named.sort_by_key(|(at, _)| *at);
    }
    named
}

/// Further words that frameworks use of the agencies of a group.
fn extra_names(group: Group) -> &'static [&'static str] {
    match group {
        Group::Council => &["local authorities", "housing", "early help", "councils", "children's social care"],
        Group::Police => &["police's"],
        Group::Health => &[
            "nhs",
            "health services",
            "health professionals",
            "health practitioners",
            "health workers",
            "health staff",
            "health teams",
            "health agencies",
            "health providers",
            "school nurses",
            "paediatricians",
            "camhs",
        ],
        Group::Probation => &["the probation service"],
        Group::YouthJustice => &["youth offending"],
        Group::Education => &["school", "teachers", "early years"],
        Group::Voluntary => &["voluntary organisations", "charity", "voluntary and community"],
        Group::Leaders => &[],
    }
}

/// Words that a short name does not end with: they lead on to the next.
const LEADS_ON: [&str; 54] = [
    "a",
    "all",
    "also",
    "an",
    "any",
    "anyone",
    "are",
    "be",
    "been",
    "both",
    "can",
    "did",
    "do",
    "does",
    "each",
    "every",
    "had",
    "has",
    "have",
    "her",
    "his",
    "include",
    "includes",
    "is",
    "it",
    "its",
    "least",
    "may",
    "more",
    "most",
    "must",
    "no",
    "not",
    "of",
    "only",
    "or",
    "should",
    "some",
    "than",
    "the",
    "their",
    "them",
    "themselves",
    "they",
    "this",
    "too",
    "very",
    "was",
    "were",
    "whole",
    "whose",
    "will",
    "would",
    "your",
];

/// Words before which a short name can end: the next phrase begins with them.
const NEXT_PHRASE: [&str; 46] = [
    "about",
    "across",
    "after",
    "against",
    "and",
    "as",
    "at",
    "because",
    "before",
    "between",
    "but",
    "by",
    "during",
    "early",
    "for",
    "from",
    "how",
    "if",
    "in",
    "including",
    "into",
    "on",
    "or",
    "over",
    "promptly",
    "quickly",
    "rather",
    "since",
    "so",
    "that",
    "through",
    "to",
    "together",
    "under",
    "unless",
    "until",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "with",
    "without",
];

/// Words that end what is said of inspectors. What they ask about comes after them.
const ASKED_HOW: [&str; 6] =
    [" the extent to which ", " whether ", " how effectively ", " how well ", " how far ", " how "];

/// The same for a short name. Whom to ask can stand before "that", as in "expect leaders to show that they listen".
const ASKED_HOW_OR_THAT: [&str; 7] =
    [" the extent to which ", " whether ", " how effectively ", " how well ", " how far ", " how ", " that "];

/// Subjects that say nothing, because everybody is asked.
const ANYBODY: [&str; 7] = [
    "local agencies ",
    "agencies ",
    "local partners ",
    "partners ",
    "practitioners ",
    "professionals ",
    "local services ",
];

/// Words that a short name can do without.
const SPARE: [&str; 5] = ["a", "an", "the", "their", "its"];

/// A short name from the words that a statement begins with; empty where it has none. It ends where a phrase does, if one ends early
/// enough, and leaves out who everybody is.
pub(super) fn short_name(text: &str) -> String {
    let bare = text.trim().trim_end_matches(['.', ';', ',', ':', '?']);
    if bare.chars().count() <= Criterion::LONGEST_SHORT {
        return words::capitalised(bare);
    }
    let about = without_clause(without_question(bare, &ASKED_HOW_OR_THAT));
    let without_subject = ANYBODY.iter().find_map(|subject| after_start(about, subject));
    let is_sentence = |rest: &&str| !begins_phrase(rest.split(' ').next().unwrap_or_default());
    let without_subject = without_subject.filter(is_sentence).unwrap_or(about);
    let best = [without_subject, about].into_iter().find_map(phrases_from);
    words::capitalised(&best.unwrap_or_else(|| first_words(without_subject)))
}

/// The fewest characters of a name of whole phrases: "The team" says less than "The team that first receives".
const LEAST_SHORT: usize = 12;

/// The text after `start`, in upper or lower case; `None` where it does not begin with it.
fn after_start<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let begins = text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    if begins { text.get(start.len()..) } else { None }
}

/// A text without "Inspectors will evaluate how well", or whatever else ends with one of these words.
fn without_question<'t>(text: &'t str, ends: &[&str]) -> &'t str {
    let Some(rest) = after_start(text, "inspectors") else { return text };
    let asked = ends.iter().filter_map(|end| Some((rest.find(end)?, end)));
    asked.min_by_key(|(at, _)| *at).map_or(text, |(at, end)| &rest[at + end.len()..])
}

/// A text without a clause at its beginning that says when.
fn without_clause(text: &str) -> &str {
    let is_when = ["before ", "after ", "when ", "where ", "if ", "once ", "by the ", "from the ", "as soon as "]
        .iter()
        .any(|start| after_start(text, start).is_some());
    text.split_once(", ").filter(|_| is_when).map_or(text, |(_, rest)| rest)
}

/// A name of whole phrases of a text, or of what follows its first phrase or its first word where that is too short to say anything:
/// "Recognise when poor conditions are a sign" is about poor conditions.
fn phrases_from(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_when = |word: &&str| matches!(bare_word(word).as_str(), "when" | "where" | "whether" | "if" | "through");
    let behind_phrase = words.iter().take(4).position(is_when).map(|at| at + 1);
    // What begins small goes on from a lead-in, and begins with what somebody does.
    let behind_verb = text.starts_with(char::is_lowercase).then_some(1);
    // A verb or a small word would begin a name of nothing: "are offered therapeutic help".
    let can_begin = |at: &usize| {
        words.get(*at).is_some_and(|word| {
            let word = bare_word(word);
            let is_small = LEADS_ON.contains(&word.as_str()) && !SPARE.contains(&word.as_str())
                || matches!(word.as_str(), "up" | "out" | "off" | "down" | "take");
            *at == 0 || !is_small && !begins_phrase(&word)
        })
    };
    let starts = [Some(0), behind_phrase, behind_verb].into_iter().flatten().filter(can_begin);
    starts.map(|at| words[at..].join(" ")).find_map(|rest| phrases(&rest))
}

/// The longest run of whole phrases that is short enough, of the words as they are or without those that can be spared; `None` where it is
/// too short to say anything.
fn phrases(text: &str) -> Option<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let few: Vec<&str> = all.iter().copied().filter(|word| !SPARE.contains(&bare_word(word).as_str())).collect();
    let longest = |words: &[&str]| {
        (2..=words.len())
            .map(|count| (count, words[..count].join(" ")))
            .take_while(|(_, name)| fits(name))
            .filter(|(count, _)| ends_phrase(words, *count))
            .last()
            .map(|(_, name)| name)
    };
    // The words as they are, unless fewer of them say more.
    let name = match (longest(&all), longest(&few)) {
        (Some(plain), Some(brief)) if brief.chars().count() <= plain.chars().count() => plain,
        (_, Some(brief)) => brief,
        (plain, None) => plain?,
    };
    let name = name.trim_end_matches([',', ';', ':', '.', ' ']);
    (name.chars().count() >= LEAST_SHORT).then(|| name.to_string())
}

fn fits(name: &str) -> bool {
    name.trim_end_matches([',', ';', ':', '.']).chars().count() <= Criterion::LONGEST_SHORT
}

/// Whether a phrase ends with the word before number `count`.
fn ends_phrase(all: &[&str], count: usize) -> bool {
    // In "a single, up-to-date record", "a single" says nothing without the rest.
    let is_alone = count > 1 && matches!(bare_word(all[count - 2]).as_str(), "a" | "an");
    let is_end = all[count - 1].ends_with([',', ';', ':']) && !is_alone
        || all.get(count).is_none_or(|next| {
            begins_phrase(next) || matches!(bare_word(next).as_str(), "is" | "are" | "has" | "have" | "can")
        });
    is_end && !leads_on(all[count - 1])
}

/// Whether a word leads on to the next, so that no name ends with it.
fn leads_on(word: &str) -> bool {
    let word = bare_word(word);
    LEADS_ON.contains(&word.as_str()) || begins_phrase(&word)
}

/// Whether a word begins the next phrase.
fn begins_phrase(word: &str) -> bool {
    NEXT_PHRASE.contains(&bare_word(word).as_str())
}

/// A word in lower case without the signs around it.
fn bare_word(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// As many whole words as are short enough, the last of which does not lead on.
fn first_words(text: &str) -> String {
    let mut name: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        name.push(word);
        if !fits(&name.join(" ")) {
            name.pop();
            break;
        }
    }
    while name.len() > 1 && name.last().is_some_and(|last| leads_on(last)) {
        name.pop();
    }
    name.join(" ").trim_end_matches([',', ';', ':', '.', ' ']).to_string()
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
        check(
            "How effectively social workers, police officers and health practitioners build a picture",
            "LA, POL, HLT",
        );
        check("How well the local authority and its partners keep a record", "ALL");
        check("Housing providers, environmental health officers and children's services share what they know", "LA");
        check("Senior leaders know how many children are at risk.", "LED, ALL");
        check("GPs tell leaders what they see.", "HLT");
        check("Children in residential schools, hospitals and short breaks are visited", "ALL");
        check("Referrals that mention images are seen by the police and children's social care on the day.", "LA, POL");
        check(
            "Strategy discussions involve health and education as well as the police and social care.",
            "LA, POL, HLT, EDU",
        );
        check(
            "Inspectors evaluate the extent to which health services, the police, schools and children's social care act",
            "LA, POL, HLT, EDU",
        );
        check("Inspectors will expect lead safeguarding partners to be able to show that they listen", "LED, ALL");
        check("Staff in special schools and community nursing teams know the signs", "EDU");
    }

    #[test]
    fn a_short_name_is_whole_words_and_ends_with_one_that_says_something() {
        let check = |text: &str, name: &str| assert_eq!(short_name(text), name, "{text}");
        check("Children are seen alone.", "Children are seen alone");
        check("ask every adult with a long-term illness who looks after them", "Ask every adult");
        check("Staff, and those who know, act early, and say why they do", "Staff, and those who know");
        check(
            "Inspectors will evaluate how well agencies see the risks to an unborn baby early in the pregnancy",
            "See risks to unborn baby",
        );
        check("The team that first receives a concern can draw on advice", "The team that first receives");
        check("From the start of the remand, plans for release include a place in education", "Plans for release");
        check(
            "Schools, health visitors and general practices record who looks after the child",
            "Schools, health visitors",
        );
        check("Multi-agency-safeguarding-arrangements-of-every-kind are known", "");
    }
}
