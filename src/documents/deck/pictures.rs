//! The slides with numbers: the title, who is in the picture, the whole picture, and each area.

use std::collections::{HashMap, HashSet};

use super::super::inputs::{DocumentInputs, Length};
use super::super::slide_key::SlideKey;
use super::phrases::{continued, nobody_asked, trace_of_nobody_asked, which};
use super::slide::{Body, Figure, Front, Slide};
use super::{measure, tables, voices};
use crate::analysis::trace::Trace;
use crate::analysis::{
    AgencySummary, AreaSummary, BasisSummary, Counts, CriterionSummary, FEWEST_FOR_A_MIDDLE, ShownRatings, pick_outs,
    sentences,
};
use crate::chart::Chart;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::privacy;
use crate::core::words;
use crate::form::Rating;
use crate::intake::answers::{AnswerRow, AnswerState};

pub(super) fn title(inputs: DocumentInputs<'_>) -> Slide {
    let analysis = inputs.analysis;
    let lines = vec![
        format!("{} of {} returned", analysis.numbers.returned(), number(analysis.numbers.asked(), "agency")),
        format!("{}, each put to the agencies it concerns", sentences::statements(&analysis.numbers)),
    ];
    let front = Front {
        subtitle: "What each agency says about its own part, in words and numbers".into(),
        occasion: match inputs.round.fieldwork_starts {
            Some(day) => format!("Joint targeted area inspection: first day of fieldwork, {}", words::date(day)),
            None => "Joint targeted area inspection: first day of fieldwork".into(),
        },
        lines,
        caution: match analysis.numbers.ratings {
            ShownRatings::Own => "Each agency rates its own part. No grade is given or implied.".into(),
            ShownRatings::AsChallenged => format!(
                "Each agency's rating of its own part. {}. No grade is given or implied.",
                analysis.numbers.which_ratings(None)
            ),
        },
    };
    let trace = took_part(inputs)
        .statements(analysis, "Statements", |_| true)
        .approvals(analysis, "Returns with approval recorded");
    Slide {
        ratings: String::new(),
        key: SlideKey::Title,
        section: String::new(),
        headline: inputs.headline(&SlideKey::Title, inputs.theme.title.clone()),
        body: Body::Front(front),
        trace,
    }
}

/// The numbers of agencies.
fn took_part(inputs: DocumentInputs<'_>) -> Trace {
    Trace::default()
        .agencies(inputs.analysis, "Agencies asked", |agency| agency.counts.asked > 0)
        .agencies(inputs.analysis, "Agencies that returned", |agency| agency.is_returned)
        .agencies(inputs.analysis, "Agencies that have not", |agency| agency.counts.asked > 0 && !agency.is_returned)
}

/// The names of the agencies that are asked something and have not returned.
fn not_in(inputs: DocumentInputs<'_>) -> Vec<&str> {
    let agencies = inputs.analysis.numbers.agencies.iter();
    let missing = agencies.filter(|agency| agency.counts.asked > 0 && !agency.is_returned);
    missing.map(|agency| agency.name.as_str()).collect()
}

