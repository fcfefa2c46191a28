//! The presentation page by page, with where each number comes from.

use maud::{Markup, html};

use crate::app::explain::{CellLine, CountedThing, ExplainedNumber};
use crate::app::files;
use crate::app::report::Length;
use crate::app::rounds::KnownRound;
use crate::app::slides::{DeckFiles, ShownDeck};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The most answers that are listed under one number: a page of thousands of cells helps nobody.
const MOST_LISTED: usize = 60;

/// The word for a length in addresses.
pub(in crate::web) fn key(length: Length) -> &'static str {
    length.key()
}

/// The page `at` of the presentation, counted from 1.
pub(in crate::web) fn page(kit: &PageKit, round: &KnownRound, deck: &ShownDeck, length: Length, at: usize) -> Markup {
    let to = |at: usize| kit.to_round(round, &format!("/slides/{}/{at}", key(length)));
    let count = deck.pages.len();
    let caption = format!("Page {at} of {count}");
    let Some(page) = at.checked_sub(1).and_then(|at| deck.pages.get(at)) else { return html! {} };
    let main = html! {
        p class="actions" {
            @if at > 1 { a class="button second" href=(to(at - 1)) rel="prev" { "Page before" } }
            @if at < count { a class="button second" href=(to(at + 1)) rel="next" { "Next page" } }
        }
        div class="slide" {
            div {
                img src=(format!("{}/picture.svg", to(at))) alt=(format!("Page {at} of the presentation: {}", page.headline)) width="960" height="540";
                p class="where" { (deck.run) "-" (at) @if !page.section.is_empty() { ". " (page.section) } }
            }
            (numbers(deck, &page.numbers))
        }
        (state(kit, round, deck, length))
        @if deck.files != DeckFiles::NotMade { (choosing(kit, round)) }
        (all_pages(deck, at, &to))
        (lengths(kit, round, length))
    };
    let frame = PageFrame {
        title: &page.headline,
        caption: &caption,
        round: Some(round),
        part: "/slides",
        seen: &deck.print,
        ..PageFrame::default()
    };
    parts::page(kit, &frame, &main)
}

/// The numbers on a page, grouped by what they are about.
fn numbers(deck: &ShownDeck, numbers: &[ExplainedNumber]) -> Markup {
    let mut groups: Vec<(&str, Vec<&ExplainedNumber>)> = Vec::new();
    for number in numbers {
        match groups.iter_mut().find(|(about, _)| *about == number.about) {
            Some((_, of)) => of.push(number),
            None => groups.push((&number.about, vec![number])),
        }
    }
    html! {
        div class="numbers" tabindex="0" role="region" aria-label="Where the numbers come from" {
            h2 { "Where the numbers come from" }
            @if numbers.is_empty() {
                p { "This page has no number from agencies' returns." }
            } @else {
                p class="hint" { "These are the counts on this page. Open one to see the answers that it counts, and the cell of each." }
            }
            @for (about, of) in groups {
                @if !about.is_empty() { h3 { (words::capitalised(&short_name(deck, about))) } }
                @for number in of { (explained(deck, number)) }
            }
        }
    }
}

/// The short name of the statement with this id; any other text as it is.
fn short_name(deck: &ShownDeck, about: &str) -> String {
    let known = deck.statements.iter().find(|(id, _)| id.as_str() == about);
    known.map_or_else(|| about.to_string(), |(_, name)| name.clone())
}

/// Whether the files show what this page shows, and the button that makes them.
fn state(kit: &PageKit, round: &KnownRound, deck: &ShownDeck, length: Length) -> Markup {
    let action = kit.to_round(round, "/do/report");
    html! {
        p {
            @let state = if deck.approved.is_empty() { &deck.draft } else { &deck.approved };
            (state.trim_end_matches('.')) "."
            @if deck.approved.is_empty() { " " a href=(kit.to_round(round, parts::APPROVAL)) { (parts::SAY_WHO_APPROVED) } }
        }
        @if deck.files == DeckFiles::AsShown {
            p { "The files are as shown here. " a href=(kit.to_round(round, "/files")) { "Open or save them" } }
        } @else {
            p {
                @match deck.files {
                    DeckFiles::NotMade => { "This is how the presentation looks now. Its files are not made yet." }
                    DeckFiles::OtherState if deck.draft.is_empty() => {
                        "The files were made before that and still say DRAFT on every page. Make them again."
                    }
                    DeckFiles::OtherState => { "The files were made before that. Make them again." }
                    _ => {
                        "The files show something different: answers, choices or the length changed since they were made."
                        @if length == Length::Full {
                            " The folder has one presentation at a time: making this one, the full one, replaces it."
                        } @else {
                            " The folder has one presentation at a time: making this one, the short one, replaces it."
                        }
                    }
                }
            }
            (kit.form(&action, &html! {
                input type="hidden" name="length" value=(key(length));
                button { "Make the files" }
            }))
        }
    }
}

