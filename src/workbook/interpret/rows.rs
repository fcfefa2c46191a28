//! The answers in a table, row by row, each with its findings.

use super::super::book::{Fill, Value, cell_name, column_name};
use super::super::layout::{self, ColumnKey, Entry, fold};
use super::table::Table;
use super::{Expected, Known, Notes, elsewhere};
use crate::diagnostic::{Code, quote};
use crate::palette;
use crate::response::{Answer, SelfRating, TextKind, Texts};
use crate::round::Agency;
use crate::theme::{Criterion, CriterionId};
use crate::words;

/// What can be written for a rating, for messages.
const FOUR_RATINGS: &str = "one of Red, Amber, Green, Not applicable";

/// Reads the answer to every statement asked; a statement with no row has no answer, and a finding says so.
pub(super) fn answers(table: &Table<'_>, expected: Expected<'_>, agency: &Agency, notes: &mut Notes) -> Vec<Answer> {
    let asked: Vec<&Criterion> =
        expected.round.statements(expected.theme, agency).into_iter().map(|(_, criterion)| criterion).collect();
    let mut found: Vec<(CriterionId, Answer)> = Vec::new();
    for (row, _) in table.sheet.rows().into_iter().filter(|(row, _)| *row > table.header_row) {
        match criterion_of(table, row, &asked, expected.known) {
            Some(criterion) => {
                report_wording(table, row, criterion, agency, notes);
                report_area(table, row, criterion, expected, agency, notes);
                let answer = answer(table, row, criterion, agency, notes);
                add(&mut found, answer, notes);
            }
            None => report_stray_row(table, row, expected, notes),
        }
    }
    report_missing_rows(&asked, &found, table, agency, notes);
    let take =
        |criterion: &&Criterion| found.iter().find(|(id, _)| *id == criterion.id).map(|(_, answer)| answer.clone());
    asked.iter().filter_map(take).collect()
}

/// The letters of the columns that texts stand in.
pub(super) fn columns(table: &Table<'_>) -> Texts {
    let mut letters = Texts::default();
    for (key, at) in &table.columns {
        if let Some(kind) = key.text() {
            *letters.get_mut(kind) = column_name(*at);
        }
    }
    letters
}

