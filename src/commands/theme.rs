//! `jtai theme list`, `show`, `check` and `draft`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{Failure, Outcome, Said, disk, open, say};
use crate::core::diagnostic::{Code, Diagnostic, Severity, printable, quote};
use crate::core::ids::ThemeId;
use crate::core::words;
use crate::draft::{self, Draft};
use crate::theme::{self, BUILT_IN, Basis, Criterion, Theme};

/// Lists the themes in `./themes` and those built in; retired ones only when asked for.
pub fn list(all: bool) -> Result<Said, Failure> {
    let own = own_themes()?;
    let built_in = BUILT_IN.iter().map(|(id, text)| (theme::read(id, id, text).output, "built in"));
    let (themes, hidden): (Vec<(Theme, &str)>, Vec<_>) = own
        .into_iter()
        .map(|theme| (theme, "./themes"))
        .chain(built_in)
        .partition(|(theme, _)| all || !theme.is_retired);
    let rows: Vec<Vec<String>> = themes.iter().map(|(theme, from)| row(theme, from)).collect();
    let mut text = say::table(&["Id", "Title", "Status", "Statements", "Published", "From"], &rows);
    text.push_str("\nC official criterion, S official scope, R reported criterion, L line of enquiry (what inspectors looked at elsewhere)\n");
    if !hidden.is_empty() {
        let _ = writeln!(
            text,
            "{} not listed; `jtai theme list --all` lists them too",
            words::count(hidden.len(), "retired theme")
        );
    }
    let json = themes.iter().map(|(theme, from)| {
        serde_json::json!({
            "id": theme.id.as_str(), "title": theme.title, "status": theme.status.key(), "retired": theme.is_retired,
            "from": from, "checked": theme.is_checked(), "statements": theme.criteria().count(),
            "completeness": theme.completeness,
        })
    });
    Ok(Said { text, json: json.collect(), outcome: Outcome::Done })
}

/// Prints a theme for reading: what it is, how far to trust it, and every statement with its basis, groups and source.
pub fn show(id_or_file: &str) -> Result<Said, Failure> {
    let theme = open::theme(id_or_file, None)?.theme;
    let mut text = format!("{} ({})\n{}\n", theme.title, theme.id, heads(&theme));
    for area in &theme.areas {
        let _ = writeln!(text, "\n{}. {}", area.id, area.title);
        for criterion in &area.criteria {
            text.push_str(&statement(&theme, criterion));
        }
    }
    for term in &theme.glossary {
        let _ = write!(text, "\n{}: {}", term.term, term.meaning);
    }
    Ok(Said { json: shown_json(&theme), text, outcome: Outcome::Done })
}

/// Status, completeness, framework, and whether anybody checked it.
fn heads(theme: &Theme) -> String {
    let framework = &theme.framework;
    let published = framework.published.map_or(String::new(), |date| format!(", {}", words::date(date)));
    let retired = if theme.is_retired { "; retired" } else { "" };
    let run = theme.run.map_or(String::new(), |run| format!("; this theme's run number {run}"));
    let checked = match (theme.is_checked(), theme.checked_on) {
        (true, Some(date)) => format!("Checked by {} on {}.", theme.checked_by, words::date(date)),
        _ => "Nobody has checked the wording against the published framework yet.".into(),
    };
    format!(
        "Status: {}{retired}{run}. {checked}\n{}\nFramework: {} ({}{published})",
        theme.status.key(),
        theme.completeness,
        framework.title,
        framework.publisher
    )
}

fn statement(theme: &Theme, criterion: &Criterion) -> String {
    let rated = if theme.rate.contains(&criterion.basis) { "rated" } else { "for information" };
    let paraphrase = if criterion.paraphrase { "; paraphrase" } else { "" };
    let mut text = format!(
        "  {}  {}\n      {} ({rated}{paraphrase})\n      Asked of: {}. Source: {}\n",
        criterion.id,
        criterion.text,
        criterion.basis.words(),
        criterion.asked.codes(),
        criterion.source
    );
    let ratings = &criterion.ratings;
    let hints = [
        ("What Green looks like", &criterion.green_looks_like),
        ("Red", &ratings.red),
        ("Amber", &ratings.amber),
        ("Green", &ratings.green),
    ];
    for (what, words) in hints.iter().filter(|(_, words)| !words.is_empty()) {
        let _ = writeln!(text, "      {what}: {words}");
    }
    for prompt in &criterion.prompts {
        let _ = writeln!(text, "      Ask: {prompt}");
    }
    text
}

