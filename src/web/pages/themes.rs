//! The themes on this computer: the list, and one theme to read with all its statements.

use maud::{Markup, html};

use crate::app::rounds;
use crate::app::theme::{Basis, Criterion, Theme, ThemeListOutcome, repeats_words};
use crate::core::words;
use crate::web::parts::{self, PageFrame, PageKit};

/// The list.
pub(in crate::web) fn list(kit: &PageKit, themes: &ThemeListOutcome) -> Markup {
    let main = html! {
        p { "A theme is what an inspection looks at: areas, and statements that agencies rate. Choose one to read its statements and which agencies are asked." }
        p { "Has an inspection been announced on a theme that is not here? " a class="button second" href=(kit.to("/draft")) { "Draft a theme from its framework" } }
        (table(kit, "Themes to use", themes.themes.iter().filter(|(theme, _)| !theme.is_retired)))
        details {
            summary { "Themes of earlier inspections" }
            (table(kit, "Themes of earlier inspections", themes.themes.iter().filter(|(theme, _)| theme.is_retired)))
        }
    };
    parts::page(kit, &PageFrame { title: "Themes", ..PageFrame::default() }, &main)
}

fn table<'a>(kit: &PageKit, label: &str, themes: impl Iterator<Item = &'a (Theme, &'static str)>) -> Markup {
    html! {
        div class="table" tabindex="0" role="region" aria-label=(label) {
            table {
                thead { tr { @for name in ["Theme", "Statements", "Published", "Wording", "From"] { th scope="col" { (name) } } } }
                tbody {
                    @for (theme, from) in themes {
                        tr {
                            th scope="row" {
                                a href=(kit.to(&format!("/themes/{}", theme.id))) { (theme.title) }
                                @if theme.source.is_some() { " (" a href=(kit.to(&format!("/themes/{}/draft", theme.id))) { @if theme.is_checked() { "correct" } @else { "correct and check" } } ")" }
                            }
                            td { (counts(theme)) }
                            td { (theme.framework.published.map(words::date).unwrap_or_default()) }
                            td { (how_far_checked(theme)) }
                            td { @if *from == "built in" { "jtai" } @else { "you" } }
                        }
                    }
                }
            }
        }
    }
}

/// How many statements of each basis.
fn counts(theme: &Theme) -> String {
    let of = |basis: Basis| theme.criteria().filter(|(_, criterion)| criterion.basis == basis).count();
    let counted = Basis::ALL.into_iter().map(|basis| (basis, of(basis))).filter(|(_, count)| *count > 0);
    counted.map(|(basis, count)| basis.count(count)).collect::<Vec<_>>().join(", ")
}

fn how_far_checked(theme: &Theme) -> String {
    match (theme.areas.is_empty(), theme.is_checked(), theme.checked_on) {
        (true, ..) => "has faults".to_string(),
        (_, true, Some(day)) => format!("checked on {}", words::date(day)),
        _ => "not yet checked".to_string(),
    }
}

/// A theme to read.
pub(in crate::web) fn one(kit: &PageKit, theme: &Theme) -> Markup {
    let framework = &theme.framework;
    let main = html! {
        p {
            "From: " (framework.title) ", " (framework.publisher)
            @if let Some(day) = framework.published { ", " (words::date(day)) }
            ". "
            @if let (true, Some(day)) = (theme.is_checked(), theme.checked_on) {
                "The wording was checked by " (theme.checked_by) " on " (words::date(day)) "."
            } @else if theme.source.is_some() {
                "Nobody has checked it against the framework yet."
            } @else {
                "Nobody has checked the wording against the framework yet. Once you have made a round, note under Settings who did."
            }
        }
        @if theme.source.is_some() { p { a class="button second" href=(kit.to(&format!("/themes/{}/draft", theme.id))) { "Correct it beside its source" } } }
        @if theme.is_retired { p { "Inspections on this theme have ended." } }
        @if !theme.completeness.is_empty() { p { (theme.completeness) } }
        @if !theme.age_focus.is_empty() { p { "Inspectors look most closely at " (theme.age_focus) "." } }
        h2 { "How many statements each group rates" }
        ul { @for (group, count) in rounds::asked_by_group(theme) { li { (words::capitalised(group)) ": " (words::count(count, "statement")) } } }
        @for area in &theme.areas {
            h2 { (area.id) ". " (area.title) }
            @for criterion in &area.criteria { (statement(theme, criterion)) }
        }
        @if !theme.glossary.is_empty() {
            h2 { "Words that the workbook explains" }
            dl { @for term in &theme.glossary { dt { strong { (term.term) } } dd { (term.meaning) } } }
        }
        p { a class="button" href=(kit.to(&format!("/new?theme={}", theme.id))) { "Make a round on this theme" } }
        p { a href=(kit.to("/themes")) { "All themes" } }
    };
    parts::page(kit, &PageFrame { title: &theme.title, caption: "Theme", ..PageFrame::default() }, &main)
}

fn statement(theme: &Theme, criterion: &Criterion) -> Markup {
    let is_rated = theme.rate.contains(&criterion.basis);
    let ratings = &criterion.ratings;
    let hints = [
        ("Green looks like", &criterion.green_looks_like),
        ("Red", &ratings.red),
        ("Amber", &ratings.amber),
        ("Green", &ratings.green),
    ];
    html! {
        div class="statement" {
            h3 { (criterion.id) ". " (criterion.short_name()) }
            p { (criterion.text) }
            p class="where" {
                (criterion.basis.words()) @if !is_rated { ", to read but not to rate" } @if criterion.paraphrase { ", a paraphrase of the published wording" }
                ". Asked of: " (criterion.asked.words()) ". Source: " (criterion.source) "."
                @if let Some(repeats) = repeats_words(criterion) { " " (repeats) }
            }
            @if hints.iter().any(|(_, words)| !words.is_empty()) || !criterion.prompts.is_empty() || !criterion.means.is_empty() {
                details {
                    summary { "Hints for rating " (criterion.id) }
                    @for (what, words) in hints.iter().filter(|(_, words)| !words.is_empty()) { p { strong { (what) ": " } (words) } }
                    @if !criterion.prompts.is_empty() { ul { @for prompt in &criterion.prompts { li { (prompt) } } } }
                    @if !criterion.means.is_empty() {
                        dl { @for (group, line) in &criterion.means { dt { strong { "For " (group.words()) } } dd { (line) } } }
                    }
                }
            }
        }
    }
}
