//! How a return is read when it is not as it was issued. Each case takes the cells of a filled workbook, does to them what
//! people and programs do, and states what the reader must say. Nothing written may become nothing.

use jiff::civil::date;
use jtai_benchmark::core::finding::{Checked, Code};
use jtai_benchmark::core::ids::RoundId;
use jtai_benchmark::core::written::Written;
use jtai_benchmark::form::{ColumnKey, Rating, TextKind};
use jtai_benchmark::response::{Answer, Response, ReturnFile, SelfRating, Texts};
use jtai_benchmark::round::{self, Round};
use jtai_benchmark::theme::{self, BUILT_IN, Theme};
use jtai_benchmark::workbook::contract::{
    COLUMNS, Issue, METADATA_SHEET, MetadataKey, SELF_ASSESSMENT_SHEET, START_SHEET,
};
use jtai_benchmark::workbook::file::book::{Book, Sheet, Value};
use jtai_benchmark::workbook::file::{read, scan};
use jtai_benchmark::workbook::interpret::{Expected, RoundIndex, interpret};
use jtai_benchmark::workbook::write::issued_workbook;

/// A round with two agencies, and the police's workbook filled with Green and a text in every row.
struct Case {
    theme: Theme,
    round: Round,
    book: Book,
    file: &'static str,
}

impl Case {
    fn new() -> Case {
        let (id, text) = BUILT_IN.iter().find(|(id, _)| *id == "domestic-abuse-2024").expect("built in");
        let theme = theme::read(id, id, text).output;
        let text = format!(
            "format = 1\nid = \"a-round\"\ntheme = \"{id}\"\npartnership = \"P\"\ndeadline = 2026-12-11\nmarking = \"\"\n\
             rate = [\"S\"]\n[[agency]]\nid = \"police\"\nname = \"Police\"\ngroup = \"POL\"\n\
             [[agency]]\nid = \"schools\"\nname = \"Schools\"\ngroup = \"EDU\"\n"
        );
        let round = round::read("round.toml", &text).output.expect("no fault");
        let book = filled(&theme, &round);
        Case { theme, round, book, file: "returns/x.xlsx" }
    }

    fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.book.sheets.iter_mut().find(|sheet| sheet.name == name).expect("issued")
    }

    /// Writes a text into a cell of the table: row and column counted from 0; the first statement stands in row 3.
    fn write(mut self, row: u32, column: u32, value: Value) -> Case {
        self.sheet(SELF_ASSESSMENT_SHEET).cells.insert((row, column), value);
        self
    }

    fn text(self, row: u32, column: u32, text: &str) -> Case {
        self.write(row, column, Value::Text(text.into()))
    }

    fn erase(mut self, row: u32, column: u32) -> Case {
        self.sheet(SELF_ASSESSMENT_SHEET).cells.remove(&(row, column));
        self
    }

    fn without_identity(mut self) -> Case {
        self.book.sheets.retain(|sheet| sheet.name != METADATA_SHEET);
        self.book.properties.clear();
        let start = self.sheet(START_SHEET);
        let is_sign =
            |value: &Value| matches!(value.text().as_str(), "Police" | "a-round") || value.text().starts_with("JT-");
        start.cells.retain(|_, value| !is_sign(value));
        self
    }

    fn run(&self) -> Checked<Option<Response>> {
        let file = ReturnFile { name: self.file.into(), sha256: String::new(), changed: None, bytes: 0 };
        let known = RoundIndex::new(&self.round, &self.theme);
        interpret(
            &self.book,
            file,
            Expected {
                round: &self.round,
                theme: &self.theme,
                index: &known,
                issued: &[],
                owner: None,
                is_repair: false,
            },
        )
    }

    /// States the findings, and gives the answers.
    #[track_caller]
    fn says(&self, codes: &[Code]) -> Option<Response> {
        let checked = self.run();
        assert_eq!(
            checked.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(),
            codes,
            "{:#?}",
            checked.findings
        );
        checked.output
    }
}

