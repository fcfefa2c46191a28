//! `jtai explain WHAT`: where a number comes from. WHAT is a statement, an area or an agency, by id or name, or the short reference that stands at the
//! foot of a slide; the answer is the cells that are counted, with what stands in them, and the sum done.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::collect::Collected;
use super::report::{self, Prepared};
use super::{Failure, Outcome, Said, issue, say};
use crate::analysis::trace::{Basis, Part, Trace};
use crate::analysis::{Analysis, AnswerSummary, Counts, sentences};
use crate::core::diagnostic::{Code, Diagnostic, Place, Reference, Written, WrittenCell, printable, quote};
use crate::core::fields::nearest;
use crate::core::hash::CODE_LENGTH;
use crate::core::ids::CriterionId;
use crate::core::words;
use crate::deck::{self, Length};
use crate::form::{Field, TextKind};
use crate::ratings::State;
use crate::record::Asked;
use crate::response::Rating;
use crate::workbook::layout;

/// What was asked about, found.
struct Explained {
    heading: String,
    /// What is said of it in words.
    lines: Vec<String>,
    /// The code of the run that the numbers are of.
    run: String,
    trace: Trace,
}

/// Collects, and says where the numbers about something come from.
pub fn run(what: &str, dir: &Path, today: Date) -> Result<Said, Failure> {
    let prepared = report::prepare(dir, today)?;
    let explained = find(what, &prepared);
    // A statement or an agency may be called like a reference.
    if explained.is_err() && Reference::is_meant(what) {
        return finding(what, &prepared.collected, dir, today);
    }
    let explained = explained?;
    let mut text = format!("{}\n", explained.heading);
    for line in &explained.lines {
        let _ = writeln!(text, "{}", printable(line));
    }
    for part in &explained.trace.parts {
        let _ = writeln!(text, "\n{}: {}", part.label(), part.value());
        for line in from(&prepared, part) {
            let _ = writeln!(text, "  {}", printable(&line));
        }
    }
    let parts: Vec<serde_json::Value> = explained.trace.parts.iter().map(|part| part_json(&prepared, part)).collect();
    let json = serde_json::json!({
        "what": explained.heading, "said": explained.lines, "run": explained.run, "numbers": parts,
    });
    Ok(Said { text, json, outcome: Outcome::Done })
}

/// Says what a finding is about, by its reference: one of the returns and choices, or of the workbooks that go out.
fn finding(what: &str, collected: &Collected, dir: &Path, today: Date) -> Result<Said, Failure> {
    let is_it = |finding: &&Diagnostic| finding.reference.as_ref().is_some_and(|reference| reference.is(what));
    let mut findings = collected.findings.clone();
    if !findings.iter().any(|finding| is_it(&finding)) {
        // A round that cannot be issued says so when somebody issues it.
        findings.extend(issue::plan(dir, today).map(|plan| plan.findings).unwrap_or_default());
    }
    let Some(finding) = findings.iter().find(is_it) else {
        if let Some(said) = closed(what, collected) {
            return Ok(said);
        }
        let found =
            "no finding of this round has this reference now: what it was about has changed, or it was mistyped";
        let remedy = "`jtai collect` shows the findings, each with its reference; one about a file that was just written is shown only then";
        return Err(refused(what, Code::ReferenceUnknown, found.into(), remedy.into()));
    };
    let subject = &finding.subject;
    let field = match subject.field {
        Some(Field::Column(key)) => layout::column(key).header,
        Some(Field::Start(field)) => field.label(),
        None => "",
    };
    let is_this = |asked: &Asked| {
        asked.findings.iter().any(|asked| finding.reference.as_ref().is_some_and(|own| own.hash == asked.hash))
    };
    let asked = collected.record.record.asked().filter(|(asked, _)| is_this(asked));
    let asked: Vec<String> = asked.map(|(asked, day)| format!("{}, in {}", words::date(day), asked.file)).collect();
    let parts = [
        ("Kind", format!("{}, {}", finding.code, finding.severity().words())),
        ("Agency", subject.agency.as_ref().map_or(String::new(), ToString::to_string)),
        ("Where", finding.place.to_string()),
        ("Statement", subject.criterion.as_ref().map_or(String::new(), ToString::to_string)),
        ("Column", field.to_string()),
        ("What was found", finding.found.clone()),
        ("What was expected", finding.expected.clone()),
        ("What to do", finding.remedy.clone()),
        ("Asked", words::list(&asked)),
    ];
    let mut text = format!("Finding {}\n", finding.reference_text());
    for (label, said) in parts.iter().filter(|(_, said)| !said.is_empty()) {
        let _ = writeln!(text, "  {label}: {}", printable(said));
    }
    for cell in &subject.cells {
        let _ = writeln!(text, "  {}: {}", cell_name(cell), written_words(&cell.written));
    }
    let json = serde_json::json!({
        "finding": say::findings_json(std::slice::from_ref(finding)),
        "criterion": subject.criterion.as_ref().map(CriterionId::as_str),
        "field": subject.field.map(Field::key),
        "cells": subject.cells.iter().map(|cell| serde_json::json!({
            "sheet": cell.sheet, "cell": cell.cell, "written": cell.written.text(),
        })).collect::<Vec<_>>(),
    });
    Ok(Said { text, json, outcome: Outcome::Done })
}

