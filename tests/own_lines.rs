//! An agency's own line in `choices.xlsx`: what the slide would print is beside the words it is short for, and the officer picks either.

use jtai_benchmark::analysis::{Action, Analysis, Voice};
use jtai_benchmark::choices;
use jtai_benchmark::documents::deck;
use jtai_benchmark::form::HeadlineKind;
use jtai_benchmark::intake::answers::{ActionInShort, AnswerRow};

use crate::choices::{ACTIONS, WORRIES, fit};
use crate::deck_text::Staged;
use crate::project::{fill, package, parts};
use crate::renewal::{STAGED, book, chosen, with_source};

/// A line that is on a sheet to choose from: the row there, as people count it, and the line.
fn first_with_line<T>(
    analysis: &Analysis,
    all: &[T],
    kind: HeadlineKind,
    place: impl Fn(&T) -> (&jtai_benchmark::core::ids::CriterionId, &jtai_benchmark::core::ids::AgencyId),
) -> (usize, String) {
    let line = |one: &T| {
        let (criterion, agency) = place(one);
        analysis.own_line(kind, criterion, agency).map(str::to_string)
    };
    all.iter().enumerate().find_map(|(at, one)| Some((at, line(one)?))).expect("a line")
}

fn worry_with_line(analysis: &Analysis) -> (usize, String) {
    let is_ready = |voice: &Voice| !voice.needs_check() && voice.may_identify.is_none() && voice.words.len() < 200;
    let at = analysis.worries.iter().position(|voice| {
        is_ready(voice) && analysis.own_line(HeadlineKind::WorriedAbout, &voice.criterion, &voice.agency).is_some()
    });
    let at = at.expect("a worry with a line");
    let voice = &analysis.worries[at];
    let line = analysis.own_line(HeadlineKind::WorriedAbout, &voice.criterion, &voice.agency).expect("its line");
    (at, line.to_string())
}

/// The file with these cells filled in.
fn choosing(cells: &[(&str, String, &str)]) -> jtai_benchmark::workbook::file::book::Book {
    let staged = &*STAGED;
    let bytes = with_source(staged, &staged.analysis, 9, |source| choices::workbook(source, None)).expect("written");
    let mut parts = parts(&bytes);
    cells.iter().for_each(|(sheet, cell, text)| fill(&mut parts, sheet, cell, text));
    book(&package(&parts))
}

#[test]
fn the_line_is_beside_the_words_and_either_can_be_picked() {
    let mut staged = Staged::sample();
    let (at, line) = worry_with_line(&staged.analysis);
    let words = staged.analysis.worries[at].words.clone();
    let row = at + 4;
    let by_line = choosing(&[(WORRIES, format!("A{row}"), "1")]);
    let shown = |column| by_line.sheets[2].value(row as u32 - 1, column).map(|value| value.text()).unwrap_or_default();
    assert_eq!([shown(7), shown(8)], [line.clone(), words.clone()]);
    let whole = choosing(&[(WORRIES, format!("A{row}"), "1"), (WORRIES, format!("D{row}"), "Yes")]);
    for (file, expected) in [(by_line, line), (whole, format!("“{words}”"))] {
        let (picks, findings) = fit(&chosen(&file), &staged);
        assert_eq!(findings, []);
        staged.picks = picks;
        let deck = deck::deck(staged.made());
        let signs = deck.slides.iter().find_map(|slide| slide.signs()).expect("the page with all three");
        let claims: Vec<&str> = signs.columns[1].cards.iter().flatten().map(|card| card.claim.as_str()).collect();
        assert_eq!(claims, [expected]);
    }
}

#[test]
fn an_action_is_whole_where_the_officer_wants_it_whole() {
    let mut staged = Staged::sample();
    let place = |action: &Action| (action.criterion.clone(), action.agency.clone());
    let (at, line) = first_with_line(&staged.analysis, &staged.analysis.actions, HeadlineKind::NeedsToHappen, |one| {
        (&one.criterion, &one.agency)
    });
    // Two lines of the table: the words are too long for one, and short enough for the page.
    let what = "One chronology of every agency's contacts with a family, begun on the day of the first call, by July";
    staged.analysis.actions[at].what = what.into();
    let of_row = place(&staged.analysis.actions[at]);
    for (is_whole, expected) in [(false, line.as_str()), (true, what)] {
        let picked = jtai_benchmark::documents::PickedAction {
            action: Some(staged.analysis.actions[at].clone()),
            wording: String::new(),
            is_whole,
            lead: String::new(),
            by: None,
            agreed: None,
            place: jtai_benchmark::core::finding::Place::file("choices.xlsx"),
        };
        staged.picks.actions = Some(vec![picked]);
        let deck = deck::deck(staged.made());
        let plan = deck.slides.iter().find_map(|slide| slide.plan()).expect("the plan");
        assert_eq!((plan.rows[0].what.as_str(), plan.rows[0].answer.clone()), (expected, Some(of_row.clone())));
    }
    // Said without a number, it is on no slide, and that is said.
    let file = choosing(&[(ACTIONS, "H5".into(), "Yes")]);
    let read = choices::read(&file, [jiff::civil::date(2026, 11, 23), jiff::civil::date(2026, 12, 20)]);
    assert!(read.findings.len() == 1 && read.findings[0].found.contains("whole words for the slide but no number"));
}

