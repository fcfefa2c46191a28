//! The slides that show numbers: the title, who is in the picture, the whole, each area, and how it was done.

use std::collections::{HashMap, HashSet};

use super::{Body, Figure, Made, Paragraph, Slide, voices};
use crate::analysis::AgencySummary;
use crate::analysis::sentences::{self, FEWEST_FOR_A_MIDDLE};
use crate::analysis::trace::Trace;
use crate::analysis::{AnswerSummary, CriterionSummary};
use crate::chart::{Chart, FULL_WIDTH_PT};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fonts::{self, Weight};
use crate::response::Rating;
use crate::round::AgencyId;
use crate::theme::CriterionId;
use crate::words;

pub(super) fn title(made: Made<'_>) -> Slide {
    let analysis = made.analysis;
    let lines = vec![
        format!("{} of {} took part", analysis.numbers.returned(), number(analysis.numbers.asked(), "agency")),
        format!(
            "{}, each rated by the agencies it concerns",
            words::count(analysis.numbers.criteria.len(), "statement")
        ),
    ];
    let trace = took_part(made).statements(analysis, "Statements", |_| true);
    Slide { section: String::new(), headline: made.theme.title.clone(), body: Body::Title(lines), trace }
}

/// The numbers of agencies.
fn took_part(made: Made<'_>) -> Trace {
    Trace::default()
        .agencies(made.analysis, "Agencies asked", |agency| agency.counts.asked > 0)
        .agencies(made.analysis, "Agencies that answered", |agency| agency.is_returned)
        .agencies(made.analysis, "Agencies that have not", |agency| agency.counts.asked > 0 && !agency.is_returned)
}

/// Who is in the picture and who is not: named in the headline where they fit on its line, else under the chart.
pub(super) fn who(made: Made<'_>) -> Vec<Slide> {
    let analysis = made.analysis;
    let missing: Vec<&str> = analysis
        .numbers
        .agencies
        .iter()
        .filter(|agency| agency.counts.asked > 0 && !agency.is_returned)
        .map(|agency| agency.name.as_str())
        .collect();
    let answered =
        format!("{} of {} answered", analysis.numbers.returned(), number(analysis.numbers.asked(), "agency"));
    let have = if missing.len() == 1 { "has" } else { "have" };
    let naming = format!("{answered}; {} {have} not", words::list(&missing));
    let headline_fits = fonts::width(&naming, super::HEADLINE_PT, Weight::Bold) <= FULL_WIDTH_PT as f32;
    let named = format!("Not in: {}.", words::list(&missing));
    let note_fits = fonts::width(&named, 16.0, Weight::Regular) <= FULL_WIDTH_PT as f32;
    let (headline, not_in) = match missing.len() {
        0 => (answered, String::new()),
        _ if headline_fits => (naming, String::new()),
        _ if note_fits => (answered, format!("{named} ")),
        n => (format!("{answered}; {n} {have} not"), String::new()),
    };
    let note = format!("{not_in}{} A missing answer is never counted as a colour.", who_counts(made));
    let names: HashMap<&AgencyId, &str> =
        analysis.numbers.agencies.iter().map(|agency| (&agency.id, agency.name.as_str())).collect();
    let trace = took_part(made)
        .approvals(analysis, "Returns with approval recorded")
        .counts(analysis, "all statements", |_| true)
        .counts_each(analysis, |answer| names.get(&answer.agency).copied());
    let slide = |chart: &Chart| picture("Who is in the picture", headline.clone(), chart, Vec::new(), &note, &trace);
    made.charts.returns.iter().map(slide).collect()
}

/// "82 of 95 answers are rated; 9 of 11 returns have approval recorded."
fn who_counts(made: Made<'_>) -> String {
    let returned: Vec<&AgencySummary> =
        made.analysis.numbers.agencies.iter().filter(|agency| agency.is_returned).collect();
    let approved = returned.iter().filter(|agency| agency.is_approval_recorded).count();
    let all = made.analysis.numbers.overall;
    format!(
        "{} of {} rated; approval recorded in {approved} of {}.",
        all.rated(),
        number(all.asked, "answer"),
        number(returned.len(), "return")
    )
}

