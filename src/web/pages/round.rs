//! A round's overview: where it is in one line, what comes next, its agencies.

use maud::{Markup, html};

use crate::app::files;
use crate::app::report::{EVERY_ANSWER, MOST_IN_FULL};
use crate::app::rounds::KnownRound;
use crate::app::status::{NextStep, Standing, StatusLine, StatusOutcome};
use crate::app::status_words::{self as says, HowToWrite};
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// What the overview needs to know of a round besides its status.
#[derive(Debug)]
pub(in crate::web) struct RoundState<'a> {
    /// The hash of the round's files, by which the page notices that something changed.
    pub seen: &'a str,
    /// The address of the action that is under way on the round, if there is one.
    pub under_way: Option<&'a str>,
    /// Whether `queries/` has a message to any agency.
    pub is_any_back: bool,
}

/// The overview.
pub(in crate::web) fn page(
    kit: &PageKit,
    round: &KnownRound,
    status: &StatusOutcome,
    state: &RoundState<'_>,
) -> Markup {
    let main = html! {
        p class="now" { (says::in_one_line(status)) }
        p {
            (status.theme)
            @if let Some(day) = status.fieldwork_starts {
                ". Fieldwork begins on " (words::date(day)) " (" (words::days_away(status.today, day)) ")"
            }
            "."
        }
        @if let Some(written) = &status.presentation { p { (says::presentation(written)) " " a href=(kit.to_round(round, "/slides")) { "See whether they are still up to date" } @if !written.draft.is_empty() { ", or " a href=(kit.to_round(round, parts::APPROVAL)) { "say who approved it" } } "." } }
        @if let Some(address) = state.under_way {
            p { a href=(address) { "Work on this round is under way. See how far it has got" } }
        }
        h2 { "What comes next" }
        (next(kit, round, status, state))
        h2 { "Agencies" }
        (agencies(kit, round, status, state))
        @if !status.agencies.is_empty() { p { "Of " (words::count(status.agencies.len(), "agency")) ": " (words::uncapitalised(&says::counts(&status.agencies))) } }
        @if !status.list.is_empty() { (parts::findings(&status.list)) }
        p { "Agencies, contacts and dates are in " (files::AGENCIES) ". Change it there, save it, and reload this page." }
        (kit.button(
            &kit.to_round(round, &format!("/files/{}/open", files::key_of_name(files::AGENCIES))),
            &format!("Open {}", files::AGENCIES),
            "second",
        ))
        @if !status.kept.is_empty() {
            h2 { "Kept presentations" }
            ul { @for line in &status.kept { li { (says::kept(line)) } } }
        }
        h2 { "Everything you can do" }
        (actions(kit, round, status))
    };
    let frame = PageFrame { title: &round.title, round: Some(round), seen: state.seen, ..PageFrame::default() };
    parts::page(kit, &frame, &main)
}

/// The most urgent steps: what must be fixed, then what an agency waits for. The first has the button that stands out.
fn next(kit: &PageKit, round: &KnownRound, status: &StatusOutcome, state: &RoundState<'_>) -> Markup {
    let Some(must_fix) = says::must_fix(status) else { return next_of_agency(kit, round, status, state, "") };
    let open = says::count_to_fix(status);
    html! {
        p { (must_fix) @if let Some(files) = says::files_of_nobody(status) { " " (files) } }
        p { a class="button" href=(kit.to_round(round, FINDINGS)) { "Decide about " (words::count(open, "finding")) } }
        (next_of_agency(kit, round, status, state, "second"))
    }
}

/// The most urgent step for an agency, with the button or link that takes it.
fn next_of_agency(
    kit: &PageKit,
    round: &KnownRound,
    status: &StatusOutcome,
    state: &RoundState<'_>,
    class: &str,
) -> Markup {
    if status.agencies.is_empty() {
        return html! { p { "Add the agencies: open " (files::AGENCIES) " below, write a row for each, and save it." } };
    }
    let Some(first) = says::first_to_do(status) else {
        return html! {
            p { "There is nothing to do but wait for agencies. You can make the presentation at any time." }
            (start(kit, round, "report", "Make the presentation", class))
        };
    };
    let others = status.agencies.iter().filter(|line| says::is_to_do(line.next)).count() - 1;
    let wording = says::next(first, HowToWrite::OnPage);
    html! {
        p {
            strong { (first.name) } ": " (wording) "."
            @if others > 0 { " There is also something to do for " (words::count(others, "other agency")) "." }
        }
        @match place_of_step(first.next, state) {
            StepPlace::Action(action, label) => (start(kit, round, action, label, class)),
            // The findings have their button already.
            StepPlace::Part(FINDINGS, _) if !class.is_empty() => {}
            StepPlace::Part(path, label) => p { a class=(if class.is_empty() { "button" } else { "button second" }) href=(kit.to_round(round, path)) { (label) } },
        }
    }
}

