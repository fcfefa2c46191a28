//! What was sent and what goes again: an agency is never asked twice without cause, and never forgotten.

use crate::exchange::{DAY, asked_about_two, cell_of_reply, findings, of_code, only, reference, settle, text_of};
use crate::filled::Workbook;
use crate::next_steps::{line, note_sent, queries};
use crate::project::Project;
use jtai_benchmark::workbook::contract::QUESTIONS_SHEET;

const POLICE: &str = "Exampleshire Police";

fn has_draft(project: &Project, kind: &str) -> bool {
    project.path(&format!("round/queries/police {kind}.eml")).exists()
}

/// A return of the police with so many faults, saved and signed on a day.
fn faulty(project: &Project, faults: &[(u32, char, &str)], day: &str) -> Vec<u8> {
    let book = Workbook::issued(project, "police").filled();
    let book = faults.iter().fold(book, |book, (row, column, text)| book.answer(*row, *column, text));
    let (year, rest) = day.split_once('-').expect("a date");
    let (month, day_of_month) = rest.split_once('-').expect("a date");
    book.signed(&format!("{day_of_month}/{month}/{year}")).saved(day)
}

#[test]
fn a_question_that_comes_up_on_the_day_of_sending_is_asked() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", &faulty(&project, &[(4, 'D', "Amber/Green")], "2026-12-09"));
    queries(&project, "2026-12-10", &[]);
    note_sent(&project, "2026-12-10", "questions");
    let more = faulty(&project, &[(4, 'D', "Amber/Green"), (5, 'D', "Red/Amber")], "2026-12-10");
    project.write("round/returns/police 2.xlsx", &more);
    queries(&project, "2026-12-10", &[]);
    assert!(line(&project, "2026-12-10", POLICE).contains("send 2 questions"));
    queries(&project, "2026-12-11", &[]);
    assert!(has_draft(&project, "query"), "a draft that nobody sent stays to be sent");
    note_sent(&project, "2026-12-11", "questions");
    assert!(line(&project, "2026-12-11", POLICE).contains("2 asked, 0 answered"));
}

#[test]
fn questions_that_came_back_unanswered_are_asked_again_once_and_chased_later() {
    let project = asked_about_two();
    note_sent(&project, "2026-12-10", "questions");
    let back = Workbook::questions(&project, "police").saved("2026-12-11");
    project.write("round/returns/police 2.xlsx", &back);
    queries(&project, "2026-12-11", &[]);
    assert!(has_draft(&project, "query"));
    queries(&project, "2026-12-14", &[]);
    assert!(text_of(&project, "police query.eml").contains("Thank you for what you sent on 11 December 2026."));
    note_sent(&project, "2026-12-14", "questions");
    let said = queries(&project, "2026-12-15", &[]);
    assert!(said.contains("questions sent on 14 December 2026") && !has_draft(&project, "query"), "{said}");
    assert!(line(&project, "2026-12-15", POLICE).contains("wait for the reply, by 21 December 2026"));
    queries(&project, "2026-12-22", &[]);
    assert!(text_of(&project, "police query.eml").contains("On 14 December 2026 we asked you"));
}

#[test]
fn a_corrected_file_under_its_old_name_came_when_it_was_corrected() {
    let project = asked_about_two();
    note_sent(&project, "2026-12-10", "questions");
    project.write("round/returns/police.xlsx", &faulty(&project, &[(5, 'I', "soon")], "2026-12-11"));
    queries(&project, "2026-12-14", &[]);
    let message = text_of(&project, "police query.eml");
    assert!(message.contains("Thank you for what you sent on 14 December 2026."), "{message}");
}

