//! The outcome of a request, as typed data. Front ends turn it into text, JSON or a page.

use serde::Serialize;

use crate::app::challenge::ChallengeOutcome;
use crate::app::collect::CollectOutcome;
use crate::app::demo::DemoOutcome;
use crate::app::explain::ExplainOutcome;
use crate::app::forget::ForgetOutcome;
use crate::app::issue::IssueOutcome;
use crate::app::lines::ask_something;
use crate::app::queries::QueriesOutcome;
use crate::app::repair::RepairOutcome;
use crate::app::report::ReportOutcome;
use crate::app::round_again::AgainOutcome;
use crate::app::round_new::RoundOutcome;
use crate::app::sent::SentOutcome;
use crate::app::settle::SettleOutcome;
use crate::app::status::StatusOutcome;
use crate::app::theme::{
    ThemeCheckOutcome, ThemeCorrectOutcome, ThemeDraftOutcome, ThemeListOutcome, ThemeNewOutcome, ThemeOutcome,
};

/// The outcome of a request.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Outcome {
    /// A sample round.
    Demo(DemoOutcome),
    /// The themes.
    ThemeList(ThemeListOutcome),
    /// A theme.
    ThemeShow(ThemeOutcome),
    /// Checked theme files.
    ThemeCheck(ThemeCheckOutcome),
    /// A drafted theme.
    ThemeDraft(ThemeDraftOutcome),
    /// A corrected or checked draft.
    ThemeCorrect(ThemeCorrectOutcome),
    /// A theme to write by hand.
    ThemeNew(ThemeNewOutcome),
    /// A new round.
    RoundNew(RoundOutcome),
    /// A round that goes on from an earlier one.
    RoundAgain(AgainOutcome),
    /// Issued workbooks.
    Issue(IssueOutcome),
    /// Read returns.
    Collect(CollectOutcome),
    /// Messages to agencies.
    Queries(QueriesOutcome),
    /// What the challenge meeting needs.
    Challenge(ChallengeOutcome),
    /// A report.
    Report(ReportOutcome),
    /// Where a round is.
    Status(StatusOutcome),
    /// Where something comes from.
    Explain(ExplainOutcome),
    /// A forgotten return.
    Forget(ForgetOutcome),
    /// A file whose answers were copied into a fresh workbook.
    Repair(RepairOutcome),
    /// Something noted as sent.
    Sent(SentOutcome),
    /// Settled findings.
    Settle(SettleOutcome),
}

impl Outcome {
    /// Whether a finding of severity must-fix or please-check is open. The demo never asks: its findings are there to be looked at.
    pub(crate) fn asks_something(&self) -> bool {
        // Every kind is listed, so that whoever adds one has to decide whether it asks something.
        match self {
            Outcome::Demo(_)
            | Outcome::ThemeList(_)
            | Outcome::ThemeShow(_)
            | Outcome::ThemeNew(_)
            | Outcome::Explain(_)
            | Outcome::Sent(_) => false,
            Outcome::ThemeCheck(outcome) => ask_something(&outcome.findings),
            Outcome::ThemeDraft(outcome) => ask_something(&outcome.findings),
            Outcome::ThemeCorrect(outcome) => ask_something(&outcome.findings),
            Outcome::RoundNew(outcome) => ask_something(&outcome.findings),
            Outcome::RoundAgain(outcome) => ask_something(&outcome.findings),
            Outcome::Issue(outcome) => ask_something(&outcome.findings),
            Outcome::Repair(outcome) => ask_something(&outcome.findings),
            Outcome::Collect(outcome) => ask_something(&outcome.findings),
            Outcome::Queries(outcome) => outcome.asks_something,
            Outcome::Challenge(outcome) => ask_something(&outcome.findings),
            Outcome::Report(outcome) => ask_something(&outcome.findings),
            Outcome::Status(outcome) => ask_something(&outcome.findings),
            Outcome::Forget(outcome) => ask_something(&outcome.findings),
            Outcome::Settle(outcome) => outcome.must_fix + outcome.please_check > 0,
        }
    }

    /// A note to show once, if this command upgraded a round that an earlier version made.
    pub(crate) fn note(&self) -> Option<&'static str> {
        match self {
            Outcome::Issue(outcome) => outcome.note,
            Outcome::Collect(outcome) => outcome.note,
            Outcome::Queries(outcome) => outcome.note,
            Outcome::Challenge(outcome) => outcome.note,
            Outcome::Report(outcome) => outcome.note,
            Outcome::Forget(outcome) => outcome.note,
            Outcome::Settle(outcome) => outcome.note,
            Outcome::Sent(outcome) => outcome.note,
            Outcome::Demo(_)
            | Outcome::ThemeList(_)
            | Outcome::ThemeShow(_)
            | Outcome::ThemeCheck(_)
            | Outcome::ThemeDraft(_)
            | Outcome::ThemeCorrect(_)
            | Outcome::ThemeNew(_)
            | Outcome::RoundNew(_)
            | Outcome::RoundAgain(_)
            | Outcome::Repair(_)
            | Outcome::Status(_)
            | Outcome::Explain(_) => None,
        }
    }
}
