//! The page of an action: how far it is, then what became of it.

use maud::{Markup, html};

use crate::app::challenge::ChallengeOutcome;
use crate::app::collect::CollectOutcome;
use crate::app::issue::IssueOutcome;
use crate::app::rounds::KnownRound;
use crate::app::{Failure, Outcome};
use crate::core::finding::Severity;
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};
use crate::web::tasks::Task;

/// The heading while an action is under way.
fn title(command: &str) -> &'static str {
    match command {
        "demo" => "Making the sample round",
        "issue" => "Writing the workbooks",
        "collect" => "Reading the returns",
        "queries" => "Writing the messages",
        "challenge" => "Preparing the challenge meeting",
        "report" => "Making the presentation",
        _ => "Working",
    }
}

/// The page while the action is under way.
pub(in crate::web) fn under_way(kit: &PageKit, round: Option<&KnownRound>, task: &Task) -> Markup {
    let (read, count) = task.read();
    let main = html! {
        @if task.is_stopping() {
            p { "Stopping. This takes a moment." }
        } @else if task.is_waiting() {
            p { "Something else is running in this round. This starts when that has finished." }
        } @else if count > 0 && read < count {
            p { label for="how-far" { "Reading returns: " (read) " of " (count) } }
            progress id="how-far" max=(count) value=(read) {}
        } @else if count > 0 {
            p { "The returns are read. The rest takes a few seconds." }
        } @else {
            p { "This takes a few seconds." }
        }
        @if !task.is_stopping() {
            (kit.button(&kit.to(&format!("/running/{}/stop", task.id)), "Stop this", "second"))
        }
        p { "You can close this page. The work goes on." }
    };
    parts::page(
        kit,
        &PageFrame { title: title(task.command()), round, is_waiting: true, ..PageFrame::default() },
        &main,
    )
}

/// The page when it has ended.
pub(in crate::web) fn ended(
    kit: &PageKit,
    round: Option<&KnownRound>,
    task: &Task,
    result: &Result<Outcome, Failure>,
) -> Markup {
    let title = match result {
        Ok(_) => "Done",
        Err(_) if task.is_stopping() => "Stopped",
        Err(_) => "This could not be done",
    };
    let main = html! {
        @for note in task.happened_before() { p { (note) } }
        @match result {
            Ok(outcome) => {
                @if let Some(note) = outcome.note() { p { (note) } }
                (became(kit, round, outcome))
            }
            Err(failure) => (parts::failure(failure)),
        }
        @let said = task.remarks();
        @if !said.is_empty() { (parts::findings(&said)) }
        @if let Some(round) = round { p { a href=(kit.to_round(round, "")) { "Go to the round" } } }
        @else { p { a href=(kit.base) { "Go to the rounds on this computer" } } }
    };
    parts::page(kit, &PageFrame { title, round, ..PageFrame::default() }, &main)
}

/// What became of an action, in a sentence or two.
fn became(kit: &PageKit, round: Option<&KnownRound>, outcome: &Outcome) -> Markup {
    let to = |path: &str| round.map_or(kit.base.clone(), |round| kit.to_round(round, path));
    match outcome {
        Outcome::Demo(outcome) => html! {
            p { "The sample round is ready: " (words::count(outcome.workbooks, "workbook")) " issued, "
                (words::count(outcome.returns, "file")) " came back, and the presentation is made." }
            (onwards(&[(&to("/slides"), "Look at the presentation")]))
        },
        Outcome::Issue(outcome) => issued(&to("/messages"), outcome),
        Outcome::Collect(outcome) => collected(&to, outcome),
        Outcome::Queries(outcome) => html! {
            p { "Written: " (outcome.counts.words()) "." }
            (onwards(&[(&to("/messages"), "Look at the messages and send them")]))
            (parts::findings(&outcome.findings))
        },
        Outcome::Challenge(outcome) => challenged(&to("/files"), &to("/messages"), outcome),
        Outcome::Report(outcome) => html! {
            p {
                "The presentation is made. The code at the foot of its pages is " strong { (outcome.run) } ". " (outcome.state.trim_end_matches('.')) "."
                @if outcome.is_draft { " " a href=(to(parts::APPROVAL)) { (parts::SAY_WHO_APPROVED) } }
            }
            (onwards(&[(&to("/slides"), "Look at the presentation"), (&to("/files"), "Open or save its files")]))
            (parts::findings(&outcome.about_files))
        },
        _ => html! { p { "It is done." } },
    }
}