/// The statement that a row answers: by its Ref, else by the statement's own words.
fn criterion_of<'c>(table: &Table<'_>, row: u32, asked: &[&'c Criterion], known: &Known) -> Option<&'c Criterion> {
    let text = |key| table.column(key).and_then(|column| table.sheet.value(row, column)).map(Value::text);
    let is_asked = |id: &CriterionId| asked.iter().find(|criterion| criterion.id == *id);
    let by_ref = text(ColumnKey::Ref).and_then(|written| is_asked(known.by_ref(&written)?));
    let by_words = || text(ColumnKey::Statement).and_then(|written| is_asked(known.by_words(&written)?));
    by_ref.or_else(by_words).copied()
}

/// Reports a row whose Ref and statement do not belong together, and one whose Ref is lost: either may have been moved.
fn report_wording(table: &Table<'_>, row: u32, criterion: &Criterion, agency: &Agency, notes: &mut Notes) {
    let said = |key| table.column(key).and_then(|column| Some((column, table.sheet.value(row, column)?.text())));
    let is_its_ref = |text: &str| criterion.id.as_str().eq_ignore_ascii_case(text.trim());
    let (found, column) = match (said(ColumnKey::Ref), said(ColumnKey::Statement)) {
        (Some((_, reference)), Some((column, statement)))
            if is_its_ref(&reference) && statement != criterion.text && fold(&statement) != fold(&criterion.text) =>
        {
            (format!("beside {} stands another statement than was issued: {}", criterion.id, quote(&statement)), column)
        }
        (reference, Some((column, _))) if !reference.as_ref().is_some_and(|(_, text)| is_its_ref(text)) => {
            let stands = match &reference {
                Some((_, text)) => format!("the Ref of this row is {}", quote(text)),
                None => "the Ref of this row is lost".to_string(),
            };
            let at = reference.map_or(column, |(at, _)| at);
            (format!("{stands}; its statement is that of {}", criterion.id), at)
        }
        _ => return,
    };
    let remedy = format!("ask {} whether the answers in this row belong to {}", agency.name, criterion.id);
    notes.add(
        Code::RowReworded,
        notes.cell(&table.sheet.name, row, column),
        found,
        "the Ref and the statement as issued",
        remedy,
    );
}

/// Reports what somebody wrote over the area of a statement.
fn report_area(
    table: &Table<'_>,
    row: u32,
    criterion: &Criterion,
    expected: Expected<'_>,
    agency: &Agency,
    notes: &mut Notes,
) {
    let Some((area, _)) = expected.theme.criterion(&criterion.id) else { return };
    let Some((at, value)) = table.column(ColumnKey::Area).and_then(|at| Some((at, table.sheet.value(row, at)?))) else {
        return;
    };
    let text = value.text();
    // A line of enquiry, and a question on the row, are said behind the area's heading.
    if !text.starts_with(&area.title) && !fold(&text).starts_with(&fold(&area.title)) {
        let found = format!("over the area of {} stands {}", criterion.id, quote(&text));
        elsewhere::add(notes, notes.cell(&table.sheet.name, row, at), found, agency);
    }
}

fn answer(table: &Table<'_>, row: u32, criterion: &Criterion, agency: &Agency, notes: &mut Notes) -> Answer {
    let mut texts = Texts::default();
    for column in &layout::COLUMNS {
        let Some(kind) = column.key.text() else { continue };
        if let Some(value) = table.column(column.key).and_then(|at| table.sheet.value(row, at)) {
            let text = stated(entered_text(table, row, column, value, agency, notes), table, row, column, notes);
            *texts.get_mut(kind) = with_link(text, table, row, column);
        }
    }
    let at = table.column(ColumnKey::Rating).unwrap_or_default();
    let written = table.sheet.value(row, at);
    let as_written = written.map(Value::text).unwrap_or_default();
    let fill = table.sheet.extras.fills.get(&(row, at)).filter(|_| table.column(ColumnKey::Rating).is_some());
    let rating = match (written, fill) {
        // Our own mark on a cell in question, in a workbook that came back.
        (None, Some(Fill::Rgb(rgb))) if *rgb == palette::QUESTION_GROUND.0 => SelfRating::Blank,
        (None, Some(fill)) => from_fill(table, (row, at), criterion, *fill, agency, notes),
        (None, None) => SelfRating::Blank,
        (Some(Value::Text(text)), _) => layout::rating(text),
        (Some(_), _) => SelfRating::Unreadable,
    };
    report_rating(table, (row, at), criterion, rating, written, agency, notes);
    report_other_colour(table, (row, at), rating, fill, agency, notes);
    report_struck_out(table, row, agency, notes);
    if rating == SelfRating::NotApplicable && texts.not_applicable_reason.trim().is_empty() {
        let found = format!("{} is not applicable, and no reason is given", criterion.id);
        let remedy = format!("ask {} why", agency.name);
        notes.add(Code::ReasonMissing, notes.cell(&table.sheet.name, row, at), found, "a reason", remedy);
    }
    let (sheet, cell) = (table.sheet.name.clone(), cell_name(row, at));
    Answer { criterion: criterion.id.clone(), rating, as_written, texts, sheet, cell }
}

/// The rating that a colour stands for where no word is written. It is always reported: a colour can be left from something else.
fn from_fill(
    table: &Table<'_>,
    at: (u32, u32),
    criterion: &Criterion,
    fill: Fill,
    agency: &Agency,
    notes: &mut Notes,
) -> SelfRating {
    let place = notes.cell(&table.sheet.name, at.0, at.1);
    match fill.rating() {
        Some(rating) => {
            let found = format!("{} has no word, only a colour, which was read as {}", criterion.id, rating.word());
            let remedy = format!("ask {} whether {} is meant", agency.name, rating.word());
            notes.add(Code::RatingFromColour, place, found, FOUR_RATINGS, remedy);
            SelfRating::Rated(rating)
        }
        None => {
            let found = format!("{} has no word, only a colour that is none of the three", criterion.id);
            notes.add(
                Code::ColourWithoutWord,
                place,
                found,
                FOUR_RATINGS,
                format!("ask {} which is meant", agency.name),
            );
            SelfRating::Blank
        }
    }
}

/// A text with the address that its cell leads to, where that is not in it.
fn with_link(text: String, table: &Table<'_>, row: u32, column: &layout::Column) -> String {
    let link = table.column(column.key).and_then(|at| table.sheet.extras.links.get(&(row, at)));
    match link.filter(|link| !link.is_empty() && !text.contains(link.trim_start_matches("mailto:"))) {
        Some(link) => format!("{text} ({link})"),
        None => text,
    }
}

/// What a text states: nothing where it is a placeholder. Characters that cannot be seen are named, because two texts that look
/// alike may differ by them.
fn stated(text: String, table: &Table<'_>, row: u32, column: &layout::Column, notes: &mut Notes) -> String {
    let place = notes.cell(&table.sheet.name, row, table.column(column.key).unwrap_or_default());
    if let Some(unseen) = text.chars().find(|c| is_unseen(*c)) {
        let found =
            format!("{} holds the character U+{:04X}, which cannot be seen", quote(column.header), unseen as u32);
        let remedy = "check in the file that the text says what it seems to".to_string();
        notes.add(Code::TextInvisible, place.clone(), found, "letters, digits and signs", remedy);
    }
    if !layout::is_placeholder(&text) {
        return text;
    }
    let found = format!("{} under {} counts as nothing stated", quote(&text), quote(column.header));
    notes.add(Code::Placeholder, place, found, "a text, or an empty cell", String::new());
    String::new()
}

/// Characters that turn writing around, join or split without a trace, or control a device. A tab and a line break are seen.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}' | '\u{ad}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

fn entered_text(
    table: &Table<'_>,
    row: u32,
    column: &layout::Column,
    value: &Value,
    agency: &Agency,
    notes: &mut Notes,
) -> String {
    let at = table.column(column.key).unwrap_or_default();
    let place = notes.cell(&table.sheet.name, row, at);
    if let Value::Error(_) | Value::Unreadable(_) = value {
        let found = format!("{} stands under {}", quote(&value.text()), quote(column.header));
        let remedy = format!("ask {} what was written there", agency.name);
        notes.add(Code::CellError, place, found, "a text", remedy);
        return value.text();
    }
    if column.entry != Entry::Date {
        return value.text();
    }
    match value.date() {
        Some(date) => date.to_string(),
        None => {
            let found = format!("{} is no date", quote(&value.text()));
            let remedy = format!("ask {} for a date", agency.name);
            notes.add(Code::DateUnreadable, place, found, "a date, as in 31/01/2027", remedy);
            value.text()
        }
    }
}

fn report_rating(
    table: &Table<'_>,
    at: (u32, u32),
    criterion: &Criterion,
    rating: SelfRating,
    written: Option<&Value>,
    agency: &Agency,
    notes: &mut Notes,
) {
    let place = notes.cell(&table.sheet.name, at.0, at.1);
    let as_written = &written.map(Value::text).unwrap_or_default();
    match rating {
        SelfRating::Blank => {
            let found = format!("{} has no rating", criterion.id);
            let remedy = format!("ask {} to rate it, or show it as not answered", agency.name);
            notes.add(Code::RatingBlank, place, found, FOUR_RATINGS, remedy);
        }
        SelfRating::Unreadable => {
            let named = |text: &str| ["red", "amber", "green"].iter().filter(|word| text.contains(*word)).count();
            let found = match (written, named(&as_written.to_lowercase())) {
                (Some(Value::Unreadable(what)), _) => format!("{what}, is no rating"),
                (Some(Value::Text(text)), _) if text.chars().any(is_unseen) => {
                    format!("{} with a character that cannot be seen is no rating", quote(&text.replace(is_unseen, "")))
                }
                (_, 2) => format!("{} is two ratings", quote(as_written)),
                (_, 3) => format!("{} is three ratings", quote(as_written)),
                (..) => format!("{} is no rating", quote(as_written)),
            };
            let remedy = format!("ask {} to choose one", agency.name);
            notes.add(Code::RatingUnreadable, place, found, FOUR_RATINGS, remedy);
        }
        SelfRating::Rated(_) | SelfRating::NotApplicable
            if !as_written.is_empty() && layout::rating_word(rating) != as_written =>
        {
            let found = format!("{} was read as {}", quote(as_written), layout::rating_word(rating));
            if layout::is_plain_rating(as_written) {
                notes.add(Code::RatingAssumed, place, found, FOUR_RATINGS, String::new());
            } else {
                let remedy =
                    format!("check that what stands behind the word does not take it back, or ask {}", agency.name);
                notes.add(Code::RatingQualified, place, found, FOUR_RATINGS, remedy);
            }
        }
        SelfRating::Rated(_) | SelfRating::NotApplicable => {}
    }
}

/// A cell whose colour stands for another rating than its word. The word counts.
fn report_other_colour(
    table: &Table<'_>,
    at: (u32, u32),
    rating: SelfRating,
    fill: Option<&Fill>,
    agency: &Agency,
    notes: &mut Notes,
) {
    let (Some(meant), true) = (fill.and_then(|fill| fill.rating()), table.sheet.value(at.0, at.1).is_some()) else {
        return;
    };
    let word = layout::rating_word(rating);
    if rating == SelfRating::Rated(meant) || word.is_empty() {
        return;
    }
    let found = format!("the word is {word} and the colour of the cell that of {}; the word was read", meant.word());
    let remedy = format!("ask {} which is meant", agency.name);
    notes.add(Code::ColourAgainstWord, notes.cell(&table.sheet.name, at.0, at.1), found, FOUR_RATINGS, remedy);
}

/// Answers that are struck out: read as they stand, and asked about.
fn report_struck_out(table: &Table<'_>, row: u32, agency: &Agency, notes: &mut Notes) {
    for (_, at) in table.columns.iter().filter(|(_, at)| table.sheet.extras.struck.contains(&(row, *at))) {
        let written = table.sheet.value(row, *at).map(Value::text).unwrap_or_default();
        let found = format!("{} is struck out, whole or in part, and was read as if it were not", quote(&written));
        let remedy = format!("ask {} whether it still holds", agency.name);
        notes.add(Code::TextStruckOut, notes.cell(&table.sheet.name, row, *at), found, "what holds now", remedy);
    }
}

/// Adds an answer; where the same statement was answered before in other words, neither answer is taken for the agency's.
fn add(found: &mut Vec<(CriterionId, Answer)>, answer: Answer, notes: &mut Notes) {
    let Some((_, first)) = found.iter_mut().find(|(id, _)| *id == answer.criterion) else {
        found.push((answer.criterion.clone(), answer));
        return;
    };
    if (first.rating, &first.as_written, &first.texts) == (answer.rating, &answer.as_written, &answer.texts) {
        return;
    }
    let place = crate::diagnostic::Place::cell(&notes.file, &answer.sheet, &answer.cell);
    let said = |text: &str| if text.is_empty() { "nothing".to_string() } else { quote(text) };
    let message = format!(
        "{} is answered a second time, {} here and {} in cell {}",
        answer.criterion,
        said(&answer.as_written),
        said(&first.as_written),
        first.cell
    );
    let remedy = "ask the agency which row counts; until then the rating is unreadable".to_string();
    notes.add(Code::RowTwice, place, message, "one row a statement", remedy);
    first.rating = SelfRating::Unreadable;
    first.as_written = format!("{} | {}", first.as_written, answer.as_written);
    join(&mut first.texts, &answer.texts);
}

/// Keeps both texts of two rows for one statement, so that nothing written is lost.
fn join(kept: &mut Texts, other: &Texts) {
    for kind in TextKind::ALL {
        let (kept, other) = (kept.get_mut(kind), other.get(kind));
        if kept != other && !other.is_empty() {
            if !kept.is_empty() {
                kept.push_str("\n| ");
            }
            kept.push_str(other);
        }
    }
}

/// A row that answers no statement asked of this agency matters only if somebody wrote in it.
fn report_stray_row(table: &Table<'_>, row: u32, expected: Expected<'_>, notes: &mut Notes) {
    let written: Vec<(u32, &Value)> = layout::COLUMNS
        .iter()
        .filter_map(|column| table.column(column.key))
        .filter_map(|at| table.sheet.value(row, at).map(|value| (at, value)))
        .collect();
    let Some((at, _)) = written.first() else { return };
    let written_ref = table.column(ColumnKey::Ref).and_then(|column| table.sheet.value(row, column)).map(Value::text);
    let known =
        written_ref.as_ref().filter(|id| expected.theme.criterion(&CriterionId(id.trim().to_string())).is_some());
    let whose = match (known, &written_ref) {
        (Some(id), _) => format!("{} is not asked of this agency", id.trim()),
        (None, Some(id)) => format!("{} is no statement of this round", quote(id)),
        (None, None) => "this row has no Ref and no statement of this round".to_string(),
    };
    let cells: Vec<_> = written.iter().map(|(at, value)| ((row, *at), *value)).collect();
    let found =
        format!("{whose}; {} written in the row: {}", words::are(cells.len(), "cell"), elsewhere::quoted_cells(&cells));
    let remedy = "ask the agency which statement it belongs to; it is in no report".to_string();
    notes.add(
        Code::RowUnknown,
        notes.cell(&table.sheet.name, row, *at),
        found,
        "answers beside the statements issued",
        remedy,
    );
}

fn report_missing_rows(
    asked: &[&Criterion],
    found: &[(CriterionId, Answer)],
    table: &Table<'_>,
    agency: &Agency,
    notes: &mut Notes,
) {
    let missing: Vec<&str> = asked
        .iter()
        .filter(|criterion| !found.iter().any(|(id, _)| *id == criterion.id))
        .map(|criterion| criterion.id.as_str())
        .collect();
    if !missing.is_empty() {
        let message = format!("{} {} no row", words::list(&missing), if missing.len() == 1 { "has" } else { "have" });
        let remedy = format!("ask {} for the rows that were deleted", agency.name);
        notes.add(Code::RowMissing, notes.sheet(&table.sheet.name), message, "a row for each statement issued", remedy);
    }
}
