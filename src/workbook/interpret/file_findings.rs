//! The findings of one file, collected while it is read.

use std::collections::BTreeMap;

use crate::core::finding::{Code, Finding, Place, Remedy, Severity, Subject, WrittenCell};
use crate::core::ids::AgencyId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{Field, StartField};
use crate::response::ReturnFile;
use crate::round::Agency;
use crate::workbook::contract::{START_SHEET, is_label};
use crate::workbook::file::book::{At, Book, Value, cell_name};

/// The most findings about one sheet that are listed, the gravest first. Nobody works through more, and a file can have millions of cells.
const MOST_OF_SHEET: usize = 100;

/// The same about one file.
const MOST_OF_FILE: usize = 1_000;

/// The most cells that one finding lists; the others are counted.
const MOST_CELLS: usize = 100;

/// The findings of one file while it is read.
pub(super) struct FileFindings {
    pub file: String,
    pub sha256: String,
    pub agency: Option<AgencyId>,
    pub findings: Vec<Finding>,
    /// For each sheet and severity: how many findings there are, and how many of them are not listed.
    counted: BTreeMap<(String, Severity), (usize, usize)>,
}

impl FileFindings {
    /// Starts with no findings.
    pub(super) fn new(file: &ReturnFile) -> FileFindings {
        let (name, sha256) = (file.name.clone(), file.sha256.clone());
        FileFindings { file: name, sha256, agency: None, findings: Vec::new(), counted: BTreeMap::new() }
    }

    /// Adds a finding. The agency and the file of its subject are filled in here.
    pub(super) fn add(
        &mut self,
        code: Code,
        place: Place,
        subject: Subject,
        found: String,
        expected: &str,
        remedy: impl Into<Remedy>,
    ) {
        let mut finding = Finding::new(code, place, found, expected, remedy);
        finding.subject = Subject { agency: self.agency.clone(), sha256: Some(self.sha256.clone()), ..subject };
        let sheet = finding.place.sheet_name().to_string();
        let (all, left_out) = self.counted.entry((sheet, finding.severity())).or_default();
        *all += 1;
        // The limit is kept while reading, too: a hostile file could give millions. Findings about the file as a whole are never many.
        if *all > MOST_OF_SHEET
            && !(is_of_child(&finding) && *all <= MOST_OF_FILE)
            && !finding.place.sheet_name().is_empty()
        {
            *left_out += 1;
        } else {
            self.findings.push(finding);
        }
    }

    /// The findings to list. Where a sheet has too many, the gravest are listed and one more finding counts the others.
    pub(super) fn into_listed(mut self) -> Vec<Finding> {
        // Each sheet first, so that one bad sheet does not push the findings of the others out.
        self.leave_out(MOST_OF_SHEET, |finding| finding.place.sheet_name().to_string());
        self.leave_out(MOST_OF_FILE, |_| "all".to_string());
        let mut left_out: BTreeMap<&str, BTreeMap<Severity, usize>> = BTreeMap::new();
        for ((sheet, severity), (_, count)) in self.counted.iter().filter(|(_, (_, count))| *count > 0) {
            left_out.entry(sheet).or_default().insert(*severity, *count);
        }
        let more: Vec<Finding> = left_out.iter().map(|(sheet, counts)| self.not_listed(sheet, counts)).collect();
        self.findings.extend(more);
        self.findings
    }

    /// Leaves out all but the gravest findings of each group, in the order in which they were noticed.
    fn leave_out(&mut self, most: usize, group: impl Fn(&Finding) -> String) {
        let mut order: Vec<usize> = (0..self.findings.len()).collect();
        // The sort is stable: findings of one severity stay in the order in which they were noticed.
        order.sort_by_key(|at| self.findings[*at].severity());
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut is_listed = vec![true; self.findings.len()];
        for at in order {
            let finding = &self.findings[at];
            if finding.place.sheet_name().is_empty() || is_of_child(finding) {
                continue;
            }
            let count = taken.entry(group(finding)).or_default();
            *count += 1;
            if *count > most {
                is_listed[at] = false;
                let key = (finding.place.sheet_name().to_string(), finding.severity());
                self.counted.entry(key).or_default().1 += 1;
            }
        }
        let mut listed = is_listed.into_iter();
        self.findings.retain(|_| listed.next().unwrap_or(true));
    }

    /// The finding that counts those of a sheet that are not listed. It is as grave as the gravest of them.
    fn not_listed(&self, sheet: &str, counts: &BTreeMap<Severity, usize>) -> Finding {
        let code = match counts.keys().next() {
            Some(Severity::MustFix) => Code::MoreMustFix,
            Some(Severity::PleaseCheck) => Code::MorePleaseCheck,
            Some(Severity::Information) | None => Code::MoreInformation,
        };
        let all = counts.values().sum();
        let parts: Vec<String> =
            counts.iter().map(|(severity, n)| format!("{} {}", words::number(*n), severity.words())).collect();
        let found = format!("{} not listed for this sheet: {}", words::are(all, "more finding"), words::list(&parts));
        let remedy = "settle the ones that are listed, or ask the agency for its answers in a fresh workbook";
        let mut finding = Finding::new(code, self.sheet(sheet), found, "a workbook as it was issued", remedy);
        finding.subject = Subject {
            agency: self.agency.clone(),
            sha256: Some(self.sha256.clone()),
            written: sheet.to_string(),
            ..Subject::default()
        };
        finding
    }

