//! The conversation with agencies through the real binary: asked, answered, settled. What an officer does in two weeks of it.

use std::collections::BTreeMap;
use std::fs;

use jtai_benchmark::workbook::contract::{QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET};
use jtai_benchmark::workbook::file::book::cell_name;
use serde_json::Value;

use crate::filled::Workbook;
use crate::ooxml::text_parts;
use crate::project::{Project, Run, csv_rows, package, parts};

/// The findings as `collect` gives them to programs.
pub fn findings(project: &Project, day: &str) -> Vec<Value> {
    let run = project.run_on(day, &["collect", "round", "--json"]);
    assert!(run.code < 2, "{}", run.err);
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    json["findings"].as_array().expect("a list").clone()
}

pub fn of_code<'f>(findings: &'f [Value], code: &str) -> Vec<&'f Value> {
    findings.iter().filter(|finding| finding["code"] == code).collect()
}

#[track_caller]
pub fn only<'f>(findings: &'f [Value], code: &str) -> &'f Value {
    let found = of_code(findings, code);
    assert_eq!(found.len(), 1, "{code}: {findings:#?}");
    found[0]
}

pub fn reference(finding: &Value) -> String {
    finding["reference"].as_str().expect("a reference").to_string()
}

pub const DAY: &str = "2026-12-14";

/// Settles a finding as M Hill, with a reason.
#[track_caller]
pub fn settle(project: &Project, reference: &str, decision: &[&str]) -> Run {
    let with = ["--by", "M Hill", "--why", "phoned the lead"];
    let run = project.run_on(DAY, &[&["settle", reference, "round"], decision, &with].concat());
    assert!(run.code < 2, "{}", run.err);
    run
}

