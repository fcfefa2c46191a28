//! The house rules, as tests: the order of modules, one door a crate, the contract's literals in one place, no network.

use jtai_benchmark::form::StartField;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order of the data. A module names only those above it; `commands`, which joins the stages, and `cli`
/// are outside the order.
const ORDER: [&str; 24] = [
    "form", "core", "theme", "round", "response", "paging", "palette", "fonts", "brand", "record", "workbook", "guard",
    "draft", "message", "settle", "queries", "ratings", "analysis", "choices", "chart", "deck", "export", "cli",
    "commands",
];

/// Each outside crate, as code names it, and the files or folders that may name it. What is in none of these is not used.
const DOORS: [(&str, &[&str]); 34] = [
    ("ab_glyph", &["fonts.rs"]),
    ("aho_corasick", &["analysis/voices.rs"]),
    ("calamine", &["workbook/read.rs"]),
    ("cap", &["guard.rs"]),
    ("clap", &["cli.rs", "main.rs"]),
    ("comfy_table", &["commands/say.rs"]),
    ("csv", &["export/csv.rs", "draft/table.rs"]),
    ("quick_xml", &["draft/docx.rs", "export/pptx/xml.rs", "workbook/scan/"]),
    ("encoding_rs", &["draft/text.rs"]),
    ("include_dir", &["commands/demo.rs"]),
    ("indicatif", &["commands/collect/returns.rs"]),
    ("libm", &["palette.rs", "analysis/measures.rs"]),
    ("mail_builder", &["export/eml.rs"]),
    ("minijinja", &["message.rs"]),
    ("notosans", &["fonts.rs"]),
    ("plotters", &["chart/canvas.rs"]),
    ("polars", &["ratings.rs", "analysis/counts.rs", "export/parquet.rs"]),
    ("polars_io", &["export/parquet.rs"]),
    ("pulldown_cmark", &["draft/markdown.rs"]),
    ("rayon", &["commands/issue.rs"]),
    ("regex", &["core/privacy.rs"]),
    ("resvg", &["brand.rs"]),
    ("rmp_serde", &["guard.rs", "commands/cache.rs"]),
    (
        "rust_xlsxwriter",
        &[
            "workbook/issue.rs",
            "workbook/issue/",
            "workbook/sheets.rs",
            "workbook/sheets/",
            "export/findings.rs",
            "export/analysis.rs",
            "export/analysis/",
            "export/choices.rs",
            "export/pptx.rs",
            "export/pptx/chart.rs",
        ],
    ),
    ("scraper", &["draft/html.rs"]),
    ("sha2", &["core/hash.rs"]),
    ("slug", &["core/words.rs"]),
    ("strsim", &["core/fields.rs"]),
    ("tempfile", &["commands/disk.rs", "commands/disk/"]),
    ("toml", &["core/fields.rs", "record/file.rs"]),
    ("typst_as_lib", &["export/pdf.rs"]),
    ("typst_pdf", &["export/pdf.rs"]),
    ("unicode_names2", &["fonts.rs"]),
    (
        "zip",
        &[
            "workbook/scan.rs",
            "workbook/scan/package.rs",
            "workbook/issue/press.rs",
            "draft/docx.rs",
            "export/pptx.rs",
            "export/pptx/package.rs",
        ],
    ),
];

/// Crates whose types are the project's own vocabulary, or that only the edges use.
const EVERYWHERE: [&str; 4] = ["jiff", "serde", "serde_json", "thiserror"];

/// What touches the disk, the clock, the environment or other programs.
const OUTSIDE_WORLD: [&str; 7] =
    ["std::fs", "std::env", "std::process", "std::net", "SystemTime", "Instant::now", "Zoned::now"];

/// Clients of HTTP and TLS: none may be in the tree of dependencies.
const CALLING_OUT: [&str; 22] = [
    "actix-web",
    "attohttpc",
    "awc",
    "curl",
    "curl-sys",
    "h2",
    "hyper",
    "hyper-util",
    "isahc",
    "minreq",
    "native-tls",
    "object_store",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "schannel",
    "security-framework",
    "surf",
    "tokio-rustls",
    "ureq",
];

struct Source {
    /// Relative to `src`, with `/` between folders.
    name: String,
    text: String,
}

impl Source {
    /// The first part of its path: `workbook` for `workbook/issue/styles.rs`.
    fn module(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The code before its unit tests, without comments.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        code.lines().filter(is_code).collect::<Vec<_>>().join("\n")
    }

    fn names_crate(&self, name: &str) -> bool {
        self.code().match_indices(&format!("{name}::")).any(|(at, _)| {
            let before = self.code()[..at].chars().last().unwrap_or(' ');
            !(before.is_alphanumeric() || before == '_' || before == ':')
        })
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    gather(&root().join("src"), &root().join("src"), &mut sources);
    assert!(sources.len() > 30, "the sources are read");
    sources
}

fn gather(top: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(top, &path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(top).expect("inside").to_string_lossy().replace('\\', "/");
            sources.push(Source { name, text: fs::read_to_string(&path).expect("UTF-8") });
        }
    }
}

