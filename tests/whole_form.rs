//! The workbook as a form: for whom an agency answers, what is printed, what leads where, and workbooks of the version before.

use jtai_benchmark::form::{ColumnKey, StartField};
use jtai_benchmark::workbook::contract::{
    COLUMNS, Column, EntryKind, IN_SHORT_SHEET, PRINT_SHEET, SELF_ASSESSMENT_SHEET, SHEETS, START_SHEET,
    longer_than_its_box,
};
use jtai_benchmark::workbook::file::book::Value as CellValue;

use crate::exchange::{findings, of_code, only, row_of};
use crate::filled::Workbook;
use crate::ooxml::{elements, of, text_parts};
use crate::project::{Project, TODAY, csv_rows, package, parts};

/// What the police say of whom their answers speak for.
const SPEAKS_FOR: [&str; 3] = ["5", "6 teams", "team leads, in November"];

/// A return of the police that says so, signed.
fn speaking(project: &Project) -> Workbook {
    let book = Workbook::issued(project, "police").filled().signed("09/12/2026");
    StartField::SPEAKS_FOR.into_iter().zip(SPEAKS_FOR).fold(book, |book, (field, text)| {
        let cell = format!("B{}", book.row_of_label(field.label()));
        book.put(START_SHEET, &cell, text)
    })
}

#[test]
fn for_whom_an_agency_answers_is_in_the_data_and_goes_back_with_questions() {
    let project = Project::issued();
    // A Green without evidence is asked about.
    let book = speaking(&project).answer(4, 'D', "Green").answer(4, 'J', "");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    assert!(of_code(&findings(&project, TODAY), "written-elsewhere").is_empty());
    project.run(&["report", "round"]);
    let agencies = csv_rows(&project.read("round/report/data/agencies.csv"));
    let police = agencies.iter().find(|row| row["agency_id"] == "police").expect("the police");
    assert_eq!(["speaks_for", "speaks_for_of", "asked_by"].map(|column| police[column].as_str()), SPEAKS_FOR);
    let schema = String::from_utf8(project.read("round/report/data/schema.json")).expect("UTF-8");
    assert!(schema.contains("\"speaks_for_of\""), "described");
    assert!(project.run(&["queries", "round"]).code < 2);
    let back = Workbook::questions(&project, "police");
    let start = back.book.sheets.iter().find(|sheet| sheet.name == START_SHEET).expect("the first sheet");
    for (field, text) in StartField::SPEAKS_FOR.into_iter().zip(SPEAKS_FOR) {
        let row = back.row_of_label(field.label()) - 1;
        assert_eq!(start.value(row, 1).map(CellValue::text).as_deref(), Some(text), "{field:?}");
    }
    let row = back.row_of_label(StartField::ApprovedBy.label()) - 1;
    assert!(start.value(row, 1).is_none(), "whoever answers again signs again");
}

#[test]
fn a_text_with_a_sign_of_a_child_is_named_once_and_not_again_where_it_is_printed() {
    let project = Project::issued();
    let text = "Child A.B., born 3 May 2019, seen the same day";
    let held = speaking(&project).answer(4, 'E', text);
    project.write("round/returns/police.xlsx", &held.saved("2026-12-09"));
    let all = findings(&project, TODAY);
    let held = only(&all, "text-held-back");
    assert_eq!((held["sheet"].as_str(), held["cell"].as_str()), (Some(SELF_ASSESSMENT_SHEET), Some("E4")));
}

#[test]
fn what_somebody_writes_on_the_sheet_to_print_is_told() {
    let project = Project::issued();
    let book = speaking(&project);
    let book = book.put(PRINT_SHEET, "B5", "Written over the area").put(PRINT_SHEET, "C9", "Beside it");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    let all = findings(&project, TODAY);
    let told = only(&all, "written-elsewhere").to_string();
    assert!(told.contains("Written over the area") && told.contains("Beside it"), "{told}");
    // A rating typed over one statement is told, although another statement has the same rating.
    let book = speaking(&project).answer(4, 'D', "Green").answer(5, 'D', "Red").put(PRINT_SHEET, "B6", "Red");
    project.write("round/returns/police.xlsx", &book.saved("2026-12-09"));
    assert!(only(&findings(&project, TODAY), "written-elsewhere").to_string().contains("Red"));
}

