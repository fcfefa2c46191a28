//! `choices.xlsx`: what the officer can choose for the presentation, written once from the answers. Its contract is in
//! [`crate::choices`].

use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Workbook, Worksheet, XlsxError};

use crate::analysis::{Analysis, Voice, sentences};
use crate::choices::{APPROVED_BY, APPROVED_ON, APPROVED_RUN, KINDS, START, Sheet, YES};
use crate::core::words;
use crate::deck::{Body, Deck};
use crate::round::Round;
use crate::theme::Theme;
use crate::workbook::sheets::cells::Cell;
use crate::workbook::sheets::styles::{row_height, styles};
use crate::workbook::sheets::{self, Caption, Paper};

/// Empty rows for lines of local context, and for slides of the officer's own.
const EMPTY_ROWS: [usize; 2] = [20, 8];

/// The width of the notes on the first sheet, in characters.
const TEXT_WIDTH: f64 = 90.0;

/// What the workbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
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
pub fn choices(source: Source<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = format!("Choices for the presentation: {}", source.theme.title);
    let author = &source.round.partnership;
    workbook.set_properties(&sheets::properties(&title, &source.theme.title, author, source.made_on)?);
    let paper =
        Paper { marking: &source.round.marking, owner: &source.round.partnership, audience: super::analysis::AUDIENCE };
    start(workbook.add_worksheet(), source, paper)?;
    for sheet in Sheet::ALL {
        write(workbook.add_worksheet(), sheet, source, paper)?;
    }
    workbook.save_to_buffer()
}

/// The first sheet: what this is, and who approved the presentation.
fn start(sheet: &mut Worksheet, source: Source<'_>, paper: Paper<'_>) -> Result<(), XlsxError> {
    let looks = styles();
    let lead = format!("Written once, on {}; from then on it is only read.", words::date(source.made_on));
    sheet.set_name(START)?;
    sheets::heads(sheet, "What the presentation says", &sheets::marked(paper, &lead))?;
    sheet.set_column_width(0, 44.0)?.set_column_width(1, TEXT_WIDTH)?;
    let steps = [
        "Fill in the white cells, save, and run `jtai report` again: choices hold in every run. What no longer fits the answers is named.",
        "Choose nothing, and a rule picks, which the last slide states. A text that names another agency, or its group, is never picked by the rule.",
        "Words that judge are yours: write them as a headline on the sheet Slides. Headlines by the rule only count.",
        "A Red that is left out or put in other words is counted on the last slide and listed in the leaders' annex.",
        "Every page says DRAFT until somebody is named here, with a date and the code at the foot of the slides that were approved, and no question that must be fixed is open. When an answer or a choice changes, so does the code, and it is a draft again. The short and the full presentation have a code each: write both, with a comma between.",
        "To begin afresh, for instance when many answers came in since, move this file away and run `jtai report`.",
    ];
    for (at, step) in (0u32..).zip(steps) {
        sheet.write_string_with_format(3 + at, 0, format!("Note {}", at + 1), &looks.label)?;
        sheet.write_string_with_format(3 + at, 1, step, &looks.body)?;
        sheet.set_row_height(3 + at, row_height(&[(step, TEXT_WIDTH)]))?;
    }
    let first = 3 + steps.len() as u32 + 1;
    for (row, label) in (first..).zip([APPROVED_BY, APPROVED_ON, APPROVED_RUN]) {
        sheet.write_string_with_format(row, 0, label, &looks.label)?;
        sheet.set_row_height(row, 34)?;
    }
    sheet.write_blank(first, 1, &looks.input)?;
    sheet.write_blank(first + 1, 1, &looks.input_date)?;
    sheet.write_blank(first + 2, 1, &looks.input)?;
    sheets::print_set_up(sheet, paper, "What the presentation says");
    Ok(())
}

