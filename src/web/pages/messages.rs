//! Messages to look at, save, open in the mail program; and what was sent.

use jiff::civil::Date;
use maud::{Markup, html};

use super::files::open_button;
use crate::app::Failure;
use crate::app::messages::{OfferedMessage, SentWhat};
use crate::app::rounds::KnownRound;
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The page.
pub(in crate::web) fn page(
    kit: &PageKit,
    round: &KnownRound,
    messages: &[OfferedMessage],
    today: Date,
    failure: Option<&Failure>,
) -> Markup {
    let (out, back): (Vec<&OfferedMessage>, Vec<&OfferedMessage>) =
        messages.iter().partition(|one| matches!(one.what, SentWhat::Workbook | SentWhat::Change));
    let main = html! {
        @if let Some(failure) = failure { (parts::failure(failure)) }
        p { "jtai sends nothing. Open a message in your mail program, look at it, send it, and say here that you did." }
        (group(kit, round, "Go back to agencies", "queries", "Write these messages", &back, today))
        (group(kit, round, "Go out with workbooks", "issue", "Write the workbooks and these messages", &out, today))
        @if messages.is_empty() { p { "There is nothing to send now." } }
    };
    parts::page(
        kit,
        &PageFrame { title: "Messages", round: Some(round), part: "/messages", ..PageFrame::default() },
        &main,
    )
}

fn group(
    kit: &PageKit,
    round: &KnownRound,
    heading: &str,
    action: &str,
    label: &str,
    messages: &[&OfferedMessage],
    today: Date,
) -> Markup {
    let unwritten = messages.iter().filter(|one| one.file.is_none()).count();
    html! {
        @if !messages.is_empty() {
            h2 { (heading) " (" (messages.len()) ")" }
            @if unwritten > 0 {
                p { (words::capitalised(&words::are(unwritten, "message"))) " not written yet, or changed since." }
                (kit.button(&kit.to_round(round, &format!("/do/{action}")), label, ""))
            }
            @for one in messages { (card(kit, round, one, today)) }
        }
    }
}

fn card(kit: &PageKit, round: &KnownRound, one: &OfferedMessage, today: Date) -> Markup {
    let message = &one.message;
    let what = words::capitalised(one.what.words());
    html! {
        article class="card" {
            h3 { (message.agency) ": " (what) }
            dl {
                dt { "To" }
                dd { @if message.to.is_empty() { "No address: fill it in in agencies.xlsx, or send it by hand." } @else { (message.name) " " (message.to) } }
                dt { "Subject" }
                dd { (message.subject) }
                @if !message.attachment.is_empty() { dt { "With it" } dd { (message.attachment) } }
            }
            details { summary { "Read it" } pre { (message.text) } }
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
            (open_button(kit, &address, &format!("the message to {agency} in the mail program")))
            p { a href=(address) download { "Save it" } }
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

/// What was sent, in a form.
pub(in crate::web) fn key(what: SentWhat) -> &'static str {
    match what {
        SentWhat::Workbook => "workbook",
        SentWhat::Questions => "questions",
        SentWhat::Reminder => "reminder",
        SentWhat::Receipt => "receipt",
        SentWhat::Change => "change",
    }
}
