//! Two weeks of a round with nine agencies through the real binary: five rounds of returns, questions, replies and decisions.
//!
//! What each agency wrote is kept in a list that the reader never sees. At each step every text on it is told somewhere, whole.

use std::collections::{BTreeMap, BTreeSet};

use jtai_benchmark::workbook::contract::{QUESTIONS_SHEET, SELF_ASSESSMENT_SHEET, START_SHEET};
use jtai_benchmark::workbook::file::book::cell_name;
use proptest::prelude::*;
use serde_json::Value;

use crate::filled::Workbook;
use crate::project::{Project, Run, csv_rows, fill, package, parts};

const AGENCIES: &str = "id,name,group,contact,email\n\
    social-care,Exampleshire Council children's social care,LA,Sample Lead,social.care@council.example\n\
    police,Exampleshire Police,POL,Robin Sample,public.protection@police.example\n\
    care-board,Exampleshire Integrated Care Board,HLT,Jo Specimen,icb.safeguarding@nhs.example\n\
    acute-trust,Exampleshire Hospitals NHS Trust,HLT,Sam Template,hospital.safeguarding@nhs.example\n\
    probation,\"Probation Service, Exampleshire delivery unit\",PRB,A. Contact,exampleshire@probation.example\n\
    youth-justice,Exampleshire Youth Justice Service,YJS,Kit Invented,youth.justice@council.example\n\
    schools,Exampleshire Schools and Early Years Forum,EDU,Chris Mockup,forum@schools.example\n\
    refuge,Samplehaven Domestic Abuse Service,VCS,Ash Demo,office@samplehaven.example\n\
    leaders,Exampleshire Safeguarding Children Partnership executive,LED,Morgan Madeup,executive@example.org\n";

/// A text that an agency wrote, in which of its files.
struct Said {
    file: String,
    text: String,
}

/// A round, with everything that agencies wrote in it.
struct Fortnight {
    project: Project,
    day: &'static str,
    said: Vec<Said>,
    /// Texts about a child, with their files: they are told nowhere.
    about_children: Vec<Said>,
    handed_in: BTreeMap<String, Vec<u8>>,
}

