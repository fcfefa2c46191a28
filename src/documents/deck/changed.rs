//! What changed since the round before: how many ratings are higher, the same and lower, and what agencies say became of the actions of
//! that round.

use std::collections::HashSet;

use super::super::inputs::DocumentInputs;
use super::super::names::short_agency;
use super::super::slide_key::SlideKey;
use super::measure;
use super::phrases::{continued, which};
use super::slide::{Body, Figure, Paragraph, Slide};
use super::texts;
use crate::analysis::trace::Trace;
use crate::analysis::{ChangeCounts, ChangeKind, NotComparable, ProgressCounts, RoundChange, Unmatched, change_words};
use crate::chart::{Chart, SIDE_WIDTH_PT};
use crate::core::finding::Place;
use crate::core::ids::CriterionId;
use crate::core::words;
use crate::form::ActionProgress;
use crate::theme::Basis;

/// The file with the answers of the round before: the source of what is in none of this round's returns.
const PREVIOUS: &str = "previous/answers.json";

/// The most agencies named that are new, gone or merged.
const MOST_NAMED: usize = 3;

/// The slides: one picture for each basis, on as many pages as its areas need. None in a round that follows no other.
pub(super) fn changed(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let Some(change) = &inputs.analysis.change else { return Vec::new() };
    let section = format!("What changed since {}", change.since);
    let headline = inputs.headline(&SlideKey::ChangedSince, change_words::headline(change));
    let pictures = change.bases.iter().zip(&inputs.charts.changed);
    let pages: Vec<(&(Basis, ChangeCounts), &Chart)> =
        pictures.flat_map(|(of, charts)| charts.iter().map(move |chart| (of, chart))).collect();
    // No area has ratings in both rounds, so there is nothing to draw, but still something to say.
    if pages.is_empty() {
        let trace =
            change.bases.iter().fold(of_lists(inputs, change), |trace, of| trace.and(of_basis(inputs, change, of)));
        let said = sentences_beside(inputs, change);
        let paragraphs =
            said.actions.into_iter().chain(said.rest.into_iter().map(|(_, text)| text)).map(plain).collect();
        return texts::slides((SlideKey::ChangedSince, &section, &headline), paragraphs, &trace);
    }
    let page = |(at, (of, chart)): (usize, (&(Basis, ChangeCounts), &Chart))| {
        let figures = figures(inputs, change, of);
        let note = note(inputs, change, (chart, &figures), &headline);
        Slide {
            ratings: String::new(),
            key: SlideKey::ChangedSince,
            section: continued(&section, at),
            headline: headline.clone(),
            body: Body::Picture { chart: Box::new(chart.clone()), figures, quotes: Vec::new(), note },
            trace: of_basis(inputs, change, of).and(of_lists(inputs, change)),
        }
    };
    pages.into_iter().enumerate().map(page).collect()
}

fn plain(text: String) -> Paragraph {
    Paragraph { heading: String::new(), text, is_alarm: false }
}

/// The figures beside the picture: how many ratings are higher and lower, and how many actions are done.
fn figures(inputs: DocumentInputs<'_>, change: &RoundChange, (basis, counts): &(Basis, ChangeCounts)) -> Vec<Figure> {
    let on = if change.bases.len() > 1 { format!(", {}", basis.name()) } else { String::new() };
    let of = |n: usize, all: usize, label: String| Figure { value: format!("{n} of {all}"), label };
    let all = counts.compared();
    let mut figures = vec![
        of(counts.count(ChangeKind::Higher), all, format!("rated higher{on}")),
        of(counts.count(ChangeKind::Lower), all, format!("rated lower{on}")),
    ];
    let progress = ProgressCounts::new(change.actions_of(&inputs.analysis.numbers, *basis));
    if progress.not_said() < progress.all {
        let done = progress.by_kind[ActionProgress::Done as usize];
        figures.push(of(done, progress.all, format!("actions from {} done, agencies say{on}", change.since)));
    }
    figures
}

/// The sentences under the picture.
struct SentencesBeside {
    /// What became of the earlier actions.
    actions: Vec<String>,
    /// What is counted and what cannot be compared; each with how soon it is dropped if there is no room: 0 never, 2 first.
    rest: Vec<(u8, String)>,
}

