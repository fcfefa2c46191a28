//! The other sheets: what this is and how to fill it in, a worked example, where the statements come from, the metadata.

use rust_xlsxwriter::{Format, Formula, ProtectionOptions, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::self_assessment::{HEADER_ROW, print_on_two_widths};
use super::{Issue, styles};
use crate::response::{Rating, SelfRating};
use crate::theme::Criterion;
use crate::words;
use crate::workbook::layout::{
    self, ColumnKey, EXAMPLE_SHEET, METADATA_SHEET, SELF_ASSESSMENT_SHEET, SOURCES_SHEET, START_SHEET, StartField,
};

/// The widths of the two columns of the first sheet, in characters.
const START_WIDTHS: [f64; 2] = [30.0, 86.0];

/// Writes the first sheet: everything a head of safeguarding needs, in the order in which it is needed.
pub fn start(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(START_SHEET)?;
    for (at, width) in (0u16..).zip(START_WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    let mut page = Page { sheet, row: 0 };
    page.line(&format!("Self-assessment: {}", issue.theme.title), &styles::title())?;
    if !issue.round.marking.is_empty() {
        page.line(&issue.round.marking, &styles::marking())?;
    }
    page.wide("What this is", &purpose(issue))?;
    page.heading("This workbook")?;
    for field in StartField::ALL.into_iter().filter(|field| !field.is_entered()) {
        page.pair(field.label(), &start_value(field, issue), &styles::given())?;
    }
    page.wide("Is this your organisation?", &wrong_organisation(issue))?;
    page.heading("How to fill it in")?;
    for (at, step) in steps(issue).iter().enumerate() {
        page.wide(&format!("Step {}", at + 1), step)?;
    }
    page.heading("What the ratings mean")?;
    page.definitions(issue)?;
    page.heading("What is rated, and who will see it")?;
    page.wide(
        "What is rated",
        "Your own agency's part, in this partnership's area, on practice of the last six months.",
    )?;
    page.wide("Who will see it", WHO_WILL_SEE)?;
    page.wide("No child-level data", NO_CHILD)?;
    page.heading("Sign-off")?;
    page.progress(issue)?;
    for field in StartField::ALL.into_iter().filter(|field| field.is_entered()) {
        let format = if field == StartField::ApprovedOn { styles::input_date() } else { styles::input() };
        page.pair(field.label(), "", &format)?;
    }
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    sheet.set_active(true);
    print_set_up(sheet, issue);
    sheet.set_portrait();
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

const WHO_WILL_SEE: &str = "The business unit; partner agencies at the challenge meeting; senior leaders; and inspectors, who are \
    shown the ratings and quotations chosen from the words. What you write is information that your organisation or the \
    partnership may have to disclose on request.";

const NO_CHILD: &str = "Do not write anything that could identify a child or a family: no names, initials, dates of birth, case or \
    NHS numbers. Counts from audits are welcome.";

fn purpose(issue: &Issue<'_>) -> String {
    let wording = issue.theme.notice().map_or(String::new(), |notice| format!(" {notice}"));
    format!(
        "Inspectors look at how agencies together protect children. This workbook asks {} to rate its own part on {} and to say, \
         in Signs of Safety style, what is working well, what you are worried about and what needs to happen. \
         {} pulls the answers together for its senior leaders to present on the first day of fieldwork.{wording}",
        issue.agency.name,
        words::count(issue.statements().len(), "statement"),
        issue.round.partnership,
    )
}

fn wrong_organisation(issue: &Issue<'_>) -> String {
    let contact = if issue.round.contact.is_empty() { "the business unit" } else { &issue.round.contact };
    format!("If {} is not your organisation, stop and tell us: {contact}.", issue.agency.name)
}

fn steps(issue: &Issue<'_>) -> [String; 6] {
    let contact =
        if issue.round.contact.is_empty() { "the business unit".to_string() } else { issue.round.contact.clone() };
    let approver = match issue.agency.approver_role.as_str() {
        "" => "the senior person who answers for it".to_string(),
        role => format!("your {role}"),
    };
    [
        format!("Look at the sheet {EXAMPLE_SHEET}, then open the sheet {SELF_ASSESSMENT_SHEET}."),
        "For each statement choose Red, Amber, Green or Not applicable. A missing answer is shown as missing, never as a colour.".into(),
        "Say what is working well, what you are worried about and what needs to happen, with the role that will lead and by when.".into(),
        "Name your evidence and where it is kept. A Green needs evidence that somebody else could look at.".into(),
        format!("Have it approved by {approver}, and fill in the sign-off at the foot of this sheet."),
        format!("Save the workbook and send it to {contact} by {}.", words::date(issue.round.due(issue.agency))),
    ]
}

fn start_value(field: StartField, issue: &Issue<'_>) -> String {
    match field {
        StartField::Partnership => issue.round.partnership.clone(),
        StartField::Theme => issue.theme.title.clone(),
        StartField::Round => issue.round.id().to_string(),
        StartField::Agency => issue.agency.name.clone(),
        StartField::ReturnCode => issue.return_code(),
        StartField::CompletedBy | StartField::ApprovedBy | StartField::ApprovedOn => String::new(),
    }
}

/// A sheet that is written from top to bottom.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
}

impl Page<'_> {
    /// A line across the sheet; the first one is the title and taller.
    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        if self.row == 0 {
            self.sheet.set_row_height(0, 26)?;
        }
        self.sheet.write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, 30)?;
        let format = styles::heading().set_align(rust_xlsxwriter::FormatAlign::Bottom);
        self.line(text, &format)
    }

    /// A label and a paragraph beside it.
    fn wide(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        let bold = styles::body().set_bold();
        self.sheet.write_string_with_format(self.row, 0, label, &bold)?;
        self.sheet.write_string_with_format(self.row, 1, text, &styles::body())?;
        self.next_row(label, text)
    }

    /// A label and a value or an input cell beside it.
    fn pair(&mut self, label: &str, value: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, label, &styles::label())?;
        if value.is_empty() {
            self.sheet.write_blank(self.row, 1, format)?;
        } else {
            self.sheet.write_string_with_format(self.row, 1, value, format)?;
        }
        self.next_row(label, value)
    }

    fn definitions(&mut self, issue: &Issue<'_>) -> Result<(), XlsxError> {
        let meanings = &issue.theme.definitions;
        for rating in Rating::ALL {
            let meaning = match rating {
                Rating::Red => &meanings.red,
                Rating::Amber => &meanings.amber,
                Rating::Green => &meanings.green,
            };
            let look = styles::rated(rating).set_font_name("Arial").set_font_size(styles::BODY_PT);
            let look = look.set_align(rust_xlsxwriter::FormatAlign::Top);
            self.sheet.write_string_with_format(self.row, 0, rating.word(), &look)?;
            self.sheet.write_string_with_format(self.row, 1, meaning, &styles::body())?;
            self.next_row(rating.word(), meaning)?;
        }
        let word = layout::rating_word(SelfRating::NotApplicable);
        self.wide(word, &meanings.not_applicable)
    }

    /// The one formula of the workbook: how many of its rows are rated.
    fn progress(&mut self, issue: &Issue<'_>) -> Result<(), XlsxError> {
        let columns = layout::columns(issue.round.column_order);
        let at = columns.iter().position(|column| column.key == ColumnKey::Rating).unwrap_or_default();
        let letter = rust_xlsxwriter::utility::column_number_to_name(at as u16);
        let asked = issue.statements().len();
        let (first, last) = (HEADER_ROW + 2, HEADER_ROW + 1 + asked as u32);
        let of = |rating: Rating| {
            let word = layout::rating_word(SelfRating::Rated(rating));
            format!("COUNTIF('{SELF_ASSESSMENT_SHEET}'!{letter}{first}:{letter}{last},\"{word}\")")
        };
        let formula = format!("={}&\" of {asked} rated\"", Rating::ALL.map(of).join("+"));
        let rated = issue.answers.iter().filter(|answer| matches!(answer.rating, SelfRating::Rated(_))).count();
        let formula = Formula::new(formula).set_result(format!("{rated} of {asked} rated"));
        self.sheet.write_string_with_format(self.row, 0, "So far", &styles::label())?;
        self.sheet.write_formula_with_format(self.row, 1, formula, &styles::given())?;
        self.next_row("So far", "")
    }

    fn next_row(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        let height = styles::row_height(&[(label, START_WIDTHS[0]), (text, START_WIDTHS[1])]);
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }
}

