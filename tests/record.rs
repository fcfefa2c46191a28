//! The record of a round through the real binary: rounds of earlier programs, two officers, returns that are forgotten, and names in
//! our own files that lead elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jtai_benchmark::core::hash::sha256_hex;
use jtai_benchmark::record::{Entry, Issued, NewEntry, Who, as_file};

use crate::project::{Project, csv_rows, fill, package, parts};

/// A round that the program made before there was a record: workbooks sent, one of them a second issue after the deadline moved, returns
/// that the officer settled, a text that was cleared, choices, an approval.
fn earlier_round() -> Project {
    let project = Project::empty();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rounds/release 0.1");
    copy(&from, &project.path("round"));
    project
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

const BROUGHT_OVER: &str = "This round was made by an earlier version of jtai.";

#[test]
fn a_round_of_an_earlier_program_lives_on_and_is_brought_over_by_the_first_command_that_writes() {
    let project = earlier_round();
    let before = project.tree("round");
    for read in [["status", "round"].as_slice(), &["explain", "police", "round"]] {
        assert!(project.run_on("2026-12-11", read).code < 2);
        assert!(before == project.tree("round"), "{read:?} writes nothing");
    }
    let said = project.run_on("2026-12-11", &["collect", "round"]);
    assert!(said.out.starts_with(BROUGHT_OVER) && said.out.contains("must be approved again"), "{}", said.out);
    for settled in
        ["returns/old draft.xlsx: set aside in round.toml", "2 of 3 agencies returned", "14 of 24 answers rated"]
    {
        assert!(said.out.contains(settled), "{settled}: {}", said.out);
    }
    assert!(said.out.contains("accepted as it is by") && said.out.contains("cleared in round.toml"), "{}", said.out);
    let after = project.tree("round");
    for gone in ["issued/record.json", "returns-log.csv"] {
        assert!(before.contains_key(gone) && !after.contains_key(gone), "{gone}");
    }
    let toml = |tree: &BTreeMap<String, Vec<u8>>| String::from_utf8(tree["round.toml"].clone()).expect("UTF-8");
    let text = toml(&before).replace("format = 1", "format = 2");
    let (settings, rest) = text.split_once("[[agency]]").expect("agencies");
    let (_, rest) = rest.split_once("# The look").expect("what comes after them");
    assert_eq!(
        toml(&after),
        format!("{settings}# The look{rest}"),
        "its agencies are in their list, and nothing else changed"
    );
    let ids: Vec<String> = project.list("round")[1..].iter().map(|row| row[0].clone()).collect();
    assert_eq!(ids, ["police", "schools", "probation"]);
    assert!(said.out.contains("agencies.xlsx, which you can edit"), "{}", said.out);
    for (name, bytes) in before.iter().filter(|(name, _)| name.starts_with("returns/") || name.ends_with(".xlsx")) {
        assert!(after.get(name) == Some(bytes), "{name} is as it was");
    }
    let again = project.run_on("2026-12-12", &["collect", "round"]);
    assert!(!again.out.contains(BROUGHT_OVER), "said once: {}", again.out);
    let record = |tree: BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        tree.into_iter().filter(|(name, _)| name.starts_with("record/")).collect()
    };
    assert!(record(project.tree("round")) == record(after), "nothing new is on record");
}

#[test]
fn what_an_earlier_program_sent_is_never_issued_again_for_its_wording() {
    let project = earlier_round();
    let before = project.tree("round/issued");
    let run = project.run_on("2026-12-11", &["issue", "round"]);
    // What was never sent takes the newer form.
    let said = "No new workbooks in round/issued, 2 written again (police self-assessment 2.xlsx and probation self-assessment.xlsx), 1 unchanged";
    assert!(run.out.starts_with(BROUGHT_OVER) && run.out.contains(said), "{}", run.out);
    for deadline in ["2026-12-18", "2026-12-21"] {
        let text = String::from_utf8(project.read("round/round.toml")).expect("UTF-8");
        let line = text.lines().find(|line| line.starts_with("deadline")).expect("a deadline").to_string();
        project.edit("round/round.toml", &line, &format!("deadline = {deadline}"));
        let run = project.run_on("2026-12-12", &["issue", "round"]);
        assert!(run.out.contains("1 written again") || run.out.contains("2 written again"), "{}", run.out);
        assert!(!run.out.contains("reissued under"), "{}", run.out);
    }
    let after = project.tree("round/issued");
    for sent in ["police self-assessment.xlsx", "schools self-assessment.xlsx", "schools self-assessment 2.xlsx"] {
        assert!(before[sent] == after[sent], "{sent}");
    }
    let codes = |tree: &BTreeMap<String, Vec<u8>>| -> Vec<(String, String)> {
        csv_rows(&tree["index.csv"]).into_iter().map(|row| (row["file"].clone(), row["return_code"].clone())).collect()
    };
    let (mut was, mut is) = (codes(&before), codes(&after));
    was.sort();
    is.sort();
    assert_eq!(was, is);
}