/// Lists of what cannot be compared may be dropped, because the annex has them too; what is counted always stays.
fn sentences_beside(inputs: DocumentInputs<'_>, change: &RoundChange) -> SentencesBeside {
    let numbers = &inputs.analysis.numbers;
    let mut said: Vec<(u8, String)> = Vec::new();
    let NotComparable { added, reworded, dropped, new, gone, merged, actions } = &change.listed;
    said.push((0, change_words::what_is_counted(change)));
    if !actions.is_empty() {
        said.push((
            2,
            format!(
                "{} from then {} not followed: there is nothing now to compare them with.",
                words::capitalised(&words::count(actions.len(), "other action")),
                if actions.len() == 1 { "is" } else { "are" }
            ),
        ));
    }
    let reworded: Vec<&CriterionId> = reworded.iter().map(|one| &one.criterion).collect();
    let (added, dropped): (Vec<&CriterionId>, Vec<&CriterionId>) =
        (added.iter().collect(), dropped.iter().map(|(id, _)| id).collect());
    let statements = [(&added, "new"), (&reworded, "reworded"), (&dropped, "no longer asked")];
    let statements = listed(statements.map(|(ids, what)| (ids.len(), what, which(inputs, ids))));
    if !statements.is_empty() {
        said.push((1, format!("Statements: {statements}.")));
    }
    let names = |all: Vec<String>| match all.is_empty() {
        true => String::new(),
        false => format!(" ({})", words::list_of_first(&all, MOST_NAMED)),
    };
    let new_names = new.iter().map(|id| short_agency(inputs, id)).collect();
    let merged_names = merged.iter().map(|(id, _)| short_agency(inputs, id)).collect();
    let agencies = listed([
        (new.len(), "without a return then", names(new_names)),
        (merged.len(), "merged or split", names(merged_names)),
        (gone.len(), "not in this round", names(gone.clone())),
    ]);
    if !agencies.is_empty() {
        said.push((1, format!("Agencies: {agencies}.")));
    }
    SentencesBeside { actions: change_words::progress(change, numbers), rest: said }
}

/// "2 new (4.1, 4.2), 1 reworded (2.3)"; only what there is.
fn listed(kinds: [(usize, &str, String); 3]) -> String {
    let some = kinds.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, what, names)| format!("{count} {what}{names}")).collect::<Vec<_>>().join(", ")
}

/// The note under the picture: as much of the sentences as fits.
fn note(
    inputs: DocumentInputs<'_>,
    change: &RoundChange,
    (chart, figures): (&Chart, &[Figure]),
    headline: &str,
) -> String {
    let said = sentences_beside(inputs, change);
    let beside = measure::WIDTH_PT - SIDE_WIDTH_PT as f32 - measure::FIGURE_INSET_PT;
    // The height of a figure as `deck.typ` and the PowerPoint writer set it.
    let tall = |figure: &Figure| {
        measure::figure_size(&figure.value) as usize * 5 / 4
            + measure::height(measure::lines(&figure.label, beside))
            + 12
    };
    let taken = figures.iter().map(tall).sum::<usize>().max(chart.height_pt.max(0) as usize) + 8;
    let room = measure::room_under(headline).saturating_sub(taken);
    // Tried in this order: each sentence on its own line; actions on one line and the rest on the next; everything in one run. Then the same
    // again without the sentences that are needed least.
    let joined = |most: u8, first: &str, rest: &str| {
        let actions = said.actions.join(rest);
        let kept: Vec<&str> =
            said.rest.iter().filter(|(soon, _)| *soon <= most).map(|(_, text)| text.as_str()).collect();
        if actions.is_empty() { kept.join(rest) } else { format!("{actions}{first}{}", kept.join(rest)) }
    };
    let looks = [("\n", "\n"), ("\n", " "), (" ", " ")];
    let offered = (0..=2).rev().flat_map(|most| looks.map(|(first, rest)| joined(most, first, rest)));
    let fits = |text: &String| measure::note(text) <= room;
    offered.into_iter().find(fits).unwrap_or_else(|| joined(0, " ", " "))
}

