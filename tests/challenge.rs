//! The challenge meeting through the real binary: the workbook that goes out, what is read back, what counts, and what is asked about.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use jtai_benchmark::challenge::{CHALLENGE_COLUMNS, cells_given};
use jtai_benchmark::workbook::file::book::{Book, cell_name};
use jtai_benchmark::workbook::file::{read, scan};
use proptest::prelude::*;
use serde_json::Value;

use crate::filled::Workbook;
use crate::project::{Project, Run, csv_rows, package, parts};

const SHEET: &str = "Challenge";

pub const AGENCIES: &str = "id,name,group,contact,email\n\
    police,Exampleshire Police,POL,Robin Sample,police@example.org\n\
    schools,Exampleshire Schools Forum,EDU,Chris Mockup,schools@example.org\n\
    council,Exampleshire Council,LA,Kit Invented,council@example.org\n\
    care-board,Exampleshire Integrated Care Board,HLT,Jo Specimen,icb@example.org\n\
    probation,Exampleshire Probation,PRB,A. Contact,probation@example.org\n\
    youth-justice,Exampleshire Youth Justice Service,YJS,Kit Invented,youth@example.org\n\
    refuge,Samplehaven Domestic Abuse Service,VCS,Ash Demo,refuge@example.org\n\
    leaders,Exampleshire Partnership executive,LED,Morgan Madeup,executive@example.org\n";

/// The two statements that the tests are about.
pub const REFS: [&str; 2] = ["DA24-1.1", "DA24-2.1"];

/// A challenge workbook with its columns and rows found by their names.
pub struct Pack {
    workbook: Workbook,
    columns: BTreeMap<String, u32>,
    rows: BTreeMap<(String, String), u32>,
}

fn book_of(bytes: &[u8]) -> Book {
    let cleared = cells_given(200, None);
    read::read(scan::kind(bytes).expect("a workbook"), bytes, &cleared).expect("readable")
}

impl Pack {
    pub fn open(project: &Project, file: &str) -> Pack {
        Pack::of(&project.read(&format!("round/{file}")))
    }

    fn of(bytes: &[u8]) -> Pack {
        let book = book_of(bytes);
        let sheet = book.sheets.iter().find(|sheet| sheet.name == SHEET).expect("its sheet");
        let (header_row, header) = sheet
            .rows()
            .into_iter()
            .find(|(_, cells)| cells.iter().any(|(_, value)| value.text() == "Outcome"))
            .expect("headers");
        let columns: BTreeMap<String, u32> = header.iter().map(|(at, value)| (value.text(), *at)).collect();
        let text = |row: u32, name: &str| sheet.value(row, columns[name]).map_or(String::new(), |value| value.text());
        let below = sheet.rows().into_iter().map(|(row, _)| row).filter(|row| *row > header_row);
        let rows = below.map(|row| ((text(row, "Agency"), text(row, "Ref")), row)).collect();
        Pack { workbook: Workbook::open(bytes), columns, rows }
    }

    fn text(&self, agency: &str, reference: &str, header: &str) -> String {
        let row = self.rows[&(agency.to_string(), reference.to_string())];
        let sheet = self.workbook.book.sheets.iter().find(|sheet| sheet.name == SHEET).expect("its sheet");
        sheet.value(row, self.columns[header]).map_or(String::new(), |value| value.text())
    }

    pub fn put(mut self, agency: &str, reference: &str, cells: &[(&str, &str)]) -> Pack {
        let row = self.rows[&(agency.to_string(), reference.to_string())];
        for (header, text) in cells {
            let cell = cell_name(row, self.columns[*header]);
            self.workbook = self.workbook.put(SHEET, &cell, text);
        }
        self
    }

    pub fn saved(self) -> Vec<u8> {
        self.workbook.saved("2026-12-16")
    }
}

pub const POLICE: &str = "Exampleshire Police";

/// A round with two returns: police all Green, schools all Red with nothing to happen, the council not returned.
pub fn round() -> Project {
    let project = Project::issued_to(AGENCIES.as_bytes());
    hand_in(&project, "police", 1, &["Green", "Green"]);
    hand_in(&project, "schools", 1, &["Red", "Red"]);
    project
}

/// Puts a signed return of an agency into the round, with these ratings of the two statements and Amber for the rest.
pub fn hand_in(project: &Project, agency: &str, number: u32, ratings: &[&str]) {
    let mut workbook = Workbook::issued(project, agency).filled();
    let sheet = workbook.book.sheets.iter().find(|sheet| sheet.name == "Self-assessment").expect("the table");
    let row_of = |reference: &str| {
        sheet
            .cells
            .iter()
            .find(|((_, column), value)| *column == 0 && value.text() == reference)
            .map(|((row, _), _)| row + 1)
    };
    let rows: Vec<u32> = REFS.iter().map(|reference| row_of(reference).expect("its row")).collect();
    for (row, rating) in rows.iter().zip(ratings) {
        workbook = workbook.answer(*row, 'D', rating);
        if *rating == "Red" {
            workbook = workbook.answer(*row, 'G', "");
        }
    }
    let day = format!("2026-12-{:02}", number);
    let bytes = workbook.signed(&format!("{number:02}/12/2026")).saved(&day);
    project.write(&format!("round/returns/{agency} {number}.xlsx"), &bytes);
}

