//! Changes `choices.xlsx` from a page: the file is taken apart, filled in, made again, read back, and written whole or not at all.
//!
//! These are the steps of a renewal, so that whatever somebody wrote in the file is in the new one. Everything is in memory until
//! [`EditedChoices::write`], so that a slide can be shown with choices that are not saved.

use std::path::Path;

use super::choices::{self, ChoicesFile, ChoicesPlan};
use super::prepare::{Prepared, prepare};
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::chart::Charts;
use crate::choices::{
    CellEdit, ChoicesSource, FormRow, FormSheet, LONGEST_TEXT, earlier, edited, held_back, rows, workbook,
};
use crate::core::finding::{Checked, Code, Finding, Place};
use crate::core::hash::sha256_hex;
use crate::core::words;
use crate::documents::deck::{self, Deck};
use crate::documents::{Length, SlideKey};
use crate::export;
use crate::round::CHOICES_FILE;

/// How the choices that are edited relate to the file on the disk.
#[derive(Debug)]
enum OnDisk {
    /// They are those of the file.
    Same,
    /// There is no file yet.
    Missing,
    /// They are those of the file, renewed; these are the bytes on the disk.
    Older(Vec<u8>),
    /// They are those of the file, which should be renewed but cannot be, for this reason.
    Left(String),
}

/// A round's choices, ready to be changed.
#[derive(Debug)]
pub(crate) struct EditableChoices {
    prepared: Prepared,
    charts: Charts,
    by_rule: Deck,
    base: ChoicesFile,
    on_disk: OnDisk,
}

/// Choices that were changed in memory.
#[derive(Debug)]
pub(crate) struct EditedChoices {
    new: Checked<ChoicesFile>,
}

/// A slide drawn from choices that may not be saved.
#[derive(Debug)]
pub(crate) struct DrawnSlide {
    /// The words at its foot that name it.
    pub reference: String,
    /// Its headline.
    pub headline: String,
    /// The slide as SVG.
    pub svg: String,
}

impl EditableChoices {
    /// Opens the choices of a round as the next report would find them: renewed if the answers have changed, or made if there are none.
    /// Writes nothing.
    ///
    /// # Errors
    ///
    /// When the round cannot be opened, or its choices cannot be read.
    pub(crate) fn open(round: &Path, surroundings: Surroundings<'_>) -> Result<EditableChoices, Failure> {
        let mut prepared = prepare(round, surroundings)?;
        let charts = Charts::lay_out(prepared.shown());
        let by_rule = prepared.by_rule(&charts);
        let open = &prepared.collected.open;
        let plan = choices::plan(open, prepared.choices_source(&by_rule), prepared.choices.as_ref())?;
        let (new, on_disk) = match plan {
            ChoicesPlan::Leave => (None, OnDisk::Same),
            ChoicesPlan::First(bytes) => {
                let path = open.folder.choices();
                let new = choices::read_bytes(open, &path, bytes, &prepared.analysis, prepared.today)?;
                (Some(new), OnDisk::Missing)
            }
            ChoicesPlan::Renew(renewal) => match renewal.left {
                Some(left) => (None, OnDisk::Left(left.found)),
                None => (Some(renewal.new), OnDisk::Older(renewal.old)),
            },
        };
        if let Some(new) = &new {
            prepared.go_on_from(new);
        }
        let base = new.map(|new| new.output).or_else(|| prepared.choices.clone());
        let base = base.ok_or_else(Failure::of_fault)?;
        Ok(EditableChoices { prepared, charts, by_rule, base, on_disk })
    }

    /// The version of the file: a hash of its bytes.
    pub(crate) fn version(&self) -> String {
        sha256_hex(&self.base.bytes)
    }

    /// Whether a program has the file open, and may have unsaved choices.
    pub(crate) fn is_open_elsewhere(&self) -> bool {
        disk::lock_beside(&self.prepared.collected.open.folder.choices()).is_some()
    }

    /// The code that the presentation of each length has, and why that is a draft; empty where it is not.
    pub(crate) fn codes(&self) -> Vec<(Length, String, String)> {
        let code = |length: Length| {
            let run = self.prepared.code(length);
            let deck = deck::deck(self.prepared.inputs(length, &run, &self.charts));
            (length, run, deck.cover.draft)
        };
        Length::ALL.into_iter().map(code).collect()
    }

