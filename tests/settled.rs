//! Approvals and changes that only a person can settle, through the real binary.

use jtai_benchmark::form::StartField;
use jtai_benchmark::workbook::contract::{QUESTIONS_SHEET, START_SHEET};
use serde_json::Value;

use crate::exchange::{
    DAY, asked_about_two, cell_of_reply, findings, of_code, only, project_with, reference, row_of, settle, text_of,
};
use crate::filled::Workbook;
use crate::project::{Project, Run, csv_rows};

/// Settles a finding with what the agency said of its approval.
fn settle_approval(project: &Project, reference: &str, said: &str) -> Run {
    let why = ["--by", "M Hill", "--why", "e-mail of 18 December"];
    project.run_on("2026-12-19", &[&["settle", reference, "round", "--as", said][..], &why].concat())
}

fn found(finding: &Value) -> &str {
    finding["found"].as_str().expect("words")
}

/// What `agencies.csv` says of the police: the file that counts, whether approval is recorded, when, and who settled it.
fn counted(project: &Project) -> [String; 4] {
    let run = project.run_on(DAY, &["report", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let rows = csv_rows(&project.read("round/report/data/agencies.csv"));
    let police = rows.into_iter().find(|row| row["agency_id"] == "police").expect("its row");
    ["source_file", "approval_recorded", "approved_on", "settled_by"].map(|column| police[column].clone())
}

#[test]
fn an_approval_that_the_agency_told_of_is_settled_for_that_file() {
    let project = Project::issued();
    let unsigned = Workbook::issued(&project, "police").filled();
    project.write("round/returns/police.xlsx", &unsigned.saved("2026-12-09"));
    let missing = reference(only(&findings(&project, DAY), "approval-missing"));
    for (said, expected) in [
        ("18 December 2026", "is a date, but does not say who approved the return"),
        ("B Example, chief", "does not give both a name or role and the date of the approval"),
        ("Amber", "does not give both a name or role"),
        ("n/a, 18 December 2026", "does not give both a name or role"),
    ] {
        let refused = settle_approval(&project, &missing, said);
        assert!(refused.code == 2 && refused.err.contains(expected), "{said}: {}", refused.err);
        assert!(refused.err.contains("--as \"B Example, chief, 18 December 2026\""), "{}", refused.err);
    }
    let run = settle_approval(&project, &missing, "B Example, chief, 18th of December");
    assert!(
        run.out.contains(
            "taken as approved by B Example, chief on 18 December 2026, settled by M Hill on 19 December 2026: e-mail of 18 December"
        ),
        "{}{}",
        run.out,
        run.err
    );
    assert_eq!(counted(&project), ["returns/police.xlsx", "true", "2026-12-18", "M Hill"]);
    let status = project.run_on("2026-12-19", &["status", "round"]).out;
    assert!(status.contains("18 December 2026, settled by M Hill"), "{status}");
    project.run_on("2026-12-19", &["queries", "round"]);
    assert!(
        text_of(&project, "police receipt.eml")
            .contains("It was approved on 18 December 2026 by B Example, chief, as you told us.")
    );
    // A newer file that nobody approved does not take its place, and has an approval of its own to be told of.
    let newer = Workbook::issued(&project, "police").filled().answer(4, 'D', "Red");
    project.write("round/returns/police 2.xlsx", &newer.saved("2026-12-20"));
    assert_eq!(counted(&project)[0], "returns/police.xlsx");
    let after = findings(&project, DAY);
    let open: Vec<&Value> =
        of_code(&after, "approval-missing").into_iter().filter(|one| one["settled"].is_null()).collect();
    assert_eq!((open.len(), open[0]["file"].as_str()), (1, Some("returns/police 2.xlsx")));
    let run = settle_approval(&project, &reference(open[0]), "B Example, chief, 19/12/2026");
    assert!(run.code < 2, "{}", run.err);
    assert_eq!(counted(&project)[..3], ["returns/police 2.xlsx", "true", "2026-12-19"]);
}

#[test]
fn corrections_are_approved_by_what_the_agency_said() {
    let project = asked_about_two();
    let back = Workbook::questions(&project, "police").answer(4, 'D', "Green").answer(7, 'E', "All new");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    let missing = reference(only(&findings(&project, DAY), "approval-missing"));
    // The agency is asked about the change, and not who approved what it had approved.
    project.run_on(DAY, &["queries", "round"]);
    let message = text_of(&project, "police query.eml");
    assert!(message.contains("working well") && !message.contains("say who approved"), "{message}");
    let run = settle_approval(&project, &missing, "B Example, chief, 12 December 2026");
    assert!(run.code < 2, "{}", run.err);
    assert_eq!(counted(&project), ["returns/police 2.xlsx", "true", "2026-12-12", "M Hill"]);
    let after = findings(&project, DAY);
    assert!(of_code(&after, "change-unapproved").is_empty() && of_code(&after, "corrections-taken").is_empty());
    assert_eq!(working_well(&project), "All new");
    let status = project.run_on(DAY, &["status", "round"]).out;
    assert!(!status.contains("await approval"), "{status}");
    // Taken back, it is as it was.
    settle(&project, &missing, &["--withdraw"]);
    only(&findings(&project, DAY), "change-unapproved");
}

/// What the police wrote first in its fourth row.
fn working_well(project: &Project) -> String {
    assert!(project.run_on(DAY, &["report", "round"]).code < 2);
    let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
    rows.iter().filter(|row| row["agency_id"] == "police").nth(3).expect("the fourth")["working_well"].clone()
}

#[test]
fn a_change_that_nobody_signed_for_is_settled_cell_by_cell() {
    let project = asked_about_two();
    let back = Workbook::questions(&project, "police").answer(4, 'D', "Green").answer(5, 'I', "March 2027");
    let back = back.answer(7, 'E', "All new").answer(8, 'E', "New too");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    let before = findings(&project, DAY);
    let change = |words: &str| {
        let changes = of_code(&before, "change-unapproved");
        changes.into_iter().find(|one| found(one).contains(words)).expect("the change").clone()
    };
    let remedy = change("All new")["remedy"].to_string();
    assert!(remedy.contains("--accept keeps the approved answer and leaves out"), "{remedy}");
    settle(&project, &reference(&change("All new")), &["--accept"]);
    let taken = settle(&project, &reference(&change("New too")), &["--counts"]);
    assert!(
        taken.out.contains("\"New too\" counts instead of the answer approved on 9 December 2026"),
        "{}",
        taken.out
    );
    let after = findings(&project, DAY);
    let changes = of_code(&after, "change-unapproved");
    let said = |words: &str| changes.iter().find(|one| found(one).contains(words)).map(|one| found(one)).expect("it");
    assert!(said("All new").ends_with("the answer approved on 9 December 2026 stays, and \"All new\" is not counted"));
    assert!(changes.iter().all(|one| one["settled"]["by"] == "M Hill"));
    // The return that was approved still counts, with the one cell from the other.
    assert_eq!(counted(&project)[0], "returns/police.xlsx");
    assert_eq!(working_well(&project), "Well 7");
    let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
    let fifth = rows.iter().filter(|row| row["agency_id"] == "police").nth(4).expect("the fifth");
    assert_eq!(fifth["working_well"], "New too");
}

#[test]
fn a_receipt_says_what_was_taken_and_what_was_not() {
    let project = asked_about_two();
    let stray = reference(only(&findings(&project, DAY), "written-elsewhere"));
    settle(&project, &stray, &["--set-aside"]);
    let asked = project.read("round/queries/police questions.xlsx");
    let back = Workbook::open(&asked).answer(4, 'D', "Green").answer(5, 'I', "March 2027");
    let back = back.answer(7, 'E', "All new").answer(8, 'E', "New too");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    assert!(project.run_on("2026-12-12", &["collect", "round"]).code < 2);
    for change in of_code(&findings(&project, DAY), "change-unapproved") {
        let decision = if found(change).contains("All new") { "--accept" } else { "--counts" };
        settle(&project, &reference(change), &[decision]);
    }
    project.run_on(DAY, &["queries", "round"]);
    let receipt = text_of(&project, "police receipt.eml");
    for part in [
        "The file that counts is police.xlsx. It came in on 10 December 2026, in the version saved on 9 December 2026",
        "- DA24-1.1, Our rating: Green (cell D4 of police 2.xlsx)\r\n- DA24-2.1, By when: March 2027 (cell I5 of police 2.xlsx)",
        "(cell E8 of police 2.xlsx); nobody signed this change off, and we decided on 14 December 2026 that it counts",
        "so we are keeping the approved answers for now:\r\n\r\n- DA24-3.1, What is working well (cell E7 of police 2.xlsx)",
        "Your corrections in police 2.xlsx (came in on 12 December 2026) are not signed off yet. Please send us",
    ] {
        assert!(receipt.contains(part), "{part}: {receipt}");
    }
    assert!(!receipt.contains("All new") && !receipt.contains("anything more for now"), "{receipt}");
    // A file that is written over came in on the day of the new one.
    let signed = Workbook::open(&asked).answer(4, 'D', "Green").answer(5, 'I', "March 2027");
    project.write("round/returns/police 2.xlsx", &signed.signed("15/12/2026").saved("2026-12-15"));
    assert!(project.run_on("2026-12-16", &["collect", "round"]).code < 2);
    project.run_on("2026-12-17", &["queries", "round"]);
    let receipt = text_of(&project, "police receipt.eml");
    assert!(receipt.contains("The file that counts is police 2.xlsx. It came in on 16 December 2026"), "{receipt}");
    assert!(receipt.contains("You do not need to do anything more for now."), "{receipt}");
}

/// A return of the police whose sign-off says this, with what else is on the first sheet: the findings and whether approval is recorded.
fn signed_as(project: &Project, by: &str, on: &str, more: &[(char, u32, &str)]) -> (Vec<Value>, Option<String>) {
    let start = Workbook::issued(project, "police").filled();
    let row = |field: StartField| start.row_of_label(field.label());
    let (by_row, on_row) = (row(StartField::ApprovedBy), row(StartField::ApprovedOn));
    let put = |book: Workbook, cell: String, text: &str| match text {
        "" => book,
        _ => book.put(START_SHEET, &cell, text),
    };
    let book = put(start, format!("B{by_row}"), by);
    let book = put(book, format!("B{on_row}"), on);
    let book =
        more.iter().fold(book, |book, (column, under, text)| put(book, format!("{column}{}", on_row + under), text));
    project.write("round/returns/police.xlsx", &book.saved("2026-12-18"));
    let run = project.run_on("2026-12-19", &["status", "round", "--json"]);
    let status: Value = serde_json::from_str(&run.out).expect("JSON");
    let police = status["agencies"].as_array().expect("a list").iter().find(|one| one["id"] == "police").expect("it");
    (findings(project, "2026-12-19"), police["approved_on"].as_str().map(str::to_string))
}

#[test]
fn a_sign_off_is_read_as_people_write_it() {
    let project = Project::issued();
    let approved = |by: &str, on: &str| signed_as(&project, by, on, &[]);
    for (by, on, read) in [
        (
            "B Example, 18/12/2026",
            "",
            "\"B Example, 18/12/2026\" was read as approved by B Example on 18 December 2026",
        ),
        (
            "Head of service, 18 December",
            "",
            "read as approved by Head of service on 18 December 2026 (the year is from the dates of this round)",
        ),
        (
            "Head of service",
            "18th Dec",
            "\"18th Dec\" was read as 18 December 2026 (the year is from the dates of this round)",
        ),
        ("", "B Example, chief, 18 December 2026", "read as approved by B Example, chief on 18 December 2026"),
        ("18/12/2026", "B Example", "\"B Example\" was read as approved by B Example on 18 December 2026"),
    ] {
        let (findings, on) = approved(by, on);
        assert_eq!(on.as_deref(), Some("2026-12-18"), "{by}: {findings:#?}");
        let assumed = only(&findings, "approval-assumed");
        assert!(found(assumed).contains(read), "{assumed}");
        assert!(of_code(&findings, "approval-missing").is_empty() && of_code(&findings, "date-unreadable").is_empty());
    }
    let (findings, on) = approved("Head of service", "5 July");
    assert_eq!((on, of_code(&findings, "approval-assumed").len()), (None, 0), "no such day is in the round");
    // What is wrong with a sign-off is settled with its approval.
    let unread = reference(only(&findings, "date-unreadable"));
    assert!(settle_approval(&project, &unread, "Head of service, 18/12/2026").code < 2);
    assert_eq!(only(&self::findings(&project, DAY), "date-unreadable")["settled"]["by"], "M Hill");
    assert_eq!(counted(&project)[1..3], ["true", "2026-12-18"]);
}

#[test]
fn a_sign_off_under_its_block_is_read_where_it_says_so_and_asked_about_else() {
    let project = Project::issued();
    let (read, on) = signed_as(&project, "", "", &[('A', 1, "Approved by B Example, chief, 18 December 2026")]);
    assert_eq!(on.as_deref(), Some("2026-12-18"), "{read:#?}");
    assert!(found(only(&read, "approval-assumed")).contains("was read as approved by B Example, chief on"));
    assert!(of_code(&read, "written-elsewhere").is_empty() && of_code(&read, "approval-missing").is_empty());
    for more in [
        &[('B', 1, "Head of service, 18 December")][..],
        &[('C', 0, "B Example, chief"), ('C', 1, "18/12/2026")],
        &[('B', 2, "Updated version, 18 December 2026")],
    ] {
        let (asked, on) = signed_as(&project, "", "", more);
        assert_eq!(on, None, "{more:?}");
        for (_, _, text) in more {
            assert!(asked.iter().any(|finding| found(finding).contains(text)), "{text}: {asked:#?}");
        }
        assert!(found(only(&asked, "approval-missing")).contains("; near the sign-off it says"));
    }
}

#[test]
fn what_can_be_decided_is_said_where_nothing_is() {
    let project = project_with("police.xlsx", include_bytes!("../samples/returns-faulty/a note on a cell.xlsx"));
    let note = reference(only(&findings(&project, DAY), "note-on-cell"));
    let run = project.run_on(DAY, &["settle", &note, "round"]);
    assert_eq!(run.code, 2);
    for part in [
        "returns/police.xlsx, sheet Self-assessment, cell ",
        "it is not settled, and no decision is given",
        &format!(
            "\n    jtai settle {note} round --accept --by \"YOUR NAME\" --why \"...\"\n        it is kept as it is under \"also written\", and the agency is not asked about it again\n"
        ),
        &format!("jtai settle {note} round --set-aside"),
        &format!("jtai settle {note} round --to DA24-"),
    ] {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
    assert!(!run.err.contains("--withdraw"), "{}", run.err);
    settle(&project, &note, &["--accept"]);
    let run = project.run_on(DAY, &["settle", &note, "round"]);
    assert!(run.err.contains("accepted as it is by M Hill") && run.err.contains("--withdraw"), "{}", run.err);
    let unknown = project.run_on(DAY, &["settle", "F-000000", "round"]);
    assert!(unknown.code == 2 && unknown.err.contains("no finding of this round has the reference"), "{}", unknown.err);
}

#[test]
fn two_copies_that_read_one_cell_differently_both_lapse() {
    let sample = include_bytes!("../samples/returns-faulty/colours without words.xlsx");
    let project = project_with("police.xlsx", sample);
    let before = findings(&project, DAY);
    // One cell of this sample has two findings: it has no rating, and a colour that is none of the three.
    let colour = reference(only(&before, "colour-without-word"));
    let blank = reference(only(&before, "rating-blank"));
    let empty = project.tree("round/record");
    settle(&project, &blank, &["--as", "Red"]);
    let copy: Vec<(String, Vec<u8>)> =
        project.tree("round/record").into_iter().filter(|(name, _)| !empty.contains_key(name)).collect();
    copy.iter()
        .for_each(|(name, _)| std::fs::remove_file(project.path(&format!("round/record/{name}"))).expect("gone"));
    settle(&project, &colour, &["--as", "Amber"]);
    let one = findings(&project, DAY);
    assert!(["colour-without-word", "rating-blank"].iter().all(|code| only(&one, code)["settled"]["as"] == "as amber"));
    for (name, bytes) in &copy {
        project.write(&format!("round/record/{name}"), bytes);
    }
    let both = findings(&project, DAY);
    let differ = found(only(&both, "record-contradicts"));
    for part in [&colour, &blank, "read as Amber by M Hill", "read as Red by M Hill", "none of them counts"] {
        assert!(differ.contains(part), "{part}: {differ}");
    }
    assert!(["colour-without-word", "rating-blank"].iter().all(|code| only(&both, code)["settled"].is_null()));
    assert_eq!(row_of(&project, "police", "DA24-3.1")["self_state"], "blank");
    // A new decision on either takes the place of both.
    settle(&project, &blank, &["--as", "Green"]);
    assert!(of_code(&findings(&project, DAY), "record-contradicts").is_empty());
    assert_eq!(row_of(&project, "police", "DA24-3.1")["self_rating"], "green");
    settle(&project, &colour, &["--withdraw"]);
    assert!(of_code(&findings(&project, DAY), "rating-blank")[0]["settled"].is_null());
}

#[test]
fn answers_to_our_questions_are_newer_whatever_their_clock_said() {
    let project = asked_about_two();
    let answers = || Workbook::questions(&project, "police").answer(4, 'D', "Green").answer(5, 'I', "March 2027");
    // Signed off again.
    project.write("round/returns/police 2.xlsx", &answers().signed("11/12/2026").saved("2026-11-20"));
    let after = findings(&project, DAY);
    let said = found(only(&after, "questions-answered"));
    assert!(said.contains("saved on 20 November 2026") && said.contains("that computer's clock was wrong"), "{said}");
    assert_eq!(counted(&project)[0], "returns/police 2.xlsx");
    // Not signed off: its corrections are taken.
    project.write("round/returns/police 2.xlsx", &answers().saved("2026-11-20"));
    assert!(found(only(&findings(&project, DAY), "corrections-taken")).contains("2 corrections are taken"));
    // A reply alone counts too.
    let cell = cell_of_reply(&project, "Our rating");
    let reply = Workbook::questions(&project, "police").put(QUESTIONS_SHEET, &cell, "We mean Amber.");
    project.write("round/returns/police 2.xlsx", &reply.saved("2026-11-20"));
    let replied = findings(&project, DAY);
    assert!(found(only(&replied, "rating-unreadable")).contains("We mean Amber."));
    assert!(of_code(&replied, "return-superseded").is_empty());
}
