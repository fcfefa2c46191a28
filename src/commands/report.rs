//! `jtai report`: collects, then writes data, charts, the presentation and the leaders' annex as one set.

mod choices;
mod keep;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::collect::{Collected, FINDINGS_BOOK, collect};
use super::disk::{OutputSet, Written};
use super::fault::OrFault;
use super::{Failure, Outcome, Said, disk, say};
use crate::analysis::{self, Analysis};
use crate::brand::{Brand, brand};
use crate::chart::Charts;
use crate::choices::{Added, Choices, Picks, Slides, fit};
use crate::core::diagnostic::{Checked, Code, Diagnostic, Place, quote};
use crate::core::words;
use crate::deck::kept::Kept;
use crate::deck::{self, Deck, Length, Made};
use crate::export;
use crate::export::pdf::Documents;
use crate::fonts;
use crate::form::ColumnKey;
use crate::response::{Answer, Response};
use crate::workbook::layout;

/// The presentation's name in the report folder.
const DECK: &str = "deck.pdf";

/// The same for PowerPoint.
const DECK_PPTX: &str = "deck.pptx";

/// The annex's name in the report folder.
const ANNEX: &str = "leaders-only/annex.pdf";

/// The briefing's name in the report folder.
const BRIEFING: &str = "leaders-only/briefing.pdf";

/// The name of the workbook of numbers in the report folder.
const ANALYSIS_BOOK: &str = "analysis.xlsx";

/// A report that was written.
#[derive(Debug)]
pub struct Reported {
    /// What was collected.
    pub collected: Collected,
    /// What became of the files.
    pub written: Written,
    /// Where the round's part of a dataset lies; `None` where none was asked for.
    pub dataset: Option<PathBuf>,
    /// Where the presentation was kept; `None` where that was not asked for.
    pub kept: Option<PathBuf>,
    /// The code at the foot of its slides.
    pub run: String,
    /// Why it is a draft, or who approved it.
    pub state: String,
    /// What is said once, where a round of an earlier program was brought over.
    note: Option<&'static str>,
}

/// What is wanted of a report beside the report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// A folder of many rounds to add this one to.
    pub dataset: Option<&'a Path>,
    /// A name under which to keep the presentation.
    pub keep: Option<&'a str>,
}

/// Collects and writes the report; with a folder for it, adds the round to a dataset of many.
pub fn run(dir: &Path, length: Length, wanted: Wanted<'_>, today: Date) -> Result<Said, Failure> {
    let mut reported = report(dir, length, wanted.keep, today)?;
    reported.dataset = wanted.dataset.map(|dir| add_to_dataset(dir, &reported.collected)).transpose()?;
    Ok(reported.said().after(reported.note))
}

/// What a report is made from, worked out and drawn.
pub struct Prepared {
    /// What was collected, with the findings of the report itself.
    pub collected: Collected,
    /// What the answers say.
    pub analysis: Analysis,
    /// What the officer chose, as far as it fits the answers.
    picks: Picks,
    /// The partnership's own look.
    brand: Brand,
    ratings_csv: Vec<u8>,
    charts: Charts,
    today: Date,
}

impl Prepared {
    fn made<'a>(&'a self, length: Length, run: &'a str) -> Made<'a> {
        Made {
            theme: &self.collected.open.opened.theme,
            round: &self.collected.open.round,
            analysis: &self.analysis,
            charts: &self.charts,
            picks: &self.picks,
            length,
            brand: &self.brand,
            findings: &self.collected.findings,
            made_on: self.today,
            run,
        }
    }

    fn source<'a>(&'a self, run: &'a str) -> export::analysis::Source<'a> {
        export::analysis::Source {
            theme: &self.collected.open.opened.theme,
            round: &self.collected.open.round,
            analysis: &self.analysis,
            findings: &self.collected.findings,
            made_on: self.today,
            run,
        }
    }

    /// The code of what a presentation of this length shows.
    pub fn run(&self, length: Length) -> String {
        deck::code(&self.made(length, ""), length)
    }

    /// The presentation.
    pub fn deck(&self, length: Length) -> Deck {
        deck::deck(self.made(length, &self.run(length)))
    }
}

