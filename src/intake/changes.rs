//! Finds what an agency wrote in a return that does not count, where the return that counts says something different.
//!
//! So that nothing an agency wrote is lost without notice, each such cell is quoted beside what counts in its place.

use std::collections::HashSet;

use crate::core::finding::{Code, Finding, Place, WrittenCell};
use crate::core::ids::CriterionId;
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ColumnKey, Field, HeadlineCell, HeadlineColumn, HeadlineSlot, StartField};
use crate::response::{Answer, HeadlineEntry, Response, SelfRating};
use crate::workbook::contract::{self, Column, EntryKind};

/// A finding for each row of each return that says something different from the return that counts. `quoted` are findings that already
/// quote cells of these returns: no cell is quoted twice.
pub fn replaced(counts: &Response, returns: &[&Response], quoted: &[Finding]) -> Vec<Finding> {
    let quoted_lines = quoted_lines(quoted);
    let quoted: HashSet<QuotedCell<'_>> = quoted.iter().flat_map(QuotedCell::in_finding).collect();
    let of_return = |other: &&Response| {
        let rows = other.answers.iter().filter_map(|answer| row(counts, other, answer, &quoted));
        let is_quoted = |entry: &&HeadlineEntry| quoted_lines.contains(&(other.file.sha256.as_str(), entry.slot));
        let lines = other.written_headlines().filter(|entry| !is_quoted(entry));
        let lines = lines.filter_map(|entry| line_in_short(counts, other, entry));
        let found: Vec<Finding> = rows.chain(lines).chain(sign_off(counts, other)).collect();
        found
    };
    returns.iter().flat_map(of_return).collect()
}

/// A cell that a finding already quotes: the file, the statement and the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct QuotedCell<'f> {
    sha256: &'f str,
    criterion: &'f CriterionId,
    column: ColumnKey,
}

/// The lines in short that findings already quote: the file and the line's slot.
fn quoted_lines(quoted: &[Finding]) -> HashSet<(&str, HeadlineSlot)> {
    let slot = |cell: &WrittenCell| match cell.field {
        Some(Field::Headline(cell)) => Some(cell.slot),
        _ => None,
    };
    let of = |finding: &'_ Finding| -> Vec<HeadlineSlot> { finding.subject.cells.iter().filter_map(slot).collect() };
    let files = quoted.iter().filter_map(|finding| Some((finding.subject.sha256.as_deref()?, of(finding))));
    files.flat_map(|(sha256, slots)| slots.into_iter().map(move |slot| (sha256, slot))).collect()
}

impl<'f> QuotedCell<'f> {
    fn in_finding(finding: &'f Finding) -> Vec<QuotedCell<'f>> {
        let subject = &finding.subject;
        let (Some(sha256), Some(criterion)) = (&subject.sha256, &subject.criterion) else { return Vec::new() };
        let quoted = |cell: &WrittenCell| match cell.field {
            Some(Field::Column(column)) => Some(QuotedCell { sha256, criterion, column }),
            _ => None,
        };
        subject.cells.iter().filter_map(quoted).collect()
    }
}

/// A cell of a return that does not count, with what counts in its place.
struct Replaced {
    header: &'static str,
    cell: WrittenCell,
    here: String,
    there: String,
}

impl Replaced {
    /// `"Our rating" is "Red" here and "Amber" there`.
    fn words(&self) -> String {
        format!("{} is {} here and {} there", quote(self.header), self.here, self.there)
    }
}

/// What a column of an answer says, for people. A rating read from the cell's colour has no word to quote.
fn column_words(answer: &Answer, column: ColumnKey) -> String {
    match (contract::entered(answer, column), answer.rating) {
        (Some(written), _) if !written.is_nothing() => quote(&written.shown()),
        (_, SelfRating::Rated(rating)) if column == ColumnKey::Rating => {
            // The second comma closes the insertion in `Replaced::words`: "is Red, by the colour of its cell, here".
            format!("{}, by the colour of its cell,", rating.word())
        }
        _ => "nothing".to_string(),
    }
}

/// Whether a column of an answer says anything. A rating may be given by the cell's colour, with no word written.
pub(super) fn says(answer: &Answer, column: ColumnKey) -> bool {
    match column {
        ColumnKey::Rating => answer.rating != SelfRating::Blank,
        _ => contract::entered(answer, column).is_some_and(|written| !written.is_nothing()),
    }
}

/// Whether two answers say the same in a column. Blanks and line ends do not count: programs change them on saving.
fn is_same_in(a: &Answer, b: &Answer, column: ColumnKey) -> bool {
    let written = |answer| contract::entered(answer, column).unwrap_or(&Written::Nothing);
    let is_same_rating = column != ColumnKey::Rating || a.rating == b.rating;
    is_same_rating && written(a).is_same(written(b))
}

/// A finding about one row, where the return that counts says something different in it.
fn row(counts: &Response, other: &Response, answer: &Answer, quoted: &HashSet<QuotedCell<'_>>) -> Option<Finding> {
    let now = counts.answer(&answer.criterion);
    let cell = |column: &'static Column| {
        let written = contract::entered(answer, column.key)?;
        let is_repeated = now.is_some_and(|now| is_same_in(answer, now, column.key));
        let is_quoted = quoted.contains(&QuotedCell {
            sha256: &other.file.sha256,
            criterion: &answer.criterion,
            column: column.key,
        });
        if !says(answer, column.key) || is_quoted || is_repeated {
            return None;
        }
        let there = now.map_or("nothing".to_string(), |now| column_words(now, column.key));
        let cell = other.cell_of(answer, column.key);
        let (sheet, written) = (answer.sheet.clone(), written.clone());
        let cell = WrittenCell { sheet, cell, field: Some(column.key.into()), written };
        Some(Replaced { header: column.name(), cell, here: column_words(answer, column.key), there })
    };
    // Given columns have our own words in them. A change there is a finding about the row, and not an answer.
    let entered = contract::COLUMNS.iter().filter(|column| column.entry != EntryKind::Given);
    let replaced: Vec<Replaced> = entered.filter_map(cell).collect();
    let first = replaced.first()?;
    let changes: Vec<String> = replaced.iter().map(Replaced::words).collect();
    let file = counts_in(counts, now);
    let found = format!("{} is different in {file}, which counts: {}", answer.criterion, changes.join("; "));
    let place = Place::cell(&other.file.name, &answer.sheet, &first.cell.cell);
    let finding = finding(counts, other, place, found).on(&answer.criterion);
    Some(finding.with_cells(replaced.into_iter().map(|one| one.cell).collect()))
}