/// What was written for the challenge meeting, and how many of its decisions are on record.
fn challenged(files: &str, messages: &str, outcome: &ChallengeOutcome) -> Markup {
    html! {
        p {
            @match (&outcome.workbook, outcome.filled.is_empty()) {
                (Some(_), _) => {
                    "Written: a workbook with " (words::count(outcome.rows, "answer")) ", " (outcome.first) " of them worth asking about first, and a page on each agency. Neither is for inspectors."
                }
                (None, true) => "No agency has returned yet, so there is nothing to challenge.",
                (None, false) => "Every answer is already in a workbook that somebody filled in, so no new one was written.",
            }
        }
        @if !outcome.filled.is_empty() { p { "Left as they are: " (words::list(&outcome.filled)) "." } }
        @if !outcome.so_far.is_empty() { p { "On record: " (outcome.so_far) "." } }
        p { "Fill in the white cells, in one copy or several, and save every copy into the folder " (outcome.folder.display()) ". Then make the presentation again." }
        @if !outcome.feedback.left_out.is_empty() {
            p { "Left out of the feedback, because what the meeting wrote names a different agency: " (words::list(&outcome.feedback.left_out)) "." }
        }
        @if outcome.feedback.papers > 0 {
            p { "Feedback is written for " (words::count(outcome.feedback.papers, "agency")) ", to each about its own answers only. Send it once all returns are in." }
        }
        (onwards(&[(files, "Open or save what was written"), (messages, "Look at the feedback and send it")]))
        (parts::findings(&outcome.findings))
    }
}

/// What comes next, the likeliest first.
fn onwards(links: &[(&str, &str)]) -> Markup {
    html! {
        h2 { "What comes next" }
        p class="actions" {
            @for (at, (address, label)) in links.iter().enumerate() {
                a class=(if at == 0 { "button" } else { "button second" }) href=(address) { (label) }
            }
        }
    }
}

fn issued(messages: &str, outcome: &IssueOutcome) -> Markup {
    let written = outcome.new.len() + outcome.rewritten.len() + outcome.reissued.len();
    let to_send = outcome.messages + outcome.changes;
    html! {
        p {
            (words::capitalised(&words::count(written, "workbook"))) " written"
            @if !outcome.unchanged.is_empty() { ", " (words::count(outcome.unchanged.len(), "workbook")) " unchanged" }
            ". "
            @if to_send == 0 { "There is no message to send." }
            @else { (words::capitalised(&words::count(to_send, "message"))) " to send." }
        }
        @if to_send > 0 { (onwards(&[(messages, "Look at the messages and send them")])) }
        (parts::findings(&outcome.findings))
    }
}

fn collected(to: &dyn Fn(&str) -> String, outcome: &CollectOutcome) -> Markup {
    // All of them: a file that is nobody's return has findings, and no agency.
    let count = |severity: Severity| {
        outcome.findings.iter().filter(|one| one.settled.is_none() && one.severity() == severity).count()
    };
    let (must, check) = (count(Severity::MustFix), count(Severity::PleaseCheck));
    let (findings, slides) = (to("/findings"), to("/slides"));
    html! {
        p {
            (outcome.totals.agencies_returned) " of " (words::count(outcome.totals.agencies_asked, "agency"))
            " have returned. "
            @if must + check == 0 { "There is nothing to fix or check." }
            @else { (words::capitalised(&words::count(must, "finding"))) " to fix and " (words::number(check)) " to check." }
        }
        @if must + check == 0 {
            (onwards(&[(&slides, "See how the presentation looks"), (&findings, "Look at the findings")]))
        } @else {
            (onwards(&[(&findings, "Look at the findings"), (&to("/messages"), "Look at the messages that go back")]))
        }
    }
}
