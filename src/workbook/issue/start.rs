//! The first sheet: everything a head of safeguarding needs, in the order in which it is needed.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime};
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::{Issue, input_messages};
use crate::core::words;
use crate::form::{ColumnKey, StartField};
use crate::response::{Rating, SelfRating};
use crate::workbook::layout::{
    self, EXAMPLE_SHEET, GLOSSARY_SHEET, GUIDANCE_SHEET, PROGRESS_LABEL, SELF_ASSESSMENT_SHEET, START_SHEET,
};
use crate::workbook::sheets;
use crate::workbook::sheets::styles::{bold_row_height, row_height, styles};

/// The widths of the two columns, in characters.
const WIDTHS: [f64; 2] = [30.0, 104.0];

const WHAT_IS_RATED: &str = "Your own agency's part, in this partnership's area, on practice of the last six months.";

const WHO_WILL_SEE: &str = "The business unit; partner agencies at the challenge meeting; senior leaders; and inspectors, who are \
    shown the ratings and quotations chosen from the words. What you write is information that your organisation or the \
    partnership may have to disclose on request.";

const NO_CHILD: &str = "Do not write anything that could identify a child or a family: no names, initials, dates of birth, case or \
    NHS numbers. Counts from audits are welcome.";

/// A line of the sheet.
enum Line {
    /// The title in A1.
    Title(String),
    /// The protective marking.
    Marking(String),
    /// A heading.
    Heading(&'static str),
    /// A label and a paragraph beside it.
    Paragraph(String, String),
    /// A rating and what it means.
    Meaning(Rating, String),
    /// A given field.
    Given(StartField, String),
    /// The count of rated rows.
    Progress,
    /// A field for the agency to fill in.
    Entry(StartField),
}

impl Line {
    /// The height in points that the line's text takes.
    fn height(&self) -> f64 {
        let of = |label: &str, text: &str| bold_row_height(&[(label, WIDTHS[0])]).max(row_height(&[(text, WIDTHS[1])]));
        match self {
            Line::Title(_) => 26.0,
            Line::Marking(_) => 20.0,
            Line::Heading(_) => 30.0,
            Line::Paragraph(label, text) => of(label, text),
            Line::Meaning(rating, text) => of(rating.word(), text),
            Line::Given(field, text) => of(field.label(), text),
            Line::Progress => of(PROGRESS_LABEL, ""),
            Line::Entry(field) => of(field.label(), ""),
        }
    }
}

/// Every text of the sheet but for the count of rated rows, each with its column.
pub fn texts(issue: &Issue<'_>) -> Vec<(u32, String)> {
    let pair = |label: &str, text: String| vec![(0, label.to_string()), (1, text)];
    let texts = |line: Line| match line {
        Line::Title(text) | Line::Marking(text) => vec![(0, text)],
        Line::Heading(text) => vec![(0, text.to_string())],
        Line::Paragraph(label, text) => pair(&label, text),
        Line::Meaning(rating, text) => pair(rating.word(), text),
        Line::Given(field, text) => pair(field.label(), text),
        Line::Progress => vec![(0, PROGRESS_LABEL.to_string())],
        Line::Entry(field) => vec![(0, field.label().to_string())],
    };
    lines(issue).into_iter().flat_map(texts).collect()
}

/// The heights of the sheet's rows, in points, from its texts.
pub fn heights(issue: &Issue<'_>) -> Vec<f64> {
    lines(issue).iter().map(Line::height).collect()
}

/// Writes the sheet with rows of these heights.
pub fn write(sheet: &mut Worksheet, issue: &Issue<'_>, heights: &[f64]) -> Result<(), XlsxError> {
    sheet.set_name(START_SHEET)?;
    for (at, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    for ((row, line), height) in (0u32..).zip(lines(issue)).zip(heights) {
        sheet.set_row_height(row, *height)?;
        write_line(sheet, row, &line, issue)?;
    }
    sheets::protect(sheet);
    sheet.set_active(issue.questions.is_empty());
    sheets::print_set_up(sheet, issue.paper(), "");
    sheet.set_portrait();
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

/// The sheet from top to bottom.
fn lines(issue: &Issue<'_>) -> Vec<Line> {
    let paragraph = |label: &str, text: &str| Line::Paragraph(label.into(), text.into());
    let mut lines = vec![Line::Title(format!("Self-assessment: {}", issue.theme.title))];
    lines.extend((!issue.round.marking.is_empty()).then(|| Line::Marking(issue.round.marking.clone())));
    lines.push(paragraph("What this is", &purpose(issue)));
    lines.push(Line::Heading("This workbook"));
    let given =
        StartField::ALL.into_iter().filter(|field| !field.is_entered()).map(|field| (field, given(field, issue)));
    lines.extend(given.filter(|(_, text)| !text.is_empty()).map(|(field, text)| Line::Given(field, text)));
    lines.push(Line::Progress);
    lines.push(paragraph("Is this your organisation?", &wrong_organisation(issue)));
    lines.push(Line::Heading("How to fill it in"));
    lines.extend((1..).zip(steps(issue)).map(|(at, step)| Line::Paragraph(format!("Step {at}"), step)));
    lines.push(Line::Heading("What the ratings mean"));
    let meanings = &issue.theme.definitions;
    let meaning = |rating| Line::Meaning(rating, input_messages::meaning(meanings, rating).to_string());
    lines.extend(Rating::ALL.map(meaning));
    lines.push(paragraph(layout::rating_word(SelfRating::NotApplicable), &meanings.not_applicable));
    lines.push(Line::Heading("What is rated, and who will see it"));
    lines.push(paragraph("What is rated", WHAT_IS_RATED));
    lines.push(paragraph("Who will see it", WHO_WILL_SEE));
    lines.push(paragraph("No child-level data", NO_CHILD));
    lines.push(Line::Heading("Sign-off"));
    lines.extend(StartField::ALL.into_iter().filter(|field| field.is_entered()).map(Line::Entry));
    lines
}

fn write_line(sheet: &mut Worksheet, row: u32, line: &Line, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let looks = styles();
    let mut pair = |label: &str, label_look: &Format, text: &str, look: &Format| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, label, label_look)?;
        sheet.write_string_with_format(row, 1, text, look).map(drop)
    };
    match line {
        Line::Title(text) => sheet.write_string_with_format(row, 0, text, &looks.title).map(drop),
        Line::Marking(text) => sheet.write_string_with_format(row, 0, text, &looks.marking).map(drop),
        Line::Heading(text) => sheet.write_string_with_format(row, 0, *text, &looks.heading).map(drop),
        Line::Paragraph(label, text) => pair(label, &looks.strong, text, &looks.body),
        Line::Meaning(rating, text) => pair(rating.word(), &looks.rated[*rating as usize], text, &looks.body),
        Line::Given(field, text) => pair(field.label(), &looks.label, text, &looks.given),
        Line::Progress => write_progress(sheet, row, issue),
        Line::Entry(field) => write_entry(sheet, row, *field),
    }
}

fn purpose(issue: &Issue<'_>) -> String {
    let wording = issue.theme.notice().map_or(String::new(), |notice| format!(" {notice}"));
    format!(
        "Inspectors look at how agencies together protect children. This workbook asks {} to rate its own part on {} and to say, \
         in Signs of Safety style, what is working well, what it is worried about and what needs to happen. \
         {} pulls the answers together for its senior leaders to present on the first day of fieldwork.{wording}",
        issue.agency.name,
        words::count(issue.statements().len(), "statement"),
        issue.round.partnership,
    )
}

/// Whom agencies ask.
fn contact<'a>(issue: &Issue<'a>) -> &'a str {
    if issue.round.contact.is_empty() { "the business unit" } else { &issue.round.contact }
}

