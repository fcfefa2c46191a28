//! The packs that travel inside the program, and what a user's own theme may hold.

use jtai_benchmark::theme::{self, BUILT_IN, Basis, Group, Theme};

use crate::project::Project;

/// How many statements of each basis (C, S, R, L) each pack holds: counted in the list of statements that the packs were made
/// from, which is not part of this project.
const COUNTS: [(&str, [usize; 4]); 11] = [
    ("domestic-abuse-2016", [13, 0, 0, 0]),
    ("domestic-abuse-2024", [0, 11, 0, 32]),
    ("serious-youth-violence-2023", [0, 5, 5, 27]),
    ("front-door", [0, 11, 0, 30]),
    ("criminal-exploitation-2022", [0, 1, 0, 16]),
    ("need-help-2022", [0, 4, 0, 15]),
    ("child-sexual-abuse-2025", [0, 6, 0, 11]),
    ("mental-health-2019", [4, 0, 0, 0]),
    ("neglect-2017", [0, 2, 2, 0]),
    ("exploitation-2016", [0, 3, 0, 0]),
    ("programme-wide", [0, 5, 0, 0]),
];

fn built_in(id: &str) -> Theme {
    let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == id).expect("built in");
    let checked = theme::read(id, id, text);
    assert_eq!(checked.findings, [], "{id}");
    checked.output
}

#[test]
fn each_pack_holds_as_many_statements_as_its_source() {
    assert_eq!(BUILT_IN.len(), COUNTS.len());
    let mut all = 0;
    for (id, counts) in COUNTS {
        let theme = built_in(id);
        let of = |basis| theme.criteria().filter(|(_, criterion)| criterion.basis == basis).count();
        assert_eq!(Basis::ALL.map(of), counts, "{id}");
        all += theme.criteria().count();
    }
    assert_eq!(all, 203);
}

#[test]
fn lines_of_enquiry_stand_in_areas_of_their_own() {
    for (id, _) in COUNTS {
        for area in &built_in(id).areas {
            let lines = area.criteria.iter().filter(|criterion| criterion.basis == Basis::LineOfEnquiry).count();
            assert!(lines == 0 || lines == area.criteria.len(), "{id}, area {}", area.id);
            assert_eq!(lines > 0, area.id.as_str().starts_with('L'), "{id}, area {}", area.id);
        }
    }
}

#[test]
fn no_id_is_used_in_two_packs_and_every_pack_says_how_far_to_trust_it() {
    let mut ids = Vec::new();
    for (id, _) in COUNTS {
        let theme = built_in(id);
        assert!(
            !theme.completeness.is_empty() && !theme.is_checked() && theme.status == theme::Status::Starter,
            "{id}"
        );
        assert!(theme.criteria().all(|(_, criterion)| criterion.paraphrase && !criterion.source.is_empty()), "{id}");
        ids.extend(theme.criteria().map(|(_, criterion)| criterion.id.clone()));
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn the_agencies_that_every_inspection_looks_at_meet_8_to_40_rows_where_the_pack_holds_that_many() {
    for (id, _) in COUNTS {
        let theme = built_in(id);
        for group in [Group::Council, Group::Police, Group::Health] {
            let asked = |is_rated: bool| {
                let counts = |criterion: &theme::Criterion| !is_rated || theme.rate.contains(&criterion.basis);
                theme.criteria().filter(|(_, criterion)| criterion.asked.includes(group) && counts(criterion)).count()
            };
            assert!(asked(true) <= 40 && asked(true) >= asked(false).min(8), "{id} {group:?}: {}", asked(true));
        }
    }
}

#[test]
fn themes_are_listed_the_live_ones_first() {
    let project = Project::empty();
    insta::assert_snapshot!(project.run(&["theme", "list"]).out);
    insta::assert_snapshot!(project.run(&["theme", "list", "--all"]).out);
}

#[test]
fn a_theme_is_printed_for_reading() {
    let project = Project::empty();
    project.write("themes/template.toml", include_bytes!("../criteria/_template.toml"));
    insta::assert_snapshot!(project.run(&["theme", "show", "template"]).out);
}

#[test]
fn a_round_on_a_retired_theme_is_told_so_and_can_include_another_pack() {
    let project = Project::empty();
    project.write("agencies.csv", include_bytes!("../samples/exampleshire/agencies.csv"));
    let args =
        ["round", "new", "r", "--theme", "exploitation-2016", "--include", "programme-wide", "--partnership", "P"];
    let run = project.run(&[&args[..], &["--agencies", "agencies.csv", "--deadline", "2026-12-11"]].concat());
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("no inspections on \"Child exploitation and missing children\" are running any more"),
        "{}",
        run.out
    );
    assert_eq!(project.run(&["issue", "r"]).code, 0);
    assert_eq!(project.run(&["report", "r"]).code, 0);
    let rows = crate::project::csv_rows(&project.read("r/report/data/criteria.csv"));
    let ids: Vec<&str> = rows.iter().map(|row| row["criterion_id"].as_str()).collect();
    assert_eq!(ids, ["CSE16-1.1", "CSE16-1.2", "CSE16-1.3", "GEN-1.1", "GEN-1.2", "GEN-1.3", "GEN-1.4", "GEN-1.5"]);
}

#[test]
fn what_changed_since_a_theme_was_issued_is_named() {
    let project = Project::demo();
    let pack = String::from_utf8(project.read("demo/theme.toml")).expect("UTF-8");
    let start = pack.find("\n[[area.criterion]]\nid = \"DA24-2.2\"").expect("there");
    let end = start + 1 + pack[start + 1..].find("\n[[area").expect("another follows");
    let changed =
        format!("{}{}", &pack[..start], &pack[end..]).replacen("Agencies respond effectively", "Agencies respond", 1);
    project.write("demo/theme.toml", changed.replacen("id = \"DA24-4.1\"", "id = \"DA24-4.9\"", 1).as_bytes());
    let run = project.run(&["report", "demo"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err);
}

#[test]
fn a_check_of_the_wording_after_issue_is_no_change() {
    let project = Project::demo();
    project.edit("demo/theme.toml", "checked_by = \"\"", "checked_by = \"A Name\"\nchecked_on = 2026-12-01");
    assert_eq!(project.run(&["report", "demo"]).code, 1);
}
