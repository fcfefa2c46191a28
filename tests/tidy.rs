//! The house rules, as tests: the order of modules, one door a crate, stages apart from the world and from each other,
//! the contract's words in one place, no network.

mod imports;
mod names;
mod source;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use proc_macro2::{TokenStream, TokenTree};

use names::{Mention, Word};
use source::{Source, Tree, rust_files};

/// The rooms, which are the modules at the top, in the order of the data. A room names only rooms above it.
const ORDER: &[&str] = &[
    "form",
    "core",
    "theme",
    "round",
    "response",
    "previous",
    "style",
    "record",
    "workbook",
    "agencies",
    "draft",
    "message",
    "intake",
    "analysis",
    "chart",
    "documents",
    "choices",
    "challenge",
    "export",
    "app",
    "web",
    "cli",
];

/// The rooms that are above the stages and may join them.
const TOP: &[&str] = &["app", "cli"];

/// The rooms that may touch the disk, the clock, the environment and other programs.
const MAY_TOUCH_THE_WORLD: &[&str] = &["app", "main"];

/// The functions that are a stage's own step on the way of the data: only a room of [`TOP`] calls them from outside their room.
const STEPS: &[(&str, &str)] = &[
    ("theme.rs", "read"),
    ("round.rs", "read_with"),
    ("record.rs", "as_file"),
    ("workbook/file/scan.rs", "kind"),
    ("workbook/file/read.rs", "read"),
    ("workbook/interpret.rs", "interpret"),
    ("workbook/write.rs", "issued_workbook"),
    ("agencies.rs", "read"),
    ("agencies.rs", "changes"),
    ("agencies.rs", "workbook"),
    ("draft.rs", "draft"),
    ("message.rs", "compose"),
    ("intake/selection.rs", "select"),
    ("intake/questions.rs", "questions"),
    ("intake/answers.rs", "answers"),
    ("analysis.rs", "count"),
    ("analysis.rs", "analyse"),
    ("documents/deck.rs", "deck"),
    ("documents/briefing.rs", "briefing"),
    ("documents/annex.rs", "annex"),
    ("choices.rs", "read"),
    ("choices.rs", "resolve"),
    ("choices.rs", "workbook"),
    ("challenge.rs", "read"),
    ("challenge.rs", "recorded"),
    ("challenge.rs", "workbook"),
    ("intake/after_challenge.rs", "put_to_answers"),
];

