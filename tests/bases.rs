//! A round in which agencies rate official scope and lines of enquiry: the two are never added up, on any page and in any table.

use std::collections::BTreeSet;

use jiff::civil::date;
use jtai_benchmark::analysis::Counts;
use jtai_benchmark::analysis::trace::Counted;
use jtai_benchmark::documents::{Length, SlideKey, annex, briefing, deck};
use jtai_benchmark::export;
use jtai_benchmark::export::analysis::AnalysisInputs;
use jtai_benchmark::form::Rating;
use jtai_benchmark::intake::answers::AnswerState;
use jtai_benchmark::response::Texts;
use jtai_benchmark::theme::Basis;
use jtai_benchmark::workbook::file::{read, scan};

use crate::deck_text::Staged;
use crate::slides::{check, filled, texts};

/// The sample's theme with everything in it asked.
fn both() -> Staged {
    let mut staged = Staged::sample();
    staged.round.rate = vec![Basis::Scope, Basis::LineOfEnquiry];
    filled(staged, 14, 60, "We asked families, and they said that someone now answers. ")
}

/// The numbers that only a sum over both bases gives.
fn sums(staged: &Staged) -> BTreeSet<usize> {
    let of = |counts: &Counts| [counts.asked, counts.rated(), counts.red, counts.amber, counts.green];
    let numbers = &staged.analysis.numbers;
    // What one basis, one area or one statement counts may be the same number by chance.
    let parts = numbers.bases.iter().map(|of| &of.counts).chain(numbers.areas.iter().map(|area| &area.counts));
    let parts: BTreeSet<usize> = parts.flat_map(of).collect();
    // A small number may be on a page for any reason; the large ones can only be sums.
    let is_sum = |sum: &usize| *sum > 99 && !parts.contains(sum);
    let sums: BTreeSet<usize> = of(&numbers.overall).into_iter().filter(is_sum).collect();
    assert!(sums.contains(&numbers.overall.asked) && sums.contains(&numbers.overall.rated()), "{sums:?}");
    sums
}

fn check_has_no_sum(staged: &Staged, text: &str, what: &str) {
    let numbers: BTreeSet<usize> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let both: Vec<usize> = numbers.intersection(&sums(staged)).copied().collect();
    assert!(both.is_empty(), "{what} adds up two bases, {both:?}: {text}");
}

#[test]
fn bases_are_counted_apart_and_come_to_all() {
    let staged = both();
    let numbers = &staged.analysis.numbers;
    assert_eq!(numbers.bases.iter().map(|of| of.basis).collect::<Vec<_>>(), [Basis::Scope, Basis::LineOfEnquiry]);
    assert_eq!(numbers.bases.iter().map(|of| of.counts).sum::<Counts>(), numbers.overall);
    assert_eq!(numbers.bases.iter().map(|of| of.statements).sum::<usize>(), numbers.criteria.len());
    assert_eq!(numbers.reconciliation.faults, Vec::<String>::new());
}

#[test]
fn official_scope_and_lines_of_enquiry_are_never_added_up() {
    let mut staged = both();
    staged.picks.shown.insert(SlideKey::EveryRating);
    for length in Length::ALL {
        staged.length = length;
        let deck = deck::deck(staged.made());
        check(&deck, length.key());
        for (at, slide) in (1..).zip(&deck.slides) {
            let counted = slide.trace.numbers.iter().map(|part| format!("{}: {}", part.label(), part.value()));
            let shown: Vec<String> = texts(slide).into_iter().chain(counted).collect();
            check_has_no_sum(&staged, &shown.join("\n"), &format!("slide {at}, {}", length.key()));
        }
        let pictures = deck.slides.iter().filter(|slide| matches!(slide.key, SlideKey::Picture(_)));
        let sections: BTreeSet<&str> = pictures.map(|slide| slide.section.trim_end_matches(", continued")).collect();
        assert_eq!(sections, BTreeSet::from(["The picture: lines of enquiry", "The picture: official scope"]));
        let annex = annex::annex(staged.made(), &deck);
        for table in annex.tables.iter().chain([&annex.sources]) {
            let rows = table.rows.iter().map(|row| row.join(" "));
            check_has_no_sum(&staged, &rows.collect::<Vec<_>>().join("\n"), &table.title);
        }
        for page in briefing::briefing(staged.made(), &deck, None).pages {
            check_has_no_sum(&staged, &[page.headline, page.say.join("\n")].join("\n"), &page.title);
        }
    }
    for chart in staged.charts.to_show() {
        check_has_no_sum(&staged, &format!("{}\n{}", chart.title, chart.alt), &chart.name);
    }
}

