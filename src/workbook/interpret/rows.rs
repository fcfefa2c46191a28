//! Reads the answers of a table row by row, with the findings about them.

use std::collections::HashMap;

use super::asked::AskedTable;
use super::file_findings::{FileFindings, in_cell};
use super::stray::{MOST_FOR_ONE_STATEMENT, report_missing_rows, report_rows_too_many, report_stray_rows};
use super::table::AnswerTable;
use super::texts::{self, TextPlace, is_unseen, report_error, stated};
use crate::core::due::{DueDay, Precision};
use crate::core::finding::{Code, Subject, WrittenCell};
use crate::core::ids::CriterionId;
use crate::core::privacy;
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ActionProgress, ColumnKey, TextKind};
use crate::response::{Answer, SelfRating, TextColumns, Texts};
use crate::style::palette;
use crate::theme::Criterion;
use crate::workbook::contract::{self, EntryKind, STILL_RIGHT, fold};
use crate::workbook::file::book::{At, Fill, Value, cell_name, column_name};

/// What was expected as a rating, for findings.
const FOUR_RATINGS: &str = "one of Red, Amber, Green, Not applicable";

/// A row of the table that answers a statement.
#[derive(Clone, Copy)]
struct StatementRow<'a> {
    asked: &'a AskedTable<'a>,
    row: u32,
    criterion: &'a Criterion,
}

impl<'a> StatementRow<'a> {
    fn at(&self, key: ColumnKey) -> Option<u32> {
        self.asked.table.column(key)
    }

    fn value(&self, key: ColumnKey) -> Option<&'a Value> {
        self.at(key).and_then(|at| self.asked.table.sheet.value(self.row, at))
    }

    /// The cell of a column with its text, as the subject of a finding; the row as a whole if the column is missing.
    fn subject(&self, key: ColumnKey) -> Subject {
        match self.at(key) {
            Some(at) => self.asked.subject((self.row, at)),
            None => Subject::default().on(&self.criterion.id).in_field(key),
        }
    }

    fn agency(&self) -> &'a str {
        &self.asked.agency.name
    }
}

/// Reads the answer to every statement that was asked. A statement without a row has no answer and gets a finding.
pub(super) fn answers(asked: &AskedTable<'_>, notes: &mut FileFindings) -> Vec<Answer> {
    let mut found: Vec<(CriterionId, Answer)> = Vec::new();
    let table = asked.table;
    let mut stray: Vec<u32> = Vec::new();
    let mut rows_of: HashMap<&CriterionId, Vec<u32>> = HashMap::new();
    for (row, _) in table.sheet.rows().into_iter().filter(|(row, _)| *row > table.header_row) {
        match asked.criterion_of(row) {
            Some(criterion) => {
                let rows = rows_of.entry(&criterion.id).or_default();
                rows.push(row);
                if rows.len() > MOST_FOR_ONE_STATEMENT {
                    continue;
                }
                let line = StatementRow { asked, row, criterion };
                report_wording(line, notes);
                report_area(line, notes);
                let answer = answer(line, notes);
                add(&mut found, answer, line, notes);
            }
            None => stray.push(row),
        }
    }
    for criterion in &asked.criteria {
        let rows = rows_of.get(&criterion.id).map_or(&[][..], Vec::as_slice);
        report_rows_too_many(asked, criterion, rows.get(MOST_FOR_ONE_STATEMENT..).unwrap_or_default(), notes);
    }
    report_stray_rows(asked, &stray, notes);
    report_missing_rows(asked, &found, notes);
    // In the order of the theme: an agency may have sorted its rows.
    let take =
        |criterion: &&Criterion| found.iter().find(|(id, _)| *id == criterion.id).map(|(_, answer)| answer.clone());
    asked.criteria.iter().filter_map(take).collect()
}

/// The letters of the columns with texts.
pub(super) fn columns(table: &AnswerTable<'_>) -> TextColumns {
    let mut letters = TextColumns::default();
    for (key, at) in &table.columns {
        if let Some(kind) = key.text() {
            letters.set(kind, column_name(*at));
        }
    }
    letters
}