pub const CHANGED: [(&str, &str); 5] = [
    ("Outcome", "Changed"),
    ("Moderated rating", "Amber"),
    ("Reason", "no audit since March"),
    ("Agreed by", "S Example, scrutineer"),
    ("Date", "16/12/2026"),
];

pub const UPHELD: [(&str, &str); 3] =
    [("Outcome", "Upheld"), ("Agreed by", "S Example, scrutineer"), ("Date", "16/12/2026")];

pub fn collect(project: &Project) -> Run {
    project.run_on("2026-12-17", &["collect", "round"])
}

/// The rows of the table of ratings, by agency and statement.
pub fn ratings(project: &Project) -> BTreeMap<(String, String), BTreeMap<String, String>> {
    let run = project.run_on("2026-12-17", &["report", "round"]);
    assert!(run.code < 2, "{}", run.err);
    let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
    rows.into_iter().map(|row| ((row["agency_id"].clone(), row["criterion_id"].clone()), row)).collect()
}

pub fn key(agency: &str, reference: &str) -> (String, String) {
    (agency.to_string(), reference.to_string())
}

/// The references of findings of a kind in `challenge/`, with what is said.
fn findings(project: &Project, code: &str) -> Vec<(String, String)> {
    let _ = collect(project);
    let rows = csv_rows(&project.read("round/report/data/findings.csv"));
    let of_kind = rows.into_iter().filter(|row| row["code"] == code && row["settled_as"].is_empty());
    of_kind
        .map(|row| {
            (row["reference"].clone(), format!("{} {}: {}; {}", row["file"], row["cell"], row["found"], row["remedy"]))
        })
        .collect()
}

#[test]
fn the_workbook_has_a_row_an_answer_and_what_is_worth_asking_is_first() {
    let project = round();
    let run = project.run_on("2026-12-14", &["challenge", "round"]);
    assert!(run.code < 2, "{}", run.err);
    assert!(run.out.contains("challenge.xlsx") && run.out.contains("scrutineer.pdf"), "{}", run.out);
    let bytes = project.read("round/challenge/challenge.xlsx");
    let pack = Pack::of(&bytes);
    let answers = ratings(&project).values().filter(|row| row["return_status"] == "returned").count();
    assert_eq!(pack.rows.len(), answers, "one row a statement and agency that returned");
    let headers: Vec<&str> = CHALLENGE_COLUMNS.iter().map(|column| column.header).collect();
    assert!(headers.iter().all(|header| pack.columns.contains_key(*header)), "{:?}", pack.columns);
    let first = pack.rows.iter().min_by_key(|(_, row)| **row).map(|(key, _)| key.clone()).expect("a row");
    assert_eq!(first.0, "Exampleshire Schools Forum", "a Red with no action comes first");
    assert_eq!(pack.text(&first.0, &first.1, "Self-rating"), "Red");
    assert!(pack.text(&first.0, &first.1, "Why look here first").starts_with("Red with no action"));
    assert!(pack.text(&first.0, &first.1, "What to ask").contains("What will change"));
    assert!(pack.text(POLICE, REFS[0], "Outcome").is_empty());
    // The same day gives the same bytes, and what nobody touched is written again.
    project.run_on("2026-12-14", &["challenge", "round"]);
    assert!(project.read("round/challenge/challenge.xlsx") == bytes);
    project.run_on("2026-12-15", &["challenge", "round"]);
    assert!(
        project.read("round/challenge/challenge.xlsx") != bytes
            && !project.path("round/challenge/challenge 2.xlsx").exists()
    );
    assert!(collect(&project).out.find("challenge/").is_none(), "an untouched workbook asks nothing");
}

