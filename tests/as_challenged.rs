//! Slides that show the ratings after challenge, where the officer chooses it: which ratings are shown is said on each, the counts are those
//! of the data, and the data keep both.

use jtai_benchmark::chart::Charts;
use jtai_benchmark::documents::{Length, deck};
use serde_json::Value;

use crate::challenge::{CHANGED, POLICE, Pack, REFS, UPHELD, collect, key, ratings, round};
use crate::deck_text::Staged;
use crate::filled::Workbook;
use crate::ooxml::text_parts;
use crate::project::{Project, csv_rows};
use crate::web::Served;
use crate::web_choices::Form;

const SHEET: &str = "Approval";
const LABEL: &str = "Ratings on the slides (Self-ratings, or As challenged)";
const LOOKED_AT: &str = "After challenge: 3 looked at, 1 changed";

/// Writes something beside a label of the first sheet of `choices.xlsx`.
fn write_beside(project: &Project, cells: &[(&str, &str)]) {
    let mut workbook = Workbook::open(&project.read("round/choices.xlsx"));
    for (label, text) in cells {
        let sheet = workbook.book.sheets.iter().find(|sheet| sheet.name == SHEET).expect("the first sheet");
        let (at, _) = sheet.cells.iter().find(|(_, value)| value.text() == *label).expect("the label");
        let cell = format!("B{}", at.0 + 1);
        workbook = workbook.put(SHEET, &cell, text);
    }
    project.write("round/choices.xlsx", &workbook.saved("2026-12-16"));
}

fn choose(project: &Project, ratings: &str) {
    write_beside(project, &[(LABEL, ratings)]);
}

/// Makes the presentation: its code, what it says in all, and what was printed.
fn report(project: &Project) -> (String, String, String) {
    let run = project.run_on("2026-12-17", &["report", "round", "--json"]);
    assert!(run.code < 2, "{}{}", run.out, run.err);
    let said: Value = serde_json::from_str(&run.out).expect("JSON");
    let slides = text_parts(&project.read("round/report/deck.pptx")).into_iter();
    let slides = slides.filter(|(name, _)| name.starts_with("ppt/slides/slide")).map(|(_, text)| text);
    (said["run"].as_str().expect("a code").to_string(), slides.collect(), run.out)
}

/// Three answers looked at: a Green that became Amber, one upheld, a Red not agreed.
fn meet(project: &Project) {
    project.run_on("2026-12-14", &["challenge", "round"]);
    let not_agreed =
        [("Outcome", "Not agreed"), ("Moderated rating", "Amber"), ("Reason", "the survey says otherwise")];
    let bytes = Pack::open(project, "challenge/challenge.xlsx")
        .put(POLICE, REFS[0], &CHANGED)
        .put(POLICE, REFS[1], &UPHELD)
        .put("Exampleshire Schools Forum", REFS[0], &[&not_agreed[..], &UPHELD[1..]].concat())
        .saved();
    project.write("round/challenge/challenge.xlsx", &bytes);
    collect(project);
}

/// "2 Red, 5 Amber, 4 Green", counted from a column of the table of ratings.
fn counted(project: &Project, column: &str) -> String {
    let rows = csv_rows(&project.read("round/report/data/ratings.csv"));
    let count = |rating: &str| rows.iter().filter(|row| row[column] == rating).count();
    format!("{} Red, {} Amber, {} Green", count("red"), count("amber"), count("green"))
}

/// The description of a chart that is a file.
fn described(project: &Project, chart: &str) -> String {
    let svg = String::from_utf8(project.read(&format!("round/report/charts/{chart}.svg"))).expect("UTF-8");
    svg.split("<desc>").nth(1).expect("a description").split("</desc>").next().expect("its end").to_string()
}

