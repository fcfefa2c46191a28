//! Reads one row of the table: what the meeting filled in, checked for everything that a decision needs.

use jiff::civil::Date;

use super::contract::{ChallengeField, SHEET, outcome};
use super::sheet::ChallengeColumnsFound;
use crate::core::finding::{Code, Finding, Place};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy::{self, Sign};
use crate::core::quoting::quote;
use crate::core::words;
use crate::form::Rating;
use crate::record::{MeetingDecision, MeetingNotes, MeetingOutcome};
use crate::response::SelfRating;
use crate::workbook::contract;
use crate::workbook::file::book::{At, Sheet, Value, cell_name};

/// A row of the sheet, with where its cells are.
pub(super) struct SheetRow<'b> {
    pub file: &'b str,
    pub sheet: &'b Sheet,
    pub found: &'b ChallengeColumnsFound,
    /// The texts of the workbook that are held back, each with its sheet, its cell and why.
    pub held: &'b [(String, Option<At>, Sign)],
    /// Counted from 0.
    pub row: u32,
    /// The answer that it is about, where that is known.
    pub about: Option<(AgencyId, CriterionId)>,
}

/// A row that cannot count as it is; the findings say why.
pub(super) struct FaultyRow;

/// What a row says: nothing, a decision, notes, or both.
pub(super) type FilledCells = Option<(Option<MeetingDecision>, MeetingNotes)>;

