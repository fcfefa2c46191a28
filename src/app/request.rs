//! What can be asked for: typed wishes.

use std::path::{Path, PathBuf};

use crate::app::forget::ForgetWishes;
use crate::app::report::ReportWishes;
use crate::app::round_new::RoundWishes;

/// What is asked for.
#[derive(Debug, Clone)]
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
    ThemeDraft {
        /// The source.
        file: PathBuf,
        /// The id of the new theme.
        id: String,
        /// The theme in words.
        title: String,
    },
    /// A new round.
    RoundNew(RoundWishes),
    /// A round's workbooks issued.
    Issue(PathBuf),
    /// A round's returns read.
    Collect(PathBuf),
    /// What goes back to a round's agencies.
    Queries(PathBuf),
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
}

impl Request {
    /// The command that asks for it.
    pub fn name(&self) -> &'static str {
        match self {
            Request::Demo(_) => "demo",
            Request::ThemeList(_) => "theme list",
            Request::ThemeShow(_) => "theme show",
            Request::ThemeCheck(_) => "theme check",
            Request::ThemeDraft { .. } => "theme draft",
            Request::RoundNew(_) => "round new",
            Request::Issue(_) => "issue",
            Request::Collect(_) => "collect",
            Request::Queries(_) => "queries",
            Request::Report(_) => "report",
            Request::Status(_) => "status",
            Request::Explain { .. } => "explain",
            Request::Forget(_) => "forget",
        }
    }

    /// The round that it is about; `None` where it is about none.
    pub fn round(&self) -> Option<&Path> {
        match self {
            Request::Demo(dir) => Some(dir),
            Request::RoundNew(wishes) => Some(&wishes.dir),
            Request::Issue(round) | Request::Collect(round) | Request::Queries(round) | Request::Status(round) => {
                Some(round)
            }
            Request::Report(wishes) => Some(&wishes.round),
            Request::Forget(wishes) => Some(&wishes.round),
            Request::Explain { round, .. } => Some(round),
            Request::ThemeList(_) | Request::ThemeShow(_) | Request::ThemeCheck(_) | Request::ThemeDraft { .. } => None,
        }
    }

    /// The round that it writes into; `None` where it only reads. A demo's own steps write one after the other.
    pub fn round_written(&self) -> Option<&Path> {
        match self {
            Request::Issue(_)
            | Request::Collect(_)
            | Request::Queries(_)
            | Request::Report(_)
            | Request::Forget(_)
            | Request::Demo(_) => self.round(),
            Request::RoundNew(_)
            | Request::Status(_)
            | Request::Explain { .. }
            | Request::ThemeList(_)
            | Request::ThemeShow(_)
            | Request::ThemeCheck(_)
            | Request::ThemeDraft { .. } => None,
        }
    }
}
