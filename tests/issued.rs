//! What goes out: the files of `jtai issue` as packages of OOXML, as messages, and when they are issued again.

use std::collections::BTreeSet;

use jtai_benchmark::workbook::contract::{IN_SHORT_SHEET, MetadataKey, PRINT_SHEET, RATING_WORDS, SHEETS};
use jtai_benchmark::workbook::file::{read, scan};

use crate::ooxml::{elements, of, package_faults, text_parts};
use crate::project::{Project, Run, csv_rows};

/// The faults of a workbook by the rules of the format (ECMA-376) and the limits of Excel.
fn faults(bytes: &[u8]) -> Vec<String> {
    let parts = text_parts(bytes);
    let mut faults = package_faults(bytes);
    let mut check = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    for (name, text) in &parts {
        let elements = elements(name, text);
        let limit = |element: &str, attribute: &str, most: usize| {
            elements
                .iter()
                .filter(|(known, _)| known == element)
                .all(|(_, with)| of(with, attribute).chars().map(char::len_utf16).sum::<usize>() <= most)
        };
        check(limit("sheet", "name", 31), format!("{name}: a sheet's name is too long"));
        check(limit("dataValidation", "prompt", 255), format!("{name}: an input message is too long"));
        check(limit("dataValidation", "promptTitle", 32), format!("{name}: an input title is too long"));
        check(limit("dataValidation", "error", 255), format!("{name}: an error message is too long"));
        check(limit("dataValidation", "errorTitle", 32), format!("{name}: an error title is too long"));
        let links = elements.iter().filter(|(element, _)| element == "hyperlink");
        check(
            links
                .clone()
                .all(|(_, with)| of(with, "location").ends_with("!A1") || of(with, "location").contains("Start here")),
            format!("{name} leads elsewhere"),
        );
        for hidden in ["mergeCell", "externalLink", "oleObject"] {
            check(!elements.iter().any(|(element, _)| element == hidden), format!("{name} has a {hidden}"));
        }
        for between in ["oddHeader", "oddFooter", "formula1"] {
            for text in texts(text, between) {
                check(text.chars().count() <= 255, format!("{name}: {between} is too long"));
            }
        }
        let formulas = texts(text, "f");
        let is_ours = |formula: &String| {
            let starts = ["COUNTIF(", "IF('Self-assessment'!", "\"What ", "\"If not applicable"];
            starts.iter().any(|start| formula.starts_with(start))
        };
        check(formulas.iter().all(is_ours), format!("{name}: {formulas:?}"));
        if name.starts_with("xl/tables/") {
            let headers: Vec<&str> =
                elements.iter().filter(|(e, _)| e == "tableColumn").map(|(_, with)| of(with, "name")).collect();
            let unique: BTreeSet<String> = headers.iter().map(|header| header.to_lowercase()).collect();
            check(unique.len() == headers.len() && headers.len() > 1, format!("{name}: {headers:?}"));
        }
    }
    faults
}

/// What stands in every element of a name.
fn texts(xml: &str, element: &str) -> Vec<String> {
    let open = format!("<{element}>");
    xml.split(&open).skip(1).map(|rest| rest.split("</").next().unwrap_or_default().replace("&amp;", "&")).collect()
}

#[test]
fn issued_workbooks_keep_the_rules_of_the_format_and_the_limits_of_excel() {
    let project = Project::empty();
    let agencies = "id,name,group,contact,email,deputy,approver_role\n\
        police,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",POL,+44 contact,a@b.example,-deputy,@chief\n\
        council,\"Council & <Partners> \"\"North\"\"\",LA,A,c@d.example,,\n\
        long,NAME,HLT,A,e@f.example,,\n";
    let agencies = agencies.replace("NAME", &"Long & Longer ".repeat(8));
    for theme in ["child-sexual-abuse-2025", "domestic-abuse-2024", "front-door"] {
        assert!(project.new_round(theme, agencies.as_bytes()).code < 2);
        assert!(project.run(&["issue", "r"]).code < 2);
        let issued = project.tree("r/issued");
        let workbooks: Vec<_> = issued.iter().filter(|(name, _)| name.ends_with(".xlsx")).collect();
        assert_eq!(workbooks.len(), 3);
        for (name, bytes) in workbooks {
            assert_eq!(faults(bytes), Vec::<String>::new(), "{theme}: {name}");
        }
        std::fs::remove_dir_all(project.path("r")).expect("removed");
    }
}