#[test]
fn each_basis_has_its_own_headline_on_its_picture_and_its_own_row_of_each_agency() {
    let mut staged = both();
    let keys = [Basis::Scope, Basis::LineOfEnquiry].map(|basis| SlideKey::of_picture(&staged.analysis.numbers, basis));
    assert_eq!(keys.each_ref().map(ToString::to_string), ["picture", "picture-lines-of-enquiry"]);
    staged.picks.headlines.insert(keys[1].clone(), "Ours".into());
    let deck = deck::deck(staged.made());
    let headlines = keys.each_ref().map(|key| {
        deck.slides.iter().filter(|slide| slide.key == *key).map(|slide| slide.headline == "Ours").collect::<Vec<_>>()
    });
    assert_eq!(headlines, [vec![false], vec![true]], "a page each");
    let data = export::data::agencies(&staged.round, &staged.analysis);
    let column = |name: &str| data.columns.iter().position(|column| *column == name).expect("a column");
    let asked = |basis: &str| -> usize {
        let here = data.rows.iter().filter(|row| row[column("basis")] == basis);
        here.map(|row| row[column("asked")].parse::<usize>().expect("a number")).sum()
    };
    let numbers = &staged.analysis.numbers;
    assert_eq!([asked("S"), asked("L")], [numbers.bases[0].counts.asked, numbers.bases[1].counts.asked]);
}

#[test]
fn many_areas_are_on_one_page_with_their_counts_behind_the_bars() {
    let mut staged = Staged::sample();
    let mut areas = Vec::new();
    for area in std::mem::take(&mut staged.theme.areas) {
        for (at, criterion) in area.criteria.iter().enumerate() {
            let id = jtai_benchmark::core::ids::AreaId(format!("{}-{at}", area.id));
            areas.push(jtai_benchmark::theme::Area { id, criteria: vec![criterion.clone()], ..area.clone() });
        }
    }
    assert!(areas.len() > 7);
    staged.theme.areas = areas;
    let staged = filled(staged, 14, 60, "We asked families, and they said that someone now answers. ");
    let deck = deck::deck(staged.made());
    check(&deck, "many areas");
    let pictures = deck.slides.iter().filter(|slide| matches!(slide.key, SlideKey::Picture(_))).count();
    assert_eq!(pictures, 1);
    let bars = staged.charts.areas[0][0].bars.as_ref().expect("bars");
    assert!(bars.rows.len() > 7 && bars.behind_pt > 0);
    assert!(bars.rows.iter().filter(|row| !row.counts.is_empty()).count() > 7, "{bars:?}");
}

#[test]
fn every_number_of_a_page_is_of_one_basis() {
    let mut staged = both();
    staged.length = Length::Full;
    staged.picks.shown.insert(SlideKey::EveryRating);
    let bases = staged.analysis.numbers.basis_of_each();
    // How completely an agency answered is counted over all that it was sent.
    for slide in deck::deck(staged.made()).slides.iter().filter(|slide| slide.key != SlideKey::Who) {
        for number in &slide.trace.numbers {
            let of: BTreeSet<Basis> = match &number.counted {
                Counted::Answers(places) | Counted::Texts(_, places) => {
                    places.iter().map(|at| bases[&staged.analysis.answers[*at].criterion]).collect()
                }
                Counted::Statements(places) => {
                    places.iter().map(|at| staged.analysis.numbers.criteria[*at].criterion.basis).collect()
                }
                _ => BTreeSet::new(),
            };
            assert!(of.len() < 2, "{}: {}", slide.section, number.label());
        }
    }
}

