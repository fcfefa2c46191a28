//! A round's settings as a form: those in `round.toml`, and who checked the wording in `theme.toml`.
//!
//! Whatever the form does not change stays in the file as somebody wrote it. What somebody else changed meanwhile is never overwritten.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::app::machine::{disk, lock};
use crate::core::finding::{Code, Finding, Place, Severity};
use crate::core::names::RelativeName;
use crate::core::quoting::quote;
use crate::core::setting::{SettingKey, SettingValue, SettingsText};
use crate::core::words;
use crate::round::{self, Branding, Folder, ROUND_FILE};
use crate::style::brand;
use crate::theme::{self, Criterion, Theme};

/// Where `theme.toml` says who checked the wording.
const CHECKED_BY: SettingKey = SettingKey { table: "", key: "checked_by" };

/// Where `theme.toml` says when.
const CHECKED_ON: SettingKey = SettingKey { table: "", key: "checked_on" };

/// A setting that can be changed on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoundSetting {
    /// The partnership's name.
    Partnership,
    /// When returns are due.
    Deadline,
    /// The first day of fieldwork.
    Fieldwork,
    /// The protective marking.
    Marking,
    /// Whom agencies can ask.
    Contact,
    /// Who decides for the business unit.
    Officer,
    /// Until when workbooks are kept.
    KeptUntil,
    /// The order of the three columns.
    ColumnOrder,
    /// The bases that are rated.
    Rate,
    /// Further packs.
    Include,
    /// The logo's file.
    Logo,
    /// The first colour.
    Colour,
    /// The second colour.
    SecondColour,
}

/// The kind of value of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SettingHolds {
    /// A text, which may be empty.
    Words,
    /// A text; if it is empty, the setting is left out of the file.
    WordsOrNothing,
    /// A day.
    Day,
    /// Texts, with commas between them on the form.
    List,
}

impl RoundSetting {
    /// Every setting, in the order of the form.
    pub(crate) const ALL: [RoundSetting; 13] = [
        RoundSetting::Partnership,
        RoundSetting::Deadline,
        RoundSetting::Fieldwork,
        RoundSetting::Marking,
        RoundSetting::Contact,
        RoundSetting::Officer,
        RoundSetting::KeptUntil,
        RoundSetting::Rate,
        RoundSetting::Include,
        RoundSetting::ColumnOrder,
        RoundSetting::Logo,
        RoundSetting::Colour,
        RoundSetting::SecondColour,
    ];

    /// Where it is in `round.toml`.
    fn at(self) -> SettingKey {
        let (table, key) = match self {
            RoundSetting::Partnership => ("", "partnership"),
            RoundSetting::Deadline => ("", "deadline"),
            RoundSetting::Fieldwork => ("", "fieldwork_starts"),
            RoundSetting::Marking => ("", "marking"),
            RoundSetting::Contact => ("", "contact"),
            RoundSetting::Officer => ("", "officer"),
            RoundSetting::KeptUntil => ("", "kept_until"),
            RoundSetting::ColumnOrder => ("", "column_order"),
            RoundSetting::Rate => ("", "rate"),
            RoundSetting::Include => ("", "include"),
            RoundSetting::Logo => ("brand", "logo"),
            RoundSetting::Colour => ("brand", "colour"),
            RoundSetting::SecondColour => ("brand", "second_colour"),
        };
        SettingKey { table, key }
    }

