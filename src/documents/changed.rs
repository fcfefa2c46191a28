//! Change since the round before, for leaders: every rating that changed, what became of each agency's actions, and what cannot be
//! compared. No agency is ranked.

use super::cover::agency_name;
use super::inputs::DocumentInputs;
use super::names::{short_agency, short_statement};
use super::table::DocumentTable;
use crate::analysis::{ActionSince, AreaChange, ChangeKind, ChangeRow, RoundChange, change_words};
use crate::core::ids::CriterionId;
use crate::core::words;
use crate::form::{ActionProgress, Rating};

/// The title of the annex's table of ratings that changed; the briefing refers to it.
const DIFFERENT: &str = "Ratings that changed";

/// The most ratings of a kind that the briefing names one by one.
const MOST_NAMED: usize = 8;

/// What the briefing says about the slide; nothing in a round that follows no other.
pub(super) fn lines(inputs: DocumentInputs<'_>) -> Vec<String> {
    let Some(change) = &inputs.analysis.change else { return Vec::new() };
    let mut lines = vec![change_words::what_is_counted(change)];
    for (kind, what) in [(ChangeKind::Lower, "Rated lower"), (ChangeKind::Higher, "Rated higher")] {
        lines.extend(of_kind(inputs, change, kind, what));
    }
    lines.extend(change_words::progress(change, &inputs.analysis.numbers));
    lines.extend(by_agency(inputs, change));
    lines
}

/// The ratings of one kind of change, each with its agency and how it moved.
fn of_kind(inputs: DocumentInputs<'_>, change: &RoundChange, kind: ChangeKind, what: &str) -> Option<String> {
    let rows: Vec<&ChangeRow> = change.rows.iter().filter(|row| row.kind == kind).collect();
    let row = |row: &&&ChangeRow| {
        let name = agency_name(inputs.analysis, &row.agency);
        format!("{} ({name}, {} to {})", row.criterion, rated(row.previous), rated(row.rating))
    };
    let said: Vec<String> = rows.iter().take(MOST_NAMED).map(|one| row(&one)).collect();
    let more = match rows.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        n => {
            let annex = format!("the annex, under “{DIFFERENT}”");
            format!("; {n} more are in {}", inputs.in_annex_or(&annex, "analysis.xlsx, on the sheet Change"))
        }
    };
    (!rows.is_empty()).then(|| format!("{what} than in {}: {}{more}.", change.since, said.join("; ")))
}

/// What became of the earlier actions: a line for each agency that reports on any, and one line for all that report on none.
fn by_agency(inputs: DocumentInputs<'_>, change: &RoundChange) -> Vec<String> {
    // Actions are in the order of the answers, so those of one agency are next to each other.
    let (with, without): (Vec<&[ActionSince]>, Vec<&[ActionSince]>) = change
        .actions
        .chunk_by(|a, b| a.agency == b.agency)
        .partition(|actions| actions.iter().any(|one| one.progress.is_some()));
    let mut lines: Vec<String> = with.into_iter().map(|actions| of_agency(inputs, actions)).collect();
    let silent = without.iter().map(|actions| {
        let name = short_agency(inputs, &actions[0].agency);
        if actions[0].is_returned { name } else { format!("{name} (not returned)") }
    });
    let silent: Vec<String> = silent.collect();
    if !silent.is_empty() {
        let say = if silent.len() == 1 { "says nothing about its actions" } else { "say nothing about their actions" };
        lines.push(format!("{} {say} yet.", words::list(&silent)));
    }
    lines
}

/// What became of the actions of one agency: "Exampleshire Police says: done, 2.1 and 2.2; delayed, 3.1; nothing about 4.1."
fn of_agency(inputs: DocumentInputs<'_>, actions: &[ActionSince]) -> String {
    let of = |progress: Option<ActionProgress>| -> Vec<&str> {
        actions.iter().filter(|one| one.progress == progress).map(|one| one.criterion.as_str()).collect()
    };
    let known =
        ActionProgress::ALL.into_iter().map(|progress| (words::uncapitalised(progress.word()), of(Some(progress))));
    let known = known.filter(|(_, refs)| !refs.is_empty());
    let mut parts: Vec<String> = known.map(|(what, refs)| format!("{what}, {}", words::list(&refs))).collect();
    let rest = of(None);
    if !rest.is_empty() {
        parts.push(format!("nothing about {}", words::list(&rest)));
    }
    format!("{} says: {}.", agency_name(inputs.analysis, &actions[0].agency), parts.join("; "))
}

