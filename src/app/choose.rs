//! The choices of the presentation on a page: a sheet of `choices.xlsx` as a form, with a preview of its slide.
//!
//! A form knows the version of the file that it was made from. If the file has changed since, nothing is saved: the page shows what was
//! typed beside what is in the file, and the officer decides.

use std::path::{Path, PathBuf};

use crate::app::failure::Failure;
use crate::app::machine::lock;
use crate::app::machine::surroundings::Surroundings;
use crate::app::report::{EditableChoices, Length};
use crate::choices::{ChoicesSheet, FormCell, unix};
use crate::core::finding::{Finding, Place};
use crate::core::words;
use crate::round::CHOICES_FILE;
use crate::workbook::file::book::position;

pub(crate) use crate::app::report::DrawnSlide;
pub(crate) use crate::choices::{CellEdit, FormSheet, Holds};

/// A sheet of choices as a page shows it.
#[derive(Debug)]
pub(crate) struct ChoicesForm {
    /// The sheet.
    pub sheet: FormSheet,
    /// The version of the file that the form was made from.
    pub version: String,
    /// Its rows.
    pub rows: Vec<ChoiceRow>,
    /// Findings about the sheet as a whole, or about cells that the form does not show.
    pub findings: Vec<Finding>,
    /// Whether a program has the file open.
    pub is_open_elsewhere: bool,
    /// The code that the presentation of each length has now, and why it is a draft; empty where it is not.
    pub codes: Vec<(Length, String, String)>,
    /// What was typed for rows that are not in the file any more.
    pub unplaced: Vec<String>,
}

/// A row of it.
#[derive(Debug)]
pub(crate) struct ChoiceRow {
    /// What the form calls it.
    pub key: String,
    /// Whether the officer writes all of it.
    pub is_own: bool,
    /// What jtai wrote in it, by what it is called.
    pub given: Vec<(&'static str, String)>,
    /// The cells to fill in.
    pub cells: Vec<ChoiceCell>,
    /// Findings about it.
    pub findings: Vec<Finding>,
}

/// A cell to fill in.
#[derive(Debug)]
pub(crate) struct ChoiceCell {
    /// What it is called.
    pub label: &'static str,
    /// What to know before filling it in; empty where the label says enough.
    pub hint: &'static str,
    /// Findings about it.
    pub findings: Vec<Finding>,
    /// What goes into it.
    pub holds: Holds,
    /// Whether it has room for sentences.
    pub is_long: bool,
    /// What is in the file.
    pub in_file: String,
    /// What was typed and is not saved; `None` where that is the same.
    pub typed: Option<String>,
    /// Whether the text in the file changed after the form was made.
    pub is_contested: bool,
}

/// What was filled into a form.
#[derive(Debug, Clone)]
pub(crate) struct FilledChoices {
    /// The round's folder.
    pub round: PathBuf,
    /// The sheet.
    pub sheet: FormSheet,
    /// The version of the file that the form was made from.
    pub version: String,
    /// The cells.
    pub cells: Vec<CellEdit>,
}

/// The result of saving choices.
#[derive(Debug)]
pub(crate) enum SavedChoices {
    /// They are in the file.
    Written,
    /// The file was changed after the form was made. Nothing was saved; the form has both texts.
    Changed(Box<ChoicesForm>),
    /// Nothing was saved because of this; the form has what was typed.
    Refused(Box<ChoicesForm>, Failure),
}

/// A preview of choices that are not saved.
#[derive(Debug)]
pub(crate) struct ChoicesPreview {
    /// The form with what was typed.
    pub form: ChoicesForm,
    /// The slides; none where the presentation has none of them.
    pub slides: Vec<DrawnSlide>,
    /// Why there is nothing to show, where that is a fault in what was typed.
    pub failure: Option<Failure>,
}

impl ChoicesForm {
    /// Whether there is a finding about any of it.
    pub(crate) fn has_findings(&self) -> bool {
        let has = |row: &ChoiceRow| !row.findings.is_empty() || row.cells.iter().any(|cell| !cell.findings.is_empty());
        !self.findings.is_empty() || self.rows.iter().any(has)
    }

