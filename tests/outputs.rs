//! What a report writes: the same bytes again, whole or not at all, and nothing of the leaders' in what inspectors see.

use std::fs;

use crate::project::Project;

#[test]
fn the_same_inputs_and_date_give_the_same_bytes() {
    let (first, second) = (Project::demo(), Project::demo());
    let (first, second) = (first.tree("demo"), second.tree("demo"));
    let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    for (name, bytes) in &first {
        assert!(*bytes == second[name], "{name} differs between two runs");
    }
    for ending in [".xlsx", ".csv", ".svg", ".pdf", ".pptx", ".parquet"] {
        assert!(first.keys().any(|name| name.ends_with(ending)), "no {ending} was compared");
    }
}

#[test]
fn a_second_report_changes_nothing() {
    let project = Project::demo();
    let before = project.tree("demo");
    assert_eq!(project.run(&["report", "demo"]).code, 1);
    assert!(before == project.tree("demo"));
}

#[test]
fn returns_are_never_changed() {
    let project = Project::demo();
    let before = project.tree("demo/returns");
    for command in ["collect", "report", "status", "issue"] {
        project.run(&[command, "demo"]);
    }
    assert!(before == project.tree("demo/returns"));
    assert_eq!(before.len(), 11);
}

#[test]
fn the_documents_are_tagged_and_accessible() {
    let project = Project::demo();
    for name in ["demo/report/deck.pdf", "demo/report/leaders-only/annex.pdf", "demo/report/leaders-only/briefing.pdf"]
    {
        let pdf = project.read(name);
        let holds = |text: &str| pdf.windows(text.len()).any(|window| window == text.as_bytes());
        for sign in ["%PDF-", "pdfuaid:part>1<", "/StructTreeRoot", "/Lang(en-GB)", "/Outlines"] {
            assert!(holds(sign), "{name} has no {sign}");
        }
    }
}

#[test]
fn a_deck_that_somebody_changed_is_left() {
    let project = Project::demo();
    project.write("demo/report/deck.pdf", b"my own deck").edit("demo/round.toml", "OFFICIAL-SENSITIVE", "OFFICIAL");
    let run = project.run(&["report", "demo"]);
    assert!(run.out.contains("this file was changed after it was written"), "{}", run.out);
    assert_eq!(project.read("demo/report/deck.pdf"), b"my own deck");
    assert!(project.read("demo/report/deck (new).pdf").starts_with(b"%PDF-"));
}

#[test]
fn a_report_that_cannot_be_replaced_stays_whole() {
    let project = Project::demo();
    let before = project.tree("demo/report");
    let locked = project.path("demo/report/deck.pdf");
    let mut permissions = fs::metadata(&locked).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).expect("made read-only");
    project.edit("demo/round.toml", "OFFICIAL-SENSITIVE", "OFFICIAL");
    let run = project.run(&["report", "demo"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
    assert!(before == project.tree("demo/report"));
}

#[test]
fn every_column_of_the_data_is_described() {
    let project = Project::demo();
    let schema: serde_json::Value =
        serde_json::from_slice(&project.read("demo/report/data/schema.json")).expect("JSON");
    for resource in schema["resources"].as_array().expect("resources") {
        let path = resource["path"].as_str().expect("a path");
        let described: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .expect("fields")
            .iter()
            .filter_map(|f| f["name"].as_str())
            .collect();
        let bytes = project.read(&format!("demo/report/data/{path}"));
        let text = String::from_utf8(bytes).expect("UTF-8");
        let header = text.trim_start_matches('\u{feff}').lines().next().expect("a header").replace('"', "");
        assert_eq!(header.split(',').collect::<Vec<_>>(), described, "{path}");
    }
}
