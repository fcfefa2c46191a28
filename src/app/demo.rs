//! Makes a complete sample round from samples that are built into the program.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};
use jiff::civil::{Date, date};
use serde::Serialize;

use crate::app::collect::Totals;
use crate::app::failure::Failure;
use crate::app::issue::issue;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::open;
use crate::app::report::{ReportWishes, report};
use crate::app::round_new::{RoundWishes, WishedList, round_new};
use crate::core::finding::{Code, Finding, Remedy};
use crate::documents::Length;
use crate::round::{Folder, Round};

/// The fictional partnership: its agencies, its filled returns, and what they say.
static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/samples/exampleshire");

/// The day on which the sample's workbooks were issued.
const ISSUED: Date = date(2026, 11, 23);

/// When the sample's returns were due.
const DEADLINE: Date = date(2026, 12, 11);

/// The sample's first day of fieldwork.
const FIELDWORK: Date = date(2027, 1, 11);

/// The day on which the sample's officer makes the report, unless `--today` says otherwise.
const REPORTED: Date = date(2026, 12, 14);

/// A sample round, from workbooks to presentation.
#[derive(Debug, Serialize)]
pub(crate) struct DemoOutcome {
    /// Its folder.
    pub folder: PathBuf,
    /// How many workbooks were issued.
    pub workbooks: usize,
    /// How many files came back.
    pub returns: usize,
    /// The presentation.
    pub deck: PathBuf,
    /// The annex.
    pub annex: PathBuf,
    /// The briefing.
    #[serde(skip)]
    pub briefing: PathBuf,
    /// The file of choices.
    #[serde(skip)]
    pub choices: PathBuf,
    /// The folders with the workbooks, the returns, the report.
    #[serde(skip)]
    pub folders: [PathBuf; 3],
    /// How much came back.
    #[serde(skip)]
    pub totals: Totals,
    /// What was noticed while the report was written.
    #[serde(skip)]
    pub findings: Vec<Finding>,
    /// The day of the report.
    #[serde(skip)]
    pub today: Date,
}

/// What to do about a sample round without a presentation.
const STOPPED: &str = "go to the round and make the presentation when you want it";

/// Makes the sample in a folder by the same steps as `round new`, `issue`, `collect` and `report`.
pub(super) fn demo(dir: &Path, surroundings: Surroundings<'_>) -> Result<DemoOutcome, Failure> {
    let folder = Folder::new(dir);
    let today = surroundings.given_day.unwrap_or(REPORTED);
    if folder.round_toml().exists() {
        check_is_demo(dir)?;
    } else {
        check_is_free(dir)?;
        new_round(dir)?;
    }
    // On the day of the sample, so that workbooks, returns and reminders fit each other on any real day.
    issue(dir, Surroundings { given_day: Some(ISSUED), ..surroundings })?;
    let returns = place_returns(&folder)?;
    let wishes = ReportWishes {
        round: dir.to_path_buf(),
        length: Length::Short,
        annex: Vec::new(),
        dataset: None,
        keep: None,
        all: false,
    };
    let reported = report(&wishes, Surroundings { given_day: Some(today), ..surroundings });
    if reported.is_err() && surroundings.progress.is_stopped() {
        let found = "you stopped it: the sample round is there with its returns, but its presentation is not made yet";
        return Err(Failure::stopped_after(found, STOPPED));
    }
    let reported = reported?;
    Ok(DemoOutcome {
        folder: folder.root().to_path_buf(),
        workbooks: reported.totals.agencies_asked,
        returns,
        deck: reported.deck,
        annex: reported.annex,
        briefing: reported.briefing,
        choices: reported.choices,
        folders: [folder.issued(), folder.returns(), folder.report()],
        totals: reported.totals,
        findings: reported.about_files,
        today,
    })
}

fn new_round(dir: &Path) -> Result<(), Failure> {
    disk::make_folder(dir)?;
    let agencies = dir.join("agencies.csv");
    disk::write(&agencies, sample("agencies.csv")?)?;
    let wishes = RoundWishes {
        dir: dir.to_path_buf(),
        theme: "domestic-abuse-2024".into(),
        include: Vec::new(),
        partnership: "Exampleshire Safeguarding Children Partnership".into(),
        agencies: WishedList::File(agencies.clone()),
        deadline: DEADLINE,
        fieldwork: Some(FIELDWORK),
        marking: "OFFICIAL-SENSITIVE".into(),
        contact: "benchmarking@example.org".into(),
        officer: String::new(),
    };
    round_new(&wishes, ISSUED)?;
    // agencies.xlsx was made from it, and an officer with two lists would not know which one counts.
    disk::remove(&agencies)
}

fn sample(name: &str) -> Result<&'static [u8], Failure> {
    SAMPLES.get_file(name).map(include_dir::File::contents).ok_or("no such sample").or_fault()
}

/// Refuses a folder that has something else in it.
fn check_is_free(dir: &Path) -> Result<(), Failure> {
    let is_taken = dir.is_file() || std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if is_taken {
        let remedy = Remedy::typed(
            "name a folder that does not exist yet, as in `jtai demo my-demo`",
            "move that folder away, or give it a different name",
        );
        return Err(Failure::one(
            Code::RoundMissing,
            dir,
            "the folder is not empty and was not made by a demo",
            remedy,
        ));
    }
    Ok(())
}

fn check_is_demo(dir: &Path) -> Result<(), Failure> {
    let (open::OpenRound { round, .. }, _) = open::round(dir, ISSUED)?;
    // A round of the officer's own must never be filled with samples, even if it is in a folder with the demo's name.
    if day_of(&round).is_some() {
        return Ok(());
    }
    let remedy = Remedy::typed(
        "name a folder that does not exist yet, as in `jtai demo my-demo`",
        "move that folder away, or give it a different name",
    );
    Err(Failure::one(Code::RoundMissing, dir, "the folder has a round of your own in it", remedy))
}

/// The day on which the sample round is looked at; `None` for any other round. On a real day its dates would be long past, or still to come.
pub(crate) fn day_of(round: &Round) -> Option<Date> {
    (round.partnership.starts_with("Exampleshire") && round.deadline == DEADLINE).then_some(REPORTED)
}

/// Puts the sample returns into `returns/`. A file that is there already is left, changed or not: returns are never touched.
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
    // Without this record all returns would seem to have come in on one day, and none of them late.
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
