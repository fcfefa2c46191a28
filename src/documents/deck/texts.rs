//! The slides of paragraphs: the officer's own slides, and the method.

use super::super::cover::cover;
use super::super::inputs::{DocumentInputs, Length};
use super::super::picks::{Added, Picks};
use super::super::slide_key::SlideKey;
use super::measure;
use super::phrases::continued;
use super::slide::{Body, Paragraph, Slide};
use super::voices;
use crate::analysis::trace::Trace;
use crate::analysis::{Analysis, BasisSummary, ShownRatings, sentences};
use crate::core::finding::{Code, Finding, Reference};
use crate::core::words;
use crate::form::{HeadlineKind, Rating};
use crate::style::paging;
use crate::theme::Basis;

fn plain(heading: &str, text: impl Into<String>) -> Paragraph {
    Paragraph { heading: heading.into(), text: text.into(), is_alarm: false }
}

/// Paragraphs on as many slides as they need.
pub(super) fn slides(
    (key, section, headline): (SlideKey, &str, &str),
    paragraphs: Vec<Paragraph>,
    trace: &Trace,
) -> Vec<Slide> {
    let mut pages = paging::filled(paragraphs, measure::room_under(headline), measure::paragraph);
    if pages.is_empty() {
        pages.push(Vec::new());
    }
    let slide = |(at, paragraphs)| Slide {
        ratings: String::new(),
        key: key.clone(),
        section: continued(section, at),
        headline: headline.into(),
        body: Body::Notes(paragraphs),
        trace: trace.clone(),
    };
    pages.into_iter().enumerate().map(slide).collect()
}

/// A text cut into paragraphs that each fit a slide under a headline of two lines, at blanks if there are any.
pub(super) fn pieces(heading: &str, text: &str) -> Vec<Paragraph> {
    let most = measure::lines_in(measure::room_under("")) - 4;
    let mut found: Vec<Paragraph> = Vec::new();
    let (mut piece, mut used) = (String::new(), 0);
    for word in text.split_inclusive([' ', '\n']).flat_map(short) {
        let needed = measure::advance(word);
        // Lines break at words, so on average a tenth of each line stays empty: `LINE_ROOM` allows for that.
        if !piece.is_empty() && used + needed > most * measure::LINE_ROOM {
            let at = found.len();
            found.push(plain(&continued(heading, at), std::mem::take(&mut piece)));
            used = 0;
        }
        piece.push_str(word);
        used += needed;
    }
    let at = found.len();
    found.push(plain(&continued(heading, at), piece));
    found
}

/// The longest word that is kept whole, in characters: a few lines.
const LONGEST_RUN: usize = 400;

/// A word as it is, or in pieces if it is longer than a few lines.
fn short(word: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).step_by(LONGEST_RUN).collect();
    cuts.push(word.len());
    cuts.windows(2).map(|pair| &word[pair[0]..pair[1]]).collect()
}

/// The officer's own slides, each with the slide that it comes after; `None` for before the method.
pub(super) fn added(inputs: DocumentInputs<'_>) -> Vec<(Option<SlideKey>, Slide)> {
    let of = |(at, added): (usize, &Added)| {
        let lines = added.text.lines().filter(|line| !line.trim().is_empty());
        let paragraphs = lines.flat_map(|line| pieces("", line)).collect();
        let slides = slides((SlideKey::Own(at + 1), "In our own words", &added.title), paragraphs, &Trace::default());
        slides.into_iter().map(|slide| (added.after.clone(), slide)).collect::<Vec<_>>()
    };
    inputs.picks.added.iter().enumerate().flat_map(of).collect()
}

