//! `jtai round new`: makes the folder of a round.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::{Failure, Outcome, Said, disk, issue, open, say};
use crate::cli::NewRound;
use crate::core::diagnostic::{self, Checked, Code, Diagnostic, Place, Severity};
use crate::core::ids::ThemeId;
use crate::core::words;
use crate::draft;
use crate::guard::{self, Job};
use crate::message::{Kind, Template};
use crate::round::{self, Branding, Folder, Round, Row};
use crate::workbook::book::{Sheet, cell_name};
use crate::workbook::scan;

/// Makes the folder with `round.toml`, `theme.toml` and an empty `returns/`.
pub fn run(settings: &NewRound, today: Date) -> Result<Said, Failure> {
    let folder = Folder::new(&settings.dir);
    if let Some(taken) = [folder.round_toml(), folder.theme_toml()].into_iter().find(|path| path.exists()) {
        let remedy = "choose another folder, or edit the round.toml that is there";
        return Err(Failure::one(Code::RoundMissing, &taken, "there is a round in this folder already", remedy));
    }
    let opened = open::theme(&settings.theme, None)?;
    let Checked { output: agencies, mut findings } = agencies(&settings.agencies)?;
    if findings.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(findings));
    }
    let text = without_fingerprints(&opened.text);
    let id = Round::new_id(&opened.theme.id, &settings.partnership, settings.deadline);
    let round = Round {
        id,
        theme: opened.theme.id.clone(),
        partnership: settings.partnership.clone(),
        issued_on: Some(today),
        deadline: settings.deadline,
        fieldwork_starts: settings.fieldwork,
        marking: settings.marking.clone(),
        contact: settings.contact.clone(),
        officer: settings.officer.clone(),
        column_order: opened.theme.column_order,
        rate: opened.theme.rate.clone(),
        include: settings.include.iter().map(|id| ThemeId(id.clone())).collect(),
        agencies,
        returns: Vec::new(),
        cleared: Vec::new(),
        branding: Branding::default(),
    };
    let written = round::write(&round);
    let read_back = round::read("round.toml", &written).findings;
    if read_back.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(read_back));
    }
    findings.extend(read_back);
    let opened = open::with_included(opened, &round, &folder)?;
    findings.extend(open::retired(&opened.theme));
    findings.extend(round.deadline_over(today));
    findings.extend(round.coverage(&opened.theme));
    diagnostic::number(&mut findings);
    disk::make_folder(&folder.returns())?;
    disk::write(&folder.theme_toml(), text.as_bytes())?;
    for kind in Kind::ALL {
        disk::write(&folder.root().join(Template::file_name(kind)), Template::ours(kind).text.as_bytes())?;
    }
    disk::write(&folder.round_toml(), written.as_bytes())?;
    Ok(said(&round, &folder, &findings))
}

fn said(round: &Round, folder: &Folder, findings: &[Diagnostic]) -> Said {
    let mut text = format!(
        "A round for {}: {}, returns due {}.\n",
        round.partnership,
        words::count(round.agencies.len(), "agency"),
        words::date(round.deadline)
    );
    text.push_str(&say::findings(findings, ""));
    let _ = writeln!(
        text,
        "\nNext: look through {}, then run\n  jtai issue {}",
        folder.round_toml().display(),
        say::typed(folder.root())
    );
    let json = serde_json::json!({
        "round": round.id().as_str(), "folder": folder.root().display().to_string(),
        "agencies": round.agencies.len(), "findings": say::findings_json(findings),
    });
    Said { text, json, outcome: Outcome::of(findings) }
}

/// A theme's text without what an earlier round wrote under it when its workbooks were issued.
fn without_fingerprints(text: &str) -> String {
    match text.split_once(issue::FROZEN_NOTE) {
        Some((theme, _)) => format!("{}\n", theme.trim_end()),
        None => text.to_string(),
    }
}

/// Reads a list of agencies, `.csv` or a workbook, told apart by content.
fn agencies(path: &Path) -> Result<Checked<Vec<round::Agency>>, Failure> {
    let bytes = disk::read(path)?;
    let file = path.display().to_string();
    let rows = match scan::kind(&bytes) {
        Ok(kind) => {
            let answer = guard::read_one(Job { kind, bytes, cleared: Vec::new() }).map_err(Failure::no_reader)?;
            let book = answer.map_err(|why| {
                let found = format!("the workbook cannot be read: {why}");
                Failure::one(Code::WorkbookUnreadable, path, found, "save it again as .xlsx")
            })?;
            sheet_rows(&file, &book.sheets[0])
        }
        Err(scan::Refusal { is_text: true, .. }) => csv_rows(&file, &bytes),
        Err(refusal) => {
            return Err(Failure::one(Code::AgencyList, path, refusal.found, "save the list as .csv or .xlsx"));
        }
    };
    Ok(round::agencies(&file, &rows))
}

fn sheet_rows(file: &str, sheet: &Sheet) -> Vec<Row> {
    let row = |(row, cells)| Row { place: Place::cell(file, &sheet.name, cell_name(row, 0)), cells };
    sheet.text_rows().into_iter().map(row).collect()
}

fn csv_rows(file: &str, bytes: &[u8]) -> Vec<Row> {
    let row = |(line, cells)| Row { place: Place::line(file, line, 1), cells };
    draft::csv_rows(&draft::decode(bytes)).into_iter().map(row).collect()
}