#[test]
fn what_was_decided_is_on_record_beside_the_self_rating() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let notes = [
        ("What the agency will do", "audit 20 logs"),
        ("Who will do it", "Head of response"),
        ("Review on", "31/03/2027"),
        ("Independent evidence (audit, survey, children's views)", "joint audit, 11 of 20"),
        ("Evidence seen", "log sample"),
        ("Seen by", "S Example"),
        ("Seen on", "15/12/2026"),
        ("Who saw it differently, and why", "the council: it sees late notices"),
    ];
    let bytes = Pack::open(&project, "challenge/challenge.xlsx")
        .put(POLICE, REFS[0], &[&CHANGED[..], &notes].concat())
        .put(POLICE, REFS[1], &UPHELD)
        .put(
            "Exampleshire Schools Forum",
            REFS[0],
            &[
                ("Outcome", "not agreed"),
                ("Moderated rating", "Amber"),
                ("Reason", "the survey says otherwise"),
                ("Agreed by", "S Example"),
                ("Date", "16/12/2026"),
            ],
        )
        .saved();
    project.write("round/challenge/challenge.xlsx", &bytes);
    let rows = ratings(&project);
    let cells = |agency: &str, reference: &str| {
        let row = &rows[&key(agency, reference)];
        [
            "self_rating",
            "challenge_outcome",
            "moderated_rating",
            "moderation_reason",
            "moderated_by",
            "moderated_on",
            "rating",
        ]
        .map(|name| row[name].clone())
    };
    let by = "S Example, scrutineer";
    assert_eq!(
        cells("police", REFS[0]),
        ["green", "changed", "amber", "no audit since March", by, "2026-12-16", "amber"]
    );
    assert_eq!(cells("police", REFS[1]), ["green", "upheld", "green", "", by, "2026-12-16", "green"]);
    assert_eq!(
        cells("schools", REFS[0]),
        ["red", "not_agreed", "", "the survey says otherwise", "S Example", "2026-12-16", "red"]
    );
    assert_eq!(cells("schools", REFS[1]), ["red", "", "", "", "", "", "red"]);
    assert_eq!(cells("council", REFS[0]), ["", "", "", "", "", "", ""]);
    let columns = String::from_utf8(project.read("round/report/data/ratings.csv")).expect("UTF-8");
    let header = columns.lines().next().expect("headers").to_string();
    assert!(header.ends_with("\"moderated_on\",\"rating\""), "{header}");

    let said = project.run_on("2026-12-17", &["explain", REFS[0], "round"]).out;
    for part in [
        "After challenge: 2 looked at, 1 changed (Green to Amber).",
        "\"Green\"; in challenge: changed to Amber by S Example, scrutineer on 16 December 2026: no audit since March",
        "not agreed (the meeting's view is Amber) by S Example on 16 December 2026",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let status = project.run_on("2026-12-17", &["status", "round"]).out;
    assert!(status.contains("after challenge: 3 looked at, 1 changed (1 rated lower), 1 not agreed"), "{status}");
    // The workbook of numbers has both, with everything that was noted.
    let book = book_of(&project.read("round/report/analysis.xlsx"));
    let sheet = book.sheets.iter().find(|sheet| sheet.name == SHEET).expect("its sheet");
    let all = format!("{:?}", sheet.text_rows());
    for (_, text) in notes.iter().filter(|(header, _)| !header.ends_with(" on")) {
        assert!(all.contains(text), "{text}: {all}");
    }
    assert!(all.contains("Green to Amber"), "{all}");
    let record: String =
        project.tree("round/record").into_values().map(|bytes| String::from_utf8(bytes).expect("UTF-8")).collect();
    for line in
        ["[[moderated]]", "challenged = \"green\"", "outcome = \"changed\"", "rating = \"amber\"", "audit 20 logs"]
    {
        assert!(record.contains(line), "{line}: {record}");
    }
}

/// The cells of a row, the kind of finding that they make, and a part of what it says.
type FaultyRow = (Vec<(&'static str, &'static str)>, &'static str, &'static str);

#[test]
fn each_fault_of_a_row_is_a_finding_with_its_cell_and_what_to_do() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let clean = project.read("round/challenge/challenge.xlsx");
    let without =
        |header: &str| -> Vec<(&str, &str)> { CHANGED.into_iter().filter(|(name, _)| *name != header).collect() };
    let with = |header: &'static str, text: &'static str| [&without(header)[..], &[(header, text)]].concat();
    let cases: Vec<FaultyRow> = vec![
        (without("Reason"), "challenge-unread", "no reason is given"),
        (without("Agreed by"), "challenge-unread", "nobody is named"),
        (without("Date"), "challenge-unread", "no date is given"),
        (without("Moderated rating"), "challenge-unread", "no rating is given"),
        (without("Outcome"), "challenge-unread", "no outcome"),
        (with("Moderated rating", "Green"), "challenge-unread", "is the self-rating"),
        (with("Moderated rating", "Blue"), "challenge-unread", "is not a rating"),
        (with("Outcome", "Agreed"), "challenge-unread", "is not an outcome"),
        (with("Outcome", "Upheld"), "challenge-unread", "is not the self-rating"),
        (with("Date", "soon"), "challenge-unread", "is not a date"),
        (with("Date", "24/12/2026"), "challenge-unread", "is still to come"),
        (with("Date", "01/02/2026"), "challenge-unread", "before the workbooks were issued"),
        (with("Agreed by", "tbc"), "challenge-unread", "nobody is named"),
        (with("Agency", "Exampleshire Polce"), "challenge-unknown", "did you mean Exampleshire Police?"),
        (with("Ref", "DA24-9.9"), "challenge-unknown", "is not a statement that this agency was asked"),
        (with("Reason", "Jamie Example, born 3 February 2014"), "text-held-back", "date of birth"),
    ];
    for (cells, code, part) in cases {
        let bytes = Pack::of(&clean).put(POLICE, REFS[0], &cells).saved();
        project.write("round/challenge/challenge.xlsx", &bytes);
        let found = findings(&project, code);
        assert!(
            found.iter().any(|(_, said)| said.contains(part) && said.starts_with("challenge/challenge.xlsx ")),
            "{cells:?}: {found:?}"
        );
        let said = project.run_on("2026-12-17", &["explain", "police", "round"]).out;
        assert!(!said.contains("in challenge"), "{cells:?} decides nothing: {said}");
    }
    let record: String =
        project.tree("round/record").into_values().map(|bytes| String::from_utf8(bytes).expect("UTF-8")).collect();
    assert!(!record.contains("[[moderated]]") && !record.contains("Jamie"), "{record}");

    // The self-rating is the agency's: a changed cell is asked about, and the decision beside it stands for the rating that was challenged.
    let cells = with("Self-rating", "Red");
    project.write("round/challenge/challenge.xlsx", &Pack::of(&clean).put(POLICE, REFS[0], &cells).saved());
    let found = findings(&project, "challenge-edited");
    assert!(found.len() == 1 && found[0].1.contains("says Red, and it was Green"), "{found:?}");
    assert_eq!(ratings(&project)[&key("police", REFS[0])]["self_rating"], "green");
}

