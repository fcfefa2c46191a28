//! An agency's own headlines: from the sheet `In short` to the data, with each thing that people do to such a sheet, through the real
//! binary.

use std::collections::BTreeMap;

use jtai_benchmark::workbook::contract::{IN_SHORT_SHEET, QUESTIONS_SHEET};
use jtai_benchmark::workbook::file::book::Value as CellValue;
use serde_json::Value;

use crate::exchange::{findings, of_code, only, reference, settle};
use crate::filled::Workbook;
use crate::project::{Project, TODAY, csv_rows, package, parts};

/// A return of the police with these texts on the sheet in short, signed.
fn with(project: &Project, lines: &[(&str, &str)], saved: &str) -> Vec<u8> {
    let book = Workbook::issued(project, "police").filled().signed("09/12/2026");
    lines.iter().fold(book, |book, (cell, text)| book.put(IN_SHORT_SHEET, cell, text)).saved(saved)
}

/// A round with such a return in it.
fn returned(lines: &[(&str, &str)]) -> Project {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", &with(&project, lines, "2026-12-09"));
    project
}

/// The police's lines in the data: kind, Ref, line, rating and cell.
fn lines(project: &Project) -> Vec<[String; 5]> {
    project.run(&["report", "round"]);
    let row = |row: BTreeMap<String, String>| {
        ["kind", "criterion_id", "line", "rating", "source_cell"].map(|column| row[column].clone())
    };
    csv_rows(&project.read("round/report/data/headlines.csv")).into_iter().map(row).collect()
}

/// The codes of findings that are about the sheet, or speak of lines in short.
fn noticed(project: &Project) -> Vec<String> {
    let is_it = |finding: &&Value| {
        finding["sheet"] == IN_SHORT_SHEET || finding["code"].as_str().is_some_and(|code| code.starts_with("headline"))
    };
    let all = findings(project, TODAY);
    all.iter().filter(is_it).map(|finding| finding["code"].as_str().unwrap_or_default().to_string()).collect()
}

const LINES: [(&str, &str); 6] = [
    ("B4", "DA24-2.1"),
    ("C4", "15 of 15 seen the same day"),
    ("B7", "da24-3.1 "),
    ("C7", "Nights are thin"),
    ("B13", ""),
    ("C13", "Parents say that one worker helped most"),
];

#[test]
fn lines_come_back_whole_each_with_its_statement_and_the_agencys_own_rating() {
    let project = returned(&LINES);
    let expected = [
        ["working_well", "DA24-2.1", "15 of 15 seen the same day", "amber", "C4"],
        ["worried_about", "DA24-3.1", "Nights are thin", "amber", "C7"],
        ["children_and_families", "", "Parents say that one worker helped most", "", "C13"],
    ];
    assert_eq!(lines(&project), expected.map(|row| row.map(str::to_string)));
    assert_eq!(noticed(&project), [""; 0]);
    let schema = String::from_utf8(project.read("round/report/data/schema.json")).expect("UTF-8");
    assert!(
        schema.contains("\"path\": \"headlines.csv\"") && project.path("round/report/data/headlines.parquet").exists()
    );
}

#[test]
fn an_untouched_sheet_is_nothing_and_so_is_a_workbook_from_before_there_was_one() {
    let project = returned(&[]);
    assert_eq!((lines(&project), noticed(&project)), (Vec::new(), Vec::new()));
    let earlier = include_bytes!("../samples/returns-faulty/placeholders.xlsx");
    project.write("round/returns/police.xlsx", earlier);
    assert_eq!((lines(&project), noticed(&project)), (Vec::new(), Vec::new()));
    assert!(of_code(&findings(&project, TODAY), "format-newer").is_empty());
    // Sent back as it went out, it is empty, whatever else it has.
    project.write("round/returns/police.xlsx", &project.read("round/issued/police self-assessment.xlsx"));
    assert_eq!(of_code(&findings(&project, TODAY), "return-empty").len(), 1);
    let only_lines = LINES
        .iter()
        .fold(Workbook::issued(&project, "police"), |book, (cell, text)| book.put(IN_SHORT_SHEET, cell, text));
    project.write("round/returns/police.xlsx", &only_lines.saved("2026-12-09"));
    assert!(of_code(&findings(&project, TODAY), "return-empty").is_empty(), "somebody wrote in it");
}

