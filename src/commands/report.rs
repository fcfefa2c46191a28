//! `jtai report`: collects, then writes data, charts, the presentation and the leaders' annex as one set.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::collect::{Collected, FINDINGS, collect};
use super::disk::{OutputSet, Written};
use super::{Failure, Outcome, Said, say};
use crate::chart::Charts;
use crate::deck::{self, Made};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::export;
use crate::fonts;
use crate::response::Response;
use crate::words;

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
    let mut collected = collect(dir)?;
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
    set.add("data/schema.json", export::schema::schema());
    for chart in charts.all() {
        set.add(format!("charts/{}.svg", chart.name), chart.svg.as_bytes());
    }
    set.add(DECK, export::pdf::deck(&deck).map_err(Failure::internal)?);
    set.add(ANNEX, export::pdf::annex(&annex).map_err(Failure::internal)?);
    let written = set.write()?;
    collected.log_returns(today)?;
    collected.findings.extend(written.findings.iter().cloned());
    Ok(Reported { collected, written })
}

/// A finding for each answer that holds a character which no bundled font can draw.
fn undrawable(responses: &[Response]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for response in responses {
        for answer in &response.answers {
            let texts = &answer.texts;
            let all = [
                &answer.as_written,
                &texts.working_well,
                &texts.worried_about,
                &texts.needs_to_happen,
                &texts.action_lead,
                &texts.action_due,
                &texts.evidence,
                &texts.not_applicable_reason,
            ];
            let characters = fonts::undrawable(&all.map(String::as_str).join("\n"));
            if characters.is_empty() {
                continue;
            }
            let stand_ins: Vec<String> = characters.iter().map(|c| fonts::stand_in(*c)).collect();
            let place = Place::cell(&response.file.name, &answer.sheet, &answer.cell);
            let (has, it) = if characters.len() == 1 { ("a character", "it") } else { ("characters", "them") };
            let found = format!(
                "the answer to {} has {has} that the PDF cannot draw; {} for {it} there",
                answer.criterion,
                match stand_ins.len() {
                    1 => format!("{} stands", stand_ins[0]),
                    _ => format!("{} stand", words::list(&stand_ins)),
                }
            );
            let remedy = "nothing to do; the data has it as written";
            findings
                .push(Diagnostic::new(Code::CharacterWithoutGlyph, place, found, "", remedy).about(&response.agency));
        }
    }
    findings
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
        name.split('/').fold(self.collected.open.folder.report(), |path, part| path.join(part))
    }

    fn said(&self) -> Said {
        let mut text = self.collected.totals();
        text.push_str(&say::findings(&self.collected.findings, "; all are in the report's data/findings.csv"));
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