    /// The name of its field on the form.
    pub(crate) fn name(self) -> &'static str {
        self.at().key
    }

    /// Its label on the form.
    pub(crate) fn label(self) -> &'static str {
        match self {
            RoundSetting::Partnership => "The partnership's name",
            RoundSetting::Deadline => "When returns are due",
            RoundSetting::Fieldwork => "The first day of fieldwork",
            RoundSetting::Marking => "The protective marking",
            RoundSetting::Contact => "Whom agencies ask",
            RoundSetting::Officer => "Who decides for the business unit",
            RoundSetting::KeptUntil => "Until when you keep workbooks",
            RoundSetting::ColumnOrder => "The order of the three columns",
            RoundSetting::Rate => "What agencies rate",
            RoundSetting::Include => "Further statements",
            RoundSetting::Logo => "The logo",
            RoundSetting::Colour => "The first colour",
            RoundSetting::SecondColour => "The second colour",
        }
    }

    fn holds(self) -> SettingHolds {
        match self {
            RoundSetting::Partnership | RoundSetting::Marking | RoundSetting::Contact | RoundSetting::ColumnOrder => {
                SettingHolds::Words
            }
            RoundSetting::Deadline | RoundSetting::Fieldwork => SettingHolds::Day,
            RoundSetting::Rate | RoundSetting::Include => SettingHolds::List,
            RoundSetting::Officer
            | RoundSetting::KeptUntil
            | RoundSetting::Logo
            | RoundSetting::Colour
            | RoundSetting::SecondColour => SettingHolds::WordsOrNothing,
        }
    }

    /// Whether it decides what workbooks ask, so that it cannot change once they are issued.
    pub(crate) fn is_fixed_by_issue(self) -> bool {
        matches!(self, RoundSetting::ColumnOrder | RoundSetting::Rate | RoundSetting::Include)
    }

    /// The value to write for what was typed; `None` if it should be a day and is not.
    fn value(self, typed: &str) -> Option<SettingValue> {
        let typed = typed.trim();
        Some(match self.holds() {
            SettingHolds::Day if typed.is_empty() => SettingValue::Nothing,
            SettingHolds::Day => SettingValue::Day(typed.parse().ok()?),
            SettingHolds::WordsOrNothing if typed.is_empty() => SettingValue::Nothing,
            SettingHolds::Words | SettingHolds::WordsOrNothing => SettingValue::Text(typed.to_string()),
            SettingHolds::List => {
                let texts = typed.split(',').map(|text| text.trim().to_string());
                SettingValue::Texts(texts.filter(|text| !text.is_empty()).collect())
            }
        })
    }
}

/// A setting as the form sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SettingEdit {
    /// The setting.
    pub setting: RoundSetting,
    /// What it said when the form was made.
    pub was: String,
    /// What was typed.
    pub typed: String,
}

impl SettingEdit {
    fn is_change(&self) -> bool {
        self.typed.trim() != self.was.trim()
    }
}

/// A file that is to be the logo: its name and its bytes.
pub(crate) type LogoFile = (String, Vec<u8>);

/// A round's settings.
#[derive(Debug)]
pub(crate) struct RoundSettings {
    /// Each setting with its text.
    pub said: Vec<(RoundSetting, String)>,
    /// Whether the workbooks were issued, so that what they ask is fixed.
    pub is_issued: bool,
    /// The theme; `None` where its file cannot be read.
    pub theme: Option<Theme>,
    /// The findings about them.
    pub findings: Vec<Finding>,
}

impl RoundSettings {
    /// What a setting says.
    pub(crate) fn value_of(&self, setting: RoundSetting) -> &str {
        self.said.iter().find(|(known, _)| *known == setting).map_or("", |(_, said)| said.as_str())
    }
}

/// The settings as they are in the files.
///
/// # Errors
///
/// When `round.toml` cannot be read, or is not TOML.
pub(crate) fn form(round: &Path, today: Date) -> Result<RoundSettings, Failure> {
    let folder = Folder::new(round);
    let text = disk::read_text(&folder.round_toml())?;
    let settings = settings_of(&text)?;
    let theme = theme_of(&folder);
    let read = round::read(ROUND_FILE, &text);
    let mut findings = read.findings;
    if let Some(round) = &read.output {
        findings.extend(round.deadline_over(today));
        findings.extend(brand_findings(&folder, &round.branding));
    }
    Ok(RoundSettings {
        said: RoundSetting::ALL.into_iter().map(|setting| (setting, settings.words_of(setting.at()))).collect(),
        is_issued: theme.as_ref().is_some_and(|theme| theme.as_issued.is_some()),
        theme,
        findings,
    })
}

fn settings_of(text: &str) -> Result<SettingsText, Failure> {
    SettingsText::read(text).ok_or_else(|| Failure::new(round::read(ROUND_FILE, text).findings))
}

fn theme_of(folder: &Folder) -> Option<Theme> {
    let text = disk::read_text(&folder.theme_toml()).ok()?;
    Some(theme::read("theme.toml", "", &text).output)
}

fn brand_findings(folder: &Folder, branding: &Branding) -> Vec<Finding> {
    let logo = branding.logo.as_ref().and_then(|name| disk::inside(folder.root(), name).ok());
    let logo = logo.and_then(|path| disk::read(&path).ok());
    brand::brand(branding, logo.as_deref()).findings
}

