//! Shows where a number comes from. What is explained is a statement, an area or an agency by id or name, a slide by the reference at its
//! foot, or a finding by its own reference.

mod counted;

use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::challenged::movement;
use crate::analysis::trace::{CountedNumber, Trace};
use crate::analysis::{Analysis, AreaSummary, Counts, sentences};
use crate::app::collect::Collected;
use crate::app::failure::Failure;
use crate::app::machine::surroundings::Surroundings;
use crate::app::report::{Prepared, prepare};
use crate::app::{issue, lines, news};
use crate::chart::Charts;
use crate::core::fields::nearest;
use crate::core::finding::{Code, Finding, Place, Reference};
use crate::core::hash::CODE_LENGTH;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::core::written::Written;
use crate::documents::Length;
use crate::documents::SlideKey;
use crate::documents::deck::{self, Slide};
use crate::form::Field;
use crate::intake::answers::AnswerRow;
use crate::record::QuestionsAsked;
use crate::theme::{Area, Basis};
use crate::workbook::contract;
use counted::counted_things;

pub(crate) use counted::{CellLine, CountedThing};

/// An explanation.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum ExplainOutcome {
    /// The numbers about a statement, an area, an agency, a slide.
    Numbers(ExplainedNumbers),
    /// A finding.
    Finding(Box<ExplainedFinding>),
    /// A question to an agency whose finding is gone.
    Closed(ClosedQuestion),
}

/// Numbers with the cells that they count.
#[derive(Debug, Serialize)]
pub(crate) struct ExplainedNumbers {
    /// What was asked about.
    #[serde(rename = "what")]
    pub heading: String,
    /// A description in words.
    #[serde(rename = "said")]
    pub lines: Vec<String>,
    /// The code of the presentation that the numbers belong to.
    pub run: String,
    /// The numbers.
    pub numbers: Vec<ExplainedNumber>,
}

/// One number with the things that it counts.
#[derive(Debug, Serialize)]
pub(crate) struct ExplainedNumber {
    /// What is counted.
    pub what: String,
    /// The same without what it is about, as in "Red".
    #[serde(skip)]
    pub counted_as: String,
    /// What it is about: a statement's id, or words such as "all statements"; empty if it is about the whole page.
    #[serde(skip)]
    pub about: String,
    /// How many there are.
    pub value: usize,
    /// Each of them.
    pub from: Vec<CountedThing>,
}

/// A finding with what it is about.
#[derive(Debug, Serialize)]
pub(crate) struct ExplainedFinding {
    /// The finding: a list of one.
    #[serde(serialize_with = "lines::findings")]
    pub finding: Vec<Finding>,
    /// The statement.
    pub criterion: Option<CriterionId>,
    /// The column, or the field of the first sheet.
    pub field: Option<&'static str>,
    /// The same as people see it.
    #[serde(skip)]
    pub field_name: &'static str,
    /// The cells, each with what is written in it.
    pub cells: Vec<ExplainedCell>,
    /// When the agency was asked about it, and in which file.
    #[serde(skip)]
    pub asked: Vec<(Date, String)>,
}

/// A cell with what is written in it.
#[derive(Debug, Serialize)]
pub(crate) struct ExplainedCell {
    /// The sheet.
    pub sheet: String,
    /// The cell; empty for a text box, which is in no cell.
    pub cell: String,
    /// What is written, where it may be shown.
    #[serde(rename = "written")]
    pub text: String,
    /// The same, or why it cannot be shown.
    #[serde(skip)]
    pub written: Written,
}

/// A question to an agency whose finding is gone.
#[derive(Debug, Serialize)]
pub(crate) struct ClosedQuestion {
    /// There is none.
    pub finding: [(); 0],
    /// The agency that was asked.
    pub agency: AgencyId,
    /// Its name.
    #[serde(skip)]
    pub agency_name: String,
    /// When, and in which file, in words.
    pub asked: Vec<String>,
    /// That it is closed.
    pub closed: bool,
    /// The finding's reference.
    #[serde(skip)]
    pub reference: String,
}