/// What a rule would forbid and this house allows: two texts that say what, and why.
type Exception = (&'static str, &'static str, &'static str);

/// What looks like the world and is not, and the one socket: the file, what it names, and what that does there.
const NOT_THE_DISK: &[Exception] = &[
    ("workbook/write/issued.rs", ".metadata()", "the rows of the very-hidden sheet, worked out from the issue"),
    ("web/serve.rs", "std::net::Ipv4Addr", "the address that only this computer reaches"),
    ("web/serve.rs", "std::net::Ipv4Addr::LOCALHOST", "the same"),
    ("web/serve.rs", "std::net::TcpListener", "the socket that pages are served on"),
    ("web/serve.rs", "std::net::TcpListener::bind", "the same"),
    ("web/serve.rs", "tokio::net::TcpListener", "the same socket, in the runtime"),
    ("web/serve.rs", "tokio::net::TcpListener::from_std", "the same"),
    ("web/serve.rs", "tokio::time::sleep", "the minutes without a request, and a moment where no place is free"),
    ("web/serve.rs", "tokio::time::timeout", "requests that are open when the program stops"),
    ("web/routes/asked.rs", "tokio::time::timeout", "a form that comes in too slowly"),
    ("web/routes/returns.rs", "tokio::time::timeout", "an upload that stands still"),
];

/// Where the contract of the workbook is stated.
const CONTRACT_HOME: &[&str] = &["workbook/contract.rs", "workbook/contract/"];

/// The rooms that speak with leaders and the officer, in words of their own that may be the contract's too.
const SPEAK_FOR_THEMSELVES: &[&str] =
    &["agencies", "draft", "chart", "documents", "choices", "challenge", "export", "web", "cli"];

/// Words of the contract that mean something else elsewhere: the file, the word, and what it means there.
const COINCIDENCES: &[Exception] = &[
    ("app/machine/fault.rs", "jtai", "the program itself, as what a finding is about"),
    ("app/machine/guard.rs", "jtai", "the program itself, as what a finding is about"),
    ("app/failure.rs", "jtai", "the program itself, as what a finding is about"),
    ("app/machine/start.rs", "jtai", "the folder of the program"),
    ("theme/source.rs", "Area", "what a piece of a document becomes"),
    ("theme/source.rs", "Statement", "the same"),
];

/// Each outside crate, as code names it, and the files or folders that may name it.
const DOORS: &[(&str, &[&str])] = &[
    ("ab_glyph", &["style/fonts.rs"]),
    ("aho_corasick", &["analysis/voices.rs"]),
    ("axum", &["web/"]),
    ("calamine", &["workbook/file/read.rs"]),
    ("cap", &["app/machine/guard.rs"]),
    ("clap", &["cli.rs", "cli/"]),
    ("clap_complete", &["cli/args.rs", "cli/generated.rs"]),
    ("clap_mangen", &["cli/generated.rs"]),
    ("comfy_table", &["cli/tables.rs"]),
    ("csv", &["export/csv.rs", "draft/table.rs"]),
    ("quick_xml", &["draft/docx.rs", "draft/docx_styles.rs", "export/pptx/xml.rs", "workbook/file/scan/"]),
    ("cfb", &["workbook/file/biff.rs"]),
    ("dirs", &["app/machine/start.rs"]),
    ("encoding_rs", &["draft/text.rs", "workbook/file/biff/"]),
    ("getrandom", &["app/machine/start.rs"]),
    ("hyper", &["web/serve.rs"]),
    ("hyper_util", &["web/serve.rs"]),
    ("include_dir", &["app/demo.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("libm", &["style/palette.rs", "analysis/measures.rs"]),
    ("mail_builder", &["export/eml.rs"]),
    ("maud", &["web/parts.rs", "web/inputs.rs", "web/pages/", "web/routes/asked.rs"]),
    ("minijinja", &["message.rs"]),
    ("notosans", &["style/fonts.rs"]),
    ("opener", &["app/machine/browser.rs"]),
    ("plotters", &["chart/canvas.rs"]),
    ("polars", &["analysis/counts.rs", "export/parquet.rs"]),
    ("polars_io", &["export/parquet.rs"]),
    ("pulldown_cmark", &["draft/markdown.rs"]),
    ("rayon", &["app/feedback.rs", "app/issue.rs"]),
    ("regex", &["core/privacy/"]),
    ("resvg", &["style/brand.rs"]),
    ("rmp_serde", &["app/machine/guard.rs", "app/machine/cache.rs"]),
    ("rust_xlsxwriter", &["workbook/write/"]),
    ("scraper", &["draft/html.rs"]),
    ("sha2", &["core/hash.rs"]),
    ("slug", &["core/words.rs"]),
    ("strsim", &["core/fields.rs"]),
    ("tempfile", &["app/machine/disk/"]),
    ("tokio", &["web/serve.rs", "web/server.rs", "web/routes/"]),
    ("toml", &["core/fields.rs", "record/file.rs"]),
    ("toml_edit", &["core/setting.rs"]),
    ("typst_as_lib", &["export/pdf.rs"]),
    ("typst_layout", &["export/pdf.rs"]),
    ("typst_svg", &["export/pdf.rs"]),
    ("typst_pdf", &["export/pdf.rs"]),
    ("unicode_names2", &["style/fonts.rs"]),
    (
        "zip",
        &[
            "workbook/file/scan.rs",
            "workbook/file/scan/package.rs",
            "workbook/write/growing_rows.rs",
            "workbook/write/round_writer.rs",
            "draft/docx.rs",
            "export/pptx/package.rs",
        ],
    ),
];

/// Crates whose types are the project's own vocabulary, or that only the edges use.
const EVERYWHERE: [&str; 4] = ["jiff", "serde", "serde_json", "thiserror"];

/// Clients of HTTP, and everything of TLS: none may be in the tree of dependencies. `want` is what hyper's client needs and its server does
/// not, so that its absence says on every system that the client is off.
const CALLING_OUT: &[&str] = &[
    "actix-web",
    "attohttpc",
    "aws-lc-rs",
    "aws-lc-sys",
    "awc",
    "boring",
    "curl",
    "curl-sys",
    "h2",
    "hyper-rustls",
    "hyper-tls",
    "isahc",
    "mbedtls",
    "minreq",
    "native-tls",
    "object_store",
    "openssl",
    "openssl-probe",
    "openssl-sys",
    "quinn",
    "reqwest",
    "ring",
    "rustls",
    "rustls-pki-types",
    "rustls-webpki",
    "s2n-tls",
    "schannel",
    "security-framework",
    "surf",
    "tokio-native-tls",
    "tokio-rustls",
    "tokio-tungstenite",
    "tungstenite",
    "ureq",
    "want",
    "webpki-roots",
];

/// Macros that belong in no finished code, or print what only the outermost room prints.
const MACROS_NOT_USED: &[&str] = &["todo", "unimplemented", "dbg", "print", "println", "eprint", "eprintln"];

static TREE: LazyLock<Tree> = LazyLock::new(|| Tree::read(&root().join("src")));

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("a file of the project")
}

fn assert_kept(rule: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{rule}. Faults: {}\n{}", faults.len(), faults.join("\n"));
}

/// A fault, unless a table of exceptions has its key.
struct Found {
    key: [String; 2],
    fault: String,
}

/// As [`assert_kept`]. An exception that nothing needs is a fault too.
fn assert_kept_but_for(exceptions: &[Exception], rule: &str, found: &[Found]) {
    let is_of = |found: &Found, (first, second, _): &Exception| found.key == [*first, *second];
    let faults = found.iter().filter(|found| !exceptions.iter().any(|exception| is_of(found, exception)));
    let unused = exceptions.iter().filter(|exception| !found.iter().any(|found| is_of(found, exception)));
    let unused = unused.map(|(first, second, _)| format!("an exception is needed no more: {first}, {second}"));
    assert_kept(rule, &faults.map(|found| found.fault.clone()).chain(unused).collect::<Vec<_>>());
}

fn place_of_room(room: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == room)
}

/// What one file names of another.
struct Dependence {
    /// The line of the first mention.
    line: usize,
    on: &'static Source,
    /// Paths in that file: a type and its functions are one thing to name.
    named: BTreeSet<String>,
}

impl Dependence {
    fn fault(&self, source: &Source) -> String {
        let named: Vec<&str> = self.named.iter().map(String::as_str).collect();
        format!("{}:{} names {} of {}", source.name, self.line, named.join(", "), self.on.name)
    }
}

/// What a file names of the project's other files, in the order of the first mentions.
fn dependences(source: &Source) -> Vec<Dependence> {
    let mut others: Vec<Dependence> = Vec::new();
    for mention in &source.contents.mentions {
        let Some((home, length)) = TREE.home(&mention.path).filter(|(home, _)| home.name != source.name) else {
            continue;
        };
        let at = others.iter().position(|other| other.on.name == home.name).unwrap_or_else(|| {
            others.push(Dependence { line: mention.line, on: home, named: BTreeSet::new() });
            others.len() - 1
        });
        others[at].named.insert(mention.path.get(length).map_or("the module", String::as_str).to_string());
    }
    others
}

#[test]
fn the_rooms_of_lib_stand_in_the_order_of_the_data() {
    let lib = TREE.named("lib.rs").expect("lib.rs");
    assert_eq!(lib.contents.children, ORDER);
    assert_eq!(TREE.unlisted(), Vec::<&str>::new(), "no module lists these files");
}

#[test]
fn a_room_names_only_rooms_above_it() {
    let mut faults = Vec::new();
    for source in &TREE.sources {
        let Some(here) = place_of_room(source.room()) else { continue };
        let is_below = |other: &Dependence| place_of_room(other.on.room()).is_none_or(|there| there > here);
        faults.extend(dependences(source).iter().filter(|other| is_below(other)).map(|other| other.fault(source)));
    }
    assert_kept("A room names only rooms above it", &faults);
}

#[test]
fn the_command_line_names_only_the_application_and_the_vocabulary() {
    let mut faults = Vec::new();
    for source in TREE.sources.iter().filter(|source| source.room() == "cli") {
        let is_behind = |other: &Dependence| !["cli", "web", "app", "core", "form"].contains(&other.on.room());
        faults.extend(dependences(source).iter().filter(|other| is_behind(other)).map(|other| other.fault(source)));
    }
    assert_kept("The command line knows requests, outcomes and the vocabulary", &faults);
}

#[test]
fn the_pages_name_only_the_application_and_the_vocabulary() {
    let mut faults = Vec::new();
    for source in TREE.sources.iter().filter(|source| source.room() == "web") {
        let is_behind = |other: &Dependence| !["web", "app", "core", "form"].contains(&other.on.room());
        faults.extend(dependences(source).iter().filter(|other| is_behind(other)).map(|other| other.fault(source)));
    }
    assert_kept("The pages know requests, outcomes and the vocabulary", &faults);
}

#[test]
fn inside_a_room_a_file_names_only_files_before_it() {
    let mut faults = Vec::new();
    for source in &TREE.sources {
        let others = dependences(source).into_iter().filter(|other| other.on.room() == source.room());
        let later = others.filter(|other| TREE.place_of(other.on) > TREE.place_of(source));
        faults.extend(later.map(|other| other.fault(source)));
    }
    assert_kept("A file names its children and the siblings listed above it, not what comes after it", &faults);
}

fn mentions_of<'a>(source: &'a Source, outside: &str) -> impl Iterator<Item = &'a Mention> {
    source.contents.mentions.iter().filter(move |mention| mention.path.first().is_some_and(|first| first == outside))
}