fn wrong_organisation(issue: &Issue<'_>) -> String {
    format!("If {} is not your organisation, stop and tell us: {}.", issue.agency.name, contact(issue))
}

fn steps(issue: &Issue<'_>) -> [String; 6] {
    let approver = match issue.agency.approver_role.as_str() {
        "" => "the senior person who answers for it".to_string(),
        role => format!("your {role}"),
    };
    let mut help = vec![EXAMPLE_SHEET];
    help.extend(issue.has_guidance().then_some(GUIDANCE_SHEET));
    help.extend(issue.has_glossary().then_some(GLOSSARY_SHEET));
    let sheets = if help.len() == 1 { "sheet" } else { "sheets" };
    [
        format!("Look at the {sheets} {}, then open the sheet {SELF_ASSESSMENT_SHEET}.", words::list(&help)),
        "For each statement choose Red, Amber, Green or Not applicable. Leave a rating empty only if you cannot answer: it is then shown as not answered.".into(),
        "Say what is working well, what you are worried about and what needs to happen, with the role that will lead and by when. \
         Drag the lower edge of a row down where a text is longer than its row, before printing too."
            .into(),
        "Name your evidence and where it is kept. A Green needs evidence that somebody else could look at.".into(),
        format!("Have it approved by {approver}, and fill in the sign-off at the foot of this sheet."),
        format!("Save the workbook and send it to {} by {}.", contact(issue), words::date(issue.round.due(issue.agency))),
    ]
}