#[test]
fn slides_show_self_ratings_until_as_challenged_is_chosen_and_something_was_looked_at() {
    let project = round();
    let (first, slides, _) = report(&project);
    assert!(slides.contains("The picture on one page · Self-ratings") && !slides.contains("After challenge"));
    // Chosen before the meeting: nothing changes, and this is said.
    choose(&project, "As challenged");
    let (code, slides, said) = report(&project);
    assert!(said.contains("no answer has been looked at in challenge yet, so slides show the self-ratings"), "{said}");
    assert!(code == first && slides.contains("Self-ratings") && !slides.contains("After challenge"));

    choose(&project, "Self-ratings");
    meet(&project);
    let (own, slides, _) = report(&project);
    assert!(slides.contains("Self-ratings") && !slides.contains(LOOKED_AT));
    let before = counted(&project, "self_rating");
    assert!(described(&project, "areas").contains(&format!("All statements: {before}")), "{before}");
    assert!(described(&project, "areas").starts_with("Self-ratings. "), "{}", described(&project, "areas"));
    let data = project.tree("round/report/data");

    choose(&project, "As challenged");
    let (code, slides, said) = report(&project);
    assert_ne!(code, own, "what was approved is a draft again");
    assert!(!said.contains("no answer has been looked at"), "{said}");
    assert!(slides.contains(&format!("The picture on one page · {LOOKED_AT}")), "{slides}");
    assert!(!slides.contains("Self-ratings"), "no slide says otherwise");
    assert!(!slides.contains("rate themselves") && !slides.contains("rates itself"), "they are so, after challenge");
    let after = counted(&project, "rating");
    assert_ne!(after, before);
    for chart in ["areas", "area-01", "spread-page-1"] {
        assert!(described(&project, chart).starts_with(LOOKED_AT), "{}", described(&project, chart));
    }
    assert!(described(&project, "areas").contains(&format!("All statements: {after}")), "{after}");
    // The data keep both, and count self-ratings as before.
    let of_now = project.tree("round/report/data");
    for name in ["ratings.csv", "criteria.csv", "agencies.csv", "actions.csv"] {
        assert!(of_now[name] == data[name], "{name} is as it was");
    }
    let rows = ratings(&project);
    let row = &rows[&key("police", REFS[0])];
    assert_eq!((row["self_rating"].as_str(), row["rating"].as_str()), ("green", "amber"));
    choose(&project, "Blue");
    let (_, slides, said) = report(&project);
    assert!(said.contains("Self-ratings or As challenged") && !slides.contains("After challenge"), "{said}");
}

#[test]
fn an_approval_is_of_the_ratings_that_were_shown() {
    let project = round();
    meet(&project);
    let (own, ..) = report(&project);
    let approval = [
        ("Presentation approved by (name and role)", "Jo Fictional, Director"),
        ("Approved on", "16/12/2026"),
        ("Code approved (at the foot of each slide, as in K7Q2)", own.as_str()),
    ];
    write_beside(&project, &approval);
    let (code, _, said) = report(&project);
    assert!(code == own && !said.contains("is not the code of this presentation"), "{said}");
    choose(&project, "As challenged");
    let (code, _, said) = report(&project);
    assert!(code != own && said.contains("is not the code of this presentation, so it is a draft"), "{said}");
    // A decision more is a different presentation too.
    let bytes = Pack::open(&project, "challenge/challenge.xlsx").put("Exampleshire Schools Forum", REFS[1], &UPHELD);
    project.write("round/challenge/challenge.xlsx", &bytes.saved());
    let (next, slides, _) = report(&project);
    assert!(next != code && slides.contains("After challenge: 4 looked at, 1 changed"));
    choose(&project, "");
    let (code, slides, _) = report(&project);
    assert!(slides.contains("Self-ratings"));
    assert_eq!(code, own, "what is shown is what was approved");
}

