//! A first pack from what an officer has: pasted text, a saved web page, a Word document, a list. Bytes in, TOML text out.
//!
//! A document comes apart into pieces, and each gets a fate: the heading of an area, a statement, words that lead a list in, or left out
//! for a reason. Nothing of the source is lost: every piece is kept in the theme with what became of it, so that a person can look at it
//! and correct it, in a workbook or on a page. A draft is not issued until a named person has checked it. Nothing in the source is run or
//! fetched.

mod blocks;
mod fault;
mod reasons;
mod marks;
mod sentences;
mod explaining;
mod lead_ins;
mod headings;
mod grades;
mod table;
mod text_rows;
mod wrapped;
mod footnotes;
mod furniture;
mod listed;
mod levels;
mod heading_lines;
mod led_lines;
mod text_lines;
mod text_headings;
mod text;
mod docx_styles;
mod docx;
mod html;
mod markdown;
mod plan;
mod suggest;
mod lay_out;
mod parts;
mod statements;
mod openings;
mod recurring;
mod recognise;
mod pack;
mod correction;
mod in_hand;
mod sheet;

use std::collections::BTreeMap;

pub use fault::DraftError;
use fault::fail;
use lay_out::LayOut;

use crate::core::hash;
use crate::core::ids::ThemeId;
use crate::core::words;
use crate::theme::{Basis, Group, PieceFate};
use crate::workbook::file::book::Book;

pub use correction::{Correction, DraftCorrections, FrameworkDetails, checked_text, corrected};
pub use in_hand::{LeftOutReason, PieceInHand, StatementInHand, left_out_reasons, pieces_in_hand};
pub use sheet::{SheetReadBack, cells_to_read, file_name, read_back, theme_of, workbook_to_check};
pub use table::csv_rows;
pub use text::decode;

/// The largest source, in bytes: 20 MB.
const LARGEST_SOURCE: usize = 20_000_000;

/// The most statements of one pack.
const MOST_STATEMENTS: usize = 500;

/// The most pieces of one source: a framework of a hundred pages has three thousand.
const MOST_PIECES: usize = 20_000;

/// What a draft is made from.
#[derive(Debug, Clone, Copy)]
pub struct DraftSource<'a> {
    /// The file's name, for messages and as the source of each statement.
    pub file: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What it holds, where it is a workbook.
    pub book: Option<&'a Book>,
}

/// A draft pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its TOML text.
    pub toml: String,
    /// How many statements it holds.
    pub statements: usize,
    /// How many areas.
    pub areas: usize,
    /// What was not taken.
    pub left_out: Vec<LeftOut>,
    /// What a person should look at.
    pub unsure: Vec<String>,
}

/// A piece of the source that is in no statement and no heading of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands.
    pub place: String,
    /// Its words.
    pub text: String,
    /// Why it was left out.
    pub why: String,
}

/// Makes a draft.
///
/// # Errors
///
/// When the file is empty, larger than 20 MB, of no kind that holds text or a list, has more than 20,000 pieces, or holds no statement or
/// more than 500.
pub fn draft(source: DraftSource<'_>, id: &ThemeId, title: &str) -> Result<Draft, DraftError> {
    let blocks = blocks_of(source)?;
    if blocks.len() > MOST_PIECES {
        return fail(
            &format!("it has {} paragraphs and lines, and a draft can be made of {MOST_PIECES}", blocks.len()),
            "copy the part that lists what is evaluated into a text file",
        );
    }
    let mut plan = recognise::plan(source.file, hash::sha256_hex(source.bytes), blocks);
    let changes = BTreeMap::new();
    let parts = std::mem::take(&mut plan.parts);
    let of = LayOut { theme: (id, title), before: None, parts: &parts, changes: &changes };
    let statements = plan.source.pieces.iter().filter(|piece| piece.fate.is_statement()).count();
    match statements {
        0 => {
            return fail(
                "no statement was found: no list of what is evaluated, no numbered or bulleted line, and no table with one statement a row",
                "put each statement on a line of its own that begins with a number or a dash",
            );
        }
        n if n > MOST_STATEMENTS => {
            return fail(
                &format!("{n} statements were found, and a pack holds {MOST_STATEMENTS} at most"),
                "take out what is not a statement, or split the file",
            );
        }
        _ => {}
    }
    let areas = lay_out::areas(&mut plan.source, &of);
    let left_out = plan.source.pieces.iter().filter(|piece| piece.fate == PieceFate::LeftOut);
    let left_out =
        left_out.map(|piece| LeftOut { place: piece.place.clone(), text: piece.text.clone(), why: piece.why.clone() });
    Ok(Draft {
        toml: pack::new_text((id, title), &plan.framework, &plan.source, &areas),
        statements,
        areas: areas.len(),
        left_out: left_out.collect(),
        unsure: to_settle(&plan, &parts),
    })
}