#[test]
fn what_is_left_after_a_reply_has_a_day_of_its_own() {
    let project = asked_about_two();
    note_sent(&project, "2026-12-10", "questions");
    project.write("round/returns/police 2.xlsx", &faulty(&project, &[(5, 'I', "soon")], "2026-12-17"));
    queries(&project, "2026-12-17", &[]);
    assert!(text_of(&project, "police query.eml").contains("by 24 December 2026"));
    note_sent(&project, "2026-12-17", "questions");
    queries(&project, "2026-12-18", &[]);
    assert!(!has_draft(&project, "query"));
    queries(&project, "2026-12-29", &[]);
    let chaser = text_of(&project, "police query.eml");
    assert!(chaser.contains("On 17 December 2026 we asked you"), "{chaser}");
}

#[test]
fn questions_that_are_sent_once_more_say_that_the_list_is_new() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", &faulty(&project, &[(4, 'D', "Amber/Green")], "2026-12-09"));
    queries(&project, "2026-12-10", &[]);
    note_sent(&project, "2026-12-10", "questions");
    assert!(line(&project, "2026-12-11", POLICE).contains("wait for the reply"));
    let again = queries(&project, "2026-12-11", &["--again"]);
    assert!(again.contains("1 with questions"), "{again}");
    assert!(text_of(&project, "police query.eml").contains("On 10 December 2026 we asked you about"));
    assert!(text_of(&project, "police query.eml").contains("replaces the earlier one"));
}

#[test]
fn a_sign_off_that_was_asked_for_in_a_receipt_is_chased() {
    let project = asked_about_two();
    note_sent(&project, "2026-12-10", "questions");
    let back = Workbook::questions(&project, "police").answer(4, 'D', "Green").answer(5, 'I', "31/01/2027");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    for finding in findings(&project, "2026-12-11").iter().filter(|one| one["code"] == "written-elsewhere") {
        settle(&project, &reference(finding), &["--set-aside"]);
    }
    queries(&project, "2026-12-14", &[]);
    let asks = text_of(&project, "police receipt.eml");
    assert!(asks.contains("Subject: Received, sign-off needed") && !asks.contains("we asked for that"), "{asks}");
    note_sent(&project, "2026-12-14", "receipt");
    queries(&project, "2026-12-21", &[]);
    assert!(!has_draft(&project, "receipt"));
    let waits = line(&project, "2026-12-21", POLICE);
    assert!(waits.contains("wait for approval of the corrections, asked on 14 December 2026"), "{waits}");
    queries(&project, "2026-12-22", &[]);
    let chaser = text_of(&project, "police receipt.eml");
    assert!(
        chaser.contains("Subject: Sign-off still needed")
            && chaser.contains("On 14 December 2026 we asked you who approves")
    );
    note_sent(&project, "2026-12-22", "receipt");
    queries(&project, "2026-12-23", &[]);
    assert!(!has_draft(&project, "receipt"));
    // Once somebody settled that they count all the same, nobody asks for more.
    let taken = reference(only(&findings(&project, "2026-12-23"), "corrections-taken"));
    settle(&project, &taken, &["--accept"]);
    queries(&project, "2026-12-31", &[]);
    assert!(!text_of(&project, "police receipt.eml").contains("sign-off"));
}

#[test]
fn corrections_without_a_sign_off_are_named_where_more_is_asked() {
    let project = asked_about_two();
    note_sent(&project, "2026-12-10", "questions");
    let back = Workbook::questions(&project, "police").answer(4, 'D', "Green");
    project.write("round/returns/police 2.xlsx", &back.saved("2026-12-11"));
    project.run_on("2026-12-11", &["collect", "round"]);
    queries(&project, DAY, &[]);
    let message = text_of(&project, "police query.eml");
    assert!(message.contains("Nobody has signed off your 1 correction yet"), "{message}");
    note_sent(&project, DAY, "questions");
    assert!(line(&project, "2026-12-15", POLICE).contains("wait for the reply, by 21 December 2026"));
    // A second workbook has in it what was taken from the first: nobody changed it.
    let cell = cell_of_reply(&project, "soon");
    let only_reply = Workbook::questions(&project, "police").put(QUESTIONS_SHEET, &cell, "In spring");
    project.write("round/returns/police 3.xlsx", &only_reply.saved("2026-12-15"));
    let after = findings(&project, "2026-12-15");
    assert!(of_code(&after, "change-unapproved").is_empty(), "{after:#?}");
}

