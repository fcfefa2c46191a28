//! `choices.xlsx` renewed when answers change: what the officer wrote is in the new one, whatever it was.

use jiff::civil::date;
use jtai_benchmark::analysis::{Action, Analysis, Due, Voice};
use jtai_benchmark::choices::{self, Choices, ChoicesSource};
use jtai_benchmark::core::privacy;
use jtai_benchmark::documents::{DocumentInputs, Length, deck};
use jtai_benchmark::form::Rating;
use jtai_benchmark::workbook::file::book::{Book, Sheet};
use jtai_benchmark::workbook::file::{read, scan};
use proptest::prelude::*;

use crate::choices::{ACTIONS, ADDED, CHILDREN, CONTEXT, DIFFERENCES, FIGURES, SLIDES, START, STRENGTHS, WORRIES};
use crate::deck_text::Staged;
use crate::project::{Project, fill, package, parts};

const RETURNS: &str = "demo/returns";
const LATE: &str = "mental-health self-assessment.xlsx";
const CHANGED: &str = "childrens-social-care self-assessment.xlsx";
const GONE: &str = "community-health self-assessment.xls";
const CHANGES_ITS_WORDS: &str = "Exampleshire Council children's social care";
const IS_GONE: &str = "Exampleshire Community Health NHS Trust";
const KEPT: &str = "demo/choices (before 14 December 2026).xlsx";
const BESIDE: &str = "demo/choices (new).xlsx";

pub fn book(bytes: &[u8]) -> Book {
    let cleared = choices::cells_given(200, None);
    read::read(scan::kind(bytes).expect("a workbook"), bytes, &cleared).expect("readable")
}

pub fn chosen(book: &Book) -> Choices {
    choices::read(book, [date(2026, 11, 23), date(2026, 12, 20)]).output
}

/// What was chosen, wherever it is in the file.
fn without_places(choices: &Choices) -> String {
    let voices = |all: &[choices::Choice]| -> Vec<[String; 4]> {
        let texts = |one: &choices::Choice| {
            [&one.reference, &one.agency, &one.own_words, &one.wording].map(|text| text.to_string())
        };
        all.iter().map(texts).collect()
    };
    let approval = choices.approval.as_ref().map(|one| (one.by.clone(), one.on, one.runs.clone()));
    let left_out: Vec<&String> = choices.left_out.iter().map(|(key, _)| key).collect();
    let headlines: Vec<_> = choices.headlines.iter().map(|(key, headline, _)| (key, headline)).collect();
    let differences: Vec<&String> = choices.differences.iter().map(|(reference, _)| reference).collect();
    let added: Vec<_> = choices.added.iter().map(|one| (&one.title, &one.text, &one.after)).collect();
    let (strengths, worries) = (voices(&choices.strengths), voices(&choices.worries));
    let lines = (&choices.context, &choices.known_issues);
    let actions: Vec<_> = choices
        .actions
        .iter()
        .map(|one| {
            let agreed = one.agreed.as_ref().map(|agreed| (&agreed.by, agreed.on));
            let row = (one.row.is_on_slide, one.row.is_checked, &one.row.wording, &one.row.reference, &one.row.agency);
            (row, &one.lead, one.by, agreed)
        })
        .collect();
    let checked: Vec<bool> = choices.strengths.iter().chain(&choices.worries).map(|one| one.is_checked).collect();
    let figures: Vec<_> = choices.figures.iter().map(|one| [&one.figure, &one.what, &one.source, &one.date]).collect();
    let children: Vec<_> = choices.children.iter().map(|one| [&one.line, &one.source]).collect();
    let of_area = (figures, children);
    format!(
        "{strengths:#?}{worries:#?}{checked:?}{actions:#?}{differences:?}{left_out:?}{headlines:?}{lines:?}{of_area:?}{added:?}{approval:?}"
    )
}

/// The row, as people count it, of an agency's words on a sheet; the one with these words where there are more.
fn row_of(sheet: &Sheet, reference: &str, agency: &str, words: &str) -> u32 {
    let is_it = |(_, texts): &(u32, Vec<String>)| {
        texts.get(4).is_some_and(|text| text == reference)
            && texts.get(5).is_some_and(|text| text == agency)
            && texts.get(8).is_some_and(|text| text.contains(words))
    };
    sheet.text_rows().into_iter().find(is_it).map(|(row, _)| row + 1).expect("its row")
}

