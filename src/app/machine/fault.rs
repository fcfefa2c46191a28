//! Reports of bugs: the place in the code and the version. Never the text of a panic or an error, which may quote a return.

use std::fmt::Write;
use std::fs;
use std::panic::{self, Location};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use crate::app::failure::Failure;
use crate::app::machine::disk;
use crate::core::finding::{Code, Finding, Place};
use crate::round::Folder;

/// The file in a round's `.jtai/` that says where the program failed.
const FILE: &str = "fault.txt";

/// Where the last panic was.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// From now on, keeps the place of the last panic and prints nothing. The default hook prints the panic's text, which may quote a return.
pub(crate) fn note_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("an unknown place".to_string(), place_of);
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    }));
}

/// For results of a stage that can only be an error if the program has a bug.
pub(crate) trait OrFault<T> {
    /// The value, or a failure that names the place of the call as the bug.
    ///
    /// # Errors
    ///
    /// When the result is one.
    #[track_caller]
    fn or_fault(self) -> Result<T, Failure>;
}

impl<T, E> OrFault<T> for Result<T, E> {
    #[track_caller]
    fn or_fault(self) -> Result<T, Failure> {
        let place = Location::caller();
        self.map_err(|_| Failure::fault(place_of(place)))
    }
}

/// A place in the code, without the folders of the machine that built it: they may have a person's name in them.
fn place_of(place: &Location<'_>) -> String {
    let file = place.file().replace('\\', "/");
    // A place in a dependency is named from the folder of its crate on.
    let crates = file.rsplit_once("/registry/src/").and_then(|(_, inside)| inside.split_once('/'));
    let file = crates.map_or(file.as_str(), |(_, inside)| inside);
    format!("{file}, line {}", place.line())
}

/// The failure for a panic that was caught.
pub(crate) fn of_panic() -> Failure {
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    Failure::fault(last.unwrap_or("an unknown place".into()))
}

/// Reports a bug in one sentence, and writes its place and the version into the round's `.jtai/`. Without a round, the sentence has both.
pub(crate) fn reported(place: &str, command: &str, round: Option<&Path>, today: Date) -> Finding {
    let version = env!("CARGO_PKG_VERSION");
    let folder = round.map(Folder::new).filter(|folder| folder.round_toml().is_file());
    let written = folder.and_then(|folder| {
        let mut text = String::new();
        let _ = write!(text, "jtai {version}, {}\n{place}\ncommand: {command}\nday: {today}\n", std::env::consts::OS);
        let path = folder.cache().join(FILE);
        disk::check_no_link(&folder.cache()).ok()?;
        disk::check_no_link(&path).ok()?;
        fs::create_dir_all(folder.cache()).ok()?;
        fs::write(&path, text).ok()?;
        Some(path)
    });
    let found = "stopped because of a fault in the program";
    let remedy = match written {
        Some(path) => format!(
            "please send the file {} to whoever looks after jtai for you; it says where the program failed, and has no answers in it",
            path.display()
        ),
        None => format!("please report it with this line: jtai {version}, {place}, command {command}"),
    };
    Finding::new(Code::Internal, Place::file("jtai"), found, "", remedy).naming(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = jiff::civil::date(2026, 12, 14);

    #[test]
    fn a_fault_is_reported_by_its_place_and_never_by_its_text() {
        let round = tempfile::tempdir().expect("a temporary folder");
        fs::write(round.path().join("round.toml"), "").expect("written");
        let secret = "Jamie Example";
        let before = panic::take_hook();
        note_panics();
        let caught = panic::catch_unwind(|| panic!("{secret}"));
        panic::set_hook(before);
        assert!(caught.is_err());
        let line = line!() - 3;
        let failure = of_panic();
        let said = reported(failure.fault.as_deref().expect("a place"), "report", Some(round.path()), DAY).to_string();
        let file = fs::read_to_string(round.path().join(".jtai/fault.txt")).expect("written");
        assert!(!said.contains(secret) && !file.contains(secret), "{said}{file}");
        assert!(
            file.contains(&format!("src/app/machine/fault.rs, line {line}\n")) && file.contains("command: report"),
            "{file}"
        );
        assert!(said.starts_with("jtai: stopped because of a fault in the program; please send the file"), "{said}");
    }

    #[test]
    fn an_error_that_cannot_be_is_a_fault_at_the_place_where_it_was_met() {
        let failure = Err::<(), _>("Jamie Example").or_fault().expect_err("a fault");
        let place = format!("src/app/machine/fault.rs, line {}", line!() - 1);
        assert_eq!(failure.fault, Some(place.clone()));
        let said = reported(&place, "theme list", None, DAY).to_string();
        assert!(said.contains(&place) && said.contains(env!("CARGO_PKG_VERSION")), "{said}");
    }
}