impl Fortnight {
    /// The round on the day on which its workbooks are sent.
    fn new() -> Fortnight {
        let project = Project::issued_to(AGENCIES.as_bytes());
        let fortnight = Fortnight {
            project,
            day: "2026-11-24",
            said: Vec::new(),
            about_children: Vec::new(),
            handed_in: BTreeMap::new(),
        };
        fortnight.run(&["sent", "round", "--what", "workbook"]);
        fortnight
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> Run {
        let run = self.project.run_on(self.day, args);
        assert!(run.code < 2, "{args:?}: {}", run.err);
        run
    }

    fn issued(&self, agency: &str) -> Workbook {
        Workbook::issued(&self.project, agency)
    }

    fn questions(&self, agency: &str) -> Workbook {
        Workbook::questions(&self.project, agency)
    }

    /// The same round in a folder of its own.
    fn copy_of(other: &Fortnight) -> Fortnight {
        let project = Project::empty();
        for (name, bytes) in other.project.tree("round") {
            project.write(&format!("round/{name}"), &bytes);
        }
        std::fs::create_dir_all(project.path("round/returns")).expect("made");
        Fortnight { project, day: other.day, said: Vec::new(), about_children: Vec::new(), handed_in: BTreeMap::new() }
    }

    /// Puts a return into the folder for them, saved today.
    fn hand_in(&mut self, file: &str, book: Workbook) {
        self.hand_in_on(self.day, file, book);
    }

    /// The same, saved on another day.
    fn hand_in_on(&mut self, day: &str, file: &str, book: Workbook) {
        for ((sheet, cell), text) in &book.written {
            // A date is told as a date, and a sign-off as one.
            let is_date = sheet == SELF_ASSESSMENT_SHEET && cell.starts_with('I') && text.contains("20");
            if sheet == START_SHEET || is_date {
                continue;
            }
            self.said.push(Said { file: file.to_string(), text: text.clone() });
        }
        let bytes = book.saved(day);
        self.put(file, bytes);
    }

    fn put(&mut self, file: &str, bytes: Vec<u8>) {
        self.project.write(&format!("round/returns/{file}"), &bytes);
        self.handed_in.insert(file.to_string(), bytes);
    }

    /// The findings of today, once everything that must be told is told.
    #[track_caller]
    fn findings(&self) -> Vec<Value> {
        let findings = self.findings_unchecked();
        self.run(&["report", "round"]);
        self.check_that_all_is_told(&findings);
        self.check_that_no_file_was_touched();
        findings
    }

    fn findings_unchecked(&self) -> Vec<Value> {
        let run = self.run(&["collect", "round", "--json"]);
        let json: Value = serde_json::from_str(&run.out).expect("JSON");
        json["findings"].as_array().expect("a list").clone()
    }

    fn check_that_all_is_told(&self, findings: &[Value]) {
        let mut told: BTreeSet<String> = BTreeSet::new();
        for table in ["ratings", "also_written"] {
            let rows = csv_rows(&self.project.read(&format!("round/report/data/{table}.csv")));
            told.extend(rows.into_iter().flat_map(BTreeMap::into_values));
        }
        // A file that is asked about as a whole, or was set aside, says nothing yet.
        let whole = ["not-a-workbook", "return-undecided", "agency-unknown", "return-set-aside"];
        let is_whole = |finding: &&Value| whole.contains(&finding["code"].as_str().expect("a code"));
        let asked: BTreeSet<String> = findings.iter().filter(is_whole).map(file_of).collect();
        for said in self.said.iter().filter(|said| !asked.contains(&said.file)) {
            assert!(told.contains(&said.text), "{} lost {:?}:\n{}", said.file, said.text, shown(findings));
        }
        for said in &self.about_children {
            let is_held = |finding: &&Value| finding["code"] == "text-held-back" && file_of(finding) == said.file;
            assert!(findings.iter().any(|finding| is_held(&finding)), "{}", said.file);
            assert!(told.iter().all(|text| !text.contains(&said.text)));
            assert!(findings.iter().all(|finding| !finding.to_string().contains(&said.text)));
        }
    }

    fn check_that_no_file_was_touched(&self) {
        for (file, bytes) in &self.handed_in {
            if let Ok(here) = std::fs::read(self.project.path(&format!("round/returns/{file}"))) {
                assert!(here == *bytes, "{file}");
            }
        }
    }

    #[track_caller]
    fn settle(&self, finding: &Value, decision: &[&str]) {
        let reference = finding["reference"].as_str().expect("a reference");
        let with = ["--by", "M Hill", "--why", "phoned the lead"];
        self.run(&[&["settle", reference, "round"], decision, &with].concat());
    }

    /// Notes as sent what `queries` wrote for these agencies.
    fn ask(&self, agencies: &[&str]) {
        self.run(&["queries", "round"]);
        for agency in agencies {
            self.run(&["sent", agency, "round", "--what", "questions"]);
        }
    }

    /// The cell for the reply to the question with these words.
    fn reply_cell(&self, agency: &str, words: &str) -> String {
        let book = self.questions(agency).book;
        let sheet = book.sheets.iter().find(|sheet| sheet.name == QUESTIONS_SHEET).expect("the questions");
        let (at, _) = sheet.cells.iter().find(|(_, value)| value.text().contains(words)).expect("the question");
        cell_name(at.0, 4)
    }

    fn message(&self, name: &str) -> String {
        let text = String::from_utf8(self.project.read(&format!("round/queries/{name}.eml"))).expect("ASCII");
        text.replace("=\r\n", "").replace("=22", "\"")
    }

    fn status_of(&self, name: &str) -> String {
        let status = self.run(&["status", "round"]).out;
        status.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {status}")).to_string()
    }
}

fn file_of(finding: &Value) -> String {
    finding["file"].as_str().expect("a file").trim_start_matches("returns/").to_string()
}

/// A line for each finding, for a test that fails.
fn shown(findings: &[Value]) -> String {
    let line = |one: &Value| {
        format!("{} {} {}: {} {}\n", one["agency"], one["code"], one["file"], one["found"], one["settled"])
    };
    findings.iter().map(line).collect()
}

/// The findings of one kind about one agency.
fn of<'f>(findings: &'f [Value], agency: &str, code: &str) -> Vec<&'f Value> {
    findings.iter().filter(|finding| finding["code"] == code && finding["agency"] == agency).collect()
}