#[test]
fn each_outside_crate_has_one_door() {
    let mut faults = Vec::new();
    for source in &TREE.sources {
        for (outside, doors) in DOORS.iter().filter(|(_, doors)| !source.is_in(doors)) {
            if let Some(mention) = mentions_of(source, outside).next() {
                let named = mention.path.join("::");
                faults.push(format!(
                    "{}:{} names {named}; its door is {}",
                    source.name,
                    mention.line,
                    doors.join(", ")
                ));
            }
        }
    }
    assert_kept("An outside crate is named at its door only", &faults);
}

#[test]
fn every_dependency_has_a_door_and_every_door_is_used() {
    let manifest = text_of("Cargo.toml");
    let after = manifest.split("[dependencies]\n").nth(1).expect("dependencies");
    let listed = after.split("\n[").next().expect("the list").lines();
    let mut names: Vec<String> = listed.filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_"))).collect();
    let everywhere = EVERYWHERE.iter().map(|outside| (*outside, "", true));
    let doors = DOORS.iter().flat_map(|(outside, doors)| doors.iter().map(|door| (*outside, *door, false)));
    let known: Vec<(&str, &str, bool)> = doors.chain(everywhere).collect();
    let mut outsides: Vec<&str> = known.iter().map(|(outside, ..)| *outside).collect();
    names.sort();
    outsides.sort_unstable();
    outsides.dedup();
    assert_eq!(names, outsides);

    let is_used = |(outside, door, is_any): &(&str, &str, bool)| {
        let mut sources = TREE.sources.iter().filter(|source| *is_any || source.is_in(&[door]));
        sources.any(|source| mentions_of(source, outside).next().is_some())
    };
    let unused = known.iter().filter(|door| !is_used(door));
    let faults: Vec<String> = unused.map(|(outside, door, _)| format!("{outside} {door}")).collect();
    assert_kept("Every door is used", &faults);
}