/// Collects, then explains a number or a finding. Writes nothing.
pub(super) fn explain(what: &str, dir: &Path, surroundings: Surroundings<'_>) -> Result<ExplainOutcome, Failure> {
    let prepared = prepare(dir, surroundings)?.with_all_lengths();
    match find(what, &prepared) {
        Ok(explained) => Ok(ExplainOutcome::Numbers(explained)),
        // Numbers come first: the id of a statement or an agency may look like a finding's reference.
        Err(_) if Reference::is_meant(what) => finding(what, &prepared.collected, dir, surroundings.today()),
        Err(failure) => Err(failure),
    }
}

/// Explains the finding with this reference. It may be about returns, choices, or the workbooks to be issued.
fn finding(what: &str, collected: &Collected, dir: &Path, today: Date) -> Result<ExplainOutcome, Failure> {
    let is_it = |finding: &&Finding| finding.reference.as_ref().is_some_and(|reference| reference.is(what));
    let mut findings = collected.findings.clone();
    if !findings.iter().any(|finding| is_it(&finding)) {
        // If the round cannot be issued, `jtai issue` says why. Here that only means fewer findings to look among.
        findings.extend(issue::plan(dir, today).map(|plan| plan.findings).unwrap_or_default());
    }
    if let Some(finding) = findings.iter().find(is_it) {
        return Ok(ExplainOutcome::Finding(Box::new(explained_finding(finding, collected))));
    }
    if let Some(closed) = closed(what, collected) {
        return Ok(ExplainOutcome::Closed(closed));
    }
    if let Some(said) = news::said_of_own_file(&collected.open.folder, what) {
        let remedy = "this was reported when the file was written, and is gone once you have dealt with it";
        return Err(refused(what, Code::ReferenceUnknown, said, remedy.into()));
    }
    let found = "no finding of this round has this reference now: what it was about has changed, or it was mistyped";
    let remedy = "`jtai collect --all` lists the findings with their references; a finding about a file that jtai wrote is shown only when it is written";
    Err(refused(what, Code::ReferenceUnknown, found.into(), remedy.into()))
}

fn explained_finding(finding: &Finding, collected: &Collected) -> ExplainedFinding {
    let subject = &finding.subject;
    let is_this = |asked: &QuestionsAsked| {
        asked.findings.iter().any(|asked| finding.reference.as_ref().is_some_and(|own| own.hash == asked.hash))
    };
    let asked = collected.record.record.asked().filter(|(asked, _)| is_this(asked));
    ExplainedFinding {
        finding: vec![finding.clone()],
        criterion: subject.criterion.clone(),
        field: subject.field.map(Field::key),
        field_name: subject.field.map_or("", contract::field_name),
        cells: subject
            .cells
            .iter()
            .map(|cell| ExplainedCell {
                sheet: cell.sheet.clone(),
                cell: cell.cell.clone(),
                text: cell.written.text().to_string(),
                written: cell.written.clone(),
            })
            .collect(),
        asked: asked.map(|(asked, day)| (day, asked.file.to_string())).collect(),
    }
}

/// The record of a question whose finding is gone; `None` if there is none.
fn closed(what: &str, collected: &Collected) -> Option<ClosedQuestion> {
    let is_it = |(asked, _): &(&QuestionsAsked, Date)| {
        asked.findings.iter().any(|one| Reference::of_hash(&one.hash).is_some_and(|reference| reference.is(what)))
    };
    let asked: Vec<(&QuestionsAsked, Date)> = collected.record.record.asked().filter(is_it).collect();
    let (first, _) = asked.first()?;
    let agency = collected.open.round.agency(&first.agency);
    Some(ClosedQuestion {
        finding: [],
        agency: first.agency.clone(),
        agency_name: agency.map_or(first.agency.to_string(), |agency| agency.name.clone()),
        asked: asked.iter().map(|(asked, day)| format!("{}, in {}", words::date(*day), asked.file)).collect(),
        closed: true,
        reference: what.trim().to_uppercase(),
    })
}

