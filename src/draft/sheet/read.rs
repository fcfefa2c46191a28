//! The workbook to check in, what a person corrected in it out, with everything that could not be read.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::contract::{
    AGREED, ALSO_ASKED, AREA, ASKED, BECOMES, CHECKED_BY, CHECKED_ON, CORRECTED_BY, FIELD_ROW, FRAMEWORK_TITLE, HIDDEN,
    LEFT_OUT, NUMBER, PIECE_COLUMNS, PIECE_ROW, PIECES, PUBLISHED_ON, PUBLISHER, REASON, REASON_COLUMNS, SHORT, START,
    THEME_TITLE, WORDING, YES, cells_of, read_asked, read_fate, sheet,
};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::quoting::quote;
use crate::draft::correction::{Correction, DraftCorrections, FrameworkDetails};
use crate::draft::in_hand::{left_out_reasons, pieces_in_hand};
use crate::theme::{Criterion, PieceFate, Theme};
use crate::workbook::contract::fold;
use crate::workbook::file::book::{Book, Sheet, Value, cell_name};

/// What a person wrote into a workbook to check.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetReadBack {
    /// What is corrected.
    pub corrections: DraftCorrections,
    /// Who corrected it; empty where nobody is named.
    pub by: String,
    /// Who compared it with the published framework; empty where nobody is named, or nobody new.
    pub checked_by: String,
    /// On which day; `None` where none is written.
    pub checked_on: Option<Date>,
}

/// The cells to correct, in the order of the hidden sheet.
const CORRECTED: [&str; 6] = [BECOMES, AREA, WORDING, ASKED, ALSO_ASKED, SHORT];

/// A table of the workbook: where its headers are.
struct FoundColumns<'b> {
    file: &'b str,
    sheet: &'b Sheet,
    header_row: u32,
    columns: Vec<(&'static str, u32)>,
}

