//! The packs that travel inside the program, and what a user's own theme may hold.

use jtai_benchmark::theme::{self, BUILT_IN, Basis, Criterion, Group, Theme};

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
fn every_statement_has_a_short_name_that_is_unique_where_slides_can_show_it_beside_others() {
    let of = |id: &str| -> Vec<String> { built_in(id).criteria().map(|(_, one)| one.short.to_lowercase()).collect() };
    // Any round can include this pack.
    let included = of("programme-wide");
    for (id, _) in COUNTS {
        let theme = built_in(id);
        for (_, criterion) in theme.criteria() {
            let length = criterion.short.chars().count();
            assert!((1..=Criterion::LONGEST_SHORT).contains(&length), "{} has {length}", criterion.id);
            assert_eq!(criterion.short_name(), criterion.short);
            assert!(
                !criterion.short.starts_with("Good ") && criterion.short.trim() == criterion.short,
                "{}",
                criterion.id
            );
        }
        assert_eq!(theme.short_name_gaps(), theme::ShortNameGaps::default(), "{id}");
        let twice = of(id).into_iter().find(|short| id != "programme-wide" && included.contains(short));
        assert_eq!(twice, None, "{id} and programme-wide");
    }
}

/// The authorities that a source names, as in "Letters: Lewisham, 31 January 2023, and Rochdale, 12 July 2024 (strengths)".
fn authorities(source: &str) -> Vec<String> {
    let listed = source.replace("Letters: ", "").replace("Letter: ", "").replace("; ", ", ");
    let parts: Vec<&str> = listed.split(", ").collect();
    let is_date = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let named = parts.windows(2).filter(|pair| is_date(pair[1]) && !is_date(pair[0]));
    named.map(|pair| pair[0].trim_start_matches("and ").to_string()).collect()
}

#[test]
fn nothing_that_inspectors_see_is_called_after_an_authority_that_a_source_names() {
    let themes: Vec<Theme> = COUNTS.iter().map(|(id, _)| built_in(id)).collect();
    let criteria = || themes.iter().flat_map(Theme::criteria);
    let of_letters = criteria().filter(|(_, criterion)| criterion.source.starts_with("Letter"));
    let mut names: Vec<String> = of_letters.flat_map(|(_, criterion)| authorities(&criterion.source)).collect();
    names.sort();
    names.dedup();
    assert!(names.len() > 25 && names.iter().all(|name| name.len() < 30), "{names:?}");
    assert!(
        ["Rochdale", "Solihull", "Blackburn with Darwen", "York"].iter().all(|one| names.contains(&one.to_string()))
    );
    let mut shown: Vec<(String, &str)> = Vec::new();
    for theme in &themes {
        shown.push((theme.id.to_string(), &theme.title));
        for area in &theme.areas {
            shown.extend(
                [&area.title, &area.short_title].map(|text| (format!("{}, area {}", theme.id, area.id), text.as_str())),
            );
        }
    }
    shown.extend(
        criteria().flat_map(|(_, one)| [&one.text, &one.short].map(|text| (one.id.to_string(), text.as_str()))),
    );
    let words = |text: &str| format!(" {} ", text.replace(|c: char| !c.is_alphanumeric(), " "));
    for (place, text) in shown {
        let found = names.iter().find(|name| words(text).contains(&words(name)));
        assert_eq!(found, None, "{place}: {text}");
    }
}

#[test]
fn a_theme_without_short_names_has_no_fault_and_is_told_for_information() {
    let project = Project::empty();
    let template = include_str!("../criteria/_template.toml");
    project.write("own.toml", template.as_bytes());
    let whole = project.run(&["theme", "check", "own.toml"]);
    assert!(whole.code == 0 && !whole.out.contains("short"), "{}", whole.out);
    project.write("own.toml", template.replace("short = \"Schools told by morning\"\n", "").as_bytes());
    let run = project.run(&["theme", "check", "own.toml"]);
    let told = "no `short`, so slides show the first words of the statement: OWN-L1.1";
    assert!(run.code == 0 && run.out.contains("no fault") && run.out.contains(told), "{}", run.out);
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
        run.out.contains("inspections no longer look at \"Child exploitation and missing children\""),
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
