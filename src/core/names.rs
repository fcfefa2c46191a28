//! Names of files inside a folder, checked. What a file of ours says, and what a person types, is data: no name leads out of the folder
//! that it is looked up in.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The longest name, in bytes: more than any path that Windows or SharePoint takes.
const LONGEST: usize = 1_000;

/// The name of a file or folder inside a folder, with `/` between folders, as in `data/ratings.csv`.
///
/// It has no `..` and no root, drive or backslash, and no part that Windows keeps for a device or writes in another way. So it can be
/// joined to a folder and stays inside it, on every system. What it cannot know is whether a part of it is a link on the disk: that is
/// looked at where the disk is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelativeName(String);

/// Why a text is not a [`RelativeName`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Nothing, or only blanks.
    #[error("it is empty")]
    Empty,
    /// Longer than any system takes.
    #[error("it is longer than 1,000 bytes")]
    TooLong,
    /// It begins with a slash.
    #[error("it begins at the top of the disk")]
    Rooted,
    /// A part is `..`, `.` or empty.
    #[error("it has a part that leads elsewhere")]
    Leads,
    /// A backslash stands in it.
    #[error("it has a backslash")]
    Backslash,
    /// A colon, which names a drive or a hidden stream on Windows, or a character that controls a device.
    #[error("it has a colon or a character that cannot be seen")]
    Character,
    /// A part is a name that Windows keeps for a device.
    #[error("Windows keeps such a name for itself")]
    Device,
    /// A part ends in a full stop or a blank, which Windows takes away, so that it would name another file there.
    #[error("a part of it ends in a full stop or a blank")]
    Ending,
}

impl RelativeName {
    /// A name as a file of ours holds it.
    ///
    /// # Errors
    ///
    /// When it could name anything outside the folder, on any system.
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

    /// A name as a person types it: backslashes, which Windows writes, stand for slashes.
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

    /// The folders on its way and the file, the outermost first.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The path of this name in a folder.
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

/// Whether a name in lower case, without its ending, is one that Windows keeps for a device: no file or folder can have it.
pub fn is_device(name: &str) -> bool {
    let numbered = |stem: &str| {
        // The raised figures count there as well.
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
