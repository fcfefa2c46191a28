//! What the styles and lists of a Word document mean: which are headings, which are numbered, which are bullets.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A list and the level in it.
pub(super) type ListLevel = (String, u8);

/// A style as the document defines it.
#[derive(Debug, Clone, Default)]
struct StyleOfParagraph {
    name: String,
    based_on: String,
    outline: Option<u8>,
    list: Option<ListLevel>,
}

/// The styles and lists of a document.
#[derive(Debug, Default)]
pub(super) struct DocxStyles {
    styles: HashMap<String, StyleOfParagraph>,
    /// For each list, its definition.
    lists: HashMap<String, String>,
    /// For each definition, which of its levels are bullets.
    bullets: HashMap<String, Vec<bool>>,
    /// For each level of a definition, what is before and after its number, as in "Key question %1:".
    labels: HashMap<(String, usize), String>,
}

/// How many styles can be based on one another.
const DEEPEST: usize = 12;

impl DocxStyles {
    /// Reads the parts `styles.xml` and `numbering.xml`; each empty where the document has none. What is damaged says nothing.
    pub(super) fn read(styles: &str, numbering: &str) -> DocxStyles {
        let mut read = DocxStyles::default();
        let mut open = String::new();
        each_tag(styles, |tag| match tag.local_name().as_ref() {
            "style" => open = attribute(tag, "styleId"),
            name => {
                let Some(style) = (!open.is_empty()).then(|| read.styles.entry(open.clone()).or_default()) else {
                    return;
                };
                match name {
                    "name" => style.name = value(tag).to_lowercase(),
                    "basedOn" => style.based_on = value(tag),
                    "outlineLvl" => style.outline = value(tag).parse().ok(),
                    "numId" => style.list = Some((value(tag), style.list.take().map_or(0, |list| list.1))),
                    "ilvl" => {
                        style.list = Some((style.list.take().unwrap_or_default().0, value(tag).parse().unwrap_or(0)))
                    }
                    _ => {}
                }
            }
        });
        let (mut definition, mut list, mut level) = (String::new(), String::new(), 0);
        each_tag(numbering, |tag| match tag.local_name().as_ref() {
            "abstractNum" => definition = attribute(tag, "abstractNumId"),
            "lvl" => level = attribute(tag, "ilvl").parse().unwrap_or(0),
            "numFmt" => {
                let levels = read.bullets.entry(definition.clone()).or_default();
                levels.resize(levels.len().max(level + 1), false);
                levels[level] = value(tag) == "bullet";
            }
            "lvlText" => _ = read.labels.insert((definition.clone(), level), value(tag)),
            "num" => list = attribute(tag, "numId"),
            "abstractNumId" => _ = read.lists.insert(list.clone(), value(tag)),
            _ => {}
        });
        read
    }

    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s StyleOfParagraph> {
        let first = self.styles.get(id);
        std::iter::successors(first, |style| self.styles.get(&style.based_on)).take(DEEPEST)
    }

    /// The level of the heading that a style is, from 1; `None` for one that is no heading. A title is above all headings.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        let folded = id.to_lowercase().replace(' ', "");
        if let Some(level) = folded.strip_prefix("heading").and_then(|level| level.parse().ok()) {
            return Some(level);
        }
        if folded == "title" {
            return Some(0);
        }
        self.chain(id).find_map(|style| {
            let by_name = style.name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
            by_name
                .or(style.outline.filter(|level| *level < 9).map(|level| level + 1))
                .or((style.name == "title").then_some(0))
        })
    }

    /// The list that paragraphs of a style are in.
    pub(super) fn list(&self, id: &str) -> Option<ListLevel> {
        self.chain(id).find_map(|style| style.list.clone())
    }

    /// What the name of a style says of a list, where no definition does: its depth and whether it is numbered.
    pub(super) fn named_list(&self, id: &str) -> Option<(u8, bool)> {
        let folded = id.to_lowercase().replace(' ', "");
        let depth = |rest: &str| rest.parse::<u8>().unwrap_or(1).saturating_sub(1);
        let bullet = folded.strip_prefix("listbullet").map(|rest| (depth(rest), false));
        bullet.or_else(|| folded.strip_prefix("listnumber").map(|rest| (depth(rest), true)))
    }

    /// The label that Word sets before a paragraph on a level of a list, where it has words, as in "Key question 2:". `count`: how many
    /// paragraphs that level has had, with this one.
    pub(super) fn label(&self, (list, level): &ListLevel, count: usize) -> Option<String> {
        let level = usize::from(*level);
        let label = self.labels.get(&(self.lists.get(list)?.clone(), level))?;
        let (before, after) = label.split_once(&format!("%{}", level + 1))?;
        let is_words = before.trim().chars().filter(|c| c.is_alphabetic()).count() > 1
            && !label.replacen('%', "", 1).contains('%');
        is_words.then(|| format!("{before}{count}{after}"))
    }

    /// Whether a level of a list is numbered; bullets where the document does not say.
    pub(super) fn is_numbered(&self, (list, level): &ListLevel) -> bool {
        let levels = self.lists.get(list).and_then(|definition| self.bullets.get(definition));
        levels.and_then(|levels| levels.get(usize::from(*level))).is_some_and(|is_bullet| !is_bullet)
    }
}

fn each_tag(xml: &str, mut each: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => each(&tag),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

/// An attribute of a tag by the last part of its name.
pub(super) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> String {
    let is_wanted = |name: &str| name.rsplit(':').next() == Some(wanted);
    let found = tag.attributes().flatten().find(|attribute| is_wanted(attribute.key.as_ref()));
    found.map(|attribute| attribute.value.to_string()).unwrap_or_default()
}

/// The attribute `val` of a property.
pub(super) fn value(tag: &BytesStart<'_>) -> String {
    attribute(tag, "val")
}
