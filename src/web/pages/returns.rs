//! The page of returns: take files in, see which agency each is from and whether it counts.

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
            // The token must be the first field: the upload is checked before any file in it is read.
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            label for="files" { "Choose the files that came back, or drop them anywhere on this page" }
            p class="hint" id="files-hint" { "You need not rename them. A file that is already here is never replaced." }
            input id="files" name="files" type="file" multiple aria-describedby="files-hint";
            p role="alert" {}
            button { "Add these files" }
        }
        p { "You can also save them into the folder " span class="where" { (round.path.join("returns").display()) } }
        h2 { "Files that came back" }
        @if returns.is_empty() {
            p { "Nothing has come back yet." }
        } @else {
            div class="table" tabindex="0" role="region" aria-label="Returns" {
                table {
                    thead { tr { @for name in ["File", "Agency", "Does it count?", "To look at", "What comes next for the agency"] { th scope="col" { (name) } } } }
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
    // The next step is shown once, beside the return that counts.
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

/// The form that copies a file that does not count into a new workbook of its agency.
fn repairing(kit: &PageKit, round: &KnownRound, returns: &[ReturnLine], status: &StatusOutcome) -> Markup {
    let action = kit.to_round(round, "/repair");
    let unread: Vec<&ReturnLine> = returns.iter().filter(|line| !line.counts).collect();
    html! {
        @if !unread.is_empty() {
            details {
                summary { "When a file cannot be read as it is" }
                p { "If an agency answered in its own table or in an old workbook, nobody has to type the answers again. What can be read is copied into a new workbook, for the agency to check and sign off. The file itself is not changed." }
                form method="post" action=(action) {
                    input type="hidden" name="token" value=(kit.session.form_token(&action));
                    label for="file" { "The file" }
                    select id="file" name="file" { @for line in &unread { option value=(line.key) { (files::in_returns(&line.shown)) } } }
                    label for="agency" { "Which agency it is from" }
                    select id="agency" name="agency" {
                        option value="" { "As the file says" }
                        @for line in &status.agencies { option value=(line.id) { (line.name) } }
                    }
                    button class="second" { "Copy it into a new workbook" }
                }
            }
        }
    }
}

/// How to delete a return that must not be kept.
fn deleting(kit: &PageKit, round: &KnownRound) -> Markup {
    html! {
        details {
            summary { "To delete a return" }
            ol {
                li { "Delete the file in the folder " span class="where" { (round.path.join("returns").display()) } }
                li { "Go to the " a href=(kit.to_round(round, "/findings")) { "findings" } ". One says that the return is no longer here." }
                li { "Decide there. “Forget this return” removes its words from everything that was written." }
            }
        }
    }
}
