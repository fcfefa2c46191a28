//! What is written in a cell: a text, or why there is none to show.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What data and outputs have in the place of a text that is held back.
pub const HELD_BACK: &str = "[held back: may identify a child]";

/// What is written in a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Written {
    /// Nothing.
    #[default]
    Nothing,
    /// A text, whole and to the letter; a date or a number as a person would write it down.
    Text(String),
    /// A text that may identify a child. Nothing of it is kept, not even a print.
    HeldBack,
    /// Something that could not be read, and why, in words.
    Unreadable(String),
}

impl Written {
    /// The text where there is one that may be shown; else empty.
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

    /// Whether both say the same; blanks and line ends, which programs change, aside.
    pub fn is_same(&self, other: &Written) -> bool {
        match (self, other) {
            (Written::Text(one), Written::Text(other)) => {
                one == other || one.split_whitespace().eq(other.split_whitespace())
            }
            (one, other) => one == other,
        }
    }

    /// What outputs have: the text, or in brackets why there is none to show.
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