/// The first row of an agency on a sheet, as people count it, with its Ref.
fn first_of(sheet: &Sheet, agency: &str) -> (u32, String) {
    let is_it = |(_, texts): &(u32, Vec<String>)| texts.get(5).is_some_and(|text| text == agency);
    sheet.text_rows().into_iter().find(is_it).map(|(row, texts)| (row + 1, texts[4].clone())).expect("its row")
}

/// Puts a text into a cell of a row in which nobody has a cell so far.
fn add(parts: &mut [(String, Vec<u8>)], sheet: &str, (column, row): (&str, u32), text: &str) {
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == sheet).expect("its sheet");
    let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
    let start = xml.find(&format!("<row r=\"{row}\"")).expect("the row");
    let end = start + xml[start..].find("</row>").expect("its end");
    let cell = format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    *bytes = format!("{}{cell}{}", &xml[..end], &xml[end..]).into_bytes();
}

/// Writes over a cell that holds something.
fn write_over(parts: &mut [(String, Vec<u8>)], sheet: &str, cell: &str, text: &str) {
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == sheet).expect("its sheet");
    let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
    let start = xml.find(&format!("<c r=\"{cell}\" ")).expect("the cell");
    let end = start + xml[start..].find("</c>").expect("its end") + 4;
    let new = format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    *bytes = format!("{}{new}{}", &xml[..start], &xml[end..]).into_bytes();
}

/// The demo as it was reported on 9 December, before one agency's return came.
fn on_9_december() -> Project {
    let project = Project::demo();
    std::fs::rename(project.path(RETURNS).join(LATE), project.path(LATE)).expect("moved");
    std::fs::remove_file(project.path("demo/choices.xlsx")).expect("removed");
    assert!(project.run_on("2026-12-09", &["report", "demo"]).code < 2);
    project
}

/// The late return comes.
fn late_return_comes(project: &Project) {
    std::fs::rename(project.path(LATE), project.path(RETURNS).join(LATE)).expect("moved");
}

/// Fills cells of the file in the folder.
fn choose(project: &Project, cells: &[(&str, String, &str)]) -> Vec<u8> {
    let mut parts = parts(&project.read("demo/choices.xlsx"));
    for (sheet, cell, text) in cells {
        fill(&mut parts, sheet, cell, text);
    }
    let bytes = package(&parts);
    project.write("demo/choices.xlsx", &bytes);
    bytes
}

fn names(project: &Project) -> Vec<String> {
    project.tree("demo").into_keys().filter(|name| name.starts_with("choices")).collect()
}