#[test]
fn stages_touch_no_disk_and_no_clock() {
    let mut found = Vec::new();
    for source in TREE.sources.iter().filter(|source| !MAY_TOUCH_THE_WORLD.contains(&source.room())) {
        for (line, what) in world::touches(&TREE, source) {
            let fault = format!("{}:{line} {what}", source.name);
            found.push(Found { key: [source.name.clone(), what], fault });
        }
    }
    let rule = format!("Only {} touch the world", MAY_TOUCH_THE_WORLD.join(", "));
    assert_kept_but_for(NOT_THE_DISK, &rule, &found);
}

#[test]
fn only_the_top_joins_stages() {
    let mut faults = Vec::new();
    let mut called: BTreeSet<(String, String)> = BTreeSet::new();
    for source in &TREE.sources {
        for mention in &source.contents.mentions {
            let Some((home, function)) = TREE.function(mention).filter(|(home, _)| home.room() != source.room()) else {
                continue;
            };
            if !STEPS.contains(&(home.name.as_str(), function)) {
                continue;
            }
            called.insert((home.name.clone(), function.to_string()));
            if !TOP.contains(&source.room()) {
                faults.push(format!("{}:{} calls {function} of {}", source.name, mention.line, home.name));
            }
        }
    }
    let is_called = |(file, function): &&(&str, &str)| called.contains(&(file.to_string(), function.to_string()));
    let unused = STEPS.iter().filter(|step| !is_called(step));
    faults.extend(unused.map(|(file, function)| format!("nothing calls the step {function} of {file}")));
    assert_kept("A stage takes what another made and calls none of its steps", &faults);
}