/// Who has returned and who has not. Agencies that have not are named in the headline if they fit on one line, else under the chart.
pub(super) fn who(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let analysis = inputs.analysis;
    let missing = not_in(inputs);
    let answered =
        format!("{} of {} returned", analysis.numbers.returned(), number(analysis.numbers.asked(), "agency"));
    let have = if missing.len() == 1 { "has" } else { "have" };
    let naming = format!("{answered}; {} {have} not", words::list(&missing));
    let headline_fits = measure::headline_lines(&naming) == 1;
    // Left out if agencies speak for others: that text needs the room, and the whole picture says the same about answers not in.
    let is_for_others = analysis.numbers.agencies.iter().any(says_for_whom);
    let unasked = nobody_asked(inputs);
    let caution = match unasked.as_str() {
        "" if is_for_others => String::new(),
        "" => " A missing answer is never counted as a colour.".into(),
        unasked => format!(" {unasked}"),
    };
    let is_by_group = inputs.length == Length::Short && inputs.charts.returns.len() > 1;
    let counts = format!("{}{caution}", who_counts(inputs, is_by_group));
    let named = format!("Not returned: {}. {counts}", words::list(&missing));
    let tallest = inputs.charts.returns.iter().map(|chart| chart.height_pt).max().unwrap_or(0).max(0) as usize;
    let note_fits = measure::note(&named) + tallest <= measure::room_under("");
    let (headline, mut note) = match missing.len() {
        0 => (answered, counts),
        _ if headline_fits => (naming, counts),
        _ if note_fits => (answered, named),
        n => (format!("{answered}; {n} {have} not"), counts),
    };
    let names: HashMap<&AgencyId, &str> =
        analysis.numbers.agencies.iter().map(|agency| (&agency.id, agency.name.as_str())).collect();
    let section = "Who is in the picture";
    let headline = inputs.headline(&SlideKey::Who, headline);
    let room = match is_by_group {
        true => MOST_OF_NOTE_PT,
        false => measure::room_under(&headline).saturating_sub(tallest),
    };
    let speaking = speaking(inputs, &note, room);
    note.push_str(&speaking.text);
    let trace = took_part(inputs)
        .and(trace_of_nobody_asked(inputs))
        .and(speaking.trace)
        .approvals(analysis, "Returns with approval recorded")
        .whole(analysis)
        .answered_each(analysis, |answer| names.get(&answer.agency).copied());
    if is_by_group {
        let (grid, by_group) = tables::by_group(inputs, &headline, note);
        let body = Body::Grid(grid);
        return vec![Slide {
            ratings: String::new(),
            key: SlideKey::Who,
            section: section.into(),
            headline,
            body,
            trace: trace.and(by_group),
        }];
    }
    let slide =
        |(at, chart)| picture((SlideKey::Who, &continued(section, at)), &headline, chart, Vec::new(), &note, &trace);
    inputs.charts.returns.iter().enumerate().map(slide).collect()
}

/// The tallest note over a table by group, in points, so that the table fits.
const MOST_OF_NOTE_PT: usize = 130;

/// Whom agencies say they speak for.
struct SpeakingText {
    /// Sentences, each after a line break; empty if no agency says.
    text: String,
    trace: Trace,
}

/// Whom agencies say they speak for, as much as fits under a note: a line each, else one sentence with short names, else part of it. The
/// annex has all. A text that may be about a child, or that names a person, is not shown.
fn speaking(inputs: DocumentInputs<'_>, note: &str, room: usize) -> SpeakingText {
    let agencies = inputs.analysis.numbers.agencies.iter();
    let all: Vec<&AgencySummary> = agencies.filter(|agency| says_for_whom(agency)).collect();
    let lines: Vec<(&AgencyId, String)> =
        all.iter().filter_map(|agency| Some((&agency.id, speaking_line(agency)?))).collect();
    let in_short: Vec<(&AgencyId, [String; 2])> = all
        .iter()
        .filter_map(|agency| {
            let number = Some(agency.speaks_for.number()).filter(|number| !number.is_empty() && can_show(number))?;
            Some((&agency.id, [agency.short_name.clone(), number]))
        })
        .collect();
    let with_more = |text: String, shown: usize| match (shown, all.len() - shown) {
        (_, 0) => text,
        (0, 1) => "\n1 agency says whom it speaks for; that is not shown here.".into(),
        (0, n) => format!("\n{n} agencies say whom they speak for; that is not shown here."),
        (_, 1) => format!("{text} 1 more says whom it speaks for."),
        (_, n) => format!("{text} {n} more say whom they speak for."),
    };
    let of_lines = || {
        let text = lines.iter().map(|(_, line)| format!("\n{line}")).collect();
        (with_more(text, lines.len()), ids(&lines))
    };
    let sentence = |most: usize| {
        // The verb goes in once: "Early help speaks for 7 of 7 hubs and Schools for 31 of 42 schools".
        let said = |(at, (_, [name, number])): (usize, &(&AgencyId, [String; 2]))| {
            format!("{name}{} for {number}", if at == 0 { " speaks" } else { "" })
        };
        let some: Vec<String> = in_short[..most].iter().enumerate().map(said).collect();
        let text = format!("\nBy their own account, {}.", words::list(&some));
        (with_more(if most == 0 { String::new() } else { text }, most), ids(&in_short[..most]))
    };
    let fits = |(text, _): &(String, Vec<&AgencyId>)| measure::note(&format!("{note}{text}")) <= room;
    let offered = std::iter::once(of_lines()).chain((0..=in_short.len()).rev().map(sentence));
    let (text, shown) = offered.into_iter().find(fits).unwrap_or_default();
    let is_shown = |agency: &AgencySummary| shown.contains(&&agency.id);
    let trace = Trace::default()
        .agencies(inputs.analysis, "Agencies that say whom they speak for", says_for_whom)
        .agencies(inputs.analysis, "Of these, not shown here", |agency| says_for_whom(agency) && !is_shown(agency));
    SpeakingText { text, trace }
}

