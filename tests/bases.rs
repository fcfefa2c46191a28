//! A round in which agencies rate official scope and lines of enquiry: the two are never added up, on any page and in any table.

use std::collections::BTreeSet;

use jiff::civil::date;
use jtai_benchmark::analysis::Counts;
use jtai_benchmark::documents::{Length, SlideKey, annex, briefing, deck};
use jtai_benchmark::export;
use jtai_benchmark::export::analysis::AnalysisInputs;
use jtai_benchmark::theme::Basis;
use jtai_benchmark::workbook::file::{read, scan};

use crate::deck_text::Staged;
use crate::slides::{check, filled, texts};

/// The sample's theme with everything in it asked.
fn both() -> Staged {
    let mut staged = Staged::sample();
    staged.round.rate = vec![Basis::Scope, Basis::LineOfEnquiry];
    filled(staged, 13, 60, "We asked families, and they said that someone now answers. ")
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
        let pictures = deck.slides.iter().filter(|slide| slide.key == SlideKey::Picture);
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
fn the_workbook_of_numbers_has_a_row_for_each_basis_and_none_for_both() {
    let staged = both();
    let book = export::analysis::analysis(AnalysisInputs {
        theme: &staged.theme,
        round: &staged.round,
        analysis: &staged.analysis,
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