fn shown_json(theme: &Theme) -> serde_json::Value {
    let statements = theme.criteria().map(|(area, criterion)| {
        serde_json::json!({
            "id": criterion.id.as_str(), "area": area.title, "text": criterion.text, "basis": criterion.basis.letter(),
            "groups": criterion.asked.codes(), "source": criterion.source, "paraphrase": criterion.paraphrase,
        })
    });
    serde_json::json!({
        "id": theme.id.as_str(), "title": theme.title, "status": theme.status.key(), "retired": theme.is_retired,
        "fingerprint": theme.fingerprint(), "statements": statements.collect::<Vec<_>>(),
    })
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

fn row(theme: &Theme, from: &str) -> Vec<String> {
    let retired = if theme.is_retired { ", retired" } else { "" };
    let status = match (theme.areas.is_empty(), theme.is_checked()) {
        (true, _) => "has faults: run theme check".to_string(),
        (false, true) => format!("checked{retired}"),
        (false, false) => format!("{}{retired}", theme.status.key()),
    };
    let published = theme.framework.published.map_or(String::new(), words::date);
    [theme.id.as_str(), &theme.title, &status, &counts(theme), &published, from].map(str::to_string).to_vec()
}

/// How many statements of each basis, as in "11 S, 32 L".
fn counts(theme: &Theme) -> String {
    let of = |basis: Basis| theme.criteria().filter(|(_, criterion)| criterion.basis == basis).count();
    let held = Basis::ALL.into_iter().filter(|basis| of(*basis) > 0);
    held.map(|basis| format!("{} {}", of(basis), basis.letter())).collect::<Vec<_>>().join(", ")
}

/// Checks theme files and lists every fault.
pub fn check(files: &[PathBuf]) -> Result<Said, Failure> {
    let (mut text, mut findings) = (String::new(), Vec::<Diagnostic>::new());
    for file in files {
        let name = file.display().to_string();
        let checked = match disk::read_text(file) {
            Ok(pack) => theme::read(&name, &open::stem(file), &pack),
            Err(failure) if files.len() == 1 => return Err(failure),
            // One file that is not there does not hide what is wrong in the others.
            Err(failure) => {
                failure.findings.iter().for_each(|finding| writeln!(text, "{finding}").unwrap_or_default());
                findings.extend(failure.findings);
                continue;
            }
        };
        if checked.findings.is_empty() {
            let theme = &checked.output;
            let areas = words::count(theme.areas.len(), "area");
            let _ = writeln!(
                text,
                "{name}: no fault; {} in {areas} ({})",
                words::count(theme.criteria().count(), "statement"),
                counts(theme)
            );
        } else {
            let _ = writeln!(text, "{name}: {}", words::count(checked.findings.len(), "fault"));
        }
        for finding in &checked.findings {
            let _ = writeln!(text, "  {finding}");
        }
        findings.extend(checked.findings);
    }
    Ok(Said { text, json: say::findings_json(&findings), outcome: Outcome::of(&findings) })
}

/// Makes a draft pack in `./themes` from what the officer has.
///
/// # Errors
///
/// When the id is not one, is taken, or nothing can be drafted from the file; then nothing was written.
pub fn draft(file: &Path, id: &str, title: &str) -> Result<Said, Failure> {
    if ThemeId::parse(id).is_none() {
        let found = format!("{} cannot be the id of a theme", quote(id));
        let remedy = "use 1 to 80 of a-z, 0-9 and -, as in --id neglect-2027";
        return Err(Failure::one(Code::ValueInvalid, Path::new("--id"), found, remedy));
    }
    let path = Path::new(open::OWN_THEMES).join(format!("{id}.toml"));
    if path.exists() {
        let remedy = "choose another --id, or move the file away";
        return Err(Failure::one(Code::OutputUnwritable, &path, "there is a theme of this id already", remedy));
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let source = draft::Source { file: &name, bytes: &disk::read(file)? };
    let made = draft::draft(source, id, title)
        .map_err(|error| Failure::one(Code::DraftRefused, file, error.found, error.remedy))?;
    let checked = theme::read(&path.display().to_string(), id, &made.toml);
    disk::make_folder(Path::new(open::OWN_THEMES))?;
    disk::write(&path, made.toml.as_bytes())?;
    Ok(drafted(&path, &made, &checked.findings))
}

fn drafted(path: &Path, made: &Draft, findings: &[Diagnostic]) -> Said {
    let shown = path.display();
    let mut text =
        format!("{shown}: {} in {}.\n", words::count(made.statements, "statement"), words::count(made.areas, "area"));
    for (heading, lines) in [("To look at", made.unsure.clone()), ("Left out", left_out(made))] {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{heading} ({})", lines.len());
            lines.iter().for_each(|line| writeln!(text, "  {}", printable(line)).unwrap_or_default());
        }
    }
    text.push_str(&say::findings(findings, ""));
    let _ = writeln!(
        text,
        "\nNext: open {shown}, put right what is listed here (it stands there too, as comments), then run\n  jtai theme check {shown}"
    );
    let left_out: Vec<_> = made
        .left_out
        .iter()
        .map(|left| serde_json::json!({ "place": left.place, "why": left.why, "text": left.text }))
        .collect();
    let json = serde_json::json!({
        "file": shown.to_string(), "statements": made.statements, "areas": made.areas, "unsure": made.unsure,
        "left_out": left_out, "findings": say::findings_json(findings),
    });
    Said { text, json, outcome: Outcome::of(findings) }
}

fn left_out(made: &Draft) -> Vec<String> {
    let begun = |text: &str| match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}… (in full in the file)", &text[..end]),
        None => text.to_string(),
    };
    made.left_out.iter().map(|left| format!("{} ({}): {}", left.place, left.why, begun(&left.text))).collect()
}