fn find(what: &str, prepared: &Prepared) -> Result<ExplainedNumbers, Failure> {
    let analysis = &prepared.analysis;
    // Ids are compared without case, because people type them from paper.
    let wanted = what.trim();
    let is_it = |name: &str| name.to_lowercase() == wanted.to_lowercase();
    let numbers = &analysis.numbers;
    if let Some(summary) = numbers.criteria.iter().find(|summary| is_it(summary.criterion.id.as_str())) {
        let counts = &summary.counts;
        let text = summary.criterion.text.clone();
        let mut lines =
            vec![text, sentences::sum(counts), sentences::in_order(counts), sentences::of_statement(summary)];
        lines.push(after_challenge(analysis, |answer| answer.criterion == summary.criterion.id));
        let heading = format!("Statement {}", summary.criterion.id);
        return Ok(explained(prepared, analysis, heading, lines, &Trace::of_statement(analysis, summary)));
    }
    if let Some(agency) = numbers.agencies.iter().find(|agency| is_it(agency.id.as_str()) || is_it(&agency.name)) {
        let is_one = agency.bases.len() == 1;
        let mut lines: Vec<String> = agency.bases.iter().map(|of| sum(of.basis, &of.counts, is_one)).collect();
        lines.push(agency.source_file.clone());
        lines.push(after_challenge(analysis, |answer| answer.agency == agency.id));
        return Ok(explained(prepared, analysis, agency.name.clone(), lines, &Trace::of_agency(analysis, agency)));
    }
    match area(&is_it, prepared) {
        Some(explained) => Ok(explained),
        None => slide(wanted, prepared),
    }
}

/// How many of some answers were looked at in challenge and how their ratings changed, for each basis; empty if none was looked at.
fn after_challenge(analysis: &Analysis, is_here: impl Fn(&AnswerRow) -> bool) -> String {
    let (bases, basis_of) = (&analysis.numbers.bases, analysis.numbers.basis_of_each());
    let of_basis = |basis: Basis| {
        let decided = analysis.answers.iter().filter(|answer| {
            let is_decided = answer.moderation.as_ref().is_some_and(|moderation| moderation.decision().is_some());
            is_decided && is_here(answer) && basis_of.get(&answer.criterion) == Some(&basis)
        });
        let moved: Vec<String> = decided.clone().map(movement).filter(|said| !said.is_empty()).collect();
        let said = match (decided.count(), moved.len()) {
            (0, _) => return None,
            (all, 0) => format!("{all} looked at, none changed"),
            (all, changed) => format!("{all} looked at, {changed} changed ({})", moved.join("; ")),
        };
        Some(if bases.len() > 1 { format!("{}: {said}", basis.name()) } else { said })
    };
    let said: Vec<String> = bases.iter().filter_map(|of| of_basis(of.basis)).collect();
    if said.is_empty() { String::new() } else { format!("After challenge: {}.", said.join("; ")) }
}

/// The numbers of an area, by its id or heading; for each basis if its statements have several.
fn area(is_it: &dyn Fn(&str) -> bool, prepared: &Prepared) -> Option<ExplainedNumbers> {
    let (analysis, theme) = (&prepared.analysis, &prepared.collected.open.opened.theme);
    let names =
        // Also by the name of its slide, which is what choices.xlsx shows.
        |area: &Area| [area.id.to_string(), SlideKey::Area(area.id.clone(), None).to_string(), area.title.clone()];
    let wanted = theme.areas.iter().find(|area| names(area).iter().any(|name| is_it(name)))?;
    let numbers = &analysis.numbers;
    let of: Vec<&AreaSummary> = numbers.areas.iter().filter(|area| area.id == wanted.id).collect();
    let is_one = of.len() == 1;
    let add = |trace: Trace, area: &&AreaSummary| {
        let here: Vec<_> = numbers.criteria_of(area).map(|summary| &summary.criterion.id).collect();
        let about = if is_one { "" } else { area.basis.name() };
        trace.counts(analysis, about, |answer: &AnswerRow| here.contains(&&answer.criterion))
    };
    let trace = of.iter().fold(Trace::default(), add);
    let sums = of.iter().map(|area| sum(area.basis, &area.counts, is_one)).collect::<Vec<_>>();
    (!of.is_empty()).then(|| explained(prepared, analysis, format!("Area: {}", wanted.title), sums, &trace))
}

/// The counts that add up to what was asked, with the basis if there are several.
fn sum(basis: Basis, counts: &Counts, is_one: bool) -> String {
    let sum = sentences::sum(counts);
    if is_one { sum } else { format!("{}: {sum}", words::capitalised(basis.name())) }
}