/// What is on record of a question that was asked, and whose finding is gone; `None` where nothing is.
fn closed(what: &str, collected: &Collected) -> Option<Said> {
    let is_it = |(asked, _): &(&Asked, Date)| {
        asked.findings.iter().any(|one| Reference::of_hash(&one.hash).is_some_and(|reference| reference.is(what)))
    };
    let asked: Vec<(&Asked, Date)> = collected.record.record.asked().filter(is_it).collect();
    let (first, _) = asked.first()?;
    let agency =
        collected.open.round.agency(&first.agency).map_or(first.agency.to_string(), |agency| agency.name.clone());
    let when: Vec<String> =
        asked.iter().map(|(asked, day)| format!("{}, in {}", words::date(*day), asked.file)).collect();
    let text = format!(
        "Finding {}\n  Asked of {agency}: {}\n  Closed: what it was about is no longer in the return that counts.\n",
        what.trim().to_uppercase(),
        words::list(&when)
    );
    let json = serde_json::json!({ "finding": [], "agency": first.agency.as_str(), "asked": when, "closed": true });
    Some(Said { text, json, outcome: Outcome::Done })
}

fn cell_name(cell: &WrittenCell) -> String {
    let place = match (cell.sheet.as_str(), cell.cell.as_str()) {
        (sheet, "") => format!("on sheet {sheet}"),
        (sheet, cell) => format!("cell {cell} of sheet {sheet}"),
    };
    printable(&words::capitalised(&place))
}

/// A text whole, in its marks; of what cannot be shown, why.
fn written_words(written: &Written) -> String {
    match written {
        Written::Nothing => "nothing written".into(),
        Written::Text(text) => format!("\"{}\"", printable(text)),
        Written::HeldBack => "held back, because it may identify a child".into(),
        Written::Unreadable(why) => format!("could not be read: {why}"),
    }
}

fn find(what: &str, prepared: &Prepared) -> Result<Explained, Failure> {
    let analysis = &prepared.analysis;
    let wanted = what.trim();
    let is_it = |name: &str| name.to_lowercase() == wanted.to_lowercase();
    if let Some(summary) = analysis.numbers.criteria.iter().find(|summary| is_it(summary.criterion.id.as_str())) {
        let lines = vec![
            summary.criterion.text.clone(),
            sum(&summary.counts),
            in_order(&summary.counts),
            sentences::of_statement(summary),
        ];
        let heading = format!("Statement {}", summary.criterion.id);
        return Ok(explained(prepared, heading, lines, Trace::of_statement(analysis, summary)));
    }
    if let Some(agency) =
        analysis.numbers.agencies.iter().find(|agency| is_it(agency.id.as_str()) || is_it(&agency.name))
    {
        let lines = vec![sum(&agency.counts), agency.source_file.clone()];
        return Ok(explained(prepared, agency.name.clone(), lines, Trace::of_agency(analysis, agency)));
    }
    if let Some(area) = analysis
        .numbers
        .areas
        .iter()
        .find(|area| [area.id.as_str(), &deck::area_key(&area.id), &area.title].into_iter().any(is_it))
    {
        let is_here = |answer: &AnswerSummary| {
            analysis.numbers.criteria_of(&area.id).any(|summary| summary.criterion.id == answer.criterion)
        };
        let trace = Trace::default().counts(analysis, "", is_here);
        return Ok(explained(prepared, format!("Area: {}", area.title), vec![sum(&area.counts)], trace));
    }
    slide(wanted, prepared)
}

