//! A Word document: its headings, lists, tables and paragraphs as pieces.

use docx_rs::{DocumentChild, Paragraph, Table, TableCellContent, TableChild, TableRowChild, read_docx};

use super::DraftError;
use super::blocks::{Block, BlockKind, one_line};
use super::table;

/// Whether the bytes are a Word document: a package with its main part.
pub fn is_docx(bytes: &[u8]) -> bool {
    let name = b"word/document.xml";
    bytes.starts_with(b"PK\x03\x04") && bytes.windows(name.len()).any(|window| window == name)
}

/// The pieces of a document, counted as paragraphs.
///
/// # Errors
///
/// When the document is damaged.
pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, DraftError> {
    let damaged = || DraftError {
        found: "the Word document cannot be read".into(),
        remedy: "open it in Word, save it again as .docx, or copy the text into a text file".into(),
    };
    let attempt = std::panic::catch_unwind(|| read_docx(bytes));
    let document = attempt.map_err(|_| damaged())?.map_err(|_| damaged())?.document;
    let (mut blocks, mut count) = (Vec::new(), 0);
    for child in &document.children {
        match child {
            DocumentChild::Paragraph(paragraph) => {
                count += 1;
                blocks.push(Block::new(format!("paragraph {count}"), kind_of(paragraph), &paragraph.raw_text()));
            }
            DocumentChild::Table(table) => {
                let rows = rows_of(table, &mut count);
                blocks.extend(table::rows(rows, "paragraph"));
            }
            _ => {}
        }
    }
    Ok(blocks)
}

fn kind_of(paragraph: &Paragraph) -> BlockKind {
    let style =
        paragraph.property.style.as_ref().map(|style| style.val.to_lowercase().replace(' ', "")).unwrap_or_default();
    if let Some(level) = style.strip_prefix("heading") {
        return BlockKind::Heading(level.parse().unwrap_or(1));
    }
    if style == "title" {
        return BlockKind::Heading(1);
    }
    if let Some(numbering) = &paragraph.property.numbering_property {
        let level = numbering.level.as_ref().map_or(0, |level| level.val);
        return BlockKind::Item(level.min(9) as u8);
    }
    match style.strip_prefix("listbullet").or_else(|| style.strip_prefix("listnumber")) {
        // "List Bullet 2" is the second level.
        Some(level) => BlockKind::Item(level.parse::<u8>().unwrap_or(1).saturating_sub(1)),
        None => BlockKind::Paragraph,
    }
}

fn rows_of(table: &Table, count: &mut usize) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    for TableChild::TableRow(row) in &table.rows {
        *count += 1;
        let cells = row.cells.iter().map(|TableRowChild::TableCell(cell)| {
            let words = cell.children.iter().filter_map(|content| match content {
                TableCellContent::Paragraph(paragraph) => Some(paragraph.raw_text()),
                _ => None,
            });
            one_line(&words.collect::<Vec<_>>().join(" "))
        });
        rows.push((*count, cells.collect()));
    }
    rows
}