/// Writes the worked example: a statement that is in no theme, answered the way that helps most.
pub fn example(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(EXAMPLE_SHEET)?;
    heads(
        sheet,
        "Worked example: one statement, answered well",
        &marked(issue, "An invented statement and an invented answer."),
    )?;
    let columns = layout::columns(issue.round.column_order);
    let rows: Vec<Vec<String>> = vec![columns.iter().map(|column| example_cell(column.key).to_string()).collect()];
    let headers: Vec<(&str, f64)> = columns.iter().map(|column| (column.header, column.width_chars)).collect();
    plain_table(sheet, "WorkedExample", "One filled row of the self-assessment", &headers, &rows)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    print_set_up(sheet, issue);
    print_on_two_widths(sheet, &columns)
}

fn example_cell(key: ColumnKey) -> &'static str {
    match key {
        ColumnKey::Ref => "EXAMPLE",
        ColumnKey::Area => "Out of hours",
        ColumnKey::Statement => {
            "Staff know whom to call about a child's safety at night and at weekends, and the call is answered."
        }
        ColumnKey::Rating => "Amber",
        ColumnKey::WorkingWell => {
            "One number for all staff since April. In our test calls 18 of 20 were answered within ten minutes, and ward staff \
             say that they now ring earlier."
        }
        ColumnKey::WorriedAbout => {
            "Agency staff on night shifts do not always know the number: 6 of the 14 we asked did not."
        }
        ColumnKey::NeedsToHappen => "Put the number on every shift handover sheet, and ask again in February.",
        ColumnKey::ActionLead => "Head of site operations",
        ColumnKey::ActionDue => "28/02/2027",
        ColumnKey::Evidence => {
            "Test call log, October 2026, safeguarding team's shared folder. Staff survey, question 4."
        }
        ColumnKey::NotApplicableReason => "",
    }
}

