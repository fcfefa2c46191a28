//! The files of `src`: where each stands in the order of modules, and which of them a path is in.

use std::collections::HashMap;
use std::fs;
use std::path::{Path as FilePath, PathBuf};

use super::imports::Path;
use super::names::{self, Contents, Mention, Role, begins_small};

pub struct Source {
    /// Relative to `src`, with `/` between folders.
    pub name: String,
    pub text: String,
    pub contents: Contents,
}

impl Source {
    fn new(name: String, text: String) -> Source {
        let file =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{name}:{} {error}", error.span().start().line));
        Source { contents: names::read(module_of(&name), &file), name, text }
    }

    /// The first part of its path: `workbook` for `workbook/issue/styles.rs`.
    pub fn room(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whether it is one of these files, or in one of these folders, which end in `/`.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.name == *place || (place.ends_with('/') && self.name.starts_with(place)))
    }
}

/// The files of one crate, unit tests in files of their own left out.
pub struct Tree {
    pub sources: Vec<Source>,
    places: HashMap<String, usize>,
}

impl Tree {
    pub fn read(folder: &FilePath) -> Tree {
        let read = |path: PathBuf| {
            let name = path.strip_prefix(folder).expect("a file in the folder").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("a file in UTF-8"))
        };
        let tree = Tree::of(rust_files(folder).into_iter().map(read));
        assert!(tree.sources.len() > 30, "the sources are read");
        tree
    }

    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Tree {
        let mut sources: Vec<Source> = files.into_iter().map(|(name, text)| Source::new(name, text)).collect();
        let children =
            |source: &Source| source.contents.test_children.iter().map(|child| beside(&source.name, child)).collect();
        let tests: Vec<String> = sources.iter().flat_map::<Vec<String>, _>(children).collect();
        sources.retain(|source| !tests.contains(&source.name));
        let mut tree = Tree { sources, places: HashMap::new() };
        tree.place("lib.rs");
        tree
    }

    /// A module comes after the modules inside it, and they come in the order of its `mod` lines.
    fn place(&mut self, name: &str) {
        let children = self.named(name).map(|source| source.contents.children.clone()).unwrap_or_default();
        for child in children {
            self.place(&beside(name, &child));
        }
        self.places.insert(name.to_string(), self.places.len());
    }

    pub fn named(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// Where a file stands in the order of modules; `main.rs`, which `lib.rs` does not list, stands last.
    pub fn place_of(&self, source: &Source) -> usize {
        self.places.get(&source.name).copied().unwrap_or(usize::MAX)
    }

    /// The files that `lib.rs` and the `mod` lines below it do not list.
    pub fn unlisted(&self) -> Vec<&str> {
        let names = self.sources.iter().map(|source| source.name.as_str());
        names.filter(|name| *name != "main.rs" && !self.places.contains_key(*name)).collect()
    }

    /// The file that a path of the project is in, and how many of its parts are that file's module: the longest start
    /// that is a module.
    pub fn home(&self, path: &[String]) -> Option<(&Source, usize)> {
        if path.first().is_none_or(|first| first != "crate") {
            return None;
        }
        (1..=path.len()).rev().find_map(|length| Some((self.named(&file_of(&path[..length]))?, length)))
    }

    /// The free function of a module of the project that is called or handed on: the file it is named in, and its name.
    pub fn function<'a>(&self, mention: &'a Mention) -> Option<(&Source, &'a str)> {
        let (name, module) = mention.path.split_last()?;
        let (home, length) = self.home(module)?;
        // A longer path goes on inside the file, as in `Type::function`.
        let is_free = mention.role == Role::Value && module.len() == length && begins_small(name);
        is_free.then_some((home, name))
    }

    /// The path after every `pub use` on its way, as far as it can be followed.
    pub fn followed(&self, path: &[String]) -> Path {
        const MOST_STEPS: usize = 20;
        let mut path = path.to_vec();
        for _ in 0..MOST_STEPS {
            let Some((home, length)) = self.home(&path) else { break };
            let Some(to) = path.get(length).and_then(|name| home.contents.imports.get(name)) else { break };
            path = [to.as_slice(), &path[length + 1..]].concat();
        }
        path
    }
}

/// Every file of Rust in a folder and those below it, by name.
pub fn rust_files(folder: &FilePath) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of sources");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of the folder").path()).collect();
    paths.sort();
    let files = |path: PathBuf| match path.is_dir() {
        true => rust_files(&path),
        false => Vec::from_iter(path.extension().is_some_and(|ending| ending == "rs").then_some(path.clone())),
    };
    paths.into_iter().flat_map(files).collect()
}

/// `crate`, `workbook`, `issue` for `workbook/issue.rs`.
fn module_of(name: &str) -> Path {
    let stem = name.strip_suffix(".rs").unwrap_or(name);
    let parts = stem.split('/').filter(|part| !matches!(*part, "lib" | "main"));
    std::iter::once("crate").chain(parts).map(str::to_string).collect()
}

