//! Every question that goes back to an agency: the right statement, the right column, the right cell, an exact quotation. Each file of
//! `samples/returns-faulty/` goes through the real binary; what is asked is a reviewed golden, and is held against the file itself.

use std::fs;

use jtai_benchmark::form::ColumnKey;
use jtai_benchmark::workbook::contract::{self, QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET};
use jtai_benchmark::workbook::file::book::{Book, Value, cell_name};
use jtai_benchmark::workbook::file::{read, scan};

use crate::project::{Project, package, parts};

/// What the sheet of questions says where there is no text to quote.
const NOT_QUOTED: [&str; 3] = ["Not in your file", "Removed, because it may identify a child", "We could not read it"];

fn book(bytes: &[u8]) -> Option<Book> {
    read::read(scan::kind(bytes).ok()?, bytes, &[]).ok()
}

/// A question as the sheet has it: its references, where, what was written, what to do.
type Asked = [String; 4];

/// The questions in a workbook that goes back.
fn asked(bytes: &[u8]) -> Vec<Asked> {
    let back = book(bytes).expect("readable");
    let sheet = back.sheets.iter().find(|sheet| sheet.name == QUESTIONS_SHEET).expect("the questions");
    let cell = |row, column| sheet.value(row, column).map(Value::text).unwrap_or_default();
    (3..).map(|row| [0, 1, 2, 3].map(|column| cell(row, column))).take_while(|row| !row[0].is_empty()).collect()
}

