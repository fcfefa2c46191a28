//! Reads the sign-off: who completed a return, who approved it, when.
//!
//! A name and a date in one cell are taken apart, two cells that were filled in the wrong way round are exchanged, and a date without a
//! year gets its year from the round. Each of these is reported. What may mean something else is asked about.

use jiff::civil::Date;

use super::file_findings::{FileFindings, start_subject, start_value};
use crate::core::approval::{ReadDay, SignedBy};
use crate::core::finding::{Code, Finding, Remedy, Subject, WrittenCell};
use crate::core::privacy;
use crate::core::quoting::quote;
use crate::core::words;
use crate::form::StartField;
use crate::round::{Agency, Round};
use crate::workbook::contract::{self, START_SHEET, is_label};
use crate::workbook::file::book::{Book, Value, position};

/// What a sign-off says.
#[derive(Debug, Default)]
pub(super) struct SignOff {
    /// Who completed it; empty where nobody is named.
    pub(super) completed_by: String,
    /// Who approved it; empty where nobody is named.
    pub(super) approved_by: String,
    /// When.
    pub(super) approved_on: Option<Date>,
    /// The cells of the approval, as sheet and cell.
    pub(super) cells: Vec<(String, String)>,
}

/// A cell of the first sheet with what is in it.
type Entered<'b> = ((String, String), &'b Value);

/// Reads the sign-off. What is written elsewhere must have been reported before, because an approval beside its cells is found there.
pub(super) fn read(book: &Book, round: &Round, agency: &Agency, notes: &mut FileFindings) -> SignOff {
    let reader = SignOffReader { round, agency };
    let completed = start_value(book, StartField::CompletedBy);
    let completed_by =
        completed.map(|entered| reader.name(StartField::CompletedBy, entered, notes)).unwrap_or_default();
    let (by, on) = (start_value(book, StartField::ApprovedBy), start_value(book, StartField::ApprovedOn));
    let cells = [&by, &on].into_iter().flatten().map(|(cell, _)| cell.clone()).collect();
    let near = near(book, notes);
    let sign_off = match (by, on) {
        (None, None) => reader.beside(&near, notes).unwrap_or_default(),
        (by, on) => SignOff { cells, ..reader.entered(by, on, notes) },
    };
    let sign_off = SignOff { completed_by, ..sign_off };
    if sign_off.approved_by.is_empty() || sign_off.approved_on.is_none() {
        reader.report_missing(&near, notes);
    }
    sign_off
}

/// The round and the agency that a sign-off is read for: they say which dates are possible.
struct SignOffReader<'a> {
    round: &'a Round,
    agency: &'a Agency,
}