/// The picture on one page, or on as many as its areas need.
pub(super) fn whole(made: Made<'_>) -> Vec<Slide> {
    let analysis = made.analysis;
    let all = &analysis.numbers.overall;
    let headline = match all.rated() {
        0 => "Nothing is rated yet".to_string(),
        rated => format!("Of {rated} ratings given, {} are Red, {} Amber and {} Green", all.red, all.amber, all.green),
    };
    let shown = analysis.numbers.criteria.iter().filter(|summary| summary.counts.rated() >= FEWEST_FOR_A_MIDDLE);
    let (unmoved, middles) = shown.fold((0, 0), |(unmoved, n), summary| {
        (unmoved + usize::from(summary.position.is_some_and(|position| position.is_firm())), n + 1)
    });
    let apart =
        analysis.numbers.criteria.iter().filter(|summary| summary.counts.red > 0 && summary.counts.green > 0).count();
    let mut figures = vec![figure(all.rated(), all.asked, "answers rated")];
    if middles > 0 {
        figures.push(figure(unmoved, middles, "middle ratings that no missing answer could move"));
        figures.push(figure(apart, analysis.numbers.criteria.len(), "statements that some rate Green and some Red"));
    }
    let note = unanswered_note(made);
    let has_middle = |summary: &CriterionSummary| summary.counts.rated() >= FEWEST_FOR_A_MIDDLE;
    let areas = titles_of_areas(made);
    let trace = Trace::default()
        .counts(analysis, "all statements", |_| true)
        .counts_each(analysis, |answer| areas.get(&answer.criterion).copied())
        .statements(analysis, "Statements with a middle rating", has_middle)
        .statements(analysis, "Middle ratings that no missing answer could move", |summary| {
            has_middle(summary) && summary.position.is_some_and(|position| position.is_firm())
        })
        .statements(analysis, "Statements that some rate Green and some Red", |summary| {
            summary.counts.red > 0 && summary.counts.green > 0
        })
        .statements(analysis, "Statements", |_| true);
    let slide =
        |chart: &Chart| picture("The picture on one page", headline.clone(), chart, figures.clone(), &note, &trace);
    made.charts.areas.iter().map(slide).collect()
}

fn unanswered_note(made: Made<'_>) -> String {
    match sentences::not_rated(&made.analysis.numbers.overall).as_slice() {
        [] => "Every answer is in.".into(),
        said => format!("Not rated: {}. None of these is counted as a colour.", words::list(said)),
    }
}

/// The heading of the area of each statement.
fn titles_of_areas(made: Made<'_>) -> HashMap<&CriterionId, &str> {
    let of = |summary: &CriterionSummary| {
        made.analysis.numbers.areas.iter().find(|area| area.id == summary.area).map_or("", |area| area.title.as_str())
    };
    made.analysis.numbers.criteria.iter().map(|summary| (&summary.criterion.id, of(summary))).collect()
}

/// Each area: its statements, with the middle rating of each and, where there is room, agencies' own words.
pub(super) fn areas(made: Made<'_>) -> Vec<Slide> {
    let mut slides = Vec::new();
    for (area, charts) in made.analysis.numbers.areas.iter().zip(&made.charts.criteria) {
        let counts = &area.counts;
        let most = Rating::ALL.into_iter().max_by_key(|rating| (counts.of(*rating), std::cmp::Reverse(*rating)));
        let headline = match (counts.rated(), most) {
            (0, _) | (_, None) => "Nothing is rated yet".to_string(),
            (1, Some(rating)) => format!("The one rating given is {}", rating.word()),
            (rated, Some(rating)) => {
                let n = counts.of(rating);
                format!("{n} of {rated} ratings {} {}", if n == 1 { "is" } else { "are" }, rating.word())
            }
        };
        let mut basis: Vec<&str> =
            made.analysis.numbers.criteria_of(&area.id).map(|s| s.criterion.basis.short_words()).collect();
        basis.dedup();
        let section = format!("{} ({})", area.title, words::list(&basis));
        let here: HashSet<&CriterionId> =
            made.analysis.numbers.criteria_of(&area.id).map(|summary| &summary.criterion.id).collect();
        let is_here = |answer: &&AnswerSummary| here.contains(&answer.criterion);
        let trace = Trace::default()
            .counts(made.analysis, &area.title, |answer| is_here(&answer))
            .counts_each(made.analysis, |answer| Some(answer).filter(is_here).map(|answer| answer.criterion.as_str()));
        for (at, chart) in charts.iter().enumerate() {
            let is_last = at + 1 == charts.len();
            let quotes = if is_last { voices::of_area(made, area, chart.height_pt) } else { Vec::new() };
            let body = Body::Picture { chart: chart.clone(), figures: Vec::new(), quotes, note: String::new() };
            slides.push(Slide { section: section.clone(), headline: headline.clone(), body, trace: trace.clone() });
        }
    }
    slides
}

