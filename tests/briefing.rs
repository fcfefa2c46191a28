//! The leaders' briefing, and what changed since a presentation was kept.

use jtai_benchmark::documents::Length;
use jtai_benchmark::documents::SlideKey;
use jtai_benchmark::documents::briefing::briefing;
use jtai_benchmark::documents::deck::{self};
use jtai_benchmark::documents::kept::Kept;
use jtai_benchmark::form::Rating;
use jtai_benchmark::intake::answers::AnswerState;

use crate::deck_text::{Staged, text};
use crate::project::{Project, package, parts as package_parts};
use crate::web::Served;

#[test]
fn every_slide_has_its_page_with_what_to_say_and_what_may_be_asked() {
    let mut staged = Staged::sample();
    for length in Length::ALL {
        staged.length = length;
        let deck = deck::deck(staged.made());
        let briefing = briefing(staged.made(), &deck, None);
        assert_eq!(briefing.pages.len(), deck.slides.len());
        for (page, slide) in briefing.pages.iter().zip(&deck.slides) {
            assert_eq!(page.headline, slide.headline);
            assert!(!page.say.is_empty(), "{}: nothing to say", page.title);
        }
        let questions: Vec<&String> = briefing.pages.iter().flat_map(|page| &page.questions).collect();
        assert!(questions.len() >= 8, "{questions:?}");
        // What asks the same of several is one question.
        for page in &briefing.pages {
            let of_worry = page.questions.iter().filter(|question| question.contains("state a worry"));
            assert!(of_worry.count() < 2, "{:?}", page.questions);
        }
        let questions: Vec<&String> = questions.into_iter().filter(|one| !one.ends_with("may want to ask”.")).collect();
        let unique: std::collections::BTreeSet<&&String> = questions.iter().collect();
        assert_eq!(unique.len(), questions.len(), "a question is on one page: {questions:#?}");
        // What may be asked is for leaders: no slide says it.
        let shown = text(&deck);
        assert!(questions.iter().all(|question| !shown.contains(question.as_str())));
        assert_eq!(briefing.elsewhere.rows.len(), 32, "the theme's lines of enquiry");
        assert!(briefing.elsewhere.rows.iter().all(|row| !shown.contains(&row[2])));
    }
}

#[test]
fn the_evidence_of_each_quotation_is_named_with_its_cell() {
    let staged = Staged::sample();
    let deck = deck::deck(staged.made());
    let briefing = briefing(staged.made(), &deck, None);
    let page = briefing.pages.iter().find(|page| page.title.contains("on one page")).expect("the page");
    insta::assert_snapshot!(page.evidence.join("\n"));
}

#[test]
fn what_changed_since_it_was_kept_is_told_and_never_called_better() {
    let mut staged = Staged::sample();
    let kept = Kept::new("announced", 1, staged.made(), &deck::deck(staged.made()));
    assert_eq!(Kept::read(&kept.write()), Some(kept.clone()));
    let deck = deck::deck(staged.made());
    assert_eq!(kept.changes(staged.made(), &deck), Vec::<String>::new());

    let states = [AnswerState::Rated(Rating::Green), AnswerState::Rated(Rating::Red), AnswerState::NotApplicable];
    let rated =
        |answer: &&mut jtai_benchmark::intake::answers::AnswerRow| answer.state == AnswerState::Rated(Rating::Amber);
    for (answer, state) in staged.analysis.answers.iter_mut().filter(rated).zip(states) {
        answer.state = state;
    }
    for answer in staged.analysis.answers.iter_mut().filter(|answer| answer.agency.as_str() == "probation") {
        answer.state = AnswerState::Rated(Rating::Amber);
    }
    staged.picks.headlines.insert(SlideKey::WorriedAbout, "Children wait too long".into());
    staged.picks.left_out.insert(SlideKey::SeenDifferently);
    let deck = deck::deck(staged.made());
    let changes = kept.changes(staged.made(), &deck).join("\n");
    insta::assert_snapshot!(changes);
    assert!(!changes.to_lowercase().contains("improve"));
}

