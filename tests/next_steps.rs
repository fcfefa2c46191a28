//! What `status` says comes next with an agency, and that messages say the same of it.

use std::fs;

use jtai_benchmark::workbook::contract::{QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET};

use crate::exchange::{
    DAY, asked_about_two, cell_of_reply, findings, of_code, only, project_with, reference, settle, text_of,
};
use crate::filled::Workbook;
use crate::project::Project;

/// The line of `status` about an agency.
pub fn line(project: &Project, day: &str, name: &str) -> String {
    let status = project.run_on(day, &["status", "round"]).out;
    status.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {status}")).to_string()
}

#[test]
fn questions_that_nobody_sent_are_to_be_sent_and_no_message_says_that_they_were() {
    let project = asked_about_two();
    let before = line(&project, DAY, "Exampleshire Police");
    assert!(before.contains("send 3 questions") && !before.contains("asked"), "{before}");
    project.run_on("2026-12-21", &["queries", "round"]);
    assert!(text_of(&project, "police query.eml").contains("Before we bring the answers together"));
    // Sent and not answered: then they are chased.
    project.run_on("2026-12-21", &["sent", "police", "round", "--what", "questions"]);
    let waits = line(&project, "2026-12-22", "Exampleshire Police");
    assert!(waits.contains("3 asked, 0 answered, reply by 30 December 2026") && waits.contains("wait for the reply"));
    project.run_on("2027-01-04", &["queries", "round"]);
    assert!(text_of(&project, "police query.eml").contains("On 21 December 2026 we asked you about"));
}

#[test]
fn a_workbook_with_questions_that_came_back_was_sent() {
    let project = asked_about_two();
    let back = Workbook::questions(&project, "police").answer(4, 'D', "Green");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    project.run_on("2026-12-11", &["collect", "round"]);
    project.run_on(DAY, &["queries", "round"]);
    let message = text_of(&project, "police query.eml");
    assert!(message.contains("Thank you for what you sent on 11 December 2026. We have taken 1 correction from it."));
    assert!(message.contains("We have"), "{message}");
    assert!(line(&project, DAY, "Exampleshire Police").contains("3 asked, 1 answered"));
}

#[test]
fn a_return_that_is_gone_is_put_back_or_settled_and_its_agency_is_not_reminded() {
    let project = project_with("police.xlsx", include_bytes!("../samples/returns-faulty/not signed.xlsx"));
    project.run_on(DAY, &["collect", "round"]);
    fs::remove_file(project.path("round/returns/police.xlsx")).expect("removed");
    let open = line(&project, DAY, "Exampleshire Police");
    assert!(open.contains("came, but the file is gone") && open.contains("put its return back, or settle"), "{open}");
    let gone = reference(only(&findings(&project, DAY), "return-gone"));
    settle(&project, &gone, &["--accept"]);
    let settled = line(&project, DAY, "Exampleshire Police");
    assert!(settled.contains("the file is gone") && settled.trim_end().ends_with("nothing"), "{settled}");
    project.run_on(DAY, &["queries", "round"]);
    assert!(!project.path("round/queries/police reminder.eml").exists());
}

#[test]
fn an_agency_whose_file_was_left_out_is_reminded_of_that_file() {
    let project = project_with("police damaged.xlsx", b"PK\x03\x04 and no more");
    let refused = reference(of_code(&findings(&project, DAY), "not-a-workbook")[0]);
    settle(&project, &refused, &["--set-aside"]);
    project.run_on(DAY, &["queries", "round"]);
    let message = text_of(&project, "police reminder.eml");
    assert!(message.contains("we received a file from you (police damaged.xlsx) that we could not use"), "{message}");
    assert!(
        !message.contains("We have not yet received") && !message.contains("If you have sent it already"),
        "{message}"
    );
    assert!(line(&project, DAY, "Exampleshire Police").contains("remind"));
}

