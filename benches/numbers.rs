//! How fast returns are counted: `cargo bench --bench numbers`. The answers, the counts, and everything that is said with them.

use divan::Bencher;
use jtai_benchmark::analysis::{analyse, count};
use jtai_benchmark::form::Rating;
use jtai_benchmark::form::TextKind;
use jtai_benchmark::intake::answers::answers;
use jtai_benchmark::response::{Answer, Response, ReturnFile, SelfRating, SpeaksFor, TextColumns, Texts};
use jtai_benchmark::round::{self, Round};
use jtai_benchmark::theme::{self, Theme};

fn main() {
    divan::main();
}

/// A round of agencies in three groups, all of which returned, with ratings and words in every row.
fn sample(agencies: usize, statements: usize) -> (Theme, Round, Vec<Response>) {
    let mut text = String::from(
        "format = 1\ntitle = \"A theme\"\nstatus = \"own\"\ncompleteness = \"Invented.\"\nchecked_by = \"A\"\nchecked_on = 2026-11-20\n\
         groups_in_scope = [\"POL\"]\n[framework]\ntitle = \"F\"\npublisher = \"P\"\n[[area]]\nid = \"a\"\ntitle = \"Area\"\n",
    );
    for at in 0..statements {
        text += &format!(
            "[[area.criterion]]\nid = \"T-{at}\"\nbasis = \"S\"\ngroups = [\"ALL\"]\nsource = \"Framework\"\n\
             text = \"Agencies act together when a child first needs them, and each can say what it did ({at}).\"\n"
        );
    }
    let theme = theme::read("t.toml", "t", &text).output;
    let mut text = "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\nrate = [\"S\"]\n".to_string();
    for at in 0..agencies {
        let group = ["LA", "POL", "EDU"][at % 3];
        text += &format!("[[agency]]\nid = \"agency-{at}\"\nname = \"Agency {at}\"\ngroup = \"{group}\"\n");
    }
    let round = round::read("round.toml", &text).output.expect("no fault");
    let answer = |at: usize, (_, criterion): (&theme::Area, &theme::Criterion)| Answer {
        taken: Default::default(),
        criterion: criterion.id.clone(),
        rating: SelfRating::Rated(Rating::ALL[at % 3]),
        as_written: Rating::ALL[at % 3].word().into(),
        texts: Texts::default()
            .with(TextKind::WorkingWell, "We do this well, and our audit of the spring says so.")
            .with(TextKind::Evidence, "Audit of the spring, shared drive"),
        action_due: None,
        still_right: None,
        recheck: None,
        is_action_over: false,
        progress: None,
        sheet: "Self-assessment".into(),
        row: 4,
        cell: "D4".into(),
    };
    let response = |(at, agency): (usize, &round::Agency)| Response {
        agency: agency.id.clone(),
        file: ReturnFile {
            name: format!("returns/{}.xlsx", agency.id),
            sha256: "0".repeat(64),
            changed: None,
            bytes: 1,
        },
        saved: None,
        completed_by: "A".into(),
        approved_by: "B".into(),
        approved_on: None,
        approval_settled: None,
        approval_cells: Vec::new(),
        questions: None,
        replies: Vec::new(),
        speaks_for: SpeaksFor::default(),
        corrections: Vec::new(),
        headlines: Vec::new(),
        columns: TextColumns::default(),
        answers: round.statements(&theme, agency).into_iter().enumerate().map(|(row, s)| answer(at + row, s)).collect(),
    };
    let responses = round.agencies.iter().enumerate().map(response).collect();
    (theme, round, responses)
}

const SIZES: [(usize, usize); 4] = [(12, 16), (40, 60), (1000, 16), (20_000, 16)];

#[divan::bench(args = SIZES, sample_count = 5)]
fn counted(bencher: Bencher<'_, '_>, (agencies, statements): (usize, usize)) {
    let (theme, round, responses) = sample(agencies, statements);
    bencher.bench_local(|| {
        let answers = answers(&theme, &round, &responses, &[]);
        count(&theme, &round, &responses, &answers).expect("numbers").overall.rated()
    });
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn analysed(bencher: Bencher<'_, '_>, (agencies, statements): (usize, usize)) {
    let (theme, round, responses) = sample(agencies, statements);
    let answers = answers(&theme, &round, &responses, &[]);
    let numbers = count(&theme, &round, &responses, &answers).expect("numbers");
    bencher.bench_local(|| analyse(&theme, &round, numbers.clone(), &responses, answers.clone()).prompts.len());
}
