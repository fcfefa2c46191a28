//! Finds and opens what a command works on: a theme by id or file, a round by its folder.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::agencies::{self, ListChanges, SentInList};
use crate::app::agencies as list;
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::start::home;
use crate::app::record::{self, Addition, RoundRecord};
use crate::core::fields::{nearest, quoted};
use crate::core::finding::{Checked, Code, Finding, Place, Remedy, Severity};
use crate::core::ids::{AgencyId, ThemeId};
use crate::core::words;
use crate::message::{MessageKind, MessageTemplate};
use crate::previous::{self, PreviousRound};
use crate::record::NewEntry;
use crate::round::{self, AGENCIES_FILE, Agency, AgencyField, Folder, Round};
use crate::theme::{self, BUILT_IN, Criterion, Term, Theme};
use crate::workbook::contract::CarriedIn;

/// The folder of a user's own packs: in the current one, in a round, and among what was made on pages.
const OWN_THEMES: &str = "themes";

/// The folder for themes that a command makes.
pub(super) fn themes_here() -> PathBuf {
    PathBuf::from(OWN_THEMES)
}

/// The folder for themes that are made on a page.
pub(super) fn themes_at_home() -> PathBuf {
    home().join(OWN_THEMES)
}

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
    /// The round's folder.
    pub folder: Folder,
    /// What `round.toml` says.
    pub round: Round,
    /// What `theme.toml` says.
    pub opened: Opened,
    /// What agencies answered in the round before; `None` in a round that does not go on from one.
    pub previous: Option<PreviousRound>,
    /// Findings about both files and the list of agencies.
    pub findings: Vec<Finding>,
    /// What the list of agencies says that is not on record yet.
    list_entries: Vec<NewEntry>,
    /// Whether the list has something that could not be put on record yet.
    is_left_in_list: bool,
}

/// The note when a round's agencies were moved from `round.toml` into a list of their own.
const AGENCIES_MOVED: &str =
    "The agencies of this round are now in agencies.xlsx, which you can edit, and no longer in round.toml.";

/// The note when a round of an earlier version got a record and a list of agencies at once.
const ALL_BROUGHT_OVER: &str = concat!(
    "This round was made by an earlier version of jtai. Its notes are now in record/, and round.toml says format = 2. ",
    "Its agencies are now in agencies.xlsx, which you can edit. ",
    "If the presentation was approved, it must be approved again under its new code."
);

impl OpenRound {
    /// Adds to the record what a command did and what the list of agencies says. Agencies that an earlier version wrote into `round.toml`
    /// are moved into that list. Returns a note to show once.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub(super) fn add(
        &self,
        record: &RoundRecord,
        mut addition: Addition<'_>,
    ) -> Result<Option<&'static str>, Failure> {
        let on = addition.on;
        addition.entries.extend(self.list_entries.iter().cloned());
        let note = record.add(addition)?;
        Ok(match (note, self.move_agencies(on)?) {
            (Some(_), true) => Some(ALL_BROUGHT_OVER),
            (None, true) => Some(AGENCIES_MOVED),
            (note, false) => note,
        })
    }

    /// Moves the agencies that an earlier version wrote into `round.toml` into a list of their own, and returns whether it did.
    ///
    /// # Errors
    ///
    /// When a file cannot be written. The list is written first, so that every agency is always in one of the two files.
    fn move_agencies(&self, today: Date) -> Result<bool, Failure> {
        let OpenRound { folder, round, findings, is_left_in_list, .. } = self;
        let path = folder.round_toml();
        let text = disk::read_text(&path)?;
        let Some(rest) = round::without_agencies(&text) else { return Ok(false) };
        if *is_left_in_list || findings.iter().any(|finding| finding.code == Code::AgencyEntry) {
            // round.toml has something that the list or the record does not have. Removing it would lose it, so a finding asks about it.
            return Ok(false);
        }
        let is_new = !folder.agencies().exists();
        if is_new {
            list::write(folder, round, &round.agencies, today)?;
        }
        disk::write(&path, rest.as_bytes())?;
        Ok(is_new)
    }
}

