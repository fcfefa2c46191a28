//! The sheets to look things up in: a worked example, guidance, words of the field, where the statements come from.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Issue;
use super::self_assessment::print_on_two_widths;
use crate::response::Rating;
use crate::theme::Criterion;
use crate::words;
use crate::workbook::layout::{
    self, ColumnKey, EXAMPLE_SHEET, GLOSSARY_SHEET, GUIDANCE_SHEET, QUESTIONS_SHEET, SOURCES_SHEET,
};
use crate::workbook::sheets::styles::styles;
use crate::workbook::sheets::{self, Caption};

/// Writes what is asked about a return, one row a question.
pub fn questions(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(QUESTIONS_SHEET)?;
    let title = "Questions on your return";
    let lead = "Your answers are in this workbook. Please correct the marked cells, sign it off again on the next sheet, and send it back.";
    sheets::heads(sheet, title, &sheets::marked(issue.paper(), lead))?;
    let rows: Vec<Vec<&str>> = issue
        .questions
        .iter()
        .map(|question| vec![question.place.as_str(), said_or(&question.wrote, "Nothing"), question.to_do.as_str()])
        .collect();
    let headers = [("Where", 44.0), ("What you wrote", 60.0), ("What to do", 60.0)];
    let caption =
        Caption { name: "QuestionsOnTheReturn", alt_text: "What is asked about the return, one row a question" };
    sheets::plain_table(sheet, &caption, &headers, &rows)?;
    finish(sheet, issue, title)
}

fn said_or<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    if text.is_empty() { otherwise } else { text }
}

/// Writes the worked example: a statement that is in no theme, answered the way that helps most.
pub fn example(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(EXAMPLE_SHEET)?;
    let title = "Worked example: one statement, answered well";
    sheets::heads(sheet, title, &sheets::marked(issue.paper(), "An invented statement and an invented answer."))?;
    let columns = layout::columns(issue.round.column_order);
    let cells: Vec<String> = columns.iter().map(|column| example_cell(column.key, issue)).collect();
    let row: Vec<&str> = cells.iter().map(String::as_str).collect();
    let headers: Vec<(&str, f64)> = columns.iter().map(|column| (column.header, column.width_chars)).collect();
    let caption = Caption { name: "WorkedExample", alt_text: "One filled row of the self-assessment" };
    sheets::plain_table(sheet, &caption, &headers, &[row])?;
    let at = columns.iter().position(|column| column.key == ColumnKey::Rating).unwrap_or_default() as u16;
    let amber = &styles().rated[EXAMPLE_RATING as usize];
    sheet.write_string_with_format(sheets::HEADER_ROW + 1, at, EXAMPLE_RATING.word(), amber)?;
    sheets::protect(sheet);
    sheets::print_set_up(sheet, issue.paper(), title);
    print_on_two_widths(sheet, &columns, 1)
}

/// The rating of the worked example.
const EXAMPLE_RATING: Rating = Rating::Amber;

/// What the example says, its dates around those of the round.
fn example_cell(key: ColumnKey, issue: &Issue<'_>) -> String {
    let due = issue.round.deadline.saturating_add(EXAMPLE_SPAN);
    let month = |date: jiff::civil::Date| date.strftime("%B %Y").to_string();
    match key {
        ColumnKey::Ref => "EXAMPLE".into(),
        ColumnKey::Area => "Out of hours".into(),
        ColumnKey::Statement => {
            "Staff know whom to call about a child's safety at night and at weekends, and the call is answered.".into()
        }
        ColumnKey::Rating => EXAMPLE_RATING.word().into(),
        ColumnKey::WorkingWell => {
            "One number for all staff since spring. In our test calls 18 of 20 were answered within ten minutes, and ward staff \
             say that they now ring earlier, so that children are seen the same night."
                .into()
        }
        ColumnKey::WorriedAbout => {
            "Agency staff on night shifts do not always know the number: 6 of the 14 we asked did not.".into()
        }
        ColumnKey::NeedsToHappen => {
            format!("Put the number on every shift handover sheet, and ask again in {}.", due.strftime("%B"))
        }
        ColumnKey::ActionLead => "Head of site operations".into(),
        ColumnKey::ActionDue => due.strftime("%d/%m/%Y").to_string(),
        ColumnKey::Evidence => {
            let calls = month(issue.round.issue_date().saturating_sub(jiff::Span::new().months(1)));
            format!("Test call log, {calls}, safeguarding team's shared folder. Staff survey, question 4.")
        }
        ColumnKey::NotApplicableReason => "(left empty)".into(),
    }
}