/// The agencies that texts are of.
fn ids<'a, T>(texts: &[(&'a AgencyId, T)]) -> Vec<&'a AgencyId> {
    texts.iter().map(|(id, _)| *id).collect()
}

/// Whom one agency says it speaks for, in full; `None` if that cannot be shown.
fn speaking_line(agency: &AgencySummary) -> Option<String> {
    let (name, number, whole) = (&agency.name, agency.speaks_for.number(), agency.speaks_for.words());
    let said = match number.is_empty() {
        true if can_show(&whole) => {
            format!("{name} says how it asked those it speaks for: {}", agency.speaks_for.asked_by)
        }
        false if can_show(&whole) => format!("{name} says that it speaks for {whole}"),
        false if can_show(&number) => format!("{name} says that it speaks for {number}"),
        _ => return None,
    };
    Some(format!("{}.", said.trim_end_matches('.')))
}

/// Whether an agency says whom it speaks for.
fn says_for_whom(agency: &AgencySummary) -> bool {
    agency.is_returned && !agency.speaks_for.words().is_empty()
}

/// Whether what an agency wrote about itself has no sign of a child and no person's name.
fn can_show(text: &str) -> bool {
    privacy::weak_sign(text).is_none() && !privacy::names_person(text)
}

/// The most agencies without a recorded approval that are named.
const MOST_LACKING: usize = 4;

/// "82 of 95 answers are rated; 9 of 11 returns have approval recorded."
fn who_counts(inputs: DocumentInputs<'_>, is_by_group: bool) -> String {
    let returned: Vec<&AgencySummary> =
        inputs.analysis.numbers.agencies.iter().filter(|agency| agency.is_returned).collect();
    let approved = returned.iter().filter(|agency| agency.is_approval_recorded).count();
    let rated = sentences::of_each_basis(&inputs.analysis.numbers, |all| {
        format!("{} of {} rated", all.rated(), number(all.asked, "answer"))
    });
    let lacking = returned.iter().filter(|agency| !agency.is_approval_recorded);
    let lacking: Vec<&str> = lacking.map(|agency| agency.short_name.as_str()).collect();
    let named = match lacking.len() {
        // The picture of all agencies shows this for each, so only the table by group needs names.
        1..=MOST_LACKING if is_by_group => format!(", not of {}", words::list(&lacking)),
        _ => String::new(),
    };
    let returns = number(returned.len(), "return");
    format!("{}; approval recorded in {approved} of {returns}{named}.", words::capitalised(&rated))
}

/// The whole picture, on as many pages as its areas need; each basis separately.
pub(super) fn whole(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let pictures = inputs.analysis.numbers.bases.iter().zip(&inputs.charts.areas);
    pictures.flat_map(|(of, charts)| whole_of(inputs, of, charts)).collect()
}

