//! The parts that pages are made of: the frame, forms, findings, failures.

use maud::{DOCTYPE, Markup, html};

use crate::app::Failure;
use crate::app::rounds::KnownRound;
use crate::core::finding::{Finding, Place, Severity};
use crate::core::words;
use crate::web::checks::Refused;
use crate::web::sessions::Session;

/// What every page needs to make links and forms.
#[derive(Debug, Clone)]
pub(super) struct PageKit {
    /// The first part of every address, with its slash.
    pub base: String,
    /// The session of the browser that asks.
    pub session: Session,
}

impl PageKit {
    /// The address of a page, from its path below the first part.
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The address of a page of a round.
    pub(super) fn to_round(&self, round: &KnownRound, path: &str) -> String {
        self.to(&format!("/r/{}{path}", round.key))
    }

    /// A form with its token, which only this session can have made for this address.
    pub(super) fn form(&self, action: &str, content: &Markup) -> Markup {
        html! {
            form method="post" action=(action) {
                input type="hidden" name="token" value=(self.session.form_token(action));
                (content)
            }
        }
    }

    /// A form with one button and nothing else.
    pub(super) fn button(&self, action: &str, label: &str, class: &str) -> Markup {
        self.form(action, &html! { button class=(class) { (label) } })
    }
}

/// The path of the page on which it is said who approved the presentation.
pub(super) const APPROVAL: &str = "/choices/approval";

/// The label of a link to it.
pub(super) const SAY_WHO_APPROVED: &str = "Say who approved it";

/// The frame around a page's content.
#[derive(Debug, Default)]
pub(super) struct PageFrame<'a> {
    /// The page's heading, which is also the title of its tab.
    pub title: &'a str,
    /// The small line above the title.
    pub caption: &'a str,
    /// The round that the page belongs to; `None` for pages outside a round.
    pub round: Option<&'a KnownRound>,
    /// The path of the page among the round's pages, as in `/findings`; empty for the overview.
    pub part: &'a str,
    /// The hash of the round's files, for pages that say when something changed; empty for others.
    pub seen: &'a str,
    /// Whether the page reloads itself while an action is under way.
    pub is_waiting: bool,
}

/// The pages of a round, each with its path and its name in the navigation.
const PARTS: [(&str, &str); 8] = [
    ("", "Overview"),
    ("/returns", "Returns"),
    ("/findings", "Findings"),
    ("/messages", "Messages"),
    ("/choices", "Choices"),
    ("/slides", "Presentation"),
    ("/files", "Files"),
    ("/settings", "Settings"),
];

/// A whole page.
pub(super) fn page(kit: &PageKit, frame: &PageFrame<'_>, main: &Markup) -> Markup {
    let seen = frame.round.filter(|_| !frame.seen.is_empty()).map(|round| kit.to_round(round, "/seen"));
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                (head(&format!("{} - jtai", frame.title)))
                link rel="icon" type="image/svg+xml" href=(kit.to("/icon.svg"));
                link rel="stylesheet" href=(kit.to("/style.css"));
                script src=(kit.to("/page.js")) defer {}
                @if frame.is_waiting { noscript { meta http-equiv="refresh" content="2"; } }
            }
            body data-seen-at=[seen] data-seen=[Some(frame.seen).filter(|seen| !seen.is_empty())]
                data-waiting=[frame.is_waiting.then_some("yes")] {
                a class="skip" href="#main" { "Skip to the content" }
                header {
                    p class="name" { a href=(kit.base) { "jtai" } " " span { "Joint targeted area inspections: benchmarking" } }
                    div class="everywhere" {
                        a href=(kit.base) { "Rounds" }
                        a href=(kit.to("/themes")) { "Themes" }
                        // A form and not a link: a browser may fetch links ahead of a click, and must not stop the program by that.
                        (kit.button(&kit.to("/stop"), "Stop jtai", "quiet"))
                    }
                }
                @if let Some(round) = frame.round { (parts_of_round(kit, round, frame.part)) }
                main id="main" tabindex="-1" {
                    @if let Some(day) = frame.round.and_then(|round| round.sample_day) {
                        p class="hint" { "This is the sample round. On its pages, today is " (words::date(day)) "." }
                    }
                    p id="news" role="status" {}
                    @if !frame.caption.is_empty() { p class="caption" { (frame.caption) } }
                    h1 { (frame.title) }
                    (main)
                }
                footer { p { "These pages are on this computer only. Nothing you do here leaves it." } }
            }
        }
    }
}