/// `workbook/issue.rs` for `crate`, `workbook`, `issue`.
fn file_of(module: &[String]) -> String {
    if module.len() == 1 { "lib.rs".to_string() } else { format!("{}.rs", module[1..].join("/")) }
}

/// The file of a module inside the one of a file.
fn beside(name: &str, child: &str) -> String {
    file_of(&[module_of(name), vec![child.to_string()]].concat())
}

mod proofs {
    use super::*;

    const FILES: [(&str, &str); 5] = [
        ("lib.rs", "pub mod theme; pub mod book; #[cfg(test)] mod trials;"),
        ("trials.rs", "use crate::book;"),
        ("theme.rs", "mod read; pub use read::read; pub struct Theme; pub const MOST: usize = 1;"),
        ("theme/read.rs", "use super::Theme; pub fn read() {}"),
        ("book.rs", "pub mod cells; pub fn name() {} pub fn write() {}"),
    ];

    /// A small crate in which `book/cells.rs` is this code.
    fn tree(code: &str) -> Tree {
        let files = FILES.into_iter().chain([("book/cells.rs", code)]);
        Tree::of(files.map(|(name, text)| (name.to_string(), text.to_string())))
    }

    fn functions(code: &str) -> Vec<String> {
        let tree = tree(code);
        let source = tree.named("book/cells.rs").expect("the snippet");
        let functions = source.contents.mentions.iter().filter_map(|mention| tree.function(mention));
        functions.map(|(home, name)| format!("{} {name}", home.name)).collect()
    }

    #[test]
    fn children_come_before_their_parent_and_in_the_order_listed() {
        let tree = tree("");
        let mut listed: Vec<&Source> = tree.sources.iter().collect();
        listed.sort_by_key(|source| tree.place_of(source));
        let names: Vec<&str> = listed.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["theme/read.rs", "theme.rs", "book/cells.rs", "book.rs", "lib.rs"]);
    }

    #[test]
    fn a_path_is_followed_to_its_file() {
        let cases = [
            ("use crate::theme::Theme;", "theme.rs"),
            ("use crate::{theme::{self as t}};", "theme.rs"),
            ("use super::name;", "book.rs"),
            ("fn f(of: super::super::theme::Theme) {}", "theme.rs"),
            ("use crate::theme::read::read;", "theme/read.rs"),
            ("use crate::theme::*;", "theme.rs"),
            ("fn f() { json!({ \"most\": crate::theme::MOST }); }", "theme.rs"),
        ];
        for (code, home) in cases {
            let tree = tree(code);
            let mentions = &tree.named("book/cells.rs").expect("the snippet").contents.mentions;
            let homes = mentions.iter().filter_map(|mention| tree.home(&mention.path));
            assert_eq!(homes.map(|(home, _)| home.name.as_str()).collect::<Vec<_>>(), [home], "{code}");
        }
    }

    #[test]
    fn a_function_of_another_module_is_seen_under_every_spelling() {
        let cases = [
            "use super::name; fn f() { name(); }",
            "use crate::book::name as called; fn f() { called(); }",
            "use crate::book; fn f() { book::name(); }",
            "use crate::book as b; fn f() { if is_so { b::name() } }",
            "fn f() { crate::book::name(); }",
            "use crate::book; fn f() { list.iter().map(book::name); }",
            "use super::name; fn f() { list.iter().map(name); }",
            "fn f() { use super::name; assert!(name() > 1, \"{}\", 2); }",
            "use crate::book::name; fn f() { json!({ \"a\": name(1) }); }",
            "use super::name; fn f() { let name = name(); g(name); }",
        ];
        for code in cases {
            assert_eq!(functions(code), ["book.rs name"], "{code}");
        }
        assert_eq!(functions("fn f() { crate::theme::read(); }"), ["theme.rs read"]);
    }

    #[test]
    fn types_methods_and_variables_are_no_functions() {
        let cases = [
            "use crate::theme::{MOST, Theme}; fn f(theme: &Theme) { theme.read(); Theme::read(); g(MOST); }",
            "use super::name; fn f(name: &str) { g(name); }",
            "use super::name; fn f() { list.iter().map(|name| name.len()).for_each(|name| g(name)); }",
            "use super::name; fn f() { for name in names { g(name); } }",
            "use super::name; fn f() { match list { Some(name) => g(name), None => {} } }",
            "use super::name; fn f() { if let Some(name) = first { g(name); } }",
            "fn name() {} fn f() { name(); self::name(); }",
        ];
        for code in cases {
            assert!(functions(code).iter().all(|function| function.starts_with("book/cells.rs")), "{code}");
        }
    }
}