/// Collects, and works out everything that a report shows. Writes nothing.
pub fn prepare(dir: &Path, today: Date) -> Result<Prepared, Failure> {
    let mut collected = collect(dir, today)?;
    collected.add(does_not_add_up(&collected));
    let (theme, round) = (&collected.open.opened.theme, &collected.open.round);
    let numbers = collected.numbers.clone();
    let analysis = analysis::analyse(theme, round, numbers, &collected.ratings).or_fault()?;
    let ratings_csv = export::csv::data(&export::data::ratings(&collected.ratings).or_fault()?);
    let Checked { output: chosen, findings } = choices::read(&collected.open, &analysis, today)?;
    collected.add(undrawable(&collected.responses, &chosen));
    let keys = deck::keys(&analysis);
    let slides = Slides {
        keys: &keys,
        always_shown: &deck::ALWAYS_SHOWN,
        has_room: deck::has_room,
        has_quote_room: deck::has_quote_room,
    };
    let (picks, unfit) = fit(&chosen, &analysis, slides);
    collected.add(findings.into_iter().chain(unfit));
    let branding = &collected.open.round.branding;
    let logo = branding.logo.as_ref().and_then(|name| {
        // One that is not there, or is a link, is named below like one that cannot be drawn.
        disk::inside(collected.open.folder.root(), name).and_then(|path| disk::read(&path)).ok()
    });
    let Checked { output: brand, findings } = brand(branding, logo.as_deref());
    collected.add(findings);
    let charts = Charts::draw(&analysis);
    Ok(Prepared { collected, analysis, picks, brand, ratings_csv, charts, today })
}

/// Collects and writes the report: all of it, or nothing.
pub fn report(dir: &Path, length: Length, keep: Option<&str>, today: Date) -> Result<Reported, Failure> {
    let mut prepared = prepare(dir, today)?;
    let run = prepared.run(length);
    let of_length = moved(&prepared.picks, length).into_iter().chain(not_approved(&prepared, length, &run));
    let of_length: Vec<Diagnostic> = of_length.collect();
    prepared.collected.add(of_length);
    let made = prepared.made(length, &run);
    let deck = deck::deck(made);
    let annex = deck::annex(made, &deck);
    let folder = &prepared.collected.open.folder;
    let kept = keep.map(|name| keep::place(folder, name)).transpose()?;
    let newest = keep::newest(folder)?;
    let briefing = deck::briefing(made, &deck, newest.as_ref());
    let collected = &prepared.collected;
    let mut set = OutputSet::whole(collected.open.folder.report());
    let (documents, rest) = std::thread::scope(|scope| {
        let documents = scope.spawn(|| export::pdf::documents(&deck, &briefing, &annex));
        let rest = add_but_documents(&mut set, &prepared, &deck, &run);
        (documents.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), rest)
    });
    let pptx = rest?;
    let Documents { deck: pdf, briefing, annex } = documents.or_fault()?;
    let overflow = (pdf.pages != deck.slides.len()).then(|| overflow(&prepared, pdf.pages, deck.slides.len()));
    set.add(DECK, pdf.bytes.as_slice());
    set.add(BRIEFING, briefing.bytes);
    set.add(ANNEX, annex.bytes);
    let note = collected.note("report", today, Vec::new())?;
    let written = set.write()?;
    choices::write(&prepared)?;
    if let Some((path, name)) = kept.as_deref().zip(keep) {
        let number = newest.map_or(0, |kept| kept.number) + 1;
        keep::write(path, &Kept::of(name, number, made, &deck), &pdf.bytes, &pptx)?;
    }
    let state = if deck.cover.draft.is_empty() { deck.cover.approved.clone() } else { deck.cover.draft.clone() };
    let mut collected = prepared.collected;
    collected.add(written.findings.iter().cloned().chain(overflow));
    Ok(Reported { collected, written, dataset: None, kept, run, state, note })
}

/// Adds data, workbooks, charts and the PowerPoint file, which it gives, to be kept.
fn add_but_documents(set: &mut OutputSet, prepared: &Prepared, deck: &Deck, run: &str) -> Result<Vec<u8>, Failure> {
    add_data(set, prepared, run)?;
    set.add(FINDINGS_BOOK, prepared.collected.findings_book(prepared.today)?);
    set.add(ANALYSIS_BOOK, export::analysis::analysis(prepared.source(run)).or_fault()?);
    let foot = deck.cover.whose();
    for chart in prepared.charts.to_show() {
        set.add(format!("charts/{}.svg", chart.name), chart.file_svg(&foot).into_bytes());
    }
    for chart in &prepared.charts.heatmap {
        set.add(format!("leaders-only/charts/{}.svg", chart.name), chart.file_svg(&foot).into_bytes());
    }
    let pptx = export::pptx::deck(deck, prepared.today).or_fault()?;
    set.add(DECK_PPTX, pptx.as_slice());
    Ok(pptx)
}

