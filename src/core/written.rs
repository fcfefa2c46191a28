//! The content of a cell: a text, or the reason why there is none to show.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Stands in data and outputs in place of a text that is held back.
pub const HELD_BACK: &str = "[held back: may identify a child]";

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Written {
    /// Nothing.
    #[default]
    Nothing,
    /// A text, whole and unchanged; a date or a number as a person would write it.
    Text(String),
    /// A text that may identify a child. Nothing of it is kept, not even a hash.
    HeldBack,
    /// Something that could not be read, with the reason in words.
    Unreadable(String),
}

impl Written {
    /// The text; empty where there is none that may be shown.
    pub fn text(&self) -> &str {
        match self {
            Written::Text(text) => text,
            Written::Nothing | Written::HeldBack | Written::Unreadable(_) => "",
        }
    }

    /// Whether there is a text that may be shown.
    pub fn is_said(&self) -> bool {
        !self.text().trim().is_empty()
    }

    /// Whether nothing at all is written.
    pub fn is_nothing(&self) -> bool {
        match self {
            Written::Nothing => true,
            Written::Text(text) => text.trim().is_empty(),
            Written::HeldBack | Written::Unreadable(_) => false,
        }
    }

    /// Whether both say the same. Blanks and line ends do not count: programs change them on saving.
    pub fn is_same(&self, other: &Written) -> bool {
        match (self, other) {
            (Written::Text(one), Written::Text(other)) => {
                one == other || one.split_whitespace().eq(other.split_whitespace())
            }
            (one, other) => one == other,
        }
    }

    /// The words for outputs: the text, or in brackets why there is none to show.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Written::Nothing => Cow::Borrowed(""),
            Written::Text(text) => Cow::Borrowed(text),
            Written::HeldBack => Cow::Borrowed(HELD_BACK),
            Written::Unreadable(why) => Cow::Owned(format!("[unreadable: {why}]")),
        }
    }
}

impl From<String> for Written {
    fn from(text: String) -> Written {
        if text.trim().is_empty() { Written::Nothing } else { Written::Text(text) }
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Written {
        if text.trim().is_empty() { Written::Nothing } else { Written::Text(text.to_string()) }
    }
}
