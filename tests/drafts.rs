//! `jtai theme draft` on layouts that officers really have: what it takes, and that it loses nothing.

use jtai_benchmark::core::ids::ThemeId;
use jtai_benchmark::draft::{self, Draft, DraftSource};
use jtai_benchmark::theme;
use jtai_benchmark::workbook::file::book::Book;
use jtai_benchmark::workbook::file::{read, scan};
use proptest::prelude::*;

use crate::project::Project;

/// What a source holds where it is a workbook.
fn book(bytes: &[u8]) -> Option<Book> {
    let kind = scan::kind(bytes).ok()?;
    Some(read::read(kind, bytes, &[]).expect("readable"))
}

#[track_caller]
fn drafted(file: &str, bytes: &[u8]) -> (Draft, theme::Theme) {
    let id = ThemeId("a-theme-2027".into());
    let made = draft::draft(DraftSource { file, bytes, book: book(bytes).as_ref() }, &id, "A theme").expect("a draft");
    let checked = theme::read("a-theme-2027.toml", "a-theme-2027", &made.toml);
    assert_eq!(checked.findings, [], "{}", made.toml);
    (made, checked.output)
}

/// States the areas with their statements, and what was left out.
#[track_caller]
fn check(file: &str, bytes: &[u8], areas: &[(&str, &[&str])], left_out: &[&str]) {
    let (made, theme) = drafted(file, bytes);
    let found: Vec<(&str, Vec<&str>)> = theme
        .areas
        .iter()
        .map(|area| (area.title.as_str(), area.criteria.iter().map(|criterion| criterion.text.as_str()).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> = areas.iter().map(|(title, texts)| (*title, texts.to_vec())).collect();
    assert_eq!(found, expected);
    assert_eq!(made.left_out.iter().map(|left| left.text.as_str()).collect::<Vec<_>>(), left_out);
}

const PRACTICE: (&str, &[&str]) =
    ("Practice", &["Children are seen alone.", "Plans say what will change: who; by when"]);
const LEADERSHIP: (&str, &[&str]) = ("Leadership", &["Leaders know what children live with."]);

#[test]
fn pasted_text_with_a_numbered_list_under_headings() {
    let text = "Contents\n\n1. Practice\n1.1 Children are seen\nalone.\n1.2 Plans say what will change:\n  - who\n  - by when\n\n\
                2. Leadership\n2.1 Leaders know what children live with.\n\nPage 4 of 20\n";
    check("pasted.txt", text.as_bytes(), &[PRACTICE, LEADERSHIP], &["Contents", "Page 4 of 20"]);
}

#[test]
fn markdown_with_nested_bullets() {
    let text = "# A theme\n\nSome words.\n\n## Practice\n\n- Children are seen alone.\n- Plans say what will change:\n  - who\n  - by when\n\n\
                ## Leadership\n\n1. Leaders know what children live with.\n";
    check("theme.md", text.as_bytes(), &[PRACTICE, LEADERSHIP], &["A theme", "Some words."]);
}

#[test]
fn a_web_page_with_navigation_around_it() {
    let text = "<!doctype html><html><head><title>T</title><script>alert('no')</script></head><body>\
                <nav><ul><li>Home</li><li>Contact</li></ul></nav><main><h1>A theme</h1><p>Some <b>words</b>.</p>\
                <h2>Practice</h2><ul><li>Children are <em>seen</em> alone.</li><li>Plans say what will change:\
                <ul><li>who</li><li>by when</li></ul></li></ul>\
                <h2>Leadership</h2><ol><li><p>Leaders know what children live with.</p></li></ol></main>\
                <footer><p>Crown copyright</p></footer></body></html>";
    let left = ["T", "Home", "Contact", "A theme", "Some words.", "Crown copyright"];
    check("page.html", text.as_bytes(), &[PRACTICE, LEADERSHIP], &left);
}

#[test]
fn a_table_with_one_statement_a_row() {
    let csv = "Ref;Area;Statement;Groups;Note\n1.1;Practice;Children are seen alone.;LA, POL;ask Jo\n\
               1.2;Practice;Plans say what will change: who; by when;ALL;\n2.1;Leadership;Leaders know what children live with.;LED;\n";
    let csv = csv
        .replace("change: who; by when", "\"change: who; by when\"")
        .replace("Plans say what will \"change", "\"Plans say what will change");
    let (made, theme) = drafted("list.csv", csv.as_bytes());
    assert_eq!(theme.areas.len(), 2);
    let codes: Vec<String> = theme.criteria().map(|(_, criterion)| criterion.asked.codes()).collect();
    assert_eq!(codes, ["LA, POL", "ALL", "LED"]);
    assert_eq!(made.left_out.len(), 2, "the headers and Jo's note: {:?}", made.left_out);
}

#[test]
fn a_word_document_with_headings_and_list_styles() {
    check(
        "theme.docx",
        include_bytes!("../samples/drafts/word.docx"),
        &[PRACTICE, LEADERSHIP],
        &["A theme", "Some words."],
    );
}

#[test]
fn words_of_a_word_document_are_kept_wherever_they_stand() {
    let (made, theme) = drafted("theme.docx", include_bytes!("../samples/drafts/word-parts.docx"));
    let mut kept: String = theme.criteria().map(|(_, criterion)| format!("{} ", criterion.text)).collect();
    made.left_out.iter().for_each(|left| kept.push_str(&format!("{} ", left.text)));
    assert!(kept.contains("Leaders read the published guidance and act."), "a link: {kept}");
    for words in ["inside a control", "a nested cell", "struck out", "at the head of the page", "first cell"] {
        assert!(kept.contains(words), "{words} is lost: {kept}");
    }
}

#[test]
fn a_sheet_with_one_statement_a_row() {
    let (_, theme) = drafted("theme.xlsx", include_bytes!("../samples/drafts/sheet.xlsx"));
    assert_eq!(
        theme.criteria().map(|(_, criterion)| criterion.text.as_str()).collect::<Vec<_>>(),
        ["Children are seen alone.", "Leaders know what children live with."]
    );
}

#[test]
fn difficult_text_survives_to_the_deck() {
    let project = Project::empty();
    let text = "\u{feff}Practice\n- Say “it” and 'it' and \"it\"\tnow\u{a0}– co\u{ad}op 😀 \\ end.\n";
    project.write("hard.txt", text.as_bytes());
    let made = project.run(&["theme", "draft", "hard.txt", "--id", "hard-2027", "--title", "Hard"]);
    assert_eq!(made.code, 0, "{}{}", made.out, made.err);
    assert_eq!(project.new_round("hard-2027", b"id,name,group,contact,email\npolice,Police,POL,,\n").code, 0);
    let refused = project.run(&["issue", "r"]);
    assert_eq!(refused.code, 2);
    insta::assert_snapshot!(refused.err);
    // What nobody has filled in is filled in by hand here; nothing was left out of the source.
    project.edit("r/theme.toml", "checked_by = \"\"", "checked_by = \"A Name\"\nchecked_on = 2026-11-01");
    project.edit("r/theme.toml", "title = \"to be filled in\"", "title = \"F\"");
    project.edit("r/theme.toml", "publisher = \"to be filled in\"", "publisher = \"P\"");
    assert_eq!(project.run(&["issue", "r"]).code, 0);
    assert_eq!(project.run(&["report", "r"]).code, 0);
    let rows = crate::project::csv_rows(&project.read("r/report/data/ratings.csv"));
    assert_eq!(rows[0]["criterion_text"], "Say “it” and 'it' and \"it\" now\u{a0}– co\u{ad}op 😀 \\ end.");
}

#[test]
fn what_no_draft_can_be_made_of_is_answered_at_once() {
    let project = Project::empty();
    let many: String = (0..501).map(|n| format!("- Statement {n}.\n")).collect();
    project.write("empty.txt", b" \n").write("binary.bin", b"\x00\x01\x02").write("prose.txt", b"Only words here.\n");
    project.write("many.txt", many.as_bytes()).write("large.txt", &vec![b'a'; 20_000_001]);
    project.write("long.txt", format!("- {}\n- Short.\n", "a".repeat(2001)).as_bytes()).write("print.txt", b"%PDF-1.7");
    project.write("pieces.txt", "Agencies:\n\nact;\n".repeat(11_000).as_bytes());
    let said = |file| {
        let run = project.run(&["theme", "draft", file, "--id", "x", "--title", "X"]);
        format!("{} {}", run.code, run.err)
    };
    insta::assert_snapshot!(
        ["empty.txt", "binary.bin", "prose.txt", "many.txt", "large.txt", "print.txt", "pieces.txt"]
            .map(said)
            .join("\n")
    );
    let (made, _) = drafted("long.txt", &project.read("long.txt"));
    assert_eq!((made.statements, made.left_out.len()), (1, 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every word of a pasted text stands in a statement, in an area's title or among what was left out.
    #[test]
    fn nothing_of_a_text_is_lost(lines in proptest::collection::vec("(- |[1-9]\\. |[1-9]\\.[1-9] |  - |# )?[a-z]{3,9}( [a-z]{3,9}){0,4}[.:]?|", 1..30)) {
        // In small letters, as all the others: a point that is joined to its lead-in loses the capital that it begins with.
        let text = format!("{}\n- the last one.\n", lines.join("\n"));
        for file in ["x.txt", "x.md"] {
            let source = DraftSource { file, bytes: text.as_bytes(), book: None };
            let made = draft::draft(source, &ThemeId("x".into()), "X").expect("a draft");
            let theme = theme::read("x.toml", "x", &made.toml).output;
            let mut kept: String = theme.areas.iter().map(|area| format!("{} ", area.title)).collect();
            theme.criteria().for_each(|(_, criterion)| kept.push_str(&format!("{} ", criterion.text)));
            made.left_out.iter().for_each(|left| kept.push_str(&format!("{} ", left.text)));
            for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
                prop_assert!(kept.contains(word), "{word} is lost from {file}:\n{text}\n{kept}");
            }
        }
    }
}
