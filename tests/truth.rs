//! The data equals what the sample returns hold, cell by cell. The truth is the list that the returns were filled from, which
//! the reader never sees.

use std::collections::BTreeMap;

use crate::project::{Project, csv_rows};

const TRUTH: &[u8] = include_bytes!("../samples/exampleshire-answers.csv");

#[test]
fn every_cell_of_the_ratings_is_what_the_returns_hold() {
    let project = Project::demo();
    let ratings = csv_rows(&project.read("demo/report/data/ratings.csv"));
    let truth = csv_rows(TRUTH);
    assert_eq!(ratings.len(), truth.len(), "one row an agency and statement asked");
    for (found, true_row) in ratings.iter().zip(&truth) {
        for (column, expected) in true_row {
            let at = format!("{} {} {column}", true_row["agency_id"], true_row["criterion_id"]);
            assert_eq!(&found[column], expected, "{at}");
        }
    }
}

#[test]
fn every_line_in_short_is_what_the_returns_hold() {
    let project = Project::demo();
    let data = csv_rows(&project.read("demo/report/data/headlines.csv"));
    let truth = csv_rows(include_bytes!("../samples/exampleshire-headlines.csv"));
    let key = |row: &BTreeMap<String, String>| {
        ["agency_id", "kind", "criterion_id", "line"].map(|column| row[column].clone())
    };
    assert_eq!(data.iter().map(key).collect::<Vec<_>>(), truth.iter().map(key).collect::<Vec<_>>());
    let ratings = csv_rows(&project.read("demo/report/data/ratings.csv"));
    for row in &data {
        let is_its = |rated: &&BTreeMap<String, String>| {
            ["agency_id", "criterion_id"].iter().all(|column| rated[*column] == row[*column])
        };
        let rated = ratings.iter().find(is_its).expect("every line has its statement");
        assert_eq!((&row["rating"], &row["source_file"]), (&rated["self_rating"], &rated["source_file"]));
        assert_eq!(row["source_sheet"], "In short");
    }
}

#[test]
fn the_counts_by_statement_are_those_of_the_truth() {
    let project = Project::demo();
    let mut expected: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for row in csv_rows(TRUTH) {
        let counts = expected.entry(row["criterion_id"].clone()).or_default();
        let state = if row["self_state"] == "rated" { &row["self_rating"] } else { &row["self_state"] };
        for key in ["asked", state] {
            *counts.entry(key.to_string()).or_default() += 1;
        }
    }
    let criteria = csv_rows(&project.read("demo/report/data/criteria.csv"));
    assert_eq!(criteria.len(), expected.len());
    for row in &criteria {
        let counts = &expected[&row["criterion_id"]];
        for key in ["asked", "red", "amber", "green", "not_applicable", "blank", "unreadable", "missing"] {
            let n = counts.get(key).copied().unwrap_or(0);
            assert_eq!(row[key], n.to_string(), "{} {key}", row["criterion_id"]);
        }
        let number = |key: &str| row[key].parse::<usize>().expect("a number");
        let states = ["rated", "not_applicable", "blank", "unreadable", "missing"].map(number);
        assert_eq!(number("asked"), states.iter().sum::<usize>(), "{}", row["criterion_id"]);
    }
}