/// The whole picture of one basis.
fn whole_of(inputs: DocumentInputs<'_>, of: &BasisSummary, charts: &[Chart]) -> Vec<Slide> {
    let analysis = inputs.analysis;
    let all = &of.counts;
    let bases = analysis.numbers.basis_of_each();
    let is_here = |id: &CriterionId| bases.get(id) == Some(&of.basis);
    let here = || analysis.numbers.criteria.iter().filter(|summary| summary.criterion.basis == of.basis);
    let middles = here().filter(|summary| has_middle(summary)).count();
    let apart = here().filter(|summary| summary.is_apart()).count();
    let is_without = |answer: &AnswerRow| is_here(&answer.criterion) && pick_outs::is_red_without_action(answer);
    let without = analysis.answers.iter().filter(|answer| is_without(answer)).count();
    let headline = whole_headline(inputs, of);
    let mut figures = vec![figure(all.unanswered(), all.asked, "answers not in")];
    if all.red > 0 {
        figures.push(figure(without, all.red, "Red ratings without an action"));
    }
    if middles > 0 {
        figures.push(figure(apart, of.statements, "statements that range from Red to Green"));
    }
    let unevidenced = |answer: &AnswerRow| is_here(&answer.criterion) && pick_outs::is_green_without_evidence(answer);
    let without_evidence: Vec<&CriterionId> =
        analysis.answers.iter().filter(|answer| unevidenced(answer)).map(|answer| &answer.criterion).collect();
    let note = whole_note(inputs, of, &without_evidence);
    let areas = titles_of_areas(inputs);
    let trace = Trace::default()
        .basis(analysis, of.basis)
        .counts_each(analysis, |answer| areas.get(&answer.criterion).copied().filter(|_| is_here(&answer.criterion)))
        .answers(analysis, "Red ratings without an action", is_without)
        .answers(analysis, "Green ratings without evidence", unevidenced)
        .answers(analysis, "Answers not in", |answer| is_here(&answer.criterion) && is_not_in(answer.state))
        .statements(analysis, "Statements that some rate Green and some Red", |summary| {
            is_here(&summary.criterion.id) && summary.is_apart()
        })
        .statements(analysis, "Statements", |summary| is_here(&summary.criterion.id));
    let key = SlideKey::of_picture(&analysis.numbers, of.basis);
    let headline = inputs.headline(&key, headline);
    let section = match (analysis.numbers.bases.len(), charts.len()) {
        (1, 1) => "The picture on one page".to_string(),
        (1, _) => "The picture".to_string(),
        _ => format!("The picture: {}", of.basis.name()),
    };
    let slide = |(at, chart)| {
        picture((key.clone(), &continued(&section, at)), &headline, chart, figures.clone(), &note, &trace)
    };
    charts.iter().enumerate().map(slide).collect()
}

/// The headline: the areas most often Green and most often Red if both fit, else the Red one, else the counts of all. The line over the bars
/// has all counts anyway.
fn whole_headline(inputs: DocumentInputs<'_>, of: &BasisSummary) -> String {
    let numbers = &inputs.analysis.numbers;
    let [green, red] = [Rating::Green, Rating::Red].map(|rating| pick_outs::area_with_most(numbers, of.basis, rating));
    let is_short = |headline: &String| measure::headline_lines(headline) <= measure::MOST_HEADLINE_LINES;
    let said = [sentences::areas_apart(green, red), sentences::areas_apart(None, red)].into_iter().flatten();
    let Counts { red: reds, green: greens, .. } = of.counts;
    said.into_iter().find(is_short).unwrap_or_else(|| match of.counts.rated() {
        0 => words::capitalised(&sentences::of_ratings(&of.counts)),
        n => format!("{reds} of {n} ratings are Red and {greens} Green"),
    })
}

fn has_middle(summary: &CriterionSummary) -> bool {
    summary.counts.rated() >= FEWEST_FOR_A_MIDDLE
}

fn is_not_in(state: AnswerState) -> bool {
    matches!(state, AnswerState::Blank | AnswerState::Unreadable | AnswerState::Missing)
}

fn unanswered_note(all: &Counts) -> String {
    match sentences::not_rated(all).as_slice() {
        [] => "Every answer is in.".into(),
        said => format!("Not rated: {}. None of these is counted as a colour.", words::list(said)),
    }
}