#[test]
fn an_approval_of_an_earlier_program_is_asked_for_again() {
    let project = earlier_round();
    let run = project.run_on("2026-12-11", &["report", "round"]);
    assert!(run.out.contains("\"T0RF\" is not the code of this presentation, so it is a draft"), "{}", run.out);
    let before = project.read("round/choices.xlsx");
    project.run_on("2026-12-12", &["report", "round"]);
    assert!(before == project.read("round/choices.xlsx"), "the choices stay");
}

#[test]
fn the_record_is_only_added_to() {
    let project = Project::demo();
    let before = project.tree("demo/record");
    assert_eq!(project.tree("demo/record").len(), 10, "a day of issue and nine on which returns came");
    project.write("demo/returns/late.txt", b"sorry, will send next week");
    project.run(&["collect", "demo"]);
    project.run(&["collect", "demo"]);
    let after = project.tree("demo/record");
    assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)) && after.len() == before.len() + 1);
}

#[test]
fn two_officers_with_copies_of_one_round_put_them_together() {
    let project = Project::issued();
    copy(&project.path("round"), &project.path("copy"));
    let fill = include_bytes!("../samples/returns-faulty/not signed.xlsx");
    project.write("round/returns/police.xlsx", fill);
    project.run(&["collect", "round"]);
    project.write("copy/returns/notes.txt", b"they will ring");
    // The second officer takes an agency's group for another, and issues before anything was sent.
    project.set_agency("copy", "schools", "Group", "LA");
    project.run(&["issue", "copy"]);
    project.run(&["collect", "copy"]);
    // The first sends another copy's workbook meanwhile, rewritten for a third reason.
    project.set_agency("round", "schools", "Group", "HLT");
    project.run(&["issue", "round"]);
    copy(&project.path("copy/record"), &project.path("round/record"));
    let said = project.run(&["collect", "round"]);
    assert!(
        said.out.contains("two different workbooks were issued to Exampleshire Schools and Early Years Forum"),
        "{}",
        said.out
    );
    let issue = project.run(&["issue", "round"]);
    assert!(issue.out.contains("1 reissued under a new return code"), "{}", issue.out);
    let said = project.run(&["collect", "round"]);
    assert!(!said.out.contains("two different workbooks"), "settled by the new one: {}", said.out);
    let record: String =
        project.tree("round/record").values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    for file in ["returns/police.xlsx", "returns/notes.txt"] {
        assert!(record.contains(file), "{file}");
    }
}

