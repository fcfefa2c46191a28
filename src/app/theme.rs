//! Themes listed, shown, checked, drafted.

use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};

use crate::app::failure::Failure;
use crate::app::machine::{disk, guard};
use crate::app::{lines, open};
use crate::core::finding::{Code, Finding, Severity};
use crate::core::ids::ThemeId;
use crate::core::quoting::quote;
use crate::draft::{self, DraftSource};
use crate::theme::{self, BUILT_IN};
use crate::workbook::file::read::ReadError;
use crate::workbook::file::scan;

pub(crate) use crate::draft::Draft;
pub(crate) use crate::theme::{Basis, ColumnOrder, Criterion, ShortNameGaps, Theme};

/// The themes that there are.
#[derive(Debug)]
pub(crate) struct ThemeListOutcome {
    /// Those that are listed, each with where it is from.
    pub themes: Vec<(Theme, &'static str)>,
    /// How many retired ones are not.
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

/// Lists the themes in `./themes` and those built in; retired ones only when asked for.
pub(super) fn list(all: bool) -> Result<ThemeListOutcome, Failure> {
    let own = own_themes()?;
    let built_in = BUILT_IN.iter().map(|(id, text)| (theme::read(id, id, text).output, "built in"));
    let own = own.into_iter().map(|theme| (theme, "./themes"));
    let (themes, hidden): (Vec<_>, Vec<_>) = own.chain(built_in).partition(|(theme, _)| all || !theme.is_retired);
    Ok(ThemeListOutcome { themes, hidden: hidden.len() })
}

fn own_themes() -> Result<Vec<Theme>, Failure> {
    let folder = Path::new(open::OWN_THEMES);
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
            // A pack with faults is listed, without the areas that nobody should count on.
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
}

impl Serialize for ThemeCheckOutcome {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        lines::findings(&self.findings, to)
    }
}

/// Checks theme files, finds every fault.
pub(super) fn check(files: &[PathBuf]) -> Result<ThemeCheckOutcome, Failure> {
    let mut checked = Vec::new();
    for path in files {
        let file = path.display().to_string();
        checked.push(match disk::read_text(path) {
            Ok(text) => {
                let read = theme::read(&file, &open::stem(path), &text);
                CheckedTheme { file, theme: Some(read.output), findings: read.findings }
            }
            Err(failure) if files.len() == 1 => return Err(failure),
            // One file that is not there does not hide what is wrong in the others.
            Err(failure) => CheckedTheme { file, theme: None, findings: failure.findings },
        });
    }
    let findings = checked.iter().flat_map(|file| file.findings.clone()).collect();
    Ok(ThemeCheckOutcome { files: checked, findings })
}

/// A draft that was written.
#[derive(Debug)]
pub(crate) struct ThemeDraftOutcome {
    /// Its file.
    pub file: PathBuf,
    /// What it holds, what is unsure, what was left out.
    pub draft: Draft,
    /// What a check of it finds.
    pub findings: Vec<Finding>,
}

#[derive(Serialize)]
struct DraftLine<'a> {
    file: String,
    statements: usize,
    areas: usize,
    unsure: &'a [String],
    left_out: Vec<LeftOutLine<'a>>,
    #[serde(serialize_with = "lines::findings")]
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct LeftOutLine<'a> {
    place: &'a str,
    why: &'a str,
    text: &'a str,
}

impl Serialize for ThemeDraftOutcome {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let left_out = self.draft.left_out.iter();
        let line = DraftLine {
            file: self.file.display().to_string(),
            statements: self.draft.statements,
            areas: self.draft.areas,
            unsure: &self.draft.unsure,
            left_out: left_out
                .map(|left| LeftOutLine { place: &left.place, why: left.why, text: &left.text })
                .collect(),
            findings: &self.findings,
        };
        line.serialize(to)
    }
}

/// Makes a draft pack in `./themes` from what the officer has.
///
/// # Errors
///
/// When the id is not one, is taken, or nothing can be drafted from the file; then nothing was written.
pub(super) fn draft(file: &Path, id: &str, title: &str) -> Result<ThemeDraftOutcome, Failure> {
    if ThemeId::parse(id).is_none() {
        let found = format!("{} cannot be the id of a theme", quote(id));
        let remedy = "use 1 to 80 of a-z, 0-9 and -, as in --id neglect-2027";
        return Err(Failure::one(Code::ValueInvalid, Path::new("--id"), found, remedy));
    }
    let path = Path::new(open::OWN_THEMES).join(format!("{id}.toml"));
    if path.exists() {
        let remedy = "choose a different --id, or move the file away";
        return Err(Failure::one(Code::OutputUnwritable, &path, "there is a theme of this id already", remedy));
    }
    let refused = |found: String, remedy: &str| Failure::one(Code::DraftRefused, file, found, remedy);
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = disk::read(file)?;
    let book = match scan::kind(&bytes) {
        Ok(kind) => {
            let job = guard::Job { kind, bytes: bytes.clone(), cleared: Vec::new() };
            let answer = guard::read_one(job).map_err(guard::StartError::into_failure)?;
            let found = |why: ReadError| format!("the workbook cannot be read: {why}");
            Some(answer.map_err(|why| refused(found(why), "save it again as .xlsx"))?)
        }
        Err(_) => None,
    };
    let source = DraftSource { file: &name, bytes: &bytes, book: book.as_ref() };
    let draft = draft::draft(source, id, title).map_err(|error| refused(error.found, &error.remedy))?;
    let checked = theme::read(&path.display().to_string(), id, &draft.toml);
    disk::make_folder(Path::new(open::OWN_THEMES))?;
    disk::write(&path, draft.toml.as_bytes())?;
    Ok(ThemeDraftOutcome { file: path, draft, findings: checked.findings })
}
