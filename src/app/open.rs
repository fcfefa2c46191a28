//! Finds and opens what a command works on: a theme by id or file, a round by its folder.

use std::path::{Path, PathBuf};

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::core::fields::{nearest, quoted};
use crate::core::finding::{Checked, Code, Finding, Place, Severity};
use crate::core::ids::ThemeId;
use crate::message::{MessageKind, MessageTemplate};
use crate::round::{self, Folder, Round};
use crate::theme::{self, BUILT_IN, Term, Theme};

/// The folder of a user's own packs, in the current one.
pub(super) const OWN_THEMES: &str = "themes";

/// The text of a theme and what it says.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The theme.
    pub theme: Theme,
    /// Its TOML text.
    pub text: String,
}

/// A round with its frozen theme.
#[derive(Debug)]
pub(crate) struct OpenRound {
    /// Where things lie.
    pub folder: Folder,
    /// What `round.toml` says.
    pub round: Round,
    /// What `theme.toml` says.
    pub opened: Opened,
    /// What was noticed in both files.
    pub findings: Vec<Finding>,
}

/// Opens a theme by its id (looked for in `./themes`, then in the round, then built in) or as a file.
///
/// # Errors
///
/// When there is none, or it has a fault.
pub(super) fn theme(id_or_file: &str, round: Option<&Folder>) -> Result<Opened, Failure> {
    let named = PathBuf::from(id_or_file);
    let in_round = round.map(|folder| folder.root().join(OWN_THEMES));
    let folders = [Some(PathBuf::from(OWN_THEMES)), in_round].into_iter().flatten();
    // An id is looked up in folders, and a path is not an id.
    let folders = folders.filter(|_| ThemeId::parse(id_or_file).is_some());
    let own = folders.map(|folder| folder.join(format!("{id_or_file}.toml"))).find(|path| path.is_file());
    if let Some(path) = own.or_else(|| id_or_file.ends_with(".toml").then_some(named)) {
        let text = disk::read_text(&path)?;
        return sound(&path.display().to_string(), &stem(&path), text);
    }
    if let Some((id, text)) = BUILT_IN.iter().find(|(id, _)| *id == id_or_file) {
        return sound(id, id, text.to_string());
    }
    let known: Vec<&str> = BUILT_IN.iter().map(|(id, _)| *id).collect();
    let remedy = match nearest(id_or_file, &known) {
        Some(id) => format!("did you mean {id}?"),
        None => "`jtai theme list --all` shows them all".to_string(),
    };
    Err(Failure::one(Code::ThemeUnknown, Path::new(id_or_file), "no theme has this id", remedy))
}

/// The theme with the areas of every pack that the round includes and that are not in it yet, and the words they explain. Packs keep their areas at the
/// end of the file, so that the text of one can follow the other's.
///
/// # Errors
///
/// When an included pack is unknown, has a fault, or has an area or a statement of the theme's own ids.
pub(super) fn with_included(opened: Opened, round: &Round, folder: &Folder) -> Result<Opened, Failure> {
    let mut text = opened.text.clone();
    let mut explained: Vec<String> = opened.theme.glossary.iter().map(|term| term.term.to_lowercase()).collect();
    for id in &round.include {
        let pack = theme(id.as_str(), Some(folder))?;
        let is_in = pack.theme.criteria().all(|(_, criterion)| opened.theme.criterion(&criterion.id).is_some());
        if is_in {
            continue;
        }
        let areas = pack.text.find("\n[[area]]").map_or("", |at| &pack.text[at..]);
        text = format!("{}\n\n# Included from {id}.\n", text.trim_end());
        for Term { term, meaning } in &pack.theme.glossary {
            if !explained.contains(&term.to_lowercase()) {
                text.push_str(&format!("[[term]]\nterm = {}\nmeaning = {}\n\n", quoted(term), quoted(meaning)));
                explained.push(term.to_lowercase());
            }
        }
        text.push_str(areas.trim_start());
    }
    if text == opened.text {
        return Ok(opened);
    }
    sound(&format!("{} with its included packs", opened.theme.id), opened.theme.id.as_str(), text)
}