#[test]
fn a_return_that_was_forgotten_leaves_its_day_and_stays_forgotten() {
    let project = Project::issued();
    let fill = include_bytes!("../samples/returns-faulty/ratings that are none.xlsx");
    project.write("round/returns/police.xlsx", fill);
    for command in ["report", "queries"] {
        assert!(project.run_on("2026-12-10", &[command, "round"]).code < 2);
    }
    let synced = project.tree("round/record");
    let hash = sha256_hex(fill);
    let holds = |project: &Project| -> Vec<String> {
        let tree = project.tree("round");
        let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(&hash);
        tree.into_iter().filter(|(_, bytes)| holds(bytes)).map(|(name, _)| name).collect()
    };
    assert!(holds(&project).iter().any(|name| name.starts_with("record/")));
    fs::remove_file(project.path("round/returns/police.xlsx")).expect("removed");
    let refused = project.run(&[
        "forget",
        "returns/police.xlsx",
        "round",
        "--by",
        "M Hill",
        "--why",
        "J, NHS number 943 476 5919",
    ]);
    assert!(
        refused.code == 2 && refused.err.contains("what looks like an NHS number") && !refused.err.contains("943 476"),
        "{}",
        refused.err
    );
    let run = project.run(&["forget", "returns\\police.xlsx", "round", "--by", "M Hill", "--why", "sent in error"]);
    assert!(run.code < 2 && run.out.contains("choices.xlsx: this was made from answers"), "{}{}", run.out, run.err);
    assert_eq!(holds(&project), Vec::<String>::new());
    let record: String =
        project.tree("round/record").values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    for part in
        ["[[forgotten]]\nagency = \"police\"\nfirst_day = \"2026-12-10\"", "by = \"M Hill\"", "why = \"sent in error\""]
    {
        assert!(record.contains(part), "{part}: {record}");
    }
    // A synced copy brings the entries back, and then the file.
    for (name, bytes) in &synced {
        project.write(&format!("round/record/{name}"), bytes);
    }
    project.run(&["collect", "round"]);
    assert_eq!(holds(&project), Vec::<String>::new());
    project.write("round/returns/again.xlsx", fill);
    let said = project.run(&["collect", "round"]);
    assert!(
        said.out.contains("returns/again.xlsx: this return was forgotten on 14 December 2026 and is here again"),
        "{}",
        said.out
    );
    assert!(said.out.contains("0 of 12 agencies returned"), "{}", said.out);
    // What the agency sends instead is not late for that.
    project.write("round/returns/again.xlsx", include_bytes!("../samples/returns-faulty/not signed.xlsx"));
    let status = project.run_on("2026-12-20", &["status", "round"]);
    let police = status.out.lines().find(|line| line.contains("Exampleshire Police")).expect("its line");
    assert!(police.contains("10 December 2026, 9 of 9 rated") && !police.contains("late"), "{police}");
}

#[test]
fn a_second_command_waits_and_then_says_who_works_on_the_round() {
    let project = Project::issued();
    project.edit("round/round.toml", "# officer = \"M Hill\"", "officer = \"M Hill\"");
    assert!(project.run(&["collect", "round"]).code < 2);
    let before = project.tree("round");
    // Held by this test as another process would hold it.
    let lock = fs::File::options().write(true).open(project.path("round/.jtai/lock")).expect("the file");
    lock.lock().expect("locked");
    fs::write(project.path("round/.jtai/lock-holder.txt"), "jtai report of M Hill, started at 14:02").expect("written");
    let refused = project.run(&["report", "round"]);
    let said = "jtai report of M Hill, started at 14:02, is still working on this round; wait until it is done";
    assert!(refused.code == 2 && refused.err.contains(said), "{}", refused.err);
    assert!(before == project.tree("round"));
    assert!(project.run(&["status", "round"]).code < 2, "who only reads does not wait");
    drop(lock);
    assert!(project.run(&["report", "round"]).code < 2);
    assert!(!project.path("round/.jtai/lock-holder.txt").exists());
}

#[test]
fn commands_at_the_same_time_come_one_after_the_other() {
    let project = Project::demo();
    for _ in 0..3 {
        let codes = std::thread::scope(|scope| {
            let both = ["short", "full"].map(|slides| {
                let project = &project;
                scope.spawn(move || project.run(&["report", "demo", "--slides", slides]).code)
            });
            both.map(|run| run.join().expect("it ran"))
        });
        assert!(codes.iter().all(|code| *code < 2), "{codes:?}");
        // One set: every file is as the manifest says.
        let report = project.tree("demo/report");
        let manifest: serde_json::Value = serde_json::from_slice(&report["manifest.json"]).expect("JSON");
        for (name, hash) in manifest["files"].as_object().expect("files") {
            assert_eq!(hash.as_str(), Some(sha256_hex(&report[name]).as_str()), "{name}");
        }
        assert_eq!(manifest["files"].as_object().map(|files| files.len() + 1), Some(report.len()));
    }
}

#[test]
fn what_could_not_be_written_is_not_on_record() {
    let project = Project::issued();
    project.set_agency("round", "police", "Group", "PRB");
    let file = project.path("round/issued/police self-assessment.xlsx");
    let set_read_only = |is: bool| {
        let mut permissions = fs::metadata(&file).expect("there").permissions();
        permissions.set_readonly(is);
        fs::set_permissions(&file, permissions).expect("changed");
    };
    set_read_only(true);
    assert_eq!(project.run(&["issue", "round"]).code, 2);
    set_read_only(false);
    let run = project.run(&["issue", "round"]);
    assert!(
        run.out.contains("1 written again (police self-assessment.xlsx)") && !run.out.contains("changed here"),
        "{}",
        run.out
    );
    assert!(project.run(&["issue", "round"]).out.contains("12 unchanged"));
}

