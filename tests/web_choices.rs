//! Choosing on pages, through the real binary: what is saved, what is refused, what a slide looks like before.

use std::collections::BTreeMap;

use jtai_benchmark::choices::{self, CellEdit, ChoicesSource, FormRow, FormSheet};
use jtai_benchmark::workbook::file::book::Book;

use crate::choices::filled;
use crate::deck_text::Staged;
use crate::ooxml::text_parts;
use crate::project::{Project, TODAY};
use crate::renewal::{book, with_source};
use crate::web::{Answer, Served};

pub const WORRIES: &str = "/choices/worried-about";
const WORDING: &str = "We need to hear children sooner & <act>.";

/// A page with a form, as a browser has it.
pub struct Form<'s> {
    served: &'s Served,
    cookie: &'s str,
    path: String,
    pub fields: Vec<(String, String)>,
}

impl<'s> Form<'s> {
    pub fn load(served: &'s Served, cookie: &'s str, path: String) -> Form<'s> {
        let page = served.get(cookie, &path);
        assert_eq!(page.status, 200, "{}", page.body);
        Form { served, cookie, path, fields: fields(&page) }
    }

    /// The names of the fields of a row that has this beside them.
    pub fn row(&self, at: usize) -> String {
        let mut rows: Vec<&str> = Vec::new();
        for (name, _) in self.fields.iter().filter(|(name, _)| name.starts_with("f:")) {
            let row = name.rsplit_once(':').expect("a cell").0;
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows[at].to_string()
    }

    pub fn set(&mut self, name: &str, text: &str) -> &mut Form<'s> {
        let field = self.fields.iter_mut().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
        field.1 = text.to_string();
        self
    }

    pub fn send(&self, what: &str) -> Answer {
        let mut fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        fields.push(("do", what));
        self.served.post(self.cookie, &self.path, &self.path, &fields)
    }
}