/// That a theme is retired, for the officer who makes a round of it.
pub(super) fn retired(theme: &Theme) -> Option<Finding> {
    let found = format!("no inspections on \"{}\" are running any more", theme.title);
    let remedy = "`jtai theme list` shows the themes that inspections look at now; go on if you mean this one";
    let place = Place::file(theme.id.to_string());
    let finding = || Finding::new(Code::ThemeRetired, place, found, "", remedy).naming(theme.id.as_str());
    theme.is_retired.then(finding)
}

/// The partnership's own words for a kind of message, or ours.
pub(super) fn template(folder: &Folder, kind: MessageKind) -> Result<MessageTemplate, Failure> {
    let path = folder.root().join(MessageTemplate::file_name(kind));
    if !path.exists() {
        return Ok(MessageTemplate::ours(kind));
    }
    Ok(MessageTemplate { file: folder.name_of(&path), text: disk::read_text(&path)? })
}

/// The id that a theme file's name gives.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn sound(file: &str, id: &str, text: String) -> Result<Opened, Failure> {
    let Checked { output: theme, findings } = theme::read(file, id, &text);
    if findings.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(findings));
    }
    Ok(Opened { theme, text })
}

/// Opens a round.
///
/// # Errors
///
/// When the folder holds no round, one of its files has a fault, or the theme changed after it was issued.
pub(super) fn round(dir: &Path) -> Result<OpenRound, Failure> {
    let folder = Folder::new(dir);
    let round_file = folder.round_toml();
    if !round_file.is_file() {
        let remedy = "name the round's folder, or make a round with `jtai round new`";
        return Err(Failure::one(Code::RoundMissing, dir, "there is no round.toml in this folder", remedy));
    }
    let Checked { output, mut findings } = round::read(&folder.name_of(&round_file), &disk::read_text(&round_file)?);
    let Some(round) = output else { return Err(Failure::new(findings)) };
    let theme_file = folder.theme_toml();
    let opened = sound(&folder.name_of(&theme_file), round.theme.as_str(), disk::read_text(&theme_file)?)?;
    let opened = match opened.theme.as_issued {
        Some(_) => {
            findings.extend(not_included(&opened, &round, &folder)?);
            unchanged(opened, &theme_file)?
        }
        None => with_included(opened, &round, &folder)?,
    };
    Ok(OpenRound { folder, round, opened, findings })
}

/// Packs that the round includes and that were not issued with it.
fn not_included(opened: &Opened, round: &Round, folder: &Folder) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    for id in &round.include {
        let pack = theme(id.as_str(), Some(folder))?;
        if pack.theme.criteria().any(|(_, criterion)| opened.theme.criterion(&criterion.id).is_none()) {
            let found = format!("`include` names {id}, and the workbooks were issued without it");
            let remedy = "take it out, or make a new round with `jtai round new` and --include";
            let finding = Finding::new(Code::ThemeChanged, Place::file("round.toml"), found, "", remedy);
            findings.push(finding.naming(id.as_str()));
        }
    }
    Ok(findings)
}

/// A theme that is as it was when its workbooks were issued.
fn unchanged(opened: Opened, file: &Path) -> Result<Opened, Failure> {
    let now = opened.theme.fingerprint();
    match &opened.theme.as_issued {
        Some(issued) if issued.fingerprint != now => {
            let found = format!(
                "the theme changed after its workbooks were issued: {}",
                opened.theme.changes_since(issued).words()
            );
            let remedy = "put it back as it was, or make a new round with `jtai round new` for the new wording";
            Err(Failure::one(Code::ThemeChanged, file, found, remedy))
        }
        _ => Ok(opened),
    }
}
