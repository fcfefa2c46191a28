//! The page of messages: read, save or open each, then note that it was sent.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::app::messages::{OfferedMessage, OfferedMessages, SentWhat};
use crate::app::rounds::KnownRound;
use crate::app::{Failure, files};
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The kinds of message, the most urgent first: each with its heading and the action that writes it.
const KINDS: [(SentWhat, &str, WritingAction); 6] = [
    (SentWhat::Reminder, "Remind: a return is due", WritingAction::Queries),
    (SentWhat::Questions, "Ask about a return", WritingAction::Queries),
    (SentWhat::Change, "Tell an agency about a new date or contact", WritingAction::Issue),
    (SentWhat::Workbook, "Send the workbook", WritingAction::Issue),
    (SentWhat::Feedback, "Send each agency its own feedback", WritingAction::Challenge),
    (SentWhat::Receipt, "Confirm that a return is complete", WritingAction::Queries),
];

/// The actions that write messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WritingAction {
    /// Writes questions, reminders and receipts.
    Queries,
    /// Writes workbooks, with the messages about them.
    Issue,
    /// Writes the feedback after challenge.
    Challenge,
}

/// What was just noted as sent, as an address says it: an agency's name must not end up in a browser's history.
#[derive(Debug)]
pub(in crate::web) struct NotedKey {
    /// The kind of message.
    pub what: SentWhat,
    /// The agency, by a hash of its id; [`ALL`] for all that the page showed.
    pub agency: String,
}

/// In place of an agency: all messages of the kind that the page showed.
pub(in crate::web) const ALL: &str = "all";

/// The page. `noted` is what was just noted as sent.
pub(in crate::web) fn page(
    kit: &PageKit,
    round: &KnownRound,
    messages: &OfferedMessages,
    today: Date,
    noted: Option<&NotedKey>,
    failure: Option<&Failure>,
) -> Markup {
    let main = html! {
        @if let Some(failure) = failure { (parts::failure(failure)) }
        p { "jtai does not send anything. Open a message in your mail program, check it and send it, then note here that you did. The most urgent come first." }
        (writing(kit, round, messages, WritingAction::Queries, "queries", "Write these messages"))
        (writing(kit, round, messages, WritingAction::Issue, "issue", "Write the workbooks and these messages"))
        (writing(kit, round, messages, WritingAction::Challenge, "challenge", "Prepare the challenge meeting and write these messages"))
        @for (what, heading, _) in KINDS { (group(kit, round, (what, heading), messages, noted, today)) }
        @if messages.all.is_empty() { p { "There is nothing to send now." } }
    };
    parts::page(
        kit,
        &PageFrame { title: "Messages", round: Some(round), part: "/messages", ..PageFrame::default() },
        &main,
    )
}

/// The button that writes messages that are not written yet, or that would be different now.
fn writing(
    kit: &PageKit,
    round: &KnownRound,
    messages: &OfferedMessages,
    action: WritingAction,
    path: &str,
    label: &str,
) -> Markup {
    let is_of = |what: SentWhat| KINDS.iter().any(|(kind, _, by)| *kind == what && *by == action);
    let unwritten = messages.all.iter().filter(|one| one.file.is_none() && is_of(one.what)).count();
    let whose = match action {
        WritingAction::Queries => "to agencies that returned or owe a return",
        WritingAction::Issue => "with a workbook or about a change",
        WritingAction::Challenge => "with feedback",
    };
    html! {
        @if unwritten > 0 {
            p {
                (words::capitalised(&words::count(unwritten, "message"))) " " (whose)
                @if unwritten == 1 { " is not written yet, or has changed since." } @else { " are not written yet, or have changed since." }
            }
            (kit.button(&kit.to_round(round, &format!("/do/{path}")), label, ""))
        }
    }
}

