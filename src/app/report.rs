//! Collects, then writes the report: data, charts, the presentation, and what leaders get with it. It is written whole or not at all.

mod files;
mod annexes;
mod choices;
mod reds;
mod written;
mod prepare;
mod keep;
mod edit;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::app::collect::{FINDINGS_BOOK, Totals};
use crate::app::failure::Failure;
use crate::app::lines;
use crate::app::machine::disk::{self, OutputSet, WrittenOutputs};
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::news::News;
use crate::chart::Charts;
use crate::core::finding::{Finding, Place};
use crate::core::ids::AgencyId;
use crate::core::words;
use crate::documents::Cover;
use crate::documents::DocumentInputs;
use crate::documents::agency_annex::agency_annex;
use crate::documents::annex::annex;
use crate::documents::briefing::briefing;
use crate::documents::checks::overflow;
use crate::documents::deck::{self, Deck};
use crate::documents::kept::Kept;
use crate::documents::quoted::quoted_answers;
use crate::export;
use crate::export::data::Data;
use crate::export::pdf::Documents;
use crate::round::Folder;
use choices::ChoicesPlan;
use files::{ANALYSIS_BOOK, ANNEX, BRIEFING, DECK, DECK_PPTX, LEADERS_ONLY, SCHEMA};

pub(crate) use crate::documents::{Length, MOST_IN_FULL};
pub(crate) use annexes::EVERY_ANSWER;
pub(crate) use edit::{DrawnSlide, EditableChoices};
pub(crate) use keep::{KeptLine, all as all_kept};
pub(crate) use prepare::{Prepared, prepare, prepare_from};
pub(crate) use written::{WrittenReport, written};

/// The request.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportWishes {
    /// The round's folder.
    pub round: PathBuf,
    /// How long the presentation is.
    pub length: Length,
    /// A folder of many rounds to add this one to.
    pub dataset: Option<PathBuf>,
    /// Agencies whose answers are to be written in full, each into an annex of its own; `all` for all of them, in the annex.
    pub annex: Vec<String>,
    /// A name under which to keep the presentation.
    pub keep: Option<String>,
    /// Whether to list every finding, not only what is new.
    pub all: bool,
}

/// A report that was written. The paths are those under which the files were written.
#[derive(Debug, Serialize)]
pub(crate) struct ReportOutcome {
    /// The code at the foot of its slides.
    pub run: String,
    /// Why it is a draft, or who approved it.
    pub state: String,
    /// Whether its pages say DRAFT.
    pub is_draft: bool,
    /// Files that are new, or changed.
    pub new: Vec<String>,
    /// Files that are as before.
    pub unchanged: Vec<String>,
    /// The presentation.
    pub deck: PathBuf,
    /// The same for PowerPoint.
    pub pptx: PathBuf,
    /// The annex.
    pub annex: PathBuf,
    /// The workbook with every answer, where the annex is too short for them.
    pub every_answer: Option<PathBuf>,
    /// The annexes of single agencies.
    pub agency_annexes: Vec<PathBuf>,
    /// The briefing.
    pub briefing: PathBuf,
    /// The file of choices.
    pub choices: PathBuf,
    /// The round's file in a dataset; `None` if none was asked for.
    pub dataset: Option<PathBuf>,
    /// Where the presentation was kept; `None` if that was not asked for.
    pub kept: Option<PathBuf>,
    /// Everything noticed.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
    /// How much came back.
    pub totals: Totals,
    /// A note to show once, if this command upgraded a round that an earlier version made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// The folder with what only leaders see.
    #[serde(skip)]
    pub leaders_only: PathBuf,
    /// What is new since findings were last shown.
    #[serde(skip)]
    pub news: News,
    /// What was noticed while the files were written.
    #[serde(skip)]
    pub about_files: Vec<Finding>,
}

/// Everything that a report is made from.
pub(crate) struct ReadyReport {
    /// What was collected and chosen, with the findings about a presentation of this length.
    pub prepared: Prepared,
    /// The charts.
    pub charts: Charts,
    /// What is to be written of `choices.xlsx`.
    choices: ChoicesPlan,
    /// The code at the foot of the slides.
    pub run: String,
}

/// Works out what a presentation of this length shows, from the choices as they will be once renewed. Writes and draws nothing.
///
/// # Errors
///
/// When the round cannot be opened, or its choices cannot be read.
pub(crate) fn ready(round: &Path, length: Length, surroundings: Surroundings<'_>) -> Result<ReadyReport, Failure> {
    let mut prepared = prepare(round, surroundings)?;
    let charts = Charts::lay_out(prepared.shown());
    let choices = plan_choices(&prepared, &charts)?;
    if let Some(renewed) = choices.in_place() {
        prepared.go_on_from(renewed);
    }
    let run = prepared.code(length);
    prepared.add_of_length(length);
    Ok(ReadyReport { prepared, charts, choices, run })
}

