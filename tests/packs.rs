//! What the packs say to each kind of agency: hints, what a statement means for it, and that no agency is asked the same twice.

use std::collections::BTreeSet;

use jtai_benchmark::core::ids::CriterionId;
use jtai_benchmark::theme::{self, BUILT_IN, Basis, Criterion, Group, Theme};
use jtai_benchmark::workbook::contract::{GUIDANCE_SHEET, MEANING_HEADER, SELF_ASSESSMENT_SHEET, SOURCES_SHEET};

use crate::filled::Workbook;
use crate::ooxml::{elements, of, text_parts};
use crate::project::Project;

fn built_in(id: &str) -> Theme {
    let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == id).expect("built in");
    theme::read(id, id, text).output
}

fn all() -> Vec<Theme> {
    BUILT_IN.iter().map(|(id, _)| built_in(id)).collect()
}

/// The themes that inspections look at now, and that of the sample round.
fn in_use() -> Vec<Theme> {
    let is_in_use = |theme: &Theme| !theme.is_retired || theme.id.as_str() == "domestic-abuse-2024";
    let found: Vec<Theme> = all().into_iter().filter(is_in_use).collect();
    assert_eq!(found.len(), 4);
    found
}

#[test]
fn every_statement_of_the_themes_in_use_says_what_green_looks_like_and_asks_two_questions() {
    for theme in in_use() {
        for (_, criterion) in theme.criteria() {
            let id = &criterion.id;
            assert!(criterion.green_looks_like.ends_with('.'), "{id}");
            assert_eq!(criterion.prompts.len(), 2, "{id}");
            assert!(criterion.prompts.iter().all(|prompt| prompt.ends_with('?')), "{id}");
        }
    }
}

#[test]
fn a_meaning_is_a_line_for_a_group_that_is_asked_and_every_shared_statement_has_one_for_each() {
    for theme in all() {
        for (_, Criterion { id, means, asked, .. }) in theme.criteria() {
            for (group, line) in means {
                assert!(asked.includes(*group), "{id}: {group:?} is not asked");
                assert!(
                    line.chars().count() <= Criterion::LONGEST_MEANING && line.ends_with(['.', '?']),
                    "{id}: {line}"
                );
            }
        }
    }
    // A statement that several groups rate speaks of all of them, so each is told which part is its own.
    for theme in in_use() {
        for (_, criterion) in theme.criteria().filter(|(_, criterion)| criterion.repeats.is_empty()) {
            let asked: Vec<Group> = Group::ALL.into_iter().filter(|group| criterion.asked.includes(*group)).collect();
            let without = asked.iter().find(|group| asked.len() > 1 && criterion.meaning_for(**group).is_empty());
            assert_eq!(without, None, "{}", criterion.id);
        }
    }
}

#[test]
fn areas_of_the_themes_that_are_live_have_neither_one_statement_nor_thirty() {
    for theme in all().into_iter().filter(|theme| !theme.is_retired) {
        for area in &theme.areas {
            assert!((2..30).contains(&area.criteria.len()), "{}, area {}", theme.id, area.id);
        }
    }
}

#[test]
fn what_a_statement_repeats_is_in_a_pack_and_repeats_nothing_itself() {
    let themes = all();
    let known = |id: &CriterionId| themes.iter().find_map(|theme| theme.criterion(id)).map(|(_, criterion)| criterion);
    let mut repeating = 0;
    for (_, criterion) in themes.iter().flat_map(Theme::criteria) {
        for id in &criterion.repeats {
            let other = known(id).unwrap_or_else(|| panic!("{} repeats {id}, which no pack has", criterion.id));
            assert!(other.repeats.is_empty(), "{} repeats {id}", criterion.id);
            repeating += 1;
        }
    }
    assert!(repeating > 10, "{repeating}");
}

