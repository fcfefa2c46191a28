//! `jtai round new`: makes the folder of a round.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;

use super::{Failure, Outcome, Said, disk, open, say};
use crate::cli::NewRound;
use crate::diagnostic::{Checked, Code, Place, Severity};
use crate::round::{self, Folder, Round, Row};
use crate::theme::ThemeId;
use crate::words;
use crate::workbook::{read, scan};

/// Makes the folder with `round.toml`, `theme.toml` and an empty `returns/`.
pub fn run(settings: &NewRound, today: Date) -> Result<Said, Failure> {
    let folder = Folder::new(&settings.dir);
    if folder.round_toml().exists() {
        let remedy = "choose another folder, or edit the round.toml that is there";
        return Err(Failure::one(
            Code::RoundMissing,
            &folder.round_toml(),
            "there is a round in this folder already",
            remedy,
        ));
    }
    let opened = open::theme(&settings.theme, None)?;
    let Checked { output: agencies, mut findings } = agencies(&settings.agencies)?;
    if findings.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(findings));
    }
    let round = Round {
        theme: opened.theme.id.clone(),
        partnership: settings.partnership.clone(),
        issued_on: Some(today),
        deadline: settings.deadline,
        fieldwork_starts: settings.fieldwork,
        marking: settings.marking.clone(),
        contact: settings.contact.clone(),
        column_order: opened.theme.column_order,
        rate: opened.theme.rate.clone(),
        include: settings.include.iter().map(|id| ThemeId(id.clone())).collect(),
        agencies,
        returns: Vec::new(),
    };
    let opened = open::with_included(opened, &round, &folder)?;
    findings.extend(open::retired(&opened.theme));
    findings.extend(round.coverage(&opened.theme, &folder.round_toml().display().to_string()));
    disk::make_folder(&folder.returns())?;
    disk::write(&folder.theme_toml(), opened.text.as_bytes())?;
    disk::write(&folder.round_toml(), round::write(&round).as_bytes())?;
    Ok(said(&round, &folder, &findings))
}

fn said(round: &Round, folder: &Folder, findings: &[crate::diagnostic::Diagnostic]) -> Said {
    let dir = folder.root().display();
    let mut text = format!(
        "A round for {}: {}, returns due {}.\n",
        round.partnership,
        words::count(round.agencies.len(), "agency"),
        words::date(round.deadline)
    );
    text.push_str(&say::findings(findings, ""));
    let _ = writeln!(text, "\nNext: look through {}, then run\n  jtai issue {dir}", folder.round_toml().display());
    let json = serde_json::json!({
        "round": round.id().as_str(), "folder": folder.root().display().to_string(),
        "agencies": round.agencies.len(), "findings": say::findings_json(findings),
    });
    Said { text, json, outcome: Outcome::of(findings) }
}

/// Reads a list of agencies, `.csv` or a workbook, told apart by content.
fn agencies(path: &Path) -> Result<Checked<Vec<round::Agency>>, Failure> {
    let bytes = disk::read(path)?;
    let file = path.display().to_string();
    let rows = match scan::kind(&bytes) {
        Ok(kind) => {
            let book = read::read(kind, &bytes).map_err(|error| {
                Failure::one(
                    Code::WorkbookUnreadable,
                    path,
                    format!("the workbook cannot be read: {error}"),
                    "save it again as .xlsx",
                )
            })?;
            sheet_rows(&file, &book.sheets[0])
        }
        Err(_) => csv_rows(path, &bytes)?,
    };
    Ok(round::agencies(&file, &rows))
}

fn sheet_rows(file: &str, sheet: &crate::workbook::book::Sheet) -> Vec<Row> {
    let row = |(row, cells): (u32, Vec<(u32, &crate::workbook::book::Value)>)| {
        let mut texts = Vec::new();
        for (column, value) in cells {
            texts.resize(column as usize + 1, String::new());
            texts[column as usize] = value.text();
        }
        Row { place: Place::cell(file, &sheet.name, crate::workbook::book::cell_name(row, 0)), cells: texts }
    };
    sheet.rows().into_iter().map(row).collect()
}

fn csv_rows(path: &Path, bytes: &[u8]) -> Result<Vec<Row>, Failure> {
    let file = path.display().to_string();
    // A list saved by Excel in Europe has semicolons; the header row tells.
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first_line.iter().filter(|byte| **byte == wanted).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(String::new(), |position| format!(" in line {}", position.line()));
            let found = format!("the list is not UTF-8 CSV{line}");
            Failure::one(Code::AgencyList, path, found, "save it as CSV UTF-8, or as .xlsx")
        })?;
        let line = record.position().map_or(1, |position| position.line()) as usize;
        rows.push(Row { place: Place::line(&file, line, 1), cells: record.iter().map(str::to_string).collect() });
    }
    Ok(rows)
}