/// Puts returns into a round, each under its name, and says what the police are asked.
fn questions(project: &Project, returns: &[(&str, &[u8])]) -> Vec<Asked> {
    for (name, bytes) in returns {
        project.write(&format!("round/returns/{name}"), bytes);
    }
    let run = project.run(&["queries", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let back = "round/queries/police questions.xlsx";
    let asked = if project.path(back).exists() { asked(&project.read(back)) } else { Vec::new() };
    for (name, _) in returns {
        fs::remove_file(project.path(&format!("round/returns/{name}"))).expect("removed");
    }
    asked
}

/// Where a question says that its cell is: the sheet and the cell; `None` where it names no cell.
fn cell_of(place: &str) -> Option<(String, String)> {
    let (_, rest) = place.rsplit_once(" (")?;
    let rest = rest.trim_end_matches(')').trim_end_matches(" of your earlier file");
    match rest.strip_prefix("cell ") {
        Some(cell) => Some((SELF_ASSESSMENT_SHEET.to_string(), cell.to_string())),
        None => rest
            .strip_prefix("sheet ")?
            .split_once(", cell ")
            .map(|(sheet, cell)| (sheet.to_string(), cell.to_string())),
    }
}

/// Holds what is asked about one cell against the return: the text of that cell, the Ref of its row, the header of its column.
fn check_against(file: &Book, [_, place, wrote, _]: &Asked) {
    let Some((sheet, cell)) = cell_of(place) else { return };
    let sheet = file.sheets.iter().find(|known| known.name == sheet).expect("the sheet that is named");
    let (row, column) = jtai_benchmark::workbook::file::book::position(&cell).expect("the cell that is named");
    if !wrote.is_empty() && !NOT_QUOTED.iter().any(|text| wrote.starts_with(text)) {
        let note = sheet.extras.notes.get(&(row, column)).map(|_| "A note on the cell".to_string());
        let there = note.or(sheet.value(row, column).map(Value::text)).unwrap_or_default();
        let there = if there.is_empty() { "Nothing".to_string() } else { there };
        assert_eq!(&there, wrote, "{place}");
    }
    let header_row = (0..10).find(|row| {
        (0..20).any(|at| {
            sheet.value(*row, at).is_some_and(|value| value.text() == contract::column(ColumnKey::Rating).header)
        })
    });
    let Some(header_row) = header_row.filter(|header_row| row > *header_row) else { return };
    let header = sheet.value(header_row, column).map(Value::text).unwrap_or_default();
    // A message calls a column by its header without what only helps to fill it in.
    let header = contract::header(&header).map_or(header, |(key, _)| contract::column(key).name().to_string());
    let reference = (0..20)
        .find(|at| {
            sheet.value(header_row, *at).is_some_and(|value| value.text() == contract::column(ColumnKey::Ref).header)
        })
        .and_then(|at| sheet.value(row, at))
        .map(Value::text);
    let begins: Vec<&str> = place.split(" (cell ").next().unwrap_or_default().splitn(2, ", ").collect();
    if let [criterion, named] = begins.as_slice() {
        assert_eq!(*named, header, "{place}");
        assert!(reference.is_none_or(|reference| reference == *criterion), "{place}");
    }
}

#[test]
fn every_question_about_a_faulty_return_is_right() {
    let project = Project::issued();
    let folder = format!("{}/samples/returns-faulty", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the returns")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "make.py")
        .collect();
    names.sort();
    assert!(names.len() > 30);
    let mut golden = String::new();
    for name in &names {
        let bytes = fs::read(format!("{folder}/{name}")).expect("readable");
        let asked = questions(&project, &[(name, &bytes)]);
        golden.push_str(&format!("{name}: {}\n", asked.len()));
        for question in &asked {
            let [_, place, wrote, to_do] = question;
            golden.push_str(&format!(
                "  {place}\n    wrote  {}\n    to do  {}\n",
                wrote.replace('\n', "\n           "),
                to_do.replace('\n', " ")
            ));
            check_against(&book(&bytes).expect("a workbook that can be read"), question);
        }
    }
    insta::assert_snapshot!(golden);
}

/// A workbook whose text in a cell of the table is taken away, saved on a later day.
fn without(bytes: &[u8], cells: &[&str], saved: &str) -> Vec<u8> {
    let mut parts = parts(bytes);
    let text = |parts: &mut Vec<(String, Vec<u8>)>, name: &str, change: &dyn Fn(String) -> String| {
        let (_, bytes) = parts.iter_mut().find(|(known, _)| known == name).expect("the part");
        *bytes = change(String::from_utf8(bytes.clone()).expect("UTF-8")).into_bytes();
    };
    text(&mut parts, "xl/worksheets/sheet2.xml", &|xml| {
        cells.iter().fold(xml, |xml, cell| {
            let start = xml.find(&format!("<c r=\"{cell}\" ")).expect("the cell");
            let end = start + xml[start..].find("</c>").expect("it is filled") + "</c>".len();
            format!("{}{}", &xml[..start], &xml[end..])
        })
    });
    text(&mut parts, "docProps/core.xml", &|xml| {
        let end = xml.find("</dcterms:modified>").expect("when it was saved");
        let start = xml[..end].rfind('>').expect("its element") + 1;
        format!("{}{saved}{}", &xml[..start], &xml[end..])
    });
    package(&parts)
}

const APPROVED: &[u8] = include_bytes!("../samples/returns-faulty/placeholders.xlsx");
const MOVED: &[u8] = include_bytes!("../samples/returns-faulty/columns moved and faults in them.xlsx");

#[test]
fn an_answer_that_only_an_older_return_has_is_quoted_and_not_its_header() {
    let project = Project::issued();
    let older = without(APPROVED, &[], "2026-12-08T12:00:00Z");
    let newer = without(APPROVED, &["J4"], "2026-12-09T12:00:00Z");
    let asked = questions(&project, &[("first.xlsx", &older), ("second.xlsx", &newer)]);
    let [_, place, wrote, _] = &asked[0];
    assert_eq!(place, "DA24-1.1, What shows this (cell J4 of your earlier file)");
    assert_eq!(wrote, "Audit 4");
    // Of several cells of a row, each is named with its text.
    let newer = without(APPROVED, &["D4", "E4", "J4"], "2026-12-09T12:00:00Z");
    let asked = questions(&project, &[("first.xlsx", &older), ("second.xlsx", &newer)]);
    // What is missing comes first; what is asked about the same row stands beside it.
    let [_, place, wrote, _] = &asked[1];
    assert_eq!(asked[0][1], "DA24-1.1, Our rating (cell D4)");
    assert_eq!(place, "DA24-1.1 (sheet Self-assessment of your earlier file)");
    let expected = "Our rating, D4: \"Green\"\nWhat is working well, E4: \"Well 4\"\nWhat shows this, J4: \"Audit 4\"";
    assert_eq!(wrote, expected);
}

#[test]
fn after_columns_were_moved_a_date_is_asked_about_where_it_is_now() {
    let asked = questions(&Project::issued(), &[("police.xlsx", MOVED)]);
    let date = asked.iter().find(|question| question[3].starts_with("Please give a date")).expect("the date");
    assert_eq!(date[1], "DA24-2.1, By when (cell G5)");
    assert_eq!(date[2], "end of January: not before");
}

#[test]
fn a_missing_reason_is_asked_for_in_its_own_cell() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", MOVED);
    project.run(&["queries", "round"]);
    let back = project.read("round/queries/police questions.xlsx");
    let reason =
        asked(&back).into_iter().find(|question| question[3].starts_with("You chose Not applicable")).expect("it");
    assert_eq!(reason[1], "DA24-2.2, If not applicable, why (cell K6)");
    assert_eq!(reason[2], "Nothing");
    let back = book(&back).expect("readable");
    let table = back.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
    let marked: Vec<String> =
        table.extras.notes.iter().filter(|(at, _)| at.0 == 5).map(|(at, _)| cell_name(at.0, at.1)).collect();
    assert_eq!(
        marked,
        [cell_name(5, ColumnKey::NotApplicableReason as u32)],
        "the reason's cell is marked, and not the rating's"
    );
}

#[test]
fn a_text_where_a_date_belongs_goes_back_as_it_was_written() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", MOVED);
    project.run(&["queries", "round"]);
    let back = book(&project.read("round/queries/police questions.xlsx")).expect("readable");
    let table = back.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
    assert_eq!(
        table.value(4, ColumnKey::ActionDue as u32),
        Some(&Value::Text("end of January: not before".into())),
        "the writer's parser reads a time in it"
    );
}

#[test]
fn what_we_printed_for_another_date_is_no_question() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", APPROVED);
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = 2026-12-18");
    // Not noted as sent, so the workbooks are written again for the new date.
    project.run(&["issue", "round"]);
    let said = project.run(&["collect", "round"]);
    assert!(!said.out.contains("that was not issued"), "{}", said.out);
}

