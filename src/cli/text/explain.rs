//! `jtai explain`: numbers with the cells that they count, or what a finding is about.

use std::fmt::Write;

use crate::app::explain::{
    CellLine, ClosedQuestion, CountedThing, ExplainOutcome, ExplainedCell, ExplainedFinding, ExplainedNumbers,
};
use crate::core::quoting::{printable, quote};
use crate::core::words;
use crate::core::written::Written;

/// The text.
pub(super) fn text(outcome: &ExplainOutcome) -> String {
    match outcome {
        ExplainOutcome::Numbers(numbers) => numbers_text(numbers),
        ExplainOutcome::Finding(finding) => finding_text(finding),
        ExplainOutcome::Closed(question) => question_text(question),
    }
}

fn numbers_text(explained: &ExplainedNumbers) -> String {
    let mut text = format!("{}\n", explained.heading);
    // Texts of returns may have control characters, which a terminal would obey.
    for line in &explained.lines {
        let _ = writeln!(text, "{}", printable(line));
    }
    for number in &explained.numbers {
        let _ = writeln!(text, "\n{}: {}", number.what, number.value);
        for line in number.from.iter().flat_map(lines) {
            let _ = writeln!(text, "  {}", printable(&line));
        }
    }
    text
}

/// The lines for one thing that is counted.
fn lines(thing: &CountedThing) -> Vec<String> {
    match thing {
        // `returns/police.xlsx, sheet Self-assessment, cell D7: "Green"`.
        CountedThing::Answer { agency, criterion, words, as_written, settled, challenge, source, .. } => {
            vec![match source {
                CellLine { file, .. } if file.is_empty() => format!("{agency}, {criterion}: no return"),
                CellLine { file, cell, .. } if cell.is_empty() => format!("{file}: no row for {criterion}"),
                source => {
                    let written = if as_written.is_empty() { "nothing".into() } else { quote(as_written) };
                    let read = match settled {
                        Some(settled) => format!(", {settled}"),
                        None if as_written == words => String::new(),
                        None => format!(", read as {words}"),
                    };
                    let challenge = challenge.as_ref().map_or(String::new(), |said| format!("; in challenge: {said}"));
                    format!("{}: {written}{read}{challenge}", place(source))
                }
            }]
        }
        // `returns/police.xlsx, sheet Self-assessment, cell G7: "Train staff"`.
        CountedThing::Text { text, source, .. } => vec![format!("{}: {}", place(source), quote(text))],
        // `returns/police.xlsx, sheet Self-assessment, cell D7: Amber in November 2026, Green now`, then the cell of the round before.
        CountedThing::Change { words, source, previous, .. } => with_before(source, words, previous),
        CountedThing::ActionSince { agency, criterion, action, words, source, previous, .. } => {
            let said = format!("{}: {}", words, quote(action));
            match source.file.as_str() {
                "" => vec![
                    format!("{agency}, {criterion}: no return; {said}"),
                    format!("  in the round before: {}", place(previous)),
                ],
                _ => with_before(source, &said, previous),
            }
        }
        CountedThing::Line { line, source, .. } => vec![format!("{}: {}", place(source), quote(line))],
        CountedThing::Approval { approval, .. } => approval.iter().map(place).collect(),
        CountedThing::Finding(finding) => vec![finding.to_string()],
        CountedThing::Words(words) => vec![words.clone()],
    }
}

fn place(cell: &CellLine) -> String {
    format!("{}, sheet {}, cell {}", cell.file, cell.sheet, cell.cell)
}

/// A line about a cell of this round, and below it the cell of the round before.
fn with_before(now: &CellLine, said: &str, before: &CellLine) -> Vec<String> {
    vec![format!("{}: {said}", place(now)), format!("  in the round before: {}", place(before))]
}

fn finding_text(explained: &ExplainedFinding) -> String {
    let mut text = String::new();
    for finding in &explained.finding {
        let _ = writeln!(text, "Finding {}", finding.reference_text());
        let asked: Vec<String> =
            explained.asked.iter().map(|(day, file)| format!("{}, in {file}", words::date(*day))).collect();
        let parts = [
            ("Kind", format!("{}, {}", finding.code, finding.severity().words())),
            ("Agency", finding.subject.agency.as_ref().map_or(String::new(), ToString::to_string)),
            ("Where", finding.place.to_string()),
            ("Statement", explained.criterion.as_ref().map_or(String::new(), ToString::to_string)),
            ("Column", explained.field_name.to_string()),
            ("What was found", finding.found.clone()),
            ("What was expected", finding.expected.clone()),
            ("What to do", finding.settled.as_ref().map_or(finding.remedy.clone(), |_| String::new())),
            ("Settled", finding.settled.as_ref().map_or(String::new(), ToString::to_string)),
            ("Asked", words::list(&asked)),
        ];
        for (label, said) in parts.iter().filter(|(_, said)| !said.is_empty()) {
            let _ = writeln!(text, "  {label}: {}", printable(said));
        }
    }
    for cell in &explained.cells {
        let _ = writeln!(text, "  {}: {}", cell_name(cell), written_words(&cell.written));
    }
    text
}

fn question_text(question: &ClosedQuestion) -> String {
    format!(
        "Finding {}\n  Asked of {}: {}\n  Closed: what it was about is no longer in the return that counts.\n",
        question.reference,
        question.agency_name,
        words::list(&question.asked)
    )
}

fn cell_name(cell: &ExplainedCell) -> String {
    let place = match (cell.sheet.as_str(), cell.cell.as_str()) {
        (sheet, "") => format!("on sheet {sheet}"),
        (sheet, cell) => format!("cell {cell} of sheet {sheet}"),
    };
    printable(&words::capitalised(&place))
}

/// A text whole, in quotation marks; if it cannot be shown, why not.
fn written_words(written: &Written) -> String {
    match written {
        Written::Nothing => "nothing written".into(),
        Written::Text(text) => format!("\"{}\"", printable(text)),
        Written::HeldBack => "held back, because it may identify a child".into(),
        Written::Unreadable(why) => format!("could not be read: {why}"),
    }
}