/// Saves what was changed, and writes a new logo into the round's folder.
///
/// # Errors
///
/// When somebody else changed a setting meanwhile, a text is not valid, or a setting is fixed because the workbooks were issued. Then
/// nothing was written.
pub(crate) fn save(round: &Path, edits: &[SettingEdit], logo: Option<&LogoFile>) -> Result<(), Failure> {
    lock::hold(round, "settings", |_| {
        let folder = Folder::new(round);
        let path = folder.round_toml();
        let text = disk::read_text(&path)?;
        let mut settings = settings_of(&text)?;
        let is_issued = theme_of(&folder).is_some_and(|theme| theme.as_issued.is_some());
        let mut faults = Vec::new();
        for edit in edits.iter().filter(|edit| edit.is_change()) {
            match set(&mut settings, edit, is_issued) {
                Ok(()) => {}
                Err(fault) => faults.push(*fault),
            }
        }
        let logo = logo.map(|logo| new_logo(&folder, logo)).transpose()?;
        if let Some(logo) = &logo {
            settings.set(RoundSetting::Logo.at(), &SettingValue::Text(logo.name.as_str().to_string()));
        }
        // The whole text is checked as it would be, because settings depend on each other, as the dates do.
        let changed = settings.text();
        if faults.is_empty() {
            faults = new_faults(&folder, &text, &changed, logo.as_ref());
        }
        if !faults.is_empty() {
            return Err(Failure::new(faults));
        }
        if let Some(logo) = &logo {
            // The logo first: a setting that names a missing file would be a fault.
            disk::write(&logo.path, logo.bytes)?;
        }
        if changed == text {
            return Ok(());
        }
        disk::check_no_link(&path)?;
        disk::write(&path, changed.as_bytes())
    })
}

/// Changes one setting.
fn set(settings: &mut SettingsText, edit: &SettingEdit, is_issued: bool) -> Result<(), Box<Finding>> {
    let setting = edit.setting;
    let now = settings.words_of(setting.at());
    let fault = |found: String, remedy: &str| {
        let place = Place::file(setting.label());
        Box::new(Finding::new(Code::ValueInvalid, place, found, "", remedy).naming(edit.typed.as_str()))
    };
    // Somebody else has typed the same: there is nothing to decide.
    if now.trim() == edit.typed.trim() {
        return Ok(());
    }
    if now.trim() != edit.was.trim() {
        let found = format!(
            "somebody changed this meanwhile: it now says {}, and you typed {}",
            quote(&now),
            quote(&edit.typed)
        );
        return Err(fault(found, "decide which it is, and save again"));
    }
    if is_issued && setting.is_fixed_by_issue() {
        return Err(fault("the workbooks were already issued with this".into(), "make a new round to change it"));
    }
    match setting.value(&edit.typed) {
        Some(value) => settings.set(setting.at(), &value),
        None => {
            let found = format!("{} is not a date", quote(&edit.typed));
            return Err(fault(found, "write it as 2026-12-11"));
        }
    }
    Ok(())
}

/// The faults that a change would add. Faults that the file had before do not stop it: otherwise, a file with two faults could not be put
/// right one by one.
fn new_faults(folder: &Folder, text: &str, changed: &str, logo: Option<&NewLogo<'_>>) -> Vec<Finding> {
    let before = round::read(ROUND_FILE, text);
    let after = round::read(ROUND_FILE, changed);
    let is_new = |finding: &Finding| {
        let is_known = |known: &Finding| known.code == finding.code && known.found == finding.found;
        finding.severity() == Severity::MustFix && !before.findings.iter().any(is_known)
    };
    let mut faults: Vec<Finding> = after.findings.into_iter().filter(is_new).collect();
    if let Some(round) = &after.output
        && (logo.is_some() || before.output.is_none_or(|before| before.branding != round.branding))
    {
        let faults_of_look = match logo {
            Some(logo) => brand::brand(&round.branding, Some(logo.bytes)).findings,
            None => brand_findings(folder, &round.branding),
        };
        faults.extend(faults_of_look);
    }
    faults
}

/// A logo that is not in the round's folder yet.
struct NewLogo<'a> {
    name: RelativeName,
    path: PathBuf,
    bytes: &'a [u8],
}

