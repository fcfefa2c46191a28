//! What was copied from a file into a new workbook.

use maud::{Markup, html};

use crate::app::files;
use crate::app::repair::RepairOutcome;
use crate::app::rounds::KnownRound;
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The page.
pub(in crate::web) fn page(kit: &PageKit, round: &KnownRound, outcome: &RepairOutcome) -> Markup {
    let key = files::key_of_name(&outcome.in_round);
    let main = html! {
        p { "There is a new workbook for " (outcome.name) ". Compare it with the file, then send it to the agency to check and sign off. The sign-off is not carried over." }
        (kit.button(&kit.to_round(round, &format!("/files/{key}/open")), "Open the workbook", ""))
        p { a href=(kit.to_round(round, &format!("/files/{key}"))) { "Save a copy of it" } }
        h2 { "Carried over" }
        div class="table" tabindex="0" role="region" aria-label="Carried over" {
            table {
                thead { tr { @for name in ["Statement", "Its rating was in cell", "Columns"] { th scope="col" { (name) } } } }
                tbody {
                    @for carried in &outcome.carried {
                        tr { th scope="row" { (carried.criterion) } td { (carried.from) } td { (words::list(&carried.columns)) } }
                    }
                }
            }
        }
        @if outcome.headlines > 0 { p { (words::capitalised(&words::count(outcome.headlines, "line in short"))) " too." } }
        @if !outcome.empty.is_empty() { p { "No answer was found for " (words::list(&outcome.empty)) "." } }
        (parts::findings(&outcome.findings))
    };
    let frame = PageFrame { title: "A new workbook", round: Some(round), part: "/returns", ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}
