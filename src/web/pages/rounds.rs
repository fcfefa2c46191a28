//! The first page: the rounds on this computer, and ways to make or add one.

use maud::{Markup, html};

use crate::app::Failure;
use crate::app::rounds::KnownRound;
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The page.
pub(in crate::web) fn page(kit: &PageKit, rounds: &[KnownRound], typed: &str, failure: Option<&Failure>) -> Markup {
    let main = html! {
        @if let Some(failure) = failure { (parts::failure(failure)) }
        @if rounds.is_empty() {
            p { "There is no round on this computer yet. Try the sample: it makes a round with eleven returns and a presentation." }
        } @else {
            ul class="rounds" {
                @for round in rounds {
                    li {
                        h2 { a href=(kit.to_round(round, "")) { @if round.theme.is_empty() { (round.title) } @else { (round.theme) } } }
                        p {
                            @if let Some(deadline) = round.deadline {
                                (round.title) ". Returns are due on " (words::date(deadline)) "."
                            } @else {
                                "The settings of this round cannot be read. Open it to see why."
                            }
                        }
                        p class="where" { "In the folder " (round.path.display()) }
                    }
                }
            }
        }
        h2 { "A new round" }
        p { "For an inspection that was announced or may come. It takes a few minutes: the theme, the dates, the agencies." }
        p { a class="button" href=(kit.to("/new")) { "Make a new round" } }
        h2 { "Add a round that is already on this computer" }
        (kit.form(&kit.to("/rounds/add"), &html! {
            label for="folder" { "The round's folder" }
            p class="hint" id="folder-hint" { "The folder with the file round.toml in it. Copy its path from the address bar of the window that shows it." }
            input id="folder" name="folder" type="text" value=(typed) aria-describedby="folder-hint" autocomplete="off" spellcheck="false"
                aria-invalid=[failure.map(|_| "true")];
            button { "Add this round" }
        }))
        h2 { "Try it out" }
        p { "The sample is made up: no agency in it exists. You can change everything in it." }
        (kit.button(&kit.to("/demo"), "Make the sample round", "second"))
    };
    parts::page(kit, &PageFrame { title: "Rounds on this computer", ..PageFrame::default() }, &main)
}

/// The page that asks again before jtai stops.
pub(in crate::web) fn still_working(kit: &PageKit) -> Markup {
    let main = html! {
        p { "Work is still under way. If you stop now, it will not be finished. Nothing that was written before is lost." }
        (kit.form(&kit.to("/stop"), &html! {
            input type="hidden" name="sure" value="yes";
            button class="warn" { "Stop anyway" }
        }))
        p { a href=(kit.base) { "Do not stop" } }
    };
    parts::page(kit, &PageFrame { title: "Stop jtai?", ..PageFrame::default() }, &main)
}