/// The numbers of a slide, by the reference at its foot.
fn slide(wanted: &str, prepared: &Prepared) -> Result<ExplainedNumbers, Failure> {
    let Some((run, page)) = reference_in(wanted) else { return Err(unknown(wanted, &prepared.analysis)) };
    let Some(length) = Length::ALL.into_iter().find(|length| prepared.code(*length) == run) else {
        let found = format!(
            "this reference belongs to a different run, {run}; the answers and choices in this folder now make run {}, or {} with --slides full",
            prepared.code(Length::Short),
            prepared.code(Length::Full)
        );
        let remedy = "make the presentation again with `jtai report`, or put the returns back as they were then";
        return Err(refused(wanted, Code::ReferenceOther, found, remedy.into()));
    };
    // Which page shows what depends on the height of the charts. So they are laid out, but not drawn, which takes longest.
    let charts = Charts::lay_out(prepared.shown());
    let slides = deck::deck(prepared.inputs(length, &run, &charts)).slides;
    let Some(slide) = page.checked_sub(1).and_then(|at| slides.get(at)) else {
        let found = format!("the presentation has no page {page}: it has {}", words::count(slides.len(), "page"));
        return Err(refused(
            wanted,
            Code::ReferenceUnknown,
            found,
            "check the reference at the foot of the page".into(),
        ));
    };
    let heading = format!("Page {page} of the presentation: {}", slide.headline);
    let none = if slide.trace.numbers.is_empty() { "This page has no number from agencies' returns." } else { "" };
    let lines = vec![slide.section.clone(), slide.ratings.clone(), none.to_string()];
    Ok(ExplainedNumbers { run, ..explained(prepared, prepared.shown(), heading, lines, &slide.trace) })
}

/// The numbers of a page of the presentation, each with what it counts.
pub(crate) fn of_slide(prepared: &Prepared, slide: &Slide) -> Vec<ExplainedNumber> {
    explained(prepared, prepared.shown(), String::new(), Vec::new(), &slide.trace).numbers
}

/// Splits a reference into the run's code and the page; `None` if the text is not one.
fn reference_in(text: &str) -> Option<(String, usize)> {
    let (run, page) = text.rsplit_once('-')?;
    let is_code = run.len() == CODE_LENGTH && run.chars().all(|c| c.is_ascii_alphanumeric());
    let is_page = page.chars().all(|c| c.is_ascii_digit());
    Some((run.to_ascii_uppercase(), page.parse().ok()?)).filter(|_| is_code && is_page)
}

fn unknown(wanted: &str, analysis: &Analysis) -> Failure {
    let criteria = analysis.numbers.criteria.iter().map(|summary| summary.criterion.id.as_str());
    let agencies = analysis.numbers.agencies.iter().map(|agency| agency.id.as_str());
    let areas = analysis.numbers.areas.iter().map(|area| area.id.as_str());
    let known: Vec<&str> = criteria.chain(agencies).chain(areas).collect();
    let found = "this is not a statement, an area, an agency or a finding of this round, nor the reference of a slide"
        .to_string();
    let remedy = match nearest(wanted, &known).filter(|_| !wanted.is_empty()) {
        Some(id) => format!("did you mean {id}?"),
        None => {
            "write a Ref from the workbooks, an agency's id, a finding's reference such as F-3HK6Q2, or the reference at the foot of a \
             slide"
                .into()
        }
    };
    refused(wanted, Code::ReferenceUnknown, found, remedy)
}

fn refused(wanted: &str, code: Code, found: String, remedy: String) -> Failure {
    let place = if wanted.is_empty() { "an empty text" } else { wanted };
    Failure::new(vec![Finding::new(code, Place::file(place), found, "", remedy)])
}

fn explained(
    prepared: &Prepared,
    analysis: &Analysis,
    heading: String,
    lines: Vec<String>,
    trace: &Trace,
) -> ExplainedNumbers {
    let number = |number: &CountedNumber| ExplainedNumber {
        what: number.label(),
        counted_as: number.what.clone(),
        about: number.about.clone(),
        value: number.value(),
        from: counted_things(prepared, analysis, &number.counted),
    };
    ExplainedNumbers {
        heading,
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        run: prepared.code(Length::Short),
        numbers: trace.numbers.iter().map(number).collect(),
    }
}
