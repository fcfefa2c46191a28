//! A Word document: its headings, lists, tables and paragraphs as pieces, and everything else that holds words.
//!
//! A document with heading styles says itself what its paragraphs are, and typed numbers and bullets say the rest. One without styles
//! is read like a text, with its bold lines as headings.
//! The main part is walked as XML events, so that text in links, content controls and text boxes is text like any other.
//! Footnotes, headers, footers, comments and deleted words are pieces too, so that a person sees what was left out.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::blocks::{Block, BlockKind, ListPlace, one_line};
use super::docx_styles::{DocxStyles, ListLevel, attribute, value};
use super::fault::DraftError;
use super::marks::{LineMark, MarkPlaces, TypedBullets, marked};
use super::{reasons, table, text};

/// The largest part that is read, in bytes: a document of a thousand pages has fewer.
const LARGEST_PART: u64 = 64 * 1024 * 1024;

/// The main part of a document.
const MAIN_PART: &str = "word/document.xml";

/// Whether the bytes are a Word document: a package with its main part.
pub(super) fn is_docx(bytes: &[u8]) -> bool {
    let name = MAIN_PART.as_bytes();
    bytes.starts_with(b"PK\x03\x04") && bytes.windows(name.len()).any(|window| window == name)
}

/// The pieces of a document, counted as paragraphs.
///
/// # Errors
///
/// When the document is damaged.
pub(super) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, DraftError> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut others: Vec<String> =
        package.file_names().flatten().map(|name| name.to_string()).filter(|name| holds_words(name)).collect();
    others.sort();
    let main = part(&mut package, MAIN_PART)?;
    let of_name = |package: &mut _, name: &str| part(package, name).unwrap_or_default();
    let styles = of_name(&mut package, "word/styles.xml");
    let styles = DocxStyles::read(&styles, &of_name(&mut package, "word/numbering.xml"));
    let mut walk = DocxWalk::default();
    walk.part(&main)?;
    let mut blocks = in_order(walk, &styles);
    for name in others {
        let mut aside = DocxWalk::default();
        aside.part(&part(&mut package, &name)?)?;
        let place = name.trim_start_matches("word/").trim_end_matches(".xml").to_string();
        let as_aside = |block: Block| Block {
            place: format!("{place}, {}", block.place),
            kind: BlockKind::Aside(reasons::BESIDE_TEXT),
            ..block
        };
        blocks.extend(in_order(aside, &styles).into_iter().map(as_aside));
    }
    Ok(blocks)
}

/// The pieces of a part in the order of its paragraphs.
fn in_order(walk: DocxWalk, styles: &DocxStyles) -> Vec<Block> {
    let has_headings =
        walk.closed.iter().any(|paragraph| styles.heading(&paragraph.open.style).is_some_and(|level| level > 0));
    let mut blocks = if has_headings { styled(&walk.closed, styles) } else { unstyled(&walk.closed, styles) };
    blocks.extend(walk.blocks);
    // Stable, so that what was deleted in a paragraph comes after it.
    blocks.sort_by_key(|(number, _)| *number);
    blocks.into_iter().map(|(_, block)| block).collect()
}