#[test]
fn names_and_statements_that_look_like_formulas_go_out_as_text() {
    let project = Project::empty();
    project.write("themes/odd.toml", include_bytes!("../criteria/_template.toml"));
    for (from, to) in [
        ("Agencies act together, and quickly", "=1+1 Agencies act together, and quickly"),
        ("\"MARAC\"", "\"@MARAC\""),
        ("The first agency to notice", "+The first agency to notice"),
        ("How would you know", "-How would you know"),
        ("The heading as people read it", "=HYPERLINK(\\\"http://x\\\")"),
    ] {
        project.edit("themes/odd.toml", from, to);
    }
    let agencies = "id,name,group,contact,email\npolice,@SUM(A1),POL,=1+1,a@b.example\n";
    assert!(project.new_round("odd", agencies.as_bytes()).code < 2);
    assert!(project.run(&["issue", "r"]).code < 2);
    let bytes = project.read("r/issued/police self-assessment.xlsx");
    assert_eq!(faults(&bytes), Vec::<String>::new());
    let book = read::read(scan::kind(&bytes).expect("a workbook"), &bytes, &[]).expect("readable");
    let all: Vec<String> =
        book.sheets.iter().flat_map(|sheet| sheet.cells.values().map(|value| value.text())).collect();
    for text in ["=1+1", "@SUM(A1)", "@MARAC", "=HYPERLINK(\"http://x\")"] {
        assert!(all.iter().any(|cell| cell == text), "{text}");
    }
    for start in ["=1+1 Agencies", "+The first", "-How would"] {
        assert!(all.iter().any(|cell| cell.starts_with(start)), "{start}");
    }
}

/// Workbooks of the sample round, filled in and saved by other programs, say the same as the one that was issued: every cell
/// that was given, the answers, the identity, and in `.xlsx` the lists and input messages.
#[test]
fn workbooks_saved_by_other_programs_hold_what_was_issued() {
    let issued = include_bytes!("resaved/as issued.xlsx");
    let given = read::read(scan::FileKind::Xlsx, issued, &[]).expect("readable");
    for (name, bytes) in [
        ("openpyxl.xlsx", include_bytes!("resaved/openpyxl.xlsx").as_slice()),
        ("libreoffice.xlsx", include_bytes!("resaved/libreoffice.xlsx")),
        ("libreoffice.ods", include_bytes!("resaved/libreoffice.ods")),
        ("libreoffice.xls", include_bytes!("resaved/libreoffice.xls")),
        ("gnumeric.xlsx", include_bytes!("resaved/gnumeric.xlsx")),
    ] {
        let book = read::read(scan::kind(bytes).expect("a workbook"), bytes, &[]).expect("readable");
        let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        // Saved when the contract was 1.0 or 1.1, without the sheets for lines in short and to print.
        let is_new = |name: &&str| [IN_SHORT_SHEET, PRINT_SHEET].contains(name);
        let earlier: Vec<&str> = SHEETS[1..].iter().copied().filter(|name| !is_new(name)).collect();
        assert_eq!(names, earlier, "{name}");
        for (sheet, as_issued) in book.sheets.iter().zip(&given.sheets) {
            for (at, value) in as_issued.cells.iter().filter(|(_, value)| !value.text().contains("of 9 rated")) {
                let back = sheet.cells.get(at).map(|value| value.text());
                assert_eq!(back, Some(value.text()), "{name}, {}, {at:?}", sheet.name);
            }
        }
        // Gnumeric leaves the custom properties out: one of the three places of the identity.
        if name != "gnumeric.xlsx" {
            for key in MetadataKey::ALL {
                assert_eq!(book.properties.get(key.name()), given.properties.get(key.name()), "{name}: {}", key.name());
            }
        }
        let table = &book.sheets[1];
        for (row, rating) in [(3, "Green"), (4, "Amber"), (5, "Not applicable")] {
            assert_eq!(table.value(row, 3).map(|value| value.text()).as_deref(), Some(rating), "{name}");
        }
        assert_eq!(
            table.value(3, 4).map(|value| value.text()).as_deref(),
            Some("Café – “two”\nlines & <more>"),
            "{name}"
        );
        if name.ends_with(".xlsx") {
            let lists = text_parts(bytes).iter().map(|(_, text)| text.matches("type=\"list\"").count()).sum::<usize>();
            let words = RATING_WORDS.map(|(_, word, _)| word).join(",");
            assert!(lists >= 1 && text_parts(bytes).iter().any(|(_, text)| text.contains(&words)), "{name}");
        }
    }
}

