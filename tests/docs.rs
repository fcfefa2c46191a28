//! README and docs say what is there: files, commands, settings, findings, rooms, labels of pages. What they say about them is for people to read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jtai_benchmark::challenge::CHALLENGE_COLUMNS;
use jtai_benchmark::choices::ChoicesSheet;
use jtai_benchmark::core::finding::Code;
use jtai_benchmark::round;
use jtai_benchmark::theme::BUILT_IN;
use jtai_benchmark::workbook::contract::{COLUMNS, METADATA_SHEET, RECHECK_COLUMNS, SHEETS};

use crate::project::Project;

const README: &str = include_str!("../README.md");

const GUIDE: &str = include_str!("../docs/guide.md");

const ARCHITECTURE: &str = include_str!("../docs/architecture.md");

/// The folders of the project: what begins with one of them and a slash is the name of a file or a folder of it.
const FOLDERS: [&str; 9] =
    ["src/", "tests/", "templates/", "criteria/", "samples/", "benches/", "packaging/", "docs/", ".ci/"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// README and every page of docs, each with its name and its text.
fn pages() -> Vec<(String, String)> {
    let docs = fs::read_dir(root().join("docs")).expect("the folder of docs");
    let mut names: Vec<String> = docs
        .map(|entry| format!("docs/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".md"))
        .collect();
    names.push("README.md".to_string());
    names.sort();
    let text = |name: &String| fs::read_to_string(root().join(name)).expect("a page in UTF-8");
    names.iter().map(|name| (name.clone(), text(name))).collect()
}

/// What is between two marks, wherever both are on one line.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some((_, after)) = rest.split_once(open) {
            let Some((inside, behind)) = after.split_once(close) else { break };
            found.push(inside);
            rest = behind;
        }
    }
    found
}

/// Where the links of a text lead.
fn links(text: &str) -> Vec<&str> {
    between(text, "](", ")")
}

/// The names of files in what is written as code. `NAME` and `ID` are to be filled in, and `*` is any name.
fn files_in_code(text: &str) -> Vec<&str> {
    let words = between(text, "`", "`").into_iter().flat_map(str::split_whitespace);
    let is_file = |word: &&str| {
        FOLDERS.iter().any(|folder| word.starts_with(folder))
            && !["NAME", "ID", "*"].iter().any(|any| word.contains(any))
    };
    words.map(|word| word.trim_end_matches([',', ';', ':'])).filter(is_file).collect()
}

/// The anchor that a heading gets on a forge.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| anchor(line.trim_start_matches('#'))).collect()
}

