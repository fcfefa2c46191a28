//! A folder of its own for each test, and the real binary run in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The date of every run, so that nothing depends on the clock.
pub const TODAY: &str = "2026-12-14";

/// The day on which the workbooks of [`Project::issued`] are issued.
const ISSUED: &str = "2026-11-23";

/// A folder to run in; gone when the test ends.
pub struct Project {
    dir: TempDir,
}

/// What a run said.
pub struct Run {
    /// Its exit code.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it printed on the error stream.
    pub err: String,
}

impl Project {
    /// An empty folder.
    pub fn empty() -> Project {
        Project { dir: tempfile::Builder::new().prefix("jtai test é ").tempdir().expect("a temporary folder") }
    }

    /// A folder with the sample round in `demo`.
    pub fn demo() -> Project {
        let project = Project::empty();
        let run = project.run(&["demo", "demo"]);
        assert_eq!(run.code, 0, "{}", run.err);
        project
    }

    /// A folder with a new round of the sample's agencies in `round`, its workbooks issued.
    pub fn issued() -> Project {
        let project = Project::empty();
        project.write("agencies.csv", include_bytes!("../samples/exampleshire/agencies.csv"));
        let new = project.run_on(
            ISSUED,
            &[
                "round",
                "new",
                "round",
                "--theme",
                "domestic-abuse-2024",
                "--partnership",
                "Exampleshire Safeguarding Children Partnership",
                "--agencies",
                "agencies.csv",
                "--deadline",
                "2026-12-11",
            ],
        );
        assert!(new.code < 2, "{}{}", new.out, new.err);
        // As in the sample, whose workbooks other programs filled in for the tests.
        project.edit("round/round.toml", "contact = \"\"", "contact = \"benchmarking@example.org\"");
        assert_eq!(project.run_on(ISSUED, &["issue", "round"]).code, 0);
        project
    }

    /// Makes a round in `r` on a theme from an agency list of this text.
    pub fn new_round(&self, theme: &str, agencies: &[u8]) -> Run {
        self.write("a.csv", agencies);
        self.run(&[
            "round",
            "new",
            "r",
            "--theme",
            theme,
            "--partnership",
            "P",
            "--agencies",
            "a.csv",
            "--deadline",
            "2026-12-11",
        ])
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, bytes: &[u8]) -> &Project {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
        self
    }

    /// Changes a text file.
    pub fn edit(&self, name: &str, from: &str, to: &str) -> &Project {
        let text = fs::read_to_string(self.path(name)).expect("a text file");
        assert!(text.contains(from), "{name} does not hold {from:?}");
        fs::write(self.path(name), text.replacen(from, to, 1)).expect("written");
        self
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs jtai in the folder.
    pub fn run(&self, args: &[&str]) -> Run {
        self.run_on(TODAY, args)
    }

    /// Starts jtai in the folder and does not wait for it.
    pub fn start(&self, args: &[&str]) -> Child {
        let piped = |command: &mut Command| command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        piped(&mut self.command(TODAY, args)).expect("jtai starts")
    }

    /// Starts jtai with its standard output into a file.
    pub fn start_into(&self, args: &[&str], out: fs::File) -> Child {
        self.command(TODAY, args).stdout(out).stderr(Stdio::null()).spawn().expect("jtai starts")
    }

    /// Makes a round in `r` from a list of agencies that is there already.
    pub fn new_round_from(&self, agencies: &str) -> Run {
        let with = ["--partnership", "P", "--agencies", agencies, "--deadline", "2027-01-31"];
        self.run(&[&["round", "new", "r", "--theme", "domestic-abuse-2024"][..], &with].concat())
    }

    fn command(&self, today: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jtai"));
        command.args(args).args(["--today", today]).current_dir(self.dir.path()).env("RUST_BACKTRACE", "1");
        command
    }

    /// Runs jtai in the folder on another day.
    pub fn run_on(&self, today: &str, args: &[&str]) -> Run {
        let output = self.command(today, args).output().expect("jtai runs");
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            // Goldens have the paths of Unix.
            if cfg!(windows) { text.replace('\\', "/") } else { text }
        };
        let run = Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
        assert!((0..=2).contains(&run.code), "exit code {}: {}", run.code, run.err);
        for said in [&run.out, &run.err] {
            assert!(
                !said.contains("panicked") && !said.contains("backtrace") && !said.contains("fault of the program"),
                "{said}"
            );
        }
        run
    }

    /// Every file under a folder with its bytes, but for the cache, which holds no output and fills up in any order.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.path(folder), &self.path(folder), &mut files);
        files
    }
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            if path.components().any(|part| part.as_os_str() == ".jtai") {
                continue;
            }
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path).expect("readable"));
        }
    }
}

/// A CSV file of ours as rows by header, with the guard against formulas taken off.
pub fn csv_rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().expect("headers").clone();
    let plain = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_string(),
        _ => cell.to_string(),
    };
    let row = |record: csv::StringRecord| headers.iter().map(str::to_string).zip(record.iter().map(plain)).collect();
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// The parts of a package by their names, in its order.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let count = package.len();
    let part = |at| {
        let mut part = package.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("inflated");
        (part.name().expect("a name").to_string(), bytes)
    };
    (0..count).map(part).collect()
}

/// A package of these parts.
pub fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // The kind of an OpenDocument file must stand uncompressed.
        let options = SimpleFileOptions::default().compression_method(match name.as_str() {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        });
        out.start_file(name, options).expect("started");
        out.write_all(bytes).expect("written");
    }
    out.finish().expect("finished").into_inner()
}

/// Writes a text into an empty cell of a package's sheet.
pub fn fill(parts: &mut [(String, Vec<u8>)], sheet: &str, cell: &str, text: &str) {
    let (_, bytes) = parts.iter_mut().find(|(name, _)| name == sheet).expect("its sheet");
    let xml = String::from_utf8(bytes.clone()).expect("UTF-8");
    let start = xml.find(&format!("<c r=\"{cell}\" ")).expect("the cell");
    let end = start + xml[start..].find("/>").expect("it is empty");
    *bytes = format!("{} t=\"inlineStr\"><is><t>{text}</t></is></c>{}", &xml[..end], &xml[end + 2..]).into_bytes();
}
