//! `schema.json`: what every column of the data holds, as a Frictionless data package with its table schemas.

use serde_json::{Value, json};

use super::csv::{CRITERIA, FINDINGS};
use crate::ratings::COLUMNS;

/// The description of `ratings.csv`, `criteria.csv` and `findings.csv`.
pub fn schema() -> Vec<u8> {
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
        "resources": [resource("ratings", &COLUMNS), resource("criteria", &CRITERIA), resource("findings", &FINDINGS)],
    });
    format!("{package:#}\n").into_bytes()
}

fn field(column: &str) -> Value {
    let (kind, description) = meaning(column);
    json!({ "name": column, "type": kind, "description": description })
}

/// The type of a column and what it holds. A column without a meaning fails the test that walks them all.
fn meaning(column: &str) -> (&'static str, &'static str) {
    match column {
        "round_id" => ("string", "The round: theme, partnership and deadline"),
        "theme_id" => ("string", "The theme"),
        "theme_fingerprint" => ("string", "16 hexadecimal digits that change with the theme's wording or structure"),
        "agency_id" => ("string", "The agency; empty in findings that are about none"),
        "agency_name" => ("string", "The agency's name"),
        "agency_group" => ("string", "LA, POL, HLT, PRB, YJS, EDU, VCS or LED"),
        "area_id" => ("string", "The area"),
        "area_title" => ("string", "The area's heading"),
        "criterion_id" => ("string", "The statement"),
        "criterion_text" => ("string", "The statement's wording"),
        "basis" => ("string", "C official criterion, S official scope, R reported criterion, L line of enquiry"),
        "return_status" => ("string", "returned or missing"),
        "self_state" => ("string", "rated, not_applicable, blank, unreadable or missing"),
        "self_rating" => ("string", "red, amber or green; empty unless self_state is rated"),
        "self_rating_as_written" => ("string", "The rating cell to the letter"),
        "working_well" => ("string", "What is working well"),
        "worried_about" => ("string", "What the agency is worried about"),
        "needs_to_happen" => ("string", "What needs to happen"),
        "action_lead" => ("string", "The role that will lead"),
        "action_due" => ("string", "By when: a date as 2027-01-31, or as written where it is none"),
        "evidence" => ("string", "Evidence and where it is kept"),
        "not_applicable_reason" => ("string", "Why the statement does not apply"),
        "source_file" => ("string", "The file, relative to the round's folder; empty when missing"),
        "source_sha256" => ("string", "SHA-256 of the file"),
        "source_sheet" => ("string", "The sheet"),
        "source_cell" => ("string", "The cell of the rating"),
        "asked" => ("integer", "Agencies asked: rated, not applicable, blank, unreadable and missing together"),
        "rated" => ("integer", "Red, Amber and Green together"),
        "red" => ("integer", "Rated Red"),
        "amber" => ("integer", "Rated Amber"),
        "green" => ("integer", "Rated Green"),
        "not_applicable" => ("integer", "Not applicable"),
        "blank" => ("integer", "Returned, not rated"),
        "unreadable" => ("integer", "Something written that is no rating"),
        "missing" => ("integer", "No return"),
        "position" => ("string", "The middle rating (lower median); empty when nothing is rated"),
        "position_low" => ("string", "The middle rating if every answer not in were red"),
        "position_high" => ("string", "The middle rating if every answer not in were green"),
        "firm" => ("boolean", "Whether no answer not in could move the middle rating; false when nothing is rated"),
        "agreement" => ("number", "Consensus of Tastle and Wierman, 0 to 1; empty under two ratings"),
        "code" => ("string", "What kind of finding"),
        "severity" => ("string", "must_fix, please_check or information"),
        "file" => ("string", "The file it was found in"),
        "sheet" => ("string", "The sheet; empty for a whole file"),
        "cell" => ("string", "The cell, or the line and column of a text file"),
        "found" => ("string", "What was found"),
        "expected" => ("string", "What was expected"),
        "remedy" => ("string", "What to do"),
        _ => ("string", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_meaning() {
        for column in COLUMNS.iter().chain(&CRITERIA).chain(&FINDINGS) {
            assert!(!meaning(column).1.is_empty(), "{column}");
        }
    }
}
