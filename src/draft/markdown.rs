//! Markdown: its headings, lists, tables and paragraphs as pieces.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::{Block, BlockKind};
use super::table;

/// What is open while the events of a document go by.
#[derive(Default)]
struct OpenItem {
    text: String,
    /// The line on which the open piece began.
    line: usize,
    /// How deep the lists are nested.
    depth: u8,
    /// The rows of the open table, each with its line.
    rows: Vec<(usize, Vec<String>)>,
    cells: Vec<String>,
}

/// The pieces of a Markdown text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = OpenItem::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = text[..range.start].matches('\n').count() + 1;
        if open.text.is_empty() {
            open.line = line;
        }
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                open.text.push_str(&words)
            }
            Event::SoftBreak | Event::HardBreak => open.text.push(' '),
            Event::Start(tag) => start(tag, &mut open, &mut blocks),
            Event::End(tag) => end(tag, line, &mut open, &mut blocks),
            _ => {}
        }
    }
    close(BlockKind::Paragraph, &mut open, &mut blocks);
    blocks
}

fn start(tag: Tag<'_>, open: &mut OpenItem, blocks: &mut Vec<Block>) {
    match tag {
        // A list inside an item ends the item's own words.
        Tag::List(_) => {
            if open.depth > 0 {
                close(BlockKind::Item(open.depth - 1), open, blocks);
            }
            open.depth += 1;
        }
        Tag::Table(_) => open.rows.clear(),
        _ => {}
    }
}

fn end(tag: TagEnd, line: usize, open: &mut OpenItem, blocks: &mut Vec<Block>) {
    match tag {
        TagEnd::Heading(level) => close(BlockKind::Heading(level_of(level)), open, blocks),
        TagEnd::Item => close(BlockKind::Item(open.depth.saturating_sub(1)), open, blocks),
        TagEnd::List(_) => open.depth = open.depth.saturating_sub(1),
        TagEnd::Paragraph if open.depth > 0 => open.text.push(' '),
        TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock => close(BlockKind::Paragraph, open, blocks),
        TagEnd::TableCell => open.cells.push(std::mem::take(&mut open.text)),
        TagEnd::TableHead | TagEnd::TableRow => {
            let cells = std::mem::take(&mut open.cells);
            open.rows.push((line, cells));
        }
        TagEnd::Table => blocks.extend(table::rows(std::mem::take(&mut open.rows), "line")),
        _ => {}
    }
}

fn close(kind: BlockKind, open: &mut OpenItem, blocks: &mut Vec<Block>) {
    let words = std::mem::take(&mut open.text);
    if !words.trim().is_empty() {
        blocks.push(Block::new(format!("line {}", open.line), kind, &words));
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}