#[test]
fn a_sent_workbook_that_was_tidied_away_is_put_back_and_not_doubted() {
    let project = Project::issued();
    // Written again with other statements before it was sent.
    project.set_agency("round", "police", "Group", "PRB");
    project.run_on("2026-11-24", &["issue", "round"]);
    project.note_sent("police", "2026-11-25");
    fs::remove_file(project.path("round/issued/police self-assessment.xlsx")).expect("removed");
    for day in ["2026-12-01", "2026-12-02"] {
        let run = project.run_on(day, &["issue", "round"]);
        assert!(
            run.out.contains("12 unchanged") && !run.out.contains("before this file was written"),
            "{day}: {}",
            run.out
        );
    }
    assert!(project.path("round/issued/police self-assessment.xlsx").exists());
}

#[test]
fn a_workbook_of_an_earlier_round_that_was_changed_by_hand_is_not_issued_again() {
    let project = earlier_round();
    let file = "round/issued/police self-assessment 2.xlsx";
    project.edit("round/round.toml", "sent_on = 2026-11-24", "sent_on = 2026-11-26");
    let mut parts = parts(&project.read(file));
    fill(&mut parts, "xl/worksheets/sheet2.xml", "E4", "a note of our own");
    project.write(file, &package(&parts));
    let run = project.run_on("2026-12-11", &["issue", "round"]);
    assert!(!run.out.contains("reissued under"), "{}", run.out);
}

#[test]
fn a_return_that_is_still_there_under_another_name_is_not_forgotten() {
    let project = Project::issued();
    let fill = include_bytes!("../samples/returns-faulty/not signed.xlsx");
    project.write("round/returns/police.xlsx", fill);
    project.run(&["collect", "round"]);
    fs::remove_file(project.path("round/returns/police.xlsx")).expect("moved");
    project.write("round/returns/Police/police.xlsx", fill);
    let run = project.run(&["forget", "returns/police.xlsx", "round", "--by", "M Hill"]);
    assert!(
        run.code == 2 && run.err.contains("returns/Police/police.xlsx: this is the same file under a different name"),
        "{}",
        run.err
    );
    assert!(project.run(&["collect", "round"]).out.contains("1 of 12 agencies returned"));
}

#[test]
fn the_day_or_a_code_says_which_workbook_went_and_a_slip_in_it_is_named() {
    let project = Project::issued();
    let index = |project: &Project| {
        let rows = csv_rows(&project.read("round/issued/index.csv"));
        let of = rows.into_iter().filter(|row| row["agency_id"] == "police");
        of.map(|row| (row["return_code"].clone(), row["sent_on"].clone())).collect::<Vec<_>>()
    };
    let days = |project: &Project| -> Vec<String> {
        project.run(&["issue", "round"]);
        index(project).into_iter().map(|(_, day)| day).collect()
    };
    project.note_sent("police", "2026-11-25");
    project.set_agency("round", "police", "Group", "PRB");
    assert_eq!(days(&project), ["2026-11-25", ""]);
    // The second was written on 14 December, so the first went on a day before, and the day can be corrected.
    project.note_sent("police", "2026-11-24");
    assert_eq!(days(&project), ["2026-11-24", ""]);
    project.note_sent("police", "2026-12-14");
    assert_eq!(days(&project), ["2026-11-24", "2026-12-14"]);
    let codes: Vec<String> = index(&project).into_iter().map(|(code, _)| code).collect();
    let with_code = |code: &str| project.run(&["sent", "police", "round", "--code", code]);
    // It was the first one that went on that day, and not the second.
    assert_eq!(with_code(&codes[0].to_lowercase()).code, 0);
    assert_eq!(days(&project), ["2026-12-14", ""]);
    let refused = with_code("JT-0000-0000-0");
    let said =
        format!("no workbook of Exampleshire Police has the return code \"JT-0000-0000-0\"; use {} or", codes[0]);
    assert!(refused.code == 2 && refused.err.contains(&said), "{}", refused.err);
    let refused = project.run(&["sent", "round", "--code", &codes[0]]);
    assert!(refused.code == 2 && refused.err.contains("name that agency"), "{}", refused.err);
}