/// Sheet names, headers, labels and keys of the metadata.
fn contract_words() -> Vec<String> {
    use jtai_benchmark::form::StartField;
    use jtai_benchmark::workbook::contract::{COLUMNS, MetadataKey, SHEETS, TABLE};

    let mut words: Vec<&str> = SHEETS.to_vec();
    words.push(TABLE);
    words.extend(COLUMNS.iter().map(|column| column.header));
    words.extend(StartField::ALL.map(|field| field.label()));
    words.extend(MetadataKey::ALL.map(|key| key.name()));
    words.into_iter().map(str::to_string).collect()
}

#[test]
fn the_contract_of_the_workbook_is_stated_once() {
    let words = contract_words();
    let mut found = Vec::new();
    for source in TREE
        .sources
        .iter()
        .filter(|source| !source.is_in(CONTRACT_HOME))
        .filter(|source| !SPEAK_FOR_THEMSELVES.contains(&source.room()))
    {
        for Word { line, text } in source.contents.literals.iter().filter(|literal| words.contains(&literal.text)) {
            let fault = format!("{}:{line} states {text:?}", source.name);
            found.push(Found { key: [source.name.clone(), text.clone()], fault });
        }
    }
    let rule = format!("The contract's words are stated in {} only", CONTRACT_HOME.join(", "));
    assert_kept_but_for(COINCIDENCES, &rule, &found);
}

/// Names of functions that say nothing about what they do.
const EMPTY_NAMES: &[&str] = &["of", "here", "said", "made", "known", "notes", "it", "do_it", "handle", "process"];

#[test]
fn a_name_means_one_thing() {
    let mut homes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut faults = Vec::new();
    for source in &TREE.sources {
        for name in &source.contents.types {
            homes.entry(name).or_default().push(&source.name);
        }
        let empty = source.contents.functions.iter().filter(|name| EMPTY_NAMES.contains(&name.as_str()));
        faults.extend(empty.map(|name| format!("{} has a function called {name}", source.name)));
    }
    let twice = homes.iter().filter(|(_, homes)| homes.len() > 1);
    faults.extend(twice.map(|(name, homes)| format!("{name} is a type in {}", homes.join(" and in "))));
    assert_kept("A name says what a thing is, and means one thing", &faults);
}

#[test]
fn nothing_in_the_tree_calls_out() {
    let lock = text_of("Cargo.lock");
    let packages: Vec<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(packages.contains(&"polars"), "the lock file is read");
    let clients: Vec<&&str> = packages.iter().filter(|name| CALLING_OUT.contains(name)).collect();
    assert!(clients.is_empty(), "{clients:?}");
}

#[test]
fn the_server_is_built_without_its_client() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "-e", "normal", "--prefix", "none", "-f", "{p}|{f}"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8_lossy(&tree.stdout);
    let features = |name: &str| -> BTreeSet<String> {
        let lines = tree.lines().filter(|line| line.split(' ').next() == Some(name));
        let listed = lines.filter_map(|line| line.rsplit_once('|')).flat_map(|(_, features)| features.split(','));
        listed.map(|feature| feature.trim_end_matches(" (*)").to_string()).filter(|one| !one.is_empty()).collect()
    };
    let expected = ["http1", "server"].map(String::from);
    assert!(features("hyper").is_subset(&expected.into_iter().chain(["default".into()]).collect()));
    assert!(features("hyper").contains("server"), "the tree is read");
    let clients: Vec<String> = features("hyper-util").into_iter().filter(|one| one.starts_with("client")).collect();
    assert!(clients.is_empty(), "{clients:?}");
}

/// What connects to somewhere.
const CONNECTING: [&str; 7] = [
    "std::net::TcpStream",
    "std::net::UdpSocket",
    "std::net::ToSocketAddrs",
    "tokio::net::TcpStream",
    "tokio::net::UdpSocket",
    "hyper::client",
    "hyper_util::client",
];

