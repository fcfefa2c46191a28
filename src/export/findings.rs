//! `findings.xlsx`: everything that was noticed, as a table to sort and work through.

use jiff::civil::Date;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::analysis::AUDIENCE;
use crate::core::diagnostic::{Diagnostic, Severity};
use crate::core::words;
use crate::round::Round;
use crate::workbook::sheets::cells::Cell;
use crate::workbook::sheets::{self, Caption, Paper};

/// The most findings of one file that are listed, and of all files: more help nobody, and `findings.csv` has them all.
const MOST: usize = 20_000;

/// Writes the workbook; the gravest findings first, in the order in which they were noticed.
///
/// # Errors
///
/// When a text is longer than a cell holds.
pub fn findings(findings: &[Diagnostic], round: &Round, made_on: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&sheets::properties(TITLE, &round.partnership, &round.partnership, made_on)?);
    let paper = Paper { marking: &round.marking, owner: &round.partnership, audience: AUDIENCE };
    let sheet = workbook.add_worksheet();
    sheet.set_name("Findings")?;
    let title = TITLE;
    let lead =
        format!("{}, as on {}.", words::capitalised(&words::count(findings.len(), "finding")), words::date(made_on));
    sheets::heads(sheet, title, &sheets::marked(paper, &lead))?;
    let caption = Caption { name: "Findings", alt_text: ALT_TEXT, has_filters: true };
    let width = sheets::plain_table(sheet, &caption, &HEADERS, &rows(findings, round))?;
    sheet.set_freeze_panes(sheets::HEADER_ROW + 1, 0)?;
    sheets::print_set_up(sheet, paper, title);
    sheets::print_on_one_width(sheet, width)?;
    workbook.save_to_buffer()
}

/// The title over the findings.
pub(super) const TITLE: &str = "What was noticed in the returns";

/// What a screen reader says of the table.
pub(super) const ALT_TEXT: &str = "Everything that was noticed, one row a finding";

/// The headers with their least widths in characters.
pub(super) const HEADERS: [(&str, f64); 9] = [
    ("How grave", 16.0),
    ("Agency", 30.0),
    ("File", 34.0),
    ("Where", 24.0),
    ("What was found", 56.0),
    ("What was expected", 30.0),
    ("What to do", 44.0),
    ("Kind", 22.0),
    ("Reference", 14.0),
];

/// The findings as rows, the gravest first, in the order in which they were noticed.
pub(super) fn rows(findings: &[Diagnostic], round: &Round) -> Vec<Vec<Cell>> {
    let named = |finding: &Diagnostic| {
        let agency = finding.subject.agency.as_ref().and_then(|id| round.agency(id));
        agency.map_or("None in particular", |agency| agency.name.as_str()).to_string()
    };
    let mut ordered: Vec<&Diagnostic> = Vec::new();
    for severity in [Severity::MustFix, Severity::PleaseCheck, Severity::Information] {
        ordered.extend(findings.iter().filter(|finding| finding.severity() == severity));
    }
    ordered.iter().take(MOST).map(|finding| row(finding, named(finding)).map(Cell::from).to_vec()).collect()
}

fn row(finding: &Diagnostic, agency: String) -> [String; 9] {
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
    ]
}