#[test]
fn the_front_door_asks_no_agency_the_same_twice_and_leaves_none_without_statements() {
    let theme = built_in("front-door");
    let rated = |group: Group, bases: &[Basis]| -> Vec<&str> {
        let asked = theme.criteria().filter(|(_, criterion)| theme.is_rated_by(criterion, group, bases));
        asked.map(|(_, criterion)| criterion.id.as_str()).collect()
    };
    for bases in [&[Basis::Scope][..], &[Basis::Scope, Basis::LineOfEnquiry]] {
        for group in Group::ALL {
            let rated = rated(group, bases);
            assert!(
                !rated.iter().any(|id| ["FD-7.1", "FD-7.2", "FD-7.3", "FD-7.4"].contains(id)),
                "{group:?}: {rated:?}"
            );
            assert!(rated.len() >= 3, "{group:?}: {rated:?}");
        }
    }
    // Only a round that rates no lines of enquiry has nothing else to ask schools about their say in the partnership.
    assert!(rated(Group::Education, &[Basis::Scope]).contains(&"FD-7.5"));
    assert!(!rated(Group::Education, &theme.rate).contains(&"FD-7.5"));
    // Nothing to repeat: a round that rates other bases is asked all the same.
    assert_eq!(rated(Group::Health, &[Basis::Criterion]), Vec::<&str>::new());
}

#[test]
fn a_colleague_finds_no_duplicate_and_nothing_to_mend_in_the_packs_that_are_live() {
    let project = Project::empty();
    for (id, text) in BUILT_IN {
        project.write(&format!("{id}.toml"), text.as_bytes());
        let run = project.run(&["theme", "check", &format!("{id}.toml")]);
        assert!(run.code < 2 && run.out.contains("no fault"), "{}{}", run.out, run.err);
        assert!(!run.out.contains("says the same as"), "{}", run.out);
        if !built_in(id).is_retired {
            assert!(!run.out.contains("a colleague would ask"), "{}", run.out);
        }
    }
}

#[test]
fn a_colleague_asks_about_a_meaning_for_nobody_and_a_repetition_of_nothing() {
    let project = Project::empty();
    project.write("own.toml", include_bytes!("../criteria/_template.toml"));
    project.edit(
        "own.toml",
        "# repeats = [\"OWN-1.1\"]",
        "repeats = [\"OWN-1.9\", \"FD-1.1\"]\nmeans.HLT = \"Yours.\"",
    );
    let run = project.run(&["theme", "check", "own.toml"]);
    for told in [
        "it says what it means for health, and that group is not asked",
        "it repeats OWN-1.9, and this theme has no such",
    ] {
        assert!(run.out.contains(told), "{}", run.out);
    }
    assert!(!run.out.contains("FD-1.1"), "{}", run.out);
    let long = format!("means.HLT = \"{}\"", "x".repeat(161));
    project.edit("own.toml", "means.HLT = \"Yours.\"", &format!("{long}\nmeans.POL = \"a\\nb\"\nmeans.HTL = \"x\""));
    project.edit("own.toml", "\"OWN-1.9\"", "\"OWN-L1.1\"");
    let run = project.run(&["theme", "check", "own.toml"]);
    for told in [
        "`means.HLT` has 161 characters",
        "`means.POL` has a line break",
        "did you mean `HLT`?",
        "names OWN-L1.1 itself",
    ] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
}

const AGENCIES: &str = "id,name,group,contact,email\n\
    hospital,Hospital,HLT,A,a@b.example\nschool,School,EDU,A,a@b.example\nforce,Police,POL,A,a@b.example\n\
    council,Council,LA,A,a@b.example\ncharity,Charity,VCS,A,a@b.example\nleaders,Leaders,LED,A,a@b.example\n";

/// A round on the front door with an agency of each kind, in `round`, with its workbooks issued.
fn front_door() -> Project {
    let project = Project::empty();
    assert!(project.new_round("front-door", AGENCIES.as_bytes()).code < 2);
    std::fs::rename(project.path("r"), project.path("round")).expect("renamed");
    let run = project.run(&["issue", "round"]);
    assert!(run.code < 2, "{}", run.err);
    project
}

/// Every text of a sheet.
fn texts(book: &Workbook, sheet: &str) -> BTreeSet<String> {
    let sheet = book.book.sheets.iter().find(|known| known.name == sheet).expect("the sheet");
    sheet.cells.values().map(|value| value.text()).collect()
}

