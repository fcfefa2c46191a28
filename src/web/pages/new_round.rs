//! A new round in one form.

use maud::{Markup, html};

use crate::app::Failure;
use crate::app::rounds;
use crate::app::theme::ThemeListOutcome;
use crate::core::words;
use crate::web::parts::{self, FieldFault, PageFrame, PageKit};

/// How many agencies can be typed: longer lists come in as a file, or are pasted.
pub(in crate::web) const ROWS: usize = 16;

/// What is filled in, by the name of the field.
pub(in crate::web) type FilledIn<'a> = &'a dyn Fn(&str) -> String;

/// The form as somebody sent it, with what is wrong with it.
pub(in crate::web) struct SentForm<'a> {
    /// What is filled in.
    pub filled: FilledIn<'a>,
    /// What is wrong with single fields.
    pub faults: &'a [FieldFault],
    /// Why the round could not be made, where each field by itself is right.
    pub failure: Option<&'a Failure>,
}

/// The page.
pub(in crate::web) fn page(kit: &PageKit, themes: &ThemeListOutcome, sent: &SentForm<'_>) -> Markup {
    let action = kit.to("/new");
    let main = html! {
        @if let Some(failure) = sent.failure { (parts::failure(failure)) }
        @if !sent.faults.is_empty() { (parts::faults(sent.faults)) }
        p { "Three things are needed: the theme, the partnership's name, and the day when returns are due. The rest can be added later." }
        form method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="token" value=(kit.session.form_token(&action));
            (theme(themes, sent))
            (input("partnership", "text", "The partnership's name", "Needed. As it should be on workbooks and slides.", sent))
            (input("deadline", "date", "When returns are due", "Needed. Most rounds give agencies two to three weeks.", sent))
            (input("fieldwork", "date", "The first day of fieldwork", "Leave it empty until it is known.", sent))
            (input("marking", "text", "The protective marking", "On every sheet and page. Leave it empty for none.", sent))
            (input("contact", "text", "Whom agencies ask", "An e-mail address or a telephone number.", sent))
            (input("officer", "text", "Who decides for the business unit", "Your name, as it should be on record.", sent))
            (agencies(sent))
            button { "Make this round" }
        }
    };
    parts::page(kit, &PageFrame { title: "A new round", ..PageFrame::default() }, &main)
}

fn fault_of<'a>(sent: &SentForm<'a>, field: &str) -> Option<&'a FieldFault> {
    sent.faults.iter().find(|fault| fault.field == field)
}

/// What describes a field: its hint, and what is wrong with it.
fn described_by(sent: &SentForm<'_>, field: &str) -> String {
    match fault_of(sent, field) {
        Some(_) => format!("{field}-fault {field}-hint"),
        None => format!("{field}-hint"),
    }
}

/// What is wrong with a field, before it.
fn fault(sent: &SentForm<'_>, field: &str) -> Markup {
    html! {
        @if let Some(fault) = fault_of(sent, field) { p class="wrong" id=(format!("{field}-fault")) { (fault.says) } }
    }
}

fn theme(themes: &ThemeListOutcome, sent: &SentForm<'_>) -> Markup {
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
        (asked_of_whom(themes))
        @if themes.themes.iter().any(|(theme, _)| theme.id.as_str() == PROGRAMME_WIDE) {
            p class="choice" {
                input id="include" name="include" type="checkbox" value=(PROGRAMME_WIDE) checked[included == PROGRAMME_WIDE];
                label for="include" { "Ask what every inspection looks at too (programme-wide)" }
            }
        }
    }
}

/// How many statements each theme asks of whom.
fn asked_of_whom(themes: &ThemeListOutcome) -> Markup {
    html! {
        details {
            summary { "What each theme asks of whom" }
            @for (theme, _) in &themes.themes {
                h3 { (theme.title) @if theme.is_retired { " (retired)" } }
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

fn input(name: &str, kind: &str, label: &str, hint: &str, sent: &SentForm<'_>) -> Markup {
    html! {
        label for=(name) { (label) }
        p class="hint" id=(format!("{name}-hint")) { (hint) }
        (fault(sent, name))
        input id=(name) name=(name) type=(kind) value=((sent.filled)(name)) aria-describedby=(described_by(sent, name))
            aria-required=[hint.starts_with("Needed").then_some("true")] aria-invalid=[fault_of(sent, name).map(|_| "true")] spellcheck="false" autocomplete="off";
    }
}

fn agencies(sent: &SentForm<'_>) -> Markup {
    html! {
        h2 id="agencies" { "Agencies" }
        p { "Those you know now, in one of three ways. You can add more later in agencies.xlsx, which is in the round's folder and opens in Excel." }
        label for="list" { "A list that you have as a file" }
        p class="hint" id="list-hint" { "An Excel or CSV file. Its first row has headers: Name, Group, Contact, Email. The agencies.xlsx of an earlier round is one." }
        (fault(sent, "list"))
        input id="list" name="list" type="file" accept=".xlsx,.csv,.ods,.xls" aria-describedby=(described_by(sent, "list"))
            aria-invalid=[fault_of(sent, "list").map(|_| "true")];
        label for="pasted" { "Or paste them from a spreadsheet" }
        p class="hint" id="pasted-hint" { "Name, group, contact and e-mail address, in this order: copy the cells, and paste them here." }
        textarea id="pasted" name="pasted" rows="4" aria-describedby="pasted-hint" spellcheck="false" autocomplete="off" { (sent_text(sent)) }
        h3 { "Or type them" }
        div class="table" tabindex="0" role="region" aria-label="Agencies" {
            table {
                thead { tr { @for name in ["Row", "Agency", "Group", "Contact", "E-mail"] { th scope="col" { (name) } } } }
                tbody { @for row in 1..=ROWS { (agency(row, sent.filled)) } }
            }
        }
    }
}

fn sent_text(sent: &SentForm<'_>) -> String {
    // The first line break after the tag is not part of the text.
    let text = (sent.filled)("pasted");
    if text.starts_with(['\n', '\r']) { format!("\n{text}") } else { text }
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
        input type="text" name=(name) aria-label=(label) value=(filled(name)) spellcheck="false" autocomplete="off";
    }
}
