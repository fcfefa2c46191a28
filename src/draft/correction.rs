//! What a person corrects in a draft, from a sheet or a page, and the theme's text with it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::blocks::one_line;
use super::fault::{DraftError, fail};
use super::lay_out::{self, LayOut, PieceChange};
use super::pack;
use crate::core::setting::{SettingKey, SettingValue, SettingsText};
use crate::theme::{Area, AskedOf, PieceFate, Theme, ThemeSource};

/// What a person changed of one piece. What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Correction {
    /// The piece, counted from 0 in the order of the source.
    pub piece: usize,
    /// What it becomes.
    pub fate: Option<PieceFate>,
    /// The title of the area that its statement is under; empty for the one that the headings give.
    pub area: Option<String>,
    /// The wording of its statement, or the title of its area; empty for that of the source.
    pub wording: Option<String>,
    /// Whom its statement is asked of.
    pub asked: Option<AskedOf>,
    /// The short name of its statement; empty for none.
    pub short: Option<String>,
    /// That a piece which is left out should be.
    pub is_rightly_left_out: bool,
}

impl Correction {
    /// A correction of a piece that changes nothing yet.
    pub fn to(piece: usize) -> Correction {
        Correction { piece, ..Correction::default() }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Correction::to(self.piece)
    }
}

/// What a person says of the framework. What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrameworkDetails {
    /// The theme in words.
    pub theme_title: Option<String>,
    /// The framework's title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published; `Some(None)` takes the day away.
    pub published: Option<Option<Date>>,
}

/// What a person corrects in one go.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DraftCorrections {
    /// Of pieces.
    pub pieces: Vec<Correction>,
    /// The reasons for which everything that is left out should be.
    pub agreed_reasons: Vec<String>,
    /// Of the framework.
    pub framework: FrameworkDetails,
}

impl DraftCorrections {
    /// Whether they change nothing.
    pub fn is_empty(&self) -> bool {
        let is_same = self.pieces.iter().all(Correction::is_empty);
        is_same && self.agreed_reasons.is_empty() && self.framework == FrameworkDetails::default()
    }
}

/// Why a piece is left out where a person decided it.
const BY_A_PERSON: &str = "left out by a person";

/// A theme's text with corrections that a named person made on a day. What nobody corrected stays as it was, whoever wrote it.
///
/// # Errors
///
/// When the theme does not say what it was made from, a piece is not one of its own, or nobody is named.
pub fn corrected(
    (text, before): (&str, &Theme),
    corrections: &DraftCorrections,
    by: &str,
    on: Date,
) -> Result<String, DraftError> {
    let Some(source) = &before.source else {
        return fail("this theme does not say what it was made from", "correct it in its file");
    };
    if by.trim().is_empty() {
        return fail("nobody is named who corrects it", "say who you are");
    }
    let mut source = source.clone();
    let mut changes: BTreeMap<usize, PieceChange> = BTreeMap::new();
    for correction in &corrections.pieces {
        let Some(piece) = source.pieces.get_mut(correction.piece) else {
            let found = format!("the source has no piece {}", correction.piece + 1);
            return fail(&found, "use the workbook or the page that was made from this theme");
        };
        let is_now_left_out = correction.fate == Some(PieceFate::LeftOut);
        if let Some(fate) = correction.fate.filter(|fate| *fate != piece.fate) {
            (piece.left_out_by, piece.left_out_on) = (String::new(), None);
            piece.why = if is_now_left_out { BY_A_PERSON.into() } else { String::new() };
            piece.fate = fate;
            piece.doubt.clear();
        }
        if piece.fate == PieceFate::LeftOut && (is_now_left_out || correction.is_rightly_left_out) {
            (piece.left_out_by, piece.left_out_on) = (by.trim().to_string(), Some(on));
        }
        if let Some(area) = &correction.area {
            piece.under = one_line(area);
        }
        if correction.asked.is_some() {
            piece.groups_why.clear();
        }
        let Correction { wording, asked, short, .. } = correction.clone();
        // A cell of a workbook can hold line breaks; a statement is on one line.
        let trimmed = |text: Option<String>| text.map(|text| one_line(&text));
        changes.insert(correction.piece, PieceChange { wording: trimmed(wording), asked, short: trimmed(short) });
    }
    agree(&mut source, &corrections.agreed_reasons, by, on);
    let of = LayOut { theme: (&before.id, &before.title), before: Some(before), parts: &[], changes: &changes };
    let areas = lay_out::areas(&mut source, &of);
    let renewed = pack::renewed_text(text, before, &source, &areas);
    let is_same = without_short(&areas) == without_short(&before.areas)
        && before.source.as_ref().is_some_and(|before| before.pieces == source.pieces);
    let renewed = if before.is_checked() && !is_same { unchecked(&renewed) } else { renewed };
    Ok(with_framework(&renewed, &corrections.framework))
}

/// Areas without the short names of their statements, which no framework has and nobody compares with one.
fn without_short(areas: &[Area]) -> Vec<Area> {
    let mut areas = areas.to_vec();
    areas.iter_mut().flat_map(|area| &mut area.criteria).for_each(|one| one.short.clear());
    areas
}

/// Says of everything that is left out for one of these reasons that it should be.
fn agree(source: &mut ThemeSource, reasons: &[String], by: &str, on: Date) {
    for piece in source.pieces.iter_mut().filter(|piece| piece.is_open() && reasons.contains(&piece.why)) {
        (piece.left_out_by, piece.left_out_on) = (by.trim().to_string(), Some(on));
    }
}

/// The text of a theme that was checked and has changed since.
fn unchecked(text: &str) -> String {
    with_settings(text, vec![(key("", "checked_by"), SettingValue::Text(String::new()))])
}

/// A theme's text in which a person is named who checked it, with the day.
pub fn checked_text(text: &str, by: &str, on: Date) -> String {
    let named = (key("", "checked_by"), SettingValue::Text(by.trim().to_string()));
    with_settings(text, vec![named, (key("", "checked_on"), SettingValue::Day(on))])
}

fn with_framework(text: &str, framework: &FrameworkDetails) -> String {
    let FrameworkDetails { theme_title, title, publisher, published } = framework;
    let texts = [
        (key("", "title"), theme_title),
        (key("framework", "title"), title),
        (key("framework", "publisher"), publisher),
    ];
    let words = texts.into_iter().filter_map(|(at, text)| Some((at, SettingValue::Text(text.as_ref()?.trim().into()))));
    let day =
        published.map(|day| (key("framework", "published"), day.map_or(SettingValue::Nothing, SettingValue::Day)));
    with_settings(text, words.chain(day).collect())
}

const fn key(table: &'static str, key: &'static str) -> SettingKey {
    SettingKey { table, key }
}

/// A text with these settings; as it is where it is no TOML.
fn with_settings(text: &str, settings: Vec<(SettingKey, SettingValue)>) -> String {
    let Some(mut changed) = SettingsText::read(text) else { return text.to_string() };
    settings.iter().for_each(|(at, value)| changed.set(*at, value));
    changed.text()
}