#[test]
fn a_damaged_record_stops_the_questions_too() {
    let project = Project::issued();
    let name = project.tree("round/record").keys().next().expect("a file").clone();
    project.edit(&format!("round/record/{name}"), "police", "constabulary");
    let run = project.run(&["queries", "round"]);
    assert!(run.code == 2 && run.err.contains("changed after it was written"), "{}", run.err);
}

#[test]
fn a_question_that_was_written_is_on_record_and_explained() {
    let project = Project::issued();
    project.write("round/returns/police.xlsx", include_bytes!("../samples/returns-faulty/ratings that are none.xlsx"));
    project.run(&["queries", "round"]);
    let once = project.tree("round/record");
    project.run(&["queries", "round"]);
    assert!(once == project.tree("round/record"), "the same questions are recorded once");
    let out = project.run(&["collect", "round"]).out;
    let reference =
        out.rsplit_once("\"Amber/Green\" is two ratings").and_then(|(_, rest)| rest.split(['(', ')']).nth(1));
    let explained = project.run(&["explain", reference.expect("its reference"), "round"]);
    assert!(explained.out.contains("Asked: 14 December 2026, in police questions.xlsx"), "{}", explained.out);
}

#[test]
fn a_damaged_record_stops_the_issue_and_is_named() {
    let project = Project::issued();
    let name = project.tree("round/record").keys().next().expect("a file").clone();
    project.edit(&format!("round/record/{name}"), "police", "constabulary");
    let run = project.run(&["issue", "round"]);
    assert!(run.code == 2 && run.err.contains("this record file was changed after it was written"), "{}", run.err);
    let run = project.run(&["collect", "round"]);
    assert!(run.code == 1 && run.out.contains("put the file back from a copy"), "{}", run.out);
    // And so does what an earlier program noted.
    let project = earlier_round();
    project.write("round/issued/record.json", b"{ \"format\": 1, ");
    let run = project.run(&["issue", "round"]);
    assert!(
        run.code == 2 && run.err.contains("issued/record.json: the record of what was issued is damaged"),
        "{}",
        run.err
    );
}

/// Two hundred names that lead out of a folder, or into `returns/`, as somebody could write them.
fn hostile_names() -> Vec<String> {
    let targets = ["x.xlsx", "police.xlsx", "sub/x.xlsx"];
    let ways = [
        "../returns/",
        "..\\returns\\",
        "../../outside/",
        "a/../../returns/",
        "./../returns/",
        "/tmp/",
        "C:\\",
        "C:",
        "\\\\host\\share\\",
        "//host/share/",
        "..//returns//",
        "returns/../../returns/",
        ".. /returns/",
        "..\u{200b}/../returns/",
        "%2e%2e/../returns/",
        "...//../returns/",
        "\u{0}../returns/",
        "nul/",
        "con.txt/",
        "data/../../../outside/",
        "~/../returns/",
        "file:///tmp/",
        "....//returns/",
        "../issued/../returns/",
    ];
    let mut names: Vec<String> = ways.iter().flat_map(|way| targets.map(|target| format!("{way}{target}"))).collect();
    names.extend(ways.iter().flat_map(|way| targets.map(|target| format!("{way}{target}").to_uppercase())));
    names.extend(ways.iter().flat_map(|way| targets.map(|target| format!("data/{way}{target}"))));
    names.truncate(200);
    assert_eq!(names.len(), 200);
    names
}

