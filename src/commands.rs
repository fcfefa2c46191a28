//! One file a command, each a straight run of stages. Here, and only here, are the disk and the clock.

mod cache;
mod collect;
mod demo;
mod disk;
mod explain;
mod fault;
mod forget;
mod issue;
mod lock;
mod open;
mod queries;
mod record;
mod report;
mod round_new;
mod say;
mod status;
mod theme;

use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;

use crate::cli::{Cli, Command, RoundCommand, Slides, ThemeCommand};
use crate::core::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::deck::Length;
use crate::guard;

pub use fault::note_panics;

/// The exit code when nothing was done.
pub const NOT_DONE: u8 = 2;

/// How a command ended, when it did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and a finding of severity must-fix or please-check stands.
    Findings,
}

impl Outcome {
    /// 0 or 1.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Findings => 1,
        }
    }

    fn of(findings: &[Diagnostic]) -> Outcome {
        match findings.iter().any(|finding| finding.severity() != Severity::Information) {
            true => Outcome::Findings,
            false => Outcome::Done,
        }
    }
}

/// What a command says when it is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// For people.
    pub text: String,
    /// The same for machines.
    pub json: serde_json::Value,
    /// How it ended.
    pub outcome: Outcome,
}

impl Said {
    /// The same, after a line that is said once.
    fn after(mut self, note: Option<&str>) -> Said {
        if let Some(note) = note {
            self.text = format!("{note}\n\n{}", self.text);
            if let Some(json) = self.json.as_object_mut() {
                json.insert("note".into(), note.into());
            }
        }
        self
    }

    /// The JSON as text, ending in a line end.
    pub fn json_text(&self) -> String {
        format!("{:#}\n", self.json)
    }
}

/// Why nothing was done: one or more findings, each with place and remedy.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    findings: Vec<Diagnostic>,
    /// Where in the program's code, when the program is at fault.
    fault: Option<String>,
}

impl Failure {
    fn new(findings: Vec<Diagnostic>) -> Failure {
        Failure { findings, fault: None }
    }

    /// The program is at fault, at this place in its code.
    fn fault(place: String) -> Failure {
        Failure { findings: Vec::new(), fault: Some(place) }
    }

    fn one(code: Code, path: &Path, found: impl Into<String>, remedy: impl Into<String>) -> Failure {
        let name = path.display().to_string();
        Failure::new(vec![Diagnostic::new(code, Place::file(name.as_str()), found, "", remedy).naming(name)])
    }

    /// The part of jtai that reads workbooks could not be started. What the system says of it quotes no return.
    fn no_reader(error: guard::StartError) -> Failure {
        let remedy = "check that jtai may start itself from its folder: a virus scanner or a rule on this computer may forbid it";
        let finding = Diagnostic::new(Code::Internal, Place::file("jtai"), error.to_string(), "", remedy);
        Failure::new(vec![finding])
    }

    /// The message, one finding a line.
    pub fn text(&self) -> String {
        say::failure(&self.findings)
    }

    /// The same for machines.
    pub fn json_text(&self) -> String {
        format!("{:#}\n", serde_json::json!({ "failed": say::findings_json(&self.findings) }))
    }
}

/// Does what was typed. A fault of the program, a panic among them, becomes one plain sentence; place and version go into a file.
///
/// # Errors
///
/// As [`run`].
pub fn run_guarded(cli: Cli) -> Result<Said, Failure> {
    let today = Clock { given: cli.today }.today();
    let (command, round) = (cli.command.name(), cli.command.round().map(Path::to_path_buf));
    let done = std::panic::catch_unwind(|| run(cli)).unwrap_or_else(|_| Err(fault::of_panic()));
    done.map_err(|failure| match failure.fault {
        Some(place) => Failure::new(vec![fault::reported(&place, command, round.as_deref(), today)]),
        None => failure,
    })
}

/// Does what was typed.
///
/// # Errors
///
/// When nothing was done; the failure says where, what was found and what to do.
pub fn run(cli: Cli) -> Result<Said, Failure> {
    let clock = Clock { given: cli.today };
    match cli.command.round_written().map(Path::to_path_buf) {
        Some(round) => lock::hold(&round, cli.command.name(), || run_unlocked(cli.command, clock)),
        None => run_unlocked(cli.command, clock),
    }
}

fn run_unlocked(command: Command, clock: Clock) -> Result<Said, Failure> {
    match command {
        Command::Demo { dir } => demo::run(&dir, clock),
        Command::Theme(ThemeCommand::List { all }) => theme::list(all),
        Command::Theme(ThemeCommand::Show { theme }) => theme::show(&theme),
        Command::Theme(ThemeCommand::Check { files }) => theme::check(&files),
        Command::Theme(ThemeCommand::Draft { file, id, title }) => theme::draft(&file, &id, &title),
        Command::Round(RoundCommand::New(settings)) => round_new::run(&settings, clock.today()),
        Command::Explain { what, round } => explain::run(&what, &round, clock.today()),
        Command::Forget { file, by, why, round } => {
            let wish = forget::Wish { file: &file, by: by.as_deref(), why: why.as_deref().unwrap_or_default() };
            forget::run(wish, &round, clock.today())
        }
        Command::ReadWorker => worker(),
        Command::Issue(dir) => issue::run(&dir.round, clock.today()),
        Command::Collect(dir) => collect::run(&dir.round, clock.today()),
        Command::Queries(dir) => queries::run(&dir.round, clock.today()),
        Command::Report { slides, keep, dataset, round } => {
            let length = match slides {
                Slides::Short => Length::Short,
                Slides::Full => Length::Full,
            };
            let wanted = report::Wanted { dataset: dataset.as_deref(), keep: keep.as_deref() };
            report::run(&round, length, wanted, clock.today())
        }
        Command::Status(dir) => status::run(&dir.round, clock.today()),
    }
}

/// Works as a reader of workbooks for the jtai that started this one, and says nothing.
fn worker() -> Result<Said, Failure> {
    // The other end being gone is how a worker's work ends.
    let _ = guard::serve(std::io::stdin().lock(), std::io::stdout().lock());
    Ok(Said { text: String::new(), json: serde_json::Value::Null, outcome: Outcome::Done })
}

/// The one clock: the date that was given, else the system's.
#[derive(Debug, Clone, Copy)]
struct Clock {
    given: Option<Date>,
}

impl Clock {
    fn today(self) -> Date {
        self.given.unwrap_or_else(|| Zoned::now().date())
    }
}