/// The trace of a basis: all ratings together, by area, and the earlier actions.
fn of_basis(inputs: DocumentInputs<'_>, change: &RoundChange, (basis, _): &(Basis, ChangeCounts)) -> Trace {
    let analysis = inputs.analysis;
    let bases = analysis.numbers.basis_of_each();
    let is_here = |id: &CriterionId| bases.get(id) == Some(basis);
    let about = if change.bases.len() > 1 { basis.name() } else { "" };
    let mut trace = of_statements(inputs, change, about, &is_here);
    for (area, summary) in change.areas.iter().zip(&analysis.numbers.areas).filter(|(area, _)| area.basis == *basis) {
        let here: HashSet<&CriterionId> = analysis.numbers.criteria_of(summary).map(|one| &one.criterion.id).collect();
        trace = trace.and(of_statements(inputs, change, &area.title, &|id| here.contains(id)));
    }
    let actions = |trace: Trace, what: &str, is_so: &dyn Fn(Option<ActionProgress>) -> bool| {
        trace.actions_since(change, what, about, |action| is_here(&action.criterion) && is_so(action.progress))
    };
    trace = actions(trace, "Earlier actions", &|_| true);
    for progress in ActionProgress::ALL {
        let what = format!("Earlier actions: {}", words::uncapitalised(progress.word()));
        trace = actions(trace, &what, &|said| said == Some(progress));
    }
    actions(trace, "Earlier actions: not said", &|said| said.is_none())
}

/// The trace of some statements: each kind of change, and what is not compared by reason.
fn of_statements(
    inputs: DocumentInputs<'_>,
    change: &RoundChange,
    about: &str,
    is_here: &dyn Fn(&CriterionId) -> bool,
) -> Trace {
    let answers = &inputs.analysis.answers;
    // The other two kinds have a row, but no rating to compare with.
    let is_compared = |kind: ChangeKind| matches!(kind, ChangeKind::Higher | ChangeKind::Same | ChangeKind::Lower);
    let mut trace = Trace::default()
        .changes(change, "Rated in both rounds", about, |row| is_compared(row.kind) && is_here(&row.criterion));
    for kind in ChangeKind::ALL {
        trace = trace.changes(change, kind.words(), about, |row| row.kind == kind && is_here(&row.criterion));
    }
    let here = |at: &usize| is_here(&answers[*at].criterion);
    let unmatched = |why: Option<Unmatched>| {
        let some = change.unmatched.iter().filter(move |(_, one)| why.is_none_or(|why| why == *one));
        some.map(|(at, _)| *at).filter(here).collect::<Vec<_>>()
    };
    for why in Unmatched::ALL {
        trace = trace.answers_at(&words::capitalised(why.words()), about, unmatched(Some(why)));
    }
    let beside = change.rows.iter().filter(|row| !is_compared(row.kind)).map(|row| row.answer).filter(here);
    let mut not_compared: Vec<usize> = unmatched(None).into_iter().chain(beside).collect();
    not_compared.sort_unstable();
    let asked = (0..answers.len()).filter(here).collect();
    trace.answers_at("Not compared", about, not_compared).answers_at("Asked", about, asked)
}

/// The trace of what cannot be compared.
fn of_lists(inputs: DocumentInputs<'_>, change: &RoundChange) -> Trace {
    let listed = &change.listed;
    let reworded: HashSet<&CriterionId> = listed.reworded.iter().map(|one| &one.criterion).collect();
    let written = |names: Vec<String>| names.iter().map(|name| Place::file(format!("{PREVIOUS}, {name}"))).collect();
    let others = listed.actions.iter().map(|(agency, criterion)| format!("{agency}, {criterion}")).collect();
    Trace::default()
        .statements(inputs.analysis, "New statements", |summary| listed.added.contains(&summary.criterion.id))
        .statements(inputs.analysis, "Reworded statements", |summary| reworded.contains(&summary.criterion.id))
        .written("Statements no longer asked", written(listed.dropped.iter().map(|(id, _)| id.to_string()).collect()))
        .agencies(inputs.analysis, "Agencies without a return then", |agency| listed.new.contains(&agency.id))
        .agencies(inputs.analysis, "Agencies merged or split", |agency| {
            listed.merged.iter().any(|(id, _)| *id == agency.id)
        })
        .written("Agencies not in this round", written(listed.gone.clone()))
        .written("Other earlier actions", written(others))
}
