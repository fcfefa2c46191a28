//! Every measure worked out a second time, in plain loops over the rows of `ratings.csv` and without the analysis, on the sample and
//! on rounds made at random, empty ones too.

use std::collections::BTreeMap;

use jtai_benchmark::analysis::{self, Analysis};
use jtai_benchmark::core::written::Written;
use jtai_benchmark::export::data;
use jtai_benchmark::form::Rating;
use jtai_benchmark::form::TextKind;
use jtai_benchmark::intake::answers::answers;
use jtai_benchmark::response::{Answer, Response, ReturnFile, SelfRating, TextColumns, Texts};
use jtai_benchmark::round::{self, Round};
use jtai_benchmark::theme::{self, Theme};
use proptest::prelude::*;

use crate::ooxml::text_parts;
use crate::project::{Project, csv_rows};

type Row = BTreeMap<String, String>;

/// What a criterion's row of `criteria.csv` should say.
fn by_hand(rows: &[Row], criterion: &str) -> Row {
    let of: Vec<&Row> = rows.iter().filter(|row| row["criterion_id"] == criterion).collect();
    let state = |key: &str| of.iter().filter(|row| row["self_state"] == key).count();
    let codes: Vec<u8> = of.iter().filter_map(|row| code(&row["self_rating"])).collect();
    let open = state("blank") + state("unreadable") + state("missing");
    let with = |extra: u8| codes.iter().copied().chain(std::iter::repeat_n(extra, open)).collect::<Vec<u8>>();
    let (low, high) = (middle(with(1)), middle(with(3)));
    let mut groups: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for row in &of {
        groups.entry(row["agency_group"].as_str()).or_default().extend(code(&row["self_rating"]));
    }
    let once = middle(groups.into_values().filter_map(middle).collect());
    let position = middle(codes.clone());
    let shown =
        |rating: Option<u8>| rating.map_or("", |code| ["red", "amber", "green"][usize::from(code) - 1]).to_string();
    let bounds = |bound: Option<u8>| shown(position.and(bound));
    [
        ("asked", of.len().to_string()),
        ("rated", codes.len().to_string()),
        ("red", codes.iter().filter(|code| **code == 1).count().to_string()),
        ("amber", codes.iter().filter(|code| **code == 2).count().to_string()),
        ("green", codes.iter().filter(|code| **code == 3).count().to_string()),
        ("not_applicable", state("not_applicable").to_string()),
        ("blank", state("blank").to_string()),
        ("unreadable", state("unreadable").to_string()),
        ("missing", state("missing").to_string()),
        ("position", shown(position)),
        ("position_low", bounds(low)),
        ("position_high", bounds(high)),
        ("firm", (position.is_some() && low == high).to_string()),
        ("agreement", consensus(&codes).map_or(String::new(), |value| format!("{value:.4}"))),
        ("position_once_each", shown(once)),
    ]
    .map(|(name, value)| (name.to_string(), value))
    .into()
}

fn code(rating: &str) -> Option<u8> {
    ["red", "amber", "green"].iter().position(|word| *word == rating).map(|at| at as u8 + 1)
}

/// The lower median by sorting.
fn middle(mut codes: Vec<u8>) -> Option<u8> {
    codes.sort_unstable();
    codes.get(codes.len().saturating_sub(1) / 2).copied()
}

/// Tastle and Wierman's consensus, summed over the answers one by one.
fn consensus(codes: &[u8]) -> Option<f64> {
    if codes.len() < 2 {
        return None;
    }
    let mean = codes.iter().map(|code| f64::from(*code)).sum::<f64>() / codes.len() as f64;
    let terms = codes.iter().map(|code| (1.0 - (f64::from(*code) - mean).abs() / 2.0).log2());
    Some(1.0 + terms.sum::<f64>() / codes.len() as f64)
}

/// Compares every row of a table of criteria and of agencies with what the loops give.
fn compare(ratings: &[Row], criteria: &[Row], agencies: &[Row]) {
    let mut asked: Vec<&str> = Vec::new();
    ratings.iter().for_each(|row| {
        if !asked.contains(&row["criterion_id"].as_str()) {
            asked.push(&row["criterion_id"]);
        }
    });
    assert_eq!(criteria.len(), asked.len());
    for row in criteria {
        for (name, expected) in by_hand(ratings, &row["criterion_id"]) {
            assert_eq!(row[&name], expected, "{name} of {}", row["criterion_id"]);
        }
    }
    for row in agencies {
        let is_here = |rating: &&Row| {
            rating["agency_id"] == row["agency_id"] && [&rating["basis"], ""].contains(&row["basis"].as_str())
        };
        let of: Vec<&Row> = ratings.iter().filter(is_here).collect();
        let count =
            |key: &str| of.iter().filter(|rating| rating["self_rating"] == key || rating["self_state"] == key).count();
        for key in ["rated", "red", "amber", "green", "not_applicable", "blank", "unreadable", "missing"] {
            assert_eq!(row[key], count(key).to_string(), "{key} of {}", row["agency_id"]);
        }
        assert_eq!(row["asked"], of.len().to_string());
    }
}

