//! A workbook in, what the officer wrote out, with everything that could not be read.

use jiff::civil::Date;

use super::contract::{
    AFTER, AGENCY, APPROVED_BY, APPROVED_ON, APPROVED_RUN, ChoicesColumn, ChoicesSheet, HEADLINE, KIND, KINDS,
    LEAVE_OUT, LINE, ORDER, OWN_WORDS, REF, SHOW, SINCE, SLIDE, START, TEXT, TITLE, WORDING, YES,
};
use super::entry::{Choice, Choices, OwnSlide};
use super::sheets::{self, FoundTable};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::hash::CODE_LENGTH;
use crate::core::privacy::Sign;
use crate::core::quoting::quote;
use crate::core::words;
use crate::documents::Approval;
use crate::round::CHOICES_FILE;
use crate::workbook::contract::fold;
use crate::workbook::file::book::{self, Book, Value, cell_name};

/// A row with something in it: its place on the sheet, and its cells by the headers of their columns.
struct FilledRow<'b> {
    sheet: &'static str,
    row: u32,
    /// What stands under each header, by its column; `None` in an empty cell.
    cells: Vec<(&'static str, u32, Option<&'b Value>)>,
}

impl FilledRow<'_> {
    fn cell(&self, header: &str) -> Option<(u32, Option<&Value>)> {
        self.cells.iter().find(|(known, ..)| *known == header).map(|(_, column, value)| (*column, *value))
    }

    fn text(&self, header: &str) -> String {
        let text = self.cell(header).and_then(|(_, value)| value).filter(|value| sheets::is_legible(value));
        text.map(|value| value.text().trim().to_string()).unwrap_or_default()
    }

    /// Whether the cell is empty, and not because its text is held back or cannot be read.
    fn is_empty(&self, header: &str) -> bool {
        self.cell(header).and_then(|(_, value)| value).is_none_or(|value| value.text().trim().is_empty())
    }

    /// The place of a cell; of the row's first where the header is gone.
    fn place(&self, header: &str) -> Place {
        let column = self.cell(header).map_or(0, |(column, _)| column);
        Place::cell(CHOICES_FILE, self.sheet, cell_name(self.row, column))
    }
}

/// Reads the workbook. The days are those on which a presentation can have been approved: the first and today.
pub fn read(book: &Book, days: [Date; 2]) -> Checked<Choices> {
    let mut findings = Vec::new();
    let mut rows = |sheet: ChoicesSheet| rows(book, sheet, &mut findings);
    let [strengths, worries, differences, slides, context, added] = ChoicesSheet::ALL.map(&mut rows);
    let mut choices = Choices {
        strengths: in_order(&strengths, &mut findings).into_iter().map(choice).collect(),
        worries: in_order(&worries, &mut findings).into_iter().map(choice).collect(),
        differences: in_order(&differences, &mut findings)
            .into_iter()
            .map(|row| (row.text(REF), row.place(ORDER)))
            .collect(),
        approval: approval(book, days, &mut findings),
        ..Choices::default()
    };
    for row in &slides {
        let key = row.text(SLIDE);
        match row.text(LEAVE_OUT) {
            said if said.is_empty() => {}
            said if fold(&said) == fold(YES) => choices.left_out.push((key.clone(), row.place(LEAVE_OUT))),
            said => findings.push(unread(row.place(LEAVE_OUT), &said, "Yes, or an empty cell")),
        }
        match row.text(SHOW) {
            said if said.is_empty() => {}
            said if fold(&said) == fold(YES) => choices.shown.push((key.clone(), row.place(SHOW))),
            said => findings.push(unread(row.place(SHOW), &said, "Yes, or an empty cell")),
        }
        if !row.text(HEADLINE).is_empty() {
            choices.headlines.push((key, row.text(HEADLINE), row.place(HEADLINE)));
        }
    }
    for row in &context {
        if row.text(LINE).is_empty() {
            findings.extend(row.is_empty(LINE).then(|| unread(row.place(LINE), "", "a line beside its kind")));
            continue;
        }
        match KINDS.iter().position(|kind| fold(kind) == fold(&row.text(KIND))) {
            Some(1) => choices.known_issues.push(row.text(LINE)),
            Some(_) => choices.context.push(row.text(LINE)),
            None => findings.push(unread(row.place(KIND), &row.text(KIND), "Local context or Known issue")),
        }
    }
    for row in &added {
        let slide = OwnSlide {
            title: row.text(TITLE),
            text: row.text(TEXT),
            after: row.text(AFTER),
            place: row.place(TITLE),
            after_place: row.place(AFTER),
        };
        if slide.title.is_empty() {
            let expected = "a title for the slide whose text is beside it";
            findings.extend(row.is_empty(TITLE).then(|| unread(row.place(TITLE), "", expected)));
        } else {
            choices.added.push(slide);
        }
    }
    findings.extend(held_back(book));
    Checked { output: choices, findings }
}

