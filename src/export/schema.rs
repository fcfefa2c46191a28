//! `schema.json`: a description of every column of the data, as a Frictionless data package with table schemas.

use serde_json::{Value, json};

use crate::documents::Cover;
use crate::form::ColumnKey;
use crate::workbook::contract;

use super::data::{ACTIONS, AGENCIES, ALSO_WRITTEN, CHANGE, CRITERIA, FINDINGS, HEADLINES, ratings_columns};

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text, including dates such as 2027-01-31.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Truth,
}

/// The type of a column.
pub fn kind(column: &str) -> ColumnType {
    meaning(column).0
}

/// The description of every table, with the code and the state of the presentation that they are of. `change` is included if the round
/// follows another one.
pub fn schema(cover: &Cover, has_change: bool) -> Vec<u8> {
    let resource = |name: &str, columns: &[&str]| {
        json!({
            "name": name,
            "path": format!("{name}.csv"),
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": { "fields": columns.iter().map(|column| field(name, column)).collect::<Vec<_>>() },
        })
    };
    let mut resources = vec![
        resource("ratings", &ratings_columns()),
        resource("criteria", &CRITERIA),
        resource("agencies", &AGENCIES),
        resource("actions", &ACTIONS),
        resource("findings", &FINDINGS),
        resource("also_written", &ALSO_WRITTEN),
        resource("headlines", &HEADLINES),
    ];
    if has_change {
        resources.push(resource("change", &CHANGE));
    }
    let package = json!({
        "profile": "tabular-data-package",
        "name": "jtai-report-data",
        "run": cover.run,
        "draft": cover.draft,
        "approved": cover.approved,
        "resources": resources,
    });
    format!("{package:#}\n").into_bytes()
}

fn field(table: &str, column: &str) -> Value {
    let (kind, description) = match (table, column) {
        ("change", "rating") => (ColumnType::Text, RATING_NOW),
        ("change", "source_cell") => (ColumnType::Text, "The cell of the rating now"),
        _ => meaning(column),
    };
    let kind = match kind {
        ColumnType::Text => "string",
        ColumnType::Integer => "integer",
        ColumnType::Number => "number",
        ColumnType::Truth => "boolean",
    };
    json!({ "name": column, "type": kind, "description": description })
}

/// The meaning of `rating` in `change`.
const RATING_NOW: &str = "The agency's own rating now: red, amber or green; empty where there is none";

