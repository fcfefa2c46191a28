//! Whatever an agency writes comes back as written: workbooks are filled by the mechanism that issues them, and read again.

use jtai_benchmark::core::due::DueDay;
use jtai_benchmark::core::ids::CriterionId;
use jtai_benchmark::core::written::Written;
use jtai_benchmark::form::Rating;
use jtai_benchmark::form::TextKind;
use jtai_benchmark::response::{Answer, Response, ReturnFile, SelfRating, Texts};
use jtai_benchmark::round::{self, Round};
use jtai_benchmark::theme::{self, BUILT_IN, Theme};
use jtai_benchmark::workbook::contract;
use jtai_benchmark::workbook::contract::Issue;
use jtai_benchmark::workbook::file::book::Book;
use jtai_benchmark::workbook::file::{read, scan};
use jtai_benchmark::workbook::interpret::{Expected, RoundIndex, interpret};
use jtai_benchmark::workbook::write::issued_workbook;
use proptest::prelude::*;

fn sample(order: &str) -> (Theme, Round) {
    let (id, text) = BUILT_IN.iter().find(|(id, _)| *id == "domestic-abuse-2024").expect("built in");
    let theme = theme::read(id, id, text).output;
    let text = format!(
        "format = 1\nid = \"a-round\"\nmarking = \"\"\ntheme = \"{id}\"\npartnership = \"=1+1 & <Partnership>\"\ndeadline = 2026-12-11\nrate = [\"S\"]\n\
         column_order = \"{order}\"\n[[agency]]\nid = \"police\"\nname = \"@Police \\\"North\\\"\"\ngroup = \"POL\"\n"
    );
    (theme, round::read("round.toml", &text).output.expect("no fault"))
}

/// Issues a workbook with these answers and reads it back.
fn there_and_back(theme: &Theme, round: &Round, answers: &[Answer]) -> Response {
    let agency = &round.agencies[0];
    let bytes = issued_workbook(&Issue { answers, ..Issue::fresh(theme, round, agency, 1) }).expect("a workbook");
    let kind = scan::kind(&bytes).expect("a workbook by its content");
    let book = read::read(kind, &bytes, &[]).expect("a readable workbook");
    let file = ReturnFile { name: "returns/x.xlsx".into(), sha256: String::new(), changed: None, bytes: 0 };
    interpret(
        &book,
        file,
        Expected { round, theme, index: &RoundIndex::new(round, theme), issued: &[], owner: None, is_repair: false },
    )
    .output
    .expect("a return of the round")
}

/// A text as people can type it into a cell: no control characters but line breaks, and not blanks alone.
fn typed() -> impl Strategy<Value = String> {
    let anything = "[^\\p{C}\u{fffe}\u{ffff}]{1,80}|[-=+@'][ -~]{0,40}|([ -~]{1,20}\n){1,3}[a-z]|[A-Za-zéü’–✓ ]{1,600}";
    prop_oneof![
        Just(String::new()),
        anything.prop_filter("blanks and placeholders are nothing", |text| {
            !text.trim().is_empty() && !contract::is_placeholder(text)
        })
    ]
}

fn answer(at: usize) -> impl Strategy<Value = Answer> {
    let rating = prop_oneof![
        Just((SelfRating::Blank, String::new())),
        Just((SelfRating::NotApplicable, "Not applicable".to_string())),
        Just((SelfRating::Unreadable, "Amber/Green".to_string())),
        proptest::sample::select(Rating::ALL.to_vec()).prop_map(|r| (SelfRating::Rated(r), r.word().to_string())),
    ];
    let due = prop_oneof![Just(String::new()), Just("2027-01-31".to_string()), Just("in the spring".to_string())];
    let texts = proptest::collection::vec(typed(), TextKind::ALL.len());
    (rating, texts, due)
        .prop_map(move |((rating, as_written), typed, due)| Answer {
            taken: Default::default(),
            criterion: asked()[at].clone(),
            rating,
            as_written: as_written.into(),
            texts: TextKind::ALL.into_iter().zip(typed).fold(Texts::default(), |texts, (kind, typed)| {
                let text = if kind == TextKind::ActionDue { due.clone() } else { typed };
                texts.with(kind, text)
            }),
            action_due: DueDay::read(&due),
            progress: None,
            still_right: None,
            recheck: None,
            is_action_over: false,
            sheet: contract::SELF_ASSESSMENT_SHEET.into(),
            row: at as u32 + 4,
            cell: format!("D{}", at + 4),
        })
        // A workbook with nothing at all in it is no return.
        .prop_filter("something is written", |answer| answer.rating != SelfRating::Blank || !answer.texts.is_empty())
}

