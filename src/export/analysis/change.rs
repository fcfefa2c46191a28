//! The sheets on change since the round before: every pair that is compared, and what became of the earlier actions.

use super::inputs::{AnalysisInputs, headers, statement};
use crate::analysis::{ActionSince, ChangeRow, RoundChange, change_words};
use crate::core::ids::AgencyId;
use crate::form::{ActionProgress, Rating};
use crate::workbook::contract::Caption;
use crate::workbook::write::{Cell, TableSheet};

/// Both sheets.
pub(super) fn sheets(inputs: AnalysisInputs<'_>, change: &RoundChange) -> [TableSheet; 2] {
    [ratings(inputs, change), actions(inputs, change)]
}

fn name(inputs: AnalysisInputs<'_>, id: &AgencyId) -> String {
    inputs.analysis.numbers.agency(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
}

fn ratings(inputs: AnalysisInputs<'_>, change: &RoundChange) -> TableSheet {
    let rated = |rating: Option<Rating>| rating.map_or_else(|| Cell::from("Not rated"), Cell::Rated);
    let row = |row: &ChangeRow| {
        vec![
            Cell::from(row.criterion.as_str()),
            Cell::from(statement(inputs, &row.criterion)),
            Cell::from(name(inputs, &row.agency)),
            rated(row.previous),
            rated(row.rating),
            Cell::from(row.kind.words()),
            Cell::from(row.source.to_string()),
            Cell::from(row.previous_source.to_string()),
        ]
    };
    TableSheet {
        name: "Change",
        title: format!("Ratings compared with {}", change.since),
        lead: change_words::what_is_counted(change),
        caption: Caption {
            name: "Change",
            alt_text: "Ratings now and in the round before, one row for each statement and agency",
            has_filters: true,
        },
        headers: headers(&[
            ("Ref", 12.0),
            ("Statement", 28.0),
            ("Agency", 30.0),
            ("Rating then", 14.0),
            ("Rating now", 14.0),
            ("Change", 18.0),
            ("Where it is now", 44.0),
            ("Where it was, in the round before", 44.0),
        ]),
        rows: change.rows.iter().map(row).collect(),
        frozen: 3,
        choices: Vec::new(),
        chart: None,
    }
}

fn actions(inputs: AnalysisInputs<'_>, change: &RoundChange) -> TableSheet {
    let row = |action: &ActionSince| {
        vec![
            Cell::from(action.criterion.as_str()),
            Cell::from(statement(inputs, &action.criterion)),
            Cell::from(name(inputs, &action.agency)),
            Cell::from(action.what.as_str()),
            Cell::from(action.progress.map_or("Not said", ActionProgress::word)),
            Cell::from(action.previous_source.to_string()),
        ]
    };
    TableSheet {
        name: "Actions since",
        title: format!("What became of the actions of {}", change.since),
        lead: change_words::progress(change, &inputs.analysis.numbers).join(" "),
        caption: Caption {
            name: "ActionsSince",
            alt_text: "Actions of the round before, one row for each action",
            has_filters: true,
        },
        headers: headers(&[
            ("Ref", 12.0),
            ("Statement", 28.0),
            ("Agency", 30.0),
            ("What was to happen", 60.0),
            ("How it has gone, as the agency says", 20.0),
            ("Where it was, in the round before", 44.0),
        ]),
        rows: change.actions.iter().map(row).collect(),
        frozen: 3,
        choices: Vec::new(),
        chart: None,
    }
}