/// Four answers of 1,500 characters have room on one page of A4 with all else about their statement. If there are more texts, the boxes share
/// that room, and each has still ten lines.
#[test]
fn a_statement_and_long_answers_about_it_are_printed_on_one_page() {
    let project = Project::issued();
    let bytes = project.read("round/issued/police self-assessment.xlsx");
    let at = Workbook::open(&bytes).book.sheets.iter().position(|sheet| sheet.name == PRINT_SHEET).expect("a sheet");
    let part = format!("xl/worksheets/sheet{}.xml", at + 1);
    let parts = text_parts(&bytes);
    let (_, xml) = parts.iter().find(|(name, _)| *name == part).expect("its part");
    let elements = elements(&part, xml);
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let breaks: Vec<f64> =
        elements.iter().filter(|(element, _)| element == "brk").map(|(_, with)| number(of(with, "id"))).collect();
    let rows = elements.iter().filter(|(element, _)| element == "row");
    let rows: Vec<(f64, f64)> = rows.map(|(_, with)| (number(of(with, "r")), number(of(with, "ht")))).collect();
    // What A4 has between the margins, in points.
    let (wide, tall) = (595.0 - 2.0 * 0.4 * 72.0, 842.0 - 2.0 * 0.6 * 72.0);
    let columns = elements.iter().filter(|(element, _)| element == "col").map(|(_, with)| number(of(with, "width")));
    let width: f64 = columns.map(|width| width * 7.0 * 0.75).sum::<f64>();
    // Fitted to one page across; down, the breaks decide.
    let page = elements.iter().find(|(element, _)| element == "pageSetup").expect("a set-up");
    assert_eq!(
        (of(&page.1, "fitToWidth"), of(&page.1, "fitToHeight"), of(&page.1, "orientation")),
        ("", "0", "portrait")
    );
    let scale = wide / width;
    assert!(scale > 0.65, "{scale}: the text of 11 points comes out at more than 7");
    let mut first = 0.0;
    for last in breaks.iter().copied().chain([f64::MAX]) {
        let page: Vec<f64> = rows.iter().filter(|(row, _)| (first..=last).contains(row)).map(|(_, ht)| *ht).collect();
        let height: f64 = page.iter().sum::<f64>() * scale;
        assert!(height <= tall, "{height} of {tall} points");
        let boxes: Vec<f64> = page.into_iter().filter(|ht| *ht > 100.0).collect();
        let has_box =
            |column: &&Column| column.entry == EntryKind::Text && column.key != ColumnKey::NotApplicableReason;
        assert_eq!(boxes.len(), COLUMNS.iter().filter(has_box).count(), "{boxes:?}");
        // 1,500 characters take 14 lines of at least 115 characters, of 14.5 points each.
        assert!(boxes.iter().sum::<f64>() >= 4.0 * 14.0 * 14.5, "{boxes:?}");
        assert!(boxes.iter().all(|ht| *ht >= 10.0 * 14.5), "{boxes:?}");
        first = last + 1.0;
    }
    assert!(xml.contains(longer_than_its_box().trim_start()), "a longer text is said to be longer");
}

#[test]
fn links_lead_from_the_first_sheet_to_the_others_and_back() {
    let project = Project::issued();
    let bytes = project.read("round/issued/police self-assessment.xlsx");
    let links = |part: &str| -> Vec<String> {
        let parts = text_parts(&bytes);
        let (name, xml) = parts.iter().find(|(name, _)| name == part).expect("its part");
        let links = elements(name, xml).into_iter().filter(|(element, _)| element == "hyperlink");
        links.map(|(_, with)| of(&with, "location").to_string()).collect()
    };
    let sheets = Workbook::open(&bytes).book.sheets;
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, SHEETS[1..], "all but the questions");
    let from_start = links("xl/worksheets/sheet1.xml");
    for (at, name) in (1..).zip(&names).skip(1).filter(|(_, name)| **name != "jtai") {
        assert!(from_start.iter().any(|to| *to == format!("'{name}'!A1")), "{name}: {from_start:?}");
        assert_eq!(links(&format!("xl/worksheets/sheet{at}.xml")), [format!("'{START_SHEET}'!A1")], "{name}");
    }
    let sign_off = from_start.iter().find(|to| to.starts_with("'Start here'!A") && *to != "'Start here'!A1");
    let row: u32 = sign_off.expect("a link to the sign-off")["'Start here'!A".len()..].parse().expect("a row");
    let start = &sheets[0];
    assert_eq!(start.value(row - 1, 0).map(CellValue::text).as_deref(), Some("Sign-off"));
}