fn write(sheet: &mut Worksheet, kind: Sheet, source: Source<'_>, paper: Paper<'_>) -> Result<(), XlsxError> {
    sheet.set_name(kind.name())?;
    sheets::heads(sheet, kind.name(), &sheets::marked(paper, kind.lead()))?;
    let headers: Vec<(&str, f64)> = kind.columns().iter().map(|column| (column.header, column.width)).collect();
    let rows = rows(kind, source);
    let alt = format!("{}: one row for each thing to choose", kind.name());
    let caption = Caption { name: kind.table(), alt_text: &alt, has_filters: true };
    let width = sheets::plain_table(sheet, &caption, &headers, &rows)?;
    let lists: &[&str] = match kind {
        Sheet::Slides => &[YES],
        Sheet::Context => &KINDS,
        Sheet::Strengths | Sheet::Worries | Sheet::Differences | Sheet::Added => &[],
    };
    if !lists.is_empty() {
        let list = DataValidation::new().allow_list_strings(lists)?;
        sheet.add_data_validation(sheets::HEADER_ROW + 1, 0, sheets::last_row(rows.len().max(1)), 0, &list)?;
    }
    sheet.set_freeze_panes(sheets::HEADER_ROW + 1, 0)?;
    sheets::print_set_up(sheet, paper, kind.name());
    sheets::print_on_one_width(sheet, width)
}

fn rows(kind: Sheet, source: Source<'_>) -> Vec<Vec<Cell>> {
    let empty = |columns: usize, rows: usize| vec![vec![Cell::Input(String::new()); columns]; rows];
    match kind {
        Sheet::Strengths => voices(source, &source.analysis.strengths, "working-well"),
        Sheet::Worries => voices(source, &source.analysis.worries, "worried-about"),
        Sheet::Differences => differences(source),
        Sheet::Slides => slides(source),
        Sheet::Context => empty(kind.columns().len(), EMPTY_ROWS[0]),
        Sheet::Added => empty(kind.columns().len(), EMPTY_ROWS[1]),
    }
}

/// Every text that can stand on a slide, in the rule's order.
fn voices(source: Source<'_>, all: &[Voice], key: &str) -> Vec<Vec<Cell>> {
    let picked: Vec<(&str, &str)> = source
        .deck
        .slides
        .iter()
        .filter(|slide| slide.key == key)
        .filter_map(|slide| match &slide.body {
            Body::Voices { quotes, .. } => Some(quotes),
            Body::Front(_) | Body::Picture { .. } | Body::Grid(_) | Body::Notes(_) => None,
        })
        .flatten()
        .map(|quote| (quote.reference.as_str(), quote.source.as_str()))
        .collect();
    let row = |voice: &Voice| {
        let place = picked.iter().position(|picked| *picked == (voice.criterion.as_str(), voice.agency.as_str()));
        let name = source.analysis.numbers.agency(&voice.agency).map_or("", |agency| agency.name.as_str());
        vec![
            Cell::Input(String::new()),
            Cell::Input(String::new()),
            Cell::from(voice.criterion.as_str()),
            Cell::from(name),
            Cell::Rated(voice.rating),
            Cell::from(voice.words.as_str()),
            Cell::from(place.map_or(String::new(), |place| (place + 1).to_string())),
            Cell::from(if voice.names_another { "Names another agency, which was not asked" } else { "" }),
        ]
    };
    all.iter().map(row).collect()
}

fn differences(source: Source<'_>) -> Vec<Vec<Cell>> {
    let row = |one: &crate::analysis::Disagreement| {
        let text = source.theme.criterion(&one.criterion).map_or("", |(_, criterion)| criterion.text.as_str());
        let counts = sentences::counts(&one.counts);
        vec![Cell::Input(String::new()), Cell::from(one.criterion.as_str()), Cell::from(text), Cell::from(counts)]
    };
    source.analysis.disagreements.iter().map(row).collect()
}

/// Each slide once, by its key.
fn slides(source: Source<'_>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for slide in &source.deck.slides {
        if known.contains(&slide.key.as_str()) {
            continue;
        }
        known.push(&slide.key);
        rows.push(vec![
            Cell::Input(String::new()),
            Cell::Input(String::new()),
            Cell::from(slide.key.as_str()),
            Cell::from(if slide.section.is_empty() { "The first slide" } else { slide.section.as_str() }),
            Cell::from(slide.headline.as_str()),
        ]);
    }
    rows
}
