//! Takes corrections from a workbook with questions that came back without a new sign-off.
//!
//! The approval was for the answers as they were. So only the cells that were asked about are taken. Any other changed cell keeps its
//! approved value until somebody signs for the change.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::core::finding::{Code, Decision, Finding, Place, Remedy, Settlement, WrittenCell};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::quoting::quote;
use crate::core::words;
use crate::core::written::Written;
use crate::form::{ColumnKey, Field, HeadlineCell, HeadlineColumn, HeadlineSlot};
use crate::intake::decisions::Decisions;
use crate::intake::saved::saved_on;
use crate::record::{AskedFinding, QuestionsAsked, Record};
use crate::response::{Answer, Corrections, HeadlineEntry, Response, SelfRating, TakenCell};
use crate::round::Agency;
use crate::workbook::contract::{self, EntryKind};

/// Everything that agencies were asked about in this round, by the references of the questions.
#[derive(Debug, Default)]
pub struct AskedCells<'r> {
    by_reference: HashMap<(&'r AgencyId, &'r str), Vec<&'r AskedFinding>>,
    /// Each set of questions with the day on which it was asked, the earliest first.
    asked: Vec<(&'r QuestionsAsked, Date)>,
    /// When each file was first seen, by its SHA-256.
    seen: HashMap<&'r str, Date>,
}

