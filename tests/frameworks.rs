//! Drafts of whole frameworks in the shapes in which real ones come, held against what is true of each: how much of it is right, that
//! no word is lost, and what a person corrects.
//!
//! The frameworks in `samples/drafts/frameworks/` are invented. Each has its areas and statements in a `.truth.json`, and is there as
//! pasted text, a saved page, Markdown, text out of a PDF, and Word files with automatic lists, typed numbers, and no styles at all.
//! Those called arrivals, board, bridge, custody, dental, disabled, earlyhelp, elective, exploit, gone, harms, housing, infants, kinship,
//! online2, perinatal, private, remand, school, sibs, slavery, sleeping, sport, transit, visits and water were made by people who had not
//! seen the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use jiff::civil::date;
use jtai_benchmark::core::ids::ThemeId;
use jtai_benchmark::draft::{self, Correction, DraftCorrections, DraftSource};
use jtai_benchmark::theme::{self, AskedOf, Group, PieceFate, Theme};
use jtai_benchmark::workbook::file::book::{Book, Value};
use jtai_benchmark::workbook::file::{read, scan};
use proptest::prelude::*;

use crate::project::{Project, fill, package, parts};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/drafts/frameworks")
}

/// The names of the frameworks' files, without the truths.
fn files() -> Vec<String> {
    let found = fs::read_dir(folder()).expect("the frameworks");
    let names = found.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".json")).collect();
    names.sort();
    names
}

fn bytes(file: &str) -> Vec<u8> {
    fs::read(folder().join(file)).expect("a framework")
}

/// The theme that is drafted from a file, with its text.
#[track_caller]
fn drafted(file: &str) -> (Theme, String) {
    let bytes = bytes(file);
    let id = ThemeId("a-theme-2027".into());
    let made = draft::draft(DraftSource { file, bytes: &bytes, book: None }, &id, "A theme").expect("a draft");
    (reread(&made.toml), made.toml)
}

#[track_caller]
fn reread(text: &str) -> Theme {
    let checked = theme::read("a-theme-2027.toml", "a-theme-2027", text);
    assert_eq!(checked.findings, [], "{text}");
    checked.output
}

/// The pairs of area and statement that are true of a framework, by its name.
fn truth(name: &str) -> BTreeSet<(String, String)> {
    let text = fs::read_to_string(folder().join(format!("{name}.truth.json"))).expect("the truth");
    let truth: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let areas = truth["areas"].as_array().expect("areas");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_string();
    let of_area = |area: &serde_json::Value| {
        let statements = area[1].as_array().expect("statements").clone();
        statements.into_iter().map(|one| (text(&area[0]), text(&one))).collect::<Vec<_>>()
    };
    areas.iter().flat_map(of_area).collect()
}

/// The harmonic mean of how much of what is drafted is right and how much of what is right is drafted; area and whole statement both. The
/// last full stop does not count: the same list ends with one in one shape of a framework and without in another.
fn f1(theme: &Theme, truth: &BTreeSet<(String, String)>) -> f64 {
    let pair = |area: &str, text: &str| (area.to_string(), text.strip_suffix('.').unwrap_or(text).to_string());
    let found: BTreeSet<(String, String)> =
        theme.criteria().map(|(area, criterion)| pair(&area.title, &criterion.text)).collect();
    let truth: BTreeSet<(String, String)> = truth.iter().map(|(area, text)| pair(area, text)).collect();
    let right = found.intersection(&truth).count();
    2.0 * right as f64 / (found.len() + truth.len()) as f64
}