impl SignOffReader<'_> {
    fn day(&self, value: &Value) -> Option<ReadDay> {
        match value {
            Value::Text(text) => self.round.approval_days(self.agency).read(text),
            _ => value.date().map(|day| ReadDay { day, is_year_assumed: false }),
        }
    }

    fn line(&self, value: &Value) -> Option<SignedBy> {
        let Value::Text(text) = value else { return None };
        let line = self.round.approval_days(self.agency).read_line(text);
        line.filter(|line| !contract::is_no_name(&line.approver))
    }

    /// Reads the two cells of the approval.
    fn entered(&self, by: Option<Entered<'_>>, on: Option<Entered<'_>>, notes: &mut FileFindings) -> SignOff {
        let is_name = |value: &Value| matches!(value, Value::Text(text) if !contract::is_no_name(text));
        let (field, read) = match (&by, &on) {
            (Some(entered), None) => (StartField::ApprovedBy, self.line(entered.1).map(|line| (entered, line))),
            (None, Some(entered)) => (StartField::ApprovedOn, self.line(entered.1).map(|line| (entered, line))),
            (Some(name), Some(entered)) if self.day(entered.1).is_none() => {
                let turned = self.day(name.1).filter(|_| is_name(entered.1) && self.line(entered.1).is_none());
                let turned = turned.map(|on| SignedBy { approver: entered.1.text().trim().to_string(), on });
                // The date's cell has more in it than a date, and the name is in its own cell: the name's cell counts.
                let more = || {
                    let line = self.line(entered.1).filter(|_| is_name(name.1) && self.day(name.1).is_none())?;
                    Some(SignedBy { approver: name.1.text().trim().to_string(), ..line })
                };
                (StartField::ApprovedOn, turned.or_else(more).map(|approval| (entered, approval)))
            }
            _ => (StartField::ApprovedOn, None),
        };
        if let Some((entered, approval)) = read {
            let (cell, value) = entered;
            self.report_assumed(start_subject(field, cell.clone(), value), value, &approval, notes);
            let SignedBy { approver, on } = approval;
            return SignOff { approved_by: approver, approved_on: Some(on.day), ..SignOff::default() };
        }
        SignOff {
            approved_by: by.map(|entered| self.name(StartField::ApprovedBy, entered, notes)).unwrap_or_default(),
            approved_on: on.and_then(|entered| self.date(entered, notes)),
            ..SignOff::default()
        }
    }

    /// An approval written beside or under its cells: one cell with a date that says it is an approval, or names a person. If there are
    /// several such cells, nothing is read: it is not clear which of them is the approval.
    fn beside(&self, near: &[WrittenCell], notes: &mut FileFindings) -> Option<SignOff> {
        let [only] = near else { return None };
        let text = only.written.text();
        let plain = text.trim().to_lowercase();
        let start = SAYS_SO.iter().find(|start| plain.starts_with(**start)).map_or(0, |start| start.len());
        let value = Value::Text(text.trim().get(start..)?.to_string());
        let approval = self.line(&value)?;
        let on = approval.on.day;
        // Without such words the text must name a person. A date outside the round is about something else.
        if (start == 0 && !privacy::names_person(&approval.approver))
            || !self.round.approval_days(self.agency).holds(on)
        {
            return None;
        }
        let subject = Subject { field: Some(StartField::ApprovedBy.into()), ..Subject::of_cell(only.clone()) };
        self.report_assumed(subject, &Value::Text(text.to_string()), &approval, notes);
        // The finding that it is written elsewhere is withdrawn if it was about this cell only: it has been read after all.
        let is_it = |finding: &Finding| finding.subject.cells.as_slice() == [only.clone()];
        notes.findings.retain(|finding| finding.code != Code::WrittenElsewhere || !is_it(finding));
        let cells = vec![(only.sheet.clone(), only.cell.clone())];
        Some(SignOff { approved_by: approval.approver, approved_on: Some(on), cells, ..SignOff::default() })
    }

    fn report_assumed(&self, subject: Subject, value: &Value, approval: &SignedBy, notes: &mut FileFindings) {
        let year = if approval.on.is_year_assumed { " (the year is from the dates of this round)" } else { "" };
        let found = format!(
            "{} was read as approved by {} on {}{year}",
            quote(&value.text()),
            approval.approver,
            words::date(approval.on.day)
        );
        let remedy = format!("nothing to do if that is right; if not, ask {}", self.agency.name);
        notes.add_here(Code::ApprovalAssumed, subject, found, "a name in one cell and a date in the other", remedy);
    }

    /// A name in the sign-off; a spreadsheet error is not one. A text that is held back has a finding already.
    fn name(&self, field: StartField, (cell, value): Entered<'_>, notes: &mut FileFindings) -> String {
        let text = value.text();
        let code = match value {
            Value::HeldBack => return String::new(),
            Value::Error(_) | Value::Unreadable(_) => Code::CellError,
            _ if contract::is_no_name(&text) => Code::Placeholder,
            _ => return text.trim().to_string(),
        };
        let found = format!("{} is where a name should be", quote(&text));
        let subject = start_subject(field, cell, value);
        notes.add_here(code, subject, found, "a name and a role", format!("ask {} for it", self.agency.name));
        String::new()
    }

    fn date(&self, (cell, value): Entered<'_>, notes: &mut FileFindings) -> Option<Date> {
        let subject = start_subject(StartField::ApprovedOn, cell, value);
        match self.day(value) {
            Some(ReadDay { day, is_year_assumed: true }) => {
                let found = format!(
                    "{} was read as {} (the year is from the dates of this round)",
                    quote(&value.text()),
                    words::date(day)
                );
                let remedy = format!("nothing to do if that is right; if not, ask {}", self.agency.name);
                notes.add_here(Code::ApprovalAssumed, subject, found, "a date with its year", remedy);
                Some(day)
            }
            Some(ReadDay { day, .. }) => Some(day),
            None => {
                if !matches!(value, Value::HeldBack) {
                    let found = format!("{} is not a date of approval", quote(&value.text()));
                    let remedy = format!("ask {} for the date", self.agency.name);
                    notes.add_here(Code::DateUnreadable, subject, found, "a date, as in 09/12/2026", remedy);
                }
                None
            }
        }
    }

    fn report_missing(&self, near: &[WrittenCell], notes: &mut FileFindings) {
        let also = match near {
            [] => String::new(),
            _ => {
                let quoted: Vec<String> =
                    near.iter().map(|cell| format!("{} {}", cell.cell, quote(cell.written.text()))).collect();
                format!("; near the sign-off it says {}", words::list(&quoted))
            }
        };
        let found = format!("no approval is recorded in the return of {}{also}", self.agency.name);
        let expected = "a name and a date in the sign-off";
        let remedy = Remedy::typed(
            format!("ask {} who approved it and when, and settle it with --as \"NAME, ROLE, DATE\"", self.agency.name),
            format!("ask {} who approved it and when, and enter here what they tell you", self.agency.name),
        );
        let subject = Subject::default().in_field(StartField::ApprovedBy);
        notes.add(Code::ApprovalMissing, notes.sheet(START_SHEET), subject, found, expected, remedy);
    }
}

/// Beginnings of texts that say that they are a sign-off.
const SAYS_SO: [&str; 6] = ["approved by", "approved:", "signed off by", "signed off:", "signed by", "signed:"];

/// How many rows under the sign-off count as near it.
const ROWS_UNDER: u32 = 3;

/// The texts that somebody wrote near the sign-off but outside its cells, taken from the findings about them.
fn near(book: &Book, notes: &FileFindings) -> Vec<WrittenCell> {
    let Some(sheet) = book.sheets.iter().find(|sheet| is_label(&sheet.name, START_SHEET)) else { return Vec::new() };
    let labels = [StartField::CompletedBy, StartField::ApprovedBy, StartField::ApprovedOn].map(StartField::label);
    let is_one = |value: &Value| matches!(value, Value::Text(text) if labels.iter().any(|label| is_label(text, label)));
    let rows: Vec<u32> = sheet.cells.iter().filter(|(_, value)| is_one(value)).map(|((row, _), _)| *row).collect();
    let (Some(first), Some(last)) = (rows.iter().min(), rows.iter().max()) else { return Vec::new() };
    let is_near = |cell: &&WrittenCell| {
        let row = position(&cell.cell).map(|(row, _)| row);
        cell.sheet == sheet.name
            && cell.written.is_said()
            && row.is_some_and(|row| (*first..=last + ROWS_UNDER).contains(&row))
    };
    let elsewhere = notes.findings.iter().filter(|finding| finding.code == Code::WrittenElsewhere);
    elsewhere.flat_map(|finding| &finding.subject.cells).filter(is_near).cloned().collect()
}
