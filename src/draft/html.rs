//! A saved web page: its headings, lists, tables and paragraphs as pieces, with navigation told from content.

use scraper::{ElementRef, Html, Node};

use super::blocks::{Block, BlockKind, ListPlace, one_line};
use super::headings::{PartKind, kind_of_part};
use super::marks::{MarkPlaces, marked};
use super::reasons;
use super::table;
use crate::theme::looks_like_navigation;

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
const ASIDE_NAMES: [&str; 27] = [
    "cookie",
    "breadcrumb",
    "skip-link",
    "skip-nav",
    "skiplink",
    "table-of-contents",
    "tableofcontents",
    "contents-list",
    "page-contents",
    "toc",
    "site-nav",
    "main-nav",
    "navigation",
    "menu",
    "sidebar",
    "footer",
    "related",
    "share",
    "feedback",
    "pagination",
    "print-link",
    "banner",
    "leftnav",
    "rightnav",
    "sidenav",
    "survey",
    "consent",
];

/// The walk over a page: the pieces so far and how many there were.
#[derive(Default)]
struct HtmlWalk {
    blocks: Vec<Block>,
    count: usize,
    marks: MarkPlaces,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct Within {
    is_aside: bool,
    /// How many lists are open.
    lists: u8,
    /// Whether the innermost is numbered.
    is_numbered: bool,
}

/// The pieces of a page. Pages have no lines worth naming, so places count paragraphs.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let page = Html::parse_document(text);
    let mut walk = HtmlWalk::default();
    walk.element(page.root_element(), Within { is_aside: false, lists: 0, is_numbered: false });
    walk.blocks
}

impl HtmlWalk {
    fn element(&mut self, element: ElementRef<'_>, within: Within) {
        // An explicit stack of what is still to visit, so that deep nesting cannot exhaust the program's own.
        let mut pending = vec![(element, within)];
        while let Some((element, within)) = pending.pop() {
            let name = element.value().name();
            let role = element.value().attr("role").unwrap_or_default();
            let is_contents = matches!(name, "ul" | "ol") && follows_contents(element);
            let is_around = ASIDE.contains(&name) && !(name == "header" && is_in_main(element));
            let is_aside =
                within.is_aside || is_around || role == "navigation" || is_named_aside(element) || is_contents;
            let lists = within.lists + u8::from(matches!(name, "ul" | "ol"));
            let is_numbered = if matches!(name, "ul" | "ol") { name == "ol" } else { within.is_numbered };
            let within = Within { is_aside, lists, is_numbered };
            if SILENT.contains(&name) {
                self.title(element);
                continue;
            }
            if is_hidden(element) {
                self.push(
                    BlockKind::Aside(reasons::NAVIGATION),
                    &one_line(&plain(&element.text().collect::<String>())),
                );
                continue;
            }
            if is_heading(name) {
                // A heading that opens and shuts its part is a button, too.
                self.piece(element, within, &one_line(&seen_words(element)));
                let hidden = element.descendants().filter_map(ElementRef::wrap).filter(|inner| is_hidden(*inner));
                pending.extend(hidden.map(|hidden| (hidden, within)));
                continue;
            }
            if name == "table" && !is_aside && !is_layout(element) {
                self.table(element);
                continue;
            }
            let words = own_words(element);
            if !one_line(&words).is_empty() {
                self.piece(element, within, &words);
            }
            let children =
                element.children().filter_map(ElementRef::wrap).filter(|child| is_piece_or_holds_one(*child));
            let mut children: Vec<_> = children.map(|child| (child, within)).collect();
            children.reverse();
            pending.extend(children);
        }
    }

    /// A piece of the page; several where somebody typed a list into it, with breaks between its points.
    fn piece(&mut self, element: ElementRef<'_>, within: Within, words: &str) {
        let kind = kind_of(element.value().name(), within);
        let lines: Vec<&str> = words.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
        let is_link = is_link(element, words);
        if kind != BlockKind::Paragraph || is_link {
            let is_menu = is_link && (kind.is_in_list() || links(element).count() > 1);
            let kind = if is_menu { BlockKind::Aside(reasons::NAVIGATION) } else { kind };
            return self.push(kind, &one_line(words));
        }
        if is_bold(element, words) && !words.trim().ends_with(['.', ':', ';']) {
            return self.push(BlockKind::Heading(7), &one_line(words));
        }
        if lines.len() > 1 && !lines.iter().skip(1).any(|line| marked(line).is_some()) {
            return self.push(kind, &one_line(words));
        }
        for line in lines {
            match marked(line) {
                Some((mark, words)) => {
                    let place = self.marks.place(&mark);
                    self.push(BlockKind::Item(place), words);
                }
                None => self.push(BlockKind::Paragraph, line),
            }
        }
    }