fn filled(theme: &Theme, round: &Round) -> Book {
    let agency = &round.agencies[0];
    let answer = |(_, criterion): (&theme::Area, &theme::Criterion)| Answer {
        taken: Default::default(),
        criterion: criterion.id.clone(),
        rating: SelfRating::Rated(Rating::Green),
        as_written: "Green".into(),
        texts: Texts::default().with(TextKind::WorkingWell, format!("Well {}", criterion.id)),
        action_due: None,
        progress: None,
        still_right: None,
        recheck: None,
        is_action_over: false,
        row: 1,
        sheet: String::new(),
        cell: String::new(),
    };
    let answers: Vec<Answer> = round.statements(theme, agency).into_iter().map(answer).collect();
    let bytes =
        issued_workbook(&Issue { answers: &answers, ..Issue::fresh(theme, round, agency, 1) }).expect("written");
    let mut book = read::read(scan::kind(&bytes).expect("a workbook"), &bytes, &[]).expect("readable");
    let start = book.sheets.iter_mut().find(|sheet| sheet.name == START_SHEET).expect("issued");
    let labels = ["Completed by (name and role)", "Approved by (name and role)", "Approved on (date)"];
    for (label, value) in labels.into_iter().zip(["A, lead", "B, chief", "09/12/2026"]) {
        let at =
            start.cells.iter().find(|(_, value)| value.text() == label).map(|((row, _), _)| *row).expect("its label");
        start.cells.insert((at, 1), Value::Text(value.into()));
    }
    book
}

// Columns of the table, counted from 0: in the default order they stand as they are listed.
const RATING: u32 = ColumnKey::Rating as u32;
const WELL: u32 = ColumnKey::WorkingWell as u32;
const DUE: u32 = ColumnKey::ActionDue as u32;
const EVIDENCE: u32 = ColumnKey::Evidence as u32;
const LAST: u32 = COLUMNS.len() as u32 - 1;

#[track_caller]
fn first(response: Option<Response>) -> Answer {
    response.expect("a return").answers.into_iter().next().expect("an answer")
}

#[test]
fn a_return_as_it_was_issued_says_nothing() {
    let response = Case::new().says(&[]).expect("a return");
    assert!(response.is_approval_recorded() && response.answers.len() == 9);
}

/// The hidden sheet, the document properties and what is seen on the first sheet: each alone is enough to know the agency and
/// to tell another round's workbook; the first two know the format as well.
#[test]
fn any_one_of_the_three_places_tells_whose_workbook_it_is() {
    for kept in ["sheet", "properties", "code"] {
        let only = |mut case: Case| {
            if kept != "sheet" {
                case.book.sheets.retain(|sheet| sheet.name != METADATA_SHEET);
            }
            if kept != "properties" {
                case.book.properties.clear();
            }
            let is_kept = |text: &str| match kept {
                "code" => !matches!(text, "Police" | "a-round"),
                _ => !(matches!(text, "Police" | "a-round") || text.starts_with("JT-")),
            };
            case.sheet(START_SHEET).cells.retain(|_, value| is_kept(&value.text()));
            case
        };
        let response = only(Case::new()).says(&[]).expect("a return");
        assert_eq!(response.agency.as_str(), "police", "{kept}");
        let mut other = only(Case::new());
        other.round.id = RoundId("another-round".into());
        assert!(other.says(&[Code::RoundOther]).is_none(), "{kept}");
        let mut newer = only(Case::new());
        let key = MetadataKey::Format.name();
        newer.book.properties.entry(key.into()).and_modify(|format| *format = "2.0".into());
        if kept == "sheet" {
            let sheet = newer.sheet(METADATA_SHEET);
            let row =
                sheet.cells.iter().find(|(_, value)| value.text() == key).map(|((row, _), _)| *row).expect("its row");
            sheet.cells.insert((row, 1), Value::Text("2.0".into()));
        }
        let codes: &[Code] = if kept == "code" { &[] } else { &[Code::FormatUnknown] };
        newer.says(codes);
    }
}

