//! A new round in one form.

use maud::{Markup, html};

use crate::app::rounds;
use crate::app::theme::ThemeListOutcome;
use crate::core::words;
use crate::web::inputs::{self, FilledIn, SentForm, described_by, fault, fault_of, input, text_of_area};
use crate::web::parts::{self, PageFrame, PageKit};

/// The rows for typing agencies. Longer lists come as a file or are pasted.
pub(in crate::web) const ROWS: usize = 16;

/// The page.
pub(in crate::web) fn page(kit: &PageKit, themes: &ThemeListOutcome, sent: &SentForm<'_>) -> Markup {
    let action = kit.to("/new");
    let main = html! {
        @match (sent.failure, sent.faults) {
            (Some(failure), []) => (parts::failure(failure)),
            (_, []) => {},
            (_, faults) => (inputs::faults(faults)),
        }
        p { "You need three things: the theme, the partnership's name, and the day when returns are due. You can add the rest later." }
        form method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            (theme(kit, themes, sent))
            (input("partnership", "text", "The partnership's name", "Needed. As it should appear on workbooks and slides.", sent))
            (input("deadline", "date", "When returns are due", "Needed. Most rounds give agencies two to three weeks.", sent))
            (input("fieldwork", "date", "The first day of fieldwork", "Leave it empty until it is known.", sent))
            (input("marking", "text", "The protective marking", "Shown on every sheet and page. Leave it empty for none.", sent))
            (input("contact", "text", "Whom agencies ask", "An e-mail address or a telephone number.", sent))
            (input("officer", "text", "Who decides for the business unit", "Your name, as it should be recorded.", sent))
            (agencies(sent))
            button { "Make this round" }
        }
    };
    parts::page(kit, &PageFrame { title: "A new round", ..PageFrame::default() }, &main)
}

fn theme(kit: &PageKit, themes: &ThemeListOutcome, sent: &SentForm<'_>) -> Markup {
    let (chosen, included) = ((sent.filled)("theme"), (sent.filled)("include"));
    html! {
        label for="theme" { "The theme" }
        p class="hint" id="theme-hint" { "Needed. What the inspection looks at. Retired themes are at the end." }
        (fault(sent, "theme"))
        select id="theme" name="theme" aria-describedby=(described_by(sent, "theme"))
            aria-required="true"
            aria-invalid=[fault_of(sent, "theme").map(|_| "true")] {
            option value="" { "Choose" }
            @for is_retired in [false, true] {
                @for (theme, _) in themes.themes.iter().filter(|(theme, _)| theme.is_retired == is_retired) {
                    @let id = theme.id.as_str();
                    option value=(id) selected[id == chosen] { (theme.title) @if is_retired { " (retired)" } }
                }
            }
        }
        (asked_of_whom(kit, themes))
        @if themes.themes.iter().any(|(theme, _)| theme.id.as_str() == PROGRAMME_WIDE) {
            p class="choice" {
                input id="include" name="include" type="checkbox" value=(PROGRAMME_WIDE) checked[included == PROGRAMME_WIDE];
                label for="include" { "Also ask about what every inspection looks at (programme-wide)" }
            }
        }
    }
}

/// How many statements each theme asks each group.
fn asked_of_whom(kit: &PageKit, themes: &ThemeListOutcome) -> Markup {
    html! {
        details {
            summary { "How many statements each theme asks each group" }
            @for (theme, _) in &themes.themes {
                h3 { (theme.title) @if theme.is_retired { " (retired)" } }
                p { a href=(kit.to(&format!("/themes/{}", theme.id))) { "Read the statements of " (theme.title) } }
                ul {
                    @for (group, count) in rounds::asked_by_group(theme) {
                        li { (words::capitalised(group)) ": " (words::count(count, "statement")) }
                    }
                }
            }
        }
    }
}

/// The theme that any round can include.
const PROGRAMME_WIDE: &str = "programme-wide";

fn agencies(sent: &SentForm<'_>) -> Markup {
    html! {
        h2 id="agencies" { "Agencies" }
        p { "Give those you know now, in one of three ways. You can add more later in agencies.xlsx, which is in the round's folder and opens in Excel." }
        label for="list" { "As a file" }
        p class="hint" id="list-hint" { "An Excel or CSV file whose first row has the headers Name, Group, Contact, Email. You can use the agencies.xlsx of an earlier round." }
        (fault(sent, "list"))
        input id="list" name="list" type="file" accept=".xlsx,.csv,.ods,.xls" aria-describedby=(described_by(sent, "list"))
            aria-invalid=[fault_of(sent, "list").map(|_| "true")];
        label for="pasted" { "Or paste them from a spreadsheet" }
        p class="hint" id="pasted-hint" { "Copy the cells with name, group, contact and e-mail address, in this order, and paste them here." }
        textarea id="pasted" name="pasted" rows="4" aria-describedby="pasted-hint" spellcheck="false" autocomplete="off" { (text_of_area((sent.filled)("pasted"))) }
        // Open where something was typed, so that a fault in a row is seen.
        details open[(1..=ROWS).any(|row| !(sent.filled)(&format!("agency-{row}-name")).is_empty())] {
            summary { "Or type them" }
            div class="table" tabindex="0" role="region" aria-label="Agencies" {
                table {
                    thead { tr { @for name in ["Row", "Agency", "Group", "Contact", "E-mail"] { th scope="col" { (name) } } } }
                    tbody { @for row in 1..=ROWS { (agency(row, sent.filled)) } }
                }
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
            td { (cell(&field("name"), &format!("Agency {row}: name"), filled)) }
            td {
                select name=(field("group")) aria-label=(format!("Agency {row}: group")) {
                    option value="" { "Choose" }
                    @for (code, words) in rounds::groups() { option value=(code) selected[code == group] { (words) } }
                }
            }
            @for (part, words) in [("contact", "contact"), ("email", "e-mail address")] {
                td { (cell(&field(part), &format!("Agency {row}: {words}"), filled)) }
            }
        }
    }
}

fn cell(name: &str, label: &str, filled: FilledIn<'_>) -> Markup {
    html! {
        input type="text" id=(name) name=(name) aria-label=(label) value=(filled(name)) spellcheck="false" autocomplete="off";
    }
}