#[test]
fn actions_and_reds_without_one_are_counted_on_each_basis() {
    let mut staged = both();
    let (numbers, actions) = (&staged.analysis.numbers, &staged.analysis.actions);
    let on = |basis| actions.iter().filter(|action| numbers.basis_of_each()[&action.criterion] == basis).count();
    let (scope, lines, all) = (on(Basis::Scope), on(Basis::LineOfEnquiry), actions.len());
    assert!(scope > 0 && lines > 0);
    // One Red says nothing of what needs to happen, on a line of enquiry.
    let first = actions.iter().find(|action| numbers.basis_of_each()[&action.criterion] == Basis::LineOfEnquiry);
    let place = first.map(|action| (action.agency.clone(), action.criterion.clone())).expect("one");
    let answer = staged.analysis.answers.iter_mut().find(|one| (&one.agency, &one.criterion) == (&place.0, &place.1));
    let answer = answer.expect("its answer");
    answer.state = AnswerState::Rated(Rating::Red);
    answer.texts = Texts::default();
    for length in Length::ALL {
        staged.length = length;
        let deck = deck::deck(staged.made());
        let pages: Vec<String> = deck
            .slides
            .iter()
            .filter(|slide| slide.key == SlideKey::NeedsToHappen)
            .map(|slide| texts(slide).join("\n"))
            .collect();
        for page in &pages {
            assert!(page.contains(&format!("Actions proposed: {scope} on official scope")), "{page}");
            assert!(page.contains(&format!("{lines} on lines of enquiry")), "{page}");
            let words = page.split(|c: char| !c.is_ascii_digit());
            assert!(words.filter(|word| *word == all.to_string()).count() == 0, "{all} adds up both: {page}");
        }
        assert!(pages[0].contains("1 Red rating on lines of enquiry has no action yet ("), "{}", pages[0]);
        check(&deck, length.key());
    }
}

#[test]
fn a_headline_for_the_official_statements_of_an_area_is_not_over_its_lines_of_enquiry() {
    let mut staged = Staged::sample();
    // An area with statements of both bases.
    let area = staged.theme.areas.iter_mut().find(|area| area.criteria.len() > 1).expect("one");
    area.criteria[1].basis = Basis::LineOfEnquiry;
    staged.round.rate = vec![Basis::Scope, Basis::LineOfEnquiry];
    let mut staged = filled(staged, 13, 60, "We asked families, and they said that someone now answers. ");
    staged.length = Length::Full;
    let numbers = &staged.analysis.numbers;
    let both = numbers.areas.windows(2).find(|pair| pair[0].id == pair[1].id).expect("an area of both bases");
    let keys = [SlideKey::of_area(numbers, &both[0]), SlideKey::of_area(numbers, &both[1])];
    assert_eq!(keys[1].to_string(), format!("{}-lines-of-enquiry", keys[0]));
    assert!(deck::keys(&staged.analysis).windows(2).any(|pair| pair == keys));
    staged.picks.headlines.insert(keys[0].clone(), "Ours".into());
    let deck = deck::deck(staged.made());
    let headlines = |key: &SlideKey| -> Vec<&str> {
        deck.slides.iter().filter(|slide| slide.key == *key).map(|slide| slide.headline.as_str()).collect()
    };
    assert!(headlines(&keys[0]).iter().all(|headline| *headline == "Ours"));
    assert!(!headlines(&keys[1]).is_empty() && headlines(&keys[1]).iter().all(|headline| *headline != "Ours"));
}

#[test]
fn the_workbook_of_numbers_has_a_row_for_each_basis_and_none_for_both() {
    let staged = both();
    let book = export::analysis::analysis(AnalysisInputs {
        theme: &staged.theme,
        round: &staged.round,
        analysis: &staged.analysis,
        quoted: &Default::default(),
        findings: &staged.findings,
        made_on: date(2026, 12, 14),
        run: "TEST",
    });
    let book = read::read(scan::FileKind::Xlsx, &book.expect("written"), &[]).expect("readable");
    let rows = |name: &str| book.sheets.iter().find(|sheet| sheet.name == name).expect("its sheet").text_rows();
    let summary: Vec<Vec<String>> = rows("Summary").into_iter().map(|(_, cells)| cells).collect();
    for of in &staged.analysis.numbers.bases {
        let row = summary.iter().find(|cells| cells[0] == format!("All: {}", of.basis.name())).expect("its row");
        assert_eq!(row[2..4], [of.counts.asked.to_string(), of.counts.rated().to_string()], "{row:?}");
    }
    for name in ["Summary", "Statements", "Method"] {
        for (_, cells) in rows(name) {
            check_has_no_sum(&staged, &cells.join(" "), name);
        }
    }
}
