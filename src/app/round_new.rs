//! Makes the folder of a round.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::app::failure::Failure;
use crate::app::issue::FROZEN_NOTE;
use crate::app::machine::disk;
use crate::app::machine::guard::{self, Job, StartError};
use crate::app::{lines, open};
use crate::core::finding::{self, Checked, Code, Finding, Place, Severity};
use crate::core::ids::{RoundId, ThemeId};
use crate::draft;
use crate::message::{MessageKind, MessageTemplate};
use crate::round::{self, Branding, Folder, ListRow, Round};
use crate::workbook::file::book::{Sheet, cell_name};
use crate::workbook::file::scan;

/// What a new round is to be.
#[derive(Debug, Clone)]
pub struct RoundWishes {
    /// The folder to make.
    pub dir: PathBuf,
    /// The theme: an id, or a theme file.
    pub theme: String,
    /// The partnership's name.
    pub partnership: String,
    /// Further themes whose statements are asked too.
    pub include: Vec<String>,
    /// The list of agencies, `.csv` or `.xlsx`.
    pub agencies: PathBuf,
    /// When returns are due.
    pub deadline: Date,
    /// The first day of fieldwork, once it is known.
    pub fieldwork: Option<Date>,
    /// The protective marking; empty for none.
    pub marking: String,
    /// Whom agencies ask.
    pub contact: String,
    /// Who decides for the business unit.
    pub officer: String,
}

/// A round that was made.
#[derive(Debug, Serialize)]
pub(crate) struct RoundOutcome {
    /// Its id.
    pub round: RoundId,
    /// Its folder.
    pub folder: PathBuf,
    /// How many agencies it has.
    pub agencies: usize,
    /// What the officer should know.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
    /// The partnership's name.
    #[serde(skip)]
    pub partnership: String,
    /// When returns are due.
    #[serde(skip)]
    pub deadline: Date,
    /// The file with its settings.
    #[serde(skip)]
    pub settings: PathBuf,
}

/// Makes the folder with `round.toml`, `theme.toml` and an empty `returns/`.
pub(super) fn round_new(wishes: &RoundWishes, today: Date) -> Result<RoundOutcome, Failure> {
    let folder = Folder::new(&wishes.dir);
    if let Some(taken) = [folder.round_toml(), folder.theme_toml()].into_iter().find(|path| path.exists()) {
        let remedy = "choose another folder, or edit the round.toml that is there";
        return Err(Failure::one(Code::RoundMissing, &taken, "there is a round in this folder already", remedy));
    }
    let opened = open::theme(&wishes.theme, None)?;
    let Checked { output: agencies, mut findings } = agencies(&wishes.agencies)?;
    if findings.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(findings));
    }
    let text = without_fingerprints(&opened.text);
    let id = Round::new_id(&opened.theme.id, &wishes.partnership, wishes.deadline);
    let round = Round {
        id,
        theme: opened.theme.id.clone(),
        partnership: wishes.partnership.clone(),
        issued_on: Some(today),
        deadline: wishes.deadline,
        fieldwork_starts: wishes.fieldwork,
        marking: wishes.marking.clone(),
        contact: wishes.contact.clone(),
        officer: wishes.officer.clone(),
        column_order: opened.theme.column_order,
        rate: opened.theme.rate.clone(),
        include: wishes.include.iter().map(|id| ThemeId(id.clone())).collect(),
        agencies,
        returns: Vec::new(),
        cleared: Vec::new(),
        branding: Branding::default(),
    };
    let written = round::as_toml(&round);
    let read_back = round::read("round.toml", &written).findings;
    if read_back.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(read_back));
    }
    findings.extend(read_back);
    let opened = open::with_included(opened, &round, &folder)?;
    findings.extend(open::retired(&opened.theme));
    findings.extend(round.deadline_over(today));
    findings.extend(round.coverage(&opened.theme));
    finding::number(&mut findings);
    disk::make_folder(&folder.returns())?;
    disk::write(&folder.theme_toml(), text.as_bytes())?;
    for kind in MessageKind::ALL {
        disk::write(
            &folder.root().join(MessageTemplate::file_name(kind)),
            MessageTemplate::ours(kind).text.as_bytes(),
        )?;
    }
    disk::write(&folder.round_toml(), written.as_bytes())?;
    Ok(RoundOutcome {
        round: round.id().clone(),
        folder: folder.root().to_path_buf(),
        agencies: round.agencies.len(),
        findings,
        partnership: round.partnership,
        deadline: round.deadline,
        settings: folder.round_toml(),
    })
}

/// A theme's text without what an earlier round wrote under it when its workbooks were issued.
fn without_fingerprints(text: &str) -> String {
    match text.split_once(FROZEN_NOTE) {
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
            let answer = guard::read_one(Job { kind, bytes, cleared: Vec::new() }).map_err(StartError::into_failure)?;
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

fn sheet_rows(file: &str, sheet: &Sheet) -> Vec<ListRow> {
    let row = |(row, cells)| ListRow { place: Place::cell(file, &sheet.name, cell_name(row, 0)), cells };
    sheet.text_rows().into_iter().map(row).collect()
}

fn csv_rows(file: &str, bytes: &[u8]) -> Vec<ListRow> {
    let row = |(line, cells)| ListRow { place: Place::line(file, line, 1), cells };
    draft::csv_rows(&draft::decode(bytes)).into_iter().map(row).collect()
}