#[test]
fn what_the_officer_chose_is_in_the_renewed_file() {
    let project = on_9_december();
    let old = book(&project.read("demo/choices.xlsx"));
    let [_, strengths, worries, ..] = &old.sheets[..] else { panic!("its sheets") };
    let changes = row_of(strengths, "DA24-1.1", CHANGES_ITS_WORDS, "Daily triage in");
    let (goes, goes_ref) = first_of(worries, IS_GONE);
    let cells = [
        (START, "B11".to_string(), "Jo Fictional, Director"),
        (STRENGTHS, format!("A{changes}"), "2"),
        (STRENGTHS, format!("B{changes}"), "We look at it together, every day."),
        (WORRIES, format!("A{goes}"), "1"),
        (WORRIES, format!("B{goes}"), "We see babies too late."),
        (DIFFERENCES, "A5".into(), "1"),
        (SLIDES, "B6".into(), "Most of our ratings are Amber, and we know why"),
        (CONTEXT, "A5".into(), "Known issue"),
        (CONTEXT, "B5".into(), "Our data on notifications is two months old."),
        (CONTEXT, "B7".into(), "A line without its kind"),
        (FIGURES, "A4".into(), "1 in 9"),
        (FIGURES, "B4".into(), "children live with it"),
        (FIGURES, "C4".into(), "Survey of the county"),
        (FIGURES, "D4".into(), "March 2026"),
        (CHILDREN, "A5".into(), "I had to begin again each time"),
        (CHILDREN, "B5".into(), "Advocates, autumn 2026"),
        (ADDED, "A4".into(), "What changed since the summer"),
        (ADDED, "C4".into(), "picture"),
    ];
    choose(&project, &cells);
    let mut changed = parts(&project.read("demo/choices.xlsx"));
    add(&mut changed, WORRIES, ("N", goes), "ask Sam before we show this");
    write_over(&mut changed, SLIDES, "F7", "A headline in the wrong column");
    let before = package(&changed);
    project.write("demo/choices.xlsx", &before);

    late_return_comes(&project);
    let path = format!("{RETURNS}/{CHANGED}");
    let mut said = parts(&project.read(&path));
    for (_, bytes) in said.iter_mut().filter(|(name, _)| name.ends_with(".xml")) {
        *bytes = String::from_utf8_lossy(bytes).replace("Daily triage in", "Daily joint triage in").into_bytes();
    }
    project.write(&path, &package(&said));
    std::fs::remove_file(project.path(RETURNS).join(GONE)).expect("removed");
    let run = project.run(&["report", "demo"]);
    assert!(run.code < 2, "{}", run.err);
    let line = run.out.lines().find(|line| line.contains("renewed")).unwrap_or_else(|| panic!("{}", run.out));

    assert!(project.read(KEPT) == before, "the old file is kept");
    let new = book(&project.read("demo/choices.xlsx"));
    assert_eq!(without_places(&chosen(&new)), without_places(&chosen(&book(&before))));
    assert_eq!(new.held, []);
    let at = |row: u32, column: u32| new.sheets[1].value(row - 1, column).map(|value| value.text()).unwrap_or_default();
    let then = row_of(&new.sheets[1], "DA24-1.1", CHANGES_ITS_WORDS, "Daily triage in");
    let now = row_of(&new.sheets[1], "DA24-1.1", CHANGES_ITS_WORDS, "Daily joint triage in");
    assert_eq!((now, at(then, 0), at(now, 0)), (then + 1, "2".into(), String::new()), "a choice stays with its words");
    let marks = [at(then, 11), at(now, 11)];
    let kept = row_of(&new.sheets[2], &goes_ref, IS_GONE, "");
    let mark = new.sheets[2].value(kept - 1, 11).expect("its mark").text();
    let is_new = |sheet: &Sheet| {
        sheet.text_rows().iter().filter(|(_, texts)| texts.contains(&"new since 9 December".into())).count()
    };
    let count = [is_new(&new.sheets[1]), is_new(&new.sheets[2])];
    let list: Vec<String> = new.sheets[10].text_rows().iter().skip(2).map(|(_, texts)| texts.join(" / ")).collect();
    insta::assert_snapshot!(format!(
        "{line}\n{marks:?} {mark:?} {count:?}\n{}\n{}",
        new.sheets[0].value(1, 0).expect("a lead").text(),
        list.join("\n")
    ));

    // Nothing changes in it until answers do.
    let renewed = project.read("demo/choices.xlsx");
    let again = project.run_on("2026-12-20", &["report", "demo"]);
    assert!(!again.out.contains("renewed") && renewed == project.read("demo/choices.xlsx"), "{}", again.out);

    // What was written stays when the answers change once more, and what was listed as well.
    std::fs::remove_file(project.path(RETURNS).join(LATE)).expect("removed");
    assert!(project.run_on("2026-12-20", &["report", "demo"]).out.contains("renewed"));
    let third = book(&project.read("demo/choices.xlsx"));
    assert_eq!(without_places(&chosen(&third)), without_places(&chosen(&new)));
    let texts = |book: &Book| -> Vec<String> {
        book.sheets[10].text_rows().into_iter().skip(3).map(|(_, row)| row.join("/")).collect()
    };
    assert!(texts(&new).iter().all(|line| texts(&third).contains(line)), "{:#?}", texts(&third));
}