/// The numbers of a slide, by the reference at its foot.
fn slide(wanted: &str, prepared: &Prepared) -> Result<Explained, Failure> {
    let Some((run, page)) = reference_in(wanted) else { return Err(unknown(wanted, &prepared.analysis)) };
    let Some(length) = Length::ALL.into_iter().find(|length| prepared.run(*length) == run) else {
        let found = format!(
            "this reference is of another run, {run}; the answers and choices in this folder now make run {}, or {} with --slides full",
            prepared.run(Length::Short),
            prepared.run(Length::Full)
        );
        let remedy = "print the presentation again with `jtai report`, or put the returns back as they were then";
        return Err(refused(wanted, Code::ReferenceOther, found, remedy.into()));
    };
    let slides = prepared.deck(length).slides;
    let Some(slide) = page.checked_sub(1).and_then(|at| slides.get(at)) else {
        let found = format!("the presentation has no page {page}: it has {}", words::count(slides.len(), "page"));
        return Err(refused(wanted, Code::ReferenceUnknown, found, "look at the foot of the page again".into()));
    };
    let heading = format!("Page {page} of the presentation: {}", slide.headline);
    let none = if slide.trace.parts.is_empty() { "This page has no number from agencies' returns." } else { "" };
    let lines = vec![slide.section.clone(), none.to_string()];
    Ok(Explained { run, ..explained(prepared, heading, lines, slide.trace.clone()) })
}

/// A reference as the run's code and the page; `None` for a text that is none.
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
    let found = "this is no statement, area or agency of the round, and no reference of a page".to_string();
    let remedy = match nearest(wanted, &known).filter(|_| !wanted.is_empty()) {
        Some(id) => format!("did you mean {id}?"),
        None => {
            "write a Ref such as those in the workbooks, an agency's id, a finding's reference such as F-3HK6Q2, or what is at the foot of \
             a slide"
                .into()
        }
    };
    refused(wanted, Code::ReferenceUnknown, found, remedy)
}

fn refused(wanted: &str, code: Code, found: String, remedy: String) -> Failure {
    let place = if wanted.is_empty() { "an empty text" } else { wanted };
    Failure::new(vec![Diagnostic::new(code, Place::file(place), found, "", remedy)])
}

fn explained(prepared: &Prepared, heading: String, lines: Vec<String>, trace: Trace) -> Explained {
    let lines = lines.into_iter().filter(|line| !line.is_empty()).collect();
    Explained { heading, lines, run: prepared.run(Length::Short), trace }
}

/// "9 asked = 2 Red + 3 Amber + 2 Green + 1 not applicable + 1 not returned".
fn sum(counts: &Counts) -> String {
    let rated = Rating::ALL.into_iter().filter(|rating| counts.of(*rating) > 0);
    let mut parts: Vec<String> = rated.map(|rating| format!("{} {}", counts.of(rating), rating.word())).collect();
    parts.extend(sentences::not_rated(counts));
    format!("{} asked = {}", counts.asked, if parts.is_empty() { "nothing".into() } else { parts.join(" + ") })
}

/// How the middle rating is found: "In order: 2 Red, 3 Amber, 2 Green; the 4th of 7 is the one in the middle."
fn in_order(counts: &Counts) -> String {
    let rated = counts.rated();
    if rated < sentences::FEWEST_FOR_A_MIDDLE {
        return String::new();
    }
    format!(
        "In order: {}. Number {} of {rated} is in the middle{}.",
        sentences::counts(counts),
        rated.div_ceil(2),
        if rated.is_multiple_of(2) { ", the lower of the two that share it" } else { "" }
    )
}