/// Texts that may name a child: they stand on no slide.
fn held_back(book: &Book) -> Vec<Finding> {
    let finding = |(sheet, at, sign): &(String, Option<book::At>, Sign)| {
        let place = match at {
            Some((row, column)) => Place::cell(CHOICES_FILE, sheet, cell_name(*row, *column)),
            None => Place::sheet(CHOICES_FILE, sheet),
        };
        let found = format!("this cell has {}, so it is not on a slide", sign.words());
        Finding::new(Code::TextHeldBack, place, found, "nothing about one child", "take it out of the file")
    };
    book.held.iter().map(finding).collect()
}

/// The rows of a sheet's table, each with at least one cell that the officer may fill in.
fn rows<'b>(book: &'b Book, sheet: ChoicesSheet, findings: &mut Vec<Finding>) -> Vec<FilledRow<'b>> {
    let Some(found) = sheets::sheet(book, sheet.name()) else {
        findings.push(missing(Place::sheet(CHOICES_FILE, sheet.name()), "this sheet is gone, and its choices with it"));
        return Vec::new();
    };
    let Some(FoundTable { header_row, columns }) = sheets::table(found, sheet.columns()) else {
        findings.push(missing(
            Place::sheet(CHOICES_FILE, sheet.name()),
            "this sheet has no row of headers, so nothing on it was read",
        ));
        return Vec::new();
    };
    let is_gone = |column: &&ChoicesColumn| {
        // Files of an earlier program have no column for what is new.
        column.header != SINCE && !columns.iter().any(|(header, _)| *header == column.header)
    };
    for column in sheet.columns().iter().filter(is_gone) {
        let found = format!("the column {} is gone", quote(column.header));
        findings.push(missing(Place::sheet(CHOICES_FILE, sheet.name()), found));
    }
    let inputs: Vec<&str> =
        sheet.columns().iter().filter(|column| column.is_input).map(|column| column.header).collect();
    let row = |(row, _): &(u32, _)| FilledRow {
        sheet: sheet.name(),
        row: *row,
        cells: columns.iter().map(|(header, at)| (*header, *at, found.value(*row, *at))).collect(),
    };
    let below: Vec<FilledRow<'_>> = found.rows().iter().filter(|(row, _)| *row > header_row).map(row).collect();
    for row in &below {
        for header in &inputs {
            let value = row.cell(header).and_then(|(_, value)| value);
            if let Some(value @ (Value::Error(_) | Value::Unreadable(_))) = value {
                findings.push(unread(row.place(header), &value.text(), "what was written there"));
            }
        }
    }
    below.into_iter().filter(|row| inputs.iter().any(|header| !row.text(header).is_empty())).collect()
}

/// The rows that have a number under [`ORDER`], in the order of the numbers; wording without a number is asked about.
fn in_order<'r, 'b>(rows: &'r [FilledRow<'b>], findings: &mut Vec<Finding>) -> Vec<&'r FilledRow<'b>> {
    let mut numbered: Vec<(u32, &FilledRow<'_>)> = Vec::new();
    for row in rows {
        let written = row.text(ORDER);
        match written.parse::<u32>() {
            Ok(order) if order > 0 => numbered.push((order, row)),
            _ if written.is_empty() => {
                let found = "a wording for the slide and no number, so the words are not on it";
                let finding =
                    Finding::new(Code::ChoiceUnread, row.place(WORDING), found, "a number beside it", "write one");
                findings.push(finding.naming(format!("{} {}", row.sheet, row.text(WORDING))));
            }
            _ => findings.push(unread(row.place(ORDER), &written, "a whole number from 1")),
        }
    }
    numbered.sort_by_key(|(order, row)| (*order, row.row));
    for pair in numbered.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let found = format!("the number {} is there twice, so the order of the rows decides", pair[0].0);
        let place = pair[1].1.place(ORDER);
        let finding = Finding::new(Code::ChoiceUnread, place, found, "each number once", "renumber them");
        findings.push(finding.naming(format!("{} {}", pair[1].1.sheet, pair[1].0)));
    }
    numbered.into_iter().map(|(_, row)| row).collect()
}