/// The slide on method: how numbers were made, and what is known to be incomplete.
pub(super) fn method(inputs: DocumentInputs<'_>) -> Vec<Slide> {
    let mut paragraphs = vec![
        plain(
            "What was rated",
            format!(
                "Each agency's own part, on practice in the last six months. {}{}",
                meanings(inputs),
                which_ratings(inputs.analysis)
            ),
        ),
        plain("The statements", wording(inputs)),
        plain("How we count", how_we_count(inputs.length)),
        plain("What is not in", format!("{} {}", sentences::answers(&inputs.analysis.numbers), open_questions(inputs))),
        plain("What was chosen", chosen(inputs)),
    ];
    let faults = &inputs.analysis.numbers.reconciliation.faults;
    if !faults.is_empty() {
        let text = format!("Do not show these numbers: {}.", faults.join("; "));
        let heading = "The totals do not match what was issued".to_string();
        // First on the page: whoever presents must not miss it.
        paragraphs.insert(0, Paragraph { heading, text, is_alarm: true });
    }
    let headline = "Every count here can be traced to cells in agencies' returns";
    slides(
        (SlideKey::Method, "Method and data", &inputs.headline(&SlideKey::Method, headline.to_string())),
        paragraphs,
        &method_trace(inputs),
    )
}

/// Which ratings the slides show: self-ratings or those after challenge; empty if no challenge is on record.
///
/// The text is a line of the form that a presentation's code is made from (`shown.rs`): other words here take back every approval.
pub(super) fn which_ratings(analysis: &Analysis) -> String {
    let numbers = &analysis.numbers;
    match numbers.ratings {
        ShownRatings::Own if numbers.challenged.is_empty() => String::new(),
        ShownRatings::Own => " Ratings are the agencies' own, as they were before challenge.".into(),
        ShownRatings::AsChallenged => format!(
            " {}: where the challenge meeting and an agency agreed a different rating, that one is shown. A rating that was not looked at, or not agreed, is the agency's own.",
            numbers.which_ratings(None)
        ),
    }
}

/// How numbers are made, and how to trace one.
fn how_we_count(length: Length) -> String {
    let middle = match length {
        Length::Short => "",
        Length::Full => {
            " The middle rating is the one in the middle when all are put in order; if two share it, the worse."
        }
    };
    format!(
        "Shares are of ratings given.{middle} We take “not applicable” as the agency gives it. An area is picked out only if it has \
         three ratings or more and ties with no other. Give us the code at the foot of a page, and we show you the cells behind a number."
    )
}

/// What the statements are, and whether their wording was checked.
fn wording(inputs: DocumentInputs<'_>) -> String {
    let numbers = &inputs.analysis.numbers;
    let of_basis = |of: &BasisSummary| {
        let mut here = numbers.criteria.iter().filter(|summary| summary.criterion.basis == of.basis);
        let (is, of_our) = match here.all(|summary| summary.criterion.paraphrase) {
            true => ("is our paraphrase of", "our paraphrase of "),
            false => ("is", ""),
        };
        match of.basis {
            Basis::Criterion => format!("Each official criterion {is} what is published."),
            Basis::Scope => format!("Each statement {is} what inspectors say they will evaluate."),
            Basis::Reported => format!("Each reported criterion is {of_our}an official criterion as others report it."),
            Basis::LineOfEnquiry => {
                format!(
                    "Each line of enquiry {is} what inspectors looked at elsewhere, and is not an official criterion."
                )
            }
        }
    };
    let mut said: Vec<String> = numbers.bases.iter().map(of_basis).collect();
    // If it was not checked, the foot of every page says so already.
    if inputs.theme.notice().is_none() {
        said.push("The wording was checked against the published framework.".into());
    }
    said.join(" ")
}

