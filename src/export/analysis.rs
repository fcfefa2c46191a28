//! `analysis.xlsx`: the numbers and the answers for the officer, as real tables to sort and filter, with native charts beside their
//! numbers. For the business unit, leaders and the scrutineer; not for inspectors.

mod inputs;
mod numbers;
mod words;
mod challenge;
mod change;

use super::findings;
use crate::documents::NOT_FOR_INSPECTORS;
use crate::workbook::contract::{Caption, Paper};
use crate::workbook::write::{Cell, TableSheet, TableWorkbook, WriteError};
use inputs::{headers, run_line};

pub use inputs::AnalysisInputs;

/// Writes the workbook.
///
/// # Errors
///
/// When a table is larger than a sheet.
pub fn analysis(inputs: AnalysisInputs<'_>) -> Result<Vec<u8>, WriteError> {
    let AnalysisInputs { theme, round, .. } = inputs;
    let mut sheets = vec![
        numbers::areas(inputs),
        numbers::statements(inputs),
        numbers::heatmap(inputs),
        words::answers(inputs),
        words::actions(inputs),
        words::disagreements(inputs),
        words::prompts(inputs),
        challenge::challenge(inputs),
        findings::sheet(inputs.findings, round),
        words::method(inputs),
    ];
    if let Some(of_change) = &inputs.analysis.change {
        // Before the findings and the method, which end the workbook.
        sheets.splice(8..8, change::sheets(inputs, of_change));
    }
    // Contents are made last, because they count the rows of the other sheets.
    let contents = contents(inputs, &sheets);
    let sheets = std::iter::once(contents).chain(sheets.into_iter().map(or_none)).collect();
    let workbook = TableWorkbook {
        title: format!("Analysis: {}", theme.title),
        subject: &theme.title,
        paper: Paper { marking: &round.marking, owner: &round.partnership, audience: NOT_FOR_INSPECTORS },
        made_on: inputs.made_on,
        properties: vec![("jtai-run", inputs.run)],
        fill_in: None,
        hidden: None,
        sheets,
    };
    workbook.to_bytes()
}

/// The sheet of contents, with a link to each sheet.
fn contents(inputs: AnalysisInputs<'_>, sheets: &[TableSheet]) -> TableSheet {
    let row = |sheet: &TableSheet| {
        vec![Cell::Link(sheet.name), Cell::from(sheet.title.as_str()), Cell::from(sheet.rows.len())]
    };
    TableSheet {
        name: "Contents",
        title: format!("Analysis: {}", inputs.theme.title),
        lead: format!("{} Choose a sheet to go there.", run_line(inputs)),
        caption: Caption {
            name: "Contents",
            alt_text: "The sheets of this workbook, one row for each",
            has_filters: false,
        },
        headers: headers(&[("Sheet", 26.0), ("What is on it", 74.0), ("Rows", 10.0)]),
        rows: sheets.iter().map(row).collect(),
        frozen: 0,
        choices: Vec::new(),
        chart: None,
    }
}

/// The sheet; if it has no rows, with a lead that says so.
fn or_none(sheet: TableSheet) -> TableSheet {
    if !sheet.rows.is_empty() {
        return sheet;
    }
    TableSheet { lead: format!("There are none. {}", sheet.lead), ..sheet }
}
