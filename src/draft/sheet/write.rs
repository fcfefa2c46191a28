//! A draft in, the workbook to check it with out.

use jiff::civil::Date;

use super::contract::{
    AGREED, ALSO_ASKED, ASKED, BECOMES, CHECKED_BY, CHECKED_ON, CORRECTED_BY, EVERYONE, FIELD_ROW, FRAMEWORK_TITLE,
    HIDDEN, LEFT_OUT, PIECE_COLUMNS, PIECE_ROW, PIECES, PUBLISHED_ON, PUBLISHER, REASON_COLUMNS, START, THEME_ROW,
    THEME_TITLE, WORDS, YES, cells_of, group_words,
};
use crate::core::words;
use crate::draft::in_hand::{LeftOutReason, PieceInHand, left_out_reasons, pieces_in_hand};
use crate::theme::{Group, PieceFate, TO_FILL_IN, Theme};
use crate::workbook::contract::{Caption, Paper};
use crate::workbook::write::{
    Cell, ColumnChoices, FillInField, FillInSheet, HiddenSheet, TableSheet, TableWorkbook, WriteError,
};

/// What is said on the first sheet.
const NOTES: [&str; 6] = [
    "The sheet Pieces has the source on the left, piece by piece and in its order, and what became of each on the right. Read it from top to bottom beside the published framework.",
    "Correct what is wrong in the white cells: choose what a piece becomes, write a different area, put a statement into words of your own. A piece that belongs to the one above it goes on from above. What you put in other words is called a paraphrase from then on.",
    "Whom each statement is asked of is a suggestion: an agency that the wording is about, else everyone. Choose from the list, or write several codes with commas, as in POL, HLT. Short names are suggestions, too: at most 28 characters.",
    "The sheet Left out has each reason once. Write Yes beside it when everything under it should be left out. Until you have said so of each, no workbook is issued.",
    "Fill in the cells below, save, and give this file to jtai again: on the page of the theme, or with `jtai theme draft` and this file's name. Then this file is written anew.",
    "Fill in who compared the wording with the published framework, and when, last: workbooks are issued once that is done and nothing above is left to do.",
];

/// How much of a piece is shown beside its reason, in characters, and of how many pieces.
const SHOWN: (usize, usize) = (70, 12);

/// Writes the workbook of a theme that was made from a document.
///
/// # Errors
///
/// When a table is larger than a sheet.
pub fn workbook_to_check(theme: &Theme, made_on: Date) -> Result<Vec<u8>, WriteError> {
    let pieces = pieces_in_hand(theme);
    let reasons = left_out_reasons(&pieces);
    let fields = fields(theme);
    let hidden = hidden(theme, &fields, &pieces);
    let workbook = TableWorkbook {
        title: format!("To check: {}", theme.title),
        subject: &theme.title,
        paper: Paper { marking: "", owner: "Draft of a theme, not issued", audience: "" },
        made_on,
        properties: Vec::new(),
        fill_in: Some(start(theme, &pieces, fields)),
        sheets: vec![pieces_sheet(&pieces), reasons_sheet(&pieces, &reasons), words_sheet()],
        hidden: Some(HiddenSheet { name: HIDDEN, rows: hidden }),
    };
    workbook.to_bytes()
}

/// The cells of the first sheet, with what the theme says so far.
fn fields(theme: &Theme) -> Vec<FillInField> {
    let text = |label: &'static str, text: &str| FillInField {
        label,
        is_date: false,
        choices: &[],
        written: (!text.is_empty() && text != TO_FILL_IN).then(|| Cell::Input(text.to_string())),
    };
    let date = |label: &'static str, date: Option<Date>| FillInField {
        label,
        is_date: true,
        choices: &[],
        written: date.map(|date| Cell::InputDate(Some(date))),
    };
    vec![
        text(THEME_TITLE, &theme.title),
        text(FRAMEWORK_TITLE, &theme.framework.title),
        text(PUBLISHER, &theme.framework.publisher),
        date(PUBLISHED_ON, theme.framework.published),
        text(CORRECTED_BY, ""),
        text(CHECKED_BY, &theme.checked_by),
        date(CHECKED_ON, theme.checked_on),
    ]
}

fn start(theme: &Theme, pieces: &[PieceInHand], fields: Vec<FillInField>) -> FillInSheet {
    let statements = words::count(theme.criteria().count(), "statement");
    let areas = words::count(theme.areas.len(), "area");
    let open = pieces.iter().filter(|piece| piece.is_open).count();
    let from = theme.source.as_ref().map(|source| source.file.as_str()).unwrap_or_default();
    let left = match open {
        0 => "nothing is left to decide".to_string(),
        open => format!("{} for you to decide", words::are(open, "piece")),
    };
    FillInSheet {
        name: START,
        title: "A draft of a theme, to be checked",
        lead: format!("{statements} in {areas} from {from}; {left}."),
        notes: &NOTES,
        fields,
    }
}

fn pieces_sheet(pieces: &[PieceInHand]) -> TableSheet {
    let at = |header: &str| PIECE_COLUMNS.iter().position(|(name, ..)| *name == header).unwrap_or_default() as u16;
    let mut groups = vec![EVERYONE.to_string()];
    groups.extend(Group::ALL.map(group_words));
    let fates = PieceFate::ALL.map(|fate| fate.words().to_string()).to_vec();
    // Several codes can be typed, so what is not in the list is not refused.
    let of_groups = |header: &str| ColumnChoices { column: at(header), choices: groups.clone(), is_strict: false };
    TableSheet {
        name: PIECES,
        title: "The source, piece by piece".into(),
        lead: "Left: the source as published. Right: what became of it. Correct it in the white cells.".into(),
        caption: Caption {
            name: "SourcePieces",
            alt_text: "One row for each piece of the source, with what became of it",
            has_filters: true,
        },
        headers: PIECE_COLUMNS.iter().map(|(name, width, _)| (name.to_string(), *width)).collect(),
        rows: pieces.iter().enumerate().map(|(at, piece)| row(at, piece)).collect(),
        frozen: 3,
        choices: vec![
            ColumnChoices { column: at(BECOMES), choices: fates, is_strict: true },
            of_groups(ASKED),
            of_groups(ALSO_ASKED),
        ],
        chart: None,
    }
}

