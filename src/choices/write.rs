//! Writes `choices.xlsx`: what the officer can choose for the presentation, with what they chose in an earlier file.

use super::contract::{
    ChoicesColumn, ChoicesSheet, EARLIER, EARLIER_COLUMNS, EARLIER_TABLE, FORM, Holds, MADE_ON, NEWEST_FORM, PRINTS,
    START, START_FIELDS,
};
use super::earlier::{EarlierChoices, ListedText, print_row};
use super::layout::{self, LaidRow};
use super::offers::ChoicesSource;
use super::renewal::offer_changes;
use crate::core::words;
use crate::documents::NOT_FOR_INSPECTORS;
use crate::workbook::contract::{Caption, Paper};
use crate::workbook::write::{
    Cell, ColumnChoices, FillInField, FillInSheet, HiddenSheet, TableSheet, TableWorkbook, WriteError,
};

/// The notes on the first sheet.
const NOTES: [&str; 6] = [
    "Fill in the white cells, save, and make the presentation again (`jtai report`). Your choices stay until you change them. You are told if one no longer fits the answers. Slides show the agencies' own ratings, the self-ratings, unless you choose As challenged below. Each slide says which.",
    "If you choose nothing, a rule picks, which the slide Method states. A text that names a different agency, or its group, is used only if you write Yes under Checked with them. Ask that agency first.",
    "The rule's headlines only count. If a headline should judge, write your own on the sheet Slides.",
    "A Red that you leave out or reword is counted on the slide Method and listed in the leaders' annex.",
    "Name here who approved the presentation, with the date and the code at the foot of its slides. Until then, and while a finding is left to fix, every page says DRAFT. When an answer or a choice changes, the code changes, and it is a draft again. Write the code of the presentation that was approved; of K7Q2-3 only K7Q2, because the number is the slide's. If both the short and the full one were approved, write both, with a comma between.",
    "When answers have changed, making the presentation again renews this file. What you wrote stays, the last column marks what is new or changed, and the earlier file is kept beside it. To start again from nothing, move this file to a different folder.",
];

/// Writes the workbook: new, or with what the officer had written in an earlier one.
///
/// # Errors
///
/// When a table is larger than a sheet.
pub fn workbook(source: ChoicesSource<'_>, earlier: Option<&EarlierChoices>) -> Result<Vec<u8>, WriteError> {
    let ChoicesSource { theme, round, made_on, .. } = source;
    let laid: Vec<(ChoicesSheet, Vec<LaidRow>)> =
        ChoicesSheet::ALL.into_iter().map(|sheet| (sheet, layout::rows(sheet, source, earlier))).collect();
    let prints = laid.iter().flat_map(|(_, rows)| rows);
    let prints = prints.filter_map(|row| Some(print_row(row.print.as_ref()?, row.is_kept).to_vec())).collect();
    let listed = earlier.map_or(Vec::new(), |earlier| layout::listed(source, earlier));
    let mut sheets: Vec<TableSheet> = laid.into_iter().map(|(sheet, rows)| table(sheet, rows)).collect();
    if !listed.is_empty() {
        sheets.push(list(listed));
    }
    let (day, form) = (made_on.to_string(), NEWEST_FORM.to_string());
    let workbook = TableWorkbook {
        title: format!("Choices for the presentation: {}", theme.title),
        subject: &theme.title,
        paper: Paper { marking: &round.marking, owner: &round.partnership, audience: NOT_FOR_INSPECTORS },
        made_on,
        properties: vec![(MADE_ON, day.as_str()), (FORM, form.as_str())],
        fill_in: Some(start(source, earlier)),
        sheets,
        hidden: Some(HiddenSheet { name: PRINTS, rows: prints }),
    };
    workbook.to_bytes()
}

/// The first sheet: what this is, and who approved the presentation.
fn start(source: ChoicesSource<'_>, earlier: Option<&EarlierChoices>) -> FillInSheet {
    let day = words::date(source.made_on);
    let lead = match earlier.and_then(|earlier| offer_changes(source, earlier)) {
        None => format!("Made on {day}. It is renewed when answers change, and what you wrote stays."),
        Some(changes) => format!("Renewed on {day}: {}. What you wrote is in its place.", changes.words()),
    };
    let field = |(label, holds): (&'static str, Holds)| {
        let written = earlier.and_then(|earlier| earlier.approval.iter().find(|(known, _)| *known == label));
        let written = written.map(|(_, cell)| cell.clone());
        let choices = if let Holds::OneOf(choices) = holds { choices } else { &[] };
        FillInField { label, is_date: holds == Holds::Day, choices, written }
    };
    FillInSheet {
        name: START,
        title: "What the presentation says",
        lead,
        notes: &NOTES,
        fields: START_FIELDS.map(field).into(),
    }
}

fn table(kind: ChoicesSheet, rows: Vec<LaidRow>) -> TableSheet {
    TableSheet {
        name: kind.name(),
        title: kind.name().into(),
        lead: kind.lead().into(),
        caption: Caption { name: kind.table(), alt_text: kind.alt_text(), has_filters: true },
        headers: kind.columns().iter().map(|column| (column.header.to_string(), column.width)).collect(),
        rows: rows.into_iter().map(|row| row.cells).collect(),
        frozen: 0,
        choices: (0u16..).zip(kind.columns()).filter_map(|(at, column)| choices(at, column)).collect(),
        chart: None,
    }
}

/// The sheet with what has no place on the others.
fn list(listed: Vec<ListedText>) -> TableSheet {
    let alt_text = "From the earlier file: one row for each text or row that has no place on the other sheets";
    TableSheet {
        name: EARLIER,
        title: EARLIER.into(),
        lead: "What you can no longer choose, with what you had written there, and what you wrote outside the white cells. Nothing here is \
               on a slide."
            .into(),
        caption: Caption { name: EARLIER_TABLE, alt_text, has_filters: true },
        headers: EARLIER_COLUMNS.iter().map(|column| (column.header.to_string(), column.width)).collect(),
        rows: listed.into_iter().map(|row| row.texts.into_iter().map(Cell::from).collect()).collect(),
        frozen: 0,
        choices: Vec::new(),
        chart: None,
    }
}

/// What can be chosen in the cells of a column; `None` where anything can be written.
fn choices(column: u16, of: &ChoicesColumn) -> Option<ColumnChoices> {
    match of.holds {
        Holds::OneOf(words) => {
            Some(ColumnChoices { column, choices: words.iter().map(ToString::to_string).collect(), is_strict: true })
        }
        Holds::Words | Holds::AsTyped | Holds::Day => None,
    }
}