#[test]
fn a_receipt_says_how_what_was_unclear_is_read() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().answer(4, 'D', "Amber/Green").signed("09/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    let asked = reference(only(&findings(&project, DAY), "rating-unreadable"));
    settle(&project, &asked, &["--as", "Amber"]);
    project.run_on(DAY, &["queries", "round"]);
    let message = text_of(&project, "police receipt.eml");
    assert!(message.contains("- DA24-1.1, Our rating: Amber (cell D4 of police.xlsx)"), "{message}");
}

#[test]
fn what_is_printed_in_another_agencys_workbook_is_not_asked_about() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().signed("09/12/2026");
    project.write("round/returns/probation.xlsx", &book.saved("2026-12-09"));
    let disagrees = reference(only(&findings(&project, DAY), "identity-disagrees"));
    settle(&project, &disagrees, &["--from", "probation", "--sure"]);
    let after = findings(&project, DAY);
    let printed: Vec<_> = of_code(&after, "written-elsewhere");
    assert!(printed.is_empty(), "{printed:#?}");
    assert!(
        !after
            .iter()
            .any(|one| one["place"].to_string().contains(SELF_ASSESSMENT_SHEET) && one["code"] == "row-unknown")
    );
}

#[test]
fn a_new_date_that_is_past_is_not_given_as_one_to_keep() {
    let project = Project::issued();
    project.note_sent("police", "2026-11-24");
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = 2026-12-12");
    project.run_on(DAY, &["issue", "round"]);
    let message = crate::queries::text(&project, "round/issued/police change.eml");
    assert!(message.contains("was due on 12 December 2026") && message.contains("as soon as you can"), "{message}");
    assert!(!message.contains("by 12 December 2026"), "{message}");
}

/// What `queries` says on a day.
pub fn queries(project: &Project, day: &str, more: &[&str]) -> String {
    let run = project.run_on(day, &[&["queries", "round"], more].concat());
    assert!(run.code < 2, "{}", run.err);
    run.out
}

