//! `findings.xlsx`: everything that was noticed, as a table to sort and work through.

use jiff::civil::Date;

use crate::core::finding::{Finding, Severity};
use crate::core::words;
use crate::documents::NOT_FOR_INSPECTORS;
use crate::round::Round;
use crate::workbook::contract::{Caption, Paper};
use crate::workbook::write::{Cell, TableSheet, TableWorkbook, WriteError};

/// The most findings that are listed: more would help nobody, and `findings.csv` has them all.
const MOST: usize = 20_000;

/// Writes the workbook: the most serious findings first, then in the order in which they were noticed.
///
/// # Errors
///
/// When a text is too long for a cell.
pub fn findings(findings: &[Finding], round: &Round, made_on: Date) -> Result<Vec<u8>, WriteError> {
    let lead =
        format!("{}, as on {}.", words::capitalised(&words::count(findings.len(), "finding")), words::date(made_on));
    let sheet = TableSheet { lead, ..sheet(findings, round) };
    let paper = Paper { marking: &round.marking, owner: &round.partnership, audience: NOT_FOR_INSPECTORS };
    let workbook = TableWorkbook {
        title: TITLE.into(),
        subject: &round.partnership,
        paper,
        made_on,
        properties: Vec::new(),
        fill_in: None,
        hidden: None,
        sheets: vec![sheet],
    };
    workbook.to_bytes()
}

/// The findings as a sheet.
pub(super) fn sheet(findings: &[Finding], round: &Round) -> TableSheet {
    TableSheet {
        name: "Findings",
        title: TITLE.into(),
        lead: "The most serious come first.".into(),
        caption: Caption { name: "Findings", alt_text: ALT_TEXT, has_filters: true },
        headers: HEADERS.map(|(name, width)| (name.to_string(), width)).to_vec(),
        rows: rows(findings, round),
        frozen: 0,
        choices: Vec::new(),
        chart: None,
    }
}

/// The title over the findings.
const TITLE: &str = "What was noticed in the returns";

/// What a screen reader says of the table.
const ALT_TEXT: &str = "Everything that was noticed, one row for each finding";

/// The headers with their least widths in characters.
const HEADERS: [(&str, f64); 10] = [
    ("How serious", 16.0),
    ("Agency", 30.0),
    ("File", 34.0),
    ("Where", 24.0),
    ("What was found", 56.0),
    ("What was expected", 30.0),
    ("What to do", 44.0),
    ("Kind", 22.0),
    ("Reference", 14.0),
    ("Settled", 44.0),
];

/// The findings as rows, the most serious first, then in the order in which they were noticed.
fn rows(findings: &[Finding], round: &Round) -> Vec<Vec<Cell>> {
    let named = |finding: &Finding| {
        let agency = finding.subject.agency.as_ref().and_then(|id| round.agency(id));
        agency.map_or("None in particular", |agency| agency.name.as_str()).to_string()
    };
    let mut ordered: Vec<&Finding> = Vec::new();
    for severity in [Severity::MustFix, Severity::PleaseCheck, Severity::Information] {
        ordered.extend(findings.iter().filter(|finding| finding.severity() == severity));
    }
    ordered.iter().take(MOST).map(|finding| row(finding, named(finding)).map(Cell::from).to_vec()).collect()
}

fn row(finding: &Finding, agency: String) -> [String; 10] {
    let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_string() } else { text.to_string() };
    let place = match (finding.place.sheet_name(), finding.place.cell_name().as_str()) {
        ("", "") => "The file as a whole".to_string(),
        ("", cell) => cell.to_string(),
        (sheet, "") => sheet.to_string(),
        (sheet, cell) => format!("{sheet}, {cell}"),
    };
    [
        words::capitalised(finding.severity().words()),
        agency,
        finding.place.file.clone(),
        place,
        finding.found.clone(),
        or(&finding.expected, "Nothing in particular"),
        or(&finding.remedy, "Nothing"),
        finding.code.name().to_string(),
        finding.reference_text(),
        finding.settled.as_ref().map_or("Not settled".to_string(), |settled| words::capitalised(&settled.to_string())),
    ]
}