/// A finding about one line in short that the return that counts does not have.
fn line_in_short(counts: &Response, other: &Response, entry: &HeadlineEntry) -> Option<Finding> {
    if counts.headlines.iter().any(|now| now.says_the_same(entry)) {
        return None;
    }
    let in_words = |entry: &HeadlineEntry| {
        let shown = |written: &Written| if written.is_nothing() { "nothing".into() } else { quote(&written.shown()) };
        match entry.reference.is_nothing() {
            true => shown(&entry.line),
            false => format!("{} on {}", shown(&entry.line), entry.reference.shown().trim()),
        }
    };
    let now = counts.headlines.iter().find(|now| now.slot == entry.slot && !now.is_empty());
    let there = now.map_or("nothing".to_string(), in_words);
    let file = now.and_then(|now| now.taken.as_ref()).map_or(&counts.file.name, |taken| &taken.file);
    let (kind, here) = (quote(entry.slot.kind.label()), in_words(entry));
    let found =
        format!("the line in short under {kind} is different in {file}, which counts: {here} here and {there} there");
    let cell = |column, cell: &String, written: &Written| WrittenCell {
        sheet: entry.sheet.clone(),
        cell: cell.clone(),
        field: Some(HeadlineCell { slot: entry.slot, column }.into()),
        written: written.clone(),
    };
    let cells = [
        cell(HeadlineColumn::Line, &entry.cell, &entry.line),
        cell(HeadlineColumn::Ref, &entry.reference_cell, &entry.reference),
    ];
    let place = Place::cell(&other.file.name, &entry.sheet, &entry.cell);
    let said = cells.into_iter().filter(|cell| !cell.written.is_nothing()).collect();
    Some(finding(counts, other, place, found).with_cells(said))
}

/// The files that an answer which counts comes from: more than one where a later file corrected part of it.
fn counts_in(counts: &Response, now: Option<&Answer>) -> String {
    let mut files = vec![counts.file.name.as_str()];
    for taken in now.iter().flat_map(|now| now.taken.values()) {
        if !files.contains(&taken.file.as_str()) {
            files.push(&taken.file);
        }
    }
    words::list(&files)
}

/// A finding where the return that counts says something different about who completed or approved it, or whom it speaks for.
fn sign_off(counts: &Response, other: &Response) -> Option<Finding> {
    let signed = |response: &Response| {
        let on = response.approved_on.map_or(String::new(), words::date);
        let own = [
            (StartField::CompletedBy, response.completed_by.clone()),
            (StartField::ApprovedBy, response.approved_by.clone()),
            (StartField::ApprovedOn, on),
        ];
        let speaks_for = StartField::SPEAKS_FOR.map(|field| (field, response.speaks_for.text(field).to_string()));
        own.into_iter().chain(speaks_for).collect::<Vec<_>>()
    };
    let now = signed(counts);
    let is_replaced = |((_, said), (_, now)): &((StartField, String), &(StartField, String))| {
        !said.is_empty() && !Written::from(said.as_str()).is_same(&now.as_str().into())
    };
    let cell = |((field, said), _)| {
        let at = match field {
            StartField::ApprovedBy => other.approval_cells.first(),
            StartField::ApprovedOn => other.approval_cells.get(1),
            _ => None,
        };
        let (sheet, cell) = at.cloned().unwrap_or((contract::START_SHEET.to_string(), String::new()));
        WrittenCell { sheet, cell, field: Some(Field::Start(field)), written: Written::Text(said) }
    };
    let cells: Vec<WrittenCell> = signed(other).into_iter().zip(&now).filter(is_replaced).map(cell).collect();
    if cells.is_empty() {
        return None;
    }
    let said: Vec<String> = cells
        .iter()
        .filter_map(|cell| match cell.field {
            Some(Field::Start(field)) => Some(format!("{} {}", quote(field.label()), quote(cell.written.text()))),
            _ => None,
        })
        .collect();
    let found =
        format!("the sign-off here, {}, is different in {}, which counts", words::list(&said), counts.file.name);
    Some(
        finding(counts, other, Place::file(&other.file.name), found).in_field(StartField::ApprovedBy).with_cells(cells),
    )
}

fn finding(counts: &Response, other: &Response, place: Place, found: String) -> Finding {
    // The file that counts is part of the reference, so that a decision about this difference lapses once a different file counts.
    let finding = Finding::new(Code::AnswerChanged, place, found, "", "nothing to do");
    finding.about(&other.agency).of_file(&other.file.sha256).naming(counts.file.sha256.as_str())
}