#[test]
fn sheets_may_be_renamed_moved_and_copied() {
    let mut case = Case::new();
    case.book.sheets.reverse();
    assert!(case.says(&[]).is_some());
    case.sheet(SELF_ASSESSMENT_SHEET).name = "Sheet1".into();
    assert!(case.says(&[Code::SheetRenamed]).is_some());
    let copy = Sheet { name: "Self-assessment (2)".into(), ..case.sheet("Sheet1").clone() };
    case.sheet("Sheet1").name = SELF_ASSESSMENT_SHEET.into();
    case.book.sheets.insert(0, copy);
    assert!(case.says(&[Code::SheetCopied]).is_some());
    case.book.sheets.retain(|sheet| !sheet.name.starts_with("Self"));
    assert!(case.says(&[Code::TableMissing]).is_none());
}

#[test]
fn columns_are_found_by_header_and_a_synonym_never_beats_one() {
    let mut case = Case::new();
    for row in 2..12 {
        let sheet = case.sheet(SELF_ASSESSMENT_SHEET);
        let (a, b) = (sheet.cells.remove(&(row, RATING)), sheet.cells.remove(&(row, LAST)));
        a.into_iter().for_each(|value| drop(sheet.cells.insert((row, LAST), value)));
        b.into_iter().for_each(|value| drop(sheet.cells.insert((row, RATING), value)));
    }
    assert_eq!(first(case.says(&[])).rating, SelfRating::Rated(Rating::Green));
    let case = case.text(2, LAST + 1, "Date").text(3, LAST + 1, "asked Jo").text(3, DUE, "31/01/2027");
    assert_eq!(first(case.says(&[Code::ColumnUnknown])).texts.text(TextKind::ActionDue), "2027-01-31");
    let case = Case::new().erase(2, EVIDENCE);
    assert!(case.says(&[Code::ColumnMissing]).is_some());
}

/// Today only the columns of a next round have lists, and `again.rs` has those. This is for every other that comes.
#[test]
fn what_is_not_in_a_columns_list_is_asked_about_and_kept() {
    for (at, column) in (0..).zip(&COLUMNS).filter(|(_, column)| !column.words().is_empty()) {
        let (kind, word) = (column.key.text().expect("kept as a text"), column.words()[0]);
        let read =
            |text: &str, codes: &[Code]| first(Case::new().text(3, at, text).says(codes)).texts.text(kind).to_string();
        assert_eq!(read(&word.to_uppercase(), &[]), word);
        assert_eq!(read("Between two of them", &[Code::RecheckUnread]), "Between two of them");
        assert_eq!(read("tbc", &[Code::Placeholder]), "");
    }
}

/// A workbook of a version before a column was there is not told to be without it. One whose version is lost is as old as its columns.
#[test]
fn a_column_is_missing_only_where_it_was_issued() {
    let of_version = |version: &str| {
        let mut case = Case::new().erase(2, EVIDENCE);
        case.book.sheets.retain(|sheet| sheet.name != METADATA_SHEET);
        case.book.properties.insert(MetadataKey::Format.name().into(), version.into());
        case
    };
    assert!(of_version("0.9").says(&[]).is_some());
    assert!(of_version("1.0").says(&[Code::ColumnMissing]).is_some());
    assert!(of_version("lost").says(&[Code::ColumnMissing]).is_some());
}

#[test]
fn what_stands_outside_the_issued_cells_is_named() {
    assert!(Case::new().text(5, LAST + 2, "see my note").says(&[Code::WrittenElsewhere]).is_some());
    assert!(Case::new().text(14, WELL, "more").says(&[Code::RowUnknown]).is_some());
    assert!(Case::new().text(14, 2, "a note under the table").says(&[Code::RowUnknown]).is_some());
    let mut case = Case::new();
    let cells = [((0, 0), Value::Text("our action plan".into()))].into();
    case.book.sheets.push(Sheet { name: "Notes".into(), cells, ..Sheet::default() });
    assert!(case.says(&[Code::WrittenElsewhere]).is_some());
}

