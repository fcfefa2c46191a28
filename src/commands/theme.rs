//! `jtai theme list` and `jtai theme check`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{Failure, Outcome, Said, disk, open, say};
use crate::diagnostic::Diagnostic;
use crate::theme::{self, BUILT_IN, Basis, Theme};
use crate::words;

/// Lists the themes in `./themes` and those built in.
pub fn list() -> Result<Said, Failure> {
    let own = own_themes()?;
    let built_in = BUILT_IN.iter().map(|(id, text)| (theme::read(id, id, text).output, "built in"));
    let themes: Vec<(Theme, &str)> = own.into_iter().map(|theme| (theme, "./themes")).chain(built_in).collect();
    let rows: Vec<Vec<String>> = themes.iter().map(|(theme, from)| row(theme, from)).collect();
    let headers = ["Id", "Title", "Status", "Statements", "Published", "From"];
    let mut text = say::table(&headers, &rows);
    text.push_str("\nC official criterion, S official scope, R reported criterion, L line of enquiry (what inspectors looked at elsewhere)\n");
    let json = themes.iter().map(|(theme, from)| {
        serde_json::json!({
            "id": theme.id.as_str(), "title": theme.title, "status": theme.status.key(), "from": from,
            "checked": theme.is_checked(), "statements": theme.criteria().count(), "completeness": theme.completeness,
        })
    });
    Ok(Said { text, json: json.collect(), outcome: Outcome::Done })
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
            Ok(theme::read(&found.path.display().to_string(), &open::stem(&found.path), &text).output)
        })
        .collect()
}

fn row(theme: &Theme, from: &str) -> Vec<String> {
    let status = if theme.is_checked() { "checked" } else { theme.status.key() };
    let published = theme.framework.published.map_or(String::new(), words::date);
    [theme.id.as_str(), &theme.title, status, &counts(theme), &published, from].map(str::to_string).to_vec()
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
        let checked = theme::read(&name, &open::stem(file), &disk::read_text(file)?);
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