/// Reports a row whose Ref and statement do not belong together, and one whose Ref is lost: either may have been moved.
fn report_wording(line: StatementRow<'_>, notes: &mut FileFindings) {
    let criterion = line.criterion;
    let is_its_ref = |text: &str| criterion.id.as_str().eq_ignore_ascii_case(text.trim());
    let reference = line.value(ColumnKey::Ref).map(Value::text);
    let Some(statement) = line.value(ColumnKey::Statement).map(Value::text) else { return };
    let has_its_ref = reference.as_deref().is_some_and(is_its_ref);
    let (found, key) = match reference {
        Some(_) if has_its_ref && statement != criterion.text && fold(&statement) != fold(&criterion.text) => {
            let found = format!("the statement of {} is not as issued: {}", criterion.id, quote(&statement));
            (found, ColumnKey::Statement)
        }
        _ if has_its_ref => return,
        Some(text) => {
            let found = format!("this row has the Ref {} but the statement of {}", quote(&text), criterion.id);
            (found, ColumnKey::Ref)
        }
        None => {
            let found = format!("this row has the statement of {} but no Ref", criterion.id);
            (found, ColumnKey::Ref)
        }
    };
    let remedy = format!("ask {} whether the answers in this row belong to {}", line.agency(), criterion.id);
    let expected = "the Ref and the statement as issued";
    notes.add_here(Code::RowReworded, line.subject(key), found, expected, remedy);
}

/// Reports what somebody wrote over the area of a statement. Only the beginning is compared.
fn report_area(line: StatementRow<'_>, notes: &mut FileFindings) {
    let Some((area, _)) = line.asked.expected.theme.criterion(&line.criterion.id) else { return };
    let Some((at, value)) = line.at(ColumnKey::Area).zip(line.value(ColumnKey::Area)) else { return };
    let text = value.text();
    // We write more behind the area ourselves: that it is a line of enquiry, which columns we ask about, that nothing was carried in.
    if !text.starts_with(&area.title) && !fold(&text).starts_with(&fold(&area.title)) {
        let found = format!("the area of {} was written over with {}", line.criterion.id, quote(&text));
        let place = notes.cell(&line.asked.table.sheet.name, line.row, at);
        notes.add_elsewhere(place, line.subject(ColumnKey::Area), found, line.asked.agency);
    }
}

fn answer(line: StatementRow<'_>, notes: &mut FileFindings) -> Answer {
    let (mut texts, mut action_due) = (Texts::default(), None);
    for column in &contract::COLUMNS {
        let Some(kind) = column.key.text() else { continue };
        if let Some(value) = line.value(column.key) {
            let place = TextPlace { header: column.name(), subject: line.subject(column.key), agency: line.agency() };
            let text = stated(entered_text(line, column, value, notes), &place, notes);
            if kind == TextKind::ActionDue && !text.is_nothing() {
                action_due = value.due();
            }
            texts.set(kind, with_link(text, line, column));
        }
    }
    let (table, key) = (line.asked.table, ColumnKey::Rating);
    let at = line.at(key).unwrap_or_default();
    let written = table.sheet.value(line.row, at);
    let as_written = written.map(in_cell).unwrap_or_default();
    // Without a rating column, `at` is 0 and would be the fill of a different cell.
    let fill = table.sheet.extras.fills.get(&(line.row, at)).filter(|_| line.at(key).is_some()).copied();
    let rating = match (written, fill) {
        // A fill that we put there: it marks a cell that we ask about, and comes back with the workbook.
        (None, Some(Fill::Rgb(rgb))) if rgb == palette::QUESTION_GROUND.0 => SelfRating::Blank,
        (None, Some(fill)) => from_fill(line, fill, notes),
        (None, None) => {
            report_colour_by_rule(line, notes);
            SelfRating::Blank
        }
        (Some(Value::Text(text)), _) => contract::rating(text),
        // A number or a date is never a word of the list.
        (Some(_), _) => SelfRating::Unreadable,
    };
    report_rating(line, rating, written, notes);
    report_other_colour(line, rating, fill, notes);
    report_struck_out(line, notes);
    if rating == SelfRating::NotApplicable && texts.get(TextKind::NotApplicableReason).is_nothing() {
        report_no_reason(line, notes);
    }
    report_lead(line, &texts, notes);
    let (sheet, cell) = (table.sheet.name.clone(), cell_name(line.row, at));
    Answer {
        taken: Default::default(),
        criterion: line.criterion.id.clone(),
        rating,
        as_written,
        texts,
        action_due,
        still_right: chosen(line, ColumnKey::StillRight, notes).map(|word| word == STILL_RIGHT[0]),
        recheck: None,
        is_action_over: false,
        progress: chosen(line, ColumnKey::Progress, notes).and_then(ActionProgress::from_word),
        sheet,
        row: line.row + 1,
        cell,
    }
}

