//! Outcomes as text for a screen, one file for each action.

mod totals;
mod collect;
mod status;
mod issue;
mod queries;
mod challenge;
mod report;
mod explain;
mod forget;
mod settle;
mod sent;
mod repair;
mod round_new;
mod round_again;
mod theme;
mod demo;

use crate::app::Outcome;

/// The text.
pub(super) fn text(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Demo(outcome) => demo::text(outcome),
        Outcome::ThemeList(outcome) => theme::list(outcome),
        Outcome::ThemeShow(outcome) => theme::show(outcome),
        Outcome::ThemeCheck(outcome) => theme::check(outcome),
        Outcome::ThemeDraft(outcome) => theme::draft(outcome),
        Outcome::ThemeCorrect(outcome) => theme::correct(outcome),
        Outcome::ThemeNew(outcome) => theme::new(outcome),
        Outcome::RoundNew(outcome) => round_new::text(outcome),
        Outcome::Repair(outcome) => repair::text(outcome),
        Outcome::RoundAgain(outcome) => round_again::text(outcome),
        Outcome::Issue(outcome) => issue::text(outcome),
        Outcome::Collect(outcome) => collect::text(outcome),
        Outcome::Queries(outcome) => queries::text(outcome),
        Outcome::Challenge(outcome) => challenge::text(outcome),
        Outcome::Report(outcome) => report::text(outcome),
        Outcome::Status(outcome) => status::text(outcome),
        Outcome::Explain(outcome) => explain::text(outcome),
        Outcome::Forget(outcome) => forget::text(outcome),
        Outcome::Sent(outcome) => sent::text(outcome),
        Outcome::Settle(outcome) => settle::text(outcome),
    }
}