/// Collects, writes the report: all of it, or nothing.
pub(super) fn report(wishes: &ReportWishes, surroundings: Surroundings<'_>) -> Result<ReportOutcome, Failure> {
    let length = wishes.length;
    let ReadyReport { prepared, charts, choices, run } = ready(&wishes.round, length, surroundings)?;
    let wished = annexes::wished(&wishes.annex, &prepared.collected.open)?;
    let inputs = prepared.inputs(length, &run, &charts);
    let inputs = DocumentInputs { is_annex_full: inputs.is_annex_full || wished.is_full, ..inputs };
    let is_full = inputs.is_annex_full;
    let deck = deck::deck(inputs);
    let folder = prepared.collected.open.folder.clone();
    let kept = wishes.keep.as_deref().map(|name| keep::place(&folder, name)).transpose()?;
    let newest = keep::newest(&folder)?;
    // Everything is made in memory before anything is written, so that a fault leaves the old report whole.
    let made = make(&prepared, inputs, &deck, newest.as_ref(), &wished.agencies)?;
    let overflow = overflow(Place::file(folder.name_of(&folder.report().join(DECK))), made.pages, deck.slides.len());
    surroundings.go_on()?;
    let note = prepared.collected.note("report", prepared.today, Vec::new())?;
    // Before the old report is replaced: it says what was Red before.
    let red = red_since(&folder, &prepared);
    let written = made.set.write()?;
    // After the report: if that cannot be written, the choices stay as they were.
    let renewed = choices::carry_out(choices, &prepared.collected.open, &prepared.analysis, prepared.today)?;
    if let Some((path, name)) = kept.as_deref().zip(wishes.keep.as_deref()) {
        let number = newest.map_or(0, |kept| kept.number) + 1;
        let kept = Kept::new(name, number, inputs, &deck).made_from(keep::prints(&prepared));
        keep::keep(path, &kept, &made.deck, &made.pptx)?;
    }
    let dataset = wishes.dataset.as_deref().map(|dir| add_to_dataset(dir, &prepared, &made.ratings)).transpose()?;
    let is_draft = !deck.cover.draft.is_empty();
    let state = if deck.cover.draft.is_empty() { deck.cover.approved.clone() } else { deck.cover.draft.clone() };
    let mut collected = prepared.collected;
    collected.add(written.findings.iter().cloned().chain(overflow).chain(renewed).chain(red));
    let path = |name: &str| path_of(&folder, &written, name);
    Ok(ReportOutcome {
        run: run.clone(),
        state,
        is_draft,
        deck: path(DECK),
        pptx: path(DECK_PPTX),
        annex: path(ANNEX),
        every_answer: (!is_full).then(|| path(ANALYSIS_BOOK)),
        agency_annexes: wished.agencies.iter().map(|agency| path(&files::agency_annex(agency))).collect(),
        briefing: path(BRIEFING),
        leaders_only: path(LEADERS_ONLY),
        choices: folder.choices(),
        dataset,
        kept,
        totals: collected.totals(),
        findings: collected.findings,
        note,
        new: written.new,
        unchanged: written.unchanged,
        news: News::default(),
        about_files: written.findings,
    })
}

/// A report in memory.
struct MadeReport {
    set: OutputSet,
    /// The presentation, to be kept.
    deck: Vec<u8>,
    /// The same for PowerPoint.
    pptx: Vec<u8>,
    /// How many pages the presentation has.
    pages: usize,
    /// The table of ratings.
    ratings: Data,
}

/// Makes every file. The documents take longest, so they are made on a thread of their own.
fn make(
    prepared: &Prepared,
    inputs: DocumentInputs<'_>,
    deck: &Deck,
    newest: Option<&Kept>,
    agencies: &[AgencyId],
) -> Result<MadeReport, Failure> {
    let annex = annex(inputs, deck);
    let briefing = briefing(inputs, deck, newest);
    let mut set = OutputSet::whole(prepared.collected.open.folder.report());
    let (documents, rest) = std::thread::scope(|scope| {
        let documents = scope.spawn(|| export::pdf::documents(deck, &briefing, &annex));
        let rest = add_but_documents(&mut set, prepared, inputs, deck);
        (documents.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), rest)
    });
    let (pptx, ratings) = rest?;
    let Documents { deck: pdf, briefing, annex } = documents.or_fault()?;
    set.add(DECK, pdf.bytes.as_slice());
    set.add(BRIEFING, briefing.bytes);
    set.add(ANNEX, annex.bytes);
    for agency in agencies.iter().filter_map(|id| inputs.own.numbers.agency(id)) {
        let annex = export::pdf::annex(&agency_annex(inputs, agency)).or_fault()?;
        set.add(files::agency_annex(&agency.id), annex.bytes);
    }
    Ok(MadeReport { set, deck: pdf.bytes, pptx, pages: pdf.pages, ratings })
}