#[track_caller]
fn only<'f>(findings: &'f [Value], agency: &str, code: &str) -> &'f Value {
    let found = of(findings, agency, code);
    assert_eq!(found.len(), 1, "{code} of {agency}:\n{}", shown(findings));
    found[0]
}

#[test]
fn a_fortnight_with_nine_agencies_ends_with_an_approved_deck_and_nothing_lost() {
    let mut round = Fortnight::new();
    first_returns(&mut round);
    questions_come_back(&mut round);
    unsigned_corrections(&mut round);
    late_returns(&mut round);
    last_corrections(&mut round);
    everything_is_settled(&round);
    the_deck_is_approved(&round);
    round.check_that_no_file_was_touched();
}

/// Seven agencies return on 4 December: in pieces, twice, damaged, in another's workbook, with a child in it.
fn first_returns(round: &mut Fortnight) {
    round.day = "2026-12-04";
    let clean = round.issued("social-care").filled().signed("04/12/2026");
    round.hand_in("social care.xlsx", clean);
    // The note on a cell is in the file as another program wrote it.
    let noted = Workbook::open(include_bytes!("../samples/returns-faulty/a note on a cell.xlsx"));
    let noted = noted.answer(4, 'D', "Amber/Green").answer(5, 'G', "Train all teams").answer(5, 'I', "soon");
    round.hand_in("police.xlsx", noted.put(SELF_ASSESSMENT_SHEET, "N6", "Our custody suite has its own plan"));
    round.said.push(Said { file: "police.xlsx".into(), text: "We also run a clinic on Fridays.".into() });
    let care = || Workbook::issued(&round.project, "care-board").filled().signed("04/12/2026");
    let (first, second) = (care().answer(4, 'E', "A first account"), care().answer(4, 'E', "A second account"));
    round.hand_in("care board.xlsx", first);
    round.hand_in("care board (2).xlsx", second);
    let child = round.issued("acute-trust").filled().signed("04/12/2026");
    let about = "Tom Fictional, born 3 May 2014, waited";
    let mut child = child.answer(6, 'F', about);
    child.written.remove(&(SELF_ASSESSMENT_SHEET.to_string(), "F6".to_string()));
    round.about_children.push(Said { file: "hospitals.xlsx".into(), text: about.into() });
    round.hand_in("hospitals.xlsx", child);
    round.put("schools.xlsx", b"PK\x03\x04 cut off in the post".to_vec());
    // The youth justice service used the workbook of the probation service.
    let wrong = round.issued("probation").filled().answer(4, 'E', "Youth justice writes here").signed("04/12/2026");
    round.hand_in("youth-justice.xlsx", wrong);
    let dated = round.issued("refuge").filled().answer(5, 'I', "Spring 2027").answer(6, 'I', "Q2 2027");
    let dated = dated.put(SELF_ASSESSMENT_SHEET, "N8", "Our refuge holds eight families").signed("04/12/2026");
    round.hand_in("refuge.xlsx", dated);

    let findings = round.findings();
    round.settle(only(&findings, "schools", "not-a-workbook"), &["--set-aside"]);
    let undecided = of(&findings, "care-board", "return-undecided");
    assert_eq!(undecided.len(), 2);
    let second = undecided.into_iter().find(|one| file_of(one) == "care board (2).xlsx").expect("the second");
    round.settle(second, &["--counts"]);
    let disagrees = findings.iter().find(|one| one["code"] == "identity-disagrees").expect("another's workbook");
    round.settle(disagrees, &["--from", "youth-justice", "--sure"]);
    let findings = round.findings();
    assert!(of(&findings, "probation", "return-missing").len() == 1, "probation has not returned");
    round.settle(only(&findings, "refuge", "written-elsewhere"), &["--to", "DA24-2.1"]);
    round.ask(&["police", "acute-trust", "refuge"]);
    assert!(round.message("acute-trust query").contains("delete"), "other copies are to be deleted");
    assert!(!round.message("acute-trust query").contains("Tom Fictional"));
    assert!(!round.message("police query").contains("clinic"), "a note is not quoted");
}

