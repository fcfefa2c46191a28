//! Signs that a text may identify a child, measured on texts as people write them: those that must be held back, those that a person
//! should look at, and ordinary answers. The people in them are made up; NHS numbers are of the range kept for tests.

use jtai_benchmark::core::privacy::{sign, weak_sign};

/// How many texts of a list are held back, and how many of the others are noticed; with those that are neither.
fn measured(texts: &str) -> (usize, usize, Vec<&str>) {
    let (held, rest): (Vec<&str>, Vec<&str>) = texts.lines().partition(|text| sign(text).is_some());
    let (noticed, rest): (Vec<&str>, Vec<&str>) = rest.into_iter().partition(|text| weak_sign(text).is_some());
    (held.len(), noticed.len(), rest)
}

#[test]
fn what_identifies_a_child_is_held_back() {
    let (held, _, _) = measured(include_str!("privacy/strong.txt"));
    let missed: Vec<&str> = include_str!("privacy/strong.txt").lines().filter(|text| sign(text).is_none()).collect();
    assert!(held >= 95, "held back {held} of 100; not these: {missed:#?}");
}

#[test]
fn what_may_be_about_one_child_is_noticed_and_not_held_back() {
    let (held, noticed, missed) = measured(include_str!("privacy/weak.txt"));
    assert!(noticed >= 90 && held <= 2, "noticed {noticed} and held back {held} of 100; neither: {missed:#?}");
}

#[test]
fn ordinary_answers_go_through() {
    let (held, noticed, rest) = measured(include_str!("privacy/ordinary.txt"));
    assert!(held == 0 && noticed <= 8, "held back {held}, noticed {noticed}, through {} of 133", rest.len());
}

#[test]
fn a_telephone_number_beside_a_name_is_no_record() {
    for text in ["Ring Tom on 01632 960123", "Emma Jones, 01632 960 123", "Call Ellie's school, 07700 900123"] {
        assert_eq!(sign(text), None, "{text}");
    }
}

/// What is published of the agencies' work, and what the sample says, is no child's.
#[test]
fn statements_of_themes_are_ordinary_texts() {
    for (id, text) in jtai_benchmark::theme::BUILT_IN {
        let theme = jtai_benchmark::theme::read(id, id, text).output;
        for (_, criterion) in theme.criteria() {
            let found = (sign(&criterion.text), weak_sign(&criterion.text));
            assert_eq!(found, (None, None), "{id} {}: {}", criterion.id, criterion.text);
        }
    }
}