/// What a number counts, a line for each thing.
fn from(prepared: &Prepared, part: &Part) -> Vec<String> {
    let analysis = &prepared.analysis;
    match &part.of {
        Basis::Answers(places) => places.iter().map(|at| answer_line(&analysis.answers[*at])).collect(),
        Basis::Statements(places) => {
            let line = |at: &usize| {
                let summary = &analysis.numbers.criteria[*at];
                format!("{}: {}", summary.criterion.id, sum(&summary.counts))
            };
            places.iter().map(line).collect()
        }
        Basis::Texts(kind, places) => places.iter().map(|at| text_line(&analysis.answers[*at], *kind)).collect(),
        Basis::Approvals(places) => {
            let sources = places.iter().flat_map(|at| analysis.numbers.agencies[*at].approval_sources());
            sources.map(|source| format!("{}, sheet {}, cell {}", source.file, source.sheet, source.cell)).collect()
        }
        Basis::Agencies(places) => {
            let line = |at: &usize| {
                let agency = &analysis.numbers.agencies[*at];
                let file = if agency.source_file.is_empty() { "no return" } else { &agency.source_file };
                format!("{}: {file}", agency.name)
            };
            places.iter().map(line).collect()
        }
        Basis::Findings(places) => places.iter().map(|at| prepared.collected.findings[*at].to_string()).collect(),
    }
}

/// `returns/police.xlsx, sheet Self-assessment, cell D7: "Green"`.
fn answer_line(answer: &AnswerSummary) -> String {
    let source = &answer.source;
    match (answer.state, source.cell.as_str()) {
        (State::Missing, _) => format!("{}, {}: no return", answer.agency, answer.criterion),
        (_, "") => format!("{}: no row for {}", source.file, answer.criterion),
        (state, cell) => {
            let written = if answer.as_written.is_empty() { "nothing".into() } else { quote(&answer.as_written) };
            let read =
                if answer.as_written == state.words() { String::new() } else { format!(", read as {}", state.words()) };
            format!("{}, sheet {}, cell {cell}: {written}{read}", source.file, source.sheet)
        }
    }
}

/// `returns/police.xlsx, sheet Self-assessment, cell G7: "Train staff"`.
fn text_line(answer: &AnswerSummary, kind: TextKind) -> String {
    let source = answer.source_of(kind);
    let written = quote(answer.texts.get(kind));
    format!("{}, sheet {}, cell {}: {written}", source.file, source.sheet, source.cell)
}

fn part_json(prepared: &Prepared, part: &Part) -> serde_json::Value {
    let cells: Vec<serde_json::Value> = match &part.of {
        Basis::Answers(places) => {
            let cell = |at: &usize| {
                let answer = &prepared.analysis.answers[*at];
                serde_json::json!({
                    "agency": answer.agency.as_str(), "criterion": answer.criterion.as_str(), "state": answer.state.key(),
                    "rating": answer.state.rating_key(), "as_written": answer.as_written,
                    "file": answer.source.file, "sheet": answer.source.sheet, "cell": answer.source.cell,
                })
            };
            places.iter().map(cell).collect()
        }
        Basis::Texts(kind, places) => {
            let cell = |at: &usize| {
                let answer = &prepared.analysis.answers[*at];
                let source = answer.source_of(*kind);
                serde_json::json!({
                    "agency": answer.agency.as_str(), "criterion": answer.criterion.as_str(),
                    "text": answer.texts.get(*kind), "file": source.file, "sheet": source.sheet, "cell": source.cell,
                })
            };
            places.iter().map(cell).collect()
        }
        Basis::Approvals(places) => {
            let of = |at: &usize| {
                let agency = &prepared.analysis.numbers.agencies[*at];
                let cell = |(sheet, cell): &(String, String)| serde_json::json!({ "file": agency.source_file, "sheet": sheet, "cell": cell });
                let cells: Vec<serde_json::Value> = agency.approval_cells.iter().map(cell).collect();
                serde_json::json!({ "agency": agency.id.as_str(), "approval": cells })
            };
            places.iter().map(of).collect()
        }
        Basis::Statements(_) | Basis::Agencies(_) | Basis::Findings(_) => {
            from(prepared, part).into_iter().map(serde_json::Value::String).collect()
        }
    };
    serde_json::json!({ "what": part.label(), "value": part.value(), "from": cells })
}