/// What a given field says; empty where there is nothing to say, so that it is left out.
fn given(field: StartField, issue: &Issue<'_>) -> String {
    match field {
        StartField::Partnership => issue.round.partnership.clone(),
        StartField::Theme => issue.theme.title.clone(),
        StartField::Round => issue.round.id().to_string(),
        StartField::Agency => issue.agency.name.clone(),
        StartField::Group => words::capitalised(issue.agency.group.words()),
        StartField::Contact => issue.agency.contact.clone(),
        StartField::Deputy => issue.agency.deputy.clone(),
        StartField::ReturnBy => words::date(issue.round.due(issue.agency)),
        StartField::Questions => issue.round.contact.clone(),
        StartField::ReturnCode => issue.return_code(),
        StartField::CompletedBy | StartField::ApprovedBy | StartField::ApprovedOn => String::new(),
    }
}

/// A label and an empty cell beside it for the agency to fill in.
fn write_entry(sheet: &mut Worksheet, row: u32, field: StartField) -> Result<(), XlsxError> {
    let is_date = field == StartField::ApprovedOn;
    let look = if is_date { &styles().input_date } else { &styles().input };
    sheet.write_string_with_format(row, 0, field.label(), &styles().label)?;
    sheet.write_blank(row, 1, look)?;
    if is_date {
        let check = DataValidation::new()
            .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2020, 1, 1)?))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not a date")?
            .set_error_message("A date, as in 09/12/2026, shows when it was approved. Keep what you wrote?")?
            .set_input_title(field.label())?
            .set_input_message("A date, as in 09/12/2026.")?;
        sheet.add_data_validation(row, 1, row, 1, &check)?;
    }
    Ok(())
}

/// The one formula of the workbook: how many of its rows are rated.
fn write_progress(sheet: &mut Worksheet, row: u32, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let columns = layout::columns(issue.round.column_order);
    let at = columns.iter().position(|column| column.key == ColumnKey::Rating).unwrap_or_default();
    let letter = rust_xlsxwriter::utility::column_number_to_name(at as u16);
    let asked = issue.statements().len();
    let (first, last) = (sheets::HEADER_ROW + 2, sheets::last_row(asked) + 1);
    let of = |rating: SelfRating| {
        let word = layout::rating_word(rating);
        format!("COUNTIF('{SELF_ASSESSMENT_SHEET}'!{letter}{first}:{letter}{last},\"{word}\")")
    };
    let rated = Rating::ALL.map(|rating| of(SelfRating::Rated(rating))).join("+");
    let formula = format!("={rated}&\" of {asked} rated, \"&{}&\" not applicable\"", of(SelfRating::NotApplicable));
    let count = |is: fn(SelfRating) -> bool| issue.answers.iter().filter(|answer| is(answer.rating)).count();
    let result = format!(
        "{} of {asked} rated, {} not applicable",
        count(|rating| matches!(rating, SelfRating::Rated(_))),
        count(|rating| rating == SelfRating::NotApplicable)
    );
    sheet.write_string_with_format(row, 0, PROGRESS_LABEL, &styles().label)?;
    sheet.write_formula_with_format(row, 1, Formula::new(formula).set_result(result), &styles().given)?;
    Ok(())
}
