//! The pieces of a source document, whatever its format.

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it stands, in the words of messages: "line 12", "paragraph 3", "sheet Criteria, row 4".
    pub place: String,
    /// What it is.
    pub kind: BlockKind,
    /// Its words, on one line.
    pub text: String,
    /// What a person should look at: lines that were joined to it and may not belong to it.
    pub doubts: Vec<String>,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A heading; 1 is the highest.
    Heading(u8),
    /// A numbered or bulleted line.
    Item(ListPlace),
    /// A row of a table that is a statement, with what its other columns say.
    Row(RowParts),
    /// Words around the statements.
    Paragraph,
    /// No part of the document's content, and why.
    Aside(&'static str),
}

/// Where an item is in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListPlace {
    /// How deep it is nested, from 0.
    pub depth: u8,
    /// Whether it has a number: a numbered paragraph can have a list of bullets under it.
    pub is_numbered: bool,
}

impl ListPlace {
    /// A bullet at a depth.
    pub(super) fn bullet(depth: u8) -> ListPlace {
        ListPlace { depth, is_numbered: false }
    }

    /// A numbered line at a depth.
    pub(super) fn number(depth: u8) -> ListPlace {
        ListPlace { depth, is_numbered: true }
    }
}

/// What the columns of a table say beside the statement; each empty where the table has no such column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RowParts {
    /// The reference.
    pub reference: String,
    /// The area.
    pub area: String,
    /// The groups.
    pub groups: String,
    /// The basis.
    pub basis: String,
    /// The source.
    pub source: String,
}

impl BlockKind {
    /// Whether it is part of the document's content.
    pub(super) fn is_content(&self) -> bool {
        !matches!(self, BlockKind::Aside(_))
    }

    /// Whether it is in a list.
    pub(super) fn is_in_list(&self) -> bool {
        matches!(self, BlockKind::Item(_))
    }
}

impl Block {
    /// A piece with its words on one line, soft hyphens and zero-width characters left where they are.
    pub(super) fn new(place: impl Into<String>, kind: BlockKind, text: &str) -> Block {
        Block { place: place.into(), kind, text: one_line(text), doubts: Vec::new() }
    }

    /// Where it is in a list; `None` for what is not in one.
    pub(super) fn list_place(&self) -> Option<ListPlace> {
        match self.kind {
            BlockKind::Item(place) => Some(place),
            _ => None,
        }
    }

    /// Whether it is part of the document's content.
    pub(super) fn is_content(&self) -> bool {
        self.kind.is_content()
    }
}

/// A text with every run of line breaks, tabs and blanks made one blank. Non-breaking blanks stay.
pub(super) fn one_line(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r', '\u{c}']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
