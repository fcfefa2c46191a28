//! File names that are checked to stay inside a folder, whoever wrote or typed them.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The longest name, in bytes: more than any path that Windows or SharePoint takes.
const LONGEST: usize = 1_000;

/// The name of a file or folder inside a folder, with `/` between folders, as in `data/ratings.csv`.
///
/// It has no `..`, root, drive or backslash, and no part that Windows reserves or would change. So it can be joined to a folder and stays
/// inside it on every system. Whether a part of it is a link on the disk is checked in `app`, where files are opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelativeName(String);

/// Why a text is not a [`RelativeName`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// It is empty, or only blanks.
    #[error("it is empty")]
    Empty,
    /// It is longer than any system takes.
    #[error("it is longer than 1,000 bytes")]
    TooLong,
    /// It begins with a slash.
    #[error("it begins with a slash")]
    Rooted,
    /// A part is `..`, `.` or empty.
    #[error("a part of it is empty, `.` or `..`")]
    Leads,
    /// It has a backslash.
    #[error("it has a backslash")]
    Backslash,
    /// It has a colon, which on Windows names a drive or a hidden stream, or a control character.
    #[error("it has a colon or an invisible character")]
    Character,
    /// A part is a name that Windows reserves for a device.
    #[error("Windows reserves that name for a device")]
    Device,
    /// A part ends in a full stop or a blank. Windows drops those, so it would be a different file there.
    #[error("a part of it ends in a full stop or a space")]
    Ending,
}

impl RelativeName {
    /// Checks a name from a file of ours.
    ///
    /// # Errors
    ///
    /// When it could lead outside the folder on any system.
    pub fn new(text: &str) -> Result<RelativeName, NameFault> {
        if text.trim().is_empty() {
            return Err(NameFault::Empty);
        }
        if text.len() > LONGEST {
            return Err(NameFault::TooLong);
        }
        if text.contains('\\') {
            return Err(NameFault::Backslash);
        }
        if text.starts_with('/') {
            return Err(NameFault::Rooted);
        }
        if text.contains(|c: char| c == ':' || c.is_control()) {
            return Err(NameFault::Character);
        }
        text.split('/').try_for_each(part)?;
        Ok(RelativeName(text.to_string()))
    }

    /// Checks a name as a person types it. Backslashes count as slashes, because Windows writes paths with them.
    ///
    /// # Errors
    ///
    /// As [`RelativeName::new`].
    pub fn typed(text: &str) -> Result<RelativeName, NameFault> {
        RelativeName::new(&text.trim().replace('\\', "/"))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its folders, the outermost first, then the file.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The path of this name inside a folder.
    pub fn path_in(&self, folder: &Path) -> PathBuf {
        self.parts().fold(folder.to_path_buf(), |path, part| path.join(part))
    }
}

fn part(part: &str) -> Result<(), NameFault> {
    if part.is_empty() || part == "." || part == ".." {
        return Err(NameFault::Leads);
    }
    if part.ends_with(['.', ' ']) {
        return Err(NameFault::Ending);
    }
    // Windows also reserves `nul.txt` and `com1 .csv`: only what is before the first full stop matters, without blanks at its end.
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    if is_device(&stem) { Err(NameFault::Device) } else { Ok(()) }
}

impl fmt::Display for RelativeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RelativeName {
    type Error = NameFault;

    fn try_from(text: String) -> Result<RelativeName, NameFault> {
        RelativeName::new(&text)
    }
}

impl From<RelativeName> for String {
    fn from(name: RelativeName) -> String {
        name.0
    }
}

/// Whether a name, in lower case and without its extension, is one that Windows reserves for a device: no file or folder can have it.
pub fn is_device(name: &str) -> bool {
    let numbered = |stem: &str| {
        // Windows also reserves COM¹ to COM³ and LPT¹ to LPT³, with superscript digits.
        let number = name.strip_prefix(stem).map(|rest| rest.chars().collect::<Vec<_>>());
        number.is_some_and(|n| matches!(n.as_slice(), [c] if c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')))
    };
    matches!(name, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_lead_out_of_a_folder_are_told_apart() {
        for (text, fault) in [
            ("", NameFault::Empty),
            ("  ", NameFault::Empty),
            ("../x.xlsx", NameFault::Leads),
            ("data/../../x", NameFault::Leads),
            ("data//x", NameFault::Leads),
            ("./x", NameFault::Leads),
            ("/etc/passwd", NameFault::Rooted),
            ("..\\returns\\x.xlsx", NameFault::Backslash),
            ("C:x", NameFault::Character),
            ("x.xlsx:hidden", NameFault::Character),
            ("a\0b", NameFault::Character),
            ("nul", NameFault::Device),
            ("data/Con.txt", NameFault::Device),
            ("COM1 .csv", NameFault::Device),
            ("lpt¹", NameFault::Device),
            (".. /x", NameFault::Ending),
            ("x.", NameFault::Ending),
        ] {
            assert_eq!(RelativeName::new(text), Err(fault), "{text:?}");
        }
        assert_eq!(RelativeName::new(&"x".repeat(1_001)), Err(NameFault::TooLong));
    }

    #[test]
    fn names_of_our_own_files_are_names() {
        for text in
            ["deck.pdf", "data/ratings.csv", "police self-assessment 2 (new).xlsx", ".jtai-x.part", "Ynys Môn/é.xlsx"]
        {
            let name = RelativeName::new(text).expect(text);
            assert_eq!((name.as_str(), name.path_in(Path::new("r"))), (text, Path::new("r").join(text)));
        }
        assert_eq!(RelativeName::typed(" returns\\police.xlsx").expect("a name").as_str(), "returns/police.xlsx");
    }

    proptest! {
        #[test]
        fn whatever_is_a_name_stays_in_its_folder(text in "[a-zA-Z./ :~\\\\-]{0,24}") {
            if let Ok(name) = RelativeName::new(&text) {
                let path = name.path_in(Path::new("folder"));
                prop_assert!(path.starts_with("folder") && path.components().count() == 1 + name.parts().count());
                prop_assert!(path.components().all(|part| matches!(part, std::path::Component::Normal(_))));
            }
        }
    }
}