    /// The title of the page, which stands in its head.
    fn title(&mut self, head: ElementRef<'_>) {
        let inside = head.children().filter_map(ElementRef::wrap);
        for title in inside.filter(|element| head.value().name() == "head" && element.value().name() == "title") {
            self.push(BlockKind::Aside(reasons::TITLE), &one_line(&title.text().collect::<String>()));
        }
    }

    fn table(&mut self, table: ElementRef<'_>) {
        let mut rows = Vec::new();
        let mut spans = OpenSpans::default();
        for caption in
            table.children().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "caption")
        {
            self.push(BlockKind::Paragraph, &one_line(&caption.text().collect::<String>()));
        }
        for row in table.descendants().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "tr") {
            self.count += 1;
            let cells =
                row.children().filter_map(ElementRef::wrap).filter(|cell| matches!(cell.value().name(), "td" | "th"));
            rows.push((self.count, spans.row(cells)));
        }
        self.blocks.extend(table::rows(rows, "paragraph"));
    }

    fn push(&mut self, kind: BlockKind, words: &str) {
        self.count += 1;
        let is_navigation = kind.is_content() && looks_like_navigation(words);
        let kind = if is_navigation { BlockKind::Aside(reasons::NAVIGATION) } else { kind };
        self.blocks.push(Block::new(format!("paragraph {}", self.count), kind, words));
    }
}

/// Cells of a table that go on in the rows below: for each column, in how many more.
#[derive(Default)]
struct OpenSpans(Vec<usize>);

/// The most columns of a table that are told apart.
const MOST_COLUMNS: usize = 64;

impl OpenSpans {
    /// The words of a row's cells, with an empty one for each that a cell above it fills.
    fn row<'e>(&mut self, cells: impl Iterator<Item = ElementRef<'e>>) -> Vec<String> {
        let mut row: Vec<String> = Vec::new();
        let number = |cell: ElementRef<'_>, name: &str| {
            cell.value().attr(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).max(1)
        };
        for cell in cells {
            self.skip(&mut row);
            let words = cell_words(cell);
            for more in 0..number(cell, "colspan").min(MOST_COLUMNS) {
                if self.0.len() <= row.len() && row.len() < MOST_COLUMNS {
                    self.0.resize(row.len() + 1, 0);
                }
                if let Some(open) = self.0.get_mut(row.len()) {
                    *open = number(cell, "rowspan") - 1;
                }
                row.push(if more == 0 { words.clone() } else { String::new() });
            }
        }
        self.skip(&mut row);
        row
    }

    /// Adds an empty cell for each that is filled from above.
    fn skip(&mut self, row: &mut Vec<String>) {
        while let Some(open) = self.0.get_mut(row.len()).filter(|open| **open > 0) {
            *open -= 1;
            row.push(String::new());
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether a table only sets the parts of a page side by side: it has headings or tables in its cells, or nothing but links.
fn is_layout(table: ElementRef<'_>) -> bool {
    let mut inside = table.descendants().skip(1).filter_map(ElementRef::wrap);
    let is_part = |element: ElementRef<'_>| is_heading(element.value().name()) || element.value().name() == "table";
    let letters = |text: String| text.chars().filter(|c| c.is_alphanumeric()).count();
    let linked = || -> usize {
        let links = table.descendants().filter_map(ElementRef::wrap).filter(|inner| inner.value().name() == "a");
        links.map(|link| letters(link.text().collect())).sum()
    };
    inside.any(is_part) || 2 * linked() > letters(table.text().collect())
}

/// Whether a head is that of the text and not of the page.
fn is_in_main(element: ElementRef<'_>) -> bool {
    let mut above = element.ancestors().filter_map(ElementRef::wrap);
    above.any(|above| matches!(above.value().name(), "main" | "article"))
}

/// Whether the name or a class of a part says that it is none of the content. A word of it does: "stock" names no "toc".
fn is_named_aside(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    let names = [element.value().attr("id"), element.value().attr("class")];
    let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
    let words = names.replace(['_', ' '], "-");
    ASIDE_NAMES.iter().any(|name| format!("-{words}-").contains(&format!("-{name}-")) || words.contains("cookie"))
}

/// Whether a part is for screen readers only, as in "show this section" on a button.
fn is_hidden(element: ElementRef<'_>) -> bool {
    const CLASSES: [&str; 5] =
        ["visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screenreader-only"];
    let classes = element.value().attr("class").unwrap_or_default();
    classes.split_whitespace().any(|class| CLASSES.iter().any(|hidden| class.ends_with(hidden)))
}

/// The words of an element that a page shows.
fn seen_words(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    let mut pending = vec![*element];
    while let Some(node) = pending.pop() {
        if let Node::Text(text) = node.value() {
            words.push_str(&plain(text));
        } else if node.id() == element.id() || !ElementRef::wrap(node).is_some_and(is_hidden) {
            let mut children: Vec<_> = node.children().collect();
            children.reverse();
            pending.extend(children);
        }
    }
    words
}

fn links<'e>(element: ElementRef<'e>) -> impl Iterator<Item = ElementRef<'e>> {
    element.children().filter_map(ElementRef::wrap).filter(|child| child.value().name() == "a")
}

