//! Makes the next round of the same theme, with the same statements, agencies and settings. Each agency's answers from last time are
//! carried into its workbook.

use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

use crate::app::collect::{self, Collected};
use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::app::machine::fault::OrFault;
use crate::app::machine::surroundings::Surroundings;
use crate::app::round_new::{self, NewFolder};
use crate::app::{lines, open};
use crate::core::finding::{self, Code, Finding, Place, Severity};
use crate::core::ids::{CriterionId, RoundId};
use crate::core::quoting;
use crate::core::words;
use crate::form::TextKind;
use crate::intake::answers::{AnswerRow, AnswerState};
use crate::message::{MessageKind, MessageTemplate};
use crate::previous::{self, PreviousAgency, PreviousAnswer, PreviousHeadline, PreviousRound, PreviousStatement};
use crate::response::{Response, SelfRating};
use crate::round::{Folder, Round};
use crate::theme::Theme;

/// The request.
#[derive(Debug, Clone, PartialEq)]
pub struct AgainWishes {
    /// The folder of the earlier round.
    pub old: PathBuf,
    /// The folder to make.
    pub new: PathBuf,
    /// When returns are due.
    pub deadline: Date,
    /// The first day of fieldwork, once it is known.
    pub fieldwork: Option<Date>,
}

/// A round that goes on from an earlier one.
#[derive(Debug, Serialize)]
pub(crate) struct AgainOutcome {
    /// Its id.
    pub round: RoundId,
    /// Its folder.
    pub folder: PathBuf,
    /// The round that it goes on from.
    pub goes_on_from: RoundId,
    /// How many agencies it has.
    pub agencies: usize,
    /// How many of them have answers that are carried in.
    pub agencies_carried: usize,
    /// How many answers are carried in.
    pub answers_carried: usize,
    /// Agencies that returned nothing last time, by their names.
    pub not_returned: Vec<String>,
    /// What the officer should know.
    #[serde(serialize_with = "lines::findings")]
    pub findings: Vec<Finding>,
    /// When returns are due.
    #[serde(skip)]
    pub deadline: Date,
    /// The list of its agencies.
    #[serde(skip)]
    pub list: PathBuf,
    /// The file with its settings.
    #[serde(skip)]
    pub settings: PathBuf,
}

/// Makes the folder and carries over the answers that count in the earlier round.
///
/// # Errors
///
/// When the earlier round cannot be read, the new folder already has a round, or a file cannot be written.
pub(super) fn round_again(wishes: &AgainWishes, surroundings: Surroundings<'_>) -> Result<AgainOutcome, Failure> {
    let today = surroundings.today();
    let folder = Folder::new(&wishes.new);
    round_new::check_free(&folder)?;
    let collected = collect::gather(&wishes.old, surroundings)?;
    surroundings.go_on()?;
    let (theme, old) = (&collected.open.opened.theme, &collected.open.round);
    let previous = previous_round(&collected, theme, old);
    let round = next_round(old, theme, wishes, today);
    let mut findings: Vec<Finding> = still_open(&collected).into_iter().chain(wording_since(&collected)).collect();
    let json = previous::as_json(&previous).or_fault()?;
    // Before round.toml, which names the earlier round: a round without these answers cannot be opened.
    disk::make_folder(&folder.root().join("previous"))?;
    disk::write(&folder.previous_answers(), &json)?;
    let text = round_new::without_fingerprints(&collected.open.opened.text);
    let templates = MessageKind::ALL.into_iter().map(|kind| open::template(&collected.open.folder, kind));
    let templates: Vec<MessageTemplate> = templates.collect::<Result<_, _>>()?;
    if let Some(logo) = &round.branding.logo {
        let logo_file = collected.open.folder.root().join(logo.as_str());
        if logo_file.is_file() {
            disk::write(&folder.root().join(logo.as_str()), &disk::read(&logo_file)?)?;
        }
    }
    let made = NewFolder { folder: &folder, round: &round, theme_text: &text, templates: &templates, has_list: false };
    findings.extend(made.write(today)?);
    findings.extend(round.deadline_over(today));
    finding::number(&mut findings);
    let carried: Vec<&PreviousAgency> = previous.agencies.iter().filter(|agency| !agency.answers.is_empty()).collect();
    let returned = |id| previous.agencies.iter().any(|agency| agency.id == id);
    let not_returned =
        round.agencies.iter().filter(|agency| !returned(agency.id.clone())).map(|agency| agency.name.clone());
    Ok(AgainOutcome {
        agencies: round.agencies.len(),
        agencies_carried: carried.len(),
        answers_carried: carried.iter().map(|agency| agency.answers.len()).sum(),
        not_returned: not_returned.collect(),
        goes_on_from: previous.round.clone(),
        list: folder.agencies(),
        settings: folder.round_toml(),
        deadline: round.deadline,
        round: round.id().clone(),
        folder: folder.root().to_path_buf(),
        findings,
    })
}