#[test]
fn a_row_that_changes_takes_back_and_one_that_is_emptied_or_gone_is_asked_about() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let clean = project.read("round/challenge/challenge.xlsx");
    let fill = |cells: &[(&str, &str)]| {
        project.write("round/challenge/challenge.xlsx", &Pack::of(&clean).put(POLICE, REFS[0], cells).saved());
    };
    let rating = || {
        let said = project.run_on("2026-12-17", &["explain", "police", "round", "--json"]).out;
        let value: Value = serde_json::from_str(&said).expect("JSON");
        after(&value).remove(&key("police", REFS[0])).expect("the answer").1
    };
    fill(&CHANGED);
    collect(&project);
    assert_eq!(rating(), "amber");
    fill(&[&CHANGED[..1], &[("Moderated rating", "Red")], &CHANGED[2..]].concat());
    collect(&project);
    assert_eq!(rating(), "red", "a changed row takes the place of what it said");
    fill(&[]);
    let asked = findings(&project, "challenge-emptied");
    assert!(asked.len() == 1 && asked[0].1.contains("its row is empty now"), "{asked:?}");
    assert_eq!(rating(), "red", "an emptied row takes nothing back");
    fs::remove_file(project.path("round/challenge/challenge.xlsx")).expect("deleted");
    let gone = findings(&project, "challenge-emptied");
    assert!(
        gone.len() == 1 && gone[0].1.contains("this file is gone, and what the record has from it still counts: 1 row"),
        "{gone:?}"
    );
    assert_eq!(rating(), "red");
    // A new workbook is not the one that is on record.
    project.run_on("2026-12-17", &["challenge", "round"]);
    assert!(project.path("round/challenge/challenge 2.xlsx").exists());
    let shown = Pack::open(&project, "challenge/challenge 2.xlsx").text(POLICE, REFS[0], "On record");
    assert!(shown.starts_with("Changed to Red by S Example"), "{shown}");
    fs::remove_file(project.path("round/challenge/challenge 2.xlsx")).expect("deleted");

    let settle = |wish: &str| {
        let (reference, _) = &findings(&project, "challenge-emptied")[0];
        let run = project.run_on(
            "2026-12-17",
            &["settle", reference, "round", wish, "--by", "M Hill", "--why", "the chair says so"],
        );
        assert!(run.code < 2, "{}", run.err);
    };
    settle("--accept");
    assert_eq!((rating().as_str(), findings(&project, "challenge-emptied").len()), ("red", 0));
    // The row is back, and says so again; then it is emptied, and taken back.
    fill(&CHANGED);
    collect(&project);
    assert_eq!(rating(), "amber");
    fill(&[]);
    settle("--set-aside");
    assert_eq!((rating().as_str(), findings(&project, "challenge-emptied").len()), ("green", 0));
    // The same said again on the same day counts again.
    fill(&CHANGED);
    collect(&project);
    assert_eq!(rating(), "amber");
}

