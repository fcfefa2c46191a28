//! The requests that `app` takes, as typed data.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::app::forget::ForgetWishes;
use crate::app::queries::QueriesWishes;
use crate::app::repair::RepairWishes;
use crate::app::report::ReportWishes;
use crate::app::round_again::AgainWishes;
use crate::app::round_new::RoundWishes;
use crate::app::sent::SentWishes;
use crate::app::settle::SettleWishes;
use crate::app::theme::{CorrectWishes, DraftWishes};
use crate::round::Folder;

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// A sample round in a folder, with the whole job done on it.
    Demo(PathBuf),
    /// The themes that there are; retired ones too where `true`.
    ThemeList(bool),
    /// A theme to read, by id or file.
    ThemeShow(String),
    /// Theme files checked.
    ThemeCheck(Vec<PathBuf>),
    /// A draft of a theme.
    ThemeDraft(DraftWishes),
    /// Corrections of one.
    ThemeCorrect(CorrectWishes),
    /// That a named person checked one.
    ThemeChecked {
        /// The theme's id.
        id: String,
        /// Who.
        by: String,
        /// When; `None` for today.
        on: Option<Date>,
    },
    /// A theme to write by hand, under this id.
    ThemeNew(String),
    /// A new round.
    RoundNew(RoundWishes),
    /// The next round of the same theme, which goes on from one.
    RoundAgain(AgainWishes),
    /// A round's workbooks issued.
    Issue(PathBuf),
    /// A round's returns read.
    Collect {
        /// The round's folder.
        round: PathBuf,
        /// Whether every finding is to be listed, and not what is new.
        all: bool,
    },
    /// What goes back to a round's agencies.
    Queries(QueriesWishes),
    /// What the challenge meeting of a round needs.
    Challenge(PathBuf),
    /// A round's report.
    Report(ReportWishes),
    /// Where a round is.
    Status(PathBuf),
    /// Where something in a round comes from.
    Explain {
        /// A statement, an area, an agency, a slide's reference, a finding's.
        what: String,
        /// The round's folder.
        round: PathBuf,
    },
    /// A return taken out of everything.
    Forget(ForgetWishes),
    /// The answers of an agency's file copied into a fresh workbook.
    Repair(RepairWishes),
    /// Something noted as sent.
    Sent(SentWishes),
    /// A person's decision on findings.
    Settle(SettleWishes),
}

/// Takes the round's folder from the end of what was typed; the current folder where none is named there.
pub(crate) fn round_last(mut typed: Vec<String>) -> (Vec<String>, PathBuf) {
    // Only a folder with a round.toml counts, so that an id is never taken for a folder.
    let is_round = |last: &mut String| Folder::new(Path::new(last.as_str())).round_toml().is_file();
    match typed.pop_if(is_round) {
        Some(round) => (typed, PathBuf::from(round)),
        None => (typed, PathBuf::from(".")),
    }
}

impl Request {
    /// The name of its command. It goes into the record, the lock and a report of a bug.
    pub fn name(&self) -> &'static str {
        match self {
            Request::Demo(_) => "demo",
            Request::ThemeList(_) => "theme list",
            Request::ThemeShow(_) => "theme show",
            Request::ThemeCheck(_) => "theme check",
            Request::ThemeDraft(_) | Request::ThemeCorrect(_) | Request::ThemeChecked { .. } => "theme draft",
            Request::ThemeNew(_) => "theme new",
            Request::RoundNew(_) => "round new",
            Request::RoundAgain(_) => "round again",
            Request::Issue(_) => "issue",
            Request::Collect { .. } => "collect",
            Request::Queries(_) => "queries",
            Request::Challenge(_) => "challenge",
            Request::Report(_) => "report",
            Request::Status(_) => "status",
            Request::Explain { .. } => "explain",
            Request::Forget(_) => "forget",
            Request::Repair(_) => "repair",
            Request::Sent(_) => "sent",
            Request::Settle(_) => "settle",
        }
    }

    /// The folder of the round that it is about; `None` if it is about none.
    pub fn round(&self) -> Option<&Path> {
        match self {
            Request::Demo(dir) => Some(dir),
            Request::RoundNew(wishes) => Some(&wishes.dir),
            Request::RoundAgain(wishes) => Some(&wishes.new),
            Request::Issue(round)
            | Request::Collect { round, .. }
            | Request::Status(round)
            | Request::Challenge(round) => Some(round),
            Request::Queries(wishes) => Some(&wishes.round),
            Request::Report(wishes) => Some(&wishes.round),
            Request::Forget(wishes) => Some(&wishes.round),
            Request::Settle(wishes) => Some(&wishes.round),
            Request::Repair(wishes) => Some(&wishes.round),
            Request::Sent(wishes) => Some(&wishes.round),
            Request::Explain { round, .. } => Some(round),
            Request::ThemeList(_)
            | Request::ThemeShow(_)
            | Request::ThemeCheck(_)
            | Request::ThemeDraft(_)
            | Request::ThemeCorrect(_)
            | Request::ThemeChecked { .. }
            | Request::ThemeNew(_) => None,
        }
    }

    /// The folder of the round that it writes into; `None` if it only reads, or makes the folder itself.
    pub fn round_written(&self) -> Option<&Path> {
        // Every kind is listed: a new one that writes and is forgotten here would run without the lock.
        match self {
            Request::Issue(_)
            | Request::Collect { .. }
            | Request::Queries(_)
            | Request::Challenge(_)
            | Request::Report(_)
            | Request::Forget(_)
            | Request::Settle(_)
            | Request::Sent(_)
            | Request::Repair(_)
            | Request::Demo(_) => self.round(),
            Request::RoundNew(_)
            | Request::RoundAgain(_)
            | Request::Status(_)
            | Request::Explain { .. }
            | Request::ThemeList(_)
            | Request::ThemeShow(_)
            | Request::ThemeCheck(_)
            | Request::ThemeDraft(_)
            | Request::ThemeCorrect(_)
            | Request::ThemeChecked { .. }
            | Request::ThemeNew(_) => None,
        }
    }
}