/// Slides of the officer's own that were meant to stand after one that a presentation of this length has not.
fn moved(picks: &Picks, length: Length) -> Vec<Diagnostic> {
    let is_moved = |added: &&Added| !added.after.is_empty() && !deck::has_slide(picks, length, &added.after);
    let finding = |added: &Added| {
        let found =
            format!("{} is not in this presentation, so your slide stands before the method", quote(&added.after));
        let expected = "a slide of the length that is made";
        let remedy = "name another, or leave it so";
        Diagnostic::new(Code::ChoiceUnfit, added.after_place.clone(), found, expected, remedy)
            .naming(added.title.as_str())
    };
    picks.added.iter().filter(is_moved).map(finding).collect()
}

/// That the approval is of another presentation than this one: of other answers or choices, or of the other length.
fn not_approved(prepared: &Prepared, length: Length, run: &str) -> Option<Diagnostic> {
    let approval = prepared.picks.approval.as_ref().filter(|approval| !approval.runs.iter().any(|code| code == run))?;
    let other = Length::ALL.into_iter().find(|other| *other != length && approval.runs.contains(&prepared.run(*other)));
    let codes = quote(&approval.runs.join(", "));
    let found = match other {
        Some(other) => format!("{codes} is the code of the {} presentation, and this one is a draft", other.key()),
        None => format!("{codes} is not the code of this presentation, so it is a draft"),
    };
    let remedy =
        "look at the presentation as it is now, then write its code there; the short and the full one have one each";
    Some(Diagnostic::new(Code::ChoiceUnfit, approval.place.clone(), found, run, remedy).naming(approval.runs.join(" ")))
}

/// A slide that runs over its page: a fault of the program, to be looked at before it is shown.
fn overflow(prepared: &Prepared, pages: usize, slides: usize) -> Diagnostic {
    let place =
        Place::file(prepared.collected.open.folder.name_of(&prepared.collected.open.folder.report().join(DECK)));
    let found =
        format!("{} for {}: a slide runs over its page", words::count(pages, "page"), words::count(slides, "slide"));
    let remedy = "look at it, shorten what is yours on that slide, and please report this with the message";
    Diagnostic::new(Code::SlideOverflow, place, found, "a page a slide", remedy)
}

/// A finding for each sum that does not come to what was issued: a fault of the program, which must never pass in silence.
fn does_not_add_up(collected: &Collected) -> Vec<Diagnostic> {
    let finding = |fault: &String| {
        let place = Place::file(collected.open.folder.name_of(&collected.open.folder.report()));
        let remedy = "do not show these numbers; this is a fault of the program: please report it with this message";
        Diagnostic::new(Code::SumsDiffer, place, fault.as_str(), "sums that agree", remedy).naming(fault.as_str())
    };
    collected.numbers.reconciliation.faults.iter().map(finding).collect()
}

/// The tables of `data/`, as CSV and Parquet, with what their columns mean.
fn add_data(set: &mut OutputSet, prepared: &Prepared, run: &str) -> Result<(), Failure> {
    let Prepared { collected, analysis, .. } = prepared;
    let Collected { open, ratings, findings, .. } = collected;
    let parquet = export::parquet::ratings(ratings).or_fault()?;
    set.add("data/ratings.csv", prepared.ratings_csv.as_slice());
    set.add("data/ratings.parquet", parquet);
    for data in [
        export::data::criteria(analysis),
        export::data::agencies(&open.round, analysis),
        export::data::actions(&open.round, analysis),
        export::data::findings(findings),
    ] {
        set.add(format!("data/{}.csv", data.name), export::csv::data(&data));
        set.add(format!("data/{}.parquet", data.name), export::parquet::table(&data).or_fault()?);
    }
    set.add("data/schema.json", export::schema::schema(run));
    Ok(())
}