impl SheetRow<'_> {
    fn value(&self, field: ChallengeField) -> Option<&Value> {
        self.sheet.value(self.row, self.found.at(field)?)
    }

    /// The text of a cell, trimmed; a date as `2027-01-31`.
    pub(super) fn text(&self, field: ChallengeField) -> String {
        self.value(field).map_or(String::new(), |value| value.text().trim().to_string())
    }

    /// The place of a cell; that of the row's Ref where the column is gone.
    pub(super) fn place(&self, field: ChallengeField) -> Place {
        let column = self.found.at(field).or(self.found.at(ChallengeField::Ref)).unwrap_or(0);
        Place::cell(self.file, SHEET, cell_name(self.row, column))
    }

    /// Whether the meeting wrote anything in the row.
    pub(super) fn is_filled(&self) -> bool {
        self.found.columns.iter().any(|(field, _)| field.is_input() && self.value(*field).is_some())
    }

    /// A finding about a cell of the row. Its reference is made from what is wrong and not from the cell, because people sort the table.
    pub(super) fn fault(
        &self,
        code: Code,
        field: ChallengeField,
        found: String,
        expected: &str,
        remedy: &str,
    ) -> Finding {
        let naming = format!("{} {} {found}", self.file, field.header());
        let finding = Finding::new(code, self.place(field), found, expected, remedy);
        match &self.about {
            // With an agency as its subject, a held-back text would be asked of that agency, which did not write it.
            Some((agency, criterion)) if code != Code::TextHeldBack => finding.about(agency).on(criterion),
            _ => finding,
        }
        .naming(naming)
    }

    fn unread(&self, field: ChallengeField, found: impl Into<String>, expected: &str) -> Finding {
        let remedy = "write it; until then the row does not count, and what is on record stays";
        self.fault(Code::ChallengeUnread, field, found.into(), expected, remedy)
    }

    /// What the row says of an answer with this self-rating. `days` are the first day on which a meeting can have been, and today.
    pub(super) fn filled(
        &self,
        challenged: &str,
        days: [Date; 2],
        findings: &mut Vec<Finding>,
    ) -> Result<FilledCells, FaultyRow> {
        if !self.is_filled() {
            return Ok(None);
        }
        let before = findings.len();
        findings.extend(self.illegible());
        let mut notes = MeetingNotes::default();
        for (at, note) in notes.all_mut().into_iter().enumerate() {
            *note = self.text(ChallengeField::Note(at));
        }
        let decision = if findings.len() == before { self.decision(challenged, days, findings) } else { None };
        if findings.len() > before { Err(FaultyRow) } else { Ok(Some((decision, notes))) }
    }

    /// Findings for cells whose text is held back or cannot be read.
    fn illegible(&self) -> Vec<Finding> {
        let inputs = self.found.columns.iter().filter(|(field, _)| field.is_input());
        let finding = |(field, _): &(ChallengeField, u32)| {
            let (header, value) = (field.header(), self.value(*field)?);
            match value {
                Value::HeldBack => {
                    Some(self.held_back(*field, self.sign(*field).map_or("signs of one child", Sign::words)))
                }
                Value::Error(_) | Value::Unreadable(_) => Some(self.unread(
                    *field,
                    format!("{} under {header} cannot be read", quote(&value.text())),
                    "a text",
                )),
                value => privacy::sign(&value.text()).map(|sign| self.held_back(*field, sign.words())),
            }
        };
        inputs.filter_map(finding).collect()
    }

    /// Why a cell's text is held back.
    fn sign(&self, field: ChallengeField) -> Option<Sign> {
        let at = (self.row, self.found.at(field)?);
        let is_here = |(sheet, place, _): &&(String, Option<At>, Sign)| *sheet == self.sheet.name && *place == Some(at);
        self.held.iter().find(is_here).map(|(.., sign)| *sign)
    }

    fn held_back(&self, field: ChallengeField, sign: &str) -> Finding {
        let found = format!("what is written under {} has {sign}, and the record is kept for long", field.header());
        let remedy = "say it without anything about a child; until then the row does not count";
        self.fault(Code::TextHeldBack, field, found, "words that identify no child", remedy)
    }

    fn decision(&self, challenged: &str, days: [Date; 2], findings: &mut Vec<Finding>) -> Option<MeetingDecision> {
        use ChallengeField::{AgreedBy, AgreedOn, Moderated, Outcome, Reason};
        let fields = [Outcome, Moderated, Reason, AgreedBy, AgreedOn];
        // Notes alone are not a decision, and need no outcome, name or date.
        let first = fields.into_iter().find(|field| self.value(*field).is_some())?;
        let written = self.text(Outcome);
        let Some(outcome) = outcome(&written) else {
            let words = "Upheld, Changed or Not agreed";
            findings.push(match written.is_empty() {
                true => self.unread(Outcome, format!("{} is filled in but there is no outcome", first.header()), words),
                false => self.unread(Outcome, format!("{} is not an outcome", quote(&written)), words),
            });
            return None;
        };
        let rating = self.rating(outcome, challenged, findings);
        let why = self.text(Reason);
        let said = words::uncapitalised(outcome.words());
        if why.is_empty() && outcome != MeetingOutcome::Upheld {
            findings.push(self.unread(
                Reason,
                format!("the outcome is {said} but no reason is given"),
                "why, in a few words",
            ));
        }
        let by = self.text(AgreedBy);
        if contract::is_no_name(&by) {
            findings.push(self.unread(AgreedBy, format!("the outcome is {said} but nobody is named"), "who agreed it"));
        }
        let on = self.day(&said, days, findings)?;
        Some(MeetingDecision { outcome, rating, why, by, on })
    }

    /// The rating that goes with an outcome; a finding where the two do not fit each other.
    fn rating(&self, outcome: MeetingOutcome, challenged: &str, findings: &mut Vec<Finding>) -> Option<Rating> {
        let field = ChallengeField::Moderated;
        let written = self.text(field);
        let rating = match contract::rating(&written) {
            SelfRating::Rated(rating) => Some(rating),
            SelfRating::Blank => None,
            SelfRating::NotApplicable | SelfRating::Unreadable => {
                findings.push(self.unread(
                    field,
                    format!("{} is not a rating", quote(&written)),
                    "Red, Amber or Green",
                ));
                return None;
            }
        };
        let is_same = rating.is_some_and(|rating| rating.key() == challenged);
        match (outcome, rating) {
            (MeetingOutcome::Upheld, Some(rating)) if !is_same => {
                let found = format!("the outcome is upheld, but {} is not the self-rating", rating.word());
                findings.push(self.unread(field, found, "an empty cell, or Changed as the outcome"));
            }
            (MeetingOutcome::Changed, None) => {
                findings.push(self.unread(
                    field,
                    "the outcome is changed but no rating is given",
                    "Red, Amber or Green",
                ));
            }
            (MeetingOutcome::Changed | MeetingOutcome::NotAgreed, Some(rating)) if is_same => {
                let said = words::uncapitalised(outcome.words());
                let found = format!("the outcome is {said}, but {} is the self-rating", rating.word());
                findings.push(self.unread(field, found, "a different rating, or Upheld as the outcome"));
            }
            _ => {}
        }
        // The rating of an upheld answer is the self-rating, which the entry has already.
        rating.filter(|_| outcome != MeetingOutcome::Upheld)
    }

    /// The day of the decision; `None`, with a finding, where it is missing or not possible.
    fn day(&self, outcome: &str, [earliest, today]: [Date; 2], findings: &mut Vec<Finding>) -> Option<Date> {
        let field = ChallengeField::AgreedOn;
        let written = self.text(field);
        let day = self.value(field).and_then(Value::date);
        let found = match day {
            None if written.is_empty() => format!("the outcome is {outcome} but no date is given"),
            None => format!("{} is not a date", quote(&written)),
            Some(day) if day > today => format!("{} is still to come", words::date(day)),
            Some(day) if day < earliest => format!("{} is before the workbooks were issued", words::date(day)),
            Some(day) => return Some(day),
        };
        findings.push(self.unread(field, found, "the day on which it was agreed, as in 16/12/2026"));
        None
    }
}
