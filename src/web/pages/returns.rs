//! What came back: drop it here, see whose it is.

use maud::{Markup, html};

use crate::app::Failure;
use crate::app::files::{self, ReturnLine};
use crate::app::rounds::KnownRound;
use crate::app::status::StatusOutcome;
use crate::app::status_words::{self as says, HowToWrite};
use crate::core::words;
use crate::web::limits;
use crate::web::parts::{self, PageFrame, PageKit};

/// The page.
pub(in crate::web) fn page(
    kit: &PageKit,
    round: &KnownRound,
    returns: &[ReturnLine],
    status: &StatusOutcome,
    seen: &str,
    failure: Option<&Failure>,
) -> Markup {
    let action = kit.to_round(round, "/returns");
    let main = html! {
        @if let Some(failure) = failure { (parts::failure(failure)) }
        form class="drop" method="post" action=(action) enctype="multipart/form-data" data-drop=(limits::FILE) {
            // The token comes first: the files are let in by it.
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            label for="files" { "Choose the files that came back, or drop them anywhere on this page" }
            p class="hint" id="files-hint" { "As they came: you need not rename them. A file that is here already is never replaced." }
            input id="files" name="files" type="file" multiple aria-describedby="files-hint";
            p role="alert" {}
            button { "Take these files in" }
        }
        p { "You can also save them into the folder " span class="where" { (round.path.join("returns").display()) } }
        h2 { "What is here" }
        @if returns.is_empty() {
            p { "Nothing has come back yet." }
        } @else {
            div class="table" tabindex="0" role="region" aria-label="Returns" {
                table {
                    thead { tr { @for name in ["File", "Agency", "Does it count?", "To look at", "What comes next with the agency"] { th scope="col" { (name) } } } }
                    tbody { @for line in returns { (return_row(kit, round, line, status)) } }
                }
            }
            (repairing(kit, round, returns, status))
            (deleting(kit, round))
        }
    };
    parts::page(
        kit,
        &PageFrame { title: "Returns", round: Some(round), part: "/returns", seen, ..PageFrame::default() },
        &main,
    )
}

fn return_row(kit: &PageKit, round: &KnownRound, line: &ReturnLine, status: &StatusOutcome) -> Markup {
    let of_agency = status.agencies.iter().find(|of| of.id.as_str() == line.agency_id).filter(|_| line.counts);
    html! {
        tr {
            th scope="row" { a href=(kit.to_round(round, &format!("/files/{}", line.key))) { (files::in_returns(&line.shown)) } }
            td { @if line.agency.is_empty() { "Not known" } @else { (line.agency) } }
            td { @if line.counts { "Yes" } @else { "No: " (line.why_not) } }
            td {
                @if line.open > 0 { a href=(kit.to_round(round, "/findings")) { (words::count(line.open, "finding")) } }
                @else { "Nothing" }
            }
            td { @if let Some(of) = of_agency { (words::capitalised(&says::next(of, HowToWrite::OnPage))) } }
        }
    }
}

/// Pours a file that does not count into a fresh workbook of its agency.
fn repairing(kit: &PageKit, round: &KnownRound, returns: &[ReturnLine], status: &StatusOutcome) -> Markup {
    let action = kit.to_round(round, "/repair");
    let unread: Vec<&ReturnLine> = returns.iter().filter(|line| !line.counts).collect();
    html! {
        @if !unread.is_empty() {
            details {
                summary { "When a file cannot be read as it is" }
                p { "An agency that answered in a table of its own, or in a workbook of years ago, need not type it again. What can be made out goes into a fresh workbook of that agency, for it to check and to sign off. The file stays as it is." }
                form method="post" action=(action) {
                    input type="hidden" name="token" value=(kit.session.form_token(&action));
                    label for="file" { "The file" }
                    select id="file" name="file" { @for line in &unread { option value=(line.key) { (files::in_returns(&line.shown)) } } }
                    label for="agency" { "The agency that it is from" }
                    select id="agency" name="agency" {
                        option value="" { "As the file says" }
                        @for line in &status.agencies { option value=(line.id) { (line.name) } }
                    }
                    button class="second" { "Pour it into a fresh workbook" }
                }
            }
        }
    }
}

/// How a return that must not be kept is taken away.
fn deleting(kit: &PageKit, round: &KnownRound) -> Markup {
    html! {
        details {
            summary { "To delete a return" }
            ol {
                li { "Delete the file in the folder " span class="where" { (round.path.join("returns").display()) } }
                li { "Look at the " a href=(kit.to_round(round, "/findings")) { "findings" } ": one says that the return is not here any more." }
                li { "Decide about it there. “Forget this return” takes its words out of everything that was written." }
            }
        }
    }
}
