//! Writes the list, once per round: with the agencies that are known, or with empty rows to fill in.

use jiff::civil::Date;

use super::contract::{HELP_SHEET, ListColumn, SHEET, group_choice, written_columns};
use crate::core::ids::AgencyId;
use crate::round::{Agency, AgencyField, AgencyStatus};
use crate::theme::Group;
use crate::workbook::contract::{Caption, Paper};
use crate::workbook::write::{Cell, ColumnChoices, TableSheet, TableWorkbook, WriteError};

/// How many empty rows follow the agencies, so that new rows already have the lists to choose from. A list without agencies has twice as
/// many.
const EMPTY_ROWS: usize = 15;

/// Which round the list is for.
#[derive(Debug, Clone, Copy)]
pub struct ListPaper<'a> {
    /// The partnership.
    pub partnership: &'a str,
    /// The protective marking; empty for none.
    pub marking: &'a str,
    /// The day of the run.
    pub made_on: Date,
    /// Whether the round goes on from an earlier one, in which an agency may have had a different id.
    pub goes_on: bool,
}

/// Writes the workbook.
///
/// # Errors
///
/// When a table is larger than a sheet.
pub fn workbook(agencies: &[Agency], paper: ListPaper<'_>) -> Result<Vec<u8>, WriteError> {
    let ListPaper { partnership, marking, made_on, goes_on } = paper;
    let workbook = TableWorkbook {
        title: format!("Agencies: {partnership}"),
        subject: "The agencies of a benchmarking round",
        paper: Paper { marking, owner: partnership, audience: "" },
        made_on,
        properties: Vec::new(),
        fill_in: None,
        hidden: None,
        sheets: vec![list(agencies, goes_on), help(goes_on)],
    };
    workbook.to_bytes()
}

fn list(agencies: &[Agency], goes_on: bool) -> TableSheet {
    let columns: Vec<&ListColumn> = written_columns(goes_on).collect();
    let empty = if agencies.is_empty() { 2 * EMPTY_ROWS } else { EMPTY_ROWS };
    let rows = agencies.iter().map(Some).chain(std::iter::repeat_n(None, empty));
    let at = |field: AgencyField| columns.iter().position(|column| column.field == field).unwrap_or_default() as u16;
    let groups = Group::ALL.map(group_choice).to_vec();
    let statuses = AgencyStatus::ALL.map(|status| status.key().to_string()).to_vec();
    TableSheet {
        name: SHEET,
        title: "The agencies in this round".into(),
        lead: format!(
            "One row for each agency. Change the list whenever you need to. Every step reads it again and tells you what changed. The sheet {HELP_SHEET} has examples."
        ),
        caption: Caption { name: SHEET, alt_text: "Agencies: one row for each agency of the round", has_filters: true },
        headers: columns.iter().map(|column| (column.header.to_string(), column.width)).collect(),
        rows: rows.map(|agency| columns.iter().map(|column| cell(column, agency)).collect()).collect(),
        frozen: at(AgencyField::Group),
        // Not strict: the reader also understands a group's code alone, which Excel would otherwise refuse.
        choices: vec![
            ColumnChoices { column: at(AgencyField::Group), choices: groups, is_strict: false },
            ColumnChoices { column: at(AgencyField::Status), choices: statuses, is_strict: true },
        ],
        chart: None,
    }
}

/// The cell of an agency; an empty one for none.
fn cell(column: &ListColumn, agency: Option<&Agency>) -> Cell {
    let text = |text: fn(&Agency) -> &str| Cell::Input(agency.map(text).unwrap_or_default().to_string());
    match column.field {
        AgencyField::Id => text(|agency| agency.id.as_str()),
        AgencyField::Name => text(|agency| &agency.name),
        AgencyField::Short => text(|agency| &agency.short),
        AgencyField::Group => Cell::Input(agency.map(|agency| group_choice(agency.group)).unwrap_or_default()),
        AgencyField::Contact => text(|agency| &agency.contact),
        AgencyField::Email => text(|agency| &agency.email),
        AgencyField::Deputy => text(|agency| &agency.deputy),
        AgencyField::ApproverRole => text(|agency| &agency.approver_role),
        AgencyField::Due => Cell::InputDate(agency.and_then(|agency| agency.due)),
        AgencyField::Status => text(|agency| agency.status.map_or("", AgencyStatus::key)),
        AgencyField::Note => text(|agency| &agency.note),
        AgencyField::Previously => {
            let was = agency.map(|agency| agency.previously.iter().map(AgencyId::as_str).collect::<Vec<_>>());
            Cell::Input(was.unwrap_or_default().join(", "))
        }
        // Lists no longer have these columns, because the record has what was sent.
        AgencyField::SentOn | AgencyField::SentCode => Cell::Input(String::new()),
    }
}

/// What goes into each column, with examples. They have their own sheet, because an example in the list could be taken for an agency.
fn help(goes_on: bool) -> TableSheet {
    let row = |column: &ListColumn| {
        let needed = if column.is_needed { "yes" } else { "optional" };
        vec![column.header.into(), column.help.into(), column.example.into(), needed.into()]
    };
    TableSheet {
        name: HELP_SHEET,
        title: HELP_SHEET.into(),
        lead: "The columns can be in any order. You can add columns of your own, which are not read.".into(),
        caption: Caption {
            name: "WhatGoesWhere",
            alt_text: "What goes where: one row for each column of the list",
            has_filters: false,
        },
        headers: [("Column", 20.0), ("What goes into it", 70.0), ("Example", 36.0), ("Needed", 14.0)]
            .map(|(name, width)| (name.to_string(), width))
            .to_vec(),
        rows: written_columns(goes_on).map(row).collect(),
        frozen: 0,
        choices: Vec::new(),
        chart: None,
    }
}
