//! The rounds on this computer: those that were opened before, and those in the folder for rounds. Of each, only its settings are read.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::start::StartPlace;
pub(crate) use crate::app::machine::start::home;
use crate::core::finding::Code;
use crate::core::hash::sha256_hex;
use crate::core::words;
use crate::round::{self, Folder};
use crate::theme::{Group, Theme};

/// How many digits of a hash stand for a folder in an address, so that no name of a folder is ever in one.
const KEY_LENGTH: usize = 12;

/// A round on this computer.
#[derive(Debug, Clone)]
pub(crate) struct KnownRound {
    /// What its folder is called in addresses.
    pub key: String,
    /// Its folder.
    pub path: PathBuf,
    /// The partnership; the folder's name where the settings cannot be read.
    pub title: String,
    /// The theme in words, by its id where its file cannot be read; empty where the settings cannot be read.
    pub theme: String,
    /// When returns are due; `None` where the settings cannot be read.
    pub deadline: Option<Date>,
    /// Who decides for the business unit; empty where nobody is named.
    pub officer: String,
}

/// What a folder is called in addresses.
pub(crate) fn key_of(path: &Path) -> String {
    let mut key = sha256_hex(absolute(path).to_string_lossy().as_bytes());
    key.truncate(KEY_LENGTH);
    key
}

/// The rounds, those that were opened last first.
pub(crate) fn all(place: &StartPlace) -> Vec<KnownRound> {
    let mut paths = place.rounds();
    for folder in disk::folders_in(&home()) {
        if !paths.contains(&folder) {
            paths.push(folder);
        }
    }
    paths.iter().filter(|path| is_round(path)).map(|path| read(path)).collect()
}

/// The round that is called so in addresses.
pub(crate) fn by_key(place: &StartPlace, key: &str) -> Option<KnownRound> {
    let in_home = disk::folders_in(&home());
    let path = place.rounds().into_iter().chain(in_home).find(|path| key_of(path) == key && is_round(path))?;
    Some(read(&path))
}

/// Adds a folder as somebody typed it.
///
/// # Errors
///
/// When it is not the folder of a round.
pub(crate) fn add(place: &StartPlace, typed: &str) -> Result<KnownRound, Failure> {
    // Windows puts the marks around a path that is copied.
    let typed = typed.trim().trim_matches('"');
    let path = absolute(Path::new(typed));
    if typed.is_empty() {
        let found = "no folder is named";
        return Err(Failure::one(Code::RoundMissing, Path::new("The folder"), found, "copy it from the file manager"));
    }
    if !is_round(&path) {
        let remedy = "choose the folder that has the file round.toml in it";
        return Err(Failure::one(Code::RoundMissing, &path, "this is not the folder of a round", remedy));
    }
    place.remember(&path);
    Ok(read(&path))
}

/// A folder for a new round, which is not there yet.
pub(crate) fn new_folder(partnership: &str, deadline: Date) -> PathBuf {
    let name = words::slug(&format!("{partnership} {}", deadline.strftime("%Y-%m")));
    let name = |number: usize| if number > 1 { format!("{name}-{number}") } else { name.clone() };
    // OK because there are fewer folders than numbers.
    (1..).map(|number| home().join(name(number))).find(|path| !path.exists()).unwrap_or_else(|| home().join(name(1)))
}

/// The groups that agencies are in, each by its code and in words.
pub(crate) fn groups() -> Vec<(&'static str, &'static str)> {
    Group::ALL.iter().map(|group| (group.code(), group.words())).collect()
}

/// How many statements a theme asks of each group, as it recommends; groups that are asked nothing are left out.
pub(crate) fn asked_by_group(theme: &Theme) -> Vec<(&'static str, usize)> {
    let count = |group: Group| theme.criteria().filter(|(_, one)| theme.is_rated_by(one, group, &theme.rate)).count();
    Group::ALL.iter().map(|group| (group.words(), count(*group))).filter(|(_, count)| *count > 0).collect()
}

/// The path from the top, as the system knows it. A link on the way stays one: it is looked at where files are.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    // A folder that is typed with a last slash is the same.
    absolute.components().collect()
}

fn is_round(path: &Path) -> bool {
    disk::check_no_link(path).is_ok() && Folder::new(path).round_toml().is_file()
}

/// The theme's title as its own line says it: the first page lists many rounds, and reads no theme whole.
fn theme_title(path: &Path) -> Option<String> {
    let text = disk::read_text(&Folder::new(path).theme_toml()).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("title"))?;
    let title = line.trim_start().strip_prefix('=')?.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!title.contains('\\')).then(|| title.to_string())
}

fn read(path: &Path) -> KnownRound {
    let text = disk::read_text(&Folder::new(path).round_toml()).unwrap_or_default();
    let round = round::read("round.toml", &text).output;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (title, theme, deadline, officer) = match round {
        Some(round) => (round.partnership, round.theme.to_string(), Some(round.deadline), round.officer),
        None => (name, String::new(), None, String::new()),
    };
    let theme = if theme.is_empty() { theme } else { theme_title(path).unwrap_or(theme) };
    KnownRound { key: key_of(path), path: path.to_path_buf(), title, theme, deadline, officer }
}
