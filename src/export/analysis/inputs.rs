//! The inputs of the workbook.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::core::finding::Finding;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::round::Round;
use crate::theme::Theme;

/// The inputs of the workbook.
#[derive(Debug, Clone, Copy)]
pub struct AnalysisInputs<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The numbers.
    pub analysis: &'a Analysis,
    /// The answers that the presentation quotes: a Green with a worry is a prompt only if it is one of them.
    pub quoted: &'a BTreeSet<(CriterionId, AgencyId)>,
    /// Everything noticed.
    pub findings: &'a [Finding],
    /// The date of the run.
    pub made_on: Date,
    /// The code of the data.
    pub run: &'a str,
}

/// "Run K7Q2, made on 14 December 2026."
pub(super) fn run_line(inputs: AnalysisInputs<'_>) -> String {
    format!("Run {}, made on {}.", inputs.run, words::date(inputs.made_on))
}

/// The heading of a statement's area.
pub(super) fn area_of<'a>(inputs: AnalysisInputs<'a>, id: &CriterionId) -> &'a str {
    inputs.theme.criterion(id).map_or("", |(area, _)| &area.title)
}

/// A statement's short name.
pub(super) fn statement(inputs: AnalysisInputs<'_>, id: &CriterionId) -> String {
    inputs.theme.criterion(id).map_or_else(|| id.to_string(), |(_, criterion)| criterion.short_name())
}

/// Headers with their least widths in characters.
pub(super) fn headers(named: &[(&str, f64)]) -> Vec<(String, f64)> {
    named.iter().map(|(name, width)| (name.to_string(), *width)).collect()
}
