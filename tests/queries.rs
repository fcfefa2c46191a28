//! What goes back to agencies: questions in their own workbook, receipts, reminders, and that a corrected workbook closes them.

use jtai_benchmark::form::StartField;
use jtai_benchmark::workbook::contract::{QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, START_SHEET};
use jtai_benchmark::workbook::file::book::{Book, Value, cell_name};
use jtai_benchmark::workbook::file::{read, scan};

use crate::project::{Project, fill, package, parts};

const FAULTY: &[u8] = include_bytes!("../samples/returns-faulty/ratings that are none.xlsx");
const SOUND: &[u8] = include_bytes!("../samples/returns-faulty/not signed.xlsx");

fn with_police(bytes: &[u8]) -> Project {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", bytes);
    let run = project.run(&["queries", "round"]);
    assert!(run.code < 2, "{}", run.err);
    project
}

fn book(bytes: &[u8]) -> Book {
    read::read(scan::kind(bytes).expect("a workbook"), bytes, &[]).expect("readable")
}

pub fn text(project: &Project, name: &str) -> String {
    // Drafts are quoted-printable: soft line breaks and escapes are taken out.
    let text = String::from_utf8(project.read(name)).expect("ASCII");
    text.replace("=\r\n", "").replace("=22", "\"")
}

#[test]
fn a_return_with_faults_goes_back_with_its_answers_and_the_questions() {
    let project = with_police(FAULTY);
    let back = book(&project.read("round/queries/police questions.xlsx"));
    assert_eq!(back.sheets[0].name, QUESTIONS_SHEET);
    let row: Vec<String> = (1..4).filter_map(|column| back.sheets[0].value(3, column)).map(Value::text).collect();
    let place = "DA24-1.1, Our rating (cell D4)";
    assert_eq!(row[..2], [place, "Amber/Green"]);
    assert!(row[2].starts_with("Please choose one of Red, Amber, Green or Not applicable."), "{row:?}");
    let table = back.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
    assert_eq!(table.value(3, 3), Some(&Value::Text("Amber/Green".into())));
    assert_eq!(table.value(3, 4), Some(&Value::Text("Well 4".into())));
    assert!(table.value(3, 2).is_some_and(|area| area.text().ends_with("Question on: Our rating")));
    assert!(
        table.extras.notes.values().all(|note| note.text().starts_with("Question: ")) && table.extras.notes.len() == 9
    );
    let message = text(&project, "round/queries/police query.eml");
    assert!(
        message.contains("Before we bring the answers together, we have 9 questions")
            && message.contains("You wrote \"Amber/Green\". Please choose one"),
        "{message:.2000}"
    );
}

#[test]
fn questions_say_the_day_to_reply_by_and_not_the_day_on_which_the_round_was_due() {
    let project = with_police(FAULTY);
    let says = |day: &str| {
        let back = book(&project.read("round/queries/police questions.xlsx"));
        let all: Vec<String> =
            back.sheets[..3].iter().flat_map(|sheet| sheet.cells.values().map(Value::text)).collect();
        all.iter().filter(|text| text.contains(day)).count()
    };
    // Over the questions, beside "Return by", in the last step, over the table.
    assert_eq!((says("21 December 2026"), says("11 December 2026")), (4, 0));
    // Christmas Day is a Friday, so the substitute day for Boxing Day is the Monday after it.
    project.run_on("2026-12-22", &["queries", "round"]);
    assert!(text(&project, "round/queries/police query.eml").contains("31 December 2026"));
    project.run(&["queries", "round", "--reply-by", "2027-01-08"]);
    assert_eq!((says("8 January 2027"), says("11 December 2026")), (4, 0));
}