#[test]
fn parts_are_put_together_and_two_decisions_that_differ_count_for_nothing() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let clean = project.read("round/challenge/challenge.xlsx");
    let part = |name: &str, reference: &str, cells: &[(&str, &str)]| {
        project.write(&format!("round/challenge/{name}"), &Pack::of(&clean).put(POLICE, reference, cells).saved());
    };
    part("challenge.xlsx", REFS[0], &CHANGED);
    part("part of the council.xlsx", REFS[1], &UPHELD);
    part("what was seen.xlsx", REFS[0], &[("Evidence seen", "20 logs"), ("Seen by", "K Invented")]);
    let rows = ratings(&project);
    assert_eq!(rows[&key("police", REFS[0])]["rating"], "amber");
    assert_eq!(rows[&key("police", REFS[1])]["challenge_outcome"], "upheld");
    assert!(findings(&project, "challenge-unread").is_empty());
    let book = book_of(&project.read("round/report/analysis.xlsx"));
    let sheet = book.sheets.iter().find(|sheet| sheet.name == SHEET).expect("its sheet");
    let row = sheet
        .text_rows()
        .into_iter()
        .find(|(_, cells)| cells.first().is_some_and(|id| id == REFS[0]))
        .expect("its row")
        .1;
    assert!(row.iter().any(|cell| cell == "20 logs") && row.iter().any(|cell| cell == "Green to Amber"), "{row:?}");

    // Whoever wrote first, neither counts.
    part("part of the council.xlsx", REFS[0], &UPHELD);
    let rows = ratings(&project);
    let row = &rows[&key("police", REFS[0])];
    assert_eq!((row["challenge_outcome"].as_str(), row["rating"].as_str()), ("contradicted", "green"));
    let found = findings(&project, "challenge-contradicts");
    assert_eq!(found.len(), 1, "{found:?}");
    for side in [
        "changed to Amber by S Example",
        "(challenge/challenge.xlsx)",
        "upheld by S Example",
        "(challenge/part of the council.xlsx)",
    ] {
        assert!(found[0].1.contains(side), "{side}: {found:?}");
    }
    // Both the same again, and it is settled.
    part("challenge.xlsx", REFS[0], &UPHELD);
    assert_eq!(ratings(&project)[&key("police", REFS[0])]["challenge_outcome"], "upheld");
    assert!(findings(&project, "challenge-contradicts").is_empty());
}

#[test]
fn a_self_rating_that_changes_opens_its_challenge_again() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let bytes = Pack::open(&project, "challenge/challenge.xlsx").put(POLICE, REFS[0], &CHANGED).saved();
    project.write("round/challenge/challenge.xlsx", &bytes);
    collect(&project);
    hand_in(&project, "police", 2, &["Red", "Green"]);
    let row = ratings(&project).remove(&key("police", REFS[0])).expect("the answer");
    assert_eq!(
        (row["self_rating"].as_str(), row["challenge_outcome"].as_str(), row["rating"].as_str()),
        ("red", "reopened", "red")
    );
    let found = findings(&project, "challenge-reopened");
    assert!(
        found.len() == 1
            && found[0].1.contains("rated DA24-1.1 Green when it was challenged, and the answer is now Red"),
        "{found:?}"
    );
    // The filled workbook stays; the new one has the answers that changed.
    project.run_on("2026-12-17", &["challenge", "round"]);
    assert!(project.read("round/challenge/challenge.xlsx") == bytes);
    let second = Pack::open(&project, "challenge/challenge 2.xlsx");
    assert_eq!(second.rows.keys().cloned().collect::<Vec<_>>(), [key(POLICE, REFS[0])]);
    let again = second.put(
        POLICE,
        REFS[0],
        &[
            ("Outcome", "Changed"),
            ("Moderated rating", "Amber"),
            ("Reason", "seen"),
            ("Agreed by", "S Example"),
            ("Date", "17/12/2026"),
        ],
    );
    project.write("round/challenge/challenge 2.xlsx", &again.saved());
    let row = ratings(&project).remove(&key("police", REFS[0])).expect("the answer");
    assert_eq!((row["challenge_outcome"].as_str(), row["rating"].as_str()), ("changed", "amber"));
    assert!(findings(&project, "challenge-reopened").is_empty());
}

#[test]
fn two_copies_of_a_round_that_decide_differently_are_put_together_and_asked_about() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let clean = project.read("round/challenge/challenge.xlsx");
    let fill = |folder: &str, cells: &[(&str, &str)]| {
        let bytes = Pack::of(&clean).put(POLICE, REFS[0], cells).saved();
        project.write(&format!("{folder}/challenge/challenge.xlsx"), &bytes);
        assert!(project.run_on("2026-12-17", &["collect", folder]).code < 2);
    };
    fill("round", &CHANGED);
    for (name, bytes) in project.tree("round") {
        project.write(&format!("copy/{name}"), &bytes);
    }
    // Each copy changes the row, and each says that the first decision is taken back.
    fill("copy", &UPHELD);
    fill("round", &[&CHANGED[..1], &[("Moderated rating", "Red")], &CHANGED[2..]].concat());
    for (name, bytes) in project.tree("copy/record") {
        project.write(&format!("round/record/{name}"), &bytes);
    }
    let found = findings(&project, "challenge-contradicts");
    assert!(found.len() == 1, "{found:?}");
    for side in ["changed to Red by S Example", "upheld by S Example"] {
        assert!(found[0].1.contains(side), "{side}: {found:?}");
    }
    assert_eq!(ratings(&project)[&key("police", REFS[0])]["rating"], "green");
    // What the row of this copy does not say can be taken back.
    let asked = findings(&project, "challenge-emptied");
    assert!(asked.len() == 1 && asked[0].1.contains("on record as upheld"), "{asked:?}");
    let args = ["settle", &asked[0].0, "round", "--set-aside", "--by", "M Hill", "--why", "the chair says so"];
    assert!(project.run_on("2026-12-17", &args).code < 2);
    assert_eq!(ratings(&project)[&key("police", REFS[0])]["rating"], "red");
    assert!(findings(&project, "challenge-contradicts").is_empty());
}