/// The fields of the form of choices, with what is in them.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let form = page.body.split("data-choices=\"yes\"").nth(1).expect("its form");
    let form = form.split("</form>").next().expect("its end");
    let mut fields = Vec::new();
    for tag in form.split('<') {
        let Some((head, content)) = tag.split_once('>') else { continue };
        let attribute = |name: &str| {
            let value = head.split(&format!(" {name}=\"")).nth(1)?;
            Some(plain(value.split('"').next()?))
        };
        let is_of_browser = |name: &String| name != "token" && name != "do";
        match head.split(' ').next().expect("a name") {
            "input" => fields.extend(attribute("name").filter(is_of_browser).zip(attribute("value"))),
            // A browser leaves out the first end of line, and ends lines in its own way.
            "textarea" => {
                let text = plain(content.strip_prefix('\n').unwrap_or(content)).replace('\n', "\r\n");
                fields.extend(attribute("name").map(|name| (name, text)));
            }
            "select" => fields.extend(attribute("name").map(|name| (name, String::new()))),
            "option" if head.contains(" selected") => {
                fields.last_mut().expect("its list").1 = attribute("value").expect("a value");
            }
            _ => {}
        }
    }
    fields
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The words of the presentation that a report writes.
fn reported(project: &Project) -> String {
    let report = project.run(&["report", "demo"]);
    assert!(report.out.contains("Code on the slides"), "{}{}", report.out, report.err);
    text_parts(&project.read("demo/report/deck.pptx")).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn what_is_chosen_on_a_page_is_in_the_presentation() {
    let project = Project::demo();
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let before = project.read("demo/choices.xlsx");
    let mut form = Form::load(&served, &cookie, format!("{round}{WORRIES}"));
    let row = form.row(1);
    form.set(&format!("{row}:0"), "1").set(&format!("{row}:1"), WORDING);
    // Shown first: nothing is written by that.
    let tree = project.tree("demo").into_keys().collect::<Vec<_>>();
    let shown = form.send("show:");
    assert!(
        shown.body.contains("how it looks with what you typed. It is not saved yet")
            && shown.body.contains("hear children sooner"),
        "{}",
        shown.body
    );
    let picture = shown.body.split("<img src=\"").nth(1).expect("a slide").split('"').next().expect("its end");
    let picture = picture.strip_prefix(&base(&shown)).expect("ours");
    let picture = served.get(&cookie, picture);
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/svg+xml"));
    assert!(picture.body.starts_with("<svg"), "a picture");
    assert!(project.read("demo/choices.xlsx") == before, "nothing is written");
    assert_eq!(project.tree("demo").into_keys().collect::<Vec<_>>(), tree);
    let saved = form.send("save");
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(project.read("demo/choices.xlsx") != before);
    let page = served.get(&cookie, &format!("{round}{WORRIES}/saved"));
    assert!(page.body.contains("Saved.") && page.body.contains("act&gt;"), "{}", page.body);
    assert!(reported(&project).contains("We need to hear children sooner &amp; &lt;act&gt;."));
    // The same again changes nothing.
    let saved_bytes = project.read("demo/choices.xlsx");
    assert_eq!(Form::load(&served, &cookie, format!("{round}{WORRIES}")).send("save").status, 303);
    assert!(project.read("demo/choices.xlsx") == saved_bytes);
}

/// The first part of every address, from a page.
fn base(page: &Answer) -> String {
    let before = page.body.split("/style.css").next().expect("its start");
    before.rsplit("href=\"").next().expect("a link").to_string()
}

#[test]
fn the_second_of_two_tabs_is_shown_both() {
    let project = Project::demo();
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let path = format!("{round}{WORRIES}");
    let mut first = Form::load(&served, &cookie, path.clone());
    let mut second = Form::load(&served, &cookie, path);
    let [row, other] = [1, 2].map(|at| first.row(at));
    first.set(&format!("{row}:1"), "Said in the first tab").set(&format!("{row}:0"), "1");
    assert_eq!(first.send("save").status, 303);
    let saved = project.read("demo/choices.xlsx");
    second.set(&format!("{row}:1"), "Said in the second tab").set(&format!("{other}:0"), "2");
    let refused = second.send("save");
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("Nothing was saved"), "{}", refused.body);
    for text in ["The file now has: “Said in the first tab”", "Said in the second tab"] {
        assert!(refused.body.contains(text), "{text}: {}", refused.body);
    }
    assert!(project.read("demo/choices.xlsx") == saved, "nothing was saved");
    // Looked at and saved again: the second's own cells, and what only the first one chose.
    let again = Form { served: &served, cookie: &cookie, path: second.path.clone(), fields: fields(&refused) };
    assert_eq!(again.send("save").status, 303);
    let now = Form::load(&served, &cookie, second.path.clone()).fields;
    let has = |name: String, text: &str| now.contains(&(name, text.to_string()));
    assert!(has(format!("{row}:1"), "Said in the second tab") && has(format!("{row}:0"), "1"), "{now:?}");
    assert!(has(format!("{other}:0"), "2"), "{now:?}");
}

#[test]
fn a_file_open_in_a_program_and_words_of_a_child_are_refused() {
    let project = Project::demo();
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let before = project.read("demo/choices.xlsx");
    let mut form = Form::load(&served, &cookie, format!("{round}{WORRIES}"));
    let row = form.row(0);
    form.set(&format!("{row}:1"), "Typed while it is open");
    project.write("demo/~$choices.xlsx", b"x");
    let refused = form.send("save");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("this file is open in a program") && refused.body.contains("Typed while it is open"));
    assert!(project.read("demo/choices.xlsx") == before);
    std::fs::remove_file(project.path("demo/~$choices.xlsx")).expect("closed");
    form.set(&format!("{row}:1"), "Sam Smith, aged 9, told us");
    for what in ["save", "show:"] {
        let refused = form.send(what);
        assert!(refused.body.contains("so it was not saved"), "{what}: {}", refused.body);
    }
    assert!(project.read("demo/choices.xlsx") == before);
}