/// Links to the choices, which this page shows once they are saved.
fn choosing(kit: &PageKit, round: &KnownRound) -> Markup {
    let address = kit.to_round(round, &format!("/files/{}/open", files::key_of_name(files::CHOICES)));
    html! {
        h2 { "Choose what it says" }
        p { "Choose words, headlines and slides, and name who approved it, in " (files::CHOICES) ". Once you save it, this page shows the result." }
        p { a href=(kit.to_round(round, "/choices")) { "Or choose on these pages" } }
        p { a href=(kit.to_round(round, parts::APPROVAL)) { "Or go straight to the approval" } }
        (kit.button(&address, &format!("Open {}", files::CHOICES), "second"))
    }
}

fn all_pages(deck: &ShownDeck, at: usize, to: &dyn Fn(usize) -> String) -> Markup {
    html! {
        details {
            summary { "All pages" }
            ol {
                @for (number, page) in (1..).zip(&deck.pages) {
                    li { a href=(to(number)) aria-current=[(number == at).then_some("page")] { (page.headline) } }
                }
            }
        }
    }
}

fn lengths(kit: &PageKit, round: &KnownRound, length: Length) -> Markup {
    let (other, label) = match length {
        Length::Short => (Length::Full, "Show the full presentation, with a page for each area"),
        Length::Full => (Length::Short, "Show the short presentation, for twenty minutes"),
    };
    html! { p { a href=(kit.to_round(round, &format!("/slides/{}/1", key(other)))) { (label) } } }
}

fn explained(deck: &ShownDeck, number: &ExplainedNumber) -> Markup {
    html! {
        details {
            summary { (number.counted_as) ": " (number.value) }
            ul class="findings" {
                @for thing in number.from.iter().take(MOST_LISTED) { li { (counted(deck, &number.about, thing)) } }
            }
            @if number.from.len() > MOST_LISTED { p { "and " (number.from.len() - MOST_LISTED) " more" } }
        }
    }
}

/// One thing that a number counts. Under the heading of its own statement, the statement's name is not repeated.
fn counted(deck: &ShownDeck, about: &str, thing: &CountedThing) -> Markup {
    let name = |agency: &AgencyId| {
        let known = deck.agencies.iter().find(|(id, _)| id == agency);
        known.map_or_else(|| agency.to_string(), |(_, name)| name.clone())
    };
    let short = |criterion: &CriterionId| match criterion.as_str() == about {
        true => String::new(),
        false => format!(", {}", short_name(deck, criterion.as_str())),
    };
    match thing {
        CountedThing::Answer { agency, criterion, words, as_written, settled, source, .. } => html! {
            (name(agency)) (short(criterion)) ": " (words)
            @if !as_written.is_empty() && as_written != words { ", written “" (as_written) "”" }
            @if let Some(settled) = settled { ", " (settled) }
            (place(source))
        },
        CountedThing::Text { agency, criterion, text, source } => html! {
            (name(agency)) ", " (short(criterion)) ": “" (text) "”" (place(source))
        },
        CountedThing::Change { agency, criterion, words, source, previous, .. } => html! {
            (name(agency)) (short(criterion)) ": " (words) (place(source)) (place_then(previous))
        },
        CountedThing::ActionSince { agency, criterion, action, words, source, previous, .. } => html! {
            (name(agency)) (short(criterion)) ": " (words) ": “" (action) "”" (place(source)) (place_then(previous))
        },
        CountedThing::Line { agency, line, source } => html! { (name(agency)) ": “" (line) "”" (place(source)) },
        CountedThing::Approval { agency, approval } => html! {
            (name(agency)) ": approval recorded" @for source in approval { (place(source)) }
        },
        CountedThing::Finding(finding) => parts::one_finding(finding),
        CountedThing::Words(text) => html! { (words::capitalised(text)) },
    }
}

/// The cell in the round before, whose returns are in that round's folder.
fn place_then(previous: &CellLine) -> Markup {
    html! { ", then" (place(previous)) }
}

fn place(source: &CellLine) -> Markup {
    html! {
        @if !source.file.is_empty() {
            " " span class="where" { "(" (source.file) @if !source.sheet.is_empty() { ", sheet " (source.sheet) } @if !source.cell.is_empty() { ", cell " (source.cell) } ")" }
        }
    }
}
