//! A folder of its own for each test, and the real binary run in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use jtai_benchmark::agencies::{self, ListSource};
use jtai_benchmark::record::Record;
use jtai_benchmark::round::{self, Round};
use jtai_benchmark::workbook::file::{read, scan};
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
        Project::issued_to(include_bytes!("../samples/exampleshire/agencies.csv"))
    }

    /// The same with these agencies.
    pub fn issued_to(agencies: &[u8]) -> Project {
        let project = Project::empty();
        project.write("agencies.csv", agencies);
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

    /// The list of a round's agencies: the row of headers, then a row for each.
    pub fn list(&self, round: &str) -> Vec<Vec<String>> {
        let bytes = self.read(&format!("{round}/agencies.xlsx"));
        let book = read::read(scan::kind(&bytes).expect("a workbook"), &bytes, &[]).expect("readable");
        let rows = book.sheets[0].text_rows().into_iter().map(|(_, cells)| cells);
        rows.skip_while(|cells| cells.first().is_none_or(|first| first != "ID")).collect()
    }

    /// Writes the list of a round's agencies, as somebody would who makes a workbook of their own.
    pub fn write_list(&self, round: &str, rows: &[Vec<String>]) -> &Project {
        self.write(&format!("{round}/agencies.xlsx"), &sheet_of(rows))
    }

    /// Changes a cell of the list of a round's agencies. A column that the list has not is added, as earlier lists had more.
    pub fn set_agency(&self, round: &str, id: &str, header: &str, text: &str) -> &Project {
        let mut rows = self.list(round);
        let column = rows[0].iter().position(|known| known == header).unwrap_or(rows[0].len());
        if column == rows[0].len() {
            rows[0].push(header.to_string());
        }
        let row = rows.iter_mut().find(|row| row.first().is_some_and(|first| first == id)).expect("the agency");
        row.resize(row.len().max(column + 1), String::new());
        row[column] = text.to_string();
        self.write_list(round, &rows)
    }

    /// Notes that the workbook of an agency was sent on a day.
    pub fn note_sent(&self, id: &str, day: &str) -> &Project {
        let run = self.run(&["sent", id, "round", "--on", day]);
        assert_eq!(run.code, 0, "{}", run.err);
        self
    }

    /// What a round's files say.
    pub fn round(&self, round: &str) -> Round {
        let bytes = self.read(&format!("{round}/agencies.xlsx"));
        let book = read::read(scan::kind(&bytes).expect("a workbook"), &bytes, &[]).expect("readable");
        let source = ListSource { file: "agencies.xlsx", sheet: &book.sheets[0], lines: None };
        let listed = agencies::read(source, &Record::default()).output;
        let text = String::from_utf8(self.read(&format!("{round}/round.toml"))).expect("UTF-8");
        round::read_with("round.toml", &text, Some(listed)).output.expect("no fault")
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
    ///
    /// Every finding is listed, and not what is new alone: see [`Project::run_brief`].
    pub fn run_on(&self, today: &str, args: &[&str]) -> Run {
        let lists = matches!(args.first(), Some(&("collect" | "report")));
        self.run_brief(today, &[args, if lists { &["--all"] } else { &[] }].concat())
    }

    /// Runs jtai in the folder with these arguments and no other.
    pub fn run_brief(&self, today: &str, args: &[&str]) -> Run {
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
                !said.contains("panicked") && !said.contains("backtrace") && !said.contains("fault in the program"),
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

/// A workbook with one sheet, Agencies, of these rows.
pub fn sheet_of(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |(at, text): (usize, &String)| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let column = char::from(b'A' + at as u8);
        move |row: usize| match text.as_str() {
            "" => String::new(),
            text => format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let row = |(at, cells): (usize, &Vec<String>)| {
        let cells: String = cells.iter().enumerate().map(|one| cell(one)(at + 1)).collect();
        format!("<row r=\"{}\">{cells}</row>", at + 1)
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let part = |name: &str, text: String| {
        (name.to_string(), format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}").into_bytes())
    };
    package(&[
        part(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{types}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{types}.worksheet+xml\"/></Types>"
            ),
        ),
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Agencies\" sheetId=\"1\" r:id=\"rId1\"/>\
                 </sheets></workbook>"
            ),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" \
                 Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
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