#[test]
fn every_sheet_is_filled_in_where_there_was_no_file() {
    let project = Project::demo();
    std::fs::remove_file(project.path("demo/choices.xlsx")).expect("removed");
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let chosen: [(&str, usize, &[&str]); 8] = [
        ("working-well", 0, &["1"]),
        ("actions", 0, &["1", "A shorter wording", "Jo Fictional", "2027-02-01", "The board", "2026-12-01"]),
        ("seen-differently", 1, &["1"]),
        ("slides", 1, &["", "Our own headline"]),
        ("local-context", 0, &["Known issue", "Our data is late."]),
        ("figures", 0, &["12%", "of children moved", "Survey", "March 2026"]),
        ("children-told-us", 0, &["We want to be heard", "Survey of 2026"]),
        ("your-slides", 0, &["A slide of ours", "One line\r\nand a second", "picture"]),
    ];
    for (sheet, at, texts) in chosen {
        let mut form = Form::load(&served, &cookie, format!("{round}/choices/{sheet}"));
        let row = form.row(at);
        for (cell, text) in texts.iter().enumerate() {
            form.set(&format!("{row}:{cell}"), text);
        }
        let shown = form.send("show:");
        assert!(shown.body.contains("Preview of the slide"), "{sheet}: {}", shown.body);
        let saved = form.send("save");
        assert_eq!(saved.status, 303, "{sheet}: {}", saved.body);
        let now = Form::load(&served, &cookie, form.path.clone());
        for (cell, text) in texts.iter().enumerate() {
            assert!(
                now.fields.contains(&(format!("{row}:{cell}"), text.to_string())),
                "{sheet} {text}: {:?}",
                now.fields
            );
        }
    }
    let page = served.get(&cookie, &format!("{round}/choices/approval"));
    let code = page.body.split("has the code <strong>").nth(1).expect("a code").split('<').next().expect("its end");
    let mut form = Form::load(&served, &cookie, format!("{round}/choices/approval"));
    form.set("f:approval:0", "Jo Fictional, Director").set("f:approval:1", TODAY).set("f:approval:2", "WRNG");
    assert_eq!(form.send("save").status, 303);
    let page = served.get(&cookie, &form.path).body;
    assert!(page.contains("is not the code of this presentation"), "{page}");
    let mut form = Form::load(&served, &cookie, form.path.clone());
    form.set("f:approval:2", code);
    assert_eq!(form.send("save").status, 303);
    assert!(!served.get(&cookie, &form.path).body.contains("is not the code of"));
    let words = reported(&project);
    for text in ["A shorter wording", "Our own headline", "of children moved", "We want to be heard", "A slide of ours"]
    {
        assert!(words.contains(text), "{text}");
    }
}

/// The codes of the short and of the full presentation, as the page of the approval has them.
fn codes(page: &Answer) -> Vec<String> {
    let codes = page.body.split("has the code <strong>").skip(1);
    codes.map(|rest| rest.split('<').next().expect("its end").to_string()).collect()
}

#[test]
fn where_one_length_is_approved_the_other_is_no_finding_until_it_is_made() {
    let project = Project::demo();
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let path = format!("{round}/choices/approval");
    let approve = |code: &str| {
        let mut form = Form::load(&served, &cookie, path.clone());
        form.set("f:approval:0", "Jo Fictional, Director").set("f:approval:1", TODAY).set("f:approval:2", code);
        assert_eq!(form.send("save").status, 303);
    };
    let count = |words: &str| served.get(&cookie, &format!("{round}/findings")).body.matches(words).count();
    approve("WRNG");
    assert_eq!(count("is not the code of this presentation"), 1);
    let codes = codes(&served.get(&cookie, &path));
    for code in &codes {
        approve(code);
        // The short one is made, so it is the one that is missing where only the full one is approved.
        let missing = usize::from(*code != codes[0]);
        assert_eq!((count("is not the code of"), count("is the code of the")), (0, missing), "{code}");
    }
    approve(&codes[0]);
    let full = project.run(&["report", "demo", "--slides", "full"]).out;
    assert!(full.contains("is the code of the short presentation") && full.contains("write both codes"), "{full}");
    assert_eq!(count("is the code of the short presentation"), 1);
    approve(&codes.join(", "));
    assert_eq!(count("is the code of the"), 0);
}