/// How the numbers were made, and what is known to be incomplete.
pub(super) fn method(made: Made<'_>) -> Slide {
    let all = &made.analysis.numbers.overall;
    let paraphrased = made.analysis.numbers.criteria.iter().all(|summary| summary.criterion.paraphrase);
    let mut basis: Vec<&str> = Vec::new();
    for summary in &made.analysis.numbers.criteria {
        let words = summary.criterion.basis.words();
        if !basis.contains(&words) {
            basis.push(words);
        }
    }
    let wording = format!(
        "{}{}. {}",
        basis.join("; "),
        if paraphrased { ", in our paraphrase" } else { "" },
        made.theme.notice().unwrap_or("The wording was checked against the published framework.")
    );
    let adds_up = format!(
        "{} asked = {} rated + {} not applicable + {} blank + {} unreadable + {} not returned.",
        words::count(all.asked, "answer"),
        all.rated(),
        all.not_applicable,
        all.blank,
        all.unreadable,
        all.missing
    );
    let paragraphs = [
        ("What was rated", "Each agency's own part, in this partnership's area, on practice of the last six months. No grade is given or implied.".to_string()),
        ("Where the statements come from", wording),
        ("How we count", "Shares are of ratings given. The middle rating is the one in the middle when all are put in order; where two share it, the worse. Not applicable is taken as the agency says.".into()),
        ("What is not in", format!("{adds_up} {}", open_questions(made))),
    ];
    let plain = |(heading, text): (&str, String)| Paragraph { heading: heading.into(), text, is_alarm: false };
    let mut paragraphs = paragraphs.map(plain).to_vec();
    let faults = &made.analysis.numbers.reconciliation.faults;
    if !faults.is_empty() {
        let text = format!("Do not show these numbers: {}.", faults.join("; "));
        paragraphs
            .insert(0, Paragraph { heading: "The sums do not come to what was issued".into(), text, is_alarm: true });
    }
    Slide {
        section: "Method and data".into(),
        headline: "Every number here can be traced to a cell in an agency's return".into(),
        body: Body::Notes(paragraphs),
        trace: Trace::default()
            .counts(made.analysis, "all statements", |_| true)
            .findings("Questions about the returns that are open", places_of(made, is_open))
            .findings("Ratings read as meant", places_of(made, |finding| finding.code == Code::RatingAssumed)),
    }
}

fn places_of(made: Made<'_>, is_so: impl Fn(&Diagnostic) -> bool) -> Vec<usize> {
    made.findings.iter().enumerate().filter(|(_, finding)| is_so(finding)).map(|(at, _)| at).collect()
}

fn is_open(finding: &Diagnostic) -> bool {
    finding.severity() != Severity::Information
}

/// What is open in the returns, counted by severity, and how ratings were read.
fn open_questions(made: Made<'_>) -> String {
    let open = match made.findings.iter().filter(|finding| is_open(finding)).count() {
        0 => "No question about the returns is open.".to_string(),
        1 => "1 question about the returns is open.".to_string(),
        n => format!("{n} questions about the returns are open."),
    };
    let assumed = made.findings.iter().filter(|finding| finding.code == Code::RatingAssumed).count();
    match assumed {
        0 => open,
        n => format!("{open} {} written in other letters or with blanks and read as meant.", was(n, "rating")),
    }
}

fn was(n: usize, noun: &str) -> String {
    format!("{} {}", words::count(n, noun), if n == 1 { "was" } else { "were" })
}

/// A number with its noun, and 0 as a figure: for "11 of 12 agencies".
fn number(n: usize, noun: &str) -> String {
    format!("{n} {}", words::noun(n, noun))
}

fn figure(n: usize, of: usize, label: &str) -> Figure {
    Figure { value: format!("{n} of {of}"), label: label.into() }
}

fn picture(section: &str, headline: String, chart: &Chart, figures: Vec<Figure>, note: &str, trace: &Trace) -> Slide {
    let body = Body::Picture { chart: chart.clone(), figures, quotes: Vec::new(), note: note.to_string() };
    Slide { section: section.to_string(), headline, body, trace: trace.clone() }
}
