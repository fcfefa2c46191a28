//! Every word and number of the sample deck, as text: what leaders will read, slide by slide.

use jtai_benchmark::documents::{annex, briefing};
use jtai_benchmark::export::pdf;
use std::fmt::Write;
use std::path::Path;

use jiff::civil::date;
use jtai_benchmark::analysis::{Analysis, analyse, count, sentences};
use jtai_benchmark::chart::Charts;
use jtai_benchmark::core::finding::Finding;
use jtai_benchmark::documents::deck::{self, Body, Deck};
use jtai_benchmark::documents::{DocumentInputs, Length, Picks};
use jtai_benchmark::form::{Rating, TextKind};
use jtai_benchmark::intake::answers::answers;
use jtai_benchmark::intake::selection::select;
use jtai_benchmark::response::{Response, ReturnFile};
use jtai_benchmark::round::Round;
use jtai_benchmark::style::brand::Brand;
use jtai_benchmark::theme::{self, BUILT_IN, Theme};
use jtai_benchmark::workbook::file::{read, scan};
use jtai_benchmark::workbook::interpret::{Expected, RoundIndex, interpret};

use crate::project::Project;

/// The stages run in a row on a demo's folder, without the commands.
pub struct Staged {
    pub theme: Theme,
    pub round: Round,
    pub findings: Vec<Finding>,
    pub analysis: Analysis,
    pub charts: Charts,
    pub picks: Picks,
    pub brand: Brand,
    pub length: Length,
}

