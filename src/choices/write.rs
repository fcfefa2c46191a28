//! `choices.xlsx` written: what the officer can choose for the presentation, from the answers as they are.

use jiff::civil::Date;

use super::contract::{APPROVED_BY, APPROVED_ON, APPROVED_RUN, ChoicesSheet, KINDS, START, YES};
use crate::analysis::{Analysis, Disagreement, Voice, sentences};
use crate::core::ids::{AgencyId, CriterionId};
use crate::core::words;
use crate::documents::NOT_FOR_INSPECTORS;
use crate::documents::SlideKey;
use crate::documents::deck::{Body, Deck};
use crate::round::Round;
use crate::theme::Theme;
use crate::workbook::contract::{Caption, Paper};
use crate::workbook::write::{Cell, FillInSheet, TableSheet, TableWorkbook, WriteError};

/// Empty rows for lines of local context, and for slides of the officer's own.
const EMPTY_ROWS: [usize; 2] = [20, 8];

/// What is said on the first sheet.
const NOTES: [&str; 6] = [
    "Fill in the white cells, save, and run `jtai report` again: choices hold in every run. What no longer fits the answers is named.",
    "Choose nothing, and a rule picks, which the last slide states. A text that names another agency, or its group, is never picked by the rule.",
    "Words that judge are yours: write them as a headline on the sheet Slides. Headlines by the rule only count.",
    "A Red that is left out or put in other words is counted on the last slide and listed in the leaders' annex.",
    "Every page says DRAFT until somebody is named here, with a date and the code at the foot of the slides that were approved, and no question that must be fixed is open. When an answer or a choice changes, so does the code, and it is a draft again. The short and the full presentation have a code each: write both, with a comma between.",
    "To begin afresh, for instance when many answers came in since, move this file away and run `jtai report`.",
];

/// What the workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct ChoicesSource<'a> {
    /// The theme as frozen in the round.
    pub theme: &'a Theme,
    /// The round.
    pub round: &'a Round,
    /// The numbers.
    pub analysis: &'a Analysis,
    /// The full deck as the rule makes it.
    pub deck: &'a Deck,
    /// The date of the run.
    pub made_on: Date,
}

/// Writes the workbook.
///
/// # Errors
///
/// When a table is larger than a sheet.
pub fn workbook(source: ChoicesSource<'_>) -> Result<Vec<u8>, WriteError> {
    let ChoicesSource { theme, round, made_on, .. } = source;
    let workbook = TableWorkbook {
        title: format!("Choices for the presentation: {}", theme.title),
        subject: &theme.title,
        paper: Paper { marking: &round.marking, owner: &round.partnership, audience: NOT_FOR_INSPECTORS },
        made_on,
        properties: Vec::new(),
        fill_in: Some(start(made_on)),
        sheets: ChoicesSheet::ALL.into_iter().map(|sheet| table(sheet, source)).collect(),
    };
    workbook.to_bytes()
}

/// The first sheet: what this is, and who approved the presentation.
fn start(made_on: Date) -> FillInSheet {
    FillInSheet {
        name: START,
        title: "What the presentation says",
        lead: format!("Written once, on {}; from then on it is only read.", words::date(made_on)),
        notes: &NOTES,
        fields: vec![(APPROVED_BY, false), (APPROVED_ON, true), (APPROVED_RUN, false)],
    }
}

fn table(kind: ChoicesSheet, source: ChoicesSource<'_>) -> TableSheet {
    TableSheet {
        name: kind.name(),
        title: kind.name().into(),
        lead: kind.lead().into(),
        caption: Caption { name: kind.table(), alt_text: kind.alt_text(), has_filters: true },
        headers: kind.columns().iter().map(|column| (column.header.to_string(), column.width)).collect(),
        rows: rows(kind, source),
        frozen: 0,
        choices: match kind {
            ChoicesSheet::Slides => &[YES],
            ChoicesSheet::Context => &KINDS,
            ChoicesSheet::Strengths | ChoicesSheet::Worries | ChoicesSheet::Differences | ChoicesSheet::Added => &[],
        },
        chart: None,
    }
}

fn rows(kind: ChoicesSheet, source: ChoicesSource<'_>) -> Vec<Vec<Cell>> {
    let empty = |columns: usize, rows: usize| vec![vec![Cell::Input(String::new()); columns]; rows];
    match kind {
        ChoicesSheet::Strengths => voices(source, &source.analysis.strengths, &SlideKey::WorkingWell),
        ChoicesSheet::Worries => voices(source, &source.analysis.worries, &SlideKey::WorriedAbout),
        ChoicesSheet::Differences => differences(source),
        ChoicesSheet::Slides => slides(source),
        ChoicesSheet::Context => empty(kind.columns().len(), EMPTY_ROWS[0]),
        ChoicesSheet::Added => empty(kind.columns().len(), EMPTY_ROWS[1]),
    }
}

/// Every text that can stand on a slide, in the rule's order.
fn voices(source: ChoicesSource<'_>, all: &[Voice], key: &SlideKey) -> Vec<Vec<Cell>> {
    let picked: Vec<(&CriterionId, &AgencyId)> = source
        .deck
        .slides
        .iter()
        .filter(|slide| slide.key == *key)
        .filter_map(|slide| match &slide.body {
            Body::Voices { quotes, .. } => Some(quotes),
            Body::Front(_) | Body::Picture { .. } | Body::Grid(_) | Body::Notes(_) => None,
        })
        .flatten()
        .map(|quote| (&quote.criterion, &quote.agency))
        .collect();
    let row = |voice: &Voice| {
        let place = picked.iter().position(|picked| *picked == (&voice.criterion, &voice.agency));
        let name = source.analysis.numbers.agency(&voice.agency).map_or("", |agency| agency.name.as_str());
        vec![
            Cell::Input(String::new()),
            Cell::Input(String::new()),
            Cell::from(voice.criterion.as_str()),
            Cell::from(name),
            Cell::Rated(voice.rating),
            Cell::from(voice.words.as_str()),
            Cell::from(place.map_or(String::new(), |place| (place + 1).to_string())),
            Cell::from(why_not_by_rule(voice)),
        ]
    };
    all.iter().map(row).collect()
}

/// Why the rule passes a text over; empty where it does not.
fn why_not_by_rule(voice: &Voice) -> String {
    let another = voice.names_another.then(|| "names another agency, which was not asked".to_string());
    let child = voice.may_identify.map(|sign| format!("may be about one child: it has {}", sign.words()));
    words::capitalised(&[another, child].into_iter().flatten().collect::<Vec<_>>().join("; "))
}

fn differences(source: ChoicesSource<'_>) -> Vec<Vec<Cell>> {
    let row = |one: &Disagreement| {
        let text = source.theme.criterion(&one.criterion).map_or("", |(_, criterion)| criterion.text.as_str());
        let counts = sentences::counts(&one.counts);
        vec![Cell::Input(String::new()), Cell::from(one.criterion.as_str()), Cell::from(text), Cell::from(counts)]
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
        rows.push(vec![
            Cell::Input(String::new()),
            Cell::Input(String::new()),
            Cell::from(slide.key.to_string()),
            Cell::from(if slide.section.is_empty() { "The first slide" } else { slide.section.as_str() }),
            Cell::from(slide.headline.as_str()),
        ]);
    }
    rows
}