impl<'b> FoundColumns<'b> {
    /// The table of a sheet; `None` where no row has its first header and one more.
    fn new(file: &'b str, sheet: &'b Sheet, known: &[(&'static str, f64, bool)]) -> Option<FoundColumns<'b>> {
        sheet.rows().into_iter().find_map(|(header_row, cells)| {
            let of = |text: String| known.iter().find(|(name, ..)| fold(name) == fold(&text)).map(|(name, ..)| *name);
            let columns: Vec<(&str, u32)> =
                cells.iter().filter_map(|(at, value)| Some((of(value.text())?, *at))).collect();
            (columns.len() > 1).then_some(FoundColumns { file, sheet, header_row, columns })
        })
    }

    fn column(&self, header: &str) -> Option<u32> {
        self.columns.iter().find(|(name, _)| *name == header).map(|(_, at)| *at)
    }

    /// What a cell says; `None` where the table has no such column.
    fn text(&self, row: u32, header: &str) -> Option<String> {
        let value = self.sheet.value(row, self.column(header)?);
        Some(value.map(Value::text).unwrap_or_default().trim().to_string())
    }

    fn place(&self, row: u32, header: &str) -> Place {
        match self.column(header) {
            Some(column) => Place::cell(self.file, &self.sheet.name, cell_name(row, column)),
            None => Place::sheet(self.file, &self.sheet.name),
        }
    }
}

/// What a person corrected in a theme's workbook to check. `file` is its name in messages.
pub fn read_back(book: &Book, file: &str, theme: &Theme) -> Checked<SheetReadBack> {
    let mut findings = Vec::new();
    let as_written = as_written(book, theme);
    let mut read = SheetReadBack::default();
    match sheet(book, PIECES).and_then(|sheet| FoundColumns::new(file, sheet, &PIECE_COLUMNS)) {
        Some(table) => read.corrections.pieces = pieces(&table, &as_written, &mut findings),
        None => findings.push(lost(file, PIECES)),
    }
    match sheet(book, LEFT_OUT).and_then(|sheet| FoundColumns::new(file, sheet, &REASON_COLUMNS)) {
        Some(table) => read.corrections.agreed_reasons = reasons(&table, theme, &mut findings),
        None => findings.push(lost(file, LEFT_OUT)),
    }
    if let Some(sheet) = sheet(book, START) {
        start(&mut read, file, sheet, &as_written, &mut findings);
    }
    Checked { output: read, findings }
}

fn lost(file: &str, sheet: &str) -> Finding {
    let found = format!("the sheet {sheet} or its headers are gone");
    let remedy = "take the headers over from a fresh workbook to check";
    Finding::new(Code::DraftUnread, Place::file(file), found, "the headers as they were written", remedy).naming(sheet)
}

/// What the cells to correct held when the workbook was written.
#[derive(Default)]
struct AsWritten {
    pieces: BTreeMap<usize, [String; 6]>,
    fields: BTreeMap<String, String>,
}

/// From the hidden sheet; from the theme as it is where somebody took that out.
fn as_written(book: &Book, theme: &Theme) -> AsWritten {
    let mut written = AsWritten::default();
    for (at, piece) in pieces_in_hand(theme).iter().enumerate() {
        written.pieces.insert(at, cells_of(piece));
    }
    let rows = sheet(book, HIDDEN).map(Sheet::text_rows).unwrap_or_default();
    for (_, cells) in rows {
        let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
        match cell(0).as_str() {
            FIELD_ROW => _ = written.fields.insert(cell(1), cell(2)),
            PIECE_ROW => {
                if let Some(at) = cell(1).parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
                    written.pieces.insert(at, [2, 3, 4, 5, 6, 7].map(|at| cell(at).trim().to_string()));
                }
            }
            _ => {}
        }
    }
    written
}

fn pieces(table: &FoundColumns<'_>, written: &AsWritten, findings: &mut Vec<Finding>) -> Vec<Correction> {
    let mut corrections: Vec<Correction> = Vec::new();
    let mut seen: BTreeMap<usize, u32> = BTreeMap::new();
    for (row, cells) in table.sheet.rows().into_iter().filter(|(row, _)| *row > table.header_row) {
        let number = table.text(row, NUMBER).unwrap_or_default();
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some((at, before)) = at.and_then(|at| Some((at, written.pieces.get(&at)?))) else {
            let texts: Vec<String> = cells.iter().map(|(_, value)| value.text()).collect();
            let found = format!("this row has {} under {NUMBER}, and says {}", quote(&number), quote(&texts.join(" ")));
            let remedy = "write it beside the piece that it is about, in a row that was written";
            findings.push(unread(table.place(row, NUMBER), found, "the number of a piece", remedy));
            continue;
        };
        if let Some(first) = seen.insert(at, row) {
            let found = format!("piece {} has a second row; the first is row {}", at + 1, first + 1);
            findings.push(unread(table.place(row, NUMBER), found, "one row for each piece", "delete one of them"));
            continue;
        }
        let correction = correction(table, row, at, before, findings);
        corrections.extend((!correction.is_empty()).then_some(correction));
    }
    corrections
}

fn correction(
    table: &FoundColumns<'_>,
    row: u32,
    at: usize,
    before: &[String; 6],
    findings: &mut Vec<Finding>,
) -> Correction {
    let changed = |header: &str| -> Option<String> {
        let place = CORRECTED.iter().position(|known| *known == header)?;
        table.text(row, header).filter(|now| *now != before[place])
    };
    let mut correction = Correction::to(at);
    if let Some(now) = changed(BECOMES) {
        correction.fate = read_fate(&now);
        if correction.fate.is_none() {
            let expected: Vec<&str> = PieceFate::ALL.map(PieceFate::words).to_vec();
            let found = format!("{} is not something that a piece becomes", quote(&now));
            findings.push(unread(table.place(row, BECOMES), found, &expected.join(", "), "choose from the list"));
        }
    }
    let fate = correction.fate.or_else(|| read_fate(&before[0]));
    match changed(AREA) {
        Some(title) if fate == Some(PieceFate::Area) => correction.wording = Some(title),
        title => correction.area = title,
    }
    if let Some(wording) = changed(WORDING) {
        correction.wording = Some(wording);
    }
    if changed(ASKED).is_some() || changed(ALSO_ASKED).is_some() {
        let cells = [ASKED, ALSO_ASKED].map(|header| table.text(row, header).unwrap_or_default());
        match read_asked([&cells[0], &cells[1]]) {
            Ok(asked) if asked.everyone || !asked.named.is_empty() => correction.asked = Some(asked),
            Ok(_) => findings.push(unread(
                table.place(row, ASKED),
                "nobody is asked".into(),
                "a group, or ALL: everyone",
                "choose from the list",
            )),
            Err(part) => findings.push(unread(
                table.place(row, ASKED),
                format!("{} is not a group", quote(&part)),
                "ALL, LA, POL, HLT, PRB, YJS, EDU, VCS or LED, with commas between several",
                "choose from the list",
            )),
        }
    }
    if let Some(short) = changed(SHORT) {
        let length = short.chars().count();
        if length > Criterion::LONGEST_SHORT {
            let found = format!("this short name has {length} characters");
            findings.push(unread(
                table.place(row, SHORT),
                found,
                "at most 28, so that slides have room for it",
                "shorten it",
            ));
        } else {
            correction.short = Some(short);
        }
    }
    correction
}

fn unread(place: Place, found: String, expected: &str, remedy: &str) -> Finding {
    let subject = place.to_string();
    Finding::new(Code::DraftUnread, place, found, expected, remedy).naming(subject)
}

/// The reasons that a person agrees with and that are still open.
fn reasons(table: &FoundColumns<'_>, theme: &Theme, findings: &mut Vec<Finding>) -> Vec<String> {
    let open = left_out_reasons(&pieces_in_hand(theme));
    let mut agreed = Vec::new();
    for (row, _) in table.sheet.rows().into_iter().filter(|(row, _)| *row > table.header_row) {
        let (reason, answer) =
            (table.text(row, REASON).unwrap_or_default(), table.text(row, AGREED).unwrap_or_default());
        match fold(&answer).as_str() {
            "" | "no" => {}
            "yes" | "y" | "x" => {
                let is_open = open.iter().any(|one| one.why == reason && one.open > 0);
                agreed.extend(is_open.then_some(reason));
            }
            _ => {
                let found = format!("{} is not an answer", quote(&answer));
                findings.push(unread(table.place(row, AGREED), found, YES, "write Yes, or leave it empty"));
            }
        }
    }
    agreed
}

/// What is filled in on the first sheet.
fn start(read: &mut SheetReadBack, file: &str, sheet: &Sheet, written: &AsWritten, findings: &mut Vec<Finding>) {
    let value = |label: &str| sheet.beside(label).flatten();
    let text = |label: &str| value(label).map(|(_, value)| value.text().trim().to_string()).unwrap_or_default();
    let before = |label: &str| written.fields.get(label).map(String::as_str).unwrap_or_default();
    let changed = |label: &str| Some(text(label)).filter(|now| !now.is_empty() && now != before(label));
    let mut date = |label: &str| -> Option<Date> {
        let (at, value) = value(label)?;
        let date = value.date();
        if date.is_none() {
            let found = format!("{} is not a date", quote(&value.text()));
            let place = Place::cell(file, &sheet.name, cell_name(at.0, at.1));
            let remedy = "write it in that form; if the framework names only a month, write its first day";
            findings.push(unread(place, found, "a date, as in 14 October 2026", remedy));
        }
        date
    };
    let published = date(PUBLISHED_ON).filter(|date| date.to_string() != before(PUBLISHED_ON));
    read.checked_on = date(CHECKED_ON);
    read.corrections.framework = FrameworkDetails {
        theme_title: changed(THEME_TITLE),
        title: changed(FRAMEWORK_TITLE),
        publisher: changed(PUBLISHER),
        published: published.map(Some),
    };
    read.by = text(CORRECTED_BY);
    // Who had checked it before the corrections has not checked these.
    let day = read.checked_on.map(|day| day.to_string()).unwrap_or_default();
    let is_new = text(CHECKED_BY) != before(CHECKED_BY) || day != before(CHECKED_ON);
    read.checked_by = if is_new { text(CHECKED_BY) } else { String::new() };
    if read.by.is_empty() {
        read.by = read.checked_by.clone();
    }
}