#[test]
fn a_file_that_is_renamed_is_no_second_opinion() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let clean = project.read("round/challenge/challenge.xlsx");
    let filled = |cells: &[(&str, &str)]| Pack::of(&clean).put(POLICE, REFS[0], cells).saved();
    project.write("round/challenge/challenge.xlsx", &filled(&CHANGED));
    collect(&project);
    fs::remove_file(project.path("round/challenge/challenge.xlsx")).expect("moved");
    project.write("round/challenge/after the meeting.xlsx", &filled(&CHANGED));
    assert!(findings(&project, "challenge-emptied").is_empty());
    project.write("round/challenge/after the meeting.xlsx", &filled(&UPHELD));
    assert!(findings(&project, "challenge-contradicts").is_empty());
    assert_eq!(ratings(&project)[&key("police", REFS[0])]["challenge_outcome"], "upheld");
}

#[test]
fn the_pages_for_the_scrutineer_are_for_leaders_and_each_agency_has_one() {
    let project = Project::demo();
    let run = project.run(&["challenge", "demo"]);
    assert!(run.code < 2, "{}", run.err);
    let pages = project.read("demo/challenge/leaders-only/scrutineer.pdf");
    // Eleven agencies returned, and one page says who has not.
    assert!(pages.windows(9).any(|part| part == b"/Count 12"), "a page an agency");
    assert!(pages.windows(8).any(|part| part == b"pdfuaid:"), "it is tagged for PDF/UA");
    let shown: Vec<String> = project.tree("demo/challenge").into_keys().collect();
    assert_eq!(shown, ["challenge.xlsx", "leaders-only/manifest.json", "leaders-only/scrutineer.pdf"]);
    // The presentation stays as it was: nothing of a challenge that has not been held.
    assert!(!project.tree("demo/report").into_keys().any(|name| name.contains("challenge")));
}

/// The workbook without one of its rows.
fn without_row(bytes: &[u8], row: u32) -> Vec<u8> {
    let mut parts = parts(bytes);
    let (_, sheet) = parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet2.xml").expect("the table");
    let xml = String::from_utf8(sheet.clone()).expect("UTF-8");
    let start = xml.find(&format!("<row r=\"{row}\"")).expect("the row");
    let end = start + xml[start..].find("</row>").expect("its end") + 6;
    *sheet = format!("{}{}", &xml[..start], &xml[end..]).into_bytes();
    package(&parts)
}

#[test]
fn deleted_rows_other_files_and_workbooks_of_other_rounds_are_said() {
    let project = round();
    project.run_on("2026-12-14", &["challenge", "round"]);
    let clean = project.read("round/challenge/challenge.xlsx");
    let row = Pack::of(&clean).rows[&key(POLICE, REFS[0])] + 1;
    project.write("round/challenge/challenge.xlsx", &without_row(&clean, row));
    let found = findings(&project, "challenge-row-gone");
    assert!(
        found.len() == 1 && found[0].1.contains("the row of Exampleshire Police on DA24-1.1 was deleted"),
        "{found:?}"
    );
    // A row that is in a different part is not gone.
    project.write("round/challenge/part 2.xlsx", &clean);
    assert!(findings(&project, "challenge-row-gone").is_empty());
    // One with a decision on record is asked about by that.
    let filled = Pack::of(&clean).put(POLICE, REFS[0], &CHANGED).saved();
    project.write("round/challenge/part 2.xlsx", &filled);
    collect(&project);
    project.write("round/challenge/part 2.xlsx", &without_row(&filled, row));
    let asked = findings(&project, "challenge-emptied");
    assert!(asked.len() == 1 && asked[0].1.contains("its row is gone"), "{asked:?}");

    project.write("round/challenge/minutes.docx", b"PK");
    project.write("round/challenge/broken.xlsx", b"not a workbook");
    project.write("round/challenge/a return.xlsx", &Workbook::issued(&project, "police").saved("2026-12-01"));
    let mut of_other = parts(&clean);
    let (_, properties) = of_other.iter_mut().find(|(name, _)| name == "docProps/custom.xml").expect("its properties");
    *properties =
        String::from_utf8(properties.clone()).expect("UTF-8").replace("domestic-abuse", "front-door").into_bytes();
    project.write("round/challenge/of another round.xlsx", &package(&of_other));
    let said = collect(&project).out;
    for part in [
        "challenge/minutes.docx: this is not a workbook",
        "challenge/broken.xlsx: ",
        "challenge/a return.xlsx: this workbook has no sheet \"Challenge\"",
        "challenge/of another round.xlsx: this workbook belongs to a different round",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// Each answer of `explain --json`: its self-rating and the rating after challenge, by agency and statement.
fn after(explained: &Value) -> BTreeMap<(String, String), (String, String)> {
    let mut all = BTreeMap::new();
    for thing in explained["numbers"]
        .as_array()
        .expect("numbers")
        .iter()
        .flat_map(|number| number["from"].as_array().expect("things"))
    {
        let Some(criterion) = thing["criterion"].as_str() else { continue };
        let Some(own) = thing["rating"].as_str() else { continue };
        let after = thing["rating_after"].as_str().unwrap_or(own);
        all.insert(key(thing["agency"].as_str().expect("an agency"), criterion), (own.to_string(), after.to_string()));
    }
    all
}

/// A thing that happens in a round.
#[derive(Debug, Clone)]
enum Event {
    /// An agency sends its return again with these ratings.
    Return(usize, [usize; 2]),
    /// Somebody runs `jtai challenge`.
    Pack,
    /// Somebody fills a row in, empties it, or leaves it half filled.
    Fill { file: usize, agency: usize, statement: usize, says: usize },
    /// A workbook is deleted.
    Delete(usize),
    /// The officer takes back whatever is on record and in no row any more.
    Settle,
    /// The deadline moves, and workbooks are issued again.
    Reissue,
}

const IDS: [(&str, &str); 2] = [("police", POLICE), ("schools", "Exampleshire Schools Forum")];

const WORDS: [&str; 3] = ["Red", "Amber", "Green"];

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => (0..2usize, [0..3usize, 0..3usize]).prop_map(|(agency, ratings)| Event::Return(agency, ratings)),
        2 => Just(Event::Pack),
        6 => (0..3usize, 0..2usize, 0..2usize, 0..6usize)
            .prop_map(|(file, agency, statement, says)| Event::Fill { file, agency, statement, says }),
        1 => (0..3usize).prop_map(Event::Delete),
        2 => Just(Event::Settle),
        1 => Just(Event::Reissue),
    ]
}

