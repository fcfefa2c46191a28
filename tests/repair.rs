//! A file that is broken, of an older form or laid out differently, poured into a fresh workbook through the real binary.

use jtai_benchmark::workbook::contract::SELF_ASSESSMENT_SHEET;

use crate::filled::Workbook;
use crate::project::{Project, sheet_of};

fn rows(rows: &[&[&str]]) -> Vec<u8> {
    sheet_of(&rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect::<Vec<_>>())
}

/// A table of an agency's own making: other headers, another order, a title over it.
fn own_table() -> Vec<u8> {
    rows(&[
        &["Our answers to the benchmarking"],
        &["Strengths", "RAG", "Criteria ref", "Areas of concern", "Actions", "Who", "Timescale", "Our thoughts"],
        &[
            "We ask every parent.",
            "amber",
            "DA24-1.1",
            "Not at weekends.",
            "Ask at weekends.",
            "Head of custody",
            "31/01/2027",
            "x",
        ],
        &["", "Green", "DA24-1.2", "", "", "", "", ""],
    ])
}

fn repaired(project: &Project, agency: &str) -> Workbook {
    Workbook::open(&project.read(&format!("round/repaired/{agency} repaired.xlsx")))
}

fn table(book: &Workbook) -> String {
    let sheet = book.book.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
    sheet.cells.values().map(|value| value.text()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_table_of_an_agencys_own_making_is_poured_into_its_workbook() {
    let project = Project::issued();
    let bytes = own_table();
    project.write("from police.xlsx", &bytes);
    let run = project.run(&["repair", "from police.xlsx", "--from", "police", "round"]);
    assert!(run.code < 2, "{}", run.err);
    assert!(
        run.out.contains("DA24-1.1 (B3): Our rating, What is working well, What are we worried about"),
        "{}",
        run.out
    );
    assert!(run.out.contains("\"Our thoughts\" was not issued"), "what is not carried over is said: {}", run.out);
    let table = table(&repaired(&project, "police"));
    for text in ["We ask every parent.", "Not at weekends.", "Ask at weekends.", "Head of custody"] {
        assert!(table.contains(text), "{text}");
    }
    assert!(project.read("from police.xlsx") == bytes, "the file stays as it is");
    // Filled in so, it is a return like any other once it is signed.
    let book = repaired(&project, "police").signed("09/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    let run = project.run(&["collect", "round", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let police = json["agencies"].as_array().expect("a list").iter().find(|one| one["id"] == "police").expect("it");
    assert_eq!((&police["returned"], &police["approval_recorded"]), (&true.into(), &true.into()), "{police}");
    assert!(!run.out.contains("written-elsewhere"), "{}", run.out);
}

#[test]
fn a_return_of_an_older_form_keeps_every_answer() {
    let project = Project::issued();
    project.write("old.xlsx", include_bytes!("resaved/contract 1.3.xlsx"));
    let run = project.run(&["repair", "old.xlsx", "--from", "police", "round"]);
    assert!(run.code < 2, "{}{}", run.out, run.err);
    let (old, new) = (Workbook::open(&project.read("old.xlsx")), repaired(&project, "police"));
    let written = |book: &Workbook| {
        let sheet = book.book.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
        let rows = sheet.cells.iter().filter(|((row, column), _)| *row > 2 && *column > 2);
        rows.map(|(_, value)| value.text()).filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(written(&old), written(&new));
}

#[test]
fn whose_a_file_is_must_be_known_and_there_must_be_something_to_carry_over() {
    let project = Project::issued();
    project.write("own.xlsx", &own_table());
    let unknown = project.run(&["repair", "own.xlsx", "round"]);
    assert!(unknown.code == 2 && unknown.err.contains("--from"), "{}", unknown.err);
    let nobody = project.run(&["repair", "own.xlsx", "--from", "nobody", "round"]);
    assert!(nobody.code == 2 && nobody.err.contains("not the id of an agency"), "{}", nobody.err);
    project.write("letter.xlsx", &rows(&[&["Dear all"], &["We will answer next week."]]));
    let letter = project.run(&["repair", "letter.xlsx", "--from", "police", "round"]);
    assert!(letter.code == 2 && letter.err.contains("self-assessment table"), "{}", letter.err);
    let gone = project.run(&["repair", "gone.xlsx", "--from", "police", "round"]);
    assert!(gone.code == 2 && gone.err.contains("gone.xlsx"), "{}", gone.err);
    assert!(!project.path("round/repaired").exists());
}

#[test]
fn headers_of_an_agencys_own_are_made_out_only_for_a_repair() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", &own_table());
    let run = project.run(&["collect", "round", "--json"]);
    assert!(run.out.contains("table-missing") || run.out.contains("agency-unknown"), "{}", run.out);
}