/// Adds everything but the PDFs. Returns the PowerPoint file, to be kept, and the table of ratings. The workbook of numbers takes longest
/// in a large round, and is made beside the others.
fn add_but_documents(
    set: &mut OutputSet,
    prepared: &Prepared,
    inputs: DocumentInputs<'_>,
    deck: &Deck,
) -> Result<(Vec<u8>, Data), Failure> {
    let quoted = quoted_answers(deck);
    std::thread::scope(|scope| {
        let book = scope.spawn(|| export::analysis::analysis(prepared.analysis_inputs(inputs.run, &quoted)));
        let ratings = add_data(set, prepared, &deck.cover)?;
        set.add(FINDINGS_BOOK, prepared.collected.findings_book(prepared.today)?);
        // Charts are passed on as single files, so each says whose it is.
        let foot = deck.cover.whose();
        for chart in inputs.charts.to_show() {
            set.add(format!("charts/{}.svg", chart.name), chart.file_svg(&foot).into_bytes());
        }
        for chart in inputs.charts.heatmap.iter().chain(&inputs.charts.challenged) {
            set.add(format!("leaders-only/charts/{}.svg", chart.name), chart.file_svg(&foot).into_bytes());
        }
        let pptx = export::pptx::deck(deck, prepared.today).or_fault()?;
        set.add(DECK_PPTX, pptx.as_slice());
        let book = book.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        set.add(ANALYSIS_BOOK, book.or_fault()?);
        Ok((pptx, ratings))
    })
}

/// Adds the tables of `data/`, as CSV and Parquet, with their schema. Returns the table of ratings.
fn add_data(set: &mut OutputSet, prepared: &Prepared, cover: &Cover) -> Result<Data, Failure> {
    let Prepared { collected, analysis, .. } = prepared;
    let (theme, round) = (&collected.open.opened.theme, &collected.open.round);
    let ratings = export::data::ratings(theme, round, &analysis.answers);
    let tables = [
        export::data::criteria(analysis),
        export::data::agencies(round, analysis),
        export::data::actions(round, analysis, &prepared.picks),
        export::data::findings(&collected.findings),
        export::data::also_written(&collected.findings),
        export::data::headlines(analysis),
    ];
    let change = analysis.change.as_ref().map(export::data::change);
    for data in std::iter::once(&ratings).chain(&tables).chain(&change) {
        set.add(format!("data/{}.csv", data.name), export::csv::data(data));
        set.add(format!("data/{}.parquet", data.name), export::parquet::table(data).or_fault()?);
    }
    set.add(SCHEMA, export::schema::schema(cover, change.is_some()));
    Ok(ratings)
}

/// Adds the round's ratings to a dataset of many rounds, as `DIR/theme=.../round=.../ratings.parquet`. Tools that know Hive partitioning
/// read such a folder as one table.
fn add_to_dataset(dir: &Path, prepared: &Prepared, ratings: &Data) -> Result<PathBuf, Failure> {
    let round = &prepared.collected.open.round;
    // A person can write any id into round.toml, also one that cannot be a folder's name.
    let (theme, id) = (words::slug(round.theme.as_str()), words::slug(round.id().as_str()));
    let folder = dir.join(format!("theme={theme}")).join(format!("round={id}"));
    disk::make_folder(&folder)?;
    let path = folder.join("ratings.parquet");
    let bytes = export::parquet::table(&export::data::for_dataset(ratings)).or_fault()?;
    disk::write_changed(&path, &bytes)?;
    Ok(path)
}

/// Plans what to write into `choices.xlsx`. What it offers comes from the answers by rule, and does not depend on what was chosen.
fn plan_choices(prepared: &Prepared, charts: &Charts) -> Result<ChoicesPlan, Failure> {
    let by_rule = prepared.by_rule(charts);
    choices::plan(&prepared.collected.open, prepared.choices_source(&by_rule), prepared.choices.as_ref())
}

/// The finding about ratings that are Red now and were not in the report on the disk; `None` if there is no such report.
fn red_since(folder: &Folder, prepared: &Prepared) -> Option<Finding> {
    let before = reds::last_ratings(folder)?;
    reds::red_since(folder, &prepared.collected.open.round, &before, &prepared.analysis.answers)
}

/// Where a file of the report is, under the name that it got.
fn path_of(folder: &Folder, written: &WrittenOutputs, name: &str) -> PathBuf {
    written.name_of(name).split('/').fold(folder.report(), |path, part| path.join(part))
}