#[test]
fn every_file_that_is_named_is_there() {
    let mut missing = Vec::new();
    for (name, text) in pages() {
        let folder = root().join(&name).parent().expect("a folder").to_path_buf();
        let linked = links(&text).into_iter().filter(|link| !link.contains("://") && !link.starts_with('#'));
        let linked = linked.map(|link| folder.join(link.split('#').next().unwrap_or_default()));
        let in_code = files_in_code(&text).into_iter().map(|file| root().join(file));
        let gone = linked.chain(in_code).filter(|path| !path.exists());
        missing.extend(gone.map(|path| format!("{name} names {}", path.display())));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_link_to_a_heading_leads_to_one() {
    let pages = pages();
    let mut missing = Vec::new();
    for (name, text) in &pages {
        for (file, heading) in links(text).into_iter().filter_map(|link| link.split_once('#')) {
            let to = pages.iter().find(|(page, _)| if file.is_empty() { page == name } else { page.ends_with(file) });
            if !to.is_some_and(|(_, text)| anchors(text).contains(heading)) {
                missing.push(format!("{name} leads to {file}#{heading}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_readme_is_short_and_has_its_two_commands() {
    let words = README.split_whitespace().count();
    assert!(words < 1_200, "the README has {words} words: what it says more belongs in docs/");
    for command in ["cargo run --release -- demo", "cargo test --release"] {
        assert!(README.lines().any(|line| line.starts_with(command)), "{command}");
    }
}

/// The commands in a help text, by their names.
fn commands(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    names.filter_map(|rest| rest.split_whitespace().next()).collect()
}

#[test]
fn the_guide_has_every_command() {
    let project = Project::empty();
    let help = project.run(&["--help"]).out;
    let top = commands(&help);
    assert!(top.contains(&"issue") && top.contains(&"theme"), "{help}");
    let mut all: Vec<String> = top.iter().map(ToString::to_string).collect();
    for group in ["theme", "round"] {
        let help = project.run(&[group, "--help"]).out;
        let below = commands(&help);
        assert!(below.contains(&"new"), "{help}");
        all.retain(|name| name != group);
        all.extend(below.iter().filter(|name| **name != "help").map(|name| format!("{group} {name}")));
    }
    let missing: Vec<&String> = all.iter().filter(|name| !GUIDE.contains(&format!("| `jtai {name}` |"))).collect();
    assert!(missing.is_empty(), "the table of commands lacks {missing:?}");
}

/// A `round.toml` with everything that one can have.
const WHOLE: &str = r##"
format = 2
id = "r"
theme = "front-door"
partnership = "P"
issued_on = 2026-11-23
deadline = 2026-12-11
fieldwork_starts = 2027-01-11
marking = ""
contact = "c"
officer = "o"
goes_on_from = "q"
kept_until = "k"
column_order = "worried-first"
rate = ["S"]
include = ["programme-wide"]
[[agency]]
id = "police"
name = "Police"
group = "POL"
[[return]]
file = "returns/a.xlsx"
use = false
[[cleared]]
file = "returns/b.xlsx"
sheet = "S"
cell = "D7"
sha256 = "0123456789abcdef"
by = "o"
on = 2026-12-09
[brand]
logo = "logo.svg"
colour = "#12436D"
second_colour = "#801650"
"##;

#[test]
fn the_guide_has_every_setting() {
    let read = round::read("round.toml", WHOLE);
    let round = read.output.unwrap_or_else(|| panic!("{:?}", read.findings));
    // Whatever a round can say is written, as a line or as a comment.
    let written = round::as_toml(&round);
    let plain =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let mut missing = Vec::new();
    for line in written.lines().map(|line| line.trim_start_matches("# ")) {
        let key = line.split_once(" = ").map(|(key, _)| key).filter(|key| plain(key));
        let name = key.or(Some(line).filter(|line| line.starts_with('[')));
        missing.extend(name.filter(|name| !GUIDE.contains(&format!("`{name}`"))));
    }
    assert!(missing.is_empty(), "the guide lacks {missing:?}");
}

#[test]
fn the_guide_has_every_kind_of_finding_and_how_grave_it_is() {
    let row = |code: &Code| format!("| `{}` | {} |", code.name(), code.severity().words());
    let missing: Vec<String> = Code::ALL.iter().map(row).filter(|row| !GUIDE.contains(row)).collect();
    assert!(missing.is_empty(), "the guide has no row that begins with\n{}", missing.join("\n"));
    let rows = GUIDE.lines().filter(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        ["must fix", "please check", "for information"].contains(cells.get(2).unwrap_or(&"")) && line.starts_with("| `")
    });
    assert_eq!(rows.count(), Code::ALL.len(), "the guide has a row for each kind and no other");
}

#[test]
fn the_guide_has_every_theme_and_every_sheet() {
    let themes = BUILT_IN.iter().map(|(id, _)| format!("| `{id}` |"));
    let choices = ChoicesSheet::ALL.into_iter().map(|sheet| format!("`{}`", sheet.name()));
    let sheets = SHEETS.iter().filter(|sheet| **sheet != METADATA_SHEET).map(|sheet| format!("`{sheet}`"));
    let missing: Vec<String> = themes.chain(choices).chain(sheets).filter(|name| !GUIDE.contains(name)).collect();
    assert!(missing.is_empty(), "the guide lacks {missing:?}");
}

#[test]
fn the_guide_has_every_column() {
    let to_rate = COLUMNS.iter().chain(&RECHECK_COLUMNS).map(|column| column.header);
    let to_choose = ChoicesSheet::ALL.into_iter().flat_map(|sheet| sheet.columns().iter().map(|column| column.header));
    let of_meeting = CHALLENGE_COLUMNS.iter().map(|column| column.header);
    let missing: BTreeSet<&str> =
        to_rate.chain(to_choose).chain(of_meeting).filter(|header| !GUIDE.contains(header)).collect();
    assert!(missing.is_empty(), "the guide lacks {missing:?}");
}

#[test]
fn the_guide_has_every_column_of_the_list_of_agencies() {
    let project = Project::empty();
    let made = project.new_round("front-door", b"agency,group,contact,email\nPolice,POL,A,a@example.org\n");
    assert!(made.code < 2, "{}", made.err);
    let list = project.list("r");
    let headers = list[0].iter().filter(|header| !header.is_empty());
    let missing: Vec<&String> = headers.filter(|header| !GUIDE.contains(&format!("| {header} |"))).collect();
    assert!(missing.is_empty(), "the guide lacks {missing:?}");
}

/// Everything that the pages are made of, as text.
fn sources(folder: &Path) -> String {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let text = |path: PathBuf| match path.is_dir() {
        true => sources(&path),
        false if path.extension().is_some_and(|ending| ending == "rs") => fs::read_to_string(path).expect("a source"),
        false => String::new(),
    };
    paths.into_iter().map(text).collect()
}

#[test]
fn what_the_guide_says_to_choose_is_on_a_page() {
    let pages = sources(&root().join("src/web"));
    // Words in bold that end with a colon or a full stop open a paragraph; the others are labels.
    let labels: BTreeSet<&str> =
        between(GUIDE, "**", "**").into_iter().filter(|label| !label.ends_with([':', '.'])).collect();
    assert!(labels.contains("Findings"), "{labels:?}");
    let missing: Vec<&&str> = labels.iter().filter(|label| !pages.contains(**label)).collect();
    assert!(missing.is_empty(), "no page has {missing:?}");
}

#[test]
fn the_architecture_has_every_room() {
    let lines = include_str!("../src/lib.rs").lines();
    let modules = lines.filter(|line| line.starts_with("pub mod ") || line.starts_with("pub(crate) mod "));
    let rooms: Vec<&str> = modules.filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';')).collect();
    assert!(rooms.contains(&"workbook"), "{rooms:?}");
    let missing: Vec<&&str> = rooms.iter().filter(|room| !ARCHITECTURE.contains(&format!("| `{room}` |"))).collect();
    assert!(missing.is_empty(), "the table of rooms lacks {missing:?}");
}