/// Writes where each statement comes from, those that inform too: every statement of the theme for this agency's group.
pub fn sources(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(SOURCES_SHEET)?;
    let framework = &issue.theme.framework;
    let published = framework.published.map_or(String::new(), |date| format!(", {}", words::date(date)));
    let from = format!("Framework: {} ({}{published}).", framework.title, framework.publisher);
    heads(sheet, "Where the statements come from", &marked(issue, &from))?;
    let headers = [
        ("Ref", 11.0),
        ("Area", 24.0),
        ("Statement", 54.0),
        ("Rated here", 12.0),
        ("What it is", 34.0),
        ("Wording", 14.0),
        ("Source", 44.0),
    ];
    let applies = |criterion: &Criterion| criterion.asked.includes(issue.agency.group);
    let rows: Vec<Vec<String>> = issue
        .theme
        .criteria()
        .filter(|(_, criterion)| applies(criterion))
        .map(|(area, criterion)| {
            vec![
                criterion.id.to_string(),
                area.title.clone(),
                criterion.text.clone(),
                if issue.round.rates(criterion.basis) { "Yes" } else { "No, for information" }.to_string(),
                criterion.basis.words().to_string(),
                if criterion.paraphrase { "Paraphrase" } else { "As published" }.to_string(),
                criterion.source.clone(),
            ]
        })
        .collect();
    plain_table(sheet, "StatementSources", "Where each statement comes from", &headers, &rows)?;
    sheet.set_freeze_panes(HEADER_ROW + 1, 1)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    print_set_up(sheet, issue);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    Ok(())
}

/// The title in A1 and the line under it.
pub fn heads(sheet: &mut Worksheet, title: &str, subtitle: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, title, &styles::title())?;
    sheet.write_string_with_format(1, 0, subtitle, &styles::marking())?;
    sheet.set_row_height(0, 26)?;
    sheet.set_row_height(1, 20)?;
    Ok(())
}

/// A line that begins with the round's marking.
pub fn marked(issue: &Issue<'_>, text: &str) -> String {
    if issue.round.marking.is_empty() { text.to_string() } else { format!("{} · {text}", issue.round.marking) }
}

/// A table of given texts under the sheet's title, with rows tall enough for their text.
fn plain_table(
    sheet: &mut Worksheet,
    name: &str,
    alt_text: &str,
    headers: &[(&str, f64)],
    rows: &[Vec<String>],
) -> Result<(), XlsxError> {
    for (at, (_, width)) in (0u16..).zip(headers) {
        sheet.set_column_width(at, *width)?;
    }
    for (row, cells) in (HEADER_ROW + 1..).zip(rows) {
        for (at, text) in (0u16..).zip(cells) {
            sheet.write_string_with_format(row, at, text, &styles::given())?;
        }
        let texts: Vec<(&str, f64)> =
            cells.iter().zip(headers).map(|(text, (_, width))| (text.as_str(), *width)).collect();
        sheet.set_row_height(row, styles::row_height(&texts))?;
    }
    let columns: Vec<TableColumn> = headers
        .iter()
        .map(|(header, _)| TableColumn::new().set_header(*header).set_header_format(styles::header()))
        .collect();
    let table = Table::new()
        .set_name(name)
        .set_alt_text(alt_text)
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_columns(&columns);
    sheet.set_row_height(HEADER_ROW, 34)?;
    sheet.add_table(HEADER_ROW, 0, HEADER_ROW + rows.len().max(1) as u32, headers.len() as u16 - 1, &table)?;
    Ok(())
}

/// Writes the very-hidden sheet: one row a key of the metadata.
pub fn metadata(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(METADATA_SHEET)?;
    for (row, (key, value)) in (0u32..).zip(issue.metadata()) {
        sheet.write_string(row, 0, key.name())?;
        sheet.write_string(row, 1, value)?;
    }
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 60)?;
    sheet.protect();
    sheet.set_very_hidden(true);
    Ok(())
}

/// A4 landscape with the marking above and below, the agency, and page numbers. The marking stands in a cell of every sheet
/// too, because a screen reader may pass over what is only in the header of the page.
pub fn print_set_up(sheet: &mut Worksheet, issue: &Issue<'_>) {
    // An ampersand begins a code in a header, so one that is meant is doubled.
    let plain = |text: &str| text.replace('&', "&&");
    let marking = plain(&issue.round.marking);
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.25, 0.25);
    sheet.set_header(format!("&C{marking}"));
    sheet.set_footer(format!("&L{}&C{marking}&RPage &P of &N", plain(&issue.agency.name)));
}