    /// The findings about the choices that apply to a presentation of either length.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        // A finding about one length only is no fault: an approval is of one length, and a slide can be placed after one that only the full
        // presentation has.
        let [first, second] = Length::ALL.map(|length| self.prepared.of_length(length));
        let is_in_both = |finding: &Finding| second.iter().any(|other| other.place == finding.place);
        let of_both = first.into_iter().filter(is_in_both);
        self.prepared.collected.findings.iter().cloned().chain(of_both).collect()
    }

    /// The rows of a sheet.
    pub(crate) fn rows(&self, of: FormSheet) -> Vec<FormRow> {
        rows(&self.base.book, of)
    }

    /// The choices with these cells filled in, made again and read back.
    ///
    /// # Errors
    ///
    /// When not all of the file can be taken over, a text is too long or may identify a child, or not all of it was read back.
    pub(crate) fn edit(&self, of: FormSheet, edits: &[CellEdit]) -> Result<EditedChoices, Failure> {
        let open = &self.prepared.collected.open;
        let (path, today) = (open.folder.choices(), self.prepared.today);
        if edits.iter().any(|edit| edit.typed.chars().count() > LONGEST_TEXT) {
            let found = format!("a text has more than {} characters", LONGEST_TEXT);
            return Err(about(of, found, "shorten it: a slide has room for some lines"));
        }
        let (book, unplaced) = edited(&self.base.book, of, edits);
        if !unplaced.is_empty() {
            let found = "some of what you typed is for rows that the file does not have".to_string();
            return Err(about(of, found, "copy what you need, then load the page again"));
        }
        let changed = earlier(&book);
        if !changed.obstacles().is_empty() {
            let found = format!("this file cannot be saved from a page ({})", words::list(changed.obstacles()));
            return Err(about(of, found, "put that right in your spreadsheet program"));
        }
        let chosen = choices::chosen_in(open, &book, today).output;
        // With the ratings after challenge instead of self-ratings, or the other way round, there are different words to choose from.
        let analysis = self.prepared.shown_by(Some(&chosen));
        let is_same = analysis.numbers.ratings == self.prepared.shown().numbers.ratings;
        let by_rule = (!is_same).then(|| self.prepared.by_rule_of(analysis, &Charts::lay_out(analysis)));
        let source = self.prepared.choices_source(by_rule.as_ref().unwrap_or(&self.by_rule));
        let source = ChoicesSource { analysis, ..source };
        // With today's date, what is marked as new since the file was made would lose its mark.
        let made_on = earlier(&self.base.book).made_on().unwrap_or(today);
        let bytes = workbook(ChoicesSource { made_on, ..source }, Some(&changed)).or_fault()?;
        let new = choices::read_bytes(open, &path, bytes, &self.prepared.analysis, today)?;
        let remedy = "take it out; nothing about one child goes here";
        let held = held_back(&new.output.book, "it was not saved", remedy);
        if !held.is_empty() {
            return Err(Failure::new(held));
        }
        if !changed.is_in(&chosen, &earlier(&new.output.book), &new.output.chosen) {
            let found = "not everything you wrote was read back from the new file";
            return Err(about(of, found.into(), "write it in your spreadsheet program instead"));
        }
        Ok(EditedChoices { new })
    }

    /// Draws the slides with these names, with choices that may not be saved. Slides are those of the short presentation if it has them.
    ///
    /// # Errors
    ///
    /// When they cannot be drawn.
    pub(crate) fn draw(mut self, edited: EditedChoices, names: &[String]) -> Result<Vec<DrawnSlide>, Failure> {
        self.prepared.go_on_from(&edited.new);
        self.charts = Charts::lay_out(self.prepared.shown());
        let mut drawn: Vec<(String, DrawnSlide)> = Vec::new();
        for length in Length::ALL {
            let is_done = |name: &String| drawn.iter().any(|(known, _)| known == name);
            let wanted: Vec<&String> = names.iter().filter(|name| !is_done(name)).collect();
            if wanted.is_empty() {
                break;
            }
            let run = self.prepared.code(length);
            let deck = deck::deck(self.prepared.inputs(length, &run, &self.charts));
            for (at, slide) in deck.slides.iter().enumerate() {
                let is_it = |name: &&&String| is_called(&slide.key, name);
                let Some(name) = wanted.iter().find(is_it).filter(|_| drawn.len() < MOST_DRAWN) else { continue };
                let svg = export::pdf::page(&deck, at).or_fault()?;
                let reference = crate::documents::reference(&run, at + 1);
                drawn.push((name.to_string(), DrawnSlide { reference, headline: slide.headline.clone(), svg }));
            }
        }
        drawn.sort_by_key(|(name, _)| names.iter().position(|wanted| wanted == name));
        Ok(drawn.into_iter().map(|(_, slide)| slide).collect())
    }
}

/// The most slides that are drawn at once: more would keep the officer waiting.
const MOST_DRAWN: usize = 4;

/// Whether a slide has this name; `own` is the name of every slide of the officer's own.
fn is_called(key: &SlideKey, name: &str) -> bool {
    key.to_string() == name || matches!(key, SlideKey::Own(_)) && name == "own"
}

fn about(of: FormSheet, found: String, remedy: &str) -> Failure {
    let place = Place::sheet(CHOICES_FILE, of.name());
    Failure::new(vec![Finding::new(Code::ChoiceUnread, place, found, "", remedy)])
}

impl EditedChoices {
    /// Writes them over the file that they were made from. If that had to be renewed, the old one is kept under a dated name.
    ///
    /// # Errors
    ///
    /// When the file is open in a program, cannot be replaced, is not as it was read, or cannot be written.
    pub(crate) fn write(self, of: &EditableChoices) -> Result<(), Failure> {
        let folder = &of.prepared.collected.open.folder;
        let path = folder.choices();
        let refuse =
            |found: &str, remedy: &str| Err(Failure::one(Code::ChoiceUnread, Path::new(CHOICES_FILE), found, remedy));
        if of.is_open_elsewhere() {
            return refuse(
                "this file is open in a program, so it was not changed",
                "save and close it there, then save here again",
            );
        }
        let as_read = match &of.on_disk {
            OnDisk::Missing if path.exists() => {
                return refuse("this file was made a moment ago", "save here again");
            }
            OnDisk::Missing => None,
            OnDisk::Left(found) => return refuse(found, "put that right, then save here again"),
            OnDisk::Same => Some(&of.base.bytes),
            OnDisk::Older(old) => Some(old),
        };
        if as_read.is_some_and(|bytes| choices::why_not_replaceable(&path, bytes).is_some()) {
            return refuse("this file cannot be replaced just now", "close it where it is open, then save here again");
        }
        if let OnDisk::Older(old) = &of.on_disk {
            choices::keep_old(folder, old, of.prepared.today)?;
        }
        disk::check_no_link(&path)?;
        disk::write(&path, &self.new.output.bytes)
    }
}
