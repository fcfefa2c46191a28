//! How fast workbooks are issued and read: `cargo bench`. `benches/with_xlsxwriter.py` writes the same sheets with XlsxWriter, and
//! `benches/with_others.py` reads the same files with python-calamine and openpyxl, for the ratios.

use divan::Bencher;
use jtai_benchmark::round::{self, Round};
use jtai_benchmark::theme::{self, Theme};
use jtai_benchmark::workbook::contract::CarriedIn;
use jtai_benchmark::workbook::file::{read, scan};
use jtai_benchmark::workbook::write::RoundWriter;
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// A theme of `statements` statements in four areas, and a round of `agencies` agencies that are asked them all.
fn sample(agencies: usize, statements: usize) -> (Theme, Round) {
    let mut text = String::from(
        "format = 1\ntitle = \"A theme\"\nstatus = \"own\"\ncompleteness = \"Invented.\"\nchecked_by = \"A\"\nchecked_on = 2026-11-20\n\
         groups_in_scope = [\"POL\"]\n[framework]\ntitle = \"F\"\npublisher = \"P\"\n",
    );
    for at in 0..statements {
        if at % (statements / 4) == 0 {
            text += &format!("[[area]]\nid = \"{at}\"\ntitle = \"Area {at} of the framework\"\n");
        }
        text += &format!(
            "[[area.criterion]]\nid = \"T-{at}\"\nbasis = \"S\"\ngroups = [\"ALL\"]\nsource = \"Framework, section {at}\"\n\
             text = \"Agencies act together, and quickly, when a child first needs them, and each can say what it did ({at}).\"\n"
        );
    }
    let theme = theme::read("t.toml", "t", &text).output;
    let mut text =
        "format = 1\nid = \"r\"\ntheme = \"t\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"OFFICIAL\"\n\
                    rate = [\"S\"]\n"
            .to_string();
    for at in 0..agencies {
        text += &format!("[[agency]]\nid = \"police-{at}\"\nname = \"Exampleshire Police {at}\"\ngroup = \"POL\"\n");
    }
    (theme, round::read("round.toml", &text).output.expect("no fault"))
}

/// Every workbook of a round, as bytes.
fn all(theme: &Theme, round: &Round) -> usize {
    let writer = RoundWriter::new(theme, round);
    let one = |agency| writer.issue(agency, 1, &CarriedIn::default()).expect("written").len();
    round.agencies.par_iter().map(one).sum()
}

#[divan::bench(args = [(1, 16), (40, 60), (1000, 16)], sample_count = 5)]
fn issued(bencher: Bencher<'_, '_>, (agencies, statements): (usize, usize)) {
    let (theme, round) = sample(agencies, statements);
    bencher.bench_local(|| all(&theme, &round));
}

/// Looking over and reading, in this process: what a worker does with each return.
#[divan::bench(args = [(100, 16), (100, 60)], sample_count = 5)]
fn read_back(bencher: Bencher<'_, '_>, (agencies, statements): (usize, usize)) {
    let (theme, round) = sample(agencies, statements);
    let writer = RoundWriter::new(&theme, &round);
    let files: Vec<Vec<u8>> =
        round.agencies.iter().map(|agency| writer.issue(agency, 1, &CarriedIn::default()).expect("written")).collect();
    bencher.bench_local(|| {
        let cells = |bytes: &Vec<u8>| read::read(scan::FileKind::Xlsx, bytes, &[]).expect("readable").sheets.len();
        files.par_iter().map(cells).sum::<usize>()
    });
}