/// Reports that the agency does not say why a statement does not apply to it.
fn report_no_reason(line: StatementRow<'_>, notes: &mut FileFindings) {
    let found = format!("{} is not applicable, and no reason is given", line.criterion.id);
    let remedy = format!("ask {} why", line.agency());
    let key = ColumnKey::NotApplicableReason;
    // If that column was deleted, the finding is at the rating.
    let at = line.at(key).or_else(|| line.at(ColumnKey::Rating)).unwrap_or_default();
    let place = notes.cell(&line.asked.table.sheet.name, line.row, at);
    notes.add(Code::ReasonMissing, place, line.subject(key), found, "a reason", remedy);
}

/// The word that is chosen in a column with a list; `None` where nothing is chosen. Any other text is reported, and is `None` too.
fn chosen(line: StatementRow<'_>, key: ColumnKey, notes: &mut FileFindings) -> Option<&'static str> {
    let value = line.value(key).filter(|value| !value.is_blank())?;
    let words = contract::column(key).words();
    let text = value.text();
    let known = words.iter().find(|word| fold(word) == fold(&text)).copied();
    // What is held back has a finding already.
    if known.is_none() && !matches!(value, Value::HeldBack) {
        let found = format!("{} is written under {}", quote(&text), quote(contract::column(key).name()));
        let remedy = format!("ask {} which one is meant", line.agency());
        let expected = format!("{} or an empty cell", words::list(words));
        notes.add_here(Code::RecheckUnread, line.subject(key), found, &expected, remedy);
    }
    known
}

/// Reports a person's name where a role was asked for.
fn report_lead(line: StatementRow<'_>, texts: &Texts, notes: &mut FileFindings) {
    let lead = texts.text(TextKind::ActionLead);
    if privacy::names_person(lead) {
        let found = format!("{} names a person, so no slide shows it", quote(lead));
        let remedy = format!("ask {} for the role", line.agency());
        notes.add_here(Code::LeadNamed, line.subject(ColumnKey::ActionLead), found, "a role", remedy);
    }
}

/// The rating of a cell that has a colour and no word. It is always reported, because the colour may be left over from something else.
fn from_fill(line: StatementRow<'_>, fill: Fill, notes: &mut FileFindings) -> SelfRating {
    let (id, subject) = (&line.criterion.id, line.subject(ColumnKey::Rating));
    match fill.rating() {
        Some(rating) => {
            let found = format!("{id} has no word, only a colour, which was read as {}", rating.word());
            let remedy = format!("ask {} whether {} is meant", line.agency(), rating.word());
            let subject = Subject { written: rating.word().to_string(), ..subject };
            notes.add_here(Code::RatingFromColour, subject, found, FOUR_RATINGS, remedy);
            SelfRating::Rated(rating)
        }
        None => {
            let found = format!("{id} has no word, only a colour that is not one of the three");
            let remedy = format!("ask {} which is meant", line.agency());
            notes.add_here(Code::ColourWithoutWord, subject, found, FOUR_RATINGS, remedy);
            SelfRating::Blank
        }
    }
}

/// Reports an empty rating cell that a conditional format may colour. A file has the rule but not the colour that people see.
fn report_colour_by_rule(line: StatementRow<'_>, notes: &mut FileFindings) {
    let Some(at) = line.at(ColumnKey::Rating) else { return };
    let is_inside =
        |(first, last): &(At, At)| (first.0..=last.0).contains(&line.row) && (first.1..=last.1).contains(&at);
    if line.asked.table.sheet.extras.coloured_by_rule.iter().any(is_inside) {
        let found = format!("{} has no word, but a rule of the workbook may colour the cell", line.criterion.id);
        let remedy = format!("look at it in the file; ask {} which rating is meant", line.agency());
        notes.add_here(Code::ColourWithoutWord, line.subject(ColumnKey::Rating), found, FOUR_RATINGS, remedy);
    }
}

/// A text with the address that its cell links to, if the text does not have it already: agencies link to their evidence, and the link
/// would be lost with the cell.
fn with_link(written: Written, line: StatementRow<'_>, column: &contract::Column) -> Written {
    let Written::Text(text) = written else { return written };
    let link = line.at(column.key).and_then(|at| line.asked.table.sheet.extras.links.get(&(line.row, at)));
    let link = link.map(Written::text).unwrap_or_default();
    let is_in_it = text.contains(link.trim_start_matches("mailto:"));
    Written::Text(if link.is_empty() || is_in_it { text } else { format!("{text} ({link})") })
}

/// The text of a cell: a date in the form `2027-01-31` where it was read as one, and a word of a list as it is in the list. What is neither
/// is reported, and stays as it is written.
fn entered_text(line: StatementRow<'_>, column: &contract::Column, value: &Value, notes: &mut FileFindings) -> Written {
    let subject = line.subject(column.key);
    if let Value::Error(_) | Value::Unreadable(_) = value {
        let place = TextPlace { header: column.name(), subject, agency: line.agency() };
        report_error(value, &place, notes);
        return in_cell(value);
    }
    // A placeholder counts as an empty cell, and is reported as one.
    if matches!(column.entry, EntryKind::Choice(_)) && !contract::is_placeholder(&value.text()) {
        let word = chosen(line, column.key, notes);
        return word.map_or_else(|| in_cell(value), |word| Written::Text(word.into()));
    }
    if column.entry != EntryKind::Date || matches!(value, Value::HeldBack) {
        return in_cell(value);
    }
    match value.due() {
        // A month stays as it is written. Taking its last day is our reading, and not what the agency said.
        Some(due) if due.precision != Precision::Day => in_cell(value),
        Some(DueDay { day: date, .. }) => {
            let text = value.text();
            if matches!(value, Value::Text(_)) && words::is_read_day_first(&text, date) {
                let found = format!("{} was read as {}", quote(&text), words::date(date));
                notes.add_here(Code::DateDayFirst, subject, found, "a date, day first", String::new());
            }
            Written::Text(date.to_string())
        }
        None => {
            let found = format!("{} is not a date", quote(&value.text()));
            let remedy = format!("ask {} for a date", line.agency());
            notes.add_here(Code::DateUnreadable, subject, found, "a date, as in 31/01/2027", remedy);
            in_cell(value)
        }
    }
}

fn report_rating(line: StatementRow<'_>, rating: SelfRating, written: Option<&Value>, notes: &mut FileFindings) {
    let subject = line.subject(ColumnKey::Rating);
    let as_written = &written.map(Value::text).unwrap_or_default();
    match rating {
        SelfRating::Blank => {
            let found = format!("{} has no rating", line.criterion.id);
            let remedy = format!("ask {} to rate it, or show it as not answered", line.agency());
            notes.add_here(Code::RatingBlank, subject, found, FOUR_RATINGS, remedy);
        }
        SelfRating::Unreadable => {
            let named = |text: &str| ["red", "amber", "green"].iter().filter(|word| text.contains(*word)).count();
            let found = match (written, named(&as_written.to_lowercase())) {
                (Some(Value::Unreadable(what)), _) => format!("{what} is not a rating"),
                (Some(Value::Text(text)), _) if text.chars().any(is_unseen) => {
                    format!("{} with an invisible character is not a rating", quote(&text.replace(is_unseen, "")))
                }
                (_, 2) => format!("{} is two ratings", quote(as_written)),
                (_, 3) => format!("{} is three ratings", quote(as_written)),
                (..) => format!("{} is not a rating", quote(as_written)),
            };
            let remedy = format!("ask {} to choose one", line.agency());
            notes.add_here(Code::RatingUnreadable, subject, found, FOUR_RATINGS, remedy);
        }
        SelfRating::Rated(_) | SelfRating::NotApplicable
            if !as_written.is_empty() && contract::rating_word(rating) != as_written =>
        {
            let found = format!("{} was read as {}", quote(as_written), contract::rating_word(rating));
            if contract::is_plain_rating(as_written) {
                notes.add_here(Code::RatingAssumed, subject, found, FOUR_RATINGS, String::new());
            } else {
                let remedy =
                    format!("check that the words after it do not change the rating, or ask {}", line.agency());
                notes.add_here(Code::RatingQualified, subject, found, FOUR_RATINGS, remedy);
            }
        }
        SelfRating::Rated(_) | SelfRating::NotApplicable => {}
    }
}

/// Reports a cell whose colour stands for a different rating than its word. The word counts: a colour can be left over from something else.
fn report_other_colour(line: StatementRow<'_>, rating: SelfRating, fill: Option<Fill>, notes: &mut FileFindings) {
    let (Some(meant), Some(_)) = (fill.and_then(|fill| fill.rating()), line.value(ColumnKey::Rating)) else { return };
    let word = contract::rating_word(rating);
    if rating == SelfRating::Rated(meant) || word.is_empty() {
        return;
    }
    let found = format!("the word is {word} but the colour of the cell is that of {}; the word was read", meant.word());
    let remedy = format!("ask {} which is meant", line.agency());
    let subject = Subject { written: meant.word().to_string(), ..line.subject(ColumnKey::Rating) };
    notes.add_here(Code::ColourAgainstWord, subject, found, FOUR_RATINGS, remedy);
}

/// Reports answers that are struck out. They are read as if they were not.
fn report_struck_out(line: StatementRow<'_>, notes: &mut FileFindings) {
    let table = line.asked.table;
    for (key, _) in table.columns.iter().filter(|(_, at)| table.sheet.extras.struck.contains(&(line.row, *at))) {
        texts::report_struck_out(line.value(*key), line.subject(*key), line.agency(), notes);
    }
}

/// Adds an answer. If the statement has an answer already and the two differ, neither rating counts: only the agency knows which row it
/// means.
fn add(found: &mut Vec<(CriterionId, Answer)>, answer: Answer, line: StatementRow<'_>, notes: &mut FileFindings) {
    let Some((_, first)) = found.iter_mut().find(|(id, _)| *id == answer.criterion) else {
        found.push((answer.criterion.clone(), answer));
        return;
    };
    if (first.rating, &first.as_written, &first.texts) == (answer.rating, &answer.as_written, &answer.texts) {
        return;
    }
    let said = |written: &Written| if written.is_nothing() { "nothing".to_string() } else { quote(&written.shown()) };
    let message = format!(
        "{} is answered twice: {} here and {} in cell {}",
        answer.criterion,
        said(&answer.as_written),
        said(&first.as_written),
        first.cell
    );
    let remedy = "ask the agency which row counts; until then the rating is unreadable".to_string();
    let mut subject = line.subject(ColumnKey::Rating);
    subject.cells.push(WrittenCell {
        sheet: first.sheet.clone(),
        cell: first.cell.clone(),
        field: Some(ColumnKey::Rating.into()),
        written: first.as_written.clone(),
    });
    notes.add_here(Code::RowTwice, subject, message, "one row a statement", remedy);
    first.action_due = joined_date(first, &answer);
    first.rating = SelfRating::Unreadable;
    first.as_written = joined(&first.as_written, &answer.as_written, " | ");
    for (kind, other) in answer.texts.all() {
        let both = joined(first.texts.get(kind), other, "\n| ");
        first.texts.set(kind, both);
    }
}

/// The texts of two rows for one statement, joined so that nothing is lost. If one of them is held back, both are. If one of them is
/// unreadable, so is the result: none of our own words may become part of an agency's text.
fn joined(one: &Written, other: &Written, between: &str) -> Written {
    match (one, other) {
        (one, other) if one == other || other.is_nothing() => one.clone(),
        (one, other) if one.is_nothing() => other.clone(),
        (Written::HeldBack, _) | (_, Written::HeldBack) => Written::HeldBack,
        (Written::Text(one), Written::Text(other)) => Written::Text(format!("{one}{between}{other}")),
        (one, other) => {
            let in_words = |written: &Written| match written {
                Written::Unreadable(why) => why.clone(),
                other => other.text().to_string(),
            };
            Written::Unreadable(format!("{}{between}{}", in_words(one), in_words(other)))
        }
    }
}

/// The date of an action that two rows for one statement agree on, or that only one of them has. Two different dates count as none.
fn joined_date(first: &Answer, second: &Answer) -> Option<DueDay> {
    let is_undated = |answer: &Answer| answer.texts.get(TextKind::ActionDue).is_nothing();
    match (first.action_due, second.action_due) {
        (date, _) if is_undated(second) => date,
        (_, date) if is_undated(first) => date,
        (one, other) => one.filter(|_| one == other),
    }
}