#[test]
fn an_action_that_is_only_in_short_is_an_action_and_its_red_is_not_without_one() {
    let mut staged = Staged::sample();
    let is_red = |answer: &AnswerRow| jtai_benchmark::analysis::pick_outs::is_red_without_action(answer);
    let source = staged.analysis.headlines[0].source.clone();
    let mut answers = staged.analysis.answers.clone();
    let before = answers.iter().filter(|answer| is_red(answer)).count();
    let red = answers.iter_mut().find(|answer| is_red(answer)).expect("one");
    let place = (red.agency.clone(), red.criterion.clone());
    red.action_in_short = Some(ActionInShort { line: "Train all staff by July".into(), source: source.clone() });
    assert_eq!(answers.iter().filter(|answer| is_red(answer)).count(), before - 1);
    let numbers = staged.analysis.numbers.clone();
    staged.analysis = Analysis {
        headlines: staged.analysis.headlines.clone(),
        ..jtai_benchmark::analysis::analyse(&staged.theme, &staged.round, numbers, &[], answers)
    };
    let is_it = |action: &&Action| (&action.agency, &action.criterion) == (&place.0, &place.1);
    let action = staged.analysis.actions.iter().find(is_it).expect("an action");
    assert_eq!((action.what.as_str(), action.has_lead(), action.has_date()), ("Train all staff by July", false, false));
    assert_eq!(action.source, source);
    let deck = deck::deck(staged.made());
    let signs = deck.slides.iter().find_map(|slide| slide.signs()).expect("the page with all three");
    let answer = signs.columns[2].cards.iter().flatten().find(|card| card.agency == place.0).expect("its card");
    assert_eq!(answer.claim, "“Train all staff by July”");
}

#[test]
fn a_line_that_changed_after_it_was_chosen_is_on_no_slide_until_somebody_has_looked_at_it() {
    let staged = &*STAGED;
    let (at, line) = worry_with_line(&staged.analysis);
    let row = at + 4;
    let mut after = staged.analysis.clone();
    let changed = after.headlines.iter_mut().find(|one| one.line == line).expect("the line");
    changed.line = "Children wait longer than we thought".into();
    let said = |cells: &[(&str, String, &str)]| -> Vec<String> {
        let findings = choices::resolve(&chosen(&choosing(cells)), &after).findings;
        findings.iter().map(ToString::to_string).collect()
    };
    let number = (WORRIES, format!("A{row}"), "1");
    let of_line = said(std::slice::from_ref(&number));
    assert!(of_line.len() == 1 && of_line[0].contains(&format!("cell H{row}")), "{of_line:#?}");
    assert!(of_line[0].contains("changed after it was chosen, so it is not on the slide"), "{of_line:#?}");
    // Whoever picked the words, or wrote a claim, did not pick the line.
    assert_eq!(said(&[number.clone(), (WORRIES, format!("D{row}"), "Yes")]), Vec::<String>::new());
    assert_eq!(said(&[number.clone(), (WORRIES, format!("B{row}"), "We are too slow")]), Vec::<String>::new());

    // A renewed file keeps the row as it was, above the one with the new line.
    let old = choosing(std::slice::from_ref(&number));
    let earlier = choices::earlier(&old);
    let renewed = with_source(staged, &after, 14, |source| choices::workbook(source, Some(&earlier)));
    let new = book(&renewed.expect("written"));
    let cell =
        |row: usize, column| new.sheets[2].value(row as u32 - 1, column).map(|value| value.text()).unwrap_or_default();
    assert_eq!([cell(row, 0), cell(row, 7), cell(row, 11)], ["1".into(), line, "no longer its own line".to_string()]);
    assert_eq!([cell(row + 1, 0), cell(row + 1, 7)], ["", "Children wait longer than we thought"]);
    assert!(cell(row + 1, 11).starts_with("changed since"), "{}", cell(row + 1, 11));
    assert!(earlier.is_in(&chosen(&old), &choices::earlier(&new), &chosen(&new)));
}
