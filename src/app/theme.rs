//! Themes listed, shown, checked; drafted in [`drafting`].

mod own;
mod to_check;
mod drafting;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::{lines, open};
use crate::core::finding::{Checked, Finding, Severity};
use crate::theme::{self, BUILT_IN};

pub(crate) use drafting::{
    AskedOf, CorrectWishes, Correction, Draft, DraftCorrections, DraftFrom, DraftInHand, DraftWishes, Drafted,
    FrameworkDetails, Group, PieceFate, PieceInHand, StatementInHand, ThemeDraftOutcome, ThemeNewOutcome, checked,
    correct, draft, gate, in_hand, new,
};
pub(crate) use own::{DraftFolder, ThemeCorrectOutcome, is_taken};
pub(crate) use to_check::workbook_to_check;

pub(crate) use crate::theme::{
    Basis, ColumnOrder, Criterion, ShortNameGaps, TO_FILL_IN, Theme, repeats_words, review_heading,
};

/// The themes that there are.
#[derive(Debug)]
pub(crate) struct ThemeListOutcome {
    /// The themes that are listed, each with where it comes from.
    pub themes: Vec<(Theme, &'static str)>,
    /// How many retired themes are not listed.
    pub hidden: usize,
}

#[derive(Serialize)]
struct ThemeLine<'a> {
    id: &'a str,
    title: &'a str,
    status: &'static str,
    retired: bool,
    from: &'static str,
    checked: bool,
    statements: usize,
    completeness: &'a str,
}

impl Serialize for ThemeListOutcome {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.themes.iter().map(|(theme, from)| ThemeLine {
            id: theme.id.as_str(),
            title: &theme.title,
            status: theme.status.key(),
            retired: theme.is_retired,
            from,
            checked: theme.is_checked(),
            statements: theme.criteria().count(),
            completeness: &theme.completeness,
        }))
    }
}

/// Lists the user's own themes and the built-in ones; retired ones only if `all`.
pub(super) fn list(all: bool) -> Result<ThemeListOutcome, Failure> {
    let own = own_themes()?;
    let built_in = BUILT_IN.iter().map(|(id, text)| (theme::read(id, id, text).output, "built in"));
    let own = own.into_iter();
    // The user's own first, which is also the order in which an id is looked up.
    let (themes, hidden): (Vec<_>, Vec<_>) = own.chain(built_in).partition(|(theme, _)| all || !theme.is_retired);
    Ok(ThemeListOutcome { themes, hidden: hidden.len() })
}

/// The user's own themes. If two have the same id, the one in the current folder is listed, because that is the one that would be opened.
fn own_themes() -> Result<Vec<(Theme, &'static str)>, Failure> {
    let mut own: Vec<(Theme, &'static str)> = Vec::new();
    for (folder, from) in [(open::themes_here(), "./themes"), (open::themes_at_home(), "pages")] {
        for theme in themes_in(&folder)? {
            if !own.iter().any(|(known, _)| known.id == theme.id) {
                own.push((theme, from));
            }
        }
    }
    Ok(own)
}

fn themes_in(folder: &Path) -> Result<Vec<Theme>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let files =
        disk::files_under(folder).0.into_iter().filter(|found| found.path.extension().is_some_and(|e| e == "toml"));
    files
        .map(|found| {
            let text = disk::read_text(&found.path)?;
            let checked = theme::read(&found.path.display().to_string(), &open::stem(&found.path), &text);
            let is_faulty = checked.findings.iter().any(|finding| finding.severity() == Severity::MustFix);
            // A theme with faults is listed without its areas, and nothing can be issued from it.
            let areas = if is_faulty { Vec::new() } else { checked.output.areas };
            Ok(Theme { areas, ..checked.output })
        })
        .collect()
}

/// A theme to read.
#[derive(Debug)]
pub(crate) struct ThemeOutcome {
    /// The theme.
    pub theme: Theme,
}

#[derive(Serialize)]
struct ShownTheme<'a> {
    id: &'a str,
    title: &'a str,
    status: &'static str,
    retired: bool,
    fingerprint: String,
    statements: Vec<ShownStatement<'a>>,
}

#[derive(Serialize)]
struct ShownStatement<'a> {
    id: &'a str,
    area: &'a str,
    text: &'a str,
    short: &'a str,
    basis: &'static str,
    groups: String,
    source: &'a str,
    paraphrase: bool,
}

impl Serialize for ThemeOutcome {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let theme = &self.theme;
        let statements = theme.criteria().map(|(area, criterion)| ShownStatement {
            id: criterion.id.as_str(),
            area: &area.title,
            text: &criterion.text,
            short: &criterion.short,
            basis: criterion.basis.letter(),
            groups: criterion.asked.codes(),
            source: &criterion.source,
            paraphrase: criterion.paraphrase,
        });
        let shown = ShownTheme {
            id: theme.id.as_str(),
            title: &theme.title,
            status: theme.status.key(),
            retired: theme.is_retired,
            fingerprint: theme.fingerprint(),
            statements: statements.collect(),
        };
        shown.serialize(to)
    }
}

/// Opens a theme for reading.
pub(super) fn show(id_or_file: &str) -> Result<ThemeOutcome, Failure> {
    Ok(ThemeOutcome { theme: open::theme(id_or_file, None)?.theme })
}

/// Theme files that were checked.
#[derive(Debug)]
pub(crate) struct ThemeCheckOutcome {
    /// Each file.
    pub files: Vec<CheckedTheme>,
    /// Every fault.
    pub findings: Vec<Finding>,
}

/// A theme file that was checked.
#[derive(Debug)]
pub(crate) struct CheckedTheme {
    /// Its name.
    pub file: String,
    /// What it says; `None` where it cannot be read.
    pub theme: Option<Theme>,
    /// Its faults.
    pub findings: Vec<Finding>,
    /// Questions that a colleague would ask about it.
    pub asked: Vec<Finding>,
    /// What has to be done before workbooks are issued from it.
    pub left: Vec<Finding>,
}

impl Serialize for ThemeCheckOutcome {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        lines::findings(&self.findings, to)
    }
}

/// Checks theme files and finds every fault.
pub(super) fn check(files: &[PathBuf], today: Date) -> Result<ThemeCheckOutcome, Failure> {
    let mut checked = Vec::new();
    for path in files {
        let file = path.display().to_string();
        checked.push(match disk::read_text(path) {
            Ok(text) => {
                let Checked { output, findings } = theme::read(&file, &open::stem(path), &text);
                // Questions about the wording would only distract from faults.
                let asked = if findings.is_empty() { theme::review(&output, &file, &text) } else { Vec::new() };
                let left = if findings.is_empty() { theme::not_ready(&output, &file, today) } else { Vec::new() };
                CheckedTheme { file, theme: Some(output), findings, asked, left }
            }
            Err(failure) if files.len() == 1 => return Err(failure),
            // A file that is missing must not hide the faults of the others.
            Err(failure) => {
                CheckedTheme { file, theme: None, findings: failure.findings, asked: Vec::new(), left: Vec::new() }
            }
        });
    }
    let all = |file: &CheckedTheme| [&file.findings, &file.asked, &file.left].map(Clone::clone).concat();
    let findings = checked.iter().flat_map(all).collect();
    Ok(ThemeCheckOutcome { files: checked, findings })
}