fn row(at: usize, piece: &PieceInHand) -> Vec<Cell> {
    let [becomes, area, wording, asked, also, short] = cells_of(piece).map(Cell::Input);
    let drafted = piece.statement.as_ref().map(|statement| statement.published.clone()).unwrap_or_default();
    vec![
        Cell::Number(at + 1),
        piece.place.as_str().into(),
        piece.text.as_str().into(),
        becomes,
        area,
        drafted.into(),
        wording,
        asked,
        also,
        short,
        to_note(piece).into(),
    ]
}

/// What to know of a piece beside what is in its cells.
fn to_note(piece: &PieceInHand) -> String {
    let mut said = Vec::new();
    if piece.fate == PieceFate::LeftOut {
        said.push(match &piece.left_out_by {
            Some((by, _)) => format!("{}; agreed by {by}", piece.why),
            None => piece.why.clone(),
        });
    } else if piece.is_open {
        said.push("in no statement: choose what it becomes".to_string());
    }
    if let Some(joined) = piece.joined_to {
        said.push(match piece.fate {
            PieceFate::Point | PieceFate::InnerPoint => format!("with the lead-in of No {}", joined + 1),
            _ => format!("joined to No {}", joined + 1),
        });
    }
    if let Some(statement) = &piece.statement {
        if !statement.is_as_published() {
            said.push("in your words: a paraphrase".into());
        }
        if !statement.groups_why.is_empty() {
            said.push(format!("groups suggested: {}", statement.groups_why));
        }
    }
    said.extend((!piece.doubt.is_empty()).then(|| piece.doubt.clone()));
    let said: Vec<String> = said.into_iter().map(|said| words::capitalised(&said)).collect();
    said.join(". ")
}

fn reasons_sheet(pieces: &[PieceInHand], reasons: &[LeftOutReason]) -> TableSheet {
    let begun = |piece: &usize| {
        let text = words::cut_at_word(&pieces[*piece].text, SHOWN.0);
        format!("No {}: {text}", piece + 1)
    };
    let row = |reason: &LeftOutReason| {
        let shown: Vec<String> = reason.pieces.iter().take(SHOWN.1).map(begun).collect();
        let more = match reason.pieces.len().saturating_sub(SHOWN.1) {
            0 => String::new(),
            more => format!("\nand {more} more, on the sheet {PIECES}"),
        };
        let agreed = if reason.open == 0 { YES } else { "" };
        vec![
            reason.why.as_str().into(),
            Cell::Number(reason.pieces.len()),
            format!("{}{more}", shown.join("\n")).into(),
            Cell::Input(agreed.to_string()),
        ]
    };
    let agreed = REASON_COLUMNS.iter().position(|(name, ..)| *name == AGREED).unwrap_or_default() as u16;
    TableSheet {
        name: LEFT_OUT,
        title: "What is left out, and why".into(),
        lead: format!(
            "Write {YES} beside a reason when everything under it should be left out. Make a statement of anything else on the sheet {PIECES}."
        ),
        caption: Caption {
            name: "LeftOutReasons",
            alt_text: "One row for each reason for which pieces are left out",
            has_filters: false,
        },
        headers: REASON_COLUMNS.iter().map(|(name, width, _)| (name.to_string(), *width)).collect(),
        rows: reasons.iter().map(row).collect(),
        frozen: 0,
        choices: vec![ColumnChoices { column: agreed, choices: vec![YES.to_string()], is_strict: true }],
        chart: None,
    }
}

fn words_sheet() -> TableSheet {
    let row = |fate: PieceFate| vec![fate.words().into(), fate.meaning().into()];
    TableSheet {
        name: WORDS,
        title: WORDS.into(),
        lead: "What can be chosen under \"What it becomes\" on the sheet Pieces.".into(),
        caption: Caption { name: "WhatTheWordsMean", alt_text: "What each choice means", has_filters: false },
        headers: vec![("Word".to_string(), 30.0), ("What it means".to_string(), 100.0)],
        rows: PieceFate::ALL.map(row).to_vec(),
        frozen: 0,
        choices: Vec::new(),
        chart: None,
    }
}

/// Whose draft it is, and what each cell to correct holds: what differs when it comes back is what a person changed.
fn hidden(theme: &Theme, fields: &[FillInField], pieces: &[PieceInHand]) -> Vec<Vec<String>> {
    let mut rows = vec![vec![THEME_ROW.to_string(), theme.id.to_string()]];
    for field in fields {
        let written = match &field.written {
            Some(Cell::InputDate(Some(date))) => date.to_string(),
            Some(cell) => cell.shown(),
            None => String::new(),
        };
        rows.push(vec![FIELD_ROW.to_string(), field.label.to_string(), written]);
    }
    for (at, piece) in pieces.iter().enumerate() {
        let mut row = vec![PIECE_ROW.to_string(), (at + 1).to_string()];
        row.extend(cells_of(piece));
        rows.push(row);
    }
    rows
}