fn issue(project: &Project) -> Run {
    project.run(&["issue", "round"])
}

#[test]
fn issuing_again_changes_nothing_where_nothing_changed() {
    let project = Project::issued();
    let before = project.tree("round");
    // Before the workbooks are due: after that day, messages say that it is over.
    let run = project.run_on("2026-12-10", &["issue", "round"]);
    assert!(run.out.starts_with("No new workbooks in round/issued, 12 unchanged."), "{}", run.out);
    assert!(before == project.tree("round"));
}

#[test]
fn an_agency_added_later_gets_its_workbook_and_the_others_stay() {
    let project = Project::issued();
    let before = project.tree("round/issued");
    let mut list = project.list("round");
    list.push(["fire", "Exampleshire Fire Service", "", "VCS"].map(str::to_string).to_vec());
    project.write_list("round", &list);
    let run = issue(&project);
    assert!(run.out.starts_with("1 new workbook in round/issued, 12 unchanged."), "{}", run.out);
    let after = project.tree("round/issued");
    assert!(after.contains_key("fire self-assessment.xlsx") && after.contains_key("fire self-assessment.eml"));
    assert!(before.iter().filter(|(name, _)| name.ends_with(".xlsx")).all(|(name, bytes)| after[name] == *bytes));
}

/// A round whose police workbook was sent on a day, whose deadline then moved, and in which the police are asked other statements now.
fn sent_and_moved(sent_on: &str) -> Project {
    let project = Project::issued();
    project.note_sent("police", sent_on);
    issue(&project);
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = 2026-12-18");
    project.set_agency("round", "police", "Group", "PRB");
    project
}

#[test]
fn a_moved_deadline_or_a_new_name_is_told_and_no_reason_to_issue_what_was_sent_again() {
    let project = sent_and_moved("2026-12-14");
    project.set_agency("round", "police", "Group", "POL");
    let sent = project.read(POLICE);
    let run = issue(&project);
    assert!(run.out.contains("11 written again (") && !run.out.contains("reissued under"), "{}", run.out);
    let what = "the round has changed since Exampleshire Police was sent this workbook on 14 December 2026: \"Return by\" was \"11 December \
                2026\" and is \"18 December 2026\"; the workbook still counts";
    assert!(run.out.contains(what), "{}", run.out);
    project.set_agency("round", "police", "Agency", "Exampleshire Constabulary");
    assert!(issue(&project).out.contains("12 unchanged"));
    assert!(project.read(POLICE) == sent && police(&project).len() == 1);
}

const POLICE: &str = "round/issued/police self-assessment.xlsx";
const POLICE_2: &str = "round/issued/police self-assessment 2.xlsx";
const POLICE_2_DRAFT: &str = "round/issued/police self-assessment 2.eml";

fn police(project: &Project) -> Vec<std::collections::BTreeMap<String, String>> {
    let index = csv_rows(&project.read("round/issued/index.csv"));
    index.into_iter().filter(|row| row["agency_id"] == "police").collect()
}

#[test]
fn what_was_not_sent_is_written_again_and_what_was_sent_gets_another_code() {
    let project = sent_and_moved("2026-12-14");
    let sent = project.read(POLICE);
    assert!(!project.path("round/issued/police self-assessment.eml").exists(), "a message that was sent is no draft");
    let run = issue(&project);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("11 written again (") && run.out.contains("1 reissued under a new return code"),
        "{}",
        run.out
    );
    let what = "the statements that Exampleshire Police is asked have changed since it was sent this workbook on 14 December 2026";
    assert!(run.out.contains(what), "{}", run.out);
    assert_eq!(project.read(POLICE), sent);
    let rows = police(&project);
    assert_eq!((rows.len(), rows[0]["sent_on"].as_str(), rows[1]["sent_on"].as_str()), (2, "2026-12-14", ""));
    assert_ne!(rows[0]["return_code"], rows[1]["return_code"]);
    let message = String::from_utf8(project.read(POLICE_2_DRAFT)).expect("ASCII");
    assert!(
        message.contains(&format!("code {}", rows[0]["return_code"])),
        "the message names the code that it replaces"
    );

    // Nothing changed since: the new issue stands, and its message waits.
    let before = project.tree("round/issued");
    assert!(issue(&project).out.contains("12 unchanged"));
    assert!(before == project.tree("round/issued"));

    // The new one went out on the same day.
    project.note_sent("police", "2026-12-14");
    issue(&project);
    assert_eq!(police(&project)[1]["sent_on"], "2026-12-14");
    assert!(!project.path(POLICE_2_DRAFT).exists());
}

