//! What people, programs and the post do to returns: each file of `samples/returns-faulty/`, through the real binary, with what
//! must come of it. And files made to harm, each of which is named and takes nothing else down.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::project::{Project, package, parts};

/// A round with one return in it, and what `collect` says of it.
struct Case {
    project: Project,
    json: Value,
}

impl Case {
    fn new(name: &str, bytes: &[u8]) -> Case {
        let project = Project::issued();
        project.write(&format!("round/returns/{name}"), bytes);
        let run = project.run(&["collect", "round", "--json"]);
        assert!(run.code < 2, "{name}: {}", run.err);
        let json = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{name}: {error}: {}", run.out));
        Case { project, json }
    }

    fn faulty(name: &str) -> Case {
        let path = format!("{}/samples/returns-faulty/{name}", env!("CARGO_MANIFEST_DIR"));
        Case::new(name, &std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    /// The codes of what was found in the file, each with how often.
    fn found(&self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for finding in self.json["findings"].as_array().expect("findings") {
            if finding["file"].as_str().is_some_and(|file| file.starts_with("returns/")) {
                *found.entry(finding["code"].as_str().expect("a code").to_string()).or_default() += 1;
            }
        }
        found
    }

    fn said(&self) -> String {
        self.json["findings"].to_string()
    }

    fn police(&self) -> (u64, u64) {
        let agencies = self.json["agencies"].as_array().expect("agencies");
        let police = agencies.iter().find(|agency| agency["id"] == "police").expect("the police");
        (police["answers"][0]["rated"].as_u64().expect("a number"), u64::from(police["returned"] == true))
    }
}

#[track_caller]
fn check(name: &str, rated: u64, expected: &[(&str, usize)]) {
    let case = Case::faulty(name);
    let expected: BTreeMap<String, usize> = expected.iter().map(|(code, count)| (code.to_string(), *count)).collect();
    assert_eq!((case.police(), case.found()), ((rated, 1), expected), "{name}: {:#}", case.json["findings"]);
}

#[test]
fn returns_that_can_be_read_are_read_and_every_assumption_is_named() {
    check("ratings as people write them.xlsx", 7, &[("rating-assumed", 8), ("rating-qualified", 1)]);
    check("ratings that are none.xlsx", 0, &[("rating-unreadable", 9)]);
    check(
        "colours without words.xlsx",
        8,
        &[("rating-from-colour", 3), ("colour-without-word", 1), ("rating-blank", 1)],
    );
    check("a note on a cell.xlsx", 9, &[("note-on-cell", 1)]);
    check("merged cells.xlsx", 9, &[("written-hidden", 1)]);
    check("a hidden row and column.xlsx", 9, &[("written-hidden", 2)]);
    check("the sheet renamed.xlsx", 9, &[("sheet-renamed", 1)]);
    check("the sheet copied.xlsx", 9, &[("sheets-differ", 1)]);
    check("rows sorted and columns moved.xlsx", 9, &[("column-unknown", 1)]);
    check(
        "police - pasted into a new workbook.xlsx",
        9,
        &[("agency-from-name", 1), ("sheet-renamed", 1), ("approval-missing", 1)],
    );
    check("refs lost.xlsx", 9, &[("row-reworded", 2)]);
    check("placeholders.xlsx", 9, &[("placeholder", 9)]);
    check("characters that cannot be seen.xlsx", 9, &[("text-invisible", 2)]);
    check("a formula never calculated.xlsx", 8, &[("rating-unreadable", 1)]);
    check("a row deleted.xlsx", 8, &[("row-missing", 1)]);
    check("a row twice.xlsx", 8, &[("row-twice", 1)]);
    check("numbers and dates for words.xlsx", 9, &[("date-unreadable", 2)]);
    check("not signed.xlsx", 9, &[("approval-missing", 1)]);
    check("the same person twice.xlsx", 9, &[("approval-odd", 1)]);
    check("two agencies.xlsx", 9, &[("identity-disagrees", 1)]);
    check("text outside the table.xlsx", 9, &[("written-elsewhere", 2)]);
    check("struck out and coloured otherwise.xlsx", 9, &[("text-struck-out", 1), ("colour-against-word", 1)]);
    check("a text box.xlsx", 9, &[("written-elsewhere", 1)]);
    assert!(Case::faulty("a text box.xlsx").said().contains("Ask us about nights & weekends"));
    let case = Case::faulty("numbers and dates for words.xlsx");
    case.project.run(&["report", "round"]);
    let ratings = String::from_utf8(case.project.read("round/report/data/ratings.csv")).expect("UTF-8");
    assert!(ratings.contains("\"87%\"") && !ratings.contains("0.87"), "what people see, not what the file holds");
}

#[test]
fn what_is_no_workbook_is_told_apart_by_content_with_one_remedy() {
    for (name, what) in [
        ("cut off.xlsx", "this file was cut off"),
        ("empty.xlsx", "0 bytes"),
        ("zeros.xlsx", "nothing but zeros"),
        ("a web page.xls", "a web page"),
        ("a list.xlsx", "a text file, perhaps CSV"),
        ("a print.xlsx", "a PDF"),
        ("a message.eml", "an e-mail"),
        ("a shortcut.url", "a shortcut"),
        ("a zip.xlsx", "a zip file"),
    ] {
        let case = Case::faulty(name);
        assert_eq!(case.found(), BTreeMap::from([("not-a-workbook".to_string(), 1)]), "{name}");
        assert!(case.said().contains(what), "{name}: {}", case.said());
    }
}

#[test]
fn text_that_may_name_a_child_is_in_nothing_that_is_written_or_said() {
    let case = Case::faulty("a child.xlsx");
    assert_eq!(case.found().get("text-held-back"), Some(&3), "{}", case.said());
    let report = case.project.run(&["report", "round"]);
    assert_eq!(report.code, 1);
    let told = ["943 476 5919", "9434765919", "03/02/2014", "Jamie Example", "123456"];
    let mut outputs = case.project.tree("round");
    outputs.retain(|name, _| !name.starts_with("returns/"));
    outputs.insert("the screen".into(), format!("{}{}{}", case.json, report.out, report.err).into_bytes());
    for entry in std::fs::read_dir(case.project.path("round/.jtai")).expect("a cache") {
        let path = entry.expect("an entry").path();
        outputs.insert(path.display().to_string(), std::fs::read(path).expect("readable"));
    }
    assert!(outputs.len() > 30);
    for (name, bytes) in &outputs {
        for text in told {
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{name} holds {text}");
        }
    }
    // Nor does the presentation tell inspectors that something is held back, and whose.
    assert!(!String::from_utf8_lossy(&outputs["report/data/actions.csv"]).contains("held back"));
    let ratings = String::from_utf8_lossy(&outputs["report/data/ratings.csv"]).into_owned();
    assert_eq!(ratings.matches("[held back: may identify a child]").count(), 3);
}

#[test]
fn a_named_person_can_clear_a_text_that_names_no_child() {
    let case = Case::faulty("a child.xlsx");
    let record =
        case.project.tree("round/record").into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let said = record.into_iter().find(|text| text.contains("[[received]]")).expect("it is on record");
    let print = said.split("sha256 = \"").nth(1).and_then(|rest| rest.get(..12)).expect("its hash");
    let entry = format!(
        "\n[[cleared]]\nfile = \"returns/a child.xlsx\"\nsheet = \"self-assessment\"\ncell = \"G6\"\nsha256 = \"{print}\"\n\
         by = \"B Example\"\non = 2026-12-14\n"
    );
    let toml = String::from_utf8(case.project.read("round/round.toml")).expect("text") + &entry;
    case.project.write("round/round.toml", toml.as_bytes());
    let run = case.project.run(&["collect", "round", "--json"]);
    assert_eq!(run.out.matches("\"as\": \"accept\"").count(), 1, "{}", run.out);
    // Another content of the file is not cleared with it.
    case.project.edit("round/round.toml", print, "0123456789ab");
    let run = case.project.run(&["collect", "round", "--json"]);
    assert!(
        run.out.matches("\"text-held-back\"").count() == 3
            && run.out.contains("was written for a file that has changed since"),
        "{}",
        run.out
    );
}

#[test]
fn a_return_that_is_forgotten_is_in_nothing_any_more() {
    let case = Case::faulty("not signed.xlsx");
    let project = case.project;
    project.run(&["report", "round"]);
    project.run(&["queries", "round"]);
    let name = "returns/not signed.xlsx";
    assert_eq!(project.run(&["forget", name, "round"]).code, 2, "its file is still there");
    std::fs::remove_file(project.path("round/returns/not signed.xlsx")).expect("removed");
    project.write("round/report/deck.pdf", b"my own");
    let run = project.run(&["forget", name, "round", "--by", "M Hill"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("The record keeps only the agency")
            && run.out.contains("report/deck.pdf: somebody changed this output"),
        "{}",
        run.out
    );
    let kept = std::fs::read_dir(project.path("round/.jtai")).expect("the folder").filter_map(Result::ok);
    let kept: Vec<_> = kept.map(|entry| entry.file_name()).filter(|name| *name != *"lock").collect();
    assert!(kept.is_empty() && project.path("round/report/deck.pdf").exists(), "{kept:?}");
    for (file, bytes) in project.tree("round") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("not signed.xlsx") && !text.contains("Well 4"), "{file}");
    }
}

#[test]
fn two_cells_side_by_side_can_name_a_child_where_neither_does() {
    let case = Case::faulty("a child in two cells.xlsx");
    assert_eq!(case.found().get("text-held-back"), Some(&4), "{}", case.said());
    for text in ["2014-02-03", "Jamie", "123456"] {
        assert!(!case.said().contains(text), "{text}");
    }
}

/// A package with its parts changed; `None` leaves a part out.
fn changed(change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let source = parts(include_bytes!("resaved/libreoffice.xlsx"));
    let kept = source.into_iter().filter_map(|(name, bytes)| change(&name, bytes).map(|bytes| (name, bytes)));
    package(&kept.collect::<Vec<_>>())
}

/// The same with a text replaced in one part.
fn edited(part: &str, from: &str, to: &str) -> Vec<u8> {
    changed(|name, bytes| {
        if name != part {
            return Some(bytes);
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.contains(from), "{part} does not hold {from}");
        Some(text.replacen(from, to, 1).into_bytes())
    })
}

const SHEET: &str = "xl/worksheets/sheet2.xml";

#[test]
fn files_made_to_harm_or_mislead_are_named_and_the_others_are_read() {
    let bomb = vec![b' '; 600 << 20];
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "doctype",
            edited(SHEET, "<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
            "declares a document type",
        ),
        ("cut sheet", edited(SHEET, "</sheetData>", ""), "are where no spreadsheet program puts them"),
        ("two bodies", edited(SHEET, "</sheetData>", "</sheetData><sheetData/>"), "in two places"),
        ("far cell", edited(SHEET, "<row r=\"1\"", "<row r=\"4294967298\""), "outside the sheet"),
        (
            "no sheets",
            edited("xl/workbook.xml", "<sheets>", "<sheets/><others>").into_iter().collect(),
            "listed where no spreadsheet program lists it",
        ),
        (
            "two of a name",
            edited("xl/workbook.xml", "name=\"Self-assessment\"", "name=\"start HERE\""),
            "two of its sheets are called",
        ),
        (
            "many strings",
            edited("xl/sharedStrings.xml", "uniqueCount=\"", "uniqueCount=\"9999999"),
            "claims more texts",
        ),
        ("no sheet part", changed(|name, bytes| (name != SHEET).then_some(bytes)), "it is missing"),
        (
            "utf-16",
            changed(|name, bytes| Some(if name == SHEET { [b"\xff\xfe".to_vec(), bytes].concat() } else { bytes })),
            "not written in UTF-8",
        ),
        (
            "long token",
            changed(|name, bytes| Some(if name == SHEET { [&bytes[..200], &bomb[..8 << 20]].concat() } else { bytes })),
            "longer than any real one",
        ),
        ("bomb", changed(|name, bytes| Some(if name == "docProps/app.xml" { bomb.clone() } else { bytes })), ""),
    ];
    let project = Project::issued();
    for (name, bytes, _) in &cases {
        project.write(&format!("round/returns/{name}.xlsx"), bytes);
    }
    project.write("round/returns/fine.xlsx", include_bytes!("resaved/libreoffice.xlsx"));
    let run = project.run(&["collect", "round", "--json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    for (name, _, what) in cases.iter().filter(|(.., what)| !what.is_empty()) {
        let file = format!("returns/{name}.xlsx");
        let said: Vec<&str> = json["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter(|finding| finding["file"] == file.as_str())
            .filter_map(|finding| finding["found"].as_str())
            .collect();
        assert!(said.len() == 1 && said[0].contains(what), "{name}: {said:?}");
    }
    let police =
        json["agencies"].as_array().expect("agencies").iter().find(|agency| agency["id"] == "police").expect("there");
    assert_eq!(police["answers"][0]["rated"], 2, "the sound file is read");
}

#[test]
fn a_value_that_the_reader_would_turn_into_another_is_asked_about() {
    // The rating of the first row, which LibreOffice writes as the number of a shared string.
    let source = parts(include_bytes!("resaved/libreoffice.xlsx"));
    let (_, sheet) = source.into_iter().find(|(name, _)| name == SHEET).expect("a part");
    let sheet = String::from_utf8(sheet).expect("UTF-8");
    let start = sheet.find("<c r=\"D4\"").expect("the cell");
    let end = start + sheet[start..].find("</c>").expect("its end") + 4;
    let cell = &sheet[start..end];
    let value = &cell[cell.find("<v>").expect("a value")..];
    for odd in
        ["<v>99999</v></c>", "<v>-1</v></c>", "<v>1e3</v></c>", "<v><![CDATA[1]]></v></c>", "<v>1<!-- -->2</v></c>"]
    {
        let other = cell.replace(value, odd);
        let case = Case::new("x.xlsx", &edited(SHEET, cell, &other));
        assert_eq!(case.police().0, 1, "{odd}: {}", case.said());
        assert_eq!(case.found().get("rating-unreadable"), Some(&1), "{odd}: {}", case.said());
    }
}

#[test]
fn links_threads_and_pictures_of_a_sheet_are_told() {
    let rels = "xl/worksheets/_rels/sheet2.xml.rels";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let added = format!(
        "<Relationship Id=\"l1\" Type=\"{kind}/hyperlink\" Target=\"https://files.example/log\" TargetMode=\"External\"/>\
         <Relationship Id=\"t1\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" Target=\"/xl/threads.xml\"/>\
         <Relationship Id=\"d1\" Type=\"{kind}/drawing\" Target=\"/xl/pictures.xml\"/>"
    );
    let mut parts = parts(include_bytes!("resaved/libreoffice.xlsx"));
    parts.retain(|(name, _)| name != rels);
    let head = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    parts.push((rels.into(), format!("{head}{added}</Relationships>").into_bytes()));
    let thread = "<ThreadedComments><threadedComment ref=\"E5\"><text>Is this still so?</text></threadedComment>\
                  <threadedComment ref=\"E5\"><text>Yes &amp; more</text></threadedComment></ThreadedComments>";
    parts.push(("xl/threads.xml".into(), thread.into()));
    parts.push(("xl/pictures.xml".into(), b"<d:wsDr xmlns:d=\"d\"><d:pic><d:x/></d:pic></d:wsDr>".to_vec()));
    for (name, bytes) in &mut parts {
        if name == SHEET {
            let text = String::from_utf8(bytes.clone()).expect("UTF-8");
            let link =
                format!("</sheetData><hyperlinks><hyperlink ref=\"E4\" r:id=\"l1\" xmlns:r=\"{kind}\"/></hyperlinks>");
            *bytes = text.replacen("</sheetData>", &link, 1).into_bytes();
        }
    }
    let case = Case::new("x.xlsx", &package(&parts));
    let said = case.said();
    assert!(said.contains("Is this still so?; Yes & more"), "{said}");
    assert!(said.contains("1 picture or embedded file is on this sheet"), "{said}");
    case.project.run(&["report", "round"]);
    let ratings = String::from_utf8(case.project.read("round/report/data/ratings.csv")).expect("UTF-8");
    assert!(ratings.contains("https://files.example/log"), "the address is kept with the text");
}
