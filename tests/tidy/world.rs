//! What touches the disk, the clock, the environment or other programs, however it is spelled.

use super::names::{Mention, Role, begins_small};
use super::source::{Source, Tree};

/// Modules, types and functions that are of the world. `std::os` has the links and permissions of files; jiff reads the
/// zones of time from the disk.
const WORLD: [&str; 20] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::os",
    "std::path::absolute",
    "std::thread::sleep",
    "std::thread::park_timeout",
    "std::time::SystemTime",
    "std::time::Instant",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "jiff::tz::TimeZone::system",
    "jiff::tz::TimeZone::get",
    "jiff::tz::db",
    "tokio::fs",
    "tokio::net",
    "tokio::process",
    "tokio::time",
];

/// Methods of `std::path::Path` that ask the disk.
const ASK_THE_DISK: [&str; 10] = [
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "is_symlink",
    "metadata",
    "read_dir",
    "read_link",
    "symlink_metadata",
    "try_exists",
];

/// Each place where a file touches the world: the line and what does it.
pub fn touches(tree: &Tree, source: &Source) -> Vec<(usize, String)> {
    let contents = &source.contents;
    let named = contents.mentions.iter().filter(|mention| is_of_the_world(tree, mention));
    let methods = contents.bare_methods.iter().filter(|method| ASK_THE_DISK.contains(&method.text.as_str()));
    let named = named.map(|mention| (mention.line, mention.path.join("::")));
    named.chain(methods.map(|method| (method.line, format!(".{}()", method.text)))).collect()
}

fn is_of_the_world(tree: &Tree, mention: &Mention) -> bool {
    let path = tree.followed(&mention.path);
    match mention.role {
        // `env!` is read when the program is built.
        Role::Macro => false,
        Role::Glob if path.first().is_some_and(|first| first == "crate") => brings_in_the_world(tree, &path),
        Role::Glob => WORLD.iter().any(|known| is_start(&path, known) || is_within(&path, known)),
        Role::Name => WORLD.iter().any(|known| is_within(&path, known)),
        Role::Value => WORLD.iter().any(|known| is_within(&path, known)) || asks(&path),
    }
}

/// Whether the path is this part of the world, or something in it.
fn is_within(path: &[String], known: &str) -> bool {
    let known: Vec<&str> = known.split("::").collect();
    path.len() >= known.len() && path.iter().zip(&known).all(|(part, known)| part == known)
}

/// Whether a star after the path brings in this part of the world, or a module around it.
fn is_start(path: &[String], known: &str) -> bool {
    path.len() < known.split("::").count() && path.iter().zip(known.split("::")).all(|(part, known)| part == known)
}

/// Whether a star after a module of the project brings in what that module brought in from the world.
fn brings_in_the_world(tree: &Tree, path: &[String]) -> bool {
    let Some((home, _)) = tree.home(path) else { return false };
    let mut imports = home.contents.imports.values().map(|import| tree.followed(import));
    imports.any(|import| WORLD.iter().any(|known| is_within(&import, known)))
}

/// `Zoned::now`, `Timestamp::now` and any other `now`; `Path::exists` and the like, handed on as functions.
fn asks(path: &[String]) -> bool {
    let [.., of, last] = path else { return false };
    last == "now" || ASK_THE_DISK.contains(&last.as_str()) && !begins_small(of)
}

mod proofs {
    use super::*;

    /// Whether code touches the world in a stage beside a module that may, and has passed some of it on.
    fn is_seen(code: &str) -> bool {
        let files = [
            ("lib.rs", "pub mod outer; pub mod stage;"),
            ("outer.rs", "pub use std::fs as disk; pub use std::time::{Duration, Instant}; pub fn date() {}"),
            ("stage.rs", code),
        ];
        let tree = Tree::of(files.map(|(name, text)| (name.to_string(), text.to_string())));
        !touches(&tree, tree.named("stage.rs").expect("the snippet")).is_empty()
    }

