//! Makes the folder of a round.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::app::failure::Failure;
use crate::app::issue::FROZEN_NOTE;
use crate::app::machine::disk;
use crate::app::{agencies as list, lines, open};
use crate::core::finding::{self, Checked, Code, Finding, Remedy, Severity};
use crate::core::ids::{RoundId, ThemeId};
use crate::message::{MessageKind, MessageTemplate};
use crate::round::{self, Agency, AgencyField, Branding, Folder, ROUND_FILE, Round};
use crate::theme::Theme;

/// The request.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundWishes {
    /// The folder to make.
    pub dir: PathBuf,
    /// The theme: an id, or a theme file.
    pub theme: String,
    /// The partnership's name.
    pub partnership: String,
    /// Further themes whose statements are asked too.
    pub include: Vec<String>,
    /// The agencies.
    pub agencies: WishedList,
    /// When returns are due.
    pub deadline: Date,
    /// The first day of fieldwork, once it is known.
    pub fieldwork: Option<Date>,
    /// The protective marking; empty for none.
    pub marking: String,
    /// Whom agencies can ask.
    pub contact: String,
    /// Who decides for the business unit.
    pub officer: String,
}

/// Where the agencies of a new round come from.
#[derive(Debug, Clone, PartialEq)]
pub enum WishedList {
    /// Nowhere yet: an empty list is written, to be filled in.
    Empty,
    /// A file, `.csv` or `.xlsx`.
    File(PathBuf),
    /// An upload, by its name and its bytes.
    Bytes(String, Vec<u8>),
    /// Text pasted from a spreadsheet.
    Pasted(String),
    /// Rows typed on a page: a name, a group, a contact and an e-mail address each.
    Rows(Vec<[String; 4]>),
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
    /// The list of its agencies.
    #[serde(skip)]
    pub list: PathBuf,
}

/// Makes the folder with `round.toml`, `agencies.xlsx`, `theme.toml` and an empty `returns/`.
pub(super) fn round_new(wishes: &RoundWishes, today: Date) -> Result<RoundOutcome, Failure> {
    let folder = Folder::new(&wishes.dir);
    check_free(&folder)?;
    let opened = open::theme(&wishes.theme, None)?;
    let own = own_list(&folder, &wishes.agencies)?;
    let Checked { output: agencies, mut findings } = match (own.as_ref(), &wishes.agencies) {
        (Some(path), _) | (None, WishedList::File(path)) => list::read_any(path)?,
        (None, WishedList::Bytes(name, bytes)) => list::read_bytes(Path::new(name), bytes.clone())?,
        (None, WishedList::Pasted(text)) => list::read_pasted(text),
        (None, WishedList::Rows(rows)) => list::read_rows(rows),
        (None, WishedList::Empty) => Checked { output: Vec::new(), findings: Vec::new() },
    };
    if findings.iter().any(|finding| finding.severity() == Severity::MustFix) {
        return Err(Failure::new(findings));
    }
    // A list that was already in the folder is the round's own, so its days of sending may be of this round.
    if own.is_none() {
        findings.extend(sent_before(&agencies));
    }
    let text = without_fingerprints(&opened.text);
    let round = wished_round(wishes, &opened.theme, agencies, today);
    let opened = open::with_included(opened, &round, &folder)?;
    findings.extend(open::retired(&opened.theme));
    findings.extend(round.deadline_over(today));
    // With an empty list every statement would be asked of nobody, which the officer knows.
    findings.extend(if round.agencies.is_empty() { Vec::new() } else { round.coverage(&opened.theme) });
    let templates = MessageKind::ALL.map(MessageTemplate::ours);
    let new =
        NewFolder { folder: &folder, round: &round, theme_text: &text, templates: &templates, has_list: own.is_some() };
    findings.extend(new.write(today)?);
    finding::number(&mut findings);
    Ok(RoundOutcome {
        round: round.id().clone(),
        folder: folder.root().to_path_buf(),
        agencies: round.agencies.len(),
        findings,
        partnership: round.partnership,
        deadline: round.deadline,
        settings: folder.round_toml(),
        list: folder.agencies(),
    })
}

/// Checks that a folder has no round in it.
///
/// # Errors
///
/// When it has one.
pub(super) fn check_free(folder: &Folder) -> Result<(), Failure> {
    let Some(taken) = [folder.round_toml(), folder.theme_toml()].into_iter().find(|path| path.exists()) else {
        return Ok(());
    };
    let remedy = "choose a different folder, or edit the round.toml that is there";
    Err(Failure::one(Code::RoundMissing, &taken, "there is a round in this folder already", remedy))
}