pub fn note_sent(project: &Project, day: &str, what: &str) {
    let run = project.run_on(day, &["sent", "police", "round", "--what", what]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn questions_that_were_sent_are_not_written_again_until_their_time_is_over() {
    let project = asked_about_two();
    let draft = project.path("round/queries/police query.eml");
    queries(&project, "2026-12-21", &[]);
    note_sent(&project, "2026-12-21", "questions");
    for day in ["2026-12-21", "2026-12-22", "2026-12-30"] {
        let said = queries(&project, day, &[]);
        assert!(said.contains("questions sent on 21 December 2026, reply by 30 December 2026"), "{day}: {said}");
        assert!(!draft.exists(), "{day}");
    }
    queries(&project, "2026-12-22", &["--again"]);
    assert!(draft.exists());
    queries(&project, "2026-12-22", &[]);
    queries(&project, "2026-12-22", &["--again", "--reply-by", "2027-01-08"]);
    assert!(text_of(&project, "police query.eml").contains("reply by 8 January 2027"));
    // What the officer settles is not asked any more, and nobody is written to for it.
    let others = reference(only(&findings(&project, DAY), "written-elsewhere"));
    settle(&project, &others, &["--set-aside"]);
    queries(&project, "2026-12-23", &[]);
    assert!(!draft.exists());
    // A chaser that was sent is a question that waits.
    queries(&project, "2027-01-04", &[]);
    let chaser = text_of(&project, "police query.eml");
    assert!(
        chaser.contains("On 21 December 2026 we asked you") && chaser.contains("We still have 2 questions"),
        "{chaser}"
    );
    assert!(line(&project, "2027-01-04", "Exampleshire Police").contains("chase the reply"));
    note_sent(&project, "2027-01-04", "questions");
    queries(&project, "2027-01-05", &[]);
    assert!(!draft.exists());
    assert!(line(&project, "2027-01-05", "Exampleshire Police").contains("wait for the reply, by 11 January 2027"));
}

#[test]
fn a_receipt_is_written_again_only_where_it_says_something_else() {
    let project = Project::issued();
    let draft = project.path("round/queries/police receipt.eml");
    let book = Workbook::issued(&project, "police").filled().signed("09/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    assert!(line(&project, DAY, "Exampleshire Police").contains("  send the receipt"));
    queries(&project, DAY, &[]);
    assert!(text_of(&project, "police receipt.eml").contains("It was approved on 9 December 2026 by"));
    note_sent(&project, DAY, "receipt");
    assert!(queries(&project, "2026-12-15", &[]).contains("Exampleshire Police: receipt sent on 14 December 2026"));
    assert!(!draft.exists() && line(&project, "2026-12-15", "Exampleshire Police").trim_end().ends_with("nothing"));
    let newer = Workbook::issued(&project, "police").filled().answer(4, 'D', "Red").signed("16/12/2026");
    project.write("round/returns/police 2.xlsx", &newer.saved("2026-12-16"));
    let said = queries(&project, "2026-12-16", &[]);
    assert!(draft.exists(), "{said}{}", line(&project, "2026-12-16", "Exampleshire Police"));
    let next = line(&project, "2026-12-16", "Exampleshire Police");
    assert!(next.contains("  send the receipt"), "{next}");
    let noted = project.run_on("2026-12-16", &["sent", "round", "--what", "receipt"]).out;
    assert!(noted.contains("to Exampleshire Police"), "{noted}");
}

#[test]
fn an_agency_is_left_alone_for_some_days_after_it_was_written_to() {
    let project = Project::issued();
    let draft = project.path("round/queries/police reminder.eml");
    queries(&project, DAY, &[]);
    assert!(draft.exists() && line(&project, DAY, "Exampleshire Police").contains(" remind (Robin Sample)"));
    note_sent(&project, DAY, "reminder");
    let said = queries(&project, "2026-12-15", &[]);
    assert!(said.contains("Exampleshire Police: last written to on 14 December 2026") && !draft.exists(), "{said}");
    let waits = line(&project, "2026-12-15", "Exampleshire Police");
    assert!(waits.contains("wait for the return, reminded on 14 December 2026"), "{waits}");
    queries(&project, "2026-12-17", &[]);
    assert!(draft.exists());
    assert!(line(&project, "2026-12-17", "Exampleshire Police").contains("remind again"));
}

#[test]
fn a_message_about_a_change_goes_before_a_reminder() {
    let project = Project::issued();
    let draft = project.path("round/queries/police reminder.eml");
    project.note_sent("police", "2026-11-24");
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = 2026-12-18");
    project.run_on(DAY, &["issue", "round"]);
    let said = queries(&project, DAY, &[]);
    assert!(said.contains("Exampleshire Police: send the message about the change first"), "{said}");
    assert!(
        !draft.exists() && line(&project, DAY, "Exampleshire Police").contains("send the message about the change")
    );
    note_sent(&project, DAY, "change");
    queries(&project, "2026-12-15", &[]);
    assert!(!draft.exists());
    queries(&project, "2026-12-17", &[]);
    assert!(draft.exists() && line(&project, "2026-12-17", "Exampleshire Police").contains(" remind (Robin Sample)"));
}

#[test]
fn a_reply_that_is_accepted_was_an_answer_and_the_receipt_says_what_became_of_it() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().answer(5, 'I', "soon").signed("09/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    queries(&project, "2026-12-10", &[]);
    note_sent(&project, "2026-12-10", "questions");
    let cell = cell_of_reply(&project, "soon");
    let back = Workbook::questions(&project, "police").put(QUESTIONS_SHEET, &cell, "The budget is not set yet");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    let replied = reference(only(&findings(&project, "2026-12-11"), "date-unreadable"));
    assert!(line(&project, DAY, "Exampleshire Police").contains("settle 1 reply"));
    settle(&project, &replied, &["--accept"]);
    let after = line(&project, DAY, "Exampleshire Police");
    assert!(after.contains("1 asked, 1 answered, 1 finding settled"), "{after}");
    let told = only(&findings(&project, DAY), "date-unreadable").clone();
    assert!(told["found"].as_str().expect("words").contains("the agency replied \"The budget is not set yet\""));
    queries(&project, DAY, &[]);
    let message = text_of(&project, "police receipt.eml");
    assert!(
        message.contains("By when: we have noted your reply (sheet Questions, cell E4 of police 2.xlsx)"),
        "{message}"
    );
}