/// Where the numbers of this slide come from.
fn method_trace(inputs: DocumentInputs<'_>) -> Trace {
    let (left, reworded) = red_texts(inputs);
    let is_of = |list: &[RedText], answer: &crate::intake::answers::AnswerRow| {
        list.iter().any(|red| red.agency == answer.agency && red.criterion == answer.criterion)
    };
    let worry = crate::form::TextKind::WorriedAbout;
    let not_shown = "Texts under a Red rating that the rule would show and that are not shown";
    Trace::default()
        .whole(inputs.analysis)
        .findings("Questions to agencies that are open", places_of_open_questions(inputs))
        .findings("Ratings read as meant", places_of(inputs, |finding| finding.code == Code::RatingAssumed))
        .texts(inputs.analysis, not_shown, worry, |answer| is_of(&left, answer))
        .texts(inputs.analysis, "Texts under a Red rating shown in other words", worry, |answer| {
            is_of(&reworded, answer)
        })
}

/// "Red: action is urgent. Amber: ...".
fn meanings(inputs: DocumentInputs<'_>) -> String {
    let definitions = &inputs.theme.definitions;
    let of = [&definitions.red, &definitions.amber, &definitions.green].into_iter().zip(Rating::ALL);
    let meaning =
        |(meaning, rating): (&String, Rating)| format!("{}: {}.", rating.word(), meaning.trim_end_matches('.'));
    of.map(meaning).collect::<Vec<_>>().join(" ")
}

/// A text under a Red rating that the officer left out or put in other words.
#[derive(Debug, Clone, PartialEq)]
pub struct RedText {
    /// The agency.
    pub agency: crate::core::ids::AgencyId,
    /// The statement.
    pub criterion: crate::core::ids::CriterionId,
    /// The words.
    pub words: String,
    /// The officer's wording; empty if it is left out.
    pub wording: String,
}

/// The texts under a Red rating that the rule would show but the officer left out, and those that the officer reworded.
pub fn red_texts(inputs: DocumentInputs<'_>) -> (Vec<RedText>, Vec<RedText>) {
    let text = |voice: &crate::analysis::Voice, wording: &str| RedText {
        agency: voice.agency.clone(),
        criterion: voice.criterion.clone(),
        words: voice.words.clone(),
        wording: wording.to_string(),
    };
    let is_slide_out = inputs.picks.left_out.contains(&SlideKey::WorriedAbout);
    // Under a headline of one line, so that the list does not depend on the officer's headline.
    let would_show = voices::by_rule(inputs, HeadlineKind::WorriedAbout, "");
    let mut left = Vec::new();
    for quote in would_show.iter().filter(|quote| quote.rating == Rating::Red) {
        let is_it =
            |voice: &&crate::analysis::Voice| voice.agency == quote.agency && voice.criterion == quote.criterion;
        let Some(voice) = inputs.analysis.worries.iter().find(is_it) else { continue };
        let is_shown =
            inputs.picks.worries.is_none() || inputs.picks.shows_red(&voice.agency, &voice.criterion).is_some();
        if is_slide_out || !is_shown {
            left.push(text(voice, ""));
        }
    }
    let reworded = inputs
        .picks
        .worries
        .iter()
        .flatten()
        .filter(|picked| picked.voice.rating == Rating::Red && !picked.wording.is_empty());
    let reworded =
        if is_slide_out { Vec::new() } else { reworded.map(|picked| text(&picked.voice, &picked.wording)).collect() };
    (left, reworded)
}

/// The rules of `analysis/voices.rs` and `analysis/disagreements.rs`, in words for inspectors.
fn rule(picks: &Picks) -> String {
    let of_voices = match (&picks.strengths, &picks.worries) {
        (None, None) => "What is working well comes from a Green with evidence, worries from a Red if there is one.",
        (None, Some(_)) => "What is working well comes from a Green with evidence.",
        (Some(_), None) => "Worries come from a Red if there is one.",
        (Some(_), Some(_)) => return "Where agencies differ most comes first.".into(),
    };
    let of_own_worry = match picks.strengths {
        None => " A Green with a worry comes after the others, and its worry is shown with it.",
        Some(_) => "",
    };
    format!(
        "{of_voices} The first worry is on the statement in the headline (the smallest share of Green, of three ratings or more), if one can be shown. \
         After that, official statements come first, agencies' own lines before whole quotations, and words with a result before others. \
         The page of worries begins with Reds and quotes in full where there is room.{of_own_worry} Each statement has at most one text in a column. \
         A text that may be about one child is not shown. One that names a different agency is shown only if that agency was asked."
    )
}