#[test]
fn what_comes_back_unchanged_says_the_same_and_no_more() {
    let project = with_police(FAULTY);
    let before = project.run(&["collect", "round", "--json"]).out;
    project.write("round/returns/police.xlsx", &project.read("round/queries/police questions.xlsx"));
    let after = project.run(&["collect", "round", "--json"]).out;
    for code in ["rating-unreadable", "note-on-cell", "written-elsewhere", "row-reworded"] {
        assert_eq!(before.matches(code).count(), after.matches(code).count(), "{code}");
    }
    // Beside the first, corrected and signed, it closes what was asked.
    let file = project.read("round/queries/police questions.xlsx");
    let (back, mut sent) = (book(&file), parts(&file));
    let start = back.sheets.iter().find(|sheet| sheet.name == START_SHEET).expect("the first sheet as issued");
    for (field, text) in
        [(StartField::ApprovedBy, "Jo Fictional, Chief Officer"), (StartField::ApprovedOn, "9/12/2026")]
    {
        let (at, _) = start.cells.iter().find(|(_, value)| value.text() == field.label()).expect("its label");
        fill(&mut sent, "xl/worksheets/sheet2.xml", &cell_name(at.0, at.1 + 1), text);
    }
    fill(&mut sent, "xl/worksheets/sheet3.xml", "J4", "Audit of October 2026");
    project.write("round/returns/police.xlsx", FAULTY);
    project.write("round/returns/police questions.xlsx", &package(&sent));
    let both = project.run(&["collect", "round", "--json"]).out;
    assert!(both.contains("questions-answered") && !both.contains("return-superseded"), "{both}");
}

#[test]
fn a_reply_on_the_sheet_of_questions_is_told_and_no_mark_of_ours_becomes_an_answer() {
    let child = include_bytes!("../samples/returns-faulty/a child.xlsx");
    let project = with_police(child);
    let file = project.read("round/queries/police questions.xlsx");
    let back = book(&file);
    let table = back.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
    assert_eq!(table.value(3, 4), None, "the cell in question is empty");
    assert_eq!(back.sheets[0].value(2, 4).map(Value::text).as_deref(), Some("Your reply, if the cells cannot say it"));

    let mut sent = parts(&file);
    fill(&mut sent, "xl/worksheets/sheet1.xml", "E4", "We mean the clinic.");
    fill(&mut sent, "xl/worksheets/sheet3.xml", "E4", "[held back: may identify a child]");
    fill(&mut sent, "xl/worksheets/sheet3.xml", "F5", "[held back: may identify a child] but no one waits now");
    project.write("round/returns/police.xlsx", &package(&sent));
    let said = project.run(&["collect", "round"]).out;
    for part in ["We mean the clinic.", "a mark that jtai put there, not an answer"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    project.run(&["report", "round"]);
    let ratings = String::from_utf8(project.read("round/report/data/ratings.csv")).expect("UTF-8");
    assert!(ratings.contains("but no one waits now"), "words beside a mark are the agency's");
}

#[test]
fn an_agency_whose_return_is_to_be_settled_is_not_reminded() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", b"%PDF-1.7 a print of it");
    project.run(&["queries", "round"]);
    assert!(!project.path("round/queries/police reminder.eml").exists());
    assert!(project.path("round/queries/schools reminder.eml").exists());
}

#[test]
fn a_sound_return_closes_the_questions_and_gets_a_receipt() {
    let project = with_police(FAULTY);
    assert!(project.path("round/queries/police query.eml").exists());
    project.write("round/returns/police.xlsx", SOUND);
    let run = project.run(&["queries", "round"]);
    assert!(run.out.starts_with("12 messages: 1 with questions and 11 reminders"), "{}", run.out);
    let query = text(&project, "round/queries/police query.eml");
    assert!(query.contains("Please say who approved your answers") && !query.contains("Our rating"), "{query}");
    // Signed, it asks nothing any more.
    project.write("round/returns/police.xlsx", include_bytes!("../samples/returns-faulty/placeholders.xlsx"));
    project.run(&["queries", "round"]);
    for gone in ["police query.eml", "police questions.xlsx"] {
        assert!(!project.path(&format!("round/queries/{gone}")).exists(), "{gone}");
    }
    let receipt = text(&project, "round/queries/police receipt.eml");
    assert!(receipt.contains("It came in on 14 December 2026") && receipt.contains("It was approved on"), "{receipt}");
    let reminder = text(&project, "round/queries/schools reminder.eml");
    assert!(reminder.contains("It was due on 11 December 2026"), "{reminder}");
}

#[test]
fn an_agency_that_declined_is_not_reminded_and_the_words_are_the_partnerships_own() {
    let project = Project::issued();
    project.set_agency("round", "schools", "Status", "declined");
    project.edit("round/reminder-message.txt", "We have not yet received", "We still miss");
    project.run(&["queries", "round"]);
    assert!(!project.path("round/queries/schools reminder.eml").exists());
    assert!(text(&project, "round/queries/police reminder.eml").contains("We still miss the self-assessment"));
}