fn choice(row: &FilledRow<'_>) -> Choice {
    Choice {
        reference: row.text(REF),
        agency: row.text(AGENCY),
        own_words: row.text(OWN_WORDS),
        wording: row.text(WORDING),
        place: row.place(ORDER),
        reference_place: row.place(REF),
        agency_place: row.place(AGENCY),
        words_place: row.place(OWN_WORDS),
    }
}

/// Who approved the presentation and when; one without the other, a date to come or too early, and a sheet that is gone are asked about.
fn approval(book: &Book, [earliest, today]: [Date; 2], findings: &mut Vec<Finding>) -> Option<Approval> {
    let Some(start) = sheets::sheet(book, START) else {
        findings.push(missing(
            Place::sheet(CHOICES_FILE, START),
            "this sheet is gone, and with it who approved the presentation",
        ));
        return None;
    };
    let mut beside = |label: &str| {
        let Some(beside) = start.beside(label) else {
            findings.push(missing(Place::sheet(CHOICES_FILE, START), format!("the words {} are gone", quote(label))));
            return None;
        };
        let ((row, column), value) = beside.filter(|(_, value)| **value != Value::HeldBack && !value.is_blank())?;
        Some((Place::cell(CHOICES_FILE, START, cell_name(row, column)), value))
    };
    let (by, on, run) = (beside(APPROVED_BY), beside(APPROVED_ON), beside(APPROVED_RUN));
    let first = [&by, &on, &run].into_iter().flatten().next().map(|(place, _)| place.clone())?;
    let mut refuse = |place: &Place, found: String, expected: &str, remedy: &str| {
        let found = format!("{found}, so the presentation is not approved");
        let finding = Finding::new(Code::ChoiceUnread, place.clone(), found.as_str(), expected, remedy);
        findings.push(finding.naming(found));
        None
    };
    let (Some((_, by)), Some((place, on)), Some((run_place, run))) = (by, on, run) else {
        let expected = "a name, a date, and the code at the foot of the slides";
        return refuse(&first, "only a part of the approval is written".into(), expected, "write all three");
    };
    match on.date() {
        None => {
            refuse(&place, format!("{} is not a date", quote(&on.text())), "a date, as in 12/12/2026", "write it so")
        }
        Some(date) if date > today => {
            refuse(&place, format!("{} is still to come", words::date(date)), "the day of the approval", "correct it")
        }
        Some(date) if date < earliest => {
            let found =
                format!("{} is before the workbooks were issued on {}", words::date(date), words::date(earliest));
            refuse(&place, found, "the day of the approval", "correct it")
        }
        Some(on) => {
            // However they are parted, and with the page's number, as they stand at the foot.
            let run = run.text().to_uppercase();
            let parts = run.split(|c: char| !c.is_ascii_alphanumeric());
            let runs: Vec<String> = parts.filter(|part| part.len() == CODE_LENGTH).map(str::to_string).collect();
            if runs.is_empty() {
                let found = format!("{} is not a code", quote(&run));
                return refuse(&run_place, found, "the code at the foot of the slides, as in K7Q2", "write it so");
            }
            Some(Approval { by: by.text().trim().to_string(), on, runs, place: run_place })
        }
    }
}

/// Something that is written where it has no meaning.
fn unread(place: Place, written: &str, expected: &str) -> Finding {
    let found = if written.is_empty() {
        "this cell is empty".to_string()
    } else {
        format!("{} cannot be understood here", quote(written))
    };
    let remedy = "correct it, or empty the row; until then it is left aside";
    let about = format!("{} {written} {expected}", place.sheet_name());
    Finding::new(Code::ChoiceUnread, place, found, expected, remedy).naming(about)
}

fn missing(place: Place, found: impl Into<String>) -> Finding {
    let remedy = "put it back; or move the file away and run `jtai report` for a fresh one";
    let found = found.into();
    let about = format!("{} {found}", place.sheet_name());
    Finding::new(Code::ChoiceUnread, place, found, "the sheets and columns as written", remedy).naming(about)
}