/// The pieces of paragraphs whose styles say which are headings.
fn styled(closed: &[ClosedParagraph], styles: &DocxStyles) -> Vec<(usize, Block)> {
    let mut blocks = Vec::new();
    let (mut marks, mut typed) = (MarkPlaces::default(), TypedBullets::default());
    let mut counts: HashMap<ListLevel, usize> = HashMap::new();
    for ClosedParagraph { number, open } in closed {
        let place = format!("paragraph {number}");
        let list = list_place(open, styles);
        let mut lines = typed_lines(&open.words);
        // Words that Word sets before the number of a heading are on the page, too.
        if let (Some(_), Some(level), Some(first)) =
            (styles.heading(&open.style), list_level(open, styles), lines.first_mut())
        {
            let count = counts.entry(level.clone()).or_default();
            *count += 1;
            if let Some(label) = styles.label(&level, *count) {
                *first = format!("{} {first}", label.trim());
            }
        }
        for line in &lines {
            let (kind, words) = match (styles.heading(&open.style), list) {
                (Some(level), _) => (BlockKind::Heading(level + 1), line.as_str()),
                // A list of Word's is under a paragraph whose number somebody typed.
                (None, Some(place)) => {
                    (BlockKind::Item(ListPlace { depth: place.depth.saturating_add(1), ..place }), line.as_str())
                }
                (None, None) => match marked(line) {
                    // A list that somebody typed is as deep as it is indented.
                    Some((mark @ LineMark::Bullet(sign), words)) => {
                        let place = marks.place(&mark);
                        (BlockKind::Item(ListPlace { depth: typed.depth(sign, open.indent), ..place }), words)
                    }
                    Some((mark, words)) => {
                        typed = TypedBullets::default();
                        (BlockKind::Item(marks.place(&mark)), words)
                    }
                    // A line in bold and nothing else is a heading, under those that have a style.
                    None if open.is_bold() && open.is_short() && !line.ends_with([':', ';']) => {
                        (BlockKind::Heading(9), line.as_str())
                    }
                    None => (BlockKind::Paragraph, line.as_str()),
                },
            };
            blocks.push((*number, Block::new(place.clone(), kind, words)));
        }
    }
    blocks
}

/// The pieces of paragraphs without heading styles: as lines of a text, with marks for what Word would have numbered.
fn unstyled(closed: &[ClosedParagraph], styles: &DocxStyles) -> Vec<(usize, Block)> {
    let mut sizes: Vec<u32> = closed
        .iter()
        .map(|one| &one.open)
        .filter(|open| open.is_bold() && open.is_short())
        .map(|open| open.size)
        .collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    let mut lines = String::new();
    let mut numbers = Vec::new();
    let mut counts = [0usize; 10];
    for ClosedParagraph { number, open } in closed {
        let list = list_place(open, styles);
        for line in typed_lines(&open.words) {
            let mark = match list {
                Some(place) if place.is_numbered => {
                    counts[usize::from(place.depth.min(9))] += 1;
                    format!("{}. ", counts[usize::from(place.depth.min(9))])
                }
                Some(place) => format!("{}• ", "  ".repeat(usize::from(place.depth))),
                None if open.is_bold()
                    && open.is_short()
                    && !matches!(marked(&line), Some((LineMark::Bullet(_) | LineMark::Letter(_), _))) =>
                {
                    let level = sizes.iter().position(|size| *size == open.size).unwrap_or(0).min(5);
                    format!("{} ", "#".repeat(level + 1))
                }
                None => String::new(),
            };
            lines.push_str(&format!("{mark}{line}\n\n"));
            numbers.extend([*number, *number]);
        }
    }
    let number_of = |block: &Block| {
        let line: usize = block.place.strip_prefix("line ").and_then(|line| line.parse().ok()).unwrap_or(1);
        numbers.get(line - 1).copied().unwrap_or_default()
    };
    let named = |block: Block| {
        let number = number_of(&block);
        (number, Block { place: format!("paragraph {number}"), ..block })
    };
    text::blocks(&lines).into_iter().map(named).collect()
}

/// The lines of a paragraph, where breaks part points that somebody typed; else all of it on one line.
fn typed_lines(words: &str) -> Vec<String> {
    let lines: Vec<&str> = words.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.iter().skip(1).any(|line| marked(line).is_some()) {
        lines.into_iter().map(one_line).collect()
    } else {
        Some(one_line(words)).filter(|line| !line.is_empty()).into_iter().collect()
    }
}

/// The list that Word numbers or marks, and the level in it; `None` where the paragraph is in none.
fn list_level(open: &OpenParagraph, styles: &DocxStyles) -> Option<ListLevel> {
    match open.list.clone() {
        Some((list, level)) if list.is_empty() => Some((styles.list(&open.style).unwrap_or_default().0, level)),
        Some(level) => Some(level),
        None => styles.list(&open.style),
    }
}

