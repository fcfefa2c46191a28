//! `jtai theme list`, `show`, `check`, `draft`.

use std::fmt::Write;

use crate::app::theme::{Basis, Criterion, Draft, ShortNameGaps, Theme, repeats_words};
use crate::app::theme::{
    ThemeCheckOutcome, ThemeCorrectOutcome, ThemeDraftOutcome, ThemeListOutcome, ThemeNewOutcome, ThemeOutcome,
    review_heading,
};
use crate::cli::findings::findings;
use crate::cli::tables::table;
use crate::core::ids::CriterionId;
use crate::core::quoting::{as_typed, printable};
use crate::core::words;

/// The heading over what has to be done before workbooks are issued.
const BEFORE_ISSUE: &str = "before workbooks are issued";

/// What the letters under "Statements" mean.
const LETTERS: &str = "\nC official criterion, S official scope, R reported criterion, L line of enquiry (what inspectors looked at elsewhere)\n";

/// The themes, a line each.
pub(super) fn list(outcome: &ThemeListOutcome) -> String {
    let rows: Vec<Vec<String>> = outcome.themes.iter().map(|(theme, from)| row(theme, from)).collect();
    let mut text = table(&["Id", "Title", "Status", "Statements", "Published", "From"], &rows);
    text.push_str(LETTERS);
    if outcome.hidden > 0 {
        let hidden = words::count(outcome.hidden, "retired theme");
        let _ = writeln!(text, "{hidden} not listed; `jtai theme list --all` lists them too");
    }
    text
}

/// A theme for reading: what it is, how far to trust it, every statement with its basis, groups and source.
pub(super) fn show(outcome: &ThemeOutcome) -> String {
    let theme = &outcome.theme;
    let mut text = format!("{} ({})\n{}\n", theme.title, theme.id, heads(theme));
    for area in &theme.areas {
        let _ = writeln!(text, "\n{}. {}", area.id, area.title);
        for criterion in &area.criteria {
            text.push_str(&statement(theme, criterion));
        }
    }
    for term in &theme.glossary {
        let _ = write!(text, "\n{}: {}", term.term, term.meaning);
    }
    text
}

/// Status, completeness, framework, and whether anybody checked it.
fn heads(theme: &Theme) -> String {
    let framework = &theme.framework;
    let published = framework.published.map_or(String::new(), |date| format!(", {}", words::date(date)));
    let retired = if theme.is_retired { "; retired" } else { "" };
    let run = theme.run.map_or(String::new(), |run| format!("; this theme's run number {run}"));
    let ages = match theme.age_focus.as_str() {
        "" => String::new(),
        ages => format!("\nInspectors look most closely at {ages}."),
    };
    let checked = match (theme.is_checked(), theme.checked_on) {
        (true, Some(date)) => format!("Checked by {} on {}.", theme.checked_by, words::date(date)),
        _ => "Nobody has checked the wording against the published framework yet.".into(),
    };
    format!(
        "Status: {}{retired}{run}. {checked}\n{}{ages}\nFramework: {} ({}{published})",
        theme.status.key(),
        theme.completeness,
        framework.title,
        framework.publisher
    )
}

fn statement(theme: &Theme, criterion: &Criterion) -> String {
    let rated = if theme.rate.contains(&criterion.basis) { "rated" } else { "for information" };
    let paraphrase = if criterion.paraphrase { "; paraphrase" } else { "" };
    let cut = if criterion.short.is_empty() { " (its first words: the theme gives no short name)" } else { "" };
    let mut text = format!(
        "  {}  {}\n      Short name: {}{cut}\n      {} ({rated}{paraphrase})\n      Asked of: {}. Source: {}\n",
        criterion.id,
        criterion.text,
        criterion.short_name(),
        criterion.basis.words(),
        criterion.asked.codes(),
        criterion.source
    );
    let ratings = &criterion.ratings;
    let hints = [
        ("What Green looks like", &criterion.green_looks_like),
        ("Red", &ratings.red),
        ("Amber", &ratings.amber),
        ("Green", &ratings.green),
    ];
    for (what, words) in hints.iter().filter(|(_, words)| !words.is_empty()) {
        let _ = writeln!(text, "      {what}: {words}");
    }
    for prompt in &criterion.prompts {
        let _ = writeln!(text, "      Ask: {prompt}");
    }
    for (group, line) in &criterion.means {
        let _ = writeln!(text, "      For {}: {line}", group.words());
    }
    if let Some(line) = repeats_words(criterion) {
        let _ = writeln!(text, "      {line}");
    }
    text
}

fn row(theme: &Theme, from: &str) -> Vec<String> {
    let retired = if theme.is_retired { ", retired" } else { "" };
    // `app` lists a theme with faults without its areas.
    let status = match (theme.areas.is_empty(), theme.is_checked()) {
        (true, _) => "has faults: run `jtai theme check`".to_string(),
        (false, true) => format!("checked{retired}"),
        (false, false) => format!("{}{retired}", theme.status.key()),
    };
    let published = theme.framework.published.map_or(String::new(), words::date);
    [theme.id.as_str(), &theme.title, &status, &counts(theme), &published, from].map(str::to_string).to_vec()
}

/// How many statements of each basis, as in "11 S, 32 L".
fn counts(theme: &Theme) -> String {
    let of = |basis: Basis| theme.criteria().filter(|(_, criterion)| criterion.basis == basis).count();
    let held = Basis::ALL.into_iter().filter(|basis| of(*basis) > 0);
    held.map(|basis| format!("{} {}", of(basis), basis.letter())).collect::<Vec<_>>().join(", ")
}