#[test]
fn a_file_that_is_open_is_left_and_the_new_one_goes_beside() {
    let project = on_9_december();
    let before = choose(&project, &[(STRENGTHS, "A5".into(), "1")]);
    late_return_comes(&project);
    project.write("demo/~$choices.xlsx", b"lock");
    for _ in 0..2 {
        let run = project.run(&["report", "demo"]);
        assert!(
            run.code == 1
                && run
                    .out
                    .contains("it is open in a program, so it was left and the renewed one is choices (new).xlsx"),
            "{}",
            run.out
        );
        assert!(before == project.read("demo/choices.xlsx"));
        assert_eq!(names(&project), ["choices (new).xlsx", "choices.xlsx"]);
    }
    // What somebody chose in the one beside it is not written over.
    let mut filled = parts(&project.read(BESIDE));
    fill(&mut filled, STRENGTHS, "A7", "2");
    project.write(BESIDE, &package(&filled));
    project.run(&["report", "demo"]);
    assert!(project.read(BESIDE) == package(&filled));
    assert_eq!(names(&project), ["choices (new 2).xlsx", "choices (new).xlsx", "choices.xlsx"]);

    std::fs::remove_file(project.path("demo/~$choices.xlsx")).expect("removed");
    let run = project.run(&["report", "demo"]);
    assert!(run.out.contains("all your choices are kept"), "{}", run.out);
    assert!(project.read(KEPT) == before);
}

#[test]
fn a_file_that_cannot_be_taken_over_whole_is_left() {
    let project = on_9_december();
    let child = "Alfie, date of birth 3 April 2019";
    let before = choose(&project, &[(CONTEXT, "A4".into(), "Known issue"), (CONTEXT, "B4".into(), child)]);
    late_return_comes(&project);
    let run = project.run(&["report", "demo"]);
    assert!(
        run.out.contains("not all of it can be taken over (what may identify a child is held back), so it was left"),
        "{}",
        run.out
    );
    assert!(before == project.read("demo/choices.xlsx"));
    assert_eq!(names(&project), ["choices (new).xlsx", "choices.xlsx"]);
    let has_it = parts(&project.read(BESIDE)).iter().any(|(_, part)| String::from_utf8_lossy(part).contains("Alfie"));
    assert!(!has_it, "what is held back goes nowhere");
}

/// Of two rows with one number the upper one leads: a row that moves would turn them round.
#[test]
fn choices_that_would_be_read_in_a_different_order_stay_in_the_old_file() {
    let project = on_9_december();
    let old = book(&project.read("demo/choices.xlsx"));
    let (goes, _) = first_of(&old.sheets[2], IS_GONE);
    let rows = old.sheets[2].text_rows();
    let below = rows.iter().rfind(|(row, texts)| *row >= goes && texts[5] != IS_GONE).expect("a row below").0 + 1;
    let cells = [(WORRIES, format!("A{goes}"), "1"), (WORRIES, format!("A{below}"), "1")];
    let before = choose(&project, &cells);
    std::fs::remove_file(project.path(RETURNS).join(GONE)).expect("removed");
    let run = project.run(&["report", "demo"]);
    assert!(run.out.contains("not all of your choices were read back from the new one, so it was left"), "{}", run.out);
    assert!(before == project.read("demo/choices.xlsx"));
    assert_eq!(names(&project), ["choices (new).xlsx", "choices.xlsx"]);
}

#[test]
fn a_row_that_somebody_deleted_is_no_change_of_the_answers() {
    let project = Project::demo();
    let mut changed = parts(&project.read("demo/choices.xlsx"));
    let (_, bytes) = changed.iter_mut().find(|(name, _)| name == WORRIES).expect("its sheet");
    let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
    let start = xml.find("<row r=\"6\"").expect("the row");
    let end = start + xml[start..].find("</row>").expect("its end") + 6;
    *bytes = format!("{}{}", &xml[..start], &xml[end..]).into_bytes();
    let before = package(&changed);
    project.write("demo/choices.xlsx", &before);
    project.run(&["report", "demo"]);
    assert!(before == project.read("demo/choices.xlsx"));
}