/// What the source cannot say and a person must settle.
fn to_settle(plan: &plan::DraftPlan, parts: &[blocks::RowParts]) -> Vec<String> {
    let made = plan.source.wordings();
    let place = |at: usize| plan.source.pieces[at].place.as_str();
    let mut unsure: Vec<String> =
        plan.source.pieces.iter().map(|piece| &piece.doubt).filter(|doubt| !doubt.is_empty()).cloned().collect();
    let basis = |at: usize| Basis::from_letter(parts[at].basis.trim().to_uppercase().as_str());
    let plain = made.statements.iter().filter(|one| basis(one.piece).is_none()).count();
    if plain > 0 {
        unsure.push(format!(
            "{} put down as official criteria: where one is not, change its `basis` in the theme's file",
            words::count(plain, "statement")
        ));
    }
    let suggested = made.statements.iter().filter(|one| !plan.source.pieces[one.piece].groups_why.is_empty()).count();
    if suggested > 0 {
        unsure.push(format!(
            "the groups of {} are suggested from the wording, everyone where it names no agency: choose them",
            words::count(suggested, "statement")
        ));
    }
    for (at, statement) in made.statements.iter().enumerate() {
        let parts = &parts[statement.piece];
        if !parts.basis.trim().is_empty() && basis(statement.piece).is_none() {
            unsure.push(format!("{}: the basis \"{}\" is not C, S, R or L", place(statement.piece), parts.basis));
        }
        if let Some(first) = made.statements[..at].iter().find(|first| first.wording == statement.wording) {
            unsure.push(format!("{}: the same words as {}", place(statement.piece), place(first.piece)));
        }
        let is_unknown = |code: &&str| !code.eq_ignore_ascii_case("ALL") && Group::from_code(code).is_none();
        for code in lay_out::codes(parts).filter(is_unknown) {
            unsure.push(format!("{}: the group \"{code}\" is not known", place(statement.piece)));
        }
    }
    unsure
}

/// Reads the pieces of a source, its kind told by its content; the ending of its name only tells kinds of text apart.
fn blocks_of(source: DraftSource<'_>) -> Result<Vec<blocks::Block>, DraftError> {
    let bytes = source.bytes;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail("the file is empty", "save the text into it and try again");
    }
    if bytes.len() > LARGEST_SOURCE {
        return fail("the file is larger than 20 MB", "copy the statements out of it into a text file");
    }
    if let Some(book) = source.book {
        return Ok(in_workbook(book));
    }
    if docx::is_docx(bytes) {
        return docx::blocks(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return fail("this is a zip file or a damaged Office document", "open it in its own program and save it again");
    }
    if bytes.iter().take(4096).any(|byte| *byte == 0)
        && !bytes.starts_with(&[0xFF, 0xFE])
        && !bytes.starts_with(&[0xFE, 0xFF])
    {
        let remedy = "give a .txt, .md, .html, .docx, .csv or .xlsx file; from a PDF, copy the text into a text file";
        return fail("the file is not text", remedy);
    }
    let words = wrapped::without_ligatures(text::decode(bytes));
    let ending = source.file.rsplit('.').next().unwrap_or_default().to_lowercase();
    let start = words.trim_start().to_lowercase();
    Ok(match ending.as_str() {
        _ if start.starts_with("<!doctype html") || start.starts_with("<html") => html::blocks(&words),
        "html" | "htm" => html::blocks(&words),
        "md" | "markdown" => markdown::blocks(&words),
        "csv" => table::csv_blocks(&words),
        _ if start.starts_with("%pdf") => {
            return fail("this is a PDF", "select the text in it, copy it and save it as a text file");
        }
        _ => text::blocks(&words),
    })
}

fn in_workbook(book: &Book) -> Vec<blocks::Block> {
    let mut all = Vec::new();
    for sheet in &book.sheets {
        let rows = sheet.text_rows().into_iter().map(|(row, cells)| (row as usize + 1, cells));
        all.extend(table::rows(rows.collect(), &format!("sheet {}, row", sheet.name)));
    }
    all
}