#[test]
fn every_framework_is_drafted_right_in_every_shape() {
    let mut shapes = 0;
    let mut wrong = Vec::new();
    for file in files() {
        let name = file.split(['-', '.']).next().expect("a name");
        let score = f1(&drafted(&file).0, &truth(name));
        shapes += 1;
        if score < 1.0 {
            wrong.push(format!("{file}: {score:.3}"));
        }
    }
    assert!(shapes >= 60, "{shapes} files are there");
    assert_eq!(wrong, Vec::<String>::new());
}

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// A text without what is no word of it: letters, references and small bullets before points, and where links lead. Letters that a PDF has as one
/// sign are apart.
fn without_marks(text: &str) -> String {
    let is_reference = |word: &str| {
        let figures = word.trim_matches(['*', '.']).strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or_default();
        (1..=2).contains(&figures.len()) && figures.chars().all(|c| c.is_ascii_digit())
    };
    let unlettered = |line: &str| {
        let line = line.trim();
        let line = line.strip_prefix("o ").unwrap_or(line);
        // A letter that somebody typed after the bullet of a list.
        let line = line.strip_prefix("- ").unwrap_or(line);
        let letter = line
            .trim_start_matches('(')
            .split_once(')')
            .filter(|(letter, _)| (1..=3).contains(&letter.len()) && letter.chars().all(|c| c.is_ascii_lowercase()));
        let roman = line
            .split_once(". ")
            .filter(|(mark, _)| mark.len() <= 3 && mark.chars().all(|c| matches!(c, 'i' | 'v' | 'x')));
        let rest = letter.or(roman).map_or(line, |(_, rest)| rest);
        let cells: Vec<&str> = rest.split(['\t', '|']).collect();
        let unmarked = |cell: &&str| {
            let first = cell.split_whitespace().next().filter(|first| is_reference(first)).unwrap_or_default();
            let is_mark = cells.len() > 1 || cell.split_whitespace().count() > 1;
            cell.trim().strip_prefix(first).filter(|_| is_mark).unwrap_or(cell).to_string()
        };
        cells.iter().map(unmarked).collect::<Vec<_>>().join(" | ")
    };
    let letters = [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl")];
    let text = text.replace("<sup>", "").replace("</sup>", "");
    // The name that a converter gives a heading, as in "{#leadership}".
    let text: String = text
        .split(" {#")
        .enumerate()
        .map(|(at, part)| match part.split_once('}') {
            Some((_, rest)) if at > 0 => rest.to_string(),
            _ => part.to_string(),
        })
        .collect();
    let text = letters.iter().fold(text, |text, (sign, letters)| text.replace(*sign, letters));
    let lines: Vec<String> = text.lines().map(unlettered).collect();
    let mut parts = lines.join("\n").split("](").map(str::to_string).collect::<Vec<_>>();
    for part in parts.iter_mut().skip(1) {
        *part = part.split_once(')').map(|(_, rest)| rest.to_string()).unwrap_or_default();
    }
    parts.join("]")
}

#[test]
fn no_word_of_a_framework_is_outside_its_pieces_and_none_comes_from_elsewhere() {
    for file in files().into_iter().filter(|file| file.ends_with(".txt") || file.ends_with(".md")) {
        let source = without_marks(&String::from_utf8(bytes(&file)).expect("UTF-8"));
        let (theme, _) = drafted(&file);
        let pieces = &theme.source.as_ref().expect("its source").pieces;
        let kept: Vec<String> = pieces.iter().flat_map(|piece| words(&piece.text)).collect();
        // Hyphens at the end of lines part words, so letters are compared; numbers before statements are marks.
        let letters = |words: &[String]| {
            let mut letters: Vec<char> = words.concat().chars().filter(|c| c.is_alphabetic()).collect();
            letters.sort_unstable();
            letters.into_iter().collect::<String>()
        };
        assert_eq!(letters(&kept), letters(&words(&source)), "{file}");
        let stated: BTreeSet<String> =
            theme.criteria().flat_map(|(area, one)| [words(&area.title), words(&one.text)].concat()).collect();
        let known: BTreeSet<String> = kept.into_iter().collect();
        assert_eq!(stated.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "{file}");
    }
}

#[test]
fn where_nothing_says_what_is_evaluated_a_draft_is_made_to_be_checked() {
    for (text, expected) in [
        (
            "About this guide\n\nThis guide is for everyone.\n\n• Children are seen alone.\n• Plans say what will change.\n",
            2,
        ),
        ("How we work\n\nChildren are seen alone by somebody they know.\n\nPlans say what will change and when.\n", 2),
    ] {
        let source = DraftSource { file: "x.txt", bytes: text.as_bytes(), book: None };
        let made = draft::draft(source, &ThemeId("a-theme-2027".into()), "A theme").expect("a draft");
        assert_eq!(made.statements, expected, "{text}");
        let theme = reread(&made.toml);
        let doubted = theme.source.iter().flat_map(|source| &source.pieces).filter(|piece| piece.fate.is_statement());
        assert!(doubted.clone().all(|piece| piece.doubt.contains("does not say that this is evaluated")), "{text}");
    }
}

#[test]
fn an_inner_lead_in_is_taken_back_from_the_workbook_to_check() {
    let (theme, _) = drafted("slavery.md");
    let mut book = to_check(&theme);
    write(&mut book, "Pieces", ("is found in another force", "What it becomes"), "Left out");
    write(&mut book, "Pieces", ("agree what to do", "What it becomes"), "Point under the lead-in");
    let read = draft::read_back(&book, "x.xlsx", &theme);
    assert_eq!(read.findings, Vec::new());
    let fates: Vec<Option<PieceFate>> = read.output.corrections.pieces.iter().map(|one| one.fate).collect();
    assert_eq!(fates, [Some(PieceFate::Point), Some(PieceFate::LeftOut)]);
}

#[test]
fn what_is_as_published_is_found_by_comparison() {
    let (theme, text) = drafted("given-pasted.txt");
    assert!(theme.criteria().all(|(_, criterion)| !criterion.paraphrase));
    let reworded = text.replacen("text = \"Young carers are offered", "text = \"Young carers get", 1);
    let theme = reread(&reworded);
    let paraphrased: Vec<&str> =
        theme.criteria().filter(|(_, one)| one.paraphrase).map(|(_, one)| one.text.as_str()).collect();
    assert_eq!(paraphrased.len(), 1, "{paraphrased:?}");
    assert!(paraphrased[0].starts_with("Young carers get"));
    // A statement that somebody added beside those of the source is nobody's official wording.
    let added = "\n[[area.criterion]]\nid = \"X\"\nbasis = \"C\"\ngroups = [\"ALL\"]\ntext = \"T is done.\"\nsource = \"s\"\nparaphrase = false\n";
    let with = text.replacen("\n[[area]]\nid = \"2\"", &format!("{added}\n[[area]]\nid = \"2\""), 1);
    let found = reread(&with);
    assert!(found.criteria().any(|(_, one)| one.id.as_str() == "X" && one.paraphrase));
}

fn corrected(theme: &Theme, text: &str, pieces: Vec<Correction>) -> String {
    let corrections = DraftCorrections { pieces, ..DraftCorrections::default() };
    draft::corrected((text, theme), &corrections, "M Hill", date(2026, 11, 20)).expect("corrected")
}

/// The piece with these words.
fn piece(theme: &Theme, begins: &str) -> usize {
    let pieces = &theme.source.as_ref().expect("its source").pieces;
    pieces.iter().rposition(|piece| piece.text.starts_with(begins)).expect("a piece")
}

#[test]
fn a_correction_changes_what_it_is_about_and_nothing_that_a_person_wrote() {
    let (_, text) = drafted("given-page.html");
    let own = "# Mine.\n[[term]]\nterm = \"YC\"\nmeaning = \"Young carer.\"\n";
    let text = text
        .replacen("\n[[area]]", &format!("\n{own}\n[[area]]"), 1)
        .replacen(
            "short = \"Spend time with child alone\"",
            "short = \"Time alone\"\nprompts = [\"Who?\"]\ngreen_looks_like = \"Weekly.\"",
            1,
        )
        .replacen("# checked_on", "# A word of mine.\n# checked_on", 1);
    let theme = reread(&text);
    assert_eq!(corrected(&theme, &text, Vec::new()), text, "nothing changes where nothing is corrected");
    let wording = Correction {
        wording: Some("Plans fit together.".into()),
        ..Correction::to(piece(&theme, "Plans for the adult"))
    };
    let asked = AskedOf { everyone: false, named: vec![Group::Health, Group::Education] };
    let groups = Correction { asked: Some(asked), ..Correction::to(piece(&theme, "notice when")) };
    let taken =
        Correction { fate: Some(PieceFate::Statement), ..Correction::to(piece(&theme, "A letter setting out")) };
    let left = Correction { fate: Some(PieceFate::LeftOut), ..Correction::to(piece(&theme, "count young carers")) };
    let renewed = corrected(&theme, &text, vec![wording, groups, taken, left]);
    assert!(renewed.contains(own) && renewed.contains("# A word of mine."), "{renewed}");
    let now = reread(&renewed);
    let texts: Vec<&str> = now.criteria().map(|(_, one)| one.text.as_str()).collect();
    assert!(
        texts.contains(&"Plans fit together.")
            && texts.contains(&"A letter setting out the findings will be published.")
    );
    assert!(!texts.iter().any(|text| text.contains("count young carers")));
    let find = |begins: &str| now.criteria().find(|(_, one)| one.text.contains(begins)).expect("a statement").1;
    assert!(find("Plans fit").paraphrase && !find("Practitioners spend").paraphrase);
    assert_eq!(find("notice when").asked.codes(), "HLT, EDU");
    let kept = find("Practitioners spend");
    assert_eq!((kept.short.as_str(), kept.prompts.as_slice()), ("Time alone", &["Who?".to_string()][..]));
    assert_eq!(kept.green_looks_like, "Weekly.");
    let left = &now.source.as_ref().expect("its source").pieces[piece(&now, "count young carers")];
    assert_eq!((left.left_out_by.as_str(), left.left_out_on), ("M Hill", Some(date(2026, 11, 20))));
    let back = Correction { wording: Some(String::new()), ..Correction::to(piece(&now, "Plans for the adult")) };
    let again = reread(&corrected(&now, &renewed, vec![back]));
    assert!(again.criteria().any(|(_, one)| one.text.starts_with("Plans for the adult") && !one.paraphrase));
}

#[test]
fn guidance_and_repetitions_of_a_statement_stay_when_its_wording_is_corrected() {
    let (_, text) = drafted("given-page.html");
    let short = "short = \"Spend time with child alone\"";
    let added = "prompts = [\"Who?\"]\nmeans.HLT = \"On wards \\\"and\\\" at home.\"\nmeans.LED = \"What audits show.\"\nrepeats = [\"X-1.1\"]";
    let text = text.replacen(short, &format!("{short}\n{added}"), 1);
    let theme = reread(&text);
    let at = piece(&theme, "Practitioners spend");
    let wording = Correction { wording: Some("Staff spend time alone with each child.".into()), ..Correction::to(at) };
    let now = reread(&corrected(&theme, &text, vec![wording]));
    let kept = now.criteria().find(|(_, one)| one.text.starts_with("Staff spend")).expect("the statement").1;
    assert_eq!(kept.prompts, ["Who?"]);
    assert_eq!(kept.meaning_for(Group::Health), "On wards \"and\" at home.");
    assert_eq!(kept.meaning_for(Group::Leaders), "What audits show.");
    assert_eq!(kept.repeats.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["X-1.1"]);
}

#[test]
fn ids_stay_once_somebody_has_checked_the_theme_and_the_check_lapses() {
    let (_, text) = drafted("given-pdf.txt");
    let text = draft::checked_text(&text, "M Hill", date(2026, 11, 20));
    let theme = reread(&text);
    assert!(theme.is_checked());
    let ids = |theme: &Theme| -> Vec<String> { theme.criteria().map(|(_, one)| one.id.to_string()).collect() };
    let left = Correction { fate: Some(PieceFate::LeftOut), ..Correction::to(piece(&theme, "ask every adult")) };
    let without = corrected(&theme, &text, vec![left]);
    let now = reread(&without);
    assert_eq!(ids(&now), ids(&theme)[1..]);
    assert!(!now.is_checked(), "what was checked is not what it is now");
    let back = Correction { fate: Some(PieceFate::Point), ..Correction::to(piece(&now, "ask every adult")) };
    assert_eq!(ids(&reread(&corrected(&now, &without, vec![back]))).len(), 8);
}

/// The workbook to check of a theme, read as the program reads it.
fn to_check(theme: &Theme) -> Book {
    let bytes = draft::workbook_to_check(theme, date(2026, 11, 20)).expect("written");
    let kind = scan::kind(&bytes).expect("a workbook");
    let book = read::read(kind, &bytes, &[]).expect("readable");
    read::read(kind, &bytes, &draft::cells_to_read(&book)).expect("readable")
}

/// Writes into the cell of a row and a header.
fn write(book: &mut Book, sheet: &str, (row_with, header): (&str, &str), text: &str) {
    let sheet = book.sheets.iter_mut().find(|found| found.name == sheet).expect("the sheet");
    let at = |wanted: &str| {
        let found = sheet.cells.iter().find(|(_, value)| value.text().starts_with(wanted));
        *found.unwrap_or_else(|| panic!("no cell says {wanted}")).0
    };
    let (row, column) = (at(row_with).0, at(header).1);
    sheet.cells.insert((row, column), Value::Text(text.into()));
}

#[test]
fn a_workbook_to_check_comes_back_with_what_was_changed_and_nothing_else() {
    let (theme, _) = drafted("missing-page.html");
    let mut book = to_check(&theme);
    assert_eq!(draft::theme_of(&book).as_deref(), Some("a-theme-2027"));
    let untouched = draft::read_back(&book, "x.xlsx", &theme);
    assert_eq!((untouched.output.corrections.is_empty(), untouched.findings), (true, Vec::new()));
    write(&mut book, "Pieces", ("We publish a letter", "What it becomes"), "Statement");
    write(&mut book, "Pieces", ("Families who educate", "Your wording"), "Families are met with respect.");
    write(&mut book, "Pieces", ("Families who educate", "Asked of"), "EDU, LA: council");
    write(&mut book, "Pieces", ("Where a child was bullied", "Asked of"), "the scouts");
    write(&mut book, "Pieces", ("Bringing children back", "Area"), "Back to school");
    write(&mut book, "Left out", ("introduction or background", "Rightly left out"), "Yes");
    write(&mut book, "Check", ("Your name", "The sheet Pieces"), "M Hill");
    let read = draft::read_back(&book, "x.xlsx", &theme);
    let said: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("sheet Pieces, cell H") && said[0].contains("\"the scouts\" is not a group"), "{said:?}");
    let corrections = read.output.corrections;
    assert_eq!(corrections.agreed_reasons, ["introduction or background"]);
    assert_eq!(read.output.by, "M Hill");
    let at = |begins: &str| piece(&theme, begins);
    let asked = AskedOf { everyone: false, named: vec![Group::Education, Group::Council] };
    let expected = [
        Correction {
            wording: Some("Families are met with respect.".into()),
            asked: Some(asked),
            ..Correction::to(at("Families who educate"))
        },
        Correction { wording: Some("Back to school".into()), ..Correction::to(at("Bringing children back")) },
        Correction { fate: Some(PieceFate::Statement), ..Correction::to(at("We publish a letter")) },
    ];
    assert_eq!(corrections.pieces, expected);
}

