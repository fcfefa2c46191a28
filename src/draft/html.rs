//! A saved web page: its headings, lists, tables and paragraphs as pieces, with navigation told from content.

use scraper::{ElementRef, Html, Node};

use super::blocks::{Block, BlockKind, one_line};
use super::table;

/// Parts of a page that hold no words of its content.
const SILENT: [&str; 6] = ["script", "style", "noscript", "template", "svg", "head"];

/// Parts of a page around its content.
const ASIDE: [&str; 6] = ["nav", "header", "footer", "aside", "form", "button"];

/// Parts that begin a piece of their own.
const PIECES: [&str; 17] = [
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "blockquote",
    "pre",
    "dt",
    "dd",
    "caption",
    "figcaption",
    "summary",
];

/// Words in the name or class of an element that is no part of a page's content.
const ASIDE_NAMES: [&str; 3] = ["cookie", "breadcrumb", "skip-link"];

/// The walk over a page: the pieces so far and how many there were.
#[derive(Default)]
struct HtmlWalk {
    blocks: Vec<Block>,
    count: usize,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct Within {
    is_aside: bool,
    /// How many lists are open.
    lists: u8,
}

/// The pieces of a page. Pages have no lines worth naming, so places count paragraphs.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let page = Html::parse_document(text);
    let mut walk = HtmlWalk::default();
    walk.element(page.root_element(), Within { is_aside: false, lists: 0 });
    walk.blocks
}

impl HtmlWalk {
    fn element(&mut self, element: ElementRef<'_>, within: Within) {
        // An explicit stack of what is still to visit, so that deep nesting cannot exhaust the program's own.
        let mut pending = vec![(element, within)];
        while let Some((element, within)) = pending.pop() {
            let name = element.value().name();
            let role = element.value().attr("role").unwrap_or_default();
            let is_aside = within.is_aside || ASIDE.contains(&name) || role == "navigation" || is_named_aside(element);
            let lists = within.lists + u8::from(matches!(name, "ul" | "ol"));
            let within = Within { is_aside, lists };
            if SILENT.contains(&name) {
                self.title(element);
                continue;
            }
            if name == "table" && !is_aside {
                self.table(element);
                continue;
            }
            let words = own_words(element);
            if !words.is_empty() {
                self.push(kind_of(name, within), &words);
            }
            let children =
                element.children().filter_map(ElementRef::wrap).filter(|child| is_piece_or_holds_one(*child));
            let mut children: Vec<_> = children.map(|child| (child, within)).collect();
            children.reverse();
            pending.extend(children);
        }
    }

    /// The title of the page, which stands in its head.
    fn title(&mut self, head: ElementRef<'_>) {
        let inside = head.children().filter_map(ElementRef::wrap);
        for title in inside.filter(|element| head.value().name() == "head" && element.value().name() == "title") {
            self.push(BlockKind::Aside, &one_line(&title.text().collect::<String>()));
        }
    }

    fn table(&mut self, table: ElementRef<'_>) {
        let mut rows = Vec::new();
        for caption in
            table.children().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "caption")
        {
            self.push(BlockKind::Paragraph, &one_line(&caption.text().collect::<String>()));
        }
        for row in table.descendants().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "tr") {
            self.count += 1;
            let cells =
                row.children().filter_map(ElementRef::wrap).filter(|cell| matches!(cell.value().name(), "td" | "th"));
            rows.push((self.count, cells.map(|cell| one_line(&cell.text().collect::<Vec<_>>().join(" "))).collect()));
        }
        self.blocks.extend(table::rows(rows, "paragraph"));
    }

    fn push(&mut self, kind: BlockKind, words: &str) {
        self.count += 1;
        self.blocks.push(Block::new(format!("paragraph {}", self.count), kind, words));
    }
}

fn is_named_aside(element: ElementRef<'_>) -> bool {
    let names = [element.value().attr("id"), element.value().attr("class")];
    let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
    ASIDE_NAMES.iter().any(|name| names.contains(name))
}

fn kind_of(name: &str, within: Within) -> BlockKind {
    match name {
        _ if within.is_aside => BlockKind::Aside,
        "li" => BlockKind::Item(within.lists.saturating_sub(1)),
        "p" if within.lists > 0 => BlockKind::Item(within.lists - 1),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading(name.as_bytes()[1] - b'0'),
        _ => BlockKind::Paragraph,
    }
}

/// The words of an element that stand in no piece of their own inside it.
fn own_words(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    let mut pending: Vec<_> = element.children().collect();
    pending.reverse();
    while let Some(node) = pending.pop() {
        match node.value() {
            Node::Text(text) => words.push_str(text),
            Node::Element(inner) if inner.name() == "br" => words.push(' '),
            Node::Element(_) => {
                let Some(inner) = ElementRef::wrap(node) else { continue };
                if !SILENT.contains(&inner.value().name()) && !is_piece_or_holds_one(inner) {
                    let mut children: Vec<_> = inner.children().collect();
                    children.reverse();
                    pending.extend(children);
                }
            }
            _ => {}
        }
    }
    one_line(&words)
}

fn is_piece_or_holds_one(element: ElementRef<'_>) -> bool {
    let is_piece =
        |name: &str| PIECES.contains(&name) || ASIDE.contains(&name) || matches!(name, "ul" | "ol" | "table");
    let holds = || element.descendants().filter_map(ElementRef::wrap).any(|inner| is_piece(inner.value().name()));
    is_piece(element.value().name())
        || matches!(element.value().name(), "head" | "div" | "section" | "article" | "main")
        || holds()
}