impl<'r> AskedCells<'r> {
    /// Collects the questions and the returns in a record.
    pub fn new(record: &'r Record) -> AskedCells<'r> {
        let mut cells = AskedCells::default();
        for (asked, _) in record.asked() {
            for finding in &asked.findings {
                cells.by_reference.entry((&asked.agency, finding.reference.as_str())).or_default().push(finding);
            }
        }
        cells.asked = record.asked().collect();
        cells.asked.sort_by_key(|(_, day)| *day);
        for (received, day) in record.received() {
            let first = cells.seen.entry(&received.sha256).or_insert(day);
            *first = (*first).min(day);
        }
        cells
    }

    /// The returns that a workbook with questions may be answering: their SHA-256 and the day on which its questions were asked, the
    /// earliest first.
    pub(super) fn answered(&self, response: &Response) -> Vec<(&'r str, Date)> {
        let Some(references) = &response.questions else { return Vec::new() };
        let own: BTreeSet<&str> = references.iter().map(String::as_str).collect();
        let seen = self.seen.get(response.file.sha256.as_str());
        let is_it = |(asked, day): &&(&QuestionsAsked, Date)| {
            let before: BTreeSet<&str> = asked.findings.iter().map(|finding| finding.reference.as_str()).collect();
            // A file cannot answer questions that were asked after it came, nor questions about itself.
            let is_before = asked.sha256 != response.file.sha256 && seen.is_none_or(|seen| day <= seen);
            asked.agency == response.agency && is_before && before == own
        };
        self.asked.iter().filter(is_it).map(|(asked, day)| (asked.sha256.as_str(), *day)).collect()
    }

    /// When a file was first seen, by its SHA-256.
    pub(super) fn first_seen(&self, sha256: &str) -> Option<Date> {
        self.seen.get(sha256).copied()
    }

    /// Whether a workbook with these questions asked about a line in short.
    fn has_asked_line(&self, agency: &AgencyId, references: &[String], slot: HeadlineSlot) -> bool {
        let asked = references.iter().filter_map(|reference| self.by_reference.get(&(agency, reference.as_str())));
        asked.flatten().any(|asked| asked.headline == Some(slot))
    }

    /// Whether a workbook with these questions asked about a cell. A question about a row asks about every cell of it.
    fn has_asked(&self, agency: &AgencyId, references: &[String], criterion: &CriterionId, column: ColumnKey) -> bool {
        references.iter().filter_map(|reference| self.by_reference.get(&(agency, reference.as_str()))).flatten().any(
            |asked| asked.criterion.as_ref() == Some(criterion) && asked.column.is_none_or(|asked| asked == column),
        )
    }
}

/// Puts the corrections of a later workbook into an approved return, as far as they were asked for, and gives what was noticed.
///
/// What changed is judged against `as_approved`, because an earlier workbook may already have corrected `approved`.
pub fn take(
    agency: &Agency,
    approved: &mut Response,
    as_approved: &Response,
    later: &Response,
    asked: &AskedCells<'_>,
    decisions: &Decisions<'_>,
) -> Vec<Finding> {
    let references = later.questions.as_deref().unwrap_or_default();
    let mut findings = Vec::new();
    let mut taken = 0;
    for new in &later.answers {
        for column in contract::COLUMNS.iter().filter(|column| column.entry != EntryKind::Given) {
            let key = column.key;
            let old = as_approved.answer(&new.criterion);
            if !is_changed(old, new, key) {
                continue;
            }
            if asked.has_asked(&agency.id, references, &new.criterion, key) {
                taken += 1;
                correct(approved, new, later, key);
                continue;
            }
            // A second workbook with questions is written with the corrections already taken, so a cell that repeats one is not a change.
            if approved.answer(&new.criterion).is_some_and(|now| was_taken_before(now, new, key)) {
                continue;
            }
            let change = unasked(agency, new, later, column);
            let settlement = decisions.on(&change);
            if settlement.is_some_and(|settlement| settlement.decision == Decision::ChangeCounts) {
                correct(approved, new, later, key);
            }
            findings.push(match settlement {
                Some(settlement) => Finding { found: settled(agency, &change, as_approved, settlement), ..change },
                None => change,
            });
        }
    }
    taken += take_lines(agency, approved, as_approved, later, (asked, decisions), &mut findings);
    let on = saved_on(later);
    findings.push(report(agency, approved, later, taken));
    if taken > 0 {
        approved.corrections.push(Corrections {
            file: later.file.name.clone(),
            sha256: later.file.sha256.clone(),
            on,
            cells: taken,
        });
    }
    findings
}

/// Takes the lines in short that were asked about, and gives how many. A line that was only moved to a different row has not changed.
fn take_lines(
    agency: &Agency,
    approved: &mut Response,
    as_approved: &Response,
    later: &Response,
    (asked, decisions): (&AskedCells<'_>, &Decisions<'_>),
    findings: &mut Vec<Finding>,
) -> usize {
    let references = later.questions.as_deref().unwrap_or_default();
    let mut taken = 0;
    for new in &later.headlines {
        let old = as_approved.headlines.iter().find(|old| old.slot == new.slot);
        let is_known = match new.is_empty() {
            true => old.is_none_or(HeadlineEntry::is_empty),
            false => as_approved.headlines.iter().any(|old| old.says_the_same(new)),
        };
        // An emptied row is not a change if its line is now on a different row.
        let is_moved =
            new.is_empty() && old.is_some_and(|old| later.headlines.iter().any(|new| new.says_the_same(old)));
        if is_known || is_moved {
            continue;
        }
        if asked.has_asked_line(&agency.id, references, new.slot) {
            taken += 1;
            correct_line(approved, new, later);
            continue;
        }
        let was_taken = |now: &HeadlineEntry| now.slot == new.slot && now.taken.is_some() && now.says_the_same(new);
        if approved.headlines.iter().any(was_taken) {
            continue;
        }
        let change = unasked_line(agency, new, later);
        let settlement = decisions.on(&change);
        if settlement.is_some_and(|settlement| settlement.decision == Decision::ChangeCounts) {
            correct_line(approved, new, later);
        }
        findings.push(match settlement {
            Some(settlement) => Finding { found: settled(agency, &change, as_approved, settlement), ..change },
            None => change,
        });
    }
    taken
}

/// Replaces an approved line with the one in a later workbook.
fn correct_line(approved: &mut Response, new: &HeadlineEntry, later: &Response) {
    let (file, sha256) = (later.file.name.clone(), later.file.sha256.clone());
    let taken = TakenCell { file, sha256, sheet: new.sheet.clone(), cell: new.cell.clone() };
    let new = HeadlineEntry { taken: Some(taken), ..new.clone() };
    match approved.headlines.iter_mut().find(|old| old.slot == new.slot) {
        Some(old) => *old = new,
        None => approved.headlines.push(new),
    }
}

/// A finding about a line in short that changed without being asked about.
fn unasked_line(agency: &Agency, new: &HeadlineEntry, later: &Response) -> Finding {
    let said = in_words(&new.line);
    let found = format!(
        "{} changed a line in short under {} to {said} without being asked; the workbook has no new sign-off that can be read, so the approved line counts",
        agency.name,
        quote(new.slot.kind.label())
    );
    let remedy = Remedy::typed(
        format!(
            "ask {} to sign it off again; or settle it: --accept keeps the approved line and leaves out {said}; --counts takes {said}, in this row only",
            agency.name
        ),
        format!("ask {} to sign it off again; or decide whether the approved line or {said} counts", agency.name),
    );
    let at = HeadlineCell { slot: new.slot, column: HeadlineColumn::Line };
    let written = new.line.clone();
    let cells = vec![WrittenCell { sheet: new.sheet.clone(), cell: new.cell.clone(), field: Some(at.into()), written }];
    Finding::new(
        Code::ChangeUnapproved,
        Place::cell(&later.file.name, &new.sheet, &new.cell),
        found,
        "a new sign-off",
        remedy,
    )
    .about(&agency.id)
    .of_file(&later.file.sha256)
    .in_field(at)
    .naming(new.reference.text())
    .with_cells(cells)
}

/// Whether a cell says something different in a later workbook. Blanks and line ends do not count: programs change them on saving.
fn is_changed(old: Option<&Answer>, new: &Answer, key: ColumnKey) -> bool {
    let plain = |answer: &Answer| -> Written {
        match contract::entered(answer, key).cloned().unwrap_or_default() {
            Written::Text(text) => Written::from(text.split_whitespace().collect::<Vec<_>>().join(" ").as_str()),
            other => other,
        }
    };
    let Some(old) = old else { return !plain(new).is_nothing() };
    // A rating read from the cell's colour has no word to compare.
    let is_other_rating = key == ColumnKey::Rating && old.rating != new.rating;
    is_other_rating || plain(old) != plain(new)
}

/// Whether a cell repeats what was already taken from a different workbook.
fn was_taken_before(now: &Answer, new: &Answer, key: ColumnKey) -> bool {
    now.taken.contains_key(&key) && !is_changed(Some(now), new, key)
}

/// Replaces one approved cell with the one in a later workbook.
fn correct(approved: &mut Response, new: &Answer, later: &Response, key: ColumnKey) {
    let at = match approved.answers.iter().position(|answer| answer.criterion == new.criterion) {
        Some(at) => at,
        // The approved return has no such row. A blank one is added, and takes only the corrected cell.
        None => {
            approved.answers.push(Answer {
                rating: SelfRating::Blank,
                as_written: Written::Nothing,
                texts: Default::default(),
                action_due: None,
                progress: None,
                still_right: None,
                recheck: None,
                is_action_over: false,
                ..new.clone()
            });
            approved.answers.len() - 1
        }
    };
    let answer = &mut approved.answers[at];
    match key.text() {
        None => (answer.rating, answer.as_written) = (new.rating, new.as_written.clone()),
        Some(kind) => answer.texts.set(kind, new.texts.get(kind).clone()),
    }
    if key == ColumnKey::ActionDue {
        answer.action_due = new.action_due;
    }
    let (file, sha256) = (later.file.name.clone(), later.file.sha256.clone());
    answer.taken.insert(key, TakenCell { file, sha256, sheet: new.sheet.clone(), cell: later.cell_of(new, key) });
}

/// A finding about an answer that changed without being asked about.
fn unasked(agency: &Agency, new: &Answer, later: &Response, column: &contract::Column) -> Finding {
    let written = contract::entered(new, column.key).cloned().unwrap_or_default();
    let cell = later.cell_of(new, column.key);
    let said = in_words(&written);
    let found = format!(
        "{} changed {} for {} to {said} without being asked; the workbook has no new sign-off that can be read, so the approved answer counts",
        agency.name,
        quote(column.name()),
        new.criterion
    );
    let remedy = Remedy::typed(
        format!(
            "ask {} to sign it off again; or settle it: --accept keeps the approved answer and leaves out {said}; --counts takes {said}, in this cell only",
            agency.name
        ),
        format!("ask {} to sign it off again; or decide whether the approved answer or {said} counts", agency.name),
    );
    let place = Place::cell(&later.file.name, &new.sheet, &cell);
    let cells = vec![WrittenCell { sheet: new.sheet.clone(), cell, field: Some(column.key.into()), written }];
    Finding::new(Code::ChangeUnapproved, place, found, "a new sign-off", remedy)
        .about(&agency.id)
        .of_file(&later.file.sha256)
        .on(&new.criterion)
        .in_field(column.key)
        .with_cells(cells)
}

/// What is written in a cell, for a sentence.
fn in_words(written: &Written) -> String {
    if written.is_nothing() { "nothing".to_string() } else { quote(&written.shown()) }
}

/// The sentence about a change that somebody settled: which of the two answers counts.
fn settled(agency: &Agency, change: &Finding, approved: &Response, settlement: &Settlement) -> String {
    let (criterion, cell) = (change.subject.criterion.as_ref(), change.subject.cells.first());
    let said = in_words(&cell.map(|cell| cell.written.clone()).unwrap_or_default());
    let what = match (change.subject.field, criterion) {
        (Some(Field::Headline(cell)), _) => format!("a line in short under {}", quote(cell.slot.kind.label())),
        (Some(field), Some(criterion)) => format!("{} for {criterion}", quote(contract::field_name(field))),
        _ => "an answer".to_string(),
    };
    let changed = format!("{} changed {what} to {said} without a new sign-off", agency.name);
    let on = approved.approved_on.map_or(String::new(), |on| format!(" on {}", words::date(on)));
    match settlement.decision {
        Decision::ChangeCounts => format!("{changed}; {said} counts instead of the answer approved{on}"),
        _ => format!("{changed}; the answer approved{on} stays, and {said} is not counted"),
    }
}

/// A finding that says how many corrections were taken from the workbook.
fn report(agency: &Agency, approved: &Response, later: &Response, taken: usize) -> Finding {
    let approval = approved.approved_on.map_or(String::new(), |on| format!(" on {}", words::date(on)));
    let found = match taken {
        0 => {
            format!("{} sent back the workbook with questions; none of the cells asked about has changed", agency.name)
        }
        _ => format!(
            "{} sent back the workbook with questions, with no new sign-off that can be read: {} taken from it; the rest stays as approved{approval}",
            agency.name,
            match taken {
                1 => "1 correction is".to_string(),
                n => format!("{} are", words::count(n, "correction")),
            }
        ),
    };
    let remedy = match taken {
        0 => "nothing to do",
        _ => {
            "the corrections await approval; once the agency says who approved them, settle the finding that no approval is recorded"
        }
    };
    let finding = Finding::new(Code::CorrectionsTaken, Place::file(&later.file.name), found, "", remedy);
    finding.about(&agency.id).of_file(&later.file.sha256).naming(later.file.sha256.as_str())
}
