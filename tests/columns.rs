//! Each column of the workbook on its whole way: what is written in it can be asked about, is in the annex, the workbook of
//! numbers and the data. A column that is added without its place in one of them fails here, or does not compile.

use jtai_benchmark::core::finding::{Code, Finding, Place};
use jtai_benchmark::core::written::Written;
use jtai_benchmark::documents::{annex::annex, deck};
use jtai_benchmark::export;
use jtai_benchmark::export::analysis::AnalysisInputs;
use jtai_benchmark::form::{ColumnKey, TextKind};
use jtai_benchmark::intake::questions::questions;
use jtai_benchmark::response::{Response, ReturnFile, TextColumns, Texts};
use jtai_benchmark::workbook::contract::{
    self, COLUMNS, EntryKind, Issue, RECHECK_COLUMNS, SELF_ASSESSMENT_SHEET, texts_of_start,
};
use jtai_benchmark::workbook::file::book::column_name;
use jtai_benchmark::workbook::file::{read, scan};

use crate::deck_text::Staged;

/// The sample with a word of its own in each kind of text of the first answer of a return.
fn staged() -> (Staged, usize) {
    let mut staged = Staged::sample();
    let at = staged.analysis.answers.iter().position(|answer| !answer.source.cell.is_empty()).expect("an answer");
    staged.analysis.answers[at].action_due = None;
    staged.analysis.answers[at].texts =
        TextKind::ALL.into_iter().fold(Texts::default(), |texts, kind| texts.with(kind, word(kind)));
    (staged, at)
}

fn word(kind: TextKind) -> String {
    format!("a word for {}", kind.key())
}

#[test]
fn the_lists_of_columns_and_texts_are_whole_and_in_one_order() {
    let keys: Vec<ColumnKey> = COLUMNS.iter().map(|column| column.key).collect();
    assert_eq!(keys, ColumnKey::ALL);
    let texts: Vec<TextKind> = keys.iter().filter_map(|key| key.text()).collect();
    assert_eq!(texts, TextKind::ALL);
    assert!(TextKind::ALL.into_iter().all(|kind| kind.column().text() == Some(kind)));
    for column in COLUMNS.iter().chain(&RECHECK_COLUMNS) {
        assert_eq!(column.data.is_some(), column.key.text().is_some(), "{}: its texts in the data", column.header);
    }
    let to_fill_in = COLUMNS.iter().filter(|column| column.entry != EntryKind::Given);
    assert_eq!(to_fill_in.filter(|column| column.key.text().is_none()).count(), 1, "the rating");
}

/// Workbooks of earlier versions are still out, and the line over their table names their own last column.
#[test]
fn the_line_over_the_table_is_known_in_every_version_that_had_fewer_columns() {
    let Staged { theme, mut round, .. } = Staged::sample();
    for follows in [None, Some(round.id().clone())] {
        round.goes_on_from = follows;
        let agency = round.agencies[0].clone();
        let texts = texts_of_start(&Issue::fresh(&theme, &round, &agency, 1));
        let columns = contract::columns(&round);
        for since in columns.iter().map(|column| column.since) {
            let before = columns.iter().filter(|column| column.since < since).count();
            for number in [before, columns.len()].into_iter().filter(|number| *number > 0) {
                let line = format!("Fill in columns D to {}. Return by", column_name(number as u32 - 1));
                let is_it = |text: &&(&str, u32, String)| text.0 == SELF_ASSESSMENT_SHEET && text.2.contains(&line);
                assert!(texts.iter().any(|text| is_it(&text)), "{line}");
            }
        }
    }
}

#[test]
fn every_text_is_in_the_annex_the_workbook_of_numbers_and_the_data() {
    let (staged, _) = staged();
    let annex = annex(staged.made(), &deck::deck(staged.made()));
    let in_annex: String = annex
        .statements
        .iter()
        .flat_map(|statement| &statement.answers)
        .flat_map(|answer| [&answer.working_well, &answer.worried_about, &answer.action, &answer.evidence])
        .cloned()
        .collect();
    let inputs = AnalysisInputs {
        theme: &staged.theme,
        round: &staged.round,
        analysis: &staged.analysis,
        quoted: &Default::default(),
        findings: &staged.findings,
        made_on: jiff::civil::date(2026, 12, 14),
        run: "TEST",
    };
    let bytes = export::analysis::analysis(inputs).expect("written");
    let book = read::read(scan::FileKind::Xlsx, &bytes, &[]).expect("readable");
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "Answers").expect("the sheet of answers");
    let data = export::data::ratings(&staged.theme, &staged.round, &staged.analysis.answers);
    for kind in TextKind::ALL {
        let word = word(kind);
        assert!(in_annex.contains(&word), "{word} is not in the annex");
        let ((_, column), _) = sheet.cells.iter().find(|(_, value)| value.text() == word).expect("in the workbook");
        let header = sheet.value(2, *column).expect("a header").text();
        assert_eq!(header, contract::column(kind.column()).name());
        let at = data.columns.iter().position(|name| *name == kind.key()).expect("a column of the data");
        assert!(data.rows.iter().any(|row| row[at] == word), "{word} is not in the data under its name");
    }
}

#[test]
fn every_column_that_is_filled_in_can_be_asked_about_by_its_header() {
    let (staged, at) = staged();
    let answer = &staged.analysis.answers[at];
    let file = ReturnFile { name: answer.source.file.clone(), sha256: "aa".into(), changed: None, bytes: 1 };
    let response = Response {
        agency: answer.agency.clone(),
        file,
        saved: None,
        speaks_for: Default::default(),
        completed_by: String::new(),
        approved_by: String::new(),
        approved_on: None,
        approval_settled: None,
        approval_cells: Vec::new(),
        questions: None,
        replies: Vec::new(),
        corrections: Vec::new(),
        headlines: Vec::new(),
        columns: TextColumns::default(),
        answers: Vec::new(),
    };
    for column in COLUMNS.iter().filter(|column| column.entry != EntryKind::Given) {
        let cell = jtai_benchmark::core::finding::WrittenCell {
            sheet: answer.source.sheet.clone(),
            cell: "E9".into(),
            field: Some(column.key.into()),
            written: Written::Text("#REF!".into()),
        };
        let place = Place::cell(&response.file.name, &answer.source.sheet, "E9");
        let finding = Finding::new(Code::CellError, place, "\"#REF!\"", "a text", "ask")
            .about(&answer.agency)
            .on(&answer.criterion)
            .in_field(column.key)
            .with_cells(vec![cell]);
        let asked = questions(&response, &[&finding]);
        let [asked] = asked.as_slice() else { panic!("{} is not asked about", column.name()) };
        let question = &asked.question;
        assert_eq!(question.column, Some(column.key));
        assert!(question.place.contains(column.name()), "{}", question.place);
    }
}
