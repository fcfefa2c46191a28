//! What there is to choose from: the rows of each sheet as the answers are now, each with a hash by which a later run knows it again.

use std::collections::HashMap;

use jiff::civil::Date;

use super::contract::{BY_RULE, CHECKED, ChoicesColumn, ChoicesSheet, Holds, OWN_LINE, SINCE};
use super::entry::ActionTerms;
use crate::analysis::{Action, Analysis, Disagreement, Voice, sentences};
use crate::core::hash;
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::documents::SlideKey;
use crate::documents::deck::{self, Deck};
use crate::form::HeadlineKind;
use crate::intake::answers::AnswerState;
use crate::round::Round;
use crate::theme::Theme;
use crate::workbook::write::Cell;

/// What the workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct ChoicesSource<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The numbers of the ratings that the slides show.
    pub analysis: &'a Analysis,
    /// The numbers of the self-ratings.
    pub own: &'a Analysis,
    /// The full deck as the rule makes it.
    pub deck: &'a Deck,
    /// The date of the run.
    pub made_on: Date,
}

/// The length of a row's hash, in characters: the chance that two rows have the same one is 1 in 10 to the 24.
const PRINT_LENGTH: usize = 16;

/// How much of a text goes into a hash, in characters: a longer text is cut in its cell, and would be different when it is read back.
const LONGEST_IN_PRINT: usize = 30_000;

/// A row as jtai wrote it, as hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowPrint {
    /// Its sheet.
    pub sheet: ChoicesSheet,
    /// A hash of its sheet with its Ref and agency, or with its slide: which row it is.
    pub key: String,
    /// A hash of what it says.
    pub contents: String,
    /// Its place on the slide by the rule; empty where the rule does not pick it.
    pub by_rule: String,
}

impl RowPrint {
    /// The hashes of a row whose cells `text` gives by header.
    pub(super) fn new(sheet: ChoicesSheet, text: impl Fn(&str) -> String) -> RowPrint {
        let key = sheet.key().iter().map(|header| text(header).trim().to_lowercase());
        let is_of_contents = |header: &&str| ![BY_RULE, SINCE].contains(header);
        let given = sheet.columns().iter().filter(|column| !column.is_input).map(|column| column.header);
        // An empty line is left out of the hash, so that a row without one has the same hash as in forms that had no lines.
        let contents = given.filter(is_of_contents).map(|header| (header, plain(&text(header))));
        let contents = contents.filter(|(header, text)| *header != OWN_LINE || !text.is_empty()).map(|(_, text)| text);
        let key = print(std::iter::once(sheet.name().to_string()).chain(key));
        RowPrint { sheet, key, contents: print(contents), by_rule: text(BY_RULE) }
    }
}

/// A text with its white space made alike, because programs change it when they save a file.
pub(super) fn plain(text: &str) -> String {
    let begun: String = text.chars().take(LONGEST_IN_PRINT).collect();
    begun.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn print(texts: impl Iterator<Item = String>) -> String {
    // A zero byte cannot be in a cell, so texts cannot run into each other.
    let all = texts.collect::<Vec<_>>().join("\0");
    hash::code(&hash::sha256(all.as_bytes()), PRINT_LENGTH)
}

/// A row to choose from.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// Its cells under the headers of its sheet; those to fill in are empty.
    pub cells: Vec<Cell>,
    /// Its hashes.
    pub print: RowPrint,
}

/// Every row to choose from on a sheet, in its order; none on a sheet where the officer writes all rows.
pub(super) fn offers(sheet: ChoicesSheet, source: ChoicesSource<'_>) -> Vec<Offer> {
    let rows = match sheet {
        ChoicesSheet::Strengths => voices(source, &source.analysis.strengths, HeadlineKind::WorkingWell),
        ChoicesSheet::Worries => voices(source, &source.analysis.worries, HeadlineKind::WorriedAbout),
        ChoicesSheet::Differences => differences(source),
        ChoicesSheet::Slides => slides(source),
        ChoicesSheet::Actions => actions(source),
        ChoicesSheet::Context | ChoicesSheet::Figures | ChoicesSheet::Children | ChoicesSheet::Added => Vec::new(),
    };
    let offer = |cells: Vec<Cell>| Offer { print: RowPrint::new(sheet, |header| shown(sheet, &cells, header)), cells };
    rows.into_iter().map(offer).collect()
}