#[test]
fn a_new_issue_is_taken_back_when_the_round_is_as_it_was() {
    let project = sent_and_moved("2026-12-14");
    issue(&project);
    project.set_agency("round", "police", "Group", "POL");
    let run = issue(&project);
    assert!(run.out.contains("1 put back to what was sent"), "{}", run.out);
    assert!(!project.path(POLICE_2).exists() && police(&project).len() == 1);
}

#[test]
fn what_was_sent_is_remembered_without_the_folder_and_doubted_without_the_record() {
    let project = sent_and_moved("2026-12-14");
    issue(&project);
    std::fs::remove_file(project.path("round/issued/index.csv")).expect("removed");
    assert!(issue(&project).out.contains("12 unchanged"));
    assert!(project.path(POLICE_2_DRAFT).exists() && police(&project).len() == 2);

    let project = sent_and_moved("2026-12-14");
    std::fs::remove_dir_all(project.path("round/issued")).expect("removed");
    let run = issue(&project);
    assert!(run.out.contains("have changed since it was sent this workbook on 14 December 2026"), "{}", run.out);
    // An earlier list says that a workbook was sent, and nothing else does any more.
    for gone in ["round/issued", "round/record"] {
        std::fs::remove_dir_all(project.path(gone)).expect("removed");
    }
    project.set_agency("round", "police", "Sent on", "2026-12-14");
    let run = issue(&project);
    assert!(run.out.contains("was sent a workbook on 14 December 2026, but nothing here says which"), "{}", run.out);
    assert!(!project.path(POLICE).exists() && project.path(POLICE_2).exists());
}

#[test]
fn a_workbook_sent_before_its_file_was_written_is_asked_about() {
    let project = Project::issued();
    project.note_sent("police", "2026-11-20");
    let run = issue(&project);
    assert!(run.out.contains("was sent its workbook on 20 November 2026, before this file was written"), "{}", run.out);
    assert!(run.out.contains("12 unchanged") && !project.path(POLICE_2).exists());
    // Written anew with other statements after that day: what was sent may be the first, so there is one with a code of its own.
    let project = Project::issued();
    project.set_agency("round", "police", "Group", "PRB");
    issue(&project);
    project.note_sent("police", "2026-11-24");
    let run = issue(&project);
    let what = "was sent a workbook on 24 November 2026, before this file was written on 14 December 2026 with other statements";
    assert!(run.out.contains(what) && project.path(POLICE_2).exists(), "{}", run.out);
    assert!(issue(&project).out.contains("12 unchanged"));
}

#[test]
fn an_agency_that_left_the_round_leaves_its_workbook_and_its_code() {
    let project = sent_and_moved("2026-12-14");
    let sent = project.read(POLICE);
    let code = police(&project)[0]["return_code"].clone();
    let list = project.list("round");
    project.set_agency("round", "police", "Agency", "Exampleshire Constabulary");
    project.set_agency("round", "police", "ID", "constabulary");
    let run = issue(&project);
    assert!(
        run.out.contains("this workbook was issued to Exampleshire Police, which is no longer asked anything"),
        "{}",
        run.out
    );
    assert_eq!(project.read(POLICE), sent);
    project.write_list("round", &list);
    issue(&project);
    assert_eq!((project.read(POLICE), police(&project)[0]["return_code"].clone()), (sent, code));
}

#[test]
fn a_workbook_changed_by_hand_is_left_and_never_given_another_content_under_its_code() {
    let project = Project::issued();
    project.write(POLICE, &project.read("round/issued/schools self-assessment.xlsx"));
    let mine = project.read(POLICE);
    let run = issue(&project);
    assert!(run.out.contains("the workbook for Exampleshire Police was changed here"), "{}", run.out);
    project.edit("round/round.toml", "deadline = 2026-12-11", "deadline = 2026-12-18");
    issue(&project);
    assert_eq!(project.read(POLICE), mine);
    assert!(project.path(POLICE_2).exists());
}