#[test]
fn new_reds_are_announced_once() {
    let project = on_9_december();
    let schools = "Schools forum return.xlsx";
    std::fs::rename(project.path(RETURNS).join(schools), project.path(schools)).expect("moved");
    project.run(&["report", "demo"]);
    let red = "Red since the last report";
    let ratings = project.read("demo/report/data/ratings.csv");
    late_return_comes(&project);
    std::fs::rename(project.path(schools), project.path(RETURNS).join(schools)).expect("moved");
    let run = project.run(&["report", "demo"]);
    let line = run.out.lines().find(|line| line.contains(red)).unwrap_or_else(|| panic!("{}", run.out));
    insta::assert_snapshot!(line);
    assert!(!project.run(&["report", "demo"]).out.contains(red));
    // As written by an earlier program, or by nobody.
    let older = String::from_utf8(ratings).expect("UTF-8").replace("self_rating\"", "another\"");
    project.write("demo/report/data/ratings.csv", older.as_bytes());
    assert!(!project.run(&["report", "demo"]).out.contains(red));
    std::fs::remove_dir_all(project.path("demo/report")).expect("removed");
    assert!(!project.run(&["report", "demo"]).out.contains(red), "there is no report before the first");
}

#[test]
fn reds_are_compared_with_the_report_that_was_written_last() {
    let project = on_9_december();
    // Somebody looked at the table in a spreadsheet program, which saved it: the next one goes beside it.
    let mut ratings = project.read("demo/report/data/ratings.csv");
    ratings.extend(b"\r\n");
    project.write("demo/report/data/ratings.csv", &ratings);
    late_return_comes(&project);
    assert!(project.run(&["report", "demo"]).out.contains("Red since the last report"));
    assert!(!project.run(&["report", "demo"]).out.contains("Red since the last report"));
}

/// What there is to choose from when the answers come to this.
pub fn with_source<T>(staged: &Staged, analysis: &Analysis, day: i8, then: impl FnOnce(ChoicesSource<'_>) -> T) -> T {
    let inputs = DocumentInputs { analysis, own: analysis, length: Length::Full, ..staged.made() };
    let deck = deck::deck(inputs);
    let (theme, round) = (&staged.theme, &staged.round);
    then(ChoicesSource { theme, round, analysis, own: analysis, deck: &deck, made_on: date(2026, 12, day) })
}

/// How one agency's words change between two reports.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Same,
    Reworded,
    Rerated,
    Gone,
}

fn fated(voices: &[Voice], fates: &[Fate]) -> Vec<Voice> {
    let fate = |(voice, fate): (&Voice, &Fate)| match fate {
        Fate::Same => Some(voice.clone()),
        Fate::Reworded => Some(Voice { words: format!("{} And more.", voice.words), ..voice.clone() }),
        Fate::Rerated => Some(Voice { rating: Rating::Amber, ..voice.clone() }),
        Fate::Gone => None,
    };
    voices.iter().zip(fates.iter().cycle()).filter_map(fate).collect()
}

/// What the officer writes beside a row: a number of its own or something else, and other words.
fn beside_row() -> impl Strategy<Value = (Option<bool>, Option<String>)> {
    // A text that may identify a child, as "AJ, 0F", is held back.
    let words =
        "[A-Za-zé0-9][A-Za-zé0-9 ,.?“”'-]{0,60}".prop_filter("held back", |words| privacy::sign(words).is_none());
    (proptest::option::of(any::<bool>()), proptest::option::of(words))
}

fn fated_actions(actions: &[Action], fates: &[Fate]) -> Vec<Action> {
    let fate = |(action, fate): (&Action, &Fate)| match fate {
        Fate::Same => Some(action.clone()),
        Fate::Reworded => Some(Action { what: format!("{} And more.", action.what), ..action.clone() }),
        Fate::Rerated => Some(Action { due: Due::NoDate, ..action.clone() }),
        Fate::Gone => None,
    };
    // A different start, so that not the same places change as among the words.
    actions.iter().zip(fates.iter().cycle().skip(1)).filter_map(fate).collect()
}