#[test]
fn an_approval_is_filled_in_once_and_what_is_wrong_with_it_is_said_at_its_field() {
    let project = Project::demo();
    // The one with a finding that must be fixed.
    std::fs::remove_file(project.path("demo/returns/Schools forum return.xlsx")).expect("removed");
    let served = Served::start(&project, &["demo"]);
    let (cookie, round) = served.cookie_and_round();
    let path = format!("{round}/choices/approval");
    let approve = |on: &str, code: &str| {
        let mut form = Form::load(&served, &cookie, path.clone());
        form.set("f:approval:0", "Jo Fictional, Director").set("f:approval:1", on).set("f:approval:2", code);
        assert_eq!(form.send("save").status, 303);
        served.get(&cookie, &format!("{path}/saved")).body
    };
    let page = served.get(&cookie, &path);
    assert_eq!(page.body.matches(">Save</button>").count(), 1, "{}", page.body);
    for part in
        ["of K7Q2-3, write K7Q2", "Empty means Self-ratings", "Write the code of the presentation that was approved."]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let codes = codes(&page);
    let ahead = approve("2026-12-31", &codes[0]);
    assert!(!ahead.contains("Saved.") && ahead.contains("Saved, but something is not right yet"), "{ahead}");
    let at = ahead.split("f:approval:1-wrong\"><p class=\"finding\">").nth(1).expect("at its field");
    assert!(at.starts_with("31 December 2026 is still to come, so the presentation is not approved"), "{ahead}");
    assert!(!ahead.contains("cell B12"), "{ahead}");
    let approved = approve(TODAY, &codes[0]);
    assert!(approved.contains("Saved.") && approved.contains("It is approved."), "{approved}");
    let other = format!("The full presentation has the code <strong>{}</strong>. It is not approved.<", codes[1]);
    assert!(approved.contains(&other) && !approved.contains("different code"), "{approved}");
}

/// Every text that a form has, by row and cell.
fn texts(book: &Book) -> BTreeMap<(&'static str, String, usize), String> {
    let of_row = |sheet: FormSheet, row: FormRow| {
        row.cells.into_iter().enumerate().map(move |(at, cell)| ((sheet.name(), row.key.clone(), at), cell.text))
    };
    let all = FormSheet::all()
        .into_iter()
        .flat_map(|sheet| choices::rows(book, sheet).into_iter().flat_map(move |row| of_row(sheet, row)));
    all.filter(|(_, text)| !text.is_empty()).collect()
}

#[test]
fn one_cell_filled_in_leaves_every_other_text_as_it_is() {
    use crate::choices::{ADDED, CONTEXT, SLIDES, START, STRENGTHS, WORRIES};
    let (project, staged) = (Project::demo(), Staged::sample());
    let bytes = filled(
        &project,
        &[
            (START, "B11", "Jo Fictional, Director"),
            (STRENGTHS, "A6", "1"),
            (STRENGTHS, "B6", "One"),
            (WORRIES, "A5", "2"),
            (WORRIES, "B5", "Two"),
            (SLIDES, "B6", "Three"),
            (CONTEXT, "A4", "Known issue"),
            (CONTEXT, "B4", "Four"),
            (ADDED, "A4", "Five"),
        ],
    );
    let before = book(&bytes);
    with_source(&staged, &staged.analysis, 14, |source| {
        for sheet in FormSheet::all() {
            let rows = choices::rows(&before, sheet);
            let is_filled = |row: &&FormRow| row.cells.iter().any(|cell| !cell.text.is_empty());
            let wanted = rows.iter().filter(is_filled).chain(rows.first()).chain(rows.iter().find(|row| row.is_own));
            for row in wanted {
                for at in 0..row.cells.len() {
                    leaves_the_rest(&before, source, sheet, (row, at));
                }
            }
        }
    });
}

fn leaves_the_rest(before: &Book, source: ChoicesSource<'_>, sheet: FormSheet, (row, at): (&FormRow, usize)) {
    let old = row.cells[at].text.clone();
    let typed = if row.cells[at].holds == choices::Holds::Day { "2026-12-01" } else { "Yes" };
    let edit = CellEdit { row: row.key.clone(), cell: at, before: old.clone(), typed: typed.to_string() };
    let (edited, unplaced) = choices::edited(before, sheet, std::slice::from_ref(&edit));
    assert!(unplaced.is_empty());
    let bytes = choices::workbook(source, Some(&choices::earlier(&edited))).expect("written");
    let after = book(&bytes);
    let mut expected = texts(before);
    expected.insert((sheet.name(), row.key.clone(), at), typed.to_string());
    let found = texts(&after);
    assert_eq!(found, expected, "{} {} {at}, was {old:?}", sheet.name(), row.key);
}