/// Finds a place for a new logo. No file is overwritten; a file with the same bytes is used again.
fn new_logo<'a>(folder: &Folder, (file, bytes): &'a LogoFile) -> Result<NewLogo<'a>, Failure> {
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    if !["png", "svg"].contains(&ending.as_str()) {
        let found = format!("{} does not end in .png or .svg", quote(file));
        return Err(Failure::one(Code::BrandUnfit, Path::new("The logo"), found, "choose a .png or .svg file"));
    }
    for number in 1..100 {
        let name = if number > 1 { format!("logo-{number}.{ending}") } else { format!("logo.{ending}") };
        let Ok(name) = RelativeName::new(&name) else { continue };
        let path = disk::inside(folder.root(), &name)?;
        if !path.exists() || disk::read(&path).is_ok_and(|there| there == *bytes) {
            return Ok(NewLogo { name, path, bytes });
        }
    }
    let remedy = "delete those that are not used";
    Err(Failure::one(Code::BrandUnfit, folder.root(), "there are a hundred logos in this folder", remedy))
}

/// Notes in `theme.toml` who checked the wording against the published framework, and when.
///
/// # Errors
///
/// When nobody is named, the day is not a date or is in the future, or the file cannot be read or written.
pub(crate) fn check_wording(round: &Path, by: &str, on: &str, today: Date) -> Result<(), Failure> {
    let (by, on) = (by.trim(), on.trim());
    let refuse = |found: &str, remedy: &str| {
        Err(Failure::one(Code::ThemeUnchecked, Path::new("The check of the wording"), found, remedy))
    };
    if by.is_empty() {
        return refuse("nobody is named", "write who compared it with the published framework");
    }
    let Ok(day) = on.parse::<Date>() else { return Err(Failure::not_a_day(on)) };
    if day > today {
        return refuse(&format!("{} is still to come", words::date(day)), "write the day on which it was compared");
    }
    lock::hold(round, "settings", |_| {
        let path = Folder::new(round).theme_toml();
        let text = disk::read_text(&path)?;
        let Some(mut settings) = SettingsText::read(&text) else {
            return Err(Failure::new(theme::read("theme.toml", "", &text).findings));
        };
        settings.set(CHECKED_BY, &SettingValue::Text(by.to_string()));
        settings.set(CHECKED_ON, &SettingValue::Day(day));
        disk::check_no_link(&path)?;
        disk::write(&path, settings.text().as_bytes())
    })
}

/// A short name as the form sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShortNameEdit {
    /// The id of its statement.
    pub id: String,
    /// What it said when the form was made.
    pub was: String,
    /// What was typed.
    pub typed: String,
}

/// Changes short names in `theme.toml`. They are what slides call statements, and no part of what agencies were asked.
///
/// # Errors
///
/// When one is too long, or somebody changed it meanwhile, or the file cannot be read or written. Then nothing was written.
pub(crate) fn save_short_names(round: &Path, edits: &[ShortNameEdit]) -> Result<(), Failure> {
    lock::hold(round, "settings", |_| {
        let path = Folder::new(round).theme_toml();
        let text = disk::read_text(&path)?;
        let before = theme::read("theme.toml", "", &text);
        let Some(mut settings) = SettingsText::read(&text) else { return Err(Failure::new(before.findings)) };
        let mut faults = Vec::new();
        for edit in edits.iter().filter(|edit| edit.typed.trim() != edit.was.trim()) {
            let typed = edit.typed.trim();
            let fault = |found: String, remedy: &str| {
                Finding::new(Code::ValueInvalid, Place::file("The short names"), found, "", remedy).naming(typed)
            };
            let now = before.output.criteria().find(|(_, one)| one.id.as_str() == edit.id).map(|(_, one)| &one.short);
            let length = typed.chars().count();
            if length > Criterion::LONGEST_SHORT {
                let found = format!("{}: {} has {length} characters", edit.id, quote(typed));
                faults.push(fault(found, &format!("use at most {}", Criterion::LONGEST_SHORT)));
            } else if now.is_some_and(|now| now != edit.was.trim() && now != typed) {
                let found = format!("{}: somebody changed this meanwhile, and you typed {}", edit.id, quote(typed));
                faults.push(fault(found, "look at it as it is now, and save again"));
            } else {
                settings.set_in_entry(["area", "criterion"], &edit.id, "short", typed);
            }
        }
        if !faults.is_empty() {
            return Err(Failure::new(faults));
        }
        disk::check_no_link(&path)?;
        disk::write(&path, settings.text().as_bytes())
    })
}