/// A return with a text on one of its other sheets.
fn with(sheet: &str, at: (u32, u32), text: &str) -> Case {
    let mut case = Case::new();
    let sheet = case.book.sheets.iter_mut().find(|known| known.name == sheet).expect("issued");
    sheet.cells.insert(at, Value::Text(text.into()));
    case
}

#[test]
fn what_is_written_on_the_other_sheets_is_named_though_it_is_printed_somewhere() {
    for (sheet, at, text) in [
        ("Worked example", (3, LAST + 2), "Red"),
        ("Sources", (40, 3), "Red"),
        ("Start here", (6, 3), "Yes"),
        ("Start here", (60, 1), "Only our response teams took part."),
        ("Self-assessment", (0, 3), "Red"),
    ] {
        assert!(with(sheet, at, text).says(&[Code::WrittenElsewhere]).is_some(), "{sheet}: {text}");
    }
    let mut case = with("Start here", (61, 0), "Progress");
    let start = case.book.sheets.iter_mut().find(|known| known.name == "Start here").expect("issued");
    start.cells.insert((61, 1), Value::Text("only half of it".into()));
    assert!(case.says(&[Code::WrittenElsewhere]).is_some(), "a label counts where it stands first");
}

#[test]
fn a_workbook_that_was_passed_on_is_named() {
    let mut case = Case::new();
    let start = case.book.sheets.iter_mut().find(|sheet| sheet.name == START_SHEET).expect("issued");
    let row =
        start.cells.iter().find(|(_, value)| value.text() == "Agency").map(|((row, _), _)| *row).expect("its label");
    start.cells.insert((row, 1), Value::Text("Another Fire and Rescue Service".into()));
    assert!(case.says(&[Code::IdentityDisagrees]).is_some());
}

#[test]
fn a_mark_of_ours_is_no_answer_and_a_doubtful_approval_none() {
    for mark in ["[held back: may identify a child]", "[unreadable: the formula 1+1, never calculated]"] {
        assert!(Case::new().text(3, WELL, mark).says(&[]).is_some(), "a mark is told by the reader of cells: {mark}");
    }
    let mut case = Case::new();
    let start = case.book.sheets.iter_mut().find(|sheet| sheet.name == START_SHEET).expect("issued");
    let is_label = |value: &Value| value.text() == "Approved by (name and role)";
    let row = start.cells.iter().find(|(_, value)| is_label(value)).map(|((row, _), _)| *row).expect("its label");
    start.cells.insert((row, 1), Value::Text("pending, chief constable".into()));
    assert!(!case.says(&[Code::Placeholder, Code::ApprovalMissing]).expect("a return").is_approval_recorded());
}

#[test]
fn the_filled_copy_of_the_table_is_read_where_the_issued_sheet_is_empty() {
    let mut case = Case::new();
    let table = case.book.sheets.iter().find(|sheet| sheet.name == "Self-assessment").expect("issued").clone();
    case.book.sheets.push(Sheet { name: "West team".into(), ..table });
    let issued = case.book.sheets.iter_mut().find(|sheet| sheet.name == "Self-assessment").expect("issued");
    issued.cells.retain(|(row, column), _| *row < 3 || *column < RATING);
    let response = case.says(&[Code::SheetRenamed, Code::SheetCopied]).expect("a return");
    assert_eq!(response.answers[0].sheet, "West team");
}