#[test]
fn each_fault_of_a_line_is_named_and_nothing_is_lost() {
    let long = "The emergency department cannot see notes of the maternity ward or of the community";
    let faults = [
        ("B4", "DA24-9.9"),
        ("C4", "Not one of our statements"),
        ("B5", "DA24-1.1"),
        ("C5", long),
        ("C7", "No Ref at all"),
        ("B8", "DA24-2.1"),
        ("D8", "A word beside it"),
        ("A15", "Something else"),
        ("C15", "Under the table"),
        ("A10", "What needs to happen at night"),
        ("B10", "DA24-2.1"),
        ("C10", "A second car"),
    ];
    let project = returned(&faults);
    let codes = noticed(&project);
    for code in ["headline-ref-unknown", "headline-long", "headline-unplaced", "headline-unwritten"] {
        assert_eq!(codes.iter().filter(|known| *known == code).count(), 1, "{code}: {codes:?}");
    }
    let all = findings(&project, TODAY);
    let elsewhere: String = of_code(&all, "written-elsewhere").iter().map(|finding| finding.to_string()).collect();
    for text in ["A word beside it", "Something else", "Under the table", "What needs to happen at night"] {
        assert!(elsewhere.contains(text), "{text}: {elsewhere}");
    }
    assert_eq!(codes.len(), 4 + of_code(&all, "written-elsewhere").len(), "{codes:?}");
    let said: Vec<String> = lines(&project).into_iter().map(|[_, _, line, ..]| line).collect();
    assert_eq!(said, ["Not one of our statements", long, "No Ref at all", "A second car"]);
}

