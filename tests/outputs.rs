//! What a report writes: the same bytes again, whole or not at all, and nothing of the leaders' in what inspectors see.

use std::fs;

use crate::project::Project;

#[test]
fn the_same_inputs_and_date_give_the_same_bytes() {
    let (first, second) = (Project::demo(), Project::demo());
    let (first, second) = (first.tree("demo"), second.tree("demo"));
    let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    for (name, bytes) in &first {
        assert!(*bytes == second[name], "{name} differs between two runs");
    }
    for ending in [".xlsx", ".csv", ".svg", ".pdf", ".pptx", ".parquet"] {
        assert!(first.keys().any(|name| name.ends_with(ending)), "no {ending} was compared");
    }
}

#[test]
fn a_second_report_changes_nothing() {
    let project = Project::demo();
    let before = project.tree("demo");
    assert_eq!(project.run(&["report", "demo"]).code, 1);
    assert!(before == project.tree("demo"));
}

/// Stopped at any moment, a report is the one before or the new one, and the next command has nothing to tell of it.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_is_stopped_is_the_old_one_or_the_new_one() {
    let project = Project::demo();
    let report = |project: &Project| {
        let mut tree = project.tree("demo/report");
        tree.retain(|name, _| !name.starts_with(".jtai-"));
        tree
    };
    let markings = ["OFFICIAL-SENSITIVE", "OFFICIAL"];
    let first = report(&project);
    project.edit("demo/round.toml", markings[0], markings[1]);
    project.run(&["report", "demo"]);
    let second = report(&project);
    assert!(first != second);
    for kill in 0..16_u64 {
        // Each report that is stopped would turn the one that stands into the other.
        let is_first = report(&project) == first;
        let text = String::from_utf8(project.read("demo/round.toml")).expect("UTF-8");
        let wanted = markings[usize::from(is_first)];
        let line =
            |line: &str| if line.starts_with("marking") { format!("marking = \"{wanted}\"") } else { line.to_string() };
        let text: Vec<String> = text.lines().map(line).collect();
        project.write("demo/round.toml", text.join("\n").as_bytes());
        let mut child = project.start(&["report", "demo"]);
        std::thread::sleep(std::time::Duration::from_millis(60 * kill));
        // It may have ended by now.
        let _ = child.kill();
        child.wait().expect("ended");
        let now = report(&project);
        assert!(now == first || now == second, "stopped after {} ms, the report is neither", 60 * kill);
    }
    assert_eq!(project.run(&["report", "demo"]).code, 1);
    let left: Vec<String> = project.tree("demo").into_keys().filter(|name| name.contains(".jtai-")).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn two_reports_at_once_both_end_well() {
    let project = Project::demo();
    for round in 0..4 {
        let marking =
            if round % 2 == 0 { ["OFFICIAL-SENSITIVE", "OFFICIAL"] } else { ["OFFICIAL", "OFFICIAL-SENSITIVE"] };
        project.edit("demo/round.toml", marking[0], marking[1]);
        let pair = [project.start(&["report", "demo"]), project.start(&["report", "demo"])];
        for child in pair {
            let output = child.wait_with_output().expect("ended");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{said}");
        }
    }
}

/// A device behind an input never ends: it is refused and not read.
#[cfg(unix)]
#[test]
fn a_device_in_the_place_of_a_file_is_refused() {
    let project = Project::demo();
    for name in ["demo/choices.xlsx", "demo/agencies.csv"] {
        let path = project.path(name);
        // Absent in this round, or replaced: either way a link to a device stands there now.
        let _ = fs::remove_file(&path);
        std::os::unix::fs::symlink("/dev/zero", &path).expect("a link");
        let run = match name {
            "demo/choices.xlsx" => project.run(&["report", "demo"]),
            _ => project.new_round_from(name),
        };
        assert_eq!(run.code, 2, "{name}: {}{}", run.out, run.err);
        assert!(run.err.contains("this is a device, not a file"), "{name}: {}", run.err);
    }
}

#[test]
fn a_clock_that_is_behind_is_named() {
    let run = Project::demo().run_on("2025-12-14", &["collect", "demo"]);
    assert!(run.out.contains("today is 14 December 2025 by the clock of this computer"), "{}", run.out);
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_on_a_full_disk_ends_with_2() {
    let project = Project::demo();
    for args in
        [&["status", "demo"][..], &["report", "demo"], &["status", "demo", "--json"], &["theme", "list"], &["--help"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").expect("a full disk");
        let code = project.start_into(args, full).wait().expect("ended").code();
        assert_eq!(code, Some(2), "{args:?}");
    }
}

#[test]
fn returns_are_never_changed() {
    let project = Project::demo();
    let before = project.tree("demo/returns");
    for command in ["collect", "report", "status", "issue"] {
        project.run(&[command, "demo"]);
    }
    assert!(before == project.tree("demo/returns"));
    assert_eq!(before.len(), 11);
}

#[test]
fn the_documents_are_tagged_and_accessible() {
    let project = Project::demo();
    for name in ["demo/report/deck.pdf", "demo/report/leaders-only/annex.pdf", "demo/report/leaders-only/briefing.pdf"]
    {
        let pdf = project.read(name);
        let holds = |text: &str| pdf.windows(text.len()).any(|window| window == text.as_bytes());
        for sign in ["%PDF-", "pdfuaid:part>1<", "/StructTreeRoot", "/Lang(en-GB)", "/Outlines"] {
            assert!(holds(sign), "{name} has no {sign}");
        }
    }
}

#[test]
fn a_deck_that_somebody_changed_is_left() {
    let project = Project::demo();
    project.write("demo/report/deck.pdf", b"my own deck").edit(
        "demo/round.toml",
        "fieldwork_starts = 2027-01-11",
        "fieldwork_starts = 2027-01-12",
    );
    let run = project.run(&["report", "demo"]);
    assert!(run.out.contains("this file was changed after it was written"), "{}", run.out);
    assert_eq!(project.read("demo/report/deck.pdf"), b"my own deck");
    assert!(project.read("demo/report/deck (new).pdf").starts_with(b"%PDF-"));
}

#[test]
fn a_report_that_cannot_be_replaced_stays_whole() {
    let project = Project::demo();
    let before = project.tree("demo/report");
    let locked = project.path("demo/report/deck.pdf");
    let mut permissions = fs::metadata(&locked).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).expect("made read-only");
    project.edit("demo/round.toml", "OFFICIAL-SENSITIVE", "OFFICIAL");
    let run = project.run(&["report", "demo"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
    assert!(before == project.tree("demo/report"));
}

#[test]
fn every_column_of_the_data_is_described() {
    let project = Project::demo();
    let schema: serde_json::Value =
        serde_json::from_slice(&project.read("demo/report/data/schema.json")).expect("JSON");
    for resource in schema["resources"].as_array().expect("resources") {
        let path = resource["path"].as_str().expect("a path");
        let described: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .expect("fields")
            .iter()
            .filter_map(|f| f["name"].as_str())
            .collect();
        let bytes = project.read(&format!("demo/report/data/{path}"));
        let text = String::from_utf8(bytes).expect("UTF-8");
        let header = text.trim_start_matches('\u{feff}').lines().next().expect("a header").replace('"', "");
        assert_eq!(header.split(',').collect::<Vec<_>>(), described, "{path}");
    }
}
