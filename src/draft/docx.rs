//! A Word document: its headings, lists, tables and paragraphs as pieces, and everything else that holds words.
//!
//! The main part is walked as XML events, so that text in links, content controls and text boxes is text like any other.
//! Footnotes, headers, footers, comments and deleted words are pieces too, so that a person sees what was left out.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::blocks::{Block, BlockKind, one_line};
use super::fault::DraftError;
use super::table;

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
    let mut walk = DocxWalk::default();
    walk.part(&main)?;
    let mut blocks = walk.blocks;
    for name in others {
        let mut aside = DocxWalk::default();
        aside.part(&part(&mut package, &name)?)?;
        let place = name.trim_start_matches("word/").trim_end_matches(".xml").to_string();
        let as_aside =
            |block: Block| Block { place: format!("{place}, {}", block.place), kind: BlockKind::Aside, ..block };
        blocks.extend(aside.blocks.into_iter().map(as_aside));
    }
    Ok(blocks)
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
#[derive(Default)]
struct OpenParagraph {
    words: String,
    deleted: String,
    style: String,
    level: u8,
    is_listed: bool,
}

/// The walk over a part. DocxText boxes hold paragraphs inside paragraphs, and cells can hold tables.
#[derive(Default)]
struct DocxWalk {
    blocks: Vec<Block>,
    count: usize,
    paragraphs: Vec<OpenParagraph>,
    /// How many tables are open; only the outermost has rows of its own.
    tables: usize,
    rows: Vec<(usize, Vec<String>)>,
    cells: Vec<String>,
    /// What text is being read: words, deleted words, or none.
    text: DocxText,
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
            "tab" | "br" | "cr" => self.add(" "),
            "noBreakHyphen" => self.add("\u{2011}"),
            "softHyphen" => self.add("\u{ad}"),
            "pStyle" => self.set(|open| open.style = value(tag).to_lowercase().replace(' ', "")),
            "numPr" => self.set(|open| open.is_listed = true),
            "ilvl" => self.set(|open| open.level = value(tag).parse().unwrap_or(0)),
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
            "p" => self.close_paragraph(),
            "tr" if self.tables == 1 => {
                self.count += 1;
                self.rows.push((self.count, std::mem::take(&mut self.cells)));
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.blocks.extend(table::rows(std::mem::take(&mut self.rows), "paragraph"));
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
            DocxText::Words => self.add(words),
            DocxText::Deleted => self.set(|open| open.deleted.push_str(words)),
        }
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else { return };
        if let Some(cell) = self.cells.last_mut() {
            cell.push_str(&one_line(&open.words));
            cell.push(' ');
        } else {
            self.count += 1;
            self.blocks.push(Block::new(format!("paragraph {}", self.count), kind_of(&open), &open.words));
        }
        if !open.deleted.trim().is_empty() {
            let place = format!("paragraph {}, deleted with track changes", self.count);
            self.blocks.push(Block::new(place, BlockKind::Aside, &open.deleted));
        }
    }
}

/// The attribute `val` of a property.
fn value(tag: &BytesStart<'_>) -> String {
    let is_value = |name: &str| name == "val" || name.ends_with(":val");
    let found = tag.attributes().flatten().find(|attribute| is_value(attribute.key.as_ref()));
    found.map(|attribute| attribute.value.to_string()).unwrap_or_default()
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

fn kind_of(open: &OpenParagraph) -> BlockKind {
    if let Some(level) = open.style.strip_prefix("heading") {
        return BlockKind::Heading(level.parse().unwrap_or(1));
    }
    if open.style == "title" {
        return BlockKind::Heading(1);
    }
    if open.is_listed {
        return BlockKind::Item(open.level);
    }
    match open.style.strip_prefix("listbullet").or_else(|| open.style.strip_prefix("listnumber")) {
        // "List Bullet 2" is the second level.
        Some(level) => BlockKind::Item(level.parse::<u8>().unwrap_or(1).saturating_sub(1)),
        None => BlockKind::Paragraph,
    }
}