/// Questions come back on 8 December: with a reply, reworded, with a reply alone.
fn questions_come_back(round: &mut Fortnight) {
    round.day = "2026-12-08";
    let cell = round.reply_cell("police", "Our rating");
    let back = round.questions("police").put(QUESTIONS_SHEET, &cell, "We mean Amber, as the board agreed.");
    round.hand_in("police questions.xlsx", back.answer(5, 'I', "March 2027").signed("08/12/2026"));
    let reworded = round.questions("acute-trust").answer(6, 'F', "Some children wait too long").signed("08/12/2026");
    round.hand_in("hospitals again.xlsx", reworded);
    let cell = round.reply_cell("refuge", "By when");
    let reply = round.questions("refuge").put(QUESTIONS_SHEET, &cell, "By the end of June, we think.");
    round.hand_in("refuge questions.xlsx", reply);

    let findings = round.findings();
    let rating = only(&findings, "police", "rating-unreadable");
    assert!(rating["found"].as_str().expect("words").contains("We mean Amber"), "{rating}");
    round.settle(rating, &["--as", "Amber"]);
    let date = only(&findings, "refuge", "date-unreadable");
    assert!(date["found"].as_str().expect("words").contains("By the end of June"), "{date}");
    round.settle(date, &["--as", "2027-06-30"]);
    round.run(&["queries", "round"]);
    assert!(!round.project.path("round/queries/refuge query.eml").exists(), "a reply is never asked about again");
}

/// The schools return on 11 December without a sign-off; the care board corrects itself.
fn unsigned_corrections(round: &mut Fortnight) {
    round.day = "2026-12-11";
    let signed = round.issued("schools").filled().answer(7, 'D', "Green-ish").signed("11/12/2026");
    round.hand_in("forum.xlsx", signed);
    let newer = round.issued("care-board").filled().answer(4, 'E', "A third account").signed("11/12/2026");
    round.hand_in("care board (3).xlsx", newer);
    let findings = round.findings();
    // A decision that a return counts is not overtaken in silence by a newer one.
    assert!(!of(&findings, "care-board", "return-superseded").is_empty(), "{}", shown(&findings));
    round.ask(&["schools"]);
    round.day = "2026-12-14";
    let back = round.questions("schools").answer(7, 'D', "Amber").answer(8, 'E', "All new, and nobody asked");
    round.hand_in("forum corrected.xlsx", back);
    let findings = round.findings();
    only(&findings, "schools", "change-unapproved");
    only(&findings, "schools", "corrections-taken");
    assert!(round.status_of("Exampleshire Schools").contains("await approval"));
    // An agency that returned and is gone is asked about, and its words with it.
    std::fs::rename(round.project.path("round/returns/social care.xlsx"), round.project.path("social care.xlsx"))
        .expect("moved");
    let said = std::mem::take(&mut round.said);
    let findings = round.findings();
    only(&findings, "social-care", "return-gone");
    std::fs::rename(round.project.path("social care.xlsx"), round.project.path("round/returns/social care.xlsx"))
        .expect("moved back");
    round.said = said;
    assert!(of(&round.findings(), "social-care", "return-gone").is_empty());
}

/// Two are late: they get more time and a reminder, and return on 15 December.
fn late_returns(round: &mut Fortnight) {
    round.day = "2026-12-14";
    round.project.set_agency("round", "leaders", "Own due date", "2026-12-18");
    round.run(&["issue", "round"]);
    round.run(&["queries", "round"]);
    assert!(round.message("probation reminder").contains("attached"), "a reminder carries the workbook");
    let change = String::from_utf8(round.project.read("round/issued/leaders change.eml")).expect("ASCII");
    assert!(change.contains("18 December 2026"), "they have time until then");
    assert!(!round.project.path("round/queries/leaders reminder.eml").exists(), "and are not reminded beside that");
    round.run(&["sent", "leaders", "round", "--what", "change"]);
    round.run(&["sent", "probation", "round", "--what", "reminder"]);
    round.day = "2026-12-15";
    let late = round.issued("probation").filled().answer(9, 'D', "Red").answer(9, 'F', "Too few officers");
    round.hand_in("probation.xlsx", late.signed("15/12/2026"));
    let led = round.issued("leaders").filled().answer(4, 'H', "Jane Placeholder").signed("15/12/2026");
    round.hand_in("executive.xlsx", led);
    let findings = round.findings();
    round.settle(only(&findings, "leaders", "lead-named"), &["--accept"]);
    round.run(&["queries", "round"]);
    assert!(round.message("probation receipt").contains("8 rated"), "{}", round.message("probation receipt"));
}