#[test]
fn the_samples_measures_are_those_of_plain_loops() {
    let project = Project::demo();
    let read = |name: &str| csv_rows(&project.read(&format!("demo/report/data/{name}.csv")));
    compare(&read("ratings"), &read("criteria"), &read("agencies"));
}

/// Rows of a table by their headers.
fn rows(data: &data::Data) -> Vec<Row> {
    let row = |cells: &Vec<String>| data.columns.iter().map(ToString::to_string).zip(cells.iter().cloned()).collect();
    data.rows.iter().map(row).collect()
}

const GROUPS: [&str; 5] = ["LA", "POL", "HLT", "EDU", "VCS"];

fn sample(groups: &[usize]) -> (Theme, Round) {
    let theme = theme::read("t.toml", "t", theme::TEMPLATE).output;
    let mut text =
        "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\n\
                    rate = [\"C\", \"S\", \"R\", \"L\"]\n"
            .to_string();
    for (at, group) in groups.iter().enumerate() {
        text += &format!("[[agency]]\nid = \"a-{at}\"\nname = \"Agency {at}\"\ngroup = \"{}\"\n", GROUPS[*group]);
    }
    (theme, round::read("round.toml", &text).output.expect("no fault"))
}

/// The returns of a round: one state a cell, taken in turn; `None` for an agency that sent nothing.
fn returns(theme: &Theme, round: &Round, sent: &[Option<Vec<u8>>]) -> Vec<Response> {
    let states = [
        SelfRating::Rated(Rating::Red),
        SelfRating::Rated(Rating::Amber),
        SelfRating::Rated(Rating::Green),
        SelfRating::NotApplicable,
        SelfRating::Blank,
        SelfRating::Unreadable,
    ];
    let response = |(agency, cells): (&round::Agency, &Option<Vec<u8>>)| {
        let cells = cells.as_ref()?;
        let answer = |((_, criterion), cell): ((&theme::Area, &theme::Criterion), &u8)| Answer {
            taken: Default::default(),
            criterion: criterion.id.clone(),
            rating: states[usize::from(*cell)],
            as_written: Written::Nothing,
            texts: Texts::default(),
            action_due: None,
            progress: None,
            still_right: None,
            recheck: None,
            is_action_over: false,
            sheet: "S".into(),
            row: 4,
            cell: "D4".into(),
        };
        Some(Response {
            agency: agency.id.clone(),
            file: ReturnFile {
                name: format!("returns/{}.xlsx", agency.id),
                sha256: "0".into(),
                changed: None,
                bytes: 1,
            },
            saved: None,
            speaks_for: Default::default(),
            completed_by: String::new(),
            approved_by: String::new(),
            approved_on: None,
            approval_settled: None,
            approval_cells: Vec::new(),
            questions: None,
            replies: Vec::new(),
            corrections: Vec::new(),
            headlines: Vec::new(),
            columns: TextColumns::default(),
            answers: round.statements(theme, agency).into_iter().zip(cells.iter().cycle()).map(answer).collect(),
        })
    };
    round.agencies.iter().zip(sent).filter_map(response).collect()
}

fn analysed(groups: &[usize], sent: &[Option<Vec<u8>>]) -> (Theme, Round, Analysis) {
    let (theme, round) = sample(groups);
    let returns = returns(&theme, &round, sent);
    let answers = answers(&theme, &round, &returns, &[]);
    let numbers = analysis::count(&theme, &round, &returns, &answers).expect("numbers");
    let analysis = analysis::analyse(&theme, &round, numbers, &returns, answers);
    (theme, round, analysis)
}