/// What a row decides in the plain model: the rating that was challenged, and the rating that was agreed, if any.
type Decided = (String, Option<String>);

/// What is written in a row.
#[derive(Debug, Clone, PartialEq)]
enum Written {
    Nothing,
    /// A decision without a name: it counts for nothing, and takes nothing back.
    Half,
    Decision(Decided),
}

/// A row by its agency and its statement.
type At = (usize, usize);

/// A round as one would keep it by hand: what each agency says, what each row says, what is on record.
struct PlainModel {
    project: Project,
    own: BTreeMap<At, usize>,
    /// The rows of the workbooks that are there, with the self-rating they were written for.
    files: BTreeMap<String, BTreeMap<At, (String, Written)>>,
    record: BTreeMap<(String, At), Decided>,
    returns: u32,
    deadlines: u32,
}

impl PlainModel {
    fn new() -> PlainModel {
        let own = BTreeMap::from([((0, 0), 2), ((0, 1), 2), ((1, 0), 0), ((1, 1), 0)]);
        PlainModel { project: round(), own, files: BTreeMap::new(), record: BTreeMap::new(), returns: 2, deadlines: 0 }
    }

    fn happen(&mut self, event: &Event) {
        match event {
            Event::Return(agency, ratings) => {
                self.returns += 1;
                (0..2).for_each(|at| _ = self.own.insert((*agency, at), ratings[at]));
                hand_in(&self.project, IDS[*agency].0, self.returns, &ratings.map(|at| WORDS[at]));
            }
            Event::Pack => {
                let run = self.project.run_on("2026-12-17", &["challenge", "round"]);
                assert!(run.code < 2, "{}", run.err);
                self.look();
            }
            Event::Fill { file, agency, statement, says } => self.fill(*file, (*agency, *statement), *says),
            Event::Delete(file) => {
                if let Some(name) = self.files.keys().nth(*file).cloned() {
                    fs::remove_file(self.project.path(&format!("round/{name}"))).expect("deleted");
                    self.files.remove(&name);
                }
            }
            Event::Settle => self.settle(),
            Event::Reissue => {
                self.deadlines += 1;
                let text = String::from_utf8(self.project.read("round/round.toml")).expect("UTF-8");
                let line = text.lines().find(|line| line.starts_with("deadline")).expect("a deadline").to_string();
                let deadline = format!("deadline = 2027-01-{:02}", 11 + self.deadlines);
                self.project.edit("round/round.toml", &line, &deadline);
                assert!(self.project.run_on("2026-12-17", &["issue", "round"]).code < 2);
            }
        }
    }

