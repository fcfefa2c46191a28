//! The round again: what agencies answered last time goes out in their workbooks, and counts once they confirm or change it.

use std::fs;

use jtai_benchmark::workbook::contract::{IN_SHORT_SHEET, QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, START_SHEET};

use crate::exchange::{findings, of_code, only, reference};
use crate::filled::Workbook;
use crate::next_steps::line;
use crate::project::{Project, Run, csv_rows};
use crate::queries::text;

/// The day on which the round is made again and its workbooks go out.
const ISSUED: &str = "2027-05-04";

/// The day on which what came back is looked at.
const DAY: &str = "2027-05-07";

/// A round in `old` in which the police rated every statement Amber, with words, and signed; probation has not returned.
fn old_round() -> Project {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().signed("09/12/2026");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    fs::rename(project.path("round"), project.path("old")).expect("renamed");
    project
}

fn again(project: &Project) -> Run {
    project.run_on(ISSUED, &["round", "again", "old", "round", "--deadline", "2027-05-12"])
}

/// The round that goes on from it in `round`, its workbooks issued.
fn next_round() -> Project {
    let project = old_round();
    let made = again(&project);
    assert!(made.code < 2, "{}", made.err);
    let issued = project.run_on(ISSUED, &["issue", "round"]);
    assert!(issued.code < 2, "{}", issued.err);
    project
}

/// The cell of a column of the self-assessment in a row, by the header.
fn cell(book: &Workbook, header: &str, row: u32) -> String {
    let sheet = book.book.sheets.iter().find(|sheet| sheet.name == SELF_ASSESSMENT_SHEET).expect("the table");
    let at = sheet.cells.iter().find(|(_, value)| value.text() == header).expect("the header").0.1;
    format!("{}{row}", jtai_benchmark::workbook::file::book::column_name(at))
}

fn return_of_police(project: &Project, book: Workbook) {
    project.write("round/returns/police.xlsx", &book.saved("2027-05-06"));
}

