//! What jtai says when something is wrong: place, what was found, what was expected, what to do; and the exit code.

use jtai_benchmark::core::finding::{Code, Finding};

use crate::project::Project;

#[test]
fn the_codes_of_findings_are_these() {
    let lines = Code::ALL.iter().map(|code| format!("{} ({})", code.name(), code.severity().words()));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_code_has_the_name_of_another() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}

#[test]
fn a_folder_without_a_round() {
    let run = Project::empty().run(&["report", "nowhere"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    insta::assert_snapshot!(run.err);
}

#[test]
fn a_broken_round_toml_has_all_its_faults_listed() {
    let project = Project::issued();
    project.edit("round/round.toml", "\ndeadline", "\ndedline").edit(
        "round/round.toml",
        "column_order = \"working",
        "column_order = \"workin",
    );
    project.edit("round/round.toml", "marking = \"OFFICIAL-SENSITIVE\"", "marking = \"OFFICIAL");
    let run = project.run(&["issue", "round"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
}

#[test]
fn an_unknown_theme_is_answered_with_the_nearest() {
    let project = Project::empty();
    let new = |theme| project.new_round(theme, b"id,name,group,contact,email\npolice,Police,POL,,\n");
    insta::assert_snapshot!(new("domestic-abuse-2042").err);
    insta::assert_snapshot!(new("no-such.toml").err);
    assert_eq!(new("x").code, 2);
    assert!(!project.path("r").exists());
}

#[test]
fn an_agency_list_with_faults_makes_no_round() {
    let project = Project::empty();
    let run = project.new_round(
        "domestic-abuse-2024",
        "id;name;group;contact;email\nPolice;Police;POL;;\nschools;Ysgolion Môn;EDUC;;x@y\n".as_bytes(),
    );
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
    assert!(!project.path("r").exists());
}

#[test]
fn what_nobody_is_asked_is_said_when_the_round_is_made() {
    let project = Project::empty();
    let agencies =
        b"id,name,group,contact,email\npolice,Police,POL,A,p@example.org\nschools,Schools,EDU,B,p@example.org\n";
    let run = project.new_round("domestic-abuse-2024", agencies);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.out);
}

#[test]
fn a_theme_file_has_all_its_faults_listed() {
    let project = Project::empty();
    let pack = include_str!("../criteria/domestic-abuse-2024.toml");
    let faulty = pack.replacen("basis = \"S\"", "basis = \"Z\"", 1).replacen("source =", "sourse =", 1);
    project.write("themes/mine.toml", faulty.replacen("published = 2024-09-12", "published = \"2024\"", 1).as_bytes());
    let run = project.run(&["theme", "check", "themes/mine.toml"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.out);
}

#[test]
fn what_is_no_workbook_of_this_round_is_named_and_the_rest_is_read() {
    let project = Project::demo();
    let issued = Project::issued();
    issued.edit("round/round.toml", "partnership-2026-12-11\"", "partnership-2026-12-18\"");
    issued.run(&["issue", "round"]);
    project
        .write("demo/returns/web page.xlsx", b"<html><body>Sign in</body></html>")
        .write("demo/returns/empty.xlsx", b"")
        .write("demo/returns/~$police.xlsx", b"lock")
        .write("demo/returns/cut.xlsx", &issued.read("round/issued/police self-assessment.xlsx")[..9_000])
        .write("demo/returns/other round.xlsx", &issued.read("round/issued/probation self-assessment.xlsx"));
    let run = project.run(&["collect", "demo"]);
    assert_eq!(run.code, 1);
    let about = ["web page", "empty.xlsx", "~$police", "cut.xlsx", "other round"];
    let lines: Vec<&str> = run.out.lines().filter(|line| about.iter().any(|name| line.contains(name))).collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert!(run.out.contains("11 of 12 agencies returned; 82 of 95 answers rated"), "{}", run.out);
}

#[test]
fn a_theme_that_changed_after_it_was_issued_is_not_used_in_silence() {
    let project = Project::demo();
    project.edit("demo/theme.toml", "Agencies respond effectively", "Agencies respond");
    let run = project.run(&["report", "demo"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
}

#[test]
fn the_demo_does_not_fill_a_folder_that_holds_something_else() {
    let project = Project::empty();
    project.write("mine/notes.txt", b"keep me");
    let run = project.run(&["demo", "mine"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
}

#[test]
fn status_says_who_owes() {
    let run = Project::demo().run(&["status", "demo"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.out);
}

#[test]
fn collect_says_what_it_found() {
    let run = Project::demo().run(&["collect", "demo"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.out);
}

#[test]
fn a_machine_gets_json() {
    let run = Project::demo().run(&["collect", "demo", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["agencies"][4]["answers"][0]["rated"], 7);
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(13));
}

#[test]
fn a_message_without_remedy_or_expectation_does_not_end_in_punctuation() {
    let place = jtai_benchmark::core::finding::Place::file("a.xlsx");
    let finding = Finding::new(Code::FileSkipped, place, "a lock file", "", "");
    assert_eq!(finding.to_string(), "a.xlsx: a lock file");
}