#[test]
fn rows_are_found_by_ref_else_by_statement_and_doubts_are_named() {
    let case = Case::new().erase(3, 0);
    assert_eq!(first(case.says(&[Code::RowReworded])).rating, SelfRating::Rated(Rating::Green));
    assert!(Case::new().text(3, 1, "Something else").says(&[Code::RowReworded]).is_some());
    let case = Case::new().erase(3, 0).erase(3, 1);
    assert_eq!(case.says(&[Code::RowUnknown, Code::RowMissing]).expect("a return").answers.len(), 8);
    let case = Case::new().text(14, 0, "DA24-1.1").text(14, RATING, "Red");
    let answer = first(case.says(&[Code::RowTwice]));
    assert_eq!((answer.rating, answer.as_written.text()), (SelfRating::Unreadable, "Green | Red"));
}

/// Of two rows for one statement, each with what the other lacks, nothing is lost and nothing is made up.
#[test]
fn two_rows_for_one_statement_keep_dates_and_what_cannot_be_shown() {
    let twice = |first: Option<Value>, second: Option<Value>, column: u32| {
        let mut case = Case::new().text(14, 0, "DA24-1.1").text(14, RATING, "Red");
        for (row, value) in [(3, first), (14, second)] {
            case = match value {
                Some(value) => case.write(row, column, value),
                None => case.erase(row, column),
            };
        }
        first_answer(&case)
    };
    let (january, march) = (date(2027, 1, 31), date(2027, 3, 1));
    let due = |one: Option<Value>, other| twice(one, other, DUE).action_due;
    assert_eq!(due(None, Some(Value::Date(january))), Some(january.into()));
    assert_eq!(due(Some(Value::Date(january)), None), Some(january.into()));
    assert_eq!(due(Some(Value::Date(january)), Some(Value::Date(january))), Some(january.into()));
    assert_eq!(due(Some(Value::Date(january)), Some(Value::Date(march))), None);
    assert_eq!(due(Some(Value::Date(january)), Some(Value::Text("in the spring".into()))), None);

    let well = |one, other| twice(Some(one), Some(other), WELL).texts.get(TextKind::WorkingWell).clone();
    let text = |text: &str| Value::Text(text.into());
    assert_eq!(well(text("One"), text("Two")), Written::Text("One\n| Two".into()));
    assert_eq!(well(text("One"), Value::HeldBack), Written::HeldBack);
    let unreadable = well(text("One"), Value::Unreadable("a formula".into()));
    assert_eq!(unreadable, Written::Unreadable("One\n| a formula".into()));
}

#[test]
fn a_name_that_is_held_back_is_no_approver_and_is_not_quoted() {
    let mut case = Case::new();
    for value in case.sheet(START_SHEET).cells.values_mut() {
        if matches!(value.text().as_str(), "B, chief" | "09/12/2026") {
            *value = Value::HeldBack;
        }
    }
    let response = case.says(&[Code::ApprovalMissing]).expect("a return");
    assert_eq!((response.approved_by.as_str(), response.approved_on), ("", None));
}