#[test]
fn nobody_is_reminded_of_a_workbook_that_went_out_a_day_ago() {
    let project = Project::issued();
    project.note_sent("police", "2026-12-08");
    queries(&project, "2026-12-09", &[]);
    assert!(!has_draft(&project, "reminder"));
    queries(&project, "2026-12-14", &[]);
    assert!(has_draft(&project, "reminder"));
}

#[test]
fn a_receipt_noted_on_an_earlier_day_says_nothing_of_what_came_since() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", &faulty(&project, &[], "2026-12-09"));
    queries(&project, DAY, &[]);
    project.write("round/returns/police.xlsx", &faulty(&project, &[(4, 'D', "Red")], "2026-12-16"));
    queries(&project, "2026-12-16", &[]);
    let run = project.run_on("2026-12-16", &["sent", "police", "round", "--what", "receipt", "--on", DAY]);
    assert_eq!(run.code, 0, "{}", run.err);
    queries(&project, "2026-12-17", &[]);
    assert!(has_draft(&project, "receipt"));
    // Questions cannot have been sent before they were written.
    project.write("round/returns/police.xlsx", &faulty(&project, &[(4, 'D', "Amber/Green")], "2026-12-17"));
    queries(&project, "2026-12-17", &[]);
    let refused = project.run_on("2026-12-17", &["sent", "police", "round", "--what", "questions", "--on", DAY]);
    assert!(refused.code == 2 && refused.err.contains("were written on 17 December 2026"), "{}", refused.err);
}

#[test]
fn a_decision_is_not_asked_for_twice() {
    let project = Project::issued();
    project.write("round/returns/a.xlsx", &faulty(&project, &[], "2026-12-09"));
    project.write("round/returns/b.xlsx", &faulty(&project, &[(4, 'D', "Red")], "2026-12-10"));
    let other = reference(only(&findings(&project, DAY), "return-not-counted"));
    settle(&project, &other, &["--counts"]);
    let after = findings(&project, DAY);
    assert!(of_code(&after, "return-superseded").is_empty(), "{after:#?}");
    assert!(only(&after, "return-not-counted")["found"].as_str().expect("words").contains("because you decided so"));
    // One that comes later is new.
    project.write("round/returns/c.xlsx", &faulty(&project, &[(4, 'D', "Green")], "2026-12-15"));
    only(&findings(&project, "2026-12-15"), "return-superseded");
}

fn with_fieldwork(project: &Project) {
    let deadline = "deadline = 2026-12-11";
    project.edit("round/round.toml", deadline, &format!("fieldwork_starts = 2027-01-11\n{deadline}"));
}

#[test]
fn nobody_is_chased_once_fieldwork_has_begun() {
    let project = asked_about_two();
    with_fieldwork(&project);
    note_sent(&project, "2026-12-10", "questions");
    queries(&project, "2026-12-18", &[]);
    note_sent(&project, "2026-12-18", "questions");
    queries(&project, "2026-12-30", &[]);
    let chaser = text_of(&project, "police query.eml");
    assert!(chaser.contains("On 10 December 2026, and again on 18 December 2026, we asked you"), "{chaser}");
    queries(&project, "2027-01-11", &[]);
    assert!(!has_draft(&project, "query"));
    assert!(line(&project, "2027-01-11", POLICE).contains("settle 3 findings"));
}