/// Adds the round's ratings to a dataset of many rounds: `DIR/theme=.../round=.../ratings.parquet`, which tools that read such
/// folders take as one table.
fn add_to_dataset(dir: &Path, collected: &Collected) -> Result<PathBuf, Failure> {
    let round = &collected.open.round;
    // An id in round.toml is a person's to write, and may hold what no folder's name can.
    let (theme, id) = (words::slug(round.theme.as_str()), words::slug(round.id().as_str()));
    let folder = dir.join(format!("theme={theme}")).join(format!("round={id}"));
    disk::make_folder(&folder)?;
    let path = folder.join("ratings.parquet");
    let bytes = export::parquet::dataset(&collected.ratings).or_fault()?;
    disk::write_changed(&path, &bytes)?;
    Ok(path)
}

/// A finding for each text that holds characters which no bundled font can draw: agencies' words and the officer's.
fn undrawable(responses: &[Response], chosen: &Choices) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for response in responses {
        for answer in &response.answers {
            for (key, text) in columns_with_text(answer) {
                let place = Place::cell(&response.file.name, &answer.sheet, &answer.cell);
                let what = format!("{} of {}", quote(layout::column(key).header), answer.criterion);
                let of = |finding: Diagnostic| finding.about(&response.agency).on(&answer.criterion).in_field(key);
                findings.extend(without_glyph(place, &what, text).map(of));
            }
        }
    }
    for (place, text) in chosen.texts() {
        findings.extend(without_glyph(place, &quote(text), text));
    }
    findings
}

fn without_glyph(place: Place, what: &str, text: &str) -> Option<Diagnostic> {
    let drawn = fonts::stand_ins(text);
    if drawn.is_empty() {
        return None;
    }
    let stand = if drawn.len() == 1 { "stands" } else { "stand" };
    let found = format!("the PDF cannot draw all of {what}; {} {stand} there", words::list(&drawn));
    let remedy = "nothing to do; the data and the PowerPoint file have it as written";
    Some(Diagnostic::new(Code::CharacterWithoutGlyph, place, found, "", remedy).naming(text))
}

/// What an agency wrote in one row, each with its column.
fn columns_with_text(answer: &Answer) -> Vec<(ColumnKey, &str)> {
    layout::COLUMNS.iter().filter_map(|column| Some((column.key, layout::entered(answer, column.key)?))).collect()
}

impl Reported {
    /// Where the presentation lies, under the name that it got.
    pub fn deck(&self) -> PathBuf {
        self.path(DECK)
    }

    /// Where the annex lies.
    pub fn annex(&self) -> PathBuf {
        self.path(ANNEX)
    }

    /// Where the briefing lies.
    pub fn briefing(&self) -> PathBuf {
        self.path(BRIEFING)
    }

    /// Where it is chosen what the presentation says.
    pub fn choices(&self) -> PathBuf {
        self.collected.open.folder.choices()
    }

    fn path(&self, name: &str) -> PathBuf {
        let name = self.written.name_of(name);
        name.split('/').fold(self.collected.open.folder.report(), |path, part| path.join(part))
    }

    fn said(&self) -> Said {
        let mut text = self.collected.totals();
        text.push_str(&say::findings(&self.collected.findings, "; all are in the report's findings.xlsx"));
        let _ = writeln!(text, "\n{:<24}{}, {}", "Code at its foot:", self.run, words::uncapitalised(&self.state));
        let places = [
            ("To show and hand over", Some(self.deck())),
            ("For leaders only", Some(self.path("leaders-only"))),
            ("To choose what is said", Some(self.choices())),
            ("Kept", self.kept.clone()),
            ("In the dataset", self.dataset.clone()),
        ];
        for (what, path) in places.iter().filter_map(|(what, path)| Some((what, path.as_ref()?))) {
            let _ = writeln!(text, "{:<24}{}", format!("{what}:"), path.display());
        }
        let json = serde_json::json!({
            "dataset": self.dataset.as_ref().map(|path| path.display().to_string()),
            "run": self.run, "state": self.state, "new": self.written.new, "unchanged": self.written.unchanged,
            "deck": self.deck().display().to_string(), "pptx": self.path(DECK_PPTX).display().to_string(),
            "annex": self.annex().display().to_string(), "briefing": self.briefing().display().to_string(),
            "choices": self.choices().display().to_string(),
            "kept": self.kept.as_ref().map(|path| path.display().to_string()),
            "findings": say::findings_json(&self.collected.findings),
        });
        Said { text: text.trim_start().to_string(), json, outcome: Outcome::of(&self.collected.findings) }
    }
}