/// Opens a theme by its id (looked for in `./themes`, then in the round, then among those made on pages, then built in) or as a file.
///
/// # Errors
///
/// When there is none, or it has a fault.
pub(super) fn theme(id_or_file: &str, round: Option<&Folder>) -> Result<Opened, Failure> {
    let named = PathBuf::from(id_or_file);
    let in_round = round.map(|folder| folder.root().join(OWN_THEMES));
    let folders = [Some(themes_here()), in_round, Some(themes_at_home())].into_iter().flatten();
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

/// The theme with the areas and the glossary of every pack that the round includes and that is not in it yet. They are added as text at the
/// end of the theme's text, where TOML allows them to follow.
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
        // Without the pack's source, which would be taken for a part of the theme's own source.
        let areas = theme::areas_text(&pack.text);
        text = format!("{}\n\n# Included from {id}.\n", text.trim_end());
        for Term { term, meaning } in &pack.theme.glossary {
            // The theme's own meaning of a term wins, then that of the pack included first.
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

/// The finding that a theme is retired, for an officer who makes a round with it.
pub(super) fn retired(theme: &Theme) -> Option<Finding> {
    let found = format!("inspections no longer look at \"{}\"", theme.title);
    let remedy = Remedy::typed(
        "`jtai theme list` shows the themes that inspections look at now; carry on if you mean this one",
        "carry on if you mean this one",
    );
    let place = Place::file(theme.id.to_string());
    let finding = || Finding::new(Code::ThemeRetired, place, found, "", remedy).naming(theme.id.as_str());
    theme.is_retired.then(finding)
}

/// The partnership's own template for a kind of message, else the built-in one.
pub(super) fn template(folder: &Folder, kind: MessageKind) -> Result<MessageTemplate, Failure> {
    let path = folder.root().join(MessageTemplate::file_name(kind));
    if !path.exists() {
        return Ok(MessageTemplate::ours(kind));
    }
    Ok(MessageTemplate { file: folder.name_of(&path), text: disk::read_text(&path)? })
}

/// A theme file's name without its ending, which is the theme's id.
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

/// Opens a round with its record.
///
/// # Errors
///
/// When the folder has no round, one of its files has a fault, or the theme changed after it was issued.
pub(super) fn round(dir: &Path, today: Date) -> Result<(OpenRound, RoundRecord), Failure> {
    let folder = Folder::new(dir);
    let round_file = folder.round_toml();
    if !round_file.is_file() {
        return Err(no_round(&folder));
    }
    let text = disk::read_text(&round_file)?;
    // The record first: an agency without an id in the list is identified by what the record has of it.
    let mut on_record = record::open(&folder, today)?;
    let (listed, mut findings) = match list::read(&folder, &on_record.record)? {
        Some(Checked { output, findings }) => (Some(output), findings),
        None => (None, Vec::new()),
    };
    let Checked { output, findings: of_settings } = round::read_with(&folder.name_of(&round_file), &text, listed);
    let Some(round) = output else { return Err(Failure::new(of_settings)) };
    findings.extend(of_settings);
    let SentInList { findings: of_sent, entries, is_left: is_left_in_list } =
        agencies::sent_in_list(&on_record.record, &round.agencies, today);
    findings.extend(of_sent);
    on_record.bring_over(entries, today);
    let returned = list::returned(&folder, &on_record.record);
    let ListChanges { findings: changed, entries: list_entries } =
        agencies::changes(&on_record.record, &round.agencies, &returned, today);
    findings.extend(changed);
    let theme_file = folder.theme_toml();
    let opened = sound(&folder.name_of(&theme_file), round.theme.as_str(), disk::read_text(&theme_file)?)?;
    let opened = match opened.theme.as_issued {
        Some(_) => {
            findings.extend(not_included(&opened, &round, &folder)?);
            unchanged(opened, &theme_file)?
        }
        None => with_included(opened, &round, &folder)?,
    };
    let previous = previous(&folder, &round)?;
    findings.extend(previous.iter().flat_map(|previous| unmapped(previous, &round)));
    Ok((OpenRound { folder, round, opened, previous, findings, list_entries, is_left_in_list }, on_record))
}

/// What agencies answered in the round before; `None` where the round does not go on from one.
fn previous(folder: &Folder, round: &Round) -> Result<Option<PreviousRound>, Failure> {
    let Some(earlier) = &round.goes_on_from else { return Ok(None) };
    let path = folder.previous_answers();
    let unread = |found: String| {
        let remedy = "put back a copy: without it, earlier answers cannot be told from new ones";
        Failure::one(Code::PreviousUnread, &path, found, remedy)
    };
    if !path.is_file() {
        return Err(unread(format!("the round goes on from {earlier}, but the answers from that round are not here")));
    }
    let previous = previous::from_json(&disk::read(&path)?).map_err(|fault| unread(fault.to_string()))?;
    if previous.round != *earlier {
        return Err(unread(format!("it belongs to the round {}, but round.toml says {earlier}", previous.round)));
    }
    Ok(Some(previous))
}

/// The answers of the round before that are carried into an agency's workbook.
pub(super) fn carried_in(previous: &PreviousRound, theme: &Theme, round: &Round, agency: &Agency) -> CarriedIn {
    let statements: Vec<&Criterion> =
        round.statements(theme, agency).into_iter().map(|(_, criterion)| criterion).collect();
    CarriedIn::new(&previous.carried(agency, &statements))
}

/// Findings about earlier answers that go into no workbook, and about earlier ids in the list that no agency had.
fn unmapped(previous: &PreviousRound, round: &Round) -> Vec<Finding> {
    let is_carried = |earlier: &AgencyId| {
        round.agencies.iter().any(|agency| previous.earlier(agency).any(|known| known.id == *earlier))
    };
    let left = previous.agencies.iter().filter(|earlier| !is_carried(&earlier.id)).map(|earlier| {
        let found = format!("the answers that {} gave in the round before go into no workbook", earlier.name);
        let remedy = format!(
            "nothing, if it is not part of this round; if it merged or has a new id, write {} under ID last time beside the agency that it is now",
            earlier.id
        );
        let place = Place::file(AGENCIES_FILE);
        Finding::new(Code::PreviousUnplaced, place, found, "", remedy).naming(earlier.id.as_str())
    });
    let unknown = round.agencies.iter().flat_map(|agency| {
        let is_unknown = |id: &&AgencyId| !previous.agencies.iter().any(|earlier| earlier.id == **id);
        agency.previously.iter().filter(is_unknown).map(|id| {
            let found = format!("\"{id}\" under ID last time is not an agency that returned in the round before");
            let known: Vec<&str> = previous.agencies.iter().map(|earlier| earlier.id.as_str()).collect();
            let place = agency.place.at(AgencyField::Previously);
            let expected = format!("one of {}", words::list(&known));
            let finding = Finding::new(Code::PreviousUnplaced, place, found, expected, "correct it, or empty the cell");
            finding.about(&agency.id).naming(id.as_str())
        })
    });
    left.chain(unknown).collect()
}

/// The failure for a folder without a round. Windows hides the endings of names, so a text editor may have added .txt unseen.
fn no_round(folder: &Folder) -> Failure {
    let round_file = folder.round_toml();
    let hidden = round_file.with_added_extension("txt");
    if hidden.is_file() {
        let found = "the settings of the round end in .txt, which a text editor added";
        let remedy = "rename it to round.toml; in Windows, first choose View, Show, File name extensions";
        return Failure::one(Code::RoundMissing, &hidden, found, remedy);
    }
    let remedy = Remedy::typed(
        "name the round's folder, or make a round with `jtai round new`",
        "choose the folder that has the file round.toml in it",
    );
    Failure::one(Code::RoundMissing, folder.root(), "there is no round.toml in this folder", remedy)
}

/// Findings about packs that the round includes now, but that were not in the workbooks when they were issued.
fn not_included(opened: &Opened, round: &Round, folder: &Folder) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    for id in &round.include {
        let pack = theme(id.as_str(), Some(folder))?;
        if pack.theme.criteria().any(|(_, criterion)| opened.theme.criterion(&criterion.id).is_none()) {
            let found = format!("`include` names {id}, but the workbooks were issued without it");
            let remedy = Remedy::typed(
                "take it out, or make a new round with `jtai round new` and --include",
                "take it out, or make a new round with it",
            );
            let finding = Finding::new(Code::ThemeChanged, Place::file("round.toml"), found, "", remedy);
            findings.push(finding.naming(id.as_str()));
        }
    }
    Ok(findings)
}

/// Checks that a theme is as it was when its workbooks were issued.
fn unchanged(opened: Opened, file: &Path) -> Result<Opened, Failure> {
    let now = opened.theme.fingerprint();
    match &opened.theme.as_issued {
        Some(issued) if issued.fingerprint != now => {
            let found = format!(
                "the theme changed after its workbooks were issued: {}",
                opened.theme.changes_since(issued).words()
            );
            let remedy = Remedy::typed(
                "put it back as it was, or make a new round with `jtai round new` for the new wording",
                "put it back as it was, or make a new round for the new wording",
            );
            Err(Failure::one(Code::ThemeChanged, file, found, remedy))
        }
        _ => Ok(opened),
    }
}