/// What goes into the folder of a new round.
pub(super) struct NewFolder<'a> {
    /// The folder.
    pub folder: &'a Folder,
    /// The round.
    pub round: &'a Round,
    /// The text of its theme.
    pub theme_text: &'a str,
    /// The templates of its messages, one for each kind, in the order of [`MessageKind::ALL`].
    pub templates: &'a [MessageTemplate],
    /// Whether the officer has put a list of agencies there already.
    pub has_list: bool,
}

impl NewFolder<'_> {
    /// Writes it, `round.toml` last, so that a folder with that file is complete. Returns findings about the settings.
    ///
    /// # Errors
    ///
    /// When a setting is not valid, and then nothing is written; or when a file cannot be written.
    pub(super) fn write(&self, today: Date) -> Result<Vec<Finding>, Failure> {
        let NewFolder { folder, round, theme_text, templates, has_list } = *self;
        let written = round::as_toml(round);
        let read_back = round::read_with(ROUND_FILE, &written, Some(round.agencies.clone())).findings;
        if read_back.iter().any(|finding| finding.severity() == Severity::MustFix) {
            return Err(Failure::new(read_back));
        }
        disk::make_folder(&folder.returns())?;
        disk::write(&folder.theme_toml(), theme_text.as_bytes())?;
        // Into the folder, where the officer finds the words to change. A newer jtai then does not change the messages of a running
        // round.
        for (kind, template) in MessageKind::ALL.into_iter().zip(templates) {
            disk::write(&folder.root().join(MessageTemplate::file_name(kind)), template.text.as_bytes())?;
        }
        if !has_list {
            list::write(folder, round, &round.agencies, today)?;
        }
        disk::write(&folder.round_toml(), written.as_bytes())?;
        Ok(read_back)
    }
}

/// The finding that the days on which an earlier round's workbooks were sent are not taken over.
fn sent_before(agencies: &[Agency]) -> Option<Finding> {
    let first = agencies.iter().find(|agency| agency.sent_on.is_some())?;
    let found = "the column Sent on is not taken over: nothing has been sent in the new round yet";
    let remedy = Remedy::typed(
        "nothing; once you send its workbooks, note it with `jtai sent`",
        "nothing; once you send its workbooks, say so under Messages",
    );
    let place = first.place.at(AgencyField::SentOn);
    Some(Finding::new(Code::ListColumnUnread, place, found, "", remedy).naming("Sent on"))
}

/// The round as requested.
fn wished_round(wishes: &RoundWishes, theme: &Theme, agencies: Vec<Agency>, today: Date) -> Round {
    Round {
        id: Round::new_id(&theme.id, &wishes.partnership, wishes.deadline),
        theme: theme.id.clone(),
        partnership: wishes.partnership.clone(),
        issued_on: Some(today),
        deadline: wishes.deadline,
        fieldwork_starts: wishes.fieldwork,
        marking: wishes.marking.clone(),
        contact: wishes.contact.clone(),
        officer: wishes.officer.clone(),
        goes_on_from: None,
        kept_until: String::new(),
        column_order: theme.column_order,
        rate: theme.rate.clone(),
        include: wishes.include.iter().map(|id| ThemeId(id.clone())).collect(),
        agencies,
        returns: Vec::new(),
        cleared: Vec::new(),
        branding: Branding::default(),
    }
}

/// The list that the officer has already put into the folder, which is used as it is.
fn own_list(folder: &Folder, wished: &WishedList) -> Result<Option<PathBuf>, Failure> {
    let own = folder.agencies();
    if !own.exists() {
        return Ok(None);
    }
    let is_it = match wished {
        WishedList::Empty => true,
        WishedList::File(wished) => wished.canonicalize().ok() == own.canonicalize().ok(),
        WishedList::Bytes(..) | WishedList::Pasted(_) | WishedList::Rows(_) => false,
    };
    if is_it {
        return Ok(Some(own));
    }
    let remedy = Remedy::typed(
        "leave --agencies out to use it, or move it to a different folder",
        "move it to a different folder",
    );
    Err(Failure::one(Code::RoundMissing, &own, "there is a list of agencies in this folder already", remedy))
}

/// A theme's text without the fingerprints that an earlier round added when its workbooks were issued.
pub(super) fn without_fingerprints(text: &str) -> String {
    match text.split_once(FROZEN_NOTE) {
        Some((theme, _)) => format!("{}\n", theme.trim_end()),
        None => text.to_string(),
    }
}