    /// Which workbooks are there now, and for which self-ratings. One that somebody filled in is as it was.
    fn look(&mut self) {
        let names = self.project.tree("round/challenge").into_keys().filter(|name| name.ends_with(".xlsx"));
        for name in names.map(|name| format!("challenge/{name}")) {
            let rows = self.files.get(&name).into_iter().flat_map(BTreeMap::values);
            if rows.into_iter().any(|(_, written)| *written != Written::Nothing) {
                continue;
            }
            let pack = Pack::open(&self.project, &name);
            let places = (0..2).flat_map(|agency| (0..2).map(move |statement| (agency, statement)));
            let here =
                places.filter(|(agency, statement)| pack.rows.contains_key(&key(IDS[*agency].1, REFS[*statement])));
            let rows = here.map(|at| {
                let challenged = pack.text(IDS[at.0].1, REFS[at.1], "Self-rating").to_lowercase();
                (at, (challenged, Written::Nothing))
            });
            let rows = rows.collect();
            self.files.insert(name, rows);
        }
    }

    fn fill(&mut self, file: usize, at: At, says: usize) {
        let Some(name) = self.files.keys().nth(file).cloned() else { return };
        let Some((challenged, _)) = self.files[&name].get(&at).cloned() else { return };
        let written = match says {
            0..=2 if WORDS[says].to_lowercase() != challenged => {
                Written::Decision((challenged, Some(WORDS[says].to_string())))
            }
            0..=3 => Written::Decision((challenged, None)),
            4 => Written::Half,
            _ => Written::Nothing,
        };
        let texts = match &written {
            Written::Nothing => [""; 5],
            Written::Half => ["Not agreed", "", "why", "", "16/12/2026"],
            Written::Decision((_, None)) => ["Upheld", "", "", "S Example", "16/12/2026"],
            Written::Decision((_, Some(rating))) => ["Changed", rating, "why", "S Example", "16/12/2026"],
        };
        let headers = ["Outcome", "Moderated rating", "Reason", "Agreed by", "Date"];
        let cells: Vec<(&str, &str)> = headers.into_iter().zip(texts).collect();
        let bytes = Pack::open(&self.project, &name).put(IDS[at.0].1, REFS[at.1], &cells).saved();
        self.project.write(&format!("round/{name}"), &bytes);
        self.files.get_mut(&name).and_then(|rows| rows.get_mut(&at)).expect("the row").1 = written.clone();
        if let Written::Decision(decided) = written {
            let before = self.record.insert((name, at), decided.clone());
            if before.as_ref() != Some(&decided) {
                // The same in a file that is gone: it was renamed.
                let files = &self.files;
                let place = |other: &At, said: &Decided| *other == at && *said == decided;
                self.record.retain(|(file, other), said| files.contains_key(file) || !place(other, said));
            }
        }
    }

    /// Takes back whatever is on record and in no row any more, but for rows that are half filled.
    fn settle(&mut self) {
        for (reference, _) in findings(&self.project, "challenge-emptied") {
            let args = ["settle", &reference, "round", "--set-aside", "--by", "M Hill", "--why", "the chair says so"];
            let run = self.project.run_on("2026-12-17", &args);
            assert!(run.code < 2, "{}", run.err);
        }
        let files = &self.files;
        let is_said = |at: &At, said: &Decided| {
            files
                .values()
                .any(|rows| rows.get(at).is_some_and(|(_, written)| *written == Written::Decision(said.clone())))
        };
        let is_half = |file: &String, at: &At| {
            files.get(file).and_then(|rows| rows.get(at)).is_some_and(|(_, written)| *written == Written::Half)
        };
        self.record.retain(|(file, at), said| is_said(at, said) || is_half(file, at));
    }

    /// The self-rating and the rating after challenge of an answer.
    fn expected(&self, at: At) -> (String, String) {
        let own = WORDS[self.own[&at]].to_lowercase();
        let of_answer = self.record.iter().filter(|((_, other), said)| *other == at && said.0 == own);
        let said: BTreeSet<&Option<String>> = of_answer.map(|(_, said)| &said.1).collect();
        let agreed = match said.into_iter().collect::<Vec<_>>().as_slice() {
            [Some(rating)] => rating.to_lowercase(),
            _ => own.clone(),
        };
        (own, agreed)
    }

    /// Holds what the program says against the model.
    fn check(&self, events: &[Event]) {
        assert!(collect(&self.project).code < 2);
        for (agency, (id, _)) in IDS.iter().enumerate() {
            let run = self.project.run_on("2026-12-17", &["explain", id, "round", "--json"]);
            let said = after(&serde_json::from_str(&run.out).expect("JSON"));
            for (statement, reference) in REFS.iter().enumerate() {
                let expected = self.expected((agency, statement));
                assert_eq!(said[&key(id, reference)], expected, "{id} {reference} after {events:?}; {:?}", self.record);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_events_changes_a_self_rating_or_loses_a_moderation(events in proptest::collection::vec(event(), 4..12)) {
        let mut model = PlainModel::new();
        let mut record = BTreeMap::new();
        model.happen(&Event::Pack);
        for (at, event) in events.iter().enumerate() {
            model.happen(event);
            model.check(&events[..=at]);
            let now = model.project.tree("round/record");
            prop_assert!(record.iter().all(|(name, bytes)| now.get(name) == Some(bytes)), "the record is only added to");
            record = now;
        }
    }
}
