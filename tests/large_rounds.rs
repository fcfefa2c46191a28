//! Rounds of so many agencies that the annex cannot have every answer, and annexes of single agencies.

use jtai_benchmark::workbook::file::{read, scan};

use crate::filled::Workbook;
use crate::project::Project;

const THEME: &str = "format = 1\ntitle = \"A theme\"\nstatus = \"own\"\ncompleteness = \"Invented.\"\nchecked_by = \"A\"\n\
    checked_on = 2026-11-20\ngroups_in_scope = [\"POL\"]\n[framework]\ntitle = \"F\"\npublisher = \"P\"\n\
    [[area]]\nid = \"1\"\ntitle = \"One area\"\n\
    [[area.criterion]]\nid = \"T-1\"\nbasis = \"S\"\ngroups = [\"ALL\"]\nsource = \"Section 1\"\ntext = \"Agencies act together.\"\n\
    [[area.criterion]]\nid = \"T-2\"\nbasis = \"S\"\ngroups = [\"ALL\"]\nsource = \"Section 2\"\ntext = \"Agencies listen to children.\"\n";

/// A round of police forces in `r`, of which the first has returned.
fn round_of(agencies: usize) -> Project {
    let project = Project::empty();
    project.write("t.toml", THEME.as_bytes());
    let rows = (1..=agencies).map(|at| format!("force-{at},Force {at},POL,A Sample,a@example.org\n"));
    let list = format!("id,agency,group,contact,e-mail\n{}", rows.collect::<String>());
    assert!(project.new_round("t.toml", list.as_bytes()).code < 2);
    assert!(project.run_on("2026-11-23", &["issue", "r"]).code < 2);
    let issued = Workbook::open(&project.read("r/issued/force-1 self-assessment.xlsx"));
    project.write("r/returns/force-1.xlsx", &issued.filled().signed("2026-12-01").saved("2026-12-01"));
    project
}

#[test]
fn above_a_hundred_agencies_the_annex_says_where_the_answers_are() {
    let project = round_of(101);
    let short = project.run(&["report", "r"]);
    assert!(short.code < 2, "{}", short.err);
    assert!(short.out.contains("Every answer in full:") && short.out.contains("analysis.xlsx"), "{}", short.out);
    let annex = "r/report/leaders-only/annex.pdf";
    let short = project.read(annex).len();
    // What the annex leaves out is in the workbook, with its cell.
    let bytes = project.read("r/report/analysis.xlsx");
    let book = read::read(scan::kind(&bytes).expect("a workbook"), &bytes, &[]).expect("readable");
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "Answers").expect("the sheet");
    let answers: Vec<Vec<String>> = sheet.text_rows().into_iter().map(|(_, cells)| cells).collect();
    assert_eq!(answers.iter().filter(|row| row.first().is_some_and(|cell| cell.starts_with("T-"))).count(), 202);
    let first = answers.iter().find(|row| row.contains(&"Force 1".to_string())).expect("its row");
    for said in ["Well 4", "Do 4", "Audit 4", "Self-assessment", "D4"] {
        assert!(first.contains(&said.to_string()), "{said} is not in {first:?}");
    }
    let full = project.run(&["report", "r", "--annex", "all"]);
    assert!(full.code < 2 && !full.out.contains("Every answer in full:"), "{}{}", full.out, full.err);
    assert!(project.read(annex).len() > 2 * short, "{short} bytes");
}

#[test]
fn the_annex_of_an_agency_is_kept_up_to_date_until_its_file_is_deleted() {
    let project = round_of(2);
    let own = |id: &str| project.path(&format!("r/report/leaders-only/{id} annex.pdf"));
    assert!(project.run(&["report", "r"]).code < 2);
    assert!(!own("force-1").exists());
    let run = project.run(&["report", "r", "--annex", "force-1,Force 2"]);
    assert!(run.code < 2 && run.out.contains("force-1 annex.pdf"), "{}{}", run.out, run.err);
    assert!(own("force-1").is_file() && own("force-2").is_file());
    std::fs::remove_file(own("force-2")).expect("removed");
    let before = project.read("r/report/leaders-only/force-1 annex.pdf");
    project.edit("r/round.toml", "OFFICIAL-SENSITIVE", "OFFICIAL");
    assert!(project.run(&["report", "r"]).code < 2);
    assert!(project.read("r/report/leaders-only/force-1 annex.pdf") != before && !own("force-2").exists());
    let unknown = project.run(&["report", "r", "--annex", "force-3"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("\"force-3\" is not an agency of this round"), "{}", unknown.err);
}