#[test]
fn nobody_connects_to_anywhere() {
    let mut faults = Vec::new();
    for source in &TREE.sources {
        for mention in &source.contents.mentions {
            let path = mention.path.join("::");
            if CONNECTING.iter().any(|known| path == *known || path.starts_with(&format!("{known}::"))) {
                faults.push(format!("{}:{} names {path}", source.name, mention.line));
            }
        }
    }
    assert_kept("Pages are served, and nothing is asked for elsewhere", &faults);
}

#[test]
fn unsafe_code_asks_for_the_window_and_nothing_else() {
    let with_unsafe = TREE.sources.iter().filter(|source| {
        let code = source.text.lines().map(|line| line.split("//").next().unwrap_or_default());
        code.into_iter().any(|line| line.contains("unsafe {") || line.contains("unsafe fn"))
    });
    let names: Vec<&str> = with_unsafe.map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["app/machine/console.rs"]);
}

#[test]
fn files_say_what_they_are_and_stay_readable() {
    let mut faults = Vec::new();
    for path in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&path).expect("a file in UTF-8");
        if !text.starts_with("//! ") {
            faults.push(format!("{} does not open with //!", path.display()));
        }
        if text.lines().count() > 600 {
            faults.push(format!("{} has over 600 lines", path.display()));
        }
    }
    assert_kept("Files say what they are and stay readable", &faults);
}

#[test]
fn no_code_is_unfinished_or_silenced() {
    let mut faults = Vec::new();
    for Source { name, contents, .. } in &TREE.sources {
        let unwraps = contents.bare_methods.iter().filter(|method| method.text == "unwrap");
        let macros = contents.macros.iter().filter(|word| MACROS_NOT_USED.contains(&word.text.as_str()));
        let allowed = contents.attributes.iter().filter(|attribute| attribute.text == "allow");
        faults.extend(unwraps.map(|method| format!("{name}:{} has .unwrap()", method.line)));
        faults.extend(macros.map(|word| format!("{name}:{} has {}!", word.line, word.text)));
        faults.extend(allowed.map(|attribute| format!("{name}:{} has #[allow(..)]", attribute.line)));
    }
    assert_kept("Code is finished, and no warning is silenced", &faults);
}

#[test]
fn main_only_parses_runs_and_prints() {
    assert!(text_of("src/main.rs").lines().count() < 50);
}

/// The first sentence of the comment that a file opens with.
fn first_sentence(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    let opening = lines.collect::<Vec<_>>().join(" ");
    opening.split_once(". ").map_or(opening.as_str(), |(first, _)| first).to_string()
}

#[test]
fn a_room_is_for_one_thing() {
    let rooms = ORDER.iter().filter_map(|room| TREE.named(&format!("{room}.rs")));
    let sentences = rooms.map(|room| (&room.name, first_sentence(&room.text)));
    let joined = sentences.filter(|(_, sentence)| sentence.contains(" and "));
    let faults: Vec<String> = joined.map(|(name, sentence)| format!("{name}: {sentence}")).collect();
    assert_kept("The first sentence about a room holds no \"and\"", &faults);
}

/// Whether an attribute among these tokens, or in brackets inside them, switches a test off.
fn switches_off(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_attribute = |pair: &[TokenTree]| matches!(pair, [TokenTree::Punct(mark), _] if mark.as_char() == '#');
    let named = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if names_ignore(group.stream()));
    tokens.windows(2).any(|pair| is_attribute(pair) && named(&pair[1]))
        || tokens.into_iter().any(|tree| matches!(tree, TokenTree::Group(group) if switches_off(group.stream())))
}

fn names_ignore(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(name) => name == "ignore",
        TokenTree::Group(group) => names_ignore(group.stream()),
        _ => false,
    })
}

#[test]
fn no_test_is_switched_off() {
    let files = ["src", "tests"].map(|folder| rust_files(&root().join(folder))).concat();
    let is_off = |path: &&PathBuf| {
        let text = fs::read_to_string(path).expect("a file in UTF-8");
        switches_off(text.parse().expect("a file of Rust"))
    };
    let faults: Vec<String> = files.iter().filter(is_off).map(|path| path.display().to_string()).collect();
    assert_kept("No test is switched off", &faults);
}