/// What the officer writes beside an action: whether it has a number or something else, wording, who agreed it, when, whether it was
/// checked.
fn beside_action() -> impl Strategy<Value = (Option<bool>, [Option<String>; 4])> {
    let text = |pattern| proptest::option::of(proptest::string::string_regex(pattern).expect("a pattern"));
    let texts = (text("[A-Z][a-z ]{0,30}"), text("[A-Z][a-z]{3,20}"), text("[1-9]/12/2026|soon"), text("Yes|no"));
    let texts = texts.prop_map(|(wording, by, on, checked)| [wording, by, on, checked]);
    (proptest::option::of(any::<bool>()), texts)
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let any = proptest::sample::select(vec![Fate::Same, Fate::Same, Fate::Reworded, Fate::Rerated, Fate::Gone]);
    proptest::collection::vec(any, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_choices_survive_a_renewal(
        rows in proptest::collection::vec(beside_row(), 1..14),
        slides in proptest::collection::vec((any::<bool>(), proptest::option::of("[A-Z][a-z ]{0,40}")), 1..8),
        actions in proptest::collection::vec(beside_action(), 1..9),
        own in proptest::collection::vec((any::<bool>(), "[A-Z][a-z ]{0,40}", proptest::option::of("[A-Z][a-z]{2,20}")), 0..8),
        lines in proptest::collection::vec(("(Local context|Known issue|Other)", "[A-Za-z][a-z ]{0,50}"), 0..20),
        then in fates(),
        now in fates(),
    ) {
        let staged = &*STAGED;
        let at = |fates: &[Fate]| Analysis {
            strengths: fated(&staged.analysis.strengths, fates),
            worries: fated(&staged.analysis.worries, fates),
            actions: fated_actions(&staged.analysis.actions, fates),
            ..staged.analysis.clone()
        };
        let (before, after) = (at(&then), at(&now));
        let bytes = with_source(staged, &before, 9, |source| choices::workbook(source, None)).expect("written");
        let mut parts = parts(&bytes);
        for (sheet, voices) in [(STRENGTHS, &before.strengths), (WORRIES, &before.worries)] {
            for (number, ((order, words), _)) in rows.iter().zip(voices).enumerate() {
                let order = order.map(|is_number| if is_number { (number + 1).to_string() } else { "first".into() });
                order.iter().for_each(|order| fill(&mut parts, sheet, &format!("A{}", number + 4), order));
                words.iter().for_each(|words| fill(&mut parts, sheet, &format!("B{}", number + 4), words));
            }
        }
        for (number, (order, texts)) in actions.iter().enumerate().take(before.actions.len()) {
            let cell = |column: &str| format!("{column}{}", number + 4);
            let order = order.map(|is_number| if is_number { (number + 1).to_string() } else { "first".into() });
            for (column, text) in ["A", "B", "E", "F", "G"].iter().zip(std::iter::once(&order).chain(texts)) {
                text.iter().for_each(|text| fill(&mut parts, ACTIONS, &cell(column), text));
            }
        }
        for (number, (order, wording, lead)) in own.iter().enumerate().take(6) {
            let cell = |column: &str| format!("{column}{}", before.actions.len() + number + 4);
            if *order {
                fill(&mut parts, ACTIONS, &cell("A"), &(20 + number).to_string());
            }
            fill(&mut parts, ACTIONS, &cell("B"), wording);
            lead.iter().for_each(|lead| fill(&mut parts, ACTIONS, &cell("C"), lead));
        }
        for (number, (is_left_out, headline)) in slides.iter().enumerate() {
            if *is_left_out {
                fill(&mut parts, SLIDES, &format!("A{}", number + 4), "Yes");
            }
            headline.iter().for_each(|headline| fill(&mut parts, SLIDES, &format!("B{}", number + 4), headline));
        }
        for (number, (kind, line)) in lines.iter().enumerate() {
            fill(&mut parts, CONTEXT, &format!("A{}", number + 4), kind);
            fill(&mut parts, CONTEXT, &format!("B{}", number + 4), line);
        }
        let old = book(&package(&parts));
        let earlier = choices::earlier(&old);
        let (renewed, is_changed) = with_source(staged, &after, 14, |source| {
            (choices::workbook(source, Some(&earlier)).expect("written"), choices::offer_changes(source, &earlier).is_some())
        });
        prop_assert_eq!(is_changed, before != after);
        let new = book(&renewed);
        prop_assert_eq!(without_places(&chosen(&new)), without_places(&chosen(&old)));
        let written = rows.iter().filter_map(|(_, words)| words.as_ref()).take(before.strengths.len().min(before.worries.len()));
        let cells: Vec<String> = new.sheets.iter().flat_map(|sheet| sheet.cells.values().map(|value| value.text().trim().to_string())).collect();
        let of_own = own.iter().take(6).map(|(_, wording, _)| wording);
        for words in written.chain(lines.iter().map(|(_, line)| line)).chain(of_own) {
            prop_assert!(cells.contains(&words.trim().to_string()), "{words:?} is lost");
        }
        prop_assert!(earlier.is_in(&chosen(&old), &choices::earlier(&new), &chosen(&new)));
        // Renewed once more from the same answers, nothing is new.
        let again = choices::earlier(&new);
        prop_assert!(with_source(staged, &after, 15, |source| choices::offer_changes(source, &again)).is_none());
    }
}

pub static STAGED: std::sync::LazyLock<Staged> = std::sync::LazyLock::new(Staged::sample);

/// A file of the first release has no sheet of actions, of figures and of children, and no column for what was checked: it is read as it
/// is, and renewed once with all that is in it.
#[test]
fn a_file_from_before_these_sheets_is_read_and_renewed() {
    // A row of a file that had no lines says what one without a line says.
    let staged = &*STAGED;
    let without_lines = Analysis { headlines: Vec::new(), ..staged.analysis.clone() };
    let bytes = std::fs::read("tests/rounds/release 0.1/choices.xlsx").expect("the file");
    let old = book(&bytes);
    let days = [date(2026, 11, 23), date(2026, 12, 20)];
    let missed: Vec<String> = choices::read(&old, days).findings.iter().map(ToString::to_string).collect();
    assert!(!missed.iter().any(|said| said.contains("is gone")), "{missed:#?}");
    let mut written =
        with_source(staged, &without_lines, 9, |source| choices::workbook(source, None)).expect("written");
    let mut cells = parts(&written);
    fill(&mut cells, STRENGTHS, "A4", "1");
    fill(&mut cells, CONTEXT, "A4", "Known issue");
    fill(&mut cells, CONTEXT, "B4", "Our data is two months old.");
    written = package(&cells);
    let old = before_these_sheets(book(&written));
    let read = choices::read(&old, days);
    assert_eq!((read.findings, read.output.strengths.len(), read.output.actions.len()), (Vec::new(), 1, 0));
    let earlier = choices::earlier(&old);
    let changes = with_source(staged, &without_lines, 14, |source| choices::offer_changes(source, &earlier));
    let said = changes.expect("renewed").words();
    assert_eq!(
        said,
        "the sheets Actions, Figures and Children told us, and the columns Checked with them, Whole words and Its own line (In short) are new"
    );
    let renewed = with_source(staged, &without_lines, 14, |source| choices::workbook(source, Some(&earlier)));
    let new = book(&renewed.expect("written"));
    assert_eq!(without_places(&chosen(&new)), without_places(&read.output));
    assert!(earlier.is_in(&read.output, &choices::earlier(&new), &chosen(&new)));
    let actions = new.sheets.iter().find(|sheet| sheet.name == "Actions").expect("the sheet").text_rows();
    assert!(actions.iter().all(|(_, texts)| !texts.iter().any(|text| text.starts_with("new"))), "nothing came since");
    let again = choices::earlier(&new);
    assert!(with_source(staged, &without_lines, 15, |source| choices::offer_changes(source, &again)).is_none());
}

#[test]
fn the_cells_of_ours_in_an_earlier_file_are_where_it_has_them() {
    let bytes = std::fs::read("tests/rounds/release 0.1/choices.xlsx").expect("the file");
    let mut parts = parts(&bytes);
    // A Ref and a name that side by side look like a date of birth.
    write_over(&mut parts, STRENGTHS, "C4", "LT24-1.10");
    write_over(&mut parts, STRENGTHS, "D4", "Exampleshire Constabulary");
    let bytes = package(&parts);
    let read =
        |cleared: Vec<(String, (u32, u32))>| read::read(scan::FileKind::Xlsx, &bytes, &cleared).expect("readable");
    let as_new = read(choices::cells_given(200, None));
    let own = choices::cells_given(200, Some(&as_new));
    let strength = |at| ("Working well".to_string(), at);
    assert!(
        own.contains(&strength((3, 2))) && !own.contains(&strength((3, 1))),
        "Ref is in column C, under a wording in B"
    );
    assert_eq!(read(own).held, Vec::new());
    // A new file has them where a new file has them.
    let new = with_source(&STAGED, &STAGED.analysis, 9, |source| choices::workbook(source, None)).expect("written");
    let sorted = |mut cells: Vec<(String, (u32, u32))>| {
        cells.sort();
        cells
    };
    assert_eq!(sorted(choices::cells_given(200, Some(&book(&new)))), sorted(choices::cells_given(200, None)));
}

/// The same file as it was written before the sheets and the column came.
fn before_these_sheets(mut book: Book) -> Book {
    const NEW: [&str; 3] = ["Actions", "Figures", "Children told us"];
    book.properties.remove("Choices form");
    book.sheets.retain(|sheet| !NEW.contains(&sheet.name.as_str()));
    for sheet in &mut book.sheets {
        if ["Working well", "Worried about"].contains(&sheet.name.as_str()) {
            sheet.cells.retain(|(_, column), _| ![2, 3, 7].contains(column));
        }
        if sheet.name == "jtai prints" {
            let rows: Vec<u32> = sheet
                .cells
                .iter()
                .filter(|(_, value)| NEW.contains(&value.text().as_str()))
                .map(|((row, _), _)| *row)
                .collect();
            sheet.cells.retain(|(row, _), _| !rows.contains(row));
        }
    }
    book
}

#[test]
fn a_sheet_that_is_gone_from_a_new_file_is_missed() {
    let staged = &*STAGED;
    let written = with_source(staged, &staged.analysis, 9, |source| choices::workbook(source, None)).expect("written");
    let mut book = book(&written);
    book.sheets.retain(|sheet| sheet.name != "Actions");
    let findings = choices::read(&book, [date(2026, 11, 23), date(2026, 12, 20)]).findings;
    assert!(findings.len() == 1 && findings[0].found.contains("this sheet is gone"), "{findings:?}");
}

#[test]
fn actions_of_the_partnerships_own_and_agreements_are_in_the_renewed_file() {
    let project = on_9_december();
    let old = book(&project.read("demo/choices.xlsx"));
    let rows = old.sheets[3].text_rows();
    let own = rows
        .iter()
        .filter(|(_, texts)| texts.get(9).is_some_and(|text| text.contains("Exampleshire")))
        .map(|(row, _)| row + 1)
        .max()
        .expect("rows")
        + 1;
    let cells = [
        (ACTIONS, "A4".to_string(), "2"),
        (ACTIONS, "D4".into(), "28/5/2027"),
        (ACTIONS, "E5".into(), "Executive"),
        (ACTIONS, "F5".into(), "3/12/2026"),
        (ACTIONS, format!("A{own}"), "1"),
        (ACTIONS, format!("B{own}"), "One inbox for invitations"),
        (FIGURES, "A4".into(), "12%"),
        (FIGURES, "B4".into(), "of children"),
        (FIGURES, "C4".into(), "Census"),
        (FIGURES, "D4".into(), "March 2021"),
    ];
    choose(&project, &cells);
    let before = chosen(&book(&project.read("demo/choices.xlsx")));
    assert_eq!(before.actions.len(), 3);
    late_return_comes(&project);
    let run = project.run(&["report", "demo"]);
    assert!(run.out.contains("all your choices are kept") && run.out.contains("new actions"), "{}", run.out);
    let new = book(&project.read("demo/choices.xlsx"));
    assert_eq!(without_places(&chosen(&new)), without_places(&before));
    assert_eq!(chosen(&new).figures[0].figure, "12%");
    assert!(!new.sheets.iter().any(|sheet| sheet.name == "From the earlier file"), "nothing is listed as lost");
}