/// Each file with its faults.
pub(super) fn check(outcome: &ThemeCheckOutcome) -> String {
    let mut text = String::new();
    for file in &outcome.files {
        let name = &file.file;
        match &file.theme {
            Some(theme) if file.findings.is_empty() => {
                let statements = words::count(theme.criteria().count(), "statement");
                let areas = words::count(theme.areas.len(), "area");
                let _ = writeln!(text, "{name}: no faults; {statements} in {areas} ({})", counts(theme));
                text.push_str(&short_names(&theme.short_name_gaps()));
                let asked = review_heading(file.asked.len());
                for (heading, findings) in [(asked.as_str(), &file.asked), (BEFORE_ISSUE, &file.left)] {
                    if !findings.is_empty() {
                        let _ = writeln!(text, "  {heading}:");
                        findings.iter().for_each(|finding| writeln!(text, "    {finding}").unwrap_or_default());
                    }
                }
            }
            Some(_) => {
                let _ = writeln!(text, "{name}: {}", words::count(file.findings.len(), "fault"));
                file.findings.iter().for_each(|finding| writeln!(text, "  {finding}").unwrap_or_default());
            }
            None => file.findings.iter().for_each(|finding| writeln!(text, "{finding}").unwrap_or_default()),
        }
    }
    text
}

/// Which statements have no short name, so that slides show their first words, and which share one. For information only.
fn short_names(gaps: &ShortNameGaps) -> String {
    const MOST: usize = 12;
    let ids = |ids: &[CriterionId]| {
        let ids: Vec<&str> = ids.iter().map(CriterionId::as_str).collect();
        words::list_of_first(&ids, MOST)
    };
    let mut text = String::new();
    if !gaps.missing.is_empty() {
        let _ = writeln!(text, "  no `short`, so slides show the first words of the statement: {}", ids(&gaps.missing));
    }
    if !gaps.repeated.is_empty() {
        let _ = writeln!(text, "  the same `short` as an earlier statement: {}", ids(&gaps.repeated));
    }
    text
}

/// What was drafted, what to look at, how much was left out and why.
pub(super) fn draft(outcome: &ThemeDraftOutcome) -> String {
    let (file, draft) = (outcome.file.display(), &outcome.draft);
    let mut text =
        format!("{file}: {} in {}.\n", words::count(draft.statements, "statement"), words::count(draft.areas, "area"));
    for (heading, lines) in [("To look at", draft.unsure.clone()), ("Left out", left_out(draft))] {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{heading} ({})", lines.len());
            lines.iter().for_each(|line| writeln!(text, "  {}", printable(line)).unwrap_or_default());
        }
    }
    text.push_str(&findings(&outcome.findings, ""));
    let sheet = outcome.sheet.display().to_string();
    let _ = writeln!(
        text,
        "\nNext: open {sheet}, compare it with the published framework, correct it, save it, and run\n  jtai theme draft {}",
        as_typed(&sheet)
    );
    text
}

/// Each reason for leaving pieces out, with their number and the first words of the first one.
fn left_out(draft: &Draft) -> Vec<String> {
    let mut reasons: Vec<(&str, usize, &str)> = Vec::new();
    for left in &draft.left_out {
        match reasons.iter_mut().find(|(why, ..)| *why == left.why) {
            Some((_, count, _)) => *count += 1,
            None => reasons.push((&left.why, 1, &left.text)),
        }
    }
    let line = |(why, count, first): &(&str, usize, &str)| {
        format!("{}, {why}: {}", words::count(*count, "piece"), words::cut_at_word(first, 60))
    };
    reasons.iter().map(line).collect()
}

/// What a draft is after corrections or a check, and what is left to do.
pub(super) fn correct(outcome: &ThemeCorrectOutcome) -> String {
    let file = outcome.file.display();
    let mut text = format!(
        "{file}: {} in {}; {} corrected.\n",
        words::count(outcome.statements, "statement"),
        words::count(outcome.areas, "area"),
        words::count(outcome.corrected, "piece")
    );
    match outcome.checked_by.as_str() {
        "" if outcome.is_check_open => {
            text.push_str("It cannot be noted as checked yet: something has to be done first.\n");
        }
        "" if outcome.is_check_withdrawn => {
            text.push_str("It has changed since it was checked. Compare it again before workbooks are issued.\n");
        }
        "" => text.push_str("Nobody has checked it yet, so no workbook can be issued from it.\n"),
        name if outcome.findings.is_empty() => {
            _ = writeln!(text, "Checked by {}. Workbooks can be issued from it.", printable(name));
        }
        name => _ = writeln!(text, "Checked by {}, but no workbook can be issued from it yet.", printable(name)),
    }
    text.push_str(&findings(&outcome.findings, ""));
    if let Some(sheet) = outcome.sheet.as_ref().filter(|_| outcome.checked_by.is_empty()) {
        let sheet = sheet.display().to_string();
        let _ = writeln!(
            text,
            "\nNext: carry on in {sheet}, which now has your corrections, save it, and run\n  jtai theme draft {}",
            as_typed(&sheet)
        );
    }
    text
}

/// Where the new theme is.
pub(super) fn new(outcome: &ThemeNewOutcome) -> String {
    let file = outcome.file.display().to_string();
    format!(
        "{file} is a commented example of a theme.\nNext: change it into your own theme, then run\n  jtai theme check {}\n",
        as_typed(&file)
    )
}