/// The schools sign their corrections off on 18 December, and the hospitals take their words back.
fn last_corrections(round: &mut Fortnight) {
    round.day = "2026-12-18";
    let signed = round.questions("schools").answer(7, 'D', "Amber").answer(8, 'E', "All new, and approved");
    round.hand_in("forum signed.xlsx", signed.signed("18/12/2026"));
    let findings = round.findings();
    assert!(of(&findings, "schools", "change-unapproved").is_empty(), "it is signed off");
    // The older file of the hospitals still holds the words about a child.
    for held in of(&findings, "acute-trust", "text-held-back") {
        round.settle(held, &["--set-aside"]);
    }
}

/// What is open can be settled, each with a decision that fits it, until nothing must be fixed or checked.
fn everything_is_settled(round: &Fortnight) {
    let findings = round.findings();
    let is_open = |finding: &&Value| finding["settled"].is_null() && finding["severity"] != "information";
    for finding in findings.iter().filter(is_open) {
        round.settle(finding, &["--accept"]);
    }
    let left: Vec<Value> = round.findings().into_iter().filter(|finding| is_open(&finding)).collect();
    assert!(left.is_empty(), "{}", shown(&left));
}

fn the_deck_is_approved(round: &Fortnight) {
    let said = round.run(&["explain", "police", "round", "--json"]).out;
    let code = serde_json::from_str::<Value>(&said).expect("JSON")["run"].as_str().expect("a code").to_string();
    let mut choices = parts(&round.project.read("round/choices.xlsx"));
    for (cell, text) in [("B11", "Jo Fictional"), ("B12", "18/12/2026"), ("B13", code.as_str())] {
        fill(&mut choices, "xl/worksheets/sheet1.xml", cell, text);
    }
    round.project.write("round/choices.xlsx", &package(&choices));
    let run = round.run(&["report", "round"]);
    assert!(run.out.contains("approved by Jo Fictional on 18 December 2026"), "{}", run.out);
    assert_eq!(run.code, 0, "{}", run.out);
    let deck = parts(&round.project.read("round/report/deck.pptx"));
    let (_, first) = deck.iter().find(|(name, _)| name == "ppt/slides/slide1.xml").expect("the first slide");
    assert!(!String::from_utf8_lossy(first).contains("DRAFT"));
    assert!(round.status_of("Exampleshire Schools").contains("18 December"), "approved");
}

/// What happens with one agency, in its own order. A step finds what it needs in the folder, whatever happened with others before.
const CHAINS: [&[fn(&mut Fortnight)]; 5] = [
    &[
        |round| {
            let book = round.issued("police").filled().answer(4, 'D', "Amber/Green").answer(5, 'I', "soon");
            let book = book.put(SELF_ASSESSMENT_SHEET, "N6", "Our custody suite has its own plan");
            round.hand_in_on("2026-12-09", "police.xlsx", book.signed("09/12/2026"));
        },
        |round| {
            round.run(&["queries", "round"]);
            let cell = round.reply_cell("police", "Our rating");
            let back = round.questions("police").put(QUESTIONS_SHEET, &cell, "We mean Amber, as the board agreed.");
            round.hand_in_on("2026-12-11", "police 2.xlsx", back.answer(5, 'I', "March 2027").signed("11/12/2026"));
        },
        |round| round.settle(only(&round.findings_unchecked(), "police", "rating-unreadable"), &["--as", "Amber"]),
    ],
    &[
        |round| {
            let book = round.issued("schools").filled().answer(7, 'D', "Green-ish").signed("09/12/2026");
            round.hand_in_on("2026-12-09", "forum.xlsx", book);
        },
        |round| {
            round.run(&["queries", "round"]);
            let back = round.questions("schools").answer(7, 'D', "Amber").answer(8, 'E', "All new, and nobody asked");
            round.hand_in_on("2026-12-11", "forum corrected.xlsx", back);
        },
        |round| round.settle(only(&round.findings_unchecked(), "schools", "change-unapproved"), &["--accept"]),
    ],
    &[
        |round| {
            let book = round.issued("care-board").filled().answer(4, 'E', "A first account").signed("09/12/2026");
            round.hand_in_on("2026-12-09", "care board.xlsx", book);
        },
        |round| {
            let book = round.issued("care-board").filled().answer(4, 'E', "A second account").signed("09/12/2026");
            round.hand_in_on("2026-12-09", "care board (2).xlsx", book);
        },
        |round| {
            let findings = round.findings_unchecked();
            let undecided = of(&findings, "care-board", "return-undecided");
            let second = undecided.into_iter().find(|one| file_of(one) == "care board (2).xlsx").expect("the second");
            round.settle(second, &["--counts"]);
        },
    ],
    &[
        |round| {
            let book = round.issued("probation").filled().answer(4, 'E', "Youth justice writes here");
            round.hand_in_on("2026-12-09", "youth-justice.xlsx", book.signed("09/12/2026"));
        },
        |round| {
            let findings = round.findings_unchecked();
            let disagrees =
                findings.iter().find(|one| one["code"] == "identity-disagrees").expect("another's workbook");
            round.settle(disagrees, &["--from", "youth-justice", "--sure"]);
        },
    ],
    &[
        |round| {
            let book =
                round.issued("refuge").filled().put(SELF_ASSESSMENT_SHEET, "N8", "Our refuge holds eight families");
            round.hand_in_on("2026-12-09", "refuge.xlsx", book.signed("09/12/2026"));
        },
        |round| round.settle(only(&round.findings_unchecked(), "refuge", "written-elsewhere"), &["--to", "DA24-2.1"]),
    ],
];