/// The rows of the police in `ratings.csv`, by what is counted of each.
fn states(project: &Project) -> Vec<(String, String)> {
    let run = project.run_on(DAY, &["report", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
    let own = rows.into_iter().filter(|row| row["agency_id"] == "police");
    own.map(|row| (row["self_state"].clone(), row["working_well"].clone())).collect()
}

#[test]
fn a_round_is_made_again_with_its_settings_and_the_old_one_is_as_it_was() {
    let project = old_round();
    let before = project.tree("old");
    let made = again(&project);
    assert!(made.code < 2, "{}", made.err);
    assert!(before == project.tree("old"), "nothing in the old round changes");
    let toml = String::from_utf8(project.read("round/round.toml")).expect("UTF-8");
    assert!(toml.contains("goes_on_from = \"domestic-abuse-2024-"), "{toml}");
    assert!(toml.contains("contact = \"benchmarking@example.org\""), "{toml}");
    assert!(toml.contains("deadline = 2027-05-12"), "{toml}");
    assert!(project.list("round")[0].contains(&"ID last time".to_string()));
    assert!(made.out.contains("Carried over: ") && made.out.contains("from 1 agency."), "{}", made.out);
    let second = again(&project);
    assert_eq!(second.code, 2, "there is a round already");
}

#[test]
fn an_agency_with_nothing_to_change_signs_and_is_done() {
    let project = next_round();
    let book = Workbook::issued(&project, "police");
    assert!(text_of(&book, START_SHEET).contains("If nothing has changed"));
    return_of_police(&project, book.signed("06/05/2027"));
    let states = states(&project);
    assert!(states.len() > 5 && states.iter().all(|(state, _)| state == "rated"), "{states:?}");
    assert!(states.iter().all(|(_, well)| well.starts_with("Well ")), "{states:?}");
    let found = findings(&project, DAY);
    assert!(of_code(&found, "carried-unconfirmed").is_empty() && of_code(&found, "written-elsewhere").is_empty());
    let all = states.len();
    let status = line(&project, DAY, "Exampleshire Police");
    assert!(
        status.contains(&format!("of {all} answers from last time, {all} confirmed, 0 changed, 0 open")),
        "{status}"
    );
}

fn text_of(book: &Workbook, sheet: &str) -> String {
    let sheet = book.book.sheets.iter().find(|known| known.name == sheet).expect("the sheet");
    sheet.cells.values().map(|value| value.text()).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_nobody_confirmed_counts_as_blank_and_is_asked_about_until_somebody_does() {
    let project = next_round();
    return_of_police(&project, Workbook::issued(&project, "police"));
    let states = states(&project);
    assert!(states.iter().all(|(state, well)| state == "blank" && well.is_empty()), "{states:?}");
    let found = findings(&project, DAY);
    let open = only(&found, "carried-unconfirmed");
    assert!(open["found"].to_string().contains("Exampleshire Police neither changed nor confirmed"), "{open}");
    assert!(of_code(&found, "return-empty").is_empty(), "it came back with last time's answers in it");
    // What is asked goes out with the answers of last time in it.
    project.run_on(DAY, &["queries", "round"]);
    assert!(text(&project, "round/queries/police query.eml").contains("we cannot count the answers from last time"));
    let questions = Workbook::questions(&project, "police");
    assert!(text_of(&questions, SELF_ASSESSMENT_SHEET).contains("Well 4"));
    assert!(text_of(&questions, QUESTIONS_SHEET).contains("we cannot count the answers from last time"));
    project.write("round/returns/police 2.xlsx", &questions.signed("07/05/2027").saved("2027-05-07"));
    let after = self::states(&project);
    assert!(after.iter().all(|(state, _)| state == "rated"), "{after:?}");
}

#[test]
fn who_signed_outside_the_workbook_confirmed_too() {
    let project = next_round();
    return_of_police(&project, Workbook::issued(&project, "police"));
    let missing = reference(only(&findings(&project, DAY), "approval-missing"));
    let settled = project.run_on(
        DAY,
        &["settle", &missing, "round", "--as", "B Example, chief, 6 May 2027", "--by", "M Hill", "--why", "phoned"],
    );
    assert!(settled.code < 2, "{}", settled.err);
    assert!(states(&project).iter().all(|(state, _)| state == "rated"));
    assert!(of_code(&findings(&project, DAY), "carried-unconfirmed").is_empty());
}

#[test]
fn a_row_counts_where_it_is_changed_or_has_a_yes_and_not_where_it_has_a_no() {
    let project = next_round();
    let book = Workbook::issued(&project, "police");
    let (yes, no, gone) =
        (cell(&book, "Still right?", 5), cell(&book, "Still right?", 6), cell(&book, "Progress since", 7));
    let book = book.answer(4, 'D', "Green").put(SELF_ASSESSMENT_SHEET, &yes, "Yes");
    let book = book.put(SELF_ASSESSMENT_SHEET, &no, "No").put(SELF_ASSESSMENT_SHEET, &gone, "half way");
    return_of_police(&project, book);
    let states = states(&project);
    let counted: Vec<&str> = states.iter().take(4).map(|(state, _)| state.as_str()).collect();
    assert_eq!(counted, ["rated", "rated", "blank", "blank"]);
    let found = findings(&project, DAY);
    assert!(only(&found, "carried-not-right")["found"].to_string().contains("did not change it"));
    let unread = only(&found, "recheck-unread");
    assert!(unread["found"].to_string().contains("half way") && unread["expected"].to_string().contains("On track"));
    let status = line(&project, DAY, "Exampleshire Police");
    assert!(status.contains("1 confirmed, 1 changed"), "{status}");
    // A signature confirms what was left, and not the row with a No.
    let book = Workbook::issued(&project, "police").put(SELF_ASSESSMENT_SHEET, &no, "No").signed("06/05/2027");
    return_of_police(&project, book);
    let blank = self::states(&project).iter().filter(|(state, _)| state == "blank").count();
    assert_eq!(blank, 1);
}

#[test]
fn a_statement_in_new_words_starts_empty() {
    let project = old_round();
    assert!(again(&project).code < 2);
    let theme = String::from_utf8(project.read("round/theme.toml")).expect("UTF-8");
    let first = theme.split("text = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("a statement");
    project.edit("round/theme.toml", first, "Something quite different is done in good time.");
    assert!(project.run_on(ISSUED, &["issue", "round"]).code < 2);
    let book = Workbook::issued(&project, "police");
    let table = text_of(&book, SELF_ASSESSMENT_SHEET);
    assert!(!table.contains("Well 4") && table.contains("Well 5"), "{table}");
    assert!(table.contains("There is no answer from last time."));
}

#[test]
fn agencies_that_merged_are_carried_into_one_with_whose_words_are_whose() {
    let project = Project::issued();
    let police = Workbook::issued(&project, "police").filled().signed("09/12/2026");
    let probation = Workbook::issued(&project, "probation").filled().answer(4, 'D', "Green").signed("09/12/2026");
    project.write("round/returns/police.xlsx", &police.saved("2026-12-09"));
    project.write("round/returns/probation.xlsx", &probation.saved("2026-12-09"));
    fs::rename(project.path("round"), project.path("old")).expect("renamed");
    assert!(again(&project).code < 2);
    let rows = project.list("round");
    let rows: Vec<Vec<String>> = rows.into_iter().filter(|row| row[0] != "probation").collect();
    project.write_list("round", &rows);
    let left = project.run_on(ISSUED, &["issue", "round"]);
    assert!(left.out.contains("go into no workbook"), "{}", left.out);
    project.set_agency("round", "police", "ID last time", "police, probation");
    assert!(project.run_on(ISSUED, &["issue", "round"]).code < 2);
    let table = text_of(&Workbook::issued(&project, "police"), SELF_ASSESSMENT_SHEET);
    assert!(table.contains("Exampleshire Police: Well 4") || table.contains("Well 4"), "{table}");
    project.set_agency("round", "police", "ID last time", "nobody");
    let unknown = project.run_on(ISSUED, &["issue", "round"]);
    assert!(unknown.out.contains("\"nobody\" under ID last time"), "{}", unknown.out);
}

#[test]
fn what_agencies_answered_last_time_cannot_be_lost_or_exchanged_unseen() {
    let project = next_round();
    let answers = project.read("round/previous/answers.json");
    for (bytes, says) in [
        (b"{".to_vec(), "changed or cut short"),
        (
            String::from_utf8(answers.clone()).expect("UTF-8").replace("\"format\": 1", "\"format\": 9").into_bytes(),
            "format 9",
        ),
        (
            String::from_utf8(answers).expect("UTF-8").replacen("domestic-abuse-2024-", "front-door-", 1).into_bytes(),
            "round.toml says",
        ),
    ] {
        project.write("round/previous/answers.json", &bytes);
        let run = project.run_on(DAY, &["collect", "round"]);
        assert!(run.code == 2 && run.err.contains(says), "{says}: {}", run.err);
    }
    fs::remove_file(project.path("round/previous/answers.json")).expect("removed");
    let run = project.run_on(DAY, &["status", "round"]);
    assert!(run.code == 2 && run.err.contains("are not here"), "{}", run.err);
}

#[test]
fn the_columns_of_a_re_check_mean_nothing_in_any_other_round() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().signed("09/12/2026");
    let book = book.put(SELF_ASSESSMENT_SHEET, "L3", "Still right?").put(SELF_ASSESSMENT_SHEET, "L4", "Yes");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    let found = findings(&project, "2026-12-14");
    assert!(only(&found, "column-unknown")["found"].to_string().contains("was not issued"));
}

/// The first answers of an agency in a round, by statement, as they count.
fn ratings(project: &Project, round: &str) -> Vec<(String, String, String)> {
    let rows = csv_rows(&project.read(&format!("{round}/report/data/ratings.csv")));
    let rated = rows.into_iter().filter(|row| !row["self_rating"].is_empty());
    rated.map(|row| (row["agency_id"].clone(), row["criterion_id"].clone(), row["self_rating"].clone())).collect()
}

/// From the notification to a refreshed presentation: two commands before the workbooks go out, one after they are back.
#[test]
fn three_commands_and_a_signature_an_agency_refresh_the_whole_round() {
    let project = Project::demo();
    let run = project.run_on(ISSUED, &["report", "demo"]);
    assert!(run.code < 2, "{}", run.err);
    let before = ratings(&project, "demo");
    let made = project
        .run_on(ISSUED, &["round", "again", "demo", "round", "--deadline", "2027-05-12", "--fieldwork", "2027-05-18"]);
    assert!(made.code < 2, "{}", made.err);
    assert!(project.run_on(ISSUED, &["issue", "round"]).code < 2);
    let agencies: Vec<String> = project.list("round").into_iter().skip(1).map(|row| row[0].clone()).collect();
    let returned: Vec<String> =
        agencies.into_iter().filter(|agency| before.iter().any(|(known, ..)| known == agency)).collect();
    assert!(returned.len() > 5, "{returned:?}");
    for agency in &returned {
        let book = Workbook::issued(&project, agency).signed("06/05/2027");
        project.write(&format!("round/returns/{agency}.xlsx"), &book.saved("2027-05-06"));
    }
    let report = project.run_on(DAY, &["report", "round"]);
    assert!(report.code < 2, "{}", report.err);
    assert!(project.path("round/report/deck.pdf").exists() && project.path("round/report/deck.pptx").exists());
    assert_eq!(ratings(&project, "round"), before, "what was confirmed counts as it did");
    let found = findings(&project, DAY);
    for code in ["carried-unconfirmed", "written-elsewhere", "column-unknown", "row-reworded"] {
        assert!(of_code(&found, code).is_empty(), "{code}: {:#?}", of_code(&found, code));
    }
}

/// What an agency does with a row that has last time's answer in it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum RowEdit {
    Leave,
    Yes,
    No,
    Rating,
    Words,
    Clear,
}

impl RowEdit {
    const ALL: [RowEdit; 6] =
        [RowEdit::Leave, RowEdit::Yes, RowEdit::No, RowEdit::Rating, RowEdit::Words, RowEdit::Clear];

    fn on(self, book: Workbook, row: u32, still_right: &str) -> Workbook {
        match self {
            RowEdit::Leave => book,
            RowEdit::Yes => book.put(SELF_ASSESSMENT_SHEET, &format!("{still_right}{row}"), "Yes"),
            RowEdit::No => book.put(SELF_ASSESSMENT_SHEET, &format!("{still_right}{row}"), "No"),
            RowEdit::Rating => book.answer(row, 'D', "Green"),
            RowEdit::Words => book.answer(row, 'E', "Something new"),
            RowEdit::Clear => book.answer(row, 'D', "").answer(row, 'E', ""),
        }
    }

    /// The state, rating and words that count, by plain rules.
    fn counts(self, is_signed: bool, row: u32) -> (&'static str, &'static str, String) {
        let nothing = ("blank", "", String::new());
        let last_time = ("rated", "amber", format!("Well {row}"));
        match self {
            RowEdit::Leave if is_signed => last_time,
            RowEdit::Yes => last_time,
            RowEdit::Leave | RowEdit::No => nothing,
            RowEdit::Rating => ("rated", "green", format!("Well {row}")),
            RowEdit::Words => ("rated", "amber", "Something new".into()),
            RowEdit::Clear => nothing,
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 8, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_of_last_time_counts_that_was_neither_confirmed_nor_changed(
        edits in proptest::collection::vec(0..RowEdit::ALL.len(), 5),
        is_signed in proptest::bool::ANY,
    ) {
        static PROJECT: std::sync::LazyLock<std::sync::Mutex<Project>> =
            std::sync::LazyLock::new(|| std::sync::Mutex::new(next_round()));
        let project = PROJECT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut book = Workbook::issued(&project, "police");
        let column: String = cell(&book, "Still right?", 1).trim_end_matches('1').to_string();
        for (row, edit) in (4u32..).zip(&edits) {
            book = RowEdit::ALL[*edit].on(book, row, &column);
        }
        return_of_police(&project, if is_signed { book.signed("06/05/2027") } else { book });
        let run = project.run_on(DAY, &["report", "round"]);
        proptest::prop_assert!(run.code < 2, "{}", run.err);
        let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
        let own = rows.into_iter().filter(|row| row["agency_id"] == "police");
        for ((row, edit), said) in (4u32..).zip(&edits).zip(own) {
            let (state, rating, words) = RowEdit::ALL[*edit].counts(is_signed, row);
            let said = [&said["self_state"], &said["self_rating"], &said["working_well"]];
            proptest::prop_assert_eq!(said, [state, rating, words.as_str()], "row {} {:?} signed {}", row, edit, is_signed);
        }
    }
}

#[test]
fn an_action_that_is_done_or_dropped_is_proposed_no_more_and_one_whose_date_has_passed_is_asked_about() {
    let project = Project::issued();
    let mut book = Workbook::issued(&project, "police").filled().signed("09/12/2026");
    for row in [4, 5, 6] {
        book = book.answer(row, 'I', "31/01/2027").answer(row, 'D', "Red");
    }
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    fs::rename(project.path("round"), project.path("old")).expect("renamed");
    assert!(again(&project).code < 2);
    assert!(project.run_on(ISSUED, &["issue", "round"]).code < 2);
    let book = Workbook::issued(&project, "police");
    let (done, dropped) = (cell(&book, "Progress since", 4), cell(&book, "Progress since", 5));
    let book = book.put(SELF_ASSESSMENT_SHEET, &done, "Done").put(SELF_ASSESSMENT_SHEET, &dropped, "Dropped");
    return_of_police(&project, book.signed("06/05/2027"));
    let run = project.run_on(DAY, &["report", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let actions = csv_rows(&project.read("round/report/data/actions.csv"));
    let what: Vec<&str> = actions.iter().map(|row| row["needs_to_happen"].as_str()).collect();
    assert!(!what.contains(&"Do 4") && !what.contains(&"Do 5") && what.contains(&"Do 6"), "{what:?}");
    let found = findings(&project, DAY);
    let unsaid = only(&found, "progress-unsaid");
    assert!(unsaid["found"].to_string().contains("DA24-2.2"), "{unsaid}");
    project.run_on(DAY, &["queries", "round"]);
    assert!(
        text(&project, "round/queries/police query.eml").contains("These actions from last time are past their date")
    );
}

#[test]
fn a_short_line_of_last_time_does_not_stand_for_words_that_have_changed() {
    let project = Project::issued();
    let book = Workbook::issued(&project, "police").filled().signed("09/12/2026");
    let short = book.book.sheets.iter().find(|sheet| sheet.name == IN_SHORT_SHEET).expect("the sheet");
    let row = short.rows().iter().find(|(_, cells)| cells[0].1.text() == "What needs to happen").expect("a line").0 + 1;
    let book = book.put(IN_SHORT_SHEET, &format!("B{row}"), "DA24-1.1");
    let book = book.put(IN_SHORT_SHEET, &format!("C{row}"), "A business case for two posts");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    fs::rename(project.path("round"), project.path("old")).expect("renamed");
    assert!(again(&project).code < 2);
    assert!(project.run_on(ISSUED, &["issue", "round"]).code < 2);
    let lines = |project: &Project| {
        assert!(project.run_on(DAY, &["report", "round"]).code < 2);
        String::from_utf8(project.read("round/report/data/headlines.csv")).expect("UTF-8")
    };
    let book = Workbook::issued(&project, "police").signed("06/05/2027");
    return_of_police(&project, book);
    assert!(lines(&project).contains("A business case for two posts"), "signed, and as it was");
    let book = Workbook::issued(&project, "police").answer(4, 'G', "Recruit to both posts").signed("06/05/2027");
    return_of_police(&project, book);
    assert!(!lines(&project).contains("A business case for two posts"));
    let stale = findings(&project, DAY);
    assert!(only(&stale, "carried-line-stale")["found"].to_string().contains("A business case for two posts"));
}