/// From the deadline to the day by which the example's action is to be done.
const EXAMPLE_SPAN: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 77);

/// Writes what helps to answer each statement: what Green can look like, questions, and what the ratings mean for it where the
/// theme says so.
pub fn guidance(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(GUIDANCE_SHEET)?;
    let title = "Guidance: what helps to answer each statement";
    sheets::heads(
        sheet,
        title,
        &sheets::marked(issue.paper(), "Suggestions to think with; no part of any official criterion."),
    )?;
    let statements: Vec<_> = issue.statements().into_iter().filter(|(_, criterion)| criterion.has_guidance()).collect();
    let has_ratings = statements.iter().any(|(_, criterion)| !criterion.ratings.is_empty());
    let mut headers = vec![
        ("Ref", 11.0),
        ("Statement", 50.0),
        ("What Green could look like", 50.0),
        ("Questions to think about", 50.0),
    ];
    if has_ratings {
        headers.extend([("Red here means", 30.0), ("Amber here means", 30.0), ("Green here means", 30.0)]);
    }
    let questions: Vec<String> = statements.iter().map(|(_, criterion)| criterion.prompts.join("\n")).collect();
    let rows: Vec<Vec<&str>> = statements
        .iter()
        .zip(&questions)
        .map(|((_, criterion), questions)| {
            let ratings = &criterion.ratings;
            let mut row =
                vec![criterion.id.as_str(), &criterion.text, said(&criterion.green_looks_like), said(questions)];
            if has_ratings {
                row.extend(
                    [&ratings.red, &ratings.amber, &ratings.green]
                        .map(|text| if text.is_empty() { "As on the first sheet" } else { text.as_str() }),
                );
            }
            row
        })
        .collect();
    let caption = Caption { name: "StatementGuidance", alt_text: "What helps to answer each statement" };
    sheets::plain_table(sheet, &caption, &headers, &rows)?;
    finish(sheet, issue, title)
}

/// A text, or that there is none: a cell is not left empty without a reason.
fn said(text: &str) -> &str {
    said_or(text, "No suggestion")
}

/// Writes the words of the field that the theme explains.
pub fn glossary(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(GLOSSARY_SHEET)?;
    let title = "Glossary: words of the field";
    sheets::heads(sheet, title, &sheets::marked(issue.paper(), "Words that the statements use."))?;
    let rows: Vec<Vec<&str>> =
        issue.theme.glossary.iter().map(|term| vec![term.term.as_str(), term.meaning.as_str()]).collect();
    let caption = Caption { name: "WordsOfTheField", alt_text: "Words that the statements use, and what they mean" };
    sheets::plain_table(sheet, &caption, &[("Word", 30.0), ("What it means", 104.0)], &rows)?;
    finish(sheet, issue, title)
}

/// Writes where each statement comes from, those that inform too: every statement of the theme for this agency's group.
pub fn sources(sheet: &mut Worksheet, issue: &Issue<'_>) -> Result<(), XlsxError> {
    sheet.set_name(SOURCES_SHEET)?;
    let framework = &issue.theme.framework;
    let published = framework.published.map_or(String::new(), |date| format!(", {}", words::date(date)));
    let from = format!("Framework: {} ({}{published}).", framework.title, framework.publisher);
    let title = "Where the statements come from";
    sheets::heads(sheet, title, &sheets::marked(issue.paper(), &from))?;
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
    let rows: Vec<Vec<&str>> = issue
        .theme
        .criteria()
        .filter(|(_, criterion)| applies(criterion))
        .map(|(area, criterion)| {
            vec![
                criterion.id.as_str(),
                &area.title,
                &criterion.text,
                if issue.round.rates(criterion.basis) { "Yes" } else { "No, for information" },
                criterion.basis.words(),
                if criterion.paraphrase { "Paraphrase" } else { "As published" },
                &criterion.source,
            ]
        })
        .collect();
    let caption = Caption { name: "StatementSources", alt_text: "Where each statement comes from" };
    sheets::plain_table(sheet, &caption, &headers, &rows)?;
    finish(sheet, issue, title)
}

/// A long table to look things up in: its headers stay in sight and on every printed page.
fn finish(sheet: &mut Worksheet, issue: &Issue<'_>, title: &str) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(sheets::HEADER_ROW + 1, 1)?;
    sheets::protect(sheet);
    sheets::print_set_up(sheet, issue.paper(), title);
    sheets::print_on_one_width(sheet)
}
