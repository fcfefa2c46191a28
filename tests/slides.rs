//! The presentation in its two formats: the same words in both, a page a slide whatever the agencies wrote, and nothing for leaders.

use jtai_benchmark::analysis::{analyse, count};
use jtai_benchmark::chart::Charts;
use jtai_benchmark::core::ids::{AgencyId, AreaId};
use jtai_benchmark::core::written::Written;
use jtai_benchmark::documents::ContextFigure;
use jtai_benchmark::documents::Length;
use jtai_benchmark::documents::SlideKey;
use jtai_benchmark::documents::annex;
use jtai_benchmark::documents::deck::one_page::PlanRow;
use jtai_benchmark::documents::deck::{self, Body, Deck, Slide};
use jtai_benchmark::export::{pdf, pptx};
use jtai_benchmark::form::Rating;
use jtai_benchmark::form::TextKind;
use jtai_benchmark::intake::answers::answers;
use jtai_benchmark::response::{Answer, Response, ReturnFile, SelfRating, TextColumns, Texts};
use jtai_benchmark::round::Agency;
use jtai_benchmark::theme::{self, BUILT_IN, Basis};

use crate::deck_text::Staged;
use crate::ooxml::{elements, of, package_faults, text_parts};
use crate::project::{Project, parts};

const MADE_ON: jiff::civil::Date = jiff::civil::date(2026, 12, 14);

/// A text that would run as markup, turn its line around, or lack a glyph, if it could.
const HOSTILE: &str =
    "</a:t> <b>&amp; #panic() $x^2$ `raw` \"quoted\" \\u{41} \u{202e}turned ✓ 😀 *bold* _it_ @ref [x](y) \u{7}end";

/// The sample with this many agencies, each writing texts of this length.
pub fn staged(agencies: usize, letters: usize, words: &str) -> Staged {
    filled(Staged::sample(), agencies, letters, words)
}

/// The same of a round as it is.
pub fn filled(mut staged: Staged, agencies: usize, letters: usize, words: &str) -> Staged {
    let kinds = staged.round.agencies.clone();
    let agency = |at: usize| Agency {
        id: AgencyId(format!("agency-{at}")),
        name: format!("{} number {at}", kinds[at % kinds.len()].name),
        ..kinds[at % kinds.len()].clone()
    };
    staged.round.agencies = (0..agencies).map(agency).collect();
    let text = |seed: usize| -> String {
        let length = letters * (seed % 5 + 1) / 5;
        words.chars().cycle().skip(seed % 7).take(length).collect()
    };
    let answer = |at: usize, criterion: &jtai_benchmark::theme::Criterion| Answer {
        taken: Default::default(),
        criterion: criterion.id.clone(),
        rating: match at % 5 {
            4 => SelfRating::NotApplicable,
            rest => SelfRating::Rated(Rating::ALL[rest % 3]),
        },
        as_written: Written::Nothing,
        texts: Texts::default()
            .with(TextKind::WorkingWell, text(at))
            .with(TextKind::WorriedAbout, text(at + 1))
            .with(TextKind::NeedsToHappen, text(at + 2))
            .with(TextKind::ActionLead, text(at + 3).chars().take(60).collect::<String>())
            .with(TextKind::ActionDue, "2027-01-31")
            .with(TextKind::Evidence, text(at + 4)),
        action_due: Some(jiff::civil::date(2027, 1, 31).into()),
        progress: None,
        still_right: None,
        recheck: None,
        is_action_over: false,
        sheet: "Self-assessment".into(),
        row: at as u32 + 4,
        cell: format!("D{}", at + 4),
    };
    let response = |(at, agency): (usize, &Agency)| Response {
        agency: agency.id.clone(),
        file: ReturnFile { name: format!("returns/{}.xlsx", agency.id), sha256: "0".into(), changed: None, bytes: 1 },
        saved: None,
        speaks_for: Default::default(),
        completed_by: "A".into(),
        approved_by: "B".into(),
        approved_on: None,
        approval_settled: None,
        approval_cells: Vec::new(),
        questions: None,
        replies: Vec::new(),
        corrections: Vec::new(),
        headlines: Vec::new(),
        columns: TextColumns::default(),
        answers: staged
            .round
            .statements(&staged.theme, agency)
            .into_iter()
            .enumerate()
            .map(|(row, (_, criterion))| answer(at + row, criterion))
            .collect(),
    };
    // One in six has not answered.
    let sent = staged.round.agencies.iter().enumerate().filter(|(at, _)| at % 6 != 5);
    let responses: Vec<Response> = sent.map(response).collect();
    let answers = answers(&staged.theme, &staged.round, &responses, &[]);
    let numbers = count(&staged.theme, &staged.round, &responses, &answers).expect("numbers");
    staged.analysis = analyse(&staged.theme, &staged.round, numbers, &responses, answers);
    staged.charts = Charts::lay_out(&staged.analysis);
    staged.findings.clear();
    staged
}