/// The part of `<head>` that all pages share.
fn head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (title) }
    }
}

fn parts_of_round(kit: &PageKit, round: &KnownRound, part: &str) -> Markup {
    html! {
        nav aria-label="This round" {
            p class="round" { (round.title) }
            ul {
                @for (path, name) in PARTS {
                    li { a href=(kit.to_round(round, path)) aria-current=[(path == part).then_some("page")] { (name) } }
                }
            }
        }
    }
}

/// Why nothing was done, in a box that gets the focus.
pub(super) fn failure(failure: &Failure) -> Markup {
    html! {
        div class="fault" role="alert" tabindex="-1" {
            h2 { "Nothing was done" }
            @for finding in &failure.findings { (one_finding(finding)) }
        }
    }
}

/// The same for findings about the page itself, which do not say where they are.
pub(super) fn failure_here(failure: &Failure) -> Markup {
    html! {
        div class="fault" role="alert" tabindex="-1" {
            h2 { "Nothing was saved" }
            @for finding in &failure.findings { (finding_here(finding)) }
        }
    }
}

/// One finding: where, what was found, what to do.
pub(super) fn one_finding(finding: &Finding) -> Markup {
    // A command's argument, such as `--by`, is not a place that an officer can see on a page.
    let place = Some(&finding.place).filter(|place| !place.file.starts_with("--"));
    finding_at(place, finding)
}

/// One finding about what the page itself shows: what was found, what to do.
pub(super) fn finding_here(finding: &Finding) -> Markup {
    finding_at(None, finding)
}

fn finding_at(place: Option<&Place>, finding: &Finding) -> Markup {
    html! {
        p class="finding" {
            @match place {
                Some(place) => { strong { (place) } ": " (finding.found) }
                None => (words::capitalised(&finding.found)),
            }
            // A finding that is settled or only good to know does not say what was expected.
            @if !finding.expected.is_empty() && finding.severity() != Severity::Information { "; expected " (finding.expected) }
            "."
            @match &finding.settled {
                Some(settlement) => { " " (words::capitalised(&settlement.to_string())) "." }
                None => { @let advice = finding.advice_on_page(); @if !advice.is_empty() { " " (words::capitalised(advice)) "." } }
            }
        }
    }
}

/// Findings, under a heading for each severity.
pub(super) fn findings(findings: &[Finding]) -> Markup {
    html! {
        @for severity in [Severity::MustFix, Severity::PleaseCheck, Severity::Information] {
            @let here: Vec<&Finding> = findings.iter().filter(|finding| finding.severity() == severity).collect();
            @if !here.is_empty() {
                details open[severity != Severity::Information] {
                    summary { (words::capitalised(severity.words())) " (" (here.len()) ")" }
                    ul class="findings" { @for finding in here { li { (one_finding(finding)) } } }
                }
            }
        }
    }
}

/// A page for a request that is refused. It has no style and no links, because whoever sent the request may not be the officer.
pub(super) fn refused(refused: Refused) -> Markup {
    let (title, text) = match refused {
        Refused::Host | Refused::Address => {
            ("This is not a page of jtai", "Open jtai again on this computer. It opens the right page in your browser.")
        }
        Refused::Method => ("This cannot be done here", "Go back, and use the buttons on the page."),
        Refused::Elsewhere => (
            "This did not come from a page of jtai",
            "Nothing was done. If you clicked a link on a different website, open jtai on this computer instead.",
        ),
        Refused::Session => (
            "Open jtai again",
            "This browser was not opened by jtai, or jtai was restarted. Start jtai again: it opens the right page.",
        ),
        Refused::Token => (
            "This address was used already",
            "An address that opens jtai works only once, within five minutes. Start jtai again to get a new one.",
        ),
        Refused::Form => (
            "Nothing was done",
            "The form did not come from this page, or jtai was restarted. Go back, reload the page and send the form again.",
        ),
    };
    plain(title, text)
}

/// A page without style and links.
pub(super) fn plain(title: &str, text: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                (head(title))
                link rel="icon" href="data:,";
            }
            body { main { h1 { (title) } p { (text) } } }
        }
    }
}