fn rated(rating: Option<Rating>) -> &'static str {
    rating.map_or("not rated", Rating::word)
}

/// The annex's tables; none in a round that follows no other.
pub(super) fn tables(inputs: DocumentInputs<'_>) -> Vec<DocumentTable> {
    let Some(change) = &inputs.analysis.change else { return Vec::new() };
    // `annex.typ` picks the widths of columns by their number, so each of these tables has a different one.
    vec![by_area(change), different(inputs, change), listed(inputs, change), actions(inputs, change)]
}

/// The table behind the picture.
fn by_area(change: &RoundChange) -> DocumentTable {
    let row = |area: &AreaChange| {
        let count = |kind| area.counts.count(kind).to_string();
        let mut row = vec![area.title.clone(), area.counts.asked().to_string(), area.counts.compared().to_string()];
        row.extend([ChangeKind::Higher, ChangeKind::Same, ChangeKind::Lower].map(count));
        row.push(area.counts.not_compared_words().join(", "));
        row
    };
    let headers = ["Area", "Asked", "Compared", "Higher", "The same", "Lower", "Not compared"];
    DocumentTable {
        title: format!("Ratings compared with {}, by area", change.since),
        headers: headers.map(str::to_string).to_vec(),
        rows: change.areas.iter().map(row).collect(),
    }
}

/// Every pair that is not the same in both rounds.
fn different(inputs: DocumentInputs<'_>, change: &RoundChange) -> DocumentTable {
    let row = |row: &ChangeRow| {
        vec![
            format!("{} {}", row.criterion, short_statement(inputs, &row.criterion)),
            agency_name(inputs.analysis, &row.agency),
            words::capitalised(rated(row.previous)),
            words::capitalised(rated(row.rating)),
            row.kind.words().to_string(),
            format!("{}; in the round before: {}", row.source, row.previous_source),
        ]
    };
    DocumentTable {
        title: DIFFERENT.into(),
        headers: ["Statement", "Agency", &change.since, "Now", "Change", "Where"].map(str::to_string).to_vec(),
        rows: change.rows.iter().filter(|row| row.kind != ChangeKind::Same).map(row).collect(),
    }
}

/// What cannot be compared, listed.
fn listed(inputs: DocumentInputs<'_>, change: &RoundChange) -> DocumentTable {
    let listed = &change.listed;
    let row = |what: &str, which: String, how: String| vec![what.to_string(), which, how];
    let text = |id: &CriterionId| inputs.theme.criterion(id).map_or(String::new(), |(_, one)| one.text.clone());
    let added = listed.added.iter().map(|id| row("Statement added", id.to_string(), text(id)));
    let reworded = listed.reworded.iter().map(|one| {
        let how = match one.before == one.now {
            true => "The wording is the same, but what a rating means for it has changed.".to_string(),
            false => format!("Then: {}\nNow: {}", one.before, one.now),
        };
        row("Statement reworded", one.criterion.to_string(), how)
    });
    let dropped =
        listed.dropped.iter().map(|(id, text)| row("Statement no longer asked", id.to_string(), text.clone()));
    let name = |id| agency_name(inputs.analysis, id);
    let new = listed
        .new
        .iter()
        .map(|id| row("Agency without a return then", name(id), "It did not return then, or was not asked.".into()));
    let merged = listed.merged.iter().map(|(id, was)| {
        row(
            "Agency merged or split",
            name(id),
            format!("Then it was {}, so it has no answer of its own to compare with.", words::list(was)),
        )
    });
    let gone = listed
        .gone
        .iter()
        .map(|was| row("Agency gone", was.clone(), "It returned then, but is not in this round.".into()));
    DocumentTable {
        title: "Listed, and not compared".into(),
        headers: ["What", "Which", "How"].map(str::to_string).to_vec(),
        rows: added.chain(reworded).chain(dropped).chain(new).chain(merged).chain(gone).collect(),
    }
}

/// What became of each earlier action.
fn actions(inputs: DocumentInputs<'_>, change: &RoundChange) -> DocumentTable {
    let row = |action: &ActionSince| {
        vec![
            agency_name(inputs.analysis, &action.agency),
            action.criterion.to_string(),
            action.what.clone(),
            action
                .progress
                .map_or(if action.is_returned { "Not said" } else { "Not returned" }, ActionProgress::word)
                .to_string(),
        ]
    };
    DocumentTable {
        title: format!("What agencies say became of the actions of {}", change.since),
        headers: ["Agency", "Ref", "What was to happen", "How it has gone"].map(str::to_string).to_vec(),
        rows: change.actions.iter().map(row).collect(),
    }
}