/// The modules that a file names after `crate::`, in braces too.
fn modules_named(code: &str) -> Vec<String> {
    let ident = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let named = |after: &str| match after.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(',').map(|name| ident(name.trim())).collect(),
        None => vec![ident(after)],
    };
    code.split("crate::").skip(1).flat_map(named).filter(|name| ORDER.contains(&name.as_str())).collect()
}

#[test]
fn the_modules_of_lib_stand_in_the_order_of_the_data() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let listed: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(listed, ORDER);
}

#[test]
fn a_module_names_only_modules_above_it() {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut faults = Vec::new();
    for source in sources() {
        let Some(here) = place(source.module()).filter(|_| !matches!(source.module(), "commands" | "cli")) else {
            continue;
        };
        for named in modules_named(&source.code()) {
            if place(&named).is_some_and(|there| there > here) {
                faults.push(format!("{} names {named}, which stands below it", source.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_outside_crate_has_one_door() {
    let mut faults = Vec::new();
    for source in sources() {
        for (name, doors) in DOORS {
            let may =
                doors.iter().any(|door| source.name == *door || (door.ends_with('/') && source.name.starts_with(door)));
            if source.names_crate(name) && !may {
                faults.push(format!("{} names {name}; its door is {}", source.name, doors.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_dependency_has_a_door_and_every_door_is_used() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let after = manifest.split("[dependencies]\n").nth(1).expect("dependencies");
    let listed = after.split("\n[").next().expect("the list").lines();
    let mut names: Vec<String> = listed
        .filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")))
        .filter(|name| !name.is_empty())
        .collect();
    let mut known: Vec<String> =
        DOORS.iter().map(|(name, _)| name.to_string()).chain(EVERYWHERE.map(str::to_string)).collect();
    names.sort();
    known.sort();
    assert_eq!(names, known);
    let sources = sources();
    let unused: Vec<&String> =
        known.iter().filter(|name| !sources.iter().any(|source| source.names_crate(name))).collect();
    assert!(unused.is_empty(), "not used: {unused:?}");
}

#[test]
fn stages_touch_no_disk_and_no_clock() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.module(), "commands" | "main" | "guard")) {
        faults.extend(
            OUTSIDE_WORLD
                .iter()
                .filter(|word| source.code().contains(**word))
                .map(|word| format!("{}: {word}", source.name)),
        );
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_contract_of_the_workbook_is_stated_once() {
    use jtai_benchmark::workbook::layout::{
        COLUMNS, EXAMPLE_SHEET, MetadataKey, SELF_ASSESSMENT_SHEET, SOURCES_SHEET, START_SHEET, TABLE,
    };
    let mut literals: Vec<String> =
        [SELF_ASSESSMENT_SHEET, START_SHEET, SOURCES_SHEET, EXAMPLE_SHEET, TABLE].map(str::to_string).to_vec();
    literals.extend(MetadataKey::ALL.map(|key| key.name().to_string()));
    // Short headers such as "Ref" are words of their own elsewhere.
    literals.extend(COLUMNS.iter().map(|column| column.header.to_string()).filter(|header| header.len() > 9));
    literals
        .extend(StartField::ALL.map(|field| field.label().to_string()).into_iter().filter(|label| label.len() > 11));
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.name != "workbook/layout.rs") {
        let code = source.code();
        // What people read on slides is not the contract, though some of its words are the same.
        if matches!(source.module(), "deck" | "export" | "chart") {
            continue;
        }
        faults.extend(
            literals
                .iter()
                .filter(|text| code.contains(&format!("\"{text}\"")))
                .map(|text| format!("{}: {text}", source.name)),
        );
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_in_the_tree_calls_out() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let packages: Vec<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(packages.contains(&"polars"), "the lock file is read");
    let clients: Vec<&&str> = packages.iter().filter(|name| CALLING_OUT.contains(name)).collect();
    assert!(clients.is_empty(), "{clients:?}");
}

#[test]
fn files_say_what_they_are_and_stay_readable() {
    let mut faults = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            faults.push(format!("{} does not open with //!", source.name));
        }
        if source.text.lines().count() > 600 {
            faults.push(format!("{} has over 600 lines", source.name));
        }
        for word in [".unwrap()", "todo!(", "unimplemented!(", "dbg!(", "#[allow(", "println!("] {
            if source.code().contains(word) {
                faults.push(format!("{} has {word}", source.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn main_only_parses_runs_and_prints() {
    let main = fs::read_to_string(root().join("src/main.rs")).expect("main.rs");
    assert!(main.lines().count() < 50);
}

#[test]
fn no_test_is_switched_off() {
    let mark = ["#[", "ignore"].concat();
    for entry in fs::read_dir(root().join("tests")).expect("tests") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(!text.contains(&mark), "{}", path.display());
    }
    assert!(sources().iter().all(|source| !source.text.contains(&mark)));
}