/// What a slide of the PowerPoint file says, without its blanks.
fn said(xml: &str) -> String {
    let texts = xml.split("<a:t>").skip(1).map(|rest| rest.split("</a:t>").next().unwrap_or_default());
    let text: Vec<String> =
        texts.map(|text| quick_xml::escape::unescape(text).expect("escaped").into_owned()).collect();
    without_blanks(&text.join(" "))
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Every text of a slide but for its chart, which has its own.
pub fn texts(slide: &Slide) -> Vec<String> {
    let mut texts = vec![slide.section.clone(), slide.headline.clone()];
    let quotes = |quotes: &[deck::Quote]| -> Vec<String> {
        let of = |one: &deck::Quote| {
            let words = [one.words.clone(), one.said_by.clone(), one.criterion.to_string()];
            words.into_iter().chain(one.under.clone()).collect::<Vec<_>>()
        };
        quotes.iter().flat_map(of).collect()
    };
    match &slide.body {
        Body::Front(front) => {
            texts.extend(front.lines.clone());
            texts.extend([front.subtitle.clone(), front.occasion.clone(), front.caution.clone()]);
        }
        Body::Picture { figures, quotes: shown, note, .. } => {
            texts.extend(figures.iter().flat_map(|figure| [figure.value.clone(), figure.label.clone()]));
            texts.extend(quotes(shown));
            texts.push(note.clone());
        }
        Body::Voices { quotes: shown, note } => {
            texts.extend(quotes(shown));
            texts.push(note.clone());
        }
        Body::Grid(grid) => {
            // A table without rows is none.
            texts.extend(grid.headers.iter().filter(|_| !grid.rows.is_empty()).map(|header| header.text.clone()));
            texts.extend(grid.rows.iter().flatten().flat_map(|cell| [cell.text.clone(), cell.under.clone()]));
            texts.push(grid.note.clone());
        }
        Body::Notes(paragraphs) => {
            texts.extend(paragraphs.iter().flat_map(|one| [one.heading.clone(), one.text.clone()]))
        }
        Body::Signs(signs) => {
            for column in &signs.columns {
                texts.extend([column.heading.to_string(), column.note.clone()]);
                texts.extend(column.cards.iter().flatten().flat_map(|card| [card.claim.clone(), card.under.clone()]));
                texts.extend(column.cards.iter().flatten().flat_map(|card| card.evidence.clone()));
            }
            texts.extend(signs.bars.iter().flat_map(|bar| [bar.lead.clone(), bar.beside.clone()]));
        }
        Body::Map(map) => {
            texts.extend(map.sectors.iter().map(|(name, _)| name.clone()).chain(map.columns.clone()));
            texts.extend(map.rows.iter().flat_map(|row| [row.name.clone(), row.reference.clone()]));
            texts.push(map.key.clone());
        }
        Body::Plan(plan) => {
            let months = plan.strip.iter().flat_map(|strip| &strip.months);
            texts.extend(months.flat_map(|month| {
                std::iter::once(month.label.clone()).chain(month.counts.iter().map(ToString::to_string))
            }));
            let row = |row: &PlanRow| [row.what.clone(), row.lead.clone(), row.by.clone(), row.agreed.clone()];
            texts.extend(plan.rows.iter().flat_map(row));
            texts.push(plan.note.clone());
        }
        Body::Context(area) => {
            let figure =
                |one: &ContextFigure| [one.figure.clone(), one.what.clone(), one.source.clone(), one.date.clone()];
            texts.extend(area.figures.iter().flat_map(figure));
            texts.extend(area.columns.iter().map(|column| column.heading.to_string()));
            texts.extend(area.columns.iter().flat_map(|column| column.lines.clone()));
        }
        Body::Statements(names) => {
            for area in names.columns.iter().flatten() {
                texts.push(area.title.clone());
                texts.extend(area.rows.iter().flat_map(|(reference, name)| [reference.clone(), name.clone()]));
            }
        }
        Body::Told(cards) => texts.extend(cards.iter().flat_map(|card| [card.line.clone(), card.source.clone()])),
    }
    texts
}

/// Both formats of a deck, held against it.
pub fn check(deck: &Deck, what: &str) {
    let pdf = pdf::deck(deck).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(pdf.pages, deck.slides.len(), "{what}: a slide runs over its page");
    let bytes = pptx::deck(deck, MADE_ON).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(package_faults(&bytes), Vec::<String>::new(), "{what}");
    let parts = text_parts(&bytes);
    let part = |name: String| &parts.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no {name}")).1;
    for (at, slide) in (1..).zip(&deck.slides) {
        if let Body::Grid(grid) = &slide.body {
            let width: f32 = grid.headers.iter().map(|header| header.width_pt).sum();
            assert!(width <= deck::measure::WIDTH_PT, "{what}, slide {at}: the table is wider than its page");
        }
        let xml = part(format!("ppt/slides/slide{at}.xml"));
        let shown = said(xml);
        for text in texts(slide) {
            let text = without_blanks(&text.replace('\u{7}', "[U+0007]"));
            assert!(shown.contains(&text), "{what}, slide {at}: {text} is not in {shown}");
        }
        let elements = elements("slide", xml);
        let titles =
            elements.iter().filter(|(name, with)| name == "p:ph" && ["title", "ctrTitle"].contains(&of(with, "type")));
        assert_eq!(titles.count(), 1, "{what}, slide {at} has one title");
        let ids: Vec<&str> =
            elements.iter().filter(|(name, _)| name == "p:cNvPr").map(|(_, with)| of(with, "id")).collect();
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{what}, slide {at}: ids of shapes");
        for frame in xml.split("<p:graphicFrame>").skip(1) {
            assert!(
                frame.split("/>").next().unwrap_or_default().contains("descr=\""),
                "{what}, slide {at}: no alt text"
            );
        }
        for table in elements.iter().filter(|(name, _)| name == "a:tblPr") {
            assert_eq!(of(&table.1, "firstRow"), "1", "{what}, slide {at}: a table without a header row");
        }
        assert!(
            part(format!("ppt/notesSlides/notesSlide{at}.xml")).to_lowercase().contains("this slide"),
            "{what}, slide {at}: notes"
        );
    }
    assert!(bytes == pptx::deck(deck, MADE_ON).expect("again"), "{what}: other bytes");
}

#[test]
fn both_formats_say_the_same_of_the_sample() {
    let mut staged = Staged::sample();
    for length in Length::ALL {
        staged.length = length;
        check(&deck::deck(staged.made()), length.key());
    }
    staged.picks.shown.insert(SlideKey::EveryRating);
    check(&deck::deck(staged.made()), "with every rating");
    staged.length = Length::Short;
    assert!((8..=10).contains(&deck::deck(staged.made()).slides.len()));
}

#[test]
fn whatever_agencies_write_every_slide_is_one_page() {
    let plain = "We asked families and they said that someone now answers the telephone. ";
    for (agencies, letters, words) in
        [(1, 0, plain), (3, 200, plain), (12, 700, plain), (40, 400, plain), (12, 90, HOSTILE), (3, 32_000, HOSTILE)]
    {
        let mut staged = staged(agencies, letters, words);
        staged.picks.shown.insert(SlideKey::EveryRating);
        for length in Length::ALL {
            staged.length = length;
            check(&deck::deck(staged.made()), &format!("{agencies} agencies, {letters} letters, {}", length.key()));
        }
    }
}

#[test]
fn every_statement_is_on_the_last_pages_by_its_ref_and_its_short_name() {
    // The theme with the most statements, all of them asked.
    let themes = BUILT_IN.iter().map(|(id, text)| theme::read(id, id, text).output);
    let largest = themes.max_by_key(|theme| theme.criteria().count()).expect("themes");
    let mut large = Staged::sample();
    large.round.rate = Basis::ALL.to_vec();
    large.theme = largest;
    let large = filled(large, 3, 60, "We asked families, and they said that someone now answers. ");
    assert!(large.analysis.numbers.criteria.len() > 25, "a large theme");
    for staged in [Staged::sample(), large] {
        let deck = deck::deck(staged.made());
        check(&deck, &staged.theme.title);
        let pages: Vec<&Slide> = deck.slides.iter().filter(|slide| slide.key == SlideKey::Statements).collect();
        let last = &deck.slides[deck.slides.len() - pages.len()..];
        assert!(last.iter().all(|slide| slide.key == SlideKey::Statements));
        let names = pages.iter().filter_map(|slide| match &slide.body {
            Body::Statements(names) => Some(names.columns.iter().flatten().flat_map(|area| &area.rows)),
            _ => None,
        });
        let shown: Vec<(String, String)> = names.flatten().cloned().collect();
        let criteria = staged.analysis.numbers.areas.iter().flat_map(|area| staged.analysis.numbers.criteria_of(area));
        let asked: Vec<(String, String)> =
            criteria.map(|one| (one.criterion.id.to_string(), one.criterion.short_name())).collect();
        // Then what was put to nobody, which the slide about who is in the picture says too.
        let unasked = staged.round.put_to_nobody(&staged.theme);
        assert!(shown.starts_with(&asked) && shown.len() == asked.len() + unasked.len(), "{}", staged.theme.title);
        let who = deck.slides.iter().find(|slide| slide.key == SlideKey::Who).expect("its slide");
        let who = texts(who).join(" ");
        assert_eq!(!unasked.is_empty(), who.contains(" put to nobody: "), "{who}");
    }
}

#[test]
fn for_whom_agencies_speak_is_said_where_it_has_room_and_without_names() {
    let says = |how_many: &str, out_of: &str, asked_by: &str| jtai_benchmark::response::SpeaksFor {
        how_many: how_many.into(),
        out_of: out_of.into(),
        asked_by: asked_by.into(),
    };
    let note = |staged: &Staged| {
        let deck = deck::deck(staged.made());
        check(&deck, "for whom agencies speak");
        let who = deck.slides.iter().find(|slide| slide.key == SlideKey::Who).expect("its slide");
        match &who.body {
            Body::Picture { note, .. } => note.clone(),
            Body::Grid(grid) => grid.note.clone(),
            _ => panic!("a picture or a table"),
        }
    };
    let mut staged = filled(Staged::sample(), 3, 60, "We asked families, and they said that someone now answers. ");
    assert!(!note(&staged).contains("speaks for"));
    let mut agencies = staged.analysis.numbers.agencies.iter_mut().filter(|agency| agency.is_returned);
    agencies.next().expect("one").speaks_for = says("17", "41 schools", "a survey in November");
    agencies.next().expect("two").speaks_for = says("3", "5 teams", "Sarah Jones, team by team");
    agencies.next().expect("three").speaks_for = says("", "", "by post");
    let said = note(&staged);
    let names: Vec<String> = staged.analysis.numbers.agencies.iter().map(|agency| agency.name.clone()).collect();
    assert!(
        said.contains(&format!(
            "\n{} says that it speaks for 17 of 41 schools (how they were asked: a survey in November).",
            names[0]
        )),
        "{said}"
    );
    assert!(said.contains(" says that it speaks for 3 of 5 teams.") && !said.contains("Jones"), "{said}");
    assert!(said.contains(" says how it asked those it speaks for: by post."), "{said}");
    // Of many, those that have room; the others are counted.
    let mut staged = Staged::sample();
    for agency in staged.analysis.numbers.agencies.iter_mut().filter(|agency| agency.is_returned) {
        agency.speaks_for = says("3", "5 teams", "a form that team leads filled in together in November 2026");
    }
    let said = note(&staged);
    let shown = said.matches(" for 3 of 5 teams").count();
    assert!((1..11).contains(&shown), "{said}");
    assert!(said.contains("By their own account, Social care speaks for 3 of 5 teams"), "{said}");
    assert!(said.ends_with(&format!(". {} more say whom they speak for.", 11 - shown)), "{said}");
}

#[test]
fn words_of_the_officers_of_any_length_flow_on_and_none_is_lost() {
    let mut staged = staged(12, 300, "We do this every week and look at what came of it. ");
    let long = "A line of local context with a number, 41, and its source. ".repeat(60);
    staged.picks.context = vec!["Short.".into(), long.clone(), HOSTILE.into()];
    staged.picks.known_issues = vec!["Our data is two months old.".into(); 9];
    let picked = |voice: &jtai_benchmark::analysis::Voice| jtai_benchmark::documents::Picked {
        voice: voice.clone(),
        wording: String::new(),
        is_whole: false,
    };
    staged.picks.worries = Some(staged.analysis.worries.iter().take(9).map(picked).collect());
    let deck = deck::deck(staged.made());
    check(&deck, "officer's words");
    let shown: String = deck.slides.iter().flat_map(texts).map(|text| without_blanks(&text)).collect();
    let of_context: String = deck
        .slides
        .iter()
        .filter(|slide| slide.key == SlideKey::Context)
        .flat_map(|slide| match &slide.body {
            Body::Context(area) => {
                let columns = area.columns.iter().filter(|column| column.heading == "Local context");
                columns.flat_map(|column| column.lines.clone()).collect()
            }
            Body::Notes(paragraphs) => {
                let of = paragraphs.iter().filter(|one| one.heading.starts_with("Local context"));
                of.map(|one| one.text.clone()).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        })
        .map(|text| without_blanks(&text))
        .collect();
    assert_eq!(of_context, without_blanks(&format!("Short.{long}{HOSTILE}")));
    for voice in staged.analysis.worries.iter().take(9) {
        assert!(shown.contains(&without_blanks(&voice.words)), "{}", voice.words);
    }
}

/// What may be about one child is on no slide that the rule makes, and in the leaders' annex.
#[test]
fn texts_that_may_be_about_one_child_reach_no_slide_by_the_rule() {
    let mut staged = staged(6, 300, "We heard from Ellie what her mum said of it. ");
    for length in Length::ALL {
        staged.length = length;
        let deck = deck::deck(staged.made());
        let shown: String = deck.slides.iter().flat_map(texts).collect();
        assert!(!shown.contains("Ellie"), "{}: {shown}", length.key());
        assert!(shown.contains("held for a person to look at first"), "{}: {shown}", length.key());
        let annex = annex::annex(staged.made(), &deck);
        let holds = |text: &str| text.contains("Ellie");
        assert!(
            annex.statements.iter().flat_map(|statement| &statement.answers).any(|answer| holds(&answer.working_well))
        );
    }
}

#[test]
fn headlines_of_two_lines_and_slides_of_the_officers_keep_a_page_a_slide() {
    let two_lines =
        "Children wait too long in the first weeks, and we can say where they wait, and what we are doing about it";
    for agencies in [3, 12, 40] {
        let mut staged = staged(agencies, 300, "We do this every week and look at what came of it. ");
        for key in deck::keys(&staged.analysis) {
            staged.picks.headlines.insert(key, two_lines.into());
        }
        let added = |after: Option<SlideKey>, text: &str| jtai_benchmark::documents::Added {
            title: format!("Ours after {}", after.as_ref().map(ToString::to_string).unwrap_or_default()),
            text: text.into(),
            after,
            place: jtai_benchmark::core::finding::Place::file("choices.xlsx"),
            after_place: jtai_benchmark::core::finding::Place::file("choices.xlsx"),
        };
        let long = "https://example.org/a-path/without/a/blank/".repeat(60);
        let keys = deck::keys(&staged.analysis);
        staged.picks.added = keys.iter().map(|key| added(Some(key.clone()), "A line.\nAnother.")).collect();
        staged.picks.added.extend([added(None, &long), added(Some(SlideKey::Area(AreaId("none".into()), None)), "")]);
        for length in Length::ALL {
            staged.length = length;
            let deck = deck::deck(staged.made());
            check(&deck, &format!("{agencies} agencies, two lines, {}", length.key()));
            assert!(deck.slides.iter().filter(|slide| slide.headline == two_lines).count() >= 7);
            // Each of the officer's slides is there, whether or not the slide it was meant for is.
            for own in &staged.picks.added {
                assert!(deck.slides.iter().any(|slide| slide.headline == own.title), "{}", own.title);
            }
            let shown: String = deck.slides.iter().flat_map(texts).collect();
            assert!(shown.contains("https://example.org/a-path/without/a/blank/") && !shown.contains(", continued. "));
            let last: Vec<&SlideKey> = deck.slides.iter().rev().map(|slide| &slide.key).collect();
            assert_eq!((last[0], last[1]), (&SlideKey::Statements, &SlideKey::Method));
        }
    }
}

#[test]
fn many_agencies_that_have_not_answered_still_fit_their_slide() {
    let mut staged = Staged::sample();
    let kinds = staged.round.agencies.clone();
    let agency = |at: usize| Agency {
        id: AgencyId(format!("agency-{at}")),
        name: format!("{} of a place with a rather long name, number {at}", kinds[at % kinds.len()].name),
        ..kinds[at % kinds.len()].clone()
    };
    staged.round.agencies = (0..60).map(agency).collect();
    let answers = answers(&staged.theme, &staged.round, &[], &[]);
    let numbers = count(&staged.theme, &staged.round, &[], &answers).expect("numbers");
    staged.analysis = analyse(&staged.theme, &staged.round, numbers, &[], answers);
    staged.charts = Charts::lay_out(&staged.analysis);
    for length in Length::ALL {
        staged.length = length;
        check(&deck::deck(staged.made()), &format!("nobody answered, {}", length.key()));
    }
}

#[test]
fn no_agency_is_laid_beside_another_by_its_ratings() {
    let mut staged = Staged::sample();
    for length in Length::ALL {
        staged.length = length;
        for slide in &deck::deck(staged.made()).slides {
            for part in &slide.trace.numbers {
                let is_named = staged.analysis.numbers.agencies.iter().any(|agency| part.what.contains(&agency.name));
                let is_rated = Rating::ALL.iter().any(|rating| part.what.starts_with(rating.word()));
                assert!(!(is_named && is_rated), "{}", part.what);
            }
        }
    }
}

#[test]
fn the_powerpoint_file_holds_nothing_for_leaders_notes_and_data_of_charts_included() {
    let (project, staged) = (Project::demo(), Staged::sample());
    let annex = annex::annex(staged.made(), &deck::deck(staged.made()));
    let bytes = project.read("demo/report/deck.pptx");
    let mut all = String::new();
    let mut books = 0;
    for (name, part) in parts(&bytes) {
        if name.ends_with(".xlsx") {
            books += 1;
            all.extend(text_parts(&part).into_iter().map(|(_, text)| text));
        } else {
            all.push_str(&String::from_utf8(part).expect("UTF-8"));
        }
    }
    let all = quick_xml::escape::unescape(&all.replace("&#10;", " ")).expect("escaped").into_owned();
    assert_eq!(books, 2, "a workbook for each chart");
    assert!(!all.contains("returns/") && !all.contains("NOT FOR INSPECTORS") && !all.contains("example.org"));
    for row in annex.findings.rows.iter().map(|row| &row[2]).chain(annex.prompts.rows.iter().map(|row| &row[1])) {
        assert!(!all.contains(row.as_str()), "{row}");
    }
    let evidence = staged
        .analysis
        .answers
        .iter()
        .map(|answer| answer.texts.text(TextKind::Evidence))
        .filter(|text| text.len() > 20);
    for text in evidence {
        assert!(!all.contains(text), "{text}");
    }
}

#[test]
fn the_partnerships_look_is_on_the_slides_and_its_faults_are_named() {
    let project = Project::demo();
    let usual = project.read("demo/report/deck.pdf");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><rect width='90' height='30' fill='#801650'/></svg>";
    project.write("demo/our logo é.svg", svg.as_bytes());
    let brand = "\n[brand]\nlogo = \"our logo é.svg\"\ncolour = \"#801650\"\nsecond_colour = \"#FFBF47\"\n";
    let round = String::from_utf8(project.read("demo/round.toml")).expect("UTF-8");
    project.write("demo/round.toml", format!("{round}{brand}").as_bytes());
    let run = project.run(&["report", "demo"]);
    assert!(run.out.contains("`second_colour` \"#FFBF47\" has a contrast of 1.6 to 1 with white"), "{}", run.out);
    assert!(usual != project.read("demo/report/deck.pdf"));
    let bytes = project.read("demo/report/deck.pptx");
    assert_eq!(package_faults(&bytes), Vec::<String>::new());
    let all = parts(&bytes);
    let holds = |name: &str| all.iter().any(|(known, _)| known == name);
    assert!(holds("ppt/media/logo.png") && !all.iter().any(|(name, _)| name.ends_with(".svg")));
    let first = &all.iter().find(|(name, _)| name == "ppt/slides/slide1.xml").expect("the first slide").1;
    let first = String::from_utf8(first.clone()).expect("UTF-8");
    let theme = &all.iter().find(|(name, _)| name == "ppt/theme/theme1.xml").expect("the theme").1;
    assert!(String::from_utf8_lossy(theme).contains("<a:accent1><a:srgbClr val=\"801650\"/>"));
    assert!(first.contains("descr=\"Logo of Exampleshire"), "{first}");
    // What an accessible PDF would refuse is drawn, and stops nothing.
    let odd = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='90' height='30'>\
               <image xlink:href='../other.png' width='9' height='9'/><text x='5' y='20'>漢 😀</text></svg>";
    project.write("demo/our logo é.svg", odd.as_bytes());
    assert_eq!(project.run(&["report", "demo"]).code, 1);
    std::fs::remove_file(project.path("demo/our logo é.svg")).expect("removed");
    let run = project.run(&["report", "demo"]);
    assert!(run.out.contains("the logo \"our logo é.svg\" cannot be read"), "{}", run.out);
}