/// What a round comes to: its answers, what is also written, its findings with what was decided, the code of its presentation.
fn state(round: &Fortnight) -> Vec<String> {
    round.run(&["report", "round"]);
    let rows = |table: &str| {
        let mut rows: Vec<String> = csv_rows(&round.project.read(&format!("round/report/data/{table}.csv")))
            .into_iter()
            .map(|row| format!("{table} {row:?}"))
            .collect();
        rows.sort();
        rows
    };
    let said = round.run(&["explain", "police", "round", "--json"]).out;
    let code = serde_json::from_str::<Value>(&said).expect("JSON")["run"].to_string();
    ["ratings", "also_written", "findings"].into_iter().flat_map(rows).chain([code]).collect()
}

/// The chains by their numbers, each as often as it has steps: in any order, each chain keeps its own.
fn orders() -> impl Strategy<Value = Vec<usize>> {
    let steps = CHAINS.iter().enumerate().flat_map(|(chain, steps)| std::iter::repeat_n(chain, steps.len()));
    Just(steps.collect::<Vec<usize>>()).prop_shuffle()
}

/// Runs the steps. Those of the agencies in `elsewhere` happen in a second copy of the round, as a second officer's, which is brought
/// together with the first at the end.
fn after(order: &[usize], elsewhere: [bool; CHAINS.len()]) -> Vec<String> {
    let mut first = Fortnight::new();
    first.day = "2026-12-14";
    let mut second = Fortnight::copy_of(&first);
    let mut next = [0; CHAINS.len()];
    for chain in order {
        let step = CHAINS[*chain][next[*chain]];
        next[*chain] += 1;
        step(if elsewhere[*chain] { &mut second } else { &mut first });
    }
    for folder in ["record", "returns"] {
        for (name, bytes) in second.project.tree(&format!("round/{folder}")) {
            first.project.write(&format!("round/{folder}/{name}"), &bytes);
        }
    }
    state(&first)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_events_in_another_order_and_in_two_copies_end_in_the_same_state(
        order in orders(),
        elsewhere in any::<[bool; CHAINS.len()]>(),
    ) {
        let plain: Vec<usize> =
            CHAINS.iter().enumerate().flat_map(|(chain, steps)| std::iter::repeat_n(chain, steps.len())).collect();
        static FIRST: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
        let expected = FIRST.get_or_init(|| after(&plain, [false; CHAINS.len()]));
        let got = after(&order, elsewhere);
        let only_in = |a: &[String], b: &[String]| a.iter().filter(|row| !b.contains(row)).cloned().collect::<Vec<_>>();
        prop_assert_eq!(only_in(expected, &got), Vec::<String>::new());
        prop_assert_eq!(only_in(&got, expected), Vec::<String>::new());
    }
}
