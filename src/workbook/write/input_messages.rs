//! The message that Excel shows when a cell is selected: what the ratings mean, what to write, and what to think about.

use std::borrow::Cow;
use std::fmt::Write;

use crate::form::{ColumnKey, Rating};
use crate::theme::{Criterion, Definitions, Group, Theme};
use crate::workbook::contract::{Column, GUIDANCE_SHEET};

/// The longest input message that Excel takes, in characters.
const LONGEST: usize = 255;

/// The message of one cell of the table; empty for a cell without one.
pub(super) fn input(column: &Column, theme: &Theme, criterion: &Criterion, group: Group) -> String {
    match column.key {
        ColumnKey::Rating => ratings(theme, criterion).unwrap_or_else(|| match criterion.ratings.is_empty() {
            true => column.prompt.to_string(),
            false => {
                format!("The ratings have their own meanings for this statement: see the sheet {GUIDANCE_SHEET}.")
            }
        }),
        ColumnKey::Statement => criterion.meaning_for(group).to_string(),
        ColumnKey::WorkingWell => {
            let prompt = with_meaning(column.prompt, criterion.meaning_for(group));
            with_questions(&prompt, &criterion.prompts)
        }
        _ => column.prompt.to_string(),
    }
}

/// What Red, Amber and Green mean for a statement; `None` where that is longer than a message may be.
fn ratings(theme: &Theme, criterion: &Criterion) -> Option<String> {
    let here = |rating| match criterion.ratings.meaning(rating) {
        "" => brief(&theme.definitions, rating),
        own => Cow::Borrowed(own),
    };
    let lines = Rating::ALL.map(|rating| format!("{}: {}", rating.word(), here(rating)));
    Some(lines.join("\n")).filter(|text| text.chars().count() <= LONGEST)
}

/// What a rating means. Our own definitions are shortened, because three in full do not fit a message; a theme's own stay in full.
fn brief(definitions: &Definitions, rating: Rating) -> Cow<'_, str> {
    if *definitions != Definitions::default() {
        return Cow::Borrowed(definitions.meaning(rating));
    }
    Cow::Borrowed(match rating {
        Rating::Red => "not done, or so weak that children may be at risk; urgent.",
        Rating::Amber => "in part, or not consistently, or no proof yet of the difference made; in hand.",
        Rating::Green => "done consistently, with evidence, and the difference to children can be shown.",
    })
}

/// The prompt, and what the statement means for this kind of agency where there is room for it; the statement's own message has it
/// in any case.
fn with_meaning<'p>(prompt: &'p str, meaning: &str) -> Cow<'p, str> {
    let whole = format!("{prompt}\nFor you: {meaning}");
    let has_room = !meaning.is_empty() && whole.chars().count() <= LONGEST;
    if has_room { Cow::Owned(whole) } else { Cow::Borrowed(prompt) }
}

/// The prompt, and as many of the questions as there is room for; the guidance sheet has them all.
fn with_questions(prompt: &str, questions: &[String]) -> String {
    let mut message = prompt.to_string();
    let mut lead = "\nTo think about:";
    for question in questions {
        if message.chars().count() + lead.chars().count() + 1 + question.chars().count() > LONGEST {
            break;
        }
        let _ = write!(message, "{lead} {question}");
        lead = "";
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme;
    use crate::workbook::contract::COLUMNS;

    #[test]
    fn a_message_gives_the_definition_that_holds_for_the_statement() {
        let manual = theme::read("t.toml", "t", theme::TEMPLATE).output;
        let (_, criterion) = manual.criteria().next().expect("a statement");
        let message = |key, criterion: &Criterion| {
            let column = COLUMNS.iter().find(|column| column.key == key).expect("in the contract");
            input(column, &manual, criterion, Group::Police)
        };
        assert_eq!(
            message(ColumnKey::Rating, criterion),
            "Red: Children wait, or nobody knows how long.\nAmber: Most are seen the same day, and we know why others are not.\n\
             Green: All are seen the same day, in office hours and out of them."
        );
        assert!(
            message(ColumnKey::WorkingWell, criterion)
                .ends_with("To think about: How would you know if this did not happen?")
        );
        let plain = Criterion { ratings: Default::default(), prompts: vec!["x".repeat(200)], ..criterion.clone() };
        assert!(message(ColumnKey::Rating, &plain).starts_with("Red: not done"));
        assert!(
            !message(ColumnKey::WorkingWell, &plain).contains('x'),
            "a question that does not fit is left to its sheet"
        );
        assert_eq!(message(ColumnKey::Statement, criterion), "", "nothing is said for the police");
        let long =
            Criterion { ratings: theme::StatementRatings { red: "r".repeat(250), ..Default::default() }, ..plain };
        assert!(message(ColumnKey::Rating, &long).ends_with("see the sheet Guidance."));
    }

    #[test]
    fn an_agency_is_told_what_the_statement_means_for_its_own_group() {
        let manual = theme::read("t.toml", "t", theme::TEMPLATE).output;
        let (_, criterion) = manual.criteria().next().expect("a statement");
        let message = |key, group| {
            let column = COLUMNS.iter().find(|column| column.key == key).expect("in the contract");
            input(column, &manual, criterion, group)
        };
        let meaning = criterion.meaning_for(Group::Health);
        assert_eq!(message(ColumnKey::Statement, Group::Health), meaning);
        let working_well = message(ColumnKey::WorkingWell, Group::Health);
        assert!(working_well.ends_with(&format!("\nFor you: {meaning}")), "{working_well}");
        assert!(!message(ColumnKey::WorkingWell, Group::Education).contains("For you"));
        let long = "m".repeat(Criterion::LONGEST_MEANING);
        let prompt = with_meaning("p", &long);
        assert!(prompt.chars().count() <= LONGEST && prompt.ends_with(&long));
        assert_eq!(with_meaning(&"p".repeat(100), &long), "p".repeat(100), "its statement has it");
    }
}