/// What people chose and what the rule picked, so that inspectors can tell the two apart.
fn chosen(inputs: DocumentInputs<'_>) -> String {
    let picks = inputs.picks;
    let mut said = Vec::new();
    let by_people: Vec<&str> = [
        (picks.strengths.is_some(), "what is working well"),
        (picks.worries.is_some(), "what we are worried about"),
        (picks.actions.is_some(), "what needs to happen"),
        (picks.differences.is_some(), "what we see differently"),
    ]
    .into_iter()
    .filter_map(|(is_chosen, what)| is_chosen.then_some(what))
    .collect();
    said.push(match by_people.as_slice() {
        [] => format!("A rule picked what is on slides. {}", rule(picks)),
        [_, _, _, _] => "The partnership chose what is on slides.".to_string(),
        some => format!("The partnership chose {}. The rest was picked by a rule. {}", words::list(some), rule(picks)),
    });
    let is_here = |key: &&SlideKey| super::keys::has_slide(inputs.analysis, picks, inputs.length, key);
    let left_out = picks.left_out.iter().filter(is_here).count();
    let headlines = picks.headlines.keys().filter(is_here).filter(|key| !picks.left_out.contains(*key)).count();
    let changed = [
        (headlines, "headline", "of our own"),
        (left_out, "slide", "left out"),
        (picks.added.len(), "slide", "of our own added"),
    ];
    let changed: Vec<String> = changed
        .iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, noun, how)| format!("{} {how}", words::count(*n, noun)))
        .collect();
    if !changed.is_empty() {
        said.push(format!("{}.", words::capitalised(&words::list(&changed))));
    }
    let (left, reworded) = red_texts(inputs);
    let texts = |all: &[RedText]| {
        sentences::on_each_basis(&inputs.analysis.numbers, "text", all.iter().map(|red| &red.criterion))
    };
    if left.len() + reworded.len() > 0 {
        said.push(format!(
            "Under Red ratings, {} that the rule would show {} not shown, and {} {} shown in other words.",
            texts(&left),
            if left.len() == 1 { "is" } else { "are" },
            texts(&reworded),
            if reworded.len() == 1 { "is" } else { "are" },
        ));
    }
    let approved = cover(inputs).approved;
    if !approved.is_empty() {
        said.push(format!("{approved}."));
    }
    said.join(" ")
}

fn places_of(inputs: DocumentInputs<'_>, is_so: impl Fn(&Finding) -> bool) -> Vec<usize> {
    inputs.findings.iter().enumerate().filter(|(_, finding)| is_so(finding)).map(|(at, _)| at).collect()
}

fn places_of_open_questions(inputs: DocumentInputs<'_>) -> Vec<usize> {
    let place = |asked: &Reference| {
        inputs.findings.iter().position(|finding| finding.reference.as_ref().is_some_and(|own| own == asked))
    };
    inputs.open_questions.iter().filter_map(place).collect()
}

/// How many questions to agencies are still open, and how many ratings were read as meant.
fn open_questions(inputs: DocumentInputs<'_>) -> String {
    let open = match inputs.open_questions.len() {
        0 => "No agency has an open question about its return.".to_string(),
        1 => "1 question to an agency about its return is open.".to_string(),
        n => format!("{n} questions to agencies about their returns are open."),
    };
    let assumed = inputs.findings.iter().filter(|finding| finding.code == Code::RatingAssumed).count();
    match assumed {
        0 => open,
        n => {
            format!("{open} {} written in capitals, small letters or with spaces, and read as meant.", was(n, "rating"))
        }
    }
}

fn was(n: usize, noun: &str) -> String {
    format!("{} {}", words::count(n, noun), if n == 1 { "was" } else { "were" })
}
