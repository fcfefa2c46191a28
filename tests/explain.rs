//! Every number of the sample's presentation, followed to the cells it counts: through the real binary, and then through the files.

use std::collections::{BTreeMap, BTreeSet};

use jtai_benchmark::analysis::trace::{CellNames, Counted};
use jtai_benchmark::documents::SlideKey;
use jtai_benchmark::documents::deck::{self, Body, Slide};
use jtai_benchmark::form::Rating;
use jtai_benchmark::response::SelfRating;
use jtai_benchmark::workbook::contract;
use jtai_benchmark::workbook::file::book::{Book, cell_name};
use jtai_benchmark::workbook::file::{read, scan};
use serde_json::Value;

use crate::deck_text::Staged;
use crate::project::Project;

/// The run's code, as the foot of the pages has it.
fn run_of(project: &Project) -> String {
    explained(project, "police")["run"].as_str().expect("a code").to_string()
}

fn explained(project: &Project, what: &str) -> Value {
    let run = project.run(&["explain", what, "demo", "--json"]);
    assert_eq!(run.code, 0, "{what}: {}{}", run.out, run.err);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// The returns of the demo by their names, each read again.
fn books(project: &Project) -> BTreeMap<String, Book> {
    let read = |(name, bytes): (String, Vec<u8>)| {
        let kind = scan::kind(&bytes).expect("a workbook");
        (format!("returns/{name}"), read::read(kind, &bytes, &[]).expect("readable"))
    };
    project.tree("demo/returns").into_iter().map(read).collect()
}

/// What stands in a cell of a return.
fn cell(books: &BTreeMap<String, Book>, from: &Value) -> String {
    let text = |key: &str| from[key].as_str().unwrap_or_else(|| panic!("{key}: {from}"));
    let sheet = books[text("file")].sheets.iter().find(|sheet| sheet.name == text("sheet")).expect("its sheet");
    let is_it = |(row, column): &(u32, u32)| cell_name(*row, *column) == text("cell");
    sheet.cells.iter().find(|(at, _)| is_it(at)).map_or(String::new(), |(_, value)| value.text())
}

/// Whether a cell holds what the answer is said to be.
fn holds(written: &str, state: &str, rating: &str) -> bool {
    match contract::rating(written) {
        SelfRating::Rated(read) => (state, rating) == ("rated", read.key()),
        SelfRating::NotApplicable => state == "not_applicable",
        SelfRating::Blank => state == "blank",
        SelfRating::Unreadable => state == "unreadable",
    }
}

#[test]
fn every_number_of_the_presentation_ends_in_cells_that_give_it() {
    let (project, staged) = (Project::demo(), Staged::sample());
    let (books, run) = (books(&project), run_of(&project));
    let deck = deck::deck(staged.made());
    let (mut cells, mut texts, mut approvals) = (0, 0, 0);
    for (page, slide) in (1..).zip(&deck.slides) {
        let said = explained(&project, &format!("{run}-{page}"));
        let numbers = said["numbers"].as_array().expect("numbers");
        for number in numbers {
            let from = number["from"].as_array().expect("a list");
            assert_eq!(number["value"].as_u64(), Some(from.len() as u64), "{number}");
            for from in from.iter().filter(|from| from["text"].is_string()) {
                assert_eq!(cell(&books, from), from["text"].as_str().expect("text"), "{from}");
                texts += 1;
            }
            for from in from.iter().filter_map(|from| from["approval"].as_array()) {
                let written: Vec<String> = from.iter().map(|from| cell(&books, from)).collect();
                assert!(written.len() == 2 && written.iter().all(|text| !text.is_empty()), "{from:?}");
                approvals += 1;
            }
            for from in from.iter().filter(|from| from["state"].is_string()) {
                let (state, rating) =
                    (from["state"].as_str().expect("a state"), from["rating"].as_str().expect("text"));
                if state == "missing" {
                    assert_eq!(from["file"], "", "{from}");
                } else {
                    assert!(holds(&cell(&books, from), state, rating), "{from}: {}", cell(&books, from));
                    cells += 1;
                }
            }
        }
        let known: BTreeSet<u64> = numbers.iter().filter_map(|number| number["value"].as_u64()).chain([0]).collect();
        for number in numbers_on(slide, &staged) {
            assert!(known.contains(&number), "page {page}, {}: {number} is explained nowhere", slide.headline);
        }
    }
    assert!(cells > 500 && texts > 100, "{cells} ratings and {texts} texts were looked at");
    // On the first slide and on that of who returned.
    assert_eq!(approvals, 18);
}

#[test]
fn the_annex_names_every_cell_of_a_number_and_no_other() {
    let staged = Staged::sample();
    let analysis = &staged.analysis;
    let cells = CellNames::new(analysis);
    let on_sheet = |agency: &str| {
        let of = cells.returns();
        of.iter().find(|(known, _)| known.id.as_str() == agency).map_or(String::new(), |(_, sheet)| sheet.to_string())
    };
    let mut looked_at = 0;
    for part in deck::deck(staged.made()).slides.iter().flat_map(|slide| &slide.trace.numbers) {
        let (Counted::Answers(places) | Counted::Texts(_, places)) = &part.counted else { continue };
        let source = |at: &usize| {
            let answer = &analysis.answers[*at];
            let source = match part.counted {
                Counted::Texts(kind, _) => answer.source_of(kind),
                _ => answer.source.clone(),
            };
            (answer.agency.to_string(), source)
        };
        let (here, out): (Vec<_>, Vec<_>) = places.iter().map(source).partition(|(_, source)| !source.cell.is_empty());
        assert!(here.iter().all(|(agency, source)| source.sheet == on_sheet(agency)), "{}", part.label());
        let said = cells.naming(&part.counted);
        let (named, without) = match said.split_once("no return: ") {
            Some((named, without)) => (named.trim_end_matches("; "), without),
            None => (said.as_str(), ""),
        };
        let expected: BTreeSet<String> =
            here.iter().map(|(agency, source)| format!("{agency} {}", source.cell)).collect();
        assert_eq!(expanded(named), expected, "{}: {said}", part.label());
        let missing = without.split(['(', ')']).filter_map(|n| n.parse::<usize>().ok()).sum::<usize>();
        assert_eq!(missing, out.len(), "{}: {said}", part.label());
        looked_at += expected.len();
    }
    assert!(looked_at > 500, "{looked_at}");
}

/// "police: D4 to D6, D9; schools: D4", cell by cell.
fn expanded(said: &str) -> BTreeSet<String> {
    let mut cells = BTreeSet::new();
    for of_agency in said.split("; ").filter(|text| !text.is_empty()) {
        let (agency, runs) = of_agency.split_once(": ").unwrap_or_else(|| panic!("{of_agency}"));
        for run in runs.split(", ") {
            let (first, last) = run.split_once(" to ").unwrap_or((run, run));
            let row = |cell: &str| cell[1..].parse::<u32>().unwrap_or_else(|_| panic!("{cell}"));
            cells.extend((row(first)..=row(last)).map(|row| format!("{agency} {}{row}", &first[..1])));
        }
    }
    cells
}

/// The numbers on a slide that are ours and not an agency's, a statement's or a date's.
fn numbers_on(slide: &Slide, staged: &Staged) -> Vec<u64> {
    let mut texts = vec![slide.headline.clone()];
    match &slide.body {
        Body::Front(front) => texts.extend(front.lines.clone()),
        Body::Picture { chart, figures, note, quotes } => {
            texts.extend(figures.iter().flat_map(|figure| [figure.value.clone(), figure.label.clone()]));
            // For whom an agency speaks is in its own words, a line each.
            texts.extend(note.lines().filter(|line| !line.contains("speaks for")).map(str::to_string));
            texts.extend(quotes.iter().map(|quote| quote.counts.clone()));
            texts.extend([chart.title.clone(), chart.alt.clone()]);
        }
        Body::Voices { quotes, note } => {
            texts.push(note.clone());
            texts.extend(quotes.iter().map(|quote| quote.counts.clone()));
        }
        Body::Grid(grid) => {
            texts.push(grid.note.clone());
            // What needs to happen is in agencies' own words; who gave which rating is counted.
            if slide.key == SlideKey::SeenDifferently {
                texts.extend(grid.rows.iter().flatten().map(|cell| cell.text.clone()));
            }
        }
        // What children told agencies is in the agencies' words, and local context in the officer's; Refs and short names count nothing.
        Body::Told(_) | Body::Context(_) | Body::Statements(_) => {}
        Body::Notes(paragraphs) => texts.extend(paragraphs.iter().map(|one| one.text.clone())),
        Body::Signs(signs) => {
            for bar in &signs.bars {
                texts.extend([bar.lead.clone(), bar.beside.clone()]);
                texts.extend(Rating::ALL.map(|rating| bar.counts.rated_as(rating).to_string()));
            }
        }
        Body::Map(map) => texts.extend(map.rows.iter().flat_map(|row| row.counts).map(|n| n.to_string())),
        Body::Plan(plan) => {
            texts.push(plan.note.clone());
            let strip = plan.strip.iter();
            texts.extend(strip.clone().map(|strip| strip.title.clone()));
            texts
                .extend(strip.flat_map(|strip| &strip.months).flat_map(|month| &month.counts).map(ToString::to_string));
        }
    }
    let mut text = texts.join(" | ");
    for (_, criterion) in staged.theme.criteria() {
        let (_, number) = criterion.id.as_str().rsplit_once('-').expect("letters and a number");
        text = text.replace(&criterion.text, "").replace(criterion.id.as_str(), "").replace(number, "");
    }
    // The day on which the presentation was made.
    text = text.replace("14 December 2026", "");
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn statements_agencies_and_areas_are_explained_and_slips_are_answered() {
    let project = Project::demo();
    let run = run_of(&project);
    assert!(include_str!("../README.md").contains(&format!("jtai explain {run}-3 jtai-demo")), "{run}");
    assert_eq!(explained(&project, "area-1")["what"], explained(&project, "at the point of identification")["what"]);
    insta::assert_snapshot!(project.run(&["explain", "da24-2.2", "demo"]).out);
    assert!(project.run(&["explain", "police", "demo"]).out.starts_with("Exampleshire Police\n"));
    let run = run_of(&project);
    for (what, said) in [
        ("DA24-9.9".to_string(), "did you mean DA24-"),
        (format!("{run}-99"), "the presentation has no page 99"),
        ("0000-2".to_string(), "this reference belongs to a different run, 0000"),
    ] {
        let run = project.run(&["explain", &what, "demo"]);
        assert_eq!(run.code, 2, "{what}");
        assert!(run.err.contains(said), "{what}: {}", run.err);
    }
    // Another answer makes another run, and a page of this one is refused.
    std::fs::remove_file(project.path("demo/returns/Police/police self-assessment SIGNED.xlsx")).expect("removed");
    let refused = project.run(&["explain", &format!("{run}-3"), "demo"]);
    assert!(refused.code == 2 && refused.err.contains("belongs to a different run"), "{}", refused.err);
}
