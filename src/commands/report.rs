//! `jtai report`: collects, then writes data, charts, the presentation and the leaders' annex as one set.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::collect::{Collected, FINDINGS, FINDINGS_BOOK, collect};
use super::disk::{OutputSet, Written};
use super::{Failure, Outcome, Said, say};
use crate::chart::Charts;
use crate::deck::{self, Made};
use crate::diagnostic::{Code, Diagnostic, Place, quote};
use crate::export;
use crate::fonts;
use crate::response::{Answer, Response};
use crate::words;
use crate::workbook::layout;

/// The presentation's name in the report folder.
const DECK: &str = "deck.pdf";

/// The annex's name in the report folder.
const ANNEX: &str = "leaders-only/annex.pdf";

/// A report that was written.
#[derive(Debug)]
pub struct Reported {
    /// What was collected.
    pub collected: Collected,
    /// What became of the files.
    pub written: Written,
}

/// Collects and writes the report.
pub fn run(dir: &Path, today: Date) -> Result<Said, Failure> {
    Ok(report(dir, today)?.said())
}

/// Collects and writes the report: all of it, or nothing.
pub fn report(dir: &Path, today: Date) -> Result<Reported, Failure> {
    let mut collected = collect(dir, today)?;
    collected.findings.extend(undrawable(&collected.responses));
    let charts = Charts::draw(&collected.analysis);
    let made = Made {
        theme: &collected.open.opened.theme,
        round: &collected.open.round,
        analysis: &collected.analysis,
        charts: &charts,
        findings: &collected.findings,
        made_on: today,
    };
    let (deck, annex) = (deck::deck(made), deck::annex(made));
    let mut set = OutputSet::whole(collected.open.folder.report());
    set.add("data/ratings.csv", export::csv::ratings(&collected.ratings).map_err(Failure::internal)?);
    set.add("data/ratings.parquet", export::parquet::ratings(&collected.ratings).map_err(Failure::internal)?);
    set.add("data/criteria.csv", export::csv::criteria(&collected.analysis));
    set.add(FINDINGS, export::csv::findings(&collected.findings));
    set.add(FINDINGS_BOOK, collected.findings_book(today)?);
    set.add("data/schema.json", export::schema::schema());
    for chart in charts.all() {
        set.add(format!("charts/{}.svg", chart.name), chart.file_svg.as_bytes());
    }
    set.add(DECK, export::pdf::deck(&deck).map_err(Failure::internal)?);
    set.add(ANNEX, export::pdf::annex(&annex).map_err(Failure::internal)?);
    collected.log_returns(today)?;
    let written = set.write()?;
    collected.findings.extend(written.findings.iter().cloned());
    Ok(Reported { collected, written })
}

/// A finding for each text that holds characters which no bundled font can draw.
fn undrawable(responses: &[Response]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for response in responses {
        for answer in &response.answers {
            for (column, text) in columns_with_text(answer) {
                let drawn = fonts::stand_ins(text);
                if drawn.is_empty() {
                    continue;
                }
                let place = Place::cell(&response.file.name, &answer.sheet, &answer.cell);
                let stand = if drawn.len() == 1 { "stands" } else { "stand" };
                let found = format!(
                    "the PDF cannot draw all of {} of {}; {} {stand} there",
                    quote(column),
                    answer.criterion,
                    words::list(&drawn)
                );
                let finding = Diagnostic::new(
                    Code::CharacterWithoutGlyph,
                    place,
                    found,
                    "",
                    "nothing to do; the data has it as written",
                );
                findings.push(finding.about(&response.agency));
            }
        }
    }
    findings
}

/// What an agency wrote in one row, each under the header of its column.
fn columns_with_text(answer: &Answer) -> Vec<(&'static str, &str)> {
    layout::COLUMNS.iter().filter_map(|column| Some((column.header, layout::entered(answer, column.key)?))).collect()
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

    fn path(&self, name: &str) -> PathBuf {
        let name = self.written.name_of(name);
        name.split('/').fold(self.collected.open.folder.report(), |path, part| path.join(part))
    }

    fn said(&self) -> Said {
        let mut text = self.collected.totals();
        text.push_str(&say::findings(&self.collected.findings, "; all are in the report's findings.xlsx"));
        let _ = writeln!(text, "\nTo show and hand over: {}", self.deck().display());
        let _ = writeln!(text, "For leaders only:      {}", self.annex().display());
        let json = serde_json::json!({
            "new": self.written.new, "unchanged": self.written.unchanged,
            "deck": self.deck().display().to_string(), "annex": self.annex().display().to_string(),
            "findings": say::findings_json(&self.collected.findings),
        });
        Said { text: text.trim_start().to_string(), json, outcome: Outcome::of(&self.collected.findings) }
    }
}
