//! One agency's own annex: its answers in full, each with its cell, and what was noticed in its returns. For leaders only.

use super::annex::{Annex, agency_headlines, also_written, answer_in_full, findings, returns, sheets_of, statement};
use super::cover::cover;
use super::inputs::{AnnexScope, DocumentInputs};
use super::table::DocumentTable;
use crate::analysis::trace::CellNames;
use crate::analysis::{AgencySummary, CriterionSummary};
use crate::core::finding::Finding;
use crate::intake::answers::AnswerRow;

/// Lays out the annex of one agency, from its self-ratings.
pub fn agency_annex(inputs: DocumentInputs<'_>, agency: &AgencySummary) -> Annex {
    let inputs = inputs.of_own();
    let is_its = |finding: &&Finding| finding.subject.agency.as_ref() == Some(&agency.id);
    let noticed: Vec<Finding> = inputs.findings.iter().filter(is_its).cloned().collect();
    // Its tables have all rows, however large the round is.
    let inputs = DocumentInputs { findings: &noticed, is_annex_full: true, ..inputs };
    let cells = CellNames::new(inputs.analysis);
    let sheets = sheets_of(&cells);
    let own = |summary: &CriterionSummary| {
        let is_it = |answer: &&AnswerRow| answer.agency == agency.id && answer.criterion == summary.criterion.id;
        inputs.analysis.answers.iter().find(is_it)
    };
    let asked = inputs.analysis.numbers.criteria.iter().filter_map(|summary| Some((summary, own(summary)?)));
    let statements =
        asked.map(|(summary, answer)| statement(inputs, summary, vec![answer_in_full(inputs, &sheets, answer)]));
    let none = || DocumentTable { title: String::new(), headers: Vec::new(), rows: Vec::new() };
    Annex {
        cover: cover(inputs),
        scope: AnnexScope::Agency(agency.name.clone()),
        maps: Vec::new(),
        statements: statements.collect(),
        spread: Vec::new(),
        tables: vec![agency_headlines(inputs, |id| *id == agency.id)],
        findings: findings(inputs),
        also_written: also_written(inputs),
        prompts: none(),
        sources: none(),
        returns: returns(inputs, |id| *id == agency.id),
        glossary: none(),
        origins: none(),
        reds: none(),
        challenge_charts: Vec::new(),
        challenged: Vec::new(),
        changed: Vec::new(),
        chosen: none(),
    }
}