/// Whether everything in an element is links: points of a list that are links lead somewhere and state nothing. What parts them is no
/// word.
fn is_link(element: ElementRef<'_>, words: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let linked: String = links(element).flat_map(|link| link.text().collect::<Vec<_>>()).collect();
    !linked.trim().is_empty() && letters(&linked) == letters(words)
}

/// Whether everything in an element is bold.
fn is_bold(element: ElementRef<'_>, words: &str) -> bool {
    let bold =
        element.children().filter_map(ElementRef::wrap).filter(|child| matches!(child.value().name(), "b" | "strong"));
    let bold: String = bold.flat_map(|bold| bold.text().collect::<Vec<_>>()).collect::<Vec<_>>().join(" ");
    !bold.trim().is_empty() && one_line(&bold) == one_line(words)
}

/// Whether a list is one of contents: the heading before it says so.
fn follows_contents(element: ElementRef<'_>) -> bool {
    let before = element.prev_siblings().filter_map(ElementRef::wrap).next();
    before.is_some_and(|before| {
        let words = one_line(&before.text().collect::<String>());
        kind_of_part(&words) == Some(PartKind::Contents) && words.len() < 40
    })
}

fn kind_of(name: &str, within: Within) -> BlockKind {
    // A list of the page is under a paragraph whose number somebody typed.
    let place = ListPlace { depth: within.lists, is_numbered: within.is_numbered };
    match name {
        _ if within.is_aside => BlockKind::Aside(reasons::NAVIGATION),
        "li" => BlockKind::Item(place),
        "p" if within.lists > 0 => BlockKind::Item(place),
        _ if is_heading(name) => BlockKind::Heading(name.as_bytes()[1] - b'0'),
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
            Node::Text(text) => words.push_str(&plain(text)),
            Node::Element(inner) if inner.name() == "br" => words.push('\n'),
            Node::Element(_) => {
                let Some(inner) = ElementRef::wrap(node) else { continue };
                if let Some(number) = raised_number(inner) {
                    words.push_str(&format!("[{number}]"));
                    continue;
                }
                if !SILENT.contains(&inner.value().name()) && !is_piece_or_holds_one(inner) {
                    let mut children: Vec<_> = inner.children().collect();
                    children.reverse();
                    pending.extend(children);
                }
            }
            _ => {}
        }
    }
    words
}

/// The words of a cell. Each point of a list in it is on a line of its own, with a bullet.
fn cell_words(cell: ElementRef<'_>) -> String {
    let mut words = String::new();
    let mut pending: Vec<_> = cell.children().collect();
    pending.reverse();
    while let Some(node) = pending.pop() {
        match node.value() {
            Node::Text(text) => words.push_str(&plain(text)),
            Node::Element(inner) => {
                let Some(element) = ElementRef::wrap(node) else { continue };
                if let Some(number) = raised_number(element) {
                    words.push_str(&format!("[{number}]"));
                    continue;
                }
                match inner.name() {
                    "li" => words.push_str("\n• "),
                    "p" | "br" | "div" | "ul" | "ol" => words.push('\n'),
                    _ => words.push(' '),
                }
                let mut children: Vec<_> = node.children().collect();
                children.reverse();
                pending.extend(children);
            }
            _ => {}
        }
    }
    words
}

/// Words of a page as they are read. Where its lines break, and may break or not, is none of its words.
fn plain(words: &str) -> String {
    words.replace(['\n', '\r', '\u{a0}', '\u{202f}'], " ").replace(['\u{ad}', '\u{200b}', '\u{2060}'], "")
}

/// The number of a note that is raised above its word: it is no part of that.
fn raised_number(element: ElementRef<'_>) -> Option<String> {
    let words: String = element.text().collect();
    let number = words.trim();
    let is_number = (1..=3).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
    (element.value().name() == "sup" && is_number).then(|| number.to_string())
}

fn is_piece_or_holds_one(element: ElementRef<'_>) -> bool {
    let is_piece =
        |name: &str| PIECES.contains(&name) || ASIDE.contains(&name) || matches!(name, "ul" | "ol" | "table");
    let holds = || element.descendants().filter_map(ElementRef::wrap).any(|inner| is_piece(inner.value().name()));
    is_hidden(element)
        || is_piece(element.value().name())
        || matches!(element.value().name(), "head" | "div" | "section" | "article" | "main")
        || holds()
}
