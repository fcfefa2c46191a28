//! `jtai issue`: writes one workbook for each agency that is asked something.

use std::fmt::Write;
use std::path::Path;

use super::disk::{OutputSet, Written};
use super::{Failure, Outcome, Said, disk, open, say};
use crate::diagnostic::{Code, Diagnostic};
use crate::round::Folder;
use crate::theme::Status;
use crate::words;
use crate::workbook::issue::{Issue, issue};

/// The comment over what is written under a theme when its workbooks are issued.
pub const FROZEN_NOTE: &str =
    "# Written when the workbooks were issued, so that a change of wording is noticed and named.";

/// Writes the workbooks, and freezes the theme in the round with its fingerprint.
pub fn run(dir: &Path) -> Result<Said, Failure> {
    let open::OpenRound { folder, round, opened, mut findings } = open::round(dir)?;
    let theme = &opened.theme;
    if theme.status == Status::Draft && !theme.is_checked() {
        let found = "this theme is a draft that no named person has checked";
        let remedy = "compare it with the published framework, then fill checked_by and checked_on";
        return Err(Failure::one(Code::ThemeUnchecked, &folder.theme_toml(), found, remedy));
    }
    findings.extend(round.coverage(theme));
    let mut set = OutputSet::whole(folder.issued());
    for agency in round.agencies.iter().filter(|agency| !round.statements(theme, agency).is_empty()) {
        let issued_on = round.issued_on.unwrap_or(round.deadline);
        let bytes =
            issue(&Issue { theme, round: &round, agency, issued_on, answers: &[] }).map_err(Failure::internal)?;
        set.add(Folder::workbook_name(&agency.id), bytes);
    }
    disk::check_replaceable(&folder.theme_toml())?;
    let written = set.write()?;
    if theme.as_issued.is_none() {
        disk::write(&folder.theme_toml(), frozen(&opened).as_bytes())?;
    }
    findings.extend(written.findings.iter().cloned());
    Ok(said(&folder, &written, &findings))
}

/// The theme's text with its fingerprints under it.
fn frozen(opened: &open::Opened) -> String {
    let issued = opened.theme.freeze();
    let mut text =
        format!("{}\n\n{FROZEN_NOTE}\n[as_issued]\nfingerprint = \"{}\"\n", opened.text.trim_end(), issued.fingerprint);
    for (id, print) in issued.criteria {
        let _ = writeln!(text, "\"{id}\" = \"{print}\"");
    }
    text
}

fn said(folder: &Folder, written: &Written, findings: &[Diagnostic]) -> Said {
    let mut text = words::capitalised(&format!(
        "{} in {}",
        words::count(written.new.len(), "new workbook"),
        folder.issued().display()
    ));
    if !written.unchanged.is_empty() {
        let _ = write!(text, ", {} as before", written.unchanged.len());
    }
    text.push_str(".\n");
    text.push_str(&say::findings(findings, ""));
    let _ = writeln!(
        text,
        "\nNext: send each agency its workbook. Put what comes back into {}, then run\n  jtai collect {}",
        folder.returns().display(),
        say::typed(folder.root())
    );
    let json = serde_json::json!({
        "new": written.new, "unchanged": written.unchanged, "findings": say::findings_json(findings),
    });
    Said { text, json, outcome: Outcome::of(findings) }
}