#[test]
fn a_question_that_is_closed_is_still_explained() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", MOVED);
    project.run(&["queries", "round"]);
    let asked = asked(&project.read("round/queries/police questions.xlsx"));
    let reference = asked[1][0].clone();
    project.write("round/returns/police.xlsx", APPROVED);
    let explained = project.run(&["explain", &format!("({reference})"), "round"]);
    let said = "Asked of Exampleshire Police: 14 December 2026, in police questions.xlsx";
    assert!(explained.code == 0 && explained.out.contains(said), "{}{}", explained.out, explained.err);
}

#[test]
fn a_finding_is_called_the_same_wherever_it_is_and_in_every_run() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", MOVED);
    let first = project.run(&["collect", "round"]).out;
    let line = first.lines().find(|line| line.contains("\"Amber/Green\" is two ratings")).expect("the finding");
    let reference = line.rsplit_once('(').expect("its reference").1.trim_end_matches(')').to_string();
    assert!(reference.starts_with("F-") && reference.len() == 8, "{reference}");
    // The file may be renamed and saved again.
    fs::remove_file(project.path("round/returns/police.xlsx")).expect("removed");
    project.write("round/returns/later/police signed.xlsx", &without(MOVED, &["F12"], "2026-12-10T12:00:00Z"));
    let json = project.run(&["collect", "round", "--json"]).out;
    assert!(json.contains(&format!("\"reference\": \"{reference}\"")), "{json}");
    project.run(&["report", "round"]);
    let findings = String::from_utf8(project.read("round/report/data/findings.csv")).expect("UTF-8");
    assert!(findings.lines().any(|line| line.contains(&format!(",\"{reference}\","))), "{findings}");
    project.run(&["queries", "round"]);
    let asked = asked(&project.read("round/queries/police questions.xlsx"));
    assert!(asked.iter().any(|question| question[0].contains(&reference)), "{asked:?}");
    let explained = project.run(&["explain", &reference.to_lowercase(), "round"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    for part in [
        "rating-unreadable, must fix",
        "Statement: DA24-1.1",
        "Column: Our rating",
        "Cell A4 of sheet Self-assessment: \"Amber/Green\"",
    ] {
        assert!(explained.out.contains(part), "{part}: {}", explained.out);
    }
    let unknown = project.run(&["explain", "F-000000", "round"]);
    assert!(
        unknown.code == 2 && unknown.err.contains("no finding of this round has this reference now"),
        "{}",
        unknown.err
    );
}