#[test]
fn a_new_date_is_seen_before_anybody_was_told_of_it() {
    let project = Project::issued();
    project.note_sent("police", "2026-11-24");
    assert!(line(&project, "2026-12-01", POLICE).contains("wait for the return, by 11 December 2026"));
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = 2026-12-18");
    assert!(line(&project, "2026-12-14", POLICE).contains("its date or contact is new: run `jtai issue`"));
    let said = queries(&project, "2026-12-14", &[]);
    assert!(said.contains("Exampleshire Police: its date or contact is new"), "{said}");
    project.run_on("2026-12-14", &["issue", "round"]);
    assert!(line(&project, "2026-12-14", POLICE).contains("send the message about the change"));
    // Put back before it was sent, there is nothing to tell.
    project.edit("round/round.toml", "deadline = 2026-12-18", "deadline = 2026-12-11");
    project.run_on("2026-12-14", &["issue", "round"]);
    assert!(line(&project, "2026-12-14", POLICE).contains(" remind (Robin Sample)"));
}

#[test]
fn a_receipt_says_what_is_shown_where_nobody_answered() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", &faulty(&project, &[(4, 'D', ""), (5, 'I', "soon")], "2026-12-09"));
    for code in ["rating-blank", "date-unreadable"] {
        let open = reference(only(&findings(&project, DAY), code));
        settle(&project, &open, &["--accept"]);
    }
    queries(&project, DAY, &[]);
    let message = text_of(&project, "police receipt.eml");
    assert!(message.contains("DA24-1.1, Our rating: it is empty, so we show it as not answered"), "{message}");
    assert!(message.contains("DA24-2.1, By when: we cannot read it as a date"), "{message}");
}

#[test]
fn an_approval_that_an_agency_told_of_is_not_older_than_its_reply() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().answer(4, 'D', "Amber/Green");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    let missing = reference(only(&findings(&project, DAY), "approval-missing"));
    settle(&project, &missing, &["--as", "B Example, chief, 4 December 2026"]);
    let after = findings(&project, DAY);
    assert!(!after.iter().any(|one| one["found"].to_string().contains("it was saved on")), "{after:#?}");
}

#[test]
fn that_nobody_rates_a_statement_can_be_accepted() {
    let agencies = b"agency,group,contact,e-mail\nExampleshire Police,POL,Robin Sample,r@police.example\n";
    let project = Project::empty();
    assert!(project.new_round("front-door", agencies).code < 2);
    let run = |args: &[&str]| project.run_on(DAY, args);
    let issued = || -> Vec<serde_json::Value> {
        let issue = run(&["issue", "r", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&issue.out).unwrap_or_else(|_| panic!("{}", issue.err));
        json["findings"].as_array().unwrap_or_else(|| panic!("{}", issue.err)).clone()
    };
    let lacking = reference(of_code(&issued(), "group-unrepresented")[0]);
    let accept = run(&["settle", &lacking, "r", "--accept", "--by", "M Hill", "--why", "none here"]);
    assert!(accept.code < 2, "{}", accept.err);
    let after = issued();
    let accepted = after.iter().find(|one| one["reference"] == lacking.as_str()).expect("listed");
    assert_eq!(accepted["settled"]["as"], "accept");
    // Other commands do not say that the decision is about nothing.
    for command in ["collect", "report"] {
        let said = run(&[command, "r"]);
        assert!(!said.out.contains(&lacking), "{}", said.out);
    }
}

#[test]
fn a_reply_that_would_come_after_fieldwork_has_begun_is_warned_of() {
    let project = asked_about_two();
    with_fieldwork(&project);
    assert!(!queries(&project, "2026-12-21", &[]).contains("fieldwork starts"));
    let late = queries(&project, "2027-01-05", &[]);
    assert!(late.contains("reply by 12 January 2027, but fieldwork starts on 11 January 2027"), "{late}");
}

#[test]
fn a_date_can_be_settled_as_the_month_that_an_agency_was_asked_for() {
    let project = asked_about_two();
    let soon = reference(only(&findings(&project, DAY), "date-unreadable"));
    settle(&project, &soon, &["--as", "March 2027"]);
    assert_eq!(only(&findings(&project, DAY), "date-unreadable")["settled"]["as"], "as 2027-03-31");
}