/// What the picture of a basis does not show: answers that are not rated, Greens without named evidence, statements that nobody rates.
fn whole_note(inputs: DocumentInputs<'_>, of: &BasisSummary, without_evidence: &[&CriterionId]) -> String {
    let of_basis = inputs.analysis.numbers.criteria.iter().filter(|summary| summary.criterion.basis == of.basis);
    let unrated: Vec<String> =
        of_basis.filter(|summary| summary.counts.rated() == 0).map(|summary| summary.criterion.short_name()).collect();
    let said =
        [unanswered_note(&of.counts), evidence_note(inputs, without_evidence, of.counts.green), unrated_note(&unrated)];
    said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" ")
}

fn evidence_note(inputs: DocumentInputs<'_>, without: &[&CriterionId], green: usize) -> String {
    let on = which(inputs, without);
    match without.len() {
        0 => String::new(),
        1 => format!("1 of {green} Green ratings names no evidence{on}."),
        n => format!("{n} of {green} Green ratings name no evidence{on}."),
    }
}

/// The most statements that nobody rates that are named.
const MOST_UNRATED_NAMED: usize = 2;

fn unrated_note(unrated: &[String]) -> String {
    match unrated.len() {
        0 => String::new(),
        n if n > MOST_UNRATED_NAMED => format!("Nobody rated {n} of the statements."),
        _ => format!(
            "Nobody rated {}.",
            words::list(&unrated.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>())
        ),
    }
}

/// The heading of the area of each statement.
fn titles_of_areas<'a>(inputs: DocumentInputs<'a>) -> HashMap<&'a CriterionId, &'a str> {
    let numbers = &inputs.analysis.numbers;
    let of_area =
        |area: &'a AreaSummary| numbers.criteria_of(area).map(|summary| (&summary.criterion.id, area.title.as_str()));
    numbers.areas.iter().flat_map(of_area).collect()
}

/// Each area: its statements with their middle ratings and, if there is room, agencies' own words.
pub(super) fn areas(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let mut slides = Vec::new();
    for (area, charts) in inputs.analysis.numbers.areas.iter().zip(&inputs.charts.criteria) {
        let headline = words::capitalised(&sentences::of_ratings(&area.counts));
        let heading = inputs.theme.areas.iter().find(|one| one.id == area.id).map_or(&area.title, |one| &one.title);
        let section = format!("{heading} ({})", area.basis.short_words());
        let here: HashSet<&CriterionId> =
            inputs.analysis.numbers.criteria_of(area).map(|summary| &summary.criterion.id).collect();
        let is_here = |answer: &&AnswerRow| here.contains(&answer.criterion);
        let trace = Trace::default()
            .counts(inputs.analysis, &area.title, |answer| is_here(&answer))
            .counts_each(inputs.analysis, |answer| {
                Some(answer).filter(is_here).map(|answer| answer.criterion.as_str())
            });
        for (at, chart) in charts.iter().enumerate() {
            let (key, section) = (SlideKey::of_area(&inputs.analysis.numbers, area), continued(&section, at));
            let headline = inputs.headline(&key, headline.clone());
            let (quotes, note) = voices::of_area(inputs, area, chart, &headline);
            let body = Body::Picture { chart: Box::new(chart.clone()), figures: Vec::new(), quotes, note };
            slides.push(Slide { ratings: String::new(), key, section, headline, body, trace: trace.clone() });
        }
    }
    slides
}

/// A number with its noun, and zero as a figure, for "11 of 12 agencies".
fn number(n: usize, noun: &str) -> String {
    format!("{n} {}", words::noun(n, noun))
}

fn figure(n: usize, of: usize, label: &str) -> Figure {
    Figure { value: format!("{n} of {of}"), label: label.into() }
}

fn picture(
    (key, section): (SlideKey, &str),
    headline: &str,
    chart: &Chart,
    figures: Vec<Figure>,
    note: &str,
    trace: &Trace,
) -> Slide {
    let body = Body::Picture { chart: Box::new(chart.clone()), figures, quotes: Vec::new(), note: note.to_string() };
    Slide {
        ratings: String::new(),
        key,
        section: section.into(),
        headline: headline.into(),
        body,
        trace: trace.clone(),
    }
}
