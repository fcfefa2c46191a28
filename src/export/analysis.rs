//! `analysis.xlsx`: the numbers and the answers for the officer, as real tables to sort and pick by, with native charts beside the
//! numbers they draw. For the business unit, leaders and the scrutineer; not for inspectors.

mod inputs;
mod numbers;
mod words;

use super::findings;
use crate::documents::NOT_FOR_INSPECTORS;
use crate::workbook::contract::Paper;
use crate::workbook::write::{TableSheet, TableWorkbook, WriteError};

pub use inputs::AnalysisInputs;

/// Writes the workbook.
///
/// # Errors
///
/// When a table is larger than a sheet.
pub fn analysis(inputs: AnalysisInputs<'_>) -> Result<Vec<u8>, WriteError> {
    let AnalysisInputs { theme, round, .. } = inputs;
    let sheets = vec![
        numbers::areas(inputs),
        numbers::statements(inputs),
        numbers::heatmap(inputs),
        words::answers(inputs),
        words::actions(inputs),
        words::disagreements(inputs),
        words::prompts(inputs),
        findings::sheet(inputs.findings, round),
        words::method(inputs),
    ];
    let workbook = TableWorkbook {
        title: format!("Analysis: {}", theme.title),
        subject: &theme.title,
        paper: Paper { marking: &round.marking, owner: &round.partnership, audience: NOT_FOR_INSPECTORS },
        made_on: inputs.made_on,
        properties: vec![("jtai-run", inputs.run)],
        fill_in: None,
        hidden: None,
        sheets: sheets.into_iter().map(or_none).collect(),
    };
    workbook.to_bytes()
}

/// The same sheet; one without rows says that there are none.
fn or_none(sheet: TableSheet) -> TableSheet {
    if !sheet.rows.is_empty() {
        return sheet;
    }
    TableSheet { lead: format!("There is none. {}", sheet.lead), ..sheet }
}