#[test]
fn a_line_with_a_sign_of_a_child_is_held_back_and_asked_about() {
    let project = returned(&[("B4", "DA24-1.1"), ("C4", "Child A.B., born 3 May 2019, seen the same day")]);
    let held = findings(&project, TODAY);
    let held = only(&held, "text-held-back");
    assert_eq!((held["sheet"].as_str(), held["cell"].as_str()), (Some(IN_SHORT_SHEET), Some("C4")));
    assert!(lines(&project).is_empty());
    let run = project.run(&["queries", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let back = Workbook::questions(&project, "police");
    let sheet = back.book.sheets.iter().find(|sheet| sheet.name == IN_SHORT_SHEET).expect("the sheet");
    assert!(sheet.value(3, 2).is_none() && sheet.extras.notes.contains_key(&(3, 2)), "empty, and marked");
    assert_eq!(sheet.value(3, 1).map(CellValue::text).as_deref(), Some("DA24-1.1"));
}

/// The sheet's part with something about it changed.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == part).expect("the part");
    *bytes = change(String::from_utf8(bytes.clone()).expect("UTF-8")).into_bytes();
    package(&parts)
}

#[test]
fn the_table_is_found_wherever_it_is_and_hidden_rows_are_named() {
    let project = Project::issued();
    let bytes = with(&project, &LINES, "2026-12-09");
    let renamed = changed(&bytes, "xl/workbook.xml", |xml| {
        xml.replace("name=\"In short\"", "name=\"Our lines\"").replace("'In short'!", "'Our lines'!")
    });
    project.write("round/returns/police.xlsx", &renamed);
    assert_eq!(lines(&project).len(), 3);
    let all = findings(&project, TODAY);
    assert_eq!(only(&all, "sheet-renamed")["sheet"], "Our lines");
    assert!(of_code(&all, "written-elsewhere").is_empty());
    let hidden = changed(&bytes, "xl/worksheets/sheet3.xml", |xml| {
        xml.replace("<row r=\"4\"", "<row hidden=\"1\" r=\"4\"").replace("<row r=\"5\"", "<row hidden=\"1\" r=\"5\"")
    });
    project.write("round/returns/police.xlsx", &hidden);
    let all = findings(&project, TODAY);
    let found = only(&all, "written-hidden")["found"].to_string();
    assert!(found.contains("1 row is hidden in the table: 4"), "an empty row may be hidden: {found}");
}

#[test]
fn a_line_that_was_asked_about_is_corrected_and_any_other_waits_for_a_sign_off() {
    let long = "The emergency department cannot see notes of the maternity ward or of the community";
    let project = returned(&[("B4", "DA24-1.1"), ("C4", long), ("B7", "DA24-2.1"), ("C7", "Nights are thin")]);
    let run = project.run_on("2026-12-10", &["queries", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let back = Workbook::questions(&project, "police");
    let questions = back.book.sheets.iter().find(|sheet| sheet.name == QUESTIONS_SHEET).expect("the questions");
    let asked: Vec<String> = questions.cells.values().map(CellValue::text).collect();
    assert!(asked.contains(&"What is working well, In one line (sheet In short, cell C4)".to_string()), "{asked:?}");
    assert!(asked.contains(&long.to_string()), "the quotation is whole");
    let short = back.book.sheets.iter().find(|sheet| sheet.name == IN_SHORT_SHEET).expect("the sheet");
    let label = short.value(3, 0).map(CellValue::text).unwrap_or_default();
    assert_eq!(label, "What is working well\n\nQuestion on: In one line");
    assert_eq!(short.value(6, 2).map(CellValue::text).as_deref(), Some("Nights are thin"), "the others are carried in");
    let corrected =
        back.put(IN_SHORT_SHEET, "C4", "15 of 15 seen the same day").put(IN_SHORT_SHEET, "C7", "All is well");
    project.write("round/returns/police 2.xlsx", &corrected.saved("2026-12-11"));
    let all = findings(&project, TODAY);
    let change = only(&all, "change-unapproved");
    assert!(change["found"].to_string().contains("All is well"), "{change}");
    assert!(of_code(&all, "headline-long").is_empty() && of_code(&all, "written-elsewhere").is_empty());
    let said: Vec<String> = lines(&project).into_iter().map(|[_, _, line, ..]| line).collect();
    assert_eq!(said, ["15 of 15 seen the same day", "Nights are thin"]);
    let run = settle(&project, &reference(change), &["--counts"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let said: Vec<String> = lines(&project).into_iter().map(|[_, _, line, ..]| line).collect();
    assert_eq!(said, ["15 of 15 seen the same day", "All is well"]);
}

#[test]
fn lines_that_a_later_return_replaces_are_told() {
    let project = returned(&LINES);
    let later =
        with(&project, &[("B4", "DA24-2.1"), ("C4", "30 of 30 seen the same day"), ("C14", LINES[5].1)], "2026-12-10");
    project.write("round/returns/police later.xlsx", &later);
    let all = findings(&project, TODAY);
    let told: Vec<String> =
        of_code(&all, "answer-changed").iter().map(|finding| finding["found"].to_string()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("15 of 15") && told[0].contains("30 of 30"), "{told:?}");
    assert!(told[1].contains("Nights are thin") && told[1].contains("nothing there"), "{told:?}");
    lines(&project);
    let beside = String::from_utf8(project.read("round/report/data/also_written.csv")).expect("UTF-8");
    assert!(beside.contains("\"Nights are thin\""), "whole, though it counts no more: {beside}");
}

#[test]
fn only_lines_in_short_may_tell_two_returns_apart() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", &with(&project, &LINES, "2026-12-09"));
    project.write("round/returns/police 2.xlsx", &with(&project, &LINES[2..], "2026-12-09"));
    assert_eq!(of_code(&findings(&project, TODAY), "return-undecided").len(), 2);
}