/// A return may hold far more than anyone can work through. What matters is told of in blocks, and the rest is counted.
#[test]
fn what_is_noticed_is_bounded_and_nothing_of_it_goes_unsaid() {
    let mut case = Case::new();
    let sheet = case.sheet(SELF_ASSESSMENT_SHEET);
    sheet.cells.extend((0..50_000).map(|row| ((49 + row, WELL), Value::Text(format!("line {row}")))));
    let findings = case.run().findings;
    let [block] = &findings[..] else { panic!("{findings:#?}") };
    assert_eq!(block.code, Code::RowUnknown);
    assert!(block.found.starts_with("rows 50 to 50,049 do not answer a statement"), "{}", block.found);
    assert!(block.found.contains("50,000 cells are written there: E50 \"line 0\""), "{}", block.found);
    assert_eq!((block.subject.cells.len(), block.subject.more_cells), (100, 49_900));

    let mut case = Case::new();
    let sheet = case.sheet(SELF_ASSESSMENT_SHEET);
    for row in 0..3_000 {
        sheet.cells.insert((49 + row, 0), Value::Text("DA24-1.1".into()));
        sheet.cells.insert((49 + row, RATING), Value::Text("Red".into()));
    }
    let checked = case.run();
    let codes: Vec<Code> = checked.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == Code::RowTwice).count(), 19, "{codes:?}");
    let rest = checked.findings.iter().find(|finding| finding.code == Code::RowUnknown).expect("the rest");
    assert!(
        rest.found.starts_with("DA24-1.1 is answered in 2,981 more rows after the first 20; 5,962 cells"),
        "{}",
        rest.found
    );

    // One at a time, so that no two are a block: the gravest hundred are listed, the others counted.
    let mut case = Case::new();
    let sheet = case.sheet(SELF_ASSESSMENT_SHEET);
    sheet.cells.extend((0..1_000).map(|at| ((49 + 2 * at, WELL), Value::Text(format!("line {at}")))));
    let findings = case.run().findings;
    assert_eq!(findings.iter().filter(|finding| finding.code == Code::RowUnknown).count(), 100);
    let more = findings.last().expect("the others");
    assert_eq!((findings.len(), more.code), (101, Code::MoreMustFix));
    assert_eq!(more.found, "900 more findings are not listed for this sheet: 900 must fix");
}

#[track_caller]
fn first_answer(case: &Case) -> Answer {
    first(case.run().output)
}

#[test]
fn what_is_no_rating_is_quoted_and_never_guessed() {
    for value in [
        Value::Text("Amber/Green".into()),
        Value::Text("A-".into()),
        Value::Number(2.0),
        Value::Truth(true),
        Value::Date(date(2026, 12, 1)),
        Value::Error("#REF!".into()),
        Value::Unreadable("the formula UPPER(\"green\"), never calculated".into()),
    ] {
        let written = value.text();
        let answer = first(Case::new().write(3, RATING, value).says(&[Code::RatingUnreadable]));
        assert_eq!((answer.rating, answer.as_written.shown().into_owned()), (SelfRating::Unreadable, written));
    }
    let answer = first(Case::new().text(3, RATING, " gREEN ").says(&[Code::RatingAssumed]));
    assert_eq!((answer.rating, answer.as_written.text()), (SelfRating::Rated(Rating::Green), " gREEN "));
    assert_eq!(first(Case::new().erase(3, RATING).says(&[Code::RatingBlank])).rating, SelfRating::Blank);
    assert!(Case::new().text(3, RATING, "n/a").says(&[Code::RatingAssumed, Code::ReasonMissing]).is_some());
}

#[test]
fn errors_formulas_and_dates_in_texts_are_named_and_kept() {
    let answer = first(Case::new().write(3, WELL, Value::Error("#REF!".into())).says(&[Code::CellError]));
    assert_eq!(answer.texts.text(TextKind::WorkingWell), "#REF!");
    let formula = Value::Unreadable("the formula A1&B1, never calculated".into());
    assert!(
        first(Case::new().write(3, WELL, formula).says(&[Code::CellError]))
            .texts
            .shown(TextKind::WorkingWell)
            .contains("A1&B1")
    );
    let answer = first(Case::new().text(3, DUE, "in the spring").says(&[Code::DateUnreadable]));
    assert_eq!(answer.texts.text(TextKind::ActionDue), "in the spring");
    assert_eq!(first(Case::new().text(3, DUE, "31/01/27").says(&[])).texts.text(TextKind::ActionDue), "2027-01-31");
    // Elsewhere this is the 4th of March.
    let case = Case::new().text(3, DUE, "3/4/27");
    assert_eq!(first(case.says(&[Code::DateDayFirst])).texts.text(TextKind::ActionDue), "2027-04-03");
    assert_eq!(case.run().findings[0].found, "\"3/4/27\" was read as 3 April 2027");
    assert!(Case::new().text(3, DUE, "4/4/27").says(&[]).is_some());
}