/// The path of the page of findings.
const FINDINGS: &str = "/findings";

/// Where the officer takes a step.
enum StepPlace {
    /// With a button for this action, with this label.
    Action(&'static str, &'static str),
    /// On the page with this path, through a link with this label.
    Part(&'static str, &'static str),
}

fn place_of_step(next: NextStep, state: &RoundState<'_>) -> StepPlace {
    match next {
        NextStep::Issue => StepPlace::Action("issue", "Write the workbooks"),
        NextStep::WriteChange => StepPlace::Action("issue", "Write the message"),
        NextStep::SettleReturn | NextStep::SettleGone | NextStep::SettleReplies(_) | NextStep::Settle(_) => {
            StepPlace::Part(FINDINGS, "Look at the findings")
        }
        NextStep::Send | NextStep::SendChange => StepPlace::Part("/messages", "Look at the messages"),
        _ if state.is_any_back => StepPlace::Part("/messages", "Look at the messages"),
        // There is no message to look at before it is written.
        _ => StepPlace::Action("queries", "Write questions, reminders and receipts"),
    }
}

fn agencies(kit: &PageKit, round: &KnownRound, status: &StatusOutcome, state: &RoundState<'_>) -> Markup {
    html! {
        div class="table" tabindex="0" role="region" aria-label="Agencies" {
            table {
                thead { tr { @for name in ["Agency", "Workbook sent", "Returned", "Asked", "Approved", "What comes next"] { th scope="col" { (name) } } } }
                tbody { @for line in &status.agencies { (agency(kit, round, line, state)) } }
            }
        }
    }
}

fn agency(kit: &PageKit, round: &KnownRound, line: &StatusLine, state: &RoundState<'_>) -> Markup {
    let next = words::capitalised(&says::next(line, HowToWrite::OnPage));
    let whole =
        |said: String, else_says: &str| if said == "-" { else_says.to_string() } else { words::capitalised(&said) };
    let returned = match line.standing {
        Standing::NotIssued => "Not yet: its workbook is not written".to_string(),
        Standing::Owes(_) => format!("Not yet: {}", says::returned(line)),
        _ => words::capitalised(&says::returned(line)),
    };
    html! {
        tr {
            th scope="row" { (line.name) }
            td { (words::capitalised(&says::sent(line))) }
            td { (returned) }
            td { (whole(says::asked(line), "No questions")) }
            td { (whole(says::approved(line), "Not yet: nothing returned")) }
            td {
                @match place_of_step(line.next, state) {
                    StepPlace::Part(path, _) if says::is_to_do(line.next) => a href=(kit.to_round(round, path)) { (next) },
                    _ => (next),
                }
            }
        }
    }
}

/// Everything that can be done with the round as a whole.
fn actions(kit: &PageKit, round: &KnownRound, status: &StatusOutcome) -> Markup {
    html! {
        div class="actions" {
            (start(kit, round, "issue", "Write the workbooks", "second"))
            (start(kit, round, "collect", "Read the returns", "second"))
            (start(kit, round, "queries", "Write questions, reminders and receipts", "second"))
            (start(kit, round, "challenge", "Prepare the challenge meeting and feedback", "second"))
            (start(kit, round, "report", "Make the presentation", "second"))
        }
        @if !status.agencies.is_empty() { (answers_in_full(kit, round, status)) }
        p { a href=(kit.to_round(round, "/again")) { "Make the next round on this theme, with these answers carried over" } }
        p class="hint" { "You can do each of these as often as you like. Only what changed is written again. Files from agencies are never changed." }
        p class="where" { "This round is in the folder " (round.path.display()) }
    }
}

/// The choice of an agency whose answers are wanted as pages of their own.
fn answers_in_full(kit: &PageKit, round: &KnownRound, status: &StatusOutcome) -> Markup {
    let content = html! {
        label for="annex" { "One agency's answers in full, as a PDF for leaders" }
        select id="annex" name="annex" aria-describedby="annex-hint" {
            @for line in &status.agencies { option value=(line.id) { (line.name) } }
            option value=(EVERY_ANSWER) { "All agencies, in the annex" }
        }
        p class="hint" id="annex-hint" {
            "Every answer is in analysis.xlsx too. With more than " (MOST_IN_FULL) " agencies the annex has them only if you ask for all, which takes minutes."
        }
        button class="second" { "Make it with the presentation" }
    };
    kit.form(&kit.to_round(round, "/do/report"), &content)
}

fn start(kit: &PageKit, round: &KnownRound, action: &str, label: &str, class: &str) -> Markup {
    kit.button(&kit.to_round(round, &format!("/do/{action}")), label, class)
}