/// The messages of one kind. A message that was just noted as sent leaves a line in its place, so that the list does not jump.
fn group(
    kit: &PageKit,
    round: &KnownRound,
    (what, heading): (SentWhat, &str),
    messages: &OfferedMessages,
    noted: Option<&NotedKey>,
    today: Date,
) -> Markup {
    let place = |id: &str| messages.agencies.iter().position(|(known, _)| known == id);
    let noted = noted.filter(|noted| noted.what == what);
    let is_all = noted.is_some_and(|noted| noted.agency == ALL);
    let noted = noted.and_then(|noted| messages.agencies.iter().position(|(id, _)| agency_key(id) == noted.agency));
    let here: Vec<&OfferedMessage> = messages.all.iter().filter(|one| one.what == what).collect();
    let (before, after): (Vec<_>, Vec<_>) =
        here.iter().partition(|one| noted.is_some_and(|at| place(&one.agency) < Some(at)));
    html! {
        @if !here.is_empty() || noted.is_some() || is_all {
            h2 { (heading) @if !here.is_empty() { " (" (here.len()) ")" } }
            @if is_all {
                p id="noted" class="noted" role="status" tabindex="-1" { "Noted: you have sent these messages (" (what.words()) ")." }
            }
            @for one in before { (card(kit, round, one, today)) }
            @if let Some((_, name)) = noted.and_then(|at| messages.agencies.get(at)) {
                p id="noted" class="noted" role="status" tabindex="-1" { "Noted: you have sent " strong { (name) } " this message (" (what.words()) ")." }
            }
            @for one in after { (card(kit, round, one, today)) }
            (all_sent(kit, round, what, &here, today))
        }
    }
}

/// The form that notes every message of a kind as sent, if there are several. It names the agencies that are on the page: one that comes
/// in between was not sent anything.
fn all_sent(kit: &PageKit, round: &KnownRound, what: SentWhat, here: &[&OfferedMessage], today: Date) -> Markup {
    let written: Vec<&&OfferedMessage> = here.iter().filter(|one| one.file.is_some()).collect();
    let id = format!("on-{ALL}-{}", key(what));
    html! {
        @if written.len() > 1 {
            (kit.form(&kit.to_round(round, "/messages/sent"), &html! {
                @for one in &written { input type="hidden" name="agency" value=(one.agency); }
                input type="hidden" name="what" value=(key(what));
                label for=(id) { "Sent on" }
                input id=(id) name="on" type="date" value=(today) max=(today);
                button class="second" { "I have sent all " (written.len()) " (" (what.words()) ")" }
            }))
        }
    }
}

/// The key of an agency in addresses.
pub(in crate::web) fn agency_key(id: &str) -> String {
    files::key_of_name(id)
}

fn card(kit: &PageKit, round: &KnownRound, one: &OfferedMessage, today: Date) -> Markup {
    let message = &one.message;
    let what = words::capitalised(one.what.words());
    html! {
        article class="card" {
            h3 { (message.agency) ": " (what) }
            dl {
                dt { "To" }
                dd { @if message.to.is_empty() { "There is no address. Add one in agencies.xlsx, or send the message in a different way." } @else { (message.name) " " (message.to) } }
                dt { "Subject" }
                dd { (message.subject) }
                @if !message.attachment.is_empty() { dt { "Attached" } dd { (message.attachment) } }
            }
            details { summary { "Read the message" } pre { (message.text) } }
            @if let Some(file) = &one.file { (sending(kit, round, one, file, today)) }
        }
    }
}

fn sending(kit: &PageKit, round: &KnownRound, one: &OfferedMessage, file: &str, today: Date) -> Markup {
    let address = kit.to_round(round, &format!("/files/{file}"));
    let agency = &one.message.agency;
    let id = format!("on-{}-{}", one.agency, key(one.what));
    html! {
        div class="actions" {
            (kit.form(&format!("{address}/open"), &html! {
                button class="second" { "Open in your mail program" span class="unseen" { ": the message to " (agency) } }
            }))
            p { a href=(address) download { "Save it" span class="unseen" { ": the message to " (agency) } } }
        }
        (kit.form(&kit.to_round(round, "/messages/sent"), &html! {
            input type="hidden" name="agency" value=(one.agency);
            input type="hidden" name="what" value=(key(one.what));
            label for=(id) { "Sent on" }
            input id=(id) name="on" type="date" value=(today) max=(today);
            button class="second" aria-label=(format!("I have sent this to {agency}")) { "I have sent this" }
        }))
    }
}

/// The kind of message that was sent, as forms and addresses have it.
pub(in crate::web) fn key(what: SentWhat) -> &'static str {
    match what {
        SentWhat::Workbook => "workbook",
        SentWhat::Questions => "questions",
        SentWhat::Reminder => "reminder",
        SentWhat::Receipt => "receipt",
        SentWhat::Change => "change",
        SentWhat::Feedback => "feedback",
    }
}