/// The first sheet's cells to fill in are under six notes; the reasons are the third sheet.
fn filled_in(project: &Project, name: &str, reasons: usize) {
    let mut workbook = parts(&project.read(name));
    for (cell, text) in [("B13", "Ofsted"), ("B15", "M Hill"), ("B16", "M Hill")] {
        fill(&mut workbook, "xl/worksheets/sheet1.xml", cell, text);
    }
    for at in 0..reasons {
        fill(&mut workbook, "xl/worksheets/sheet3.xml", &format!("D{}", at + 4), "Yes");
    }
    project.write("back.xlsx", &package(&workbook));
}

#[test]
fn from_a_pasted_page_to_workbooks_through_the_workbook_to_check() {
    let project = Project::empty();
    project.write("pasted.txt", &bytes("given-pasted.txt"));
    let made = project.run(&["theme", "draft", "pasted.txt", "--id", "young-carers-2026", "--title", "Young carers"]);
    assert_eq!(made.code, 0, "{}{}", made.out, made.err);
    assert!(made.out.contains("jtai theme draft \"themes/young-carers-2026 to check.xlsx\""), "{}", made.out);
    assert_eq!(project.new_round("young-carers-2026", b"id,name,group,contact,email\npolice,Police,POL,,\n").code, 0);
    // Somebody who fills in the name alone has not looked at anything.
    project.edit("r/theme.toml", "checked_by = \"\"", "checked_by = \"M Hill\"\nchecked_on = 2026-11-20");
    let refused = project.run(&["issue", "r"]);
    assert_eq!(refused.code, 2);
    for said in ["the framework's publisher is still to be filled in", "nobody has agreed yet that"] {
        assert!(refused.err.contains(said), "{}", refused.err);
    }

    let sheet = "themes/young-carers-2026 to check.xlsx";
    let reasons = draft::left_out_reasons(&draft::pieces_in_hand(&theme_of(&project))).len();
    filled_in(&project, sheet, reasons);
    let back = project.run(&["theme", "draft", "back.xlsx"]);
    assert_eq!(back.code, 0, "{}{}", back.out, back.err);
    assert!(back.out.contains("Checked by M Hill."), "{}", back.out);
    let check = project.run(&["theme", "check", "themes/young-carers-2026.toml"]);
    assert_eq!(check.code, 0, "{}", check.out);
    assert!(check.out.contains("no faults; 8 statements in 3 areas"), "{}", check.out);
    fs::remove_dir_all(project.path("r")).expect("removed");
    assert_eq!(project.new_round("young-carers-2026", b"id,name,group,contact,email\npolice,Police,POL,,\n").code, 0);
    let issued = project.run(&["issue", "r"]);
    assert!(issued.code < 2, "{}", issued.err);
    assert!(project.path("r/issued/police self-assessment.xlsx").is_file());
}

