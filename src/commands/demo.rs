//! `jtai demo`: lays out a whole sample round and does the job on it. The samples travel inside the program.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};
use jiff::civil::{Date, date};

use super::fault::OrFault;
use super::{Clock, Failure, Outcome, Said, disk, issue, open, report, round_new, say};
use crate::cli::NewRound;
use crate::core::diagnostic::Code;
use crate::core::words;
use crate::deck::Length;
use crate::round::Folder;

/// The fictional partnership: its agencies, its filled returns, and what they say.
static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/samples/exampleshire");

/// The day on which the sample's workbooks went out.
const ISSUED: Date = date(2026, 11, 23);

/// When the sample's returns were due.
const DEADLINE: Date = date(2026, 12, 11);

/// The sample's first day of fieldwork.
const FIELDWORK: Date = date(2027, 1, 11);

/// The day on which the sample's officer makes the report, unless `--today` says otherwise.
const REPORTED: Date = date(2026, 12, 14);

/// Lays the sample out in a folder and runs round, issue, collect and report on it.
pub fn run(dir: &Path, clock: Clock) -> Result<Said, Failure> {
    let folder = Folder::new(dir);
    let today = clock.given.unwrap_or(REPORTED);
    if folder.round_toml().exists() {
        check_is_demo(dir)?;
    } else {
        check_is_free(dir)?;
        new_round(dir)?;
    }
    issue::run(dir, ISSUED)?;
    let placed = place_returns(&folder)?;
    let reported = report::report(dir, Length::Short, None, today)?;
    Ok(said(dir, &folder, placed, &reported, today))
}

fn new_round(dir: &Path) -> Result<(), Failure> {
    disk::make_folder(dir)?;
    let agencies = dir.join("agencies.csv");
    disk::write(&agencies, sample("agencies.csv")?)?;
    let settings = NewRound {
        dir: dir.to_path_buf(),
        theme: "domestic-abuse-2024".into(),
        include: Vec::new(),
        partnership: "Exampleshire Safeguarding Children Partnership".into(),
        agencies,
        deadline: DEADLINE,
        fieldwork: Some(FIELDWORK),
        marking: "OFFICIAL-SENSITIVE".into(),
        contact: "benchmarking@example.org".into(),
        officer: String::new(),
    };
    round_new::run(&settings, ISSUED).map(drop)
}

fn sample(name: &str) -> Result<&'static [u8], Failure> {
    SAMPLES.get_file(name).map(include_dir::File::contents).ok_or("no such sample").or_fault()
}

/// A folder that holds something else is not filled with samples.
fn check_is_free(dir: &Path) -> Result<(), Failure> {
    let is_taken = dir.is_file() || std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if is_taken {
        let remedy = "name a folder that does not exist yet, as in `jtai demo my-demo`";
        return Err(Failure::one(Code::RoundMissing, dir, "the folder is not empty, and no demo made it", remedy));
    }
    Ok(())
}

fn check_is_demo(dir: &Path) -> Result<(), Failure> {
    let round = open::round(dir)?.round;
    if round.partnership.starts_with("Exampleshire") && round.deadline == DEADLINE {
        return Ok(());
    }
    let remedy = "name a folder that does not exist yet, as in `jtai demo my-demo`";
    Err(Failure::one(Code::RoundMissing, dir, "the folder holds a round of your own", remedy))
}

/// Puts the sample returns into `returns/`. One that stands there already, changed or not, is left: returns are never touched.
fn place_returns(folder: &Folder) -> Result<usize, Failure> {
    let returns = SAMPLES.get_dir("returns").ok_or("no sample returns").or_fault()?;
    let mut placed = 0;
    for file in files(returns) {
        let path = folder.root().join(file.path());
        placed += 1;
        if !path.exists() {
            disk::make_folder(path.parent().unwrap_or(folder.root()))?;
            disk::write(&path, file.contents())?;
        }
    }
    // They came in over two weeks, as the record of a round says.
    let record = SAMPLES.get_dir("record").ok_or("no sample record").or_fault()?;
    for file in files(record) {
        disk::make_folder(&folder.record())?;
        disk::write_changed(&folder.root().join(file.path()), file.contents())?;
    }
    Ok(placed)
}

fn files<'a>(dir: &'a Dir<'a>) -> Vec<&'a include_dir::File<'a>> {
    let inside = |entry: &'a DirEntry<'a>| match entry {
        DirEntry::File(file) => vec![file],
        DirEntry::Dir(dir) => files(dir),
    };
    dir.entries().iter().flat_map(inside).collect()
}

fn said(dir: &Path, folder: &Folder, placed: usize, reported: &report::Reported, today: Date) -> Said {
    let mut text = "A sample round for a fictional partnership, from criteria to presentation.\n\n".to_string();
    let workbooks = reported.collected.numbers.asked();
    let steps: [(String, PathBuf); 3] = [
        (format!("{} issued", words::count(workbooks, "workbook")), folder.issued()),
        (format!("{} came back", words::count(placed, "file")), folder.returns()),
        (format!("reported as on {}", words::date(today)), folder.report()),
    ];
    for (at, (what, path)) in steps.iter().enumerate() {
        let _ = writeln!(text, "  {}. {what:<34} {}", at + 1, path.display());
    }
    text.push_str(&reported.collected.totals());
    text.push_str(&say::findings(&reported.written.findings, ""));
    text.push_str("\nLook at\n");
    for (path, what) in [
        (
            reported.deck(),
            "the day-one presentation, to show and hand over; deck.pptx beside it is the same for PowerPoint",
        ),
        (reported.briefing(), "for each slide what to say and what an inspector may ask, for leaders only"),
        (reported.annex(), "every answer in full, and where each number comes from, for leaders only"),
        (reported.choices(), "to choose what the presentation says, and to approve it"),
    ] {
        let _ = writeln!(text, "  {}\n      {what}", path.display());
    }
    let dir = say::typed(dir);
    let _ = write!(
        text,
        "\nThen\n  jtai collect {dir} --today {today}   what was noticed in the returns, and what to do about it\n  \
         jtai status {dir} --today {today}    who has returned, who owes\n",
    );
    let json = serde_json::json!({
        "folder": folder.root().display().to_string(), "workbooks": workbooks, "returns": placed,
        "deck": reported.deck().display().to_string(), "annex": reported.annex().display().to_string(),
    });
    Said { text, json, outcome: Outcome::Done }
}