/// Frozen columns take at most half of a laptop's screen at twice the size, and rows grow with what is written in them.
#[test]
fn the_table_leaves_room_to_write() {
    let project = Project::issued();
    let bytes = project.read("round/issued/police self-assessment.xlsx");
    let parts = text_parts(&bytes);
    let (name, xml) = parts.iter().find(|(name, _)| name == "xl/worksheets/sheet2.xml").expect("the table's part");
    let elements = elements(name, xml);
    let pane = elements.iter().find(|(element, _)| element == "pane").expect("a pane");
    assert_eq!(of(&pane.1, "xSplit"), "2");
    let widths: f64 = elements
        .iter()
        .filter(|(element, _)| element == "col")
        .take(2)
        .map(|(_, with)| of(with, "width").parse::<f64>().expect("a width") * 7.0)
        .sum();
    assert!(2.0 * widths <= 1366.0 / 2.0, "{widths} pixels");
    assert!(xml.contains("<row ") && !xml.contains("customHeight"), "no row has a height of its own");
}

/// A return of the version before, with its header over evidence, its order of columns and its sheets, says what it said.
#[test]
fn a_workbook_of_the_version_before_is_read_as_before() {
    let project = Project::issued();
    project.write("round/returns/early-help.xlsx", include_bytes!("resaved/contract 1.3.xlsx"));
    let about = |code: &str| -> Vec<String> {
        of_code(&findings(&project, TODAY), code).iter().map(|finding| finding.to_string()).collect()
    };
    for code in ["written-elsewhere", "column-unknown", "column-missing", "row-reworded", "format-newer"] {
        assert_eq!(about(code), Vec::<String>::new(), "{code}");
    }
    project.run(&["report", "round"]);
    let row = row_of(&project, "early-help", "DA24-1.1");
    assert_eq!(row["self_rating"], "green");
    assert_eq!(row["evidence"], "Family plan data, October 2026, early help case system");
    let agencies = csv_rows(&project.read("round/report/data/agencies.csv"));
    let early_help = agencies.iter().find(|row| row["agency_id"] == "early-help").expect("early help");
    assert_eq!((early_help["speaks_for"].as_str(), early_help["approval_recorded"].as_str()), ("", "true"));
}

#[test]
fn the_first_sheet_says_how_long_workbooks_are_kept_and_which_children_are_looked_at_most_closely() {
    let project = Project::issued();
    let start = |project: &Project| {
        let book = Workbook::issued(project, "police").book;
        let sheet = book.sheets.iter().find(|sheet| sheet.name == START_SHEET).expect("the first sheet");
        sheet.cells.values().map(CellValue::text).collect::<Vec<_>>().join("\n")
    };
    let text = start(&project);
    assert!(text.contains("Inspectors look most closely at unborn babies and children aged 0 to 7."), "{text}");
    assert!(text.contains("for as long as our records schedule says"), "{text}");
    project.edit("round/round.toml", "# kept_until = \"a year after the inspection\"", "kept_until = \"March 2029\"");
    project.run_on("2026-11-23", &["issue", "round"]);
    assert!(start(&project).contains("We keep your workbook until March 2029, and then delete it."));
}

/// A program that does not calculate saves the sheet to print without what it shows; another deletes rows under it.
#[test]
fn a_sheet_to_print_that_shows_nothing_is_nothing() {
    let project = Project::issued();
    let bytes = speaking(&project).saved("2026-12-09");
    let mut parts = parts(&bytes);
    for (name, part) in parts.iter_mut().filter(|(name, _)| name.starts_with("xl/worksheets/sheet4")) {
        let xml = String::from_utf8(part.clone()).expect("UTF-8");
        assert!(xml.contains("</f><v>"), "{name}");
        let mut out = String::new();
        for piece in xml.split("</f>") {
            let rest = piece.find("</v>").filter(|_| piece.starts_with("<v>")).map_or(piece, |end| &piece[end + 4..]);
            out.push_str(rest);
            out.push_str("</f>");
        }
        *part = out.trim_end_matches("</f>").as_bytes().to_vec();
    }
    project.write("round/returns/police.xlsx", &package(&parts));
    let all = findings(&project, TODAY);
    let about: Vec<_> = all.iter().filter(|finding| finding["sheet"] == PRINT_SHEET).collect();
    assert!(about.is_empty() && all.iter().all(|finding| finding["sheet"] != IN_SHORT_SHEET), "{about:?}");
}
