//! The rounds on this computer: those that were opened before, and those in the folder for rounds. Only their settings are read.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::app::demo;
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::start::StartPlace;
pub(crate) use crate::app::machine::start::home;
use crate::core::finding::Code;
use crate::core::hash::sha256_hex;
use crate::core::words;
use crate::round::{self, Folder};
use crate::theme::{Group, Theme};

/// How many hexadecimal digits of a hash are a round's key in addresses. A folder's name, which may identify a child, is never in one.
const KEY_LENGTH: usize = 12;

/// A round on this computer.
#[derive(Debug, Clone)]
pub(crate) struct KnownRound {
    /// Its key in addresses.
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
    /// Whom agencies ask; empty where nobody is named.
    pub contact: String,
    /// The day on which it is looked at, if it is the sample round.
    pub sample_day: Option<Date>,
}

/// The key of a folder in addresses.
pub(crate) fn key_of(path: &Path) -> String {
    let mut key = sha256_hex(absolute(path).to_string_lossy().as_bytes());
    key.truncate(KEY_LENGTH);
    key
}

/// The rounds, the last opened first.
pub(crate) fn all(place: &StartPlace) -> Vec<KnownRound> {
    let mut paths = place.rounds();
    for folder in disk::folders_in(&home()) {
        if !paths.contains(&folder) {
            paths.push(folder);
        }
    }
    paths.iter().filter(|path| is_round(path)).map(|path| read(path)).collect()
}

/// The round that was opened last, from which a new one takes over who makes it; never the sample round.
pub(crate) fn last(place: &StartPlace) -> Option<KnownRound> {
    all(place).into_iter().find(|round| round.sample_day.is_none() && round.deadline.is_some())
}

/// The round with this key.
pub(crate) fn by_key(place: &StartPlace, key: &str) -> Option<KnownRound> {
    // The folder for rounds too: a round may have been copied there and never opened.
    let in_home = disk::folders_in(&home());
    let path = place.rounds().into_iter().chain(in_home).find(|path| key_of(path) == key && is_round(path))?;
    Some(read(&path))
}

/// Adds the folder that somebody typed.
///
/// # Errors
///
/// When it is not the folder of a round.
pub(crate) fn add(place: &StartPlace, typed: &str) -> Result<KnownRound, Failure> {
    // "Copy as path" in Windows puts quotation marks around the path.
    let typed = typed.trim().trim_matches('"');
    let path = absolute(Path::new(typed));
    if typed.is_empty() {
        let found = "no folder is named";
        return Err(Failure::one(
            Code::RoundMissing,
            Path::new("The folder"),
            found,
            "copy its path from the file manager",
        ));
    }
    if !is_round(&path) {
        let remedy = "choose the folder that has the file round.toml in it";
        return Err(Failure::one(Code::RoundMissing, &path, "this is not the folder of a round", remedy));
    }
    place.remember(&path);
    Ok(read(&path))
}

/// A folder for a new round that does not exist yet.
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

/// How many statements a theme asks of each group, with the bases that it recommends to rate. Groups that are asked nothing are left out.
pub(crate) fn asked_by_group(theme: &Theme) -> Vec<(&'static str, usize)> {
    let count = |group: Group| theme.criteria().filter(|(_, one)| theme.is_rated_by(one, group, &theme.rate)).count();
    Group::ALL.iter().map(|group| (group.words(), count(*group))).filter(|(_, count)| *count > 0).collect()
}

/// The absolute path. Links in it are not resolved, so that checks for links still see them.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    // Without a final slash, so that one folder has one key.
    absolute.components().collect()
}

fn is_round(path: &Path) -> bool {
    disk::check_no_link(path).is_ok() && Folder::new(path).round_toml().is_file()
}

/// The theme's title, taken from its line in the file. The first page lists many rounds, and parsing every theme would be slow.
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
    let sample_day = round.as_ref().and_then(demo::day_of);
    let (title, theme, deadline, [officer, contact]) = match round {
        Some(round) => {
            (round.partnership, round.theme.to_string(), Some(round.deadline), [round.officer, round.contact])
        }
        None => (name, String::new(), None, Default::default()),
    };
    let theme = if theme.is_empty() { theme } else { theme_title(path).unwrap_or(theme) };
    KnownRound { key: key_of(path), path: path.to_path_buf(), title, theme, deadline, officer, contact, sample_day }
}

/// The day on which the sample round is looked at; `None` for any other round.
pub(crate) fn sample_day(round: &Path) -> Option<Date> {
    is_round(round).then(|| read(round)).and_then(|round| round.sample_day)
}