pub fn row_of(project: &Project, agency: &str, criterion: &str) -> BTreeMap<String, String> {
    let run = project.run_on(DAY, &["report", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
    let is_it = |row: &BTreeMap<String, String>| row["agency_id"] == agency && row["criterion_id"] == criterion;
    rows.into_iter().find(is_it).expect("its row")
}

pub fn project_with(name: &str, bytes: &[u8]) -> Project {
    let project = Project::issued();
    project.write(&format!("round/returns/{name}"), bytes);
    project
}

#[test]
fn a_rating_is_read_as_a_person_decided_and_what_is_written_stays_beside_it() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().answer(4, 'D', "Amber/Green").signed("09/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    let before = findings(&project, DAY);
    let asked = reference(only(&before, "rating-unreadable"));

    let run = settle(&project, &asked, &["--as", "Amber"]);
    assert!(run.out.contains("read as Amber by M Hill on 14 December 2026: phoned the lead"), "{}", run.out);
    let row = row_of(&project, "police", "DA24-1.1");
    let said = ["self_state", "self_rating", "self_rating_as_written", "settled_by", "settled_on", "settled_why"];
    assert_eq!(
        said.map(|column| row[column].as_str()),
        ["rated", "amber", "Amber/Green", "M Hill", "2026-12-14", "phoned the lead"]
    );
    let explained = project.run(&["explain", "DA24-1.1", "round"]).out;
    assert!(explained.contains("\"Amber/Green\", read as Amber by M Hill"), "{explained}");
    let listed = csv_rows(&project.read("round/report/data/findings.csv"));
    let listed = listed.iter().find(|row| row["reference"] == asked).expect("listed");
    assert_eq!((listed["severity"].as_str(), listed["settled_as"].as_str()), ("must_fix", "as amber"));
    assert_eq!(listed["criterion_id"], "DA24-1.1");

    // Once the agency writes something else, the decision lapses and this is said.
    let book = Workbook::issued(&project, "police").filled().answer(4, 'D', "Red or so").signed("10/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-10"));
    let after = findings(&project, DAY);
    assert!(only(&after, "decision-lapsed")["found"].as_str().expect("words").contains(&asked));
    assert!(of_code(&after, "rating-unreadable")[0]["settled"].is_null());
}

#[test]
fn a_decision_is_taken_back_and_taken_again_on_the_same_day() {
    let project = project_with("police.xlsx", include_bytes!("../samples/returns-faulty/a note on a cell.xlsx"));
    let note = reference(only(&findings(&project, DAY), "note-on-cell"));
    let settled = |project: &Project| only(&findings(project, DAY), "note-on-cell")["settled"]["as"].clone();
    settle(&project, &note, &["--accept"]);
    assert_eq!(settled(&project), "accept");
    settle(&project, &note, &["--set-aside"]);
    assert_eq!(settled(&project), "set-aside");
    let run = settle(&project, &note.to_lowercase(), &["--withdraw"]);
    assert!(run.out.contains("Taken back"), "{}", run.out);
    assert_eq!(settled(&project), Value::Null);
    settle(&project, &note, &["--set-aside"]);
    assert_eq!(settled(&project), "set-aside");
    // It stays so in a later version of the file.
    let mut later = parts(include_bytes!("../samples/returns-faulty/a note on a cell.xlsx"));
    later.push(("xl/extra.txt".into(), Vec::new()));
    project.write("round/returns/police.xlsx", &package(&later));
    assert_eq!(settled(&project), "set-aside");
}

#[test]
fn a_text_outside_the_table_is_put_to_its_statement() {
    let project = project_with("police.xlsx", include_bytes!("../samples/returns-faulty/a note on a cell.xlsx"));
    let note = reference(only(&findings(&project, DAY), "note-on-cell"));
    settle(&project, &note, &["--to", "da24-2.1"]);
    let listed = findings(&project, DAY);
    assert_eq!(only(&listed, "note-on-cell")["settled"]["as"], "to DA24-2.1");
    let refused = project.run_on(DAY, &["settle", &note, "round", "--to", "DA24-9.9", "--by", "M Hill", "--why", "x"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("is not a statement of this round"), "{}", refused.err);
}

#[test]
fn a_damaged_file_is_set_aside_and_blocks_nothing() {
    let project = project_with("police.xlsx", b"PK\x03\x04 cut off");
    let damaged = only(&findings(&project, DAY), "not-a-workbook").clone();
    assert_eq!(damaged["severity"], "must_fix");
    settle(&project, &reference(&damaged), &["--set-aside"]);
    let after = findings(&project, DAY);
    assert!(of_code(&after, "not-a-workbook").is_empty());
    assert_eq!(only(&after, "return-set-aside")["settled"]["by"], "M Hill");
    // Another file under its name is another file.
    project.write("round/returns/police.xlsx", b"PK\x03\x04 cut off again");
    only(&findings(&project, DAY), "not-a-workbook");
}

#[test]
fn a_text_that_was_held_back_is_read_once_somebody_cleared_it() {
    let project = project_with("police.xlsx", include_bytes!("../samples/returns-faulty/a child.xlsx"));
    let before = findings(&project, DAY);
    let held = of_code(&before, "text-held-back").into_iter().find(|held| held["cell"] == "E4").expect("the first");
    settle(&project, &reference(held), &["--accept"]);
    let after = findings(&project, DAY);
    let settled = |cell: &str| {
        let held = of_code(&after, "text-held-back");
        held.into_iter().find(|held| held["cell"] == cell).expect("listed")["settled"]["as"].clone()
    };
    assert_eq!(settled("E4"), "accept");
    let row = row_of(&project, "police", "DA24-1.1");
    assert!(!row["working_well"].contains("held back") && !row["working_well"].is_empty(), "{row:?}");
}

#[test]
fn of_two_returns_without_an_order_the_one_that_was_chosen_counts() {
    let project = Project::issued();
    let filled = || Workbook::issued(&project, "police").filled().signed("09/12/2026");
    project.write("round/returns/police a.xlsx", &filled().answer(4, 'D', "Red").saved("2026-12-09"));
    project.write("round/returns/police b.xlsx", &filled().answer(4, 'D', "Green").saved("2026-12-09"));
    let undecided = findings(&project, DAY);
    let undecided = of_code(&undecided, "return-undecided");
    assert_eq!(undecided.len(), 2, "one for each file");
    let b = undecided.iter().find(|finding| finding["file"] == "returns/police b.xlsx").expect("b");
    settle(&project, &reference(b), &["--counts"]);
    assert_eq!(row_of(&project, "police", "DA24-1.1")["self_rating"], "green");
}

#[test]
fn a_return_is_taken_for_another_agencys_only_where_that_is_meant() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().signed("09/12/2026").saved("2026-12-09");
    project.write("round/returns/schools.xlsx", &book);
    let finding = reference(only(&findings(&project, DAY), "identity-disagrees"));
    let typed =
        ["settle", &finding, "round", "--from", "schools", "--by", "M Hill", "--why", "they used the wrong file"];
    let refused = project.run_on(DAY, &typed);
    assert_eq!(refused.code, 2);
    for part in ["Exampleshire Police", "Exampleshire Schools", "--sure"] {
        assert!(refused.err.contains(part), "{part}: {}", refused.err);
    }
    assert!(project.run_on(DAY, &[&typed[..], &["--sure"]].concat()).code < 2);
    let after = findings(&project, DAY);
    assert_eq!(only(&after, "return-decided")["agency"], "schools");
}

#[test]
fn a_decision_needs_a_name_a_reason_and_one_that_fits() {
    let project = project_with("police.xlsx", include_bytes!("../samples/returns-faulty/a note on a cell.xlsx"));
    let note = reference(only(&findings(&project, DAY), "note-on-cell"));
    let refused = |args: &[&str]| {
        let run = project.run_on(DAY, &[&["settle", &note, "round"], args].concat());
        assert_eq!(run.code, 2, "{}", run.out);
        run.err
    };
    assert!(refused(&["--accept", "--why", "x"]).contains("nobody is named"));
    assert!(refused(&["--accept", "--by", "M Hill"]).contains("no reason is given"));
    assert!(refused(&["--counts", "--by", "M Hill", "--why", "x"]).contains("use --accept, or --set-aside, or --to"));
    let child = ["--accept", "--by", "M Hill", "--why", "it is about Tom Fictional, born 3 May 2014"];
    assert!(refused(&child).contains("leave out anything about a child"));
    let run = project.run_on(DAY, &["settle", "F-000000", "round", "--accept", "--by", "M Hill", "--why", "x"]);
    assert!(run.err.contains("no finding of this round has the reference"), "{}", run.err);
    assert!(of_code(&findings(&project, DAY), "note-on-cell")[0]["settled"].is_null());
}

/// A round in which the police were asked about two cells, with the workbook that went back.
pub fn asked_about_two() -> Project {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().answer(4, 'D', "Amber/Green").answer(5, 'I', "soon");
    let book = book.put(SELF_ASSESSMENT_SHEET, "N6", "We also run a clinic").signed("09/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    assert!(project.run_on("2026-12-10", &["queries", "round"]).code < 2);
    project
}

pub fn cell_of_reply(project: &Project, words: &str) -> String {
    let book = Workbook::questions(project, "police").book;
    let sheet = book.sheets.iter().find(|sheet| sheet.name == QUESTIONS_SHEET).expect("the questions");
    let (at, _) = sheet.cells.iter().find(|(_, value)| value.text().contains(words)).expect("the question");
    cell_name(at.0, 4)
}

#[test]
fn a_reply_closes_its_question_and_waits_for_the_officer() {
    let project = asked_about_two();
    let cell = cell_of_reply(&project, "Our rating");
    let back =
        Workbook::questions(&project, "police").put(QUESTIONS_SHEET, &cell, "We mean Amber.").signed("11/12/2026");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    let after = findings(&project, DAY);
    let rating = only(&after, "rating-unreadable");
    assert!(rating["found"].as_str().expect("words").contains("the agency replied \"We mean Amber.\""), "{rating}");
    assert!(of_code(&after, "written-elsewhere").iter().all(|one| !one["found"].to_string().contains("We mean Amber")));
    project.run_on(DAY, &["queries", "round"]);
    let message = text_of(&project, "police query.eml");
    assert!(!message.contains("Our rating") && message.contains("By when"), "{message}");
    settle(&project, &reference(rating), &["--as", "Amber"]);
    assert_eq!(row_of(&project, "police", "DA24-1.1")["self_rating"], "amber");
}

#[test]
fn words_outside_the_table_are_kept_when_the_questions_come_back() {
    let project = asked_about_two();
    let back = Workbook::questions(&project, "police")
        .answer(4, 'D', "Green")
        .answer(5, 'I', "March 2027")
        .signed("11/12/2026");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    let after = findings(&project, DAY);
    let stray = only(&after, "written-elsewhere");
    assert!(stray["found"].as_str().expect("words").contains("We also run a clinic"));
    // A month is a date, as exactly as it is given.
    let row = row_of(&project, "police", "DA24-2.1");
    assert_eq!((row["action_due"].as_str(), row["action_due_precision"].as_str()), ("2027-03-31", "month"));
    // Repeated where it counts, it is no question any more.
    let back = Workbook::questions(&project, "police").answer(4, 'D', "Green").answer(5, 'I', "March 2027");
    let back = back.answer(6, 'E', "Well 6. We also run a clinic.").signed("12/12/2026");
    project.write("round/returns/police 3.xlsx", &back.saved("2026-12-12"));
    assert!(of_code(&findings(&project, DAY), "written-elsewhere").is_empty());
}

#[test]
fn of_a_workbook_that_nobody_signed_again_only_what_was_asked_is_taken() {
    let project = asked_about_two();
    let back = Workbook::questions(&project, "police").answer(4, 'D', "Green").answer(7, 'E', "All new");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    let after = findings(&project, DAY);
    assert!(of_code(&after, "rating-unreadable").is_empty(), "corrected");
    assert!(only(&after, "change-unapproved")["found"].as_str().expect("words").contains("All new"));
    assert!(only(&after, "corrections-taken")["found"].as_str().expect("words").contains("1 correction is taken"));
    let corrected = row_of(&project, "police", "DA24-1.1");
    assert_eq!(
        (corrected["self_rating"].as_str(), corrected["source_file"].as_str()),
        ("green", "returns/police 2.xlsx")
    );
    let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
    let kept = rows.iter().filter(|row| row["agency_id"] == "police").nth(3).expect("the fourth");
    assert_eq!(kept["working_well"], "Well 7");
    let status = project.run_on(DAY, &["status", "round"]).out;
    assert!(status.contains("corrections from 11 December 2026 await approval"), "{status}");
}

#[test]
fn what_was_sent_is_noted_and_what_comes_next_is_said() {
    let project = asked_about_two();
    let noted = project.run_on(DAY, &["sent", "police", "round", "--what", "questions", "--on", "2026-12-10"]);
    assert_eq!(noted.code, 0, "{}", noted.err);
    assert!(noted.out.contains("questions sent on 10 December 2026 to Exampleshire Police"), "{}", noted.out);
    let refused = project.run_on(DAY, &["sent", "schools", "round", "--what", "questions"]);
    assert!(refused.code == 2 && refused.err.contains("none was written"), "{}", refused.err);
    let unknown = project.run_on(DAY, &["sent", "polic", "round", "--what", "workbook"]);
    assert!(unknown.err.contains("did you mean police?"), "{}", unknown.err);
    assert_eq!(project.run_on(DAY, &["sent", "round", "--on", "2026-11-24"]).code, 0);
    let status = project.run_on(DAY, &["status", "round"]).out;
    let line = |name: &str| status.lines().find(|line| line.contains(name)).expect("its line").to_string();
    assert!(
        line("Exampleshire Police").contains("24 November 2026") && line("Exampleshire Police").contains("reply by 17"),
        "{status}"
    );
    assert!(line("Schools").contains("3 days late") && line("Schools").contains("remind"), "{status}");
    // Those with whom something is late come first.
    assert!(status.find("Schools") < status.find("Exampleshire Police"), "{status}");
    // Five working days later the same question is a chaser.
    project.run_on("2026-12-21", &["queries", "round"]);
    let message = text_of(&project, "police query.eml");
    assert!(message.contains("On 10 December 2026 we asked you"), "{message}");
}

#[test]
fn what_is_new_is_said_first_and_everything_only_where_it_is_asked_for() {
    let project = asked_about_two();
    let first = project.run_brief(DAY, &["collect", "round"]).out;
    assert!(first.contains("is two ratings"), "the first time everything is listed: {first}");
    let again = project.run_brief(DAY, &["collect", "round"]).out;
    assert!(again.starts_with("Nothing new since the last time.\nStill to fix (1)\n"), "{again}");
    assert!(again.lines().count() <= 10, "{again}");
    // A program that reads what was found is not the officer, who is told of it still.
    project.write("round/returns/probation.xlsx", b"PK\x03\x04 cut off");
    for command in ["collect", "report"] {
        project.run_brief(DAY, &[command, "round", "--json"]);
    }
    let new = project.run_brief(DAY, &["collect", "round"]).out;
    assert!(new.starts_with("New since the last time (1)\n  returns/probation.xlsx"), "{new}");
    project.write("round/returns/schools.xlsx", b"PK\x03\x04 cut off");
    let new = project.run_brief(DAY, &["report", "round"]).out;
    assert!(new.starts_with("New since the last time (1)\n  returns/schools.xlsx"), "{new}");
    assert!(project.run_brief(DAY, &["collect", "round", "--all"]).out.contains("For information"));
}

#[test]
fn an_earlier_answer_is_quoted_where_its_cell_is_blank_now_and_each_question_counts_once() {
    let project = Project::issued();
    let filled = || Workbook::issued(&project, "police").filled();
    project.write("round/returns/police.xlsx", &filled().signed("08/12/2026").saved("2026-12-08"));
    let newer = filled().answer(4, 'D', "").signed("09/12/2026").saved("2026-12-09");
    project.write("round/returns/police new.xlsx", &newer);
    let before = project.run_on(DAY, &["report", "round"]);
    assert!(before.code < 2, "{}", before.err);
    let slides = |project: &Project| -> String {
        text_parts(&project.read("round/report/deck.pptx")).into_iter().map(|(_, text)| text).collect()
    };
    assert!(slides(&project).contains("1 question to an agency about its return is open."), "asked or not");
    project.run_on(DAY, &["queries", "round"]);
    let asked = Workbook::questions(&project, "police").book;
    let row: Vec<String> =
        (1..4).filter_map(|column| asked.sheets[0].value(3, column)).map(|cell| cell.text()).collect();
    assert!(row[0].starts_with("DA24-1.1, Our rating"), "{row:?}");
    assert_eq!(row[1], "Amber");
    assert!(row[2].contains("Your earlier file says this and your newer one does not."), "{row:?}");
    let status = project.run_on(DAY, &["status", "round"]).out;
    assert!(status.contains("send 1 question"), "two findings are one question: {status}");
    project.run_on(DAY, &["report", "round"]);
    assert!(slides(&project).contains("1 question to an agency about its return is open."));
}

#[test]
fn a_return_that_is_gone_is_asked_about_and_its_agency_is_not_reminded() {
    let project = asked_about_two();
    std::fs::remove_file(project.path("round/returns/police.xlsx")).expect("removed");
    let after = findings(&project, DAY);
    assert_eq!(only(&after, "return-gone")["agency"], "police");
    project.run_on(DAY, &["queries", "round"]);
    assert!(!project.path("round/queries/police reminder.eml").exists());
    let reminder = text_of(&project, "schools reminder.eml");
    assert!(
        reminder.contains("An empty copy of the workbook is attached") && reminder.contains("send what you have"),
        "{reminder}"
    );
}

pub fn text_of(project: &Project, name: &str) -> String {
    let text = String::from_utf8(project.read(&format!("round/queries/{name}"))).expect("ASCII");
    text.replace("=\r\n", "").replace("=22", "\"")
}

#[test]
fn what_was_understood_before_is_what_would_be_understood_anew() {
    let project = Project::issued();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/returns-faulty")).expect("a folder") {
        let path = file.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        project.write(&format!("round/returns/{name}"), &fs::read(&path).expect("readable"));
    }
    let collected = || project.run_on("2026-12-14", &["collect", "round", "--json"]).out;
    let first = collected();
    assert_eq!(first, collected());
    // The date that is printed on the workbooks is another now: what was understood before is not taken for it.
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = 2026-12-12");
    let changed = collected();
    fs::remove_dir_all(project.path("round/.jtai")).expect("removed");
    assert_eq!(changed, collected());
}