/// The next round: a new id and new dates, with all other settings as they were.
fn next_round(old: &Round, theme: &Theme, wishes: &AgainWishes, today: Date) -> Round {
    let mut round = old.clone();
    round.id = Round::new_id(&theme.id, &old.partnership, wishes.deadline);
    round.issued_on = Some(today);
    round.deadline = wishes.deadline;
    round.fieldwork_starts = wishes.fieldwork;
    round.goes_on_from = Some(old.id().clone());
    // Decisions about files, and extensions or refusals of agencies, were about the earlier round.
    (round.returns, round.cleared) = (Vec::new(), Vec::new());
    for agency in &mut round.agencies {
        (agency.due, agency.status, agency.sent_on) = (None, None, None);
        agency.sent_code.clear();
        // Ids from before the earlier round mean nothing in the next one.
        agency.previously.clear();
    }
    round
}

fn previous_round(collected: &Collected, theme: &Theme, round: &Round) -> PreviousRound {
    let approved = || collected.responses.iter().filter_map(|response| response.approved_on);
    let statement = |(_, criterion): (_, &crate::theme::Criterion)| PreviousStatement {
        criterion: criterion.id.clone(),
        text: criterion.text.clone(),
        wording: criterion.wording(),
    };
    PreviousRound {
        round: round.id().clone(),
        deadline: round.deadline,
        approved: approved().min().zip(approved().max()),
        statements: theme.criteria().map(statement).collect(),
        agencies: collected.responses.iter().filter_map(|response| previous_agency(collected, response)).collect(),
    }
}

fn previous_agency(collected: &Collected, response: &Response) -> Option<PreviousAgency> {
    let agency = collected.open.round.agency(&response.agency)?;
    let rows = collected.answers.iter().filter(|row| row.agency == agency.id);
    let headlines = response.written_headlines().filter(|entry| entry.line.is_said());
    let headline = |entry: &crate::response::HeadlineEntry| PreviousHeadline {
        slot: entry.slot,
        criterion: entry.criterion.clone(),
        line: entry.line.text().to_string(),
    };
    Some(PreviousAgency {
        id: agency.id.clone(),
        name: agency.name.clone(),
        file: response.file.name.clone(),
        sha256: response.file.sha256.clone(),
        speaks_for: response.speaks_for.clone(),
        answers: rows.filter_map(previous_answer).collect(),
        headlines: headlines.map(headline).collect(),
    })
}

/// An answer as it counts, after what people settled; `None` if the agency said nothing.
fn previous_answer(row: &AnswerRow) -> Option<PreviousAnswer> {
    let rating = match row.state {
        AnswerState::Rated(rating) => SelfRating::Rated(rating),
        AnswerState::NotApplicable => SelfRating::NotApplicable,
        AnswerState::Blank => SelfRating::Blank,
        AnswerState::Unreadable => SelfRating::Unreadable,
        AnswerState::Missing => return None,
    };
    let texts = TextKind::ALL.into_iter().map(|kind| (kind.column(), row.texts.text(kind).to_string()));
    // An answer that is only spaces would look like one to confirm.
    let texts: std::collections::BTreeMap<_, _> = texts.filter(|(_, text)| !text.trim().is_empty()).collect();
    let is_something = rating != SelfRating::Blank || !texts.is_empty();
    is_something.then(|| PreviousAnswer {
        criterion: row.criterion.clone(),
        rating,
        texts,
        sheet: row.source.sheet.clone(),
        cell: row.source.cell.clone(),
    })
}

/// The finding that the earlier round has things to fix. Its answers are carried over as they count there.
fn still_open(collected: &Collected) -> Option<Finding> {
    let open = collected.findings.iter();
    let open = open.filter(|finding| finding.settled.is_none() && finding.severity() == Severity::MustFix).count();
    let found = format!(
        "the earlier round still has {} to fix; its answers are carried over as they count there",
        words::count(open, "thing")
    );
    let remedy = format!(
        "`jtai collect {}` lists them; if they matter, settle them there and make this round again, otherwise carry on",
        quoting::as_typed(&collected.open.folder.root().to_string_lossy())
    );
    (open > 0).then(|| Finding::new(Code::PreviousOpen, Place::file("round.toml"), found, "", remedy))
}

/// The finding that the theme, as it is built in or in ./themes, now has different wording.
fn wording_since(collected: &Collected) -> Option<Finding> {
    let theme = &collected.open.opened.theme;
    let now = open::theme(theme.id.as_str(), None).ok()?.theme;
    let reworded: Vec<&CriterionId> = theme
        .criteria()
        .filter(|(_, criterion)| {
            now.criterion(&criterion.id).is_some_and(|(_, new)| new.wording() != criterion.wording())
        })
        .map(|(_, criterion)| &criterion.id)
        .collect();
    if reworded.is_empty() {
        return None;
    }
    let found = format!(
        "the theme now words {} differently: {}; this round keeps the words of last time, so that answers can be compared",
        words::count(reworded.len(), "statement"),
        words::list_of_first(&reworded, 12)
    );
    let remedy = "nothing; if the new words matter more, put them into theme.toml before workbooks are issued: those answers then start empty";
    Some(Finding::new(Code::PreviousWording, Place::file("theme.toml"), found, "", remedy))
}
