//! The table of a return, together with the statements that its agency was asked.

use super::file_findings::in_cell;
use super::index::Expected;
use super::short_table::ShortTable;
use super::table::AnswerTable;
use crate::core::finding::{Subject, WrittenCell};
use crate::core::ids::CriterionId;
use crate::core::written::Written;
use crate::form::ColumnKey;
use crate::round::Agency;
use crate::theme::Criterion;
use crate::workbook::contract;
use crate::workbook::file::book::{At, Sheet, Value, cell_name};

/// A table with what it is read against.
pub(super) struct AskedTable<'a> {
    pub(super) table: &'a AnswerTable<'a>,
    pub(super) expected: Expected<'a>,
    pub(super) agency: &'a Agency,
    pub(super) criteria: Vec<&'a Criterion>,
    /// The table of the agency's own headlines, where there is one.
    pub(super) short: Option<&'a ShortTable<'a>>,
}

impl<'a> AskedTable<'a> {
    /// The table with the statements that its agency is asked.
    pub(super) fn new(
        table: &'a AnswerTable<'a>,
        short: Option<&'a ShortTable<'a>>,
        expected: Expected<'a>,
        agency: &'a Agency,
    ) -> AskedTable<'a> {
        let statements = expected.round.statements(expected.theme, agency);
        AskedTable {
            table,
            expected,
            agency,
            criteria: statements.into_iter().map(|(_, criterion)| criterion).collect(),
            short,
        }
    }

    /// The statement that a row answers: by its Ref, or else by the words of the statement. A statement that the agency was not asked does
    /// not count.
    pub(super) fn criterion_of(&self, row: u32) -> Option<&'a Criterion> {
        let text = |key| self.table.column(key).and_then(|at| self.table.sheet.value(row, at)).map(Value::text);
        let is_asked = |id: &CriterionId| self.criteria.iter().find(|criterion| criterion.id == *id);
        let index = self.expected.index;
        let by_ref = text(ColumnKey::Ref).and_then(|written| is_asked(index.by_ref(&written)?));
        let by_ref = by_ref.or_else(|| text(ColumnKey::Ref).and_then(|written| self.by_number(&written)));
        let by_words = || text(ColumnKey::Statement).and_then(|written| is_asked(index.by_words(&written)?));
        by_ref.or_else(by_words).copied()
    }

    /// The one statement whose Ref ends in this number, such as `1.1` for `DA24-1.1`. Only in a repair: there the agency checks what was
    /// made of it.
    fn by_number(&self, written: &str) -> Option<&&'a Criterion> {
        let number = written.trim();
        let is_it =
            |criterion: &&&Criterion| criterion.id.as_str().rsplit_once('-').is_some_and(|(_, end)| end == number);
        let mut meant = self.criteria.iter().filter(is_it).filter(|_| self.expected.is_repair);
        meant.next().filter(|_| meant.next().is_none())
    }

    /// The filled cells of a row, in the columns of the contract.
    pub(super) fn filled_in(&self, row: u32) -> Vec<(At, &'a Value)> {
        let columns = contract::COLUMNS.iter().filter_map(|column| self.table.column(column.key));
        columns.filter_map(|at| Some(((row, at), self.table.sheet.value(row, at)?))).collect()
    }

    /// The names of the theme, the partnership and the agency, and the marking.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let Expected { round, theme, .. } = self.expected;
        [&theme.title, &round.partnership, &round.marking, &self.agency.name].into_iter().map(String::as_str)
    }

    /// A cell of the table with its text, as the subject of a finding.
    pub(super) fn subject(&self, at: At) -> Subject {
        let value = self.table.sheet.value(at.0, at.1);
        self.subject_of(self.table.sheet, at, value.map(in_cell).unwrap_or_default())
    }

    /// A cell of any sheet as the subject of a finding. In the table it has its statement and column, in the table of headlines its line.
    pub(super) fn subject_of(&self, sheet: &Sheet, at: At, written: Written) -> Subject {
        if let Some(short) = self.short.filter(|short| short.sheet.name == sheet.name && short.cell(at).is_some()) {
            return short.subject(at, written);
        }
        let is_here = sheet.name == self.table.sheet.name && at.0 > self.table.header_row;
        let field =
            self.table.columns.iter().find(|(_, column)| is_here && *column == at.1).map(|(key, _)| (*key).into());
        let cell = WrittenCell { sheet: sheet.name.clone(), cell: cell_name(at.0, at.1), field, written };
        let criterion = self.criterion_of(at.0).filter(|_| is_here).map(|criterion| criterion.id.clone());
        Subject { criterion, ..Subject::of_cell(cell) }
    }

    /// A cell whose text is held back, as the subject of a finding; `None` outside the two tables.
    pub(super) fn held_back(&self, sheet: &str, at: At) -> Option<Subject> {
        if let Some(short) = self.short.filter(|short| short.sheet.name == sheet && short.cell(at).is_some()) {
            return Some(short.subject(at, Written::HeldBack));
        }
        let is_here = sheet == self.table.sheet.name && at.0 > self.table.header_row;
        is_here.then(|| self.subject_of(self.table.sheet, at, Written::HeldBack))
    }
}
