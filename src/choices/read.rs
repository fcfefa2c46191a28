//! Reads what the officer wrote in `choices.xlsx`, with findings for everything that cannot be read.

use jiff::civil::Date;

use super::contract::{
    self, AFTER, AGENCY, AGREED_BY, AGREED_ON, APPROVED_BY, APPROVED_ON, APPROVED_RUN, BY_WHEN, CHECKED, ChoicesSheet,
    DATE, FIGURE, HEADLINE, KIND, KINDS, LEAD, LEAVE_OUT, LINE, ORDER, OWN_DATE, OWN_LEAD, OWN_LINE, OWN_WORDS,
    RATING_KINDS, RATINGS, RATINGS_FORM, REF, SHOW, SLIDE, SOURCE, START, TEXT, TITLE, WHAT_IT_IS, WHOLE, WORDING,
};
use super::entry::{ActionChoice, ActionTerms, Choice, Choices, OwnSlide};
use super::filled::{FilledRow, in_order, missing, rows, unread};
use super::sheets;
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::hash::CODE_LENGTH;
use crate::core::privacy::Sign;
use crate::core::quoting::quote;
use crate::core::words;
use crate::documents::{Agreement, Approval, ChildrensLine, ContextFigure};
use crate::round::CHOICES_FILE;
use crate::workbook::contract::fold;
use crate::workbook::file::book::{self, Book, Value, cell_name};

/// Reads the workbook. `days` are the first day on which a presentation can have been approved, and today.
pub fn read(book: &Book, days: [Date; 2]) -> Checked<Choices> {
    let mut findings = Vec::new();
    let mut rows = |sheet: ChoicesSheet| rows(book, sheet, &mut findings);
    let [strengths, worries, actions, differences, slides, context, figures, children, added] =
        ChoicesSheet::ALL.map(&mut rows);
    let mut choices = Choices {
        strengths: voices(&strengths, &mut findings),
        worries: voices(&worries, &mut findings),
        actions: self::actions(&actions, days[1], &mut findings),
        differences: in_order(&differences, &mut findings)
            .0
            .into_iter()
            .map(|row| (row.text(REF), row.place(ORDER)))
            .collect(),
        approval: approval(book, days, &mut findings),
        as_challenged: as_challenged(book, &mut findings),
        figures: figures.iter().filter_map(|row| figure(row, &mut findings)).collect(),
        children: children.iter().filter_map(|row| childrens_line(row, &mut findings)).collect(),
        ..Choices::default()
    };
    add_slides(&mut choices, &slides, &mut findings);
    add_context(&mut choices, &context, &mut findings);
    choices.added = added.iter().filter_map(|row| own_slide(row, &mut findings)).collect();
    findings.extend(held_back(book, "it is not on a slide", "take it out of the file"));
    Checked { output: choices, findings }
}