    #[test]
    fn the_world_is_seen_under_every_spelling() {
        let imported = [
            "use std::fs;",
            "use std::fs as disk;",
            "use ::std::fs::File;",
            "use std::{fs, io};",
            "use std::{io::{self, Write}, fs::{self as disk}};",
            "pub(crate) use std::process::Command;",
            "use std::*;",
            "use std::io::*;",
            "use std::time::{Duration, SystemTime as Time};",
            "fn f() { use std::env; }",
            "extern crate std as s; fn f() { s::fs::remove_file(path); }",
            "use crate::outer::disk;",
            "use super::outer::disk as files;",
            "use crate::outer::*;",
            "use crate::outer; fn f() { outer::disk::read(path); }",
            "mod inner { use std::fs; }",
        ];
        let inline = [
            "fn f() { std::fs::read(path); }",
            "fn f() { std::r#fs::read(path); }",
            "type Time = std::time::Instant;",
            "impl From<std::time::SystemTime> for Day {}",
            "fn f() { write!(std::io::stderr(), \"{}\", 1); }",
            "fn f() { ::std::env::var(name); }",
            "use std as s; fn f() { s::fs::read(path); }",
            "use std::{self as s}; fn f() { s::net::lookup(); }",
            "use std::io; fn f() { io::stdout(); }",
            "use std::thread; fn f() { thread::sleep(time); }",
            "use std::time; fn f() -> time::Instant { later() }",
            "fn f(at: std::time::SystemTime) {}",
            "fn f() { crate::outer::Instant::elapsed(at); }",
            "fn f() { let read = std::fs::read; }",
            "fn f() { format!(\"{}\", std::env::args().count()); }",
            "fn f() { json!({ \"at\": std::process::id() }); }",
            "macro_rules! read { ($path:expr) => { std::fs::read($path) }; }",
        ];
        let asked = [
            "use jiff::Zoned; fn f() { Zoned::now(); }",
            "use jiff::Timestamp as T; fn f() { T::now(); }",
            "fn f() { <jiff::Zoned>::now(); }",
            "use jiff::tz::TimeZone; fn f() { TimeZone::system(); }",
            "fn f() { Some(1).map_or_else(Zoned::now, g); }",
            "fn f() { json!({ \"at\": jiff::Zoned::now() }); }",
            "fn f(path: &Path) { path.exists(); }",
            "fn f(path: &Path) { assert!(path.parent().is_some_and(|path| path.is_dir())); }",
            "fn f(path: &Path) { json!({ \"there\": path.try_exists() }); }",
            "fn f(paths: &[PathBuf]) { paths.iter().filter(|path| path.is_file()); }",
            "fn f(paths: &[PathBuf]) { paths.iter().map(PathBuf::canonicalize); }",
            "use std::path::Path as P; fn f(path: &P) { P::metadata(path); }",
        ];
        let missed: Vec<&str> =
            [&imported[..], &inline, &asked].concat().into_iter().filter(|code| !is_seen(code)).collect();
        assert!(missed.is_empty(), "not seen: {missed:#?}");
    }

    #[test]
    fn what_is_innocent_is_let_through() {
        let innocent = [
            "use std::path::Path; fn f(path: &Path) { path.join(name).extension(); }",
            "use std::io::{self, Cursor, Write}; fn f() { io::copy(from, to); }",
            "use std::time::Duration; fn f() -> Duration { Duration::from_secs(1) }",
            "use std::fmt::*;",
            "use crate::outer::{self, Duration, date}; fn f() { outer::date(); }",
            "const VERSION: &str = env!(\"CARGO_PKG_VERSION\"); const NAME: &str = std::env!(\"CARGO_PKG_NAME\");",
            "/// Never calls `std::fs::read`.\nfn f() { let text = \"std::fs::read\"; }",
            "fn f(env: &Env) { env.metadata(key); fs.read(path); }",
            "fn f(issue: &Issue) { issue.metadata_of(); let now = today; g(now); }",
            "mod fs { pub fn read() {} } fn f() { fs::read(); }",
            "#[cfg(test)] mod tests { use std::fs; fn f() { fs::read(path).exists(); } }",
            "#[cfg(test)] use std::fs;",
            "struct S; impl S { #[cfg(test)] fn f() { std::fs::read(path); } }",
        ];
        let faults: Vec<&str> = innocent.into_iter().filter(|code| is_seen(code)).collect();
        assert!(faults.is_empty(), "seen without cause: {faults:#?}");
    }
}