#[test]
fn a_presentation_is_kept_once_and_stays() {
    let project = Project::demo();
    let run = project.run(&["report", "demo", "--keep", "Theme announced"]);
    assert!(run.out.contains("demo/kept/theme-announced"), "{}", run.out);
    let kept = project.tree("demo/kept");
    assert_eq!(
        kept.keys().collect::<Vec<_>>(),
        ["theme-announced/deck.pdf", "theme-announced/deck.pptx", "theme-announced/kept.json"]
    );
    assert!(kept["theme-announced/deck.pdf"] == project.read("demo/report/deck.pdf"));

    std::fs::remove_file(project.path("demo/returns/Police/police self-assessment SIGNED.xlsx")).expect("removed");
    let report = project.tree("demo/report");
    for (name, said) in [
        ("theme announced", "a presentation is already kept under this name"),
        ("!!", "no letter or digit"),
        ("CON", "Windows keeps this name for itself"),
    ] {
        let refused = project.run(&["report", "demo", "--keep", name]);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains(said), "{}", refused.err);
        assert!(report == project.tree("demo/report"), "a refused report wrote something");
    }
    assert_eq!(project.run(&["report", "demo"]).code, 1);
    assert!(kept == project.tree("demo/kept"));
    project.write("demo/kept/theme-announced/kept.json", b"{}");
    let refused = project.run(&["report", "demo"]);
    assert!(refused.code == 2 && refused.err.contains("kept.json"), "{}", refused.err);
}

#[test]
fn a_kept_presentation_says_what_it_was_made_from_that_has_moved_on() {
    let project = Project::demo();
    let status = || project.run(&["status", "demo"]).out;
    assert!(!status().contains("Kept presentations"));
    // The first report renews choices.xlsx; nothing of that is a change.
    project.run(&["report", "demo", "--keep", "Theme announced"]);
    let kept: serde_json::Value =
        serde_json::from_slice(&project.read("demo/kept/theme-announced/kept.json")).expect("JSON");
    let run = kept["run"].as_str().expect("a code").to_string();
    let begins = format!("“Theme announced”, kept on 14 December 2026 as {run}: ");
    assert!(status().contains(&format!("{begins}nothing it was made from has changed since.")), "{}", status());

    // Saved again with the same answers: other bytes, the same presentation.
    let police = "demo/returns/Police/police self-assessment SIGNED.xlsx";
    let mut parts = package_parts(&project.read(police));
    parts.reverse();
    project.write(police, &package(&parts));
    let said = format!("{begins}since then 1 return changed. What it shows is still the same.");
    assert!(status().contains(&said), "{}", status());

    // A return that goes, a setting that changes.
    project.edit("demo/round.toml", "marking = \"OFFICIAL-SENSITIVE\"", "marking = \"OFFICIAL\"");
    std::fs::remove_file(project.path("demo/returns/Schools forum return.xlsx")).expect("removed");
    let said =
        format!("{begins}since then 1 return changed, 1 is no longer counted; the settings of the round changed.\n");
    assert!(status().contains(&said), "{}", status());
    let json = project.run(&["status", "demo", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["kept"][0]["shows_the_same"], false);

    // The page of the round says the same.
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let page = served.get(&cookie, &round).body;
    assert!(page.contains("Kept presentations") && page.contains(said.trim_end()), "{page}");
    drop(served);

    // Choices that cannot be read are the report's to say; where the round is, is said all the same.
    project.write("demo/choices.xlsx", b"not a workbook");
    assert!(status().contains("cannot be worked out now") && status().contains("Deadline"), "{}", status());
}

#[test]
fn a_presentation_that_an_earlier_program_kept_says_whether_it_shows_the_same() {
    let project = Project::demo();
    project.run(&["report", "demo", "--keep", "Theme announced"]);
    let file = "demo/kept/theme-announced/kept.json";
    let mut kept: serde_json::Value = serde_json::from_slice(&project.read(file)).expect("JSON");
    assert!(kept.as_object_mut().expect("an object").remove("made_from").is_some());
    project.write(file, kept.to_string().as_bytes());
    let status = project.run(&["status", "demo"]).out;
    assert!(status.contains("what it shows is still the same."), "{status}");
    project.write(file, b"{}");
    let status = project.run(&["status", "demo"]);
    assert!(status.out.contains("this record of a kept presentation is damaged"), "{}", status.out);
}