    /// Whether each of its rows is about a slide of its own.
    pub(crate) fn is_of_slides(&self) -> bool {
        self.sheet == FormSheet::Table(ChoicesSheet::Slides)
    }
}

impl ChoiceCell {
    /// What the form shows in it: what was typed, else what is in the file.
    pub(crate) fn shown(&self) -> &str {
        self.typed.as_deref().unwrap_or(&self.in_file)
    }
}

/// What a sheet is called in an address.
pub(crate) fn slug(sheet: FormSheet) -> String {
    words::slug(sheet.name())
}

/// The sheet of an address.
pub(crate) fn sheet(slug: &str) -> Option<FormSheet> {
    FormSheet::all().into_iter().find(|sheet| self::slug(*sheet) == slug)
}

/// A sheet as it is in the file, or would be: writes nothing.
///
/// # Errors
///
/// When the round cannot be opened, or its choices cannot be read.
pub(crate) fn form(round: &Path, sheet: FormSheet, surroundings: Surroundings<'_>) -> Result<ChoicesForm, Failure> {
    Ok(form_of(&EditableChoices::open(round, surroundings)?, sheet, &[]))
}

/// Saves what was filled in, while no other command works on the round.
///
/// # Errors
///
/// When the round cannot be opened, its choices cannot be read, or another command is at work.
pub(crate) fn save(filled: &FilledChoices, surroundings: Surroundings<'_>) -> Result<SavedChoices, Failure> {
    lock::hold(&filled.round, "choices", |_| {
        let choices = EditableChoices::open(&filled.round, surroundings)?;
        let form = || Box::new(form_of(&choices, filled.sheet, &filled.cells));
        if choices.version() != filled.version {
            return Ok(SavedChoices::Changed(form()));
        }
        if !filled.cells.iter().any(CellEdit::is_change) {
            return Ok(SavedChoices::Written);
        }
        let written = choices.edit(filled.sheet, &filled.cells).and_then(|edited| edited.write(&choices));
        Ok(match written {
            Ok(()) => SavedChoices::Written,
            Err(failure) => SavedChoices::Refused(form(), failure),
        })
    })
}

/// Shows the slides that a sheet is about with what was filled in, which is not saved. `row` is the one that is asked about.
///
/// # Errors
///
/// When the round cannot be opened, its choices cannot be read, or a slide cannot be drawn.
pub(crate) fn preview(
    filled: &FilledChoices,
    row: &str,
    surroundings: Surroundings<'_>,
) -> Result<ChoicesPreview, Failure> {
    let choices = EditableChoices::open(&filled.round, surroundings)?;
    let form = form_of(&choices, filled.sheet, &filled.cells);
    let names = slide_names(&form, row);
    match choices.edit(filled.sheet, &filled.cells) {
        Ok(edited) => {
            let slides = choices.draw(edited, &names)?;
            Ok(ChoicesPreview { form, slides, failure: None })
        }
        Err(failure) => Ok(ChoicesPreview { form, slides: Vec::new(), failure: Some(failure) }),
    }
}

/// The names of the slides that a sheet is about; on the sheet of all slides that of the row that is asked about, else the first that
/// was changed.
fn slide_names(form: &ChoicesForm, row: &str) -> Vec<String> {
    let names: &[&str] = match form.sheet {
        FormSheet::Approval => &["title", "picture"],
        FormSheet::Table(ChoicesSheet::Strengths) => &["signs-of-safety", "working-well"],
        FormSheet::Table(ChoicesSheet::Worries) => &["worried-about", "signs-of-safety"],
        FormSheet::Table(ChoicesSheet::Actions) => &["needs-to-happen"],
        FormSheet::Table(ChoicesSheet::Differences) => &["seen-differently"],
        FormSheet::Table(ChoicesSheet::Context | ChoicesSheet::Figures) => &["context"],
        FormSheet::Table(ChoicesSheet::Children) => &["children-told-us"],
        FormSheet::Table(ChoicesSheet::Added) => &["own"],
        FormSheet::Table(ChoicesSheet::Slides) => {
            let is_asked = |one: &&ChoiceRow| one.key == row;
            let is_changed = |one: &&ChoiceRow| one.cells.iter().any(|cell| cell.typed.is_some());
            let asked = form.rows.iter().find(is_asked).or_else(|| form.rows.iter().find(is_changed));
            let name = asked.or(form.rows.first()).and_then(|one| one.given.first());
            return name.map(|(_, name)| name.clone()).into_iter().collect();
        }
    };
    names.iter().map(ToString::to_string).collect()
}

fn form_of(choices: &EditableChoices, sheet: FormSheet, typed: &[CellEdit]) -> ChoicesForm {
    let mut findings = findings_of(choices, sheet);
    let mut rows = Vec::new();
    for row in choices.rows(sheet) {
        let mut cells = Vec::new();
        for (at, cell) in row.cells.into_iter().enumerate() {
            let edit = typed.iter().find(|edit| edit.row == row.key && edit.cell == at && edit.is_change());
            let here = taken(&mut findings, |finding| cell.is_at(&finding.place.cell_name()));
            cells.push(choice_cell(cell, edit, here));
        }
        let is_here = |finding: &Finding| position(&finding.place.cell_name()).is_some_and(|(at, _)| at == row.row);
        let here = taken(&mut findings, is_here);
        rows.push(ChoiceRow { key: row.key, is_own: row.is_own, given: row.given, cells, findings: here });
    }
    let has_place =
        |edit: &&CellEdit| rows.iter().any(|row: &ChoiceRow| row.key == edit.row && row.cells.len() > edit.cell);
    let unplaced = typed.iter().filter(|edit| edit.is_change() && !has_place(edit)).map(|edit| edit.typed.clone());
    ChoicesForm {
        sheet,
        version: choices.version(),
        unplaced: unplaced.filter(|text| !text.trim().is_empty()).collect(),
        rows,
        findings,
        is_open_elsewhere: choices.is_open_elsewhere(),
        codes: choices.codes(),
    }
}

/// Takes the findings of which this is true out of those that have no place on the form yet.
fn taken(findings: &mut Vec<Finding>, is_here: impl Fn(&Finding) -> bool) -> Vec<Finding> {
    let (here, rest) = std::mem::take(findings).into_iter().partition(is_here);
    *findings = rest;
    here
}

fn choice_cell(cell: FormCell, edit: Option<&CellEdit>, findings: Vec<Finding>) -> ChoiceCell {
    // Browsers send CR LF from text areas, while the file has LF. Compared as they are, every text of two lines would count as changed.
    let typed = edit.map(|edit| unix(&edit.typed)).filter(|typed| *typed != cell.text);
    let is_contested = typed.is_some() && edit.is_some_and(|edit| unix(&edit.before) != unix(&cell.text));
    let FormCell { label, hint, holds, is_long, text: in_file, .. } = cell;
    ChoiceCell { label, hint, findings, holds, is_long, in_file, typed, is_contested }
}

/// The findings about a sheet. Whether the file is open elsewhere is not among them: the form has a field for it.
fn findings_of(choices: &EditableChoices, sheet: FormSheet) -> Vec<Finding> {
    let is_of_sheet = |place: &Place| place.file == CHOICES_FILE && place.sheet_name() == sheet.name();
    let all = choices.findings();
    all.into_iter().filter(|finding| is_of_sheet(&finding.place)).collect()
}
