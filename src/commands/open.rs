//! Finds and opens what a command works on: a theme by id or file, a round by its folder.

use std::path::{Path, PathBuf};

use super::{Failure, disk};
use crate::diagnostic::{Checked, Code, Diagnostic, Severity};
use crate::fields::nearest;
use crate::round::{self, Folder, Round};
use crate::theme::{self, BUILT_IN, Theme};
use crate::words;

/// The folder of a user's own packs, in the current one.
pub const OWN_THEMES: &str = "themes";

/// The text of a theme and what it says.
#[derive(Debug)]
pub struct Opened {
    /// The theme.
    pub theme: Theme,
    /// Its TOML text.
    pub text: String,
}

/// A round with its frozen theme.
#[derive(Debug)]
pub struct OpenRound {
    /// Where things lie.
    pub folder: Folder,
    /// What `round.toml` says.
    pub round: Round,
    /// What `theme.toml` says.
    pub opened: Opened,
    /// What was noticed in both files.
    pub findings: Vec<Diagnostic>,
}

/// Opens a theme by its id (looked for in `./themes`, then built in) or as a file.
///
/// # Errors
///
/// When there is none, or it has a fault.
pub fn theme(id_or_file: &str) -> Result<Opened, Failure> {
    let own = Path::new(OWN_THEMES).join(format!("{id_or_file}.toml"));
    let path = if id_or_file.ends_with(".toml") { PathBuf::from(id_or_file) } else { own };
    if path.is_file() || id_or_file.ends_with(".toml") {
        let text = disk::read_text(&path)?;
        return sound(&path.display().to_string(), &stem(&path), text);
    }
    if let Some((id, text)) = BUILT_IN.iter().find(|(id, _)| *id == id_or_file) {
        return sound(id, id, text.to_string());
    }
    let known: Vec<&str> = BUILT_IN.iter().map(|(id, _)| *id).collect();
    let remedy = match nearest(id_or_file, &known) {
        Some(id) => format!("did you mean {id}?"),
        None => format!("built in: {}; `jtai theme list` shows all", words::list(&known)),
    };
    Err(Failure::one(Code::ThemeUnknown, Path::new(id_or_file), "no theme has this id, and no file this name", remedy))
}

/// The id that a theme file's name gives.
pub fn stem(path: &Path) -> String {
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
pub fn round(dir: &Path) -> Result<OpenRound, Failure> {
    let folder = Folder::new(dir);
    let round_file = folder.round_toml();
    if !round_file.is_file() {
        let remedy = "name the round's folder, or make a round with `jtai round new`";
        return Err(Failure::one(Code::RoundMissing, dir, "there is no round.toml in this folder", remedy));
    }
    let Checked { output, mut findings } =
        round::read(&round_file.display().to_string(), &disk::read_text(&round_file)?);
    let Some(round) = output else { return Err(Failure::new(findings)) };
    let theme_file = folder.theme_toml();
    let opened = sound(&theme_file.display().to_string(), round.theme.as_str(), disk::read_text(&theme_file)?)?;
    let now = opened.theme.fingerprint();
    if let Some(issued) = opened.theme.frozen_fingerprint.as_ref().filter(|issued| **issued != now) {
        let found = format!(
            "the theme was issued with fingerprint {issued} and now has {now}: its wording or structure changed"
        );
        let remedy = "put the wording back, or make a new round with `jtai round new` for the new wording";
        return Err(Failure::one(Code::ThemeChanged, &theme_file, found, remedy));
    }
    findings.retain(|finding| finding.severity() != Severity::MustFix);
    Ok(OpenRound { folder, round, opened, findings })
}
