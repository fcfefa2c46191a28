//! Markdown: its headings, lists, tables and paragraphs as pieces.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::{Block, BlockKind, ListPlace};
use super::heading_lines::is_heading_like;
use super::marks::{MarkPlaces, marked};
use super::reasons;
use super::table;
use crate::theme::looks_like_navigation;

/// What is open while the events of a document go by.
#[derive(Default)]
struct OpenItem {
    text: String,
    /// The line on which the open piece began.
    line: usize,
    /// The open lists, the outermost first.
    lists: Vec<OpenList>,
    /// The numbered lists with one line and nothing under it, each with its number and the place of its piece.
    lone: Vec<(u64, usize)>,
    /// How many characters of the open piece are in bold.
    bold: usize,
    is_bold: bool,
    /// Whether the words are raised, as the numbers of notes are.
    is_raised: bool,
    /// The rows of the open table, each with its line.
    rows: Vec<(usize, Vec<String>)>,
    cells: Vec<String>,
    marks: MarkPlaces,
}

/// A list while its items go by.
struct OpenList {
    /// The number that its first item has; `None` for bullets.
    number: Option<u64>,
    /// How many pieces there were before it.
    from: usize,
}

/// How high a heading is that has a number and no sign: over those in bold, under those with signs.
const NUMBERED_LEVEL: u8 = 6;

/// The pieces of a Markdown text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = OpenItem::default();
    let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    // What converters write after a heading, as in "{#leadership}", is not part of it.
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let line = starts.partition_point(|end| *end < range.start) + 1;
        if open.text.is_empty() {
            open.line = line;
        }
        match event {
            Event::InlineHtml(tag) => open.tag(&tag),
            Event::Text(words) if open.is_raised && words.chars().all(|c| c.is_ascii_digit()) => {
                open.text.push_str(&format!("[{words}]"));
            }
            Event::Text(words) | Event::Code(words) | Event::Html(words) => {
                open.bold += if open.is_bold { words.chars().count() } else { 0 };
                open.text.push_str(&words)
            }
            Event::SoftBreak | Event::HardBreak => open.text.push('\n'),
            Event::Start(Tag::Strong) => open.is_bold = true,
            Event::End(TagEnd::Strong) => open.is_bold = false,
            Event::Start(tag) => start(tag, &mut open, &mut blocks),
            Event::End(tag) => end(tag, line, &mut open, &mut blocks),
            _ => {}
        }
    }
    close(BlockKind::Paragraph, &mut open, &mut blocks);
    numbered_headings(&open.lone, &mut blocks);
    blocks
}

/// Makes headings of lines such as "2. Scope" that stand alone and count on over the text between them: to Markdown each is a list.
fn numbered_headings(lone: &[(u64, usize)], blocks: &mut [Block]) {
    let is_title = |(_, at): &(u64, usize)| is_heading_like(&blocks[*at].text);
    let titles: Vec<(u64, usize)> = lone.iter().filter(|line| is_title(line)).copied().collect();
    let counts_on = titles.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
    if titles.len() > 1 && counts_on {
        titles.iter().for_each(|(_, at)| blocks[*at].kind = BlockKind::Heading(NUMBERED_LEVEL));
    }
}

fn start(tag: Tag<'_>, open: &mut OpenItem, blocks: &mut Vec<Block>) {
    match tag {
        // A list inside an item ends the item's own words.
        Tag::List(first) => {
            if let Some(place) = open.place() {
                close(BlockKind::Item(place), open, blocks);
            }
            open.lists.push(OpenList { number: first, from: blocks.len() });
        }
        Tag::Table(_) => open.rows.clear(),
        _ => {}
    }
}

fn end(tag: TagEnd, line: usize, open: &mut OpenItem, blocks: &mut Vec<Block>) {
    match tag {
        TagEnd::Heading(level) => close(BlockKind::Heading(level_of(level)), open, blocks),
        TagEnd::Item => close(open.place().map_or(BlockKind::Paragraph, BlockKind::Item), open, blocks),
        TagEnd::List(_) => {
            let closed = open.lists.pop();
            if let Some(OpenList { number: Some(number), from }) = closed
                && open.lists.is_empty()
                && blocks.len() == from + 1
            {
                open.lone.push((number, from));
            }
        }
        TagEnd::Paragraph if !open.lists.is_empty() => open.text.push(' '),
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

impl OpenItem {
    /// Takes a tag of HTML among words: the tag itself is not a word.
    fn tag(&mut self, tag: &str) {
        match tag {
            "<sup>" => self.is_raised = true,
            "</sup>" => self.is_raised = false,
            _ if tag.starts_with("<br") => self.text.push('\n'),
            _ => {}
        }
    }

    /// Where an item is in the open lists; `None` outside of lists.
    fn place(&self) -> Option<ListPlace> {
        let is_numbered = self.lists.last()?.number.is_some();
        Some(ListPlace { depth: (self.lists.len() - 1) as u8, is_numbered })
    }
}

fn close(kind: BlockKind, open: &mut OpenItem, blocks: &mut Vec<Block>) {
    let words = std::mem::take(&mut open.text);
    let bold = std::mem::take(&mut open.bold);
    if words.trim().is_empty() {
        return;
    }
    let is_bold = 10 * bold >= 9 * words.trim().chars().count();
    let kind = match kind {
        _ if looks_like_navigation(&words) => BlockKind::Aside(reasons::NAVIGATION),
        // A line in bold and nothing else is a heading, under those that have signs.
        BlockKind::Paragraph if is_bold && !words.trim().ends_with(['.', ':', ';']) => BlockKind::Heading(7),
        kind => kind,
    };
    // Bullets and letters that Markdown does not know are typed at the beginning of lines.
    let lines = marked_lines(&words);
    if kind == BlockKind::Paragraph && lines.iter().any(|line| marked(line).is_some()) {
        for line in lines {
            let (kind, words) = match marked(&line) {
                Some((mark, words)) => (BlockKind::Item(open.marks.place(&mark)), words),
                None => (BlockKind::Paragraph, line.as_str()),
            };
            blocks.push(Block::new(format!("line {}", open.line), kind, words));
        }
        return;
    }
    blocks.push(Block::new(format!("line {}", open.line), kind, &words));
}

/// The lines of a paragraph, each with the lines after it that go on with it: a text with short lines breaks its sentences.
fn marked_lines(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match lines.last_mut() {
            Some(open) if marked(line).is_none() && !open.ends_with(['.', ':', ';', '?', '!']) => {
                open.push(' ');
                open.push_str(line);
            }
            _ => lines.push(line.to_string()),
        }
    }
    lines
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}