impl Staged {
    pub fn sample() -> Staged {
        let project = Project::demo();
        let (id, text) = BUILT_IN.iter().find(|(id, _)| *id == "domestic-abuse-2024").expect("built in");
        let theme = theme::read(id, id, text).output;
        let round = project.round("demo");
        let (mut responses, mut findings): (Vec<Response>, Vec<Finding>) = (Vec::new(), Vec::new());
        for (name, bytes) in project.tree("demo/returns") {
            let kind = scan::kind(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            let book = read::read(kind, &bytes, &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
            let file = ReturnFile { name: format!("returns/{name}"), sha256: name, changed: None, bytes: 0 };
            let checked = interpret(
                &book,
                file,
                Expected {
                    round: &round,
                    theme: &theme,
                    index: &RoundIndex::new(&round, &theme),
                    issued: &[],
                    owner: None,
                    is_repair: false,
                },
            );
            responses.extend(checked.output);
            findings.extend(checked.findings);
        }
        let settled = select(&round, &Default::default(), &Default::default(), responses);
        findings.extend(settled.findings);
        let answers = answers(&theme, &round, &settled.output, &[]);
        let numbers = count(&theme, &round, &settled.output, &answers).expect("numbers");
        let analysis = analyse(&theme, &round, numbers, &settled.output, answers);
        let charts = Charts::lay_out(&analysis);
        Staged {
            theme,
            round,
            findings,
            analysis,
            charts,
            picks: Picks::default(),
            brand: Brand::default(),
            length: Length::Short,
        }
    }

    pub fn made(&self) -> DocumentInputs<'_> {
        let Staged { theme, round, findings, analysis, charts, picks, brand, length } = self;
        let made_on = date(2026, 12, 14);
        DocumentInputs {
            theme,
            round,
            analysis,
            own: analysis,
            charts,
            picks,
            brand,
            length: *length,
            findings,
            open_questions: &[],
            made_on,
            is_annex_full: true,
            run: "TEST",
        }
    }
}

/// Every word of a deck.
pub fn text(deck: &Deck) -> String {
    let mut text = String::new();
    for slide in &deck.slides {
        let _ = writeln!(text, "## {}\n# {}", slide.section, slide.headline);
        match &slide.body {
            Body::Front(front) => {
                for line in [&front.subtitle, &front.occasion].into_iter().chain(&front.lines).chain([&front.caution]) {
                    let _ = writeln!(text, "{line}");
                }
            }
            Body::Picture { chart, figures, quotes, note } => {
                let _ = writeln!(text, "[{}: {}]", chart.name, chart.alt);
                for figure in figures {
                    let _ = writeln!(text, "{} {}", figure.value, figure.label);
                }
                for quote in quotes {
                    let _ = writeln!(
                        text,
                        "{} {} ({}): {} ({})",
                        quote.rating.word(),
                        quote.question,
                        quote.criterion,
                        quote.words,
                        quote.said_by
                    );
                    quote.under.iter().for_each(|under| _ = writeln!(text, "  {under}"));
                }
                let _ = writeln!(text, "{note}");
            }
            Body::Voices { quotes, note } => {
                for quote in quotes {
                    let _ = writeln!(
                        text,
                        "{} {} ({}: {}): {} ({})",
                        quote.rating.word(),
                        quote.area,
                        quote.criterion,
                        quote.counts,
                        quote.words,
                        quote.said_by
                    );
                    quote.under.iter().for_each(|under| _ = writeln!(text, "  {under}"));
                }
                let _ = writeln!(text, "{note}");
            }
            Body::Grid(grid) => {
                let headers: Vec<&str> = grid.headers.iter().map(|header| header.text.as_str()).collect();
                let _ = writeln!(text, "{}", headers.join(" | "));
                for row in &grid.rows {
                    let cells: Vec<String> =
                        row.iter().map(|cell| format!("{} {}", cell.text, cell.under).trim_end().to_string()).collect();
                    let _ = writeln!(text, "{}", cells.join(" | "));
                }
                let _ = writeln!(text, "{}", grid.note);
            }
            Body::Signs(signs) => {
                for column in &signs.columns {
                    let _ = writeln!(text, "{}", column.heading);
                    for card in column.cards.iter().flatten() {
                        let rating = card.rating.map_or("", |rating| rating.word());
                        let _ = writeln!(text, "- {rating} {} ({})", card.claim, card.under);
                        card.evidence.iter().for_each(|evidence| _ = writeln!(text, "  {evidence}"));
                    }
                    let _ = writeln!(text, "{}", column.note);
                }
                for bar in &signs.bars {
                    let _ = writeln!(text, "{}: {}. {}", bar.lead, sentences::counts(&bar.counts), bar.beside);
                }
            }
            Body::Map(map) => {
                let _ = writeln!(text, "{:?} {:?}", map.sectors, map.columns);
                for row in &map.rows {
                    let _ = writeln!(text, "{} {} {:?} {:?}", row.name, row.reference, row.cells, row.counts);
                }
                let _ = writeln!(text, "{}", map.key);
            }
            Body::Plan(plan) => {
                if let Some(strip) = &plan.strip {
                    let _ = writeln!(text, "{} {:?} {:?}", strip.title, strip.months, strip.fieldwork);
                }
                for row in &plan.rows {
                    let rating = row.rating.map_or("", |rating| rating.word());
                    let _ = writeln!(text, "{rating} | {} | {} | {} | {}", row.what, row.lead, row.by, row.agreed);
                }
                let _ = writeln!(text, "{}", plan.note);
            }
            Body::Statements(names) => {
                for area in names.columns.iter().flatten() {
                    let _ = writeln!(text, "{}", area.title);
                    area.rows.iter().for_each(|(reference, name)| _ = writeln!(text, "{reference} | {name}"));
                }
            }
            Body::Context(area) => {
                for figure in &area.figures {
                    let _ = writeln!(text, "{} {} ({}, {})", figure.figure, figure.what, figure.source, figure.date);
                }
                for column in &area.columns {
                    column.lines.iter().for_each(|line| _ = writeln!(text, "{}: {line}", column.heading));
                }
            }
            Body::Told(cards) => {
                cards.iter().for_each(|card| _ = writeln!(text, "- {} ({})", card.line, card.source));
            }
            Body::Notes(paragraphs) => {
                for one in paragraphs {
                    let _ = writeln!(text, "{}: {}", one.heading, one.text);
                }
            }
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_sample_deck_says_this() {
    insta::assert_snapshot!(text(&deck::deck(Staged::sample().made())));
}

#[test]
fn nothing_for_leaders_only_reaches_the_deck() {
    let staged = Staged::sample();
    let (deck, annex) = (text(&deck::deck(staged.made())), annex::annex(staged.made(), &deck::deck(staged.made())));
    assert!(!annex.findings.rows.is_empty());
    for row in &annex.findings.rows {
        assert!(!deck.contains(&row[2]), "the deck holds a finding: {}", row[2]);
    }
    assert!(!deck.contains("returns/"), "the deck names a return's file");
    let shown = annex
        .statements
        .iter()
        .flat_map(|statement| &statement.answers)
        .filter(|answer| deck.contains(&answer.evidence) && !answer.evidence.is_empty());
    assert_eq!(shown.count(), 0, "the deck holds evidence that nobody chose");
}

#[test]
fn the_annex_holds_every_answer_in_full() {
    let staged = Staged::sample();
    let annex = annex::annex(staged.made(), &deck::deck(staged.made()));
    let answers: usize = annex.statements.iter().map(|statement| statement.answers.len()).sum();
    assert_eq!(answers, staged.analysis.numbers.overall.asked);
    for answer in &staged.analysis.answers {
        let statement =
            annex.statements.iter().find(|s| s.reference == answer.criterion.as_str()).expect("its statement");
        let holds = |text: &str| {
            statement
                .answers
                .iter()
                .any(|a| [&a.working_well, &a.worried_about, &a.action, &a.evidence].iter().any(|t| t.contains(text)))
        };
        let not_due = answer.texts.all().filter(|(kind, _)| *kind != TextKind::ActionDue);
        for text in not_due.map(|(_, written)| written.shown()) {
            assert!(holds(&text), "{} {}: {text}", answer.agency, answer.criterion);
        }
    }
}

#[test]
fn every_chart_is_a_well_formed_picture_with_its_words() {
    let staged = Staged::sample();
    let charts: Vec<_> = staged.charts.to_show().chain(&staged.charts.heatmap).collect();
    assert_eq!(charts.len(), 11);
    for chart in charts {
        let svg = chart.svg();
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{}", chart.name);
        assert!(svg.contains("<title>") && svg.contains("role=\"img\""), "{}", chart.name);
        assert!(chart.alt.len() > 40 && !chart.title.is_empty(), "{}", chart.name);
        // The columns of the spread have the words over them.
        let keys = if chart.name.starts_with("spread") {
            ["\nRed\n", "\nAmber\n", "\nGreen\n"]
        } else {
            ["R Red", "A Amber", "G Green"]
        };
        for key in keys {
            assert!(chart.name == "returns" || svg.contains(key), "{} has no key to {key:?}", chart.name);
        }
    }
}

/// The map comes first, and the annex is no longer than it must be: it was 82 pages.
#[test]
fn the_annex_of_the_sample_is_short_and_begins_with_the_map_of_ratings() {
    let staged = Staged::sample();
    let deck = deck::deck(staged.made());
    let annex = annex::annex(staged.made(), &deck);
    let [map] = annex.maps.as_slice() else { panic!("one map") };
    assert_eq!(map.columns.len(), staged.analysis.numbers.asked());
    assert_eq!(map.rows.len(), staged.analysis.numbers.criteria.len());
    let briefing = briefing::briefing(staged.made(), &deck, None);
    let pages = pdf::documents(&deck, &briefing, &annex).expect("made").annex.pages;
    assert!(pages < 41, "{pages}");
}

/// A bar is as long as there are ratings: so many letters in the drawing, and one scale on all pages in PowerPoint.
#[test]
fn each_rating_is_drawn_once_and_told_by_its_shape_and_letter() {
    let staged = Staged::sample();
    let numbers = &staged.analysis.numbers;
    let [areas] = staged.charts.areas.as_slice() else { panic!("one basis") };
    for rating in Rating::ALL {
        let letter = format!("\n{}\n", rating.letter());
        let drawn: usize = areas.iter().map(|chart| chart.svg().matches(&letter).count()).sum();
        assert_eq!(drawn, numbers.overall.rated_as(rating), "{}", rating.word());
        let of_statements = staged.charts.criteria.iter().flatten();
        let drawn: usize = of_statements.map(|chart| chart.svg().matches(&letter).count()).sum();
        assert_eq!(drawn, numbers.overall.rated_as(rating), "{}", rating.word());
    }
    // Each shape is drawn twice, its ground and its outline.
    let all: String = areas.iter().map(|chart| chart.svg()).collect();
    assert_eq!(all.matches("<circle").count(), 2 * numbers.overall.green);
    assert_eq!(all.matches("<polygon").count(), numbers.overall.amber);
    let most = numbers.areas.iter().map(|area| area.counts.rated()).max();
    assert!(areas.iter().all(|chart| chart.bars.as_ref().map(|bars| bars.longest) == most));
}

/// A picture that leaves the report looks the same where our fonts are not, and says whose it is.
#[test]
fn pictures_that_are_files_of_their_own_have_outlined_text() {
    let staged = Staged::sample();
    for chart in staged.charts.to_show().chain(&staged.charts.heatmap) {
        let svg = chart.file_svg("OFFICIAL-SENSITIVE · DRAFT");
        assert!(!svg.contains("<text") && !svg.contains("font-family"), "{}", chart.name);
        assert!(svg.matches("<path").count() > 5 && svg.contains("OFFICIAL-SENSITIVE · DRAFT"), "{}", chart.name);
        assert!(svg.trim_end().ends_with("</svg>") && svg.contains("role=\"img\""), "{}", chart.name);
    }
}

#[test]
fn the_samples_are_where_the_developers_page_says() {
    for name in [
        "samples/exampleshire/agencies.csv",
        "samples/exampleshire-answers.csv",
        "samples/fill.py",
        "criteria/_template.toml",
    ] {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(name).is_file(), "{name}");
    }
}