/// Where a paragraph is in a list that Word numbers.
fn list_place(open: &OpenParagraph, styles: &DocxStyles) -> Option<ListPlace> {
    // A paragraph that somebody took out of its list names the list 0.
    if open.list.as_ref().is_some_and(|(list, _)| list == "0") {
        return None;
    }
    let level = list_level(open, styles);
    let named = styles.named_list(&open.style);
    match (level, named) {
        (Some(level), named) => {
            let depth = level.1.max(named.map_or(0, |named| named.0));
            let is_numbered = styles.is_numbered(&level) || named.is_some_and(|named| named.1);
            Some(ListPlace { depth, is_numbered })
        }
        (None, Some((depth, is_numbered))) => Some(ListPlace { depth, is_numbered }),
        (None, None) => None,
    }
}

/// Parts beside the main one that hold words of the document.
fn holds_words(name: &str) -> bool {
    let stem = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")).unwrap_or_default();
    let plain = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(plain, "footnotes" | "endnotes" | "header" | "footer" | "comments")
}

fn part(package: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, DraftError> {
    let file = package.by_name(name).map_err(|_| damaged())?;
    let mut text = String::new();
    file.take(LARGEST_PART).read_to_string(&mut text).map_err(|_| damaged())?;
    Ok(text)
}

fn damaged() -> DraftError {
    DraftError {
        found: "the Word document cannot be read".into(),
        remedy: "open it in Word, save it again as .docx, or copy the text into a text file".into(),
    }
}

/// A paragraph while it is read.
#[derive(Default, Clone)]
struct OpenParagraph {
    words: String,
    deleted: String,
    style: String,
    list: Option<ListLevel>,
    /// How many of its characters are bold.
    bold: usize,
    /// The size of its letters in half points; 0 where it does not say.
    size: u32,
    /// How far it is indented, in characters of the usual size.
    indent: usize,
}

impl OpenParagraph {
    /// Whether all of it is bold.
    fn is_bold(&self) -> bool {
        self.bold > 0 && 10 * self.bold >= 9 * self.words.trim().chars().count()
    }

    /// Whether it is so short and ends so that it can be a heading.
    fn is_short(&self) -> bool {
        self.words.trim().chars().count() <= 120 && !self.words.trim().ends_with('.')
    }
}

/// A paragraph with its number.
struct ClosedParagraph {
    number: usize,
    open: OpenParagraph,
}

/// The walk over a part. DocxText boxes hold paragraphs inside paragraphs, and cells can hold tables.
#[derive(Default)]
struct DocxWalk {
    /// The paragraphs that are in no table.
    closed: Vec<ClosedParagraph>,
    /// Rows of tables and deleted words, each with the number of its paragraph.
    blocks: Vec<(usize, Block)>,
    count: usize,
    paragraphs: Vec<OpenParagraph>,
    /// How many tables are open; only the outermost has rows of its own.
    tables: usize,
    rows: Vec<(usize, Vec<String>)>,
    cells: Vec<String>,
    /// What text is being read: words, deleted words, or none.
    text: DocxText,
    /// Whether the run that is read is bold.
    is_bold: bool,
    /// Whether it is raised above the line, as the marks of notes are.
    is_raised: bool,
    /// Whether a run is open: its properties are not those of the paragraph's mark.
    is_in_run: bool,
    /// How many fallbacks are open: they repeat what stands before them in another form.
    fallbacks: usize,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum DocxText {
    #[default]
    None,
    Words,
    Deleted,
}

impl DocxWalk {
    fn part(&mut self, xml: &str) -> Result<(), DraftError> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.start(&tag, false),
                Ok(Event::Empty(tag)) => self.start(&tag, true),
                Ok(Event::End(tag)) => self.end(tag.local_name().as_ref()),
                Ok(Event::Text(text)) => self.words(&text.xml10_content()),
                Ok(Event::GeneralRef(entity)) => self.words(&resolved(&entity)),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => return Err(damaged()),
            }
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        match tag.local_name().as_ref() {
            "Fallback" if !is_empty => self.fallbacks += 1,
            _ if self.fallbacks > 0 => {}
            "p" if !is_empty => self.paragraphs.push(OpenParagraph::default()),
            "t" if !is_empty => self.text = DocxText::Words,
            "delText" if !is_empty => self.text = DocxText::Deleted,
            "r" if !is_empty => (self.is_in_run, self.is_bold, self.is_raised) = (true, false, false),
            "vertAlign" if self.is_in_run => self.is_raised = value(tag) == "superscript",
            "b" if self.is_in_run => self.is_bold = !matches!(value(tag).as_str(), "0" | "false"),
            "sz" if self.is_in_run => self.set(|open| open.size = open.size.max(value(tag).parse().unwrap_or(0))),
            "ind" => self.set(|open| open.indent = indent(tag)),
            "tab" if self.is_in_run => self.add("\t"),
            "br" | "cr" => self.add("\n"),
            "noBreakHyphen" => self.add("\u{2011}"),
            "softHyphen" => self.add("\u{ad}"),
            "pStyle" => self.set(|open| open.style = value(tag)),
            "numId" => self.set(|open| open.list = Some((value(tag), open.list.take().map_or(0, |list| list.1)))),
            "ilvl" => {
                let level = value(tag).parse().unwrap_or(0);
                self.set(|open| open.list = Some((open.list.take().unwrap_or_default().0, level)));
            }
            "tbl" if !is_empty => self.tables += 1,
            "tc" if !is_empty && self.tables == 1 => self.cells.push(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            _ if self.fallbacks > 0 => {}
            "t" | "delText" => self.text = DocxText::None,
            "r" => (self.is_in_run, self.is_bold) = (false, false),
            "p" => self.close_paragraph(),
            "tr" if self.tables == 1 => {
                self.count += 1;
                self.rows.push((self.count, std::mem::take(&mut self.cells)));
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    let last = self.count;
                    let rows = table::rows(std::mem::take(&mut self.rows), "paragraph");
                    self.blocks.extend(rows.into_iter().map(|block| (last, block)));
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut OpenParagraph)) {
        if let Some(open) = self.paragraphs.last_mut() {
            change(open);
        }
    }

    fn add(&mut self, words: &str) {
        self.set(|open| open.words.push_str(words));
    }

    fn words(&mut self, words: &str) {
        match self.text {
            _ if self.fallbacks > 0 => {}
            DocxText::None => {}
            DocxText::Words => {
                let bold = if self.is_bold { words.trim().chars().count() } else { 0 };
                self.set(|open| open.bold += bold);
                let is_number = !words.trim().is_empty() && words.trim().chars().all(|c| c.is_ascii_digit());
                if self.is_raised && is_number {
                    self.add(&format!("[{}]", words.trim()));
                } else {
                    self.add(words);
                }
            }
            DocxText::Deleted => self.set(|open| open.deleted.push_str(words)),
        }
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else { return };
        let deleted = open.deleted.clone();
        if let Some(cell) = self.cells.last_mut() {
            // A point of a list in a cell is on a line of its own, with a bullet.
            let is_point = open.list.is_some() || open.style.to_lowercase().starts_with("list");
            cell.push_str(if is_point && !open.words.trim().is_empty() { "\n• " } else { "\n" });
            cell.push_str(open.words.trim());
        } else {
            self.count += 1;
            self.closed.push(ClosedParagraph { number: self.count, open });
        }
        if !deleted.trim().is_empty() {
            let place = format!("paragraph {}, deleted with track changes", self.count);
            self.blocks.push((self.count, Block::new(place, BlockKind::Aside(reasons::DELETED), &deleted)));
        }
    }
}

/// How far a paragraph is indented: about 120 twentieths of a point are a character.
fn indent(tag: &BytesStart<'_>) -> usize {
    let left =
        [attribute(tag, "left"), attribute(tag, "start")].into_iter().find_map(|left| left.parse::<usize>().ok());
    left.unwrap_or(0) / 120
}

/// The character that `&amp;` or `&#8217;` stands for.
fn resolved(entity: &quick_xml::events::BytesRef<'_>) -> String {
    match entity.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => match entity.as_ref() {
            "amp" => "&".into(),
            "lt" => "<".into(),
            "gt" => ">".into(),
            "quot" => "\"".into(),
            "apos" => "'".into(),
            other => format!("&{other};"),
        },
    }
}