    /// Adds a finding about the one cell of its subject.
    pub(super) fn add_here(
        &mut self,
        code: Code,
        subject: Subject,
        found: String,
        expected: &str,
        remedy: impl Into<Remedy>,
    ) {
        let place = match subject.cells.first() {
            Some(cell) => Place::cell(&self.file, &cell.sheet, &cell.cell),
            None => self.file(),
        };
        self.add(code, place, subject, found, expected, remedy);
    }

    /// Adds a finding about a text that does not count as an answer because of where it is.
    pub(super) fn add_elsewhere(&mut self, place: Place, subject: Subject, found: String, agency: &Agency) {
        let remedy =
            format!("read it in the file; if it is an answer, ask {} to write it beside its statement", agency.name);
        let expected = "answers in the white cells; anything elsewhere does not count as one";
        self.add(Code::WrittenElsewhere, place, subject, found, expected, remedy);
    }

    pub(super) fn file(&self) -> Place {
        Place::file(&self.file)
    }

    pub(super) fn sheet(&self, sheet: &str) -> Place {
        Place::sheet(&self.file, sheet)
    }

    pub(super) fn cell(&self, sheet: &str, row: u32, column: u32) -> Place {
        Place::cell(&self.file, sheet, cell_name(row, column))
    }
}

/// Whether a finding is about a text that may identify a child: a person has to look at each, so none is left out.
fn is_of_child(finding: &Finding) -> bool {
    matches!(finding.code, Code::TextHeldBack | Code::TextMayIdentify)
}

/// A field of the first sheet with its value, as the subject of a finding.
pub(super) fn start_subject(field: StartField, (sheet, cell): (String, String), value: &Value) -> Subject {
    Subject::of_cell(WrittenCell { sheet, cell, field: Some(field.into()), written: in_cell(value) })
}

/// A cell's value as what is written there.
pub(super) fn in_cell(value: &Value) -> Written {
    match value {
        Value::Unreadable(why) => Written::Unreadable(why.clone()),
        Value::HeldBack => Written::HeldBack,
        _ => Written::from(value.text().as_str()),
    }
}

/// The value beside a label of the first sheet, with its sheet and cell. If the first sheet was renamed, the label is looked for on all of
/// them.
pub(super) fn start_value(book: &Book, field: StartField) -> Option<((String, String), &Value)> {
    let label = field.label();
    let named = book.sheets.iter().filter(|sheet| is_label(&sheet.name, START_SHEET));
    let others = book.sheets.iter().filter(|sheet| !is_label(&sheet.name, START_SHEET));
    named.chain(others).find_map(|sheet| {
        let ((row, column), value) = sheet.beside(label)??;
        Some(((sheet.name.clone(), cell_name(row, column)), value))
    })
}

/// The field of the first sheet whose value is in this cell; `None` for any other cell.
pub(super) fn start_field(book: &Book, sheet: &str, cell: &str) -> Option<Field> {
    let is_it = |field: &StartField| {
        start_value(book, *field).is_some_and(|((at_sheet, at_cell), _)| at_sheet == sheet && at_cell == cell)
    };
    StartField::ALL.into_iter().find(is_it).map(Field::from)
}

/// The most cells whose texts one finding quotes.
const MOST_QUOTED: usize = 8;

/// Cells with their texts: `D9 "a", D10 "b" and 3 more`.
pub(super) fn quoted_cells(cells: &[(At, &Value)]) -> String {
    let named = |(at, value): &(At, &Value)| format!("{} {}", cell_name(at.0, at.1), quote(&value.text()));
    let mut texts: Vec<String> = cells.iter().take(MOST_QUOTED).map(named).collect();
    if cells.len() > MOST_QUOTED {
        texts.push(format!("{} more", words::number(cells.len() - MOST_QUOTED)));
    }
    words::list(&texts)
}

/// Cells of a sheet, as the subject of a finding.
pub(super) fn cells_of(sheet: &str, cells: &[(At, &Value)]) -> Subject {
    let cell = |(at, value): &(At, &Value)| WrittenCell {
        sheet: sheet.to_string(),
        cell: cell_name(at.0, at.1),
        field: None,
        written: in_cell(value),
    };
    let listed = cells.iter().take(MOST_CELLS).map(cell).collect();
    Subject { more_cells: cells.len().saturating_sub(MOST_CELLS), ..Subject::default().with_cells(listed) }
}