#[test]
fn each_agency_reads_what_a_statement_means_for_its_own_group_and_for_no_other() {
    let project = front_door();
    let theme = built_in("front-door");
    let (_, first) = theme.criterion(&CriterionId("FD-1.1".into())).expect("there");
    for (agency, own, other) in [
        ("hospital", Group::Health, Group::Education),
        ("school", Group::Education, Group::Health),
        ("charity", Group::Voluntary, Group::Council),
    ] {
        let book = Workbook::issued(&project, agency);
        let guidance = texts(&book, GUIDANCE_SHEET);
        assert!(
            guidance.contains(MEANING_HEADER) && guidance.contains(first.meaning_for(own)),
            "{agency}: {guidance:?}"
        );
        assert!(!guidance.contains(first.meaning_for(other)), "{agency}");
        let bytes = project.read(&format!("round/issued/{agency} self-assessment.xlsx"));
        let parts = text_parts(&bytes);
        let checks =
            parts.iter().flat_map(|(name, text)| elements(name, text)).filter(|(name, _)| name == "dataValidation");
        let messages: Vec<String> = checks.map(|(_, with)| of(&with, "prompt").to_string()).collect();
        assert!(messages.iter().any(|message| message == first.meaning_for(own)), "{agency}: {messages:?}");
        assert!(!messages.iter().any(|message| message.contains(first.meaning_for(other))), "{agency}");
        // What is asked once is rated once; the rest is listed with what asks it.
        let rated = texts(&book, SELF_ASSESSMENT_SHEET);
        assert!(rated.contains("FD-1.1") && !rated.contains("FD-7.1"), "{agency}");
        let from = texts(&book, SOURCES_SHEET);
        assert!(from.iter().any(|text| text.ends_with("for information, not rated: FD-1.1 asks it")), "{from:?}");
    }
}

#[test]
fn what_a_statement_means_is_never_taken_for_the_agencys_own_words() {
    let project = front_door();
    let text = String::from_utf8(project.read("round/theme.toml")).expect("UTF-8");
    let book = Workbook::issued(&project, "hospital").answer(5, 'D', "Amber");
    project.write("round/returns/hospital.xlsx", &book.saved("2026-12-01"));
    let run = project.run(&["collect", "round"]);
    assert!(!run.out.contains("was not issued"), "{}", run.out);
    // The theme said nothing of the kind when the workbook was issued: its columns were different.
    let plain: Vec<&str> = text.lines().filter(|line| !line.starts_with("means.")).collect();
    let project = front_door();
    project.write("round/theme.toml", plain.join("\n").as_bytes());
    std::fs::remove_dir_all(project.path("round/issued")).expect("removed");
    assert!(project.run(&["issue", "round"]).code < 2);
    let book = Workbook::issued(&project, "hospital").answer(5, 'D', "Amber");
    assert!(!texts(&book, GUIDANCE_SHEET).contains(MEANING_HEADER));
    project.write("round/returns/hospital.xlsx", &book.saved("2026-12-01"));
    project.write("round/theme.toml", text.as_bytes());
    let run = project.run(&["collect", "round"]);
    assert!(run.code < 2 && !run.out.contains("was not issued"), "{}{}", run.out, run.err);
}

#[test]
fn new_guidance_is_no_rewording_and_what_asks_it_instead_is() {
    let project = Project::demo();
    let line = "means.HLT = \"";
    project.edit("demo/theme.toml", line, &format!("{line}Changed. "));
    let run = project.run(&["report", "demo"]);
    assert!(run.code < 2, "{}", run.err);
    project.edit("demo/theme.toml", line, &format!("repeats = [\"DA24-2.1\"]\n{line}"));
    let run = project.run(&["report", "demo"]);
    assert!(run.code == 2 && run.err.contains("reworded DA24-1.1"), "{}", run.err);
}

#[test]
fn a_theme_tells_its_readers_for_whom_a_line_is() {
    let project = Project::empty();
    let run = project.run(&["theme", "show", "front-door"]);
    for line in [
        "For voluntary sector: You may have no front door as such",
        "Agencies that are asked one of FD-3.1 and FD-4.1 read this one for information only, because it asks the same.",
    ] {
        assert!(run.out.contains(line), "{line}");
    }
}