/// The columns of all tables, each with its type and meaning, but for those with the texts of the workbook: [`contract::COLUMNS`] has what
/// they mean.
const MEANINGS: &[(&str, ColumnType, &str)] = &[
    ("round_id", ColumnType::Text, "The round: theme, partnership and deadline"),
    ("theme_id", ColumnType::Text, "The theme"),
    ("theme_fingerprint", ColumnType::Text, "16 hexadecimal digits that change with the theme's wording or structure"),
    ("agency_id", ColumnType::Text, "The agency; empty in findings that are about none"),
    ("agency_name", ColumnType::Text, "The agency's name"),
    ("agency_group", ColumnType::Text, "LA, POL, HLT, PRB, YJS, EDU, VCS or LED"),
    ("area_id", ColumnType::Text, "The area"),
    ("area_title", ColumnType::Text, "The area's heading"),
    ("criterion_id", ColumnType::Text, "The statement"),
    ("criterion_text", ColumnType::Text, "The statement's wording"),
    ("basis", ColumnType::Text, "C official criterion, S official scope, R reported criterion, L line of enquiry"),
    ("return_status", ColumnType::Text, "returned or missing"),
    ("self_state", ColumnType::Text, "rated, not_applicable, blank, unreadable or missing"),
    ("self_rating", ColumnType::Text, "red, amber or green; empty unless self_state is rated"),
    ("self_rating_as_written", ColumnType::Text, "The rating cell to the letter"),
    ("source_file", ColumnType::Text, "The file, relative to the round's folder; empty when missing"),
    ("source_sha256", ColumnType::Text, "SHA-256 of the file"),
    ("source_sheet", ColumnType::Text, "The sheet"),
    (
        "source_cell",
        ColumnType::Text,
        "The cell: of the rating in ratings, of what needs to happen in actions, of the line in headlines",
    ),
    (
        "action_due_precision",
        ColumnType::Text,
        "day, month or season: of a month or a season, action_due has the last day; empty where it has no date",
    ),
    ("settled_as", ColumnType::Text, "What a person decided about the finding; empty while it is open"),
    (
        "settled_by",
        ColumnType::Text,
        "Who decided it; in ratings, how the rating is read; in agencies, that its return is approved",
    ),
    ("settled_on", ColumnType::Text, "When, as 2027-01-31"),
    ("settled_why", ColumnType::Text, "Why"),
    ("asked", ColumnType::Integer, "Agencies asked: rated, not applicable, blank, unreadable and missing together"),
    ("rated", ColumnType::Integer, "Red, Amber and Green together"),
    ("red", ColumnType::Integer, "Rated Red"),
    ("amber", ColumnType::Integer, "Rated Amber"),
    ("green", ColumnType::Integer, "Rated Green"),
    ("not_applicable", ColumnType::Integer, "Not applicable"),
    ("blank", ColumnType::Integer, "Returned, not rated"),
    ("unreadable", ColumnType::Integer, "Something written that is not a rating"),
    ("missing", ColumnType::Integer, "Not returned"),
    (
        "position",
        ColumnType::Text,
        "The middle rating (lower median); empty when nothing is rated. Do not show it for fewer than three ratings",
    ),
    ("position_low", ColumnType::Text, "The middle rating if every answer not in were red"),
    ("position_high", ColumnType::Text, "The middle rating if every answer not in were green"),
    ("firm", ColumnType::Truth, "Whether no answer not in could move the middle rating; false when nothing is rated"),
    ("agreement", ColumnType::Number, "Consensus of Tastle and Wierman, 0 to 1; empty under two ratings"),
    (
        "position_once_each",
        ColumnType::Text,
        "The middle rating when each group of agencies counts once; empty when nothing is rated",
    ),
    ("due_on", ColumnType::Text, "When the agency's return was due"),
    (
        "approval_recorded",
        ColumnType::Truth,
        "Whether the return has a name and a date of approval, or they were settled",
    ),
    ("approved_on", ColumnType::Text, "When it was approved; empty where no date is recorded"),
    (
        "speaks_for",
        ColumnType::Text,
        "How many schools, teams or the like the agency says its answers speak for, as written",
    ),
    ("speaks_for_of", ColumnType::Text, "Out of how many, as written"),
    ("asked_by", ColumnType::Text, "How they were asked, or by whom, as written"),
    (
        "action_id",
        ColumnType::Text,
        "The agency and the statement: one action for each cell, however many lines it has. partnership/1, partnership/2 and so on are the partnership's own",
    ),
    ("lines", ColumnType::Integer, "How many lines the entry has"),
    ("lead_named", ColumnType::Truth, "Whether a role that leads is named"),
    ("due_date", ColumnType::Text, "By when, as 2027-01-31; empty if there is no date that can be read"),
    ("date_named", ColumnType::Truth, "Whether there is a date that can be read"),
    ("timing", ColumnType::Text, "before_fieldwork, after_fieldwork, fieldwork_unknown, date_unreadable or undated"),
    (
        "proposed_by",
        ColumnType::Text,
        "agency, or partnership for the partnership's own, which the officer wrote and no agency did",
    ),
    (
        "slide_order",
        ColumnType::Integer,
        "Its place among the actions that the officer chose; empty where it was not chosen",
    ),
    (
        "slide_wording",
        ColumnType::Text,
        "What the officer wrote for the slide; empty if the slide has the agency's words",
    ),
    ("slide_lead", ColumnType::Text, "Who leads, on the slide; empty if the slide has what the agency wrote"),
    (
        "slide_due",
        ColumnType::Text,
        "By when, on the slide, as 2027-01-31; empty if the slide has what the agency wrote",
    ),
    ("agreed_by", ColumnType::Text, "Who agreed it for the partnership; empty where nobody has"),
    ("agreed_on", ColumnType::Text, "When it was agreed, as 2027-01-31"),
    ("code", ColumnType::Text, "The kind of finding"),
    ("severity", ColumnType::Text, "must_fix, please_check or information"),
    (
        "written_place",
        ColumnType::Text,
        "outside_table, note, other_return (a return that does not count), second_row or reply",
    ),
    ("text", ColumnType::Text, "What the agency wrote there, whole"),
    ("kind", ColumnType::Text, "working_well, worried_about, needs_to_happen or children_and_families"),
    ("line", ColumnType::Text, "An agency's own headline, as written"),
    (
        "challenge_outcome",
        ColumnType::Text,
        "upheld, changed or not_agreed; reopened if the self-rating changed after its challenge; contradicted if two rows decide it differently; empty if nobody looked at it",
    ),
    (
        "moderated_rating",
        ColumnType::Text,
        "What the challenge meeting agreed: red, amber or green; the self-rating if it was upheld; empty if nothing was agreed. self_rating never changes",
    ),
    ("moderation_reason", ColumnType::Text, "Why, as the meeting wrote"),
    ("moderated_by", ColumnType::Text, "Who agreed it, or said that it was not agreed"),
    ("moderated_on", ColumnType::Text, "When, as 2027-01-31"),
    (
        "rating",
        ColumnType::Text,
        "red, amber or green; empty where there is none. In headlines the agency's own rating of the statement; in ratings the one after challenge: moderated_rating where there is one, else self_rating",
    ),
    (
        "previous_rating",
        ColumnType::Text,
        "The agency's own rating in the round before: red, amber or green; empty where there was none",
    ),
    (
        "change",
        ColumnType::Text,
        "higher, lower, same, newly_rated or no_longer_rated: rating beside previous_rating. Same agency, same statement, same words only",
    ),
    ("previous_source_file", ColumnType::Text, "The file then, relative to the folder of the round before"),
    ("previous_source_sheet", ColumnType::Text, "The sheet then"),
    ("previous_source_cell", ColumnType::Text, "The cell of the rating then"),
    ("file", ColumnType::Text, "The file it was found in"),
    ("sheet", ColumnType::Text, "The sheet; empty for a whole file"),
    ("cell", ColumnType::Text, "The cell, or the line and column of a text file"),
    ("found", ColumnType::Text, "What was found"),
    ("expected", ColumnType::Text, "What was expected"),
    ("remedy", ColumnType::Text, "What to do"),
    (
        "reference",
        ColumnType::Text,
        "The finding's reference, the same in every run as long as it is about the same thing",
    ),
];

/// The type and meaning of a column. The test below fails for a column without a meaning.
fn meaning(column: &str) -> (ColumnType, &'static str) {
    let of_workbook = || ColumnKey::from_key(column).and_then(|key| contract::column(key).data);
    match MEANINGS.iter().find(|(name, ..)| *name == column) {
        Some((_, kind, meaning)) => (*kind, meaning),
        None => (ColumnType::Text, of_workbook().map_or("", |data| data.meaning)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_meaning() {
        for column in ratings_columns()
            .iter()
            .chain(&CRITERIA)
            .chain(&AGENCIES)
            .chain(&ACTIONS)
            .chain(&FINDINGS)
            .chain(&HEADLINES)
            .chain(&CHANGE)
            .chain(&ALSO_WRITTEN)
        {
            assert!(!meaning(column).1.is_empty(), "{column}");
        }
    }
}
