//! `schema.json`: what every column of the data holds, as a Frictionless data package with its table schemas.

use serde_json::{Value, json};

use super::data::{ACTIONS, AGENCIES, CRITERIA, FINDINGS};
use crate::ratings::COLUMNS;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, a date as 2027-01-31 too.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Truth,
}

/// What the values of a column are.
pub fn kind(column: &str) -> Kind {
    meaning(column).0
}

/// The description of every table, with the code of the run that wrote them.
pub fn schema(run: &str) -> Vec<u8> {
    let resource = |name: &str, columns: &[&str]| {
        json!({
            "name": name,
            "path": format!("{name}.csv"),
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": { "fields": columns.iter().map(|column| field(column)).collect::<Vec<_>>() },
        })
    };
    let package = json!({
        "profile": "tabular-data-package",
        "name": "jtai-report-data",
        "run": run,
        "resources": [
            resource("ratings", &COLUMNS), resource("criteria", &CRITERIA), resource("agencies", &AGENCIES),
            resource("actions", &ACTIONS), resource("findings", &FINDINGS),
        ],
    });
    format!("{package:#}\n").into_bytes()
}

fn field(column: &str) -> Value {
    let (kind, description) = meaning(column);
    let kind = match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Truth => "boolean",
    };
    json!({ "name": column, "type": kind, "description": description })
}

/// The columns of all tables, each with its type and what it holds.
const MEANINGS: &[(&str, Kind, &str)] = &[
    ("round_id", Kind::Text, "The round: theme, partnership and deadline"),
    ("theme_id", Kind::Text, "The theme"),
    ("theme_fingerprint", Kind::Text, "16 hexadecimal digits that change with the theme's wording or structure"),
    ("agency_id", Kind::Text, "The agency; empty in findings that are about none"),
    ("agency_name", Kind::Text, "The agency's name"),
    ("agency_group", Kind::Text, "LA, POL, HLT, PRB, YJS, EDU, VCS or LED"),
    ("area_id", Kind::Text, "The area"),
    ("area_title", Kind::Text, "The area's heading"),
    ("criterion_id", Kind::Text, "The statement"),
    ("criterion_text", Kind::Text, "The statement's wording"),
    ("basis", Kind::Text, "C official criterion, S official scope, R reported criterion, L line of enquiry"),
    ("return_status", Kind::Text, "returned or missing"),
    ("self_state", Kind::Text, "rated, not_applicable, blank, unreadable or missing"),
    ("self_rating", Kind::Text, "red, amber or green; empty unless self_state is rated"),
    ("self_rating_as_written", Kind::Text, "The rating cell to the letter"),
    ("working_well", Kind::Text, "What is working well"),
    ("worried_about", Kind::Text, "What the agency is worried about"),
    ("needs_to_happen", Kind::Text, "What needs to happen"),
    ("action_lead", Kind::Text, "The role that will lead"),
    ("action_due", Kind::Text, "By when: a date as 2027-01-31, or as written where it is none"),
    ("evidence", Kind::Text, "Evidence and where it is kept"),
    ("not_applicable_reason", Kind::Text, "Why the statement does not apply"),
    ("source_file", Kind::Text, "The file, relative to the round's folder; empty when missing"),
    ("source_sha256", Kind::Text, "SHA-256 of the file"),
    ("source_sheet", Kind::Text, "The sheet"),
    ("source_cell", Kind::Text, "The cell: of the rating in ratings, of what needs to happen in actions"),
    ("asked", Kind::Integer, "Agencies asked: rated, not applicable, blank, unreadable and missing together"),
    ("rated", Kind::Integer, "Red, Amber and Green together"),
    ("red", Kind::Integer, "Rated Red"),
    ("amber", Kind::Integer, "Rated Amber"),
    ("green", Kind::Integer, "Rated Green"),
    ("not_applicable", Kind::Integer, "Not applicable"),
    ("blank", Kind::Integer, "Returned, not rated"),
    ("unreadable", Kind::Integer, "Something written that is no rating"),
    ("missing", Kind::Integer, "Not returned"),
    (
        "position",
        Kind::Text,
        "The middle rating (lower median); empty when nothing is rated. Do not show it for fewer than three ratings",
    ),
    ("position_low", Kind::Text, "The middle rating if every answer not in were red"),
    ("position_high", Kind::Text, "The middle rating if every answer not in were green"),
    ("firm", Kind::Truth, "Whether no answer not in could move the middle rating; false when nothing is rated"),
    ("agreement", Kind::Number, "Consensus of Tastle and Wierman, 0 to 1; empty under two ratings"),
    (
        "position_once_each",
        Kind::Text,
        "The middle rating when each group of agencies counts once; empty when nothing is rated",
    ),
    ("due_on", Kind::Text, "When the agency's return was due"),
    ("approval_recorded", Kind::Truth, "Whether a name and a date of approval are in the return"),
    ("approved_on", Kind::Text, "When it was approved; empty where no date is recorded"),
    ("action_id", Kind::Text, "The agency and the statement: one action a cell, however many lines it has"),
    ("lines", Kind::Integer, "How many lines the entry has"),
    ("lead_named", Kind::Truth, "Whether a role that leads is named"),
    ("due_date", Kind::Text, "By when, as 2027-01-31; empty where there is no date that can be read"),
    ("date_named", Kind::Truth, "Whether there is a date that can be read"),
    ("timing", Kind::Text, "before_fieldwork, after_fieldwork, fieldwork_unknown, date_unreadable or undated"),
    ("code", Kind::Text, "What kind of finding"),
    ("severity", Kind::Text, "must_fix, please_check or information"),
    ("file", Kind::Text, "The file it was found in"),
    ("sheet", Kind::Text, "The sheet; empty for a whole file"),
    ("cell", Kind::Text, "The cell, or the line and column of a text file"),
    ("found", Kind::Text, "What was found"),
    ("expected", Kind::Text, "What was expected"),
    ("remedy", Kind::Text, "What to do"),
    ("reference", Kind::Text, "What the finding is called, the same in every run while what it is about is the same"),
];

/// The type of a column and what it holds. A column without a meaning fails the test that walks them all.
fn meaning(column: &str) -> (Kind, &'static str) {
    let known = MEANINGS.iter().find(|(name, ..)| *name == column);
    known.map_or((Kind::Text, ""), |(_, kind, meaning)| (*kind, *meaning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_meaning() {
        for column in COLUMNS.iter().chain(&CRITERIA).chain(&AGENCIES).chain(&ACTIONS).chain(&FINDINGS) {
            assert!(!meaning(column).1.is_empty(), "{column}");
        }
    }
}