#[test]
fn a_number_as_challenged_leads_to_the_cell_and_to_what_was_decided() {
    let project = round();
    meet(&project);
    report(&project);
    choose(&project, "As challenged");
    let (code, ..) = report(&project);
    let pages: Vec<String> =
        (1..9).map(|page| project.run_on("2026-12-17", &["explain", &format!("{code}-{page}"), "round"]).out).collect();
    let picture = pages.iter().find(|said| said.contains("\nThe picture on one page\n")).expect("the picture");
    assert!(picture.contains(&format!("\n{LOOKED_AT}\n")), "{picture}");
    let amber = picture.split("\n\n").find(|part| part.starts_with("Amber, all statements: ")).expect("the Ambers");
    let line = amber.lines().find(|line| line.contains("returns/police 1.xlsx") && line.contains("\"Green\""));
    let line = line.unwrap_or_else(|| panic!("{amber}"));
    assert!(line.contains("in challenge: changed to Amber by S Example, scrutineer on 16 December 2026"), "{line}");
    let count = amber.lines().next().and_then(|line| line.rsplit(' ').next()).expect("a number");
    assert!(counted(&project, "rating").contains(&format!("{count} Amber")), "{count}");
}

#[test]
fn a_strength_that_was_challenged_is_one_no_longer_and_its_choice_is_named() {
    let project = round();
    meet(&project);
    report(&project);
    let strength = |project: &Project| {
        let workbook = Workbook::open(&project.read("round/choices.xlsx"));
        let sheet = workbook.book.sheets.iter().find(|sheet| sheet.name == "Working well").expect("its sheet");
        let is_it = |cells: &[String]| cells.iter().any(|c| c == REFS[0]) && cells.iter().any(|c| c == POLICE);
        sheet.text_rows().into_iter().find(|(_, cells)| is_it(cells)).map(|(row, _)| row + 1)
    };
    let row = strength(&project).expect("a Green with evidence is offered");
    let chosen = Workbook::open(&project.read("round/choices.xlsx")).put("Working well", &format!("A{row}"), "1");
    project.write("round/choices.xlsx", &chosen.saved("2026-12-16"));
    assert!(!report(&project).2.contains("can no longer be chosen here"));
    choose(&project, "As challenged");
    let (_, _, said) = report(&project);
    assert!(said.contains("can no longer be chosen here"), "{said}");
    // Offered among worries it would have its own rating beside it, and what it is now.
    choose(&project, "Self-ratings");
    assert!(!report(&project).2.contains("can no longer be chosen here"), "what was chosen is kept");
}

#[test]
fn the_ratings_are_chosen_on_a_page_too() {
    let project = round();
    meet(&project);
    report(&project);
    let served = Served::start(&project, &["round"]);
    let (cookie, round) = served.cookie_and_round();
    let mut form = Form::load(&served, &cookie, format!("{round}/choices/approval"));
    let field = format!("{}:3", form.row(0));
    form.set(&field, "As challenged");
    let shown = form.send("show:");
    assert!(shown.status == 200 && shown.body.matches("<img src=\"").count() >= 2, "{}", shown.body);
    let saved = form.send("save");
    assert_eq!(saved.status, 303, "{}", saved.body);
    let form = Form::load(&served, &cookie, format!("{round}/choices/approval"));
    assert!(form.fields.iter().any(|(name, text)| *name == field && text == "As challenged"), "{:?}", form.fields);
    assert!(report(&project).1.contains(LOOKED_AT));
}

#[test]
fn every_chart_and_every_slide_with_ratings_says_which() {
    let mut staged = Staged::sample();
    staged.length = Length::Full;
    let Charts { areas, criteria, heatmap, spread, .. } = &staged.charts;
    let all = areas.iter().flatten().chain(criteria.iter().flatten()).chain(heatmap).chain(spread);
    for chart in all {
        assert!(
            chart.alt.starts_with("Self-ratings. ") && chart.subtitle.starts_with("Self-ratings. "),
            "{}",
            chart.name
        );
    }
    let deck = deck::deck(staged.made());
    for slide in &deck.slides {
        let name = slide.key.to_string();
        let shows_none = ["title", "context", "children-told-us", "method", "statements"].contains(&name.as_str());
        assert_eq!(slide.ratings.is_empty(), shows_none, "{name}");
        let line = deck::measure::over_headline(slide);
        assert_eq!(line.ends_with("· Self-ratings"), !shows_none, "{line}");
    }
}
