//! The ids of themes, areas, statements, agencies and rounds, each a type of its own so that none is taken for a different kind.

use serde::{Deserialize, Serialize};

use crate::core::names;

/// Writes the type of an id.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A theme's id: the stem of its file, of `a-z`, `0-9` and `-`, as in `domestic-abuse-2024`.
    ThemeId
}
id! {
    /// An area's id, unique in its theme, as in `1` or `L2`.
    AreaId
}
id! {
    /// A criterion's id, unique in its theme and never used again, as in `DA24-3.2`. It is not made from the wording, so a statement can be
    /// reworded and keep it.
    CriterionId
}

id! {
    /// An agency's id: `a-z`, `0-9` and `-`. It is in the name of every file that is sent.
    AgencyId
}
id! {
    /// A round's id: a slug of theme, partnership and deadline from the day the round was made, kept in `round.toml`.
    ///
    /// It is never made again, and it is not the folder's name: deadlines are moved and names corrected while workbooks with the id are out.
    RoundId
}

/// The longest id of a theme, in characters: file names are made from it.
const LONGEST_THEME_ID: usize = 80;

impl ThemeId {
    /// Reads an id: 1 to 80 characters of `a-z`, `0-9` and `-`, and not a name that Windows reserves. `None` for any other text, so that no
    /// id can be a path.
    pub fn parse(text: &str) -> Option<ThemeId> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let fits = (1..=LONGEST_THEME_ID).contains(&text.len()) && text.chars().all(is_plain);
        // Programs take a file name that begins with a hyphen for an option.
        (fits && !text.starts_with('-') && !names::is_device(text)).then(|| ThemeId(text.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_theme_is_never_a_path() {
        assert!(ThemeId::parse("domestic-abuse-2024").is_some());
        for text in ["", "../x", "a/b", "a\\b", "C:x", "con", "A", "ü", "a.b", "-rf", &"x".repeat(81)] {
            assert_eq!(ThemeId::parse(text), None, "{text}");
        }
    }
}