#[test]
fn identity_is_told_by_any_one_of_its_signs() {
    for kept in 0..4 {
        let mut case = Case::new();
        let code = case
            .sheet(START_SHEET)
            .cells
            .iter()
            .find(|(_, v)| v.text().starts_with("JT-"))
            .map(|(at, v)| (*at, v.clone()));
        let name =
            case.sheet(START_SHEET).cells.iter().find(|(_, v)| v.text() == "Police").map(|(at, v)| (*at, v.clone()));
        let (sheet, properties) = (case.book.sheets.last().cloned(), case.book.properties.clone());
        let mut case = case.without_identity();
        match kept {
            0 => case.book.sheets.extend(sheet),
            1 => case.book.properties = properties,
            2 => case.sheet(START_SHEET).cells.extend(code),
            _ => case.sheet(START_SHEET).cells.extend(name),
        }
        assert_eq!(case.says(&[]).expect("told").agency.as_str(), "police", "sign {kept}");
    }
}

#[test]
fn without_any_sign_the_files_name_tells_and_a_person_settles() {
    let mut case = Case::new().without_identity();
    assert!(case.says(&[Code::AgencyUnknown]).is_none());
    case.file = "returns/from police (final).xlsx";
    assert!(case.says(&[Code::AgencyFromName]).is_some());
    case.file = "returns/scan 3.xlsx";
    case.round.returns.push(jtai_benchmark::round::ReturnEntry {
        file: "returns/scan 3.xlsx".into(),
        agency: Some(jtai_benchmark::core::ids::AgencyId("police".into())),
        is_used: true,
    });
    assert!(case.says(&[]).is_some());
}

#[test]
fn signs_that_disagree_are_named_and_the_workbook_wins_over_the_files_name() {
    let mut case = Case::new();
    case.file = "returns/schools.xlsx";
    assert_eq!(case.says(&[Code::IdentityDisagrees]).expect("read").agency.as_str(), "police");
}

#[test]
fn a_workbook_of_another_round_or_a_newer_contract_is_refused() {
    let set = |key: MetadataKey, value: &str| {
        let mut case = Case::new();
        case.book.properties.insert(key.name().into(), value.into());
        case
    };
    assert!(set(MetadataKey::Round, "other").says(&[Code::RoundOther]).is_none());
    assert!(set(MetadataKey::Format, "1.9").says(&[]).is_some());
    let newer = |version: &str| {
        let mut case = set(MetadataKey::Format, version);
        case.book.sheets.retain(|sheet| sheet.name != METADATA_SHEET);
        case
    };
    assert!(newer("1.9").says(&[Code::FormatNewer]).is_some());
    assert!(newer("2.0").says(&[Code::FormatUnknown]).is_none());
    let mut case = Case::new().without_identity();
    case.sheet(START_SHEET).cells.insert((9, 0), Value::Text("Return code".into()));
    case.sheet(START_SHEET).cells.insert((9, 1), Value::Text("JT-0000-0000-0".into()));
    assert!(case.says(&[Code::RoundOther]).is_none());
}

#[test]
fn a_workbook_with_nothing_filled_in_is_no_return() {
    let mut case = Case::new();
    case.sheet(SELF_ASSESSMENT_SHEET).cells.retain(|(row, column), _| *row < 3 || *column < RATING);
    assert!(case.says(&[Code::ReturnEmpty]).is_none());
}

#[test]
fn a_sign_off_that_is_no_name_and_no_date_is_no_approval() {
    let mut case = Case::new();
    let start = case.sheet(START_SHEET);
    let last = *start.cells.keys().next_back().expect("the date of approval");
    start.cells.insert((last.0 - 1, 1), Value::Error("#REF!".into()));
    start.cells.insert(last, Value::Text("soon".into()));
    let response = case.says(&[Code::CellError, Code::DateUnreadable, Code::ApprovalMissing]).expect("read");
    assert!(!response.is_approval_recorded());
}