fn asked() -> Vec<CriterionId> {
    let (theme, round) = sample("working-well-first");
    round.statements(&theme, &round.agencies[0]).into_iter().map(|(_, criterion)| criterion.id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_comes_back_as_it_was_written(
        answers in (0..9usize).prop_map(|at| answer(at % 9)).prop_flat_map(|a| proptest::collection::vec(a, 1)),
        is_worried_first in any::<bool>(),
    ) {
        let (theme, round) = sample(if is_worried_first { "worried-first" } else { "working-well-first" });
        let response = there_and_back(&theme, &round, &answers);
        let back = response.answer(&answers[0].criterion).expect("its row");
        // Of texts of any letters one in some thousands looks by chance like a date of birth: "b", and a date in the next cell.
        prop_assume!(back.texts.all().all(|(_, written)| *written != Written::HeldBack));
        prop_assert_eq!(back, &answers[0]);
        prop_assert_eq!(response.answers.len(), 9);
    }
}

/// The book with the rows of its table, and its columns, in another order.
fn rearranged(mut book: Book, rows: &[usize], columns: &[usize]) -> Book {
    let table = book.sheets.iter_mut().find(|sheet| sheet.name == contract::SELF_ASSESSMENT_SHEET).expect("the table");
    let moved = |(row, column): (u32, u32)| {
        let row = if row < 3 { row } else { 3 + rows[row as usize - 3] as u32 };
        let column = if row < 2 { column } else { columns[column as usize] as u32 };
        (row, column)
    };
    table.cells = std::mem::take(&mut table.cells).into_iter().map(|(at, value)| (moved(at), value)).collect();
    table.extras = Default::default();
    book
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_and_columns_in_another_order_say_the_same(
        answers in (0..9usize).prop_flat_map(answer),
        rows in Just((0..9usize).collect::<Vec<_>>()).prop_shuffle(),
        columns in Just((0..contract::COLUMNS.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let (theme, round) = sample("working-well-first");
        let (agency, answers) = (&round.agencies[0], [answers]);
        let issued = Issue { answers: &answers, ..Issue::fresh(&theme, &round, agency, 1) };
        let book = read::read(scan::FileKind::Xlsx, &issued_workbook(&issued).expect("written"), &[]).expect("readable");
        let file = || ReturnFile { name: "returns/x.xlsx".into(), sha256: String::new(), changed: None, bytes: 0 };
        let known = RoundIndex::new(&round, &theme);
        let expected = Expected { round: &round, theme: &theme, index: &known, issued: &[], owner: None, is_repair: false };
        let said = |book: &Book| -> Vec<Answer> {
            let response = interpret(book, file(), expected).output.expect("a return");
            response.answers.into_iter().map(|answer| Answer { row: 0, cell: String::new(), ..answer }).collect()
        };
        prop_assert_eq!(said(&rearranged(book.clone(), &rows, &columns)), said(&book));
    }
}

#[test]
fn rows_that_nobody_filled_come_back_blank() {
    let (theme, round) = sample("working-well-first");
    let only = Answer {
        taken: Default::default(),
        criterion: asked()[4].clone(),
        rating: SelfRating::Rated(Rating::Amber),
        as_written: "Amber".into(),
        texts: Texts::default(),
        action_due: None,
        progress: None,
        still_right: None,
        recheck: None,
        is_action_over: false,
        sheet: contract::SELF_ASSESSMENT_SHEET.into(),
        row: 8,
        cell: "D8".into(),
    };
    let response = there_and_back(&theme, &round, std::slice::from_ref(&only));
    assert_eq!((response.agency == round.agencies[0].id, response.answers[4].clone()), (true, only));
    let blank = response.answers.iter().filter(|answer| answer.rating == SelfRating::Blank && answer.texts.is_empty());
    assert_eq!(blank.count(), 8);
    assert!(!response.is_approval_recorded());
}

#[test]
fn names_that_look_like_formulas_or_markup_stay_text() {
    let (theme, round) = sample("working-well-first");
    let agency = &round.agencies[0];
    let bytes = issued_workbook(&Issue::fresh(&theme, &round, agency, 1)).expect("ok");
    let book = read::read(scan::FileKind::Xlsx, &bytes, &[]).expect("readable");
    let start = &book.sheets[0];
    let texts: Vec<String> = start.cells.values().map(|value| value.text()).collect();
    assert!(texts.contains(&"=1+1 & <Partnership>".to_string()) && texts.contains(&"@Police \"North\"".to_string()));
}