/// Reads what is chosen about slides: left out, shown on request, own headline.
fn add_slides(choices: &mut Choices, rows: &[FilledRow<'_>], findings: &mut Vec<Finding>) {
    for row in rows {
        let key = row.text(SLIDE);
        if row.is_yes(LEAVE_OUT, findings) {
            choices.left_out.push((key.clone(), row.place(LEAVE_OUT)));
        }
        if row.is_yes(SHOW, findings) {
            choices.shown.push((key.clone(), row.place(SHOW)));
        }
        if !row.text(HEADLINE).is_empty() {
            choices.headlines.push((key, row.text(HEADLINE), row.place(HEADLINE)));
        }
    }
}

fn add_context(choices: &mut Choices, rows: &[FilledRow<'_>], findings: &mut Vec<Finding>) {
    for row in rows {
        let Some([line]) = row.all([(LINE, "a line beside its kind")], findings) else { continue };
        match KINDS.iter().position(|kind| fold(kind) == fold(&row.text(KIND))) {
            Some(1) => choices.known_issues.push(line),
            Some(_) => choices.context.push(line),
            None => findings.push(unread(row.place(KIND), &row.text(KIND), "Local context or Known issue")),
        }
    }
}

fn own_slide(row: &FilledRow<'_>, findings: &mut Vec<Finding>) -> Option<OwnSlide> {
    let [title] = row.all([(TITLE, "a title for the slide whose text is beside it")], findings)?;
    let (text, after) = (row.text(TEXT), row.text(AFTER));
    Some(OwnSlide { title, text, after, place: row.place(TITLE), after_place: row.place(AFTER) })
}

/// A figure of local context. It needs its source and its date, or nobody could defend it before inspectors.
fn figure(row: &FilledRow<'_>, findings: &mut Vec<Finding>) -> Option<ContextFigure> {
    let needed = [
        (FIGURE, "a figure, as in 1 in 9"),
        (WHAT_IT_IS, "what the figure is"),
        (SOURCE, "where the figure comes from"),
        (DATE, "the date of the figure"),
    ];
    let [figure, what, source, date] = row.all(needed, findings)?;
    Some(ContextFigure { figure, what, source, date, place: row.place(FIGURE) })
}

fn childrens_line(row: &FilledRow<'_>, findings: &mut Vec<Finding>) -> Option<ChildrensLine> {
    let needed =
        [(LINE, "what children told you"), (SOURCE, "where the line comes from, such as a survey and its year")];
    let [line, source] = row.all(needed, findings)?;
    Some(ChildrensLine { line, source, place: row.place(LINE) })
}

/// Findings for texts that may identify a child, with what became of them and what to do. They are not on any slide.
pub fn held_back(book: &Book, outcome: &str, remedy: &str) -> Vec<Finding> {
    let finding = |(sheet, at, sign): &(String, Option<book::At>, Sign)| {
        let place = match at {
            Some((row, column)) => Place::cell(CHOICES_FILE, sheet, cell_name(*row, *column)),
            None => Place::sheet(CHOICES_FILE, sheet),
        };
        let found = format!("this cell has {}, so {outcome}", sign.words());
        Finding::new(Code::TextHeldBack, place, found, "words that identify no child", remedy)
    };
    book.held.iter().map(finding).collect()
}

/// What the officer wrote beside agencies' words: first the numbered rows in their order, then those that were only checked.
fn voices(rows: &[FilledRow<'_>], findings: &mut Vec<Finding>) -> Vec<Choice> {
    let (numbered, rest) = in_order(rows, findings);
    let numbered: Vec<Choice> = numbered.into_iter().map(|row| choice(row, true, findings)).collect();
    let mut rest: Vec<Choice> = rest.into_iter().map(|row| choice(row, false, findings)).collect();
    // Without a number, a row matters only if the agencies that it names were asked.
    rest.retain(|choice| choice.is_checked);
    rest.sort_by_key(Choice::sort_key);
    numbered.into_iter().chain(rest).collect()
}

fn choice(row: &FilledRow<'_>, is_on_slide: bool, findings: &mut Vec<Finding>) -> Choice {
    Choice {
        is_on_slide,
        reference: row.text(REF),
        agency: row.text(AGENCY),
        own_words: row.text(OWN_WORDS),
        wording: row.text(WORDING),
        is_whole: row.is_yes(WHOLE, findings),
        own_line: row.has(OWN_LINE).then(|| row.text(OWN_LINE)),
        is_checked: row.is_yes(CHECKED, findings),
        place: row.place(ORDER),
        reference_place: row.place(REF),
        agency_place: row.place(AGENCY),
        words_place: row.place(OWN_WORDS),
        line_place: row.place(OWN_LINE),
        checked_place: row.place(CHECKED),
    }
}

/// What the officer wrote beside actions: first the numbered rows in their order, then those that were only checked or agreed.
fn actions(rows: &[FilledRow<'_>], today: Date, findings: &mut Vec<Finding>) -> Vec<ActionChoice> {
    let (numbered, rest) = in_order(rows, findings);
    let numbered: Vec<ActionChoice> =
        numbered.into_iter().filter_map(|row| action(row, true, today, findings)).collect();
    let mut rest: Vec<ActionChoice> = rest.into_iter().filter_map(|row| action(row, false, today, findings)).collect();
    rest.retain(|action| !action.is_own() && (action.row.is_checked || action.agreed.is_some()));
    rest.sort_by_key(|action| action.row.sort_key());
    numbered.into_iter().chain(rest).collect()
}

/// One action; `None` for one of the partnership's own that does not say what it is.
fn action(row: &FilledRow<'_>, is_on_slide: bool, today: Date, findings: &mut Vec<Finding>) -> Option<ActionChoice> {
    let agreed = agreement(row, today, findings);
    // A file without these columns cannot tell whether the agency changed its lead or date since.
    let has_terms = agreed.is_some() && [OWN_LEAD, OWN_DATE].iter().all(|header| row.has(header));
    let action = ActionChoice {
        row: choice(row, is_on_slide, findings),
        lead: row.text(LEAD),
        by: row.date(BY_WHEN, findings),
        terms: has_terms.then(|| ActionTerms { lead: row.text(OWN_LEAD), date: row.text(OWN_DATE) }),
        agreed,
        lead_place: row.place(LEAD),
    };
    if action.is_own() {
        row.all([(WORDING, "what needs to happen, in a few words")], findings)?;
    }
    Some(action)
}

/// Who agreed an action, and when. With only one of the two, or a day still to come, the action is not agreed.
fn agreement(row: &FilledRow<'_>, today: Date, findings: &mut Vec<Finding>) -> Option<Agreement> {
    let (by, on) = (row.text(AGREED_BY), row.date(AGREED_ON, findings));
    if by.is_empty() && row.is_empty(AGREED_ON) {
        return None;
    }
    row.all([(AGREED_BY, "who agreed it, beside when"), (AGREED_ON, "when it was agreed, beside who")], findings)?;
    let on = on?;
    if on > today {
        let found = format!("{} is still to come, so the action is not agreed", words::date(on));
        let finding = Finding::new(
            Code::ChoiceUnread,
            row.place(AGREED_ON),
            found.as_str(),
            "the day on which it was agreed",
            "correct it",
        );
        findings.push(finding.naming(format!("{} {}", row.sheet, found)));
        return None;
    }
    Some(Agreement { by, on, place: row.place(AGREED_BY) })
}

/// The cell that says that slides show the ratings as challenged. `None` where it is empty, as in files of earlier forms: slides then show
/// the agencies' own.
fn as_challenged(book: &Book, findings: &mut Vec<Finding>) -> Option<Place> {
    let start = sheets::sheet(book, START)?;
    let Some(beside) = start.beside(RATINGS) else {
        let is_gone = contract::form(book) >= RATINGS_FORM;
        findings.extend(
            is_gone
                .then(|| missing(Place::sheet(CHOICES_FILE, START), format!("the words {} are gone", quote(RATINGS)))),
        );
        return None;
    };
    let ((row, column), value) = beside?;
    let place = Place::cell(CHOICES_FILE, START, cell_name(row, column));
    if value.is_blank() || *value == Value::HeldBack {
        return None;
    }
    match RATING_KINDS.iter().position(|kind| fold(kind) == fold(&value.text())) {
        Some(0) => None,
        Some(_) => Some(place),
        None => {
            findings.push(unread(place, &value.text(), "Self-ratings or As challenged"));
            None
        }
    }
}

/// Who approved the presentation, when, and its code. A part that is missing, a date to come or too early, or a missing sheet is a finding.
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
        return refuse(&first, "only part of the approval is filled in".into(), expected, "write all three");
    };
    match on.date() {
        None => refuse(
            &place,
            format!("{} is not a date", quote(&on.text())),
            "a date, as in 12/12/2026",
            "write it like that",
        ),
        Some(date) if date > today => {
            refuse(&place, format!("{} is still to come", words::date(date)), "the day of the approval", "correct it")
        }
        Some(date) if date < earliest => {
            let found =
                format!("{} is before the workbooks were issued on {}", words::date(date), words::date(earliest));
            refuse(&place, found, "the day of the approval", "correct it")
        }
        Some(on) => {
            // People copy the code as it is at the foot of a page, with the page number (`K7Q2-4`), and separate two codes in many ways.
            let run = run.text().to_uppercase();
            let parts = run.split(|c: char| !c.is_ascii_alphanumeric());
            let runs: Vec<String> = parts.filter(|part| part.len() == CODE_LENGTH).map(str::to_string).collect();
            if runs.is_empty() {
                let found = format!("{} is not a code", quote(&run));
                return refuse(
                    &run_place,
                    found,
                    "the code at the foot of the slides, as in K7Q2",
                    "write it like that",
                );
            }
            Some(Approval { by: by.text().trim().to_string(), on, runs, place: run_place })
        }
    }
}
