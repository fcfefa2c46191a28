//! Returns that somebody drops on a page: received piece by piece and put into `returns/`. No file is opened here; a worker reads them
//! later, like every return.

use std::path::Path;

use crate::app::collect::shown_name;
use crate::app::failure::Failure;
use crate::app::machine::disk::{self, PartFile};
use crate::app::machine::lock;
use crate::core::finding::Code;
use crate::core::names::RelativeName;
use crate::round::Folder;

/// How many files of one name there can be.
const MOST_OF_A_NAME: usize = 1_000;

/// Files that are coming in.
#[derive(Debug)]
pub(crate) struct Incoming {
    folder: Folder,
    files: Vec<(RelativeName, PartFile)>,
}

/// Where one file went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TakenIn {
    /// It is in `returns/` under this name.
    New(String),
    /// A file of this name with the same bytes is there.
    AlreadyThere(String),
    /// A different file has its name, so it got this one.
    Renamed(String),
}

impl Incoming {
    /// An upload into a round, without files so far.
    ///
    /// # Errors
    ///
    /// When the round's folder for such things is a link.
    pub(crate) fn new(round: &Path) -> Result<Incoming, Failure> {
        let folder = Folder::new(round);
        disk::check_no_link(&folder.cache())?;
        Ok(Incoming { folder, files: Vec::new() })
    }

    /// Begins a new file, under the name that the sender's computer gave. Some browsers send a path; its last part is the name.
    ///
    /// # Errors
    ///
    /// When no file can be called so, or it cannot be written.
    pub(crate) fn begin(&mut self, given: &str) -> Result<(), Failure> {
        let last = given.trim().rsplit(['/', '\\']).next().unwrap_or_default();
        let name = RelativeName::typed(last).ok().filter(|_| !disk::is_system_file(Path::new(last)));
        // A hidden file, as one of macOS, would be read as a return that nobody can see.
        let Some(name) = name.filter(|name| !name.as_str().starts_with('.')) else {
            let found = "a file has a name that cannot be used here";
            return Err(Failure::one(Code::NameUnsafe, Path::new("returns"), found, "rename it, and drop it again"));
        };
        // Closed as soon as the next one begins: an upload can have more files than may be open at once.
        if let Some((_, before)) = self.files.last_mut() {
            before.close()?;
        }
        self.files.push((name, PartFile::new(&self.folder.cache())?));
        Ok(())
    }

    /// More of the file that began last.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn add(&mut self, piece: &[u8]) -> Result<(), Failure> {
        match self.files.last_mut() {
            Some((_, part)) => part.add(piece),
            None => Ok(()),
        }
    }

    /// How many files there are.
    pub(crate) fn count(&self) -> usize {
        self.files.len()
    }

    /// Puts all of them into `returns/`. No file that is there is replaced.
    ///
    /// # Errors
    ///
    /// When one cannot be written; those before it are there.
    pub(crate) fn place(self) -> Result<Vec<TakenIn>, Failure> {
        let Incoming { folder, files } = self;
        // Under the lock, so that no command reads returns/ while files are moved in.
        lock::hold(folder.root(), "collect", |_| {
            files
                .into_iter()
                .map(|(name, mut part)| {
                    part.close()?;
                    place_one(&folder, &name, part)
                })
                .collect()
        })
    }
}

fn place_one(folder: &Folder, name: &RelativeName, part: PartFile) -> Result<TakenIn, Failure> {
    let (stem, ending) = name.as_str().rsplit_once('.').unwrap_or((name.as_str(), ""));
    for number in 1..MOST_OF_A_NAME {
        let numbered = match (number, ending) {
            (1, _) => name.to_string(),
            (number, "") => format!("{stem} ({number})"),
            (number, ending) => format!("{stem} ({number}).{ending}"),
        };
        let Ok(numbered) = RelativeName::new(&numbered) else { break };
        let path = disk::inside(&folder.returns(), &numbered)?;
        let shown = shown_name(folder, &path);
        if !path.exists() {
            part.place(&path)?;
            return Ok(if number == 1 { TakenIn::New(shown) } else { TakenIn::Renamed(shown) });
        }
        // The same upload twice, as after a lost connection, must not make a second return.
        if part.is_same_as(&path) {
            return Ok(TakenIn::AlreadyThere(shown));
        }
    }
    let found = "there are too many files of this name";
    Err(Failure::one(Code::NameUnsafe, Path::new(name.as_str()), found, "rename it, and drop it again"))
}