#[test]
fn no_name_in_our_own_files_touches_what_is_outside_the_round_or_in_returns() {
    let project = Project::issued();
    let fill = include_bytes!("../samples/returns-faulty/not signed.xlsx");
    for name in [
        "round/returns/police.xlsx",
        "round/returns/x.xlsx",
        "round/returns/sub/x.xlsx",
        "outside/x.xlsx",
        "outside/police.xlsx",
    ] {
        project.write(name, fill);
    }
    let kept = |project: &Project| {
        (
            project.tree("round/returns"),
            project.tree("outside"),
            fs::read_dir(project.path(".")).expect("the folder").count(),
        )
    };
    for command in ["report", "queries"] {
        project.run(&[command, "round"]);
    }
    let before = kept(&project);
    let names = hostile_names();
    let hash = sha256_hex(fill);
    let manifest = |names: &[String]| {
        let files: BTreeMap<&str, &str> = names.iter().map(|name| (name.as_str(), hash.as_str())).collect();
        serde_json::json!({ "format": 1, "note": "", "files": files, "before": files }).to_string()
    };
    for (folder, command) in [("issued", "issue"), ("report", "report"), ("report", "collect"), ("queries", "queries")]
    {
        project.write(&format!("round/{folder}/manifest.json"), manifest(&names).as_bytes());
        let run = project.run(&[command, "round"]);
        assert!(
            run.code < 2 && run.out.contains("is not the name of an output here"),
            "{command}: {}{}",
            run.out,
            run.err
        );
        assert!(kept(&project) == before, "{folder}/manifest.json");
    }
    // A return that is forgotten takes outputs with it, and nothing that a manifest names beside them.
    project.write("round/report/manifest.json", manifest(&names).as_bytes());
    project.write("round/returns/gone.xlsx", b"gone");
    project.run(&["collect", "round"]);
    fs::remove_file(project.path("round/returns/gone.xlsx")).expect("removed");
    project.write("round/report/manifest.json", manifest(&names).as_bytes());
    assert!(project.run(&["forget", "returns/gone.xlsx", "round", "--by", "M Hill"]).code < 2);
    assert!(kept(&project) == before, "forget");
    // Names that are typed.
    for name in &names {
        let name = name.replace('\0', " ");
        for typed in [
            ["forget", &name, "round"].as_slice(),
            &["theme", "draft", "outside/x.xlsx", "--id", &name, "--title", "T"],
        ] {
            assert_eq!(project.run(typed).code, 2, "{typed:?}");
        }
    }
    assert!(kept(&project) == before, "typed");
    for name in names.iter().take(40) {
        let text = String::from_utf8(project.read("round/round.toml")).expect("UTF-8");
        let quoted = serde_json::to_string(name).expect("a text");
        for changed in [
            text.replacen("theme = \"domestic-abuse-2024\"", &format!("theme = {quoted}"), 1),
            text.replacen("include = []", &format!("include = [{quoted}]"), 1),
            format!("{text}\n[brand]\nlogo = {quoted}\n[[return]]\nfile = {quoted}\nuse = false\n"),
        ] {
            project.write("round/round.toml", changed.as_bytes());
            project.run(&["report", "round"]);
            project.run(&["issue", "round"]);
        }
        project.write("round/round.toml", text.as_bytes());
    }
    assert!(kept(&project) == before, "round.toml");
}

#[test]
fn a_record_that_names_a_file_elsewhere_is_not_used() {
    let project = Project::issued();
    project.write("round/returns/x.xlsx", b"a return");
    let before = project.tree("round/returns");
    for name in hostile_names() {
        // What an earlier program noted.
        let line = serde_json::json!({
            "agency": "police", "name": "P", "email": "", "issue": 1, "file": name, "return_code": "JT-1", "sha256": sha256_hex(b"a return"),
            "written_on": "2026-11-23", "sent_on": "2026-11-24",
        });
        project.write(
            "round/issued/record.json",
            serde_json::json!({ "format": 1, "note": "", "issued": [line] }).to_string().as_bytes(),
        );
        let run = project.run(&["issue", "round"]);
        assert!(run.code == 2 && run.err.contains("the record of what was issued is damaged"), "{name:?}: {}", run.err);
    }
    fs::remove_file(project.path("round/issued/record.json")).expect("removed");
    // A file of the record whose hash is right, and whose name for a workbook leads elsewhere.
    let issued = Issued {
        agency: jtai_benchmark::core::ids::AgencyId("police".into()),
        name: "P".into(),
        issue: 7,
        return_code: "JT-7".into(),
        file: jtai_benchmark::core::names::RelativeName::new("PLACE.xlsx").expect("a name"),
        sha256: sha256_hex(b"a return"),
        fingerprint: String::new(),
    };
    let (_, text) =
        as_file(jiff::civil::date(2026, 12, 1), "issue", &Who::default(), &[NewEntry::from(Entry::Issued(issued))]);
    for name in hostile_names() {
        let text = text.replace("\"PLACE.xlsx\"", &serde_json::to_string(&name).expect("a text"));
        let file = format!("round/record/2026-12-01 {}.toml", &sha256_hex(text.as_bytes())[..16]);
        project.write(&file, text.as_bytes());
        let run = project.run(&["issue", "round"]);
        assert!(run.code == 2 && run.err.contains("record file"), "{name:?}: {}", run.err);
        fs::remove_file(project.path(&file)).expect("removed");
    }
    assert!(before == project.tree("round/returns"));
}