fn theme_of(project: &Project) -> Theme {
    let text = String::from_utf8(project.read("themes/young-carers-2026.toml")).expect("UTF-8");
    theme::read("t.toml", "young-carers-2026", &text).output
}

#[test]
fn a_check_waits_until_nothing_is_left_to_do() {
    let project = Project::empty();
    project.write("page.html", &bytes("given-page.html"));
    let draft = ["theme", "draft", "page.html", "--id", "yc-2026", "--title", "Young carers"];
    assert_eq!(project.run(&draft).code, 0);
    let refused = project.run(&["theme", "checked", "yc-2026", "--by", "M Hill"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("publisher is still to be filled in")
            && refused.err.contains("pieces of page.html are left out"),
        "{}",
        refused.err
    );
    // A day to come, and one before the framework was published.
    project.edit("themes/yc-2026.toml", "publisher = \"to be filled in\"", "publisher = \"Ofsted\"");
    for (day, said) in [("2027-05-01", "in the future"), ("2026-10-01", "was published on 14 October 2026")] {
        let refused = project.run(&["theme", "checked", "yc-2026", "--by", "M Hill", "--on", day]);
        assert!(refused.code == 2 && refused.err.contains(said), "{}", refused.err);
    }
    let taken = project.run(&draft);
    assert!(taken.code == 2 && taken.err.contains("there is already a theme with this id"), "{}", taken.err);
    let bad = project.run(&["theme", "draft", "page.html", "--id", "Young Carers", "--title", "T"]);
    assert!(bad.code == 2 && bad.err.contains("cannot be the id of a theme"), "{}", bad.err);
    let none = project.run(&["theme", "draft", "page.html"]);
    assert!(none.code == 2 && none.err.contains("give the new theme an id and a title"), "{}", none.err);
}

#[test]
fn a_new_theme_is_the_manual_and_a_bad_id_writes_nothing() {
    let project = Project::empty();
    let bad = project.run(&["theme", "new", "../x"]);
    assert!(bad.code == 2 && !project.path("themes").exists(), "{}", bad.err);
    let made = project.run(&["theme", "new", "our-own-2027"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(project.read("themes/our-own-2027.toml"), theme::TEMPLATE.as_bytes());
    assert_eq!(project.run(&["theme", "check", "themes/our-own-2027.toml"]).code, 0);
    assert_eq!(project.run(&["theme", "new", "our-own-2027"]).code, 2);
}

#[test]
fn a_check_of_a_theme_says_what_a_colleague_would_ask() {
    let project = Project::empty();
    let statement = |id: &str, groups: &str, text: &str| {
        format!(
            "\n[[area.criterion]]\nid = \"{id}\"\nbasis = \"C\"\ngroups = [{groups}]\ntext = \"{text}\"\nsource = \"s\"\n"
        )
    };
    let mut text = "format = 1\ntitle = \"T\"\nstatus = \"own\"\ngroups_in_scope = [\"LA\", \"POL\"]\n[framework]\ntitle = \"F\"\n\
                    publisher = \"P\"\n\n[[area]]\nid = \"1\"\ntitle = \"Print this page\"\n"
        .to_string();
    text.push_str(&statement("A", "\"ALL\"", "ask who looks after whom"));
    text.push_str("\n[[area]]\nid = \"2\"\ntitle = \"Practice\"\n");
    let twice = "Agencies act together when a child first needs them.";
    for (id, groups, words) in [
        (
            "B",
            "\"ALL\"",
            "Children are seen alone by somebody they know. Leaders know how many of them were seen alone.",
        ),
        ("C", "\"ALL\"", twice),
        ("D", "\"ALL\"", "Agencies act together, when a child first needs them"),
        ("E", "", "Plans are changed at once."),
        ("F", "\"HLT\"", "The MARF reaches the hub in Rochdale within a day."),
    ] {
        text.push_str(&statement(id, groups, words));
    }
    text.push_str("\n[[area]]\nid = \"3\"\ntitle = \"Many\"\n");
    for n in 0..30 {
        text.push_str(&statement(
            &format!("M{n}"),
            "\"ALL\"",
            &format!("Agency number {n} is asked about matter {}.", n * 7),
        ));
    }
    project.write("own.toml", text.as_bytes());
    let run = project.run(&["theme", "check", "own.toml"]);
    assert_eq!(run.code, 1);
    for said in [
        "area 1 is called \"Print this page\"",
        "area 1 (\"Print this page\") has one statement",
        "it begins with a small letter",
        "it is 2 sentences",
        "it says the same as statement C",
        "statement E: nobody is asked to rate it",
        "only groups outside `groups_in_scope` are asked to rate it: HLT",
        "it names Rochdale",
        "MARF is not explained",
        "area 3 (\"Many\") has 30 statements",
    ] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is pasted, a draft is a theme without a fault whose statements are those of its pieces, and a correction of nothing
    /// leaves it as it is to the byte.
    #[test]
    fn a_draft_of_anything_is_a_sound_theme(parts in proptest::collection::vec(prop_oneof![
        "[a-z]{1,8} ",
        "[A-Z][a-z]{1,7} ",
        proptest::sample::select(vec![
            "\n", "\n\n", "\u{c}", ": ", "; and ", ". ", "\n• ", "\n•\n", "\n1. ", "\n3.\n", "\n2.1 ", "\n(a) ", "\no ", "\n- ",
            "-\n", "\nEvaluation criteria\n", "\nHow we will inspect\n\n", "\nContents\n", "Published 3 May 2026\n", "......4\n",
            "\nPage 3\n", "<li>", "<h2>", "</ul><p>", "<ul>", "<br>", "é’ſKİ ", "# ", "**", "\nAgencies:\n", "\u{7}",
        ]).prop_map(str::to_string),
    ], 1..60)) {
        let text = parts.concat();
        for file in ["x.txt", "x.md", "x.html"] {
            let source = DraftSource { file, bytes: text.as_bytes(), book: None };
            let Ok(made) = draft::draft(source, &ThemeId("x".into()), "X") else { continue };
            let read = theme::read("x.toml", "x", &made.toml);
            prop_assert!(read.findings.is_empty(), "{:?}\n{}", read.findings, made.toml);
            let theme = read.output;
            let pieces = theme.source.as_ref().expect("its source");
            prop_assert_eq!(pieces.wordings().statements.len(), theme.criteria().count());
            let same = draft::corrected((&made.toml, &theme), &DraftCorrections::default(), "M Hill", date(2026, 11, 20));
            prop_assert_eq!(same.expect("corrected"), made.toml);
        }
    }
}