fn check(groups: &[usize], sent: &[Option<Vec<u8>>]) {
    let (theme, round, analysis) = analysed(groups, sent);
    assert_eq!(analysis.numbers.reconciliation.faults, Vec::<String>::new());
    let table = rows(&data::ratings(&theme, &round, &analysis.answers));
    compare(&table, &rows(&data::criteria(&analysis)), &rows(&data::agencies(&round, &analysis)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_measures_of_any_round_are_those_of_plain_loops(
        agencies in prop::collection::vec((0..GROUPS.len(), prop::option::weighted(0.8, prop::collection::vec(0..6u8, 1..9))), 0..14),
    ) {
        let (groups, sent): (Vec<usize>, Vec<_>) = agencies.into_iter().unzip();
        check(&groups, &sent);
    }
}

#[test]
fn empty_rounds_have_no_numbers_and_add_up() {
    check(&[], &[]);
    check(&[0], &[None]);
    check(&[1], &[Some(vec![0])]);
    check(&[0, 1, 2], &[None, None, None]);
    check(&[0, 1, 2], &[Some(vec![3]), Some(vec![3]), Some(vec![3])]);
    check(&[0, 1], &[Some(vec![4]), Some(vec![5])]);
}

#[test]
fn the_columns_of_the_dataset_hold_no_words_and_no_contacts() {
    for column in data::DATASET {
        assert!(data::ratings_columns().contains(&column));
    }
    for column in ["self_rating_as_written", "working_well", "evidence", "action_lead", "source_file"] {
        assert!(!data::DATASET.contains(&column), "{column}");
    }
    let project = Project::demo();
    let run = project.run(&["report", "demo", "--dataset", "all rounds"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let path = "all rounds/theme=domestic-abuse-2024/round=domestic-abuse-2024-exampleshire-safeguarding-children-partnership-2026-12-11/ratings.parquet";
    assert!(project.read(path).starts_with(b"PAR1"));
}

/// A round in which every state stands somewhere: rated, not applicable, blank, unreadable, missing.
#[test]
fn what_is_not_rated_counts_as_no_colour_in_any_output() {
    let project = Project::issued();
    // Every agency but the police is missing, and of the police nothing is rated.
    project.write("round/returns/police.xlsx", include_bytes!("../samples/returns-faulty/ratings that are none.xlsx"));
    assert_eq!(project.run(&["report", "round"]).code, 1);
    let read = |name: &str| csv_rows(&project.read(&format!("round/report/data/{name}.csv")));
    for table in ["criteria", "agencies"] {
        for row in read(table) {
            assert_eq!([&row["rated"], &row["red"], &row["amber"], &row["green"]], ["0"; 4], "{table}");
        }
    }
    assert!(read("ratings").iter().all(|row| row["self_rating"].is_empty()));
    assert!(read("criteria").iter().all(|row| row["position"].is_empty() && row["firm"] == "false"));
    for (name, bytes) in project.tree("round/report/charts") {
        let svg = String::from_utf8(bytes).expect("UTF-8");
        for rating in Rating::ALL {
            let fill = jtai_benchmark::style::palette::rating(rating).fill.hex();
            assert!(!svg.to_uppercase().contains(&fill), "{name} draws {}", rating.word());
        }
    }
    let book = project.read("round/report/analysis.xlsx");
    let book =
        jtai_benchmark::workbook::file::read::read(jtai_benchmark::workbook::file::scan::FileKind::Xlsx, &book, &[])
            .expect("readable");
    for name in ["Agencies by statements", "Answers"] {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == name).expect("its sheet");
        let under = sheet.cells.iter().filter(|((row, _), _)| *row > 2).map(|(_, value)| value.text());
        assert_eq!(under.filter(|text| matches!(text.as_str(), "Red" | "Amber" | "Green")).count(), 0, "{name}");
    }
    let ratings = project.run(&["explain", "police", "round"]).out;
    assert!(ratings.contains("Unreadable: 9") && !ratings.contains("Rated:"), "{ratings}");
}

#[test]
fn the_workbook_of_numbers_begins_with_its_contents_and_has_shares_beside_counts() {
    let project = Project::demo();
    let book = project.read("demo/report/analysis.xlsx");
    let parts = text_parts(&book);
    let part = |name: &str| &parts.iter().find(|(known, _)| known == name).expect("its part").1;
    let names: Vec<&str> =
        part("xl/workbook.xml").split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(names[0], "Contents");
    for name in &names[1..] {
        assert!(part("xl/worksheets/sheet1.xml").contains(&format!("location=\"'{name}'!A1\"")), "{name}");
    }
    let book =
        jtai_benchmark::workbook::file::read::read(jtai_benchmark::workbook::file::scan::FileKind::Xlsx, &book, &[])
            .expect("readable");
    let rows = |name: &str| -> Vec<Row> {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == name).expect("its sheet");
        let text = |row: u32, column: u32| sheet.cells.get(&(row, column)).map_or(String::new(), |value| value.text());
        let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
        let headers: Vec<String> = (0..40).map(|column| text(2, column)).take_while(|text| !text.is_empty()).collect();
        let row = |row: u32| (0..).zip(&headers).map(|(column, name)| (name.clone(), text(row, column))).collect();
        (3..=last).map(row).collect()
    };
    for row in rows("Summary").iter().chain(&rows("Statements")) {
        for rating in Rating::ALL {
            let (n, of): (f64, f64) =
                (row[rating.word()].parse().expect("a count"), row["Rated"].parse().expect("all"));
            // As it is shown: a whole percentage.
            let share = row[&format!("{} %", rating.word())].trim_end_matches('%').parse::<f64>();
            let is_right = |share: f64| (share / 100.0 - n / of).abs() < 0.006;
            assert!(if of == 0.0 { share.is_err() } else { share.is_ok_and(is_right) }, "{row:?}");
        }
    }
    let answers = rows("Answers");
    assert!(
        answers
            .iter()
            .all(|row| ["Statement", "Short name", "Group", "Area"].iter().all(|name| !row[*name].is_empty()))
    );
}

#[test]
fn prompts_come_from_the_answers_by_their_signs() {
    use jtai_benchmark::analysis::PromptKind;
    let (theme, round) = sample(&[0, 1]);
    let mut returns = returns(&theme, &round, &[Some(vec![2]), Some(vec![0])]);
    for answer in &mut returns[0].answers {
        answer.texts = Texts::default().with(TextKind::WorkingWell, "Fine").with(TextKind::WorriedAbout, "Nights");
    }
    returns[1].answers[0].texts.set(TextKind::NeedsToHappen, "- Train staff\n- Ask again");
    let answers = answers(&theme, &round, &returns, &[]);
    let numbers = analysis::count(&theme, &round, &returns, &answers).expect("numbers");
    let analysis = analysis::analyse(&theme, &round, numbers, &returns, answers);
    let asked = |at: usize| returns[at].answers.len();
    let shared = analysis.numbers.criteria.iter().filter(|summary| summary.counts.asked == 2).count();
    let count = |kind| analysis.prompts.iter().filter(|prompt| prompt.kind == kind).count();
    for (kind, expected) in [
        (PromptKind::GreenWithoutEvidence, asked(0)),
        (PromptKind::GreenWithWorry, asked(0)),
        (PromptKind::RedWithoutAction, asked(1) - 1),
        (PromptKind::TwoStepsApart, shared),
        (PromptKind::ActionIncomplete, 1),
        (PromptKind::ApprovalMissing, 2),
        (PromptKind::SameRating, [asked(0), asked(1)].iter().filter(|rows| **rows >= 4).count()),
        (PromptKind::SameText, if asked(0) >= 4 { 2 } else { 0 }),
        (PromptKind::MayIdentifyChild, 0),
        (PromptKind::NotApplicableThoughNamed, 0),
    ] {
        assert_eq!(count(kind), expected, "{kind:?}");
    }
    assert_eq!(analysis.actions[0].lines(), ["Train staff", "Ask again"]);
}

#[test]
fn a_text_that_is_held_back_is_no_quotation_evidence_or_action() {
    let (theme, round) = sample(&[0, 1]);
    let analysed = |words: Written, evidence: Written| {
        let mut returns = returns(&theme, &round, &[Some(vec![2]), Some(vec![0])]);
        for answer in returns.iter_mut().flat_map(|response| &mut response.answers) {
            let words = || words.clone();
            answer.texts = Texts::default()
                .with(TextKind::WorkingWell, words())
                .with(TextKind::WorriedAbout, words())
                .with(TextKind::NeedsToHappen, words())
                .with(TextKind::Evidence, evidence.clone());
        }
        let answers = answers(&theme, &round, &returns, &[]);
        let numbers = analysis::count(&theme, &round, &returns, &answers).expect("numbers");
        let analysis = analysis::analyse(&theme, &round, numbers, &returns, answers);
        [analysis.strengths.is_empty(), analysis.worries.is_empty(), analysis.actions.is_empty()]
    };
    assert_eq!(analysed("We do this".into(), "Audit".into()), [false, false, false]);
    assert_eq!(analysed(Written::HeldBack, "Audit".into()), [true, true, true]);
    assert_eq!(analysed("We do this".into(), Written::HeldBack), [true, false, false]);
}