/// An empty cell of a column to fill in.
pub(super) fn empty(column: &ChoicesColumn) -> Cell {
    match column.holds {
        Holds::Words | Holds::OneOf(_) => Cell::Input(String::new()),
        Holds::AsTyped => Cell::InputAsTyped(String::new()),
        Holds::Day => Cell::InputDate(None),
    }
}

/// What is shown in a row under a header.
pub(super) fn shown(sheet: ChoicesSheet, cells: &[Cell], header: &str) -> String {
    let at = sheet.columns().iter().position(|column| column.header == header);
    at.and_then(|at| cells.get(at)).map_or(String::new(), Cell::shown)
}

/// The agencies' own answers, where slides show ratings after challenge; empty where they show self-ratings.
struct OwnStates<'a>(HashMap<(&'a AgencyId, &'a CriterionId), AnswerState>);

impl<'a> OwnStates<'a> {
    fn new(source: ChoicesSource<'a>) -> OwnStates<'a> {
        let is_other = source.analysis.numbers.ratings != source.own.numbers.ratings;
        let answers = source.own.answers.iter().filter(|_| is_other);
        OwnStates(answers.map(|answer| ((&answer.agency, &answer.criterion), answer.state)).collect())
    }

    /// The agency's own rating as a cell; with the rating after challenge, where slides show that and it is different.
    fn beside(&self, agency: &AgencyId, criterion: &CriterionId, shown: AnswerState) -> (Cell, Option<String>) {
        let own = self.0.get(&(agency, criterion)).copied().unwrap_or(shown);
        let cell = match own {
            AnswerState::Rated(rating) => Cell::Rated(rating),
            state => Cell::from(state.words()),
        };
        (cell, (own != shown).then(|| format!("{} after challenge", shown.words())))
    }
}

/// Every text that can be on a slide, in the rule's order.
fn voices(source: ChoicesSource<'_>, all: &[Voice], kind: HeadlineKind) -> Vec<Vec<Cell>> {
    // First the order on the page with Signs of Safety, which has both kinds, then that of the slides with one kind.
    let (column, key) = match kind {
        HeadlineKind::WorriedAbout => (1, SlideKey::WorriedAbout),
        _ => (0, SlideKey::WorkingWell),
    };
    let cards =
        source.deck.slides.iter().filter_map(|slide| slide.signs()).flat_map(|signs| &signs.columns[column].cards);
    let mut picked: Vec<(&CriterionId, &AgencyId)> =
        cards.flatten().map(|card| (&card.criterion, &card.agency)).collect();
    let of_kind = source.deck.slides.iter().filter(|slide| slide.key == key).flat_map(|slide| slide.quotes());
    for place in of_kind.map(|quote| (&quote.criterion, &quote.agency)) {
        if !picked.contains(&place) {
            picked.push(place);
        }
    }
    let own = OwnStates::new(source);
    let row = |voice: &Voice| {
        let (rating, after) = own.beside(&voice.agency, &voice.criterion, AnswerState::Rated(voice.rating));
        let place = picked.iter().position(|picked| *picked == (&voice.criterion, &voice.agency));
        let name = source.analysis.numbers.agency(&voice.agency).map_or("", |agency| agency.name.as_str());
        let line = source.analysis.own_line(kind, &voice.criterion, &voice.agency);
        vec![
            Cell::Input(String::new()),
            Cell::Input(String::new()),
            Cell::Input(String::new()),
            Cell::Input(String::new()),
            Cell::from(voice.criterion.as_str()),
            Cell::from(name),
            rating,
            Cell::from(line.unwrap_or_default()),
            Cell::from(voice.words.as_str()),
            Cell::from(place.map_or(String::new(), |place| (place + 1).to_string())),
            Cell::from(why_not_by_rule(voice, after)),
            Cell::from(""),
        ]
    };
    all.iter().map(row).collect()
}

/// Why the rule does not pick a text, or what is shown with it; empty where there is nothing to say. This is in the row's hash: new words
/// would mark rows in every existing file as changed.
fn why_not_by_rule(voice: &Voice, after: Option<String>) -> String {
    let another = voice.needs_check().then(names_another);
    let child = voice.may_identify.map(|sign| format!("may be about one child: it has {}", sign.words()));
    let worry = voice.own_worry.as_ref().map(|worry| match worry.may_identify {
        None => format!("shown with its worry on the same statement: “{}”", worry.words),
        Some(sign) => format!("its worry on the same statement may be about one child: it has {}", sign.words()),
    });
    joined([after, another, child, worry])
}

fn names_another() -> String {
    format!("names a different agency: ask it, then write Yes under {CHECKED}")
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    words::capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
}

/// Every action that agencies wrote, in the rule's order.
fn actions(source: ChoicesSource<'_>) -> Vec<Vec<Cell>> {
    let analysis = source.analysis;
    let plans = source.deck.slides.iter().filter_map(|slide| slide.plan());
    let picked: Vec<(&CriterionId, &AgencyId)> = plans
        .flat_map(|plan| &plan.rows)
        .filter_map(|row| row.answer.as_ref())
        .map(|(id, agency)| (id, agency))
        .collect();
    let own = OwnStates::new(source);
    let row = |action: &Action| {
        let (rating, after) = own.beside(&action.agency, &action.criterion, action.state);
        let place = picked.iter().position(|picked| *picked == (&action.criterion, &action.agency));
        let name = analysis.numbers.agency(&action.agency).map_or("", |agency| agency.name.as_str());
        let ActionTerms { lead, date } = ActionTerms::new(action);
        let line = analysis.own_line(HeadlineKind::NeedsToHappen, &action.criterion, &action.agency);
        let another = action.names_another.then(names_another);
        let child = action.may_identify.map(|sign| format!("may be about one child: it has {}", sign.words()));
        let mut cells = vec![Cell::Input(String::new()); 8];
        cells.extend([
            Cell::from(action.criterion.as_str()),
            Cell::from(name),
            rating,
            Cell::from(line.unwrap_or_default()),
            Cell::from(action.what.as_str()),
            Cell::from(lead),
            Cell::from(date),
            Cell::from(place.map_or(String::new(), |place| (place + 1).to_string())),
            Cell::from(joined([after, another, child])),
            Cell::from(""),
        ]);
        cells
    };
    analysis.actions.iter().map(row).collect()
}

fn differences(source: ChoicesSource<'_>) -> Vec<Vec<Cell>> {
    let row = |one: &Disagreement| {
        let text = source.theme.criterion(&one.criterion).map_or("", |(_, criterion)| criterion.text.as_str());
        let counts = sentences::counts(&one.counts);
        let (empty, reference) = (Cell::Input(String::new()), Cell::from(one.criterion.as_str()));
        vec![empty, reference, Cell::from(text), Cell::from(counts), Cell::from("")]
    };
    source.analysis.disagreements.iter().map(row).collect()
}

/// Each slide once, by its key.
fn slides(source: ChoicesSource<'_>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut known: Vec<&SlideKey> = Vec::new();
    for slide in &source.deck.slides {
        if known.contains(&&slide.key) {
            continue;
        }
        known.push(&slide.key);
        rows.push(slide_row(&slide.key, &slide.section, &slide.headline));
    }
    // A slide that is shown only on request must be in the list before it is in the presentation.
    for key in deck::SHOWN_ON_REQUEST.iter().filter(|key| !known.contains(key)) {
        let headline = sentences::spread_headline(&source.analysis.numbers);
        rows.push(slide_row(key, "Every rating on one page", &headline));
    }
    rows
}

fn slide_row(key: &SlideKey, section: &str, headline: &str) -> Vec<Cell> {
    vec![
        Cell::Input(String::new()),
        Cell::Input(String::new()),
        Cell::Input(String::new()),
        Cell::from(key.to_string()),
        Cell::from(if section.is_empty() { "The first slide" } else { section }),
        Cell::from(headline),
        Cell::from(""),
    ]
}
