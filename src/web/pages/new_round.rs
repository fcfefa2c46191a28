//! A new round in one form.

use maud::{Markup, html};

use crate::app::Failure;
use crate::app::rounds;
use crate::app::theme::ThemeListOutcome;
use crate::web::parts::{self, PageFrame, PageKit};

/// How many agencies can be typed: more are added in agencies.xlsx.
pub(in crate::web) const ROWS: usize = 16;

/// What is filled in, by the name of the field.
pub(in crate::web) type FilledIn<'a> = &'a dyn Fn(&str) -> String;

/// The page.
pub(in crate::web) fn page(
    kit: &PageKit,
    themes: &ThemeListOutcome,
    filled: FilledIn<'_>,
    failure: Option<&Failure>,
) -> Markup {
    let main = html! {
        @if let Some(failure) = failure { (parts::failure(failure)) }
        (kit.form(&kit.to("/new"), &html! {
            (theme(themes, filled))
            (text("partnership", "The partnership's name", "As it should be on workbooks and slides.", filled))
            (day("deadline", "When returns are due", "Most rounds give agencies two to three weeks.", filled))
            (day("fieldwork", "The first day of fieldwork", "Leave it empty until it is known.", filled))
            (text("marking", "The protective marking", "On every sheet and page. Leave it empty for none.", filled))
            (text("contact", "Whom agencies ask", "An e-mail address or a telephone number.", filled))
            (text("officer", "Who decides for the business unit", "Your name, as it should be on record.", filled))
            (agencies(filled))
            button { "Make this round" }
        }))
    };
    parts::page(kit, &PageFrame { title: "A new round", ..PageFrame::default() }, &main)
}

fn theme(themes: &ThemeListOutcome, filled: FilledIn<'_>) -> Markup {
    let chosen = filled("theme");
    let included = filled("include");
    html! {
        label for="theme" { "The theme" }
        p class="hint" id="theme-hint" { "What the inspection looks at. Retired themes are at the end." }
        select id="theme" name="theme" aria-describedby="theme-hint" {
            option value="" { "Choose" }
            @for is_retired in [false, true] {
                @for (theme, _) in themes.themes.iter().filter(|(theme, _)| theme.is_retired == is_retired) {
                    @let id = theme.id.as_str();
                    option value=(id) selected[id == chosen] { (theme.title) @if is_retired { " (retired)" } }
                }
            }
        }
        @if themes.themes.iter().any(|(theme, _)| theme.id.as_str() == PROGRAMME_WIDE) {
            p class="choice" {
                input id="include" name="include" type="checkbox" value=(PROGRAMME_WIDE) checked[included == PROGRAMME_WIDE];
                label for="include" { "Ask what every inspection looks at too (programme-wide)" }
            }
        }
    }
}

/// The theme that any round can include.
const PROGRAMME_WIDE: &str = "programme-wide";

fn text(name: &str, label: &str, hint: &str, filled: FilledIn<'_>) -> Markup {
    input(name, "text", label, hint, filled)
}

fn day(name: &str, label: &str, hint: &str, filled: FilledIn<'_>) -> Markup {
    input(name, "date", label, hint, filled)
}

fn input(name: &str, kind: &str, label: &str, hint: &str, filled: FilledIn<'_>) -> Markup {
    let hint_id = format!("{name}-hint");
    html! {
        label for=(name) { (label) }
        p class="hint" id=(hint_id) { (hint) }
        input id=(name) name=(name) type=(kind) value=(filled(name)) aria-describedby=(hint_id);
    }
}

fn agencies(filled: FilledIn<'_>) -> Markup {
    html! {
        h2 { "Agencies" }
        p { "Those you know now. You can add more later in agencies.xlsx, which is in the round's folder and opens in Excel." }
        div class="table" tabindex="0" role="region" aria-label="Agencies" {
            table {
                thead { tr { @for name in ["", "Agency", "Group", "Contact", "E-mail"] { th scope="col" { (name) } } } }
                tbody { @for row in 1..=ROWS { (agency(row, filled)) } }
            }
        }
    }
}

fn agency(row: usize, filled: FilledIn<'_>) -> Markup {
    let field = |part: &str| format!("agency-{row}-{part}");
    let group = filled(&field("group"));
    html! {
        tr {
            th scope="row" { (row) }
            td { input type="text" name=(field("name")) aria-label=(format!("Agency {row}: name")) value=(filled(&field("name"))); }
            td {
                select name=(field("group")) aria-label=(format!("Agency {row}: group")) {
                    option value="" { "Choose" }
                    @for (code, words) in rounds::groups() { option value=(code) selected[code == group] { (words) } }
                }
            }
            @for (part, words) in [("contact", "contact"), ("email", "e-mail address")] {
                td { input type="text" name=(field(part)) aria-label=(format!("Agency {row}: {words}")) value=(filled(&field(part))); }
            }
        }
    }
}