#[test]
fn texts_that_no_workbook_can_hold_are_refused_where_they_are_written() {
    let project = Project::empty();
    let agencies = "id,name,group,contact,email\npolice,Police\u{b}and Crime,POL,A,a@b.example\n";
    let run = project.new_round("front-door", agencies.as_bytes());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a.csv, line 2") && run.err.contains("U+000B"), "{}", run.err);
    // The same line, whichever way a program ends its lines.
    for end in ["\r\n", "\r"] {
        let run = project.new_round("front-door", agencies.replace('\n', end).as_bytes());
        assert!(run.err.contains("a.csv, line 2"), "{end:?}: {}", run.err);
    }
    for id in ["-rf", "con", "-"] {
        let run = project
            .new_round("front-door", agencies.replace('\u{b}', " ").replace("police,", &format!("{id},")).as_bytes());
        assert!(run.code == 2 && run.err.contains("is not a valid agency id"), "{id}: {}", run.err);
    }
    project.write("t.toml", include_bytes!("../criteria/_template.toml"));
    project.edit("t.toml", "How would you know", "How\\u000b would you know");
    let run = project.run(&["theme", "check", "t.toml"]);
    assert!(
        run.err.contains("`prompts` has an invisible character, U+000B")
            || run.out.contains("`prompts` has an invisible character, U+000B")
    );
}

#[test]
fn both_issues_of_a_workbook_can_be_read() {
    for file in [POLICE, POLICE_2] {
        let project = sent_and_moved("2026-12-14");
        issue(&project);
        project.write("round/returns/x.xlsx", &project.read(file));
        let run = project.run(&["collect", "round"]);
        assert!(run.out.contains("Exampleshire Police sent its workbook back with nothing filled in"), "{}", run.out);
    }
}

#[test]
fn a_covering_message_with_a_slip_stops_the_issue_and_is_named() {
    let project = Project::issued();
    project.edit("round/covering-message.txt", "{{ agency }}", "{{ agnecy }}");
    let before = project.tree("round/issued");
    let run = issue(&project);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("covering-message.txt, line 7"), "{}", run.err);
    assert!(before == project.tree("round/issued"));
    project.edit("round/covering-message.txt", "{{ agnecy }}", "{{ agency }} today");
    assert_eq!(issue(&project).code, 0);
    let message = project.read("round/issued/messages.html");
    assert!(String::from_utf8_lossy(&message).contains("Self-assessment by Exampleshire Police today, was due"));
}

#[test]
fn the_index_and_the_messages_name_what_stands_in_the_folder() {
    let project = Project::issued();
    let files = project.tree("round/issued");
    let index = csv_rows(&files["index.csv"]);
    assert_eq!(index.len(), 12);
    for row in &index {
        let hash = jtai_benchmark::core::hash::sha256_hex(&files[&row["file"]]);
        assert_eq!(row["sha256"], hash, "{}", row["file"]);
        let draft = String::from_utf8(files[&row["file"].replace(".xlsx", ".eml")].clone()).expect("ASCII");
        assert!(draft.starts_with("X-Unsent: 1\r\n") && draft.contains(&format!("<{}>", row["email"])), "{draft:.300}");
    }
    let page = String::from_utf8_lossy(&files["messages.html"]).into_owned();
    assert_eq!(page.matches("<h2>").count(), 12);
}

#[test]
fn days_that_cannot_be_meant_are_named() {
    let project = Project::issued();
    let late = project.run_on("2026-12-12", &["issue", "round"]);
    assert!(late.out.contains("the deadline, 11 December 2026, has passed"), "{}", late.out);
    let before = project.tree("round/issued");
    project.set_agency("round", "police", "Sent on", "2027-11-23");
    let refused = project.run(&["issue", "round"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .err
            .contains("the day on which Exampleshire Police was sent its workbook, 23 November 2027, is still to come"),
        "{}",
        refused.err
    );
    assert!(before == project.tree("round/issued"), "a refused issue wrote something");
    assert!(project.run(&["collect", "round"]).out.contains("is still to come; expected the day it was sent"));
    let typed = project.run(&["report", "round", "--today", "11/12/2026"]);
    assert!(typed.err.contains("this is not a date; write it as 2026-12-11"), "{}", typed.err);
}
